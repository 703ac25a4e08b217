//! Complementary suppression: a second cell is hidden where the first could be worked out.
//!
//! A relation with one unknown gives that unknown away. The search works like a reader: it fills in
//! open cells as far as they follow, and where a withheld cell follows, one more member of that
//! relation is hidden, the one with the fewest cases (between the sexes: the other sex). When no
//! single relation tells anything any more, all of them are solved together. Then the counts are
//! bounded ([`crate::bounds`]): where a reader could tell that one is small, a further cell goes. The
//! overall total is never withheld.
//!
//! Source: Hundepool and others (2012), *Statistical Disclosure Control*, section 4.4.

use crate::audit::determined;
use crate::bounds::{Limits, Narrow, Safe, narrow};
use crate::coding::Codings;
use crate::relation::{Cell, Relation, State, relations};
use inclusion_estimate::{Codes, Text};
use inclusion_registry::Policy;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What it took to protect the hidden cells.
pub(crate) struct Protected {
    /// The cells added.
    pub added: BTreeSet<usize>,
    /// False if the audit could not be made: then all that may go is hidden.
    pub audited: bool,
}

/// Hides cells of one series until no hidden one can be worked out.
pub(crate) fn protect(cells: &[Cell], codings: &Codings, policy: &Policy) -> Protected {
    if !cells.iter().any(|cell| cell.state == State::Hidden) {
        return Protected { added: BTreeSet::new(), audited: true };
    }
    let mut cells = cells.to_vec();
    let relations = relations(&mut cells, codings, policy.sex_complement);
    protect_in(&mut cells, &relations, &Limits::of(policy))
}

/// The same where the relations are known.
pub(crate) fn protect_in(cells: &mut [Cell], relations: &[Relation], limits: &Limits) -> Protected {
    let mut added = BTreeSet::new();
    let mut lost = Lost::default();
    let mut hopeless = None;
    let mut safe = Safe::new();
    while let Some(attack) = attack(cells, relations, &lost, limits, &mut safe) {
        let mut is_hopeless = |cells: &[Cell], attack: &Attack<'_>| {
            let all = hopeless.get_or_insert_with(|| unprotectable(cells, relations, limits));
            match attack {
                Attack::Exact(cell, _) => all.told.contains(cell),
                Attack::Narrow(cell) => all.narrow.contains(cell) || all.told.contains(cell),
                Attack::Unaudited => true,
            }
        };
        let candidate = match attack {
            Attack::Exact(cell, relation) => {
                let candidate = match relation {
                    Some(relation) => second(cells, relation, cell),
                    None => near(cells, relations, cell),
                };
                candidate.or_else(|| match is_hopeless(cells, &attack) {
                    true => None,
                    false => near(cells, relations, cell),
                })
            }
            Attack::Narrow(cell) => match is_hopeless(cells, &attack) {
                true => None,
                false => tightest(cells, relations, cell).or_else(|| near(cells, relations, cell)),
            },
            Attack::Unaudited => {
                let all = (0..cells.len()).filter(|i| can_go(&cells[*i]));
                added.extend(all.collect::<Vec<usize>>());
                added.iter().for_each(|i| cells[*i].state = State::Hidden);
                return Protected { added, audited: false };
            }
        };
        match (candidate, attack) {
            (Some(i), _) => {
                cells[i].state = State::Hidden;
                added.insert(i);
            }
            (None, Attack::Narrow(cell)) => {
                lost.narrow.insert(cell);
            }
            (None, Attack::Exact(cell, _)) => {
                lost.told.insert(cell);
                // Less is possible than before.
                safe.clear();
            }
            (None, Attack::Unaudited) => {}
        }
    }
    Protected { added, audited: true }
}

/// Hidden cells that nothing can protect.
#[derive(Default)]
struct Lost {
    /// A reader knows their counts.
    told: BTreeSet<usize>,
    /// A reader knows that their counts are small.
    narrow: BTreeSet<usize>,
}

/// What a reader can find out.
enum Attack<'a> {
    /// A hidden cell; with the relation, if one alone tells it.
    Exact(usize, Option<&'a Relation>),
    /// That the count of a hidden cell is small.
    Narrow(usize),
    /// The system is too large to say.
    Unaudited,
}

fn attack<'a>(
    cells: &[Cell],
    relations: &'a [Relation],
    lost: &Lost,
    limits: &Limits,
    safe: &mut Safe,
) -> Option<Attack<'a>> {
    let exact = by_one_relation(cells, relations, &lost.told)
        .or_else(|| determined(cells, relations, &lost.told).map(|cell| (cell, None)));
    if let Some((cell, relation)) = exact {
        return Some(Attack::Exact(cell, relation));
    }
    match narrow(cells, relations, &lost.told, &lost.narrow, limits, safe) {
        Narrow::Nothing => None,
        Narrow::Cell(cell) => Some(Attack::Narrow(cell)),
        Narrow::Unaudited => Some(Attack::Unaudited),
    }
}

/// Hidden cells that can be attacked even if everything but the overall total is withheld, because all
/// other parts are empty. Nothing is withheld for their sake.
fn unprotectable(cells: &[Cell], relations: &[Relation], limits: &Limits) -> Lost {
    let mut most = cells.to_vec();
    for cell in most.iter_mut().filter(|cell| can_go(cell)) {
        cell.state = State::Hidden;
    }
    let mut found = Lost::default();
    let mut safe = Safe::new();
    loop {
        match attack(&most, relations, &found, limits, &mut safe) {
            Some(Attack::Exact(cell, _)) => {
                safe.clear();
                found.told.insert(cell)
            }
            Some(Attack::Narrow(cell)) => found.narrow.insert(cell),
            Some(Attack::Unaudited) | None => return found,
        };
    }
}

/// The cell to hide where the relations leave a hidden one too little room: in the one that leaves the
/// least.
fn tightest(cells: &[Cell], relations: &[Relation], hidden: usize) -> Option<usize> {
    let unknown = |i: &&usize| matches!(cells[**i].state, State::Hidden | State::Open);
    let room = |relation: &Relation| -> u64 {
        relation.members.iter().filter(unknown).map(|i| cells[*i].n).sum()
    };
    let around = relations.iter().filter(|relation| relation.members.contains(&hidden));
    let candidates = around.filter_map(|r| Some((room(r), second(cells, r, hidden)?)));
    candidates.min_by_key(|(room, i)| (*room, rank(cells, *i))).map(|(_, i)| i)
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
    cell.state == State::Shown && !cell.stays
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
