//! `inclusion estimate`.

use super::print;
use inclusion::{
    Dialect, Error, Messages, Quick, Reproduce, Study, Walked, check_file, estimates_file, prepare,
    quick, quick_script, reproduce, walk_cells, walk_on, write_estimates,
};
use std::path::{Path, PathBuf};

/// Write the estimates of a study as one tidy file; or, without a study, print one table of an
/// indicator by a breakdown
#[derive(clap::Args)]
pub struct Args {
    /// A study file (STUDY.toml); or data files: FILE for the recipe's own rows, or ROLE=FILE where
    /// it has several
    #[arg(required = true, value_name = "STUDY.toml | [ROLE=]FILE")]
    files: Vec<String>,
    /// Of a study: the file to write, .parquet or .csv [default: estimates.parquet in the study's
    /// output folder]
    #[arg(long)]
    output: Option<PathBuf>,
    /// Of a study: estimate from this file of cells, or all in a folder, instead of the microdata
    /// (`inclusion cells`); may be given several times
    #[arg(long, value_name = "FILE | FOLDER", conflicts_with = "program")]
    cells: Vec<PathBuf>,
    #[command(flatten)]
    engine: super::engine::Place,
    /// Recipe of the registry, such as tic-domicilios/2015; without it the argument is a study file
    #[arg(long)]
    recipe: Option<String>,
    /// Indicator of the registry, such as HH7
    #[arg(long, value_delimiter = ',')]
    indicator: Vec<String>,
    /// Breakdown, such as "sex * urbanisation" [default: sex]
    #[arg(long)]
    by: Vec<String>,
    /// Folder that adds to or overrides the built-in registry
    #[arg(long)]
    registry: Option<PathBuf>,
    /// Disclosure profile [default: dhs]
    #[arg(long)]
    profile: Option<String>,
    /// What to do with a stratum of one PSU [default: fail]
    #[arg(long, value_parser = ["fail", "remove", "certainty", "adjust", "average"])]
    lonely_psu: Option<String>,
    /// PSU numbers are unique only inside their stratum
    #[arg(long)]
    nest: bool,
    /// Print the script that gives the figures in another program instead: r, stata, svy (Python)
    #[arg(long = "as", value_name = "PROGRAM", value_parser = Dialect::NAMES)]
    program: Option<String>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    let Some(recipe) = &args.recipe else { return of_study(args, messages) };
    without_study(args, recipe)?;
    let request = Quick {
        files: args.files.clone(),
        recipe: recipe.clone(),
        recipe_text: None,
        frames: Default::default(),
        indicators: args.indicator.clone(),
        by: if args.by.is_empty() { vec!["sex".to_string()] } else { args.by.clone() },
        registry: args.registry.clone(),
        profile: args.profile.clone().unwrap_or_else(|| "dhs".to_string()),
        lonely_psu: args.lonely_psu.clone().unwrap_or_else(|| "fail".to_string()),
        nest: args.nest,
    };
    if let Some(dialect) = args.program.as_deref().and_then(Dialect::named) {
        return print(&quick_script(&request, dialect)?);
    }
    let (text, walked) = quick(&request, &|what, done, all| messages.progress(what, done, all))?;
    tell(&walked, messages);
    print(&text)
}

fn of_study(args: &Args, messages: &Messages) -> Result<(), Error> {
    let path = match args.files.as_slice() {
        [file] if file.to_lowercase().ends_with(".toml") => Path::new(file),
        [file] => {
            return Err(Error::Usage(format!(
                "`{file}` is no study file (`.toml`); to look at data without a study, add `--recipe` and `--indicator`"
            )));
        }
        files => {
            return Err(Error::Usage(format!(
                "one study file at a time, and {} files are named; to look at data without a study, add `--recipe` and `--indicator`",
                files.len()
            )));
        }
    };
    check_file(path)?;
    of_the_study(args)?;
    if let Some(dialect) = args.program.as_deref().and_then(Dialect::named) {
        let (indicators, by, survey) = (Vec::new(), Vec::new(), None);
        let request = Reproduce { dialect, indicators, by, survey };
        return print(&reproduce(Study::read(path)?, &request)?);
    }
    super::engine::not_with_cells(&args.engine, &args.cells)?;
    let study = Study::read(path)?;
    let engine = args.engine.of(&study)?;
    let prepared = prepare(study)?;
    let file = estimates_file(&prepared.study, args.output.as_deref())?;
    let progress = |what: &str, done, all| messages.progress(what, done, all);
    let walked = if args.cells.is_empty() {
        walk_on(&engine, &prepared, &progress, &|survey, what| messages.cluster(survey, what))?
    } else {
        walk_cells(&prepared, &args.cells, &progress)?
    };
    tell(&walked, messages);
    messages.wrote(&write_estimates(&prepared, &walked, &file)?);
    Ok(())
}

/// A study names its recipes itself, and what is of a study only is not said of data files.
fn without_study(args: &Args, recipe: &str) -> Result<(), Error> {
    if let Some(study) = args.files.iter().find(|file| file.to_lowercase().ends_with(".toml")) {
        return Err(Error::Usage(format!(
            "`--recipe` is for data files, and `{study}` is a study file: it says `recipe` in [[survey]]"
        )));
    }
    if args.indicator.is_empty() {
        return Err(Error::Usage(format!(
            "recipe `{recipe}` says how to read the data, not what to estimate: add `--indicator`, such as `--indicator HH7`"
        )));
    }
    let of_study = [("--output", args.output.is_some()), ("--cells", !args.cells.is_empty())];
    let given = of_study.iter().find(|(_, given)| *given).map(|(name, _)| *name);
    match given.or(args.engine.given()) {
        Some(name) => Err(Error::Usage(format!(
            "`{name}` is of a study; with `--recipe` the table is printed"
        ))),
        None => Ok(()),
    }
}

/// What a study file says itself is not said on the command line as well.
fn of_the_study(args: &Args) -> Result<(), Error> {
    let given = [
        ("--indicator", !args.indicator.is_empty(), "`indicators` of [estimate]"),
        ("--by", !args.by.is_empty(), "`by` of [estimate]"),
        ("--registry", args.registry.is_some(), "`registry` of [study]"),
        ("--profile", args.profile.is_some(), "`profile` of [disclosure]"),
        ("--lonely-psu", args.lonely_psu.is_some(), "`design` of [[survey]]"),
        ("--nest", args.nest, "`design` of [[survey]]"),
    ];
    match given.iter().find(|(_, given, _)| *given) {
        Some((name, _, place)) => Err(Error::Usage(format!(
            "`{name}` is for data files with `--recipe`; a study says it in {place}"
        ))),
        None => Ok(()),
    }
}

fn tell(walked: &Walked, messages: &Messages) {
    for sample in &walked.samples {
        messages.read(&sample.id, sample.rows, sample.sources.len(), sample.seconds);
    }
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
}
