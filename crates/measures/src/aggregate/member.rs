//! A country of a group: its values and its population.

use inclusion_estimate::Uncertainty;
use std::collections::BTreeMap;

/// A published or estimated value of a country.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// A share from 0 to 1, with what is known of its error.
    pub share: Uncertainty,
    /// Year it is of.
    pub year: i32,
    /// Definition, age range, reference period and source, as one text; countries that differ are marked.
    pub comparability: Option<String>,
}

impl Value {
    /// A published share, with its standard error where that is known.
    pub fn published(share: f64, se: Option<f64>, year: i32) -> Value {
        let share = match se {
            Some(se) => Uncertainty::KnownSe { value: share, se },
            None => Uncertainty::Unknown { value: share },
        };
        Value { share, year, comparability: None }
    }

    /// The share.
    pub fn point(&self) -> f64 {
        match &self.share {
            Uncertainty::Linearized(share) => share.value(),
            Uncertainty::KnownSe { value, .. } | Uncertainty::Unknown { value } => *value,
        }
    }
}

/// A country of a group, with or without values.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Area.
    pub ref_area: String,
    /// Share of women.
    pub women: Option<Value>,
    /// Share of men.
    pub men: Option<Value>,
    /// Share of women and men together.
    pub total: Option<Value>,
    /// Women of the indicator's own base, in the year that the aggregate is of: of the same ages in all countries,
    /// since shares covered are of them.
    pub population_women: Option<f64>,
    /// Men of the same.
    pub population_men: Option<f64>,
    /// Women and men that the values of women and men stand for, where they are of another base: their weights.
    pub own_base: Option<(f64, f64)>,
    /// Those that the value of all stands for, likewise.
    pub own_base_of_all: Option<(f64, f64)>,
}

/// A country that cannot be aggregated as it is given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadMember {
    /// One area twice.
    #[error("{ref_area} is given twice; keep one, and no group beside its members")]
    Twice {
        /// Area.
        ref_area: String,
    },
    /// Two values of one year.
    #[error("{ref_area} has two values for {what} of {year}; keep one")]
    TwoValues {
        /// Area.
        ref_area: String,
        /// Women, men or all.
        what: &'static str,
        /// Year.
        year: i32,
    },
    /// A value outside 0 to 1.
    #[error(
        "{ref_area} has {value} for {what}, which is not a share from 0 to 1; divide percentages by 100"
    )]
    NotAShare {
        /// Area.
        ref_area: String,
        /// Women, men or all.
        what: &'static str,
        /// The value as text.
        value: String,
    },
    /// A standard error or population below 0 or not finite.
    #[error("{ref_area} has {value} as {what}, which is not a finite number from 0 on")]
    NotACount {
        /// Area.
        ref_area: String,
        /// What it is.
        what: &'static str,
        /// The value as text.
        value: String,
    },
}

/// How far outside 0 to 1 a share may be by rounding.
const ROUNDING: f64 = 1e-9;

/// Members by area, each of them checked.
pub(super) fn by_area(members: &[Member]) -> Result<BTreeMap<&str, &Member>, BadMember> {
    let mut all = BTreeMap::new();
    for member in members {
        check(member)?;
        if all.insert(member.ref_area.as_str(), member).is_some() {
            return Err(BadMember::Twice { ref_area: member.ref_area.clone() });
        }
    }
    Ok(all)
}

fn check(member: &Member) -> Result<(), BadMember> {
    let ref_area = || member.ref_area.clone();
    let values = [(&member.women, "women"), (&member.men, "men"), (&member.total, "all")];
    for (value, what) in values {
        let Some(value) = value else { continue };
        let share = value.point();
        if !(-ROUNDING..=1.0 + ROUNDING).contains(&share) {
            let value = share.to_string();
            return Err(BadMember::NotAShare { ref_area: ref_area(), what, value });
        }
        let se = match &value.share {
            Uncertainty::Linearized(share) => share.se(),
            Uncertainty::KnownSe { se, .. } => *se,
            Uncertainty::Unknown { .. } => 0.0,
        };
        not_negative(&member.ref_area, "standard error", se)?;
    }
    not_negative(&member.ref_area, "population of women", member.population_women.unwrap_or(0.0))?;
    not_negative(&member.ref_area, "population of men", member.population_men.unwrap_or(0.0))?;
    for (women, men) in [member.own_base, member.own_base_of_all].into_iter().flatten() {
        not_negative(&member.ref_area, "population of women", women)?;
        not_negative(&member.ref_area, "population of men", men)?;
    }
    Ok(())
}

fn not_negative(ref_area: &str, what: &'static str, value: f64) -> Result<(), BadMember> {
    if value.is_finite() && value >= 0.0 {
        return Ok(());
    }
    let (ref_area, value) = (ref_area.to_string(), value.to_string());
    Err(BadMember::NotACount { ref_area, what, value })
}
