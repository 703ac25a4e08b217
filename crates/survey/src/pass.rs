//! One pass over rows that come stratum by stratum and PSU by PSU, in any number of units.
//!
//! Each unit is read by one thread. The PSUs that a unit begins and ends with stay open, and so do
//! the strata; they are joined to those of the neighbouring units afterwards, in the order of the
//! units. Everything else is complete and is added to the totals at once, so memory does not grow
//! with the number of rows. Rows that turn out to be in another order stop the pass with
//! [`Stop::OutOfOrder`]; `sorted` then brings them into order.

use crate::classify::{OUTSIDE, Scratch, category, number};
use crate::codeless::Codeless;
use crate::exact::Exact;
use crate::fold::{Folder, OpenPsu, RowsOfPsu, TooLarge};
use crate::key::{Ids, Key};
use crate::layout::Layout;
use crate::replicates::{self, Whole};
use crate::tally::{Body, Tally};
use crate::totals::{StratumInfo, Totals};
use crate::{BoxError, Error, Options, Rows};
use arrow::array::{Array, RecordBatch};
use inclusion_registry::{FPC, PSU, STRATUM, WEIGHT};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Why a pass ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A PSU or stratum came back after it was complete.
    OutOfOrder,
    /// Replicate weights cannot be added up as they come.
    NeedsRows,
    Error(Error),
}

impl Stop {
    /// The error, of rows that were read in whatever order they came.
    pub(crate) fn into_error(self) -> Error {
        let message = match self {
            Stop::Error(error) => return error,
            Stop::OutOfOrder => {
                "the rows differed between two readings; nothing may change while they are read"
            }
            Stop::NeedsRows => "replicate weights were met where none were asked for",
        };
        Error::Plan { place: "rows".to_string(), message: message.to_string() }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}

/// A stratum, as far as it was read.
#[derive(Debug)]
pub(crate) struct Piece {
    stratum: Key,
    fpc: Option<f64>,
    /// The PSU it begins with, if its first rows may stand in an earlier unit.
    head: Option<(Key, OpenPsu)>,
    body: Body,
    /// The PSU it ends with.
    tail: Option<(Key, OpenPsu)>,
    first: Key,
    last: Key,
}

/// What a unit of rows amounts to.
#[derive(Debug)]
pub(crate) struct Unit {
    totals: Totals,
    first: Option<Piece>,
    last: Option<Piece>,
}

/// The classified rows of a batch.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    pub cells: Vec<u64>,
    /// Row by row, in each lane; those behind the items are outside.
    pub classes: Vec<u8>,
    /// Row by row, number by number: y and x.
    pub numbers: Vec<[f64; 2]>,
    /// By breakdown concept, of all batches so far.
    pub codeless: Vec<Codeless>,
    scratch: Scratch,
}

impl Classes {
    /// Classifies a batch.
    pub(crate) fn read(&mut self, layout: &Layout, batch: &RecordBatch) -> Result<(), Error> {
        let rows = batch.num_rows();
        self.cells.clear();
        self.cells.resize(rows, 0);
        self.codeless.resize(layout.digits.len(), Codeless::default());
        for (digit, codeless) in layout.digits.iter().zip(&mut self.codeless) {
            let values = category(batch, &digit.concept, digit.codes)?;
            codeless.count(digit, values);
            let cells = &mut self.cells;
            layout.arch.dispatch(|| {
                for (cell, value) in cells.iter_mut().zip(values) {
                    *cell += (*value + 1).max(0) as u64 * digit.stride;
                }
            });
        }
        self.scratch.start(&layout.program);
        // Every place is written for each item, and the others never.
        self.classes.resize(rows * layout.width, OUTSIDE);
        self.numbers.clear();
        self.numbers.resize(rows * layout.numbers, [0.0; 2]);
        for (index, item) in layout.items.iter().enumerate() {
            let (scratch, classes) = (&mut self.scratch, self.classes.get_mut(index..));
            let classes = classes.unwrap_or_default();
            layout.program.classes(&item.compiled, batch, scratch, classes, layout.width)?;
            let Some(place) = item.number else { continue };
            let columns = [item.compiled.value.as_ref(), item.compiled.denominator.as_ref()];
            for (side, column) in columns.into_iter().enumerate() {
                let at = |row: usize| row * layout.numbers + place;
                let Some(column) = column else {
                    (0..rows).for_each(|row| self.numbers[at(row)][side] = 1.0);
                    continue;
                };
                let values = number(batch, column)?;
                for row in 0..rows {
                    // A null counts only where the answer rule makes it a no: then it is 0.
                    let value = if values.is_null(row) { 0.0 } else { values.value(row) };
                    if !value.is_finite() {
                        return Err(Error::Plan {
                            place: format!("column `{column}`"),
                            message: format!(
                                "holds {value}; numbers must be finite, and missing ones empty"
                            ),
                        });
                    }
                    self.numbers[at(row)][side] = value;
                }
            }
        }
        Ok(())
    }
}

/// The weights of a batch, of the precision of [`crate::weight`].
pub(crate) fn weights(batch: &RecordBatch, strata: &Ids) -> Result<Vec<f64>, Error> {
    let array = number(batch, WEIGHT)?;
    if array.null_count() > 0 {
        return Err(Error::Empty { column: WEIGHT.to_string(), rows: array.null_count() });
    }
    let values: &[f64] = array.values();
    // Sums have 64 binary places, of which a weight must use some 30.
    let limit = crate::weight::LARGEST;
    let least = 1.0 / (1u64 << 34) as f64;
    match values.iter().position(|w| !(*w >= least && *w <= limit || *w == 0.0)) {
        Some(row) => {
            Err(Error::Weight { stratum: strata.key(row).to_string(), value: values[row] })
        }
        // Zero may have a sign in a file.
        None => Ok(values.iter().map(|w| crate::weight::rounded(w.abs())).collect()),
    }
}

/// Reads rows that come in order.
pub(crate) struct Reader<'a> {
    layout: &'a Layout,
    options: &'a Options,
    folder: Folder<'a>,
    totals: Totals,
    first: Option<Piece>,
    closed: FxHashSet<Key>,
    stratum: Option<Key>,
    fpc: Option<f64>,
    head: Option<(Key, OpenPsu)>,
    psu: Option<Key>,
    /// No PSU of the unit is complete yet.
    fresh: bool,
    first_psu: Option<Key>,
    rows: u64,
    weighted: u64,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(layout: &'a Layout, options: &'a Options) -> Reader<'a> {
        Reader {
            layout,
            options,
            folder: Folder::new(layout),
            totals: Totals::new(layout),
            first: None,
            closed: FxHashSet::default(),
            stratum: None,
            fpc: None,
            head: None,
            psu: None,
            fresh: true,
            first_psu: None,
            rows: 0,
            weighted: 0,
        }
    }

    /// The next row is of this stratum and PSU.
    pub(crate) fn enter(&mut self, stratum: Key, psu: Key, fpc: Option<f64>) -> Result<(), Stop> {
        if self.stratum.as_ref() != Some(&stratum) {
            self.end_stratum()?;
            if self.closed.contains(&stratum) {
                return Err(Stop::OutOfOrder);
            }
            self.stratum = Some(stratum);
            self.fpc = fpc;
            self.first_psu = Some(psu.clone());
            self.psu = Some(psu);
        } else if self.layout.clustered && self.psu.as_ref() != Some(&psu) {
            if self.psu.as_ref() > Some(&psu) {
                return Err(Stop::OutOfOrder);
            }
            self.end_psu();
            self.psu = Some(psu);
        }
        self.same_fpc(fpc)
    }

    /// The finite population of a further row of the stratum.
    pub(crate) fn same_fpc(&self, fpc: Option<f64>) -> Result<(), Stop> {
        if fpc == self.fpc {
            return Ok(());
        }
        Err(Stop::Error(fpc_varies(self.stratum.as_ref(), fpc)))
    }

    fn end_psu(&mut self) {
        if !self.layout.clustered {
            return;
        }
        let Some(psu) = self.psu.take() else { return };
        if self.fresh {
            self.fresh = false;
            self.head = Some((psu, self.folder.take_psu()));
        } else {
            self.folder.end_psu();
        }
    }

    /// Takes out the stratum at hand; its last PSU has ended, or is given.
    fn piece(&mut self, last: Key, tail: Option<(Key, OpenPsu)>) -> Option<Piece> {
        let stratum = self.stratum.take()?;
        let rows = std::mem::take(&mut self.rows);
        let weighted = std::mem::take(&mut self.weighted);
        self.totals.rows += rows;
        self.totals.weighted_rows += weighted;
        let body = self.folder.take_body(rows, weighted);
        let first = self.first_psu.take()?;
        Some(Piece {
            stratum,
            fpc: self.fpc.take(),
            head: self.head.take(),
            body,
            tail,
            first,
            last,
        })
    }

    fn end_stratum(&mut self) -> Result<(), Stop> {
        let Some(last) = self.psu.clone() else { return Ok(()) };
        self.end_psu();
        self.psu = None;
        let Some(piece) = self.piece(last, None) else { return Ok(()) };
        self.closed.insert(piece.stratum.clone());
        if self.first.is_none() {
            self.first = Some(piece);
            return Ok(());
        }
        complete(self.layout, self.options, &mut self.totals, piece, &mut self.folder.spare)
    }

    /// Adds rows of the stratum and PSU entered last.
    pub(crate) fn rows(&mut self, rows: RowsOfPsu<'_>) -> Result<(), Stop> {
        self.rows += rows.weights.len() as u64;
        self.weighted += rows.weights.iter().filter(|weight| **weight > 0.0).count() as u64;
        let large = |TooLarge(item)| {
            let value = &self.layout.items[item].compiled.value;
            Stop::Error(Error::TooLarge { what: value.clone().unwrap_or_else(|| WEIGHT.into()) })
        };
        self.folder.rows(rows).map_err(large)
    }

    /// Adds cells of the stratum and PSU entered last, which stand for this many rows.
    pub(crate) fn cells(&mut self, cells: &OpenPsu, rows: u64, weighted: u64) {
        self.rows += rows;
        self.weighted += weighted;
        self.folder.reopen(cells);
    }

    /// Adds the squares of such a cell, where every row is its own PSU.
    pub(crate) fn squares(&mut self, cell: u64, psus: &[u64], moments: &[Exact]) {
        self.folder.reopen_squares(cell, psus, moments);
    }

    /// Ends the unit.
    pub(crate) fn finish(mut self) -> Unit {
        let mut last = None;
        if let Some(psu) = self.psu.take() {
            let open = self.layout.clustered.then(|| (psu.clone(), self.folder.take_psu()));
            let (head, tail) = if self.fresh { (open, None) } else { (None, open) };
            if head.is_some() {
                self.head = head;
            }
            last = self.piece(psu, tail);
        }
        if self.first.is_none() {
            self.first = last.take();
        }
        self.folder.counts.settle(self.layout.width, self.layout.items.len());
        self.totals.counts(self.layout, &self.folder.tables.cells, &self.folder.counts);
        Unit { totals: self.totals, first: self.first, last }
    }
}

pub(crate) fn fpc_varies(stratum: Option<&Key>, fpc: Option<f64>) -> Error {
    Error::Fpc {
        stratum: stratum.map(Key::to_string).unwrap_or_default(),
        value: fpc.unwrap_or_default(),
        message: "differs from that of other rows of the stratum; it must be the same in all of them",
    }
}

/// Adds a stratum that no further rows belong to.
fn complete(
    layout: &Layout,
    options: &Options,
    totals: &mut Totals,
    mut piece: Piece,
    spare: &mut Vec<Tally>,
) -> Result<(), Stop> {
    for open in [piece.head.take(), piece.tail.take()].into_iter().flatten() {
        piece.body.merge(layout, one_psu(layout, &open.1));
    }
    let info = StratumInfo {
        key: piece.stratum,
        psus: piece.body.psus,
        weighted_psus: piece.body.weighted_psus,
        fpc: piece.fpc,
        range: layout.clustered.then_some((piece.first, piece.last)),
        lonely: false,
    };
    totals.stratum(layout, options, info, piece.body, spare).map_err(Stop::Error)
}

fn one_psu(layout: &Layout, psu: &OpenPsu) -> Body {
    let mut folder = Folder::new(layout);
    folder.reopen(psu);
    folder.end_psu();
    folder.take_body(0, 0)
}

/// Joins units in their order.
pub(crate) struct Joiner<'a> {
    layout: &'a Layout,
    options: &'a Options,
    totals: Totals,
    open: Option<Piece>,
    closed: FxHashSet<Key>,
}

impl<'a> Joiner<'a> {
    pub(crate) fn new(layout: &'a Layout, options: &'a Options) -> Joiner<'a> {
        let totals = Totals::new(layout);
        Joiner { layout, options, totals, open: None, closed: FxHashSet::default() }
    }

    /// Adds the next unit.
    pub(crate) fn unit(&mut self, unit: Unit) -> Result<(), Stop> {
        if let Some(first) = unit.first {
            self.piece(first)?;
        }
        for stratum in &unit.totals.strata {
            let open = self.open.as_ref().is_some_and(|o| o.stratum == stratum.key);
            if open || !self.closed.insert(stratum.key.clone()) {
                return Err(Stop::OutOfOrder);
            }
        }
        self.totals.merge(self.layout, unit.totals);
        match unit.last {
            Some(last) => self.piece(last),
            None => Ok(()),
        }
    }

    fn piece(&mut self, piece: Piece) -> Result<(), Stop> {
        match self.open.take() {
            Some(open) if open.stratum == piece.stratum => {
                self.open = Some(self.join(open, piece)?);
                return Ok(());
            }
            Some(open) => {
                self.closed.insert(open.stratum.clone());
                complete(self.layout, self.options, &mut self.totals, open, &mut Vec::new())?;
            }
            None => {}
        }
        if self.closed.contains(&piece.stratum) {
            return Err(Stop::OutOfOrder);
        }
        self.open = Some(piece);
        Ok(())
    }

    /// Joins two pieces of one stratum.
    fn join(&mut self, mut a: Piece, b: Piece) -> Result<Piece, Stop> {
        if a.fpc != b.fpc {
            return Err(Stop::Error(fpc_varies(Some(&a.stratum), b.fpc)));
        }
        if !self.layout.clustered {
            a.body.merge(self.layout, b.body);
            return Ok(a);
        }
        if b.first < a.last {
            return Err(Stop::OutOfOrder);
        }
        // The last open PSU of `a` may go on as the first one of `b`, which may be its only one.
        let open = a.tail.take().or_else(|| if a.last == a.first { a.head.take() } else { None });
        let mut waiting: Vec<(Key, OpenPsu)> = Vec::new();
        for (key, psu) in [open, b.head, b.tail].into_iter().flatten() {
            match waiting.last_mut() {
                Some((last, mine)) if *last == key => {
                    mine.weighted |= psu.weighted;
                    mine.cells.extend(psu.cells);
                }
                _ => waiting.push((key, psu)),
            }
        }
        a.body.merge(self.layout, b.body);
        // If `b` had ended its only open PSU already, that PSU is complete.
        let ends_open = waiting.last().is_some_and(|(key, _)| *key == b.last);
        let tail = if ends_open { waiting.pop() } else { None };
        for (_, psu) in &waiting {
            a.body.merge(self.layout, one_psu(self.layout, psu));
        }
        a.tail = tail;
        a.last = b.last;
        Ok(a)
    }

    /// Ends the sample.
    pub(crate) fn finish(mut self) -> Result<Totals, Stop> {
        if let Some(open) = self.open.take() {
            complete(self.layout, self.options, &mut self.totals, open, &mut Vec::new())?;
        }
        Ok(self.totals)
    }
}

/// Reads all units, and adds up replicate weights where they are wanted.
pub(crate) fn run(
    layout: &Layout,
    rows: &Rows<'_>,
    options: &Options,
    replicates: Option<&Whole<'_>>,
) -> Result<Totals, Stop> {
    let mut joiner = Joiner::new(layout, options);
    // A window of units at a time, so that no more than a few wait to be joined.
    let window = 4 * rayon::current_num_threads();
    for start in (0..rows.units).step_by(window) {
        let units: Vec<Result<Unit, Stop>> = (start..rows.units.min(start + window))
            .into_par_iter()
            .map(|unit| read_unit(layout, rows, options, replicates, unit))
            .collect();
        for unit in units {
            joiner.unit(unit?)?;
        }
    }
    joiner.finish()
}

/// Hands over the batches of a unit, and carries a [`Stop`] through the reader's own error type.
pub(crate) fn read_batches(
    rows: &Rows<'_>,
    unit: usize,
    mut each: impl FnMut(&RecordBatch) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut stop = None;
    let outcome = (rows.read)(unit, &mut |batch| {
        each(&batch).map_err(|error| {
            stop = Some(error);
            BoxError::from("reading was stopped")
        })
    });
    match (stop, outcome) {
        (Some(stop), _) => Err(stop),
        (None, Err(error)) => Err(Stop::Error(Error::Rows(error))),
        (None, Ok(())) => Ok(()),
    }
}

fn read_unit(
    layout: &Layout,
    rows: &Rows<'_>,
    options: &Options,
    replicates: Option<&Whole<'_>>,
    unit: usize,
) -> Result<Unit, Stop> {
    let mut replicated = replicates.map(replicates::Unit::new);
    let mut reader = Reader::new(layout, options);
    let mut classes = Classes::default();
    read_batches(rows, unit, |batch| {
        classes.read(layout, batch)?;
        let strata = Ids::of(batch, STRATUM, layout.stratified)?;
        let psus = Ids::of(batch, PSU, layout.psus)?;
        let weights = weights(batch, &strata)?;
        if let Some(replicated) = &mut replicated {
            replicated.batch(batch, &classes, &weights)?;
        }
        let fpc = fpc(batch, layout)?;
        let (width, numbers) = (layout.width, layout.numbers);
        let mut start = 0;
        while start < weights.len() {
            // The run of the PSU is the shorter one, so it is looked for first.
            let end = strata.run(start, psus.run(start, weights.len()));
            reader.enter(strata.key(start), psus.key(start), fpc.map(|f| f[start]))?;
            if let Some(fpc) = fpc {
                fpc[start..end].iter().try_for_each(|f| reader.same_fpc(Some(*f)))?;
            }
            reader.rows(RowsOfPsu {
                weights: &weights[start..end],
                cells: &classes.cells[start..end],
                classes: &classes.classes[start * width..end * width],
                numbers: &classes.numbers[start * numbers..end * numbers],
            })?;
            start = end;
        }
        Ok(())
    })?;
    if let (Some(whole), Some(unit)) = (replicates, replicated) {
        whole.add(unit)?;
    }
    let mut unit = reader.finish();
    unit.totals.codeless(&classes.codeless);
    Ok(unit)
}

/// The finite population column, where there is one.
pub(crate) fn fpc<'a>(batch: &'a RecordBatch, layout: &Layout) -> Result<Option<&'a [f64]>, Error> {
    if !layout.fpc {
        return Ok(None);
    }
    let array = number(batch, FPC)?;
    match array.null_count() {
        0 => Ok(Some(array.values())),
        rows => Err(Error::Empty { column: FPC.to_string(), rows }),
    }
}
