//! From the rows of one PSU to the tallies of its stratum.
//!
//! The rows of a PSU are added to the finest cells; when the PSU ends, the cells are summed up
//! node by node, and each group's vector of PSU totals enters the stratum's second moments. Where
//! every row is its own PSU no PSU is ever built: a row's v vᵀ touches only its own cell, so the
//! squares are added to the cells directly.

use crate::classify::{MISSING, NO, YES};
use crate::counts::{Counts, ZERO_WEIGHT};
use crate::cube::{Cube, NARROW_ROWS, Narrow, Sums, Wide, gather, limbs};
use crate::exact::{Exact, fixed, product};
use crate::layout::{Layout, NONE, Tables};
use crate::splits::{SplitState, Vectors};
use crate::tally::{Body, packed};
use pulp::{Arch, NullaryFnOnce};

/// By class, what a row adds: masks of its weight in y and x, and a count of one in a field of
/// eight bits.
const SPREAD: [[u64; 3]; 8] = {
    let mut spread = [[0; 3]; 8];
    let mut class = 0;
    while class < 8 {
        let (yes, no) = (class == YES as usize, class == NO as usize);
        spread[class][0] = if yes { u64::MAX } else { 0 };
        spread[class][1] = if yes || no { u64::MAX } else { 0 };
        spread[class][2] = 1 << (8 * class);
        class += 1;
    }
    spread
};

/// A PSU that a unit of rows begins or ends with, whose other rows may stand in another unit.
#[derive(Debug, Default)]
pub(crate) struct OpenPsu {
    pub weighted: bool,
    pub cells: Vec<(u64, Vec<Wide>)>,
}

/// One row, classified.
pub(crate) struct Row<'a> {
    pub weight: f64,
    pub cell: u64,
    /// By item.
    pub classes: &'a [u8],
    /// By number: y and x.
    pub numbers: &'a [[f64; 2]],
}

/// A weighted number that cannot be added exactly; the item.
#[derive(Debug)]
pub(crate) struct TooLarge(pub usize);

/// The state of one reader of rows.
#[derive(Debug)]
pub(crate) struct Folder<'a> {
    /// The widest vector instructions of this machine; the results do not depend on them.
    arch: Arch,
    layout: &'a Layout,
    pub tables: Tables,
    pub counts: Counts,
    /// Cubes of the PSU that is being read: the finest cells, then the nodes. Rows go to the narrow
    /// ones while they can; a PSU that needs the wide ones gets all of its rows there at its end.
    narrow: Vec<Cube<Narrow>>,
    wide: Vec<Cube<Wide>>,
    /// Rows in the narrow cells.
    narrow_rows: u32,
    weighted: bool,
    vectors: Vectors,
    stratum: Stratum,
    squares: Squares,
}

/// Tallies of the stratum that is being read, by split.
#[derive(Debug, Default)]
struct Stratum {
    psus: u64,
    weighted_psus: u64,
    splits: Vec<SplitState>,
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
            arch: Arch::new(),
            layout,
            tables: Tables::new(layout),
            counts: Counts::default(),
            narrow: (0..=layout.nodes.len()).map(|_| Cube::default()).collect(),
            wide: (0..=layout.nodes.len()).map(|_| Cube::default()).collect(),
            narrow_rows: 0,
            weighted: false,
            vectors: Vectors::default(),
            stratum: Stratum {
                splits: layout.splits.iter().map(|_| SplitState::default()).collect(),
                ..Stratum::default()
            },
            squares: Squares::default(),
        }
    }

    /// Adds a row to the PSU at hand.
    #[inline]
    pub(crate) fn row(&mut self, row: &Row) -> Result<(), TooLarge> {
        let layout = self.layout;
        let id = self.tables.id(layout, row.cell);
        let items = layout.items.len();
        if self.counts.rows.len() < self.tables.cells.len() {
            self.counts.grow(self.tables.cells.len(), items, layout.numbers);
        }
        self.counts.rows[id as usize] += 1;
        let limbs = limbs(row.weight);
        let (Some([low, high]), 0, true) = (limbs, layout.numbers, layout.clustered) else {
            return self.any_row(id, row);
        };
        self.weighted = true;
        self.narrow_rows += 1;
        if self.narrow_rows >= NARROW_ROWS {
            self.widen();
        }
        let sums = self.narrow[0].at(id, layout.lanes);
        let counts = self.counts.packed(id as usize, items);
        for ((sum, count), class) in sums.iter_mut().zip(counts).zip(row.classes) {
            let [y, x, one] = SPREAD[(class & 7) as usize];
            sum.add(&[low & y, low & x, high & y, high & x]);
            *count += one;
        }
        Ok(())
    }

    /// Adds a row with numbers, or of any weight or design.
    fn any_row(&mut self, id: u32, row: &Row) -> Result<(), TooLarge> {
        let layout = self.layout;
        let (cell, items) = (id as usize, layout.items.len());
        let sums = self.wide[0].at(id, layout.lanes);
        let classes = &mut self.counts.classes[cell * items..][..items];
        if row.weight == 0.0 {
            // The row makes its PSU exist and counts as a row of its base, and that is all.
            for (count, class) in classes.iter_mut().zip(row.classes) {
                count[ZERO_WEIGHT] += u64::from(*class == NO || *class == YES);
            }
            return Ok(());
        }
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
                sums[item.lane].add(&[if class == YES { weight } else { 0 }, weight]);
                continue;
            };
            let [y, x] = row.numbers[number];
            let large = |_| TooLarge(index);
            let part = |v: f64| fixed(row.weight * v).ok_or(()).map_err(large);
            if item.lane == item.weight_lane {
                sums[item.lane].add(&[part(y)?, weight]);
            } else {
                sums[item.lane].add(&[part(y)?, part(x)?]);
                sums[item.weight_lane].add(&[0, weight]);
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

    /// Moves the narrow cells of the PSU at hand to the wide ones.
    fn widen(&mut self) {
        let (lanes, narrow) = (self.layout.lanes, &mut self.narrow[0]);
        for id in &narrow.touched {
            let to = self.wide[0].at(*id, lanes);
            let from = narrow.of(*id, lanes);
            to.iter_mut().zip(from).for_each(|(a, b)| a.add(&b.wide()));
        }
        narrow.clear(lanes);
        self.narrow_rows = 0;
    }

    /// Adds the squares of a row that is its own PSU.
    fn square(&mut self, id: u32, row: &Row) {
        let lanes = self.layout.lanes;
        let slot = self.wide[0].slot(id);
        let size = self.wide[0].touched.len() * lanes;
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
            let id = self.tables.id(self.layout, *cell);
            let here = self.wide[0].at(id, self.layout.lanes);
            here.iter_mut().zip(sums).for_each(|(a, b)| a.add(b));
        }
    }

    /// Takes out the PSU at hand without ending it.
    pub(crate) fn take_psu(&mut self) -> OpenPsu {
        self.widen();
        let lanes = self.layout.lanes;
        let cube = &mut self.wide[0];
        let cells = cube.touched.iter().enumerate().map(|(slot, id)| {
            (self.tables.cells[*id as usize], cube.sums[slot * lanes..][..lanes].to_vec())
        });
        let psu = OpenPsu { weighted: self.weighted, cells: cells.collect() };
        cube.clear(lanes);
        self.weighted = false;
        psu
    }

    /// Ends the PSU at hand: its totals enter the moments of the stratum.
    pub(crate) fn end_psu(&mut self) {
        self.stratum.psus += 1;
        self.stratum.weighted_psus += u64::from(self.weighted);
        self.weighted = false;
        let narrow = self.wide[0].touched.is_empty();
        if !narrow {
            self.widen();
        }
        self.narrow_rows = 0;
        let Folder { arch, layout, tables, stratum, vectors, .. } = self;
        let splits = &mut stratum.splits;
        if narrow {
            arch.dispatch(PsuEnd { layout, tables, splits, cubes: &mut self.narrow, vectors });
        } else {
            arch.dispatch(PsuEnd { layout, tables, splits, cubes: &mut self.wide, vectors });
        }
    }

    /// Ends the stratum at hand, of rows that are their own PSUs.
    fn end_rows(&mut self, rows: u64, weighted: u64) {
        let lanes = self.layout.lanes;
        self.stratum.psus += rows;
        self.stratum.weighted_psus += weighted;
        for (s, split) in self.layout.splits.iter().enumerate() {
            let state = &mut self.stratum.splits[s];
            let cube = &self.wide[0];
            for (slot, id) in cube.touched.iter().enumerate() {
                let node = self.tables.node_id(self.layout, split.node, *id);
                let place = self.tables.nodes[split.node].places[s][node as usize];
                if place.group == NONE {
                    continue;
                }
                let member = u64::from(place.member);
                let tally = state.tally(place.group, lanes);
                let place = tally.place(member as u32);
                for lane in 0..lanes {
                    let at = slot * lanes + lane;
                    let Some(psus) = self.squares.psus.get(at).copied() else { continue };
                    let to = place * lanes + lane;
                    tally.sums[to].add(&cube.sums[at]);
                    tally.psus[to] += psus;
                    tally.psus_any[lane] += psus;
                    tally.psus_shown[lane] += if member < split.members { psus } else { 0 };
                    let (y, x) = (2 * place, 2 * place + 1);
                    let map = [packed(y, y), packed(x, y), packed(x, x)];
                    tally.moments[lane].merge(&self.squares.moments[at], |e| map[e]);
                }
            }
        }
        self.wide[0].clear(lanes);
        self.squares = Squares::default();
    }

    /// Ends the stratum at hand and takes out its tallies. `rows` and `weighted` count the rows,
    /// where every row is its own PSU.
    pub(crate) fn take_body(&mut self, rows: u64, weighted: u64) -> Body {
        if !self.layout.clustered {
            self.end_rows(rows, weighted);
        }
        let mut body = Body {
            psus: std::mem::take(&mut self.stratum.psus),
            weighted_psus: std::mem::take(&mut self.stratum.weighted_psus),
            ..Body::default()
        };
        for (s, state) in self.stratum.splits.iter_mut().enumerate() {
            for (group, tally) in state.take() {
                body.groups.insert((s as u32, self.tables.groups[s][group as usize]), tally);
            }
        }
        body
    }
}

/// The end of a PSU: its cells are summed up, and its totals enter the tallies of its stratum.
struct PsuEnd<'a, S> {
    layout: &'a Layout,
    tables: &'a Tables,
    splits: &'a mut [SplitState],
    cubes: &'a mut [Cube<S>],
    vectors: &'a mut Vectors,
}

impl<S: Sums> NullaryFnOnce for PsuEnd<'_, S> {
    type Output = ();

    // This and what it calls is always inlined, so that it is compiled for the instructions of
    // the machine at hand.
    #[inline(always)]
    fn call(self) {
        let PsuEnd { layout, tables, splits, cubes, vectors } = self;
        let lanes = layout.lanes;
        for parent in 0..layout.nodes.len() {
            let (before, after) = cubes.split_at_mut(parent + 1);
            let below = after.iter_mut().zip(&layout.nodes[parent..]).zip(&tables.nodes[parent..]);
            let below = below.filter(|((_, node), _)| node.parent == parent);
            gather(&before[parent], below.map(|((cube, _), t)| (cube, &t.of_parent[..])), lanes);
        }
        let mut rest = Vec::new();
        for (s, (split, state)) in layout.splits.iter().zip(splits).enumerate() {
            let cube = &cubes[split.node + 1];
            let places = &tables.nodes[split.node].places[s];
            for id in &cube.touched {
                let place = places[*id as usize];
                if place.group != NONE {
                    state.enter(*id, place, lanes);
                }
            }
            state.fold(cube, layout, split.members, vectors, &mut rest);
        }
        cubes.iter_mut().for_each(|cube| cube.clear(lanes));
    }
}

/// Index of a missing reason among the counted classes.
pub(crate) fn missing_class(reason: usize) -> usize {
    MISSING as usize + reason
}
