//! Weights below 0, which a linear calibration can give: what they bring off its scale is not told.

use super::*;

/// 240 persons, of whom every sixth, a rural man, is online for 60 hours, and the others for one.
fn rows(folder: &Path) -> PathBuf {
    let mut text = String::from(
        "stratum,psu,weight,sex,area,age,age_group,internet_3m,has_account,hours_online,wealth,education,owns_phone\n",
    );
    for i in 0..240 {
        let sex = if i % 2 == 0 { "female" } else { "male" };
        let area = if i % 6 > 3 { "rural" } else { "urban" };
        let long = i % 6 == 5;
        let band = ["15-24", "25-34"][i / 6 % 2];
        text += &format!(
            "{},{},1,{sex},{area},30,{band},{},0,{},1,none,1\n",
            i % 3,
            i / 10,
            u8::from(long),
            if long { 60 } else { 1 }
        );
    }
    let path = folder.join("rows.csv");
    std::fs::write(&path, text).expect("the rows");
    path
}

/// Calibrated to the size of the sample and to hardly any hours.
fn calibrated(method: &str, hours: f64) -> String {
    format!(
        "[survey.design]\nnest = true\n[[survey.calibrate]]\nmethod = \"{method}\"\n\
         source = \"test\"\nsize = 240\nnumbers = {{ hours = {hours} }}\n"
    )
}

const ANALYSES: [(&str, &str); 9] = [
    ("sexes", "kind = \"t_test\"\nindicator = \"ONLINE\"\nby = \"sex\""),
    ("half", "kind = \"t_test\"\nindicator = \"ONLINE\"\nagainst = 0.5"),
    ("model", "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"band\"]"),
    ("line", "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"band\"]"),
    ("areas", "kind = \"test\"\nindicator = \"ONLINE\"\nby = \"urbanisation\""),
    ("parts", "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"urbanisation\""),
    ("means", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex\""),
    ("spread", "kind = \"variance\"\nconcept = \"hours\"\nby = \"urbanisation\""),
    (
        "standard",
        "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"urbanisation\"\n\
         standard = { U = 0.5, R = 0.5 }\nstandard_source = \"test\"",
    ),
];

#[test]
fn no_analysis_tells_what_negative_weights_bring_off_its_scale() {
    let home = world(ICT_DESIGN, &ict());
    let data = rows(home.path());
    let text = study(&data, "ONLINE", &calibrated("linear", 200.0), &ANALYSES);
    let rows = analysed(home.path(), &text);
    let value = |id: &str, part: &str, term: &str| row(&rows, id, part, term)["VALUE"].clone();
    // Five rows of weight a and one of weight b in every six: 5a + b = 6 and 5a + 60b = 5, so b < 0.
    let gone = |label: &str| {
        format!("calibration gave “{label}” negative weights, and a figure outside its scale")
    };
    for (id, reason) in [
        ("sexes", gone("Men")),
        ("half", gone("All")),
        ("model", "negative weights, with which no model is fitted".to_string()),
        ("line", "negative weights, with which no model is fitted".to_string()),
        ("areas", gone("Rural")),
        ("parts", gone("Men, Rural")),
    ] {
        let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == id).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        assert_eq!((own[0]["OBS_STATUS"].as_str(), own[0]["VALUE"].as_str()), ("M", ""));
        assert!(own[0]["REASON"].contains(&reason), "{id}: {}", own[0]["REASON"]);
        assert!(own[0]["REASON"].contains("`bounded_linear` and `raking`"));
    }
    assert_eq!(value("means", "mean", "sex=F").parse::<f64>(), Ok(0.0));
    assert_eq!(value("means", "mean", "sex=M"), "");
    assert_eq!(value("spread", "variance", "urbanisation=U").parse::<f64>(), Ok(0.0));
    assert_eq!(value("spread", "variance", "urbanisation=R"), "");
    assert_eq!(value("standard", "standardised", "sex=F").parse::<f64>(), Ok(0.0));
    assert_eq!(value("standard", "standardised", "sex=M"), "");
    let printed = stdout(&inclusion(home.path(), &["analyse", "study.toml"]));
    for note in [
        format!("No value: {}", gone("Men")),
        format!("No value: {}", gone("Rural")),
        format!("No standardised rate: {}", gone("Men, Rural")),
    ] {
        assert!(printed.contains(&note), "{note}\n{printed}");
    }
}

#[test]
fn methods_that_keep_weights_above_0_give_every_analysis() {
    let home = world(ICT_DESIGN, &ict());
    let data = rows(home.path());
    let text = study(&data, "ONLINE", &calibrated("raking", 800.0), &ANALYSES[4..]);
    for row in analysed(home.path(), &text) {
        assert_ne!((row["OBS_STATUS"].as_str(), row["PART"].as_str()), ("M", ""), "{row:?}");
        assert!(!row["REASON"].contains("calibration"), "{row:?}");
    }
}

#[test]
fn what_a_standard_leaves_out_is_named() {
    let home = world(ICT_DESIGN, &ict());
    let data = rows(home.path());
    let keys = "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"band\"\n\
                standard = { 15-24 = 1.0 }\nstandard_source = \"test\"";
    let text = study(&data, "ONLINE", "[survey.design]\nnest = true\n", &[("young", keys)]);
    std::fs::write(home.path().join("study.toml"), text).expect("the study");
    let printed = stdout(&inclusion(home.path(), &["analyse", "study.toml"]));
    let note = "“25-34” is not in the standard: its 120 cases are left out";
    assert!(printed.contains(note), "{printed}");
    assert!(!printed.contains("“15-24” is not in"), "{printed}");
}
