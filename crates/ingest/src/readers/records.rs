//! Delimited text as records with their physical lines.
//!
//! A record is a line; a quoted field may hold line ends and doubled quotes (RFC 4180). LF, CRLF and
//! a lone CR all end a line, also mixed, and all count as one physical line. The `csv` crate is not
//! used for this: it drops blank lines silently, counts only LF, and reads an unclosed quote to the
//! end of the file, where the message has to name the line in which the quote opens.

use super::bytes::{Code, Text};
use crate::Error;
use crate::error::{Spot, shown};
use std::path::{Path, PathBuf};

/// Reads records one after another.
pub(crate) struct Records {
    text: Text,
    path: PathBuf,
    delimiter: u8,
    max_field: usize,
    buffer: Vec<u8>,
    /// Beginning of the next record in the buffer.
    next: usize,
    /// Byte offset of the buffer's beginning in the decoded text.
    offset: u64,
    ended: bool,
    line: u64,
    fields: Vec<Field>,
    /// Line on which the present record begins.
    pub record_line: u64,
    /// Blank lines that stood before the present record.
    pub blank: u64,
    /// First of these blank lines.
    pub first_blank: u64,
}

#[derive(Clone, Copy)]
struct Field {
    start: usize,
    end: usize,
    doubled: bool,
}

enum Step {
    Record { end: usize, lines: u64 },
    More,
}

impl Records {
    /// From the beginning of a text.
    pub fn new(text: Text, path: &Path, delimiter: u8, max_field: usize) -> Records {
        Records {
            text,
            path: path.to_path_buf(),
            delimiter,
            max_field,
            buffer: Vec::new(),
            next: 0,
            offset: 0,
            ended: false,
            line: 1,
            fields: Vec::new(),
            record_line: 0,
            blank: 0,
            first_blank: 0,
        }
    }

    /// Bytes of the file used so far.
    pub fn used(&self) -> u64 {
        self.text.used()
    }

    /// Skips physical lines, such as a title above the header.
    pub fn skip_lines(&mut self, lines: u32) -> Result<(), Error> {
        for _ in 0..lines {
            loop {
                let rest = &self.buffer[self.next..];
                let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r'));
                match end {
                    Some(i) if i + 1 < rest.len() || self.ended => {
                        let pair = rest[i] == b'\r' && rest.get(i + 1) == Some(&b'\n');
                        self.next += i + 1 + usize::from(pair);
                        self.line += 1;
                        break;
                    }
                    None if self.ended => {
                        self.next = self.buffer.len();
                        break;
                    }
                    _ => self.refill()?,
                }
            }
        }
        Ok(())
    }

    /// Goes to the next record; false at the end.
    pub fn advance(&mut self) -> Result<bool, Error> {
        self.blank = 0;
        loop {
            // A blank line is no record.
            match self.buffer.get(self.next).copied() {
                None if self.ended => return Ok(false),
                None => {
                    self.refill()?;
                    continue;
                }
                Some(b'\r') if self.next + 1 == self.buffer.len() && !self.ended => {
                    self.refill()?;
                    continue;
                }
                Some(c @ (b'\n' | b'\r')) => {
                    let pair = c == b'\r' && self.buffer.get(self.next + 1) == Some(&b'\n');
                    self.next += 1 + usize::from(pair);
                    if self.blank == 0 {
                        self.first_blank = self.line;
                    }
                    self.blank += 1;
                    self.line += 1;
                    continue;
                }
                Some(_) => {}
            }
            match self.parse()? {
                Step::More => self.refill()?,
                Step::Record { end, lines } => {
                    self.record_line = self.line;
                    self.check_utf8(end)?;
                    self.next = end;
                    self.line += lines;
                    return Ok(true);
                }
            }
        }
    }

    fn refill(&mut self) -> Result<(), Error> {
        if self.next > 0 {
            self.buffer.drain(..self.next);
            self.offset += self.next as u64;
            self.next = 0;
        }
        // Doubling keeps the rescans of a long record linear in all.
        let wanted = self.buffer.len() * 2;
        loop {
            if !self.text.more(&mut self.buffer, self.line)? {
                self.ended = true;
                return Ok(());
            }
            if self.buffer.len() >= wanted {
                return Ok(());
            }
        }
    }

    fn parse(&mut self) -> Result<Step, Error> {
        let (buffer, delimiter) = (&self.buffer[..], self.delimiter);
        let length = buffer.len();
        self.fields.clear();
        let mut i = self.next;
        let mut lines = 0;
        loop {
            let begin = i;
            let mut field = Field { start: i, end: i, doubled: false };
            if i < length && buffer[i] == b'"' {
                let opened = self.line + lines;
                i += 1;
                field.start = i;
                loop {
                    while i < length && !matches!(buffer[i], b'"' | b'\n' | b'\r') {
                        i += 1;
                    }
                    if i - begin > self.max_field {
                        let what = format!(
                            "the quote opened here is not closed within {} bytes; close it or double it",
                            self.max_field
                        );
                        return Err(self.limit(opened, what));
                    }
                    if i == length {
                        if !self.ended {
                            return Ok(Step::More);
                        }
                        return Err(Error::File {
                            spot: Spot::line(&self.path, opened),
                            message: "the quote opened here is never closed; close it or double it"
                                .into(),
                        });
                    }
                    match buffer[i] {
                        b'"' if buffer.get(i + 1) == Some(&b'"') => {
                            field.doubled = true;
                            i += 2;
                        }
                        b'"' if i + 1 == length && !self.ended => return Ok(Step::More),
                        b'"' => break,
                        b'\r' if buffer.get(i + 1) == Some(&b'\n') => {
                            lines += 1;
                            i += 2;
                        }
                        _ => {
                            lines += 1;
                            i += 1;
                        }
                    }
                }
                field.end = i;
                i += 1;
                if i < length && buffer[i] != delimiter && !matches!(buffer[i], b'\n' | b'\r') {
                    return Err(Error::File {
                        spot: Spot::line(&self.path, opened),
                        message: format!(
                            "the quoted field {} that opens here is followed by text; double the quotes inside it",
                            self.fields.len() + 1
                        ),
                    });
                }
            } else {
                while i < length
                    && buffer[i] != delimiter
                    && buffer[i] != b'\n'
                    && buffer[i] != b'\r'
                {
                    i += 1;
                }
                if i - begin > self.max_field {
                    let what = format!(
                        "field {} has more than {} bytes",
                        self.fields.len() + 1,
                        self.max_field
                    );
                    return Err(self.limit(self.line, what));
                }
                field.end = i;
            }
            if !self.ended && (i == length || (buffer[i] == b'\r' && i + 1 == length)) {
                return Ok(Step::More);
            }
            self.fields.push(field);
            if i == length {
                return Ok(Step::Record { end: i, lines: lines + 1 });
            }
            if buffer[i] == delimiter {
                i += 1;
                continue;
            }
            let pair = buffer[i] == b'\r' && buffer.get(i + 1) == Some(&b'\n');
            return Ok(Step::Record { end: i + 1 + usize::from(pair), lines: lines + 1 });
        }
    }

    fn limit(&self, line: u64, what: String) -> Error {
        Error::Limit {
            spot: Spot::line(&self.path, line),
            what,
            limit: self.max_field as u64,
            option: "max_field",
        }
    }

    fn check_utf8(&self, end: usize) -> Result<(), Error> {
        let record = &self.buffer[self.next..end];
        if self.text.code() != Code::Utf8 {
            return Ok(());
        }
        let Err(error) = std::str::from_utf8(record) else { return Ok(()) };
        let at = error.valid_up_to();
        let column = record[..at].iter().filter(|b| **b == self.delimiter).count() + 1;
        Err(Error::File {
            spot: Spot::line(&self.path, self.line),
            message: format!(
                "byte {} (0x{:02X}, in field {column}, after `{}`) is not UTF-8; if the file is Western European text set `encoding = \"latin-1\"` or `\"cp1252\"`",
                self.offset + (self.next + at) as u64,
                record[at],
                shown(&tail(&record[..at]))
            ),
        })
    }

    /// Number of fields of the present record.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// A field of the present record, without its quotes.
    pub fn field(&self, index: usize) -> std::borrow::Cow<'_, str> {
        let Some(field) = self.fields.get(index) else { return "".into() };
        // Every record was checked, or made by a decoder.
        let text = String::from_utf8_lossy(&self.buffer[field.start..field.end]);
        if field.doubled { text.replace("\"\"", "\"").into() } else { text }
    }
}

fn tail(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let count = text.chars().count();
    text.chars().skip(count.saturating_sub(12)).collect()
}
