//! Weights adjusted to known totals, and what that does to the variance.
//!
//! Each step turns weights w into w g. Post-stratification multiplies the weights of each cell by
//! one factor; raking fits several margins in turn until all hold; calibration to totals T of
//! auxiliary variables x finds g = F(xᵀλ) with Σ w g x = T.
//!
//! A statistic with influence u under the weights after a step has, under those before it, the
//! influence g (u − xᵀB), where xᵀB is the regression of u on the step's variables (the mean of the
//! cell for post-stratification). Going back step by step, the last one first, the variance becomes
//! that of residuals. The regression is weighted as R `survey` 4.5 does it: by the weights before the
//! step for post-stratification and calibration to totals, whatever the distance, and by nothing
//! (every row of positive weight alike) for raking, where the exact derivative would have the weights
//! after the step. The residuals differ by a combination of the variables whose total is known, so
//! the difference is small where weights and fit vary little within margins.
//!
//! Sources: Deville, Särndal and Sautory (1993), *Journal of the American Statistical Association*
//! 88, 1013–1020 (raking and calibration); Valliant (1993), 88, 89–96 (post-stratification).

use crate::sample::columns::{Columns, Values};
use crate::sample::distance::calibrate;
use crate::sample::margins::{Cells, calibration_error, code_index, codes, rake};
use crate::sample::projection::Projection;
use crate::sample::settings::{Auxiliary, CalibrateTotals, Calibration, Distance};
use crate::{Error, Plan};

/// The steps of a calibration with their variables, ready for any weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Steps(Vec<Step>);

#[derive(Debug, Clone)]
enum Step {
    Cells(Cells),
    Margins(Vec<Cells>),
    Totals { columns: Vec<Vec<f64>>, totals: Vec<f64>, names: Vec<String>, distance: Distance },
}

/// The steps as they were carried out with one set of weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fitted(Vec<Fit>);

#[derive(Debug, Clone)]
struct Fit {
    /// Weight after over weight before, by row.
    factor: Vec<f64>,
    residual: Residual,
}

#[derive(Debug, Clone)]
enum Residual {
    /// From the mean of the cell under these weights.
    Means {
        cell: Vec<u32>,
        cells: usize,
        weights: Vec<f64>,
    },
    Regression(Projection),
}

impl Steps {
    /// Finds the variables of all steps.
    pub(crate) fn new(
        plan: &Plan,
        columns: &Columns,
        steps: &[Calibration],
    ) -> Result<Steps, Error> {
        let step = |step: &Calibration| {
            Ok(match step {
                Calibration::Poststratify(margin) => {
                    Step::Cells(Cells::new(plan, columns, margin)?)
                }
                Calibration::Rake(margins) => {
                    let cells = margins.iter().map(|m| Cells::new(plan, columns, m));
                    Step::Margins(cells.collect::<Result<_, Error>>()?)
                }
                Calibration::Totals(totals) => auxiliaries(plan, columns, totals)?,
            })
        };
        Ok(Steps(steps.iter().map(step).collect::<Result<_, Error>>()?))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adjusts the weights, and keeps for `fitted` what the variance needs.
    pub(crate) fn apply(
        &self,
        weights: &mut [f64],
        mut fitted: Option<&mut Fitted>,
    ) -> Result<(), Error> {
        for step in &self.0 {
            let before = fitted.is_some().then(|| weights.to_vec());
            match step {
                Step::Cells(cells) => cells.scale(weights)?,
                Step::Margins(margins) => rake(margins, weights)?,
                Step::Totals { columns, totals, names, distance } => {
                    calibrate(columns, totals, names, *distance, weights)?;
                }
            }
            let (Some(fitted), Some(before)) = (fitted.as_deref_mut(), before) else { continue };
            let factor = before
                .iter()
                .zip(weights.iter())
                .map(|(b, a)| if *b == 0.0 { 0.0 } else { a / b })
                .collect();
            let residual = match step {
                Step::Cells(cells) => Residual::Means {
                    cell: cells.cell.clone(),
                    cells: cells.totals.len(),
                    weights: before,
                },
                Step::Margins(margins) => {
                    let columns: Vec<Vec<f64>> = margins.iter().flat_map(Cells::columns).collect();
                    let equal: Vec<f64> = weights.iter().map(|w| f64::from(*w != 0.0)).collect();
                    Residual::Regression(Projection::new(&columns, &equal))
                }
                Step::Totals { columns, .. } => {
                    Residual::Regression(Projection::new(columns, &before))
                }
            };
            fitted.0.push(Fit { factor, residual });
        }
        Ok(())
    }
}

impl Fitted {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Turns influence under the final weights (row by row, `width` values) into influence under
    /// the weights before the first step.
    pub(crate) fn back(&self, influence: &mut [f64], width: usize) {
        for fit in self.0.iter().rev() {
            match &fit.residual {
                Residual::Regression(projection) => projection.residuals(influence, width),
                Residual::Means { cell, cells, weights } => {
                    let mut sums = vec![0.0; cells * width];
                    let mut total = vec![0.0; *cells];
                    for (row, w) in weights.iter().enumerate() {
                        let at = cell[row] as usize;
                        total[at] += w;
                        for k in 0..width {
                            sums[at * width + k] += w * influence[row * width + k];
                        }
                    }
                    for (row, at) in cell.iter().enumerate() {
                        let at = *at as usize;
                        for k in (0..width).filter(|_| total[at] > 0.0) {
                            influence[row * width + k] -= sums[at * width + k] / total[at];
                        }
                    }
                }
            }
            for (values, g) in influence.chunks_mut(width).zip(&fit.factor) {
                values.iter_mut().for_each(|v| *v *= g);
            }
        }
    }
}

fn auxiliaries(
    plan: &Plan,
    columns: &Columns,
    calibration: &CalibrateTotals,
) -> Result<Step, Error> {
    let (mut own, mut totals, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (auxiliary, total) in &calibration.targets {
        if !total.is_finite() {
            return Err(calibration_error(format!("a total is {total}; it must be finite")));
        }
        let (column, name) = match auxiliary {
            Auxiliary::Constant => (vec![1.0; columns.rows], "the constant".to_string()),
            Auxiliary::Cell { by, codes: wanted } => {
                let mut column = vec![1.0; columns.rows];
                for (concept, code) in by.iter().zip(wanted) {
                    let index = code_index(plan, concept, code)?;
                    let values = codes(columns, concept)?;
                    let missing = values.iter().filter(|v| **v < 0).count();
                    refuse_missing(concept, missing)?;
                    let inside = column.iter_mut().zip(values);
                    inside.for_each(|(x, v)| *x *= f64::from(*v == index));
                }
                (column, format!("`{}` = {}", by.join(" * "), wanted.join(" * ")))
            }
            Auxiliary::Number(concept) => {
                let Some(Values::Numbers(values)) = columns.concepts.get(concept) else {
                    return Err(calibration_error(format!(
                        "needs the number `{concept}`, which is not in the rows; map it in the recipe"
                    )));
                };
                refuse_missing(concept, values.iter().filter(|v| v.is_none()).count())?;
                (values.iter().map(|v| v.unwrap_or(0.0)).collect(), format!("`{concept}`"))
            }
        };
        own.push(column);
        totals.push(*total);
        names.push(name);
    }
    Ok(Step::Totals { columns: own, totals, names, distance: calibration.distance })
}

fn refuse_missing(concept: &str, missing: usize) -> Result<(), Error> {
    if missing == 0 {
        return Ok(());
    }
    Err(calibration_error(format!(
        "{missing} rows have no `{concept}`; weights can be adjusted only by what is known of every row"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: usize = 30;

    fn cells(of: usize, totals: &[f64]) -> Cells {
        Cells {
            cell: (0..ROWS).map(|row| ((row * 7 + row / 3) % of) as u32).collect(),
            totals: totals.to_vec(),
            names: (0..of).map(|cell| format!("cell {cell}")).collect(),
        }
    }

    fn start() -> Vec<f64> {
        (0..ROWS).map(|row| 1.0 + (row * row % 13) as f64 / 4.0).collect()
    }

    fn x() -> Vec<Vec<f64>> {
        vec![vec![1.0; ROWS], (0..ROWS).map(|row| (row as f64 * 0.37).sin() + 2.0).collect()]
    }

    fn totals(distance: Distance) -> Step {
        let names = vec!["the constant".to_string(), "x".to_string()];
        Step::Totals { columns: x(), totals: vec![90.0, 170.0], names, distance }
    }

    /// Σ w y over some rows over Σ w there, and its influence.
    fn mean(weights: &[f64]) -> (f64, Vec<f64>) {
        let y = |row: usize| (row as f64 * 0.61).cos() * 3.0;
        let rows: Vec<usize> = (0..ROWS).filter(|row| row % 3 != 1).collect();
        let below: f64 = rows.iter().map(|row| weights[*row]).sum();
        let value = rows.iter().map(|row| weights[*row] * y(*row)).sum::<f64>() / below;
        let mut influence = vec![0.0; ROWS];
        rows.iter().for_each(|row| influence[*row] = (y(*row) - value) / below);
        (value, influence)
    }

    fn compare_with_differences(steps: Steps) {
        compare_from(start(), steps);
    }

    fn compare_from(start: Vec<f64>, steps: Steps) {
        let (mut weights, mut fitted) = (start.clone(), Fitted::default());
        steps.apply(&mut weights, Some(&mut fitted)).unwrap();
        let (_, mut influence) = mean(&weights);
        fitted.back(&mut influence, 1);
        for row in 0..ROWS {
            let moved = |by: f64| {
                let mut weights = start.clone();
                weights[row] += by;
                steps.apply(&mut weights, None).unwrap();
                mean(&weights).0
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((slope - influence[row]).abs() < 1e-8, "{row}: {slope} {}", influence[row]);
        }
    }

    #[test]
    fn influence_before_calibration_is_the_derivative_by_the_first_weights() {
        compare_with_differences(Steps(vec![Step::Cells(cells(4, &[10.0, 30.0, 20.0, 15.0]))]));
        // The second is a regression estimator (GREG), on a constant and a number.
        compare_with_differences(Steps(vec![totals(Distance::Linear)]));
        // Bounds that no factor reaches.
        let bounds = Distance::BoundedLinear { lower: -9.0, upper: 9.0 };
        compare_with_differences(Steps(vec![totals(bounds)]));
    }

    #[test]
    fn where_the_totals_are_met_already_every_distance_has_the_derivative() {
        // All factors are 1 then, and the regression by the weights before is that by the weights after.
        for distance in [
            Distance::Raking,
            Distance::Logit { lower: 0.5, upper: 2.0 },
            Distance::BoundedLinear { lower: 0.5, upper: 2.0 },
        ] {
            let mut met = start();
            Steps(vec![totals(Distance::Raking)]).apply(&mut met, None).unwrap();
            compare_from(met, Steps(vec![totals(distance)]));
        }
        // Raking to margins takes no weights for its regression: they are alike here.
        let margins = [4, 3].map(|of| {
            let own = cells(of, &vec![1.0; of]);
            Cells { totals: own.sums(&[2.0; ROWS]), ..own }
        });
        compare_from(vec![2.0; ROWS], Steps(vec![Step::Margins(margins.to_vec())]));
    }

    #[test]
    fn residuals_are_those_of_the_regression_that_r_takes() {
        let margins = [cells(4, &[10.0, 30.0, 20.0, 15.0]), cells(3, &[25.0, 20.0, 30.0])];
        let columns: Vec<Vec<f64>> = margins.iter().flat_map(Cells::columns).collect();
        let cut = Distance::BoundedLinear { lower: 0.7, upper: 2.4 };
        for (step, columns, by_weight) in [
            (Step::Margins(margins.to_vec()), columns, false),
            (totals(Distance::Raking), x(), true),
            (totals(cut), x(), true),
        ] {
            let (mut weights, mut fitted) = (start(), Fitted::default());
            Steps(vec![step]).apply(&mut weights, Some(&mut fitted)).unwrap();
            let (_, before) = mean(&weights);
            let mut influence = before.clone();
            fitted.back(&mut influence, 1);
            let g: Vec<f64> = weights.iter().zip(start()).map(|(w, s)| w / s).collect();
            assert!(g.iter().any(|g| (g - 1.0).abs() > 0.05));
            // What is left over g is what is left of the regression: orthogonal to its columns, and
            // with what was taken away a combination of them.
            let left: Vec<f64> = influence.iter().zip(&g).map(|(v, g)| v / g).collect();
            let q: Vec<f64> = start().iter().map(|w| if by_weight { *w } else { 1.0 }).collect();
            for column in &columns {
                let sum: f64 = (0..ROWS).map(|r| q[r] * column[r] * left[r]).sum();
                assert!(sum.abs() < 1e-13, "{sum}");
            }
            let mut taken: Vec<f64> = before.iter().zip(&left).map(|(b, l)| b - l).collect();
            Projection::new(&columns, &q).residuals(&mut taken, 1);
            assert!(taken.iter().all(|t| t.abs() < 1e-13), "{taken:?}");
        }
    }

    #[test]
    fn steps_are_undone_from_the_last_to_the_first() {
        let cells = Step::Cells(cells(4, &[10.0, 30.0, 20.0, 15.0]));
        compare_with_differences(Steps(vec![cells.clone(), totals(Distance::Linear)]));
        compare_with_differences(Steps(vec![totals(Distance::Linear), cells]));
    }

    #[test]
    fn every_distance_meets_the_totals_within_its_bounds() {
        let bounds = (0.7, 2.4);
        for distance in [
            Distance::Linear,
            Distance::Raking,
            Distance::BoundedLinear { lower: bounds.0, upper: bounds.1 },
            Distance::Logit { lower: bounds.0, upper: bounds.1 },
        ] {
            let mut weights = start();
            Steps(vec![totals(distance)]).apply(&mut weights, None).unwrap();
            for (column, total) in x().iter().zip([90.0, 170.0]) {
                let sum: f64 = column.iter().zip(&weights).map(|(x, w)| x * w).sum();
                assert!((sum / total - 1.0).abs() < 1e-11, "{distance:?}: {sum}");
            }
            if !matches!(distance, Distance::Linear | Distance::Raking) {
                let factors = weights.iter().zip(start()).map(|(w, s)| w / s);
                let inside = |g: f64| g > bounds.0 - 1e-12 && g < bounds.1 + 1e-12;
                assert!(factors.into_iter().all(inside), "{distance:?}");
            }
        }
    }

    #[test]
    fn raking_meets_all_margins_and_refuses_contradictions() {
        let margins = [cells(4, &[10.0, 30.0, 20.0, 15.0]), cells(3, &[25.0, 20.0, 30.0])];
        let mut weights = start();
        rake(&margins, &mut weights).unwrap();
        assert!(margins.iter().all(|m| m.deviation(&weights) < 1e-11));
        let wrong = [cells(4, &[10.0, 30.0, 20.0, 15.0]), cells(3, &[25.0, 20.0, 90.0])];
        let error = rake(&wrong, &mut start()).unwrap_err().to_string();
        assert!(error.contains("add up to the same population"), "{error}");
    }

    #[test]
    fn totals_that_cannot_be_met_are_refused_by_name() {
        let mut weights = start();
        let step = totals(Distance::Logit { lower: 0.99, upper: 1.01 });
        let error = Steps(vec![step]).apply(&mut weights, None).unwrap_err().to_string();
        assert!(error.contains("the weights cannot be brought to the total of"), "{error}");
    }
}
