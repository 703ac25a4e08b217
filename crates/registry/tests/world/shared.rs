//! The third-party files that the tables of `datasets/world` were made of.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The folder of a data set beside the project, or `None` with a loud line where it is not there.
///
/// Panics where the gate says that a skip is a failure.
pub fn folder(data_set: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("../../../shared/data").join(data_set);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip",
        folder.display()
    );
    eprintln!("SKIPPED: this test needs {}, which is not there", folder.display());
    None
}

/// A table of texts with the names of its columns.
pub struct Table {
    names: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a delimited file; rows may be shorter than the head, as in some of the files.
    pub fn read(path: &Path, delimiter: u8) -> Table {
        let mut text = bytes(path);
        if std::str::from_utf8(&text).is_err() {
            text = text.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes();
        }
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .quoting(delimiter == b',')
            .from_reader(text);
        let names = reader.headers().unwrap().iter().map(|name| name.trim().to_string()).collect();
        let rows =
            reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect();
        Table { names, rows }
    }

    /// A cell of a row, by the name of its column.
    pub fn get<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let at = self.names.iter().position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("no column `{column}` in {:?}", self.names));
        row.get(at).map_or("", |cell| cell.trim())
    }

    /// The cells of a column.
    pub fn column<'a>(&'a self, column: &'a str) -> impl Iterator<Item = &'a str> {
        self.rows.iter().map(move |row| self.get(row, column))
    }
}

/// A comma-separated file of a data set.
pub fn csv(data_set: &str, file: &str) -> Option<Table> {
    Some(Table::read(&folder(data_set)?.join(file), b','))
}

/// A tab-separated file of a data set.
pub fn tsv(data_set: &str, file: &str) -> Option<Table> {
    Some(Table::read(&folder(data_set)?.join(file), b'\t'))
}

fn bytes(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap();
        return text;
    }
    bytes
}

/// A sheet of a workbook as texts.
pub fn sheet(data_set: &str, file: &str, sheet: &str) -> Option<Vec<Vec<String>>> {
    use calamine::Reader as _;
    let path = folder(data_set)?.join(file);
    let mut book = calamine::open_workbook_auto(&path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let rows = range.rows().map(|row| row.iter().map(|cell| cell.to_string()).collect()).collect();
    Some(rows)
}

/// A file of the project's own world data.
pub fn own(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/world").join(file)
}

/// The registry, read once for all tests.
pub fn registry() -> &'static inclusion_registry::Registry {
    static REGISTRY: OnceLock<inclusion_registry::Registry> = OnceLock::new();
    REGISTRY
        .get_or_init(|| inclusion_registry::Registry::builtin().unwrap_or_else(|e| panic!("{e}")))
}
