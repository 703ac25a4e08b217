//! Hatching: parallel lines inside an outline, cut where they leave it.
//!
//! They are lines and not an SVG pattern, because a document refers to nothing by an id: two charts
//! on one page could take each other's.

use super::canvas::{Role, Scene};

/// How an outline is filled where no class is, or where a class needs more than its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hatch {
    /// No figure: falling lines.
    Missing,
    /// A withheld figure: crossed lines.
    Withheld,
    /// Men's side of a diverging scale, which a grey print could not tell from women's.
    Men,
}

/// Hatches the rings by the even-odd rule; those of neighbours are best given together.
pub(super) fn hatch(scene: &mut Scene, rings: &[Vec<(f64, f64)>], kind: Hatch) {
    let diagonal = std::f64::consts::FRAC_1_SQRT_2;
    match kind {
        Hatch::Missing => lines(scene, rings, (diagonal, -diagonal), 3.6, 0.6, Role::SoftInk),
        Hatch::Withheld => {
            lines(scene, rings, (diagonal, -diagonal), 4.2, 0.7, Role::SoftInk);
            lines(scene, rings, (diagonal, diagonal), 4.2, 0.7, Role::SoftInk);
        }
        Hatch::Men => lines(scene, rings, (0.0, 1.0), 3.2, 0.4, Role::OnMiddle),
    }
}

/// A rectangle as a ring.
pub(super) fn rectangle(left: f64, top: f64, right: f64, bottom: f64) -> Vec<(f64, f64)> {
    vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
}

/// Lines across a normal, `step` px apart. Their distance counts from the page's corner, so that
/// neighbours with the same hatch look like one.
fn lines(
    scene: &mut Scene,
    rings: &[Vec<(f64, f64)>],
    normal: (f64, f64),
    step: f64,
    stroke: f64,
    role: Role,
) {
    let across = |p: (f64, f64)| (p.0 * normal.0 + p.1 * normal.1) / step;
    let along = |p: (f64, f64)| p.1 * normal.0 - p.0 * normal.1;
    // Where each line meets the edges: an edge counts its lower end and not its upper one.
    let mut crossings: Vec<(i64, f64)> = Vec::new();
    for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
        let (mut a, mut b) = (edge[0], edge[1]);
        if across(a) > across(b) {
            (a, b) = (b, a);
        }
        let (from, to) = (across(a), across(b));
        for line in from.ceil() as i64..to.ceil() as i64 {
            let part = (line as f64 - from) / (to - from);
            crossings.push((line, along(a) + part * (along(b) - along(a))));
        }
    }
    crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    // Neighbours with the same hatch get one line through both.
    let mut pieces: Vec<(i64, f64, f64)> = Vec::new();
    for pair in crossings.chunks_exact(2) {
        let [(line, from), (_, to)] = pair else { continue };
        match pieces.last_mut() {
            Some(last) if last.0 == *line && from - last.2 < 0.5 => last.2 = *to,
            _ => pieces.push((*line, *from, *to)),
        }
    }
    for (line, from, to) in pieces {
        let at = |along: f64| {
            let across = line as f64 * step;
            (across * normal.0 - along * normal.1, across * normal.1 + along * normal.0)
        };
        if to - from > 0.3 {
            scene.line(at(from), at(to), stroke, role);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::canvas::Shape;
    use super::*;

    #[test]
    fn lines_stay_inside_and_leave_holes_out() {
        let outer = rectangle(10.0, 20.0, 50.0, 60.0);
        let hole = rectangle(25.0, 35.0, 35.0, 45.0);
        let mut scene = Scene::default();
        hatch(&mut scene, &[outer, hole], Hatch::Withheld);
        assert!(scene.shapes.len() > 20);
        for shape in &scene.shapes {
            let Shape::Line { from, to, .. } = shape else { panic!("only lines") };
            for point in [from, to] {
                assert!((9.999..50.001).contains(&point.0) && (19.999..60.001).contains(&point.1));
            }
            let middle = (0.5 * (from.0 + to.0), 0.5 * (from.1 + to.1));
            let inside = |at: f64, low: f64| at > low + 1e-6 && at < low + 10.0 - 1e-6;
            assert!(!(inside(middle.0, 25.0) && inside(middle.1, 35.0)), "{middle:?}");
        }
    }
}
