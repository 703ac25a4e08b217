//! Cells that serve another study, are older than the data, or stand under another name.

use super::*;

#[test]
fn cells_serve_a_study_of_fewer_indicators_and_breakdowns() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["cells", "study.toml", "--output", "cells.parquet"]);
    done(here, &["cells", "study.toml", "--output", "parts"]);
    for by in [r#""sex * urbanisation""#, r#""sex""#, r#""age_group""#] {
        study(here, &PARTS, by);
        let text = std::fs::read_to_string(here.join("study.toml")).expect("the study");
        for (from, to) in [("", ""), ("\"HH7\", \"HH18\", \"HOURS\"", "\"HOURS\", \"HH7\"")] {
            std::fs::write(here.join("study.toml"), text.replacen(from, to, 1)).expect("a study");
            done(here, &["estimate", "study.toml", "--output", "rows.csv"]);
            for cells in ["cells.parquet", "parts"] {
                let args = ["estimate", "study.toml", "--cells", cells, "--output", "e.csv"];
                done(here, &args);
                assert!(bytes(here, "e.csv") == bytes(here, "rows.csv"), "{by} {to} {cells}");
            }
        }
    }
    // A definition that changed is still noticed.
    let other = MEAN.replace("value = \"hours_online\"", "value = \"age\"");
    std::fs::write(here.join("registry/indicators/hours.toml"), other).expect("an indicator");
    let message = refused(here, &["estimate", "study.toml", "--cells", "cells.parquet"], 1);
    assert!(message.contains("indicator `HOURS` is defined otherwise"), "{message}");
}

#[test]
fn data_that_changed_after_the_cells_are_noticed_where_they_are_there() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["cells", "study.toml", "--output", "cells.parquet"]);
    let estimate =
        || done(here, &["estimate", "study.toml", "--cells", "cells.parquet", "--output", "e.csv"]);
    let told = estimate();
    assert!(!told.contains("changed after the cells"), "{told}");
    let before = bytes(here, "e.csv");
    // The same size, another answer.
    let mut south = bytes(here, "south.csv");
    let at = south.iter().rposition(|byte| byte.is_ascii_digit()).expect("a digit");
    south[at] = if south[at] == b'1' { b'2' } else { b'1' };
    std::fs::write(here.join("south.csv"), &south).expect("a part");
    let said =
        "south.csv was changed after the cells had been made; the figures are those of the cells.";
    assert!(estimate().contains(said));
    assert_eq!(bytes(here, "e.csv"), before);
    south.extend(b"\n");
    std::fs::write(here.join("south.csv"), &south).expect("a part");
    assert!(estimate().contains(said));
    PARTS.iter().for_each(|part| std::fs::remove_file(here.join(part)).expect("it was there"));
    let told = estimate();
    assert!(!told.contains("changed after the cells"), "{told}");
}

#[test]
fn a_part_under_another_name_is_refused() {
    let folder = scattered();
    let here = folder.path();
    done(here, &["cells", "study.toml", "--output", "cells"]);
    let part = "cells/demo-002-south.parquet";
    std::fs::copy(here.join(part), here.join("copy.parquet")).expect("a copy");
    let merge = |files: &[&str]| {
        refused(here, &[&["cells", "--output", "t.parquet", "--merge"], files].concat(), 1)
    };
    assert_eq!(
        merge(&[part, "copy.parquet"]),
        format!(
            "copy.parquet: it has the rows of `south.csv`, which `{part}` has, too: each file may be there once"
        )
    );
    // Of cells that another program made no source is known.
    let text = |sources: &str| {
        let file = std::fs::File::open(here.join(part)).expect("cells");
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
        let pairs = reader.metadata().file_metadata().key_value_metadata().expect("metadata");
        let facts = pairs.iter().find(|pair| pair.key == "inclusion.cells").expect("the facts");
        let facts = facts.value.clone().expect("a value");
        let mut facts: serde_json::Value = serde_json::from_str(&facts).expect("JSON");
        facts["sources"] = serde_json::from_str(sources).expect("JSON");
        let names: Vec<String> =
            reader.schema().fields().iter().map(|field| field.name().clone()).collect();
        format!("# inclusion.cells {facts}\n{}\n", names.join(","))
    };
    for name in ["one.csv", "two.csv"] {
        std::fs::write(here.join(name), text("[]")).expect("cells");
    }
    assert_eq!(
        merge(&["one.csv", "two.csv"]),
        "two.csv: it has the same cells as `one.csv`: each part may be there once, whatever its name and format"
    );
    assert_eq!(merge(&["one.csv", "one.csv"]), "one.csv: it is named twice");
}
