//! Groupings: regions, income groups and memberships, each with its years.
//!
//! A list without a date is a bug: countries change their income group every July and leave the
//! least developed. So every membership is a text of spells, first and last year included:
//!
//! | text | meaning |
//! |---|---|
//! | `2007-` | since 2007 |
//! | `1995-1997, 1999` | from 1995 to 1997, and in 1999 |
//! | `?2019-` | the source does not say since when; listed in 2019 |
//! | `?2019-?2019` | listed in 2019, no longer in a later list; the year it left is not known |
//!
//! A start that is not known is carried back, an open end forward, and
//! [`Grouping::is_carried`] tells so. A member that one list has and a later one has not is not carried
//! back: it counts in the years of its list. Years of the World Bank are its fiscal years, from July to June,
//! known by the year in which they end: 2021 is fiscal year 2021, from July 2020.

use crate::{Area, Areas};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::LazyLock;

/// A set of groups, as a file of `groupings/`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grouping {
    /// Identifier: `world-bank-income`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What its groups are.
    pub kind: GroupingKind,
    /// An area is in one of its groups at most at any time.
    #[serde(default)]
    pub exclusive: bool,
    /// What a year means.
    #[serde(default)]
    pub years: Years,
    /// Year of the newest list.
    pub as_of: i32,
    /// Where the lists come from.
    pub source: String,
    /// What a reader has to know.
    #[serde(default)]
    pub note: Option<String>,
    /// The groups.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
}

/// What the groups of a grouping are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupingKind {
    /// Parts of the world.
    Region,
    /// Economies by income.
    Income,
    /// Countries in a special situation, or at a level of development.
    Development,
    /// Members of an organisation, or its borrowers.
    Membership,
}

/// What a year of a grouping means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Years {
    /// A calendar year; a member for a part of it is a member.
    #[default]
    Calendar,
    /// A fiscal year that begins in July of the year before.
    FiscalJuly,
}

/// A group and its members.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Identifier: the M49 code where it has one, else the owner's: `199`, `LMC`.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Where this list comes from, if not from the source of the grouping.
    #[serde(default)]
    pub source: Option<String>,
    /// Years of membership by area id.
    pub members: BTreeMap<String, Spells>,
}

/// The years of one membership, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Spells(pub Vec<Spell>);

/// Years without a gap, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// First year; where it is not known, the first year that a list shows.
    pub start: i32,
    /// The source gives the first year.
    pub start_known: bool,
    /// Last year, or the last year that a list shows; none while it lasts.
    pub end: Option<i32>,
    /// The source gives the last year.
    pub end_known: bool,
}

/// One membership as a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership<'a> {
    /// The group.
    pub group: &'a Group,
    /// The member's area id.
    pub area: &'a str,
    /// From when to when.
    pub spell: Spell,
    /// Where it comes from.
    pub source: &'a str,
}

impl Spell {
    /// Whether the spell covers a year; a start that is not known is carried back, unless its end is
    /// not known either.
    pub fn covers(&self, year: i32) -> bool {
        let since = self.start <= year || (!self.start_known && self.end_known);
        since && self.end.is_none_or(|end| year <= end)
    }

    fn parse(text: &str) -> Option<Spell> {
        let (start, end) = text.split_once('-').unwrap_or((text, text));
        let year = |text: &str| {
            let digits = text.strip_prefix('?').unwrap_or(text);
            let valid = digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit());
            valid.then(|| digits.parse().ok()).flatten()
        };
        let end_year = if end.is_empty() { None } else { Some(year(end)?) };
        Some(Spell {
            start: year(start)?,
            start_known: !start.starts_with('?'),
            end: end_year,
            end_known: !end.starts_with('?'),
        })
    }
}

impl TryFrom<String> for Spells {
    type Error = String;

    fn try_from(text: String) -> Result<Spells, String> {
        let parsed: Option<Vec<Spell>> =
            text.split(',').map(|spell| Spell::parse(spell.trim())).collect();
        parsed.map(Spells).ok_or_else(|| {
            format!(
                "`{text}` is no list of years such as \"2007-\", \"1995-1997, 1999\" or \"?2019-\""
            )
        })
    }
}

impl Grouping {
    /// A group by its id.
    pub fn group(&self, group: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == group)
    }

    /// The members of a group in a year, by area id; none if there is no such group.
    ///
    /// ```
    /// let registry = inclusion_registry::Registry::builtin()?;
    /// let eu = &registry.groupings["eu"];
    /// assert_eq!(eu.members("097", 2019).len(), 28);
    /// assert_eq!(eu.members("097", 2021).len(), 27);
    /// let income = &registry.groupings["world-bank-income"];
    /// assert_eq!(income.group_of("ROU", 2021).unwrap().id, "HIC");
    /// # Ok::<(), inclusion_registry::Error>(())
    /// ```
    pub fn members(&self, group: &str, year: i32) -> Vec<&'static Area> {
        let areas = Areas::builtin();
        self.group(group)
            .into_iter()
            .flat_map(|group| &group.members)
            .filter(|(_, spells)| spells.0.iter().any(|spell| spell.covers(year)))
            .filter_map(|(area, _)| areas.get(area))
            .collect()
    }

    /// The groups that an area is in in a year, in the order of the file.
    pub fn groups_of<'a>(&'a self, area: &'a str, year: i32) -> impl Iterator<Item = &'a Group> {
        self.groups.iter().filter(move |group| {
            group.members.get(area).is_some_and(|spells| spells.0.iter().any(|s| s.covers(year)))
        })
    }

    /// The group that an area is in in a year; the first, where groups may share members.
    pub fn group_of<'a>(&'a self, area: &'a str, year: i32) -> Option<&'a Group> {
        self.groups_of(area, year).next()
    }

    /// Whether a group's members of a year rest on a list of another year: a start is not known, an
    /// end not reached. A table that uses them says so.
    pub fn is_carried(&self, group: &str, year: i32) -> bool {
        let of_other_year = |spell: &Spell| {
            (!spell.start_known && year < spell.start)
                || (!spell.end_known
                    && spell.end.is_some_and(|end| year > end && year < self.as_of))
        };
        year > self.as_of
            || self
                .group(group)
                .is_some_and(|group| group.members.values().flat_map(|s| &s.0).any(of_other_year))
    }

    /// The years of the lists on which a group's members of a year rest, where it is another year's:
    /// a start is not known and is carried back, or the last list is older. In their order.
    ///
    /// ```
    /// let registry = inclusion_registry::Registry::builtin()?;
    /// let special = &registry.groupings["special-situations"];
    /// assert_eq!(special.lists_of("199", 2010), [2019]);
    /// assert!(special.lists_of("199", 2021).is_empty());
    /// assert_eq!(special.lists_of("199", 2026), [2024]);
    /// # Ok::<(), inclusion_registry::Error>(())
    /// ```
    pub fn lists_of(&self, group: &str, year: i32) -> Vec<i32> {
        if year > self.as_of {
            return vec![self.as_of];
        }
        let spells = self.group(group).into_iter().flat_map(|own| own.members.values());
        let carried = spells.flat_map(|spells| &spells.0);
        let carried =
            carried.filter(|s| s.covers(year) && !s.start_known && year < s.start).map(|s| s.start);
        let years: std::collections::BTreeSet<i32> = carried.collect();
        years.into_iter().collect()
    }

    /// Every membership, by group and area.
    pub fn memberships(&self) -> impl Iterator<Item = Membership<'_>> {
        self.groups.iter().flat_map(move |group| {
            let source = group.source.as_deref().unwrap_or(&self.source);
            group.members.iter().flat_map(move |(area, spells)| {
                spells.0.iter().map(move |spell| Membership { group, area, spell: *spell, source })
            })
        })
    }
}

/// The groupings of a registry: those of the user, and the built-in ones that they do not replace.
/// The built-in ones are read when the first is asked for.
#[derive(Debug, Clone, Default)]
pub struct Groupings {
    pub(crate) own: BTreeMap<String, Grouping>,
}

impl Groupings {
    fn builtin() -> &'static BTreeMap<String, Grouping> {
        static BUILTIN: LazyLock<BTreeMap<String, Grouping>> = LazyLock::new(|| {
            crate::load::builtin_groupings()
                .expect("invariant: a test reads the built-in groupings")
        });
        &BUILTIN
    }

    /// A grouping by its id.
    pub fn get(&self, id: &str) -> Option<&Grouping> {
        self.own.get(id).or_else(|| Groupings::builtin().get(id))
    }

    /// All groupings, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Grouping> {
        let own = self.own.iter().map(|(id, grouping)| (id.as_str(), grouping));
        let builtin = Groupings::builtin().iter().map(|(id, grouping)| (id.as_str(), grouping));
        let all: BTreeMap<&str, &Grouping> = builtin.chain(own).collect();
        all.into_values()
    }
}

impl Index<&str> for Groupings {
    type Output = Grouping;

    /// # Panics
    ///
    /// If there is no grouping of this id.
    fn index(&self, id: &str) -> &Grouping {
        self.get(id).unwrap_or_else(|| panic!("no grouping `{id}`"))
    }
}

/// A grouping that is asked for and not here, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingGrouping {
    /// Identifier that it would have.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Why it is not here.
    pub reason: String,
}

/// Groupings that are asked for and not here, with the reason. A user's folder may add them.
pub fn missing_groupings() -> Vec<MissingGrouping> {
    let table = include_str!("../groupings/missing.csv");
    let rows = csv::Reader::from_reader(table.as_bytes()).into_deserialize().collect();
    let rows: Result<_, csv::Error> = rows;
    rows.expect("invariant: a test reads the built-in table")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spells(text: &str) -> Result<Spells, String> {
        Spells::try_from(text.to_string())
    }

    #[test]
    fn spells_are_read_and_cover_their_years() {
        let years = |text: &str| -> Vec<i32> {
            let spells = spells(text).unwrap().0;
            (2000..2030).filter(|y| spells.iter().any(|s| s.covers(*y))).collect()
        };
        assert_eq!(years("2027-"), [2027, 2028, 2029]);
        assert_eq!(years("2001-2003, 2005"), [2001, 2002, 2003, 2005]);
        assert_eq!(years("?2002-?2002"), [2002]);
        assert_eq!(years("?2002-?2004"), [2002, 2003, 2004]);
        assert_eq!(years("?2002-2003"), [2000, 2001, 2002, 2003]);
        assert_eq!(years("?2019-").len(), 30);
    }

    #[test]
    fn a_text_that_is_no_list_of_years_is_refused() {
        for text in ["", "19", "2019/20", "FY21", "-2020", "2001-2003;2005", "2001-x", "??2001-"] {
            assert!(spells(text).unwrap_err().contains("is no list of years"), "{text}");
        }
    }

    #[test]
    fn the_missing_groupings_have_reasons() {
        let missing = missing_groupings();
        assert!(missing.iter().all(|m| !m.id.is_empty() && !m.reason.is_empty()), "{missing:?}");
    }
}
