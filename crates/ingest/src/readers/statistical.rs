//! Stata, SPSS and SAS transport files, with their labels and missing codes.
//!
//! Values stay what they are in the file: a labelled value is its number, never its label. Stata's
//! `.a` to `.z` arrive as tags; a value that SPSS declares missing stays in the column, and the
//! declaration stands beside it, so that a recipe can tell refusals from questions not asked.

use crate::bridge::arrow_of;
use crate::error::{Halt, counted};
use crate::table::{
    About, Positions, RawBatch, RawColumn, Reader, SourceColumn, Stamp, Table, UserMissing, broken,
    contained, plain,
};
use crate::{Error, Options, names};
use arrow::array::{Array, ArrayRef, AsArray, Float64Array, StringArray};
use arrow::datatypes::{DataType, Float64Type};
use inclusion_registry::FileSpec;
use polars::prelude::DataType as PolarsType;
use polars_readstat_rs::{
    InformativeNullColumns, InformativeNullMode, InformativeNullOpts, ReadStatFormat,
    ReadstatBatchStream, ScanOptions, readstat_metadata_json, readstat_schema,
};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Rows of a batch.
const BATCH: usize = 8192;
/// Suffix of the library's column of missing codes; no file can use it in a name.
const SUFFIX: &str = "\u{1}missing";

/// Stata .dta, versions 113 to 119.
pub(crate) struct Stata;
/// SPSS .sav and .zsav.
pub(crate) struct Spss;
/// SAS transport, versions 5 and 8.
pub(crate) struct Xpt;

struct File {
    about: About,
    kind: ReadStatFormat,
    stamp: Stamp,
}

impl Reader for Stata {
    fn recognises(&self, head: &[u8]) -> bool {
        head.starts_with(b"<stata_dta>") || matches!(head, [104..=116, 1 | 2, 1, 0, ..])
    }

    fn open(
        &self,
        path: &Path,
        _spec: &FileSpec,
        _options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        open(path, ReadStatFormat::Stata)
    }
}

impl Reader for Spss {
    fn recognises(&self, head: &[u8]) -> bool {
        head.starts_with(b"$FL2") || head.starts_with(b"$FL3")
    }

    fn open(
        &self,
        path: &Path,
        _spec: &FileSpec,
        _options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        open(path, ReadStatFormat::Spss)
    }
}

impl Reader for Xpt {
    fn recognises(&self, head: &[u8]) -> bool {
        head.starts_with(b"HEADER RECORD*******LIB")
    }

    fn open(
        &self,
        path: &Path,
        _spec: &FileSpec,
        _options: &Options,
    ) -> Result<Box<dyn Table>, Error> {
        open(path, ReadStatFormat::SasXpt)
    }
}

fn open(path: &Path, kind: ReadStatFormat) -> Result<Box<dyn Table>, Error> {
    let stamp = Stamp::of(path)?;
    let name = match kind {
        ReadStatFormat::Stata => "Stata",
        ReadStatFormat::Spss => "SPSS",
        _ => "SAS transport",
    };
    let damaged = |e: String| Halt::Ours(broken(path, format!("not a complete {name} file: {e}")));
    let described = contained(path, || {
        let json = readstat_metadata_json(path, Some(kind)).map_err(&damaged)?;
        let meta: Value = serde_json::from_str(&json).map_err(|e| damaged(e.to_string()))?;
        let schema = readstat_schema(path, Some(options(None)), Some(kind))
            .map_err(|e| damaged(e.to_string()))?;
        let types: Vec<DataType> = schema.iter().map(|(_, t)| plain_of(t)).collect();
        Ok((meta, types))
    });
    let (meta, types) = match described {
        Ok(found) => found,
        Err(Halt::Ours(error)) => return Err(error),
        Err(_) => return Err(broken(path, "the file is damaged")),
    };
    let list = meta["variables"].as_array().or(meta["columns"].as_array());
    let columns: Vec<SourceColumn> =
        list.into_iter().flatten().zip(types).map(|(v, kind)| column(v, kind)).collect();
    if columns.is_empty() {
        return Err(broken(path, "the file has no variables: no header"));
    }
    names::check_unique(columns.iter().map(|c| c.name.as_str()), path)?;
    let rows = meta["row_count"].as_u64();
    if rows == Some(0) {
        return Err(broken(path, "no data rows"));
    }
    let version = meta["version"].as_u64().or(meta["xpt_version"].as_u64());
    let format = match (kind, version) {
        (ReadStatFormat::Spss, _) if meta["compression"] == "ZLIB" => "SPSS (zsav)".to_string(),
        (ReadStatFormat::Spss, _) => "SPSS (sav)".to_string(),
        (_, Some(version)) => format!("{name} {version}"),
        _ => name.to_string(),
    };
    let mut remarks = Vec::new();
    if let Some(encoding) = meta["encoding"].as_str() {
        remarks.push(format!("the text encoding is {encoding}"));
    }
    for key in ["data_label", "file_label"] {
        if let Some(label) = meta[key].as_str().filter(|l| !l.trim().is_empty()) {
            remarks.push(format!("the file is labelled `{}`", label.trim()));
        }
    }
    let about = About {
        path: path.to_path_buf(),
        format,
        size: stamp.size,
        rows,
        columns,
        remarks,
        word: "row",
    };
    Ok(Box::new(File { about, kind, stamp }))
}

fn column(v: &Value, kind: DataType) -> SourceColumn {
    let mut column = SourceColumn::new(v["name"].as_str().unwrap_or_default(), kind);
    column.label = v["label"].as_str().map(str::trim).filter(|l| !l.is_empty()).map(String::from);
    for (value, label) in v["value_labels"].as_object().into_iter().flatten() {
        let value = match value.strip_prefix("MISSING_") {
            Some(letter) => format!(".{letter}"),
            None if value == "MISSING" => ".".into(),
            None => value.trim_end().to_string(),
        };
        column.labels.insert(value, label.as_str().unwrap_or_default().trim().to_string());
    }
    let numbers: Vec<f64> =
        v["missing_doubles"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let texts = v["missing_strings"].as_array().into_iter().flatten();
    column.missing = UserMissing {
        texts: texts.filter_map(Value::as_str).map(|t| t.trim_end().to_string()).collect(),
        ..UserMissing::default()
    };
    match (v["missing_range"].as_bool(), numbers.as_slice()) {
        (Some(true), [a, b, rest @ ..]) => {
            column.missing.range = Some((a.min(*b), a.max(*b)));
            column.missing.numbers = rest.to_vec();
        }
        _ => column.missing.numbers = numbers,
    }
    column
}

fn plain_of(kind: &PolarsType) -> DataType {
    match kind {
        PolarsType::Int8 => DataType::Int8,
        PolarsType::Int16 => DataType::Int16,
        PolarsType::Int32 => DataType::Int32,
        PolarsType::Int64 => DataType::Int64,
        PolarsType::Float32 => DataType::Float32,
        PolarsType::Float64 => DataType::Float64,
        _ => DataType::Utf8,
    }
}

fn options(tagged: Option<Vec<String>>) -> ScanOptions {
    ScanOptions {
        missing_string_as_null: Some(true),
        value_labels_as_strings: Some(false),
        preserve_order: Some(true),
        informative_nulls: tagged.map(|columns| InformativeNullOpts {
            columns: InformativeNullColumns::Selected(columns),
            mode: InformativeNullMode::SeparateColumn { suffix: SUFFIX.into() },
            use_value_labels: false,
        }),
        ..ScanOptions::default()
    }
}

impl Table for File {
    fn about(&self) -> &About {
        &self.about
    }

    fn read(
        &self,
        _unit: usize,
        columns: &[usize],
        each: &mut dyn FnMut(RawBatch) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let path = &self.about.path;
        let damaged = |e: String| {
            Halt::Ours(broken(
                path,
                format!("the file is damaged or not complete ({e}); copy it again"),
            ))
        };
        // A batch without columns would have no length; the first column costs little.
        let indices: Vec<usize> = if columns.is_empty() { vec![0] } else { columns.to_vec() };
        let wanted: Vec<String> =
            indices.iter().map(|i| self.about.columns[*i].name.clone()).collect();
        let tagged: Option<Vec<String>> = match self.kind {
            ReadStatFormat::Stata => Some(wanted.clone()),
            ReadStatFormat::Spss => Some(
                indices
                    .iter()
                    .map(|i| &self.about.columns[*i])
                    .filter(|c| !c.missing.is_empty())
                    .map(|c| c.name.clone())
                    .collect(),
            ),
            _ => None,
        };
        let tagged = tagged.filter(|t| !t.is_empty());
        let mut stream = contained(path, || {
            let options = options(tagged);
            ReadstatBatchStream::new(
                path,
                Some(options),
                Some(self.kind),
                Some(wanted.clone()),
                None,
                Some(BATCH),
            )
            .map_err(|e| damaged(e.to_string()))
        })?;
        let total = self.about.rows.unwrap_or(1).max(1);
        let mut row = 1u64;
        loop {
            let frame =
                contained(path, || stream.next_batch().map_err(|e| damaged(e.to_string())))?;
            let Some(frame) = frame else { break };
            let n = frame.height();
            let mut out = Vec::with_capacity(columns.len());
            for (index, name) in columns.iter().zip(&wanted) {
                let missing = frame
                    .column(&format!("{name}{SUFFIX}"))
                    .ok()
                    .map(arrow_of)
                    .transpose()
                    .map_err(damaged)?;
                let column = frame.column(name).map_err(|e| damaged(e.to_string()))?;
                let values = arrow_of(column).and_then(|a| plain(&a)).map_err(damaged)?;
                let missing = missing.map(|m| plain(&m)).transpose().map_err(damaged)?;
                out.push(with_missing(values, missing, &self.about.columns[*index]));
            }
            let bytes = (self.about.size as u128 * n as u128 / u128::from(total)) as u64;
            each(RawBatch {
                rows: n,
                positions: Positions::From(row),
                columns: out,
                bytes,
                log: Vec::new(),
            })?;
            row += n as u64;
        }
        if let Some(rows) = self.about.rows
            && row - 1 != rows
        {
            let message = format!(
                "not complete: the header says {}, {} could be read; copy it again",
                counted(rows, "row"),
                row - 1
            );
            return Err(broken(path, message).into());
        }
        if Stamp::of(path)? != self.stamp {
            return Err(Error::Changed(path.clone()).into());
        }
        Ok(())
    }
}

/// Puts the missing codes back: tags beside the column, declared values into it.
fn with_missing(values: ArrayRef, missing: Option<ArrayRef>, about: &SourceColumn) -> RawColumn {
    let Some(missing) = missing.filter(|m| m.null_count() < m.len()) else {
        return RawColumn::new(values);
    };
    let codes: &StringArray = missing.as_string();
    if about.missing.is_empty() {
        let tag = |code: Option<&str>| match code.map(str::as_bytes) {
            Some([b'.', letter @ b'a'..=b'z']) => letter - b'a' + 1,
            _ => 0,
        };
        return RawColumn { values, tags: Some(Arc::new(codes.iter().map(tag).collect())) };
    }
    let restored: ArrayRef = match values.data_type() {
        DataType::Float64 => {
            let numbers = values.as_primitive::<Float64Type>();
            let code =
                |i: usize| (!codes.is_null(i)).then(|| codes.value(i).parse().ok()).flatten();
            let whole = (0..numbers.len())
                .map(|i| (!numbers.is_null(i)).then(|| numbers.value(i)).or_else(|| code(i)));
            Arc::new(whole.collect::<Float64Array>())
        }
        DataType::Utf8 => {
            let texts: &StringArray = values.as_string();
            let whole = texts.iter().zip(codes.iter()).map(|(value, code)| value.or(code));
            Arc::new(whole.collect::<StringArray>())
        }
        _ => return RawColumn::new(values),
    };
    RawColumn::new(restored)
}
