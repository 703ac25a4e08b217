//! Writing: into the output folder only, and each file whole or not at all.
//!
//! A list in the folder holds the names of the files written there, so that a later run can remove
//! what it no longer writes, and nothing else.

use crate::{Error, Study};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// The output folder of a study, made if it is not there.
///
/// # Errors
///
/// As [`check`]; [`Error::Write`] if it cannot be made.
pub fn folder(study: &Study) -> Result<PathBuf, Error> {
    let folder = check(study)?;
    std::fs::create_dir_all(&folder)
        .map_err(|source| Error::Write { path: folder.clone(), source })?;
    Ok(folder)
}

/// The output folder of a study; nothing is made.
///
/// # Errors
///
/// [`Error::Study`] if it lies outside the study's folder (also by a symbolic link) and the study
/// does not allow that, or if there is a file where a folder would be.
pub fn check(study: &Study) -> Result<PathBuf, Error> {
    let spec = &study.file.output;
    let name = Path::new(spec.folder.get_ref());
    let outside = |why: &str| Error::Study {
        place: study.place(&spec.folder),
        message: format!(
            "output path `{}` is outside the output folder's place, the folder of the study ({why}); choose one inside it, or set `allow_outside = true`",
            name.display()
        ),
    };
    if !spec.allow_outside {
        if name.is_absolute() {
            return Err(outside("it is an absolute path"));
        }
        if name.components().any(|part| part == Component::ParentDir) {
            return Err(outside("it goes up with `..`"));
        }
    }
    let folder = study.resolve(name);
    let failed = |source| Error::Read { path: folder.clone(), source };
    // The nearest part that exists decides where a link would lead, before anything is made.
    if !spec.allow_outside {
        let home = study.folder().canonicalize().map_err(failed)?;
        let real = folder.ancestors().find_map(|part| part.canonicalize().ok());
        if real.is_none_or(|real| !real.starts_with(&home)) {
            return Err(outside("a symbolic link leads out of it"));
        }
    }
    match folder.ancestors().find(|part| part.exists()) {
        Some(there) if !there.is_dir() => Err(Error::Study {
            place: study.place(&spec.folder),
            message: format!(
                "output path `{}`: {} is a file, where a folder would have to be; remove the file, or choose \
                 another folder",
                name.display(),
                there.display()
            ),
        }),
        _ => Ok(folder),
    }
}

/// The font files in the folder of fonts that a study names, in the order of their names.
///
/// # Errors
///
/// [`Error::Study`] if there is no such folder, or no font file in it.
pub fn fonts(study: &Study) -> Result<Vec<PathBuf>, Error> {
    let Some(name) = &study.file.output.fonts else { return Ok(Vec::new()) };
    let wrong = |message: String| Error::Study { place: study.place(name), message };
    let folder = study.resolve(Path::new(name.get_ref()));
    let entries = std::fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(|error| {
            wrong(format!(
                "the folder of fonts `{}` cannot be read: {error}; correct the path or leave out `fonts`",
                name.get_ref()
            ))
        });
    let mut fonts: Vec<PathBuf> = entries?;
    fonts.retain(|path| {
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| ["ttf", "otf", "ttc", "otc"].iter().any(|font| ending == *font))
    });
    fonts.sort();
    match fonts.is_empty() {
        true => Err(wrong(
            "the folder of fonts has no font file (.ttf, .otf, .ttc); put one there or leave out `fonts`"
                .into(),
        )),
        false => Ok(fonts),
    }
}

/// Writes a file whole: first under a temporary name beside it, then renamed.
///
/// # Errors
///
/// [`Error::Write`]; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    prepared(path, bytes)?.rename()
}

/// A file that is written and not yet there: all files of an output take their names once each is whole.
///
/// # Errors
///
/// [`Error::Write`].
pub(crate) fn prepared(path: &Path, bytes: &[u8]) -> Result<Unfinished, Error> {
    let (unfinished, mut file) = Unfinished::new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|source| Error::Write { path: path.to_path_buf(), source })?;
    Ok(unfinished)
}

/// Checks that writing here would not destroy data that the study reads.
///
/// # Errors
///
/// [`Error::Usage`] if it is the study file or one of its data files, whatever they are called here.
pub fn not_an_input(study: &Study, path: &Path) -> Result<(), Error> {
    let Ok(real) = path.canonicalize() else { return Ok(()) };
    let surveys = study.file.surveys.iter().flat_map(|survey| survey.files.values());
    let series = study.file.series.iter().map(|series| series.file.get_ref());
    let mut inputs: Vec<PathBuf> = surveys
        .chain(series)
        .flat_map(|names| names.list())
        .map(|name| study.resolve(Path::new(name)))
        .collect();
    inputs.push(study.path.clone());
    match inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == real)) {
        true => Err(Error::Usage(format!(
            "`{}` is a file that the study reads, and writing there would destroy it; choose another name",
            path.display()
        ))),
        false => Ok(()),
    }
}

/// A file that stands under a temporary name until it is whole; dropped before, it is removed.
pub(crate) struct Unfinished {
    path: PathBuf,
    part: PathBuf,
}

impl Unfinished {
    /// Makes the file under its temporary name.
    pub(crate) fn new(path: &Path) -> Result<(Unfinished, File), Error> {
        let failed = |source| Error::Write { path: path.to_path_buf(), source };
        if path.symlink_metadata().is_ok_and(|meta| meta.file_type().is_symlink()) {
            return Err(failed(std::io::Error::other("it is a symbolic link; remove it first")));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let what = format!("there is no folder {}; make it, or name another", folder.display());
            return Err(failed(std::io::Error::other(what)));
        }
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = path.with_file_name(name);
        let file = File::create(&part).map_err(failed)?;
        Ok((Unfinished { path: path.to_path_buf(), part }, file))
    }

    /// Gives the written file its name.
    pub(crate) fn finish(self, file: &File) -> Result<(), Error> {
        file.sync_all().map_err(|source| Error::Write { path: self.path.clone(), source })?;
        self.rename()
    }

    /// The same of one that is on disk already.
    pub(crate) fn rename(self) -> Result<(), Error> {
        std::fs::rename(&self.part, &self.path)
            .map_err(|source| Error::Write { path: self.path.clone(), source })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After it was renamed there is nothing to remove.
        let _ = std::fs::remove_file(&self.part);
    }
}

/// The list of files written.
const LIST: &str = ".inclusion-files";
const HEAD: &str =
    "# Files that inclusion wrote here. A later run removes those it no longer writes.";

/// The files that an earlier run wrote into a folder, by name.
///
/// # Errors
///
/// [`Error::Read`] if there is a list that cannot be read.
pub fn listed(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let path = folder.join(LIST);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let names = text.lines().filter(|line| !line.starts_with('#'));
            Ok(names.filter(|name| is_plain(name)).map(str::to_string).collect())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(source) => Err(Error::Read { path, source }),
    }
}

/// Writes the list of files.
///
/// # Errors
///
/// As [`write`].
pub fn list<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut text = format!("{HEAD}\n");
    for name in names.collect::<BTreeSet<_>>() {
        text.push_str(name);
        text.push('\n');
    }
    write(&folder.join(LIST), text.as_bytes())
}

/// Removes a listed file and gives its path; nothing if it is no longer there or is no plain file.
///
/// # Errors
///
/// [`Error::Write`] if it is there and cannot be removed.
pub fn remove(folder: &Path, name: &str) -> Result<Option<PathBuf>, Error> {
    let path = folder.join(name);
    if !is_plain(name) || !path.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
        return Ok(None);
    }
    match std::fs::remove_file(&path) {
        Ok(()) => Ok(Some(path)),
        Err(source) => Err(Error::Write { path, source }),
    }
}

/// A name in the folder itself. A list edited by hand reaches nothing else.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && name != LIST
}
