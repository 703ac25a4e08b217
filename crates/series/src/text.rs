//! The text of a file: unpacked within limits, decoded, with the lines of its records.

use crate::error::Spot;
use crate::{Error, Options};
use encoding_rs::{Encoding, UTF_8, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;
use std::io::{Cursor, Read};
use std::path::Path;

/// Expanded bytes below which the ratio is not judged.
const RATIO_FROM: u64 = 16 << 20;

/// Reads a file whole, at most as much as the options allow.
pub(crate) fn bytes(path: &Path, options: &Options) -> Result<Vec<u8>, Error> {
    let read = |e| Error::read(path, e);
    let file = std::fs::File::open(path).map_err(read)?;
    let before = file.metadata().map_err(read)?;
    if before.len() > options.max_bytes {
        return Err(Error::Limit {
            spot: Spot::file(path),
            what: format!(
                "the file has {} bytes; cut it to the series that are needed",
                before.len()
            ),
            limit: options.max_bytes,
            option: "max_bytes",
        });
    }
    let mut bytes = Vec::with_capacity(before.len() as usize);
    (&file).take(options.max_bytes).read_to_end(&mut bytes).map_err(read)?;
    let after = std::fs::metadata(path).map_err(read)?;
    let same_time = before.modified().ok() == after.modified().ok();
    if bytes.len() as u64 != after.len() || !same_time {
        return Err(Error::Changed(path.to_path_buf()));
    }
    Ok(bytes)
}

/// Unpacks gzip; anything else stays as it is.
pub(crate) fn unpacked(path: &Path, raw: Vec<u8>, options: &Options) -> Result<Vec<u8>, Error> {
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok(raw);
    }
    let packed = raw.len() as u64;
    let mut out = Vec::new();
    let mut source = MultiGzDecoder::new(Cursor::new(raw));
    let limit = |what: String, limit, option| {
        Err(Error::Limit { spot: Spot::file(path), what, limit, option })
    };
    loop {
        let n = (&mut source).take(1 << 20).read_to_end(&mut out).map_err(|e| {
            Error::file(path, format!("is not a complete gzip file ({e}); copy it again"))
        })?;
        let size = out.len() as u64;
        if size > options.max_bytes {
            let what = format!("the file expands to more than {} bytes", options.max_bytes);
            return limit(what, options.max_bytes, "max_bytes");
        }
        if size > RATIO_FROM && size / packed.max(1) > options.max_ratio {
            let what = format!(
                "the file expands to more than {} times its size; unpack it first if that is right",
                options.max_ratio
            );
            return limit(what, options.max_ratio, "max_ratio");
        }
        if n == 0 {
            return Ok(out);
        }
    }
}

/// Decodes by the byte order mark or the declared encoding.
pub(crate) fn decoded(path: &Path, raw: Vec<u8>, declared: Option<&str>) -> Result<String, Error> {
    let mark = Encoding::for_bom(&raw);
    let declared = declared.map(|d| d.trim().to_lowercase());
    let latin = matches!(declared.as_deref(), Some("latin-1" | "latin1" | "iso-8859-1"));
    let named = match declared.as_deref() {
        None | Some("auto") => None,
        Some("utf-8" | "utf8") => Some(UTF_8),
        Some("utf-16" | "utf16") => Some(mark.map_or(UTF_16LE, |m| m.0)),
        Some("cp1252" | "windows-1252") => Some(WINDOWS_1252),
        Some(_) if latin => Some(WINDOWS_1252),
        Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            Error::file(
                path,
                format!(
                    "the encoding `{label}` is not known; use utf-8, utf-16, latin-1 or cp1252"
                ),
            )
        })?),
    };
    let (encoding, skip) = match (mark, named) {
        (Some((found, _)), Some(named)) if found != named => {
            let found = found.name().to_lowercase();
            return Err(Error::file(
                path,
                format!(
                    "the byte order mark says {found}, but `encoding = \"{}\"` is declared; declare `{found}` or leave the encoding out",
                    declared.unwrap_or_default(),
                ),
            ));
        }
        (Some((found, length)), _) => (found, length),
        (None, named) => (named.unwrap_or(UTF_8), 0),
    };
    let zeros = raw.iter().take(4096).filter(|b| **b == 0).count();
    if zeros > 0 && matches!(encoding, e if e == UTF_8 || e == WINDOWS_1252) {
        return Err(Error::file(
            path,
            if zeros * 3 > raw.len().min(4096) {
                "the file has zero bytes as UTF-16 text has, but no byte order mark; set `encoding = \"utf-16le\"` or `\"utf-16be\"`"
            } else {
                "is of no known format: it is binary and no workbook"
            },
        ));
    }
    if latin {
        return Ok(raw.iter().map(|b| char::from(*b)).collect());
    }
    if encoding == UTF_8 {
        return String::from_utf8(if skip > 0 { raw[skip..].to_vec() } else { raw })
            .map_err(|e| not_utf8(path, e.as_bytes(), e.utf8_error().valid_up_to(), skip));
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(&raw[skip..]);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        let name = encoding.name().to_lowercase();
        Error::file(path, format!("the file is not {name} throughout; correct `encoding`"))
    })
}

fn not_utf8(path: &Path, raw: &[u8], at: usize, skip: usize) -> Error {
    let line = line_ends(&raw[..at]).count() as u64 + 1;
    let before = String::from_utf8_lossy(&raw[at.saturating_sub(12)..at]).into_owned();
    let before: String = before.chars().filter(|c| *c != '\u{fffd}').collect();
    Error::File {
        spot: Spot::line(path, line),
        message: format!(
            "byte {} (0x{:02X}, after `{}`) is not UTF-8; if the file is Western European text set `encoding = \"latin-1\"` or `\"cp1252\"`",
            at + skip,
            raw[at],
            crate::error::shown(&before)
        ),
    }
}

/// Offsets behind the line ends: LF, CRLF and a lone CR each end one line.
fn line_ends(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.iter().enumerate().filter_map(move |(i, b)| match b {
        b'\n' => Some(i + 1),
        b'\r' if bytes.get(i + 1) != Some(&b'\n') => Some(i + 1),
        _ => None,
    })
}

/// Where the records of delimited text begin.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Records {
    /// Line of each record, from 1.
    pub lines: Vec<u64>,
    /// Records before which blank lines stand: index, first blank line, number of blank lines.
    pub blank: Vec<(usize, u64, u64)>,
}

/// Finds the records of a text. A quoted field may hold line ends; the `csv` crate reads them, but
/// skips blank lines, counts only LF, and takes an unclosed quote to the end of the file.
pub(crate) fn records(
    path: &Path,
    text: &str,
    first_line: u64,
    delimiter: u8,
    max_field: usize,
) -> Result<Records, Error> {
    let bytes = text.as_bytes();
    let mut found = Records::default();
    let (mut i, mut line, mut blank, mut first_blank) = (0, first_line, 0, 0);
    let wrong = |line, message: String| Error::File { spot: Spot::line(path, line), message };
    let end_of_line =
        |i: usize| i + 1 + usize::from(bytes[i] == b'\r' && bytes.get(i + 1) == Some(&b'\n'));
    while i < bytes.len() {
        if matches!(bytes[i], b'\n' | b'\r') {
            if blank == 0 {
                first_blank = line;
            }
            blank += 1;
            line += 1;
            i = end_of_line(i);
            continue;
        }
        if blank > 0 && !found.lines.is_empty() {
            found.blank.push((found.lines.len(), first_blank, blank));
        }
        blank = 0;
        found.lines.push(line);
        // One field at a time, to the end of the record.
        loop {
            let (begin, opened) = (i, line);
            let quoted = bytes.get(i) == Some(&b'"');
            if quoted {
                i += 1;
                loop {
                    match bytes.get(i) {
                        _ if i - begin > max_field => {
                            let what = "the quote opened here is not closed within the limit; close it or double it".into();
                            let spot = Spot::line(path, opened);
                            return Err(Error::Limit {
                                spot,
                                what,
                                limit: max_field as u64,
                                option: "max_field",
                            });
                        }
                        None => {
                            return Err(wrong(
                                opened,
                                "the quote opened here is never closed; close it or double it"
                                    .into(),
                            ));
                        }
                        Some(b'"') if bytes.get(i + 1) == Some(&b'"') => i += 2,
                        Some(b'"') => break,
                        Some(b'\n' | b'\r') => {
                            line += 1;
                            i = end_of_line(i);
                        }
                        Some(_) => i += 1,
                    }
                }
                i += 1;
            }
            let after = i;
            while bytes.get(i).is_some_and(|b| *b != delimiter && !matches!(b, b'\n' | b'\r')) {
                i += 1;
            }
            if quoted && i > after {
                return Err(wrong(
                    opened,
                    "a quoted field that opens here is followed by text; double the quotes inside it".into(),
                ));
            }
            if i - begin > max_field {
                let (spot, what) = (Spot::line(path, opened), "a field is too long".into());
                return Err(Error::Limit {
                    spot,
                    what,
                    limit: max_field as u64,
                    option: "max_field",
                });
            }
            match bytes.get(i) {
                Some(b) if *b == delimiter => i += 1,
                Some(_) => {
                    line += 1;
                    i = end_of_line(i);
                    break;
                }
                None => break,
            }
        }
    }
    Ok(found)
}

/// The text without its first lines.
pub(crate) fn without_lines(text: &str, lines: u32) -> Option<&str> {
    match lines {
        0 => Some(text),
        n => line_ends(text.as_bytes()).nth(n as usize - 1).map(|end| &text[end..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn lines(text: &str) -> Records {
        records(Path::new("a.csv"), text, 1, b',', 1000).unwrap()
    }

    #[test]
    fn records_have_the_lines_of_the_file_whatever_ends_them() {
        assert_eq!(lines("a,b\r\n1,2\n\"x\r\ny\",2\r3,4").lines, [1, 2, 3, 5]);
        let blank = lines("\na\n\n\r\n1\n\n");
        assert_eq!((blank.lines, blank.blank), (vec![2, 5], vec![(1, 3, 2)]));
        assert_eq!(lines("a,\n,\n").lines, [1, 2]);
    }

    #[test]
    fn a31_a_file_that_grows_while_it_is_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "a,b\n1,2\n".repeat(500_000)).unwrap();
        let done = AtomicBool::new(false);
        let error = std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
                while !done.load(Ordering::Relaxed) {
                    file.write_all(b"3,4\n").unwrap();
                }
            });
            let error = (0..1000).find_map(|_| bytes(&path, &Options::default()).err());
            done.store(true, Ordering::Relaxed);
            error
        });
        let message = error.expect("a change of the file is noticed").to_string();
        assert!(message.contains("a.csv changed while it was read"), "{message}");
    }

    #[test]
    fn the_csv_crate_finds_the_same_records() {
        for text in [
            "a,b\r\n1,2\n\"x\r\ny\",2\r3,4",
            "\na\n\n\r\n1\n\n",
            "a,\n,\n",
            "a\r\r1\r",
            "a\"b,c\n1,2",
        ] {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            assert_eq!(reader.records().count(), lines(text).lines.len(), "{text:?}");
        }
    }

    #[test]
    fn an_unclosed_quote_is_named_where_it_opens() {
        let text = format!("a,b\n1,2\n\"x,2\n{}", "1,2\n".repeat(400));
        let limit = records(Path::new("a.csv"), &text, 1, b',', 1000).unwrap_err().to_string();
        assert!(limit.starts_with("a.csv, line 3: the quote opened here"), "{limit}");
        let end = records(Path::new("a.csv"), &text, 1, b',', 1 << 20).unwrap_err().to_string();
        assert!(end.starts_with("a.csv, line 3: the quote opened here is never"), "{end}");
        let after = records(Path::new("a.csv"), "a\n\"b\"c\n", 1, b',', 9).unwrap_err().to_string();
        assert!(after.contains("line 2: a quoted field"), "{after}");
    }
}
