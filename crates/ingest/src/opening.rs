//! Opens the files of a request, finds every column, reads what is looked up.

use crate::compile;
use crate::design::{self, Ids};
use crate::harmonise::{Harmonised, Part};
use crate::join;
use crate::journal::Journal;
use crate::limits::Categories;
use crate::names::normalised;
use crate::order;
use crate::plan::{Cuts, Plan};
use crate::resolve::{Context, InFile};
use crate::table::Table;
use crate::{Error, LogEntry, Request, readers};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use inclusion_registry::{
    Concept, ConceptKind, Derive, FPC, FileSpec, PSU, Recipe, STRATUM, WEIGHT, replicate_column,
    stage_column,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, OnceLock};

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
    let order = order::order(recipe, request.registry, &request.concepts)?;
    known_weights(recipe, &order)?;
    let cuts: BTreeMap<String, Cuts> =
        order.iter().map(|c| (c.id.clone(), Cuts::default())).collect();
    let context = Context { recipe, order: &order, cuts: &cuts };
    let empty = FileSpec::default();
    let spec = |role: &str| recipe.files.get(role).unwrap_or(&empty);
    let journal = Journal::default();
    let join_sources: Vec<InFile<'_>> = join_tables
        .iter()
        .zip(&recipe.joins)
        .map(|(t, j)| InFile { about: t[0].about(), spec: spec(&j.file) })
        .collect();
    let rows_spec = spec(&recipe.rows);
    // Every part is checked before the first row of a looked-up file is read.
    for table in &tables {
        if let Err(error) = compile::joined_columns(
            &context,
            InFile { about: table.about(), spec: rows_spec },
            &join_sources,
        ) {
            return Err(part_error(error, &tables));
        }
    }
    let columns = compile::joined_columns(
        &context,
        InFile { about: tables[0].about(), spec: rows_spec },
        &join_sources,
    )?;
    let mut joins = Vec::new();
    for ((join, tables), columns) in recipe.joins.iter().zip(&join_tables).zip(&columns) {
        let names = columns.iter().map(|c| tables[0].about().columns[*c].name.as_str());
        compare_parts(tables, names.collect(), &BTreeSet::new(), &journal);
        let mut log = Vec::new();
        joins.push(join::load(recipe, join, tables, columns, &mut log)?);
        log.into_iter().for_each(|entry| journal.add(entry));
    }
    let mut plans = Vec::new();
    for table in &tables {
        plans.push(compile::prepare(
            &context,
            InFile { about: table.about(), spec: rows_spec },
            &join_sources,
            &joins,
        )?);
    }
    let (mut names, mut ids) = (Vec::new(), BTreeSet::new());
    for (table, plan) in tables.iter().zip(&plans) {
        names.extend(plan.columns.iter().map(|c| table.about().columns[*c].name.clone()));
        let later = plan.stages.iter().flat_map(|stage| [&stage.stratum, &stage.psu]);
        let slots = [&plan.stratum, &plan.psu].into_iter().chain(later).flatten();
        ids.extend(slots.map(|slot| normalised(&plan.slots[*slot].name)));
    }
    compare_parts(&tables, names.iter().map(String::as_str).collect(), &ids, &journal);
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
    let list: Vec<(&dyn Table, &Plan)> =
        parts.iter().map(|p| (p.table.as_ref(), &p.plan)).collect();
    let stratum = design::kind(&list, |p| &p.stratum)?;
    let psu = design::kind(&list, |p| &p.psu)?;
    let mut stages = Vec::new();
    for stage in 0..recipe.design.stages.len() {
        stages.push((
            design::kind(&list, |p| &p.stages[stage].stratum)?,
            design::kind(&list, |p| &p.stages[stage].psu)?,
        ));
    }
    same_replicates(&parts)?;
    let makers = &parts[0].plan.makers;
    let mut wanted_ids = request.concepts.clone();
    wanted_ids.sort_unstable();
    wanted_ids.dedup();
    let outputs: Vec<usize> =
        wanted_ids.iter().filter_map(|id| makers.iter().position(|m| m.id == *id)).collect();
    let schema = schema(recipe, &parts[0].plan, (stratum, psu), &stages, &outputs);
    let total = parts.iter().map(|p| p.table.about().size).sum();
    let mut harmonised = Harmonised {
        wanted: vec![true; makers.len()],
        outputs,
        schema,
        stratum,
        psu,
        stages,
        joins,
        journal,
        categories: Categories::new(request.options.max_categories),
        counted: units.iter().map(|_| AtomicU64::new(0)).collect(),
        finished: units.iter().map(|_| AtomicBool::new(false)).collect(),
        weights: Mutex::new(None),
        keys: Default::default(),
        verdict: OnceLock::new(),
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

/// Quantile groups are made while reading, when weights that follow from the design are not known.
fn known_weights(recipe: &Recipe, order: &[Concept]) -> Result<(), Error> {
    let quantile = |c: &&Concept| {
        matches!(c.derive, Some(Derive::Quantile { .. })) && !recipe.concepts.contains_key(&c.id)
    };
    match order.iter().find(quantile).filter(|_| recipe.design.weight_from_fpc) {
        None => Ok(()),
        Some(concept) => Err(Error::Recipe {
            recipe: recipe.id.clone(),
            message: format!(
                "the groups of `{}` need a weight column; `weight_from_fpc` gives weights only \
                 after reading",
                concept.id
            ),
        }),
    }
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
            t.about().columns.iter().any(|c| normalised(&c.name) == normalised(wanted))
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

/// Columns that are read and have another type in another part are noted; `ids` are the normalised names of
/// those whose texts are no numbers.
fn compare_parts(
    tables: &[Box<dyn Table>],
    read: BTreeSet<&str>,
    ids: &BTreeSet<String>,
    journal: &Journal,
) {
    let first = tables[0].about();
    for other in tables[1..].iter().map(|t| t.about()) {
        for column in other.columns.iter().filter(|c| read.contains(c.name.as_str())) {
            let name = normalised(&column.name);
            let Some(same) = first.columns.iter().find(|c| normalised(&c.name) == name) else {
                continue;
            };
            if same.kind == column.kind {
                continue;
            }
            let is_text = [&column.kind, &same.kind].contains(&&DataType::Utf8);
            let equal = match is_text && ids.contains(&name) {
                true => {
                    "ids of strata and sampling units count as they are written in texts, so 1, 1.0 and 01 are three"
                }
                false => "values count by what they say, so 1, 1.0 and 01 are equal",
            };
            journal.add(LogEntry {
                code: "column_type_differs".into(),
                message: format!(
                    "column `{}` holds {} in {} and {} in {}; {equal}",
                    column.name,
                    type_words(&column.kind),
                    crate::error::file_name(&other.path),
                    type_words(&same.kind),
                    crate::error::file_name(&first.path)
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

fn type_words(kind: &DataType) -> String {
    match kind {
        DataType::Utf8 => "text".into(),
        DataType::Float32 | DataType::Float64 => {
            format!("numbers with decimals ({})", kind.to_string().to_lowercase())
        }
        _ => format!("whole numbers ({})", kind.to_string().to_lowercase()),
    }
}

/// All parts have the same number of replicate weights.
fn same_replicates(parts: &[Part]) -> Result<(), Error> {
    let first = &parts[0];
    let name = |part: &Part| {
        part.plan
            .replicates
            .last()
            .map_or(String::new(), |slot| part.plan.slots[*slot].name.clone())
    };
    match parts.iter().find(|p| p.plan.replicates.len() != first.plan.replicates.len()) {
        None => Ok(()),
        Some(other) => {
            let (few, many) = match other.plan.replicates.len() < first.plan.replicates.len() {
                true => (other, first),
                false => (first, other),
            };
            Err(Error::PartColumn {
                file: few.table.about().path.clone(),
                other: many.table.about().path.clone(),
                column: name(many),
            })
        }
    }
}

fn schema(
    recipe: &Recipe,
    plan: &Plan,
    first: (Option<Ids>, Option<Ids>),
    stages: &[(Option<Ids>, Option<Ids>)],
    outputs: &[usize],
) -> SchemaRef {
    let mut fields = Vec::new();
    let number = |name: String| Field::new(name, DataType::Float64, false);
    if !recipe.design.weight_from_fpc {
        fields.push(number(WEIGHT.to_string()));
    }
    let later = plan.stages.iter().map(|stage| stage.fpc.is_some());
    let populations = std::iter::once(plan.fpc.is_some()).chain(later);
    let ids = std::iter::once(&first).chain(stages);
    for (stage, ((stratum, psu), population)) in (1..).zip(ids.zip(populations)) {
        for (name, ids) in [(STRATUM, stratum), (PSU, psu)] {
            if let Some(ids) = ids {
                fields.push(Field::new(stage_column(name, stage), ids.data_type(), false));
            }
        }
        if population {
            fields.push(number(stage_column(FPC, stage)));
        }
    }
    fields.extend((1..=plan.replicates.len()).map(|r| number(replicate_column(r))));
    for maker in outputs.iter().map(|o| &plan.makers[*o]) {
        fields.push(match maker.kind {
            ConceptKind::Category => Field::new(&maker.id, DataType::Int16, false),
            ConceptKind::Number => Field::new(&maker.id, DataType::Float64, true),
        });
    }
    Arc::new(Schema::new(fields))
}

/// Checks headers and recipe without reading rows.
pub(crate) fn check(request: &Request<'_>) -> Result<(), Error> {
    let recipe = request.recipe;
    let tables = open_role(request, &recipe.rows)?;
    let join_tables =
        recipe.joins.iter().map(|j| open_role(request, &j.file)).collect::<Result<Vec<_>, _>>()?;
    let order = order::order(recipe, request.registry, &request.concepts)?;
    known_weights(recipe, &order)?;
    let cuts: BTreeMap<String, Cuts> =
        order.iter().map(|c| (c.id.clone(), Cuts::default())).collect();
    let context = Context { recipe, order: &order, cuts: &cuts };
    let empty = FileSpec::default();
    let spec = |role: &str| recipe.files.get(role).unwrap_or(&empty);
    let joins: Vec<InFile<'_>> = join_tables
        .iter()
        .zip(&recipe.joins)
        .map(|(t, j)| InFile { about: t[0].about(), spec: spec(&j.file) })
        .collect();
    for table in &tables {
        let rows = InFile { about: table.about(), spec: spec(&recipe.rows) };
        compile::joined_columns(&context, rows, &joins).map_err(|e| part_error(e, &tables))?;
    }
    Ok(())
}
