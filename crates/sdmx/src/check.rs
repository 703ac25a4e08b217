//! Holding observations against their structure and the rules of a data set.
//!
//! What is checked in and out is the same: codes, mandatory attributes, periods, numbers, one
//! observation a key, and the constraints of series. What differs is what happens to a value beside a
//! status that says there is none: on input it is flagged, and not shown where the status is `Q`
//! (suppressed); on output it is an error.

use crate::constraints::SeriesConstraints;
use crate::keys::Keys;
use crate::number::parse_number;
use crate::observation::MISSING;
use crate::structure::{Attribute, Codelist, Component};
use crate::{Constraint, Error, Observation, Problem, Region, Structure, is_time_period, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// What holds beyond the structure.
#[derive(Debug, Clone, Default)]
pub struct Rules<'a> {
    /// The codes that each series takes. A series that is not listed is an error as well.
    pub series: Option<&'a SeriesConstraints>,
    /// Content constraints of the structure.
    pub constraints: &'a [Constraint],
    /// Series of the project's own, which no constraint of series is held against.
    pub own_series: BTreeSet<String>,
    /// Component → code in the data → code of the structure, such as `AGE`: `Y_GE06` → `Y_GE6`. For
    /// input; how often each is used is counted.
    pub aliases: BTreeMap<String, BTreeMap<String, String>>,
}

/// What was noticed and did not stop anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Observations read or written.
    pub observations: u64,
    /// Those without a value.
    pub missing: u64,
    /// Values and bounds beside `OBS_STATUS` `Q`, which are not shown: observations.
    pub suppressed_with_value: u64,
    /// Values beside another status that says there is none (`H`, `L`, `M`, `O`).
    pub value_with_missing_status: u64,
    /// Observations without a value whose status does not say why.
    pub missing_without_reason: u64,
    /// The same key with the same value once more; left out.
    pub duplicates: u64,
    /// Codes replaced by a declared alias, as `AGE Y_GE06 → Y_GE6`.
    pub aliases: BTreeMap<String, u64>,
    /// Series codes that differ from the list in upper and lower case alone.
    pub series_case: BTreeMap<String, u64>,
    /// Code lists that the structure names and does not hold: their codes were not checked.
    pub lists_not_there: BTreeSet<String>,
    /// Structures named by the data that are not the one they were read with.
    pub other_structures: BTreeSet<String>,
}

/// Which way the observations go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    In,
    Out,
}

/// Where an observation of the input stood, for the error about a second one.
#[derive(Clone, Copy)]
struct First {
    line: u64,
    value: Option<f64>,
}

pub(crate) struct Checker<'a> {
    structure: &'a Structure,
    rules: &'a Rules<'a>,
    way: Way,
    status: Option<usize>,
    series: Option<usize>,
    keys: Keys,
    /// Code of each dimension in the last observation with its position: most repeat.
    last: Vec<(String, u32)>,
    last_attributes: Vec<String>,
    positions: Vec<u32>,
    firsts: Vec<First>,
    /// Where each component of the constraints of series stands.
    constrained: Vec<Slot>,
    pub counts: Counts,
}

#[derive(Clone, Copy)]
enum Slot {
    Dimension(usize),
    Attribute(usize),
}

impl<'a> Checker<'a> {
    pub fn new(
        structure: &'a Structure,
        rules: &'a Rules<'a>,
        way: Way,
    ) -> Result<Checker<'a>, Error> {
        let columns = structure.columns();
        // A constraint that nothing is held against would pass everything.
        let slot = |id: &str| {
            let dimension = columns.dimension(id).map(Slot::Dimension);
            let slot = dimension.or_else(|| columns.attribute(id).map(Slot::Attribute));
            let own = &structure.reference;
            slot.ok_or_else(|| {
                Error::Structure(format!(
                    "the constraints of series name {id}, which {own} has not"
                ))
            })
        };
        let mut constrained = Vec::new();
        if let Some(table) = rules.series {
            slot("SERIES")?;
            constrained =
                table.components.iter().map(|id| slot(id)).collect::<Result<_, Error>>()?;
        }
        let counts = Counts {
            lists_not_there: structure.lists_not_there().iter().map(ToString::to_string).collect(),
            ..Counts::default()
        };
        Ok(Checker {
            structure,
            rules,
            way,
            status: columns.attribute("OBS_STATUS"),
            series: columns.dimension("SERIES"),
            keys: Keys::new(structure),
            last: vec![(String::new(), u32::MAX); structure.dimensions.len()],
            last_attributes: vec![String::new(); columns.attributes.len()],
            positions: Vec::new(),
            firsts: Vec::new(),
            constrained,
            counts,
        })
    }

    /// Replaces declared aliases and the case of series codes. For input, before [`Checker::check`].
    pub fn translate(&mut self, observation: &mut Observation) {
        for (at, code) in observation.dimensions.iter_mut().enumerate() {
            if *code == self.last[at].0 && self.last[at].1 != u32::MAX {
                continue;
            }
            let component = &self.structure.dimensions[at];
            self.alias(component, code);
            if Some(at) == self.series
                && let Some(list) = &component.codes
                && list.position(code).is_none()
                && let Some(own) = list.without_case(code)
            {
                let change = format!("{code} → {}", own.id);
                *self.counts.series_case.entry(change).or_default() += 1;
                code.clone_from(&own.id);
            }
        }
        for (at, code) in observation.attributes.iter_mut().enumerate() {
            if let Some(code) = code {
                self.alias(&self.structure.attributes[at].component, code);
            }
        }
    }

    fn alias(&mut self, component: &Component, code: &mut String) {
        let aliases = self.rules.aliases.get(&component.id);
        if let Some(own) = aliases.and_then(|aliases| aliases.get(code.as_str())) {
            let change = format!("{} {code} → {own}", component.id);
            *self.counts.aliases.entry(change).or_default() += 1;
            code.clone_from(own);
        }
    }

    /// Whether the observation may pass. `Ok(false)` is the same key with the same value once more,
    /// which is counted and left out of the input.
    pub fn check(&mut self, observation: &Observation, line: u64) -> Result<bool, Problem> {
        let shape = |what, found: usize, expected: usize| match found == expected {
            true => Ok(()),
            false => Err(Problem::Shape { what, found, expected }),
        };
        shape("dimensions", observation.dimensions.len(), self.structure.dimensions.len())?;
        shape("attributes", observation.attributes.len(), self.structure.attributes.len())?;
        self.dimensions(observation)?;
        self.attributes(observation)?;
        self.status(observation)?;
        self.series(observation)?;
        self.constraints(observation)?;
        self.unique(observation, line)
    }

    fn dimensions(&mut self, observation: &Observation) -> Result<(), Problem> {
        self.positions.clear();
        for (at, code) in observation.dimensions.iter().enumerate() {
            let (last, position) = &self.last[at];
            if code == last && *position != u32::MAX {
                self.positions.push(*position);
                continue;
            }
            let component = &self.structure.dimensions[at];
            if code.is_empty() {
                return Err(Problem::EmptyDimension(component.id.clone()));
            }
            let position = match &component.codes {
                Some(list) => find(list, component, code)?,
                None => {
                    if Some(at) == self.structure.time && !is_time_period(code) {
                        return Err(Problem::TimePeriod(code.clone()));
                    }
                    plain(&component.id, code)?;
                    self.keys.text(at, code)
                }
            };
            self.positions.push(position);
            let (last, own) = &mut self.last[at];
            last.clone_from(code);
            *own = position;
        }
        Ok(())
    }

    fn attributes(&mut self, observation: &Observation) -> Result<(), Problem> {
        for (at, attribute) in self.structure.attributes.iter().enumerate() {
            let component = &attribute.component;
            let Some(code) = observation.attribute(at) else {
                if attribute.mandatory {
                    return Err(Problem::EmptyAttribute(component.id.clone()));
                }
                continue;
            };
            if self.last_attributes[at] == code {
                continue;
            }
            match &component.codes {
                Some(list) => {
                    find(list, component, code)?;
                }
                None if component.is_number() => {
                    if parse_number(code).is_none() {
                        let (component, text) = (component.id.clone(), code.into());
                        return Err(Problem::NotANumber { component, text });
                    }
                }
                None => plain(&component.id, code)?,
            }
            self.last_attributes[at].clear();
            self.last_attributes[at].push_str(code);
        }
        Ok(())
    }

    /// A value and a status that says there is none do not go together, nor does a missing value
    /// without a reason.
    fn status(&mut self, observation: &Observation) -> Result<(), Problem> {
        let Some(status) = self.status.map(|at| observation.attribute(at).unwrap_or_default())
        else {
            return Ok(());
        };
        let missing = MISSING.contains(&status);
        if missing && self.way == Way::Out {
            let figure = match &observation.value {
                Some(_) => Some(self.structure.measure.id.as_str()),
                None => self.figure(observation),
            };
            if let Some(component) = figure {
                let (component, status) = (component.into(), status.into());
                return Err(Problem::FigureWithoutValue { component, status });
            }
        } else if missing && observation.value.is_some() {
            self.counts.value_with_missing_status += 1;
        } else if !missing && observation.value.is_none() {
            if self.way == Way::Out {
                return Err(Problem::NoReason(status.into()));
            }
            self.counts.missing_without_reason += 1;
        }
        Ok(())
    }

    /// The first attribute that is a figure and stands there.
    fn figure(&self, observation: &Observation) -> Option<&str> {
        let there = |(at, own): (usize, &'a Attribute)| {
            let there = own.component.is_figure() && observation.attribute(at).is_some();
            there.then_some(own.component.id.as_str())
        };
        self.structure.attributes.iter().enumerate().find_map(there)
    }

    fn series(&self, observation: &Observation) -> Result<(), Problem> {
        let (Some(table), Some(at)) = (self.rules.series, self.series) else { return Ok(()) };
        let series = &observation.dimensions[at];
        if self.rules.own_series.contains(series) {
            return Ok(());
        }
        let Some(allowed) = table.of(series) else {
            let nearest = nearest::nearest_names(series, table.series().iter().map(String::as_str));
            return Err(Problem::UnknownSeries { series: series.clone(), nearest });
        };
        for ((component, codes), slot) in
            table.components.iter().zip(allowed).zip(&self.constrained)
        {
            let Some(codes) = codes else { continue };
            let code = match slot {
                Slot::Dimension(at) => observation.dimensions[*at].as_str(),
                Slot::Attribute(at) => observation.attribute(*at).unwrap_or_default(),
            };
            if !codes.iter().any(|own| own == code) {
                return Err(Problem::NotAllowed {
                    series: series.clone(),
                    component: component.clone(),
                    code: code.into(),
                    allowed: codes.join(";"),
                });
            }
        }
        Ok(())
    }

    fn constraints(&self, observation: &Observation) -> Result<(), Problem> {
        for constraint in self.rules.constraints {
            let inside = |region: &Region| {
                region.values.iter().all(|(id, codes)| {
                    let dimension = self.structure.dimensions.iter().position(|d| d.id == *id);
                    let code = match dimension {
                        Some(at) => Some(observation.dimensions[at].as_str()),
                        None => {
                            let mut attributes = self.structure.attributes.iter();
                            let at = attributes.position(|own| own.component.id == *id);
                            at.and_then(|at| observation.attribute(at))
                        }
                    };
                    code.is_none_or(|code| codes.iter().any(|own| own == code))
                })
            };
            let mut included = constraint.regions.iter().filter(|r| r.included).peekable();
            let let_in = included.peek().is_none() || included.any(inside);
            if !let_in || constraint.regions.iter().any(|r| !r.included && inside(r)) {
                let constraint = constraint.reference.to_string();
                return Err(Problem::OutsideConstraint { key: observation.key(), constraint });
            }
        }
        Ok(())
    }

    fn unique(&mut self, observation: &Observation, line: u64) -> Result<bool, Problem> {
        let number = self.counts.observations as u32;
        let value = observation.value.as_ref().map(|value| value.number());
        if let Some(first) = self.keys.insert(&self.positions, number) {
            if self.way == Way::Out {
                let first = format!("observation {}", first + 1);
                return Err(Problem::Duplicate { key: observation.key(), first, differs: false });
            }
            let first = self.firsts[first as usize];
            if first.value != value {
                let place = format!("line {}", first.line);
                let key = observation.key();
                return Err(Problem::Duplicate { key, first: place, differs: true });
            }
            self.counts.duplicates += 1;
            return Ok(false);
        }
        if self.way == Way::In {
            self.firsts.push(First { line, value });
        }
        self.counts.observations += 1;
        self.counts.missing += u64::from(value.is_none());
        Ok(true)
    }
}

fn find(list: &Codelist, component: &Component, code: &str) -> Result<u32, Problem> {
    list.position(code).map(|at| at as u32).ok_or_else(|| Problem::UnknownCode {
        component: component.id.clone(),
        code: code.into(),
        list: list.reference.to_string(),
        nearest: list.nearest(code),
    })
}

/// No character that an XML file cannot hold. Line breaks become blanks when written.
fn plain(component: &str, text: &str) -> Result<(), Problem> {
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    match text.chars().find(|c| bad(*c)) {
        Some(found) => {
            Err(Problem::Control { component: component.into(), code: u32::from(found) })
        }
        None => Ok(()),
    }
}
