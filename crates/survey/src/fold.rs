//! From the rows of one PSU to the tallies of its stratum.
//!
//! The rows of a PSU are added to the finest cells; when the PSU ends, the cells are summed up
//! node by node, and each group's vector of PSU totals enters the stratum's second moments. Where
//! every row is its own PSU no PSU is ever built: a row's v vᵀ touches only its own cell, so the
//! squares are added to the cells directly.

use crate::classify::{MISSING, NO, YES};
use crate::exact::{Exact, fixed, unfixed};
use crate::layout::{Layout, NONE, Tables};
use crate::tally::{Body, Tally, packed};

/// Counted classes of a row: those of `classify`, and [`ZERO_WEIGHT`].
pub(crate) const CLASSES: usize = 9;

/// A row of the base with weight 0.
pub(crate) const ZERO_WEIGHT: usize = 8;

/// The pairs of sums of the ids that occur, found by id in constant time.
#[derive(Debug, Default)]
struct Cube {
    slots: Vec<u32>,
    touched: Vec<u32>,
    sums: Vec<[i128; 2]>,
}

impl Cube {
    /// The sums of an id.
    #[inline]
    fn at(&mut self, id: u32, lanes: usize) -> &mut [[i128; 2]] {
        let index = id as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, NONE);
        }
        if self.slots[index] == NONE {
            self.slots[index] = self.touched.len() as u32;
            self.touched.push(id);
            self.sums.resize(self.touched.len() * lanes, [0; 2]);
        }
        &mut self.sums[self.slots[index] as usize * lanes..][..lanes]
    }

    fn clear(&mut self) {
        for id in self.touched.drain(..) {
            self.slots[id as usize] = NONE;
        }
        self.sums.clear();
    }
}

/// Sums that are not split by PSU, by finest cell.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// By cell and item: rows by class.
    pub classes: Vec<[u64; CLASSES]>,
    /// By cell: all rows.
    pub rows: Vec<u64>,
    /// By cell and number: Σwy², Σwxy, Σwx².
    pub second: Vec<Exact>,
}

/// A PSU that a unit of rows begins or ends with, whose other rows may stand in another unit.
#[derive(Debug, Default)]
pub(crate) struct OpenPsu {
    pub weighted: bool,
    pub cells: Vec<(u64, Vec<[i128; 2]>)>,
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
    layout: &'a Layout,
    pub tables: Tables,
    pub counts: Counts,
    /// Cubes of the PSU that is being read: the finest cells, then the nodes.
    cubes: Vec<Cube>,
    weighted: bool,
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

#[derive(Debug, Default)]
struct SplitState {
    /// By group id: index of the tally.
    of_group: Vec<u32>,
    groups: Vec<u32>,
    tallies: Vec<Tally>,
    /// By node id: place of the member in its tally.
    of_node: Vec<u32>,
    nodes: Vec<u32>,
    /// By tally: node ids of the PSU at hand.
    pending: Vec<Vec<u32>>,
    active: Vec<u32>,
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
            cubes: (0..=layout.nodes.len()).map(|_| Cube::default()).collect(),
            weighted: false,
            stratum: Stratum {
                splits: layout.splits.iter().map(|_| SplitState::default()).collect(),
                ..Stratum::default()
            },
            squares: Squares::default(),
        }
    }

    /// Adds a row to the PSU at hand.
    pub(crate) fn row(&mut self, row: &Row) -> Result<(), TooLarge> {
        let layout = self.layout;
        let id = self.tables.id(layout, row.cell);
        let (items, numbers) = (layout.items.len(), layout.numbers);
        if self.counts.rows.len() < self.tables.cells.len() {
            let cells = self.tables.cells.len();
            self.counts.rows.resize(cells, 0);
            self.counts.classes.resize(cells * items, [0; CLASSES]);
            self.counts.second.resize(cells * numbers, Exact::new(3));
        }
        let cell = id as usize;
        self.counts.rows[cell] += 1;
        let classes = &mut self.counts.classes[cell * items..][..items];
        if row.weight == 0.0 {
            // The row makes its PSU exist and counts as a row of its base, and that is all.
            self.cubes[0].at(id, layout.lanes);
            for (count, class) in classes.iter_mut().zip(row.classes) {
                count[ZERO_WEIGHT] += u64::from(*class == NO || *class == YES);
            }
            return Ok(());
        }
        self.weighted = true;
        // A weight so small that it rounds to nothing would lose its row; the smallest unit keeps it.
        let weight = fixed(row.weight).ok_or(TooLarge(0))?.max(1);
        let sums = self.cubes[0].at(id, layout.lanes);
        if numbers == 0 {
            for ((sum, count), class) in sums.iter_mut().zip(classes).zip(row.classes) {
                count[(class & 7) as usize] += 1;
                let base = -i128::from(*class == NO || *class == YES);
                let yes = -i128::from(*class == YES);
                sum[0] = sum[0].wrapping_add(weight & yes);
                sum[1] = sum[1].wrapping_add(weight & base);
            }
        } else {
            for (index, item) in layout.items.iter().enumerate() {
                let class = row.classes[index];
                classes[index][(class & 7) as usize] += 1;
                if class != NO && class != YES {
                    continue;
                }
                let Some(number) = item.number else {
                    sums[item.lane][0] += if class == YES { weight } else { 0 };
                    sums[item.lane][1] += weight;
                    continue;
                };
                let [y, x] = row.numbers[number];
                let large = |_| TooLarge(index);
                let part = |v: f64| fixed(row.weight * v).ok_or(()).map_err(large);
                sums[item.lane][0] = sums[item.lane][0].saturating_add(part(y)?);
                if item.lane == item.weight_lane {
                    sums[item.lane][1] += weight;
                } else {
                    sums[item.lane][1] = sums[item.lane][1].saturating_add(part(x)?);
                    sums[item.weight_lane][1] += weight;
                }
                let second = &mut self.counts.second[cell * numbers + number];
                second.add(0, row.weight * y * y);
                second.add(1, row.weight * x * y);
                second.add(2, row.weight * x * x);
            }
        }
        if !layout.clustered {
            self.square(id, row);
        }
        Ok(())
    }

    /// Adds the squares of a row that is its own PSU.
    fn square(&mut self, id: u32, row: &Row) {
        let lanes = self.layout.lanes;
        let slot = self.cubes[0].slots[id as usize] as usize;
        let size = self.cubes[0].touched.len() * lanes;
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
                moments.add(entry, a * b);
                if item.number.is_some() {
                    moments.add(entry, a.mul_add(b, -(a * b)));
                }
            }
            self.squares.psus[at] += 1;
            if item.weight_lane != item.lane {
                let at = slot * lanes + item.weight_lane;
                self.squares.moments[at].add(2, row.weight * row.weight);
                self.squares.psus[at] += 1;
            }
        }
    }

    /// Adds the rows of a PSU that were read elsewhere to the PSU at hand.
    pub(crate) fn reopen(&mut self, psu: &OpenPsu) {
        self.weighted |= psu.weighted;
        for (cell, sums) in &psu.cells {
            let id = self.tables.id(self.layout, *cell);
            let here = self.cubes[0].at(id, self.layout.lanes);
            add_all(here, sums);
        }
    }

    /// Takes out the PSU at hand without ending it.
    pub(crate) fn take_psu(&mut self) -> OpenPsu {
        let lanes = self.layout.lanes;
        let cube = &mut self.cubes[0];
        let cells = cube.touched.iter().enumerate().map(|(slot, id)| {
            (self.tables.cells[*id as usize], cube.sums[slot * lanes..][..lanes].to_vec())
        });
        let psu = OpenPsu { weighted: self.weighted, cells: cells.collect() };
        cube.clear();
        self.weighted = false;
        psu
    }

    /// Ends the PSU at hand: its totals enter the moments of the stratum.
    pub(crate) fn end_psu(&mut self) {
        let lanes = self.layout.lanes;
        self.stratum.psus += 1;
        self.stratum.weighted_psus += u64::from(self.weighted);
        self.weighted = false;
        for (index, node) in self.layout.nodes.iter().enumerate() {
            let (before, here) = self.cubes.split_at_mut(index + 1);
            let (parent, cube) = (&before[node.parent], &mut here[0]);
            let of_parent = &self.tables.nodes[index].of_parent;
            for (slot, id) in parent.touched.iter().enumerate() {
                let to = cube.at(of_parent[*id as usize], lanes);
                add_all(to, &parent.sums[slot * lanes..][..lanes]);
            }
        }
        for (s, split) in self.layout.splits.iter().enumerate() {
            let cube = &self.cubes[split.node + 1];
            let places = &self.tables.nodes[split.node].places[s];
            let state = &mut self.stratum.splits[s];
            for id in &cube.touched {
                let place = places[*id as usize];
                if place.group != NONE {
                    state.enter(*id, place.group, place.member, lanes);
                }
            }
            state.fold(cube, self.layout, split.members, places);
        }
        self.cubes.iter_mut().for_each(Cube::clear);
    }

    /// Ends the stratum at hand, of rows that are their own PSUs.
    fn end_rows(&mut self, rows: u64, weighted: u64) {
        let lanes = self.layout.lanes;
        self.stratum.psus += rows;
        self.stratum.weighted_psus += weighted;
        for (s, split) in self.layout.splits.iter().enumerate() {
            let state = &mut self.stratum.splits[s];
            let cube = &self.cubes[0];
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
                    add_all(&mut tally.sums[to..=to], &cube.sums[at..=at]);
                    tally.psus[to] += psus;
                    tally.psus_any[lane] += psus;
                    tally.psus_shown[lane] += if member < split.members { psus } else { 0 };
                    let (y, x) = (2 * place, 2 * place + 1);
                    let map = [packed(y, y), packed(x, y), packed(x, x)];
                    tally.moments[lane].merge(&self.squares.moments[at], |e| map[e]);
                }
            }
        }
        self.cubes[0].clear();
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
            for id in state.nodes.drain(..) {
                state.of_node[id as usize] = NONE;
            }
            for (group, tally) in state.groups.drain(..).zip(state.tallies.drain(..)) {
                state.of_group[group as usize] = NONE;
                body.groups.insert((s as u32, self.tables.groups[s][group as usize]), tally);
            }
        }
        body
    }
}

fn add_all(to: &mut [[i128; 2]], from: &[[i128; 2]]) {
    for (a, b) in to.iter_mut().zip(from) {
        a[0] = a[0].saturating_add(b[0]);
        a[1] = a[1].saturating_add(b[1]);
    }
}

impl SplitState {
    fn tally(&mut self, group: u32, lanes: usize) -> &mut Tally {
        let index = self.index(group, lanes);
        &mut self.tallies[index]
    }

    fn index(&mut self, group: u32, lanes: usize) -> usize {
        let g = group as usize;
        if g >= self.of_group.len() {
            self.of_group.resize(g + 1, NONE);
        }
        if self.of_group[g] == NONE {
            self.of_group[g] = self.tallies.len() as u32;
            self.groups.push(group);
            self.tallies.push(Tally::new(lanes));
            if self.pending.len() < self.tallies.len() {
                self.pending.push(Vec::new());
            }
        }
        self.of_group[g] as usize
    }

    /// Notes that the PSU at hand has rows in a node cell.
    fn enter(&mut self, id: u32, group: u32, member: u32, lanes: usize) {
        let index = self.index(group, lanes);
        let node = id as usize;
        if node >= self.of_node.len() {
            self.of_node.resize(node + 1, NONE);
        }
        if self.of_node[node] == NONE {
            // Several node cells can be the rest of one group, so the member may be there.
            self.of_node[node] = self.tallies[index].place(member) as u32;
            self.nodes.push(id);
        }
        if self.pending[index].is_empty() {
            self.active.push(index as u32);
        }
        self.pending[index].push(id);
    }

    /// Folds the PSU totals of all groups it has rows in.
    fn fold(
        &mut self,
        cube: &Cube,
        layout: &Layout,
        members: u64,
        places: &[crate::layout::Place],
    ) {
        let lanes = layout.lanes;
        let mut vector: Vec<(usize, [f64; 2])> = Vec::new();
        for index in self.active.drain(..) {
            let index = index as usize;
            let ids = std::mem::take(&mut self.pending[index]);
            let tally = &mut self.tallies[index];
            // The rest may consist of several node cells, but makes one cell of the vector.
            let mut rest: Option<(usize, Vec<[i128; 2]>)> = None;
            for id in &ids {
                let slot = cube.slots[*id as usize] as usize;
                let sums = &cube.sums[slot * lanes..][..lanes];
                let place = self.of_node[*id as usize] as usize;
                add_all(&mut tally.sums[place * lanes..][..lanes], sums);
                if u64::from(places[*id as usize].member) == members {
                    let (_, rest) = rest.get_or_insert_with(|| (place, vec![[0; 2]; lanes]));
                    add_all(rest, sums);
                }
            }
            for lane in 0..lanes {
                vector.clear();
                let mut push = |place: usize, sum: [i128; 2]| {
                    if sum != [0; 2] {
                        vector.push((place, [unfixed(sum[0]), unfixed(sum[1])]));
                    }
                };
                let mut shown = false;
                for id in &ids {
                    if u64::from(places[*id as usize].member) != members {
                        let slot = cube.slots[*id as usize] as usize;
                        push(self.of_node[*id as usize] as usize, cube.sums[slot * lanes + lane]);
                    }
                }
                if let Some((place, sums)) = &rest {
                    push(*place, sums[lane]);
                }
                for (place, _) in &vector {
                    tally.psus[place * lanes + lane] += 1;
                    shown |= u64::from(tally.members[*place]) != members;
                }
                tally.psus_any[lane] += u64::from(!vector.is_empty());
                tally.psus_shown[lane] += u64::from(shown);
                let moments = &mut tally.moments[lane];
                for (i, (a, va)) in vector.iter().enumerate() {
                    for (b, vb) in &vector[..=i] {
                        for (p, ya) in va.iter().enumerate() {
                            for (q, yb) in vb.iter().enumerate() {
                                let (row, column) = (2 * a + p, 2 * b + q);
                                if a != b || row >= column {
                                    let product = ya * yb;
                                    moments.add(packed(row, column), product);
                                    if layout.precise[lane] {
                                        let rest = ya.mul_add(*yb, -product);
                                        moments.add(packed(row, column), rest);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            self.pending[index] = ids;
            self.pending[index].clear();
        }
    }
}

/// Index of a missing reason among the counted classes.
pub(crate) fn missing_class(reason: usize) -> usize {
    MISSING as usize + reason
}
