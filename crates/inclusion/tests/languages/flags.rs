//! Whatever files of published figures hold: every flag of the reader of series, brought about by a file that
//! raises it, is told in every language.

use super::{codes_in, in_three_languages};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;

const HEAD: &str = "area,indicator,sex,age,year,value,unit,status,lower,upper,kind\n";

/// Women and men of Kenya, as which no flag comes about.
const PLAIN: &str =
    "KEN,HH7,F,Y_GE15,2019,40,PT,,,,figure\nKEN,HH7,M,Y_GE15,2019,50,PT,,,,figure\n";

const RECIPE: &str = r#"version = "1.0.0"
name = "Made figures"
producer = "nobody"
source = "made"
out_of_range = "withhold"

[area]
column = "area"

[time]
column = "year"

[indicator]
column = "indicator"
map = { HH7 = "HH7" }
others = "skip"

[unit]
column = "unit"
map = { PT = "percent", P100 = "per_100", NUM = "number" }

[[value]]
column = "value"

[[skip]]
column = "kind"
values = ["plan"]
reason = "plans are no figures"

[attribute]
status = { column = "status" }
lower = { column = "lower" }
upper = { column = "upper" }
se = { column = "se", optional = true }
source = { column = "source", optional = true }

[dimension]
sex = { column = "sex" }
age = { column = "age" }
place = { column = "place", optional = true }
"#;

/// A file of rows behind those of Kenya.
fn rows(more: &str) -> String {
    format!("{HEAD}{PLAIN}{more}")
}

/// One row: area, sex, age, year, value, unit, and the rest of it.
fn row(what: [&str; 6], rest: &str) -> String {
    let [area, sex, age, year, value, unit] = what;
    format!("{area},HH7,{sex},{age},{year},{value},{unit},{rest}\n")
}

/// Codes with the delimited text that raises them.
fn texts() -> Vec<(&'static str, String)> {
    let uganda = |value, unit, rest| row(["UGA", "F", "Y_GE15", "2019", value, unit], rest);
    let of = |area| row([area, "F", "Y_GE15", "2019", "30", "PT"], ",,,figure");
    let low: String = ["KEN", "UGA", "TZA", "RWA", "BDI"]
        .iter()
        .flat_map(|area| ["F", "M"].map(|sex| (area, sex)))
        .map(|(area, sex)| row([area, sex, "Y_GE15", "2019", "0.4", "PT"], ",,,figure"))
        .collect();
    let without_name = rows("").replace("kind\n", "kind,\n").replace("figure\n", "figure,7\n");
    let split = rows("").replace("kind\n", "kind,place\n").replace("figure\n", "figure,U\n");
    vec![
        ("not_a_country", rows(&["001", "KE-30", "CSK"].map(of).concat())),
        ("suppressed_value", rows(&uganda("30", "PT", "Q,,,figure"))),
        ("share_out_of_range", rows(&uganda("130", "PT", ",,,figure"))),
        ("above_100_per_100", rows(&uganda("130", "P100", ",,,figure"))),
        ("outside_bounds", rows(&uganda("30", "PT", ",35,40,figure"))),
        ("value_of_missing_status", rows(&uganda("30", "PT", "O,,,figure"))),
        ("bounds_out_of_range", rows(&uganda("30", "PT", ",-5,40,figure"))),
        (
            "se_out_of_range",
            rows("").replace("kind\n", "kind,se\n").replace("figure\n", "figure,150\n"),
        ),
        (
            "unit_of_sexes",
            rows(
                &[("F", "0.4"), ("M", "45")]
                    .map(|(sex, value)| {
                        row(["UGA", sex, "Y_GE15", "2019", value, "PT"], ",,,figure")
                    })
                    .concat(),
            ),
        ),
        (
            "sources_apart",
            rows("")
                .replace("kind\n", "kind,source\n")
                .replacen("figure\n", "figure,One survey\n", 1)
                .replacen("figure\n", "figure,Another office\n", 1),
        ),
        ("duplicate", rows(&uganda("30", "PT", ",,,figure").repeat(2))),
        (
            "unit_jump",
            rows(
                &["0.3", "30"]
                    .iter()
                    .zip(["2018", "2019"])
                    .map(|(value, year)| {
                        row(["UGA", "F", "Y_GE15", year, value, "PT"], ",,,figure")
                    })
                    .collect::<String>(),
            ),
        ),
        ("percent_below_one", format!("{HEAD}{low}")),
        (
            "total_outside_sexes",
            rows(&row(["KEN", "_T", "Y_GE15", "2019", "90", "PT"], ",,,figure")),
        ),
        ("ages_differ", rows(&row(["UGA", "F", "Y_GE10", "2019", "30", "PT"], ",,,figure"))),
        ("rows_skipped", rows(&uganda("30", "PT", ",,,plan"))),
        ("values_skipped", rows(&uganda("30", "PT", ",,,figure").replace("HH7", "OTHER"))),
        ("blank_lines", format!("{}\n\n{}", rows(""), uganda("30", "PT", ",,,figure"))),
        ("notes_below", format!("{}\nA note below\nand another\n", rows(""))),
        ("unnamed_column", without_name),
        // What the study itself leaves out of them.
        ("published_groups", rows(&of("002"))),
        ("other_unit", rows(&uganda("30", "NUM", ",,,figure"))),
        ("further_breakdowns", split),
        ("other_ages", rows(&row(["KEN", "F", "Y15T24", "2019", "60", "PT"], ",,,figure"))),
        ("other_ages_apart", rows(&row(["KEN", "F", "_X", "2019", "60", "PT"], ",,,figure"))),
    ]
}

/// Codes of workbooks, with what their cells of years hold.
const BOOKS: [&str; 3] = ["year_out_of_range", "date_for_year", "active_content_ignored"];

/// The plain figures as a workbook, and a row with what raises the flag.
fn book(folder: &Path, code: &str) {
    use rust_xlsxwriter::{Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let uganda = row(["UGA", "F", "Y_GE15", "2019", "30", "PT"], ",,,figure");
    for (line, at) in rows(&uganda).lines().zip(0..) {
        for (text, column) in line.split(',').zip(0..).filter(|(text, _)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(_) if column == 4 && at == 3 && code == "year_out_of_range" => {
                    sheet.write(at, column, 43465.0).expect("a day's number");
                }
                Ok(_) if column == 4 && at == 3 && code == "date_for_year" => {
                    let date = Format::new().set_num_format("yyyy-mm-dd");
                    sheet.write_with_format(at, column, 43465.0, &date).expect("a date");
                }
                Ok(number) => _ = sheet.write(at, column, number).expect("a number"),
                Err(_) => _ = sheet.write(at, column, text).expect("a text"),
            }
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let path = folder.join(format!("{code}.xlsx"));
    if code != "active_content_ignored" {
        return std::fs::write(path, bytes).expect("the workbook is written");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("zip");
    let mut out = zip::ZipWriter::new(std::fs::File::create(path).expect("the workbook"));
    let options = zip::write::SimpleFileOptions::default();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        let name = part.name().expect("its name").into_owned();
        out.start_file(name, options).expect("a part");
        out.write_all(&bytes).expect("its bytes");
    }
    for name in ["xl/vbaProject.bin", "xl/connections.xml", "xl/embeddings/a.bin"] {
        out.start_file(name, options).expect("a part");
        out.write_all(b"not read").expect("its bytes");
    }
    out.finish().expect("the workbook is whole");
}

/// Codes of SDMX files, with the status of a row that has a value all the same.
const SDMX: [(&str, &str); 2] =
    [("suppressed_with_value", "Q"), ("value_with_missing_status", "O")];

fn sdmx(status: &str) -> String {
    let head = "DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,UNIT_MEASURE,NATURE\n";
    let row = |area: &str, sex: &str, status: &str| {
        format!("IAEG-SDGs:DF_SDG(1.4),A,G,HH7,{area},{sex},Y_GE15,2019,47.5,{status},0,PT,C\n")
    };
    [head.to_string(), row("404", "F", "A"), row("404", "M", "A"), row("800", "F", status)].concat()
}

#[test]
fn every_flag_of_published_figures_is_told_in_every_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let own = folder.path().join("own/series");
    std::fs::create_dir_all(&own).expect("a folder");
    let mut study = String::from(
        "[study]\ntitle = \"Digital inclusion of women and men worldwide\"\nregistry = \"own\"\n\
         languages = [\"en\", \"fr\", \"ar\"]\n\n",
    );
    let mut raised: Vec<(&str, String)> = Vec::new();
    let mut add = |code: &'static str, ending: &str, recipe: &str| {
        let file = format!("{code}.{ending}");
        study +=
            &format!("[[series]]\nid = \"{code}\"\nfile = \"{file}\"\nrecipe = \"{recipe}\"\n\n");
        raised.push((code, file));
    };
    let notes_below = "\n[file]\nnotes_below = true\n";
    for (name, more) in [("made", ""), ("noted", notes_below)] {
        let text = format!("id = \"own/{name}\"\n{RECIPE}{more}");
        std::fs::write(own.join(format!("{name}.toml")), text).expect("a recipe");
    }
    for (code, text) in texts() {
        std::fs::write(folder.path().join(format!("{code}.csv")), text).expect("figures");
        add(code, "csv", if code == "notes_below" { "own/noted" } else { "own/made" });
    }
    for code in BOOKS {
        book(folder.path(), code);
        add(code, "xlsx", "own/made");
    }
    for (code, status) in SDMX {
        std::fs::write(folder.path().join(format!("{code}.csv")), sdmx(status)).expect("figures");
        add(code, "csv", "sdmx/sdg");
    }
    study += "[estimate]\nindicators = [\"HH7\"]\nmeasures = [\"gap\", \"parity\"]\n\n\
              [translations.fr]\n\"plans are no figures\" = \"les plans ne sont pas des chiffres\"\n\n\
              [translations.ar]\n\"plans are no figures\" = \"الخطط ليست أرقامًا\"\n";
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");

    let pages = in_three_languages(folder.path());
    for (code, file) in &raised {
        // Notes on figures that the study leaves out begin with its series, all others with the file.
        let of_file = |line: &&str| {
            line.contains(file.as_str())
                || line.contains(&format!("{code}:"))
                || line.contains(&format!("{code}\u{a0}:"))
        };
        let ends = format!("| {code} |");
        for page in &pages {
            let found = page.lines().filter(of_file).any(|line| line.ends_with(&ends));
            assert!(found, "{code} is not told of {file}");
        }
    }
    let known: BTreeSet<String> = raised.iter().map(|(code, _)| code.to_string()).collect();
    let marks = [".note(", "self.flag(", "code: ", " flag("];
    let mut codes = codes_in("../series/src", &marks);
    codes.extend(codes_in("src/world/series_files.rs", &["    flag("]));
    codes.extend(codes_in("src/world/read.rs", &["left_out("]));
    let without: Vec<&String> = codes.difference(&known).collect();
    assert!(without.is_empty(), "no file here raises {without:?}: add one");
}
