//! Which rows of the files a study uses: `where`, and the one area of a file that holds several.

use super::{Part, wrong};
use crate::Error;
use crate::study::{Study, Survey};
use inclusion_registry::Keep;

/// Adds the study's tests of source columns to those of the recipes.
pub(super) fn keep(study: &Study, survey: &Survey, parts: &mut [Part]) -> Result<(), Error> {
    for (column, values) in &survey.filter {
        let values = values.list();
        let name = column.get_ref();
        if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
            let message = format!("`where` needs a value of column `{name}`, such as \"PHL\"");
            return Err(wrong(study, column, message));
        }
        let area_column = parts.iter().find_map(|part| part.recipe.area_column.as_ref());
        if area_column != Some(name) {
            let told = match area_column {
                Some(known) => format!(" by column `{known}`, and not by `{name}`"),
                None => format!(", and no recipe of survey `{}` has an `area_column`", survey.id),
            };
            let message = format!(
                "`where` chooses an area of a file that holds several samples{told}; for a part of \
                 one sample ask for a breakdown (`by`), whose standard errors keep the whole design"
            );
            return Err(wrong(study, column, message));
        }
        if values.len() > 1 {
            let message = format!(
                "`where` keeps {} areas of `{name}`, and a survey is of one; write a [[survey]] \
                 for each",
                values.len()
            );
            return Err(wrong(study, column, message));
        }
        for part in parts.iter_mut() {
            part.recipe.keep.push(Keep {
                column: name.clone(),
                values: values.clone(),
                min: None,
                max: None,
                reason: format!(
                    "the study uses those with `{name}` = {} only",
                    values.join(" or ")
                ),
            });
        }
    }
    Ok(())
}

/// The area that `where` names, as a recipe with a column of areas allows.
pub(super) fn area(survey: &Survey, parts: &[Part]) -> Option<String> {
    parts.iter().find_map(|part| {
        let wanted = part.recipe.area_column.as_ref()?;
        let (_, values) = survey.filter.iter().find(|(column, _)| column.get_ref() == wanted)?;
        values.list().into_iter().next()
    })
}
