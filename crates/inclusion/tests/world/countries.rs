//! Countries with their newest figures, and where figures of women and men are missing.

use super::data::{Chosen, ages, chosen, expected, groups, newest_year, world};
use super::{folder, header, inclusion, markdown, printed, row, stderr, stdout, table};
use inclusion_registry::Areas;
use std::collections::{BTreeMap, BTreeSet};

const STUDY: &str = r#"[study]
title = "World"

[[series]]
id = "published"
file = "figures.csv"
recipe = "world/figures"

[estimate]
indicators = ["HH7", "HH18", "FX-ACCOUNT"]
measures = ["gap", "parity"]

[aggregate]
groupings = ["sdg-regions", "special-situations"]
window = 4
"#;

const NAMES: [(&str, &str); 3] = [
    ("HH7", "Individuals using the Internet"),
    ("HH18", "Individuals owning a mobile phone"),
    ("FX-ACCOUNT", "Adults with an account"),
];

/// `16–74`, `15+`, or nothing.
fn age_text(code: &str) -> String {
    match ages(code) {
        Some((from, Some(to))) => format!("{from}–{to}"),
        Some((from, None)) => format!("{from}+"),
        None => String::new(),
    }
}

/// The newest figures of each country in the window: of both sexes, else of one, else of all.
fn newest(indicator: &str, window: i32) -> BTreeMap<String, (i32, Chosen)> {
    let last = newest_year(indicator);
    let mut newest: BTreeMap<String, (i32, Chosen)> = BTreeMap::new();
    let inside = |year: i32| year <= last && year > last - window;
    for ((area, year), own) in chosen(indicator).into_iter().filter(|((_, year), _)| inside(*year))
    {
        let sexes = |own: &Chosen| own.of[1..].iter().flatten().count();
        // Years rise within a country.
        if newest.get(&area).is_none_or(|(_, known)| sexes(&own) >= sexes(known)) {
            newest.insert(area, (year, own));
        }
    }
    newest
}

#[test]
fn countries_have_their_newest_figures_with_year_ages_nature_and_status() {
    let folder = folder(STUDY);
    let markdown = markdown(folder.path());
    let (mut both, mut total_only, mut with_status) = (0, 0, 0);
    for (indicator, name) in NAMES {
        let title = format!("{name}, countries");
        let (heads, table) = (header(&markdown, &title), table(&markdown, &title));
        let newest = newest(indicator, 4);
        assert_eq!(table.len(), newest.len(), "countries of {indicator}");
        for (area, (year, own)) in newest {
            let name = &Areas::builtin().get(&area).expect("an area").name;
            let what = format!("{indicator} of {name}");
            let cells = row(&table, name);
            let [all, women, men] =
                own.of.each_ref().map(|figure| figure.as_ref().map(|f| f.value));
            for (at, value) in [(2, women), (3, men), (4, all)] {
                match value {
                    Some(value) => printed(&cells[at], value, 1, &what),
                    None => assert_eq!(cells[at], "..", "{what}"),
                }
            }
            match (women, men) {
                (Some(women), Some(men)) => {
                    printed(&cells[5], men - women, 1, &what);
                    match men {
                        0.0 => assert_eq!(cells[6], "–", "{what}"),
                        men => printed(&cells[6], women / men, 3, &what),
                    }
                    both += 1;
                }
                _ => {
                    assert_eq!([&cells[5], &cells[6]], ["..", ".."], "{what}");
                    total_only += 1;
                }
            }
            let figure = own.of[1].as_ref().or(own.of[2].as_ref()).or(own.of[0].as_ref()).unwrap();
            assert_eq!(cells[1], year.to_string(), "{what}");
            let of = |head: &str| {
                heads.iter().position(|own| own == head).map_or("", |at| cells[at].as_str())
            };
            assert_eq!(of("Ages"), age_text(&own.age), "{what}");
            assert_eq!(of("Nature"), figure.nature, "{what}");
            // An estimate by its nature and by its status is said once.
            let status = match (figure.nature.as_str(), figure.status.as_str()) {
                (_, "A") | ("E", "E") => "",
                (_, status) => status,
            };
            assert_eq!(of("Status"), status, "{what}");
            with_status += usize::from(!status.is_empty());
        }
    }
    assert!(
        both > 200 && total_only > 5 && with_status > 20,
        "{both}, {total_only}, {with_status}"
    );
}

#[test]
fn shares_of_countries_and_of_the_population_with_figures_by_sex() {
    let folder = folder(STUDY);
    let markdown = markdown(folder.path());
    let shares = table(&markdown, "Figures by sex: shares of countries and of the population");
    let since = NAMES.map(|(indicator, _)| newest_year(indicator) - 3);
    // Of each indicator the members of the year of its figures.
    let lines = |year: i32| -> Vec<(String, BTreeSet<String>)> {
        let of = |grouping| groups(grouping, year).into_iter();
        let all = ["sdg-regions", "special-situations"].into_iter().flat_map(of);
        let all = all.map(|(_, name, members)| (name, members));
        [("World".to_string(), world(year))].into_iter().chain(all).collect()
    };
    let mut checked = 0;
    for at in 0..3 {
        for (name, members) in &lines(since[at] + 3) {
            let cells = row(&shares, name);
            let e = expected(NAMES[at].0, members, since[at] + 3, 4);
            let what = format!("{} of {name}", NAMES[at].0);
            // The same as in the table of groups.
            let of_groups =
                table(&markdown, &format!("{}, the world and groups of countries", NAMES[at].1));
            let of_group = row(&of_groups, name);
            let countries = format!("{} of {}", e.countries, e.of);
            assert_eq!(cells[1 + 3 * at], countries, "{what}");
            assert_eq!(of_group[7].split(',').next(), Some(&*countries), "{what}");
            printed(&cells[2 + 3 * at], 100.0 * e.countries as f64 / e.of as f64, 0, &what);
            let covered: Vec<&str> =
                cells[3 + 3 * at].split("; ").map(|own| own.trim_end_matches('%')).collect();
            printed(covered[0], 100.0 * e.covered[0], 0, &what);
            printed(covered[1], 100.0 * e.covered[1], 0, &what);
            assert_eq!(of_group[8], cells[3 + 3 * at], "{what}");
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked}");
    // The title of the heat map beside has the indicator of most of the world's women, and that of fewest.
    let mut of_world: Vec<(f64, &str)> = (0..3)
        .map(|at| {
            let year = since[at] + 3;
            (expected(NAMES[at].0, &world(year), year, 4).covered[0], NAMES[at].1)
        })
        .collect();
    of_world.sort_by(|a, b| b.0.total_cmp(&a.0));
    let title = format!(
        "Recent figures by sex are of countries with {:.0}% of the world's women for {}, and with {:.0}% for {}",
        100.0 * of_world[0].0,
        of_world[0].1,
        100.0 * of_world[2].0,
        of_world[2].1
    );
    assert!(markdown.contains(&title), "no `{title}`");
    for (at, (_, name)) in NAMES.iter().enumerate() {
        assert!(markdown.contains(&format!("{name}: figures of {} and later.", since[at])));
    }
}

/// The charts of an annex whose names end in this, in their order.
fn drawn(folder: &std::path::Path, name: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder.join("out")).expect("the annex");
    let mut found: Vec<(usize, std::path::PathBuf)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|own| own == "svg"))
        .filter_map(|path| {
            let own = path.file_stem()?.to_str()?;
            let number = own.split('-').nth(1)?.parse().ok()?;
            own.contains(name).then(|| (number, path.clone()))
        })
        .collect();
    found.sort();
    found.iter().map(|(_, path)| std::fs::read_to_string(path).expect("a chart")).collect()
}

/// Each group of the first grouping has a heat map of its countries: what is there, by the files themselves.
#[test]
fn a_heat_map_of_each_group_shows_what_is_there_and_what_is_not() {
    let folder = folder(STUDY);
    let markdown = markdown(folder.path());
    let found = NAMES.map(|(indicator, _)| chosen(indicator));
    let newest = |at: usize, area: &str| {
        let own = found[at]
            .iter()
            .rev()
            .filter(|((own, _), own_figures)| own.as_str() == area && own_figures.both());
        own.map(|((_, year), _)| *year).next()
    };
    let groups = groups("sdg-regions", newest_year(NAMES[0].0));
    let charts = drawn(folder.path(), "-availability-");
    assert_eq!(charts.len(), groups.len());
    let mut nowhere = 0;
    for (chart, (_, name, members)) in charts.iter().zip(&groups) {
        let by_sex = |area: &&String| (0..3).any(|at| newest(at, area).is_some());
        let without = members.len() - members.iter().filter(by_sex).count();
        nowhere += without;
        let title = match without {
            0 => format!(
                "{name}: figures of women and men for at least one of the 3 indicators in {0} of {0} countries",
                members.len()
            ),
            n => format!(
                "{name}: no figure of women and men for any of the 3 indicators in {n} of {} countries",
                members.len()
            ),
        };
        assert!(chart.contains(&title), "no `{title}`");
        assert!(markdown.contains(&title), "no `{title}` in the annex");
        // A full cell is a recent figure of women and men: as many as the files have, and one of the legend.
        let recent: Vec<usize> = (0..3)
            .map(|at| {
                let since = newest_year(NAMES[at].0) - 3;
                let own = members.iter().filter_map(|area| newest(at, area));
                own.filter(|year| *year >= since).count()
            })
            .collect();
        let cells = chart.split("<rect").filter(|own| {
            own.split('>').next().is_some_and(|tag| tag.contains("fill=\"#4B2E9E\""))
        });
        let legend = usize::from(recent.iter().sum::<usize>() > 0);
        assert_eq!(cells.count(), recent.iter().sum::<usize>() + legend, "{name}");
        let told: Vec<String> =
            recent.iter().zip(NAMES).map(|(n, (_, name))| format!("{name}: {n}")).collect();
        let told = format!("recent figures of women and men: {}.", told.join("; "));
        assert!(chart.contains(&told), "no `{told}`");
    }
    assert!(nowhere > 20, "{nowhere}");
}

#[test]
fn each_country_has_its_newest_year_by_sex_or_a_reason() {
    let folder = folder(STUDY);
    let output = inclusion(folder.path(), &["data-gaps", "study.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let table = table(&markdown(folder.path()), "Newest figures by sex, by country");
    let found = NAMES.map(|(indicator, _)| chosen(indicator));
    let mut counted = [0; 3];
    for area in world(2024) {
        let name = &Areas::builtin().get(&area).expect("an area").name;
        let cells = row(&table, name);
        for (at, found) in found.iter().enumerate() {
            let own = || found.iter().rev().filter(|((own, _), _)| *own == area);
            let by_sex = own().find(|(_, own)| own.both());
            let total = own().find(|(_, own)| own.of[0].is_some());
            let (kind, expected) = match (by_sex, total) {
                (Some(((_, year), own)), _) => match age_text(&own.age) {
                    ages if ages.is_empty() => (0, year.to_string()),
                    ages => (0, format!("{year} ({ages})")),
                },
                (None, Some(((_, year), _))) => (1, format!("total {year}")),
                (None, None) => (2, "..".to_string()),
            };
            counted[kind] += 1;
            assert_eq!(cells[1 + at], expected, "{} of {name}", NAMES[at].0);
            let line = stdout(&output);
            let line = line.lines().filter(|line| line.starts_with(name.as_str()));
            assert!(line.into_iter().any(|line| line.contains(&expected)), "{name}: {expected}");
        }
    }
    assert!(counted.iter().all(|n| *n > 5), "{counted:?}");
}
