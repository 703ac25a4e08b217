//! Estimates to statements: gap, parity, head counts, verdicts; of many countries [`aggregate`], of
//! many years [`progress`].
//!
//! Every measure of women and men exists twice: as a function of [`Linearized`] values, which carries
//! the covariance of women and men interviewed in the same primary sampling units along, and, by
//! [`compare`], of whole estimates, which adds intervals, reasons and notes.
//!
//! The convention to know: women come first in every argument list, a gap is men minus women, a
//! ratio is women over men. A gap above 0 or a ratio below 1 means that women are behind. Rates are
//! shares (0–1), also where they count persons.

pub mod aggregate;
mod combined;
mod compare;
mod contrast;
mod detectable;
mod distributed;
mod freedom;
mod gap;
mod joint;
mod nonresponse;
mod parity;
mod persons;
mod pooled;
pub mod progress;
mod ranked;
mod ranks;
mod unequal;
mod verdict;

pub use combined::{combined_total, total_of_two};
pub use compare::{Options, comparable, compare};
pub use contrast::{ContrastDf, ContrastKind, ContrastOptions, contrast, contrast_of};
pub use detectable::{Interviewed, Undetectable, detectable_gap};
pub use distributed::{equally_distributed, inequality_loss};
pub use freedom::{satterthwaite, satterthwaite_of};
pub use gap::{gap, normalised_difference, relative_gap};
pub use nonresponse::nonresponse;
pub use parity::{adjusted_parity, parity, truncated_ratio};
pub use persons::{excess_offline, headcount, headcount_of, user_difference, women_to_parity};
pub use pooled::{PoolDf, PoolOptions, PoolPart, noted, pool, pooled_rate};
pub use ranked::{
    concentration_index, erreygers_index, relative_index, slope_index, wagstaff_index,
};
pub use ranks::{RankInterval, Uncertain, rank_intervals, told_apart};
pub use unequal::{Group, dissimilarity, opportunity_index, theil_between};
pub use verdict::{Standing, Verdict, standing, verdict};

use inclusion_estimate::{Absence, SharedSample};

#[cfg(doc)]
use inclusion_estimate::Linearized;

/// Why a measure has no value, or none with a known uncertainty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// The rate that is divided by is zero.
    #[error("the rate of men is zero, so there is no ratio; report the gap")]
    ZeroDenominator,
    /// Both rates are zero.
    #[error("no one of either sex has the property")]
    NoOneOfEitherSex,
    /// A rate is zero where its logarithm or its inverse is taken.
    #[error("a rate is zero, so its logarithm and its inverse do not exist")]
    ZeroRate,
    /// The population is zero.
    #[error("the population is zero")]
    NoPopulation,
    /// No group has anybody with the property.
    #[error("no one in any group has the property")]
    NoOneInAnyGroup,
    /// Nobody is without the property.
    #[error("everybody in every group has the property")]
    AllInEveryGroup,
    /// There is one group only.
    #[error("there is one group only, so there is no order")]
    OneGroup,
    /// The fitted rate of the lowest rank is not above zero.
    #[error(
        "the fitted rate of the lowest rank is not above zero, so there is no ratio; report the slope"
    )]
    FittedNotPositive,
    /// A rate is not a share from 0 to 1.
    #[error("a rate is not a share from 0 to 1")]
    NotARate,
    /// The two values come from one sample but were not estimated jointly.
    #[error(transparent)]
    NotJoint(#[from] SharedSample),
}

impl Undefined {
    /// The reason as the status of a cell; `None` where a value exists and only its uncertainty is
    /// unknown.
    pub fn absence(&self) -> Option<Absence> {
        match self {
            Undefined::ZeroDenominator => Some(Absence::ZeroDenominator),
            Undefined::NoOneOfEitherSex => Some(Absence::NoOneOfEitherSex),
            Undefined::ZeroRate => Some(Absence::ZeroRate),
            Undefined::NoPopulation => Some(Absence::PopulationUnknown),
            Undefined::NoOneInAnyGroup => Some(Absence::NoOneOfEitherSex),
            Undefined::AllInEveryGroup
            | Undefined::OneGroup
            | Undefined::FittedNotPositive
            | Undefined::NotARate => Some(Absence::NotApplicable),
            Undefined::NotJoint(_) => None,
        }
    }
}
