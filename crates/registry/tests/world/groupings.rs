//! Groupings: every membership is the source's, and the counts that the sources state come out.

use crate::shared::{csv, folder, registry, sheet, tsv};
use inclusion_registry::{Areas, Grouping, Years};
use std::collections::{BTreeMap, BTreeSet};

fn grouping(id: &str) -> &'static Grouping {
    &registry().groupings[id]
}

/// Members of a group in a year, by area id.
fn members(grouping_id: &str, group: &str, year: i32) -> BTreeSet<String> {
    let members = grouping(grouping_id).members(group, year);
    members.into_iter().map(|area| area.id.clone()).collect()
}

fn id(text: &str) -> String {
    Areas::builtin().resolve(text).unwrap_or_else(|e| panic!("{e}")).id.clone()
}

fn ids<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    texts.into_iter().map(id).collect()
}

#[test]
fn regions_are_those_of_m49_and_none_has_kosovo() {
    let Some(unsd) = csv("country-reference", "UNSD-en.csv") else { return };
    for (grouping_id, level) in [
        ("m49-regions", "Region"),
        ("m49-subregions", "Sub-region"),
        ("m49-intermediate", "Intermediate Region"),
    ] {
        let grouping = grouping(grouping_id);
        for row in &unsd.rows {
            let area = unsd.get(row, "ISO-alpha3 Code");
            let group = grouping.group_of(area, 2024);
            let expected = unsd.get(row, &format!("{level} Code"));
            assert_eq!(group.map_or("", |group| &group.id), expected, "{area}");
            let name = unsd.get(row, &format!("{level} Name"));
            assert_eq!(group.map_or("", |group| &group.name), name, "{area}");
        }
        assert!(grouping.group_of("XKX", 2024).is_none());
        assert!(grouping.is_carried(&grouping.groups[0].id, 2030));
    }
    assert!(grouping("sdg-regions").group_of("XKX", 2024).is_none());
    assert_eq!(grouping("world-bank-regions").group_of("XKX", 2021).unwrap().id, "ECS");
}

#[test]
fn regions_of_the_goals_are_those_of_the_united_nations() {
    let counts: Vec<(&str, usize)> = grouping("sdg-regions")
        .groups
        .iter()
        .map(|group| (group.id.as_str(), members("sdg-regions", &group.id, 2024).len()))
        .collect();
    let expected = [
        ("202", 53),
        ("747", 25),
        ("062", 14),
        ("753", 19),
        ("419", 52),
        ("543", 23),
        ("053", 6),
        ("513", 56),
    ];
    assert_eq!(counts, expected);
    let Some(list) = sheet("un-minset-gender", "CL_AREA.xlsx", "CL_AREA") else { return };
    let mut compared = 0;
    for row in list[1..].iter().filter(|row| !row[2].is_empty()) {
        let group = grouping("sdg-regions").group_of(&row[2], 2021).unwrap();
        let there = row[5].replace(
            "Oceania, exc. Australia and New Zealand",
            "Oceania (excluding Australia and New Zealand)",
        );
        assert_eq!(group.name, there, "{}", row[1]);
        compared += 1;
    }
    assert_eq!(compared, 234);
    let Some(locations) = tsv("un-wpp2019", "UNlocations.txt") else { return };
    for (group, column) in [
        ("202", "947"),
        ("747", "1833"),
        ("062", "921"),
        ("753", "1832"),
        ("419", "1830"),
        ("543", "1835"),
        ("053", "927"),
        ("513", "1829"),
    ] {
        let there: BTreeSet<String> = locations
            .rows
            .iter()
            .filter(|row| locations.get(row, "location_type") == "4")
            .filter(|row| locations.get(row, &format!("agcode_{column}000")) != "-1")
            .map(|row| id(locations.get(row, "country_code")))
            .filter(|area| area != "830")
            .collect();
        let grouping = grouping("sdg-regions");
        let shown: BTreeSet<String> = grouping
            .memberships()
            .filter(|m| m.group.id == group && m.spell.start == 2019)
            .map(|m| m.area.to_string())
            .collect();
        assert_eq!(shown, there, "{group}");
    }
}

#[test]
fn special_situations_are_those_of_2019_and_of_2024() {
    let counts = |year| ["199", "432", "722"].map(|g| members("special-situations", g, year).len());
    assert_eq!(counts(2019), [47, 32, 53]);
    assert_eq!(counts(2024), [45, 32, 53]);
    let least = |year| members("special-situations", "199", year);
    assert!(least(2020).contains("VUT") && !least(2021).contains("VUT"));
    assert!(least(2023).contains("BTN") && !least(2024).contains("BTN"));
    let carried = |year| grouping("special-situations").is_carried("199", year);
    assert_eq!([2018, 2019, 2024, 2025].map(carried), [true, false, false, true]);
    let (Some(unsd), Some(locations)) =
        (csv("country-reference", "UNSD-en.csv"), tsv("un-wpp2019", "UNlocations.txt"))
    else {
        return;
    };
    for (group, column, code) in [
        ("199", "Least Developed Countries (LDC)", "941"),
        ("432", "Land Locked Developing Countries (LLDC)", "1636"),
        ("722", "Small Island Developing States (SIDS)", "1637"),
    ] {
        let now: BTreeSet<String> = unsd
            .rows
            .iter()
            .filter(|row| unsd.get(row, column) == "x")
            .map(|row| unsd.get(row, "ISO-alpha3 Code").to_string())
            .collect();
        assert_eq!(members("special-situations", group, 2024), now);
        let then: BTreeSet<String> = locations
            .rows
            .iter()
            .filter(|row| locations.get(row, "location_type") == "4")
            .filter(|row| locations.get(row, &format!("agcode_{code}000")) != "-1")
            .map(|row| id(locations.get(row, "country_code")))
            .collect();
        // A member since a year that is not known is carried back, so 2019 has those of 2024 too.
        let mut either = members("special-situations", group, 2019);
        either.retain(|area| then.contains(area) || !now.contains(area));
        // These are in the list of locations, and never in M49, whose small island States are meant.
        let others = if group == "722" {
            ids(["BHR", "BLM", "BMU", "CYM", "GLP", "MAF", "MTQ", "TCA"])
        } else {
            BTreeSet::new()
        };
        assert_eq!(&then - &either, others, "{group}");
        assert_eq!(&either - &then, BTreeSet::new(), "{group}");
    }
}

#[test]
fn income_groups_are_those_of_every_fiscal_year() {
    let income = grouping("world-bank-income");
    assert_eq!((income.years, income.as_of), (Years::FiscalJuly, 2025));
    let counts = ["LIC", "LMC", "UMC", "HIC"].map(|group| income.members(group, 2025).len());
    assert_eq!(counts, [26, 51, 54, 86]);
    assert_eq!(income.group_of("KOR", 1995).unwrap().id, "UMC");
    assert!(income.members("LIC", 1988).is_empty());
    let Some(history) = sheet("country-reference", "OGHIST_FY21.xlsx", "Country_cat") else {
        return;
    };
    let mut compared = 0;
    for row in &history[1..] {
        if row[0].len() < 3 || row[0].len() > 4 {
            continue;
        }
        let area = match row[0].as_str() {
            "YUG" => "SCG".to_string(),
            code => id(code),
        };
        for (column, year) in (2..39).zip(1989..) {
            let expected = match row[column].trim().trim_end_matches('*') {
                "L" => "LIC",
                "LM" => "LMC",
                "UM" => "UMC",
                "H" => "HIC",
                "" | ".." | "Specific" => "",
                other => panic!("{other}"),
            };
            let group = income.group_of(&area, year).map_or("", |group| group.id.as_str());
            assert_eq!(group, expected, "{area} {year}");
            compared += 1;
        }
    }
    assert_eq!(compared, 224 * 37);
    assert_eq!((history[0][2].as_str(), history[0][38].as_str()), ("FY89", "FY25"));
}

#[test]
fn groups_of_the_world_bank_are_those_of_july_2020() {
    let file = "odw_country_and_region_codes_2021.csv";
    let Some(odw) = csv("equals-ict-africa-2020", file) else { return };
    let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in odw.rows.iter().filter(|row| row[0].len() == 3 && row[0] != "YUG") {
        for column in [
            "World Bank  Lending Code (July 2020)",
            "World Bank Other Code  (July 2020)",
            "World Bank (All income) region code",
        ] {
            let group = odw.get(row, column);
            if !["", "..", "EMU"].contains(&group) {
                there.entry(group.to_string()).or_default().insert(id(&row[0]));
            }
        }
    }
    let mut here = BTreeMap::new();
    for grouping_id in ["world-bank-regions", "world-bank-lending"] {
        for group in &grouping(grouping_id).groups {
            here.insert(group.id.clone(), members(grouping_id, &group.id, 2021));
        }
    }
    assert_eq!(here, there);
    let region =
        |area, year| grouping("world-bank-regions").group_of(area, year).unwrap().id.clone();
    for area in ["AFG", "PAK"] {
        assert_eq!([2025, 2026].map(|year| region(area, year)), ["SAS", "MEA"]);
    }
}

/// The members that the IMF's list of areas gives for one of its groups, by its formula.
fn imf(group: &str) -> Option<BTreeSet<String>> {
    let file = folder("sdmx-samples")?.join("structures/IMF_CL_AREA-structure.xml");
    let text = std::fs::read_to_string(file).unwrap();
    let code = text.split("<str:Code ").find(|code| code.contains(&format!(" id=\"{group}\"")))?;
    let formula = code.split("<com:Description xml:lang=\"en\">").nth(1)?.split('<').next()?;
    let formula = formula.rsplit('=').next()?;
    let is_area = |word: &&str| word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let words = formula.split(|c: char| !c.is_alphanumeric()).filter(is_area);
    Some(words.map(id).collect())
}

#[test]
fn members_of_the_oecd_the_union_and_the_groups_of_states_are_those_of_the_imf() {
    let oecd = |year| members("oecd", "198", year);
    let counts = [2009, 2010, 2015, 2018, 2020, 2021].map(|year| oecd(year).len());
    assert_eq!(counts, [30, 34, 35, 36, 37, 38]);
    let union = |year| members("eu", "097", year);
    let counts = [1957, 1958, 1973, 1981, 1986, 1995, 2004, 2007, 2013, 2020, 2021];
    assert_eq!(counts.map(|year| union(year).len()), [0, 6, 9, 10, 12, 15, 25, 27, 28, 28, 27]);
    let euro = |year| members("eu", "EA", year);
    let counts = [1999, 2001, 2007, 2008, 2009, 2011, 2014, 2015, 2023];
    assert_eq!(counts.map(|year| euro(year).len()), [11, 12, 13, 15, 16, 17, 18, 19, 20]);
    let Some(fixed) = imf("P00") else { return };
    assert_eq!(oecd(2009), fixed);
    for (group, year) in [("P1", 2014), ("P4", 2017), ("P5", 2019), ("P6", 2020), ("P7", 2021)] {
        assert_eq!(Some(oecd(year)), imf(group), "{group}");
    }
    assert_eq!(Some(union(2020)), imf("B00"));
    assert_eq!(Some(euro(2023)), imf("U20"));
    assert_eq!(Some(members("g20", "G20", 2023)), imf("R220"));
    assert_eq!(Some(members("g20", "G7", 2023)), imf("R23"));
    for group in &grouping("imf-regions").groups {
        let mut there = imf(&group.id).unwrap();
        if group.id == "O2" {
            there.extend(imf("O8").unwrap());
        }
        there.remove("ANT");
        assert_eq!(members("imf-regions", &group.id, 2023), there, "{}", group.id);
    }
    let unknown = ids(["BLM", "SXM", "ATA", "ALA", "SJM", "680", "830"]);
    let areas = Areas::builtin().iter().filter(|area| area.is_counted());
    let none = areas.filter(|area| grouping("imf-regions").group_of(&area.id, 2023).is_none());
    assert_eq!(none.map(|area| area.id.clone()).collect::<BTreeSet<_>>(), unknown);
}

#[test]
fn regions_and_groups_of_undp_are_those_of_its_report() {
    let file = "HDR23-24_Composite_indices_complete_time_series.csv";
    let Some(report) = csv("undp-hdr-2023-24", file) else { return };
    let mut compared = 0;
    for row in report.rows.iter().filter(|row| row[0].len() == 3) {
        let region = grouping("undp-regions").group_of(&row[0], 2022);
        assert_eq!(region.map_or("", |group| &group.id), report.get(row, "region"), "{}", row[0]);
        let level = grouping("undp-human-development").group_of(&row[0], 2022);
        let expected = match report.get(row, "hdicode") {
            "" => String::new(),
            code => format!("{code} human development").to_lowercase(),
        };
        assert_eq!(level.map_or("", |group| &group.name).to_lowercase(), expected, "{}", row[0]);
        compared += 1;
    }
    assert_eq!(compared, 195);
}

#[test]
fn every_membership_has_a_source_and_a_grouping_that_is_missing_is_not_there() {
    for grouping in registry().groupings.iter() {
        let name = &grouping.id;
        assert!(grouping.memberships().all(|m| !m.source.trim().is_empty()), "{name}");
        assert!(grouping.memberships().count() > 0, "{name}");
    }
    for missing in inclusion_registry::missing_groupings() {
        assert!(registry().groupings.get(&missing.id).is_none(), "{}", missing.id);
    }
}
