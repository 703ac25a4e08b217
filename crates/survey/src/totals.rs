//! Strata are complete here: their between-PSU covariance is added up over the sample.

use crate::between::Between;
use crate::codeless::Codeless;
use crate::counts::{CLASSES, Counts};
use crate::exact::{Digits, Exact};
use crate::key::Key;
use crate::layout::Layout;
use crate::plain::MOST as MOST_PLAIN;
use crate::shape::{Constants, Shape};
use crate::tally::{Body, GroupKey, Tally, moment_map, packed};
use crate::{Error, LonelyPsu, Options};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Below this a stratum counts as taken completely and has no variance, as in R survey.
const COMPLETE: f64 = 1e-7;

/// What is known of a whole stratum.
#[derive(Debug, Clone)]
pub(crate) struct StratumInfo {
    pub key: Key,
    pub psus: u64,
    pub weighted_psus: u64,
    pub fpc: Option<f64>,
    /// Smallest and largest PSU key, where there are PSUs.
    pub range: Option<(Key, Key)>,
    /// It has one PSU and was not taken completely.
    pub lonely: bool,
}

/// Everything that is known of one group in the whole sample.
#[derive(Debug, Clone)]
pub(crate) struct Total {
    /// Sums over all strata; the moments are the between-PSU covariance of the sums, strata with a
    /// [`Special`] treatment left out.
    pub tally: Tally,
    /// What the moments have not got yet.
    between: Between,
    /// Strata with a row of the base: by member and lane, in any cell, in any cell shown.
    pub strata: Vec<u64>,
    pub strata_any: Vec<u64>,
    pub strata_shown: Vec<u64>,
    pub special: Vec<Special>,
    /// By member and item: rows by class.
    pub classes: Vec<[u64; CLASSES]>,
    /// By member and number: Σwy², Σwxy, Σwx².
    pub second: Vec<Exact>,
    /// By member and lane: Σ(wx)², where every row is its own PSU.
    pub squares: Vec<Exact>,
    /// All rows, those outside every base included.
    pub rows: u64,
}

/// A stratum in which an estimate may need a centre other than the stratum's mean.
#[derive(Debug, Clone)]
pub(crate) struct Special {
    pub stratum: Key,
    pub psus: u64,
    /// (1 − f) n / (n − 1); 1 − f for a single PSU.
    pub scale: f64,
    pub tally: Tally,
}

impl Total {
    fn new(layout: &Layout) -> Total {
        Total {
            tally: Tally::new(layout.lanes, layout.width),
            between: Between::default(),
            strata: Vec::new(),
            strata_any: vec![0; layout.lanes],
            strata_shown: vec![0; layout.lanes],
            special: Vec::new(),
            classes: Vec::new(),
            second: Vec::new(),
            squares: Vec::new(),
            rows: 0,
        }
    }

    /// Adds the same group of other strata.
    fn merge(&mut self, layout: &Layout, mut other: Total) {
        let places: Vec<usize> = other.tally.members.iter().map(|p| self.tally.place(*p)).collect();
        self.grow(layout);
        other.grow(layout);
        other.between.flush(&mut other.tally.moments);
        self.tally.merge(&mut other.tally);
        self.special.extend(other.special);
        add(&mut self.strata_any, &other.strata_any);
        add(&mut self.strata_shown, &other.strata_shown);
        let lanes = layout.lanes;
        for (from, to) in places.into_iter().enumerate() {
            add(&mut self.strata[to * lanes..][..lanes], &other.strata[from * lanes..][..lanes]);
            if !layout.clustered {
                for lane in 0..lanes {
                    let from = &other.squares[from * lanes + lane];
                    self.squares[to * lanes + lane].merge(from, |e| e);
                }
            }
        }
    }

    fn grow(&mut self, layout: &Layout) {
        let members = self.tally.members.len();
        self.between.grow(members * (2 * members + 1) * layout.lanes);
        self.strata.resize(members * layout.lanes, 0);
        self.classes.resize(members * layout.items.len(), [0; CLASSES]);
        self.second.resize(members * layout.numbers, Exact::new(3));
        if !layout.clustered {
            self.squares.resize(members * layout.lanes, Exact::new(1));
        }
    }
}

/// The whole sample, or a part of it whose strata are complete.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    /// By constants, the groups of their shape.
    parts: FxHashMap<Constants, FxHashMap<GroupKey, Total>>,
    /// Finest cells that have rows, their places in the counts, and the counts.
    cells: Vec<u64>,
    places: FxHashMap<u64, usize>,
    counts: Counts,
    pub strata: Vec<StratumInfo>,
    /// By breakdown concept: rows without a code that is shown.
    pub codeless: Vec<Codeless>,
    pub rows: u64,
    pub weighted_rows: u64,
}

/// Adds a group of other strata to those of the same key.
fn enter(groups: &mut FxHashMap<GroupKey, Total>, layout: &Layout, key: GroupKey, total: Total) {
    match groups.entry(key) {
        Entry::Occupied(mut mine) => mine.get_mut().merge(layout, total),
        Entry::Vacant(place) => {
            place.insert(total);
        }
    }
}

impl Totals {
    pub(crate) fn new(layout: &Layout) -> Totals {
        Totals { codeless: vec![Codeless::default(); layout.digits.len()], ..Totals::default() }
    }

    /// Adds a complete stratum. Its tallies are put among the spare ones.
    pub(crate) fn stratum(
        &mut self,
        layout: &Layout,
        options: &Options,
        mut info: StratumInfo,
        body: Body,
        spare: &mut Vec<Tally>,
    ) -> Result<(), Error> {
        let free = free_share(&info)?;
        let complete = free < COMPLETE || !layout.moments;
        info.lonely = info.psus == 1 && !complete;
        let m = info.psus as f64;
        let scale = match info.psus {
            _ if complete => 0.0,
            0 | 1 => free,
            _ => free * m / (m - 1.0),
        };
        let groups = self.parts.entry(body.constants).or_default();
        let mut units = Vec::new();
        for (key, mut tally) in body.groups {
            tally.settle_sums();
            let total = groups.entry(key).or_insert_with(|| Total::new(layout));
            let places: Vec<usize> = tally.members.iter().map(|p| total.tally.place(*p)).collect();
            total.grow(layout);
            for (from, to) in places.iter().enumerate() {
                for lane in 0..layout.lanes {
                    let strata = &mut total.strata[to * layout.lanes + lane];
                    *strata += u64::from(tally.psus(from, lane) > 0);
                }
            }
            for lane in 0..layout.lanes {
                total.strata_any[lane] += u64::from(tally.psus_any[lane] > 0);
                total.strata_shown[lane] += u64::from(tally.psus_shown[lane] > 0);
            }
            if !layout.clustered {
                for (from, to) in places.iter().enumerate() {
                    for lane in 0..layout.lanes {
                        let x = 2 * from + 1;
                        let square = tally.moments[lane].value(packed(x, x));
                        total.squares[to * layout.lanes + lane].add(0, square);
                    }
                }
            }
            let special = info.lonely || (!complete && domain_lonely(layout, &tally, options));
            if special || info.psus > MOST_PLAIN || !tally.is_plain() {
                tally.settle();
            }
            total.tally.merge_sums(&tally);
            if special {
                let (stratum, psus) = (info.key.clone(), info.psus);
                total.special.push(Special { stratum, psus, scale, tally });
                continue;
            }
            if !complete {
                let map = moment_map(&places);
                let (between, moments) = (&mut total.between, &mut total.tally.moments);
                let factor = scale / m;
                if tally.plain.used() {
                    let (plain, width) = (&tally.plain, layout.width);
                    units.clear();
                    plain.brackets(width, layout.lanes, info.psus, &mut units);
                    layout.arch.dispatch(|| between.add(&units, factor, &map, moments));
                } else {
                    between.add(&brackets(&tally, info.psus), factor, &map, moments);
                }
            }
            tally.reset();
            spare.push(tally);
        }
        self.strata.push(info);
        Ok(())
    }

    /// Adds the counts of a reader, which are not split by PSU.
    pub(crate) fn counts(&mut self, layout: &Layout, cells: &[u64], counts: &Counts) {
        let places: Vec<usize> = cells
            .iter()
            .map(|cell| {
                let next = self.cells.len();
                let place = *self.places.entry(*cell).or_insert(next);
                if place == next {
                    self.cells.push(*cell);
                }
                place
            })
            .collect();
        let (items, numbers) = (layout.items.len(), layout.numbers);
        self.counts.grow(self.cells.len(), layout.width, items, numbers);
        self.counts.merge(counts, items, numbers, |cell| places[cell]);
    }

    /// The groups of every breakdown.
    pub(crate) fn groups(&mut self, layout: &Layout) -> FxHashMap<GroupKey, Total> {
        let mut groups: FxHashMap<GroupKey, Total> = FxHashMap::default();
        for (constants, part) in self.parts.drain() {
            let shape = Shape::new(layout, constants.mask);
            for ((reduced, key), mut total) in part {
                total.between.flush(&mut total.tally.moments);
                total.tally.settle();
                let from = &shape.splits[reduced as usize].group;
                let mut of = (0..layout.splits.len())
                    .filter(|s| shape.of_split[*s] == reduced as usize)
                    .filter_map(|s| {
                        let key = constants.rekey(layout, from, key, &layout.splits[s].group)?;
                        Some((s as u32, key))
                    });
                let Some(last) = of.next_back() else { continue };
                of.for_each(|key| enter(&mut groups, layout, key, total.clone()));
                enter(&mut groups, layout, last, total);
            }
        }
        let (items, numbers) = (layout.items.len(), layout.numbers);
        for (place, cell) in self.cells.iter().enumerate() {
            for (s, split) in layout.splits.iter().enumerate() {
                let Some(group) = layout.group_of(&split.group, *cell) else { continue };
                let member = layout.member_of(&split.joint, split.members, *cell) as u32;
                let total = groups.entry((s as u32, group)).or_insert_with(|| Total::new(layout));
                let to = total.tally.place(member);
                total.grow(layout);
                total.rows += self.counts.rows[place];
                for item in 0..items {
                    let from = &self.counts.classes[place * items + item];
                    add(&mut total.classes[to * items + item], from);
                }
                for number in 0..numbers {
                    let from = &self.counts.second[place * numbers + number];
                    total.second[to * numbers + number].merge(from, |e| e);
                }
            }
        }
        groups
    }

    /// Adds the rows without a code.
    pub(crate) fn codeless(&mut self, codeless: &[Codeless]) {
        self.codeless.iter_mut().zip(codeless).for_each(|(a, b)| a.merge(b));
    }

    /// Adds another part of the sample.
    pub(crate) fn merge(&mut self, layout: &Layout, other: Totals) {
        self.strata.extend(other.strata);
        self.rows += other.rows;
        self.weighted_rows += other.weighted_rows;
        self.codeless(&other.codeless);
        self.counts(layout, &other.cells, &other.counts);
        for (constants, part) in other.parts {
            let groups = self.parts.entry(constants).or_default();
            for (key, total) in part {
                enter(groups, layout, key, total);
            }
        }
    }

    /// True if the ranges of the PSU keys of two strata overlap, so that one PSU id may stand in
    /// both.
    pub(crate) fn may_repeat_psus(&self) -> bool {
        let mut ranges: Vec<&(Key, Key)> =
            self.strata.iter().filter_map(|s| s.range.as_ref()).collect();
        ranges.sort();
        ranges.windows(2).any(|pair| pair[1].0 <= pair[0].1)
    }

    /// Strata with a finite population of 1 where none has a larger one, so that it is a fraction.
    pub(crate) fn of_one(&self) -> u64 {
        let sizes = self.strata.iter().any(|s| s.fpc.is_some_and(|f| f > 1.0));
        self.strata.iter().filter(|s| !sizes && s.fpc == Some(1.0)).count() as u64
    }

    /// What concerns the whole sample and is known only at its end.
    pub(crate) fn check(&self, options: &Options) -> Result<(), Error> {
        if self.rows > 0 && self.weighted_rows == 0 {
            return Err(Error::AllWeightsZero { rows: self.rows });
        }
        let mut strata: Vec<&StratumInfo> = self.strata.iter().collect();
        strata.sort_by(|a, b| a.key.cmp(&b.key));
        // A one among sizes is the size of a stratum taken completely.
        let sizes = strata.iter().any(|s| s.fpc.is_some_and(|f| f > 1.0));
        let fraction = strata.iter().find(|s| sizes && s.fpc.is_some_and(|f| f < 1.0));
        if let Some(s) = fraction {
            return Err(Error::Fpc {
                stratum: s.key.to_string(),
                value: s.fpc.unwrap_or_default(),
                message: "is a sampling fraction, while other strata give the number of PSUs; use one of the two",
            });
        }
        let small = |s: &&&StratumInfo| sizes && s.fpc.is_some_and(|f| f < s.psus as f64);
        if let Some(s) = strata.iter().find(small) {
            return Err(Error::FpcTooSmall {
                stratum: s.key.to_string(),
                fpc: s.fpc.unwrap_or_default(),
                sampled: s.psus,
            });
        }
        if options.lonely_psu == LonelyPsu::Fail {
            let mut lonely = strata.iter().filter(|s| s.lonely);
            if let Some(first) = lonely.next() {
                return Err(Error::LonelyPsu {
                    stratum: first.key.to_string(),
                    count: 1 + lonely.count(),
                });
            }
        }
        Ok(())
    }
}

fn add(to: &mut [u64], from: &[u64]) {
    to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
}

/// 1 − f of the first stage.
fn free_share(info: &StratumInfo) -> Result<f64, Error> {
    let m = info.psus as f64;
    match info.fpc {
        None => Ok(1.0),
        Some(fpc) if !(fpc > 0.0 && fpc.is_finite()) => Err(Error::Fpc {
            stratum: info.key.to_string(),
            value: fpc,
            message: "is neither a number of PSUs (1 or more) nor a sampling fraction (above 0, at most 1)",
        }),
        Some(fpc) if fpc <= 1.0 => Ok(1.0 - fpc),
        Some(fpc) if fpc < m => {
            Err(Error::FpcTooSmall { stratum: info.key.to_string(), fpc, sampled: info.psus })
        }
        Some(fpc) => Ok((fpc - m) / fpc),
    }
}

/// True if an estimate of the group has its rows in a single PSU and the rule asks for that.
fn domain_lonely(layout: &Layout, tally: &Tally, options: &Options) -> bool {
    let acts = matches!(options.lonely_psu, LonelyPsu::Adjust | LonelyPsu::Average);
    let single = |counts: &[u64]| counts[..layout.lanes].contains(&1);
    let members = || tally.psus.chunks(layout.width).any(single);
    options.adjust_domain_lonely && acts && (members() || single(&tally.psus_any))
}

/// m Σ v vᵀ − Σv Σvᵀ of a stratum of `m` PSUs: entry by entry, lane by lane.
fn brackets(tally: &Tally, m: u64) -> Vec<Digits> {
    let mut brackets = Vec::new();
    for row in 0..2 * tally.members.len() {
        for column in 0..=row {
            for (lane, own) in tally.moments.iter().enumerate() {
                let sum = |element: usize| tally.sums.known(element / 2, lane)[element % 2];
                brackets.push(own.centred(packed(row, column), m, sum(row), sum(column)));
            }
        }
    }
    brackets
}
