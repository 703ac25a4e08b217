//! No withheld figure stands in any byte of any output.
//!
//! The study is walked twice, by a profile that withholds nothing and by one that withholds. Every number of
//! every row that only the first shows is then searched for in all files that the second makes: as the
//! text of every rounding, as the share and in per cent, thousands and millions, and as the eight bytes of
//! the number itself. What is packed (workbooks, pictures, Parquet) is unpacked first. The formats are
//! those of [`Format::ALL`], so that a new one is searched as soon as it is there; of PDF it is the text that
//! another program reads, and what its objects say in words, such as alternative texts. The languages are one with a
//! decimal point and one with a decimal comma. The same search must find the figures in the files of the first
//! walk.

use inclusion::{Format, Prepared, SdmxRequest, Study, Walked, annex, prepare, walk, write_sdmx};
use inclusion_disclosure::{Cell, Shown};
use inclusion_estimate::{SeriesKey, round_half_away};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

const STUDY: &str = r#"[study]
title = "Test"
languages = ["en", "fr"]

[translations.fr]
"Test" = "Essai"

[[survey]]
id = "demo"
recipe = "synthetic/ict"
files = { persons = "DATA" }
population = { F = 5250000, M = 5000000, source = "made up" }

[estimate]
indicators = ["HH7", "HH18"]
by = ["sex", "sex * age_group", "sex * region * indigenous", "sex * region * education * indigenous"]
measures = ["gap", "relative_gap", "parity", "adjusted_parity", "user_difference", "women_to_parity", "headcount"]

[[estimate.contrast]]
id = "indigenous"
between = { indigenous = ["yes", "no"] }
indicators = ["HH7"]

[disclosure]
DISCLOSURE

[[table]]
indicator = "HH7"
columns = ["total", "women", "men", "gap", "parity", "n", "se", "interval", "deff", "n_effective", "headcount"]

[[table]]
indicator = "HH7"
kind = "sampling_errors_dhs"

[[table]]
indicator = "HH7"
kind = "nonresponse"

[[chart]]
kind = "dumbbell"
indicator = "HH7"
rows = "region * education * indigenous"

[[chart]]
kind = "forest"
indicator = "HH18"
rows = "region * education * indigenous"
"#;

/// One walk and all files of it, by name.
struct Run {
    walked: Walked,
    files: Vec<(String, Vec<u8>)>,
}

fn run(disclosure: &str, formats: &[Format]) -> Run {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/demo/ict_survey.parquet");
    let text = STUDY.replace("DATA", &data.display().to_string());
    let text = text.replace("DISCLOSURE", disclosure);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut study = Study::parse(&folder.path().join("study.toml"), text).expect("a study");
    study.file.output.formats = formats.to_vec();
    let prepared = prepare(study).expect("a sound study");
    let walked = walk(&prepared, &inclusion::untold).expect("estimates");
    let mut files = annex(&prepared, &walked).expect("an annex").files;
    files.extend(sdmx(&prepared, &walked, folder.path()));
    Run { walked, files }
}

/// All formats of SDMX, with the structure of the data.
fn sdmx(prepared: &Prepared, walked: &Walked, folder: &Path) -> Vec<(String, Vec<u8>)> {
    use inclusion_sdmx::Format;
    let formats = [
        (Format::Csv1, "sdmx1.csv"),
        (Format::Csv2, "sdmx2.csv"),
        (Format::Ml21, "sdmx21.xml"),
        (Format::Ml30, "sdmx30.xml"),
    ];
    let mut files = Vec::new();
    for (format, name) in formats {
        let output = folder.join(name);
        let own_structure = Some(folder.join(format!("structure-{name}.xml")));
        let request = SdmxRequest { output, format, own_structure, ..SdmxRequest::default() };
        for path in write_sdmx(prepared, walked, &request).expect("SDMX").paths {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.push((name, std::fs::read(&path).expect("a file")));
        }
    }
    files
}

/// A file, and everything that is packed in it.
fn unpacked(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![(name.to_string(), bytes.to_vec())];
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        // Packed bytes are no text; the names of what is packed are.
        let names = archive.file_names().map(|name| name.expect("a name").into_owned());
        let names = names.collect::<Vec<_>>().join("\n");
        all[0].1 = [names.as_bytes(), archive.comment()].concat();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("an entry that can be unpacked");
            let inner = format!("{name}/{}", entry.name().expect("a name"));
            all.extend(unpacked(&inner, &content));
        }
    }
    if bytes.starts_with(b"\x89PNG") {
        let mut rest = &bytes[8..];
        while rest.len() >= 12 {
            let length = u32::from_be_bytes(rest[..4].try_into().expect("four bytes")) as usize;
            let (kind, content) = (&rest[4..8], &rest[8..8 + length]);
            all.push((format!("{name}/{}", String::from_utf8_lossy(kind)), content.to_vec()));
            if kind == b"zTXt" || kind == b"iTXt" {
                all.extend(inflated(&format!("{name}/text"), content));
            }
            rest = &rest[12 + length..];
        }
    }
    if bytes.starts_with(b"%PDF") {
        let words = pdf_words(bytes);
        assert!(
            words.lines().any(|line| line.len() > 200),
            "no alternative text was found in {name}"
        );
        all[0].1 = format!("{}\n{words}", read_pdf(bytes)).into_bytes();
    }
    if bytes.starts_with(b"PAR1") {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(bytes).expect("a copy");
        let reader = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(|builder| builder.build())
            .expect("a Parquet file");
        for batch in reader {
            let batch = batch.expect("rows");
            for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                let data = column.to_data();
                let content: Vec<u8> =
                    data.buffers().iter().flat_map(|buffer| buffer.as_slice()).copied().collect();
                all.push((format!("{name}/{}", field.name()), content));
            }
        }
    }
    all
}

/// The text of a PDF, as another program reads it: its bytes name glyphs and places, not digits. Without the
/// program a loud line and nothing, or a failure where `INCLUSION_REQUIRE_OFFICE` is set.
fn read_pdf(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("annex.pdf");
    std::fs::write(&path, bytes).expect("a copy");
    match Command::new("pdftotext").arg("-raw").arg(path).arg("-").output() {
        Ok(read) => {
            assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
            String::from_utf8(read.stdout).expect("text")
        }
        Err(error) => {
            let required = std::env::var_os("INCLUSION_REQUIRE_OFFICE").is_some();
            assert!(!required, "pdftotext: {error}, and INCLUSION_REQUIRE_OFFICE forbids to skip");
            eprintln!("SKIPPED: the text of PDF is not searched: pdftotext: {error}");
            String::new()
        }
    }
}

/// The strings of a PDF's objects, a line each: alternative texts and titles, which stand on no page.
fn pdf_words(bytes: &[u8]) -> String {
    const STREAM: &[u8] = b"stream\n";
    let mut words = String::new();
    for at in 0..bytes.len().saturating_sub(STREAM.len()) {
        if !bytes[at..].starts_with(STREAM) || bytes[..at].ends_with(b"end") {
            continue;
        }
        let mut content = Vec::new();
        let mut stream = flate2::read::ZlibDecoder::new(&bytes[at + STREAM.len()..]);
        let _ = stream.read_to_end(&mut content);
        let content = String::from_utf8_lossy(&content);
        // Texts begin with a byte order mark where letters beyond ASCII need it.
        for (place, _) in content.match_indices("<FEFF") {
            let digits: Vec<u8> = content[place + 1..].bytes().take_while(|b| *b != b'>').collect();
            let unit = |four: &[u8]| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok();
            let units: Vec<u16> = digits.chunks(4).skip(1).filter_map(unit).collect();
            words.push_str(&String::from_utf16_lossy(&units));
            words.push('\n');
        }
        for key in ["/Alt(", "/Title(", "/ActualText(", "/Contents("] {
            for (place, _) in content.match_indices(key) {
                let text = &content[place + key.len()..];
                let end = (0..text.len())
                    .find(|end| text.as_bytes()[*end] == b')' && !text[..*end].ends_with('\\'));
                words.push_str(&text[..end.unwrap_or(text.len())].replace('\\', ""));
                words.push('\n');
            }
        }
    }
    words
}

/// What any zlib stream in the bytes holds.
fn inflated(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for at in 0..bytes.len().saturating_sub(2) {
        if bytes[at] == 0x78 && matches!(bytes[at + 1], 0x01 | 0x5e | 0x9c | 0xda) {
            let mut content = Vec::new();
            let mut stream = flate2::read::ZlibDecoder::new(&bytes[at..]);
            let _ = stream.read_to_end(&mut content);
            if !content.is_empty() {
                found.push((format!("{name}@{at}"), content));
            }
        }
    }
    found
}

/// What a file holds that could be a number.
struct Numbers {
    /// Numbers as text, without the commas of thousands, anywhere.
    anywhere: HashSet<String>,
    /// Those that a reader sees, and not only places of a drawing.
    read: HashSet<String>,
    /// Of the numbers wanted: those that stand there as eight bytes.
    bits: HashSet<u64>,
}

fn numbers(name: &str, bytes: &[u8], wanted: &HashSet<u64>) -> Numbers {
    let mut found =
        Numbers { anywhere: HashSet::new(), read: HashSet::new(), bits: HashSet::new() };
    for (inner, content) in unpacked(name, bytes) {
        for window in content.windows(8) {
            let bits = u64::from_le_bytes(window.try_into().expect("eight bytes"));
            // From 10⁻⁵ to 10⁹: the first bits of the exponent.
            if matches!(bits >> 56, 0x3e..=0x41 | 0xbe..=0xc1) && wanted.contains(&bits) {
                found.bits.insert(bits);
            }
        }
        // Pixels are no text; what a picture says in words is in its other parts.
        if inner.ends_with("/IDAT") || inner.ends_with(".png") {
            continue;
        }
        let text = String::from_utf8_lossy(&content);
        let read = seen(&text);
        tokens(&text, &mut found.anywhere);
        tokens(&read, &mut found.read);
        if name.contains(".fr.") {
            let read = read.replace(',', ".");
            tokens(&read, &mut found.anywhere);
            tokens(&read, &mut found.read);
        }
    }
    found
}

/// The text of a page or picture without its tags, but with what tags say in words; other text as it is.
fn seen(text: &str) -> String {
    if text.starts_with("\\documentclass") || text.contains("\\begin{document}") {
        return without_lengths(text);
    }
    if !text.trim_start().starts_with('<') {
        return text.to_string();
    }
    let mut words = String::new();
    for (at, part) in text.split('<').enumerate() {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        for name in ["alt=", "title=", "aria-label=", "content=", "descr=", "data-", "OBS_VALUE="] {
            for (place, _) in tag.match_indices(name) {
                let value = tag[place..].split('"').nth(1).unwrap_or_default();
                words.push(' ');
                words.push_str(value);
            }
        }
        // A style sheet is no text.
        if !tag.starts_with("style") && at > 0 {
            words.push(' ');
            words.push_str(after);
        }
    }
    words
}

/// A LaTeX text without the widths of its columns, `p{27.31bp}`.
fn without_lengths(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = rest[at..].find(|c: char| !c.is_ascii_digit() && c != '.');
        let end = number.map_or(rest.len(), |length| at + length);
        let is_length = ["bp", "pt", "mm", "em"].iter().any(|unit| rest[end..].starts_with(unit));
        words.push_str(if is_length { &rest[..at] } else { &rest[..end] });
        rest = &rest[end..];
    }
    words.push_str(rest);
    words
}

/// Runs of digits with a decimal point.
fn tokens(text: &str, into: &mut HashSet<String>) {
    let text = text.replace(['\u{2009}', '\u{202f}', '\u{a0}'], "");
    let mut token = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let digit_follows = letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            '0'..='9' => token.push(letter),
            '.' if !token.is_empty() && digit_follows => token.push('.'),
            ',' if !token.is_empty() && digit_follows => {
                // Of thousands, or between two numbers of a list: both are looked for.
                into.insert(token.clone());
                let rest: String = letters.clone().take_while(char::is_ascii_digit).collect();
                if rest.len() != 3 {
                    token.clear();
                }
            }
            _ => {
                if !token.is_empty() {
                    into.insert(std::mem::take(&mut token));
                }
            }
        }
    }
    into.insert(token);
}

/// The numbers of a row that only the estimate has; counts are looked for in the data files.
fn figures(shown: &Shown) -> Vec<f64> {
    let interval = shown.interval.iter().flat_map(|i| [i.lower, i.upper]);
    let others = [shown.se, shown.cv, shown.deff, shown.n_effective].into_iter().flatten();
    let all = interval.chain(others).chain([shown.value, shown.n_weighted]);
    all.filter(|x| x.fract() != 0.0).collect()
}

/// What tables print that is made of the numbers of one row.
fn made_of(shown: &Shown) -> Vec<f64> {
    let mut made: Vec<f64> = shown.deff.map(f64::sqrt).into_iter().collect();
    if let Some(se) = shown.se {
        made.extend([shown.value - 2.0 * se, shown.value + 2.0 * se, se / shown.value]);
    }
    made
}

/// Every text that could be printed of a number, with the number of its decimals, but for those of fewer
/// than three digits, which are everywhere.
fn forms(x: f64) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for scaled in [x, 100.0 * x, x / 1e3, x / 1e6] {
        let scaled = scaled.abs();
        all.push((17, scaled.to_string()));
        all.extend((1..=12).map(|decimals| (decimals, round_half_away(scaled, decimals))));
    }
    all.retain(|(_, text)| {
        let digits = text.replace('.', "");
        digits.trim_start_matches('0').trim_end_matches('0').len() >= 3
    });
    all
}

/// What is withheld by `strict` and shown by `open`, with its numbers.
fn withheld<'a>(open: &'a Run, strict: &Run) -> BTreeMap<&'a SeriesKey, Vec<f64>> {
    let hidden: BTreeSet<&SeriesKey> =
        strict.walked.publishable.withheld().iter().map(|withheld| &withheld.key).collect();
    let rows = open.walked.publishable.rows().iter().filter(|row| hidden.contains(&row.key));
    rows.filter_map(|row| match &row.cell {
        Cell::Shown(shown) => Some((&row.key, figures(shown))),
        _ => None,
    })
    .collect()
}

/// The numbers of the files together.
fn all_numbers(run: &Run, wanted: &HashSet<u64>) -> Vec<(String, Numbers)> {
    run.files.iter().map(|(name, bytes)| (name.clone(), numbers(name, bytes, wanted))).collect()
}

fn search(disclosure: &str, formats: &[Format], least: usize) {
    let open = run("profile = \"open\"", formats);
    let strict = run(disclosure, formats);
    let hidden = withheld(&open, &strict);
    assert!(hidden.len() >= least, "only {} figures are withheld", hidden.len());

    // What is shown may look like what is withheld.
    let mut told: HashSet<String> = HashSet::new();
    let mut told_bits: HashSet<u64> = HashSet::new();
    for row in strict.walked.publishable.rows() {
        if let Cell::Shown(shown) = &row.cell {
            let figures = figures(shown);
            let made = made_of(shown);
            told.extend(figures.iter().chain(&made).flat_map(|x| forms(*x)).map(|(_, text)| text));
            told_bits.extend(figures.iter().map(|x| x.to_bits()));
        }
    }
    let wanted: HashSet<u64> = hidden.values().flatten().map(|x| x.to_bits()).collect();
    let (with, without) = (all_numbers(&open, &wanted), all_numbers(&strict, &wanted));
    let (mut searched, mut found_before) = (0, BTreeMap::<&str, usize>::new());
    let mut leaks = Vec::new();
    for (key, figures) in &hidden {
        for x in figures {
            for (decimals, text) in forms(*x) {
                if told.contains(&text) {
                    continue;
                }
                searched += 1;
                let holds = |numbers: &Numbers| match decimals {
                    0..=2 => numbers.read.contains(&text),
                    _ => numbers.anywhere.contains(&text),
                };
                for (name, numbers) in &with {
                    *found_before.entry(name).or_default() += usize::from(holds(numbers));
                }
                for (name, _) in without.iter().filter(|(_, numbers)| holds(numbers)) {
                    leaks.push(format!("{name} has {text}, a figure of {key:?}"));
                }
            }
            // As of texts three digits, of bytes three that are not 0: pictures hold those of 0.25 by chance.
            let telling = x.to_le_bytes().iter().filter(|byte| **byte != 0).count() >= 3;
            if telling && !told_bits.contains(&x.to_bits()) {
                searched += 1;
                for (name, numbers) in &with {
                    let here = numbers.bits.contains(&x.to_bits());
                    *found_before.entry(name).or_default() += usize::from(here);
                }
                let leak = without.iter().filter(|(_, n)| n.bits.contains(&x.to_bits()));
                leaks.extend(leak.map(|(name, _)| format!("{name} has the bytes of {x}, {key:?}")));
            }
        }
    }
    println!("{} withheld figures, {searched} texts and numbers searched for", hidden.len());
    println!("found where nothing is withheld: {found_before:?}");
    assert!(
        leaks.is_empty(),
        "{} leaks, such as\n{}",
        leaks.len(),
        leaks[..leaks.len().min(20)].join("\n")
    );
    // The search finds what is there; structures and the list of sources have no figure.
    for (name, found) in &found_before {
        let without = *name == "sources.csv" || name.starts_with("structure-");
        let told_by_it = !name.ends_with(".png") && !without;
        assert!(!told_by_it || *found > 0, "nothing was found in {name}");
    }
}

#[test]
fn no_figure_withheld_for_few_cases_stands_in_any_output() {
    search("profile = \"dhs\"", &Format::ALL, 100);
}

#[test]
fn no_figure_withheld_by_rules_of_a_study_stands_in_any_output() {
    // The slowest format is searched in the other test.
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::Pdf);
    search(
        "profile = \"custom\"\nthreshold = 10\nround_counts = 5\n\
         relative_error = { unreliable_above = 5, withhold_above = 12 }",
        &formats.collect::<Vec<_>>(),
        100,
    );
}
