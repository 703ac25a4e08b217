//! Structure messages out: SDMX-ML 2.1 and 3.0.
//!
//! A message has everything that the structure needs: code lists, concepts, the dataflow and the data
//! structure itself, so that any client can read data with this one file.

use crate::Error;
use crate::detect::MlVersion;
use crate::structure::{Attachment, Codelist, Component, Reference, Structure};
use crate::write::{MessageHeader, header_text, push_escaped};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

/// Writes a structure as a message.
///
/// # Errors
///
/// [`Error::Write`] if the output fails.
pub fn write_structure(
    mut out: impl Write,
    structure: &Structure,
    version: MlVersion,
    header: &MessageHeader,
) -> Result<(), Error> {
    let mut message = Message { version, text: String::new(), structure };
    let schemas = match version {
        MlVersion::V21 => "http://www.sdmx.org/resources/sdmxml/schemas/v2_1",
        MlVersion::V30 => "http://www.sdmx.org/resources/sdmxml/schemas/v3_0",
    };
    let _ = write!(
        message.text,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <mes:Structure xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:mes=\"{schemas}/message\" xmlns:str=\"{schemas}/structure\" \
         xmlns:com=\"{schemas}/common\">\n<mes:Header>{}</mes:Header>\n<mes:Structures>\n",
        header_text(header)
    );
    // The schemas of the two versions have the parts in different orders.
    match version {
        MlVersion::V21 => {
            message.dataflow();
            message.codelists();
            message.concepts();
        }
        MlVersion::V30 => {
            message.codelists();
            message.concepts();
            message.dataflow();
        }
    }
    message.data_structure();
    message.text.push_str("</mes:Structures>\n</mes:Structure>\n");
    out.write_all(message.text.as_bytes())?;
    Ok(out.flush()?)
}

struct Message<'a> {
    version: MlVersion,
    text: String,
    structure: &'a Structure,
}

impl Message<'_> {
    /// A line that is valid in both versions as it stands.
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn name(&mut self, name: &str, otherwise: &str) {
        self.text.push_str("<com:Name xml:lang=\"en\">");
        push_escaped(&mut self.text, if name.is_empty() { otherwise } else { name });
        self.text.push_str("</com:Name>");
    }

    /// The start tag of something with a version of its own.
    fn begin(&mut self, tag: &str, reference: &Reference, extra: &str) {
        let Reference { agency, id, version } = reference;
        let _ = write!(
            self.text,
            "<str:{tag} id=\"{id}\" agencyID=\"{agency}\" version=\"{version}\"{extra}>"
        );
    }

    fn dataflow(&mut self) {
        let Some(flow) = &self.structure.dataflow else { return };
        self.text.push_str("<str:Dataflows>");
        self.begin("Dataflow", &flow.reference, "");
        self.name(&flow.name, &flow.reference.id);
        let structure = &self.structure.reference;
        self.text.push_str("<str:Structure>");
        self.refer("datastructure", "DataStructure", structure, None);
        self.line("</str:Structure></str:Dataflow></str:Dataflows>");
    }

    fn codelists(&mut self) {
        let mut seen = BTreeSet::new();
        self.line("<str:Codelists>");
        for component in self.structure.components() {
            if let Some(list) = &component.codes
                && seen.insert(&list.reference)
            {
                self.codelist(list);
            }
        }
        self.line("</str:Codelists>");
    }

    fn codelist(&mut self, list: &Codelist) {
        self.begin("Codelist", &list.reference, "");
        self.name(&list.name, &list.reference.id);
        self.text.push('\n');
        for code in list.codes() {
            self.text.push_str("<str:Code id=\"");
            push_escaped(&mut self.text, &code.id);
            self.text.push_str("\">");
            self.name(&code.name, &code.id);
            if let Some(parent) = &code.parent {
                self.text.push_str("<str:Parent>");
                match self.version {
                    MlVersion::V21 => {
                        self.text.push_str("<Ref id=\"");
                        push_escaped(&mut self.text, parent);
                        self.text.push_str("\"/>");
                    }
                    MlVersion::V30 => push_escaped(&mut self.text, parent),
                }
                self.text.push_str("</str:Parent>");
            }
            self.line("</str:Code>");
        }
        self.line("</str:Codelist>");
    }

    /// The concept of a component: its own, or one of a scheme that goes by the structure's name.
    fn concept(&self, component: &Component) -> (Reference, String) {
        component.concept.clone().unwrap_or_else(|| {
            let Reference { agency, id, version } = &self.structure.reference;
            (Reference::new(agency, &format!("{id}_CONCEPTS"), version), component.id.clone())
        })
    }

    fn concepts(&mut self) {
        let mut schemes: Vec<(Reference, Vec<(String, String)>)> = Vec::new();
        for component in self.structure.components() {
            let (scheme, id) = self.concept(component);
            let at = schemes.iter().position(|(own, _)| *own == scheme).unwrap_or_else(|| {
                schemes.push((scheme, Vec::new()));
                schemes.len() - 1
            });
            if schemes[at].1.iter().all(|(own, _)| *own != id) {
                schemes[at].1.push((id, component.name.clone()));
            }
        }
        let tag = match self.version {
            MlVersion::V21 => "str:Concepts",
            MlVersion::V30 => "str:ConceptSchemes",
        };
        self.line(&format!("<{tag}>"));
        for (scheme, concepts) in schemes {
            self.begin("ConceptScheme", &scheme, "");
            self.name("", &scheme.id);
            self.text.push('\n');
            for (id, name) in concepts {
                let _ = write!(self.text, "<str:Concept id=\"{id}\">");
                self.name(&name, &id);
                self.line("</str:Concept>");
            }
            self.line("</str:ConceptScheme>");
        }
        self.line(&format!("</{tag}>"));
    }

    fn data_structure(&mut self) {
        let structure = self.structure;
        self.text.push_str("<str:DataStructures>");
        self.begin("DataStructure", &structure.reference, "");
        self.name(&structure.name, &structure.reference.id);
        self.line("\n<str:DataStructureComponents>\n<str:DimensionList>");
        for (at, dimension) in structure.dimensions.iter().enumerate() {
            let is_time = Some(at) == structure.time;
            let tag = if is_time { "TimeDimension" } else { "Dimension" };
            // 3.0 knows without a number that the time dimension is the last.
            let position = match (self.version, is_time) {
                (MlVersion::V30, true) => String::new(),
                _ => format!(" position=\"{}\"", at + 1),
            };
            let _ = write!(self.text, "<str:{tag} id=\"{}\"{position}>", dimension.id);
            let text = if is_time { "ObservationalTimePeriod" } else { "String" };
            self.representation(dimension, text);
            self.line(&format!("</str:{tag}>"));
        }
        self.line("</str:DimensionList>");
        self.attributes();
        let tag = match self.version {
            MlVersion::V21 => "PrimaryMeasure",
            MlVersion::V30 => "Measure",
        };
        let measure = &structure.measure;
        let _ = write!(self.text, "<str:MeasureList><str:{tag} id=\"{}\">", measure.id);
        self.representation(measure, "Double");
        self.line(&format!("</str:{tag}></str:MeasureList>"));
        self.line("</str:DataStructureComponents>\n</str:DataStructure></str:DataStructures>");
    }

    fn attributes(&mut self) {
        let structure = self.structure;
        if structure.attributes.is_empty() {
            return;
        }
        self.line("<str:AttributeList>");
        for attribute in &structure.attributes {
            let usage = match (self.version, attribute.mandatory) {
                (MlVersion::V21, true) => "assignmentStatus=\"Mandatory\"",
                (MlVersion::V21, false) => "assignmentStatus=\"Conditional\"",
                (MlVersion::V30, true) => "usage=\"mandatory\"",
                (MlVersion::V30, false) => "usage=\"optional\"",
            };
            let id = &attribute.component.id;
            let _ = write!(self.text, "<str:Attribute id=\"{id}\" {usage}>");
            self.representation(&attribute.component, "String");
            self.text.push_str("<str:AttributeRelationship>");
            self.attachment(&attribute.attachment);
            self.line("</str:AttributeRelationship></str:Attribute>");
        }
        self.line("</str:AttributeList>");
    }

    fn attachment(&mut self, attachment: &Attachment) {
        match (self.version, attachment) {
            (MlVersion::V21, Attachment::Observation) => {
                let id = &self.structure.measure.id;
                let _ = write!(
                    self.text,
                    "<str:PrimaryMeasure><Ref id=\"{id}\"/></str:PrimaryMeasure>"
                );
            }
            (MlVersion::V30, Attachment::Observation) => self.text.push_str("<str:Observation/>"),
            (MlVersion::V21, Attachment::DataSet) => self.text.push_str("<str:None/>"),
            (MlVersion::V30, Attachment::DataSet) => self.text.push_str("<str:Dataflow/>"),
            (version, Attachment::Dimensions(ids)) => {
                for id in ids {
                    let _ = match version {
                        MlVersion::V21 => {
                            write!(self.text, "<str:Dimension><Ref id=\"{id}\"/></str:Dimension>")
                        }
                        MlVersion::V30 => {
                            write!(self.text, "<str:Dimension>{id}</str:Dimension>")
                        }
                    };
                }
            }
        }
    }

    fn representation(&mut self, component: &Component, otherwise: &str) {
        let (scheme, id) = self.concept(component);
        self.text.push_str("<str:ConceptIdentity>");
        self.refer("conceptscheme", "Concept", &scheme, Some(&id));
        self.text.push_str("</str:ConceptIdentity><str:LocalRepresentation>");
        match &component.representation.list {
            Some(list) => {
                self.text.push_str("<str:Enumeration>");
                self.refer("codelist", "Codelist", list, None);
                self.text.push_str("</str:Enumeration>");
            }
            None => {
                let own = &component.representation.text_type;
                let text = if own.is_empty() { otherwise } else { own };
                let _ = write!(self.text, "<str:TextFormat textType=\"{text}\"/>");
            }
        }
        self.text.push_str("</str:LocalRepresentation>");
    }

    /// A reference: an element in 2.1, a URN in 3.0.
    fn refer(&mut self, package: &str, class: &str, to: &Reference, item: Option<&str>) {
        let Reference { agency, id, version } = to;
        let _ = match (self.version, item) {
            (MlVersion::V21, None) => write!(
                self.text,
                "<Ref agencyID=\"{agency}\" id=\"{id}\" version=\"{version}\" package=\"{package}\" class=\"{class}\"/>"
            ),
            (MlVersion::V21, Some(item)) => write!(
                self.text,
                "<Ref agencyID=\"{agency}\" maintainableParentID=\"{id}\" maintainableParentVersion=\"{version}\" id=\"{item}\" package=\"{package}\" class=\"{class}\"/>"
            ),
            (MlVersion::V30, None) => {
                write!(self.text, "urn:sdmx:org.sdmx.infomodel.{package}.{class}={to}")
            }
            (MlVersion::V30, Some(item)) => {
                write!(self.text, "urn:sdmx:org.sdmx.infomodel.{package}.{class}={to}.{item}")
            }
        };
    }
}
