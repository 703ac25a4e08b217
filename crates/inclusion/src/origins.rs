//! Where the figures of each source come from, for data files.

use crate::annex::file_name;
use crate::describe;
use crate::plan::world::AGGREGATES;
use crate::plan::{Part, Prepared};
use crate::walk::Walked;
use inclusion_disclosure::Inputs;
use inclusion_estimate::Text;
use inclusion_ingest::Source;
use inclusion_report::data::{Origin, OriginFile, Origins};
use inclusion_series::Provenance;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The sources of which figures of pools, changes and contrasts are made, by the source of those.
pub(crate) fn made_of(inputs: &Inputs) -> BTreeMap<Text, BTreeSet<Text>> {
    let mut made: BTreeMap<Text, BTreeSet<Text>> = BTreeMap::new();
    for (key, of) in inputs {
        let sources = made.entry(key.source.clone()).or_default();
        sources.extend(of.iter().map(|key| key.source.clone()).filter(|own| *own != key.source));
    }
    made
}

/// Recipes, files and design by source.
pub(crate) fn origins(prepared: &Prepared, walked: &Walked) -> Origins {
    let mut origins = Origins::new();
    for (at, sample) in prepared.samples.iter().enumerate() {
        let named = |part: &Part| format!("{} {}", part.recipe.id, part.recipe.version);
        let recipes: Vec<String> = sample.parts.iter().map(named).collect();
        // Cells tell no path of their files: those are of any of the recipes.
        let of_file = |source: &Source| {
            let reads = |files: &Vec<PathBuf>| files.contains(&source.path);
            let part = sample.parts.iter().find(|part| part.files.values().any(reads));
            part.map_or_else(|| recipes.join("; "), named)
        };
        let read = walked.samples.get(at).into_iter().flat_map(|record| &record.sources);
        let files = read.map(|source| OriginFile {
            recipe: of_file(source),
            file: format!("{}: {}", source.role, file_name(&source.path)),
            sha256: source.sha256.clone(),
            rows: source.rows,
        });
        let origin = Origin {
            files: files.collect(),
            recipe: recipes.into_iter().collect(),
            design: [describe::design(sample)].into(),
        };
        origins.insert(sample.plan.sample.clone().into(), origin);
    }
    for (id, files) in &walked.world.sources {
        let origin = Origin {
            recipe: files.iter().map(|file| file.recipe.clone()).collect(),
            design: BTreeSet::new(),
            files: files.iter().map(of_series).collect(),
        };
        origins.insert(id.as_str().into(), origin);
    }
    let series = walked.world.sources.iter().map(|(id, _)| id.as_str().into()).collect();
    let groups = [(Text::fixed(AGGREGATES), series)];
    // What is made of pools comes after them.
    let (pools, rest): (Vec<_>, Vec<_>) = walked
        .made_of
        .iter()
        .map(|(id, of)| (id.clone(), of.clone()))
        .partition(|(id, _)| prepared.across.pools.iter().any(|pool| *pool.id == **id));
    for (id, of) in groups.into_iter().chain(pools).chain(rest) {
        let mut origin = Origin::default();
        for own in of.iter().filter_map(|source| origins.get(source)) {
            origin.recipe.extend(own.recipe.iter().cloned());
            origin.design.extend(own.design.iter().cloned());
            origin.files.extend(own.files.iter().cloned());
        }
        origins.insert(id, origin);
    }
    origins
}

fn of_series(file: &Provenance) -> OriginFile {
    OriginFile {
        recipe: file.recipe.clone(),
        file: file.file.to_string(),
        sha256: file.sha256.clone(),
        rows: file.rows,
    }
}
