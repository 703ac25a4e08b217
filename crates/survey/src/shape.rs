//! The plan as it looks in a stratum where some concepts have the same code in all rows.
//!
//! Households of one stratum usually live in one area, region and country. There a breakdown by sex
//! and country has the same groups as one by sex alone, so the stratum is summed up once for both,
//! and the code of the constant concepts is remembered beside the sums ([`Constants`]). Sums of
//! strata with the same constants are merged, and only at the end does each breakdown take its
//! groups from them. Since all sums are exact, this changes no bit of a result.
//!
//! A *node* is a cube over the other concepts of one breakdown; it is summed up from the rows, or
//! from the smallest node that contains it.

use crate::layout::{Layout, NONE, bit};
use rustc_hash::FxHashMap;

/// The concepts that are constant, and their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Constants {
    /// Digits, as bits.
    pub mask: u64,
    /// A cell with the codes of these digits, and 0 in the others.
    pub cell: u64,
}

impl Constants {
    /// These digits with the codes of a cell.
    pub(crate) fn of(layout: &Layout, mask: u64, cell: u64) -> Constants {
        let digits = layout.digits.iter().enumerate().filter(|(d, _)| mask & bit(*d) != 0);
        let cell = digits.map(|(_, digit)| digit.of(cell) as u64 * digit.stride).sum();
        Constants { mask, cell }
    }

    /// Those that have the same code in a cell.
    pub(crate) fn shared(&self, layout: &Layout, cell: u64) -> Constants {
        let same = |d: &usize| layout.digits[*d].of(cell) == layout.digits[*d].of(self.cell);
        let digits = (0..layout.digits.len()).filter(|d| self.mask & bit(*d) != 0).filter(same);
        Constants::of(layout, digits.fold(0, |bits, d| bits | bit(d)), self.cell)
    }

    /// Those that two have in common.
    pub(crate) fn common(&self, layout: &Layout, other: &Constants) -> Constants {
        let mask = self.mask & other.mask;
        Constants::of(layout, mask, self.cell).shared(layout, other.cell)
    }

    /// The key of a group of the digits `from`, in the digits `to`, which are of `from` or constant;
    /// `None` where a constant code is missing or not shown.
    pub(crate) fn rekey(
        &self,
        layout: &Layout,
        from: &[usize],
        key: u64,
        to: &[usize],
    ) -> Option<u64> {
        let mut codes = vec![0; from.len()];
        let mut rest = key;
        for (d, code) in from.iter().zip(&mut codes).rev() {
            let shown = layout.digits[*d].shown;
            (*code, rest) = (rest % shown, rest / shown);
        }
        to.iter().try_fold(0, |key, d| {
            let digit = &layout.digits[*d];
            let code = match from.iter().position(|f| f == d) {
                Some(place) => codes[place],
                None => u64::from(digit.stated[digit.of(self.cell)]?),
            };
            Some(key * digit.shown + code)
        })
    }
}

/// The breakdowns without the constant digits.
#[derive(Debug)]
pub(crate) struct Shape {
    pub mask: u64,
    pub nodes: Vec<Node>,
    /// Nodes that are summed up from the rows.
    pub finest: Vec<usize>,
    pub splits: Vec<Reduced>,
    /// By split of the layout: its place among `splits`.
    pub of_split: Vec<usize>,
}

/// A cube over some of the digits.
#[derive(Debug)]
pub(crate) struct Node {
    digits: Vec<usize>,
    /// The node it is summed up from; `None` is the rows.
    pub parent: Option<usize>,
}

/// What is left of a split.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reduced {
    pub node: usize,
    pub group: Vec<usize>,
    pub joint: Vec<usize>,
    pub members: u64,
}

impl Shape {
    pub(crate) fn new(layout: &Layout, mask: u64) -> Shape {
        let left = |split: &[usize]| -> Vec<usize> {
            split.iter().copied().filter(|d| mask & bit(*d) == 0).collect()
        };
        let set = |group: &[usize], joint: &[usize]| {
            let mut set = [group, joint].concat();
            set.sort_unstable();
            set
        };
        let size = |set: &[usize]| -> f64 {
            set.iter().map(|d| layout.digits[*d].codes as f64 + 1.0).product()
        };
        let mut sets: Vec<Vec<usize>> =
            layout.splits.iter().map(|s| set(&left(&s.group), &s.joint)).collect();
        sets.sort_by(|a, b| {
            size(b).total_cmp(&size(a)).then_with(|| b.len().cmp(&a.len())).then_with(|| a.cmp(b))
        });
        sets.dedup();
        let mut nodes: Vec<Node> = Vec::new();
        for digits in sets {
            // Parents come first because a larger set is larger in both size and length.
            let parent = nodes.iter().rposition(|n| digits.iter().all(|d| n.digits.contains(d)));
            nodes.push(Node { digits, parent });
        }
        let (mut splits, mut of_split) = (Vec::new(), Vec::new());
        for split in &layout.splits {
            let (group, joint) = (left(&split.group), split.joint.clone());
            let digits = set(&group, &joint);
            let node = nodes.iter().position(|n| n.digits == digits);
            let node = node.expect("invariant: every set is a node");
            let reduced = Reduced { node, group, joint, members: split.members };
            let known = splits.iter().position(|s| *s == reduced);
            of_split.push(known.unwrap_or(splits.len()));
            if known.is_none() {
                splits.push(reduced);
            }
        }
        let finest = (0..nodes.len()).filter(|n| nodes[*n].parent.is_none()).collect();
        Shape { mask, nodes, finest, splits, of_split }
    }
}

/// Where a node's cell stands in a split.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Id of the group, or [`NONE`].
    pub group: u32,
    /// Member, or the split's `members` for the rest.
    pub member: u32,
}

/// A shape with short ids for the cells of its nodes and its groups.
#[derive(Debug)]
pub(crate) struct Shaped {
    pub shape: Shape,
    /// By id of a finest cell: the cell with only the constant digits.
    pub constants: Vec<u64>,
    pub nodes: Vec<NodeTable>,
    /// By split: group key by id.
    pub groups: Vec<Vec<u64>>,
    group_ids: Vec<FxHashMap<u64, u32>>,
}

/// Ids of one node's cells.
#[derive(Debug, Default)]
pub(crate) struct NodeTable {
    ids: FxHashMap<u64, u32>,
    /// By id: the cell with only the node's digits.
    pub keys: Vec<u64>,
    /// Id in this node of each id of the parent, or of each finest cell.
    pub of: Vec<u32>,
    /// By split: place by id; empty where the split uses another node.
    pub places: Vec<Vec<Place>>,
}

impl Shaped {
    pub(crate) fn new(layout: &Layout, mask: u64) -> Shaped {
        let shape = Shape::new(layout, mask);
        let splits = shape.splits.len();
        let node = |_| NodeTable { places: vec![Vec::new(); splits], ..NodeTable::default() };
        Shaped {
            nodes: shape.nodes.iter().map(node).collect(),
            constants: Vec::new(),
            groups: vec![Vec::new(); splits],
            group_ids: vec![FxHashMap::default(); splits],
            shape,
        }
    }

    /// Learns the finest cells that have appeared since.
    pub(crate) fn learn(&mut self, layout: &Layout, cells: &[u64]) {
        while let Some(cell) = cells.get(self.constants.len()) {
            self.constants.push(Constants::of(layout, self.shape.mask, *cell).cell);
            self.cell(layout, *cell);
        }
    }

    fn cell(&mut self, layout: &Layout, cell: u64) {
        // By node: the cell's id there was not known.
        let mut new = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.shape.nodes.iter().enumerate() {
            let key = node.digits.iter().map(|d| {
                let digit = &layout.digits[*d];
                digit.of(cell) as u64 * digit.stride
            });
            let key: u64 = key.sum();
            let table = &mut self.nodes[index];
            let next = table.ids.len() as u32;
            let id = *table.ids.entry(key).or_insert(next);
            if node.parent.is_none_or(|parent| new[parent]) {
                table.of.push(id);
            }
            new.push(id == next);
            if id != next {
                continue;
            }
            table.keys.push(key);
            for (s, split) in self.shape.splits.iter().enumerate().filter(|(_, s)| s.node == index)
            {
                let group = layout.group_of(&split.group, cell).map_or(NONE, |key| {
                    let next = self.groups[s].len() as u32;
                    let id = *self.group_ids[s].entry(key).or_insert(next);
                    if id == next {
                        self.groups[s].push(key);
                    }
                    id
                });
                let member = layout.member_of(&split.joint, split.members, cell) as u32;
                table.places[s].push(Place { group, member });
            }
        }
    }

    /// Id in a node of a finest cell's id.
    pub(crate) fn node_id(&self, node: usize, cell: u32) -> u32 {
        let above = self.shape.nodes[node].parent.map_or(cell, |p| self.node_id(p, cell));
        self.nodes[node].of[above as usize]
    }
}
