//! Bytes of a text file as UTF-8: counted, unpacked within limits, decoded.

use crate::error::Spot;
use crate::{Error, Options};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;
use inclusion_registry::FileSpec;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Expanded bytes below which the ratio is not judged: short files of one repeated line are harmless.
const RATIO_FROM: u64 = 16 << 20;

/// Encodings that can be declared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Code {
    /// UTF-8, checked record by record.
    Utf8,
    /// ISO 8859-1: every byte is the character of its number.
    Latin1,
    /// Any other of the Encoding Standard.
    Other(&'static Encoding),
}

impl Code {
    /// Name for messages.
    pub fn name(self) -> String {
        match self {
            Code::Utf8 => "utf-8".into(),
            Code::Latin1 => "latin-1".into(),
            Code::Other(e) => e.name().to_lowercase(),
        }
    }
}

/// The encoding of a file and the length of its byte order mark.
pub(crate) fn encoding(path: &Path, spec: &FileSpec, head: &[u8]) -> Result<(Code, usize), Error> {
    let mark = Encoding::for_bom(head);
    let declared = spec.encoding.as_deref().map(str::trim).map(str::to_lowercase);
    let wrong = |message: String| Error::File { spot: Spot::file(path), message };
    let code = match declared.as_deref() {
        None | Some("auto") => None,
        Some("latin-1" | "latin1" | "iso-8859-1" | "iso8859-1") => Some(Code::Latin1),
        Some("cp1252" | "windows-1252" | "cp-1252") => Some(Code::Other(WINDOWS_1252)),
        Some("utf-8" | "utf8") => Some(Code::Utf8),
        Some("utf-16" | "utf16") => Some(Code::Other(mark.map_or(UTF_16LE, |m| m.0))),
        Some(label) => {
            Some(Code::Other(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                wrong(format!(
                    "the encoding `{label}` is not known; use utf-8, utf-16, latin-1 or cp1252"
                ))
            })?))
        }
    };
    let Some((found, length)) = mark else {
        if code.is_none() && looks_like_utf16(head) {
            return Err(wrong(
                "the file has zero bytes as UTF-16 text has, but no byte order mark; set `encoding = \"utf-16le\"` or `\"utf-16be\"`".into(),
            ));
        }
        return Ok((code.unwrap_or(Code::Utf8), 0));
    };
    let detected = if found == UTF_8 { Code::Utf8 } else { Code::Other(found) };
    match code {
        Some(code) if code != detected => Err(wrong(format!(
            "the byte order mark says {}, but `encoding = \"{}\"` is declared; declare `{}` or leave the encoding out",
            detected.name(),
            declared.unwrap_or_default(),
            if found == UTF_16LE || found == UTF_16BE { "utf-16" } else { "utf-8" },
        ))),
        _ => Ok((detected, length)),
    }
}

fn looks_like_utf16(head: &[u8]) -> bool {
    head.len() >= 4 && head.iter().filter(|b| **b == 0).count() * 3 > head.len()
}

/// A file whose bytes are counted as they are used.
struct Counted {
    file: File,
    used: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.used.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// The bytes of a text file as UTF-8.
pub(crate) struct Text {
    source: Box<dyn Read + Send>,
    path: PathBuf,
    used: Arc<AtomicU64>,
    expanded: u64,
    packed: bool,
    max_expanded: u64,
    max_ratio: u64,
    code: Code,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Bytes of the byte order mark that are still to be dropped.
    mark: usize,
}

/// First bytes of a file, unpacked.
pub(crate) fn head(path: &Path) -> Result<(Vec<u8>, bool), Error> {
    let read = |e| Error::read(path, e);
    let mut raw = Vec::new();
    File::open(path).map_err(read)?.take(4096).read_to_end(&mut raw).map_err(read)?;
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok((raw, false));
    }
    let mut head = Vec::new();
    MultiGzDecoder::new(File::open(path).map_err(read)?)
        .take(4096)
        .read_to_end(&mut head)
        .map_err(|e| gzip_error(path, &e))?;
    Ok((head, true))
}

fn gzip_error(path: &Path, error: &std::io::Error) -> Error {
    Error::File {
        spot: Spot::file(path),
        message: format!("is not a complete gzip file ({error}); copy it again"),
    }
}

impl Text {
    /// Opens a file from its beginning.
    pub fn open(
        path: &Path,
        code: Code,
        mark: usize,
        packed: bool,
        options: &Options,
    ) -> Result<Text, Error> {
        let used = Arc::new(AtomicU64::new(0));
        let file = File::open(path).map_err(|e| Error::read(path, e))?;
        let counted = Counted { file, used: used.clone() };
        let source: Box<dyn Read + Send> = if packed {
            Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, counted)))
        } else {
            Box::new(counted)
        };
        let decoder = match code {
            Code::Other(encoding) => Some(encoding.new_decoder_without_bom_handling()),
            _ => None,
        };
        Ok(Text {
            source,
            path: path.to_path_buf(),
            used,
            expanded: 0,
            packed,
            max_expanded: options.max_expanded,
            max_ratio: options.max_ratio,
            code,
            decoder,
            raw: Vec::new(),
            mark,
        })
    }

    /// Bytes of the file used so far.
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// The encoding.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Appends about 64 KiB of text to `out`; false at the end of the file.
    pub fn more(&mut self, out: &mut Vec<u8>, line: u64) -> Result<bool, Error> {
        const STEP: usize = 1 << 16;
        let before = out.len();
        if self.decoder.is_none() && self.code == Code::Utf8 && self.mark == 0 {
            out.resize(before + STEP, 0);
            let n = self.fill(&mut out[before..], line)?;
            out.truncate(before + n);
            return Ok(n > 0);
        }
        let mut raw = std::mem::take(&mut self.raw);
        raw.resize(STEP, 0);
        let n = self.fill(&mut raw, line)?;
        let skip = self.mark.min(n);
        self.mark -= skip;
        let bytes = &raw[skip..n];
        let end = n == 0;
        match (&mut self.decoder, self.code) {
            (Some(decoder), code) => {
                out.resize(
                    before + decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * STEP),
                    0,
                );
                let (result, read, written) =
                    decoder.decode_to_utf8_without_replacement(bytes, &mut out[before..], end);
                out.truncate(before + written);
                if let DecoderResult::Malformed(..) = result {
                    return Err(Error::File {
                        spot: Spot::line(&self.path, line),
                        message: format!(
                            "near byte {} the file is not {}; correct `encoding`",
                            self.expanded - (n - skip - read) as u64,
                            code.name()
                        ),
                    });
                }
            }
            (None, Code::Latin1) => {
                for b in bytes {
                    if *b < 0x80 {
                        out.push(*b);
                    } else {
                        out.extend_from_slice(&[0xc0 | (b >> 6), 0x80 | (b & 0x3f)]);
                    }
                }
            }
            (None, _) => out.extend_from_slice(bytes),
        }
        self.raw = raw;
        Ok(!end)
    }

    fn fill(&mut self, buffer: &mut [u8], line: u64) -> Result<usize, Error> {
        let mut n = 0;
        while n < buffer.len() {
            match self.source.read(&mut buffer[n..]) {
                Ok(0) => break,
                Ok(read) => n += read,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) if self.packed => return Err(gzip_error(&self.path, &e)),
                Err(e) => return Err(Error::read(&self.path, e)),
            }
        }
        self.expanded += n as u64;
        if self.packed {
            let spot = Spot::line(&self.path, line);
            if self.expanded > self.max_expanded {
                let what = format!(
                    "the file expands to more than {} bytes; unpack it first if that is right",
                    self.max_expanded
                );
                return Err(Error::Limit {
                    spot,
                    what,
                    limit: self.max_expanded,
                    option: "max_expanded",
                });
            }
            let ratio = self.expanded / self.used().max(1);
            if self.expanded > RATIO_FROM && ratio > self.max_ratio {
                let what = format!(
                    "the file expands to more than {ratio} times its size; unpack it first if that is right"
                );
                return Err(Error::Limit {
                    spot,
                    what,
                    limit: self.max_ratio,
                    option: "max_ratio",
                });
            }
        }
        Ok(n)
    }
}
