//! The script for R's package `survey` (Lumley 2010, *Complex Surveys*).

use super::describe::{
    Column, Estimand, Maker, Part, RawCheck, Rule, Script, StageKind, Table, WeightKind, out,
};
use super::formula::{Formula, number};
use super::text::{quoted, quoted_list};
use super::{refused, shown};
use crate::Error;
use inclusion_ingest::Format;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Test};
use inclusion_survey::LonelyPsu;
use inclusion_survey::sample::{
    Auxiliary, Calibration, Distance, MadeMethod, ReplicateColumns, ReplicateKind, Replicates,
};

const READING: &str = include_str!("r/reading.R");
const ESTIMATING: &str = include_str!("r/estimating.R");

pub(super) fn write(script: &Script) -> Result<String, Error> {
    let mut text = String::new();
    let mut line = |one: &str| {
        text.push_str(one);
        text.push('\n');
    };
    script.head.iter().for_each(|one| line(&format!("# {one}")));
    line("#");
    line("# Run it where `inclusion` was run, for file names are relative to that folder:");
    line("#     Rscript SCRIPT.R [results.csv]");
    for one in &script.left_out {
        line(&format!("# Not here: {one}"));
    }
    line("library(survey)");
    let lonely = match script.options.lonely_psu {
        LonelyPsu::Fail => "fail",
        LonelyPsu::Remove => "remove",
        LonelyPsu::Certainty => "certainty",
        LonelyPsu::Adjust => "adjust",
        LonelyPsu::Average => "average",
    };
    line(&format!(
        "options(survey.lonely.psu = \"{lonely}\", survey.adjust.domain.lonely = {}, stringsAsFactors = FALSE)",
        truth(script.options.adjust_domain_lonely)
    ));
    if script.options.lonely_psu == LonelyPsu::Adjust {
        line("# Earlier versions centre a stratum of one unit elsewhere.");
        line("stopifnot(packageVersion(\"survey\") >= \"4.2\")");
    }
    line(&format!("conf <- {}", number(script.options.level)));
    line(&format!("method <- {}  # interval of shares", quoted(script.method())));
    let df = script.df_rule();
    line(&format!("df_rule <- \"{df}\"  # degrees of freedom: domain, full, infinite"));
    line(&format!(
        "separate <- {}  # women and men were weighted separately",
        truth(script.separate)
    ));
    line(&format!("only_sex <- {}", quoted(script.only_sex())));
    line("codes <- list(");
    let lists: Vec<String> = script
        .codes
        .iter()
        .map(|(id, codes)| format!("  {id} = c({})", quoted_list(codes)))
        .collect();
    line(&lists.join(",\n"));
    line(")\n");
    line(READING);
    for (at, part) in script.parts.iter().enumerate() {
        line(&rows(script, part, at + 1)?);
    }
    line("# --- Rows of all files ---");
    let all: Vec<String> = (1..=script.parts.len()).map(|at| format!("rows_{at}")).collect();
    line(&format!("rows <- rbind({})\n", all.join(", ")));
    for estimand in &script.estimands {
        line(&indicator(estimand));
    }
    line(&design(script)?);
    line(ESTIMATING);
    for estimand in &script.estimands {
        calls(estimand).iter().for_each(|call| line(call));
    }
    line("\nout <- commandArgs(trailingOnly = TRUE)");
    line(
        "if (length(out) == 1) write.csv(results, out, row.names = FALSE) else print(results, digits = 10, row.names = FALSE)",
    );
    Ok(text)
}

fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// A column in the script.
fn column(part: &Part, column: &Column) -> String {
    format!("{}[[{}]]", part.tables[column.table].name, quoted(&column.name))
}

/// How a column writes numbers.
fn marks(column: &Column) -> String {
    let mut text = String::new();
    if column.text && column.decimal != '.' {
        text.push_str(&format!(", dec = {}", quoted(&column.decimal.to_string())));
    }
    if let (true, Some(mark)) = (column.text, column.thousands) {
        text.push_str(&format!(", big = {}", quoted(&mark.to_string())));
    }
    text
}

fn list(texts: &[String]) -> String {
    match texts {
        [one] => quoted(one),
        _ => format!("c({})", quoted_list(texts)),
    }
}

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

fn rows(script: &Script, part: &Part, at: usize) -> Result<String, Error> {
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
            if number == 0 { text } else { format!("paste({above}{text}, sep = \"|\")") }
        };
        if kind.stratum {
            text.push_str(&format!("{rows}$stratum{suffix} <- {}\n", of(ids(&stage.stratum))));
        }
        if kind.psu {
            let unit = if number == 1 && script.options.nest && script.stages[0].stratum {
                format!("paste({rows}$stratum, {above}{}, sep = \"|\")", ids(&stage.psu))
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

fn end(value: Option<f64>, none: &str) -> String {
    value.map_or(none.to_string(), number)
}

/// A raw test as an expression.
fn holds(part: &Part, check: &RawCheck) -> String {
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
fn found(part: &Part, column: &Column) -> String {
    let table = &part.tables[column.table];
    if table.keep_unmatched { format!(", found = {}_found", table.name) } else { String::new() }
}

fn either(what: &str, value: &Option<String>) -> String {
    value.as_ref().map_or(String::new(), |value| format!(", {what} = {}", quoted(value)))
}

fn concept(part: &Part, maker: &Maker, rows: &str) -> String {
    let id = &maker.id;
    let into = format!("{rows}${id}");
    let what = quoted(&maker.name);
    match &maker.rule {
        Rule::Fixed(code) if maker.number => {
            format!("{into} <- {code}\n{into}_why <- \"\"\n")
        }
        Rule::Fixed(code) => format!("{into} <- {}\n", quoted(code)),
        Rule::Column { column: own, pairs, blank, others, scale } => {
            let map: Vec<String> =
                pairs.iter().map(|(k, v)| format!("{} = {}", quoted(k), quoted(v))).collect();
            let map = match map.is_empty() {
                true => "c(\"none\" = NA)".to_string(),
                false => format!("c({})", map.join(", ")),
            };
            let (source, marks) = (column(part, own), marks(own));
            let range =
                own.blank_range.filter(|_| blank.is_some()).map_or(String::new(), |(a, b)| {
                    format!(", range = c({}, {})", number(a), number(b))
                });
            let rest = format!("{}{marks}{range}{}", either("blank", blank), found(part, own));
            if !maker.number {
                let others = either("others", others);
                return format!("{into} <- recode({source}, {what}, {map}{others}{rest})\n");
            }
            // What nothing else was said of is read as a number.
            let others = others.clone().or_else(|| Some(String::new()));
            let scale =
                if *scale == 1.0 { String::new() } else { format!(", scale = {}", number(*scale)) };
            let limits = [("min", maker.min), ("max", maker.max)].map(|(name, limit)| {
                limit.map_or(String::new(), |limit| format!(", {name} = {}", number(limit)))
            });
            format!(
                "said <- recode({source}, {what}, {map}{}{rest})\n{into} <- number({source}, {what}, said{marks}{scale}{})\n{into}_why <- why(said)\n",
                either("others", &others),
                limits.concat()
            )
        }
        Rule::Cases { cases, columns, blank, others } => {
            let n = format!("nrow({rows})");
            let each: Vec<String> = cases
                .iter()
                .map(|(checks, result)| {
                    let all: Vec<String> = checks.iter().map(|check| holds(part, check)).collect();
                    let all =
                        if all.is_empty() { format!("rep(TRUE, {n})") } else { all.join(" & ") };
                    format!("  list({all}, {})", quoted(result))
                })
                .collect();
            let blanks: Vec<String> =
                columns.iter().map(|c| format!("key({}) == \"\"", column(part, c))).collect();
            let all_blank = match blank {
                Some(_) if !blanks.is_empty() => format!(", all_blank = {}", blanks.join(" & ")),
                _ => String::new(),
            };
            let found = columns.first().map_or(String::new(), |c| found(part, c));
            let made = format!(
                "cases({what}, {n},\n{}{all_blank}{}{}{found})",
                each.join(",\n"),
                either("blank", blank),
                either("others", others)
            );
            match maker.number {
                true => format!(
                    "said <- {made}\n{into} <- suppressWarnings(as.numeric(said))\n{into}_why <- why(said)\n"
                ),
                false => format!("{into} <- {made}\n"),
            }
        }
        Rule::Band { of, bands } => {
            let codes: Vec<String> = bands.iter().map(|(code, ..)| code.clone()).collect();
            let from: Vec<String> = bands.iter().map(|(_, min, _)| end(*min, "-Inf")).collect();
            let to: Vec<String> = bands.iter().map(|(.., max)| end(*max, "Inf")).collect();
            format!(
                "{into} <- band({rows}${of}, {rows}${of}_why, c({}),\n  c({}), c({}))\n",
                quoted_list(&codes),
                from.join(", "),
                to.join(", ")
            )
        }
        Rule::Count { of, codes } => {
            let parts: Vec<String> = of
                .iter()
                .map(|part| format!("({rows}${part} %in% c({}))", quoted_list(codes)))
                .collect();
            let reasons: Vec<String> = of.iter().map(|part| format!("{rows}${part}")).collect();
            format!(
                "{into}_why <- first_reason(nrow({rows}), {})\n{into}_why <- ifelse({into}_why == \".not_applicable\", \"\", {into}_why)\n{into} <- ifelse({into}_why == \"\", {}, NA)\n",
                reasons
                    .iter()
                    .map(|r| format!("ifelse({r} == \".not_applicable\", \"\", {r})"))
                    .collect::<Vec<_>>()
                    .join(", "),
                parts.join(" + ")
            )
        }
        Rule::Derived { cases, needs } => {
            let is_number =
                |id: &str| part.makers.iter().any(|maker| maker.id == id && maker.number);
            let each: Vec<String> = cases
                .iter()
                .map(|(when, code)| {
                    let all = plain_condition(when, rows);
                    format!("  list({all}, {})", quoted(code))
                })
                .collect();
            let reasons: Vec<String> = needs
                .iter()
                .map(|id| {
                    if is_number(id) { format!("{rows}${id}_why") } else { format!("{rows}${id}") }
                })
                .collect();
            format!(
                "{into} <- cases({what}, nrow({rows}),\n{},\n  others = \"?\")\n{into} <- ifelse({into} == \"?\", first_reason(nrow({rows}), {}), {into})\n",
                each.join(",\n"),
                reasons.join(", ")
            )
        }
        Rule::Quantile { of, codes, household, upper } => {
            let key: Vec<String> = part.household.iter().map(|c| column(part, c)).collect();
            let key = if *household { format!(", id({})", key.join(", ")) } else { String::new() };
            format!(
                "{into} <- quantile_groups({rows}${of}, {rows}$w, c({}), upper = {}{key})\n{into} <- ifelse({rows}${of}_why == \"\", {into}, {rows}${of}_why)\n",
                quoted_list(codes),
                truth(*upper)
            )
        }
    }
}

/// A condition of a derived concept: a test of a missing value does not hold.
fn plain_condition(condition: &Condition, rows: &str) -> String {
    let mut all: Vec<String> = condition
        .all
        .iter()
        .map(|(id, test)| match test {
            Test::Codes(codes) => {
                let reasons = Missing::ALL.map(|m| m.id());
                let of = |code: &String| match reasons.contains(&code.as_str()) {
                    true => format!(".{code}"),
                    false => code.clone(),
                };
                let codes: Vec<String> = codes.iter().map(of).collect();
                format!("({rows}${id} %in% c({}))", quoted_list(&codes))
            }
            Test::Range { min, max } => {
                format!("between({rows}${id}, {}, {})", end(*min, "-Inf"), end(*max, "Inf"))
            }
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition.any.iter().map(|one| plain_condition(one, rows)).collect();
        all.push(format!("({})", any.join(" | ")));
    }
    match all.is_empty() {
        true => format!("rep(TRUE, nrow({rows}))"),
        false => all.join(" & "),
    }
}

/// A condition of an indicator: a missing answer leaves it open, unless it counts as "no".
fn condition(of: &Condition, rules: &AnswerRules) -> String {
    let mut all: Vec<String> = of
        .all
        .iter()
        .map(|(id, test)| match test {
            Test::Codes(codes) => {
                format!("is_one(rows${id}, c({}), open)", quoted_list(codes))
            }
            Test::Range { min, max } => format!(
                "in_range(rows${id}, {}, {}, {})",
                end(*min, "-Inf"),
                end(*max, "Inf"),
                absent(rules)
            ),
        })
        .collect();
    if !of.any.is_empty() {
        let any: Vec<String> = of.any.iter().map(|one| condition(one, rules)).collect();
        all.push(format!("({})", any.join(" | ")));
    }
    match all.is_empty() {
        true => "rep(TRUE, nrow(rows))".to_string(),
        false => all.join(" & "),
    }
}

/// A missing number has no other reason than that it is not stated.
fn absent(rules: &AnswerRules) -> &'static str {
    if rules.of(Missing::NotStated) == Answer::Out { "NA" } else { "FALSE" }
}

fn indicator(estimand: &Estimand) -> String {
    let (def, name) = (&estimand.indicator, &estimand.name);
    let rules = &def.answers;
    let mut text = format!("# {}\n", estimand.words());
    text.push_str(&format!(
        "open <- c({})  # answers that leave the base\n",
        quoted_list(&out(rules))
    ));
    text.push_str(&format!("universe <- {}\n", condition(&def.universe, rules)));
    let (value, below) = estimand.numbers();
    let mut property = Vec::new();
    if value.is_none() {
        property.push(condition(&def.numerator, rules));
    }
    for id in [value, below].into_iter().flatten() {
        property.push(format!("present(rows${id}, {})", absent(rules)));
    }
    text.push_str(&format!("property <- {}\n", property.join(" & ")));
    text.push_str(&format!("rows${name}_base <- universe %in% TRUE & !is.na(property)\n"));
    if estimand.whole_survey {
        text.push_str(&format!("rows${name}_scope <- !(universe %in% FALSE)\n"));
    }
    let of = |id: &String| format!("ifelse(rows${name}_base & !is.na(rows${id}), rows${id}, 0)");
    match value {
        None => text.push_str(&format!(
            "rows${name} <- as.numeric(rows${name}_base & property %in% TRUE)\n"
        )),
        Some(id) => text.push_str(&format!("rows${name} <- {}\n", of(id))),
    }
    if let Some(id) = below {
        text.push_str(&format!("rows${name}_x <- {}\n", of(id)));
    }
    text
}

/// `~psu + psu_2`.
fn formula_of(
    stages: &[StageKind],
    name: &str,
    constant: Option<&str>,
    has: fn(&StageKind) -> bool,
) -> String {
    let each: Vec<String> = stages
        .iter()
        .enumerate()
        .filter_map(|(at, stage)| match (has(stage), constant, at) {
            (true, _, 0) => Some(name.to_string()),
            (true, _, at) => Some(format!("{name}_{}", at + 1)),
            (false, Some(constant), _) => Some(constant.to_string()),
            (false, None, _) => None,
        })
        .collect();
    each.join(" + ")
}

fn design(script: &Script) -> Result<String, Error> {
    let mut text = String::from("# --- Design ---\n");
    let options = &script.options;
    match &options.replicates {
        Some(Replicates::Columns(columns)) => text.push_str(&replicates(script, columns)),
        made => {
            let made = match made {
                Some(Replicates::Made(made)) => Some(made),
                _ => None,
            };
            // Replicates that are made know one stage of sampling.
            let stages = if made.is_some() { &script.stages[..1] } else { &script.stages[..] };
            let mut ids = formula_of(stages, "psu", None, |s| s.psu);
            if stages.len() > 1 && !stages[stages.len() - 1].psu {
                ids.push_str(&format!(" + psu_{}", stages.len()));
            }
            let ids = if ids.is_empty() { "1".to_string() } else { ids };
            let mut arguments = vec![format!("ids = ~{ids}")];
            if stages.iter().any(|stage| stage.stratum) {
                let constant = stages.iter().any(|stage| !stage.stratum);
                if constant {
                    text.push_str("rows$one_stratum <- 1\n");
                }
                let strata = formula_of(stages, "stratum", Some("one_stratum"), |s| s.stratum);
                arguments.push(format!("strata = ~{strata}"));
            }
            if stages.iter().any(|stage| stage.fpc) {
                arguments.push(format!("fpc = ~{}", formula_of(stages, "fpc", None, |s| s.fpc)));
            }
            if script.weight != WeightKind::Implied {
                arguments.push("weights = ~w".to_string());
            }
            arguments.push(format!("nest = {}", truth(options.nest)));
            text.push_str(&format!("design <- svydesign({}, data = rows)\n", arguments.join(", ")));
            if script.weight == WeightKind::Implied {
                text.push_str("rows$w <- weights(design)\n");
            }
            if let Some(made) = made {
                let mse = truth(made.mse);
                let kind = match (made.method, script.stages[0].stratum) {
                    (MadeMethod::Jackknife, true) => "JKn",
                    (MadeMethod::Jackknife, false) => "JK1",
                    (MadeMethod::Balanced { .. }, _) => {
                        return Err(refused(
                            "R",
                            "the balanced replicate weights that `make = \"brr\"` makes depend on a \
                             Hadamard matrix, and R takes another; use `make = \"jackknife\"` or \
                             the file's own replicate weights",
                        ));
                    }
                    (MadeMethod::Bootstrap { .. }, _) => {
                        return Err(refused(
                            "R",
                            "the bootstrap weights of `make = \"bootstrap\"` are drawn by this \
                             program's own generator; use `make = \"jackknife\"` or the file's own \
                             replicate weights",
                        ));
                    }
                };
                text.push_str(&format!(
                    "design <- as.svrepdesign(design, type = \"{kind}\", mse = {mse}, compress = FALSE)\n"
                ));
            }
        }
    }
    for (at, step) in options.calibration.iter().enumerate() {
        text.push_str(&calibration(step, at + 1));
    }
    Ok(text)
}

fn replicates(script: &Script, columns: &ReplicateColumns) -> String {
    let own = columns.scale.is_some() || !columns.rscales.is_empty();
    let kind = match columns.kind {
        ReplicateKind::Brr => "BRR",
        ReplicateKind::Fay => "Fay",
        ReplicateKind::SuccessiveDifference => "successive-difference",
        ReplicateKind::Acs => "ACS",
        // R's own scale of a bootstrap does not know of `mse`.
        ReplicateKind::Bootstrap
        | ReplicateKind::Jk1
        | ReplicateKind::Jk2
        | ReplicateKind::Jkn
        | ReplicateKind::Other => "other",
    };
    let mut arguments = vec![
        "data = rows".to_string(),
        "weights = ~w".to_string(),
        format!("repweights = as.matrix(rows[, paste0(\"rep_\", 1:{})])", script.replicates),
        format!("combined.weights = {}", truth(columns.combined)),
        format!("mse = {}", truth(columns.mse)),
    ];
    // With a scale of its own the method's name would be ignored or overridden.
    if own || kind == "other" {
        let scale = script.scale(columns);
        let rscales = match columns.rscales.is_empty() {
            true => format!("rep(1, {})", script.replicates),
            false => {
                let each: Vec<String> = columns.rscales.iter().map(|s| number(*s)).collect();
                format!("c({})", each.join(", "))
            }
        };
        arguments.push(format!("type = \"other\", scale = {}, rscales = {rscales}", number(scale)));
    } else {
        arguments.push(format!("type = \"{kind}\""));
        if columns.kind == ReplicateKind::Fay {
            arguments.push(format!("rho = {}", number(columns.rho)));
        }
    }
    format!("design <- svrepdesign({})\n", arguments.join(", "))
}

fn calibration(step: &Calibration, at: usize) -> String {
    let margin = |margin: &inclusion_survey::sample::Margin, name: &str| {
        let parts: Vec<String> =
            margin.by.iter().map(|id| format!("design$variables${id}")).collect();
        let (cells, totals): (Vec<String>, Vec<String>) = margin
            .totals
            .iter()
            .map(|(codes, total)| (quoted(&codes.join("|")), number(*total)))
            .unzip();
        (
            format!(
                "design <- update(design, {name} = paste({}, sep = \"|\"))\n",
                parts.join(", ")
            ),
            format!(
                "data.frame({name} = c({}), Freq = c({}))",
                cells.join(", "),
                totals.join(", ")
            ),
        )
    };
    match step {
        Calibration::Poststratify(one) => {
            let name = format!("cell_{at}");
            let (update, population) = margin(one, &name);
            format!("{update}design <- postStratify(design, ~{name}, {population})\n")
        }
        Calibration::Rake(margins) => {
            let (mut text, mut formulas, mut populations) = (String::new(), Vec::new(), Vec::new());
            for (number, one) in margins.iter().enumerate() {
                let name = format!("cell_{at}_{}", number + 1);
                let (update, population) = margin(one, &name);
                text.push_str(&update);
                formulas.push(format!("~{name}"));
                populations.push(population);
            }
            text.push_str(&format!(
                "design <- rake(design, list({}), list({}),\n  control = list(maxit = 1000, epsilon = 1e-13, verbose = FALSE))\n",
                formulas.join(", "),
                populations.join(", ")
            ));
            text
        }
        Calibration::Totals(totals) => {
            let mut text = String::new();
            let (mut names, mut population) = (Vec::new(), Vec::new());
            for (number_, (auxiliary, total)) in totals.targets.iter().enumerate() {
                let name = format!("aux_{at}_{}", number_ + 1);
                let values = match auxiliary {
                    Auxiliary::Constant => "rep(1, nrow(rows))".to_string(),
                    Auxiliary::Code { concept, code } => {
                        format!("as.numeric(rows${concept} == {})", quoted(code))
                    }
                    Auxiliary::Number(concept) => format!("rows${concept}"),
                };
                text.push_str(&format!("design <- update(design, {name} = {values})\n"));
                population.push(format!("{name} = {}", number(*total)));
                names.push(name);
            }
            let distance = match totals.distance {
                Distance::Linear => "calfun = \"linear\"".to_string(),
                Distance::BoundedLinear { lower, upper } => {
                    format!("calfun = \"linear\", bounds = c({}, {})", number(lower), number(upper))
                }
                Distance::Raking => "calfun = \"raking\"".to_string(),
                Distance::Logit { lower, upper } => {
                    format!("calfun = \"logit\", bounds = c({}, {})", number(lower), number(upper))
                }
            };
            text.push_str(&format!(
                "design <- calibrate(design, ~0 + {}, c({}),\n  {distance}, epsilon = 1e-12, maxit = 1000)\n",
                names.join(" + "),
                population.join(", ")
            ));
            text
        }
    }
}

fn calls(estimand: &Estimand) -> Vec<String> {
    let def = &estimand.indicator;

    let formulas = |list: &[Formula]| {
        let each: Vec<String> = list
            .iter()
            .map(|f| {
                let scale = f.scale.name();
                let divisor =
                    f.divisor.as_ref().map_or("NULL".to_string(), |d| format!("quote({d})"));
                format!("    list(\"{}\", quote({}), \"{scale}\", {divisor})", f.name, f.expression)
            })
            .collect();
        format!("list(\n{})", each.join(",\n"))
    };
    let one = |split: &super::describe::SplitBy| {
        let by: Vec<String> = split.by.clone();
        let mut arguments = vec![
            quoted(&def.id),
            quoted(&estimand.name),
            quoted(estimand.statistic()),
            format!("by = c({})", quoted_list(&by)),
            format!("sex = {}", truth(split.sex)),
            format!("share = {}", truth(estimand.share)),
        ];
        if by.is_empty() {
            arguments[3] = "by = character(0)".to_string();
        }
        if let Some(p) = estimand.probability() {
            arguments.push(format!("p = {}", number(p)));
        }
        if split.sex {
            arguments.push(format!("measures = {}", formulas(&estimand.measures)));
        }
        if let (true, Some((women, men))) = (by.is_empty(), estimand.population) {
            arguments.push(format!("population = c(F = {}, M = {})", number(women), number(men)));
            arguments.push(format!("whole_survey = {}", truth(estimand.whole_survey)));
            arguments.push(format!("headcount = {}", truth(estimand.headcount)));
            arguments.push(format!("persons = {}", formulas(&estimand.persons)));
        }
        format!("estimate({})", arguments.join(", "))
    };
    estimand.splits.iter().map(one).collect()
}
