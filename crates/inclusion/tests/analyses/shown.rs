//! What is shown, withheld and written.

use super::*;

/// Persons of twenty PSUs in each of three strata, few of them of education "higher".
fn small_survey(folder: &Path) -> PathBuf {
    let mut text = String::from(
        "stratum,psu,weight,sex,area,age,age_group,internet_3m,has_account,hours_online,wealth,education,owns_phone\n",
    );
    for i in 0..360 {
        let (stratum, psu) = (i % 3, i % 60);
        let sex = if (i / 6) % 2 == 0 { "female" } else { "male" };
        let area = if (i / 12) % 2 == 0 { "urban" } else { "rural" };
        // Fourteen persons of education "higher", the others in two large groups.
        let education = if i % 26 == 7 { "higher" } else { ["none", "primary"][(i / 5) % 2] };
        let online = usize::from((i * 7 + i / 11) % 5 < 2 + usize::from(sex == "male"));
        text += &format!(
            "{stratum},{psu},{}.5,{sex},{area},{},15-24,{online},{},{},{},{education},1\n",
            1 + i % 4,
            15 + i % 60,
            i % 2,
            (i * 13) % 40,
            1 + i % 5
        );
    }
    let path = folder.join("rows.csv");
    std::fs::write(&path, text).expect("the rows");
    path
}

#[test]
fn an_analysis_with_a_small_group_is_withheld_as_a_whole() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let analyses = [
        ("small", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        ("joint", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        // The others together are all persons less the small group.
        ("rest", "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { studies = \"none\" }"),
        (
            "other_rest",
            "kind = \"covariance\"\nindicator = \"ONLINE\"\namong = { studies = \"primary\" }",
        ),
        // The same answers under another name.
        (
            "renamed",
            "kind = \"covariance\"\nconcept = \"online\"\ncodes = \"yes\"\nby = \"sex\"\namong = { studies = \"primary\" }",
        ),
        (
            "renamed_too",
            "kind = \"covariance\"\nconcept = \"online\"\ncodes = \"yes\"\nby = \"sex\"\namong = { studies = \"none\" }",
        ),
        (
            "low",
            "kind = \"covariance\"\nconcept = \"hours\"\nby = \"sex\"\namong = { assets = \"1\" }",
        ),
        ("large", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\""),
        (
            "hours",
            "kind = \"t_test\"\nconcept = \"hours\"\nby = \"studies\"\ngroups = [\"none\", \"higher\"]",
        ),
    ];
    let text = study(&data, "ONLINE", "", &analyses).replace("\"open\"", "\"dhs\"");
    let text = text.replace("[disclosure]", "by = [\"sex\", \"studies\"]\n[disclosure]");
    let rows = analysed(home.path(), &text);
    for id in ["small", "joint", "hours"] {
        let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == id).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        assert_eq!(
            (own[0]["OBS_STATUS"].as_str(), own[0]["REASON"].as_str()),
            ("Q", "too_few_cases")
        );
        let empty = |column: &&str| own[0][*column].is_empty();
        let kept = ["VALUE", "STATISTIC", "P_VALUE", "N", "N_GROUP", "N_EXCLUDED", "DESIGN_DF"];
        assert!(kept.iter().all(empty), "{:?}", own[0]);
        assert!(!home.path().join(format!("a-{id}-covariance.csv")).exists());
    }
    // The table by education withholds a second group against subtraction; so do the analyses.
    let shown = |id: &str| {
        rows.iter().filter(|row| row["ANALYSIS"] == id && row["OBS_STATUS"] != "Q").count()
    };
    assert_eq!(shown("rest") + shown("other_rest"), 1, "{rows:#?}");
    let renamed = (shown("renamed"), shown("renamed_too"));
    assert!(renamed == (0, 2) || renamed == (2, 0), "{rows:#?}");
    assert_eq!(shown("large"), 1);
    assert_eq!(row(&rows, "large", "test", "sex")["P_HOLM"], "", "withheld tests leave no trace");

    let low = row(&rows, "low", "mean", "sex=F");
    assert!((25..50).contains(&low["N_GROUP"].parse::<u64>().expect("cases")), "{low:?}");
    assert_eq!(low["OBS_STATUS"], "U");
    let printed = stdout(&inclusion(home.path(), &["analyse", "study.toml", "--only", "low"]));
    assert!(printed.contains("Low reliability: a group has fewer than 50"), "{printed}");

    // The annex says so, and holds no figure of them.
    let output = inclusion(home.path(), &["annex", "study.toml", "--format", "markdown,csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let annex = std::fs::read_to_string(home.path().join("out/annex.md")).expect("the annex");
    assert!(annex.contains("## Analyses"), "{annex}");
    assert!(
        annex
            .contains("Withheld as a whole: one of its groups has fewer than 25 unweighted cases.")
    );
    assert!(annex.contains("ONLINE: independence of sex"), "{annex}");
    let written = std::fs::read_to_string(home.path().join("out/analyses.csv")).expect("the file");
    assert_eq!(written, std::fs::read_to_string(home.path().join("a.csv")).expect("the file"));
    let numbers: Vec<&str> = annex.lines().filter(|line| line.starts_with("**Table ")).collect();
    for (place, line) in numbers.iter().enumerate() {
        assert!(line.starts_with(&format!("**Table {}.", place + 1)), "{numbers:?}");
    }
}

#[test]
fn the_same_bits_for_any_order_of_rows_and_number_of_threads() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let analyses = [
        ("test", "kind = \"test\"\nconcept = \"studies\"\nby = \"assets\""),
        ("t", "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\""),
        (
            "logit",
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex * urbanisation\", \"years\"]",
        ),
        ("parts", "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        (
            "standard",
            "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"assets\"",
        ),
        ("pooled", "kind = \"imputation\"\nimputations = [\"hours\", \"years\"]\nby = \"sex\""),
        ("joint", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex * assets\""),
        ("spread", "kind = \"variance\"\nconcept = \"hours\"\nby = \"sex\""),
    ];
    let make = "[survey.design.replicates]\nmake = \"bootstrap\"\nreplicates = 20\nseed = 3\n";
    for survey in ["", make] {
        std::fs::write(home.path().join("study.toml"), study(&data, "ONLINE", survey, &analyses))
            .expect("the study");
        let text = std::fs::read_to_string(&data).expect("the rows");
        let mut found: Vec<Vec<String>> = Vec::new();
        for turned in [false, true] {
            let mut lines: Vec<&str> = text.lines().collect();
            if turned {
                lines[1..].reverse();
            }
            std::fs::write(&data, lines.join("\n") + "\n").expect("the rows");
            for threads in ["1", "3"] {
                let args = ["analyse", "study.toml", "--output", "a.csv", "--threads", threads];
                let output = inclusion(home.path(), &args);
                assert!(output.status.success(), "{}", stderr(&output));
                let read =
                    |name: &str| std::fs::read_to_string(home.path().join(name)).expect("the file");
                let matrices = ["logit", "parts", "standard", "pooled", "joint", "spread"];
                let names = matrices.map(|id| format!("a-{id}-covariance.csv"));
                let mut all = vec![stdout(&output), read("a.csv")];
                all.extend(names.iter().map(|name| read(name)));
                found.push(all);
            }
        }
        assert!(found[0][1].lines().count() > 40, "{}", found[0][1]);
        assert!(!found[0][1].contains(",M,"), "every analysis has figures: {}", found[0][1]);
        assert!(found.iter().all(|other| *other == found[0]));
    }
}

#[test]
fn parquet_holds_what_csv_holds_and_another_ending_is_refused() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let keys = "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"";
    let rows = analysed(home.path(), &study(&data, "ONLINE", "", &[("hours", keys)]));
    let output = inclusion(home.path(), &["analyse", "study.toml", "--output", "a.parquet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let bytes = std::fs::read(home.path().join("a.parquet")).expect("the file");
    assert_eq!(&bytes[..4], b"PAR1");
    assert_eq!(rows.len(), 3);
    let output = inclusion(home.path(), &["analyse", "study.toml", "--output", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`a.txt` ends in neither"), "{}", stderr(&output));
    let schema = stdout(&inclusion(home.path(), &["schema"]));
    assert!(schema.contains("\"rao_scott_2\"") && schema.contains("standard_source"));
}

#[test]
fn women_and_men_of_two_files_are_compared_but_their_weights_never_mixed() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    let text = std::fs::read_to_string(&data).expect("the rows");
    let recipe = std::fs::read_to_string(home.path().join("registry/recipes/test.toml"));
    let recipe = recipe.expect("the recipe");
    let mapped = "column = \"sex\"\nmap = { female = \"F\", male = \"M\" }\n";
    for (sex, word) in [("F", "female"), ("M", "male")] {
        let own = recipe
            .replace("test/1", &format!("test/{sex}"))
            .replace(mapped, &format!("fixed = \"{sex}\"\n"))
            .replace("rows = \"rows\"", &format!("rows = \"{word}\""))
            .replace("[file.rows]", &format!("[file.{word}]"));
        let path = home.path().join(format!("registry/recipes/{word}.toml"));
        std::fs::write(path, own).expect("a recipe");
        let rows = text.lines().filter(|line| line.contains(&format!(",{word},")));
        let head = text.lines().next().into_iter();
        let rows: Vec<String> = head
            .chain(rows)
            .enumerate()
            .map(|(place, line)| match (place, sex) {
                // Men's weights are normalised another way: ten times as large.
                (1.., "M") => {
                    let mut fields: Vec<String> = line.split(',').map(String::from).collect();
                    fields[2] = (10.0 * fields[2].parse::<f64>().expect("a weight")).to_string();
                    fields.join(",")
                }
                _ => line.to_string(),
            })
            .collect();
        std::fs::write(home.path().join(format!("{word}.csv")), rows.join("\n") + "\n")
            .expect("rows");
    }
    let analyses = [
        ("t", "kind = \"t_test\"\nindicator = \"ONLINE\"\nby = \"sex\""),
        ("parts", "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"studies\""),
        ("logit", "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex\"]"),
        (
            "women",
            "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"years\"]\namong = { sex = \"F\" }",
        ),
    ];
    let one = analysed(home.path(), &study(&data, "ONLINE", "", &analyses));
    let two = study(&data, "ONLINE", "", &analyses)
        .replace("recipe = \"test/1\"", "recipe = [\"test/F\", \"test/M\"]")
        .replace(
            &format!("rows = '{}'", data.display()),
            "female = \"female.csv\", male = \"male.csv\"",
        );
    let two = analysed(home.path(), &two);
    let compare = |id: &str, part: &str, term: &str| {
        for column in ["VALUE", "STD_ERROR"] {
            let wanted = number(row(&one, id, part, term), column);
            near(number(row(&two, id, part, term), column), wanted, 1e-9, part);
        }
    };
    compare("t", "difference", "sex=M-F");
    compare("parts", "composition", "all");
    compare("women", "coefficient", "years");
    let refused = two.iter().find(|row| row["ANALYSIS"] == "logit").expect("a row");
    assert!(refused["REASON"].contains("weighted separately"), "{refused:?}");
    assert_eq!((refused["OBS_STATUS"].as_str(), refused["VALUE"].as_str()), ("M", ""));
}

#[test]
fn several_surveys_have_a_result_each_unless_one_is_named() {
    let home = world(ICT_DESIGN, &ict());
    let data = small_survey(home.path());
    std::fs::copy(&data, home.path().join("again.csv")).expect("a copy");
    let second = "[[survey]]\nid = \"again\"\nrecipe = \"test/1\"\nfiles = { rows = \"again.csv\" }\ntime_period = \"2025\"\n";
    let analyses = [
        ("both", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex\""),
        ("one", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\nsurvey = \"again\""),
    ];
    let rows = analysed(home.path(), &study(&data, "ONLINE", second, &analyses));
    let sources = |id: &str| -> Vec<&str> {
        rows.iter().filter(|row| row["ANALYSIS"] == id).map(|row| row["SOURCE"].as_str()).collect()
    };
    assert_eq!(sources("both"), ["s", "s", "again", "again"]);
    assert_eq!(sources("one"), ["again"]);
    for place in 1..=2 {
        assert!(home.path().join(format!("a-both-{place}-covariance.csv")).is_file());
    }
    let text = study(&data, "ONLINE", second, &analyses)
        .replace("survey = \"again\"", "survey = \"agian\"");
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    let told = stderr(&inclusion(home.path(), &["check", "study.toml"]));
    assert!(told.contains("no survey `agian`; did you mean `again`?"), "{told}");
}
