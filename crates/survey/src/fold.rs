//! From the rows of one PSU to the tallies of its stratum.
//!
//! The rows of a PSU are kept until it ends. Then they are added up to the cells of each node, and
//! each group's vector of PSU totals enters the stratum's second moments. Where every row is its
//! own PSU no PSU is ever built: a row's v vᵀ touches only its own cell, so the squares are added
//! to the cells directly.

use crate::classify::{MISSING, NO, YES};
use crate::counts::Counts;
use crate::cube::{Cube, Number, Wide, add_block};
use crate::ending::{Buffer, Count, PlainEnd, WideEnd};
use crate::exact::{Exact, fixed, product};
use crate::layout::{Layout, NONE, Tables};
use crate::plain::Span;
use crate::shape::{Constants, Shaped};
use crate::splits::{SplitState, Vectors};
use crate::tally::{Body, Tally, packed};

/// Rows of a PSU that are kept until it ends; those of a larger one are added up to cells.
const KEPT_ROWS: usize = 2000;

/// A PSU that a unit of rows begins or ends with, whose other rows may stand in another unit.
#[derive(Debug, Default)]
pub(crate) struct OpenPsu {
    pub weighted: bool,
    pub cells: Vec<(u64, Vec<Wide>)>,
}

/// Rows of one PSU, classified.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowsOfPsu<'a> {
    /// Of the precision of [`crate::weight`].
    pub weights: &'a [f64],
    /// Finest cells.
    pub cells: &'a [u64],
    /// Row by row in each lane; those behind the items are outside.
    pub classes: &'a [u8],
    /// Row by row and number by number: y and x.
    pub numbers: &'a [[f64; 2]],
}

/// One of these rows.
struct Row<'a> {
    weight: f64,
    classes: &'a [u8],
    numbers: &'a [[f64; 2]],
}

/// A weighted number that cannot be added exactly; the item.
#[derive(Debug)]
pub(crate) struct TooLarge(pub usize);

/// The state of one reader of rows.
#[derive(Debug)]
pub(crate) struct Folder<'a> {
    layout: &'a Layout,
    pub tables: Tables,
    pub counts: Counts,
    shapes: Vec<Shaped>,
    /// Place of the shape of the stratum at hand, and what is constant in it so far.
    shape: usize,
    constants: Constants,
    /// Digits that were not constant in some stratum, and are not expected to be in another.
    varied: u64,
    /// Rows of the PSU at hand, …
    rows: Buffer,
    /// … and its finest cells: rows with a number or a weight that is not an ordinary one, and rows
    /// beyond what the buffer takes.
    cells: Cube<i128>,
    weighted: bool,
    /// Nodes of the PSU at hand.
    plain: Vec<Cube<f64>>,
    wide: Vec<Cube<i128>>,
    vectors: Vectors,
    /// Tallies to be used again.
    pub spare: Vec<Tally>,
    /// The stratum at hand: PSUs and tallies since its constants are what they are, …
    psus: u64,
    weighted_psus: u64,
    splits: Vec<SplitState>,
    /// … and what came before.
    before: Body,
    squares: Squares,
}

/// Where every row is its own PSU: by finest cell of the stratum, rows of the base and squares.
#[derive(Debug, Default)]
struct Squares {
    psus: Vec<u64>,
    /// By slot and lane: Σy², Σxy, Σx² of the weighted rows.
    moments: Vec<Exact>,
}

impl<'a> Folder<'a> {
    pub(crate) fn new(layout: &'a Layout) -> Folder<'a> {
        Folder {
            layout,
            tables: Tables::new(layout),
            counts: Counts::default(),
            shapes: vec![Shaped::new(layout, 0)],
            shape: 0,
            constants: Constants::default(),
            varied: 0,
            rows: Buffer::default(),
            cells: Cube::new(layout.width),
            weighted: false,
            plain: Vec::new(),
            wide: Vec::new(),
            vectors: Vectors::default(),
            spare: Vec::new(),
            psus: 0,
            weighted_psus: 0,
            splits: Vec::new(),
            before: Body::default(),
            squares: Squares::default(),
        }
    }

    /// Adds rows to the PSU at hand.
    pub(crate) fn rows(&mut self, rows: RowsOfPsu<'_>) -> Result<(), TooLarge> {
        let layout = self.layout;
        let (items, width) = (layout.items.len(), layout.width);
        let start = self.rows.ids.len();
        self.rows.ids.extend(rows.cells.iter().map(|cell| self.tables.id(*cell)));
        if self.counts.rows.len() < self.tables.cells.len() {
            self.counts.grow(self.tables.cells.len(), width, items, layout.numbers);
        }
        if layout.numbers == 0 && layout.clustered {
            let (counts, weighted) = (&mut self.counts, &mut self.weighted);
            layout.arch.dispatch(Count {
                items,
                ids: &self.rows.ids[start..],
                rows,
                counts,
                weighted,
            });
            self.rows.weights.extend_from_slice(rows.weights);
            self.rows.classes.extend_from_slice(rows.classes);
            if self.rows.ids.len() > KEPT_ROWS {
                self.widen();
            }
            return Ok(());
        }
        let ids: Vec<u32> = self.rows.ids.drain(..).collect();
        for (row, id) in ids.into_iter().enumerate() {
            self.counts.rows[id as usize] += 1;
            let one = Row {
                weight: rows.weights[row],
                classes: &rows.classes[row * width..][..items],
                numbers: &rows.numbers[row * layout.numbers..][..layout.numbers],
            };
            self.any_row(id, &one)?;
        }
        Ok(())
    }

    /// Adds a row with numbers, or of any weight or design.
    #[inline(never)]
    fn any_row(&mut self, id: u32, row: &Row) -> Result<(), TooLarge> {
        let layout = self.layout;
        let (cell, items) = (id as usize, layout.items.len());
        let block = self.cells.at(id);
        if row.weight == 0.0 {
            self.counts.zero_weight(cell, row.classes);
            return Ok(());
        }
        let classes = &mut self.counts.classes[cell * items..][..items];
        let mut add = |lane: usize, [y, x]: Wide| {
            block[lane] = block[lane].plus(y);
            block[layout.width + lane] = block[layout.width + lane].plus(x);
        };
        self.weighted = true;
        // A weight so small that it rounds to nothing would lose its row; the smallest unit keeps it.
        let weight = fixed(row.weight).ok_or(TooLarge(0))?.max(1);
        for (index, item) in layout.items.iter().enumerate() {
            let class = row.classes[index];
            classes[index][(class & 7) as usize] += 1;
            if class != NO && class != YES {
                continue;
            }
            let Some(number) = item.number else {
                add(item.lane, [if class == YES { weight } else { 0 }, weight]);
                continue;
            };
            let [y, x] = row.numbers[number];
            let large = |_| TooLarge(index);
            let part = |v: f64| fixed(row.weight * v).ok_or(()).map_err(large);
            if item.lane == item.weight_lane {
                add(item.lane, [part(y)?, weight]);
            } else {
                add(item.lane, [part(y)?, part(x)?]);
                add(item.weight_lane, [0, weight]);
            }
            let second = &mut self.counts.second[cell * layout.numbers + number];
            second.add(0, row.weight * y * y);
            second.add(1, row.weight * x * y);
            second.add(2, row.weight * x * x);
        }
        if !layout.clustered {
            self.square(id, row);
        }
        Ok(())
    }

    /// Moves the rows of the PSU at hand to its finest cells.
    #[cold]
    fn widen(&mut self) {
        let width = self.layout.width;
        let rows =
            self.rows.ids.iter().zip(&self.rows.weights).zip(self.rows.classes.chunks(width));
        for ((id, weight), classes) in rows {
            // A row of weight 0 has its cell all the same; one that rounds to nothing is kept.
            let whole = fixed(*weight).expect("invariant: weights are below 2^40");
            let weight = if *weight > 0.0 { whole.max(1) } else { 0 };
            let block = self.cells.at(*id);
            for (lane, class) in classes.iter().enumerate() {
                let (yes, no) = (*class == YES, *class == NO);
                block[lane] = block[lane].plus(if yes { weight } else { 0 });
                block[width + lane] = block[width + lane].plus(if yes || no { weight } else { 0 });
            }
        }
        self.rows.clear();
    }

    /// Adds the squares of a row that is its own PSU.
    fn square(&mut self, id: u32, row: &Row) {
        let lanes = self.layout.lanes;
        let slot = self.cells.slot(id);
        let size = self.cells.touched.len() * lanes;
        self.squares.psus.resize(size, 0);
        self.squares.moments.resize(size, Exact::new(3));
        for (index, item) in self.layout.items.iter().enumerate() {
            let class = row.classes[index];
            if class != NO && class != YES {
                continue;
            }
            let [y, x] = match item.number {
                Some(number) => row.numbers[number],
                None => [f64::from(class == YES), 1.0],
            };
            let at = slot * lanes + item.lane;
            let (y, x) = (row.weight * y, row.weight * x);
            let moments = &mut self.squares.moments[at];
            for (entry, a, b) in [(0, y, y), (1, x, y), (2, x, x)] {
                let (product, rest) = product(a, b);
                moments.add(entry, product);
                moments.add(entry, rest);
            }
            self.squares.psus[at] += 1;
            if item.weight_lane != item.lane {
                let at = slot * lanes + item.weight_lane;
                let (product, rest) = product(row.weight, row.weight);
                self.squares.moments[at].add(2, product);
                self.squares.moments[at].add(2, rest);
                self.squares.psus[at] += 1;
            }
        }
    }

    /// Adds the rows of a PSU that were read elsewhere to the PSU at hand.
    pub(crate) fn reopen(&mut self, psu: &OpenPsu) {
        self.weighted |= psu.weighted;
        for (cell, sums) in &psu.cells {
            let id = self.tables.id(*cell);
            let block = self.cells.at(id);
            for (lane, [y, x]) in sums.iter().enumerate() {
                block[lane] = block[lane].plus(*y);
                block[self.layout.width + lane] = block[self.layout.width + lane].plus(*x);
            }
        }
    }

    /// Adds squares of rows that are their own PSUs and were read elsewhere, of a cell that was
    /// reopened: lane by lane the rows of the base, and Σy², Σxy, Σx².
    pub(crate) fn reopen_squares(&mut self, cell: u64, psus: &[u64], moments: &[Exact]) {
        let lanes = self.layout.lanes;
        let at = self.cells.slot(self.tables.id(cell)) * lanes;
        let size = self.cells.touched.len() * lanes;
        self.squares.psus.resize(size, 0);
        self.squares.moments.resize(size, Exact::new(3));
        for lane in 0..lanes {
            self.squares.psus[at + lane] += psus[lane];
            self.squares.moments[at + lane].merge(&moments[lane], |e| e);
        }
    }

    /// Takes out the PSU at hand without ending it.
    pub(crate) fn take_psu(&mut self) -> OpenPsu {
        self.widen();
        let Layout { lanes, width, .. } = *self.layout;
        let cells = self.cells.touched.iter().enumerate().map(|(slot, id)| {
            let block = self.cells.block(slot);
            let sums = (0..lanes).map(|lane| [block[lane], block[width + lane]]);
            (self.tables.cells[*id as usize], sums.collect())
        });
        let psu = OpenPsu { weighted: self.weighted, cells: cells.collect() };
        self.cells.clear();
        self.weighted = false;
        psu
    }

    /// Ends the PSU at hand: its totals enter the moments of the stratum.
    pub(crate) fn end_psu(&mut self) {
        let span = match self.cells.touched.is_empty() {
            true => span(&self.rows.weights),
            false => None,
        };
        if span.is_none() {
            self.widen();
        }
        self.fit();
        self.psus += 1;
        self.weighted_psus += u64::from(self.weighted);
        self.weighted = false;
        let layout = self.layout;
        let shaped = &self.shapes[self.shape];
        let (splits, spare) = (&mut self.splits, &mut self.spare);
        match span {
            Some(span) => {
                let (rows, nodes) = (&mut self.rows, &mut self.plain);
                layout.arch.dispatch(PlainEnd { layout, shaped, splits, spare, rows, nodes, span });
            }
            None => {
                let (cells, nodes) = (&mut self.cells, &mut self.wide);
                let vectors = &mut self.vectors;
                let end = WideEnd { layout, shaped, splits, spare, cells, nodes, vectors };
                layout.arch.dispatch(end);
            }
        }
    }

    /// Finds the shape that the PSU at hand and the stratum have in common.
    fn fit(&mut self) {
        let layout = self.layout;
        self.shapes[self.shape].learn(layout, &self.tables.cells);
        let ids = || self.rows.ids.iter().chain(&self.cells.touched).map(|id| *id as usize);
        let fresh = self.psus == 0;
        let Some(first) = ids().next() else { return };
        if !fresh {
            let (known, now) = (&self.shapes[self.shape].constants, self.constants.cell);
            if ids().all(|id| known[id] == now) {
                return;
            }
        }
        let cells = &self.tables.cells;
        let mut constants = match fresh {
            true => Constants::of(layout, layout.grouping & !self.varied, cells[first]),
            false => self.constants,
        };
        ids().for_each(|id| constants = constants.shared(layout, cells[id]));
        if !fresh {
            self.varied |= self.constants.mask & !constants.mask;
            let body = self.take_part();
            self.before.merge(layout, body);
        }
        self.constants = constants;
        let mask = constants.mask;
        self.shape = match self.shapes.iter().position(|s| s.shape.mask == mask) {
            Some(place) => place,
            None => {
                self.shapes.push(Shaped::new(layout, mask));
                self.shapes.len() - 1
            }
        };
        let shaped = &mut self.shapes[self.shape];
        shaped.learn(layout, &self.tables.cells);
        while self.plain.len() < shaped.nodes.len() {
            self.plain.push(Cube::new(layout.width));
            self.wide.push(Cube::new(layout.width));
        }
        while self.splits.len() < shaped.shape.splits.len() {
            self.splits.push(SplitState::default());
        }
    }

    /// Takes out what was folded since the constants are what they are.
    fn take_part(&mut self) -> Body {
        let mut body = Body {
            psus: std::mem::take(&mut self.psus),
            weighted_psus: std::mem::take(&mut self.weighted_psus),
            constants: self.constants,
            ..Body::default()
        };
        let groups = &self.shapes[self.shape].groups;
        for (s, state) in self.splits.iter_mut().enumerate() {
            for (group, tally) in state.take() {
                body.groups.insert((s as u32, groups[s][group as usize]), tally);
            }
        }
        body
    }

    /// Ends the stratum at hand, of rows that are their own PSUs.
    fn end_rows(&mut self, rows: u64, weighted: u64) {
        let layout = self.layout;
        self.psus += rows;
        self.weighted_psus += weighted;
        let shaped = &mut self.shapes[self.shape];
        shaped.learn(layout, &self.tables.cells);
        self.splits.resize_with(shaped.shape.splits.len(), SplitState::default);
        for (s, split) in shaped.shape.splits.iter().enumerate() {
            let state = &mut self.splits[s];
            for (slot, id) in self.cells.touched.iter().enumerate() {
                let node = shaped.node_id(split.node, *id);
                let place = shaped.nodes[split.node].places[s][node as usize];
                if place.group == NONE {
                    continue;
                }
                let member = u64::from(place.member);
                let tally = state.tally(place.group, layout, &mut self.spare);
                let place = tally.place(member as u32);
                let sums = &mut tally.sums.exact[2 * place * layout.width..][..2 * layout.width];
                add_block(sums, self.cells.block(slot));
                for lane in 0..layout.lanes {
                    let at = slot * layout.lanes + lane;
                    let Some(psus) = self.squares.psus.get(at).copied() else { continue };
                    tally.psus[place * layout.width + lane] += psus;
                    tally.psus_any[lane] += psus;
                    tally.psus_shown[lane] += if member < split.members { psus } else { 0 };
                    let (y, x) = (2 * place, 2 * place + 1);
                    let map = [packed(y, y), packed(x, y), packed(x, x)];
                    tally.moments[lane].merge(&self.squares.moments[at], |e| map[e]);
                }
            }
        }
        self.cells.clear();
        self.squares = Squares::default();
    }

    /// Ends the stratum at hand and takes out its tallies. `rows` and `weighted` count the rows,
    /// where every row is its own PSU.
    pub(crate) fn take_body(&mut self, rows: u64, weighted: u64) -> Body {
        if !self.layout.clustered {
            self.end_rows(rows, weighted);
        }
        let last = self.take_part();
        let mut body = std::mem::take(&mut self.before);
        body.merge(self.layout, last);
        body
    }
}

/// What units the totals of these rows may have.
fn span(weights: &[f64]) -> Option<Span> {
    let (mut smallest, mut sum) = (f64::INFINITY, 0.0);
    for weight in weights {
        smallest = if *weight > 0.0 && *weight < smallest { *weight } else { smallest };
        sum += weight;
    }
    Span::of(smallest, sum)
}

/// Index of a missing reason among the counted classes.
pub(crate) fn missing_class(reason: usize) -> usize {
    MISSING as usize + reason
}
