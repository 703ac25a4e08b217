//! Weight, stratum, PSU and finite population of a row.

use crate::error::{DesignRule, Error, Extent, Halt};
use crate::fingerprint::fingerprint;
use crate::lookup::{BLANK, Entries, Lookup, UNLISTED};
use crate::plan::Plan;
use crate::raw::{real_at, reals, text_of, whole};
use crate::run::{Evaluated, Scene};
use crate::table::{RawColumn, SourceColumn, Table, broken};
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringBuilder};
use arrow::datatypes::{DataType, Float32Type, Float64Type};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How ids are stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ids {
    /// Whole numbers.
    Int,
    /// Text; several columns are [`joined`].
    Text,
}

impl Ids {
    /// Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            Ids::Int => DataType::Int64,
            Ids::Text => DataType::Utf8,
        }
    }
}

/// The type of an id: whole numbers if one column holds them in every part. SPSS and often Stata
/// store whole numbers as floats, so such a column is looked through.
pub(crate) fn kind(
    parts: &[(&dyn Table, &Plan)],
    slots: impl Fn(&Plan) -> &[usize],
) -> Result<Option<Ids>, Error> {
    for (table, plan) in parts {
        match slots(plan) {
            [] => return Ok(None),
            [slot] => {
                let index = plan.columns[*slot];
                let is_whole = match table.about().columns[index].kind {
                    DataType::Utf8 => false,
                    DataType::Float32 | DataType::Float64 => all_whole(*table, index)?,
                    _ => true,
                };
                if !is_whole {
                    return Ok(Some(Ids::Text));
                }
            }
            _ => return Ok(Some(Ids::Text)),
        }
    }
    Ok(Some(Ids::Int))
}

fn all_whole(table: &dyn Table, index: usize) -> Result<bool, Error> {
    for unit in 0..table.units() {
        let read = table.read(unit, &[index], &mut |batch| {
            let values = &batch.columns[0].values;
            let whole = |v: f64| v.fract() == 0.0 && v.abs() < 9.0e15;
            // Beyond, neighbours cannot be told apart, and the digits that are stored are fewer.
            const EXACT: f32 = (1 << f32::MANTISSA_DIGITS) as f32;
            let is_whole = match values.data_type() {
                DataType::Float32 => values
                    .as_primitive::<Float32Type>()
                    .iter()
                    .flatten()
                    .all(|v| whole(f64::from(v)) && v.abs() < EXACT),
                _ => values.as_primitive::<Float64Type>().iter().flatten().all(whole),
            };
            if is_whole { Ok(()) } else { Err(Halt::Enough) }
        });
        match read {
            Ok(()) => {}
            Err(Halt::Enough) => return Ok(false),
            Err(Halt::Ours(error)) => return Err(error),
            Err(Halt::Theirs(error)) => return Err(broken(&table.about().path, error.to_string())),
        }
    }
    Ok(true)
}

/// The error of the rows that break a rule, if there are any.
fn hold(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
    rule: DesignRule,
    message: impl Fn(&str) -> String,
) -> Result<(), Error> {
    let bad = breaking(scene, rows, slot, rule);
    let Some(first) = bad.first() else { return Ok(()) };
    Err(Error::Design {
        rule,
        spot: scene.spot(&rows.positions, *first, Some(slot)),
        message: message(&text_of(&rows.columns[slot], *first)),
        recipe: scene.recipe.id.clone(),
        rows: Extent::here(bad.len()),
    })
}

/// The rows of a batch in which a design column breaks a rule.
pub(crate) fn breaking(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
    rule: DesignRule,
) -> Vec<usize> {
    let column = &rows.columns[slot];
    let format = &scene.plan.slots[slot].format;
    let where_ = |test: &dyn Fn(usize) -> bool| (0..rows.rows).filter(|row| test(*row)).collect();
    let number = |row: usize| real_at(column, row, format);
    match rule {
        DesignRule::Present => {
            let text = column.is_text().then(|| nothing_listed(scene));
            if text.is_none() && column.values.null_count() == 0 && column.tags.is_none() {
                return Vec::new();
            }
            where_(&|row| {
                column.values.is_null(row)
                    || text.as_ref().is_some_and(|lookup| lookup.text(column.text(row)) == BLANK)
            })
        }
        DesignRule::Finite => match reals(column) {
            Some(values) => where_(&|row| !values[row].is_finite() && column.values.is_valid(row)),
            None => Vec::new(),
        },
        DesignRule::NotNegative => where_(&|row| number(row).is_some_and(|v| v < 0.0)),
        DesignRule::Positive => where_(&|row| number(row).is_some_and(|v| v <= 0.0)),
    }
}

/// A table that lists nothing but the texts that are missing everywhere.
fn nothing_listed(scene: &Scene<'_>) -> Lookup {
    let spec = scene.recipe.files.get(&scene.recipe.rows);
    let file_missing = spec.map_or(&[][..], |s| &s.missing);
    let entries =
        Entries { pairs: &[], labels: false, blank: BLANK, others: UNLISTED, file_missing };
    Lookup::new(&entries, &SourceColumn::new("", DataType::Utf8), &scene.plan.format)
}

fn numbers(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
    role: &str,
) -> Result<Vec<f64>, Error> {
    let lookup = nothing_listed(scene);
    let values = scene.plain_numbers(role, slot, &lookup, rows)?;
    hold(scene, rows, slot, DesignRule::Present, |_| missing(role))?;
    if values.iter().any(|v| !v.is_finite()) {
        let message = |value: &str| format!("{role} is {value}, not a finite number");
        hold(scene, rows, slot, DesignRule::Finite, message)?;
    }
    Ok(values)
}

fn missing(what: &str) -> String {
    format!("{what} is missing; leave such rows out by `[[keep]]` or correct the file")
}

/// Weights: finite, 0 or more; 1 where the recipe names none.
pub(crate) fn weights(scene: &Scene<'_>, rows: &Evaluated) -> Result<Vec<f64>, Error> {
    let Some((slot, divide_by)) = scene.plan.weight else { return Ok(vec![1.0; rows.rows]) };
    let mut values = numbers(scene, rows, slot, "the weight")?;
    if divide_by != 1.0 {
        values.iter_mut().for_each(|v| *v /= divide_by);
    }
    let (negative, zero) = values.iter().fold((false, 0u64), |(negative, zero), v| {
        (negative | (*v < 0.0), zero + u64::from(*v == 0.0))
    });
    if negative {
        hold(scene, rows, slot, DesignRule::NotNegative, |value| {
            format!("the weight `{value}` is negative; weights are 0 or more")
        })?;
    }
    if zero > 0 {
        let message = "rows have weight 0: they count in the design and in no estimate".to_string();
        let name = &scene.plan.slots[slot].name;
        let first_zero = values.iter().position(|v| *v == 0.0).unwrap_or(0);
        scene.note(
            "zero_weight",
            message,
            rows.positions.of(first_zero),
            Some(name),
            Some("0".into()),
            zero,
        );
    }
    Ok(values)
}

/// The largest weight that sums can hold, also of a replicate.
const LARGEST: f64 = (1u64 << 40) as f64;

/// Weights of a replicate, or factors of them: finite, of either sign, since calibrated ones can be
/// negative. Weights are divided as the full weight is.
pub(crate) fn replicate(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
) -> Result<Vec<f64>, Error> {
    let mut values = numbers(scene, rows, slot, "the replicate weight")?;
    let combined = scene.recipe.design.replicates.as_ref().is_some_and(|r| r.combined);
    let divide_by = scene.plan.weight.map_or(1.0, |(_, divide_by)| divide_by);
    if combined && divide_by != 1.0 {
        values.iter_mut().for_each(|v| *v /= divide_by);
    }
    let bad = values.iter().filter(|v| v.abs() > LARGEST).count();
    if let Some(first) = values.iter().position(|v| v.abs() > LARGEST) {
        let value = text_of(&rows.columns[slot], first);
        return Err(Error::Design {
            rule: DesignRule::Finite,
            spot: scene.spot(&rows.positions, first, Some(slot)),
            message: format!(
                "the replicate weight `{value}` is beyond 2^40; divide weights and replicate weights by one number, which changes no rate"
            ),
            recipe: scene.recipe.id.clone(),
            rows: Extent::here(bad),
        });
    }
    Ok(values)
}

/// Finite population numbers or sampling fractions: above 0.
pub(crate) fn population(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slot: usize,
) -> Result<Vec<f64>, Error> {
    let values = numbers(scene, rows, slot, "the finite population")?;
    hold(scene, rows, slot, DesignRule::Positive, |value| {
        format!("the finite population {value} is not above 0")
    })?;
    Ok(values)
}

/// Ids of strata or PSUs.
pub(crate) fn ids(
    scene: &Scene<'_>,
    rows: &Evaluated,
    slots: &[usize],
    ids: Ids,
    what: &str,
) -> Result<ArrayRef, Error> {
    for slot in slots {
        hold(scene, rows, *slot, DesignRule::Present, |_| missing(&format!("the {what}")))?;
    }
    if let (Ids::Int, [slot]) = (ids, slots) {
        let column = &rows.columns[*slot];
        let whole: Int64Array =
            match column.values.data_type() {
                DataType::Float32 => column
                    .values
                    .as_primitive::<Float32Type>()
                    .values()
                    .iter()
                    .map(|v| *v as i64)
                    .collect(),
                DataType::Float64 => column
                    .values
                    .as_primitive::<Float64Type>()
                    .values()
                    .iter()
                    .map(|v| *v as i64)
                    .collect(),
                DataType::Int64 => return Ok(column.values.clone()),
                _ => Int64Array::from(whole(column).ok_or_else(|| {
                    broken(scene.path, format!("the {what} holds no whole numbers"))
                })?),
            };
        return Ok(Arc::new(whole));
    }
    let mut texts = StringBuilder::with_capacity(rows.rows, rows.rows * 8);
    let columns: Vec<&RawColumn> = slots.iter().map(|s| &rows.columns[*s]).collect();
    if let [column] = columns[..]
        && column.is_text()
    {
        for row in 0..rows.rows {
            let null = column.values.is_null(row);
            texts.append_value(if null { "" } else { column.text(row).trim() });
        }
        return Ok(Arc::new(texts.finish()));
    }
    // Strata and PSUs are few: each is written out once in a batch.
    let mut known: FxHashMap<Option<u128>, String> = FxHashMap::default();
    for row in 0..rows.rows {
        let text = known.entry(fingerprint(&columns, row, false)).or_insert_with(|| {
            joined(&columns.iter().map(|c| text_of(c, row)).collect::<Vec<_>>())
        });
        texts.append_value(text);
    }
    Ok(Arc::new(texts.finish()))
}

/// The ids of several columns as one text, with `|` between them. Where one of them has a `|` itself, it
/// and `\` get a `\` before them in all of them, so that different ids are never one text.
fn joined(ids: &[String]) -> String {
    if ids.len() < 2 || !ids.iter().any(|id| id.contains('|')) {
        return ids.join("|");
    }
    let escaped = |id: &String| id.replace('\\', r"\\").replace('|', r"\|");
    ids.iter().map(escaped).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn different_ids_are_never_one_text_and_plain_ones_stay_as_they_are() {
        let of = |ids: &[&str]| joined(&ids.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(of(&["1", "02"]), "1|02");
        assert_eq!(of(&[r"a\b", "c"]), r"a\b|c");
        assert_eq!(of(&["a|b"]), "a|b");
        assert_eq!(of(&["a|b", r"c\"]), r"a\|b|c\\");
        // Every text of up to three of these characters, twice and three times.
        let mut texts = vec![String::new()];
        for _ in 0..3 {
            let longer = |text: &String| ["a", "|", r"\"].map(|c| format!("{text}{c}"));
            texts = texts.iter().flat_map(longer).chain(texts.clone()).collect();
            texts.sort();
            texts.dedup();
        }
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for a in &texts {
            for b in &texts {
                let ids = vec![a.clone(), b.clone()];
                let text = joined(&ids);
                if let Some(other) = known.insert(text.clone(), ids.clone()) {
                    panic!("{other:?} and {ids:?} are both `{text}`");
                }
            }
        }
        assert_eq!(known.len(), 40 * 40);
    }
}
