//! What no rows of a survey can give, found in cells before anything is estimated of them.
//!
//! Cells come from other programs, too, and what these lose or change on the way must not become a
//! figure. Of one cell, counts and sums bound each other; of cells by grouping set, the sums of a PSU
//! are the same in every set.

use super::form::{COUNTS, CellKind, CellsForm, ROWS};
use super::table::columns;
use crate::Error;
use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{DataType, Decimal128Type, UInt64Type};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// Holds every cell of a batch against what rows can give; `first` is the row of the table that the
/// batch begins with, from 0.
///
/// # Errors
///
/// [`Error::Plan`] with row, column and value; [`Error::Empty`] and others of columns that are no sums.
pub fn check_cells(form: &CellsForm, batch: &RecordBatch, first: usize) -> Result<(), Error> {
    let (count_names, sum_names) = (form.count_names(), form.sum_names());
    let counts = columns(batch, &count_names, &DataType::UInt64, first)?;
    let counts: Vec<&[u64]> =
        counts.iter().map(|array| &array.as_primitive::<UInt64Type>().values()[..]).collect();
    let sums = columns(batch, &sum_names, &DataType::Decimal128(38, 0), first)?;
    let sums: Vec<&[i128]> =
        sums.iter().map(|array| &array.as_primitive::<Decimal128Type>().values()[..]).collect();
    let places = form.places();
    for row in 0..batch.num_rows() {
        let count = |at: usize| counts[at][row];
        let wrong = |column: &str, value: &dyn Display, why: String| {
            Err(cell_error(first + row, column, &format!("holds `{value}`, {why}")))
        };
        let (rows, weighted) = (count(0), count(1));
        if rows == 0 {
            return wrong(ROWS[0], &rows, "and a cell has one row at least".to_string());
        }
        if weighted > rows {
            return wrong(ROWS[1], &weighted, format!("and the cell has {rows} rows in all"));
        }
        for place in &places.items {
            let own = |at: usize| count(place.count + at);
            let name = |at: usize| &count_names[place.count + at];
            // Yes, no, and no usable answer for each reason are different rows.
            let apart = (0..COUNTS).filter(|at| *at != 2);
            if apart.clone().map(|at| u128::from(own(at))).sum::<u128>() > u128::from(weighted) {
                let most = apart.max_by_key(|at| own(*at)).unwrap_or(0);
                let why = format!(
                    "which is too many with the other answers: the cell has {weighted} rows of weight above 0"
                );
                return wrong(name(most), &own(most), why);
            }
            if own(2) > rows - weighted {
                let why = format!("and the cell has {} rows of weight 0", rows - weighted);
                return wrong(name(2), &own(2), why);
            }
            let (yes, no) = (i128::from(own(0)), i128::from(own(1)));
            let (y, x) = (sums[place.sum][row], sums[place.sum + 1][row]);
            // The sum of weights, of which each is one unit at least.
            let of_weights = place.sum + if place.kind == CellKind::Ratio { 2 } else { 1 };
            let weight = sums[of_weights][row];
            let of_rows = |rows: i128, sum: i128| if rows == 0 { sum == 0 } else { sum >= rows };
            if !of_rows(yes + no, weight) {
                let why = format!("which is no sum of {} weights above 0", yes + no);
                return wrong(&sum_names[of_weights], &weight, why);
            }
            match place.kind {
                CellKind::Share if y < 0 || y > x => {
                    let why = format!("which is not between 0 and `{x}`, the sum over its base");
                    return wrong(&sum_names[place.sum], &y, why);
                }
                CellKind::Share if !of_rows(yes, y) || !of_rows(no, x - y) => {
                    let why = format!(
                        "which is no sum of the weights of {yes} rows where {no} others add up to the rest of `{x}`"
                    );
                    return wrong(&sum_names[place.sum], &y, why);
                }
                CellKind::Share => {}
                CellKind::Number | CellKind::Ratio => {
                    for (at, sum) in [(place.sum, y), (place.sum + 1, x)] {
                        if yes + no == 0 && sum != 0 {
                            let why = "and the cell has no row of the base".to_string();
                            return wrong(&sum_names[at], &sum, why);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// Holds the grouping sets of one result against each other: counts and sums of a PSU are the same in
/// each of them, and so are those of its women, say, in each that has `sex`. `psus` are stratum and PSU of
/// each row, in words, `codes` the codes of each concept by row, and `set_of` the place of a row's set.
///
/// # Errors
///
/// [`Error::Plan`] with the PSU, the codes, the column, both values and their rows.
pub fn check_sets(
    form: &CellsForm,
    batch: &RecordBatch,
    psus: &[String],
    codes: &BTreeMap<&str, Vec<&str>>,
    set_of: &[usize],
    sets: &[Vec<String>],
) -> Result<(), Error> {
    let (count_names, sum_names) = (form.count_names(), form.sum_names());
    let counts = columns(batch, &count_names, &DataType::UInt64, 0)?;
    let sums = columns(batch, &sum_names, &DataType::Decimal128(38, 0), 0)?;
    // Where a sum is beyond 128 bits, equal ones are still equal.
    let total = |at: usize, rows: &[usize]| match at.checked_sub(counts.len()) {
        None => {
            let values = counts[at].as_primitive::<UInt64Type>().values();
            rows.iter().fold(0, |sum: i128, row| sum.wrapping_add(i128::from(values[*row])))
        }
        Some(at) => {
            let values = sums[at].as_primitive::<Decimal128Type>().values();
            rows.iter().fold(0, |sum: i128, row| sum.wrapping_add(values[*row]))
        }
    };
    for shared in shared(sets) {
        let members: Vec<usize> = (0..sets.len())
            .filter(|set| shared.iter().all(|own| sets[*set].contains(own)))
            .collect();
        let own = |member: usize| format!("`{}`", sets[members[member]].join(" * "));
        let mut groups: BTreeMap<String, Vec<Vec<usize>>> = BTreeMap::new();
        for (row, set) in set_of.iter().enumerate() {
            let Some(member) = members.iter().position(|own| own == set) else { continue };
            let mut key = psus[row].clone();
            for concept in &shared {
                let code = codes.get(concept.as_str()).map_or("", |codes| codes[row]);
                key += &format!(", {concept} `{code}`");
            }
            groups.entry(key).or_insert_with(|| vec![Vec::new(); members.len()])[member].push(row);
        }
        for (key, rows) in groups {
            if let Some(member) = rows.iter().position(Vec::is_empty) {
                return Err(Error::Plan {
                    place: key,
                    message: format!(
                        "has no cells by {}, and some by other grouping sets; save all rows of one result",
                        own(member)
                    ),
                });
            }
            for at in 0..counts.len() + sums.len() {
                let expected = total(at, &rows[0]);
                let differs = |member: &usize| total(at, &rows[*member]) != expected;
                let Some(member) = (1..members.len()).find(differs) else { continue };
                let column =
                    count_names.iter().chain(&sum_names).nth(at).map_or("", String::as_str);
                return Err(Error::Plan {
                    place: format!("{key}, column `{column}`"),
                    message: format!(
                        "adds up to `{expected}` by {} ({}) and to `{}` by {} ({}), and both are sums over \
                         the same rows of the survey; save the result again as the warehouse gave it",
                        own(0),
                        numbers(&rows[0]),
                        total(at, &rows[member]),
                        own(member),
                        numbers(&rows[member])
                    ),
                });
            }
        }
    }
    Ok(())
}

/// What any two grouping sets have in common, the fewest concepts first.
fn shared(sets: &[Vec<String>]) -> BTreeSet<Vec<String>> {
    let pairs = sets.iter().enumerate().flat_map(|(at, a)| sets[..at].iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.iter().filter(|own| b.contains(own)).cloned().collect()).collect()
}

/// The numbers of some rows, in words.
fn numbers(rows: &[usize]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> = rows.iter().take(SHOWN).map(|row| (row + 1).to_string()).collect();
    let more = if rows.len() > SHOWN { " …" } else { "" };
    format!("row{} {}{more}", if rows.len() == 1 { "" } else { "s" }, shown.join(", "))
}

/// The error of a value; rows are counted from 1 behind the header.
pub(crate) fn cell_error(row: usize, column: &str, message: &str) -> Error {
    let place = format!("row {}, column `{column}`", row + 1);
    Error::Plan { place, message: message.to_string() }
}
