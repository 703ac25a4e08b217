//! The page in Chromium: silent, alone, and without a violation that axe finds.

use crate::{file, here, program, python, run};
use std::path::Path;
use std::process::Command;

const REQUIRED: &str = "INCLUSION_REQUIRE_BROWSER";

fn check(pages: &[&Path]) -> Option<Result<String, String>> {
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"], REQUIRED)?;
    let python = python(REQUIRED)?;
    let mut check = Command::new(python);
    check.arg(here("page.py")).arg(chromium).args(pages);
    Some(run(check.env("PYTHONDONTWRITEBYTECODE", "1")))
}

#[test]
fn pages_are_silent_alone_and_accessible_on_every_paper() {
    let pages = crate::ALL.map(|study| file(study, ".html"));
    let Some(said) = check(&pages.each_ref().map(|page| page.as_path())) else { return };
    let said = said.unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(said.matches(": 0 troubles").count(), pages.len(), "{said}");
}

#[test]
fn the_check_of_pages_can_fail() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let spoiled = folder.path().join("spoiled.html");
    let page = std::fs::read_to_string(file("demo", ".html")).expect("the page");
    let more = "<img src=\"missing.png\"><p style=\"color:#ddd;background:#fff\">hard to read</p>\
                <p style=\"width:1200px\">too wide</p>\
                <script>console.log('noise')</script></body>";
    // A number that is not the printed one, and rows that are in an order of their own.
    let page = page.replacen("data-v=\"46.7\"", "data-v=\"4\"", 1).replace("x - y;", "y - x;");
    std::fs::write(&spoiled, page.replace("</body>", more)).expect("the page is written");
    let Some(said) = check(&[&spoiled]) else { return };
    let said = said.expect_err("a spoiled page has troubles");
    for trouble in [
        "console: noise",
        "missing.png",
        "image-alt on light",
        "color-contrast on light",
        "the page scrolls sideways",
        "46.7 sorts as 4",
        ": sorted to [[",
    ] {
        assert!(said.contains(trouble), "no {trouble}: {said}");
    }
}
