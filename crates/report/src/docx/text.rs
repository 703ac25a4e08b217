//! Paragraphs and runs as XML.

use crate::paper::plain;

/// Text for the inside of an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    quick_xml::escape::escape(plain(text).as_str()).into_owned()
}

/// A run of text in a character style; none if it is empty.
pub(super) fn run(style: &str, text: &str) -> String {
    let style = match style {
        "" => String::new(),
        style => format!("<w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>"),
    };
    format!("<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// A tabulator.
pub(super) const TAB: &str = "<w:r><w:tab/></w:r>";

/// Runs that another place of the document can lead to.
pub(super) fn bookmark(id: usize, name: &str, runs: &str) -> String {
    format!(
        "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>"
    )
}

/// A text that leads to a bookmark, and the number of its page: a field without a text until it is filled.
pub(super) fn entry(bookmark: &str, text: &str) -> String {
    format!(
        "<w:hyperlink w:anchor=\"{bookmark}\" w:history=\"1\">{}{TAB}\
         <w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGEREF {bookmark} \\h </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>",
        run("", text)
    )
}

/// A field with the text that it has now.
pub(super) fn field(code: &str, now: &str) -> String {
    format!(
        "<w:fldSimple w:instr=\" {} \"><w:r><w:t>{}</w:t></w:r></w:fldSimple>",
        escape(code),
        escape(now)
    )
}

/// A paragraph of a style with what differs from it.
#[derive(Default)]
pub(super) struct Paragraph {
    style: String,
    keep_next: bool,
    page_break: bool,
    tabs: Vec<(&'static str, i64)>,
    before: i64,
    indent: i64,
    align: &'static str,
    runs: String,
}

impl Paragraph {
    pub(super) fn new(style: &str) -> Paragraph {
        Paragraph { style: style.into(), ..Paragraph::default() }
    }

    pub(super) fn run(mut self, xml: impl AsRef<str>) -> Paragraph {
        self.runs.push_str(xml.as_ref());
        self
    }

    /// Stays on the page of the paragraph that follows.
    pub(super) fn keep_next(mut self, keep: bool) -> Paragraph {
        self.keep_next = keep;
        self
    }

    pub(super) fn page_break_before(mut self) -> Paragraph {
        self.page_break = true;
        self
    }

    /// Tabulators: kind and place in twentieths of a point.
    pub(super) fn tabs(mut self, tabs: Vec<(&'static str, i64)>) -> Paragraph {
        self.tabs = tabs;
        self
    }

    /// Blank before it in twentieths of a point.
    pub(super) fn before(mut self, blank: i64) -> Paragraph {
        self.before = blank;
        self
    }

    /// Indentation in twentieths of a point; below zero, the first line hangs out by so much.
    pub(super) fn indent(mut self, indent: i64) -> Paragraph {
        self.indent = indent;
        self
    }

    pub(super) fn align(mut self, align: &'static str) -> Paragraph {
        self.align = align;
        self
    }

    /// The children stand in the order of the schema.
    pub(super) fn xml(&self) -> String {
        let mut properties = format!("<w:pStyle w:val=\"{}\"/>", self.style);
        if self.keep_next {
            properties.push_str("<w:keepNext/>");
        }
        if self.page_break {
            properties.push_str("<w:pageBreakBefore/>");
        }
        if !self.tabs.is_empty() {
            properties.push_str("<w:tabs>");
            for (kind, place) in &self.tabs {
                properties.push_str(&format!("<w:tab w:val=\"{kind}\" w:pos=\"{place}\"/>"));
            }
            properties.push_str("</w:tabs>");
        }
        if self.before > 0 {
            properties.push_str(&format!("<w:spacing w:before=\"{}\"/>", self.before));
        }
        match self.indent {
            0 => {}
            1.. => properties.push_str(&format!("<w:ind w:left=\"{}\"/>", self.indent)),
            _ => properties
                .push_str(&format!("<w:ind w:left=\"{0}\" w:hanging=\"{0}\"/>", self.indent.abs())),
        }
        if !self.align.is_empty() {
            properties.push_str(&format!("<w:jc w:val=\"{}\"/>", self.align));
        }
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", self.runs)
    }
}
