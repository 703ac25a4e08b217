//! `inclusion sql`.

use super::print;
use inclusion::{Error, Messages, SqlDialect, SqlRequest, Study, check_file, sql};
use std::path::PathBuf;

/// Print the SQL whose result is a survey's cells, for a warehouse that holds its rows
///
/// Save the result as CSV or Parquet with its column names, and `inclusion estimate STUDY --cells FILE`
/// makes the estimates of it. Cells are as confidential as the microdata: a cell may be one person.
#[derive(clap::Args)]
pub struct Args {
    /// Study file
    study: PathBuf,
    /// The engine
    #[arg(long, value_name = "ENGINE", value_parser = SqlDialect::NAMES)]
    dialect: String,
    /// The table of a file of the survey, as SQL names it: persons=schema.table. The role of the file if
    /// left out
    #[arg(long = "table", value_name = "ROLE=TABLE")]
    tables: Vec<String>,
    /// The survey, where the study has several
    #[arg(long)]
    survey: Option<String>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let dialect = SqlDialect::named(&args.dialect)
        .ok_or_else(|| Error::Internal(format!("no dialect `{}`", args.dialect)))?;
    let pair = |text: &String| match text.split_once('=') {
        Some((role, table)) if !role.is_empty() && !table.is_empty() => {
            Ok((role.to_string(), table.to_string()))
        }
        _ => Err(Error::Usage(format!("`--table {text}` is not of the form ROLE=TABLE"))),
    };
    let tables = args.tables.iter().map(pair).collect::<Result<_, _>>()?;
    let request = SqlRequest { dialect, survey: args.survey.clone(), tables };
    let (statement, notes) = sql(Study::read(&args.study)?, &request)?;
    notes.iter().for_each(|note| messages.decided(note));
    print(&statement)
}
