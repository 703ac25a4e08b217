//! Calibration steps of a study: their concepts, codes and totals.

use super::wrong;
use crate::Error;
use crate::study::{CalibrateSpec, CalibrationName, MarginSpec, Study, Survey, TotalsSpec};
use inclusion_registry::{Concept, ConceptKind, Place, Recipe, Registry, nearest};
use inclusion_survey::Plan;
use inclusion_survey::sample::{Auxiliary, CalibrateTotals, Calibration, Distance, Margin, NEAR};
use std::collections::BTreeMap;
use toml::Spanned;

/// The steps of a survey; their concepts are added to what is read.
pub(super) fn steps(
    study: &Study,
    registry: &Registry,
    survey: &Survey,
    recipes: &[&Recipe],
    plan: &mut Plan,
) -> Result<Vec<Calibration>, Error> {
    let known =
        Known { study, survey, registry, recipes, concepts: registry.concepts_for(recipes[0]) };
    survey.calibrate.iter().map(|spec| known.step(spec, plan)).collect()
}

/// A step in words: `raked to the totals of sex and urbanisation (census 2020)`.
pub(super) fn words(spec: &CalibrateSpec) -> String {
    let by = spec.margins.iter().map(|margin| margin.by.get_ref().replace('*', "×"));
    let size = spec.size.iter().map(|_| "the size of the population".to_string());
    let numbers = spec.numbers.keys().map(|id| id.get_ref().clone());
    let all: Vec<String> = size.chain(by).chain(numbers).collect();
    let how = match spec.method.get_ref() {
        CalibrationName::Poststratify => "post-stratified",
        CalibrationName::Rake => "raked",
        CalibrationName::Linear => "calibrated linearly",
        CalibrationName::BoundedLinear => "calibrated linearly within bounds",
        CalibrationName::Raking => "calibrated multiplicatively",
        CalibrationName::Logit => "calibrated within bounds on the logit scale",
    };
    format!("{how} to known totals of {} ({})", all.join(", "), spec.source)
}

struct Known<'a> {
    study: &'a Study,
    survey: &'a Survey,
    registry: &'a Registry,
    recipes: &'a [&'a Recipe],
    concepts: BTreeMap<String, Concept>,
}

impl Known<'_> {
    fn step(&self, spec: &CalibrateSpec, plan: &mut Plan) -> Result<Calibration, Error> {
        let method = *spec.method.get_ref();
        let fail = |message: &str| Err(wrong(self.study, &spec.method, message.to_string()));
        let bounded = matches!(method, CalibrationName::BoundedLinear | CalibrationName::Logit);
        let (lower, upper) = match (spec.lower, spec.upper) {
            (Some(lower), Some(upper)) if bounded => (lower, upper),
            (None, None) if !bounded => (0.0, 0.0),
            _ if bounded => return fail("`bounded_linear` and `logit` need `lower` and `upper`"),
            _ => return fail("`lower` and `upper` are of `bounded_linear` and `logit`"),
        };
        // Also refuses what is no number.
        if bounded && !(lower < 1.0 && upper > 1.0 && lower.is_finite() && upper.is_finite()) {
            return fail("`lower` is below 1 and `upper` above 1: they are factors of a weight");
        }
        let by_cells = matches!(method, CalibrationName::Poststratify | CalibrationName::Rake);
        if by_cells && (spec.size.is_some() || !spec.numbers.is_empty()) {
            return fail("`poststratify` and `rake` have only margins; `linear` knows more totals");
        }
        let margins = spec
            .margins
            .iter()
            .map(|margin| self.margin(margin, plan))
            .collect::<Result<Vec<Margin>, Error>>()?;
        let distance = match method {
            CalibrationName::Poststratify => {
                return match <[Margin; 1]>::try_from(margins) {
                    Ok([margin]) => Ok(Calibration::Poststratify(margin)),
                    Err(_) => fail(
                        "`poststratify` needs exactly one [[survey.calibrate.margin]]; `rake` \
                         takes several",
                    ),
                };
            }
            CalibrationName::Rake if margins.is_empty() => {
                return fail("`rake` needs at least one [[survey.calibrate.margin]]");
            }
            CalibrationName::Rake => {
                self.same_population(spec, &margins)?;
                return Ok(Calibration::Rake(margins));
            }
            CalibrationName::Linear => Distance::Linear,
            CalibrationName::BoundedLinear => Distance::BoundedLinear { lower, upper },
            CalibrationName::Raking => Distance::Raking,
            CalibrationName::Logit => Distance::Logit { lower, upper },
        };
        let mut targets = Vec::new();
        if let Some(size) = &spec.size {
            if !(size.get_ref().is_finite() && *size.get_ref() > 0.0) {
                let message = "`size` is the number of units in the population, above 0";
                return Err(wrong(self.study, size, message.to_string()));
            }
            targets.push((Auxiliary::Constant, *size.get_ref()));
        }
        for Margin { by, totals } in margins {
            let cells = totals.into_iter();
            targets.extend(
                cells.map(|(codes, total)| (Auxiliary::Cell { by: by.clone(), codes }, total)),
            );
        }
        for (id, total) in &spec.numbers {
            let concept = self.concept(id, id.get_ref(), ConceptKind::Number, plan)?;
            if !total.is_finite() {
                let message = format!("the total of `{concept}` is no finite number");
                return Err(wrong(self.study, id, message));
            }
            targets.push((Auxiliary::Number(concept), *total));
        }
        if targets.is_empty() {
            return fail("a calibration needs `size`, margins or `numbers`");
        }
        Ok(Calibration::Totals(CalibrateTotals { targets, distance }))
    }

    /// Every row is in a cell of every margin, so that no weights meet margins of different sums.
    fn same_population(&self, spec: &CalibrateSpec, margins: &[Margin]) -> Result<(), Error> {
        let sums = margins.iter().map(|m| m.totals.iter().map(|(_, total)| total).sum::<f64>());
        let mut sums = spec.margins.iter().zip(sums);
        let Some((first, whole)) = sums.next() else { return Ok(()) };
        match sums.find(|(_, sum)| (sum / whole - 1.0).abs() > NEAR) {
            Some((other, sum)) => {
                let message = format!(
                    "the totals of `{}` add up to {sum} and those of `{}` to {whole}: all margins count \
                     the same population, so scale one of them to the other's sum",
                    other.by.get_ref(),
                    first.by.get_ref()
                );
                Err(wrong(self.study, &other.by, message))
            }
            None => Ok(()),
        }
    }

    /// A concept that every recipe of the survey has; it is added to what is read.
    fn concept(
        &self,
        at: &Spanned<String>,
        id: &str,
        kind: ConceptKind,
        plan: &mut Plan,
    ) -> Result<String, Error> {
        let word = match kind {
            ConceptKind::Category => "category",
            ConceptKind::Number => "number",
        };
        let fits = |c: &&Concept| c.kind == kind;
        let Some(concept) = self.concepts.get(id).filter(fits) else {
            let names = self.concepts.values().filter(fits).map(|c| c.id.as_str());
            let hint = nearest(id, names).map(|n| format!("; did you mean `{n}`?"));
            let message = format!("no {word} `{id}`{}", hint.unwrap_or_default());
            return Err(wrong(self.study, at, message));
        };
        if let Some(recipe) =
            self.recipes.iter().find(|recipe| !self.registry.has_concept(recipe, id))
        {
            let message = format!(
                "survey `{}`: recipe `{}` has no `{id}`, to which weights are to be adjusted",
                self.survey.id, recipe.id
            );
            return Err(wrong(self.study, at, message));
        }
        plan.concepts.insert(id.to_string(), concept.clone());
        Ok(id.to_string())
    }

    fn margin(&self, spec: &MarginSpec, plan: &mut Plan) -> Result<Margin, Error> {
        let mut by: Vec<String> = Vec::new();
        for id in spec.by.get_ref().split('*').map(str::trim) {
            let id = self.concept(&spec.by, id, ConceptKind::Category, plan)?;
            if by.contains(&id) {
                let message = format!("`{id}` stands twice in `{}`", spec.by.get_ref());
                return Err(wrong(self.study, &spec.by, message));
            }
            by.push(id);
        }
        let totals = match &spec.totals {
            TotalsSpec::Cells(cells) => self.cells(spec, &by, cells)?,
            TotalsSpec::File(path) => self.file(spec, &by, path)?,
        };
        if totals.is_empty() {
            let message = format!("the margin `{}` has no total", spec.by.get_ref());
            return Err(wrong(self.study, &spec.by, message));
        }
        Ok(Margin { by, totals })
    }

    fn cells(
        &self,
        spec: &MarginSpec,
        by: &[String],
        cells: &BTreeMap<String, f64>,
    ) -> Result<Vec<(Vec<String>, f64)>, Error> {
        let mut totals: Vec<(Vec<String>, f64)> = Vec::new();
        for (key, total) in cells {
            let codes: Vec<String> = key.split('*').map(|code| code.trim().to_string()).collect();
            self.cell(by, &codes, *total, &totals).map_err(|message| Error::Study {
                place: self.place_after(&spec.by, key),
                message,
            })?;
            totals.push((codes, *total));
        }
        Ok(totals)
    }

    /// What is wrong with a cell and its total.
    fn cell(
        &self,
        by: &[String],
        codes: &[String],
        total: f64,
        before: &[(Vec<String>, f64)],
    ) -> Result<(), String> {
        if codes.len() != by.len() {
            return Err(format!(
                "`{}` has {} codes, but the margin is by {}; write them as in `{}`",
                codes.join(" * "),
                codes.len(),
                by.len(),
                by.join(" * ")
            ));
        }
        for (id, code) in by.iter().zip(codes) {
            let concept = &self.concepts[id];
            if concept.index_of(code).is_none() {
                let known = concept.codes.iter().map(|c| c.id.as_str());
                let hint = match nearest(code, known.clone()) {
                    Some(near) => format!("; did you mean `{near}`?"),
                    None => format!("; it has {}", known.collect::<Vec<_>>().join(", ")),
                };
                return Err(format!("`{id}` has no code `{code}`{hint}"));
            }
        }
        if !(total.is_finite() && total > 0.0) {
            return Err(format!("the total of `{}` is {total}, not above 0", codes.join(" * ")));
        }
        match before.iter().any(|(known, _)| known == codes) {
            true => Err(format!("`{}` has two totals", codes.join(" * "))),
            false => Ok(()),
        }
    }

    /// Where a key of a margin stands in the study.
    fn place_after(&self, by: &Spanned<String>, key: &str) -> Place {
        let from = by.span().end;
        let tail = self.study.text.get(from..).unwrap_or_default();
        let at = [format!("\"{key}\""), format!("'{key}'"), format!("{key} "), format!("{key}=")]
            .iter()
            .filter_map(|written| tail.find(written.as_str()))
            .min();
        match at {
            Some(at) => Place::at(&self.study.path, &self.study.text, from + at),
            None => self.study.place(by),
        }
    }

    /// Totals of a delimited file: a column for each concept, and `total`.
    fn file(
        &self,
        spec: &MarginSpec,
        by: &[String],
        path: &std::path::Path,
    ) -> Result<Vec<(Vec<String>, f64)>, Error> {
        let shown = path.display().to_string();
        let path = self.study.resolve(path);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::Study {
            place: self.place_after(&spec.by, &shown),
            message: format!("cannot read the totals `{shown}`: {error}"),
        })?;
        let wrong = |line: usize, column: usize, message: String| Error::Study {
            place: Place { file: path.clone(), line, column },
            message,
        };
        let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
        let header = lines.next().map_or("", |(line, _)| line);
        let mark = if header.contains(';') { ';' } else { ',' };
        let names = fields(header, mark);
        let column = |name: &str| {
            names.iter().position(|n| n == name).ok_or_else(|| {
                wrong(
                    1,
                    1,
                    format!("no column `{name}`; the totals need {} and total", by.join(", ")),
                )
            })
        };
        let places: Vec<usize> = by.iter().map(|id| column(id)).collect::<Result<_, Error>>()?;
        let total = column("total")?;
        let mut totals: Vec<(Vec<String>, f64)> = Vec::new();
        for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
            let own = fields(line, mark);
            if own.len() != names.len() {
                let message = format!("{} fields, but the header has {}", own.len(), names.len());
                return Err(wrong(number, 1, message));
            }
            let value = own[total].parse::<f64>().map_err(|_| {
                wrong(number, 1, format!("the total `{}` is not a number", own[total]))
            })?;
            let codes: Vec<String> = places.iter().map(|place| own[*place].clone()).collect();
            self.cell(by, &codes, value, &totals).map_err(|message| wrong(number, 1, message))?;
            totals.push((codes, value));
        }
        Ok(totals)
    }
}

/// The fields of a line; none of them holds a line break.
fn fields(line: &str, mark: char) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == mark && !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("invariant: begins with one field").push(c),
        }
    }
    fields.into_iter().map(|field| field.trim().to_string()).collect()
}
