//! Rows and columns of an annex: several surveys, one sex, no sexes, breakdowns without sex.

mod fixture;

use inclusion_registry::Direction;
use inclusion_report::*;

/// Three areas: in two of them women are behind by more than the interval.
fn three_areas() -> fixture::Study {
    let mut study = fixture::study();
    let mut estimates = Vec::new();
    let cells = [
        ("A", (0.50, 2000, 0.60, 2000)),
        ("B", (0.40, 2000, 0.52, 2000)),
        ("C", (0.70, 400, 0.71, 400)),
    ];
    let template = study.surveys[0].clone();
    study.surveys.clear();
    for (id, cell) in cells {
        for mut estimate in fixture::group("HH7", &[], cell, Direction::Higher) {
            estimate.key.source = format!("ict-{id}").into();
            estimate.key.ref_area = format!("XX{id}").into();
            estimates.push(estimate);
        }
        study.surveys.push(SurveyInfo {
            source: format!("ict-{id}").into(),
            name: format!("Survey {id}"),
            ref_area: format!("XX{id}").into(),
            area_name: format!("Area {id}"),
            replicated: false,
            clustering_unknown: id == "C",
            ..template.clone()
        });
    }
    study.publishable = inclusion_disclosure::review(
        estimates,
        &study.policy,
        &inclusion_disclosure::Codings::default(),
    );
    study
}

#[test]
fn several_areas_have_a_row_each_and_a_finding_over_all_of_them() {
    let study = three_areas();
    let mut input = fixture::input(&study);
    input.indicators.truncate(1);
    input.tables = vec![TableSpec { kind: TableKind::Standard, ..fixture::table("HH7", &[], &[]) }];
    input.charts =
        vec![ChartSpec { kind: ChartKind::Dumbbell, indicator: "HH7".into(), rows: None }];
    let annex = build(&input).unwrap();
    assert_eq!(
        annex.findings,
        [
            "Women are less likely than men to use the Internet in 2 of 3 areas; these gaps run from \
          10.0 to 12.0 points, and the intervals do not tell which is largest."
        ]
    );
    let table = annex.tables().next().unwrap();
    let labels: Vec<&str> = table
        .rows
        .iter()
        .map(|row| match row {
            TableRow::Cells { label, .. } | TableRow::Group { label, .. } => label.as_str(),
        })
        .collect();
    assert_eq!(labels, ["Area A", "Area B", "Area C"]);
    let weights_only = "Survey C: standard errors and intervals show the effect of unequal weights";
    assert!(table.notes.iter().any(|note| note.text.starts_with(weights_only)));
    assert_eq!(annex.figures().count(), 1);
}

#[test]
fn an_indicator_without_sexes_has_one_figure_and_never_a_gap() {
    let mut study = fixture::study();
    let mut estimates = fixture::group("HH6", &[], (0.6, 2000, 0.6, 2000), Direction::Higher);
    estimates
        .retain(|e| e.key.measure == inclusion_estimate::Measure::Level && e.key.sex().is_none());
    study.publishable = inclusion_disclosure::review(
        estimates,
        &study.policy,
        &inclusion_disclosure::Codings::default(),
    );
    let mut input = fixture::input(&study);
    let mut households = fixture::indicator("HH6", "Households with Internet", "unsexed", "higher");
    households.universe_text = "Households".into();
    households.statement = "have Internet access at home".into();
    input.indicators = vec![IndicatorInfo { indicator: households, by_source: Default::default() }];
    input.tables =
        vec![fixture::table("HH6", &[], &["total", "gap"]), fixture::table("HH6", &[], &[])];
    input.charts = Vec::new();
    let annex = build(&input).unwrap();
    assert_eq!(
        annex.findings,
        ["60.0% (57.9–62.1) of households have Internet access at home (Examplia, 2024)."]
    );
    let tables: Vec<&Table> = annex.tables().collect();
    let TableRow::Cells { cells, .. } = &tables[0].rows[0] else { panic!("no row") };
    assert_eq!((cells[0].text.as_str(), cells[1].text.as_str()), ("60.0", "na"));
    assert_eq!(cells[1].missing.as_deref(), Some("the measure does not apply to this indicator"));
    assert_eq!(tables[1].heads.len(), 2);
}

/// The levels of three regions and of all, of one sex or of all persons only.
fn levels_of(keep: fn(Option<&str>) -> bool) -> fixture::Study {
    use inclusion_estimate::Measure;
    let cells = [(0.20, 2000, 0.25, 2000), (0.30, 2000, 0.35, 2000), (0.16, 40, 0.20, 40)];
    let mut study = fixture::regions("HH7", cells, Direction::Higher);
    let mut estimates = fixture::group("HH7", &[], (0.22, 1500, 0.3, 1500), Direction::Higher);
    for (region, cell) in ["R1", "R2", "R3"].into_iter().zip(cells) {
        let of = fixture::group("HH7", &[("region", region)], cell, Direction::Higher);
        estimates.extend(of);
    }
    estimates.retain(|e| {
        matches!(e.key.measure, Measure::Level | Measure::Nonresponse) && keep(e.key.sex())
    });
    study.publishable = inclusion_disclosure::review(
        estimates,
        &study.policy,
        &inclusion_disclosure::Codings::default(),
    );
    study
}

#[test]
fn a_study_of_one_sex_or_of_totals_only_prints_what_there_is() {
    let studies = [
        (
            levels_of(|sex| sex == Some("F")),
            ("Women", "1\u{202f}500", "22.0% (19.2–25.0) of women use the Internet"),
            "Women, per cent",
        ),
        (
            levels_of(|sex| sex.is_none()),
            (
                "Total",
                "3\u{202f}000",
                "26.0% (23.9–28.2) of individuals aged 10 and over use the Internet",
            ),
            "Per cent",
        ),
    ];
    for (study, (head, n, finding), axis) in &studies {
        let mut input = fixture::input(study);
        input.indicators.truncate(1);
        input.tables = vec![
            fixture::table("HH7", &["region"], &[]),
            TableSpec { kind: TableKind::Standard, ..fixture::table("HH7", &[], &[]) },
            TableSpec { kind: TableKind::Nonresponse, ..fixture::table("HH7", &[], &[]) },
        ];
        input.charts = vec![
            fixture::chart(ChartKind::Dumbbell, "region"),
            fixture::chart(ChartKind::Bars, "region"),
        ];
        let annex = build(&input).unwrap();
        assert_eq!(annex.findings, [format!("{finding} (Examplia, 2024).")]);
        let tables: Vec<&Table> = annex.tables().collect();
        let heads: Vec<&str> = tables[0].heads.iter().map(|h| h.title.as_str()).collect();
        assert_eq!(heads, [format!("{head} (%)"), format!("n, {}", head.to_lowercase())]);
        let all = fixture::cells_of(tables[0], "All");
        assert!(all[0].interval.is_some());
        assert_eq!(all[1].text, *n);
        // Year, level, interval, n, nature, notes; then the table of sources.
        assert_eq!((tables[1].heads.len(), tables[1].heads[1].title.as_str()), (6, heads[0]));
        assert_eq!(fixture::cells_of(tables[1], "Examplia")[4].text, "C");
        assert_eq!(tables[3].heads.len(), 1);
        for table in &tables {
            for row in &table.rows {
                let TableRow::Cells { cells, label, .. } = row else { continue };
                let missing: Vec<_> = cells.iter().filter_map(|c| c.missing.as_ref()).collect();
                assert!(missing.is_empty(), "{}, {label}: {missing:?}", table.title);
            }
        }
        assert_eq!(annex.figures().count(), 2);
        for figure in annex.figures() {
            assert_eq!(figure.title, *finding);
            let charts::ChartData::Forest { text, rows, reference } = &figure.chart else {
                panic!("marks of one kind only: {:?}", figure.chart)
            };
            assert_eq!((text.value_axis_label.as_str(), *reference), (*axis, None));
            assert_eq!(rows.len(), 4);
            assert!(rows.iter().all(|row| row.mark.point().is_some()));
        }
        let gap = |table: &&Table| table.notes.iter().any(|n| n.text.starts_with("Gap"));
        assert!(!tables.iter().any(gap));
    }
    // The appendix names the group beside the sex, as no row of the whole group stands over it.
    let annex = build(&fixture::input(&studies[0].0)).unwrap();
    let errors = annex.tables().find(|t| t.title.starts_with("Sampling errors")).unwrap();
    fixture::cells_of(errors, "Coast, women");
}

#[test]
fn a_breakdown_that_is_not_crossed_with_sex_has_its_totals() {
    // All persons are split by sex, regions are not.
    let mut estimates = fixture::group("HH7", &[], (0.5, 3000, 0.55, 3000), Direction::Higher);
    for region in ["R1", "R2"] {
        let of = fixture::group(
            "HH7",
            &[("region", region)],
            (0.5, 1500, 0.55, 1500),
            Direction::Higher,
        );
        estimates.extend(of.into_iter().filter(|e| {
            e.key.sex().is_none() && e.key.measure == inclusion_estimate::Measure::Level
        }));
    }
    let study = fixture::study_of(estimates);
    let mut input = fixture::input(&study);
    input.indicators.truncate(1);
    input.tables = vec![fixture::table("HH7", &["region"], &[]), fixture::table("HH7", &[], &[])];
    input.charts = vec![fixture::chart(ChartKind::Dumbbell, "region")];
    let annex = build(&input).unwrap();
    let heads: Vec<usize> = annex.tables().take(2).map(|t| t.heads.len()).collect();
    assert_eq!(heads, [2, 6]);
    assert!(annex.findings[0].contains("of women and"), "{:?}", annex.findings);
    let figure = annex.figures().next().unwrap();
    assert!(figure.title.starts_with("52.5% ("), "{}", figure.title);
}

/// Two surveys of one area and year: other recipes, or one recipe twice.
fn same_place(names: [&str; 2]) -> fixture::Study {
    let mut study = fixture::study();
    let template = study.surveys[0].clone();
    study.surveys.clear();
    let mut estimates = Vec::new();
    for (i, name) in names.into_iter().enumerate() {
        let cell = (0.50 + 0.10 * i as f64, 2000, 0.70, 2000);
        for mut estimate in fixture::group("HH7", &[], cell, Direction::Higher) {
            estimate.key.source = format!("survey-{i}").into();
            estimates.push(estimate);
        }
        let (source, name) = (format!("survey-{i}"), name.to_string());
        study.surveys.push(SurveyInfo { source: source.into(), name, ..template.clone() });
    }
    study.publishable = inclusion_disclosure::review(
        estimates,
        &study.policy,
        &inclusion_disclosure::Codings::default(),
    );
    study
}

fn labels(table: &Table) -> Vec<&str> {
    let label = |row| match row {
        &TableRow::Cells { ref label, .. } | &TableRow::Group { ref label, .. } => label.as_str(),
    };
    table.rows.iter().map(label).collect()
}

#[test]
fn two_surveys_of_one_area_and_year_are_told_apart_in_every_table_and_chart() {
    for (names, suffixes) in [
        (["ICT module", "Labour force survey"], ["ICT module", "Labour force survey"]),
        (["ICT module", "ICT module"], ["survey-0", "survey-1"]),
    ] {
        let study = same_place(names);
        let place = format!("{}, {}", study.surveys[0].area_name, study.surveys[0].time_period);
        let places = suffixes.map(|suffix| format!("{place}: {suffix}"));
        let mut input = fixture::input(&study);
        input.indicators.truncate(1);
        input.tables = vec![
            fixture::table("HH7", &[], &[]),
            TableSpec { kind: TableKind::Standard, ..fixture::table("HH7", &[], &[]) },
        ];
        input.charts =
            vec![ChartSpec { kind: ChartKind::Dumbbell, indicator: "HH7".into(), rows: None }];
        let annex = build(&input).unwrap();
        let tables: Vec<&Table> = annex.tables().collect();
        assert_eq!(labels(tables[0]), places);
        let area = &study.surveys[0].area_name;
        assert_eq!(labels(tables[1]), suffixes.map(|suffix| format!("{area}: {suffix}")));
        for table in &tables {
            let labels = labels(table);
            let several = labels.iter().filter(|label| label.starts_with(area.as_str())).count();
            assert!(several == 0 || several == 2, "{}: {labels:?}", table.title);
            assert!(several == 0 || labels.iter().all(|l| !l.ends_with(place.as_str())));
        }
        let page = html(&annex, &HtmlOptions::default()).unwrap();
        for place in &places {
            assert!(page.contains(place.as_str()), "{place} is not on the page");
        }
        let figures: Vec<&Figure> = annex.figures().collect();
        assert_eq!(figures.len(), 1);
        let svg = charts::svg(&figures[0].chart, &charts::SvgOptions::default()).unwrap();
        assert!(suffixes.iter().all(|suffix| svg.contains(suffix)), "{svg}");
        let findings = annex.findings.join(" ");
        assert!(suffixes.iter().all(|suffix| findings.contains(suffix)), "{findings}");
    }
}
