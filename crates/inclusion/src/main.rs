//! The `inclusion` command: parse, call the library once, write. No statistics here.

mod commands;

use clap::{Parser, Subcommand};
use inclusion::{Error, Messages};
use std::process::ExitCode;

/// Estimates are many small texts and lists, which this allocator hands out at a third of the cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Digital inclusion of women and men: from survey rows to the annex of a report
#[derive(Parser)]
#[command(name = "inclusion", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say everything as one JSON object a line, on standard error
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    Annex(commands::annex::Args),
    Analyse(commands::analyse::Args),
    Estimate(commands::estimate::Args),
    Aggregate(commands::world::Aggregate),
    Progress(commands::world::Progress),
    DataGaps(commands::world::DataGaps),
    Sdmx(commands::sdmx::Args),
    Cells(commands::cells::Args),
    Sql(commands::sql::Args),
    Anonymity(commands::anonymity::Args),
    Reproduce(commands::reproduce::Args),
    Check(commands::check::Args),
    Inspect(commands::inspect::Args),
    Init(commands::init::Args),
    Registry(commands::registry::Args),
    Synth(commands::synth::Args),
    Bench(commands::bench::Args),
    Schema(commands::schema::Args),
    Cluster(commands::cluster::Args),
    Completions(commands::completions::Args),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let messages = Messages::new(cli.quiet, cli.json);
    // A panic is a mistake of the program: say so in one line instead of a backtrace.
    std::panic::set_hook(Box::new(|_| {}));
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&cli, &messages)));
    let result = done.unwrap_or_else(|cause| {
        let text = cause
            .downcast_ref::<&str>()
            .map(|text| text.to_string())
            .or_else(|| cause.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "it stopped without a reason".to_string());
        Err(Error::Internal(text))
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            messages.error(&error, error.exit_code());
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(cli: &Cli, messages: &Messages) -> Result<(), Error> {
    if let Some(threads) = cli.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global()
            .map_err(|error| Error::Internal(error.to_string()))?;
    }
    match &cli.command {
        Command::Annex(args) => commands::annex::run(args, messages),
        Command::Analyse(args) => commands::analyse::run(args, messages),
        Command::Estimate(args) => commands::estimate::run(args, messages),
        Command::Aggregate(args) => commands::world::aggregate(args, messages),
        Command::Progress(args) => commands::world::progress(args, messages),
        Command::DataGaps(args) => commands::world::data_gaps(args, messages),
        Command::Sdmx(args) => commands::sdmx::run(args, messages),
        Command::Cells(args) => commands::cells::run(args, messages),
        Command::Sql(args) => commands::sql::run(args, messages),
        Command::Anonymity(args) => commands::anonymity::run(args, messages),
        Command::Reproduce(args) => commands::reproduce::run(args, messages),
        Command::Check(args) => commands::check::run(args, messages),
        Command::Inspect(args) => commands::inspect::run(args, messages),
        Command::Init(args) => commands::init::run(args, messages),
        Command::Registry(args) => commands::registry::run(args, messages),
        Command::Synth(args) => commands::synth::run(args, messages),
        Command::Bench(args) => commands::bench::run(args, cli.json, messages),
        Command::Schema(args) => commands::schema::run(args),
        Command::Cluster(args) => commands::cluster::run(args, messages),
        Command::Completions(args) => commands::completions::run::<Cli>(args),
    }
}
