//! The parts of a Word file and their archive.

use super::text::{Paragraph, TAB, escape, field, run};
use super::{DocxOptions, rtl};
use crate::{Annex, Error};
use inclusion_language::Language;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// The footer of upright pages and of those across: the page number stands at another place.
pub(super) fn footer_of(across: bool) -> &'static str {
    if across { "rIdFooterAcross" } else { "rIdFooter" }
}

/// The languages of texts by their script. Digits are Latin letters to Word: by the rules of Chinese it would break
/// a line inside a number.
fn languages(language: Language, code: &str) -> String {
    let (latin, eastern, bidi) = match language {
        Language::Zh => ("en-GB", "zh-CN", "ar-SA"),
        Language::Ar => ("en-GB", "zh-CN", code),
        Language::En | Language::Fr | Language::Es | Language::Ru => (code, "zh-CN", "ar-SA"),
    };
    format!("w:val=\"{latin}\" w:eastAsia=\"{eastern}\" w:bidi=\"{bidi}\"")
}

/// The finished file.
pub(super) fn pack(
    annex: &Annex,
    options: &DocxOptions,
    body: String,
    pictures: &[Vec<u8>],
) -> Result<Vec<u8>, Error> {
    let language = escape(&options.language);
    let rtl = annex.language.is_rtl();
    let directed = |xml: String| if rtl { rtl::right_to_left(&xml) } else { xml };
    let languages = languages(annex.language, &language);
    let styles = include_str!("styles.xml").replace("{languages}", &languages);
    let styles = if rtl { rtl::styles(&styles) } else { styles };
    let document =
        format!("{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let header = Paragraph::new("Header").run(run("", &annex.title)).xml();
    let settings = format!(
        "{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang {languages}/></w:settings>"
    );
    let fonts = format!(
        "{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name=\"Noto Sans\"><w:altName w:val=\"Arial\"/>\
         <w:family w:val=\"swiss\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    );
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), types().into_bytes()),
        ("_rels/.rels".into(), package_relations().into_bytes()),
        ("docProps/core.xml".into(), core(annex, &language).into_bytes()),
        ("word/document.xml".into(), directed(document).into_bytes()),
        ("word/_rels/document.xml.rels".into(), relations(pictures.len()).into_bytes()),
        ("word/styles.xml".into(), styles.into_bytes()),
        ("word/settings.xml".into(), settings.into_bytes()),
        ("word/fontTable.xml".into(), fonts.into_bytes()),
        (
            "word/header1.xml".into(),
            directed(format!("{DECLARATION}<w:hdr {NAMESPACES}>{header}</w:hdr>")).into_bytes(),
        ),
        ("word/footer1.xml".into(), directed(footer(annex, 9638)).into_bytes()),
        ("word/footer2.xml".into(), directed(footer(annex, 14570)).into_bytes()),
    ];
    for (place, picture) in pictures.iter().enumerate() {
        parts.push((format!("word/media/picture{}.png", place + 1), picture.clone()));
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, bytes) in &parts {
        // A picture is packed already.
        let method = match name.ends_with(".png") {
            true => packed.compression_method(CompressionMethod::Stored),
            false => packed,
        };
        archive.start_file(name.as_str(), method)?;
        archive.write_all(bytes).map_err(zip::result::ZipError::Io)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn types() -> String {
    let mut xml = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("header1", "header"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        xml.push_str(&format!(
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>"
        ));
    }
    xml.push_str("</Types>");
    xml
}

fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         </Relationships>"
    )
}

fn relations(pictures: usize) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    let mut add = |id: &str, kind: &str, target: &str| {
        xml.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"
        ));
    };
    add("rIdStyles", "styles", "styles.xml");
    add("rIdSettings", "settings", "settings.xml");
    add("rIdFonts", "fontTable", "fontTable.xml");
    add("rIdHeader", "header", "header1.xml");
    add(footer_of(false), "footer", "footer1.xml");
    add(footer_of(true), "footer", "footer2.xml");
    for place in 1..=pictures {
        add(&format!("rIdPicture{place}"), "image", &format!("media/picture{place}.png"));
    }
    xml.push_str("</Relationships>");
    xml
}

fn core(annex: &Annex, language: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:subject>{}</dc:subject><dc:creator>inclusion {}</dc:creator><dc:language>{language}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>",
        escape(&annex.title),
        escape(&annex.period),
        escape(&annex.program_version)
    )
}

fn footer(annex: &Annex, right: i64) -> String {
    let line = Paragraph::new("Footer")
        .tabs(vec![("right", right)])
        .run(run("", &annex.say("methods-hash", &[("name", &annex.methods_hash)])))
        .run(TAB)
        .run(field("PAGE", "1"))
        .run(run("", " / "))
        .run(field("NUMPAGES", "1"));
    format!("{DECLARATION}<w:ftr {NAMESPACES}>{}</w:ftr>", line.xml())
}
