//! A study as a neutral description: columns, recodes, conditions, design, estimands.
//!
//! Columns have the names that the files give them, which the headers tell.

use super::Names;
use super::formula::{Formula, formula};
use super::script::{
    Column, Estimand, Maker, Part, RawCheck, Rule, Script, SplitBy, StageColumns, StageKind, Table,
    WeightKind, reason,
};
use super::text::canonical;
use crate::Error;
use crate::plan::{Part as PlannedPart, Population, Prepared, Sample, is_by_sex, is_compared};
use inclusion_estimate::Measure;
use inclusion_ingest::{Format, Header, HeaderColumn};
use inclusion_registry::{
    Case, Concept, ConceptKind, Derive, Indicator, Mapping, QuantileUnit, RawTest, Recipe,
    Statistic, Ties, Unmatched,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) fn describe(
    prepared: &Prepared,
    sample: &Sample,
    known: Names<'_>,
) -> Result<Script, Error> {
    let several = sample.parts.len() > 1;
    let mut parts = Vec::new();
    let mut names = BTreeSet::new();
    for part in &sample.parts {
        let context = Context::new(part, &mut names, known)?;
        parts.push(context.part(prepared, sample)?);
    }
    let design = &sample.parts[0].recipe.design;
    let kind = |stratum: &[String], psu: &[String], fpc: &Option<String>| StageKind {
        stratum: !stratum.is_empty(),
        psu: !psu.is_empty(),
        fpc: fpc.is_some(),
    };
    let mut stages = vec![kind(&design.stratum, &design.psu, &design.fpc)];
    stages.extend(design.stages.iter().map(|s| kind(&s.stratum, &s.psu, &s.fpc)));
    let weight = match (&design.weight, design.weight_from_fpc) {
        (Some(_), _) => WeightKind::Column,
        (None, true) => WeightKind::Implied,
        (None, false) => WeightKind::One,
    };
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for split in &sample.plan.breakdowns {
        for id in split.concepts.iter().chain(&split.joint) {
            let stated = sample.plan.concepts[id].codes.iter().filter(|code| !code.unstated);
            codes.insert(id.clone(), stated.map(|code| code.id.clone()).collect());
        }
    }
    let mut left_out: Vec<String> =
        sample.unavailable.iter().map(|(id, why)| format!("{id}: {why}")).collect();
    left_out.extend(sample.diagnostics.iter().map(|diagnostic| diagnostic.message.to_string()));
    let sex = match &sample.parts[..] {
        [part] => part.recipe.concepts.get("sex").and_then(|mapping| mapping.fixed.clone()),
        _ => None,
    };
    Ok(Script {
        sex: sex.unwrap_or_default(),
        head: head(prepared, sample),
        replicates: parts[0].replicates.len(),
        parts,
        options: sample.options.clone(),
        stages,
        weight,
        codes,
        estimands: estimands(prepared, sample),
        separate: several,
        left_out,
    })
}

fn head(prepared: &Prepared, sample: &Sample) -> Vec<String> {
    let plan = &sample.plan;
    let mut lines = vec![format!("{}: {}", prepared.study.file.study.title, plan.sample)];
    for part in &sample.parts {
        let recipe = &part.recipe;
        lines.push(format!("{} by recipe {} {}", recipe.name, recipe.id, recipe.version));
    }
    lines.push(
        "It makes every figure, also those that the disclosure review withholds: not for print."
            .into(),
    );
    lines
}

fn estimands(prepared: &Prepared, sample: &Sample) -> Vec<Estimand> {
    let registry = &prepared.registry;
    let of = |indicator: &Indicator| {
        let by_sex = is_by_sex(indicator, registry);
        let splits = sample
            .plan
            .breakdowns
            .iter()
            .filter(|split| split.concepts.iter().all(|id| registry.may_split(indicator, id)))
            .map(|split| SplitBy {
                by: split.concepts.clone(),
                sex: by_sex && !split.joint.is_empty(),
            })
            .collect();
        let share = match indicator.statistic {
            Statistic::Proportion => true,
            Statistic::Ratio => indicator.unit == "percent",
            _ => false,
        };
        let base = sample.base_populations.get(&indicator.id);
        let population: Option<&Population> = base.or(sample.population.as_ref());
        let all: Vec<Formula> = prepared
            .measures
            .iter()
            .filter(|_| is_compared(indicator))
            .filter_map(|m| formula(*m, indicator.direction, share, population))
            .collect();
        let counts = |f: &Formula| {
            matches!(f.name, "user_difference" | "women_to_parity" | "excess_offline")
        };
        let (persons, measures) = all.into_iter().partition(counts);
        Estimand {
            name: variable(&indicator.id),
            indicator: indicator.clone(),
            share,
            splits,
            measures,
            persons,
            population: population.map(|p| (p.women, p.men)),
            whole_survey: base.is_none() && population.is_some(),
            headcount: share
                && indicator.kind == inclusion_registry::IndicatorKind::Rate
                && prepared.measures.contains(&Measure::Headcount),
        }
    };
    sample.plan.indicators.iter().map(|planned| of(&planned.indicator)).collect()
}

/// An id as a name that every program takes.
pub(super) fn variable(id: &str) -> String {
    let name: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => name,
        false => format!("v{name}"),
    }
}

/// The files of one recipe while columns are found.
struct Context<'a> {
    recipe: &'a Recipe,
    headers: Vec<Header>,
    tables: Vec<Table>,
}

impl<'a> Context<'a> {
    fn new(
        part: &'a PlannedPart,
        names: &mut BTreeSet<String>,
        known: Names<'_>,
    ) -> Result<Context<'a>, Error> {
        let recipe = &part.recipe;
        let roles = std::iter::once(&recipe.rows).chain(recipe.joins.iter().map(|j| &j.file));
        let (mut headers, mut tables) = (Vec::new(), Vec::new());
        for role in roles {
            let spec = &recipe.files[role];
            let paths = part.files[role].clone();
            let is_absent = matches!(known, Names::OfTables) && !paths[0].exists();
            let read = match known {
                Names::Read(headers) => headers.get(&paths[0]),
                _ => None,
            };
            let header = match (read, is_absent) {
                (Some(header), _) => header.clone(),
                (None, true) => named_by(recipe, role, &paths[0]),
                (None, false) => inclusion_ingest::header(&paths[0], spec)?,
            };
            let mut name = variable(role);
            while !names.insert(name.clone()) {
                name.push('_');
            }
            tables.push(Table {
                role: role.clone(),
                name,
                paths,
                absent: is_absent,
                format: header.format.clone(),
                header_row: spec.header_row.unwrap_or(1).max(1),
                sheet: spec.sheet.clone(),
                on: Vec::new(),
                keep_unmatched: false,
                used: BTreeSet::new(),
            });
            headers.push(header);
        }
        Ok(Context { recipe, headers, tables })
    }

    fn part(mut self, prepared: &Prepared, sample: &Sample) -> Result<Part, Error> {
        let recipe = self.recipe;
        for (at, join) in recipe.joins.iter().enumerate() {
            for (own, other) in &join.on {
                let pair = (self.column(0, own, "a join")?, self.column(at + 1, other, "a join")?);
                self.tables[at + 1].on.push(pair);
            }
            self.tables[at + 1].keep_unmatched = join.unmatched == Unmatched::Keep;
        }
        let mut keep = Vec::new();
        for test in &recipe.keep {
            let column = self.column(0, &test.column, "keep")?;
            let values = (!test.values.is_empty())
                .then(|| keys(&test.values, &column, None, &self.headers[0]));
            let check = RawCheck { column, values, min: test.min, max: test.max };
            keep.push((check, test.reason.clone()));
        }
        let wanted: Vec<String> = sample.plan.concepts.keys().cloned().collect();
        let mut makers = Vec::new();
        for concept in inclusion_ingest::makers(recipe, &prepared.registry, &wanted)? {
            makers.push(self.maker(&concept)?);
        }
        let design = &recipe.design;
        let weight = match &design.weight {
            Some(weight) => {
                let column = self.column(0, &weight.column, "the weight")?;
                Some((column, weight.divide_by.unwrap_or(1.0)))
            }
            None => None,
        };
        let mut stages = vec![self.stage(&design.stratum, &design.psu, &design.fpc)?];
        for stage in &design.stages {
            stages.push(self.stage(&stage.stratum, &stage.psu, &stage.fpc)?);
        }
        let (mut replicates, mut combined) = (Vec::new(), true);
        if let Some(spec) = &design.replicates {
            combined = spec.combined;
            for name in self.headers[0].replicates(&recipe.id, spec)? {
                replicates.push(self.column(0, &name, "replicates")?);
            }
        }
        let by_household =
            |maker: &Maker| matches!(maker.rule, Rule::Quantile { household: true, .. });
        let household = match makers.iter().any(by_household) {
            true => self.columns(&recipe.household_key, "the household")?,
            false => Vec::new(),
        };
        let mut key = Vec::new();
        for name in &recipe.key {
            // The scripts do not read the key, so that it is none of the used columns.
            let used = self.tables[0].used.clone();
            key.push(self.column(0, name, "the row key")?);
            self.tables[0].used = used;
        }
        let tables = self.tables;
        Ok(Part { tables, key, keep, makers, weight, stages, replicates, combined, household })
    }

    fn stage(
        &mut self,
        stratum: &[String],
        psu: &[String],
        fpc: &Option<String>,
    ) -> Result<StageColumns, Error> {
        Ok(StageColumns {
            stratum: self.columns(stratum, "the stratum")?,
            psu: self.columns(psu, "the PSU")?,
            fpc: match fpc {
                Some(name) => Some(self.column(0, name, "the finite population")?),
                None => None,
            },
        })
    }

    fn columns(&mut self, names: &[String], role: &str) -> Result<Vec<Column>, Error> {
        names.iter().map(|name| self.column(0, name, role)).collect()
    }

    fn column(&mut self, table: usize, name: &str, role: &str) -> Result<Column, Error> {
        let found = self.headers[table].column(&self.recipe.id, role, name)?.clone();
        let role = match table {
            0 => &self.recipe.rows,
            at => &self.recipe.joins[at - 1].file,
        };
        let spec = &self.recipe.files[role];
        self.tables[table].used.insert(found.name.clone());
        let mut blanks: Vec<String> = spec.missing.iter().map(|t| t.trim().to_string()).collect();
        blanks.extend(found.missing_texts.iter().cloned());
        blanks.extend(found.missing.iter().map(f64::to_string));
        blanks.retain(|text| !text.is_empty());
        Ok(Column {
            table,
            name: found.name,
            text: found.text,
            decimal: spec.decimal.unwrap_or('.'),
            thousands: spec.thousands,
            blanks: blanks.iter().map(|text| canonical(text)).collect(),
            blank_range: found.missing_range,
        })
    }

    fn table(&self, file: &Option<String>) -> usize {
        let role = file.as_deref().unwrap_or(&self.recipe.rows);
        self.recipe.joins.iter().position(|join| join.file == role).map_or(0, |at| at + 1)
    }

    fn maker(&mut self, concept: &Concept) -> Result<Maker, Error> {
        let rule = match (self.recipe.concepts.get(&concept.id), &concept.derive) {
            (Some(mapping), _) => self.mapped(concept, mapping)?,
            (None, Some(derive)) => derived(concept, derive),
            (None, None) => {
                return Err(Error::Internal(format!("`{}` is made of nothing", concept.id)));
            }
        };
        // Counts may go beyond what is plausible for a mapped number.
        let mapped = self.recipe.concepts.contains_key(&concept.id);
        Ok(Maker {
            id: concept.id.clone(),
            name: concept.name.clone(),
            number: concept.kind == ConceptKind::Number,
            codes: concept.codes.iter().map(|code| code.id.clone()).collect(),
            rule,
            min: concept.min.filter(|_| mapped),
            max: concept.max.filter(|_| mapped),
        })
    }

    fn mapped(&mut self, concept: &Concept, mapping: &Mapping) -> Result<Rule, Error> {
        let table = self.table(&mapping.file);
        let role = format!("concept {}", concept.id);
        let blank = mapping.blank.map(reason).or_else(|| mapping.blank_code.clone());
        let others = mapping.others.clone();
        if mapping.labels && self.tables[table].absent {
            return Err(Error::Usage(format!(
                "concept `{}` maps labels (`labels = true`), and which values have them only the file `{}` tells, \
                 which is not there: put it there (no row of it is read), or map the values",
                concept.id,
                self.tables[table].paths[0].display()
            )));
        }
        if let Some(fixed) = &mapping.fixed {
            return Ok(Rule::Fixed(fixed.clone()));
        }
        if let Some(name) = &mapping.column {
            let column = self.column(table, name, &role)?;
            let found = self.headers[table].column(&self.recipe.id, &role, name)?;
            let mut pairs: Vec<(String, String)> = Vec::new();
            let mut add = |key: String, result: &str| {
                if !pairs.iter().any(|(known, _)| *known == key) {
                    pairs.push((key, result.to_string()));
                }
            };
            for (key, code) in &mapping.map {
                values_of(key, mapping.labels, found).into_iter().for_each(|key| add(key, code));
            }
            for (key, why) in &mapping.missing {
                let why = reason(*why);
                values_of(key, mapping.labels, found).into_iter().for_each(|key| add(key, &why));
            }
            if let Some(blank) = &blank {
                column.blanks.iter().for_each(|key| add(key.clone(), blank));
            }
            let scale = mapping.scale.unwrap_or(1.0);
            return Ok(Rule::Column { column, pairs, blank, others, scale });
        }
        let (mut cases, mut columns): (Vec<_>, Vec<Column>) = (Vec::new(), Vec::new());
        for Case { when, code, missing } in &mapping.cases {
            let mut checks = Vec::new();
            for (name, test) in when {
                let column = self.column(table, name, &role)?;
                if !columns.contains(&column) {
                    columns.push(column.clone());
                }
                checks.push(match test {
                    RawTest::Values(values) => {
                        let labels = mapping.labels.then_some(name.as_str());
                        let header = &self.headers[table];
                        let values = keys(values, &column, labels, header);
                        RawCheck { column, values: Some(values), min: None, max: None }
                    }
                    RawTest::Range { min, max } => {
                        RawCheck { column, values: None, min: *min, max: *max }
                    }
                });
            }
            let result = code.clone().or_else(|| missing.map(reason)).unwrap_or_default();
            cases.push((checks, result));
        }
        Ok(Rule::Cases { cases, columns, blank, others })
    }
}

/// The header of a table of a warehouse: the columns that a recipe names.
fn named_by(recipe: &Recipe, role: &str, path: &Path) -> Header {
    let mut names: BTreeSet<&String> = BTreeSet::new();
    if role == recipe.rows {
        let design = &recipe.design;
        names.extend(design.weight.iter().map(|weight| &weight.column));
        names.extend(design.stratum.iter().chain(&design.psu).chain(&design.fpc));
        for stage in &design.stages {
            names.extend(stage.stratum.iter().chain(&stage.psu).chain(&stage.fpc));
        }
        names.extend(design.replicates.iter().flat_map(|replicates| &replicates.columns));
        names.extend(recipe.key.iter().chain(&recipe.household_key));
        names.extend(recipe.keep.iter().map(|keep| &keep.column));
        names.extend(recipe.joins.iter().flat_map(|join| join.on.keys()));
    }
    for join in recipe.joins.iter().filter(|join| join.file == role) {
        names.extend(join.on.values());
    }
    for mapping in recipe.concepts.values() {
        if mapping.file.as_deref().unwrap_or(&recipe.rows) == role {
            names.extend(&mapping.column);
            names.extend(mapping.cases.iter().flat_map(|case| case.when.keys()));
        }
    }
    let column = |name: &&String| HeaderColumn {
        name: name.to_string(),
        text: true,
        labels: BTreeMap::new(),
        missing: Vec::new(),
        missing_range: None,
        missing_texts: Vec::new(),
    };
    let columns = names.iter().map(column).collect();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let format = match ending.as_deref() {
        Some("sav" | "zsav") => Format::Spss,
        Some("dta") => Format::Stata,
        Some("csv" | "tsv" | "tab" | "txt" | "gz") => {
            Format::Delimited { delimiter: ',', encoding: "utf-8".to_string(), gzip: false }
        }
        _ => Format::Parquet,
    };
    Header { path: path.to_path_buf(), format, columns }
}

/// The keys of accepted values; where a blank is accepted, what stands for one is, too.
fn keys(values: &[String], column: &Column, labels: Option<&str>, header: &Header) -> Vec<String> {
    let found = header.columns.iter().find(|known| known.name == column.name);
    let mut list: Vec<String> = Vec::new();
    for value in values {
        match found {
            Some(found) => list.extend(values_of(value, labels.is_some(), found)),
            None => list.push(canonical(value.trim())),
        }
    }
    if values.iter().any(|value| value.trim().is_empty()) {
        list.extend(column.blanks.iter().cloned());
    }
    list.dedup();
    list
}

/// The values that a key of a mapping means: itself, or those with this label.
fn values_of(key: &str, labels: bool, column: &HeaderColumn) -> Vec<String> {
    let key = key.trim();
    let labelled: Vec<String> = column
        .labels
        .iter()
        .filter(|(_, label)| labels && label.trim() == key)
        .map(|(value, _)| canonical(value))
        .collect();
    if labelled.is_empty() { vec![canonical(key)] } else { labelled }
}

fn derived(concept: &Concept, derive: &Derive) -> Rule {
    match derive {
        Derive::Band { of } => {
            let limited = concept.codes.iter().filter(|c| c.min.is_some() || c.max.is_some());
            let bands = limited.map(|c| (c.id.clone(), c.min, c.max)).collect();
            Rule::Band { of: of.clone(), bands }
        }
        Derive::Count { of, codes } => Rule::Count { of: of.clone(), codes: codes.clone() },
        Derive::Cases(cases) => Rule::Derived {
            cases: cases.iter().map(|case| (case.when.clone(), case.code.clone())).collect(),
            needs: derive.concepts().into_iter().map(str::to_string).collect(),
        },
        Derive::Quantile { of, unit, ties, .. } => Rule::Quantile {
            of: of.clone(),
            codes: concept.codes.iter().map(|code| code.id.clone()).collect(),
            household: *unit == QuantileUnit::Household,
            upper: *ties == Ties::Upper,
        },
    }
}
