//! From cells to estimates: they enter the kernel PSU by PSU, where its rows would.

use super::form::{CellKind, CellsForm, Places, sums_suffice};
use super::merge::Psus;
use super::psu::{PsuCells, finest, value};
use crate::classify::{MISSING, NO, OUTSIDE, YES};
use crate::codeless::Codeless;
use crate::counts::{Counts, ZERO_WEIGHT};
use crate::exact::Exact;
use crate::finish::finish;
use crate::fold::OpenPsu;
use crate::key::Key;
use crate::layout::Layout;
use crate::pass::{Joiner, Reader, Stop, Unit};
use crate::sorted::nested;
use crate::totals::Totals;
use crate::{Error, Options, Plan, Results, Rows};
use inclusion_registry::Missing;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// PSUs that one task takes.
const TASK: usize = 256;

/// Estimates every indicator of the plan from the cells of all parts of the survey, with the same
/// bits as [`crate::estimate`] from its rows. The cells may have more indicators and be broken down by
/// more concepts than the plan: sums over what it does not ask for are those without it.
///
/// # Errors
///
/// [`Error`] names the stratum, PSU, column or indicator and what to do.
pub fn estimate_cells(
    plan: &Plan,
    form: &CellsForm,
    parts: &[Rows<'_>],
    options: &Options,
) -> Result<Results, Error> {
    let (layout, totals) = totals(plan, form, parts, options)?;
    finish(plan, &layout, options, totals, None)
}

/// The totals of a plan from cells that serve it.
pub(crate) fn totals(
    plan: &Plan,
    form: &CellsForm,
    parts: &[Rows<'_>],
    options: &Options,
) -> Result<(Layout, Totals), Error> {
    sums_suffice(plan, options)?;
    let layout = layout(plan, form)?;
    let own = CellsForm::of(plan, &layout)?;
    if let Some(message) = form.lacks(&own) {
        return Err(Error::Plan { place: "cells".to_string(), message });
    }
    let form = &own;
    let run =
        Run { form, places: form.places(), strides: form.strides(), layout: &layout, options };
    let totals = match run.totals(Psus::in_order(form, &run.places, parts)) {
        Err(Stop::OutOfOrder) => {
            Psus::in_any_order(form, &run.places, parts).and_then(|psus| run.totals(psus))
        }
        other => other,
    };
    let totals = totals.map_err(Stop::into_error)?;
    totals.check(options)?;
    Ok((layout, totals))
}

/// The layout of a plan over cells.
pub(crate) fn layout(plan: &Plan, form: &CellsForm) -> Result<Layout, Error> {
    let has = |column: &str| match column {
        inclusion_registry::STRATUM => form.stratified,
        inclusion_registry::PSU => form.clustered,
        inclusion_registry::FPC => form.fpc,
        _ => false,
    };
    Layout::new(plan, has)
}

struct Run<'a> {
    form: &'a CellsForm,
    places: Places,
    strides: Vec<u128>,
    layout: &'a Layout,
    options: &'a Options,
}

impl Run<'_> {
    fn totals(&self, mut psus: Psus<'_, '_>) -> Result<Totals, Stop> {
        let layout = self.layout;
        let mut joiner = Joiner::new(layout, self.options);
        let mut counts = Totals::new(layout);
        let mut keys: Vec<(Key, Key)> = Vec::new();
        let window = 4 * rayon::current_num_threads() * TASK;
        loop {
            let mut waiting = Vec::new();
            while waiting.len() < window
                && let Some(psu) = psus.next()?
            {
                waiting.push(psu);
            }
            if waiting.is_empty() {
                break;
            }
            if layout.clustered && !self.options.nest {
                keys.extend(waiting.iter().map(|psu| psu.key.clone()));
            }
            let units: Vec<Result<_, Stop>> =
                waiting.par_chunks(TASK).map(|psus| self.unit(psus)).collect();
            for made in units {
                let (unit, own) = made?;
                joiner.unit(unit)?;
                counts.merge(layout, own);
            }
        }
        let mut totals = joiner.finish()?;
        totals.merge(layout, counts);
        if totals.may_repeat_psus() {
            nested(keys.iter().map(|(stratum, psu)| (stratum, psu)))?;
        }
        Ok(totals)
    }

    /// Some PSUs as the kernel would have read them, and the counts that are not split by PSU.
    fn unit(&self, psus: &[PsuCells]) -> Result<(Unit, Totals), Stop> {
        let layout = self.layout;
        let mut reader = Reader::new(layout, self.options);
        let mut counted = Counted::new(layout);
        for psu in psus {
            let (stratum, id) = psu.key.clone();
            reader.enter(stratum, id, psu.fpc)?;
            let (mut rows, mut weighted) = (0, 0);
            let mut open = OpenPsu::default();
            for (at, cell) in psu.ids.iter().enumerate() {
                let counts = &psu.counts[at * self.places.counts..][..self.places.counts];
                rows += counts[0];
                weighted += counts[1];
                let finest = finest(self.form, &self.strides, &layout.digits, *cell);
                open.cells.push((finest, self.lanes(psu, at)));
                self.count(&mut counted, finest, psu, at);
                for (concept, codeless) in counted.codeless.iter_mut().enumerate() {
                    let value = value(self.form, &self.strides, concept, *cell);
                    codeless.count_rows(&layout.digits[concept], value, counts[0]);
                }
            }
            open.weighted = weighted > 0;
            reader.cells(&open, rows, weighted);
            if !layout.clustered {
                for (at, (cell, _)) in open.cells.iter().enumerate() {
                    let (psus, moments) = self.squares(psu, at);
                    reader.squares(*cell, &psus, &moments);
                }
            }
        }
        Ok((reader.finish(), counted.totals(layout)))
    }

    /// The sums of a cell, lane by lane.
    fn lanes(&self, psu: &PsuCells, at: usize) -> Vec<[i128; 2]> {
        let mut lanes = vec![[0; 2]; self.layout.lanes];
        let sums = &psu.sums[at * self.places.sums..][..self.places.sums];
        for (item, place) in self.layout.items.iter().zip(&self.places.items) {
            lanes[item.lane] = [sums[place.sum], sums[place.sum + 1]];
            if place.kind == CellKind::Ratio {
                lanes[item.weight_lane] = [0, sums[place.sum + 2]];
            }
        }
        lanes
    }

    /// Rows of the base and their squares, lane by lane, where every row is its own PSU.
    fn squares(&self, psu: &PsuCells, at: usize) -> (Vec<u64>, Vec<Exact>) {
        let lanes = self.layout.lanes;
        let (mut psus, mut moments) = (vec![0; lanes], vec![Exact::new(3); lanes]);
        let counts = &psu.counts[at * self.places.counts..];
        let exact = &psu.exact[at * self.places.exact..];
        for (item, place) in self.layout.items.iter().zip(&self.places.items) {
            let rows = counts[place.count] + counts[place.count + 1];
            psus[item.lane] = rows;
            (0..3).for_each(|e| moments[item.lane].merge(&exact[place.square + e], |_| e));
            if place.kind == CellKind::Ratio {
                psus[item.weight_lane] = rows;
                moments[item.weight_lane].merge(&exact[place.square + 3], |_| 2);
            }
        }
        (psus, moments)
    }

    fn count(&self, counted: &mut Counted, finest: u64, psu: &PsuCells, at: usize) {
        let (items, numbers) = (self.layout.items.len(), self.layout.numbers);
        let cell = counted.cell(self.layout, finest);
        let counts = &psu.counts[at * self.places.counts..][..self.places.counts];
        let exact = &psu.exact[at * self.places.exact..];
        counted.counts.rows[cell] += counts[0];
        for (index, (item, place)) in self.layout.items.iter().zip(&self.places.items).enumerate() {
            let classes = &mut counted.counts.classes[cell * items + index];
            let own = &counts[place.count..];
            classes[YES as usize] += own[0];
            classes[NO as usize] += own[1];
            classes[ZERO_WEIGHT] += own[2];
            let mut inside = own[0] + own[1];
            for reason in 0..Missing::ALL.len() {
                classes[MISSING as usize + reason] += own[3 + reason];
                inside += own[3 + reason];
            }
            classes[OUTSIDE as usize] += counts[1].saturating_sub(inside);
            let Some(number) = item.number else { continue };
            let second = &mut counted.counts.second[cell * numbers + number];
            (0..3).for_each(|e| second.merge(&exact[place.second + e], |_| e));
        }
    }
}

/// What is not split by PSU.
struct Counted {
    ids: FxHashMap<u64, usize>,
    cells: Vec<u64>,
    counts: Counts,
    codeless: Vec<Codeless>,
}

impl Counted {
    fn new(layout: &Layout) -> Counted {
        let codeless = vec![Codeless::default(); layout.digits.len()];
        let (ids, cells, counts) = (FxHashMap::default(), Vec::new(), Counts::default());
        Counted { ids, cells, counts, codeless }
    }

    /// The place of a cell.
    fn cell(&mut self, layout: &Layout, cell: u64) -> usize {
        let next = self.cells.len();
        let place = *self.ids.entry(cell).or_insert(next);
        if place == next {
            self.cells.push(cell);
            self.counts.grow(next + 1, layout.width, layout.items.len(), layout.numbers);
        }
        place
    }

    fn totals(self, layout: &Layout) -> Totals {
        let mut totals = Totals::new(layout);
        totals.counts(layout, &self.cells, &self.counts);
        totals.codeless(&self.codeless);
        totals
    }
}
