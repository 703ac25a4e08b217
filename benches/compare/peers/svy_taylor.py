"""W1 in svy: shares with Taylor standard errors, and the gap as a contrast with covariance.

svy_taylor.py DATA OUT BREAKDOWNS ITEMS (threads by POLARS_MAX_THREADS and RAYON_NUM_THREADS)
"""
import sys

import polars as pl
import svy

data, out, breakdowns, count = sys.argv[1:5]
items = [f"item_{i}" for i in range(1, int(count) + 1)]
rows = pl.read_parquet(data).with_columns((pl.col(items) == 1).cast(pl.Float64))
design = svy.Design(stratum="stratum", psu="psu", wgt="weight")

records = []
for keys in breakdowns.split(";"):
    keys = [key for key in keys.split("+") if key]
    by = ["sex", *keys]
    # A breakdown is of those for whom it is known; the design stays whole, as of a domain.
    known = [svy.col(key).is_not_null() for key in keys if rows[key].null_count()]
    sample = svy.Sample(rows, design)
    options = {"where": known} if known else {}
    estimates = sample.estimation.mean(items, by=by if keys else "sex", drop_nulls=True, **options)
    for item, estimate in enumerate(estimates, 1):
        groups = {}
        # Rows and keys are in one order.
        for row, key in zip(estimate.to_polars().to_dicts(), estimate.keys()):
            group = tuple(int(row[k]) for k in keys)
            sex = {1: "M", 2: "F"}[int(row["sex"])]
            groups.setdefault(group, {})[sex] = key
            records.append((item, sex, dict(zip(keys, group)), row["est"], row["se"]))
        gaps = {g: {of["M"]: 1.0, of["F"]: -1.0} for g, of in groups.items() if len(of) == 2}
        names = {"/".join(map(str, g)) or "all": g for g in gaps}
        contrast = estimate.contrast({name: gaps[g] for name, g in names.items()})
        for name, row in zip(names, contrast.to_polars().to_dicts()):
            records.append((item, "GAP", dict(zip(keys, names[name])), row["est"], row["se"]))

keys = ("age", "area", "wealth", "country")
pl.DataFrame(
    [(item, what, *(group.get(k) for k in keys), value, se) for item, what, group, value, se in records],
    schema=["item", "what", *keys, "value", "se"],
    orient="row",
    infer_schema_length=None,
).write_parquet(out)
