"""Loads CSV files as tables, runs a statement, and saves its result: as a folder with a Parquet file, as CSV with
the options that the statement names, and as CSV (`-plain.csv`) with a header and nothing else set.

Arguments: statement, result, `text` or `typed`, delimiter, and TABLE=FILE of each table."""

import glob
import os
import shutil
import sys

from pyspark.sql import SparkSession

statement, result, types, delimiter, *tables = sys.argv[1:]
settings = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    # The statement runs once: to compile it for speed takes longer than it does.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    # Both ways in which Spark treats what cannot be cast.
    "spark.sql.ansi.enabled": "true" if types == "text" else "false",
}
builder = SparkSession.builder.master("local[2]").appName("cells")
for name, value in settings.items():
    builder = builder.config(name, value)
engine = builder.getOrCreate()
for table in tables:
    name, path = table.split("=")
    rows = engine.read.csv(path, header=True, sep=delimiter, escape='"', inferSchema=types == "typed")
    rows.createOrReplaceTempView(name)
engine.sql(open(statement).read()).coalesce(1).write.parquet(result)
for name, options in [("", {"escape": '"'}), ("-plain", {})]:
    folder = f"{result}{name}-csv"
    engine.read.parquet(result).coalesce(1).write.options(header="true", **options).csv(folder)
    [part] = glob.glob(f"{folder}/part-*.csv")
    os.replace(part, f"{result}{name}.csv")
    shutil.rmtree(folder)
engine.stop()
