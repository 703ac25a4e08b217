//! A legend: samples with their words in as many lines as they need.

use super::canvas::{Anchor, Label, Role, Scene, Shape};
use super::classes::is_men;
use super::frame::{self, BASELINE, MARGIN, NOTE_SIZE, Sign, WIDTH};
use super::hatch::{Hatch, hatch, rectangle};
use super::type_setting::{cut, width};

/// What a legend explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sample {
    /// A class in its colour.
    Class(Role),
    Hatched(Hatch),
    Sign(Sign, Role),
    /// A disc of another size: 1 is the usual one.
    Sized(f64),
    /// A dashed line: length of dashes and spaces, and its colour.
    Dashed((f64, f64), Role),
    /// A cell in the way [`super::heatmap`] draws it.
    State(super::Availability),
}

/// Width and height of a sample.
const SAMPLE: (f64, f64) = (22.0, 12.0);
const LINE: f64 = 19.0;

/// Draws entries from the left; returns where the next thing begins.
pub(super) fn draw(scene: &mut Scene, entries: &[(Sample, String)], top: f64) -> f64 {
    if entries.is_empty() {
        return top;
    }
    let room = WIDTH - 2.0 * MARGIN;
    let (mut x, mut y) = (MARGIN, top + 0.5 * LINE);
    for (sample, words) in entries {
        let words = cut(words, NOTE_SIZE, false, room - SAMPLE.0 - 6.0);
        let wide = SAMPLE.0 + 6.0 + width(&words, NOTE_SIZE, false);
        if x > MARGIN && x + wide > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        draw_sample(scene, *sample, x, y);
        scene.label(Label {
            text: words,
            x: x + SAMPLE.0 + 6.0,
            baseline: y + BASELINE * NOTE_SIZE,
            size: NOTE_SIZE,
            bold: false,
            anchor: Anchor::Start,
            role: Role::Ink,
        });
        x += wide + 16.0;
    }
    y + 0.5 * LINE
}

fn draw_sample(scene: &mut Scene, sample: Sample, x: f64, y: f64) {
    let (left, right) = (x, x + SAMPLE.0);
    let (top, bottom) = (y - 0.5 * SAMPLE.1, y + 0.5 * SAMPLE.1);
    match sample {
        Sample::Class(role) => {
            scene.shapes.push(Shape::Bar { left, top, right, bottom, role, opacity: 1.0 });
            let ring = rectangle(left, top, right, bottom);
            if is_men(role) {
                hatch(scene, std::slice::from_ref(&ring), Hatch::Men);
            }
            scene.shapes.push(Shape::Path { points: ring, stroke: 0.6, role: Role::SoftInk });
        }
        Sample::Hatched(kind) => {
            let ring = rectangle(left, top, right, bottom);
            hatch(scene, std::slice::from_ref(&ring), kind);
            scene.shapes.push(Shape::Path { points: ring, stroke: 0.6, role: Role::SoftInk });
        }
        Sample::Sign(sign, role) => {
            scene.line((left, y), (right, y), 1.8, role);
            frame::mark(scene, sign, (0.5 * (left + right), y), role, false);
        }
        Sample::Sized(times) => {
            let centre = (0.5 * (left + right), y);
            frame::mark_sized(scene, Sign::Disc, centre, Role::Both, false, times);
        }
        Sample::Dashed(dashes, role) => {
            scene.dashes((left, y), (right, y), dashes, 1.4, role);
        }
        Sample::State(state) => {
            super::heatmap::state(scene, state, (left, top, right, bottom));
            let points = rectangle(left, top, right, bottom);
            if state == super::Availability::Nothing {
                hatch(scene, std::slice::from_ref(&points), Hatch::Missing);
            }
            scene.shapes.push(Shape::Path { points, stroke: 0.6, role: Role::SoftInk });
        }
    }
}
