//! The design in `svy`: stages, replicate weights, calibration.

use super::PROGRAM;
use crate::Error;
use crate::reproduce::formula::number;
use crate::reproduce::refused;
use crate::reproduce::script::{Script, WeightKind};
use crate::reproduce::text::quoted;
use inclusion_survey::LonelyPsu;
use inclusion_survey::sample::{
    Auxiliary, Calibration, Distance, Margin, ReplicateColumns, ReplicateKind, Replicates,
};

pub(super) fn design(script: &Script) -> Result<String, Error> {
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
                    Auxiliary::Cell { by, codes } => {
                        let pairs = by.iter().zip(codes);
                        let tests =
                            pairs.map(|(id, code)| format!("(rows[\"{id}\"] == {})", quoted(code)));
                        format!("({}).astype(float)", tests.collect::<Vec<_>>().join(" & "))
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
