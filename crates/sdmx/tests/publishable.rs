//! Publishable rows in the structure of the goals and in the project's own: what is withheld is in
//! neither.

mod estimates;
mod shared;

use estimates::{estimate, example, key, level, registry, reviewed};
use inclusion_estimate::{Absence, Diagnostic, Measure, Outcome, Severity};
use inclusion_sdmx::{
    Format, MapOptions, Mapped, MlVersion, Observation, OwnNames, OwnStructure, ReadOptions,
    Reader, Rules, SeriesConstraints, Structure, WriteOptions, Writer, YearOf, own_observations,
    read_structures, sdg_observations, write_structure,
};
use std::collections::BTreeMap;

fn options<'a>(constraints: Option<&'a SeriesConstraints>) -> MapOptions<'a> {
    let text = |a: &str, b: &str| BTreeMap::from([(a.to_string(), b.to_string())]);
    MapOptions {
        areas: text("KEN", "404"),
        sources: ["household-survey", "older-persons"]
            .map(|id| (id.to_string(), "Household survey 2022".to_string()))
            .into(),
        ages: text("household-survey", "Y_GE15"),
        percent_decimals: Some(2),
        ratio_decimals: Some(3),
        constraints,
        ..MapOptions::default()
    }
}

fn write(mapped: &Mapped, structure: &Structure, options: &WriteOptions<'_>) -> String {
    let mut writer = Writer::new(Vec::new(), structure, options).unwrap();
    for observation in &mapped.observations {
        writer.write(observation).unwrap_or_else(|error| panic!("{error}"));
    }
    String::from_utf8(writer.finish().unwrap().0).unwrap()
}

#[test]
fn the_agreed_example_comes_out_of_estimates_as_expected() {
    let Some(folder) = shared::folder("conformance/methods/sdmx") else { return };
    let structures = read_structures(&folder.join("sdg-structure-subset.xml")).unwrap();
    let structure = structures.structure(None).unwrap();
    let constraints = SeriesConstraints::read(&folder.join("series-constraints.csv")).unwrap();
    let registry = registry();
    let publishable = reviewed(example(), &registry);
    let mapped =
        sdg_observations(&publishable, &registry, &structure, &options(Some(&constraints)))
            .unwrap();
    assert!(mapped.left_out.is_empty(), "{:?}", mapped.left_out);
    let mut table = csv::Reader::from_path(folder.join("expected.csv")).unwrap();
    let header = table.headers().unwrap().clone();
    let attributes: Vec<String> = header.iter().skip(17).map(String::from).collect();
    let rules = Rules { series: Some(&constraints), ..Rules::default() };
    let options = WriteOptions { attributes: Some(attributes), rules, ..WriteOptions::default() };
    let text = write(&mapped, &structure, &options);
    // Comments are for the one who publishes; everything else is equal, in any order.
    let cells = |record: csv::StringRecord, skip: usize| -> Vec<String> {
        let cells = record.iter().skip(skip).map(String::from);
        let mut cells: Vec<String> = cells.collect();
        cells.pop();
        cells
    };
    let mut expected: Vec<Vec<String>> = table.records().map(|r| cells(r.unwrap(), 0)).collect();
    let mut own = csv::Reader::from_reader(text.as_bytes());
    let mut found: Vec<Vec<String>> = own.records().map(|r| cells(r.unwrap(), 3)).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn units_and_ages_follow_the_constraints_of_the_series() {
    let Some(folder) = shared::folder("conformance/methods/sdmx") else { return };
    let structures = read_structures(&folder.join("sdg-structure-subset.xml")).unwrap();
    let structure = structures.structure(None).unwrap();
    let constraints = SeriesConstraints::read(&folder.join("series-constraints.csv")).unwrap();
    let registry = registry();
    let users = estimate(key("HH7", &[("sex", "F")], Measure::Level), 0.5, Some((0.4, 0.6)), 900);
    let account = estimate(key("FX-ACCOUNT", &[], Measure::Level), 0.25, Some((0.2, 0.3)), 900);
    let publishable = reviewed(vec![users, account], &registry);
    let columns = structure.columns();
    let cell = |row: &Observation, id: &str| match columns.dimension(id) {
        Some(at) => row.dimensions[at].clone(),
        None => row.attribute(columns.attribute(id).unwrap()).unwrap_or_default().to_string(),
    };
    for (constraints, unit) in [(Some(&constraints), "PER_100_POP"), (None, "PT")] {
        let mapped =
            sdg_observations(&publishable, &registry, &structure, &options(constraints)).unwrap();
        let [account, users] = mapped.observations.as_slice() else {
            panic!("two observations: {:?}", mapped.left_out)
        };
        // The registry writes the series with small letters, the structure without.
        assert_eq!(cell(users, "SERIES"), "IT_USE_II99");
        assert_eq!(cell(users, "UNIT_MEASURE"), unit);
        assert_eq!(users.value.as_ref().unwrap().text(), "50");
        assert_eq!(cell(users, "COMMENT_TS"), "Confidence level of the bounds: 95 per cent");
        assert_eq!(
            (cell(account, "SERIES").as_str(), cell(account, "AGE").as_str()),
            ("FB_BNK_ACCSS", "Y_GE15")
        );
    }
}

#[test]
fn what_the_goals_structure_cannot_say_is_left_out_with_the_reason() {
    let Some(folder) = shared::folder("conformance/methods/sdmx") else { return };
    let structures = read_structures(&folder.join("sdg-structure-subset.xml")).unwrap();
    let structure = structures.structure(None).unwrap();
    let registry = registry();
    let bounds = (0.4, 0.6);
    let mut period = level(&[], 0.5, bounds, 900);
    period.key.time_period = "FY2019".into();
    let contrast = estimate(key("HH18", &[], Measure::Change), 0.1, None, 900);
    let estimates = vec![
        level(&[("region", "N")], 0.5, bounds, 900),
        level(&[("age_10", "55-64")], 0.5, bounds, 900),
        level(&[("age_cetic", "10-15")], 0.5, bounds, 900),
        estimate(key("HH18", &[], Measure::Gap), 0.1, Some((0.0, 0.2)), 900),
        estimate(key("HH4", &[], Measure::Level), 0.1, Some((0.0, 0.2)), 900),
        period,
        contrast,
    ];
    let publishable = reviewed(estimates, &registry);
    let mapped = sdg_observations(&publishable, &registry, &structure, &options(None)).unwrap();
    let mut reasons: Vec<&str> = mapped.left_out.iter().map(|own| own.reason.as_str()).collect();
    reasons.sort_unstable();
    assert_eq!(
        reasons,
        [
            "CHANGE compares two keys, and an observation has one",
            "GAP of HH18 has no SDG series",
            "LEVEL of HH4 has no SDG series",
            "`FY2019` is no time period of SDMX",
            "the structure has no code for `10-15` of age_cetic",
            "the structure has no dimension for region",
        ]
    );
    assert_eq!(mapped.observations.len(), 1);
}

#[test]
fn two_different_figures_of_one_key_are_an_error_and_the_same_one_is_written_once() {
    let Some(folder) = shared::folder("conformance/methods/sdmx") else { return };
    let structures = read_structures(&folder.join("sdg-structure-subset.xml")).unwrap();
    let structure = structures.structure(None).unwrap();
    let registry = registry();
    let both = |first: f64, second: f64, concepts: [&str; 2], code: &str| {
        let estimates = concepts
            .iter()
            .zip([first, second])
            .map(|(concept, value)| level(&[(concept, code)], value, (0.1, 0.9), 900));
        let publishable = reviewed(estimates.collect(), &registry);
        sdg_observations(&publishable, &registry, &structure, &options(None))
    };
    let ages = both(0.5, 0.5, ["age_group", "age_itu"], "15-24").unwrap();
    assert_eq!(ages.observations.len(), 1);
    let error = both(0.5, 0.6, ["income_quintile", "wealth_quintile"], "Q1").unwrap_err();
    let message = error.to_string();
    assert!(
        message
            .starts_with("two different figures have the key A.N.IT_MOB_OWN.404._T.Y_GE15._T.Q1."),
        "{message}"
    );
    assert!(
        message.ends_with(
            "HH18 of household-survey by income_quintile Q1 and HH18 of household-survey by \
         wealth_quintile Q1; publish one of them"
        ),
        "{message}"
    );
}

#[test]
fn the_own_structure_holds_every_measure_and_reads_back_equal() {
    let registry = registry();
    let mut estimates = example();
    estimates.push(estimate(key("HH18", &[], Measure::Gap), 0.0929, Some((0.06, 0.12)), 900));
    estimates.push(level(&[("income_quintile", "Q1")], 0.3, (0.2, 0.4), 300));
    estimates.push(level(&[("wealth_quintile", "Q1")], 0.4, (0.3, 0.5), 300));
    estimates.push(level(&[("region", "N/E 1")], 0.7, (0.6, 0.8), 300));
    let mut absent = level(&[("sex", "F"), ("urbanisation", "U")], 0.0, (0.0, 0.0), 0);
    absent.outcome = Outcome::Absent(Absence::NoCases);
    estimates.push(absent);
    let mut two_years = level(&[("sex", "F")], 1.0 / 3.0, (0.3, 0.4), 77);
    two_years.key.time_period = "2015-2016".into();
    two_years.diagnostics = vec![Diagnostic {
        code: "lonely_psu_adjusted".into(),
        severity: Severity::Caution,
        message: "A stratum has one \"PSU\", <centred>.".into(),
        count: 1,
    }];
    estimates.push(two_years);
    let publishable = reviewed(estimates, &registry);
    let names = OwnNames {
        areas: BTreeMap::from([("KEN".to_string(), "Kenya".to_string())]),
        ..OwnNames::default()
    };
    let own = OwnStructure::new(publishable.rows(), &registry, &names).unwrap();
    let options = MapOptions { year: YearOf::First, ..MapOptions::default() };
    let mapped = own_observations(&publishable, &registry, &own, &options).unwrap();
    assert!(mapped.left_out.is_empty(), "{:?}", mapped.left_out);
    assert_eq!(mapped.observations.len(), publishable.rows().len());
    let folder = tempfile::tempdir().unwrap();
    for (version, format) in [
        (MlVersion::V21, Format::Csv1),
        (MlVersion::V21, Format::Ml21),
        (MlVersion::V30, Format::Csv2),
        (MlVersion::V30, Format::Ml30),
    ] {
        let path = folder.path().join("structure.xml");
        let file = std::fs::File::create(&path).unwrap();
        write_structure(file, &own.structure, version, &Default::default()).unwrap();
        let structure = read_structures(&path).unwrap().structure(None).unwrap();
        let options = WriteOptions { format, ..WriteOptions::default() };
        let text = write(&mapped, &structure, &options);
        // The withheld women of the example have the share 0.111777 and 11 cases, the men 0.222777 and 12.
        for secret in ["0.111777", "0.222777", "\"11\"", ",11,", "\"12\"", ",12,"] {
            assert!(!text.contains(secret), "{secret} in {format:?}");
        }
        let path = folder.path().join("data");
        std::fs::write(&path, &text).unwrap();
        let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
        let reader = Reader::open(&path, &options).unwrap();
        let back: Vec<Observation> = reader.map(|row| row.unwrap()).collect();
        assert_eq!(back, mapped.observations, "{format:?}");
    }
    let columns = own.structure.columns();
    let row = |period: &str| {
        let at = columns.dimension("TIME_PERIOD").unwrap();
        mapped.observations.iter().find(|row| row.dimensions[at] == period).unwrap()
    };
    let attribute = |row: &Observation, id: &str| {
        row.attribute(columns.attribute(id).unwrap()).map(String::from)
    };
    let early = row("2015");
    assert_eq!(early.value.as_ref().unwrap().number(), 1.0 / 3.0);
    assert_eq!(attribute(early, "TIME_DETAIL").as_deref(), Some("2015-2016"));
    assert_eq!(attribute(early, "NOTE").as_deref(), Some("lonely_psu_adjusted"));
    assert_eq!(attribute(early, "N").as_deref(), Some("77"));
    let codes = own.structure.component("INCOME_WEALTH_QUANTILE").unwrap().codes.clone().unwrap();
    for code in ["WEALTH_QUINTILE_Q1", "INCOME_QUINTILE_Q1", "INCOME_GROUP_B40", "_T"] {
        assert!(codes.position(code).is_some(), "{code}");
    }
    let regions = own.structure.component("REGION").unwrap().codes.clone().unwrap();
    assert!(regions.position("N_E_1").is_some());
}

#[test]
fn a_withheld_row_has_its_key_its_unit_and_the_status_and_no_figure() {
    let registry = registry();
    let publishable = reviewed(example(), &registry);
    let own = OwnStructure::new(publishable.rows(), &registry, &OwnNames::default()).unwrap();
    let mapped = own_observations(&publishable, &registry, &own, &MapOptions::default()).unwrap();
    let columns = own.structure.columns();
    let status = columns.attribute("OBS_STATUS").unwrap();
    let withheld: Vec<&Observation> =
        mapped.observations.iter().filter(|row| row.attribute(status) == Some("Q")).collect();
    assert_eq!(withheld.len(), 2, "{:?}", publishable.withheld());
    for row in withheld {
        assert!(row.value.is_none());
        let there: Vec<&str> = columns
            .attributes
            .iter()
            .enumerate()
            .filter(|(at, _)| row.attribute(*at).is_some())
            .map(|(_, id)| id.as_str())
            .collect();
        assert_eq!(there, ["OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "NATURE", "SOURCE_DETAIL"]);
    }
}

#[test]
fn ids_that_would_become_the_same_code_are_an_error() {
    let registry = registry();
    let estimates = vec![
        level(&[("region", "a/b")], 0.5, (0.4, 0.6), 900),
        level(&[("region", "a b")], 0.5, (0.4, 0.6), 900),
    ];
    let publishable = reviewed(estimates, &registry);
    let error = OwnStructure::new(publishable.rows(), &registry, &OwnNames::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "codes `a b` and `a/b` of region would both become a_b; rename one of them"
    );
}
