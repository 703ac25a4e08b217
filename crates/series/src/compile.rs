//! A recipe held against the columns of a table: which column says what.

use crate::number::NumberFormat;
use crate::pattern::{Captures, Pattern};
use crate::recipe::{Attributes, Field, SeriesRecipe, ValueColumns};
use crate::recipes::ROLES;
use crate::table::Table;
use crate::{Error, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Place of the area among the roles.
pub(crate) const AREA: usize = 0;
/// Place of the period.
pub(crate) const TIME: usize = 1;
/// Place of the series code.
pub(crate) const INDICATOR: usize = 2;
/// Place of the unit.
pub(crate) const UNIT: usize = 3;
/// Place of sex; every role from here on is a dimension.
pub(crate) const SEX: usize = 4;
/// Place of age.
pub(crate) const AGE: usize = 5;

/// Something that a row, a column or the file says a code of.
pub(crate) struct Role {
    /// Name: `area`, or that of a dimension.
    pub name: Arc<str>,
    /// Column of the row.
    pub column: Option<usize>,
    /// The code of the whole file.
    pub fixed: Option<String>,
    /// How texts become codes.
    pub field: Field,
}

impl Role {
    /// The role in messages.
    pub fn shown(&self) -> String {
        match ROLES.contains(&&*self.name) {
            true => format!("`[{}]`", self.name),
            false => format!("dimension `{}`", self.name),
        }
    }
}

/// A column of values.
pub(crate) struct Value {
    /// Its place.
    pub column: usize,
    /// What its name says, as text, by role.
    pub captured: Vec<(usize, String)>,
    /// Codes that the recipe sets, by role.
    pub set: Vec<(usize, String)>,
    /// Columns of what else is said.
    pub attributes: Places,
}

/// Columns of the attributes of one value.
#[derive(Default)]
pub(crate) struct Places {
    pub nature: Option<usize>,
    pub status: Option<usize>,
    pub source: Option<usize>,
    pub edition: Option<usize>,
    pub reporting: Option<usize>,
    pub multiplier: Option<usize>,
    pub se: Option<usize>,
    pub lower: Option<usize>,
    pub upper: Option<usize>,
    pub footnotes: Vec<usize>,
}

/// A recipe for one table.
pub(crate) struct Plan<'a> {
    pub recipe: &'a SeriesRecipe,
    pub table: &'a Table,
    pub roles: Vec<Role>,
    pub values: Vec<Value>,
    /// Columns and texts of rows that are left out, with the place of the reason in the recipe.
    pub skip: Vec<(usize, usize)>,
    pub format: NumberFormat,
    pub edition: Option<String>,
    /// Most codes of a dimension.
    pub max_categories: usize,
    /// Columns that nothing reads.
    pub unused: Vec<String>,
}

/// A name as it is compared where the exact one is not there.
fn normalised(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

struct Finder<'a> {
    recipe: &'a SeriesRecipe,
    table: &'a Table,
    used: BTreeSet<usize>,
}

impl Finder<'_> {
    fn place(&self, name: &str) -> Option<usize> {
        let columns = &self.table.columns;
        columns.iter().position(|c| c == name).or_else(|| {
            let key = normalised(name);
            let mut fits = (0..columns.len()).filter(|i| normalised(&columns[*i]) == key);
            fits.next().filter(|_| fits.next().is_none() && !key.is_empty())
        })
    }

    fn column(&mut self, name: &str, role: &str) -> Result<usize, Error> {
        let Some(place) = self.place(name) else {
            let mut left: Vec<&str> = self.table.columns.iter().map(String::as_str).collect();
            let mut near = Vec::new();
            while near.len() < 3
                && let Some(found) = inclusion_registry::nearest(name, left.iter().copied())
            {
                near.push(found.to_string());
                left.retain(|c| *c != found);
            }
            // A header with gaps, or of one column, may be a title above the header.
            let columns = &self.table.columns;
            let doubtful =
                near.is_empty() || columns.len() == 1 || columns.iter().any(String::is_empty);
            let first = if doubtful { self.table.first.clone() } else { Vec::new() };
            return Err(Error::MissingColumn {
                recipe: self.recipe.id.clone(),
                role: role.into(),
                wanted: name.into(),
                file: self.table.path.clone(),
                near,
                first,
            });
        };
        self.used.insert(place);
        Ok(place)
    }

    fn optional(&mut self, field: &Field, role: &str) -> Result<Option<usize>, Error> {
        match &field.column {
            Some(name) if field.optional && self.place(name).is_none() => Ok(None),
            Some(name) => self.column(name, role).map(Some),
            None => Ok(None),
        }
    }

    fn role(&mut self, name: &str, field: &Field, options: &Options) -> Result<Role, Error> {
        let column = self.optional(field, &format!("`{name}`"))?;
        let given = options.set.get(name).cloned();
        if given.is_some() && column.is_some() {
            return Err(Error::Recipe {
                recipe: self.recipe.id.clone(),
                message: format!(
                    "`{name}` is set for the run, but the file has it in column `{}`; leave it out",
                    field.column.as_deref().unwrap_or_default()
                ),
            });
        }
        let fixed = given.or_else(|| field.fixed.clone());
        Ok(Role { name: name.into(), column, fixed, field: field.clone() })
    }
}

/// Finds every column of a recipe.
pub(crate) fn plan<'a>(
    recipe: &'a SeriesRecipe,
    table: &'a Table,
    options: &Options,
) -> Result<Plan<'a>, Error> {
    let mut finder = Finder { recipe, table, used: BTreeSet::new() };
    let area = Field {
        column: recipe.area.column.clone(),
        fixed: recipe.area.fixed.clone(),
        ..Field::default()
    };
    let time = Field {
        column: recipe.time.column.clone(),
        fixed: recipe.time.fixed.clone(),
        ..Field::default()
    };
    let default = Field::default();
    let dimension = |name: &str| recipe.dimensions.get(name).unwrap_or(&default);
    let mut roles = vec![
        finder.role("area", &area, options)?,
        finder.role("time", &time, options)?,
        finder.role("indicator", &recipe.indicator, options)?,
        finder.role("unit", &recipe.unit, options)?,
        finder.role("sex", dimension("sex"), options)?,
        finder.role("age", dimension("age"), options)?,
    ];
    for (name, field) in recipe.dimensions.iter().filter(|d| d.0 != "sex" && d.0 != "age") {
        roles.push(finder.role(name, field, options)?);
    }
    for name in options.set.keys() {
        if !roles.iter().any(|r| *r.name == **name) {
            return Err(Error::Recipe {
                recipe: recipe.id.clone(),
                message: format!("`{name}` is set for the run, but is no dimension of it"),
            });
        }
    }
    // A packed dimension that the recipe does not speak of still tells rows apart.
    for place in (0..table.packed).filter(|p| !finder.used.contains(p)).collect::<Vec<_>>() {
        finder.used.insert(place);
        roles.push(Role {
            name: table.columns[place].as_str().into(),
            column: Some(place),
            fixed: None,
            field: Field::default(),
        });
    }
    let mut skip = Vec::new();
    for (index, rule) in recipe.skip.iter().enumerate() {
        skip.push((finder.column(&rule.column, "`[[skip]]`")?, index));
    }
    attributes(&mut finder, &recipe.attribute, None)?;
    let values = values(&mut finder, &roles)?;
    let unused = (0..table.columns.len())
        .filter(|i| !finder.used.contains(i) && !table.columns[*i].is_empty())
        .map(|i| table.columns[i].clone())
        .collect();
    let plan = Plan {
        recipe,
        table,
        roles,
        values,
        skip,
        format: NumberFormat {
            decimal: recipe.file.decimal.unwrap_or('.'),
            thousands: recipe.file.thousands,
            any_digits: recipe.file.digits.is_some(),
        },
        edition: options.edition.clone(),
        max_categories: options.max_categories,
        unused,
    };
    check_said(&plan)?;
    Ok(plan)
}

fn values(finder: &mut Finder<'_>, roles: &[Role]) -> Result<Vec<Value>, Error> {
    let role = |name: &str| roles.iter().position(|r| *r.name == *name);
    let mut found: Vec<Value> = Vec::new();
    let by_role = |pairs: &mut dyn Iterator<Item = (&String, &String)>| {
        pairs.filter_map(|(name, code)| Some((role(name)?, code.clone()))).collect::<Vec<_>>()
    };
    let recipe = finder.recipe;
    // Names first, so that a pattern does not take a column that has a name of its own.
    let (patterns, names): (Vec<_>, Vec<_>) =
        recipe.values.iter().partition(|v: &&ValueColumns| v.column.contains('{'));
    for value in names {
        let column = finder.column(&value.column, "`[[value]]`")?;
        let attributes = attributes(finder, &recipe.attribute, Some(&Vec::new()))?;
        let set = by_role(&mut value.set.iter());
        found.push(Value { column, captured: Vec::new(), set, attributes });
    }
    for value in patterns {
        let pattern = parsed(recipe, &value.column)?;
        let before = found.len();
        for column in 0..finder.table.columns.len() {
            let name = &finder.table.columns[column];
            if name.is_empty() || finder.used.contains(&column) {
                continue;
            }
            let strict = |part: &str, text: &str| {
                role(part).is_none_or(|r| {
                    let map = &roles[r].field.map;
                    map.is_empty() || map.contains_key(text)
                })
            };
            let Some(captures) =
                pattern.find(name, &strict).or_else(|| pattern.find(name, &|_, _| true))
            else {
                continue;
            };
            finder.used.insert(column);
            let attributes = attributes(finder, &recipe.attribute, Some(&captures))?;
            let captured = by_role(&mut captures.iter().map(|(a, b)| (a, b)));
            let set = by_role(&mut value.set.iter());
            found.push(Value { column, captured, set, attributes });
        }
        if found.len() == before {
            return Err(Error::MissingColumn {
                recipe: recipe.id.clone(),
                role: "`[[value]]`".into(),
                wanted: value.column.clone(),
                file: finder.table.path.clone(),
                near: Vec::new(),
                first: finder.table.first.clone(),
            });
        }
    }
    Ok(found)
}

fn parsed(recipe: &SeriesRecipe, text: &str) -> Result<Pattern, Error> {
    Pattern::parse(text).map_err(|message| Error::Recipe { recipe: recipe.id.clone(), message })
}

/// Columns of the attributes. Without captures only those whose names are no patterns are looked
/// for, so that a pattern of values does not take them.
fn attributes(
    finder: &mut Finder<'_>,
    attributes: &Attributes,
    captures: Option<&Captures>,
) -> Result<Places, Error> {
    let mut place = |field: &Option<Field>, role: &str| -> Result<Option<usize>, Error> {
        let Some(field) = field else { return Ok(None) };
        match (&field.column, captures) {
            (Some(name), Some(captures)) if name.contains('{') => {
                let name = parsed(finder.recipe, name)?.filled(captures);
                let place = name.and_then(|name| finder.place(&name));
                finder.used.extend(place);
                Ok(place)
            }
            (Some(name), None) if name.contains('{') => Ok(None),
            _ => finder.optional(field, role),
        }
    };
    let mut places = Places {
        nature: place(&attributes.nature, "`attribute.nature`")?,
        status: place(&attributes.status, "`attribute.status`")?,
        source: place(&attributes.source, "`attribute.source`")?,
        edition: place(&attributes.edition, "`attribute.edition`")?,
        reporting: place(&attributes.reporting, "`attribute.reporting`")?,
        multiplier: place(&attributes.multiplier, "`attribute.multiplier`")?,
        se: place(&attributes.se, "`attribute.se`")?,
        lower: place(&attributes.lower, "`attribute.lower`")?,
        upper: place(&attributes.upper, "`attribute.upper`")?,
        footnotes: Vec::new(),
    };
    for name in &attributes.footnotes {
        let field = Some(Field { column: Some(name.clone()), ..Field::default() });
        places.footnotes.extend(place(&field, "`attribute.footnotes`")?);
    }
    Ok(places)
}

/// Area, period, series and unit of every value are said somewhere.
fn check_said(plan: &Plan<'_>) -> Result<(), Error> {
    let sets: BTreeMap<usize, bool> = [AREA, TIME, INDICATOR, UNIT]
        .into_iter()
        .map(|place| {
            let role = &plan.roles[place];
            let elsewhere = plan.roles.iter().any(|r| says(&r.field, &role.name));
            (place, role.column.is_some() || role.fixed.is_some() || elsewhere)
        })
        .collect();
    for (place, said) in sets {
        let missing = |v: &&Value| !v.captured.iter().chain(&v.set).any(|(role, _)| *role == place);
        if !said && let Some(value) = plan.values.iter().find(missing) {
            let name = &plan.roles[place].name;
            return Err(Error::Recipe {
                recipe: plan.recipe.id.clone(),
                message: format!(
                    "nothing says the {name} of column `{}` of {}; give `[{name}]` a `column` or `fixed`, or set `{name}` for the run: in a study, `set = {{ {name} = \"...\" }}` of the series",
                    plan.table.columns[value.column],
                    plan.table.path.display()
                ),
            });
        }
    }
    Ok(())
}

fn says(field: &Field, role: &str) -> bool {
    field.suffixes.values().any(|set| set.contains_key(role))
        || field.map.values().any(|coded| match coded {
            crate::recipe::Coded::Code(_) => false,
            crate::recipe::Coded::More { set, .. } => set.contains_key(role),
        })
}
