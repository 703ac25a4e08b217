//! A recipe prepared for one file: every name resolved, every table built, nothing left to look up
//! by name while rows are read.

use crate::derive::{Check, Clause};
use crate::error::Error;
use crate::join::Joined;
use crate::lookup::{BLANK, Entries, Lookup, UNLISTED};
use crate::names::{self, Wanted};
use crate::number::NumberFormat;
use crate::table::{About, SourceColumn};
use arrow::datatypes::DataType;
use inclusion_registry::{
    Concept, ConceptKind, Condition, Derive, FileSpec, Mapping, Missing, RawTest, Recipe, Registry,
    Test, Ties,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Limits of quantile groups, known after a first pass.
pub(crate) type Cuts = Arc<OnceLock<Vec<f64>>>;

/// A prepared recipe.
pub(crate) struct Plan {
    /// Columns of the rows' file to read, in file order.
    pub columns: Vec<usize>,
    /// For each slot: name and position in its file, for messages.
    pub slots: Vec<SlotInfo>,
    /// Weight: slot and divisor.
    pub weight: Option<(usize, f64)>,
    /// Stratum slots.
    pub stratum: Vec<usize>,
    /// PSU slots.
    pub psu: Vec<usize>,
    /// Population slot.
    pub fpc: Option<usize>,
    /// Row filters.
    pub keep: Vec<KeepTest>,
    /// Key slots.
    pub key: Vec<usize>,
    /// Household key slots.
    pub household: Vec<usize>,
    /// Key slots of the rows' file for each join.
    pub joins: Vec<Vec<usize>>,
    /// Concepts in an order in which each needs only earlier ones.
    pub makers: Vec<Maker>,
    /// How the rows' file writes numbers.
    pub format: NumberFormat,
}

/// Where a slot comes from.
pub(crate) struct SlotInfo {
    /// Column name.
    pub name: String,
    /// Position from 1.
    pub position: usize,
    /// 0 = the rows' file, else the number of the join.
    pub role: usize,
    /// How the file writes numbers.
    pub format: NumberFormat,
    /// Value labels, for the log.
    pub labels: BTreeMap<String, String>,
}

/// A row filter.
pub(crate) struct KeepTest {
    /// The test.
    pub test: SlotTest,
    /// Why.
    pub reason: String,
}

/// A test of one slot.
pub(crate) struct SlotTest {
    /// Slot.
    pub slot: usize,
    /// Accepted values have code 1; `None` accepts every value.
    pub values: Option<Lookup>,
    /// Smallest number.
    pub min: Option<f64>,
    /// Largest number.
    pub max: Option<f64>,
}

/// How one concept is made.
pub(crate) struct Maker {
    /// Concept id.
    pub id: String,
    /// Category or number.
    pub kind: ConceptKind,
    /// The rule.
    pub rule: Rule,
    /// Makers it needs.
    pub needs: Vec<usize>,
    /// Number of codes, for the limit of categories.
    pub min: Option<f64>,
    /// Largest plausible number.
    pub max: Option<f64>,
}

/// The rule of a concept.
pub(crate) enum Rule {
    /// A category by table.
    Code { slot: usize, lookup: Lookup },
    /// A number from a column; listed values give `mapped` or a reason.
    Number { slot: usize, lookup: Lookup, mapped: Vec<f64>, scale: f64 },
    /// The same code in every row.
    Fixed(i16),
    /// The same number in every row.
    FixedNumber(f64),
    /// The first case whose tests hold.
    Cases {
        cases: Vec<(Vec<SlotTest>, i16)>,
        slots: Vec<usize>,
        mapped: Vec<f64>,
        blank: i16,
        others: i16,
    },
    /// Bands of a number.
    Band { of: usize, bands: Vec<(f64, f64)> },
    /// How many categories have one of the codes.
    Count { of: Vec<(usize, Vec<i16>)> },
    /// The first clause that holds.
    Derived(Vec<(Clause, i16)>),
    /// Quantile groups of a number.
    Quantile { of: usize, cuts: Cuts, ties: Ties },
}

/// A file with the way in which it writes numbers.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// Description.
    pub about: &'a About,
    /// Reading options of the recipe.
    pub spec: &'a FileSpec,
}

/// What all parts of the rows' file share.
pub(crate) struct Context<'a> {
    /// Recipe.
    pub recipe: &'a Recipe,
    /// Concepts to be made, each after those it needs, with the codes that the recipe adds.
    pub order: &'a [Concept],
    /// Quantile limits by concept.
    pub cuts: &'a BTreeMap<String, Cuts>,
}

/// The concepts to be made for those that are wanted, each after those it needs.
pub(crate) fn order(
    recipe: &Recipe,
    registry: &Registry,
    wanted: &[String],
) -> Result<Vec<Concept>, Error> {
    let mut done: Vec<&Concept> = Vec::new();
    let mut sorted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    sorted.dedup();
    for id in sorted {
        visit(recipe, registry, id, &mut Vec::new(), &mut done)?;
    }
    // An open concept gets the codes of the recipe after its own.
    let with_codes = |concept: &Concept| {
        let mut concept = concept.clone();
        let added = recipe.concepts.get(&concept.id).filter(|_| concept.open);
        concept.codes.extend(added.into_iter().flat_map(|m| m.codes.clone()));
        concept
    };
    Ok(done.into_iter().map(with_codes).collect())
}

fn visit<'a>(
    recipe: &Recipe,
    registry: &'a Registry,
    id: &str,
    path: &mut Vec<String>,
    done: &mut Vec<&'a Concept>,
) -> Result<(), Error> {
    if done.iter().any(|c| c.id == id) {
        return Ok(());
    }
    let fail = |message| Err(Error::Recipe { recipe: recipe.id.clone(), message });
    let Some(concept) = registry.concepts.get(id) else {
        return fail(format!("concept `{id}` is not in the registry"));
    };
    if path.iter().any(|p| p == id) {
        return fail(format!("concept `{id}` is derived from itself: {}", path.join(" ← ")));
    }
    if !recipe.concepts.contains_key(id) {
        let Some(derive) = &concept.derive else {
            let needed =
                path.last().map(|p| format!(", which `{p}` is made of")).unwrap_or_default();
            return fail(format!(
                "it does not say how to make concept `{id}`{needed}; add `[concept.{id}]`"
            ));
        };
        path.push(id.to_string());
        for need in derive.concepts() {
            visit(recipe, registry, need, path, done)?;
        }
        path.pop();
    }
    done.push(concept);
    Ok(())
}

struct Resolver<'a> {
    context: &'a Context<'a>,
    sources: Vec<Source<'a>>,
    names: Vec<Vec<&'a str>>,
    /// Columns needed of each source.
    used: Vec<BTreeSet<usize>>,
    /// Slots are known: the second pass.
    settled: bool,
}

impl<'a> Resolver<'a> {
    fn source(&self, file: Option<&str>) -> Result<usize, Error> {
        let recipe = self.context.recipe;
        match file {
            None => Ok(0),
            Some(role) if role == recipe.rows => Ok(0),
            Some(role) => recipe
                .joins
                .iter()
                .position(|j| j.file == role)
                .map(|i| i + 1)
                .ok_or_else(|| Error::Recipe {
                    recipe: recipe.id.clone(),
                    message: format!(
                        "the file `{role}` is not joined; add `[[join]]` with `file = \"{role}\"`"
                    ),
                }),
        }
    }

    fn slot(&mut self, source: usize, name: &str, role: &str) -> Result<usize, Error> {
        let wanted = Wanted { recipe: &self.context.recipe.id, role, name };
        let index = names::find(&wanted, &self.names[source], &self.sources[source].about.path)?;
        if !self.settled {
            self.used[source].insert(index);
            return Ok(0);
        }
        let before: usize = self.used[..source].iter().map(BTreeSet::len).sum();
        Ok(before + self.used[source].iter().position(|i| *i == index).unwrap_or(0))
    }

    fn column(&self, source: usize, name: &str) -> Result<&'a SourceColumn, Error> {
        let wanted = Wanted { recipe: &self.context.recipe.id, role: "a concept", name };
        let index = names::find(&wanted, &self.names[source], &self.sources[source].about.path)?;
        Ok(&self.sources[source].about.columns[index])
    }

    fn slots(&mut self, names: &[String], role: &str) -> Result<Vec<usize>, Error> {
        names.iter().map(|name| self.slot(0, name, role)).collect()
    }

    fn concept(&self, id: &str) -> &'a Concept {
        self.context
            .order
            .iter()
            .find(|c| c.id == id)
            .expect("invariant: a concept is ordered after those it needs")
    }

    fn fail<T>(&self, message: String) -> Result<T, Error> {
        Err(Error::Recipe { recipe: self.context.recipe.id.clone(), message })
    }
}

/// Columns that a joined file has to supply.
pub(crate) fn joined_columns(
    context: &Context<'_>,
    rows: Source<'_>,
    joins: &[Source<'_>],
) -> Result<Vec<Vec<usize>>, Error> {
    let mut resolver = resolver(context, rows, joins);
    compile(&mut resolver)?;
    Ok(resolver.used[1..].iter().map(|u| u.iter().copied().collect()).collect())
}

fn resolver<'a>(context: &'a Context<'a>, rows: Source<'a>, joins: &[Source<'a>]) -> Resolver<'a> {
    let sources: Vec<Source<'a>> = std::iter::once(rows).chain(joins.iter().copied()).collect();
    Resolver {
        context,
        names: sources
            .iter()
            .map(|s| s.about.columns.iter().map(|c| c.name.as_str()).collect())
            .collect(),
        used: vec![BTreeSet::new(); sources.len()],
        sources,
        settled: false,
    }
}

/// Prepares the recipe for one part of the rows' file.
pub(crate) fn prepare(
    context: &Context<'_>,
    rows: Source<'_>,
    joins: &[Source<'_>],
    joined: &[Joined],
) -> Result<Plan, Error> {
    let mut resolver = resolver(context, rows, joins);
    compile(&mut resolver)?;
    for (used, join) in resolver.used[1..].iter_mut().zip(joined) {
        *used = join.columns.iter().copied().collect();
    }
    resolver.settled = true;
    compile(&mut resolver)
}

fn compile(r: &mut Resolver<'_>) -> Result<Plan, Error> {
    let (recipe, context) = (r.context.recipe, r.context);
    let design = &recipe.design;
    let weight = match &design.weight {
        None => None,
        Some(w) => {
            let divide = w.divide_by.unwrap_or(1.0);
            if !(divide.is_finite() && divide > 0.0) {
                return r.fail(format!("`divide_by = {divide}` of the weight must be above 0"));
            }
            Some((r.slot(0, &w.column, "the weight")?, divide))
        }
    };
    let stratum = r.slots(&design.stratum, "the stratum")?;
    let psu = r.slots(&design.psu, "the PSU")?;
    let fpc = design.fpc.as_ref().map(|c| r.slot(0, c, "the finite population")).transpose()?;
    let key = r.slots(&recipe.key, "the row key")?;
    let household = if context.order.iter().any(|c| is_household_quantile(recipe, c)) {
        r.slots(&recipe.household_key, "the household key")?
    } else {
        Vec::new()
    };
    let mut joins = Vec::new();
    for (i, join) in recipe.joins.iter().enumerate() {
        let mut slots = Vec::new();
        for (left, right) in &join.on {
            slots.push(r.slot(0, left, &format!("the join with `{}`", join.file))?);
            r.slot(i + 1, right, &format!("the join with `{}`", join.file))?;
        }
        joins.push(slots);
    }
    let mut keep = Vec::new();
    for k in &recipe.keep {
        let role = format!("the row filter ({})", k.reason);
        let slot = r.slot(0, &k.column, &role)?;
        let values = (!k.values.is_empty())
            .then(|| test_lookup(r, 0, &k.column, &k.values, false))
            .transpose()?;
        keep.push(KeepTest {
            test: SlotTest { slot, values, min: k.min, max: k.max },
            reason: k.reason.clone(),
        });
    }
    let mut makers: Vec<Maker> = Vec::new();
    for concept in context.order {
        let maker = match recipe.concepts.get(&concept.id) {
            Some(mapping) => mapped(r, concept, mapping)?,
            None => derived(r, concept, &makers)?,
        };
        makers.push(maker);
    }
    let mut slots = Vec::new();
    for (role, (source, used)) in r.sources.iter().zip(&r.used).enumerate() {
        for index in used {
            let column = &source.about.columns[*index];
            slots.push(SlotInfo {
                name: column.name.clone(),
                position: index + 1,
                role,
                format: NumberFormat::of(source.spec),
                labels: column.labels.clone(),
            });
        }
    }
    Ok(Plan {
        columns: r.used[0].iter().copied().collect(),
        slots,
        weight,
        stratum,
        psu,
        fpc,
        keep,
        key,
        household,
        joins,
        makers,
        format: NumberFormat::of(r.sources[0].spec),
    })
}

pub(crate) fn is_household_quantile(recipe: &Recipe, concept: &Concept) -> bool {
    let by_household = matches!(
        concept.derive,
        Some(Derive::Quantile { unit: inclusion_registry::QuantileUnit::Household, .. })
    );
    by_household && !recipe.concepts.contains_key(&concept.id)
}

fn test_lookup(
    r: &Resolver<'_>,
    source: usize,
    column: &str,
    values: &[String],
    labels: bool,
) -> Result<Lookup, Error> {
    let spec = r.sources[source].spec;
    let pairs: Vec<(&str, i16)> =
        values.iter().filter(|v| !v.is_empty()).map(|v| (v.as_str(), 1)).collect();
    let blank = i16::from(values.iter().any(|v| v.trim().is_empty()));
    // Texts that are missing everywhere in the file count as blank unless they are listed here.
    let entries = Entries { pairs: &pairs, labels, blank, others: 0, file_missing: &spec.missing };
    Ok(Lookup::new(&entries, r.column(source, column)?, &NumberFormat::of(spec)))
}

/// The code of a category, or the index of a number in `numbers`.
fn code_of(
    r: &Resolver<'_>,
    concept: &Concept,
    code: &str,
    numbers: &mut Vec<f64>,
) -> Result<i16, Error> {
    let found = match concept.kind {
        ConceptKind::Category => concept.index_of(code),
        ConceptKind::Number => code.parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| {
            numbers.push(v);
            (numbers.len() - 1) as i16
        }),
    };
    match found {
        Some(code) => Ok(code),
        None => {
            let known: Vec<&str> = concept.codes.iter().map(|c| c.id.as_str()).collect();
            r.fail(format!(
                "concept `{}` has no code `{code}`; its codes are {}",
                concept.id,
                known.join(", ")
            ))
        }
    }
}

fn mapped(r: &mut Resolver<'_>, concept: &Concept, mapping: &Mapping) -> Result<Maker, Error> {
    let role = format!("concept {}", concept.id);
    let mut numbers = Vec::new();
    let source = r.source(mapping.file.as_deref())?;
    let code = |r: &Resolver<'_>, c: &Option<String>, numbers: &mut Vec<f64>, none| match c {
        Some(c) => code_of(r, concept, c, numbers),
        None => Ok(none),
    };
    let blank = match mapping.blank {
        Some(reason) => reason.code(),
        None => code(r, &mapping.blank_code, &mut numbers, BLANK)?,
    };
    let others = code(r, &mapping.others, &mut numbers, UNLISTED)?;
    let rule = if let Some(fixed) = &mapping.fixed {
        let code = code_of(r, concept, fixed, &mut numbers)?;
        match concept.kind {
            ConceptKind::Category => Rule::Fixed(code),
            ConceptKind::Number => Rule::FixedNumber(numbers[code as usize]),
        }
    } else if let Some(name) = &mapping.column {
        let slot = r.slot(source, name, &role)?;
        let column = r.column(source, name)?;
        let spec = r.sources[source].spec;
        if mapping.labels && column.labels.is_empty() && column.kind != DataType::Utf8 {
            return r.fail(format!(
                "concept `{}` maps labels, but column `{}` of {} has none; map its values and leave `labels` out",
                concept.id,
                column.name,
                r.sources[source].about.path.display()
            ));
        }
        let mut pairs: Vec<(&str, i16)> = Vec::new();
        for (value, code) in &mapping.map {
            pairs.push((value, code_of(r, concept, code, &mut numbers)?));
        }
        pairs.extend(mapping.missing.iter().map(|(value, reason)| (value.as_str(), reason.code())));
        let entries = Entries {
            pairs: &pairs,
            labels: mapping.labels,
            blank,
            others,
            file_missing: &spec.missing,
        };
        let lookup = Lookup::new(&entries, column, &NumberFormat::of(spec));
        match concept.kind {
            ConceptKind::Category => Rule::Code { slot, lookup },
            ConceptKind::Number => {
                Rule::Number { slot, lookup, mapped: numbers, scale: mapping.scale.unwrap_or(1.0) }
            }
        }
    } else if !mapping.cases.is_empty() {
        let (mut cases, mut slots) = (Vec::new(), Vec::new());
        for case in &mapping.cases {
            let mut tests = Vec::new();
            for (name, test) in &case.when {
                let slot = r.slot(source, name, &role)?;
                slots.push(slot);
                tests.push(match test {
                    RawTest::Values(values) => {
                        let lookup = test_lookup(r, source, name, values, mapping.labels)?;
                        SlotTest { slot, values: Some(lookup), min: None, max: None }
                    }
                    RawTest::Range { min, max } => {
                        SlotTest { slot, values: None, min: *min, max: *max }
                    }
                });
            }
            let code = match (&case.code, case.missing) {
                (Some(code), _) => code_of(r, concept, code, &mut numbers)?,
                (None, Some(reason)) => reason.code(),
                (None, None) => {
                    return r.fail(format!(
                        "a case of concept `{}` gives neither `code` nor `missing`",
                        concept.id
                    ));
                }
            };
            cases.push((tests, code));
        }
        slots.sort_unstable();
        slots.dedup();
        Rule::Cases { cases, slots, mapped: numbers, blank, others }
    } else {
        return r
            .fail(format!("concept `{}` needs one of `column`, `fixed` and `cases`", concept.id));
    };
    Ok(Maker {
        id: concept.id.clone(),
        kind: concept.kind,
        rule,
        needs: Vec::new(),
        min: concept.min,
        max: concept.max,
    })
}

fn derived(r: &Resolver<'_>, concept: &Concept, makers: &[Maker]) -> Result<Maker, Error> {
    let at = |id: &str| {
        makers
            .iter()
            .position(|m| m.id == id)
            .expect("invariant: concepts are ordered after those they need")
    };
    let Some(derive) = &concept.derive else {
        return r.fail(format!("it does not say how to make concept `{}`", concept.id));
    };
    let needs: Vec<usize> = derive.concepts().into_iter().map(at).collect();
    let number = |id: &str| match makers[at(id)].kind {
        ConceptKind::Number => Ok(at(id)),
        ConceptKind::Category => {
            r.fail(format!("`{}` is made of `{id}`, which is no number", concept.id))
        }
    };
    let rule = match derive {
        Derive::Band { of } => Rule::Band {
            of: number(of)?,
            bands: concept
                .codes
                .iter()
                .map(|c| match (c.min, c.max) {
                    (None, None) => (f64::INFINITY, f64::NEG_INFINITY),
                    (min, max) => (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY)),
                })
                .collect(),
        },
        Derive::Count { of, codes } => Rule::Count {
            of: of
                .iter()
                .map(|id| {
                    let part = r.concept(id);
                    let codes: Vec<i16> = codes.iter().filter_map(|c| part.index_of(c)).collect();
                    if codes.is_empty() {
                        return r.fail(format!(
                            "`{}` counts codes that `{id}` does not have",
                            concept.id
                        ));
                    }
                    Ok((at(id), codes))
                })
                .collect::<Result<_, _>>()?,
        },
        Derive::Cases(cases) => {
            let mut clauses = Vec::new();
            for case in cases {
                let clause = clause(r, &case.when, makers)?;
                clauses.push((clause, code_of(r, concept, &case.code, &mut Vec::new())?));
            }
            Rule::Derived(clauses)
        }
        Derive::Quantile { of, groups, ties, .. } => {
            if *groups as usize != concept.codes.len() || *groups < 2 {
                return r.fail(format!(
                    "`{}` has {} codes for {groups} groups",
                    concept.id,
                    concept.codes.len()
                ));
            }
            if is_household_quantile(r.context.recipe, concept)
                && r.context.recipe.household_key.is_empty()
            {
                return r.fail(format!("`{}` groups households; set `household_key`", concept.id));
            }
            Rule::Quantile {
                of: number(of)?,
                cuts: r.context.cuts[&concept.id].clone(),
                ties: *ties,
            }
        }
    };
    Ok(Maker { id: concept.id.clone(), kind: concept.kind, rule, needs, min: None, max: None })
}

fn clause(r: &Resolver<'_>, condition: &Condition, makers: &[Maker]) -> Result<Clause, Error> {
    let mut all = Vec::new();
    for (id, test) in &condition.all {
        let at = makers
            .iter()
            .position(|m| m.id == *id)
            .expect("invariant: ordered after what it needs");
        all.push(match test {
            Test::Range { min, max } => Check::Range {
                of: at,
                min: min.unwrap_or(f64::NEG_INFINITY),
                max: max.unwrap_or(f64::INFINITY),
            },
            Test::Codes(codes) => {
                let concept = r.concept(id);
                let mut found = Vec::new();
                for code in codes {
                    let reason =
                        Missing::ALL.into_iter().find(|m| m.id() == code).map(Missing::code);
                    match concept.index_of(code).or(reason) {
                        Some(code) => found.push(code),
                        None => return r.fail(format!("concept `{id}` has no code `{code}`")),
                    }
                }
                Check::Codes { of: at, codes: found }
            }
        });
    }
    let any = condition.any.iter().map(|c| clause(r, c, makers)).collect::<Result<_, _>>()?;
    Ok(Clause { all, any })
}
