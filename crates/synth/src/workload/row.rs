//! One row of a workload, from the seed and its number.
//!
//! Whole-number arithmetic throughout, so that every platform makes the same file. The persons of a
//! PSU, and those of a country, share what the other PSUs and countries do not, so standard errors
//! feel the clusters as they do in a real survey.

use super::{AGES, ITEMS, PSU, STRATA, Workload};

/// The finishing step of splitmix64 (Steele, Lea and Flood 2014) after one step of its counter.
#[inline]
pub fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What random numbers are for; part of the address.
#[derive(Clone, Copy)]
enum Purpose {
    Country = 1,
    Psu = 2,
    Person = 3,
    Replicate = 4,
}

/// A row. Codes count from 1, as in the file; `None` is a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub stratum: i32,
    pub psu: i32,
    pub country: i16,
    /// 1 urban, 2 rural.
    pub area: i8,
    /// 1 men, 2 women.
    pub sex: i8,
    /// 1 is 15 to 19 years.
    pub age: i8,
    pub wealth: Option<i8>,
    /// In units of 0.0001.
    pub weight: u64,
    /// 1 yes, 2 no.
    pub items: [Option<i8>; ITEMS],
    /// Codes of 26, 26 and 10.
    pub groups: [i8; 3],
}

/// Makes rows by their number.
#[derive(Debug, Clone)]
pub struct Rows {
    rows: u64,
    strata: u64,
    seed: u64,
}

/// Chance of a blank, in 65,536ths: 5 % of the items and 1 % of the wealth.
const BLANK_ITEM: u64 = 3_277;
const BLANK_WEALTH: u64 = 655;

/// Uniform on 0, 1, …, `n` − 1, from the lowest 16 bits.
fn below(bits: u64, n: u64) -> u64 {
    ((bits & 0xffff) * n) >> 16
}

/// What a hash adds to the chance of an item, in 65,536ths: −32 to 31 steps of `step`.
fn effect(hash: u64, item: usize, step: i64) -> i64 {
    (((hash >> (6 * item)) & 63) as i64 - 32) * step
}

impl Rows {
    pub fn new(workload: &Workload) -> Rows {
        Rows { rows: workload.rows, strata: workload.strata(), seed: mix(workload.seed) }
    }

    fn hash(&self, purpose: Purpose, at: u64) -> u64 {
        mix(self.seed ^ mix(at ^ ((purpose as u64) << 56)))
    }

    /// The row of a number below the number of rows; numbers ascend by stratum and PSU.
    pub fn row(&self, number: u64) -> Row {
        let stratum = number * self.strata / self.rows;
        let start = |stratum: u64| (stratum * self.rows).div_ceil(self.strata);
        let (first, next) = (start(stratum), start(stratum + 1));
        let size = next - first;
        let psus = ((size + PSU / 2) / PSU).max(2);
        let psu = (number - first) * psus / size;
        let country = stratum / STRATA;
        let psu_id = (stratum + 1) * 10_000 + psu + 1;
        let of_country = self.hash(Purpose::Country, country);
        let of_psu = self.hash(Purpose::Psu, psu_id);
        let mut person = self.hash(Purpose::Person, number);
        let mut next = || {
            person = mix(person);
            person
        };

        let draw = next();
        let urban = stratum.is_multiple_of(2);
        let woman = draw & 1 == 1;
        let (age, wealth) = (below(draw >> 1, AGES), below(draw >> 17, 5));
        let wealth_blank = (draw >> 33) & 0xffff < BLANK_WEALTH;
        let base_weight = 500_000 + (mix(of_psu) >> 32) * 1_000_000 / (1 << 32);
        let factor = 8_000 + (next() >> 32) * 4_000 / (1 << 32);
        let weight = base_weight * factor / 10_000;
        let draw = next();
        let groups = [below(draw, 26), below(draw >> 16, 26), below(draw >> 32, 10)];

        let mut items = [None; ITEMS];
        let mut draw = 0;
        for (i, item) in items.iter_mut().enumerate() {
            draw = if i % 2 == 0 { next() } else { draw >> 32 };
            let chance = 18_000
                + 3_000 * i as i64
                + effect(of_country, i, 128)
                + effect(of_psu, i, 256)
                + if urban { 4_000 } else { 0 }
                + if woman { 0 } else { 1_500 + 250 * i as i64 }
                + (wealth as i64 - 2) * 1_800
                - (age as i64 - 5) * 500;
            if (draw >> 16) & 0xffff >= BLANK_ITEM {
                *item = Some(if ((draw & 0xffff) as i64) < chance { 1 } else { 2 });
            }
        }
        Row {
            stratum: (stratum + 1) as i32,
            psu: psu_id as i32,
            country: (country + 1) as i16,
            area: if urban { 1 } else { 2 },
            sex: if woman { 2 } else { 1 },
            age: age as i8 + 1,
            wealth: (!wealth_blank).then_some(wealth as i8 + 1),
            weight,
            items,
            groups: groups.map(|code| code as i8 + 1),
        }
    }

    /// Replicate weights of a row, in units of 0.00001: the weight times 1.5 or 0.5, by halves of
    /// the PSUs.
    pub fn replicates(&self, row: &Row, into: &mut [u64]) {
        let mut bits = 0;
        for (r, weight) in into.iter_mut().enumerate() {
            if r.is_multiple_of(64) {
                bits = self.hash(Purpose::Replicate, ((row.psu as u64) << 16) | (r as u64 / 64));
            }
            *weight = row.weight * if (bits >> (r % 64)) & 1 == 1 { 15 } else { 5 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn all(workload: &Workload) -> Vec<Row> {
        let rows = Rows::new(workload);
        (0..workload.rows).map(|number| rows.row(number)).collect()
    }

    #[test]
    fn strata_and_psus_have_the_sizes_that_were_asked_for() {
        for rows in [80, 1_003, 30_000, 300_007] {
            let workload = Workload { rows, ..Workload::default() };
            let all = all(&workload);
            assert!(all.is_sorted_by_key(|row| (row.stratum, row.psu)), "{rows}");
            let mut psus: BTreeMap<i32, BTreeMap<i32, u64>> = BTreeMap::new();
            for row in &all {
                *psus.entry(row.stratum).or_default().entry(row.psu).or_default() += 1;
            }
            assert_eq!(psus.len() as u64, workload.strata(), "{rows}");
            assert!(psus.values().all(|psus| psus.len() >= 2), "{rows}");
            let countries: BTreeSet<i16> = all.iter().map(|row| row.country).collect();
            assert_eq!(countries.len() as u64, workload.countries(), "{rows}");
            if rows >= 30_000 {
                let sizes: BTreeSet<u64> =
                    psus.values().flat_map(|psus| psus.values().copied()).collect();
                let (low, high) = (sizes.first().unwrap(), sizes.last().unwrap());
                assert!((31..=36).contains(low) && (31..=36).contains(high), "{sizes:?}");
            }
        }
    }

    #[test]
    fn shares_blanks_and_groups_are_as_designed() {
        let workload = Workload { rows: 200_000, ..Workload::default() };
        let all = all(&workload);
        let n = all.len() as f64;
        let share = |of: &dyn Fn(&Row) -> bool| all.iter().filter(|row| of(row)).count() as f64 / n;
        // Bounds are five standard errors of a simple random sample.
        assert!((share(&|row| row.sex == 2) - 0.5).abs() < 5.0 * (0.25 / n).sqrt());
        assert!((share(&|row| row.items[4].is_none()) - 0.05).abs() < 5.0 * (0.0475 / n).sqrt());
        assert!((share(&|row| row.wealth.is_none()) - 0.01).abs() < 5.0 * (0.0099 / n).sqrt());
        for age in 1..=12 {
            let expected = 1.0 / 12.0;
            assert!((share(&|row| row.age == age) - expected).abs() < 5.0 * (0.08 / n).sqrt());
        }
        for i in 0..ITEMS {
            let of = |sex: i8| {
                let base = all.iter().filter(|row| row.sex == sex && row.items[i].is_some());
                let (mut yes, mut count) = (0.0, 0.0);
                for row in base {
                    count += 1.0;
                    yes += f64::from(u8::from(row.items[i] == Some(1)));
                }
                yes / count
            };
            let gap = of(1) - of(2);
            let expected = (1_500.0 + 250.0 * i as f64) / 65_536.0;
            assert!((gap - expected).abs() < 0.012, "item {i}: {gap}, expected {expected}");
        }
        let codes = |at: usize| all.iter().map(|row| row.groups[at]).collect::<BTreeSet<_>>().len();
        assert_eq!([codes(0), codes(1), codes(2)], [26, 26, 10]);
        assert!(all.iter().all(|row| (400_000..=1_800_000).contains(&row.weight)));
    }

    #[test]
    fn replicate_weights_are_halves_of_the_psus() {
        let workload = Workload { rows: 30_000, ..Workload::default() };
        let rows = Rows::new(&workload);
        let (mut a, mut b) = ([0; 80], [0; 80]);
        let (first, second) = (rows.row(0), rows.row(1));
        assert_eq!(first.psu, second.psu);
        rows.replicates(&first, &mut a);
        rows.replicates(&second, &mut b);
        for r in 0..80 {
            assert!(a[r] == first.weight * 15 || a[r] == first.weight * 5);
            assert_eq!(a[r] > first.weight * 10, b[r] > second.weight * 10, "one PSU, one half");
        }
    }
}
