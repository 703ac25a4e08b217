//! The same numbers in another program: a study as a script of R `survey`, Stata `svy` or Python `svy`.
//!
//! [`describe`](describe::describe) walks the study that the engine would estimate, and gives a neutral
//! description of it: files, joins, recodes, conditions, design, estimands. It is made from the data that
//! the engine reads, so it cannot say anything else. Each dialect only writes text. What a program cannot
//! do is refused by name, in the script where it concerns one figure, and never done approximately.

mod describe;
mod formula;
mod r;
mod script;
mod sql;
mod stata;
mod svy;
mod text;

use crate::plan::parse_by;
use crate::study::{Study, StudyFile};
use crate::{Error, prepare};
use inclusion_ingest::Header;
use inclusion_registry::nearest;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

#[cfg(feature = "cluster")]
pub(crate) use sql::{
    ALL_ROWS, KEPT_ROWS, Stored, WEIGHT_MAX, WEIGHT_MIN, sql_of_engine, table_of_engine,
};
pub use sql::{SqlDialect, SqlRequest, sql};

/// Whose names the columns have.
#[derive(Clone, Copy)]
enum Names<'a> {
    /// Those of the files.
    OfFiles,
    /// Those of files of which the headers were read before.
    #[cfg_attr(not(feature = "cluster"), expect(dead_code, reason = "the cluster's"))]
    Read(&'a BTreeMap<PathBuf, Header>),
    /// Those of the files, or of the recipe where the rows are in a warehouse and no file is here.
    OfTables,
}

/// The program a script is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// R with the package `survey`.
    R,
    /// Stata's `svy` commands.
    Stata,
    /// Python with the package `svy`.
    Svy,
}

impl Dialect {
    /// The names by which a user chooses.
    pub const NAMES: [&str; 3] = ["r", "stata", "svy"];

    /// By its name.
    pub fn named(name: &str) -> Option<Dialect> {
        match name {
            "r" => Some(Dialect::R),
            "stata" => Some(Dialect::Stata),
            "svy" => Some(Dialect::Svy),
            _ => None,
        }
    }
}

/// What is to be reproduced of a study; nothing named means all of it.
#[derive(Debug, Clone)]
pub struct Reproduce {
    /// The program.
    pub dialect: Dialect,
    /// Indicators, of those that the registry knows.
    pub indicators: Vec<String>,
    /// Breakdowns, as in a study: `sex * urbanisation`.
    pub by: Vec<String>,
    /// The survey of a study of several.
    pub survey: Option<String>,
}

/// The script that gives the figures of a study in another program.
///
/// The headers of the files are read, and none of their rows.
///
/// # Errors
///
/// [`Error::Study`] as [`prepare`] says it; [`Error::Usage`] for an indicator, breakdown or survey that is
/// not there, with the nearest name, and for what the program cannot do at all, with the reason.
pub fn reproduce(mut study: Study, request: &Reproduce) -> Result<String, Error> {
    let own = |text: &String| Spanned::new(0..0, text.clone());
    let survey = one_survey(&study.file, request.survey.as_deref(), "a script")?;
    let left_out = left_out(&study.file, &survey);
    study.file.surveys.retain(|one| one.id == survey);
    // Tables and charts print what is estimated; here only the estimates are asked for.
    study.file.tables.clear();
    study.file.charts.clear();
    // Pools, changes, contrasts and analyses may name the other surveys, and no script has them.
    study.file.estimate.pools.clear();
    study.file.estimate.changes.clear();
    study.file.estimate.contrasts.clear();
    study.file.analyses.clear();
    let stated = study.file.study.registry.as_ref().map(|folder| study.resolve(folder));
    let registry = match stated {
        Some(folder) => inclusion_registry::Registry::with_folder(&folder)?,
        None => inclusion_registry::Registry::builtin()?,
    };
    if !request.indicators.is_empty() {
        for id in &request.indicators {
            if !registry.indicators.contains_key(id) {
                let near = nearest(id, registry.indicators.keys().map(String::as_str));
                let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                return Err(Error::Usage(format!("no indicator `{id}`{hint}")));
            }
        }
        study.file.estimate.indicators = request.indicators.iter().map(own).collect();
        let kept: Vec<String> = request.indicators.clone();
        let named = |base: &crate::study::BasePopulation| {
            base.indicators.is_empty() || base.indicators.iter().any(|i| kept.contains(i.get_ref()))
        };
        for survey in &mut study.file.surveys {
            survey.bases.retain(named);
            survey.bases.iter_mut().for_each(|base| {
                base.indicators.retain(|id| kept.contains(id.get_ref()));
            });
            // A base of another indicator's universe is none of these.
            let own_universe =
                |text: &str| kept.iter().any(|id| registry.indicators[id].universe_text == text);
            survey.bases.retain(|b| b.universe.as_ref().is_none_or(|u| own_universe(u.get_ref())));
        }
    }
    if !request.by.is_empty() {
        for by in &request.by {
            parse_by(by, &registry).map_err(Error::Usage)?;
        }
        study.file.estimate.by = request.by.iter().map(own).collect();
    }
    let prepared = prepare(study)?;
    crate::check_files(&prepared.study)?;
    // A file of several areas would give figures of nobody.
    prepared.samples.iter().try_for_each(crate::area::check)?;
    let mut script = describe::describe(&prepared, &prepared.samples[0], Names::OfFiles)?;
    script.left_out.extend(left_out);
    let options = inclusion_survey::Options::default();
    let own = (script.options.quantile_rule, script.options.quantile_interval);
    let quantiles = script.estimands.iter().any(|estimand| estimand.probability().is_some());
    if quantiles && own != (options.quantile_rule, options.quantile_interval) {
        let message = "quantiles are written by rule `math` with the interval `mean` only; leave \
                       `quantile` of [estimate] out";
        return Err(Error::Usage(message.to_string()));
    }
    match request.dialect {
        Dialect::R => r::write(&script),
        Dialect::Stata => stata::write(&script),
        Dialect::Svy => svy::write(&script),
    }
}

/// The survey that is named, or the only one; `what` is what it is asked for.
fn one_survey(study: &StudyFile, named: Option<&str>, what: &str) -> Result<String, Error> {
    let ids: Vec<&str> = study.surveys.iter().map(|s| s.id.as_str()).collect();
    Ok(match (named, &ids[..]) {
        (_, []) => {
            let message =
                format!("{what} is of a survey, and the study has published figures only");
            return Err(Error::Usage(message));
        }
        (Some(id), ids) if ids.contains(&id) => id.to_string(),
        (Some(id), ids) => {
            let hint = match nearest(id, ids.iter().copied()) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => format!("; it has: {}", ids.join(", ")),
            };
            return Err(Error::Usage(format!("the study has no survey `{id}`{hint}")));
        }
        (None, [one]) => one.to_string(),
        (None, ids) => {
            let message = format!(
                "{what} is of one survey, and the study has {}: {}; name one by `--survey`",
                ids.len(),
                ids.join(", ")
            );
            return Err(Error::Usage(message));
        }
    })
}

/// What the study has besides the figures of this survey, and why no script has it.
fn left_out(study: &StudyFile, survey: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |what: Vec<String>, why: &str| {
        if !what.is_empty() {
            lines.push(format!("{}: {why}", what.join(", ")));
        }
    };
    let named = |word: &str, id: &str| format!("{word} `{id}`");
    let others = study.surveys.iter().filter(|other| other.id != survey);
    add(
        others.map(|other| named("survey", &other.id)).collect(),
        "a script is of one survey; name another by `--survey`",
    );
    let estimate = &study.estimate;
    let pools = estimate.pools.iter().map(|pool| named("pool", pool.id.get_ref()));
    let changes =
        estimate.changes.iter().map(|change| match (&change.id, &change.from, &change.to) {
            (Some(id), ..) => named("change", id.get_ref()),
            (None, Some(from), Some(to)) => {
                format!("the change from `{}` to `{}`", from.get_ref(), to.get_ref())
            }
            _ => "the changes between consecutive rounds".to_string(),
        });
    add(pools.chain(changes).collect(), "made of several surveys, and a script is of one");
    let contrasts = estimate.contrasts.iter();
    add(
        contrasts.map(|contrast| named("contrast", contrast.id.get_ref())).collect(),
        "contrasts of groups, indicators or surveys are not written",
    );
    let analyses = study.analyses.iter();
    add(
        analyses.map(|analysis| named("analysis", analysis.id.get_ref())).collect(),
        "tests, models and decompositions are not written; METHODS names the function of R where it has one",
    );
    let series = study.series.iter().map(|series| named("series", &series.id));
    add(series.collect(), "published figures are read, and not estimated");
    lines
}

/// What a program cannot do at all.
fn refused(program: &str, what: &str) -> Error {
    Error::Usage(format!("this cannot be reproduced in {program}: {what}"))
}

/// A file as it is named in the script.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_string)
}
