//! Proportions, means, totals and ratios of a sample in memory, in the form of the streaming kernel.
//!
//! Definitions, counts, degrees of freedom and notes are those of the kernel, to the last digits but
//! a few: both engines can be asked wherever the kernel knows the design, and a test holds them
//! equal. Under replicate weights the scores of an estimate are the scaled deviations of its
//! replicates, in one frame for the whole sample, so that any two estimates of it can be compared.

use crate::classify::{MISSING, NO, YES};
use crate::layout::{Layout, Split};
use crate::notes;
use crate::present::{Known, Names, Presenter, Sums, group_keys, value};
use crate::sample::Sample;
use crate::sample::columns::stage_column;
use crate::sample::quantiles;
use crate::sample::replicated::{CellRows, block, cell_sums};
use crate::sample::taylor::{Scores, covariance};
use crate::{DfRule, Error, Group, Options, Plan, Results, Rows};
use inclusion_estimate::{Estimate, Frame, Text};
use inclusion_registry::{FPC, Missing, Statistic, WEIGHT};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// True if the streaming kernel does not know the design.
pub(crate) fn needed(plan: &Plan, has: impl Fn(&str) -> bool, options: &Options) -> bool {
    quantiles::any(plan)
        || options.replicates.is_some()
        || !options.calibration.is_empty()
        || has(FPC) && (has(&stage_column(FPC, 2)) || !has(WEIGHT))
}

/// Estimates every indicator of the plan for every cell of every breakdown, with all rows in
/// memory.
///
/// [`crate::estimate`] comes here by itself where the design asks for it.
///
/// # Errors
///
/// [`Error`] names the stratum, PSU, column, cell or indicator and what to do.
pub fn estimate(plan: &Plan, rows: &Rows<'_>, options: &Options) -> Result<Results, Error> {
    let layout = &Layout::new(plan, |column| rows.schema.column_with_name(column).is_some())?;
    let sample = Sample::with_layout(plan, layout, rows, options)?;
    let cells = CellRows::new(&sample.columns.cells);
    let engine = Engine {
        sample: &sample,
        layout,
        presenter: Presenter { plan, layout, options, names: &Names::new(plan, layout) },
        full_df: sample.full_df(),
        splits: layout.splits.iter().map(|split| Places::new(layout, split, &cells)).collect(),
        cells: &cells,
        ranks: Mutex::default(),
    };
    let items = layout.items.len();
    let replicates = sample.replicates.as_ref().map_or(0, |r| r.count);
    let step = block(cells.cells.len(), replicates, items);
    let mut groups = Vec::new();
    for from in (0..items).step_by(step) {
        let range = from..items.min(from + step);
        let sums = cell_sums(&sample, layout, &cells, range.clone());
        let tasks: Vec<(usize, u64, usize)> = (0..layout.splits.len())
            .flat_map(|s| {
                let keys = group_keys(&layout.splits[s], &engine.splits[s].keys());
                let range = range.clone();
                keys.into_iter().flat_map(move |key| range.clone().map(move |item| (s, key, item)))
            })
            .collect();
        let block = Block { sums: &sums, from, len: range.len() };
        let made: Vec<Group> = tasks
            .into_par_iter()
            .map(|(split, key, item)| engine.group(split, key, item, block))
            .collect::<Result<_, Error>>()?;
        groups.extend(made);
    }
    groups.sort_by(|a, b| a.total.key.cmp(&b.total.key));
    quantiles::replace(plan, &sample, &mut groups)?;
    let weighted = sample.base_weights.iter().filter(|w| **w > 0.0).count() as u64;
    let lonely = sample.design.stages[0].strata.iter().filter(|s| s.lonely()).count() as u64;
    let supplied = sample.replicates.is_some() && !made_here(options);
    let facts = notes::Facts {
        rows: sample.rows() as u64,
        weighted_rows: weighted,
        codeless: &sample.columns.codeless,
        // Replicate weights that came with the survey need neither strata nor PSUs.
        lonely: if supplied { 0 } else { lonely },
        clustered: layout.clustered || supplied,
        of_one: if supplied { 0 } else { sample.design.stages.iter().map(|s| s.of_one).sum() },
        left_out: made_here(options) && sample.design.stages.len() > 1,
        negative: sample.negative_weights(),
    };
    Ok(Results {
        groups,
        diagnostics: notes::sample(layout, options, &facts),
        rows: sample.rows() as u64,
        weighted_rows: weighted,
    })
}

fn made_here(options: &Options) -> bool {
    matches!(options.replicates, Some(super::Replicates::Made(_)))
}

/// The cells of each group of a split.
struct Places {
    /// By group key: places of its cells, and the member each belongs to.
    groups: BTreeMap<u64, Vec<(usize, usize)>>,
}

impl Places {
    fn new(layout: &Layout, split: &Split, cells: &CellRows) -> Places {
        let mut groups: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, cell) in cells.cells.iter().enumerate() {
            if let Some(key) = layout.group_of(&split.group, *cell) {
                let member = layout.member_of(&split.joint, split.members, *cell) as usize;
                groups.entry(key).or_default().push((place, member));
            }
        }
        Places { groups }
    }

    fn keys(&self) -> Vec<u64> {
        self.groups.keys().copied().collect()
    }
}

/// Sums of some items under all replicates.
#[derive(Clone, Copy)]
struct Block<'a> {
    sums: &'a [f64],
    from: usize,
    len: usize,
}

struct Engine<'a> {
    sample: &'a Sample,
    layout: &'a Layout,
    presenter: Presenter<'a>,
    full_df: f64,
    splits: Vec<Places>,
    cells: &'a CellRows,
    /// Ranks of the replicate weights of domains, by their patterns.
    ranks: Mutex<FxHashMap<Vec<u32>, u64>>,
}

/// One row of a group's base.
#[derive(Clone, Copy)]
struct Case {
    row: u32,
    member: u32,
    y: f64,
    x: f64,
}

/// What is gathered of a member, or of the whole group.
#[derive(Default)]
struct Gathered {
    sums: Sums,
    psu: Option<u32>,
    stratum: Option<u32>,
    squares: f64,
    negative: bool,
    /// Least and greatest ratio of a row's numbers.
    range: Option<[f64; 2]>,
}

impl Gathered {
    fn case(&mut self, engine: &Engine<'_>, case: Case, yes: bool) {
        let row = case.row as usize;
        let (weight, stage) = (engine.sample.weights[row], &engine.sample.design.stages[0]);
        let sums = &mut self.sums;
        sums.counts.n += 1;
        sums.counts.n_rows += 1;
        sums.counts.n_numerator += u64::from(yes);
        sums.counts.weighted += weight;
        sums.y += weight * case.y;
        sums.x += weight * case.x;
        let second = [case.y * case.y, case.x * case.y, case.x * case.x];
        sums.second.iter_mut().zip(second).for_each(|(sum, v)| *sum += weight * v);
        self.squares += weight * weight;
        self.negative |= weight < 0.0;
        // A row without a ratio makes the range endless.
        let own = case.y / if case.x > 0.0 { case.x } else { 0.0 };
        let [least, greatest] = self.range.unwrap_or([own; 2]);
        self.range = Some(match own.is_finite() {
            true => [least.min(own), greatest.max(own)],
            false => [f64::NEG_INFINITY, f64::INFINITY],
        });
        let (psu, stratum) = (Some(stage.unit[row]), Some(stage.stratum[row]));
        sums.counts.psus += u64::from(psu != self.psu);
        sums.counts.strata += u64::from(stratum != self.stratum);
        (self.psu, self.stratum) = (psu, stratum);
    }

    fn without(&mut self, class: u8, weight: f64) {
        let counts = &mut self.sums.counts;
        if class == YES || class == NO {
            counts.n_rows += 1;
        } else if class >= MISSING && weight > 0.0 {
            let reason = Missing::ALL[(class - MISSING) as usize].id();
            counts.missing.add(Text::fixed(reason), 1);
        }
    }
}

impl Engine<'_> {
    fn group(
        &self,
        split: usize,
        key: u64,
        index: usize,
        block: Block<'_>,
    ) -> Result<Group, Error> {
        let (sample, layout) = (self.sample, self.layout);
        let (places, split) = (&self.splits[split], &layout.splits[split]);
        let item = &layout.items[index];
        let indicator = &self.presenter.plan.indicators[index].indicator;
        let breakdown = self.presenter.codes(&split.group, key);
        let members = split.members as usize;
        let places: &[(usize, usize)] = places.groups.get(&key).map_or(&[], Vec::as_slice);
        let mut rows: Vec<(u32, u32)> = places
            .iter()
            .flat_map(|(place, member)| {
                self.cells.rows(*place).iter().map(|r| (*r, *member as u32))
            })
            .collect();
        if places.len() > 1 {
            rows.sort_unstable();
        }
        // One for each member, then the rows of no member, then the whole group.
        let mut gathered: Vec<Gathered> = (0..members + 2).map(|_| Gathered::default()).collect();
        let mut cases: Vec<Case> = Vec::with_capacity(rows.len());
        let (items, numbers) = (layout.items.len(), layout.numbers);
        for (row, member) in rows {
            let at = row as usize;
            let class = sample.columns.classes[at * items + index];
            let weight = sample.base_weights[at];
            let ends = [member as usize, members + 1];
            if (class != YES && class != NO) || weight <= 0.0 {
                ends.iter().for_each(|end| gathered[*end].without(class, weight));
                continue;
            }
            let [y, x] = match item.number {
                Some(number) => sample.columns.numbers[at * numbers + number],
                None => [f64::from(class == YES), 1.0],
            };
            let case = Case { row, member, y, x };
            ends.iter().for_each(|end| gathered[*end].case(self, case, class == YES));
            cases.push(case);
        }
        let plain = !layout.clustered && !layout.stratified && sample.replicates.is_none();
        for one in &mut gathered {
            let sums = &one.sums;
            if ![sums.y, sums.x, sums.counts.weighted].iter().all(|v| v.is_finite())
                || !sums.second.iter().all(|v| v.is_finite())
            {
                let what = item.compiled.value.clone().unwrap_or_else(|| WEIGHT.to_string());
                return Err(Error::TooLarge { what });
            }
            one.sums.squares = plain.then_some(one.squares);
            one.sums.range = one.range.filter(|_| one.negative);
        }
        // Only what has a value takes part in the covariance.
        let mut ends: Vec<usize> = (0..members).collect();
        ends.push(members + 1);
        let valued: Vec<usize> =
            ends.iter().copied().filter(|end| value(&gathered[*end].sums, item).is_ok()).collect();
        let own: Vec<usize> = valued.iter().copied().filter(|end| *end < members).collect();
        let (known, compared) = match &sample.replicates {
            None => self.taylor(&cases, &gathered, &valued, item.statistic, members),
            Some(_) => self.replicated(places, &gathered, &valued, index, block, members),
        };
        let frame = match &sample.replicates {
            None => self.presenter.frame(indicator, split, &breakdown),
            Some(_) => "replicates".to_string(),
        };
        let estimate = |end: usize, known: &BTreeMap<usize, Known>, frame: &Frame| {
            let mut codes = breakdown.clone();
            if end < members {
                codes.extend(&self.presenter.codes(&split.joint, end as u64));
            }
            let sums = &gathered[end].sums;
            let of = |case: &&Case| end > members || case.member as usize == end;
            let df = self.df(|| cases.iter().filter(of), Some(sums));
            self.presenter.estimate(index, codes, sums, known.get(&end).cloned(), df, frame)
        };
        let given = |known: &BTreeMap<usize, Known>, frame: &Frame| -> Vec<Estimate> {
            (0..members).map(|end| estimate(end, known, frame)).collect()
        };
        let compared = compared.map(|known| {
            let frame = match &sample.replicates {
                Some(_) => frame.clone(),
                None => format!("{frame}, compared"),
            };
            let frame = Frame::new(&self.presenter.names.sample, frame);
            given(&own.iter().copied().zip(known).collect(), &frame)
        });
        let frame = Frame::new(&self.presenter.names.sample, frame);
        let known: BTreeMap<usize, Known> = valued.iter().copied().zip(known).collect();
        let total = estimate(members + 1, &known, &frame);
        let given = given(&known, &frame);
        let shown = |case: &&Case| (case.member as usize) < members;
        let union_df = self.df(|| cases.iter().filter(shown), None);
        let indicator = self.presenter.names.indicators[index].clone();
        Ok(Group { indicator, breakdown, total, members: given, compared, union_df })
    }

    /// Degrees of freedom of some cases, in order.
    fn df<'c, I: Iterator<Item = &'c Case>>(
        &self,
        cases: impl Fn() -> I,
        sums: Option<&Sums>,
    ) -> Option<f64> {
        match (self.presenter.options.df, &self.sample.replicates, sums) {
            (DfRule::Infinite, ..) => None,
            (DfRule::Full, ..) => Some(self.full_df),
            (DfRule::Domain, None, Some(sums)) => {
                Some(sums.counts.psus as f64 - sums.counts.strata as f64)
            }
            (DfRule::Domain, None, None) => {
                let (psus, strata) = self.sample.design.occupied(cases().map(|c| c.row as usize));
                Some(psus as f64 - strata as f64)
            }
            (DfRule::Domain, Some(replicates), _) => {
                let mut patterns: Vec<u32> =
                    cases().map(|c| replicates.pattern(c.row as usize)).collect();
                patterns.sort_unstable();
                patterns.dedup();
                let known = self.ranks.lock().ok().and_then(|r| r.get(&patterns).copied());
                let rank = known.unwrap_or_else(|| {
                    let rank = replicates.rank_of_patterns(&patterns, replicates.rank);
                    if let Ok(mut ranks) = self.ranks.lock() {
                        ranks.insert(patterns, rank);
                    }
                    rank
                });
                Some((rank as f64 - 1.0).max(0.0))
            }
        }
    }

    /// What is known of the valued members by linearisation, and of those that are compared where that
    /// is something else.
    fn taylor(
        &self,
        cases: &[Case],
        gathered: &[Gathered],
        valued: &[usize],
        statistic: Statistic,
        members: usize,
    ) -> (Vec<Known>, Option<Vec<Known>>) {
        if valued.is_empty() {
            return (Vec::new(), None);
        }
        let (sample, size) = (self.sample, valued.len());
        let total = statistic == Statistic::Total;
        let parts: Vec<(f64, f64)> = valued
            .iter()
            .map(|end| {
                let sums = &gathered[*end].sums;
                if total { (1.0, 0.0) } else { (1.0 / sums.x, sums.y / sums.x) }
            })
            .collect();
        let spread = !sample.fitted.is_empty();
        let rows: Vec<u32> = if spread {
            (0..sample.rows() as u32).collect()
        } else {
            cases.iter().map(|case| case.row).collect()
        };
        let mut z = vec![0.0; rows.len() * size];
        let mut base = vec![false; rows.len() * size];
        for (at, case) in cases.iter().enumerate() {
            let place = if spread { case.row as usize } else { at };
            for (k, (end, (a, r))) in valued.iter().zip(&parts).enumerate() {
                if *end > members || *end == case.member as usize {
                    z[place * size + k] = a * (case.y - r * case.x);
                    base[place * size + k] = true;
                }
            }
        }
        if spread {
            (z, base) = sample.weighted_scores(z, base, size);
        } else {
            for (z, row) in z.chunks_mut(size.max(1)).zip(&rows) {
                z.iter_mut().for_each(|z| *z *= sample.base_weights[*row as usize]);
            }
        }
        let all = Scores { rows: &rows, size, z: &z, base: &base };
        let own = covariance(&sample.design, all, &sample.options);
        let shown = valued.iter().filter(|end| **end < members).count();
        let mut compared = None;
        if sample.options.counts_strata() && shown > 1 && !spread {
            let of_shown = |all: &[f64]| -> Vec<f64> {
                all.chunks(size).flat_map(|row| &row[..shown]).copied().collect()
            };
            let any = |row: &[bool]| std::iter::repeat_n(row[..shown].contains(&true), shown);
            let base: Vec<bool> = base.chunks(size).flat_map(any).collect();
            let scores = Scores { rows: &rows, size: shown, z: &of_shown(&z), base: &base };
            let together = covariance(&sample.design, scores, &sample.options);
            compared = together.differs(&own).then(|| together.known());
        }
        (own.known(), compared)
    }

    /// The same from their replicates.
    fn replicated(
        &self,
        places: &[(usize, usize)],
        gathered: &[Gathered],
        valued: &[usize],
        index: usize,
        block: Block<'_>,
        members: usize,
    ) -> (Vec<Known>, Option<Vec<Known>>) {
        let Some(replicates) = &self.sample.replicates else { return (Vec::new(), None) };
        let count = replicates.count;
        let statistic = self.layout.items[index].statistic;
        let one = |end: &usize| {
            let mut sums = vec![0.0; 2 * count];
            for (place, member) in places {
                if *end > members || member == end {
                    let at = (place * block.len + index - block.from) * 2 * count;
                    let cell = &block.sums[at..at + 2 * count];
                    sums.iter_mut().zip(cell).for_each(|(sum, part)| *sum += part);
                }
            }
            (sums, &gathered[*end].sums)
        };
        let of: Vec<(Vec<f64>, &Sums)> = valued.iter().map(one).collect();
        let shown = valued.iter().filter(|end| **end < members).count();
        replicates.deviations.known(statistic, &of, shown)
    }
}
