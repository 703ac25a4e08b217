//! A table as it stands in a file: column names and rows of cells with their lines.

use crate::error::{counted, file_name, shown};
use crate::observation::Flag;
use crate::recipe::TableSpec;
use crate::{Error, Options, delimited, text, workbook};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A date: its year, and its text as ISO 8601.
    Date(i32, String),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula without a stored result.
    Formula,
}

/// A cell as a reader of rows sees it; texts are without the spaces around them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum CellRef<'a> {
    /// Nothing, or only spaces.
    Empty,
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A date.
    Date(i32, &'a str),
    /// An error.
    Error(&'a str),
    /// A formula without a stored result.
    Formula,
}

impl<'a> From<&'a str> for CellRef<'a> {
    fn from(text: &'a str) -> Self {
        match text.trim() {
            "" => CellRef::Empty,
            text => CellRef::Text(text),
        }
    }
}

impl<'a> From<&'a Cell> for CellRef<'a> {
    fn from(cell: &'a Cell) -> Self {
        match cell {
            Cell::Empty => CellRef::Empty,
            Cell::Text(text) => text.as_str().into(),
            Cell::Number(number) => CellRef::Number(*number),
            Cell::Date(year, text) => CellRef::Date(*year, text),
            Cell::Error(text) => CellRef::Error(text),
            Cell::Formula => CellRef::Formula,
        }
    }
}

impl<'a> CellRef<'a> {
    /// The cell as text, empty for nothing.
    pub fn text(&self) -> Cow<'a, str> {
        match *self {
            CellRef::Empty | CellRef::Formula => "".into(),
            CellRef::Text(text) | CellRef::Date(_, text) | CellRef::Error(text) => text.into(),
            CellRef::Number(number) => number.to_string().into(),
        }
    }
}

/// The rows of a table.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Delimited text behind its header.
    Delimited(delimited::Delimited),
    /// Row number, and cells by column from 0.
    Rows(Vec<(u64, Vec<(u32, Cell)>)>),
}

/// A table of a file, or given as columns and rows.
#[derive(Debug, Clone)]
pub struct Table {
    pub(crate) path: PathBuf,
    /// Name of the file, without folders.
    pub(crate) file: Arc<str>,
    /// `line` or `row`.
    pub(crate) word: &'static str,
    /// Sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// Names of the columns; an empty name is a column that nothing can be read from.
    pub(crate) columns: Vec<String>,
    /// How many of the first columns are packed into the first field of a row.
    pub(crate) packed: usize,
    /// The mark between packed columns.
    pub(crate) mark: char,
    pub(crate) notes_below: bool,
    pub(crate) content: Content,
    /// The first rows of the file, where the header may have been meant to be.
    pub(crate) first: Vec<String>,
    pub(crate) log: Vec<Flag>,
    pub(crate) sha256: String,
    pub(crate) size: u64,
}

/// A row.
pub(crate) struct Row<'a> {
    /// Line or row number, from 1.
    pub line: u64,
    cells: Cells<'a>,
    packed: usize,
    mark: char,
}

enum Cells<'a> {
    Record(&'a csv::StringRecord),
    Sheet(&'a [(u32, Cell)]),
}

impl Row<'_> {
    /// The cell of a column.
    pub fn cell(&self, column: usize) -> CellRef<'_> {
        if self.packed == 0 {
            return self.field(column);
        }
        match column.checked_sub(self.packed) {
            Some(behind) => self.field(behind + 1),
            None => match self.field(0) {
                CellRef::Text(text) => {
                    text.split(self.mark).nth(column).map_or(CellRef::Empty, CellRef::from)
                }
                other => other,
            },
        }
    }

    fn field(&self, index: usize) -> CellRef<'_> {
        match &self.cells {
            Cells::Record(record) => record.get(index).map_or(CellRef::Empty, CellRef::from),
            Cells::Sheet(cells) => {
                let place = cells.binary_search_by_key(&(index as u32), |c| c.0);
                place.map_or(CellRef::Empty, |i| CellRef::from(&cells[i].1))
            }
        }
    }

    /// Number of fields.
    fn width(&self) -> usize {
        match &self.cells {
            Cells::Record(record) => record.len(),
            Cells::Sheet(cells) => cells.last().map_or(0, |c| c.0 as usize + 1),
        }
    }

    fn is_blank(&self) -> bool {
        match &self.cells {
            Cells::Record(record) => record.iter().all(|text| text.trim().is_empty()),
            Cells::Sheet(cells) => cells.iter().all(|c| CellRef::from(&c.1) == CellRef::Empty),
        }
    }
}

impl Table {
    /// Opens a file by its content: delimited text, also compressed with gzip, or a workbook.
    ///
    /// # Errors
    ///
    /// [`Error`] names the file and the line or sheet.
    pub fn open(path: &Path, spec: &TableSpec, options: &Options) -> Result<Table, Error> {
        let raw = text::bytes(path, options)?;
        let sha256 = Sha256::digest(&raw).iter().map(|b| format!("{b:02x}")).collect();
        let size = raw.len() as u64;
        let mut table = if workbook::is_workbook(&raw) {
            workbook::open(path, raw, spec, options)?
        } else {
            delimited::open(path, raw, spec, options)?
        };
        (table.sha256, table.size) = (sha256, size);
        table.unpack_columns(spec)?;
        check_unique(&table)?;
        Ok(table)
    }

    /// A table of given columns and rows, such as another reader's; rows count from 1.
    ///
    /// # Errors
    ///
    /// [`Error::DuplicateColumn`], and [`Error::Fields`] for a row of another length.
    pub fn of_rows(
        name: &str,
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
    ) -> Result<Table, Error> {
        Table::of_numbered(name, "row", columns, (1..).zip(rows).collect())
    }

    /// The same where each row says on which line of its file it stands. Columns have names and no
    /// numbers there: in what order the file writes them, if it has columns, is not known.
    ///
    /// # Errors
    ///
    /// As [`Table::of_rows`].
    pub fn of_lines(
        name: &str,
        columns: Vec<String>,
        rows: Vec<(u64, Vec<String>)>,
    ) -> Result<Table, Error> {
        Table::of_numbered(name, "line", columns, rows)
    }

    fn of_numbered(
        name: &str,
        word: &'static str,
        columns: Vec<String>,
        rows: Vec<(u64, Vec<String>)>,
    ) -> Result<Table, Error> {
        let path = Path::new(name);
        let fields = columns.len();
        let mut table = Table::new(path, word, Content::Rows(Vec::new()));
        table.columns = columns;
        check_unique(&table)?;
        let mut all = Vec::with_capacity(rows.len());
        for (number, row) in rows {
            if row.len() != fields {
                let spot = table.spot(number, None);
                return Err(Error::Fields { spot, fields: row.len(), header: fields });
            }
            all.push((number, (0..).zip(row.into_iter().map(Cell::Text)).collect()));
        }
        table.content = Content::Rows(all);
        Ok(table)
    }

    /// Names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    pub(crate) fn new(path: &Path, word: &'static str, content: Content) -> Table {
        Table {
            path: path.to_path_buf(),
            file: file_name(path).into(),
            word,
            sheet: None,
            columns: Vec::new(),
            packed: 0,
            mark: ',',
            notes_below: false,
            content,
            first: Vec::new(),
            log: Vec::new(),
            sha256: String::new(),
            size: 0,
        }
    }

    /// The first column's name `a,b,geo\time` stands for the columns `a`, `b` and `geo`.
    fn unpack_columns(&mut self, spec: &TableSpec) -> Result<(), Error> {
        let Some(mark) = spec.packed else { return Ok(()) };
        let name = self.columns.first().cloned().unwrap_or_default();
        let names = name.split('\\').next().unwrap_or_default();
        if !names.contains(mark) {
            return Err(Error::file(
                &self.path,
                format!(
                    "the first column `{}` does not pack several with `{mark}`; leave `packed` out",
                    shown(&name)
                ),
            ));
        }
        let names: Vec<String> = names.split(mark).map(|n| n.trim().to_string()).collect();
        (self.packed, self.mark) = (names.len(), mark);
        self.columns.splice(0..1, names);
        Ok(())
    }

    /// A place in the table.
    pub(crate) fn spot(&self, line: u64, column: Option<usize>) -> crate::Spot {
        let position = |c: usize| match c.checked_sub(self.packed) {
            Some(behind) if self.packed > 0 => behind + 2,
            None => 1,
            Some(_) => c + 1,
        };
        // Rows of another reader with the lines of their file.
        let named = self.word == "line" && matches!(self.content, Content::Rows(_));
        let observations = match &self.content {
            Content::Rows(rows) if named => {
                let of_line = |row: &(u64, _)| row.0 == line;
                let first = rows.iter().position(of_line);
                let last = rows.iter().rposition(of_line);
                first.zip(last).map(|(first, last)| (first as u64 + 1, last as u64 + 1))
            }
            _ => None,
        };
        crate::Spot {
            file: self.path.clone(),
            word: self.word,
            number: Some(line),
            observations,
            column: column.map(|c| (self.columns[c].clone(), if named { 0 } else { position(c) })),
            cell: self.sheet.as_ref().zip(column).map(|(sheet, c)| {
                format!("{sheet}!{}{line}", workbook::column_letters(position(c) as u32 - 1))
            }),
        }
    }

    /// Goes through the rows down to the notes below them; what is left out goes into the log.
    pub(crate) fn each(
        &self,
        visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(u64, Vec<Flag>), Error> {
        let fields = self.columns.len() - self.packed.saturating_sub(1);
        let mut walk = Walk {
            table: self,
            fields,
            rows: 0,
            blank: None,
            pending: None,
            unnamed: BTreeMap::new(),
        };
        match &self.content {
            Content::Rows(rows) => {
                for (line, cells) in rows {
                    let row = walk.row(*line, Cells::Sheet(cells));
                    if !walk.take(&row, 0, visit)? {
                        return Ok(walk.notes(*line, rows.iter().filter(|r| r.0 >= *line).count()));
                    }
                }
            }
            Content::Delimited(content) => {
                let mut blanks = content.records.blank.iter().peekable();
                let mut reader = content.reader();
                let mut record = csv::StringRecord::new();
                let lines = &content.records.lines;
                for (index, line) in lines.iter().enumerate() {
                    let more = reader.read_record(&mut record).map_err(|e| Error::File {
                        spot: self.spot(*line, None),
                        message: e.to_string(),
                    })?;
                    if !more {
                        break;
                    }
                    let blank = blanks.next_if(|b| b.0 == index).map_or(0, |b| b.2);
                    let row = walk.row(*line, Cells::Record(&record));
                    if !walk.take(&row, blank, visit)? {
                        return Ok(walk.notes(*line, lines.len() - index));
                    }
                }
            }
        }
        Ok(walk.ended())
    }
}

/// What was met on the way through the rows.
struct Walk<'a> {
    table: &'a Table,
    fields: usize,
    rows: u64,
    /// First blank row and number of blank rows that stand before a row.
    blank: Option<(u64, u64)>,
    /// The same of blank rows behind the last row so far.
    pending: Option<(u64, u64)>,
    /// First line and count of data in columns without a name.
    unnamed: BTreeMap<usize, (u64, u64)>,
}

impl<'a> Walk<'a> {
    fn row<'r>(&self, line: u64, cells: Cells<'r>) -> Row<'r> {
        Row { line, cells, packed: self.table.packed, mark: self.table.mark }
    }

    /// False if the notes begin here.
    fn take(
        &mut self,
        row: &Row<'_>,
        blank: u64,
        visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let (is_blank, fields) = (row.is_blank(), row.width());
        if self.table.notes_below && self.rows > 0 && (blank > 0 || is_blank) {
            return Ok(false);
        }
        if blank > 0 || is_blank {
            let n = blank + u64::from(is_blank);
            let (first, count) = self.pending.unwrap_or((row.line.saturating_sub(blank), 0));
            self.pending = Some((first, count + n));
        }
        if is_blank {
            return Ok(true);
        }
        // Blank rows at the end of the file are nothing to speak of; these stand before a row.
        if let Some((first, count)) = self.pending.take() {
            self.blank = Some(self.blank.map_or((first, count), |(f, c)| (f, c + count)));
        }
        if fields != self.fields && matches!(row.cells, Cells::Record(_)) {
            let spot = self.table.spot(row.line, None);
            return Err(if self.blank.is_some() {
                Error::File {
                    spot,
                    message: format!(
                        "row has {fields} fields, header has {}; if notes stand below the table, set `notes_below = true`",
                        self.fields
                    ),
                }
            } else {
                Error::Fields { spot, fields, header: self.fields }
            });
        }
        for (column, name) in self.table.columns.iter().enumerate() {
            if name.is_empty() && row.cell(column) != CellRef::Empty {
                self.unnamed.entry(column).or_insert((row.line, 0)).1 += 1;
            }
        }
        for beyond in (self.fields..fields).filter(|c| row.field(*c) != CellRef::Empty).take(1) {
            self.unnamed.entry(beyond).or_insert((row.line, 0)).1 += 1;
        }
        self.rows += 1;
        visit(row)?;
        Ok(true)
    }

    fn flag(&self, code: &'static str, line: u64, count: u64, message: String) -> Flag {
        Flag {
            code,
            message,
            file: self.table.file.clone(),
            line: Some(line),
            column: None,
            value: None,
            count,
            lines: vec![line],
        }
    }

    fn notes(&self, line: u64, rows: usize) -> (u64, Vec<Flag>) {
        let message = format!("{} below the table not read", counted(rows as u64, "row"));
        let (n, mut log) = self.ended();
        log.push(self.flag("notes_below", line, rows as u64, message));
        (n, log)
    }

    fn ended(&self) -> (u64, Vec<Flag>) {
        let mut log = self.table.log.clone();
        if let Some((first, count)) = self.blank {
            let message = format!("{} between the rows skipped", counted(count, "blank row"));
            log.push(self.flag("blank_lines", first, count, message));
        }
        for (column, (line, count)) in &self.unnamed {
            let message = format!(
                "column {} has no name, so {} of it not read",
                column + 1,
                counted(*count, "cell")
            );
            log.push(self.flag("unnamed_column", *line, *count, message));
        }
        (self.rows, log)
    }
}

/// Names of a header that stands in several rows: an upper cell counts for the columns to its
/// right up to the next one, as merged cells do; a column without a lowest cell has no name.
pub(crate) fn composed(rows: &[Vec<String>]) -> Vec<String> {
    let Some((lowest, upper)) = rows.split_last() else { return Vec::new() };
    let mut above = vec![String::new(); upper.len()];
    let mut names = Vec::with_capacity(lowest.len());
    for (column, low) in lowest.iter().enumerate() {
        for (fill, row) in above.iter_mut().zip(upper) {
            if let Some(text) = row.get(column).map(|t| t.trim()).filter(|t| !t.is_empty()) {
                *fill = text.to_string();
            }
        }
        let low = low.trim();
        let parts = above.iter().map(String::as_str).filter(|t| !t.is_empty());
        names.push(match low {
            "" => String::new(),
            low => parts.chain([low]).collect::<Vec<_>>().join(" / "),
        });
    }
    names
}

/// A row as messages show it.
pub(crate) fn shown_row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<&str> = cells.iter().take(6).map(AsRef::as_ref).collect();
    format!("`{}`", shown(&cells.join(" | ")))
}

fn check_unique(table: &Table) -> Result<(), Error> {
    let mut seen = BTreeMap::new();
    for (i, name) in table.columns.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(first) = seen.insert(name, i) {
            return Err(Error::DuplicateColumn {
                file: table.path.clone(),
                name: name.clone(),
                first: first + 1,
                second: i + 1,
            });
        }
    }
    Ok(())
}
