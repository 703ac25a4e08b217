//! The recipe of rows that are harmonised already: columns are named after concepts, and their values
//! are the codes of these.

use crate::Error;
use inclusion_registry::{ConceptKind, Missing, Registry, nearest};
use std::fmt::Write;

/// The columns of a sampling design.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DesignColumns {
    /// Weight; none means that every row counts one.
    pub weight: Option<String>,
    /// Stratum: no, one or several columns.
    pub stratum: Vec<String>,
    /// Primary sampling unit; none means that every row is its own.
    pub psu: Vec<String>,
    /// Finite population of the first stage: number of units, or sampling fraction.
    pub fpc: Option<String>,
    /// PSU numbers are unique only inside their stratum.
    pub nest: bool,
}

/// The text of a recipe for rows that need none: each column with the id of a concept is that concept,
/// its values are codes or reasons (`dont_know`, `refused`, …) by their ids, and a blank is not stated.
///
/// # Errors
///
/// [`Error::Usage`] for a design column that the rows do not have, with the nearest name, and for rows
/// without any concept.
pub fn harmonised_recipe(
    registry: &Registry,
    columns: &[String],
    design: &DesignColumns,
    population: &str,
) -> Result<String, Error> {
    if let Some((place, name)) =
        columns.iter().enumerate().find(|(place, name)| columns[..*place].contains(name))
    {
        let first = columns[..place].iter().position(|own| own == name).unwrap_or_default() + 1;
        return Err(Error::Usage(format!(
            "the frame has two columns `{name}` ({first} and {}); rename one, or leave it out",
            place + 1
        )));
    }
    let named = design.weight.iter().chain(&design.stratum).chain(&design.psu).chain(&design.fpc);
    for name in named {
        if !columns.contains(name) {
            let near = nearest(name, columns.iter().map(String::as_str));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Error::Usage(format!("the frame has no column `{name}`{hint}")));
        }
    }
    let mut text = format!(
        "id = \"{ID}\"\nversion = \"1.0.0\"\nname = \"Harmonised rows\"\nproducer = \"not stated\"\n\
         population = {}\ncoverage = \"all rows given\"\n\
         source = \"columns named after concepts, with their codes as values\"\n\
         rows = \"rows\"\n[file.rows]\n[design]\nnest = {}\n",
        quoted(population),
        design.nest
    );
    let list = |names: &[String]| {
        names.iter().map(|name| quoted(name)).collect::<Vec<String>>().join(", ")
    };
    if let Some(weight) = &design.weight {
        let _ = writeln!(text, "weight = {{ column = {} }}", quoted(weight));
    }
    let _ = writeln!(text, "stratum = [{}]", list(&design.stratum));
    let _ = writeln!(text, "psu = [{}]", list(&design.psu));
    if let Some(fpc) = &design.fpc {
        let _ = writeln!(text, "fpc = {}", quoted(fpc));
    }
    let mut any = false;
    for concept in columns.iter().filter_map(|column| registry.concepts.get(column)) {
        let category = concept.kind == ConceptKind::Category;
        if category && concept.codes.is_empty() {
            // Its codes are those of a recipe.
            continue;
        }
        any = true;
        let _ =
            writeln!(text, "[concept.{0}]\ncolumn = \"{0}\"\nblank = \"not_stated\"", concept.id);
        let own = |id: &str| concept.codes.iter().any(|code| code.id == id);
        let reasons = Missing::ALL.iter().map(|reason| reason.id()).filter(|id| !own(id));
        let _ = writeln!(text, "missing = {{ {} }}", themselves(reasons));
        if category {
            let codes = concept.codes.iter().map(|code| code.id.as_str());
            let _ = writeln!(text, "map = {{ {} }}", themselves(codes));
        }
    }
    match any {
        true => Ok(text),
        false => Err(Error::Usage(
            "no column of the frame is named after a concept; rename the columns, or name a recipe that \
             says what they hold"
                .to_string(),
        )),
    }
}

/// The id of the recipe.
const ID: &str = "harmonised/rows";

/// Values that stand for themselves.
fn themselves<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let pairs: Vec<String> = ids.map(|id| format!("{0} = {0}", quoted(id))).collect();
    pairs.join(", ")
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_concept_of_the_registry_fits_the_recipe_of_its_own_column() {
        let registry = Registry::builtin().unwrap();
        let mut names: Vec<String> = registry.concepts.keys().cloned().collect();
        names.extend(columns(&["a \"weight\"", "psu"]));
        let design = DesignColumns {
            weight: Some("a \"weight\"".into()),
            psu: columns(&["psu"]),
            ..Default::default()
        };
        let text = harmonised_recipe(&registry, &names, &design, "person").unwrap();
        let with = Registry::with_recipe(None, Path::new("frame"), &text).unwrap();
        let recipe = &with.recipes[ID];
        assert_eq!(recipe.design.weight.as_ref().unwrap().column, "a \"weight\"");
        assert_eq!(recipe.concepts["sex"].map["F"], "F");
    }

    #[test]
    fn a_design_column_that_is_not_there_is_told_with_the_nearest() {
        let registry = Registry::builtin().unwrap();
        let design = DesignColumns { weight: Some("wieght".into()), ..Default::default() };
        let wrong = harmonised_recipe(&registry, &columns(&["weight", "sex"]), &design, "person");
        assert!(wrong.unwrap_err().to_string().ends_with("did you mean `weight`?"));
        let none = harmonised_recipe(&registry, &columns(&["a"]), &Default::default(), "person");
        assert!(none.unwrap_err().to_string().contains("named after a concept"));
    }
}
