//! Data files that a user names: whether they are there, before anything is read.
//!
//! A name that is not there is a mistake of the study, not of the data, so it is told like any other
//! wrong name: with its place, and with the nearest name in the same folder.
//!
//! A name such as `s3://bucket/key` is of an object store. Only a cluster reads there, so that everywhere
//! else it is a mistake, too.

use crate::{Engine, Error, Study};
use inclusion_registry::{Place, nearest};
use std::collections::BTreeSet;
use std::path::Path;
use toml::Spanned;

/// Other files of a folder that a message lists.
const LISTED: usize = 5;

/// The scheme of a name that is an address and no path: `s3` of `s3://bucket/key`.
pub(crate) fn scheme(path: &Path) -> Option<&str> {
    let (scheme, _) = path.to_str()?.split_once("://")?;
    // One letter may be a drive.
    let plain = scheme.len() > 1 && scheme.bytes().all(|c| c.is_ascii_alphanumeric());
    plain.then_some(scheme)
}

/// What to say of an address where files are read.
fn elsewhere(name: &str, scheme: &str) -> String {
    match scheme {
        "s3" => format!(
            "`{name}` is in an object store, which only a cluster reads: add `--engine ballista --scheduler HOST:PORT`, or copy the file to this machine and name its path"
        ),
        _ => format!(
            "`{name}` is an address and no file, and nothing is read there: copy the file to this machine and name its path or, for a cluster, to storage that all its machines share or to a store that speaks S3 (`s3://BUCKET/KEY`)"
        ),
    }
}

/// Checks that every data file of a study is there.
///
/// # Errors
///
/// [`Error::Study`] with the place of the first name that is no file, and with the nearest one.
pub fn check_files(study: &Study) -> Result<(), Error> {
    check_files_for(study, &Engine::Local)
}

/// The same for an engine; whether an object of a store is there is seen where its footer is read.
///
/// # Errors
///
/// As [`check_files`].
pub fn check_files_for(study: &Study, engine: &Engine) -> Result<(), Error> {
    let cluster = matches!(engine, Engine::Ballista { .. });
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
                let scheme = scheme(&path);
                let real = match scheme {
                    Some(_) => Some(path.clone()),
                    None => path.canonicalize().ok(),
                };
                let message = match (real.is_some_and(|real| !known.insert(real)), scheme) {
                    (true, _) => Some(format!("the file `{name}` is named twice")),
                    (_, Some("s3")) if cluster => None,
                    (_, Some(scheme)) => Some(elsewhere(name, scheme)),
                    (_, None) => absent(&path, name),
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

/// What to say of a path that is no file; nothing of one that is, or that may not be looked at.
fn absent(path: &Path, name: &str) -> Option<String> {
    if let Some(scheme) = scheme(path) {
        return Some(elsewhere(name, scheme));
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
    use super::*;

    #[test]
    fn an_address_is_told_from_a_path() {
        assert_eq!(scheme(Path::new("s3://bucket/a b.parquet")), Some("s3"));
        assert_eq!(scheme(Path::new("gs://bucket/key")), Some("gs"));
        for path in ["a.parquet", "/data/a.parquet", "C://a.parquet", "folder/s3://a", "://a"] {
            assert_eq!(scheme(Path::new(path)), None, "{path}");
        }
    }
}
