//! What stands under tables: the base with its ages, rows in no group, populations, verdicts, and the
//! answers that an indicator's rule hides.

mod fixture;

use inclusion_estimate::{Diagnostic, Measure, Severity};
use inclusion_registry::{Answer, Direction};
use inclusion_report::*;

fn notes(table: &Table) -> Vec<&str> {
    table.notes.iter().map(|note| note.text.as_str()).collect()
}

/// The first table of a study that asks for one.
fn table_of(study: &fixture::Study, change: impl Fn(&mut AnnexInput<'_>)) -> Table {
    let mut input = fixture::input(study);
    input.tables = vec![fixture::table("HH7", &["age_group"], &["women", "men", "gap"])];
    input.charts.clear();
    change(&mut input);
    let annex = build(&input).unwrap();
    annex.tables().next().unwrap().clone()
}

#[test]
fn a_table_states_its_base_with_the_ages_that_the_survey_covers() {
    let study = fixture::study();
    let scope = |input: &mut AnnexInput<'_>, universe: &str| {
        input.indicators[0].indicator.universe_text = universe.into();
    };
    // Everybody in scope: the survey says who that is.
    let table = table_of(&study, |input| scope(input, "individuals in scope of the survey"));
    assert_eq!(table.subtitle, "Examplia, 2024 · per cent of individuals aged 10 and over");
    // A narrower base keeps its words, and a note gives the ages.
    let table = table_of(&study, |input| scope(input, "individuals who used the Internet"));
    assert_eq!(table.subtitle, "Examplia, 2024 · per cent of individuals who used the Internet");
    assert!(notes(&table).contains(&"The survey covers individuals aged 10 and over."));
}

#[test]
fn rows_in_no_group_are_told_under_the_tables_by_that_group_only() {
    let study = fixture::study();
    let outside = Diagnostic {
        code: "breakdown_not_applicable".into(),
        severity: Severity::Note,
        message: "3,617 rows belong to no group of `age_group` (not applicable): they are in the \
                  totals only."
            .into(),
        count: 3617,
    };
    let told = "3,617 rows belong to no group of “age group” (not applicable): they are in the \
                totals only.";
    let by = |rows: &'static str| {
        table_of(&study, |input| {
            input.diagnostics = vec![outside.clone()];
            input.tables = vec![fixture::table("HH7", &[rows], &["women", "men"])];
        })
    };
    assert!(notes(&by("age_group")).contains(&told));
    assert!(notes(&by("age_group * urbanisation")).contains(&told));
    assert!(!notes(&by("region")).contains(&told));
}

#[test]
fn a_population_is_named_only_where_a_figure_takes_it_as_known() {
    let mut study = fixture::study();
    let mut estimates = fixture::group("HH7", &[], (0.60, 900, 0.70, 900), Direction::Higher);
    let women = estimates
        .iter()
        .find(|e| e.key.sex() == Some("F") && e.key.measure == Measure::Level)
        .unwrap();
    estimates.push(inclusion_measures::headcount_of(women, Some(2e6)));
    study.publishable = inclusion_disclosure::review(estimates, &study.policy, &Default::default());
    study.surveys[0].population = Some("2,000,000 women and 1,900,000 men (census)".into());
    let of = |columns: &'static [&'static str]| {
        table_of(&study, |input| input.tables = vec![fixture::table("HH7", &[], columns)])
    };
    let told = |table: &Table| notes(table).iter().filter(|n| n.contains("opulation")).count();
    assert_eq!(told(&of(&["women", "men"])), 0);
    let counts = of(&["women", "headcount_women"]);
    let whole =
        "Population taken as known without error: 2,000,000 women and 1,900,000 men (census).";
    assert!(notes(&counts).contains(&whole), "{:?}", notes(&counts));
    // Once for the figures, once with the numbers; not in each cell.
    assert_eq!(told(&counts), 2);
    let cells = fixture::cells_of(&counts, "All");
    assert!(cells.iter().all(|cell| cell.notes.is_empty()));
}

#[test]
fn a_verdict_that_its_interval_does_not_hold_says_so() {
    let study = fixture::regions(
        "HH7",
        [(0.50, 2000, 0.80, 2000), (0.40, 60, 0.45, 60), (0.50, 2000, 0.80, 2000)],
        Direction::Higher,
    );
    let table = table_of(&study, |input| {
        input.tables = vec![fixture::table("HH7", &["region"], &["parity", "verdict"])];
    });
    let note = table.notes.iter().find(|n| n.text.contains("point estimate")).unwrap();
    let rows: Vec<(String, Vec<String>)> = table
        .rows
        .iter()
        .filter_map(|row| match row {
            TableRow::Cells { label, cells, .. } => {
                assert_eq!(cells[1].text, "women behind", "{label}");
                Some((cells[0].text.clone(), cells[1].notes.clone()))
            }
            TableRow::Group { .. } => None,
        })
        .collect();
    for (ratio, marks) in rows {
        let expected = if ratio == "0.889" { vec![note.mark.clone()] } else { Vec::new() };
        assert_eq!(marks, expected, "{ratio}");
    }
}

#[test]
fn non_response_names_the_answers_that_count_as_no() {
    let study = fixture::study();
    let table = |rule: Answer| {
        let mut input = fixture::input(&study);
        input.indicators[0].indicator.answers.dont_know = rule;
        input.indicators[0].indicator.answers.refused = rule;
        let annex = build(&input).unwrap();
        annex.tables().find(|t| t.title == "Item non-response by sex").unwrap().clone()
    };
    let kept = table(Answer::No);
    let note = kept.notes.iter().find(|n| n.text.contains("“don't know” and “refused”")).unwrap();
    assert!(note.text.starts_with("By the rule of this indicator"), "{}", note.text);
    let marks = |table: &Table| -> Vec<Vec<String>> {
        let row = table.rows.iter().find_map(|row| match row {
            TableRow::Cells { label, cells, .. } if label.starts_with("HH7 ") => Some(cells),
            _ => None,
        });
        row.unwrap().iter().map(|cell| cell.notes.clone()).collect()
    };
    assert!(marks(&kept).iter().all(|m| *m == [note.mark.clone()]));
    // Where every unusable answer counts as no the share could only be zero, and is not printed.
    let mut input = fixture::input(&study);
    let rules = &mut input.indicators[0].indicator.answers;
    (rules.dont_know, rules.refused, rules.not_stated) = (Answer::No, Answer::No, Answer::No);
    let annex = build(&input).unwrap();
    let all = annex.tables().find(|t| t.title == "Item non-response by sex").unwrap();
    let TableRow::Cells { label, cells, .. } = &all.rows[0] else { panic!("no row") };
    assert!(label.starts_with("HH7 "));
    for cell in cells {
        assert_eq!((cell.text.as_str(), cell.number), ("na", None));
        assert_eq!(cell.notes.len(), 1);
    }
    let out = table(Answer::Out);
    assert!(marks(&out).iter().all(Vec::is_empty));
    assert!(notes(&out).iter().all(|n| !n.contains("By the rule")));
}

#[test]
fn plain_text_explains_no_bold_and_markdown_does() {
    let study = fixture::study();
    let table = table_of(&study, |_| {});
    assert!(notes(&table).iter().any(|n| n.starts_with("Bold:")));
    assert!(!terminal(&table).contains("Bold"));
}
