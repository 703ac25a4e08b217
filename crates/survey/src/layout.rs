//! The plan, compiled: which columns are read, and which cells are kept.
//!
//! A *cell* is one combination of the codes of all breakdown concepts, a missing code included, as
//! one number in mixed radix (digit 0 is missing, 1 the first code). A *split* is a breakdown: it
//! reads cells as groups with jointly estimated members.

use crate::classify::{Compiled, Program};
use crate::{Breakdown, Error, Plan};
use inclusion_registry::{ConceptKind, Statistic};
use pulp::Arch;
use rustc_hash::FxHashMap;

/// Marks an id that is not given yet, or a group that is not shown.
pub(crate) const NONE: u32 = u32::MAX;
/// Lanes that are computed together.
pub(crate) const VECTOR: usize = 8;
/// Possible cells up to which ids are looked up in a table.
const DENSE: u64 = 1 << 18;

/// The compiled plan.
#[derive(Debug)]
pub(crate) struct Layout {
    pub program: Program,
    pub items: Vec<Item>,
    /// Pairs (Σwy, Σwx) kept for every cell.
    pub lanes: usize,
    /// Lanes with room for whole vector instructions.
    pub width: usize,
    /// The widest vector instructions of this machine; the results do not depend on them.
    pub arch: Arch,
    /// By lane: the moments need every digit, because y may be nearly a multiple of x.
    pub precise: Vec<bool>,
    /// Items with a number.
    pub numbers: usize,
    pub digits: Vec<Digit>,
    /// Digits whose concepts only make groups, as bits.
    pub grouping: u64,
    pub splits: Vec<Split>,
    pub stratified: bool,
    /// Rows belong to PSUs; without a column of them, where it is so all the same, a stratum is one.
    pub clustered: bool,
    pub psus: bool,
    /// Second moments of PSU totals are wanted.
    pub moments: bool,
    pub fpc: bool,
}

/// An indicator in the kernel.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub compiled: Compiled,
    pub statistic: Statistic,
    /// Its pair of sums: numerator and denominator of the estimate.
    pub lane: usize,
    /// The pair whose second sum is Σw over the base; the same except for a ratio of numbers.
    pub weight_lane: usize,
    /// Its place among the items with a number.
    pub number: Option<usize>,
}

/// A breakdown concept.
#[derive(Debug, Clone)]
pub(crate) struct Digit {
    pub concept: String,
    pub codes: usize,
    pub stride: u64,
    /// For digit value `d`: the place among the codes that are shown, or `None`.
    pub stated: Vec<Option<u32>>,
    pub shown: u64,
}

impl Digit {
    /// The digit of a cell.
    pub fn of(&self, cell: u64) -> usize {
        (cell / self.stride % (self.codes as u64 + 1)) as usize
    }
}

/// A breakdown.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    pub group: Vec<usize>,
    pub joint: Vec<usize>,
    /// Number of shown members; this number itself stands for the rest (not stated).
    pub members: u64,
    /// Number of possible groups.
    pub groups: u128,
}

impl Layout {
    /// Compiles a plan for rows with these design columns.
    pub(crate) fn new(plan: &Plan, has: impl Fn(&str) -> bool) -> Result<Layout, Error> {
        let mut program = Program::default();
        let mut items = Vec::new();
        let (mut lanes, mut numbers) = (0, 0);
        for planned in &plan.indicators {
            let compiled = program.indicator(planned, &plan.concepts)?;
            let ratio = compiled.denominator.is_some();
            let number = compiled.value.is_some().then_some(numbers);
            numbers += usize::from(number.is_some());
            let statistic = planned.indicator.statistic;
            let weight_lane = lanes + usize::from(ratio);
            items.push(Item { compiled, statistic, lane: lanes, weight_lane, number });
            lanes += 1 + usize::from(ratio);
        }
        let precise =
            items.iter().flat_map(|i: &Item| vec![i.number.is_some(); 1 + i.weight_lane - i.lane]);
        let precise = precise.collect();
        let digits = digits(plan)?;
        let splits = splits(plan, &digits)?;
        let joint = splits.iter().flat_map(|s| &s.joint).fold(0, |bits, d| bits | bit(*d));
        Ok(Layout {
            program,
            items,
            lanes,
            width: lanes.next_multiple_of(VECTOR),
            arch: Arch::new(),
            precise,
            numbers,
            grouping: (0..digits.len()).fold(0, |bits, d| bits | bit(d)) & !joint,
            digits,
            splits,
            stratified: has(inclusion_registry::STRATUM),
            clustered: has(inclusion_registry::PSU),
            psus: has(inclusion_registry::PSU),
            moments: true,
            fpc: has(inclusion_registry::FPC),
        })
    }

    /// Number of possible finest cells.
    pub(crate) fn cells(&self) -> u64 {
        self.digits.last().map_or(1, |d| d.stride * (d.codes as u64 + 1))
    }

    /// Key of a cell's group: codes in mixed radix; `None` where one is missing or not
    /// shown.
    pub(crate) fn group_of(&self, group: &[usize], cell: u64) -> Option<u64> {
        group.iter().try_fold(0, |key, d| {
            let digit = &self.digits[*d];
            let code = digit.stated[digit.of(cell)]?;
            Some(key * digit.shown + u64::from(code))
        })
    }

    /// Member of a cell; `members` where a code is missing or not shown.
    pub(crate) fn member_of(&self, joint: &[usize], members: u64, cell: u64) -> u64 {
        let place = joint.iter().try_fold(0, |key, d| {
            let digit = &self.digits[*d];
            let code = digit.stated[digit.of(cell)]?;
            Some(key * digit.shown + u64::from(code))
        });
        place.unwrap_or(members)
    }

    /// The shown codes that a key stands for, by the digits it was made of.
    pub(crate) fn codes_of(&self, digits: &[usize], mut key: u64) -> Vec<(usize, usize)> {
        let mut codes = Vec::with_capacity(digits.len());
        for d in digits.iter().rev() {
            let digit = &self.digits[*d];
            let shown = (key % digit.shown) as u32;
            key /= digit.shown;
            let value = digit.stated.iter().position(|s| *s == Some(shown));
            codes.push((*d, value.expect("invariant: a key is made of shown codes") - 1));
        }
        codes.reverse();
        codes
    }
}

fn digits(plan: &Plan) -> Result<Vec<Digit>, Error> {
    let mut names: Vec<&String> =
        plan.breakdowns.iter().flat_map(|b| b.concepts.iter().chain(&b.joint)).collect();
    names.sort_unstable();
    names.dedup();
    let mut digits = Vec::new();
    let mut stride = 1u64;
    for name in names {
        let error =
            |message: String| Error::Plan { place: format!("breakdown by `{name}`"), message };
        let concept =
            plan.concepts.get(name).ok_or_else(|| error("no such concept in the plan".into()))?;
        if concept.kind == ConceptKind::Number {
            return Err(error(
                "it is a number; break down by a concept made of bands of it".into(),
            ));
        }
        let mut shown = 0;
        let mut stated = vec![None];
        for code in &concept.codes {
            stated.push((!code.unstated).then_some(shown));
            shown += u32::from(!code.unstated);
        }
        let codes = concept.codes.len();
        let next = stride.checked_mul(codes as u64 + 1).filter(|n| *n < 1 << 62);
        digits.push(Digit {
            concept: name.clone(),
            codes,
            stride,
            stated,
            shown: u64::from(shown),
        });
        stride = next.ok_or_else(|| {
            error("the breakdowns of this plan have more than 2^62 combinations; run them in two plans".into())
        })?;
    }
    Ok(digits)
}

fn splits(plan: &Plan, digits: &[Digit]) -> Result<Vec<Split>, Error> {
    let index = |name: &String| digits.iter().position(|d| d.concept == *name);
    let all = |names: &[String]| names.iter().filter_map(index).collect::<Vec<usize>>();
    let split = |breakdown: &Breakdown| {
        let (group, joint) = (all(&breakdown.concepts), all(&breakdown.joint));
        let mut set = [&group[..], &joint].concat();
        set.sort_unstable();
        if set.windows(2).any(|pair| pair[0] == pair[1]) {
            let names = [&breakdown.concepts[..], &breakdown.joint].concat().join(" * ");
            return Err(Error::Plan {
                place: format!("breakdown `{names}`"),
                message: "a concept stands in it twice".into(),
            });
        }
        Ok(Split {
            members: members(digits, &joint),
            groups: group.iter().map(|d| u128::from(digits[*d].shown)).product(),
            group,
            joint,
        })
    };
    plan.breakdowns.iter().map(split).collect()
}

/// Number of shown members.
fn members(digits: &[Digit], joint: &[usize]) -> u64 {
    joint.iter().map(|d| digits[*d].shown).product::<u64>() * u64::from(!joint.is_empty())
}

/// The bit of a digit; digits beyond the 64th have none.
pub(crate) fn bit(digit: usize) -> u64 {
    1u64.checked_shl(digit as u32).unwrap_or(0)
}

/// Short ids for the cells that really occur.
#[derive(Debug)]
pub(crate) struct Tables {
    dense: Vec<u32>,
    sparse: FxHashMap<u64, u32>,
    /// Cell number by id.
    pub cells: Vec<u64>,
}

impl Tables {
    pub(crate) fn new(layout: &Layout) -> Tables {
        let cells = layout.cells();
        let dense = if cells <= DENSE { vec![NONE; cells as usize] } else { Vec::new() };
        Tables { dense, sparse: FxHashMap::default(), cells: Vec::new() }
    }

    /// Id of a cell.
    #[inline]
    pub(crate) fn id(&mut self, cell: u64) -> u32 {
        let id = match self.dense.get(cell as usize) {
            Some(id) => *id,
            None => self.sparse.get(&cell).copied().unwrap_or(NONE),
        };
        if id == NONE { self.add(cell) } else { id }
    }

    #[cold]
    fn add(&mut self, cell: u64) -> u32 {
        let id = self.cells.len() as u32;
        self.cells.push(cell);
        match self.dense.get_mut(cell as usize) {
            Some(place) => *place = id,
            None => {
                self.sparse.insert(cell, id);
            }
        }
        id
    }
}
