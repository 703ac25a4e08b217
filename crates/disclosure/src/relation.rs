//! The additive relations that a reader can use: a whole is the sum of its parts.
//!
//! Every cell of one series has a set of dimensions (none for the overall total). A cell is the sum
//! of all cells that split it by further dimensions, so two sets of dimensions of which one contains
//! the other give one relation for each cell of the smaller one. Where two breakdowns split a cell
//! that is not published itself, it joins them as an *open* unknown: both splits have the same sum.
//!
//! Counts obey these relations as they stand, rates with the published shares of the base as their
//! coefficients; what can be worked out is the same.

use std::collections::{BTreeMap, BTreeSet};

/// What a reader knows of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Its figure is shown.
    Shown,
    /// It is withheld.
    Hidden,
    /// There is nothing in it, and the tables say so.
    Empty,
    /// It is not in the tables.
    Open,
}

/// A cell of one series.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Concept → code.
    pub breakdown: BTreeMap<String, String>,
    /// Unweighted cases.
    pub n: u64,
    /// What a reader knows of it.
    pub state: State,
}

/// A whole and its parts, as indices of cells.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// The parts differ by sex alone.
    pub by_sex: bool,
    /// No other set of dimensions lies between those of the whole and of the parts; the relations
    /// across one follow from these.
    pub direct: bool,
    /// The whole first, then its parts.
    pub members: Vec<usize>,
}

type Dimensions = BTreeSet<String>;

/// Appends the open cells to `cells` and gives all relations, those by sex alone first.
pub(crate) fn relations(cells: &mut Vec<Cell>, sex_complement: bool) -> Vec<Relation> {
    let mut sets = dimension_sets(cells);
    let published: Vec<Dimensions> = sets.keys().cloned().collect();
    for (i, one) in published.iter().enumerate() {
        for other in &published[..i] {
            let shared: Dimensions = one.intersection(other).cloned().collect();
            if sets.contains_key(&shared) {
                continue;
            }
            let contexts: BTreeSet<BTreeMap<String, String>> = [one, other]
                .into_iter()
                .flat_map(|set| &sets[set])
                .map(|i| project(&cells[*i], &shared))
                .collect();
            let first = cells.len();
            cells.extend(contexts.into_iter().map(|breakdown| Cell {
                breakdown,
                n: 0,
                state: State::Open,
            }));
            sets.insert(shared, (first..cells.len()).collect());
        }
    }
    let mut all = Vec::new();
    for (coarse, wholes) in &sets {
        for (fine, parts) in
            sets.iter().filter(|(fine, _)| fine.len() > coarse.len() && fine.is_superset(coarse))
        {
            let by_sex = fine.difference(coarse).eq(["sex"]);
            if by_sex && !sex_complement {
                continue;
            }
            let direct = !sets.keys().any(|between| {
                between.len() > coarse.len()
                    && between.len() < fine.len()
                    && between.is_superset(coarse)
                    && between.is_subset(fine)
            });
            let mut split: BTreeMap<BTreeMap<String, String>, Vec<usize>> = BTreeMap::new();
            for part in parts {
                split.entry(project(&cells[*part], coarse)).or_default().push(*part);
            }
            for whole in wholes {
                if let Some(parts) = split.get(&cells[*whole].breakdown) {
                    let members = std::iter::once(*whole).chain(parts.iter().copied()).collect();
                    all.push(Relation { by_sex, direct, members });
                }
            }
        }
    }
    all.sort_by_key(|relation| !relation.by_sex);
    all
}

fn dimension_sets(cells: &[Cell]) -> BTreeMap<Dimensions, Vec<usize>> {
    let mut sets: BTreeMap<Dimensions, Vec<usize>> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate() {
        sets.entry(cell.breakdown.keys().cloned().collect()).or_default().push(i);
    }
    sets
}

fn project(cell: &Cell, dimensions: &Dimensions) -> BTreeMap<String, String> {
    let kept = cell.breakdown.iter().filter(|(concept, _)| dimensions.contains(*concept));
    kept.map(|(concept, code)| (concept.clone(), code.clone())).collect()
}
