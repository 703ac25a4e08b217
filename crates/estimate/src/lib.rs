//! What a result is, and what may soundly be done with it.
//!
//! There is one row type after estimation, [`Estimate`]: a key, an outcome (a figure, or the
//! reason why there is none), counts and diagnostics. A figure carries its uncertainty as a
//! [`Linearized`] value, so that a gap or a parity ratio of two figures has the right standard
//! error by the chain rule.

mod analysis;
mod distribution;
mod interval;
mod key;
mod linearized;
mod pairs;
mod result;
mod rounding;
mod tail;
mod text;

pub use analysis::{
    Analysis, AnalysisFigures, AnalysisGroup, AnalysisKind, AnalysisRow, CovarianceMatrix, holm,
};
pub use distribution::{beta_quantile, normal_quantile, t_quantile};
pub use interval::{
    Interval, IntervalMethod, ProportionInputs, clopper_pearson, critical_value, interval_log,
    interval_mean, interval_proportion,
};
pub use key::{Codes, Measure, SeriesKey, Unit};
pub use linearized::{Frame, Linearized, SharedSample};
pub use pairs::Pairs;
pub use result::{Absence, Counts, Diagnostic, Estimate, Figure, Outcome, Severity, Uncertainty};
pub use rounding::{hundredfold, percent, round_half_away};
pub use tail::{chi_square_tail, f_tail, normal_tail, t_tail};
pub use text::Text;
