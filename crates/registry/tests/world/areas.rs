//! Areas: they are those of the sources, and every name and code of the files means one or is
//! listed here with the reason why it does not.

use crate::shared::{csv, folder, sheet, tsv};
use inclusion_registry::{AreaKind, Areas};
use std::collections::{BTreeMap, BTreeSet};

/// Texts of the files that are no area, each with the reason.
const NO_AREA: [(&str, &[&str]); 7] = [
    (
        "a code of its publisher alone",
        &[
            "910", "911", "912", "914", "901", "902", "903", "904", "905", "906", "907", "908",
            "913", "915", "916", "917", "918", "919", "920", "921", "922", "99018", "99019",
            "99020", "99021", "99022", "99023", "99024", "99025", "99026", "99027", "99028",
            "99029", "99030", "99031", "99032", "99033", "99034", "99035", "99036", "99037",
            "99038", "99039", "99040", "99041", "99042", "99043", "99044", "99045", "99046",
            "99047", "99048",
        ],
    ),
    (
        "an aggregate of its publisher, in no list of areas",
        &[
            "Less developed regions, excluding least developed countries",
            "Less developed regions, excluding China",
            "Group of Twenty (G20)",
            "Middle-income countries",
            "No income group available",
            "Other less developed countries",
            "127",
            "Southern Asia (excluding India)",
            "135",
            "Caucasus and Central Asia",
            "223",
            "Eastern Asia (excluding Japan and China)",
            "485",
            "Western Asia (exc. Armenia, Azerbaijan, Cyprus, Israel and Georgia)",
            "487",
            "Other non-OECD Asia",
            "518",
            "Eastern Asia (excluding Japan)",
            "527",
            "Other non-OECD Oceania",
            "577",
            "593",
            "Development Assistance Committee members (DAC)",
            "636",
            "Other non-oecd Americas",
            "738",
            "Sub-Saharan Africa (inc. Sudan)",
            "746",
            "Northern Africa (exc. Sudan)",
            "889",
            "World Trade Organization (WTO) Member States",
            "896",
            "Africa (ILO)",
            "Asia and the Pacific (ILO)",
            "Central and Eastern Europe (ILO)",
            "Middle East and North Africa (ILO)",
            "Middle East (ILO)",
            "North America (ILO)",
            "Other regions (ILO)",
            "Western Europe (ILO)",
            "WTO Developing Member States",
            "WTO Developed Member States",
            "Belgium and Luxembourg",
            "WHO Africa",
            "WHO Americas",
            "WHO South-East Asia",
            "WHO Europe",
            "WHO Eastern Mediterranean",
            "WHO Western Pacific",
            "WHO Global",
            "Central America (excluding high income)",
            "CAM",
            "South America (excluding high income)",
            "SAM",
            "ZZA.VHHD",
            "Very high human development",
            "ZZB.HHD",
            "High human development",
            "ZZC.MHD",
            "Medium human development",
            "ZZD.LHD",
            "Low human development",
            "ZZE.AS",
            "Arab States",
            "ZZF.EAP",
            "East Asia and the Pacific",
            "ZZG.ECA",
            "Europe and Central Asia",
            "ZZH.LAC",
            "ZZI.SA",
            "South Asia",
            "ZZJ.SSA",
            "ZZK.WORLD",
            "EA",
            "EU15",
            "EU27_2007",
            "EU28",
        ],
    ),
    (
        "a part of an area",
        &[
            "369",
            "Iraq (Central Iraq)",
            "370",
            "Iraq (Kurdistan Region)",
            "827",
            "United Kingdom (England and Wales)",
            "828",
            "United Kingdom (Northern Ireland)",
            "829",
            "United Kingdom (Scotland)",
            "Azores Islands",
            "XG",
            "Gaza and Jericho",
            "XI",
            "XU",
            "United Kingdom (excluding Northern Ireland)",
        ],
    ),
    (
        "no area: seas, institutions and residuals",
        &[
            "Other non-specified areas in Eastern Asia",
            "Africa not elsewhere specified",
            "Areas not elsewhere specified",
            "International Centers (FAO)",
            "European Union (EU) Institutions",
            "Regional Centres (FAO)",
            "ODA residual",
            "Custom groupings of data providers",
            "FAO Major Fishing Area: Pacific, Eastern Central",
            "FAO Major Fishing Area: Pacific, Northeast",
            "FAO Major Fishing Area: Pacific, Northwest",
            "FAO Major Fishing Area: Pacific, Western Central",
            "FAO Major Fishing Area: Pacific, Southwest",
            "FAO Major Fishing Area: Atlantic, Northwest",
            "FAO Major Fishing Area: Atlantic, Northeast",
            "FAO Major Fishing Area: Indian Ocean, Eastern",
            "FAO Major Fishing Area: Atlantic, Southeast",
            "FAO Major Fishing Area: Indian Ocean, Western",
            "FAO Major Fishing Area: Atlantic, Western Central",
            "FAO Major Fishing Area: Atlantic, Eastern Central",
            "FAO Major Fishing Area: Atlantic, Southwest",
            "FAO Major Fishing Area: Pacific, Southeast",
            "FAO Major Fishing Area: Mediterranean and Black Sea",
            "World Marine Bunkers",
            "World Aviation Bunkers",
            "Residual/unallocated ODA: Central Asia and Southern Asia",
            "Residual/unallocated ODA: Eastern and South-eastern Asia",
            "Residual/unallocated ODA: Latin America and the Caribbean",
            "Residual/unallocated ODA: Oceania excl. Aus. and N. Zealand",
            "Residual/unallocated ODA: Sub-Saharan Africa",
            "Residual/unallocated ODA: Western Asia and Northern Africa",
        ],
    ),
    ("a name damaged or misspelt in the file", &["Kyrgyz Repubic", "C魌e d'Ivoire", "T黵kiye"]),
    (
        "a feature of the map, part of other areas",
        &[
            "Somaliland",
            "N. Cyprus",
            "Indian Ocean Ter.",
            "Ashmore and Cartier Is.",
            "Siachen Glacier",
        ],
    ),
    (
        "a line below the table",
        &["Data from database: Global Financial Inclusion", "Last Updated: 10/15/2018"],
    ),
];

/// Texts that a file uses for another area than the one they mean: file, text, its area there.
const OTHERWISE: [(&str, &str, &str); 2] = [
    // The common locale data repository calls the country what M49 calls the region.
    ("country-codes", "Micronesia", "FSM"),
    // The World Bank's code of Serbia and Montenegro is the ISO code of Yugoslavia.
    ("oghist", "YUG", "SCG"),
];

/// A name or code of a file, and the alpha-3 code beside it where there is one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    file: &'static str,
    text: String,
    code: String,
}

/// Every country column of the files; `None` where the files are not there.
fn texts() -> Option<BTreeSet<Text>> {
    let mut texts = BTreeSet::new();
    let mut add = |file, text: &str, code: &str| {
        if !text.trim().is_empty() {
            texts.insert(Text { file, text: text.to_string(), code: code.trim().to_string() });
        }
    };
    let codes = csv("country-reference", "country-codes.csv")?;
    let languages = ["English", "French", "Spanish", "Russian", "Chinese", "Arabic"];
    let mut columns: Vec<String> = ["en", "fr", "es", "ru", "cn", "ar"]
        .iter()
        .map(|language| format!("official_name_{language}"))
        .chain(languages.iter().map(|language| format!("UNTERM {language} Short")))
        .chain(languages.iter().map(|language| format!("UNTERM {language} Formal")))
        .collect();
    for column in [
        "CLDR display name",
        "ISO4217-currency_country_name",
        "M49",
        "ISO3166-1-Alpha-2",
        "ISO3166-1-Alpha-3",
        "ISO3166-1-numeric",
    ] {
        columns.push(column.to_string());
    }
    for row in &codes.rows {
        for column in &columns {
            add("country-codes", codes.get(row, column), codes.get(row, "ISO3166-1-Alpha-3"));
        }
    }
    let unsd = csv("country-reference", "UNSD-en.csv")?;
    for row in &unsd.rows {
        let code = unsd.get(row, "ISO-alpha3 Code");
        for column in ["Country or Area", "M49 Code", "ISO-alpha2 Code", "ISO-alpha3 Code"] {
            add("unsd", unsd.get(row, column), code);
        }
        for level in ["Global", "Region", "Sub-region", "Intermediate Region"] {
            add("unsd", unsd.get(row, &format!("{level} Code")), "");
            add("unsd", unsd.get(row, &format!("{level} Name")), "");
        }
    }
    for row in &sheet("country-reference", "OGHIST_FY21.xlsx", "Country_cat")?[1..] {
        if row[0].len() > 2 && row[0].len() < 5 {
            let code = if row[0] == "YUG" { "SCG" } else { &row[0] };
            add("oghist", &row[0], code);
            add("oghist", &row[1], code);
        }
    }
    for row in &sheet("un-minset-gender", "CL_AREA.xlsx", "CL_AREA")?[1..] {
        if row[8] != "5" {
            add("cl_area", &row[0], &row[2]);
            add("cl_area", &row[1], &row[2]);
        }
    }
    for file in ["I_17_internet_by_sex.tsv", "I_18_mobile_own_by_sex.tsv"] {
        let table = tsv("un-minset-gender", file)?;
        for row in &table.rows {
            for column in ["REF_AREA", "REF_AREA_DESC", "ISO3"] {
                add("minset", table.get(row, column), table.get(row, "ISO3"));
            }
        }
    }
    let odw = csv("equals-ict-africa-2020", "odw_country_and_region_codes_2021.csv")?;
    for row in odw.rows.iter().filter(|row| row[0].len() == 3) {
        add("odw", &row[0], &row[0]);
        add("odw", &row[1], &row[0]);
    }
    for file in ["sdg_database_ind_own_mobile.csv", "sdg_database_ict_literacy.csv.gz"] {
        let table = csv("equals-ict-africa-2020", file)?;
        table.column("GeoAreaCode").for_each(|text| add("sdg", text, ""));
        table.column("GeoAreaName").for_each(|text| add("sdg", text, ""));
    }
    let payments = csv("equals-ict-africa-2020", "made_or_received_digitalpayments.csv")?;
    for row in &payments.rows {
        let code = payments.get(row, "Country Code");
        add("payments", payments.get(row, "Country Name"), code);
        add("payments", code, code);
    }
    let itu = "ITU_10_individuals_using_internet_by_gender_urban_rural.xls";
    let path = folder("equals-ict-africa-2020")?.join(itu);
    let names = calamine::Reader::sheet_names(&calamine::open_workbook_auto(path).unwrap());
    for row in sheet("equals-ict-africa-2020", itu, &names[0])? {
        if row[3].parse::<f64>().is_ok_and(|year| year > 2000.0) {
            add("itu", &row[1], "");
        }
    }
    let areas = csv("un-sdg-ddf-2020", "entities_geo_area.csv")?;
    areas.column("geo_area").chain(areas.column("name")).for_each(|text| add("ddf", text, ""));
    for file in [
        "it_mob_own.csv",
        "se_adt_acts.csv",
        "fb_bnk_accss_to2014.csv",
        "it_mob_2gntwk.csv",
        "it_use_ii99_to2015.csv",
    ] {
        csv("un-sdg-ddf-2020", file)?.column("geo_area").for_each(|text| add("ddf", text, ""));
    }
    let locations = tsv("un-wpp2019", "UNlocations.txt")?;
    for row in &locations.rows {
        // Other codes are the publisher's own, and some of them mean other areas elsewhere.
        if locations.get(row, "location_type") == "4" {
            add("wpp", locations.get(row, "country_code"), "");
        }
        add("wpp", locations.get(row, "name"), "");
    }
    tsv("un-wpp2019", "popF.txt.gz")?.column("name").for_each(|text| add("wpp", text, ""));
    let findex = csv("findex-philippines-2021", "findex2017_indicator_table_144_economies.csv")?;
    findex.column("economy").for_each(|text| add("findex", text, ""));
    let income = csv("findex-philippines-2021", "wb_income.csv")?;
    income.column("economycode").for_each(|text| add("findex", text, ""));
    let hdr = csv("undp-hdr-2023-24", "HDR23-24_Composite_indices_complete_time_series.csv")?;
    for row in &hdr.rows {
        add("hdr", hdr.get(row, "iso3"), hdr.get(row, "iso3"));
        add("hdr", hdr.get(row, "country"), hdr.get(row, "iso3"));
    }
    for file in ["estat_isoc_sks_itsp_sex.tsv", "estat_tin00074.tsv"] {
        for row in tsv("eurostat-isoc", file)?.rows {
            add("eurostat", row[0].rsplit(',').next().unwrap(), "");
        }
    }
    let sdmx = csv("eurostat-isoc", "estat_isoc_e_dii_sdmxcsv.csv")?;
    sdmx.column("geo").for_each(|text| add("eurostat", text, ""));
    for file in ["countries-50m.json", "countries-110m.json"] {
        let text = std::fs::read_to_string(folder("world-geometry")?.join(file)).unwrap();
        let world: serde_json::Value = serde_json::from_str(&text).unwrap();
        for shape in world["objects"]["countries"]["geometries"].as_array().unwrap() {
            add("map", shape["id"].as_str().unwrap_or(""), "");
            add("map", shape["properties"]["name"].as_str().unwrap(), "");
        }
    }
    let asem = csv("coinr-asem", "ASEM_iData.csv")?;
    for row in &asem.rows {
        add("asem", asem.get(row, "uName"), asem.get(row, "uCode"));
    }
    let imf = folder("sdmx-samples")?.join("structures/IMF_CL_AREA-structure.xml");
    for code in std::fs::read_to_string(imf).unwrap().split("<str:Code ").skip(1) {
        let id = code.split(" id=\"").nth(1).unwrap().split('"').next().unwrap();
        if id.len() == 2 && id.chars().all(|c| c.is_ascii_uppercase()) {
            let name = code.split("<com:Name xml:lang=\"en\">").nth(1).unwrap();
            add("imf", id, "");
            add("imf", name.split('<').next().unwrap(), "");
        }
    }
    Some(texts)
}

#[test]
fn every_name_and_code_of_the_files_means_an_area_or_is_listed_with_the_reason() {
    let Some(texts) = texts() else { return };
    let areas = Areas::builtin();
    let listed: BTreeMap<&str, &str> = NO_AREA
        .iter()
        .flat_map(|(reason, texts)| texts.iter().map(move |text| (*text, *reason)))
        .collect();
    let mut unused: BTreeSet<&str> = listed.keys().copied().collect();
    let mut problems = BTreeSet::new();
    let mut resolved = BTreeSet::new();
    for Text { file, text, code } in &texts {
        let text = text.replace('\u{a0}', " ");
        let text = text.trim();
        match areas.resolve(text) {
            Ok(area) => {
                resolved.insert(text.to_string());
                if listed.contains_key(text) {
                    problems.insert(format!("{text} is listed and means {}", area.id));
                }
                let there = OTHERWISE.iter().find(|(f, t, _)| f == file && *t == text);
                let expected = there.map_or(code.as_str(), |(.., id)| id);
                if there.is_some() {
                    assert_ne!(area.id, expected, "{file}: {text} needs no exception");
                } else if areas.get(expected).is_some() && area.id != expected {
                    problems.insert(format!("{file}: {text} means {}, not {expected}", area.id));
                }
            }
            Err(error) if !listed.contains_key(text) => {
                problems.insert(format!("{file}: {error}"));
            }
            Err(_) => {
                unused.remove(text);
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(unused.is_empty(), "listed and in no file: {unused:?}");
    assert!(resolved.len() > 3000, "{}", resolved.len());
}

#[test]
fn the_areas_are_those_of_m49() {
    let Some(unsd) = csv("country-reference", "UNSD-en.csv") else { return };
    let names = csv("country-reference", "country-codes.csv").unwrap();
    let areas = Areas::builtin();
    let mut expected = BTreeSet::new();
    let mut renamed = Vec::new();
    for row in &unsd.rows {
        let cell = |column| unsd.get(row, column);
        let area = areas.get(cell("ISO-alpha3 Code")).unwrap();
        assert_eq!(area.m49.as_deref(), Some(cell("M49 Code")));
        assert_eq!(area.alpha2.as_deref(), Some(cell("ISO-alpha2 Code")));
        assert_eq!(area.alpha3.as_deref(), Some(cell("ISO-alpha3 Code")));
        let (name, listed) = (area.name.as_str(), cell("Country or Area"));
        if name != listed {
            renamed.push((name, listed.to_string()));
        }
        expected.insert(area.id.as_str());
    }
    // The collection writes three names otherwise than the United Nations, whose names these are.
    let global = csv("un-sdg-ddf-2020", "entities_geo_area.csv").unwrap();
    let locations = tsv("un-wpp2019", "UNlocations.txt").unwrap();
    renamed.sort();
    let others: Vec<&str> = renamed.iter().map(|(_, listed)| listed.as_str()).collect();
    assert_eq!(others, ["Taiwan", "Ivory Coast", "Falkland Islands"]);
    for (name, _) in renamed {
        assert!(global.column("name").chain(locations.column("name")).any(|n| n == name), "{name}");
    }
    for row in &names.rows {
        let cell = |column: &str| names.get(row, column).replace('\u{a0}', " ");
        let area = areas.get(&cell("ISO3166-1-Alpha-3")).unwrap();
        if let Some(n) = &area.names {
            let source =
                ["fr", "es", "ru", "cn", "ar"].map(|l| cell(&format!("official_name_{l}")));
            assert_eq!([&n.fr, &n.es, &n.ru, &n.zh, &n.ar], [0, 1, 2, 3, 4].map(|i| &source[i]));
        }
    }
    let counted: BTreeSet<&str> =
        areas.iter().filter(|area| area.is_counted()).map(|area| area.id.as_str()).collect();
    let more: Vec<&str> = counted.difference(&expected).copied().collect();
    assert_eq!(more, ["680", "830", "XKX"]);
    assert!(expected.is_subset(&counted));
}

#[test]
fn countries_are_the_members_and_observers_of_the_united_nations() {
    let areas = Areas::builtin();
    let of = |kind| areas.iter().filter(move |area| area.kind == kind);
    assert_eq!(of(AreaKind::Country).count(), 193 + 2);
    assert_eq!(areas.get("XKX").unwrap().kind, AreaKind::Territory);
    let Some(list) = sheet("un-minset-gender", "CL_AREA.xlsx", "CL_AREA") else { return };
    let mut members: BTreeSet<String> =
        list[1..].iter().filter(|row| row[6] == "1").map(|row| row[2].clone()).collect();
    assert_eq!(members.len(), 193);
    members.extend(["VAT".to_string(), "PSE".to_string()]);
    let countries: BTreeSet<String> = of(AreaKind::Country).map(|area| area.id.clone()).collect();
    assert_eq!(countries, members);
}

#[test]
fn areas_without_residents_are_in_no_list_of_populations() {
    let without: Vec<&str> = Areas::builtin()
        .iter()
        .filter(|area| !area.has_residents())
        .map(|area| area.id.as_str())
        .collect();
    assert_eq!(without, ["ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"]);
    let population = inclusion_registry::WorldPopulation::builtin();
    assert!(population.areas().all(|area| !without.contains(&area)));
    let Some(locations) = tsv("un-wpp2019", "UNlocations.txt") else { return };
    let there: BTreeSet<String> = locations
        .rows
        .iter()
        .filter(|row| locations.get(row, "location_type") == "4")
        .filter_map(|row| Areas::builtin().resolve(locations.get(row, "country_code")).ok())
        .map(|area| area.id.clone())
        .collect();
    assert!(there.len() > 200 && without.iter().all(|area| !there.contains(*area)));
}

#[test]
fn former_states_are_known_by_their_names_and_other_spellings_are_suggested() {
    let areas = Areas::builtin();
    for (name, id) in [
        ("Yugoslavia", "YUG"),
        ("SFR Yugoslavia", "YUG"),
        ("USSR", "SUN"),
        ("Soviet Union", "SUN"),
        ("Union of Soviet Socialist Republics", "SUN"),
        ("German Democratic Republic", "DDR"),
        ("East Germany", "DDR"),
        ("Czechoslovakia", "CSK"),
    ] {
        let area = areas.resolve(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((area.id.as_str(), area.kind), (id, AreaKind::Former), "{name}");
    }
    for (name, near) in
        [("Ivory cost", "Ivory Coast"), ("Untied States", "United States"), ("KEX", "KEN")]
    {
        let suggestions = areas.resolve(name).unwrap_err().suggestions;
        assert!(suggestions.iter().any(|own| own == near), "{name}: {suggestions:?}");
    }
}
