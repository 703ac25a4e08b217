//! The review of analyses beside the tables of a study.

use inclusion_disclosure::{
    AnalysisOutcome, Cell, Codings, Inputs, PublishableAnalyses, review, review_analyses,
    review_with,
};
use inclusion_estimate::*;
use inclusion_registry::{Policy, Registry};

fn policy() -> Policy {
    toml::from_str(
        "id = 'dhs'\nname = 'DHS'\nwithhold_below = 25\nunreliable_below = 50\nsource = 'DHS'",
    )
    .expect("a policy")
}

fn key(indicator: &str, codes: &[(&str, &str)]) -> SeriesKey {
    let pair = |(id, code): &(&str, &str)| (id.to_string(), code.to_string());
    SeriesKey {
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: indicator.into(),
        breakdown: codes.iter().map(pair).collect(),
        measure: Measure::Level,
    }
}

fn level(codes: &[(&str, &str)], n: u64) -> Estimate {
    let value = Uncertainty::Linearized(Linearized::exact(0.5));
    let figure = Figure { value, df: None, interval: None, deff: None, n_effective: None };
    Estimate {
        key: key("HH7", codes),
        unit: Unit::Share,
        outcome: Outcome::Known(figure),
        counts: Counts { n, ..Counts::default() },
        parts: vec![],
        diagnostics: vec![],
    }
}

fn analysis(id: &str, indicator: &str, groups: &[(&[(&str, &str)], u64)], p: f64) -> Analysis {
    let mut row = AnalysisRow::new("test", "x", "X", Unit::Ratio);
    row.statistic = Some(("F", 4.5));
    row.p_value = Some(p);
    Analysis {
        id: id.into(),
        kind: AnalysisKind::Test,
        title: "a title".into(),
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: indicator.into(),
        method: "a method".into(),
        n: groups.iter().map(|(_, n)| n).sum(),
        excluded: 7,
        design_df: Some(30.0),
        groups: groups
            .iter()
            .map(|(codes, n)| AnalysisGroup { key: key(indicator, codes), n: *n })
            .collect(),
        beside: vec![],
        outcome: Ok(AnalysisFigures { rows: vec![row], covariance: None }),
        notes: vec!["a note with 7 cases".into()],
    }
}

/// Regions A, B and C with 300, 200 and 10 cases: C is withheld, and B against subtraction.
fn reviewed(analyses: Vec<Analysis>) -> PublishableAnalyses {
    let registry = Registry::builtin().expect("the registry");
    let codings = Codings::of(registry.concepts.values());
    let table = vec![
        level(&[], 510),
        level(&[("region", "A")], 300),
        level(&[("region", "B")], 200),
        level(&[("region", "C")], 10),
    ];
    let published = review(table, &policy(), &codings);
    assert_eq!(published.withheld().len(), 2);
    review_analyses(analyses, &published, &policy(), &codings)
}

fn reason(reviewed: &PublishableAnalyses, place: usize) -> Option<&'static str> {
    match reviewed.list()[place].outcome() {
        AnalysisOutcome::Withheld(reason) => Some(reason),
        _ => None,
    }
}

#[test]
fn a_small_group_withholds_the_whole_and_leaves_nothing_behind() {
    let list = reviewed(vec![analysis(
        "a",
        "OTHER",
        &[(&[("sex", "F")], 24), (&[("sex", "M")], 400)],
        0.01,
    )]);
    assert_eq!(reason(&list, 0), Some("too_few_cases"));
    let about = list.list()[0].about();
    assert_eq!((about.n, about.excluded, about.design_df), (0, 0, None));
    assert!(about.groups.is_empty() && about.notes.is_empty());
    assert!(about.outcome.is_err());
    let text = format!("{list:?}");
    assert!(!text.contains("4.5") && !text.contains("24,") && !text.contains("400"), "{text}");
}

#[test]
fn what_the_tables_withhold_is_not_told_by_an_analysis() {
    // B alone is withheld in the table; with C it is too; A is shown.
    let of = |code: &'static str, n| analysis(code, "HH7", &[(&[("region", code)], n)], 0.5);
    let list = reviewed(vec![of("B", 200), of("A", 300)]);
    assert_eq!((reason(&list, 0), reason(&list, 1)), (Some("derived"), None));
    // By sex within A: two more cells that sum to a shown one tell nothing of B or C.
    let groups: [(&[(&str, &str)], u64); 2] =
        [(&[("region", "A"), ("sex", "F")], 150), (&[("region", "A"), ("sex", "M")], 150)];
    assert_eq!(reason(&reviewed(vec![analysis("s", "HH7", &groups, 0.5)]), 0), None);
    // By sex within B would give B by its sum, and C by subtraction.
    let groups: [(&[(&str, &str)], u64); 2] =
        [(&[("region", "B"), ("sex", "F")], 100), (&[("region", "B"), ("sex", "M")], 100)];
    assert!(reason(&reviewed(vec![analysis("s", "HH7", &groups, 0.5)]), 0).is_some());
    // Another indicator is another matter.
    assert_eq!(reason(&reviewed(vec![analysis("o", "OTHER", &groups, 0.5)]), 0), None);
}

#[test]
fn beside_a_pool_of_withheld_figures_an_analysis_tells_only_what_the_tables_tell() {
    // Fifteen persons of region B in each of two surveys make thirty of the pool, which are shown.
    let of = |source: &str, code, n| {
        let mut level = level(&[("region", code)], n);
        level.key.source = source.into();
        level
    };
    let estimates = vec![
        of("survey", "A", 300),
        of("survey", "B", 15),
        of("other", "B", 15),
        of("pool", "B", 30),
    ];
    let [own, other, pool] = [1, 2, 3].map(|at| estimates[at].key.clone());
    let inputs = Inputs::from([(pool.clone(), vec![own, other])]);
    let tables = review_with(estimates, &policy(), &Codings::default(), &inputs);
    assert!(matches!(tables.get(&pool).map(|row| &row.cell), Some(Cell::Shown(_))));
    let told = analysis("told", "HH7", &[(&[("region", "A")], 300)], 0.5);
    let fewer = analysis("fewer", "HH7", &[(&[("region", "A")], 290)], 0.5);
    let new = analysis("new", "HH7", &[(&[("region", "A"), ("sex", "F")], 150)], 0.5);
    let apart = analysis("apart", "OTHER", &[(&[("sex", "F")], 300)], 0.5);
    let all = vec![told, fewer, new, apart];
    let list = review_analyses(all, &tables, &policy(), &Codings::default());
    let reasons = [0, 1, 2, 3].map(|place| reason(&list, place));
    assert_eq!(reasons, [None, Some("pooled"), Some("pooled"), None]);
}

#[test]
fn two_analyses_that_tell_a_third_group_together_are_not_both_shown() {
    // All persons and the women would tell of the fifteen men, in whatever order they are asked for.
    let all = || analysis("all", "OTHER", &[(&[], 500)], 0.5);
    let by_sex = |id, code: &'static str, n| {
        let mut one = analysis(id, "OTHER", &[(&[("sex", code)], n)], 0.5);
        let group = |(code, n)| AnalysisGroup { key: key("OTHER", &[("sex", code)]), n };
        one.beside = [("F", 485), ("M", 15)].map(group).to_vec();
        one
    };
    let (men, women) = (|| by_sex("men", "M", 15), || by_sex("women", "F", 485));
    let list = reviewed(vec![men(), all(), women()]);
    let reasons = |list: &PublishableAnalyses| [0, 1, 2].map(|place| reason(list, place));
    assert_eq!(reasons(&list), [Some("too_few_cases"), None, Some("derived")]);
    let list = reviewed(vec![women(), all(), men()]);
    assert_eq!(reasons(&list), [None, Some("complement"), Some("too_few_cases")]);
    let list = reviewed(vec![all(), women(), men()]);
    assert_eq!(reasons(&list), [None, Some("derived"), Some("too_few_cases")]);
}

#[test]
fn holm_takes_the_shown_tests_only() {
    let small = analysis("small", "OTHER", &[(&[("sex", "F")], 5)], 1e-9);
    let of = |id, p| analysis(id, "OTHER", &[(&[("sex", "F")], 300)], p);
    let list = reviewed(vec![small, of("a", 0.03), of("b", 0.02)]);
    assert_eq!(list.tests(), 2);
    let p: Vec<Option<f64>> = list.list().iter().map(|one| one.p_holm()).collect();
    assert_eq!(p, [None, Some(0.04), Some(0.04)]);
    assert_eq!(reviewed(vec![of("a", 0.03)]).list()[0].p_holm(), None);
}

#[test]
fn few_cases_are_marked_and_a_reason_stays_a_reason() {
    let mut missing = analysis("m", "OTHER", &[(&[("sex", "F")], 300)], 0.5);
    missing.outcome = Err("column x is 0".into());
    let low = analysis("low", "OTHER", &[(&[("sex", "F")], 30)], 0.5);
    let list = reviewed(vec![low, missing]);
    assert!(list.list()[0].unreliable() && !list.list()[1].unreliable());
    assert_eq!(*list.list()[1].outcome(), AnalysisOutcome::Missing("column x is 0".into()));
}
