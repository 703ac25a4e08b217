"""W1 in samplics: shares with Taylor standard errors. It estimates no gap with its covariance.

samplics_taylor.py DATA OUT BREAKDOWNS ITEMS (one thread)

The share is a ratio with the answered as denominator, so that persons without an answer stay in
the design, as the variance of a domain needs it.
"""
import sys
import warnings

warnings.filterwarnings("ignore")
import pandas as pd
from samplics import PopParam, TaylorEstimator

data, out, breakdowns, count = sys.argv[1:5]
rows = pd.read_parquet(data)
design = {name: rows[name].to_numpy() for name in ("stratum", "psu")}
weight = rows["weight"].to_numpy()
KEYS = ("age", "area", "wealth", "country")

records = []
for keys in breakdowns.split(";"):
    keys = [key for key in keys.split("+") if key]
    domain = rows["sex"].astype(str)
    for key in keys:
        domain = domain + "/" + rows[key].fillna(0).astype(int).astype(str)
    for item in range(1, int(count) + 1):
        answer = rows[f"item_{item}"]
        estimator = TaylorEstimator(PopParam.ratio)
        estimator.estimate(
            y=(answer == 1).astype(float).to_numpy(), x=answer.notna().astype(float).to_numpy(),
            samp_weight=weight, domain=domain.to_numpy(), **design,
        )
        for name, value in estimator.point_est.items():
            sex, *codes = map(int, str(name).split("/"))
            group = dict(zip(keys, codes))
            if 0 not in codes:
                what = {1: "M", 2: "F"}[sex]
                records.append((item, what, *map(group.get, KEYS), value, estimator.stderror[name]))
pd.DataFrame(records, columns=["item", "what", *KEYS, "value", "se"]).to_parquet(out)
