//! The reference cases of the methods page on reliability and confidentiality: all of
//! `disclosure.json`, through the public functions.

use inclusion_disclosure::{
    Decision, KeyCounts, Reliability, ShareToJudge, attacker_intervals, by_cases,
    by_interval_width, by_relative_error, dominated, other_sex, p_percent, recovered_rate,
    round_to_base, suppress_table,
};
use inclusion_estimate::{IntervalMethod, ProportionInputs, interval_proportion};
use inclusion_registry::{IntervalWidthRule, Policy, RelativeErrorRule};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Cases of the file; a file with fewer is not the one that this test is for.
const CASES: usize = 15;

/// The cases, or `None` with a loud line where they are not there.
fn cases() -> Option<Vec<Value>> {
    let folder = match std::env::var_os("INCLUSION_CONFORMANCE") {
        Some(folder) => PathBuf::from(folder),
        None => concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance").into(),
    };
    let path = folder.join("methods/disclosure.json");
    if !path.is_file() {
        let needs = format!("this test needs {}, which is not there", path.display());
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "{needs}");
        eprintln!("SKIPPED: {needs}");
        return None;
    }
    let text = std::fs::read_to_string(path).expect("readable cases");
    let cases: Value = serde_json::from_str(&text).expect("cases are JSON");
    Some(cases.as_array().expect("a list of cases").clone())
}

/// Everything expected must be found: numbers within `tolerance × max(1, |expected|)`, all else equal.
fn differences(at: &str, found: &Value, expected: &Value, tolerance: f64, out: &mut Vec<String>) {
    match (found, expected) {
        (_, Value::Object(fields)) => {
            for (name, value) in fields {
                differences(&format!("{at}.{name}"), &found[name], value, tolerance, out);
            }
        }
        (Value::Array(list), Value::Array(values)) if list.len() == values.len() => {
            for (i, (one, value)) in list.iter().zip(values).enumerate() {
                differences(&format!("{at}[{i}]"), one, value, tolerance, out);
            }
        }
        (Value::Number(_), Value::Number(_)) => {
            let (a, b) = (number(found), number(expected));
            if (a - b).abs() > tolerance * b.abs().max(1.0) {
                out.push(format!("{at}: {a} is not {b}"));
            }
        }
        _ if found == expected => {}
        _ => out.push(format!("{at}: {found} is not {expected}")),
    }
}

#[test]
fn disclosure_agrees_with_the_reference() {
    let Some(cases) = cases() else { return };
    let mut failures = Vec::new();
    for case in &cases {
        let id = case["id"].as_str().expect("an id");
        let (found, expected) = answer(case);
        differences(id, &found, &expected, number(&case["tolerance"]), &mut failures);
        println!("disclosure.json: {id} {} compared", case["op"]);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(cases.len() >= CASES, "only {} cases", cases.len());
}

/// What is found, and what is expected of it; an operation that nothing answers is a failure.
fn answer(case: &Value) -> (Value, Value) {
    let (input, params, expected) = (&case["input"], &case["params"], &case["expected"]);
    let found = match case["op"].as_str().expect("an op") {
        "reliability_n" => {
            let limits = [&params["suppress_below"], &params["flag_below"]].map(whole);
            let verdicts =
                list(&input["n"]).iter().map(|n| by_cases(whole(n), limits[0], limits[1]));
            json!({ "status": verdicts.map(status).collect::<Vec<_>>() })
        }
        "reliability_rse" => {
            let rule = RelativeErrorRule {
                unreliable_above: number(&params["flag_above"]),
                withhold_above: number(&params["suppress_above"]),
            };
            let pairs = list(&input["estimate"]).iter().zip(list(&input["se"]));
            let verdicts: Vec<_> =
                pairs.map(|(x, se)| by_relative_error(number(x), number(se), rule)).collect();
            let rse: Vec<Option<f64>> = verdicts.iter().map(|(rse, _)| *rse).collect();
            let statuses: Vec<&str> = verdicts.iter().map(|(_, v)| status(*v)).collect();
            json!({ "rse": rse, "status": statuses })
        }
        "reliability_ci" => {
            let rule = IntervalWidthRule {
                least_effective: number(&params["min_n_eff"]),
                narrow: number(&params["width_ok"]),
                wide: number(&params["width_bad"]),
                relative: number(&params["rel_width_bad"]),
                least_df: number(&params["min_df"]),
            };
            json!({ "rows": list(&input["rows"]).iter().map(|r| by_width(r, rule)).collect::<Vec<_>>() })
        }
        "korn_graubard" => {
            let inputs = ProportionInputs {
                share: number(&input["p"]),
                se: number(&input["se"]),
                n_rows: whole(&input["n"]),
                df: Some(number(&input["df"])),
                level: number(&params["level"]),
            };
            let interval = interval_proportion(inputs, IntervalMethod::Beta).expect("an interval");
            json!({ "lower": interval.lower, "upper": interval.upper })
        }
        "table_suppression" => return table(case),
        "sex_complement" => {
            let rows = list(&input["rows"]).iter().map(|row| {
                let of = |sex: &str| decision(&row[sex]);
                let (women, men) = other_sex(of("F"), of("M"), of("T"));
                json!({ "F": word(women), "M": word(men), "T": word(of("T")) })
            });
            json!({ "rows": rows.collect::<Vec<_>>() })
        }
        "sex_attack" => {
            let [all, other, share] =
                ["total", "other", "share_suppressed"].map(|name| number(&input[name]));
            json!({ "recovered": recovered_rate(all, other, share) })
        }
        "magnitude_primary" => {
            let cells: Vec<Vec<f64>> = list(&input["cells"]).iter().map(numbers).collect();
            let mut found = Map::new();
            let p = number(&params["p"]);
            let verdicts: Vec<bool> = cells.iter().map(|cell| p_percent(cell, p)).collect();
            found.insert("p_percent".into(), json!(verdicts));
            for (place, rule) in list(&params["dominance"]).iter().enumerate() {
                let (n, k) = (whole(&rule[0]) as usize, number(&rule[1]));
                let verdicts: Vec<bool> = cells.iter().map(|cell| dominated(cell, n, k)).collect();
                found.insert(format!("d{}", place + 1), json!(verdicts));
            }
            Value::Object(found)
        }
        "round_base" => {
            let mut found = Map::new();
            for base in list(&params["bases"]).iter().map(whole) {
                let counts = list(&input["x"]).iter().map(|x| round_to_base(whole(x), base));
                found.insert(format!("base{base}"), json!(counts.collect::<Vec<_>>()));
            }
            Value::Object(found)
        }
        "k_anonymity" => anonymity(case),
        other => panic!("nothing answers `{other}`"),
    };
    (found, expected.clone())
}

fn by_width(row: &Value, rule: IntervalWidthRule) -> Value {
    let share = ShareToJudge {
        share: number(&row["p"]),
        se: number(&row["se"]),
        n: whole(&row["n"]),
        df: Some(number(&row["df"])),
    };
    let verdict = by_interval_width(share, rule);
    let display = verdict.reliability == Reliability::Good;
    let interval = verdict.interval.expect("an interval");
    let flags: Vec<&str> = [
        (!display, "Px"),
        (verdict.complement_unreliable, "Pc"),
        (verdict.few_df, "Pdf"),
        (verdict.extreme, "P0"),
    ]
    .into_iter()
    .filter_map(|(given, flag)| given.then_some(flag))
    .collect();
    json!({
        "n_eff_kg": verdict.n_interval,
        "lower": interval.lower,
        "upper": interval.upper,
        "n_eff": verdict.n_effective,
        "width": interval.upper - interval.lower,
        "rel_width": verdict.relative_width,
        "display": display,
        "flags": flags,
    })
}

/// The intervals of the primary cells alone and of the reference's pattern must be the reference's;
/// the pattern found here must be safe and cost at most 1.5 times the cheapest.
fn table(case: &Value) -> (Value, Value) {
    let rows: Vec<Vec<u64>> = list(&case["input"]["table"])
        .iter()
        .map(|row| list(row).iter().map(whole).collect())
        .collect();
    let expected = &case["expected"];
    let threshold = whole(&case["params"]["threshold"]);
    let policy = Policy { threshold: Some(threshold), ..Policy::default() };
    let found = suppress_table(&rows, &policy).expect("a table");
    let pairs = |value: &Value| -> Vec<(usize, usize)> {
        list(value).iter().map(|p| (whole(&p[0]) as usize, whole(&p[1]) as usize)).collect()
    };
    let intervals = |cells: &[(usize, usize)]| -> Value {
        let found = attacker_intervals(&rows, cells).expect("intervals");
        let of = found
            .iter()
            .map(|i| json!({ "row": i.row, "col": i.column, "low": i.low, "high": i.high }));
        of.collect()
    };
    let cost: u64 = found.secondary.iter().map(|(r, c)| rows[*r][*c]).sum();
    let inner = |(r, c): &(usize, usize)| *r + 1 < rows.len() && *c + 1 < rows[0].len();
    assert!(found.secondary.iter().all(inner), "{}: a total is withheld", case["id"]);
    let all = [found.primary.clone(), found.secondary.clone()].concat();
    for interval in attacker_intervals(&rows, &all).expect("intervals") {
        let high = interval.high.expect("totals bound every cell");
        if found.primary.contains(&(interval.row, interval.column)) {
            let safe = high > interval.low + 1e-6 && high + 1e-6 >= threshold as f64;
            assert!(safe, "{}: {interval:?}", case["id"]);
        }
    }
    let optimal = whole(&expected["optimal_cost"]);
    println!("{}: cost {cost}, the cheapest {optimal}", case["id"]);
    assert!(2 * cost <= 3 * optimal, "{}: cost {cost}, the cheapest {optimal}", case["id"]);
    let mut example = pairs(&expected["optimal_example"]);
    example.extend(&found.primary);
    let answer = json!({
        "primary": found.primary,
        "intervals_primary_only": intervals(&found.primary),
        "intervals_after": intervals(&example),
    });
    let mut expected = expected.as_object().expect("an object").clone();
    // Compared above.
    expected.remove("optimal_cost");
    expected.remove("optimal_example");
    (answer, Value::Object(expected))
}

fn anonymity(case: &Value) -> Value {
    let names: Vec<&str> = list(&case["input"]["keys"]).iter().filter_map(Value::as_str).collect();
    let mut codes: BTreeMap<(&str, String), u64> = BTreeMap::new();
    let records = list(&case["input"]["records"]);
    let mut keys = Vec::new();
    for record in records {
        let of_record = names.iter().map(|name| match &record[*name] {
            Value::Null => None,
            code => {
                let next = codes.len() as u64;
                Some(*codes.entry((*name, code.to_string())).or_insert(next))
            }
        });
        keys.push(of_record.collect::<Vec<Option<u64>>>());
    }
    let mut counts = KeyCounts::default();
    for (keys, record) in keys.iter().zip(records) {
        counts.add(keys, number(&record["w"]));
    }
    let anonymity = counts.anonymity();
    let groups: Vec<_> = keys.iter().map(|keys| anonymity.of(keys).expect("a group")).collect();
    let violations: Map<String, Value> = list(&case["params"]["k"])
        .iter()
        .map(|k| (k.to_string(), json!(anonymity.below(whole(k)))))
        .collect();
    json!({
        "fk": groups.iter().map(|group| group.sample).collect::<Vec<_>>(),
        "Fk": groups.iter().map(|group| group.population).collect::<Vec<_>>(),
        "violations": violations,
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is not a whole number"))
}

fn status(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::Good => "publish",
        Reliability::Low => "low_reliability",
        Reliability::Insufficient => "suppress",
    }
}

fn decision(value: &Value) -> Decision {
    match value.as_str() {
        Some("publish") => Decision::Publish,
        Some("suppress") => Decision::Suppress,
        _ => panic!("{value} is no decision"),
    }
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Publish => "publish",
        Decision::Suppress => "suppress",
        Decision::SuppressSecondary => "suppress_secondary",
    }
}
