//! Missing values that a file of the survey declares, and a table of a warehouse does not.
//!
//! An SPSS file declares some of its values missing, which are blanks to the reader unless the recipe lists
//! them; only the file tells which. Stata's `.a` to `.z` are no values, and most tables have NULL for them.

use crate::reproduce::script::{Column, Part, RawCheck, Rule, is_tag};
use crate::reproduce::shown;
use inclusion_estimate::{Diagnostic, Severity, Text};
use inclusion_ingest::Format;

/// What may differ from the local engine, with the columns in which it may.
pub(super) fn untold(part: &Part) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (at, table) in part.tables.iter().enumerate() {
        let spss = table.format == Format::Spss && table.absent;
        let stata = table.format == Format::Stata;
        let may_differ = |keys: &[&String], open: bool| {
            spss && (open || keys.iter().any(|key| key.is_empty()))
                || stata && keys.iter().any(|key| is_tag(key))
        };
        let mut names: Vec<String> = uses(part)
            .into_iter()
            .filter(|(column, keys, open)| column.table == at && may_differ(keys, *open))
            .map(|(column, ..)| format!("`{}`", column.name))
            .collect();
        names.sort();
        names.dedup();
        if names.is_empty() {
            continue;
        }
        let why = match stata {
            true => "the recipe maps codes of Stata such as `.a`, which the table needs as texts: where it \
                     has NULL for them they are blanks, and figures may differ"
                .to_string(),
            false => format!(
                "only `{}` tells which values it declares missing, and it is not there: they are taken as \
                 values like others, and figures may differ. Put the file there (no row of it is read), or list them \
                 under `missing` in the recipe",
                shown(&table.paths[0])
            ),
        };
        notes.push(Diagnostic {
            code: Text::fixed("missing_of_file"),
            severity: Severity::Caution,
            message: format!("In {}: {why}.", names.join(", ")).into(),
            count: 0,
        });
    }
    notes
}

/// Columns with the keys that are looked for in them, and whether every other value counts.
fn uses(part: &Part) -> Vec<(&Column, Vec<&String>, bool)> {
    let tested = |check: &RawCheck| check.min.is_some() || check.max.is_some();
    let stage = &part.stages[0];
    let design = part.weight.iter().map(|(column, _)| column);
    let design = design.chain(&stage.stratum).chain(&stage.psu).chain(&part.key);
    let mut all: Vec<_> = design.map(|column| (column, Vec::new(), true)).collect();
    all.extend(part.keep.iter().map(|(check, _)| (&check.column, check.keys(), tested(check))));
    for maker in &part.makers {
        match &maker.rule {
            Rule::Column { column, pairs, others, .. } => {
                let keys = pairs.iter().map(|(key, _)| key).collect();
                all.push((column, keys, maker.number || others.is_some()));
            }
            Rule::Cases { cases, columns, blank, .. } => {
                let checks = cases.iter().flat_map(|(checks, _)| checks);
                all.extend(checks.map(|check| (&check.column, check.keys(), tested(check))));
                all.extend(columns.iter().map(|column| (column, Vec::new(), blank.is_some())));
            }
            _ => {}
        }
    }
    all
}
