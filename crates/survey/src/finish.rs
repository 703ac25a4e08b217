//! From totals to estimates.

use crate::classify::{NO, YES};
use crate::counts::ZERO_WEIGHT;
use crate::exact::unfixed;
use crate::fold::missing_class;
use crate::layout::{Item, Layout};
use crate::notes;
use crate::present::{Known, Names, Presenter, Sums, group_keys, value};
use crate::replicates::{End, Replicated};
use crate::tally::GroupKey;
use crate::totals::{Total, Totals};
use crate::variance::{Domain, Linear, covariance};
use crate::{DfRule, Error, Group, Options, Plan, Results};
use inclusion_estimate::{Codes, Estimate, Frame, Text};
use inclusion_registry::{Missing, Statistic};
use rayon::prelude::*;

/// What all groups share.
struct Sample<'a> {
    plan: &'a Plan,
    layout: &'a Layout,
    options: &'a Options,
    presenter: Presenter<'a>,
    psus: u64,
    full_df: f64,
    /// Where variances come from replicate weights.
    replicated: Option<&'a Replicated>,
}

/// Makes the estimates of all groups; variances come from the replicates where they are given.
pub(crate) fn finish(
    plan: &Plan,
    layout: &Layout,
    options: &Options,
    mut totals: Totals,
    replicated: Option<&Replicated>,
) -> Result<Results, Error> {
    let found = totals.groups(layout);
    let weighted = totals.strata.iter().filter(|s| s.weighted_psus > 0);
    let (weighted_psus, weighted_strata) =
        weighted.fold((0, 0), |(p, s), stratum| (p + stratum.weighted_psus, s + 1));
    let sample = Sample {
        plan,
        layout,
        options,
        presenter: Presenter { plan, layout, options, names: &Names::new(plan, layout) },
        psus: totals.strata.iter().map(|s| s.psus).sum(),
        full_df: match replicated {
            Some(replicated) => replicated.full_df(),
            None => (weighted_psus - weighted_strata) as f64,
        },
        replicated,
    };
    let mut present: Vec<GroupKey> = found.keys().copied().collect();
    present.sort_unstable();
    let mut wanted: Vec<(usize, u64)> = Vec::new();
    for (s, split) in layout.splits.iter().enumerate() {
        let from = present.partition_point(|(split, _)| (*split as usize) < s);
        let to = present.partition_point(|(split, _)| *split as usize <= s);
        let occupied: Vec<u64> = present[from..to].iter().map(|(_, key)| *key).collect();
        wanted.extend(group_keys(split, &occupied).into_iter().map(|key| (s, key)));
    }
    let made: Vec<Result<Vec<Group>, Error>> = wanted
        .into_par_iter()
        .map(|(s, key)| sample.groups(s, key, found.get(&(s as u32, key))))
        .collect();
    let mut groups = Vec::new();
    for of_key in made {
        groups.extend(of_key?);
    }
    groups.sort_by(|a, b| a.total.key.cmp(&b.total.key));
    let facts = notes::Facts {
        rows: totals.rows,
        weighted_rows: totals.weighted_rows,
        codeless: &totals.codeless,
        lonely: totals.strata.iter().filter(|s| s.lonely).count() as u64,
        clustered: layout.clustered,
        of_one: totals.of_one(),
        ..notes::Facts::default()
    };
    Ok(Results {
        groups,
        diagnostics: notes::sample(layout, options, &facts),
        rows: totals.rows,
        weighted_rows: totals.weighted_rows,
    })
}

impl Sample<'_> {
    /// The estimates of one group for all indicators.
    fn groups(&self, split: usize, key: u64, total: Option<&Total>) -> Result<Vec<Group>, Error> {
        let own = &self.layout.splits[split];
        let breakdown = self.presenter.codes(&own.group, key);
        let members = self.presenter.member_codes(own, &breakdown);
        (0..self.layout.items.len())
            .map(|index| self.group((split, key), (&breakdown, &members), total, index))
            .collect()
    }

    fn group(
        &self,
        group: (usize, u64),
        (breakdown, member_codes): (&Codes, &[Codes]),
        total: Option<&Total>,
        index: usize,
    ) -> Result<Group, Error> {
        let split = &self.layout.splits[group.0];
        let item = &self.layout.items[index];
        let indicator = &self.plan.indicators[index].indicator;
        let places: Vec<usize> = total.map_or(Vec::new(), |t| (0..t.tally.members.len()).collect());
        let whole = self.sums(total, item, index, &places, true)?;
        let mut members: Vec<(u64, Option<usize>, Sums)> = Vec::new();
        for member in 0..split.members {
            let place =
                total.and_then(|t| t.tally.members.iter().position(|m| u64::from(*m) == member));
            let places: Vec<usize> = place.into_iter().collect();
            members.push((member, place, self.sums(total, item, index, &places, false)?));
        }
        // Only what has a value takes part in the covariance.
        let mut linear = Vec::new();
        let mut row_of = vec![None; members.len() + 1];
        for (at, (_, place, sums)) in members.iter().enumerate() {
            if let (Some(place), Ok(value)) = (place, value(sums, item)) {
                row_of[at] = Some(linear.len());
                linear.push(self.linear(vec![*place], sums, value, item.statistic, Domain::Member));
            }
        }
        let valued = linear.len();
        if let Ok(value) = value(&whole, item) {
            row_of[members.len()] = Some(linear.len());
            linear.push(self.linear(places, &whole, value, item.statistic, Domain::Whole));
        }
        let all_sums = || members.iter().map(|(_, _, sums)| sums).chain([&whole]);
        let (known, compared) = match (self.replicated, total) {
            (None, Some(total)) => self.taylor(total, item, &linear, valued),
            (Some(replicated), _) => {
                let ends: Vec<End<'_>> = all_sums()
                    .enumerate()
                    .filter(|(at, _)| row_of[*at].is_some())
                    .map(|(at, sums)| End { member: (at < members.len()).then_some(at), sums })
                    .collect();
                replicated.known(self.layout, group, index, &ends)
            }
            (None, None) => (Vec::new(), None),
        };
        // Replicates are those of the whole sample, so that any two of its estimates are comparable.
        let frame = match self.replicated {
            Some(_) => "replicates".to_string(),
            None => self.presenter.frame(indicator, split, breakdown),
        };
        let estimate = |at: usize, codes: &Codes, known: &[Known], frame: &Frame| {
            let sums = if at == members.len() { &whole } else { &members[at].2 };
            let known = row_of[at].and_then(|row| known.get(row).cloned());
            let df = self.df(|| match self.replicated {
                Some(replicated) => {
                    let wanted = |member: u64| at == members.len() || member == at as u64;
                    replicated.df(group, wanted, index)
                }
                None => sums.counts.psus as f64 - sums.counts.strata as f64,
            });
            self.presenter.estimate(index, codes.clone(), sums, known, df, frame)
        };
        let given = |known: &[Known], frame: &Frame| -> Vec<Estimate> {
            let of = |at: usize| estimate(at, &member_codes[at], known, frame);
            (0..members.len()).map(of).collect()
        };
        let compared = compared.map(|known| {
            let frame = match self.replicated {
                Some(_) => frame.clone(),
                None => format!("{frame}, compared"),
            };
            given(&known, &Frame::new(&self.presenter.names.sample, frame))
        });
        let frame = Frame::new(&self.presenter.names.sample, frame);
        let union_df = || match (self.replicated, total) {
            (Some(replicated), _) => replicated.df(group, |member| member < split.members, index),
            (None, Some(t)) => {
                let lane = item.weight_lane;
                t.tally.psus_shown[lane] as f64 - t.strata_shown[lane] as f64
            }
            (None, None) => 0.0,
        };
        Ok(Group {
            indicator: self.presenter.names.indicators[index].clone(),
            total: estimate(members.len(), breakdown, &known, &frame),
            members: given(&known, &frame),
            compared,
            breakdown: breakdown.clone(),
            union_df: self.df(union_df),
        })
    }

    /// What is known of the estimates by linearisation, and of the first `members` of them as they
    /// are compared, where that is something else.
    fn taylor(
        &self,
        total: &Total,
        item: &Item,
        linear: &[Linear],
        members: usize,
    ) -> (Vec<Known>, Option<Vec<Known>>) {
        let policy = self.options.lonely_psu;
        let of = |linear: &[Linear]| {
            covariance(total, linear, item.lane, item.weight_lane, self.psus, policy)
        };
        let own = of(linear);
        let mut compared = None;
        if self.options.counts_strata() && members > 1 && !total.special.is_empty() {
            let strata = total.strata_shown[item.weight_lane];
            let shown = |own: &Linear| Linear { domain: Domain::Shown, strata, ..own.clone() };
            let together = of(&linear[..members].iter().map(shown).collect::<Vec<_>>());
            compared = together.differs(&own).then(|| together.known());
        }
        (own.known(), compared)
    }

    /// Adds up the sums of the members at these places.
    fn sums(
        &self,
        total: Option<&Total>,
        item: &Item,
        index: usize,
        places: &[usize],
        whole: bool,
    ) -> Result<Sums, Error> {
        let Some(total) = total else { return Ok(Sums::default()) };
        let layout = self.layout;
        let mut sums = Sums::default();
        let (mut y, mut x, mut w) = (0i128, 0i128, 0i128);
        let mut second = crate::exact::Exact::new(3);
        let mut squares = crate::exact::Exact::new(1);
        for place in places {
            let lane = |lane: usize| total.tally.sums.of(*place, lane);
            y = y.saturating_add(lane(item.lane)[0]);
            x = x.saturating_add(lane(item.lane)[1]);
            w = w.saturating_add(lane(item.weight_lane)[1]);
            let classes = &total.classes[place * layout.items.len() + index];
            let n = classes[NO as usize] + classes[YES as usize];
            sums.counts.n += n;
            sums.counts.n_rows += n + classes[ZERO_WEIGHT];
            sums.counts.n_numerator += classes[YES as usize];
            for (i, reason) in Missing::ALL.into_iter().enumerate() {
                let missing = classes[missing_class(i)];
                if missing > 0 {
                    sums.counts.missing.add(Text::fixed(reason.id()), missing);
                }
            }
            if let Some(number) = item.number {
                second.merge(&total.second[place * layout.numbers + number], |e| e);
            }
            if !layout.clustered {
                squares.merge(&total.squares[place * layout.lanes + item.weight_lane], |e| e);
            }
            sums.counts.psus += total.tally.psus(*place, item.weight_lane);
            sums.counts.strata += total.strata[place * layout.lanes + item.weight_lane];
        }
        if whole {
            sums.counts.psus = total.tally.psus_any[item.weight_lane];
            sums.counts.strata = total.strata_any[item.weight_lane];
        }
        if layout.clustered && !layout.psus {
            sums.counts.psus = sums.counts.n;
        }
        let full = |v: i128| v == i128::MAX || v == i128::MIN;
        let overflow = total.tally.moments[item.lane].overflowed() || second.overflowed();
        if full(y) || full(x) || full(w) || overflow {
            let what = item.compiled.value.clone();
            return Err(Error::TooLarge {
                what: what.unwrap_or_else(|| inclusion_registry::WEIGHT.into()),
            });
        }
        (sums.y, sums.x) = (unfixed(y), unfixed(x));
        sums.second = [second.value(0), second.value(1), second.value(2)];
        let plain = !layout.clustered && !layout.stratified;
        sums.squares = plain.then(|| squares.value(0));
        sums.counts.weighted = unfixed(w);
        Ok(sums)
    }

    fn linear(
        &self,
        places: Vec<usize>,
        sums: &Sums,
        value: f64,
        statistic: Statistic,
        domain: Domain,
    ) -> Linear {
        let total = statistic == Statistic::Total;
        let (a, r) = if total { (1.0, 0.0) } else { (1.0 / sums.x, value) };
        // The scores of a ratio add up to nothing by construction.
        let sum = if total { sums.y } else { 0.0 };
        Linear { places, a, r, sum, domain, strata: sums.counts.strata }
    }

    fn df(&self, domain: impl Fn() -> f64) -> Option<f64> {
        match self.options.df {
            DfRule::Domain => Some(domain()),
            DfRule::Full => Some(self.full_df),
            DfRule::Infinite => None,
        }
    }
}
