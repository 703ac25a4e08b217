//! The world and its groups of countries.

use super::data::{expected, groups, newest_year, persons, world};
use super::{
    close, folder, header, inclusion, markdown, printed, row, stderr, stdout, table, walked,
};
use inclusion::Walked;
use inclusion_disclosure::Cell;
use inclusion_estimate::{Absence, Measure, SeriesKey};
use std::collections::BTreeSet;

const GROUPINGS: [&str; 3] = ["sdg-regions", "world-bank-income", "special-situations"];

fn study(aggregate: &str) -> String {
    format!(
        "[study]\ntitle = \"World\"\n\n[[series]]\nid = \"published\"\nfile = \"figures.csv\"\n\
         recipe = \"world/figures\"\n\n[estimate]\nindicators = [\"HH7\", \"HH18\", \"FX-ACCOUNT\"]\n\
         measures = [\"gap\", \"parity\", \"women_to_parity\"]\n\n[aggregate]\n\
         groupings = [\"sdg-regions\", \"world-bank-income\", \"special-situations\"]\n{aggregate}"
    )
}

/// The world, then each group of each grouping: id, name, members.
fn all_groups(year: i32) -> Vec<(String, String, BTreeSet<String>)> {
    let mut all = vec![("001".to_string(), "World".to_string(), world(year))];
    all.extend(GROUPINGS.iter().flat_map(|grouping| groups(grouping, year)));
    all
}

fn cell<'a>(
    walked: &'a Walked,
    group: &str,
    year: i32,
    indicator: &str,
    sex: Option<&'static str>,
    measure: Measure,
) -> &'a Cell {
    let key = SeriesKey {
        source: "aggregates".into(),
        ref_area: group.into(),
        time_period: year.to_string().into(),
        indicator: indicator.into(),
        breakdown: sex.into_iter().map(|sex| ("sex", sex)).collect(),
        measure,
    };
    &walked.publishable.get(&key).unwrap_or_else(|| panic!("no row {key:?}")).cell
}

fn value(cell: &Cell, expected: Result<f64, Absence>, what: &str) {
    match (cell, expected) {
        (Cell::Shown(shown), Ok(expected)) => {
            close(shown.value, expected, what);
            assert_eq!((shown.se, shown.interval), (None, None), "{what}: no error is known");
        }
        (Cell::Missing(got), Err(expected)) => assert_eq!(*got, expected, "{what}"),
        other => panic!("{what}: {other:?}"),
    }
}

#[test]
fn rates_are_weighted_with_women_and_men_and_held_to_the_coverage_rule() {
    let cases = [
        ("half_of_either_sex", 0.5, 5, None),
        ("none", 0.0, 5, None),
        ("one_third", 2.0 / 3.0, 5, None),
        ("half_of_either_sex", 0.5, 1, None),
        ("half_of_either_sex", 0.5, 10, Some(2016)),
        ("one_third", 2.0 / 3.0, 3, Some(2012)),
    ];
    for (rule, least, window, given) in cases {
        let year = given.map(|year| format!("year = {year}\n")).unwrap_or_default();
        let text = study(&format!("{year}window = {window}\ncoverage = \"{rule}\"\n"));
        let folder = folder(&text);
        let (_, walked) = walked(folder.path(), &text);
        let (mut published, mut refused, mut without_sums, mut together) = (0, 0, 0, 0);
        for indicator in ["HH7", "HH18", "FX-ACCOUNT"] {
            let year = given.unwrap_or_else(|| newest_year(indicator));
            for (id, name, members) in all_groups(year) {
                let what = format!("{indicator} of {name}, {rule}, {window} years to {year}");
                let e = expected(indicator, &members, year, window);
                let judge = |countries: usize, covered: [f64; 2]| match countries {
                    0 => Err(Absence::Unavailable),
                    _ if covered[0].min(covered[1]) < least => Err(Absence::CoverageTooLow),
                    _ => Ok(()),
                };
                let sexes = judge(e.countries, e.covered);
                let all = judge(e.all_countries, e.all_covered);
                let of = |sex, measure| cell(&walked, &id, year, indicator, sex, measure);
                value(of(Some("F"), Measure::Level), sexes.map(|()| e.women), &what);
                value(of(Some("M"), Measure::Level), sexes.map(|()| e.men), &what);
                let rate_of_all = match sexes {
                    Ok(()) => Ok(e.together),
                    Err(_) => all.map(|()| e.all),
                };
                value(of(None, Measure::Level), rate_of_all, &what);
                together += usize::from(sexes.is_ok() && e.all_countries != e.countries);
                value(of(None, Measure::Gap), sexes.map(|()| e.men - e.women), &what);
                value(of(None, Measure::Parity), sexes.map(|()| e.women / e.men), &what);
                // The one-third rule asks of a sum that a third of the countries at most are missing.
                let missing = e.of - e.countries;
                let sum = match rule == "one_third" && 3 * missing > e.of {
                    true => sexes.and(Err(Absence::TooManyMissing)),
                    false => sexes.map(|()| (e.men - e.women) * e.women_in_base),
                };
                value(of(None, Measure::WomenToParity), sum, &what);
                published += usize::from(sexes.is_ok());
                refused += usize::from(sexes == Err(Absence::CoverageTooLow));
                without_sums += usize::from(sexes.is_ok() && sum.is_err());
            }
        }
        let what = format!("{rule}, {window} years");
        assert!(published >= 10, "{what}: {published} published");
        assert!(together > 0, "{what}: no total has countries of its own");
        assert_eq!(refused > 0, rule != "none", "{what}: {refused} refused");
        assert_eq!(without_sums > 0, rule == "one_third", "{what}: {without_sums} without sums");
    }
}

/// `2015–2019`.
fn years(years: &BTreeSet<i32>) -> String {
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    }
}

#[test]
fn every_group_is_printed_with_its_countries_and_its_coverage() {
    let folder = folder(&study(""));
    let markdown = markdown(folder.path());
    let names = [
        ("HH7", "Individuals using the Internet"),
        ("HH18", "Individuals owning a mobile phone"),
        ("FX-ACCOUNT", "Adults with an account"),
    ];
    let (mut published, mut refused) = (0, 0);
    for (indicator, name) in names {
        let table = table(&markdown, &format!("{name}, the world and groups of countries"));
        let head = header(&markdown, &format!("{name}, the world and groups of countries"));
        let scale = match &*head[7] {
            "Women missing for parity (millions)" => 1e6,
            "Women missing for parity (thousands)" => 1e3,
            other => panic!("{other}"),
        };
        // Columns of text begin after the figures.
        let at = 8;
        let year = newest_year(indicator);
        for (_, group, members) in all_groups(year) {
            let what = format!("{indicator} of {group}");
            let e = expected(indicator, &members, year, 5);
            let cells = row(&table, &group);
            let shown = e.covered[0].min(e.covered[1]) >= 0.5;
            match shown {
                true => {
                    assert_eq!(cells[1], years(&e.years), "{what}");
                    printed(&cells[2], 100.0 * e.women, 1, &what);
                    printed(&cells[3], 100.0 * e.men, 1, &what);
                    printed(&cells[5], 100.0 * (e.men - e.women), 1, &what);
                    printed(&cells[6], e.women / e.men, 3, &what);
                    let missing = (e.men - e.women) * e.women_in_base / scale;
                    printed(&cells[7], missing, 1, &what);
                    printed(&cells[4], 100.0 * e.together, 1, &what);
                    let between = [e.women.min(e.men), e.women.max(e.men)];
                    assert!(between[0] <= e.together && e.together <= between[1], "{what}");
                    published += 1;
                }
                false => {
                    assert_eq!([2, 3, 5, 6].map(|at| cells[at].as_str()), [".."; 4], "{what}");
                    // A rate of all stands where enough report one, with its years.
                    match e.all_covered[0].min(e.all_covered[1]) >= 0.5 {
                        true => {
                            printed(&cells[4], 100.0 * e.all, 1, &what);
                            assert_eq!(cells[1], years(&e.all_years), "{what}");
                        }
                        false => assert_eq!([&cells[1], &cells[4]], ["", ".."], "{what}"),
                    }
                    refused += 1;
                }
            }
            let unknown = members.iter().filter(|area| persons(area, 2015, "F", None).is_none());
            let unknown = match unknown.count() {
                0 => String::new(),
                n => format!(", population of {n} unknown"),
            };
            assert_eq!(cells[at], format!("{} of {}{unknown}", e.countries, e.of), "{what}");
            // The rate of all is of the same countries, or of its own where there is none of women and men.
            let (countries, shares) = match shown {
                true => (e.countries, e.covered),
                false => (e.all_countries, e.all_covered),
            };
            let of_all: Vec<&str> = cells[at + 2].split([',', ';']).map(str::trim).collect();
            assert_eq!(of_all[0], countries.to_string(), "{what}");
            for (text, share) in of_all[1..].iter().zip(shares) {
                printed(text.trim_end_matches('%'), 100.0 * share, 0, &what);
            }
            let covered: Vec<&str> =
                cells[at + 1].split("; ").map(|share| share.trim_end_matches('%')).collect();
            printed(covered[0], 100.0 * e.covered[0], 0, &what);
            printed(covered[1], 100.0 * e.covered[1], 0, &what);
        }
    }
    assert!(published >= 20 && refused >= 10, "{published} published, {refused} refused");
    // The first page says the same.
    let e = expected("HH7", &world(2014), 2014, 5);
    assert!(
        markdown.contains(&format!(
            "No figure of the world for individuals using the Internet: figures by sex of {} of {} \
             countries cover {:.0}% of women and {:.0}% of men.",
            e.countries,
            e.of,
            100.0 * e.covered[0],
            100.0 * e.covered[1]
        )),
        "{}",
        &markdown[..1500]
    );
}

#[test]
fn the_command_prints_what_the_annex_has() {
    let folder = folder(&study(""));
    let output = inclusion(folder.path(), &["aggregate", "study.toml", "--groups-only", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let table = table(
        &markdown(folder.path()),
        "Individuals owning a mobile phone, the world and groups of countries",
    );
    let mut lines =
        text.lines().skip_while(|line| !line.starts_with("Individuals owning a mobile"));
    for cells in table.iter().filter(|cells| !cells[8].is_empty()) {
        let line = lines.find(|line| line.trim_start().starts_with(&cells[0]));
        let line = line.unwrap_or_else(|| panic!("no `{}` in:\n{text}", cells[0]));
        for cell in cells {
            assert!(line.contains(cell.as_str()), "no `{cell}` in `{line}`");
        }
    }
    assert!(!text.contains("Countries\n") && !text.contains("Afghanistan"), "{text}");
    let whole = inclusion(folder.path(), &["aggregate", "study.toml", "--quiet"]);
    assert!(stdout(&whole).starts_with(text.trim_end()));
    assert!(stdout(&whole).contains("Azerbaijan"));
}

#[test]
fn women_missing_below_zero_are_explained_where_they_stand() {
    let folder = folder(&study("coverage = \"none\"\n"));
    let text = markdown(folder.path());
    let mut tables = [0, 0];
    for indicator in ["Individuals using the Internet", "Individuals owning a mobile phone"] {
        for title in ["the world and groups of countries", "countries"] {
            let title = format!("{indicator}, {title}");
            let heads = header(&text, &title);
            let missing = heads.iter().position(|head| head.starts_with("Women missing"));
            let missing = missing.expect("a column of women who are missing");
            let rows = table(&text, &title);
            let below = rows.iter().any(|row| row.get(missing).is_some_and(|at| at.contains('−')));
            let own = text.split(&format!(". {title}**")).nth(1).expect("the table");
            let own = own.split("\n**").next().expect("its notes");
            let note = "Women missing for parity below zero: women are ahead";
            assert_eq!(own.contains(note), below, "{title}: {own}");
            tables[usize::from(below)] += 1;
        }
    }
    assert!(tables[1] > 0, "no table has women ahead: {tables:?}");
}
