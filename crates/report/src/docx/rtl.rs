//! Parts of a Word file for a language that is written from right to left.
//!
//! Word reads left and right of paragraphs and tables as their beginning and end there, so places and
//! alignment stay as they are; only the direction of paragraphs, runs, tables and sections is said.

/// What may follow the direction among the properties of a paragraph, in the order of the schema.
const AFTER: [&str; 4] = ["<w:spacing", "<w:ind", "<w:jc", "<w:sectPr"];

/// A part with its direction. All tags are those that this module's siblings write.
pub(super) fn right_to_left(xml: &str) -> String {
    let xml = xml
        .replace("<w:r><w:t ", "<w:r><w:rPr><w:rtl/></w:rPr><w:t ")
        .replace("<w:r><w:t>", "<w:r><w:rPr><w:rtl/></w:rPr><w:t>")
        .replace("\"/></w:rPr><w:t ", "\"/><w:rtl/></w:rPr><w:t ")
        .replace(
            "<w:tblStyle w:val=\"AnnexTable\"/>",
            "<w:tblStyle w:val=\"AnnexTable\"/><w:bidiVisual/>",
        )
        .replace("</w:sectPr>", "<w:bidi/></w:sectPr>");
    paragraphs(&whole_ranges(&xml))
}

/// A range such as 2010–2014 stays on one line: broken at its dash, its ends would stand the wrong way round
/// for a reader of either direction. A bracket stays with the number that it opens before or closes after.
fn whole_ranges(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut letters = xml.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        out.push(letter);
        let digit_follows = letters.peek().is_some_and(char::is_ascii_digit);
        let joined = match letter {
            '–' => before.is_ascii_digit() && digit_follows,
            '(' => digit_follows,
            _ => letter.is_ascii_digit() && letters.peek() == Some(&')'),
        };
        if joined {
            out.push('\u{2060}');
        }
        before = letter;
    }
    out
}

/// The styles: bold type and the face for letters of such a script.
pub(super) fn styles(xml: &str) -> String {
    xml.replace("<w:b/>", "<w:b/><w:bCs/>")
        .replace("w:cs=\"Noto Sans\"", "w:cs=\"Noto Sans Arabic\"")
        .replace("<w:pPrDefault><w:pPr>", "<w:pPrDefault><w:pPr><w:bidi/>")
}

fn paragraphs(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() + xml.len() / 8);
    let mut rest = xml;
    while let Some((before, from)) = rest.split_once("<w:pPr>") {
        let (properties, after) = from.split_once("</w:pPr>").unwrap_or((from, ""));
        let place = AFTER.iter().filter_map(|tag| properties.find(tag)).min();
        let (first, last) = properties.split_at(place.unwrap_or(properties.len()));
        out.extend([before, "<w:pPr>", first, "<w:bidi/>", last, "</w:pPr>"]);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::text::{Paragraph, run};
    use super::*;

    #[test]
    fn a_paragraph_and_its_runs_run_from_the_right_in_the_order_of_the_schema() {
        let paragraph =
            Paragraph::new("Normal").indent(20).run(run("", "a")).run(run("Strong", "b"));
        let xml = right_to_left(&paragraph.xml());
        assert!(xml.contains("<w:pStyle w:val=\"Normal\"/><w:bidi/><w:ind "), "{xml}");
        assert!(xml.contains("<w:r><w:rPr><w:rtl/></w:rPr><w:t "), "{xml}");
        assert!(xml.contains("<w:rStyle w:val=\"Strong\"/><w:rtl/></w:rPr>"), "{xml}");
    }

    #[test]
    fn a_range_of_years_stays_on_one_line() {
        let xml = right_to_left(&run("", "a–b 2010–2014"));
        assert!(xml.contains("a–b 2010–\u{2060}2014"), "{xml}");
        let xml = right_to_left(&run("", "7.4 (7.4–10.1) (a)"));
        assert!(xml.contains("7.4 (\u{2060}7.4–\u{2060}10.1\u{2060}) (a)"), "{xml}");
    }
}
