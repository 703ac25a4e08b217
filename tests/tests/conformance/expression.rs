//! Expressions in the labels of groups, with their derivatives: `(male-female)/male`.

use std::collections::BTreeMap;

/// A value and its slope in every label.
#[derive(Clone)]
pub struct Dual {
    pub value: f64,
    pub slopes: BTreeMap<String, f64>,
}

impl Dual {
    fn constant(value: f64) -> Dual {
        Dual { value, slopes: BTreeMap::new() }
    }

    fn combine(value: f64, parts: [(f64, &Dual); 2]) -> Dual {
        let mut slopes = BTreeMap::new();
        for (factor, part) in parts {
            for (label, slope) in &part.slopes {
                *slopes.entry(label.clone()).or_insert(0.0) += factor * slope;
            }
        }
        Dual { value, slopes }
    }
}

/// Evaluates an expression of `+ - * / log exp ( )`, numbers and labels.
pub fn evaluate(text: &str, values: &BTreeMap<String, f64>) -> Dual {
    let mut parser = Parser { rest: text, values };
    let result = parser.sum();
    assert!(parser.rest.trim().is_empty(), "left over in {text}: {}", parser.rest);
    result
}

struct Parser<'a> {
    rest: &'a str,
    values: &'a BTreeMap<String, f64>,
}

impl Parser<'_> {
    fn take(&mut self, choices: &[char]) -> Option<char> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next().filter(|c| choices.contains(c))?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    fn sum(&mut self) -> Dual {
        let mut left = self.product();
        while let Some(sign) = self.take(&['+', '-']) {
            let right = self.product();
            let factor = if sign == '+' { 1.0 } else { -1.0 };
            left =
                Dual::combine(left.value + factor * right.value, [(1.0, &left), (factor, &right)]);
        }
        left
    }

    fn product(&mut self) -> Dual {
        let mut left = self.factor();
        while let Some(sign) = self.take(&['*', '/']) {
            let right = self.factor();
            left = if sign == '*' {
                let parts = [(right.value, &left), (left.value, &right)];
                Dual::combine(left.value * right.value, parts)
            } else {
                let value = left.value / right.value;
                Dual::combine(value, [(1.0 / right.value, &left), (-value / right.value, &right)])
            };
        }
        left
    }

    fn factor(&mut self) -> Dual {
        if self.take(&['(']).is_some() {
            let inner = self.sum();
            self.take(&[')']).expect("a closing bracket");
            return inner;
        }
        if self.take(&['-']).is_some() {
            let inner = self.factor();
            return Dual::combine(-inner.value, [(-1.0, &inner), (0.0, &inner)]);
        }
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| "+-*/() ".contains(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if let Some(value) = self.values.get(word) {
            return Dual { value: *value, slopes: BTreeMap::from([(word.to_string(), 1.0)]) };
        }
        if let Ok(number) = word.parse() {
            return Dual::constant(number);
        }
        self.take(&['(']).unwrap_or_else(|| panic!("unknown label {word}"));
        let inner = self.sum();
        self.take(&[')']).expect("a closing bracket");
        let (value, slope) = match word {
            "log" => (inner.value.ln(), 1.0 / inner.value),
            "exp" => (inner.value.exp(), inner.value.exp()),
            _ => panic!("unknown function {word}"),
        };
        Dual::combine(value, [(slope, &inner), (0.0, &inner)])
    }
}
