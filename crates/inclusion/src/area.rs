//! A sample is of one area: a file that holds several is cut to one by the study, or refused.
//!
//! The weights of such a file add up to the respondents of each area, so that pooled figures would
//! stand for nobody.

use crate::Error;
use crate::plan::{Part, Sample};
use inclusion_ingest::{Options, inspect_as};
use std::collections::BTreeSet;

/// Areas that a message lists.
const LISTED: usize = 20;

/// Refuses a file of several areas of which the study does not keep one.
///
/// # Errors
///
/// [`Error::Study`] with the column, the areas and what to write; [`Error::Ingest`] if a file cannot
/// be read.
pub(crate) fn check(sample: &Sample) -> Result<(), Error> {
    for part in &sample.parts {
        let Some(column) = &part.recipe.area_column else { continue };
        if part.recipe.keep.iter().any(|keep| &keep.column == column && keep.values.len() == 1) {
            continue;
        }
        let (areas, count) = values(part, column)?;
        if count > 1 {
            let first = areas.iter().next().map_or("", String::as_str);
            let message = format!(
                "{} of survey `{}` holds {count} areas in column `{column}`: {}; a survey is of \
                 one, so add `where = {{ {column} = \"{first}\" }}` to its [[survey]], and a \
                 [[survey]] for each other area",
                files(part),
                sample.plan.sample,
                listed(&areas, count)
            );
            return Err(Error::Study { place: sample.place.clone(), message });
        }
    }
    Ok(())
}

/// Refuses a `where` that no row passes.
pub(crate) fn check_rows(sample: &Sample, rows: u64) -> Result<(), Error> {
    if rows > 0 {
        return Ok(());
    }
    let mut message = format!(
        "no row of survey `{}` passes `where`: each value occurs, but no row has all of them",
        sample.plan.sample
    );
    for part in &sample.parts {
        if sample.filtered.is_empty() {
            let id = &part.recipe.id;
            message = format!("no row of {} is kept by recipe `{id}`", files(part));
            break;
        }
        let rows = part.files.get(&part.recipe.rows).into_iter().flatten();
        if rows.clone().any(|path| crate::scheme(path).is_some()) {
            // What its columns hold would have to be fetched.
            message = format!(
                "no row of {} passes `where` of survey `{}`",
                files(part),
                sample.plan.sample
            );
            break;
        }
        for column in &sample.filtered {
            let (found, count) = values(part, column)?;
            let wanted: Vec<&String> = part
                .recipe
                .keep
                .iter()
                .filter(|keep| &keep.column == column)
                .flat_map(|keep| &keep.values)
                .collect();
            if !wanted.iter().any(|value| found.contains(*value)) {
                let wanted: Vec<&str> = wanted.into_iter().map(String::as_str).collect();
                message = format!(
                    "no row of {} passes `where`: column `{column}` is to be {}, and holds {}",
                    files(part),
                    wanted.join(" or "),
                    listed(&found, count)
                );
            }
        }
    }
    Err(Error::Study { place: sample.place.clone(), message })
}

/// Values of a column over the files of a part, and how many there are.
fn values(part: &Part, column: &str) -> Result<(BTreeSet<String>, usize), Error> {
    let mut found = BTreeSet::new();
    let mut most = 0;
    let Some(spec) = part.recipe.files.get(&part.recipe.rows) else { return Ok((found, 0)) };
    for path in part.files.get(&part.recipe.rows).into_iter().flatten() {
        let inspection = inspect_as(path, spec, &Options::default())?;
        // A file without the column says so where the column is first needed.
        let known = inspection.columns.iter().find(|known| known.name == column);
        let Some(known) = known else { continue };
        most = most.max(known.distinct.unwrap_or(usize::MAX));
        found.extend(known.values.iter().map(|(value, _, _)| value.clone()));
    }
    let count = most.max(found.len());
    Ok((found, count))
}

fn listed(values: &BTreeSet<String>, count: usize) -> String {
    let shown: Vec<&str> = values.iter().take(LISTED).map(String::as_str).collect();
    match count > shown.len() {
        true => format!("{} and others", shown.join(", ")),
        false => shown.join(", "),
    }
}

fn files(part: &Part) -> String {
    let paths = part.files.get(&part.recipe.rows).into_iter().flatten();
    paths.map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
