//! The agreed observations of the Sustainable Development Goals structure: written as others wrote
//! them, and read as others read them.

mod shared;

use inclusion_sdmx::{
    Counts, Format, MlVersion, Observation, Problem, ReadOptions, Reader, Rules, SeriesConstraints,
    Structure, Structures, Value, WriteOptions, Writer, read_structures, write_structure,
};
use std::path::{Path, PathBuf};

const FORMATS: [(Format, &str); 4] = [
    (Format::Csv2, "out-2.0.csv"),
    (Format::Csv1, "out-1.0.csv"),
    (Format::Ml21, "out-2.1.xml"),
    (Format::Ml30, "out-3.0.xml"),
];

struct Sdg {
    folder: PathBuf,
    structures: Structures,
    structure: Structure,
    constraints: SeriesConstraints,
}

fn sdg() -> Option<Sdg> {
    let folder = shared::folder("conformance/methods/sdmx")?;
    let structures = read_structures(&folder.join("sdg-structure-subset.xml")).unwrap();
    let structure = structures.structure(None).unwrap();
    let constraints = SeriesConstraints::read(&folder.join("series-constraints.csv")).unwrap();
    Some(Sdg { folder, structures, structure, constraints })
}

/// The attributes of the table of expected observations in its order, and the observations.
fn expected(sdg: &Sdg) -> (Vec<String>, Vec<Observation>) {
    let mut reader = csv::Reader::from_path(sdg.folder.join("expected.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let dimensions = sdg.structure.dimensions.len();
    let rows = reader.records().map(|record| {
        let cells: Vec<String> = record.unwrap().iter().map(String::from).collect();
        let attribute = |id: &String| {
            let cell = &cells[header.iter().position(|name| name == id)?];
            (!cell.is_empty()).then(|| cell.clone())
        };
        Observation {
            dimensions: cells[..dimensions].to_vec(),
            value: Value::parse(&cells[dimensions]),
            attributes: sdg.structure.columns().attributes.iter().map(attribute).collect(),
        }
    });
    let rows: Vec<Observation> = rows.collect();
    assert_eq!(rows.len(), 7);
    (header[dimensions + 1..].to_vec(), rows)
}

fn written(sdg: &Sdg, format: Format) -> Vec<u8> {
    let (attributes, rows) = expected(sdg);
    let rules = Rules { series: Some(&sdg.constraints), ..Rules::default() };
    let options =
        WriteOptions { format, attributes: Some(attributes), rules, ..WriteOptions::default() };
    let mut writer = Writer::new(Vec::new(), &sdg.structure, &options).unwrap();
    for row in &rows {
        writer.write(row).unwrap();
    }
    let (bytes, counts) = writer.finish().unwrap();
    assert_eq!((counts.observations, counts.missing), (7, 2));
    bytes
}

/// Observations by the names of their columns, empty attributes left out: what two files must agree in.
fn read(
    path: &Path,
    structure: &Structure,
    rules: &Rules<'_>,
) -> (Vec<Vec<(String, String)>>, Counts) {
    let options =
        ReadOptions { structure: Some(structure), rules: rules.clone(), ..ReadOptions::default() };
    let mut reader = Reader::open(path, &options).unwrap();
    let columns = reader.columns().clone();
    let mut rows = Vec::new();
    for observation in reader.by_ref() {
        let observation = observation.unwrap_or_else(|e| panic!("{e}"));
        let keys = columns.dimensions.iter().cloned().zip(observation.dimensions.iter().cloned());
        let value =
            observation.value.iter().map(|v| ("OBS_VALUE".to_string(), v.text().to_string()));
        let attributes = columns.attributes.iter().enumerate();
        let attributes = attributes.filter_map(|(at, name)| {
            observation.attribute(at).map(|text| (name.clone(), text.to_string()))
        });
        let mut row: Vec<(String, String)> = keys.chain(value).chain(attributes).collect();
        row.sort();
        rows.push(row);
    }
    (rows, reader.counts().clone())
}

#[test]
fn the_structure_file_gives_dimensions_attributes_and_codes() {
    let Some(sdg) = sdg() else { return };
    let structure = &sdg.structure;
    assert_eq!(structure.reference.to_string(), "IAEG-SDGs:SDG(1.4)");
    assert_eq!(structure.dataflow.as_ref().unwrap().reference.to_string(), "IAEG-SDGs:SDG(1.4)");
    let columns = structure.columns();
    assert_eq!(
        columns.dimensions.join(","),
        "FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,URBANISATION,INCOME_WEALTH_QUANTILE,\
         EDUCATION_LEV,OCCUPATION,CUST_BREAKDOWN,COMPOSITE_BREAKDOWN,DISABILITY_STATUS,ACTIVITY,\
         PRODUCT,TIME_PERIOD"
    );
    assert_eq!(structure.time, Some(15));
    let mandatory: Vec<&str> = structure
        .attributes
        .iter()
        .filter(|own| own.mandatory)
        .map(|own| own.component.id.as_str())
        .collect();
    assert_eq!(mandatory, ["OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE"]);
    assert!(structure.lists_not_there().is_empty());
    assert!(structure.component("LOWER_BOUND").unwrap().is_number());
    let sex = structure.component("SEX").unwrap();
    assert_eq!(sex.name, "Sex");
    let codes: Vec<&str> =
        sex.codes.as_ref().unwrap().codes().iter().map(|code| code.id.as_str()).collect();
    assert_eq!(codes, ["_T", "F", "M", "_N", "_O", "_U", "_X"]);
    assert_eq!(sdg.structures.codelists.len(), 20);
}

#[test]
fn expected_observations_are_written_as_the_accepted_sample_has_them() {
    let Some(sdg) = sdg() else { return };
    let sample = std::fs::read_to_string(sdg.folder.join("sample-2.0.csv")).unwrap();
    assert_eq!(String::from_utf8(written(&sdg, Format::Csv2)).unwrap(), sample);
    let first = sample.lines().next().unwrap().replace("STRUCTURE,STRUCTURE_ID,ACTION", "DATAFLOW");
    let csv1 = String::from_utf8(written(&sdg, Format::Csv1)).unwrap();
    assert_eq!(csv1.lines().next().unwrap(), first);
    assert_eq!(csv1.lines().nth(1).unwrap().split(',').next(), Some("IAEG-SDGs:SDG(1.4)"));
    // The observations of the XML sample, one a line.
    let sample = std::fs::read_to_string(sdg.folder.join("sample-3.0.xml")).unwrap();
    let observations = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| line.starts_with("<Obs "));
        lines.map(String::from).collect()
    };
    for format in [Format::Ml21, Format::Ml30] {
        let text = String::from_utf8(written(&sdg, format)).unwrap();
        assert_eq!(observations(&text), observations(&sample));
    }
}

#[test]
fn all_formats_and_the_accepted_samples_read_equal() {
    let Some(sdg) = sdg() else { return };
    let rules = Rules { series: Some(&sdg.constraints), ..Rules::default() };
    let (sample, counts) = read(&sdg.folder.join("sample-2.0.csv"), &sdg.structure, &rules);
    assert_eq!(sample.len(), 7);
    assert_eq!(counts, Counts { observations: 7, missing: 2, ..Counts::default() });
    let (attributes, rows) = expected(&sdg);
    assert_eq!(attributes.len(), 8);
    for (row, read) in rows.iter().zip(&sample) {
        let value =
            read.iter().find(|(name, _)| name == "OBS_VALUE").map(|(_, text)| text.as_str());
        assert_eq!(value, row.value.as_ref().map(|value| value.text()));
    }
    assert_eq!(read(&sdg.folder.join("sample-3.0.xml"), &sdg.structure, &rules).0, sample);
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in FORMATS {
        let path = folder.path().join(name);
        std::fs::write(&path, written(&sdg, format)).unwrap();
        assert_eq!(read(&path, &sdg.structure, &rules), (sample.clone(), counts.clone()), "{name}");
    }
}

#[test]
fn a_written_structure_reads_back_equal() {
    let Some(sdg) = sdg() else { return };
    let folder = tempfile::tempdir().unwrap();
    for version in [MlVersion::V21, MlVersion::V30] {
        let path = folder.path().join("structure.xml");
        let file = std::fs::File::create(&path).unwrap();
        write_structure(file, &sdg.structure, version, &Default::default()).unwrap();
        let again = read_structures(&path).unwrap().structure(None).unwrap();
        assert_eq!(again.reference, sdg.structure.reference);
        assert_eq!(again.dataflow, sdg.structure.dataflow);
        assert_eq!(again.columns(), sdg.structure.columns());
        for (own, back) in sdg.structure.components().zip(again.components()) {
            assert_eq!((&own.id, &own.name, &own.concept), (&back.id, &back.name, &back.concept));
            assert_eq!(own.is_number(), back.is_number(), "{}", own.id);
            let codes =
                |of: &inclusion_sdmx::Component| of.codes.as_ref().map(|l| l.codes().to_vec());
            assert_eq!(codes(own), codes(back), "{}", own.id);
        }
        for (own, back) in sdg.structure.attributes.iter().zip(&again.attributes) {
            assert_eq!((own.mandatory, &own.attachment), (back.mandatory, &back.attachment));
        }
    }
}

fn set(sdg: &Sdg, row: &mut Observation, attribute: &str, text: Option<&str>) {
    let at = sdg.structure.columns().attribute(attribute).unwrap();
    row.attributes[at] = text.map(String::from);
}

/// What the writer says of the first expected observation after a change.
fn refused(sdg: &Sdg, rules: Rules<'_>, change: impl Fn(&mut Observation)) -> Problem {
    let (attributes, mut rows) = expected(sdg);
    let options = WriteOptions { attributes: Some(attributes), rules, ..WriteOptions::default() };
    let mut writer = Writer::new(Vec::new(), &sdg.structure, &options).unwrap();
    change(&mut rows[0]);
    let error = writer.write(&rows[0]).unwrap_err();
    assert!(error.to_string().starts_with("observation 1: "), "{error}");
    assert_eq!(writer.counts().observations, 0);
    error.problem().unwrap().clone()
}

#[test]
fn the_writer_refuses_what_the_structure_or_the_constraints_do_not_allow() {
    let Some(sdg) = sdg() else { return };
    let rules = || Rules { series: Some(&sdg.constraints), ..Rules::default() };
    let problem = refused(&sdg, rules(), |row| row.dimensions[4] = "FEMALE".into());
    assert_eq!(
        problem.to_string(),
        "SEX has no code `FEMALE` in IAEG-SDGs:CL_SEX(1.1); nearest: `F`, `M`"
    );
    let problem = refused(&sdg, rules(), |row| row.dimensions[5] = "Y_GE06".into());
    assert!(problem.to_string().contains("nearest: `Y_GE"), "{problem}");
    let problem = refused(&sdg, rules(), |row| row.dimensions[15] = "2019/20".into());
    assert_eq!(problem, Problem::TimePeriod("2019/20".into()));
    let problem = refused(&sdg, rules(), |row| set(&sdg, row, "UNIT_MEASURE", Some("RO")));
    assert!(matches!(&problem, Problem::NotAllowed { component, allowed, .. }
        if component == "UNIT_MEASURE" && allowed == "PT"));
    let problem = refused(&sdg, rules(), |row| row.dimensions[2] = "SE_GPI_ICTS".into());
    assert!(
        matches!(&problem, Problem::NotAllowed { component, .. } if component == "UNIT_MEASURE")
    );
    let problem = refused(&sdg, rules(), |row| set(&sdg, row, "OBS_STATUS", None));
    assert_eq!(problem, Problem::EmptyAttribute("OBS_STATUS".into()));
    let problem = refused(&sdg, rules(), |row| row.dimensions[4].clear());
    assert_eq!(problem, Problem::EmptyDimension("SEX".into()));
    let problem = refused(&sdg, rules(), |row| set(&sdg, row, "LOWER_BOUND", Some("about 40")));
    assert!(matches!(problem, Problem::NotANumber { component, .. } if component == "LOWER_BOUND"));
    let problem = refused(&sdg, rules(), |row| row.value = None);
    assert_eq!(problem, Problem::NoReason("A".into()));
    let problem = refused(&sdg, rules(), |row| set(&sdg, row, "SOURCE_DETAIL", Some("a\u{1}b")));
    assert!(matches!(problem, Problem::Control { code: 1, .. }));
}

#[test]
fn a_series_of_the_projects_own_is_held_against_no_constraint() {
    let Some(sdg) = sdg() else { return };
    let (attributes, mut rows) = expected(&sdg);
    set(&sdg, &mut rows[0], "UNIT_MEASURE", Some("RO"));
    let own_series = ["IT_MOB_OWN".to_string()].into();
    let rules = Rules { series: Some(&sdg.constraints), own_series, ..Rules::default() };
    let options = WriteOptions { attributes: Some(attributes), rules, ..WriteOptions::default() };
    let mut writer = Writer::new(Vec::new(), &sdg.structure, &options).unwrap();
    writer.write(&rows[0]).unwrap();
}

#[test]
fn a_key_is_written_once() {
    let Some(sdg) = sdg() else { return };
    let (attributes, rows) = expected(&sdg);
    let options = WriteOptions { attributes: Some(attributes), ..WriteOptions::default() };
    let mut writer = Writer::new(Vec::new(), &sdg.structure, &options).unwrap();
    writer.write(&rows[0]).unwrap();
    writer.write(&rows[1]).unwrap();
    let error = writer.write(&rows[0]).unwrap_err().to_string();
    assert_eq!(
        error,
        "observation 3: the key A.N.IT_MOB_OWN.404.F.Y_GE15._T._T._T._T._T._T._T._T._T.2022 \
         stands in observation 1 already"
    );
}
