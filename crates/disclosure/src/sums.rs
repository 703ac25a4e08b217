//! Shares of one base that add up: what is withheld of one must not follow from the others.
//!
//! Who goes online at least weekly and who does less often are all users, so that one share tells the other. The codes of
//! what a base is asked are taken to be all that there is: a share is the sum of its codes, and all of them are 1. A reader who
//! takes what an indicator leaves out for nothing is only wrong by that.

use crate::audit::determined;
use crate::mark::Mark;
use crate::relation::{Cell, Relation, State};
use inclusion_estimate::{Estimate, Measure, Outcome, SeriesKey, Text};
use inclusion_registry::{Concept, Indicator, Statistic, Test};
use std::collections::{BTreeMap, BTreeSet};

/// Shares of one base whose properties have concepts in common.
#[derive(Debug, Clone)]
pub(crate) struct Sums {
    /// Their indicators.
    shares: Vec<Text>,
    /// The answers that these tell apart: for each of them which indicators count it.
    answers: BTreeSet<Vec<bool>>,
}

/// What a row answers to a concept.
enum Answer<'a> {
    Code(&'a str),
    Number(f64),
}

/// The sums among the indicators of a study.
pub(crate) fn of(indicators: &[&Indicator], concepts: &BTreeMap<String, Concept>) -> Vec<Sums> {
    let plain = |own: &&&Indicator| {
        own.statistic == Statistic::Proportion
            && own.universe.any.is_empty()
            && own.numerator.any.is_empty()
            && !own.numerator.all.is_empty()
    };
    let mut families: Vec<Vec<&Indicator>> = Vec::new();
    for own in indicators.iter().filter(plain).copied() {
        let joins = |other: &&Indicator| {
            other.population == own.population
                && crate::linked::same(&other.universe.all, &own.universe.all)
                && other.numerator.all.keys().any(|id| own.numerator.all.contains_key(id))
        };
        let (with, without): (Vec<_>, Vec<_>) =
            families.into_iter().partition(|family| family.iter().any(joins));
        let mut family: Vec<&Indicator> = with.into_iter().flatten().collect();
        family.push(own);
        families = without;
        families.push(family);
    }
    families.retain(|family| family.len() > 1);
    let sums = |family: Vec<&Indicator>| Sums {
        shares: family.iter().map(|own| Text::from(&own.id)).collect(),
        answers: answers(&family, concepts),
    };
    families.into_iter().map(sums).collect()
}

/// Every combination of answers, as the indicators that count it.
fn answers(family: &[&Indicator], concepts: &BTreeMap<String, Concept>) -> BTreeSet<Vec<bool>> {
    let mut all = BTreeSet::from([vec![true; family.len()]]);
    let named: BTreeSet<&String> = family.iter().flat_map(|own| own.numerator.all.keys()).collect();
    for id in named {
        let tests: Vec<Option<&Test>> =
            family.iter().map(|own| own.numerator.all.get(id)).collect();
        let possible = possible(concepts.get(id), tests.iter().flatten().copied());
        let mut finer = BTreeSet::new();
        for counted in &all {
            for answer in &possible {
                let passes = |test: &Option<&Test>| test.is_none_or(|test| holds(test, answer));
                let pairs = counted.iter().zip(&tests);
                finer.insert(pairs.map(|(counted, test)| *counted && passes(test)).collect());
            }
        }
        all = finer;
    }
    all
}

/// The codes of a category; of a number its places about the limits that are asked for, none below 0.
fn possible<'a>(
    concept: Option<&'a Concept>,
    tests: impl Iterator<Item = &'a Test>,
) -> Vec<Answer<'a>> {
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    let mut numbers = Vec::new();
    for test in tests {
        match test {
            Test::Codes(own) => codes.extend(own.iter().map(String::as_str)),
            Test::Range { min, max } => {
                let ends = min.iter().chain(max);
                numbers.extend(ends.flat_map(|end| [end - 1.0, *end, end + 1.0]));
            }
        }
    }
    if !codes.is_empty() {
        codes.extend(concept.iter().flat_map(|own| &own.codes).map(|code| code.id.as_str()));
    }
    let numbers = numbers.into_iter().filter(|number| *number >= 0.0).map(Answer::Number);
    codes.into_iter().map(Answer::Code).chain(numbers).collect()
}

fn holds(test: &Test, answer: &Answer<'_>) -> bool {
    match (test, answer) {
        (Test::Codes(codes), Answer::Code(code)) => codes.iter().any(|own| own == code),
        (Test::Range { min, max }, Answer::Number(number)) => {
            min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max)
        }
        _ => false,
    }
}

/// Withholds more shares of a group until none that is withheld follows from the others; whether there was any.
pub(crate) fn protect(all: &[Sums], estimates: &[Estimate], marks: &mut [Mark]) -> bool {
    let mut added = false;
    for sums in all {
        let of_it = |own: &Estimate| {
            own.key.measure == Measure::Level && sums.shares.contains(&own.key.indicator)
        };
        // Most studies withhold nothing of a family, and then there is nothing to group.
        let mut pairs = estimates.iter().zip(marks.iter());
        if !pairs.any(|(own, mark)| matches!(mark, Mark::Withheld(_)) && of_it(own)) {
            continue;
        }
        let mut groups: BTreeMap<SeriesKey, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, own) in estimates.iter().enumerate() {
            if own.key.measure == Measure::Level
                && let Some(share) = sums.shares.iter().position(|id| *id == own.key.indicator)
            {
                let group = SeriesKey { indicator: Text::fixed(""), ..own.key.clone() };
                groups.entry(group).or_default().push((share, at));
            }
        }
        for group in groups.values() {
            let withheld = |at: usize| matches!(marks[at], Mark::Withheld(_));
            let some = group.iter().filter(|(_, at)| withheld(*at)).count();
            if some > 0 && some < group.len() {
                added |= sums.protect(group, estimates, marks);
            }
        }
    }
    added
}

impl Sums {
    /// Of one group: pairs of share and estimate.
    fn protect(
        &self,
        group: &[(usize, usize)],
        estimates: &[Estimate],
        marks: &mut [Mark],
    ) -> bool {
        let known = |at: usize| matches!(estimates[at].outcome, Outcome::Known(_));
        let state = |at: usize, mark: Mark| match mark {
            Mark::Withheld(_) => State::Hidden,
            _ if known(at) => State::Shown,
            _ => State::Open,
        };
        // All of them first, then the shares of the group, then the answers.
        let first = 1 + group.len();
        let mut cells = vec![Cell { state: State::Shown, ..Cell::open() }];
        cells.extend(
            group.iter().map(|(_, at)| Cell { state: state(*at, marks[*at]), ..Cell::open() }),
        );
        cells.extend(self.answers.iter().map(|_| Cell::open()));
        let sum = |whole: usize, counts: &dyn Fn(&Vec<bool>) -> bool| {
            let parts = self.answers.iter().enumerate().filter(|(_, answer)| counts(answer));
            let members = std::iter::once(whole).chain(parts.map(|(at, _)| first + at)).collect();
            Relation { by_sex: false, direct: true, members }
        };
        let mut relations = vec![sum(0, &|_| true)];
        for (place, (share, _)) in group.iter().enumerate() {
            relations.push(sum(1 + place, &|answer| answer[*share]));
        }
        let none = BTreeSet::new();
        let follows = |cells: &[Cell], cell: usize| {
            // Only this one is asked for: the others that are withheld are as good as not there.
            let mut cells = cells.to_vec();
            for (at, own) in cells.iter_mut().enumerate() {
                if own.state == State::Hidden && at != cell {
                    own.state = State::Open;
                }
            }
            determined(&cells, &relations, &none).is_some()
        };
        let mut added = false;
        while let Some(cell) = determined(&cells, &relations, &none) {
            // The share of the fewest persons that it takes; all, if no single one is enough.
            let mut shown: Vec<usize> =
                (1..first).filter(|at| cells[*at].state == State::Shown).collect();
            shown.sort_by_key(|at| {
                let counts = &estimates[group[*at - 1].1].counts;
                (counts.n_numerator, counts.n, *at)
            });
            let enough = shown.iter().copied().find(|at| {
                let mut fewer = cells.clone();
                fewer[*at].state = State::Open;
                !follows(&fewer, cell)
            });
            let chosen = enough.map_or(shown, |at| vec![at]);
            if chosen.is_empty() {
                // It is 0 or 1 whatever the answers are.
                cells[cell].state = State::Open;
                continue;
            }
            for at in chosen {
                cells[at].state = State::Hidden;
                marks[group[at - 1].1] = Mark::Withheld("complement");
                added = true;
            }
        }
        added
    }
}
