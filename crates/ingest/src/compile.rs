//! Prepares a recipe for one file: design, filters, keys, joins, and a maker for each concept.

use crate::compile_derived::derived;
use crate::compile_mapped::{mapped, test_lookup};
use crate::error::Error;
use crate::join::Joined;
use crate::number::NumberFormat;
use crate::plan::{KeepTest, Maker, Plan, SlotInfo, SlotTest, StageSlots};
use crate::replicates;
use crate::resolve::{Context, InFile, Resolver, resolver};
use inclusion_registry::{Concept, Derive, Recipe};

/// Columns that a joined file has to supply.
pub(crate) fn joined_columns(
    context: &Context<'_>,
    rows: InFile<'_>,
    joins: &[InFile<'_>],
) -> Result<Vec<Vec<usize>>, Error> {
    let mut resolver = resolver(context, rows, joins);
    compile(&mut resolver)?;
    Ok(resolver.used[1..].iter().map(|u| u.iter().copied().collect()).collect())
}

/// Prepares the recipe for one part of the rows' file.
pub(crate) fn prepare(
    context: &Context<'_>,
    rows: InFile<'_>,
    joins: &[InFile<'_>],
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
    let mut stages = Vec::new();
    for (stage, number) in design.stages.iter().zip(2..) {
        let role = |what: &str| format!("the {what} of stage {number}");
        stages.push(StageSlots {
            stratum: r.slots(&stage.stratum, &role("stratum"))?,
            psu: r.slots(&stage.psu, &role("sampling unit"))?,
            fpc: stage
                .fpc
                .as_ref()
                .map(|c| r.slot(0, c, &role("finite population")))
                .transpose()?,
        });
    }
    let replicates = match &design.replicates {
        None => Vec::new(),
        Some(spec) => {
            let columns: Vec<&str> =
                r.sources[0].about.columns.iter().map(|c| c.name.as_str()).collect();
            let names = replicates::names(&recipe.id, spec, &columns, &r.sources[0].about.path)?;
            r.slots(&names, "the replicate weights")?
        }
    };
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
        stages,
        replicates,
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
