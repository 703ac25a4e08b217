//! A recipe of published series in words: what it reads, its dimensions, and what its series are.

use crate::show::lines;
use inclusion_registry::Registry;
use inclusion_series::{Field, SeriesRecipe};

/// A recipe of published series, for a terminal.
pub(crate) fn show_series(registry: &Registry, recipe: &SeriesRecipe) -> String {
    let values: Vec<&str> = recipe.values.iter().map(|value| value.column.as_str()).collect();
    let place = |name: &str, column: &Option<String>, fixed: &Option<String>, optional: bool| {
        let set = format!("set by the study (`set = {{ {name} = \"...\" }}` of the series)");
        // A figure needs these; where a dimension is not spoken of, figures are not split by it.
        let needed = ["area", "time", "indicator", "unit"].contains(&name);
        match (column, fixed) {
            (Some(column), _) if optional && needed => {
                format!("column {column}, where there is one, else {set}")
            }
            (Some(column), _) if optional => format!("column {column}, where there is one"),
            (Some(column), _) => format!("column {column}"),
            (None, Some(fixed)) => format!("{fixed} throughout"),
            (None, None) => format!("in names of columns, or {set}"),
        }
    };
    let of_field =
        |name: &str, field: &Field| place(name, &field.column, &field.fixed, field.optional);
    let reads = match recipe.id.starts_with(crate::world::SDMX) {
        true => "SDMX: CSV 1.0 and 2.0, ML 2.1 and 3.0",
        false => "a table: delimited text or a workbook",
    };
    let mut text = lines(&[
        ("recipe of series", &recipe.id),
        ("version", &recipe.version),
        ("name", &recipe.name),
        ("producer", &recipe.producer),
        ("reads", reads),
        ("area", &place("area", &recipe.area.column, &recipe.area.fixed, false)),
        ("period", &place("time", &recipe.time.column, &recipe.time.fixed, false)),
        ("series", &of_field("indicator", &recipe.indicator)),
        ("unit", &of_field("unit", &recipe.unit)),
        ("values", &values.join(", ")),
    ]);
    for (name, field) in &recipe.dimensions {
        text.push_str(&lines(&[("dimension", &format!("{name}: {}", of_field(name, field)))]));
    }
    if recipe.file.all_dimensions {
        text.push_str(&lines(&[("dimension", "every other of the structure, by its own name")]));
    }
    for (theirs, meant) in &recipe.indicators {
        let name = registry.indicators.get(meant.id()).map_or("", |own| own.name.as_str());
        let line = format!("{theirs} is {} ({name})", meant.id());
        text.push_str(&lines(&[("indicator", &line)]));
        if let Some(proxy) = meant.proxy() {
            text.push_str(&lines(&[("", &format!("proxy: {proxy}"))]));
        }
    }
    text.push_str(&lines(&[("source", &recipe.source)]));
    if let Some(terms) = &recipe.terms {
        text.push_str(&lines(&[("terms", terms)]));
    }
    for note in &recipe.notes {
        text.push_str(&lines(&[("note", note)]));
    }
    text
}
