//! Reviewed analyses as tidy files: one row a figure, numbers unrounded.
//!
//! A withheld analysis has one row with its key, the status `Q` and the reason; one that could not be
//! made has the status `M` and why.

use crate::Error;
use arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow::datatypes::{DataType, Field, Schema};
use inclusion_disclosure::{AnalysisOutcome, PublishableAnalyses};
use inclusion_estimate::{Absence, AnalysisRow, CovarianceMatrix, Unit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// Texts before the numbers, numbers, and texts after them.
const KEYS: [&str; 11] = [
    "ANALYSIS",
    "KIND",
    "SOURCE",
    "REF_AREA",
    "TIME_PERIOD",
    "INDICATOR",
    "PART",
    "TERM",
    "LABEL",
    "UNIT_MEASURE",
    "OBS_STATUS",
];
const NUMBERS: [&str; 14] = [
    "VALUE",
    "STD_ERROR",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "STATISTIC",
    "NDF",
    "DDF",
    "P_VALUE",
    "P_HOLM",
    "ODDS_RATIO",
    "ODDS_LOWER",
    "ODDS_UPPER",
    "SHARE",
    "DESIGN_DF",
];
const COUNTS: [&str; 3] = ["N_GROUP", "N", "N_EXCLUDED"];
const LAST: [&str; 3] = ["STATISTIC_NAME", "REASON", "METHOD"];

struct Line {
    keys: [String; 11],
    numbers: [Option<f64>; 14],
    counts: [Option<u64>; 3],
    last: [String; 3],
}

fn lines(analyses: &PublishableAnalyses) -> Vec<Line> {
    let mut lines = Vec::new();
    for one in analyses.list() {
        let about = one.about();
        let key = |part: &str, term: &str, label: &str, unit: &str, status: &str| {
            [
                &about.id,
                about.kind.id(),
                &about.source,
                &about.ref_area,
                &about.time_period,
                &about.indicator,
                part,
                term,
                label,
                unit,
                status,
            ]
            .map(str::to_string)
        };
        match one.outcome() {
            AnalysisOutcome::Shown(figures) => {
                let status = if one.unreliable() { "U" } else { "A" };
                for row in &figures.rows {
                    let known = row.value.is_some() || row.statistic.is_some();
                    let (status, why) = match (known, row.n) {
                        (true, _) => (status, ""),
                        (false, Some(0)) => ("M", "no_cases"),
                        (false, _) => ("M", row.absence.map_or("undefined", Absence::id)),
                    };
                    let holm = one.p_holm().filter(|_| row.p_value.is_some());
                    lines.push(Line {
                        keys: key(row.part, &row.term, &row.label, unit(row), status),
                        numbers: numbers(row, holm, about.design_df),
                        counts: [row.n, Some(about.n), Some(about.excluded)],
                        last: [
                            row.statistic.map_or("", |(name, _)| name).to_string(),
                            why.to_string(),
                            about.method.clone(),
                        ],
                    });
                }
            }
            AnalysisOutcome::Withheld(reason) => lines.push(Line {
                keys: key("", "", "", "", "Q"),
                numbers: [None; 14],
                counts: [None; 3],
                last: [String::new(), reason.to_string(), String::new()],
            }),
            AnalysisOutcome::Missing(reason) => lines.push(Line {
                keys: key("", "", "", "", "M"),
                numbers: [None; 14],
                counts: [None; 3],
                last: [String::new(), reason.clone(), String::new()],
            }),
        }
    }
    lines
}

fn unit(row: &AnalysisRow) -> &'static str {
    match row.unit {
        Unit::Share => "SHARE",
        Unit::Ratio => "RATIO",
        Unit::Count => "COUNT",
        Unit::Own => "OWN",
    }
}

fn numbers(row: &AnalysisRow, holm: Option<f64>, design_df: Option<f64>) -> [Option<f64>; 14] {
    let odds = |place: usize| row.odds_ratio.map(|odds| odds[place]);
    [
        row.value,
        row.se,
        row.lower,
        row.upper,
        row.statistic.map(|(_, value)| value),
        row.ndf,
        row.ddf,
        row.p_value,
        holm,
        odds(0),
        odds(1),
        odds(2),
        row.share,
        design_df,
    ]
}

/// The analyses as CSV (UTF-8, comma, line feed, header).
///
/// # Errors
///
/// [`Error::Csv`] if the writer fails.
pub fn analyses_csv(analyses: &PublishableAnalyses) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(KEYS.iter().chain(&NUMBERS).chain(&COUNTS).chain(&LAST))?;
    for line in lines(analyses) {
        let numbers = line.numbers.map(|n| n.map_or_else(String::new, number_text));
        let counts = line.counts.map(|n| n.map_or_else(String::new, |n| n.to_string()));
        let texts = line.keys.into_iter().map(crate::data::guarded);
        let last = line.last.into_iter().map(crate::data::guarded);
        writer.write_record(texts.chain(numbers).chain(counts).chain(last))?;
    }
    writer.into_inner().map_err(|e| Error::Csv(e.into_error().into()))
}

/// The shortest text that reads back as the same number; tiny ones (p-values) with an exponent.
fn number_text(number: f64) -> String {
    match number.abs() {
        size if size > 0.0 && size < 1e-5 => format!("{number:e}"),
        _ => number.to_string(),
    }
}

/// The analyses as Parquet, with the columns of [`analyses_csv`].
///
/// # Errors
///
/// [`Error::Arrow`] or [`Error::Parquet`] if the writer fails.
pub fn analyses_parquet(analyses: &PublishableAnalyses) -> Result<Vec<u8>, Error> {
    let lines = lines(analyses);
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    for (place, name) in KEYS.iter().enumerate() {
        fields.push(Field::new(*name, DataType::Utf8, true));
        let column = lines.iter().map(|line| text(&line.keys[place]));
        arrays.push(Arc::new(column.collect::<StringArray>()));
    }
    for (place, name) in NUMBERS.iter().enumerate() {
        fields.push(Field::new(*name, DataType::Float64, true));
        let column = lines.iter().map(|line| line.numbers[place]);
        arrays.push(Arc::new(column.collect::<Float64Array>()));
    }
    for (place, name) in COUNTS.iter().enumerate() {
        fields.push(Field::new(*name, DataType::UInt64, true));
        let column = lines.iter().map(|line| line.counts[place]);
        arrays.push(Arc::new(column.collect::<UInt64Array>()));
    }
    for (place, name) in LAST.iter().enumerate() {
        fields.push(Field::new(*name, DataType::Utf8, true));
        let column = lines.iter().map(|line| text(&line.last[place]));
        arrays.push(Arc::new(column.collect::<StringArray>()));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("inclusion".into())
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(bytes)
}

/// The covariance matrices of the analyses that are shown: id, source, and the matrix as CSV, with the
/// terms as header and first column.
///
/// # Errors
///
/// [`Error::Csv`] if the writer fails.
pub fn covariances(
    analyses: &PublishableAnalyses,
) -> Result<Vec<(String, String, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    for one in analyses.list() {
        if let AnalysisOutcome::Shown(figures) = one.outcome()
            && let Some(matrix) = &figures.covariance
        {
            let about = one.about();
            files.push((about.id.clone(), about.source.clone(), matrix_csv(matrix)?));
        }
    }
    Ok(files)
}

fn matrix_csv(matrix: &CovarianceMatrix) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let guarded = |name: &String| crate::data::guarded(name.clone());
    let head = [String::from("TERM")].into_iter().chain(matrix.names.iter().map(guarded));
    writer.write_record(head)?;
    for (name, row) in matrix.names.iter().zip(matrix.values.chunks(matrix.names.len())) {
        let numbers = row.iter().map(|number| number_text(*number));
        writer.write_record([guarded(name)].into_iter().chain(numbers))?;
    }
    writer.into_inner().map_err(|e| Error::Csv(e.into_error().into()))
}
