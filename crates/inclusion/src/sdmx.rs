//! Reviewed rows of a study as SDMX: in the structure of our own, or in one that a file gives.

use crate::plan::Prepared;
use crate::walk::Walked;
use crate::world::GroupFigure;
use crate::{Error, output};
use inclusion_disclosure::Row;
use inclusion_registry::{AreaKind, Areas};
use inclusion_sdmx::{
    Format, MapOptions, Mapped, MessageHeader, MlVersion, OwnNames, OwnStructure, Published, Rules,
    SeriesConstraints, Structure, WriteOptions, Writer, own_observations, read_structures,
    sdg_observations, write_structure,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be written.
#[derive(Debug, Clone, Default)]
pub struct SdmxRequest {
    /// The file of the data.
    pub output: PathBuf,
    /// Format of the data.
    pub format: Format,
    /// A structure message with the structure to use; the program's own if left out.
    pub structure: Option<PathBuf>,
    /// Its id, where the message has several.
    pub structure_id: Option<String>,
    /// Which codes each series takes.
    pub constraints: Option<PathBuf>,
    /// Where the program's own structure goes, ML 3.0 for data in ML 3.0, else ML 2.1.
    pub own_structure: Option<PathBuf>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdmxWritten {
    /// Files.
    pub paths: Vec<PathBuf>,
    /// Observations.
    pub observations: u64,
    /// Those of them that have a value.
    pub valued: u64,
    /// Rows that the structure cannot say, by reason.
    pub left_out: BTreeMap<String, u64>,
}

/// Writes the reviewed rows of a walked study.
///
/// The same study and rows give the same bytes: the time of the message is a fixed one.
///
/// # Errors
///
/// [`Error::Sdmx`] names what a structure does not know; [`Error::Write`].
pub fn write_sdmx(
    prepared: &Prepared,
    walked: &Walked,
    request: &SdmxRequest,
) -> Result<SdmxWritten, Error> {
    let constraints = match &request.constraints {
        Some(path) => Some(SeriesConstraints::read(path)?),
        None => None,
    };
    let mut options = map_options(walked);
    options.constraints = constraints.as_ref();
    let (publishable, registry) = (&walked.publishable, &prepared.registry);
    let mut paths = Vec::new();
    let mut rules = Rules { series: constraints.as_ref(), ..Rules::default() };
    let found;
    let (structure, mapped): (Structure, Mapped) = match &request.structure {
        None => {
            let own = OwnStructure::new(publishable.rows(), registry, &names(prepared, walked))?;
            let mapped = own_observations(publishable, registry, &own, &options)?;
            if let Some(path) = &request.own_structure {
                let version = match request.format {
                    Format::Ml30 => MlVersion::V30,
                    Format::Csv1 | Format::Csv2 | Format::Ml21 => MlVersion::V21,
                };
                let mut bytes = Vec::new();
                write_structure(&mut bytes, &own.structure, version, &MessageHeader::default())?;
                output::write(path, &bytes)?;
                paths.push(path.clone());
            }
            (own.structure, mapped)
        }
        Some(path) => {
            let structures = read_structures(path)?;
            let structure = structures.structure(request.structure_id.as_deref())?;
            found = structures.constraints_of(&structure);
            rules.constraints = &found;
            let mapped = sdg_observations(publishable, registry, &structure, &options)?;
            (structure, mapped)
        }
    };
    let valued = mapped.observations.iter().filter(|own| own.value.is_some()).count() as u64;
    let options = WriteOptions { format: request.format, rules, ..WriteOptions::default() };
    let mut writer = Writer::new(Vec::new(), &structure, &options)?;
    for observation in &mapped.observations {
        writer.write(observation)?;
    }
    let (bytes, counts) = writer.finish()?;
    output::write(&request.output, &bytes)?;
    paths.insert(0, request.output.clone());
    let mut left_out = BTreeMap::new();
    for row in mapped.left_out {
        *left_out.entry(row.reason).or_default() += 1;
    }
    Ok(SdmxWritten { paths, observations: counts.observations, valued, left_out })
}

/// The format of a name: CSV 2.0 for `.csv`, ML 3.0 for `.xml`.
///
/// # Errors
///
/// [`Error::Usage`] for another ending.
pub fn sdmx_format(path: &Path) -> Result<Format, Error> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv") => Ok(Format::Csv2),
        Some("xml") => Ok(Format::Ml30),
        _ => Err(Error::Usage(format!(
            "SDMX is written as `.csv` (SDMX-CSV) or `.xml` (SDMX-ML), and `{}` ends in neither",
            path.display()
        ))),
    }
}

/// The source of groups, which tells them from those that the custodian of a series publishes.
const OWN_AGGREGATE: &str = "Own aggregation of published figures of countries";

/// Codes of areas as the structure of the goals has them, and what sources say of their figures.
fn map_options(walked: &Walked) -> MapOptions<'static> {
    let mut options = MapOptions::default();
    for area in Areas::builtin().iter() {
        let code = match &area.m49 {
            Some(code) => code.trim_start_matches('0').to_string(),
            None => continue,
        };
        options.areas.insert(area.id.clone(), code);
        if area.kind == AreaKind::Group {
            options.groups.insert(area.id.clone());
        }
    }
    for group in &walked.world.aggregates {
        options.groups.insert(group.group.clone());
        let code = group.group.trim_start_matches('0');
        if !code.is_empty() && code.bytes().all(|digit| digit.is_ascii_digit()) {
            options.areas.insert(group.group.clone(), code.to_string());
        }
    }
    for (key, about) in &walked.world.about {
        let (status, others) = worst(&about.obs_status);
        let notes = about.footnotes.iter().map(|note| note.to_string());
        let also = (!others.is_empty())
            .then(|| format!("Of the status {} too, by its source.", others.join(", ")));
        let published = Published {
            age: Some(about.age.to_string()),
            nature: about.nature.as_deref().map(str::to_string),
            status: status.map(str::to_string),
            source: about.source.as_deref().map(str::to_string),
            reporting: about.reporting.as_deref().map(str::to_string),
            bounds: about.bounds,
            notes: notes.chain(also).collect(),
        };
        options.published.insert(key.clone(), published);
    }
    for rate in walked.world.aggregates.iter().flat_map(GroupFigure::rates) {
        let published = Published {
            age: Some(rate.age.to_string()),
            source: Some(OWN_AGGREGATE.to_string()),
            notes: vec![rate.note()],
            ..Published::default()
        };
        options.published.insert(rate.key, published);
    }
    options
}

/// Statuses of the code list, of which an observation has one: what most changes how it is read comes first.
const STATUSES: [&str; 12] = ["Q", "U", "D", "B", "F", "I", "E", "P", "S", "V", "W", "A"];

/// The status that counts, whatever the order in which a source writes several, and the others.
fn worst(statuses: &[Arc<str>]) -> (Option<&str>, Vec<&str>) {
    let place = |code: &&str| STATUSES.iter().position(|own| own == code).unwrap_or(STATUSES.len());
    let mut codes: Vec<&str> = statuses.iter().map(|code| &**code).collect();
    codes.sort_by_key(|code| (place(code), *code));
    codes.dedup();
    let first = codes.first().copied();
    let others = codes.into_iter().skip(1).filter(|code| *code != "A").collect();
    (first, others)
}

/// Names of the areas and sources that occur.
fn names(prepared: &Prepared, walked: &Walked) -> OwnNames {
    let mut names = OwnNames::default();
    let rows: &[Row] = walked.publishable.rows();
    let areas: BTreeSet<&str> = rows.iter().map(|row| row.key.ref_area.as_str()).collect();
    for area in areas {
        if let Some(known) = Areas::builtin().get(area) {
            names.areas.insert(area.to_string(), known.name.clone());
        }
    }
    for group in &walked.world.aggregates {
        names.areas.insert(group.group.clone(), group.name.clone());
    }
    for sample in &prepared.samples {
        names.areas.insert(sample.plan.ref_area.clone(), sample.area_name.clone());
        let recipes = sample.parts.iter().map(|part| part.recipe.name.as_str());
        let recipes: Vec<&str> = recipes.collect();
        names.sources.insert(sample.plan.sample.clone(), recipes.join("; "));
        names.concepts.extend(sample.plan.concepts.values().cloned());
    }
    let of_countries = walked.world.about.values().map(|about| &*about.age);
    let of_groups = walked.world.aggregates.iter().flat_map(|own| [&*own.age, &*own.age_of_all]);
    for age in of_countries.chain(of_groups) {
        let name = match (age, crate::world::report::ages(age)) {
            ("_T", _) => "All ages, or no breakdown".to_string(),
            ("_X", _) => "Not stated".to_string(),
            ("_U", _) => "Not known".to_string(),
            (code, years) if years.is_empty() => code.to_string(),
            (_, years) => format!("{years} years"),
        };
        names.ages.insert(age.to_string(), name);
    }
    for series in prepared.world.iter().flat_map(|world| &world.series) {
        names.sources.insert(series.id.clone(), series.recipe.name.clone());
    }
    names
}
