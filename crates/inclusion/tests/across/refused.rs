//! What a study gets wrong, told with its place.

use super::*;

/// What `check` says against pools, changes and contrasts.
fn refused(more: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("study.toml"), format!("{SURVEYS}{more}")).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    stderr(&output).trim_end().to_string()
}

#[test]
fn a_wrong_pool_is_told_with_its_place() {
    let pool = |rest: &str| refused(&format!("[[estimate.pool]]\nid = \"p\"\n{rest}"));
    assert_eq!(
        pool("surveys = [\"a\", \"bb\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:17: no survey `bb`; did you mean `b`?"
            .replace("; did you mean `b`?", "; there are: b, a")
    );
    assert_eq!(
        pool("surveys = [\"a\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:12: pool `p` needs two surveys or more"
    );
    assert_eq!(
        pool("surveys = [\"a\", \"a\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:17: survey `a` is twice in pool `p`"
    );
    assert_eq!(
        pool("surveys = [\"a\", \"b\"]\nweights = \"populaton\"\n"),
        "error: study.toml:24:11: unknown value `populaton`; did you mean `population`?"
    );
    assert_eq!(
        pool("survey = [\"a\", \"b\"]\nweights = \"equal\"\n"),
        "error: study.toml:23:1: unknown key `survey`; did you mean `surveys`?"
    );
    assert_eq!(
        refused("[[estimate.pool]]\nid = \"a\"\nsurveys = [\"a\", \"b\"]\nweights = \"equal\"\n"),
        "error: study.toml:22:6: the id `a` is that of a survey or pool"
    );
}

#[test]
fn a_wrong_change_is_told_with_its_place() {
    let change = |rest: &str| refused(&format!("[[estimate.change]]\n{rest}"));
    assert_eq!(
        change("from = \"b\"\nto = \"a\"\n"),
        "error: study.toml:22:8: `from` is of 2026 and `to` of 2024: a change is from an earlier round to a later one"
    );
    assert_eq!(
        change("from = \"a\"\n"),
        "error: study.toml:22:8: a change is either `from` one survey `to` another, or `consecutive = true` for all rounds of each area"
    );
    assert_eq!(
        change("from = \"a\"\nto = \"c\"\n"),
        "error: study.toml:23:6: no survey or pool `c`; there are: b, a"
    );
    assert_eq!(
        refused(
            "[[estimate.pool]]\nid = \"p\"\nsurveys = [\"a\", \"b\"]\nweights = \"equal\"\ntime_period = \"2030\"\n[[estimate.change]]\nfrom = \"a\"\nto = \"p\"\n"
        ),
        "error: study.toml:28:6: `a` and `p` both hold survey `a`, so nothing changed in it"
    );
}

#[test]
fn rounds_that_are_not_described_alike_are_no_one_sample() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let calibrate = "population = { F = 2100000, M = 1900000, source = \"census\" }\n\
                     [[survey.calibrate]]\nmethod = \"poststratify\"\nsource = \"census\"\n\
                     [[survey.calibrate.margin]]\nby = \"urbanisation\"\ntotals = { U = 1, R = 1 }\n";
    let first = "population = { F = 2100000, M = 1900000, source = \"census\" }\n";
    let more = "[[estimate.change]]\nconsecutive = true\nshared_psus = true\n";
    let text = format!("{}{more}", SURVEYS.replacen(first, calibrate, 1));
    std::fs::write(folder.path().join("study.toml"), text).expect("a study");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(
        stderr(&output).trim_end(),
        "error: study.toml:29:15: `a` and `b` cannot be taken as one sample: survey `b` has weights \
         adjusted to known totals, each round by itself; leave `shared_psus` out only if the rounds are \
         independent samples"
    );
}

#[test]
fn a_wrong_contrast_is_told_with_its_place() {
    let contrast = |rest: &str| refused(&format!("[[estimate.contrast]]\nid = \"c\"\n{rest}"));
    assert_eq!(
        contrast("between = { urbanisaton = [\"R\", \"U\"] }\n"),
        "error: study.toml:23:13: no breakdown of the study is by `urbanisaton`; did you mean `urbanisation`?"
    );
    assert_eq!(
        contrast("between = { urbanisation = [\"R\", \"X\"] }\n"),
        "error: study.toml:23:34: `urbanisation` has no code `X`; it has: R, U"
    );
    assert_eq!(
        contrast("between = { region = [\"1\", \"2\"] }\n"),
        "error: study.toml:23:13: no breakdown of the study is by `region`; add \"sex * region\" to `by`"
    );
    assert_eq!(
        contrast("between = { sex = [\"F\", \"M\"] }\n"),
        "error: study.toml:23:13: women against men are the gap, which every table has"
    );
    assert_eq!(
        contrast("kind = \"ratio\"\n"),
        "error: study.toml:22:6: contrast `c` needs either `between = { urbanisation = [\"R\", \"U\"] }` or the cells `first` and `second`"
    );
    let cells = |first: &str, second: &str| {
        contrast(&format!("first = {{ {first} }}\nsecond = {{ {second} }}\n"))
    };
    assert_eq!(
        cells("survey = \"a\", indicator = \"HH7\"", "survey = \"a\", indicator = \"HH77\""),
        "error: study.toml:24:38: indicator `HH77` is not in [estimate] indicators; did you mean `HH7`?"
    );
    assert_eq!(
        cells(
            "survey = \"a\", indicator = \"HH7\"",
            "survey = \"a\", indicator = \"HH7\", group = { age_group = \"15-24\", urbanisation = \"R\" }"
        ),
        "error: study.toml:24:10: the study shows no such figure, so whether it may be shown cannot be judged; add \"age_group * urbanisation\" to `by`"
    );
    assert_eq!(
        cells(
            "survey = \"a\", indicator = \"HH7\"",
            "survey = \"a\", indicator = \"HOURS-ONLINE\""
        ),
        "error: study.toml:24:10: `HH7` is in percent and `HOURS-ONLINE` in hours: figures of different units have no difference"
    );
    assert_eq!(
        cells("survey = \"a\", indicator = \"HH7\", group = { region = \"1\" }", "survey = \"a\""),
        "error: study.toml:23:54: no breakdown of `a` is by `region`; add one to `by`, if its recipe can give it"
    );
    assert_eq!(
        cells("indicator = \"HH7\"", "survey = \"a\", indicator = \"HH7\""),
        "error: study.toml:23:9: the study has several surveys; name one by `survey`"
    );
}
