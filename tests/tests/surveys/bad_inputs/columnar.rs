//! Parquet and statistical formats.

use super::*;

#[test]
fn c01_a_parquet_footer_that_claims_too_much_is_refused_before_reading() {
    let mut case = Case::new();
    case.options.max_expanded = 1 << 16;
    let path = case.path("people.parquet");
    let ones: ArrayRef = Arc::new(Int32Array::from(vec![1; 100_000]));
    parquet(&path, vec![("sex", ones.clone()), ("age", ones.clone()), ("weight", ones)]);
    let size = std::fs::metadata(&path).unwrap().len();
    refused(
        case.read(&[path]),
        &format!(
            "people.parquet: the footer claims 2400000 bytes of data in a file of {size} bytes; the limit is 65536 (max_expanded)"
        ),
    );
}

/// Gives a parquet file another footer: its first row group, changed, as often as is asked for.
fn with_footer(
    path: &Path,
    copies: usize,
    rows: i64,
    change: impl Fn(ColumnChunkMetaData) -> ColumnChunkMetaData,
) -> Vec<u8> {
    let metadata =
        ParquetMetaDataReader::new().parse_and_finish(&std::fs::File::open(path).unwrap()).unwrap();
    let group = metadata.row_group(0);
    let columns: Vec<_> = group.columns().iter().cloned().map(change).collect();
    let group = group.clone().into_builder().set_num_rows(rows).set_column_metadata(columns);
    let group = group.build().unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    let end = bytes.len();
    let footer = u32::from_le_bytes(bytes[end - 8..end - 4].try_into().unwrap()) as usize;
    bytes.truncate(end - 8 - footer);
    let old = metadata.file_metadata();
    let head = FileMetaData::new(
        old.version(),
        rows.saturating_mul(copies as i64),
        None,
        None,
        old.schema_descr_ptr(),
        None,
    );
    let metadata = ParquetMetaDataBuilder::new(head).set_row_groups(vec![group; copies]).build();
    ParquetMetaDataWriter::new(&mut bytes, &metadata).finish().unwrap();
    bytes
}

#[test]
fn c01_a_small_parquet_file_that_claims_petabytes_is_refused_by_its_footer() {
    let case = Case::new();
    let path = case.path("people.parquet");
    let ones: ArrayRef = Arc::new(Int32Array::from(vec![1; 100_000]));
    parquet(&path, vec![("sex", ones.clone()), ("age", ones.clone()), ("weight", ones)]);
    // Run-length codes: 42 KB in which the footer claims 211 million million rows, 5 petabytes.
    let rows = 1 << 40;
    let bytes = with_footer(&path, 192, rows, |column| column);
    assert!((42_000..43_000).contains(&bytes.len()), "{}", bytes.len());
    let claims = case.write("rows.parquet", &bytes);
    refused(
        case.read(&[claims]),
        &format!(
            "rows.parquet: the footer claims {} bytes of data in a file of {} bytes; the limit is 1099511627776 (max_expanded)",
            192 * 3 * rows * 8,
            bytes.len()
        ),
    );
    // Few rows whose pages are said to unpack to petabytes.
    let bytes = with_footer(&path, 1, 100_000, |column| {
        column.into_builder().set_total_uncompressed_size(1 << 51).build().unwrap()
    });
    let claims = case.write("pages.parquet", &bytes);
    refused(
        case.read(&[claims]),
        &format!(
            "pages.parquet: the footer claims {} bytes of data in a file of {} bytes; the limit is 1099511627776 (max_expanded)",
            3u64 << 51,
            bytes.len()
        ),
    );
    // Sums that no whole number holds do not turn round.
    let bytes = with_footer(&path, 1, i64::MAX, |column| column);
    let claims = case.write("most.parquet", &bytes);
    let message = case.read(&[claims]).unwrap_err();
    assert!(
        message.starts_with("most.parquet: the footer claims 18446744073709551615 bytes of data"),
        "{message}"
    );
    // The same footer with its true rows reads.
    let honest = case.write("honest.parquet", with_footer(&path, 1, 100_000, |column| column));
    assert_eq!(case.read(&[honest]).unwrap().0.num_rows(), 100_000);
}

#[test]
fn c03_a_truncated_file_is_named_incomplete() {
    let case = Case::new();
    let path = case.path("people.parquet");
    parquet(&path, good_columns());
    is_good(case.read(std::slice::from_ref(&path)));
    let bytes = std::fs::read(&path).unwrap();
    let cut = case.write("cut.parquet", &bytes[..bytes.len() - 10]);
    refused(
        case.read(&[cut]),
        "cut.parquet: not a complete parquet file: its end is missing; copy it again",
    );
    let batch = RecordBatch::try_from_iter(good_columns()).unwrap();
    for (name, write) in
        [("cut.dta", write_stata as fn(&Path, &RecordBatch, &Labels) -> _), ("cut.sav", write_spss)]
    {
        let path = case.path(name);
        write(&path, &batch, &Labels::default()).unwrap();
        is_good(case.read(std::slice::from_ref(&path)));
        let bytes = std::fs::read(&path).unwrap();
        for part in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 20] {
            let path = case.write(name, &bytes[..part]);
            let message = case.read(&[path]).err();
            // A reader may still find all rows when only the labels behind them are cut off.
            if part < bytes.len() - 20 {
                assert!(message.unwrap().starts_with(&format!("{name}: ")), "{name} {part}");
            }
        }
    }
}

#[test]
fn c05_part_files_may_differ_in_number_type_and_not_in_columns() {
    let case = Case::new();
    let (a, b) = (case.path("a.parquet"), case.path("b.parquet"));
    parquet(&a, good_columns());
    let mut columns = good_columns();
    columns[2].1 = Arc::new(Int64Array::from(vec![3, 4]));
    parquet(&b, columns.clone());
    for order in [[a.clone(), b.clone()], [b.clone(), a.clone()]] {
        let (rows, log) = case.read(&order).unwrap();
        assert_eq!(rows["_weight"].as_primitive::<Float64Type>().values(), &[1.5, 2.5, 3.0, 4.0]);
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].code.as_str(), log[0].column.as_deref()),
            ("column_type_differs", Some("weight"))
        );
        assert_eq!(
            log[0].message.replace(&format!("{}/", case.folder.path().display()), ""),
            "column `weight` holds whole numbers (int64) in b.parquet and numbers with decimals (float64) in a.parquet; values count by what they say, so 1, 1.0 and 01 are equal"
        );
    }
    columns.remove(1);
    parquet(&b, columns);
    refused(
        case.read(&[a, b]),
        "b.parquet has no column `age`, which a.parquet has; parts of one file must have the same columns",
    );
}

#[test]
fn c07_missing_codes_of_the_file_are_told_apart_and_counted() {
    let folder =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/statfile-formats/pyreadstat");
    if !Path::new(folder).is_dir() {
        assert!(std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(), "{folder} is not there");
        eprintln!("SKIPPED: missing codes of Stata and SPSS need ../shared");
        return;
    }
    let unweighted = || Case::new().with("weight = { column = \"weight\" }", "");
    let mut case = unweighted()
        .with("column = \"sex\"", "column = \"var1\"\nmissing = { \".a\" = \"refused\" }")
        .with("column = \"age\"", "column = \"var2\"\nblank = \"not_asked\"");
    let stata = Path::new(folder).join("missing_data/missing_test.dta");
    let (rows, log) = case.read(std::slice::from_ref(&stata)).unwrap();
    assert_eq!(sexes(&rows), [-3]);
    assert_eq!(ages(&rows), [None]);
    let lines: Vec<(&str, Option<&str>, u64)> =
        log.iter().map(|e| (e.message.as_str(), e.value.as_deref(), e.count)).collect();
    assert_eq!(
        lines,
        [
            ("the file's own missing code .a (missing) was read as refused", Some(".a"), 1),
            ("the file's own missing code .b was read as not_asked", Some(".b"), 1),
        ]
    );
    case.concepts = vec!["sex"];
    case.recipe = case.recipe.replace("\".a\" = ", "\".q\" = ");
    let message = case.read(&[stata]).unwrap_err();
    assert!(
        message.ends_with("missing_test.dta, row 1, column 1 `var1`: value `.a` is not covered by concept `sex` of recipe test/people (1 row of this file); declared missing codes: .q; map it or list it under `missing`"),
        "{message}"
    );

    let spss = unweighted()
        .with("column = \"sex\"\nmap = { 1 = \"M\", 2 = \"F\" }", "column = \"mylabl\"\nmap = { 1 = \"M\", 2 = \"F\" }\nmissing = { -1 = \"refused\" }\nblank = \"not_stated\"")
        .with("column = \"age\"\nmissing = {", "column = \"myord\"\nblank = \"not_asked\"\nmissing = { -3 = \"dont_know\",");
    let (rows, log) = spss.read(&[Path::new(folder).join("basic/sample_missing.sav")]).unwrap();
    assert_eq!(sexes(&rows), [1, 0, 1, 0, 1, -3, -1]);
    assert_eq!(ages(&rows), [Some(1.0), Some(2.0), Some(3.0), Some(1.0), Some(1.0), None, None]);
    let messages: Vec<&str> =
        log.iter().filter(|e| e.code == "user_missing").map(|e| e.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the file's own missing code -1 (missing) was read as not_asked",
            "the file's own missing code -1 (undetermined) was read as refused",
            "the file's own missing code -3 was read as dont_know",
        ]
    );
}
