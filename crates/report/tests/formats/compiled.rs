//! The LaTeX document compiled, where there is a LaTeX.

use inclusion_report::*;
use std::process::Command;

fn compiles(program: &str) {
    if Command::new(program).arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no {program} on this machine; the document is not compiled");
        return;
    }
    let annex = super::annex();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("annex.tex"), latex(&annex, &LatexOptions::default()))
        .unwrap();
    for figure in annex.figures() {
        let svg = charts::svg(&figure.chart, &charts::SvgOptions::default()).unwrap();
        let picture = charts::png(&svg, 0.5).unwrap();
        std::fs::write(folder.path().join(format!("{}.png", figure.name)), picture).unwrap();
    }
    let output = Command::new(program)
        .args(["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "annex.tex"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{program}: {log}");
    // A table that leaves the page would be an overfull box of many points.
    for line in log.lines().filter(|line| line.starts_with("Overfull \\hbox")) {
        let points: f64 = line.split(['(', 'p']).nth(1).unwrap().parse().unwrap();
        assert!(points < 6.0, "{program}: {line}");
    }
}

#[test]
fn pdflatex_compiles_the_document_with_a_hostile_title() {
    compiles("pdflatex");
}

#[test]
fn xelatex_compiles_the_document_with_a_hostile_title() {
    compiles("xelatex");
}
