//! What a file's header tells, without its rows: for texts that name its columns.

use crate::names::{self, Wanted};
use crate::readers::{self, delimited_marks};
use crate::table::SourceColumn;
use crate::{Error, Options, replicates};
use arrow::datatypes::{DataType, SchemaRef};
use inclusion_registry::{FileSpec, ReplicateColumns};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file's format and columns.
#[derive(Debug, Clone)]
pub struct Header {
    /// Path as given.
    pub path: PathBuf,
    /// Format.
    pub format: Format,
    /// Columns in file order.
    pub columns: Vec<HeaderColumn>,
}

/// A format, as far as another program must be told how to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// Delimited text.
    Delimited {
        /// Delimiter, declared or sniffed.
        delimiter: char,
        /// Encoding: `utf-8`, `latin-1`, `windows-1252`.
        encoding: String,
        /// Compressed.
        gzip: bool,
    },
    /// Parquet.
    Parquet,
    /// Arrow IPC (Feather).
    Arrow,
    /// Stata.
    Stata,
    /// SPSS.
    Spss,
    /// SAS transport.
    Transport,
    /// Excel workbook.
    Workbook,
}

/// A column.
#[derive(Debug, Clone)]
pub struct HeaderColumn {
    /// Name.
    pub name: String,
    /// It is stored as text.
    pub text: bool,
    /// Value labels by the value as text.
    pub labels: BTreeMap<String, String>,
    /// Numbers that the file declares missing.
    pub missing: Vec<f64>,
    /// A range of numbers that the file declares missing.
    pub missing_range: Option<(f64, f64)>,
    /// Texts that the file declares missing.
    pub missing_texts: Vec<String>,
}

/// Reads the header of a file.
///
/// # Errors
///
/// [`Error`] names the file and what is wrong with it.
pub fn header(path: &Path, spec: &FileSpec) -> Result<Header, Error> {
    let options = Options::default();
    let table = readers::open(path, spec, &options)?;
    let about = table.about();
    let format = match about.format.as_str() {
        "Parquet" => Format::Parquet,
        "Arrow IPC" => Format::Arrow,
        readers::WORKBOOK => Format::Workbook,
        stata if stata.starts_with("Stata") => Format::Stata,
        spss if spss.starts_with("SPSS") => Format::Spss,
        text if text.starts_with("delimited text") => {
            let (delimiter, encoding, gzip) = delimited_marks(path, spec, &options)?;
            Format::Delimited { delimiter, encoding, gzip }
        }
        _ => Format::Transport,
    };
    Ok(of(path, format, &about.columns))
}

/// The header of a Parquet file of which somebody else read the schema.
///
/// # Errors
///
/// [`Error`] names a column that is there twice.
pub fn header_of_parquet(path: &Path, schema: &SchemaRef) -> Result<Header, Error> {
    Ok(of(path, Format::Parquet, &readers::columns_of_arrow(schema, path)?))
}

fn of(path: &Path, format: Format, columns: &[SourceColumn]) -> Header {
    let column = |column: &SourceColumn| HeaderColumn {
        name: column.name.clone(),
        text: column.kind == DataType::Utf8,
        labels: column.labels.clone(),
        missing: column.missing.numbers.clone(),
        missing_range: column.missing.range,
        missing_texts: column.missing.texts.clone(),
    };
    let columns = columns.iter().map(column).collect();
    Header { path: path.to_path_buf(), format, columns }
}

impl Header {
    /// The column that a recipe means by a name; `role` says what for.
    ///
    /// # Errors
    ///
    /// [`Error`] if none or several fit, with near names.
    pub fn column(&self, recipe: &str, role: &str, name: &str) -> Result<&HeaderColumn, Error> {
        let columns = self.names();
        let at = names::find(&Wanted { recipe, role, name }, &columns, &self.path)?;
        Ok(&self.columns[at])
    }

    /// The names of the replicate weights, in their order.
    ///
    /// # Errors
    ///
    /// [`Error`] if a column is not there or a number is missing.
    pub fn replicates(&self, recipe: &str, spec: &ReplicateColumns) -> Result<Vec<String>, Error> {
        let wanted = replicates::names(recipe, spec, &self.names(), &self.path)?;
        let found = |name: &String| Ok(self.column(recipe, "replicates", name)?.name.clone());
        wanted.iter().map(found).collect()
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_format_delimiter_and_the_columns_own_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "ID;Peso;w2;w1\n1;2,5;1;2\n").unwrap();
        let header = header(&path, &FileSpec::default()).unwrap();
        let marks = Format::Delimited { delimiter: ';', encoding: "utf-8".into(), gzip: false };
        assert_eq!(header.format, marks);
        assert_eq!(header.column("r", "weight", "peso").unwrap().name, "Peso");
        let spec: ReplicateColumns = toml::from_str("kind = \"brr\"\nprefix = \"W\"").unwrap();
        assert_eq!(header.replicates("r", &spec).unwrap(), ["w1", "w2"]);
        let error = header.column("r", "weight", "pes").unwrap_err().to_string();
        assert!(error.contains("`Peso`"), "{error}");
    }
}
