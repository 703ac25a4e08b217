//! Files, joins, filters and recodes in Python.

use super::concepts::concept;
use super::{PROGRAM, column, marks, truth};
use crate::Error;
use crate::reproduce::formula::number;
use crate::reproduce::script::{Column, Part, RawCheck, Script, Table};
use crate::reproduce::text::{quoted, quoted_list};
use crate::reproduce::{refused, shown};
use inclusion_ingest::Format;

fn read(table: &Table) -> Result<String, Error> {
    let files: Vec<String> = table.paths.iter().map(|path| shown(path)).collect();
    let files = format!("[{}]", quoted_list(&files));
    let columns: Vec<String> = table.used.iter().cloned().collect();
    let reader = match &table.format {
        Format::Delimited { delimiter, encoding, .. } => {
            let encoding = match encoding.as_str() {
                "utf-8" => "utf8",
                other => other,
            };
            format!(
                "text_file({}, \"{encoding}\", header_row={})",
                quoted(&delimiter.to_string()),
                table.header_row
            )
        }
        Format::Parquet => "pl.read_parquet".to_string(),
        Format::Arrow => "pl.read_ipc".to_string(),
        Format::Stata => "svy.read_dta".to_string(),
        Format::Spss => "svy.read_sav".to_string(),
        Format::Transport => "svy.read_xpt".to_string(),
        Format::Workbook => {
            let sheet = table
                .sheet
                .as_ref()
                .map_or(String::new(), |s| format!(", sheet_name={}", quoted(s)));
            format!("lambda file: pl.read_excel(file{sheet})")
        }
    };
    Ok(format!("{} = read({files}, {reader},\n    [{}])\n", table.name, quoted_list(&columns)))
}

pub(super) fn rows(script: &Script, part: &Part, at: usize) -> Result<String, Error> {
    let mut text = format!("# --- File {at}: rows, joins, concepts ---\n");
    // Its readers keep neither tags nor values that SPSS declares missing.
    if let Some(column) = part.declared_missing() {
        let what = format!(
            "column `{}` has missing codes that the file itself marks, which svy reads as blanks; \
             save the file as text or Parquet with its codes",
            column.name
        );
        return Err(refused(PROGRAM, &what));
    }
    for table in &part.tables {
        text.push_str(&read(table)?);
    }
    let own = &part.tables[0].name;
    for (check, reason) in &part.keep {
        let reason = reason.replace('\n', " ");
        text.push_str(&format!(
            "{own} = {own}.filter(pl.Series({}))  # {reason}\n",
            holds(part, check)
        ));
    }
    for table in &part.tables[1..] {
        let side = |other: bool| {
            let keys: Vec<String> = table
                .on
                .iter()
                .map(|pair| if other { &pair.1 } else { &pair.0 })
                .map(|c| format!("key({}{})", column(part, c), marks(c)))
                .collect();
            format!("[{}]", keys.join(", "))
        };
        let name = &table.name;
        text.push_str(&format!(
            "at = look_up({}, {}, \"{name}\", keep={})\n",
            side(false),
            side(true),
            truth(table.keep_unmatched)
        ));
        text.push_str(&format!("{name}, {name}_found = {name}[at], at >= 0\n"));
    }
    let rows = format!("rows_{at}");
    text.push_str(&format!("n = {own}.height\n{rows} = {{}}\n"));
    text.push_str(&match &part.weight {
        Some((weight, by)) => {
            let by = if *by == 1.0 { String::new() } else { format!(" / {}", number(*by)) };
            format!(
                "{rows}[\"w\"] = number({}, \"the weight\"{}){by}\n",
                column(part, weight),
                marks(weight)
            )
        }
        None => format!("{rows}[\"w\"] = np.ones(n)\n"),
    });
    for maker in &part.makers {
        text.push_str(&concept(part, maker, &rows));
    }
    for (number, (stage, kind)) in part.stages.iter().zip(&script.stages).enumerate() {
        let suffix = if number == 0 { String::new() } else { format!("_{}", number + 1) };
        let ids = |columns: &[Column]| {
            let list: Vec<String> = columns.iter().map(|c| column(part, c)).collect();
            format!("together({})", list.join(", "))
        };
        if kind.stratum {
            text.push_str(&format!("{rows}[\"stratum{suffix}\"] = {}\n", ids(&stage.stratum)));
        }
        if kind.psu {
            text.push_str(&format!("{rows}[\"psu{suffix}\"] = {}\n", ids(&stage.psu)));
        } else if number > 0 {
            text.push_str(&format!(
                "{rows}[\"psu{suffix}\"] = np.array([f\"{at} {{i}}\" for i in range(n)], dtype=object)\n"
            ));
        }
        if let Some(fpc) = &stage.fpc {
            text.push_str(&format!(
                "{rows}[\"fpc{suffix}\"] = number({}, \"the finite population\"{})\n",
                column(part, fpc),
                marks(fpc)
            ));
        }
    }
    if !part.replicates.is_empty() {
        let names: Vec<String> = part.replicates.iter().map(|c| c.name.clone()).collect();
        let by = match &part.weight {
            Some((_, by)) if part.combined && *by != 1.0 => format!(" / {}", number(*by)),
            _ => String::new(),
        };
        // svy takes whole weights.
        let times = if part.combined { String::new() } else { format!(" * {rows}[\"w\"]") };
        text.push_str(&format!(
            "for i, name in enumerate([{}], 1):\n    {rows}[f\"rep_{{i}}\"] = number({own}[name], \"a replicate weight\"{}){by}{times}\n",
            quoted_list(&names),
            marks(&part.replicates[0])
        ));
    }
    Ok(text)
}

pub(super) fn end(value: Option<f64>, none: &str) -> String {
    value.map_or(none.to_string(), number)
}

pub(super) fn holds(part: &Part, check: &RawCheck) -> String {
    let (own, marks) = (column(part, &check.column), marks(&check.column));
    let mut all = Vec::new();
    if let Some(values) = &check.values {
        all.push(format!("one_of(key({own}{marks}), [{}])", quoted_list(values)));
    }
    if check.min.is_some() || check.max.is_some() || check.values.is_none() {
        let (min, max) = (end(check.min, "-np.inf"), end(check.max, "np.inf"));
        all.push(format!("between({own}, {min}, {max}{marks})"));
    }
    all.join(" & ")
}

pub(super) fn found(part: &Part, column: &Column) -> String {
    let table = &part.tables[column.table];
    if table.keep_unmatched { format!(", found={}_found", table.name) } else { String::new() }
}

pub(super) fn either(what: &str, value: &Option<String>) -> String {
    value.as_ref().map_or(String::new(), |value| format!(", {what}={}", quoted(value)))
}
