//! Near names for a name that is not there.

/// The known name nearest to `name`, if one is near enough to be meant.
///
/// ```
/// use inclusion_registry::nearest;
/// assert_eq!(nearest("indicatr", ["indicator", "interval"]), Some("indicator"));
/// assert_eq!(nearest("zebra", ["indicator", "interval"]), None);
/// ```
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::normalized_damerau_levenshtein(&lower, &k.to_lowercase()), k))
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, k)| k)
}
