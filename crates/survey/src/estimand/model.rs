//! The columns of a regression: numbers, categories against a reference level, and their products.
//!
//! Coding is R's treatment contrast: a constant, then for each term one column for a number and one for
//! each level of a category but its reference; a product of variables has the products of their
//! columns, the first variable's running fastest. Columns are named as R names them (`sexmale`,
//! `sexmale:areaurban`). A product is only coded this way beside the terms it contains, so those must
//! stand in the model too.

use super::refuse;
use crate::Error;

/// A variable by row; outside the domain its values do not matter.
#[derive(Debug, Clone, Copy)]
pub enum Variable<'a> {
    /// A number.
    Number(&'a [f64]),
    /// A category.
    Category {
        /// Code by row, counting from 0.
        codes: &'a [usize],
        /// Name of each code.
        levels: &'a [String],
        /// The code that the others are compared with.
        reference: usize,
    },
}

impl Variable<'_> {
    fn len(&self) -> usize {
        match self {
            Variable::Number(values) => values.len(),
            Variable::Category { codes, .. } => codes.len(),
        }
    }

    /// Names of its columns after the variable's, and what picks them: a code, or nothing for a number.
    fn columns(&self, name: &str) -> Vec<(String, Option<usize>)> {
        match self {
            Variable::Number(_) => vec![(name.to_string(), None)],
            Variable::Category { levels, reference, .. } => (0..levels.len())
                .filter(|code| code != reference)
                .map(|code| (format!("{name}{}", levels[code]), Some(code)))
                .collect(),
        }
    }

    fn value(&self, row: usize, code: Option<usize>) -> f64 {
        match self {
            Variable::Number(values) => values[row],
            Variable::Category { codes, .. } => {
                if Some(codes[row]) == code {
                    1.0
                } else {
                    0.0
                }
            }
        }
    }
}

/// A term: one variable, or the product of several, by their places in the list of variables.
pub type Term = Vec<usize>;

/// Named columns, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    names: Vec<String>,
    values: Vec<f64>,
}

impl Model {
    /// The columns of a constant and these terms, products after the single variables.
    ///
    /// # Errors
    ///
    /// Variables of unlike length; a value in the domain that is not finite or a code without a level; a
    /// product whose variables are not terms themselves.
    pub fn new(
        variables: &[(&str, Variable<'_>)],
        terms: &[Term],
        domain: &[bool],
    ) -> Result<Model, Error> {
        for (name, variable) in variables {
            check(name, variable, domain)?;
        }
        let mut names = vec!["(Intercept)".to_string()];
        let mut parts: Vec<Vec<(usize, Option<usize>)>> = vec![Vec::new()];
        let mut ordered: Vec<&Term> = terms.iter().collect();
        ordered.sort_by_key(|term| term.len());
        for term in ordered {
            if let Some(place) = term.iter().find(|place| **place >= variables.len()) {
                let message = format!("a term names variable {place} of {}", variables.len());
                return Err(refuse("regression", message));
            }
            for skipped in 0..if term.len() > 1 { term.len() } else { 0 } {
                let mut rest = term.clone();
                rest.remove(skipped);
                if !terms.iter().any(|other| same(other, &rest)) {
                    let word = |term: &Term| {
                        term.iter().map(|v| variables[*v].0).collect::<Vec<_>>().join(":")
                    };
                    let message = format!(
                        "the product {} needs {} in the model as well; add it",
                        word(term),
                        word(&rest)
                    );
                    return Err(refuse("regression", message));
                }
            }
            let mut columns = vec![(String::new(), Vec::new())];
            for place in term {
                let (name, variable) = &variables[*place];
                let mut product = Vec::new();
                for (right, code) in variable.columns(name) {
                    for (left, parts) in &columns {
                        let mut parts: Vec<(usize, Option<usize>)> = Vec::clone(parts);
                        parts.push((*place, code));
                        let colon = if left.is_empty() { "" } else { ":" };
                        product.push((format!("{left}{colon}{right}"), parts));
                    }
                }
                columns = product;
            }
            for (name, part) in columns {
                names.push(name);
                parts.push(part);
            }
        }
        let mut values = vec![0.0; domain.len() * names.len()];
        for (row, out) in values.chunks_mut(names.len()).enumerate().filter(|(row, _)| domain[*row])
        {
            for (out, parts) in out.iter_mut().zip(&parts) {
                *out = parts
                    .iter()
                    .map(|(place, code)| variables[*place].1.value(row, *code))
                    .product();
            }
        }
        Ok(Model { names, values })
    }

    /// Names of the columns, the constant's first.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// The columns' values in a row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.names.len()..(row + 1) * self.names.len()]
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.names.len()
    }
}

fn same(a: &Term, b: &Term) -> bool {
    let sorted = |term: &Term| {
        let mut term = term.clone();
        term.sort_unstable();
        term
    };
    sorted(a) == sorted(b)
}

fn check(name: &str, variable: &Variable<'_>, domain: &[bool]) -> Result<(), Error> {
    super::same_rows(domain.len(), &[(name, variable.len())])?;
    let bad = super::rows_of(domain).find_map(|row| match variable {
        Variable::Number(values) if !values[row].is_finite() => {
            Some(format!("row {row} holds {}; leave it out of the domain", values[row]))
        }
        Variable::Category { codes, levels, .. } if codes[row] >= levels.len() => Some(format!(
            "row {row} holds code {}, but there are {} levels; name them all",
            codes[row],
            levels.len()
        )),
        _ => None,
    });
    match (bad, variable) {
        (Some(message), _) => Err(refuse(name, message)),
        (None, Variable::Category { levels, reference, .. }) if *reference >= levels.len() => {
            Err(refuse(name, "the reference is not one of the levels; choose another"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_coded_and_named_as_r_does() {
        let levels = |names: &[&str]| names.iter().map(|n| n.to_string()).collect::<Vec<_>>();
        let (sex, area) = (levels(&["female", "male"]), levels(&["a", "b", "c"]));
        let variables = [
            ("sex", Variable::Category { codes: &[0, 1, 1], levels: &sex, reference: 0 }),
            ("area", Variable::Category { codes: &[2, 0, 1], levels: &area, reference: 0 }),
            ("age", Variable::Number(&[10.0, 20.0, 30.0])),
        ];
        let terms = [vec![0], vec![0, 1], vec![1], vec![2]];
        let model = Model::new(&variables, &terms, &[true; 3]).unwrap();
        let names =
            ["(Intercept)", "sexmale", "areab", "areac", "age", "sexmale:areab", "sexmale:areac"];
        assert_eq!(model.names(), names);
        assert_eq!(model.row(0), [1.0, 0.0, 0.0, 1.0, 10.0, 0.0, 0.0]);
        assert_eq!(model.row(2), [1.0, 1.0, 1.0, 0.0, 30.0, 1.0, 0.0]);
    }

    #[test]
    fn a_product_without_its_parts_is_refused() {
        let variables = [("x", Variable::Number(&[1.0])), ("y", Variable::Number(&[2.0]))];
        let error = Model::new(&variables, &[vec![0], vec![0, 1]], &[true]).unwrap_err();
        assert!(error.to_string().contains("x:y needs y"), "{error}");
    }
}
