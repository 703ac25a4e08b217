//! Which columns of the rows' file hold replicate weights.
//!
//! A prefix means the columns whose name is the prefix and a whole number, in the order of these
//! numbers: neither the full weight `w` beside `w1` … `w80` nor the order of the columns in a file
//! matters. A gap in the numbers is an error, since a lost replicate would only make every standard
//! error a little wrong.

use crate::Error;
use crate::names::normalised;
use inclusion_registry::{ReplicateColumns, nearest};
use std::collections::BTreeMap;
use std::path::Path;

/// Names of the columns, in the order of the replicates.
pub(crate) fn names(
    recipe: &str,
    replicates: &ReplicateColumns,
    columns: &[&str],
    file: &Path,
) -> Result<Vec<String>, Error> {
    let Some(prefix) = &replicates.prefix else { return Ok(replicates.columns.clone()) };
    let fail = |message: String| {
        let message = format!("{}: {message}", file.display());
        Err(Error::Recipe { recipe: recipe.to_string(), message })
    };
    // A prefix such as `brr_` ends in what normalising takes off the end of a whole name.
    let key = normalised(prefix);
    let mut found: BTreeMap<u32, &str> = BTreeMap::new();
    for name in columns {
        let whole = normalised(name);
        let Some(rest) = whole.strip_prefix(&key) else { continue };
        let digits = rest.strip_prefix('_').unwrap_or(rest);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let Ok(number) = digits.parse::<u32>() else { continue };
        if let Some(other) = found.insert(number, name) {
            return fail(format!(
                "columns `{other}` and `{name}` are both replicate {number} of `{prefix}`; write \
                 them out in `columns`"
            ));
        }
    }
    let (Some((first, _)), Some((last, name))) = (found.first_key_value(), found.last_key_value())
    else {
        let near = nearest(prefix, columns.iter().copied());
        let hint = near.map(|n| format!("; near names: `{n}`")).unwrap_or_default();
        return fail(format!(
            "no column is named `{prefix}` and a number, which the replicate weights need{hint}"
        ));
    };
    if let Some(lost) = (*first..*last).find(|number| !found.contains_key(number)) {
        return fail(format!(
            "the replicate weights of `{prefix}` go to `{name}`, but number {lost} is missing; if \
             that is right, write the others out in `columns`"
        ));
    }
    Ok(found.values().map(|name| name.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(prefix: &str, columns: &[&str]) -> Result<Vec<String>, String> {
        let text = format!("kind = \"brr\"\nprefix = \"{prefix}\"");
        let spec: ReplicateColumns = toml::from_str(&text).unwrap();
        names("r", &spec, columns, Path::new("a.csv")).map_err(|e| e.to_string())
    }

    #[test]
    fn a_prefix_means_its_numbers_in_their_order_and_not_the_full_weight() {
        let columns = ["pwgtp", "PWGTP10", "pwgtp9", "pwgtp11", "pwgtp_x", "other"];
        assert_eq!(of("pwgtp", &columns).unwrap(), ["pwgtp9", "PWGTP10", "pwgtp11"]);
        assert_eq!(of("brr_", &["brr_02", "brr_01", "brr"]).unwrap(), ["brr_01", "brr_02"]);
    }

    #[test]
    fn lost_doubled_and_absent_replicates_are_named() {
        assert_eq!(
            of("rep_", &["rep_1", "rep_3"]).unwrap_err(),
            "recipe r: a.csv: the replicate weights of `rep_` go to `rep_3`, but number 2 is \
             missing; if that is right, write the others out in `columns`"
        );
        assert_eq!(
            of("rep_", &["rep_1", "rep1"]).unwrap_err(),
            "recipe r: a.csv: columns `rep_1` and `rep1` are both replicate 1 of `rep_`; write \
             them out in `columns`"
        );
        assert_eq!(
            of("rep_", &["weight"]).unwrap_err(),
            "recipe r: a.csv: no column is named `rep_` and a number, which the replicate weights need"
        );
    }
}
