//! Near names for a name that is not there.

/// The known name nearest to `name`, if one is near enough to be meant.
///
/// ```
/// use inclusion_registry::nearest;
/// assert_eq!(nearest("indicatr", ["indicator", "interval"]), Some("indicator"));
/// assert_eq!(nearest("zebra", ["indicator", "interval"]), None);
/// ```
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(name, known, 1).pop()
}

/// The known names near enough to be meant, at most `count`, the nearest first.
pub(crate) fn nearest_few<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let lower = name.to_lowercase();
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .map(|k| (strsim::normalized_damerau_levenshtein(&lower, &k.to_lowercase()), k))
        .filter(|(score, _)| *score >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().take(count).map(|(_, k)| k).collect()
}
