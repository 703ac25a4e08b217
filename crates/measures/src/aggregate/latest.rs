//! The newest values of a country within a window of years.

use super::member::{BadMember, Value};

/// Which values are new enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Year that the aggregate is of.
    pub year: i32,
    /// Years in the window, that year included: 5 for 2019 are 2015 to 2019.
    pub window: i32,
}

impl Latest {
    /// The newest value of the five years up to `year`.
    pub fn of(year: i32) -> Latest {
        Latest { year, window: 5 }
    }

    fn holds(&self, year: i32) -> bool {
        year <= self.year && year > self.year.saturating_sub(self.window)
    }
}

/// Women, men and all of a country, each `None` where the window has no value.
///
/// Women and men are of one year, the newest that has both; without such a year both are left out. All is
/// the newest value by itself.
///
/// # Errors
///
/// [`BadMember::TwoValues`] for two values of one year.
///
/// ```
/// use inclusion_measures::aggregate::{Latest, Value, latest};
/// let of = |year: i32| Value::published(0.5, None, year);
/// let (women, men) = ([of(2016), of(2018)], [of(2016), of(2017)]);
/// let [f, m, all] = latest("KEN", &women, &men, &[of(2019)], Latest::of(2020))?;
/// assert_eq!([f, m, all].map(|value| value.unwrap().year), [2016, 2016, 2019]);
/// # Ok::<(), inclusion_measures::aggregate::BadMember>(())
/// ```
pub fn latest(
    ref_area: &str,
    women: &[Value],
    men: &[Value],
    all: &[Value],
    which: Latest,
) -> Result<[Option<Value>; 3], BadMember> {
    for (values, what) in [(women, "women"), (men, "men"), (all, "all")] {
        let mut years: Vec<i32> = values.iter().map(|value| value.year).collect();
        years.sort_unstable();
        if let Some(pair) = years.windows(2).find(|pair| pair[0] == pair[1]) {
            let (ref_area, year) = (ref_area.to_string(), pair[0]);
            return Err(BadMember::TwoValues { ref_area, what, year });
        }
    }
    let of_year = |values: &[Value], year| values.iter().find(|value| value.year == year).cloned();
    let newest = |values: &[Value], also: &[Value]| {
        let years = values.iter().map(|value| value.year).filter(|year| which.holds(*year));
        years.filter(|year| also.iter().any(|value| value.year == *year)).max()
    };
    let of_both = newest(women, men);
    let both = |values| of_both.and_then(|year| of_year(values, year));
    Ok([both(women), both(men), newest(all, all).and_then(|year| of_year(all, year))])
}
