//! Columns of tables that are not those of the style.

use crate::plan::{Prepared, is_by_sex, is_compared};
use inclusion_registry::Indicator;
use inclusion_report::{Column, Quantity};

/// The columns of an indicator of women and men who are not compared: those of the style that are of
/// women, men and all. None is the style's own.
pub(super) fn of_indicator(prepared: &Prepared, indicator: &Indicator) -> Vec<Column> {
    use Quantity::{Men, Total, Women};
    let by_sex = prepared.breakdowns.iter().flatten().any(|id| id == "sex");
    if is_compared(indicator) || !is_by_sex(indicator, &prepared.registry) || !by_sex {
        return Vec::new();
    }
    let own = |column: &Column| match column {
        Column::Value(of) | Column::Interval(of) | Column::Se(of) | Column::N(of) => {
            [Women, Men, Total].contains(of)
        }
        _ => false,
    };
    let style = prepared.style.columns.iter().filter_map(|id| Column::parse(id)).flatten();
    let mut columns: Vec<Column> = style.filter(own).collect();
    if !columns.contains(&Column::Value(Total)) {
        let men = columns.iter().rposition(|column| *column == Column::Value(Men));
        columns.insert(men.map_or(0, |at| at + 1), Column::Value(Total));
    }
    columns
}
