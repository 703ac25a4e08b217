//! `inclusion sdmx`.

use inclusion::{
    Error, Messages, SdmxRequest, Study, check_file, check_files, counted, not_an_input, prepare,
    sdmx_format, walk, write_sdmx,
};
use inclusion_sdmx::Format;
use std::path::PathBuf;

/// Write the reviewed figures of a study as SDMX, in the program's own structure or a given one
#[derive(clap::Args)]
pub struct Args {
    /// Study file
    study: PathBuf,
    /// The file to write: .csv is SDMX-CSV 2.0, .xml is SDMX-ML 3.0, unless --format says otherwise
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Format of the data
    #[arg(long, value_parser = ["csv-2.0", "csv-1.0", "ml-2.1", "ml-3.0"])]
    format: Option<String>,
    /// Structure message (SDMX-ML 2.1 or 3.0) with the structure to use, such as that of the
    /// Sustainable Development Goals; the program's own if left out
    #[arg(long, value_name = "FILE.xml")]
    structure: Option<PathBuf>,
    /// Its id, AGENCY:ID(VERSION), where the message has several
    #[arg(long, value_name = "ID", requires = "structure")]
    structure_id: Option<String>,
    /// Codes that each series takes, as CSV
    #[arg(long, value_name = "FILE.csv", requires = "structure")]
    constraints: Option<PathBuf>,
    /// Write the program's own structure too
    #[arg(long, value_name = "FILE.xml", conflicts_with = "structure")]
    own_structure: Option<PathBuf>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    check_file(&args.study)?;
    let format = match args.format.as_deref() {
        Some("csv-2.0") => Format::Csv2,
        Some("csv-1.0") => Format::Csv1,
        Some("ml-2.1") => Format::Ml21,
        Some(_) => Format::Ml30,
        None => sdmx_format(&args.output)?,
    };
    for file in args.structure.iter().chain(&args.constraints) {
        check_file(file)?;
    }
    let prepared = prepare(Study::read(&args.study)?)?;
    let outputs = args.own_structure.iter().chain([&args.output]);
    for path in outputs {
        not_an_input(&prepared.study, path)?;
    }
    check_files(&prepared.study)?;
    let walked = walk(&prepared, &|what, done, all| messages.progress(what, done, all))?;
    for sample in &walked.samples {
        messages.read(&sample.id, sample.rows, sample.sources.len(), sample.seconds);
    }
    for diagnostic in &walked.diagnostics {
        messages.decided(diagnostic);
    }
    let request = SdmxRequest {
        output: args.output.clone(),
        format,
        structure: args.structure.clone(),
        structure_id: args.structure_id.clone(),
        constraints: args.constraints.clone(),
        own_structure: args.own_structure.clone(),
    };
    let written = write_sdmx(&prepared, &walked, &request)?;
    for (reason, n) in &written.left_out {
        messages.note(&format!("note      {} left out: {reason}", counted(*n, "row")));
    }
    if written.valued == 0 {
        messages.note(match written.observations {
            0 => "note      the message is empty: the structure can say none of the study's figures",
            _ => {
                "note      no observation has a value: all figures are withheld (status Q) or missing \
                 (with their reason)"
            }
        });
    }
    written.paths.iter().for_each(|path| messages.wrote(path));
    messages.note(&format!("          {}", counted(written.observations, "observation")));
    Ok(())
}
