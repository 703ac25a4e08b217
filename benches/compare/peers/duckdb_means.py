"""W1 in DuckDB: weighted shares of every cell, without standard errors.

duckdb_means.py DATA OUT THREADS
"""
import sys

import duckdb

data, out, threads = sys.argv[1:]
SETS = ["sex", "sex, age", "sex, area", "sex, wealth", "sex, country", "sex, country, age"]
KEYS = ["sex", "age", "area", "wealth", "country"]

shares = ", ".join(
    f"sum(weight) FILTER (item_{i} = 1) / sum(weight) FILTER (item_{i} IS NOT NULL) AS item_{i}"
    for i in range(1, 11)
)
db = duckdb.connect(config={"threads": int(threads)})
db.execute(
    f"""
    COPY (
        SELECT {', '.join(KEYS)}, {shares}
        FROM read_parquet('{data}')
        GROUP BY GROUPING SETS ({', '.join(f'({s})' for s in SETS)})
        HAVING wealth IS NOT NULL OR grouping(wealth) = 1
    ) TO '{out}' (FORMAT parquet)
    """
)
