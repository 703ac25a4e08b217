//! Near codes for a code that is not in its list.

/// At most three ids, nearest first, compared by id and by name: `FEMALE` is near `F`, Female.
///
/// ```
/// let list = [("_T", "Both sexes"), ("F", "Female"), ("M", "Male")];
/// assert_eq!(inclusion_sdmx::nearest_codes("FEMALE", list)[0], "F");
/// ```
pub fn nearest_codes<'a>(
    code: &str,
    list: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<String> {
    let lower = code.to_lowercase();
    let similar = |text: &str| strsim::jaro_winkler(&lower, &text.to_lowercase());
    let mut scored: Vec<(f64, &str)> =
        list.into_iter().map(|(id, name)| (similar(id).max(similar(name)), id)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    // What is far behind the best is no help.
    let near = |score: f64| score > 0.0 && score >= 0.7 * best;
    scored.into_iter().take(3).filter(|(score, _)| near(*score)).map(|(_, id)| id.into()).collect()
}

/// The nearest names where a name is not known.
pub(crate) fn nearest_names<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Vec<String> {
    nearest_codes(name, known.into_iter().map(|known| (known, known)))
}
