//! Published figures by sex: from the files of their publishers to `figures.csv`.

use crate::shared::{Table, csv, own, registry, tsv};
use inclusion_registry::{AreaKind, Areas, IndicatorKind};
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: [&str; 12] = [
    "area",
    "indicator",
    "sex",
    "age",
    "year",
    "value",
    "unit",
    "nature",
    "obs_status",
    "source",
    "edition",
    "footnote",
];

/// A figure before it is written; all texts as they will stand.
#[derive(Default)]
struct Figure {
    area: String,
    indicator: String,
    sex: &'static str,
    age: String,
    year: String,
    value: String,
    nature: String,
    obs_status: &'static str,
    source: String,
    edition: &'static str,
    footnote: String,
}

/// The id of an area that a figure may be of; none of a group.
fn area(text: &str) -> Option<String> {
    let area = Areas::builtin().resolve(text).unwrap_or_else(|e| panic!("{e}"));
    (area.kind != AreaKind::Group).then(|| area.id.clone())
}

fn sex(text: &str) -> &'static str {
    match text {
        "_T" | "BOTHSEX" | "bothsex" => "_T",
        "F" | "FEMALE" | "female" => "F",
        "M" | "MALE" | "male" => "M",
        other => panic!("sex {other}"),
    }
}

/// SDG 17.8.1. Up to 2013 the question was about the last twelve months, not three: a break.
fn internet(table: &Table) -> Vec<Figure> {
    let mut figures = Vec::new();
    for row in &table.rows {
        let cell = |column| table.get(row, column);
        let year = cell("TIME_PERIOD");
        figures.push(Figure {
            area: area(cell("REF_AREA")).unwrap(),
            indicator: "HH7".into(),
            sex: sex(cell("SEX")),
            age: cell("AGE").into(),
            year: year.into(),
            value: cell("OBS_VALUE").into(),
            nature: cell("NATURE").into(),
            obs_status: if year < "2014" { "B" } else { "A" },
            source: "ITU".into(),
            edition: "un-minset-2015",
            footnote: cell("COMMENT_OBS").into(),
        });
    }
    figures
}

/// SDG 5.b.1. The file has no column for age; a comment has it for some countries.
fn mobile_phones(table: &Table) -> Vec<Figure> {
    let mut figures = Vec::new();
    for row in &table.rows {
        let cell = |column| table.get(row, column);
        let comment = cell("COMMENT_OBS");
        let age = match comment.strip_prefix("Population age ").unwrap_or(comment) {
            "15+" => "Y_GE15",
            "16+" => "Y_GE16",
            "16-74" => "Y16T74",
            "16-89" => "Y16T89",
            "16-79" => "Y16T79",
            "15-74" => "Y15T74",
            "Age range: 15-49" => "Y15T49",
            _ => "_X",
        };
        let time = cell("TIME_DETAIL");
        let time = if time == cell("TIME_PERIOD") { "" } else { time };
        let notes: Vec<&str> = [comment, time].into_iter().filter(|n| !n.is_empty()).collect();
        figures.push(Figure {
            area: area(cell("REF_AREA")).unwrap(),
            indicator: "HH18".into(),
            sex: sex(cell("SEX")),
            age: age.into(),
            year: cell("TIME_PERIOD").into(),
            value: cell("OBS_VALUE").into(),
            nature: cell("NATURE").into(),
            obs_status: if cell("NATURE") == "E" { "E" } else { "A" },
            source: Some(cell("SOURCE_DETAIL")).filter(|s| !s.is_empty()).unwrap_or("ITU").into(),
            edition: "un-minset-2021",
            footnote: notes.join("; "),
        });
    }
    figures
}

/// SDG 4.4.1, the nine computer activities.
fn skills(table: &Table) -> Vec<Figure> {
    let mut figures = Vec::new();
    for row in &table.rows {
        let cell = |column| table.get(row, column);
        let source = Some(cell("Source")).filter(|source| !source.is_empty()).unwrap_or("ITU");
        figures.push(Figure {
            area: area(cell("GeoAreaCode")).unwrap(),
            indicator: format!("HH15-{}", cell("Type of skill")),
            sex: sex(cell("Sex")),
            age: "_X".into(),
            year: cell("TimePeriod").into(),
            value: cell("Value").into(),
            nature: "_X".into(),
            obs_status: "A",
            source: source.into(),
            edition: "un-sdg-2020-q4",
            footnote: cell("FootNote").into(),
        });
    }
    figures
}

/// SDG 8.10.2, of countries. In 2011 mobile money was not part of it: a break.
fn accounts(table: &Table) -> Vec<Figure> {
    let mut figures = Vec::new();
    for row in &table.rows {
        let cell = |column| table.get(row, column);
        let Some(area) = area(cell("geo_area")) else { continue };
        let first = cell("year") == "2011";
        figures.push(Figure {
            area,
            indicator: "FX-ACCOUNT".into(),
            sex: sex(cell("sex")),
            age: format!("Y_GE{}", cell("age")),
            year: cell("year").into(),
            value: cell("fb_bnk_accss").into(),
            nature: cell("nature").to_uppercase(),
            obs_status: if first { "B" } else { "A" },
            source: "World Bank, Global Findex".into(),
            edition: "un-sdg-2020-10",
            footnote: if first { "Without mobile money accounts" } else { "" }.into(),
        });
    }
    figures
}

/// Digital payments; a wide table, in which `..` is no figure.
fn payments(table: &Table) -> Vec<Figure> {
    let stem = "Made or received digital payments in the past year";
    let mut figures = Vec::new();
    for row in &table.rows {
        let name = table.get(row, "Country Name");
        let group = name.contains("excluding high income");
        let footer =
            name.is_empty() || name.starts_with("Data from") || name.starts_with("Last Updated");
        if group || footer {
            continue;
        }
        let Some(area) = area(name) else { continue };
        for year in ["2011", "2014", "2017"] {
            for (sex, label) in [
                ("_T", " (% age 15+) [g20.t]"),
                ("F", ", female  (% age 15+) [g20.t.2]"),
                ("M", ", male  (% age 15+) [g20.t.1]"),
            ] {
                let value = table.get(row, &format!("{stem}{label} - {year} [YR{year}]"));
                if value == ".." || value.is_empty() {
                    continue;
                }
                figures.push(Figure {
                    area: area.clone(),
                    indicator: "FX-DIGITAL-PAYMENT".into(),
                    sex,
                    age: "Y_GE15".into(),
                    year: year.into(),
                    value: value.into(),
                    nature: "_X".into(),
                    obs_status: "A",
                    source: "World Bank, Global Findex".into(),
                    edition: "findex-2018-10",
                    footnote: String::new(),
                });
            }
        }
    }
    figures
}

/// The table as it stands in the project.
pub fn make() -> Option<String> {
    let mut figures = internet(&tsv("un-minset-gender", "I_17_internet_by_sex.tsv")?);
    figures.extend(mobile_phones(&tsv("un-minset-gender", "I_18_mobile_own_by_sex.tsv")?));
    figures.extend(skills(&csv("equals-ict-africa-2020", "sdg_database_ict_literacy.csv.gz")?));
    figures.extend(accounts(&csv("un-sdg-ddf-2020", "fb_bnk_accss_to2014.csv")?));
    figures
        .extend(payments(&csv("equals-ict-africa-2020", "made_or_received_digitalpayments.csv")?));
    figures.sort_by(|a, b| {
        (&a.indicator, &a.area, &a.year, a.sex, &a.age).cmp(&(
            &b.indicator,
            &b.area,
            &b.year,
            b.sex,
            &b.age,
        ))
    });
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    for f in &figures {
        let row: [&str; 12] = [
            &f.area,
            &f.indicator,
            f.sex,
            &f.age,
            &f.year,
            &f.value,
            "PT",
            &f.nature,
            f.obs_status,
            &f.source,
            f.edition,
            &f.footnote,
        ];
        writer.write_record(row).unwrap();
    }
    Some(String::from_utf8(writer.into_inner().unwrap()).unwrap())
}

fn kept() -> Table {
    Table::read(&own("figures.csv"), b',')
}

#[test]
fn the_table_is_what_the_sources_say() {
    let Some(made) = make() else { return };
    let kept = std::fs::read_to_string(own("figures.csv")).unwrap();
    assert!(made == kept, "figures.csv is not what its sources give; see `write_anew`");
}

#[test]
fn every_figure_is_a_rate_of_an_area_and_an_indicator_and_stands_once() {
    let (table, registry) = (kept(), registry());
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        let cell = |column| table.get(row, column);
        let area = Areas::builtin().resolve(cell("area")).unwrap();
        assert!(area.id == cell("area") && area.is_counted(), "{row:?}");
        let indicator = &registry.indicators[cell("indicator")];
        assert_eq!((indicator.kind, indicator.unit.as_str()), (IndicatorKind::Rate, "percent"));
        let value: f64 = cell("value").parse().unwrap();
        assert!((0.0..=100.0).contains(&value), "{row:?}");
        let year: i32 = cell("year").parse().unwrap();
        assert!((2010..=2020).contains(&year), "{row:?}");
        assert!(["_T", "F", "M"].contains(&cell("sex")) && cell("unit") == "PT", "{row:?}");
        assert!(["A", "B", "E"].contains(&cell("obs_status")), "{row:?}");
        assert!(["C", "E", "G", "_X"].contains(&cell("nature")), "{row:?}");
        assert!(!cell("source").is_empty() && !cell("edition").is_empty(), "{row:?}");
        let key: Vec<&str> = ["area", "indicator", "sex", "age", "year"].map(cell).to_vec();
        assert!(seen.insert(key.clone()), "twice: {key:?}");
    }
}

#[test]
fn the_figures_of_both_sexes_are_as_many_as_the_sources_have() {
    let table = kept();
    let mut sexes: BTreeMap<(&str, &str, &str, &str), BTreeSet<&str>> = BTreeMap::new();
    for row in &table.rows {
        let key = ["indicator", "area", "year", "age"].map(|column| table.get(row, column));
        sexes.entry(key.into()).or_default().insert(table.get(row, "sex"));
    }
    let mut pairs: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for ((indicator, area, ..), sexes) in &sexes {
        if sexes.contains("F") && sexes.contains("M") {
            let entry = pairs.entry(indicator).or_default();
            entry.0 += 1;
            entry.1.insert(area);
        }
    }
    let counts: Vec<(&str, usize, usize)> =
        pairs.iter().map(|(indicator, (pairs, areas))| (*indicator, *pairs, areas.len())).collect();
    let expected = [
        ("FX-ACCOUNT", 282, 153),
        ("FX-DIGITAL-PAYMENT", 286, 153),
        ("HH15-ARSP", 180, 70),
        ("HH15-CMFL", 194, 71),
        ("HH15-COPA", 147, 66),
        ("HH15-EMAIL", 76, 38),
        ("HH15-EPRS", 196, 71),
        ("HH15-INST", 112, 67),
        ("HH15-PCPR", 194, 70),
        ("HH15-SOFT", 145, 67),
        ("HH15-TRAF", 196, 70),
        ("HH18", 226, 90),
        ("HH7", 250, 82),
    ];
    assert_eq!(counts, expected);
    // 794 of internet use, 723 of mobile phones, 4 795 of skills; accounts without the world's six.
    assert_eq!(table.rows.len(), 794 + 723 + 4795 + (852 - 6) + 858);
}

#[test]
fn known_figures_are_there() {
    let table = kept();
    let value = |wanted: [&str; 5]| -> f64 {
        let columns = ["area", "indicator", "sex", "age", "year"];
        let row = table.rows.iter().find(|row| columns.map(|c| table.get(row, c)) == wanted);
        table.get(row.unwrap_or_else(|| panic!("{wanted:?}")), "value").parse().unwrap()
    };
    assert_eq!(value(["BRA", "HH7", "F", "Y_GE10", "2014"]), 54.18);
    assert_eq!(value(["BRA", "HH7", "M", "Y_GE10", "2014"]), 54.95);
    assert_eq!(value(["BRA", "HH7", "_T", "Y_GE10", "2014"]), 54.55);
    assert_eq!(value(["AFG", "HH18", "_T", "_X", "2016"]), 46.82);
    assert_eq!(
        (value(["AFG", "FX-DIGITAL-PAYMENT", "F", "Y_GE15", "2017"]) * 100.0).round(),
        408.0
    );
    assert_eq!(
        (value(["AFG", "FX-DIGITAL-PAYMENT", "M", "Y_GE15", "2017"]) * 100.0).round(),
        1749.0
    );
}

#[test]
fn the_releases_of_the_global_database_agree_on_skills() {
    let Some(table) = csv("un-sdg-ddf-2020", "se_adt_acts.csv") else { return };
    let kept = kept();
    let mut values = BTreeMap::new();
    for row in &kept.rows {
        let cell = |column| kept.get(row, column);
        if let Some(skill) = cell("indicator").strip_prefix("HH15-") {
            let value: f64 = cell("value").parse().unwrap();
            values
                .insert([cell("area"), skill, cell("sex"), cell("year")].map(String::from), value);
        }
    }
    for row in &table.rows {
        let cell = |column| table.get(row, column);
        let skill = cell("type_of_skill").to_uppercase();
        let key =
            [area(cell("geo_area")).unwrap(), skill, sex(cell("sex")).into(), cell("year").into()];
        assert_eq!(values.remove(&key), Some(cell("se_adt_acts").parse().unwrap()), "{key:?}");
    }
    assert!(values.is_empty(), "{values:?}");
}
