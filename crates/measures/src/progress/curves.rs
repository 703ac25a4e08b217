//! Curves of spread by least squares on the values themselves: logistic and Gompertz.
//!
//! Both start slowly and level off at the ceiling; Gompertz's curve levels off later, so the two differ in
//! the future where they agree in the past. Both are to be shown.
//!
//! Sources: Bates and Watts (1988), *Nonlinear Regression Analysis and Its Applications*, ch. 2; Marquardt
//! (1963), *Journal of the Society for Industrial and Applied Mathematics* 11, 431–441.

use super::line::Line;
use super::logit::inside;
use super::series::{basis_of, finite, within_horizon};
use super::{Basis, Movement, Options, Point, Projection, Reason};
use inclusion_estimate::interval_mean;

/// Which curve; K is [`Options::ceiling`] and u the year less the base year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveKind {
    /// K / (1 + exp(−(a + k u))).
    Logistic,
    /// K exp(−exp(a − k u)).
    Gompertz,
}

/// A fitted curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Which curve.
    pub kind: CurveKind,
    /// a.
    pub a: f64,
    /// k, in a year.
    pub k: f64,
    /// Sum of the squared residuals, in the squared unit of the points.
    pub residual_squares: f64,
    /// The curve in the years asked for, or why there is no value.
    pub projections: Vec<Result<Projection, Reason>>,
    /// What it rests on; whether there is a change is judged by k, by Student's t with n − 2 degrees of
    /// freedom.
    pub basis: Basis,
}

/// Fits a curve of spread over all points; u counts from `base_year`.
///
/// # Errors
///
/// As [`super::logit_trend`], and [`Reason::NoConvergence`].
///
/// ```
/// use inclusion_measures::progress::{CurveKind, Options, Point, growth_curve};
/// let values = [(2015.0, 50.0), (2016.0, 73.105858), (2017.0, 88.079708), (2018.0, 95.257413)];
/// let points = values.map(|(year, value)| Point { year, value, se: None, comparability: None });
/// let options = Options { ceiling: Some(100.0), ..Options::default() };
/// let curve = growth_curve(CurveKind::Logistic, &points, 2015.0, &[2020.0], &options)?;
/// assert!((curve.k - 1.0).abs() < 1e-6);
/// # Ok::<(), inclusion_measures::progress::Reason>(())
/// ```
pub fn growth_curve(
    kind: CurveKind,
    points: &[Point],
    base_year: f64,
    years: &[f64],
    options: &Options,
) -> Result<Curve, Reason> {
    let (points, ceiling) = inside(points, options)?;
    let mut basis = basis_of(&points, options)?;
    // Values as shares of the ceiling, years about their mean: the steps do not depend on the unit.
    let centre = points.iter().map(|p| p.year).sum::<f64>() / points.len() as f64;
    let data: Vec<_> = points.iter().map(|p| (p.year - centre, p.value / ceiling)).collect();
    let fit = fit(kind, &data)?;
    let df = data.len() as f64 - 2.0;
    let interval = interval_mean(fit.k, fit.se_of_k(df), Some(df), options.level);
    basis.judge(Movement::CurveRate, fit.k, interval);
    let method = match kind {
        CurveKind::Logistic => "logistic curve",
        CurveKind::Gompertz => "Gompertz curve",
    };
    let project = |year: &f64| {
        within_horizon(*year, &basis, options)?;
        let value = finite(ceiling * kind.at(fit.a, fit.k, year - centre).0)?;
        Ok(Projection::new(method, *year, value, &basis))
    };
    let shift = fit.k * (base_year - centre);
    let a = match kind {
        CurveKind::Logistic => fit.a + shift,
        CurveKind::Gompertz => fit.a - shift,
    };
    Ok(Curve {
        kind,
        a: finite(a)?,
        k: fit.k,
        residual_squares: finite(fit.squares * ceiling * ceiling)?,
        projections: years.iter().map(project).collect(),
        basis,
    })
}

impl CurveKind {
    /// Share of the ceiling at u, and its slopes in a and in k.
    fn at(self, a: f64, k: f64, u: f64) -> (f64, f64, f64) {
        match self {
            CurveKind::Logistic => {
                let p = 1.0 / (1.0 + (-(a + k * u)).exp());
                (p, p * (1.0 - p), p * (1.0 - p) * u)
            }
            CurveKind::Gompertz => {
                let below = (a - k * u).exp();
                let p = (-below).exp();
                (p, -p * below, p * below * u)
            }
        }
    }

    /// The scale on which the curve is a line of slope k.
    fn straight(self, share: f64) -> f64 {
        match self {
            CurveKind::Logistic => (share / (1.0 - share)).ln(),
            CurveKind::Gompertz => -(-share.ln()).ln(),
        }
    }
}

struct Fit {
    a: f64,
    k: f64,
    squares: f64,
    /// Element of the inverse of J'J that belongs to k.
    inverse: f64,
}

impl Fit {
    fn se_of_k(&self, df: f64) -> f64 {
        (self.squares / df * self.inverse).sqrt()
    }
}

/// Levenberg and Marquardt's steps from the line that the straightened values make.
fn fit(kind: CurveKind, data: &[(f64, f64)]) -> Result<Fit, Reason> {
    const MOST_STEPS: usize = 500;
    let straight: Vec<_> = data.iter().map(|(u, y)| (*u, kind.straight(*y), 1.0)).collect();
    let line = Line::fit(&straight).ok_or(Reason::NoConvergence)?;
    let mut k = line.slope;
    let mut a = match kind {
        CurveKind::Logistic => line.at(0.0),
        CurveKind::Gompertz => -line.at(0.0),
    };
    let squares = |a: f64, k: f64| -> f64 {
        data.iter().map(|(u, y)| (y - kind.at(a, k, *u).0).powi(2)).sum()
    };
    let mut least = squares(a, k);
    let mut damping = 1e-3;
    for _ in 0..MOST_STEPS {
        let (mut aa, mut ak, mut kk, mut ra, mut rk) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (u, y) in data {
            let (p, in_a, in_k) = kind.at(a, k, *u);
            aa += in_a * in_a;
            ak += in_a * in_k;
            kk += in_k * in_k;
            ra += in_a * (y - p);
            rk += in_k * (y - p);
        }
        let determinant = |aa: f64, kk: f64| aa * kk - ak * ak;
        let (damped_aa, damped_kk) = (aa * (1.0 + damping), kk * (1.0 + damping));
        let below = determinant(damped_aa, damped_kk);
        if below.is_nan() || below <= 0.0 {
            return Err(Reason::NoConvergence);
        }
        let (step_a, step_k) =
            ((damped_kk * ra - ak * rk) / below, (damped_aa * rk - ak * ra) / below);
        let trial = squares(a + step_a, k + step_k);
        let small = |step: f64, value: f64| step.abs() <= 1e-12 * (1.0 + value.abs());
        if small(step_a, a) && small(step_k, k) {
            let inverse = aa / determinant(aa, kk);
            return match [least, inverse].iter().all(|v| v.is_finite()) {
                true => Ok(Fit { a, k, squares: least, inverse }),
                false => Err(Reason::NoConvergence),
            };
        }
        if trial <= least {
            (a, k, least) = (a + step_a, k + step_k, trial);
            damping = (damping / 10.0).max(1e-12);
        } else {
            damping *= 10.0;
        }
    }
    Err(Reason::NoConvergence)
}
