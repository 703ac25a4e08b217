//! From sums and scores to the figures that are handed out, whichever engine made them.

use crate::deff::{Inputs, deff};
use crate::layout::{Item, Layout, Split};
use crate::notes;
use crate::{LonelyPsu, Options, Plan};
use inclusion_estimate::{
    Absence, Codes, Counts, Diagnostic, Estimate, Figure, Frame, Linearized, Measure, Outcome,
    ProportionInputs, SeriesKey, Text, Uncertainty, Unit, interval_mean, interval_proportion,
};
use inclusion_registry::{Indicator, Statistic};

/// Groups of one breakdown up to which all combinations of codes are given, also those without a
/// row; above, only combinations that have rows if they are rare.
const ALL_GROUPS: u128 = 4096;

/// Share of a value up to which its standard error is rounding.
pub(crate) const FIXED: f64 = 1e-11;

/// What rounding may leave below 0, or above 1 of a share.
const OUTSIDE: f64 = 1e-12;

/// The sums behind one estimate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    pub counts: Counts,
    pub y: f64,
    pub x: f64,
    /// Σwy², Σwxy, Σwx² of a number.
    pub second: [f64; 3],
    /// Σw².
    pub squares: Option<f64>,
    /// The numbers of the rows, where weights below 0 may make a figure leave them.
    pub spread: Option<Spread>,
}

/// The least and the greatest of some rows: of the numbers, and of their ratios.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    number: [f64; 2],
    ratio: [f64; 2],
}

impl Spread {
    /// Of no row.
    pub(crate) const NONE: Spread = Spread {
        number: [f64::INFINITY, f64::NEG_INFINITY],
        ratio: [f64::INFINITY, f64::NEG_INFINITY],
    };

    /// Takes a row with the number y over x.
    pub(crate) fn take(&mut self, y: f64, x: f64) {
        let ([least, greatest], [low, high]) = (self.number, self.ratio);
        self.number = [least.min(y), greatest.max(y)];
        // Without a denominator a row moves a ratio of sums to one side only.
        self.ratio = match x {
            _ if x > 0.0 => [low.min(y / x), high.max(y / x)],
            _ if x < 0.0 => [f64::NEG_INFINITY, f64::INFINITY],
            _ if y > 0.0 => [low, f64::INFINITY],
            _ if y < 0.0 => [f64::NEG_INFINITY, high],
            _ => [low, high],
        };
    }

    /// Whether numbers with weights of 0 or more can add up to a total.
    fn may_add_up_to(self, total: f64) -> bool {
        let [least, greatest] = self.number;
        (least < 0.0 || total >= 0.0) && (greatest > 0.0 || total <= 0.0)
    }
}

/// What is known of the uncertainty of an estimate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Scores whose sum of squares is the variance.
    pub scores: Vec<f64>,
    /// False where nothing was left to tell the variance.
    pub known: bool,
    /// How often a rule for single PSUs acted.
    pub acted: u64,
    /// Replicates that gave no value.
    pub dropped: u64,
    /// All replicates gave the same value.
    pub same: bool,
    /// Variance that the design effect is made of, where it is not that of the estimate.
    pub effect: Option<f64>,
}

/// The texts of all keys, each kept once.
#[derive(Debug)]
pub(crate) struct Names {
    pub sample: Text,
    ref_area: Text,
    time_period: Text,
    pub indicators: Vec<Text>,
    /// By digit: the concept and its codes.
    digits: Vec<(Text, Vec<Text>)>,
}

impl Names {
    pub(crate) fn new(plan: &Plan, layout: &Layout) -> Names {
        let digits = layout.digits.iter().map(|digit| {
            let codes = &plan.concepts[&digit.concept].codes;
            (Text::from(&digit.concept), codes.iter().map(|code| Text::from(&code.id)).collect())
        });
        Names {
            sample: Text::from(&plan.sample),
            ref_area: Text::from(&plan.ref_area),
            time_period: Text::from(&plan.time_period),
            indicators: plan.indicators.iter().map(|i| Text::from(&i.indicator.id)).collect(),
            digits: digits.collect(),
        }
    }
}

/// Turns sums into estimates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Presenter<'a> {
    pub plan: &'a Plan,
    pub layout: &'a Layout,
    pub options: &'a Options,
    pub names: &'a Names,
}

/// Keys of the groups of a split that are given, of those that have rows (in order).
pub(crate) fn group_keys(split: &Split, occupied: &[u64]) -> Vec<u64> {
    if split.groups <= ALL_GROUPS.max(4 * occupied.len() as u128) {
        (0..split.groups as u64).collect()
    } else {
        occupied.to_vec()
    }
}

impl Presenter<'_> {
    /// Concept → code.
    pub(crate) fn codes(&self, digits: &[usize], key: u64) -> Codes {
        let codes = self.layout.codes_of(digits, key).into_iter();
        codes
            .map(|(digit, code)| {
                let (concept, codes) = &self.names.digits[digit];
                (concept, &codes[code])
            })
            .collect()
    }

    /// The codes of each member of a group, with those of the group.
    pub(crate) fn member_codes(&self, split: &Split, group: &Codes) -> Vec<Codes> {
        let of = |member| {
            let mut codes = group.clone();
            codes.extend(&self.codes(&split.joint, member));
            codes
        };
        (0..split.members).map(of).collect()
    }

    /// Names what is estimated jointly.
    pub(crate) fn frame(&self, indicator: &Indicator, split: &Split, codes: &Codes) -> String {
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

    /// The estimate of one indicator in one cell.
    pub(crate) fn estimate(
        &self,
        index: usize,
        breakdown: Codes,
        sums: &Sums,
        known: Option<Known>,
        df: Option<f64>,
        frame: &Frame,
    ) -> Estimate {
        let (item, indicator) = (&self.layout.items[index], &self.plan.indicators[index].indicator);
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        diagnostics.extend(self.plan.indicators[index].proxy.as_deref().map(notes::proxy));
        let outcome = match value(sums, item) {
            Err(absence) => Outcome::Absent(absence),
            Ok(value) => {
                let known = known.unwrap_or_default();
                if known.acted > 0
                    && self.options.adjust_domain_lonely
                    && self.options.lonely_psu != LonelyPsu::Fail
                {
                    diagnostics.push(notes::domain_lonely(self.options.lonely_psu, known.acted));
                }
                if known.dropped > 0 && known.known {
                    diagnostics.push(notes::replicates_dropped(known.dropped));
                }
                let figure = self.figure(item, sums, (value, df), known, frame, &mut diagnostics);
                Outcome::Known(figure)
            }
        };
        Estimate {
            key: SeriesKey {
                source: self.names.sample.clone(),
                ref_area: self.names.ref_area.clone(),
                time_period: self.names.time_period.clone(),
                indicator: self.names.indicators[index].clone(),
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

    fn figure(
        &self,
        item: &Item,
        sums: &Sums,
        (value, df): (f64, Option<f64>),
        known: Known,
        frame: &Frame,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Figure {
        if !known.known {
            diagnostics.push(match self.options.replicates {
                Some(_) => notes::no_replicates(),
                None => notes::no_variance(),
            });
            let value = Uncertainty::Unknown { value };
            return Figure { value, df, interval: None, deff: None, n_effective: None };
        }
        // The scores of a ratio add up to 0 inside one PSU, whatever the rows are: a standard error of
        // 0 that, as in R, tells nothing. Replicate weights may differ inside a PSU, but not in a row.
        let alone = match self.options.replicates {
            Some(_) => sums.counts.n == 1,
            None => sums.counts.psus == 1,
        };
        if alone && item.statistic != Statistic::Total {
            diagnostics.push(match self.options.replicates {
                Some(_) => notes::one_row(),
                None => notes::one_psu(),
            });
            let scores = vec![0.0; known.scores.len()];
            let known = df.is_none_or(|df| df >= 1.0);
            let interval =
                known.then(|| interval_mean(value, 0.0, df, self.options.level)).flatten();
            let value = Uncertainty::Linearized(Linearized::new(value, frame.clone(), scores));
            return Figure { value, df, interval, deff: None, n_effective: None };
        }
        let (effect, same) = (known.effect, known.same);
        let lanes = known.scores.len();
        let linearized = Linearized::new(value, frame.clone(), known.scores);
        let (variance, se) = (linearized.variance(), linearized.se());
        let level = self.options.level;
        let share = item.statistic == Statistic::Proportion;
        let bounded = share && (value == 0.0 || value == 1.0);
        // A total that calibration fixes has no variance but for rounding.
        let calibrated = !self.options.calibration.is_empty();
        let fixed = !bounded && (same || calibrated && value != 0.0 && se <= FIXED * value.abs());
        if fixed {
            diagnostics.push(match self.options.replicates {
                Some(_) => notes::same_replicates(calibrated),
                None => notes::fixed_by_calibration(),
            });
            let scores = vec![0.0; lanes];
            let value = Uncertainty::Linearized(Linearized::new(value, frame.clone(), scores));
            return Figure { value, df, interval: None, deff: None, n_effective: None };
        }
        let interval = if df.is_some_and(|df| df < 1.0) {
            match self.options.replicates {
                Some(_) if same => {}
                Some(_) => diagnostics.push(notes::no_rank()),
                None => diagnostics.push(notes::no_df()),
            }
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
        let variance = effect.unwrap_or(variance);
        let inputs = Inputs { variance, spread, n: sums.counts.n, weighted, squares: sums.squares };
        let deff = deff(&inputs, self.options.deff);
        let n_effective = deff.filter(|d| *d > 0.0).map(|d| sums.counts.n as f64 / d);
        Figure { value: Uncertainty::Linearized(linearized), df, interval, deff, n_effective }
    }
}

/// The value, or why there is none. Weights below 0, which only a calibration can give, may leave a
/// share outside 0 to 1, a mean or ratio outside those of its rows, a total of the other sign than its
/// numbers, a count above its group, and a count or a group below 0.
pub(crate) fn value(sums: &Sums, item: &Item) -> Result<f64, Absence> {
    let below = |v: f64| v < -OUTSIDE * sums.counts.n as f64;
    match item.statistic {
        _ if sums.counts.n_rows == 0 => Err(Absence::NoCases),
        _ if sums.counts.n == 0 => Err(Absence::NoWeight),
        _ if below(sums.counts.weighted) => Err(Absence::NegativeWeights),
        // Of persons no more than there are.
        Statistic::Total
            if item.number.is_none() && (below(sums.y) || below(sums.counts.weighted - sums.y)) =>
        {
            Err(Absence::NegativeWeights)
        }
        Statistic::Total
            if item.number.is_some()
                && sums.spread.is_some_and(|spread| !spread.may_add_up_to(sums.y)) =>
        {
            Err(Absence::NegativeWeights)
        }
        Statistic::Total => Ok(sums.y),
        _ if sums.x == 0.0 => Err(Absence::ZeroDenominator),
        Statistic::Proportion if !(-OUTSIDE..=1.0 + OUTSIDE).contains(&(sums.y / sums.x)) => {
            Err(Absence::NegativeWeights)
        }
        Statistic::Quantile => Ok(sums.y / sums.x),
        _ if sums.spread.is_some_and(|spread| !is_within(sums.y / sums.x, spread.ratio)) => {
            Err(Absence::NegativeWeights)
        }
        _ => Ok(sums.y / sums.x),
    }
}

/// Whether a mean lies in the range of its values, but for rounding.
pub(crate) fn is_within(mean: f64, [least, greatest]: [f64; 2]) -> bool {
    let rounding = OUTSIDE * least.abs().max(greatest.abs());
    (least - rounding..=greatest + rounding).contains(&mean)
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
