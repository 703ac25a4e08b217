//! Indicators of which one is the base of another do not tell what is withheld of one of them.

use inclusion_disclosure::{Cell, Codings, Publishable, review};
use inclusion_estimate::{
    Counts, Estimate, Figure, Linearized, Measure, Outcome, SeriesKey, Uncertainty, Unit,
};
use inclusion_registry::{Policy, Registry};

const GROUPS: [&str; 3] = ["15–24", "25–64", "65+"];

fn key(indicator: &str, group: Option<&str>) -> SeriesKey {
    let codes = group.into_iter().map(|code| ("age_group".to_string(), code.to_string()));
    SeriesKey {
        source: "survey".into(),
        ref_area: "XXA".into(),
        time_period: "2024".into(),
        indicator: indicator.into(),
        breakdown: codes.collect(),
        measure: Measure::Level,
    }
}

/// Levels of an indicator: all, and each group, by cases and those with the property.
fn levels(indicator: &str, groups: [(u64, u64); 3]) -> Vec<Estimate> {
    let all = groups.iter().fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    let names = [None].into_iter().chain(GROUPS.map(Some));
    let of = |(group, (n, with)): (Option<&str>, (u64, u64))| Estimate {
        key: key(indicator, group),
        unit: Unit::Share,
        outcome: Outcome::Known(Figure {
            value: Uncertainty::Linearized(Linearized::exact(with as f64 / n as f64)),
            df: None,
            interval: None,
            deff: None,
            n_effective: None,
        }),
        counts: Counts { n, n_rows: n, n_numerator: with, ..Counts::default() },
        parts: Vec::new(),
        diagnostics: Vec::new(),
    };
    names.zip([all].into_iter().chain(groups)).map(of).collect()
}

fn reviewed(estimates: Vec<Estimate>, indicators: &[&str], policy: &Policy) -> Publishable {
    let registry = Registry::builtin().unwrap();
    let own = indicators.iter().map(|id| &registry.indicators[*id]);
    let codings = Codings::of(registry.concepts.values()).with_indicators(own);
    review(estimates, policy, &codings)
}

fn dhs() -> Policy {
    Policy { withhold_below: 25, unreliable_below: 50, ..Policy::default() }
}

/// The groups of an indicator that are shown, all first.
fn shown(publishable: &Publishable, indicator: &str) -> Vec<&'static str> {
    let is_shown = |group| {
        let row = publishable.get(&key(indicator, group)).unwrap();
        matches!(row.cell, Cell::Shown(_))
    };
    let groups = GROUPS.into_iter().filter(|group| is_shown(Some(*group)));
    [is_shown(None).then_some("all")].into_iter().flatten().chain(groups).collect()
}

/// Persons and users; users and daily users; persons and daily users. 20 of the oldest use the Internet.
const USE: [(u64, u64); 3] = [(200, 150), (300, 200), (100, 20)];
const OF_USERS: [(u64, u64); 3] = [(150, 90), (200, 110), (20, 9)];
const OF_ALL: [(u64, u64); 3] = [(200, 90), (300, 110), (100, 9)];

#[test]
fn a_share_of_users_does_not_follow_from_shares_of_all() {
    let ids = ["HH7", "HH12-DAILY", "HH12-DAILY-USERS"];
    let estimates = [USE, OF_ALL, OF_USERS].into_iter().zip(ids).flat_map(|(n, id)| levels(id, n));
    let publishable = reviewed(estimates.collect(), &ids, &dhs());
    // The oldest users are 20; a second group is withheld, or theirs would be the rest of the total.
    let of_users = shown(&publishable, "HH12-DAILY-USERS");
    assert_eq!(of_users, ["all", "25–64"]);
    assert_eq!(shown(&publishable, "HH12-DAILY"), of_users);
    assert_eq!(shown(&publishable, "HH7"), ["all", "15–24", "25–64", "65+"]);
}

#[test]
fn two_shares_of_users_tell_the_users_who_are_not_in_the_study() {
    let of_users = |id| levels(id, OF_USERS);
    let of_all = |id| levels(id, OF_ALL);
    let ids = ["HH9-BANK", "HH9-BANK-USERS", "HH9-EMAIL", "HH9-EMAIL-USERS"];
    let pairs = [of_all(ids[0]), of_users(ids[1]), of_all(ids[2]), of_users(ids[3])];
    let publishable = reviewed(pairs.concat(), &ids, &dhs());
    for id in ids {
        assert_eq!(shown(&publishable, id), ["all", "25–64"], "{id}");
    }
}

#[test]
fn what_has_users_or_others_for_a_base_does_not_tell_how_many_use() {
    let ids = ["HH7", "HH19-COST", "HH9-BANK-USERS"];
    let few = [(200, 150), (300, 200), (34, 1)];
    let not_users = [(50, 20), (100, 40), (33, 10)];
    let users = [(150, 60), (200, 90), (30, 12)];
    let estimates = [few, not_users, users].into_iter().zip(ids).flat_map(|(n, id)| levels(id, n));
    // Fewer than 5 with or without the property: HH7 of the oldest.
    let policy = Policy { threshold: Some(5), ..dhs() };
    let publishable = reviewed(estimates.collect(), &ids, &policy);
    for id in ids {
        assert!(!shown(&publishable, id).contains(&"65+"), "{id}");
        assert!(shown(&publishable, id).len() > 1, "{id}");
    }
}

#[test]
fn indicators_that_tell_nothing_of_each_other_are_judged_alone() {
    let ids = ["HH7", "HH18", "HH12-DAILY-USERS"];
    let estimates = [USE, USE, OF_USERS].into_iter().zip(ids).flat_map(|(n, id)| levels(id, n));
    let publishable = reviewed(estimates.collect(), &ids, &dhs());
    assert_eq!(shown(&publishable, "HH12-DAILY-USERS"), ["all", "25–64"]);
    for id in ["HH7", "HH18"] {
        assert_eq!(shown(&publishable, id).len(), 4, "{id}");
    }
}

#[test]
fn a_share_does_not_follow_from_the_rest_of_its_base() {
    // Fewer said how often than is needed where they go online less than weekly: the others would be the rest.
    let ids = ["HH12-WEEKLY-USERS", "HH12-LESS-USERS"];
    let counts = [[(150, 120), (200, 150), (26, 20)], [(150, 30), (200, 50), (24, 6)]];
    let estimates = |ids: &[&str]| -> Vec<Estimate> {
        ids.iter().zip(counts).flat_map(|(id, n)| levels(id, n)).collect()
    };
    let publishable = reviewed(estimates(&ids), &ids, &dhs());
    assert_eq!(shown(&publishable, ids[1]), ["all", "25–64"]);
    assert_eq!(shown(&publishable, ids[0]), shown(&publishable, ids[1]));
    // What is left to tell apart, once a code is in neither, cannot be worked out.
    let ids = ["HH12-WEEKLY-USERS", "HH12-DAILY-USERS"];
    let publishable = reviewed(estimates(&ids), &ids, &dhs());
    assert_eq!(shown(&publishable, ids[0]), ["all", "15–24", "25–64", "65+"]);
    assert_eq!(shown(&publishable, ids[1]), ["all", "25–64"]);
}

#[test]
fn one_of_three_shares_that_add_up_is_not_withheld_alone() {
    let ids = ["HH7", "HH12-WEEKLY", "HH12-LESS"];
    let counts = [
        [(200, 150), (300, 200), (100, 20)],
        [(200, 120), (300, 150), (100, 14)],
        [(200, 30), (300, 50), (24, 6)],
    ];
    let estimates = ids.iter().zip(counts).flat_map(|(id, n)| levels(id, n)).collect();
    let publishable = reviewed(estimates, &ids, &dhs());
    for group in GROUPS.iter().map(|group| Some(*group)).chain([None]) {
        let withheld = |id: &&str| publishable.get(&key(id, group)).unwrap().cell == Cell::Withheld;
        let withheld = ids.iter().filter(|id| withheld(id)).count();
        assert!(withheld != 1, "{group:?}");
        assert_eq!(withheld > 1, group == Some("65+") || group == Some("15–24"), "{group:?}");
    }
}
