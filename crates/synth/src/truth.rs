//! What is true in the population: every household of every PSU, counted.
//!
//! Counts are kept for the finest cell (sex, area, region, age group, wealth quintile) as whole
//! numbers; a [`Domain`] is a sum of cells. Shares are 0–1.

use crate::frame::{Stratum, sizes, strata};
use crate::household::{Household, Place};
use crate::person::Person;
use crate::{Error, Spec};

/// Whom an item describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Population {
    /// Members of the population aged 10 and over.
    Person,
    /// Households; a household has no sex and no age.
    Household,
}

/// A property whose true value is known.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// Indicator id in the registry.
    pub id: &'static str,
    /// The property in words.
    pub name: &'static str,
    /// The base in words.
    pub universe: &'static str,
    /// Persons or households.
    pub population: Population,
    /// In the base, and: has the property (as 1), or the amount (in half hours).
    rule: Rule,
    /// Units of the rule's amount in one unit of the value: 1 for shares, 2 for half hours.
    scale: f64,
}

#[derive(Debug, Clone, Copy)]
enum Rule {
    Person(fn(&Person) -> bool, fn(&Person) -> u32),
    Household(fn(&Household) -> bool),
}

const fn share(
    id: &'static str,
    name: &'static str,
    universe: &'static str,
    base: fn(&Person) -> bool,
    has: fn(&Person) -> u32,
) -> Item {
    Item {
        id,
        name,
        universe,
        population: Population::Person,
        rule: Rule::Person(base, has),
        scale: 1.0,
    }
}

const fn household(id: &'static str, name: &'static str, has: fn(&Household) -> bool) -> Item {
    Item {
        id,
        name,
        universe: "households with a member aged 10 or over",
        population: Population::Household,
        rule: Rule::Household(has),
        scale: 1.0,
    }
}

const ALL: &str = "persons aged 10 and over";
const USERS: &str = "persons aged 10 and over who used the Internet in the last 3 months";
const OFFLINE: &str = "persons aged 10 and over who did not use the Internet in the last 3 months";
const ADULTS: &str = "persons aged 15 and over";

fn all(_: &Person) -> bool {
    true
}
fn offline(p: &Person) -> bool {
    !p.online()
}
fn adult(p: &Person) -> bool {
    p.age >= 15
}

/// Every property whose true value is counted, in the order of the truth file.
pub const TRUTH_ITEMS: &[Item] = &[
    share("HH7", "used the Internet in the last 3 months", ALL, all, |p| p.online().into()),
    share("HH18", "own a mobile phone", ALL, all, |p| p.owns_mobile.into()),
    share("HH10", "used a mobile phone in the last 3 months", ALL, all, |p| p.used_mobile.into()),
    share("HH5", "used a computer in the last 3 months", ALL, all, |p| p.used_computer.into()),
    share("HH12-DAILY-USERS", "used the Internet at least daily", USERS, Person::online, |p| {
        (p.internet_freq == 1).into()
    }),
    share("SMARTPHONE", "own a smartphone", ALL, all, |p| p.smartphone.into()),
    share("HH15-CMFL", "copied or moved a file", ALL, all, |p| skill(p, 0)),
    share("HH15-COPA", "used copy and paste", ALL, all, |p| skill(p, 1)),
    share("HH15-EMAIL", "sent e-mail with an attachment", ALL, all, |p| skill(p, 2)),
    share("HH15-ARSP", "used a formula in a spreadsheet", ALL, all, |p| skill(p, 3)),
    share("HH15-INST", "connected a new device", ALL, all, |p| skill(p, 4)),
    share("HH15-SOFT", "found, installed and configured software", ALL, all, |p| skill(p, 5)),
    share("HH15-EPRS", "made a presentation", ALL, all, |p| skill(p, 6)),
    share("HH15-TRAF", "transferred files between devices", ALL, all, |p| skill(p, 7)),
    share("HH15-PCPR", "wrote a computer program", ALL, all, |p| skill(p, 8)),
    share("HH15-ANY9", "have at least one of the nine skills", ALL, all, |p| {
        (p.skills != 0).into()
    }),
    share("FX-ACCOUNT", "have an account or use mobile money", ADULTS, adult, |p| p.account.into()),
    share("FX-ACCOUNT-MOBILE", "use mobile money", ADULTS, adult, |p| p.mobile_money.into()),
    share("FX-DIGITAL-PAYMENT", "made or received a digital payment", ADULTS, adult, |p| {
        p.dig_payment.into()
    }),
    share("HH19-COST", "not online because of cost", OFFLINE, offline, |p| reason(p, 0)),
    share("HH19-SKILLS", "not online for lack of skills", OFFLINE, offline, |p| reason(p, 1)),
    share("HH19-NONEED", "not online for lack of need", OFFLINE, offline, |p| reason(p, 2)),
    share("HH19-NOSERVICE", "not online for lack of coverage", OFFLINE, offline, |p| reason(p, 3)),
    share("HH19-NOTALLOWED", "not online because the family objects", OFFLINE, offline, |p| {
        reason(p, 4)
    }),
    Item {
        id: "HOURS-ONLINE",
        name: "mean hours online in a week",
        universe: USERS,
        population: Population::Person,
        rule: Rule::Person(Person::online, |p| p.half_hours.into()),
        scale: 2.0,
    },
    household("HH6", "have Internet access at home", |h| h.internet),
    household("HH4", "have a computer", |h| h.computer),
];

fn skill(p: &Person, bit: u32) -> u32 {
    u32::from(p.skills >> bit & 1)
}
fn reason(p: &Person, bit: u32) -> u32 {
    u32::from(p.why_offline >> bit & 1)
}

/// A part of the population; `None` is everybody. Codes are those of the survey file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Domain {
    /// 1 man, 2 woman. Households have none.
    pub sex: Option<u8>,
    /// 1 urban, 2 rural.
    pub area: Option<u8>,
    /// 1 to 6.
    pub region: Option<u8>,
    /// Youngest age group first: 0 is 10–14, 1 is 15–24, 2 is 25–64, 3 is 65 and over.
    pub age_group: Option<u8>,
    /// 1 to 5.
    pub wealth_quintile: Option<u8>,
}

/// Sex, area, region, age group, quintile; sex and age group 0 hold the households.
const SIZES: [usize; 5] = [3, 2, 6, 4, 5];
const CELLS: usize = SIZES[0] * SIZES[1] * SIZES[2] * SIZES[3] * SIZES[4];

fn cell(of: [usize; 5]) -> usize {
    of.iter().zip(SIZES).fold(0, |index, (code, size)| index * size + code)
}

fn age_group(age: u8) -> usize {
    [15, 25, 65].iter().filter(|limit| age >= **limit).count()
}

/// The population's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// Base and amount for each cell and item.
    counts: Vec<(u64, u64)>,
    /// Persons for each cell.
    persons: Vec<u64>,
}

/// Counts the whole population of a specification; the sample plays no part.
///
/// # Errors
///
/// [`Error::Spec`] as for [`crate::survey`].
pub fn truth(spec: &Spec) -> Result<Truth, Error> {
    spec.check()?;
    let strata = strata(spec);
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(strata.len());
    // Whole numbers: the order of addition does not matter.
    let parts: Vec<Truth> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let mine = strata.iter().skip(worker).step_by(threads);
                scope.spawn(move || {
                    let mut truth = Truth::empty();
                    mine.for_each(|stratum| truth.count(spec, *stratum));
                    truth
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("invariant: counting does not panic"))
            .collect()
    });
    Ok(parts.into_iter().fold(Truth::empty(), Truth::merge))
}

impl Truth {
    fn empty() -> Truth {
        Truth { counts: vec![(0, 0); CELLS * TRUTH_ITEMS.len()], persons: vec![0; CELLS] }
    }

    fn merge(mut self, other: Truth) -> Truth {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
        }
        for (mine, theirs) in self.persons.iter_mut().zip(other.persons) {
            *mine += theirs;
        }
        self
    }

    fn count(&mut self, spec: &Spec, stratum: Stratum) {
        let mut household = Household::default();
        for (psu, size) in sizes(spec, stratum).enumerate() {
            let place = Place::new(spec, stratum, psu as u32, size);
            for number in 0..place.households {
                place.household(spec, number, &mut household);
                self.add(&place, &household);
            }
        }
    }

    fn add(&mut self, place: &Place, household: &Household) {
        let (area, region) = (place.stratum.area - 1, place.stratum.region - 1);
        let at = |sex: u8, age: usize| {
            let quintile = usize::from(household.quintile - 1);
            cell([usize::from(sex), usize::from(area), usize::from(region), age, quintile])
        };
        let mut count = |cell: usize, item: usize, amount: u64| {
            let slot = &mut self.counts[cell * TRUTH_ITEMS.len() + item];
            slot.0 += 1;
            slot.1 += amount;
        };
        for (i, item) in TRUTH_ITEMS.iter().enumerate() {
            if let Rule::Household(has) = item.rule {
                count(at(0, 0), i, has(household).into());
            }
        }
        for person in &household.people {
            let cell = at(person.sex, age_group(person.age));
            self.persons[cell] += 1;
            for (i, item) in TRUTH_ITEMS.iter().enumerate() {
                if let Rule::Person(base, amount) = item.rule
                    && base(person)
                {
                    count(cell, i, amount(person).into());
                }
            }
        }
    }

    fn cells(domain: &Domain) -> impl Iterator<Item = usize> + use<> {
        let codes = [
            domain.sex.map(usize::from),
            domain.area.map(|code| usize::from(code).wrapping_sub(1)),
            domain.region.map(|code| usize::from(code).wrapping_sub(1)),
            domain.age_group.map(usize::from),
            domain.wealth_quintile.map(|code| usize::from(code).wrapping_sub(1)),
        ];
        (0..CELLS).filter(move |cell| {
            let mut rest = *cell;
            codes.iter().zip(SIZES).rev().all(|(code, size)| {
                let here = rest % size;
                rest /= size;
                code.is_none_or(|code| code == here)
            })
        })
    }

    /// Persons aged 10 and over.
    pub fn persons(&self, domain: &Domain) -> u64 {
        Truth::cells(domain).map(|cell| self.persons[cell]).sum()
    }

    /// Persons or households in the base of an item; `None` if there is no such item.
    pub fn base(&self, item: &str, domain: &Domain) -> Option<u64> {
        self.sums(item, domain).map(|(base, _)| base)
    }

    /// Persons or households of the base that have the property.
    pub fn number(&self, item: &str, domain: &Domain) -> Option<u64> {
        self.sums(item, domain).map(|(_, amount)| amount)
    }

    /// The share that has the property, 0–1, or the mean; `None` if there is no such item or
    /// nobody in its base.
    pub fn share(&self, item: &str, domain: &Domain) -> Option<f64> {
        let scale = TRUTH_ITEMS.iter().find(|known| known.id == item)?.scale;
        let (base, amount) = self.sums(item, domain)?;
        (base > 0).then(|| amount as f64 / base as f64 / scale)
    }

    /// Men minus women of the same domain.
    pub fn gap(&self, item: &str, domain: &Domain) -> Option<f64> {
        let of = |sex| self.share(item, &Domain { sex: Some(sex), ..*domain });
        Some(of(1)? - of(2)?)
    }

    fn sums(&self, item: &str, domain: &Domain) -> Option<(u64, u64)> {
        let index = TRUTH_ITEMS.iter().position(|known| known.id == item)?;
        let household = TRUTH_ITEMS[index].population == Population::Household;
        if household && (domain.sex.is_some() || domain.age_group.is_some()) {
            return None;
        }
        let sums = Truth::cells(domain)
            .map(|cell| self.counts[cell * TRUTH_ITEMS.len() + index])
            .fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        Some(sums)
    }
}
