//! Data files in: a stream of observations, one at a time.
//!
//! Formats: SDMX-CSV 1.0 and 2.0, and SDMX-ML 2.1 (generic and structure-specific) and 3.0, flat, by
//! series or grouped by another dimension. With a [`Structure`] the columns are those of the structure
//! and every observation is checked; without one nobody says what is a dimension, and the columns up
//! to `TIME_PERIOD` (or `OBS_VALUE`) are taken as such.
//!
//! A value beside `OBS_STATUS` `Q` is flagged and not shown, nor are its bounds and counts.

use crate::check::{Checker, Way};
use crate::detect::{self, Head};
use crate::layout::Layout;
use crate::observation::{FIGURES, MISSING};
use crate::read_csv::CsvInput;
use crate::read_ml::MlInput;
use crate::{
    Columns, Counts, Error, Observation, Place, Problem, Reference, Rules, Structure, Value,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How a data file is read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions<'a> {
    /// The structure that the observations are held against.
    pub structure: Option<&'a Structure>,
    /// Constraints and aliases; they need a structure.
    pub rules: Rules<'a>,
    /// Numbers have a decimal comma, as some files with `;` between cells do. It is never guessed.
    pub decimal_comma: bool,
    /// Columns of the file that are no part of the structure and are passed over.
    pub ignored: BTreeSet<String>,
}

/// The format of a data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFormat {
    /// SDMX-CSV 1.0.
    Csv1,
    /// SDMX-CSV 2.0.
    Csv2,
    /// SDMX-ML 2.1, generic.
    Ml21Generic,
    /// SDMX-ML 2.1, structure-specific.
    Ml21,
    /// SDMX-ML 3.0, structure-specific.
    Ml30,
}

/// A structure as a data file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStructure {
    /// `dataflow`, `datastructure` or `dataprovision`.
    pub kind: String,
    /// Its name.
    pub reference: Reference,
}

/// A data file, read observation by observation.
///
/// ```no_run
/// use inclusion_sdmx::{ReadOptions, Reader, read_structures};
/// # fn main() -> Result<(), inclusion_sdmx::Error> {
/// let structure = read_structures("structure.xml".as_ref())?.structure(None)?;
/// let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
/// let mut reader = Reader::open("data.csv".as_ref(), &options)?;
/// while let Some(observation) = reader.next() {
///     println!("{}", observation?.key());
/// }
/// # Ok(())
/// # }
/// ```
pub struct Reader<'a> {
    file: PathBuf,
    input: Input,
    checker: Option<Checker<'a>>,
    /// What is noticed where there is no structure, and so no checker.
    plain: Counts,
    decimal_comma: bool,
    /// The first observation, read to know the columns.
    first: Option<Raw>,
    raw: Raw,
    /// Position of `OBS_STATUS` among the attributes and of those that are figures, looked up again
    /// when the attributes grow.
    status: Option<usize>,
    figures: Vec<usize>,
    known_attributes: usize,
    structure: Option<&'a Structure>,
    place: Place,
    rows: u64,
    ended: bool,
}

enum Input {
    Csv(Box<CsvInput>),
    Ml(Box<MlInput>),
}

/// One observation as the file has it.
#[derive(Default)]
pub(crate) struct Raw {
    pub observation: Observation,
    /// Text of the measure; empty is none.
    pub value: String,
    pub line: u64,
    pub column: u64,
}

impl Raw {
    /// Emptied for the next row, with the buffers kept.
    pub fn clear(&mut self, columns: &Columns) {
        self.observation.dimensions.resize(columns.dimensions.len(), String::new());
        self.observation.dimensions.iter_mut().for_each(String::clear);
        self.observation.attributes.resize(columns.attributes.len(), None);
        self.observation.attributes.iter_mut().for_each(|text| {
            if let Some(text) = text {
                text.clear();
            }
        });
        self.observation.value = None;
        self.value.clear();
    }

    pub fn set_attribute(&mut self, at: usize, text: &str) {
        let attributes = &mut self.observation.attributes;
        if attributes.len() <= at {
            attributes.resize(at + 1, None);
        }
        let own = attributes[at].get_or_insert_default();
        own.clear();
        own.push_str(text);
    }
}

impl<'a> Reader<'a> {
    /// Opens a data file and reads its head, up to the first observation.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if there is no such file, [`Error::Dtd`] at a document type definition, and
    /// [`Error::Invalid`] with the place where it is no SDMX data, or data that are not read: several
    /// values in a cell, several measures, several structures, deletions.
    pub fn open(path: &Path, options: &'a ReadOptions<'a>) -> Result<Reader<'a>, Error> {
        let layout = options.structure.map(|own| Layout::of_structure(own, &options.ignored));
        let (head, input) = detect::open(path)?;
        let input = match head {
            Head::Csv => Input::Csv(Box::new(CsvInput::open(path, input, options, layout)?)),
            Head::Xml => Input::Ml(Box::new(MlInput::open(path, input, options, layout)?)),
        };
        let mut reader = Reader {
            file: path.into(),
            input,
            checker: None,
            plain: Counts::default(),
            decimal_comma: options.decimal_comma,
            first: None,
            raw: Raw::default(),
            status: None,
            figures: Vec::new(),
            known_attributes: usize::MAX,
            structure: options.structure,
            place: Place::default(),
            rows: 0,
            ended: false,
        };
        let mut first = Raw::default();
        if reader.input.next(&mut first)? {
            reader.first = Some(first);
        } else {
            reader.ended = true;
        }
        if let Some(structure) = options.structure {
            let mut checker = Checker::new(structure, &options.rules, Way::In)?;
            let known = |own: &Reference| {
                let flow = structure.dataflow.as_ref().map(|flow| &flow.reference);
                *own == structure.reference || Some(own) == flow
            };
            if let Some(other) = reader.structure().filter(|own| !known(&own.reference)) {
                checker.counts.other_structures.insert(other.reference.to_string());
            }
            reader.checker = Some(checker);
        }
        Ok(reader)
    }

    /// The columns of the observations. Without a structure, attributes that come up later are added
    /// at the end.
    pub fn columns(&self) -> &Columns {
        match &self.input {
            Input::Csv(input) => &input.layout.columns,
            Input::Ml(input) => input.columns(),
        }
    }

    /// The format of the file.
    pub fn format(&self) -> InputFormat {
        match &self.input {
            Input::Csv(input) => input.format,
            Input::Ml(input) => input.format,
        }
    }

    /// The structure that the data name.
    pub fn structure(&self) -> Option<&NamedStructure> {
        match &self.input {
            Input::Csv(input) => input.structure.as_ref(),
            Input::Ml(input) => input.structure.as_ref(),
        }
    }

    /// What was noticed so far.
    pub fn counts(&self) -> &Counts {
        self.checker.as_ref().map_or(&self.plain, |checker| &checker.counts)
    }

    /// Where the last observation stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The next observation into buffers that are used again; `false` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Observation`] tells of this observation alone: the next call goes on after it. Any
    /// other error ends the stream.
    pub fn read(&mut self, observation: &mut Observation) -> Result<bool, Error> {
        loop {
            if !self.advance()? {
                return Ok(false);
            }
            let counted = self.examine();
            let counted = counted.map_err(|problem| Error::Observation {
                place: self.place.clone(),
                problem: Box::new(problem),
            })?;
            if counted {
                std::mem::swap(observation, &mut self.raw.observation);
                return Ok(true);
            }
        }
    }

    fn advance(&mut self) -> Result<bool, Error> {
        if let Some(first) = self.first.take() {
            self.raw = first;
        } else if self.ended {
            return Ok(false);
        } else {
            let more = self.input.next(&mut self.raw);
            self.ended = !matches!(more, Ok(true));
            if !more? {
                return Ok(false);
            }
        }
        self.rows += 1;
        self.place = Place {
            file: self.file.clone(),
            line: self.raw.line,
            column: self.raw.column,
            observation: self.rows,
        };
        Ok(true)
    }

    /// Parses the value, takes away what may not be shown, and checks the rest.
    fn examine(&mut self) -> Result<bool, Problem> {
        let columns = match &self.input {
            Input::Csv(input) => &input.layout.columns,
            Input::Ml(input) => input.columns(),
        };
        if columns.attributes.len() != self.known_attributes {
            self.known_attributes = columns.attributes.len();
            self.status = columns.attribute("OBS_STATUS");
            let figure = |at: &usize| match self.structure {
                Some(structure) => structure.attributes[*at].component.is_figure(),
                None => FIGURES.contains(&columns.attributes[*at].as_str()),
            };
            self.figures = (0..columns.attributes.len()).filter(figure).collect();
        }
        let observation = &mut self.raw.observation;
        for text in &mut observation.attributes {
            if text.as_ref().is_some_and(String::is_empty) {
                *text = None;
            }
        }
        let status = self.status.and_then(|at| observation.attribute(at)).unwrap_or_default();
        let (withheld, missing) = (status == "Q", MISSING.contains(&status));
        // NaN is how XML writes a value that is missing.
        let mut text = self.raw.value.trim();
        if text == "NaN" {
            text = "";
        }
        let mut figures = !text.is_empty();
        if !text.is_empty() && !withheld {
            let point = if self.decimal_comma { &text.replace(',', ".") } else { text };
            let value = Value::parse(point).ok_or_else(|| Problem::NotANumber {
                component: columns.measure.clone(),
                text: text.into(),
            })?;
            observation.value = Some(value);
        }
        if withheld {
            for at in &self.figures {
                figures |= observation.attributes.get_mut(*at).and_then(Option::take).is_some();
            }
        }
        let suppressed = u64::from(withheld && figures);
        let Some(checker) = &mut self.checker else {
            let counts = &mut self.plain;
            let there = observation.value.is_some();
            counts.observations += 1;
            counts.missing += u64::from(!there);
            counts.suppressed_with_value += suppressed;
            counts.value_with_missing_status += u64::from(there && missing);
            counts.missing_without_reason += u64::from(!there && !missing && self.status.is_some());
            return Ok(true);
        };
        checker.counts.suppressed_with_value += suppressed;
        checker.translate(observation);
        checker.check(observation, self.raw.line)
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Observation, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut observation = Observation::default();
        self.read(&mut observation).map(|more| more.then_some(observation)).transpose()
    }
}

impl Input {
    fn next(&mut self, raw: &mut Raw) -> Result<bool, Error> {
        match self {
            Input::Csv(input) => input.next(raw),
            Input::Ml(input) => input.next(raw),
        }
    }
}
