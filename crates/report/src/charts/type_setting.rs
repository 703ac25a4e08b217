//! How wide a text is, and how it is broken or cut to fit.
//!
//! Widths are those of Noto Sans, the first family every chart names, so that what is measured is
//! what a rasteriser with that font draws. A reader's own sans serif may be a little wider; the
//! columns leave room for that.

use plotters::style::{FontFamily, FontStyle, register_font};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The families of every text, in order of preference.
pub(super) const FAMILY: &str = "Noto Sans, sans-serif";

/// Ascender minus descender of Noto Sans in ems: plotters sizes a font by its height, SVG by its em.
const HEIGHT_PER_EM: f64 = 1.362;

/// Measured at this size and scaled down, because plotters gives whole pixels.
const MEASURED_EM: f64 = 1000.0;

/// Makes Noto Sans known to plotters; false if the font files are not fonts.
pub(super) fn fonts_ready() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        [FAMILY, "Noto Sans", "sans-serif"].into_iter().all(|family| {
            register_font(family, FontStyle::Normal, notosans::REGULAR_TTF).is_ok()
                && register_font(family, FontStyle::Bold, notosans::BOLD_TTF).is_ok()
        })
    })
}

/// Width of a text in px at a font size in px.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    // Before the font is asked for: what is not registered then stays unknown to that request.
    if text.is_empty() || !fonts_ready() {
        return fallback(text, size);
    }
    let squares = text.chars().filter(|c| is_square(*c)).count();
    if squares > 0 {
        let others: String = text.chars().filter(|c| !is_square(*c)).collect();
        return size * squares as f64 + width(&others, size, bold);
    }
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = plotters::style::FontDesc::new(
        FontFamily::Name(FAMILY),
        MEASURED_EM * HEIGHT_PER_EM,
        style,
    );
    match font.box_size(text) {
        // plotters cuts off the fraction; one more keeps sums of words on the safe side.
        Ok((wide, _)) => (f64::from(wide) + 1.0) * size / MEASURED_EM,
        Err(_) => fallback(text, size),
    }
}

/// Chinese letters and signs are as wide as they are high; Noto Sans does not have them.
fn is_square(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// A Chinese sign that begins no line.
fn ends(c: char) -> bool {
    "，。；：、）》”！？％".contains(c)
}

/// A Chinese sign that ends no line.
fn begins(c: char) -> bool {
    "（《“".contains(c)
}

/// The pieces of a text that no line divides: what stands between blanks, no-break spaces being none.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let blank = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}');
    text.split(blank).filter(|word| !word.is_empty())
}

/// The pieces of a word that no line divides: Chinese may be broken beside each letter, but not before a
/// sign that ends something, after one that begins something, or inside a number or a Latin word.
pub(crate) fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in word.char_indices() {
        if let Some(last) = last
            && (is_square(last) || is_square(c))
            && !begins(last)
            && !ends(c)
        {
            pieces.push(&word[start..at]);
            start = at;
        }
        last = Some(c);
    }
    pieces.push(&word[start..]);
    pieces
}

/// The mean width of a Latin letter, on the safe side.
fn fallback(text: &str, size: f64) -> f64 {
    0.6 * size * text.chars().count() as f64
}

/// One line without control characters: XML cannot hold them, and a line break in a label would
/// end up as a blank anyway.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if allowed(c) { c } else { ' ' }).collect();
    words(&visible).collect::<Vec<_>>().join(" ")
}

/// Whether XML 1.0 can hold the character and it cannot reorder its neighbours unseen.
pub(crate) fn allowed(c: char) -> bool {
    let directional = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !directional && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The text, cut with an ellipsis if it is wider than the room: after a word, unless that would leave less
/// than half of what has room.
pub(crate) fn cut(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let shorter = |end: usize| format!("{}…", text[..end].trim_end());
    let fitting = ends.partition_point(|end| width(&shorter(*end), size, bold) <= room);
    let Some(end) = ends[..fitting].last().copied() else { return "…".to_owned() };
    let word = if text[end..].starts_with(' ') { Some(end) } else { text[..end].rfind(' ') };
    shorter(word.filter(|word| 2 * word >= end).unwrap_or(end))
}

/// Labels that would be cut to the same text, cut inside instead: what tells them apart may stand at their end, as in
/// "China, Hong Kong SAR" in other languages. The room is that of the label at a place.
pub(super) fn apart(
    labels: &[String],
    size: f64,
    bold: bool,
    room: impl Fn(usize) -> f64,
) -> Vec<String> {
    let cuts: Vec<String> = (labels.iter().enumerate())
        .map(|(place, label)| cut(label, size, bold, room(place)))
        .collect();
    let mut found: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (cut, label) in cuts.iter().zip(labels) {
        found.entry(cut).or_default().insert(label);
    }
    let inside = |place: usize| match found[cuts[place].as_str()].len() {
        1 => cuts[place].clone(),
        _ => cut_inside(&labels[place], size, bold, room(place)),
    };
    (0..labels.len()).map(inside).collect()
}

/// The text without what stands between its beginning and its last words, if it is wider than the room.
fn cut_inside(text: &str, size: f64, bold: bool, room: f64) -> String {
    let most = 0.6 * room;
    let starts = text.char_indices().filter(|(at, _)| *at > 0).map(|(at, _)| at);
    let fits = |at: &usize| width(&text[*at..], size, bold) <= most;
    let tails: Vec<usize> = starts.filter(fits).collect();
    let is_word = |at: &&usize| text[..**at].ends_with(' ');
    let Some(at) = tails.iter().find(is_word).or(tails.first()).copied() else {
        return cut(text, size, bold, room);
    };
    let tail = &text[at..];
    let rest = room - width(&format!(" {tail}"), size, bold);
    let head = cut(&text[..at], size, bold, rest);
    format!("{}… {tail}", head.trim_end_matches([',', '，', '…', ' ']))
}

/// The text in lines no wider than the room, broken at blanks and between Chinese letters; what is wider is
/// broken inside.
pub(super) fn wrap(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let blank = width(" ", size, bold);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut filled = 0.0;
    for word in words(text) {
        for (place, piece) in pieces(word).into_iter().enumerate() {
            let wide = width(piece, size, bold);
            let before = if place == 0 && !line.is_empty() { blank } else { 0.0 };
            if filled + before + wide <= room {
                if before > 0.0 {
                    line.push(' ');
                }
                line.push_str(piece);
                filled += before + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            filled = 0.0;
            if wide <= room {
                line.push_str(piece);
                filled = wide;
                continue;
            }
            for c in piece.chars() {
                let wide = width(c.encode_utf8(&mut [0; 4]), size, bold);
                if !line.is_empty() && filled + wide > room && !ends(c) {
                    lines.push(std::mem::take(&mut line));
                    filled = 0.0;
                }
                line.push(c);
                filled += wide;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text in as few lines as [`wrap`] makes, all about equally long: a title that ends in a line
/// of one word looks like a mistake.
pub(super) fn balanced(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = wrap(text, size, bold, room);
    let (mut narrow, mut wide) = (0.5 * room, room);
    for _ in 0..8 {
        let middle = 0.5 * (narrow + wide);
        let tried = wrap(text, size, bold, middle);
        if tried.len() <= lines.len() {
            (wide, lines) = (middle, tried);
        } else {
            narrow = middle;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_of_noto_sans_is_572_thousandths_of_an_em_wide() {
        assert!((width("0000000000", 10.0, false) - 57.2).abs() < 0.05);
    }

    #[test]
    fn lines_hold_all_words_and_fit_the_room() {
        let text = "Women use the internet less than men in 14 of 17 areas, by 12.4 points at most";
        let lines = wrap(text, 16.0, true, 200.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| width(line, 16.0, true) <= 200.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_balanced_text_has_no_more_lines_and_no_short_last_line() {
        let text = "Women are less likely than men to use the Internet in both groups by urban or rural \
                    area (Tamoria, 2024); the gap is largest in Rural, 10.4 points (8.7–12.1)";
        let greedy = wrap(text, 17.0, true, 640.0);
        let even = balanced(text, 17.0, true, 640.0);
        assert_eq!(even.len(), greedy.len());
        assert_eq!(even.join(" "), text);
        let shortest = |lines: &[String]| {
            lines.iter().map(|line| width(line, 17.0, true)).fold(f64::MAX, f64::min)
        };
        assert!(shortest(&even) > shortest(&greedy));
        assert!(even.iter().all(|line| width(line, 17.0, true) <= 640.0));
    }

    #[test]
    fn chinese_is_broken_between_letters_and_never_in_a_number_or_before_its_stop() {
        let text = "女性使用互联网的可能性低于男性（Tamoria，2024）；差距最大的是“农村地区”，10.4个百分点（8.7–12.1）。";
        for room in 110..240 {
            let lines = wrap(text, 13.0, false, f64::from(room));
            assert_eq!(lines.concat(), text);
            for line in &lines {
                assert!(!line.starts_with(ends) && !line.ends_with(begins), "{room}: {lines:?}");
            }
            for whole in ["Tamoria", "2024", "10.4", "8.7–12.1"] {
                assert!(lines.iter().any(|line| line.contains(whole)), "{room}: {lines:?}");
            }
        }
        assert_eq!(wrap("图 女性和男性", 10.0, false, 40.0), ["图 女性", "和男性"]);
    }

    #[test]
    fn a_no_break_space_breaks_no_line() {
        let text = "1\u{a0}234 personnes\u{a0}: 46,7\u{202f}%";
        assert_eq!(one_line(text), text);
        let lines = wrap(text, 13.0, false, 90.0);
        assert!(lines[0] == "1\u{a0}234" && lines.last().unwrap() == "46,7\u{202f}%", "{lines:?}");
    }

    #[test]
    fn a_word_wider_than_the_room_is_broken_inside() {
        let word = "Donaudampfschifffahrtsgesellschaft".repeat(3);
        let lines = wrap(&word, 13.0, false, 120.0);
        assert!(lines.iter().all(|line| width(line, 13.0, false) <= 120.0));
        assert_eq!(lines.concat(), word);
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis_and_fits() {
        let long = "Northern and north-eastern highlands without the coastal districts";
        let short = cut(long, 13.0, false, 150.0);
        assert!(short.ends_with('…') && width(&short, 13.0, false) <= 150.0);
        assert_eq!(cut("Rural", 13.0, false, 150.0), "Rural");
        // After a word, where there is one.
        assert!(long.starts_with(&format!("{} ", short.trim_end_matches('…'))), "{short}");
        let word = "Donaudampfschifffahrtsgesellschaft in Wien";
        assert!(width(&cut(word, 13.0, false, 150.0), 13.0, false) > 100.0);
    }

    #[test]
    fn labels_that_would_be_cut_to_one_text_keep_their_ends() {
        let of = |end: &str| format!("Chine, région administrative spéciale de {end}");
        let labels = [of("Hong Kong"), of("Macao"), "Bolivie (État plurinational de)".to_string()];
        let cuts = apart(&labels, 13.0, false, |place| 150.0 - place as f64);
        assert_eq!(cuts[..2], ["Chine… de Hong Kong", "Chine, régio… de Macao"]);
        assert_eq!(cuts[2], cut(&labels[2], 13.0, false, 148.0));
        assert!(cuts.iter().all(|cut| width(cut, 13.0, false) <= 150.0), "{cuts:?}");
        // One text may stand in several rows.
        let twice = [labels[2].clone(), labels[2].clone()];
        assert_eq!(apart(&twice, 13.0, false, |_| 150.0), [cuts[2].clone(), cuts[2].clone()]);
        // Without a blank a label is cut inside all the same.
        let words = [
            "北京市朝阳区以外的居民中的女性".repeat(2),
            "北京市朝阳区以外的居民中的男性".repeat(2),
        ];
        let cuts = apart(&words, 13.0, false, |_| 120.0);
        assert!(cuts[0] != cuts[1] && cuts[0].ends_with("女性") && cuts[1].ends_with("男性"));
        assert!(cuts.iter().all(|cut| width(cut, 13.0, false) <= 120.0), "{cuts:?}");
    }

    #[test]
    fn control_characters_and_line_breaks_become_blanks() {
        assert_eq!(one_line(" a\u{0}b\nc\u{202E}d\u{FFFF} "), "a b c d");
    }
}
