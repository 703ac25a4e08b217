//! Labels side by side on one line, each as near its place as the others allow.

/// Where things of the given sizes stand (their middles) so that none overlaps another: the sum of
/// squared distances from the places they want is the least there is. They keep the order of those
/// places; equal places keep the order given. All stay between `low` and `high` if they fit there.
///
/// Neighbours that overlap become a block, and a block stands at the mean of what its members want
/// (pool adjacent violators; Barlow et al. 1972, *Statistical Inference under Order Restrictions*).
pub(super) fn spread(wanted: &[f64], sizes: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Each thing's place on a line where the sizes before it are taken away.
    let mut before = 0.0;
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let mut offsets = vec![0.0; wanted.len()];
    for index in order.iter().copied() {
        let offset = before + 0.5 * sizes[index];
        offsets[index] = offset;
        before += sizes[index];
        let mut block = (wanted[index] - offset, 1);
        while let Some((mean, count)) = blocks.last().copied() {
            if mean <= block.0 {
                break;
            }
            let all = count + block.1;
            block = ((mean * count as f64 + block.0 * block.1 as f64) / all as f64, all);
            blocks.pop();
        }
        blocks.push(block);
    }
    let most = (high - before).max(low);
    let mut places = vec![0.0; wanted.len()];
    let mut rest = order.iter().copied();
    for (mean, count) in blocks {
        for index in rest.by_ref().take(count) {
            places[index] = mean.clamp(low, most) + offsets[index];
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_overlap_stays_and_neighbours_move_apart_evenly() {
        assert_eq!(spread(&[50.0, 10.0], &[10.0, 10.0], 0.0, 100.0), [50.0, 10.0]);
        assert_eq!(spread(&[50.0, 50.0], &[10.0, 10.0], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&[0.0, 99.0, 98.0], &[10.0; 3], 0.0, 100.0), [5.0, 95.0, 85.0]);
    }

    #[test]
    fn nothing_overlaps_or_leaves_its_room() {
        for count in [1, 7, 40] {
            let wanted: Vec<f64> =
                (0..count).map(|i| 300.0 + 290.0 * (i as f64 * 0.9).sin()).collect();
            let places = spread(&wanted, &vec![15.0; count], 0.0, 600.0);
            let mut sorted = places.clone();
            sorted.sort_by(f64::total_cmp);
            assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-9));
            assert!(sorted[0] >= 7.5 - 1e-9 && sorted[count - 1] <= 592.5 + 1e-9);
        }
    }
}
