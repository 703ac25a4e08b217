//! The script for the Python package `svy`.
//!
//! It knows Taylor linearisation of one stage, or two with numbers of units, replicate weights, and
//! one step of calibration in its variance. Everything else stops with the reason.

use super::describe::{
    Column, Estimand, Maker, Part, RawCheck, Rule, Script, Table, WeightKind, out,
};
use super::formula::{Formula, number};
use super::text::{quoted, quoted_list};
use super::{refused, shown};
use crate::Error;
use inclusion_ingest::Format;
use inclusion_registry::{Answer, AnswerRules, Condition, Missing, Test};
use inclusion_survey::LonelyPsu;
use inclusion_survey::sample::{
    Auxiliary, Calibration, Distance, Margin, ReplicateColumns, ReplicateKind, Replicates,
};

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
    line(&format!("ONLY_SEX = {}", quoted(script.only_sex())));
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

fn rows(script: &Script, part: &Part, at: usize) -> Result<String, Error> {
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

fn end(value: Option<f64>, none: &str) -> String {
    value.map_or(none.to_string(), number)
}

fn holds(part: &Part, check: &RawCheck) -> String {
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

fn found(part: &Part, column: &Column) -> String {
    let table = &part.tables[column.table];
    if table.keep_unmatched { format!(", found={}_found", table.name) } else { String::new() }
}

fn either(what: &str, value: &Option<String>) -> String {
    value.as_ref().map_or(String::new(), |value| format!(", {what}={}", quoted(value)))
}

fn concept(part: &Part, maker: &Maker, rows: &str) -> String {
    let into = |suffix: &str| format!("{rows}[\"{}{suffix}\"]", maker.id);
    let of = |id: &str| format!("{rows}[\"{id}\"]");
    let what = quoted(&maker.name);
    match &maker.rule {
        Rule::Fixed(code) if maker.number => format!(
            "{} = np.full(n, float({code}))\n{} = np.full(n, \"\", dtype=object)\n",
            into(""),
            into("_why")
        ),
        Rule::Fixed(code) => format!("{} = np.full(n, {}, dtype=object)\n", into(""), quoted(code)),
        Rule::Column { column: own, pairs, blank, others, scale } => {
            let map: Vec<String> =
                pairs.iter().map(|(k, v)| format!("{}: {}", quoted(k), quoted(v))).collect();
            let map = format!("{{{}}}", map.join(", "));
            let (source, marks) = (column(part, own), marks(own));
            let span = own
                .blank_range
                .filter(|_| blank.is_some())
                .map_or(String::new(), |(a, b)| format!(", span=({}, {})", number(a), number(b)));
            let rest = format!("{}{marks}{span}{}", either("blank", blank), found(part, own));
            if !maker.number {
                let others = either("others", others);
                return format!("{} = recode({source}, {what}, {map}{others}{rest})\n", into(""));
            }
            let others = others.clone().or_else(|| Some(String::new()));
            let scale =
                if *scale == 1.0 { String::new() } else { format!(", scale={}", number(*scale)) };
            let limits = [("least", maker.min), ("most", maker.max)].map(|(name, limit)| {
                limit.map_or(String::new(), |limit| format!(", {name}={}", number(limit)))
            });
            format!(
                "said = recode({source}, {what}, {map}{}{rest})\n{} = number({source}, {what}, said{marks}{scale}{})\n{} = why(said)\n",
                either("others", &others),
                into(""),
                limits.concat(),
                into("_why")
            )
        }
        Rule::Cases { cases, columns, blank, others } => {
            let each: Vec<String> = cases
                .iter()
                .map(|(checks, result)| {
                    let all: Vec<String> = checks.iter().map(|check| holds(part, check)).collect();
                    let all = if all.is_empty() { "True".to_string() } else { all.join(" & ") };
                    format!("    ({all}, {})", quoted(result))
                })
                .collect();
            let blanks: Vec<String> =
                columns.iter().map(|c| format!("(key({}) == \"\")", column(part, c))).collect();
            let all_blank = match blank {
                Some(_) if !blanks.is_empty() => format!(", all_blank={}", blanks.join(" & ")),
                _ => String::new(),
            };
            let found = columns.first().map_or(String::new(), |c| found(part, c));
            let made = format!(
                "cases({what}, n,\n{}{all_blank}{}{}{found})",
                each.join(",\n"),
                either("blank", blank),
                either("others", others)
            );
            match maker.number {
                true => {
                    format!(
                        "said = {made}\n{} = mapped(said)\n{} = why(said)\n",
                        into(""),
                        into("_why")
                    )
                }
                false => format!("{} = {made}\n", into("")),
            }
        }
        Rule::Band { of: whole, bands } => {
            let codes: Vec<String> = bands.iter().map(|(code, ..)| code.clone()).collect();
            let from: Vec<String> = bands.iter().map(|(_, min, _)| end(*min, "-np.inf")).collect();
            let to: Vec<String> = bands.iter().map(|(.., max)| end(*max, "np.inf")).collect();
            format!(
                "{} = band({}, {}, [{}],\n    [{}], [{}])\n",
                into(""),
                of(whole),
                of(&format!("{whole}_why")),
                quoted_list(&codes),
                from.join(", "),
                to.join(", ")
            )
        }
        Rule::Count { of: parts, codes } => {
            let counted: Vec<String> = parts
                .iter()
                .map(|id| format!("one_of({}, [{}])", of(id), quoted_list(codes)))
                .collect();
            let reasons: Vec<String> = parts.iter().map(|id| of(id)).collect();
            format!(
                "{why} = first_reason(n, {}, none=\"\", without=\".not_applicable\")\n{} = np.where({why} == \"\", sum([{}]), np.nan)\n",
                reasons.join(", "),
                into(""),
                counted.join(", "),
                why = into("_why"),
            )
        }
        Rule::Derived { cases, needs } => {
            let is_number =
                |id: &str| part.makers.iter().any(|maker| maker.id == id && maker.number);
            let each: Vec<String> = cases
                .iter()
                .map(|(when, code)| {
                    format!("    ({}, {})", plain_condition(when, rows), quoted(code))
                })
                .collect();
            let reasons: Vec<String> = needs
                .iter()
                .map(|id| if is_number(id) { of(&format!("{id}_why")) } else { of(id) })
                .collect();
            format!(
                "made = cases({what}, n,\n{}, others=\"?\")\n{} = np.where(made == \"?\", first_reason(n, {}), made)\n",
                each.join(",\n"),
                into(""),
                reasons.join(", ")
            )
        }
        Rule::Quantile { of: whole, codes, household, upper } => {
            let key: Vec<String> = part.household.iter().map(|c| column(part, c)).collect();
            let key =
                if *household { format!(", together({})", key.join(", ")) } else { String::new() };
            let why = of(&format!("{whole}_why"));
            format!(
                "made = quantile_groups({}, {rows}[\"w\"], [{}], {}{key})\n{} = np.where({why} == \"\", made, {why})\n",
                of(whole),
                quoted_list(codes),
                truth(*upper),
                into("")
            )
        }
    }
}

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
                format!("one_of({rows}[\"{id}\"], [{}])", quoted_list(&codes))
            }
            Test::Range { min, max } => format!(
                "between({rows}[\"{id}\"], {}, {})",
                end(*min, "-np.inf"),
                end(*max, "np.inf")
            ),
        })
        .collect();
    if !condition.any.is_empty() {
        let any: Vec<String> = condition.any.iter().map(|one| plain_condition(one, rows)).collect();
        let any: Vec<String> = any.iter().map(|one| format!("({one})")).collect();
        all.push(format!("({})", any.join(" | ")));
    }
    if all.is_empty() { "np.full(n, True)".to_string() } else { all.join(" & ") }
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

fn design(script: &Script) -> Result<String, Error> {
    let options = &script.options;
    let mut text = String::from("# --- Design ---\n");
    if script.weight == WeightKind::Implied {
        let above = |at: usize| match at {
            0 if script.stages[0].stratum => "rows[\"stratum\"]".to_string(),
            0 => "np.full(n, \"\")".to_string(),
            1 if script.stages[0].stratum => "within(rows[\"stratum\"], rows[\"psu\"])".to_string(),
            _ => "rows[\"psu\"]".to_string(),
        };
        for (at, stage) in script.stages.iter().enumerate().take(2) {
            let suffix = if at == 0 { String::new() } else { "_2".to_string() };
            let unit = match (stage.psu, at) {
                (true, _) | (_, 1) => format!("rows[\"psu{suffix}\"]"),
                _ => "np.arange(n)".to_string(),
            };
            text.push_str(&format!(
                "rows[\"w\"] = rows[\"w\"] * implied_weight(rows[\"fpc{suffix}\"], {}, {unit})\n",
                above(at)
            ));
        }
    }
    let replicated = match &options.replicates {
        Some(Replicates::Made(_)) => {
            return Err(refused(
                PROGRAM,
                "replicate weights that are made (`make`) are this program's own; take the file's \
                 own replicate weights, or `variance = \"taylor\"`",
            ));
        }
        Some(Replicates::Columns(columns)) => Some(columns),
        None => None,
    };
    let mut arguments = vec!["wgt=\"w\"".to_string()];
    if let Some(columns) = replicated {
        arguments.push(format!("rep_wgts={}", replicates(script, columns)));
        text.push_str(&format!(
            "REPLICATES = np.column_stack([rows[f\"rep_{{i}}\"] for i in range(1, {})])\n",
            script.replicates + 1
        ));
        let centre = if columns.mse { "estimate" } else { "rep_mean" };
        text.push_str(&format!("CENTRE = \"{centre}\"\n"));
    } else {
        text.push_str("REPLICATES = None\n");
        let first = script.stages[0];
        if script.stages.len() > 2 {
            return Err(refused(
                PROGRAM,
                "svy knows two stages of sampling, and the design has more",
            ));
        }
        if script.stages.iter().skip(1).any(|stage| stage.stratum) {
            return Err(refused(PROGRAM, "svy knows no strata of the second stage"));
        }
        if first.stratum {
            arguments.push("stratum=\"stratum\"".to_string());
        }
        if first.psu {
            arguments.push("psu=\"psu\"".to_string());
        }
        match (first.fpc, script.stages.len()) {
            (true, 1) => arguments.push("pop_size=\"fpc\"".to_string()),
            (true, _) => arguments.push(
                "ssu=\"psu_2\", pop_size=svy.PopSize(psu=\"fpc\", ssu=\"fpc_2\")".to_string(),
            ),
            _ => {}
        }
        match options.lonely_psu {
            LonelyPsu::Fail => {}
            LonelyPsu::Remove | LonelyPsu::Certainty => arguments.push("singleton=\"skip\"".into()),
            LonelyPsu::Adjust => arguments.push("singleton=\"center\"".into()),
            LonelyPsu::Average => arguments.push("singleton=\"scale\"".into()),
        }
        if options.adjust_domain_lonely {
            return Err(refused(
                PROGRAM,
                "svy has no rule for strata that only a domain leaves with one PSU \
                 (`adjust_domain_lonely`)",
            ));
        }
        if options.nest || !first.stratum {
            // PSU ids are taken inside their stratum.
        } else if first.psu {
            text.push_str("if len(set(zip(rows[\"stratum\"], rows[\"psu\"]))) != len(set(rows[\"psu\"])):\n    raise SystemExit(\"a PSU id stands in two strata\")\n");
        }
    }
    if options.calibration.len() > 1 {
        return Err(refused(
            PROGRAM,
            "the standard errors of svy know of one step of calibration, and the study has several",
        ));
    }
    text.push_str("frame = {k: v for k, v in rows.items() if not k.endswith(\"_why\")}\n");
    text.push_str("data = pl.DataFrame({k: v.tolist() for k, v in frame.items()})\n");
    text.push_str(&format!("sample = svy.Sample(data, svy.Design({}))\n", arguments.join(", ")));
    for step in &options.calibration {
        text.push_str(&calibration(step)?);
    }
    Ok(text)
}

fn replicates(script: &Script, columns: &ReplicateColumns) -> String {
    let own = script.scale(columns);
    let name = match columns.kind {
        ReplicateKind::Brr | ReplicateKind::Fay => "BrrWgts",
        ReplicateKind::Jk1 | ReplicateKind::Jk2 | ReplicateKind::Jkn => "JackknifeWgts",
        ReplicateKind::SuccessiveDifference | ReplicateKind::Acs => "SdrWgts",
        ReplicateKind::Bootstrap | ReplicateKind::Other => "BootstrapWgts",
    };
    let scale = match columns.rscales.is_empty() {
        true => number(own),
        false => {
            let each: Vec<String> = columns.rscales.iter().map(|s| number(s * own)).collect();
            format!("[{}]", each.join(", "))
        }
    };
    let fay = match columns.kind {
        ReplicateKind::Fay => format!(", fay_coef={}", number(columns.rho)),
        _ => String::new(),
    };
    format!("svy.{name}(prefix=\"rep_\", n_reps={}{fay}, scale={scale})", script.replicates)
}

fn cells(margin: &Margin) -> String {
    let each: Vec<String> = margin
        .totals
        .iter()
        .map(|(codes, total)| format!("{}: {}", quoted(&codes.join("|")), number(*total)))
        .collect();
    format!("{{{}}}", each.join(", "))
}

fn calibration(step: &Calibration) -> Result<String, Error> {
    let cell = |margin: &Margin, name: &str| {
        let parts: Vec<String> = margin.by.iter().map(|id| format!("rows[\"{id}\"]")).collect();
        format!(
            "data = data.with_columns(pl.Series(\"{name}\", within({}).tolist()))\n",
            parts.join(", ")
        )
    };
    let again = "sample = svy.Sample(data, sample.design)\n";
    Ok(match step {
        Calibration::Poststratify(margin) => format!(
            "{}{again}sample = sample.weighting.poststratify({}, cells=\"cell\")\n",
            cell(margin, "cell"),
            cells(margin)
        ),
        Calibration::Rake(margins) => {
            let mut text = String::new();
            let mut controls = Vec::new();
            for (at, margin) in margins.iter().enumerate() {
                text.push_str(&cell(margin, &format!("cell_{}", at + 1)));
                controls.push(format!("\"cell_{}\": {}", at + 1, cells(margin)));
            }
            format!(
                "{text}{again}sample = sample.weighting.rake(controls={{{}}}, tol=1e-13, max_iter=1000)\n",
                controls.join(", ")
            )
        }
        Calibration::Totals(totals) => {
            if totals.distance != Distance::Linear {
                return Err(refused(
                    PROGRAM,
                    "svy calibrates linearly; bounded, multiplicative and logit calibration would \
                     give other weights",
                ));
            }
            let (mut text, mut controls) = (String::new(), Vec::new());
            for (at, (auxiliary, total)) in totals.targets.iter().enumerate() {
                let values = match auxiliary {
                    Auxiliary::Constant => "np.ones(n)".to_string(),
                    Auxiliary::Code { concept, code } => {
                        format!("(rows[\"{concept}\"] == {}).astype(float)", quoted(code))
                    }
                    Auxiliary::Number(concept) => format!("rows[\"{concept}\"]"),
                };
                let name = format!("aux_{}", at + 1);
                text.push_str(&format!(
                    "data = data.with_columns(pl.Series(\"{name}\", {values}))\n"
                ));
                controls.push(format!("\"{name}\": {}", number(*total)));
            }
            format!(
                "{text}{again}sample = sample.weighting.calibrate(controls={{{}}})\n",
                controls.join(", ")
            )
        }
    })
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
    let one = |split: &super::describe::SplitBy| {
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
