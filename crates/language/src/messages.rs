//! The message files, in the syntax of Fluent, and how a message is said.

use crate::numerals::{Numeral, spell};
use crate::{Language, template};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

type Bundle = FluentBundle<FluentResource>;

/// The text of a language's message file.
pub(crate) fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../messages/en.ftl"),
        Language::Fr => include_str!("../messages/fr.ftl"),
        Language::Es => include_str!("../messages/es.ftl"),
        Language::Ru => include_str!("../messages/ru.ftl"),
        Language::Ar => include_str!("../messages/ar.ftl"),
        Language::Zh => include_str!("../messages/zh.ftl"),
    }
}

fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: LazyLock<[Bundle; 6]> = LazyLock::new(|| Language::ALL.map(read));
    &BUNDLES[language as usize]
}

fn read(language: Language) -> Bundle {
    let resource = FluentResource::try_new(source(language).to_string())
        .unwrap_or_else(|(resource, _)| resource);
    let id = language.code().parse().expect("invariant: the codes are of BCP 47");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Marks of isolation would stand in every text of a language written from left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| number(Language::En, value),
        Language::Fr => |value, _| number(Language::Fr, value),
        Language::Es => |value, _| number(Language::Es, value),
        Language::Ru => |value, _| number(Language::Ru, value),
        Language::Ar => |value, _| number(Language::Ar, value),
        Language::Zh => |value, _| number(Language::Zh, value),
    }));
    bundle.add_function("FORM", |numbers, _| form(numbers)).expect("invariant: the only function");
    bundle.add_resource_overriding(resource);
    bundle
}

/// A number of the same Arabic plural form below a hundred, or a hundred: CLDR asks for the last two digits of
/// whole numbers, and the library's rules for all.
fn form<'a>(numbers: &[FluentValue<'a>]) -> FluentValue<'a> {
    let [FluentValue::Number(number)] = numbers else { return FluentValue::Error };
    let mut number = number.clone();
    if number.value >= 100.0 && number.value.fract() == 0.0 {
        let last = number.value % 100.0;
        number.value = if last < 3.0 { 100.0 } else { last };
    }
    FluentValue::Number(number)
}

fn number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(spell(language, &Numeral::of(number))),
        _ => None,
    }
}

/// Says a message; its id if the language has none of that id, which a test rules out.
///
/// ```
/// use inclusion_language::{Language, say};
/// assert_eq!(say(Language::Fr, "contents", &[]), "Table des matières");
/// ```
pub fn say(language: Language, id: &str, args: &[(&str, &str)]) -> String {
    let args = args.iter().map(|(name, value)| {
        let value = match name.starts_with("number").then(|| Numeral::parse(value)).flatten() {
            Some(numeral) => FluentValue::Number(numeral.fluent()),
            None => FluentValue::from((*value).to_string()),
        };
        (*name, value)
    });
    try_say(language, id, &args.collect()).unwrap_or_else(|| id.to_string())
}

/// Says a message; `None` if the language has none of that id.
pub(crate) fn try_say(language: Language, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = bundle(language);
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// The messages of a language by their ids, with their variables.
///
/// ```
/// use inclusion_language::{Language, messages};
/// assert!(messages(Language::Fr)["table-number"].contains("name"));
/// ```
pub fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let own = |(id, pattern)| (id, template::variables(&pattern));
    template::patterns(source(language)).into_iter().map(own).collect()
}
