//! Writes observations of the Sustainable Development Goals structure in each format, reads them back,
//! and prints seconds (of the clock and of the processor) and the peak memory of each.
//!
//!     cargo run --release -p inclusion-sdmx --example million -- STRUCTURE.xml [OBSERVATIONS]
//!
//! Each format runs in a process of its own, so that one's memory is not another's. Keys are kept to
//! find a second observation of the same key; what that costs is printed beside.

use cpu_time::ProcessTime;
use inclusion_sdmx::{
    Error, Format, Observation, ReadOptions, Reader, Structure, Value, WriteOptions, Writer,
    read_structures,
};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

const FORMATS: [(&str, Format); 4] = [
    ("csv-2.0", Format::Csv2),
    ("csv-1.0", Format::Csv1),
    ("ml-2.1", Format::Ml21),
    ("ml-3.0", Format::Ml30),
];

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().collect();
    let [program, structure, rest @ ..] = arguments.as_slice() else { return Ok(()) };
    let Some(structure) = Some(structure).filter(|path| Path::new(path).is_file()) else {
        eprintln!("usage: million STRUCTURE.xml [OBSERVATIONS]");
        return Ok(());
    };
    let number = rest.first().map_or("1000000", String::as_str);
    if let [_, what, name] = rest {
        return one(structure, number.parse().unwrap_or(0), what, name);
    }
    println!("{number} observations");
    println!("format   what   seconds  CPU s  peak MB  file MB");
    for (name, _) in FORMATS {
        for what in ["write", "read"] {
            let mut own = std::process::Command::new(program);
            own.args([structure, number, what, name]).status()?;
        }
        std::fs::remove_file(path(name))?;
    }
    Ok(())
}

fn path(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("inclusion-sdmx-million-{name}"))
}

fn one(structure: &str, number: usize, what: &str, name: &str) -> Result<(), Error> {
    let structure = read_structures(structure.as_ref())?.structure(None)?;
    let Some((_, format)) = FORMATS.iter().find(|(own, _)| *own == name) else { return Ok(()) };
    let (start, processor, before) = (Instant::now(), ProcessTime::now(), peak());
    if what == "write" {
        write(&structure, number, *format, name)?
    } else {
        read(&structure, name)?
    }
    let seconds = start.elapsed().as_secs_f64();
    let cpu = processor.elapsed().as_secs_f64();
    let size = std::fs::metadata(path(name))?.len() as f64 / 1e6;
    println!(
        "{name:8} {what:6} {seconds:7.2} {cpu:7.2} {:7.0} {size:8.0}   (with the structure alone {before:.0} MB)",
        peak()
    );
    Ok(())
}

fn write(structure: &Structure, number: usize, format: Format, name: &str) -> Result<(), Error> {
    let options = WriteOptions { format, ..WriteOptions::default() };
    let mut writer = Writer::new(BufWriter::new(File::create(path(name))?), structure, &options)?;
    let columns = structure.columns();
    let codes = |id: &str| -> Vec<String> {
        let list = structure.component(id).and_then(|own| own.codes.as_ref());
        list.map(|list| list.codes().iter().map(|code| code.id.clone()).collect())
            .unwrap_or_default()
    };
    let lists: Vec<Vec<String>> =
        ["REF_AREA", "SEX", "AGE", "URBANISATION"].iter().map(|id| codes(id)).collect();
    let place = |id: &str| columns.dimension(id).unwrap_or(0);
    let places = ["REF_AREA", "SEX", "AGE", "URBANISATION"].map(place);
    let time = place("TIME_PERIOD");
    let mut row = Observation {
        dimensions: vec!["_T".into(); columns.dimensions.len()],
        value: None,
        attributes: vec![None; columns.attributes.len()],
    };
    row.dimensions[place("FREQ")] = "A".into();
    row.dimensions[place("REPORTING_TYPE")] = "N".into();
    row.dimensions[place("SERIES")] = "IT_MOB_OWN".into();
    let fixed = [
        ("UNIT_MULT", "0"),
        ("UNIT_MEASURE", "PT"),
        ("NATURE", "C"),
        ("SOURCE_DETAIL", "Household survey, 2022 & later"),
    ];
    for (id, text) in fixed {
        if let Some(at) = columns.attribute(id) {
            row.attributes[at] = Some(text.into());
        }
    }
    let attribute = |id: &str| columns.attribute(id).unwrap_or(0);
    let [status, lower, upper] = ["OBS_STATUS", "LOWER_BOUND", "UPPER_BOUND"].map(attribute);
    for i in 0..number {
        let mut rest = i;
        for (at, list) in places.iter().zip(&lists) {
            row.dimensions[*at].clone_from(&list[rest % list.len()]);
            rest /= list.len();
        }
        row.dimensions[time] = (2000 + rest).to_string();
        let value = (i % 10_000) as f64 / 100.0;
        let withheld = i % 50 == 0;
        row.value = Value::of(value).filter(|_| !withheld);
        row.attributes[status] = Some(if withheld { "Q" } else { "A" }.into());
        row.attributes[lower] = (!withheld).then(|| (value - 0.25).to_string());
        row.attributes[upper] = (!withheld).then(|| (value + 0.25).to_string());
        writer.write(&row)?;
    }
    writer.finish()?.0.flush()?;
    Ok(())
}

fn read(structure: &Structure, name: &str) -> Result<(), Error> {
    let options = ReadOptions { structure: Some(structure), ..ReadOptions::default() };
    let mut reader = Reader::open(&path(name), &options)?;
    let mut row = Observation::default();
    while reader.read(&mut row)? {}
    Ok(())
}

/// Peak resident memory of this process in MB; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    number.unwrap_or(0.0) / 1024.0
}
