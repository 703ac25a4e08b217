//! Runs one case and lists what differs.

use crate::case::{Builder, Question, indicator, text};
use crate::expression::evaluate;
use crate::table::{Table, Tables};
use arrow::array::RecordBatch;
use inclusion_estimate::{
    Estimate, Figure, IntervalMethod, Linearized, Outcome, Uncertainty, interval_mean,
};
use inclusion_registry::{Condition, Indicator, Statistic, Test};
use inclusion_survey::{Deff, DfRule, Group, Options, Results, Rows, estimate};
use serde_json::Value;
use std::collections::BTreeMap;

/// Degrees of freedom, design effect, and where they stand in the expected row.
const VARIANTS: [(DfRule, Deff, &str, &str); 3] = [
    (DfRule::Domain, Deff::SrsWithoutReplacement, "t_domain_df", "deff_srswor"),
    (DfRule::Full, Deff::SrsWithReplacement, "t_full_df", "deff_srswr"),
    (DfRule::Infinite, Deff::Deft2, "z", ""),
];

/// What differs from the expected result; empty if the case passes.
pub fn run(case: &Value, tables: &mut Tables) -> Vec<String> {
    let mut problems = Vec::new();
    if let Some("joint_mean" | "weights_after") = case["estimand"]["kind"].as_str() {
        crate::sample::run(case, tables, &mut problems);
        return problems;
    }
    let own = ["quantile", "variance"].map(|stat| case["estimand"]["stat"] == stat).contains(&true)
        || ["chisq", "ttest", "glm"].map(|kind| case["estimand"]["kind"] == kind).contains(&true);
    if own {
        crate::estimands::run(case, tables, &mut problems);
        return problems;
    }
    for as_share in [false, true] {
        run_as(case, tables, as_share, &mut problems);
    }
    problems
}

/// The data of a case, without rows that it drops.
pub fn rows_of(case: &Value, tables: &mut Tables) -> Table {
    let table = tables.get(case["data"].as_str().expect("a data file")).clone();
    match case["design"]["drop_rows_where_zero"].as_str() {
        Some(column) => {
            let values = table.column(column).to_vec();
            table.filter(|row| values[row].parse::<f64>() != Ok(0.0))
        }
        None => table,
    }
}

/// A 0/1 variable is estimated once as a number and once as a share (or a number of cases).
fn run_as(case: &Value, tables: &mut Tables, as_share: bool, problems: &mut Vec<String>) {
    let table = rows_of(case, tables);
    let estimand = &case["estimand"];
    let mut builder = Builder::new(&table);
    let universe = builder.universe(&case["domain"]["filter"]);
    let stat = estimand["stat"].as_str().expect("a statistic");
    let variable = estimand["variables"].as_str().unwrap_or_default();
    let binary = !variable.is_empty()
        && builder.levels(variable).iter().all(|level| level == "0" || level == "1");
    let share_only = matches!(stat, "prop" | "ciprop");
    if (as_share && !binary && !share_only) || (!as_share && share_only) {
        return;
    }
    let indicators = indicators(&mut builder, estimand, stat, variable, as_share, &universe);
    let by: Vec<String> = case["domain"]["by"].as_array().into_iter().flatten().map(text).collect();
    let mut question = builder.question(case, indicators, &by);
    question.options.level = estimand["level"].as_f64().unwrap_or(0.95);
    question.options.interval = match estimand["method"].as_str() {
        // R's `logit` comes from a logistic regression, whose iterations end early: equal to 1e-8.
        Some("xlogit" | "logit") => IntervalMethod::Logit,
        Some("asin") => IntervalMethod::Asin,
        Some("likelihood") => IntervalMethod::Likelihood,
        Some("beta") => IntervalMethod::Beta,
        Some("wilson") => IntervalMethod::Wilson,
        _ => IntervalMethod::Mean,
    };
    let expected = &case["expected"];
    let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
    let mut check = Check { tolerance, problems, share: as_share };
    for variant in VARIANTS {
        let options = Options { df: variant.0, deff: variant.1, ..question.options.clone() };
        let results = run_question(&question, &options);
        let results = match (results, expected.get("error")) {
            (Err(error), Some(wanted)) => {
                // The same reason, in our words.
                let ours = match wanted.as_str() {
                    Some(text) if text.contains("has only one PSU") => "has only one PSU",
                    Some(text) if text.contains("not nested in strata") => "occurs in strata",
                    _ => panic!("an error of R that has no counterpart: {wanted}"),
                };
                if !error.to_string().contains(ours) {
                    check.problems.push(format!("{error}, but R says {wanted}"));
                }
                continue;
            }
            (Ok(_), Some(error)) => {
                check.problems.push(format!("no error, but R says {error}"));
                return;
            }
            (Err(error), None) => {
                check.problems.push(format!("error: {error}"));
                return;
            }
            (Ok(results), None) => results,
        };
        if estimand["kind"] == "contrast" {
            contrasts(&mut check, &question, &results, case, variant);
        } else {
            rows(&mut check, &question, &results, case, variant);
        }
    }
}

fn indicators(
    builder: &mut Builder,
    estimand: &Value,
    stat: &str,
    variable: &str,
    as_share: bool,
    universe: &Condition,
) -> Vec<Indicator> {
    let codes = |id: String, code: String| Condition {
        any: Vec::new(),
        all: BTreeMap::from([(id, Test::Codes(vec![code]))]),
    };
    match stat {
        "prop" => builder
            .levels(variable)
            .into_iter()
            .map(|level| {
                let mut share = indicator(&level, Statistic::Proportion, universe);
                share.numerator = codes(builder.category(variable), level);
                share
            })
            .collect(),
        "ratio" => {
            let mut ratio = indicator("ratio", Statistic::Ratio, universe);
            let part = |name: &str| text(&estimand[name]);
            ratio.value = Some(builder.number(&part("numerator")));
            ratio.denominator = Some(builder.number(&part("denominator")));
            vec![ratio]
        }
        _ => {
            let statistic = match (stat, as_share) {
                ("total", _) => Statistic::Total,
                (_, true) => Statistic::Proportion,
                (_, false) => Statistic::Mean,
            };
            let mut one = indicator(variable, statistic, universe);
            if as_share {
                one.numerator = codes(builder.category(variable), "1".to_string());
            } else {
                one.value = Some(builder.number(variable));
            }
            vec![one]
        }
    }
}

/// Hands over the rows in three units.
pub fn in_units<T>(batch: &RecordBatch, run: impl FnOnce(&Rows<'_>) -> T) -> T {
    let third = batch.num_rows() / 3 + 1;
    let rows = Rows {
        schema: batch.schema(),
        units: 3,
        read: &|unit, each| {
            let start = (unit * third).min(batch.num_rows());
            each(batch.slice(start, third.min(batch.num_rows() - start)))
        },
    };
    run(&rows)
}

/// Runs the estimation over rows in three units.
fn run_question(
    question: &Question,
    options: &Options,
) -> Result<Results, inclusion_survey::Error> {
    in_units(&question.batch, |rows| estimate(&question.plan, rows, options))
}

/// Compares numbers within the tolerance of the case.
pub struct Check<'a> {
    pub tolerance: f64,
    pub problems: &'a mut Vec<String>,
    pub share: bool,
}

impl Check<'_> {
    pub fn number(&mut self, what: &str, found: Option<f64>, expected: &Value) {
        self.within(what, found, expected, self.tolerance);
    }

    pub fn exact(&mut self, what: &str, found: Option<f64>, expected: &Value) {
        self.within(what, found, expected, 1e-9);
    }

    fn within(&mut self, what: &str, found: Option<f64>, expected: &Value, tolerance: f64) {
        let problem = match (found, expected.as_f64()) {
            (None, None) => None,
            (Some(a), Some(b)) if (a - b).abs() <= (tolerance * b.abs()).max(1e-12) => None,
            (a, b) => Some(format!(
                "{what}: {a:?}, R has {b:?}{}",
                if self.share { " (as a share)" } else { "" }
            )),
        };
        self.problems.extend(problem);
    }
}

fn rows(
    check: &mut Check,
    question: &Question,
    results: &Results,
    case: &Value,
    variant: (DfRule, Deff, &str, &str),
) {
    let expected = &case["expected"];
    if expected["empty_domain"] == true {
        for group in &results.groups {
            if group.total.outcome != Outcome::Absent(inclusion_estimate::Absence::NoCases) {
                check.problems.push("an empty domain has a figure".to_string());
            }
        }
    }
    let list = expected["rows"].as_array().cloned().unwrap_or_default();
    if list.is_empty() && expected["empty_domain"] != true {
        check.problems.push("the case has no expected row".to_string());
    }
    for row in &list {
        let level = row.get("level").map(text);
        let codes: inclusion_estimate::Codes = row["group"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (format!("{name}_code"), text(value)))
            .collect();
        let wanted = |e: &Estimate| {
            e.key.breakdown == codes && level.as_ref().is_none_or(|l| *l == e.key.indicator)
        };
        // Once as a member of one joint group, once as a group of its own.
        let all = results.groups.iter().flat_map(|g| g.members.iter().chain([&g.total]));
        let found: Vec<&Estimate> = all.filter(|e| wanted(e)).collect();
        let times = if question.by.is_empty() { 1 } else { 2 };
        if found.len() != times {
            check.problems.push(format!("{codes:?} {level:?}: {} estimates", found.len()));
        }
        for estimate in found {
            one(
                check,
                estimate,
                row,
                &format!("{codes:?} {}", level.clone().unwrap_or_default()),
                variant,
            );
        }
    }
    if let Some(order) = expected["joint_order"].as_array() {
        let labels = members(question, &results.groups);
        for (i, a) in order.iter().enumerate() {
            for (j, b) in order.iter().enumerate() {
                let pair = labels.get(&text(a)).zip(labels.get(&text(b)));
                let found = pair.and_then(|(a, b)| a.covariance(b).ok());
                check.number(&format!("covariance {a} {b}"), found, &expected["covariance"][i][j]);
            }
        }
    }
}

fn one(
    check: &mut Check,
    estimate: &Estimate,
    row: &Value,
    name: &str,
    variant: (DfRule, Deff, &str, &str),
) {
    let Outcome::Known(figure) = &estimate.outcome else {
        check.problems.push(format!("{name}: {:?}", estimate.outcome));
        return;
    };
    check.number(&format!("{name} estimate"), Some(figure.point()), &row["estimate"]);
    check.number(&format!("{name} se"), figure.se(), &row["se"]);
    if row.get("cv").is_some() {
        check.number(&format!("{name} cv"), figure.cv(), &row["cv"]);
    }
    check.exact(&format!("{name} n_rows"), Some(estimate.counts.n_rows as f64), &row["n_rows"]);
    check.exact(&format!("{name} n"), Some(estimate.counts.n as f64), &row["n_positive_weight"]);
    if row.get("sum_weights").is_some() {
        check.exact(
            &format!("{name} sum of weights"),
            Some(estimate.counts.weighted),
            &row["sum_weights"],
        );
    }
    df(check, name, figure.df, row, variant.0);
    if !variant.3.is_empty() && row.get(variant.3).is_some() {
        check.number(&format!("{name} {}", variant.3), figure.deff, &row[variant.3]);
    }
    if row.get("ci").is_some() {
        interval(check, name, figure, &row["ci"][variant.2]);
    }
    if row.get("ci_low").is_some() && variant.0 == DfRule::Domain {
        check.number(&format!("{name} lower"), figure.interval.map(|i| i.lower), &row["ci_low"]);
        check.number(&format!("{name} upper"), figure.interval.map(|i| i.upper), &row["ci_high"]);
    }
}

fn df(check: &mut Check, name: &str, found: Option<f64>, row: &Value, rule: DfRule) {
    match rule {
        DfRule::Domain => check.exact(&format!("{name} df_domain"), found, &row["df_domain"]),
        DfRule::Full => check.exact(&format!("{name} df_full"), found, &row["df_full"]),
        DfRule::Infinite => check.exact(&format!("{name} infinite df"), found, &Value::Null),
    }
}

/// Compares the plain interval. A share of exactly 0 or 1 has another one on purpose, so there
/// the interval of R is compared only where the variable is estimated as a number.
fn interval(check: &mut Check, name: &str, figure: &Figure, expected: &Value) {
    let degenerate = check.share && (figure.point() == 0.0 || figure.point() == 1.0);
    if degenerate {
        return;
    }
    check.number(&format!("{name} lower"), figure.interval.map(|i| i.lower), &expected[0]);
    check.number(&format!("{name} upper"), figure.interval.map(|i| i.upper), &expected[1]);
}

/// The jointly estimated members by label.
fn members(question: &Question, groups: &[Group]) -> BTreeMap<String, Linearized> {
    let mut labels = BTreeMap::new();
    for estimate in groups.iter().flat_map(|g| &g.members) {
        let codes: Vec<&str> =
            question.by.iter().map(|id| estimate.key.breakdown[id].as_str()).collect();
        if let Outcome::Known(Figure { value: Uncertainty::Linearized(value), .. }) =
            &estimate.outcome
        {
            labels.insert(codes.join("."), value.clone());
        }
    }
    labels
}

fn contrasts(
    check: &mut Check,
    question: &Question,
    results: &Results,
    case: &Value,
    variant: (DfRule, Deff, &str, &str),
) {
    let (estimand, expected) = (&case["estimand"], &case["expected"]);
    let labels = members(question, &results.groups);
    let order = expected["domain_order"].as_array().cloned().unwrap_or_default();
    for (i, label) in order.iter().enumerate() {
        let member = labels.get(&text(label));
        check.number(
            &format!("{label} estimate"),
            member.map(Linearized::value),
            &expected["domain_estimate"][i],
        );
        check.number(&format!("{label} se"), member.map(Linearized::se), &expected["domain_se"][i]);
    }
    let Some(group) = results.groups.iter().find(|g| !g.members.is_empty()) else {
        check.problems.push("no joint group".to_string());
        return;
    };
    let values: BTreeMap<String, f64> =
        labels.iter().map(|(k, v)| (k.clone(), v.value())).collect();
    let given = estimand["contrasts"].as_object().cloned().unwrap_or_default();
    assert!(!given.is_empty(), "a contrast case has contrasts");
    for (name, contrast) in given {
        let dual = match contrast.as_object() {
            Some(linear) => {
                let terms: Vec<String> = linear.iter().map(|(k, v)| format!("({v})*{k}")).collect();
                evaluate(&terms.join("+"), &values)
            }
            None => evaluate(contrast.as_str().expect("an expression"), &values),
        };
        let slopes = dual.slopes.iter().map(|(label, slope)| (*slope, &labels[label]));
        let combined = Linearized::combine(dual.value, slopes).expect("members of one frame");
        let row = &expected["contrasts"][&name];
        check.number(&format!("{name} estimate"), Some(combined.value()), &row["estimate"]);
        check.number(&format!("{name} se"), Some(combined.se()), &row["se"]);
        df(check, &name, group.union_df, row, variant.0);
        let ends = interval_mean(combined.value(), combined.se(), group.union_df, 0.95);
        let ci = &row["ci"][variant.2];
        check.number(&format!("{name} lower"), ends.map(|i| i.lower), &ci[0]);
        check.number(&format!("{name} upper"), ends.map(|i| i.upper), &ci[1]);
    }
}
