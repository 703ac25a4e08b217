# --- Reading: values are compared as numbers where they are whole numbers (1, 1.0 and 01 are equal) ---
PLAIN = re.compile(r"[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)")


def each(x, f):
    """A function of every value, worked out once for each that differs."""
    known = {v: f(v) for v in x.unique().to_list()}
    return np.array([known[v] for v in x.to_list()], dtype=object)


def plain(v, dec=".", big=""):
    v = "" if v is None else str(v).strip()
    if dec != "." and "." not in v:
        v = v.replace(dec, ".", 1)
    return v.replace(big, "") if big else v


def shorter(v):
    return f"{v + 0:.15g}"


def key(x, dec=".", big=""):
    def of(v):
        if v is None or v != v:
            return ""
        if not isinstance(v, str):
            return shorter(float(v))
        v = plain(v, dec, big)
        return shorter(float(v)) if len(v) <= 15 and PLAIN.fullmatch(v) else v

    return each(x, of)


def joined(ids):
    """Several ids as one text. Where one has the mark that stands between them, it is written otherwise."""
    if len(ids) > 1 and any("|" in own for own in ids):
        ids = [own.replace("\\", "\\\\").replace("|", "\\|") for own in ids]
    return "|".join(ids)


def together(*columns):
    """Ids of strata and units: texts as they stand, several columns joined."""
    words = [each(x, lambda v: (v or "").strip()) if x.dtype == pl.String else key(x) for x in columns]
    return np.array([joined(row) for row in zip(*words)], dtype=object)


def within(*ids):
    return np.array([joined([str(own) for own in row]) for row in zip(*ids)], dtype=object)


def read(files, reader, columns):
    return pl.concat([reader(file).select(columns) for file in files], how="vertical_relaxed")


def text_file(separator, encoding, header_row):
    def reader(file):
        d = pl.read_csv(file, separator=separator, encoding=encoding, skip_rows=header_row - 1,
                        infer_schema=False)
        return d.rename({name: name.removeprefix("\ufeff").strip() for name in d.columns})

    return reader


def look_up(own, other, what, keep):
    """The row of the looked-up file for each row; -1 where none matches."""
    known = {}
    for at, k in enumerate(zip(*other)):
        if "" not in k and known.setdefault(k, at) != at:
            raise SystemExit(f"a key stands twice in {what}")
    at = np.array([known.get(k, -1) if "" not in k else -1 for k in zip(*own)])
    if not keep and (at < 0).any():
        raise SystemExit(f"{(at < 0).sum()} rows have no match in {what}")
    return at


def recode(x, what, codes, blank=None, others=None, dec=".", big="", span=None, found=True):
    """Codes of a category; a reason for a missing answer begins with a point."""
    def of(k):
        if k in codes:
            return codes[k]
        if k == "":
            return blank
        if span and PLAIN.fullmatch(k) and span[0] <= float(k) <= span[1]:
            return blank
        return others

    keys = key(x, dec, big)
    known = {k: of(k) for k in set(keys)}
    code = np.where(found, np.array([known[k] for k in keys], dtype=object), ".not_stated")
    wrong = np.array([c is None for c in code])
    if wrong.any():
        raise SystemExit(f"{what}: the value '{keys[wrong][0]}' is not mapped")
    return code


def number(x, what, said=None, dec=".", big="", scale=1.0, least=-np.inf, most=np.inf):
    """A number where nothing else was said of it."""
    def of(v):
        try:
            return np.nan if v is None else float(plain(v, dec, big) if isinstance(v, str) else v)
        except ValueError:
            return np.nan

    v = each(x, of).astype(float)
    if scale != 1.0:
        v = v * scale
    free = np.full(len(v), True) if said is None else said == ""
    if (wrong := free & ~(np.isfinite(v) & (v >= least) & (v <= most))).any():
        raise SystemExit(f"{what}: '{x.filter(pl.Series(wrong))[0]}' is no number that can be")
    return v if said is None else np.where(free, v, mapped(said))


def mapped(said):
    return np.array([float(s) if s and not reason(s) else np.nan for s in said])


def reason(code):
    return code[:1] == "." and code[1:2].isalpha()


def why(said):
    return np.array([s if reason(s) else "" for s in said], dtype=object)


def one_of(x, codes):
    return np.isin(x.astype(str), codes)


def between(x, least, most, dec=".", big=""):
    if isinstance(x, pl.Series):
        def of(v):
            try:
                return np.nan if v is None else float(plain(v, dec, big) if isinstance(v, str) else v)
            except ValueError:
                return np.nan

        x = each(x, of).astype(float)
    return (x >= least) & (x <= most)


def cases(what, n, *given, all_blank=None, blank=None, others=None, found=True):
    """The first case that holds."""
    code = np.full(n, None, dtype=object)
    for holds, result in given:
        code[np.array([c is None for c in code]) & holds] = result
    code = np.where(found, code, ".not_stated")
    left = np.array([c is None for c in code])
    if blank is not None and all_blank is not None:
        code[left & all_blank] = blank
    code[np.array([c is None for c in code])] = others
    if (wrong := np.array([c is None for c in code])).any():
        raise SystemExit(f"{what}: no case covers row {wrong.argmax() + 1}")
    return code


def band(v, reasons, codes, least, most):
    """Bands of a number; outside all of them it is not applicable."""
    code = np.full(len(v), ".not_applicable", dtype=object)
    for c, a, b in reversed(list(zip(codes, least, most))):
        code[(v >= a) & (v <= b)] = c
    return np.where(reasons == "", code, reasons)


def first_reason(n, *parts, none=".not_applicable", without=None):
    code = np.full(n, none, dtype=object)
    for part in reversed(parts):
        is_reason = np.array([reason(c) and c != without for c in part])
        code[is_reason] = part[is_reason]
    return code


def quantile_groups(v, w, codes, upper, household=None):
    """Weighted quantile groups, 1 = lowest; with households, one row of each."""
    use = ~np.isnan(v)
    h = np.arange(len(v)) if household is None else household
    taken, values, weights = set(), [], []
    for value, weight, house in sorted(zip(v[use], w[use], h[use])):
        if house not in taken:
            taken.add(house)
            values.append(value)
            weights.append(weight)
    share = np.cumsum(weights) / np.sum(weights)
    limits = []
    for k in range(1, len(codes)):
        off = np.abs(share - k / len(codes)).min()
        if 0 < off < 1e-12:
            raise SystemExit("the limit of a quantile group falls on a row: rounding decides")
        limits.append(values[int(np.argmax(share >= k / len(codes)))])
    group = np.searchsorted(limits, np.where(use, v, 0), side="right" if upper else "left")
    return np.array(codes, dtype=object)[group]


# --- Conditions: 0 false, 1 open (a missing answer), 2 true; all of them is the least, any the most ---
def is_one(x, codes, leaves):
    return np.where(np.isin(x.astype(str), leaves), 1, 2 * np.isin(x.astype(str), codes))


def in_range(v, least, most, absent):
    return np.where(np.isnan(v), absent, 2 * ((v >= least) & (v <= most)))


def present(v, absent):
    return np.where(np.isnan(v), absent, 2)


def every(*parts):
    return np.minimum.reduce(np.broadcast_arrays(*parts))


def some(*parts):
    return np.maximum.reduce(np.broadcast_arrays(*parts))


def implied_weight(fpc, above, units):
    """The inverse sampling fraction that a finite population tells."""
    taken = {}
    for a, u in zip(above, units):
        taken.setdefault(a, set()).add(u)
    counts = np.array([len(taken[a]) for a in above])
    return np.where(fpc <= 1, 1 / fpc, fpc / counts) if (fpc <= 1).all() else fpc / counts
