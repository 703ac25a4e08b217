//! Kitagawa's decomposition of the gap between women and men.

use super::data::{Data, refused};
use super::fit::{fit, method};
use super::groups::Group;
use super::{Made, Refused};
use inclusion_estimate::{AnalysisFigures, AnalysisGroup, AnalysisRow, CovarianceMatrix, Unit};
use inclusion_survey::estimand::kitagawa_of_rows;

/// The figures of [`kitagawa_of_rows`] before those by group, in its order.
const WHOLE: [(&str, &str); 8] = [
    ("rate_women", "Women"),
    ("rate_men", "Men"),
    ("gap", "Gap, men minus women"),
    ("composition", "Goes with composition"),
    ("rate", "Goes with rates in the same group"),
    ("three_composition", "Three parts: composition"),
    ("three_rate", "Three parts: rates"),
    ("interaction", "Three parts: interaction"),
];

pub(super) fn decomposition(data: &Data<'_>, by: &[String]) -> Result<Made, Refused> {
    let sex = "sex".to_string();
    let mut both: Vec<String> = vec![sex.clone()];
    both.extend(by.iter().cloned());
    let mut domain = data.domain(&both);
    let sexes = data.category("sex");
    let (women, men) = (sexes.place_of("F"), sexes.place_of("M"));
    for (inside, own) in domain.iter_mut().zip(women.iter().zip(&men)) {
        *inside &= *own.0 || *own.1;
    }
    let cells = data.groups(&both, &domain);
    let mut groups: Vec<AnalysisGroup> = cells.iter().map(|cell| data.reviewed(cell)).collect();
    for group in data.groups(&[sex], &domain) {
        groups.push(data.reviewed(&group));
        let (code, label) = (group.codes.values().next().cloned(), &group.label);
        if group.n == 0 && matches!(code.as_deref(), Some("F" | "M")) {
            let reason = format!("no case of “{label}”, so there is no gap");
            return Err(Refused { reason, groups });
        }
    }
    if let Err(reason) = data.check_scale(cells.iter().filter(|cell| cell.n > 0)) {
        return Err(Refused { reason, groups });
    }
    let all = data.groups(by, &domain);
    let filled: Vec<&Group> = all.iter().filter(|group| group.n > 0).collect();
    let mut place = vec![0usize; domain.len()];
    for (g, group) in filled.iter().enumerate() {
        for (row, _) in group.rows.iter().enumerate().filter(|(_, inside)| **inside) {
            place[row] = g;
        }
    }
    // Rows of weight 0 in a group without a case move no figure.
    for (row, inside) in domain.iter_mut().enumerate() {
        *inside &= filled.iter().any(|group| group.rows[row]);
    }
    let turned = data.outcome.lower && data.outcome.unit == Unit::Share;
    let df = data.df(&domain);
    let size = WHOLE.len() + 2 * filled.len();
    let fitted = fit(data, &vec![df; size], &|values, weights, need| {
        let complement: Vec<f64>;
        let values = match turned {
            true => {
                complement = values.iter().map(|value| 1.0 - value).collect();
                &complement
            }
            false => values,
        };
        kitagawa_of_rows(values, &women, &place, filled.len(), &domain, weights, need)
    });
    let fitted = match fitted {
        Ok(fitted) => fitted,
        Err(error) => return refused(&error, groups),
    };
    let level = data.level_of_confidence();
    let unit = data.outcome.unit;
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for (k, (part, label)) in WHOLE.into_iter().enumerate() {
        let mut row = AnalysisRow::new(part, "all", label, unit);
        fitted.put(k, level, &mut row);
        names.push(part.to_string());
        rows.push(row);
    }
    for (k, part) in ["composition", "rate"].into_iter().enumerate() {
        for (g, group) in filled.iter().enumerate() {
            let words = if k == 0 { "composition" } else { "rates" };
            let label = format!("{}: {words}", group.label);
            let mut row = AnalysisRow::new(part, &group.term, label, unit);
            fitted.put(WHOLE.len() + k * filled.len() + g, level, &mut row);
            row.n = Some(group.n);
            names.push(format!("{part}:{}", group.term));
            rows.push(row);
        }
    }
    for (row, marks) in rows.iter_mut().zip([&women, &men]) {
        let own: Vec<bool> = marks.iter().zip(&domain).map(|(a, b)| *a && *b).collect();
        row.n = Some(data.cases(&own));
    }
    let mut notes = Vec::new();
    let gap = fitted.values[2];
    let apart = matches!((rows[2].lower, rows[2].upper), (Some(l), Some(u)) if l > 0.0 || u < 0.0);
    for row in &mut rows {
        row.share = None;
    }
    if apart {
        for row in rows.iter_mut().skip(2) {
            row.share = row.value.map(|value| value / gap);
        }
    } else {
        notes.push(
            "The interval of the gap includes 0, so no shares of it are given: they would divide \
             by a number that may be none"
                .to_string(),
        );
    }
    if turned {
        notes.push(
            "Lower is better: all figures are of the complement, 1 minus the rate".to_string(),
        );
    }
    notes.push(
        "Parts describe with what the gap goes together; they do not explain it. A group that one \
         sex lacks counts as composition only"
            .to_string(),
    );
    let words = "Kitagawa's decomposition (1955) of men's minus women's rate into composition and \
                 rates, three parts after Winsborough and Dickinson (1971); standard errors by \
                 linearisation under the design";
    let covariance = (!fitted.se.iter().any(Option::is_none))
        .then_some(CovarianceMatrix { names, values: fitted.covariance });
    let figures = AnalysisFigures { rows, covariance };
    Ok(Made { method: method(words, data), figures, groups, domain, notes })
}
