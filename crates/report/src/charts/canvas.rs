//! What is drawn, as a list of shapes in px, and its painting with plotters.
//!
//! Charts are laid out first and painted once their height is known. plotters takes whole units
//! only, so it paints in tenths of a px and the view box scales back: a mark stands within a
//! twentieth of a px of its value.
//!
//! Shapes have roles, not colours: plotters is given one placeholder colour a role, which
//! [`super::finish`] replaces by the theme's.

use super::type_setting::{FAMILY, fonts_ready};
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use std::ops::Range;

/// Units of the drawing per px.
pub(super) const UNITS: f64 = 10.0;

/// plotters writes a font size as this part of the size it is given.
const PLOTTERS_SIZE_PER_EM: f64 = 1.24;

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Women,
    Men,
    Both,
    Parity,
    Ink,
    SoftInk,
    Hairline,
    Paper,
    /// Classes of a sequence from the lowest; the upper four are also those on women's side of a
    /// diverging scale.
    Sequence1,
    Sequence2,
    Sequence3,
    Sequence4,
    Sequence5,
    /// Men's side of a diverging scale, from the middle outwards.
    Amber1,
    Amber2,
    Amber3,
    Amber4,
    /// The class in the middle of a diverging scale.
    Neutral,
    /// Letters on a shade that is of middling lightness on any paper.
    OnMiddle,
}

impl Role {
    /// Every role, in the order of the placeholders.
    pub(super) const ALL: [Role; 19] = [
        Role::Women,
        Role::Men,
        Role::Both,
        Role::Parity,
        Role::Ink,
        Role::SoftInk,
        Role::Hairline,
        Role::Paper,
        Role::Sequence1,
        Role::Sequence2,
        Role::Sequence3,
        Role::Sequence4,
        Role::Sequence5,
        Role::Amber1,
        Role::Amber2,
        Role::Amber3,
        Role::Amber4,
        Role::Neutral,
        Role::OnMiddle,
    ];

    /// The placeholder plotters paints with, as it writes it.
    pub(super) fn placeholder(self) -> String {
        format!("#{:02X}01FE", self as u8)
    }

    fn colour(self, opacity: f64) -> RGBAColor {
        RGBAColor(self as u8, 0x01, 0xFE, opacity)
    }
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text on its baseline.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub text: String,
    pub x: f64,
    pub baseline: f64,
    pub size: f64,
    pub bold: bool,
    pub anchor: Anchor,
    pub role: Role,
}

/// A shape, in px.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    Line {
        from: (f64, f64),
        to: (f64, f64),
        stroke: f64,
        role: Role,
    },
    Bar {
        left: f64,
        top: f64,
        right: f64,
        bottom: f64,
        role: Role,
        opacity: f64,
    },
    Disc {
        centre: (f64, f64),
        radius: f64,
        role: Role,
        open: bool,
    },
    Polygon {
        points: Vec<(f64, f64)>,
        role: Role,
        open: bool,
    },
    /// A line through many points.
    Path {
        points: Vec<(f64, f64)>,
        stroke: f64,
        role: Role,
    },
    /// An area without an edge: a land on a map, a band of intervals.
    Area {
        points: Vec<(f64, f64)>,
        role: Role,
        opacity: f64,
    },
    Label(Label),
}

/// Shapes in the order they are painted, and the room they need.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    pub shapes: Vec<Shape>,
    pub width: f64,
    pub height: f64,
    /// Which of the shapes are geography: east stays on the right in every language.
    pub geography: Range<usize>,
}

impl Scene {
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: f64, role: Role) {
        self.shapes.push(Shape::Line { from, to, stroke, role });
    }

    /// A dashed line, as its dashes.
    pub(super) fn dashed(&mut self, from: (f64, f64), to: (f64, f64), stroke: f64, role: Role) {
        self.dashes(from, to, (4.0, 3.0), stroke, role);
    }

    /// A line of dashes: their length, and the space between them.
    pub(super) fn dashes(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        (dash, space): (f64, f64),
        stroke: f64,
        role: Role,
    ) {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |way: f64| {
            let part = way / length;
            (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
        };
        let mut way = 0.0;
        while way < length {
            self.line(at(way), at((way + dash).min(length)), stroke, role);
            way += dash + space;
        }
    }

    pub(super) fn label(&mut self, label: Label) {
        if !label.text.is_empty() {
            self.shapes.push(Shape::Label(label));
        }
    }

    /// The scene for a language that is written from right to left: all but geography from the
    /// right, and texts in their own direction.
    pub(super) fn mirrored(mut self) -> Scene {
        let width = self.width;
        let flip = |point: &mut (f64, f64)| point.0 = width - point.0;
        for (place, shape) in self.shapes.iter_mut().enumerate() {
            if self.geography.contains(&place) {
                continue;
            }
            match shape {
                Shape::Line { from, to, .. } => [from, to].into_iter().for_each(flip),
                Shape::Bar { left, right, .. } => (*left, *right) = (width - *right, width - *left),
                Shape::Disc { centre, .. } => flip(centre),
                Shape::Polygon { points, .. }
                | Shape::Path { points, .. }
                | Shape::Area { points, .. } => points.iter_mut().for_each(flip),
                Shape::Label(label) => {
                    label.x = width - label.x;
                    label.anchor = match label.anchor {
                        Anchor::Start => Anchor::End,
                        Anchor::Middle => Anchor::Middle,
                        Anchor::End => Anchor::Start,
                    };
                    // Marks of embedding: not every rasteriser knows the attribute `direction`.
                    label.text = format!("\u{202b}{}\u{202c}", label.text);
                }
            }
        }
        self
    }

    /// Paints the scene; the result is a whole SVG document in units of a tenth of a px.
    pub(super) fn paint(&self) -> Result<String, String> {
        if !fonts_ready() {
            return Err("the built-in font cannot be read".into());
        }
        let mut svg = String::new();
        let size =
            (unit(self.width).max(1).unsigned_abs(), unit(self.height).max(1).unsigned_abs());
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            area.fill(&Role::Paper.colour(1.0)).map_err(|e| e.to_string())?;
            for shape in &self.shapes {
                paint_shape(&area, shape)?;
            }
            area.present().map_err(|e| e.to_string())?;
        }
        Ok(svg)
    }
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

fn unit(px: f64) -> i32 {
    (px * UNITS).round() as i32
}

fn at(point: (f64, f64)) -> (i32, i32) {
    (unit(point.0), unit(point.1))
}

fn stroked(role: Role, stroke: f64) -> ShapeStyle {
    ShapeStyle { color: role.colour(1.0), filled: false, stroke_width: unit(stroke).unsigned_abs() }
}

fn filled(role: Role, opacity: f64) -> ShapeStyle {
    ShapeStyle { color: role.colour(opacity), filled: true, stroke_width: 0 }
}

/// Stroke of an open mark.
const OPEN_STROKE: f64 = 1.6;

fn paint_shape(area: &Area<'_>, shape: &Shape) -> Result<(), String> {
    match shape {
        Shape::Line { from, to, stroke, role } => {
            area.draw(&PathElement::new(vec![at(*from), at(*to)], stroked(*role, *stroke)))
        }
        Shape::Bar { left, top, right, bottom, role, opacity } => {
            let corners = [at((left.min(*right), *top)), at((left.max(*right), *bottom))];
            area.draw(&Rectangle::new(corners, filled(*role, *opacity)))
        }
        Shape::Disc { centre, radius, role, open: false } => {
            area.draw(&Circle::new(at(*centre), unit(*radius), filled(*role, 1.0)))
        }
        Shape::Disc { centre, radius, role, open: true } => {
            // The stroke lies inside the radius, so that open and filled marks are equally large.
            let radius = unit(radius - OPEN_STROKE / 2.0);
            area.draw(&Circle::new(at(*centre), radius, filled(Role::Paper, 1.0))).and_then(|()| {
                area.draw(&Circle::new(at(*centre), radius, stroked(*role, OPEN_STROKE)))
            })
        }
        Shape::Polygon { points, role, open: false } => {
            let points: Vec<_> = points.iter().copied().map(at).collect();
            area.draw(&Polygon::new(points, filled(*role, 1.0)))
        }
        Shape::Polygon { points, role, open: true } => {
            let mut points: Vec<_> = points.iter().copied().map(at).collect();
            let paper = Polygon::new(points.clone(), filled(Role::Paper, 1.0));
            // Once round and one corner further, or the first corner has no join.
            points.extend_from_within(..points.len().min(2));
            area.draw(&paper)
                .and_then(|()| area.draw(&PathElement::new(points, stroked(*role, OPEN_STROKE))))
        }
        Shape::Path { points, stroke, role } => {
            let points: Vec<_> = points.iter().copied().map(at).collect();
            area.draw(&PathElement::new(points, stroked(*role, *stroke)))
        }
        Shape::Area { points, role, opacity } => {
            let points: Vec<_> = points.iter().copied().map(at).collect();
            area.draw(&Polygon::new(points, filled(*role, *opacity)))
        }
        Shape::Label(label) => {
            let style = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
            let size = label.size * UNITS * PLOTTERS_SIZE_PER_EM;
            let style = TextStyle {
                font: FontDesc::new(FontFamily::Name(FAMILY), size, style),
                color: plotters::style::Color::to_backend_color(&label.role.colour(1.0)),
                pos: Pos::new(
                    match label.anchor {
                        Anchor::Start => HPos::Left,
                        Anchor::Middle => HPos::Center,
                        Anchor::End => HPos::Right,
                    },
                    // Its shift is taken away in the end: `y` is the baseline.
                    VPos::Center,
                ),
            };
            area.draw(&Text::new(label.text.as_str(), at((label.x, label.baseline)), style))
        }
    }
    .map_err(|e| e.to_string())
}
