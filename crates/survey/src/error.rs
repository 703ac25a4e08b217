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
        "a row of stratum {stratum} has weight {}; weights must be finite, and 0 or from 2^-34 to 2^40: multiply all by one number, which changes no rate", number(*.value)
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
        "stratum {stratum}: the finite population is {}, but the sample has {sampled} units of it; it must be at least as large", number(*.fpc)
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
    #[error("stratum {stratum}: finite population {} {message}", number(*.value))]
    Fpc {
        /// Stratum.
        stratum: String,
        /// Value.
        value: f64,
        /// What is wrong.
        message: &'static str,
    },
}

/// A number as it is printed in messages: as in the user's file if it is whole or short, else with six
/// digits.
pub(crate) fn number(value: f64) -> String {
    let (size, full) = (value.abs(), format!("{value}"));
    if full.len() <= 10 || (value.fract() == 0.0 && size < 1e15) {
        return full;
    }
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    if (1e-4..1e15).contains(&size) { format!("{rounded}") } else { format!("{rounded:e}") }
}

fn others(count: usize) -> String {
    if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_but_whole_ones_are_those_of_the_file() {
        for (value, text) in [
            (1e300, "1e300"),
            (-1.234_567_89e200, "-1.23457e200"),
            (0.25, "0.25"),
            (2.0 / 3.0, "0.666667"),
            (1_234_567.0, "1234567"),
            (1_234_567.8, "1234567.8"),
            (1.000_000_1, "1.0000001"),
            (1_234_567.812_345, "1234570"),
            (3.1e-9, "3.1e-9"),
            (0.0, "0"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(number(value), text);
        }
        let error = Error::Weight { stratum: "3".to_string(), value: 1e300 };
        assert!(error.to_string().starts_with("a row of stratum 3 has weight 1e300; weights"));
    }
}
