//! Cells by grouping set: instead of the cross of all breakdown concepts, a table of cells for each
//! largest set of concepts that a breakdown asks for.
//!
//! A set is the cells of a plan with its breakdowns only, so each enters the kernel as such.

use super::estimate::{layout, totals};
use super::form::CellsForm;
use crate::codeless::Codeless;
use crate::finish::finish;
use crate::{Breakdown, Error, Options, Plan, Results, Rows, notes};
use std::collections::BTreeMap;

/// The cells of one grouping set.
pub struct CellsSet<'a> {
    /// The form of its columns; its concepts are those of the set.
    pub form: CellsForm,
    /// The parts of the survey.
    pub parts: Vec<Rows<'a>>,
}

/// The largest sets of concepts that breakdowns ask for, each in the order of names; one without a
/// concept where nothing is asked for.
///
/// ```
/// use inclusion_survey::{Breakdown, cells::grouping_sets};
///
/// let by = |concept: &str| Breakdown { concepts: vec![concept.into()], joint: vec!["sex".into()] };
/// let whole = Breakdown { joint: vec!["sex".into()], ..Breakdown::default() };
/// let sets = grouping_sets(&[whole, by("urbanisation"), by("age_group")]);
/// assert_eq!(sets, [["age_group", "sex"], ["sex", "urbanisation"]]);
/// ```
pub fn grouping_sets(breakdowns: &[Breakdown]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = breakdowns.iter().map(set).collect();
    all.sort();
    all.dedup();
    let within = |one: &Vec<String>| {
        all.iter().any(|other| other != one && one.iter().all(|id| other.contains(id)))
    };
    let largest: Vec<Vec<String>> = all.iter().filter(|one| !within(one)).cloned().collect();
    if largest.is_empty() { vec![Vec::new()] } else { largest }
}

fn set(breakdown: &Breakdown) -> Vec<String> {
    let mut set = [&breakdown.concepts[..], &breakdown.joint].concat();
    set.sort();
    set.dedup();
    set
}

/// Estimates as [`super::estimate_cells`], from cells by grouping set: each breakdown from the first
/// set that has all its concepts.
///
/// # Errors
///
/// [`Error`] as there; of a breakdown that no set has; of sets that are not of the same rows.
pub fn estimate_sets(
    plan: &Plan,
    sets: &[CellsSet<'_>],
    options: &Options,
) -> Result<Results, Error> {
    let mut own: Vec<Vec<Breakdown>> = vec![Vec::new(); sets.len()];
    for breakdown in &plan.breakdowns {
        let wanted = set(breakdown);
        let has = |one: &CellsSet<'_>| {
            wanted.iter().all(|id| one.form.by.iter().any(|(concept, _)| concept == id))
        };
        let at = sets.iter().position(has).ok_or_else(|| Error::Plan {
            place: format!("breakdown `{}`", wanted.join(" * ")),
            message: "no grouping set of the cells has all of its concepts; make the cells for this study"
                .to_string(),
        })?;
        own[at].push(breakdown.clone());
    }
    let mut codeless: BTreeMap<String, Codeless> = BTreeMap::new();
    let mut results: Option<(Results, u64, u64)> = None;
    for (CellsSet { form, parts }, breakdowns) in sets.iter().zip(own) {
        if breakdowns.is_empty() && !plan.breakdowns.is_empty() {
            continue;
        }
        let plan = Plan { breakdowns, ..plan.clone() };
        let (layout, totals) = totals(&plan, form, parts, options)?;
        for (digit, rows) in layout.digits.iter().zip(&totals.codeless) {
            codeless.insert(digit.concept.clone(), *rows);
        }
        let lonely = totals.strata.iter().filter(|s| s.lonely).count() as u64;
        let of_one = totals.of_one();
        let made = finish(&plan, &layout, options, totals, None)?;
        match &mut results {
            None => results = Some((made, lonely, of_one)),
            Some((all, ..)) => {
                if (made.rows, made.weighted_rows) != (all.rows, all.weighted_rows) {
                    let ids: Vec<&str> = form.by.iter().map(|(id, _)| id.as_str()).collect();
                    return Err(Error::Plan {
                        place: format!("grouping set `{}` of the cells", ids.join(" * ")),
                        message: format!(
                            "it stands for {} rows, and the one before for {}; save all rows of one result",
                            made.rows, all.rows
                        ),
                    });
                }
                all.groups.extend(made.groups);
            }
        }
    }
    let (mut results, lonely, of_one) = results.ok_or_else(|| Error::Plan {
        place: "cells".to_string(),
        message: "they have no grouping set".to_string(),
    })?;
    results.groups.sort_by(|a, b| a.total.key.cmp(&b.total.key));
    let layout = layout(plan, &sets[0].form)?;
    let codeless: Vec<Codeless> = layout
        .digits
        .iter()
        .map(|digit| codeless.get(&digit.concept).copied().unwrap_or_default())
        .collect();
    let facts = notes::Facts {
        rows: results.rows,
        weighted_rows: results.weighted_rows,
        codeless: &codeless,
        lonely,
        clustered: layout.clustered,
        of_one,
        ..notes::Facts::default()
    };
    results.diagnostics = notes::sample(&layout, options, &facts);
    Ok(results)
}
