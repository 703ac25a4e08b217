//! What is shown of pools, changes and contrasts, withheld, noted and said.

use super::*;

#[test]
fn neither_the_order_of_surveys_nor_the_number_of_threads_changes_a_bit() {
    let folder = two_rounds();
    let more = "[[estimate.change]]\nfrom = \"a\"\nto = \"b\"\n\n[[estimate.pool]]\nid = \"s\"\n\
                surveys = [\"b\", \"a\"]\nweights = \"survey\"\n\n[[estimate.pool]]\nid = \"p\"\n\
                surveys = [\"a\", \"b\"]\nweights = \"population\"\n\n[[estimate.contrast]]\nid = \"c\"\n\
                between = { urbanisation = [\"R\", \"U\"] }\n";
    let written = |text: String, threads: &str| {
        std::fs::write(folder.path().join("study.toml"), text).expect("the study");
        let output = Command::new(env!("CARGO_BIN_EXE_inclusion"))
            .args(["annex", "study.toml", "--format", "csv"])
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(folder.path())
            .output()
            .expect("the command starts");
        assert!(output.status.success(), "{}", stderr(&output));
        std::fs::read_to_string(folder.path().join("out/estimates.csv")).expect("estimates")
    };
    let first = written(format!("{SURVEYS}{more}"), "1");
    let (a, b) = (
        SURVEYS.find("[[survey]]\nid = \"b\"").unwrap(),
        SURVEYS.find("[[survey]]\nid = \"a\"").unwrap(),
    );
    let end = SURVEYS.find("[estimate]").unwrap();
    let turned =
        format!("{}{}{}{}", &SURVEYS[..a], &SURVEYS[b..end], &SURVEYS[a..b], &SURVEYS[end..]);
    let more = more.replace("[\"b\", \"a\"]", "[\"a\", \"b\"]");
    let second = written(format!("{turned}{more}"), "4");
    assert!(first == second, "the two files differ");
    let measures = ["CHANGE", "GAP_CHANGE", "DIFFERENCE", "GAP_DIFFERENCE"];
    assert!(measures.iter().all(|measure| first.contains(&format!(",{measure},"))), "{first}");
}

#[test]
fn what_is_withheld_in_one_round_is_in_no_pool_change_or_contrast() {
    let folder = two_rounds();
    // Of rural women of 65 and over the first round has few, the second many.
    let (header, rows) = table(folder.path(), "a.csv");
    let at = |column: &str| header.iter().position(|own| own == column).expect("a column");
    let (sex, age, area) = (at("sex"), at("age"), at("area"));
    let mut kept = 0;
    let rows = rows.into_iter().filter(|row| {
        let old = row[age].parse().is_ok_and(|age: u32| (65..200).contains(&age));
        let of_group = old && row[sex] == "2" && row[area] == "2";
        kept += usize::from(of_group);
        !of_group || kept <= 12
    });
    let rows: Vec<String> = rows.map(|row| row.join(",")).collect();
    let text = format!("{}\n{}\n", header.join(","), rows.join("\n"));
    std::fs::write(folder.path().join("a.csv"), text).expect("the survey");
    let more = "[[estimate.change]]\nconsecutive = true\n[[estimate.pool]]\nid = \"s\"\n\
                surveys = [\"a\", \"b\"]\nweights = \"survey\"\n[[estimate.pool]]\nid = \"e\"\n\
                surveys = [\"a\", \"b\"]\nweights = \"equal\"\n[[estimate.contrast]]\nid = \"c\"\n\
                surveys = [\"a\"]\nbetween = { urbanisation = [\"R\", \"U\"] }\n\
                [[estimate.contrast]]\nid = \"one\"\nkind = \"ratio\"\n\
                first = { survey = \"b\", indicator = \"HH7\", group = { sex = \"F\", urbanisation = \"R\", age_group = \"65+\" } }\n\
                second = { survey = \"a\", indicator = \"HH7\", group = { sex = \"F\", urbanisation = \"R\", age_group = \"65+\" } }\n";
    let surveys = SURVEYS.replace(
        "\"sex * age_group\"]",
        "\"sex * age_group\", \"sex * urbanisation * age_group\"]",
    );
    let (prepared, walked) = walked(folder.path(), &format!("{surveys}{more}"));
    let old = "age_group 65+; sex F; urbanisation R";
    let cell = |source: &str, codes: &str, measure| {
        row(&walked, source, "HH7", codes, measure).cell.clone()
    };
    assert_eq!(cell("a", old, Measure::Level), Cell::Withheld);
    assert!(matches!(cell("b", old, Measure::Level), Cell::Shown(_)));
    for (source, codes, measure) in [
        ("s", old, Measure::Level),
        ("e", old, Measure::Level),
        ("a/b", old, Measure::Change),
        ("s", "age_group 65+; urbanisation R", Measure::Gap),
        ("e", "age_group 65+; urbanisation R", Measure::Parity),
        ("a/b", "age_group 65+; urbanisation R", Measure::GapChange),
        ("c", "age_group 65+; sex F; urbanisation R/U", Measure::Difference),
        ("c", "age_group 65+; urbanisation R/U", Measure::GapDifference),
        ("one", old, Measure::LevelRatio),
    ] {
        assert_eq!(cell(source, codes, measure), Cell::Withheld, "{source} {codes} {measure:?}");
    }
    // Every figure that follows from others is shown only where all of those are.
    let hidden = |source: &str, key: &SeriesKey, measure: Measure| {
        let own = walked.publishable.rows().iter().find(|row| {
            row.key.source == source
                && row.key.indicator == key.indicator
                && row.key.breakdown == key.breakdown
                && row.key.measure == measure
        });
        own.is_some_and(|row| row.cell == Cell::Withheld)
    };
    let mut followed = 0;
    for row in walked.publishable.rows() {
        let measure = match (row.key.source.as_str(), row.key.measure) {
            ("s" | "e", measure) => measure,
            ("a/b", Measure::Change) => Measure::Level,
            ("a/b", Measure::GapChange) => Measure::Gap,
            _ => continue,
        };
        let hidden = ["a", "b"].map(|of| hidden(of, &row.key, measure));
        // A sum of two withheld figures tells neither.
        let sum = row.key.source == "s" && hidden == [true, true];
        if hidden.contains(&true) && !sum {
            followed += 1;
            assert_eq!(row.cell, Cell::Withheld, "{:?}", row.key);
        }
    }
    assert!(followed > 20, "only {followed} figures are made of withheld ones");
    // Nothing of a withheld row is printed.
    let text = inclusion::annex(&prepared, &walked).expect("an annex");
    let csv = text.files.iter().find(|(name, _)| name == "estimates.csv").expect("estimates");
    let mut csv = csv::Reader::from_reader(csv.1.as_slice());
    let mut withheld = 0;
    for row in csv.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        if row["OBS_STATUS"] == "Q" {
            withheld += 1;
            for name in ["OBS_VALUE", "STD_ERROR", "LOWER_BOUND", "UPPER_BOUND", "N", "DF", "NOTE"]
            {
                assert_eq!(row[name], "", "{name} of {row:?}");
            }
        }
    }
    assert!(withheld > 30, "only {withheld} rows are withheld");
}

#[test]
fn surveys_that_measure_otherwise_are_marked_and_no_finding_is_made_of_them() {
    let folder = two_rounds();
    let recipe =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../registry/recipes/synthetic/ict.toml");
    let recipe = std::fs::read_to_string(recipe).expect("the recipe");
    let own = folder.path().join("registry/recipes/synthetic");
    std::fs::create_dir_all(&own).expect("a folder");
    let changed = recipe
        .replace("id = \"synthetic/ict\"", "id = \"synthetic/ict-b\"")
        .replace("individuals aged 10 and over of", "individuals aged 16 and over of");
    std::fs::write(own.join("ict-b.toml"), changed).expect("a recipe");
    let text = SURVEYS
        .replace("title = \"Test\"", "title = \"Test\"\nregistry = \"registry\"")
        .replacen("\"synthetic/ict\"", "\"synthetic/ict-b\"", 1);
    let change = "[[estimate.change]]\nconsecutive = true\n[[estimate.pool]]\nid = \"s\"\n\
                  surveys = [\"a\", \"b\"]\nweights = \"survey\"\n";
    let (prepared, walked) = walked(folder.path(), &format!("{text}{change}"));
    let pooled = row(&walked, "s", "HH7", "sex F", Measure::Level);
    let pooled = pooled.diagnostics.iter().find(|d| d.code == "not_comparable").expect("a note");
    assert!(pooled.message.starts_with("The surveys of the pool do not measure the same: who is"));
    let row = row(&walked, "a/b", "HH7", "sex F", Measure::Change);
    let note = row.diagnostics.iter().find(|d| d.code == "not_comparable").expect("a note");
    assert_eq!(
        note.message,
        "The surveys do not measure the same, so that a difference is partly one of measurement: who \
         is covered (a: individuals aged 10 and over of a made-up country; b: individuals aged 16 and \
         over of a made-up country)."
    );
    let annex = inclusion::annex(&prepared, &walked).expect("an annex");
    let page = annex.files.iter().find(|(name, _)| name == "annex.md").expect("the annex");
    let page = String::from_utf8(page.1.clone()).expect("text");
    let section = page.split("## Changes between rounds").nth(1).expect("the changes");
    assert!(section.contains("The surveys do not measure the same"), "{section}");
    assert!(!page.contains("XTA, 2024 to 2026: "), "a finding was made");
}

#[test]
fn the_annex_shows_both_rounds_and_the_change() {
    let folder = two_rounds();
    let more = "[[estimate.change]]\nconsecutive = true\n[[estimate.pool]]\nid = \"s\"\n\
                name = \"Both rounds\"\nsurveys = [\"a\", \"b\"]\nweights = \"survey\"\n\
                [[estimate.contrast]]\nid = \"c\"\nsurveys = [\"b\"]\nname = \"Rural against urban\"\n\
                between = { urbanisation = [\"R\", \"U\"] }\n";
    let (prepared, walked) = walked(folder.path(), &format!("{SURVEYS}{more}"));
    let annex = inclusion::annex(&prepared, &walked).expect("an annex");
    let read = |name: &str| {
        let file = annex.files.iter().find(|(own, _)| own == name).expect("a file");
        String::from_utf8_lossy(&file.1).into_owned()
    };
    let page = read("annex.md");
    let section = page.split("## Changes between rounds").nth(1).expect("the changes");
    let line = section.lines().find(|line| line.starts_with("| All |")).expect("a row");
    let change = shown(&walked, "a/b", "HH7", "sex F", Measure::Change);
    let cells: Vec<&str> = line.split(" | ").collect();
    assert_eq!(cells.len(), 10, "{line}");
    let interval = change.interval.expect("an interval");
    let strong = interval.lower > 0.0 || interval.upper < 0.0;
    assert_eq!(cells[3].starts_with("**"), strong, "{line}");
    let points = format!("{:.1}", change.value * 100.0).replace('-', "\u{2212}");
    assert!(cells[3].contains(&points), "{} has no {points}", cells[3]);
    assert!(section.contains("the two rounds are independent samples"), "{section}");
    assert!(page.contains("Rural against urban: Individuals using the Internet"), "{page}");
    assert!(page.contains("*Both rounds, 2024-2026*"), "no rows of the pool");
    // A pool is no source, and no place more.
    assert!(page.contains("\nXTA, 2024 and 2026\n"), "{}", &page[..400]);
    let source = page.lines().find(|line| line.starts_with("Source: ")).expect("a source");
    assert!(!source.contains("Pool"), "{source}");
    let html = read("annex.html");
    assert!(annex.headline.starts_with("XTA, 2024 to 2026: "), "{}", annex.headline);
    assert!(html.contains("Change from 2024 to 2026: Individuals using the Internet"));
}

#[test]
fn cells_of_a_study_say_what_cannot_be_had_from_them() {
    let folder = two_rounds();
    let here = folder.path();
    let write = |more: &str| {
        std::fs::write(here.join("study.toml"), format!("{SURVEYS}{more}")).expect("a study");
    };
    let pool = |id: &str, weights: &str| {
        format!(
            "[[estimate.pool]]\nid = \"{id}\"\nsurveys = [\"a\", \"b\"]\nweights = \"{weights}\"\n"
        )
    };
    let contrast =
        "[[estimate.contrast]]\nid = \"c\"\nbetween = { urbanisation = [\"R\", \"U\"] }\n";
    let test = "[[analysis]]\nid = \"t\"\nkind = \"test\"\nindicator = \"HH7\"\nby = \"sex\"\n";
    let change = "[[estimate.change]]\nconsecutive = true\n";
    write(&format!("{}{}{change}{contrast}{test}", pool("s", "survey"), pool("e", "equal")));
    let made = inclusion(here, &["cells", "study.toml", "--output", "cells"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let told = "note      Cells are sums, and analysis `t`, pool `s`, contrast `c` need every row: \
                leave them out of the study before `estimate --cells`, or estimate from the rows.\n";
    assert_eq!(stderr(&made).matches(told).count(), 1, "{}", stderr(&made));
    let from_cells = ["estimate", "study.toml", "--cells", "cells", "--output", "cells.csv"];
    let refused = inclusion(here, &from_cells);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        stderr(&refused),
        "error: analysis `t`, pool `s`, contrast `c` need every row, and cells are sums: leave them out of the \
         study, or estimate from the rows\n"
    );
    // Without them the same cells give what the rows give.
    write(&format!("{}{change}", pool("e", "equal")));
    let made = inclusion(here, &["cells", "study.toml", "--output", "cells"]);
    assert!(!stderr(&made).contains("Cells are sums"), "{}", stderr(&made));
    for args in [&from_cells[..], &["estimate", "study.toml", "--output", "rows.csv"]] {
        let output = inclusion(here, args);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let read = |name: &str| std::fs::read_to_string(here.join(name)).expect("estimates");
    assert!(read("rows.csv").contains("Pool e") || read("rows.csv").contains("a/b"), "no change");
    assert_eq!(read("cells.csv"), read("rows.csv"));
}

#[test]
fn notes_of_several_surveys_name_the_survey_that_they_are_about() {
    let folder = two_rounds();
    let (_, both) = walked(folder.path(), SURVEYS);
    let of = |code: &str| -> BTreeSet<String> {
        let own = both.diagnostics.iter().filter(|d| d.code == code);
        own.map(|d| d.message.split(": ").next().unwrap_or_default().to_string()).collect()
    };
    assert_eq!(of("breakdown_not_stated"), BTreeSet::from(["a".into(), "b".into()]));
    // One survey needs no name.
    let first = SURVEYS.find("[[survey]]\nid = \"a\"").expect("the second survey");
    let rest = SURVEYS.find("[estimate]").expect("the estimates");
    let (_, one) = walked(folder.path(), &format!("{}{}", &SURVEYS[..first], &SURVEYS[rest..]));
    let notes: Vec<_> =
        one.diagnostics.iter().filter(|d| d.code == "breakdown_not_stated").collect();
    assert!(!notes.is_empty());
    // They are few, so that their number is not told.
    assert!(notes.iter().all(|note| note.message.starts_with("Some rows do not state `")));
}
