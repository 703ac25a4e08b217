//! Terms of the built-in registry: English texts and their translations.

use crate::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What most studies show, and the rest of the registry.
macro_rules! terms_of {
    ($code:literal) => {
        concat!(
            include_str!(concat!("../terms/", $code, ".toml")),
            include_str!(concat!("../terms/catalogue/", $code, ".toml"))
        )
    };
}

type Terms = HashMap<String, String>;

/// The translations of the built-in registry's texts, by English text; none for English.
///
/// ```
/// use inclusion_language::{Language, terms};
/// assert_eq!(terms(Language::Fr)["Rural"], "Rural");
/// assert!(terms(Language::En).is_empty());
/// ```
pub fn terms(language: Language) -> &'static HashMap<String, String> {
    static TERMS: LazyLock<[Terms; 6]> = LazyLock::new(|| Language::ALL.map(read));
    &TERMS[language as usize]
}

fn read(language: Language) -> Terms {
    toml::from_str(source(language)).expect("invariant: a test reads the built-in terms")
}

fn source(language: Language) -> &'static str {
    match language {
        Language::En => "",
        Language::Fr => terms_of!("fr"),
        Language::Es => terms_of!("es"),
        Language::Ru => terms_of!("ru"),
        Language::Ar => terms_of!("ar"),
        Language::Zh => terms_of!("zh"),
    }
}
