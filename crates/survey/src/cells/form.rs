//! Which columns cells have.

use crate::layout::Layout;
use crate::sample::{Replicates, stage_column};
use crate::{Error, Options, Plan};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use inclusion_registry::{FPC, Missing, PSU, STRATUM, Statistic, WEIGHT};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names of the columns with numbers of rows.
pub(crate) const ROWS: [&str; 2] = ["_rows", "_rows_weighted"];
/// Counts of an item: yes, no, weightless, and those of the reasons.
pub(crate) const COUNTS: usize = 3 + Missing::ALL.len();

/// Which columns the cells of a survey have, as far as the columns themselves do not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellsForm {
    /// There are strata.
    pub stratified: bool,
    /// There are PSUs; else every row is its own.
    pub clustered: bool,
    /// There is a finite population.
    pub fpc: bool,
    /// Breakdown concepts by name, each with its codes in their order.
    pub by: Vec<(String, Vec<String>)>,
    /// Indicators in the order of the plan.
    pub items: Vec<CellItem>,
}

/// An indicator of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellItem {
    /// Its id.
    pub id: String,
    /// What is added up.
    pub kind: CellKind,
}

/// What is added up for an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Yes and no.
    Share,
    /// A number.
    Number,
    /// Two numbers.
    Ratio,
}

/// Where the sums of an item begin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub kind: CellKind,
    pub count: usize,
    pub sum: usize,
    /// Of a number: Σwy², Σwxy, Σwx².
    pub second: usize,
    /// Where every row is its own PSU: Σ(wy)², Σw²xy, Σ(wx)², and of a ratio Σw².
    pub square: usize,
}

/// Places of the items, and how many counts, sums and exact sums a cell has.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub items: Vec<Place>,
    pub counts: usize,
    pub sums: usize,
    pub exact: usize,
}

/// The form of the cells of a plan, for rows with these columns.
///
/// # Errors
///
/// [`Error::Plan`] if the plan cannot be carried out, or its estimates need more than sums: quantiles,
/// replicate weights, calibration, later stages of sampling.
pub fn cells_form(
    plan: &Plan,
    has: impl Fn(&str) -> bool,
    options: &Options,
) -> Result<CellsForm, Error> {
    sums_suffice(plan, options)?;
    suffices(&has)?;
    let layout = Layout::new(plan, has)?;
    CellsForm::of(plan, &layout)
}

fn refused(place: String, what: &str) -> Result<(), Error> {
    let message =
        format!("{what} cannot be had from cells, which are sums; estimate from the rows");
    Err(Error::Plan { place, message })
}

/// Refuses what a plan and its options want that cannot be estimated from cells.
pub(crate) fn sums_suffice(plan: &Plan, options: &Options) -> Result<(), Error> {
    let quantile = |p: &&crate::PlannedIndicator| p.indicator.statistic == Statistic::Quantile;
    if let Some(planned) = plan.indicators.iter().find(quantile) {
        return refused(format!("indicator `{}`", planned.indicator.id), "a quantile");
    }
    match &options.replicates {
        Some(Replicates::Columns(_)) => {
            return refused("replicate weights".to_string(), "variances from replicate weights");
        }
        Some(Replicates::Made(_)) => {
            return refused("replicates".to_string(), "variances from replicates");
        }
        None => {}
    }
    if !options.calibration.is_empty() {
        return refused("calibration".to_string(), "calibrated weights");
    }
    Ok(())
}

/// Refuses designs that cells do not hold.
fn suffices(has: &impl Fn(&str) -> bool) -> Result<(), Error> {
    if has(FPC) && has(&stage_column(FPC, 2)) {
        return refused("design".to_string(), "variances of later stages of sampling");
    }
    if !has(WEIGHT) {
        return refused("design".to_string(), "weights that follow from finite populations");
    }
    Ok(())
}

impl CellsForm {
    pub(crate) fn of(plan: &Plan, layout: &Layout) -> Result<CellsForm, Error> {
        let by = layout.digits.iter().map(|digit| {
            let codes = plan.concepts[&digit.concept].codes.iter().map(|code| code.id.clone());
            (digit.concept.clone(), codes.collect())
        });
        let items = plan.indicators.iter().zip(&layout.items).map(|(planned, item)| CellItem {
            id: planned.indicator.id.clone(),
            kind: match (&item.compiled.value, &item.compiled.denominator) {
                (None, _) => CellKind::Share,
                (Some(_), None) => CellKind::Number,
                (Some(_), Some(_)) => CellKind::Ratio,
            },
        });
        let form = CellsForm {
            stratified: layout.stratified,
            clustered: layout.clustered,
            fpc: layout.fpc,
            by: by.collect(),
            items: items.collect(),
        };
        form.check()?;
        Ok(form)
    }

    /// What its cells have not, or otherwise, of the columns of another form, in words; nothing if they serve it.
    pub(crate) fn lacks(&self, other: &CellsForm) -> Option<String> {
        let design = |form: &CellsForm| (form.stratified, form.clustered, form.fpc);
        if design(self) != design(other) {
            return Some("they have other columns of the design".to_string());
        }
        let list = |codes: &[String]| format!("`{}`", codes.join("`, `"));
        let concept =
            |(id, codes): &(String, Vec<String>)| match self.by.iter().find(|(own, _)| own == id) {
                None => Some(format!("they are not by `{id}`")),
                Some((_, own)) if own != codes => Some(format!(
                    "they have the codes {} of concept `{id}`, and the study has {}",
                    list(own),
                    list(codes)
                )),
                Some(_) => None,
            };
        let item = |wanted: &CellItem| match self.items.iter().find(|own| own.id == wanted.id) {
            None => Some(format!("they have no sums of indicator `{}`", wanted.id)),
            Some(own) if own != wanted => {
                Some(format!("they have sums of another kind of indicator `{}`", wanted.id))
            }
            Some(_) => None,
        };
        other.by.iter().find_map(concept).or_else(|| other.items.iter().find_map(item))
    }

    /// Two columns of one name, or more combinations than can be numbered.
    fn check(&self) -> Result<(), Error> {
        let wrong =
            |place: String, message: &str| Error::Plan { place, message: message.to_string() };
        let mut names = BTreeSet::new();
        for field in self.schema().fields() {
            if !names.insert(field.name().clone()) {
                let place = format!("column `{}` of the cells", field.name());
                return Err(wrong(
                    place,
                    "would be there twice; rename the concept or the indicator",
                ));
            }
        }
        let size = |(_, codes): &(String, Vec<String>)| (codes.len() + Missing::ALL.len()) as u128;
        self.by
            .iter()
            .try_fold(1u128, |all, by| all.checked_mul(size(by)))
            .map(|_| ())
            .ok_or_else(|| wrong("breakdowns".into(), "they have too many combinations for cells"))
    }

    /// The columns of a file of cells in their usual order.
    pub fn schema(&self) -> SchemaRef {
        let mut fields = Vec::new();
        let text = |name: &str| Field::new(name, DataType::Utf8, false);
        fields.extend(self.stratified.then(|| text(STRATUM)));
        fields.extend(self.clustered.then(|| text(PSU)));
        fields.extend(self.fpc.then(|| Field::new(FPC, DataType::Float64, false)));
        fields.extend(self.by.iter().map(|(concept, _)| text(concept)));
        let count = |name: String| Field::new(name, DataType::UInt64, false);
        let sum = |name: String| Field::new(name, DataType::Decimal128(38, 0), false);
        fields.extend(self.count_names().into_iter().map(count));
        fields.extend(self.sum_names().into_iter().map(sum));
        fields.extend(self.exact_names().iter().map(|name| text(name)));
        Arc::new(Schema::new(fields))
    }

    pub(crate) fn count_names(&self) -> Vec<String> {
        let mut names: Vec<String> = ROWS.map(String::from).to_vec();
        for item in &self.items {
            let own = ["yes", "no", "weightless"].into_iter();
            let all = own.chain(Missing::ALL.into_iter().map(Missing::id));
            names.extend(all.map(|what| format!("{}_n_{what}", item.id)));
        }
        names
    }

    pub(crate) fn sum_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for CellItem { id, kind } in &self.items {
            let all = &["y", "x", "w"][..if *kind == CellKind::Ratio { 3 } else { 2 }];
            names.extend(all.iter().map(|what| format!("{id}_sum_{what}")));
        }
        names
    }

    pub(crate) fn exact_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for CellItem { id, kind } in &self.items {
            let mut put =
                |all: &[&str]| names.extend(all.iter().map(|what| format!("{id}_{what}")));
            if *kind != CellKind::Share {
                put(&["yy", "xy", "xx"]);
            }
            if !self.clustered {
                put(&["wwyy", "wwxy", "wwxx"]);
                put(if *kind == CellKind::Ratio { &["ww"] } else { &[] });
            }
        }
        names
    }

    pub(crate) fn places(&self) -> Places {
        let mut places = Places { items: Vec::new(), counts: ROWS.len(), sums: 0, exact: 0 };
        for CellItem { kind, .. } in &self.items {
            let ratio = usize::from(*kind == CellKind::Ratio);
            let second = if *kind == CellKind::Share { 0 } else { 3 };
            places.items.push(Place {
                kind: *kind,
                count: places.counts,
                sum: places.sums,
                second: places.exact,
                square: places.exact + second,
            });
            places.counts += COUNTS;
            places.sums += 2 + ratio;
            places.exact += second + if self.clustered { 0 } else { 3 + ratio };
        }
        places
    }
}
