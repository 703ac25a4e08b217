//! Disclosure profiles: the rules by which a cell is shown, marked or withheld.
//!
//! A profile may combine rules; the worst result of them all decides. What the rules mean, and where
//! they come from, stands with the functions that apply them (`inclusion-disclosure`).

use serde::Deserialize;

/// A disclosure profile: which cells may be shown and how. Rules that are left out do not apply.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Identifier: `dhs`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Fewer unweighted cases than this are withheld.
    #[serde(default)]
    pub withhold_below: u64,
    /// Fewer unweighted cases than this, and not withheld, are marked as of low reliability.
    #[serde(default)]
    pub unreliable_below: u64,
    /// Relative standard error of levels.
    #[serde(default)]
    pub relative_error: Option<RelativeErrorRule>,
    /// Width of the confidence interval of shares.
    #[serde(default)]
    pub interval_width: Option<IntervalWidthRule>,
    /// Counts of persons below this, and above 0, are withheld: cases, and those of a share with and
    /// without the property.
    #[serde(default)]
    pub threshold: Option<u64>,
    /// The threshold applies to counts of 0 as well.
    #[serde(default)]
    pub protect_zeros: bool,
    /// Magnitudes: withheld if all but the two largest contributions are less than so many per cent
    /// of the largest.
    #[serde(default)]
    pub p_percent: Option<f64>,
    /// Magnitudes: withheld if the so many largest contributions are more than so many per cent.
    #[serde(default)]
    pub dominance: Vec<(u64, f64)>,
    /// Counts are printed rounded to multiples of this.
    #[serde(default)]
    pub round_counts: Option<u64>,
    /// Hide a second cell when one sex is withheld and could be worked out from the rest.
    #[serde(default = "yes")]
    pub sex_complement: bool,
    /// Where it comes from.
    pub source: String,
}

/// Limits of the relative standard error, 100 se/|x| in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativeErrorRule {
    /// Above this a figure is of low reliability.
    pub unreliable_above: f64,
    /// Above this it is withheld.
    pub withhold_above: f64,
}

/// Limits of the width of a share's interval; the defaults are those of the NCHS.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IntervalWidthRule {
    /// Fewer effective cases than this are withheld.
    pub least_effective: f64,
    /// An interval no wider than this is shown.
    pub narrow: f64,
    /// One at least this wide is withheld.
    pub wide: f64,
    /// Between the two it is withheld if it is more than this many times the share.
    pub relative: f64,
    /// Fewer degrees of freedom than this are to be reviewed.
    pub least_df: f64,
}

impl Default for IntervalWidthRule {
    fn default() -> IntervalWidthRule {
        IntervalWidthRule {
            least_effective: 30.0,
            narrow: 0.05,
            wide: 0.30,
            relative: 1.30,
            least_df: 8.0,
        }
    }
}

impl Default for Policy {
    /// No rule; a second sex is hidden where another profile or rule withholds one.
    fn default() -> Policy {
        Policy {
            id: String::new(),
            name: String::new(),
            withhold_below: 0,
            unreliable_below: 0,
            relative_error: None,
            interval_width: None,
            threshold: None,
            protect_zeros: false,
            p_percent: None,
            dominance: Vec::new(),
            round_counts: None,
            sex_complement: true,
            source: String::new(),
        }
    }
}

impl Policy {
    /// The profile whose rules stand in the study file.
    pub const CUSTOM: &str = "custom";

    /// The least number of unweighted cases that is not withheld.
    pub fn least_cases(&self) -> u64 {
        self.withhold_below.max(self.threshold.unwrap_or(0))
    }

    /// Levels are judged by how precise they are, not by their cases alone.
    pub fn judges_precision(&self) -> bool {
        self.relative_error.is_some() || self.interval_width.is_some()
    }

    /// When a figure is withheld for its own sake, each as part of a sentence: `fewer than 25 unweighted
    /// cases`.
    pub fn withheld_when(&self) -> Vec<String> {
        let mut rules = Vec::new();
        if self.withhold_below > 0 {
            rules.push(format!("fewer than {} unweighted cases", self.withhold_below));
        }
        if let Some(k) = self.threshold {
            let zeros = if self.protect_zeros { ", or none," } else { "" };
            rules.push(format!(
                "fewer than {k} persons{zeros} in its base, with its property or without it"
            ));
        }
        if let Some(rule) = self.relative_error {
            let limit = rule.withhold_above;
            rules.push(format!("a relative standard error above {limit} per cent"));
        }
        if let Some(rule) = self.interval_width {
            rules.push(format!(
                "a share whose 95% Korn–Graubard interval is at least {} points wide, or more than {} \
                 points and {} times the share, or rests on fewer than {} effective cases",
                points(rule.wide),
                points(rule.narrow),
                rule.relative,
                rule.least_effective
            ));
        }
        if self.p_percent.is_some() || !self.dominance.is_empty() {
            rules.push("an amount of which a few respondents could hold most".to_string());
        }
        rules
    }

    /// When a figure is of low reliability, as [`Policy::withheld_when`].
    pub fn unreliable_when(&self) -> Vec<String> {
        let mut rules = Vec::new();
        let last = self.unreliable_below.saturating_sub(1);
        if self.unreliable_below > 0 && self.withhold_below < last {
            rules.push(format!("{} to {last} unweighted cases", self.withhold_below));
        } else if self.unreliable_below > 0 {
            rules.push(format!("fewer than {} unweighted cases", self.unreliable_below));
        }
        if let Some(rule) = self.relative_error {
            let limit = rule.unreliable_above;
            rules.push(format!("a relative standard error above {limit} per cent"));
        }
        rules
    }

    /// The first rule that makes no sense: the key it is about and what is wrong with it.
    pub fn mistake(&self) -> Option<(&'static str, String)> {
        let share = |value: f64| value > 0.0 && value <= 1.0;
        if self.unreliable_below > 0 && self.withhold_below > self.unreliable_below {
            return Some(("withhold_below", "`withhold_below` is above `unreliable_below`".into()));
        }
        if let Some(rule) = self.relative_error {
            let (low, high) = (rule.unreliable_above, rule.withhold_above);
            if !(low > 0.0 && low <= high && high.is_finite()) {
                let message = "`relative_error` needs `unreliable_above` above 0 and no higher than \
                               `withhold_above`, both in per cent, such as 16.6 and 33.3";
                return Some(("relative_error", message.into()));
            }
        }
        if let Some(rule) = self.interval_width
            && !(share(rule.narrow)
                && share(rule.wide)
                && rule.narrow <= rule.wide
                && rule.relative > 0.0
                && rule.relative.is_finite()
                && rule.least_effective >= 0.0
                && rule.least_df >= 0.0)
        {
            let message = "`interval_width` needs `narrow` and `wide` as shares, `narrow` no wider \
                           than `wide`, and a `relative` above 0, such as 0.05, 0.30 and 1.30";
            return Some(("interval_width", message.into()));
        }
        if self.threshold == Some(0) {
            return Some((
                "threshold",
                "a `threshold` of 0 withholds nothing; leave it out".into(),
            ));
        }
        if self.protect_zeros && self.threshold.is_none() {
            let message = "`protect_zeros` widens a `threshold`; give one, such as 5";
            return Some(("protect_zeros", message.into()));
        }
        if self.p_percent.is_some_and(|p| !(p > 0.0 && p.is_finite())) {
            return Some(("p_percent", "`p_percent` is a percentage above 0, such as 15".into()));
        }
        if self.dominance.iter().any(|(n, k)| *n == 0 || !(*k > 0.0 && *k <= 100.0)) {
            let message = "`dominance` is pairs of a number of contributions and a percentage, such \
                           as [[1, 75], [2, 85]]";
            return Some(("dominance", message.into()));
        }
        if self.round_counts.is_some_and(|base| base < 2) {
            return Some(("round_counts", "`round_counts` is a base from 2 on, such as 5".into()));
        }
        None
    }
}

/// A share in percentage points, without the binary dust of the multiplication.
fn points(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

fn yes() -> bool {
    true
}
