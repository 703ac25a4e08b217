//! A place (PSU) and its households: what their members have in common.
//!
//! The coefficients are invented. They are chosen so that the made-up country has the pattern that
//! household surveys of low- and middle-income countries report (connection rises with wealth, in
//! towns, with schooling; women are behind where people are rural, poor or old, and hardly among
//! young people in towns), with design effects of about 2 to 4.

use crate::Spec;
use crate::frame::Stratum;
use crate::person::{Person, people};
use crate::spec::FEWEST_HOUSEHOLDS;
use crate::stream::{Address, Draws, Purpose, probability};

/// What the households of a PSU share.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub stratum: Stratum,
    /// From 0 inside the stratum.
    pub psu: u32,
    /// Households that live there now; the frame's size is the last census.
    pub households: u32,
    /// Wealth of the neighbourhood, in standard deviations.
    pub wealth: f64,
    /// Networks and services, in standard deviations.
    pub network: f64,
    /// Probability that a household is indigenous.
    pub indigenous: f64,
}

/// A household and its members aged 10 and over.
#[derive(Debug, Clone, Default)]
pub struct Household {
    pub wealth: f64,
    /// 1 to 5.
    pub quintile: u8,
    pub internet: bool,
    pub computer: bool,
    pub indigenous: bool,
    pub people: Vec<Person>,
}

/// Wealth of the regions; the first holds the capital.
const REGION_WEALTH: [f64; 6] = [0.55, 0.15, 0.05, -0.10, -0.25, -0.40];
/// Share of indigenous households, rural; towns have a twentieth of it, so that a survey finds very few.
const REGION_INDIGENOUS: [f64; 6] = [0.02, 0.04, 0.06, 0.08, 0.16, 0.12];
/// Upper limits of the wealth score for the quintiles of persons: constants of the model, so that
/// a quintile means the same in every population; in the default one each holds 19.5 to 20.5 %.
const QUINTILE_LIMITS: [f64; 4] = [-0.915, -0.326, 0.190, 0.792];

/// Cumulative distribution of the number of members aged 10 and over, 1 to 8.
const SIZES: [[f64; 7]; 2] =
    [[0.12, 0.36, 0.60, 0.79, 0.90, 0.96, 0.99], [0.08, 0.27, 0.49, 0.69, 0.83, 0.92, 0.97]];

impl Place {
    /// The place of a PSU with `size` households in the frame.
    pub fn new(spec: &Spec, stratum: Stratum, psu: u32, size: u32) -> Place {
        let at = Address { seed: spec.seed, stratum: stratum.index, psu, ..Address::default() };
        let mut draws = Draws::new(Purpose::Place, at);
        let growth = 0.9 + 0.3 * draws.uniform();
        let households = ((f64::from(size) * growth) as u32).max(FEWEST_HOUSEHOLDS);
        let (wealth, network) = (draws.deviate(), draws.deviate());
        let share = REGION_INDIGENOUS[usize::from(stratum.region - 1)];
        // Concentrated: one place in four holds most of a region's indigenous households.
        let here = if draws.chance(0.25) { 2.8 } else { 0.4 };
        let town = if stratum.area == 1 { 0.055 } else { 1.0 };
        Place { stratum, psu, households, wealth, network, indigenous: share * here * town }
    }

    /// True in towns.
    pub fn urban(&self) -> bool {
        self.stratum.area == 1
    }

    /// Generates household `number` (from 0) into `household`, whose memory is used again.
    pub fn household(&self, spec: &Spec, number: u32, household: &mut Household) {
        let at = Address {
            seed: spec.seed,
            stratum: self.stratum.index,
            psu: self.psu,
            household: number,
            draw: 0,
        };
        let draws = &mut Draws::new(Purpose::Household, at);
        let urban = self.urban();
        household.indigenous = draws.chance(self.indigenous);
        let wealth = REGION_WEALTH[usize::from(self.stratum.region - 1)]
            + if urban { 0.40 } else { -0.40 }
            + 0.40 * self.wealth
            + 0.75 * draws.deviate()
            - if household.indigenous { 0.30 } else { 0.0 };
        household.wealth = (wealth * 10_000.0).round() / 10_000.0;
        household.quintile =
            1 + QUINTILE_LIMITS.iter().filter(|limit| household.wealth > **limit).count() as u8;
        let services = household.wealth + 0.35 * self.network + if urban { 0.15 } else { -0.15 };
        household.internet = draws.chance(probability(1.3 * services - 0.15));
        household.computer = draws.chance(probability(
            1.3 * household.wealth - 1.0 + if household.internet { 0.7 } else { -0.5 },
        ));
        let u = draws.uniform();
        let sizes = &SIZES[usize::from(!urban)];
        let members = 1 + sizes.iter().filter(|limit| u > **limit).count();
        let common = draws.deviate();
        people(self, draws, members, common, household);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{sizes, strata};

    #[test]
    fn the_limits_are_the_quintiles_of_persons_of_the_default_population() {
        let spec = Spec::default();
        let mut household = Household::default();
        let mut persons = [0u32; 5];
        for stratum in strata(&spec) {
            for (psu, size) in sizes(&spec, stratum).enumerate().step_by(8) {
                let place = Place::new(&spec, stratum, psu as u32, size);
                for number in 0..place.households {
                    place.household(&spec, number, &mut household);
                    persons[usize::from(household.quintile - 1)] += household.people.len() as u32;
                }
            }
        }
        let total: u32 = persons.iter().sum();
        for n in persons {
            let share = f64::from(n) / f64::from(total);
            assert!((share - 0.2).abs() < 0.005, "{persons:?}");
        }
    }
}
