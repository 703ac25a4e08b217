//! Pulling elements from an XML file one at a time, with line and column.
//!
//! A document type definition stops the reader where it stands. No entity is ever expanded but the
//! five of XML itself and numbers of characters, and nothing outside the file is looked at.

use crate::{Error, Place};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// What comes next. Names, attributes and text stand in the [`Xml`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    Start,
    End,
    Text,
    Eof,
}

/// A cursor in an XML file.
pub(crate) struct Xml {
    reader: Reader<Lines>,
    buffer: Vec<u8>,
    file: PathBuf,
    /// Line and column where the current node begins.
    at: (u64, u64),
    /// Local name of the current element.
    pub name: String,
    /// Its namespace prefix; empty for none.
    pub prefix: String,
    /// Its attributes.
    pub attributes: Pairs,
    /// The current text.
    pub text: String,
}

/// Names with values; the buffers are used again.
#[derive(Default)]
pub(crate) struct Pairs {
    items: Vec<(String, String)>,
    len: usize,
}

impl Pairs {
    pub fn clear(&mut self) {
        self.len = 0;
    }

    pub fn push(&mut self, name: &str, value: &str) {
        if self.len == self.items.len() {
            self.items.push((String::new(), String::new()));
        }
        let (own_name, own_value) = &mut self.items[self.len];
        own_name.clear();
        own_name.push_str(name);
        own_value.clear();
        own_value.push_str(value);
        self.len += 1;
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.items[..self.len].iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

impl Xml {
    pub fn new(file: &Path, input: Box<dyn BufRead>) -> Xml {
        let mut reader = Reader::from_reader(Lines { input, line: 0, line_start: 0, offset: 0 });
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            buffer: Vec::new(),
            file: file.into(),
            at: (0, 0),
            name: String::new(),
            prefix: String::new(),
            attributes: Pairs::default(),
            text: String::new(),
        }
    }

    /// Where the current node begins.
    pub fn place(&self) -> Place {
        Place { file: self.file.clone(), line: self.at.0, column: self.at.1, observation: 0 }
    }

    pub fn invalid(&self, message: impl Into<String>) -> Error {
        Error::invalid(self.place(), message)
    }

    /// The next element, end or piece of text.
    pub fn next(&mut self) -> Result<Node, Error> {
        loop {
            let position = self.reader.buffer_position();
            self.at = self.reader.get_ref().place(position);
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let node = self.take(&mut buffer);
            self.buffer = buffer;
            if let Some(node) = node? {
                return Ok(node);
            }
        }
    }

    fn take(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Node>, Error> {
        let event = match self.reader.read_event_into(buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) => {
                let error = io::Error::new(error.kind(), error.to_string());
                return Err(Error::Read(self.file.clone(), error));
            }
            Err(error) => return Err(self.invalid(format!("not well-formed XML: {error}"))),
        };
        Ok(Some(match event {
            Event::Start(start) | Event::Empty(start) => {
                let trouble = attributes(&start, &mut self.attributes);
                names(start.name().as_ref(), &mut self.prefix, &mut self.name);
                if let Some(trouble) = trouble {
                    return Err(self.invalid(format!("element {}: {trouble}", self.name)));
                }
                Node::Start
            }
            Event::End(end) => {
                names(end.name().as_ref(), &mut self.prefix, &mut self.name);
                Node::End
            }
            Event::Text(text) => {
                self.text.clear();
                self.text.push_str(&text.xml10_content());
                Node::Text
            }
            Event::CData(text) => {
                self.text.clear();
                self.text.push_str(&text.xml10_content());
                Node::Text
            }
            Event::GeneralRef(reference) => {
                self.text.clear();
                match reference.resolve_char_ref() {
                    Ok(Some(character)) => self.text.push(character),
                    Ok(None) => {
                        let name = reference.xml10_content();
                        match quick_xml::escape::resolve_predefined_entity(&name) {
                            Some(text) => self.text.push_str(text),
                            None => return Err(self.invalid(format!("unknown entity &{name};"))),
                        }
                    }
                    Err(error) => return Err(self.invalid(error.to_string())),
                }
                Node::Text
            }
            Event::DocType(_) => return Err(Error::Dtd(self.place())),
            Event::Decl(declaration) => {
                if let Some(Ok(encoding)) = declaration.encoding() {
                    let plain = ["utf-8", "us-ascii", "ascii"];
                    if !plain.iter().any(|own| encoding.eq_ignore_ascii_case(own)) {
                        let message = format!("encoding {encoding}; save the file as UTF-8");
                        return Err(self.invalid(message));
                    }
                }
                return Ok(None);
            }
            Event::Comment(_) | Event::PI(_) => return Ok(None),
            Event::Eof => Node::Eof,
        }))
    }

    /// Text up to the end of the current element; what is inside it is skipped.
    pub fn text_to_end(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        let mut depth = 0;
        loop {
            match self.next()? {
                Node::Text if depth == 0 => text.push_str(&self.text),
                Node::Text => {}
                Node::Start => depth += 1,
                Node::End if depth == 0 => return Ok(text.trim().to_string()),
                Node::End => depth -= 1,
                Node::Eof => return Err(self.ended()),
            }
        }
    }

    /// Past the end of the current element.
    pub fn skip(&mut self) -> Result<(), Error> {
        self.text_to_end().map(|_| ())
    }

    /// The next element inside the current one; `None` at its end.
    pub fn child(&mut self) -> Result<bool, Error> {
        loop {
            match self.next()? {
                Node::Start => return Ok(true),
                Node::End => return Ok(false),
                Node::Text => {}
                Node::Eof => return Err(self.ended()),
            }
        }
    }

    pub fn ended(&self) -> Error {
        self.invalid("the file ends inside an element; it is cut off")
    }
}

fn names(name: &str, prefix: &mut String, local: &mut String) {
    let (before, after) = name.split_once(':').unwrap_or(("", name));
    prefix.clear();
    prefix.push_str(before);
    local.clear();
    local.push_str(after);
}

/// What is wrong with the attributes of an element, after they were taken over.
fn attributes(start: &BytesStart<'_>, into: &mut Pairs) -> Option<String> {
    into.clear();
    for attribute in start.attributes() {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => return Some(error.to_string()),
        };
        match attribute.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => into.push(attribute.key.as_ref(), &value),
            Err(error) => return Some(error.to_string()),
        }
    }
    None
}

/// Counts lines in what is consumed.
struct Lines {
    input: Box<dyn BufRead>,
    line: u64,
    /// Offset of the first byte of the line.
    line_start: u64,
    offset: u64,
}

impl Lines {
    /// Line and column, from 1, of an offset that lies in what was consumed last.
    fn place(&self, offset: u64) -> (u64, u64) {
        (self.line + 1, offset.saturating_sub(self.line_start) + 1)
    }
}

impl Read for Lines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.input.fill_buf()?;
        let n = available.len().min(into.len());
        into[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Lines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        // The bytes are still there: filling a buffer that is not empty does nothing.
        if let Ok(bytes) = self.input.fill_buf() {
            let bytes = &bytes[..n.min(bytes.len())];
            self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            if let Some(last) = bytes.iter().rposition(|byte| *byte == b'\n') {
                self.line_start = self.offset + last as u64 + 1;
            }
        }
        self.offset += n as u64;
        self.input.consume(n);
    }
}
