//! Makers of concepts that a recipe maps from source columns.

use crate::error::Error;
use crate::lookup::{BLANK, Entries, Lookup, UNLISTED};
use crate::number::NumberFormat;
use crate::plan::{Maker, Rule, SlotTest};
use crate::resolve::Resolver;
use arrow::datatypes::DataType;
use inclusion_registry::{Concept, ConceptKind, Mapping, RawTest};

/// A table in which the accepted values of a test have code 1 and all others 0.
pub(crate) fn test_lookup(
    r: &Resolver<'_>,
    source: usize,
    column: &str,
    values: &[String],
    labels: bool,
) -> Result<Lookup, Error> {
    let spec = r.sources[source].spec;
    let pairs: Vec<(&str, i16)> =
        values.iter().filter(|v| !v.is_empty()).map(|v| (v.as_str(), 1)).collect();
    let blank = i16::from(values.iter().any(|v| v.trim().is_empty()));
    // Texts that are missing everywhere in the file count as blank unless they are listed here.
    let entries = Entries { pairs: &pairs, labels, blank, others: 0, file_missing: &spec.missing };
    Ok(Lookup::new(&entries, r.column(source, column)?, &NumberFormat::of(spec)))
}

/// The code of a category, or the index of a number in `numbers`.
pub(crate) fn code_of(
    r: &Resolver<'_>,
    concept: &Concept,
    code: &str,
    numbers: &mut Vec<f64>,
) -> Result<i16, Error> {
    let found = match concept.kind {
        ConceptKind::Category => concept.index_of(code),
        ConceptKind::Number => code.parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| {
            numbers.push(v);
            (numbers.len() - 1) as i16
        }),
    };
    match found {
        Some(code) => Ok(code),
        None => {
            let known: Vec<&str> = concept.codes.iter().map(|c| c.id.as_str()).collect();
            r.fail(format!(
                "concept `{}` has no code `{code}`; its codes are {}",
                concept.id,
                known.join(", ")
            ))
        }
    }
}

/// The maker of a concept that the recipe maps.
pub(crate) fn mapped(
    r: &mut Resolver<'_>,
    concept: &Concept,
    mapping: &Mapping,
) -> Result<Maker, Error> {
    let role = format!("concept {}", concept.id);
    let mut numbers = Vec::new();
    let source = r.source(mapping.file.as_deref())?;
    let code = |r: &Resolver<'_>, c: &Option<String>, numbers: &mut Vec<f64>, none| match c {
        Some(c) => code_of(r, concept, c, numbers),
        None => Ok(none),
    };
    let blank = match mapping.blank {
        Some(reason) => reason.code(),
        None => code(r, &mapping.blank_code, &mut numbers, BLANK)?,
    };
    let others = code(r, &mapping.others, &mut numbers, UNLISTED)?;
    let rule = if let Some(fixed) = &mapping.fixed {
        let code = code_of(r, concept, fixed, &mut numbers)?;
        match concept.kind {
            ConceptKind::Category => Rule::Fixed(code),
            ConceptKind::Number => Rule::FixedNumber(numbers[code as usize]),
        }
    } else if let Some(name) = &mapping.column {
        let slot = r.slot(source, name, &role)?;
        let column = r.column(source, name)?;
        let spec = r.sources[source].spec;
        if mapping.labels && column.labels.is_empty() && column.kind != DataType::Utf8 {
            return r.fail(format!(
                "concept `{}` maps labels, but column `{}` of {} has none; map its values and leave `labels` out",
                concept.id,
                column.name,
                r.sources[source].about.path.display()
            ));
        }
        let mut pairs: Vec<(&str, i16)> = Vec::new();
        for (value, code) in &mapping.map {
            pairs.push((value, code_of(r, concept, code, &mut numbers)?));
        }
        pairs.extend(mapping.missing.iter().map(|(value, reason)| (value.as_str(), reason.code())));
        let entries = Entries {
            pairs: &pairs,
            labels: mapping.labels,
            blank,
            others,
            file_missing: &spec.missing,
        };
        let lookup = Lookup::new(&entries, column, &NumberFormat::of(spec));
        match concept.kind {
            ConceptKind::Category => Rule::Code { slot, lookup },
            ConceptKind::Number => {
                let (lookup, scale) = (lookup.of_numbers(), mapping.scale.unwrap_or(1.0));
                Rule::Number { slot, lookup, mapped: numbers, scale }
            }
        }
    } else if !mapping.cases.is_empty() {
        let (mut cases, mut slots) = (Vec::new(), Vec::new());
        for case in &mapping.cases {
            let mut tests = Vec::new();
            for (name, test) in &case.when {
                let slot = r.slot(source, name, &role)?;
                slots.push(slot);
                tests.push(match test {
                    RawTest::Values(values) => {
                        let lookup = test_lookup(r, source, name, values, mapping.labels)?;
                        SlotTest { slot, values: Some(lookup), min: None, max: None }
                    }
                    RawTest::Range { min, max } => {
                        SlotTest { slot, values: None, min: *min, max: *max }
                    }
                });
            }
            let code = match (&case.code, case.missing) {
                (Some(code), _) => code_of(r, concept, code, &mut numbers)?,
                (None, Some(reason)) => reason.code(),
                (None, None) => {
                    return r.fail(format!(
                        "a case of concept `{}` gives neither `code` nor `missing`",
                        concept.id
                    ));
                }
            };
            cases.push((tests, code));
        }
        slots.sort_unstable();
        slots.dedup();
        Rule::Cases { cases, slots, mapped: numbers, blank, others }
    } else {
        return r
            .fail(format!("concept `{}` needs one of `column`, `fixed` and `cases`", concept.id));
    };
    Ok(Maker {
        id: concept.id.clone(),
        kind: concept.kind,
        rule,
        needs: Vec::new(),
        min: concept.min,
        max: concept.max,
    })
}
