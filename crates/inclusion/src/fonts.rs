//! Font files for scripts that Noto Sans does not have: those of the study, the built-in one of Arabic
//! letters, or those of the system.
//!
//! Noto Sans has Latin, Greek and Cyrillic letters. Fonts of Chinese letters are looked for by the names of
//! their files, the first of the list first, so that one machine always takes the same.

use crate::study::Format;
use crate::{Error, Study, output};
use inclusion_language::Language;
use inclusion_report::Annex;
use inclusion_report::charts::Fonts;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Noto Sans Arabic, which is built in.
const ARABIC: [&[u8]; 2] = [
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
];

/// Font files with Chinese letters in order of preference; a regular face may have a bold one after it.
const CHINESE: [&[&str]; 10] = [
    &["NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"],
    &["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"],
    &["NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"],
    &["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"],
    &["SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"],
    &["msyh.ttc", "msyhbd.ttc"],
    &["Hiragino Sans GB.ttc"],
    &["wqy-microhei.ttc"],
    &["wqy-zenhei.ttc"],
    &["DroidSansFallbackFull.ttf"],
];

/// Folders of fonts below the root or the home of a user.
const FOLDERS: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
    "~/.local/share/fonts",
];

/// The fonts in the folder that a study names.
///
/// # Errors
///
/// As [`output::fonts`]; [`Error::Read`] if one cannot be read.
pub fn of_study(study: &Study) -> Result<Fonts, Error> {
    output::fonts(study)?.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<Arc<Vec<u8>>, Error> {
    std::fs::read(path)
        .map(Arc::new)
        .map_err(|source| Error::Read { path: path.to_path_buf(), source })
}

/// Adds the fonts that an annex in its language needs in its formats beside those of the study: those of
/// Arabic letters, or, unless the study names fonts of its own, those of Chinese letters of the system.
///
/// # Errors
///
/// [`Error::NoFont`] if there is none.
pub fn complete(document: &mut Annex, formats: &[Format]) -> Result<(), Error> {
    let drawn = [Format::Pdf, Format::Docx, Format::Xlsx, Format::Png];
    if !formats.iter().any(|format| drawn.contains(format)) {
        return Ok(());
    }
    match document.language {
        Language::Ar => document.fonts.extend(ARABIC.map(|face| Arc::new(face.to_vec()))),
        Language::Zh if document.fonts.is_empty() => {
            let found = of_system();
            if found.is_empty() {
                return Err(Error::NoFont);
            }
            for path in found {
                document.fonts.push(read(&path)?);
            }
        }
        Language::Zh | Language::En | Language::Fr | Language::Es | Language::Ru => {}
    }
    Ok(())
}

/// The files of the first face with Chinese letters that is there.
fn of_system() -> Vec<PathBuf> {
    let mut there = Vec::new();
    for folder in FOLDERS {
        match (folder.strip_prefix("~/"), std::env::home_dir()) {
            (None, _) => files(Path::new(folder), 4, &mut there),
            (Some(below), Some(home)) => files(&home.join(below), 4, &mut there),
            (Some(_), None) => {}
        }
    }
    there.sort();
    let find = |name: &&str| {
        there.iter().find(|path| path.file_name().is_some_and(|own| own == *name)).cloned()
    };
    let faces = CHINESE.iter().map(|faces| faces.iter().filter_map(find).collect::<Vec<_>>());
    faces.into_iter().find(|faces| !faces.is_empty()).unwrap_or_default()
}

/// The files of a folder and those below it, so many levels deep; folders that cannot be read have none.
fn files(folder: &Path, levels: u8, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        match path.is_dir() {
            true if levels > 0 => files(&path, levels - 1, found),
            true => {}
            false => found.push(path),
        }
    }
}
