//! Structures: which dimensions, attributes and code lists a data set has.

use crate::observation::FIGURES;
use crate::{Columns, Error, nearest_codes};
use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::Arc;

/// What identifies a structure, dataflow, code list or concept scheme: `IAEG-SDGs:SDG(1.4)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Reference {
    /// Agency that maintains it.
    pub agency: String,
    /// Identifier.
    pub id: String,
    /// Version; `1.0` where none is given.
    pub version: String,
}

impl Reference {
    /// From its parts.
    pub fn new(agency: &str, id: &str, version: &str) -> Reference {
        let version = if version.is_empty() { "1.0" } else { version };
        Reference { agency: agency.into(), id: id.into(), version: version.into() }
    }

    /// From `AGENCY:ID(VERSION)`, `AGENCY:ID` or a URN, whose class and item are left out.
    ///
    /// ```
    /// use inclusion_sdmx::Reference;
    /// let urn = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.0)";
    /// assert_eq!(Reference::parse(urn), Some(Reference::new("SDMX", "CL_FREQ", "2.0")));
    /// assert_eq!(Reference::parse("SDMX:CL_FREQ"), Some(Reference::new("SDMX", "CL_FREQ", "1.0")));
    /// assert_eq!(Reference::parse("CL_FREQ"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Reference> {
        let text = text.trim();
        let text = text.rsplit_once('=').map_or(text, |(_, short)| short);
        let (agency, rest) = text.split_once(':')?;
        let (id, version) = match rest.split_once('(') {
            Some((id, rest)) => (id, rest.split_once(')')?.0),
            None => (rest, ""),
        };
        let named = !agency.is_empty() && !id.is_empty() && !id.contains([' ', ':']);
        named.then(|| Reference::new(agency, id, version))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}({})", self.agency, self.id, self.version)
    }
}

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub id: String,
    /// Its name, in English where the file has it.
    pub name: String,
    /// The code above it.
    pub parent: Option<String>,
}

/// A code list.
#[derive(Debug, Clone)]
pub struct Codelist {
    /// What it is called.
    pub reference: Reference,
    /// Its name.
    pub name: String,
    codes: Vec<Code>,
    index: FxHashMap<String, u32>,
}

impl Codelist {
    /// A list of codes; of two with the same id the first counts.
    pub fn new(reference: Reference, name: impl Into<String>, codes: Vec<Code>) -> Codelist {
        let mut index = FxHashMap::default();
        let mut kept: Vec<Code> = Vec::with_capacity(codes.len());
        for code in codes {
            index.entry(code.id.clone()).or_insert_with(|| {
                kept.push(code);
                kept.len() as u32 - 1
            });
        }
        Codelist { reference, name: name.into(), codes: kept, index }
    }

    /// The codes, in the order of the file.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Position of a code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.index.get(code).map(|at| *at as usize)
    }

    /// The code that is the same but for upper and lower case, if there is one alone.
    pub fn without_case(&self, code: &str) -> Option<&Code> {
        let mut same = self.codes.iter().filter(|own| own.id.eq_ignore_ascii_case(code));
        let found = same.next()?;
        same.next().is_none().then_some(found)
    }

    /// The nearest codes to one that it does not have.
    pub fn nearest(&self, code: &str) -> Vec<String> {
        nearest_codes(code, self.codes.iter().map(|own| (own.id.as_str(), own.name.as_str())))
    }
}

/// What values a component has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Representation {
    /// The code list it refers to.
    pub list: Option<Reference>,
    /// The text type of SDMX: `Double`, `String`, `ObservationalTimePeriod`; empty where none is given.
    pub text_type: String,
}

/// A concept of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its scheme.
    pub scheme: Reference,
    /// Its id in the scheme.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What values it has where a component does not say otherwise.
    pub representation: Representation,
}

/// A dimension, measure or attribute.
#[derive(Debug, Clone)]
pub struct Component {
    /// The column or XML attribute that holds it.
    pub id: String,
    /// Name of its concept; empty where the file does not tell.
    pub name: String,
    /// Scheme and id of its concept.
    pub concept: Option<(Reference, String)>,
    /// What values it has.
    pub representation: Representation,
    /// The code list, where the file holds it.
    pub codes: Option<Arc<Codelist>>,
}

impl Component {
    /// A component without a code list.
    pub fn text(id: &str, name: &str, text_type: &str) -> Component {
        let representation = Representation { list: None, text_type: text_type.into() };
        Component { id: id.into(), name: name.into(), concept: None, representation, codes: None }
    }

    /// A component with a code list.
    pub fn coded(id: &str, name: &str, codes: Arc<Codelist>) -> Component {
        let list = Some(codes.reference.clone());
        let representation = Representation { list, text_type: String::new() };
        let codes = Some(codes);
        Component { id: id.into(), name: name.into(), concept: None, representation, codes }
    }

    /// Its texts are numbers.
    pub fn is_number(&self) -> bool {
        const NUMBERS: [&str; 8] =
            ["Double", "Float", "Decimal", "Integer", "Long", "Short", "BigInteger", "Count"];
        NUMBERS.contains(&self.representation.text_type.as_str())
    }

    /// An attribute that is a figure, and so never stands beside a withheld value.
    pub(crate) fn is_figure(&self) -> bool {
        self.representation.list.is_none()
            && (self.is_number() || FIGURES.contains(&self.id.as_str()))
    }
}

/// What an attribute belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attachment {
    /// Each observation.
    Observation,
    /// The dimensions named: a series, or a group.
    Dimensions(Vec<String>),
    /// The whole data set.
    DataSet,
}

/// An attribute of a structure.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// What it is.
    pub component: Component,
    /// Every observation has it.
    pub mandatory: bool,
    /// What it belongs to.
    pub attachment: Attachment,
}

/// A dataflow: a name under which data of a structure are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataflow {
    /// What it is called.
    pub reference: Reference,
    /// Its name.
    pub name: String,
    /// The structure of its data.
    pub structure: Option<Reference>,
}

/// The structure of a data set.
#[derive(Debug, Clone)]
pub struct Structure {
    /// What it is called.
    pub reference: Reference,
    /// Its name.
    pub name: String,
    /// The dataflow that is named in data files, where the structure file has one.
    pub dataflow: Option<Dataflow>,
    /// The dimensions in the order of the key, the time dimension among them.
    pub dimensions: Vec<Component>,
    /// Position of the time dimension.
    pub time: Option<usize>,
    /// The measure.
    pub measure: Component,
    /// The attributes in the order of the file.
    pub attributes: Vec<Attribute>,
}

impl Structure {
    /// A structure without code lists, for data that come without one.
    pub fn of_columns(reference: Reference, columns: &Columns) -> Structure {
        let text = |id: &String| Component::text(id, "", "");
        let attribute = |id: &String| Attribute {
            component: text(id),
            mandatory: false,
            attachment: Attachment::Observation,
        };
        Structure {
            reference,
            name: String::new(),
            dataflow: None,
            dimensions: columns.dimensions.iter().map(text).collect(),
            time: columns.dimension("TIME_PERIOD"),
            measure: Component::text(&columns.measure, "", "Double"),
            attributes: columns.attributes.iter().map(attribute).collect(),
        }
    }

    /// Its columns, with all attributes.
    pub fn columns(&self) -> Columns {
        Columns {
            dimensions: self.dimensions.iter().map(|own| own.id.clone()).collect(),
            measure: self.measure.id.clone(),
            attributes: self.attributes.iter().map(|own| own.component.id.clone()).collect(),
        }
    }

    /// A dimension, the measure or an attribute by its id.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components().find(|own| own.id == id)
    }

    /// All dimensions, the measure, all attributes.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        let attributes = self.attributes.iter().map(|own| &own.component);
        self.dimensions.iter().chain([&self.measure]).chain(attributes)
    }

    /// Code lists that it names and its file does not hold: their codes cannot be checked.
    pub fn lists_not_there(&self) -> Vec<&Reference> {
        let mut lists: Vec<&Reference> = self
            .components()
            .filter(|own| own.codes.is_none())
            .filter_map(|own| own.representation.list.as_ref())
            .collect();
        lists.sort();
        lists.dedup();
        lists
    }
}

/// Keys that a content constraint lets in or leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The keys are let in.
    pub included: bool,
    /// Component → its codes. A component that is not named takes any.
    pub values: Vec<(String, Vec<String>)>,
}

/// A content constraint of a structure or dataflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// What it is called.
    pub reference: Reference,
    /// The structures and dataflows it is attached to.
    pub attached: Vec<Reference>,
    /// Its cube regions and keys. A key is let in by one region that includes it, if there are any,
    /// and by none that excludes it.
    pub regions: Vec<Region>,
}

/// What a structure message holds.
#[derive(Debug, Clone, Default)]
pub struct Structures {
    /// Code lists.
    pub codelists: Vec<Arc<Codelist>>,
    /// Concepts of all schemes.
    pub concepts: Vec<Concept>,
    /// Dataflows.
    pub dataflows: Vec<Dataflow>,
    /// Content constraints.
    pub constraints: Vec<Constraint>,
    /// Structures; take them by [`Structures::structure`], which finds their lists.
    pub(crate) definitions: Vec<Structure>,
}

impl Structures {
    /// Adds what another message holds, such as code lists in a file of their own.
    pub fn extend(&mut self, other: Structures) {
        self.codelists.extend(other.codelists);
        self.concepts.extend(other.concepts);
        self.dataflows.extend(other.dataflows);
        self.constraints.extend(other.constraints);
        self.definitions.extend(other.definitions);
    }

    /// The structures by name.
    pub fn names(&self) -> Vec<&Reference> {
        self.definitions.iter().map(|own| &own.reference).collect()
    }

    /// A structure with its code lists, by `AGENCY:ID(VERSION)`, `ID`, or the name of a dataflow;
    /// the only one where nothing is asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Structure`] if there is none of that name, or several and none is named.
    pub fn structure(&self, named: Option<&str>) -> Result<Structure, Error> {
        let is = |own: &Reference| {
            named.is_none_or(|name| own.id == name || own.to_string() == name.trim())
        };
        let by_flow = |own: &Structure| {
            let flows = self.dataflows.iter().filter(|flow| is(&flow.reference));
            flows.clone().any(|flow| flow.structure.as_ref() == Some(&own.reference))
        };
        let mut found: Vec<&Structure> =
            self.definitions.iter().filter(|own| is(&own.reference)).collect();
        if found.is_empty() {
            found = self.definitions.iter().filter(|own| by_flow(own)).collect();
        }
        let names = || {
            let names: Vec<String> = self.names().iter().map(ToString::to_string).collect();
            if names.is_empty() { "none".to_string() } else { names.join(", ") }
        };
        match found.as_slice() {
            [one] => Ok(self.resolved(one)),
            [] => Err(Error::Structure(format!(
                "no data structure{} in the structure file; there: {}",
                named.map(|name| format!(" `{name}`")).unwrap_or_default(),
                names()
            ))),
            _ => Err(Error::Structure(format!("several data structures; name one: {}", names()))),
        }
    }

    /// The content constraints that are attached to a structure or to its dataflow.
    pub fn constraints_of(&self, structure: &Structure) -> Vec<Constraint> {
        let flow = structure.dataflow.as_ref().map(|flow| &flow.reference);
        let is = |own: &Reference| *own == structure.reference || Some(own) == flow;
        self.constraints.iter().filter(|own| own.attached.iter().any(is)).cloned().collect()
    }

    fn resolved(&self, definition: &Structure) -> Structure {
        let mut structure = definition.clone();
        let attributes = structure.attributes.iter_mut().map(|own| &mut own.component);
        for component in
            structure.dimensions.iter_mut().chain([&mut structure.measure]).chain(attributes)
        {
            self.resolve(component);
        }
        let of_it = |flow: &&Dataflow| flow.structure.as_ref() == Some(&structure.reference);
        structure.dataflow = self.dataflows.iter().find(of_it).cloned();
        structure
    }

    fn resolve(&self, component: &mut Component) {
        let concept = component.concept.as_ref().and_then(|(scheme, id)| {
            // A later version of the scheme names the concept as well as the one referred to.
            let same = |own: &&Concept| {
                own.id == *id && own.scheme.agency == scheme.agency && own.scheme.id == scheme.id
            };
            let exact = |own: &&Concept| own.id == *id && own.scheme == *scheme;
            self.concepts.iter().find(exact).or_else(|| self.concepts.iter().find(same))
        });
        if let Some(concept) = concept {
            component.name.clone_from(&concept.name);
            if component.representation == Representation::default() {
                component.representation = concept.representation.clone();
            }
        }
        component.codes = component.representation.list.as_ref().and_then(|list| self.list(list));
    }

    /// The list of exactly that version; of a version with a wildcard (`1.0+`), the last one there.
    fn list(&self, wanted: &Reference) -> Option<Arc<Codelist>> {
        let exact = self.codelists.iter().find(|own| own.reference == *wanted);
        let open = wanted.version.contains(['+', '*']);
        let same = |own: &&Arc<Codelist>| {
            open && own.reference.agency == wanted.agency && own.reference.id == wanted.id
        };
        exact.or_else(|| self.codelists.iter().rfind(same)).cloned()
    }
}
