//! The script for the Python package `svy`.
//!
//! It knows Taylor linearisation of one stage, or two with numbers of units, replicate weights, and
//! one step of calibration in its variance. Everything else stops with the reason.

mod concepts;
mod design;
mod rows;

use super::formula::{Formula, number};
use super::script::{Column, Estimand, Part, Script, out};
use super::text::{quoted, quoted_list};
use crate::Error;
use design::design;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Test};
use rows::{end, rows};

const READING: &str = include_str!("svy/reading.py");

const ESTIMATING: &str = include_str!("svy/estimating.py");

const PROGRAM: &str = "svy";

pub(super) fn write(script: &Script) -> Result<String, Error> {
    let mut text = String::new();
    let mut line = |one: &str| {
        text.push_str(one);
        text.push('\n');
    };
    script.head.iter().for_each(|one| line(&format!("# {one}")));
    line("#");
    line("# Run it where `inclusion` was run, for file names are relative to that folder:");
    line("#     python SCRIPT.py [results.csv]");
    for one in &script.left_out {
        line(&format!("# Not here: {one}"));
    }
    line("import itertools\nimport re\nimport sys\n");
    line(
        "import numpy as np\nimport polars as pl\nimport svy\nfrom scipy import optimize, special, stats\n",
    );
    line(&format!("CONF = {}", number(script.options.level)));
    line(&format!("METHOD = {}  # interval of shares", quoted(script.method())));
    let df = script.df_rule();
    line(&format!("DF_RULE = \"{df}\"  # degrees of freedom: domain, full, infinite"));
    line(&format!(
        "SEPARATE = {}  # women and men were weighted separately",
        truth(script.separate)
    ));
    line(&format!("ONLY_SEX = {}", quoted(&script.sex)));
    line("CODES = {");
    for (id, codes) in &script.codes {
        line(&format!("    {}: [{}],", quoted(id), quoted_list(codes)));
    }
    line("}\n");
    line(READING);
    for (at, part) in script.parts.iter().enumerate() {
        line(&rows(script, part, at + 1)?);
    }
    line("# --- Rows of all files ---");
    let all: Vec<String> = (1..=script.parts.len()).map(|at| format!("rows_{at}")).collect();
    line(&format!("parts = [{}]", all.join(", ")));
    line("rows = {name: np.concatenate([part[name] for part in parts]) for name in rows_1}");
    line("n = len(rows[\"w\"])\n");
    for estimand in &script.estimands {
        line(&indicator(estimand));
    }
    line(&design(script)?);
    line(ESTIMATING.trim_end());
    line("\n");
    for estimand in &script.estimands {
        calls(estimand).iter().for_each(|call| line(call));
    }
    line(
        "\nnames = [\"indicator\", \"group\", \"measure\", \"value\", \"se\", \"lower\", \"upper\", \"df\", \"n\"]",
    );
    line("number_of = lambda v: float(v) if isinstance(v, (int, float, np.number)) else v");
    line("rows_out = [[number_of(v) for v in row] for row in results]");
    line(
        "table = pl.DataFrame(rows_out, schema=names, orient=\"row\", strict=False, infer_schema_length=None)",
    );
    line("if len(sys.argv) == 2:\n    table.write_csv(sys.argv[1])\nelse:");
    line(
        "    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=200):\n        print(table)",
    );
    Ok(text)
}

fn truth(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn column(part: &Part, column: &Column) -> String {
    format!("{}[{}]", part.tables[column.table].name, quoted(&column.name))
}

fn marks(column: &Column) -> String {
    let mut text = String::new();
    if column.text && column.decimal != '.' {
        text.push_str(&format!(", dec={}", quoted(&column.decimal.to_string())));
    }
    if let (true, Some(mark)) = (column.text, column.thousands) {
        text.push_str(&format!(", big={}", quoted(&mark.to_string())));
    }
    text
}

fn condition(of: &Condition, rules: &AnswerRules) -> String {
    let mut all: Vec<String> = of
        .all
        .iter()
        .map(|(id, test)| match test {
            Test::Codes(codes) => {
                format!("is_one(rows[\"{id}\"], [{}], leaves)", quoted_list(codes))
            }
            Test::Range { min, max } => format!(
                "in_range(rows[\"{id}\"], {}, {}, {})",
                end(*min, "-np.inf"),
                end(*max, "np.inf"),
                absent(rules)
            ),
        })
        .collect();
    if !of.any.is_empty() {
        let any: Vec<String> = of.any.iter().map(|one| condition(one, rules)).collect();
        all.push(format!("some({})", any.join(", ")));
    }
    match &all[..] {
        [] => "np.full(n, 2)".to_string(),
        [one] => one.clone(),
        _ => format!("every({})", all.join(", ")),
    }
}

fn absent(rules: &AnswerRules) -> &'static str {
    if rules.of(Missing::NotStated) == Answer::Out { "1" } else { "0" }
}

fn indicator(estimand: &Estimand) -> String {
    let (def, name) = (&estimand.indicator, &estimand.name);
    let rules = &def.answers;
    let mut text = format!("# {}\n", estimand.words());
    text.push_str(&format!(
        "leaves = [{}]  # answers that leave the base\n",
        quoted_list(&out(rules))
    ));
    text.push_str(&format!("universe = {}\n", condition(&def.universe, rules)));
    let (value, below) = estimand.numbers();
    let mut property = Vec::new();
    if value.is_none() {
        property.push(condition(&def.numerator, rules));
    }
    for id in [value, below].into_iter().flatten() {
        property.push(format!("present(rows[\"{id}\"], {})", absent(rules)));
    }
    text.push_str(&format!("has = every({})\n", property.join(", ")));
    text.push_str(&format!("rows[\"{name}_base\"] = (universe == 2) & (has != 1)\n"));
    if estimand.whole_survey {
        text.push_str(&format!("rows[\"{name}_scope\"] = universe != 0\n"));
    }
    let of = |id: &String| {
        format!("np.where(rows[\"{name}_base\"], np.nan_to_num(rows[\"{id}\"]), 0.0)")
    };
    match value {
        None => text.push_str(&format!(
            "rows[\"{name}\"] = (rows[\"{name}_base\"] & (has == 2)).astype(float)\n"
        )),
        Some(id) => text.push_str(&format!("rows[\"{name}\"] = {}\n", of(id))),
    }
    if let Some(id) = below {
        text.push_str(&format!("rows[\"{name}_x\"] = {}\n", of(id)));
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
                    f.divisor.as_ref().map_or("None".to_string(), |d| format!("lambda F, M: {d}"));
                format!(
                    "    (\"{}\", lambda F, M: {}, \"{scale}\", {divisor}),\n",
                    f.name, f.expression
                )
            })
            .collect();
        format!("[\n{}]", each.concat())
    };
    let one = |split: &super::script::SplitBy| {
        let mut arguments = vec![
            quoted(&def.id),
            quoted(&estimand.name),
            quoted(estimand.statistic()),
            format!("by=[{}]", quoted_list(&split.by)),
            format!("sex={}", truth(split.sex)),
            format!("share={}", truth(estimand.share)),
        ];
        if let Some(p) = estimand.probability() {
            arguments.push(format!("p={}", number(p)));
        }
        if split.sex {
            arguments.push(format!("measures={}", formulas(&estimand.measures)));
        }
        if let (true, Some((women, men))) = (split.by.is_empty(), estimand.population) {
            arguments.push(format!(
                "population={{\"F\": {}, \"M\": {}}}",
                number(women),
                number(men)
            ));
            arguments.push(format!("whole_survey={}", truth(estimand.whole_survey)));
            arguments.push(format!("headcount={}", truth(estimand.headcount)));
            arguments.push(format!("persons={}", formulas(&estimand.persons)));
        }
        format!("estimate({})", arguments.join(", "))
    };
    estimand.splits.iter().map(one).collect()
}
