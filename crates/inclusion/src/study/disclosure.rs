//! The part of a study file that says what may be shown.

use inclusion_registry::{IntervalWidthRule, Policy, RelativeErrorRule};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// What may be shown: a profile of the registry, or `custom` with rules of its own, of which the worst
/// result decides.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Disclosure {
    /// Disclosure profile of the registry, or `custom`.
    #[schemars(with = "String")]
    pub profile: Spanned<String>,
    /// Custom: fewer unweighted cases than this are withheld.
    #[schemars(with = "Option<u64>")]
    pub withhold_below: Option<Spanned<u64>>,
    /// Custom: fewer unweighted cases than this are of low reliability.
    #[schemars(with = "Option<u64>")]
    pub unreliable_below: Option<Spanned<u64>>,
    /// Custom: limits of the relative standard error, in per cent.
    #[schemars(with = "Option<RelativeErrorSpec>")]
    pub relative_error: Option<Spanned<RelativeErrorSpec>>,
    /// Custom: limits of the width of a share's interval; those of the NCHS where left out.
    #[schemars(with = "Option<IntervalWidthSpec>")]
    pub interval_width: Option<Spanned<IntervalWidthSpec>>,
    /// Custom: counts of persons below this are withheld; of a share also those with and without the
    /// property.
    #[schemars(with = "Option<u64>")]
    pub threshold: Option<Spanned<u64>>,
    /// Custom: the threshold applies to counts of 0 as well.
    #[schemars(with = "Option<bool>")]
    pub protect_zeros: Option<Spanned<bool>>,
    /// Custom, amounts: the p-percent rule.
    #[schemars(with = "Option<f64>")]
    pub p_percent: Option<Spanned<f64>>,
    /// Custom, amounts: dominance rules, such as [[1, 75], [2, 85]].
    #[schemars(with = "Option<Vec<(u64, f64)>>")]
    pub dominance: Option<Spanned<Vec<(u64, f64)>>>,
    /// Custom: counts are printed rounded to multiples of this.
    #[schemars(with = "Option<u64>")]
    pub round_counts: Option<Spanned<u64>>,
    /// Custom: hide the other sex where a withheld one could be worked out.
    #[schemars(with = "Option<bool>")]
    pub sex_complement: Option<Spanned<bool>>,
}

/// Limits of the relative standard error, in per cent.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelativeErrorSpec {
    /// Above this a figure is of low reliability.
    pub unreliable_above: f64,
    /// Above this it is withheld.
    pub withhold_above: f64,
}

/// Limits of the width of a share's 95 per cent interval.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IntervalWidthSpec {
    /// Fewer effective cases than this are withheld: 30.
    pub least_effective: Option<f64>,
    /// An interval no wider than this share is shown: 0.05.
    pub narrow: Option<f64>,
    /// One at least this wide is withheld: 0.30.
    pub wide: Option<f64>,
    /// Between the two it is withheld if it is more than this many times the share: 1.30.
    pub relative: Option<f64>,
    /// Fewer degrees of freedom than this are to be reviewed: 8.
    pub least_df: Option<f64>,
}

impl Default for Disclosure {
    fn default() -> Disclosure {
        Disclosure::of("dhs")
    }
}

/// What is wrong with the rules: the place of which key, or of the profile, and the message.
pub(crate) type Mistake = (Option<std::ops::Range<usize>>, String);

impl Disclosure {
    /// A profile of the registry.
    pub(crate) fn of(profile: &str) -> Disclosure {
        Disclosure {
            profile: Spanned::new(0..0, profile.to_string()),
            withhold_below: None,
            unreliable_below: None,
            relative_error: None,
            interval_width: None,
            threshold: None,
            protect_zeros: None,
            p_percent: None,
            dominance: None,
            round_counts: None,
            sex_complement: None,
        }
    }

    /// The profile that the study writes itself; `None` if it names one of the registry.
    pub(crate) fn custom(&self) -> Result<Option<Policy>, Mistake> {
        let profile = self.profile.get_ref();
        let given = self.given();
        if profile != Policy::CUSTOM {
            return match given.first() {
                Some((key, span)) => Err((
                    Some(span.clone()),
                    format!(
                        "`{key}` is a rule of the profile `custom`, and the profile is `{profile}`; \
                         set `profile = \"custom\"`, or leave the rule out"
                    ),
                )),
                None => Ok(None),
            };
        }
        if given.iter().all(|(key, _)| matches!(*key, "sex_complement" | "round_counts")) {
            return Err((
                None,
                "the profile `custom` has no rule by which a figure is judged; give one, such as \
                 `withhold_below = 25`, or take `open`, which withholds nothing"
                    .to_string(),
            ));
        }
        let policy = self.policy();
        match policy.mistake() {
            Some((key, message)) => {
                let place = given.into_iter().find(|(own, _)| *own == key).map(|(_, span)| span);
                Err((place, message))
            }
            None => Ok(Some(policy)),
        }
    }

    /// The rules that are given, with their places.
    fn given(&self) -> Vec<(&'static str, std::ops::Range<usize>)> {
        [
            ("withhold_below", self.withhold_below.as_ref().map(Spanned::span)),
            ("unreliable_below", self.unreliable_below.as_ref().map(Spanned::span)),
            ("relative_error", self.relative_error.as_ref().map(Spanned::span)),
            ("interval_width", self.interval_width.as_ref().map(Spanned::span)),
            ("threshold", self.threshold.as_ref().map(Spanned::span)),
            ("protect_zeros", self.protect_zeros.as_ref().map(Spanned::span)),
            ("p_percent", self.p_percent.as_ref().map(Spanned::span)),
            ("dominance", self.dominance.as_ref().map(Spanned::span)),
            ("round_counts", self.round_counts.as_ref().map(Spanned::span)),
            ("sex_complement", self.sex_complement.as_ref().map(Spanned::span)),
        ]
        .into_iter()
        .filter_map(|(key, span)| Some((key, span?)))
        .collect()
    }

    fn policy(&self) -> Policy {
        fn get<T: Clone>(spec: &Option<Spanned<T>>) -> Option<T> {
            spec.as_ref().map(|spec| spec.get_ref().clone())
        }
        let usual = Policy::default();
        Policy {
            id: Policy::CUSTOM.to_string(),
            name: "rules of this study".to_string(),
            withhold_below: get(&self.withhold_below).unwrap_or(0),
            unreliable_below: get(&self.unreliable_below).unwrap_or(0),
            relative_error: get(&self.relative_error).map(|spec| RelativeErrorRule {
                unreliable_above: spec.unreliable_above,
                withhold_above: spec.withhold_above,
            }),
            interval_width: get(&self.interval_width).map(|spec| {
                let usual = IntervalWidthRule::default();
                IntervalWidthRule {
                    least_effective: spec.least_effective.unwrap_or(usual.least_effective),
                    narrow: spec.narrow.unwrap_or(usual.narrow),
                    wide: spec.wide.unwrap_or(usual.wide),
                    relative: spec.relative.unwrap_or(usual.relative),
                    least_df: spec.least_df.unwrap_or(usual.least_df),
                }
            }),
            threshold: get(&self.threshold),
            protect_zeros: get(&self.protect_zeros).unwrap_or(usual.protect_zeros),
            p_percent: get(&self.p_percent),
            dominance: get(&self.dominance).unwrap_or_default(),
            round_counts: get(&self.round_counts),
            sex_complement: get(&self.sex_complement).unwrap_or(usual.sex_complement),
            source: "the study file".to_string(),
        }
    }
}
