//! The built-in registry: it loads, it is complete, and it says what each survey can give.

use inclusion_registry::{
    Answer, Availability, Condition, Derive, Population, Registry, Statistic, Status, Test,
};

fn registry() -> Registry {
    Registry::builtin().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_built_in_file_loads_and_checks() {
    let registry = registry();
    let kinds = [
        ("concept/", registry.concepts.len()),
        ("indicator/", registry.indicators.len()),
        ("recipe/", registry.recipes.len()),
        ("threshold/", registry.thresholds.len()),
        ("target/", registry.targets.len()),
        ("policy/", registry.policies.len()),
        ("style/", registry.styles.len()),
        ("grouping/", registry.groupings.iter().count()),
    ];
    for (kind, entries) in kinds {
        assert!(entries > 0, "no {kind}");
        let known = registry.provenance.keys().filter(|key| key.starts_with(kind)).count();
        assert_eq!(known, entries, "provenance of {kind}");
    }
    assert!(registry.provenance.values().all(|p| p.is_builtin() && !p.overrides));
    for grouping in registry.groupings.iter() {
        let file = &registry.provenance[&format!("grouping/{}", grouping.id)].file;
        assert_eq!(file, &format!("built-in:groupings/{}.toml", grouping.id));
    }
}

#[test]
fn the_catalogue_has_the_indicators_of_the_custodians() {
    let registry = registry();
    let ids = [
        "HH4",
        "HH5",
        "HH6",
        "HH7",
        "HH9-GOODS",
        "HH10",
        "HH12-DAILY",
        "HH14-COST",
        "HH15-CMFL",
        "HH15-ANY9",
        "HH15-INFO",
        "HH15-BASIC",
        "HH15-BASIC-EU",
        "HH18",
        "HH19-SKILLS",
        "SDG-9.C.1-4G",
        "SDG-17.6.1-10M",
        "SDG-4.A.1-INTERNET",
        "FX-ACCOUNT",
        "AFFORDABILITY-2021",
        "ICT-SPECIALISTS",
        "MICS-SR.4",
        "MICS-SR.13B",
        "DHS-MOBILE",
        "DHS-INTERNET-12M",
    ];
    for id in ids {
        assert!(registry.indicators.contains_key(id), "{id}");
    }
}

#[test]
fn what_is_not_settled_is_a_draft_and_says_why() {
    let registry = registry();
    let drafts: Vec<&str> = registry
        .indicators
        .values()
        .filter(|indicator| indicator.status == Status::Draft)
        .map(|indicator| indicator.id.as_str())
        .collect();
    assert_eq!(
        drafts,
        [
            "DIGITAL-HEALTH",
            "EIGE-GEI",
            "FAS-BORROWERS",
            "FAS-DEPOSITORS",
            "FX-NOPHONE-REASON",
            "FX-NOSMARTPHONE-REASON",
            "FX-PHONE-CONTROL",
            "FX-SCAM",
            "FX-SIM-OWN",
            "HH15-ABOVE-EU",
            "HH15-INTERMEDIATE",
            "HH15-SAFE-ABOVE-EU",
            "HOURS-ONLINE",
            "ICT-SPECIALISTS",
            "IDI",
            "INDIGENOUS-INCLUSION",
            "ONLINE-SAFETY",
            "SMARTPHONE",
            "WID-SCOREBOARD",
        ]
    );
}

#[test]
fn targets_stand_on_their_indicators_with_their_year() {
    let registry = registry();
    let targets = |id: &str| -> Vec<(f64, i32)> {
        registry.indicators[id].targets.iter().map(|t| (t.value, t.year)).collect()
    };
    assert_eq!(targets("HH7"), [(100.0, 2030), (75.0, 2025), (65.0, 2025), (35.0, 2025)]);
    assert_eq!(targets("HH15-BASIC"), [(70.0, 2030), (60.0, 2025)]);
    assert_eq!(targets("HH15-BASIC-EU"), [(80.0, 2030)]);
    assert_eq!(targets("AFFORDABILITY-2021"), [(2.0, 2025)]);
    assert_eq!(targets("FX-DIGITAL-PAYMENT"), [(40.0, 2025)]);
}

#[test]
fn the_coding_of_sex_in_findex_turned_between_2017_and_2021() {
    let registry = registry();
    let one = |round: &str| registry.recipes[round].concepts["sex"].map["1"].clone();
    assert_eq!(
        ["findex/2011", "findex/2014", "findex/2017", "findex/2021", "findex/2024"].map(one),
        ["M", "M", "M", "F", "F"]
    );
}

#[test]
fn findex_letters_change_their_meaning_by_round() {
    let registry = registry();
    let column = |round: &str, concept: &str| {
        registry.recipes[round].concepts.get(concept).and_then(|m| m.column.clone())
    };
    assert_eq!(column("findex/2021", "no_account_religion").as_deref(), Some("fin11e"));
    assert_eq!(column("findex/2024", "no_account_family").as_deref(), Some("fin11e"));
    assert_eq!(column("findex/2024", "no_account_religion"), None);
}

#[test]
fn a_survey_without_the_columns_cannot_give_the_indicator() {
    let registry = registry();
    let of = |recipe: &str, id: &str| {
        registry.availability(&registry.recipes[recipe], &registry.indicators[id])
    };
    assert_eq!(of("tic-domicilios/2015", "HH7"), Availability::Available);
    assert_eq!(of("tic-domicilios/2015-households", "HH6"), Availability::Available);
    assert_eq!(
        of("tic-domicilios/2015", "HH6"),
        Availability::Unavailable(
            "it describes households, and the rows of tic-domicilios/2015 are persons".into()
        )
    );
    assert_eq!(
        of("dhs/model-women", "HH7"),
        Availability::Unavailable("dhs/model-women has no column for `internet_use`".into())
    );
    assert_eq!(
        of("tic-domicilios/2015", "HH19-COST"),
        Availability::Proxy("Asked only of persons who never used the Internet.".into())
    );
    assert_eq!(
        of("tic-domicilios/2015", "SDG-9.C.1-4G"),
        Availability::Unavailable("it comes from published figures, never from survey rows".into())
    );
    assert_eq!(
        of("synthetic/ict", "DHS-MOBILE"),
        Availability::Unavailable(
            "it is defined for dhs surveys, and synthetic/ict is another".into()
        )
    );
    assert!(matches!(of("dhs/women-7", "DHS-MOBILE-FINANCE"), Availability::Unavailable(_)));
    assert_eq!(of("dhs/women-8", "DHS-MOBILE-FINANCE"), Availability::Available);
}

#[test]
fn a_code_that_the_recipe_never_gives_makes_the_indicator_unavailable() {
    let mut registry = registry();
    let recipe = registry.recipes.get_mut("synthetic/ict").unwrap();
    recipe.concepts.get_mut("internet_use").unwrap().map.retain(|_, code| code != "3m");
    let recipe = &registry.recipes["synthetic/ict"];
    assert_eq!(
        registry.availability(recipe, &registry.indicators["HH7"]),
        Availability::Unavailable(
            "synthetic/ict never gives `internet_use` a code that the numerator asks for".into()
        )
    );
}

#[test]
fn five_area_levels_need_every_item_of_the_new_list() {
    let registry = registry();
    for (id, recipe) in &registry.recipes {
        let basic = registry.availability(recipe, &registry.indicators["HH15-BASIC"]);
        assert!(matches!(basic, Availability::Unavailable(_)), "{id}: {basic:?}");
    }
    assert_eq!(
        registry.availability(&registry.recipes["mics6/wm"], &registry.indicators["MICS-SR.13B"]),
        Availability::Available
    );
}

#[test]
fn overrides_change_the_denominator_rule_and_the_base() {
    let registry = registry();
    let resolved = |recipe: &str, id: &str| {
        registry.resolve(&registry.recipes[recipe], &registry.indicators[id])
    };
    assert_eq!(registry.indicators["HH18"].answers.dont_know, Answer::Out);
    assert_eq!(resolved("tic-domicilios/2015", "HH18").answers.dont_know, Answer::No);
    assert_eq!(resolved("dhs/women-8", "DHS-MOBILE").answers.not_asked, Answer::No);
    assert_eq!(resolved("dhs/women-7", "DHS-MOBILE").answers.not_asked, Answer::Out);
    assert_eq!(resolved("dhs/women-7", "DHS-MOBILE").answers.dont_know, Answer::No);
    let never = resolved("tic-domicilios/2016", "HH19-COST").universe;
    assert_eq!(never.all["internet_use"], Test::Codes(vec!["never".into()]));
    assert!(resolved("findex/2021", "FX-ACCOUNT").universe.is_empty());
}

#[test]
fn needs_follow_derivations_to_the_mapped_concepts() {
    let registry = registry();
    let basic = &registry.indicators["HH15-BASIC"];
    assert_eq!(registry.indicator_concepts(basic), ["skills_overall_itu"]);
    let needs = registry.needs(registry.indicator_concepts(basic));
    for id in ["areas_itu", "level_safety_itu", "count_safety", "act_privacy"] {
        assert!(needs.contains(id), "{id}");
    }
    assert!(!needs.contains("skill_cmfl"));
}

#[test]
fn an_open_concept_has_the_codes_of_the_recipe() {
    let registry = registry();
    assert!(registry.concepts["region"].codes.is_empty());
    let concepts = registry.concepts_for(&registry.recipes["tic-domicilios/2015"]);
    let ids: Vec<&str> = concepts["region"].codes.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["N", "NE", "SE", "S", "CO"]);
}

#[test]
fn an_indicator_is_split_only_by_what_it_allows() {
    let registry = registry();
    let household = &registry.indicators["HH6"];
    assert!(registry.may_split(household, "urbanisation"));
    assert!(registry.may_split(household, "household_head_sex"));
    assert!(!registry.may_split(household, "sex"));
    assert!(!registry.may_split(household, "age_group"));
    let person = &registry.indicators["HH7"];
    assert!(registry.may_split(person, "sex"));
    assert!(!registry.may_split(person, "internet_use"));
    assert!(!registry.may_split(person, "no such concept"));
}

/// Skill levels are data; these are the thresholds of the two schemes.
#[test]
fn the_schemes_differ_in_what_is_above_basic() {
    let registry = registry();
    let above = |concept: &str, count: &str| match &registry.concepts[concept].derive {
        Some(Derive::Cases(cases)) => match &cases[0].when.all[count] {
            Test::Range { min, .. } => *min,
            Test::Codes(_) => None,
        },
        _ => None,
    };
    for area in ["information", "communication", "content", "safety", "problem"] {
        let count = format!("count_{area}");
        assert_eq!(above(&format!("level_{area}_itu"), &count), Some(2.0));
        let eurostat = if ["information", "communication"].contains(&area) { 2.0 } else { 3.0 };
        assert_eq!(above(&format!("level_{area}_eurostat"), &count), Some(eurostat));
    }
}

#[test]
fn every_household_indicator_is_unsexed_and_every_ratio_has_its_parts() {
    for indicator in registry().indicators.values() {
        if indicator.population == Population::Household {
            assert!(!indicator.breakdowns.iter().any(|b| b == "sex"), "{}", indicator.id);
        }
        if indicator.statistic == Statistic::Published {
            assert_eq!(indicator.numerator, Condition::default(), "{}", indicator.id);
        }
        assert!(!indicator.source.is_empty() && !indicator.universe_text.is_empty());
    }
}

#[test]
fn thresholds_policies_and_styles_are_those_of_the_institutions() {
    let registry = registry();
    let range = |id: &str| (registry.thresholds[id].lower, registry.thresholds[id].upper);
    assert_eq!(range("itu"), (Some(0.98), Some(1.02)));
    assert_eq!(range("unesco"), (Some(0.97), Some(1.03)));
    let ends: Vec<Option<f64>> =
        registry.thresholds["undp-gdi"].groups.iter().map(|(end, _)| *end).collect();
    assert_eq!(ends, [Some(0.025), Some(0.05), Some(0.075), Some(0.1), None]);
    let dhs = &registry.policies["dhs"];
    assert_eq!((dhs.withhold_below, dhs.unreliable_below, dhs.sex_complement), (25, 50, true));
    for style in registry.styles.values() {
        assert!(registry.thresholds.contains_key(&style.thresholds), "{}", style.id);
        for grouping in &style.groupings {
            assert!(registry.groupings.get(grouping).is_some(), "{}: {grouping}", style.id);
        }
    }
}

/// The marks that publishers state, by style: not available, zero, negligible, not applicable, withheld, what
/// stands round a value of low reliability, and signs by status. Without a mark of its own a zero is printed as
/// 0.0; what a publisher does not state is `None` and is told as unverified.
#[test]
fn styles_have_the_marks_that_their_publishers_state() {
    type Stated<'a> = [Option<&'a str>; 5];
    type Flags<'a> = &'a [(&'a str, &'a str)];
    let stated: [(&str, Stated<'_>, bool, Flags<'_>); 6] = [
        ("world-bank", [Some(".."), Some("0.0"), Some("0.0"), Some(""), None], false, &[]),
        ("unctad", [Some(".."), Some("-"), Some("-"), Some(""), None], false, &[]),
        ("adb", [Some("..."), Some("–"), Some("0.0"), None, None], false, &[("P", "*")]),
        (
            "unesco-uis",
            [Some("…"), Some("(n)"), Some("(n)"), Some("(a)"), None],
            false,
            // The institute's estimate or partial imputation, and a national estimate.
            &[("C E", "(+)"), ("E", "(‡)"), ("I", "(‡)")],
        ),
        ("dhs", [None, Some("0.0"), Some("0.0"), Some("na"), Some("*")], true, &[]),
        ("mics", [None, Some("0.0"), Some("0.0"), Some("na"), Some("(*)")], true, &[]),
    ];
    let registry = registry();
    for (id, marks, brackets, flags) in stated {
        let style = &registry.styles[id];
        let own = |mark: &Option<String>| mark.clone().unwrap_or_else(|| "0.0".into());
        let of_style = [
            ("not_available", style.not_available.clone()),
            ("zero", own(&style.zero)),
            ("negligible", own(&style.negligible)),
            ("not_applicable", style.not_applicable.clone()),
            ("withheld", style.withheld.clone()),
        ];
        for ((key, mark), stated) in of_style.into_iter().zip(marks) {
            match stated {
                Some(stated) => assert_eq!(mark, stated, "{id} {key}"),
                None => assert!(style.unverified.iter().any(|own| own == key), "{id} {key}"),
            }
            let unverified = style.unverified.iter().any(|own| own == key);
            assert_eq!(unverified, stated.is_none(), "{id} {key}");
        }
        let round = ("(".to_string(), ")".to_string());
        assert!(style.unreliable == round, "{id}");
        assert_eq!(style.unverified.iter().any(|own| own == "unreliable"), !brackets, "{id}");
        let found: Vec<(&str, &str)> =
            style.flags.iter().map(|(status, sign)| (status.as_str(), sign.as_str())).collect();
        assert_eq!(found, flags, "{id}");
    }
    // A column of not available is not in what MICS states, but its mark of no case in the denominator.
    assert_eq!(registry.styles["mics"].not_available, "-");
    let uis = &registry.styles["unesco-uis"];
    assert_eq!(uis.flag(Some("C"), "E"), Some("(+)"));
    assert_eq!(uis.flag(Some("M"), "E"), Some("(‡)"));
    assert_eq!(uis.flag(None, "E"), Some("(‡)"));
    assert_eq!(uis.flag(Some("C"), "B"), None);
}

#[test]
fn targets_of_parity_name_rates_and_the_range_of_their_set() {
    let registry = registry();
    let of = |id: &'static str| -> Vec<&str> {
        registry.parity_targets_of(id).map(|target| target.id.as_str()).collect()
    };
    assert_eq!(of("HH7"), ["gender-equality-2025", "gender-parity-2030"]);
    assert_eq!(of("HH18"), ["gender-parity-2030"]);
    assert_eq!(of("HH6"), [""; 0]);
    assert_eq!(
        registry.targets["gender-parity-2030"].describe(&registry),
        "parity of 0.98 to 1.02 (ITU gender parity range) by 2030, set by ITU and Office of the UN \
         Envoy on Technology, universal and meaningful connectivity; documents differ on which \
         indicators it covers"
    );
}

#[test]
fn the_targets_that_were_set_are_there() {
    let registry = registry();
    let mut targets: Vec<(i32, &str, f64, Option<&str>)> = registry
        .indicators
        .values()
        .flat_map(|i| {
            i.targets.iter().map(|t| (t.year, i.id.as_str(), t.value, t.group.as_deref()))
        })
        .collect();
    targets.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)).then(b.2.total_cmp(&a.2)));
    assert_eq!(
        targets,
        [
            (2025, "AFFORDABILITY-2008", 2.0, Some("LMY")),
            (2025, "AFFORDABILITY-2018", 2.0, Some("LMY")),
            (2025, "AFFORDABILITY-2021", 2.0, Some("LMY")),
            (2025, "FX-DIGITAL-PAYMENT", 40.0, None),
            (2025, "HH15-BASIC", 60.0, None),
            (2025, "HH7", 75.0, Some("001")),
            (2025, "HH7", 65.0, Some("LMY")),
            (2025, "HH7", 35.0, Some("199")),
            (2030, "BROADBAND-10M-SHARE", 100.0, None),
            (2030, "HH15-BASIC", 70.0, None),
            (2030, "HH15-BASIC-EU", 80.0, Some("097")),
            (2030, "HH15-INTERMEDIATE", 50.0, None),
            (2030, "HH18", 100.0, None),
            (2030, "HH6", 100.0, None),
            (2030, "HH7", 100.0, None),
            (2030, "SDG-4.A.1-INTERNET", 100.0, None),
        ]
    );
    let parity: Vec<(&str, i32)> =
        registry.targets.values().map(|t| (t.id.as_str(), t.year)).collect();
    assert_eq!(parity, [("gender-equality-2025", 2025), ("gender-parity-2030", 2030)]);
}

#[test]
fn series_of_the_goals_have_their_keys() {
    let registry = registry();
    let series = |id: &str| registry.indicators[id].sdg_series();
    assert_eq!(series("HH7"), Some("IT_USE_ii99"));
    assert_eq!(series("HH18"), Some("IT_MOB_OWN"));
    // Another source's series is not one of the goals.
    assert_eq!(registry.indicators["FX-ACCOUNT"].series.as_deref(), Some("account.t.d"));
    assert_eq!(series("FX-ACCOUNT"), Some("FB_BNK_ACCSS"));
    assert_eq!(series("FX-PHONE"), None);
    // The nine skills are one series, told apart by a dimension.
    let skills: Vec<&str> = registry
        .indicators
        .values()
        .filter(|own| own.sdg_series() == Some("SE_ADT_ACTS"))
        .filter_map(|own| own.sdg_key.dimensions.get("COMPOSITE_BREAKDOWN"))
        .map(String::as_str)
        .collect();
    let different: std::collections::BTreeSet<&str> = skills.iter().copied().collect();
    assert_eq!((skills.len(), different.len()), (9, 9));
}
