//! The additive relations that a reader can use: a whole is the sum of its parts.
//!
//! Every cell of one series belongs to a table, the set of its dimensions (none for the overall
//! total). Dimensions that code one source are one family ([`crate::coding`]), and its atoms are the
//! finest groups. Two kinds of relation say all that follows: a cell is the sum of the atoms that
//! its codes are made of, in its own families; and atoms of some families are the sum of the atoms
//! that split them by further families. Atoms that are no published cell join as *open* unknowns,
//! as do atoms in the families that two tables share: both tables have the same sums there.
//!
//! Persons without a stated code are taken to be none, so that a total is the sum of the codes
//! shown: a careful reader knows the difference to be small.
//!
//! Counts obey these relations as they stand, rates with the published shares of the base as their
//! coefficients; what can be worked out is the same.

use crate::audit::without_cases;
use crate::coding::{Atom, Codings, Family};
use inclusion_estimate::{Codes, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What a reader knows of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Its figure is shown.
    Shown,
    /// It is withheld.
    Hidden,
    /// There is nothing in it, and the tables say so.
    Empty,
    /// It is not in the tables.
    Open,
}

/// A cell of one series.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Concept → code.
    pub breakdown: Codes,
    /// Unweighted cases.
    pub n: u64,
    /// Those of a share that have the property, where they are counted.
    pub with: Option<u64>,
    /// It is never withheld for the sake of another one: a total of all.
    pub stays: bool,
    /// What a reader knows of it.
    pub state: State,
}

impl Cell {
    /// One that is not in the tables.
    pub(crate) fn open() -> Cell {
        Cell { breakdown: Codes::new(), n: 0, with: None, stays: true, state: State::Open }
    }
}

/// A whole and its parts, as indices of cells.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// The parts differ by sex alone.
    pub by_sex: bool,
    /// No other set of families lies between those of the whole and of the parts; the relations
    /// across one follow from these.
    pub direct: bool,
    /// The whole first, then its parts.
    pub members: Vec<usize>,
}

/// Families, by their number.
type Families = BTreeSet<usize>;
/// One atom of each of some families, in the order of the families.
type Group = Vec<usize>;

/// The cells that have the same dimensions.
struct Table {
    concepts: BTreeSet<String>,
    families: Families,
    /// Each cell with the groups that it is the sum of.
    cells: Vec<(usize, Vec<Group>)>,
}

/// Appends the open cells to `cells` and gives all relations, those by sex alone first.
pub(crate) fn relations(
    cells: &mut Vec<Cell>,
    codings: &Codings,
    sex_complement: bool,
) -> Vec<Relation> {
    let families = families(cells, codings);
    let tables = tables(cells, &families);
    let sets = family_sets(&tables);
    let mut all = Vec::new();
    let mut empty = Emptiness { families: &families, tables: &tables, filled: BTreeMap::new() };
    let mut atoms: BTreeMap<&Families, BTreeMap<Group, usize>> = BTreeMap::new();
    for set in &sets {
        let mut known: BTreeMap<Group, usize> = BTreeMap::new();
        let own: Vec<&Table> = tables.iter().filter(|table| &table.families == set).collect();
        for (cell, groups) in own.iter().flat_map(|table| &table.cells) {
            if let [group] = groups.as_slice() {
                known.entry(group.clone()).or_insert(*cell);
            }
        }
        for group in groups_of(set, &own, &tables, &families) {
            if !known.contains_key(&group) && !empty.knows(cells, set, &group) {
                known.insert(group, cells.len());
                cells.push(Cell::open());
            }
        }
        for (cell, groups) in own.iter().flat_map(|table| &table.cells) {
            let parts: Vec<usize> = groups.iter().filter_map(|g| known.get(g)).copied().collect();
            if !parts.is_empty() && !parts.contains(cell) {
                let members = std::iter::once(*cell).chain(parts).collect();
                all.push(Relation { by_sex: false, direct: true, members });
            }
        }
        atoms.insert(set, known);
    }
    all.extend(between_tables(cells, &families, &tables, sex_complement));
    for (coarse, wholes) in &atoms {
        for (fine, parts) in
            atoms.iter().filter(|(fine, _)| fine.len() > coarse.len() && fine.is_superset(coarse))
        {
            let further: Vec<usize> = fine.difference(coarse).copied().collect();
            let by_sex = matches!(further.as_slice(), [only] if is_sex(&families[*only]));
            if by_sex && !sex_complement {
                continue;
            }
            let direct = !sets.iter().any(|between| {
                between.len() > coarse.len()
                    && between.len() < fine.len()
                    && between.is_superset(coarse)
                    && between.is_subset(fine)
            });
            let mut split: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
            for (group, part) in parts {
                split.entry(project(group, fine, coarse)).or_default().push(*part);
            }
            for (group, whole) in wholes {
                if let Some(parts) = split.get(group) {
                    let members = std::iter::once(*whole).chain(parts.iter().copied()).collect();
                    all.push(Relation { by_sex, direct, members });
                }
            }
        }
    }
    if families.iter().any(|family| family.concepts.len() > 1) {
        empty_by_count(cells, &all);
    }
    all.sort_by_key(|relation| !relation.by_sex);
    all
}

/// Marks the open cells in which nobody can be, by the counts of all others: a reader who knows that
/// a survey starts at the age of 10 knows nobody of 5–9, and the counts agree with that.
fn empty_by_count(cells: &mut [Cell], relations: &[Relation]) {
    loop {
        let mut found: BTreeSet<usize> = without_cases(cells, relations).into_iter().collect();
        // The parts of nothing are nothing.
        for relation in relations {
            let (whole, parts) = (&cells[relation.members[0]], &relation.members[1..]);
            let known = parts.iter().fold(0_u64, |sum, i| sum.saturating_add(cells[*i].n));
            let nothing_left = match whole.state {
                State::Open => false,
                State::Empty => true,
                State::Shown | State::Hidden => known >= whole.n,
            };
            if nothing_left {
                found.extend(parts.iter().filter(|i| cells[**i].state == State::Open));
            }
        }
        found.retain(|i| cells[*i].state == State::Open);
        if found.is_empty() {
            return;
        }
        found.iter().for_each(|i| cells[*i].state = State::Empty);
    }
}

/// The sums of one table's cells over the dimensions that another has not, where some family has
/// several codings. They follow from the relations of the atoms, but not from one of them alone; a
/// reader sees them first, and they tell which the other sex is.
fn between_tables(
    cells: &[Cell],
    families: &[Family],
    tables: &[Table],
    sex_complement: bool,
) -> Vec<Relation> {
    let mut all = Vec::new();
    if families.iter().all(|family| family.concepts.len() == 1) {
        return all;
    }
    for coarse in tables {
        for fine in tables {
            let further: BTreeSet<&String> = fine.concepts.difference(&coarse.concepts).collect();
            if further.is_empty() || !fine.concepts.is_superset(&coarse.concepts) {
                continue;
            }
            let by_sex = further.iter().map(|concept| concept.as_str()).eq(["sex"]);
            let all_in_codes = fine.families.difference(&coarse.families).all(|f| {
                (0..families[*f].atoms.len()).all(|atom| covers(fine, &families[*f], atom))
            });
            if (by_sex && !sex_complement) || !all_in_codes {
                continue;
            }
            let mut split: BTreeMap<Vec<(&Text, &Text)>, Vec<usize>> = BTreeMap::new();
            for (part, _) in &fine.cells {
                let codes = cells[*part].breakdown.iter();
                let kept = codes.filter(|(concept, _)| coarse.concepts.contains(concept.as_str()));
                split.entry(kept.collect()).or_default().push(*part);
            }
            for (whole, _) in &coarse.cells {
                if let Some(parts) = split.get(&cells[*whole].breakdown.iter().collect::<Vec<_>>())
                {
                    let members = std::iter::once(*whole).chain(parts.iter().copied()).collect();
                    all.push(Relation { by_sex, direct: false, members });
                }
            }
        }
    }
    all
}

/// The families of all dimensions in use. A cell whose codes no atom has, because a recipe maps two
/// codings that contradict each other, is an atom of its own.
fn families(cells: &[Cell], codings: &Codings) -> Vec<Family> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (concept, code) in cells.iter().flat_map(|cell| &cell.breakdown) {
        used.entry(concept).or_default().insert(code);
    }
    let mut families = codings.families(&used);
    for family in &mut families {
        for cell in cells {
            let of_family =
                cell.breakdown.iter().filter(|(c, _)| family.concepts.contains(c.as_str()));
            let codes: BTreeMap<String, String> =
                of_family.map(|(concept, code)| (concept.into(), code.into())).collect();
            if !codes.is_empty() && inside(family, &cell.breakdown).is_empty() {
                family.atoms.push(codes);
            }
        }
    }
    families
}

/// The atoms of a family that have all these codes.
fn inside(family: &Family, codes: &Codes) -> Vec<usize> {
    let of_family: Vec<_> =
        codes.iter().filter(|(c, _)| family.concepts.contains(c.as_str())).collect();
    let has = |atom: &Atom, (concept, code): &(&Text, &Text)| {
        atom.get(concept.as_str()).is_some_and(|own| own == *code)
    };
    (0..family.atoms.len())
        .filter(|i| of_family.iter().all(|pair| has(&family.atoms[*i], pair)))
        .collect()
}

fn is_sex(family: &Family) -> bool {
    family.concepts.iter().eq(["sex"])
}

fn tables(cells: &[Cell], families: &[Family]) -> Vec<Table> {
    let mut tables: BTreeMap<BTreeSet<String>, Table> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate() {
        let concepts: BTreeSet<String> = cell.breakdown.keys().map(String::from).collect();
        let table = tables.entry(concepts.clone()).or_insert_with(|| Table {
            families: (0..families.len())
                .filter(|f| !families[*f].concepts.is_disjoint(&concepts))
                .collect(),
            concepts,
            cells: Vec::new(),
        });
        let mut groups: Vec<Group> = vec![Vec::new()];
        for family in &table.families {
            let atoms = inside(&families[*family], &cell.breakdown);
            let longer = |group: &Group| -> Vec<Group> {
                atoms.iter().map(|atom| group.iter().copied().chain([*atom]).collect()).collect()
            };
            groups = groups.iter().flat_map(longer).collect();
        }
        table.cells.push((i, groups));
    }
    tables.into_values().collect()
}

/// The families of each table, and those that each two tables share.
fn family_sets(tables: &[Table]) -> BTreeSet<Families> {
    let published: BTreeSet<&Families> = tables.iter().map(|table| &table.families).collect();
    published.iter().flat_map(|one| published.iter().map(|other| *one & *other)).collect()
}

/// The groups in which something may be, by the tables of exactly these families or, if there is
/// none, by those that split them further.
fn groups_of(
    set: &Families,
    own: &[&Table],
    tables: &[Table],
    families: &[Family],
) -> BTreeSet<Group> {
    if own.is_empty() {
        let finer = tables.iter().filter(|table| table.families.is_superset(set));
        return finer
            .flat_map(|table| {
                let groups = table.cells.iter().flat_map(|(_, groups)| groups);
                groups.map(|group| project(group, &table.families, set))
            })
            .collect();
    }
    let cells = own.iter().flat_map(|table| &table.cells);
    let mut groups: BTreeSet<Group> = cells.flat_map(|(_, groups)| groups.clone()).collect();
    // Where another coding reaches further than those of these tables, there may be more.
    for (at, family) in set.iter().enumerate() {
        let beyond: Vec<usize> = (0..families[*family].atoms.len())
            .filter(|atom| !own.iter().any(|table| covers(table, &families[*family], *atom)))
            .collect();
        let more: Vec<Group> = groups
            .iter()
            .flat_map(|group| {
                beyond.iter().map(|atom| {
                    let mut group = group.clone();
                    group[at] = *atom;
                    group
                })
            })
            .collect();
        groups.extend(more);
    }
    groups
}

/// The table has a code for the atom, so that a person of the atom stands in some cell.
fn covers(table: &Table, family: &Family, atom: usize) -> bool {
    let mut concepts = table.concepts.intersection(&family.concepts);
    concepts.all(|concept| family.atoms[atom].contains_key(concept))
}

/// What the tables say about groups that they do not show.
struct Emptiness<'a> {
    families: &'a [Family],
    tables: &'a [Table],
    /// By table and the families looked at: the groups that some cell with cases reaches.
    filled: BTreeMap<(usize, Families), BTreeSet<Group>>,
}

impl Emptiness<'_> {
    /// Some table has codes for this group and no cell with cases where it would be.
    fn knows(&mut self, cells: &[Cell], set: &Families, group: &Group) -> bool {
        for (at, table) in self.tables.iter().enumerate() {
            let shared = &table.families & set;
            let group = project(group, set, &shared);
            let mut pairs = shared.iter().zip(&group);
            if shared.is_empty() || !pairs.all(|(f, atom)| covers(table, &self.families[*f], *atom))
            {
                continue;
            }
            let filled = self.filled.entry((at, shared)).or_insert_with_key(|(_, shared)| {
                let cases = table.cells.iter().filter(|(i, _)| cells[*i].state != State::Empty);
                let groups = cases.flat_map(|(_, groups)| groups);
                groups.map(|group| project(group, &table.families, shared)).collect()
            });
            if !filled.contains(&group) {
                return true;
            }
        }
        false
    }
}

/// The part of a group that lies in fewer families.
fn project(group: &Group, from: &Families, to: &Families) -> Group {
    let pairs = from.iter().zip(group).filter(|(family, _)| to.contains(family));
    pairs.map(|(_, atom)| *atom).collect()
}
