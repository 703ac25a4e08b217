//! Files, joins, filters and recodes in R.

use super::concepts::concept;
use super::{column, list, marks, truth};
use crate::Error;
use crate::reproduce::formula::number;
use crate::reproduce::script::{Column, Part, RawCheck, Script, Table};
use crate::reproduce::text::{quoted, quoted_list};
use crate::reproduce::{refused, shown};
use inclusion_ingest::Format;

fn read(table: &Table) -> Result<String, Error> {
    let files: Vec<String> = table.paths.iter().map(|path| shown(path)).collect();
    let files = list(&files);
    let columns: Vec<String> = table.used.iter().cloned().collect();
    let columns = format!("c({})", quoted_list(&columns));
    let with =
        |reader: &str| format!("{} <- read_with({files}, {reader}, {columns})\n", table.name);
    Ok(match &table.format {
        Format::Delimited { delimiter, encoding, .. } => {
            let encoding = match encoding.as_str() {
                "utf-8" => "UTF-8",
                "latin-1" | "windows-1252" => "latin1",
                other => {
                    let what = format!("{files} has the encoding {other}; save it as UTF-8");
                    return Err(refused("R", &what));
                }
            };
            format!(
                "{} <- read_text({files}, sep = {}, encoding = \"{encoding}\", header_row = {},\n  columns = {columns})\n",
                table.name,
                quoted(&delimiter.to_string()),
                table.header_row
            )
        }
        Format::Parquet => with("read_parquet"),
        Format::Arrow => with("arrow::read_feather"),
        Format::Stata => with("haven::read_dta"),
        Format::Spss => with("function(file) haven::read_sav(file, user_na = TRUE)"),
        Format::Transport => with("haven::read_xpt"),
        Format::Workbook => {
            let sheet = match &table.sheet {
                Some(sheet) => format!(", sheet = {}", quoted(sheet)),
                None => String::new(),
            };
            let skip = table.header_row - 1;
            with(&format!(
                "function(file) readxl::read_excel(file, skip = {skip}, col_types = \"text\"{sheet})"
            ))
        }
    })
}

pub(super) fn rows(script: &Script, part: &Part, at: usize) -> Result<String, Error> {
    let mut text = format!("# --- File {at}: rows, joins, concepts ---\n");
    for table in &part.tables {
        text.push_str(&read(table)?);
    }
    let own = &part.tables[0].name;
    for (check, reason) in &part.keep {
        text.push_str(&format!(
            "{own} <- {own}[{}, , drop = FALSE]  # {}\n",
            holds(part, check),
            reason.replace('\n', " ")
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
            // The names are the same on both sides, so that the two are compared in one order.
            let named: Vec<String> =
                keys.iter().enumerate().map(|(i, key)| format!("k{i} = {key}")).collect();
            format!("list({})", named.join(", "))
        };
        let name = &table.name;
        text.push_str(&format!(
            "at <- look_up({}, {}, \"{name}\", keep = {})\n{name} <- {name}[at, , drop = FALSE]\n",
            side(false),
            side(true),
            truth(table.keep_unmatched)
        ));
        if table.keep_unmatched {
            text.push_str(&format!("{name}_found <- !is.na(at)\n"));
        }
    }
    let rows = format!("rows_{at}");
    text.push_str(&format!("{rows} <- data.frame(row = seq_len(nrow({own})))\n"));
    text.push_str(&match &part.weight {
        Some((weight, by)) => {
            let by = if *by == 1.0 { String::new() } else { format!(" / {}", number(*by)) };
            format!(
                "{rows}$w <- number({}, \"the weight\"{}){by}\n",
                column(part, weight),
                marks(weight)
            )
        }
        None => format!("{rows}$w <- 1\n"),
    });
    for maker in &part.makers {
        text.push_str(&concept(part, maker, &rows));
    }
    for (number, (stage, kind)) in part.stages.iter().zip(&script.stages).enumerate() {
        let suffix = if number == 0 { String::new() } else { format!("_{}", number + 1) };
        let ids = |columns: &[Column]| {
            let list: Vec<String> = columns.iter().map(|c| column(part, c)).collect();
            format!("id({})", list.join(", "))
        };
        // Ids of a later stage count inside the unit above.
        let before = if number == 1 { "psu".to_string() } else { format!("psu_{number}") };
        let above = match number {
            0 => String::new(),
            _ => format!("{rows}${before}, "),
        };
        let of = |text: String| {
            if number == 0 { text } else { format!("joined({above}{text})") }
        };
        if kind.stratum {
            text.push_str(&format!("{rows}$stratum{suffix} <- {}\n", of(ids(&stage.stratum))));
        }
        if kind.psu {
            let unit = if number == 1 && script.options.nest && script.stages[0].stratum {
                format!("joined({rows}$stratum, {above}{})", ids(&stage.psu))
            } else {
                of(ids(&stage.psu))
            };
            text.push_str(&format!("{rows}$psu{suffix} <- {unit}\n"));
        } else if number > 0 {
            text.push_str(&format!("{rows}$psu{suffix} <- paste(\"{at}\", {rows}$row)\n"));
        }
        if let Some(fpc) = &stage.fpc {
            text.push_str(&format!(
                "{rows}$fpc{suffix} <- number({}, \"the finite population\"{})\n",
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
        text.push_str(&format!("replicates <- c({})\n", quoted_list(&names)));
        text.push_str(&format!(
            "for (i in seq_along(replicates)) {rows}[[paste0(\"rep_\", i)]] <- number({own}[[replicates[i]]], \"a replicate weight\"{}){by}\n",
            marks(&part.replicates[0])
        ));
    }
    Ok(text)
}

pub(super) fn end(value: Option<f64>, none: &str) -> String {
    value.map_or(none.to_string(), number)
}

/// A raw test as an expression.
pub(super) fn holds(part: &Part, check: &RawCheck) -> String {
    let (own, marks) = (column(part, &check.column), marks(&check.column));
    let mut all = Vec::new();
    if let Some(values) = &check.values {
        all.push(format!("key({own}{marks}) %in% c({})", quoted_list(values)));
    }
    if check.min.is_some() || check.max.is_some() || check.values.is_none() {
        let (min, max) = (end(check.min, "-Inf"), end(check.max, "Inf"));
        all.push(format!("between({own}, {min}, {max}{marks})"));
    }
    all.join(" & ")
}

/// `found` of a looked-up file whose rows may lack a match.
pub(super) fn found(part: &Part, column: &Column) -> String {
    let table = &part.tables[column.table];
    if table.keep_unmatched { format!(", found = {}_found", table.name) } else { String::new() }
}

pub(super) fn either(what: &str, value: &Option<String>) -> String {
    value.as_ref().map_or(String::new(), |value| format!(", {what} = {}", quoted(value)))
}
