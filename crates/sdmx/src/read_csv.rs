//! SDMX-CSV 1.0 and 2.0 in.
//!
//! The header decides everything: `DATAFLOW` first is 1.0, `STRUCTURE` first is 2.0; what follows it
//! is the delimiter; `: ` in a name means that cells hold `code: label`; a column `STRUCTURE_NAME`
//! means that each component is followed by a column of labels. Columns that hold several values a
//! cell (`ATTR[]`) are refused by name.

use crate::layout::{Layout, Slot, guessed};
use crate::read::{InputFormat, NamedStructure, Raw, ReadOptions};
use crate::{Error, Place, Reference};
use std::io::BufRead;
use std::path::{Path, PathBuf};

pub(crate) struct CsvInput {
    file: PathBuf,
    reader: csv::Reader<Box<dyn BufRead>>,
    record: csv::ByteRecord,
    cells: Vec<Cell>,
    pub layout: Layout,
    pub format: InputFormat,
    pub structure: Option<NamedStructure>,
    /// Structure kind and name of the first row as bytes; the others must be the same.
    named: Option<(Vec<u8>, Vec<u8>)>,
}

/// What a column is.
#[derive(Clone, Copy)]
struct Cell {
    kind: Kind,
    labels: Labels,
}

/// Whether cells hold `code: label`.
#[derive(Clone, Copy)]
enum Labels {
    No,
    Yes,
    /// Without a structure an attribute may be free text: cut is what begins with a code.
    AfterCodes,
}

#[derive(Clone, Copy)]
enum Kind {
    Structure,
    StructureId,
    Action,
    Component(Slot),
    Passed,
}

impl CsvInput {
    pub fn open(
        file: &Path,
        mut input: Box<dyn BufRead>,
        options: &ReadOptions<'_>,
        layout: Option<Layout>,
    ) -> Result<CsvInput, Error> {
        let head = input.fill_buf().map_err(|e| Error::Read(file.into(), e))?;
        let delimiter = delimiter(head);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(input);
        let mut record = csv::ByteRecord::new();
        let place = Place { file: file.into(), line: 1, ..Place::default() };
        reader.read_byte_record(&mut record).map_err(|e| broken(file, &e))?;
        let head = record.clone();
        let names: Vec<&str> = head
            .iter()
            .map(std::str::from_utf8)
            .collect::<Result<_, _>>()
            .map_err(|_| Error::invalid(place.clone(), "the header is not UTF-8"))?;
        let header = header(&names).map_err(|message| Error::invalid(place.clone(), message))?;
        let own = |column: &&Column<'_>| matches!(column, Column::Component { .. });
        let name = |column: &Column<'_>| match column {
            Column::Component { name, .. } => name.to_string(),
            _ => String::new(),
        };
        let components: Vec<String> = header.columns.iter().filter(own).map(name).collect();
        let texts: Vec<&str> = components.iter().map(String::as_str).collect();
        let mut layout = layout.unwrap_or_else(|| {
            let texts: Vec<&str> =
                texts.iter().filter(|own| !options.ignored.contains(**own)).copied().collect();
            Layout::open(guessed(&texts), &options.ignored)
        });
        if !components.contains(&layout.columns.measure) {
            let message = format!(
                "no column {}; a file of observations has one (there: {})",
                layout.columns.measure,
                if texts.is_empty() { "none".into() } else { texts.join(", ") }
            );
            return Err(Error::invalid(place, message));
        }
        if let Some(absent) = layout.columns.dimensions.iter().find(|own| !components.contains(own))
        {
            let message = format!("no column for the dimension {absent}");
            return Err(Error::invalid(place, message));
        }
        if let Some(twice) = texts.iter().enumerate().find(|(i, own)| texts[..*i].contains(own)) {
            return Err(Error::invalid(place, format!("column {} stands there twice", twice.1)));
        }
        let mut cells = Vec::new();
        for column in &header.columns {
            let (kind, labels) = match column {
                Column::Structure => (Kind::Structure, Labels::No),
                Column::StructureId => (Kind::StructureId, Labels::Yes),
                Column::Action => (Kind::Action, Labels::No),
                Column::Passed => (Kind::Passed, Labels::No),
                Column::Component { name, labelled } => {
                    let slot = layout
                        .slot(name)
                        .map_err(|message| Error::invalid(place.clone(), message))?;
                    let labels = match (slot, options.structure) {
                        _ if !*labelled => Labels::No,
                        (Slot::Attribute(at), Some(structure)) => {
                            let own = &structure.attributes[at].component;
                            match own.codes.is_some() || own.representation.list.is_some() {
                                true => Labels::Yes,
                                false => Labels::No,
                            }
                        }
                        (Slot::Attribute(_), None) if is_free_text(name) => Labels::No,
                        (Slot::Attribute(_), None) => Labels::AfterCodes,
                        _ => Labels::Yes,
                    };
                    (Kind::Component(slot), labels)
                }
            };
            cells.push(Cell { kind, labels });
        }
        Ok(CsvInput {
            file: file.into(),
            reader,
            record,
            cells,
            layout,
            format: header.format,
            structure: None,
            named: None,
        })
    }

    pub fn next(&mut self, raw: &mut Raw) -> Result<bool, Error> {
        let more = self.reader.read_byte_record(&mut self.record);
        if !more.map_err(|e| broken(&self.file, &e))? {
            return Ok(false);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let invalid = |message: String| {
            Err(Error::invalid(
                Place { file: self.file.clone(), line, ..Place::default() },
                message,
            ))
        };
        if self.record.len() != self.cells.len() {
            return invalid(format!(
                "{} cells where the header has {}; is a quotation mark missing or not closed?",
                self.record.len(),
                self.cells.len()
            ));
        }
        raw.clear(&self.layout.columns);
        (raw.line, raw.column) = (line, 0);
        let (mut kind, mut named) = (&b"dataflow"[..], &b""[..]);
        for (at, (cell, bytes)) in self.cells.iter().zip(&self.record).enumerate() {
            match cell.kind {
                Kind::Passed => continue,
                Kind::Structure => kind = bytes,
                Kind::StructureId => named = bytes,
                Kind::Action => match bytes {
                    b"" | b"I" | b"A" | b"R" | b"M" => {}
                    b"D" => {
                        return invalid(
                            "ACTION D deletes; only files of observations are read".into(),
                        );
                    }
                    other => {
                        return invalid(format!(
                            "ACTION `{}` is none of I, A, R and M",
                            String::from_utf8_lossy(other)
                        ));
                    }
                },
                Kind::Component(slot) => {
                    let Ok(text) = std::str::from_utf8(bytes) else {
                        return invalid(format!("cell {} is not UTF-8", at + 1));
                    };
                    let text = match (text.split_once(": "), cell.labels) {
                        (Some((code, _)), Labels::Yes) => code,
                        (Some((code, _)), Labels::AfterCodes) if is_code(code) => code,
                        _ => text,
                    };
                    match slot {
                        Slot::Dimension(at) => raw.observation.dimensions[at].push_str(text),
                        Slot::Measure => raw.value.push_str(text),
                        Slot::Attribute(at) => raw.set_attribute(at, text),
                        Slot::Ignored => {}
                    }
                }
            }
        }
        match &self.named {
            Some((own_kind, own_name)) => {
                if own_kind != kind || own_name != named {
                    return invalid(format!(
                        "{} {}, where the rows before have {} {}; split the file by structure",
                        String::from_utf8_lossy(kind),
                        String::from_utf8_lossy(named),
                        String::from_utf8_lossy(own_kind),
                        String::from_utf8_lossy(own_name)
                    ));
                }
            }
            None => {
                let text = String::from_utf8_lossy(named);
                let name = text.split_once(": ").map_or(text.as_ref(), |(name, _)| name);
                let Some(reference) = Reference::parse(name) else {
                    return invalid(format!("`{name}` is not a structure as AGENCY:ID(VERSION)"));
                };
                let own = String::from_utf8_lossy(kind).into_owned();
                if !matches!(own.as_str(), "dataflow" | "datastructure" | "dataprovision") {
                    return invalid(format!(
                        "STRUCTURE `{own}` is none of dataflow, datastructure and dataprovision"
                    ));
                }
                self.structure = Some(NamedStructure { kind: own, reference });
                self.named = Some((kind.to_vec(), named.to_vec()));
            }
        }
        Ok(true)
    }
}

struct Header<'a> {
    format: InputFormat,
    columns: Vec<Column<'a>>,
}

enum Column<'a> {
    Structure,
    StructureId,
    Action,
    Passed,
    Component { name: &'a str, labelled: bool },
}

fn header<'a>(names: &[&'a str]) -> Result<Header<'a>, String> {
    let first = names.first().copied().unwrap_or_default();
    let format = if first == "DATAFLOW" {
        InputFormat::Csv1
    } else if first == "STRUCTURE" || first.starts_with("STRUCTURE[") {
        InputFormat::Csv2
    } else {
        return Err(format!(
            "the first column is `{first}`; SDMX-CSV begins with STRUCTURE (2.0) or DATAFLOW (1.0)"
        ));
    };
    let mut columns = Vec::new();
    let mut rest = &names[1..];
    let mut named = false;
    if format == InputFormat::Csv1 {
        columns.push(Column::StructureId);
    } else {
        columns.push(Column::Structure);
        if rest.first() != Some(&"STRUCTURE_ID") {
            return Err("no column STRUCTURE_ID after STRUCTURE".into());
        }
        while let Some((name, after)) = rest.split_first() {
            columns.push(match *name {
                "STRUCTURE_ID" => Column::StructureId,
                "ACTION" => Column::Action,
                "STRUCTURE_NAME" => {
                    named = true;
                    Column::Passed
                }
                "SERIES_KEY" | "OBS_KEY" => Column::Passed,
                _ => break,
            });
            rest = after;
        }
    }
    if let Some(many) = rest.iter().find(|name| name.contains('[') && name.contains(']')) {
        return Err(format!(
            "column {many} holds several values a cell; only single values are read"
        ));
    }
    if named && !rest.len().is_multiple_of(2) {
        return Err("with STRUCTURE_NAME each column is followed by one of its names".into());
    }
    for (at, name) in rest.iter().enumerate() {
        if named && at % 2 == 1 {
            columns.push(Column::Passed);
            continue;
        }
        let (id, labelled) = match name.split_once(": ") {
            Some((id, _)) => (id, true),
            None => (*name, false),
        };
        columns.push(Column::Component { name: id, labelled });
    }
    Ok(Header { format, columns })
}

/// Attributes of the usual structures that are texts, in which a colon parts no code from its label.
fn is_free_text(id: &str) -> bool {
    id.starts_with("COMMENT")
        || ["DETAIL", "NOTE", "NOTES", "REASON", "TITLE"].iter().any(|end| id.ends_with(end))
}

/// A code as code lists write it: capitals, digits and signs, no space.
fn is_code(text: &str) -> bool {
    let of_code = |byte: u8| {
        byte.is_ascii_uppercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'_' | b'@' | b'$' | b'-')
    };
    !text.is_empty() && text.bytes().all(of_code)
}

/// What stands after the name of the first column.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let line = line.strip_prefix(b"STRUCTURE").or(line.strip_prefix(b"DATAFLOW")).unwrap_or(line);
    let line = match line.iter().position(|byte| *byte == b']') {
        Some(end) if line.starts_with(b"[") => &line[end + 1..],
        _ => line,
    };
    let found = line.iter().find(|byte| matches!(byte, b',' | b';' | b'\t' | b'|'));
    found.copied().unwrap_or(b',')
}

fn broken(file: &Path, error: &csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    Error::invalid(Place { file: file.into(), line, ..Place::default() }, error.to_string())
}
