//! `inclusion init`.

use inclusion::{Error, Messages, draft, write_whole};
use std::path::PathBuf;

/// Draft a study and a recipe for a file; every guess is marked to be confirmed, sex is never guessed
#[derive(clap::Args)]
pub struct Args {
    /// Data file
    file: PathBuf,
    /// Folder for the drafts; nothing in it is overwritten
    #[arg(long, default_value = ".")]
    folder: PathBuf,
}

pub fn run(args: &Args, messages: &Messages) -> Result<(), Error> {
    for (name, text) in draft(&args.file)? {
        let path = args.folder.join(name);
        if path.exists() {
            return Err(Error::Usage(format!(
                "{} is there already; choose another --folder",
                path.display()
            )));
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .map_err(|source| Error::Write { path: parent.to_path_buf(), source })?;
        }
        write_whole(&path, text.as_bytes())?;
        messages.wrote(&path);
    }
    messages.note("Look for `CONFIRM` in both files, then run `inclusion check`.");
    Ok(())
}
