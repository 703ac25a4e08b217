//! A first study and recipe for a file, and its description.
//!
//! Names of columns are only hints: every guess is marked `CONFIRM`, and sex is never guessed,
//! because its codes are not the same in every survey.

use crate::Error;
use crate::message::counted;
use inclusion_ingest::{Column, Inspection, Options, SheetSize, inspect, inspect_as};
use inclusion_registry::FileSpec;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What a column may be, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Weight,
    Stratum,
    Psu,
    Sex,
    Age,
    Urbanisation,
}

impl Role {
    const ALL: [(Role, &str, &[&str]); 6] = [
        (
            Role::Weight,
            "weight",
            &[
                "weight", "wgt", "peso", "v005", "mv005", "wmweight", "mnweight", "hhweight",
                "pondera",
            ],
        ),
        (Role::Stratum, "stratum", &["stratum", "strata", "estrato", "v022", "mv022"]),
        (Role::Psu, "PSU", &["psu", "cluster", "upa", "v021", "mv021", "hh1", "conglomerado"]),
        (Role::Sex, "sex", &["sex", "sexo", "sexe", "gender", "female", "hl4", "b4"]),
        (Role::Age, "age", &["age", "idade", "edad", "v012", "mv012", "wb4"]),
        (
            Role::Urbanisation,
            "urban or rural",
            &["area", "urban", "urbrur", "v025", "hh6", "residence"],
        ),
    ];

    fn of(name: &str) -> Option<(Role, &'static str)> {
        let name = name.to_lowercase();
        Role::ALL
            .iter()
            .find(|(_, _, names)| names.contains(&name.as_str()))
            .map(|(role, words, _)| (*role, *words))
    }
}

/// Columns, types, labels, missing codes, counts and likely roles of a file, as text.
///
/// # Errors
///
/// As reading the file gives them.
pub fn describe_file(path: &Path, spec: &FileSpec, values: bool) -> Result<String, Error> {
    let found = inspect_as(path, spec, &Options::default())?;
    let mut text = format!(
        "{}: {}, {}, {}\n",
        path.display(),
        found.format,
        counted(found.rows, "row"),
        counted(found.columns.len() as u64, "column")
    );
    for remark in &found.remarks {
        let _ = writeln!(text, "note: {remark}");
    }
    if !found.sheets.is_empty() {
        text.push_str(&sheets(&found.sheets));
    }
    text.push('\n');
    let width = found.columns.iter().map(|c| c.name.chars().count()).max().unwrap_or(0);
    for column in &found.columns {
        let _ = writeln!(text, "{}", one_line(column, width));
        if values {
            for (value, label, count) in &column.values {
                let label = label.as_deref().unwrap_or("");
                let _ = writeln!(text, "{:width$}    {value:>12}  {count:>10}  {label}", "");
            }
            for (value, label, count) in &column.missing {
                let label = label.as_deref().unwrap_or("");
                let _ =
                    writeln!(text, "{:width$}    {value:>12}  {count:>10}  missing {label}", "");
            }
        }
    }
    Ok(text)
}

/// The sheets of a workbook with the sizes of their used areas, header and title included.
fn sheets(sheets: &[SheetSize]) -> String {
    let mut text = String::from("\nsheets, with all rows that are used:\n");
    let width = sheets.iter().map(|sheet| sheet.name.chars().count()).max().unwrap_or(0);
    for sheet in sheets {
        let size = match (sheet.rows, sheet.columns) {
            (0, _) | (_, 0) => "empty".to_string(),
            (rows, columns) => format!("{} × {}", counted(rows, "row"), counted(columns, "column")),
        };
        let mark = if sheet.read { ", shown below" } else { "" };
        let _ = writeln!(text, "  {:width$}  {size}{mark}", sheet.name);
    }
    if sheets.len() > 1 {
        text.push_str("  another is shown by --sheet NAME\n");
    }
    text
}

fn one_line(column: &Column, width: usize) -> String {
    let mut facts = vec![column.kind.clone()];
    if let Some(n) = column.distinct {
        facts.push(counted(n as u64, "value"));
    }
    if let Some((low, high)) = column.range {
        facts.push(format!("{low} to {high}"));
    }
    let missing: u64 = column.missing.iter().map(|(_, _, count)| count).sum();
    if missing > 0 {
        facts.push(format!("{missing} missing"));
    }
    if let Some((_, words)) = Role::of(&column.name) {
        facts.push(format!("looks like {words}"));
    }
    let label = column.label.as_deref().map(|l| format!("  “{l}”")).unwrap_or_default();
    format!("{:width$}  {}{label}", column.name, facts.join(", "))
}

/// A study file and a recipe for a file, as file names and texts. `folder` is where they will be: the
/// study names the file as seen from there, so that both can move to another machine together.
///
/// # Errors
///
/// As reading the file gives them.
pub fn draft(path: &Path, folder: &Path) -> Result<Vec<(String, String)>, Error> {
    let found = inspect(path, &Options::default())?;
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let id: String = stem
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    Ok(vec![
        ("study.toml".to_string(), study(&id, &seen_from(folder, path))),
        (format!("registry/recipes/{id}.toml"), recipe(&id, &stem, &found)),
    ])
}

/// A path as seen from a folder, which need not exist; as it is where no relative one leads there.
fn seen_from(folder: &Path, path: &Path) -> String {
    let (from, to) = (resolved(folder), resolved(path));
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.display().to_string();
    }
    let up = from[common..].iter().map(|_| "..".to_string());
    let down = to[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Absolute, with links followed as far as the path exists.
fn resolved(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for known in full.ancestors() {
        if let (Ok(real), Ok(rest)) = (known.canonicalize(), full.strip_prefix(known)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    full
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

fn study(id: &str, path: &str) -> String {
    format!(
        r#"# A draft. Look for CONFIRM, then run `inclusion check study.toml`.
[study]
title = "CONFIRM: title of the annex"
registry = "registry"                 # the draft recipe is in its folder `recipes`

[[survey]]
id = {id}
ref_area = "XXX"                      # CONFIRM: ISO 3166 alpha-3
time_period = "0000"                  # CONFIRM: year
recipe = {recipe}
files = {{ persons = {path} }}

[estimate]
indicators = ["HH7"]                  # CONFIRM: `inclusion registry list` shows all
by = ["sex"]                          # for example also "sex * urbanisation"
"#,
        id = quoted(id),
        recipe = quoted(&format!("draft/{id}")),
        path = quoted(path),
    )
}

fn recipe(id: &str, name: &str, found: &Inspection) -> String {
    let columns = |role: Role| -> Vec<&Column> {
        found.columns.iter().filter(|c| Role::of(&c.name).is_some_and(|(r, _)| r == role)).collect()
    };
    let first = |role: Role| columns(role).first().map(|column| column.name.clone());
    let list = |role: Role| match first(role) {
        Some(column) => format!("[{}]   # CONFIRM: guessed from the name", quoted(&column)),
        None => "[]   # CONFIRM: no column was recognised".to_string(),
    };
    let mut text = format!(
        r#"# A draft made from {format} with {rows}. Every line marked CONFIRM is a guess from a name.
id = {id}
version = "0"
name = {name}
producer = "CONFIRM"
population = "person"                 # CONFIRM: or "household"
coverage = "CONFIRM: who was interviewed, such as individuals aged 15 and over"
source = "CONFIRM: code book"
rows = "persons"

[file.persons]

[design]
stratum = {stratum}
psu = {psu}
"#,
        format = found.format,
        rows = counted(found.rows, "row"),
        id = quoted(&format!("draft/{id}")),
        name = quoted(name),
        stratum = list(Role::Stratum),
        psu = list(Role::Psu),
    );
    match first(Role::Weight) {
        Some(column) => {
            let _ = writeln!(
                text,
                "weight = {{ column = {} }}   # CONFIRM: guessed from the name; divide_by where it is stored scaled",
                quoted(&column)
            );
        }
        None => {
            text.push_str("# weight = { column = \"…\" }   # CONFIRM: no column was recognised\n")
        }
    }
    text.push_str(
        "\n# Sex is never guessed: its codes differ between surveys, and between rounds of one survey.\n\
         # Take them from the code book, then remove the marks.\n",
    );
    let sex = columns(Role::Sex);
    if sex.is_empty() {
        text.push_str("# [concept.sex]\n# column = \"…\"\n# map = { … = \"F\", … = \"M\" }\n");
    }
    for column in sex {
        let _ = writeln!(text, "# [concept.sex]\n# column = {}", quoted(&column.name));
        let _ = writeln!(text, "# values seen: {}", seen(column));
        text.push_str("# map = { … = \"F\", … = \"M\" }\n");
    }
    if let Some(column) = columns(Role::Age).first() {
        let _ = writeln!(
            text,
            "\n[concept.age]   # CONFIRM: guessed from the name; list codes such as 98 = don't know under `missing`\ncolumn = {}\nblank = \"not_stated\"",
            quoted(&column.name)
        );
    }
    if let Some(column) = columns(Role::Urbanisation).first() {
        let _ = writeln!(
            text,
            "\n# [concept.urbanisation]   # CONFIRM: codes\n# column = {}\n# values seen: {}\n# map = {{ … = \"U\", … = \"R\" }}",
            quoted(&column.name),
            seen(column)
        );
    }
    text.push_str("\n# Other columns. Give each that an indicator needs a concept:\n");
    for column in found.columns.iter().filter(|c| Role::of(&c.name).is_none()) {
        let label = column.label.as_deref().map(|l| format!(" ({l})")).unwrap_or_default();
        let _ = writeln!(text, "#   {}{label}: {}; {}", column.name, column.kind, seen(column));
    }
    text
}

/// The values of a column with their labels, in one line without line breaks.
fn seen(column: &Column) -> String {
    let mut parts: Vec<String> = column
        .values
        .iter()
        .take(8)
        .map(|(value, label, count)| match label {
            Some(label) => format!("{value} “{label}” ×{count}"),
            None => format!("{value} ×{count}"),
        })
        .collect();
    if column.distinct.is_none_or(|n| n > parts.len()) {
        parts.push("…".to_string());
    }
    parts.join(", ").replace(['\n', '\r'], " ")
}
