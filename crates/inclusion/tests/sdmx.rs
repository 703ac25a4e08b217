//! `inclusion sdmx`, and SDMX files as published figures of a study.

use inclusion_sdmx::{InputFormat, Observation, ReadOptions, Reader, read_structures};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn inclusion(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inclusion"));
    command.args(arguments).output().expect("the program runs")
}

fn run(arguments: &[&str]) {
    let output = inclusion(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A file as component → text, `OBS_VALUE` included, held against a structure.
fn read(file: &Path, structure: &Path) -> (InputFormat, Vec<BTreeMap<String, String>>) {
    let structure = read_structures(structure).unwrap().structure(None).unwrap();
    let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
    let mut reader = Reader::open(file, &options).unwrap();
    let columns = reader.columns().clone();
    let mut all = Vec::new();
    let mut observation = Observation::default();
    while reader.read(&mut observation).unwrap() {
        let mut one: BTreeMap<String, String> = columns
            .dimensions
            .iter()
            .cloned()
            .zip(observation.dimensions.iter().cloned())
            .collect();
        let attributes = columns.attributes.iter().zip(&observation.attributes);
        one.extend(attributes.filter_map(|(id, text)| Some((id.clone(), text.clone()?))));
        if let Some(value) = &observation.value {
            one.insert("OBS_VALUE".to_string(), value.text().to_string());
        }
        all.push(one);
    }
    (reader.format(), all)
}

/// The rows of a file of estimates as column → text.
fn estimates(file: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(file).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn every_format_holds_the_figures_of_the_estimates() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let study = root().join("datasets/demo/study.toml").display().to_string();
    let tidy = at("estimates.csv");
    run(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    let mut expected: Vec<[String; 5]> = estimates(&tidy)
        .iter()
        .map(|row| {
            ["INDICATOR", "MEASURE", "SEX", "OBS_VALUE", "OBS_STATUS"].map(|id| row[id].clone())
        })
        .collect();
    expected.sort();
    assert!(expected.iter().any(|row| row[4] == "Q") && expected.len() > 900);
    for (format, name, kind) in [
        ("csv-2.0", "a.csv", InputFormat::Csv2),
        ("csv-1.0", "b.csv", InputFormat::Csv1),
        ("ml-2.1", "c.xml", InputFormat::Ml21),
        ("ml-3.0", "d.xml", InputFormat::Ml30),
    ] {
        let (file, structure) = (at(name), at(&format!("structure-{name}.xml")));
        let (output, own) = (file.to_str().unwrap(), structure.to_str().unwrap());
        run(&["sdmx", &study, "--output", output, "--format", format, "--own-structure", own]);
        let (found, observations) = read(&file, &structure);
        assert_eq!(found, kind);
        let number = |text: &str| text.parse::<f64>().map_or(String::new(), |v| v.to_string());
        let mut got: Vec<[String; 5]> = observations
            .iter()
            .map(|one| {
                let value = one.get("OBS_VALUE").map_or(String::new(), |text| number(text));
                let of = |id: &str| one[id].clone();
                [
                    of("INDICATOR").replace('_', "-"),
                    of("MEASURE"),
                    of("SEX"),
                    value,
                    of("OBS_STATUS"),
                ]
            })
            .collect();
        got.sort();
        let mut wanted = expected.clone();
        wanted.iter_mut().for_each(|row| row[0] = row[0].replace('_', "-"));
        wanted.sort();
        assert_eq!(got, wanted, "{format}");
        for one in observations.iter().filter(|one| one["OBS_STATUS"] == "Q") {
            let figures =
                ["OBS_VALUE", "STD_ERROR", "LOWER_BOUND", "UPPER_BOUND", "N", "N_WEIGHTED"];
            assert!(figures.iter().all(|id| !one.contains_key(*id)), "{one:?}");
        }
    }
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let study = root().join("datasets/demo/study.toml").display().to_string();
    let bytes = |name: &str, threads: &str| {
        let file = home.path().join(name);
        run(&["sdmx", &study, "--output", file.to_str().unwrap(), "--threads", threads]);
        std::fs::read(file).unwrap()
    };
    assert_eq!(bytes("a.xml", "1"), bytes("b.xml", "4"));
}

const SDMX: &str = "\
DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,UNIT_MEASURE,NATURE
IAEG-SDGs:DF_SDG(1.4),A,G,IT_MOB_OWN,404,F,Y_GE15,2019,47.5,A,0,PT,C
IAEG-SDGs:DF_SDG(1.4),A,G,IT_MOB_OWN,404,M,Y_GE15,2019,47.25,A,0,PT,C
IAEG-SDGs:DF_SDG(1.4),A,G,IT_MOB_OWN,516,F,Y_GE15,2019,80.125,E,0,PT,E
IAEG-SDGs:DF_SDG(1.4),A,G,IT_MOB_OWN,516,M,Y_GE15,2019,88,E,0,PT,E
";

fn study_of(home: &Path, recipe: &str, file: &str) -> String {
    let study = format!(
        "[study]\ntitle = \"Figures\"\n[[series]]\nid = \"sdg\"\nfile = \"{file}\"\nrecipe = \"{recipe}\"\n\
         [estimate]\nindicators = [\"HH18\"]\nmeasures = [\"gap\"]\n"
    );
    let path = home.join("study.toml");
    std::fs::write(&path, study).unwrap();
    path.display().to_string()
}

#[test]
fn an_sdmx_file_is_a_series_like_any_other() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("sdg.csv"), SDMX).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let tidy = home.path().join("estimates.csv");
    run(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    let rows = estimates(&tidy);
    let figure = |area: &str, sex: &str, measure: &str| {
        let found = rows
            .iter()
            .find(|row| row["REF_AREA"] == area && row["SEX"] == sex && row["MEASURE"] == measure);
        let row = found.unwrap_or_else(|| panic!("no {measure} of {area}, {sex}"));
        assert_eq!((row["N"].as_str(), row["STD_ERROR"].as_str()), ("", ""), "{row:?}");
        row["OBS_VALUE"].parse::<f64>().unwrap()
    };
    assert_eq!(figure("KEN", "F", "LEVEL"), 0.475);
    assert_eq!(figure("KEN", "M", "LEVEL"), 0.4725);
    assert_eq!(figure("NAM", "F", "LEVEL"), 0.80125);
    assert!((figure("NAM", "_T", "GAP") - 0.07875).abs() < 1e-15);
    // What the source says of a figure goes out with it.
    let (file, structure) = (home.path().join("out.csv"), home.path().join("structure.xml"));
    let (output, own) = (file.to_str().unwrap(), structure.to_str().unwrap());
    run(&["sdmx", &study, "--output", output, "--own-structure", own]);
    let (_, observations) = read(&file, &structure);
    let namibia = observations
        .iter()
        .find(|one| one["REF_AREA"] == "NAM" && one["SEX"] == "F" && one["MEASURE"] == "LEVEL");
    let namibia = namibia.expect("women of Namibia");
    assert_eq!((namibia["NATURE"].as_str(), namibia["OBS_STATUS"].as_str()), ("E", "E"));
}

#[test]
fn a_multiplier_of_the_file_scales_its_values() {
    let home = tempfile::tempdir().unwrap();
    let tens = SDMX
        .replace("2019,47.5,A,0,", "2019,4.75,A,1,")
        .replace("2019,47.25,A,0,", "2019,0.4725,A,2,");
    assert_ne!(tens, SDMX);
    let levels = |text: &str| {
        std::fs::write(home.path().join("sdg.csv"), text).unwrap();
        let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
        let tidy = home.path().join("estimates.csv");
        run(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
        let of = |row: &BTreeMap<String, String>| {
            ["REF_AREA", "SEX", "MEASURE", "OBS_VALUE"].map(|name| row[name].clone())
        };
        estimates(&tidy).iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(levels(&tens), levels(SDMX));
    std::fs::write(home.path().join("sdg.csv"), tens.replace(",A,1,", ",A,x,")).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let output = inclusion(&["aggregate", &study]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("`UNIT_MULT`") && message.contains("`x`"), "{message}");
}

#[test]
fn of_several_statuses_the_gravest_goes_out_in_whatever_order_they_stand() {
    let home = tempfile::tempdir().unwrap();
    for status in ["eb", "be"] {
        let text =
            "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";
        let row = |sex, value| {
            format!("KEN,HH18,{sex},_X,2019,{value},PT,C,{},ITU,made,\n", status.to_uppercase())
        };
        std::fs::write(
            home.path().join("made.csv"),
            format!("{text}{}{}", row("F", 40), row("M", 50)),
        )
        .unwrap();
        let study = study_of(home.path(), "world/figures", "made.csv");
        let (file, structure) = (home.path().join("out.csv"), home.path().join("structure.xml"));
        let (output, own) = (file.to_str().unwrap(), structure.to_str().unwrap());
        run(&["sdmx", &study, "--output", output, "--own-structure", own]);
        let (_, observations) = read(&file, &structure);
        let women = observations.iter().find(|one| one["REF_AREA"] == "KEN" && one["SEX"] == "F");
        let women = women.expect("women of Kenya");
        assert_eq!(women["OBS_STATUS"], "B", "{status}");
        assert!(women["COMMENT_OBS"].contains("Of the status E too"), "{women:?}");
    }
}

#[test]
fn a_code_of_a_custodian_leads_to_its_indicator() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("sdg.csv"), SDMX).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let text = std::fs::read_to_string(&study).unwrap().replace("\"HH18\"", "\"IT_USE_II99\"");
    std::fs::write(&study, text).unwrap();
    for arguments in [["check", &study, "--quiet"], ["registry", "show", "IT_USE_ii99"]] {
        let output = inclusion(&arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains("it is the series of HH7"), "{message}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let home = tempfile::tempdir().unwrap();
    let bad = SDMX.replace("404,M,Y_GE15,2019,47.25", "404,M,Y_GE15,2019,forty");
    std::fs::write(home.path().join("bad.csv"), bad).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "bad.csv");
    let output = inclusion(&["aggregate", &study]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("bad.csv") && message.contains("forty"), "{message}");
    std::fs::write(
        home.path().join("evil.xml"),
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
    )
    .unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "evil.xml");
    let output = inclusion(&["aggregate", &study]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("DTD not allowed"), "{message}");
    let demo = root().join("datasets/demo/study.toml").display().to_string();
    let output = inclusion(&["sdmx", &demo, "--output", "figures.json"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("`figures.json` ends in neither"), "{message}");
}

#[test]
fn a_source_that_calls_an_indicator_otherwise_is_understood_by_the_study() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("sdg.csv"), SDMX.replace("IT_MOB_OWN", "OWN_PHONE")).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let output = inclusion(&["aggregate", &study]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("other indicators there: OWN_PHONE")
            && message.contains("say so by `indicators` of the series"),
        "{message}"
    );
    let text = std::fs::read_to_string(&study).unwrap();
    let named = "recipe = \"sdmx/sdg\"\nindicators = { OWN_PHONE = \"HH18\" }";
    std::fs::write(&study, text.replace("recipe = \"sdmx/sdg\"", named)).unwrap();
    let tidy = home.path().join("estimates.csv");
    run(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    let rows = estimates(&tidy);
    assert!(rows.iter().any(|row| {
        (row["REF_AREA"].as_str(), row["SEX"].as_str(), row["OBS_VALUE"].as_str())
            == ("KEN", "F", "0.475")
    }));
}

#[test]
fn bounds_of_a_source_are_shown_marked_and_go_out_again() {
    let home = tempfile::tempdir().unwrap();
    let bounds = |line: &str| match line {
        head if head.starts_with("DATAFLOW") => format!("{head},LOWER_BOUND,UPPER_BOUND"),
        line if line.contains("404,F") => format!("{line},44.125,50.5"),
        line => format!("{line},,"),
    };
    let text: Vec<String> = SDMX.lines().map(bounds).collect();
    std::fs::write(home.path().join("sdg.csv"), text.join("\n") + "\n").unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    run(&["annex", &study, "--format", "csv,markdown"]);
    let markdown = std::fs::read_to_string(home.path().join("out/annex.md")).unwrap();
    assert!(markdown.contains("44.1–50.5"), "the bounds are not printed");
    assert!(markdown.contains("The interval is as published."), "nor marked");
    let rows = estimates(&home.path().join("out/estimates.csv"));
    let women = |row: &&BTreeMap<String, String>| {
        row["REF_AREA"] == "KEN" && row["SEX"] == "F" && row["MEASURE"] == "LEVEL"
    };
    let own = rows.iter().find(women).unwrap();
    let of = |id: &str| own[id].as_str();
    assert_eq!((of("LOWER_BOUND"), of("UPPER_BOUND")), ("0.44125", "0.505"));
    assert_eq!((of("INTERVAL_METHOD"), of("CONF_LEVEL"), of("STD_ERROR")), ("published", "", ""));
    // What compares women and men has no interval of its own.
    let gap = |row: &&BTreeMap<String, String>| row["REF_AREA"] == "KEN" && row["MEASURE"] == "GAP";
    assert_eq!(rows.iter().find(gap).unwrap()["LOWER_BOUND"], "");
    let (file, structure) = (home.path().join("out.xml"), home.path().join("structure.xml"));
    let (output, to) = (file.to_str().unwrap(), structure.to_str().unwrap());
    run(&["sdmx", &study, "--output", output, "--own-structure", to]);
    let (_, observations) = read(&file, &structure);
    let with: Vec<_> = observations.iter().filter(|one| one.contains_key("LOWER_BOUND")).collect();
    let [one] = with[..] else { panic!("{with:?}") };
    assert_eq!((one["LOWER_BOUND"].as_str(), one["UPPER_BOUND"].as_str()), ("0.44125", "0.505"));
    assert_eq!((one["REF_AREA"].as_str(), one["SEX"].as_str()), ("KEN", "F"));
}

#[test]
fn parts_of_a_country_are_left_out_of_country_figures_with_a_word() {
    let home = tempfile::tempdir().unwrap();
    let part = "IAEG-SDGs:DF_SDG(1.4),A,G,IT_MOB_OWN,KE_NBO,F,Y_GE15,2019,90,A,0,PT,C\n";
    std::fs::write(home.path().join("sdg.csv"), format!("{SDMX}{part}")).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let tidy = home.path().join("estimates.csv");
    let output = inclusion(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{message}");
    assert!(message.contains("a part of a country"), "{message}");
    let rows = estimates(&tidy);
    assert!(rows.iter().all(|row| row["REF_AREA"] != "KE_NBO" && row["OBS_VALUE"] != "0.9"));
    // What is no code of a part stays unknown.
    let wrong = part.replace("KE_NBO", "KE_Nairobi");
    std::fs::write(home.path().join("sdg.csv"), format!("{SDMX}{wrong}")).unwrap();
    let output = inclusion(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("1 area is not known: `KE_Nairobi`"), "{message}");
}

#[test]
fn a_study_of_withheld_figures_makes_a_message_that_says_so() {
    let home = tempfile::tempdir().unwrap();
    let data = std::fs::read_to_string(root().join("datasets/demo/ict_survey.csv")).unwrap();
    let mut lines = data.lines();
    let header = lines.next().unwrap();
    let place = |name: &str| header.split(',').position(|own| own == name).unwrap();
    let (stratum, psu) = (place("stratum"), place("psu"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    // Three persons of each of the first PSUs of one stratum: too few for any figure.
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut few = vec![header.to_string()];
    for row in rows.iter().filter(|row| row[stratum] == rows[0][stratum]) {
        let n = taken.entry(row[psu]).or_default();
        *n += 1;
        if *n <= 3 && few.len() <= 12 {
            few.push(row.join(","));
        }
    }
    std::fs::write(home.path().join("few.csv"), few.join("\n") + "\n").unwrap();
    let study = home.path().join("study.toml");
    std::fs::write(
        &study,
        "[study]\ntitle = \"Few\"\n[[survey]]\nid = \"few\"\nrecipe = \"synthetic/ict\"\n\
         files = { persons = \"few.csv\" }\n[estimate]\nindicators = [\"HH7\"]\nby = [\"sex\"]\n",
    )
    .unwrap();
    let file = home.path().join("few.xml");
    let structure = home.path().join("structure.xml");
    let [study, output, own] = [&study, &file, &structure].map(|path| path.to_str().unwrap());
    let said = inclusion(&["sdmx", study, "--output", output, "--own-structure", own]);
    let message = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success(), "{message}");
    assert!(message.contains("no observation has a value: all figures are withheld"), "{message}");
    let (_, observations) = read(&file, &structure);
    assert!(observations.len() > 3);
    for one in &observations {
        assert_eq!(one["OBS_STATUS"], "Q", "{one:?}");
        let figures = ["OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND", "STD_ERROR", "N", "N_WEIGHTED"];
        assert!(figures.iter().all(|id| !one.contains_key(*id)), "{one:?}");
    }
}

#[test]
fn what_is_odd_in_an_sdmx_file_is_told_with_its_line_and_a_suppressed_value_is_not_used() {
    let home = tempfile::tempdir().unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let tidy = home.path().join("estimates.csv");
    let said = |text: &str| {
        std::fs::write(home.path().join("sdg.csv"), text).unwrap();
        let output = inclusion(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, message) = said(&SDMX.replace("2019,47.25,A", "0019,47.25,A"));
    assert_eq!(code, Some(1), "{message}");
    assert!(
        message.contains(
            "sdg.csv, line 3 (observation 2), column `TIME_PERIOD`: `0019` is not a year; years are"
        ),
        "{message}"
    );
    let (code, message) = said(&SDMX.replace("404,M,", "404,MALE,"));
    assert_eq!(code, Some(1), "{message}");
    assert!(
        message.contains("sdg.csv, line 3 (observation 2), column `SEX`: value `MALE`"),
        "{message}"
    );
    let (code, message) = said(&SDMX.replace("404,M,Y_GE15,2019,47.25", "404,F,Y_GE15,2019,41"));
    assert_eq!(code, Some(1), "{message}");
    assert!(
        message.contains(
            "sdg.csv, line 3 (observation 2), column `OBS_VALUE`: IT_MOB_OWN of KEN, 2019"
        ) && message.contains("sdg.csv, line 2 (observation 1), column `OBS_VALUE`;"),
        "{message}"
    );
    let (code, message) =
        said(&SDMX.replace("404,F,Y_GE15,2019,47.5,A", "404,F,Y_GE15,2019,47.5,Q"));
    assert_eq!(code, Some(0), "{message}");
    assert!(
        message.contains("values beside the status Q (suppressed), which are not used"),
        "{message}"
    );
    assert!(estimates(&tidy).iter().all(|row| row["OBS_VALUE"] != "0.475"));
}

#[test]
fn f08_labels_of_every_attribute_are_cut_without_a_structure() {
    let home = tempfile::tempdir().unwrap();
    let labelled: Vec<String> = SDMX
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let cells = line.split(',').map(|cell| match (at, cell) {
                (0, "DATAFLOW" | "OBS_VALUE" | "TIME_PERIOD") => cell.to_string(),
                (_, number)
                    if number.parse::<f64>().is_ok_and(|n| !(100.0..=2000.0).contains(&n)) =>
                {
                    number.to_string()
                }
                (_, code) => format!("{code}: label of it"),
            });
            cells.collect::<Vec<_>>().join(",")
        })
        .collect();
    let text = labelled.join("\n") + "\n";
    assert!(
        text.contains("NATURE: label of it") && text.contains("PT: label of it,C: label of it")
    );
    std::fs::write(home.path().join("sdg.csv"), text).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let tidy = home.path().join("estimates.csv");
    run(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    let rows = estimates(&tidy);
    let women = rows.iter().find(|row| row["REF_AREA"] == "NAM" && row["SEX"] == "F").unwrap();
    assert_eq!((women["OBS_VALUE"].as_str(), women["OBS_STATUS"].as_str()), ("0.80125", "E"));
}

#[test]
fn the_ages_and_notes_of_a_source_go_out_in_every_file() {
    let home = tempfile::tempdir().unwrap();
    let noted = |line: &str| match line {
        head if head.starts_with("DATAFLOW") => format!("{head},COMMENT_OBS"),
        line if line.contains("404,F") => format!("{line},Owners of a handset: rural wards only"),
        line if line.contains("516,") => format!("{},", line.replace("Y_GE15", "_X")),
        line => format!("{line},"),
    };
    let text: Vec<String> = SDMX.lines().map(noted).collect();
    std::fs::write(home.path().join("sdg.csv"), text.join("\n") + "\n").unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let tidy = home.path().join("estimates.csv");
    run(&["estimate", &study, "--output", tidy.to_str().unwrap()]);
    let (file, structure) = (home.path().join("out.csv"), home.path().join("structure.xml"));
    let (output, own) = (file.to_str().unwrap(), structure.to_str().unwrap());
    run(&["sdmx", &study, "--output", output, "--own-structure", own]);
    let (_, observations) = read(&file, &structure);
    for (what, rows) in [("estimates", estimates(&tidy)), ("SDMX", observations)] {
        let one = |area: &str, sex: &str, measure: &str| {
            let found = rows.iter().find(|row| {
                row["REF_AREA"] == area && row["SEX"] == sex && row["MEASURE"] == measure
            });
            found.unwrap_or_else(|| panic!("{what}: no {measure} of {area}, {sex}"))
        };
        for (area, sex, measure, age) in [
            ("KEN", "F", "LEVEL", "Y_GE15"),
            ("KEN", "_T", "GAP", "Y_GE15"),
            ("NAM", "M", "LEVEL", "_X"),
        ] {
            assert_eq!(one(area, sex, measure)["AGE"], age, "{what}: {measure} of {area}, {sex}");
        }
        let comment = &one("KEN", "F", "LEVEL")["COMMENT_OBS"];
        assert_eq!(comment, "Owners of a handset: rural wards only", "{what}");
        let none = one("KEN", "M", "LEVEL").get("COMMENT_OBS").is_none_or(String::is_empty);
        assert!(none, "{what}");
    }
}

#[test]
fn the_structure_of_the_goals_goes_out_in_every_format_with_the_same_figures() {
    let conformance = root().join("../shared/conformance/methods/sdmx");
    if !conformance.is_dir() {
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "../shared is not there");
        eprintln!("SKIPPED: this test needs {}", conformance.display());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    // Namibia states no ages, and reports its figures itself.
    let unstated = SDMX.replace("516,F,Y_GE15", "516,F,_X").replace("516,M,Y_GE15", "516,M,_X");
    let unstated = unstated.replace("A,G,IT_MOB_OWN,516", "A,N,IT_MOB_OWN,516");
    std::fs::write(home.path().join("sdg.csv"), unstated).unwrap();
    let study = study_of(home.path(), "sdmx/sdg", "sdg.csv");
    let structure = conformance.join("sdg-structure-subset.xml");
    let mut first: Option<Vec<BTreeMap<String, String>>> = None;
    for (format, name, kind) in [
        ("csv-2.0", "a.csv", InputFormat::Csv2),
        ("csv-1.0", "b.csv", InputFormat::Csv1),
        ("ml-2.1", "c.xml", InputFormat::Ml21),
        ("ml-3.0", "d.xml", InputFormat::Ml30),
    ] {
        let file = home.path().join(name);
        let (output, with) = (file.to_str().unwrap(), structure.to_str().unwrap());
        run(&["sdmx", &study, "--output", output, "--format", format, "--structure", with]);
        let (found, observations) = read(&file, &structure);
        assert_eq!(found, kind);
        let reported = |area: &str| -> Vec<&str> {
            let own = observations.iter().filter(|one| one["REF_AREA"] == area);
            own.map(|one| one["REPORTING_TYPE"].as_str()).collect()
        };
        assert_eq!((reported("404"), reported("516")), (vec!["G"; 2], vec!["N"; 2]), "{format}");
        // ML has no place for an empty text.
        let full = |one: BTreeMap<String, String>| {
            one.into_iter().filter(|(_, text)| !text.is_empty()).collect::<BTreeMap<_, _>>()
        };
        let observations: Vec<_> = observations.into_iter().map(full).collect();
        match &first {
            Some(first) => assert_eq!(&observations, first, "{format}"),
            None => {
                let women = |one: &&BTreeMap<String, String>, area: &str| {
                    one["REF_AREA"] == area && one["SEX"] == "F"
                };
                let kenya = observations.iter().find(|one| women(one, "404")).unwrap();
                assert_eq!((&*kenya["OBS_VALUE"], &*kenya["AGE"]), ("47.5", "Y_GE15"));
                // Ages that the source does not state are not those of the indicator: the figure is not split.
                let namibia = observations.iter().find(|one| women(one, "516")).unwrap();
                assert_eq!((&*namibia["OBS_VALUE"], &*namibia["AGE"]), ("80.125", "_T"));
                first = Some(observations);
            }
        }
    }
}

#[test]
fn figures_of_eurostat_in_sdmx_are_read_with_all_their_dimensions() {
    let home = tempfile::tempdir().unwrap();
    let text = "STRUCTURE,STRUCTURE_ID,freq,size_emp,indic_is,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n\
                dataflow,ESTAT:MADE(1.0),A,10-49,I_IU3,PC_IND,AT,2019,70.5,b\n\
                dataflow,ESTAT:MADE(1.0),A,GE250,I_IU3,PC_IND,AT,2019,90.25,\n\
                dataflow,ESTAT:MADE(1.0),A,10-49,I_IU3,PC_IND,EL,2019,60,\n\
                dataflow,ESTAT:MADE(1.0),A,10-49,I_IU3,PC_IND,EU27_2020,2019,80,\n";
    std::fs::write(home.path().join("made.csv"), text).unwrap();
    let study = study_of(home.path(), "sdmx/eurostat", "made.csv");
    let tidy = home.path().join("estimates.csv");
    let with = |named: &str| {
        let text = std::fs::read_to_string(&study).unwrap();
        let start = text.find("recipe").unwrap();
        let end = text.find("[estimate]").unwrap();
        let recipe = format!("recipe = \"sdmx/eurostat\"\nindicators = {{ {named} }}\n");
        std::fs::write(&study, format!("{}{recipe}{}", &text[..start], &text[end..])).unwrap();
        inclusion(&["estimate", &study, "--output", tidy.to_str().unwrap()])
    };
    // A series that is split further says by what, and how to take one code of it.
    let output = with("I_IU3 = \"HH18\"");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(
        message.contains(
            "`I_IU3` is split by `size_emp` (10-49, GE250); say which CODE is meant by \
             `indicators = { \"I_IU3 size_emp=CODE\" = \"HH18\" }` of the series"
        ),
        "{message}"
    );
    // A code that tells one indicator from others stays in the advice, which is of that very indicator.
    let of_one = with("\"I_IU3 size_emp=10-49\" = \"HH7\", \"I_IU3 size_emp=GE250\" = \"HH18\"");
    assert!(of_one.status.success(), "{}", String::from_utf8_lossy(&of_one.stderr));
    let output = with("\"I_IU3 size_emp=10-49\" = \"HH18\"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = estimates(&tidy);
    let of = |area: &str| {
        let own: Vec<_> = rows.iter().filter(|row| row["REF_AREA"] == area).collect();
        own.iter()
            .map(|row| (row["OBS_VALUE"].clone(), row["OBS_STATUS"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("AUT"), [("0.705".to_string(), "B".to_string())]);
    assert_eq!(of("GRC"), [("0.6".to_string(), "A".to_string())]);
}

#[test]
fn a_file_of_eurostats_service_gives_its_own_figures() {
    let source = root().join("../shared/data/eurostat-isoc/estat_isoc_e_dii_sdmxcsv.csv");
    if !source.is_file() {
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "../shared is not there");
        eprintln!("SKIPPED: this test needs {}", source.display());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let study = home.path().join("study.toml");
    // No indicator of the registry is of enterprises: HH18 stands for one.
    let text = format!(
        "[study]\ntitle = \"Figures\"\n[[series]]\nid = \"estat\"\nfile = {source:?}\nrecipe = \"sdmx/eurostat\"\n\
         indicators = {{ \"E_DI3_HI size_emp=GE250 nace_r2=C10-S951_X_K\" = \"HH18\" }}\n[estimate]\nindicators = [\"HH18\"]\nmeasures = [\"gap\"]\n"
    );
    std::fs::write(&study, text).unwrap();
    let tidy = home.path().join("estimates.csv");
    run(&["estimate", study.to_str().unwrap(), "--output", tidy.to_str().unwrap()]);
    let of = |code: &str| match code {
        "EL" => "GRC".to_string(),
        "UK" => "GBR".to_string(),
        code => inclusion_registry::Areas::builtin().resolve(code).unwrap().id.clone(),
    };
    let mut expected = BTreeMap::new();
    let mut lines = csv::Reader::from_path(&source).unwrap();
    for row in lines.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        let own = row["indic_is"] == "E_DI3_HI" && row["size_emp"] == "GE250";
        let country = row["geo"] != "EA" && !row["geo"].starts_with("EU");
        if own && country && row["OBS_FLAG"] != "c" {
            let value: f64 = row["OBS_VALUE"].parse().unwrap();
            expected.insert((of(&row["geo"]), row["TIME_PERIOD"].clone()), value / 100.0);
        }
    }
    assert!(expected.len() > 40, "{}", expected.len());
    let series =
        |row: &&BTreeMap<String, String>| row["SOURCE"] == "estat" && row["MEASURE"] == "LEVEL";
    for row in estimates(&tidy).iter().filter(series) {
        let key = (row["REF_AREA"].clone(), row["TIME_PERIOD"].clone());
        let Some(value) = expected.remove(&key) else { panic!("{key:?} is not in the file") };
        assert!((row["OBS_VALUE"].parse::<f64>().unwrap() - value).abs() < 1e-12, "{key:?}");
    }
    assert!(expected.is_empty(), "{expected:?}");
}
