//! The design in Stata: stages, replicate weights, calibration.

use super::PROGRAM;
use super::concepts::code_of;
use crate::Error;
use crate::reproduce::formula::number;
use crate::reproduce::refused;
use crate::reproduce::script::{Script, WeightKind};
use inclusion_survey::LonelyPsu;
use inclusion_survey::sample::{Calibration, ReplicateColumns, ReplicateKind, Replicates};

pub(super) fn design(script: &Script) -> Result<String, Error> {
    let options = &script.options;
    let mut text = String::from("* --- Design ---\n");
    text.push_str("quietly egen long stratum = group(stratum_id)\n");
    if !options.nest && script.stages[0].stratum && script.stages[0].psu {
        text.push_str(
            "quietly bysort psu_id (stratum): gen byte __two = stratum[1] != stratum[_N]\nquietly count if __two\nif r(N) > 0 {\n    display as error \"a PSU id stands in two strata\"\n    exit 459\n}\n",
        );
    }
    text.push_str("quietly egen long psu = group(stratum_id psu_id)\n");
    if script.weight == WeightKind::Implied {
        return Err(refused(
            PROGRAM,
            "svyset takes a weight, and this design has none but its finite populations; make a \
             weight column in the file",
        ));
    }
    text.push_str(
        "* Stata leaves rows of weight 0 out; a unit of such rows only would be lost.\nquietly egen double __most = max(w), by(psu)\nquietly count if __most == 0\nif r(N) > 0 {\n    display as error \"a PSU has only rows of weight 0, which Stata leaves out of the design\"\n    exit 459\n}\n",
    );
    let after = match &options.calibration[..] {
        [] => String::new(),
        [Calibration::Poststratify(margin)] => {
            text.push_str("quietly gen long cell = .\nquietly gen double cell_total = .\n");
            for (at, (codes, total)) in margin.totals.iter().enumerate() {
                let makers = &script.parts[0].makers;
                let parts: Vec<String> = margin
                    .by
                    .iter()
                    .zip(codes)
                    .map(|(id, code)| {
                        let known = makers.iter().find(|maker| maker.id == *id);
                        let known = known.map_or(&[][..], |maker| &maker.codes[..]);
                        format!("{id} == {}", code_of(known, code))
                    })
                    .collect();
                text.push_str(&format!(
                    "quietly replace cell = {} if {parts}\nquietly replace cell_total = {} if {parts}\n",
                    at + 1,
                    number(*total),
                    parts = parts.join(" & ")
                ));
            }
            text.push_str("covered cell \"the cell of the post-stratification\"\n");
            " poststrata(cell) postweight(cell_total)".to_string()
        }
        _ => {
            return Err(refused(
                PROGRAM,
                "of steps that adjust weights only one post-stratification has the same standard \
                 errors there; raking and calibration are in R (`--as r`)",
            ));
        }
    };
    let weight = "[pweight = w]";
    match &options.replicates {
        Some(Replicates::Made(_)) => {
            return Err(refused(
                PROGRAM,
                "replicate weights that are made (`make`) are this program's own; take the file's \
                 own replicate weights, or `variance = \"taylor\"`",
            ));
        }
        Some(Replicates::Columns(columns)) => {
            text.push_str(&format!(
                "unab all : rep_*\nglobal replicates `all'\n{}",
                replicates(script, columns, weight, &after)
            ));
            return Ok(text);
        }
        None => {}
    }
    let lonely = match options.lonely_psu {
        LonelyPsu::Fail => {
            text.push_str(
                "quietly bysort stratum (psu): gen byte __one = psu[1] == psu[_N]\nquietly count if __one\nif r(N) > 0 {\n    display as error \"a stratum has one PSU; choose a rule in the study (lonely_psu)\"\n    exit 459\n}\n",
            );
            "missing"
        }
        LonelyPsu::Remove | LonelyPsu::Certainty => "certainty",
        LonelyPsu::Adjust => "centered",
        LonelyPsu::Average => "scaled",
    };
    if options.adjust_domain_lonely {
        return Err(refused(
            PROGRAM,
            "svyset has no rule for strata that only a domain leaves with one PSU \
             (`adjust_domain_lonely`)",
        ));
    }
    let mut stages = Vec::new();
    for (at, stage) in script.stages.iter().enumerate() {
        let suffix = if at == 0 { String::new() } else { format!("_{}", at + 1) };
        let unit = if at == 0 { "psu".to_string() } else { format!("psu{suffix}") };
        if at > 0 {
            let above = if at == 1 { "psu".to_string() } else { format!("psu_{at}") };
            text.push_str(&format!("quietly egen long {unit} = group({above} {unit}_id)\n"));
            if stage.stratum {
                text.push_str(&format!(
                    "quietly egen long stratum{suffix} = group({above} stratum{suffix}_id)\n"
                ));
            }
        }
        let mut parts = Vec::new();
        if stage.stratum {
            parts.push(format!("strata(stratum{suffix})"));
        }
        if stage.fpc {
            parts.push(format!("fpc(fpc{suffix})"));
        }
        if at == 0 {
            parts.push(format!("singleunit({lonely}){after}"));
        }
        let weight = if at == 0 { format!(" {weight}") } else { String::new() };
        stages.push(format!("{unit}{weight}, {}", parts.join(" ")));
    }
    text.push_str(&format!("svyset {}\n", stages.join(" || ")));
    Ok(text)
}

fn replicates(script: &Script, columns: &ReplicateColumns, weight: &str, after: &str) -> String {
    let mse = if columns.mse { " mse" } else { "" };
    let all = format!("rep_1-rep_{}", script.replicates);
    let own = columns.scale.is_some() || !columns.rscales.is_empty();
    match (columns.kind, own) {
        (ReplicateKind::Brr, false) => {
            format!("svyset {weight}, brrweight({all}) vce(brr){mse}{after}\n")
        }
        (ReplicateKind::Fay, false) => format!(
            "svyset {weight}, brrweight({all}) fay({}) vce(brr){mse}{after}\n",
            number(columns.rho)
        ),
        (ReplicateKind::SuccessiveDifference | ReplicateKind::Acs, false) => {
            format!("svyset {weight}, sdrweight({all}) vce(sdr){mse}{after}\n")
        }
        _ => {
            // The jackknife's multipliers say the factor of any other scheme.
            let scale = script.scale(columns);
            let each = |at: usize| columns.rscales.get(at).copied().unwrap_or(1.0) * scale;
            let weights: Vec<String> = match columns.rscales.is_empty() {
                true => vec![format!("jkrweight({all}, multiplier({}))", number(scale))],
                false => (0..script.replicates)
                    .map(|at| {
                        format!("jkrweight(rep_{}, multiplier({}))", at + 1, number(each(at)))
                    })
                    .collect(),
            };
            format!(
                "svyset {weight}, {} ///\n    vce(jackknife){mse}{after}\n",
                weights.join(" ///\n    ")
            )
        }
    }
}
