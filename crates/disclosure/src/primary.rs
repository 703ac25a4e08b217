//! Primary confidentiality: can a person, or a single respondent's amount, be found in a cell?
//!
//! Source: Hundepool and others (2012), *Statistical Disclosure Control*, section 4.2.

/// A count that is too small to be shown: 0 < count < `threshold`, and 0 where zeros are protected.
///
/// ```
/// use inclusion_disclosure::small_count;
/// assert!(small_count(4, 5, false) && !small_count(5, 5, false));
/// assert!(!small_count(0, 5, false) && small_count(0, 5, true));
/// ```
pub fn small_count(count: u64, threshold: u64, protect_zeros: bool) -> bool {
    count < threshold && (count > 0 || protect_zeros)
}

/// A share of which one of the counts behind it is too small: its cases, those with the property, or
/// those without. Who reads the share and the cases can work out the other two.
///
/// ```
/// use inclusion_disclosure::small_share;
/// assert!(small_share(3, 200, 5, false), "three with the property");
/// assert!(small_share(198, 200, 5, false), "two without");
/// assert!(!small_share(0, 200, 5, false), "that nobody has it may be told");
/// ```
pub fn small_share(numerator: u64, cases: u64, threshold: u64, protect_zeros: bool) -> bool {
    let without = cases.saturating_sub(numerator);
    small_count(cases, threshold, false)
        || small_count(numerator, threshold, protect_zeros)
        || small_count(without, threshold, protect_zeros)
}

/// The (n, k) rule for magnitudes: the `largest` largest contributions are more than `percent` per
/// cent of the total.
///
/// ```
/// use inclusion_disclosure::dominated;
/// assert!(dominated(&[90.0, 5.0, 5.0], 1, 75.0));
/// assert!(!dominated(&[100.0, 40.0, 30.0], 2, 85.0));
/// ```
pub fn dominated(contributions: &[f64], largest: usize, percent: f64) -> bool {
    let sorted = descending(contributions);
    let total: f64 = sorted.iter().sum();
    let first: f64 = sorted.iter().take(largest).sum();
    100.0 * first > percent * total
}

/// The p-percent rule for magnitudes: the second largest contributor could estimate the largest to
/// within p per cent, as total − largest − second < p/100 × largest.
///
/// ```
/// use inclusion_disclosure::p_percent;
/// assert!(p_percent(&[100.0, 40.0, 8.0], 15.0));
/// assert!(!p_percent(&[100.0, 40.0, 30.0], 15.0));
/// ```
pub fn p_percent(contributions: &[f64], percent: f64) -> bool {
    let sorted = descending(contributions);
    let Some(largest) = sorted.first() else { return false };
    let rest: f64 = sorted.iter().skip(2).sum();
    100.0 * rest < percent * largest
}

fn descending(contributions: &[f64]) -> Vec<f64> {
    let mut sorted = contributions.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted
}
