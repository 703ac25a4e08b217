//! One source under several names: in capitals or small letters, with accents or without, in full or by its
//! initials. Only another source is a change that breaks a trend.

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
    /// Letters of a name of one word, which may be initials: `I.N.E`, `INEI`.
    short: Option<String>,
    initials: String,
}

/// Most letters of initials.
const SHORT: usize = 8;

impl Words {
    fn of(name: &str) -> Words {
        let outside = without_brackets(name);
        let key = name_key(&outside);
        // The key is sorted; initials are in the order of the name.
        let of_word = |word: &str| name_key(word).chars().next();
        let parts = outside.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let initials = parts.filter_map(of_word).collect();
        let words: BTreeSet<String> = key.split(' ').map(str::to_string).collect();
        let short = (words.len() == 1 && (2..=SHORT).contains(&key.chars().count())).then_some(key);
        Words { words, short, initials }
    }

    /// The same words, all words of one in the other, or one the initials of the other.
    fn is(&self, other: &Words) -> bool {
        let initials =
            |a: &Words, b: &Words| a.short.as_ref().is_some_and(|own| *own == b.initials);
        self.words.is_subset(&other.words)
            || other.words.is_subset(&self.words)
            || initials(self, other)
            || initials(other, self)
    }
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

/// A name without what stands in brackets, which is mostly its abbreviation; all of it if nothing else is there.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let outside = name.chars().filter(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    let outside: String = outside.collect();
    if outside.trim().is_empty() { name.to_string() } else { outside }
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
            ["I.N.E", "Instituto Nacional de Estadistica"],
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
        assert_eq!(sources(&["Household survey 2014", "Household survey 2017"]), 2);
        assert_eq!(
            sources(&["Central Statistical Organization", "Communications and Media Commission"]),
            2
        );
    }
}
