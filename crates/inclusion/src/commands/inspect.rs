//! `inclusion inspect`.

use super::print;
use inclusion::{Error, Messages};
use std::path::PathBuf;

/// Show what a file holds: columns, types, labels, missing codes, counts and likely roles
#[derive(clap::Args)]
pub struct Args {
    /// Data file, of any format that can be read
    file: PathBuf,
    /// Show all columns with their values, not only one line each
    #[arg(long)]
    values: bool,
}

pub fn run(args: &Args, _messages: &Messages) -> Result<(), Error> {
    print(&inclusion::describe_file(&args.file, args.values)?)
}
