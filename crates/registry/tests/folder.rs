//! A user's folder: it adds, it overrides, and its mistakes are named with file, line and column.

use inclusion_registry::{Error, Registry, Status};
use std::fs;
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The message that loading gives, with the folder's own path left out.
fn message(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    match Registry::with_folder(folder.path()) {
        Ok(_) => panic!("loaded without an error"),
        Err(error) => {
            let prefix = format!("{}/", folder.path().display());
            error.to_string().replace(&prefix, "").replace('\\', "/")
        }
    }
}

const BANDS: &str = r#"
id = "school_age"
name = "School age"
kind = "category"
breakdown = true
derive = { band = { of = "age" } }

[[code]]
id = "6-17"
name = "6 to 17"
min = 6
max = 17
"#;

const INDICATOR: &str = r#"
id = "MY-1"
version = "1.0.0"
status = "agreed"
name = "Daily users"
statement = "go online daily"
topic = "use"
custodian = "Our office"
kind = "rate"
population = "person"
universe_text = "individuals"
numerator = { internet_frequency = ["daily"] }
numerator_text = "daily"
reference_period = "last 3 months"
unit = "percent"
direction = "higher"
breakdowns = ["sex"]
source = "Our office"
"#;

const RECIPE: &str = r#"
id = "mine/2024"
version = "1.0.0"
name = "My survey"
producer = "Our office"
population = "person"
coverage = "everybody"
source = "Our code book"
rows = "persons"

[file.persons]

[design]

[concept.sex]
column = "q1"
map = { 1 = "M", 2 = "F" }
"#;

#[test]
fn a_folder_adds_entries() {
    let folder = folder(&[
        ("concepts/ours/bands.toml", BANDS),
        ("indicators/my-1.toml", INDICATOR),
        ("recipes/mine.toml", RECIPE),
        ("README.md", "ours"),
    ]);
    let registry = Registry::with_folder(folder.path()).unwrap();
    let mine = &registry.provenance["indicator/MY-1"];
    assert!(!mine.overrides && !mine.is_builtin() && mine.file.ends_with("my-1.toml"));
    assert!(registry.recipes.contains_key("mine/2024"));
    assert!(registry.indicators.contains_key("HH7"));
    // Own age bands may split what may be split by age, and own breakdowns everything.
    assert!(registry.may_split(&registry.indicators["HH7"], "school_age"));
}

#[test]
fn a_folder_overrides_by_id() {
    let stricter = r#"
id = "dhs"
name = "Stricter"
withhold_below = 30
unreliable_below = 60
source = "Our office"
"#;
    let folder = folder(&[("policies/stricter.toml", stricter)]);
    let registry = Registry::with_folder(folder.path()).unwrap();
    assert_eq!(registry.policies["dhs"].withhold_below, 30);
    assert!(registry.provenance["policy/dhs"].overrides);
    assert!(!registry.provenance["policy/eurostat"].overrides);
    assert_eq!(registry.indicators["HH7"].status, Status::Agreed);
}

#[test]
fn a_concept_that_no_longer_fits_a_built_in_recipe_is_said_so() {
    let sex = r#"
id = "sex"
name = "Sex"
kind = "category"
breakdown = true

[[code]]
id = "W"
name = "Women"

[[code]]
id = "M"
name = "Men"
"#;
    assert_eq!(
        message(&[("concepts/sex.toml", sex)]),
        "built-in:indicators/work/ICT-SPECIALISTS.toml:13:22: indicator `ICT-SPECIALISTS`: \
         concept `sex` has no code `F`; it has W, M"
    );
}

#[test]
fn a_missing_folder_is_named() {
    let error = Registry::with_folder(std::path::Path::new("no/such/folder")).unwrap_err();
    assert_eq!(error.to_string(), "cannot read no/such/folder");
    assert!(matches!(error, Error::Read(..)));
}

#[test]
fn a_misspelt_folder_gets_a_suggestion() {
    assert_eq!(
        message(&[("indicator/my-1.toml", INDICATOR)]),
        "indicator: no kind of registry entry is called `indicator`; did you mean `indicators`? \
         (folders of a registry: concepts, indicators, recipes, thresholds, targets, policies, styles, groupings, translations)"
    );
}

#[test]
fn a_file_outside_the_folders_is_named() {
    assert_eq!(
        message(&[("my-1.toml", INDICATOR)]),
        "my-1.toml: a registry file belongs into one of the folders concepts, indicators, \
         recipes, thresholds, targets, policies, styles, groupings, translations"
    );
}

#[test]
fn a_misspelt_key_has_a_place_and_a_suggestion() {
    let text = INDICATOR.replace("numerator_text", "numerator_txt");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:13:1: unknown key `numerator_txt`; did you mean `numerator_text`?"
    );
}

#[test]
fn a_misspelt_value_has_a_place_and_a_suggestion() {
    let text = INDICATOR.replace("\"agreed\"", "\"agree\"");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:4:10: `agree` is not a value here; did you mean `agreed`?"
    );
}

#[test]
fn a_missing_key_is_named() {
    let text = INDICATOR.replace("unit = \"percent\"\n", "");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:1:1: the key `unit` is missing"
    );
}

#[test]
fn broken_toml_has_a_place() {
    let text = message(&[("indicators/my-1.toml", "id = \"MY-1\nversion = 1\n")]);
    assert!(text.starts_with("indicators/my-1.toml:1:"), "{text}");
}

#[test]
fn a_test_of_the_wrong_shape_is_explained() {
    let text = INDICATOR.replace("[\"daily\"]", "\"daily\"");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:12:13: a test is a list of values, as in [\"yes\"], or a range, as \
         in { min = 15 }"
    );
}

#[test]
fn an_unknown_concept_has_a_place_and_a_suggestion() {
    let text = INDICATOR.replace("internet_frequency", "internet_frequence");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:12:15: no concept `internet_frequence`; did you mean \
         `internet_frequency`?"
    );
}

#[test]
fn an_unknown_code_has_a_place_and_a_suggestion() {
    let text = INDICATOR.replace("\"daily\"]", "\"dayly\"]");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:12:37: indicator `MY-1`: concept `internet_frequency` has no code \
         `dayly`; did you mean `daily`?"
    );
}

#[test]
fn a_draft_without_a_reason_is_refused() {
    let text = INDICATOR.replace("\"agreed\"", "\"draft\"");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:4:1: indicator `MY-1`: a draft says why: `draft_reason`"
    );
}

#[test]
fn an_agreed_proportion_without_a_numerator_is_refused() {
    let text = INDICATOR.replace("numerator = { internet_frequency = [\"daily\"] }\n", "");
    assert_eq!(
        message(&[("indicators/my-1.toml", &text)]),
        "indicators/my-1.toml:2:1: indicator `MY-1`: a proportion needs a `numerator`"
    );
}

#[test]
fn two_files_with_one_id_are_both_named() {
    let text = message(&[("indicators/a.toml", INDICATOR), ("indicators/b.toml", INDICATOR)]);
    assert_eq!(
        text,
        "indicators/b.toml:2:6: indicator `MY-1` stands in indicators/a.toml already; give one of \
         them another id"
    );
}

#[test]
fn overlapping_bands_are_refused() {
    let text = format!("{BANDS}\n[[code]]\nid = \"17+\"\nname = \"17 and over\"\nmin = 17\n");
    assert_eq!(
        message(&[("concepts/bands.toml", &text)]),
        "concepts/bands.toml:15:6: concept `school_age`: bands `6-17` and `17+` overlap; both \
         ends belong to a band"
    );
}

#[test]
fn a_band_without_limits_is_refused() {
    let text = BANDS.replace("min = 6\nmax = 17\n", "");
    assert_eq!(
        message(&[("concepts/bands.toml", &text)]),
        "concepts/bands.toml:9:6: concept `school_age`: band `6-17` needs `min` or `max`, and \
         `min` not above `max`"
    );
}

#[test]
fn a_circle_of_derivations_is_shown() {
    let one = |id: &str, of: &str| {
        format!(
            "id = \"{id}\"\nname = \"{id}\"\nkind = \"category\"\nyes_no = true\n\
             derive = {{ cases = [{{ when = {{ {of} = [\"yes\"] }}, code = \"yes\" }}] }}\n"
        )
    };
    assert_eq!(
        message(&[("concepts/a.toml", &one("a1", "b1")), ("concepts/b.toml", &one("b1", "a1"))]),
        "concepts/a.toml:1:6: concept `a1`: it is derived from itself: a1 → b1 → a1"
    );
}

#[test]
fn a_mapping_to_a_code_that_is_not_there_is_refused() {
    let text = RECIPE.replace("\"F\"", "\"W\"");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:17:22: recipe `mine/2024`: concept `sex` has no code `W`; it has F, M, _U"
    );
}

#[test]
fn a_mapping_has_exactly_one_source() {
    let text = RECIPE.replace("map = {", "fixed = \"F\"\nmap = {");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:15:10: recipe `mine/2024`: concept `sex` needs exactly one of \
         `column`, `fixed` and `cases`"
    );
}

#[test]
fn a_file_role_that_is_not_there_is_refused() {
    let text = RECIPE.replace("rows = \"persons\"", "rows = \"person\"");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:9:8: no file of the recipe `person`; did you mean `persons`?"
    );
}

#[test]
fn a_number_has_no_code_map() {
    let text = format!("{RECIPE}\n[concept.age]\ncolumn = \"q2\"\nmap = {{ 1 = \"15-24\" }}\n");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:19:10: recipe `mine/2024`: concept `age` is a number: it has `column`, \
         and `scale`, `missing`, `blank` if needed"
    );
}

#[test]
fn an_open_concept_needs_the_recipes_codes() {
    let text = format!("{RECIPE}\n[concept.region]\ncolumn = \"q3\"\nmap = {{ 1 = \"north\" }}\n");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:21:13: recipe `mine/2024`: concept `region` is open and the recipe uses \
         code `north`; add it as [[concept.region.code]]"
    );
    let whole = format!("{text}code = [{{ id = \"north\", name = \"North\" }}]\n");
    let folder = folder(&[("recipes/mine.toml", &whole)]);
    let registry = Registry::with_folder(folder.path()).unwrap();
    let concepts = registry.concepts_for(&registry.recipes["mine/2024"]);
    assert_eq!(concepts["region"].index_of("north"), Some(0));
}

#[test]
fn an_override_of_the_numerator_needs_a_proxy_note() {
    let text =
        format!("{RECIPE}\n[indicator.HH7]\nnumerator = {{ internet_use = [\"3m\", \"12m\"] }}\n");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:19:12: recipe `mine/2024`: another numerator for `HH7` makes it an \
         approximation; say how in `proxy`"
    );
}

#[test]
fn an_unknown_indicator_in_a_recipe_gets_a_suggestion() {
    let text = format!("{RECIPE}\n[indicator.HH77]\nproxy = \"so\"\n");
    assert_eq!(
        message(&[("recipes/mine.toml", &text)]),
        "recipes/mine.toml:19:12: no indicator `HH77`; did you mean `HH7`?"
    );
}

const TARGET: &str = r#"
id = "gender-parity-2030"
name = "Parity"
thresholds = "unesco"
year = 2030
set_by = "us"
indicators = ["HH7"]
source = "us"
"#;

#[test]
fn a_target_of_parity_is_replaced_or_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("targets")).unwrap();
    std::fs::write(folder.path().join("targets/parity.toml"), TARGET).unwrap();
    let registry = Registry::with_folder(folder.path()).unwrap();
    let target = &registry.targets["gender-parity-2030"];
    assert_eq!(
        target.describe(&registry).split(" by ").next(),
        Some("adjusted parity of 0.97 to 1.03 (UNESCO parity range)")
    );
    assert_eq!(registry.parity_targets_of("HH18").count(), 0);
    let wrong =
        |from: &str, to: &str| message(&[("targets/parity.toml", &TARGET.replace(from, to))]);
    assert_eq!(
        wrong("HH7", "HH77"),
        "targets/parity.toml:7:15: no indicator `HH77`; did you mean `HH7`?"
    );
    assert_eq!(
        wrong("HH7", "HH6"),
        "targets/parity.toml:7:15: target `gender-parity-2030`: indicator `HH6` is no rate by sex, \
         so it has no parity"
    );
    assert_eq!(
        wrong("unesco", "undp-gdi"),
        "targets/parity.toml:4:14: target `gender-parity-2030`: threshold set `undp-gdi` has no \
         range that could be a target"
    );
}

#[test]
fn a_design_that_cannot_be_meant_is_named_with_its_line() {
    let said = |design: &str| {
        let recipe = RECIPE.replace("[design]", &format!("[design]\n{design}"));
        message(&[("recipes/mine.toml", &recipe)])
    };
    let weight = "weight = { column = \"w\" }\n";
    let replicates = |text: &str| said(&format!("{weight}[design.replicates]\n{text}"));
    assert_eq!(
        replicates("kind = \"jk3\"\nprefix = \"r\""),
        "recipes/mine.toml:16:8: `jk3` is not a value here; did you mean `jk1`?"
    );
    assert_eq!(
        replicates("kind = \"jkn\"\nprefix = \"r\""),
        "recipes/mine.toml:16:1: recipe `mine/2024`: the stratified jackknife needs `rscales`, \
         (n − 1)/n of the stratum of each replicate; where there is one replicate for each stratum \
         of two, use `jk2`"
    );
    assert_eq!(
        replicates("kind = \"brr\"\nprefix = \"r\"\ncolumns = [\"a\", \"b\"]"),
        "recipes/mine.toml:15:9: recipe `mine/2024`: replicate weights need either `columns` or \
         `prefix`"
    );
    assert_eq!(
        replicates("kind = \"brr\"\ncolumns = [\"a\", \"b\", \"a\"]"),
        "recipes/mine.toml:17:12: recipe `mine/2024`: column `a` stands twice in `columns`"
    );
    assert_eq!(
        said("[design.replicates]\nkind = \"brr\"\nprefix = \"r\""),
        "recipes/mine.toml:14:9: recipe `mine/2024`: replicate weights need the `weight` of the \
         full sample"
    );
    assert_eq!(
        said("weight_from_fpc = true"),
        "recipes/mine.toml:14:1: recipe `mine/2024`: `weight_from_fpc` needs the column `fpc`"
    );
    assert_eq!(
        said("psu = [\"p\"]\nfpc = \"n\"\n[[design.stage]]\npsu = [\"h\"]"),
        "recipes/mine.toml:16:10: recipe `mine/2024`: stage 2 adds to the variance only where the \
         finite population of every stage is known, and stage 2 has none; add its `fpc` or leave \
         the stage out"
    );
}

#[test]
fn a_quantile_has_a_number_and_a_share() {
    let said = |text: &str| {
        let indicator = INDICATOR.replace("numerator = { internet_frequency = [\"daily\"] }", text);
        message(&[("indicators/mine.toml", &indicator)])
    };
    assert_eq!(
        said("statistic = \"quantile\"\nvalue = \"age\""),
        "indicators/mine.toml:12:1: indicator `MY-1`: a quantile needs its `probability`, 0.5 for \
         the median"
    );
    assert_eq!(
        said("statistic = \"quantile\"\nvalue = \"age\"\nprobability = 50"),
        "indicators/mine.toml:14:1: indicator `MY-1`: `probability` is 50; it is above 0 and below \
         1, 0.5 for the median"
    );
    assert_eq!(
        said("statistic = \"mean\"\nvalue = \"age\"\nprobability = 0.5"),
        "indicators/mine.toml:14:1: indicator `MY-1`: only a quantile has a `probability`"
    );
    assert_eq!(
        said("statistic = \"quantile\"\nprobability = 0.5"),
        "indicators/mine.toml:2:1: indicator `MY-1`: a quantile needs a `value`"
    );
}

const GROUPING: &str = r#"
id = "our-bank"
name = "Members of our bank"
kind = "membership"
exclusive = true
as_of = 2024
source = "Our bank, annual report 2024"

[[group]]
id = "A"
name = "Borrowers"

[group.members]
BRA = "1966-"
NAM = "?2019-"
PRY = "1966-1999, 2001-"

[[group]]
id = "B"
name = "Others"

[group.members]
PRY = "2000"
"#;

#[test]
fn a_folder_adds_a_grouping_with_its_years() {
    let folder = folder(&[("groupings/our-bank.toml", GROUPING)]);
    let registry = Registry::with_folder(folder.path()).unwrap();
    let bank = &registry.groupings["our-bank"];
    let ids = |year| bank.members("A", year).iter().map(|a| a.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids(1960), ["NAM"]);
    assert_eq!(ids(2000), ["BRA", "NAM"]);
    assert_eq!(ids(2001), ["BRA", "NAM", "PRY"]);
    assert_eq!(bank.group_of("PRY", 2000).unwrap().id, "B");
    assert!(bank.group_of("ARG", 2000).is_none() && bank.members("C", 2000).is_empty());
    let carried: Vec<bool> = [2018, 2019, 2024, 2025].map(|y| bank.is_carried("A", y)).to_vec();
    assert_eq!(carried, [true, false, false, true]);
    assert_eq!(bank.memberships().count(), 5);

    let stricter = GROUPING.replace("our-bank", "oecd");
    let replaced = self::folder(&[("groupings/oecd.toml", &stricter)]);
    let registry = Registry::with_folder(replaced.path()).unwrap();
    assert!(registry.provenance["grouping/oecd"].overrides);
    assert_eq!(registry.groupings["oecd"].name, "Members of our bank");
    assert_eq!(registry.groupings.iter().filter(|grouping| grouping.id == "oecd").count(), 1);
}

#[test]
fn a_grouping_that_cannot_be_is_refused_with_its_line() {
    let with = |from: &str, to: &str| {
        assert!(GROUPING.contains(from));
        message(&[("groupings/our-bank.toml", &GROUPING.replace(from, to))])
    };
    assert_eq!(
        with("PRY = \"2000\"", "PRY = \"2000-2001\""),
        "groupings/our-bank.toml:16:1: grouping `our-bank`: `PRY` is in groups `A` and `B` at once, \
         and the grouping is exclusive"
    );
    assert_eq!(
        with("1966-1999, 2001-", "1966-, 2001-"),
        "groupings/our-bank.toml:16:1: grouping `our-bank`: years of `PRY` in group `A` overlap"
    );
    assert_eq!(
        with("BRA = \"1966-\"", "BRA = \"1966-1965\""),
        "groupings/our-bank.toml:14:1: grouping `our-bank`: `BRA` leaves group `A` before it enters"
    );
    assert_eq!(
        with("BRA =", "BRAS ="),
        "groupings/our-bank.toml:14:1: no area `BRAS`; did you mean `BRA`?"
    );
    assert_eq!(
        with("BRA =", "BR ="),
        "groupings/our-bank.toml:14:1: grouping `our-bank`: members are named by area id: write \
         `BRA` for `BR`"
    );
    assert_eq!(
        with("BRA =", "419 ="),
        "groupings/our-bank.toml:14:1: grouping `our-bank`: `419` (Latin America and the Caribbean) \
         is a group and cannot be a member"
    );
    assert_eq!(
        with("\"1966-\"", "\"since 1966\""),
        "groupings/our-bank.toml:14:7: `since 1966` is no list of years such as \"2007-\", \
         \"1995-1997, 1999\" or \"?2019-\""
    );
    assert_eq!(
        with("id = \"B\"", "id = \"A\""),
        "groupings/our-bank.toml:10:6: grouping `our-bank`: group `A` stands there twice"
    );
}

#[test]
fn a_target_is_set_for_a_group_that_is_there() {
    let target = "\n[[target]]\nvalue = 60\nyear = 2030\nset_by = \"Us\"\ngroup = \"LDX\"\n";
    assert_eq!(
        message(&[("indicators/my-1.toml", &format!("{INDICATOR}{target}"))]),
        "indicators/my-1.toml:24:9: no group of areas `LDX`"
    );
}
