//! `inclusion bench`.

use super::print;
use super::synth::{persons, synth};
use clap::Subcommand;
use inclusion::bench::{Cost, Measured, measure, measure_floor};
use inclusion::{Error, Messages, Prepared, Study, check_file, check_files, prepare};
use inclusion_synth::{Workload, write_workload};
use std::path::{Path, PathBuf};

/// Measure time and memory: make generated surveys, and time each stage of a study beside the floor
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a folder with a generated survey, a registry and studies of it
    ///
    /// The survey is workload W1: ten yes/no items of persons in PSUs of about 33, 40 strata a
    /// country, ten countries for each million rows up to 100. `study.toml` splits them by sex, and
    /// by sex within age, area, wealth, country, and country and age; `study-country.toml` and
    /// `study-fine.toml` have few and many domains.
    Make {
        /// Folder for the files
        folder: PathBuf,
        /// Persons [default: 1000000, or 50000 with --groups]
        #[arg(long, value_parser = persons)]
        rows: Option<u64>,
        /// Makes the values
        #[arg(long, default_value_t = Workload::default().seed)]
        seed: u64,
        /// Rows in an order that has nothing to do with strata and PSUs
        #[arg(long)]
        shuffled: bool,
        /// Files to split the rows into
        #[arg(long, default_value_t = 1)]
        parts: u32,
        /// Replicate weights to add, used by `study-replicates.toml`
        #[arg(long, default_value_t = 0)]
        replicates: u32,
        /// Instead of W1: one item in the groups of three variables of 26, 26 and 10 codes
        #[arg(long)]
        groups: bool,
    },
    /// Only decode the Parquet columns that a study reads, and drop them
    Floor {
        /// Study file, or a folder with `study.toml`
        study: PathBuf,
    },
    /// Time each stage of a study of Parquet files, and write its estimates
    Run {
        /// Study file, or a folder with `study.toml`
        study: PathBuf,
        /// Runs, of which each stage's cheapest is told
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
        repeat: u32,
    },
}

pub fn run(args: &Args, json: bool, messages: &Messages) -> Result<(), Error> {
    match &args.action {
        Action::Make { folder, rows, seed, shuffled, parts, replicates, groups } => {
            let workload = Workload {
                rows: rows.unwrap_or(if *groups { 50_000 } else { Workload::default().rows }),
                seed: *seed,
                shuffled: *shuffled,
                parts: *parts,
                replicates: *replicates,
                groups: *groups,
            };
            let written = write_workload(&workload, folder).map_err(synth)?;
            written.iter().for_each(|path| messages.wrote(path));
            Ok(())
        }
        Action::Floor { study } => {
            let measured = measure_floor(&prepared(study)?)?;
            print(&table(&[measured], json))
        }
        Action::Run { study, repeat } => {
            let prepared = prepared(study)?;
            let mut best = measure(&prepared)?;
            for _ in 1..*repeat {
                let again = measure(&prepared)?;
                best.iter_mut().zip(again).for_each(|(best, again)| keep_cheaper(best, again));
            }
            print(&table(&best, json))
        }
    }
}

fn prepared(path: &Path) -> Result<Prepared, Error> {
    let path = if path.is_dir() { path.join("study.toml") } else { path.to_path_buf() };
    check_file(&path)?;
    let prepared = prepare(Study::read(&path)?)?;
    check_files(&prepared.study)?;
    Ok(prepared)
}

/// Work of others on the machine only adds to a time, and what an earlier run left in the allocator
/// to the memory.
fn keep_cheaper(best: &mut Measured, again: Measured) {
    let (a, b) = (best.cost, again.cost);
    let least = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a.min(b)).or(a);
    let peak = a.peak.zip(b.peak).map(|(a, b)| a.min(b)).or(a.peak);
    best.cost = Cost { cpu: least(a.cpu, b.cpu), wall: a.wall.min(b.wall), peak };
}

/// The stages as a table, with the sum of those that the command has; or one JSON object a line.
fn table(measured: &[Measured], json: bool) -> String {
    let floor = measured.first().and_then(|floor| floor.cost.cpu).filter(|cpu| *cpu > 0.0);
    let mut lines: Vec<(&str, Cost)> = measured.iter().map(|m| (m.stage.name(), m.cost)).collect();
    let of_command: Vec<Cost> =
        measured.iter().filter(|m| m.stage.is_of_command()).map(|m| m.cost).collect();
    if !of_command.is_empty() {
        lines.push(("all of the estimates", sum(&of_command)));
    }
    let mut text = String::new();
    if !json {
        text.push_str("stage                     CPU-s   wall-s  × floor  peak MB\n");
    }
    for (name, cost) in lines {
        let ratio = cost.cpu.zip(floor).map(|(cpu, floor)| cpu / floor);
        if json {
            let object = serde_json::json!({
                "stage": name, "cpu": cost.cpu, "wall": cost.wall, "ratio": ratio, "peak": cost.peak,
            });
            text.push_str(&format!("{object}\n"));
            continue;
        }
        let number = |value: Option<f64>, decimals: usize| {
            value.map_or_else(|| "–".to_string(), |value| format!("{value:.decimals$}"))
        };
        text.push_str(&format!(
            "{name:22} {:>8} {:>8} {:>8} {:>8}\n",
            number(cost.cpu, 3),
            number(Some(cost.wall), 3),
            number(ratio, 2),
            number(cost.peak.map(|bytes| bytes as f64 / 1e6), 0),
        ));
    }
    text
}

/// Times add up; of memory the largest counts.
fn sum(costs: &[Cost]) -> Cost {
    Cost {
        cpu: costs.iter().map(|cost| cost.cpu).sum(),
        wall: costs.iter().map(|cost| cost.wall).sum(),
        peak: costs.iter().map(|cost| cost.peak).max().flatten(),
    }
}
