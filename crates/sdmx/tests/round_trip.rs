//! What is written is read back equal, whatever the texts and numbers are.

use inclusion_sdmx::{
    Columns, Format, Observation, ReadOptions, Reader, Reference, Structure, Value, WriteOptions,
    Writer,
};
use proptest::prelude::*;

fn structure() -> Structure {
    let columns = Columns {
        dimensions: ["AREA", "KIND", "TIME_PERIOD"].map(String::from).to_vec(),
        measure: "OBS_VALUE".into(),
        attributes: ["OBS_STATUS", "LOWER_BOUND", "COMMENT_OBS"].map(String::from).to_vec(),
    };
    let mut structure = Structure::of_columns(Reference::new("ZZZ", "DEMO", "1.0"), &columns);
    structure.attributes[1].component.representation.text_type = "Double".into();
    structure.dataflow = Some(inclusion_sdmx::Dataflow {
        reference: Reference::new("ZZZ", "FLOW", "2.0"),
        name: "Flow".into(),
        structure: Some(structure.reference.clone()),
    });
    structure
}

/// Any text that may stand in a file: no control characters but line breaks and tabs.
fn text() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        '"',
        ',',
        ';',
        '\'',
        '&',
        '<',
        '>',
        '\t',
        '\n',
        '\r',
        '\u{85}',
        '\u{2028}',
        '\u{2029}',
        '\u{B}',
        '\u{C}',
        ' ',
        'é',
        '女',
        '=',
        '-',
        ']',
        '\u{1F600}',
    ]);
    let any = any::<char>().prop_filter(
        "no control characters",
        |c| !matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'),
    );
    prop::collection::vec(prop_oneof![awkward, any], 1..12).prop_map(String::from_iter)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        (-1e6..1e6f64),
        (0..=10_000u32).prop_map(|n| f64::from(n) / 100.0),
        Just(-0.0),
    ]
}

fn observations() -> impl Strategy<Value = Vec<Observation>> {
    let row = (
        text(),
        text(),
        1990..2100u32,
        prop::option::of(number()),
        prop::option::of(number()),
        prop::option::of(text()),
    );
    let row = row.prop_map(|(area, kind, year, value, lower, comment)| Observation {
        dimensions: vec![area, kind, year.to_string()],
        value: value.and_then(Value::of),
        attributes: vec![
            Some(if value.is_some() { "A" } else { "M" }.to_string()),
            value.and(lower).map(|number| number.to_string()),
            comment,
        ],
    });
    prop::collection::vec(row, 0..20)
}

/// As the rules say: each line break one blank, a carriage return with its line feed one.
fn flat(text: &str) -> String {
    let breaks = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.replace("\r\n", " ").replace(breaks, " ")
}

fn bits(text: Option<&str>) -> Option<u64> {
    text.map(|text| (text.parse::<f64>().unwrap() + 0.0).to_bits())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn written_observations_read_back_equal(rows in observations()) {
        let structure = structure();
        let mut keys = std::collections::BTreeSet::new();
        // Keys that are the same once written are an error by themselves.
        let rows: Vec<Observation> = rows
            .into_iter()
            .filter(|row| keys.insert(row.dimensions.iter().map(|code| flat(code)).collect::<Vec<_>>()))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        for format in [Format::Csv2, Format::Csv1, Format::Ml21, Format::Ml30] {
            let options = WriteOptions { format, ..WriteOptions::default() };
            let path = folder.path().join("data");
            let file = std::fs::File::create(&path).unwrap();
            let mut writer = Writer::new(std::io::BufWriter::new(file), &structure, &options).unwrap();
            for row in &rows {
                writer.write(row).unwrap();
            }
            writer.finish().unwrap();
            let bytes = std::fs::read(&path).unwrap();
            prop_assert!(!bytes.starts_with(b"\xEF\xBB\xBF") && !bytes.contains(&b'\r'));
            let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
            let reader = Reader::open(&path, &options).unwrap();
            let back: Vec<Observation> = reader.map(|row| row.unwrap()).collect();
            prop_assert_eq!(back.len(), rows.len());
            for (row, back) in rows.iter().zip(&back) {
                let keys: Vec<String> = row.dimensions.iter().map(|code| flat(code)).collect();
                prop_assert_eq!(&keys, &back.dimensions);
                let number = |row: &Observation| row.value.as_ref().map(|v| (v.number() + 0.0).to_bits());
                prop_assert_eq!(number(row), number(back));
                prop_assert_eq!(bits(row.attribute(1)), bits(back.attribute(1)));
                let comment = row.attribute(2).map(flat);
                prop_assert_eq!(comment.as_deref(), back.attribute(2));
            }
        }
    }
}

/// A small file in a format.
fn sample(format: Format) -> Vec<u8> {
    let structure = structure();
    let options = WriteOptions { format, ..WriteOptions::default() };
    let mut writer = Writer::new(Vec::new(), &structure, &options).unwrap();
    for (year, status) in [(2021, "A"), (2022, "U"), (2023, "M")] {
        let observation = Observation {
            dimensions: vec!["KE".into(), "a \"b\", <c>".into(), year.to_string()],
            value: Value::of(49.02).filter(|_| status != "M"),
            attributes: vec![Some(status.into()), None, Some("x & y".into())],
        };
        writer.write(&observation).unwrap();
    }
    writer.finish().unwrap().0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn a_damaged_file_is_read_or_refused_and_never_ends_the_program(
        kind in 0..4usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
        with_structure in any::<bool>(),
    ) {
        let format = [Format::Csv2, Format::Csv1, Format::Ml21, Format::Ml30][kind];
        let mut bytes = sample(format);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        std::fs::write(&path, &bytes).unwrap();
        let structure = structure();
        let options = ReadOptions {
            structure: with_structure.then_some(&structure),
            ..ReadOptions::default()
        };
        match Reader::open(&path, &options) {
            // A stream ends, whatever was wrong in it.
            Ok(reader) => prop_assert!(reader.take(1000).count() < 1000),
            Err(error) => prop_assert!(error.to_string().contains("data")),
        }
        let _ = inclusion_sdmx::read_structures(&path);
    }
}
