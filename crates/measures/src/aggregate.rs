//! From countries to regions: weighted rates of women, men and all, and what follows from them.
//!
//! The conventions to know. Women's rate is weighted with women, men's with men, of the indicator's own base
//! (its ages, its persons); rates are shares from 0 to 1. Parity is the ratio of the two aggregates, never a
//! mean of the countries' ratios. A country enters the rates of women and men only with both, of one year:
//! the *matched set*. The rate of all has a set of its own, of the countries that report it.
//!
//! Nothing is put in the place of a country without a value. Instead every figure says how much of the
//! population stands behind it, and below the limit of the coverage rule ([`CoverageRule`]) there is none.
//!
//! Countries are independent samples. Where all of them have a standard error the aggregate has one, else it
//! has none and a diagnostic says so; populations are taken as known without error. The gap needs more: women
//! and men of one survey are correlated, so it has a standard error only if the countries' values carry their
//! scores ([`Uncertainty::Linearized`]).

mod compute;
mod coverage;
mod latest;
mod member;
mod notes;

pub use compute::aggregate;
pub use coverage::{Coverage, CoverageRule, Refused, Why};
pub use latest::{Latest, latest};
pub use member::{BadMember, Member, Value};

use crate::Undefined;
use inclusion_estimate::{Diagnostic, Uncertainty};
use inclusion_registry::Direction;

/// How to aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How much of the group has to be covered.
    pub rule: CoverageRule,
    /// Where lower is better, women and men are compared on the complement 1 − rate, and a diagnostic says so.
    pub direction: Direction,
}

impl Default for Options {
    /// Half of the population of either sex; higher is better.
    fn default() -> Options {
        Options { rule: CoverageRule::default(), direction: Direction::Higher }
    }
}

/// The rates of a group of countries.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Women and men, of the countries that have both.
    pub sexes: Result<Sexes, Refused>,
    /// Women and men together, of the countries that report it.
    pub total: Result<Total, Refused>,
    /// What was decided on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Women and men of a matched set of countries, and what compares them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sexes {
    /// Σ N_f F / Σ N_f, a share.
    pub women: Uncertainty,
    /// Σ N_m M / Σ N_m, a share.
    pub men: Uncertainty,
    /// Women and men together, (N_f F + N_m M) / (N_f + N_m) of these two rates and their populations: of the same
    /// countries and years, so that it lies between them.
    pub total: Uncertainty,
    /// Men minus women; this and what follows is of the complements where lower is better.
    pub gap: Uncertainty,
    /// (M − F) / M.
    pub relative_gap: Result<Uncertainty, Undefined>,
    /// F / M of the aggregates.
    pub parity: Result<Uncertainty, Undefined>,
    /// The same, or 2 − M / F where it is above one.
    pub adjusted_parity: Result<Uncertainty, Undefined>,
    /// Persons, in the countries of the matched set; a rule may refuse sums where it allows rates.
    pub persons: Result<Persons, Refused>,
    /// How much stands behind them.
    pub coverage: Coverage,
    /// The year of each country's values, in the order of the areas.
    pub vintages: Vec<Vintage>,
}

/// Persons in the countries of a matched set; those of other countries are not counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Persons {
    /// Women with the property, Σ N_f F.
    pub women: Uncertainty,
    /// Men with the property, Σ N_m M.
    pub men: Uncertainty,
    /// Men less women with the property (without it, where lower is better).
    pub difference: Uncertainty,
    /// Women to connect for parity, (M − F) Σ N_f.
    pub women_to_parity: Uncertainty,
    /// Women in the base, Σ N_f.
    pub population_women: f64,
    /// Men in the base, Σ N_m.
    pub population_men: f64,
}

/// The rate of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// Σ (N_f + N_m) T / Σ (N_f + N_m), a share.
    pub rate: Uncertainty,
    /// Persons with the property in the countries that report, Σ (N_f + N_m) T.
    pub persons: Result<Uncertainty, Refused>,
    /// How much stands behind them.
    pub coverage: Coverage,
    /// The year of each country's value, in the order of the areas.
    pub vintages: Vec<Vintage>,
}

/// The year that a country's value in an aggregate is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vintage {
    /// Area.
    pub ref_area: String,
    /// Year.
    pub year: i32,
}
