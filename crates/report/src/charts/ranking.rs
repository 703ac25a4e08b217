//! Ranks with their intervals: a mark a line at its place among all, from the first on the left.
//!
//! The whisker holds the ranks that the tests allow; two lines whose whiskers share a rank may change
//! places.

use super::canvas::Scene;
use super::{ChartText, Error, ForestRow, ValueUnit, forest};

/// Draws lines in the order given; the value of a mark is its rank, its interval the best and the worst.
pub(super) fn draw(text: &ChartText, rows: &[ForestRow]) -> Result<Scene, Error> {
    let count = rows.len() as f64;
    for row in rows {
        let Some(point) = row.mark.point() else { continue };
        let (best, worst) = point.interval.unwrap_or((point.value, point.value));
        let whole = |rank: f64| rank.fract() == 0.0 && (1.0..=count).contains(&rank);
        if ![point.value, best, worst].into_iter().all(whole) {
            return Err(Error::Unfit {
                chart: text.title.clone(),
                place: row.label.clone(),
                what: format!(
                    "rank {} ({best} to {worst}) is no whole number from 1 to {count}",
                    point.value
                ),
            });
        }
    }
    forest::draw(&ChartText { unit: ValueUnit::Rank, ..text.clone() }, rows, None)
}
