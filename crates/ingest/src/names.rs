//! Column names: the exact name first, then the normalised one.
//!
//! Real files of one survey write `PESO`, `Peso` and `peso`: names are equal if they agree after
//! case folding and after every run of other characters became one underscore.

use crate::Error;
use std::path::Path;

/// A name as it is compared.
pub(crate) fn normalised(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.trim().trim_start_matches('\u{feff}').chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_matches('_').to_string()
}

/// What a column is looked for.
pub(crate) struct Wanted<'a> {
    /// Recipe id.
    pub recipe: &'a str,
    /// What for: `concept sex`.
    pub role: &'a str,
    /// Name in the recipe.
    pub name: &'a str,
}

/// Index of the column that a recipe means.
pub(crate) fn find(wanted: &Wanted<'_>, columns: &[&str], file: &Path) -> Result<usize, Error> {
    if let Some(i) = columns.iter().position(|c| *c == wanted.name) {
        return Ok(i);
    }
    let key = normalised(wanted.name);
    let fits: Vec<usize> = (0..columns.len()).filter(|i| normalised(columns[*i]) == key).collect();
    match fits[..] {
        [one] => Ok(one),
        [first, second, ..] => Err(Error::AmbiguousColumn {
            recipe: wanted.recipe.into(),
            role: wanted.role.into(),
            wanted: wanted.name.into(),
            file: file.to_path_buf(),
            first: columns[first].into(),
            second: columns[second].into(),
        }),
        [] => Err(Error::MissingColumn {
            recipe: wanted.recipe.into(),
            role: wanted.role.into(),
            wanted: wanted.name.into(),
            file: file.to_path_buf(),
            near: near(wanted.name, columns),
        }),
    }
}

fn near(name: &str, columns: &[&str]) -> Vec<String> {
    let mut left: Vec<&str> = columns.to_vec();
    let mut names = Vec::new();
    while let Some(found) = inclusion_registry::nearest(name, left.iter().copied()) {
        names.push(found.to_string());
        left.retain(|c| *c != found);
        if names.len() == 3 {
            break;
        }
    }
    names
}

/// Refuses a header in which a name stands twice.
pub(crate) fn check_unique<'a>(
    names: impl Iterator<Item = &'a str>,
    file: &Path,
) -> Result<(), Error> {
    let mut seen = std::collections::BTreeMap::new();
    for (i, name) in names.enumerate() {
        if let Some(first) = seen.insert(name, i) {
            return Err(Error::DuplicateColumn {
                file: file.to_path_buf(),
                name: name.into(),
                first: first + 1,
                second: i + 1,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_case_and_punctuation_only_if_one_does() {
        let wanted = |name| Wanted { recipe: "r", role: "weight", name };
        let file = Path::new("a.csv");
        assert_eq!(find(&wanted("peso"), &["id", " Peso "], file).unwrap(), 1);
        assert_eq!(find(&wanted("id domicilio"), &["ID_DOMICILIO"], file).unwrap(), 0);
        assert_eq!(find(&wanted("A"), &["a", "A"], file).unwrap(), 1);
        let both = find(&wanted("a-b"), &["a_b", "A B"], file).unwrap_err().to_string();
        assert_eq!(
            both,
            "a.csv: `a-b` (weight, recipe r) fits columns `a_b` and `A B`; write the exact name"
        );
        let none = find(&wanted("pesos"), &["id", "PESO"], file).unwrap_err().to_string();
        assert_eq!(
            none,
            "a.csv: no column `pesos`, which recipe r needs for weight; near names: `PESO`"
        );
    }
}
