//! Two independent clients of SDMX, as Python packages in an environment of their own, made where this is built.

use crate::shared;
use inclusion_sdmx::Format;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Files, and whether both clients read them: one does not know CSV 1.0, and reads ML 3.0 no more in a
/// process that has read 2.1.
pub const FORMATS: [(Format, &str, bool); 4] = [
    (Format::Csv2, "data-2.0.csv", true),
    (Format::Csv1, "data-1.0.csv", false),
    (Format::Ml30, "data-3.0.xml", true),
    (Format::Ml21, "data-2.1.xml", true),
];

/// The interpreter, and the check that reads files with the clients.
pub struct Clients {
    pub python: PathBuf,
    check: PathBuf,
}

impl Clients {
    /// What the clients say of the files of a folder.
    pub fn check(&self, structure: &Path, more: &[&Path], folder: &Path) -> Output {
        let mut check = Command::new(&self.python);
        check.arg(&self.check).arg("--structure").arg(structure);
        for (name, path) in ["--constraints", "--expect"].iter().zip(more) {
            check.arg(name).arg(path);
        }
        check.args(FORMATS.map(|(_, name, _)| folder.join(name)));
        check.env("PYTHONDONTWRITEBYTECODE", "1").output().expect("the interpreter runs")
    }
}

/// The clients, or `None` with a loud line.
pub fn clients() -> Option<Clients> {
    let tool = shared::folder("tools/sdmx-check")?;
    match environment(&tool.join("requirements.txt")) {
        Ok(python) => Some(Clients { python, check: tool.join("sdmx_check.py") }),
        Err(trouble) => {
            assert!(
                std::env::var_os("INCLUSION_REQUIRE_SDMX_CLIENTS").is_none(),
                "the clients cannot be installed, and INCLUSION_REQUIRE_SDMX_CLIENTS forbids to skip:\n{trouble}"
            );
            eprintln!("SKIPPED: no client reads our files, they cannot be installed:\n{trouble}");
            None
        }
    }
}

/// The interpreter of an environment with these packages, made once for all tests of a program.
fn environment(requirements: &Path) -> Result<PathBuf, String> {
    static MADE: std::sync::OnceLock<Result<PathBuf, String>> = std::sync::OnceLock::new();
    let make = || {
        let test = std::env::current_exe().map_err(|error| error.to_string())?;
        let profile = test.ancestors().nth(2).expect("tests stand in <profile>/deps");
        let folder = profile.parent().expect("profiles stand in a folder").join("sdmx-clients");
        let (python, ready) = (folder.join("bin/python"), folder.join("requirements.ready"));
        let wanted = std::fs::read(requirements).map_err(|error| error.to_string())?;
        if std::fs::read(&ready).is_ok_and(|own| own == wanted) {
            return Ok(python);
        }
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        run(Command::new(&python).args(install).arg(requirements))?;
        std::fs::write(ready, wanted).map_err(|error| error.to_string())?;
        Ok(python)
    };
    MADE.get_or_init(make).clone()
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let trouble = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(trouble) }
}

/// Both clients read these files, with so many observations.
pub fn accepted(output: &Output, folder: &Path, observations: usize) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for (_, name, both) in FORMATS {
        let file = folder.join(name).display().to_string();
        let says = |what: &str| said.contains(&format!("ok    {file}: {what}"));
        assert!(says(&format!("pysdmx reads {observations} observations")), "{said}");
        assert_eq!(says(&format!("sdmx1 reads {observations} observations")), both, "{said}");
        assert_eq!(says("both clients read the same keys and values"), both, "{said}");
    }
}
