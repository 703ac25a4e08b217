//! The Python environment with the package `inclusion_metrics` as its sources are now.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a member has a root").to_path_buf()
}

/// The folder cargo builds into: tests stand in `<folder>/<profile>/deps`.
pub fn build_folder() -> PathBuf {
    let test = std::env::current_exe().expect("the test has a path");
    test.ancestors().nth(3).expect("tests stand in <profile>/deps").to_path_buf()
}

/// Fails with what a program said if it did not succeed.
pub fn succeeded(what: &str, output: &Output) {
    assert!(
        output.status.success(),
        "{what} failed:\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The environment's interpreter, or `None` with a loud line where there can be none.
///
/// Panics if the package cannot be built, and where the gate says that a skip is a failure.
pub fn python() -> Option<PathBuf> {
    /// What `setup.sh` ends with if the package cannot be built.
    const NOT_BUILT: i32 = 4;
    let folder = build_folder();
    let made = Command::new("bash")
        .arg(root().join("notebooks/setup.sh"))
        .arg(folder.join("python-env"))
        .env("CARGO_TARGET_DIR", &folder)
        .output();
    let trouble = match made {
        Ok(output) if output.status.success() => {
            return Some(String::from_utf8_lossy(&output.stdout).trim().into());
        }
        Ok(output) if output.status.code() == Some(NOT_BUILT) => {
            succeeded("building the package", &output);
            return None;
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    assert!(
        std::env::var_os("INCLUSION_REQUIRE_NOTEBOOKS").is_none(),
        "the Python environment cannot be made, and INCLUSION_REQUIRE_NOTEBOOKS forbids to skip:\n{trouble}"
    );
    eprintln!("SKIPPED: nothing of Python is tested, its environment cannot be made:\n{trouble}");
    None
}
