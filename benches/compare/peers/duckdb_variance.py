"""W1 in DuckDB with linearised variance in SQL: share and standard error of women and men, and the
gap with the covariance of both sexes in the same PSUs.

duckdb_variance.py DATA OUT THREADS

Sums by PSU, then scores of the ratio (y - R x) / X, then the variance between PSUs within strata.
PSUs without a member of the domain have the score 0 and count in the size of their stratum.
"""
import sys

import duckdb

data, out, threads = sys.argv[1:]
ITEMS = range(1, 11)
SEXES = {"f": 2, "m": 1}
# Keys of a breakdown beside sex, and the column that PSUs are split by for it.
SETS = {(): None, ("age",): "age", ("area",): None, ("wealth",): "wealth",
        ("country",): None, ("country", "age"): "age"}

db = duckdb.connect(config={"threads": int(threads)})
sums = ", ".join(
    f"coalesce(sum(weight) FILTER (sex = {code} AND item_{i} IS NOT NULL), 0) AS x{s}{i}, "
    f"coalesce(sum(weight) FILTER (sex = {code} AND item_{i} = 1), 0) AS y{s}{i}"
    for i in ITEMS for s, code in SEXES.items()
)
for split in (None, "age", "wealth"):
    extra = f", {split}" if split else ""
    where = f"WHERE {split} IS NOT NULL" if split else ""
    db.execute(
        f"""
        CREATE TEMP TABLE psu_{split or 'all'} AS
        SELECT stratum, psu, any_value(area) AS area, any_value(country) AS country{extra}, {sums}
        FROM read_parquet('{data}') {where}
        GROUP BY stratum, psu{extra}
        """
    )
db.execute("CREATE TEMP TABLE size AS SELECT stratum, count(*) AS n FROM psu_all GROUP BY stratum")


def breakdown(keys, split):
    columns = ", ".join(keys)
    by = f"GROUP BY {columns}" if keys else ""
    table = f"psu_{split or 'all'}"
    join = f"JOIN total USING ({columns})" if keys else "CROSS JOIN total"
    comma = f"{columns}, " if keys else ""
    pairs = [(i, s) for i in ITEMS for s in SEXES]
    total = ", ".join(f"sum(x{s}{i}) AS X{s}{i}_, sum(y{s}{i}) / nullif(sum(x{s}{i}), 0) AS r{s}{i}"
                      for i, s in pairs)
    scores = ", ".join(f"(y{s}{i} - r{s}{i} * x{s}{i}) / X{s}{i}_ AS z{s}{i}" for i, s in pairs)
    within = ", ".join(f"sum(z{s}{i}) AS s{s}{i}, sum(z{s}{i} * z{s}{i}) AS q{s}{i}" for i, s in pairs)
    within += ", " + ", ".join(f"sum(zf{i} * zm{i}) AS qfm{i}" for i in ITEMS)

    def moment(square, a, b):
        return f"greatest(sum(n / (n - 1.0) * ({square} - {a} * {b} / n)), 0)"

    figures = []
    for i in ITEMS:
        f, m = moment(f"qf{i}", f"sf{i}", f"sf{i}"), moment(f"qm{i}", f"sm{i}", f"sm{i}")
        fm = f"sum(n / (n - 1.0) * (qfm{i} - sf{i} * sm{i} / n))"
        figures.append(
            f"any_value(rf{i}) AS f_{i}, sqrt({f}) AS f_se_{i}, any_value(rm{i}) AS m_{i}, "
            f"sqrt({m}) AS m_se_{i}, any_value(rm{i} - rf{i}) AS gap_{i}, "
            f"sqrt(greatest({f} + {m} - 2 * {fm}, 0)) AS gap_se_{i}"
        )
    names = ", ".join(
        (f"{k}" if k in keys else f"NULL::INTEGER AS {k}") for k in ("age", "area", "wealth", "country")
    )
    return f"""
        SELECT {names}, {', '.join(figures)} FROM (
            WITH total AS (SELECT {comma}{total} FROM {table} {by}),
                 score AS (SELECT {comma}stratum, {scores} FROM {table} {join}),
                 within AS (SELECT {comma}stratum, {within} FROM score GROUP BY {comma}stratum)
            SELECT * FROM within JOIN size USING (stratum) {join}
        ) {by}
    """


union = " UNION ALL ".join(breakdown(keys, split) for keys, split in SETS.items())
db.execute(f"COPY ({union}) TO '{out}' (FORMAT parquet)")
