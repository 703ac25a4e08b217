//! The scripts of Python `svy`.

use super::*;

#[test]
fn svy_gives_every_statistic_and_measure_of_the_demonstration_survey() {
    let place = Place::new();
    let people = "population = { F = 2400000, M = 2300000, source = \"test\" }";
    let estimate = format!("{ALL}{MEASURES}by = [\"sex\", \"sex * urbanisation\", \"age_group\"]");
    for file in ["ict_survey.csv", "ict_survey.parquet"] {
        let study = every_statistic(&place, &demo(file), people, &estimate);
        let compared = same(Dialect::Svy, &study);
        assert!(compared.is_none_or(|figures| figures > 120), "{compared:?}");
    }
}

#[test]
fn svy_reads_stata_and_spss_files_and_makes_derived_groups() {
    for file in ["ict_survey.dta", "ict_survey.sav"] {
        let place = Place::new();
        let estimate = "indicators = [\"HH7\", \"HH15-COPA\"]\nby = [\"sex * age_group\", \"sex * wealth_quintile_household\", \"sex * wealth_quintile_person\"]";
        let study = place.study(&demo(file), "synthetic/ict", "", estimate);
        let compared = same(Dialect::Svy, &study);
        assert!(compared.is_none_or(|figures| figures > 100), "{compared:?}");
    }
}

#[test]
fn svy_gives_the_figures_of_brazil() {
    if shared::folder("cetic-tic-domicilios").is_none() {
        return;
    }
    for name in ["2015", "2016", "2015-households", "2016-households"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/tic/{name}.toml"));
        let compared = same(Dialect::Svy, &path);
        assert!(compared.is_none_or(|figures| figures >= 6), "{name}: {compared:?}");
    }
}

#[test]
fn svy_gives_the_figures_of_the_other_examples() {
    for (data, study) in [
        ("dhs-model-women", "dhs-model/study.toml"),
        ("findex-philippines-2021", "findex/philippines-2021.toml"),
    ] {
        if shared::folder(data).is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(study);
            let compared = same(Dialect::Svy, &path);
            assert!(compared.is_none_or(|figures| figures > 10), "{study}: {compared:?}");
        }
    }
}
