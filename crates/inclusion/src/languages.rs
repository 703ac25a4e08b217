//! The languages of an annex: where the words come from, and what has none.
//!
//! Terms are the names of areas, those of the built-in registry, of the user's and the study's own
//! `[translations.fr]`, the later ones first in rank. Names of surveys, citations, and what a source writes beside its
//! figures are quoted as they stand.

use crate::Error;
use crate::annex::{file_label, file_name};
use crate::plan::{Prepared, Sample};
use crate::walk::Walked;
use inclusion_language::{Language, Translator, collation_key};
use inclusion_registry::Areas;
use inclusion_report::{Annex, translate};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Texts that an error names; `inclusion check` lists all that can be known before the data.
const NAMED: usize = 12;

/// The translator of a study.
fn translator(prepared: &Prepared, walked: Option<&Walked>, language: Language) -> Translator {
    translator_quoting(prepared, walked, language, &[])
}

/// One that leaves these texts as they are, so that the sentences about them can be said.
fn translator_quoting(
    prepared: &Prepared,
    walked: Option<&Walked>,
    language: Language,
    quoted: &[&str],
) -> Translator {
    let (terms, mut names) = (terms(prepared, language), names(prepared, walked));
    names.extend(quoted.iter().map(|text| text.to_string()));
    // What a recipe calls a file or its source stays as it is, unless it has a translation.
    let plain = Translator::new(language, terms.clone(), names.clone());
    let files = walked.into_iter().flat_map(|walked| &walked.samples);
    let labels = files.flat_map(|sample| &sample.sources).map(file_label);
    let series = walked.into_iter().flat_map(|walked| &walked.world.sources);
    let sources = series.flat_map(|(_, files)| files).map(|file| file.source.clone());
    names.extend(labels.chain(sources).filter(|label| plain.text(label).is_none()));
    Translator::new(language, terms, names)
}

fn terms(prepared: &Prepared, language: Language) -> HashMap<String, String> {
    let mut terms = HashMap::new();
    for area in Areas::builtin().iter() {
        let name = area.names.as_ref().map(|names| match language {
            Language::En => &area.name,
            Language::Fr => &names.fr,
            Language::Es => &names.es,
            Language::Ru => &names.ru,
            Language::Ar => &names.ar,
            Language::Zh => &names.zh,
        });
        if let Some(name) = name {
            terms.insert(area.name.clone(), name.clone());
        }
    }
    let own = &prepared.study.file.translations;
    terms.extend(inclusion_language::terms(language).clone());
    for texts in [prepared.registry.translations.get(language.code()), own.get(language.code())] {
        for (english, text) in texts.into_iter().flatten() {
            terms.insert(english.clone(), text.clone());
        }
    }
    terms
}

/// The names that a study gives to areas, pools and contrasts.
fn own_names(prepared: &Prepared) -> Vec<&str> {
    let spec = &prepared.study.file.estimate;
    let areas = prepared.samples.iter().filter(|sample| has_own_area_name(sample));
    let pools = spec.pools.iter().filter_map(|pool| pool.name.as_deref());
    let contrasts = spec.contrasts.iter().filter_map(|contrast| contrast.name.as_deref());
    areas.map(|sample| sample.area_name.as_str()).chain(pools).chain(contrasts).collect()
}

/// The study says how the area is called, which is a text of it; a code is none.
fn has_own_area_name(sample: &Sample) -> bool {
    sample.area_name != sample.plan.ref_area
}

fn names(prepared: &Prepared, walked: Option<&Walked>) -> HashSet<String> {
    let mut names = HashSet::new();
    for sample in &prepared.samples {
        names.insert(sample.plan.sample.clone());
        if !has_own_area_name(sample) {
            names.insert(sample.area_name.clone());
        }
        for part in &sample.parts {
            names.extend([part.recipe.name.clone(), part.recipe.producer.clone()]);
            names.insert(part.recipe.id.clone());
            names.extend(part.files.values().flatten().map(|path| file_name(path)));
        }
    }
    names.extend(prepared.registry.indicators.values().map(|of| of.source.clone()));
    names.extend(prepared.registry.targets.values().map(|of| of.source.clone()));
    names.insert(prepared.thresholds.source.clone());
    let style = &prepared.style;
    names.extend([&style.not_available, &style.withheld, &style.not_applicable].map(String::clone));
    names.extend([&style.zero, &style.negligible].into_iter().flatten().cloned());
    names.extend(style.flags.values().cloned());
    for series in &prepared.study.file.series {
        names.insert(series.id.clone());
    }
    for about in walked.into_iter().flat_map(|walked| walked.world.about.values()) {
        names.extend(about.source.iter().chain(&about.edition).map(|text| text.to_string()));
        names.extend(about.quoted().map(str::to_string));
        names.extend(about.proxy.iter().map(|text| text.to_string()));
    }
    if let Some(walked) = walked {
        let files = walked.world.sources.iter().flat_map(|(_, files)| files);
        names.extend(files.map(|file| file.file.to_string()));
        // The code of a note stands beside it in every language.
        names.extend(walked.diagnostics.iter().map(|note| note.code.to_string()));
    }
    names.remove("");
    names
}

/// The order of names in a language of the annex: that of the names which its readers see.
pub(crate) struct NameOrder {
    language: Language,
    terms: HashMap<String, String>,
}

impl NameOrder {
    /// The order of a study's names in a language.
    pub fn new(prepared: &Prepared, language: Language) -> NameOrder {
        NameOrder { language, terms: terms(prepared, language) }
    }

    /// What an English name is sorted by.
    pub fn key(&self, name: &str) -> Vec<u8> {
        collation_key(self.language, self.terms.get(name).map_or(name, String::as_str))
    }

    /// Whether there is a translation of a text, by the registry or by the study.
    pub fn has(&self, text: &str) -> bool {
        self.terms.contains_key(text)
    }
}

/// The annex in a language of the study.
///
/// # Errors
///
/// [`Error::Untranslated`] if a text has no translation and the study lets no language stand in.
pub(crate) fn in_language(
    prepared: &Prepared,
    walked: &Walked,
    annex: Annex,
    language: Language,
) -> Result<Annex, Error> {
    if language == Language::En {
        return Ok(annex);
    }
    let (translated, untranslated) =
        translate(&annex, &translator(prepared, Some(walked), language));
    if untranslated.is_empty() {
        return Ok(translated);
    }
    match &prepared.study.file.study.untranslated {
        Some(_) => {
            let quoting =
                translator_quoting(prepared, Some(walked), language, &own_names(prepared));
            let (mut annex, _) = translate(&annex, &quoting);
            let english = inclusion_language::say(language, "language-en", &[]);
            let note =
                inclusion_language::say(language, "untranslated-note", &[("language", &english)]);
            annex.source = format!("{} {note}", annex.source);
            Ok(annex)
        }
        None => Err(Error::Untranslated {
            language: language.code(),
            count: untranslated.len(),
            texts: untranslated
                .iter()
                .take(NAMED)
                .map(|text| format!("\n  {text}"))
                .collect::<String>(),
        }),
    }
}

/// The texts of a study and of what it asks of the registry that have no translation, with the
/// language, as far as they are known before the data are read.
pub fn untranslated(prepared: &Prepared) -> Vec<(&'static str, String)> {
    let file = &prepared.study.file;
    let mut texts: Vec<&str> = vec![&file.study.title];
    texts.extend(file.study.subtitle.as_deref());
    texts.extend(file.tables.iter().filter_map(|table| table.title.as_deref()));
    texts.extend(file.analyses.iter().filter_map(|analysis| analysis.title.as_deref()));
    texts.extend(own_names(prepared));
    for indicator in &prepared.indicators {
        texts.extend([indicator.name.as_str(), &indicator.statement, &indicator.custodian]);
        texts.extend([indicator.universe_text.as_str(), &indicator.numerator_text]);
        texts.push(&indicator.reference_period);
        texts.extend(indicator.notes.iter().map(String::as_str));
        texts.extend(indicator.draft_reason.as_deref());
    }
    let concepts = prepared.breakdowns.iter().flatten();
    for concept in concepts.filter_map(|id| prepared.registry.concepts.get(id)) {
        texts.push(&concept.name);
        texts.extend(concept.codes.iter().map(|code| code.name.as_str()));
    }
    for recipe in prepared.samples.iter().flat_map(|sample| &sample.parts).map(|part| &part.recipe)
    {
        texts.push(&recipe.coverage);
        texts.extend(recipe.notes.iter().map(String::as_str));
        texts.extend(recipe.keep.iter().map(|keep| keep.reason.as_str()));
    }
    for series in prepared.world.iter().flat_map(|world| &world.series) {
        texts.extend(series.recipe.skip.iter().map(|skip| skip.reason.as_str()));
    }
    for sample in &prepared.samples {
        texts.extend(sample.unavailable.values().map(String::as_str));
    }
    texts.extend([prepared.policy.name.as_str(), &prepared.thresholds.name]);
    texts.extend(prepared.style.headers.values().chain(&prepared.style.notes).map(String::as_str));
    let mut found = Vec::new();
    for language in prepared.languages() {
        let translator = translator(prepared, None, language);
        for text in &texts {
            let entry = (language.code(), text.to_string());
            if translator.text(text).is_none() && !found.contains(&entry) {
                found.push(entry);
            }
        }
    }
    found
}

/// The notes of sources that have no translation, with the language: they stay as their source has them.
pub fn untranslated_notes(
    prepared: &Prepared,
    notes: &BTreeSet<String>,
) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for language in prepared.languages().into_iter().filter(|language| *language != Language::En) {
        let translator = translator(prepared, None, language);
        let without = notes.iter().filter(|note| translator.text(note).is_none());
        found.extend(without.map(|note| (language.code(), note.clone())));
    }
    found
}
