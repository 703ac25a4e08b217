//! How the engines write the few things in which their SQL differs.

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
                step: "AS",
                escapes: true,
                saving: None,
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

    pub fn cast(&self, what: &str, to: &str) -> String {
        format!("CAST({what} AS {to})")
    }

    pub fn trimmed(&self, what: &str) -> String {
        self.trimmed.replace("{x}", what)
    }

    pub fn matches(&self, what: &str, pattern: &str) -> String {
        self.matches.replace("{x}", what).replace("{r}", &self.literal(pattern))
    }
}
