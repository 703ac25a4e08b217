//! What two spellings of one name have in common.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that are left out of names or added to them at will, in English, French and Spanish.
const ARTICLES: [&str; 18] = [
    "the", "of", "and", "l", "la", "le", "les", "el", "los", "las", "de", "del", "des", "du", "da",
    "y", "et", "i",
];

/// Abbreviations that institutions write.
const SHORT: [(&str, &str); 9] = [
    ("st", "saint"),
    ("ste", "saint"),
    ("rep", "republic"),
    ("dem", "democratic"),
    ("fed", "federated"),
    ("sts", "states"),
    ("is", "islands"),
    ("isl", "islands"),
    ("island", "islands"),
];

/// The words of a name in alphabetical order: without case, accents, punctuation and articles, and
/// with abbreviations written out. "Korea, Rep." and "the Republic of Korea" have the same key.
///
/// ```
/// use inclusion_registry::name_key;
/// assert_eq!(name_key("Instituto Nacional de Estatística"), "estatistica instituto nacional");
/// assert_eq!(name_key("Korea, Rep."), name_key("the Republic of Korea"));
/// ```
pub fn name_key(name: &str) -> String {
    let plain = plain(name);
    let mut words: Vec<&str> =
        plain.split_whitespace().filter(|word| !ARTICLES.contains(word)).map(written_out).collect();
    words.sort_unstable();
    words.join(" ")
}

/// What names are put in order by: their words without case, accents and punctuation.
///
/// ```
/// use inclusion_registry::sort_key;
/// let mut names = ["Zimbabwe", "Åland Islands", "Croatia", "Côte d’Ivoire", "Costa Rica", "Albania"];
/// names.sort_by_key(|name| sort_key(name));
/// let sorted = ["Åland Islands", "Albania", "Costa Rica", "Côte d’Ivoire", "Croatia", "Zimbabwe"];
/// assert_eq!(names, sorted);
/// ```
pub fn sort_key(name: &str) -> String {
    plain(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name in small letters, without accents; other signs are blanks.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '.' => {}
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    plain
}

fn written_out(word: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
}

#[cfg(test)]
mod tests {
    use super::name_key as key;

    #[test]
    fn spellings_of_one_name_have_one_key_and_other_names_another() {
        assert_eq!(key("Korea, Rep."), key("the Republic of Korea"));
        assert_eq!(key("Côte d’Ivoire"), key("COTE D'IVOIRE"));
        assert_eq!(key("Saint\u{ad}Barthélemy"), key("St. Barthelemy"));
        assert_eq!(key("l'Algérie"), "lalgerie");
        assert_ne!(key("Korea, Dem. Rep."), key("Korea, Rep."));
        assert_ne!(key("Niger"), key("Nigeria"));
        assert_eq!(key("the"), "");
    }
}
