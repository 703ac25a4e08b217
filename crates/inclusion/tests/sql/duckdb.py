"""Loads CSV files as tables, runs a statement, and saves its result as CSV and Parquet.

Arguments: statement, result, `text` or `typed`, delimiter, and TABLE=FILE of each table."""

import sys

import duckdb

statement, result, types, delimiter, *tables = sys.argv[1:]
engine = duckdb.connect()
for table in tables:
    name, path = table.split("=")
    text = types == "text"
    engine.execute(
        f"CREATE TABLE {name} AS SELECT * FROM "
        f"read_csv('{path}', header = true, delim = '{delimiter}', quote = '\"', escape = '\"', all_varchar = {text})"
    )
query = open(statement).read()
engine.execute(f"COPY ({query}) TO '{result}.csv' (FORMAT csv, HEADER)")
engine.execute(f"COPY ({query}) TO '{result}.parquet' (FORMAT parquet)")
