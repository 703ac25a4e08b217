//! Kitagawa's decomposition of the gap between men and women.
//!
//! Men's and women's rates are Σ s_g r_g over groups g (education, age) with each sex's shares s and rates
//! r. The gap, men minus women, is the sum over the groups of
//! - composition (s_M − s_F)(r_M + r_F)/2: women are less often in the groups that are connected;
//! - rate (r_M − r_F)(s_M + s_F)/2: within a group women are less often connected;
//!
//! or of three parts Σ (s_M − s_F) r_F, Σ s_F (r_M − r_F) and the interaction
//! Σ (s_M − s_F)(r_M − r_F). The convention to know: a group that one sex lacks takes the other sex's
//! rate, so it counts as composition only. The parts describe and do not explain: say "associated with".
//!
//! All parts are smooth in shares and rates, hence the influence of a row by the chain rule, through its
//! sex's shares of all groups and its own group's rate. Source: Kitagawa (1955), *Journal of the American
//! Statistical Association* 50, 1168–1194; three parts: Winsborough and Dickinson (1971).

use super::{linear, refuse, rows_of, same_rows, undefined};
use crate::Error;
use crate::sample::linear::{Linear, Need};

/// Share and rate of one group among women and among men.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GroupRates {
    /// Share of all women who are in the group.
    pub share_women: f64,
    /// Rate of the women in it; `None` where there are none.
    pub rate_women: Option<f64>,
    /// Share of all men who are in the group.
    pub share_men: f64,
    /// Rate of the men in it; `None` where there are none.
    pub rate_men: Option<f64>,
}

/// The parts of a gap, in the unit of the rates.
#[derive(Debug, Clone, PartialEq)]
pub struct Kitagawa {
    /// Rate of women.
    pub rate_women: f64,
    /// Rate of men.
    pub rate_men: f64,
    /// Men minus women.
    pub gap: f64,
    /// Part that goes with where women and men are.
    pub composition: f64,
    /// Part that goes with different rates in the same group.
    pub rate: f64,
    /// Of three parts: composition at women's rates.
    pub three_composition: f64,
    /// Of three parts: rates at women's composition.
    pub three_rate: f64,
    /// Of three parts: interaction.
    pub interaction: f64,
    /// Composition by group.
    pub composition_by_group: Vec<f64>,
    /// Rate by group.
    pub rate_by_group: Vec<f64>,
}

/// The whole figures, in the order of the fields of [`Kitagawa`].
const WHOLE: usize = 8;
const COMPOSITION: usize = 3;
const RATE: usize = 4;

impl Kitagawa {
    /// Reads the values of [`kitagawa_of_rows`], or their standard errors laid out like them; `None` if
    /// there are not as many as of a decomposition.
    pub fn from_values(values: &[f64]) -> Option<Kitagawa> {
        let (whole, parts) = values.split_at_checked(WHOLE)?;
        let (composition, rate) = parts.split_at(parts.len() / 2);
        (composition.len() == rate.len()).then(|| Kitagawa {
            rate_women: whole[0],
            rate_men: whole[1],
            gap: whole[2],
            composition: whole[COMPOSITION],
            rate: whole[RATE],
            three_composition: whole[5],
            three_rate: whole[6],
            interaction: whole[7],
            composition_by_group: composition.to_vec(),
            rate_by_group: rate.to_vec(),
        })
    }
}

/// A figure's term of one group and its slopes in women's share and rate and in men's.
#[derive(Debug, Clone, Copy)]
struct Slopes {
    value: f64,
    /// By sex, women first: share, rate.
    share: [f64; 2],
    rate: [f64; 2],
}

fn terms(group: &GroupRates) -> [Slopes; WHOLE] {
    let (sf, sm) = (group.share_women, group.share_men);
    let rf = group.rate_women.or(group.rate_men).unwrap_or(0.0);
    let rm = group.rate_men.or(group.rate_women).unwrap_or(0.0);
    let (ds, dr) = (sm - sf, rm - rf);
    let one = |value, sf, rf, sm, rm| {
        let mut rate = [rf, rm];
        // A borrowed rate moves with the one it is borrowed from.
        if group.rate_women.is_none() {
            rate = [0.0, rf + rm];
        } else if group.rate_men.is_none() {
            rate = [rf + rm, 0.0];
        }
        Slopes { value, share: [sf, sm], rate }
    };
    let (mean_s, mean_r) = ((sm + sf) / 2.0, (rm + rf) / 2.0);
    [
        one(sf * rf, rf, sf, 0.0, 0.0),
        one(sm * rm, 0.0, 0.0, rm, sm),
        one(sm * rm - sf * rf, -rf, -sf, rm, sm),
        one(ds * mean_r, -mean_r, ds / 2.0, mean_r, ds / 2.0),
        one(dr * mean_s, dr / 2.0, -mean_s, dr / 2.0, mean_s),
        one(ds * rf, -rf, ds, rf, 0.0),
        one(sf * dr, dr, -sf, 0.0, sf),
        one(ds * dr, -dr, -ds, dr, ds),
    ]
}

fn values_of(all: &[[Slopes; WHOLE]]) -> Vec<f64> {
    let whole = (0..WHOLE).map(|k| all.iter().map(|group| group[k].value).sum());
    let parts = [COMPOSITION, RATE].into_iter().flat_map(|k| all.iter().map(move |g| g[k].value));
    whole.chain(parts).collect()
}

/// The decomposition of published shares and rates.
///
/// ```
/// use inclusion_survey::estimand::{GroupRates, kitagawa};
/// let group = |share_women, rate_women, share_men, rate_men| GroupRates {
///     share_women,
///     rate_women: Some(rate_women),
///     share_men,
///     rate_men: Some(rate_men),
/// };
/// let parts = kitagawa(&[group(0.6, 0.2, 0.5, 0.3), group(0.4, 0.7, 0.5, 0.8)]);
/// assert!((parts.gap - 0.15).abs() < 1e-15);
/// assert!((parts.composition - 0.05).abs() < 1e-15);
/// assert!((parts.rate - 0.1).abs() < 1e-15);
/// ```
pub fn kitagawa(groups: &[GroupRates]) -> Kitagawa {
    let all: Vec<_> = groups.iter().map(terms).collect();
    Kitagawa::from_values(&values_of(&all)).expect("invariant: as many figures as terms")
}

/// The decomposition of rows; the values are those of [`Kitagawa`] in the order of its fields, read
/// back by [`Kitagawa::from_values`].
///
/// `women` marks the women of the domain, the other rows of it are men; `group` is the place of the
/// row's group below `groups`.
///
/// # Errors
///
/// One sex has no row with a weight above 0, or a group's number is too large.
pub fn kitagawa_of_rows(
    values: &[f64],
    women: &[bool],
    group: &[usize],
    groups: usize,
    domain: &[bool],
    weights: &[f64],
    need: Need,
) -> Result<Linear, Error> {
    let what = "decomposition of the gap";
    let columns =
        [(what, values.len()), (what, women.len()), (what, group.len()), (what, domain.len())];
    same_rows(weights.len(), &columns)?;
    // By sex, women first, then by group.
    let mut total = [vec![0.0; groups], vec![0.0; groups]];
    let mut sum = [vec![0.0; groups], vec![0.0; groups]];
    for row in rows_of(domain) {
        if group[row] >= groups {
            let message =
                format!("row {row} is in group {} of {groups}; name them all", group[row]);
            return Err(refuse(what, message));
        }
        let sex = usize::from(!women[row]);
        total[sex][group[row]] += weights[row];
        sum[sex][group[row]] += weights[row] * values[row];
    }
    let whole: Vec<f64> = total.iter().map(|total| total.iter().sum()).collect();
    if let Some(sex) = whole.iter().position(|whole| *whole == 0.0) {
        return Err(undefined(["the rate of women", "the rate of men"][sex]));
    }
    let share = |sex: usize, g: usize| total[sex][g] / whole[sex];
    let rate = |sex: usize, g: usize| (total[sex][g] != 0.0).then(|| sum[sex][g] / total[sex][g]);
    let rates = |g: usize| GroupRates {
        share_women: share(0, g),
        rate_women: rate(0, g),
        share_men: share(1, g),
        rate_men: rate(1, g),
    };
    let all: Vec<_> = (0..groups).map(|g| terms(&rates(g))).collect();
    // What every row of a sex moves through the shares of all groups.
    let mean = |k: usize, sex: usize| -> f64 {
        all.iter().enumerate().map(|(g, terms)| share(sex, g) * terms[k].share[sex]).sum()
    };
    let means: Vec<[f64; 2]> = (0..WHOLE).map(|k| [mean(k, 0), mean(k, 1)]).collect();
    Ok(linear(values_of(&all), domain, need, |row, out| {
        let (sex, g) = (usize::from(!women[row]), group[row]);
        // A group without weight has no rate that its rows of weight 0 could move.
        let miss = rate(sex, g).map_or(0.0, |rate| (values[row] - rate) / total[sex][g]);
        let own = |k: usize| all[g][k].share[sex] / whole[sex] + all[g][k].rate[sex] * miss;
        let (figures, parts) = out.split_at_mut(WHOLE);
        for (k, out) in figures.iter_mut().enumerate() {
            *out = own(k) - means[k][sex] / whole[sex];
        }
        for (place, k) in [COMPOSITION, RATE].into_iter().enumerate() {
            for (other, out) in parts[place * groups..][..groups].iter_mut().enumerate() {
                *out = -share(sex, other) * all[other][k].share[sex] / whole[sex];
            }
            parts[place * groups + g] += own(k);
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 8] = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    const WOMEN: [bool; 8] = [true, true, true, true, false, false, false, false];
    const GROUP: [usize; 8] = [0, 0, 1, 1, 0, 1, 1, 2];
    const WEIGHTS: [f64; 8] = [1.0, 2.0, 1.5, 0.5, 3.0, 1.0, 2.0, 0.7];

    fn at(weights: &[f64], need: Need) -> Linear {
        kitagawa_of_rows(&VALUES, &WOMEN, &GROUP, 3, &[true; 8], weights, need).unwrap()
    }

    #[test]
    fn the_parts_add_to_the_gap_and_a_group_of_one_sex_is_composition_only() {
        let parts = Kitagawa::from_values(&at(&WEIGHTS, Need::Values).values).unwrap();
        assert!((parts.gap - (parts.rate_men - parts.rate_women)).abs() < 1e-15);
        assert!((parts.composition + parts.rate - parts.gap).abs() < 1e-15);
        let three = parts.three_composition + parts.three_rate + parts.interaction;
        assert!((three - parts.gap).abs() < 1e-15);
        assert_eq!(parts.rate_by_group[2], 0.0);
        assert!((parts.composition_by_group.iter().sum::<f64>() - parts.composition).abs() < 1e-15);
    }

    #[test]
    fn influence_is_the_derivative_of_every_part_also_where_a_rate_is_borrowed() {
        let linear = at(&WEIGHTS, Need::Influence);
        let width = linear.values.len();
        for row in 0..8 {
            let (mut up, mut down) = (WEIGHTS, WEIGHTS);
            up[row] += 1e-5;
            down[row] -= 1e-5;
            let (up, down) = (at(&up, Need::Values), at(&down, Need::Values));
            for k in 0..width {
                let slope = (up.values[k] - down.values[k]) / 2e-5;
                let found = linear.influence[row * width + k];
                assert!((slope - found).abs() < 1e-8, "row {row} figure {k}: {slope} {found}");
            }
        }
    }

    #[test]
    fn exchanging_the_sexes_turns_every_sign_of_two_parts() {
        let men = WOMEN.map(|w| !w);
        let turned =
            kitagawa_of_rows(&VALUES, &men, &GROUP, 3, &[true; 8], &WEIGHTS, Need::Values).unwrap();
        let (one, other) = (at(&WEIGHTS, Need::Values), turned);
        for k in [2, COMPOSITION, RATE, WHOLE, WHOLE + 1, WHOLE + 3, WHOLE + 4] {
            assert!((one.values[k] + other.values[k]).abs() < 1e-15, "{k}");
        }
    }

    #[test]
    fn a_sample_of_one_sex_has_no_gap() {
        let error =
            kitagawa_of_rows(&VALUES, &[true; 8], &GROUP, 3, &[true; 8], &WEIGHTS, Need::Values)
                .unwrap_err();
        assert!(error.to_string().contains("the rate of men"), "{error}");
    }
}
