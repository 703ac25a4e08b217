//! Which column of a data file holds what.

use crate::nearest::nearest_names;
use crate::{Columns, Structure};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Where a name of the file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Dimension(usize),
    Measure,
    Attribute(usize),
    Ignored,
}

/// The columns of a stream, by name.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub columns: Columns,
    slots: FxHashMap<String, Slot>,
    /// New names become attributes: there is no structure.
    grows: bool,
}

impl Layout {
    pub fn of_structure(structure: &Structure, ignored: &BTreeSet<String>) -> Layout {
        Layout::new(structure.columns(), ignored, false)
    }

    /// Without a structure: new names become attributes.
    pub fn open(columns: Columns, ignored: &BTreeSet<String>) -> Layout {
        Layout::new(columns, ignored, true)
    }

    fn new(columns: Columns, ignored: &BTreeSet<String>, grows: bool) -> Layout {
        let mut slots: FxHashMap<String, Slot> =
            ignored.iter().map(|name| (name.clone(), Slot::Ignored)).collect();
        for (at, name) in columns.dimensions.iter().enumerate() {
            slots.insert(name.clone(), Slot::Dimension(at));
        }
        slots.insert(columns.measure.clone(), Slot::Measure);
        for (at, name) in columns.attributes.iter().enumerate() {
            slots.insert(name.clone(), Slot::Attribute(at));
        }
        Layout { columns, slots, grows }
    }

    /// Where a name goes, or why it cannot.
    pub fn slot(&mut self, name: &str) -> Result<Slot, String> {
        if let Some(slot) = self.slots.get(name) {
            return Ok(*slot);
        }
        if self.grows {
            let slot = Slot::Attribute(self.columns.attributes.len());
            self.columns.attributes.push(name.into());
            self.slots.insert(name.into(), slot);
            return Ok(slot);
        }
        let columns = &self.columns;
        let known = columns.dimensions.iter().chain([&columns.measure]).chain(&columns.attributes);
        let nearest = nearest_names(name, known.map(String::as_str));
        Err(format!(
            "the structure has no `{name}`; nearest: {}; correct the name, or list it as a column to ignore",
            crate::error::quoted(&nearest)
        ))
    }
}

/// Attributes by name, for data that come without a structure.
pub(crate) fn is_known_attribute(id: &str) -> bool {
    const NAMES: [&str; 6] =
        ["UNIT_MULT", "DECIMALS", "CONF_STATUS", "NATURE", "SOURCE_DETAIL", "TIME_FORMAT"];
    NAMES.contains(&id)
        || ["OBS_", "COMMENT", "TITLE"].iter().any(|start| id.starts_with(start))
        || id.ends_with("_BOUND")
}

/// Columns of names in the order of the file, where nobody says which are dimensions: those up to
/// `TIME_PERIOD`, or up to `OBS_VALUE` if `TIME_PERIOD` comes first or not at all. Names that are
/// attributes everywhere are none.
pub(crate) fn guessed(names: &[&str]) -> Columns {
    let place = |wanted: &str| names.iter().position(|name| *name == wanted);
    let end = match (place("TIME_PERIOD"), place("OBS_VALUE")) {
        (Some(time), _) if time > 0 => time + 1,
        (_, Some(value)) => value,
        _ => names.len(),
    };
    let mut columns = Columns { measure: "OBS_VALUE".into(), ..Columns::default() };
    for (at, name) in names.iter().enumerate().filter(|(_, name)| **name != "OBS_VALUE") {
        let dimension = at < end || *name == "TIME_PERIOD";
        if dimension && !is_known_attribute(name) {
            columns.dimensions.push(name.to_string());
        } else {
            columns.attributes.push(name.to_string());
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_end_at_the_time_period_or_before_the_value() {
        let columns = guessed(&["FREQ", "GEO", "TIME_PERIOD", "AVAILABILITY", "OBS_VALUE"]);
        assert_eq!(columns.dimensions, ["FREQ", "GEO", "TIME_PERIOD"]);
        assert_eq!(columns.attributes, ["AVAILABILITY"]);
        let columns = guessed(&["DIM_1", "DIM_2", "OBS_VALUE", "ATTR"]);
        assert_eq!(columns.dimensions, ["DIM_1", "DIM_2"]);
        let columns = guessed(&["TIME_PERIOD", "GEO", "OBS_STATUS", "OBS_VALUE", "NOTE"]);
        assert_eq!(columns.dimensions, ["TIME_PERIOD", "GEO"]);
        assert_eq!(columns.attributes, ["OBS_STATUS", "NOTE"]);
    }
}
