//! `inclusion cluster`.

use clap::Subcommand;
use inclusion::{Error, Messages};
use std::net::IpAddr;
use std::path::PathBuf;

/// Start the processes of a cluster: one scheduler, and executors that join it
///
/// They are those of Apache DataFusion Ballista, in a build with the feature `cluster`. A study runs on them
/// by `--engine ballista --scheduler HOST:PORT` of `estimate`, `annex` and `cells`; scheduler and executors
/// must see its Parquet files by the same paths. What they send is not encrypted and nobody is asked who he
/// is, so they listen on this machine only, unless told.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    process: Process,
}

#[derive(Subcommand)]
enum Process {
    /// Give the work of studies to executors, until stopped
    Scheduler(Scheduler),
    /// Work for a scheduler, until stopped
    Executor(Executor),
}

#[derive(clap::Args)]
#[cfg_attr(not(feature = "cluster"), allow(dead_code))]
struct Scheduler {
    /// Address to listen at; of a network that nobody else is in, for executors on other machines
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Port to listen at; 0 is any that is free, which is then told
    #[arg(long, default_value_t = 50050)]
    port: u16,
}

#[derive(clap::Args)]
#[cfg_attr(not(feature = "cluster"), allow(dead_code))]
struct Executor {
    /// The scheduler to work for
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    scheduler: String,
    /// Address to listen at, where other executors and the program fetch results
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Name or address by which others reach it [default: the address that the scheduler sees]
    #[arg(long)]
    host: Option<String>,
    /// Port to listen at; the next one is used as well [default: any that are free]
    #[arg(long)]
    port: Option<u16>,
    /// Tasks at a time [default: as many as there are cores]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    tasks: Option<u16>,
    /// Memory for all tasks, in megabytes; what needs more goes to disk [default: 70 % of the machine's]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..))]
    memory: Option<u64>,
    /// Folder for intermediate results, which are removed after use and as confidential as the data
    /// [default: inclusion-executors in the system's folder for temporary files]
    #[arg(long, value_name = "FOLDER")]
    work_dir: Option<PathBuf>,
}

#[cfg(feature = "cluster")]
pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    use inclusion_cluster::{ExecutorOptions, SchedulerOptions, executor, scheduler};
    match &args.process {
        Process::Scheduler(args) => {
            let options = SchedulerOptions { bind: args.bind, port: args.port };
            Ok(scheduler(&options, &|at| messages.note(&format!("scheduler listens at {at}")))?)
        }
        Process::Executor(args) => {
            let folder = std::env::temp_dir().join("inclusion-executors");
            let options = ExecutorOptions {
                scheduler: args.scheduler.clone(),
                bind: args.bind,
                host: args.host.clone(),
                port: args.port,
                tasks: args.tasks.map(usize::from),
                memory: args.memory.map(|mb| mb << 20),
                folder: args.work_dir.clone().unwrap_or(folder),
            };
            let joins = |at| {
                messages.note(&format!("executor at {at} works for {}", options.scheduler));
            };
            Ok(executor(&options, &joins)?)
        }
    }
}

#[cfg(not(feature = "cluster"))]
pub fn run(args: &Args, _: &Messages) -> Result<(), Error> {
    let (Process::Scheduler(_) | Process::Executor(_)) = &args.process;
    Err(inclusion::without_cluster())
}
