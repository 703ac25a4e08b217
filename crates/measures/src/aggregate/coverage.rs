//! How much of a group's population stands behind a figure, and how much has to.
//!
//! Sources: for one half, World Bank research advising against global statistics with data for less than half
//! of the population; for one third, World Bank, *World Development Indicators*, statistical methods.

/// How much of a group has to be covered; printed with every table of aggregates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CoverageRule {
    /// Any country makes a figure.
    None,
    /// At least half of the population of either sex.
    #[default]
    HalfOfEitherSex,
    /// At least two thirds of the population of either sex; for sums, no more than a third of the countries
    /// without a value.
    OneThird,
}

impl CoverageRule {
    /// The stable code used in files.
    pub fn id(self) -> &'static str {
        match self {
            CoverageRule::None => "none",
            CoverageRule::HalfOfEitherSex => "half_of_either_sex",
            CoverageRule::OneThird => "one_third",
        }
    }

    /// The name that is printed.
    pub fn name(self) -> &'static str {
        match self {
            CoverageRule::None => "no coverage rule",
            CoverageRule::HalfOfEitherSex => "at least half of the population of either sex",
            CoverageRule::OneThird => {
                "at least two thirds of the population of either sex, and for sums no more than a third of \
                 the countries missing (one-third rule)"
            }
        }
    }

    fn least_share(self) -> f64 {
        match self {
            CoverageRule::None => 0.0,
            CoverageRule::HalfOfEitherSex => 0.5,
            CoverageRule::OneThird => 2.0 / 3.0,
        }
    }
}

/// How much of a group stands behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The rule that was applied.
    pub rule: CoverageRule,
    /// Countries in the figure.
    pub countries: usize,
    /// Countries in the group.
    pub of: usize,
    /// Their share of the group's women; `None` if the population of no country is known.
    pub women: Option<f64>,
    /// Their share of the group's men.
    pub men: Option<f64>,
    /// Countries of unknown population: they are in no figure and in no share.
    pub without_population: Vec<String>,
}

impl Coverage {
    /// Whether a rate may be published.
    pub(super) fn rate(self) -> Result<Coverage, Refused> {
        let (Some(women), Some(men)) = (self.women, self.men) else {
            return Err(Refused { why: Why::NoPopulation, coverage: self });
        };
        if self.countries == 0 {
            return Err(Refused { why: Why::NoValues, coverage: self });
        }
        // Shares are sums of floats: one half may come out a hair below it.
        let least = self.rule.least_share() - 1e-12;
        if women < least || men < least {
            return Err(Refused { why: Why::TooLittle, coverage: self });
        }
        Ok(self)
    }

    /// Whether a sum may be published where a rate may.
    pub(super) fn sum(&self) -> Result<(), Refused> {
        let missing = self.of - self.countries;
        match self.rule {
            CoverageRule::OneThird if 3 * missing > self.of => {
                Err(Refused { why: Why::TooManyMissing, coverage: self.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// The first areas of a list, and how many more there are.
pub(super) fn listed(areas: &[String]) -> String {
    const SHOWN: usize = 5;
    let first = areas[..areas.len().min(SHOWN)].join(", ");
    match areas.len().saturating_sub(SHOWN) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// `70 of 249 countries, with 32.7 % of women and 32.9 % of men`.
impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} countries", self.countries, self.of)?;
        if let (Some(women), Some(men)) = (self.women, self.men) {
            let percent = |share| inclusion_estimate::percent(share, 1);
            write!(f, ", with {} % of women and {} % of men", percent(women), percent(men))?;
        }
        match self.without_population.as_slice() {
            [] => Ok(()),
            unknown => write!(f, " (population unknown: {})", listed(unknown)),
        }
    }
}

/// Why there is no figure, with the coverage that there is.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("no figure, because {why}: {coverage}; rule: {}", coverage.rule.name())]
pub struct Refused {
    /// What fails.
    pub why: Why,
    /// The coverage.
    pub coverage: Coverage,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Why {
    /// No country has a value that can be used.
    #[error("no country has a value")]
    NoValues,
    /// The population of no country is known.
    #[error("the population of no country is known")]
    NoPopulation,
    /// Countries with values hold too small a share of the population of one sex.
    #[error("too little of the population is covered")]
    TooLittle,
    /// For sums: too many countries have no value.
    #[error("too many countries are missing from the sum")]
    TooManyMissing,
}

impl Why {
    /// The stable code used in data files and notes.
    pub fn id(self) -> &'static str {
        match self {
            Why::NoValues => "no_values",
            Why::NoPopulation => "population_unknown",
            Why::TooLittle => "coverage_too_low",
            Why::TooManyMissing => "too_many_missing",
        }
    }
}
