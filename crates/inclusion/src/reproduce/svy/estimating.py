

# --- Estimation ---
results = []


def record(label, group, measure, value, se, ends, df, n):
    results.append([label, group, measure, value, se, *ends, df, n])


def critical(df):
    return stats.t.isf((1 - CONF) / 2, df) if np.isfinite(df) else stats.norm.isf((1 - CONF) / 2)


def rank_df(inside):
    """Rank of the replicate weights of some rows, less 1."""
    some_rows = np.unique((REPLICATES[inside].T / rows["w"][inside]).T, axis=0)
    values = np.linalg.svd(some_rows, compute_uv=False)
    return max(int((values > 1e-5 * values[0]).sum()) - 1, 0)


def degrees(inside, own=None):
    if DF_RULE == "infinite":
        return np.inf
    inside = (np.full(len(inside), True) if DF_RULE == "full" else inside) & (rows["w"] > 0)
    if REPLICATES is not None:
        return rank_df(inside)
    stratum = rows["stratum"][inside] if "stratum" in rows else np.full(inside.sum(), "")
    unit = rows["psu"][inside] if "psu" in rows else np.flatnonzero(inside).astype(str)
    return len(set(zip(stratum, unit))) - len(set(stratum))


def share_interval(p, se, n, df, ends=False):
    """The interval of a share on the scale of the study; `n` counts all rows of the domain."""
    half = (1 - CONF) / 2

    def exact(k):
        lower = stats.beta.ppf(half, k * p, k * (1 - p) + 1) if p > 0 else 0.0
        return lower, (stats.beta.isf(half, k * p + 1, k * (1 - p)) if p < 1 else 1.0)

    if se is None or df < 1:
        return None, None
    if ends:
        return exact(n)
    t, spread = critical(df), p * (1 - p)
    if se == 0 and METHOD in ("beta", "wilson", "likelihood"):
        return p, p
    both = np.array([-t, t])
    if METHOD == "logit":
        return special.expit(special.logit(p) + both * se / spread)
    if METHOD == "asin":
        return np.sin(np.clip(np.arcsin(np.sqrt(p)) + both * se / (2 * np.sqrt(spread)), 0, np.pi / 2)) ** 2
    if METHOD == "mean":
        return p + both * se
    k = spread / se**2
    if METHOD == "beta":
        return exact(k * (critical(n - 1) / t) ** 2)
    if METHOD == "wilson":
        return (p + t**2 / (2 * k) + both * np.sqrt(spread / k + t**2 / (4 * k**2))) / (1 + t**2 / k)

    def distance(u):
        return (p * np.log(p / special.expit(u)) + (1 - p) * np.log((1 - p) / special.expit(-u))
                - t**2 / (2 * k))

    centre = special.logit(p)
    return special.expit([optimize.brentq(distance, centre - 40, centre, xtol=1e-15),
                          optimize.brentq(distance, centre, centre + 40, xtol=1e-15)])


def call(statistic, id, where, by=None, p=None, of=None):
    """The one call of svy; rows outside `where` stay in the design."""
    how = dict(where=where, by=by, alpha=1 - CONF)
    of = sample if of is None else of
    if REPLICATES is not None:
        how.update(method="replication", variance_center=CENTRE)
    if statistic == "quantile":
        return of.estimation.quantile(id, p=p, q_method="higher", **how)
    if statistic == "total":
        return of.estimation.total(id, **how)
    if statistic == "ratio":
        return of.estimation.ratio(id, id + "_x", **how)
    return of.estimation.mean(id, **how)


def level(id, statistic, codes, p):
    """One figure of one domain: the call of svy, then its interval."""
    inside = rows[id + "_base"].copy()
    where = (svy.col(id + "_base")) & (svy.col("w") > 0)
    for concept, code in codes.items():
        inside &= rows[concept] == code
        where = where & (svy.col(concept) == code)
    counted = inside & (rows["w"] > 0)
    n = int(counted.sum())
    if n == 0 or (statistic == "ratio" and (rows[id + "_x"] * counted).sum() == 0):
        return None
    one = call(statistic, id, where, p=p).to_polars().row(0, named=True)
    value, se, df = one["est"], one["se"], degrees(inside)
    unit = rows["psu"][counted] if "psu" in rows else np.arange(n)
    stratum = rows["stratum"][counted] if "stratum" in rows else np.zeros(n)
    if statistic != "total" and REPLICATES is None and len(set(zip(stratum, unit))) == 1:
        se = None
    yes = rows[id][counted].sum()
    if se is None or df < 1:
        ends = (None, None)
    elif statistic == "proportion":
        ends = share_interval(value, se, int(inside.sum()), df, yes in (0, n))
    elif statistic == "quantile":
        ends = one["lci"], one["uci"]
    else:
        ends = value - critical(df) * se, value + critical(df) * se
    return dict(value=value, se=se, ends=ends, df=df, n=n)


def both(id, statistic, codes, figures, p):
    """Women and men of one domain, with their covariance."""
    inside = rows[id + "_base"] & one_of(rows["sex"], CODES["sex"])
    where = svy.col(id + "_base") & (svy.col("w") > 0) & svy.col("sex").is_in(CODES["sex"])
    for concept, code in codes.items():
        inside = inside & (rows[concept] == code)
        where = where & (svy.col(concept) == code)
    if statistic == "quantile":
        # The covariance of the shares at or below the quantiles, scaled to the quantiles' own errors.
        at = np.select([rows["sex"] == s for s in figures], [f["value"] for f in figures.values()], np.nan)
        below = pl.Series("below", (rows[id] <= at).astype(float))
        pair = call("mean", "below", where, by="sex", of=svy.Sample(sample.data.with_columns(below), sample.design))
        own = np.array([figures[s]["se"] if s in figures else 0.0 for s in pair.keys()], dtype=float)
        errors = np.sqrt(np.diag(pair.covariance))
        scale = -own / np.where(errors > 0, errors, np.inf)
        pair = pair.keys(), pair.covariance * np.outer(scale, scale)
    else:
        pair = call(statistic, id, where, by="sex")
    n = int((inside & (rows["w"] > 0)).sum())
    known = all(figures[s]["se"] is not None for s in ("F", "M"))
    values = [figures[s]["value"] for s in "FM"]
    return dict(pair=pair, values=values, df=degrees(inside), n=n, rows=int(inside.sum()), known=known)


def contrast(pair, formula):
    if isinstance(pair["pair"], tuple):
        keys, covariance = pair["pair"]
        values = np.array(pair["values"])
        # Slopes by the complex step, which loses no digits.
        step = 1e-30j * np.eye(2)
        slopes = np.array([formula(*(values + one)).imag * 1e30 for one in step])
        places = [list(keys).index(s) for s in "FM"]
        variance = slopes @ covariance[np.ix_(places, places)] @ slopes
        return formula(*values), (float(np.sqrt(variance)) if pair["known"] else None)
    made = pair["pair"].contrast({"x": formula(svy.estd("F"), svy.estd("M"))}).to_polars().row(0, named=True)
    return made["est"], (made["se"] if pair["known"] else None)


def pair_measure(label, group, pair, figures, name, formula, scale, divisor, share):
    F, M = figures["F"]["value"], figures["M"]["value"]
    plain_measure = name in ("gap", "relative_gap", "parity", "adjusted_parity")
    if share and F == 0 and M == 0 and plain_measure:
        return
    if divisor is not None and divisor(F, M) == 0:
        return
    value, se = contrast(pair, formula)
    df = pair["df"]
    bounded = share and (min(F, M) <= 0 or max(F, M) >= 1)
    if se is None or df < 1 or (se == 0 and bounded):
        ends = None, None
    else:
        t = np.array([-1, 1]) * critical(df)
        if scale in ("log", "adjusted"):
            ends = value * np.exp(t * se / value) if value != 0 else (None, None)
        elif scale == "log_less_one":
            ends = (value + 1) * np.exp(t * se / (value + 1)) - 1
        else:
            ends = value + t * se
    if scale == "adjusted":
        def adjusted(r):
            return r if r is None or r <= 1 else 2 - 1 / r

        if value > 1 and se is not None:
            se = se / value**2
        value, ends = adjusted(value), [adjusted(r) for r in ends]
    if name == "relative_gap" and share and F == 0:
        ends = None, None
    record(label, group, name, value, se, ends, df, pair["n"])


def times(figure, N):
    value, se, ends = figure
    return value * N, None if se is None else se * N, [None if e is None else e * N for e in ends]


def estimate(label, id, statistic, by=(), sex=False, measures=(), p=None, share=True, persons=(),
             population=None, whole_survey=False, headcount=False):
    """All figures of an indicator by a breakdown."""
    for cell in itertools.product(*[CODES[concept] for concept in by]):
        codes = dict(zip(by, cell))
        words = [f"{concept}={code}" for concept, code in codes.items()]
        group = "; ".join(words + ([f"sex={ONLY_SEX}"] if ONLY_SEX else [])) or "all"
        total = level(id, statistic, codes, p)
        if total is None:
            continue
        known = population if not by else None
        if known and whole_survey and not rows[id + "_scope"][rows["w"] > 0].all():
            known = None
        pair, figures = None, {}
        if sex:
            for s in CODES["sex"]:
                figure = level(id, statistic, {**codes, "sex": s}, p)
                if figure is None:
                    continue
                figures[s] = figure
                name = "; ".join(words + [f"sex={s}"])
                one = figure["value"], figure["se"], figure["ends"]
                record(label, name, "level", *one, figure["df"], figure["n"])
                if headcount and known:
                    record(label, name, "headcount", *times(one, known[s]), figure["df"], figure["n"])
            if "F" in figures and "M" in figures and (measures or headcount or SEPARATE):
                pair = both(id, statistic, codes, figures, p)
                for m in [*measures, *(persons if known else ())]:
                    pair_measure(label, group, pair, figures, *m, share)
        one = total["value"], total["se"], total["ends"]
        if not SEPARATE:
            record(label, group, "level", *one, total["df"], total["n"])
        if not known:
            continue
        if pair is None:
            if headcount and not SEPARATE:
                N = known[ONLY_SEX] if ONLY_SEX else sum(known.values())
                record(label, group, "headcount", *times(one, N), total["df"], total["n"])
            continue
        # Women and men together, in the population's mix of them.
        N = sum(known.values())
        value, se = contrast(pair, lambda F, M: F * (known["F"] / N) + M * (known["M"] / N))
        if share:
            ends = share_interval(value, se, pair["rows"], pair["df"], value in (0, 1))
        else:
            ends = (None, None) if se is None else value + np.array([-1, 1]) * critical(pair["df"]) * se
        if SEPARATE:
            record(label, group, "level", value, se, ends, pair["df"], pair["n"])
        if headcount:
            record(label, group, "headcount", *times((value, se, ends), N), pair["df"], pair["n"])


