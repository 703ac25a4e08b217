//! The project's own structure: every dimension of a publishable row, with what a row says beyond the
//! structure of the Sustainable Development Goals (standard errors, cases, gaps, our age bands).
//!
//! Dimensions and codes come from the registry's concepts. Those that share a dimension of the SDG
//! structure share it here; where their codes mean different things (a fifth of wealth, a fifth of
//! income) the code begins with the concept's id. Areas, sources, regions and ethnic groups are those
//! of the rows.

use crate::Error;
use crate::structure::{
    Attachment, Attribute, Code, Codelist, Component, Dataflow, Reference, Structure,
};
use inclusion_disclosure::Row;
use inclusion_estimate::Measure;
use inclusion_registry::{Concept, ConceptKind, Registry};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The agency of the structure.
pub const AGENCY: &str = "INCLUSION";
const VERSION: &str = "1.0";

/// Dimensions of the SDG structure in its order; the project's own follow by name.
const SDG_ORDER: [&str; 7] = [
    "SEX",
    "AGE",
    "URBANISATION",
    "INCOME_WEALTH_QUANTILE",
    "EDUCATION_LEV",
    "OCCUPATION",
    "DISABILITY_STATUS",
];

/// Names that the registry does not have.
#[derive(Debug, Clone, Default)]
pub struct OwnNames {
    /// Area code → name.
    pub areas: BTreeMap<String, String>,
    /// Source id → name.
    pub sources: BTreeMap<String, String>,
    /// Ages of published figures: code → name.
    pub ages: BTreeMap<String, String>,
    /// Concepts as the recipes have them, with the names of their regions and groups.
    pub concepts: Vec<Concept>,
}

/// A breakdown concept in the structure.
#[derive(Debug, Clone)]
struct Placed {
    dimension: String,
    /// Code of the registry → code here.
    codes: BTreeMap<String, String>,
}

/// The project's own structure, and where each concept stands in it.
#[derive(Debug, Clone)]
pub struct OwnStructure {
    /// The structure.
    pub structure: Structure,
    concepts: BTreeMap<String, Placed>,
}

impl OwnStructure {
    /// The structure for these rows; without rows, that of the program.
    ///
    /// # Errors
    ///
    /// [`Error::Structure`] if two codes of one dimension would become the same, as `a/b` and `a_b`.
    ///
    /// ```
    /// use inclusion_sdmx::{OwnNames, OwnStructure};
    /// let registry = inclusion_registry::Registry::builtin().unwrap();
    /// let own = OwnStructure::new(&[], &registry, &OwnNames::default())?;
    /// assert_eq!(own.structure.reference.to_string(), "INCLUSION:INCLUSION(1.0)");
    /// let ages = own.structure.component("AGE").unwrap().codes.as_ref().unwrap();
    /// assert!(ages.position("Y15T24").is_some());
    /// # Ok::<(), inclusion_sdmx::Error>(())
    /// ```
    pub fn new(rows: &[Row], registry: &Registry, names: &OwnNames) -> Result<OwnStructure, Error> {
        let mut lists = Lists::default();
        let mut concepts = BTreeMap::new();
        // A contrast has two keys, and codes such as `R/U`: it has no place here.
        let rows: Vec<&Row> = rows.iter().filter(|row| !row.key.measure.is_contrast()).collect();
        let breakdowns = registry.concepts.values();
        let breakdowns = breakdowns.filter(|c| c.breakdown && c.kind == ConceptKind::Category);
        let breakdowns: Vec<&Concept> = breakdowns.collect();
        for concept in &breakdowns {
            let dimension = dimension_of(concept);
            lists.add(&dimension, "_T", "No breakdown")?;
            let sharing = breakdowns.iter().filter(|own| dimension_of(own) == dimension).count();
            let mut codes = BTreeMap::new();
            let used = rows.iter().filter_map(|row| row.key.breakdown.get(&concept.id));
            let recipes = names.concepts.iter().filter(|own| own.id == concept.id);
            let known = recipes.chain([*concept]).flat_map(|own| &own.codes);
            let known: BTreeMap<&str, &inclusion_registry::Code> =
                known.map(|code| (code.id.as_str(), code)).collect();
            let listed = concept.codes.iter().map(|code| code.id.as_str());
            for id in listed.chain(used.map(|code| code.as_str())) {
                let code = known.get(id);
                let sdmx = code.and_then(|code| code.sdmx.as_deref()).unwrap_or(id);
                let band = code.is_some_and(|code| code.min.is_some() || code.max.is_some());
                let own = if sharing == 1 || band || sdmx.starts_with('_') {
                    code_id(sdmx)
                } else {
                    format!("{}_{}", concept.id.to_uppercase(), code_id(sdmx))
                };
                let name = code.map_or(id, |code| code.name.as_str());
                lists.add_from(&dimension, &own, name, id, &concept.id)?;
                codes.insert(id.to_string(), own);
            }
            concepts.insert(concept.id.clone(), Placed { dimension, codes });
        }
        fixed(&mut lists, &rows, registry, names)?;
        Ok(OwnStructure { structure: structure(&lists, &concepts), concepts })
    }

    /// Where a concept of a breakdown stands: its dimension, and its code there.
    pub(crate) fn place(&self, concept: &str, code: &str) -> Option<(&str, &str)> {
        let placed = self.concepts.get(concept)?;
        Some((placed.dimension.as_str(), placed.codes.get(code)?.as_str()))
    }
}

/// The dimension of a concept: that of the SDG structure, or its own id in capitals.
fn dimension_of(concept: &Concept) -> String {
    concept.dimension.clone().unwrap_or_else(|| concept.id.to_uppercase())
}

/// An id as SDMX allows it: letters, digits, `_`, `@`, `$` and `-`.
pub(crate) fn code_id(id: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '$' | '-');
    id.chars().map(|c| if allowed(c) { c } else { '_' }).collect()
}

/// Codes of each dimension and coded attribute, in order.
#[derive(Default)]
struct Lists {
    codes: BTreeMap<String, Vec<Code>>,
    /// Dimension and code → id that it was made of.
    origin: BTreeMap<(String, String), String>,
}

impl Lists {
    fn add(&mut self, list: &str, id: &str, name: &str) -> Result<(), Error> {
        self.add_from(list, id, name, id, list)
    }

    fn add_from(
        &mut self,
        list: &str,
        id: &str,
        name: &str,
        from: &str,
        of: &str,
    ) -> Result<(), Error> {
        let key = (list.to_string(), id.to_string());
        match self.origin.get(&key) {
            // Bands of the same ages have the same code, whatever the concept calls them.
            Some(other) if other == from || code_id(other) != code_id(from) => return Ok(()),
            Some(other) => {
                return Err(Error::Structure(format!(
                    "codes `{other}` and `{from}` of {of} would both become {id}; rename one of them"
                )));
            }
            None => {}
        }
        self.origin.insert(key, from.to_string());
        let codes = self.codes.entry(list.to_string()).or_default();
        codes.push(Code { id: id.into(), name: name.into(), parent: None });
        Ok(())
    }

    fn take(&self, list: &str) -> Arc<Codelist> {
        let reference = Reference::new(AGENCY, &format!("CL_{list}"), VERSION);
        let codes = self.codes.get(list).cloned().unwrap_or_default();
        Arc::new(Codelist::new(reference, list_name(list), codes))
    }
}

/// The lists that are no breakdown.
fn fixed(
    lists: &mut Lists,
    rows: &[&Row],
    registry: &Registry,
    names: &OwnNames,
) -> Result<(), Error> {
    lists.add("FREQ", "A", "Annual")?;
    for (code, name) in &names.ages {
        lists.add("AGE", code, name)?;
    }
    for row in rows {
        let (area, source) = (&row.key.ref_area, &row.key.source);
        let name = |names: &BTreeMap<String, String>, id: &str| {
            names.get(id).cloned().unwrap_or_else(|| id.to_string())
        };
        lists.add_from("REF_AREA", &code_id(area), &name(&names.areas, area), area, "REF_AREA")?;
        let named = name(&names.sources, source);
        lists.add_from("SOURCE", &code_id(source), &named, source, "SOURCE")?;
    }
    for indicator in registry.indicators.values() {
        let id = &indicator.id;
        lists.add_from("INDICATOR", &code_id(id), &indicator.name, id, "INDICATOR")?;
    }
    for (measure, name) in MEASURES {
        lists.add("MEASURE", measure.id(), name)?;
    }
    for row in rows {
        let id = row.key.measure.id();
        lists.add("MEASURE", id, &list_name(id))?;
    }
    for (list, codes) in
        [("OBS_STATUS", &STATUSES[..]), ("UNIT_MEASURE", &UNITS), ("NATURE", &NATURES)]
    {
        for (id, name) in codes {
            lists.add(list, id, name)?;
        }
    }
    for indicator in registry.indicators.values() {
        let id = own_unit(&indicator.unit);
        lists.add("UNIT_MEASURE", &id, &indicator.unit)?;
    }
    lists.add("UNIT_MULT", "0", "Units")
}

/// The code of an indicator's own unit.
pub(crate) fn own_unit(unit: &str) -> String {
    code_id(&unit.to_uppercase())
}

const MEASURES: [(Measure, &str); 10] = [
    (Measure::Level, "The indicator itself"),
    (Measure::Gap, "Men minus women"),
    (Measure::RelativeGap, "Men minus women, over men"),
    (Measure::Parity, "Women over men"),
    (
        Measure::AdjustedParity,
        "Women over men, or two minus men over women where that is above one",
    ),
    (Measure::UserDifference, "Men minus women, persons"),
    (Measure::WomenToParity, "Women to connect for parity, persons"),
    (Measure::ExcessOffline, "Women without over men without, minus one"),
    (Measure::Headcount, "Persons with the property"),
    (Measure::Nonresponse, "Share without a usable answer"),
];

/// Source: SDMX code list CL_OBS_STATUS.
const STATUSES: [(&str, &str); 20] = [
    ("A", "Normal value"),
    ("B", "Break in the series"),
    ("D", "Definition differs"),
    ("E", "Estimated"),
    ("F", "Forecast"),
    ("G", "Experimental"),
    ("I", "Imputed"),
    ("J", "Derogation"),
    ("K", "Included in another category"),
    ("N", "Not significant"),
    ("P", "Provisional"),
    ("S", "Special event"),
    ("U", "Low reliability: few cases"),
    ("V", "Not validated"),
    ("W", "Includes another category"),
    ("H", "Missing: holiday or weekend"),
    ("L", "Missing: exists and was not collected"),
    ("M", "Missing: cannot exist"),
    ("O", "Missing"),
    ("Q", "Suppressed"),
];

const UNITS: [(&str, &str); 3] =
    [("SHARE", "Share from 0 to 1"), ("RATIO", "Ratio"), ("COUNT", "Persons or households")];

const NATURES: [(&str, &str); 7] = [
    ("C", "Country data"),
    ("CA", "Country data, adjusted"),
    ("E", "Estimated"),
    ("M", "Modelled"),
    ("G", "Global monitoring"),
    ("N", "Not relevant"),
    ("_X", "Not stated"),
];

fn list_name(id: &str) -> String {
    let text = id.replace('_', " ").to_lowercase();
    let mut letters = text.chars();
    letters
        .next()
        .map_or(String::new(), |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

fn structure(lists: &Lists, concepts: &BTreeMap<String, Placed>) -> Structure {
    let mut breakdowns: Vec<&str> = concepts.values().map(|own| own.dimension.as_str()).collect();
    let rank = |id: &str| SDG_ORDER.iter().position(|own| *own == id).unwrap_or(SDG_ORDER.len());
    breakdowns.sort_by_key(|id| (rank(id), *id));
    breakdowns.dedup();
    let coded = |id: &str| Component::coded(id, &list_name(id), lists.take(id));
    let mut dimensions: Vec<Component> =
        ["FREQ", "REF_AREA", "SOURCE", "INDICATOR", "MEASURE"].map(coded).to_vec();
    dimensions.extend(breakdowns.into_iter().map(coded));
    dimensions.push(Component::text("TIME_PERIOD", "Time period", "ObservationalTimePeriod"));
    let attribute = |component: Component, mandatory: bool| Attribute {
        component,
        mandatory,
        attachment: Attachment::Observation,
    };
    let mut attributes: Vec<Attribute> =
        ["OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT"].map(|id| attribute(coded(id), true)).to_vec();
    attributes.push(attribute(coded("NATURE"), false));
    attributes
        .extend(FIGURES.map(|id| attribute(Component::text(id, &list_name(id), "Double"), false)));
    attributes
        .extend(TEXTS.map(|id| attribute(Component::text(id, &list_name(id), "String"), false)));
    let reference = Reference::new(AGENCY, "INCLUSION", VERSION);
    let name = "Digital inclusion by sex";
    Structure {
        time: Some(dimensions.len() - 1),
        dimensions,
        measure: Component::text("OBS_VALUE", "Observation value", "Double"),
        attributes,
        name: name.into(),
        dataflow: Some(Dataflow {
            reference: reference.clone(),
            name: name.into(),
            structure: Some(reference.clone()),
        }),
        reference,
    }
}

/// Attributes that are numbers, under the names of the data files.
pub(crate) const FIGURES: [&str; 10] = [
    "STD_ERROR",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "CONF_LEVEL",
    "DF",
    "CV",
    "DEFF",
    "N_EFFECTIVE",
    "N",
    "N_WEIGHTED",
];

/// Attributes that are texts.
pub(crate) const TEXTS: [&str; 5] =
    ["REASON", "NOTE", "COMMENT_OBS", "SOURCE_DETAIL", "TIME_DETAIL"];
