//! One source under several names: in capitals or small letters, with accents or without, in full or by its
//! initials, with a slip of the keyboard. Only another source is a change that breaks a trend.

use inclusion_registry::name_key;
use std::collections::BTreeSet;

/// The names of the sources of one country, the first spelling of each.
#[derive(Default)]
pub(super) struct SourceNames<'a> {
    known: Vec<(Words, &'a str)>,
}

/// What is compared of a name.
struct Words {
    /// Without case, accents, punctuation, articles and what stands in brackets.
    words: BTreeSet<String>,
    /// What stands in brackets: mostly the abbreviation, or the name in another language.
    aside: BTreeSet<String>,
    /// Letters of a name of one word, which may be initials: `I.N.E`, `INEI`.
    short: Option<String>,
    initials: String,
    /// All letters and digits of the name, in its order.
    letters: String,
}

/// Most letters of initials.
const SHORT: usize = 8;

/// Least likeness of two names, by edits to a letter, of which one is the other with a slip of the keyboard: one
/// in ten letters.
const ALIKE: f64 = 0.9;

/// Fewest letters of such names: in a short one a letter may tell two sources apart.
const LONG: usize = 20;

impl Words {
    fn of(name: &str) -> Words {
        let (outside, inside) = parted(name);
        let key = name_key(&outside);
        // The key is sorted; initials are in the order of the name.
        let of_word = |word: &str| name_key(word).chars().next();
        let parts = outside.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let initials = parts.filter_map(of_word).collect();
        // As one word, of which nothing is left out.
        let letters: String = outside.chars().filter(|c| c.is_alphanumeric()).collect();
        let letters = name_key(&letters);
        let words = set(&key);
        let short = (words.len() == 1 && (2..=SHORT).contains(&key.chars().count())).then_some(key);
        Words { words, aside: set(&name_key(&inside)), short, initials, letters }
    }

    /// The same words, all words of one in the other, one the initials of the other, or one misspelt.
    fn is(&self, other: &Words) -> bool {
        let within = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_empty() && a.is_subset(b);
        let either = |a: &Words, b: &Words| {
            within(&a.words, &b.words)
                || within(&a.aside, &b.words)
                || a.short.as_ref().is_some_and(|own| *own == b.initials)
        };
        either(self, other) || either(other, self) || self.misspells(other)
    }

    fn misspells(&self, other: &Words) -> bool {
        let digits = |words: &Words| -> String {
            words.letters.chars().filter(char::is_ascii_digit).collect()
        };
        self.letters.chars().count().min(other.letters.chars().count()) >= LONG
            && digits(self) == digits(other)
            && strsim::normalized_damerau_levenshtein(&self.letters, &other.letters) >= ALIKE
    }
}

fn set(key: &str) -> BTreeSet<String> {
    key.split_whitespace().map(str::to_string).collect()
}

impl<'a> SourceNames<'a> {
    /// The first spelling of this source.
    pub(super) fn first(&mut self, name: &'a str) -> &'a str {
        let words = Words::of(name);
        if let Some((_, first)) = self.known.iter().find(|(known, _)| known.is(&words)) {
            return first;
        }
        self.known.push((words, name));
        name
    }
}

/// What stands outside brackets and inside them; all of it outside if nothing else is there.
fn parted(name: &str) -> (String, String) {
    let mut depth = 0_usize;
    let (mut outside, mut inside) = (String::new(), String::new());
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.push(c),
        }
    }
    if outside.trim().is_empty() { (inside, String::new()) } else { (outside, inside) }
}

#[cfg(test)]
mod tests {
    use super::SourceNames;

    /// Number of different sources among names.
    fn sources(names: &[&'static str]) -> usize {
        let mut known = SourceNames::default();
        let firsts = names.iter().map(|name| known.first(name));
        firsts.collect::<std::collections::BTreeSet<_>>().len()
    }

    #[test]
    fn spellings_and_abbreviations_of_a_source_are_one() {
        for names in [
            ["Instituto Nacional de Estatística", "INSTITUTO NACIONAL DE ESTATISTICA"],
            [
                "Instituto Nacional de Estadística e Informática - INEI",
                "Instituto Nacional de Estadistica e Informatica",
            ],
            [
                "National Statistics Office of Georgia - Geostat",
                "National Statistics Office, Georgia",
            ],
            ["Bangladesh Bureau of Statistics(BBS)", "The Bangladesh Bureau of Statistics"],
            ["BPS-Statistics Indonesia", "BADAN PUSAT STATISTIK (STATISTICS INDONESIA)"],
            ["I.N.E", "Instituto Nacional de Estadistica"],
            ["Ministriy of Sceience and ICT(MSIT)", "Ministry of Science and ICT"],
            [
                "Communications andI nformation Technology Commision",
                "Communication and Information Technology Commission (CITC)",
            ],
            [
                "Committee on Statistics, Ministry of Economy",
                "Ministry of Economy Committee on Statistics",
            ],
        ] {
            assert_eq!(sources(&names), 1, "{names:?}");
        }
    }

    #[test]
    fn other_sources_are_others() {
        let names = [
            "Statistics Lithuania",
            "ITU",
            "Telecommunications Regulatory Authority",
            "MICS 2018",
            "(ITU data)",
        ];
        assert_eq!(sources(&names), 4);
        assert_eq!(sources(&["MICS (UNICEF)", "DHS (UNICEF)"]), 2);
        assert_eq!(sources(&["Household survey 2014", "Household survey 2017"]), 2);
        assert_eq!(
            sources(&["Central Statistical Organization", "Communications and Media Commission"]),
            2
        );
    }
}
