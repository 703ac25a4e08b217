//! A table of counts with its margins: which cells are withheld, and what a reader can still tell.
//!
//! The same search and the same audit as those of [`crate::review()`], for one table of rows and
//! columns: small counts are primary, and further cells are added until every one of them is safe.
//! Margins are never added.

use crate::bounds::{Limits, intervals};
use crate::complement::{Protected, protect_in};
use crate::primary::small_count;
use crate::relation::{Cell, Relation, State};
use inclusion_estimate::Text;
use inclusion_registry::Policy;

/// Why a table cannot be protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableProblem {
    /// It has no cell, or its rows are of different lengths.
    NotATable,
    /// A margin is not the sum of its cells; the margin's row and column, from 0.
    NotASum(usize, usize),
    /// A cell that is to be withheld is not in the table.
    NoSuchCell(usize, usize),
    /// The table is too large to be audited.
    Unaudited,
}

/// What is withheld of a table; rows and columns from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSuppression {
    /// Cells whose own count is small.
    pub primary: Vec<(usize, usize)>,
    /// Cells from which those could be worked out.
    pub secondary: Vec<(usize, usize)>,
}

/// What a reader can tell of a withheld cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellInterval {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
    /// The lowest count that fits all that is shown.
    pub low: f64,
    /// The highest one; `None` is no limit.
    pub high: Option<f64>,
}

/// Withholds the cells of `table` whose count is below the threshold of `policy`, and as many others
/// as it takes that each of them could as well be at or above it. The last row and the last column are
/// the totals.
///
/// # Errors
///
/// [`TableProblem`] where the table is none, or too large.
///
/// ```
/// use inclusion_disclosure::suppress_table;
/// use inclusion_registry::Policy;
/// let policy = Policy { threshold: Some(5), ..Policy::default() };
/// let table = [vec![20, 3, 23], vec![35, 30, 65], vec![40, 44, 84], vec![95, 77, 172]];
/// let withheld = suppress_table(&table, &policy).unwrap();
/// assert_eq!(withheld.primary, [(0, 1)]);
/// assert_eq!(withheld.secondary, [(0, 0), (1, 0), (1, 1)]);
/// ```
pub fn suppress_table(
    table: &[Vec<u64>],
    policy: &Policy,
) -> Result<TableSuppression, TableProblem> {
    let (mut cells, relations, width) = system(table)?;
    let least = policy.least_cases();
    for cell in &mut cells {
        if small_count(cell.n, least, policy.protect_zeros) {
            cell.state = State::Hidden;
        }
    }
    let place = |i: usize| (i / width, i % width);
    let hidden = (0..cells.len()).filter(|i| cells[*i].state == State::Hidden);
    let primary = hidden.map(place).collect();
    let Protected { added, audited } = protect_in(&mut cells, &relations, &Limits::of(policy));
    if !audited {
        return Err(TableProblem::Unaudited);
    }
    Ok(TableSuppression { primary, secondary: added.into_iter().map(place).collect() })
}

/// The lowest and the highest count of each withheld cell that fit all others, by row and column.
///
/// # Errors
///
/// [`TableProblem`] where the table is none, or has no such cell.
///
/// ```
/// use inclusion_disclosure::attacker_intervals;
/// let table = [vec![20, 3, 23], vec![35, 30, 65], vec![55, 33, 88]];
/// let alone = attacker_intervals(&table, &[(0, 1)]).unwrap();
/// assert_eq!((alone[0].low, alone[0].high), (3.0, Some(3.0)));
/// ```
pub fn attacker_intervals(
    table: &[Vec<u64>],
    withheld: &[(usize, usize)],
) -> Result<Vec<CellInterval>, TableProblem> {
    let (mut cells, relations, width) = system(table)?;
    for (row, column) in withheld {
        if *row >= table.len() || *column >= width {
            return Err(TableProblem::NoSuchCell(*row, *column));
        }
        cells[row * width + column].state = State::Hidden;
    }
    let found = intervals(&cells, &relations).map_err(|_| TableProblem::Unaudited)?;
    let of = |(i, (low, high)): (usize, (f64, Option<f64>))| CellInterval {
        row: i / width,
        column: i % width,
        low,
        high,
    };
    Ok(found.into_iter().map(of).collect())
}

/// The cells row by row, the sums, and the number of columns.
fn system(table: &[Vec<u64>]) -> Result<(Vec<Cell>, Vec<Relation>, usize), TableProblem> {
    let width = table.first().map_or(0, Vec::len);
    if table.len() < 2 || width < 2 || table.iter().any(|row| row.len() != width) {
        return Err(TableProblem::NotATable);
    }
    let (last_row, last_column) = (table.len() - 1, width - 1);
    let mut cells = Vec::with_capacity(table.len() * width);
    for (r, row) in table.iter().enumerate() {
        for (c, n) in row.iter().enumerate() {
            let code = |at: usize| Text::from(format!("{at:09}"));
            cells.push(Cell {
                breakdown: [("row", code(r)), ("column", code(c))].into_iter().collect(),
                n: *n,
                with: None,
                state: if *n == 0 { State::Empty } else { State::Shown },
                stays: r == last_row || c == last_column,
            });
        }
    }
    let mut relations = Vec::new();
    let mut sum = |whole: (usize, usize), parts: Vec<(usize, usize)>| {
        let count = |(r, c): &(usize, usize)| u128::from(table[*r][*c]);
        if parts.iter().map(count).sum::<u128>() != count(&whole) {
            return Err(TableProblem::NotASum(whole.0, whole.1));
        }
        let members = std::iter::once(whole).chain(parts).map(|(r, c)| r * width + c).collect();
        relations.push(Relation { by_sex: false, direct: true, members });
        Ok(())
    };
    for r in 0..=last_row {
        sum((r, last_column), (0..last_column).map(|c| (r, c)).collect())?;
    }
    for c in 0..=last_column {
        sum((last_row, c), (0..last_row).map(|r| (r, c)).collect())?;
    }
    Ok((cells, relations, width))
}
