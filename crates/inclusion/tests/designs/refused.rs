//! What a design or a calibration gets wrong, told with its place.

use super::*;

#[test]
fn mistakes_of_a_design_are_told_with_their_place_before_any_row_is_read() {
    let said = |survey: &str| refused(WEIGHTED, survey, ONLINE);
    assert_eq!(
        said("[survey.design]\nvarience = \"taylor\""),
        "error: study.toml:9:1: unknown key `varience`; did you mean `variance`?"
    );
    assert_eq!(
        said("[survey.design.replicates]\nkind = \"brrr\"\nprefix = \"b_\""),
        "error: study.toml:9:8: unknown value `brrr`; did you mean `brr`?"
    );
    assert_eq!(
        said("[survey.design.replicates]\nkind = \"fay\"\nprefix = \"b_\"\nrho = 1.5"),
        "error: study.toml:11:1: survey `s`: `rho` is 1.5; it is 0 or more and below 1"
    );
    assert_eq!(
        said("[survey.design]\npsu = \"p\"\n[[survey.design.stage]]\npsu = \"b_1\""),
        "error: study.toml:10:17: survey `s`: stage 2 adds to the variance only where the finite \
         population of every stage is known, and stage 1 has none; add its `fpc` or leave the \
         stage out"
    );
    assert_eq!(
        said("[survey.design.replicates]\nmake = \"bootstrap\"\nseed = 1"),
        "error: study.toml:9:1: `make = \"bootstrap\"` needs `replicates`, a whole number"
    );
    assert_eq!(
        said("[survey.design.replicates]\nmake = \"jackknife\"\nprefix = \"b_\""),
        "error: study.toml:10:1: `prefix` is of replicate columns in the file; `make` makes its own"
    );
    assert_eq!(
        refused(WEIGHTED, "", "indicators = [\"ONLINE\"]\ndf = \"rank\""),
        "error: study.toml:6:10: survey `s` has no replicate weights, which `df = \"rank\"` needs; \
         give them by `replicates` in [survey.design]"
    );
}

#[test]
fn mistakes_of_a_calibration_are_told_with_their_place_before_any_row_is_read() {
    let head = "[[survey.calibrate]]\nsource = \"census\"\n";
    let said = |text: &str| refused(WEIGHTED, &format!("{head}{text}"), ONLINE);
    let margin = |by: &str, totals: &str| {
        format!(
            "method = \"poststratify\"\n[[survey.calibrate.margin]]\nby = \"{by}\"\n\
             totals = {totals}"
        )
    };
    assert_eq!(
        said("method = \"raken\""),
        "error: study.toml:10:10: unknown value `raken`; did you mean `rake`?"
    );
    assert_eq!(
        said(&margin("sexx", "{ F = 1, M = 1 }")),
        "error: study.toml:12:6: no category `sexx`; did you mean `sex`?"
    );
    assert_eq!(
        said(&margin("sex", "{ F = 1, W = 1 }")),
        "error: study.toml:13:19: `sex` has no code `W`; it has F, M, _U"
    );
    assert_eq!(
        said(&margin("sex * band", "{ F = 1 }")),
        "error: study.toml:13:12: `F` has 1 codes, but the margin is by 2; write them as in \
         `sex * band`"
    );
    assert_eq!(
        said(&margin("sex", "{ F = 0, M = 1 }")),
        "error: study.toml:13:12: the total of `F` is 0, not above 0"
    );
    assert_eq!(
        said(&margin("wealth_quintile", "{ 1 = 1 }")),
        "error: study.toml:12:6: survey `s`: recipe `test/1` has no `wealth_quintile`, to which \
         weights are to be adjusted"
    );
    assert_eq!(
        said("method = \"logit\"\nsize = 10"),
        "error: study.toml:10:10: `bounded_linear` and `logit` need `lower` and `upper`"
    );
    assert_eq!(
        said(
            "method = \"rake\"\n[[survey.calibrate.margin]]\nby = \"sex\"\ntotals = { F = 50, M = 50 }\n\
             [[survey.calibrate.margin]]\nby = \"band\"\ntotals = { 15-24 = 60, 25-34 = 41 }"
        ),
        "error: study.toml:15:6: the totals of `band` add up to 101 and those of `sex` to 100: all \
         margins count the same population, so scale one of them to the other's sum"
    );
    assert_eq!(
        said(&margin("sex", "\"census.csv\"")),
        "error: study.toml:13:10: cannot read the totals `census.csv`: No such file or directory \
         (os error 2)"
    );
}

#[test]
fn mistakes_in_a_file_of_totals_are_told_with_their_line() {
    let folder = tempfile::tempdir().expect("a folder");
    registry(folder.path(), &recipe(WEIGHTED, ICT));
    let step = "[[survey.calibrate]]\nmethod = \"poststratify\"\nsource = \"census\"\n\
                [[survey.calibrate.margin]]\nby = \"sex\"\ntotals = \"totals.csv\"\n";
    let text = study(Path::new("rows.csv"), step, ONLINE);
    std::fs::write(folder.path().join("study.toml"), text).expect("the study");
    std::fs::write(folder.path().join("rows.csv"), "sex\n").expect("data");
    let said = |totals: &str| {
        std::fs::write(folder.path().join("totals.csv"), totals).expect("the totals");
        let output = inclusion(folder.path(), &["check", "study.toml"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        stderr(&output).trim_end().replace("./", "")
    };
    assert_eq!(
        said("sex,persons\nF,10\n"),
        "error: totals.csv:1:1: no column `total`; the totals need sex and total"
    );
    assert_eq!(
        said("sex,total\nF,10\nM,ten\n"),
        "error: totals.csv:3:1: the total `ten` is not a number"
    );
    assert_eq!(said("sex,total\nF,10\nM,10\nF,12\n"), "error: totals.csv:4:1: `F` has two totals");
}

#[test]
fn a_design_of_the_study_is_blamed_for_its_own_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    registry(folder.path(), &recipe(WEIGHTED, ICT));
    let rows = "sex,area,internet_3m,age_group,w,s,p\nfemale,urban,1,15-24,1,1,1\n\
                male,urban,1,15-24,1,1,2\nmale,urban,0,15-24,1,2,3\n";
    std::fs::write(folder.path().join("rows.csv"), rows).expect("data");
    let said = |survey: &str| {
        let text = study(Path::new("rows.csv"), survey, ONLINE);
        std::fs::write(folder.path().join("study.toml"), text).expect("the study");
        let output = inclusion(folder.path(), &["estimate", "study.toml"]);
        assert!(!output.status.success());
        stderr(&output).trim_end().replace("./", "")
    };
    let message = said("[survey.design]\nstratum = \"s\"\npsu = \"ppp\"\n");
    assert_eq!(
        message.split_once("error: ").expect("an error").1,
        "study.toml:10:8: survey `s`: rows.csv has no column `ppp`"
    );
    // Replicates that are made know two of the rules for single PSUs.
    for make in ["jackknife", "brr"] {
        let message = said(&format!(
            "[survey.design]\nstratum = \"s\"\npsu = \"p\"\n[survey.design.replicates]\nmake = \"{make}\"\n"
        ));
        assert!(
            message.contains("stratum 2 has a single PSU, which replicates cannot leave out; set lonely_psu to \"remove\" or \"certainty\", or"),
            "{message}"
        );
    }
}

#[test]
fn replicated_quantiles_need_replicate_weights() {
    let asked = "indicators = [\"SPENT\"]\nquantile = { interval = \"replicated\" }";
    let message = refused(WEIGHTED, "", asked);
    assert!(
        message.contains(
            "the interval of quantiles is `replicated`, and survey `s` has no replicate weights"
        ),
        "{message}"
    );
    let message = refused(WEIGHTED, "", "indicators = [\"SPENT\"]\nquantile = { rule = \"hf10\" }");
    assert!(message.contains("study.toml:") && message.contains("hf10"), "{message}");
}

#[test]
fn a_finite_population_that_is_wrong_is_told_with_its_column_and_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let own =
        "[design]\nweight = { column = \"w\" }\nstratum = [\"s\"]\npsu = [\"p\"]\nfpc = \"m\"\n";
    registry(folder.path(), &recipe(own, ICT));
    let said = |fpc: [&str; 4]| {
        let mut text = "sex,area,internet_3m,age_group,w,s,p,m\n".to_string();
        for (at, fpc) in fpc.into_iter().enumerate() {
            let (stratum, sex) = (1 + at / 2, ["female", "male"][at % 2]);
            text.push_str(&format!("{sex},urban,1,15-24,1,{stratum},{at},{fpc}\n"));
        }
        std::fs::write(folder.path().join("rows.csv"), text).expect("data");
        std::fs::write(folder.path().join("study.toml"), study(Path::new("rows.csv"), "", ONLINE))
            .expect("the study");
        let output = inclusion(folder.path(), &["estimate", "study.toml"]);
        (output.status.code(), stderr(&output).trim_end().replace("./", ""))
    };
    let refused = |fpc| {
        let (code, text) = said(fpc);
        assert_eq!(code, Some(1), "{text}");
        text.split_once("error: ").expect("an error").1.to_string()
    };
    assert_eq!(
        refused(["9", "9", "1.5", "1.5"]),
        "survey `s` (rows.csv, column `m`): stratum 2: the finite population is 1.5, but the \
         sample has 2 units of it; it must be at least as large"
    );
    assert_eq!(
        refused(["9", "9", "0.5", "0.5"]),
        "survey `s` (rows.csv, column `m`): stratum 2: finite population 0.5 is a sampling fraction, \
         while other strata give the number of PSUs; use one of the two"
    );
    assert_eq!(
        refused(["9", "9", "1e300", "8"]),
        "survey `s` (rows.csv, column `m`): stratum 2: finite population 8 differs from that of other \
         rows of the stratum; it must be the same in all of them"
    );
    let single = refused(["9", "9", "0", "0"]);
    assert!(
        single.starts_with("rows.csv, line 4, column 8 `m`: the finite population 0"),
        "{single}"
    );
    let (code, text) = said(["1", "1", "1", "1"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("2 strata have a finite population of exactly 1"), "{text}");
}
