"""Holds the figures of a peer against those of inclusion: check.py OURS THEIRS

Every figure that inclusion shows and the peer estimates must be equal to 1e-9: shares of each sex,
gaps, and standard errors where the peer has them. Prints how many were compared and the largest
differences; a group that one has and the other has not is a failure, unless it is withheld.
"""
import sys

import polars as pl

KEYS = ["age", "area", "wealth", "country"]
TOLERANCE = 1e-9


def ours(path):
    code = lambda column, pattern: pl.col(column).str.extract(pattern).cast(pl.Int64)
    rows = pl.read_parquet(path)
    present = lambda column: pl.col(column) if column in rows.columns else pl.lit(None, pl.String).alias(column)
    rows = rows.with_columns(present(c) for c in ("AGE5", "URBANISATION", "INCOME_WEALTH_QUANTILE", "COUNTRY"))
    rows = rows.filter(
        ((pl.col("MEASURE") == "LEVEL") & (pl.col("SEX") != "_T")) | (pl.col("MEASURE") == "GAP")
    )
    # A group without any answer is told with its reason; a peer has no row for it.
    rows = rows.filter(pl.col("OBS_VALUE").is_not_null() | (pl.col("OBS_STATUS") == "Q"))
    return rows.select(
        code("INDICATOR", r"W1-(\d+)").alias("item"),
        pl.when(pl.col("MEASURE") == "GAP").then(pl.lit("GAP")).otherwise(pl.col("SEX")).alias("what"),
        ((code("AGE5", r"^(\d+)-") - 10) // 5).alias("age"),
        pl.col("URBANISATION").replace_strict({"U": 1, "R": 2}, default=None).cast(pl.Int64).alias("area"),
        code("INCOME_WEALTH_QUANTILE", r"Q(\d)").alias("wealth"),
        code("COUNTRY", r"C(\d+)").alias("country"),
        pl.col("OBS_VALUE").alias("value"),
        pl.col("STD_ERROR").alias("se"),
        (pl.col("OBS_STATUS") == "Q").alias("withheld"),
    )


def theirs(path):
    rows = pl.read_csv(path, infer_schema_length=None) if path.endswith(".csv") else pl.read_parquet(path)
    rows = rows.with_columns(pl.lit(None).alias(k) for k in KEYS if k not in rows.columns)
    if "what" not in rows.columns:
        parts = []
        for i in range(1, 11):
            if "sex" in rows.columns:
                sex = pl.col("sex").replace_strict({1: "M", 2: "F"})
                parts.append(rows.select(pl.lit(i).alias("item"), sex.alias("what"), *KEYS,
                                         pl.col(f"item_{i}").alias("value"), pl.lit(None, pl.Float64).alias("se")))
            else:
                for what, name in [("F", "f"), ("M", "m"), ("GAP", "gap")]:
                    parts.append(rows.select(pl.lit(i).alias("item"), pl.lit(what).alias("what"), *KEYS,
                                             pl.col(f"{name}_{i}").alias("value"), pl.col(f"{name}_se_{i}").alias("se")))
        rows = pl.concat(parts)
    return rows.select(pl.col("item").cast(pl.Int64), "what", *(pl.col(k).cast(pl.Int64) for k in KEYS),
                       pl.col("value").cast(pl.Float64), pl.col("se").cast(pl.Float64))


mine, other = ours(sys.argv[1]), theirs(sys.argv[2])
kinds = other["what"].unique()
mine = mine.filter(pl.col("what").is_in(kinds.implode()))
both = mine.join(other, on=["item", "what", *KEYS], how="full", nulls_equal=True, suffix="_peer")
alone = both.filter(pl.col("item").is_null() | pl.col("item_peer").is_null())
shown = both.filter(pl.col("value").is_not_null() & pl.col("value_peer").is_not_null())
absolute = (shown["value"] - shown["value_peer"]).abs().max()
errors = shown.filter(pl.col("se_peer").is_not_null() & pl.col("se").is_not_null())
relative = (errors["se"] / errors["se_peer"] - 1).abs().max() if errors.height else None
text = f"{shown.height} values, largest difference {absolute:.0e}"
if relative is not None:
    text += f"; {errors.height} standard errors, largest relative difference {relative:.0e}"
if withheld := both.filter(pl.col("withheld")).height:
    text += f"; {withheld} withheld by inclusion"
print(text)
if alone.height:
    sys.exit(f"{alone.height} groups are in one of the two only, such as {alone.row(0, named=True)}")
if not shown.height or absolute > TOLERANCE or (relative or 0) > TOLERANCE:
    sys.exit("the figures differ")
