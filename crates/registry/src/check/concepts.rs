//! Concepts: code lists, bands, and what they are derived from.

use super::{Checked, Texts, is_range};
use crate::{Concept, ConceptKind, Derive, Error, Registry};
use std::collections::BTreeSet;

pub(super) fn check(concept: &Concept, checked: Checked<'_>) -> Result<(), Error> {
    let mut ids = BTreeSet::new();
    for code in &concept.codes {
        if !ids.insert(code.id.as_str()) {
            return Err(checked.wrong(&code.id, format!("code `{}` stands twice", code.id)));
        }
    }
    match concept.kind {
        ConceptKind::Number if !concept.codes.is_empty() => {
            return Err(checked.wrong(&concept.id, "a number has no codes".into()));
        }
        ConceptKind::Number if concept.open => {
            return Err(checked.wrong("open", "only a category can be open".into()));
        }
        ConceptKind::Category if concept.codes.is_empty() && !concept.open => {
            return Err(checked.wrong(&concept.id, "a category needs codes".into()));
        }
        ConceptKind::Category if concept.min.is_some() || concept.max.is_some() => {
            return Err(checked.wrong("min", "`min` and `max` belong to numbers".into()));
        }
        ConceptKind::Number
            if (concept.min.is_some() || concept.max.is_some())
                && !is_range(concept.min, concept.max) =>
        {
            return Err(checked.wrong("min", "`min` is above `max`".into()));
        }
        _ => {}
    }
    if concept.breakdown && concept.kind == ConceptKind::Number {
        let message = "a number cannot be a breakdown; make bands of it by `derive`".into();
        return Err(checked.wrong("breakdown", message));
    }
    match &concept.derive {
        Some(derive) => check_derive(concept, derive, checked),
        None => Ok(()),
    }
}

fn check_derive(concept: &Concept, derive: &Derive, checked: Checked<'_>) -> Result<(), Error> {
    let number = |id: &str| match checked.concept(id)?.kind {
        ConceptKind::Number => Ok(()),
        ConceptKind::Category => {
            Err(checked.wrong(id, format!("`{id}` is a category, and a number is needed here")))
        }
    };
    let gives = match derive {
        Derive::Count { .. } => ConceptKind::Number,
        _ => ConceptKind::Category,
    };
    if gives != concept.kind {
        let message = match gives {
            ConceptKind::Number => "a count is a number: `kind = \"number\"`",
            ConceptKind::Category => "the derivation gives codes: `kind = \"category\"`",
        };
        return Err(checked.wrong("kind", message.into()));
    }
    match derive {
        Derive::Band { of } => {
            number(of)?;
            check_bands(concept, checked)
        }
        Derive::Count { of, codes } => {
            if of.is_empty() || codes.is_empty() {
                return Err(checked.wrong("derive", "a count needs `of` and `codes`".into()));
            }
            for id in of {
                let part = checked.concept(id)?;
                if part.kind == ConceptKind::Number {
                    let message = format!("`{id}` is a number, and a category is needed here");
                    return Err(checked.wrong(id, message));
                }
                if !codes.iter().any(|code| part.index_of(code).is_some()) {
                    checked.code(part, &[], &codes[0])?;
                }
            }
            Ok(())
        }
        Derive::Cases(cases) => {
            if cases.is_empty() {
                return Err(checked.wrong("derive", "there is no case".into()));
            }
            for case in cases {
                checked.condition(&case.when)?;
                checked.code(concept, &[], &case.code)?;
            }
            Ok(())
        }
        Derive::Quantile { of, groups, .. } => {
            number(of)?;
            if *groups < 2 || concept.codes.len() != *groups as usize {
                let message = format!(
                    "{groups} groups need as many codes, lowest first; there are {}",
                    concept.codes.len()
                );
                return Err(checked.wrong("groups", message));
            }
            Ok(())
        }
    }
}

/// Every band has a limit, and no value lies in two.
fn check_bands(concept: &Concept, checked: Checked<'_>) -> Result<(), Error> {
    let mut bands = Vec::new();
    for code in concept.codes.iter().filter(|code| !code.unstated) {
        if !is_range(code.min, code.max) {
            let message =
                format!("band `{}` needs `min` or `max`, and `min` not above `max`", code.id);
            return Err(checked.wrong(&code.id, message));
        }
        let low = code.min.unwrap_or(f64::NEG_INFINITY);
        bands.push((low, code.max.unwrap_or(f64::INFINITY), code.id.as_str()));
    }
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    match bands.windows(2).find(|pair| pair[0].1 >= pair[1].0) {
        Some(pair) => {
            let message = format!(
                "bands `{}` and `{}` overlap; both ends belong to a band",
                pair[0].2, pair[1].2
            );
            Err(checked.wrong(pair[1].2, message))
        }
        None => Ok(()),
    }
}

/// No concept is derived from itself, directly or by others.
pub(super) fn no_cycles(registry: &Registry, texts: &Texts) -> Result<(), Error> {
    let mut done = BTreeSet::new();
    for id in registry.concepts.keys() {
        walk(registry, texts, id, &mut Vec::new(), &mut done)?;
    }
    Ok(())
}

fn walk<'a>(
    registry: &'a Registry,
    texts: &Texts,
    id: &'a str,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Result<(), Error> {
    if done.contains(id) {
        return Ok(());
    }
    if let Some(at) = path.iter().position(|p| *p == id) {
        let circle: Vec<&str> = path[at..].iter().copied().chain([id]).collect();
        let message = format!("it is derived from itself: {}", circle.join(" → "));
        return Err(Checked::new(registry, texts, "concept", id).wrong(id, message));
    }
    path.push(id);
    let parts = registry.concepts.get(id).and_then(|concept| concept.derive.as_ref());
    for part in parts.map(Derive::concepts).unwrap_or_default() {
        walk(registry, texts, part, path, done)?;
    }
    path.pop();
    done.insert(id);
    Ok(())
}
