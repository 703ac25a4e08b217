//! Strata are complete here: their between-PSU covariance is added up over the sample.

use crate::codeless::Codeless;
use crate::counts::{CLASSES, Counts};
use crate::exact::{Exact, pair_difference, pair_product_over, pair_times};
use crate::key::Key;
use crate::layout::{Layout, Tables};
use crate::tally::{Body, GroupKey, Tally, moment_map, packed};
use crate::{Error, LonelyPsu, Options};
use rustc_hash::FxHashMap;

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
            tally: Tally::new(layout.lanes),
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

    fn grow(&mut self, layout: &Layout) {
        let members = self.tally.members.len();
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
    pub groups: FxHashMap<GroupKey, Total>,
    pub strata: Vec<StratumInfo>,
    /// By breakdown concept: rows without a code that is shown.
    pub codeless: Vec<Codeless>,
    pub rows: u64,
    pub weighted_rows: u64,
}

impl Totals {
    pub(crate) fn new(layout: &Layout) -> Totals {
        Totals { codeless: vec![Codeless::default(); layout.digits.len()], ..Totals::default() }
    }

    /// Adds a complete stratum.
    pub(crate) fn stratum(
        &mut self,
        layout: &Layout,
        options: &Options,
        mut info: StratumInfo,
        body: Body,
    ) -> Result<(), Error> {
        let free = free_share(&info)?;
        let complete = free < COMPLETE;
        info.lonely = info.psus == 1 && !complete;
        let m = info.psus as f64;
        let scale = match info.psus {
            _ if complete => 0.0,
            0 | 1 => free,
            _ => free * m / (m - 1.0),
        };
        for (key, mut tally) in body.groups {
            tally.gather_moments();
            let total = self.groups.entry(key).or_insert_with(|| Total::new(layout));
            let places: Vec<usize> = tally.members.iter().map(|p| total.tally.place(*p)).collect();
            total.grow(layout);
            for (from, to) in places.iter().enumerate() {
                for lane in 0..layout.lanes {
                    let (a, b) = (to * layout.lanes + lane, from * layout.lanes + lane);
                    total.strata[a] += u64::from(tally.psus[b] > 0);
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
            let special = info.lonely || (!complete && domain_lonely(&tally, options));
            total.tally.merge_sums(&tally);
            if special {
                tally.settle();
                let (stratum, psus) = (info.key.clone(), info.psus);
                total.special.push(Special { stratum, psus, scale, tally });
            } else if !complete {
                add_centred(&mut total.tally, &tally, &moment_map(&places), m, scale);
            }
        }
        self.strata.push(info);
        Ok(())
    }

    /// Adds the counts of a reader, which are not split by PSU.
    pub(crate) fn counts(&mut self, layout: &Layout, tables: &Tables, counts: &Counts) {
        for (s, split) in layout.splits.iter().enumerate() {
            for (id, rows) in counts.rows.iter().enumerate() {
                let cell = tables.cells[id];
                let member = layout.member_of(split, cell);
                let group = layout.group_of(split, cell);
                let Some(group) = group else { continue };
                let total =
                    self.groups.entry((s as u32, group)).or_insert_with(|| Total::new(layout));
                let place = total.tally.place(member as u32);
                total.grow(layout);
                total.rows += rows;
                for item in 0..layout.items.len() {
                    let to = &mut total.classes[place * layout.items.len() + item];
                    let from = &counts.classes[id * layout.items.len() + item];
                    to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
                }
                for number in 0..layout.numbers {
                    let from = &counts.second[id * layout.numbers + number];
                    total.second[place * layout.numbers + number].merge(from, |e| e);
                }
            }
        }
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
        for (key, mut part) in other.groups {
            let Some(total) = self.groups.get_mut(&key) else {
                self.groups.insert(key, part);
                continue;
            };
            let places: Vec<usize> =
                part.tally.members.iter().map(|p| total.tally.place(*p)).collect();
            total.grow(layout);
            total.tally.merge(&mut part.tally);
            total.rows += part.rows;
            total.special.extend(part.special);
            let lanes = layout.lanes;
            add(&mut total.strata_any, &part.strata_any);
            add(&mut total.strata_shown, &part.strata_shown);
            for (from, to) in places.into_iter().enumerate() {
                add(
                    &mut total.strata[to * lanes..][..lanes],
                    &part.strata[from * lanes..][..lanes],
                );
                for item in 0..layout.items.len() {
                    let from = &part.classes[from * layout.items.len() + item];
                    add(&mut total.classes[to * layout.items.len() + item], from);
                }
                for number in 0..layout.numbers {
                    let from = &part.second[from * layout.numbers + number];
                    total.second[to * layout.numbers + number].merge(from, |e| e);
                }
                if !layout.clustered {
                    for lane in 0..lanes {
                        let from = &part.squares[from * lanes + lane];
                        total.squares[to * lanes + lane].merge(from, |e| e);
                    }
                }
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
fn domain_lonely(tally: &Tally, options: &Options) -> bool {
    let acts = matches!(options.lonely_psu, LonelyPsu::Adjust | LonelyPsu::Average);
    let single = |counts: &[u64]| counts.contains(&1);
    options.adjust_domain_lonely && acts && (single(&tally.psus) || single(&tally.psus_any))
}

/// Adds the scaled sums of squares of the PSU totals of a stratum about its mean.
fn add_centred(total: &mut Tally, tally: &Tally, map: &[usize], m: f64, scale: f64) {
    let mut sums = Vec::with_capacity(2 * tally.members.len());
    for (lane, moments) in total.moments.iter_mut().enumerate() {
        sums.clear();
        sums.extend((0..tally.members.len()).flat_map(|place| tally.rounded(place, lane)));
        let mut entry = 0;
        for (row, a) in sums.iter().enumerate() {
            for b in &sums[..=row] {
                let mean_part = pair_product_over(*a, *b, m);
                let centred = pair_difference(tally.moment(lane, entry), mean_part);
                let (high, low) = pair_times(centred, scale);
                moments.add(map[entry], high);
                moments.add(map[entry], low);
                entry += 1;
            }
        }
    }
}
