"""W1 in Polars: weighted shares of every cell, without standard errors.

polars_means.py DATA OUT (threads by POLARS_MAX_THREADS)
"""
import sys

import polars as pl

data, out = sys.argv[1:3]
SETS = [["sex"], ["sex", "age"], ["sex", "area"], ["sex", "wealth"], ["sex", "country"],
        ["sex", "country", "age"]]

weight = pl.col("weight")
items = [pl.col(f"item_{i}") for i in range(1, 11)]
# Products and sums run in the streaming engine, which a filter inside of a group does not.
shares = [
    ((weight * (item == 1)).sum() / (weight * item.is_not_null()).sum()).alias(f"item_{i}")
    for i, item in enumerate(items, 1)
]
rows = pl.scan_parquet(data)
queries = [
    rows.filter(pl.all_horizontal(pl.col(keys).is_not_null())).group_by(keys).agg(shares)
    for keys in SETS
]
tables = pl.collect_all(queries, engine="streaming")
pl.concat(tables, how="diagonal").write_parquet(out)
