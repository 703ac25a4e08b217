//! Packed files, and files that change while they are read.

use super::*;

#[test]
fn a29_a_gzip_bomb_stops_at_the_limits() {
    let case = Case::new();
    let path = case.path("people.csv.gz");
    let mut packed = flate2::write::GzEncoder::new(
        std::fs::File::create(&path).unwrap(),
        flate2::Compression::best(),
    );
    packed.write_all(b"sex,age,weight,remark\n").unwrap();
    let row = format!("1,30,1,{}\n", "x".repeat(100_000));
    (0..250).for_each(|_| packed.write_all(row.as_bytes()).unwrap());
    packed.finish().unwrap();
    let limited = |max_expanded, max_ratio| Case {
        folder: tempfile::tempdir().unwrap(),
        options: Options { max_expanded, max_ratio, ..Options::default() },
        ..Case::new()
    };
    let message = limited(10 << 20, 100_000).try_read(std::slice::from_ref(&path)).unwrap_err();
    assert!(
        message.ends_with(
            "the file expands to more than 10485760 bytes; unpack it first if that is right; the limit is 10485760 (max_expanded)"
        ),
        "{message}"
    );
    let message = limited(1 << 40, 100).try_read(std::slice::from_ref(&path)).unwrap_err();
    assert!(
        message.contains(
            "times its size; unpack it first if that is right; the limit is 100 (max_ratio)"
        ),
        "{message}"
    );
    let mut cut = std::fs::read(&path).unwrap();
    cut.truncate(cut.len() / 2);
    let cut = case.write("cut.csv.gz", cut);
    let message = case.read(&[cut]).unwrap_err();
    assert!(message.starts_with("cut.csv.gz: is not a complete gzip file"), "{message}");
}

/// A gzip file of a header and of `copies` equal members, each with 16 MiB of good rows, nearly all
/// of them one remark of 100,000 equal letters.
fn bomb(path: &Path, copies: usize) {
    let packed = |text: &[u8]| {
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        member.write_all(text).unwrap();
        member.finish().unwrap()
    };
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(&packed(b"sex,age,weight,remark\n")).unwrap();
    let row = format!("1,30,1,{}\n", "x".repeat(100_000));
    let member = packed(row.repeat((16 << 20) / row.len() + 1).as_bytes());
    (0..copies).for_each(|_| file.write_all(&member).unwrap());
}

#[test]
fn a29_ten_gibibytes_in_a_gzip_file_stop_within_the_first_mebibytes() {
    let case = Case::new();
    let path = case.path("people.csv.gz");
    // Deflate packs at most 1032 to 1: what fits into one mebibyte is one gibibyte, and ten
    // gibibytes need ten. Both are made; the limits are those that every run has.
    for (copies, packed) in [(64, 1.0), (640, 10.0)] {
        bomb(&path, copies);
        let size = std::fs::metadata(&path).unwrap().len() as f64 / f64::from(1 << 20);
        assert!((0.9 * packed..1.2 * packed).contains(&size), "{size} MiB");
        let message = case.read(std::slice::from_ref(&path)).unwrap_err();
        let (spot, what) = message.split_once(": ").unwrap();
        let line: u64 = spot.strip_prefix("people.csv.gz, line ").unwrap().parse().unwrap();
        // 168 rows are 16 MiB; the packed bytes are read 64 KiB ahead.
        assert!((165..350).contains(&line), "{message}");
        let times = what.strip_prefix("the file expands to more than ").unwrap();
        let (times, rest) = times.split_once(' ').unwrap();
        assert!((501..1032).contains(&times.parse::<u64>().unwrap()), "{message}");
        assert_eq!(
            rest,
            "times its size; unpack it first if that is right; the limit is 500 (max_ratio)"
        );
    }
    // A limit in bytes stops it too, where the ratio is accepted.
    let limited = Case {
        folder: tempfile::tempdir().unwrap(),
        options: Options { max_expanded: 40 << 20, max_ratio: 2000, ..Options::default() },
        ..Case::new()
    };
    let message = limited.try_read(std::slice::from_ref(&path)).unwrap_err();
    assert!(
        message.ends_with(
            "the file expands to more than 41943040 bytes; unpack it first if that is right; the limit is 41943040 (max_expanded)"
        ),
        "{message}"
    );
}

/// Reads a file and spoils it when the first batch is there.
fn spoiled(path: &Path, spoil: impl Fn(&std::fs::File) -> std::io::Result<()>) {
    let recipe: Recipe = toml::from_str(RECIPE).unwrap();
    let registry = registry();
    let request = Request {
        recipe: &recipe,
        registry: &registry,
        files: BTreeMap::from([("people".to_string(), vec![path.to_path_buf()])]),
        concepts: vec!["sex".into()],
        options: Options::default(),
        progress: None,
    };
    let harmonised = open(request).unwrap();
    let mut batches = 0;
    let error = harmonised
        .read(0, &mut |_| {
            batches += 1;
            if batches == 1 {
                spoil(&std::fs::OpenOptions::new().append(true).open(path)?)?;
            }
            Ok(())
        })
        .unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Error::Changed(file)) if *file == path), "{error}");
    let expected = format!(
        "{} changed while it was read (changed_during_read); run again when nothing writes to it",
        path.display()
    );
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a31_a_file_that_changes_while_it_is_read_stops_the_run() {
    let case = Case::new();
    let text = format!("sex,age,weight\n{}", "1,30,1\n".repeat(400_000));
    let path = case.write("people.csv", &text);
    spoiled(&path, |mut file| file.write_all(b"2,41,1\n"));
    // The half row at the new end is not what the user is told of.
    let path = case.write("people.csv", &text);
    spoiled(&path, |file| file.set_len(2_000_003));
    // The same size, written at another time.
    let path = case.write("people.csv", &text);
    spoiled(&path, |file| file.set_modified(std::time::SystemTime::UNIX_EPOCH));
    let path = case.path("people.parquet");
    parquet(&path, good_columns());
    spoiled(&path, |mut file| file.write_all(b"more"));
}
