//! Every text of the built-in registry that an annex may show has a translation.

use inclusion_language::{Language, Translator, terms};
use inclusion_registry::Registry;

/// The texts of the registry that are said in the language of an annex; citations and names of surveys are not.
fn texts(registry: &Registry) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for of in registry.indicators.values() {
        texts
            .extend([&of.name, &of.statement, &of.custodian, &of.universe_text].map(String::clone));
        texts.extend([&of.numerator_text, &of.reference_period].map(String::clone));
        texts.extend(of.notes.iter().cloned());
        texts.extend(of.draft_reason.clone());
        texts.extend(of.earlier_periods.iter().map(|period| period.text.clone()));
        for target in &of.targets {
            texts.push(target.set_by.clone());
            texts.extend(target.note.clone());
        }
    }
    for concept in registry.concepts.values() {
        texts.push(concept.name.clone());
        texts.extend(concept.codes.iter().map(|code| code.name.clone()));
    }
    for recipe in registry.recipes.values() {
        texts.push(recipe.coverage.clone());
        texts.extend(recipe.notes.iter().cloned());
        texts.extend(recipe.concepts.values().filter_map(|mapping| mapping.note.clone()));
        texts.extend(recipe.indicators.values().filter_map(|own| own.proxy.clone()));
        texts.extend(recipe.indicators.values().filter_map(|own| own.unavailable.clone()));
        texts.extend(recipe.keep.iter().map(|keep| keep.reason.clone()));
    }
    for grouping in registry.groupings.iter() {
        texts.push(grouping.name.clone());
        texts.extend(grouping.groups.iter().map(|group| group.name.clone()));
    }
    texts.extend(registry.policies.values().map(|policy| policy.name.clone()));
    texts.extend(registry.thresholds.values().map(|set| set.name.clone()));
    texts.extend(registry.styles.values().flat_map(|style| style.headers.values().cloned()));
    texts.extend(registry.styles.values().flat_map(|style| style.notes.iter().cloned()));
    texts.retain(|text| !text.is_empty());
    texts.sort_unstable();
    texts.dedup();
    texts
}

#[test]
fn every_text_of_the_registry_has_a_translation() {
    let texts = texts(&Registry::builtin().expect("the built-in registry"));
    assert!(texts.len() > 900, "{} texts", texts.len());
    for language in [Language::Fr, Language::Es, Language::Ru, Language::Ar, Language::Zh] {
        let translator = Translator::new(language, terms(language).clone(), Default::default());
        let without: Vec<&String> =
            texts.iter().filter(|text| translator.text(text).is_none()).collect();
        assert!(without.is_empty(), "{}: {without:#?}", language.code());
    }
}

/// The persons of an indicator stand behind a preposition as well as alone, so no word of theirs may change its
/// ending: the sound plural does (المشمولون, من المشمولين).
#[test]
fn persons_in_arabic_are_said_with_words_that_keep_their_ending() {
    let registry = Registry::builtin().expect("the built-in registry");
    let translator = Translator::new(Language::Ar, terms(Language::Ar).clone(), Default::default());
    let mut universes: Vec<&str> =
        registry.indicators.values().map(|of| of.universe_text.as_str()).collect();
    universes.push("individuals in scope of the survey");
    for text in universes {
        let said = translator.text(text).expect(text);
        let changes = |word: &&str| word.starts_with("ال") && word.ends_with("ون");
        let changing: Vec<&str> = said.split(' ').filter(changes).collect();
        assert!(changing.is_empty(), "{text}: {said}");
    }
    assert_eq!(
        translator.text("per cent of individuals in scope of the survey").as_deref(),
        Some("النسبة المئوية من الأفراد الذين يشملهم نطاق المسح")
    );
}
