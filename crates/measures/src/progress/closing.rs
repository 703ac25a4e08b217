//! When the gap between women and men closes, if both go on as they did.

use super::series::{broken, finite, sorted, within_horizon, years_left};
use super::{Basis, Change, Options, Point, Projection, Reason, Status, at_least, sign};
use inclusion_registry::Direction;

/// Women and men in one year, and their changes in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GapRates {
    /// The year.
    pub year: f64,
    /// Value of women.
    pub women: f64,
    /// Value of men.
    pub men: f64,
    /// Change of women's value in a year, in its unit.
    pub women_per_year: f64,
    /// Change of men's value in a year, in its unit.
    pub men_per_year: f64,
    /// Whether higher or lower is better.
    pub direction: Direction,
    /// What the changes rest on.
    pub basis: Basis,
}

/// Whether and when a gap closes.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// The gap of the last year, above 0 where women are behind.
    pub gap: f64,
    /// Whether it closes.
    pub closure: Closure,
    /// The gap in the target year, or why it is not projected.
    pub gap_in_target_year: Result<Projection, Reason>,
    /// Change in a year that women need so that the gap is closed in the target year, if men go on as before.
    pub required_women_per_year: Result<f64, Reason>,
    /// What it rests on.
    pub basis: Basis,
}

/// Whether a gap closes.
#[derive(Debug, Clone, PartialEq)]
pub enum Closure {
    /// Women are not behind.
    NoGap,
    /// It closes; a projection of the value 0 for the year, a fraction included.
    Closes(Projection),
    /// It narrows, but closes later than a projection may be made for.
    Later(Reason),
    /// It does not narrow.
    DoesNotClose,
}

impl Closure {
    /// The word for it.
    pub fn status(&self) -> Status {
        match self {
            Closure::NoGap => Status::NoGap,
            Closure::Closes(_) => Status::Closes,
            Closure::Later(_) => Status::ClosesLater,
            Closure::DoesNotClose => Status::DoesNotClose,
        }
    }
}

/// Women's and men's changes in a year, from the first to the last year that both have values of.
///
/// Years before `base_year` are left out. Whether the gap changed at all cannot be told from the two series:
/// women and men of one survey are correlated. [`super::change`] of the gap's own series tells it.
///
/// # Errors
///
/// [`Reason::NoCommonYears`] with fewer than two common years, [`Reason::NotComparable`] if the four points
/// are not all comparable.
pub fn gap_rates(
    women: &[Point],
    men: &[Point],
    base_year: f64,
    direction: Direction,
    options: &Options,
) -> Result<GapRates, Reason> {
    let pairs = common_years(women, men, base_year)?;
    let [(first_women, first_men), .., (women, men)] = pairs.as_slice() else {
        return Err(Reason::NoCommonYears { found: pairs.len() });
    };
    let basis = Basis {
        points: 2,
        first_year: first_women.year,
        last_year: women.year,
        broken: broken(&[*first_women, *first_men, *men, *women], options)?,
        zero_replaced: None,
        change: Change::Unknown,
        interval: None,
    };
    let years = women.year - first_women.year;
    Ok(GapRates {
        year: women.year,
        women: women.value,
        men: men.value,
        women_per_year: finite((women.value - first_women.value) / years)?,
        men_per_year: finite((men.value - first_men.value) / years)?,
        direction,
        basis,
    })
}

/// Women and men of the years since `base_year` that both have.
pub(super) fn common_years<'a>(
    women: &[Point<'a>],
    men: &[Point<'a>],
    base_year: f64,
) -> Result<Vec<(Point<'a>, Point<'a>)>, Reason> {
    let (women, men) = (sorted(women)?, sorted(men)?);
    let of_year =
        |woman: &Point<'a>| men.iter().find(|man| man.year == woman.year).map(|man| (*woman, *man));
    Ok(women.iter().filter(|woman| woman.year >= base_year).filter_map(of_year).collect())
}

/// Years = gap / (d_F − d_M) where women gain on men; rate needed by the target year = d_M + gap/(T − t).
///
/// Where lower is better, women are behind if their value is higher, and all is reckoned on that.
///
/// # Errors
///
/// [`Reason::GapNotANumber`]. The projection and the rate needed have reasons of their own:
/// [`Reason::BeyondHorizon`], [`Reason::TargetYearPassed`].
///
/// ```
/// use inclusion_measures::progress::{Basis, Change, Closure, GapRates, Options, gap_closing};
/// use inclusion_registry::Direction;
/// let rates = GapRates {
///     year: 2023.0,
///     women: 62.0,
///     men: 70.0,
///     women_per_year: 2.0,
///     men_per_year: 1.2,
///     direction: Direction::Higher,
///     basis: Basis {
///         points: 2,
///         first_year: 2015.0,
///         last_year: 2023.0,
///         broken: false,
///         zero_replaced: None,
///         change: Change::Unknown,
///         interval: None,
///     },
/// };
/// let closing = gap_closing(&rates, 2030.0, &Options::default())?;
/// let Closure::Closes(when) = closing.closure else { panic!("it closes") };
/// assert_eq!(when.year, 2033.0);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn gap_closing(
    rates: &GapRates,
    target_year: f64,
    options: &Options,
) -> Result<Closing, Reason> {
    let GapRates { year, women, men, women_per_year, men_per_year, direction, basis } = *rates;
    if ![year, women, men, women_per_year, men_per_year].iter().all(|v| v.is_finite()) {
        return Err(Reason::GapNotANumber);
    }
    // Where lower is better, all signs turn.
    let s = sign(direction);
    let (gap, women_gain, men_gain) =
        (finite(s * (men - women))?, s * women_per_year, s * men_per_year);
    let method = "straight lines of women and men";
    // A straight line that leaves the scale says nothing of the years after.
    let within_scale = |when: f64| {
        let lines = [women + women_per_year * (when - year), men + men_per_year * (when - year)];
        match options.ceiling {
            Some(ceiling) if lines.iter().any(|line| !(0.0..=ceiling).contains(line)) => {
                Err(Reason::LineLeavesScale { year: when.floor() })
            }
            _ => Ok(()),
        }
    };
    let closes = year + gap / (women_gain - men_gain);
    let closure = if gap <= 0.0 {
        Closure::NoGap
    } else if at_least(men_gain, women_gain) {
        Closure::DoesNotClose
    } else {
        let held = finite(closes).and_then(|when| {
            within_horizon(when, &basis, options)?;
            within_scale(when)
        });
        match held {
            Ok(()) => Closure::Closes(Projection::new(method, closes, 0.0, &basis)),
            Err(reason) => Closure::Later(reason),
        }
    };
    let left = years_left(target_year, year, options);
    let gap_in_target_year = left.clone().and_then(|left| {
        // Nor is a gap projected beyond its closing.
        match &closure {
            Closure::NoGap => return Err(Reason::NoGap),
            Closure::Closes(when) if when.year < target_year => {
                return Err(Reason::ClosesBefore { year: when.year.floor() });
            }
            _ => {}
        }
        within_horizon(target_year, &basis, options)?;
        within_scale(target_year)?;
        let value = finite(gap + (men_gain - women_gain) * left)?;
        Ok(Projection::new(method, target_year, value, &basis))
    });
    let required_women_per_year = left.and_then(|left| finite(s * (men_gain + gap / left)));
    Ok(Closing { gap, closure, gap_in_target_year, required_women_per_year, basis })
}
