//! What an annex states in sentences: findings, titles of charts, notes at gaps that mean nothing.

mod fixture;

use inclusion_registry::Direction;
use inclusion_report::*;

#[test]
fn findings_say_only_what_intervals_support() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    assert_eq!(annex.headline(), Some(annex.findings[0].as_str()));
    let expected = [
        // Overall, and the breakdown of the first chart. One of the four age groups is of low
        // reliability and takes no part, though its gap is the largest.
        "60.8% of women and 69.9% of men use the Internet (Examplia, 2024): women are behind by 9.1 \
         points (7.2–11.1).",
        "Women are less likely than men to use the Internet in 1 of the 3 age groups with reliable \
         figures (Examplia, 2024): 25–64, 5.5 points (3.1–8.0).",
        // Lower is better: more women see no need, so women are behind.
        "42.0% of women and 38.0% of men see no need for the Internet (Examplia, 2024): women are \
         behind by 4.0 points (0.8–7.2).",
    ];
    assert_eq!(annex.findings[..3], expected);
    assert_eq!(annex.findings.len(), 5);

    // Without the fields' difference there is nothing to find, and the sentence says so.
    let mut study = fixture::study();
    let equal = fixture::group("HH7", &[], (0.60, 900, 0.61, 900), Direction::Higher);
    study.publishable = inclusion_disclosure::review(
        equal,
        &study.policy,
        &inclusion_disclosure::Codings::default(),
    );
    let annex = build(&fixture::input(&study)).unwrap();
    let first = annex.headline().unwrap();
    assert!(first.contains("no difference that the interval supports, 1.0 points (−"), "{first}");
}

#[test]
fn a_table_of_an_unknown_indicator_or_concept_says_which() {
    let study = fixture::study();
    let mut input = fixture::input(&study);
    input.tables = vec![fixture::table("HH77", &[], &["women"])];
    let message = build(&input).unwrap_err().to_string();
    assert!(message.starts_with("table 1 asks for indicator `HH77`"), "{message}");
    input.tables = vec![fixture::table("HH7", &["urbanization"], &["women"])];
    let message = build(&input).unwrap_err().to_string();
    assert!(message.starts_with("table 1 asks for rows by `urbanization`"), "{message}");
}

/// The one chart of a study with what its columns ask for.
fn chart_of(study: &fixture::Study, spec: ChartSpec) -> Figure {
    let mut input = fixture::input(study);
    input.tables.clear();
    input.charts = vec![spec];
    let annex = build(&input).unwrap();
    assert_eq!(annex.figures().count(), 1);
    annex.figures().next().unwrap().clone()
}

#[test]
fn a_gap_is_called_the_largest_only_if_no_printed_gap_is_larger() {
    let known = [(0.50, 8000, 0.60, 8000), (0.50, 8000, 0.535, 8000)];
    let title = |third: fixture::Cell| {
        let study = fixture::regions("HH7", [known[0], known[1], third], Direction::Higher);
        chart_of(&study, fixture::chart(ChartKind::Dumbbell, "region")).title
    };
    let lowland = format!("{}, 10.0 points (8.5–11.5)", fixture::REGION_LABEL);
    let two = "Women are less likely than men to use the Internet in 2 of";
    assert_eq!(
        title((0.50, 2000, 0.51, 2000)),
        format!("{two} 3 regions; the gap is largest in {lowland}")
    );
    // 14 points that the interval does not support, then 30 of low reliability.
    assert_eq!(
        title((0.50, 60, 0.64, 60)),
        format!("{two} 3 regions; the largest of these gaps is in {lowland}")
    );
    assert_eq!(
        title((0.30, 40, 0.60, 40)),
        format!(
            "{two} the 2 regions with reliable figures; the largest of these gaps is in {lowland}"
        )
    );
    // Men are behind by more than women are anywhere.
    assert_eq!(
        title((0.80, 2000, 0.60, 2000)),
        format!(
            "{two} 3 regions, and men in 1; the largest of these gaps is in Coast, where men are \
             behind by 20.0 points (17.2–22.8)"
        )
    );
    // 10.0 (8.5–11.5) and 8.0 (4.9–11.1): no test tells the larger.
    assert_eq!(
        title((0.50, 2000, 0.58, 2000)),
        "Women are less likely than men to use the Internet in all 3 regions; the gaps run from \
         3.5 to 10.0 points, and the intervals do not tell which is largest"
    );
    assert_eq!(
        title((0.70, 2000, 0.60, 2000)),
        format!(
            "{two} 3 regions, and men in 1; the intervals do not tell which of these gaps is largest"
        )
    );
}

#[test]
fn counts_are_of_tests_adjusted_for_the_number_of_groups() {
    let title = |cells: [fixture::Cell; 3]| {
        let study = fixture::regions("HH7", cells, Direction::Higher);
        chart_of(&study, fixture::chart(ChartKind::Forest, "region")).title
    };
    // Each interval by itself leaves equality out (p = 0.034); of three looked at together none does.
    let weak = (0.50, 2000, 0.534, 2000);
    assert_eq!(
        title([weak; 3]),
        "Individuals using the Internet: single intervals leave equality out in 3 of 3 regions, but tests \
         adjusted for looking at all 3 support none of these gaps"
    );
    // One of low reliability takes no part, and the sentences say of whom they are.
    let unreliable = (0.30, 40, 0.60, 40);
    assert_eq!(
        title([weak, weak, unreliable]),
        "Individuals using the Internet: single intervals leave equality out in 2 of the 2 regions with reliable \
         figures, but tests adjusted for looking at all 2 support none of these gaps"
    );
    let equal = (0.50, 2000, 0.51, 2000);
    let none = "Individuals using the Internet: the intervals support no difference between women and men in";
    assert_eq!(
        title([equal, equal, unreliable]),
        format!("{none} either of the two regions with reliable figures")
    );
    assert_eq!(title([equal; 3]), format!("{none} any of the 3 regions"));
    // Two strong ones leave one test for the third, which then stands by itself (Holm).
    let strong = (0.50, 2000, 0.60, 2000);
    assert!(title([strong, strong, weak]).contains("in all 3 regions"));
    // One strong one leaves two, and p = 0.034 is not below 0.025.
    assert!(title([strong, weak, weak]).contains("in 1 of 3 regions: "));
}

#[test]
fn the_largest_gap_is_named_only_where_tests_of_all_pairs_tell_it() {
    let cells = |third: f64| {
        [(0.50, 8000, 0.60, 8000), (0.50, 8000, 0.535, 8000), (0.50, 8000, third, 8000)]
    };
    let chart = |third| {
        let study = fixture::regions("HH7", cells(third), Direction::Higher);
        chart_of(&study, fixture::chart(ChartKind::Ranking, "region"))
    };
    let ranks = |figure: &Figure| -> Vec<(f64, Option<(f64, f64)>)> {
        let charts::ChartData::Ranking { rows, .. } = &figure.chart else { panic!("no ranking") };
        let points = rows.iter().map(|row| row.mark.point().unwrap());
        points.map(|point| (point.value, point.interval)).collect()
    };
    let told = chart(0.53);
    assert!(told.title.contains("the gap is largest in Lowland"), "{}", told.title);
    assert_eq!(
        ranks(&told),
        [(1.0, Some((1.0, 1.0))), (2.0, Some((2.0, 3.0))), (3.0, Some((2.0, 3.0)))]
    );
    let not_told = chart(0.58);
    assert!(not_told.title.ends_with("do not tell which is largest"), "{}", not_told.title);
    assert_eq!(
        ranks(&not_told),
        [(1.0, Some((1.0, 2.0))), (2.0, Some((1.0, 2.0))), (3.0, Some((3.0, 3.0)))]
    );
    assert!(not_told.alt.contains(": rank 1 (1 to 2), gap 10.0 points."), "{}", not_told.alt);
}

#[test]
fn a_lollipop_stands_on_equality_with_the_largest_gap_on_top() {
    let cells = [(0.50, 2000, 0.51, 2000), (0.50, 2000, 0.62, 2000), (0.70, 2000, 0.60, 2000)];
    let study = fixture::regions("HH7", cells, Direction::Higher);
    let figure = chart_of(&study, fixture::chart(ChartKind::Lollipop, "region"));
    let charts::ChartData::Lollipop { rows, equality, .. } = &figure.chart else {
        panic!("no stems")
    };
    let value = |row: &charts::GapRow| (100.0 * row.mark.point().unwrap().value).round();
    assert_eq!(rows.iter().map(value).collect::<Vec<_>>(), [5.0, 12.0, 1.0, -10.0]);
    assert_eq!(rows[0].label, "All");
    assert_eq!((equality.value, equality.women_above), (0.0, false));
    let svg = charts::svg(&figure.chart, &charts::SvgOptions::default()).unwrap();
    for words in ["Women ahead", "Men ahead", "Equal, or the interval holds equality", "−10.0 ("]
    {
        assert!(svg.contains(words), "no {words}");
    }
}

#[test]
fn a_ridgeline_has_the_steps_of_an_order_for_women_and_men() {
    let study = fixture::study();
    let figure = chart_of(&study, fixture::chart(ChartKind::Ridgeline, "age_group"));
    let charts::ChartData::Ridgeline { steps, rows, .. } = &figure.chart else {
        panic!("no steps")
    };
    assert_eq!((rows.len(), rows[0].label.as_str()), (1, "Examplia, 2024"));
    assert_eq!(steps.len(), rows[0].women.len());
    // The same figures as in the table by age group.
    let mut input = fixture::input(&study);
    input.tables = vec![fixture::table("HH7", &["age_group"], &["women", "men"])];
    let annex = build(&input).unwrap();
    let table = annex.tables().next().unwrap();
    for (i, step) in steps.iter().enumerate() {
        let cells = fixture::cells_of(table, step);
        for (cell, mark) in cells.iter().zip([rows[0].women[i], rows[0].men[i]]) {
            let drawn = mark.point().map(|point| inclusion_estimate::hundredfold(point.value));
            assert_eq!(cell.number, drawn, "{step}");
            assert!(drawn.is_none() || figure.alt.contains(&format!("{step} {}%", cell.text)));
        }
    }
    let figure = chart_of(&study, fixture::chart(ChartKind::Ridgeline, "urbanisation * age_group"));
    let charts::ChartData::Ridgeline { rows, .. } = &figure.chart else { panic!("no steps") };
    assert_eq!(rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["Urban", "Rural"]);
}

#[test]
fn a_chart_of_lower_is_better_says_what_its_gap_is_of() {
    let cells = [(0.42, 2000, 0.38, 2000), (0.45, 2000, 0.38, 2000), (0.40, 2000, 0.38, 2000)];
    let study = fixture::regions("HH19", cells, Direction::Lower);
    for kind in [ChartKind::Dumbbell, ChartKind::Bars, ChartKind::Forest] {
        let spec = ChartSpec { indicator: "HH19".into(), ..fixture::chart(kind, "region") };
        let figure = chart_of(&study, spec);
        let text = figure.chart.text();
        assert_eq!(text.words.right_header, "Gap of those without, points");
        assert!(text.alt.contains("ap of those without"), "{}", text.alt);
        let svg = charts::svg(&figure.chart, &charts::SvgOptions::default()).unwrap();
        assert!(svg.contains("Gap of those without, points"));
        if kind == ChartKind::Forest {
            let axis = "Gap of those without, men minus women, points";
            assert_eq!(text.value_axis_label, axis);
        }
    }
    // The same words as the table's header.
    let mut input = fixture::input(&study);
    input.tables = vec![fixture::table("HH19", &["region"], &["gap"])];
    let annex = build(&input).unwrap();
    assert_eq!(annex.tables().next().unwrap().heads[0].title, "Gap of those without (points)");
}

#[test]
fn beside_a_share_of_zero_the_gap_has_a_note_at_its_cell_and_no_emphasis() {
    let study = fixture::regions(
        "HH7",
        [(0.0, 2000, 0.05, 2000), (0.0, 2000, 0.06, 2000), (0.0, 2000, 0.07, 2000)],
        Direction::Higher,
    );
    let mut input = fixture::input(&study);
    input.tables = vec![
        fixture::table("HH7", &["region"], &["gap", "se_gap", "interval_gap", "n"]),
        fixture::table("HH7", &["region"], &["parity"]),
    ];
    let annex = build(&input).unwrap();
    let tables: Vec<&Table> = annex.tables().collect();
    let note = |table: &Table, start: &str| {
        table.notes.iter().find(|n| n.text.starts_with(start)).unwrap().mark.clone()
    };
    let mark = note(tables[0], "One rate is 0 or 100 per cent, so the standard error");
    let coast = fixture::cells_of(tables[0], "Coast");
    for cell in &coast[..3] {
        assert_eq!(cell.notes, [mark.as_str()], "{}", cell.text);
        assert!(!cell.strong);
    }
    assert!(coast[3].notes.is_empty() && coast[4].notes.is_empty());
    assert_eq!(coast[0].text, "7.0");
    // The sure gap of all persons is as before.
    let all = fixture::cells_of(tables[0], "All");
    assert!(all[0].strong && all[0].notes.is_empty());
    let mark = note(tables[1], "The rate of women is zero");
    assert!(fixture::cells_of(tables[1], "Coast")[0].notes.contains(&mark));
    // No finding and no chart leans on such an interval.
    assert!(annex.findings.iter().all(|f| !f.contains("regions")), "{:?}", annex.findings);
    let figure = chart_of(&study, fixture::chart(ChartKind::Forest, "region"));
    let charts::ChartData::Forest { rows, .. } = &figure.chart else { panic!("no forest") };
    assert!(rows.iter().all(|r| r.label == "All" || r.mark.point().unwrap().interval.is_none()));
    // The data says so in its column of notes.
    let bytes = fixture::csv(&study).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().unwrap().clone();
    let place = |name: &str| names.iter().position(|n| n == name).unwrap();
    let noted = reader
        .records()
        .map(Result::unwrap)
        .filter(|r| &r[place("MEASURE")] == "GAP" && &r[place("REGION")] != "_T")
        .inspect(|r| assert_eq!(&r[place("NOTE")], "degenerate_share"))
        .count();
    assert_eq!(noted, 3);
}

#[test]
fn a_rate_of_zero_overall_is_stated_without_a_verdict_on_the_gap() {
    let study =
        fixture::study_of(fixture::group("HH7", &[], (0.0, 2000, 0.05, 2000), Direction::Higher));
    let mut input = fixture::input(&study);
    input.tables.clear();
    input.charts.clear();
    assert_eq!(
        build(&input).unwrap().findings,
        ["0.0% of women and 5.0% of men use the Internet (Examplia, 2024): with a rate of 0% no \
          interval supports a difference."]
    );
}

#[test]
fn a_chart_without_any_figure_is_left_out_with_a_sentence() {
    let study = fixture::study_of(fixture::group("HH7", &[], (0.0, 0, 0.0, 0), Direction::Higher));
    let mut input = fixture::input(&study);
    input.tables.clear();
    let spec = ChartSpec { rows: None, ..fixture::chart(ChartKind::Dumbbell, "") };
    input.charts = vec![spec.clone(), spec];
    let annex = build(&input).unwrap();
    assert_eq!(annex.figures().count(), 0);
    let said = "No chart of Individuals using the Internet: no source has figures for it.";
    assert!(markdown(&annex).contains(said));
}

/// A study of urban and rural areas alone.
fn areas(urban: fixture::Cell, rural: fixture::Cell) -> fixture::Study {
    let mut study = fixture::study();
    let higher = Direction::Higher;
    let mut estimates = fixture::group("HH7", &[], (0.55, 4000, 0.62, 4000), higher);
    estimates.extend(fixture::group("HH7", &[("urbanisation", "U")], urban, higher));
    estimates.extend(fixture::group("HH7", &[("urbanisation", "R")], rural, higher));
    study.publishable = inclusion_disclosure::review(estimates, &study.policy, &Default::default());
    study.registry = inclusion_registry::Registry::builtin().unwrap();
    study
}

#[test]
fn urban_and_rural_areas_are_called_as_people_call_them() {
    let title = |urban, rural| {
        let study = areas(urban, rural);
        chart_of(&study, fixture::chart(ChartKind::Bars, "urbanisation")).title
    };
    assert_eq!(
        title((0.60, 2000, 0.65, 2000), (0.40, 2000, 0.60, 2000)),
        "Women are less likely than men to use the Internet in both urban and rural areas; the gap \
         is largest in rural areas, 20.0 points (16.9–23.1)"
    );
    assert_eq!(
        title((0.60, 2000, 0.60, 2000), (0.50, 2000, 0.51, 2000)),
        "Individuals using the Internet: the intervals support no difference between women and men \
         in urban or rural areas"
    );
}

#[test]
fn a_study_that_asks_for_no_gap_states_its_rates_alone() {
    let mut study = fixture::study();
    let mut estimates = fixture::group("HH7", &[], (0.60, 900, 0.70, 900), Direction::Higher);
    estimates.retain(|e| e.key.measure == inclusion_estimate::Measure::Level);
    study.publishable = inclusion_disclosure::review(estimates, &study.policy, &Default::default());
    let annex = build(&fixture::input(&study)).unwrap();
    assert_eq!(
        annex.headline(),
        Some("60.0% of women and 70.0% of men use the Internet (Examplia, 2024).")
    );
}
