//! Makers of concepts that the registry derives from other concepts.

use crate::compile::is_household_quantile;
use crate::compile_mapped::code_of;
use crate::derive::{Bands, Check, Clause};
use crate::error::Error;
use crate::plan::{Maker, Rule};
use crate::resolve::Resolver;
use inclusion_registry::{Concept, ConceptKind, Condition, Derive, Missing, Test};

/// The maker of a concept that the registry derives.
pub(crate) fn derived(
    r: &Resolver<'_>,
    concept: &Concept,
    makers: &[Maker],
) -> Result<Maker, Error> {
    let at = |id: &str| {
        makers
            .iter()
            .position(|m| m.id == id)
            .expect("invariant: concepts are ordered after those they need")
    };
    let Some(derive) = &concept.derive else {
        return r.fail(format!("it does not say how to make concept `{}`", concept.id));
    };
    let needs: Vec<usize> = derive.concepts().into_iter().map(at).collect();
    let number = |id: &str| match makers[at(id)].kind {
        ConceptKind::Number => Ok(at(id)),
        ConceptKind::Category => {
            r.fail(format!("`{}` is made of `{id}`, which is no number", concept.id))
        }
    };
    let rule = match derive {
        Derive::Band { of } => Rule::Band {
            of: number(of)?,
            bands: Bands::new(
                concept
                    .codes
                    .iter()
                    .map(|c| match (c.min, c.max) {
                        (None, None) => (f64::INFINITY, f64::NEG_INFINITY),
                        (min, max) => {
                            (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY))
                        }
                    })
                    .collect(),
            ),
        },
        Derive::Count { of, codes } => Rule::Count {
            of: of
                .iter()
                .map(|id| {
                    let part = r.concept(id);
                    let codes: Vec<i16> = codes.iter().filter_map(|c| part.index_of(c)).collect();
                    if codes.is_empty() {
                        return r.fail(format!(
                            "`{}` counts codes that `{id}` does not have",
                            concept.id
                        ));
                    }
                    Ok((at(id), codes))
                })
                .collect::<Result<_, _>>()?,
        },
        Derive::Cases(cases) => {
            let mut clauses = Vec::new();
            for case in cases {
                let clause = clause(r, &case.when, makers)?;
                clauses.push((clause, code_of(r, concept, &case.code, &mut Vec::new())?));
            }
            Rule::Derived(clauses)
        }
        Derive::Quantile { of, groups, ties, .. } => {
            if *groups as usize != concept.codes.len() || *groups < 2 {
                return r.fail(format!(
                    "`{}` has {} codes for {groups} groups",
                    concept.id,
                    concept.codes.len()
                ));
            }
            if is_household_quantile(r.context.recipe, concept)
                && r.context.recipe.household_key.is_empty()
            {
                return r.fail(format!("`{}` groups households; set `household_key`", concept.id));
            }
            Rule::Quantile {
                of: number(of)?,
                cuts: r.context.cuts[&concept.id].clone(),
                ties: *ties,
            }
        }
    };
    Ok(Maker { id: concept.id.clone(), kind: concept.kind, rule, needs, min: None, max: None })
}

fn clause(r: &Resolver<'_>, condition: &Condition, makers: &[Maker]) -> Result<Clause, Error> {
    let mut all = Vec::new();
    for (id, test) in &condition.all {
        let at = makers
            .iter()
            .position(|m| m.id == *id)
            .expect("invariant: ordered after what it needs");
        all.push(match test {
            Test::Range { min, max } => Check::Range {
                of: at,
                min: min.unwrap_or(f64::NEG_INFINITY),
                max: max.unwrap_or(f64::INFINITY),
            },
            Test::Codes(codes) => {
                let concept = r.concept(id);
                let mut found = Vec::new();
                for code in codes {
                    let reason =
                        Missing::ALL.into_iter().find(|m| m.id() == code).map(Missing::code);
                    match concept.index_of(code).or(reason) {
                        Some(code) => found.push(code),
                        None => return r.fail(format!("concept `{id}` has no code `{code}`")),
                    }
                }
                Check::Codes { of: at, codes: found }
            }
        });
    }
    let any = condition.any.iter().map(|c| clause(r, c, makers)).collect::<Result<_, _>>()?;
    Ok(Clause { all, any })
}
