//! Data files out, observation by observation: SDMX-CSV 2.0 and 1.0, SDMX-ML 2.1 and 3.0
//! structure-specific (flat, all dimensions at the observation).
//!
//! UTF-8 without byte order mark, line feeds, commas, quotes as in RFC 4180. A line break of any kind
//! inside a text becomes one blank. A missing value is an empty cell, or no attribute in XML. Nothing
//! is kept of an observation but its key, in about twenty bytes, so that a second one is noticed.

use crate::check::{Checker, Way};
use crate::number::{parse_number, push_number};
use crate::{Columns, Counts, Error, Observation, Place, Rules, Structure};
use std::fmt::Write as _;
use std::io::Write;

/// A format of data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// SDMX-CSV 2.0.
    #[default]
    Csv2,
    /// SDMX-CSV 1.0.
    Csv1,
    /// SDMX-ML 2.1, structure-specific.
    Ml21,
    /// SDMX-ML 3.0, structure-specific.
    Ml30,
}

/// What the receiver should do with the data. `M` (merge) is no action of CSV 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Action {
    /// Nothing is said.
    #[default]
    Information,
    /// Add or correct.
    Append,
    /// Replace.
    Replace,
}

/// The head of an XML message. Nothing here reads a clock: the caller says when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageHeader {
    /// Identifier of the message.
    pub id: String,
    /// It is a test.
    pub test: bool,
    /// When it was made: `2024-01-31T12:00:00Z`.
    pub prepared: String,
    /// Id of the sender.
    pub sender: String,
}

impl Default for MessageHeader {
    fn default() -> MessageHeader {
        MessageHeader {
            id: "INCLUSION".into(),
            test: false,
            prepared: "1970-01-01T00:00:00Z".into(),
            sender: "INCLUSION".into(),
        }
    }
}

/// How a data file is written.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions<'a> {
    /// Format.
    pub format: Format,
    /// Action.
    pub action: Action,
    /// Attributes to write, in this order; all of the structure if left out. Observations have all of
    /// them either way.
    pub attributes: Option<Vec<String>>,
    /// Constraints that the observations are held against.
    pub rules: Rules<'a>,
    /// Head of an XML message.
    pub header: MessageHeader,
}

/// Writes observations one at a time. [`Writer::finish`] ends the file.
///
/// ```
/// use inclusion_sdmx::{Columns, Observation, Reference, Structure, Value, WriteOptions, Writer};
/// # fn main() -> Result<(), inclusion_sdmx::Error> {
/// let columns = Columns {
///     dimensions: vec!["SEX".into(), "TIME_PERIOD".into()],
///     measure: "OBS_VALUE".into(),
///     attributes: vec!["OBS_STATUS".into()],
/// };
/// let structure = Structure::of_columns(Reference::new("ZZZ", "DEMO", "1.0"), &columns);
/// let options = WriteOptions::default();
/// let mut writer = Writer::new(Vec::new(), &structure, &options)?;
/// writer.write(&Observation {
///     dimensions: vec!["F".into(), "2022".into()],
///     value: Value::of(49.02),
///     attributes: vec![Some("A".into())],
/// })?;
/// let (bytes, _) = writer.finish()?;
/// assert_eq!(
///     String::from_utf8(bytes).unwrap(),
///     "STRUCTURE,STRUCTURE_ID,ACTION,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n\
///      datastructure,ZZZ:DEMO(1.0),I,F,2022,49.02,A\n"
/// );
/// # Ok(())
/// # }
/// ```
pub struct Writer<'a, W: Write> {
    out: W,
    format: Format,
    /// What is written.
    columns: Columns,
    checker: Checker<'a>,
    /// For each attribute that is written: its place in an observation, and whether it is a number.
    attributes: Vec<(usize, bool)>,
    /// What every row of CSV begins with.
    lead: String,
    /// For each dimension, the measure and each attribute: what stands before its value in XML.
    names: Vec<String>,
    row: String,
}

impl<'a, W: Write> Writer<'a, W> {
    /// Writes the head of the file.
    ///
    /// # Errors
    ///
    /// [`Error::Structure`] if a code list is not there, an attribute asked for is none of the
    /// structure or a mandatory one is left out, CSV 1.0 has no dataflow to name,
    /// or the constraints name what the structure has not.
    pub fn new(
        out: W,
        structure: &'a Structure,
        options: &'a WriteOptions<'a>,
    ) -> Result<Writer<'a, W>, Error> {
        let columns = columns(structure, options)?;
        let attribute = |id: &String| {
            let place = structure.attributes.iter().position(|own| own.component.id == *id)?;
            Some((place, structure.attributes[place].component.is_number()))
        };
        let all = columns.dimensions.iter().chain([&columns.measure]).chain(&columns.attributes);
        let names = all.map(|id| format!(" {id}=\"")).collect();
        let mut writer = Writer {
            out,
            format: options.format,
            checker: Checker::new(structure, &options.rules, Way::Out)?,
            attributes: columns.attributes.iter().filter_map(attribute).collect(),
            columns,
            lead: String::new(),
            names,
            row: String::new(),
        };
        writer.head(structure, options)?;
        writer.out.write_all(writer.row.as_bytes())?;
        Ok(writer)
    }

    /// The columns that are written.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What was written so far.
    pub fn counts(&self) -> &Counts {
        &self.checker.counts
    }

    /// Writes one observation, whose columns are [`Structure::columns`].
    ///
    /// # Errors
    ///
    /// [`Error::Observation`] with its number and what is wrong; nothing of it is written.
    /// [`Error::Write`] if the output fails.
    pub fn write(&mut self, observation: &Observation) -> Result<(), Error> {
        let number = self.checker.counts.observations + 1;
        self.checker.check(observation, number).map_err(|problem| Error::Observation {
            place: Place { observation: number, ..Place::default() },
            problem: Box::new(problem),
        })?;
        self.row.clear();
        if matches!(self.format, Format::Csv1 | Format::Csv2) {
            self.csv_row(observation);
        } else {
            self.xml_row(observation);
        }
        Ok(self.out.write_all(self.row.as_bytes())?)
    }

    /// Writes the end of the file; gives back the output and what was written.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the output fails.
    pub fn finish(mut self) -> Result<(W, Counts), Error> {
        if matches!(self.format, Format::Ml21 | Format::Ml30) {
            self.out.write_all(b"</mes:DataSet>\n</mes:StructureSpecificData>\n")?;
        }
        self.out.flush()?;
        Ok((self.out, self.checker.counts))
    }

    fn csv_row(&mut self, observation: &Observation) {
        let row = &mut self.row;
        row.push_str(&self.lead);
        for code in &observation.dimensions {
            push_cell(row, code);
            row.push(',');
        }
        if let Some(value) = &observation.value {
            push_number(row, value.number());
        }
        for (at, is_number) in &self.attributes {
            row.push(',');
            match observation.attribute(*at) {
                Some(text) if *is_number => push_parsed(row, text),
                Some(text) => push_cell(row, text),
                None => {}
            }
        }
        row.push('\n');
    }

    fn xml_row(&mut self, observation: &Observation) {
        let row = &mut self.row;
        row.push_str("<Obs");
        let (keys, names) = self.names.split_at(observation.dimensions.len());
        for (name, code) in keys.iter().zip(&observation.dimensions) {
            row.push_str(name);
            push_escaped(row, code);
            row.push('"');
        }
        if let Some(value) = &observation.value {
            row.push_str(&names[0]);
            push_number(row, value.number());
            row.push('"');
        }
        for ((at, is_number), name) in self.attributes.iter().zip(&names[1..]) {
            if let Some(text) = observation.attribute(*at) {
                row.push_str(name);
                if *is_number {
                    push_parsed(row, text)
                } else {
                    push_escaped(row, text)
                }
                row.push('"');
            }
        }
        row.push_str("/>\n");
    }

    fn head(&mut self, structure: &Structure, options: &WriteOptions<'_>) -> Result<(), Error> {
        match self.format {
            Format::Csv2 => {
                let (kind, reference) = match &structure.dataflow {
                    Some(flow) => ("dataflow", &flow.reference),
                    None => ("datastructure", &structure.reference),
                };
                let action = match options.action {
                    Action::Information => 'I',
                    Action::Append => 'A',
                    Action::Replace => 'R',
                };
                let _ = write!(self.lead, "{kind},{reference},{action},");
                self.row.push_str("STRUCTURE,STRUCTURE_ID,ACTION");
                self.header_row();
            }
            Format::Csv1 => {
                let Some(flow) = &structure.dataflow else {
                    return Err(Error::Structure(format!(
                        "SDMX-CSV 1.0 names a dataflow, and the structure file has none of {}; add one or write SDMX-CSV 2.0",
                        structure.reference
                    )));
                };
                let _ = write!(self.lead, "{},", flow.reference);
                self.row.push_str("DATAFLOW");
                self.header_row();
            }
            Format::Ml21 => xml_head(&mut self.row, structure, options, "v2_1"),
            Format::Ml30 => xml_head(&mut self.row, structure, options, "v3_0"),
        }
        Ok(())
    }

    fn header_row(&mut self) {
        let columns = &self.columns;
        for id in columns.dimensions.iter().chain([&columns.measure]).chain(&columns.attributes) {
            self.row.push(',');
            push_cell(&mut self.row, id);
        }
        self.row.push('\n');
    }
}

/// The columns to write.
fn columns(structure: &Structure, options: &WriteOptions<'_>) -> Result<Columns, Error> {
    if let Some(list) = structure.lists_not_there().first() {
        return Err(Error::Structure(format!(
            "the structure names the code list {list}, which its file does not hold; add the file of the list"
        )));
    }
    let mut columns = structure.columns();
    if let Some(asked) = &options.attributes {
        if let Some(unknown) = asked.iter().find(|id| !columns.attributes.contains(id)) {
            return Err(Error::Structure(format!(
                "{} has no attribute `{unknown}`; there: {}",
                structure.reference,
                columns.attributes.join(", ")
            )));
        }
        let mandatory = structure.attributes.iter().filter(|own| own.mandatory);
        if let Some(absent) = mandatory.map(|own| &own.component.id).find(|id| !asked.contains(id))
        {
            return Err(Error::Structure(format!(
                "{absent} is mandatory in {}; write it as well",
                structure.reference
            )));
        }
        columns.attributes.clone_from(asked);
    }
    Ok(columns)
}

fn xml_head(into: &mut String, structure: &Structure, options: &WriteOptions<'_>, version: &str) {
    let reference = &structure.reference;
    let urn = format!("urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={reference}");
    let own = match version {
        "v2_1" => format!(
            "<Ref agencyID=\"{}\" id=\"{}\" version=\"{}\" class=\"DataStructure\"/>",
            reference.agency, reference.id, reference.version
        ),
        _ => urn.clone(),
    };
    let scope = if version == "v2_1" { " ss:dataScope=\"DataStructure\"" } else { "" };
    let action = match options.action {
        Action::Information => "Information",
        Action::Append => "Append",
        Action::Replace => "Replace",
    };
    let schemas = format!("http://www.sdmx.org/resources/sdmxml/schemas/{version}");
    let header = header_text(&options.header);
    let namespace = format!("{urn}:ObsLevelDim:AllDimensions");
    let id = &reference.id;
    let _ = write!(
        into,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <mes:StructureSpecificData xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:mes=\"{schemas}/message\" xmlns:ss=\"{schemas}/data/structurespecific\" \
         xmlns:com=\"{schemas}/common\" xmlns:ns1=\"{namespace}\">\n\
         <mes:Header>{header}<mes:Structure structureID=\"{id}\" namespace=\"{namespace}\" \
         dimensionAtObservation=\"AllDimensions\"><com:Structure>{own}</com:Structure>\
         </mes:Structure></mes:Header>\n\
         <mes:DataSet ss:structureRef=\"{id}\" xsi:type=\"ns1:DataSetType\"{scope} \
         ss:action=\"{action}\">\n"
    );
}

/// The elements that every message begins with.
pub(crate) fn header_text(header: &MessageHeader) -> String {
    let mut text = String::from("<mes:ID>");
    push_escaped(&mut text, &header.id);
    let _ = write!(text, "</mes:ID><mes:Test>{}</mes:Test><mes:Prepared>", header.test);
    push_escaped(&mut text, &header.prepared);
    text.push_str("</mes:Prepared><mes:Sender id=\"");
    push_escaped(&mut text, &header.sender);
    text.push_str("\"/>");
    text
}

/// Numbers of attributes were checked to be some.
fn push_parsed(into: &mut String, text: &str) {
    match parse_number(text) {
        Some(number) => push_number(into, number),
        None => push_cell(into, text),
    }
}

/// Only then a text needs a closer look.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| {
        (b' '..0x7F).contains(&b) && !matches!(b, b'"' | b',' | b'&' | b'<' | b'>' | b'\'')
    })
}

fn push_cell(into: &mut String, text: &str) {
    if is_plain(text) {
        into.push_str(text);
        return;
    }
    let quoted = text.contains([',', '"']);
    if quoted {
        into.push('"');
    }
    for c in without_breaks(text) {
        if c == '"' {
            into.push('"');
        }
        into.push(c);
    }
    if quoted {
        into.push('"');
    }
}

/// A text as the value of an XML attribute or as an element's text.
pub(crate) fn push_escaped(into: &mut String, text: &str) {
    if is_plain(text) {
        into.push_str(text);
        return;
    }
    for c in without_breaks(text) {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&apos;"),
            // A reader makes a blank of a bare one.
            '\t' => into.push_str("&#9;"),
            _ => into.push(c),
        }
    }
}

/// Each line break as one blank; a carriage return with its line feed is one.
fn without_breaks(text: &str) -> impl Iterator<Item = char> {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(move || {
        let c = characters.next()?;
        if c == '\r' && characters.peek() == Some(&'\n') {
            characters.next();
        }
        let breaks = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
        Some(if breaks.contains(&c) { ' ' } else { c })
    })
}
