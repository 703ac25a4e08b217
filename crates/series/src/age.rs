//! Age ranges as codes.
//!
//! The codes are those of the SDMX code list CL_AGE: `_T` all ages or no breakdown, `_X` not
//! specified, `_U` unknown, `Y25` one year, `Y16T74` a range, `Y_GE15` and `Y_LT5` open ranges.

/// First and last year of an age code, both inclusive; `None` at an open end.
///
/// `None` for `_T`, `_X` and the like, which name no range.
///
/// ```
/// use inclusion_series::age_range;
/// assert_eq!(age_range("Y16T74"), Some((Some(16), Some(74))));
/// assert_eq!(age_range("Y_GE15"), Some((Some(15), None)));
/// assert_eq!(age_range("_T"), None);
/// ```
pub fn age_range(code: &str) -> Option<(Option<u32>, Option<u32>)> {
    let years = code.strip_prefix('Y')?;
    if let Some(from) = years.strip_prefix("_GE") {
        return Some((Some(from.parse().ok()?), None));
    }
    if let Some(below) = years.strip_prefix("_LT") {
        return Some((None, Some(below.parse::<u32>().ok()?.checked_sub(1)?)));
    }
    match years.split_once('T') {
        Some((from, to)) => {
            let (from, to) = (from.parse().ok()?, to.parse().ok()?);
            (from <= to).then_some((Some(from), Some(to)))
        }
        None => {
            let year = years.parse().ok()?;
            Some((Some(year), Some(year)))
        }
    }
}

/// True for a code of an age range and for those that name none.
pub(crate) fn is_age(code: &str) -> bool {
    matches!(code, "_T" | "_X" | "_U" | "_Z" | "_O") || age_range(code).is_some()
}

/// The code of a range as people write it: `15+`, `15-24`, `<5`.
pub(crate) fn code_of(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches("years").trim();
    let whole = |t: &str| {
        let t = t.trim();
        (!t.is_empty() && t.len() <= 3 && t.bytes().all(|b| b.is_ascii_digit()))
            .then(|| format!("{:0>2}", t.trim_start_matches('0')))
    };
    if let Some(from) = text.strip_suffix('+') {
        return Some(format!("Y_GE{}", whole(from)?));
    }
    if let Some(below) = text.strip_prefix('<') {
        return Some(format!("Y_LT{}", whole(below)?));
    }
    let (from, to) = text.split_once(['-', '–'])?;
    let code = format!("Y{}T{}", whole(from)?, whole(to)?);
    age_range(&code).map(|_| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_as_people_write_them_have_codes() {
        assert_eq!(code_of("15+").as_deref(), Some("Y_GE15"));
        assert_eq!(code_of("5+").as_deref(), Some("Y_GE05"));
        assert_eq!(code_of("15-24").as_deref(), Some("Y15T24"));
        assert_eq!(code_of("<5").as_deref(), Some("Y_LT05"));
        for text in ["15", "24-15", "adults", "15-", "+", "-5"] {
            assert_eq!(code_of(text), None, "{text}");
        }
        for code in ["Y24T15", "Y", "Y_GE", "F", "15", "Y_LT0"] {
            assert!(!is_age(code), "{code}");
        }
    }
}
