//! Loading recipes: the built-in ones, a user's folder on top, or one file.

use crate::Error;
use crate::observation::{MISSING, STATUSES};
use crate::pattern::Pattern;
use crate::recipe::{Field, Named, SeriesRecipe};
use inclusion_registry::{Place, invalid_toml, nearest};
use std::collections::BTreeMap;
use std::path::Path;

mod builtin {
    include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
}

/// What `set`, `suffixes` and patterns may speak of besides dimensions.
pub(crate) const ROLES: [&str; 4] = ["area", "time", "indicator", "unit"];

impl SeriesRecipe {
    /// From its text.
    ///
    /// # Errors
    ///
    /// [`Error::RecipeFile`] with line and column, and the nearest name for an unknown key.
    pub fn parse(text: &str) -> Result<SeriesRecipe, Error> {
        parse(Path::new("recipe"), text)
    }

    /// From a file.
    ///
    /// # Errors
    ///
    /// As [`SeriesRecipe::parse`].
    pub fn open(path: &Path) -> Result<SeriesRecipe, Error> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::read(path, e))?;
        parse(path, &text)
    }

    /// The built-in recipes by id.
    ///
    /// # Errors
    ///
    /// Only if a built-in file is wrong, which a test rules out.
    pub fn builtin() -> Result<BTreeMap<String, SeriesRecipe>, Error> {
        let mut recipes = BTreeMap::new();
        for (name, text) in builtin::FILES {
            let recipe = parse(&Path::new("built-in:").join(name), text)?;
            recipes.insert(recipe.id.clone(), recipe);
        }
        Ok(recipes)
    }

    /// The built-in recipes with those of a user's folder on top: the TOML files of its sub-folder
    /// `series`, at any depth. A recipe with the id of a built-in one replaces it.
    ///
    /// # Errors
    ///
    /// [`Error`] names the user's file, line and column.
    pub fn with_folder(folder: &Path) -> Result<BTreeMap<String, SeriesRecipe>, Error> {
        let mut recipes = SeriesRecipe::builtin()?;
        let mut folders = vec![folder.join("series")];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop().filter(|f| f.is_dir()) {
            for entry in std::fs::read_dir(&folder).map_err(|e| Error::read(&folder, e))? {
                let path = entry.map_err(|e| Error::read(&folder, e))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "toml") {
                    files.push(path);
                }
            }
        }
        files.sort();
        let mut seen: BTreeMap<String, std::path::PathBuf> = BTreeMap::new();
        for file in files {
            let recipe = SeriesRecipe::open(&file)?;
            if let Some(first) = seen.insert(recipe.id.clone(), file.clone()) {
                let message = format!("`{}` is the id of {} too", recipe.id, first.display());
                return Err(Error::file(&file, message));
            }
            recipes.insert(recipe.id.clone(), recipe);
        }
        Ok(recipes)
    }
}

fn parse(file: &Path, text: &str) -> Result<SeriesRecipe, Error> {
    let recipe: SeriesRecipe = toml::from_str(text).map_err(|e| invalid_toml(file, text, &e))?;
    match faults(&recipe).into_iter().next() {
        None => Ok(recipe),
        Some((near, message)) => {
            let place = match text.find(&near) {
                Some(offset) if !near.is_empty() => Place::at(file, text, offset),
                _ => Place::file(file),
            };
            Err(inclusion_registry::Error::Invalid { place, message }.into())
        }
    }
}

/// What is wrong with a recipe, each with a text that stands near it.
fn faults(recipe: &SeriesRecipe) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut wrong = |near: &str, message: String| faults.push((near.to_string(), message));
    let known: Vec<&str> = ROLES
        .into_iter()
        .chain(["sex", "age"])
        .chain(recipe.dimensions.keys().map(String::as_str))
        .collect();
    let unknown = |name: &str| {
        (!known.contains(&name)).then(|| match nearest(name, known.iter().copied()) {
            Some(near) => {
                format!("`{name}` is no dimension of this recipe; did you mean `{near}`?")
            }
            None => format!("`{name}` is no dimension of this recipe; add `[dimension.{name}]`"),
        })
    };
    for (code, status) in &recipe.missing {
        if !MISSING.contains(&status.as_str()) {
            let message = format!(
                "missing code `{code}` has the status `{status}`; use {} of CL_OBS_STATUS",
                MISSING.join(", ")
            );
            wrong("[missing]", message);
        }
    }
    for (flag, status) in &recipe.flags {
        if !STATUSES.contains(&status.as_str()) {
            let message =
                format!("flag `{flag}` has the status `{status}`, which CL_OBS_STATUS has not");
            wrong("[flags]", message);
        }
    }
    if recipe.values.is_empty() {
        wrong("", "the recipe has no `[[value]]`: name the columns of values".into());
    }
    for value in &recipe.values {
        match Pattern::parse(&value.column) {
            Err(message) => wrong(&value.column, message),
            Ok(pattern) => {
                let names: Vec<String> = pattern.names().map(str::to_string).collect();
                for message in names.iter().filter_map(|n| unknown(n)) {
                    wrong(&value.column, message);
                }
            }
        }
        for name in value.set.keys() {
            if let Some(message) = unknown(name) {
                wrong(name, message);
            }
        }
    }
    let named = [("indicator", &recipe.indicator), ("unit", &recipe.unit)];
    let dimensions = recipe.dimensions.iter().map(|(name, field)| (name.as_str(), field));
    for (name, field) in named.into_iter().chain(dimensions) {
        if field.column.is_some() && field.fixed.is_some() {
            wrong(
                &format!("[{name}]"),
                format!("`{name}` has `column` and `fixed`; leave one out"),
            );
        }
        for name in sets(field).flat_map(BTreeMap::keys) {
            if let Some(message) = unknown(name) {
                wrong(name, message);
            }
        }
        if field.form.is_some() && name != "age" {
            wrong(&format!("[{name}]"), "`form` is for the dimension `age`".into());
        }
    }
    for key in recipe.indicators.keys() {
        for (name, _) in Named::parse(key).codes {
            if let Some(message) = unknown(name) {
                wrong(key, message);
            }
        }
    }
    for role in ROLES {
        if recipe.dimensions.contains_key(role) {
            let message = format!("`{role}` is no dimension; write `[{role}]`");
            wrong(&format!("[dimension.{role}]"), message);
        }
    }
    if recipe.file.digits.as_deref().is_some_and(|d| d != "any") {
        wrong("digits", "`digits` is \"any\" or left out".into());
    }
    faults
}

fn sets(field: &Field) -> impl Iterator<Item = &BTreeMap<String, String>> {
    let mapped = field.map.values().filter_map(|coded| match coded {
        crate::recipe::Coded::Code(_) => None,
        crate::recipe::Coded::More { set, .. } => Some(set),
    });
    mapped.chain(field.suffixes.values())
}
