//! Countries by the rules of progress.

use super::{ProgressCell, ProgressLine, WorldIndicator, WorldInput, plain, text_head};
use crate::cells::with_reason;
use crate::lookup::Lookup;
use crate::notes::Notes;
use crate::{IndicatorInfo, Table, TableCell, TableRow};

/// Rules beside each other in one table: a page in landscape has no room for more.
const RULES: usize = 6;

/// Countries by the rules of progress, side by side; what a page has no room for continues below.
pub(super) fn tables(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
) -> Vec<Table> {
    // Parts of about the same width.
    let parts = of.rules.len().div_ceil(RULES).max(1);
    let width = of.rules.len().div_ceil(parts).max(1);
    let part = |at: usize| {
        let rules = at * width..((at + 1) * width).min(of.rules.len());
        part_of(lookup, world, of, info, rules, (at, parts))
    };
    (0..parts).map(part).collect()
}

fn part_of(
    lookup: &Lookup<'_>,
    world: &WorldInput,
    of: &WorldIndicator,
    info: &IndicatorInfo,
    rules: std::ops::Range<usize>,
    (at, parts): (usize, usize),
) -> Table {
    let mut notes = Notes::new(lookup.input.style.footnotes);
    let mut heads = vec![text_head("First and last figure")];
    let titles = of.rules[rules.clone()].iter().map(|rule| crate::words::capital(rule));
    heads.extend(titles.map(|title| text_head(&title)));
    let own = |line: &ProgressLine| -> Vec<ProgressCell> {
        line.cells.get(rules.clone()).map(<[_]>::to_vec).unwrap_or_default()
    };
    let says = |line: &&ProgressLine| {
        at == 0 || own(line).iter().any(|cell| !cell.text.is_empty() || !cell.notes.is_empty())
    };
    let rows = of.progress.iter().filter(says).map(|line| {
        let mut cells = vec![TableCell::of_text(&line.span)];
        for cell in &own(line) {
            cells.push(match cell.notes.as_slice() {
                [why, ..] if cell.text.is_empty() => {
                    with_reason(&lookup.input.style.not_available, why, &mut notes)
                }
                reasons => {
                    let mut marks = reasons.iter().map(|why| notes.mark(why)).collect();
                    Notes::in_order(&mut marks);
                    TableCell { notes: marks, ..TableCell::of_text(&cell.text) }
                }
            });
        }
        TableRow::Cells { label: line.label.clone(), level: 0, cells }
    });
    let rows = rows.collect();
    // What is true of the whole stands below its end.
    if at + 1 == parts {
        for note in &of.without {
            notes.general(note);
        }
        notes.general(
            "Rules disagree because they ask different questions; none of them is more than the figures \
             allow. A projection carries the status F.",
        );
        notes.general(
            "Where a rule does not say whether a movement can be told from no change, there are no standard \
             errors, or too few figures, to tell it by.",
        );
    }
    let continued = if at == 0 { "" } else { ", continued" };
    Table {
        heads,
        rows,
        notes: notes.finish(lookup.input),
        ..plain(
            format!("{}, progress{continued}", info.indicator.name),
            of.goal.clone(),
            world.source_line.clone(),
        )
    }
}
