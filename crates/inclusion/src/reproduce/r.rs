//! The script for R's package `survey` (Lumley 2010, *Complex Surveys*).

mod concepts;
mod design;
mod rows;

use super::formula::{Formula, number};
use super::script::{Column, Estimand, Part, Script, out};
use super::text::{quoted, quoted_list};
use crate::Error;
use design::design;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Test};
use inclusion_survey::LonelyPsu;
use rows::{end, rows};

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
    line(&format!("only_sex <- {}", quoted(&script.sex)));
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
    let one = |split: &super::script::SplitBy| {
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
