//! Limits of weighted quantile groups, exact and the same for any order of the rows.
//!
//! Values are sorted and their weights, as whole multiples of 2⁻³², added up; the limit k of g
//! groups is the smallest value at which the sum reaches k/g of the whole. Integer sums do not
//! depend on the order in which rows were read.

/// Weight unit: 2⁻³².
const UNIT: f64 = 4_294_967_296.0;

/// The g − 1 limits between g groups; empty if there is no weight.
pub(crate) fn limits(rows: &mut [(f64, f64)], groups: u32) -> Vec<f64> {
    let scaled = |w: f64| (w * UNIT).round() as u128;
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let total: u128 = rows.iter().map(|r| scaled(r.1)).sum();
    if total == 0 {
        return Vec::new();
    }
    let groups = u128::from(groups);
    let (mut sum, mut limits, mut next) = (0u128, Vec::new(), 1u128);
    for (value, weight) in rows.iter() {
        sum += scaled(*weight);
        while next < groups && sum * groups >= total * next {
            limits.push(*value);
            next += 1;
        }
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_do_not_depend_on_the_order_of_rows() {
        let mut rows: Vec<(f64, f64)> =
            (0..1000).map(|i| (f64::from(i * 7919 % 1000), 0.1 + f64::from(i % 7))).collect();
        let mut reversed: Vec<(f64, f64)> = rows.iter().rev().copied().collect();
        let expected = limits(&mut rows, 5);
        assert_eq!(expected.len(), 4);
        assert_eq!(limits(&mut reversed, 5), expected);
    }

    #[test]
    fn equal_weights_give_the_plain_quintiles() {
        let mut rows: Vec<(f64, f64)> = (1..=10).map(|i| (f64::from(i), 1.0)).collect();
        assert_eq!(limits(&mut rows, 5), [2.0, 4.0, 6.0, 8.0]);
    }
}
