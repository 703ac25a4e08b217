//! Names of columns and files in a recipe, found in the files that were opened.

use crate::error::Error;
use crate::names::{self, Wanted};
use crate::plan::Cuts;
use crate::table::{About, SourceColumn};
use inclusion_registry::{Concept, FileSpec, Recipe};
use std::collections::{BTreeMap, BTreeSet};

/// A file with the way in which it writes numbers.
#[derive(Clone, Copy)]
pub(crate) struct InFile<'a> {
    /// Description.
    pub about: &'a About,
    /// Reading options of the recipe.
    pub spec: &'a FileSpec,
}

/// What all parts of the rows' file share.
pub(crate) struct Context<'a> {
    /// Recipe.
    pub recipe: &'a Recipe,
    /// Concepts to be made, each after those it needs, with the codes that the recipe adds.
    pub order: &'a [Concept],
    /// Quantile limits by concept.
    pub cuts: &'a BTreeMap<String, Cuts>,
}

/// Finds the columns of a recipe in its files.
///
/// It is asked for everything twice: the first time it notes which columns are needed, the second
/// time, `settled`, it gives their slots.
pub(crate) struct Resolver<'a> {
    /// What all parts share.
    pub context: &'a Context<'a>,
    /// The rows' file, then the looked-up files.
    pub sources: Vec<InFile<'a>>,
    names: Vec<Vec<&'a str>>,
    /// Columns needed of each source.
    pub used: Vec<BTreeSet<usize>>,
    /// Slots are known: the second pass.
    pub settled: bool,
}

impl<'a> Resolver<'a> {
    /// Number of the file with a role: 0 = the rows' file, else that of the join.
    pub fn source(&self, file: Option<&str>) -> Result<usize, Error> {
        let recipe = self.context.recipe;
        match file {
            None => Ok(0),
            Some(role) if role == recipe.rows => Ok(0),
            Some(role) => recipe
                .joins
                .iter()
                .position(|j| j.file == role)
                .map(|i| i + 1)
                .ok_or_else(|| Error::Recipe {
                    recipe: recipe.id.clone(),
                    message: format!(
                        "the file `{role}` is not joined; add `[[join]]` with `file = \"{role}\"`"
                    ),
                }),
        }
    }

    /// Slot of a column; `role` says what it is for.
    pub fn slot(&mut self, source: usize, name: &str, role: &str) -> Result<usize, Error> {
        let wanted = Wanted { recipe: &self.context.recipe.id, role, name };
        let index = names::find(&wanted, &self.names[source], &self.sources[source].about.path)?;
        if !self.settled {
            self.used[source].insert(index);
            return Ok(0);
        }
        let before: usize = self.used[..source].iter().map(BTreeSet::len).sum();
        Ok(before + self.used[source].iter().position(|i| *i == index).unwrap_or(0))
    }

    /// Description of a column.
    pub fn column(&self, source: usize, name: &str) -> Result<&'a SourceColumn, Error> {
        let wanted = Wanted { recipe: &self.context.recipe.id, role: "a concept", name };
        let index = names::find(&wanted, &self.names[source], &self.sources[source].about.path)?;
        Ok(&self.sources[source].about.columns[index])
    }

    /// Slots of columns of the rows' file.
    pub fn slots(&mut self, names: &[String], role: &str) -> Result<Vec<usize>, Error> {
        names.iter().map(|name| self.slot(0, name, role)).collect()
    }

    /// A concept that is to be made.
    pub fn concept(&self, id: &str) -> &'a Concept {
        self.context
            .order
            .iter()
            .find(|c| c.id == id)
            .expect("invariant: a concept is ordered after those it needs")
    }

    /// An error of the recipe.
    pub fn fail<T>(&self, message: String) -> Result<T, Error> {
        Err(Error::Recipe { recipe: self.context.recipe.id.clone(), message })
    }
}

/// A resolver that has not been asked yet.
pub(crate) fn resolver<'a>(
    context: &'a Context<'a>,
    rows: InFile<'a>,
    joins: &[InFile<'a>],
) -> Resolver<'a> {
    let sources: Vec<InFile<'a>> = std::iter::once(rows).chain(joins.iter().copied()).collect();
    Resolver {
        context,
        names: sources
            .iter()
            .map(|s| s.about.columns.iter().map(|c| c.name.as_str()).collect())
            .collect(),
        used: vec![BTreeSet::new(); sources.len()],
        sources,
        settled: false,
    }
}
