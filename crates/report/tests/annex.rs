//! The annex of a made-up survey in every format.

mod fixture;

use inclusion_registry::Direction;
use inclusion_report::*;

#[test]
fn every_table_is_what_a_reader_of_markdown_sees() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    insta::assert_snapshot!(markdown(&annex));
}

#[test]
fn a_table_in_a_terminal_is_aligned() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    insta::assert_snapshot!(annex.tables().map(terminal).collect::<Vec<_>>().join("\n"));
}

/// Writes the outputs for looking at, where the environment names a folder.
#[test]
fn the_page_needs_nothing_from_outside_and_runs_no_script() {
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    let page = html(&annex, &HtmlOptions::default()).unwrap();
    if let Some(folder) = std::env::var_os("INCLUSION_LOOK") {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join("annex.html"), &page).unwrap();
        std::fs::write(folder.join("annex.xlsx"), xlsx(&annex).unwrap()).unwrap();
    }
    // H02: a label with markup is text everywhere.
    assert!(!page.contains("<script"));
    assert!(!page.contains("\" onload="));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for outside in ["src=\"http", "url(", "@import", "<link", "<iframe", "xlink:href=\"http"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // The only addresses are names of XML vocabularies.
    for (place, _) in page.match_indices("http") {
        let rest = &page[place..];
        assert!(
            rest.starts_with("http://www.w3.org/2000/svg")
                || rest.starts_with("http://x")
                || rest.starts_with("http://www.w3.org/1999/xlink"),
            "{}",
            &rest[..rest.len().min(60)]
        );
    }
    // Every chart has a role, a title and a description.
    let charts = page.matches("<svg").count();
    assert_eq!(charts, annex.figures().count());
    for part in ["role=\"img\"", "</title>\n<desc", "</desc>"] {
        assert_eq!(page.matches(part).count(), charts, "{part}");
    }
}

/// What a spreadsheet program reads back.
fn workbook(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<calamine::Data>>)> {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    book.sheet_names()
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name} has a formula");
            (name, range.rows().map(<[calamine::Data]>::to_vec).collect())
        })
        .collect()
}

#[test]
fn the_workbook_has_a_table_a_sheet_real_numbers_and_no_formula() {
    use calamine::Data;
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    let sheets = workbook(xlsx(&annex).unwrap());
    assert_eq!(sheets.len(), annex.tables().count() + 2);
    assert_eq!((sheets[0].0.as_str(), sheets[1].0.as_str()), ("Contents", "Table 1"));
    assert_eq!(sheets.last().unwrap().0, "Notes");
    let row = |label: &str| {
        sheets[1].1.iter().find(|row| row[0] == Data::String(label.into())).unwrap().clone()
    };
    // Unrounded, in per cent, with the ends of the interval beside it.
    let Data::Float(women) = row("Rural")[1] else { panic!("{:?}", row("Rural")) };
    let share = (0.62 * 180.0 + 0.78 * 380.0 + 0.47 * 1175.0 + 0.091_734_6 * 230.0) / 1965.0;
    assert!((women - 100.0 * share).abs() < 1e-12, "{women}");
    assert!(matches!(row("Rural")[2], Data::Float(lower) if lower < women));
    // H01: text that looks like a formula is a string; a negative number is a number.
    assert_eq!(
        row("=HYPERLINK(\"http://x\",\"y\")")[0].to_string(),
        "=HYPERLINK(\"http://x\",\"y\")"
    );
    assert!(row("Coast").iter().any(|cell| matches!(cell, Data::Float(gap) if *gap < 0.0)));
    // A figure of low reliability is a number still; a withheld one is the mark.
    assert!(matches!(row("65 and over")[4], Data::Float(_)));
    assert!(sheets[3].1.iter().any(|row| {
        row[0] == Data::String("65 and over, Rural".into()) && row[1] == Data::String("*".into())
    }));
}

#[test]
fn the_csv_is_tidy_and_a_withheld_row_has_its_status_alone() {
    let study = fixture::study();
    let bytes = data::csv(&study.publishable, &study.registry).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    assert_eq!(
        names.join(","),
        "REF_AREA,TIME_PERIOD,INDICATOR,SEX,AGE,REGION,URBANISATION,MEASURE,UNIT_MEASURE,OBS_VALUE,\
         OBS_STATUS,STD_ERROR,LOWER_BOUND,UPPER_BOUND,CONF_LEVEL,INTERVAL_METHOD,DF,CV,DEFF,\
         N_EFFECTIVE,N,N_WEIGHTED,REASON,NOTE,SOURCE"
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), study.publishable.rows().len());
    let at = |row: &csv::StringRecord, name: &str| {
        row[names.iter().position(|n| n == name).unwrap()].to_string()
    };
    let withheld: Vec<_> = rows.iter().filter(|row| at(row, "OBS_STATUS") == "Q").collect();
    assert!(withheld.iter().any(|row| at(row, "AGE") == "Y_GE65"
        && at(row, "URBANISATION") == "R"
        && at(row, "SEX") == "M"));
    let key = ["REF_AREA", "TIME_PERIOD", "INDICATOR", "SEX", "AGE", "REGION", "URBANISATION"];
    for row in withheld {
        for name in names.iter().filter(|name| !key.contains(&name.as_str())) {
            let kept = ["MEASURE", "UNIT_MEASURE", "OBS_STATUS", "SOURCE"].contains(&name.as_str());
            assert_eq!(at(row, name).is_empty(), !kept, "{name}");
        }
    }
    let total = rows
        .iter()
        .find(|r| {
            at(r, "INDICATOR") == "HH7" && at(r, "SEX") == "_T" && at(r, "MEASURE") == "LEVEL"
        })
        .unwrap();
    assert_eq!((at(total, "AGE").as_str(), at(total, "OBS_STATUS").as_str()), ("_T", "A"));
    assert_eq!(at(total, "N"), "9285");
}

#[test]
fn parquet_holds_what_the_csv_holds() {
    use arrow::array::{Array, AsArray};
    use arrow::datatypes::Float64Type;
    let study = fixture::study();
    let bytes = data::parquet(&study.publishable, &study.registry).unwrap();
    assert_eq!(bytes, data::parquet(&study.publishable, &study.registry).unwrap());
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(
        parquet_bytes(bytes),
    )
    .unwrap()
    .build()
    .unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    let batch = arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap();
    let text = data::csv(&study.publishable, &study.registry).unwrap();
    let mut csv = csv::Reader::from_reader(text.as_slice());
    let names: Vec<String> = csv.headers().unwrap().iter().map(String::from).collect();
    let fields: Vec<String> = batch.schema().fields().iter().map(|f| f.name().clone()).collect();
    assert_eq!(names, fields);
    let place = names.iter().position(|n| n == "OBS_VALUE").unwrap();
    let values = batch.column(place).as_primitive::<Float64Type>();
    for (i, record) in csv.records().enumerate() {
        let text = record.unwrap()[place].to_string();
        match text.as_str() {
            "" => assert!(values.is_null(i)),
            text => assert_eq!(text.parse::<f64>().unwrap(), values.value(i)),
        }
    }
}

fn parquet_bytes(bytes: Vec<u8>) -> std::fs::File {
    use std::io::{Seek, Write};
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    file.rewind().unwrap();
    file
}

/// Every output of an annex as text to be searched; workbooks are unpacked cell by cell.
fn outputs(study: &fixture::Study) -> Vec<(&'static str, String)> {
    let annex = build(&fixture::input(study)).unwrap();
    let lossy = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let cells = workbook(xlsx(&annex).unwrap())
        .into_iter()
        .flat_map(|(_, rows)| rows.into_iter().flatten().map(|cell| cell.to_string()))
        .collect::<Vec<_>>()
        .join("\n");
    vec![
        ("html", html(&annex, &HtmlOptions::default()).unwrap()),
        ("markdown", markdown(&annex)),
        ("terminal", annex.tables().map(terminal).collect()),
        ("workbook", cells),
        ("csv", lossy(data::csv(&study.publishable, &study.registry).unwrap())),
        ("document", format!("{annex:?}")),
        (
            "charts",
            annex
                .figures()
                .map(|f| charts::svg(&f.chart, &charts::SvgOptions::default()).unwrap())
                .collect(),
        ),
    ]
}

#[test]
fn a_withheld_value_stands_in_no_output_of_any_kind() {
    let study = fixture::study();
    // The rural men of 65 and over, the women beside them, and their gap, as stored and as printed.
    let secret = ["0.2719283", "0.271928", "27.1928", "27.2", "0.0917346", "9.17346", "18.0193"];
    for (name, text) in outputs(&study) {
        for value in secret {
            assert!(!text.contains(value), "{value} stands in {name}");
        }
    }
    let bytes = data::parquet(&study.publishable, &study.registry).unwrap();
    for value in [0.271_928_3f64, 0.091_734_6] {
        let bits = value.to_le_bytes();
        assert!(!bytes.windows(8).any(|window| window == bits));
    }
    // The search finds what is shown: the value next door, of urban men of 25 to 64.
    for (name, text) in outputs(&study) {
        let shown = ["71.0", "0.71", "71,", ">71"];
        assert!(shown.iter().any(|v| text.contains(v)), "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let once = outputs(&fixture::study());
    assert_eq!(once, outputs(&fixture::study()));
    let study = fixture::study();
    let annex = build(&fixture::input(&study)).unwrap();
    assert_eq!(xlsx(&annex).unwrap(), xlsx(&annex).unwrap());
}

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
    study.publishable = inclusion_disclosure::review(equal, &study.policy);
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
            estimate.key.source = format!("ict-{id}");
            estimate.key.ref_area = format!("XX{id}");
            estimates.push(estimate);
        }
        study.surveys.push(SurveyInfo {
            source: format!("ict-{id}"),
            name: format!("Survey {id}"),
            ref_area: format!("XX{id}"),
            area_name: format!("Area {id}"),
            clustering_unknown: id == "C",
            ..template.clone()
        });
    }
    study.publishable = inclusion_disclosure::review(estimates, &study.policy);
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
        ["Women are less likely than men to use the Internet in 2 of 3 areas; the gap is largest \
          in Area B, 12.0 points (8.9–15.1)."]
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
    study.publishable = inclusion_disclosure::review(estimates, &study.policy);
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

#[test]
fn every_built_in_style_prints_its_own_marks() {
    let registry = inclusion_registry::Registry::builtin().unwrap();
    assert!(!registry.styles.is_empty());
    for style in registry.styles.values() {
        let mut study = fixture::study();
        study.style = style.clone();
        let annex = build(&fixture::input(&study)).unwrap();
        let cells: Vec<&TableCell> = annex
            .tables()
            .flat_map(|table| &table.rows)
            .filter_map(|row| match row {
                TableRow::Cells { cells, .. } => Some(cells),
                TableRow::Group { .. } => None,
            })
            .flatten()
            .collect();
        let withheld: Vec<_> = cells.iter().filter(|cell| cell.withheld).collect();
        assert!(!withheld.is_empty());
        for cell in withheld {
            assert_eq!(cell.text, style.withheld, "{}", style.id);
            assert_eq!((cell.number, cell.interval.is_none()), (None, true));
            assert!(!cell.text.trim().is_empty(), "{}: a withheld cell is never blank", style.id);
        }
        assert!(cells.iter().any(|cell| cell.unreliable.as_ref() == Some(&style.unreliable)));
        for cell in cells.iter().filter(|cell| cell.missing.is_some()) {
            assert!(!cell.notes.is_empty(), "{}: a missing cell has its reason", style.id);
        }
    }
}

#[test]
fn a_table_of_the_page_keeps_its_structure() {
    let study = fixture::study();
    let mut input = fixture::input(&study);
    input.tables.truncate(1);
    input.tables[0].rows = vec!["age_group".into()];
    let page = html(&build(&input).unwrap(), &HtmlOptions::default()).unwrap();
    let start = page.find("<div class=\"table").unwrap();
    let end = start + page[start..].find("<figure").unwrap();
    insta::assert_snapshot!(page[start..end].replace("<tr", "\n<tr").replace("<p>", "\n<p>"));
}

/// The made-up study with other figures.
fn study_of(estimates: Vec<inclusion_estimate::Estimate>) -> fixture::Study {
    let mut study = fixture::study();
    study.publishable = inclusion_disclosure::review(estimates, &study.policy);
    study
}

/// Three regions with the cells given, and all of them.
fn regions(id: &str, cells: [fixture::Cell; 3], direction: Direction) -> fixture::Study {
    let mut estimates = fixture::group(id, &[], (0.5, 3000, 0.55, 3000), direction);
    for (region, cell) in ["R1", "R2", "R3"].into_iter().zip(cells) {
        estimates.extend(fixture::group(id, &[("region", region)], cell, direction));
    }
    study_of(estimates)
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
    let known = [(0.50, 2000, 0.60, 2000), (0.50, 2000, 0.58, 2000)];
    let title = |third: fixture::Cell| {
        let study = regions("HH7", [known[0], known[1], third], Direction::Higher);
        chart_of(&study, fixture::chart(ChartKind::Dumbbell, "region")).title
    };
    let lowland = format!("{}, 10.0 points (6.9–13.1)", fixture::REGION_LABEL);
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
        title((0.75, 2000, 0.60, 2000)),
        format!(
            "{two} 3 regions, and men in 1; the largest of these gaps is in Coast, where men are \
             behind by 15.0 points (12.1–17.9)"
        )
    );
}

#[test]
fn a_chart_of_lower_is_better_says_what_its_gap_is_of() {
    let cells = [(0.42, 2000, 0.38, 2000), (0.45, 2000, 0.38, 2000), (0.40, 2000, 0.38, 2000)];
    let study = regions("HH19", cells, Direction::Lower);
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

/// The cells of a row.
fn cells_of<'a>(table: &'a Table, wanted: &str) -> &'a [TableCell] {
    table
        .rows
        .iter()
        .find_map(|row| match row {
            TableRow::Cells { label, cells, .. } if label == wanted => Some(cells.as_slice()),
            _ => None,
        })
        .unwrap()
}

#[test]
fn beside_a_share_of_zero_the_gap_has_a_note_at_its_cell_and_no_emphasis() {
    let study = regions(
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
    let coast = cells_of(tables[0], "Coast");
    for cell in &coast[..3] {
        assert_eq!(cell.notes, [mark.as_str()], "{}", cell.text);
        assert!(!cell.strong);
    }
    assert!(coast[3].notes.is_empty() && coast[4].notes.is_empty());
    assert_eq!(coast[0].text, "7.0");
    // The sure gap of all persons is as before.
    let all = cells_of(tables[0], "All");
    assert!(all[0].strong && all[0].notes.is_empty());
    let mark = note(tables[1], "The rate of women is zero");
    assert!(cells_of(tables[1], "Coast")[0].notes.contains(&mark));
    // No finding and no chart leans on such an interval.
    assert!(annex.findings.iter().all(|f| !f.contains("regions")), "{:?}", annex.findings);
    let figure = chart_of(&study, fixture::chart(ChartKind::Forest, "region"));
    let charts::ChartData::Forest { rows, .. } = &figure.chart else { panic!("no forest") };
    assert!(rows.iter().all(|r| r.label == "All" || r.mark.point().unwrap().interval.is_none()));
    // The data says so in its column of notes.
    let bytes = data::csv(&study.publishable, &study.registry).unwrap();
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
    let study = study_of(fixture::group("HH7", &[], (0.0, 2000, 0.05, 2000), Direction::Higher));
    let mut input = fixture::input(&study);
    input.tables.clear();
    input.charts.clear();
    assert_eq!(
        build(&input).unwrap().findings,
        ["0.0% of women and 5.0% of men use the Internet (Examplia, 2024): with a rate of 0% no \
          interval supports a difference."]
    );
}

/// The levels of three regions and of all, of one sex or of all persons only.
fn levels_of(keep: fn(Option<&str>) -> bool) -> fixture::Study {
    use inclusion_estimate::Measure;
    let cells = [(0.20, 2000, 0.25, 2000), (0.30, 2000, 0.35, 2000), (0.16, 40, 0.20, 40)];
    let mut study = regions("HH7", cells, Direction::Higher);
    let mut estimates = fixture::group("HH7", &[], (0.22, 1500, 0.3, 1500), Direction::Higher);
    for (region, cell) in ["R1", "R2", "R3"].into_iter().zip(cells) {
        let of = fixture::group("HH7", &[("region", region)], cell, Direction::Higher);
        estimates.extend(of);
    }
    estimates.retain(|e| {
        matches!(e.key.measure, Measure::Level | Measure::Nonresponse) && keep(e.key.sex())
    });
    study.publishable = inclusion_disclosure::review(estimates, &study.policy);
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
        let all = cells_of(tables[0], "All");
        assert!(all[0].interval.is_some());
        assert_eq!(all[1].text, *n);
        // Year, level, interval, n, nature, notes; then the table of sources.
        assert_eq!((tables[1].heads.len(), tables[1].heads[1].title.as_str()), (6, heads[0]));
        assert_eq!(cells_of(tables[1], "Examplia")[4].text, "C");
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
    cells_of(errors, "Coast, women");
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
    let study = study_of(estimates);
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

#[test]
fn a_chart_without_any_figure_is_left_out_with_a_sentence() {
    let study = study_of(fixture::group("HH7", &[], (0.0, 0, 0.0, 0), Direction::Higher));
    let mut input = fixture::input(&study);
    input.tables.clear();
    let spec = ChartSpec { rows: None, ..fixture::chart(ChartKind::Dumbbell, "") };
    input.charts = vec![spec.clone(), spec];
    let annex = build(&input).unwrap();
    assert_eq!(annex.figures().count(), 0);
    let said = "No chart of Individuals using the Internet: no source has figures for it.";
    assert!(markdown(&annex).contains(said));
}

#[test]
fn a_wide_table_of_the_page_may_take_the_window() {
    let study = fixture::study();
    let page = html(&build(&fixture::input(&study)).unwrap(), &HtmlOptions::default()).unwrap();
    assert!(page.contains("<div class=\"table wide"));
    assert!(page.contains(".wide .scroll{width:max-content;min-width:100%;max-width:calc(100vw"));
}
