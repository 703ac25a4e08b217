//! Lists the built-in TOML files, so that they are compiled into the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const KINDS: [&str; 8] = [
    "concepts",
    "indicators",
    "recipes",
    "thresholds",
    "targets",
    "policies",
    "styles",
    "groupings",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("invariant: set by cargo"));
    let mut files = Vec::new();
    for kind in KINDS {
        collect(&root.join(kind), &mut files)?;
    }
    files.sort();
    let mut code = String::from("/// Path below the crate's folder, and text.\n");
    code.push_str("pub(crate) static FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let below = file.strip_prefix(&root).expect("invariant: below the crate's folder");
        let name = below.to_string_lossy().replace('\\', "/");
        let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?})", format!("/{name}"));
        writeln!(code, "    ({name:?}, include_str!({path})),").expect("invariant: a string");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("invariant: set by cargo"));
    fs::write(out.join("builtin.rs"), code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
