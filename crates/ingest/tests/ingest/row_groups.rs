//! Row groups of Parquet: those of which a filter keeps no row are not read, and nothing else changes.

use crate::made::{codes, numbers, read};
use arrow::array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const CONCEPTS: &str = "[[concept]]\nid = \"uses\"\nname = \"Uses\"\nkind = \"category\"\n\
    code = [{ id = \"yes\", name = \"Yes\" }, { id = \"no\", name = \"No\" }]\n";

fn recipe(keep: &str) -> String {
    format!(
        "{keep}\n[file.people]\n[design]\nweight = {{ column = \"w\" }}\n[concept.uses]\n\
         column = \"uses\"\nmap = {{ Y = \"yes\", N = \"no\" }}\nblank = \"not_stated\"\n"
    )
}

const KENYA: &str =
    "[[keep]]\ncolumn = \"country\"\nvalues = [\"KEN\"]\nreason = \"other countries\"";
const ADULTS: &str = "[[keep]]\ncolumn = \"age\"\nmin = 18\nreason = \"children\"";

/// Three countries, ten rows each, a row group each.
fn file(folder: &Path, statistics: EnabledStatistics, dictionary: bool) -> PathBuf {
    let countries: StringArray = (0..30).map(|row| Some(["BEN", "KEN", "ZWE"][row / 10])).collect();
    let uses: StringArray = (0..30).map(|row| [Some("Y"), None, Some("N")][row % 3]).collect();
    let ages = Int32Array::from_iter_values((0..30).map(|row| 3 * row));
    let weights = Float64Array::from_iter_values((0..30).map(|row| 1.0 + f64::from(row)));
    let batch = RecordBatch::try_from_iter([
        ("country", Arc::new(countries) as ArrayRef),
        ("age", Arc::new(ages)),
        ("uses", Arc::new(uses)),
        ("w", Arc::new(weights)),
    ])
    .unwrap();
    let settings = WriterProperties::builder()
        .set_max_row_group_row_count(Some(10))
        .set_statistics_enabled(statistics)
        .set_dictionary_enabled(dictionary)
        .build();
    let path = folder.join(format!("{statistics:?}-{dictionary}.parquet"));
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(settings)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

/// Overwrites all pages of some row groups.
fn damage(path: &Path, groups: &[usize]) {
    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    for group in groups {
        for column in reader.metadata().row_group(*group).columns() {
            let (start, length) = column.byte_range();
            bytes[start as usize..(start + length) as usize].fill(0xff);
        }
    }
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn row_groups_without_a_row_that_is_kept_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), EnabledStatistics::Chunk, true);
    damage(&path, &[0, 2]);
    let files = [("people", path)];
    let (rows, log) = read(&recipe(KENYA), CONCEPTS, &files, &["uses"]).unwrap();
    assert_eq!(numbers(&rows, "_weight"), (11..21).map(|w| Some(f64::from(w))).collect::<Vec<_>>());
    let left_out: Vec<_> = log.iter().filter(|e| e.code == "rows_excluded").collect();
    assert_eq!(left_out.len(), 1);
    assert_eq!((left_out[0].count, left_out[0].line), (20, Some(1)));
    // Ages 0 to 27 in the first group, 60 to 87 in the last: this filter needs both.
    let error = read(&recipe(ADULTS), CONCEPTS, &files, &["uses"]).unwrap_err();
    assert!(error.contains("row group 1 is damaged"), "{error}");
    let error = read(&recipe(""), CONCEPTS, &files, &["uses"]).unwrap_err();
    assert!(error.contains("row group 1 is damaged"), "{error}");
}

#[test]
fn rows_and_log_are_the_same_with_and_without_statistics_and_dictionaries() {
    let folder = tempfile::tempdir().unwrap();
    let both = format!("{ADULTS}\n{KENYA}");
    let turned = format!("{KENYA}\n{ADULTS}");
    let old = ADULTS.replace("18", "58");
    let none = KENYA.replace("KEN", "KE");
    let list = [KENYA, ADULTS, &both, &turned, &old, &none];
    for keep in list {
        let found: Vec<_> = [EnabledStatistics::None, EnabledStatistics::Chunk]
            .into_iter()
            .flat_map(|statistics| [(statistics, false), (statistics, true)])
            .map(|(statistics, dictionary)| {
                let path = file(folder.path(), statistics, dictionary);
                let (rows, log) =
                    read(&recipe(keep), CONCEPTS, &[("people", path)], &["uses"]).unwrap();
                let log: Vec<_> =
                    log.into_iter().map(|e| (e.code, e.message, e.line, e.count)).collect();
                (codes(&rows, "uses"), numbers(&rows, "_weight"), log)
            })
            .collect();
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{keep}: {found:#?}");
        assert!(found[0].2.iter().any(|(code, ..)| code == "rows_excluded"), "{keep}");
    }
}

#[test]
fn a_large_row_group_is_read_in_parts_and_nothing_else_changes() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, group: usize, odd: Option<usize>| {
        let rows = 0..220_000;
        let uses: StringArray =
            rows.clone()
                .map(|row| {
                    if odd == Some(row) { Some("?") } else { [Some("Y"), None, Some("N")][row % 3] }
                })
                .collect();
        let weights = Float64Array::from_iter_values(rows.map(|row| 1.0 + row as f64));
        let batch = RecordBatch::try_from_iter([
            ("uses", Arc::new(uses) as ArrayRef),
            ("w", Arc::new(weights)),
        ])
        .unwrap();
        let settings = WriterProperties::builder().set_max_row_group_row_count(Some(group)).build();
        let path = folder.path().join(name);
        let file = std::fs::File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(settings)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        path
    };
    let found = |path: PathBuf| {
        let (rows, log) = read(&recipe(""), CONCEPTS, &[("people", path)], &["uses"]).unwrap();
        let log: Vec<_> = log.into_iter().map(|e| (e.code, e.message, e.line, e.count)).collect();
        (codes(&rows, "uses"), numbers(&rows, "_weight"), log)
    };
    let whole = found(write("one.parquet", 1_000_000, None));
    assert_eq!(whole.0.len(), 220_000);
    assert!(whole == found(write("many.parquet", 10_000, None)));
    // The row of an error in the second part is that of the file.
    let odd = write("odd.parquet", 1_000_000, Some(199_999));
    let error = read(&recipe(""), CONCEPTS, &[("people", odd)], &["uses"]).unwrap_err();
    assert!(error.contains("200000") || error.contains("200,000"), "{error}");
}
