//! What an interview records of a person: the truth, except where an answer is missing.
//!
//! Missing answers depend on sex only. Shares among those who answered, taken for one sex, thus
//! estimate the population's without bias, and the totals of both sexes with one far below their
//! standard error. Skip patterns follow what the person does even where the filter question has no
//! usable answer, as when the interviewer sees the handset; otherwise an answer of "don't know"
//! would silently become a "no" further down.

use crate::person::Person;
use crate::stream::Draws;

/// Codes as recorded in the file.
#[derive(Debug, Clone, Copy)]
pub struct Answers {
    pub sex: i16,
    pub age: i16,
    pub education: i16,
    pub labour: i16,
    pub disability: i16,
    pub internet_last: i16,
    pub owns_mobile: i16,
    pub account: i16,
    pub mobile_money: i16,
}

fn yes_no(yes: bool) -> i16 {
    if yes { 1 } else { 2 }
}

/// Interviews a person.
pub fn interview(person: &Person, draws: &mut Draws) -> Answers {
    // Proxies answer more often for men away at work; women more often leave money questions open.
    let man = person.sex == 1;
    let mut missing = |men: f64, women: f64| draws.chance(if man { men } else { women });
    Answers {
        sex: if missing(0.001, 0.001) { 9 } else { i16::from(person.sex) },
        age: if missing(0.001, 0.0014) { 999 } else { i16::from(person.age) },
        education: if missing(0.006, 0.005) { 9 } else { i16::from(person.education) },
        labour: if missing(0.004, 0.004) { 9 } else { i16::from(person.labour) },
        disability: if missing(0.007, 0.005) { 9 } else { yes_no(person.disability) },
        internet_last: if missing(0.008, 0.012) { 8 } else { i16::from(person.internet_last) },
        owns_mobile: match (missing(0.003, 0.004), missing(0.003, 0.002)) {
            (true, _) => 8,
            (_, true) => 9,
            _ => yes_no(person.owns_mobile),
        },
        account: match (missing(0.007, 0.011), missing(0.012, 0.016)) {
            (true, _) => 8,
            (_, true) => 9,
            _ => yes_no(person.account),
        },
        mobile_money: match (missing(0.006, 0.010), missing(0.009, 0.012)) {
            (true, _) => 8,
            (_, true) => 9,
            _ => yes_no(person.mobile_money),
        },
    }
}
