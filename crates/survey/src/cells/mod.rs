//! Cells: the sums from which every streaming estimate of a survey follows, as rows of a table.
//!
//! A row of the table is one combination of stratum, PSU and the codes of all breakdown concepts of a
//! plan. Every survey row is in exactly one cell, also when it is in no base, so that its PSU counts.
//! Sums are whole numbers, so cells add up without rounding: parts of a survey may be merged in any
//! order, and an estimate from cells has the same bits as one from the rows.
//!
//! All concepts are crossed instead of giving each breakdown rows of its own (grouping sets). In a PSU
//! of some thirty persons the cross has at most thirty rows, while each breakdown would have nearly as
//! many for itself; a coarser cell is a sum of finer ones, so nothing can contradict; and the rows
//! without a code are counted by the same rows. Where the cross would tell more of persons than is
//! asked for, cells may come by grouping set all the same (`sets.rs`).
//!
//! # Columns
//!
//! | column | type | what it holds |
//! |---|---|---|
//! | `_stratum` | text | stratum; not there where the design has none |
//! | `_psu` | text | PSU; not there where every row is its own |
//! | `_fpc` | 64-bit float | finite population of the stratum, where the design has one |
//! | a breakdown concept | text | its code; `?` and the reason where there is none: `?not_stated` |
//! | `_rows`, `_rows_weighted` | whole number | all rows, and those of weight above 0 |
//! | `ID_n_yes`, `ID_n_no` | whole number | rows of weight above 0 in the base of indicator `ID`, with its property (or a number) and without |
//! | `ID_n_weightless` | whole number | rows of the base with weight 0 |
//! | `ID_n_not_stated` … | whole number | rows of weight above 0 without a usable answer, by reason |
//! | `ID_sum_y`, `ID_sum_x` | DECIMAL(38, 0) | Σwy and Σwx over the base, in units of 2⁻⁶⁴: y is 1 for a yes, or the number; x is 1, or the denominator |
//! | `ID_sum_w` | DECIMAL(38, 0) | Σw over the base, of a ratio of two numbers, in units of 2⁻⁶⁴ |
//! | `ID_yy`, `ID_xy`, `ID_xx` | text | Σwy², Σwxy, Σwx² of an indicator with a number, exactly |
//! | `ID_wwyy`, `ID_wwxy`, `ID_wwxx` | text | Σ(wy)², Σw²xy, Σ(wx)² where every row is its own PSU, exactly; of a ratio also `ID_ww` |
//!
//! A weight has 42 significant bits (`weight.rs`), and enters as the nearest whole number of 2⁻⁶⁴, at
//! least 1; the product of a weight and a number as the nearest one. A text with an exact number holds
//! one or several floats, separated by spaces, whose exact sum it is; a float may have the form `INTEGERpEXPONENT`,
//! which is the integer times 2 to the exponent. Columns may come in any order, and rows in any order;
//! those that come by stratum and PSU (whole numbers before texts) are read PSU by PSU.
//!
//! A cell may be one person: cells are as confidential as the microdata.

mod estimate;
mod form;
mod gather;
mod merge;
mod number;
mod possible;
mod psu;
mod sets;
mod table;

pub use estimate::estimate_cells;
pub use form::{CellItem, CellKind, CellsForm, cells_form};
pub use gather::cells;
pub use merge::merge_cells;
pub use possible::{check_cells, check_sets};
pub use sets::{CellsSet, estimate_sets, grouping_sets};

use crate::BoxError;
use arrow::array::RecordBatch;

/// Takes cells batch by batch. `None` says that the rows came in no order and are read again: what
/// was handed over so far is void.
pub type TakeCells<'a> = dyn FnMut(Option<RecordBatch>) -> Result<(), BoxError> + 'a;
