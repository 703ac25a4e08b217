//! The six languages of the outputs.
//!
//! Texts are made in English, each after one message of `messages/en.ftl`. A [`Translator`] reads a
//! finished text by these messages, takes its parts (figures, names, phrases that are messages
//! themselves) and says the message of the same id in the language asked for. What follows no
//! message is not guessed: it is given back as untranslated, so that nothing becomes half English.
//!
//! Numbers, plurals and the order of names follow the Unicode Common Locale Data Repository (CLDR).

mod collation;
mod messages;
mod numerals;
mod template;
mod terms;
mod translator;

pub use collation::collation_key;
pub use messages::{messages, say};
pub use numerals::figure;
pub use terms::terms;
pub use translator::Translator;

/// A language of the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
    /// Chinese, simplified.
    Zh,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Language; 6] =
        [Language::En, Language::Fr, Language::Es, Language::Ru, Language::Ar, Language::Zh];

    /// The code of BCP 47: `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::Es => "es",
            Language::Ru => "ru",
            Language::Ar => "ar",
            Language::Zh => "zh",
        }
    }

    /// The language of a code.
    ///
    /// ```
    /// use inclusion_language::Language;
    /// assert_eq!(Language::parse("fr"), Some(Language::Fr));
    /// assert_eq!(Language::parse("de"), None);
    /// ```
    pub fn parse(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Written from right to left.
    pub fn is_rtl(self) -> bool {
        self == Language::Ar
    }

    /// What stands between two sentences.
    pub fn between_sentences(self) -> &'static str {
        if self == Language::Zh { "" } else { " " }
    }

    /// What ends a sentence.
    pub fn full_stop(self) -> &'static str {
        if self == Language::Zh { "。" } else { "." }
    }
}
