//! Analyses of a study: from rows in memory to figures that still have to be reviewed.
//!
//! A sample is read once for all analyses of it, after the pass for its tables. What the data do not
//! allow — an empty group, a column that depends on others, outcomes told apart completely — is no
//! error of the run: that analysis has a reason instead of figures.

mod data;
mod decomposition;
mod fit;
mod groups;
mod means;
mod output;
mod read;
mod regression;
mod standardise;
mod test;
mod words;

pub(crate) use output::annex_files;
pub use output::{AnalysesFile, Only, print_analyses, write_analyses};

use crate::Error;
use crate::plan::analysis::{Kind, PlannedAnalysis};
use crate::plan::{Prepared, Sample};
use crate::walk::Progress;
use data::Data;
use inclusion_estimate::{Analysis, AnalysisFigures, AnalysisGroup, AnalysisKind};
use std::collections::BTreeSet;

/// The concepts that a sample is read with: those of its tables and of its analyses.
pub fn concepts_needed(prepared: &Prepared, sample: &Sample) -> Vec<String> {
    let own = sample.plan.concepts.keys().cloned();
    let all: BTreeSet<String> = own.chain(read::concepts(prepared, sample)).collect();
    all.into_iter().collect()
}

/// The analyses that a sample cannot give: id and why.
pub fn analyses_unavailable(prepared: &Prepared, sample: &Sample) -> Vec<(String, String)> {
    let own = prepared.analyses.iter().filter(|planned| planned.is_of(sample));
    own.filter_map(|planned| {
        Some((planned.id.clone(), read::unavailable(prepared, sample, planned)?))
    })
    .collect()
}

/// What a kind makes of the data.
struct Made {
    method: String,
    figures: AnalysisFigures,
    /// Groups whose levels it uses.
    groups: Vec<AnalysisGroup>,
    /// Rows used.
    domain: Vec<bool>,
    notes: Vec<String>,
}

/// Why there are no figures: a sentence, and the groups that it speaks of.
struct Refused {
    reason: String,
    groups: Vec<AnalysisGroup>,
}

impl From<String> for Refused {
    fn from(reason: String) -> Refused {
        Refused { reason, groups: Vec::new() }
    }
}

/// All analyses of a study, sample by sample in the order of the study's analyses.
pub(crate) fn run(prepared: &Prepared, progress: &Progress<'_>) -> Result<Vec<Analysis>, Error> {
    let mut made: Vec<(usize, usize, Analysis)> = Vec::new();
    for (place, sample) in prepared.samples.iter().enumerate() {
        let own = || prepared.analyses.iter().enumerate().filter(|(_, a)| a.is_of(sample));
        let possible = |planned: &PlannedAnalysis| read::unavailable(prepared, sample, planned);
        let wanted: Vec<&PlannedAnalysis> =
            own().map(|(_, a)| a).filter(|a| possible(a).is_none()).collect();
        let rows = match wanted.is_empty() {
            true => None,
            false => Some(read::sample(prepared, sample, &wanted, progress)?),
        };
        for (order, planned) in own() {
            let mut analysis = head(sample, planned);
            match (possible(planned), &rows) {
                (None, Some(rows)) => {
                    let data = Data::new(rows, sample, planned);
                    fill(&mut analysis, &data);
                }
                (why, _) => analysis.outcome = Err(why.unwrap_or_default()),
            }
            made.push((order, place, analysis));
        }
    }
    made.sort_by_key(|(order, place, _)| (*order, *place));
    Ok(made.into_iter().map(|(_, _, analysis)| analysis).collect())
}

fn head(sample: &Sample, planned: &PlannedAnalysis) -> Analysis {
    Analysis {
        id: planned.id.clone(),
        kind: match &planned.kind {
            Kind::Test { .. } => AnalysisKind::Test,
            Kind::TTest { .. } | Kind::Against(_) => AnalysisKind::TTest,
            Kind::Regression(_) => AnalysisKind::Regression,
            Kind::Decomposition { .. } => AnalysisKind::Decomposition,
            Kind::Standardise { .. } => AnalysisKind::Standardise,
            Kind::Means { .. } if data::is_imputed(planned) => AnalysisKind::Imputation,
            Kind::Means { .. } => AnalysisKind::Covariance,
            Kind::Variance { .. } => AnalysisKind::Variance,
        },
        title: planned.title.clone().unwrap_or_else(|| planned.id.clone()),
        source: sample.plan.sample.clone(),
        ref_area: sample.plan.ref_area.clone(),
        time_period: sample.plan.time_period.clone(),
        indicator: data::outcome_id(planned),
        method: String::new(),
        n: 0,
        excluded: 0,
        design_df: None,
        groups: Vec::new(),
        beside: Vec::new(),
        outcome: Err(String::new()),
        notes: Vec::new(),
    }
}

fn fill(analysis: &mut Analysis, data: &Data<'_>) {
    if data.planned.title.is_none() {
        analysis.title = data.title();
    }
    let made = data.separate_weights().and_then(|()| match &data.planned.kind {
        Kind::Test { by, method } => test::independence(data, by, *method),
        Kind::TTest { by, groups } => test::difference(data, by, groups),
        Kind::Against(value) => test::against(data, *value),
        Kind::Regression(regression) => regression::regression(data, regression),
        Kind::Decomposition { by } => decomposition::decomposition(data, by),
        Kind::Standardise { by, over, standard } => {
            standardise::standardise(data, by, over, standard.as_ref())
        }
        Kind::Means { by } => means::means(data, by),
        Kind::Variance { by } => means::variances(data, by),
    });
    match made {
        Ok(made) => {
            analysis.n = data.cases(&made.domain);
            let scope = data.cases(&data.outcome.universe);
            analysis.excluded = scope.saturating_sub(analysis.n);
            // As in R, the test of independence takes the degrees of freedom of all rows in scope.
            analysis.design_df = data.df(match &data.planned.kind {
                Kind::Test { .. } => &data.outcome.universe,
                _ => &made.domain,
            });
            analysis.method = made.method;
            analysis.beside = data.of_all_series(data.beside(&made.groups));
            analysis.groups = data.of_all_series(made.groups);
            analysis.notes = made.notes;
            analysis.notes.extend(data.dropped_words());
            if let Some(words) = data.among_words() {
                analysis.notes.insert(0, words);
            }
            analysis.outcome = Ok(made.figures);
        }
        Err(Refused { reason, groups }) => {
            analysis.beside = data.of_all_series(data.beside(&groups));
            analysis.groups = data.of_all_series(groups);
            analysis.outcome = Err(reason);
        }
    }
}
