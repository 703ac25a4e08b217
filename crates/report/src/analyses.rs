//! Reviewed analyses as tables: tests, regressions, decompositions.
//!
//! Every cell is decided here as for other tables. A p-value below 0.001 is printed so, and never as
//! 0; what is said of it is hedged: samples tell associations, no causes, and no difference found is
//! not the same as none.

use crate::lookup::Lookup;
use crate::numbers::{decimal, level as percent, whole};
use crate::words::{capital, sentence};
use crate::{
    Annex, AnnexInput, Block, CellInterval, Head, HeadKind, Note, Section, Table, TableCell,
    TableRow,
};
use inclusion_disclosure::{AnalysisOutcome, PublishableAnalyses, ReviewedAnalysis};
use inclusion_estimate::{AnalysisFigures, AnalysisKind, AnalysisRow, Unit, hundredfold};

/// The tables of a study's analyses, in its order; their numbers are given later.
pub fn analysis_tables(input: &AnnexInput<'_>, analyses: &PublishableAnalyses) -> Vec<Table> {
    let lookup = Lookup::new(input);
    analyses.list().iter().map(|one| table(&lookup, one, analyses.tests())).collect()
}

/// Adds the tables as a section before the definitions, and numbers all tables again.
pub fn add_analyses(annex: &mut Annex, tables: Vec<Table>) {
    if tables.is_empty() {
        return;
    }
    let blocks = tables.into_iter().map(Block::Table).collect();
    let section = Section { id: "analyses".into(), title: "Analyses".into(), blocks };
    let before = ["data-gaps", "non-response", "sampling-errors", "definitions"];
    let place = annex.sections.iter().position(|section| before.contains(&section.id.as_str()));
    annex.sections.insert(place.unwrap_or(annex.sections.len()), section);
    let blocks = annex.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (place, table) in tables.enumerate() {
        table.number = place + 1;
    }
}

/// A p-value as printed: three decimals, and never 0.
///
/// ```
/// assert_eq!(inclusion_report::p_text(0.0004), "< 0.001");
/// assert_eq!(inclusion_report::p_text(0.0416), "0.042");
/// assert_eq!(inclusion_report::p_text(0.9996), "> 0.999");
/// ```
pub fn p_text(p: f64) -> String {
    match p {
        p if p < 0.001 => "< 0.001".to_string(),
        p if p > 0.999 => "> 0.999".to_string(),
        p => decimal(p, 3),
    }
}

fn table(lookup: &Lookup<'_>, one: &ReviewedAnalysis, tests: usize) -> Table {
    let about = one.about();
    let input = lookup.input;
    let survey = input.surveys.iter().find(|survey| survey.source == about.source);
    let place = survey.map_or_else(|| about.source.clone(), |survey| survey.place());
    let mut notes: Vec<Note> = Vec::new();
    let mut general = |text: &str| {
        let text = sentence(&capital(text));
        if !notes.iter().any(|note: &Note| note.text == text) {
            notes.push(Note { mark: String::new(), text, raised: false });
        }
    };
    let (heads, rows, subtitle) = match one.outcome() {
        AnalysisOutcome::Shown(figures) => {
            let printed = Printed::of(lookup, one, figures);
            let rows = figures.rows.iter().map(|row| printed.row(row)).collect();
            says(lookup, one, figures, tests, &mut general);
            let mut words = vec![place, format!("{} unweighted cases", whole(about.n))];
            if about.excluded > 0 {
                words.push(format!(
                    "{} left out, without an answer or outside the groups",
                    whole(about.excluded)
                ));
            }
            words.push(match about.design_df {
                Some(df) => format!("{} degrees of freedom of the design", df_text(df)),
                None => "normal quantiles".to_string(),
            });
            (printed.heads(), rows, words.join(" · "))
        }
        AnalysisOutcome::Withheld(reason) => {
            general(&withheld(reason, lookup));
            let cell = TableCell {
                text: input.style.withheld.clone(),
                withheld: true,
                ..TableCell::default()
            };
            (no_result(), vec![result_row(cell)], place)
        }
        AnalysisOutcome::Missing(reason) => {
            general(&format!("No result: {reason}"));
            let cell = TableCell {
                text: input.style.not_available.clone(),
                missing: Some(reason.clone()),
                ..TableCell::default()
            };
            (no_result(), vec![result_row(cell)], place)
        }
    };
    if one.unreliable() {
        let (before, after) = &input.style.unreliable;
        let text = format!(
            "Low reliability: a group has fewer than {} unweighted cases.",
            input.policy.unreliable_below
        );
        notes.insert(0, Note { mark: format!("{before} {after}"), text, raised: false });
    }
    if matches!(one.outcome(), AnalysisOutcome::Withheld(_))
        && let Some(first) = notes.first_mut()
    {
        first.mark = input.style.withheld.clone();
    }
    Table {
        number: 0,
        title: about.title.clone(),
        subtitle,
        stub: match about.kind {
            AnalysisKind::Regression => "Term",
            AnalysisKind::Decomposition => "Part",
            AnalysisKind::Test => "By",
            _ => "Group",
        }
        .into(),
        heads,
        spanners: Vec::new(),
        rows,
        notes,
        source: lookup.source_line(),
    }
}

fn no_result() -> Vec<Head> {
    vec![Head { title: "Result".into(), kind: HeadKind::Text }]
}

fn result_row(cell: TableCell) -> TableRow {
    TableRow::Cells { label: "All".into(), level: 0, cells: vec![cell] }
}

fn withheld(reason: &str, lookup: &Lookup<'_>) -> String {
    match reason {
        "too_few_cases" => format!(
            "Withheld as a whole: one of its groups has fewer than {} unweighted cases",
            lookup.input.policy.least_cases()
        ),
        "derived" => {
            "Withheld as a whole: it rests on a group that is withheld in the tables".to_string()
        }
        "pooled" => "Withheld as a whole: a pool of surveys tells sums with withheld figures in them, and this could tell the other terms".to_string(),
        _ => "Withheld as a whole: a withheld figure could be worked out from it".to_string(),
    }
}

/// The sentences under a table.
fn says(
    lookup: &Lookup<'_>,
    one: &ReviewedAnalysis,
    figures: &AnalysisFigures,
    tests: usize,
    general: &mut impl FnMut(&str),
) {
    let about = one.about();
    let level = lookup.input.estimation.level;
    general(&about.method);
    if figures.rows.iter().any(|row| row.lower.is_some()) {
        general(&format!("{} confidence intervals: value ± t × standard error", percent(level)));
    }
    let tested = figures.rows.iter().find_map(|row| row.p_value).filter(|_| about.kind.is_test());
    if let Some(p) = tested {
        let p = one.p_holm().unwrap_or(p);
        let limit = decimal(1.0 - level, if level > 0.99 { 3 } else { 2 });
        let what = match about.kind {
            AnalysisKind::Test => "independence",
            _ => "no difference",
        };
        let which = match one.p_holm() {
            Some(_) => "The p-value adjusted by Holm's method",
            None => "The p-value",
        };
        general(&if p < 1.0 - level {
            format!(
                "{which} is below {limit}: so large a statistic would be rare under {what}. It speaks for \
                 an association in the population and tells no cause"
            )
        } else {
            format!(
                "{which} is not below {limit}: the sample does not tell this apart from {what}, which is \
                 no evidence that there is {}",
                if about.kind == AnalysisKind::Test { "independence" } else { "none" }
            )
        });
        if one.p_holm().is_some() {
            general(&format!(
                "The study shows {tests} tests: p (Holm) is adjusted for all of them (Holm 1979)"
            ));
        } else {
            general("One test in the study: no adjustment for several");
        }
    }
    if about.kind == AnalysisKind::Regression {
        general(
            "Coefficients are associations with the outcome given the other terms, not effects; \
             their p-values are not adjusted for the number of coefficients",
        );
    }
    for note in &about.notes {
        general(note);
    }
}

/// Which columns a table has and how its numbers are printed.
struct Printed {
    /// Values are shares, printed in per cent.
    hundred: bool,
    /// Beside shares there are values in a unit of their own.
    mixed: bool,
    decimals: u8,
    rate_decimals: u8,
    parity_decimals: u8,
    p_holm: Option<f64>,
    unreliable: Option<(String, String)>,
    absent: String,
    kind: AnalysisKind,
    value: bool,
    odds: bool,
    statistic: Option<&'static str>,
    ndf: bool,
    ddf: bool,
    share: bool,
    n: bool,
}

impl Printed {
    fn of(lookup: &Lookup<'_>, one: &ReviewedAnalysis, figures: &AnalysisFigures) -> Printed {
        let style = lookup.input.style;
        let rows = &figures.rows;
        let hundred = rows.iter().any(|row| row.unit == Unit::Share)
            && one.about().kind != AnalysisKind::Regression;
        // Two digits of the smallest standard error.
        let own = rows.iter().filter(|row| !hundred || row.unit != Unit::Share);
        let least = own.filter_map(|row| row.se).filter(|se| *se > 0.0).reduce(f64::min);
        let digits = least.map_or(3, |se| (1.0 - se.log10().floor()).clamp(1.0, 6.0) as u8);
        Printed {
            hundred,
            mixed: hundred && rows.iter().any(|row| row.unit != Unit::Share),
            decimals: digits,
            rate_decimals: style.rate_decimals,
            parity_decimals: style.parity_decimals,
            p_holm: one.p_holm(),
            unreliable: one.unreliable().then(|| style.unreliable.clone()),
            absent: style.not_available.clone(),
            kind: one.about().kind,
            value: rows.iter().any(|row| row.value.is_some()),
            odds: rows.iter().any(|row| row.odds_ratio.is_some()),
            statistic: rows.iter().find_map(|row| row.statistic.map(|(name, _)| name)),
            ndf: rows.iter().any(|row| row.ndf.is_some()),
            ddf: rows.iter().any(|row| row.ddf.is_some()),
            share: rows.iter().any(|row| row.share.is_some()),
            n: rows.iter().any(|row| row.n.is_some()),
        }
    }

    fn heads(&self) -> Vec<Head> {
        let mut heads = Vec::new();
        let mut add = |there: bool, title: &str, kind: HeadKind| {
            if there {
                heads.push(Head { title: title.to_string(), kind });
            }
        };
        let value = match (self.kind, self.hundred) {
            (AnalysisKind::Regression, _) => "Coefficient",
            (_, true) if self.mixed => "Per cent, or own unit",
            (_, true) => "Per cent or points",
            (AnalysisKind::Variance, _) => "Variance",
            _ => "Value",
        };
        add(self.value, value, HeadKind::WithInterval);
        add(self.value, "Standard error", HeadKind::Number);
        add(self.odds, "Odds ratio", HeadKind::WithInterval);
        add(self.statistic.is_some(), self.statistic.unwrap_or_default(), HeadKind::Number);
        add(self.ndf, "Numerator df", HeadKind::Number);
        add(self.ddf, if self.ndf { "Denominator df" } else { "df" }, HeadKind::Number);
        add(self.statistic.is_some(), "p", HeadKind::Number);
        add(self.p_holm.is_some(), "p (Holm)", HeadKind::Number);
        let share = match self.kind {
            AnalysisKind::Decomposition => "Share of the gap, per cent",
            _ => "Variance due to imputation, per cent",
        };
        add(self.share, share, HeadKind::Number);
        add(self.n, "Unweighted cases", HeadKind::Number);
        heads
    }

    fn row(&self, row: &AnalysisRow) -> TableRow {
        let mut cells = Vec::new();
        // Shares and means may stand in one table.
        let share = self.hundred && row.unit == Unit::Share;
        let printed = |value: f64| if share { hundredfold(value) } else { value };
        let decimals = if share { self.rate_decimals } else { self.decimals };
        let mut add = |there: bool, cell: TableCell| {
            if there {
                cells.push(cell);
            }
        };
        let bounds = row.lower.zip(row.upper).map(|(a, b)| (printed(a), printed(b)));
        add(self.value, self.with_interval(row.value.map(printed), bounds, decimals, row.n));
        add(self.value, self.number(row.se.map(printed), decimals));
        let odds = row.odds_ratio;
        let ends = odds.map(|odds| (odds[1], odds[2]));
        add(self.odds, self.plain(odds.map(|odds| odds[0]), ends, self.parity_decimals));
        add(self.statistic.is_some(), self.plain(row.statistic.map(|(_, value)| value), None, 2));
        add(self.ndf, df(row.ndf));
        add(self.ddf, df(row.ddf));
        add(self.statistic.is_some(), p_cell(row.p_value));
        add(self.p_holm.is_some(), p_cell(self.p_holm.filter(|_| row.p_value.is_some())));
        add(self.share, self.plain(row.share.map(hundredfold), None, 1));
        add(self.n, self.plain(row.n.map(|n| n as f64), None, 0));
        TableRow::Cells { label: row.label.clone(), level: 0, cells }
    }

    /// A value; one that is not there says why.
    fn with_interval(
        &self,
        value: Option<f64>,
        bounds: Option<(f64, f64)>,
        decimals: u8,
        n: Option<u64>,
    ) -> TableCell {
        if value.is_none() {
            let why = if n == Some(0) { "no case" } else { "it cannot be had of these cases" };
            return TableCell {
                text: self.absent.clone(),
                missing: Some(why.to_string()),
                ..TableCell::default()
            };
        }
        let cell = self.plain(value, bounds, decimals);
        TableCell { unreliable: self.unreliable.clone(), ..cell }
    }

    fn number(&self, value: Option<f64>, decimals: u8) -> TableCell {
        self.plain(value, None, decimals)
    }

    /// An empty cell where a row has no such figure.
    fn plain(&self, value: Option<f64>, bounds: Option<(f64, f64)>, decimals: u8) -> TableCell {
        let Some(value) = value else { return TableCell::default() };
        let interval = bounds.map(|(lower, upper)| {
            let (a, b) = (decimal(lower, decimals), decimal(upper, decimals));
            let minus = a.starts_with('\u{2212}') || b.starts_with('\u{2212}');
            let text = if minus { format!("{a} to {b}") } else { format!("{a}–{b}") };
            CellInterval { text, lower, upper }
        });
        TableCell {
            text: decimal(value, decimals),
            interval,
            number: Some(value),
            decimals,
            ..TableCell::default()
        }
    }
}

fn p_cell(p: Option<f64>) -> TableCell {
    let Some(p) = p else { return TableCell::default() };
    let text = p_text(p);
    // A workbook would round a small number to 0.
    let number = text.starts_with(|c: char| c.is_ascii_digit()).then_some(p);
    TableCell { text, number, decimals: 3, ..TableCell::default() }
}

fn df(value: Option<f64>) -> TableCell {
    let Some(value) = value else { return TableCell::default() };
    let decimals = if value.fract() == 0.0 { 0 } else { 2 };
    TableCell { text: df_text(value), number: Some(value), decimals, ..TableCell::default() }
}

fn df_text(value: f64) -> String {
    decimal(value, if value.fract() == 0.0 { 0 } else { 2 })
}
