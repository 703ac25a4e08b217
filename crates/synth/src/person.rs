//! A person: who they are, and what they truly do.
//!
//! Every yes/no item is a latent score compared with an item's difficulty. The score `digital`
//! holds what makes people use technology in general; it is shared by all items of a person, and
//! parts of it by the household and by the place, so items, relatives and neighbours go together.

use crate::household::{Household, Place};
use crate::stream::{Draws, probability};

/// A member of the population, aged 10 or over. Codes are those of the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Person {
    /// 1 man, 2 woman.
    pub sex: u8,
    pub age: u8,
    /// 0 none, 1 primary, 2 lower secondary, 3 upper secondary, 4 tertiary.
    pub education: u8,
    /// 1 employed, 2 unemployed, 3 outside the labour force.
    pub labour: u8,
    pub disability: bool,
    /// 1 within 3 months, 2 within 12 months, 3 longer ago, 4 never.
    pub internet_last: u8,
    /// 1 daily, 2 weekly, 3 less; 0 for those who did not use it.
    pub internet_freq: u8,
    pub owns_mobile: bool,
    pub smartphone: bool,
    pub used_mobile: bool,
    pub used_computer: bool,
    /// One bit for each of the nine skills, in the file's order.
    pub skills: u16,
    /// At a financial institution or of a mobile money service.
    pub account: bool,
    pub mobile_money: bool,
    pub dig_payment: bool,
    /// One bit for each of the five reasons, in the file's order; 0 for users.
    pub why_offline: u8,
    /// Hours a week in half hours; 0 for those who did not use it.
    pub half_hours: u16,
}

impl Person {
    /// Used the Internet in the last three months.
    pub fn online(&self) -> bool {
        self.internet_last == 1
    }

    /// Was asked about skills: used a computer or the Internet in the last three months.
    pub fn asked_skills(&self) -> bool {
        self.online() || self.used_computer
    }
}

/// Difficulty of the nine skills: copy or move a file, copy and paste, e-mail with attachment,
/// spreadsheet formula, connect a device, software, presentation, transfer files, program.
const SKILL_DIFFICULTY: [f64; 9] = [0.5, 0.35, 0.6, 1.9, 1.0, 1.6, 1.7, 0.9, 4.5];
/// How far women are behind in each at equal general score; ahead below 0.
const SKILL_SEX: [f64; 9] = [0.05, 0.0, -0.05, 0.1, 0.35, 0.4, -0.05, 0.2, 0.5];

/// Cost, skills, no need, no coverage, family: score of citing it, and what being a woman adds.
const REASONS: [(f64, f64); 5] =
    [(-0.1, 0.1), (-0.2, 0.45), (-0.6, -0.2), (-1.6, 0.0), (-3.0, 1.6)];

/// Generates the members of a household. `common` is what they share beyond wealth.
pub fn people(
    place: &Place,
    draws: &mut Draws,
    members: usize,
    common: f64,
    household: &mut Household,
) {
    household.people.clear();
    let spread = draws.uniform();
    let head_age = 20.0 + 62.0 * spread * (0.6 + 0.4 * spread);
    let mut head_sex = 1;
    for place_in_household in 0..members {
        let (u, kind, third) = (draws.uniform(), draws.uniform(), draws.uniform());
        let (sex, age) = match place_in_household {
            0 => {
                head_sex = if kind < 0.60 { 1 } else { 2 };
                (head_sex, head_age)
            }
            1 if third < 0.78 => {
                let younger = if head_sex == 1 { -3.0 } else { 3.0 };
                (3 - head_sex, (head_age + younger + 10.0 * (u - 0.5)).max(17.0))
            }
            _ if third < 0.80 => {
                let most = (head_age - 16.0).clamp(12.0, 34.0);
                (if kind < 0.49 { 1 } else { 2 }, 10.0 + (most - 10.0) * u)
            }
            _ if third < 0.88 && head_age < 60.0 => {
                (if kind < 0.35 { 1 } else { 2 }, (head_age + 20.0 + 15.0 * u).min(95.0))
            }
            _ => (if kind < 0.46 { 1 } else { 2 }, 10.0 + 65.0 * u),
        };
        let person = person(place, draws, common, household, sex, age as u8);
        household.people.push(person);
    }
}

fn person(
    place: &Place,
    draws: &mut Draws,
    common: f64,
    household: &Household,
    sex: u8,
    age: u8,
) -> Person {
    let years = f64::from(age);
    let woman = sex == 2;
    let w = if woman { 1.0 } else { 0.0 };
    let urban = if place.urban() { 1.0 } else { 0.0 };
    let wealth = household.wealth;
    let older = ((years - 35.0) / 30.0).clamp(0.0, 1.5);

    let school = 2.35 + 0.35 * urban + 0.60 * wealth
        - 1.1 * older
        - w * 0.45 * older
        - if household.indigenous { 0.4 } else { 0.0 }
        + 0.85 * draws.deviate();
    let most = if age < 13 {
        1.0
    } else if age < 16 {
        2.0
    } else if age < 20 {
        3.0
    } else {
        4.0
    };
    let least = if age < 20 { 1.0 } else { 0.0 };
    let education = school.round().clamp(least, most) as u8;

    let disability = draws.chance(0.025 + 0.13 * older * older);

    let (employed, unemployed) = (draws.uniform(), draws.uniform());
    let work = match age {
        0..=14 => -9.0,
        15..=19 => -0.8 - 0.2 * w,
        20..=59 => 1.5 - w * (0.9 + 0.4 * (1.0 - urban)) + 0.12 * f64::from(education),
        60..=69 => -0.1 - 0.5 * w,
        _ => -1.6 - 0.5 * w,
    } - if disability { 0.6 } else { 0.0 };
    let labour = if age < 15 || employed > probability(work) {
        3
    } else if unemployed < if age < 25 { 0.17 } else { 0.06 } + 0.02 * w {
        2
    } else {
        1
    };

    // How far women are behind: in the country, among the poor, with age; hardly when young in town.
    let behind = 0.12
        + 0.22 * (1.0 - urban)
        + 0.10 * f64::from(3 - household.quintile.min(3))
        + 0.30 * older
        - if age < 25 { 0.10 + 0.08 * urban } else { 0.0 };
    let digital = 0.45
        + 0.28 * urban
        + 0.42 * wealth
        + 0.30 * (f64::from(education) - 2.0)
        + 0.35 * place.network
        + 0.30 * common
        + 0.50 * draws.deviate()
        + if household.internet { 0.35 } else { -0.25 }
        - 1.15 * older
        - if age < 13 { 0.35 } else { 0.0 }
        - if disability { 0.25 } else { 0.0 }
        - w * behind;

    let owns_mobile =
        draws.chance(probability(1.3 * digital + 1.55 - if age < 15 { 1.5 } else { 0.0 }));
    let smartphone = draws.chance(probability(1.5 * digital + 0.75)) && owns_mobile;
    let used_mobile = draws.chance(if owns_mobile { 0.985 } else { 0.42 });

    let reach = if smartphone { 0.75 } else { -0.55 };
    let (online, lapsed) = (draws.chance(probability(1.5 * digital + reach)), draws.uniform());
    let internet_last = match lapsed {
        _ if online => 1,
        x if x < 0.06 => 2,
        x if x < 0.11 => 3,
        _ => 4,
    };
    let (often, hours) = (draws.uniform(), (draws.uniform(), draws.uniform()));
    let daily = probability(0.9 * digital + 0.35);
    let internet_freq = match online {
        false => 0,
        true if often < daily => 1,
        true if often < daily + 0.75 * (1.0 - daily) => 2,
        true => 3,
    };
    let half_hours = match internet_freq {
        0 => 0,
        frequency => {
            let most = [70.0, 14.0, 4.0][usize::from(frequency - 1)];
            1 + (most * hours.0 * (0.35 + 0.65 * hours.1) * (1.0 - 0.06 * w)) as u16
        }
    };

    let used_computer = draws.chance(probability(
        1.2 * digital - 0.85
            + if household.computer { 0.8 } else { -0.4 }
            + if labour == 1 && education >= 3 { 0.5 } else { 0.0 },
    ));
    let asked = online || used_computer;
    let mut skills = 0;
    let skilled = 1.1 * digital + if used_computer { 0.75 } else { -0.55 };
    for (bit, (difficulty, sex_effect)) in SKILL_DIFFICULTY.iter().zip(SKILL_SEX).enumerate() {
        let yes = draws.chance(probability(skilled - difficulty - w * sex_effect));
        skills |= u16::from(yes && asked) << bit;
    }

    let child = if age < 15 { 3.0 } else { 0.0 };
    let account = draws.chance(probability(
        0.9 * digital + 0.25 + if labour == 1 { 0.6 } else { -0.2 } - 0.15 * w - child,
    ));
    let mobile_money = draws.chance(probability(0.8 * digital - 0.45 - child)) && used_mobile;
    // Mobile money is an account too (SDG 8.10.2).
    let account = account || mobile_money;
    let dig_payment = draws.chance(probability(1.1 * digital + 0.55)) && account;

    let mut why_offline = 0;
    let far = if place.urban() { -0.8 } else { 0.3 } - 0.5 * place.network;
    for (bit, (score, sex_effect)) in REASONS.iter().enumerate() {
        let here = match bit {
            0 => -0.35 * wealth,
            1 => 0.5 * older - 0.15 * f64::from(education),
            2 => 0.4 * older,
            3 => far,
            _ => {
                if age < 25 {
                    0.6
                } else {
                    0.0
                }
            }
        };
        let yes = draws.chance(probability(score + here + w * sex_effect));
        why_offline |= u8::from(yes && !online) << bit;
    }

    Person {
        sex,
        age,
        education,
        labour,
        disability,
        internet_last,
        internet_freq,
        owns_mobile,
        smartphone,
        used_mobile,
        used_computer,
        skills,
        account,
        mobile_money,
        dig_payment,
        why_offline,
        half_hours,
    }
}
