//! English texts by message to texts of another language.

use crate::Language;
use crate::messages::{say, source, try_say};
use crate::numerals::{Numeral, figure};
use crate::template::{Kind, Part, parts, patterns};
use fluent_bundle::{FluentArgs, FluentValue};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Messages of English: those without variables by their text, the others with the most fixed words
/// first.
struct Catalogue {
    fixed: HashMap<String, String>,
    templates: Vec<(String, Vec<Part>)>,
    /// Places of templates by the rarest of their words that a text must have.
    by_word: HashMap<String, Vec<usize>>,
    /// Places of the templates without such a word.
    wordless: Vec<usize>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut fixed = HashMap::new();
    let mut templates: Vec<(String, Vec<Part>)> = Vec::new();
    for (id, pattern) in patterns(source(Language::En)) {
        let parts = parts(&pattern).expect("invariant: a test reads the English messages");
        match &parts[..] {
            [Part::Words(words)] => {
                fixed.entry(words.clone()).or_insert(id);
            }
            _ => templates.push((id, parts)),
        }
    }
    templates.sort_by_key(|(_, parts)| Reverse(letters(parts)));
    let required: Vec<Vec<&str>> = templates.iter().map(|(_, parts)| whole_words(parts)).collect();
    let mut often: HashMap<&str, usize> = HashMap::new();
    for word in required.iter().flatten() {
        *often.entry(*word).or_default() += 1;
    }
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    let mut wordless = Vec::new();
    for (place, words) in required.iter().enumerate() {
        match words.iter().min_by_key(|word| (often[**word], Reverse(word.len()))) {
            Some(word) => by_word.entry(word.to_string()).or_default().push(place),
            None => wordless.push(place),
        }
    }
    Catalogue { fixed, templates, by_word, wordless }
});

impl Catalogue {
    /// The templates that a text may follow.
    fn candidates(&self, text: &str) -> Vec<usize> {
        let mut places = self.wordless.clone();
        for word in words(text) {
            places.extend(self.by_word.get(word).into_iter().flatten());
        }
        places
    }
}

/// How many bytes of a template are fixed.
fn letters(parts: &[Part]) -> usize {
    parts.iter().map(|part| if let Part::Words(words) = part { words.len() } else { 0 }).sum()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty())
}

/// The fixed words of a template that no variable can lengthen.
fn whole_words(parts: &[Part]) -> Vec<&str> {
    let mut found = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let Part::Words(text) = part else { continue };
        let open = |c: char| c.is_ascii_alphabetic();
        let text = match place {
            0 => text.as_str(),
            _ => text.trim_start_matches(open),
        };
        let text = if place + 1 == parts.len() { text } else { text.trim_end_matches(open) };
        found.extend(words(text));
    }
    found
}

/// Translates finished English texts.
///
/// ```
/// use inclusion_language::{Language, Translator};
/// let terms = [("Urban".to_string(), "Urbain".to_string())].into();
/// let french = Translator::new(Language::Fr, terms, Default::default());
/// assert_eq!(french.text("Urban").as_deref(), Some("Urbain"));
/// assert_eq!(french.text("Women").as_deref(), Some("Femmes"));
/// assert_eq!(french.text("words of nobody knows what"), None);
/// ```
#[derive(Debug)]
pub struct Translator {
    language: Language,
    terms: HashMap<String, String>,
    names: HashSet<String>,
    /// Terms and names with what joins others in them, `Northern Africa and Western Asia`, by the word before the
    /// joint, with its place.
    joined: HashMap<String, Vec<(String, usize)>>,
    known: RefCell<HashMap<String, Option<String>>>,
}

impl Translator {
    /// A translator with terms (English text to its translation: names of indicators, categories,
    /// areas) and names, which stay as they are.
    pub fn new(
        language: Language,
        terms: HashMap<String, String>,
        names: HashSet<String>,
    ) -> Translator {
        let mut joined: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        for text in terms.keys().chain(&names) {
            for (at, _) in text.match_indices(JOINT) {
                joined.entry(last_word(&text[..at]).into()).or_default().push((text.clone(), at));
            }
        }
        Translator { language, terms, names, joined, known: RefCell::default() }
    }

    /// The language of its texts.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text in the language; `None` if a part of it follows no message and is no term or name.
    pub fn text(&self, text: &str) -> Option<String> {
        if self.language == Language::En || text.trim().is_empty() {
            return Some(text.to_string());
        }
        if let Some(known) = self.known.borrow().get(text) {
            return known.clone();
        }
        // Until it is found a text is not its own part.
        self.known.borrow_mut().insert(text.to_string(), None);
        let found = self.find(text);
        self.known.borrow_mut().insert(text.to_string(), found.clone());
        found
    }

    fn find(&self, text: &str) -> Option<String> {
        self.as_is(text)
            .or_else(|| self.other_case(text))
            .or_else(|| self.long_list(text))
            .or_else(|| self.by_template(text, Reach::OfAClause))
            .or_else(|| self.by_template(text, Reach::OfTheMessage))
            .or_else(|| self.sentences(text))
            .or_else(|| self.sentence(text))
            .or_else(|| self.by_template(text, Reach::Anywhere))
    }

    /// A text with a list of many items: the ways to divide it are as many as their square, so one word
    /// stands for the items between the first and the last while the rest is read.
    fn long_list(&self, text: &str) -> Option<String> {
        const LONG: usize = 8;
        let items: Vec<&str> = text.split("; ").collect();
        let [_, middle @ .., last] = &items[..] else { return None };
        if middle.len() < LONG {
            return None;
        }
        // What stands before the list may have semicolons, too.
        let middle: Vec<Option<String>> = middle.iter().map(|item| self.text(item)).collect();
        let begin = middle.iter().rposition(Option::is_none).map_or(0, |place| place + 1);
        let middle: Vec<String> = middle.into_iter().skip(begin).flatten().collect();
        if middle.len() < LONG {
            return None;
        }
        let first = items[..=begin].join("; ");
        let said = self.text(&format!("{first}; {ITEMS}; {last}"))?;
        let pair = self.text(&format!("{ITEMS}; {ITEMS}"))?;
        let between = pair.strip_prefix(ITEMS)?.strip_suffix(ITEMS)?;
        let (before, after) = said.split_once(ITEMS)?;
        Some(format!("{before}{}{after}", middle.join(between)))
    }

    /// A text without parts.
    fn as_is(&self, text: &str) -> Option<String> {
        if let Some(term) = self.terms.get(text) {
            return Some(term.clone());
        }
        if self.names.contains(text) {
            return Some(text.to_string());
        }
        if let Some(id) = CATALOGUE.fixed.get(text) {
            return try_say(self.language, id, &FluentArgs::new());
        }
        match is_code(text) || text == ITEMS {
            true => Some(text.to_string()),
            false => figure(self.language, text),
        }
    }

    /// A text at the beginning of a sentence, or inside one.
    fn other_case(&self, text: &str) -> Option<String> {
        let (other, back) = turned(text)?;
        self.as_is(&other).map(|text| back(&text))
    }

    /// A text that is a sentence only by its full stop.
    fn sentence(&self, text: &str) -> Option<String> {
        let text = self.text(text.strip_suffix('.')?)?;
        Some(format!("{text}{}", self.language.full_stop()))
    }

    /// Several sentences, one after the other.
    fn sentences(&self, text: &str) -> Option<String> {
        text.match_indices(". ").find_map(|(at, _)| {
            let rest = self.text(&text[at + 2..])?;
            let first = self.text(&text[..at + 1])?;
            Some(format!("{first}{}{rest}", self.language.between_sentences()))
        })
    }

    /// A text by the message with the most fixed words, as it is or with its first letter in the other
    /// case.
    fn by_template(&self, text: &str, reach: Reach) -> Option<String> {
        let other = turned(text);
        let mut places = CATALOGUE.candidates(text);
        places.extend(other.iter().flat_map(|(other, _)| CATALOGUE.candidates(other)));
        places.sort_unstable();
        places.dedup();
        places.into_iter().find_map(|place| {
            self.said(place, text, reach).or_else(|| {
                let (other, back) = other.as_ref()?;
                self.said(place, other, reach).map(|text| back(&text))
            })
        })
    }

    fn said(&self, place: usize, text: &str, reach: Reach) -> Option<String> {
        let (id, parts) = &CATALOGUE.templates[place];
        let open = matches!(parts.last(), Some(Part::Variable(..)));
        if (open && reach != Reach::Anywhere && text.ends_with('.')) || !may_fit(parts, text) {
            return None;
        }
        if reach == Reach::OfAClause && swallows_a_clause(parts, text) {
            return None;
        }
        let mut args = Vec::new();
        if !self.bind(parts, text, reach, &mut args) {
            return None;
        }
        let args: FluentArgs<'_> = args.into_iter().collect();
        try_say(self.language, id, &args)
    }

    /// Fits the parts to a text; the variables are then in `args`.
    fn bind<'p>(
        &self,
        parts: &'p [Part],
        text: &str,
        reach: Reach,
        args: &mut Vec<(&'p str, FluentValue<'static>)>,
    ) -> bool {
        match parts {
            [] => text.is_empty(),
            [Part::Words(words), rest @ ..] => match text.strip_prefix(words.as_str()) {
                Some(text) => self.bind(rest, text, reach, args),
                None => false,
            },
            [Part::Variable(name, kind)] => match self.value(*kind, text, reach) {
                Some(value) => {
                    args.push((name, value));
                    true
                }
                None => false,
            },
            [Part::Variable(name, kind), rest @ ..] => {
                let [Part::Words(words), ..] = rest else { return false };
                let mut from = 0;
                while let Some(at) = text[from..].find(words.as_str()).map(|at| from + at) {
                    let many = args.len();
                    // The rest first: it is mostly fixed words, which tell at once.
                    if !self.divides_a_term(text, at, words)
                        && self.bind(rest, &text[at..], reach, args)
                        && let Some(value) = self.value(*kind, &text[..at], reach)
                    {
                        args.push((name, value));
                        return true;
                    }
                    args.truncate(many);
                    from = at + text[at..].chars().next().map_or(1, char::len_utf8);
                }
                false
            }
        }
    }

    /// Whether a joint at this place is one of a term.
    fn divides_a_term(&self, text: &str, at: usize, joint: &str) -> bool {
        // The first letter may be that of a sentence.
        let begins = |(term, place): &(String, usize)| {
            let first = term.chars().next().map_or(0, char::len_utf8);
            let behind = (at + first).checked_sub(*place).and_then(|start| text.get(start..));
            behind.is_some_and(|rest| rest.starts_with(&term[first..]))
        };
        let known = || self.joined.get(last_word(&text[..at]));
        joint == JOINT && known().is_some_and(|terms| terms.iter().any(begins))
    }

    /// Names as they are, with the semicolons of the language.
    fn listed(&self, names: &str) -> String {
        let joined = |first: String, rest: &str| {
            say(self.language, "joined-semicolon", &[("first", &first), ("rest", rest)])
        };
        let mut names = names.split("; ");
        let first = names.next().unwrap_or_default().to_string();
        names.fold(first, joined)
    }

    fn value(&self, kind: Kind, text: &str, reach: Reach) -> Option<FluentValue<'static>> {
        if text.is_empty() || text.trim() != text {
            return None;
        }
        // What ends with a joint, or in half of a pair of brackets, goes on; names may hold any sign.
        let is_named = matches!(kind, Kind::Name | Kind::Names) && reach == Reach::Anywhere;
        if !is_named && (text.ends_with([';', ',', ':']) || !brackets_close(text)) {
            return None;
        }
        match kind {
            Kind::Number => Some(FluentValue::Number(Numeral::parse(text)?.fluent())),
            Kind::Figure => Some(figure(self.language, text)?.into()),
            Kind::Id => is_code(text).then(|| text.to_string().into()),
            Kind::Name => Some(text.to_string().into()),
            Kind::Names => Some(self.listed(text).into()),
            Kind::Text => Some(self.text(text)?.into()),
        }
    }
}

/// What stands for items of a list: a character of no text, and a letter, without which it would be a code.
const ITEMS: &str = "\u{E000}x";

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}

/// What joins two names, and stands in some.
const JOINT: &str = " and ";

/// How far the variables of a message reach; what reads a text with the shorter reach is taken first.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reach {
    /// Not beyond their clause: other languages order the words of a clause anew, and what stands
    /// behind a semicolon or in brackets at the end is not to be moved with them.
    OfAClause,
    /// Up to the full stop, which is the message's own.
    OfTheMessage,
    /// Over the full stop as well.
    Anywhere,
}

/// What parts clauses, phrases of a list and headings.
const BREAKS: [&str; 3] = ["; ", " · ", ", "];

/// Whether a variable at the beginning or the end of a message takes in more than a clause. What
/// follows a colon belongs to it, and a message with a break of its own may be of several clauses.
fn swallows_a_clause(parts: &[Part], text: &str) -> bool {
    let own = |mark: &str| {
        parts.iter().any(|part| matches!(part, Part::Words(words) if words.contains(mark)))
    };
    let crosses =
        |text: &str, marks: &[&str]| marks.iter().any(|mark| text.contains(mark) && !own(mark));
    match parts {
        [.., Part::Words(words), Part::Variable(_, Kind::Text | Kind::Name | Kind::Names)]
            if !words.ends_with(": ") =>
        {
            let last = parts.iter().fold(text, |rest, part| match part {
                Part::Words(words) => rest.split_once(words.as_str()).map_or("", |(_, rest)| rest),
                Part::Variable(..) => rest,
            });
            let of_the_last = (!own(" (") && ends_in_brackets(last)) || ends_in_a_figure(last);
            // A joint alone moves nothing, so what ends the last part may be told of it, and so may what parts
            // less than the joint.
            let breaks = match is_joint(parts) {
                true => {
                    &BREAKS[..BREAKS.iter().position(|own| words == own).unwrap_or(BREAKS.len())]
                }
                false => &BREAKS,
            };
            if crosses(last, breaks) || (of_the_last && !is_joint(parts)) {
                return true;
            }
        }
        _ => {}
    }
    match parts {
        [Part::Variable(_, Kind::Text | Kind::Name | Kind::Names), Part::Words(words), ..] => {
            let first = text.find(words.as_str()).map_or("", |at| &text[..at]);
            crosses(first, &BREAKS[..2])
        }
        _ => false,
    }
}

/// A message of signs alone: `{ $first }; { $rest }`.
fn is_joint(parts: &[Part]) -> bool {
    let word =
        |part: &Part| matches!(part, Part::Words(words) if words.chars().any(char::is_alphabetic));
    !parts.iter().any(word)
}

/// Words with the figure that is told of them: `send e-mails: 20%`.
fn ends_in_a_figure(text: &str) -> bool {
    text.rsplit_once(": ").is_some_and(|(_, figure)| !figure.chars().any(char::is_alphabetic))
}

/// Words in brackets at the end; an interval in brackets belongs to its figure.
fn ends_in_brackets(text: &str) -> bool {
    let inner = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    inner.is_some_and(|(_, inner)| inner.chars().any(char::is_alphabetic))
}

/// Whether each bracket of a text has its other half there: with half of a pair a text is no part.
fn brackets_close(text: &str) -> bool {
    let mut open = 0;
    for letter in text.chars() {
        match letter {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// Whether the fixed words stand in a text, in their order.
fn may_fit(parts: &[Part], text: &str) -> bool {
    let mut rest = text;
    for (place, part) in parts.iter().enumerate() {
        let Part::Words(words) = part else { continue };
        match rest.find(words.as_str()) {
            Some(at) if place > 0 || at == 0 => rest = &rest[at + words.len()..],
            _ => return false,
        }
    }
    match parts.last() {
        Some(Part::Words(words)) => text.ends_with(words.as_str()),
        _ => true,
    }
}

/// Codes and fingerprints: capitals and digits, words with underscores, long hexadecimal numbers.
fn is_code(text: &str) -> bool {
    let all = |allowed: fn(char) -> bool| text.chars().all(allowed);
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_./".contains(c);
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (all(upper) && text.starts_with(|c: char| c.is_ascii_uppercase()))
        || (all(lower) && text.contains('_'))
        || (text.len() >= 40 && all(|c| c.is_ascii_hexdigit()))
}

type Back = fn(&str) -> String;

/// The text with its first letter in the other case, and how to turn its translation back.
fn turned(text: &str) -> Option<(String, Back)> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if first.is_uppercase() {
        Some((first.to_lowercase().chain(rest.chars()).collect(), capital))
    } else if first.is_lowercase() {
        Some((first.to_uppercase().chain(rest.chars()).collect(), small))
    } else {
        None
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The first letter small, unless the word is an abbreviation.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_string(),
    }
}
