//! Cases of quantiles, variances, tests and regressions, on a sample in memory.

use crate::case::{Builder, indicator, text};
use crate::run::{Check, in_units, rows_of};
use crate::table::Tables;
use inclusion_estimate::{IntervalMethod, interval_mean};
use inclusion_registry::{Condition, Indicator, Statistic, Test};
use inclusion_survey::Error;
use inclusion_survey::estimand::{
    Family, IndependenceTest, Iterations, Method, Model, Quantile, QuantileInterval,
    QuantileOptions, QuantileRule, Regression, RegressionOptions, Table, Variable, quantiles,
    regress, test_difference, test_independence, variance,
};
use inclusion_survey::sample::Sample;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Runs one case.
pub fn run(case: &Value, tables: &mut Tables, problems: &mut Vec<String>) {
    let tolerance = case["tolerance_rel"].as_f64().expect("a tolerance");
    let mut check = Check { tolerance, problems, share: false };
    let run = match case["estimand"]["kind"].as_str() {
        Some("chisq") => independence,
        Some("ttest") => difference,
        Some("glm") => regression,
        _ => by_group,
    };
    match (run(case, tables, &mut check), case["expected"].get("error")) {
        (Err(error), None) => check.problems.push(format!("error: {error}")),
        (Ok(()), Some(error)) => check.problems.push(format!("no error, but R says {error}")),
        _ => {}
    }
}

fn level(case: &Value) -> f64 {
    case["estimand"]["level"].as_f64().unwrap_or(0.95)
}

/// An indicator whose base are the rows of the case's domain in which a variable is stated.
fn stated(builder: &mut Builder<'_>, case: &Value, variable: &str) -> Indicator {
    let universe = builder.universe(&case["domain"]["filter"]);
    let mut share = indicator(variable, Statistic::Proportion, &universe);
    let codes = Test::Codes(builder.levels(variable));
    share.numerator =
        Condition { any: Vec::new(), all: BTreeMap::from([(builder.category(variable), codes)]) };
    share
}

fn read(builder: Builder<'_>, case: &Value, indicators: Vec<Indicator>) -> Result<Sample, Error> {
    let question = builder.question(case, indicators, &[]);
    in_units(&question.batch, |rows| Sample::read(&question.plan, rows, &question.options))
}

/// Rows in the base of all indicators.
fn domain_of(sample: &Sample, indicators: usize) -> Vec<bool> {
    let bases: Vec<Vec<bool>> = (0..indicators).map(|k| sample.base(k)).collect();
    (0..sample.rows()).map(|row| bases.iter().all(|base| base[row])).collect()
}

/// Codes of a category; those that are missing are outside every domain.
fn codes(sample: &Sample, id: &str) -> Result<Vec<usize>, Error> {
    Ok(sample.codes(id)?.iter().map(|code| usize::try_from(*code).unwrap_or(0)).collect())
}

fn numbers(sample: &Sample, id: &str) -> Result<Vec<f64>, Error> {
    Ok(sample.numbers(id)?.iter().map(|value| value.unwrap_or(0.0)).collect())
}

/// Quantiles and variances, row by row of the expected groups.
fn by_group(case: &Value, tables: &mut Tables, check: &mut Check<'_>) -> Result<(), Error> {
    let table = rows_of(case, tables);
    let mut builder = Builder::new(&table);
    let variable = case["estimand"]["variables"].as_str().expect("a variable");
    let number = builder.number(variable);
    let stated = stated(&mut builder, case, variable);
    let by: Vec<String> = case["domain"]["by"].as_array().into_iter().flatten().map(text).collect();
    let levels: BTreeMap<&String, (String, Vec<String>)> =
        by.iter().map(|name| (name, (builder.category(name), builder.levels(name)))).collect();
    let sample = read(builder, case, vec![stated])?;
    let (base, values) = (domain_of(&sample, 1), numbers(&sample, &number)?);
    let expected = case["expected"]["rows"].as_array().cloned().unwrap_or_default();
    assert!(!expected.is_empty(), "the case has rows");
    for row in &expected {
        let mut domain = base.clone();
        for (name, (id, levels)) in &levels {
            let level = text(&row["group"][name.as_str()]);
            let code = levels.iter().position(|l| *l == level).expect("a level") as i16;
            let own = sample.codes(id)?;
            domain.iter_mut().zip(own).for_each(|(inside, c)| *inside &= *c == code);
        }
        let label = format!("{} {}", row["group"], row["probability"]);
        if case["estimand"]["stat"] == "quantile" {
            quantile(case, &sample, &values, &domain, row, check, &label)?;
        } else {
            spread(case, &sample, &values, &domain, row, check, &label)?;
        }
        let rows = domain.iter().filter(|d| **d).count();
        let positive =
            domain.iter().zip(sample.weights()).filter(|(d, w)| **d && **w > 0.0).count();
        check.exact(&format!("{label} n_rows"), Some(rows as f64), &row["n_rows"]);
        check.exact(&format!("{label} n"), Some(positive as f64), &row["n_positive_weight"]);
        check.exact(&format!("{label} df_domain"), Some(sample.df(&domain)), &row["df_domain"]);
        check.exact(&format!("{label} df_full"), Some(sample.full_df()), &row["df_full"]);
    }
    Ok(())
}

fn spread(
    case: &Value,
    sample: &Sample,
    values: &[f64],
    domain: &[bool],
    row: &Value,
    check: &mut Check<'_>,
    label: &str,
) -> Result<(), Error> {
    let weighted = domain.iter().zip(sample.weights());
    let n = weighted.filter(|(inside, w)| **inside && **w != 0.0).count() as u64;
    let joint = sample.joint(&|weights, need| variance(values, n, domain, weights, need))?;
    let (value, se) = (joint.values[0], joint.se()[0]);
    check.number(&format!("{label} estimate"), Some(value), &row["estimate"]);
    check.number(&format!("{label} se"), Some(se), &row["se"]);
    check.number(&format!("{label} cv"), Some(se / value), &row["cv"]);
    let rules =
        [(Some(joint.df[0]), "t_domain_df"), (Some(sample.full_df()), "t_full_df"), (None, "z")];
    for (df, name) in rules {
        let interval = interval_mean(value, se, df, level(case));
        let ends = [interval.map(|i| i.lower), interval.map(|i| i.upper)];
        for (end, found) in ends.into_iter().enumerate() {
            check.number(&format!("{label} {name} {end}"), found, &row["ci"][name][end]);
        }
    }
    Ok(())
}

fn quantile(
    case: &Value,
    sample: &Sample,
    values: &[f64],
    domain: &[bool],
    row: &Value,
    check: &mut Check<'_>,
    label: &str,
) -> Result<(), Error> {
    let p = row["probability"].as_f64().expect("a probability");
    let rule = match case["estimand"]["rule"].as_str().expect("a rule") {
        "math" | "hf1" => QuantileRule::Math,
        "school" | "hf2" => QuantileRule::School,
        "hf3" => QuantileRule::Hf3,
        "hf4" => QuantileRule::Hf4,
        "hf5" => QuantileRule::Hf5,
        "hf6" => QuantileRule::Hf6,
        "hf7" => QuantileRule::Hf7,
        "hf8" => QuantileRule::Hf8,
        "hf9" => QuantileRule::Hf9,
        other => panic!("rule {other}"),
    };
    let interval = match case["estimand"]["interval"].as_str().expect("an interval") {
        "quantile" => QuantileInterval::Replicated,
        "mean" => QuantileInterval::Woodruff(IntervalMethod::Mean),
        "beta" => QuantileInterval::Woodruff(IntervalMethod::Beta),
        "xlogit" => QuantileInterval::Woodruff(IntervalMethod::Logit),
        "asin" => QuantileInterval::Woodruff(IntervalMethod::Asin),
        other => panic!("interval {other}"),
    };
    let options = QuantileOptions { probabilities: vec![p], rule, interval };
    let Quantile { value, se, lower, upper, .. } = quantiles(sample, values, domain, &options)?[0];
    check.number(&format!("{label} estimate"), Some(value), &row["estimate"]);
    check.number(&format!("{label} se"), se, &row["se"]);
    check.number(&format!("{label} lower"), lower, &row["ci_low"]);
    check.number(&format!("{label} upper"), upper, &row["ci_high"]);
    Ok(())
}

fn independence(case: &Value, tables: &mut Tables, check: &mut Check<'_>) -> Result<(), Error> {
    let mut table = rows_of(case, tables);
    table.columns.insert("every_row".to_string(), vec!["1".to_string(); table.rows]);
    let mut builder = Builder::new(&table);
    let names = [text(&case["estimand"]["row"]), text(&case["estimand"]["col"])];
    let ids = names.clone().map(|name| builder.category(&name));
    let levels = names.clone().map(|name| builder.levels(&name).len());
    let [row, column] = &names;
    let bases = [row.as_str(), column.as_str(), "every_row"];
    let bases = bases.map(|name| stated(&mut builder, case, name)).to_vec();
    let sample = read(builder, case, bases)?;
    let domain = domain_of(&sample, 2);
    let (row, column) = (codes(&sample, &ids[0])?, codes(&sample, &ids[1])?);
    let table =
        Table { row: &row, column: &column, rows: levels[0], columns: levels[1], domain: &domain };
    let statistic = case["estimand"]["statistic"].as_str().expect("a statistic");
    let method = if statistic.ends_with("Wald") { Method::Wald } else { Method::RaoScott };
    let tests = test_independence(&sample, &table, &sample.base(2), method)?;
    let IndependenceTest { statistic, ndf, ddf, p_value } = match statistic {
        "Chisq" | "Wald" => tests.first,
        "F" | "adjWald" => tests.second,
        other => panic!("statistic {other}"),
    };
    let expected = &case["expected"];
    check.number("statistic", Some(statistic), &expected["statistic"]);
    check.number("p value", Some(p_value), &expected["p_value"]);
    // The expected p-value carries the digits of the statistic; a tiny one is compared relatively.
    let relative = expected["p_value"].as_f64().map(|p| (p_value / p - 1.0).abs());
    if relative.is_none_or(|r| r > 1e3 * check.tolerance) {
        check.problems.push(format!("p value: {p_value:e}, R has {}", expected["p_value"]));
    }
    match &expected["df"] {
        Value::Array(both) => {
            check.number("numerator df", Some(ndf), &both[0]);
            check.number("denominator df", ddf, &both[1]);
        }
        one => check.number("df", Some(ndf), one),
    }
    Ok(())
}

fn difference(case: &Value, tables: &mut Tables, check: &mut Check<'_>) -> Result<(), Error> {
    let table = rows_of(case, tables);
    let mut builder = Builder::new(&table);
    let variable = text(&case["estimand"]["variable"]);
    let group = text(&case["estimand"]["group"]);
    let (number, category) = (builder.number(&variable), builder.category(&group));
    assert_eq!(builder.levels(&group).len(), 2, "two groups");
    let bases = [&variable, &group].map(|name| stated(&mut builder, case, name));
    let sample = read(builder, case, bases.to_vec())?;
    let (domain, values) = (domain_of(&sample, 2), numbers(&sample, &number)?);
    let second: Vec<bool> = sample.codes(&category)?.iter().map(|code| *code == 1).collect();
    let test = test_difference(&sample, &values, &second, &domain)?;
    let expected = &case["expected"];
    check.number("t", Some(test.t), &expected["t"]);
    check.exact("df", test.df, &expected["df"]);
    check.number("p value", Some(test.p_value), &expected["p_value"]);
    check.number("difference", Some(test.difference), &expected["difference"]);
    check.number("lower", Some(test.lower), &expected["ci_low"]);
    check.number("upper", Some(test.upper), &expected["ci_high"]);
    Ok(())
}

/// A variable of a formula: its label, its column, and whether it is a category.
struct Named {
    label: String,
    column: String,
    category: bool,
}

/// The right side of a formula: variables, and terms by their places.
fn formula(builder: &Builder<'_>, right: &str) -> (Vec<Named>, Vec<Vec<usize>>) {
    let (mut variables, mut terms): (Vec<Named>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    let mut add = |term: Vec<usize>| {
        if !terms.contains(&term) {
            terms.push(term);
        }
    };
    for part in right.split('+') {
        let mut product: Vec<usize> = Vec::new();
        for label in part.split(['*', ':']).map(str::trim) {
            let inner = label.strip_prefix("factor(").and_then(|rest| rest.strip_suffix(')'));
            let column = inner.unwrap_or(label).to_string();
            let category = inner.is_some()
                || builder.levels(&column).iter().any(|level| level.parse::<f64>().is_err());
            let place = variables.iter().position(|v: &Named| v.label == label);
            product.push(place.unwrap_or_else(|| {
                variables.push(Named { label: label.to_string(), column, category });
                variables.len() - 1
            }));
        }
        if part.contains('*') {
            // Every product of some of the variables.
            for subset in 1..1usize << product.len() {
                let chosen = product.iter().enumerate().filter(|(k, _)| (subset >> k) & 1 == 1);
                add(chosen.map(|(_, place)| *place).collect());
            }
        } else {
            add(product);
        }
    }
    (variables, terms)
}

fn regression(case: &Value, tables: &mut Tables, check: &mut Check<'_>) -> Result<(), Error> {
    let table = rows_of(case, tables);
    let mut builder = Builder::new(&table);
    let written = case["estimand"]["formula"].as_str().expect("a formula");
    let (left, right) = written.split_once('~').expect("two sides");
    let (variables, terms) = formula(&builder, right);
    // Either a number, or I(name=='level').
    let equals = left.strip_prefix("I(").and_then(|rest| rest.strip_suffix("')"));
    let (name, wanted) = match equals.and_then(|inner| inner.split_once("=='")) {
        Some((name, level)) => (name, Some(level)),
        None => (left.trim(), None),
    };
    let outcome = match wanted {
        Some(_) => builder.category(name),
        None => builder.number(name),
    };
    let wanted = wanted.map(|w| builder.levels(name).iter().position(|l| l == w).expect("a level"));
    let mut bases = vec![stated(&mut builder, case, name)];
    let mut ids = Vec::new();
    let levels: Vec<Vec<String>> = variables.iter().map(|v| builder.levels(&v.column)).collect();
    for variable in &variables {
        bases.push(stated(&mut builder, case, &variable.column));
        ids.push(match variable.category {
            true => builder.category(&variable.column),
            false => builder.number(&variable.column),
        });
    }
    let count = bases.len();
    let sample = read(builder, case, bases)?;
    let domain = domain_of(&sample, count);
    let y: Vec<f64> = match wanted {
        Some(code) => codes(&sample, &outcome)?
            .iter()
            .map(|own| if *own == code { 1.0 } else { 0.0 })
            .collect(),
        None => numbers(&sample, &outcome)?,
    };
    let mut columns = Vec::new();
    for (variable, id) in variables.iter().zip(&ids) {
        columns.push(match variable.category {
            true => (Vec::new(), codes(&sample, id)?),
            false => (numbers(&sample, id)?, Vec::new()),
        });
    }
    let named: Vec<(&str, Variable<'_>)> = (variables.iter().zip(&columns).zip(&levels))
        .map(|((variable, (numbers, codes)), levels)| {
            let column = match variable.category {
                true => Variable::Category { codes, levels, reference: 0 },
                false => Variable::Number(numbers),
            };
            (variable.label.as_str(), column)
        })
        .collect();
    let model = Model::new(&named, &terms, &domain)?;
    let family = match case["estimand"]["family"].as_str().expect("a family") {
        "gaussian" => Family::Gaussian,
        "binomial" | "quasibinomial" => Family::Binomial,
        other => panic!("family {other}"),
    };
    // R's covariance is that of its last working weights, which the exact one need not equal. The
    // covariances of the cases tell that their `epsilon` was between 2.6e-13 and 1.9e-9.
    let options = RegressionOptions { family, iterations: Iterations::AsR { epsilon: 1e-10 } };
    let Regression { coefficients, covariance, df } =
        regress(&sample, &model, &y, options, &domain)?;
    let exact = regress(&sample, &model, &y, family.into(), &domain)?;
    for (a, b) in coefficients.iter().zip(&exact.coefficients) {
        check.number(&format!("{} exactly", a.name), Some(b.value), &json!(a.value));
        if (a.se / b.se - 1.0).abs() > 1e-4 {
            check.problems.push(format!("{} se: {} exactly, {} as R", a.name, b.se, a.se));
        }
    }
    let expected = &case["expected"];
    check.exact("df", df, &expected["df_residual"]);
    let names: Vec<String> = expected["term"].as_array().into_iter().flatten().map(text).collect();
    assert_eq!(model.names(), names, "columns in R's order");
    for (k, row) in coefficients.iter().enumerate() {
        check.number(
            &format!("{} coefficient", row.name),
            Some(row.value),
            &expected["coefficient"][k],
        );
        check.number(&format!("{} se", row.name), Some(row.se), &expected["se"][k]);
        check.number(&format!("{} t", row.name), row.t, &expected["t"][k]);
        check.number(&format!("{} p", row.name), row.p_value, &expected["p_value"][k]);
        for l in 0..names.len() {
            let found = Some(covariance[k * names.len() + l]);
            check.number(&format!("covariance {k} {l}"), found, &expected["covariance"][k][l]);
        }
    }
    Ok(())
}
