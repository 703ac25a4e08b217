//! Small dense symmetric matrices: those of coefficients and contrasts, row by row.
//!
//! Only what tests and regressions need. Solving is by Cholesky's factor after scaling to a unit
//! diagonal, so that columns in years and in shares are judged alike.

/// Cholesky factor of a symmetric positive definite matrix scaled to a unit diagonal.
pub(super) struct Factor {
    size: usize,
    scale: Vec<f64>,
    lower: Vec<f64>,
}

/// Factorises; the error is the first column that depends on those before it (`tolerance`: what is left
/// of its square after they are taken out, as a share).
pub(super) fn factorise(matrix: &[f64], size: usize, tolerance: f64) -> Result<Factor, usize> {
    let diagonal = |i: usize| matrix[i * size + i];
    if let Some(column) = (0..size).find(|i| !(diagonal(*i) > 0.0 && diagonal(*i).is_finite())) {
        return Err(column);
    }
    let scale: Vec<f64> = (0..size).map(|i| diagonal(i).sqrt().recip()).collect();
    let mut lower = vec![0.0; size * size];
    for i in 0..size {
        for j in 0..=i {
            let mut rest = matrix[i * size + j] * scale[i] * scale[j];
            for k in 0..j {
                rest -= lower[i * size + k] * lower[j * size + k];
            }
            lower[i * size + j] = if i != j {
                rest / lower[j * size + j]
            } else if rest > tolerance {
                rest.sqrt()
            } else {
                return Err(i);
            };
        }
    }
    Ok(Factor { size, scale, lower })
}

impl Factor {
    /// The solution x of matrix · x = `right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = self.size;
        let mut x: Vec<f64> = right.iter().zip(&self.scale).map(|(r, s)| r * s).collect();
        for i in 0..n {
            for k in 0..i {
                x[i] -= self.lower[i * n + k] * x[k];
            }
            x[i] /= self.lower[i * n + i];
        }
        for i in (0..n).rev() {
            for k in i + 1..n {
                x[i] -= self.lower[k * n + i] * x[k];
            }
            x[i] /= self.lower[i * n + i];
        }
        x.iter_mut().zip(&self.scale).for_each(|(x, s)| *x *= s);
        x
    }
}

/// `left` · `middle` · `left`ᵀ for `left` of `rows` × `size` and a square `middle`.
pub(super) fn sandwich(left: &[f64], rows: usize, middle: &[f64], size: usize) -> Vec<f64> {
    let mut half = vec![0.0; rows * size];
    for i in 0..rows {
        for k in 0..size {
            for j in 0..size {
                half[i * size + j] += left[i * size + k] * middle[k * size + j];
            }
        }
    }
    let mut out = vec![0.0; rows * rows];
    for i in 0..rows {
        for j in 0..rows {
            out[i * rows + j] = (0..size).map(|k| half[i * size + k] * left[j * size + k]).sum();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_of_uneven_scales_is_solved() {
        let matrix = [4e8, 2e4, 0.0, 2e4, 3.0, 0.5, 0.0, 0.5, 2e-3 * 100.0];
        let factor = factorise(&matrix, 3, 1e-14).ok().unwrap();
        let x = factor.solve(&[1.0, 2.0, 3.0]);
        for i in 0..3 {
            let back: f64 = (0..3).map(|j| matrix[i * 3 + j] * x[j]).sum();
            assert!((back - (i as f64 + 1.0)).abs() < 1e-10, "{i}: {back}");
        }
    }

    #[test]
    fn a_dependent_column_is_named() {
        let matrix = [1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 3.0, 6.0, 10.0];
        assert_eq!(factorise(&matrix, 3, 1e-14).err(), Some(1));
    }
}
