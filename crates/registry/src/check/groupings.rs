//! Groupings: areas that exist and are counted, years in their order, one group at a time.

use super::Checked;
use crate::{Areas, Error, Grouping, Spell};
use std::collections::BTreeMap;

pub(super) fn check(grouping: &Grouping, checked: Checked<'_>) -> Result<(), Error> {
    let mut spells_of: BTreeMap<&str, Vec<(&str, Spell)>> = BTreeMap::new();
    for (position, group) in grouping.groups.iter().enumerate() {
        if grouping.groups[..position].iter().any(|other| other.id == group.id) {
            return Err(
                checked.wrong(&group.id, format!("group `{}` stands there twice", group.id))
            );
        }
        for (area, spells) in &group.members {
            known(area, checked)?;
            for spell in &spells.0 {
                if spell.end.is_some_and(|end| end < spell.start) {
                    let message = format!("`{area}` leaves group `{}` before it enters", group.id);
                    return Err(checked.wrong(area, message));
                }
                spells_of.entry(area).or_default().push((&group.id, *spell));
            }
        }
    }
    for (area, spells) in spells_of {
        for (position, (group, spell)) in spells.iter().enumerate() {
            for (other, earlier) in &spells[..position] {
                if (grouping.exclusive || group == other) && overlap(spell, earlier) {
                    let message = if group == other {
                        format!("years of `{area}` in group `{group}` overlap")
                    } else {
                        format!(
                            "`{area}` is in groups `{other}` and `{group}` at once, and the grouping is \
                             exclusive"
                        )
                    };
                    return Err(checked.wrong(area, message));
                }
            }
        }
    }
    Ok(())
}

fn known(id: &str, checked: Checked<'_>) -> Result<(), Error> {
    let areas = Areas::builtin();
    match areas.get(id) {
        Some(area) if area.kind == crate::AreaKind::Group => {
            let message = format!("`{id}` ({}) is a group and cannot be a member", area.name);
            Err(checked.wrong(id, message))
        }
        Some(_) => Ok(()),
        None => match areas.resolve(id) {
            Ok(area) => {
                let message =
                    format!("members are named by area id: write `{}` for `{id}`", area.id);
                Err(checked.wrong(id, message))
            }
            Err(_) => Err(checked.unknown("area", id, areas.iter().map(|area| area.id.as_str()))),
        },
    }
}

/// Two spells share a year; a start that is not known counts as shown.
fn overlap(a: &Spell, b: &Spell) -> bool {
    let before = |a: &Spell, b: &Spell| a.end.is_some_and(|end| end < b.start);
    !before(a, b) && !before(b, a)
}
