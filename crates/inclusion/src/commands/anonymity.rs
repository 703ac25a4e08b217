//! `inclusion anonymity`.

use super::print;
use inclusion::{AnonymityRequest, Error, Messages, RECOGNISABLE, anonymity};
use inclusion_estimate::{Diagnostic, Severity};
use std::path::PathBuf;

/// Show how easily records of a file that is to be shared are recognised by their keys
///
/// For every combination of keys: how many records have it (f; a missing key matches every value), how
/// many persons of the population have it by the recipe's weights (F), and the risk 1/F that a record is
/// the person an outsider takes it for. A file is k-anonymous if no f is below k.
#[derive(clap::Args)]
pub struct Args {
    /// Data files: FILE for the recipe's own rows, or ROLE=FILE where it has several
    #[arg(required = true, value_name = "[ROLE=]FILE")]
    files: Vec<String>,
    /// Recipe of the registry, such as tic-domicilios/2015
    #[arg(long)]
    recipe: String,
    /// Concepts by which a person could be known, such as sex,age_5,region
    #[arg(long, value_delimiter = ',', required = true)]
    keys: Vec<String>,
    /// Values of k
    #[arg(long, value_delimiter = ',', default_values_t = [2, 3, 5])]
    k: Vec<u64>,
    /// Folder that adds to or overrides the built-in registry
    #[arg(long)]
    registry: Option<PathBuf>,
    /// Write all combinations of keys with their f, F and risk
    #[arg(long, value_name = "FILE.csv")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    let request = AnonymityRequest {
        files: args.files.clone(),
        recipe: args.recipe.clone(),
        keys: args.keys.clone(),
        k: args.k.clone(),
        registry: args.registry.clone(),
        output: args.output.clone(),
    };
    let report = anonymity(&request, &|what, done, all| messages.progress(what, done, all))?;
    if let Some(path) = &report.written {
        messages.wrote(path);
    }
    let note = Diagnostic::fixed("confidential_keys", Severity::Caution, RECOGNISABLE);
    messages.decided(&note);
    print(&report.text)
}
