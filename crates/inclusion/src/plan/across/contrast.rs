//! Contrasts: two groups of a breakdown, or two cells.
//!
//! Both sides must be figures that the study shows: whether they are withheld decides whether their
//! contrast may be shown.

use super::{Cell, Context, Contrast, Sides, kind_of};
use crate::Error;
use crate::study::{BetweenSpec, CellSpec, ContrastOf, ContrastSpec};
use inclusion_measures::ContrastKind;
use inclusion_registry::{Concept, Indicator, nearest};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

pub(super) fn contrast(context: &Context<'_>, spec: &ContrastSpec) -> Result<Contrast, Error> {
    let id = spec.id.get_ref();
    let kind = kind_of(spec.kind.as_ref().map(|kind| *kind.get_ref()).unwrap_or_default());
    let of = spec.of.as_ref().map(|of| *of.get_ref()).unwrap_or_default();
    let sides = match (&spec.between, &spec.first, &spec.second) {
        (Some(between), None, None) => {
            if let Some(of) = &spec.of {
                let message = "`between` gives levels and their gap or parity at once; `of` is for \
                               `first` and `second`";
                return Err(context.wrong(of, message.to_string()));
            }
            groups(context, spec, between)?
        }
        (None, Some(first), Some(second)) => {
            if let Some(at) = spec.surveys.first().or(spec.indicators.first()) {
                let message = "`surveys` and `indicators` belong to `between`; `first` and `second` \
                               name their own";
                return Err(context.wrong(at, message.to_string()));
            }
            cells(context, spec, kind, of, first, second)?
        }
        _ => {
            let message = format!(
                "contrast `{id}` needs either `between = {{ urbanisation = [\"R\", \"U\"] }}` or \
                 the cells `first` and `second`"
            );
            return Err(context.wrong(&spec.id, message));
        }
    };
    Ok(Contrast { id: id.clone(), name: spec.name.clone(), kind, of, sides })
}

fn groups(
    context: &Context<'_>,
    spec: &ContrastSpec,
    between: &Spanned<BetweenSpec>,
) -> Result<Sides, Error> {
    let mut entries = between.get_ref().iter();
    let (Some((concept, codes)), None) = (entries.next(), entries.next()) else {
        let message = "`between` is of one breakdown variable; for more write the cells `first` and \
                       `second`";
        return Err(context.wrong(between, message.to_string()));
    };
    let name = concept.get_ref();
    let [first, second] = codes.as_slice() else {
        let message =
            format!("`between` needs two codes of `{name}`, the first against the second");
        return Err(context.wrong(concept, message));
    };
    if name == "sex" {
        let message = "women against men are the gap, which every table has";
        return Err(context.wrong(concept, message.to_string()));
    }
    if !context.breakdowns.iter().any(|by| by.contains(name)) {
        let variables: BTreeSet<&str> =
            context.breakdowns.iter().flatten().map(String::as_str).collect();
        let hint = match nearest(name, variables.into_iter().filter(|v| *v != "sex")) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => format!("; add \"sex * {name}\" to `by`"),
        };
        let message = format!("no breakdown of the study is by `{name}`{hint}");
        return Err(context.wrong(concept, message));
    }
    let surveys: Vec<usize> = match spec.surveys.as_slice() {
        [] => (0..context.samples.len()).collect(),
        named => {
            let mut list = Vec::new();
            for survey in named {
                let at = context.source(survey, false)?.surveys[0];
                if list.contains(&at) {
                    let message = format!("survey `{}` is named twice", survey.get_ref());
                    return Err(context.wrong(survey, message));
                }
                list.push(at);
            }
            list
        }
    };
    for code in [first, second] {
        let concepts = surveys.iter().map(|at| concept_of(context, *at, name));
        check_code(context, name, code, concepts.flatten().collect())?;
    }
    if first.get_ref() == second.get_ref() {
        let message = format!("`{}` against itself is nothing", first.get_ref());
        return Err(context.wrong(second, message));
    }
    let indicators = match spec.indicators.as_slice() {
        [] => context.indicators.iter().map(|indicator| indicator.id.clone()).collect(),
        named => {
            let ids = named.iter().map(|id| indicator(context, id).map(|i| i.id.clone()));
            ids.collect::<Result<Vec<_>, Error>>()?
        }
    };
    let codes = [first.get_ref().clone(), second.get_ref().clone()];
    Ok(Sides::Groups { concept: name.clone(), codes, surveys, indicators })
}

fn cells(
    context: &Context<'_>,
    spec: &ContrastSpec,
    kind: ContrastKind,
    of: ContrastOf,
    first: &Spanned<CellSpec>,
    second: &Spanned<CellSpec>,
) -> Result<Sides, Error> {
    let fits = match of {
        ContrastOf::Level => true,
        ContrastOf::Gap => kind == ContrastKind::Difference,
        ContrastOf::Parity => kind == ContrastKind::Ratio,
    };
    if !fits {
        let message =
            "gaps have a `difference` and parities a `ratio`; the other kinds are of levels";
        let at = spec.of.as_ref().map(|of| context.wrong(of, message.to_string()));
        return Err(at.unwrap_or_else(|| context.wrong(&spec.id, message.to_string())));
    }
    let cells = [cell(context, first, of)?, cell(context, second, of)?];
    let [a, b] = &cells;
    if a == b {
        return Err(context.wrong(second, "`first` and `second` are the same cell".to_string()));
    }
    if a.source.id != b.source.id
        && let Some(both) = a.source.surveys.iter().find(|at| b.source.surveys.contains(at))
    {
        let message = format!(
            "`{}` and `{}` both hold survey `{}`; contrast what has no survey in common",
            a.source.id, b.source.id, context.samples[*both].plan.sample
        );
        return Err(context.wrong(second, message));
    }
    if a.source.id == b.source.id && a.source.surveys.len() > 1 {
        let message = format!(
            "both cells are of pool `{}`; groups are contrasted inside a survey",
            a.source.id
        );
        return Err(context.wrong(second, message));
    }
    let known = |id: &str| context.indicators.iter().find(|indicator| indicator.id == id);
    if let (Some(x), Some(y)) = (known(&a.indicator), known(&b.indicator))
        && x.unit != y.unit
        && kind != ContrastKind::Ratio
        && kind != ContrastKind::LogRatio
    {
        let message = format!(
            "`{}` is in {} and `{}` in {}: figures of different units have no difference",
            x.id, x.unit, y.id, y.unit
        );
        return Err(context.wrong(second, message));
    }
    Ok(Sides::Cells(Box::new(cells)))
}

fn cell(context: &Context<'_>, spec: &Spanned<CellSpec>, of: ContrastOf) -> Result<Cell, Error> {
    let inner = spec.get_ref();
    let source = match (&inner.survey, context.sources.as_slice()) {
        (Some(id), _) => context.source(id, true)?.clone(),
        (None, [only]) => only.clone(),
        (None, _) => {
            return Err(
                context.wrong(spec, "the study has several surveys; name one by `survey`".into())
            );
        }
    };
    let indicator = match (&inner.indicator, context.indicators) {
        (Some(id), _) => indicator(context, id)?,
        (None, [only]) => only,
        (None, _) => {
            let message = "the study has several indicators; name one by `indicator`";
            return Err(context.wrong(spec, message.to_string()));
        }
    };
    let mut group = BTreeMap::new();
    for (concept, code) in &inner.group {
        let name = concept.get_ref();
        let lists: Vec<Concept> =
            source.surveys.iter().filter_map(|at| concept_of(context, *at, name)).collect();
        if lists.is_empty() {
            let variables: BTreeSet<&str> =
                context.breakdowns.iter().flatten().map(String::as_str).collect();
            let hint = match nearest(name, variables.iter().copied()) {
                Some(near) if near != name => format!("; did you mean `{near}`?"),
                _ => "; add one to `by`, if its recipe can give it".to_string(),
            };
            let message = format!("no breakdown of `{}` is by `{name}`{hint}", source.id);
            return Err(context.wrong(concept, message));
        }
        check_code(context, name, code, lists)?;
        group.insert(name.clone(), code.get_ref().clone());
    }
    let with_sex = group.contains_key("sex");
    if of != ContrastOf::Level && with_sex {
        let message = "a gap or parity is of women and men: leave `sex` out of `group`";
        return Err(context.wrong(spec, message.to_string()));
    }
    let mut needed: BTreeSet<&str> = group.keys().map(String::as_str).collect();
    let shown = |needed: &BTreeSet<&str>| {
        context
            .breakdowns
            .iter()
            .any(|by| by.iter().map(String::as_str).collect::<BTreeSet<_>>() == *needed)
    };
    let mut both = needed.clone();
    both.insert("sex");
    // The whole of a group stands beside its women and men.
    let there = match of {
        ContrastOf::Level => needed.is_empty() || shown(&needed) || (!with_sex && shown(&both)),
        ContrastOf::Gap | ContrastOf::Parity => shown(&both),
    };
    if !there {
        if of != ContrastOf::Level {
            needed = both;
        }
        let needed: Vec<&str> = needed.into_iter().collect();
        let message = format!(
            "the study shows no such figure, so whether it may be shown cannot be judged; add \
             \"{}\" to `by`",
            needed.join(" * ")
        );
        return Err(context.wrong(spec, message));
    }
    Ok(Cell { source, indicator: (&indicator.id).into(), group: group.iter().collect() })
}

fn indicator<'a>(context: &Context<'a>, id: &Spanned<String>) -> Result<&'a Indicator, Error> {
    let known = context.indicators.iter().find(|indicator| indicator.id == *id.get_ref());
    known.ok_or_else(|| {
        let near = nearest(id.get_ref(), context.indicators.iter().map(|i| i.id.as_str()));
        let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        let message = format!("indicator `{}` is not in [estimate] indicators{hint}", id.get_ref());
        context.wrong(id, message)
    })
}

/// A breakdown variable with the codes that a survey's recipes give it, if it is one of the survey's.
fn concept_of(context: &Context<'_>, survey: usize, id: &str) -> Option<Concept> {
    let sample = &context.samples[survey];
    let used = sample.plan.breakdowns.iter().flat_map(|b| b.concepts.iter().chain(&b.joint));
    if !used.into_iter().any(|known| known == id) {
        return None;
    }
    let part = sample.parts.first()?;
    context.registry.concepts_for(&part.recipe).get(id).cloned()
}

fn check_code(
    context: &Context<'_>,
    concept: &str,
    code: &Spanned<String>,
    lists: Vec<Concept>,
) -> Result<(), Error> {
    let codes: BTreeSet<&str> = lists
        .iter()
        .flat_map(|list| list.codes.iter().filter(|c| !c.unstated))
        .map(|c| c.id.as_str())
        .collect();
    if codes.contains(code.get_ref().as_str()) {
        return Ok(());
    }
    let hint = match nearest(code.get_ref(), codes.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; it has: {}", codes.into_iter().collect::<Vec<_>>().join(", ")),
    };
    Err(context.wrong(code, format!("`{concept}` has no code `{}`{hint}", code.get_ref())))
}
