//! Codings of one source: several breakdown variables that group the same answers differently.
//!
//! Five-year and ten-year ages are bands of one number, education in three groups is a recode of
//! education in six, fifths and tenths cut one ranking. A code of one such variable is then a union
//! of codes of another, or a union of some equals a union of others, and a reader can subtract.
//!
//! The idea: a *family* is a set of variables with a source in common, and its *atoms* are the
//! finest groups that its variables tell apart. They are found by trying: the sources take every
//! value at which some definition could change, and values that all variables code alike are one
//! atom. Every code is a union of atoms, and all sums between codes follow from that.
//!
//! What a recipe maps directly instead of deriving it is taken to follow its definition all the
//! same; a sum too many withholds more, never less.

use crate::linked::Links;
use crate::sums::Sums;
use inclusion_registry::{Code, Concept, ConceptKind, Condition, Derive, Indicator, Test};
use std::collections::{BTreeMap, BTreeSet};

/// Values tried for one family. Beyond it, variables made from several sources at once stand for
/// themselves.
const MOST_TRIALS: usize = 200_000;

/// Definitions nested deeper than this are taken as sources; the registry allows no circles.
const DEEPEST: usize = 16;

/// The definitions from which [`crate::review`] learns which breakdown variables are codings of one
/// source, and which indicators tell of each other.
#[derive(Debug, Clone, Default)]
pub struct Codings {
    concepts: BTreeMap<String, Concept>,
    pub(crate) links: Links,
    pub(crate) sums: Vec<Sums>,
}

impl Codings {
    /// Of all concepts of a study's recipes, their own codes included. A concept may come several
    /// times with different code lists, as regions do; its codes are put together.
    pub fn of<'a>(concepts: impl IntoIterator<Item = &'a Concept>) -> Codings {
        let mut codings = Codings::default();
        for concept in concepts {
            match codings.concepts.get_mut(&concept.id) {
                None => {
                    codings.concepts.insert(concept.id.clone(), concept.clone());
                }
                Some(known) => {
                    for code in &concept.codes {
                        if !known.codes.iter().any(|own| own.id == code.id) {
                            known.codes.push(code.clone());
                        }
                    }
                }
            }
        }
        codings
    }

    /// With the indicators of the study: of those who are the base of one another, what is withheld of one
    /// does not follow from the rest.
    pub fn with_indicators<'a>(self, all: impl IntoIterator<Item = &'a Indicator>) -> Codings {
        let all: Vec<&Indicator> = all.into_iter().collect();
        let sums = crate::sums::of(&all, &self.concepts);
        Codings { links: Links::of(&all), sums, ..self }
    }

    /// The families of the variables in use, with the atoms that occur. `used` holds the codes of
    /// each variable that some cell has.
    pub(crate) fn families(&self, used: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Family> {
        let mut sources: BTreeMap<&str, BTreeSet<Source>> = used
            .keys()
            .map(|concept| {
                let mut found = BTreeSet::new();
                self.sources(concept, DEEPEST, &mut found);
                (*concept, found)
            })
            .collect();
        loop {
            let groups = connected(&sources);
            let trials: Vec<_> = groups.iter().map(|g| self.values(g, &sources, used)).collect();
            let too_many = trials.iter().position(|values| {
                let all = values.values().try_fold(1_usize, |n, list| n.checked_mul(list.len()));
                values.len() > 1 && all.is_none_or(|n| n > MOST_TRIALS)
            });
            let Some(at) = too_many else {
                let of = |(group, values): (&Vec<&str>, _)| self.family(group, &values, used);
                return groups.iter().zip(trials).map(of).collect();
            };
            // Some variable joins the sources; it is the one that goes.
            let widest = groups[at].iter().copied().max_by_key(|concept| sources[concept].len());
            let widest = widest.expect("invariant: a group holds a concept");
            sources.insert(widest, BTreeSet::from([Source::Codes(widest.to_string())]));
        }
    }

    /// What a concept is made from in the end.
    fn sources(&self, id: &str, depth: usize, found: &mut BTreeSet<Source>) {
        let Some(concept) = self.concepts.get(id).filter(|_| depth > 0) else {
            found.insert(Source::Codes(id.to_string()));
            return;
        };
        match &concept.derive {
            _ if self.number_of(concept).is_some() => {
                let of = self.number_of(concept).unwrap_or(id);
                found.insert(Source::Number(of.to_string()));
            }
            Some(Derive::Quantile { of, unit, ties, .. }) => {
                found.insert(Source::Ranking(format!("{of} {unit:?} {ties:?}")));
            }
            Some(Derive::Cases(cases)) => {
                for concept in cases.iter().flat_map(|case| case.when.concepts()) {
                    self.sources(concept, depth - 1, found);
                }
                if found.is_empty() {
                    found.insert(Source::Codes(id.to_string()));
                }
            }
            Some(Derive::Band { .. } | Derive::Count { .. }) | None => {
                found.insert(match concept.kind {
                    ConceptKind::Number => Source::Number(id.to_string()),
                    ConceptKind::Category => Source::Codes(id.to_string()),
                });
            }
        }
    }

    /// The number that a concept is bands of. Bands that a recipe maps directly have no definition;
    /// they are taken for bands of the number that others of their dimension are made from.
    fn number_of<'a>(&'a self, concept: &'a Concept) -> Option<&'a str> {
        if let Some(Derive::Band { of }) = &concept.derive {
            return Some(of);
        }
        let banded = |code: &Code| code.unstated || code.min.is_some() || code.max.is_some();
        let bands = concept.derive.is_none()
            && concept.codes.iter().any(|code| code.min.is_some() || code.max.is_some())
            && concept.codes.iter().all(banded);
        let dimension = concept.dimension.as_ref().filter(|_| bands)?;
        self.concepts.values().find_map(|other| match &other.derive {
            Some(Derive::Band { of }) if other.dimension.as_ref() == Some(dimension) => {
                Some(of.as_str())
            }
            _ => None,
        })
    }

    /// The values to try for each source of a group.
    fn values(
        &self,
        group: &[&str],
        sources: &BTreeMap<&str, BTreeSet<Source>>,
        used: &BTreeMap<&str, BTreeSet<&str>>,
    ) -> BTreeMap<Source, Vec<Value>> {
        let mut seen = Seen::default();
        for concept in group {
            match sources[concept].iter().eq([&Source::Codes(concept.to_string())]) {
                true => seen.named(concept, []),
                false => self.look(concept, DEEPEST, &mut seen),
            }
        }
        let all: BTreeSet<&Source> = group.iter().flat_map(|c| &sources[c]).collect();
        all.into_iter()
            .map(|source| {
                let values = match source {
                    Source::Number(id) => {
                        let ranges = seen.ranges.get(id).map(Vec::as_slice).unwrap_or_default();
                        points(ranges).into_iter().map(Value::Number).collect()
                    }
                    Source::Ranking(name) => {
                        let groups = seen.groups.get(name).into_iter().flatten();
                        let cuts = groups.flat_map(|g| (0..*g).map(|k| cut(k, *g)));
                        sorted(cuts.collect()).into_iter().map(Value::Number).collect()
                    }
                    Source::Codes(id) => {
                        let own = self.concepts.get(id).into_iter().flat_map(|c| &c.codes);
                        let mut codes: BTreeSet<&str> = own.map(|code| code.id.as_str()).collect();
                        codes.extend(used.get(id.as_str()).into_iter().flatten());
                        codes.extend(seen.codes.get(id).into_iter().flatten().map(String::as_str));
                        codes.into_iter().map(|code| Value::Code(code.to_string())).collect()
                    }
                };
                (source.clone(), values)
            })
            .collect()
    }

    /// Notes every limit and code that the definition of a concept names.
    fn look(&self, id: &str, depth: usize, seen: &mut Seen) {
        let Some(concept) = self.concepts.get(id).filter(|_| depth > 0) else { return };
        if let Some(of) = self.number_of(concept) {
            let bands = concept.codes.iter().filter(|code| !code.unstated);
            let bands = bands.map(|code| (code.min, code.max)).collect();
            seen.ranges.entry(of.to_string()).or_default().push(bands);
            return;
        }
        match &concept.derive {
            Some(Derive::Quantile { of, groups, unit, ties }) => {
                let name = format!("{of} {unit:?} {ties:?}");
                seen.groups.entry(name).or_default().insert(*groups);
            }
            Some(Derive::Cases(cases)) => {
                let mut ranges: BTreeMap<&str, Vec<Range>> = BTreeMap::new();
                for case in cases {
                    tests(&case.when, &mut |of, test| match test {
                        Test::Codes(codes) => seen.named(of, codes.iter().map(String::as_str)),
                        Test::Range { min, max } => {
                            ranges.entry(of).or_default().push((*min, *max))
                        }
                    });
                }
                for (of, list) in ranges {
                    seen.ranges.entry(of.to_string()).or_default().push(list);
                }
                let of = cases.iter().flat_map(|case| case.when.concepts());
                of.collect::<BTreeSet<_>>()
                    .into_iter()
                    .for_each(|of| self.look(of, depth - 1, seen));
            }
            Some(Derive::Band { .. } | Derive::Count { .. }) | None => {}
        }
    }

    fn family(
        &self,
        group: &[&str],
        values: &BTreeMap<Source, Vec<Value>>,
        used: &BTreeMap<&str, BTreeSet<&str>>,
    ) -> Family {
        let mut trials: Vec<BTreeMap<&Source, &Value>> = vec![BTreeMap::new()];
        for (source, list) in values {
            let more = |trial: &BTreeMap<_, _>| -> Vec<_> {
                let with = |value| {
                    let mut trial = trial.clone();
                    trial.insert(source, value);
                    trial
                };
                list.iter().map(with).collect()
            };
            trials = trials.iter().flat_map(more).collect();
        }
        let mut atoms = BTreeSet::new();
        for trial in &trials {
            let code = |concept: &&str| match self.value(concept, trial, DEEPEST)? {
                Value::Code(code) => Some((concept.to_string(), code)),
                Value::Number(_) => None,
            };
            let atom: Atom = group.iter().filter_map(code).collect();
            // A group that no table shows in any way is nothing to reason about.
            if atom.iter().any(|(concept, code)| used[concept.as_str()].contains(code.as_str())) {
                atoms.insert(atom);
            }
        }
        let concepts = group.iter().map(|concept| concept.to_string()).collect();
        Family { concepts, atoms: atoms.into_iter().collect() }
    }

    /// The value of a concept where its sources have these values; none if it is in no group.
    fn value(&self, id: &str, trial: &BTreeMap<&Source, &Value>, depth: usize) -> Option<Value> {
        let itself = [Source::Codes(id.to_string()), Source::Number(id.to_string())];
        if let Some(value) = itself.iter().find_map(|source| trial.get(source)) {
            return Some((*value).clone());
        }
        let concept = self.concepts.get(id).filter(|_| depth > 0)?;
        if let Some(of) = self.number_of(concept) {
            let Value::Number(number) = trial.get(&Source::Number(of.to_string()))? else {
                return None;
            };
            let inside = |code: &&Code| !code.unstated && holds(code.min, code.max, *number);
            return concept.codes.iter().find(inside).map(|code| Value::Code(code.id.clone()));
        }
        match concept.derive.as_ref()? {
            Derive::Quantile { of, groups, unit, ties } => {
                let name = Source::Ranking(format!("{of} {unit:?} {ties:?}"));
                let Value::Number(rank) = trial.get(&name)? else { return None };
                let at = (1..*groups).filter(|k| cut(*k, *groups) <= *rank).count();
                concept.codes.get(at).map(|code| Value::Code(code.id.clone()))
            }
            Derive::Cases(cases) => cases
                .iter()
                .find(|case| self.met(&case.when, trial, depth - 1))
                .map(|case| Value::Code(case.code.clone())),
            Derive::Band { .. } | Derive::Count { .. } => None,
        }
    }

    fn met(&self, when: &Condition, trial: &BTreeMap<&Source, &Value>, depth: usize) -> bool {
        let test = |(id, test): (&String, &Test)| match (self.value(id, trial, depth), test) {
            (Some(Value::Code(code)), Test::Codes(codes)) => codes.contains(&code),
            (Some(Value::Number(number)), Test::Range { min, max }) => holds(*min, *max, number),
            _ => false,
        };
        when.all.iter().all(test)
            && (when.any.is_empty() || when.any.iter().any(|one| self.met(one, trial, depth)))
    }
}

/// Variables with sources in common, and the finest groups that they tell apart.
#[derive(Debug, Clone)]
pub(crate) struct Family {
    /// The variables.
    pub concepts: BTreeSet<String>,
    /// The groups.
    pub atoms: Vec<Atom>,
}

/// The code that each variable of a family gives a group; a variable that has none for it is absent.
pub(crate) type Atom = BTreeMap<String, String>;

/// What codings are made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// A category as it stands, by its id.
    Codes(String),
    /// A number, by its id.
    Number(String),
    /// The place in a weighted ranking, from 0 to 1.
    Ranking(String),
}

#[derive(Debug, Clone)]
enum Value {
    Code(String),
    Number(f64),
}

type Range = (Option<f64>, Option<f64>);

/// What definitions name.
#[derive(Default)]
struct Seen {
    /// Number → the ranges of each concept that is made from it.
    ranges: BTreeMap<String, Vec<Vec<Range>>>,
    /// Ranking → numbers of groups.
    groups: BTreeMap<String, BTreeSet<u32>>,
    /// Category → codes.
    codes: BTreeMap<String, BTreeSet<String>>,
}

impl Seen {
    fn named<'a>(&mut self, of: &str, codes: impl IntoIterator<Item = &'a str>) {
        let known = self.codes.entry(of.to_string()).or_default();
        known.extend(codes.into_iter().map(str::to_string));
    }
}

fn tests<'a>(when: &'a Condition, each: &mut impl FnMut(&'a str, &'a Test)) {
    when.all.iter().for_each(|(of, test)| each(of, test));
    when.any.iter().for_each(|one| tests(one, each));
}

/// Both ends are inclusive.
fn holds(min: Option<f64>, max: Option<f64>, number: f64) -> bool {
    min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max)
}

/// The lower limit of a quantile group, as a share of the ranking; 1 of 5 is exactly 2 of 10.
fn cut(group: u32, groups: u32) -> f64 {
    f64::from(group) / f64::from(groups)
}

/// One number in each stretch between the limits of ranges, each list of which is one concept's.
///
/// A stretch begins with some range, or just after one. Where all limits are whole numbers, the
/// next whole number comes after; else nothing lies between a range and the next of its concept
/// (0–999.99 and 1000–), so that only an end without a successor counts.
fn points(ranges: &[Vec<Range>]) -> Vec<f64> {
    let limits = || ranges.iter().flatten().flat_map(|(min, max)| [*min, *max]).flatten();
    let whole = limits().all(|limit| limit.fract() == 0.0);
    let mut points = Vec::new();
    for list in ranges {
        for (min, max) in list {
            points.extend(*min);
            let Some(max) = *max else { continue };
            if whole {
                points.push(max + 1.0);
            } else if !list.iter().any(|(next, _)| next.is_some_and(|next| next > max)) {
                points.push(max.next_up());
            }
        }
    }
    if ranges.iter().flatten().any(|(min, _)| min.is_none()) {
        points.push(limits().fold(0.0, f64::min) - 1.0);
    }
    sorted(points)
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    numbers
}

/// Concepts grouped by common sources, in the order of the first of each group.
fn connected<'a>(sources: &BTreeMap<&'a str, BTreeSet<Source>>) -> Vec<Vec<&'a str>> {
    let mut groups: Vec<(Vec<&str>, BTreeSet<&Source>)> = Vec::new();
    for (concept, own) in sources {
        let mut joined = (vec![*concept], own.iter().collect::<BTreeSet<_>>());
        let mut rest = Vec::with_capacity(groups.len());
        for (concepts, known) in groups {
            if known.is_disjoint(&joined.1) {
                rest.push((concepts, known));
            } else {
                joined.0.extend(concepts);
                joined.1.extend(known);
            }
        }
        joined.0.sort_unstable();
        rest.push(joined);
        groups = rest;
    }
    let mut groups: Vec<Vec<&str>> = groups.into_iter().map(|(concepts, _)| concepts).collect();
    groups.sort_unstable();
    groups
}
