//! Weights, keys, values and counts of faults.

use super::*;

#[test]
fn d01_zero_weights_are_noted() {
    let (rows, log) = Case::new().text("sex,age,weight\n1,30,1\n1,31,0\n2,41,0.0\n").unwrap();
    assert_eq!(rows.num_rows(), 3);
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].code.as_str(), log[0].line, log[0].count), ("zero_weight", Some(3), 2));
}

#[test]
fn d02_negative_and_missing_weights_name_the_first_line_and_count() {
    refused(
        Case::new().text("sex,age,weight\n1,30,1\n1,31,-0.5\n2,41,-2\n"),
        "people.csv, line 3, column 3 `weight`: the weight `-0.5` is negative; weights are 0 or more (recipe test/people; 2 rows of this file)",
    );
    refused(
        Case::new().text("sex,age,weight\n1,30,1\n1,31,\n"),
        "people.csv, line 3, column 3 `weight`: the weight is missing; leave such rows out by `[[keep]]` or correct the file (recipe test/people; 1 row of this file)",
    );
}

#[test]
fn d04_a_constant_weight_is_noted() {
    let (_, log) = Case::new().text("sex,age,weight\n1,30,1\n2,41,1.0\n").unwrap();
    assert_eq!(
        (log[0].code.as_str(), log[0].count, log[0].column.as_deref()),
        ("constant_weight", 2, Some("weight"))
    );
}

#[test]
fn d10_a_duplicated_key_names_both_lines_and_the_number() {
    let case = Case::new()
        .with("rows = \"people\"", "rows = \"people\"\nkey = [\"household\", \"person\"]");
    refused(
        case.text(
            "sex,age,weight,household,person\n1,30,1,7,1\n2,41,1,7,2\n1,5,1,7,1\n1,6,1,7,2\n",
        ),
        "people.csv, line 4: the same household `7`, person `1` as line 2; 2 duplicates found; remove the duplicates, or correct `key` of recipe test/people",
    );
}

#[test]
fn d10_a_key_is_the_same_in_a_text_and_in_a_typed_part_file() {
    let case = Case::new().with("rows = \"people\"", "rows = \"people\"\nkey = [\"person\"]");
    let a = case.write("a.csv", "sex,age,weight,person\n1,30,1,3\n2,41,1,07\n");
    let mut columns = good_columns();
    columns.push(("person", Arc::new(Int64Array::from(vec![7, 8]))));
    let b = case.path("b.parquet");
    parquet(&b, columns);
    refused(
        case.read(&[a, b]),
        "b.parquet, row 1: the same person `7` as a.csv, line 3; 1 duplicate found; remove the duplicates, or correct `key` of recipe test/people",
    );
}

#[test]
fn other_files_under_a_name_for_text_are_told_for_what_they_are() {
    let case = Case::new();
    refused(
        case.text("<!DOCTYPE html><html><body>404</body></html>\n"),
        "people.csv: is a web page, perhaps the answer of a failed download, which cannot be read; save it as CSV, Parquet, .dta, .sav or .xpt",
    );
    refused(
        case.text("sex,age,weight\n1,30,1e400\n"),
        "people.csv, line 2, column 3 `weight`: value `1e400` is not a number for the weight (recipe test/people); it is too large for a number; no missing codes are declared",
    );
    refused(
        case.with("[file.people]", "[file.people]\nheader_row = 9")
            .text("sex,age,weight\n1,30,1\n"),
        "people.csv: the file ends before line 9, its `header_row`",
    );
}

#[test]
fn d12_an_unmapped_sex_is_an_error_unless_it_is_mapped() {
    let text = "sex,age,weight\n1,30,1\n3,41,1\n3,40,1\n,50,1\n";
    refused(
        Case::new().text(text),
        "people.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (2 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    let mapped = || {
        Case::new()
            .with("map = { 1 = \"M\", 2 = \"F\" }", "map = { 1 = \"M\", 2 = \"F\", 3 = \"U\" }")
    };
    refused(
        mapped().text(text),
        "people.csv, line 5, column 1 `sex`: a blank is not covered by concept `sex` of recipe test/people (1 row of this file); no missing codes are declared; map it or list it under `missing`",
    );
    let blank = mapped().with("column = \"sex\"", "column = \"sex\"\nblank_code = \"U\"");
    assert_eq!(sexes(&blank.text(text).unwrap().0), [1, 2, 2, 2]);
}

#[test]
fn d14_an_age_out_of_range_is_an_error_unless_it_is_a_missing_code() {
    for age in ["-1", "130"] {
        refused(
            Case::new().text(format!("sex,age,weight\n1,30,1\n2,{age},1\n")),
            &format!(
                "people.csv, line 3, column 2 `age`: {age} is out of range for concept `age` of recipe test/people (0 to 120; 1 row of this file); list it under `missing` if it is a missing code"
            ),
        );
    }
    let mut case = Case::new();
    case.concepts = vec!["age", "band"];
    let (rows, _) = case.text("sex,age,weight\n1,24,1\n2,98,1\n2,25,1\n").unwrap();
    assert_eq!(ages(&rows), [Some(24.0), None, Some(25.0)]);
    assert_eq!(rows["band"].as_primitive::<Int16Type>().values(), &[0, -2, 1]);
}

/// A good row and then a bad one, again and again: more than fits in one batch.
fn many(good: &str, bad: &str, times: usize) -> String {
    format!("sex,age,weight\n{}", format!("{good}\n{bad}\n").repeat(times))
}

#[test]
fn d02_d12_and_d14_count_in_the_whole_file_however_many_batches_it_has() {
    let refused = |bad: &str, message: &str| {
        refused(Case::new().text(many("1,30,1", bad, 60_000)), message);
    };
    refused(
        "1,31,-2",
        "people.csv, line 3, column 3 `weight`: the weight `-2` is negative; weights are 0 or more (recipe test/people; 60000 rows of this file)",
    );
    refused(
        "1,31,",
        "people.csv, line 3, column 3 `weight`: the weight is missing; leave such rows out by `[[keep]]` or correct the file (recipe test/people; 60000 rows of this file)",
    );
    refused(
        "3,31,1",
        "people.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (60000 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    refused(
        ",31,1",
        "people.csv, line 3, column 1 `sex`: a blank is not covered by concept `sex` of recipe test/people (60000 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    refused(
        "1,130,1",
        "people.csv, line 3, column 2 `age`: 130 is out of range for concept `age` of recipe test/people (0 to 120; 60000 rows of this file); list it under `missing` if it is a missing code",
    );
}

#[test]
fn a_count_is_of_one_fault_though_rows_of_other_batches_have_others() {
    // The last row is bad in two ways, and the one before it in another.
    let text = format!("{}4,30,1\n3,130,-1\n", many("1,30,1", "3,31,1", 60_000));
    refused(
        Case::new().text(text),
        "people.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (60001 rows of this file); no missing codes are declared; map it or list it under `missing`",
    );
    // The range leaves out what is listed as missing, and what is no number of the concept.
    let text = format!("{}1,98,1\n1,NA,1\n1,-1,1\n", many("1,30,1", "1,130,1", 60_000));
    refused(
        Case::new().text(text),
        "people.csv, line 3, column 2 `age`: 130 is out of range for concept `age` of recipe test/people (0 to 120; 60001 rows of this file); list it under `missing` if it is a missing code",
    );
}

#[test]
fn a_count_tells_the_named_part_file_from_all_of_them() {
    let case = Case::new();
    let a = case.write("a.csv", many("1,30,1", "2,31,1", 40_000));
    let b = case.write("b.csv", many("1,30,1", "3,31,1", 40_000));
    let c = case.write("c.csv", many("3,30,1", "3,31,1", 30_000));
    let first = "b.csv, line 3, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people";
    let last = "no missing codes are declared; map it or list it under `missing`";
    refused(
        case.read(&[c, a.clone(), b.clone()]),
        &format!("{first} (40000 rows of this file, 100000 of all 3 part files); {last}"),
    );
    // The part after it cannot be read to its end: what is known is a least.
    let d = case.write("d.csv", format!("{}1,2\n", many("3,30,1", "1,31,1", 10)));
    refused(
        case.read(&[a, b, d]),
        &format!(
            "{first} (at least 40000 rows of this file, at least 40000 of all 3 part files); {last}"
        ),
    );
}

#[test]
fn the_first_fault_of_the_files_is_told_whichever_row_group_is_read_first() {
    let case = Case::new();
    let path = case.path("people.parquet");
    let bad = |row: usize| row % 20_000 == 19_999;
    let sex: Int32Array = (0..100_000).map(|row| if bad(row) { 3 } else { 1 }).collect();
    let age: Int32Array = (0..100_000).map(|row| if row == 70_000 { 130 } else { 30 }).collect();
    let weight: ArrayRef = Arc::new(Float64Array::from(vec![1.0; 100_000]));
    let batch = RecordBatch::try_from_iter(vec![
        ("sex", Arc::new(sex) as ArrayRef),
        ("age", Arc::new(age)),
        ("weight", weight),
    ])
    .unwrap();
    let small = parquet::file::properties::WriterProperties::builder()
        .set_max_row_group_row_count(Some(10_000))
        .build();
    let file = std::fs::File::create(&path).unwrap();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(file, batch.schema(), Some(small)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let recipe: Recipe = toml::from_str(RECIPE).unwrap();
    let registry = registry();
    let open = || {
        let request = Request {
            recipe: &recipe,
            registry: &registry,
            files: BTreeMap::from([("people".to_string(), vec![path.clone()])]),
            concepts: vec!["age".into(), "sex".into()],
            options: Options::default(),
            progress: None,
        };
        open(request).unwrap()
    };
    let expected = format!(
        "{}, row 20000, column 1 `sex`: value `3` is not covered by concept `sex` of recipe test/people (5 rows of this file); no missing codes are declared; map it or list it under `missing`",
        path.display()
    );
    let faulty = open();
    assert_eq!(faulty.units(), 10);
    // The eighth row group has the age of 130 and no sex that is not covered.
    for unit in [9, 7, 1, 3] {
        let error = faulty.read(unit, &mut |_| Ok(())).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let faulty = &open();
    let from_threads: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = [1, 3, 5, 7, 9]
            .into_iter()
            .map(|unit| {
                scope.spawn(move || faulty.read(unit, &mut |_| Ok(())).unwrap_err().to_string())
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(from_threads, vec![expected; 5]);
}

#[test]
fn g02_a_column_that_no_file_has_is_found_before_rows_are_read() {
    // The bad value in the rows is never reached.
    refused(
        Case::new()
            .with("column = \"age\"", "column = \"agee\"")
            .text("sex,age,weight\nbad,bad,bad\n"),
        "people.csv: no column `agee`, which recipe test/people needs for concept age; near names: `age`",
    );
}

#[test]
fn quantile_groups_do_not_depend_on_the_order_of_rows() {
    let mut case = Case::new();
    case.concepts = vec!["half"];
    let (rows, log) = case.text("sex,age,weight\n1,10,1\n1,20,1\n1,30,1\n1,40,3\n").unwrap();
    assert_eq!(rows["half"].as_primitive::<Int16Type>().values(), &[0, 0, 0, 1]);
    assert_eq!(
        log[0].message,
        "the groups of half are 2 weighted quantiles of age, with the upper limits 30"
    );
    let (rows, _) = case.text("sex,age,weight\n1,40,3\n1,30,1\n1,20,1\n1,10,1\n").unwrap();
    assert_eq!(rows["half"].as_primitive::<Int16Type>().values(), &[1, 0, 0, 0]);
}

#[test]
fn written_labels_are_read_back_from_stata_and_spss() {
    let case = Case::new().with(
        "column = \"sex\"\nmap = { 1 = \"M\", 2 = \"F\" }",
        "column = \"sex\"\nlabels = true\nmap = { Man = \"M\", Woman = \"F\" }",
    );
    let mut columns = good_columns();
    columns.push(("name", Arc::new(StringArray::from(vec!["Zoë", "Ana"])) as ArrayRef));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let labels = Labels {
        variables: BTreeMap::from([("sex".to_string(), "Sex of the respondent".to_string())]),
        values: BTreeMap::from([(
            "sex".to_string(),
            BTreeMap::from([(1, "Man".to_string()), (2, "Woman".to_string())]),
        )]),
        ..Labels::default()
    };
    for (name, write) in [
        ("people.dta", write_stata as fn(&Path, &RecordBatch, &Labels) -> _),
        ("people.sav", write_spss),
    ] {
        let path = case.path(name);
        write(&path, &batch, &labels).unwrap();
        is_good(case.read(std::slice::from_ref(&path)));
        let found = inclusion_ingest::inspect(&path, &Options::default()).unwrap();
        assert_eq!(found.rows, 2);
        assert_eq!(found.columns[0].label.as_deref(), Some("Sex of the respondent"));
        let man = ("1".to_string(), Some("Man".to_string()), 1);
        let woman = ("2".to_string(), Some("Woman".to_string()), 1);
        assert_eq!(
            (found.columns[0].kind.as_str(), &found.columns[0].values),
            ("integer", &vec![man, woman])
        );
        assert_eq!(found.columns[3].kind, "text");
    }
}
