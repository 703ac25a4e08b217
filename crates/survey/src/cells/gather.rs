//! From rows to cells.

use super::form::{CellKind, CellsForm, Places, cells_form};
use super::merge::Writer;
use super::psu::{PsuCells, PsuKey, digit};
use super::{TakeCells, form::COUNTS};
use crate::classify::{MISSING, NO, YES, category};
use crate::counts::ZERO_WEIGHT;
use crate::cube::Number;
use crate::exact::{Exact, fixed, product};
use crate::key::Ids;
use crate::layout::{Item, Layout};
use crate::pass::{Classes, Stop, fpc, fpc_varies, read_batches, weights};
use crate::{Error, Options, Plan, Rows};
use arrow::array::RecordBatch;
use inclusion_registry::{PSU, STRATUM, WEIGHT};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Counts of an item, in the order of its columns, by class of a row.
const COUNT_OF: [Option<usize>; 9] = {
    let mut places = [None; 9];
    places[YES as usize] = Some(0);
    places[NO as usize] = Some(1);
    places[ZERO_WEIGHT] = Some(2);
    let mut reason = 3;
    while reason < COUNTS {
        places[MISSING as usize + reason - 3] = Some(reason);
        reason += 1;
    }
    places
};

/// Makes the cells of a sample and hands them over in batches, by stratum, PSU and codes.
///
/// Where the rows come in that order of strata and PSUs, memory does not grow with them; otherwise
/// all cells are held. The cells are the same to the bit for any order, split and number of threads.
///
/// # Errors
///
/// As [`cells_form`], and [`Error`] with the stratum, PSU or column at fault.
pub fn cells(
    plan: &Plan,
    rows: &Rows<'_>,
    options: &Options,
    each: &mut TakeCells<'_>,
) -> Result<CellsForm, Error> {
    let has = |column: &str| rows.schema.column_with_name(column).is_some();
    let form = cells_form(plan, has, options)?;
    let layout = Layout::new(plan, has)?;
    let maker = Maker { places: form.places(), strides: form.strides(), form, layout };
    match maker.in_order(rows, each) {
        Ok(()) => {}
        Err(stop @ (Stop::Error(_) | Stop::NeedsRows)) => return Err(stop.into_error()),
        Err(Stop::OutOfOrder) => {
            each(None).map_err(Error::Rows)?;
            maker.in_any_order(rows, each).map_err(Stop::into_error)?;
        }
    }
    Ok(maker.form)
}

struct Maker {
    form: CellsForm,
    places: Places,
    strides: Vec<u128>,
    layout: Layout,
}

impl Maker {
    fn in_order(&self, rows: &Rows<'_>, each: &mut TakeCells<'_>) -> Result<(), Stop> {
        let mut writer = Writer::new(&self.form, each);
        // A unit for each thread at a time: cells that wait to be written take some kilobyte each.
        let window = rayon::current_num_threads();
        for start in (0..rows.units).step_by(window) {
            let units: Vec<Result<_, Stop>> = (start..rows.units.min(start + window))
                .into_par_iter()
                .map(|unit| self.unit(rows, unit))
                .collect();
            for unit in units {
                unit?.into_iter().try_for_each(|psu| writer.add(psu))?;
            }
        }
        writer.finish()
    }

    fn in_any_order(&self, rows: &Rows<'_>, each: &mut TakeCells<'_>) -> Result<(), Stop> {
        let all: Mutex<BTreeMap<PsuKey, PsuCells>> = Mutex::default();
        (0..rows.units).into_par_iter().try_for_each(|unit| {
            let psus = self.unit(rows, unit)?;
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            psus.into_iter().try_for_each(|psu| collect(&mut all, &self.places, psu))
        })?;
        let mut writer = Writer::new(&self.form, each);
        let all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.into_values().try_for_each(|psu| writer.add(psu))?;
        writer.finish()
    }

    /// The cells of a unit by stratum and PSU.
    fn unit(&self, rows: &Rows<'_>, unit: usize) -> Result<Vec<PsuCells>, Stop> {
        let mut gathered = Gathered::default();
        let mut classes = Classes::default();
        read_batches(rows, unit, |batch| self.batch(batch, &mut classes, &mut gathered))?;
        let mut psus = gathered.psus;
        psus.iter_mut().for_each(|psu| psu.sort(&self.places));
        psus.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Ok(psus)
    }

    fn batch(
        &self,
        batch: &RecordBatch,
        classes: &mut Classes,
        gathered: &mut Gathered,
    ) -> Result<(), Stop> {
        let layout = &self.layout;
        classes.read(layout, batch)?;
        let mut ids = vec![0u128; batch.num_rows()];
        for ((concept, codes), stride) in self.form.by.iter().zip(&self.strides) {
            let values = category(batch, concept, codes.len())?;
            ids.iter_mut().zip(values).for_each(|(id, value)| *id += digit(*value) * stride);
        }
        let strata = Ids::of(batch, STRATUM, layout.stratified)?;
        let psus = Ids::of(batch, PSU, layout.clustered)?;
        let weights = weights(batch, &strata)?;
        let fpc = fpc(batch, layout)?;
        let (width, items, numbers) = (layout.width, layout.items.len(), layout.numbers);
        for (row, id) in ids.into_iter().enumerate() {
            let fpc = fpc.map(|f| f[row]);
            if row == 0 || !strata.same(row, row - 1) || !psus.same(row, row - 1) {
                gathered.enter((strata.key(row), psus.key(row)), fpc);
            }
            let psu = &gathered.psus[gathered.at];
            if psu.fpc != fpc {
                return Err(Stop::Error(fpc_varies(Some(&psu.key.0), fpc)));
            }
            let cell = gathered.cell(&self.places, id);
            let own = Row {
                weight: weights[row],
                classes: &classes.classes[row * width..][..items],
                numbers: &classes.numbers[row * numbers..][..numbers],
            };
            self.row(&mut gathered.psus[gathered.at], cell, &own)?;
        }
        Ok(())
    }

    /// Adds a row to a cell, by the rules of the kernel (`fold.rs`).
    fn row(&self, psu: &mut PsuCells, cell: usize, row: &Row<'_>) -> Result<(), Error> {
        let places = &self.places;
        let counts = &mut psu.counts[cell * places.counts..][..places.counts];
        let sums = &mut psu.sums[cell * places.sums..][..places.sums];
        let exact = &mut psu.exact[cell * places.exact..][..places.exact];
        let items = || self.layout.items.iter().zip(&places.items).zip(row.classes);
        counts[0] += 1;
        if row.weight == 0.0 {
            items()
                .filter(|(_, class)| in_base(**class))
                .for_each(|((_, place), _)| counts[place.count + 2] += 1);
            return Ok(());
        }
        counts[1] += 1;
        let large = |item: &Item| {
            let value = item.compiled.value.clone();
            Error::TooLarge { what: value.unwrap_or_else(|| WEIGHT.to_string()) }
        };
        for ((item, place), class) in items() {
            if let Some(count) = COUNT_OF[*class as usize] {
                counts[place.count + count] += 1;
            }
            if !in_base(*class) {
                continue;
            }
            let whole = |v: f64| fixed(v).ok_or_else(|| large(item));
            // A weight so small that it rounds to nothing keeps its row as the smallest unit.
            let weight = whole(row.weight)?.max(1);
            let [y, x] = match item.number {
                Some(number) => row.numbers[number],
                None => [f64::from(*class == YES), 1.0],
            };
            let own = match place.kind {
                CellKind::Share => [if *class == YES { weight } else { 0 }, weight, 0],
                CellKind::Number => [whole(row.weight * y)?, weight, 0],
                CellKind::Ratio => [whole(row.weight * y)?, whole(row.weight * x)?, weight],
            };
            let mine = sums[place.sum..].iter_mut().zip(own);
            mine.take(2 + usize::from(place.kind == CellKind::Ratio))
                .for_each(|(a, b)| *a = a.plus(b));
            if place.kind != CellKind::Share {
                let second = &mut exact[place.second..];
                second[0].add(0, row.weight * y * y);
                second[1].add(0, row.weight * x * y);
                second[2].add(0, row.weight * x * x);
            }
            if !self.form.clustered {
                let squares = &mut exact[place.square..];
                let (wy, wx) = (row.weight * y, row.weight * x);
                add_product(&mut squares[0], wy, wy);
                add_product(&mut squares[1], wx, wy);
                add_product(&mut squares[2], wx, wx);
                if place.kind == CellKind::Ratio {
                    add_product(&mut squares[3], row.weight, row.weight);
                }
            }
        }
        Ok(())
    }
}

struct Row<'a> {
    weight: f64,
    classes: &'a [u8],
    numbers: &'a [[f64; 2]],
}

fn in_base(class: u8) -> bool {
    class == YES || class == NO
}

fn add_product(to: &mut Exact, a: f64, b: f64) {
    let (product, rest) = product(a, b);
    to.add(0, product);
    to.add(0, rest);
}

/// The PSUs of a unit in the order in which they were met, with the places of their cells.
#[derive(Default)]
struct Gathered {
    known: FxHashMap<PsuKey, usize>,
    psus: Vec<PsuCells>,
    places: Vec<FxHashMap<u128, usize>>,
    at: usize,
}

impl Gathered {
    /// The next row is of this PSU.
    fn enter(&mut self, key: PsuKey, fpc: Option<f64>) {
        let next = self.psus.len();
        self.at = *self.known.entry(key.clone()).or_insert(next);
        if self.at == next {
            self.psus.push(PsuCells::new(key, fpc));
            self.places.push(FxHashMap::default());
        }
    }

    /// The place of a cell of the PSU at hand.
    fn cell(&mut self, places: &Places, id: u128) -> usize {
        let psu = &mut self.psus[self.at];
        *self.places[self.at].entry(id).or_insert_with(|| psu.push(places, id))
    }
}

/// Adds the cells of a PSU to all.
pub(crate) fn collect(
    all: &mut BTreeMap<PsuKey, PsuCells>,
    places: &Places,
    psu: PsuCells,
) -> Result<(), Stop> {
    match all.get_mut(&psu.key) {
        Some(known) if known.fpc != psu.fpc => {
            Err(Stop::Error(fpc_varies(Some(&psu.key.0), psu.fpc)))
        }
        Some(known) => {
            known.merge(places, &psu);
            Ok(())
        }
        None => {
            all.insert(psu.key.clone(), psu);
            Ok(())
        }
    }
}
