//! From a study file to an annex, as a library and as the `inclusion` command.
//!
//! ```text
//! study file ── prepare ── walk ── annex ── files
//! ```
//!
//! [`Study::read`] reads the page a user wrote, [`prepare`] holds it against the registry without
//! touching the data, [`walk`] goes from the source files to reviewed rows, and [`annex`] makes the
//! document and its formats.

mod across;
mod analyse;
mod annex;
mod anonymity;
mod area;
pub mod bench;
mod cells;
mod choices;
mod data_files;
mod describe;
mod draft;
mod engine;
mod error;
mod estimates;
mod fonts;
mod harmonised;
mod languages;
mod look;
mod message;
mod origins;
mod output;
mod plan;
mod quick;
mod reproduce;
mod sdmx;
mod show;
mod show_areas;
mod show_series;
mod study;
mod walk;
mod world;

pub use analyse::{
    AnalysesFile, Only, analyses_unavailable, concepts_needed, print_analyses, write_analyses,
};
pub use annex::{Rendered, Written, annex, annex_in, write};
pub use anonymity::{AnonymityReport, AnonymityRequest, RECOGNISABLE, anonymity};
#[cfg(feature = "cluster")]
pub use cells::make_cells_on_cluster;
pub use cells::{
    CONFIDENTIAL, CellsMade, CellsMerged, CellsTarget, cells_target, make_cells, merge_cells,
    not_from_cells,
};
pub(crate) use data_files::scheme;
pub use data_files::{check_file, check_files, check_files_for};
pub use draft::{describe_file, draft};
#[cfg(not(feature = "cluster"))]
pub use engine::without_cluster;
pub use engine::{ClusterTold, Engine, walk_on};
pub use error::Error;
pub use estimates::{EstimatesFile, estimates_file, write_estimates};
pub use harmonised::{DesignColumns, harmonised_recipe};
pub use languages::{untranslated, untranslated_notes};
pub use look::{Look, estimates_batches, look};
pub use message::{Messages, counted, full_text};
pub use output::{not_an_input, write as write_whole};
pub use plan::{Across, Part, PlannedAnalysis, Population, Prepared, Sample, parse_by, prepare};
pub use quick::{Quick, quick, quick_script, quick_walk};
pub use reproduce::{Dialect, Reproduce, SqlDialect, SqlRequest, reproduce, sql};
pub use sdmx::{SdmxRequest, SdmxWritten, sdmx_format, write_sdmx};
pub use show::show;
pub use study::{
    AnalysisName, AnalysisSpec, BasePopulation, CalibrateSpec, CalibrationName, CellSpec,
    ChangeSpec, Chart, ChartKind, ContrastName, ContrastOf, ContrastSpec, DesignSpec, Disclosure,
    EngineName, EngineSpec, EstimateSpec, Format, Head, IntervalSpec, IntervalWidthSpec, LonelyPsu,
    MakeName, MarginSpec, MeasureName, OneOrMany, Output, PoolSpec, PoolWeights,
    QuantileIntervalName, QuantileRuleName, QuantileSpec, RelativeErrorSpec, ReplicatesSpec,
    SourceValue, StageSpec, Study, StudyFile, Survey, Table, TableKind, TotalsSpec, Values,
    VarianceName, schema,
};
pub use walk::{Progress, SampleRecord, Walked, untold, walk, walk_cells};
pub use world::{
    About, CheckedSeries, GroupFigure, World, check_series, progress_csv, world_file, world_tables,
    write_data_gaps, write_progress,
};
