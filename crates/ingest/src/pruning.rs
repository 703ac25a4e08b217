//! Parts of a file of which the recipe's filter keeps no row, as the file's footer tells: they are
//! not read.
//!
//! Only what is certain counts: a part is left out where no value between the bounds, and no blank,
//! can pass. The log counts the rows as if they had been read, so the filter that leaves them out
//! must be the first that any of them fails.

use crate::plan::{Plan, SlotTest};
use crate::raw::reals;
use crate::table::{Bounds, Table};

/// The filter, by its place, that leaves out every row of a part, and their number.
pub(crate) fn excluded(plan: &Plan, table: &dyn Table, unit: usize) -> Option<(usize, u64)> {
    for (place, keep) in plan.keep.iter().enumerate() {
        let bounds = table.bounds(unit, *plan.columns.get(keep.test.slot)?)?;
        if none_passes(&keep.test, &bounds) {
            return Some((place, bounds.rows));
        }
        if !all_pass(&keep.test, &bounds) {
            return None;
        }
    }
    None
}

/// Smallest and largest number of a column that is stored as numbers.
fn numbers(bounds: &Bounds) -> Option<(f64, f64)> {
    match reals(&bounds.ends)?.as_slice() {
        [low, high] if low.is_finite() && high.is_finite() => Some((*low, *high)),
        _ => None,
    }
}

fn none_passes(test: &SlotTest, bounds: &Bounds) -> bool {
    let outside = numbers(bounds).is_some_and(|(low, high)| {
        test.min.is_some_and(|min| high < min) || test.max.is_some_and(|max| low > max)
    });
    outside || test.values.as_ref().is_some_and(|lookup| !lookup.may_give(1, bounds))
}

fn all_pass(test: &SlotTest, bounds: &Bounds) -> bool {
    let ranged = test.min.is_some() || test.max.is_some();
    let inside = numbers(bounds).is_some_and(|(low, high)| {
        test.min.is_none_or(|min| min <= low) && test.max.is_none_or(|max| high <= max)
    });
    let listed =
        |lookup: &crate::lookup::Lookup| lookup.constant(bounds).is_some_and(|code| code == 1);
    !bounds.blanks && (inside || !ranged) && test.values.as_ref().is_none_or(listed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::{Entries, Lookup};
    use crate::number::NumberFormat;
    use crate::table::{RawColumn, SourceColumn};
    use arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};
    use arrow::datatypes::DataType;
    use std::sync::Arc;

    fn bounds(ends: ArrayRef, blanks: bool) -> Bounds {
        Bounds { rows: 9, blanks, ends: RawColumn::new(ends) }
    }

    fn texts(low: &str, high: &str) -> Bounds {
        bounds(Arc::new(StringArray::from(vec![low, high])), false)
    }

    fn test(values: &[&str], kind: DataType) -> SlotTest {
        let pairs: Vec<(&str, i16)> = values.iter().map(|v| (*v, 1)).collect();
        let entries =
            Entries { pairs: &pairs, labels: false, blank: 0, others: 0, file_missing: &[] };
        let column = SourceColumn::new("c", kind);
        let lookup = Lookup::new(&entries, &column, &NumberFormat::default());
        SlotTest { slot: 0, values: Some(lookup), min: None, max: None }
    }

    #[test]
    fn texts_outside_the_bounds_are_certain_and_near_ones_are_not() {
        let kenya = test(&["KEN"], DataType::Utf8);
        let none = |low: &str, high: &str| none_passes(&kenya, &texts(low, high));
        assert!(none("AFG", "JPN") && none("KGZ", "ZWE") && none("KEO", "KGZ"));
        assert!(!none("JPN", "KGZ") && !none("KEN", "KEN") && !none("AFG", "KEN"));
        // `KEN ` with a space after it is accepted, and so is one with a space before it.
        assert!(!none("KEN ", "KEN ") && !none("KEN ", "KGZ") && !none(" AFG", "JPN"));
        assert!(!none("AFG", "\u{3000}KEN") && !none("", "JPN"));
        // Numbers are accepted in every spelling.
        let one = test(&["1"], DataType::Utf8);
        assert!(!none_passes(&one, &texts("01", "02")));
        assert!(none_passes(&one, &texts("2", "2")) && !none_passes(&one, &texts("1.0", "1.0")));
        assert!(all_pass(&kenya, &texts("KEN", "KEN")) && !all_pass(&kenya, &texts("KEN", "KEO")));
    }

    #[test]
    fn numbers_outside_the_bounds_are_certain() {
        let listed = test(&["3", "7.5"], DataType::Float64);
        let of = |low: f64, high: f64| {
            none_passes(&listed, &bounds(Arc::new(Float64Array::from(vec![low, high])), false))
        };
        assert!(of(4.0, 7.0) && of(8.0, 9.0) && !of(3.0, 3.0) && !of(7.0, 8.0) && !of(1.0, 9.0));
        assert!(!of(f64::NEG_INFINITY, f64::INFINITY));
        let ranged = SlotTest { slot: 0, values: None, min: Some(15.0), max: Some(74.0) };
        let ages = |low, high, blanks| bounds(Arc::new(Int64Array::from(vec![low, high])), blanks);
        assert!(
            none_passes(&ranged, &ages(3, 14, true)) && none_passes(&ranged, &ages(75, 90, false))
        );
        assert!(!none_passes(&ranged, &ages(3, 15, false)));
        assert!(all_pass(&ranged, &ages(15, 74, false)) && !all_pass(&ranged, &ages(15, 74, true)));
        // A text may be a number, of which the bounds of texts tell nothing.
        assert!(!none_passes(&ranged, &texts("03", "14")));
    }

    #[test]
    fn a_blank_that_is_accepted_is_not_left_out() {
        let entries =
            Entries { pairs: &[("3", 1)], labels: false, blank: 1, others: 0, file_missing: &[] };
        let column = SourceColumn::new("c", DataType::Int64);
        let lookup = Lookup::new(&entries, &column, &NumberFormat::default());
        let accepts = SlotTest { slot: 0, values: Some(lookup), min: None, max: None };
        let ends = |blanks| bounds(Arc::new(Int64Array::from(vec![4, 9])), blanks);
        assert!(none_passes(&accepts, &ends(false)) && !none_passes(&accepts, &ends(true)));
    }
}
