//! The concepts to be made, each after those it is made of.

use crate::error::Error;
use inclusion_registry::{Concept, Recipe, Registry};

/// The concepts to be made for those that are wanted, each after those it needs.
pub(crate) fn order(
    recipe: &Recipe,
    registry: &Registry,
    wanted: &[String],
) -> Result<Vec<Concept>, Error> {
    let mut done: Vec<&Concept> = Vec::new();
    let mut sorted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    sorted.dedup();
    for id in sorted {
        visit(recipe, registry, id, &mut Vec::new(), &mut done)?;
    }
    // An open concept gets the codes of the recipe after its own.
    let with_codes = |concept: &Concept| {
        let mut concept = concept.clone();
        let added = recipe.concepts.get(&concept.id).filter(|_| concept.open);
        concept.codes.extend(added.into_iter().flat_map(|m| m.codes.clone()));
        concept
    };
    Ok(done.into_iter().map(with_codes).collect())
}

fn visit<'a>(
    recipe: &Recipe,
    registry: &'a Registry,
    id: &str,
    path: &mut Vec<String>,
    done: &mut Vec<&'a Concept>,
) -> Result<(), Error> {
    if done.iter().any(|c| c.id == id) {
        return Ok(());
    }
    let fail = |message| Err(Error::Recipe { recipe: recipe.id.clone(), message });
    let Some(concept) = registry.concepts.get(id) else {
        return fail(format!("concept `{id}` is not in the registry"));
    };
    if path.iter().any(|p| p == id) {
        return fail(format!("concept `{id}` is derived from itself: {}", path.join(" ← ")));
    }
    if !recipe.concepts.contains_key(id) {
        let Some(derive) = &concept.derive else {
            let needed =
                path.last().map(|p| format!(", which `{p}` is made of")).unwrap_or_default();
            return fail(format!(
                "it does not say how to make concept `{id}`{needed}; add `[concept.{id}]`"
            ));
        };
        path.push(id.to_string());
        for need in derive.concepts() {
            visit(recipe, registry, need, path, done)?;
        }
        path.pop();
    }
    done.push(concept);
    Ok(())
}
