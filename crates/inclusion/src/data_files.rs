//! Data files that a user names: whether they are there, before anything is read.
//!
//! A name that is not there is a mistake of the study, not of the data, so it is told like any other
//! wrong name: with its place, and with the nearest name in the same folder. So is an address, such as
//! `s3://bucket/key`, which no engine reads.

use crate::{Error, Study};
use inclusion_registry::{Place, nearest};
use std::collections::BTreeSet;
use std::path::Path;
use toml::Spanned;

/// Other files of a folder that a message lists.
const LISTED: usize = 5;

/// Checks that every data file of a study is there.
///
/// # Errors
///
/// [`Error::Study`] with the place of the first name that is no file, and with the nearest one.
pub fn check_files(study: &Study) -> Result<(), Error> {
    for survey in &study.file.surveys {
        for (role, names) in &survey.files {
            let names = names.list();
            if names.is_empty() {
                let message = format!("no file is named for `{}`", role.get_ref());
                return Err(Error::Study { place: study.place(role), message });
            }
            let mut known = BTreeSet::new();
            for name in names {
                let path = study.resolve(name);
                if study.frames.contains_key(&path) {
                    continue;
                }
                let twice = path.canonicalize().is_ok_and(|real| !known.insert(real));
                let message = match twice {
                    true => Some(format!("the file `{name}` is named twice")),
                    false => absent(&path, name),
                };
                if let Some(message) = message {
                    return Err(Error::Study { place: place(study, role, name), message });
                }
            }
        }
    }
    for series in &study.file.series {
        let names = series.file.get_ref().list();
        if names.is_empty() {
            let message = format!("no file is named for series `{}`", series.id);
            return Err(Error::Study { place: study.place(&series.file), message });
        }
        for name in names {
            if let Some(message) = absent(&study.resolve(name), name) {
                return Err(Error::Study { place: study.place(&series.file), message });
            }
        }
    }
    Ok(())
}

/// Checks that a file of the command line is there.
///
/// # Errors
///
/// [`Error::Usage`] with the nearest name of the same folder.
pub fn check_file(path: &Path) -> Result<(), Error> {
    match absent(path, &path.display().to_string()) {
        Some(message) => Err(Error::Usage(message)),
        None => Ok(()),
    }
}

/// The place where a file's name first stands after its role.
fn place(study: &Study, role: &Spanned<String>, name: &str) -> Place {
    let after = role.span().end;
    let text = study.text.get(after..).unwrap_or_default();
    let quoted = ['"', '\''].map(|mark| format!("{mark}{name}{mark}"));
    match quoted.iter().filter_map(|quoted| text.find(quoted)).min() {
        Some(at) if after > 0 => Place::at(&study.path, &study.text, after + at),
        _ => study.place(role),
    }
}

/// The name is an address and no path: `s3://bucket/key`.
fn is_address(name: &str) -> bool {
    let scheme = name.split_once("://").map_or("", |(scheme, _)| scheme);
    // One letter may be a drive.
    scheme.len() > 1 && scheme.bytes().all(|c| c.is_ascii_alphanumeric())
}

/// What to say of a path that is no file; nothing of one that is, or that may not be looked at.
fn absent(path: &Path, name: &str) -> Option<String> {
    if is_address(name) {
        return Some(format!(
            "`{name}` is an address, and files are read by their paths: copy it here or mount what it lies in, for a cluster \
             by the same path on all of its machines, and name that path"
        ));
    }
    match path.metadata() {
        Ok(meta) if meta.is_dir() => {
            let files = listed(&files_of(path));
            return Some(format!("`{name}` is a folder, not a file{files}"));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Ok(_) | Err(_) => return None,
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Some(format!("no file `{name}`: there is no folder `{}`", folder.display()));
    }
    let files = files_of(folder);
    let own = path.file_name().map(|own| own.to_string_lossy().into_owned()).unwrap_or_default();
    Some(match nearest(&own, files.iter().map(String::as_str)) {
        Some(near) => {
            // Written as the user wrote it, so that it can be copied.
            let near = Path::new(name).with_file_name(near);
            format!("no file `{name}`; did you mean `{}`?", near.display())
        }
        None => format!("no file `{name}` in the folder `{}`{}", folder.display(), listed(&files)),
    })
}

/// The names of a folder's files, sorted; hidden ones are left out.
fn files_of(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().filter(|entry| entry.path().is_file());
    let mut names: Vec<String> =
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort_unstable();
    names
}

fn listed(files: &[String]) -> String {
    match files {
        [] => "; it has no files".to_string(),
        _ => {
            let more = if files.len() > LISTED { ", …" } else { "" };
            let first: Vec<&str> = files.iter().take(LISTED).map(String::as_str).collect();
            format!("; it has `{}`{more}", first.join("`, `"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_is_told_from_a_path() {
        for name in ["s3://bucket/a b.parquet", "gs://bucket/key", "https://example.org/a.csv"] {
            assert!(is_address(name), "{name}");
        }
        for name in ["a.parquet", "/data/a.parquet", "C://a.parquet", "folder/s3://a", "://a"] {
            assert!(!is_address(name), "{name}");
        }
    }
}
