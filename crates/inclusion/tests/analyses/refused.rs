//! What a study gets wrong, and what the data do not allow.

use super::*;

#[test]
fn what_a_study_gets_wrong_is_told_with_its_line_and_the_nearest_name() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let data = folder.join("data/ict_a.csv");
    for (keys, message) in [
        (
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sexx\"",
            "no concept `sexx`; did you mean `sex`?",
        ),
        (
            "kind = \"tests\"\nindicator = \"ONLINE\"\nby = \"sex\"",
            "unknown value `tests`; did you mean `test`?",
        ),
        (
            "kind = \"test\"\nindicater = \"ONLINE\"\nby = \"sex\"",
            "unknown key `indicater`; did you mean `indicator`?",
        ),
        (
            "kind = \"test\"\nindicator = \"ONLIN\"\nby = \"sex\"",
            "no indicator `ONLIN`; did you mean `ONLINE`?",
        ),
        (
            "kind = \"test\"\nindicator = \"HH7\"\nby = \"sex\"",
            "is not estimated; add it to `indicators`",
        ),
        (
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"years\"",
            "`years` is a number; a category is needed",
        ),
        (
            "kind = \"test\"\nconcept = \"hours\"\nby = \"sex\"",
            "a test of independence needs a share or a category",
        ),
        (
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\nterms = [\"sex\"]",
            "`terms` is no key of an analysis of kind `test`",
        ),
        ("kind = \"test\"\nby = \"sex\"", "needs one of `indicator`, `concept` and `imputations`"),
        (
            "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"band\"\n\
             standard = { \"15-24\" = 0.6, \"25-34\" = 0.5 }\nstandard_source = \"made up\"",
            "the shares of the standard add up to 1.1, not to 1; correct them, or give numbers of persons",
        ),
        (
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"\ngroups = [\"F\"]",
            "compares two groups; name two codes",
        ),
        (
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"band\"",
            "`band` has 6 groups; name the two",
        ),
        (
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"\ngroups = [\"F\", \"N\"]",
            "no code of `sex` `N`",
        ),
        (
            "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"sex\"]\nfamily = \"logistic\"",
            "needs a share, not a number",
        ),
        (
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex\", \"yeers\"]",
            "no concept `yeers`; did you mean `years`?",
        ),
        (
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"assets\"]\nreference = { assets = \"6\" }",
            "no code of `assets` `6`; known: 1, 2, 3, 4, 5",
        ),
        (
            "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"sex\"",
            "`sex` stands in neither `by` nor `among`",
        ),
        ("kind = \"imputation\"\nimputations = [\"hours\"]", "name all"),
        (
            "kind = \"standardise\"\nindicator = \"ONLINE\"\nover = \"band\"\nstandard = { \"15-24\" = 1 }",
            "needs `standard_source`",
        ),
        ("kind = \"covariance\"\nconcept = \"studies\"", "say by `codes` which of its codes count"),
        (
            "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { urbanisation = \"X\" }",
            "no code of `urbanisation` `X`",
        ),
    ] {
        let text = study(&data, "ONLINE", "", &[("one", keys)]);
        std::fs::write(home.path().join("study.toml"), &text).expect("the study");
        let output = inclusion(home.path(), &["check", "study.toml"]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{keys}\n{told}");
        assert!(told.contains(message), "{keys}\n{told}");
        let line = told.split("study.toml:").nth(1).and_then(|rest| rest.split(':').next());
        let line: usize = line.and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{told}"));
        let first = 1 + text.lines().position(|line| line == "[[analysis]]").expect("a section");
        assert!(line > first, "line {line} is in the section that begins at {first}: {told}");
    }
    let text = study(&data, "ONLINE", "", &[("one", LOGIT)]);
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    assert!(inclusion(home.path(), &["check", "study.toml"]).status.success());
    let output = inclusion(home.path(), &["analyse", "study.toml", "--only", "on"]);
    assert!(
        stderr(&output).contains("no analysis `on`; did you mean `one`?"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_the_data_do_not_allow_is_a_reason_and_never_a_number() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let regression =
        |terms: &str| format!("kind = \"regression\"\nindicator = \"ONLINE\"\n{terms}");
    let analyses = [
        ("singular", regression("terms = [\"years\", \"years_too\"]"), "column years_too is a combination"),
        ("separated", regression("terms = [\"online_too\"]"), "grows without end"),
        (
            "reference",
            regression("terms = [\"studies\"]\nreference = { studies = \"doctorate\" }"),
            "the reference “doctorate” of studies has no case",
        ),
        (
            "constant",
            "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"online_too\"]".to_string(),
            "term online_too has only the code yes",
        ),
        (
            "empty",
            "kind = \"t_test\"\nconcept = \"years\"\nby = \"studies\"\ngroups = [\"none\", \"doctorate\"]".to_string(),
            "no case in the group “doctorate”",
        ),
        (
            "one_column",
            "kind = \"test\"\nconcept = \"account\"\nby = \"one\"".to_string(),
            "needs two of each",
        ),
        (
            "no_row",
            "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\namong = { studies = \"doctorate\" }"
                .to_string(),
            "no case with a usable answer",
        ),
        (
            "nobody",
            "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { studies = \"doctorate\" }".to_string(),
            "no group has a case",
        ),
    ];
    let list: Vec<(&str, &str)> =
        analyses.iter().map(|(id, keys, _)| (*id, keys.as_str())).collect();
    let rows = analysed(home.path(), &study(&folder.join("data/ict_a.csv"), "ONLINE", "", &list));
    let all = std::fs::read_to_string(home.path().join("a.csv")).expect("the file");
    assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
    for (id, _, reason) in &analyses {
        let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == *id).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        assert_eq!((own[0]["OBS_STATUS"].as_str(), own[0]["VALUE"].as_str()), ("M", ""));
        assert!(own[0]["REASON"].contains(reason), "{}", own[0]["REASON"]);
    }
    // An empty code that is no reference is left out, and a note says so.
    let text = study(&folder.join("data/ict_a.csv"), "ONLINE", "", &[("one", LOGIT)]);
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    let printed = stdout(&inclusion(home.path(), &["analyse", "study.toml"]));
    assert!(
        printed.contains("No case in doctorate of studies: it has no coefficient."),
        "{printed}"
    );
    assert!(printed.contains("< 0.001") && !printed.contains("0.000"), "{printed}");
    assert!(printed.contains("not effects"), "{printed}");
}
