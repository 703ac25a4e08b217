//! The annex as a PDF, typeset in this process.
//!
//! The document is tagged and keeps PDF/UA-1: title, language, bookmarks, headers of rows and columns,
//! and the alternative text of every chart. The fonts are built in or come with the annex; nothing is looked up on the
//! machine and no clock is read, so the same annex gives the same bytes. Every text reaches the
//! typesetter as data, never as markup.

mod content;
mod pages;

use crate::charts::is_simplified;
use crate::{Annex, Error};
use pages::Pages;
use std::sync::OnceLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_pdf::{PdfStandard, PdfStandards};

/// How the document is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfOptions {
    /// Language of the document, as in BCP 47.
    pub language: String,
    /// How many cells of tables are laid out, and remembered, at a time. More need more memory; with fewer, more
    /// tables begin on a page of their own and page numbers take longer to agree.
    pub part: usize,
}

impl Default for PdfOptions {
    fn default() -> PdfOptions {
        PdfOptions { language: "en".into(), part: 4_000 }
    }
}

/// The annex as the bytes of a PDF file.
///
/// # Errors
///
/// [`Error::Chart`] if a figure cannot be drawn; [`Error::Pdf`] if a text has a character that none
/// of the fonts has, or a font file is none.
pub fn pdf(annex: &Annex, options: &PdfOptions) -> Result<Vec<u8>, Error> {
    let mut fonts = built_in().to_vec();
    for (place, bytes) in annex.fonts.iter().enumerate() {
        let more: Vec<Font> = Font::iter(Bytes::new(bytes.to_vec())).collect();
        if more.is_empty() {
            return Err(Error::Pdf(format!("font file {} is no font", place + 1)));
        }
        let own = |font: &Font| is_simplified(&font.info().family);
        let only = more.iter().any(own);
        fonts.extend(more.into_iter().filter(|font| !only || own(font)));
    }
    let world = Desk::new(content::annex(annex, options, &fonts)?, fonts);
    let Pages(document) = typst::compile::<Pages>(&world).output.map_err(|e| failed(&e))?;
    // What typst remembers for setting the same document again is not needed any more.
    comemo::evict(0);
    drop(world);
    // Arabic faces set a letter and its dots as glyphs of their own, and PDF/UA-1 asks for the letter of
    // each: such a file is tagged all the same, and does not call itself PDF/UA.
    let standards: &[PdfStandard] = match annex.language.is_rtl() {
        true => &[PdfStandard::V_1_7],
        false => &[PdfStandard::V_1_7, PdfStandard::Ua_1],
    };
    let standards =
        PdfStandards::new(standards).map_err(|e| Error::Pdf(e.message().to_string()))?;
    let settings = typst_pdf::PdfOptions {
        ident: Smart::Custom(format!("{} {}", annex.study_id, annex.methods_hash)),
        creator: Smart::Custom(Some(format!("inclusion {}", annex.program_version))),
        standards,
        ..typst_pdf::PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &settings).map_err(|e| failed(&e));
    comemo::evict(0);
    bytes
}

fn failed(diagnostics: &[SourceDiagnostic]) -> Error {
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            let hints = diagnostic.hints.iter().map(|hint| format!("; {}", hint.v));
            std::iter::once(diagnostic.message.to_string()).chain(hints).collect()
        })
        .collect();
    Error::Pdf(texts.join(". "))
}

/// Noto Sans, as in the charts.
fn built_in() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    FONTS.get_or_init(|| {
        [notosans::REGULAR_TTF, notosans::BOLD_TTF]
            .into_iter()
            .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
            .collect()
    })
}

/// All that the typesetter can see: the template with its data, and the fonts.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

impl Desk {
    fn new(annex: Dict, fonts: Vec<Font>) -> Desk {
        let mut inputs = Dict::new();
        inputs.insert("annex".into(), Value::Dict(annex));
        let library = Library::builder()
            .with_inputs(inputs)
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Desk {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::detached(include_str!("pdf/annex.typ")),
        }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.template.id() {
            true => Ok(self.template.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
