//! `inclusion init`.

use inclusion::{Error, Messages, check_file, draft, write_whole};
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
    check_file(&args.file)?;
    let drafts = draft(&args.file, &args.folder)?;
    // All or nothing: half a draft would be in the way of the next try.
    if let Some((name, _)) = drafts.iter().find(|(name, _)| args.folder.join(name).exists()) {
        let path = args.folder.join(name);
        let message = format!("{} is there already; choose another --folder", path.display());
        return Err(Error::Usage(message));
    }
    for (name, text) in drafts {
        let path = args.folder.join(name);
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
