//! The annex as a Word document: real tables with repeated header rows, captions that Word numbers,
//! contents with page numbers, styles to be changed in one place, and charts as pictures with their
//! alternative text.
//!
//! The parts are written in the order that the schema of Office Open XML prescribes. No clock is
//! read and the archive has fixed times: the same annex gives the same bytes.
//!
//! Source: ECMA-376, *Office Open XML File Formats*, part 1, ch. 17 and 20.

mod package;
mod rtl;
mod table;
mod text;

use crate::charts::{self, SvgOptions};
use crate::paper;
use crate::{Annex, Block, Error, Figure, Section, Table};
use text::{Paragraph, field, run};

/// How the document is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocxOptions {
    /// Language of the document, as in BCP 47.
    pub language: String,
}

impl Default for DocxOptions {
    fn default() -> DocxOptions {
        DocxOptions { language: "en".into() }
    }
}

/// The annex as the bytes of a `.docx` file.
///
/// # Errors
///
/// [`Error::Chart`] if a figure cannot be drawn; [`Error::Archive`] if the file cannot be packed.
pub fn docx(annex: &Annex, options: &DocxOptions) -> Result<Vec<u8>, Error> {
    let mut body = Body::default();
    first_page(annex, &mut body)?;
    contents(annex, &mut body);
    for (place, section) in listed(annex).enumerate() {
        let across = section.blocks.first().is_some_and(is_across);
        body.turn(across);
        let title = text::bookmark(place, &section_mark(place), &run("", &section.title));
        body.add(Paragraph::new("Heading1").run(title));
        for block in &section.blocks {
            body.turn(is_across(block));
            self::block(annex, block, &mut body)?;
        }
    }
    let made = annex.sentence(&annex.made_with());
    body.turn(false);
    body.add(Paragraph::new("SourceLine").run(run("", &made)));
    package::pack(annex, options, body.close(), &body.pictures)
}

/// What is written of the document so far.
#[derive(Default)]
struct Body {
    xml: String,
    across: bool,
    sections: usize,
    pictures: Vec<Vec<u8>>,
}

impl Body {
    fn add(&mut self, paragraph: Paragraph) {
        self.xml.push_str(&paragraph.xml());
    }

    fn push(&mut self, xml: &str) {
        self.xml.push_str(xml);
    }

    /// What follows stands on pages of the other kind.
    fn turn(&mut self, across: bool) {
        if across != self.across {
            // A section ends with the paragraph that holds its properties.
            let end = self.properties();
            self.xml.push_str(&format!(
                "<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{end}</w:pPr></w:p>"
            ));
            self.across = across;
        }
    }

    /// The properties of the section that ends here.
    fn properties(&mut self) -> String {
        let first = self.sections == 0;
        self.sections += 1;
        let size = match self.across {
            false => "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
            true => "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
        };
        let mut refs = String::new();
        let footer = package::footer_of(self.across);
        if first {
            refs.push_str(&format!("<w:footerReference w:type=\"first\" r:id=\"{footer}\"/>"));
        }
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/>\
             <w:footerReference w:type=\"default\" r:id=\"{footer}\"/>{refs}{size}\
             <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
             {}</w:sectPr>",
            if first { "<w:titlePg/>" } else { "" }
        )
    }

    fn close(&mut self) -> String {
        let end = self.properties();
        format!("{}{end}", std::mem::take(&mut self.xml))
    }
}

fn is_across(block: &Block) -> bool {
    matches!(block, Block::Table(table) if paper::paper(table).across)
}

fn first_page(annex: &Annex, body: &mut Body) -> Result<(), Error> {
    body.add(Paragraph::new("Title").run(run("", &annex.title)));
    if let Some(subtitle) = &annex.subtitle {
        body.add(Paragraph::new("Subtitle").run(run("", subtitle)));
    }
    for line in [Some(&annex.period), annex.date.as_ref(), Some(&annex.source)] {
        if let Some(line) = line.filter(|line| !line.is_empty()) {
            body.add(Paragraph::new("SourceLine").run(run("", line)));
        }
    }
    for finding in &annex.findings {
        body.add(Paragraph::new("Finding").run(run("", finding)));
    }
    for block in annex.sections.iter().filter(|s| s.id == "findings").flat_map(|s| &s.blocks) {
        body.turn(is_across(block));
        self::block(annex, block, body)?;
    }
    body.turn(false);
    Ok(())
}

/// The sections that the contents list.
fn listed(annex: &Annex) -> impl Iterator<Item = &Section> {
    annex.sections.iter().filter(|section| section.id != "findings")
}

/// Names of the places that the contents lead to; what begins with an underscore stands in no list of Word's.
fn section_mark(place: usize) -> String {
    format!("_section_{place}")
}

fn table_mark(table: &Table) -> String {
    format!("_table_{}", table.number)
}

/// Titles of sections and tables with fields of page numbers, which Word fills when it opens the document and
/// other programs when they lay it out. Inside a field of Word's for a whole list only Word would.
fn contents(annex: &Annex, body: &mut Body) {
    let heading = |id: &str| Paragraph::new("TOCHeading").run(run("", &annex.say(id, &[])));
    body.add(heading("contents").page_break_before());
    for (place, section) in listed(annex).enumerate() {
        body.add(Paragraph::new("TOC1").run(text::entry(&section_mark(place), &section.title)));
    }
    body.add(heading("tables"));
    for table in annex.tables() {
        let entry = text::entry(&table_mark(table), &table::title(annex, table));
        body.add(Paragraph::new("TableofFigures").run(entry));
    }
    body.push("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
}

fn block(annex: &Annex, block: &Block, body: &mut Body) -> Result<(), Error> {
    match block {
        Block::Text(words) => body.add(Paragraph::new("Normal").run(run("", words))),
        Block::Definitions { title, items } => {
            body.add(Paragraph::new("Heading2").run(run("", title)));
            for (term, paragraphs) in items {
                body.add(Paragraph::new("Term").run(run("", term)));
                for words in paragraphs {
                    body.add(Paragraph::new("Normal").run(run("", words)));
                }
            }
        }
        Block::Table(table) => table::table(annex, table, body),
        Block::Figure(figure) => self::figure(annex, figure, body)?,
    }
    Ok(())
}

/// `Table 3. Title` with a number that Word counts, in the order of the language's words.
fn counted(annex: &Annex, id: &str, series: &str, number: usize, title: &str) -> String {
    let words = annex.say(id, &[("name", "\u{0}"), ("title", title)]);
    let (before, after) = words.split_once('\u{0}').unwrap_or((words.as_str(), ""));
    let count = field(&format!("SEQ {series} \\* ARABIC"), &number.to_string());
    let after = if after.is_empty() { String::new() } else { run("", after) };
    format!("{}{count}{after}", run("", before))
}

/// English metric units in a point.
const EMU: f64 = 12700.0;
/// The greatest height of a chart, in points.
const CHART_MOST: f64 = 620.0;

fn figure(annex: &Annex, figure: &Figure, body: &mut Body) -> Result<(), Error> {
    let failed = |source: charts::Error| Error::Chart {
        number: figure.number,
        title: figure.title.clone(),
        source: Box::new(source),
    };
    let svg = charts::svg(&figure.chart, &SvgOptions::default()).map_err(failed)?;
    let (width, height) = charts::size(&svg);
    body.pictures.push(charts::png_with(&svg, 2.0, &annex.fonts).map_err(failed)?);
    let scale = (paper::UPRIGHT / width).min(CHART_MOST / height) * EMU;
    let (wide, high) = ((width * scale).round(), (height * scale).round());
    let number = figure.number;
    let picture = body.pictures.len();
    let alt = text::escape(if figure.alt.is_empty() { &figure.title } else { &figure.alt });
    let caption = Paragraph::new("Caption").run(counted(
        annex,
        "figure-title",
        "Figure",
        number,
        &figure.title,
    ));
    body.add(caption);
    body.push(&format!(
        "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{picture}\" name=\"Figure {number}\" descr=\"{alt}\"/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{picture}\" name=\"{}.png\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rIdPicture{picture}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
         </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        text::escape(&figure.name)
    ));
    Ok(())
}
