//! Several tables of cells as one, PSU by PSU.

use super::TakeCells;
use super::form::{CellsForm, Places};
use super::gather::collect;
use super::psu::{PsuCells, PsuKey};
use super::table;
use crate::pass::{Stop, fpc_varies, read_batches};
use crate::{Error, Rows};
use std::collections::{BTreeMap, VecDeque, btree_map::IntoValues};

/// Cells of a batch that is handed over.
const BATCH: usize = 1 << 14;

/// Adds up the cells of several parts of one survey, which must have this form, and hands them over
/// by stratum, PSU and codes.
///
/// Parts in that order are read PSU by PSU; of others all cells are held. Sums are whole numbers, so
/// the parts may come in any order and be merged in any steps.
///
/// # Errors
///
/// [`Error`] with the column, stratum or PSU at fault.
pub fn merge_cells(
    form: &CellsForm,
    parts: &[Rows<'_>],
    each: &mut TakeCells<'_>,
) -> Result<(), Error> {
    let copy = |mut psus: Psus<'_, '_>, each: &mut TakeCells<'_>| -> Result<(), Stop> {
        let mut writer = Writer::new(form, each);
        while let Some(psu) = psus.next()? {
            writer.add(psu)?;
        }
        writer.finish()
    };
    let places = form.places();
    match copy(Psus::in_order(form, &places, parts), each) {
        Err(Stop::OutOfOrder) => {
            each(None).map_err(Error::Rows)?;
            Psus::in_any_order(form, &places, parts).and_then(|psus| copy(psus, each))
        }
        other => other,
    }
    .map_err(Stop::into_error)
}

/// Takes PSUs in order, joins neighbours of one key, and hands their cells over in batches.
pub(crate) struct Writer<'a, 'e> {
    form: &'a CellsForm,
    places: Places,
    each: &'a mut TakeCells<'e>,
    waiting: Vec<PsuCells>,
    cells: usize,
}

impl<'a, 'e> Writer<'a, 'e> {
    pub(crate) fn new(form: &'a CellsForm, each: &'a mut TakeCells<'e>) -> Writer<'a, 'e> {
        Writer { form, places: form.places(), each, waiting: Vec::new(), cells: 0 }
    }

    /// Adds the next PSU, or more of the last one.
    pub(crate) fn add(&mut self, psu: PsuCells) -> Result<(), Stop> {
        if let Some(last) = self.waiting.last_mut() {
            follows(last, &psu)?;
            if last.key == psu.key {
                self.cells -= last.ids.len();
                last.merge(&self.places, &psu);
                self.cells += last.ids.len();
                return Ok(());
            }
        }
        // A new PSU begins, so those that wait are whole.
        if self.cells >= BATCH {
            self.hand_over()?;
        }
        self.cells += psu.ids.len();
        self.waiting.push(psu);
        Ok(())
    }

    fn hand_over(&mut self) -> Result<(), Stop> {
        let batch = table::to_batch(self.form, &self.waiting)?;
        (self.each)(Some(batch)).map_err(Error::Rows)?;
        self.waiting.clear();
        self.cells = 0;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        self.hand_over()
    }
}

/// A PSU comes at or after the last one, with the finite population of its stratum.
fn follows(last: &PsuCells, next: &PsuCells) -> Result<(), Stop> {
    if next.key < last.key {
        return Err(Stop::OutOfOrder);
    }
    if next.key.0 == last.key.0 && next.fpc != last.fpc {
        return Err(Stop::Error(fpc_varies(Some(&next.key.0), next.fpc)));
    }
    Ok(())
}

/// The PSUs of several parts in the order of their keys, each once.
pub(crate) struct Psus<'a, 'r> {
    places: &'a Places,
    parts: Vec<Part<'a, 'r>>,
    held: Option<IntoValues<PsuKey, PsuCells>>,
    last: Option<PsuCells>,
}

/// A part, and those of its PSUs that were read and not taken.
struct Part<'a, 'r> {
    form: &'a CellsForm,
    places: &'a Places,
    rows: &'a Rows<'r>,
    unit: usize,
    queue: VecDeque<PsuCells>,
}

impl<'a, 'r> Psus<'a, 'r> {
    /// Reads the parts side by side; PSUs that come in another order stop it.
    pub(crate) fn in_order(
        form: &'a CellsForm,
        places: &'a Places,
        parts: &'a [Rows<'r>],
    ) -> Psus<'a, 'r> {
        let part = |rows| Part { form, places, rows, unit: 0, queue: VecDeque::new() };
        Psus { places, parts: parts.iter().map(part).collect(), held: None, last: None }
    }

    /// Reads the parts to their ends.
    pub(crate) fn in_any_order(
        form: &'a CellsForm,
        places: &'a Places,
        parts: &'a [Rows<'r>],
    ) -> Result<Psus<'a, 'r>, Stop> {
        let mut all = BTreeMap::new();
        for rows in parts {
            for unit in 0..rows.units {
                read_batches(rows, unit, |batch| {
                    let psus = table::of_batch(form, places, batch)?;
                    psus.into_iter().try_for_each(|psu| collect(&mut all, places, psu))
                })?;
            }
        }
        Ok(Psus { places, parts: Vec::new(), held: Some(all.into_values()), last: None })
    }

    /// The next PSU.
    pub(crate) fn next(&mut self) -> Result<Option<PsuCells>, Stop> {
        let next = match &mut self.held {
            Some(held) => held.next(),
            None => self.least()?,
        };
        let Some(next) = next else { return Ok(None) };
        if let Some(last) = &self.last {
            follows(last, &next)?;
        }
        self.last = Some(PsuCells::new(next.key.clone(), next.fpc));
        Ok(Some(next))
    }

    /// The PSU with the smallest key, of all parts that have it.
    fn least(&mut self) -> Result<Option<PsuCells>, Stop> {
        for part in &mut self.parts {
            part.fill()?;
        }
        let keys = self.parts.iter().filter_map(|part| Some(&part.queue.front()?.key));
        let Some(key) = keys.min().cloned() else { return Ok(None) };
        let mut found: Option<PsuCells> = None;
        for part in &mut self.parts {
            let Some(psu) = part.queue.pop_front_if(|psu| psu.key == key) else { continue };
            match &mut found {
                Some(found) => {
                    follows(found, &psu)?;
                    found.merge(self.places, &psu);
                }
                None => found = Some(psu),
            }
        }
        Ok(found)
    }
}

impl Part<'_, '_> {
    /// Reads on until the first PSU is known to be whole.
    fn fill(&mut self) -> Result<(), Stop> {
        while self.queue.len() < 2 && self.unit < self.rows.units {
            let (form, places, queue) = (self.form, self.places, &mut self.queue);
            read_batches(self.rows, self.unit, |batch| {
                for psu in table::of_batch(form, places, batch)? {
                    match queue.back_mut() {
                        Some(last) if last.key == psu.key => {
                            follows(last, &psu)?;
                            last.merge(places, &psu);
                        }
                        _ => queue.push_back(psu),
                    }
                }
                Ok(())
            })?;
            self.unit += 1;
        }
        Ok(())
    }
}
