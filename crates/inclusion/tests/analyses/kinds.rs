//! Decompositions, standardised rates and imputations, against sums made another way.

use super::*;

#[test]
fn the_analyses_of_the_readme_run_on_the_demonstration() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let home = tempfile::tempdir().expect("a folder");
    let readme = std::fs::read_to_string(project.join("README.md")).expect("the README");
    let from = readme.find("[[analysis]]").expect("analyses in the README");
    let block = readme[from..].split("```").next().expect("a block");
    let demo = project.join("datasets/demo");
    let text = std::fs::read_to_string(demo.join("study.toml")).expect("the study");
    std::fs::write(home.path().join("study.toml"), text + "\n" + block).expect("the study");
    std::fs::copy(demo.join("ict_survey.parquet"), home.path().join("ict_survey.parquet"))
        .expect("the survey");
    let output = inclusion(home.path(), &["analyse", "study.toml", "--only", "model"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let printed = stdout(&output);
    assert!(
        printed.starts_with("[model]\nIndividuals using the Internet: logistic regression"),
        "{printed}"
    );
    assert!(printed.contains("Sex: Men × Urban or rural area: Urban"), "{printed}");
    assert!(!printed.contains("[use-by-sex]"), "one analysis was asked for");
}

fn decomposed() -> String {
    String::from("[concept.sex]\ncolumn = \"sex\"\nmap = { F = \"F\", M = \"M\" }\n")
        + &yes_no("online", "uses_internet")
        + &coded("studies", "edu", &["0", "1", "2", "3"])
        + &coded("assets", "quintile", &["1", "2", "3", "4", "5"])
}

#[test]
fn the_decomposition_of_a_gap_agrees_with_the_methods_page() {
    let Some(folder) = reference("methods") else { return };
    let home = world(ICT_DESIGN, &decomposed());
    let keys = "kind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"studies\"";
    let data = folder.join("svy_decomp.csv");
    let text = study(&data, "ONLINE", "", &[("kitagawa", keys)]);
    let rows = analysed(home.path(), &text);
    let wanted = expected(&folder, "decomposition.json", "DEC-K02");
    let of = |part: &str| number(row(&rows, "kitagawa", part, "all"), "VALUE");
    for (part, wanted) in [
        ("rate_women", &wanted["rate_F"]),
        ("rate_men", &wanted["rate_M"]),
        ("gap", &wanted["gap"]),
        ("composition", &wanted["composition"]),
        ("rate", &wanted["rate"]),
        ("three_composition", &wanted["three"]["composition"]),
        ("three_rate", &wanted["three"]["rate"]),
        ("interaction", &wanted["three"]["interaction"]),
    ] {
        near(of(part), wanted.as_f64().expect("a number"), 1e-9, part);
    }
    for (k, code) in ["0", "1", "2", "3"].iter().enumerate() {
        let term = format!("studies={code}");
        let (by_mix, by_rate) = (&wanted["composition_by_group"][k], &wanted["rate_by_group"][k]);
        close(row(&rows, "kitagawa", "composition", &term), "VALUE", by_mix, 1e-9);
        close(row(&rows, "kitagawa", "rate", &term), "VALUE", by_rate, 1e-9);
    }
    // This gap's interval includes 0, so a share of it would mean nothing.
    assert_eq!(row(&rows, "kitagawa", "composition", "all")["SHARE"], "");
    // The parts add to the gap, and so do their variances with the covariance written beside.
    let (names, covariance) = matrix(home.path(), "kitagawa");
    let place = |name: &str| names.iter().position(|own| own == name).expect("a name");
    let (c, r) = (place("composition"), place("rate"));
    let sum = covariance[c][c] + covariance[r][r] + 2.0 * covariance[c][r];
    let se = number(row(&rows, "kitagawa", "gap", "all"), "STD_ERROR");
    near(sum.sqrt(), se, 1e-9, "standard error of the sum");

    // Under the jackknife, standard errors of rates and gap are those of R for the same weights.
    let survey = "[survey.design.replicates]\nmake = \"jackknife\"\nmse = true\n";
    let rows = analysed(home.path(), &study(&data, "ONLINE", survey, &[("kitagawa", keys)]));
    let jackknife = expected(&folder, "decomposition.json", "DEC-O02");
    for (part, name) in [("rate_women", "yF"), ("rate_men", "yM"), ("gap", "gap")] {
        let own = row(&rows, "kitagawa", part, "all");
        close(own, "STD_ERROR", &jackknife["se_jkn"][name], 1e-7);
    }
}

#[test]
fn standardised_rates_are_the_weighted_sums_of_the_rates_of_their_groups() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let standard = [("15-24", 0.3), ("25-34", 0.25), ("35-44", 0.2), ("45-54", 0.25)];
    let written: Vec<String> = standard.iter().map(|(c, s)| format!("\"{c}\" = {s}")).collect();
    let keys = format!(
        "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"band\"\n\
         standard = {{ {} }}\nstandard_source = \"a made-up population\"",
        written.join(", ")
    );
    let analyses = [
        ("standard", keys.as_str()),
        ("pooled", "kind = \"standardise\"\nindicator = \"ONLINE\"\nby = \"sex\"\nover = \"band\""),
        ("cells", "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex * band\""),
    ];
    let rows =
        analysed(home.path(), &study(&folder.join("data/ict_a.csv"), "ONLINE", "", &analyses));
    let (names, covariance) = matrix(home.path(), "cells");
    let place = |sex: &str, band: &str| {
        names.iter().position(|own| *own == format!("sex={sex}:band={band}")).expect("a cell")
    };
    let mut rates = BTreeMap::new();
    for sex in ["F", "M"] {
        let (mut value, mut variance) = (0.0, 0.0);
        for (a, x) in standard {
            let cell = format!("sex={sex}:band={a}");
            value += x * number(row(&rows, "cells", "mean", &cell), "VALUE");
            for (b, y) in standard {
                variance += x * y * covariance[place(sex, a)][place(sex, b)];
            }
        }
        let own = row(&rows, "standard", "standardised", &format!("sex={sex}"));
        near(number(own, "VALUE"), value, 1e-9, "standardised rate");
        near(number(own, "STD_ERROR"), variance.sqrt(), 1e-9, "its standard error");
        rates.insert(sex, value);
    }
    let mut variance = 0.0;
    for (s, sign) in [("M", 1.0), ("F", -1.0)] {
        for (t, other) in [("M", 1.0), ("F", -1.0)] {
            for (a, x) in standard {
                for (b, y) in standard {
                    variance += sign * other * x * y * covariance[place(s, a)][place(t, b)];
                }
            }
        }
    }
    let gap = row(&rows, "standard", "standardised_gap", "sex=M-F");
    near(number(gap, "VALUE"), rates["M"] - rates["F"], 1e-9, "standardised gap");
    near(number(gap, "STD_ERROR"), variance.sqrt(), 1e-9, "its standard error");
    // The pooled standard keeps the crude rate of all; and the crude gap is that of R.
    let case = expected(&folder, "ict_a.json", "ict_a/gender_gap_internet_3m");
    let crude = row(&rows, "pooled", "crude_gap", "sex=M-F");
    let reference = case["contrasts"]["gap_f_minus_m"]["estimate"].as_f64().expect("a number");
    near(number(crude, "VALUE"), -reference, 1e-9, "crude gap");
    close(crude, "STD_ERROR", &case["contrasts"]["gap_f_minus_m"]["se"], 1e-9);
}

#[test]
fn imputations_of_a_regression_are_pooled_coefficient_by_coefficient() {
    let Some(folder) = reference("survey") else { return };
    let design = "weight = { column = \"pw\" }\npsu = [\"dnum\"]\nfpc = \"fpc\"\n";
    let home = world(design, &schools());
    let of = |what: &str| format!("kind = \"regression\"\n{what}\nterms = [\"meals\"]");
    let [first, second, both] =
        ["concept = \"api00\"", "concept = \"api99\"", "imputations = [\"api00\", \"api99\"]"]
            .map(of);
    let analyses = [("first", first.as_str()), ("second", &second), ("both", &both)];
    let rows =
        analysed(home.path(), &study(&folder.join("data/apiclus1.csv"), "API", "", &analyses));
    for term in ["(Intercept)", "meals"] {
        let get = |id: &str, column: &str| number(row(&rows, id, "coefficient", term), column);
        let (a, b) = (get("first", "VALUE"), get("second", "VALUE"));
        let (u, v) = (get("first", "STD_ERROR"), get("second", "STD_ERROR"));
        let total = (u * u + v * v) / 2.0 + 1.5 * (a - b) * (a - b) / 2.0;
        near(get("both", "VALUE"), (a + b) / 2.0, 1e-12, term);
        near(get("both", "STD_ERROR"), total.sqrt(), 1e-12, term);
        assert!(get("both", "DDF") < get("first", "DDF"), "imputation costs degrees of freedom");
    }
}
