//! Tests of independence of two categories in a two-way table.
//!
//! Pearson's X² of the weighted table, scaled to n rows, is under a complex design a sum of χ²₁ with the
//! eigenvalues of the generalised design effects Δ as factors. Rao and Scott (1981), *Journal of the
//! American Statistical Association* 76, 221–230, sec. 3, divide it by their mean (first order); Rao and
//! Scott (1984), *Annals of Statistics* 12, 46–60, sec. 3, take a second moment as well: X² / tr Δ is F
//! with tr² Δ / tr Δ² and that times the design's degrees of freedom (Thomas and Rao (1987), *JASA* 82).
//! Here Δ = (C' D⁻¹ C / n)⁻¹ (C' D⁻¹ V D⁻¹ C), D the diagonal of the cell shares, V their covariance and
//! the columns of C the interaction contrasts. Its traces, which are all that is used, do not depend on
//! which contrasts, nor on n but for the printed X².
//!
//! Wald's test asks whether Y = N_ij − N_i. N_.j / N is 0 for all but the first row and column, with the
//! covariance of the totals carried over by the delta method; its adjustment for few degrees of freedom
//! is in Thomas and Rao (1987). All as R's `svychisq`; a row or column without any weight is left out.

use super::matrix::{factorise, sandwich};
use super::{linear, refuse, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::Sample;
use crate::sample::linear::{Linear, Need};
use inclusion_estimate::{chi_square_tail, f_tail};

/// Two categories by row: codes count from 0; each has a number of levels.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// Code of the first category; does not matter outside the domain.
    pub row: &'a [usize],
    /// Code of the second category.
    pub column: &'a [usize],
    /// Levels of the first.
    pub rows: usize,
    /// Levels of the second.
    pub columns: usize,
    /// Rows of the domain: both categories stated.
    pub domain: &'a [bool],
}

impl Table<'_> {
    fn cell(&self, row: usize) -> usize {
        self.row[row] * self.columns + self.column[row]
    }

    fn check(&self, weights: &[f64]) -> Result<(), Error> {
        let what = "test of independence";
        let columns =
            [(what, self.row.len()), (what, self.column.len()), (what, self.domain.len())];
        same_rows(weights.len(), &columns)?;
        let outside = rows_of(self.domain)
            .find(|row| self.row[*row] >= self.rows || self.column[*row] >= self.columns);
        match outside {
            Some(row) => Err(refuse(
                what,
                format!(
                    "row {row} has codes {} and {}, but the table is {} × {}; give all levels",
                    self.row[row], self.column[row], self.rows, self.columns
                ),
            )),
            None => Ok(()),
        }
    }
}

/// Weighted totals of the cells, first category's levels one after the other; for [`wald`].
///
/// # Errors
///
/// A code beyond the number of levels, or columns of two lengths.
pub fn cell_totals(table: &Table<'_>, weights: &[f64], need: Need) -> Result<Linear, Error> {
    table.check(weights)?;
    let mut totals = vec![0.0; table.rows * table.columns];
    for row in rows_of(table.domain) {
        totals[table.cell(row)] += weights[row];
    }
    Ok(linear(totals, table.domain, need, |row, out| out[table.cell(row)] = 1.0))
}

/// Shares of the cells in the table, in the order of [`cell_totals`]; for [`rao_scott`].
///
/// # Errors
///
/// As [`cell_totals`], and if no row has a weight above 0.
pub fn cell_shares(table: &Table<'_>, weights: &[f64], need: Need) -> Result<Linear, Error> {
    let totals = cell_totals(table, weights, Need::Values)?.values;
    let all: f64 = totals.iter().sum();
    if all <= 0.0 {
        return Err(undefined("the table"));
    }
    let shares: Vec<f64> = totals.iter().map(|total| total / all).collect();
    Ok(linear(shares.clone(), table.domain, need, |row, out| {
        out.iter_mut().zip(&shares).for_each(|(out, share)| *out = -share / all);
        out[table.cell(row)] += 1.0 / all;
    }))
}

/// Outcome of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndependenceTest {
    /// The statistic: an F, or Pearson's X² for the first-order test.
    pub statistic: f64,
    /// Degrees of freedom of the numerator, or of χ².
    pub ndf: f64,
    /// Degrees of freedom of the denominator; `None` is infinite, as with χ².
    pub ddf: Option<f64>,
    /// Probability of so large a statistic under independence.
    pub p_value: f64,
}

/// Both orders of a correction, or Wald's test and its adjustment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndependenceTests {
    /// First order (X², R's `Chisq`), or Wald's F (`Wald`).
    pub first: IndependenceTest,
    /// Second order (F, R's `F`), or the adjusted Wald's F (`adjWald`).
    pub second: IndependenceTest,
}

/// A table without its empty rows and columns.
struct Filled {
    rows: usize,
    columns: usize,
    /// Places in the whole table, in order.
    cells: Vec<usize>,
}

fn filled(values: &[f64], rows: usize, columns: usize) -> Result<Filled, Error> {
    let row_sum = |i: usize| values[i * columns..(i + 1) * columns].iter().sum::<f64>();
    let column_sum = |j: usize| (0..rows).map(|i| values[i * columns + j]).sum::<f64>();
    let kept_rows: Vec<usize> = (0..rows).filter(|i| row_sum(*i) > 0.0).collect();
    let kept_columns: Vec<usize> = (0..columns).filter(|j| column_sum(*j) > 0.0).collect();
    if kept_rows.len() < 2 || kept_columns.len() < 2 {
        let message = format!(
            "the table has {} rows and {} columns with any weight, and a test needs two of each",
            kept_rows.len(),
            kept_columns.len()
        );
        return Err(refuse("test of independence", message));
    }
    let cells =
        kept_rows.iter().flat_map(|i| kept_columns.iter().map(move |j| i * columns + j)).collect();
    Ok(Filled { rows: kept_rows.len(), columns: kept_columns.len(), cells })
}

impl Filled {
    fn pick(&self, values: &[f64]) -> Vec<f64> {
        self.cells.iter().map(|cell| values[*cell]).collect()
    }

    fn pick_square(&self, matrix: &[f64], size: usize) -> Vec<f64> {
        let pairs = self.cells.iter().flat_map(|a| self.cells.iter().map(move |b| (*a, *b)));
        pairs.map(|(a, b)| matrix[a * size + b]).collect()
    }

    fn margins(&self, values: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let (mut row, mut column) = (vec![0.0; self.rows], vec![0.0; self.columns]);
        for (k, value) in values.iter().enumerate() {
            row[k / self.columns] += value;
            column[k % self.columns] += value;
        }
        (row, column)
    }
}

/// Which family of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Rao and Scott's corrections of Pearson's X²; sound also with few PSUs.
    #[default]
    RaoScott,
    /// Wald's test and its adjustment; needs many more PSUs than cells.
    Wald,
}

/// The test of independence in a table of a sample.
///
/// `universe` are the rows that would be in the table if nothing were missing: as in R they give the
/// degrees of freedom, and their number the scale of X².
///
/// # Errors
///
/// As [`cell_shares`], [`rao_scott`] and [`wald`].
pub fn test_independence(
    sample: &Sample,
    table: &Table<'_>,
    universe: &[bool],
    method: Method,
) -> Result<IndependenceTests, Error> {
    same_rows(table.domain.len(), &[("test of independence", universe.len())])?;
    let (df, size) = (sample.df_by_rule(universe), (table.rows, table.columns));
    match method {
        Method::RaoScott => {
            let joint = sample.joint(&|weights, need| cell_shares(table, weights, need))?;
            let n = rows_of(universe).count() as u64;
            rao_scott(&joint.values, &joint.covariance, size.0, size.1, n, df)
        }
        Method::Wald => {
            let joint = sample.joint(&|weights, need| cell_totals(table, weights, need))?;
            wald(&joint.values, &joint.covariance, size.0, size.1, df)
        }
    }
}

/// Rao and Scott's test, first and second order.
///
/// `shares` and their `covariance` are those of [`cell_shares`] under the design, for a table of `rows` × `columns`; `n` is
/// the number of rows that X² is scaled to (R: rows of the data, missing ones included) and
/// `design_df` the degrees of freedom of the design, `None` for infinite.
///
/// # Errors
///
/// Fewer than two rows or columns have a weight, no degree of freedom is left, or the shares have no
/// variance.
pub fn rao_scott(
    shares: &[f64],
    covariance: &[f64],
    rows: usize,
    columns: usize,
    n: u64,
    design_df: Option<f64>,
) -> Result<IndependenceTests, Error> {
    let what = "test of independence";
    let table = filled(shares, rows, columns)?;
    let (r, c) = (table.rows, table.columns);
    let n = n as f64;
    let p = table.pick(shares);
    let v = table.pick_square(covariance, rows * columns);
    let (row, column) = table.margins(&p);
    let mut pearson = 0.0;
    for (k, p) in p.iter().enumerate() {
        let expected = row[k / c] * column[k % c];
        pearson += (p - expected) * (p - expected) / expected;
    }
    pearson *= n;
    // Contrasts: every row but the last against the last, times every column but the last against it,
    // each divided by the cell's share.
    let size = (r - 1) * (c - 1);
    let mut contrasts = vec![0.0; size * r * c];
    for i in 0..r - 1 {
        for j in 0..c - 1 {
            let contrast = &mut contrasts[(i * (c - 1) + j) * r * c..][..r * c];
            let cells = [(i, j, 1.0), (i, c - 1, -1.0), (r - 1, j, -1.0), (r - 1, c - 1, 1.0)];
            for (row, column, sign) in cells {
                contrast[row * c + column] = sign;
            }
        }
    }
    let scaled: Vec<f64> = contrasts
        .iter()
        .enumerate()
        .map(|(k, value)| if p[k % (r * c)] > 0.0 { value / p[k % (r * c)] } else { 0.0 })
        .collect();
    let mut simple = vec![0.0; size * size];
    for i in 0..size {
        for j in 0..size {
            let pairs = scaled[i * r * c..][..r * c].iter().zip(&contrasts[j * r * c..][..r * c]);
            simple[i * size + j] = pairs.map(|(a, b)| a * b).sum::<f64>() / n;
        }
    }
    let complex = sandwich(&scaled, size, &v, r * c);
    let factor = factorise(&simple, size, 1e-14).map_err(|_| {
        refuse(what, "too many cells of the table are empty for a test; join some of its levels")
    })?;
    // Δ column by column.
    let delta: Vec<Vec<f64>> = (0..size)
        .map(|j| {
            let column: Vec<f64> = (0..size).map(|i| complex[i * size + j]).collect();
            factor.solve(&column)
        })
        .collect();
    let trace: f64 = (0..size).map(|i| delta[i][i]).sum();
    let mut square = 0.0;
    for (i, column) in delta.iter().enumerate() {
        for (j, entry) in column.iter().enumerate() {
            square += entry * delta[j][i];
        }
    }
    if !(trace > 0.0 && square > 0.0) {
        return Err(refuse(what, "the shares of the table have no variance under the design"));
    }
    let ndf = trace * trace / square;
    let second = f_test(pearson / trace, ndf, design_df.map(|df| ndf * df))?;
    let contrasts = size as f64;
    let first = IndependenceTest {
        statistic: pearson,
        ndf: contrasts,
        ddf: None,
        p_value: chi_square_tail(pearson / (trace / contrasts), contrasts),
    };
    Ok(IndependenceTests { first, second })
}

/// Wald's test on the totals of [`cell_totals`] and their covariance, and its adjustment.
///
/// # Errors
///
/// As [`rao_scott`], or the covariance is singular: more contrasts than the design can tell apart.
pub fn wald(
    totals: &[f64],
    covariance: &[f64],
    rows: usize,
    columns: usize,
    design_df: Option<f64>,
) -> Result<IndependenceTests, Error> {
    let table = filled(totals, rows, columns)?;
    let (r, c) = (table.rows, table.columns);
    let n = table.pick(totals);
    let v = table.pick_square(covariance, rows * columns);
    let (row, column) = table.margins(&n);
    let all: f64 = row.iter().sum();
    let size = (r - 1) * (c - 1);
    let (mut y, mut slopes) = (Vec::with_capacity(size), Vec::with_capacity(size * r * c));
    for i in 1..r {
        for j in 1..c {
            y.push(n[i * c + j] - row[i] * column[j] / all);
            for cell in 0..r * c {
                let (in_row, in_column) = (cell / c == i, cell % c == j);
                let mut slope = row[i] * column[j] / (all * all);
                slope -= if in_row { column[j] / all } else { 0.0 };
                slope -= if in_column { row[i] / all } else { 0.0 };
                slope += if in_row && in_column { 1.0 } else { 0.0 };
                slopes.push(slope);
            }
        }
    }
    let covariance = sandwich(&slopes, size, &v, r * c);
    let factor = factorise(&covariance, size, 1e-14).map_err(|_| {
        refuse(
            "Wald test of independence",
            "the design has too few PSUs to tell the cells of the table apart; use the Rao-Scott test",
        )
    })?;
    let quadratic: f64 = factor.solve(&y).iter().zip(&y).map(|(a, b)| a * b).sum();
    let contrasts = size as f64;
    let first = f_test(quadratic / contrasts, contrasts, design_df)?;
    let second = match design_df {
        Some(df) => {
            let ddf = df - contrasts + 1.0;
            f_test(quadratic * ddf / (contrasts * df), contrasts, Some(ddf))?
        }
        None => first,
    };
    Ok(IndependenceTests { first, second })
}

fn f_test(statistic: f64, ndf: f64, ddf: Option<f64>) -> Result<IndependenceTest, Error> {
    if ddf.is_some_and(|df| df <= 0.0) {
        let message =
            "the design leaves no degree of freedom for this table; join some of its levels";
        return Err(refuse("test of independence", message));
    }
    let p_value = f_tail(statistic, ndf, ddf.unwrap_or(f64::INFINITY));
    Ok(IndependenceTest { statistic, ndf, ddf, p_value })
}
