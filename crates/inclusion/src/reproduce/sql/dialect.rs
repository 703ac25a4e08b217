//! How the engines write the few things in which their SQL differs.

use crate::Error;

/// A warehouse's dialect of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlDialect {
    /// DuckDB.
    DuckDb,
    /// PostgreSQL.
    Postgres,
    /// Apache Spark.
    Spark,
    /// Google BigQuery.
    BigQuery,
    /// Snowflake.
    Snowflake,
    /// Apache DataFusion, and Ballista, its cluster.
    DataFusion,
}

/// What a dialect writes.
pub(super) struct Words {
    /// The mark around names.
    pub quote: char,
    /// Types of texts, floats of 64 bits, integers of 64 bits and whole numbers of 38 digits.
    pub text: &'static str,
    pub float: &'static str,
    pub integer: &'static str,
    /// Type of a factor of a weight; the product of two must not overflow.
    pub factor: &'static str,
    /// Type of the sums.
    pub sum: &'static str,
    /// A test of a text (`{x}`) by a regular expression (`{r}`, quoted).
    pub matches: &'static str,
    /// A text (`{x}`) without white space around it.
    pub trimmed: &'static str,
    /// A test that the table stores a column (`{x}`) as floats or decimals, of which the text of a whole number
    /// may have a point or an exponent.
    pub fractional: &'static str,
    /// What stands between the name of a step and its query.
    pub step: &'static str,
    /// A backslash in a text begins an escape.
    pub escapes: bool,
    /// What to set where the engine's own CSV is none that other programs read.
    pub saving: Option<&'static str>,
    /// A sum of whole numbers that is too large comes out wrong, and not as an error.
    pub wraps: bool,
    /// Its documentation does not promise that a float as a text has all of its digits.
    pub rounds: bool,
}

impl SqlDialect {
    /// The names by which a user chooses.
    pub const NAMES: [&str; 6] =
        ["duckdb", "postgres", "spark", "bigquery", "snowflake", "datafusion"];

    /// By its name.
    pub fn named(name: &str) -> Option<SqlDialect> {
        const ALL: [SqlDialect; 6] = [
            SqlDialect::DuckDb,
            SqlDialect::Postgres,
            SqlDialect::Spark,
            SqlDialect::BigQuery,
            SqlDialect::Snowflake,
            SqlDialect::DataFusion,
        ];
        ALL.into_iter().zip(SqlDialect::NAMES).find(|(_, known)| *known == name).map(|(one, _)| one)
    }

    pub(super) fn words(self) -> Words {
        match self {
            SqlDialect::DuckDb => Words {
                quote: '"',
                text: "VARCHAR",
                float: "DOUBLE",
                integer: "BIGINT",
                factor: "HUGEINT",
                sum: "DECIMAL(38, 0)",
                matches: "regexp_matches({x}, {r})",
                trimmed: "TRIM({x}, E' \\t\\n\\r' || CHR(160))",
                fractional: "REGEXP_MATCHES(TYPEOF({x}), '^(FLOAT|DOUBLE|DECIMAL)')",
                step: "AS",
                escapes: false,
                saving: None,
                wraps: false,
                rounds: false,
            },
            SqlDialect::Postgres => Words {
                quote: '"',
                text: "TEXT",
                float: "DOUBLE PRECISION",
                integer: "BIGINT",
                factor: "NUMERIC",
                sum: "NUMERIC",
                matches: "{x} ~ {r}",
                trimmed: "BTRIM({x}, E' \\t\\n\\r' || CHR(160))",
                fractional: "CAST(PG_TYPEOF({x}) AS TEXT) IN ('real', 'double precision', 'numeric')",
                // Else it puts each step's expressions into those that use them, again and again.
                step: "AS MATERIALIZED",
                escapes: false,
                saving: None,
                wraps: false,
                rounds: false,
            },
            SqlDialect::Spark => Words {
                quote: '`',
                text: "STRING",
                float: "DOUBLE",
                integer: "BIGINT",
                factor: "DECIMAL(19, 0)",
                sum: "DECIMAL(38, 0)",
                matches: "{x} RLIKE {r}",
                trimmed: "TRIM(BOTH ' \\t\\n\\r\\u00a0' FROM {x})",
                fractional: "TYPEOF({x}) RLIKE '^(float|double|decimal)'",
                step: "AS",
                escapes: true,
                saving: Some(r#"As CSV: .option("header", "true").option("escape", "\"")"#),
                wraps: false,
                rounds: false,
            },
            SqlDialect::BigQuery => Words {
                quote: '`',
                text: "STRING",
                float: "FLOAT64",
                integer: "INT64",
                factor: "BIGNUMERIC",
                sum: "BIGNUMERIC",
                matches: "REGEXP_CONTAINS({x}, {r})",
                trimmed: "TRIM({x}, ' \\t\\n\\r\\u00a0')",
                fractional: "JSON_TYPE(TO_JSON({x})) = 'number'",
                step: "AS",
                escapes: true,
                saving: Some(
                    "As CSV: sums of 76 digits, as it writes them to Parquet, are not read.",
                ),
                wraps: false,
                rounds: true,
            },
            SqlDialect::Snowflake => Words {
                quote: '"',
                text: "VARCHAR",
                float: "DOUBLE",
                integer: "NUMBER(38, 0)",
                factor: "NUMBER(19, 0)",
                sum: "NUMBER(38, 0)",
                matches: "REGEXP_LIKE({x}, {r})",
                trimmed: "TRIM({x}, ' \\t\\n\\r\\u00a0')",
                fractional: "TYPEOF(TO_VARIANT({x})) IN ('INTEGER', 'DECIMAL', 'DOUBLE')",
                step: "AS",
                escapes: true,
                saving: None,
                wraps: false,
                rounds: true,
            },
            SqlDialect::DataFusion => Words {
                quote: '"',
                text: "VARCHAR",
                float: "DOUBLE",
                integer: "BIGINT",
                factor: "DECIMAL(19, 0)",
                sum: "DECIMAL(38, 0)",
                matches: "REGEXP_LIKE({x}, {r})",
                trimmed: "BTRIM({x}, ' ' || CHR(9) || CHR(10) || CHR(13) || CHR(160))",
                fractional: "REGEXP_LIKE(ARROW_TYPEOF({x}), '^(Float|Decimal)')",
                step: "AS",
                escapes: false,
                saving: None,
                wraps: true,
                rounds: false,
            },
        }
    }
}

impl Words {
    /// A name in quotes.
    pub fn name(&self, name: &str) -> String {
        let mut out = String::from(self.quote);
        for c in name.chars() {
            if c == self.quote {
                out.push(c);
            }
            out.push(c);
        }
        out.push(self.quote);
        out
    }

    /// The name of a table, of which each part is put in quotes where it needs them; a part in quotes stays, and so
    /// does a function of the engine that gives a table, `read_parquet('persons.parquet')`.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for a name with a part that is empty, or quotes that do not end with it.
    pub fn table(&self, name: &str) -> Result<String, Error> {
        let wrong = |why: &str| {
            Error::Usage(format!(
                "`{name}` names no table: {why}; write it as the engine does, such as persons, survey.persons or {}",
                self.name("the survey") + "." + &self.name("persons")
            ))
        };
        if name.contains('(') && name.ends_with(')') && !name.starts_with(self.quote) {
            return Ok(name.to_string());
        }
        let (mut parts, mut rest) = (Vec::new(), name);
        loop {
            let quoted = rest.starts_with(self.quote);
            let length = match quoted {
                true => self.quoted(rest).ok_or_else(|| wrong("a quote is not closed"))?,
                false => rest.find('.').unwrap_or(rest.len()),
            };
            let (part, after) = rest.split_at(length);
            if part.is_empty() {
                return Err(wrong("a part of it is empty"));
            }
            let is_plain = part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            parts.push(if quoted || is_plain { part.to_string() } else { self.name(part) });
            if after.is_empty() {
                return Ok(parts.join("."));
            }
            rest = after.strip_prefix('.').ok_or_else(|| wrong("something follows a quote"))?;
        }
    }

    /// The bytes of a text up to the quote that closes the one it begins with.
    fn quoted(&self, text: &str) -> Option<usize> {
        let mut marks = text.char_indices().skip(1).filter(|(_, c)| *c == self.quote).peekable();
        while let Some((at, _)) = marks.next() {
            let end = at + self.quote.len_utf8();
            // One that is doubled is a part of the name.
            if marks.next_if(|(next, _)| *next == end).is_none() {
                return Some(end);
            }
        }
        None
    }

    /// A text in quotes.
    pub fn literal(&self, text: &str) -> String {
        let text = if self.escapes {
            text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n")
        } else {
            text.replace('\'', "''")
        };
        format!("'{text}'")
    }

    pub fn literals<'a>(&self, texts: impl IntoIterator<Item = &'a String>) -> String {
        texts.into_iter().map(|text| self.literal(text)).collect::<Vec<_>>().join(", ")
    }

    /// A float as it is written in a script: exactly.
    pub fn float(&self, value: f64) -> String {
        format!("CAST('{value:?}' AS {})", self.float)
    }

    /// A float; NULL where it is infinite or no number.
    pub fn finite(&self, what: &str) -> String {
        let most = self.float(f64::MAX);
        format!("CASE WHEN {what} >= -{most} AND {what} <= {most} THEN {what} END")
    }

    /// The same of one without an exponent.
    pub fn without_zeros(&self, text: &str) -> String {
        format!(
            "CASE WHEN {} THEN REGEXP_REPLACE({text}, {}, '') ELSE {text} END",
            self.matches(text, "^-?[0-9]+[.][0-9]+$"),
            self.literal("[.]?0+$")
        )
    }

    /// The text of a float or decimal as the reader writes it: without an exponent, and without zeros or a
    /// point behind the last digit that counts.
    pub fn digits(&self, text: &str) -> String {
        let replace =
            |what: &str, by: &str| format!("REGEXP_REPLACE({what}, {}, '')", self.literal(by));
        let sign = format!("CASE WHEN {text} LIKE '-%' THEN '-' ELSE '' END");
        let mantissa = replace(text, "[eE].*$");
        let digits = format!("REPLACE(REPLACE({mantissa}, '.', ''), '-', '')");
        let exponent = self.cast(&replace(text, "^.*[eE][+]?"), "INTEGER");
        let length = self.cast(&format!("LENGTH({digits})"), "INTEGER");
        let large = format!(
            "CASE WHEN {length} > {exponent} + 1 THEN SUBSTR({digits}, 1, {exponent} + 1) || '.' || SUBSTR({digits}, {exponent} + 2) ELSE RPAD({digits}, {exponent} + 1, '0') END"
        );
        let small = replace(&format!("LPAD({digits}, {length} - {exponent} - 1, '0')"), "0+$");
        let is = |pattern: &str| self.matches(text, pattern);
        let arms = [
            (format!("{text} IN ('-0', '-0.0')"), "'0'".to_string()),
            (is("^-?[0-9]+[.][0-9]+$"), replace(text, "[.]?0+$")),
            (is("^-?[0-9]([.][0-9]+)?[eE][+]?[0-9]+$"), format!("{sign} || {large}")),
            (is("^-?[0-9]([.][0-9]+)?[eE]-[0-9]+$"), format!("{sign} || '0.' || {small}")),
        ];
        let arms: Vec<String> =
            arms.iter().map(|(when, then)| format!("WHEN {when} THEN {then}")).collect();
        format!("CASE {} ELSE {text} END", arms.join(" "))
    }

    pub fn cast(&self, what: &str, to: &str) -> String {
        format!("CAST({what} AS {to})")
    }

    pub fn trimmed(&self, what: &str) -> String {
        self.trimmed.replace("{x}", what)
    }

    pub fn fractional(&self, what: &str) -> String {
        self.fractional.replace("{x}", what)
    }

    pub fn matches(&self, what: &str, pattern: &str) -> String {
        self.matches.replace("{x}", what).replace("{r}", &self.literal(pattern))
    }
}
