//! All rules on one series, each with its result or the reason why there is none.

use super::closing::common_years;
use super::series::broken;
use super::{
    Basis, Closure, CurveKind, LONG_TERM, Options, Point, Projection, Reason, SHORT_TERM, Status,
    Target, Window, anticipated, change, distance, expected_value, five_bands, gap_closing,
    gap_rates, growth_curve, logit_trend, natural_limit, no_target, parity_ratio, position,
    rate_of_change, ratio_rule, time_distance,
};
use inclusion_estimate::round_half_away;
use inclusion_registry::Direction;

/// The rules, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// [`distance`].
    Distance,
    /// [`change`].
    Change,
    /// [`rate_of_change`].
    RateOfChange,
    /// [`ratio_rule`].
    Ratio,
    /// [`expected_value`].
    ExpectedValue,
    /// [`position`].
    CurrentStatus,
    /// [`anticipated`].
    AnticipatedGap,
    /// [`no_target`].
    NoTarget,
    /// [`natural_limit`].
    NaturalLimit,
    /// [`five_bands`] over [`SHORT_TERM`].
    FiveBandsShort,
    /// [`five_bands`] over [`LONG_TERM`].
    FiveBandsLong,
    /// [`logit_trend`].
    LogitTrend,
    /// [`growth_curve`].
    Logistic,
    /// [`growth_curve`].
    Gompertz,
    /// [`parity_ratio`].
    ParityRatio,
    /// [`time_distance`].
    TimeDistance,
    /// [`gap_closing`].
    GapClosing,
}

impl Rule {
    /// The name that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Distance => "distance to target and required rate",
            Rule::Change => "change since the base",
            Rule::RateOfChange => "rate of change",
            Rule::Ratio => "ratio rule",
            Rule::ExpectedValue => "expected-value rule",
            Rule::CurrentStatus => "current status",
            Rule::AnticipatedGap => "anticipated gap",
            Rule::NoTarget => "bands of growth without a target",
            Rule::NaturalLimit => "natural limit",
            Rule::FiveBandsShort => "five bands, last 5 years",
            Rule::FiveBandsLong => "five bands, last 15 years",
            Rule::LogitTrend => "logit trend",
            Rule::Logistic => "logistic curve",
            Rule::Gompertz => "Gompertz curve",
            Rule::ParityRatio => "parity ratio",
            Rule::TimeDistance => "time distance of women from men",
            Rule::GapClosing => "closing of the gap",
        }
    }
}

/// What a rule says, in one form for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its verdict, if it gives one.
    pub status: Option<Status>,
    /// Its figures by name, in the order in which they are shown.
    pub figures: Vec<(&'static str, f64)>,
    /// Its projections.
    pub projections: Vec<Projection>,
    /// Figures and projections that it does not give, and why.
    pub without: Vec<(&'static str, Reason)>,
    /// What it rests on.
    pub basis: Basis,
}

/// All rules on a series, or on a pair of series, in the order of [`Rule`].
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Each rule with its outcome, or why it has none.
    pub rules: Vec<(Rule, Result<Outcome, Reason>)>,
}

/// What a series is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// A target.
    Target(Target),
    /// No target but a direction, from a base year on.
    Direction {
        /// Whether higher or lower is better.
        direction: Direction,
        /// Year from which progress counts.
        base_year: f64,
    },
}

/// Every rule of one series, side by side. The natural limit is the ceiling, or 0 where lower is better.
///
/// ```
/// use inclusion_measures::progress::{Goal, Options, Point, Rule, Target, progress};
/// let point = |year, value| Point { year, value, se: None, comparability: None };
/// let points = [point(2015.0, 40.0), point(2023.0, 62.0)];
/// let all = progress(&points, &Goal::Target(Target::by_2030(95.0)), &Options::default());
/// let of = |rule| all.rules.iter().find(|(r, _)| *r == rule).unwrap().1.clone();
/// assert_eq!(of(Rule::Ratio).unwrap().status.unwrap().id(), "acceleration_needed");
/// assert_eq!(of(Rule::LogitTrend).unwrap_err().id(), "no_ceiling");
/// ```
pub fn progress(points: &[Point], goal: &Goal, options: &Options) -> Progress {
    let (direction, base_year, target) = match goal {
        Goal::Target(target) => (target.direction, target.base_year, Ok(target)),
        Goal::Direction { direction, base_year } => (*direction, *base_year, Err(Reason::NoTarget)),
    };
    let limit = match direction {
        Direction::Higher => options.ceiling.ok_or(Reason::NoCeiling),
        Direction::Lower => Ok(0.0),
    };
    let bands = |window| of_five_bands(points, window, direction, options);
    let curve = |kind| target.clone().and_then(|t| of_curve(kind, points, t, options));
    let rules = vec![
        (Rule::Distance, target.clone().and_then(|t| of_distance(points, t, options))),
        (Rule::Change, of_change(points, base_year, options)),
        (Rule::RateOfChange, of_rates(points, options)),
        (Rule::Ratio, target.clone().and_then(|t| of_ratio(points, t, options))),
        (Rule::ExpectedValue, target.clone().and_then(|t| of_expected(points, t, options))),
        (Rule::CurrentStatus, target.clone().and_then(|t| of_position(points, t, options))),
        (Rule::AnticipatedGap, target.clone().and_then(|t| of_anticipated(points, t, options))),
        (Rule::NoTarget, of_no_target(points, base_year, direction, options)),
        (
            Rule::NaturalLimit,
            limit.and_then(|limit| of_limit(points, base_year, direction, limit, options)),
        ),
        (Rule::FiveBandsShort, bands(SHORT_TERM)),
        (Rule::FiveBandsLong, bands(LONG_TERM)),
        (Rule::LogitTrend, target.clone().and_then(|t| of_logit(points, t, options))),
        (Rule::Logistic, curve(CurveKind::Logistic)),
        (Rule::Gompertz, curve(CurveKind::Gompertz)),
    ];
    Progress { rules }
}

/// The rules about women and men: the ratio of the two against a `range` of parity, the time distance at
/// women's last value, and the closing of the gap by the target's year.
///
/// Only years with both are used. `gap` is the series of the gap itself with its standard errors, which know
/// the covariance of women and men; without it nothing tells whether the gap has changed. Where lower is
/// better, the ratio is that of the complements to the ceiling.
pub fn progress_of_gap(
    women: &[Point],
    men: &[Point],
    gap: Option<&[Point]>,
    target: &Target,
    range: (f64, f64),
    options: &Options,
) -> Progress {
    let rules = vec![
        (Rule::ParityRatio, of_parity(women, men, target, range, options)),
        (Rule::TimeDistance, of_time_distance(women, men, target, options)),
        (Rule::GapClosing, of_closing(women, men, gap, target, options)),
    ];
    Progress { rules }
}

impl Outcome {
    fn new(basis: Basis) -> Outcome {
        let (figures, projections, without) = (Vec::new(), Vec::new(), Vec::new());
        Outcome { status: None, figures, projections, without, basis }
    }

    fn status(mut self, status: Status) -> Outcome {
        self.status = Some(status);
        self
    }

    fn figure(mut self, name: &'static str, value: f64) -> Outcome {
        self.figures.push((name, value));
        self
    }

    fn optional(self, name: &'static str, value: Option<f64>) -> Outcome {
        match value {
            Some(value) => self.figure(name, value),
            None => self,
        }
    }

    fn tried(mut self, name: &'static str, value: Result<f64, Reason>) -> Outcome {
        match value {
            Ok(value) => self.figures.push((name, value)),
            Err(reason) => self.without.push((name, reason)),
        }
        self
    }

    fn projected(mut self, projection: Result<Projection, Reason>) -> Outcome {
        match projection {
            Ok(projection) => self.projections.push(projection),
            Err(reason) => self.without.push(("projection", reason)),
        }
        self
    }
}

type Of = Result<Outcome, Reason>;

fn of_distance(points: &[Point], target: &Target, options: &Options) -> Of {
    let d = distance(points, target, options)?;
    let outcome = Outcome::new(d.basis)
        .figure("remaining", d.remaining)
        .tried("required per year", d.per_year)
        .tried("required growth", d.growth);
    Ok(match (d.met, d.target_year_passed) {
        (Some(true), _) => outcome.status(Status::TargetAchieved),
        (Some(false), true) => outcome.status(Status::TargetMissed),
        (None, _) => outcome.status(Status::TargetYearPassed),
        (Some(false), false) => outcome,
    })
}

fn of_change(points: &[Point], base_year: f64, options: &Options) -> Of {
    let c = change(points, base_year, options)?;
    Ok(Outcome::new(c.basis)
        .figure("change", c.difference)
        .optional("standard error", c.se)
        .optional("lower", c.interval.map(|i| i.lower))
        .optional("upper", c.interval.map(|i| i.upper)))
}

fn of_rates(points: &[Point], options: &Options) -> Of {
    let r = rate_of_change(points, options)?;
    Ok(Outcome::new(r.basis)
        .tried("growth by end points", r.end_points)
        .tried("growth by all points", r.log_linear)
        .figure("per year", r.per_year))
}

fn of_ratio(points: &[Point], target: &Target, options: &Options) -> Of {
    let r = ratio_rule(points, target, options)?;
    Ok(Outcome::new(r.basis)
        .status(r.status)
        .figure("growth", r.growth)
        .optional("required growth", r.required)
        .optional("ratio", r.ratio)
        .optional("score", r.score))
}

fn of_expected(points: &[Point], target: &Target, options: &Options) -> Of {
    let e = expected_value(points, target, options)?;
    let outcome = Outcome::new(e.basis)
        .status(e.status)
        .figure("score", f64::from(e.score))
        .optional("growth", e.growth)
        .optional("ratio", e.ratio);
    Ok(e.expected
        .into_iter()
        .fold(outcome, |outcome, projection| outcome.projected(Ok(projection))))
}

fn of_position(points: &[Point], target: &Target, options: &Options) -> Of {
    let p = position(points, target, options)?;
    Ok(Outcome::new(p.basis).figure("current status", p.current_status))
}

fn of_anticipated(points: &[Point], target: &Target, options: &Options) -> Of {
    let a = anticipated(points, target, options)?;
    Ok(Outcome::new(a.basis)
        .status(a.status)
        .figure("anticipated gap, per cent", a.gap)
        .figure("per year", a.slope)
        .figure("base", a.base_year)
        .projected(Ok(a.predicted)))
}

fn of_no_target(points: &[Point], base_year: f64, direction: Direction, options: &Options) -> Of {
    let n = no_target(points, base_year, direction, options)?;
    Ok(Outcome::new(n.basis)
        .status(n.four_bands)
        .figure("growth", n.signed)
        .figure("three bands", f64::from(n.three_bands)))
}

fn of_limit(
    points: &[Point],
    base_year: f64,
    direction: Direction,
    limit: f64,
    options: &Options,
) -> Of {
    let n = natural_limit(points, base_year, direction, Some(limit), options)?;
    Ok(Outcome::new(n.basis)
        .status(n.status)
        .figure("growth", n.signed)
        .figure("scale of the limits", n.scale)
        .figure("score", n.score))
}

fn of_five_bands(points: &[Point], window: Window, direction: Direction, options: &Options) -> Of {
    let b = five_bands(points, window, direction, options)?;
    Ok(Outcome::new(b.basis).status(b.status).figure("growth", b.signed).figure("score", b.score))
}

fn of_logit(points: &[Point], target: &Target, options: &Options) -> Of {
    let trend = logit_trend(points, target, &[target.year], options)?;
    let outcome = Outcome::new(trend.basis)
        .figure("slope of the logit", trend.slope)
        .tried("year of reaching the target", trend.reaching);
    Ok(trend.projections.into_iter().fold(outcome, Outcome::projected))
}

fn of_curve(kind: CurveKind, points: &[Point], target: &Target, options: &Options) -> Of {
    let curve = growth_curve(kind, points, target.base_year, &[target.year], options)?;
    let outcome = Outcome::new(curve.basis)
        .figure("a", curve.a)
        .figure("k", curve.k)
        .figure("sum of squared residuals", curve.residual_squares);
    Ok(curve.projections.into_iter().fold(outcome, Outcome::projected))
}

fn of_parity(
    women: &[Point],
    men: &[Point],
    target: &Target,
    range: (f64, f64),
    options: &Options,
) -> Of {
    let rate = |value: f64| match (target.direction, options.ceiling) {
        (Direction::Higher, _) => Ok(value),
        (Direction::Lower, Some(ceiling)) => Ok(ceiling - value),
        (Direction::Lower, None) => Err(Reason::NoCeiling),
    };
    let mut across = false;
    let mut ratios = Vec::new();
    for (woman, man) in common_years(women, men, target.base_year)? {
        across |= broken(&[woman, man], options)?;
        let (women, men) = (rate(woman.value)?, rate(man.value)?);
        if men == 0.0 {
            return Err(Reason::ZeroValue);
        }
        ratios.push(Point { value: women / men, se: None, ..woman });
    }
    if ratios.len() < 2 {
        return Err(Reason::NoCommonYears { found: ratios.len() });
    }
    let p = parity_ratio(&ratios, target.base_year, target.year, range, options)?;
    Ok(Outcome::new(Basis { broken: p.basis.broken || across, ..p.basis })
        .status(p.status)
        .figure("deviation of the base", p.base_deviation)
        .figure("deviation of the last year", p.last_deviation)
        .figure("target deviation", range.1)
        .figure("target year", target.year)
        .optional("ratio", p.ratio))
}

fn of_time_distance(women: &[Point], men: &[Point], target: &Target, options: &Options) -> Of {
    let newest = women.iter().max_by(|a, b| a.year.total_cmp(&b.year)).ok_or(Reason::NoPoints)?;
    let t = time_distance(women, men, newest.value, target.direction, options)?;
    Ok(Outcome::new(t.basis)
        .figure("level", t.level)
        .figure("women's year", t.women_year)
        .figure("men's year", t.men_year)
        .figure("years behind", t.years))
}

fn of_closing(
    women: &[Point],
    men: &[Point],
    gap: Option<&[Point]>,
    target: &Target,
    options: &Options,
) -> Of {
    target.check()?;
    let rates = gap_rates(women, men, target.base_year, target.direction, options)?;
    let mut closing = gap_closing(&rates, target.year, options)?;
    if let Some(gap) = gap {
        let own = change(gap, target.base_year, options)?.basis;
        closing.basis = Basis { change: own.change, interval: own.interval, ..closing.basis };
    }
    let mut outcome = Outcome::new(closing.basis)
        .status(closing.closure.status())
        .figure("gap", closing.gap)
        .figure("women per year", rates.women_per_year)
        .figure("men per year", rates.men_per_year);
    // Where women lead, nothing is required of them.
    if closing.closure != Closure::NoGap {
        outcome = outcome.tried("required of women per year", closing.required_women_per_year);
    }
    outcome = match closing.closure {
        Closure::Closes(when) => outcome.projected(Ok(when)),
        Closure::Later(reason) => outcome.tried("year of closing", Err(reason)),
        Closure::NoGap | Closure::DoesNotClose => outcome,
    };
    Ok(outcome.projected(closing.gap_in_target_year))
}

/// Up to four decimals.
fn number(value: f64) -> String {
    let text = round_half_away(value, 4);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text,
    }
}

/// One line for each rule: its name, what it says, and what that rests on.
impl std::fmt::Display for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (rule, outcome) in &self.rules {
            match outcome {
                Ok(outcome) => writeln!(f, "{}: {outcome}", rule.name())?,
                Err(reason) => writeln!(f, "{}: none ({}: {reason})", rule.name(), reason.id())?,
            }
        }
        Ok(())
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts: Vec<String> = self.status.iter().map(|status| status.words()).collect();
        parts.extend(self.figures.iter().map(|(name, value)| format!("{name} {}", number(*value))));
        for p in &self.projections {
            let interval =
                p.interval.map(|(low, high)| format!(" ({}; {})", number(low), number(high)));
            let (year, value) = (number(p.year), number(p.value));
            let interval = interval.unwrap_or_default();
            parts.push(format!(
                "{} in {year}: {value}{interval} [{}]",
                p.method,
                Projection::OBS_STATUS
            ));
        }
        parts.extend(
            self.without.iter().map(|(name, why)| format!("no {name} ({}: {why})", why.id())),
        );
        let Basis { points, first_year, last_year, .. } = self.basis;
        parts.push(match points {
            1 => format!("1 point, of {first_year}"),
            _ => format!("{points} points, {first_year} to {last_year}"),
        });
        if self.basis.broken {
            parts.push("broken: the points are not all comparable".to_string());
        }
        if let Some(by) = self.basis.zero_replaced {
            parts.push(format!("0 taken as {by}"));
        }
        // One point cannot change.
        if points > 1 {
            parts.push(self.basis.change.words().to_string());
        }
        f.write_str(&parts.join("; "))
    }
}
