//! Publishable rows to an annex document, its charts and its formats.
//!
//! [`build`] decides every cell — rounding, marks, notes — and every format only sets type:
//! [`html`], [`pdf`], [`docx`], [`latex`], [`xlsx`], [`markdown`], [`tables_csv`], [`terminal`]. [`data`] writes the reviewed rows themselves.
//! The only source of figures is [`inclusion_disclosure::Publishable`], so what is withheld there
//! cannot be printed here. Nothing reads a clock: the same input gives the same bytes.

mod action;
mod analyses;
mod analysis_data;
mod annex;
mod appendix;
mod build;
mod cells;
pub mod charts;
mod codes;
mod column;
mod comparisons;
pub mod data;
mod detectable;
mod docx;
mod equity;
mod error;
mod figures;
mod findings;
mod heads;
mod html;
mod input;
mod latex;
mod lookup;
mod markdown;
mod methods;
mod multiple;
mod notes;
mod numbers;
mod paper;
mod pdf;
mod record;
mod stub;
mod survey_names;
mod tables;
mod tables_csv;
mod terminal;
mod translate;
mod verdict;
mod words;
mod world;
mod xlsx;

pub use analyses::{add_analyses, analysis_tables, p_text};
pub use analysis_data::{analyses_csv, analyses_parquet, covariances};
pub use annex::{
    Annex, Block, CellInterval, Figure, Head, HeadKind, Note, Section, Table, TableCell, TableRow,
};
pub use build::build;
pub use column::{Column, Quantity};
pub use comparisons::{CellContrast, Comparison, ComparisonSide};
pub use docx::{DocxOptions, docx};
pub use error::Error;
pub use html::{HtmlOptions, html, html_piece};
pub use input::{
    AnnexInput, ChartKind, ChartSpec, Estimation, IndicatorInfo, Intervals, SourceFile,
    SourceIndicator, SurveyInfo, TableKind, TableSpec,
};
pub use latex::{LatexOptions, latex};
pub use markdown::markdown;
pub use pdf::{PdfOptions, pdf};
pub use tables_csv::tables_csv;
pub use terminal::terminal;
pub use translate::translate;
pub use world::{
    AvailabilityCell, AvailabilityLine, GroupCell, GroupLine, ProgressCell, ProgressLine, TimeLine,
    TimeYear, WorldChart, WorldIndicator, WorldInput, WorldLine, WorldTables, world_tables,
};
pub use xlsx::xlsx;
