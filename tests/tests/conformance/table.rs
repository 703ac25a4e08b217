//! Data files of the cases: columns of text, an empty field is missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One data file.
#[derive(Clone)]
pub struct Table {
    pub rows: usize,
    pub columns: BTreeMap<String, Vec<String>>,
    /// Column names in the order of the file.
    pub names: Vec<String>,
}

impl Table {
    pub fn column(&self, name: &str) -> &[String] {
        self.columns.get(name).unwrap_or_else(|| panic!("the data has no column {name}"))
    }

    /// The rows where `keep` holds.
    pub fn filter(&self, keep: impl Fn(usize) -> bool) -> Table {
        let rows: Vec<usize> = (0..self.rows).filter(|r| keep(*r)).collect();
        let pick = |values: &Vec<String>| rows.iter().map(|r| values[*r].clone()).collect();
        let columns = self.columns.iter().map(|(k, v)| (k.clone(), pick(v))).collect();
        Table { rows: rows.len(), columns, names: self.names.clone() }
    }
}

/// Data files that were read already.
pub struct Tables {
    folder: PathBuf,
    read: BTreeMap<String, Table>,
}

impl Tables {
    pub fn new(folder: &Path) -> Tables {
        Tables { folder: folder.to_path_buf(), read: BTreeMap::new() }
    }

    pub fn get(&mut self, name: &str) -> &Table {
        let path = self.folder.join(name);
        self.read.entry(name.to_string()).or_insert_with(|| {
            let mut reader = csv::Reader::from_path(&path).expect("a data file is readable");
            let names: Vec<String> =
                reader.headers().expect("a header").iter().map(String::from).collect();
            let mut columns = vec![Vec::new(); names.len()];
            for record in reader.records() {
                let record = record.expect("a record");
                record.iter().zip(&mut columns).for_each(|(v, c)| c.push(v.to_string()));
            }
            let rows = columns.first().map_or(0, Vec::len);
            let columns = names.iter().cloned().zip(columns).collect();
            Table { rows, columns, names }
        })
    }
}
