//! The sums behind an aggregate, folded in the order of the areas.

use super::member::{Member, Value, by_area};
use super::{
    Aggregate, BadMember, Coverage, Options, Persons, Refused, Sexes, Total, Vintage, notes,
};
use crate::{
    Undefined, adjusted_parity, gap, headcount, parity, relative_gap, user_difference,
    women_to_parity,
};
use inclusion_estimate::{Diagnostic, Frame, Linearized, Uncertainty};
use inclusion_registry::Direction;

/// The rates of women, men and all of a group, weighted with the members' populations.
///
/// `members` are all countries of the group, those without values included: they are what coverage is a share
/// of. Their order does not matter. A country of unknown population enters neither figure nor share, and a
/// diagnostic names it.
///
/// # Errors
///
/// [`BadMember`] for a country given twice, and for what is no share, standard error or population. What
/// coverage forbids is no error: the figure is absent with its reason.
///
/// ```
/// use inclusion_measures::aggregate::{Member, Options, Value, aggregate};
/// let country = |ref_area: &str, [f, m]: [f64; 2], [n_f, n_m]: [f64; 2]| Member {
///     ref_area: ref_area.to_string(),
///     women: Some(Value::published(f, None, 2020)),
///     men: Some(Value::published(m, None, 2020)),
///     total: None,
///     population_women: Some(n_f),
///     population_men: Some(n_m),
///     own_base: None,
///     own_base_of_all: None,
/// };
/// let members =
///     [country("A", [0.40, 0.60], [30e6, 31e6]), country("B", [0.80, 0.82], [10e6, 9e6])];
/// let both = aggregate(&members, Options::default())?.sexes.unwrap();
/// let inclusion_estimate::Uncertainty::Unknown { value } = both.parity.unwrap() else { panic!() };
/// // The mean of the countries' ratios, 0.8211, is not the region's parity.
/// assert!((value - 0.7698).abs() < 5e-5);
/// # Ok::<(), inclusion_measures::aggregate::BadMember>(())
/// ```
pub fn aggregate(members: &[Member], options: Options) -> Result<Aggregate, BadMember> {
    let members: Vec<&Member> = by_area(members)?.into_values().collect();
    let group = Group::new(&members, options);
    let mut diagnostics = Vec::new();
    let sexes = group.sexes(&mut diagnostics);
    let total = group.total(&mut diagnostics);
    diagnostics.extend(notes::population_missing(&group.without_population));
    diagnostics.sort();
    diagnostics.dedup();
    Ok(Aggregate { sexes, total, diagnostics })
}

/// What notes call the two kinds of figures.
const BOTH: &str = "Women and men";
const ALL: &str = "All";

/// A country whose population is known.
struct Weighted<'a> {
    member: &'a Member,
    women: f64,
    men: f64,
}

impl Weighted<'_> {
    /// Women and men that the values of women and men stand for.
    fn of_sexes(&self) -> (f64, f64) {
        self.member.own_base.unwrap_or((self.women, self.men))
    }

    /// Persons that the value of all stands for.
    fn of_all(&self) -> f64 {
        let (women, men) = self.member.own_base_of_all.unwrap_or((self.women, self.men));
        women + men
    }
}

struct Group<'a> {
    weighted: Vec<Weighted<'a>>,
    without_population: Vec<String>,
    of: usize,
    options: Options,
}

/// A country's value with the number of persons it stands for.
type Weight<'a> = (f64, &'a Member, &'a Value);

impl<'a> Group<'a> {
    fn new(members: &[&'a Member], options: Options) -> Group<'a> {
        let mut group = Group {
            weighted: Vec::new(),
            without_population: Vec::new(),
            of: members.len(),
            options,
        };
        for member in members {
            match (member.population_women, member.population_men) {
                (Some(women), Some(men)) => group.weighted.push(Weighted { member, women, men }),
                _ => group.without_population.push(member.ref_area.clone()),
            }
        }
        group
    }

    /// Coverage of the countries that `has` picks.
    fn coverage(&self, has: impl Fn(&Member) -> bool) -> Coverage {
        let share = |of: fn(&Weighted) -> f64| {
            let all: f64 = self.weighted.iter().map(of).sum();
            let covered: f64 = self.weighted.iter().filter(|w| has(w.member)).map(of).sum();
            (all > 0.0 && all.is_finite()).then(|| covered / all)
        };
        Coverage {
            rule: self.options.rule,
            countries: self.weighted.iter().filter(|w| has(w.member)).count(),
            of: self.of,
            women: share(|w| w.women),
            men: share(|w| w.men),
            without_population: self.without_population.clone(),
        }
    }

    fn sexes(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Sexes, Refused> {
        let coverage = self.coverage(|member| matched(member).is_some()).rate();
        let differing = self.weighted.iter().map(|w| w.member);
        let differing: Vec<&str> = differing
            .filter(|m| m.women.is_some() && m.men.is_some() && matched(m).is_none())
            .map(|m| m.ref_area.as_str())
            .collect();
        diagnostics.extend(notes::years_of_sexes_differ(&differing));
        diagnostics.push(notes::coverage(BOTH, coverage.as_ref()));
        let coverage = coverage?;
        let pairs = self.weighted.iter().filter_map(|w| matched(w.member).map(|pair| (w, pair)));
        let (women, men): (Vec<Weight>, Vec<Weight>) = pairs
            .map(|(w, (f, m))| {
                let (n_f, n_m) = w.of_sexes();
                ((n_f, w.member, f), (n_m, w.member, m))
            })
            .unzip();
        let rates = Rates::new(&women, "women").zip(Rates::new(&men, "men"));
        let Some((women_rates, men_rates)) = rates else {
            return Err(Refused { why: super::Why::NoPopulation, coverage });
        };
        let vintages = vintages(&women);
        let values = || women.iter().chain(&men).map(|(_, member, value)| (*member, *value));
        diagnostics.extend(notes::mixed_years(BOTH, &vintages));
        diagnostics.extend(notes::bases_differ(BOTH, values().map(|(_, value)| value)));
        diagnostics.extend(notes::se_unknown(BOTH, values()));
        let complement = self.options.direction == Direction::Lower;
        if complement {
            diagnostics.push(notes::complement_used());
        }
        let pair = Pair { women: &women_rates, men: &men_rates, complement };
        let gap = pair.of_all(gap);
        let known = |value: &Uncertainty| !matches!(value, Uncertainty::Unknown { .. });
        let (women_rate, men_rate) = (women_rates.rate(), men_rates.rate());
        if known(&women_rate) && known(&men_rate) {
            diagnostics.push(notes::independent());
            if !known(&gap) {
                diagnostics.push(notes::covariance_unknown());
            }
        }
        Ok(Sexes {
            total: pair.total(),
            gap,
            relative_gap: pair.of(relative_gap),
            parity: pair.of(parity),
            adjusted_parity: pair.of(adjusted_parity),
            persons: coverage.sum().map(|()| pair.persons()),
            women: women_rate,
            men: men_rate,
            coverage,
            vintages,
        })
    }

    fn total(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Total, Refused> {
        let coverage = self.coverage(|member| member.total.is_some()).rate();
        let reported = self.weighted.iter().any(|w| w.member.total.is_some());
        if reported {
            diagnostics.push(notes::coverage(ALL, coverage.as_ref()));
        }
        let coverage = coverage?;
        let both = |w: &Weighted<'a>| Some((w.of_all(), w.member, w.member.total.as_ref()?));
        let all: Vec<Weight> = self.weighted.iter().filter_map(both).collect();
        let Some(rates) = Rates::new(&all, "all") else {
            return Err(Refused { why: super::Why::NoPopulation, coverage });
        };
        let vintages = vintages(&all);
        diagnostics.extend(notes::mixed_years(ALL, &vintages));
        diagnostics.extend(notes::bases_differ(ALL, all.iter().map(|(_, _, value)| *value)));
        diagnostics
            .extend(notes::se_unknown(ALL, all.iter().map(|(_, member, value)| (*member, *value))));
        let rate = rates.rate();
        if !matches!(rate, Uncertainty::Unknown { .. }) {
            diagnostics.push(notes::independent());
        }
        let persons = coverage.sum().map(|()| rates.persons());
        Ok(Total { rate, persons, coverage, vintages })
    }
}

/// Women and men of one year.
fn matched(member: &Member) -> Option<(&Value, &Value)> {
    let pair = member.women.as_ref().zip(member.men.as_ref());
    pair.filter(|(women, men)| women.year == men.year)
}

fn vintages(values: &[Weight]) -> Vec<Vintage> {
    let of = |(_, member, value): &Weight| Vintage {
        ref_area: member.ref_area.clone(),
        year: value.year,
    };
    values.iter().map(of).collect()
}

/// A weighted rate, with scores where every country has an error that is known.
struct Rates {
    rate: Linearized,
    known: bool,
    population: f64,
}

impl Rates {
    /// `None` if nobody stands behind the values, or more than a number can hold.
    fn new(values: &[Weight], sex: &str) -> Option<Rates> {
        let population: f64 = values.iter().map(|(weight, ..)| weight).sum();
        if !(population > 0.0 && population.is_finite()) {
            return None;
        }
        let known = values.iter().all(|(.., v)| !matches!(v.share, Uncertainty::Unknown { .. }));
        let parts: Vec<(f64, Linearized)> = values
            .iter()
            .map(|(weight, member, value)| (weight / population, scored(member, value, sex)))
            .collect();
        let value = parts.iter().map(|(share, part)| share * part.value()).sum();
        let slopes = parts.iter().map(|(share, part)| (*share, part));
        // Countries are different samples; where two share one and were not estimated together, the error of
        // their sum is not known.
        let (rate, known) = match Linearized::combine(value, slopes) {
            Ok(rate) if known => (rate, true),
            _ => (Linearized::exact(value), false),
        };
        Some(Rates { rate, known, population })
    }

    fn rate(&self) -> Uncertainty {
        told(self.rate.clone(), self.known)
    }

    fn persons(&self) -> Uncertainty {
        told(headcount(&self.rate, self.population), self.known)
    }
}

/// A value with its scores; a published standard error is one score of its own sex and country.
fn scored(member: &Member, value: &Value, sex: &str) -> Linearized {
    match &value.share {
        Uncertainty::Linearized(share) => share.clone(),
        Uncertainty::KnownSe { value, se } => {
            let frame = Frame::new(format!("published, {}", member.ref_area), sex);
            Linearized::new(*value, frame, vec![*se])
        }
        Uncertainty::Unknown { value } => Linearized::exact(*value),
    }
}

fn told(value: Linearized, known: bool) -> Uncertainty {
    match known {
        true => Uncertainty::Linearized(value),
        false => Uncertainty::Unknown { value: value.value() },
    }
}

/// Women and men of one set of countries.
struct Pair<'a> {
    women: &'a Rates,
    men: &'a Rates,
    complement: bool,
}

impl Pair<'_> {
    /// A measure of the two, without an error where theirs or their covariance is not known.
    fn of(
        &self,
        measure: impl Fn(&Linearized, &Linearized) -> Result<Linearized, Undefined>,
    ) -> Result<Uncertainty, Undefined> {
        let compared = |rate: &Linearized| match self.complement {
            true => Linearized::combine(1.0 - rate.value(), [(-1.0, rate)]),
            false => Ok(rate.clone()),
        };
        if self.women.known && self.men.known {
            match measure(&compared(&self.women.rate)?, &compared(&self.men.rate)?) {
                Err(Undefined::NotJoint(_)) => {}
                other => return other.map(Uncertainty::Linearized),
            }
        }
        let exact = |rates: &Rates| compared(&Linearized::exact(rates.rate.value()));
        let value = measure(&exact(self.women)?, &exact(self.men)?)?.value();
        Ok(Uncertainty::Unknown { value })
    }

    /// A measure that is always defined.
    fn of_all(
        &self,
        measure: impl Fn(&Linearized, &Linearized) -> Result<Linearized, Undefined>,
    ) -> Uncertainty {
        self.of(measure).expect("invariant: differences of exact values are always defined")
    }

    /// The rate of both together, never of a complement.
    fn total(&self) -> Uncertainty {
        let (n_f, n_m) = (self.women.population, self.men.population);
        let both = |f: &Linearized, m: &Linearized| {
            let (f_share, m_share) = (n_f / (n_f + n_m), n_m / (n_f + n_m));
            let value = f_share * f.value() + m_share * m.value();
            Ok(Linearized::combine(value, [(f_share, f), (m_share, m)])?)
        };
        Pair { complement: false, ..*self }.of_all(both)
    }

    fn persons(&self) -> Persons {
        let (n_f, n_m) = (self.women.population, self.men.population);
        Persons {
            women: self.women.persons(),
            men: self.men.persons(),
            difference: self.of_all(|f, m| user_difference(f, m, n_f, n_m)),
            women_to_parity: self.of_all(|f, m| women_to_parity(f, m, n_f)),
            population_women: n_f,
            population_men: n_m,
        }
    }
}
