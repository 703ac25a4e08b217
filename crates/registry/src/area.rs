//! Areas: countries, territories, groups and former states, and which of them a text means.
//!
//! An area's `id` is its ISO alpha-3 code where it has one (`XKX` for Kosovo, which ISO has not),
//! else its M49 code. M49 codes are texts of three digits (`004`): files of the UN write them
//! without zeros, and both are read. `NA` is Namibia, never a missing value.
//!
//! The kind says how to count, and nothing about the status of an area: a *country* is a member or
//! observer State of the United Nations, a *territory* any other country or area of the lists. A
//! *group* or a *former* state is never added up beside countries.
//!
//! A group is known by its name at the United Nations. An institution's own group of the same name
//! ("Sub-Saharan Africa" of the World Bank) has other members; those are in its [`crate::Grouping`].
//! Codes from 900 on are no areas: each publisher has its own (910 is Eastern Africa in the
//! population prospects and the high-income economies in the Sustainable Development Goals database).
//!
//! Source: United Nations Statistics Division, Standard Country or Area Codes for Statistical Use
//! (M49); `datasets/world/provenance.toml` names every file.

use crate::Error;
use crate::suggest::nearest_few;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{LazyLock, OnceLock};

mod key;

pub use key::{name_key, sort_key};

/// A country, territory, group or former state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// ISO alpha-3 code, `XKX`, or the M49 code where there is neither: `BRA`, `419`.
    pub id: String,
    /// Code of three digits in UN statistics: `076`. Some former states have none here.
    pub m49: Option<String>,
    /// ISO alpha-2 code: `BR`.
    pub alpha2: Option<String>,
    /// ISO alpha-3 code, or the one in general use.
    pub alpha3: Option<String>,
    /// What it is, for counting.
    pub kind: AreaKind,
    /// Short name in English.
    pub name: String,
    /// Short names in the other languages of the United Nations, where the source has them.
    #[serde(skip)]
    pub names: Option<AreaNames>,
}

/// What an area is, for counting. No statement about its status is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// Member or observer State of the United Nations.
    Country,
    /// Any other country or area of the lists.
    Territory,
    /// Several areas together.
    Group,
    /// A state that no longer is.
    Former,
}

/// Short names in the languages of the United Nations other than English.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaNames {
    /// French.
    pub fr: String,
    /// Spanish.
    pub es: String,
    /// Russian.
    pub ru: String,
    /// Chinese.
    pub zh: String,
    /// Arabic.
    pub ar: String,
}

impl Area {
    /// Whether people live there for good: groups of countries count these areas alone. The others are
    /// in no list of population prospects.
    ///
    /// ```
    /// use inclusion_registry::Areas;
    /// let of = |id| Areas::builtin().get(id).unwrap().has_residents();
    /// assert!(of("PCN") && !of("ATA"));
    /// ```
    pub fn has_residents(&self) -> bool {
        static WITHOUT: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
            rows::<WithoutResidents>("areas/without_residents.csv", WITHOUT_RESIDENTS)
                .expect("invariant: a test loads the built-in areas")
                .into_iter()
                .map(|row| row.id)
                .collect()
        });
        !WITHOUT.contains(&self.id)
    }

    /// Whether its figures may be added up with those of others: a country or territory.
    pub fn is_counted(&self) -> bool {
        matches!(self.kind, AreaKind::Country | AreaKind::Territory)
    }
}

/// A text that no area goes by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no area `{text}`{}", hint(.suggestions))]
pub struct UnknownArea {
    /// The text as it was given.
    pub text: String,
    /// Names of areas that are near it, the nearest first; at most three.
    pub suggestions: Vec<String>,
}

fn hint(suggestions: &[String]) -> String {
    match suggestions {
        [] => "; give an M49 code, an ISO code or a name".to_string(),
        names => format!("; did you mean {}?", names.join(" or ")),
    }
}

/// All areas, and the texts that mean them.
#[derive(Debug)]
pub struct Areas {
    areas: Vec<Area>,
    by_id: BTreeMap<String, usize>,
    texts: OnceLock<Texts>,
}

/// What means an area: codes are compared as they stand, names by their words.
#[derive(Debug, Default)]
struct Texts {
    codes: HashMap<String, usize>,
    names: HashMap<String, usize>,
}

const AREAS: &str = include_str!("../areas/areas.csv");
const NAMES: &str = include_str!("../areas/names.csv");
const FORMAL: &str = include_str!("../areas/formal.csv");
const SPELLINGS: &str = include_str!("../areas/spellings.csv");
const WITHOUT_RESIDENTS: &str = include_str!("../areas/without_residents.csv");

/// An area where nobody lives for good, and who is there instead.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithoutResidents {
    id: String,
    #[serde(rename = "who_is_there")]
    _who_is_there: String,
}

/// Formal names, such as "the Republic of Albania".
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Formal {
    id: String,
    en: String,
    fr: String,
    es: String,
    ru: String,
    zh: String,
    ar: String,
}

/// Another name or code, and who writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    id: String,
    spelling: String,
    #[serde(rename = "used_by")]
    _used_by: String,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(flatten)]
    names: AreaNames,
}

impl Areas {
    /// The areas of the program.
    ///
    /// ```
    /// use inclusion_registry::Areas;
    /// let areas = Areas::builtin();
    /// for text in ["NA", "516", "nam", "Namibia", "la République de Namibie"] {
    ///     assert_eq!(areas.resolve(text)?.id, "NAM");
    /// }
    /// assert_eq!(areas.resolve("Cote d'Ivoire")?.name, "Côte d'Ivoire");
    /// assert_eq!(areas.resolve("4")?.m49.as_deref(), Some("004"));
    /// let unknown = areas.resolve("Brasilia").unwrap_err();
    /// assert_eq!(unknown.to_string(), "no area `Brasilia`; did you mean Brazil?");
    /// # Ok::<(), inclusion_registry::UnknownArea>(())
    /// ```
    pub fn builtin() -> &'static Areas {
        static BUILTIN: LazyLock<Areas> = LazyLock::new(|| {
            Areas::read(AREAS, NAMES).expect("invariant: a test loads the built-in areas")
        });
        &BUILTIN
    }

    fn read(areas: &str, names: &str) -> Result<Areas, Error> {
        let mut areas: Vec<Area> = rows("areas/areas.csv", areas)?;
        let mut by_id = BTreeMap::new();
        for (index, area) in areas.iter().enumerate() {
            by_id.insert(area.id.clone(), index);
        }
        for named in rows::<Named>("areas/names.csv", names)? {
            if let Some(index) = by_id.get(&named.id) {
                areas[*index].names = Some(named.names);
            }
        }
        Ok(Areas { areas, by_id, texts: OnceLock::new() })
    }

    /// The area that a text means: an M49 code with or without zeros, an ISO code of two or three
    /// letters, a code or name of another institution, or a name in a language of the United
    /// Nations. Case, accents, punctuation, the order of words and articles do not matter.
    ///
    /// # Errors
    ///
    /// [`UnknownArea`] names the nearest areas.
    pub fn resolve(&self, text: &str) -> Result<&Area, UnknownArea> {
        let texts = self.texts.get_or_init(|| self.texts());
        let trimmed = text.trim();
        let found = if trimmed.chars().all(|c| c.is_ascii_digit()) {
            texts.codes.get(&format!("{trimmed:0>3}"))
        } else {
            let code = texts.codes.get(&trimmed.to_uppercase());
            code.or_else(|| texts.names.get(&name_key(trimmed)))
        };
        found.map(|index| &self.areas[*index]).ok_or_else(|| self.unknown(text, trimmed))
    }

    fn unknown(&self, text: &str, trimmed: &str) -> UnknownArea {
        let spellings = rows::<Spelling>("areas/spellings.csv", SPELLINGS).unwrap_or_default();
        let near = if trimmed.chars().count() > 3 {
            let names = self.areas.iter().map(|area| area.name.as_str());
            let others = spellings.iter().map(|own| own.spelling.as_str());
            nearest_few(trimmed, names.chain(others.filter(|own| !is_code(own))), 3)
        } else {
            nearest_few(trimmed, self.areas.iter().filter_map(|area| area.alpha3.as_deref()), 3)
        };
        let suggestions = near.into_iter().map(str::to_string).collect();
        UnknownArea { text: text.to_string(), suggestions }
    }

    /// The area of an id: `BRA`, `419`.
    pub fn get(&self, id: &str) -> Option<&Area> {
        self.by_id.get(id).map(|index| &self.areas[*index])
    }

    /// All areas: countries and territories by id, then former states, then groups.
    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter()
    }

    /// Every text that means an area.
    fn texts(&self) -> Texts {
        let mut texts = Texts::default();
        for (index, area) in self.areas.iter().enumerate() {
            let codes =
                [Some(&area.id), area.m49.as_ref(), area.alpha2.as_ref(), area.alpha3.as_ref()];
            for code in codes.into_iter().flatten() {
                texts.codes.insert(code.clone(), index);
            }
            texts.add_name(&area.name, index);
            if let Some(n) = &area.names {
                for name in [&n.fr, &n.es, &n.ru, &n.zh, &n.ar] {
                    texts.add_name(name, index);
                }
            }
        }
        let invariant = "invariant: a test resolves every spelling";
        for spelling in rows::<Spelling>("areas/spellings.csv", SPELLINGS).expect(invariant) {
            let Some(index) = self.by_id.get(&spelling.id) else { continue };
            if is_code(&spelling.spelling) {
                texts.codes.entry(spelling.spelling).or_insert(*index);
            } else {
                texts.add_name(&spelling.spelling, *index);
            }
        }
        for f in rows::<Formal>("areas/formal.csv", FORMAL).expect(invariant) {
            let Some(index) = self.by_id.get(&f.id) else { continue };
            for name in [&f.en, &f.fr, &f.es, &f.ru, &f.zh, &f.ar] {
                texts.add_name(name, *index);
            }
        }
        texts
    }
}

impl Texts {
    /// A name that means one area never comes to mean another: the first stays.
    fn add_name(&mut self, name: &str, index: usize) {
        let key = name_key(name);
        if !key.is_empty() {
            self.names.entry(key).or_insert(index);
        }
    }
}

/// Codes are written in capitals and digits: `KSV`, `EU27_2020`.
fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The rows of a built-in table.
fn rows<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|e| Error::Invalid {
        place: crate::Place::file(format!("built-in:{file}")),
        message: e.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_spelling_and_formal_name_means_its_area() {
        let areas = Areas::builtin();
        for row in rows::<Spelling>("spellings", SPELLINGS).unwrap() {
            assert_eq!(areas.resolve(&row.spelling).unwrap().id, row.id, "{}", row.spelling);
        }
        for f in rows::<Formal>("formal", FORMAL).unwrap() {
            for name in [f.en, f.fr, f.es, f.ru, f.zh, f.ar].iter().filter(|name| !name.is_empty())
            {
                assert_eq!(areas.resolve(name).unwrap().id, f.id, "{name}");
            }
        }
        for row in rows::<Named>("names", NAMES).unwrap() {
            assert_eq!(areas.get(&row.id).unwrap().names.as_ref(), Some(&row.names));
        }
    }

    #[test]
    fn ids_codes_and_names_are_unique_and_mean_their_area() {
        let areas = Areas::builtin();
        let ids: BTreeSet<&str> = areas.iter().map(|area| area.id.as_str()).collect();
        assert_eq!(ids.len(), areas.areas.len());
        for area in areas.iter() {
            assert_eq!(areas.resolve(&area.name).unwrap().id, area.id, "{}", area.name);
            let codes = [&area.m49, &area.alpha2, &area.alpha3];
            for code in codes.into_iter().flatten() {
                assert_eq!(areas.resolve(code).unwrap().id, area.id, "{code}");
                assert_eq!(areas.resolve(&code.to_lowercase()).unwrap().id, area.id, "{code}");
            }
            if let Some(m49) = &area.m49 {
                assert_eq!(m49.len(), 3);
                let stripped = m49.trim_start_matches('0');
                assert_eq!(areas.resolve(stripped).unwrap().id, area.id, "{stripped}");
            }
            for n in area.names.iter() {
                for name in [&n.fr, &n.es, &n.ru, &n.zh, &n.ar] {
                    assert_eq!(areas.resolve(name).unwrap().id, area.id, "{name}");
                }
            }
        }
    }

    #[test]
    fn a_text_is_read_whatever_its_case_accents_punctuation_and_order_of_words() {
        let areas = Areas::builtin();
        let texts = [
            ("NA", "NAM"),
            ("na", "NAM"),
            (" 076 ", "BRA"),
            ("76", "BRA"),
            ("COTE D’IVOIRE", "CIV"),
            ("Côte d'Ivoire", "CIV"),
            ("Viet Nam", "VNM"),
            ("vietnam", "VNM"),
            ("Korea, Rep.", "KOR"),
            ("Republic of Korea", "KOR"),
            ("Korea, Dem. People's Rep.", "PRK"),
            ("Türkiye", "TUR"),
            ("TURKIYE", "TUR"),
            ("Turkey", "TUR"),
            ("Congo, Rep.", "COG"),
            ("Congo", "COG"),
            ("Congo, Dem. Rep.", "COD"),
            ("Democratic Republic of the Congo", "COD"),
            ("Gambia, The", "GMB"),
            ("Bahamas, The", "BHS"),
            ("Iran, Islamic Rep.", "IRN"),
            ("Kosovo", "XKX"),
            ("KSV", "XKX"),
            ("EL", "GRC"),
            ("UK", "GBR"),
            ("AND", "AND"),
            ("La", "LAO"),
            ("St. Lucia", "LCA"),
            ("Saint Lucia", "LCA"),
            ("Guinea Bissau", "GNB"),
            ("Guinea", "GIN"),
            ("Niger", "NER"),
            ("Nigeria", "NGA"),
            ("Dominica", "DMA"),
            ("Dominican Republic", "DOM"),
            ("Micronesia", "057"),
            ("Micronesia, Fed. Sts.", "FSM"),
            ("WORLD", "001"),
            ("Северная Македония", "MKD"),
        ];
        for (text, id) in texts {
            assert_eq!(areas.resolve(text).map(|area| area.id.as_str()), Ok(id), "{text}");
        }
    }

    #[test]
    fn an_unknown_text_gets_the_nearest_names() {
        let areas = Areas::builtin();
        let unknown = areas.resolve("Brazl").unwrap_err();
        assert_eq!(unknown.suggestions[0], "Brazil");
        for text in ["", "  ", "910", "1234", "?", "of the", "ZZ"] {
            let unknown = areas.resolve(text).unwrap_err();
            assert!(unknown.suggestions.is_empty(), "{text}: {unknown}");
        }
    }
}
