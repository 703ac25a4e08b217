//! Columns that a table may have, and the ids by which studies name them.

use inclusion_estimate::Measure;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// A figure.
    Value(Quantity),
    /// Its confidence interval.
    Interval(Quantity),
    /// Its standard error.
    Se(Quantity),
    /// Its coefficient of variation.
    Cv(Quantity),
    /// Its design effect.
    Deff(Quantity),
    /// Its effective number of cases.
    NEffective(Quantity),
    /// Unweighted cases behind it.
    N(Quantity),
    /// Weighted cases behind it.
    NWeighted(Quantity),
    /// What the study's threshold set says of parity.
    Verdict,
    /// Period of the row.
    Year,
    /// Nature of the value by the codes of the UN SDG database.
    Nature,
    /// The marks of the row's notes.
    Notes,
}

/// A figure of a group or of the comparison of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Both, unstated sex included.
    Total,
    /// Men minus women.
    Gap,
    /// Gap over men.
    RelativeGap,
    /// Women over men.
    Parity,
    /// Parity, symmetric around one.
    AdjustedParity,
    /// How many more men than women, in persons.
    UserDifference,
    /// Women to connect for parity, in persons.
    WomenToParity,
    /// How many more women than men are without, relative to men.
    ExcessOffline,
    /// Women with the property, in persons.
    HeadcountWomen,
    /// Men with the property, in persons.
    HeadcountMen,
    /// Persons with the property.
    HeadcountTotal,
    /// Item non-response of women.
    NonresponseWomen,
    /// Item non-response of men.
    NonresponseMen,
    /// Item non-response of all.
    NonresponseTotal,
}

impl Quantity {
    /// All, in printing order.
    pub const ALL: [Quantity; 16] = [
        Quantity::Women,
        Quantity::Men,
        Quantity::Total,
        Quantity::Gap,
        Quantity::RelativeGap,
        Quantity::Parity,
        Quantity::AdjustedParity,
        Quantity::UserDifference,
        Quantity::WomenToParity,
        Quantity::ExcessOffline,
        Quantity::HeadcountWomen,
        Quantity::HeadcountMen,
        Quantity::HeadcountTotal,
        Quantity::NonresponseWomen,
        Quantity::NonresponseMen,
        Quantity::NonresponseTotal,
    ];

    /// Its id in studies and styles.
    pub fn id(self) -> &'static str {
        match self {
            Quantity::Women => "women",
            Quantity::Men => "men",
            Quantity::Total => "total",
            Quantity::Gap => "gap",
            Quantity::RelativeGap => "relative_gap",
            Quantity::Parity => "parity",
            Quantity::AdjustedParity => "adjusted_parity",
            Quantity::UserDifference => "user_difference",
            Quantity::WomenToParity => "women_to_parity",
            Quantity::ExcessOffline => "excess_offline",
            Quantity::HeadcountWomen => "headcount_women",
            Quantity::HeadcountMen => "headcount_men",
            Quantity::HeadcountTotal => "headcount_total",
            Quantity::NonresponseWomen => "nonresponse_women",
            Quantity::NonresponseMen => "nonresponse_men",
            Quantity::NonresponseTotal => "nonresponse_total",
        }
    }

    /// The sex and the measure of the row it is looked up in.
    pub fn key(self) -> (Option<&'static str>, Measure) {
        match self {
            Quantity::Women => (Some("F"), Measure::Level),
            Quantity::Men => (Some("M"), Measure::Level),
            Quantity::Total => (None, Measure::Level),
            Quantity::Gap => (None, Measure::Gap),
            Quantity::RelativeGap => (None, Measure::RelativeGap),
            Quantity::Parity => (None, Measure::Parity),
            Quantity::AdjustedParity => (None, Measure::AdjustedParity),
            Quantity::UserDifference => (None, Measure::UserDifference),
            Quantity::WomenToParity => (None, Measure::WomenToParity),
            Quantity::ExcessOffline => (None, Measure::ExcessOffline),
            Quantity::HeadcountWomen => (Some("F"), Measure::Headcount),
            Quantity::HeadcountMen => (Some("M"), Measure::Headcount),
            Quantity::HeadcountTotal => (None, Measure::Headcount),
            Quantity::NonresponseWomen => (Some("F"), Measure::Nonresponse),
            Quantity::NonresponseMen => (Some("M"), Measure::Nonresponse),
            Quantity::NonresponseTotal => (None, Measure::Nonresponse),
        }
    }

    /// It compares women with men, so a household indicator has none.
    pub(crate) fn needs_sex(self) -> bool {
        !matches!(self, Quantity::Total | Quantity::HeadcountTotal | Quantity::NonresponseTotal)
    }
}

impl Column {
    /// Columns of an id: a quantity (`gap`), a property and a quantity (`se_gap`, `interval_women`,
    /// `n_total`), or a property of women and men (`n`, `se`, `headcount`). `None` if unknown.
    ///
    /// ```
    /// use inclusion_report::{Column, Quantity};
    /// assert_eq!(Column::parse("gap"), Some(vec![Column::Value(Quantity::Gap)]));
    /// assert_eq!(
    ///     Column::parse("n"),
    ///     Some(vec![Column::N(Quantity::Women), Column::N(Quantity::Men)])
    /// );
    /// assert_eq!(Column::parse("gpa"), None);
    /// ```
    pub fn parse(id: &str) -> Option<Vec<Column>> {
        let quantity = |text: &str| Quantity::ALL.into_iter().find(|q| q.id() == text);
        if let Some(q) = quantity(id) {
            return Some(vec![Column::Value(q)]);
        }
        match id {
            "headcount" => {
                return Some(vec![
                    Column::Value(Quantity::HeadcountWomen),
                    Column::Value(Quantity::HeadcountMen),
                ]);
            }
            "nonresponse" => {
                return Some(vec![
                    Column::Value(Quantity::NonresponseWomen),
                    Column::Value(Quantity::NonresponseMen),
                ]);
            }
            "verdict" => return Some(vec![Column::Verdict]),
            "year" => return Some(vec![Column::Year]),
            "nature" => return Some(vec![Column::Nature]),
            "notes" => return Some(vec![Column::Notes]),
            _ => {}
        }
        PROPERTIES.iter().find_map(|(name, make)| {
            let rest = id.strip_prefix(name)?;
            if rest.is_empty() {
                return Some(vec![make(Quantity::Women), make(Quantity::Men)]);
            }
            Some(vec![make(quantity(rest.strip_prefix('_')?)?)])
        })
    }

    /// Every id that [`Column::parse`] accepts, for messages and completions.
    pub fn ids() -> Vec<String> {
        let mut ids: Vec<String> = Quantity::ALL.iter().map(|q| q.id().to_string()).collect();
        ids.extend(
            ["headcount", "nonresponse", "verdict", "year", "nature", "notes"].map(String::from),
        );
        for (name, _) in PROPERTIES {
            ids.push(name.to_string());
            ids.extend(Quantity::ALL.iter().map(|q| format!("{name}_{}", q.id())));
        }
        ids
    }
}

type Make = fn(Quantity) -> Column;

/// Longer names before those they begin with.
const PROPERTIES: [(&str, Make); 7] = [
    ("interval", Column::Interval),
    ("se", Column::Se),
    ("cv", Column::Cv),
    ("deff", Column::Deff),
    ("n_effective", Column::NEffective),
    ("n_weighted", Column::NWeighted),
    ("n", Column::N),
];
