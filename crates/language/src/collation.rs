//! The order of names in a language.
//!
//! Names are put in order as a reader of the language looks them up: by the rules of the Unicode Common
//! Locale Data Repository (CLDR), which know accents, the ñ of Spanish, the ё of Russian and the pinyin
//! of Chinese characters.

use crate::Language;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::sync::LazyLock;

/// What names are sorted by in a language: bytes to compare, and nothing to keep.
///
/// ```
/// use inclusion_language::{Language, collation_key};
/// let mut names = ["Zambie", "Égypte", "Espagne", "Équateur", "Danemark"];
/// names.sort_by_cached_key(|name| collation_key(Language::Fr, name));
/// assert_eq!(names, ["Danemark", "Égypte", "Équateur", "Espagne", "Zambie"]);
/// ```
pub fn collation_key(language: Language, name: &str) -> Vec<u8> {
    static COLLATORS: LazyLock<[CollatorBorrowed<'static>; 6]> =
        LazyLock::new(|| Language::ALL.map(collator));
    let mut key = Vec::new();
    let Ok(()) = COLLATORS[language as usize].write_sort_key_to(name, &mut key);
    key
}

fn collator(language: Language) -> CollatorBorrowed<'static> {
    let locale: Locale = language.code().parse().expect("invariant: the codes are of BCP 47");
    Collator::try_new(locale.into(), CollatorOptions::default())
        .expect("invariant: the data of the six languages are built in")
}
