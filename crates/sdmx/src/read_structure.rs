//! Reading structure messages: SDMX-ML 2.1 and 3.0.
//!
//! The file is pulled element by element; what this program has no use for (hierarchies, agencies,
//! metadata structures) is passed over.

use crate::detect::{self, Head};
use crate::structure::{
    Attachment, Attribute, Code, Codelist, Component, Concept, Constraint, Dataflow, Reference,
    Region, Representation, Structure, Structures,
};
use crate::xml::{Node, Xml};
use crate::{Error, Place};
use std::path::Path;
use std::sync::Arc;

/// What a structure message holds, in SDMX-ML 2.1 or 3.0.
///
/// # Errors
///
/// [`Error::Dtd`] at a document type definition; [`Error::Invalid`] with line and column where the
/// file is no structure message or a part of it cannot be understood.
pub fn read_structures(path: &Path) -> Result<Structures, Error> {
    let (head, input) = detect::open(path)?;
    if head != Head::Xml {
        let place = Place { file: path.into(), line: 1, ..Place::default() };
        return Err(Error::invalid(place, "a structure message is XML; this file is not"));
    }
    let mut xml = Xml::new(path, input);
    while xml.next()? != Node::Start {}
    if xml.name != "Structure" {
        let message = format!("a structure message begins with Structure, not {}", xml.name);
        return Err(xml.invalid(message));
    }
    detect::ml_version(&xml)?;
    let mut structures = Structures::default();
    while xml.child()? {
        if xml.name == "Structures" {
            while xml.child()? {
                artefacts(&mut xml, &mut structures)?;
            }
        } else {
            xml.skip()?;
        }
    }
    Ok(structures)
}

fn artefacts(xml: &mut Xml, into: &mut Structures) -> Result<(), Error> {
    match xml.name.as_str() {
        "Codelists" => {
            while xml.child()? {
                let list = codelist(xml)?;
                into.codelists.push(Arc::new(list));
            }
        }
        // 2.1 has the schemes inside Concepts, 3.0 inside ConceptSchemes.
        "Concepts" | "ConceptSchemes" => {
            while xml.child()? {
                concept_scheme(xml, &mut into.concepts)?;
            }
        }
        "Dataflows" => {
            while xml.child()? {
                let flow = dataflow(xml)?;
                into.dataflows.push(flow);
            }
        }
        "DataStructures" => {
            while xml.child()? {
                let structure = data_structure(xml)?;
                into.definitions.push(structure);
            }
        }
        "Constraints" | "DataConstraints" | "ContentConstraints" => {
            while xml.child()? {
                let constraint = constraint(xml)?;
                into.constraints.push(constraint);
            }
        }
        _ => xml.skip()?,
    }
    Ok(())
}

/// Agency, id and version of the current element.
fn own_reference(xml: &Xml) -> Reference {
    let get = |name| xml.attributes.get(name).unwrap_or_default();
    Reference::new(get("agencyID"), get("id"), get("version"))
}

/// Takes a name over: the English one, or else the first.
fn take_name(xml: &mut Xml, name: &mut String) -> Result<(), Error> {
    let english = xml.attributes.get("xml:lang").is_none_or(|lang| lang.starts_with("en"));
    let text = xml.text_to_end()?;
    if name.is_empty() || english {
        *name = text;
    }
    Ok(())
}

fn codelist(xml: &mut Xml) -> Result<Codelist, Error> {
    let reference = own_reference(xml);
    let (mut name, mut codes) = (String::new(), Vec::new());
    while xml.child()? {
        match xml.name.as_str() {
            "Name" => take_name(xml, &mut name)?,
            "Code" => codes.push(code(xml)?),
            _ => xml.skip()?,
        }
    }
    Ok(Codelist::new(reference, name, codes))
}

fn code(xml: &mut Xml) -> Result<Code, Error> {
    let id = required(xml, "id")?;
    let (mut name, mut parent) = (String::new(), None);
    while xml.child()? {
        match xml.name.as_str() {
            "Name" => take_name(xml, &mut name)?,
            "Parent" => parent = item(xml)?.map(|(_, id)| id).filter(|id| !id.is_empty()),
            _ => xml.skip()?,
        }
    }
    Ok(Code { id, name, parent })
}

fn concept_scheme(xml: &mut Xml, into: &mut Vec<Concept>) -> Result<(), Error> {
    let scheme = own_reference(xml);
    while xml.child()? {
        if xml.name != "Concept" {
            xml.skip()?;
            continue;
        }
        let id = required(xml, "id")?;
        let mut concept = Concept {
            scheme: scheme.clone(),
            id,
            name: String::new(),
            representation: Representation::default(),
        };
        while xml.child()? {
            match xml.name.as_str() {
                "Name" => take_name(xml, &mut concept.name)?,
                "CoreRepresentation" => concept.representation = representation(xml)?,
                _ => xml.skip()?,
            }
        }
        into.push(concept);
    }
    Ok(())
}

fn representation(xml: &mut Xml) -> Result<Representation, Error> {
    let mut found = Representation::default();
    while xml.child()? {
        match xml.name.as_str() {
            "Enumeration" => found.list = item(xml)?.map(|(list, _)| list),
            "TextFormat" => {
                found.text_type = xml.attributes.get("textType").unwrap_or("String").into();
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

/// What the current element refers to, by a Ref element or a URN: what holds it, and the item's id.
pub(crate) fn item(xml: &mut Xml) -> Result<Option<(Reference, String)>, Error> {
    let mut found = None;
    let mut urn = String::new();
    let mut depth = 0;
    loop {
        match xml.next()? {
            Node::Start => {
                depth += 1;
                if xml.name == "Ref" {
                    let get = |name| xml.attributes.get(name).unwrap_or_default();
                    let parent = get("maintainableParentID");
                    let (id, version) = if parent.is_empty() {
                        (get("id"), get("version"))
                    } else {
                        (parent, get("maintainableParentVersion"))
                    };
                    let holder = Reference::new(get("agencyID"), id, version);
                    found = Some((holder, get("id").to_string()));
                }
            }
            Node::Text => urn.push_str(&xml.text),
            Node::End if depth == 0 => break,
            Node::End => depth -= 1,
            Node::Eof => return Err(xml.ended()),
        }
    }
    if found.is_some() {
        return Ok(found);
    }
    let urn = urn.trim();
    if let Some(holder) = Reference::parse(urn) {
        let item = urn.rsplit_once(").").map_or("", |(_, item)| item);
        return Ok(Some((holder, item.to_string())));
    }
    // 3.0 names dimensions, measures and parents by their id alone.
    Ok((!urn.is_empty()).then(|| (Reference::default(), urn.to_string())))
}

fn dataflow(xml: &mut Xml) -> Result<Dataflow, Error> {
    let mut flow = Dataflow { reference: own_reference(xml), name: String::new(), structure: None };
    while xml.child()? {
        match xml.name.as_str() {
            "Name" => take_name(xml, &mut flow.name)?,
            "Structure" => flow.structure = item(xml)?.map(|(structure, _)| structure),
            _ => xml.skip()?,
        }
    }
    Ok(flow)
}

fn data_structure(xml: &mut Xml) -> Result<Structure, Error> {
    let mut structure = Structure {
        reference: own_reference(xml),
        name: String::new(),
        dataflow: None,
        dimensions: Vec::new(),
        time: None,
        measure: Component::text("OBS_VALUE", "", "Double"),
        attributes: Vec::new(),
    };
    while xml.child()? {
        match xml.name.as_str() {
            "Name" => take_name(xml, &mut structure.name)?,
            "DataStructureComponents" => {
                while xml.child()? {
                    match xml.name.as_str() {
                        "DimensionList" => dimensions(xml, &mut structure)?,
                        "AttributeList" => attributes(xml, &mut structure)?,
                        "MeasureList" => measures(xml, &mut structure)?,
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(structure)
}

fn dimensions(xml: &mut Xml, structure: &mut Structure) -> Result<(), Error> {
    let mut placed: Vec<(usize, bool, Component)> = Vec::new();
    while xml.child()? {
        if !matches!(xml.name.as_str(), "Dimension" | "TimeDimension" | "MeasureDimension") {
            xml.skip()?;
            continue;
        }
        let is_time = xml.name == "TimeDimension";
        let position = xml.attributes.get("position").and_then(|text| text.parse().ok());
        // The time dimension is the last of the key, whether or not it has a position.
        let position = if is_time { usize::MAX } else { position.unwrap_or(placed.len() + 1) };
        let (component, _, _) = component(xml)?;
        placed.push((position, is_time, component));
    }
    placed.sort_by_key(|(position, ..)| *position);
    structure.time = placed.iter().position(|(_, is_time, _)| *is_time);
    structure.dimensions = placed.into_iter().map(|(.., component)| component).collect();
    Ok(())
}

fn attributes(xml: &mut Xml, structure: &mut Structure) -> Result<(), Error> {
    while xml.child()? {
        if xml.name == "Attribute" {
            let (component, mandatory, attachment) = component(xml)?;
            structure.attributes.push(Attribute { component, mandatory, attachment });
        } else {
            xml.skip()?;
        }
    }
    Ok(())
}

fn measures(xml: &mut Xml, structure: &mut Structure) -> Result<(), Error> {
    let mut found = false;
    while xml.child()? {
        let place = xml.place();
        if !matches!(xml.name.as_str(), "PrimaryMeasure" | "Measure") {
            xml.skip()?;
            continue;
        }
        let (component, ..) = component(xml)?;
        if found {
            let message = format!(
                "a second measure, {}; only structures with one measure are read",
                component.id
            );
            return Err(Error::invalid(place, message));
        }
        structure.measure = component;
        found = true;
    }
    Ok(())
}

/// A component, whether it is mandatory, and what it is attached to.
fn component(xml: &mut Xml) -> Result<(Component, bool, Attachment), Error> {
    let place = xml.place();
    let mut id = xml.attributes.get("id").unwrap_or_default().to_string();
    let status = xml.attributes.get("assignmentStatus").or_else(|| xml.attributes.get("usage"));
    let mandatory = status.is_some_and(|status| status.eq_ignore_ascii_case("mandatory"));
    let mut concept = None;
    let mut found = Representation::default();
    let mut attachment = Attachment::Observation;
    while xml.child()? {
        match xml.name.as_str() {
            "ConceptIdentity" => concept = item(xml)?,
            "LocalRepresentation" => found = representation(xml)?,
            "AttributeRelationship" => attachment = relationship(xml)?,
            _ => xml.skip()?,
        }
    }
    if id.is_empty() {
        id = concept.as_ref().map(|(_, id)| id.clone()).unwrap_or_default();
    }
    if id.is_empty() {
        return Err(Error::invalid(place, "a component without id and without concept"));
    }
    let component =
        Component { id, name: String::new(), concept, representation: found, codes: None };
    Ok((component, mandatory, attachment))
}

fn relationship(xml: &mut Xml) -> Result<Attachment, Error> {
    let mut dimensions = Vec::new();
    let mut attachment = None;
    while xml.child()? {
        match xml.name.as_str() {
            "Dimension" => dimensions.extend(item(xml)?.map(|(_, id)| id)),
            "None" | "Dataflow" => {
                attachment = Some(Attachment::DataSet);
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(match attachment {
        Some(attachment) => attachment,
        None if dimensions.is_empty() => Attachment::Observation,
        None => Attachment::Dimensions(dimensions),
    })
}

fn constraint(xml: &mut Xml) -> Result<Constraint, Error> {
    let mut constraint =
        Constraint { reference: own_reference(xml), attached: Vec::new(), regions: Vec::new() };
    while xml.child()? {
        match xml.name.as_str() {
            "ConstraintAttachment" => {
                while xml.child()? {
                    constraint.attached.extend(item(xml)?.map(|(reference, _)| reference));
                }
            }
            "CubeRegion" => {
                let included = is_included(xml, "include");
                let values = key_values(xml)?;
                constraint.regions.push(Region { included, values });
            }
            "DataKeySet" => {
                let included = is_included(xml, "isIncluded");
                while xml.child()? {
                    let values = key_values(xml)?;
                    constraint.regions.push(Region { included, values });
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(constraint)
}

fn is_included(xml: &Xml, attribute: &str) -> bool {
    !matches!(xml.attributes.get(attribute), Some("false" | "0"))
}

/// The components of a key or cube region with their codes. A time range names no codes and is left
/// out: it says when, not what.
fn key_values(xml: &mut Xml) -> Result<Vec<(String, Vec<String>)>, Error> {
    let mut values = Vec::new();
    while xml.child()? {
        let id = xml.attributes.get("id").unwrap_or_default().to_string();
        let mut codes = Vec::new();
        while xml.child()? {
            if xml.name == "Value" {
                codes.push(xml.text_to_end()?);
            } else {
                xml.skip()?;
            }
        }
        if !codes.is_empty() {
            values.push((id, codes));
        }
    }
    Ok(values)
}

fn required(xml: &Xml, attribute: &str) -> Result<String, Error> {
    match xml.attributes.get(attribute) {
        Some(value) if !value.is_empty() => Ok(value.into()),
        _ => Err(xml.invalid(format!("{} has no {attribute}", xml.name))),
    }
}
