//! Names stand in the order in which a reader of the language looks them up.

use inclusion_language::{Language, collation_key};
use inclusion_registry::Areas;

/// The names in reverse, put in order: as they are given.
fn stands(language: Language, names: &[&str]) {
    let mut sorted: Vec<&str> = names.iter().rev().copied().collect();
    sorted.sort_by_cached_key(|name| collation_key(language, name));
    assert_eq!(sorted, names, "{}", language.code());
}

#[test]
fn letters_with_accents_stand_with_their_letters_in_english_and_french() {
    stands(
        Language::En,
        &["Afghanistan", "Åland Islands", "Albania", "Costa Rica", "Côte d’Ivoire", "Croatia"],
    );
    stands(Language::En, &["Guinea", "Guinea-Bissau", "Guyana", "Türkiye", "Turkmenistan"]);
    stands(
        Language::Fr,
        &[
            "Danemark",
            "Égypte",
            "Élysée",
            "Émirats arabes unis",
            "Équateur",
            "Érythrée",
            "Espagne",
            "Estonie",
            "Eswatini",
            "États-Unis d’Amérique",
            "Éthiopie",
            "Fidji",
            "Îles d’Åland",
            "Inde",
        ],
    );
    // A difference of accents counts only where the letters are the same.
    stands(Language::Fr, &["cote", "coté", "côte", "côté", "coteau"]);
}

#[test]
fn the_enie_of_spanish_is_a_letter_of_its_own() {
    stands(Language::Es, &["Espanto", "Espanzo", "España", "Esparta"]);
    stands(Language::Es, &["Nueva Zelandia", "Nzérékoré", "Ñuñoa", "Omán"]);
    stands(Language::Es, &["Belarús", "Bélgica", "Belice", "Islas Åland", "Islas Caimán"]);
}

#[test]
fn the_yo_of_russian_stands_with_ye_and_cyrillic_before_latin() {
    stands(Language::Ru, &["Ежи", "Ёлка", "Ель", "Желе"]);
    stands(Language::Ru, &["Италия", "Йемен", "Кабо-Верде", "Чад", "Эстония", "Япония", "Albania"]);
}

#[test]
fn the_hamza_of_arabic_changes_no_letter_and_arabic_stands_before_latin() {
    stands(
        Language::Ar,
        &[
            "إسبانيا",
            "أفغانستان",
            "الأردن",
            "البرازيل",
            "ألمانيا",
            "أوكرانيا",
            "بلجيكا",
            "تونس",
            "كوت ديفوار",
            "Albania",
        ],
    );
}

#[test]
fn chinese_names_stand_by_their_pinyin() {
    // A'erbaniya, Andao'er, Aodili, Baxi, Eluosi, Faguo, Keteduiwa, Riben, Zhongguo.
    stands(
        Language::Zh,
        &["阿尔巴尼亚", "安道尔", "奥地利", "巴西", "俄罗斯", "法国", "科特迪瓦", "日本", "中国"],
    );
}

#[test]
fn no_two_areas_have_one_key() {
    for language in Language::ALL {
        let names = Areas::builtin().iter().map(|area| match (&area.names, language) {
            (Some(names), Language::Fr) => &names.fr,
            (Some(names), Language::Es) => &names.es,
            (Some(names), Language::Ru) => &names.ru,
            (Some(names), Language::Ar) => &names.ar,
            (Some(names), Language::Zh) => &names.zh,
            _ => &area.name,
        });
        let mut names: Vec<&String> = names.collect();
        names.sort_by_cached_key(|name| collation_key(language, name));
        let all = names.len();
        names.dedup();
        let mut keys: Vec<Vec<u8>> =
            names.iter().map(|name| collation_key(language, name)).collect();
        keys.dedup();
        assert!(all > 250);
        assert_eq!(keys.len(), names.len(), "{}", language.code());
    }
}
