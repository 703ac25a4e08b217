//! Complementary suppression: a second cell is hidden where the first could be worked out.
//!
//! A relation with one unknown gives that unknown away. The search works like a reader: it fills in
//! open cells as far as they follow, and where a withheld cell follows, one more member of that
//! relation is hidden, the one with the fewest cases (between the sexes: the other sex). When no
//! single relation tells anything any more, all of them are solved together. The overall total is
//! never withheld.
//!
//! Source: Hundepool and others (2012), *Statistical Disclosure Control*, section 4.4; exact
//! recovery is what is prevented, not narrow bounds.

use crate::audit::determined;
use crate::coding::Codings;
use crate::relation::{Cell, Relation, State, relations};
use inclusion_estimate::{Codes, Text};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Hides cells of one series until no hidden one can be worked out; gives the indices added.
pub(crate) fn protect(cells: &[Cell], codings: &Codings, sex_complement: bool) -> BTreeSet<usize> {
    let mut cells = cells.to_vec();
    let mut added = BTreeSet::new();
    if !cells.iter().any(|cell| cell.state == State::Hidden) {
        return added;
    }
    let relations = relations(&mut cells, codings, sex_complement);
    let mut given_up = BTreeSet::new();
    let mut hopeless = None;
    while let Some((cell, relation)) = worked_out(&cells, &relations, &given_up) {
        let candidate = match relation {
            Some(relation) => second(&cells, relation, cell),
            None => near(&cells, &relations, cell),
        };
        let candidate = candidate.or_else(|| {
            let hopeless = hopeless.get_or_insert_with(|| unprotectable(&cells, &relations));
            if hopeless.contains(&cell) { None } else { near(&cells, &relations, cell) }
        });
        match candidate {
            Some(i) => {
                cells[i].state = State::Hidden;
                added.insert(i);
            }
            None => {
                given_up.insert(cell);
            }
        }
    }
    added
}

/// A hidden cell that can be worked out; with the relation, if one alone tells it.
fn worked_out<'a>(
    cells: &[Cell],
    relations: &'a [Relation],
    given_up: &BTreeSet<usize>,
) -> Option<(usize, Option<&'a Relation>)> {
    by_one_relation(cells, relations, given_up)
        .or_else(|| determined(cells, relations, given_up).map(|cell| (cell, None)))
}

/// Hidden cells that follow even if everything but the overall total is withheld, because all other
/// parts are empty. Nothing is withheld for their sake.
fn unprotectable(cells: &[Cell], relations: &[Relation]) -> BTreeSet<usize> {
    let mut most = cells.to_vec();
    for cell in most.iter_mut().filter(|cell| can_go(cell)) {
        cell.state = State::Hidden;
    }
    let mut found = BTreeSet::new();
    while let Some((cell, _)) = worked_out(&most, relations, &found) {
        found.insert(cell);
    }
    found
}

/// The cell to hide for a hidden one: the one with the fewest cases in its relations, or else in
/// those of the other unknowns there, and so on outwards.
fn near(cells: &[Cell], relations: &[Relation], hidden: usize) -> Option<usize> {
    let mut reached = BTreeSet::from([hidden]);
    loop {
        let touching = relations
            .iter()
            .filter(|relation| relation.members.iter().any(|i| reached.contains(i)));
        let members: BTreeSet<usize> = touching.flat_map(|r| r.members.iter().copied()).collect();
        let candidate = members.iter().copied().filter(|i| can_go(&cells[*i]));
        if let Some(i) = candidate.min_by_key(|i| rank(cells, *i)) {
            return Some(i);
        }
        let before = reached.len();
        let unknown = |i: &usize| matches!(cells[*i].state, State::Hidden | State::Open);
        reached.extend(members.into_iter().filter(unknown));
        if reached.len() == before {
            return None;
        }
    }
}

/// The overall total always stays.
fn can_go(cell: &Cell) -> bool {
    cell.state == State::Shown && !cell.breakdown.is_empty()
}

/// The first hidden cell that is the only unknown of a relation, and that relation.
fn by_one_relation<'a>(
    cells: &[Cell],
    relations: &'a [Relation],
    given_up: &BTreeSet<usize>,
) -> Option<(usize, Option<&'a Relation>)> {
    let mut known: Vec<bool> =
        cells.iter().map(|c| matches!(c.state, State::Shown | State::Empty)).collect();
    given_up.iter().for_each(|i| known[*i] = true);
    loop {
        let mut learnt = false;
        for relation in relations {
            let mut unknown = relation.members.iter().filter(|i| !known[**i]);
            let (Some(only), None) = (unknown.next(), unknown.next()) else { continue };
            if cells[*only].state == State::Hidden {
                return Some((*only, Some(relation)));
            }
            known[*only] = true;
            learnt = true;
        }
        if !learnt {
            return None;
        }
    }
}

/// The cell to hide with `hidden` in a relation.
fn second(cells: &[Cell], relation: &Relation, hidden: usize) -> Option<usize> {
    if relation.by_sex {
        let other = match cells[hidden].breakdown.get("sex").map(Text::as_str) {
            Some("F") => Some("M"),
            Some("M") => Some("F"),
            _ => None,
        };
        let is_other = |i: &usize| {
            cells[*i].state == State::Shown
                && other.is_some()
                && cells[*i].breakdown.get("sex").map(Text::as_str) == other
        };
        if let Some(i) = relation.members[1..].iter().copied().find(is_other) {
            return Some(i);
        }
    }
    relation.members.iter().copied().filter(|i| can_go(&cells[*i])).min_by_key(|i| rank(cells, *i))
}

/// Fewest cases first; then the finer cell; then by key.
fn rank(cells: &[Cell], i: usize) -> (u64, Reverse<usize>, &Codes) {
    (cells[i].n, Reverse(cells[i].breakdown.len()), &cells[i].breakdown)
}
