//! What each column of the survey file holds, in words: variable and value labels.

/// A column with its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Column name.
    pub name: &'static str,
    /// What it holds.
    pub label: &'static str,
    /// Codes with their labels; empty for numbers and identifiers.
    pub values: &'static [(i64, &'static str)],
}

const YES_NO: &[(i64, &str)] = &[(1, "Yes"), (2, "No")];
const YES_NO_9: &[(i64, &str)] = &[(1, "Yes"), (2, "No"), (9, "Not stated")];
const YES_NO_89: &[(i64, &str)] = &[(1, "Yes"), (2, "No"), (8, "Don't know"), (9, "Refused")];

const fn v(
    name: &'static str,
    label: &'static str,
    values: &'static [(i64, &'static str)],
) -> Variable {
    Variable { name, label, values }
}

/// The columns in file order.
pub fn code_book() -> &'static [Variable] {
    CODE_BOOK
}

const CODE_BOOK: &[Variable] = &[
    v("household_id", "Household", &[]),
    v("person_id", "Line number in the household", &[]),
    v("stratum", "Sampling stratum", &[]),
    v("psu", "Primary sampling unit", &[]),
    v("weight", "Sampling weight", &[]),
    v("sex", "Sex", &[(1, "Man"), (2, "Woman"), (9, "Not stated")]),
    v("age", "Age in completed years", &[(999, "Not stated")]),
    v("area", "Area", &[(1, "Urban"), (2, "Rural")]),
    v(
        "region",
        "Region",
        &[(1, "Capital"), (2, "North"), (3, "Coast"), (4, "Lakes"), (5, "Highlands"), (6, "South")],
    ),
    v("wealth_score", "Wealth score of the household", &[]),
    v(
        "wealth_quintile",
        "Wealth quintile",
        &[(1, "Poorest"), (2, "Second"), (3, "Middle"), (4, "Fourth"), (5, "Richest")],
    ),
    v(
        "education",
        "Highest level of education",
        &[
            (0, "None"),
            (1, "Primary"),
            (2, "Lower secondary"),
            (3, "Upper secondary"),
            (4, "Tertiary"),
            (9, "Not stated"),
        ],
    ),
    v(
        "labour",
        "Labour force status",
        &[(1, "Employed"), (2, "Unemployed"), (3, "Outside the labour force"), (9, "Not stated")],
    ),
    v("disability", "Has a disability", YES_NO_9),
    v("indigenous", "Belongs to an indigenous people", YES_NO),
    v("hh_internet", "Household has Internet access", YES_NO),
    v("hh_computer", "Household has a computer", YES_NO),
    v(
        "internet_last",
        "Last used the Internet",
        &[
            (1, "Within 3 months"),
            (2, "3 to 12 months ago"),
            (3, "Longer ago"),
            (4, "Never"),
            (8, "Don't know"),
        ],
    ),
    v(
        "internet_freq",
        "How often used the Internet, last 3 months",
        &[(1, "At least daily"), (2, "At least weekly"), (3, "Less often")],
    ),
    v("owns_mobile", "Owns a mobile phone", YES_NO_89),
    v("smartphone", "The phone is a smartphone", YES_NO),
    v("used_mobile", "Used a mobile phone, last 3 months", YES_NO),
    v("used_computer", "Used a computer, last 3 months", YES_NO),
    v("sk_cmfl", "Copied or moved a file or folder", YES_NO),
    v("sk_copa", "Used copy and paste", YES_NO),
    v("sk_email", "Sent an e-mail with an attachment", YES_NO),
    v("sk_arsp", "Used a formula in a spreadsheet", YES_NO),
    v("sk_inst", "Connected or installed a new device", YES_NO),
    v("sk_soft", "Found, installed and configured software", YES_NO),
    v("sk_eprs", "Made an electronic presentation", YES_NO),
    v("sk_traf", "Transferred files between devices", YES_NO),
    v("sk_pcpr", "Wrote a computer program", YES_NO),
    v("account", "Has an account at an institution or of a mobile money service", YES_NO_89),
    v("mobile_money", "Used mobile money, last 12 months", YES_NO_89),
    v("dig_payment", "Made or received a digital payment, last 12 months", YES_NO),
    v("why_offline_cost", "Not online: cost", YES_NO),
    v("why_offline_skills", "Not online: lack of skills", YES_NO),
    v("why_offline_need", "Not online: no need", YES_NO),
    v("why_offline_nocover", "Not online: no coverage", YES_NO),
    v("why_offline_family", "Not online: family or culture", YES_NO),
    v("hours_online", "Hours online in a week", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_book_describes_the_columns_in_file_order() {
        let schema = crate::schema();
        let columns: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        let described: Vec<&str> = code_book().iter().map(|v| v.name).collect();
        assert_eq!(described, columns);
    }
}
