//! Results that come twice or that a program has changed on the way, ids of several columns, and keys of
//! recipes that only a file or the reader explains.

use crate::engines::{self, Engine};
use crate::survey::{PSU, SEX, STUDY, bytes, done, home, inclusion, refused};
use crate::{equal, tables};
use arrow::compute::concat_batches;
use inclusion_ingest::{Labels, write_spss};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

/// The whole result of the demonstration study, as `duckdb-result.csv` and `.parquet`, and its text.
fn result() -> Option<(tempfile::TempDir, String)> {
    let engine = engines::duckdb()?;
    let folder = home(|_, _| {});
    let here = folder.path();
    std::fs::write(
        here.join("cells.sql"),
        done(here, &["sql", "study.toml", "--dialect", "duckdb"]),
    )
    .expect("a file");
    engine.run(&tables(here, ',', false), Path::new("cells.sql"));
    let text = String::from_utf8(bytes(here, "duckdb-result.csv")).expect("text");
    Some((folder, text))
}

#[test]
fn a_result_that_is_given_twice_in_any_form_is_refused() {
    let Some((folder, whole)) = result() else { return };
    let here = folder.path();
    let alone = ["estimate", "study.toml", "--cells", "duckdb-result.parquet"];
    let told = inclusion(here, &alone);
    let told = String::from_utf8_lossy(&told.stderr);
    assert!(told.contains("read      demo: 19,458 rows from cells in"), "{told}");
    let mut lines: Vec<&str> = whole.lines().collect();
    lines[1..].reverse();
    std::fs::write(here.join("reversed.csv"), lines.join("\n") + "\n").expect("a file");
    std::fs::write(here.join("windows.csv"), whole.replace('\n', "\r\n")).expect("a file");
    for other in ["duckdb-result.parquet", "reversed.csv", "windows.csv"] {
        let both = ["estimate", "study.toml", "--cells", "duckdb-result.csv", "--cells", other];
        let message = refused(here, &both);
        let expected = format!(
            "{other}: it has the same cells as `duckdb-result.csv`: each part may be there once, whatever its name and format"
        );
        assert!(message.contains(&expected), "{message}");
    }
    std::fs::create_dir(here.join("both")).expect("a folder");
    for name in ["duckdb-result.csv", "duckdb-result.parquet"] {
        std::fs::copy(here.join(name), here.join("both").join(name)).expect("a copy");
    }
    let message = refused(here, &["estimate", "study.toml", "--cells", "both"]);
    assert!(message.contains("it has the same cells as `both/duckdb-result.csv`"), "{message}");
}

#[test]
fn a_result_without_rows_or_of_a_row_without_a_psu_is_refused_with_what_to_do() {
    let Some((folder, whole)) = result() else { return };
    let here = folder.path();
    let estimate = |name: &str| refused(here, &["estimate", "study.toml", "--cells", name]);
    let header = whole.lines().next().expect("a header");
    std::fs::write(here.join("header.csv"), format!("{header}\n")).expect("a file");
    let expected = "header.csv: it has the columns of a result and no row: the table was empty where the statement ran, or the recipe and `where` of the survey keep none of its rows; look there, run the statement again and save all rows";
    let message = estimate("header.csv");
    assert!(message.contains(expected), "{message}");
    let table = Table::of(&whole);
    std::fs::write(here.join("cut.csv"), table.with(&[(3, "_psu", String::new())]))
        .expect("a file");
    let message = estimate("cut.csv");
    let expected = "cut.csv: row 3 has no `_psu`, and its `_fault` does not say so";
    assert!(message.contains(expected), "{message}");
    // The same, made by the engine of a table without rows, and of one whose PSU is NULL in a row.
    let Some(engine) = engines::postgres() else { return };
    let rows = String::from_utf8(bytes(here, "persons.csv")).expect("text");
    let mut lines: Vec<String> = rows.lines().map(str::to_string).collect();
    std::fs::write(
        here.join("cells.sql"),
        done(here, &["sql", "study.toml", "--dialect", "postgres"]),
    )
    .expect("a file");
    let run = |lines: &[String]| {
        std::fs::write(here.join("persons.csv"), lines.join("\n") + "\n").expect("a file");
        engine.run(&tables(here, ',', true), Path::new("cells.sql"));
        estimate("postgres-result.csv")
    };
    let message = run(&lines[..1]);
    assert!(message.contains("it has the columns of a result and no row"), "{message}");
    let mut fields: Vec<String> = lines[1].split(',').map(str::to_string).collect();
    fields[PSU].clear();
    lines[1] = fields.join(",");
    let message = run(&lines);
    let expected = "the PSU is missing in column `psu`; correct the table, or map the value or leave such rows out (`[[keep]]`) in the recipe, and run the statement again";
    let place = message.contains("postgres-result.csv: ")
        && message.contains("; row ")
        && message.contains(" says of them: ");
    assert!(place && message.contains(expected), "{message}");
}

/// Rows of a result, with one field changed by its row (from 1) and column.
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn of(text: &str) -> Table {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().expect("a header").iter().map(str::to_string).collect();
        let row = |record: csv::StringRecord| record.iter().map(str::to_string).collect();
        let rows = reader.records().map(|record| row(record.expect("a record"))).collect();
        Table { names, rows }
    }

    fn at(&self, column: &str) -> usize {
        self.names.iter().position(|name| name == column).expect("a column")
    }

    fn number(&self, row: usize, column: &str) -> i128 {
        self.rows[row - 1][self.at(column)].parse().expect("a number")
    }

    fn with(&self, changes: &[(usize, &str, String)]) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.names).expect("a record");
        for (row, fields) in (1..).zip(&self.rows) {
            let mut fields = fields.clone();
            for (_, column, value) in changes.iter().filter(|(changed, ..)| *changed == row) {
                fields[self.at(column)].clone_from(value);
            }
            writer.write_record(&fields).expect("a record");
        }
        String::from_utf8(writer.into_inner().expect("bytes")).expect("text")
    }
}

#[test]
fn what_no_rows_can_give_is_refused_with_row_column_and_value() {
    let Some((folder, whole)) = result() else { return };
    let here = folder.path();
    let table = Table::of(&whole);
    let estimate = ["estimate", "study.toml", "--cells", "changed.csv"];
    let write = |changes: &[(usize, &str, String)]| {
        std::fs::write(here.join("changed.csv"), table.with(changes)).expect("a file");
    };
    write(&[]);
    done(here, &estimate);
    // A cell with women or men who are online, and others who are not.
    let row = (1..=table.rows.len())
        .find(|row| ["HH7_n_yes", "HH7_n_no"].iter().all(|name| table.number(*row, name) > 0))
        .expect("a cell");
    let [y, x] = ["HH7_sum_y", "HH7_sum_x"].map(|name| table.number(row, name));
    let weighted = table.number(row, "_rows_weighted");
    let (triple, over) = ((3 * x).to_string(), (y - 1).to_string());
    let counted = format!(
        "which is too many with the other answers: the cell has {weighted} rows of weight above 0"
    );
    let between = format!("which is not between 0 and `{x}`, the sum over its base");
    let whole_number = "which is no whole number of up to 38 digits; save sums as DECIMAL(38, 0) or as texts, and not as floats, which lose digits";
    for (column, value, expected) in [
        ("HH7_n_yes", "1000000", counted.as_str()),
        ("HH7_sum_y", "-5", &between),
        ("HH7_sum_y", &triple, &between),
        ("HH7_sum_y", "0", "which is no sum of the weights of"),
        ("HH7_sum_x", "0", "which is no sum of"),
        ("_rows", "0", "and a cell has one row at least"),
        ("_rows_weighted", "1000", "rows in all"),
        ("HH7_n_weightless", "7", "and the cell has 0 rows of weight 0"),
        ("HH7_n_no", "-1", "which is no number of rows (a whole number, 0 or more)"),
        ("HH7_sum_y", "1.39e+22", whole_number),
        ("HH7_sum_y", "much", whole_number),
    ] {
        write(&[(row, column, value.to_string())]);
        let message = refused(here, &estimate);
        let place = format!("changed.csv: row {row}, column `{column}`: holds `{value}`, ");
        let there = message.contains(&place) && message.contains(expected);
        assert!(there && !message.contains("internal"), "{column} = {value}: {message}");
    }
    write(&[(row, "HH7_sum_y", String::new())]);
    let message = refused(here, &estimate);
    assert!(message.contains("column `HH7_sum_y` has 1 empty fields"), "{message}");
    // What a cell may hold, and the cells of the same PSU by other concepts do not.
    let more = (table.number(row, "_rows") + 1).to_string();
    for (column, value) in [("HH7_sum_y", &over), ("_rows", &more)] {
        write(&[(row, column, value.clone())]);
        let message = refused(here, &estimate);
        let [psu, sex] = ["_psu", "sex"].map(|name| &table.rows[row - 1][table.at(name)]);
        let place = format!("PSU `{psu}`, sex `{sex}`, column `{column}`: adds up to");
        assert!(message.contains(&place), "{message}");
        let differ = message.contains("both are sums over the same rows of the survey");
        assert!(differ && message.contains(&row.to_string()), "{message}");
    }
    // Women and men of one PSU exchanged in one set, which changes nothing in all of the PSU.
    let place = table.at("urbanisation");
    let psu = &table.rows[row - 1][table.at("_psu")];
    let by_sex = (1..=table.rows.len()).filter(|row| {
        let fields = &table.rows[row - 1];
        &fields[table.at("_psu")] == psu && !fields[place].is_empty()
    });
    let exchanged: Vec<(usize, &str, String)> = by_sex
        .map(|row| match table.rows[row - 1][table.at("sex")].as_str() {
            "F" => (row, "sex", "M".to_string()),
            "M" => (row, "sex", "F".to_string()),
            other => panic!("sex {other}"),
        })
        .collect();
    assert_eq!(exchanged.len(), 2);
    write(&exchanged);
    let message = refused(here, &estimate);
    assert!(message.contains(&format!("PSU `{psu}`, sex `F`, column `")), "{message}");
    assert!(message.contains("both are sums over the same rows of the survey"), "{message}");
    // What the cells are by.
    let text = table.with(&[]);
    for (fact, column) in [("stratified", "_stratum"), ("clustered", "_psu")] {
        let told = format!("\"\"{fact}\"\":true");
        assert!(text.contains(&told), "no {told}");
        let other = text.replace(&told, &told.replace("true", "false"));
        std::fs::write(here.join("changed.csv"), other).expect("a file");
        let message = refused(here, &estimate);
        let expected = format!(
            "changed.csv: it has a column `{column}`, and its `_facts` says that the cells are not by it"
        );
        assert!(message.contains(&expected), "{message}");
    }
    // Without strata altogether: errors would be others.
    let at = table.at("_stratum");
    let without = |fields: &Vec<String>| {
        let mut fields = fields.clone();
        fields.remove(at);
        fields
    };
    let (names, rows) = (without(&table.names), table.rows.iter().map(without).collect());
    let other = Table { names, rows }.with(&[]);
    let told = "\"\"stratified\"\":";
    let other = other.replace(&format!("{told}true"), &format!("{told}false"));
    std::fs::write(here.join("changed.csv"), other).expect("a file");
    let message = refused(here, &estimate);
    let expected = "changed.csv: its cells are not by strata, which survey `demo` has";
    assert!(message.contains(expected), "{message}");
    // All of one set.
    let of_set = |row: &usize| !table.rows[row - 1][table.at("urbanisation")].is_empty();
    let rows = (1..=table.rows.len()).filter(of_set);
    let all: Vec<(usize, &str, String)> =
        rows.map(|row| (row, "HH7_sum_y", (-table.number(row, "HH7_sum_y")).to_string())).collect();
    write(&all);
    let message = refused(here, &estimate);
    assert!(message.contains("column `HH7_sum_y`: holds `-"), "{message}");
}

#[test]
fn facts_that_were_changed_are_told_with_what_is_other() {
    let Some((folder, whole)) = result() else { return };
    let here = folder.path();
    let table = Table::of(&whole);
    let estimate = ["estimate", "study.toml", "--cells", "changed.csv"];
    let [cells, fault] = ["_cells", "_fault"];
    let field = |column: &str, value: &str| table.with(&[(2, column, value.to_string())]);
    let rows = table.rows.len();
    let fact = |from: &str, to: &str| {
        assert!(whole.contains(from), "no {from}");
        whole.replacen(from, to, 1)
    };
    for (text, expected) in [
        (
            fact("\"\"survey\"\":\"\"demo\"\"", "\"\"survey\"\":\"\"other\"\""),
            "there are no cells of survey `demo`: changed.csv holds those of survey `other`, which the study does not \
             have; `inclusion cells` makes them"
                .to_string(),
        ),
        (
            fact("\"\"format\"\":1", "\"\"format\"\":2"),
            "the cells have format 2, and this version of the program reads format 1; make them again".to_string(),
        ),
        (
            fact("[\"\"F\"\",\"\"M\"\"", "[\"\"M\"\",\"\"F\"\""),
            "they have the codes `M`, `F`".to_string(),
        ),
        (
            fact("\"\"id\"\":\"\"HH7\"\"", "\"\"id\"\":\"\"HH8\"\""),
            "HH8_n_yes".to_string(),
        ),
        (
            field(cells, &format!("{rows}.0")),
            format!("row 2 has `{rows}.0` in `_cells`, which is a whole number in a result; save whole numbers as such"),
        ),
        (field(fault, "nan"), "row 2 has `nan` in `_fault`; save NULL as an empty field".to_string()),
        (field(fault, "<NA>"), "row 2 has `<NA>` in `_fault`; save NULL as an empty field".to_string()),
    ] {
        std::fs::write(here.join("changed.csv"), text).expect("a file");
        let message = refused(here, &estimate);
        assert!(message.contains("changed.csv") && message.contains(&expected), "{expected}: {message}");
    }
}

#[test]
fn separators_other_than_commas_are_named() {
    let Some((folder, text)) = result() else { return };
    for (mark, name) in [(";", "semicolons"), ("\t", "tabs")] {
        let header = text.lines().next().expect("a header").replace(',', mark);
        std::fs::write(folder.path().join("other.csv"), header + "\n").expect("a file");
        let message = refused(folder.path(), &["estimate", "study.toml", "--cells", "other.csv"]);
        let told = format!("its columns are separated by {name}; save the result with commas");
        assert!(message.contains(&told), "{message}");
    }
}

#[test]
fn quotes_as_spark_writes_them_are_refused_with_what_to_set() {
    let Some((folder, whole)) = result() else { return };
    let here = folder.path();
    assert!(whole.contains("\"{\"\"format\"\":"));
    std::fs::write(here.join("spark.csv"), whole.replace("\"\"", "\\\"")).expect("a file");
    let message = refused(here, &["estimate", "study.toml", "--cells", "spark.csv"]);
    assert!(
        message.contains("its quotes are written as `\\\"`, as Spark does where it is not told otherwise; save the result with `.option(\"escape\", \"\\\"\")`"),
        "{message}"
    );
    let statement = done(here, &["sql", "study.toml", "--dialect", "spark"]);
    assert!(
        statement.contains("-- As CSV: .option(\"header\", \"true\").option(\"escape\", \"\\\"\")")
    );
}

#[test]
fn ids_of_several_columns_stay_apart_whatever_they_hold() {
    let folder = home(|_, _| {});
    let here = folder.path();
    let rows = std::fs::read_to_string(here.join("persons.csv")).expect("the rows");
    let ids = |line: &str| {
        let psu: u32 = line.split(',').nth(PSU).expect("a field").parse().expect("a number");
        let strata = [["a|b", "c"], ["a", "b|c"], ["a\\", "b|c"]];
        let stratum = strata[psu as usize % 3].join(",");
        let of_two = match psu % 2 {
            0 => format!("{}|x,y", psu / 2),
            _ => format!("{},x|y", psu / 2),
        };
        format!("{line},{stratum},{of_two},{},{psu}\n", psu % 3)
    };
    let mut lines = rows.lines();
    let header = lines.next().expect("a header");
    let text: String = lines.map(ids).collect();
    let header = format!("{header},stratum_a,stratum_b,psu_a,psu_b,stratum_one,psu_one\n");
    std::fs::write(here.join("persons.csv"), header + &text).expect("a file");
    let study = |name: &str, stratum: &str, psu: &str| {
        let design = format!("[survey.design]\nstratum = {stratum}\npsu = {psu}\n\n[estimate]");
        std::fs::write(here.join(name), STUDY.replace("[estimate]", &design)).expect("a study");
    };
    study("one.toml", "\"stratum_one\"", "\"psu_one\"");
    study("study.toml", "[\"stratum_a\", \"stratum_b\"]", "[\"psu_a\", \"psu_b\"]");
    done(here, &["estimate", "one.toml", "--output", "one.csv"]);
    done(here, &["estimate", "study.toml", "--output", "several.csv"]);
    // But for the names of the columns.
    let text = |name: &str| String::from_utf8(bytes(here, name)).expect("text");
    let several = text("several.csv")
        .replace("stratum_a × stratum_b", "stratum_one")
        .replace("psu_a × psu_b", "psu_one");
    assert!(several == text("one.csv"));
    let engines: [Option<Box<dyn Engine>>; 3] = [
        engines::duckdb().map(|engine| Box::new(engine) as Box<dyn Engine>),
        engines::postgres().map(|engine| Box::new(engine) as Box<dyn Engine>),
        engines::spark().map(|engine| Box::new(engine) as Box<dyn Engine>),
    ];
    for engine in engines.into_iter().flatten() {
        equal(engine.as_ref(), &tables(here, ',', true));
    }
}

/// A study of a recipe of its own, which reads a file.
fn coded(here: &Path, file: &str, sex: &str, internet: &str) {
    let recipe = format!(
        "id = \"test/coded\"\nversion = \"1\"\nname = \"Test\"\nproducer = \"test\"\npopulation = \"person\"\n\
         ref_area = \"XTA\"\ntime_period = \"2024\"\ncoverage = \"all\"\nsource = \"test\"\nrows = \"persons\"\n\
         [file.persons]\n[design]\nweight = {{ column = \"weight\" }}\nstratum = [\"stratum\"]\npsu = [\"psu\"]\n\
         [concept.sex]\ncolumn = \"sex\"\n{sex}\n[concept.internet_use]\ncolumn = \"internet_last\"\n{internet}\n"
    );
    std::fs::create_dir_all(here.join("registry/recipes/test")).expect("a folder");
    std::fs::write(here.join("registry/recipes/test/coded.toml"), recipe).expect("a recipe");
    let study = format!(
        "[study]\ntitle = \"Test\"\nregistry = \"registry\"\n\n[[survey]]\nid = \"demo\"\nrecipe = \"test/coded\"\n\
         files = {{ persons = \"{file}\" }}\n\n[estimate]\nindicators = [\"HH7\"]\nby = [\"sex\"]\n"
    );
    std::fs::write(here.join("coded.toml"), study).expect("a study");
}

#[test]
fn labels_need_the_file_that_tells_which_values_have_them() {
    let folder = home(|_, _| {});
    let here = folder.path();
    let labels = "labels = true\nmap = { \"Within 3 months\" = \"3m\" }\nothers = \"never\"";
    coded(here, "persons.sav", "map = { 1 = \"M\", 2 = \"F\", 9 = \"_U\" }", labels);
    let sql = ["sql", "coded.toml", "--dialect", "duckdb"];
    let message = refused(here, &sql);
    let expected = "concept `internet_use` maps labels (`labels = true`), and which values have them only the file `./persons.sav` tells, which is not there: put it there (no row of it is read), or map the values";
    assert!(message.contains(expected), "{message}");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.sav");
    std::fs::copy(data, here.join("persons.sav")).expect("a copy");
    let statement = done(here, &sql);
    assert!(statement.contains("\"internet_last__number\" IN (1) THEN '3m'"), "{statement}");
}

#[test]
fn missing_values_that_only_a_file_declares_are_taken_from_it_or_named() {
    let folder = home(|_, _| {});
    let here = folder.path();
    let sql = ["sql", "coded.toml", "--dialect", "duckdb"];
    let sex = "map = { 1 = \"M\", 2 = \"F\" }\nmissing = { 9 = \"not_stated\" }";
    let others = "map = { 1 = \"3m\" }\nblank = \"not_stated\"\nothers = \"never\"";
    let noted = |note: &str| {
        let output = inclusion(here, &sql);
        let [statement, told] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
        assert!(statement.contains(&format!("\n-- {note}")), "{statement}");
        assert!(told.contains(&format!("note      {note}")), "{told}");
    };
    // A value of `sex` that is not mapped stops; one of the other column would be an answer.
    coded(here, "persons.sav", sex, others);
    noted(
        "In `internet_last`, `psu`, `stratum`, `weight`: only `persons.sav` tells which values it declares missing, and it is not there",
    );
    let absent = STUDY.replace("persons.csv", "gone.sav");
    std::fs::write(here.join("gone.toml"), absent).expect("a study");
    let output = inclusion(here, &["sql", "gone.toml", "--dialect", "duckdb"]);
    let told = String::from_utf8_lossy(&output.stderr);
    let expected = "In `age`, `household_id`, `person_id`, `psu`, `stratum`, `weight`: only `gone.sav` tells which values it declares missing";
    assert!(told.contains(expected), "{told}");
    let stata = format!("{others}\nmissing = {{ \".a\" = \"refused\" }}");
    coded(here, "persons.dta", sex, &stata);
    noted(
        "In `internet_last`: the recipe maps codes of Stata such as `.a`, which the table needs as texts",
    );

    // With the file, the cells are those of the reader.
    coded(here, "persons.sav", sex, others);
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.parquet");
    let rows = File::open(data);
    let rows = ParquetRecordBatchReaderBuilder::try_new(rows.expect("the data")).expect("Parquet");
    let schema = rows.schema().clone();
    let batches: Vec<_> = rows.build().expect("Parquet").map(|rows| rows.expect("rows")).collect();
    let batch = concat_batches(&schema, &batches).expect("one batch");
    let missing = [("internet_last".to_string(), vec![2.0, 4.0])].into();
    write_spss(&here.join("persons.sav"), &batch, &Labels { missing, ..Labels::default() })
        .expect("a file");
    let output = inclusion(here, &sql);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let statement = String::from_utf8(output.stdout).expect("text");
    assert!(
        statement.contains("\"internet_last__number\" IN (2, 4) THEN '?not_stated'"),
        "{statement}"
    );
    let Some(engine) = engines::duckdb() else { return };
    std::fs::write(here.join("cells.sql"), statement).expect("a file");
    engine.run(&tables(here, ',', false), Path::new("cells.sql"));
    done(here, &["estimate", "coded.toml", "--output", "rows.csv"]);
    let cells = ["--cells", "duckdb-result.csv", "--output", "sums.csv"];
    done(here, &[&["estimate", "coded.toml"], &cells[..]].concat());
    assert!(bytes(here, "sums.csv") == bytes(here, "rows.csv"));
}

#[test]
fn a_key_with_an_exponent_is_a_text_as_it_is_to_the_reader() {
    let folder = home(|_, fields| {
        if fields[SEX] == "1" {
            fields[SEX] = "100".to_string();
        }
    });
    let here = folder.path();
    let sex = "map = { \"1e2\" = \"M\", 2 = \"F\", 9 = \"_U\" }";
    coded(here, "persons.csv", sex, "map = { 1 = \"3m\" }\nothers = \"never\"");
    let local = refused(here, &["estimate", "coded.toml"]);
    assert!(local.contains("100") && local.contains("sex"), "{local}");
    let statement = done(here, &["sql", "coded.toml", "--dialect", "duckdb"]);
    assert!(statement.contains("\"sex__text\" IN ('1e2') THEN 'M'"), "{statement}");
    let Some(engine) = engines::duckdb() else { return };
    std::fs::write(here.join("cells.sql"), statement).expect("a file");
    engine.run(&tables(here, ',', false), Path::new("cells.sql"));
    let message = refused(here, &["estimate", "coded.toml", "--cells", "duckdb-result.csv"]);
    let expected = "column `sex` holds `100`, which concept `sex` does not map";
    assert!(message.contains(expected), "{message}");
}
