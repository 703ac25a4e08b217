//! Classes of values, and the shades they are drawn in.
//!
//! A class holds its lower limit and not its upper one. A sequence goes from light to dark; a
//! diverging scale from men's colour through a neutral class to women's, and its men's side is
//! hatched as well, because its lightness is that of the women's side.

use super::canvas::Role;
use super::type_setting::one_line;
use super::{ChartText, Error, Mark, ValueUnit, Words, axis, frame};
use inclusion_language::figure;

/// How values become classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// The colours.
    pub scale: Scale,
    /// The limits between classes.
    pub breaks: Breaks,
}

/// The colours of classes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// From light to dark.
    Sequence,
    /// Women are ahead above the middle, as in parity (1): women's colour there, men's below.
    WomenAbove {
        /// Neither ahead.
        middle: f64,
    },
    /// Men are ahead above the middle, as in a gap (0): men's colour there, women's below.
    MenAbove {
        /// Neither ahead.
        middle: f64,
    },
}

/// The limits between classes: at most five classes, so at most four limits.
#[derive(Debug, Clone, PartialEq)]
pub enum Breaks {
    /// In the stored unit, rising.
    Given(Vec<f64>),
    /// As many classes, each with as many figures as the others: limits are the quantiles of
    /// definition 2 of Hyndman and Fan (1996), *The American Statistician* 50. Equal values share a
    /// class, so classes may be fewer. On a diverging scale the middle is a limit too.
    EqualCounts(usize),
    /// At most as many classes, all of the same round width (1, 2 or 5 times a power of ten in
    /// printed units), the least at which they hold all values from the round number below the least
    /// of them. On a diverging scale they lie evenly about the middle, which is in the middle of a
    /// class where the number is odd, and hold nine values in ten: the outermost are open.
    EqualSteps(usize),
}

/// The most classes that shades can tell apart.
pub(super) const MOST: usize = 5;

/// Classes with their limits computed.
#[derive(Debug, Clone)]
pub(super) struct Shading {
    breaks: Vec<f64>,
    scale: Scale,
}

impl Shading {
    /// Classes of the marks' values.
    pub(super) fn of(
        text: &ChartText,
        classes: &Classes,
        marks: &[Mark],
    ) -> Result<Shading, Error> {
        let mut values: Vec<f64> =
            marks.iter().filter_map(Mark::point).map(|point| point.value).collect();
        values.sort_by(f64::total_cmp);
        let middle = classes.scale.middle();
        let breaks = match &classes.breaks {
            Breaks::Given(breaks) => breaks.clone(),
            Breaks::EqualCounts(count) => equal_counts(&values, *count, middle),
            Breaks::EqualSteps(count) => equal_steps(&values, *count, middle, text.unit),
        };
        let refuse = |what: String| {
            let (chart, place) = (text.title.clone(), "classes".to_owned());
            Err(Error::Unfit { chart, place, what })
        };
        let numbers = breaks.iter().chain(middle.as_slice());
        if numbers.clone().any(|limit| !frame::drawable(*limit)) {
            return refuse("a limit is not a number; leave it out".into());
        }
        if breaks.windows(2).any(|pair| pair[0] >= pair[1]) {
            return refuse(format!(
                "the limits {breaks:?} do not rise; order them and leave out what is there twice"
            ));
        }
        let shading = Shading { breaks, scale: classes.scale };
        let (below, above) = shading.sides();
        if shading.count() > MOST || below > 4 || above > 4 {
            let count = shading.count();
            return refuse(format!(
                "{count} classes cannot be told apart; give at most 5, and 4 to a side of the middle"
            ));
        }
        Ok(shading)
    }

    pub(super) fn count(&self) -> usize {
        self.breaks.len() + 1
    }

    /// The class of a value, from 0.
    pub(super) fn class(&self, value: f64) -> usize {
        self.breaks.partition_point(|limit| *limit <= value)
    }

    /// How many classes lie wholly below and above the middle; none without one.
    fn sides(&self) -> (usize, usize) {
        match self.scale.middle() {
            None => (0, 0),
            Some(middle) => (
                self.breaks.iter().filter(|limit| **limit <= middle).count(),
                self.breaks.iter().filter(|limit| **limit >= middle).count(),
            ),
        }
    }

    /// The colour of a class.
    pub(super) fn role(&self, class: usize) -> Role {
        const SEQUENCE: [Role; 5] =
            [Role::Sequence1, Role::Sequence2, Role::Sequence3, Role::Sequence4, Role::Sequence5];
        const AMBER: [Role; 4] = [Role::Amber1, Role::Amber2, Role::Amber3, Role::Amber4];
        let (below, above) = self.sides();
        if self.scale == Scale::Sequence {
            let shades: &[usize] = match self.count() {
                1 => &[2],
                2 => &[1, 3],
                3 => &[0, 2, 4],
                4 => &[0, 1, 3, 4],
                _ => &[0, 1, 2, 3, 4],
            };
            return SEQUENCE[shades[class.min(shades.len() - 1)]];
        }
        // Steps from the middle, from 1, and of how many.
        let (side_below, step, of) = if class < below {
            (true, below - class, below)
        } else if class + above >= self.count() {
            (false, class + above + 1 - self.count(), above)
        } else {
            return Role::Neutral;
        };
        let shades: &[usize] = match of {
            1 => &[2],
            2 => &[1, 3],
            3 => &[1, 2, 3],
            _ => &[0, 1, 2, 3],
        };
        let shade = shades[(step - 1).min(shades.len() - 1)];
        let women = matches!(self.scale, Scale::WomenAbove { .. }) != side_below;
        if women { SEQUENCE[shade + 1] } else { AMBER[shade] }
    }

    /// Limits of a class as its legend prints them: `< 20`, `20 to 40`, `≥ 40`, with the word
    /// between them.
    pub(super) fn limits(&self, class: usize, unit: ValueUnit, words: &Words) -> String {
        let times = axis::factor(unit);
        let decimals = (0..6).find(|decimals| {
            let scale = 10f64.powi(*decimals);
            self.breaks.iter().all(|limit| {
                let printed = limit * times * scale;
                (printed - printed.round()).abs() < 1e-6 * scale.max(1.0)
            })
        });
        let print = |limit: f64| {
            let number = axis::number(limit * times, decimals.unwrap_or(6) as usize);
            figure(words.language, &number).unwrap_or(number)
        };
        let to = one_line(&words.to);
        let lower = class.checked_sub(1).and_then(|at| self.breaks.get(at));
        match (lower, self.breaks.get(class)) {
            (None, None) => "−∞ – ∞".into(),
            (None, Some(upper)) => format!("< {}", print(*upper)),
            (Some(lower), None) => format!("≥ {}", print(*lower)),
            (Some(lower), Some(upper)) => format!("{} {to} {}", print(*lower), print(*upper)),
        }
    }
}

impl Scale {
    fn middle(&self) -> Option<f64> {
        match self {
            Scale::Sequence => None,
            Scale::WomenAbove { middle } | Scale::MenAbove { middle } => Some(*middle),
        }
    }
}

/// Whether a class stands on the men's side, and is hatched for a grey print.
pub(super) fn is_men(role: Role) -> bool {
    matches!(role, Role::Amber1 | Role::Amber2 | Role::Amber3 | Role::Amber4)
}

/// The colour of letters on a shade: contrast is at least 4.
pub(super) fn on(role: Role) -> Role {
    match role {
        Role::Sequence4 | Role::Sequence5 => Role::Paper,
        Role::Sequence3 | Role::Amber3 | Role::Amber4 => Role::OnMiddle,
        _ => Role::Ink,
    }
}

fn equal_counts(sorted: &[f64], count: usize, middle: Option<f64>) -> Vec<f64> {
    let n = sorted.len();
    let mut breaks: Vec<f64> = (1..count)
        .filter(|_| n > 0)
        .map(|k| match (k * n).is_multiple_of(count) {
            true => 0.5 * (sorted[(k * n / count).max(1) - 1] + sorted[(k * n / count).min(n - 1)]),
            false => sorted[k * n / count],
        })
        .collect();
    if let Some(middle) = middle {
        // The middle takes the place of the limit next to it.
        let nearest = (0..breaks.len())
            .min_by(|a, b| (breaks[*a] - middle).abs().total_cmp(&(breaks[*b] - middle).abs()));
        match nearest {
            Some(at) => breaks[at] = middle,
            None => breaks.push(middle),
        }
        breaks.sort_by(f64::total_cmp);
    }
    breaks.dedup();
    // A limit at the least value has nothing below it.
    breaks.retain(|limit| middle == Some(*limit) || sorted.first().is_some_and(|v| v < limit));
    breaks
}

fn equal_steps(sorted: &[f64], count: usize, middle: Option<f64>, unit: ValueUnit) -> Vec<f64> {
    let times = axis::factor(unit);
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else {
        return middle.into_iter().collect();
    };
    let (low, high) = (low * times, high * times);
    let round = |i: i64, step: f64| (i as f64 * step * 1e9).round() / 1e9 / times;
    let count = count.clamp(1, MOST);
    let reach = middle.map(|middle| {
        let mut distances: Vec<f64> =
            sorted.iter().map(|value| (value - middle).abs() * times).collect();
        distances.sort_by(f64::total_cmp);
        distances[(9 * distances.len()).div_ceil(10) - 1]
    });
    let span = reach.map_or(high - low, |reach| 2.0 * reach);
    if span <= 0.0 {
        return middle.into_iter().filter(|_| count > 1).collect();
    }
    let finest = 10f64.powf((span / count as f64).log10().floor());
    let steps = (0..3).flat_map(|decade| [1.0, 2.0, 5.0].map(|lead| lead * 10f64.powi(decade)));
    for step in steps.map(|step| step * finest) {
        match middle {
            None => {
                let first = (low / step + 1e-9).floor() as i64;
                // The upper limit of the last class is in it: nobody has more than 100 per cent.
                let last = (high / step - 1e-9).ceil() as i64;
                if last - first <= count as i64 {
                    return (first + 1..last).map(|i| round(i, step)).collect();
                }
            }
            Some(middle) if step * count as f64 >= span => {
                let half = count as i64;
                return (1..half).map(|k| middle + round(2 * k - half, 0.5 * step)).collect();
            }
            Some(_) => {}
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Point;

    fn shading(values: &[f64], scale: Scale, breaks: Breaks) -> Result<Shading, Error> {
        let marks: Vec<Mark> = values
            .iter()
            .map(|value| Mark::Shown(Point { value: *value, interval: None, unreliable: false }))
            .collect();
        let text = ChartText { unit: ValueUnit::Percent, ..ChartText::default() };
        Shading::of(&text, &Classes { scale, breaks }, &marks)
    }

    #[test]
    fn a_class_holds_its_lower_limit() {
        let shading = shading(&[], Scale::Sequence, Breaks::Given(vec![0.2, 0.4])).unwrap();
        let classes: Vec<_> = [0.1999, 0.2, 0.3999, 0.4, 2.0].map(|v| shading.class(v)).into();
        assert_eq!(classes, [0, 1, 1, 2, 2]);
        let limits: Vec<_> = (0..3)
            .map(|class| shading.limits(class, ValueUnit::Percent, &Words::default()))
            .collect();
        assert_eq!(limits, ["< 20", "20 to 40", "≥ 40"]);
    }

    #[test]
    fn equal_counts_are_quantiles_and_equal_values_share_a_class() {
        let breaks = |values: &[f64], count| {
            shading(values, Scale::Sequence, Breaks::EqualCounts(count)).unwrap().breaks
        };
        assert_eq!(breaks(&[1.0, 2.0, 3.0, 4.0], 2), [2.5]);
        assert_eq!(breaks(&[1.0, 2.0, 3.0, 4.0, 5.0], 2), [3.0]);
        assert_eq!(breaks(&[1.0, 1.0, 1.0, 1.0, 5.0], 4), [] as [f64; 0]);
        let values: Vec<f64> = (0..190).map(|i| f64::from(i * i % 191)).collect();
        let shading = shading(&values, Scale::Sequence, Breaks::EqualCounts(5)).unwrap();
        for class in 0..5 {
            let members = values.iter().filter(|v| shading.class(**v) == class).count();
            assert!((37..=39).contains(&members), "{members}");
        }
    }

    #[test]
    fn equal_steps_are_round_and_cover_the_values() {
        let breaks = |values: &[f64], scale, count| {
            shading(values, scale, Breaks::EqualSteps(count)).unwrap().breaks
        };
        assert_eq!(breaks(&[0.04, 0.97], Scale::Sequence, 5), [0.2, 0.4, 0.6, 0.8]);
        assert_eq!(breaks(&[0.04, 1.0], Scale::Sequence, 5), [0.2, 0.4, 0.6, 0.8]);
        let gap = Scale::MenAbove { middle: 0.0 };
        assert_eq!(breaks(&[-0.04, 0.21], gap, 5), [-0.15, -0.05, 0.05, 0.15]);
        assert_eq!(breaks(&[-0.04, 0.19], gap, 4), [-0.1, 0.0, 0.1]);
        let mut outlier = vec![0.03; 18];
        outlier.extend([0.21, 0.6]);
        assert_eq!(breaks(&outlier, gap, 4), [-0.02, 0.0, 0.02]);
    }

    #[test]
    fn the_side_of_those_behind_has_the_colour_of_those_ahead() {
        let gap = Scale::MenAbove { middle: 0.0 };
        let gaps = shading(&[], gap, Breaks::Given(vec![-0.02, 0.02, 0.05, 0.1])).unwrap();
        let roles: Vec<_> = (0..5).map(|class| gaps.role(class)).collect();
        let amber = [Role::Amber2, Role::Amber3, Role::Amber4];
        assert_eq!(roles[..2], [Role::Sequence4, Role::Neutral]);
        assert_eq!(roles[2..], amber);
        let parity = Scale::WomenAbove { middle: 1.0 };
        let parity = shading(&[], parity, Breaks::Given(vec![0.9, 1.0, 1.1])).unwrap();
        let roles: Vec<_> = (0..4).map(|class| parity.role(class)).collect();
        assert_eq!(roles, [Role::Amber4, Role::Amber2, Role::Sequence3, Role::Sequence5]);
    }

    #[test]
    fn limits_that_do_not_rise_or_are_too_many_are_refused() {
        for breaks in
            [vec![0.2, 0.2], vec![0.4, 0.2], vec![f64::NAN], vec![0.1, 0.2, 0.3, 0.4, 0.5]]
        {
            assert!(shading(&[0.3], Scale::Sequence, Breaks::Given(breaks)).is_err());
        }
        let gap = Scale::MenAbove { middle: 0.0 };
        let up = vec![0.1, 0.2, 0.3, 0.4];
        assert!(shading(&[0.3], gap, Breaks::Given(up)).is_ok());
        assert!(shading(&[0.3], gap, Breaks::Given(vec![0.0, 0.2, 0.3, 0.4, 0.5])).is_err());
    }
}
