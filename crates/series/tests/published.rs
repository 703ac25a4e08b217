//! Published files as they circulate, read by the built-in recipes: what is known of each is found.

mod shared;

use inclusion_series::{AreaKind, Observation, Options, Series, Unit};
use shared::{find, folder, of_kind, read, read_with, run, statuses};

#[test]
fn bulk_csv_of_the_sdg_database_keeps_source_release_and_unit() {
    let Some(data) = folder("equals-ict-africa-2020") else { return };
    let path = data.join("sdg_database_ind_own_mobile.csv");
    let series = read("un-sdg/bulk-csv", &path);
    assert_eq!(series.observations.len(), 589);
    assert_eq!(of_kind(&series, AreaKind::Country), 589);
    let algeria = find(&series, "DZA", "2018", "M", &[]);
    assert_eq!((algeria.value, &*algeria.text), (Some(0.9262223), "92.62223"));
    assert_eq!((&algeria.unit, algeria.year, algeria.line), (&Unit::Percent, 2018, 3));
    assert_eq!(&*algeria.indicator, "IT_MOB_OWN");
    assert_eq!(algeria.edition.as_deref(), Some("2020.Q4.G.02"));
    assert_eq!(
        algeria.source.as_deref(),
        Some("Ministry of Post, Telecommunications, Technologies and Digital")
    );
    assert_eq!(find(&series, "DZA", "2018", "F", &[]).value, Some(0.830695));
    assert_eq!(series.observations.iter().filter(|o| o.source.is_some()).count(), 589);
    // Costa Rica 2016 by sex and South Africa 2015: more owners than people.
    let flags: Vec<_> = series.log.iter().filter(|f| f.code == "share_out_of_range").collect();
    let [flag] = flags[..] else { panic!("{flags:?}") };
    assert_eq!(flag.count, 4);
    let without: Vec<_> = series.observations.iter().filter(|o| o.value.is_none()).collect();
    assert_eq!(without.len(), 4);
    assert!(without.iter().all(|o| o.text.parse::<f64>().unwrap() > 100.0));
    // Serbia 2013 to 2015: totals above both sexes.
    assert_eq!(series.count("total_outside_sexes"), 3);
    assert_eq!(series.count("unit_jump"), 0);
    let [file] = &series.provenance[..] else { panic!() };
    assert_eq!((file.rows, file.observations, file.missing, file.blank), (589, 589, 4, 0));
    assert_eq!(file.sha256.len(), 64);
    assert_eq!(&*file.file, "sdg_database_ind_own_mobile.csv");
}

#[test]
fn packed_bulk_csv_tells_skills_apart() {
    let Some(data) = folder("equals-ict-africa-2020") else { return };
    let series = read("un-sdg/bulk-csv", &data.join("sdg_database_ict_literacy.csv.gz"));
    assert_eq!(series.observations.len(), 4795);
    assert_eq!(find(&series, "DZA", "2018", "M", &["COPA"]).value, Some(0.22846));
    assert_eq!(find(&series, "DZA", "2018", "_T", &["EMAIL"]).value, Some(0.1614774));
    // Cuba 2017 to 2019 and Egypt 2015 to 2016, each for one skill: factors of 82 and 83.
    assert_eq!(series.count("unit_jump"), 2);
    assert_eq!(series.count("total_outside_sexes"), 60);
}

#[test]
fn data_points_of_the_sdg_database_keep_groups_apart_from_countries() {
    let Some(data) = folder("un-sdg-ddf-2020") else { return };
    let read = |file: &str| read("un-sdg/ddf", &data.join(file));
    let internet = read("it_use_ii99_to2015.csv");
    assert_eq!(internet.observations.len(), 3852);
    assert_eq!(of_kind(&internet, AreaKind::Group), 495);
    assert_eq!(internet.countries().count(), 3852 - 495);
    assert_eq!(internet.count("not_a_country"), 495);
    let groups = internet.log.iter().filter(|f| f.code == "not_a_country").count();
    assert_eq!(groups, 31);
    for (year, value) in [("2005", 0.1568), ("2010", 0.2871), ("2015", 0.4155)] {
        let world = find(&internet, "M49:1", year, "_T", &[]);
        assert_eq!((world.value, &world.unit), (Some(value), &Unit::Per100));
        assert_eq!(world.area_kind, AreaKind::Group);
    }
    let accounts = read("fb_bnk_accss_to2014.csv");
    assert_eq!(accounts.observations.len(), 852);
    assert_eq!(of_kind(&accounts, AreaKind::Group), 6);
    for (year, sex, value) in
        [("2011", "F", 0.4662), ("2011", "M", 0.5475), ("2014", "F", 0.5847), ("2014", "M", 0.6558)]
    {
        let world = find(&accounts, "M49:1", year, sex, &[]);
        assert_eq!(world.value, Some(value));
        assert_eq!((&*world.age, world.nature.as_deref()), ("Y_GE15", Some("G")));
    }
    assert_eq!(accounts.count("total_outside_sexes"), 0);
    let skills = read("se_adt_acts.csv");
    assert_eq!(skills.observations.len(), 4795);
    assert_eq!(find(&skills, "DZA", "2018", "_T", &["arsp"]).value, Some(0.0940813));
    let coverage = read("it_mob_2gntwk.csv");
    assert_eq!(coverage.observations.len(), 3179);
    assert_eq!(of_kind(&coverage, AreaKind::Group), 490);
    // Saint Lucia 2016 and 2018: 101 % and 104 %.
    assert_eq!(coverage.count("share_out_of_range"), 2);
    assert_eq!(read("it_mob_own.csv").observations.len(), 589);
}

#[test]
fn both_forms_of_one_release_of_the_sdg_database_agree() {
    let (Some(ddf), Some(bulk)) = (folder("un-sdg-ddf-2020"), folder("equals-ict-africa-2020"))
    else {
        return;
    };
    let one = read("un-sdg/ddf", &ddf.join("it_mob_own.csv"));
    let other = read("un-sdg/bulk-csv", &bulk.join("sdg_database_ind_own_mobile.csv"));
    let key = |o: &Observation| (o.ref_area.clone(), o.year, o.sex.clone());
    let sorted = |series: &Series| {
        let mut all: Vec<_> = series.observations.iter().map(|o| (key(o), o.value)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    assert_eq!(sorted(&one), sorted(&other));
}

#[test]
fn minimum_set_agrees_in_its_three_forms_and_warns_of_ages() {
    let Some(data) = folder("un-minset-gender") else { return };
    let long = read("un-minset/long", &data.join("I_17_internet_by_sex.tsv"));
    assert_eq!(long.observations.len(), 794);
    assert_eq!(of_kind(&long, AreaKind::Country), 794);
    for (sex, value) in [("F", 0.5418), ("M", 0.5495), ("_T", 0.5455)] {
        let brazil = find(&long, "BRA", "2014", sex, &[]);
        assert_eq!((brazil.value, &*brazil.age), (Some(value), "Y_GE10"));
        assert_eq!(brazil.nature.as_deref(), Some("C"));
    }
    // Half of the countries are of 16 to 74, others of 13 other ranges: no comparison without a note.
    let ages = long.log.iter().find(|f| f.code == "ages_differ").unwrap();
    assert!(ages.message.contains("all 88 countries"), "{}", ages.message);
    assert!(ages.message.contains("Y16T74 (36), Y_GE06 (9), Y_GE05 (8)"), "{}", ages.message);
    assert_eq!(long.observations.iter().filter(|o| !o.footnotes.is_empty()).count(), 3);

    let wide = read("un-minset/wide", &data.join("I_17_internet_by_sex_wide.csv"));
    let book = read("un-minset/long", &data.join("I_17_source.xlsx"));
    let same = |series: &Series| {
        let mut all: Vec<_> = series
            .observations
            .iter()
            .map(|o| {
                (
                    o.ref_area.clone(),
                    o.year,
                    o.sex.clone(),
                    o.age.clone(),
                    o.value,
                    o.nature.clone(),
                    o.footnotes.clone(),
                )
            })
            .collect();
        all.sort_by(|a, b| (&a.0, a.1, &a.2, &a.3).cmp(&(&b.0, b.1, &b.2, &b.3)));
        all
    };
    assert_eq!(same(&wide), same(&long));
    assert_eq!(same(&book), same(&long));
    assert_eq!((wide.provenance[0].rows, wide.provenance[0].blank), (293, 12_391));

    let mobile = read("un-minset/long", &data.join("I_18_mobile_own_by_sex.tsv"));
    assert_eq!(mobile.observations.len(), 723);
    let afghanistan = find(&mobile, "AFG", "2016", "_T", &[]);
    assert_eq!((afghanistan.value, afghanistan.source.as_deref()), (Some(0.4682), Some("NSIA")));
    let modelled = mobile.observations.iter().filter(|o| o.nature.as_deref() == Some("E"));
    assert_eq!(modelled.count(), 4);
    assert_eq!(mobile.observations.iter().filter(|o| !o.footnotes.is_empty()).count(), 104);
}

#[test]
fn eurostat_flags_become_statuses() {
    let Some(data) = folder("eurostat-isoc") else { return };
    let path = data.join("estat_isoc_sks_itsp_sex.tsv");
    let unnamed = read_with("eurostat/tsv", &path, &Options::default()).unwrap_err();
    assert!(unnamed.contains("set `indicator` for the run"), "{unnamed}");
    let series =
        read_with("eurostat/tsv", &path, &run(&[("indicator", "isoc_sks_itsps")])).unwrap();
    assert_eq!(series.observations.len(), 144 * 19);
    assert_eq!(series.provenance[0].missing, 292);
    let share = |o: &&Observation| o.unit == Unit::Percent;
    let pick = |area: &str, year: &str, sex: &str| {
        let fits = |o: &&Observation| {
            share(o) && *o.ref_area == *area && *o.time_period == *year && *o.sex == *sex
        };
        series.observations.iter().find(fits).unwrap()
    };
    let austria = pick("AUT", "2004", "F");
    assert_eq!((austria.value, &*austria.text), (Some(0.221), "22.1 be"));
    assert_eq!(statuses(austria), ["B", "E"]);
    assert_eq!((austria.line, austria.column.as_deref()), (2, Some("2004")));
    assert_eq!(pick("GRC", "2022", "F").value, Some(0.203));
    assert_eq!(statuses(pick("GRC", "2022", "F")), [""; 0]);
    let union = pick("EU27_2020", "2022", "F");
    assert_eq!((union.value, union.area_kind), (Some(0.189), AreaKind::Group));
    assert_eq!(of_kind(&series, AreaKind::Group), 76);
    // Flags of values, as they are counted in the file.
    for (status, count) in [("E", 1740), ("B", 534), ("U", 86), ("D", 16)] {
        let with = |o: &&Observation| o.value.is_some() && o.has_status(status);
        assert_eq!(series.observations.iter().filter(with).count(), count, "{status}");
    }
    let missing: Vec<_> = series.observations.iter().filter(|o| o.value.is_none()).collect();
    assert!(missing.iter().all(|o| o.has_status("O")));
    assert_eq!(missing.iter().filter(|o| o.has_status("U")).count(), 20);
    // Women and men are shares of one total, so each pair adds up to 1.
    let pairs: Vec<_> = series
        .by_sex()
        .into_iter()
        .filter_map(|g| g.women.zip(g.men))
        .filter(|(f, _)| f.unit == Unit::Percent)
        .filter_map(|(f, m)| f.value.zip(m.value))
        .collect();
    assert!(pairs.len() > 500, "{}", pairs.len());
    assert!(pairs.iter().all(|(f, m)| (f + m - 1.0).abs() < 0.0011));
}

#[test]
fn eurostat_confidential_cells_are_suppressed_and_other_dimensions_kept() {
    let Some(data) = folder("eurostat-isoc") else { return };
    let path = data.join("estat_tin00074.tsv");
    // Value added in percent of GDP is no share: Finland has -0.13 in 2012.
    let options = run(&[("indicator", "tin00074"), ("unit", "percent")]);
    let error = read_with("eurostat/tsv", &path, &options).unwrap_err();
    assert!(
        error.ends_with("estat_tin00074.tsv, line 14, column 5 `2012`: -0.13 is outside 0 to 100 of unit `percent`; correct it, give another unit, or set `out_of_range = \"withhold\"` in the recipe"),
        "{error}"
    );
    let options = run(&[("indicator", "tin00074"), ("unit", "percent_of_gdp")]);
    let series = read_with("eurostat/tsv", &path, &options).unwrap();
    assert_eq!(series.observations.len(), 1224);
    let suppressed: Vec<_> = series.observations.iter().filter(|o| o.has_status("Q")).collect();
    assert_eq!(suppressed.len(), 246);
    assert!(suppressed.iter().all(|o| o.value.is_none() && !o.has_status("O")));
    assert_eq!(series.observations.iter().filter(|o| o.has_status("O")).count(), 104);
    assert_eq!(find(&series, "GRC", "2020", "_T", &["G-U_ICT"]).value, Some(3.19));
    assert_eq!(statuses(find(&series, "GRC", "2020", "_T", &["ICT"])), ["P"]);
}
