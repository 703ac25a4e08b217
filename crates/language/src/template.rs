//! An English message as what it looks like in a text: fixed words and places of variables.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::BTreeSet;

/// What a variable of a message stands for, told by how its name begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `number`: a number that a plural form may hang on.
    Number,
    /// `figure`: numbers with their signs, such as `46.7%` or `8.1–16.7`.
    Figure,
    /// `id`: the code of an indicator or another entry of the registry.
    Id,
    /// `names`: names with semicolons between them.
    Names,
    /// `name`: a name, a code or a quotation, which stays as it is.
    Name,
    /// All others: a text that is a message or a term itself.
    Text,
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Fixed words.
    Words(String),
    /// A variable.
    Variable(String, Kind),
}

/// Message ids with their patterns, in the order of the file.
pub(crate) fn patterns(source: &str) -> Vec<(String, Pattern<&str>)> {
    let resource = parser::parse(source).unwrap_or_else(|(resource, _)| resource);
    let body = resource.body.into_iter();
    body.filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name.to_string(), message.value?)),
        _ => None,
    })
    .collect()
}

/// The parts of a pattern; `None` if it is more than words and variables.
pub(crate) fn parts(pattern: &Pattern<&str>) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for element in &pattern.elements {
        let words = match element {
            PatternElement::TextElement { value } => *value,
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } => value,
                InlineExpression::VariableReference { id } => {
                    parts.push(Part::Variable(id.name.to_string(), kind(id.name)));
                    continue;
                }
                _ => return None,
            },
            PatternElement::Placeable { .. } => return None,
        };
        match parts.last_mut() {
            Some(Part::Words(last)) => last.push_str(words),
            _ => parts.push(Part::Words(words.to_string())),
        }
    }
    Some(parts)
}

fn kind(variable: &str) -> Kind {
    let is = |prefix: &str| variable.starts_with(prefix);
    match () {
        () if is("number") => Kind::Number,
        () if is("figure") => Kind::Figure,
        () if is("id") => Kind::Id,
        () if is("names") => Kind::Names,
        () if is("name") => Kind::Name,
        () => Kind::Text,
    }
}

/// The variables of a message.
pub(crate) fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    gather(pattern, &mut found);
    found
}

fn gather(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| gather(&variant.value, found));
                selector
            }
        };
        let arguments = match inline {
            InlineExpression::FunctionReference { arguments, .. } => &arguments.positional[..],
            one => std::slice::from_ref(one),
        };
        for argument in arguments {
            if let InlineExpression::VariableReference { id } = argument {
                found.insert(id.name.to_string());
            }
        }
    }
}
