//! SDMX-ML data in: 2.1 generic and structure-specific, 3.0 structure-specific.
//!
//! A data set has observations alone (flat), or series of observations, whatever dimension the
//! observations run along; attributes may stand at the data set, a group, a series or the
//! observation, and what stands nearest to the observation wins.

use crate::detect::{MlVersion, ml_version};
use crate::groups::Groups;
use crate::layout::{Layout, Slot, guessed, is_known_attribute};
use crate::read::{InputFormat, NamedStructure, Raw, ReadOptions};
use crate::read_structure::item;
use crate::xml::{Node, Pairs, Xml};
use crate::{Columns, Error};
use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::Path;

pub(crate) struct MlInput {
    xml: Xml,
    pub format: InputFormat,
    pub structure: Option<NamedStructure>,
    headers: Vec<HeaderStructure>,
    layout: Option<Layout>,
    ignored: BTreeSet<String>,
    none: Columns,
    /// Dimension at the observation of the data set that is being read.
    at_observation: String,
    /// Names of data set attributes with values, and so on inwards.
    data_set: Pairs,
    series: Fields,
    observation: Fields,
    value: Option<String>,
    groups: Groups,
    in_data_set: bool,
    in_series: bool,
    closed: bool,
}

/// Fields of a series or observation; a structure-specific file does not tell which are keys.
#[derive(Default)]
struct Fields {
    keys: Pairs,
    attributes: Pairs,
    mixed: Pairs,
}

impl Fields {
    fn clear(&mut self) {
        self.keys.clear();
        self.attributes.clear();
        self.mixed.clear();
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.keys.iter().chain(self.mixed()).chain(self.attributes.iter())
    }

    fn mixed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.mixed.iter().filter(|(name, _)| is_component(name))
    }
}

struct HeaderStructure {
    id: String,
    named: Option<NamedStructure>,
    at_observation: String,
}

impl MlInput {
    pub fn open(
        file: &Path,
        input: Box<dyn BufRead>,
        options: &ReadOptions<'_>,
        layout: Option<Layout>,
    ) -> Result<MlInput, Error> {
        let mut xml = Xml::new(file, input);
        loop {
            match xml.next()? {
                Node::Start => break,
                Node::Eof => return Err(xml.invalid("the file has no element")),
                Node::End | Node::Text => {}
            }
        }
        let version = ml_version(&xml)?;
        let format = match (xml.name.as_str(), version) {
            ("StructureSpecificData" | "StructureSpecificTimeSeriesData", MlVersion::V21) => {
                InputFormat::Ml21
            }
            ("GenericData" | "GenericTimeSeriesData", MlVersion::V21) => InputFormat::Ml21Generic,
            ("StructureSpecificData", MlVersion::V30) => InputFormat::Ml30,
            (other, _) => {
                let message = format!(
                    "a data message begins with StructureSpecificData or GenericData, not {other}"
                );
                return Err(xml.invalid(message));
            }
        };
        Ok(MlInput {
            xml,
            format,
            structure: None,
            headers: Vec::new(),
            layout,
            ignored: options.ignored.clone(),
            none: Columns { measure: "OBS_VALUE".into(), ..Columns::default() },
            at_observation: String::new(),
            data_set: Pairs::default(),
            series: Fields::default(),
            observation: Fields::default(),
            value: None,
            groups: Groups::default(),
            in_data_set: false,
            in_series: false,
            closed: false,
        })
    }

    pub fn columns(&self) -> &Columns {
        self.layout.as_ref().map_or(&self.none, |layout| &layout.columns)
    }

    pub fn next(&mut self, raw: &mut Raw) -> Result<bool, Error> {
        loop {
            match self.xml.next()? {
                Node::Text => {}
                Node::Eof if self.closed => return Ok(false),
                Node::Eof => return Err(self.xml.ended()),
                Node::End => self.end(),
                Node::Start => {
                    if self.start(raw)? {
                        return Ok(true);
                    }
                }
            }
        }
    }

    fn end(&mut self) {
        if self.in_series {
            self.in_series = false;
            self.series.clear();
        } else if self.in_data_set {
            self.in_data_set = false;
            self.data_set.clear();
            self.groups = Groups::default();
        } else {
            self.closed = true;
        }
    }

    /// An element that begins; `true` if it was an observation.
    fn start(&mut self, raw: &mut Raw) -> Result<bool, Error> {
        let generic = self.format == InputFormat::Ml21Generic;
        match (self.in_data_set, self.xml.name.as_str()) {
            (false, "Header") => self.header()?,
            (false, "DataSet") => self.begin_data_set()?,
            (true, "Obs") => {
                let place = self.xml.place();
                self.observation.clear();
                self.value = None;
                if generic {
                    self.generic_observation()?;
                } else {
                    std::mem::swap(&mut self.xml.attributes, &mut self.observation.mixed);
                    if self.xml.child()? {
                        return Err(self.several_values());
                    }
                }
                (raw.line, raw.column) = (place.line, place.column);
                self.assemble(raw)?;
                return Ok(true);
            }
            (true, "Series") if !self.in_series => {
                self.in_series = true;
                self.series.clear();
                if !generic {
                    std::mem::swap(&mut self.xml.attributes, &mut self.series.mixed);
                }
            }
            (true, "SeriesKey") => generic_values(&mut self.xml, &mut self.series.keys)?,
            (true, "Attributes") if self.in_series => {
                generic_values(&mut self.xml, &mut self.series.attributes)?;
            }
            (true, "Attributes") => generic_values(&mut self.xml, &mut self.data_set)?,
            (true, "Atts") => {
                let attributes = &mut self.data_set;
                own_attributes(&self.xml).for_each(|(name, value)| attributes.push(name, value));
                if self.xml.child()? {
                    return Err(self.several_values());
                }
            }
            (true, "Group") if generic => {
                let (mut keys, mut attributes) = (Pairs::default(), Pairs::default());
                while self.xml.child()? {
                    match self.xml.name.as_str() {
                        "GroupKey" => generic_values(&mut self.xml, &mut keys)?,
                        "Attributes" => generic_values(&mut self.xml, &mut attributes)?,
                        _ => self.xml.skip()?,
                    }
                }
                self.groups.push(keys.iter(), attributes.iter());
            }
            (true, "Group") => {
                let fields = own_attributes(&self.xml);
                self.groups.push_mixed(fields);
                if self.xml.child()? {
                    return Err(self.several_values());
                }
            }
            (true, "Comp") => return Err(self.several_values()),
            _ => self.xml.skip()?,
        }
        Ok(false)
    }

    fn several_values(&self) -> Error {
        let id = self.xml.attributes.get("id").unwrap_or(&self.xml.name);
        self.xml.invalid(format!("{id} holds several values; only single values are read"))
    }

    fn header(&mut self) -> Result<(), Error> {
        while self.xml.child()? {
            match self.xml.name.as_str() {
                "Structure" => {
                    let get = |name| self.xml.attributes.get(name).unwrap_or_default().to_string();
                    let (id, at) = (get("structureID"), get("dimensionAtObservation"));
                    let at_observation = if at.is_empty() { "TIME_PERIOD".into() } else { at };
                    let mut named = None;
                    while self.xml.child()? {
                        let kind = match self.xml.name.as_str() {
                            "Structure" => "datastructure",
                            "StructureUsage" => "dataflow",
                            _ => "dataprovision",
                        };
                        let reference = item(&mut self.xml)?.map(|(reference, _)| reference);
                        let reference = reference.filter(|own| !own.id.is_empty());
                        named = reference
                            .map(|reference| NamedStructure { kind: kind.into(), reference });
                    }
                    self.headers.push(HeaderStructure { id, named, at_observation });
                }
                "DataSetAction" => {
                    let place = self.xml.place();
                    if self.xml.text_to_end()? == "Delete" {
                        return Err(Error::invalid(place, DELETES));
                    }
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn begin_data_set(&mut self) -> Result<(), Error> {
        const CONTROL: [&str; 10] = [
            "action",
            "structureRef",
            "dataScope",
            "setID",
            "reportingBeginDate",
            "reportingEndDate",
            "validFromDate",
            "validToDate",
            "publicationYear",
            "publicationPeriod",
        ];
        self.in_data_set = true;
        self.data_set.clear();
        let mut structure_ref = "";
        for (name, value) in self.xml.attributes.iter() {
            match name.rsplit_once(':').map_or(name, |(_, local)| local) {
                "action" if value == "Delete" => return Err(self.xml.invalid(DELETES)),
                "structureRef" => structure_ref = value,
                local if CONTROL.contains(&local) || name != local || name == "xmlns" => {}
                _ => self.data_set.push(name, value),
            }
        }
        let header = self.headers.iter().find(|own| own.id == structure_ref);
        let Some(header) = header.or(self.headers.first()) else {
            return Err(self.xml.invalid("the data set names no structure of the header"));
        };
        let same = |own: &NamedStructure| {
            header.named.as_ref().is_none_or(|new| new.reference == own.reference)
        };
        if let Some(own) = self.structure.as_ref().filter(|own| !same(own)) {
            let message = format!(
                "a data set of another structure than {}; split the file by structure",
                own.reference
            );
            return Err(self.xml.invalid(message));
        }
        self.at_observation.clone_from(&header.at_observation);
        if self.structure.is_none() {
            self.structure.clone_from(&header.named);
        }
        Ok(())
    }

    fn generic_observation(&mut self) -> Result<(), Error> {
        while self.xml.child()? {
            match self.xml.name.as_str() {
                "ObsKey" => generic_values(&mut self.xml, &mut self.observation.keys)?,
                "Attributes" => generic_values(&mut self.xml, &mut self.observation.attributes)?,
                "ObsDimension" => {
                    let get = |name| self.xml.attributes.get(name);
                    let id = get("id").unwrap_or(&self.at_observation);
                    self.observation.keys.push(id, get("value").unwrap_or_default());
                    self.xml.skip()?;
                }
                "ObsValue" => {
                    self.value = self.xml.attributes.get("value").map(String::from);
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// The columns that the first observation shows, where there is no structure.
    fn first_columns(&self) -> Columns {
        let mut columns = if self.in_series || self.format == InputFormat::Ml21Generic {
            let at = &self.at_observation;
            let in_series = self.series.mixed().map(|(name, _)| name);
            let in_series = in_series.filter(|name| !is_known_attribute(name));
            let in_observation = self.observation.mixed().map(|(name, _)| name);
            let dimensions = self.series.keys.iter().chain(self.observation.keys.iter());
            let dimensions = dimensions.map(|(name, _)| name).chain(in_series);
            let dimensions = dimensions.chain(in_observation.filter(|name| name == at));
            Columns { dimensions: dimensions.map(String::from).collect(), ..self.none.clone() }
        } else {
            let names: Vec<&str> = self.observation.mixed().map(|(name, _)| name).collect();
            guessed(&names)
        };
        columns.dimensions.retain(|name| !self.ignored.contains(name));
        columns.attributes.retain(|name| !self.ignored.contains(name));
        columns
    }

    fn assemble(&mut self, raw: &mut Raw) -> Result<(), Error> {
        let mut layout = match self.layout.take() {
            Some(layout) => layout,
            None => Layout::open(self.first_columns(), &self.ignored),
        };
        raw.clear(&layout.columns);
        let filled = self.fill(&mut layout, raw);
        self.layout = Some(layout);
        let place = || crate::Place { line: raw.line, column: raw.column, ..self.xml.place() };
        filled.map_err(|message| Error::invalid(place(), message))
    }

    fn fill(&mut self, layout: &mut Layout, raw: &mut Raw) -> Result<(), String> {
        let fields = || self.series.iter().chain(self.observation.iter());
        if !self.groups.is_empty() {
            let dimensions = &layout.columns.dimensions;
            self.groups.index(|name| dimensions.iter().any(|own| own == name));
            for (name, value) in self.groups.matching(|wanted| {
                fields().find(|(name, _)| *name == wanted).map(|(_, value)| value)
            }) {
                put(layout, raw, name, value)?;
            }
        }
        for (name, value) in self.data_set.iter().chain(fields()) {
            put(layout, raw, name, value)?;
        }
        if let Some(value) = &self.value {
            raw.value.push_str(value);
        }
        let empty = raw.observation.dimensions.iter().position(String::is_empty);
        match empty {
            Some(at) => Err(format!("the observation has no {}", layout.columns.dimensions[at])),
            None => Ok(()),
        }
    }
}

const DELETES: &str = "the data set deletes; only files of observations are read";

fn put(layout: &mut Layout, raw: &mut Raw, name: &str, value: &str) -> Result<(), String> {
    match layout.slot(name)? {
        Slot::Dimension(at) => {
            raw.observation.dimensions[at].clear();
            raw.observation.dimensions[at].push_str(value);
        }
        Slot::Measure => {
            raw.value.clear();
            raw.value.push_str(value);
        }
        Slot::Attribute(at) => raw.set_attribute(at, value),
        Slot::Ignored => {}
    }
    Ok(())
}

/// What has a prefix belongs to the message.
fn is_component(name: &str) -> bool {
    !name.contains(':') && name != "xmlns"
}

/// The components among the attributes of an element.
fn own_attributes(xml: &Xml) -> impl Iterator<Item = (&str, &str)> {
    xml.attributes.iter().filter(|(name, _)| is_component(name))
}

/// The `Value` elements inside the current one.
fn generic_values(xml: &mut Xml, into: &mut Pairs) -> Result<(), Error> {
    while xml.child()? {
        if xml.name == "Value" {
            let get = |name| xml.attributes.get(name).unwrap_or_default();
            into.push(get("id"), get("value"));
        }
        xml.skip()?;
    }
    Ok(())
}
