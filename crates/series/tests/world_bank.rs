//! World Bank downloads with years in columns, made after their form.

mod made;

use inclusion_series::{AreaRef, Options, Series, SeriesRecipe, Unit, read};
use made::{Case, areas};

fn read_as(id: &str, text: &str, options: &Options) -> Result<Series, String> {
    let case = Case::new();
    let path = case.path("a.csv");
    std::fs::write(&path, text).unwrap();
    let known = areas();
    let resolve = |text: &str| match text {
        "WLD" => Ok(AreaRef::group("WLD")),
        _ => known.resolve(text).cloned().map_err(|e| e.near),
    };
    let recipes = SeriesRecipe::builtin().unwrap();
    read(&path, &recipes[id], &resolve, options)
        .map_err(|e| e.to_string().replace(&format!("{}/", case.folder.path().display()), ""))
}

/// Area, sex, age, year and value of each.
fn rows(series: &Series) -> Vec<(&str, &str, &str, i32, Option<f64>)> {
    let of = |o: &inclusion_series::Observation| o.value;
    series.observations.iter().map(|o| (&*o.ref_area, &*o.sex, &*o.age, o.year, of(o))).collect()
}

const PREAMBLE: &str = "\u{feff}\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n";

#[test]
fn indicator_download_with_its_preamble() {
    let text = format!(
        "{PREAMBLE}\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2011\",\"2014\",\"2021\",\n\
         \"Namibia\",\"NAM\",\"Account, female\",\"FX.OWN.TOTL.FE.ZS\",\"\",\"57.9\",\"70.5\",\n\
         \"World\",\"WLD\",\"Account, female\",\"FX.OWN.TOTL.FE.ZS\",\"46.8\",\"\",\"74\",\n"
    );
    let series = read_as("world-bank/indicator-csv", &text, &Options::default()).unwrap();
    assert_eq!(
        rows(&series),
        [
            ("NAM", "F", "Y_GE15", 2014, Some(0.579)),
            ("NAM", "F", "Y_GE15", 2021, Some(0.705)),
            ("WLD", "F", "Y_GE15", 2011, Some(0.468)),
            ("WLD", "F", "Y_GE15", 2021, Some(0.74)),
        ]
    );
    assert!(series.observations.iter().all(|o| *o.indicator == *"FX.OWN.TOTL.ZS"));
    assert_eq!((series.provenance[0].blank, series.observations[0].line), (2, 6));
    assert_eq!(series.countries().count(), 2);
}

#[test]
fn databank_download_with_notes_and_a_series_of_another_unit() {
    let text = "\u{feff}Country Name,Country Code,Series Name,Series Code,2011 [YR2011],2021 [YR2021]\n\
                Namibia,NAM,Cellular subscriptions,IT.CEL.SETS.P2,99.1,113.2\n\
                Kenya,KEN,Cellular subscriptions,IT.CEL.SETS.P2,..,122.7\n\
                ,,,,,\n\
                Data from database: World Development Indicators,,,,,\n";
    let unset = read_as("world-bank/databank", text, &Options::default()).unwrap_err();
    assert_eq!(
        unset,
        "a.csv, line 2, column 5 `2011 [YR2011]`: nothing says the unit of this value; give it in the recipe's `[unit]`, or set `unit` for the run: in a study, `set = { unit = \"percent\" }` of the series"
    );
    let set = [("unit".to_string(), "per_100".to_string())].into();
    let options = Options { set, edition: Some("2022-06-30".into()), ..Options::default() };
    let series = read_as("world-bank/databank", text, &options).unwrap();
    assert_eq!(
        rows(&series),
        [
            ("NAM", "_T", "_X", 2011, Some(0.991)),
            ("NAM", "_T", "_X", 2021, Some(1.132)),
            ("KEN", "_T", "_X", 2011, None),
            ("KEN", "_T", "_X", 2021, Some(1.227)),
        ]
    );
    assert_eq!(series.observations[0].unit, Unit::Per100);
    assert_eq!(series.observations[0].edition.as_deref(), Some("2022-06-30"));
    assert_eq!(&*series.observations[0].time_period, "2011");
}
