//! Column names with parts that say something: `OBS_VALUE__{sex}__{age}`.
//!
//! A part in braces is a name for what stands there; `{}` stands for anything. A part takes as
//! little text as it can, and `{time}` takes digits only, so `{indicator}_{time}` splits
//! `le_f_2022` before the year.

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Named(String),
}

/// What a pattern found, by name.
pub(crate) type Captures = Vec<(String, String)>;

impl Pattern {
    /// From the recipe's text; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..]
                .find('}')
                .ok_or_else(|| format!("`{text}` has a brace that is not closed"))?
                + open;
            if open > 0 {
                parts.push(Part::Text(rest[..open].into()));
            } else if matches!(parts.last(), Some(Part::Named(_))) {
                return Err(format!("`{text}` has two parts in braces without text between them"));
            }
            parts.push(Part::Named(rest[open + 1..close].trim().into()));
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.into()));
        }
        Ok(Pattern { parts })
    }

    /// Names of the parts, without `{}`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|p| match p {
            Part::Named(name) if !name.is_empty() => Some(name.as_str()),
            _ => None,
        })
    }

    /// What stands for each part in `name`, if it fits; `fits` may refuse a text for a part.
    pub fn find(&self, name: &str, fits: &dyn Fn(&str, &str) -> bool) -> Option<Captures> {
        let mut found = Vec::new();
        step(&self.parts, name, fits, &mut found).then_some(found)
    }

    /// The pattern with its parts replaced by what another pattern found.
    pub fn filled(&self, captures: &Captures) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(t) => text.push_str(t),
                Part::Named(name) => text.push_str(&captures.iter().find(|c| c.0 == *name)?.1),
            }
        }
        Some(text)
    }
}

fn step(
    parts: &[Part],
    rest: &str,
    fits: &dyn Fn(&str, &str) -> bool,
    found: &mut Captures,
) -> bool {
    match parts {
        [] => rest.is_empty(),
        [Part::Text(text), more @ ..] => {
            rest.strip_prefix(text.as_str()).is_some_and(|rest| step(more, rest, fits, found))
        }
        [Part::Named(name), more @ ..] => {
            let ends = rest.char_indices().skip(1).map(|(i, _)| i).chain([rest.len()]);
            for end in ends.filter(|end| *end > 0) {
                let (text, after) = rest.split_at(end);
                if name == "time" && !text.bytes().all(|b| b.is_ascii_digit()) {
                    return false;
                }
                if !name.is_empty() && !fits(name, text.trim()) {
                    continue;
                }
                let known = found.len();
                if !name.is_empty() {
                    found.push((name.clone(), text.trim().into()));
                }
                if step(more, after, fits, found) {
                    return true;
                }
                found.truncate(known);
            }
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, name: &str) -> Option<Vec<(String, String)>> {
        Pattern::parse(pattern).unwrap().find(name, &|_, _| true)
    }

    fn pairs(list: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        Some(list.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect())
    }

    #[test]
    fn parts_are_found_by_the_text_around_them() {
        assert_eq!(
            found("OBS_VALUE__{sex}__{age}", "OBS_VALUE___T__Y_GE12"),
            pairs(&[("sex", "_T"), ("age", "Y_GE12")])
        );
        assert_eq!(
            found("OBS_VALUE__{sex}__{age}", "OBS_VALUE___T___T"),
            pairs(&[("sex", "_T"), ("age", "_T")])
        );
        assert_eq!(
            found("{indicator}_{time}", "gni_pc_f_2022"),
            pairs(&[("indicator", "gni_pc_f"), ("time", "2022")])
        );
        assert_eq!(
            found("{} [{indicator}] - {time} [{}]", "Paid (% age 15+) [g20.t.2] - 2011 [YR2011]"),
            pairs(&[("indicator", "g20.t.2"), ("time", "2011")])
        );
        assert_eq!(found("{indicator}_{time}", "country"), None);
        assert_eq!(found("{time}", "2004"), pairs(&[("time", "2004")]));
    }

    #[test]
    fn a_pattern_that_cannot_be_told_apart_is_refused() {
        assert!(Pattern::parse("{a}{b}").is_err());
        assert!(Pattern::parse("{a").is_err());
        let filled = Pattern::parse("NATURE__{sex}__{age}").unwrap();
        let captures = pairs(&[("sex", "F"), ("age", "_X")]).unwrap();
        assert_eq!(filled.filled(&captures).as_deref(), Some("NATURE__F___X"));
    }
}
