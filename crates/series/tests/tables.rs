//! Published tables of one layout each, read by the built-in recipes: what is known of each is found.

mod shared;

use inclusion_series::{AreaKind, Error, Observation, Options, Unit};
use shared::{find, folder, of_kind, read, rows, statuses};
use std::collections::BTreeMap;

#[test]
fn itu_table_in_a_binary_workbook_is_read_through_its_two_header_rows() {
    let Some(data) = folder("equals-ict-africa-2020") else { return };
    let path = data.join("ITU_10_individuals_using_internet_by_gender_urban_rural.xls");
    let series = read("itu/internet-sex-location", &path);
    assert_eq!(series.provenance[0].rows, 112);
    assert_eq!(series.observations.len(), 112 * 9);
    assert_eq!(of_kind(&series, AreaKind::Country), 112 * 9);
    for (sex, location, value) in [
        ("_T", &[][..], 0.49),
        ("M", &[], 0.551),
        ("F", &[], 0.429),
        ("M", &["U"], 0.617),
        ("F", &["U"], 0.508),
        ("_T", &["R"], 0.341),
        ("M", &["R"], 0.419),
        ("F", &["R"], 0.259),
    ] {
        assert_eq!(find(&series, "DZA", "2018", sex, location).value, Some(value), "{sex}");
    }
    let andorra = find(&series, "AND", "2017", "F", &["R"]);
    assert_eq!((andorra.value, statuses(andorra)), (None, vec!["O"]));
    assert_eq!((andorra.line, andorra.column.as_deref()), (5, Some("Rural / Female")));
    assert_eq!(series.observations.iter().filter(|o| *o.ref_area == *"XKX").count(), 9);
    let notes = series.log.iter().find(|f| f.code == "notes_below").unwrap();
    assert_eq!(notes.line, Some(116));
}

#[test]
fn findex_databank_columns_are_split_into_series_sex_and_year() {
    let Some(data) = folder("equals-ict-africa-2020") else { return };
    let path = data.join("made_or_received_digitalpayments.csv");
    let series = read("world-bank/findex-databank", &path);
    assert_eq!(series.indicators(), ["g20.t"]);
    assert_eq!(series.observations.len(), 161 * 9);
    assert_eq!(series.provenance[0].missing, 591);
    let afghanistan = |sex| find(&series, "AFG", "2017", sex, &[]);
    assert_eq!(afghanistan("F").value, Some(0.04080884457));
    assert_eq!(afghanistan("M").value, Some(0.1749468422));
    assert_eq!(afghanistan("_T").value, Some(0.1082680035));
    assert_eq!((&*afghanistan("F").age, afghanistan("F").line), ("Y_GE15", 2));
    assert_eq!(statuses(find(&series, "AFG", "2011", "F", &[])), ["O"]);
    assert_eq!(of_kind(&series, AreaKind::Group), 18);
    assert!(series.observations.iter().any(|o| *o.ref_area == *"XKX"));
    let notes = series.log.iter().find(|f| f.code == "notes_below").unwrap();
    assert_eq!((notes.line, notes.count), (Some(163), 5));
}

#[test]
fn findex_table_of_economies_is_read_by_name_with_its_signs() {
    let Some(data) = folder("findex-philippines-2021") else { return };
    let path = data.join("findex2017_indicator_table_144_economies.csv");
    let series = read("findex/indicator-table-2017", &path);
    assert_eq!(series.observations.len(), 144 * 3);
    assert_eq!(of_kind(&series, AreaKind::Country), 144 * 3);
    let gap = |area: &str| {
        let fits = |o: &&Observation| *o.indicator == *"account_gap_sex" && *o.ref_area == *area;
        series.observations.iter().find(fits).unwrap()
    };
    assert_eq!((gap("IND").value, &gap("IND").unit), (Some(0.06), &Unit::Points));
    assert_eq!(gap("PHL").value, Some(-0.09));
    // Namibia's `-0` is a zero like any other.
    assert_eq!(gap("NAM").value.map(f64::to_bits), Some(0.0f64.to_bits()));
}

#[test]
fn kenya_census_gives_counts_that_its_printed_percentages_round() {
    let Some(data) = folder("kenya-census-2019") else { return };
    let series = read("knbs/census-2019-mobile", &data.join("V4_T2.32_mobile_phone_ownership.csv"));
    assert_eq!(series.observations.len(), 395 * 9);
    let of = |indicator: &str, sex: &str, more: &[&str]| {
        let fits = |o: &&Observation| {
            let codes: Vec<&str> = o.breakdowns.values().map(|c| &**c).collect();
            *o.indicator == *indicator && *o.sex == *sex && codes == more
        };
        series.observations.iter().find(fits).unwrap()
    };
    for (sex, value) in [("_T", 0.473), ("M", 0.476), ("F", 0.47)] {
        assert_eq!(of("mobile_ownership", sex, &[]).value, Some(value));
    }
    assert_eq!(of("mobile_owners", "_T", &[]).value, Some(20_694_315.0));
    assert_eq!(of("mobile_ownership", "F", &["R"]).value, Some(0.403));
    assert_eq!(of("mobile_ownership", "F", &["county", "MOMBASA"]).value, Some(0.596));
    let level = |code: &str| {
        let fits = |o: &&Observation| o.breakdowns.get("admin_level").is_some_and(|c| &**c == code);
        series.observations.iter().filter(fits).count()
    };
    assert_eq!((level("county"), level("sub_county")), (47 * 9, 345 * 9));
    // Owners over people gives the printed percentage of every area and sex.
    let mut checked = 0;
    for share in series.observations.iter().filter(|o| *o.indicator == *"mobile_ownership") {
        let same = |indicator: &str| {
            let fits = |o: &&Observation| {
                *o.indicator == *indicator && o.line == share.line && o.sex == share.sex
            };
            series.observations.iter().find(fits).and_then(|o| o.value).unwrap()
        };
        let exact = same("mobile_owners") / same("population");
        assert!((exact - share.value.unwrap()).abs() <= 0.0005 + 1e-12, "line {}", share.line);
        checked += 1;
    }
    assert_eq!(checked, 395 * 3);
    // The total has 1,298 people more than women and men: fewer than one in a hundred.
    assert_eq!(series.count("total_outside_sexes"), 0);
}

#[test]
fn nfhs_states_give_women_and_men_below_the_country() {
    let Some(data) = folder("nfhs5-india-states") else { return };
    let series = read("nfhs/states-5", &data.join("NFHS-5-States.csv"));
    assert_eq!(series.observations.len(), 1030);
    let of = |indicator: &str, sex: &str, time: &str, more: &[&str]| {
        let fits = |o: &&Observation| {
            let codes: Vec<&str> = o.breakdowns.values().map(|c| &**c).collect();
            *o.indicator == *indicator && *o.sex == *sex && *o.time_period == *time && codes == more
        };
        series.observations.iter().find(fits)
    };
    let value = |indicator, sex, more: &[&str]| of(indicator, sex, "2019-21", more).unwrap().value;
    assert_eq!(value("internet_ever", "F", &[]), Some(0.333));
    assert_eq!(value("internet_ever", "M", &[]), Some(0.571));
    assert_eq!(value("mobile_used", "F", &[]), Some(0.54));
    assert_eq!(value("internet_ever", "F", &["R"]), Some(0.246));
    assert_eq!(of("mobile_used", "F", "2015-16", &[]).unwrap().value, Some(0.459));
    assert!(of("internet_ever", "F", "2015-16", &[]).is_none());
    assert_eq!(of("mobile_used", "F", "2015-16", &[]).unwrap().year, 2016);
    let states = |o: &&Observation| o.breakdowns.contains_key("state");
    let mut codes: Vec<_> =
        series.observations.iter().filter(states).map(|o| &o.breakdowns["state"]).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 36);
    let skipped = series.log.iter().find(|f| f.code == "values_skipped").unwrap();
    // 1,601 cells of all are blank, 154 of them in the series that are read.
    assert_eq!(series.provenance[0].blank, 1601);
    assert_eq!(skipped.count, 4847 * 4 - 1601 - 1030);
}

#[test]
fn human_development_series_are_read_without_loss() {
    let Some(data) = folder("undp-hdr-2023-24") else { return };
    let path = data.join("HDR23-24_Composite_indices_complete_time_series.csv");
    let series = read("undp/hdr-composite-2023-24", &path);
    assert_eq!(series.observations.len(), 192_616);
    assert_eq!((series.provenance[0].rows, series.provenance[0].blank), (206, 28_216));
    // One cell of all holds `NaN`, which the recipe declares.
    assert_eq!(series.provenance[0].missing, 1);
    // Every number of the file, held against the file itself.
    let (header, table) = rows(&path, b',');
    let places: BTreeMap<&str, usize> = header.iter().map(String::as_str).zip(0..).collect();
    for o in &series.observations {
        let column = places[&**o.column.as_ref().unwrap()];
        if o.value.is_none() {
            assert_eq!(table[o.line as usize - 2][column], "NaN");
            continue;
        }
        let cell: f64 = table[o.line as usize - 2][column].parse().unwrap();
        let value = o.value.unwrap();
        match o.unit {
            Unit::Percent => assert!((value * 100.0 - cell).abs() <= 1e-12 * cell.abs(), "{o:?}"),
            _ => assert_eq!(value, cell, "{o:?}"),
        }
    }
    // HDI by sex and the GDI from life expectancy, schooling and income of women and men.
    let of_2022: BTreeMap<_, f64> = series
        .observations
        .iter()
        .filter(|o| o.year == 2022)
        .filter_map(|o| Some(((&*o.indicator, &*o.ref_area, &*o.sex), o.value?)))
        .collect();
    let value =
        |indicator: &str, area: &str, sex: &str| of_2022.get(&(indicator, area, sex)).copied();
    let hdi = |area: &str, sex: &str, low: f64| {
        let health = ((value("le", area, sex)? - low) / 65.0).min(1.0);
        let schooling =
            value("eys", area, sex)?.min(18.0) / 18.0 + value("mys", area, sex)?.min(15.0) / 15.0;
        let income = value("gnipc", area, sex)?.min(75_000.0);
        let income = (income.ln() - 100f64.ln()) / (75_000f64.ln() - 100f64.ln());
        Some((health * (schooling / 2.0) * income).cbrt())
    };
    let mut checked = 0;
    let mut areas: Vec<_> = series.countries().map(|o| o.ref_area.clone()).collect();
    areas.sort();
    areas.dedup();
    assert_eq!(areas.len(), 195);
    for area in &areas {
        let (Some(f), Some(m)) = (value("hdi", area, "F"), value("hdi", area, "M")) else {
            continue;
        };
        let women = hdi(area, "F", 22.5).unwrap();
        let men = hdi(area, "M", 17.5).unwrap();
        assert!((women - f).abs() < 6e-10 && (men - m).abs() < 6e-10, "{area}: {women} {f}");
        assert!((women / men - value("gdi", area, "_T").unwrap()).abs() < 0.0005, "{area}");
        checked += 1;
    }
    // 193 rows with those of groups.
    assert_eq!(checked, 182);
    // Damaged names do no harm: Côte d'Ivoire is found by its code.
    assert_eq!(value("hdi", "CIV", "F"), Some(0.492226546));
}

#[test]
fn an_unknown_economy_stops_the_run_with_all_of_them_named() {
    let Some(data) = folder("findex-philippines-2021") else { return };
    let path = data.join("findex2017_indicator_table_144_economies.csv");
    let recipes = inclusion_series::SeriesRecipe::builtin().unwrap();
    let mut recipe = recipes["findex/indicator-table-2017"].clone();
    recipe.area.map.clear();
    let error =
        inclusion_series::read(&path, &recipe, &shared::resolve, &Options::default()).unwrap_err();
    let Error::UnknownAreas { areas, .. } = &error else { panic!("{error}") };
    assert!(areas.len() >= 8, "{areas:?}");
    let message = error.to_string();
    assert!(message.contains("`Slovak Republic` (line 11"), "{message}");
    assert!(message.contains("map each in the recipe's `[area]`"), "{message}");
}
