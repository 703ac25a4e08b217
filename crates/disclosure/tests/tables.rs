//! Tables of counts: intervals against full enumeration, and that the search always ends safe.

use inclusion_disclosure::{TableProblem, attacker_intervals, suppress_table};
use inclusion_registry::Policy;
use proptest::prelude::*;

fn policy(threshold: u64) -> Policy {
    Policy { threshold: Some(threshold), ..Policy::default() }
}

/// Inner counts with their margins.
fn with_margins(inner: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let mut table: Vec<Vec<u64>> =
        inner.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
    let sums = (0..table[0].len()).map(|c| table.iter().map(|row| row[c]).sum()).collect();
    table.push(sums);
    table
}

/// Lowest and highest of each withheld inner cell over all whole-number tables with these margins and
/// these other cells: every one of them is tried.
fn enumerated(table: &[Vec<u64>], hidden: &[(usize, usize)]) -> Vec<(u64, u64)> {
    fn go(
        table: &mut Vec<Vec<u64>>,
        hidden: &[(usize, usize)],
        at: usize,
        found: &mut Vec<(u64, u64)>,
    ) {
        let (rows, columns) = (table.len() - 1, table[0].len() - 1);
        let Some((r, c)) = hidden.get(at).copied() else {
            let rows_fit = table
                .iter()
                .take(rows)
                .all(|row| row[..columns].iter().sum::<u64>() == row[columns]);
            let columns_fit = (0..columns)
                .all(|c| table[..rows].iter().map(|row| row[c]).sum::<u64>() == table[rows][c]);
            if rows_fit && columns_fit {
                for ((r, c), range) in hidden.iter().zip(found) {
                    *range = (range.0.min(table[*r][*c]), range.1.max(table[*r][*c]));
                }
            }
            return;
        };
        for value in 0..=table[r][columns].min(table[rows][c]) {
            table[r][c] = value;
            go(table, hidden, at + 1, found);
        }
    }
    let mut found = vec![(u64::MAX, 0); hidden.len()];
    go(&mut table.to_vec(), hidden, 0, &mut found);
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn intervals_equal_the_enumeration_of_whole_tables(
        cells in prop::collection::vec(0u64..7, 9),
        mask in 1u16..512,
    ) {
        let inner: Vec<Vec<u64>> = cells.chunks(3).map(<[u64]>::to_vec).collect();
        let table = with_margins(&inner);
        let hidden: Vec<(usize, usize)> =
            (0..9).filter(|i| mask & (1 << i) != 0).map(|i| (i / 3, i % 3)).take(5).collect();
        let found = attacker_intervals(&table, &hidden).unwrap();
        let expected = enumerated(&table, &hidden);
        prop_assert_eq!(found.len(), hidden.len());
        for ((cell, interval), (low, high)) in hidden.iter().zip(&found).zip(expected) {
            prop_assert_eq!((interval.row, interval.column), *cell);
            prop_assert!((interval.low - low as f64).abs() < 1e-6, "{:?} {} {}", interval, low, high);
            let top = interval.high.expect("margins bound every cell");
            prop_assert!((top - high as f64).abs() < 1e-6, "{:?} {} {}", interval, low, high);
        }
    }

    #[test]
    fn every_small_count_could_be_at_or_above_the_threshold(
        cells in prop::collection::vec(prop_oneof![0u64..5, 5u64..40, 40u64..90], 12),
        threshold in 3u64..11,
    ) {
        let inner: Vec<Vec<u64>> = cells.chunks(4).map(<[u64]>::to_vec).collect();
        let table = with_margins(&inner);
        let withheld = suppress_table(&table, &policy(threshold)).unwrap();
        let all = [withheld.primary.clone(), withheld.secondary.clone()].concat();
        let most: Vec<(usize, usize)> = (0..3)
            .flat_map(|r| (0..4).map(move |c| (r, c)))
            .filter(|(r, c)| table[*r][*c] > 0)
            .chain(withheld.primary.iter().copied())
            .collect();
        // Where even withholding every cell would not do, nothing can be asked for.
        let best = attacker_intervals(&table, &most).unwrap();
        let reach = |cell: (usize, usize)| {
            let own = best.iter().find(|i| (i.row, i.column) == cell).expect("a cell");
            own.high.is_none_or(|high| high + 1e-6 >= threshold as f64)
        };
        for interval in attacker_intervals(&table, &all).unwrap() {
            let cell = (interval.row, interval.column);
            if withheld.primary.contains(&cell) && reach(cell) {
                let safe = interval.high.is_none_or(|high| high + 1e-6 >= threshold as f64);
                prop_assert!(safe, "{:?} of {:?} in {:?}", interval, all, table);
            }
        }
    }
}

#[test]
fn a_table_that_is_none_is_said_to_be_none() {
    let wrong = [vec![1, 2, 3], vec![4, 5, 9], vec![5, 7, 13]];
    assert_eq!(suppress_table(&wrong, &policy(5)), Err(TableProblem::NotASum(2, 2)));
    assert_eq!(suppress_table(&[vec![1, 2]], &policy(5)), Err(TableProblem::NotATable));
    let table = with_margins(&[vec![1, 2], vec![3, 4]]);
    assert_eq!(attacker_intervals(&table, &[(5, 0)]), Err(TableProblem::NoSuchCell(5, 0)));
}

#[test]
fn margins_are_never_withheld_for_the_sake_of_others() {
    let table = with_margins(&[vec![3, 200], vec![400, 500]]);
    let withheld = suppress_table(&table, &policy(5)).unwrap();
    assert_eq!(withheld.primary, [(0, 0)]);
    assert_eq!(withheld.secondary, [(0, 1), (1, 0), (1, 1)]);
}
