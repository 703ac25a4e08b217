//! From what plotters wrote to the document that is handed out: accessible root, colours, baselines.
//!
//! Replacements touch attributes only. A label cannot be mistaken for one: in the text of an
//! element plotters writes every quotation mark as an entity, and all patterns here contain one.

use super::canvas::{Role, UNITS};
use super::type_setting::one_line;
use super::{ChartText, SvgOptions, Theme};
use std::borrow::Cow;

/// CSS name, light and dark colour.
pub(super) fn colours(role: Role) -> (&'static str, &'static str, &'static str) {
    match role {
        Role::Women => ("women", "#4B2E9E", "#B79AF0"),
        Role::Men => ("men", "#B36A00", "#F2A65A"),
        Role::Both => ("both", "#4A5560", "#B8C0C8"),
        Role::Parity => ("parity", "#14181D", "#F4F6F8"),
        Role::Ink => ("ink", "#14181D", "#F4F6F8"),
        Role::SoftInk => ("soft-ink", "#5B6670", "#A9B3BC"),
        Role::Hairline => ("hairline", "#D7DCE0", "#3A434B"),
        Role::Paper => ("paper", "#FFFFFF", "#14181D"),
        // Even in CIE lightness from #EEE9F8 to #4B2E9E, reversed on dark paper.
        Role::Sequence1 => ("sequence-1", "#EEE9F8", "#4B2E9E"),
        Role::Sequence2 => ("sequence-2", "#C7B8E2", "#785AB5"),
        Role::Sequence3 => ("sequence-3", "#A088CB", "#A088CB"),
        Role::Sequence4 => ("sequence-4", "#785AB5", "#C7B8E2"),
        Role::Sequence5 => ("sequence-5", "#4B2E9E", "#EEE9F8"),
        // Even in CIE lightness from the neutral middle to the men's colour.
        Role::Amber1 => ("amber-1", "#EACEB3", "#68574C"),
        Role::Amber2 => ("amber-2", "#DCAB7C", "#957051"),
        Role::Amber3 => ("amber-3", "#C98A46", "#C38B56"),
        Role::Amber4 => ("amber-4", "#B36A00", "#F2A65A"),
        Role::Neutral => ("neutral", "#F4F1EC", "#3A3F45"),
        Role::OnMiddle => ("on-middle", "#14181D", "#14181D"),
    }
}

/// Completes a painted scene. `height` and `width` are in px.
pub(super) fn finish(
    painted: &str,
    size: (f64, f64),
    text: &ChartText,
    options: &SvgOptions,
) -> String {
    let prefix: String = options
        .id_prefix
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let (width, height) = size;
    let (units_wide, units_high) = ((width * UNITS).round(), (height * UNITS).round());
    // Anchors of texts are those of the drawing, also in a page that runs from right to left.
    let direction =
        if text.words.language.is_rtl() { " direction=\"ltr\"" } else { Default::default() };
    let title = escape(&one_line(&text.title));
    let alt = escape(&one_line(&text.alt));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\"{direction} \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {units_wide} {units_high}\">\n\
         <title id=\"{prefix}-title\">{title}</title>\n<desc id=\"{prefix}-desc\">{alt}</desc>\n"
    );
    let body = painted.split_once(">\n").map_or(painted, |(_root, body)| body);
    let mut body = body
        .replace(" dy=\"0.5ex\"", "")
        .replace(" opacity=\"1\"", "")
        .replace(" text-anchor=\"start\"", "")
        .replace(" stroke-width=\"0\"", "")
        .replace(" stroke=\"none\"", "")
        .replace(" \"/>", "\"/>")
        .replace("\n</text>", "</text>");
    for role in Role::ALL {
        let (name, light, dark) = colours(role);
        let colour = match options.theme {
            Theme::Light => format!("\"{light}\""),
            Theme::Dark => format!("\"{dark}\""),
            Theme::Page => format!("\"var(--{name},{light})\""),
        };
        body = body.replace(&format!("\"{}\"", role.placeholder()), &colour);
    }
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some((style, points)) = polyline(line) {
            let mut moves = vec![points];
            while let Some((_, points)) =
                lines.peek().and_then(|next| polyline(next)).filter(|(own, _)| *own == style)
            {
                moves.push(points);
                lines.next();
            }
            draw(&mut svg, style, &moves);
            continue;
        }
        if line.starts_with('<') {
            svg.push_str(&whole_font_size(line));
        } else {
            svg.push_str(&by_script(line));
        }
        // A text's words follow its tag on the next line; a blank there would be drawn by viewers
        // that keep white space.
        if !line.starts_with("<text ") || line.ends_with("</text>") {
            svg.push('\n');
        }
    }
    svg
}

/// Lines of one style that are so many are one element: those of a map are a thousand, and readers keep each
/// with all its attributes.
const MANY: usize = 32;

/// Style and points of a line.
fn polyline(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("<polyline ")?.strip_suffix("\"/>")?.split_once("points=\"")
}

/// Lines that follow one another, of one style.
fn draw(svg: &mut String, style: &str, lines: &[&str]) {
    if lines.len() < MANY {
        for points in lines {
            svg.push_str(&format!("<polyline {style}points=\"{points}\"/>\n"));
        }
        return;
    }
    svg.push_str(&format!("<path {style}d=\""));
    for points in lines {
        let whole = |point: &str| {
            let (x, y) = point.split_once(',')?;
            Some((x.parse::<i64>().ok()?, y.parse::<i64>().ok()?))
        };
        let mut last = None;
        for (x, y) in points.split(' ').filter_map(whole) {
            match last {
                None => svg.push_str(&format!("M{x} {y}l")),
                Some((from_x, from_y)) => svg.push_str(&format!("{} {} ", x - from_x, y - from_y)),
            }
            last = Some((x, y));
        }
        svg.truncate(svg.trim_end().len());
    }
    svg.push_str("\"/>\n");
}

/// Width and height of a finished chart, in px.
pub(crate) fn size(svg: &str) -> (f64, f64) {
    let root = svg.split_once('>').map_or(svg, |(root, _)| root);
    let of = |name: &str| {
        let value = root.split_once(name)?.1.split('"').next()?;
        value.parse::<f64>().ok().filter(|length| *length > 0.0)
    };
    (of(" width=\"").unwrap_or(680.0), of(" height=\"").unwrap_or(680.0))
}

/// plotters multiplies and divides font sizes and may leave a tail of noughts and a one.
fn whole_font_size(line: &str) -> Cow<'_, str> {
    const ATTRIBUTE: &str = " font-size=\"";
    let Some((before, rest)) = line.split_once(ATTRIBUTE) else { return line.into() };
    match rest.split_once('"').map(|(size, after)| (size.parse::<f64>(), after)) {
        Some((Ok(size), after)) => format!("{before}{ATTRIBUTE}{}\"{after}", size.round()).into(),
        _ => line.into(),
    }
}

/// Families of Arabic letters, in order of preference.
const ARABIC: &str = "Noto Sans Arabic, Noto Naskh Arabic, DejaVu Sans, Arial, sans-serif";

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// The text of an element with Arabic words in their own face: a rasteriser takes another face for a
/// text as a whole, and not where its words are of two scripts. The first element is Arabic, since a
/// rasteriser takes the clusters of letters from it.
fn by_script(text: &str) -> Cow<'_, str> {
    if !text.contains(is_arabic) {
        return text.into();
    }
    let mut out = format!("<tspan font-family=\"{ARABIC}\">");
    let mut arabic = true;
    for c in text.chars() {
        // Blanks and marks of direction go with the word before them, digits and signs with Latin.
        let other = !c.is_whitespace() && !"\u{202b}\u{202c}".contains(c);
        if is_arabic(c) != arabic && (is_arabic(c) || other) {
            arabic = !arabic;
            match arabic {
                true => out.push_str(&format!("<tspan font-family=\"{ARABIC}\">")),
                false => out.push_str("</tspan>"),
            }
        }
        out.push(c);
    }
    out.into()
}

/// Text for the inside of an element.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}
