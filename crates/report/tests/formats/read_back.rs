//! The words of a document by readers that know nothing of how it was written.

use std::io::{Cursor, Read};

/// The text without any blank: where a format breaks its lines does not matter.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&nbsp;", " ");
    quick_xml::escape::unescape(&text).unwrap_or_else(|e| panic!("{e}")).into_owned()
}

/// The words of a page, without style, script and charts.
pub fn html_text(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page.split_once("<body").unwrap().1.split_once('>').unwrap().1;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(&unescaped(before));
        let skipped = ["script", "svg"].into_iter().find(|name| tag.starts_with(name));
        rest = match skipped {
            Some(name) => tag.split_once(&format!("</{name}>")).unwrap().1,
            None => tag.split_once('>').unwrap().1,
        };
    }
    text
}

/// The words of Markdown, without its marks.
pub fn markdown_text(markdown: &str) -> String {
    let mut text = String::new();
    for line in markdown.lines() {
        let plain = line.replace("<sup>", "").replace("</sup>", "").replace("**", "");
        let mut letters = plain.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => text.extend(letters.next()),
                '|' | '*' => {}
                other => text.push(other),
            }
        }
        text.push('\n');
    }
    unescaped(&text)
}

/// A part of a Word file or a workbook.
pub fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The words of a Word document.
pub fn docx_text(bytes: &[u8]) -> String {
    use quick_xml::events::Event;
    let xml = part(bytes, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut text, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "w:t" => inside = true,
            Event::End(tag) => {
                inside &= tag.name().as_ref() != "w:t";
                if tag.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            Event::Text(words) if inside => text.push_str(&words.xml10_content()),
            Event::GeneralRef(name) if inside => {
                text.push_str(&unescaped(&format!("&{};", name.xml10_content())));
            }
            Event::Eof => return text,
            _ => {}
        }
    }
}

/// The words of a LaTeX document, as TeX would print them.
pub fn latex_text(source: &str) -> String {
    let body = source.split_once("\\begin{document}").unwrap().1;
    let mut text = body.to_string();
    for (command, printed) in [
        ("\\textbackslash{}", "\u{1}"),
        ("\\textasciicircum{}", "^"),
        ("\\textasciitilde{}", "\u{2}"),
        ("\\textless{}", "<"),
        ("\\textgreater{}", ">"),
        ("\\textbar{}", "|"),
        ("\\textquotedbl{}", "\""),
        ("\\textasciigrave{}", "`"),
        ("\\textquotesingle{}", "'"),
        ("\\ensuremath{-}", "−"),
        ("\\ensuremath{\\times}", "×"),
        ("\\ensuremath{\\pm}", "±"),
        ("\\ensuremath{\\leq}", "≤"),
        ("\\ensuremath{\\geq}", "≥"),
        ("\\ensuremath{\\surd}", "√"),
        ("\\hspace{0pt}", ""),
        ("\\textcolor{soft}", ""),
        ("\\color{soft}", ""),
        ("\\,", ""),
        ("\\$", "\u{3}"),
        ("\\&", "\u{4}"),
        ("\\#", "#"),
        ("\\%", "%"),
        ("\\_", "_"),
        ("\\{", "\u{5}"),
        ("\\}", "\u{6}"),
        ("{[}", "\u{7}"),
        ("{]}", "\u{8}"),
        ("\\\\*", " "),
        ("\\\\", " "),
        ("&", " "),
        ("~", " "),
    ] {
        text = text.replace(command, printed);
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, command)) = rest.split_once('\\') {
        out.push_str(before);
        let name = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
        rest = &command[name..];
        // Widths and places of boxes and lines.
        let opened = match &command[..name] {
            "makebox" => '[',
            "hspace" => '{',
            "leftskip" | "rightskip" => '=',
            _ => continue,
        };
        while rest.starts_with(opened) {
            rest = rest.split_once([']', '}', ' ']).unwrap().1;
        }
    }
    out.push_str(rest);
    out.chars()
        .filter(|c| !matches!(c, '{' | '}'))
        .map(|c| match c {
            '\u{1}' => '\\',
            '\u{2}' => '~',
            '\u{3}' => '$',
            '\u{4}' => '&',
            '\u{5}' => '{',
            '\u{6}' => '}',
            '\u{7}' => '[',
            '\u{8}' => ']',
            c => c,
        })
        .collect()
}

/// The words of a PDF, page by page.
pub fn pdf_text(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap()
}
