//! Surveys of one study that read the same file.
//!
//! The disclosure review protects a cell against what can be worked out from its own survey. Two
//! surveys of the same rows would be reviewed apart, and differences between their tables would tell
//! what each withholds.

use super::{Sample, wrong};
use crate::Error;
use crate::study::{Study, Survey};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Refuses two surveys that give the same indicator from rows that both may read.
///
/// Surveys of different areas of one file (`where` keeps different values) have no row in common;
/// households and persons of one file have no indicator in common.
///
/// A survey without `where` may fail to be of one area, which only its file tells; beside one with
/// `where` it is left to `when_read`, after that was looked at.
pub(crate) fn check(study: &Study, samples: &[Sample], when_read: bool) -> Result<(), Error> {
    let surveys = &study.file.surveys;
    for (at, (survey, sample)) in surveys.iter().zip(samples).enumerate() {
        for (other, earlier) in surveys[..at].iter().zip(samples) {
            let Some((own, name)) = common_file(study, survey, other) else { continue };
            let (mine, theirs) = (indicators(sample), indicators(earlier));
            let Some(indicator) = mine.intersection(&theirs).next() else { continue };
            let one_unknown = survey.filter.is_empty() != other.filter.is_empty();
            if apart(survey, other) || (one_unknown && !when_read) {
                continue;
            }
            let message = format!(
                "surveys `{}` and `{}` both read `{name}` and both give `{indicator}`: what one \
                 withholds could be worked out from the other; write one [[survey]] with all \
                 breakdowns (`by`), or, for different areas of the file, a `where` with its own \
                 value in each",
                other.id, survey.id
            );
            return Err(wrong(study, own, message));
        }
    }
    Ok(())
}

type Role = toml::Spanned<String>;

/// A file that both name, with its role in the first.
fn common_file<'a>(
    study: &Study,
    survey: &'a Survey,
    other: &Survey,
) -> Option<(&'a Role, &'a str)> {
    let real = |name: &str| -> PathBuf {
        let path = study.resolve(name);
        path.canonicalize().unwrap_or(path)
    };
    let theirs: BTreeSet<PathBuf> =
        other.files.values().flat_map(|names| names.list()).map(real).collect();
    survey.files.iter().find_map(|(role, names)| {
        let name = names.list().into_iter().find(|name| theirs.contains(&real(name)))?;
        Some((role, name))
    })
}

fn indicators(sample: &Sample) -> BTreeSet<&str> {
    sample.plan.indicators.iter().map(|planned| planned.indicator.id.as_str()).collect()
}

/// Some column has other values in the one than in the other, so that no row is in both.
fn apart(survey: &Survey, other: &Survey) -> bool {
    let tests = |survey: &Survey| -> BTreeMap<String, BTreeSet<String>> {
        let tests = survey.filter.iter();
        tests
            .map(|(c, values)| (c.get_ref().clone(), values.list().into_iter().collect()))
            .collect()
    };
    let theirs = tests(other);
    tests(survey)
        .iter()
        .any(|(column, values)| theirs.get(column).is_some_and(|known| known.is_disjoint(values)))
}
