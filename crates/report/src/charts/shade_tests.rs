//! Shades are told apart by everyone, and letters on them can be read.

use super::canvas::Role;
use super::classes::on;
use super::finish::colours;

const SEQUENCE: [Role; 5] =
    [Role::Sequence1, Role::Sequence2, Role::Sequence3, Role::Sequence4, Role::Sequence5];
const DIVERGING: [Role; 5] =
    [Role::Amber4, Role::Amber2, Role::Neutral, Role::Sequence3, Role::Sequence5];
const AMBER: [Role; 4] = [Role::Amber1, Role::Amber2, Role::Amber3, Role::Amber4];

/// Light or dark colour of a role, in linear red, green and blue.
fn linear(role: Role, dark: bool) -> [f64; 3] {
    let (_, light_colour, dark_colour) = colours(role);
    let colour = if dark { dark_colour } else { light_colour };
    [1, 3, 5].map(|at| {
        let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn product(matrix: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
}

/// CIE 1976 L*a*b* under D65 (IEC 61966-2-1 and CIE 15).
fn lab(rgb: [f64; 3]) -> [f64; 3] {
    let xyz = product(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ],
        rgb,
    );
    let f = |t: f64| {
        if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
    };
    let (x, y, z) = (f(xyz[0] / 0.95047), f(xyz[1]), f(xyz[2] / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// As seen without the receptors for green (Machado, Oliveira and Fernandes 2009, table 1).
fn deuteranopia(rgb: [f64; 3]) -> [f64; 3] {
    product(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        rgb,
    )
    .map(|c| c.clamp(0.0, 1.0))
}

fn contrast(a: Role, b: Role, dark: bool) -> f64 {
    let luminance = |role| {
        let [r, g, b] = linear(role, dark);
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

#[test]
fn a_sequence_is_even_in_lightness() {
    for dark in [false, true] {
        let lightness: Vec<f64> = SEQUENCE.iter().map(|role| lab(linear(*role, dark))[0]).collect();
        for pair in lightness.windows(2) {
            assert!(((pair[0] - pair[1]).abs() - 16.0).abs() < 0.5, "{lightness:?}");
        }
    }
}

#[test]
fn classes_differ_for_everyone() {
    for dark in [false, true] {
        for shades in [SEQUENCE, DIVERGING] {
            for (i, a) in shades.iter().enumerate() {
                for b in &shades[i + 1..] {
                    let (a_seen, b_seen) = (linear(*a, dark), linear(*b, dark));
                    for (a_seen, b_seen) in
                        [(a_seen, b_seen), (deuteranopia(a_seen), deuteranopia(b_seen))]
                    {
                        let (p, q) = (lab(a_seen), lab(b_seen));
                        let distance: f64 = p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum();
                        assert!(distance.sqrt() > 12.0, "{a:?} {b:?} dark {dark}: {distance}");
                    }
                }
            }
        }
        // In grey, each side of the middle is in order; the sides differ by hatching.
        for side in [&SEQUENCE[1..], &AMBER] {
            let all: Vec<f64> = [Role::Neutral]
                .iter()
                .chain(side)
                .map(|role| lab(linear(*role, dark))[0])
                .collect();
            let sign = if dark { 1.0 } else { -1.0 };
            assert!(all.windows(2).all(|pair| sign * (pair[1] - pair[0]) > 9.0), "{all:?}");
        }
    }
}

#[test]
fn letters_on_shades_and_lines_between_them_can_be_seen() {
    for dark in [false, true] {
        for role in SEQUENCE.into_iter().chain(AMBER).chain([Role::Neutral]) {
            assert!(contrast(role, on(role), dark) > 4.0, "{role:?} dark {dark}");
        }
        assert!(contrast(Role::SoftInk, Role::Paper, dark) > 3.0);
    }
}
