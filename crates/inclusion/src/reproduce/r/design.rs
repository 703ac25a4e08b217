//! The design in R: stages, replicate weights, calibration.

use super::truth;
use crate::Error;
use crate::reproduce::formula::number;
use crate::reproduce::refused;
use crate::reproduce::script::{Script, StageKind, WeightKind};
use crate::reproduce::text::quoted;
use inclusion_survey::sample::{
    Auxiliary, Calibration, Distance, MadeMethod, ReplicateColumns, ReplicateKind, Replicates,
};

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

pub(super) fn design(script: &Script) -> Result<String, Error> {
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
                    Auxiliary::Cell { by, codes } => {
                        let pairs = by.iter().zip(codes);
                        let tests =
                            pairs.map(|(id, code)| format!("rows${id} == {}", quoted(code)));
                        format!("as.numeric({})", tests.collect::<Vec<_>>().join(" & "))
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
