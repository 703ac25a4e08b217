//! Where the reference data stand, and what happens where they do not.

use std::path::{Path, PathBuf};

/// The folder of a data set beside the project, or `None` with a loud line where it is not there.
///
/// Panics where the gate says that a skip is a failure.
pub fn folder(data_set: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(data_set);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_SHARED").is_none(),
        "{} is not there, and INCLUSION_REQUIRE_SHARED forbids to skip",
        folder.display()
    );
    eprintln!("SKIPPED: this test needs {}, which is not there", folder.display());
    None
}
