//! Bad country data: what a user is told. Each test is named by its row of the catalogue.

mod made;

use inclusion_series::{AreaKind, Observation, Series, SeriesRecipe};
use made::{Case, RECIPE, flags, values};

const HEAD: &str = "area,year,sex,value\n";

#[test]
fn e01_the_same_figure_twice() {
    let text = format!("{HEAD}KEN,2019,women,47\nNAM,2019,women,51\nKEN,2019,women,48\n");
    assert_eq!(
        Case::new().fails(text),
        "a.csv, line 4, column 4 `value`: internet_use of KEN, 2019, sex F, age _X, share is 48 here and 47 in a.csv, line 2, column 4 `value`; 1 conflict found; keep one, or declare the column that tells them apart as a dimension"
    );
    let text = format!("{HEAD}KEN,2019,women,47\nKEN,2019,women,47.0\nKEN,2019,men,48\n");
    let series = Case::new().read(text).unwrap();
    assert_eq!((values(&series).len(), flags(&series)), (2, vec![("duplicate", 1)]));
    assert_eq!(series.log[0].line, Some(3));
    // A dimension that the recipe does not read makes a conflict, and the message names it.
    let text = "area,year,sex,value,place\nKEN,2019,women,47,town\nKEN,2019,women,40,land\n";
    let message = Case::new().fails(text);
    assert!(message.ends_with("columns that the recipe does not use: `place`"), "{message}");
    let declared =
        Case::new().with("[missing]", "[dimension.place]\ncolumn = \"place\"\n[missing]");
    assert_eq!(values(&declared.read(text).unwrap()), [Some(0.47), Some(0.4)]);
    // A figure and a missing code differ too.
    let text = format!("{HEAD}KEN,2019,women,47\nKEN,2019,women,..\n");
    assert!(Case::new().fails(text).contains("is .. here and 47 in"));
}

#[test]
fn e01_two_files_of_one_figure() {
    let one = Case::new().read(format!("{HEAD}KEN,2019,women,47\n")).unwrap();
    let same = Series::merge(vec![one.clone(), one.clone()]).unwrap();
    assert_eq!((same.observations.len(), same.count("duplicate")), (1, 1));
    assert_eq!(same.provenance.len(), 2);
    let other = Case::new().read(format!("{HEAD}\nKEN,2019,women,48\n")).unwrap();
    let message = Series::merge(vec![one.clone(), other]).unwrap_err().to_string();
    assert!(message.contains("line 3: ") && message.contains("a.csv, line 2"), "{message}");
    // A fraction and a percentage of the same share are the same figure.
    let fraction = Case::new().with("\"percent\"", "\"fraction\"");
    let fraction = fraction.read(format!("{HEAD}KEN,2019,women,0.47\n")).unwrap();
    let merged = Series::merge(vec![one, fraction]).unwrap();
    assert_eq!((merged.observations.len(), merged.count("duplicate")), (1, 1));
}

#[test]
fn e03_groups_and_dissolved_states_are_no_countries() {
    let text = format!(
        "{HEAD}202,2019,women,30\n891,2004,women,20\nKOS,2018,women,80\nKSV,2019,women,81\nXKX,2020,women,82\n"
    );
    let series = Case::new().read(text).unwrap();
    assert_eq!(series.observations.len(), 5);
    let countries: Vec<&str> = series.countries().map(|o| &*o.ref_area).collect();
    assert_eq!(countries, ["XKX", "XKX", "XKX"]);
    assert_eq!(flags(&series), [("not_a_country", 1), ("not_a_country", 1)]);
    assert_eq!(
        series.log.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(),
        [
            "M49:202 is a group of countries: kept, and part of no country statistics",
            "SCG is an area that is no more: kept, and part of no country statistics"
        ]
    );
    let kinds: Vec<AreaKind> = series.observations.iter().map(|o| o.area_kind).collect();
    assert_eq!(kinds[..2], [AreaKind::Group, AreaKind::Former]);
    // The three codes of Kosovo are one area.
    let text = format!("{HEAD}KOS,2019,women,80\nXKX,2019,women,81\n");
    assert!(Case::new().fails(text).contains("of XKX, 2019"));
}

#[test]
fn unknown_areas_are_named_together_with_the_nearest() {
    let text =
        format!("{HEAD}Namebia,2019,women,1\nKEN,2019,women,1\nKenia,2019,men,1\nzz,2019,men,1\n");
    assert_eq!(
        Case::new().fails(text),
        "a.csv, line 2, column 1 `area`: 3 areas are not known: `Namebia` (line 2; near: `Namibia`); `Kenia` (line 4; near: `Kenya`, `KEN`); `zz` (line 5); map each in the recipe's `[area]`, or leave its rows out with `[[skip]]`"
    );
    let mapped = Case::new().with(
        "column = \"area\"",
        "column = \"area\"\nmap = { Kenia = \"KEN\" }\ngroups = { zz = \"OWN\" }",
    );
    let skip = "[[skip]]\ncolumn = \"area\"\nvalues = [\"Namebia\"]\nreason = \"not a country\"\n[[value]]";
    let mapped = mapped.with("[[value]]", skip);
    let text = format!("{HEAD}Namebia,2019,women,1\nKenia,2019,men,1\nzz,2019,men,1\n");
    let series = mapped.read(text).unwrap();
    assert_eq!(flags(&series), [("not_a_country", 1), ("rows_skipped", 1)]);
    assert_eq!(series.log[1].message, "not a country");
}

#[test]
fn e05_shares_outside_their_range() {
    for value in ["100.4", "-0.2"] {
        assert_eq!(
            Case::new().fails(format!("{HEAD}KEN,2019,women,{value}\n")),
            format!(
                "a.csv, line 2, column 4 `value`: {value} is outside 0 to 100 of unit `percent`; correct it, give another unit, or set `out_of_range = \"withhold\"` in the recipe"
            )
        );
    }
    let text = format!("{HEAD}KEN,2019,women,100.0000000009\nKEN,2019,men,-0.0000000009\n");
    assert_eq!(values(&Case::new().read(text).unwrap()), [Some(1.0), Some(0.0)]);
    assert!(Case::new().read(format!("{HEAD}KEN,2019,women,100.00000001\n")).is_err());
    let fraction = Case::new().with("\"percent\"", "\"fraction\"");
    assert!(
        fraction.fails(format!("{HEAD}KEN,2019,women,47\n")).contains("outside 0 to 1 of unit")
    );
    // Subscriptions per 100 people may be more than 100, and that is said.
    let per = Case::new().with("\"percent\"", "\"per_100\"");
    let series = per.read(format!("{HEAD}KEN,2019,women,120\n")).unwrap();
    assert_eq!(
        (values(&series), flags(&series)),
        (vec![Some(1.2)], vec![("above_100_per_100", 1)])
    );
    // Where a source is known for such figures, they are left out and named.
    let mut withhold = Case::new();
    withhold.recipe.insert_str(0, "out_of_range = \"withhold\"\n");
    let series = withhold.read(format!("{HEAD}KEN,2019,women,100.4\n")).unwrap();
    assert_eq!((values(&series), flags(&series)), (vec![None], vec![("share_out_of_range", 1)]));
    assert_eq!(series.log[0].value.as_deref(), Some("100.4"));
    // Any other unit has no range.
    let years = Case::new().with("\"percent\"", "\"percent_of_gdp\"");
    assert_eq!(values(&years.read(format!("{HEAD}KEN,2019,women,-0.2\n")).unwrap()), [Some(-0.2)]);
}

#[test]
fn e07_periods_that_are_no_years() {
    for (year, hint) in [
        (
            "2019/20",
            "set `rule = \"first_year\"` or `\"last_year\"` under `[time]` if it is a period of several years",
        ),
        (
            "2019-2020",
            "set `rule = \"first_year\"` or `\"last_year\"` under `[time]` if it is a period of several years",
        ),
        (
            "FY2019",
            "set `rule = \"first_year\"` or `\"last_year\"` under `[time]` if it is a period of several years",
        ),
        ("19", "a year has four digits; write the century"),
    ] {
        assert_eq!(
            Case::new().fails(format!("{HEAD}KEN,{year},women,1\n")),
            format!("a.csv, line 2, column 2 `year`: `{year}` is not a year; {hint}")
        );
    }
    let ruled = || Case::new().with("column = \"year\"", "column = \"year\"\nrule = \"last_year\"");
    let series = ruled().read(format!("{HEAD}KEN,2019/20,women,1\nKEN,FY2019,women,1\n")).unwrap();
    let years: Vec<_> = series.observations.iter().map(|o| (&*o.time_period, o.year)).collect();
    assert_eq!(years, [("2019/20", 2020), ("FY2019", 2019)]);
    assert!(ruled().fails(format!("{HEAD}KEN,19,women,1\n")).contains("write the century"));
    assert!(ruled().fails(format!("{HEAD}KEN,19/20,women,1\n")).contains("write the century"));
}

#[test]
fn unit_jumps_totals_and_percentages_below_one_are_flagged() {
    let text = format!("{HEAD}KEN,2017,women,45\nKEN,2018,women,0.46\nKEN,2019,women,48\n");
    let series = Case::new().read(text).unwrap();
    assert_eq!(flags(&series), [("unit_jump", 2)]);
    assert_eq!(series.log[0].lines, [3, 4]);
    // Growth from next to nothing is growth.
    let text = format!("{HEAD}KEN,2000,women,0.01\nKEN,2001,women,1\nKEN,2002,women,40\n");
    assert!(Case::new().read(text).unwrap().log.is_empty());
    let text = format!("{HEAD}KEN,2019,women,40\nKEN,2019,men,50\nKEN,2019,all,50.1\n");
    let series = Case::new().read(text).unwrap();
    assert_eq!(flags(&series), [("total_outside_sexes", 1)]);
    assert!(series.log[0].message.contains("KEN 2019: 50.1 with 40 women and 50 men"));
    let text = format!("{HEAD}KEN,2019,women,40\nKEN,2019,men,50\nKEN,2019,all,50.04\n");
    assert!(Case::new().read(text).unwrap().log.is_empty());
    let counts = Case::new().with("\"percent\"", "\"number\"");
    let text = format!("{HEAD}KEN,2019,women,40\nKEN,2019,men,50\nKEN,2019,all,80\n");
    assert_eq!(flags(&counts.read(text).unwrap()), [("total_outside_sexes", 1)]);
    let rows: String = (2010..2020).map(|y| format!("KEN,{y},women,0.4{}\n", y % 10)).collect();
    let series = Case::new().read(format!("{HEAD}{rows}")).unwrap();
    assert_eq!(flags(&series), [("percent_below_one", 1)]);
}

#[test]
fn codes_that_no_part_of_the_recipe_covers() {
    assert_eq!(
        Case::new().fails(format!("{HEAD}KEN,2019,womin,1\n")),
        "a.csv, line 2, column 3 `sex`: value `womin` is not covered by dimension `sex` of recipe test/long; near: `women`; map it, or leave such rows out with `[[skip]]`"
    );
    let kept = Case::new().with("map = { women = \"F\", men = \"M\", all = \"_T\" }", "");
    assert!(kept.fails(format!("{HEAD}KEN,2019,FEMALE,1\n")).contains("near: `F`, `M`, `_T`"));
    let unit = Case::new().with(
        "fixed = \"percent\"",
        "column = \"unit\"\nmap = { PT = \"percent\", FR = \"fraction\" }",
    );
    let message = unit.fails("area,year,sex,value,unit\nKEN,2019,women,1,Persons\n");
    assert!(
        message.contains(
            "value `Persons` is not covered by `[unit]` of recipe test/long; near: `FR`, `PT`"
        ),
        "{message}"
    );
    let age = Case::new().with("[missing]", "[dimension.age]\nfixed = \"adults\"\n[missing]");
    assert!(
        age.fails(format!("{HEAD}KEN,2019,women,1\n"))
            .contains("`adults` is not covered by dimension `age`")
    );
}

#[test]
fn statuses_flags_bounds_and_suppressed_values() {
    let recipe = || {
        Case::new()
            .with("[missing]", "[flags]\nb = \"B\"\nq = \"Q\"\n[missing]")
            .with("[[value]]", "[attribute]\nlower = { column = \"low\" }\nupper = { column = \"high\" }\nnature = { column = \"nature\" }\n[[value]]")
    };
    let head = "area,year,sex,value,low,high,nature\n";
    let series = recipe()
        .read(format!("{head}KEN,2019,women,47 b,40,45,CA\nKEN,2019,men,50 q,,,NA\n"))
        .unwrap();
    let [women, men] = &series.observations[..] else { panic!() };
    assert_eq!((women.value, women.lower, women.upper), (Some(0.47), Some(0.4), Some(0.45)));
    assert_eq!((women.nature.as_deref(), men.nature.as_deref()), (Some("CA"), Some("NA")));
    assert!(women.has_status("B"));
    // What the source suppressed is nowhere: not the value, not its text, not the log.
    assert_eq!((men.value, &*men.text), (None, ""));
    assert!(!format!("{series:?}").contains("50 q"));
    assert_eq!(flags(&series), [("outside_bounds", 1), ("suppressed_value", 1)]);
    assert_eq!(
        recipe().fails(format!("{head}KEN,2019,women,47 x,,,\n")),
        "a.csv, line 2, column 4 `value`: flag `x` of `x` is not declared; give its meaning under `[flags]`, where b, q are"
    );
    assert!(
        recipe().fails(format!("{head}KEN,2019,women,47,,,X\n")).contains("near: `C`, `CA`, `E`")
    );
    assert!(
        Case::new()
            .fails(format!("{HEAD}KEN,2019,women,47 b\n"))
            .contains("give their meaning under `[flags]`")
    );
}

#[test]
fn later_releases_of_the_sdg_database_write_names_in_brackets() {
    let mut case = Case::new();
    case.recipe = include_str!("../recipes/un-sdg/bulk-csv.toml").into();
    let text = "SeriesCode,GeoAreaCode,TimePeriod,Value,Source,FootNote,[Nature],[Reporting Type],[Sex],[Age],[Units],[Location]\n\
                IT_MOB_OWN,404,2021,47.3,Census,persons,C,G,FEMALE,15+,PERCENT,RURAL\n\
                IT_MOB_OWN,404,2021,NaN,Census,,NA,G,MALE,15+,PERCENT,RURAL\n";
    let series = case.read(text).unwrap();
    let [women, men] = &series.observations[..] else { panic!() };
    assert_eq!((women.value, &*women.sex, &*women.age), (Some(0.473), "F", "Y_GE15"));
    assert_eq!((&*women.breakdowns["location"], &*women.footnotes[0]), ("R", "persons"));
    assert_eq!(women.breakdowns.len(), 1);
    assert_eq!((men.value, men.nature.as_deref(), &*men.obs_status[0]), (None, Some("NA"), "O"));
}

#[test]
fn latest_and_by_sex_are_of_one_series_each() {
    let text =
        format!("{HEAD}KEN,2017,women,40\nKEN,2019,women,44\nKEN,2019,men,50\nKEN,2020,men,..\n");
    let series = Case::new().read(text).unwrap();
    let latest: Vec<_> = series.latest().iter().map(|o| (&*o.sex, o.year)).collect();
    assert_eq!(latest, [("F", 2019), ("M", 2019)]);
    let pairs = series.by_sex();
    assert_eq!(pairs.len(), 3);
    let line = |o: Option<&Observation>| o.map(|o| o.line);
    assert_eq!((line(pairs[1].women), line(pairs[1].men)), (Some(3), Some(4)));
    assert_eq!(pairs[1].total, None);
}

#[test]
fn a_recipe_with_a_fault_is_refused_with_its_place() {
    let message = |from: &str, to: &str| {
        assert!(RECIPE.contains(from), "{from}");
        SeriesRecipe::parse(&RECIPE.replacen(from, to, 1)).unwrap_err().to_string()
    };
    assert_eq!(
        message("producer", "producr"),
        "recipe:5:1: unknown key `producr`; did you mean `producer`?"
    );
    assert_eq!(
        message("\"..\" = \"O\"", "\"..\" = \"A\""),
        "recipe:19:1: missing code `..` has the status `A`; use L, M, O, Q of CL_OBS_STATUS"
    );
    assert_eq!(
        message("column = \"value\"", "column = \"value\"\nset = { sexe = \"F\" }"),
        "recipe:23:9: `sexe` is no dimension of this recipe; did you mean `sex`?"
    );
    assert!(message("column = \"value\"", "column = \"{a}{b}\"").contains("two parts in braces"));
    assert!(
        message("fixed = \"percent\"", "fixed = \"percent\"\nfixed = \"x\"").contains("recipe:")
    );
    assert!(message("[unit]\nfixed = \"percent\"\n", "").contains("the key `unit` is missing"));
}

#[test]
fn built_in_recipes_are_sound_and_a_folder_goes_before_them() {
    let recipes = SeriesRecipe::builtin().unwrap();
    assert!(recipes.len() >= 11, "{}", recipes.len());
    for (id, recipe) in &recipes {
        assert_eq!(*id, recipe.id);
        for text in [&recipe.name, &recipe.producer, &recipe.source] {
            assert!(!text.is_empty(), "{id}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("series/own")).unwrap();
    let own = RECIPE.replace("test/long", "un-sdg/ddf");
    std::fs::write(folder.path().join("series/own/mine.toml"), own).unwrap();
    let all = SeriesRecipe::with_folder(folder.path()).unwrap();
    assert_eq!((all.len(), all["un-sdg/ddf"].name.as_str()), (recipes.len(), "Test"));
    assert!(inclusion_registry::Registry::with_folder(folder.path()).is_ok());
    std::fs::write(folder.path().join("series/own/bad.toml"), "id = 1").unwrap();
    let message = SeriesRecipe::with_folder(folder.path()).unwrap_err().to_string();
    assert!(message.contains("bad.toml:1:6"), "{message}");
}

#[test]
fn women_and_men_a_hundredfold_apart_and_small_percentages_are_flagged() {
    let case = Case::new();
    let apart = case.read(format!("{HEAD}KEN,2019,women,0.4\nKEN,2019,men,50\n")).unwrap();
    assert_eq!(flags(&apart), [("unit_of_sexes", 1)]);
    assert!(
        apart.log[0]
            .message
            .ends_with("first KEN 2019: 0.4 and 50; look whether one is a fraction"),
        "{}",
        apart.log[0].message
    );
    for (women, men) in [("40", "50"), ("0.4", "0.5"), ("3", "90"), ("0", "50")] {
        let text = format!("{HEAD}KEN,2019,women,{women}\nKEN,2019,men,{men}\n");
        let found = flags(&case.read(text).unwrap());
        assert!(!found.iter().any(|flag| flag.0 == "unit_of_sexes"), "{women} and {men}");
        assert_eq!(found.iter().any(|flag| flag.0 == "percent_below_one"), men == "0.5");
    }
}

#[test]
fn a_value_whose_status_says_that_it_is_missing_is_flagged_and_not_used() {
    let with = |status: &str| {
        let case = Case::new()
            .with("[[value]]", "[attribute]\nstatus = { column = \"status\" }\n[[value]]");
        let rows = format!("area,year,sex,value,status\nKEN,2019,women,40,{status}\n");
        let series = case.read(rows).unwrap();
        (values(&series), flags(&series))
    };
    for status in ["M", "O", "L"] {
        assert_eq!(with(status), (vec![None], vec![("value_of_missing_status", 1)]), "{status}");
    }
    assert_eq!(with("Q"), (vec![None], vec![("suppressed_value", 1)]));
    assert_eq!(with("U"), (vec![Some(0.4)], vec![]));
}

#[test]
fn errors_and_bounds_that_cannot_be_are_told_with_their_place() {
    let case = || {
        let columns = "[attribute]\nse = { column = \"se\" }\nlower = { column = \"low\" }\nupper = { column = \"high\" }\n[[value]]";
        Case::new().with("[[value]]", columns)
    };
    let read = |rest: &str| {
        case().read(format!("area,year,sex,value,se,low,high\nKEN,2019,women,40,{rest}\n"))
    };
    assert_eq!(
        read("-1,,").unwrap_err(),
        "a.csv, line 2, column 5 `se`: the standard error `-1` is below 0; correct it, or take `se` out of the recipe's `[attribute]`"
    );
    assert_eq!(
        read("1,45,35").unwrap_err(),
        "a.csv, line 2, column 6 `low`: the lower bound `45` is above the upper bound `35`; correct them, or exchange the columns of `lower` and `upper` in the recipe's `[attribute]`"
    );
    let cut = read("1,-2,320").unwrap();
    assert_eq!(flags(&cut), [("bounds_out_of_range", 1)]);
    let own = &cut.observations[0];
    assert_eq!((own.lower, own.upper, own.se), (Some(0.0), Some(1.0), Some(0.01)));
    let wide = read("150,,").unwrap();
    assert_eq!((wide.observations[0].se, flags(&wide)), (None, vec![("se_out_of_range", 1)]));
    assert!(read("1,38,42").unwrap().log.is_empty());
}
