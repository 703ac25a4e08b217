//! Weights as whole numbers, exactly as the local engine rounds them.
//!
//! With p the power of two at or below the weight w, w/p and its product with 2⁴¹ are exact floats, so
//! ⌊w/p·2⁴¹ + ½⌋ is the weight's 42 bits as [`inclusion_survey`] rounds them, and its product with p·2²³
//! the weight in units of 2⁻⁶⁴. The power is found by comparisons and exact products, since engines do
//! not promise that their logarithms and powers are exact.

use super::{Statement, Step};
use inclusion_registry::{PSU, STRATUM};

/// Weights from the first power of two to below the second are added exactly; and 0.
pub(super) const LEAST: i32 = -22;
pub(super) const MOST: i32 = 40;

impl Statement<'_> {
    /// Weights as whole numbers of 2⁻⁶⁴.
    pub(super) fn weights(&self) -> Vec<Step> {
        let words = self.words;
        let float = |value: f64| words.float(value);
        let power = |exponent: i32| float(2f64.powi(exponent));
        let weight = match &self.part.weight {
            None => float(1.0),
            Some((column, 1.0)) => self.columns.number(words, column),
            Some((column, by)) => {
                format!("{} / {}", self.columns.number(words, column), float(*by))
            }
        };
        let stage = &self.part.stages[0];
        let mut own = vec![
            format!("    {weight} AS _w"),
            format!("    {} AS {}", self.ids(&stage.psu), words.name(PSU)),
        ];
        if !stage.stratum.is_empty() {
            own.push(format!("    {} AS {}", self.ids(&stage.stratum), words.name(STRATUM)));
        }
        let mut steps = vec![Step::new(
            "weighted",
            "Weight, stratum and PSU",
            format!("  SELECT kept.*,\n{}\n  FROM kept", own.join(",\n")),
        )];
        let first: Vec<String> =
            [26, 10, -6].map(|exponent| format!("WHEN _w >= {0} THEN {0}", power(exponent))).into();
        let further = |before: &str, exponents: [i32; 3]| -> Vec<String> {
            exponents
                .map(|exponent| {
                    format!("WHEN _w >= {before} * {0} THEN {before} * {0}", power(exponent))
                })
                .into()
        };
        let mut before = "weighted";
        for (name, column, arms, other) in [
            ("powers_16", "_p16", first, power(LEAST)),
            ("powers_4", "_p4", further("_p16", [12, 8, 4]), "_p16".to_string()),
            ("powers", "_p", further("_p4", [3, 2, 1]), "_p4".to_string()),
        ] {
            steps.push(Step::new(
                name,
                "The power of two at or below the weight, in steps",
                format!(
                    "  SELECT {before}.*,\n    CASE\n      {}\n      ELSE {other} END AS {column}\n  FROM {before}",
                    arms.join("\n      ")
                ),
            ));
            before = name;
        }
        let factor = |what: String| words.cast(&words.cast(&what, words.integer), words.factor);
        let units = format!(
            "{} * {}",
            factor(format!("FLOOR(_w / _p * {} + {})", power(41), float(0.5))),
            factor(format!("_p * {}", power(23))),
        );
        let case = format!(
            "CASE\n      WHEN _w = {} THEN {}\n      WHEN _w >= {} AND _w < {} THEN {}\n      END",
            float(0.0),
            words.cast("0", words.sum),
            power(LEAST),
            power(MOST),
            words.cast(&units, words.sum)
        );
        steps.push(Step::new(
            "weights",
            "The weight with 42 significant bits, in units of 2^-64",
            format!("  SELECT powers.*,\n    {case} AS _units\n  FROM powers"),
        ));
        steps
    }
}
