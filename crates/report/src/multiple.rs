//! Counts and places that hold when many groups are looked at: see [`inclusion_measures::told_apart`]
//! and [`inclusion_measures::rank_intervals`].

use crate::charts::{Mark, Point};
use inclusion_disclosure::{Cell, Row, Shown};
use inclusion_measures::{RankInterval, Uncertain, rank_intervals, told_apart};

/// How it is done, for definitions.
pub(crate) const METHOD: &str = "Counts of groups in which women or men are behind, the group of the largest gap, \
     and ranks rest on tests that are adjusted for the number of groups looked at (Holm), so they may be fewer than \
     the intervals that leave equality out; each sentence is a family of its own. Intervals of ranks hold for all \
     groups at once (pairwise differences as in Mogstad, Romano, Shaikh and Wilhelm 2024, with Holm's method); \
     groups of one survey are compared with the sum of their standard errors, as their covariance is not known there.";

/// Who is behind in each group when all are looked at together: 1 women, −1 men, 0 not told.
pub(crate) fn behind(gaps: &[(&Row, &Shown)], level: f64) -> Vec<i8> {
    told_apart(&uncertain(gaps, |value| value), 0.0, level)
}

/// Whether a group has the largest gap of all, whoever is behind.
pub(crate) fn is_largest(gaps: &[(&Row, &Shown)], at: usize, level: f64) -> bool {
    let ranks = rank_intervals(&uncertain(gaps, f64::abs), level);
    ranks.get(at) == Some(&RankInterval { rank: 1, best: 1, worst: 1 })
}

/// Ranks from the largest value as marks of a chart; without intervals where no figure has a standard error.
pub(crate) fn ranks(rows: &[Option<&Row>], level: f64) -> Vec<Mark> {
    let shown = |row: &Row| match &row.cell {
        Cell::Shown(shown) => Some(shown.clone()),
        Cell::Withheld | Cell::Missing(_) => None,
    };
    let shown: Vec<Option<Shown>> = rows.iter().map(|row| row.and_then(shown)).collect();
    let figures: Vec<(&Row, &Shown)> = rows
        .iter()
        .zip(&shown)
        .filter_map(|(row, shown)| Some(((*row)?, shown.as_ref()?)))
        .collect();
    let known = figures.iter().any(|(_, shown)| shown.se.is_some());
    let mut places = rank_intervals(&uncertain(&figures, |value| value), level).into_iter();
    let mark =
        |(row, shown): (&Option<&Row>, &Option<Shown>)| match (row.map(|row| &row.cell), shown) {
            (Some(Cell::Withheld), _) => Mark::Withheld,
            (_, None) => Mark::Missing,
            (_, Some(shown)) => places.next().map_or(Mark::Missing, |place| {
                let interval = known.then_some((place.best as f64, place.worst as f64));
                Mark::Shown(Point {
                    value: place.rank as f64,
                    interval,
                    unreliable: shown.unreliable,
                })
            }),
        };
    rows.iter().zip(&shown).map(mark).collect()
}

fn uncertain(figures: &[(&Row, &Shown)], size: fn(f64) -> f64) -> Vec<Uncertain> {
    let sources: Vec<(&str, &str)> = figures
        .iter()
        .map(|(row, _)| (row.key.source.as_str(), row.key.ref_area.as_str()))
        .collect();
    figures
        .iter()
        .zip(&sources)
        .map(|((row, shown), own)| Uncertain {
            value: size(shown.value),
            // Beside a share of 0 or 1 the standard error says nothing.
            se: shown.se.filter(|_| !crate::cells::unsupported(row)),
            df: shown.df,
            sample: sources.iter().position(|source| source == own).unwrap_or_default(),
        })
        .collect()
}
