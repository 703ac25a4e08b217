//! What recipes can say, on small files whose results are worked out by hand.

use crate::made::{codes, numbers, read, read_told};
use inclusion_registry::Missing;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tempfile::TempDir;

fn csv(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn income(groups: u32, unit: &str, ties: &str) -> String {
    let codes: Vec<String> =
        (1..=groups).map(|g| format!("{{ id = \"{g}\", name = \"{g}\" }}")).collect();
    format!(
        "[[concept]]\nid = \"income\"\nname = \"Income\"\nkind = \"number\"\n[[concept]]\nid = \"group\"\nname = \"Group\"\nkind = \"category\"\ncode = [{}]\nderive = {{ quantile = {{ of = \"income\", groups = {groups}, unit = \"{unit}\", ties = \"{ties}\" }} }}\n",
        codes.join(", ")
    )
}

const INCOME: &str = "household_key = [\"hh\"]\n[file.people]\n[design]\nweight = { column = \"w\" }\n[concept.income]\ncolumn = \"income\"\nblank = \"refused\"\n";

fn groups(text: &str, groups: u32, unit: &str, ties: &str) -> (Vec<i16>, String) {
    let folder = tempfile::tempdir().unwrap();
    let files = [("people", csv(&folder, "people.csv", text))];
    let (rows, log) = read(INCOME, &income(groups, unit, ties), &files, &["group"]).unwrap();
    let limits = log.iter().find(|e| e.code == "quantile_limits").unwrap();
    (codes(&rows, "group"), limits.value.clone().unwrap())
}

#[test]
fn rows_that_equal_a_limit_go_where_ties_says() {
    // Weights 1, 2, 1, 4: half of 8 is reached at 20.
    let text = "hh,income,w\n1,30,4\n2,20,2\n3,10,1\n4,20,1\n5,,1\n";
    let refused = Missing::Refused.code();
    assert_eq!(groups(text, 2, "person", "lower"), (vec![1, 0, 0, 0, refused], "20".into()));
    assert_eq!(groups(text, 2, "person", "upper"), (vec![1, 1, 0, 1, refused], "20".into()));
}

#[test]
fn a_household_counts_once_however_many_members_it_has() {
    // Households 10 (weight 2, four members), 20 (weight 1, one), 30 (weight 3, two).
    let text = "hh,income,w\na,10,2\na,10,2\na,10,2\na,10,2\nb,20,1\nc,30,3\nc,30,3\n";
    // Persons: half of 15 is reached at 10 (8). Households: half of 6 at 20 (3), thirds at 10 and 30.
    let persons = (vec![0, 0, 0, 0, 1, 1, 1], "10".to_string());
    assert_eq!(groups(text, 2, "person", "lower"), persons);
    let households = (vec![0, 0, 0, 0, 0, 1, 1], "20".to_string());
    assert_eq!(groups(text, 2, "household", "lower"), households);
    let upper = (vec![0, 0, 0, 0, 1, 1, 1], "20".to_string());
    assert_eq!(groups(text, 2, "household", "upper"), upper);
    let thirds = (vec![0, 0, 0, 0, 1, 1, 1], "10; 30".to_string());
    assert_eq!(groups(text, 3, "household", "lower"), thirds);
    let thirds = (vec![1, 1, 1, 1, 1, 2, 2], "10; 30".to_string());
    assert_eq!(groups(text, 3, "household", "upper"), thirds);
}

const YES_NO: &str = "code = [{ id = \"yes\", name = \"Yes\" }, { id = \"no\", name = \"No\" }]";

fn three(rest: &str) -> String {
    let part =
        |id| format!("[[concept]]\nid = \"{id}\"\nname = \"P\"\nkind = \"category\"\n{YES_NO}\n");
    format!("{}{}{}{rest}", part("p"), part("q"), part("r"))
}

fn three_recipe() -> String {
    let part = |id| {
        format!(
            "[concept.{id}]\ncolumn = \"{id}\"\nmap = {{ 1 = \"yes\", 2 = \"no\" }}\nmissing = {{ 8 = \"dont_know\", 9 = \"refused\" }}\nblank = \"not_applicable\"\n"
        )
    };
    format!("[file.people]\n[design]\n{}{}{}", part("p"), part("q"), part("r"))
}

#[test]
fn a_count_is_missing_if_a_part_is_except_where_a_part_is_not_applicable() {
    let concepts = three(
        "[[concept]]\nid = \"n\"\nname = \"N\"\nkind = \"number\"\nderive = { count = { of = [\"p\", \"q\", \"r\"], codes = [\"yes\"] } }\n[[concept]]\nid = \"any\"\nname = \"Any\"\nkind = \"category\"\ncode = [{ id = \"none\", name = \"None\", max = 0 }, { id = \"some\", name = \"Some\", min = 1 }]\nderive = { band = { of = \"n\" } }\n",
    );
    let folder = tempfile::tempdir().unwrap();
    let text = "p,q,r\n1,1,2\n2,2,2\n1,,1\n,,\n1,8,1\n9,8,1\n";
    let files = [("people", csv(&folder, "people.csv", text))];
    let (rows, _) = read(&three_recipe(), &concepts, &files, &["n", "any"]).unwrap();
    assert_eq!(numbers(&rows, "n"), [Some(2.0), Some(0.0), Some(2.0), Some(0.0), None, None]);
    // The reason of a missing count is that of the first part that has one.
    let (unknown, refused) = (Missing::DontKnow.code(), Missing::Refused.code());
    assert_eq!(codes(&rows, "any"), [1, 0, 1, 0, unknown, refused]);
}

#[test]
fn the_first_case_that_holds_gives_the_code_and_else_the_first_missing_part_the_reason() {
    let concepts = three(
        "[[concept]]\nid = \"level\"\nname = \"Level\"\nkind = \"category\"\ncode = [{ id = \"high\", name = \"High\" }, { id = \"low\", name = \"Low\" }, { id = \"odd\", name = \"Odd\" }]\nderive = { cases = [{ when = { p = [\"yes\"], q = [\"yes\"] }, code = \"high\" }, { when = { any = [{ p = [\"yes\"] }, { q = [\"yes\"], r = [\"no\"] }] }, code = \"low\" }, { when = { r = [\"refused\"] }, code = \"odd\" }] }\n",
    );
    let folder = tempfile::tempdir().unwrap();
    let text = "p,q,r\n1,1,1\n1,8,9\n2,1,2\n2,1,1\n2,2,9\n9,8,1\n2,8,\n";
    let files = [("people", csv(&folder, "people.csv", text))];
    let (rows, _) = read(&three_recipe(), &concepts, &files, &["level"]).unwrap();
    let none = Missing::NotApplicable.code();
    let (unknown, refused) = (Missing::DontKnow.code(), Missing::Refused.code());
    assert_eq!(codes(&rows, "level"), [0, 1, 1, none, 2, refused, unknown]);
}

#[test]
fn rows_without_a_household_stay_where_the_recipe_keeps_them() {
    let recipe = |unmatched: &str| {
        format!(
            "[file.people]\n[file.homes]\n[[join]]\nfile = \"homes\"\non = {{ home = \"id\" }}\n{unmatched}\n[design]\n[concept.p]\ncolumn = \"p\"\nmap = {{ 1 = \"yes\", 2 = \"no\" }}\n[concept.q]\nfile = \"homes\"\ncolumn = \"net\"\nmap = {{ 1 = \"yes\", 0 = \"no\" }}\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("people", csv(&folder, "people.csv", "home,p\n1,1\n7,2\n02,1\n8,1\n")),
        ("homes", csv(&folder, "homes.csv", "id,net\n1,1\n2,0\n3,1\n")),
    ];
    let concepts = three("");
    let (rows, log) =
        read(&recipe("unmatched = \"keep\""), &concepts, &files, &["p", "q"]).unwrap();
    assert_eq!(codes(&rows, "p"), [0, 1, 0, 0]);
    let not_stated = Missing::NotStated.code();
    assert_eq!(codes(&rows, "q"), [0, not_stated, 1, not_stated]);
    let entry = |code: &str| log.iter().find(|e| e.code == code).unwrap();
    assert_eq!((entry("unmatched_rows").line, entry("unmatched_rows").count), (Some(3), 2));
    assert!(entry("unmatched_rows").message.ends_with("homes.csv; the first key is home `7`"));
    // The log is published: names of files, no folders.
    let here = folder.path().to_string_lossy();
    assert!(log.iter().all(|e| !e.message.contains(&*here)), "{log:?}");
    assert!(entry("unused_rows").message.contains(" looked-up file homes.csv was used "));
    assert_eq!((entry("unused_rows").line, entry("unused_rows").count), (Some(4), 1));
    let message = read(&recipe(""), &concepts, &files, &["p", "q"]).unwrap_err();
    assert!(message.contains("people.csv, line 3: home `7` has no match in"), "{message}");
    assert!(
        message.contains("; 2 rows of this file without a match, the first: home `7` / home `8`;"),
        "{message}"
    );
    // Many batches, of which each knows only its own rows.
    let text = format!("home,p\n{}", "1,1\n7,2\n2,1\n".repeat(50_000));
    let files = [("people", csv(&folder, "many.csv", &text)), files[1].clone()];
    let message = read(&recipe(""), &concepts, &files, &["p", "q"]).unwrap_err();
    assert!(message.contains("many.csv, line 3: home `7` has no match in"), "{message}");
    assert!(message.contains("; 50000 rows of this file without a match, the first"), "{message}");
}

#[test]
fn rows_that_no_case_covers_are_counted_in_the_whole_file() {
    let recipe = "[file.people]\n[design]\n[concept.p]\ncases = [{ when = { a = [\"1\"] }, code = \"yes\" }, { when = { b = [\"1\"] }, code = \"no\" }]\n";
    let folder = tempfile::tempdir().unwrap();
    let text = format!("a,b\n{}", "1,0\n0,1\n0,7\n0,8\n".repeat(30_000));
    let files = [("people", csv(&folder, "people.csv", &text))];
    let message = read(recipe, &three(""), &files, &["p"]).unwrap_err();
    let end = "people.csv, line 4: value `a = 0, b = 7` is not covered by concept `p` of recipe test/made (30000 rows of this file); no missing codes are declared; map it or list it under `missing`";
    assert!(message.ends_with(end), "{message}");
}

#[test]
fn the_finite_population_is_a_column_of_its_own_and_above_zero() {
    let recipe = "[file.people]\n[design]\nstratum = [\"region\", \"area\"]\npsu = [\"psu\"]\nfpc = \"clusters\"\n[concept.p]\ncolumn = \"p\"\nmap = { 1 = \"yes\", 2 = \"no\" }\n";
    let folder = tempfile::tempdir().unwrap();
    let text = |last: &str| {
        format!("region,area,psu,clusters,p\nN,1,a,120,1\nN,2,b,80.5,2\nS,1,a,{last},1\n")
    };
    let good = [("people", csv(&folder, "people.csv", &text("7")))];
    let (rows, _) = read(recipe, &three(""), &good, &["p"]).unwrap();
    let names: Vec<String> = rows.schema().fields().iter().map(|f| f.name().clone()).collect();
    assert_eq!(names, ["_weight", "_stratum", "_psu", "_fpc", "p"]);
    assert_eq!(numbers(&rows, "_fpc"), [Some(120.0), Some(80.5), Some(7.0)]);
    assert_eq!(numbers(&rows, "_weight"), [Some(1.0); 3]);
    let strata: Vec<_> =
        arrow::array::AsArray::as_string::<i32>(&rows["_stratum"]).iter().flatten().collect();
    assert_eq!(strata, ["N|1", "N|2", "S|1"]);
    let bad = [("people", csv(&folder, "bad.csv", &text("0")))];
    let message = read(recipe, &three(""), &bad, &["p"]).unwrap_err();
    let end = "bad.csv, line 4, column 4 `clusters`: the finite population 0 is not above 0 (recipe test/made; 1 row of this file)";
    assert!(message.ends_with(end), "{message}");
}

const ONE: &str = "[[concept]]\nid = \"x\"\nname = \"X\"\nkind = \"number\"\n";

#[test]
fn later_stages_and_replicate_weights_become_columns_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let text = "school,class,schools,classes,w,w2,w1,w10,w9,w8,w7,w6,w5,w4,w3,x\n\
                S1,1,40,5,2000000,4,3000000,0,0,0,0,0,0,0,0,1\n\
                S2,1,40,6,1000000,0,1000000,0,0,0,0,0,0,0,0.5,2\n";
    let files = [("people", csv(&folder, "people.csv", text))];
    let recipe = "[file.people]\n[design]\nweight = { column = \"w\", divide_by = 1000000 }\n\
                  psu = [\"school\"]\nfpc = \"schools\"\n[[design.stage]]\nstratum = [\"class\"]\n\
                  psu = [\"school\", \"class\"]\nfpc = \"classes\"\n[design.replicates]\n\
                  kind = \"brr\"\nprefix = \"w\"\n[concept.x]\ncolumn = \"x\"\n";
    let (rows, _) = read(recipe, ONE, &files, &["x"]).unwrap();
    let names: Vec<String> = rows.schema().fields().iter().map(|f| f.name().clone()).collect();
    let mut wanted: Vec<String> =
        ["_weight", "_psu", "_fpc", "_stratum_2", "_psu_2", "_fpc_2"].map(String::from).to_vec();
    wanted.extend((1..=10).map(|r| format!("_replicate_{r}")));
    wanted.push("x".into());
    assert_eq!(names, wanted);
    assert_eq!(numbers(&rows, "_fpc_2"), [Some(5.0), Some(6.0)]);
    // Whole replicate weights are divided as the weight is.
    assert_eq!(numbers(&rows, "_replicate_1"), [Some(3.0), Some(1.0)]);
    assert_eq!(numbers(&rows, "_replicate_3"), [Some(0.0), Some(5e-7)]);

    // Factors are not, and columns stand as they are listed.
    let factors = recipe.replace("prefix = \"w\"", "columns = [\"w2\", \"w3\"]\ncombined = false");
    let (rows, _) = read(&factors, ONE, &files, &["x"]).unwrap();
    assert_eq!(numbers(&rows, "_replicate_1"), [Some(4.0), Some(0.0)]);
    assert_eq!(numbers(&rows, "_replicate_2"), [Some(0.0), Some(0.5)]);

    // A weight that follows from the populations has no column.
    let implied = recipe
        .replace("weight = { column = \"w\", divide_by = 1000000 }", "weight_from_fpc = true")
        .replace("[design.replicates]\nkind = \"brr\"\nprefix = \"w\"\n", "");
    let (rows, _) = read(&implied, ONE, &files, &["x"]).unwrap();
    assert!(rows.column_by_name("_weight").is_none());
    assert_eq!(numbers(&rows, "_fpc"), [Some(40.0), Some(40.0)]);
}

#[test]
fn a_replicate_weight_that_is_missing_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("people", csv(&folder, "people.csv", "w,r1,r2,x\n1,1,1,1\n1,2,,1\n"))];
    let recipe = "[file.people]\n[design]\nweight = { column = \"w\" }\n[design.replicates]\n\
                  kind = \"jk1\"\nprefix = \"r\"\n[concept.x]\ncolumn = \"x\"\n";
    let error = read(recipe, ONE, &files, &["x"]).unwrap_err();
    let (_, told) = error.split_once("people.csv").unwrap();
    assert_eq!(
        told,
        ", line 3, column 3 `r2`: the replicate weight is missing; leave such rows out by \
         `[[keep]]` or correct the file (recipe test/made; 1 row of this file)"
    );
}

#[test]
fn a31_a_file_that_grows_while_it_is_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = csv(&folder, "people.csv", &format!("hh,income,w\n{}", "1,30,4\n".repeat(200_000)));
    let done = AtomicBool::new(false);
    let message = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
            while !done.load(Ordering::Relaxed) {
                file.write_all(b"2,20,2\n").unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let message = (0..50).find_map(|_| {
            let files = [("people", path.clone())];
            read(INCOME, &income(2, "person", "lower"), &files, &["group"]).err()
        });
        done.store(true, Ordering::Relaxed);
        message
    });
    let message = message.expect("a change of the file is noticed");
    assert!(
        message.contains("people.csv changed while it was read (changed_during_read)"),
        "{message}"
    );
}

#[test]
fn a_reading_and_what_goes_before_it_end_where_somebody_ends_them() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "1,7,1\n".repeat(20_000);
    let files = [("people", csv(&folder, "people.csv", &format!("hh,income,w\n{rows}1,much,1\n")))];
    let concepts = income(2, "person", "lower");
    // The last line has a fault, to which an ended reading does not come.
    for wanted in ["income", "group"] {
        let wanted = [wanted];
        let whole = read(INCOME, &concepts, &files, &wanted).unwrap_err();
        assert!(whole.contains("people.csv, line 20002") && whole.contains("much"), "{whole}");
        let told = Mutex::new(Vec::new());
        let end = |done: u64, all: u64| {
            told.lock().unwrap().push((done, all));
            ControlFlow::Break(())
        };
        let ended = read_told(INCOME, &concepts, &files, &wanted, Some(&end)).unwrap_err();
        assert_eq!(ended, "the reading was stopped");
        let told = told.into_inner().unwrap();
        assert!(matches!(told[..], [(done, all)] if done < all), "{told:?}");
    }
}
