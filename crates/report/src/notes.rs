//! The notes of one table: what is marked, and what is true of all of it.

use crate::{AnnexInput, Note, codes, words};
use inclusion_registry::{Footnotes, Policy, Style};
use std::collections::{BTreeMap, BTreeSet};

/// Collects the notes of a table while its cells are made.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    numbers: bool,
    marked: Vec<String>,
    general: Vec<String>,
    withheld: bool,
    unreliable: bool,
    unreliable_by_source: bool,
    zero: bool,
    negligible: bool,
    natures: BTreeSet<String>,
    statuses: BTreeSet<String>,
    intervals: BTreeMap<(u8, &'static str), BTreeSet<&'static str>>,
    levels: BTreeSet<String>,
}

impl Notes {
    /// Marks are numbers where the style says so, else letters.
    pub fn new(footnotes: Footnotes) -> Notes {
        Notes { numbers: footnotes == Footnotes::Numbers, ..Notes::default() }
    }

    /// The mark of a note, which is added if it is new.
    pub fn mark(&mut self, text: &str) -> String {
        let text = words::sentence(&words::capital(text));
        let place = match self.marked.iter().position(|t| *t == text) {
            Some(place) => place,
            None => {
                self.marked.push(text);
                self.marked.len() - 1
            }
        };
        self.sign(place)
    }

    /// The marks of one cell in the order of their notes, each once.
    pub fn in_order(marks: &mut Vec<String>) {
        marks.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        marks.dedup();
    }

    fn sign(&self, place: usize) -> String {
        if self.numbers {
            return (place + 1).to_string();
        }
        let letter = |i: usize| char::from(b'a' + (i % 26) as u8);
        match place / 26 {
            0 => letter(place).to_string(),
            more => format!("{}{}", letter(more - 1), letter(place)),
        }
    }

    /// A note on the whole table.
    pub fn general(&mut self, text: &str) {
        let text = words::sentence(&words::capital(text));
        if !text.is_empty() && !self.general.contains(&text) {
            self.general.push(text);
        }
    }

    /// A withheld cell was printed.
    pub fn withheld(&mut self) {
        self.withheld = true;
    }

    /// A value of low reliability was printed.
    pub fn unreliable(&mut self) {
        self.unreliable = true;
    }

    /// A published value was printed that its source calls unreliable.
    pub fn unreliable_by_source(&mut self) {
        self.unreliable_by_source = true;
    }

    /// The mark of an exact zero was printed.
    pub fn zero(&mut self) {
        self.zero = true;
    }

    /// The mark of a value that rounds to zero was printed.
    pub fn negligible(&mut self) {
        self.negligible = true;
    }

    /// A code of the nature of a figure was printed.
    pub fn nature(&mut self, code: &str) {
        self.natures.insert(code.to_string());
    }

    /// The style's mark of a figure's status was printed.
    pub fn status(&mut self, mark: &str) {
        self.statuses.insert(mark.to_string());
    }

    /// An interval was printed.
    pub fn interval(&mut self, order: u8, of: &'static str, method: &'static str, level: f64) {
        self.intervals.entry((order, of)).or_default().insert(method);
        self.levels.insert(crate::numbers::level(level));
    }

    /// What the marks of zeros mean.
    fn zeros(&self, style: &Style) -> Vec<Note> {
        const ZERO: &str = "Zero.";
        const NEGLIGIBLE: &str = "Not zero, and less than half of the unit printed.";
        let zero = style.zero.clone().filter(|_| self.zero);
        let negligible = style.negligible.clone().filter(|_| self.negligible);
        match (zero, negligible) {
            (Some(mark), Some(same)) if mark == same => {
                vec![sign(mark, "Zero, or less than half of the unit printed.".into())]
            }
            (zero, negligible) => zero
                .map(|mark| sign(mark, ZERO.into()))
                .into_iter()
                .chain(negligible.map(|mark| sign(mark, NEGLIGIBLE.into())))
                .collect(),
        }
    }

    /// All notes: signs, then marked ones, then those on the whole table.
    pub fn finish(self, input: &AnnexInput<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        let (before, after) = &input.style.unreliable;
        let round = format!("{before} {after}");
        if self.unreliable {
            notes.push(sign(round.clone(), unreliable_text(input.policy)));
        }
        if self.unreliable_by_source {
            notes.push(sign(round, "Low reliability: the source gives the status U.".into()));
        }
        if self.withheld {
            notes.push(sign(input.style.withheld.clone(), withheld_text(input.policy)));
        }
        notes.extend(self.zeros(input.style));
        for (place, text) in self.marked.iter().enumerate() {
            notes.push(Note { mark: self.sign(place), text: text.clone(), raised: true });
        }
        if !self.intervals.is_empty() {
            let levels: Vec<&str> = self.levels.iter().map(String::as_str).collect();
            let kinds: Vec<String> = self
                .intervals
                .iter()
                .map(|((_, of), methods)| {
                    let methods: Vec<&str> = methods.iter().copied().collect();
                    format!("{of}, {}", words::list(&methods))
                })
                .collect();
            notes.push(whole(format!(
                "{} confidence intervals: {}.",
                words::list(&levels),
                kinds.join("; ")
            )));
        }
        let told = |start: &str, codes: Vec<String>| {
            (!codes.is_empty()).then(|| whole(format!("{start}: {}.", codes.join(", "))))
        };
        notes.extend(told(
            "Nature by the codes of the UN SDG database",
            codes::natures_told(&self.natures),
        ));
        let statuses = codes::statuses_told(&self.statuses, input.style);
        notes.extend(told("Status of the source", statuses));
        notes.extend(self.general.into_iter().map(whole));
        notes
    }
}

fn sign(mark: String, text: String) -> Note {
    Note { mark: mark.trim().to_string(), text, raised: false }
}

fn whole(text: String) -> Note {
    Note { mark: String::new(), text, raised: false }
}

/// What the mark of low reliability means.
pub(crate) fn unreliable_text(policy: &Policy) -> String {
    let rules = policy.unreliable_when();
    match rules.is_empty() {
        true => "Low reliability: no figure is marked.".to_string(),
        false => format!("Low reliability: {}.", rules.join("; or ")),
    }
}

/// What the withheld mark means.
pub(crate) fn withheld_text(policy: &Policy) -> String {
    let rules = policy.withheld_when();
    match rules.is_empty() {
        true => "Withheld: no figure.".to_string(),
        false => format!(
            "Withheld: {}, or a figure from which such a one could be worked out.",
            rules.join("; or ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_cell_stand_in_the_order_of_the_notes() {
        let ordered = |marks: &[&str]| {
            let mut marks: Vec<String> = marks.iter().map(|mark| mark.to_string()).collect();
            Notes::in_order(&mut marks);
            marks
        };
        assert_eq!(ordered(&["aa", "b", "z", "b"]), ["b", "z", "aa"]);
        assert_eq!(ordered(&["10", "9", "2"]), ["2", "9", "10"]);
    }

    #[test]
    fn a_note_has_one_mark_however_often_it_is_used() {
        let mut notes = Notes::new(Footnotes::Letters);
        assert_eq!(notes.mark("no cases"), "a");
        assert_eq!(notes.mark("proxy"), "b");
        assert_eq!(notes.mark("no cases"), "a");
        assert_eq!(Notes::new(Footnotes::Numbers).mark("no cases"), "1");
    }
}
