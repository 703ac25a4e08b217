//! What is wrong is told with its place, and ends with its exit code.

use super::*;

#[test]
fn unknown_key_names_the_line_and_the_nearest_key() {
    let text = refused(&STUDY.replace("indicators =", "indicatr ="), 2);
    assert_eq!(
        text,
        "error: study.toml:10:1: unknown key `indicatr`; did you mean `indicators`?\n"
    );
}

#[test]
fn a_value_of_another_type_names_its_key_and_what_is_expected() {
    let text = refused(&STUDY.replace("[\"HH7\", \"HH18\"]", "\"HH7\""), 2);
    assert_eq!(
        text,
        "error: study.toml:10:14: `indicators` is the string \"HH7\"; expected a list, as in [\"…\"]\n"
    );
    let text = refused(&STUDY.replace("title = \"Test\"", "title = \"Test\"\ntitle = \"T\""), 2);
    assert_eq!(
        text,
        "error: study.toml:3:1: duplicate key: it stands in its table twice; keep one of the two\n"
    );
}

#[test]
fn a_study_file_of_another_encoding_is_refused_at_its_first_such_byte() {
    let folder = demo(STUDY);
    let mut bytes = b"# caf\xc3\xa9\n# Universit\xe9\n".to_vec();
    bytes.extend_from_slice(STUDY.as_bytes());
    std::fs::write(folder.path().join("study.toml"), bytes).expect("a file");
    let output = inclusion(folder.path(), &["check", "study.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: study.toml:2:12: the byte 0xe9 is not UTF-8; save the study file as UTF-8\n"
    );
}

#[test]
fn unknown_names_are_found_with_line_column_and_the_nearest_name() {
    let cases = [
        ("\"HH7\"", "\"HH77\"", "study.toml:10:15: no indicator `HH77`; did you mean `HH7`?"),
        (
            "sex * urbanisation",
            "sex * urbanization",
            "study.toml:11:14: no breakdown variable `urbanization`; did you mean `urbanisation`?",
        ),
        (
            "\"synthetic/ict\"",
            "\"synthetic/itc\"",
            "study.toml:6:10: no recipe `synthetic/itc`; did you mean `synthetic/ict`?",
        ),
        (
            "persons =",
            "person =",
            "study.toml:7:11: recipe `synthetic/ict` has no file `person`; did you mean `persons`?",
        ),
    ];
    for (old, new, message) in cases {
        let text = refused(&STUDY.replacen(old, new, 1), 2);
        assert_eq!(text, format!("error: {message}\n"));
    }
}

#[test]
fn duplicate_key_names_line_and_column() {
    let text = refused(&STUDY.replace("title = \"Test\"", "title = \"Test\"\ntitle = \"Two\""), 2);
    assert!(text.starts_with("error: study.toml:3:1: duplicate key"), "{text}");
}

#[test]
fn output_outside_the_study_folder_is_refused() {
    for path in ["../../etc/cron.d/x", "/etc/cron.d/x"] {
        let study = format!("{STUDY}\n[output]\nfolder = \"{path}\"\n");
        let text = refused(&study, 2);
        assert!(text.starts_with("error: study.toml:14:10: output path"), "{text}");
        assert!(text.contains("is outside the output folder"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn output_through_a_symbolic_link_is_refused() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let folder = demo(STUDY);
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("out")).expect("a link");
    let output = inclusion(folder.path(), &["annex", "study.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is outside the output folder"), "{}", stderr(&output));
    assert!(files(elsewhere.path()).is_empty());
}

#[test]
fn column_that_no_file_has_is_found_without_reading_the_data() {
    let folder = demo(&STUDY.replace("ict_survey.parquet", "survey.csv"));
    let text = "household_id,person_id,stratum,psu,weigth,sex\n1,1,1,1,1,1\n";
    std::fs::write(folder.path().join("survey.csv"), text).expect("a file");
    for command in ["check", "annex"] {
        let output = inclusion(folder.path(), &[command, "study.toml"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let message = stderr(&output);
        assert!(message.contains("survey.csv"), "{message}");
        assert!(message.contains("`weight`"), "{message}");
        assert!(message.contains("weigth"), "no near name in: {message}");
    }
}

#[test]
fn wrong_arguments_and_missing_files_have_exit_code_2() {
    let folder = demo(STUDY);
    assert_eq!(inclusion(folder.path(), &["anex"]).status.code(), Some(2));
    let output = inclusion(folder.path(), &["annex", "nowhere.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let message = "error: no file `nowhere.toml` in the folder `.`; it has `ict_survey.parquet`, `study.toml`\n";
    assert_eq!(stderr(&output), message);
    let output = inclusion(folder.path(), &["check", "studi.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "error: no file `studi.toml`; did you mean `study.toml`?\n");
    let output = inclusion(folder.path(), &["registry", "show", "HH77"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "error: no entry `HH77` in the registry; did you mean `HH7`?\n");
}

#[test]
fn a_data_file_that_is_not_there_is_told_with_its_place_in_the_study_and_the_nearest_name() {
    for (named, said) in [
        (
            "\"ict_survy.parquet\"",
            "no file `ict_survy.parquet`; did you mean `ict_survey.parquet`?",
        ),
        (
            "'./ict_survey.parkett'",
            "no file `./ict_survey.parkett`; did you mean `./ict_survey.parquet`?",
        ),
        (
            "\"people.dta\"",
            "no file `people.dta` in the folder `.`; it has `ict_survey.parquet`, `study.toml`",
        ),
        ("\"data/people.dta\"", "no file `data/people.dta`: there is no folder `./data`"),
        ("\".\"", "`.` is a folder, not a file; it has `ict_survey.parquet`, `study.toml`"),
        (
            "\"s3://surveys/people.parquet\"",
            "`s3://surveys/people.parquet` is in an object store, which only a cluster reads: add `--engine ballista --scheduler HOST:PORT`, or copy the file to this machine and name its path",
        ),
        (
            "\"gs://surveys/people.parquet\"",
            "`gs://surveys/people.parquet` is an address and no file, and nothing is read there: copy the file to this machine and name its path or, for a cluster, to storage that all its machines share or to a store that speaks S3 (`s3://BUCKET/KEY`)",
        ),
        (
            "\"abfss://surveys@office.dfs.core.windows.net/people.parquet\"",
            "`abfss://surveys@office.dfs.core.windows.net/people.parquet` is an address and no file, and nothing is read there: copy the file to this machine and name its path or, for a cluster, to storage that all its machines share or to a store that speaks S3 (`s3://BUCKET/KEY`)",
        ),
    ] {
        let folder = demo(&STUDY.replace("\"ict_survey.parquet\"", named));
        for command in ["check", "annex"] {
            let output = inclusion(folder.path(), &[command, "study.toml"]);
            assert_eq!(stderr(&output), format!("error: study.toml:7:21: {said}\n"));
            assert_eq!(output.status.code(), Some(2));
        }
        assert!(!folder.path().join("out").exists(), "something was written");
    }
    // The second part of a file has a place of its own.
    let parts = "[\n  \"ict_survey.parquet\",\n  \"ict_survey2.parquet\",\n]";
    let message = refused(&STUDY.replace("\"ict_survey.parquet\"", parts), 2);
    let said = "no file `ict_survey2.parquet`; did you mean `ict_survey.parquet`?";
    assert_eq!(message, format!("error: study.toml:9:3: {said}\n"));
    let parts = "[\"ict_survey.parquet\", \"./ict_survey.parquet\"]";
    let message = refused(&STUDY.replace("\"ict_survey.parquet\"", parts), 2);
    let said = "the file `./ict_survey.parquet` is named twice";
    assert_eq!(message, format!("error: study.toml:7:44: {said}\n"));
    let message = refused(&STUDY.replace("\"ict_survey.parquet\"", "[]"), 2);
    assert_eq!(message, "error: study.toml:7:11: no file is named for `persons`\n");
}

#[test]
fn a_file_of_the_command_line_that_is_not_there_is_a_wrong_argument() {
    let folder = demo(STUDY);
    let quick = ["estimate", "ict.parquet", "--recipe", "synthetic/ict", "--indicator", "HH7"];
    for args in [&["inspect", "ict.parquet"][..], &["init", "ict.parquet"], &quick] {
        let output = inclusion(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = "error: no file `ict.parquet`; did you mean `ict_survey.parquet`?\n";
        assert_eq!(stderr(&output), said, "{args:?}");
    }
}

#[test]
fn a_survey_of_no_persons_is_a_wrong_argument() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for rows in ["0", "-5", "many", "1.5"] {
        let output = inclusion(folder.path(), &["synth", "made", "--rows", rows]);
        assert_eq!(output.status.code(), Some(2), "{rows}");
        let said =
            format!("'{rows}' for '--rows <ROWS>': give a whole number of persons, 1 or more");
        assert!(stderr(&output).contains(&said), "{}", stderr(&output));
    }
    let output = inclusion(folder.path(), &["synth", "made", "--rows", "99999999999999"]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.starts_with("error: --rows 99999999999999 is too many: "), "{message}");
    assert!(!folder.path().join("made").exists(), "something was written");
    let output = inclusion(folder.path(), &["synth", "made", "--rows", "1"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn what_is_of_a_study_and_what_of_data_files_is_told_apart() {
    let folder = demo(STUDY);
    let refused = |args: &[&str]| {
        let output = inclusion(folder.path(), &[&["estimate"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        stderr(&output)
    };
    let study = "error: `--recipe` is for data files, and `study.toml` is a study file: it says `recipe` in [[survey]]\n";
    assert_eq!(refused(&["study.toml", "--recipe", "synthetic/ict"]), study);
    assert_eq!(refused(&["study.toml", "--recipe", "synthetic/ict", "--indicator", "HH7"]), study);
    assert_eq!(
        refused(&["study.toml", "--indicator", "HH7"]),
        "error: `--indicator` is for data files with `--recipe`; a study says it in `indicators` of [estimate]\n"
    );
    let quick = ["ict_survey.parquet", "--recipe", "synthetic/ict"];
    assert_eq!(
        refused(&quick),
        "error: recipe `synthetic/ict` says how to read the data, not what to estimate: add `--indicator`, such as \
         `--indicator HH7`\n"
    );
    for (more, name) in [("e.csv", "--output"), ("cells", "--cells")] {
        let args = [&quick[..], &["--indicator", "HH7", name, more]].concat();
        assert_eq!(
            refused(&args),
            format!("error: `{name}` is of a study; with `--recipe` the table is printed\n")
        );
    }
}

#[test]
fn recipes_of_published_series_are_listed_and_shown_with_those_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("series");
    std::fs::create_dir(&own).unwrap();
    let recipe = "id = \"office/phones\"\nversion = \"2\"\nname = \"Phones\"\nproducer = \"Office\"\n\
                  source = \"header\"\n[area]\ncolumn = \"country\"\n[time]\nfixed = \"2019\"\n[indicator]\n\
                  fixed = \"phones\"\n[indicators]\n\"phones kind=own\" = \"HH18\"\n[unit]\nfixed = \"percent\"\n\
                  [[value]]\ncolumn = \"share\"\n[dimension.kind]\ncolumn = \"kind\"\n";
    std::fs::write(own.join("phones.toml"), recipe).unwrap();
    let path = folder.path().display().to_string();
    let listed =
        stdout(&inclusion(folder.path(), &["registry", "list", "recipes", "--folder", &path]));
    for id in ["un-sdg/bulk-csv", "sdmx/eurostat", "office/phones"] {
        assert!(listed.lines().any(|line| line.starts_with(id)), "{id}: {listed}");
    }
    let shown = stdout(&inclusion(
        folder.path(),
        &["registry", "show", "office/phones", "--folder", &path],
    ));
    for line in [
        "area                 column country",
        "values               share",
        "dimension            kind: column kind",
        "indicator            phones kind=own is HH18 (Individuals owning a mobile phone)",
    ] {
        assert!(shown.lines().any(|own| own == line), "{line}: {shown}");
    }
    let shown = stdout(&inclusion(folder.path(), &["registry", "show", "un-sdg/bulk-csv"]));
    assert!(shown.contains("skill: column Type of skill, where there is one"), "{shown}");
    assert!(shown.contains("SE_ADT_ACTS skill=COPA is HH15-COPA"), "{shown}");
    // A key that names what is no dimension of the recipe is found when it is read.
    let wrong = recipe.replace("kind=own", "kid=own");
    std::fs::write(own.join("phones.toml"), wrong).unwrap();
    let output = inclusion(folder.path(), &["registry", "check", "--folder", &path]);
    assert!(!output.status.success());
    assert!(stderr(&output).contains("did you mean `kind`?"), "{}", stderr(&output));
}
