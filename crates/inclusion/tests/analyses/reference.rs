//! Analyses against the figures of R `survey`.

use super::*;

fn test_agrees(rows: &[Row], id: &str, wanted: &Value) {
    let own = rows.iter().find(|row| row["ANALYSIS"] == id).expect("the test");
    close(own, "STATISTIC", &wanted["statistic"], 1e-9);
    match &wanted["df"] {
        Value::Array(both) => {
            close(own, "NDF", &both[0], 1e-9);
            close(own, "DDF", &both[1], 1e-9);
        }
        one => {
            close(own, "NDF", one, 1e-9);
            assert_eq!(own["DDF"], "", "χ² has no denominator");
        }
    }
    // The expected p-value carries the digits of the statistic.
    close(own, "P_VALUE", &wanted["p_value"], 1e-6);
}

fn t_test_agrees(own: &Row, wanted: &Value) {
    close(own, "STATISTIC", &wanted["t"], 1e-9);
    close(own, "DDF", &wanted["df"], 1e-12);
    close(own, "P_VALUE", &wanted["p_value"], 1e-8);
    close(own, "VALUE", &wanted["difference"], 1e-9);
    close(own, "LOWER_BOUND", &wanted["ci_low"], 1e-9);
    close(own, "UPPER_BOUND", &wanted["ci_high"], 1e-9);
}

/// Coefficients in R's order; `tolerance` is that of the case.
fn regression_agrees(folder: &Path, rows: &[Row], id: &str, wanted: &Value, tolerance: f64) {
    let own: Vec<&Row> = rows.iter().filter(|row| row["ANALYSIS"] == id).collect();
    let names = wanted["term"].as_array().expect("terms");
    assert_eq!(own.len(), names.len(), "{names:?}");
    let (_, covariance) = matrix(folder, id);
    for (k, row) in own.iter().enumerate() {
        close(row, "VALUE", &wanted["coefficient"][k], tolerance);
        close(row, "STD_ERROR", &wanted["se"][k], tolerance);
        close(row, "STATISTIC", &wanted["t"][k], tolerance);
        close(row, "P_VALUE", &wanted["p_value"][k], 1e3 * tolerance);
        close(row, "DDF", &wanted["df_residual"], 1e-12);
        for l in 0..own.len() {
            let reference = wanted["covariance"][k][l].as_f64().expect("a covariance");
            let (a, b) = (number(row, "STD_ERROR"), number(own[l], "STD_ERROR"));
            let error = (covariance[k][l] - reference).abs() / (a * b);
            assert!(error < 2.0 * tolerance, "covariance {k} {l}: {error}");
        }
    }
}

#[test]
fn tests_and_regressions_of_persons_give_the_figures_of_r() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let test = |how: &str| format!("kind = \"test\"\nindicator = \"ONLINE\"\nby = \"sex\"\n{how}");
    let as_r = format!("{LOGIT}epsilon = 1e-10");
    let analyses = [
        ("second", test("")),
        ("first", test("method = \"rao_scott_1\"")),
        ("wald", test("method = \"adjusted_wald\"")),
        ("assets", "kind = \"test\"\nconcept = \"account\"\nby = \"assets\"".to_string()),
        ("hours", "kind = \"t_test\"\nconcept = \"hours\"\nby = \"sex\"".to_string()),
        ("exact", LOGIT.to_string()),
        ("logit", as_r),
        (
            "linear",
            "kind = \"regression\"\nconcept = \"hours\"\nterms = [\"sex * urbanisation\", \"years\"]\n\
             reference = { urbanisation = \"R\" }"
                .to_string(),
        ),
        (
            "joint",
            "kind = \"covariance\"\nindicator = \"ONLINE\"\nby = \"sex * urbanisation\"".to_string(),
        ),
    ];
    let analyses: Vec<(&str, &str)> =
        analyses.iter().map(|(id, keys)| (*id, keys.as_str())).collect();
    let text = study(&folder.join("data/ict_a.csv"), "ONLINE", "", &analyses);
    let rows = analysed(home.path(), &text);
    let case = |id: &str| expected(&folder, "ict_a.json", &format!("ict_a/{id}"));
    test_agrees(&rows, "second", &case("chisq_sex_internet_F"));
    test_agrees(&rows, "first", &case("chisq_sex_internet_Chisq"));
    test_agrees(&rows, "wald", &case("chisq_sex_internet_adjWald"));
    test_agrees(&rows, "assets", &case("chisq_wealth_account_F"));
    t_test_agrees(row(&rows, "hours", "difference", "sex=M-F"), &case("ttest_hours_sex"));
    let means = case("gender_gap_hours_online");
    close(row(&rows, "hours", "mean", "sex=F"), "STD_ERROR", &means["domain_se"][0], 1e-9);
    close(row(&rows, "hours", "mean", "sex=M"), "VALUE", &means["domain_estimate"][1], 1e-9);
    let logit = case("glm_logistic_internet");
    regression_agrees(home.path(), &rows, "logit", &logit, 1e-7);
    // The solution itself: R's coefficients, and its standard errors up to its last step.
    regression_agrees(home.path(), &rows, "exact", &logit, 4e-6);
    let men = row(&rows, "exact", "coefficient", "sex=M");
    near(number(men, "ODDS_RATIO"), number(men, "VALUE").exp(), 1e-14, "odds ratio");
    near(number(men, "ODDS_UPPER"), number(men, "UPPER_BOUND").exp(), 1e-14, "odds ratio");
    regression_agrees(home.path(), &rows, "linear", &case("glm_gaussian_hours"), 1e-7);
    // Joint estimates, and a contrast of all four from the matrix that was written.
    let gaps = case("gap_by_area");
    let (names, covariance) = matrix(home.path(), "joint");
    let order = [
        "sex=F:urbanisation=R",
        "sex=M:urbanisation=R",
        "sex=F:urbanisation=U",
        "sex=M:urbanisation=U",
    ];
    for (k, term) in order.iter().enumerate() {
        close(row(&rows, "joint", "mean", term), "VALUE", &gaps["domain_estimate"][k], 1e-9);
        close(row(&rows, "joint", "mean", term), "STD_ERROR", &gaps["domain_se"][k], 1e-9);
    }
    let slopes = [-1.0, 1.0, 1.0, -1.0];
    let place = |term: &str| names.iter().position(|name| name == term).expect("a term");
    let mut variance = 0.0;
    for (a, x) in order.iter().zip(slopes) {
        for (b, y) in order.iter().zip(slopes) {
            variance += x * y * covariance[place(a)][place(b)];
        }
    }
    let reference = gaps["contrasts"]["difference_of_gaps"]["se"].as_f64().expect("a number");
    near(variance.sqrt(), reference, 1e-9, "standard error of a contrast");
    // Four tests and a t-test: each p-value is adjusted for all five.
    let p = |id: &str, column: &str| {
        let own = rows.iter().find(|row| row["ANALYSIS"] == id && !row["P_VALUE"].is_empty());
        number(own.expect("a test"), column)
    };
    near(p("assets", "P_HOLM"), 5.0 * p("assets", "P_VALUE"), 1e-12, "the smallest of five");
    near(p("hours", "P_HOLM"), p("hours", "P_VALUE"), 1e-12, "the largest of five");
    assert_eq!(row(&rows, "linear", "coefficient", "years")["P_HOLM"], "");
}

#[test]
fn tests_variances_and_regressions_of_schools_give_the_figures_of_r() {
    let Some(folder) = reference("survey") else { return };
    let design = "weight = { column = \"pw\" }\nstratum = [\"stype\"]\nfpc = \"fpc\"\n";
    let home = world(design, &schools());
    let test = |method: &str| {
        format!("kind = \"test\"\nconcept = \"school\"\nby = \"wide\"\nmethod = \"{method}\"")
    };
    let [second, first, wald, adjusted] =
        ["rao_scott_2", "rao_scott_1", "wald", "adjusted_wald"].map(test);
    let analyses = [
        ("F", second.as_str()),
        ("Chisq", &first),
        ("Wald", &wald),
        ("adjWald", &adjusted),
        (
            "awards",
            "kind = \"t_test\"\nindicator = \"API\"\nby = \"awards\"\ngroups = [\"No\", \"Yes\"]",
        ),
        ("variance", "kind = \"variance\"\nindicator = \"API\""),
        ("pooled", "kind = \"imputation\"\nimputations = [\"api00\", \"api99\"]"),
        ("null", "kind = \"t_test\"\nindicator = \"API\"\nagainst = 600"),
    ];
    let data = folder.join("data/apistrat.csv");
    let rows = analysed(home.path(), &study(&data, "API", "", &analyses));
    let case = |id: &str| expected(&folder, "apistrat.json", &format!("apistrat/{id}"));
    for id in ["F", "Chisq", "Wald", "adjWald"] {
        test_agrees(&rows, id, &case(&format!("chisq_{id}")));
    }
    let awards = row(&rows, "awards", "difference", "awards=Yes-No");
    t_test_agrees(awards, &case("ttest_api00_awards"));
    let spread = &case("variance_api00")["rows"][0];
    close(row(&rows, "variance", "variance", "all"), "VALUE", &spread["estimate"], 1e-9);
    close(row(&rows, "variance", "variance", "all"), "STD_ERROR", &spread["se"], 1e-9);
    // Rubin's rules by hand, from the two means of R and their standard errors.
    let both = case("joint_mean_two_variables");
    let of = |name: &str, k: usize| both[name][k].as_f64().expect("a number");
    let (q, u) = ([of("estimate", 0), of("estimate", 1)], [of("se", 0), of("se", 1)]);
    let within = (u[0] * u[0] + u[1] * u[1]) / 2.0;
    let between = (q[0] - q[1]) * (q[0] - q[1]) / 2.0;
    let total = within + 1.5 * between;
    let share = 1.5 * between / total;
    let (classic, observed) = (1.0 / (share * share), 198.0 / 200.0 * 197.0 * (1.0 - share));
    let own = row(&rows, "pooled", "mean", "all");
    near(number(own, "VALUE"), (q[0] + q[1]) / 2.0, 1e-9, "pooled mean");
    near(number(own, "STD_ERROR"), total.sqrt(), 1e-9, "pooled standard error");
    near(number(own, "SHARE"), share, 1e-9, "share of imputation");
    near(number(own, "DDF"), 1.0 / (1.0 / classic + 1.0 / observed), 1e-9, "degrees of freedom");
    let own = row(&rows, "null", "difference", "all-600");
    near(number(own, "STATISTIC"), (q[0] - 600.0) / u[0], 1e-9, "t of one sample");
    assert_eq!(own["DDF"], "196");

    let design = "weight = { column = \"pw\" }\npsu = [\"dnum\"]\nfpc = \"fpc\"\n";
    let home = world(design, &schools());
    let analyses = [
        ("F", second.as_str()),
        (
            "linear",
            "kind = \"regression\"\nindicator = \"API\"\nterms = [\"ell\", \"meals\", \"mobility\"]",
        ),
        (
            "logit",
            "kind = \"regression\"\nconcept = \"wide\"\ncodes = \"Yes\"\nterms = [\"ell\", \"meals\"]\nepsilon = 1e-10",
        ),
    ];
    let data = folder.join("data/apiclus1.csv");
    let rows = analysed(home.path(), &study(&data, "API", "", &analyses));
    let case = |id: &str| expected(&folder, "apiclus1.json", &format!("apiclus1/{id}"));
    test_agrees(&rows, "F", &case("chisq_F"));
    regression_agrees(home.path(), &rows, "linear", &case("glm_gaussian"), 1e-7);
    regression_agrees(home.path(), &rows, "logit", &case("glm_logistic"), 1e-7);
    assert_eq!(row(&rows, "F", "test", "wide")["P_HOLM"], "", "one test is not adjusted");
}

#[test]
fn several_indicators_are_estimated_together_in_the_rows_that_answer_all() {
    let Some(folder) = reference("survey") else { return };
    let home = world(ICT_DESIGN, &ict());
    let keys = "kind = \"covariance\"\nindicator = \"ONLINE\"\nalso = [\"PHONE\", \"ACCOUNT\"]";
    let text = study(&folder.join("data/ict_a.csv"), "ONLINE", "", &[("joint", keys)])
        .replace("[\"ONLINE\"]", "[\"ONLINE\", \"PHONE\", \"ACCOUNT\"]");
    let rows = analysed(home.path(), &text);
    let wanted = expected(&folder, "ict_a.json", "ict_a/joint_three_indicators");
    let (names, covariance) = matrix(home.path(), "joint");
    let order = ["ONLINE:all", "PHONE:all", "ACCOUNT:all"];
    assert_eq!(names, order);
    for (k, term) in order.iter().enumerate() {
        close(row(&rows, "joint", "mean", term), "VALUE", &wanted["estimate"][k], 1e-9);
        close(row(&rows, "joint", "mean", term), "STD_ERROR", &wanted["se"][k], 1e-9);
        for l in 0..3 {
            let reference = wanted["covariance"][k][l].as_f64().expect("a covariance");
            near(covariance[k][l], reference, 1e-9, "covariance");
        }
    }
}

#[test]
fn a_regression_with_replicate_weights_gives_the_figures_of_r() {
    let Some(folder) = reference("survey") else { return };
    let home = world("weight = { column = \"weight\" }\n", &ict());
    let survey = "[survey.design.replicates]\nkind = \"brr\"\nprefix = \"brr_\"\n";
    let keys = "kind = \"regression\"\nindicator = \"ONLINE\"\nterms = [\"sex\", \"years\"]\nepsilon = 1e-10";
    let data = folder.join("data/ict_rep.csv");
    let rows = analysed(home.path(), &study(&data, "ONLINE", survey, &[("brr", keys)]));
    let wanted = expected(&folder, "ict_rep.json", "ict_rep/brr_glm");
    regression_agrees(home.path(), &rows, "brr", &wanted, 1e-6);
}
