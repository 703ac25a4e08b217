//! Rows of a table to observations.

use crate::area::{AreaKind, Resolve};
use crate::codes::{Heard, Interned, is_code, text_of, unmapped};
use crate::compile::{AGE, AREA, INDICATOR, Plan, SEX, TIME, UNIT, Value};
use crate::log::{Log, Seen};
use crate::observation::{Flag, Observation, Unit};
use crate::recipe::OutOfRange;
use crate::table::{CellRef, Row};
use crate::values::{Given, parse};
use crate::{Error, period};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Statuses of a value that is not there: not collected, missing.
const NO_VALUE: [&str; 3] = ["L", "M", "O"];

/// Unknown areas that a message names.
const NAMED: usize = 20;

/// What reading a table gives.
pub(crate) struct Assembled {
    pub observations: Vec<Observation>,
    pub rows: u64,
    pub blank: u64,
    pub log: Vec<Flag>,
}

/// Observations while they are put together.
pub(crate) struct Assembly<'a> {
    pub plan: &'a Plan<'a>,
    resolve: Resolve<'a>,
    /// What the names of the value columns say.
    columns: &'a [Heard<'a>],
    names: Vec<Option<Arc<str>>>,
    pub interned: Interned,
    /// Codes of each dimension.
    codes: Vec<Interned>,
    areas: HashMap<String, Option<(Arc<str>, AreaKind)>>,
    unknown: Vec<(u64, String)>,
    log: Log,
    out: Vec<Observation>,
    blank: u64,
}

/// Reads all rows.
pub(crate) fn assemble(plan: &Plan<'_>, resolve: Resolve<'_>) -> Result<Assembled, Error> {
    let mut interned = Interned::default();
    let several = plan.values.len() > 1;
    let columns = plan.values.iter().map(|v| heard_of(plan, v)).collect::<Result<Vec<_>, _>>()?;
    let mut assembly = Assembly {
        plan,
        resolve,
        columns: &columns,
        names: plan
            .values
            .iter()
            .map(|v| several.then(|| interned.get(&plan.table.columns[v.column])))
            .collect(),
        interned,
        codes: plan.roles.iter().map(|_| Interned::default()).collect(),
        areas: HashMap::new(),
        unknown: Vec::new(),
        log: Log::default(),
        out: Vec::new(),
        blank: 0,
    };
    let (rows, mut log) = plan.table.each(&mut |row| assembly.row(row))?;
    if let Some((line, _)) = assembly.unknown.first() {
        let spot = plan.table.spot(*line, plan.roles[AREA].column);
        let areas = assembly.unknown.into_iter().map(|(_, text)| text).collect();
        return Err(Error::UnknownAreas { spot, areas });
    }
    log.extend(assembly.log.into_flags());
    Ok(Assembled { observations: assembly.out, rows, blank: assembly.blank, log })
}

/// What the name of a value column says, and what the recipe sets for it.
fn heard_of<'a>(plan: &'a Plan<'a>, value: &'a Value) -> Result<Heard<'a>, Error> {
    let mut heard = Heard::new(plan.roles.len());
    for (role, text) in &value.captured {
        if !heard.hear(&plan.roles, *role, text.into()) {
            return Err(Error::Recipe {
                recipe: plan.recipe.id.clone(),
                message: format!(
                    "column `{}` of {} says `{text}` for {}, which maps no such text; map it, or set `others`",
                    plan.table.columns[value.column],
                    plan.table.path.display(),
                    plan.roles[*role].shown()
                ),
            });
        }
    }
    for (role, code) in &value.set {
        heard.set(*role, code);
    }
    Ok(heard)
}

impl<'a> Assembly<'a> {
    fn row(&mut self, row: &Row<'_>) -> Result<(), Error> {
        let plan = self.plan;
        for (column, rule) in &plan.skip {
            let (text, rule) = (row.cell(*column).text(), &plan.recipe.skip[*rule]);
            if rule.values.iter().any(|v| *v == *text) {
                let seen = Seen {
                    file: &plan.table.file,
                    line: row.line,
                    column: None,
                    value: Some(&text),
                };
                self.log.note("rows_skipped", &rule.reason, seen, || rule.reason.clone());
                return Ok(());
            }
        }
        let mut heard = Heard::new(plan.roles.len());
        let mut date = None;
        for (role, of) in plan.roles.iter().enumerate() {
            let Some(column) = of.column else { continue };
            let cell = row.cell(column);
            if let (TIME, CellRef::Date(year, text)) = (role, cell) {
                date = Some((year, text));
            }
            let text = text_of(plan, row.line, column, cell)?;
            if !heard.hear(&plan.roles, role, text) {
                let text = row.cell(column).text();
                return Err(unmapped(plan, row.line, Some(column), role, &text));
            }
        }
        for index in 0..plan.values.len() {
            self.value(row, index, &heard, date)?;
        }
        Ok(())
    }

    fn value(
        &mut self,
        row: &Row<'_>,
        index: usize,
        heard: &Heard<'_>,
        date: Option<(i32, &str)>,
    ) -> Result<(), Error> {
        let plan = self.plan;
        let value = &plan.values[index];
        let cell = row.cell(value.column);
        let (line, column) = (row.line, Some(value.column));
        let name = self.names[index].clone();
        let file = plan.table.file.clone();
        let seen = Seen { file: &file, line, column: name.as_ref(), value: None };
        if cell == CellRef::Empty {
            self.blank += 1;
            return Ok(());
        }
        if heard.skip || self.columns[index].skip {
            let reason = "series or categories that the recipe does not read";
            self.log.note("values_skipped", "", seen, || reason.into());
            return Ok(());
        }
        // The name of the value's column says it, else the row, else the file.
        let heard_column = &self.columns[index];
        let code = |role: usize| {
            let fixed = || plan.roles[role].fixed.as_deref();
            heard_column.code(role).or_else(|| heard.code(role)).or_else(fixed)
        };
        let checked = |role: usize, code: &'_ str| match is_code(role, code) {
            true => Ok(()),
            false => Err(unmapped(plan, line, plan.roles[role].column.or(column), role, code)),
        };
        let said = |role: usize, default: &'static str| {
            let code = code(role).unwrap_or(default);
            checked(role, code).map(|()| code)
        };
        let (indicator, unit_code) = (said(INDICATOR, "")?, said(UNIT, "")?);
        if unit_code.is_empty() {
            return Err(Error::File {
                spot: plan.table.spot(line, plan.roles[UNIT].column.or(column)),
                message: "nothing says the unit of this value; give it in the recipe's `[unit]`, or set `unit` for the run: in a study, `set = { unit = \"percent\" }` of the series".into(),
            });
        }
        // Where nothing speaks of ages, they are not stated; a source that means all ages says so.
        let (sex, age) = (said(SEX, "_T")?, said(AGE, "_X")?);
        let mut breakdowns = BTreeMap::new();
        for role in AGE + 1..plan.roles.len() {
            let code = said(role, "_T")?;
            if !matches!(code, "_T" | "") {
                let code = self.codes[role].get(code);
                if self.codes[role].len() > plan.max_categories {
                    return Err(Error::Limit {
                        spot: plan.table.spot(line, plan.roles[role].column.or(column)),
                        what: format!(
                            "more than {} distinct codes of {}",
                            plan.max_categories,
                            plan.roles[role].shown()
                        ),
                        limit: plan.max_categories as u64,
                        option: "max_categories",
                    });
                }
                breakdowns.insert(plan.roles[role].name.clone(), code);
            }
        }
        let Some((ref_area, area_kind)) = self.area(said(AREA, "")?, line)? else {
            return Ok(());
        };
        // A date names its year itself, unless the column's name or the recipe says another.
        let dated = date.filter(|_| heard_column.code(TIME).is_none());
        let of_date = dated.map(|(year, _)| year.to_string());
        let time = match &of_date {
            Some(year) => year,
            None => said(TIME, "")?,
        };
        // A day's number in a sheet that does not say that it is a date is taken as it stands, and flagged.
        let serial = || plan.table.sheet.as_ref().and_then(|_| period::serial(time));
        let year = match dated.map(|(year, _)| year).or_else(serial) {
            Some(year) => year,
            None => period::year(time, plan.recipe.time.rule).map_err(|hint| Error::Period {
                spot: plan.table.spot(line, plan.roles[TIME].column.or(column)),
                value: time.into(),
                hint,
            })?,
        };
        let known = period::YEARS.contains(&year);
        if !known || dated.is_some() {
            let column = plan.roles[TIME].column.map(|c| Arc::from(&*plan.table.columns[c]));
            let column = column.or_else(|| name.clone());
            let value = Some(dated.map_or(time, |(_, text)| text));
            let seen = Seen { column: column.as_ref(), value, ..seen };
            match known {
                false => self.log.note("year_out_of_range", "", seen, || {
                    "a year is not of 1900 to 2100; look whether it is a date".into()
                }),
                true => self.log.note("date_for_year", "", seen, || {
                    "dates stand for their years; look whether years are shown as dates".into()
                }),
            }
        }
        let unit = Unit::of(unit_code);
        let power =
            self.whole(row, value.attributes.multiplier, &plan.recipe.attribute.multiplier)?;
        let shift = unit.shift() + power;
        let given = parse(plan, line, value.column, cell, shift)?;
        let mut statuses = given.statuses.clone();
        statuses.extend(self.status(row, value)?);
        let [se, lower, upper] = self.uncertainty(row, value, shift)?;
        let mut observation = Observation {
            indicator: self.interned.get(indicator),
            ref_area,
            area_kind,
            sex: self.interned.get(sex),
            age: self.interned.get(age),
            breakdowns,
            time_period: self.interned.get(time),
            year,
            value: given.value,
            unit,
            text: self.interned.get(&given.text),
            se,
            lower,
            upper,
            nature: self.nature(row, value)?,
            obs_status: statuses.iter().map(|s| self.interned.get(s)).collect(),
            source: self.attribute(row, value.attributes.source, &plan.recipe.attribute.source)?,
            edition: self
                .attribute(row, value.attributes.edition, &plan.recipe.attribute.edition)?
                .or_else(|| plan.edition.as_deref().map(|e| self.interned.get(e))),
            reporting: self.attribute(
                row,
                value.attributes.reporting,
                &plan.recipe.attribute.reporting,
            )?,
            footnotes: Vec::new(),
            file: file.clone(),
            line,
            column: name.clone(),
        };
        for column in &value.attributes.footnotes {
            let text = text_of(plan, line, *column, row.cell(*column))?;
            if !text.is_empty() {
                observation.footnotes.push(self.interned.get(&text));
            }
        }
        self.judge(&mut observation, &given, seen, value.column)?;
        self.out.push(observation);
        Ok(())
    }

    /// What the value says against its unit, its bounds and its status.
    fn judge(
        &mut self,
        observation: &mut Observation,
        given: &Given,
        seen: Seen<'_>,
        column: usize,
    ) -> Result<(), Error> {
        let seen = Seen { value: Some(&given.text), ..seen };
        let about = observation.indicator.clone();
        if observation.value.is_some() && observation.has_status("Q") {
            // A figure that its source withholds is shown nowhere, the log included.
            let seen = Seen { value: None, ..seen };
            self.log.note("suppressed_value", &about, seen, || {
                format!("{about}: values with the status Q (suppressed) are not taken over")
            });
            (observation.value, observation.se) = (None, None);
            (observation.lower, observation.upper) = (None, None);
            observation.text = self.interned.get("");
            return Ok(());
        }
        if observation.value.is_some()
            && let Some(status) = NO_VALUE.into_iter().find(|code| observation.has_status(code))
        {
            self.log.note("value_of_missing_status", &about, seen, || {
                format!("{about}: values with the status {status} (missing) are not taken over")
            });
            (observation.value, observation.se) = (None, None);
            (observation.lower, observation.upper) = (None, None);
            return Ok(());
        }
        let (Some(value), Some((low, high, range))) = (observation.value, observation.unit.range())
        else {
            return Ok(());
        };
        // 1e-9 in the numbers of the file.
        let slack = 1e-9 * 10f64.powi(observation.unit.shift());
        if value < low - slack || value > high + slack {
            if self.plan.recipe.out_of_range == OutOfRange::Fail {
                return Err(Error::OutOfRange {
                    spot: self.plan.table.spot(seen.line, Some(column)),
                    value: given.text.clone(),
                    unit: observation.unit.code().into(),
                    range,
                });
            }
            self.log.note("share_out_of_range", &about, seen, || {
                format!("{about}: values outside {range} are not taken over")
            });
            (observation.value, observation.se) = (None, None);
            (observation.lower, observation.upper) = (None, None);
            return Ok(());
        }
        observation.value = Some(value.clamp(low, high));
        if observation.unit == Unit::Per100 && value > 1.0 {
            self.log.note("above_100_per_100", &about, seen, || {
                format!("{about}: more than 100 per 100 people, so it counts things and not people")
            });
        }
        let bounds = [observation.lower, observation.upper];
        if high.is_finite()
            && bounds.iter().flatten().any(|bound| *bound < low - slack || *bound > high + slack)
        {
            self.log.note("bounds_out_of_range", &about, seen, || {
                format!("{about}: bounds outside {range} end there")
            });
        }
        let within = |bound: Option<f64>| bound.map(|bound| bound.clamp(low, high));
        [observation.lower, observation.upper] = bounds.map(within);
        if observation.se.is_some_and(|se| se > high - low) {
            self.log.note("se_out_of_range", &about, seen, || {
                format!(
                    "{about}: standard errors larger than the scale, {range}, are not taken over"
                )
            });
            observation.se = None;
        }
        let outside = observation.lower.is_some_and(|l| l > value)
            || observation.upper.is_some_and(|u| u < value);
        if outside {
            self.log.note("outside_bounds", &about, seen, || {
                format!("{about}: values outside their own bounds")
            });
        }
        Ok(())
    }

    /// The area of a text; `None` if it is unknown, which stops the run when all rows are seen.
    fn area(&mut self, text: &str, line: u64) -> Result<Option<(Arc<str>, AreaKind)>, Error> {
        let plan = self.plan;
        let known = match self.areas.get(text) {
            Some(known) => known.clone(),
            None => {
                if text.is_empty() {
                    let column = plan.roles[AREA].column;
                    return Err(Error::UnmappedValue {
                        spot: plan.table.spot(line, column),
                        value: String::new(),
                        role: "`[area]`".into(),
                        recipe: plan.recipe.id.clone(),
                        near: Vec::new(),
                    });
                }
                let field = &plan.recipe.area;
                let found = match field.groups.get(text) {
                    Some(group) => Some((self.interned.get(group), AreaKind::Group)),
                    None => {
                        match (self.resolve)(field.map.get(text).map_or(text, String::as_str)) {
                            Ok(area) => Some((self.interned.get(&area.code), area.kind)),
                            Err(near) => {
                                self.unknown(text, line, &near);
                                None
                            }
                        }
                    }
                };
                self.areas.insert(text.into(), found.clone());
                found
            }
        };
        if let Some((code, kind)) = &known
            && *kind != AreaKind::Country
        {
            let seen = Seen { file: &plan.table.file, line, column: None, value: Some(text) };
            self.log.note("not_a_country", code, seen, || {
                let what = match kind {
                    AreaKind::Former => "an area that is no more",
                    AreaKind::Part => "a part of a country",
                    _ => "a group of countries",
                };
                format!("{code} is {what}: kept, and part of no country statistics")
            });
        }
        Ok(known)
    }

    fn unknown(&mut self, text: &str, line: u64, near: &[String]) {
        if self.unknown.len() >= NAMED {
            return;
        }
        let word = self.plan.table.word;
        let mut said = format!("`{}` ({word} {line}", crate::error::shown(text));
        if !near.is_empty() {
            said.push_str(&format!("; near: `{}`", near.join("`, `")));
        }
        said.push(')');
        self.unknown.push((line, said));
    }
}
