//! The attacker's interval: the lowest and the highest count that a withheld cell can have.
//!
//! A reader knows the counts of the cells that are shown and the relations of all cells, and that no
//! count is below 0. What remains possible for a withheld cell is an interval, whose ends linear
//! programming finds. A cell with a small count is safe if the interval is no point and reaches at
//! least the limit: then nobody can tell that the count is small.
//!
//! The system falls apart into blocks of unknown cells that no relation joins, and each is solved by
//! itself. The right-hand sides are the sums of the true counts of the withheld cells: persons without
//! a stated code, who stand in a whole and in none of its parts, make no relation contradict another.
//!
//! Source: Hundepool and others (2012), *Statistical Disclosure Control*, section 4.3.

use crate::primary::small_count;
use crate::relation::{Cell, Relation, State};
use inclusion_registry::Policy;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// Unknown cells of one block beyond which the audit is not made.
pub(crate) const MOST_UNKNOWNS: usize = 10_000;

/// Counts are whole; the solver's answers are not.
const WHOLE: f64 = 1e-6;

/// Which counts are small.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Fewer cases than this.
    pub cases: u64,
    /// Fewer persons with or without the property than this.
    pub property: u64,
    /// So is a count of 0 of either.
    pub protect_zeros: bool,
    /// Unknown cells of one block that are audited.
    pub most: usize,
}

impl Limits {
    pub(crate) fn of(policy: &Policy) -> Limits {
        Limits {
            cases: policy.least_cases(),
            property: policy.threshold.unwrap_or(0),
            protect_zeros: policy.protect_zeros,
            most: MOST_UNKNOWNS,
        }
    }
}

/// A count of a cell that is additive by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Count {
    Cases,
    With,
    Without,
}

impl Count {
    const ALL: [Count; 3] = [Count::Cases, Count::With, Count::Without];

    fn of(self, cell: &Cell) -> Option<u64> {
        match self {
            Count::Cases => Some(cell.n),
            Count::With => cell.with,
            Count::Without => cell.with.map(|with| cell.n.saturating_sub(with)),
        }
    }

    /// The count that a withheld cell must be able to have, if its own is small.
    fn least(self, cell: &Cell, limits: &Limits) -> Option<u64> {
        let (least, zeros) = match self {
            Count::Cases => (limits.cases, false),
            Count::With | Count::Without => (limits.property, limits.protect_zeros),
        };
        small_count(self.of(cell)?, least, zeros).then_some(least)
    }
}

/// What the audit found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Narrow {
    /// Every small count could be a larger one.
    Nothing,
    /// The interval of this cell ends below the limit.
    Cell(usize),
    /// The system is too large, or the solver gave no answer.
    Unaudited,
}

/// Cells whose count was found to be safe. That a further cell is withheld leaves them so, because all
/// that was possible before is possible then.
pub(crate) type Safe = BTreeSet<(usize, Count)>;

/// The first withheld cell of a small count whose interval tells that it is small. Cells that are
/// `told` count as known, those that are `spared` or `safe` are not looked at.
pub(crate) fn narrow(
    cells: &[Cell],
    relations: &[Relation],
    told: &BTreeSet<usize>,
    spared: &BTreeSet<usize>,
    limits: &Limits,
    safe: &mut Safe,
) -> Narrow {
    let looked_at =
        |i: usize| cells[i].state == State::Hidden && !told.contains(&i) && !spared.contains(&i);
    let small = |i: usize, count: Count| count.least(&cells[i], limits);
    let any = |i: usize| Count::ALL.iter().any(|count| small(i, *count).is_some());
    if !(0..cells.len()).any(|i| looked_at(i) && any(i)) {
        return Narrow::Nothing;
    }
    for block in blocks(cells, relations, told) {
        for count in Count::ALL {
            let limit = |i: &usize| if looked_at(*i) { small(*i, count) } else { None };
            let small: Vec<(usize, u64)> = block
                .unknowns
                .iter()
                .filter(|i| !safe.contains(&(**i, count)))
                .filter_map(|i| Some((*i, limit(i)?)))
                .collect();
            if small.is_empty() || !block.told(cells, count) {
                continue;
            }
            if block.unknowns.len() > limits.most {
                return Narrow::Unaudited;
            }
            match block.first_below(cells, count, &small) {
                Ok(None) => safe.extend(small.iter().map(|(cell, _)| (*cell, count))),
                Ok(Some(cell)) => return Narrow::Cell(cell),
                Err(NoAnswer) => return Narrow::Unaudited,
            }
        }
    }
    Narrow::Nothing
}

/// Lowest and highest count of each unknown cell, by cell; `None` as highest is no limit.
pub(crate) fn intervals(
    cells: &[Cell],
    relations: &[Relation],
) -> Result<BTreeMap<usize, (f64, Option<f64>)>, NoAnswer> {
    let mut found = BTreeMap::new();
    for block in blocks(cells, relations, &BTreeSet::new()) {
        let (system, _) = block.system(cells, Count::Cases)?;
        for (at, cell) in block.unknowns.iter().enumerate() {
            let column = system.column_of[at];
            let alone = system.column_of.iter().filter(|other| **other == column).count() == 1;
            let low = match alone {
                true => system.extreme(column, OptimizationDirection::Minimize)?,
                // Any of the others can have all of it.
                false => None,
            };
            let high = system.extreme(column, OptimizationDirection::Maximize)?;
            let of = |point: Vec<f64>| point[column];
            found.insert(*cell, (low.map_or(0.0, of), high.map(of)));
        }
    }
    Ok(found)
}

/// The solver gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoAnswer;

/// Unknown cells that relations join, and those relations.
struct Block<'a> {
    unknowns: Vec<usize>,
    relations: Vec<&'a Relation>,
}

fn blocks<'a>(cells: &[Cell], relations: &'a [Relation], told: &BTreeSet<usize>) -> Vec<Block<'a>> {
    let unknown =
        |i: &usize| matches!(cells[*i].state, State::Hidden | State::Open) && !told.contains(i);
    let mut parent: Vec<usize> = (0..cells.len()).collect();
    let direct = || relations.iter().filter(|relation| relation.direct);
    for relation in direct() {
        let mut members = relation.members.iter().copied().filter(unknown);
        let Some(first) = members.next() else { continue };
        for other in members {
            let (a, b) = (root(&mut parent, first), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut blocks: BTreeMap<usize, Block<'a>> = BTreeMap::new();
    for i in (0..cells.len()).filter(unknown) {
        let at = root(&mut parent, i);
        let new = || Block { unknowns: Vec::new(), relations: Vec::new() };
        blocks.entry(at).or_insert_with(new).unknowns.push(i);
    }
    for relation in direct() {
        if let Some(first) = relation.members.iter().find(|i| unknown(i)) {
            let at = root(&mut parent, *first);
            blocks.entry(at).and_modify(|block| block.relations.push(relation));
        }
    }
    blocks.into_values().collect()
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

impl Block<'_> {
    /// The counts of the cells that are shown are told: published figures come without them, and where
    /// a withheld cell's is not known there is nothing to protect.
    fn told(&self, cells: &[Cell], count: Count) -> bool {
        let members = self.relations.iter().flat_map(|relation| &relation.members);
        members.into_iter().all(|i| match cells[*i].state {
            State::Shown => cells[*i].n > 0,
            State::Hidden => count.of(&cells[*i]).is_some(),
            State::Empty | State::Open => true,
        })
    }

    /// The first of the small cells whose interval ends below its limit.
    fn first_below(
        &self,
        cells: &[Cell],
        count: Count,
        small: &[(usize, u64)],
    ) -> Result<Option<usize>, NoAnswer> {
        let (system, values) = self.system(cells, count)?;
        // Column and limit, with the cell that stands for the column.
        let mut pending: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        for (cell, least) in small {
            let at = self.unknowns.binary_search(cell).map_err(|_| NoAnswer)?;
            let (column, least) = (system.column_of[at], *least as f64 - WHOLE);
            if system.quick_bound(column) < least {
                return Ok(Some(*cell));
            }
            if values[column] < least {
                pending.insert(column, (least, *cell));
            }
        }
        while let Some((column, (least, cell))) = pending.first_key_value().map(|(c, l)| (*c, *l)) {
            // Many cells at once, as far as they can all be raised; then the first by itself.
            let before = pending.len();
            let point = system.raised(&pending)?;
            pending.retain(|column, (least, _)| point[*column] < *least);
            if pending.len() < before {
                continue;
            }
            let highest = system.extreme(column, OptimizationDirection::Maximize)?;
            if highest.is_some_and(|point| point[column] < least) {
                return Ok(Some(cell));
            }
            pending.remove(&column);
        }
        Ok(None)
    }

    /// The equations of the block, and a point that solves them.
    fn system(&self, cells: &[Cell], count: Count) -> Result<(System, Vec<f64>), NoAnswer> {
        let place: BTreeMap<usize, usize> =
            self.unknowns.iter().enumerate().map(|(at, i)| (*i, at)).collect();
        let mut rows = Vec::new();
        // What the known cells leave for the open ones, once the withheld have their own.
        let mut left = Vec::new();
        for relation in &self.relations {
            let mut row = Vec::new();
            let mut rest = 0.0;
            for (position, i) in relation.members.iter().enumerate() {
                let sign = if position == 0 { -1.0 } else { 1.0 };
                if let Some(at) = place.get(i) {
                    row.push((*at, sign));
                }
                if cells[*i].state != State::Open {
                    rest -= sign * count.of(&cells[*i]).unwrap_or(0) as f64;
                }
            }
            left.push(rest);
            rows.push(row);
        }
        let is_open = |at: usize| cells[self.unknowns[at]].state == State::Open;
        let truth = |at: usize| count.of(&cells[self.unknowns[at]]).unwrap_or(0) as f64;
        let mut point: Vec<f64> =
            (0..self.unknowns.len()).map(|at| if is_open(at) { 0.0 } else { truth(at) }).collect();
        if (0..self.unknowns.len()).any(is_open) {
            fill_open(&rows, &left, &is_open, &mut point)?;
        }
        Ok(System::new(rows, &point))
    }
}

/// Gives the open cells counts that contradict what is known as little as can be.
fn fill_open(
    rows: &[Vec<(usize, f64)>],
    left: &[f64],
    is_open: &dyn Fn(usize) -> bool,
    point: &mut [f64],
) -> Result<(), NoAnswer> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let free = (0.0, f64::INFINITY);
    let variables: Vec<_> =
        (0..point.len()).map(|at| is_open(at).then(|| problem.add_var(0.0, free))).collect();
    for (row, left) in rows.iter().zip(left) {
        let open = row.iter().filter_map(|(at, sign)| Some((variables[*at]?, *sign)));
        let mut terms: Vec<_> = open.collect();
        if terms.is_empty() {
            continue;
        }
        terms.push((problem.add_var(1.0, free), 1.0));
        terms.push((problem.add_var(1.0, free), -1.0));
        problem.add_constraint(&terms, ComparisonOp::Eq, *left);
    }
    let solved = problem.solve().ok().and_then(|outcome| outcome.into_solution().ok());
    let solved = solved.ok_or(NoAnswer)?;
    for (value, variable) in point.iter_mut().zip(variables) {
        if let Some(variable) = variable {
            *value = solved.var_value(variable).max(0.0);
        }
    }
    Ok(())
}

/// Equations in columns that are at least 0. Unknowns that stand in the same equations are one column,
/// their sum: what one of them can have at most, each can.
struct System {
    /// By unknown.
    column_of: Vec<usize>,
    columns: usize,
    rows: Vec<Vec<(usize, f64)>>,
    sides: Vec<f64>,
}

impl System {
    /// Of equations in unknowns and a point that solves them; gives that point by column.
    fn new(rows: Vec<Vec<(usize, f64)>>, point: &[f64]) -> (System, Vec<f64>) {
        let mut stands: Vec<Vec<(usize, bool)>> = vec![Vec::new(); point.len()];
        for (number, row) in rows.iter().enumerate() {
            for (at, sign) in row {
                stands[*at].push((number, *sign < 0.0));
            }
        }
        let mut place: BTreeMap<&Vec<(usize, bool)>, usize> = BTreeMap::new();
        let mut column_of = Vec::with_capacity(point.len());
        for equations in &stands {
            let next = place.len();
            column_of.push(*place.entry(equations).or_insert(next));
        }
        let columns = place.len();
        let mut values = vec![0.0; columns];
        for (column, value) in column_of.iter().zip(point) {
            values[*column] += value;
        }
        let in_columns = |row: Vec<(usize, f64)>| -> Vec<(usize, f64)> {
            let columns: BTreeMap<usize, f64> =
                row.into_iter().map(|(at, sign)| (column_of[at], sign)).collect();
            columns.into_iter().collect()
        };
        let rows: Vec<Vec<(usize, f64)>> = rows.into_iter().map(in_columns).collect();
        let side = |row: &Vec<(usize, f64)>| row.iter().map(|(at, sign)| sign * values[*at]).sum();
        let sides = rows.iter().map(side).collect();
        (System { column_of, columns, rows, sides }, values)
    }

    /// What a single equation says at most of a column.
    fn quick_bound(&self, at: usize) -> f64 {
        let mut bound = f64::INFINITY;
        for (row, side) in self.rows.iter().zip(&self.sides) {
            let own = row.iter().find(|(i, _)| *i == at).map(|(_, sign)| *sign);
            let Some(own) = own else { continue };
            // own × x = side − the rest, and the rest is at least 0 where all signs are the same.
            if row.iter().all(|(_, sign)| *sign == own) {
                bound = bound.min(side * own);
            }
        }
        bound
    }

    /// A point where the columns are raised towards their limits as far as can be all together.
    fn raised(&self, towards: &BTreeMap<usize, (f64, usize)>) -> Result<Vec<f64>, NoAnswer> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        // The part of a column below its limit counts, the part above it is free.
        let variables: Vec<Vec<_>> = (0..self.columns)
            .map(|column| match towards.get(&column) {
                Some((least, _)) => vec![
                    problem.add_var(1.0, (0.0, least + 2.0 * WHOLE)),
                    problem.add_var(0.0, (0.0, f64::INFINITY)),
                ],
                None => vec![problem.add_var(0.0, (0.0, f64::INFINITY))],
            })
            .collect();
        for (row, side) in self.rows.iter().zip(&self.sides) {
            let terms: Vec<_> = row
                .iter()
                .flat_map(|(column, sign)| variables[*column].iter().map(|v| (*v, *sign)))
                .collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, *side);
        }
        let solved = problem.solve().map_err(|_| NoAnswer)?;
        let solution = solved.into_solution().map_err(|_| NoAnswer)?;
        let value = |parts: &Vec<_>| parts.iter().map(|v| solution.var_value(*v)).sum();
        Ok(variables.iter().map(value).collect())
    }

    /// A point where a column is as low or as high as can be; `None` if it has no end there.
    fn extreme(
        &self,
        at: usize,
        direction: OptimizationDirection,
    ) -> Result<Option<Vec<f64>>, NoAnswer> {
        let mut problem = Problem::new(direction);
        let weight = |i: usize| if i == at { 1.0 } else { 0.0 };
        let variables: Vec<_> =
            (0..self.columns).map(|i| problem.add_var(weight(i), (0.0, f64::INFINITY))).collect();
        for (row, side) in self.rows.iter().zip(&self.sides) {
            let terms: Vec<_> = row.iter().map(|(i, sign)| (variables[*i], *sign)).collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, *side);
        }
        match problem.solve() {
            Ok(outcome) => {
                let solution = outcome.into_solution().map_err(|_| NoAnswer)?;
                Ok(Some(variables.iter().map(|v| solution.var_value(*v)).collect()))
            }
            Err(microlp::Error::Unbounded) => Ok(None),
            Err(_) => Err(NoAnswer),
        }
    }
}
