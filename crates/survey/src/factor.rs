//! Scores whose dot products are a given covariance matrix.
//!
//! Jointly estimated values leave the kernel as `Linearized` values. Instead of one score for each
//! PSU they carry the rows of a square root of their covariance matrix: as many scores as there
//! are estimates, and the same variances and covariances for whatever is combined from them.
//!
//! The root is a Cholesky factor with diagonal pivoting of the *correlation* matrix, which stays
//! accurate where the matrix is singular, as it is when a total is made of its members. Source:
//! Higham (2002), *Accuracy and Stability of Numerical Algorithms*, 2nd ed., §10.3.

/// Residual variance, as a share, that is rounding and not information.
const ROUNDING: f64 = 1e-14;

/// Rows F with F Fᵀ = covariance; `covariance` is square and symmetric, row by row.
pub(crate) fn scores(covariance: &[f64], size: usize) -> Vec<Vec<f64>> {
    let se: Vec<f64> = (0..size).map(|i| covariance[i * size + i].max(0.0).sqrt()).collect();
    let correlation = |i: usize, j: usize| {
        if se[i] > 0.0 && se[j] > 0.0 { covariance[i * size + j] / (se[i] * se[j]) } else { 0.0 }
    };
    let mut residual: Vec<f64> = se.iter().map(|s| if *s > 0.0 { 1.0 } else { 0.0 }).collect();
    let mut rows = vec![Vec::new(); size];
    let mut used = vec![false; size];
    while let Some(pivot) = (0..size)
        .filter(|i| !used[*i] && residual[*i] > ROUNDING)
        .reduce(|best, i| if residual[i] > residual[best] { i } else { best })
    {
        used[pivot] = true;
        let root = residual[pivot].sqrt();
        let pivot_row: Vec<f64> = rows[pivot].clone();
        for i in 0..size {
            let entry = if i == pivot {
                root
            } else if used[i] {
                0.0
            } else {
                let known: f64 =
                    rows[i].iter().zip(&pivot_row).map(|(a, b): (&f64, &f64)| a * b).sum();
                (correlation(i, pivot) - known) / root
            };
            rows[i].push(entry);
            residual[i] -= entry * entry;
        }
    }
    for (row, se) in rows.iter_mut().zip(&se) {
        if row.is_empty() {
            // An empty sum of squares is −0.0, and would print so.
            row.push(0.0);
        }
        // The dropped residual is rounding; the variance itself is kept to the last digits.
        let norm = row.iter().map(|v| v * v).sum::<f64>().sqrt();
        row.iter_mut().for_each(|v| *v *= if norm > 0.0 { se / norm } else { 0.0 });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_singular_covariance_is_reproduced() {
        // Two members and their total, which is 0.3 a + 0.7 b, beside a constant.
        let (a, b, ab) = (4e-4, 9e-4, 2e-4);
        let at = 0.3 * a + 0.7 * ab;
        let bt = 0.3 * ab + 0.7 * b;
        let tt = 0.3 * at + 0.7 * bt;
        let matrix = [a, ab, at, 0.0, ab, b, bt, 0.0, at, bt, tt, 0.0, 0.0, 0.0, 0.0, 0.0];
        let rows = scores(&matrix, 4);
        for i in 0..4 {
            for j in 0..4 {
                let dot: f64 = rows[i].iter().zip(&rows[j]).map(|(x, y)| x * y).sum();
                assert!((dot - matrix[i * 4 + j]).abs() < 1e-17, "{i} {j} {dot}");
            }
        }
    }
}
