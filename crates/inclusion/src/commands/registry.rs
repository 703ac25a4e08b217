//! `inclusion registry`.

use super::print;
use clap::{Subcommand, ValueEnum};
use inclusion::{Error, Messages};
use inclusion_registry::{Areas, Registry, missing_groupings};
use inclusion_series::SeriesRecipe;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Look at what is measured: indicators, concepts, recipes and conventions
#[derive(clap::Args)]
pub struct Args {
    /// Folder that adds to or overrides the built-in registry
    #[arg(long, global = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Check that every entry is complete and names only what exists
    Check,
    /// List the entries
    List {
        /// What to list
        #[arg(value_enum, default_value_t = Kind::Indicators)]
        kind: Kind,
    },
    /// Show one entry in full
    Show {
        /// Its id
        id: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Indicators,
    Concepts,
    Recipes,
    Thresholds,
    Targets,
    Profiles,
    Styles,
    Groupings,
    Areas,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    let (registry, series) = match &args.folder {
        Some(folder) => (Registry::with_folder(folder)?, SeriesRecipe::with_folder(folder)?),
        None => (Registry::builtin()?, SeriesRecipe::builtin()?),
    };
    match &args.action {
        Action::Check => {
            messages.note(&format!(
                "ok        {} indicators, {} concepts, {} recipes of surveys, {} of published series, {} threshold sets, {} targets of parity, {} disclosure profiles, {} styles",
                registry.indicators.len(),
                registry.concepts.len(),
                registry.recipes.len(),
                series.len(),
                registry.thresholds.len(),
                registry.targets.len(),
                registry.policies.len(),
                registry.styles.len()
            ));
            Ok(())
        }
        Action::List { kind } => print(&list(&registry, &series, *kind)),
        Action::Show { id } => print(&inclusion::show(&registry, &series, id)?),
    }
}

fn list(registry: &Registry, series: &BTreeMap<String, SeriesRecipe>, kind: Kind) -> String {
    let rows: Vec<[String; 3]> = match kind {
        Kind::Indicators => registry
            .indicators
            .values()
            .map(|i| [i.id.clone(), format!("{:?}", i.status).to_lowercase(), i.name.clone()])
            .collect(),
        Kind::Concepts => registry
            .concepts
            .values()
            .map(|c| {
                let role = if c.breakdown { "breakdown" } else { "" };
                [c.id.clone(), role.to_string(), c.name.clone()]
            })
            .collect(),
        Kind::Recipes => registry
            .recipes
            .values()
            .map(|r| [r.id.clone(), r.version.clone(), r.name.clone()])
            .chain(series.values().map(|r| {
                [r.id.clone(), r.version.clone(), format!("{} (published series)", r.name)]
            }))
            .collect(),
        Kind::Thresholds => registry
            .thresholds
            .values()
            .map(|t| [t.id.clone(), t.applied_to.clone(), t.name.clone()])
            .collect(),
        Kind::Targets => registry
            .targets
            .values()
            .map(|t| [t.id.clone(), t.year.to_string(), t.name.clone()])
            .collect(),
        Kind::Profiles => registry
            .policies
            .values()
            .map(|p| {
                let limits = format!("{}/{}", p.withhold_below, p.unreliable_below);
                [p.id.clone(), limits, p.name.clone()]
            })
            .collect(),
        Kind::Styles => registry
            .styles
            .values()
            .map(|s| [s.id.clone(), String::new(), s.name.clone()])
            .collect(),
        Kind::Groupings => registry
            .groupings
            .iter()
            .map(|g| {
                [g.id.clone(), format!("{} groups, {}", g.groups.len(), g.as_of), g.name.clone()]
            })
            .chain(
                missing_groupings()
                    .into_iter()
                    .map(|g| [g.id, "not here".to_string(), format!("{}: {}", g.name, g.reason)]),
            )
            .collect(),
        Kind::Areas => Areas::builtin()
            .iter()
            .map(|a| [a.id.clone(), format!("{:?}", a.kind).to_lowercase(), a.name.clone()])
            .collect(),
    };
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    rows.iter().map(|[id, mark, name]| format!("{id:first$}  {mark:second$}  {name}\n")).collect()
}
