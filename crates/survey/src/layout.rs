//! The plan, compiled: which columns are read, which cells are kept, how they merge.
//!
//! A *cell* is one combination of the codes of all breakdown concepts, a missing code included, as
//! one number in mixed radix (digit 0 is missing, 1 the first code). A *node* is a coarser cube,
//! over the concepts of one breakdown; it is summed up from the smallest cube that contains it. A
//! *split* reads a node as groups with jointly estimated members.

use crate::classify::{Compiled, Program};
use crate::{Error, Plan};
use inclusion_registry::{ConceptKind, Statistic};
use rustc_hash::FxHashMap;

/// Marks an id that is not given yet, or a group that is not shown.
pub(crate) const NONE: u32 = u32::MAX;

/// The compiled plan.
#[derive(Debug)]
pub(crate) struct Layout {
    pub program: Program,
    pub items: Vec<Item>,
    /// Pairs (Σwy, Σwx) kept for every cell.
    pub lanes: usize,
    /// By lane: the moments need every digit, because y may be nearly a multiple of x.
    pub precise: Vec<bool>,
    /// Items with a number.
    pub numbers: usize,
    pub digits: Vec<Digit>,
    pub nodes: Vec<Node>,
    pub splits: Vec<Split>,
    pub stratified: bool,
    pub clustered: bool,
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

/// A cube over some of the digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub digits: Vec<usize>,
    /// Cube it is summed from: 0 is the finest, then the nodes by index + 1.
    pub parent: usize,
}

/// A breakdown.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    pub node: usize,
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
        let (nodes, splits) = splits(plan, &digits)?;
        Ok(Layout {
            program,
            items,
            lanes,
            precise,
            numbers,
            digits,
            nodes,
            splits,
            stratified: has(inclusion_registry::STRATUM),
            clustered: has(inclusion_registry::PSU),
            fpc: has(inclusion_registry::FPC),
        })
    }

    /// Number of possible finest cells.
    pub(crate) fn cells(&self) -> u64 {
        self.digits.last().map_or(1, |d| d.stride * (d.codes as u64 + 1))
    }

    /// Group key of a cell in a split: codes in mixed radix; `None` where one is missing or not
    /// shown.
    pub(crate) fn group_of(&self, split: &Split, cell: u64) -> Option<u64> {
        split.group.iter().try_fold(0, |key, d| {
            let digit = &self.digits[*d];
            let code = digit.stated[digit.of(cell)]?;
            Some(key * digit.shown + u64::from(code))
        })
    }

    /// Member of a cell in a split; `members` where a code is missing or not shown.
    pub(crate) fn member_of(&self, split: &Split, cell: u64) -> u64 {
        let place = split.joint.iter().try_fold(0, |key, d| {
            let digit = &self.digits[*d];
            let code = digit.stated[digit.of(cell)]?;
            Some(key * digit.shown + u64::from(code))
        });
        place.unwrap_or(split.members)
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

fn splits(plan: &Plan, digits: &[Digit]) -> Result<(Vec<Node>, Vec<Split>), Error> {
    let index = |name: &String| digits.iter().position(|d| d.concept == *name);
    let all = |names: &[String]| names.iter().filter_map(index).collect::<Vec<usize>>();
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for breakdown in &plan.breakdowns {
        let mut set = all(&breakdown.concepts);
        set.extend(all(&breakdown.joint));
        set.sort_unstable();
        if set.windows(2).any(|pair| pair[0] == pair[1]) {
            let names = [&breakdown.concepts[..], &breakdown.joint].concat().join(" * ");
            return Err(Error::Plan {
                place: format!("breakdown `{names}`"),
                message: "a concept stands in it twice".into(),
            });
        }
        sets.push(set);
    }
    let size = |set: &[usize]| set.iter().map(|d| digits[*d].codes as f64 + 1.0).product::<f64>();
    let mut distinct = sets.clone();
    distinct.sort_by(|a, b| {
        size(b).total_cmp(&size(a)).then_with(|| b.len().cmp(&a.len())).then_with(|| a.cmp(b))
    });
    distinct.dedup();
    let mut nodes: Vec<Node> = Vec::new();
    for set in distinct {
        // Parents come first because a larger set is larger in both size and length.
        let contains = |node: &Node| set.iter().all(|d| node.digits.contains(d));
        let parent = nodes.iter().rposition(contains).map_or(0, |p| p + 1);
        nodes.push(Node { digits: set, parent });
    }
    let splits = plan.breakdowns.iter().zip(&sets).map(|(breakdown, set)| {
        let (group, joint) = (all(&breakdown.concepts), all(&breakdown.joint));
        Split {
            node: nodes
                .iter()
                .position(|n| n.digits == *set)
                .expect("invariant: every set is a node"),
            members: joint.iter().map(|d| digits[*d].shown).product::<u64>()
                * u64::from(!joint.is_empty()),
            groups: group.iter().map(|d| u128::from(digits[*d].shown)).product(),
            group,
            joint,
        }
    });
    let splits = splits.collect();
    Ok((nodes, splits))
}

/// Where a node's cell stands in a split.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Id of the group, or [`NONE`].
    pub group: u32,
    /// Member, or the split's `members` for the rest.
    pub member: u32,
}

/// Short ids for the cells, node cells and groups that really occur.
#[derive(Debug)]
pub(crate) struct Tables {
    dense: Vec<u32>,
    sparse: FxHashMap<u64, u32>,
    /// Cell number by id.
    pub cells: Vec<u64>,
    pub nodes: Vec<NodeTable>,
    /// By split: group key by id.
    pub groups: Vec<Vec<u64>>,
    group_ids: Vec<FxHashMap<u64, u32>>,
}

/// Ids of one node's cells.
#[derive(Debug, Default)]
pub(crate) struct NodeTable {
    ids: FxHashMap<u64, u32>,
    /// Id in this node of each id of the parent.
    pub of_parent: Vec<u32>,
    /// By split: place by id; empty where the split uses another node.
    pub places: Vec<Vec<Place>>,
    pub len: usize,
}

impl Tables {
    pub(crate) fn new(layout: &Layout) -> Tables {
        let cells = layout.cells();
        let dense = if cells <= 1 << 16 { vec![NONE; cells as usize] } else { Vec::new() };
        let splits = layout.splits.len();
        let node = || NodeTable { places: vec![Vec::new(); splits], ..NodeTable::default() };
        Tables {
            dense,
            sparse: FxHashMap::default(),
            cells: Vec::new(),
            nodes: layout.nodes.iter().map(|_| node()).collect(),
            groups: vec![Vec::new(); splits],
            group_ids: vec![FxHashMap::default(); splits],
        }
    }

    /// Id of a cell.
    #[inline]
    pub(crate) fn id(&mut self, layout: &Layout, cell: u64) -> u32 {
        let id = match self.dense.get(cell as usize) {
            Some(id) => *id,
            None => self.sparse.get(&cell).copied().unwrap_or(NONE),
        };
        if id == NONE { self.add(layout, cell) } else { id }
    }

    /// Id in a node of a finest cell's id.
    pub(crate) fn node_id(&self, layout: &Layout, node: usize, cell: u32) -> u32 {
        let parent = match layout.nodes[node].parent {
            0 => cell,
            above => self.node_id(layout, above - 1, cell),
        };
        self.nodes[node].of_parent[parent as usize]
    }

    #[cold]
    fn add(&mut self, layout: &Layout, cell: u64) -> u32 {
        let id = self.cells.len() as u32;
        self.cells.push(cell);
        match self.dense.get_mut(cell as usize) {
            Some(place) => *place = id,
            None => {
                self.sparse.insert(cell, id);
            }
        }
        let mut ids = vec![(id, true)];
        for (index, node) in layout.nodes.iter().enumerate() {
            let key = node.digits.iter().map(|d| {
                let digit = &layout.digits[*d];
                digit.of(cell) as u64 * digit.stride
            });
            let key: u64 = key.sum();
            let table = &mut self.nodes[index];
            let known = table.ids.get(&key).copied();
            let here = known.unwrap_or(table.len as u32);
            if ids[node.parent].1 {
                table.of_parent.push(here);
            }
            ids.push((here, known.is_none()));
            if known.is_some() {
                continue;
            }
            table.ids.insert(key, here);
            table.len += 1;
            for (s, split) in layout.splits.iter().enumerate().filter(|(_, s)| s.node == index) {
                let group = layout.group_of(split, cell).map_or(NONE, |key| {
                    let next = self.groups[s].len() as u32;
                    let id = *self.group_ids[s].entry(key).or_insert(next);
                    if id == next {
                        self.groups[s].push(key);
                    }
                    id
                });
                let member = layout.member_of(split, cell) as u32;
                table.places[s].push(Place { group, member });
            }
        }
        id
    }
}
