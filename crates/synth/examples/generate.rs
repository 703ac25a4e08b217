//! Writes a survey as Parquet and says how fast: `cargo run --release -p inclusion-synth --example
//! generate -- ROWS FILE.parquet`. With `-` for the file, rows are generated and not written.

use inclusion_synth::{Spec, survey, write_parquet};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows = arguments.next().ok_or("say how many rows")?.parse()?;
    let file = arguments.next().ok_or("say where to write, or -")?;
    let spec = Spec::default().with_rows(rows);
    let start = Instant::now();
    let rows = match file.as_str() {
        "-" => survey(&spec)?.map(|batch| batch.num_rows() as u64).sum(),
        file => write_parquet(&spec, Path::new(file))?,
    };
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{rows} rows in {seconds:.2} s, {:.2} million rows a second",
        rows as f64 / seconds / 1e6
    );
    Ok(())
}
