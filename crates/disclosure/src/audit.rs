//! The audit: all relations of a series solved together.
//!
//! Two relations with two unknowns each can still give a cell away, when they share one. A cell is
//! determined exactly if, in the reduced form of the whole system, its equation has no other unknown.
//! The system is reduced modulo a prime: its coefficients are 0 and ±1, so a rank that differs from
//! the one over the fractions would need a determinant divisible by 2⁶¹ − 1.

use crate::relation::{Cell, Relation, State};
use std::collections::{BTreeMap, BTreeSet};

const PRIME: u64 = (1 << 61) - 1;

/// The first withheld cell whose value follows from all relations together.
pub(crate) fn determined(
    cells: &[Cell],
    relations: &[Relation],
    given_up: &BTreeSet<usize>,
) -> Option<usize> {
    let unknown =
        |i: &usize| matches!(cells[*i].state, State::Hidden | State::Open) && !given_up.contains(i);
    let equations: Vec<BTreeMap<usize, u64>> = relations
        .iter()
        .filter(|relation| relation.direct)
        .map(|relation| {
            let members = relation.members.iter().enumerate().filter(|(_, i)| unknown(i));
            members.map(|(at, i)| (*i, if at == 0 { PRIME - 1 } else { 1 })).collect()
        })
        .collect();
    let rows = reduced(equations);
    rows.iter()
        .filter(|(lead, row)| row.len() == 1 && cells[*lead].state == State::Hidden)
        .map(|(lead, _)| *lead)
        .min()
}

/// Open cells that must be empty if all other counts are what they are, because some combination of
/// the relations leaves nothing for them.
pub(crate) fn without_cases(cells: &[Cell], relations: &[Relation]) -> Vec<usize> {
    let equations = relations
        .iter()
        .filter(|relation| relation.direct)
        .map(|relation| {
            let mut equation = BTreeMap::new();
            for (at, i) in relation.members.iter().enumerate() {
                let sign = if at == 0 { PRIME - 1 } else { 1 };
                match cells[*i].state {
                    State::Open => add(&mut equation, *i, sign),
                    _ => add(&mut equation, COUNT, times(sign, cells[*i].n % PRIME)),
                }
            }
            equation
        })
        .collect();
    let nothing_left = |(_, row): &(usize, BTreeMap<usize, u64>)| {
        !row.contains_key(&COUNT) && row.values().all(|v| *v < PRIME / 2)
    };
    let rows = reduced(equations);
    rows.iter().filter(|row| nothing_left(row)).flat_map(|(_, row)| row.keys().copied()).collect()
}

/// Stands for what is known in an equation; it leads none.
const COUNT: usize = usize::MAX;

fn add(equation: &mut BTreeMap<usize, u64>, at: usize, value: u64) {
    let entry = equation.entry(at).or_insert(0);
    *entry = (*entry + value) % PRIME;
    if *entry == 0 {
        equation.remove(&at);
    }
}

/// The reduced form of a system: each row with the unknown that no other row holds.
fn reduced(mut equations: Vec<BTreeMap<usize, u64>>) -> Vec<(usize, BTreeMap<usize, u64>)> {
    // Short equations first: they stay short.
    equations.sort_by_key(BTreeMap::len);
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    equations.iter().flat_map(BTreeMap::keys).for_each(|i| *uses.entry(*i).or_default() += 1);
    // Rows with the unknown that leads each, which no later row holds.
    let mut rows: Vec<(usize, BTreeMap<usize, u64>)> = Vec::new();
    let mut position: BTreeMap<usize, usize> = BTreeMap::new();
    for mut row in equations {
        // A row brings in only leads of later rows, so the first position rises with each step.
        while let Some(at) = row.keys().filter_map(|i| position.get(i)).min().copied() {
            let (lead, reduced) = &rows[at];
            let factor = row[lead];
            subtract(&mut row, reduced, factor);
        }
        // Any unknown can lead; the rarest one makes the fewest others longer.
        let unknown = row.iter().filter(|(i, _)| **i != COUNT);
        let rarest = unknown.min_by_key(|(i, _)| (uses.get(i), **i));
        let Some((lead, value)) = rarest.map(|(i, v)| (*i, *v)) else { continue };
        let scale = inverse(value);
        row.values_mut().for_each(|v| *v = times(*v, scale));
        position.insert(lead, rows.len());
        rows.push((lead, row));
    }
    // Backwards, so that in the end no row holds the lead of another.
    for at in (0..rows.len()).rev() {
        let (lead, mut row) = (rows[at].0, std::mem::take(&mut rows[at].1));
        let others: Vec<usize> =
            row.keys().filter(|i| **i != lead).filter_map(|i| position.get(i)).copied().collect();
        for other in others {
            let factor = row[&rows[other].0];
            subtract(&mut row, &rows[other].1, factor);
        }
        rows[at].1 = row;
    }
    rows
}

/// row −= factor × other
fn subtract(row: &mut BTreeMap<usize, u64>, other: &BTreeMap<usize, u64>, factor: u64) {
    for (i, value) in other {
        let product = times(*value, factor);
        let entry = row.entry(*i).or_insert(0);
        *entry = (*entry + PRIME - product) % PRIME;
        if *entry == 0 {
            row.remove(i);
        }
    }
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// By Fermat: a^(p − 2).
fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}
