//! One file of a series, read as SDMX or as a table, with the registry's areas.

use crate::Error;
use crate::plan::world::PlannedSeries;
use inclusion_registry::{AreaKind, Areas};
use inclusion_series::{AreaRef, Field, Flag, Series, SeriesRecipe};
use std::collections::BTreeSet;
use std::path::Path;

/// Recipes of SDMX begin so: their files are read as SDMX, CSV or ML, and not as tables.
pub(crate) const SDMX: &str = "sdmx/";

/// The figures of a file.
pub(super) fn part(file: &Path, source: &PlannedSeries) -> Result<Series, Error> {
    if !source.recipe.id.starts_with(SDMX) {
        return Ok(inclusion_series::read(file, &source.recipe, &resolve, &source.options)?);
    }
    let options = inclusion_sdmx::ReadOptions::default();
    let mut reader = inclusion_sdmx::Reader::open(file, &options)?;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut observation = inclusion_sdmx::Observation::default();
    while reader.read(&mut observation)? {
        let mut row = observation.dimensions.clone();
        row.push(
            observation.value.as_ref().map_or(String::new(), |value| value.text().to_string()),
        );
        row.extend(observation.attributes.iter().map(|text| text.clone().unwrap_or_default()));
        rows.push((reader.place().line, row));
    }
    let columns = reader.columns();
    let mut names = columns.dimensions.clone();
    names.push(columns.measure.clone());
    names.extend(columns.attributes.iter().cloned());
    // Attributes are optional in SDMX: a file without notes has no column of them.
    let notes = source.recipe.attribute.footnotes.iter();
    let notes: Vec<String> = notes.filter(|note| !names.contains(note)).cloned().collect();
    names.extend(notes);
    // An attribute that comes up late is absent from the rows before it.
    rows.iter_mut().for_each(|(_, row)| row.resize(names.len(), String::new()));
    let name = file.display().to_string();
    let table = inclusion_series::Table::of_lines(&name, names, rows)?;
    let recipe = with_dimensions(&source.recipe, &reader.columns().dimensions);
    let mut series = inclusion_series::read_table(&table, &recipe, &resolve, &source.options)?;
    let counts = reader.counts();
    let mut flag = |code, message: &str, count| {
        let file = file.file_name().map(|name| name.to_string_lossy().into_owned());
        if count > 0 {
            series.log.push(Flag {
                code,
                message: message.to_string(),
                file: file.unwrap_or_default().into(),
                line: None,
                column: None,
                value: None,
                count,
                lines: Vec::new(),
            });
        }
    };
    flag(
        "suppressed_with_value",
        "values beside the status Q (suppressed), which are not used",
        counts.suppressed_with_value,
    );
    flag(
        "value_with_missing_status",
        "values beside a status that says there is none",
        counts.value_with_missing_status,
    );
    Ok(series)
}

/// A recipe with the dimensions of a structure that it does not speak of, which tell figures apart too.
fn with_dimensions(recipe: &SeriesRecipe, dimensions: &[String]) -> SeriesRecipe {
    let mut recipe = recipe.clone();
    if !recipe.file.all_dimensions {
        return recipe;
    }
    let columns = [&recipe.area.column, &recipe.time.column, &recipe.indicator.column];
    let of_dimensions = recipe.dimensions.values().map(|field| &field.column);
    let columns = columns.into_iter().chain([&recipe.unit.column]).chain(of_dimensions);
    let spoken: BTreeSet<String> = columns.flatten().cloned().collect();
    for dimension in dimensions.iter().filter(|dimension| !spoken.contains(*dimension)) {
        let field = Field { column: Some(dimension.clone()), ..Field::default() };
        recipe.dimensions.insert(dimension.clone(), field);
    }
    recipe
}

/// The registry's areas for a reader of series.
fn resolve(text: &str) -> Result<AreaRef, Vec<String>> {
    if let Some(code) = part_of_country(text) {
        return Ok(AreaRef { code, kind: inclusion_series::AreaKind::Part });
    }
    let area = Areas::builtin().resolve(text).map_err(|unknown| match unknown.suggestions {
        none if none.is_empty() => country_of_sample(text).into_iter().collect(),
        near => near,
    })?;
    let kind = match area.kind {
        AreaKind::Country | AreaKind::Territory => inclusion_series::AreaKind::Country,
        AreaKind::Group => inclusion_series::AreaKind::Group,
        AreaKind::Former => inclusion_series::AreaKind::Former,
    };
    Ok(AreaRef { code: area.id.clone(), kind })
}

/// The code of a part of a country, as ISO 3166-2 and structures of one country write it: `KE-30`, `KE_NBO`.
fn part_of_country(text: &str) -> Option<String> {
    let (country, part) = text.trim().split_once(['-', '_'])?;
    let two = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let part_fits = (1..=3).contains(&part.len())
        && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let area = Areas::builtin().resolve(country).ok().filter(|_| two && part_fits)?;
    area.is_counted().then(|| text.trim().to_string())
}

/// The country of a sample's code, as surveys give them: `KE7` is the seventh of Kenya.
fn country_of_sample(text: &str) -> Option<String> {
    let (country, round) = text.trim().split_at_checked(2)?;
    let letters = country.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = !round.is_empty() && round.bytes().all(|b| b.is_ascii_digit());
    let area = Areas::builtin().resolve(country).ok().filter(|_| letters && digits)?;
    Some(area.id.clone())
}
