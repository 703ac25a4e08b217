//! Women, men and all: two of them tell the third.
//!
//! With the share s of women in the base, the rate of all is s × women + (1 − s) × men, so that a
//! withheld rate follows from the other two. The review protects against that with all other sums at
//! once ([`crate::review`]); here stands the rule by itself.

/// What is done with a figure of women, men or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is shown.
    Publish,
    /// It is withheld for its own sake.
    Suppress,
    /// It is withheld because it would tell another one.
    SuppressSecondary,
}

/// Women and men after the rule: if exactly one of them is withheld and the figure of all is shown,
/// the other one goes too.
///
/// ```
/// use inclusion_disclosure::{Decision::*, other_sex};
/// assert_eq!(other_sex(Suppress, Publish, Publish), (Suppress, SuppressSecondary));
/// assert_eq!(other_sex(Suppress, Publish, Suppress), (Suppress, Publish));
/// ```
pub fn other_sex(women: Decision, men: Decision, all: Decision) -> (Decision, Decision) {
    use Decision::{Publish, SuppressSecondary};
    match (women == Publish, men == Publish, all == Publish) {
        (false, true, true) => (women, SuppressSecondary),
        (true, false, true) => (SuppressSecondary, men),
        _ => (women, men),
    }
}

/// The withheld rate that a reader works out from the rate of all, that of the other sex, and the
/// share `share` of the withheld sex in the base; none if nobody is of that sex.
///
/// ```
/// use inclusion_disclosure::recovered_rate;
/// assert!((recovered_rate(0.5, 0.6, 0.5).unwrap() - 0.4).abs() < 1e-12);
/// ```
pub fn recovered_rate(all: f64, other: f64, share: f64) -> Option<f64> {
    (share > 0.0).then(|| (all - (1.0 - share) * other) / share)
}
