//! What we write is read by two independent clients with the values that we wrote, and is valid by the
//! schemas of SDMX.
//!
//! The clients are Python packages in an environment of their own, made where this is built. Where it
//! cannot be made the tests say so and stop, or fail if `INCLUSION_REQUIRE_SDMX_CLIENTS` is set.

mod estimates;
mod readers;
mod shared;

use estimates::{estimate, example, key, level, registry, reviewed};
use inclusion_estimate::{Diagnostic, Measure, Severity};
use inclusion_sdmx::{
    MapOptions, MessageHeader, MlVersion, Observation, OwnNames, OwnStructure, ReadOptions, Reader,
    Structure, WriteOptions, Writer, own_observations, read_structures, write_structure,
};
use readers::{FORMATS, accepted, clients};
use std::path::Path;
use std::process::Command;

/// The observations in each format.
fn write(folder: &Path, structure: &Structure, rows: &[Observation]) {
    for (format, name, _) in FORMATS {
        let options = WriteOptions { format, ..WriteOptions::default() };
        let file = std::fs::File::create(folder.join(name)).unwrap();
        let mut writer = Writer::new(file, structure, &options).unwrap();
        for row in rows {
            writer.write(row).unwrap_or_else(|error| panic!("{error}"));
        }
        writer.finish().unwrap();
    }
}

#[test]
fn the_agreed_observations_are_read_as_expected() {
    let Some(clients) = clients() else { return };
    let Some(conformance) = shared::folder("conformance/methods/sdmx") else { return };
    let structure_file = conformance.join("sdg-structure-subset.xml");
    let more = [&*conformance.join("series-constraints.csv"), &*conformance.join("expected.csv")];
    let structure = read_structures(&structure_file).unwrap().structure(None).unwrap();
    let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
    let reader = Reader::open(&conformance.join("sample-2.0.csv"), &options).unwrap();
    let rows: Vec<Observation> = reader.map(|row| row.unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &structure, &rows);
    accepted(&clients.check(&structure_file, &more, folder.path()), folder.path(), 7);
    // The check itself can fail.
    let path = folder.path().join("data-2.0.csv");
    let spoiled = std::fs::read_to_string(&path).unwrap().replace(",49.02,", ",49.03,");
    std::fs::write(&path, spoiled).unwrap();
    assert!(!clients.check(&structure_file, &more, folder.path()).status.success());
}

#[test]
fn our_own_structure_and_its_data_are_read() {
    let Some(clients) = clients() else { return };
    let registry = registry();
    let mut estimates = example();
    estimates.push(estimate(key("HH18", &[], Measure::Gap), 0.0929, Some((0.06, 0.12)), 900));
    estimates.push(level(&[("wealth_quintile", "Q1")], 0.1 + 0.2, (0.2, 0.4), 300));
    estimates.push(level(&[("region", "N/E 1")], 1.0 / 3.0, (0.3, 0.4), 300));
    // Namibia is no missing value.
    let mut awkward = level(&[("sex", "F")], 0.5, (0.4, 0.6), 300);
    awkward.key.ref_area = "NA".into();
    awkward.diagnostics = vec![Diagnostic {
        code: "proxy".into(),
        severity: Severity::Caution,
        message: "Counts \"any\" phone, <or> SIM & é;\u{2028}not 女 's.".into(),
        count: 1,
    }];
    estimates.push(awkward);
    let publishable = reviewed(estimates, &registry);
    let own = OwnStructure::new(publishable.rows(), &registry, &OwnNames::default()).unwrap();
    let mapped = own_observations(&publishable, &registry, &own, &MapOptions::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &own.structure, &mapped.observations);
    for (version, name) in [(MlVersion::V21, "own-2.1.xml"), (MlVersion::V30, "own-3.0.xml")] {
        let structure_file = folder.path().join(name);
        let file = std::fs::File::create(&structure_file).unwrap();
        write_structure(file, &own.structure, version, &MessageHeader::default()).unwrap();
        let said = clients.check(&structure_file, &[], folder.path());
        accepted(&said, folder.path(), mapped.observations.len());
        let valid = |path: &Path| {
            let read = "import sys; from pysdmx.io import read_sdmx; read_sdmx(sys.argv[1], validate=True)";
            let mut python = Command::new(&clients.python);
            let said = python.args(["-c", read]).arg(path).output().unwrap();
            assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        };
        valid(&structure_file);
        // That of the program, before there are rows.
        let own = OwnStructure::new(&[], &registry, &OwnNames::default()).unwrap();
        let file = std::fs::File::create(&structure_file).unwrap();
        write_structure(file, &own.structure, version, &MessageHeader::default()).unwrap();
        valid(&structure_file);
    }
}
