//! Time periods of SDMX.

/// A period of SDMX: a year, half-year, trimester, quarter, month, week, day, an instant, or a start
/// with a duration. `2019/20`, `2019-2020`, `FY2019` and `19` are none.
///
/// Source: SDMX 2.1 Technical Notes, section 4.2.
///
/// ```
/// use inclusion_sdmx::is_time_period;
/// for period in ["2022", "2022-Q1", "2022-07", "2022-07-31", "2022-W52", "2015-01-01/P2Y"] {
///     assert!(is_time_period(period), "{period}");
/// }
/// for text in ["2019/20", "2019-2020", "FY2019", "19", "2022-13", "2022-Q5", ""] {
///     assert!(!is_time_period(text), "{text}");
/// }
/// ```
pub fn is_time_period(text: &str) -> bool {
    if let Some((start, duration)) = text.split_once('/') {
        return is_date(start) && is_duration(duration);
    }
    let Some((year, rest)) = text.split_at_checked(4) else { return false };
    if !digits(year) {
        return false;
    }
    let Some(rest) = rest.strip_prefix('-') else { return rest.is_empty() };
    let number = |text: &str, width: usize, most: u32| {
        text.len() == width
            && digits(text)
            && text.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
    };
    match rest.as_bytes().first() {
        Some(b'A') => number(&rest[1..], 1, 1),
        Some(b'S') => number(&rest[1..], 1, 2),
        Some(b'T') => number(&rest[1..], 1, 3),
        Some(b'Q') => number(&rest[1..], 1, 4),
        Some(b'M') => number(&rest[1..], 2, 12),
        Some(b'W') => number(&rest[1..], 2, 53),
        Some(b'D') => number(&rest[1..], 3, 366),
        _ => number(rest, 2, 12) || is_date(text),
    }
}

/// `2022-07-31`, or with a time.
fn is_date(text: &str) -> bool {
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let parts: Vec<&str> = date.split('-').collect();
    let within = |text: &str, most: u32| {
        text.len() == 2
            && digits(text)
            && text.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
    };
    let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z');
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && digits(year) && within(month, 12) && within(day, 31))
        && time.len() >= 5
        && time.chars().all(is_time)
}

/// `P2Y`, `P1Y6M`, `PT12H`.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    rest.ends_with(|c: char| "YMDHSW".contains(c))
        && rest.starts_with(|c: char| c == 'T' || c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || "YMDHSWT.".contains(c))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
