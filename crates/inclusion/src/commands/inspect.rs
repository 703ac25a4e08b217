//! `inclusion inspect`.

use super::print;
use inclusion::{Error, Messages, check_file};
use inclusion_registry::FileSpec;
use std::path::PathBuf;

/// Show what a file holds: columns, types, labels, missing codes, counts and likely roles
#[derive(clap::Args)]
pub struct Args {
    /// Data file, of any format that can be read
    file: PathBuf,
    /// Show all columns with their values, not only one line each
    #[arg(long)]
    values: bool,
    /// Sheet of a workbook; the first if left out
    #[arg(long)]
    sheet: Option<String>,
    /// Line of the header, from 1
    #[arg(long)]
    header_row: Option<u32>,
    /// Encoding of delimited text, such as latin-1; sniffed if left out
    #[arg(long)]
    encoding: Option<String>,
    /// Delimiter of delimited text; sniffed if left out
    #[arg(long)]
    delimiter: Option<char>,
}

pub fn run(args: &Args, _messages: &Messages) -> Result<(), Error> {
    check_file(&args.file)?;
    let spec = FileSpec {
        sheet: args.sheet.clone(),
        header_row: args.header_row,
        encoding: args.encoding.clone(),
        delimiter: args.delimiter,
        ..FileSpec::default()
    };
    print(&inclusion::describe_file(&args.file, &spec, args.values)?)
}
