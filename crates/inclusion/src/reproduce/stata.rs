//! The script for Stata's `svy` commands.
//!
//! Written for documented commands ([SVY] svyset, svy, subpopulation estimation; [R] mean, ratio, total,
//! nlcom). What their documentation does not settle to the last digit (raking, calibration, quantiles)
//! is refused.

use super::describe::{
    Column, Estimand, Maker, Part, RawCheck, Rule, Script, SplitBy, StageColumns, Table,
    WeightKind, is_tag,
};
use super::formula::{Formula, number};
use super::{refused, shown};
use crate::Error;
use inclusion_ingest::Format;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Statistic, Test};
use inclusion_survey::LonelyPsu;
use inclusion_survey::sample::{Calibration, ReplicateColumns, ReplicateKind, Replicates};

const PROGRAMS: &str = include_str!("stata/programs.do");
const PROGRAM: &str = "Stata";

pub(super) fn write(script: &Script) -> Result<String, Error> {
    let method = script.method();
    if method == "likelihood" {
        return Err(refused(PROGRAM, "the likelihood interval of a share has no function there"));
    }
    let mut text = String::new();
    let mut line = |one: &str| {
        text.push_str(one);
        text.push('\n');
    };
    script.head.iter().for_each(|one| line(&format!("* {one}")));
    line("*");
    line("* Run it where `inclusion` was run, for file names are relative to that folder.");
    line(
        "* Stata has not run this script before you: what it does was checked against the manuals only.",
    );
    for one in &script.left_out {
        line(&format!("* Not here: {one}"));
    }
    line("version 15\nclear all\nset more off\nset type double");
    line(&format!("global conf {}", number(script.options.level)));
    line(&format!("global method \"{method}\"    // interval of shares"));
    let df = script.df_rule();
    line(&format!("global df_rule \"{df}\"    // degrees of freedom: domain, full, infinite"));
    line("global replicates \"\"\n");
    line(PROGRAMS);
    for (at, part) in script.parts.iter().enumerate() {
        line(&rows(script, part, at + 1)?);
    }
    line("* --- Rows of all files ---");
    line("use `rows_1', clear");
    for at in 2..=script.parts.len() {
        line(&format!("append using `rows_{at}'"));
    }
    line("");
    let mut conditions = Conditions { script, text: String::new(), count: 0 };
    for estimand in &script.estimands {
        conditions.indicator(estimand);
    }
    line(&conditions.text);
    line(&design(script)?);
    line("* --- Figures ---");
    line(
        "postfile results str80 indicator str244 group str20 measure double(value se lower upper df n) ///",
    );
    line("    using results, replace");
    for estimand in &script.estimands {
        line(&figures(script, estimand));
    }
    line("postclose results\nuse results, clear\nformat value se lower upper %18.0g\nlist, noobs");
    Ok(text)
}

/// A text in Stata's quotes.
fn quoted(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.contains(['"', '`', '\'']) { format!("`\"{text}\"'") } else { format!("\"{text}\"") }
}

/// The name of a column once it is loaded; concepts have names of their own beside it.
fn source(part: &Part, column: &Column) -> String {
    let name = super::describe::variable(&column.name);
    let long = format!("src{}_{name}", column.table);
    let used = part.tables[column.table].used.iter().position(|used| *used == column.name);
    if long.len() <= 32 { long } else { format!("src{}_{}", column.table, used.unwrap_or(0)) }
}

fn look(part: &Part, column: &Column) -> String {
    let mark = |c: Option<char>| c.map_or(String::new(), String::from);
    let decimal = mark(Some(column.decimal).filter(|c| *c != '.'));
    format!("look_at {} \"{decimal}\" \"{}\"\n", source(part, column), mark(column.thousands))
}

/// A key of a value as a test of what `look_at` made.
fn is(key: &str) -> String {
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

fn rows(script: &Script, part: &Part, at: usize) -> Result<String, Error> {
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
            for column in columns {
                text.push_str(&look(part, column));
                text.push_str(&format!(
                    "quietly replace {into} = {into} + \"|\" + cond(__s == \"#\", string(__n, \"%18.0g\"), __s)\n"
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
fn holds(check: &RawCheck) -> String {
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

/// The number that stands for a code or a reason.
fn code_of(codes: &[String], code: &str) -> String {
    let reason = Missing::ALL.into_iter().find(|m| code.strip_prefix('.') == Some(m.id()));
    match (reason, codes.iter().position(|known| known == code)) {
        (Some(reason), _) => reason.code().to_string(),
        (None, Some(at)) => (at + 1).to_string(),
        // A number.
        (None, None) => code.to_string(),
    }
}

fn in_band(of: &str, min: Option<f64>, max: Option<f64>) -> String {
    let min = min.map_or(String::new(), |min| format!(" & {of} >= {}", number(min)));
    let max = max.map_or(String::new(), |max| format!(" & {of} <= {}", number(max)));
    format!("!missing({of}){min}{max}")
}

fn concept(part: &Part, maker: &Maker) -> String {
    let id = &maker.id;
    let mut text = format!("* {}\n", maker.name);
    let is_number = |id: &str| part.makers.iter().any(|maker| maker.id == id && maker.number);
    let reason_of = |id: &str| if is_number(id) { format!("{id}_why") } else { id.to_string() };
    let codes_of = |id: &str| {
        part.makers.iter().find(|maker| maker.id == id).map_or(&[][..], |maker| &maker.codes[..])
    };
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    // A number has its reason in a variable of its own, 0 where it has none.
    let said = if maker.number { format!("{id}_why") } else { id.clone() };
    let value = |result: &str| code_of(&maker.codes, result);
    let give = |result: &str, when: &str| {
        let is_reason = value(result).starts_with('-') && result.starts_with('.');
        match maker.number && !is_reason {
            true => format!(
                "quietly replace {id} = {result} if {said} == . & {when}\nquietly replace {said} = 0 if {said} == . & {when}"
            ),
            false => format!("quietly replace {said} = {} if {said} == . & {when}", value(result)),
        }
    };
    if maker.number && !matches!(maker.rule, Rule::Count { .. }) {
        add(format!("quietly gen double {id} = ."));
    }
    add(format!("quietly gen int {said} = ."));
    let unmatched = |column: &Column| {
        let table = &part.tables[column.table];
        table
            .keep_unmatched
            .then(|| format!("quietly replace {said} = -1 if __m{} == 1", column.table))
    };
    match &maker.rule {
        Rule::Fixed(code) => add(give(code, "1")),
        Rule::Column { column, pairs, blank, others, scale } => {
            add(look(part, column).trim_end().to_string());
            if let Some(line) = unmatched(column) {
                add(line);
            }
            for (key, result) in pairs {
                add(give(result, &is(key)));
            }
            if let Some(blank) = blank {
                add(give(blank, "__s == \"\""));
                if !column.text {
                    add(give(blank, "__n > ."));
                }
                if let Some((a, b)) = column.blank_range {
                    add(give(blank, &format!("inrange(__n, {}, {})", number(a), number(b))));
                }
            }
            if let Some(others) = others {
                add(give(others, "__s != \"\""));
            }
            if maker.number {
                let limits = in_band(id, maker.min, maker.max);
                add(format!(
                    "quietly replace {id} = __n * {} if {said} == . & __s != \"\"",
                    number(*scale)
                ));
                add(format!("quietly replace {said} = 0 if {said} == . & {limits}"));
            }
        }
        Rule::Cases { cases, columns, blank, others } => {
            for (checks, result) in cases {
                add("quietly gen byte __ok = 1".to_string());
                for check in checks {
                    add(look(part, &check.column).trim_end().to_string());
                    add(format!("quietly replace __ok = 0 if !({})", holds(check)));
                }
                add(give(result, "__ok"));
                add("drop __ok".to_string());
            }
            if let Some(line) = columns.first().and_then(unmatched) {
                add(line);
            }
            if let Some(blank) = blank {
                add("quietly gen byte __ok = 1".to_string());
                for column in columns {
                    add(look(part, column).trim_end().to_string());
                    add("quietly replace __ok = 0 if __s != \"\"".to_string());
                }
                add(format!("{}\ndrop __ok", give(blank, "__ok")));
            }
            if let Some(others) = others {
                add(give(others, "1"));
            }
        }
        Rule::Band { of, bands } => {
            for (code, min, max) in bands {
                add(give(code, &in_band(of, *min, *max)));
            }
            add(format!("quietly replace {said} = -4 if {said} == ."));
            add(format!("quietly replace {said} = {of}_why if {of}_why < 0"));
        }
        Rule::Count { of, codes } => {
            add(format!("quietly replace {said} = 0"));
            let mut parts = Vec::new();
            for one in of {
                add(format!(
                    "quietly replace {said} = {one} if {said} == 0 & {one} < 0 & {one} != -4"
                ));
                let list: Vec<String> =
                    codes.iter().map(|code| code_of(codes_of(one), code)).collect();
                parts.push(format!("inlist({one}, {})", list.join(", ")));
            }
            add(format!("quietly gen double {id} = {} if {said} == 0", parts.join(" + ")));
        }
        Rule::Derived { cases, needs } => {
            for (when, code) in cases {
                add(give(code, &plain_condition(when, &codes_of)));
            }
            for need in needs {
                let reason = reason_of(need);
                add(format!("quietly replace {said} = {reason} if {said} == . & {reason} < 0"));
            }
            add(format!("quietly replace {said} = -4 if {said} == ."));
        }
        Rule::Quantile { of, codes, household, upper } => {
            add("quietly gen byte __first = !missing(w)".to_string());
            if *household {
                add("quietly gen __h = \"\"".to_string());
                for column in &part.household {
                    add(look(part, column).trim_end().to_string());
                    add("quietly replace __h = __h + \"|\" + cond(__s == \"#\", string(__n, \"%18.0g\"), __s)".to_string());
                }
                add(format!("sort __h {of} w"));
                add(format!("quietly by __h: replace __first = _n == 1 & !missing({of})"));
            }
            add(format!("quietly gen double __share = cond(__first & !missing({of}), w, 0)"));
            add(format!("sort {of} w\nquietly replace __share = sum(__share)"));
            add("quietly replace __share = __share / __share[_N]".to_string());
            add(format!("quietly replace {said} = 1 if !missing({of})"));
            let sign = if *upper { ">=" } else { ">" };
            for k in 1..codes.len() {
                let groups = codes.len();
                add(format!(
                    "quietly summarize {of} if __first & __share >= {k} / {groups}\nquietly replace {said} = {} if !missing({of}) & {of} {sign} r(min)",
                    k + 1
                ));
            }
            add("capture drop __first __share __h".to_string());
            add(format!("quietly replace {said} = {of}_why if {of}_why < 0"));
        }
    }
    add(format!("covered {said} {}", quoted(&maker.name)));
    text
}

fn plain_condition<'a>(condition: &Condition, codes_of: &impl Fn(&str) -> &'a [String]) -> String {
    let mut all: Vec<String> = condition
        .all
        .iter()
        .map(|(id, test)| match test {
            Test::Codes(codes) => {
                let reasons = Missing::ALL.map(|m| m.id());
                let of = |code: &String| match reasons.contains(&code.as_str()) {
                    true => code_of(&[], &format!(".{code}")),
                    false => code_of(codes_of(id), code),
                };
                let list: Vec<String> = codes.iter().map(of).collect();
                format!("inlist({id}, {})", list.join(", "))
            }
            Test::Range { min, max } => in_band(id, *min, *max),
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition
            .any
            .iter()
            .map(|one| format!("({})", plain_condition(one, codes_of)))
            .collect();
        all.push(format!("({})", any.join(" | ")));
    }
    if all.is_empty() { "1".to_string() } else { all.join(" & ") }
}

/// Conditions of indicators as variables: 1 true, 0 false, missing where an answer leaves it open.
struct Conditions<'a> {
    script: &'a Script,
    text: String,
    count: usize,
}

impl Conditions<'_> {
    fn variable(&mut self, expression: &str) -> String {
        self.count += 1;
        let name = format!("__c{}", self.count);
        self.text.push_str(&format!("quietly gen byte {name} = {expression}\n"));
        name
    }

    fn all(&mut self, parts: &[String]) -> String {
        if let [one] = parts {
            return one.clone();
        }
        let zero: Vec<String> = parts.iter().map(|part| format!("{part} == 0")).collect();
        let list = parts.join(", ");
        self.variable(&format!("cond({}, 0, cond(missing({list}), ., 1))", zero.join(" | ")))
    }

    fn condition(&mut self, of: &Condition, rules: &AnswerRules) -> String {
        let out: Vec<String> = Missing::ALL
            .into_iter()
            .filter(|missing| rules.of(*missing) == Answer::Out)
            .map(|missing| missing.code().to_string())
            .collect();
        let mut parts = Vec::new();
        for (id, test) in &of.all {
            let expression = match test {
                Test::Codes(codes) => {
                    let makers = &self.script.parts[0].makers;
                    let known = makers.iter().find(|maker| maker.id == *id);
                    let known = known.map_or(&[][..], |maker| &maker.codes[..]);
                    let list: Vec<String> = codes.iter().map(|code| code_of(known, code)).collect();
                    let open = match out.is_empty() {
                        true => "0".to_string(),
                        false => format!("cond(inlist({id}, {}), ., 0)", out.join(", ")),
                    };
                    format!("cond(inlist({id}, {}), 1, {open})", list.join(", "))
                }
                Test::Range { min, max } => {
                    format!("cond(missing({id}), {}, {})", absent(rules), in_band(id, *min, *max))
                }
            };
            parts.push(self.variable(&expression));
        }
        if !of.any.is_empty() {
            let any: Vec<String> = of.any.iter().map(|one| self.condition(one, rules)).collect();
            let one: Vec<String> = any.iter().map(|part| format!("{part} == 1")).collect();
            let list = any.join(", ");
            let open = format!("cond({}, 1, cond(missing({list}), ., 0))", one.join(" | "));
            parts.push(self.variable(&open));
        }
        if parts.is_empty() { self.variable("1") } else { self.all(&parts) }
    }

    fn indicator(&mut self, estimand: &Estimand) {
        let (def, name) = (&estimand.indicator, &estimand.name);
        let rules = &def.answers;
        self.text.push_str(&format!("* {}\n", estimand.words()));
        let universe = self.condition(&def.universe, rules);
        let (value, below) = estimand.numbers();
        let mut parts = Vec::new();
        if value.is_none() {
            parts.push(self.condition(&def.numerator, rules));
        }
        for id in [value, below].into_iter().flatten() {
            parts.push(self.variable(&format!("cond(missing({id}), {}, 1)", absent(rules))));
        }
        let has = self.all(&parts);
        let mut line = |one: String| {
            self.text.push_str(&one);
            self.text.push('\n');
        };
        line(format!("quietly gen byte {name}_base = {universe} == 1 & !missing({has})"));
        if estimand.whole_survey {
            line(format!("quietly gen byte {name}_scope = {universe} != 0"));
        }
        let of = |id: &String| format!("cond({name}_base & !missing({id}), {id}, 0)");
        match value {
            None => line(format!("quietly gen double {name} = {name}_base & {has} == 1")),
            Some(id) => line(format!("quietly gen double {name} = {}", of(id))),
        }
        if let Some(id) = below {
            line(format!("quietly gen double {name}_x = {}", of(id)));
        }
    }
}

/// A missing number has no other reason than that it is not stated.
fn absent(rules: &AnswerRules) -> &'static str {
    if rules.of(Missing::NotStated) == Answer::Out { "." } else { "0" }
}

fn design(script: &Script) -> Result<String, Error> {
    let options = &script.options;
    let mut text = String::from("* --- Design ---\n");
    text.push_str("quietly egen long stratum = group(stratum_id)\n");
    if !options.nest && script.stages[0].stratum && script.stages[0].psu {
        text.push_str(
            "quietly bysort psu_id (stratum): gen byte __two = stratum[1] != stratum[_N]\nquietly count if __two\nif r(N) > 0 {\n    display as error \"a PSU id stands in two strata\"\n    exit 459\n}\n",
        );
    }
    text.push_str("quietly egen long psu = group(stratum_id psu_id)\n");
    if script.weight == WeightKind::Implied {
        return Err(refused(
            PROGRAM,
            "svyset takes a weight, and this design has none but its finite populations; make a \
             weight column in the file",
        ));
    }
    text.push_str(
        "* Stata leaves rows of weight 0 out; a unit of such rows only would be lost.\nquietly egen double __most = max(w), by(psu)\nquietly count if __most == 0\nif r(N) > 0 {\n    display as error \"a PSU has only rows of weight 0, which Stata leaves out of the design\"\n    exit 459\n}\n",
    );
    let after = match &options.calibration[..] {
        [] => String::new(),
        [Calibration::Poststratify(margin)] => {
            text.push_str("quietly gen long cell = .\nquietly gen double cell_total = .\n");
            for (at, (codes, total)) in margin.totals.iter().enumerate() {
                let makers = &script.parts[0].makers;
                let parts: Vec<String> = margin
                    .by
                    .iter()
                    .zip(codes)
                    .map(|(id, code)| {
                        let known = makers.iter().find(|maker| maker.id == *id);
                        let known = known.map_or(&[][..], |maker| &maker.codes[..]);
                        format!("{id} == {}", code_of(known, code))
                    })
                    .collect();
                text.push_str(&format!(
                    "quietly replace cell = {} if {parts}\nquietly replace cell_total = {} if {parts}\n",
                    at + 1,
                    number(*total),
                    parts = parts.join(" & ")
                ));
            }
            text.push_str("covered cell \"the cell of the post-stratification\"\n");
            " poststrata(cell) postweight(cell_total)".to_string()
        }
        _ => {
            return Err(refused(
                PROGRAM,
                "of steps that adjust weights only one post-stratification has the same standard \
                 errors there; raking and calibration are in R (`--as r`)",
            ));
        }
    };
    let weight = "[pweight = w]";
    match &options.replicates {
        Some(Replicates::Made(_)) => {
            return Err(refused(
                PROGRAM,
                "replicate weights that are made (`make`) are this program's own; take the file's \
                 own replicate weights, or `variance = \"taylor\"`",
            ));
        }
        Some(Replicates::Columns(columns)) => {
            text.push_str(&format!(
                "unab all : rep_*\nglobal replicates `all'\n{}",
                replicates(script, columns, weight, &after)
            ));
            return Ok(text);
        }
        None => {}
    }
    let lonely = match options.lonely_psu {
        LonelyPsu::Fail => {
            text.push_str(
                "quietly bysort stratum (psu): gen byte __one = psu[1] == psu[_N]\nquietly count if __one\nif r(N) > 0 {\n    display as error \"a stratum has one PSU; choose a rule in the study (lonely_psu)\"\n    exit 459\n}\n",
            );
            "missing"
        }
        LonelyPsu::Remove | LonelyPsu::Certainty => "certainty",
        LonelyPsu::Adjust => "centered",
        LonelyPsu::Average => "scaled",
    };
    if options.adjust_domain_lonely {
        return Err(refused(
            PROGRAM,
            "svyset has no rule for strata that only a domain leaves with one PSU \
             (`adjust_domain_lonely`)",
        ));
    }
    let mut stages = Vec::new();
    for (at, stage) in script.stages.iter().enumerate() {
        let suffix = if at == 0 { String::new() } else { format!("_{}", at + 1) };
        let unit = if at == 0 { "psu".to_string() } else { format!("psu{suffix}") };
        if at > 0 {
            let above = if at == 1 { "psu".to_string() } else { format!("psu_{at}") };
            text.push_str(&format!("quietly egen long {unit} = group({above} {unit}_id)\n"));
            if stage.stratum {
                text.push_str(&format!(
                    "quietly egen long stratum{suffix} = group({above} stratum{suffix}_id)\n"
                ));
            }
        }
        let mut parts = Vec::new();
        if stage.stratum {
            parts.push(format!("strata(stratum{suffix})"));
        }
        if stage.fpc {
            parts.push(format!("fpc(fpc{suffix})"));
        }
        if at == 0 {
            parts.push(format!("singleunit({lonely}){after}"));
        }
        let weight = if at == 0 { format!(" {weight}") } else { String::new() };
        stages.push(format!("{unit}{weight}, {}", parts.join(" ")));
    }
    text.push_str(&format!("svyset {}\n", stages.join(" || ")));
    Ok(text)
}

fn replicates(script: &Script, columns: &ReplicateColumns, weight: &str, after: &str) -> String {
    let mse = if columns.mse { " mse" } else { "" };
    let all = format!("rep_1-rep_{}", script.replicates);
    let own = columns.scale.is_some() || !columns.rscales.is_empty();
    match (columns.kind, own) {
        (ReplicateKind::Brr, false) => {
            format!("svyset {weight}, brrweight({all}) vce(brr){mse}{after}\n")
        }
        (ReplicateKind::Fay, false) => format!(
            "svyset {weight}, brrweight({all}) fay({}) vce(brr){mse}{after}\n",
            number(columns.rho)
        ),
        (ReplicateKind::SuccessiveDifference | ReplicateKind::Acs, false) => {
            format!("svyset {weight}, sdrweight({all}) vce(sdr){mse}{after}\n")
        }
        _ => {
            // The jackknife's multipliers say the factor of any other scheme.
            let scale = script.scale(columns);
            let each = |at: usize| columns.rscales.get(at).copied().unwrap_or(1.0) * scale;
            let weights: Vec<String> = match columns.rscales.is_empty() {
                true => vec![format!("jkrweight({all}, multiplier({}))", number(scale))],
                false => (0..script.replicates)
                    .map(|at| {
                        format!("jkrweight(rep_{}, multiplier({}))", at + 1, number(each(at)))
                    })
                    .collect(),
            };
            format!(
                "svyset {weight}, {} ///\n    vce(jackknife){mse}{after}\n",
                weights.join(" ///\n    ")
            )
        }
    }
}

fn figures(script: &Script, estimand: &Estimand) -> String {
    let def = &estimand.indicator;
    if def.statistic == Statistic::Quantile {
        return format!(
            "* Not here: {0}: Stata has no quantile with a design-based standard error.\ndisplay as error \"{0} is a quantile, which svy does not estimate\"",
            def.id
        );
    }
    let mut text = String::new();
    for split in &estimand.splits {
        let mut cells: Vec<Vec<(&String, &String)>> = vec![Vec::new()];
        for id in &split.by {
            let codes = &script.codes[id];
            cells = cells
                .into_iter()
                .flat_map(|cell| {
                    codes.iter().map(move |code| {
                        let mut cell = cell.clone();
                        cell.push((id, code));
                        cell
                    })
                })
                .collect();
        }
        for cell in &cells {
            text.push_str(&of_cell(script, estimand, split, cell));
        }
    }
    text
}

fn of_cell(
    script: &Script,
    estimand: &Estimand,
    split: &SplitBy,
    cell: &[(&String, &String)],
) -> String {
    let (def, name) = (&estimand.indicator, &estimand.name);
    let makers = &script.parts[0].makers;
    let code = |id: &str, code: &str| {
        let known = makers.iter().find(|maker| maker.id == id);
        code_of(known.map_or(&[][..], |maker| &maker.codes[..]), code)
    };
    let statistic = estimand.statistic();
    let words: Vec<String> = cell.iter().map(|(id, code)| format!("{id}={code}")).collect();
    let tests: Vec<String> =
        cell.iter().map(|(id, value)| format!("{id} == {}", code(id, value))).collect();
    let where_ = if tests.is_empty() { "1".to_string() } else { tests.join(" & ") };
    let only = Some(script.only_sex().to_string()).filter(|sex| !sex.is_empty());
    let group = match (&only, words.is_empty()) {
        (Some(sex), true) => format!("sex={sex}"),
        (Some(sex), false) => format!("{}; sex={sex}", words.join("; ")),
        (None, true) => "all".to_string(),
        (None, false) => words.join("; "),
    };
    let known = estimand.population.filter(|_| cell.is_empty());
    let mut text = String::new();
    let label = quoted(&def.id);
    if estimand.whole_survey && known.is_some() {
        text.push_str(&format!(
            "quietly count if w > 0 & !{name}_scope\nlocal known = r(N) == 0\n"
        ));
    } else {
        text.push_str(&format!("local known = {}\n", i32::from(known.is_some())));
    }
    let headcount = |population: f64| match (estimand.headcount, known) {
        (true, Some(_)) => format!("local N = cond(`known', \"{}\", \"\")\n", number(population)),
        _ => "local N \"\"\n".to_string(),
    };
    if !script.separate {
        let population = match only.as_deref() {
            Some("F") => known.map_or(0.0, |(women, _)| women),
            Some("M") => known.map_or(0.0, |(_, men)| men),
            _ => known.map_or(0.0, |(women, men)| women + men),
        };
        // With both sexes the head count of all is made of theirs.
        let none = "local N \"\"\n".to_string();
        text.push_str(&if split.sex { none } else { headcount(population) });
        text.push_str(&format!(
            "figure {label} {name} {statistic} \"{group}\" \"{where_}\" \"`N'\"\n"
        ));
    }
    if !split.sex {
        return text;
    }
    let sexes = &script.codes["sex"];
    let list: Vec<String> = sexes.iter().map(|sex| code("sex", sex)).collect();
    text.push_str(&format!("global sexes \"{}\"\n", list.join(", ")));
    for sex in sexes {
        let population = match (sex.as_str(), known) {
            ("F", Some((women, _))) => women,
            ("M", Some((_, men))) => men,
            _ => 0.0,
        };
        text.push_str(&headcount(population));
        let words =
            words.iter().cloned().chain([format!("sex={sex}")]).collect::<Vec<_>>().join("; ");
        text.push_str(&format!(
            "figure {label} {name} {statistic} \"{words}\" \"{where_} & sex == {}\" \"`N'\"\n",
            code("sex", sex)
        ));
        text.push_str(&format!("local n_{sex} = r(n)\nlocal se_{sex} = r(se)\n"));
    }
    let (women, men) = (code("sex", "F"), code("sex", "M"));
    text.push_str("if `n_F' > 0 & `n_M' > 0 {\n");
    text.push_str(&format!("    both {name} {statistic} \"{where_}\" {women} {men}\n"));
    text.push_str("    local n = r(n)\n    local all = r(all)\n    local df = r(df)\n    local unknown = missing(`se_F', `se_M')\n");
    let share = i32::from(estimand.share);
    let measure = |f: &Formula| {
        let scale = f.scale.name();
        let of = |text: &str| text.replace('F', "_b[F]").replace('M', "_b[M]");
        format!(
            "measure {label} \"{group}\" {} \"{}\" {scale} \"{}\" {share} `n' `df' `unknown'\n",
            f.name,
            of(&f.expression),
            f.divisor.as_deref().map_or(String::new(), of)
        )
    };
    for formula in &estimand.measures {
        text.push_str(&format!("    {}", measure(formula)));
    }
    if let Some((women, men)) = known {
        text.push_str("    if `known' {\n");
        for formula in &estimand.persons {
            text.push_str(&format!("        {}", measure(formula)));
        }
        if script.separate || estimand.headcount {
            text.push_str(&format!(
                "        together {label} \"{group}\" {} {} {share} `n' `all' `df' `unknown' {} {}\n",
                number(women),
                number(men),
                i32::from(script.separate),
                i32::from(estimand.headcount)
            ));
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n");
    text
}
