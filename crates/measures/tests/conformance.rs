//! The reference cases of the methods page that these measures answer: all of `progress.json`, and of
//! `composite.json` those of the equally distributed equivalent.
//!
//! Kitagawa's cases of `decomposition.json` are those of `tests/tests/decomposition.rs`.

use inclusion_estimate::Linearized;
use inclusion_measures::progress::{
    self, Basis, Change, Closure, CurveKind, GapRates, Options, Point, Projection, Reason, Target,
};
use inclusion_measures::{combined_total, equally_distributed, inequality_loss};
use inclusion_registry::Direction;
use serde_json::{Value, json};
use std::path::PathBuf;

/// The cases of a file, or `None` with a loud line where they are not there.
fn cases(file: &str) -> Option<Vec<Value>> {
    let folder = match std::env::var_os("INCLUSION_CONFORMANCE") {
        Some(folder) => PathBuf::from(folder),
        None => concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance").into(),
    };
    let path = folder.join("methods").join(file);
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
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
            if (a - b).abs() > tolerance * b.abs().max(1.0) {
                out.push(format!("{at}: {a} is not {b}"));
            }
        }
        _ if found == expected => {}
        _ => out.push(format!("{at}: {found} is not {expected}")),
    }
}

/// Runs all cases that `answer` knows; an unknown operation is a failure.
fn run(file: &str, only: Option<&str>, least: usize, answer: fn(&Value) -> Option<Value>) {
    let Some(cases) = cases(file) else { return };
    let (mut failures, mut passed) = (Vec::new(), 0);
    for case in &cases {
        let (id, op) = (case["id"].as_str().expect("an id"), case["op"].as_str().expect("an op"));
        if only.is_some_and(|only| only != op) {
            continue;
        }
        let Some(found) = answer(case) else { panic!("{id}: nothing answers `{op}`") };
        let tolerance = case["tolerance"].as_f64().expect("a tolerance");
        let before = failures.len();
        differences(id, &found, &case["expected"], tolerance, &mut failures);
        if failures.len() == before {
            println!("{file}: {id} {op} agrees");
            passed += 1;
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(passed >= least, "only {passed} cases of {file} were compared");
}

#[test]
fn progress_agrees_with_the_reference() {
    run("progress.json", None, 13, answer);
}

#[test]
fn equally_distributed_equivalents_agree_with_the_reference() {
    run("composite.json", Some("ede"), 4, |case| {
        let number = |name: &str| case["input"][name].as_f64().expect("a number");
        let (f, m) = (Linearized::exact(number("f")), Linearized::exact(number("m")));
        let share = number("share_f");
        let aversion = case["params"]["eps"].as_f64().expect("a number");
        Some(json!({
            "ede": equally_distributed(&f, &m, share, aversion).unwrap().value(),
            "mean": combined_total(&f, &m, share, 1.0 - share).unwrap().value(),
            "loss_pct": 100.0 * inequality_loss(&f, &m, share, aversion).unwrap().value(),
        }))
    });
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().map(number).collect()
}

fn direction(row: &Value) -> Direction {
    match number(&row["direction"]) {
        1.0 => Direction::Higher,
        -1.0 => Direction::Lower,
        other => panic!("a direction of {other}"),
    }
}

fn point(year: f64, value: f64) -> Point<'static> {
    Point { year, value, se: None, comparability: None }
}

/// Base and last point of a row.
fn two(row: &Value) -> [Point<'static>; 2] {
    [point(number(&row["t0"]), number(&row["y0"])), point(number(&row["t1"]), number(&row["y1"]))]
}

/// The series of an input.
fn series(input: &Value) -> Vec<Point<'static>> {
    let (years, values) = (numbers(&input["years"]), numbers(&input["values"]));
    years.into_iter().zip(values).map(|(year, value)| point(year, value)).collect()
}

fn target(row: &Value) -> Target {
    Target {
        value: number(&row["target"]),
        year: row["target_year"].as_f64().unwrap_or(2030.0),
        base_year: 2015.0,
        direction: direction(row),
    }
}

fn rows(case: &Value, of: impl Fn(&Value) -> Value) -> Value {
    let rows = case["input"]["rows"].as_array().expect("rows");
    json!({ "rows": rows.iter().map(of).collect::<Vec<_>>() })
}

fn answer(case: &Value) -> Option<Value> {
    let (input, params) = (&case["input"], &case["params"]);
    let options = Options { ceiling: params["ceiling"].as_f64(), ..Options::default() };
    Some(match case["op"].as_str().expect("an op") {
        "progress_ratio" => rows(case, |row| {
            let r = progress::ratio_rule(&two(row), &target(row), &options).unwrap();
            json!({ "cagr": r.growth, "required": r.required, "R": r.ratio, "status": r.status.id() })
        }),
        "progress_expected" => rows(case, |row| {
            let e = progress::expected_value(&two(row), &target(row), &options).unwrap();
            json!({
                "cagr": e.growth,
                "expected": e.expected.map(|projection| projection.value),
                "ratio": e.ratio,
                "score": e.score,
                "status": e.status.id(),
            })
        }),
        "progress_no_target" => rows(case, |row| {
            let n = progress::no_target(&two(row), 2015.0, direction(row), &options).unwrap();
            json!({
                "cagr": n.growth,
                "signed": n.signed,
                "status3": n.three_bands,
                "status4": n.four_bands.id(),
            })
        }),
        "progress_limit" => rows(case, |row| {
            let limit = row["limit"].as_f64();
            let (points, d) = (two(row), direction(row));
            let n = progress::natural_limit(&points, 2015.0, d, limit, &options).unwrap();
            json!({ "growth": n.signed, "C": n.scale, "status": n.status.id(), "score": n.score })
        }),
        "progress_five_bands" => rows(case, |row| {
            let (points, d) = (two(row), direction(row));
            let b = progress::five_bands(&points, progress::SHORT_TERM, d, &options).unwrap();
            json!({ "growth": b.signed, "status": b.status.id(), "score": b.score })
        }),
        "progress_parity" => rows(case, |row| {
            let points = [
                point(number(&row["t0"]), number(&row["v0"])),
                point(number(&row["t1"]), number(&row["v1"])),
            ];
            let range = (0.97, number(&params["target_deviation"]));
            let by = number(&params["target_year"]);
            let p = progress::parity_ratio(&points, 2015.0, by, range, &options).unwrap();
            json!({
                "dev0": p.base_deviation,
                "dev1": p.last_deviation,
                "R": p.ratio,
                "status": p.status.id(),
            })
        }),
        "progress_score" => {
            let scores: Vec<f64> =
                numbers(&input["R"]).into_iter().map(progress::ratio_score).collect();
            json!({ "score": scores, "mean": progress::mean_score(&scores) })
        }
        "anticipated_progress" => {
            let (projection, slope, _) =
                progress::recency_weighted(&series(&input["series"]), 2030.0, &options).unwrap();
            let mut found = rows(case, |row| {
                let (base, target) = (number(&row["base2015"]), target(row));
                let predicted = number(&row["predicted2030"]);
                let (gap, status) = progress::anticipated_gap(base, predicted, &target).unwrap();
                let current =
                    progress::current_status(base, number(&row["current"]), &target).unwrap();
                json!({ "current_status": current, "gap_percent": gap, "status": status.id() })
            });
            found["weighted_prediction_2030"] = json!(projection.value);
            found["slope"] = json!(slope);
            found
        }
        "aroc" => {
            let rates = progress::rate_of_change(&series(input), &options).unwrap();
            json!({
                "endpoint": rates.end_points.unwrap(),
                "loglinear": rates.log_linear.unwrap(),
                "absolute_points_per_year": rates.per_year,
            })
        }
        "logit_trend" => logit_trend(case, &options),
        "growth_curves" => {
            let curve = |kind| {
                let (points, origin) = (series(input), number(&params["origin"]));
                let fit =
                    progress::growth_curve(kind, &points, origin, &[2030.0], &options).unwrap();
                let v2030 = fit.projections[0].as_ref().unwrap().value;
                json!({ "a": fit.a, "k": fit.k, "sse": fit.residual_squares, "v2030": v2030 })
            };
            json!({ "logistic": curve(CurveKind::Logistic), "gompertz": curve(CurveKind::Gompertz) })
        }
        "s_time" => s_time(input, &options),
        "gap_closure" => gap_closure(input, &options),
        _ => return None,
    })
}

fn logit_trend(case: &Value, options: &Options) -> Value {
    let params = &case["params"];
    let target = Target {
        base_year: number(&params["origin"]),
        ..Target::by_2030(number(&params["target"]))
    };
    let years = numbers(&params["project"]);
    // The case asks for a year 12 years beyond the data, which nothing gives unasked.
    let unasked = progress::logit_trend(&series(&case["input"]), &target, &years, options).unwrap();
    assert!(matches!(unasked.reaching, Err(Reason::BeyondHorizon { .. })));
    let options = Options { horizon: 12.0, ..*options };
    let trend = progress::logit_trend(&series(&case["input"]), &target, &years, &options).unwrap();
    let projected = |p: &Result<Projection, Reason>| {
        let p = p.as_ref().unwrap();
        let (low, high) = p.interval.unwrap();
        json!({ "year": p.year, "value": p.value, "low": low, "high": high })
    };
    json!({
        "intercept": trend.intercept,
        "slope": trend.slope,
        "s2": trend.residual_variance,
        "projection": trend.projections.iter().map(projected).collect::<Vec<_>>(),
        "year_reaching_target": trend.reaching.unwrap(),
    })
}

fn s_time(input: &Value, options: &Options) -> Value {
    let points = |sex: &str| -> Vec<Point<'static>> {
        let pairs = input[sex].as_array().expect("a series").iter().map(numbers);
        pairs.map(|pair| point(pair[0], pair[1])).collect()
    };
    let (women, men) = (points("women"), points("men"));
    let levels = numbers(&input["levels"]);
    let at = |points: &[Point]| -> Vec<Option<f64>> {
        let of = |level: &f64| progress::time_at(points, *level, Direction::Higher).ok();
        levels.iter().map(of).collect()
    };
    let distance = |level: &f64| {
        progress::time_distance(&women, &men, *level, Direction::Higher, options)
            .ok()
            .map(|distance| distance.years)
    };
    json!({
        "t_men": at(&men),
        "t_women": at(&women),
        "distance": levels.iter().map(distance).collect::<Vec<_>>(),
    })
}

fn gap_closure(input: &Value, options: &Options) -> Value {
    let of = |name: &str| number(&input[name]);
    let rates = GapRates {
        year: of("t"),
        women: of("women"),
        men: of("men"),
        women_per_year: of("d_women"),
        men_per_year: of("d_men"),
        direction: Direction::Higher,
        basis: Basis {
            points: 2,
            first_year: 2015.0,
            last_year: of("t"),
            broken: false,
            zero_replaced: None,
            change: Change::Unknown,
            interval: None,
        },
    };
    let closing = progress::gap_closing(&rates, of("target_year"), options).unwrap();
    let Closure::Closes(when) = &closing.closure else { panic!("{:?}", closing.closure) };
    json!({
        "years_to_close": when.year - of("t"),
        "year": when.year,
        "required_women_rate": closing.required_women_per_year.unwrap(),
        "gap_2030": closing.gap_in_target_year.unwrap().value,
    })
}
