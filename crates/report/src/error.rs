//! What can go wrong when an annex is written.

/// Why an annex could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A table or chart names an indicator that the study does not have.
    #[error(
        "{what} asks for indicator `{indicator}`, which the study does not estimate; add it to `indicators` or take it out here"
    )]
    UnknownIndicator {
        /// `table 2`, `chart 1`.
        what: String,
        /// The id.
        indicator: String,
    },

    /// A table or chart names a concept that the registry does not have.
    #[error(
        "{what} asks for rows by `{concept}`, which is no concept of the registry; `inclusion registry list` shows them"
    )]
    UnknownConcept {
        /// `table 2`, `chart 1`.
        what: String,
        /// The id.
        concept: String,
    },

    /// A chart could not be drawn.
    #[error("figure {number} (\"{title}\") could not be drawn: {source}")]
    Chart {
        /// Number of the figure.
        number: usize,
        /// Its title.
        title: String,
        /// What the chart code says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),

    /// The PDF could not be typeset.
    #[error("the PDF could not be typeset: {0}")]
    Pdf(String),

    /// A character that none of the fonts has.
    #[error(
        "{place}: no font has the character `{letter}` of \"{text}\", so the PDF cannot show it; name a folder with a font that has it as `fonts` in `[output]`, or leave out `pdf`"
    )]
    Glyph {
        /// The character.
        letter: char,
        /// `table 2`, `the first page`.
        place: String,
        /// The text it stands in.
        text: String,
    },

    /// The Word file could not be packed.
    #[error("the Word file could not be packed: {0}")]
    Archive(#[from] zip::result::ZipError),

    /// The Parquet file could not be written.
    #[error("the Parquet file of estimates could not be written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),

    /// The table of estimates could not be built.
    #[error("the table of estimates could not be built: {0}")]
    Arrow(#[from] arrow::error::ArrowError),

    /// The CSV file could not be written.
    #[error("the CSV file of estimates could not be written: {0}")]
    Csv(#[from] csv::Error),
}
