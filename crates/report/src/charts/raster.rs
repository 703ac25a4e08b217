//! A chart's SVG as a PNG, with the built-in Noto Sans: the same picture on every machine. Scripts that
//! Noto Sans does not have need font files of the caller.

use super::Error;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use std::sync::{Arc, OnceLock};

/// The largest picture, in pixels: 64 megapixels take 256 MB while they are drawn.
const LARGEST: f64 = 64e6;

fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut fonts = fontdb::Database::new();
            fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
            fonts.load_font_data(notosans::BOLD_TTF.to_vec());
            fonts.set_sans_serif_family("Noto Sans");
            Arc::new(fonts)
        })
        .clone()
}

/// Font files for scripts that Noto Sans does not have, in order of preference.
pub type Fonts = Vec<Arc<Vec<u8>>>;

/// Rasterises a chart made by [`super::svg`] in Latin, Greek or Cyrillic letters, as [`png_with`].
///
/// # Errors
///
/// As [`png_with`].
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, Error> {
    png_with(svg, scale, &Fonts::new())
}

/// Rasterises a chart made by [`super::svg`]; `scale` 1 gives 680 pixels of width, 2 is for print.
///
/// # Errors
///
/// [`Error::Raster`] if the text is not an SVG document, or the scale is not above zero or gives a
/// picture of more than 64 megapixels.
pub fn png_with(svg: &str, scale: f32, more: &Fonts) -> Result<Vec<u8>, Error> {
    let mut fonts = fonts();
    for font in more {
        load(Arc::make_mut(&mut fonts), font);
    }
    let options = usvg::Options {
        fontdb: fonts,
        font_family: "Noto Sans".into(),
        // A picture inside a chart would be a reference to something outside it.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        font_resolver: usvg::FontResolver {
            select_fallback: of_its_weight(),
            ..usvg::FontResolver::default()
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&without_variables(svg), &options)
        .map_err(|e| Error::Raster(e.to_string()))?;
    let size = tree.size();
    let (wide, high) = ((size.width() * scale).round(), (size.height() * scale).round());
    if !(scale.is_finite()
        && wide >= 1.0
        && high >= 1.0
        && f64::from(wide) * f64::from(high) <= LARGEST)
    {
        return Err(Error::Raster(format!(
            "scale {scale} gives no picture of at most 64 megapixels"
        )));
    }
    let mut pixels = Pixmap::new(wide as u32, high as u32)
        .ok_or_else(|| Error::Raster(format!("no room for {wide} × {high} pixels")))?;
    let fit = Transform::from_scale(wide / size.width(), high / size.height());
    resvg::render(&tree, fit, &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| Error::Raster(e.to_string()))
}

/// Adds the faces of a font file.
fn load(fonts: &mut fontdb::Database, file: &Arc<Vec<u8>>) {
    let loaded = fonts.load_font_source(fontdb::Source::Binary(file.clone()));
    let is_own = |fonts: &fontdb::Database, id| {
        fonts.face(id).is_some_and(|face| face.families.iter().any(|(own, _)| is_simplified(own)))
    };
    if loaded.iter().any(|id| is_own(fonts, *id)) {
        for id in loaded {
            if !is_own(fonts, id) {
                fonts.remove_face(id);
            }
        }
    }
}

/// Whether a face of a collection has the letters as simplified Chinese writes them. Collections have those of
/// Japanese first, which differ in many letters and signs.
pub(crate) fn is_simplified(family: &str) -> bool {
    family.ends_with(" SC")
}

/// The library takes the first face that has a letter, of whatever weight: here one of the text's weight goes first.
fn of_its_weight() -> usvg::FallbackSelectionFn<'static> {
    let any = usvg::FontResolver::default_fallback_selector();
    Box::new(move |letter, used, fonts| {
        let weight = fonts.face(*used.first()?)?.weight;
        let mut passed = used.to_vec();
        let mut first = None;
        while let Some(found) = any(letter, &passed, fonts) {
            if fonts.face(found)?.weight == weight {
                return Some(found);
            }
            first = first.or(Some(found));
            passed.push(found);
        }
        first
    })
}

/// A page's CSS variables by the colours that stand in for them: a picture has no page.
fn without_variables(svg: &str) -> String {
    let mut plain = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, from)) = rest.split_once("\"var(--") {
        plain.push_str(before);
        plain.push('"');
        match from.split_once(',').and_then(|(_, colour)| colour.split_once(")\"")) {
            Some((colour, after)) => {
                plain.push_str(colour);
                plain.push('"');
                rest = after;
            }
            None => {
                plain.push_str("var(--");
                rest = from;
            }
        }
    }
    plain.push_str(rest);
    plain
}
