//! Projections in panels over time: the trend as a dashed line, round it bands of prediction intervals.
//!
//! A fan begins in the year after the last figure and does not touch it: it is of the trend, which need
//! not go through that figure. Every panel with one has the status F over it.

use super::canvas::{Role, Scene, Shape};
use super::frame::{self, Used};
use super::{ChartText, Error, Panel, Who};

/// The projection of a line of a panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Whose.
    pub who: Who,
    /// Years in order, all after the line's last figure.
    pub years: Vec<FanYear>,
}

/// A projected year, in the stored unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FanYear {
    /// The year.
    pub year: i32,
    /// The trend.
    pub value: f64,
    /// Prediction intervals of 50, 80 and 95%.
    pub bands: [(f64, f64); 3],
}

/// Dashes of the trend.
pub(super) const DASHES: (f64, f64) = (6.0, 2.6);
/// Bands lie over each other, so that the inner ones are darker.
const OPACITY: f64 = 0.13;

/// Numbers that can be drawn, intervals inside each other, years after the figures.
pub(super) fn check(text: &ChartText, panel: &Panel) -> Result<(), Error> {
    let refuse = |what: String| {
        let (chart, place) = (text.title.clone(), panel.label.clone());
        Err(Error::Unfit { chart, place, what })
    };
    for fan in &panel.fans {
        let line = match fan.who {
            Who::Women => &panel.women,
            Who::Men => &panel.men,
            Who::Both => &panel.both,
        };
        let last = line.iter().map(|at| at.year).max().unwrap_or(i32::MIN);
        if fan.years.iter().any(|at| at.year <= last)
            || fan.years.windows(2).any(|pair| pair[0].year >= pair[1].year)
        {
            return refuse(
                "a projection begins after the last figure and has its years in order".into(),
            );
        }
        for at in &fan.years {
            let ends = || at.bands.iter().flat_map(|band| [band.0, band.1]).chain([at.value]);
            let nested = at.bands[0].0 <= at.value
                && at.value <= at.bands[0].1
                && at.bands.windows(2).all(|pair| pair[1].0 <= pair[0].0 && pair[0].1 <= pair[1].1);
            if !ends().all(frame::drawable) || !nested {
                return refuse(format!(
                    "the projection of {} has intervals that are no numbers or do not lie inside each other",
                    at.year
                ));
            }
        }
    }
    Ok(())
}

/// The bands and the trend.
pub(super) fn draw(
    scene: &mut Scene,
    fan: &Fan,
    place: &impl Fn(i32, f64) -> (f64, f64),
    used: &mut Used,
) {
    let role: Role = fan.who.role();
    used.fan |= !fan.years.is_empty();
    for band in (0..3).rev() {
        let lower = fan.years.iter().map(|at| place(at.year, at.bands[band].0));
        let upper = fan.years.iter().rev().map(|at| place(at.year, at.bands[band].1));
        let points: Vec<(f64, f64)> = lower.chain(upper).collect();
        match points.as_slice() {
            // One year alone has no width.
            [lower, upper] => scene.line(*lower, *upper, 1.0 + 1.4 * (2 - band) as f64, role),
            _ => scene.shapes.push(Shape::Area { points, role, opacity: OPACITY }),
        }
    }
    for pair in fan.years.windows(2) {
        let (from, to) = (place(pair[0].year, pair[0].value), place(pair[1].year, pair[1].value));
        scene.line(from, to, 1.6, Role::Paper);
    }
    let path: Vec<(f64, f64)> = fan.years.iter().map(|at| place(at.year, at.value)).collect();
    dashed_path(scene, &path, role);
}

/// Dashes that run on through the corners of a path.
fn dashed_path(scene: &mut Scene, path: &[(f64, f64)], role: Role) {
    let mut rest = DASHES.0;
    let mut on = true;
    for pair in path.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |way: f64| {
            let part = if length > 0.0 { way / length } else { 0.0 };
            (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
        };
        let mut way = 0.0;
        while way < length {
            let end = (way + rest).min(length);
            if on {
                scene.line(at(way), at(end), 1.6, role);
            }
            rest -= end - way;
            way = end;
            if rest <= 1e-9 {
                on = !on;
                rest = if on { DASHES.0 } else { DASHES.1 };
            }
        }
    }
}
