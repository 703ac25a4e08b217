//! Headers of columns and the spanners over them.

use crate::{Column, Head, HeadKind, Quantity};
use inclusion_registry::{Direction, Indicator, Statistic, Style};

/// Words that headers need.
pub(crate) struct HeadContext<'a> {
    pub style: &'a Style,
    pub indicator: &'a Indicator,
    /// `95%`.
    pub level: String,
    /// Values have intervals beside them.
    pub intervals: bool,
}

impl HeadContext<'_> {
    /// `%`, `hours`.
    fn unit(&self) -> String {
        if is_share(self.indicator) { "%".into() } else { self.indicator.unit.clone() }
    }

    fn points(&self) -> String {
        if is_share(self.indicator) { "points".into() } else { self.indicator.unit.clone() }
    }
}

/// The indicator is a share, stored from 0 to 1.
pub(crate) fn is_share(indicator: &Indicator) -> bool {
    match indicator.statistic {
        Statistic::Proportion => true,
        Statistic::Published => is_percent(&indicator.unit),
        Statistic::Mean | Statistic::Total | Statistic::Ratio | Statistic::Quantile => false,
    }
}

fn is_percent(unit: &str) -> bool {
    matches!(unit, "percent" | "per cent" | "%")
}

/// What gap and parity are of, where it is not the indicator itself: the share of those without.
pub(crate) fn complement(indicator: &Indicator) -> &'static str {
    if indicator.direction == Direction::Lower && is_share(indicator) {
        " of those without"
    } else {
        ""
    }
}

/// The unit in words, for subtitles: `per cent`.
pub(crate) fn unit_words(indicator: &Indicator) -> String {
    if is_percent(&indicator.unit) { "per cent".into() } else { indicator.unit.clone() }
}

/// Headers and spanners of columns. Columns with a common property share a spanner; a single one
/// has the property in its own header.
pub(crate) fn heads(
    columns: &[Column],
    context: &HeadContext<'_>,
) -> (Vec<Head>, Vec<(String, usize)>) {
    let mut heads = Vec::new();
    let mut spanners: Vec<(String, usize)> = Vec::new();
    let mut start = 0;
    while start < columns.len() {
        let title = spanner(columns[start], context);
        let run = columns[start..]
            .iter()
            .take_while(|column| spanner(**column, context) == title)
            .count();
        let spanned = run > 1 && !title.is_empty();
        for column in &columns[start..start + run] {
            heads.push(head(*column, spanned, context));
        }
        let title = if spanned { title } else { String::new() };
        match spanners.last_mut() {
            Some((last, n)) if last.is_empty() && title.is_empty() => *n += run,
            _ => spanners.push((title, run)),
        }
        start += run;
    }
    if spanners.iter().all(|(title, _)| title.is_empty()) {
        spanners.clear();
    }
    (heads, spanners)
}

/// The header of one column; `short` where a spanner says what it is of the group.
pub(crate) fn head(column: Column, short: bool, context: &HeadContext<'_>) -> Head {
    let kind = match column {
        Column::Value(_) if context.intervals => HeadKind::WithInterval,
        Column::Interval(_) => HeadKind::Interval,
        Column::Verdict | Column::Year | Column::Nature | Column::Notes => HeadKind::Text,
        _ => HeadKind::Number,
    };
    if let Some(text) = context.style.headers.get(&id(column)) {
        return Head { title: text.clone(), kind };
    }
    let of = |prefix: &str, q: Quantity| {
        if short { group(q).to_string() } else { format!("{prefix}, {}", small_group(q)) }
    };
    let title = match column {
        Column::Value(q) => value_title(q, short, context),
        Column::Interval(q) if short => group(q).into(),
        Column::Interval(q) => format!("{} interval, {}", context.level, small_group(q)),
        Column::Se(q) => of("SE", q),
        Column::Cv(q) => of("CV (%)", q),
        Column::Deff(q) => of("Deff", q),
        Column::NEffective(q) => of("Effective n", q),
        Column::N(q) => of("n", q),
        Column::NWeighted(q) => of("Weighted n", q),
        Column::Verdict => "Verdict".into(),
        Column::Year => "Year".into(),
        Column::Nature => "Nature".into(),
        Column::Notes => "Notes".into(),
    };
    Head { title, kind }
}

fn value_title(q: Quantity, short: bool, context: &HeadContext<'_>) -> String {
    let of = complement(context.indicator);
    match q {
        Quantity::Gap => format!("Gap{of} ({})", context.points()),
        Quantity::RelativeGap => format!("Relative gap{of} (%)"),
        Quantity::Parity => format!("Parity{of}"),
        Quantity::AdjustedParity => format!("Adjusted parity{of}"),
        Quantity::UserDifference => "More men than women (persons)".into(),
        Quantity::WomenToParity => "Women missing for parity (persons)".into(),
        Quantity::ExcessOffline => "Women's excess without (%)".into(),
        Quantity::HeadcountWomen | Quantity::HeadcountMen | Quantity::HeadcountTotal => {
            if short {
                group(q).into()
            } else {
                format!("{} (persons)", group(q))
            }
        }
        Quantity::NonresponseWomen | Quantity::NonresponseMen | Quantity::NonresponseTotal => {
            if short {
                group(q).into()
            } else {
                format!("Non-response, {} (%)", small_group(q))
            }
        }
        Quantity::Women | Quantity::Men | Quantity::Total => {
            if short {
                group(q).into()
            } else {
                format!("{} ({})", group(q), context.unit())
            }
        }
    }
}

fn spanner(column: Column, context: &HeadContext<'_>) -> String {
    match column {
        Column::Value(Quantity::Women | Quantity::Men | Quantity::Total) => {
            crate::words::capital(&unit_words(context.indicator))
        }
        Column::Value(
            Quantity::HeadcountWomen | Quantity::HeadcountMen | Quantity::HeadcountTotal,
        ) => "Persons".into(),
        Column::Value(
            Quantity::NonresponseWomen | Quantity::NonresponseMen | Quantity::NonresponseTotal,
        ) => "Item non-response (%)".into(),
        Column::Interval(_) => format!("{} interval", context.level),
        Column::Se(_) => "Standard error".into(),
        Column::Cv(_) => "Coefficient of variation (%)".into(),
        Column::Deff(_) => "Design effect".into(),
        Column::NEffective(_) => "Effective cases".into(),
        Column::N(_) => "Unweighted cases".into(),
        Column::NWeighted(_) => "Weighted cases".into(),
        _ => String::new(),
    }
}

/// The id under which a style may give a header.
fn id(column: Column) -> String {
    let of = |name: &str, q: Quantity| format!("{name}_{}", q.id());
    match column {
        Column::Value(q) => q.id().into(),
        Column::Interval(q) => of("interval", q),
        Column::Se(q) => of("se", q),
        Column::Cv(q) => of("cv", q),
        Column::Deff(q) => of("deff", q),
        Column::NEffective(q) => of("n_effective", q),
        Column::N(q) => of("n", q),
        Column::NWeighted(q) => of("n_weighted", q),
        Column::Verdict => "verdict".into(),
        Column::Year => "year".into(),
        Column::Nature => "nature".into(),
        Column::Notes => "notes".into(),
    }
}

fn group(q: Quantity) -> &'static str {
    match q {
        Quantity::Women | Quantity::HeadcountWomen | Quantity::NonresponseWomen => "Women",
        Quantity::Men | Quantity::HeadcountMen | Quantity::NonresponseMen => "Men",
        Quantity::Total | Quantity::HeadcountTotal | Quantity::NonresponseTotal => "Total",
        Quantity::Gap => "Gap",
        Quantity::RelativeGap => "Relative gap",
        Quantity::Parity => "Parity",
        Quantity::AdjustedParity => "Adjusted parity",
        Quantity::UserDifference => "More men than women",
        Quantity::WomenToParity => "Women missing for parity",
        Quantity::ExcessOffline => "Women's excess without",
    }
}

fn small_group(q: Quantity) -> String {
    crate::words::small(group(q))
}
