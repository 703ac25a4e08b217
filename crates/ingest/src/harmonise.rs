//! Opens the files of a request and reads them through its recipe.

use crate::derive::Made;
use crate::design::{self, Ids};
use crate::error::{Halt, Spot};
use crate::fingerprint::{fingerprint, key_text};
use crate::join::{self, Joined};
use crate::journal::Journal;
use crate::limits::Categories;
use crate::plan::{self, Context, Cuts, Plan, Rule, Source as PlanSource};
use crate::run::{Evaluated, Scene};
use crate::table::{Table, broken};
use crate::{Error, LogEntry, Request, Source, readers};
use arrow::array::{ArrayRef, Float64Array, Int16Array, RecordBatch};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use inclusion_registry::{
    Concept, ConceptKind, Derive, FPC, FileSpec, Missing, PSU, QuantileUnit, STRATUM, WEIGHT,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Files opened and headers checked; rows not yet read.
///
/// Units may be read from several threads and more than once; a unit gives the same rows every
/// time, and only its first reading is counted in the log.
pub struct Harmonised<'a> {
    request: Request<'a>,
    parts: Vec<Part>,
    joins: Vec<Joined>,
    /// Part and unit of the part, by unit.
    units: Vec<(usize, usize)>,
    schema: SchemaRef,
    stratum: Option<Ids>,
    psu: Option<Ids>,
    /// Maker of each concept column.
    outputs: Vec<usize>,
    wanted: Vec<bool>,
    journal: Journal,
    categories: Categories,
    started: Vec<AtomicBool>,
    finished: Vec<AtomicBool>,
    weights: Mutex<Option<(f64, f64)>>,
    keys: Mutex<FxHashMap<u128, (u32, u64)>>,
    rows: Vec<AtomicU64>,
    done: AtomicU64,
    total: u64,
    joined_sources: Vec<(String, PathBuf, String, u64)>,
    hashes: OnceLock<Vec<Source>>,
}

/// One part of the rows' file.
struct Part {
    table: Box<dyn Table>,
    plan: Plan,
}

/// Opens the files, finds every column, reads the looked-up files and finds quantile limits.
///
/// # Errors
///
/// [`Error`] names the file and column at fault. A column that the recipe needs and no file has is
/// found here, before any row is read.
pub fn open(request: Request<'_>) -> Result<Harmonised<'_>, Error> {
    let recipe = request.recipe;
    let tables = open_role(&request, &recipe.rows)?;
    let mut join_tables = Vec::new();
    for join in &recipe.joins {
        join_tables.push(open_role(&request, &join.file)?);
    }
    let order = plan::order(recipe, request.registry, &request.concepts)?;
    let cuts: BTreeMap<String, Cuts> =
        order.iter().map(|c| (c.id.clone(), Cuts::default())).collect();
    let context = Context { recipe, order: &order, cuts: &cuts };
    let empty = FileSpec::default();
    let spec = |role: &str| recipe.files.get(role).unwrap_or(&empty);
    let journal = Journal::default();
    compare_parts(&recipe.rows, &tables, &journal);
    let join_sources: Vec<PlanSource<'_>> = join_tables
        .iter()
        .zip(&recipe.joins)
        .map(|(t, j)| PlanSource { about: t[0].about(), spec: spec(&j.file) })
        .collect();
    let rows_spec = spec(&recipe.rows);
    // Every part is checked before the first row of a looked-up file is read.
    for table in &tables {
        if let Err(error) = plan::joined_columns(
            &context,
            PlanSource { about: table.about(), spec: rows_spec },
            &join_sources,
        ) {
            return Err(part_error(error, &tables));
        }
    }
    let columns = plan::joined_columns(
        &context,
        PlanSource { about: tables[0].about(), spec: rows_spec },
        &join_sources,
    )?;
    let mut joins = Vec::new();
    for ((join, tables), columns) in recipe.joins.iter().zip(&join_tables).zip(&columns) {
        compare_parts(&join.file, tables, &journal);
        let mut log = Vec::new();
        joins.push(join::load(recipe, join, tables, columns, &mut log)?);
        log.into_iter().for_each(|entry| journal.add(entry));
    }
    let mut plans = Vec::new();
    for table in &tables {
        plans.push(plan::prepare(
            &context,
            PlanSource { about: table.about(), spec: rows_spec },
            &join_sources,
            &joins,
        )?);
    }
    let joined_sources = recipe
        .joins
        .iter()
        .zip(&join_tables)
        .flat_map(|(j, tables)| {
            let only = tables.len() == 1;
            tables.iter().map(move |t| (j.file.clone(), t.about(), only))
        })
        .zip(
            recipe
                .joins
                .iter()
                .zip(&join_tables)
                .zip(&joins)
                .flat_map(|((_, t), j)| std::iter::repeat_n(j.rows, t.len())),
        )
        .map(|((role, about, only), rows)| {
            let rows = if only { rows } else { about.rows.unwrap_or(0) };
            (role, about.path.clone(), about.format.clone(), rows)
        })
        .collect();
    let parts: Vec<Part> =
        tables.into_iter().zip(plans).map(|(table, plan)| Part { table, plan }).collect();
    let units: Vec<(usize, usize)> = parts
        .iter()
        .enumerate()
        .flat_map(|(p, part)| (0..part.table.units()).map(move |u| (p, u)))
        .collect();
    let ids = |slots: fn(&Plan) -> &[usize]| -> Result<Option<Ids>, Error> {
        let list: Vec<(&dyn Table, &Plan)> =
            parts.iter().map(|p| (p.table.as_ref(), &p.plan)).collect();
        design::kind(&list, slots)
    };
    let (stratum, psu) = (ids(|p| &p.stratum)?, ids(|p| &p.psu)?);
    let makers = &parts[0].plan.makers;
    let mut wanted_ids = request.concepts.clone();
    wanted_ids.sort_unstable();
    wanted_ids.dedup();
    let outputs: Vec<usize> =
        wanted_ids.iter().filter_map(|id| makers.iter().position(|m| m.id == *id)).collect();
    let schema = schema(&parts[0].plan, stratum, psu, &outputs);
    let total = parts.iter().map(|p| p.table.about().size).sum();
    let mut harmonised = Harmonised {
        wanted: vec![true; makers.len()],
        outputs,
        schema,
        stratum,
        psu,
        joins,
        journal,
        categories: Categories::new(request.options.max_categories),
        started: units.iter().map(|_| AtomicBool::new(false)).collect(),
        finished: units.iter().map(|_| AtomicBool::new(false)).collect(),
        weights: Mutex::new(None),
        keys: Mutex::default(),
        rows: parts.iter().map(|_| AtomicU64::new(0)).collect(),
        done: AtomicU64::new(0),
        total,
        joined_sources,
        hashes: OnceLock::new(),
        units,
        parts,
        request,
    };
    harmonised.find_limits(&order, &cuts)?;
    harmonised.categories = Categories::new(harmonised.request.options.max_categories);
    Ok(harmonised)
}

fn open_role(request: &Request<'_>, role: &str) -> Result<Vec<Box<dyn Table>>, Error> {
    let recipe = request.recipe;
    let fail = |message: String| Err(Error::Recipe { recipe: recipe.id.clone(), message });
    let paths = match request.files.get(role) {
        Some(paths) if !paths.is_empty() => paths,
        _ => {
            let given: Vec<&str> = request.files.keys().map(String::as_str).collect();
            return fail(format!(
                "no file is given for `{role}`; the recipe needs `{role}`, the given files are for {}",
                if given.is_empty() {
                    "nothing".into()
                } else {
                    format!("`{}`", given.join("`, `"))
                }
            ));
        }
    };
    let empty = FileSpec::default();
    let spec = recipe.files.get(role).unwrap_or(&empty);
    // Part files are read in the order of their paths, however they were listed.
    let mut paths = paths.clone();
    paths.sort();
    if let Some(pair) = paths.windows(2).find(|p| p[0] == p[1]) {
        return fail(format!("{} is given twice for `{role}`", pair[0].display()));
    }
    paths.iter().map(|path| readers::open(path, spec, &request.options)).collect()
}

/// A column that is missing in one part and present in another is an error about both files.
fn part_error(error: Error, tables: &[Box<dyn Table>]) -> Error {
    if let Error::MissingColumn { wanted, file, .. } = &error {
        let has = |t: &dyn Table| {
            t.about()
                .columns
                .iter()
                .any(|c| crate::names::normalised(&c.name) == crate::names::normalised(wanted))
        };
        if let Some(other) = tables.iter().map(AsRef::as_ref).find(|t| has(*t)) {
            return Error::PartColumn {
                file: file.clone(),
                other: other.about().path.clone(),
                column: wanted.clone(),
            };
        }
    }
    error
}

/// Columns that have another type in another part are noted.
fn compare_parts(role: &str, tables: &[Box<dyn Table>], journal: &Journal) {
    let first = tables[0].about();
    for other in tables[1..].iter().map(|t| t.about()) {
        for column in &other.columns {
            let Some(same) = first.columns.iter().find(|c| c.name == column.name) else { continue };
            if same.kind != column.kind {
                journal.add(LogEntry {
                    code: "column_type_differs".into(),
                    message: format!(
                        "a column of `{role}` is {} here and {} in {}; its values were compared as numbers or texts",
                        column.kind,
                        same.kind,
                        first.path.display()
                    ),
                    file: other.path.clone(),
                    line: None,
                    column: Some(column.name.clone()),
                    value: None,
                    count: 1,
                });
            }
        }
    }
}

fn schema(plan: &Plan, stratum: Option<Ids>, psu: Option<Ids>, outputs: &[usize]) -> SchemaRef {
    let mut fields = vec![Field::new(WEIGHT, DataType::Float64, false)];
    for (name, ids) in [(STRATUM, stratum), (PSU, psu)] {
        if let Some(ids) = ids {
            fields.push(Field::new(name, ids.data_type(), false));
        }
    }
    if plan.fpc.is_some() {
        fields.push(Field::new(FPC, DataType::Float64, false));
    }
    for maker in outputs.iter().map(|o| &plan.makers[*o]) {
        fields.push(match maker.kind {
            ConceptKind::Category => Field::new(&maker.id, DataType::Int16, false),
            ConceptKind::Number => Field::new(&maker.id, DataType::Float64, true),
        });
    }
    Arc::new(Schema::new(fields))
}

impl Harmonised<'_> {
    /// Schema of every batch: `inclusion_registry::schema_of` with the design columns before it.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Number of units that can be read in parallel.
    pub fn units(&self) -> usize {
        self.units.len()
    }

    /// Reads one unit and hands over its batches in file order.
    ///
    /// # Errors
    ///
    /// An [`Error`] about the data, or the error of `each`, which stops the reading.
    pub fn read(
        &self,
        unit: usize,
        each: &mut dyn FnMut(RecordBatch) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        let Some((p, part_unit)) = self.units.get(unit).copied() else { return Ok(()) };
        let part = &self.parts[p];
        let first = !self.started[unit].swap(true, Ordering::SeqCst);
        let mut duplicates: Option<(Error, u64)> = None;
        let result = part.table.read(part_unit, &part.plan.columns, &mut |batch| {
            let (rows, bytes) = (batch.rows as u64, batch.bytes);
            let scene = self.scene(part, first);
            let evaluated = scene.evaluate(batch, &self.wanted)?;
            let out = self.output(&scene, &evaluated)?;
            if first {
                self.rows[p].fetch_add(rows, Ordering::Relaxed);
                self.check_keys(p, &scene, &evaluated, &mut duplicates);
            }
            // A duplicate is reported with its number, so the rest of the unit is still read.
            if duplicates.is_none() && out.num_rows() > 0 {
                each(out).map_err(Halt::Theirs)?;
            }
            if let (Some(progress), true) = (self.request.progress, first) {
                let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
                progress(done.min(self.total), self.total);
            }
            Ok(())
        });
        match result {
            Ok(()) => {}
            Err(Halt::Ours(error)) => return Err(error.into()),
            Err(Halt::Theirs(error)) => return Err(error),
            Err(Halt::Enough) => return Ok(()),
        }
        if let Some((Error::DuplicateKey { spot, first, what, hint, .. }, count)) = duplicates {
            return Err(Error::DuplicateKey { spot, first, what, hint, count }.into());
        }
        self.finished[unit].store(true, Ordering::SeqCst);
        Ok(())
    }

    /// What was noticed so far, in a fixed order; complete after all units were read once.
    pub fn log(&self) -> Vec<LogEntry> {
        let mut log = self.journal.entries();
        let complete = self.finished.iter().all(|f| f.load(Ordering::SeqCst));
        if complete {
            log.extend(self.joins.iter().filter_map(Joined::unused));
            let weights = *self.weights.lock().unwrap_or_else(PoisonError::into_inner);
            let rows: u64 = self.rows.iter().map(|r| r.load(Ordering::Relaxed)).sum();
            if let (Some((low, high)), Some((slot, _)), true) =
                (weights, self.parts[0].plan.weight, rows > 1)
                && low == high
            {
                log.push(LogEntry {
                    code: "constant_weight".into(),
                    message: format!("every row has the weight {low}, although the recipe names a weight; is it the right column?"),
                    file: self.parts[0].table.about().path.clone(),
                    line: None,
                    column: Some(self.parts[0].plan.slots[slot].name.clone()),
                    value: Some(low.to_string()),
                    count: rows,
                });
            }
        }
        log.sort();
        log
    }

    /// Each source file with its hash; the files are read for it on the first call.
    pub fn sources(&self) -> Vec<Source> {
        self.hashes
            .get_or_init(|| {
                let role = &self.request.recipe.rows;
                let rows = self.parts.iter().zip(&self.rows).map(|(part, rows)| {
                    let about = part.table.about();
                    (
                        role.clone(),
                        about.path.clone(),
                        about.format.clone(),
                        rows.load(Ordering::Relaxed),
                    )
                });
                let mut all: Vec<_> = rows.chain(self.joined_sources.iter().cloned()).collect();
                all.sort();
                all.into_iter()
                    .map(|(role, path, format, rows)| {
                        crate::source::describe(role, path, format, rows)
                    })
                    .collect()
            })
            .clone()
    }

    fn scene<'s>(&'s self, part: &'s Part, first: bool) -> Scene<'s> {
        let about = part.table.about();
        Scene {
            recipe: self.request.recipe,
            plan: &part.plan,
            path: &about.path,
            word: about.word,
            joins: &self.joins,
            journal: first.then_some(&self.journal),
            categories: &self.categories,
        }
    }

    fn output(&self, scene: &Scene<'_>, rows: &Evaluated) -> Result<RecordBatch, Error> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        let weights = design::weights(scene, rows)?;
        if scene.journal.is_some() && scene.plan.weight.is_some() {
            let mut range = self.weights.lock().unwrap_or_else(PoisonError::into_inner);
            for w in &weights {
                *range = Some(range.map_or((*w, *w), |(low, high)| (low.min(*w), high.max(*w))));
            }
        }
        columns.push(Arc::new(Float64Array::from(weights)));
        for (ids, slots, what) in
            [(self.stratum, &scene.plan.stratum, "stratum"), (self.psu, &scene.plan.psu, "PSU")]
        {
            if let Some(ids) = ids {
                columns.push(design::ids(scene, rows, slots, ids, what)?);
            }
        }
        if let Some(slot) = scene.plan.fpc {
            columns.push(Arc::new(Float64Array::from(design::population(scene, rows, slot)?)));
        }
        for output in &self.outputs {
            columns.push(match &rows.made[*output] {
                Some(Made::Codes(codes)) => Arc::new(Int16Array::from(codes.clone())) as ArrayRef,
                Some(Made::Numbers { values, reasons }) => {
                    let nulls =
                        reasons.as_ref().map(|r| NullBuffer::from_iter(r.iter().map(|r| *r == 0)));
                    Arc::new(Float64Array::new(values.clone().into(), nulls))
                }
                None => Arc::new(Int16Array::from(vec![Missing::NotAsked.code(); rows.rows])),
            });
        }
        RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|e| broken(scene.path, e.to_string()))
    }

    fn check_keys(
        &self,
        part: usize,
        scene: &Scene<'_>,
        rows: &Evaluated,
        found: &mut Option<(Error, u64)>,
    ) {
        if scene.plan.key.is_empty() {
            return;
        }
        let key: Vec<_> = scene.plan.key.iter().map(|s| &rows.columns[*s]).collect();
        let prints: Vec<Option<u128>> =
            (0..rows.rows).map(|row| fingerprint(&key, row, false)).collect();
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        for (row, print) in prints.into_iter().enumerate() {
            let Some(print) = print else { continue };
            let number = rows.positions.of(row);
            let Some((old_part, old)) = keys.insert(print, (part as u32, number)) else { continue };
            if let Some((_, count)) = found {
                *count += 1;
                continue;
            }
            let names: Vec<String> =
                scene.plan.key.iter().map(|s| scene.plan.slots[*s].name.clone()).collect();
            let old_about = self.parts[old_part as usize].table.about();
            let old_file = if old_part as usize == part {
                String::new()
            } else {
                format!("{}, ", old_about.path.display())
            };
            let error = Error::DuplicateKey {
                spot: Spot { word: scene.word, number: Some(number), ..Spot::file(scene.path) },
                first: format!("{old_file}{} {old}", old_about.word),
                what: key_text(&names, &key, row),
                count: 1,
                hint: format!(
                    "remove the duplicates, or correct `key` of recipe {}",
                    scene.recipe.id
                ),
            };
            *found = Some((error, 1));
        }
    }

    /// First pass for quantile groups: the limits of each, those that others need first.
    fn find_limits(
        &mut self,
        order: &[Concept],
        cuts: &BTreeMap<String, Cuts>,
    ) -> Result<(), Error> {
        for at in 0..self.parts[0].plan.makers.len() {
            let Rule::Quantile { of, .. } = self.parts[0].plan.makers[at].rule else { continue };
            let concept = &order[at];
            let Some(Derive::Quantile { groups, unit, .. }) = &concept.derive else { continue };
            let mut wanted = vec![false; order.len()];
            mark(&self.parts[0].plan, of, &mut wanted);
            let by_household = *unit == QuantileUnit::Household;
            let mut list: Vec<(f64, f64)> = Vec::new();
            let mut households: FxHashMap<u128, (f64, f64)> = FxHashMap::default();
            for (p, unit) in &self.units {
                let part = &self.parts[*p];
                let read = part.table.read(*unit, &part.plan.columns, &mut |batch| {
                    let scene = self.scene(part, false);
                    let rows = scene.evaluate(batch, &wanted)?;
                    let weights = design::weights(&scene, &rows)?;
                    let Some(made) = &rows.made[of] else { return Ok(()) };
                    let key: Vec<_> =
                        part.plan.household.iter().map(|s| &rows.columns[*s]).collect();
                    for (row, weight) in weights.into_iter().enumerate() {
                        let Some(value) = made.number(row) else { continue };
                        match fingerprint(&key, row, false).filter(|_| by_household) {
                            None => list.push((value, weight)),
                            // Members may differ: the smallest pair does not depend on their order.
                            Some(print) => {
                                let pair = households.entry(print).or_insert((value, weight));
                                if value.total_cmp(&pair.0).then(weight.total_cmp(&pair.1)).is_lt()
                                {
                                    *pair = (value, weight);
                                }
                            }
                        }
                    }
                    Ok(())
                });
                match read {
                    Ok(()) => {}
                    Err(Halt::Ours(error)) => return Err(error),
                    Err(_) => return Err(broken(&part.table.about().path, "could not be read")),
                }
            }
            list.extend(households.into_values());
            let limits = crate::quantile::limits(&mut list, *groups);
            let text: Vec<String> = limits.iter().map(f64::to_string).collect();
            self.journal.add(LogEntry {
                code: "quantile_limits".into(),
                message: format!(
                    "{} was grouped by {groups} weighted quantiles of {}, with the upper limits {}",
                    concept.id,
                    self.parts[0].plan.makers[of].id,
                    text.join("; ")
                ),
                file: self.parts[0].table.about().path.clone(),
                line: None,
                column: None,
                value: Some(crate::error::shown(&text.join("; "))),
                count: list.len() as u64,
            });
            // Set once: this concept's limits are found only here.
            let _ = cuts[&concept.id].set(limits);
        }
        Ok(())
    }
}

fn mark(plan: &Plan, maker: usize, wanted: &mut [bool]) {
    wanted[maker] = true;
    for need in &plan.makers[maker].needs {
        mark(plan, *need, wanted);
    }
}

/// Checks headers and recipe without reading rows.
pub(crate) fn check(request: &Request<'_>) -> Result<(), Error> {
    let recipe = request.recipe;
    let tables = open_role(request, &recipe.rows)?;
    let join_tables =
        recipe.joins.iter().map(|j| open_role(request, &j.file)).collect::<Result<Vec<_>, _>>()?;
    let order = plan::order(recipe, request.registry, &request.concepts)?;
    let cuts: BTreeMap<String, Cuts> =
        order.iter().map(|c| (c.id.clone(), Cuts::default())).collect();
    let context = Context { recipe, order: &order, cuts: &cuts };
    let empty = FileSpec::default();
    let spec = |role: &str| recipe.files.get(role).unwrap_or(&empty);
    let joins: Vec<PlanSource<'_>> = join_tables
        .iter()
        .zip(&recipe.joins)
        .map(|(t, j)| PlanSource { about: t[0].about(), spec: spec(&j.file) })
        .collect();
    for table in &tables {
        let rows = PlanSource { about: table.about(), spec: spec(&recipe.rows) };
        plan::joined_columns(&context, rows, &joins).map_err(|e| part_error(e, &tables))?;
    }
    Ok(())
}
