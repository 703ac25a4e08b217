//! Observations of one or several files, with where they come from and what was noticed.

use crate::area::{AreaKind, Resolve};
use crate::observation::{Flag, Observation};
use crate::recipe::SeriesRecipe;
use crate::table::Table;
use crate::{Error, Options, assemble, checks, compile};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A file that observations come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Name of the file, without folders.
    pub file: Arc<str>,
    /// SHA-256 of the file in hexadecimal; empty for rows that no file holds.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Recipe, `id version`.
    pub recipe: String,
    /// Name of the source and its publisher.
    pub source: String,
    /// Terms of use, where they are known.
    pub terms: Option<String>,
    /// Notes printed with every table made from it.
    pub notes: Vec<String>,
    /// Rows below the header.
    pub rows: u64,
    /// Empty cells of value columns, which make no observation.
    pub blank: u64,
    /// Observations.
    pub observations: u64,
    /// Of these, observations without a value.
    pub missing: u64,
}

/// Published figures with their provenance and quality log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// In the order of the files, none twice.
    pub observations: Vec<Observation>,
    /// Their files.
    pub provenance: Vec<Provenance>,
    /// What was noticed and accepted.
    pub log: Vec<Flag>,
}

/// One figure by sex: the same series, area, period, age, breakdowns and class of unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BySex<'a> {
    /// Women.
    pub women: Option<&'a Observation>,
    /// Men.
    pub men: Option<&'a Observation>,
    /// Both sexes.
    pub total: Option<&'a Observation>,
}

/// Reads a file by a recipe.
///
/// # Errors
///
/// [`Error`] names the user's file, line, column and value, and what to do.
pub fn read(
    path: &Path,
    recipe: &SeriesRecipe,
    resolve: Resolve<'_>,
    options: &Options,
) -> Result<Series, Error> {
    read_table(&Table::open(path, &recipe.file, options)?, recipe, resolve, options)
}

/// Reads a table that is open, or that another reader gave as columns and rows.
///
/// # Errors
///
/// As [`read`].
pub fn read_table(
    table: &Table,
    recipe: &SeriesRecipe,
    resolve: Resolve<'_>,
    options: &Options,
) -> Result<Series, Error> {
    let plan = compile::plan(recipe, table, options)?;
    let read = assemble::assemble(&plan, resolve)?;
    let rows = read.rows;
    if rows == 0 {
        return Err(Error::file(&table.path, "no data rows: the table has only a header"));
    }
    let (observations, repeated) =
        checks::unique(read.observations, &plan.unused, |observation| {
            let own = |value: &&crate::compile::Value| {
                observation.column.as_deref() == Some(&*table.columns[value.column])
            };
            let value = plan.values.iter().find(own).or(plan.values.first());
            table.spot(observation.line, value.map(|value| value.column))
        })?;
    let mut log = read.log;
    log.extend(repeated);
    log.extend(checks::remarks(&observations));
    let provenance = Provenance {
        file: table.file.clone(),
        sha256: table.sha256.clone(),
        size: table.size,
        recipe: format!("{} {}", recipe.id, recipe.version),
        source: format!("{}, {}", recipe.producer, recipe.name),
        terms: recipe.terms.clone(),
        notes: recipe.notes.clone(),
        rows,
        blank: read.blank,
        observations: observations.len() as u64,
        missing: observations.iter().filter(|o| o.value.is_none()).count() as u64,
    };
    Ok(Series { observations, provenance: vec![provenance], log })
}

impl Series {
    /// From observations that another reader made, such as one of SDMX.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] if two are of the same and differ.
    pub fn from_observations(
        observations: Vec<Observation>,
        provenance: Vec<Provenance>,
    ) -> Result<Series, Error> {
        let (observations, mut log) = checks::unique(observations, &[], checks::spot)?;
        log.extend(checks::remarks(&observations));
        Ok(Series { observations, provenance, log })
    }

    /// Several series as one. What stands in two of them with the same value counts once.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] if two are of the same and differ.
    pub fn merge(parts: Vec<Series>) -> Result<Series, Error> {
        let mut all = Series::default();
        for part in parts {
            all.observations.extend(part.observations);
            all.provenance.extend(part.provenance);
            all.log.extend(part.log);
        }
        let (observations, repeated) = checks::unique(all.observations, &[], checks::spot)?;
        all.log.extend(repeated);
        Ok(Series { observations, ..all })
    }

    /// Observations of countries: without groups, and without areas that are no more.
    pub fn countries(&self) -> impl Iterator<Item = &Observation> {
        self.observations.iter().filter(|o| o.area_kind == AreaKind::Country)
    }

    /// Series codes, sorted.
    pub fn indicators(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.observations.iter().map(|o| &*o.indicator).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Women, men and totals side by side, ordered by series, area, age, breakdowns and period.
    pub fn by_sex(&self) -> Vec<BySex<'_>> {
        by_sex(&self.observations)
    }

    /// The latest figure with a value of each series, area, sex, age and breakdown.
    pub fn latest(&self) -> Vec<&Observation> {
        let mut latest = BTreeMap::new();
        for o in self.observations.iter().filter(|o| o.value.is_some()) {
            let key = (&o.indicator, &o.ref_area, &o.age, &o.breakdowns, &o.sex, o.unit.class());
            let entry = latest.entry(key).or_insert(o);
            if (o.year, &o.time_period) > (entry.year, &entry.time_period) {
                *entry = o;
            }
        }
        latest.into_values().collect()
    }

    /// How often something was noticed.
    pub fn count(&self, code: &str) -> u64 {
        self.log.iter().filter(|f| f.code == code).map(|f| f.count).sum()
    }
}

/// Women, men and totals side by side.
pub(crate) fn by_sex(observations: &[Observation]) -> Vec<BySex<'_>> {
    let like = |a: &&Observation, b: &&Observation| {
        same_series(a, b).then_with(|| shared(&a.time_period, &b.time_period))
    };
    let mut sorted: Vec<&Observation> = observations.iter().collect();
    sorted.sort_by(like);
    let mut groups = Vec::new();
    for alike in sorted.chunk_by(|a, b| like(a, b) == Ordering::Equal) {
        let of = |sex: &str| alike.iter().copied().find(|o| *o.sex == *sex);
        let group = BySex { women: of("F"), men: of("M"), total: of("_T") };
        if group.women.or(group.men).or(group.total).is_some() {
            groups.push(group);
        }
    }
    groups
}

/// Order by series, area, age, breakdowns and class of unit.
pub(crate) fn same_series(a: &Observation, b: &Observation) -> Ordering {
    shared(&a.indicator, &b.indicator)
        .then_with(|| shared(&a.ref_area, &b.ref_area))
        .then_with(|| shared(&a.age, &b.age))
        .then_with(|| a.breakdowns.cmp(&b.breakdowns))
        .then_with(|| a.unit.class().cmp(b.unit.class()))
}

/// Order of texts, most of which are one and the same.
fn shared(a: &Arc<str>, b: &Arc<str>) -> Ordering {
    if Arc::ptr_eq(a, b) { Ordering::Equal } else { a.cmp(b) }
}
