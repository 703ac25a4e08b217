//! An annex of the whole world in every format, to be measured in a release build:
//! `cargo test --release -p inclusion-report --test formats -- --ignored --nocapture`.

use inclusion_report::*;
use std::time::Instant;

const COUNTRIES: usize = 200;
const INDICATORS: usize = 40;

fn cell(value: f64, decimals: u8, width: f64) -> TableCell {
    let text = |value: f64| format!("{value:.*}", usize::from(decimals));
    TableCell {
        text: text(value),
        interval: Some(CellInterval {
            text: format!("{}–{}", text(value - width), text(value + width)),
            lower: value - width,
            upper: value + width,
        }),
        number: Some(value),
        decimals,
        ..TableCell::default()
    }
}

fn table(indicator: usize) -> Table {
    let titles = ["Women (%)", "Men (%)", "Gap (points)", "Parity"];
    let rows = (0..COUNTRIES).map(|country| {
        let women = 20.0 + ((country * 37 + indicator * 11) % 600) as f64 / 10.0;
        let men = women + ((country * 13 + indicator * 7) % 90) as f64 / 10.0;
        let cells = vec![
            cell(women, 1, 2.4),
            cell(men, 1, 2.1),
            cell(men - women, 1, 1.2),
            cell(women / men, 3, 0.02),
        ];
        TableRow::Cells { label: format!("Country of the number {country}"), level: 0, cells }
    });
    Table {
        number: indicator + 1,
        title: format!("Indicator {indicator}, by country"),
        subtitle: "200 countries, 2024 · per cent of individuals".into(),
        stub: "Country".into(),
        heads: titles
            .map(|title| Head { title: title.into(), kind: HeadKind::WithInterval })
            .to_vec(),
        spanners: Vec::new(),
        rows: rows.collect(),
        notes: vec![Note {
            mark: String::new(),
            text: "Gap: men minus women; above zero, women are behind.".into(),
            raised: false,
        }],
        source: "Source: made up.".into(),
    }
}

fn large() -> Annex {
    let mut annex = super::annex();
    let figures: Vec<Figure> = annex.figures().cloned().collect();
    annex.sections.truncate(1);
    annex.sections.extend((0..INDICATORS).map(|indicator| {
        let mut figure = figures[indicator % figures.len()].clone();
        figure.number = indicator + 1;
        figure.name = format!("figure-{}", indicator + 1);
        Section {
            id: format!("indicator-{indicator}"),
            title: format!("Indicator {indicator}"),
            blocks: vec![Block::Table(table(indicator)), Block::Figure(figure)],
        }
    }));
    annex
}

/// The most memory that the process has had, in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

#[test]
#[ignore = "minutes without optimisation; run it in a release build"]
fn two_hundred_countries_and_forty_indicators_take_a_minute_at_most() {
    let annex = large();
    let start = Instant::now();
    let made = |name: &str, make: &dyn Fn() -> usize| {
        // The peak of each format by itself.
        std::fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
        let own = Instant::now();
        let bytes = make();
        println!("{name}: {bytes} bytes, {:.1} s, {} MB", own.elapsed().as_secs_f64(), memory());
        memory()
    };
    let peaks = [
        made("html", &|| html(&annex, &HtmlOptions::default()).unwrap().len()),
        made("markdown", &|| markdown(&annex).len()),
        made("tables", &|| tables_csv(&annex).unwrap().len()),
        made("latex", &|| latex(&annex, &LatexOptions::default()).len()),
        made("xlsx", &|| xlsx(&annex).unwrap().len()),
        made("docx", &|| docx(&annex, &DocxOptions::default()).unwrap().len()),
        made("pdf", &|| pdf(&annex, &PdfOptions::default()).unwrap().len()),
    ];
    let most = peaks.into_iter().max().unwrap_or(0);
    assert!(start.elapsed().as_secs() <= 60 && most <= 1024, "{most} MB");
}
