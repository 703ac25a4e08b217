//! Files, joins, filters and recodes in Stata.

use super::concepts::concept;
use super::{PROGRAM, quoted, source};
use crate::Error;
use crate::reproduce::formula::number;
use crate::reproduce::script::{Column, Part, RawCheck, Script, StageColumns, Table, is_tag};
use crate::reproduce::{refused, shown};
use inclusion_ingest::Format;

pub(super) fn look(part: &Part, column: &Column) -> String {
    let mark = |c: Option<char>| c.map_or(String::new(), String::from);
    let decimal = mark(Some(column.decimal).filter(|c| *c != '.'));
    format!("look_at {} \"{decimal}\" \"{}\"\n", source(part, column), mark(column.thousands))
}

/// A key of a value as a test of what `look_at` made.
pub(super) fn is(key: &str) -> String {
    match key.parse::<f64>() {
        _ if is_tag(key) => format!("__n == {key}"),
        _ if key.is_empty() => "__s == \"\"".to_string(),
        Ok(value) if value.is_finite() && key.len() <= 15 => format!("__n == {}", number(value)),
        _ => format!("__s == {}", quoted(key)),
    }
}

fn load(part: &Part, at: usize, table: &Table) -> Result<String, Error> {
    let mut text = String::new();
    for (number_, path) in table.paths.iter().enumerate() {
        let mut file = shown(path);
        match &table.format {
            Format::Delimited { delimiter, encoding, gzip } => {
                if *gzip {
                    let plain =
                        file.strip_suffix(".gz").map_or(format!("{file}.csv"), str::to_string);
                    text.push_str(&format!(
                        "* Stata reads no gzip: unpack {file} beside itself first.\nconfirm file {}\n",
                        quoted(&plain)
                    ));
                    file = plain;
                }
                let encoding = match encoding.as_str() {
                    "latin-1" => "ISO-8859-1",
                    other => other,
                };
                text.push_str(&format!(
                    "import delimited using {}, delimiters({}) varnames({}) case(preserve) stringcols(_all) ///\n    encoding(\"{encoding}\") bindquotes(strict) clear\n",
                    quoted(&file),
                    if *delimiter == '\t' { "tab".to_string() } else { format!("\"{delimiter}\"") },
                    table.header_row
                ));
            }
            Format::Stata => text.push_str(&format!("use {}, clear\n", quoted(&file))),
            Format::Spss => text.push_str(&format!("import spss using {}, clear\n", quoted(&file))),
            Format::Transport => {
                text.push_str(&format!("import sasxport5 {}, clear\n", quoted(&file)));
            }
            Format::Workbook => {
                let sheet = table
                    .sheet
                    .as_ref()
                    .map_or(String::new(), |s| format!("sheet({}) ", quoted(s)));
                text.push_str(&format!(
                    "import excel using {}, {sheet}cellrange(A{}) firstrow case(preserve) allstring clear\n",
                    quoted(&file),
                    table.header_row
                ));
            }
            Format::Parquet | Format::Arrow => {
                let what = format!(
                    "it reads no Parquet and no Arrow; save {file} as a Stata file or as text"
                );
                return Err(refused(PROGRAM, &what));
            }
        }
        let mut names = Vec::new();
        for name in &table.used {
            // As `import delimited` makes names of a header.
            let own: String = name
                .chars()
                .map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' })
                .collect();
            if own.chars().count() > 32 || own.starts_with(|c: char| c.is_ascii_digit()) {
                let what = format!(
                    "the column `{name}` of {file} can have no such name; rename it in a copy"
                );
                return Err(refused(PROGRAM, &what));
            }
            let column = Column {
                table: at,
                name: name.clone(),
                text: true,
                decimal: '.',
                thousands: None,
                blanks: Vec::new(),
                blank_range: None,
            };
            names.push((own, source(part, &column)));
        }
        let (from, to): (Vec<_>, Vec<_>) = names.into_iter().unzip();
        let (from, to) = (from.join(" "), to.join(" "));
        text.push_str(&format!("keep {from}\nrename ({from}) ({to})\n"));
        if table.paths.len() > 1 {
            text.push_str(&format!("tempfile {0}_{1}\nsave `{0}_{1}'\n", table.name, number_ + 1));
        }
    }
    if table.paths.len() > 1 {
        text.push_str(&format!("use `{}_1', clear\n", table.name));
        for number_ in 2..=table.paths.len() {
            text.push_str(&format!("append using `{}_{number_}'\n", table.name));
        }
    }
    Ok(text)
}

fn keys(part: &Part, table: &Table, other: bool) -> String {
    let mut text = String::new();
    for (at, pair) in table.on.iter().enumerate() {
        let column = if other { &pair.1 } else { &pair.0 };
        text.push_str(&look(part, column));
        text.push_str(&format!(
            "quietly gen __k{at} = cond(!missing(__n) & strlen(__s) <= 15, string(__n, \"%18.0g\"), __s)\n"
        ));
        if other {
            text.push_str(&format!("drop if __k{at} == \"\"\n"));
        }
    }
    text
}

pub(super) fn rows(script: &Script, part: &Part, at: usize) -> Result<String, Error> {
    let mut text = format!("* --- File {at}: rows, joins, concepts ---\n");
    // `import spss` turns values that SPSS declares missing into codes of its own.
    let spss = |column: &&Column| part.tables[column.table].format == Format::Spss;
    if let Some(column) = part.declared_missing().filter(spss) {
        let what = format!(
            "column `{}` has missing codes that the SPSS file itself marks; save the file as text \
             with its codes",
            column.name
        );
        return Err(refused(PROGRAM, &what));
    }
    for (number_, table) in part.tables.iter().enumerate().skip(1) {
        text.push_str(&load(part, number_, table)?);
        text.push_str(&keys(part, table, true));
        text.push_str(&format!("drop __n __s\ntempfile {0}\nsave `{0}'\n", table.name));
    }
    text.push_str(&load(part, 0, &part.tables[0])?);
    for (check, reason) in &part.keep {
        let reason = reason.replace('\n', " ");
        text.push_str(&format!(
            "* {reason}\n{}keep if {}\n",
            look(part, &check.column),
            holds(check)
        ));
    }
    for (number_, table) in part.tables.iter().enumerate().skip(1) {
        text.push_str(&keys(part, table, false));
        let list: Vec<String> = (0..table.on.len()).map(|at| format!("__k{at}")).collect();
        let list = list.join(" ");
        text.push_str(&format!(
            "quietly merge m:1 {list} using `{}', keep(master match) generate(__m{number_})\ndrop {list}\n",
            table.name
        ));
        if !table.keep_unmatched {
            text.push_str(&format!(
                "quietly count if __m{number_} == 1\nif r(N) > 0 {{\n    display as error r(N) \" rows have no match in {}\"\n    exit 459\n}}\n",
                table.name
            ));
        }
    }
    match &part.weight {
        Some((weight, by)) => {
            text.push_str(&look(part, weight));
            text.push_str(&format!(
                "quietly gen double w = __n / {}\ncovered w \"the weight\"\n",
                number(*by)
            ));
        }
        None => text.push_str("quietly gen double w = 1\n"),
    }
    for maker in &part.makers {
        text.push_str(&concept(part, maker));
    }
    for (number_, (stage, kind)) in part.stages.iter().zip(&script.stages).enumerate() {
        let suffix = if number_ == 0 { String::new() } else { format!("_{}", number_ + 1) };
        let StageColumns { stratum, psu, fpc } = stage;
        let ids = |columns: &[Column], into: &str| {
            let mut text = format!("quietly gen {into} = \"\"\n");
            // The mark between several ids is written otherwise where one has it.
            let own = match columns.len() {
                1 => "__s",
                _ => r#"subinstr(subinstr(__s, "\", "\\", .), "|", "\|", .)"#,
            };
            for column in columns {
                text.push_str(&look(part, column));
                text.push_str(&format!(
                    "quietly replace {into} = {into} + \"|\" + cond(__s == \"#\", string(__n, \"%18.0g\"), {own})\n"
                ));
            }
            text
        };
        if kind.stratum {
            text.push_str(&ids(stratum, &format!("stratum{suffix}_id")));
        } else if number_ == 0 {
            text.push_str("quietly gen stratum_id = \"all\"\n");
        }
        if kind.psu {
            text.push_str(&ids(psu, &format!("psu{suffix}_id")));
        } else {
            text.push_str(&format!(
                "quietly gen psu{suffix}_id = \"{at} \" + string(_n, \"%12.0g\")\n"
            ));
        }
        if let Some(fpc) = fpc {
            text.push_str(&look(part, fpc));
            text.push_str(&format!("quietly gen double fpc{suffix} = __n\ncovered fpc{suffix} \"the finite population\"\n"));
        }
    }
    for (number_, column) in part.replicates.iter().enumerate() {
        let by = part.weight.as_ref().map_or(1.0, |(_, by)| if part.combined { *by } else { 1.0 });
        let times = if part.combined { "" } else { " * w" };
        text.push_str(&look(part, column));
        text.push_str(&format!(
            "quietly gen double rep_{} = __n / {}{times}\n",
            number_ + 1,
            number(by)
        ));
    }
    text.push_str(&format!(
        "capture drop src*\ncapture drop __*\ntempfile rows_{at}\nsave `rows_{at}'\n"
    ));
    Ok(text)
}

/// A raw test, after `look_at`.
pub(super) fn holds(check: &RawCheck) -> String {
    let mut all = Vec::new();
    if let Some(values) = &check.values {
        let any: Vec<String> = values.iter().map(|value| is(value)).collect();
        all.push(format!("({})", any.join(" | ")));
    }
    if check.min.is_some() || check.max.is_some() || check.values.is_none() {
        let min = check.min.map_or(String::new(), |min| format!(" & __n >= {}", number(min)));
        let max = check.max.map_or(String::new(), |max| format!(" & __n <= {}", number(max)));
        all.push(format!("!missing(__n){min}{max}"));
    }
    all.join(" & ")
}
