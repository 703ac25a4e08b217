//! A grouping with its groups, or an area with the groups that it is in, in words.

use crate::show::lines;
use inclusion_registry::{Area, Grouping, Registry, Years};

/// A grouping, for a terminal: its groups and their members of the year of the newest list.
pub(crate) fn show_grouping(grouping: &Grouping) -> String {
    let years = match grouping.years {
        Years::Calendar => "calendar years",
        Years::FiscalJuly => "fiscal years from July, by the year in which they end",
    };
    let mut text = lines(&[
        ("grouping", &grouping.id),
        ("name", &grouping.name),
        ("years", years),
        ("newest list", &grouping.as_of.to_string()),
    ]);
    for group in &grouping.groups {
        let members = grouping.members(&group.id, grouping.as_of);
        let ids: Vec<&str> = members.iter().map(|area| area.id.as_str()).collect();
        let line = format!("{} {}: {} members", group.id, group.name, ids.len());
        text.push_str(&lines(&[("group", &line), ("", &ids.join(" "))]));
    }
    text.push_str(&lines(&[("source", &grouping.source)]));
    if let Some(note) = &grouping.note {
        text.push_str(&lines(&[("note", note)]));
    }
    text
}

/// An area, for a terminal: its codes, and its groups of the years of the newest lists.
pub(crate) fn show_area(registry: &Registry, area: &Area) -> String {
    let codes = [("M49", &area.m49), ("ISO alpha-2", &area.alpha2), ("ISO alpha-3", &area.alpha3)];
    let codes = codes.iter().filter_map(|(name, code)| Some(format!("{name} {}", code.as_ref()?)));
    let mut text = lines(&[
        ("area", &area.id),
        ("name", &area.name),
        ("kind", &format!("{:?}", area.kind).to_lowercase()),
        ("codes", &codes.collect::<Vec<_>>().join(", ")),
    ]);
    for grouping in registry.groupings.iter() {
        for group in grouping.groups_of(&area.id, grouping.as_of) {
            let line = format!("{}, {} ({})", group.name, grouping.id, grouping.as_of);
            text.push_str(&lines(&[("group", &line)]));
        }
    }
    text
}
