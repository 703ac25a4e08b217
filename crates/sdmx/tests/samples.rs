//! Every sample file of others: read with the figures it holds, or refused with a message that names
//! the place.

mod shared;

use inclusion_sdmx::{
    InputFormat, Observation, ReadOptions, Reader, SeriesConstraints, read_structures,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// All observations, or the first error.
fn read(path: &Path, options: &ReadOptions<'_>) -> Result<Vec<Observation>, String> {
    let reader = Reader::open(path, options).map_err(|error| error.to_string())?;
    reader.map(|row| row.map_err(|error| error.to_string())).collect()
}

fn plain(path: &Path) -> Result<Vec<Observation>, String> {
    read(path, &ReadOptions::default())
}

/// Message without the folder.
fn refused(path: &Path) -> String {
    let message = plain(path).unwrap_err();
    message.replace(&format!("{}/", path.parent().unwrap().display()), "")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn the_examples_of_the_csv_specification_are_read_or_refused_by_name() {
    let Some(folder) = shared::folder("data/sdmx-samples/sdmx30-csv-spec-examples") else { return };
    // The number of observations, or what is said.
    let expected: BTreeMap<&str, Result<usize, &str>> = BTreeMap::from([
        ("example-01.csv", Ok(2)),
        (
            "example-02.csv",
            Err(
                "example-02.csv:1: column ATTR_1[] holds several values a cell; only single values are read",
            ),
        ),
        (
            "example-03.csv",
            Err(
                "example-03.csv:1: no column OBS_VALUE; a file of observations has one (there: OBS_VALUE1, OBS_VALUE2, ATTR_3, ATTR_1, DIM_2, DIM_1, DIM_3)",
            ),
        ),
        (
            "example-04.csv",
            Err(
                "example-04.csv:2, observation 1: OBS_VALUE `12,4` is not a finite number with a decimal point",
            ),
        ),
        ("example-05.csv", Ok(2)),
        ("example-06.csv", Ok(2)),
        (
            "example-07.csv",
            Err(
                "example-07.csv:1: column ATTR_1[] holds several values a cell; only single values are read",
            ),
        ),
        (
            "example-08.csv",
            Err(
                "example-08.csv:1: column ATTR_1[en;fr] holds several values a cell; only single values are read",
            ),
        ),
        (
            "example-09A.csv",
            Err(
                "example-09A.csv:1: column ATTR_1[en;fr] holds several values a cell; only single values are read",
            ),
        ),
        (
            "example-09B.csv",
            Err(
                "example-09B.csv:1: no column OBS_VALUE; a file of observations has one (there: DIM_A1B1, DIM_A2, DIM_A3C2, DIM_B2, DIM_C1, DIM_C3, MEAS_A1B1C1, MEAS_C2, ATTR_A1, ATTR_B1)",
            ),
        ),
        ("example-10.csv", Ok(2)),
        ("example-11.csv", Ok(2)),
        (
            "example-12.csv",
            Err(
                "example-12.csv:1: no column OBS_VALUE; a file of observations has one (there: DIM_2, DIM_3, ATTR_1)",
            ),
        ),
        (
            "example-13.csv",
            Err(
                "example-13.csv:1: no column OBS_VALUE; a file of observations has one (there: DIM_1, DIM_2, DIM_3, MEAS_1, ATTR_1, ATTR_2)",
            ),
        ),
        (
            "example-14.csv",
            Err(
                "example-14.csv:1: column COLLECTION.METHOD[en;fr] holds several values a cell; only single values are read",
            ),
        ),
        ("example-15.csv", Ok(2)),
        (
            "example-16.csv",
            Err("example-16.csv:2: ACTION D deletes; only files of observations are read"),
        ),
        (
            "example-17.csv",
            Err("example-17.csv:2: ACTION D deletes; only files of observations are read"),
        ),
        (
            "example-18.csv",
            Err(
                "example-18.csv:1: no column OBS_VALUE; a file of observations has one (there: DIM_2, DIM_3)",
            ),
        ),
        (
            "example-19A.csv",
            Err(
                "example-19A.csv:1: no column OBS_VALUE; a file of observations has one (there: none)",
            ),
        ),
        (
            "example-19B.csv",
            Err(
                "example-19B.csv:1: no column OBS_VALUE; a file of observations has one (there: DIM_1, DIM_2, DIM_3)",
            ),
        ),
    ]);
    let files = files(&folder);
    assert_eq!(files.len(), expected.len());
    for path in files {
        match expected[name(&path).as_str()] {
            Ok(n) => assert_eq!(plain(&path).unwrap().len(), n, "{}", name(&path)),
            Err(message) => assert_eq!(refused(&path), message),
        }
    }
}

#[test]
fn labels_are_cut_off_and_texts_are_kept() {
    let Some(folder) = shared::folder("data/sdmx-samples/sdmx30-csv-spec-examples") else { return };
    let text = |text: &str| Some(text.to_string());
    for example in ["example-05.csv", "example-06.csv"] {
        let rows = plain(&folder.join(example)).unwrap();
        assert_eq!(rows[0].dimensions[..2], ["A", "B"], "{example}");
        assert_eq!(rows[0].value.as_ref().unwrap().number(), 12.4);
        let comma = rows[0].attributes.contains(&text("Normal, special and other values"));
        assert!(comma, "{example}: {:?}", rows[0].attributes);
    }
    // The file in French has a semicolon between cells and a comma in numbers, which is never guessed.
    let options = ReadOptions { decimal_comma: true, ..ReadOptions::default() };
    let rows = read(&folder.join("example-04.csv"), &options).unwrap();
    assert_eq!(rows[1].dimensions, ["A", "B", "2014-02"]);
    assert_eq!(rows[1].value.as_ref().unwrap().number(), 10.8);
    let rows = plain(&folder.join("example-15.csv")).unwrap();
    assert_eq!(rows[0].attributes, [text("<p>This is some \"xhtml\" with a line\nbreak</p>")]);
    let rows = plain(&folder.join("example-10.csv")).unwrap();
    assert_eq!(rows[1].dimensions, ["A", "B", "2014-02"]);
    assert_eq!(rows[1].attributes, [text("Y")]);
}

#[test]
fn files_of_another_client_are_read_or_refused_by_name() {
    let Some(folder) = shared::folder("data/sdmx-samples/pysdmx") else { return };
    let expected: BTreeMap<&str, Result<usize, &str>> = BTreeMap::from([
        ("sdmx10_csv_labels_both.csv", Ok(1)),
        ("sdmx10_data_v1.csv", Ok(1000)),
        (
            "sdmx10_data_v1_exception.csv",
            Err(
                "sdmx10_data_v1_exception.csv:1: the first column is `FREQ`; SDMX-CSV begins with STRUCTURE (2.0) or DATAFLOW (1.0)",
            ),
        ),
        ("sdmx10_data_v1_no_freq_cols.csv", Ok(7)),
        ("sdmx20_csv_keys_both.csv", Ok(1)),
        ("sdmx20_csv_labels_both.csv", Ok(1)),
        ("sdmx20_csv_labels_name.csv", Ok(1)),
        ("sdmx20_data_v2.csv", Ok(20)),
        (
            "sdmx20_data_v2_action_col.csv",
            Err(
                "sdmx20_data_v2_action_col.csv:2: 22 cells where the header has 23; is a quotation mark missing or not closed?",
            ),
        ),
        (
            "sdmx20_data_v2_invalid_action.csv",
            Err(
                "sdmx20_data_v2_invalid_action.csv:1: no column OBS_VALUE; a file of observations has one (there: Id_1, Id_2, Me_1)",
            ),
        ),
        (
            "sdmx20_data_v2_structures.csv",
            Err(
                "sdmx20_data_v2_structures.csv:1: no column OBS_VALUE; a file of observations has one (there: DIM_A1B1, DIM_A2, DIM_A3C2, DIM_B2, DIM_C1, DIM_C3, MEAS_A1B1C1, MEAS_C2, ATTR_A1, ATTR_B1)",
            ),
        ),
    ]);
    let files = files(&folder);
    assert_eq!(files.len(), expected.len());
    for path in files {
        match expected[name(&path).as_str()] {
            Ok(n) => assert_eq!(plain(&path).unwrap().len(), n, "{}", name(&path)),
            Err(message) => assert_eq!(refused(&path), message),
        }
    }
    for labels in
        ["sdmx10_csv_labels_both.csv", "sdmx20_csv_labels_both.csv", "sdmx20_csv_labels_name.csv"]
    {
        let rows = plain(&folder.join(labels)).unwrap();
        assert_eq!(rows[0].dimensions.first().map(String::as_str), Some("A"), "{labels}");
        assert_eq!(rows[0].dimensions.last().map(String::as_str), Some("2020"), "{labels}");
        assert_eq!(rows[0].value.as_ref().unwrap().number(), 1.0);
    }
}

#[test]
fn derivatives_data_keep_exact_values_and_missing_ones() {
    let Some(folder) = shared::folder("data/sdmx-samples/pysdmx") else { return };
    let options = ReadOptions::default();
    let mut reader = Reader::open(&folder.join("sdmx10_data_v1.csv"), &options).unwrap();
    assert_eq!(reader.format(), InputFormat::Csv1);
    assert_eq!(reader.structure().unwrap().reference.to_string(), "BIS:BIS_DER(1.0)");
    assert_eq!(reader.columns().dimensions.last().map(String::as_str), Some("TIME_PERIOD"));
    assert_eq!(
        reader.columns().attributes,
        ["AVAILABILITY", "COLLECTION", "OBS_STATUS", "OBS_CONF"]
    );
    let rows: Vec<Observation> = reader.by_ref().map(Result::unwrap).collect();
    assert_eq!(rows[2].value.as_ref().unwrap().text(), "14206.490766");
    assert!(rows[0].value.is_none() && rows[0].attribute(2) == Some("M"));
    // Counted by another program in the same file.
    let text = std::fs::read_to_string(folder.join("sdmx10_data_v1.csv")).unwrap();
    let empty = text.lines().filter(|line| line.ends_with(',')).count() as u64;
    assert_eq!(reader.counts().missing, empty);
    assert_eq!(reader.counts().observations, 1000);
}

#[test]
fn generic_and_structure_specific_files_of_the_same_data_are_read_equal() {
    let Some(folder) = shared::folder("data/sdmx-samples/sdg") else { return };
    let options = ReadOptions::default();
    let mut specific =
        Reader::open(&folder.join("1-1-1--structure-specific.xml"), &options).unwrap();
    assert_eq!(specific.format(), InputFormat::Ml21);
    assert_eq!(specific.structure().unwrap().reference.to_string(), "IAEG-SDGs:SDG(1.8)");
    let rows: Vec<Observation> = specific.by_ref().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6);
    let values: Vec<f64> = rows.iter().map(|row| row.value.as_ref().unwrap().number()).collect();
    assert_eq!(values[..4], [100.0, 120.0, 50.0, 60.0]);
    let mut generic = Reader::open(&folder.join("1-1-1--structure.xml"), &options).unwrap();
    assert_eq!(generic.format(), InputFormat::Ml21Generic);
    let named = |reader: &Reader<'_>, row: &Observation| -> BTreeMap<String, String> {
        let columns = reader.columns();
        let keys = columns.dimensions.iter().cloned().zip(row.dimensions.iter().cloned());
        let attributes =
            columns.attributes.iter().cloned().zip(row.attributes.iter().flatten().cloned());
        keys.chain(attributes).collect()
    };
    let others: Vec<Observation> = generic.by_ref().map(Result::unwrap).collect();
    assert_eq!(others.len(), rows.len());
    for (row, other) in rows.iter().zip(&others) {
        assert_eq!(named(&specific, row), named(&generic, other));
        assert_eq!(row.value, other.value);
    }
}

#[test]
fn national_data_are_held_against_a_structure_and_every_difference_is_told() {
    let Some(folder) = shared::folder("data/sdmx-samples/sdg") else { return };
    let Some(conformance) = shared::folder("conformance/methods/sdmx") else { return };
    let path = folder.join("KE1_sdg_kenya_structure_specific.xml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(plain(&path).unwrap().len(), text.matches("<Obs ").count());
    // The trimmed structure has the digital series alone: each other one is refused, and reading goes on.
    let structures = read_structures(&conformance.join("sdg-structure-subset.xml")).unwrap();
    let structure = structures.structure(None).unwrap();
    let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
    let mut reader = Reader::open(&path, &options).unwrap();
    let (mut good, mut bad) = (0, Vec::new());
    for row in reader.by_ref() {
        match row {
            Ok(_) => good += 1,
            Err(error) => bad.push(error.to_string()),
        }
    }
    assert_eq!(good + bad.len(), text.matches("<Obs ").count());
    let first = text.lines().position(|line| line.contains("<Obs ")).unwrap() + 1;
    assert!(
        bad[0]
            .contains(&format!("KE1_sdg_kenya_structure_specific.xml:{first}:5, observation 1: ")),
        "{}",
        bad[0]
    );
    assert!(bad[0].contains("SERIES has no code `EN_LND_SLUM`"), "{}", bad[0]);
    assert_eq!(reader.counts().other_structures, ["KE1:SDG(1.0)".to_string()].into());
}

#[test]
fn global_constraints_list_every_series() {
    let Some(folder) = shared::folder("data/sdmx-samples/sdg") else { return };
    let path = folder.join("sdg_global_content_constraints.csv");
    let constraints = SeriesConstraints::read(&path).unwrap();
    let lines = csv::Reader::from_path(&path).unwrap().records().count();
    assert_eq!(constraints.series().len(), lines);
    assert_eq!(constraints.codes("SI_COV_MATNL", "SEX"), Some(Some(&["F".to_string()][..])));
    assert_eq!(constraints.codes("SI_POV_DAY1", "SEX"), Some(None));
    assert_eq!(constraints.codes("NO_SERIES", "SEX"), None);
}

#[test]
fn structures_of_other_agencies_are_read() {
    let Some(folder) = shared::folder("data/sdmx-samples/structures") else { return };
    let read = |name: &str| read_structures(&folder.join(name)).unwrap();
    let area = read("IMF_CL_AREA-structure.xml");
    let text = std::fs::read_to_string(folder.join("IMF_CL_AREA-structure.xml")).unwrap();
    assert_eq!(area.codelists.len(), 1);
    assert_eq!(area.codelists[0].codes().len(), text.matches("<str:Code ").count());
    // Default namespaces, and annotations with names of their own.
    let partial = read("UNSD_codelist_partial.xml");
    let list = &partial.codelists[0];
    assert_eq!(list.name, "Age group code list");
    assert_eq!(list.codes()[1].name, "All age ranges or no breakdown by age");
    assert!(read("IAEG-SDGs_metadatastructure.xml").names().is_empty());
    let unicef = read("UNICEF_GLOBAL_DATAFLOW-structure.xml");
    let structure = unicef.structure(Some("GLOBAL_DATAFLOW")).unwrap();
    assert_eq!(structure.reference.to_string(), "UNICEF:DSD_AGGREGATE(1.0)");
    assert_eq!(structure.columns().dimensions, ["REF_AREA", "INDICATOR", "SEX", "TIME_PERIOD"]);
    assert!(
        structure.attributes.iter().any(|own| own.mandatory && own.component.id == "UNIT_MEASURE")
    );
    assert_eq!(unicef.constraints[0].regions.len(), 3);
    assert_eq!(unicef.constraints[0].attached[0].id, "GLOBAL_DATAFLOW");
}

#[test]
fn structures_and_data_of_eurostat_are_read() {
    let Some(folder) = shared::folder("data/eurostat-isoc") else { return };
    let read = |name: &str| read_structures(&folder.join(name)).unwrap();
    let mut all = read("ESTAT_ISOC_CISCI_PRV20_42.0.xml");
    for more in ["ESTAT_FREQ_3.9.xml", "ESTAT_IND_TYPE_9.0.xml", "Structures.xml"] {
        all.extend(read(more));
    }
    let structure = all.structure(None).unwrap();
    let dimensions = structure.columns().dimensions;
    assert_eq!(dimensions, ["freq", "ind_type", "indic_is", "unit", "geo", "TIME_PERIOD"]);
    let types = structure.component("ind_type").unwrap().codes.as_ref().unwrap();
    assert!(types.position("F_Y16_74").is_some());
    let absent: Vec<String> =
        structure.lists_not_there().iter().map(|list| list.to_string()).collect();
    assert!(absent.contains(&"ESTAT:GEO(26.0)".to_string()), "{absent:?}");
    let path = folder.join("estat_isoc_e_dii_sdmxcsv.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let rows = plain(&path).unwrap();
    assert_eq!(rows.len(), text.lines().count() - 1);
    assert_eq!(rows[0].dimensions.join("."), "A.10-49.C10-S951_X_K.E_DI2_HI.PC_ENT.AT.2018");
    assert_eq!(rows[0].value.as_ref().unwrap().text(), "5.5");
}
