//! The sheets around the tables: cover, contents and charts.

use super::{base, height, name, soft, title};
use crate::charts::{self, SvgOptions};
use crate::{Annex, Error, Figure, Table};
use rust_xlsxwriter::{FormatAlign, FormatUnderline, Image, Url, Worksheet};

/// Width of the column of texts, in characters.
const TEXT: f64 = 100.0;
/// The alternative text of a picture may have so many units of UTF-16.
const ALT_MOST: usize = 255;

/// Title, sources and findings.
pub(super) fn cover(sheet: &mut Worksheet, annex: &Annex) -> Result<(), Error> {
    sheet.set_right_to_left(annex.language.is_rtl());
    sheet.set_name(annex.say("cover", &[]))?.set_screen_gridlines(false);
    sheet.set_column_width(0, TEXT)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_landscape();
    let wrapped = base().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_row_height(0, 24)?;
    sheet.write_string_with_format(0, 0, &annex.title, &title().set_font_size(16))?;
    let mut row = 1;
    let lines = [
        (annex.subtitle.as_deref().unwrap_or(""), base()),
        (&annex.period, base()),
        (annex.date.as_deref().unwrap_or(""), soft()),
        (&annex.source, soft()),
    ];
    for (text, format) in lines.into_iter().filter(|(text, _)| !text.is_empty()) {
        sheet.write_string_with_format(row, 0, text, &format.set_text_wrap())?;
        sheet.set_row_height(row, height(&[(text, TEXT)]))?;
        row += 1;
    }
    row += 1;
    for finding in &annex.findings {
        sheet.write_string_with_format(row, 0, finding, &wrapped)?;
        sheet.set_row_height(row, height(&[(finding, TEXT)]) + 4.0)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, annex.made_line(), &soft())?;
    Ok(())
}

/// What stands on which sheet, with links.
pub(super) fn contents(
    sheet: &mut Worksheet,
    annex: &Annex,
    tables: &[&Table],
    figures: &[&Figure],
) -> Result<(), Error> {
    sheet.set_right_to_left(annex.language.is_rtl());
    sheet.set_name(annex.say("contents", &[]))?.set_screen_gridlines(false);
    sheet.set_column_width(0, 12)?.set_column_width(1, TEXT)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_landscape();
    sheet.write_string_with_format(0, 0, annex.say("contents", &[]), &title())?;
    let link = base().set_underline(FormatUnderline::Single);
    let notes = annex.say("definitions-methods-notes", &[]);
    let entries = tables
        .iter()
        .map(|table| (name(annex, table), table.title.as_str()))
        .chain(figures.iter().map(|figure| (figure_name(annex, figure), figure.title.as_str())))
        .chain([(annex.say("notes", &[]), notes.as_str())]);
    for (row, (target, text)) in (2..).zip(entries) {
        let url = Url::new(format!("internal:'{target}'!A1")).set_text(&target);
        sheet.write_url_with_format(row, 0, &url, &link)?;
        sheet.write_string_with_format(row, 1, text, &base())?;
    }
    Ok(())
}

fn figure_name(annex: &Annex, figure: &Figure) -> String {
    annex.numbered("figure-number", figure.number)
}

/// A chart as a picture; what it shows stands in words under it.
pub(super) fn figure(sheet: &mut Worksheet, annex: &Annex, figure: &Figure) -> Result<(), Error> {
    let failed = |source: charts::Error| Error::Chart {
        number: figure.number,
        title: figure.title.clone(),
        source: Box::new(source),
    };
    let name = figure_name(annex, figure);
    sheet.set_right_to_left(annex.language.is_rtl());
    sheet.set_name(&name)?.set_screen_gridlines(false);
    sheet.set_column_width(0, TEXT)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let heading = annex.titled("figure-title", figure.number, &figure.title);
    sheet.write_string_with_format(0, 0, heading, &title())?;
    sheet.write_string_with_format(1, 0, &figure.subtitle, &soft())?;
    let words = base().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_string_with_format(2, 0, &figure.alt, &words)?;
    sheet.set_row_height(2, height(&[(&figure.alt, TEXT)]))?;
    sheet.write_string_with_format(3, 0, &figure.source, &soft())?;
    let svg = charts::svg(&figure.chart, &SvgOptions::default()).map_err(failed)?;
    let png = charts::png_with(&svg, 2.0, &annex.fonts).map_err(failed)?;
    let alt = if figure.alt.is_empty() { &figure.title } else { &figure.alt };
    let image = Image::new_from_buffer(&png)?
        .set_scale_width(0.5)
        .set_scale_height(0.5)
        .set_alt_text(shortened(alt));
    sheet.insert_image(5, 0, &image)?;
    Ok(())
}

/// The text, cut after a word where it is longer than a picture may have.
fn shortened(text: &str) -> String {
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    if units(text) <= ALT_MOST {
        return text.into();
    }
    let mut short = String::new();
    for word in text.split_inclusive(' ') {
        if units(&short) + units(word) >= ALT_MOST {
            break;
        }
        short.push_str(word);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_text_has_the_length_that_a_picture_may_have() {
        assert_eq!(shortened("Women 57, men 61."), "Women 57, men 61.");
        let short = shortened(&"nine points ".repeat(40));
        assert!(short.ends_with("points…") || short.ends_with("nine…"), "{short}");
        assert!(short.chars().count() <= ALT_MOST && short.chars().count() > 240);
    }
}
