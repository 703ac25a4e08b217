//! Small files made for one test, and the recipe that reads them.

#![allow(dead_code, reason = "each test file uses its part")]

use inclusion_series::{AreaKind, AreaList, AreaRef, Options, Series, SeriesRecipe, UnknownArea};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// A long table: area, year, sex, value.
pub const RECIPE: &str = r#"
id = "test/long"
version = "1"
name = "Test"
producer = "nobody"
source = "made up"
[file]
[area]
column = "area"
[time]
column = "year"
[indicator]
fixed = "internet_use"
[unit]
fixed = "percent"
[dimension.sex]
column = "sex"
map = { women = "F", men = "M", all = "_T" }
[missing]
".." = "O"
[[value]]
column = "value"
"#;

/// A few areas.
pub fn areas() -> AreaList {
    let mut areas = AreaList::default();
    areas.add(AreaRef::country("NAM"), ["NAM", "NA", "516", "Namibia"]);
    areas.add(AreaRef::country("KEN"), ["KEN", "KE", "404", "Kenya"]);
    areas.add(AreaRef::country("CIV"), ["CIV", "CI", "384", "Côte d'Ivoire"]);
    areas.add(AreaRef::country("XKX"), ["XKX", "KSV", "KOS", "Kosovo"]);
    areas.add(AreaRef::group("M49:202"), ["202", "Sub-Saharan Africa"]);
    let former = AreaRef { code: "SCG".into(), kind: AreaKind::Former };
    areas.add(former, ["SCG", "891", "Serbia and Montenegro"]);
    areas
}

/// A folder and a recipe.
pub struct Case {
    pub folder: TempDir,
    pub recipe: String,
    pub options: Options,
}

impl Case {
    pub fn new() -> Case {
        Case {
            folder: tempfile::tempdir().unwrap(),
            recipe: RECIPE.into(),
            options: Options::default(),
        }
    }

    /// The recipe with one text in the place of another.
    pub fn with(mut self, from: &str, to: &str) -> Case {
        assert!(self.recipe.contains(from), "{from}");
        self.recipe = self.recipe.replacen(from, to, 1);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Reads a file; an error becomes its message, without the folder.
    pub fn open(&self, path: &Path) -> Result<Series, String> {
        let areas = areas();
        let resolve =
            |text: &str| areas.resolve(text).cloned().map_err(|UnknownArea { near, .. }| near);
        let without_folder =
            |message: String| message.replace(&format!("{}/", self.folder.path().display()), "");
        let recipe = SeriesRecipe::parse(&self.recipe).map_err(|e| e.to_string())?;
        inclusion_series::read(path, &recipe, &resolve, &self.options)
            .map_err(|e| without_folder(e.to_string()))
    }

    /// Reads bytes as `a.csv`.
    pub fn read(&self, bytes: impl AsRef<[u8]>) -> Result<Series, String> {
        let path = self.path("a.csv");
        std::fs::write(&path, bytes).unwrap();
        self.open(&path)
    }

    /// The message of what must fail.
    pub fn fails(&self, bytes: impl AsRef<[u8]>) -> String {
        match self.read(bytes) {
            Ok(series) => panic!("accepted: {:?}", series.observations),
            Err(message) => message,
        }
    }
}

/// Values of all observations.
pub fn values(series: &Series) -> Vec<Option<f64>> {
    series.observations.iter().map(|o| o.value).collect()
}

/// Codes of the log with their counts.
pub fn flags(series: &Series) -> Vec<(&'static str, u64)> {
    series.log.iter().map(|f| (f.code, f.count)).collect()
}

/// Parts of a workbook of one sheet `Data`; `properties` go into `workbookPr`.
pub fn parts(properties: &str, rows: &str) -> Vec<(&'static str, String)> {
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    vec![
        (
            "[Content_Types].xml",
            format!(
                r#"{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"{head}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"{head}<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {properties}/><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{head}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"{head}<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"{head}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ]
}

/// A row of the sheet: `t` text, `n` number, `d` date serial, `e` error, `f` formula, with its result behind `=`.
pub fn row(number: u32, cells: &[(char, &str)]) -> String {
    let cells: String = cells
        .iter()
        .zip('A'..)
        .filter(|((_, value), _)| !value.is_empty())
        .map(|((kind, value), column)| match kind {
            't' => format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{value}</t></is></c>"#),
            'd' => format!(r#"<c r="{column}{number}" s="1"><v>{value}</v></c>"#),
            'f' => match value.split_once('=') {
                Some((f, v)) => format!(r#"<c r="{column}{number}"><f>{f}</f><v>{v}</v></c>"#),
                None => format!(r#"<c r="{column}{number}"><f>{value}</f></c>"#),
            },
            'e' => format!(r#"<c r="{column}{number}" t="e"><v>{value}</v></c>"#),
            _ => format!(r#"<c r="{column}{number}"><v>{value}</v></c>"#),
        })
        .collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// Writes the parts as a workbook.
pub fn write_book(path: &Path, parts: &[(&str, String)]) {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}
