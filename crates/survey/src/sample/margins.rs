//! Margins of categories with known totals: post-stratification and raking.

use crate::error::number;
use crate::sample::columns::{Columns, Values};
use crate::sample::settings::Margin;
use crate::{Error, Plan};
use std::collections::BTreeMap;

/// Relative deviation from a total that counts as met.
pub(crate) const MET: f64 = 1e-12;
/// Relative deviation that is accepted where no step brings it further down.
pub const NEAR: f64 = 1e-9;
/// Rounds of raking.
const ROUNDS: usize = 500;

/// Cells of a margin: the cell of each row, and by cell its total and name.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    pub cell: Vec<u32>,
    pub totals: Vec<f64>,
    pub names: Vec<String>,
}

pub(crate) fn calibration_error(message: String) -> Error {
    Error::Plan { place: "calibration".to_string(), message }
}

impl Cells {
    pub(crate) fn new(plan: &Plan, columns: &Columns, margin: &Margin) -> Result<Cells, Error> {
        let by: Vec<&[i16]> = margin
            .by
            .iter()
            .map(|concept| codes(columns, concept))
            .collect::<Result<_, Error>>()?;
        let mut index: BTreeMap<Vec<i16>, u32> = BTreeMap::new();
        let (mut totals, mut names) = (Vec::new(), Vec::new());
        for (codes, total) in &margin.totals {
            let name = codes.join(", ");
            if !(*total > 0.0 && total.is_finite()) {
                return Err(calibration_error(format!(
                    "the total of {name} is {}; totals must be above 0",
                    number(*total)
                )));
            }
            if codes.len() != margin.by.len() {
                return Err(calibration_error(format!(
                    "the total of {name} has {} codes, but the cells are made of {} concepts",
                    codes.len(),
                    margin.by.len()
                )));
            }
            let pairs = margin.by.iter().zip(codes);
            let key: Vec<i16> = pairs
                .map(|(concept, code)| code_index(plan, concept, code))
                .collect::<Result<_, Error>>()?;
            if index.insert(key, totals.len() as u32).is_some() {
                return Err(calibration_error(format!("{name} has two totals; give one")));
            }
            totals.push(*total);
            names.push(name);
        }
        let mut cell = Vec::with_capacity(columns.rows);
        let mut key = Vec::new();
        for row in 0..columns.rows {
            key.clear();
            key.extend(by.iter().map(|codes| codes[row]));
            let Some(place) = index.get(&key) else {
                let without = (row..columns.rows).filter(|row| {
                    let key: Vec<i16> = by.iter().map(|codes| codes[*row]).collect();
                    !index.contains_key(&key)
                });
                return Err(calibration_error(format!(
                    "{} rows are in no cell of {} that has a total (the first has {}); give its total, or take the rows out",
                    without.count(),
                    margin.by.join(" × "),
                    written(plan, &margin.by, &key)
                )));
            };
            cell.push(*place);
        }
        Ok(Cells { cell, totals, names })
    }

    /// Multiplies the weights of each cell to its total.
    pub(crate) fn scale(&self, weights: &mut [f64]) -> Result<(), Error> {
        let sums = self.sums(weights);
        if let Some(empty) = sums.iter().position(|s| *s <= 0.0) {
            return Err(calibration_error(format!(
                "{} has a total but no weight in the sample, or in one of its replicates; join it with another cell",
                self.names[empty]
            )));
        }
        for (w, cell) in weights.iter_mut().zip(&self.cell) {
            *w *= self.totals[*cell as usize] / sums[*cell as usize];
        }
        Ok(())
    }

    pub(crate) fn sums(&self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.totals.len()];
        weights.iter().zip(&self.cell).for_each(|(w, cell)| sums[*cell as usize] += w);
        sums
    }

    /// Largest relative deviation from a total.
    pub(crate) fn deviation(&self, weights: &[f64]) -> f64 {
        let sums = self.sums(weights);
        let pairs = sums.iter().zip(&self.totals);
        pairs.fold(0.0, |most: f64, (sum, total)| most.max((sum / total - 1.0).abs()))
    }

    /// One indicator column for each cell.
    pub(crate) fn columns(&self) -> Vec<Vec<f64>> {
        (0..self.totals.len() as u32)
            .map(|at| self.cell.iter().map(|cell| f64::from(*cell == at)).collect())
            .collect()
    }
}

/// Fits several margins in turn until all hold.
pub(crate) fn rake(margins: &[Cells], weights: &mut [f64]) -> Result<(), Error> {
    let mut last = f64::INFINITY;
    for _ in 0..ROUNDS {
        for margin in margins {
            margin.scale(weights)?;
        }
        let most = margins.iter().fold(0.0, |most: f64, m| most.max(m.deviation(weights)));
        // At the last digits the deviation stops to fall.
        if most <= MET || (most <= NEAR && most >= last) {
            return Ok(());
        }
        last = most;
    }
    Err(calibration_error(format!(
        "raking did not meet all margins in {ROUNDS} rounds (they still differ by {} of a total); check that the totals of all margins add up to the same population",
        number(last)
    )))
}

/// The codes of a category by row; negative is missing.
pub(crate) fn codes<'a>(columns: &'a Columns, concept: &str) -> Result<&'a [i16], Error> {
    match columns.concepts.get(concept) {
        Some(Values::Codes(codes)) => Ok(codes),
        _ => Err(calibration_error(format!(
            "needs the category `{concept}`, which is not in the rows; map it in the recipe"
        ))),
    }
}

pub(crate) fn code_index(plan: &Plan, concept: &str, code: &str) -> Result<i16, Error> {
    let of = plan.concepts.get(concept).and_then(|c| c.index_of(code));
    of.ok_or_else(|| {
        calibration_error(format!(
            "concept `{concept}` has no code `{code}`, but a total of it is given"
        ))
    })
}

fn written(plan: &Plan, by: &[String], key: &[i16]) -> String {
    let pairs = by.iter().zip(key).map(|(concept, code)| {
        let known =
            plan.concepts.get(concept).and_then(|c| c.codes.get(usize::try_from(*code).ok()?));
        known.map_or("no answer".to_string(), |code| code.id.clone())
    });
    pairs.collect::<Vec<_>>().join(", ")
}
