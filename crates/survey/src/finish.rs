//! From totals to estimates.

use crate::classify::{NO, YES};
use crate::counts::ZERO_WEIGHT;
use crate::deff::{Inputs, deff};
use crate::exact::unfixed;
use crate::factor::scores;
use crate::fold::missing_class;
use crate::layout::{Item, Layout, Split};
use crate::notes;
use crate::tally::GroupKey;
use crate::totals::{Total, Totals};
use crate::variance::{Linear, covariance};
use crate::{DfRule, Error, Group, LonelyPsu, Options, Plan, Results};
use inclusion_estimate::{
    Absence, Counts, Diagnostic, Estimate, Figure, Frame, Linearized, Measure, Outcome,
    ProportionInputs, SeriesKey, Uncertainty, Unit, interval_mean, interval_proportion,
};
use inclusion_registry::{Indicator, Missing, Statistic};
use std::collections::BTreeMap;

/// Groups of one breakdown up to which all combinations of codes are given, also those without a
/// row; above, only combinations that have rows if they are rare.
const ALL_GROUPS: u128 = 4096;

/// What all groups share.
struct Sample<'a> {
    plan: &'a Plan,
    layout: &'a Layout,
    options: &'a Options,
    psus: u64,
    full_df: f64,
}

/// Makes the estimates of all groups.
pub(crate) fn finish(
    plan: &Plan,
    layout: &Layout,
    options: &Options,
    totals: &Totals,
) -> Result<Results, Error> {
    let weighted = totals.strata.iter().filter(|s| s.weighted_psus > 0);
    let (weighted_psus, weighted_strata) =
        weighted.fold((0, 0), |(p, s), stratum| (p + stratum.weighted_psus, s + 1));
    let sample = Sample {
        plan,
        layout,
        options,
        psus: totals.strata.iter().map(|s| s.psus).sum(),
        full_df: (weighted_psus - weighted_strata) as f64,
    };
    let mut present: Vec<GroupKey> = totals.groups.keys().copied().collect();
    present.sort_unstable();
    let mut groups = Vec::new();
    for (s, split) in layout.splits.iter().enumerate() {
        let from = present.partition_point(|(split, _)| (*split as usize) < s);
        let to = present.partition_point(|(split, _)| *split as usize <= s);
        let occupied = &present[from..to];
        if split.groups <= ALL_GROUPS.max(4 * occupied.len() as u128) {
            for key in 0..split.groups as u64 {
                sample.groups(s, key, totals.groups.get(&(s as u32, key)), &mut groups)?;
            }
        } else {
            for key in occupied {
                sample.groups(s, key.1, totals.groups.get(key), &mut groups)?;
            }
        }
    }
    groups.sort_by(|a, b| a.total.key.cmp(&b.total.key));
    Ok(Results {
        groups,
        diagnostics: notes::sample(layout, options, totals),
        rows: totals.rows,
        weighted_rows: totals.weighted_rows,
    })
}

/// The sums behind one estimate.
#[derive(Debug, Clone, Default)]
struct Sums {
    counts: Counts,
    y: f64,
    x: f64,
    /// Σwy², Σwxy, Σwx² of a number.
    second: [f64; 3],
    /// Σw².
    squares: Option<f64>,
    psus: u64,
    strata: u64,
}

impl Sample<'_> {
    /// The estimates of one group for all indicators.
    fn groups(
        &self,
        split: usize,
        key: u64,
        total: Option<&Total>,
        groups: &mut Vec<Group>,
    ) -> Result<(), Error> {
        for index in 0..self.layout.items.len() {
            groups.push(self.group(split, key, total, index)?);
        }
        Ok(())
    }

    fn group(
        &self,
        split_index: usize,
        key: u64,
        total: Option<&Total>,
        index: usize,
    ) -> Result<Group, Error> {
        let split = &self.layout.splits[split_index];
        let item = &self.layout.items[index];
        let indicator = &self.plan.indicators[index].indicator;
        let breakdown = self.codes(&split.group, key);
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
            if let (Some(place), Ok(value)) = (place, value(sums, item.statistic)) {
                row_of[at] = Some(linear.len());
                linear.push(self.linear(vec![*place], sums, value, item.statistic, false));
            }
        }
        if let Ok(value) = value(&whole, item.statistic) {
            row_of[members.len()] = Some(linear.len());
            linear.push(self.linear(places, &whole, value, item.statistic, true));
        }
        let cov = total.map(|t| {
            let (lanes, policy) = (self.layout.lanes, self.options.lonely_psu);
            covariance(t, &linear, item.lane, item.weight_lane, lanes, self.psus, policy)
        });
        let rows = cov.as_ref().map_or(Vec::new(), |c| scores(&c.matrix, linear.len()));
        let frame = Frame::new(self.plan.sample.as_str(), self.frame(indicator, split, &breakdown));
        let estimate = |at: usize, codes: BTreeMap<String, String>, sums: &Sums| {
            let known = row_of[at]
                .zip(cov.as_ref())
                .map(|(row, c)| (rows[row].clone(), c.known[row], c.acted[row]));
            self.estimate(indicator, item, codes, sums, known, &frame, index)
        };
        let given = members
            .iter()
            .enumerate()
            .map(|(at, (member, _, sums))| {
                let mut codes = breakdown.clone();
                codes.extend(self.codes(&split.joint, *member));
                estimate(at, codes, sums)
            })
            .collect();
        let union_df = total.map_or(0.0, |t| {
            let lane = item.weight_lane;
            t.tally.psus_shown[lane] as f64 - t.strata_shown[lane] as f64
        });
        Ok(Group {
            indicator: indicator.id.clone(),
            total: estimate(members.len(), breakdown.clone(), &whole),
            members: given,
            breakdown,
            union_df: self.df(union_df),
        })
    }

    /// Concept → code.
    fn codes(&self, digits: &[usize], key: u64) -> BTreeMap<String, String> {
        let codes = self.layout.codes_of(digits, key);
        codes
            .into_iter()
            .map(|(digit, code)| {
                let concept = &self.layout.digits[digit].concept;
                (concept.clone(), self.plan.concepts[concept].codes[code].id.clone())
            })
            .collect()
    }

    /// Names what is estimated jointly.
    fn frame(
        &self,
        indicator: &Indicator,
        split: &Split,
        codes: &BTreeMap<String, String>,
    ) -> String {
        let mut name = indicator.id.clone();
        for (concept, code) in codes {
            name.push_str(&format!("; {concept} {code}"));
        }
        let joint: Vec<&str> =
            split.joint.iter().map(|d| self.layout.digits[*d].concept.as_str()).collect();
        if !joint.is_empty() {
            name.push_str(&format!("; by {}", joint.join(" * ")));
        }
        name
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
            let lane = |lane: usize| total.tally.sums[place * layout.lanes + lane];
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
                    *sums.counts.missing.entry(reason.id().to_string()).or_default() += missing;
                }
            }
            if let Some(number) = item.number {
                second.merge(&total.second[place * layout.numbers + number], |e| e);
            }
            if !layout.clustered {
                squares.merge(&total.squares[place * layout.lanes + item.weight_lane], |e| e);
            }
            sums.psus += total.tally.psus[place * layout.lanes + item.weight_lane];
            sums.strata += total.strata[place * layout.lanes + item.weight_lane];
        }
        if whole {
            sums.psus = total.tally.psus_any[item.weight_lane];
            sums.strata = total.strata_any[item.weight_lane];
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
        (sums.counts.psus, sums.counts.strata) = (sums.psus, sums.strata);
        Ok(sums)
    }

    fn linear(
        &self,
        places: Vec<usize>,
        sums: &Sums,
        value: f64,
        statistic: Statistic,
        whole: bool,
    ) -> Linear {
        let total = statistic == Statistic::Total;
        let (a, r) = if total { (1.0, 0.0) } else { (1.0 / sums.x, value) };
        // The scores of a ratio add up to nothing by construction.
        let sum = if total { sums.y } else { 0.0 };
        Linear { places, a, r, sum, strata: sums.strata, whole }
    }

    fn df(&self, domain: f64) -> Option<f64> {
        match self.options.df {
            DfRule::Domain => Some(domain),
            DfRule::Full => Some(self.full_df),
            DfRule::Infinite => None,
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn estimate(
        &self,
        indicator: &Indicator,
        item: &Item,
        breakdown: BTreeMap<String, String>,
        sums: &Sums,
        known: Option<(Vec<f64>, bool, u64)>,
        frame: &Frame,
        index: usize,
    ) -> Estimate {
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        diagnostics.extend(self.plan.indicators[index].proxy.as_deref().map(notes::proxy));
        let outcome = match value(sums, item.statistic) {
            Err(absence) => Outcome::Absent(absence),
            Ok(value) => {
                let (scores, known, acted) = known.unwrap_or_default();
                if acted > 0
                    && self.options.adjust_domain_lonely
                    && self.options.lonely_psu != LonelyPsu::Fail
                {
                    diagnostics.push(notes::domain_lonely(self.options.lonely_psu, acted));
                }
                let figure = self.figure(item, sums, value, scores, known, frame, &mut diagnostics);
                Outcome::Known(figure)
            }
        };
        Estimate {
            key: SeriesKey {
                source: self.plan.sample.clone(),
                ref_area: self.plan.ref_area.clone(),
                time_period: self.plan.time_period.clone(),
                indicator: indicator.id.clone(),
                breakdown,
                measure: Measure::Level,
            },
            unit: unit(indicator),
            outcome,
            counts: sums.counts.clone(),
            parts: Vec::new(),
            diagnostics,
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn figure(
        &self,
        item: &Item,
        sums: &Sums,
        value: f64,
        scores: Vec<f64>,
        known: bool,
        frame: &Frame,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Figure {
        let df = self.df(sums.psus as f64 - sums.strata as f64);
        if !known {
            diagnostics.push(notes::no_variance());
            let value = Uncertainty::Unknown { value };
            return Figure { value, df, interval: None, deff: None, n_effective: None };
        }
        let linearized = Linearized::new(value, frame.clone(), scores);
        let (variance, se) = (linearized.variance(), linearized.se());
        let level = self.options.level;
        let share = item.statistic == Statistic::Proportion;
        let interval = if df.is_some_and(|df| df < 1.0) {
            diagnostics.push(notes::no_df());
            None
        } else if share {
            let inputs =
                ProportionInputs { share: value, se, n_rows: sums.counts.n_rows, df, level };
            if value == 0.0 || value == 1.0 {
                diagnostics.push(notes::degenerate(value));
            }
            interval_proportion(inputs, self.options.interval)
        } else {
            interval_mean(value, se, df, level)
        };
        let weighted = sums.counts.weighted;
        let [yy, xy, xx] = sums.second;
        let spread = match (item.number, item.statistic) {
            (None, Statistic::Total) => {
                let share = sums.y / sums.x;
                share * (1.0 - share) * weighted * weighted
            }
            (None, _) => value * (1.0 - value),
            (Some(_), Statistic::Total) => {
                let mean = sums.y / weighted;
                (yy / weighted - mean * mean) * weighted * weighted
            }
            (Some(_), _) => {
                let square = yy - 2.0 * value * xy + value * value * xx;
                square / weighted * (weighted / sums.x) * (weighted / sums.x)
            }
        };
        let inputs = Inputs { variance, spread, n: sums.counts.n, weighted, squares: sums.squares };
        let deff = deff(&inputs, self.options.deff);
        let n_effective = deff.filter(|d| *d > 0.0).map(|d| sums.counts.n as f64 / d);
        Figure { value: Uncertainty::Linearized(linearized), df, interval, deff, n_effective }
    }
}

/// The value, or why there is none.
fn value(sums: &Sums, statistic: Statistic) -> Result<f64, Absence> {
    match statistic {
        _ if sums.counts.n_rows == 0 => Err(Absence::NoCases),
        _ if sums.counts.n == 0 => Err(Absence::NoWeight),
        Statistic::Total => Ok(sums.y),
        _ if sums.x == 0.0 => Err(Absence::ZeroDenominator),
        _ => Ok(sums.y / sums.x),
    }
}

fn unit(indicator: &Indicator) -> Unit {
    match indicator.statistic {
        Statistic::Proportion => Unit::Share,
        Statistic::Total if indicator.value.is_none() => Unit::Count,
        Statistic::Ratio if indicator.unit == "percent" => Unit::Share,
        Statistic::Ratio if indicator.unit == "ratio" => Unit::Ratio,
        _ => Unit::Own,
    }
}
