//! The value axis: its range, its ticks, and where a value stands.
//!
//! Shares print as per cent: the axis counts in printed units throughout, so that ticks are round
//! numbers for the reader.

use super::type_setting::width;
use super::{Mark, ValueUnit};
use inclusion_language::{Language, figure};

/// Font size of tick labels.
pub(super) const TICK_SIZE: f64 = 12.0;

/// A tick.
#[derive(Debug, Clone)]
pub(super) struct Tick {
    pub x: f64,
    pub text: String,
}

/// A value axis between two places of the page: from left to right, or from the bottom to the top.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    unit: ValueUnit,
    language: Language,
    low: f64,
    high: f64,
    left: f64,
    right: f64,
}

/// Where the range begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    /// From zero, for bars: their length is the value.
    FromZero,
    /// Around the values, for dots.
    Padded,
}

pub(super) fn factor(unit: ValueUnit) -> f64 {
    match unit {
        ValueUnit::Percent | ValueUnit::Points => 100.0,
        ValueUnit::Ratio | ValueUnit::Number | ValueUnit::Rank => 1.0,
    }
}

/// A range narrower than this, in printed units, would make a large thing of a small difference.
fn narrowest(unit: ValueUnit, size: f64) -> f64 {
    match unit {
        ValueUnit::Percent => 10.0,
        ValueUnit::Points => 4.0,
        ValueUnit::Ratio => 0.1,
        ValueUnit::Rank => 1.0,
        ValueUnit::Number if size == 0.0 => 1.0,
        ValueUnit::Number => 0.1 * size,
    }
}

impl Axis {
    /// An axis that shows all the marks and the values given beside them.
    ///
    /// Values are always inside. So are intervals, unless one is many times as wide as the others:
    /// it would press all values into a corner, and gets an arrow head instead.
    pub(super) fn over(
        marks: &[Mark],
        also: &[f64],
        unit: ValueUnit,
        range: Range,
        place: (f64, f64),
    ) -> Axis {
        let times = factor(unit);
        let points: Vec<_> = marks.iter().filter_map(Mark::point).collect();
        let values: Vec<f64> =
            points.iter().map(|p| p.value).chain(also.iter().copied()).map(|v| v * times).collect();
        let (mut low, mut high) = match (minimum(&values), maximum(&values)) {
            (Some(low), Some(high)) => (low, high),
            _ => (0.0, if unit == ValueUnit::Percent { 100.0 } else { 1.0 }),
        };
        let (value_low, value_high) = (low, high);
        let least = narrowest(unit, low.abs().max(high.abs()));
        let mut reach: Vec<f64> = points
            .iter()
            .filter_map(|p| p.interval)
            .map(|(lower, upper)| (upper - lower) * times)
            .collect();
        reach.sort_by(f64::total_cmp);
        let typical = reach.get(reach.len() / 2).copied().unwrap_or(0.0);
        let limit = (2.5 * (high - low)).max(2.0 * typical).max(least);
        for (lower, upper) in points.iter().filter_map(|p| p.interval) {
            low = low.min((lower * times).max(value_low - limit));
            high = high.max((upper * times).min(value_high + limit));
        }
        if high - low < least {
            let middle = 0.5 * (low + high);
            (low, high) = (middle - 0.5 * least, middle + 0.5 * least);
        }
        let pad = 0.04 * (high - low);
        (low, high) = (low - pad, high + pad);
        if range == Range::FromZero {
            low = if value_low < 0.0 { low } else { 0.0 };
            high = if value_high > 0.0 || value_low >= 0.0 { high } else { 0.0 };
        }
        if unit == ValueUnit::Percent {
            low = low.max(value_low.min(0.0));
            high = high.min(value_high.max(100.0));
        }
        if unit == ValueUnit::Rank {
            low = low.max(0.5);
        }
        if unit == ValueUnit::Ratio || unit == ValueUnit::Number {
            low = if value_low >= 0.0 { low.max(0.0) } else { low };
        }
        Axis { unit, language: Language::En, low, high, left: place.0, right: place.1 }
    }

    /// The axis down to a level that is labelled, where levels are at least so many px apart: a line at the
    /// foot of a chart without a number would be taken for zero.
    pub(super) fn down_to_level(mut self, apart: f64) -> Axis {
        // A longer axis may have coarser levels, of which the foot is none.
        for _ in 0..4 {
            let levels = self.levels(apart);
            let [first, second, ..] = levels.as_slice() else { break };
            if (first.x - self.left).abs() < 0.05 {
                break;
            }
            let value_of = |x: f64| {
                self.low + (x - self.left) / (self.right - self.left) * (self.high - self.low)
            };
            let step = value_of(second.x) - value_of(first.x);
            let low = value_of(first.x) - step;
            // Of a whole there is nothing below none of it.
            let none = matches!(self.unit, ValueUnit::Percent | ValueUnit::Ratio);
            self.low = if none && self.low >= 0.0 { low.max(0.0) } else { low };
        }
        self
    }

    /// Where a value stands; outside the plot if it is outside the range.
    pub(super) fn x(&self, value: f64) -> f64 {
        let part = (value * factor(self.unit) - self.low) / (self.high - self.low);
        self.left + part * (self.right - self.left)
    }

    /// Where a value stands, held inside the plot, and whether it had to be.
    pub(super) fn x_inside(&self, value: f64) -> (f64, bool) {
        let x = self.x(value);
        // A twentieth of a px cannot be seen and may be the rounding of the division.
        let (least, most) = (self.left.min(self.right), self.left.max(self.right));
        let outside = x < least - 0.05 || x > most + 0.05;
        (x.clamp(least, most), outside)
    }

    pub(super) fn left(&self) -> f64 {
        self.left
    }

    pub(super) fn right(&self) -> f64 {
        self.right
    }

    /// Round values with room between their labels, side by side.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        self.ticks_with_room(|ticks| {
            let widest = ticks.iter().map(|t| width(&t.text, TICK_SIZE, false)).fold(0.0, f64::max);
            (widest + 14.0).max(36.0)
        })
    }

    /// Round values at least so many px apart, one above the other.
    pub(super) fn levels(&self, apart: f64) -> Vec<Tick> {
        self.ticks_with_room(|_| apart)
    }

    fn ticks_with_room(&self, room: impl Fn(&[Tick]) -> f64) -> Vec<Tick> {
        let finest = 10f64.powf(((self.high - self.low) / 8.0).log10().floor());
        let mut best = Vec::new();
        // From fine to coarse: the first step whose labels have room.
        for decade in 0..4 {
            for lead in [1.0, 2.0, 5.0] {
                let step = lead * finest * 10f64.powi(decade);
                // There is nothing between two ranks.
                if self.unit == ValueUnit::Rank && step < 1.0 {
                    continue;
                }
                let ticks = self.ticks_every(step);
                if ticks.len() < 2 {
                    return if best.is_empty() { ticks } else { best };
                }
                if (ticks[1].x - ticks[0].x).abs() >= room(&ticks) && ticks.len() <= 9 {
                    return self.with_first_rank(ticks, room);
                }
                best = ticks;
            }
        }
        best
    }

    /// The same axis with the numerals of a language.
    pub(super) fn in_language(self, language: Language) -> Axis {
        Axis { language, ..self }
    }

    fn spelt(&self, number: String) -> String {
        figure(self.language, &number).unwrap_or(number)
    }

    /// Ranks begin with 1, which is no multiple of a step: it takes the place of those too near to it.
    fn with_first_rank(&self, mut ticks: Vec<Tick>, room: impl Fn(&[Tick]) -> f64) -> Vec<Tick> {
        let first = Tick { x: self.x(1.0), text: self.spelt(number(1.0, 0)) };
        if self.unit == ValueUnit::Rank && ticks[0].x > first.x {
            let apart = room(&ticks);
            ticks.retain(|tick| tick.x - first.x >= apart);
            ticks.insert(0, first);
        }
        ticks
    }

    fn ticks_every(&self, step: f64) -> Vec<Tick> {
        let decimals = (-step.log10().floor()).max(0.0) as usize;
        let tolerance = 1e-9 * step;
        let first = ((self.low - tolerance) / step).ceil() as i64;
        let last = ((self.high + tolerance) / step).floor() as i64;
        (first..=last.min(first.saturating_add(200)))
            .map(|i| {
                let printed = i as f64 * step;
                Tick {
                    x: self.x(printed / factor(self.unit)),
                    text: self.spelt(number(printed, decimals)),
                }
            })
            .collect()
    }
}

fn minimum(values: &[f64]) -> Option<f64> {
    values.iter().copied().reduce(f64::min)
}

fn maximum(values: &[f64]) -> Option<f64> {
    values.iter().copied().reduce(f64::max)
}

/// A round number with a real minus sign and thin spaces between thousands.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let digits = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits.as_str(), None),
    };
    let mut text = String::new();
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('−');
    }
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(c);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Point;

    fn shown(value: f64, interval: Option<(f64, f64)>) -> Mark {
        Mark::Shown(Point { value, interval, unreliable: false })
    }

    #[test]
    fn numbers_print_with_minus_sign_and_thousands() {
        assert_eq!(number(-12.5, 1), "−12.5");
        assert_eq!(number(-0.0, 1), "0.0");
        assert_eq!(number(1250000.0, 0), "1\u{2009}250\u{2009}000");
        assert_eq!(number(2015.0, 0), "2015");
    }

    #[test]
    fn the_foot_of_an_axis_is_a_labelled_level() {
        for (low, high, high_px) in
            [(0.508, 0.974, 92.0), (0.03, 0.974, 120.0), (0.61, 0.65, 250.0)]
        {
            let marks = [shown(low, None), shown(high, None)];
            let axis = Axis::over(&marks, &[], ValueUnit::Percent, Range::Padded, (high_px, 0.0));
            let axis = axis.down_to_level(24.0);
            let levels = axis.levels(24.0);
            assert!((levels[0].x - axis.left()).abs() < 0.05, "{low}: {}", levels[0].text);
            assert!(axis.x(low) <= axis.left() + 0.05 && levels.len() > 1);
        }
        let points = [shown(-0.11, None), shown(0.2, None)];
        let axis = Axis::over(&points, &[], ValueUnit::Points, Range::Padded, (120.0, 0.0));
        let axis = axis.down_to_level(24.0);
        assert!((axis.levels(24.0)[0].x - axis.left()).abs() < 0.05);
    }

    #[test]
    fn a_percent_axis_does_not_leave_nought_to_a_hundred() {
        let marks = [shown(0.02, Some((-0.03, 0.2))), shown(0.97, Some((0.8, 1.2)))];
        let axis = Axis::over(&marks, &[], ValueUnit::Percent, Range::Padded, (0.0, 100.0));
        assert_eq!((axis.x(0.0), axis.x(1.0)), (0.0, 100.0));
        assert_eq!(axis.x_inside(1.2), (100.0, true));
        assert!(!axis.x_inside(0.8).1);
    }

    #[test]
    fn bars_begin_at_zero_on_either_side() {
        let up =
            Axis::over(&[shown(0.4, None)], &[], ValueUnit::Percent, Range::FromZero, (10.0, 90.0));
        assert_eq!(up.x(0.0), 10.0);
        let down =
            Axis::over(&[shown(-0.1, None)], &[], ValueUnit::Points, Range::FromZero, (10.0, 90.0));
        assert_eq!(down.x(0.0), 90.0);
    }

    #[test]
    fn one_enormous_interval_does_not_squeeze_the_others() {
        let mut marks: Vec<Mark> =
            (0..9).map(|i| shown(0.8 + 0.02 * f64::from(i), Some((0.7, 1.1)))).collect();
        marks.push(shown(0.9, Some((0.01, 40.0))));
        let axis = Axis::over(&marks, &[1.0], ValueUnit::Ratio, Range::Padded, (0.0, 400.0));
        assert!(axis.x(1.0) - axis.x(0.8) > 30.0);
        assert!(axis.x_inside(40.0).1);
        assert!(!axis.x_inside(1.1).1 && !axis.x_inside(0.7).1);
    }

    #[test]
    fn ticks_of_equal_values_and_of_large_numbers_are_few_and_apart() {
        let cases = [
            (vec![shown(0.5, None); 3], ValueUnit::Percent),
            (vec![shown(0.0, None)], ValueUnit::Number),
            (vec![shown(3.1e7, None), shown(9.9e7, None)], ValueUnit::Number),
            (vec![shown(0.9999, None), shown(1.0001, None)], ValueUnit::Ratio),
            (vec![Mark::Withheld], ValueUnit::Percent),
        ];
        for (marks, unit) in cases {
            let axis = Axis::over(&marks, &[], unit, Range::Padded, (0.0, 400.0));
            let ticks = axis.ticks();
            assert!((2..=9).contains(&ticks.len()), "{unit:?}: {ticks:?}");
            for pair in ticks.windows(2) {
                let room =
                    0.5 * (width(&pair[0].text, 12.0, false) + width(&pair[1].text, 12.0, false));
                assert!(pair[1].x - pair[0].x > room + 4.0, "{unit:?}: {ticks:?}");
            }
        }
    }
}
