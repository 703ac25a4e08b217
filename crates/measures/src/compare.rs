//! Women and men of one cell compared: one estimate for each measure asked for.
//!
//! The interval of a ratio is made on the log scale, where it cannot fall below 0 and where women over
//! men and men over women give the same statement. Degrees of freedom are those of the union of both
//! sexes' domains.

use crate::parity::adjusted;
use crate::persons::population_fixed;
use crate::{
    Undefined, adjusted_parity, excess_offline, gap, parity, relative_gap, user_difference,
    women_to_parity,
};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, Interval, Linearized, Measure, Outcome,
    SeriesKey, Severity, SharedSample, Uncertainty, Unit, interval_log, interval_mean,
};
use inclusion_registry::{Direction, IndicatorKind};

/// How to compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Confidence level.
    pub level: f64,
    /// The measures, in the order of the result. Those that are not of two groups (the level itself,
    /// head counts, non-response) are passed over.
    pub measures: Vec<Measure>,
    /// Women and men in the indicator's base, for measures that count persons.
    pub populations: Option<(f64, f64)>,
}

impl Default for Options {
    /// 95 per cent; gap, relative gap, parity and adjusted parity; no populations.
    fn default() -> Options {
        Options {
            level: 0.95,
            measures: vec![
                Measure::Gap,
                Measure::RelativeGap,
                Measure::Parity,
                Measure::AdjustedParity,
            ],
            populations: None,
        }
    }
}

/// Whether women and men are compared at all: only rates are. In a share of women parity is one half,
/// and what is no property of persons has no gap.
pub fn comparable(kind: IndicatorKind) -> bool {
    match kind {
        IndicatorKind::Rate => true,
        IndicatorKind::ShareOfWomen | IndicatorKind::Unsexed => false,
    }
}

/// Compares the women's and the men's estimate of one cell; both come from one source and period.
///
/// The results have the women's key without `sex`, the two samples' counts as `parts`, and `union_df`
/// (`None` is infinite) as degrees of freedom. Where lower is better, every measure is of the
/// complement 1 − rate, and the diagnostic `complement_used` says so; an indicator in a unit of its own
/// has no complement, so its gap is women minus men and its ratios do not apply.
///
/// What is undefined becomes an absence: no ratio where the rate of men is zero, nothing where both
/// are. Where the rate of women alone is zero the ratio is 0 without an interval (diagnostic
/// `zero_rate`). Published figures, and estimates that were not made jointly, give a value of unknown
/// uncertainty (`se_unknown`, `covariance_unknown`).
pub fn compare(
    women: &Estimate,
    men: &Estimate,
    union_df: Option<f64>,
    direction: Direction,
    options: &Options,
) -> Vec<Estimate> {
    let pair = Pair::new(women, men, direction);
    options
        .measures
        .iter()
        .filter(|measure| {
            !matches!(measure, Measure::Level | Measure::Headcount | Measure::Nonresponse)
                && !measure.is_contrast()
        })
        .map(|measure| pair.measure(*measure, union_df, options))
        .collect()
}

/// The two sides of a comparison.
struct Pair<'a> {
    women: &'a Estimate,
    men: &'a Estimate,
    /// What every measure of the two begins with.
    key: SeriesKey,
    counts: Counts,
    diagnostics: Vec<Diagnostic>,
    /// The two values as they are compared, or why they are not.
    values: Result<(Linearized, Linearized), Absence>,
    /// The two were estimated jointly from survey rows.
    joint: bool,
    direction: Direction,
}

impl<'a> Pair<'a> {
    fn new(women: &'a Estimate, men: &'a Estimate, direction: Direction) -> Pair<'a> {
        let complement = direction == Direction::Lower && women.unit == Unit::Share;
        let mut joint = true;
        let values = match (&women.outcome, &men.outcome) {
            (Outcome::Known(f), Outcome::Known(m)) => {
                let mut f = linearized(f, &mut joint);
                let mut m = linearized(m, &mut joint);
                joint = joint && f.covariance(&m).is_ok();
                if !joint {
                    (f, m) = (Linearized::exact(f.value()), Linearized::exact(m.value()));
                }
                if complement { Ok((without(&f), without(&m))) } else { Ok((f, m)) }
            }
            (f, m) => Err(part_absence(f, m)),
        };
        let mut key = women.key.clone();
        key.breakdown.remove("sex");
        let counts = joint_counts(&women.counts, &men.counts);
        let diagnostics = joint_diagnostics(women, men);
        Pair { women, men, key, counts, diagnostics, values, joint, direction }
    }

    fn measure(&self, measure: Measure, df: Option<f64>, options: &Options) -> Estimate {
        let mut diagnostics = self.diagnostics.clone();
        let outcome = match &self.values {
            Err(absence) => Outcome::Absent(*absence),
            Ok((f, m)) => match self.value(measure, f, m, options.populations) {
                Err(absence) => Outcome::Absent(absence),
                Ok(value) => {
                    self.note(measure, f, m, df, &mut diagnostics);
                    let interval = self.interval(measure, &value, f, m, df, options);
                    let value = if self.joint {
                        Uncertainty::Linearized(value)
                    } else {
                        Uncertainty::Unknown { value: value.value() }
                    };
                    Outcome::Known(Figure { value, df, interval, deff: None, n_effective: None })
                }
            },
        };
        let key = SeriesKey { measure, ..self.key.clone() };
        let unit = match measure {
            Measure::Gap => self.women.unit,
            Measure::RelativeGap | Measure::ExcessOffline => Unit::Share,
            Measure::UserDifference | Measure::WomenToParity => Unit::Count,
            _ => Unit::Ratio,
        };
        Estimate {
            key,
            unit,
            outcome,
            counts: self.counts.clone(),
            parts: vec![self.women.counts.clone(), self.men.counts.clone()],
            diagnostics,
        }
    }

    fn value(
        &self,
        measure: Measure,
        f: &Linearized,
        m: &Linearized,
        populations: Option<(f64, f64)>,
    ) -> Result<Linearized, Absence> {
        let share = self.women.unit == Unit::Share;
        let reversed = self.direction == Direction::Lower && !share;
        let persons = || {
            if !share {
                return Err(Absence::NotApplicable);
            }
            populations.ok_or(Absence::PopulationUnknown)
        };
        let value = match measure {
            Measure::Gap if f.value() == 0.0 && m.value() == 0.0 && share => {
                Err(Undefined::NoOneOfEitherSex)
            }
            Measure::Gap if reversed => gap(m, f),
            Measure::Gap => gap(f, m),
            Measure::RelativeGap | Measure::Parity | Measure::AdjustedParity if reversed => {
                return Err(Absence::NotApplicable);
            }
            Measure::RelativeGap => relative_gap(f, m),
            Measure::Parity => parity(f, m),
            Measure::AdjustedParity => adjusted_parity(f, m),
            Measure::UserDifference => {
                let (n_f, n_m) = persons()?;
                user_difference(f, m, n_f, n_m)
            }
            Measure::WomenToParity => women_to_parity(f, m, persons()?.0),
            Measure::ExcessOffline => {
                let (n_f, n_m) = persons()?;
                excess_offline(f, m, n_f, n_m)
            }
            Measure::Level
            | Measure::Headcount
            | Measure::Nonresponse
            | Measure::Change
            | Measure::GapChange
            | Measure::Difference
            | Measure::LevelRatio
            | Measure::RelativeDifference
            | Measure::LogRatio
            | Measure::GapDifference
            | Measure::ParityRatio => {
                return Err(Absence::NotApplicable);
            }
        };
        value.map_err(|reason| reason.absence().unwrap_or(Absence::PartAbsent))
    }

    fn interval(
        &self,
        measure: Measure,
        value: &Linearized,
        f: &Linearized,
        m: &Linearized,
        df: Option<f64>,
        options: &Options,
    ) -> Option<Interval> {
        let bounded = |rate: &Linearized| {
            self.women.unit == Unit::Share && (rate.value() <= 0.0 || rate.value() >= 1.0)
        };
        // A share of 0 or 1 has no standard error of its own; from it alone no interval can be made.
        if !self.joint || (value.se() == 0.0 && (bounded(f) || bounded(m))) {
            return None;
        }
        let on_log_scale = |ratio: f64, se: f64| interval_log(ratio, se / ratio, df, options.level);
        match measure {
            Measure::RelativeGap if f.value() == 0.0 => None,
            Measure::Parity => on_log_scale(value.value(), value.se()),
            Measure::AdjustedParity => {
                let ratio = parity(f, m).ok()?;
                let interval = on_log_scale(ratio.value(), ratio.se())?;
                Some(Interval {
                    lower: adjusted(interval.lower),
                    upper: adjusted(interval.upper),
                    ..interval
                })
            }
            Measure::ExcessOffline => {
                let interval = on_log_scale(value.value() + 1.0, value.se())?;
                Some(Interval {
                    lower: interval.lower - 1.0,
                    upper: interval.upper - 1.0,
                    ..interval
                })
            }
            _ => interval_mean(value.value(), value.se(), df, options.level),
        }
    }

    /// What was decided for this measure.
    fn note(
        &self,
        measure: Measure,
        f: &Linearized,
        m: &Linearized,
        df: Option<f64>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut add = |code, severity, message| {
            diagnostics.push(Diagnostic::fixed(code, severity, message));
        };
        let share = self.women.unit == Unit::Share;
        if self.direction == Direction::Lower && share {
            add(
                "complement_used",
                Severity::Note,
                "Lower is better: gap and parity are computed on the complement (100 minus the rate).",
            );
        }
        if self.direction == Direction::Lower && !share && measure == Measure::Gap {
            add(
                "sign_reversed",
                Severity::Note,
                "Lower is better: the gap is women minus men, so that above zero women are behind.",
            );
        }
        let unknown = [self.women, self.men]
            .iter()
            .any(|estimate| estimate.outcome.figure().is_some_and(|figure| figure.se().is_none()));
        if unknown {
            add(
                "se_unknown",
                Severity::Caution,
                "The rate of women or of men has no standard error, so the comparison has none.",
            );
        } else if !self.joint {
            add(
                "covariance_unknown",
                Severity::Caution,
                "Women and men were not estimated together, so the comparison has no standard error.",
            );
        }
        // Without a standard error there is nothing to say about its size or its interval.
        let known = self.joint && !unknown;
        let ratio =
            matches!(measure, Measure::RelativeGap | Measure::Parity | Measure::AdjustedParity);
        if known && ratio && f.value() == 0.0 {
            add(
                "zero_rate",
                Severity::Caution,
                "The rate of women is zero: the ratio has no interval on the log scale.",
            );
        } else if known
            && share
            && [f, m].iter().any(|rate| rate.value() <= 0.0 || rate.value() >= 1.0)
        {
            add(
                "degenerate_share",
                Severity::Caution,
                "One rate is 0 or 100 per cent, so the standard error of the comparison is too small.",
            );
        }
        if self.joint && df.is_some_and(|df| df <= 0.0) {
            add(
                "no_degrees_of_freedom",
                Severity::Caution,
                "No degrees of freedom are left, so there is no interval.",
            );
        }
        if matches!(
            measure,
            Measure::UserDifference | Measure::WomenToParity | Measure::ExcessOffline
        ) {
            diagnostics.push(population_fixed());
        }
    }
}

/// The value with its scores; a published one has none.
fn linearized(figure: &Figure, joint: &mut bool) -> Linearized {
    match &figure.value {
        Uncertainty::Linearized(value) => value.clone(),
        Uncertainty::KnownSe { value, .. } | Uncertainty::Unknown { value } => {
            *joint = false;
            Linearized::exact(*value)
        }
    }
}

/// 1 − rate.
fn without(rate: &Linearized) -> Linearized {
    Linearized::combine(1.0 - rate.value(), [(-1.0, rate)])
        .unwrap_or_else(|SharedSample { .. }| Linearized::exact(1.0 - rate.value()))
}

/// Why a measure of two parts has no value, if one of them has none.
pub(crate) fn part_absence(women: &Outcome, men: &Outcome) -> Absence {
    match (women, men) {
        (Outcome::Absent(f), Outcome::Absent(m)) if f == m => *f,
        _ => Absence::PartAbsent,
    }
}

/// Rows of both groups together. PSUs and strata are those of the group that has more of them, as the
/// two share them.
pub(crate) fn joint_counts(women: &Counts, men: &Counts) -> Counts {
    let mut missing = women.missing.clone();
    for (reason, n) in &men.missing {
        missing.add(reason, *n);
    }
    Counts {
        n: women.n + men.n,
        weighted: women.weighted + men.weighted,
        n_rows: women.n_rows + men.n_rows,
        n_numerator: women.n_numerator + men.n_numerator,
        missing,
        psus: women.psus.max(men.psus),
        strata: women.strata.max(men.strata),
    }
}

/// What was decided for either part, each once.
pub(crate) fn joint_diagnostics(women: &Estimate, men: &Estimate) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        women.diagnostics.iter().chain(&men.diagnostics).cloned().collect();
    all.sort();
    all.dedup();
    all
}
