//! Errors of the walk, and the exit code each of them has.

use inclusion_registry::Place;
use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },

    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },

    /// What comes from a cluster cannot wait on disk.
    #[cfg(feature = "cluster")]
    #[error(
        "the cells that come wait in {}, the folder for temporary files, and it does not take them ({source}): make room there, or name another by TMPDIR", folder.display()
    )]
    Spool {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },

    /// The study file is wrong.
    #[error("{place}: {message}")]
    Study {
        /// Where.
        place: Place,
        /// What is wrong and what to do.
        message: String,
    },

    /// The command line is wrong.
    #[error("{0}")]
    Usage(String),

    /// The registry is wrong.
    #[error(transparent)]
    Registry(#[from] inclusion_registry::Error),

    /// A source file is wrong.
    #[error(transparent)]
    Ingest(Box<inclusion_ingest::Error>),

    /// A file of published figures, or its recipe, is wrong.
    #[error(transparent)]
    Series(Box<inclusion_series::Error>),
    /// SDMX that is read is wrong, or figures do not fit the structure they are written in.
    #[error(transparent)]
    Sdmx(Box<inclusion_sdmx::Error>),

    /// A file of cells is wrong, or not the one that is needed.
    #[error("{}: {message}", path.display())]
    Cells {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },

    /// The cluster gave no result.
    #[cfg(feature = "cluster")]
    #[error(transparent)]
    Cluster(#[from] inclusion_cluster::Error),

    /// The data do not allow the estimate.
    #[error("survey `{survey}` ({files}): {source}")]
    Survey {
        /// The survey's id.
        survey: String,
        /// Its files.
        files: String,
        /// What is wrong.
        source: Box<inclusion_survey::Error>,
    },

    /// No font of the system has Chinese letters, and the study names none.
    #[error(
        "no font of Chinese letters was found, which PDF, Word, Excel and PNG need; install `fonts-noto-cjk` (Debian, Ubuntu) or `google-noto-sans-cjk-fonts` (Fedora), or name a folder with such a font by `fonts` under `[output]`, such as Noto Sans SC, or ask for HTML, SVG and Markdown only"
    )]
    NoFont,

    /// The annex cannot be written in a language.
    #[error(
        "{} without a translation into `{language}`:{texts}\nadd it to `translations/{language}.toml` in the registry folder of the study or to its `[translations.{language}]` (with itself, where it is in that language already), or let English stand in with `untranslated = \"en\"`; `inclusion check` lists what is missing",
        crate::counted(*count as u64, "text")
    )]
    Untranslated {
        /// Code of the language.
        language: &'static str,
        /// How many texts.
        count: usize,
        /// Some of them, a line each.
        texts: String,
    },

    /// A format could not be made.
    #[error("cannot make {what}: {message}")]
    Report {
        /// Which output.
        what: String,
        /// Why.
        message: String,
    },

    /// The program contradicts itself.
    #[error("internal error: {0}; please report it with the study file")]
    Internal(String),
}

impl From<inclusion_sdmx::Error> for Error {
    fn from(error: inclusion_sdmx::Error) -> Error {
        Error::Sdmx(Box::new(error))
    }
}

impl From<inclusion_series::Error> for Error {
    fn from(error: inclusion_series::Error) -> Error {
        Error::Series(Box::new(error))
    }
}

impl From<inclusion_ingest::Error> for Error {
    fn from(error: inclusion_ingest::Error) -> Error {
        Error::Ingest(Box::new(error))
    }
}

impl Error {
    /// 1 for data, 2 for usage or configuration, 3 for the program itself, 128 and its number for a signal.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Study { .. }
            | Error::Usage(_)
            | Error::Registry(_)
            | Error::Untranslated { .. }
            | Error::NoFont => 2,
            Error::Read { .. }
            | Error::Write { .. }
            | Error::Ingest(_)
            | Error::Series(_)
            | Error::Sdmx(_)
            | Error::Cells { .. }
            | Error::Survey { .. } => 1,
            // As a shell tells of a program that a signal ended.
            #[cfg(feature = "cluster")]
            Error::Cluster(inclusion_cluster::Error::Stopped { signal, .. }) => 128 + signal,
            #[cfg(feature = "cluster")]
            Error::Cluster(_) | Error::Spool { .. } => 1,
            Error::Report { .. } | Error::Internal(_) => 3,
        }
    }
}
