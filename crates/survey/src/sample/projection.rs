//! Weighted least squares on columns that need not be independent.
//!
//! The columns, each row times the root of its weight, are orthonormalised in their order by
//! Gram–Schmidt, each twice, which keeps them orthogonal to the last digits ("twice is enough":
//! Giraud, Langou and Rozložník, 2005, *Computers and Mathematics with Applications* 50). A column
//! of which nothing is left adds nothing and is dropped.

/// Share of a column's length below which it depends on those before.
const DEPENDENT: f64 = 1e-9;

/// An orthonormal basis of weighted columns.
#[derive(Debug, Clone)]
pub(crate) struct Projection {
    /// Roots of the weights.
    roots: Vec<f64>,
    /// Column by column.
    basis: Vec<Vec<f64>>,
    /// For each column kept: its place among the columns given, and its coefficients on the basis.
    kept: Vec<(usize, Vec<f64>)>,
    columns: usize,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

impl Projection {
    /// Orthonormalises columns under weights of 0 or more.
    pub(crate) fn new(columns: &[Vec<f64>], weights: &[f64]) -> Projection {
        let roots: Vec<f64> = weights.iter().map(|w| w.max(0.0).sqrt()).collect();
        let mut projection =
            Projection { roots, basis: Vec::new(), kept: Vec::new(), columns: columns.len() };
        for (place, column) in columns.iter().enumerate() {
            let mut rest: Vec<f64> =
                column.iter().zip(&projection.roots).map(|(x, r)| x * r).collect();
            let length = dot(&rest, &rest).sqrt();
            let mut coefficients = vec![0.0; projection.basis.len()];
            for _ in 0..2 {
                for (q, total) in projection.basis.iter().zip(&mut coefficients) {
                    let along = dot(q, &rest);
                    *total += along;
                    rest.iter_mut().zip(q).for_each(|(r, q)| *r -= along * q);
                }
            }
            let left = dot(&rest, &rest).sqrt();
            if left <= DEPENDENT * length {
                continue;
            }
            rest.iter_mut().for_each(|r| *r /= left);
            coefficients.push(left);
            projection.basis.push(rest);
            projection.kept.push((place, coefficients));
        }
        projection
    }

    /// Replaces `values` (row by row, `width` of them) by their residuals on the columns.
    pub(crate) fn residuals(&self, values: &mut [f64], width: usize) {
        for k in 0..width {
            let own = |values: &[f64]| -> Vec<f64> {
                values.iter().skip(k).step_by(width).zip(&self.roots).map(|(v, r)| v * r).collect()
            };
            let weighted = own(values);
            let along: Vec<f64> = self.basis.iter().map(|q| dot(q, &weighted)).collect();
            // The fitted value by its coefficients on the columns would need no root; this one is
            // divided by it, and rows of weight 0 have no part in any weighted total.
            for (row, root) in self.roots.iter().enumerate().filter(|(_, root)| **root > 0.0) {
                let fitted =
                    self.basis.iter().zip(&along).fold(0.0, |sum, (q, a)| sum + q[row] * a);
                values[row * width + k] -= fitted / root;
            }
        }
    }

    /// Solves (Xᵀ W X) λ = `right` for the columns kept; the others get 0.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        // X = Q R by columns: first Rᵀ t = right, then R λ = t.
        let mut t: Vec<f64> = Vec::with_capacity(self.kept.len());
        for (i, (place, r)) in self.kept.iter().enumerate() {
            let known = dot(&r[..i], &t);
            t.push((right[*place] - known) / r[i]);
        }
        let mut solution = vec![0.0; self.columns];
        for i in (0..self.kept.len()).rev() {
            let later = self.kept[i + 1..].iter();
            let known = later.fold(0.0, |sum, (place, r)| sum + r[i] * solution[*place]);
            let (place, r) = &self.kept[i];
            solution[*place] = (t[i] - known) / r[i];
        }
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residuals_are_orthogonal_to_dependent_columns_too() {
        let rows = 40;
        let x: Vec<f64> = (0..rows).map(|i| (i as f64 * 0.7).sin()).collect();
        let both: Vec<f64> = x.iter().map(|v| 2.0 * v + 1e3).collect();
        let columns = vec![vec![1.0; rows], x, both];
        let weights: Vec<f64> = (0..rows).map(|i| (i % 5) as f64).collect();
        let projection = Projection::new(&columns, &weights);
        assert_eq!(projection.kept.len(), 2);
        let mut y: Vec<f64> = (0..rows).map(|i| (i * i % 17) as f64).collect();
        projection.residuals(&mut y, 1);
        for column in &columns {
            let left: f64 = (0..rows).map(|i| weights[i] * column[i] * y[i]).sum();
            assert!(left.abs() < 1e-9, "{left}");
        }
    }

    #[test]
    fn normal_equations_are_solved() {
        let columns = vec![vec![1.0; 4], vec![1.0, 2.0, 3.0, 4.0]];
        let weights = [1.0, 2.0, 1.0, 0.5];
        let solution = Projection::new(&columns, &weights).solve(&[3.0, -1.0]);
        // Xᵀ W X = [4.5, 10; 10, 26].
        assert!((4.5 * solution[0] + 10.0 * solution[1] - 3.0).abs() < 1e-12);
        assert!((10.0 * solution[0] + 26.0 * solution[1] + 1.0).abs() < 1e-12);
    }
}
