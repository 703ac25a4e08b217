//! Hadamard matrices: rows of signs, any two of which agree in exactly half of their places.
//!
//! Orders are made from 1 by Paley's two constructions over prime fields (p + 1 for p ≡ 3 mod 4,
//! 2(p + 1) for p ≡ 1 mod 4) and by doubling. Not every multiple of 4 is reached so; then the next
//! that is serves, at the price of a few replicates more. Source: Paley (1933), *Journal of
//! Mathematics and Physics* 12, 311–320.

/// A Hadamard matrix of the least order that is at hand and at least `least`; `true` is +1, and the
/// first column is all +1.
pub(crate) fn hadamard(least: usize) -> Vec<Vec<bool>> {
    let mut order = least.max(1);
    loop {
        if let Some(mut matrix) = of_order(order) {
            for row in &mut matrix {
                let first = row[0];
                row.iter_mut().for_each(|sign| *sign = *sign == first);
            }
            return matrix;
        }
        order += 1;
    }
}

fn of_order(order: usize) -> Option<Vec<Vec<bool>>> {
    if order <= 2 {
        return Some(if order == 1 {
            vec![vec![true]]
        } else {
            vec![vec![true, true], vec![true, false]]
        });
    }
    if !order.is_multiple_of(4) {
        return None;
    }
    if is_prime(order - 1) {
        return Some(paley_one(order - 1));
    }
    let field = order / 2 - 1;
    if field % 4 == 1 && is_prime(field) {
        return Some(paley_two(field));
    }
    let half = of_order(order / 2)?;
    let upper = half.iter().map(|row| row.iter().chain(row).copied().collect::<Vec<bool>>());
    let lower = half.iter().map(|row| row.iter().copied().chain(row.iter().map(|s| !s)).collect());
    Some(upper.chain(lower).collect())
}

fn is_prime(n: usize) -> bool {
    n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}

/// χ(a − b) of the quadratic character of a prime field: 1, −1 or 0.
fn jacobsthal(p: usize) -> Vec<Vec<i8>> {
    let mut square = vec![false; p];
    (1..p).for_each(|a| square[a * a % p] = true);
    let of = |a: usize| match a % p {
        0 => 0,
        a if square[a] => 1,
        _ => -1,
    };
    (0..p).map(|a| (0..p).map(|b| of(a + p - b)).collect()).collect()
}

/// I + S, where S is [0, 1; −1, Q].
fn paley_one(p: usize) -> Vec<Vec<bool>> {
    let q = jacobsthal(p);
    let mut matrix = vec![vec![true; p + 1]];
    for (a, row) in q.iter().enumerate() {
        let signs = row.iter().enumerate().map(|(b, chi)| a == b || *chi > 0);
        matrix.push(std::iter::once(false).chain(signs).collect());
    }
    matrix
}

/// Of the symmetric conference matrix C = [0, 1; 1, Q]: 0 becomes [1, −1; −1, −1], ±1 becomes
/// ±[1, 1; 1, −1].
fn paley_two(p: usize) -> Vec<Vec<bool>> {
    let q = jacobsthal(p);
    let size = p + 1;
    let c = |a: usize, b: usize| match (a, b) {
        (0, 0) => 0,
        (0, _) | (_, 0) => 1,
        _ => q[a - 1][b - 1],
    };
    let mut matrix = vec![vec![false; 2 * size]; 2 * size];
    for a in 0..size {
        for b in 0..size {
            let block = match c(a, b) {
                0 => [true, false, false, false],
                1 => [true, true, true, false],
                _ => [false, false, false, true],
            };
            for (at, sign) in block.into_iter().enumerate() {
                matrix[2 * a + at / 2][2 * b + at % 2] = sign;
            }
        }
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_are_orthogonal_and_the_first_column_is_constant() {
        for least in 1..=130 {
            let matrix = hadamard(least);
            let order = matrix.len();
            assert!(order >= least && order <= least + 11, "{least} {order}");
            assert!(matrix.iter().all(|row| row.len() == order && row[0]));
            for a in 0..order {
                for b in 0..a {
                    let same = (0..order).filter(|i| matrix[*i][a] == matrix[*i][b]).count();
                    assert_eq!(2 * same, order, "columns {a} and {b} of order {order}");
                }
            }
        }
        assert_eq!([2, 4, 9, 21, 25, 37].map(|n| hadamard(n).len()), [2, 4, 12, 24, 28, 40]);
    }
}
