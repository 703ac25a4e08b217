//! Errors of estimation, in the words of the user's own files.

use crate::BoxError;

/// Why estimation could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading failed; the reader's own message says where.
    #[error(transparent)]
    Rows(BoxError),

    /// A column that the plan needs is not in the rows.
    #[error("the rows have no column `{column}`, which {needed_by} needs; map it in the recipe")]
    MissingColumn {
        /// Column.
        column: String,
        /// Indicator or breakdown.
        needed_by: String,
    },

    /// A column has another type than its concept says.
    #[error("column `{column}` holds {found}, but {expected} is needed")]
    ColumnType {
        /// Column.
        column: String,
        /// Arrow type.
        found: String,
        /// What is needed.
        expected: &'static str,
    },

    /// A column holds an empty field where none may be.
    #[error("column `{column}` has {rows} empty fields; every row needs a value there")]
    Empty {
        /// Column.
        column: String,
        /// How many.
        rows: usize,
    },

    /// A category column holds a number that stands for no code.
    #[error(
        "column `{column}` holds {value}, which stands for no code of concept `{column}` ({codes} codes)"
    )]
    NoSuchCode {
        /// Column.
        column: String,
        /// Stored number.
        value: i16,
        /// Length of the code list.
        codes: usize,
    },

    /// The plan itself cannot be carried out.
    #[error("{place}: {message}")]
    Plan {
        /// Indicator or breakdown.
        place: String,
        /// What is wrong and what to do.
        message: String,
    },

    /// A weight is not a usable number.
    #[error(
        "a row of stratum {stratum} has weight {value}; weights must be finite, and 0 or from 2^-34 to 2^40: multiply all by one number, which changes no rate"
    )]
    Weight {
        /// Stratum of the row.
        stratum: String,
        /// The weight.
        value: f64,
    },

    /// No row has a weight above zero.
    #[error(
        "every row has weight 0 (rows read: {rows}); nothing can be estimated. Check the weight column of the recipe"
    )]
    AllWeightsZero {
        /// Rows read.
        rows: u64,
    },

    /// A sum does not fit into the exact accumulator.
    #[error(
        "the weighted sum of {what} is too large for exact addition (2^63); divide the numbers by a constant with `scale` in the recipe"
    )]
    TooLarge {
        /// What was added.
        what: String,
    },

    /// The same PSU id stands in several strata.
    #[error("PSU {psu} occurs in strata {}; set nest = true if PSU numbers start again in every stratum (PSU ids concerned: {count})", .strata.join(", "))]
    PsuInSeveralStrata {
        /// First such PSU.
        psu: String,
        /// Its strata, at most five and then an ellipsis.
        strata: Vec<String>,
        /// How many PSU ids stand in several strata.
        count: usize,
    },

    /// A stratum has a single PSU and no policy was chosen.
    #[error("stratum {stratum} has only one PSU, so its variance cannot be estimated{}; set lonely_psu to \"remove\", \"certainty\", \"adjust\" or \"average\", or join it to another stratum", others(*.count))]
    LonelyPsu {
        /// First such stratum.
        stratum: String,
        /// How many strata have a single PSU.
        count: usize,
    },

    /// A finite population is smaller than the sample from it.
    #[error(
        "stratum {stratum}: the finite population of PSUs is {fpc}, but the sample has {sampled}; it must be at least as large"
    )]
    FpcTooSmall {
        /// Stratum.
        stratum: String,
        /// Value of the fpc column.
        fpc: f64,
        /// PSUs in the rows.
        sampled: u64,
    },

    /// A statistic has no value under these weights.
    #[error(
        "{what} has no value: no row of its domain has a weight above 0, or its denominator is 0"
    )]
    Undefined {
        /// Which statistic.
        what: String,
    },

    /// A quantile, test, regression or decomposition cannot be made of these rows.
    #[error("{what}: {message}")]
    Estimand {
        /// Statistic or column.
        what: String,
        /// What is wrong and what to do.
        message: String,
    },

    /// The finite population is given in two ways, or not at all.
    #[error("stratum {stratum}: finite population {value} {message}")]
    Fpc {
        /// Stratum.
        stratum: String,
        /// Value.
        value: f64,
        /// What is wrong.
        message: &'static str,
    },
}

fn others(count: usize) -> String {
    if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() }
}
