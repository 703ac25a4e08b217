//! Files that are looked up by key: read once, only the columns that are needed, then indexed.

use crate::error::{Extent, Halt, Spot, counted, file_name};
use crate::fingerprint::{fingerprint, key_text};
use crate::names::{self, Wanted};
use crate::table::{RawColumn, Table, broken};
use crate::{Error, LogEntry};
use arrow::array::{Array, UInt32Array};
use arrow::compute::{cast, concat};
use arrow::datatypes::DataType;
use inclusion_registry::{Join, Recipe, Unmatched};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// A looked-up file in memory.
pub(crate) struct Joined {
    /// Columns that were read, as indices of the first part.
    pub columns: Vec<usize>,
    /// First part's path.
    pub path: PathBuf,
    /// Rows read.
    pub rows: u64,
    data: Vec<RawColumn>,
    index: FxHashMap<u128, u32>,
    first_positions: Vec<(usize, u64)>,
    used: Mutex<Vec<bool>>,
    names: Vec<String>,
    unmatched: Unmatched,
}

/// Reads a looked-up file.
pub(crate) fn load(
    recipe: &Recipe,
    join: &Join,
    tables: &[Box<dyn Table>],
    columns: &[usize],
    log: &mut Vec<LogEntry>,
) -> Result<Joined, Error> {
    let first = tables[0].about();
    let wanted_names: Vec<&str> = columns.iter().map(|i| first.columns[*i].name.as_str()).collect();
    let mut parts: Vec<Vec<RawColumn>> = vec![Vec::new(); columns.len()];
    let mut positions = Vec::new();
    for (p, table) in tables.iter().enumerate() {
        let names: Vec<&str> = table.about().columns.iter().map(|c| c.name.as_str()).collect();
        let mut indices = Vec::new();
        for name in &wanted_names {
            let wanted = Wanted { recipe: &recipe.id, role: "the join", name };
            indices.push(names::find(&wanted, &names, &table.about().path)?);
        }
        let mut sorted = indices.clone();
        sorted.sort_unstable();
        for unit in 0..table.units() {
            let read = table.read(unit, &sorted, &mut |batch| {
                for (part, index) in parts.iter_mut().zip(&indices) {
                    let at = sorted.binary_search(index).unwrap_or(0);
                    part.push(batch.columns[at].clone());
                }
                positions.extend((0..batch.rows).map(|i| (p, batch.positions.of(i))));
                log.extend(batch.log);
                Ok(())
            });
            match read {
                Ok(()) => {}
                Err(Halt::Ours(error)) => return Err(error),
                Err(_) => return Err(broken(&table.about().path, "could not be read")),
            }
        }
    }
    let data = parts
        .into_iter()
        .map(together)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| broken(&first.path, e))?;
    let names: Vec<&str> = first.columns.iter().map(|c| c.name.as_str()).collect();
    let mut key = Vec::new();
    let mut key_names = Vec::new();
    for right in join.on.values() {
        let index = names::find(
            &Wanted { recipe: &recipe.id, role: "the join", name: right },
            &names,
            &first.path,
        )?;
        key.push(&data[columns.iter().position(|c| *c == index).unwrap_or(0)]);
        key_names.push(first.columns[index].name.clone());
    }
    let mut index: FxHashMap<u128, u32> = FxHashMap::default();
    let mut duplicate: Option<(u32, usize)> = None;
    let mut count = 0;
    for row in 0..positions.len() {
        let Some(print) = fingerprint(&key, row, true) else { continue };
        if let Some(old) = index.insert(print, row as u32) {
            duplicate.get_or_insert((old, row));
            count += 1;
        }
    }
    if let Some((old, row)) = duplicate {
        let (part, number) = positions[row];
        let (old_part, old_number) = positions[old as usize];
        let about = tables[part].about();
        let old_file = if old_part == part {
            String::new()
        } else {
            format!("{}, ", tables[old_part].about().path.display())
        };
        return Err(Error::DuplicateKey {
            spot: Spot { word: about.word, number: Some(number), ..Spot::file(&about.path) },
            first: format!("{old_file}{} {old_number}", about.word),
            what: key_text(&key_names, &key, row),
            count,
            hint: format!("each key may stand once in the looked-up file `{}`", join.file),
        });
    }
    let used = Mutex::new(vec![false; positions.len()]);
    Ok(Joined {
        columns: columns.to_vec(),
        path: first.path.clone(),
        rows: positions.len() as u64,
        data,
        index,
        first_positions: positions,
        used,
        names: join.on.keys().cloned().collect(),
        unmatched: join.unmatched,
    })
}

fn together(parts: Vec<RawColumn>) -> Result<RawColumn, String> {
    let parts: Vec<RawColumn> = parts.iter().map(RawColumn::decoded).collect();
    let kinds: Vec<&DataType> = parts.iter().map(|p| p.values.data_type()).collect();
    let kind = match kinds.first() {
        Some(first) if kinds.iter().all(|k| k == first) => (*first).clone(),
        _ if kinds.contains(&&DataType::Utf8) => DataType::Utf8,
        _ => DataType::Float64,
    };
    let arrays = parts
        .iter()
        .map(|p| cast(&p.values, &kind))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| e.to_string())?;
    let refs: Vec<&dyn Array> = arrays.iter().map(|a| a.as_ref()).collect();
    let values = concat(&refs).map_err(|e| e.to_string())?;
    let tags = parts.iter().any(|p| p.tags.is_some()).then(|| {
        let all = parts.iter().flat_map(|p| match &p.tags {
            Some(tags) => tags.to_vec(),
            None => vec![0; p.values.len()],
        });
        Arc::new(all.collect())
    });
    Ok(RawColumn { values, tags })
}

/// What a looked-up file is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The first reading of a batch: its rows are marked as used.
    First,
    /// A further reading.
    Again,
    /// Counting how often something occurs: rows without a match are no reason to stop.
    Count,
}

/// Rows of a batch without a match.
pub(crate) struct Misses {
    /// How many.
    pub count: u64,
    /// First of them.
    pub first: usize,
    /// Its key.
    pub key: String,
}

impl Joined {
    /// The looked-up columns for the rows of a batch.
    pub fn look_up(
        &self,
        key: &[&RawColumn],
        rows: usize,
        spot: impl Fn(usize) -> Spot,
        how: Use,
    ) -> Result<(Vec<RawColumn>, Option<Misses>), Error> {
        let found: Vec<Option<u32>> = (0..rows)
            .map(|row| fingerprint(key, row, true).and_then(|p| self.index.get(&p).copied()))
            .collect();
        let missed: Vec<usize> = (0..rows).filter(|row| found[*row].is_none()).collect();
        let fails = self.unmatched == Unmatched::Fail && how != Use::Count;
        if let (Some(first), true) = (missed.first(), fails) {
            let keys = missed.iter().take(3).map(|row| key_text(&self.names, key, *row));
            return Err(Error::Unmatched {
                spot: spot(*first),
                what: key_text(&self.names, key, *first),
                other: self.path.clone(),
                count: Extent::here(missed.len()),
                first: keys.collect(),
            });
        }
        if how == Use::First {
            let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            for row in found.iter().flatten() {
                used[*row as usize] = true;
            }
        }
        let misses = missed.first().map(|first| Misses {
            count: missed.len() as u64,
            first: *first,
            key: key_text(&self.names, key, *first),
        });
        let indices = UInt32Array::from(found);
        let mut columns = Vec::with_capacity(self.data.len());
        for column in &self.data {
            let mut taken = column.take(&indices).map_err(|e| broken(&self.path, e.to_string()))?;
            if misses.is_some() {
                let mut tags = taken.tags.as_ref().map_or_else(|| vec![0; rows], |t| t.to_vec());
                for row in &missed {
                    tags[*row] = crate::lookup::NO_MATCH;
                }
                taken.tags = Some(Arc::new(tags));
            }
            columns.push(taken);
        }
        Ok((columns, misses))
    }

    /// Rows of the looked-up file that no row used.
    pub fn unused(&self) -> Option<LogEntry> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let count = used.iter().filter(|u| !**u).count() as u64;
        let first = used.iter().position(|u| !*u)?;
        Some(LogEntry {
            code: "unused_rows".into(),
            message: format!(
                "{} of the looked-up file {} {} used by no row (it has {})",
                counted(count, "row"),
                file_name(&self.path),
                if count == 1 { "was" } else { "were" },
                used.len(),
            ),
            file: self.path.clone(),
            line: Some(self.first_positions[first].1),
            column: None,
            value: None,
            count,
        })
    }
}
