
# --- Estimation ---
critical <- function(df) qt(1 - (1 - conf) / 2, df)
degrees <- function(d) switch(df_rule, domain = degf(d), full = degf(design), infinite = Inf)
# The interval of a share on the scale of the study; `n` counts all rows of the domain.
share_interval <- function(p, se, n, df, ends = FALSE) {
  alpha <- 1 - conf
  exact <- function(k) c(if (p > 0) qbeta(alpha / 2, k * p, k * (1 - p) + 1) else 0,
                         if (p < 1) qbeta(1 - alpha / 2, k * p + 1, k * (1 - p)) else 1)
  if (is.na(se) || df < 1) return(c(NA, NA))
  if (ends) return(exact(n))
  t <- critical(df)
  k <- p * (1 - p) / se^2
  if (se == 0 && method %in% c("beta", "wilson", "likelihood")) return(c(p, p))
  switch(method,
    logit = plogis(qlogis(p) + c(-t, t) * se / (p * (1 - p))),
    asin = sin(pmin(pmax(asin(sqrt(p)) + c(-t, t) * se / (2 * sqrt(p * (1 - p))), 0), pi / 2))^2,
    mean = p + c(-t, t) * se,
    beta = exact(k * (critical(n - 1) / t)^2),
    wilson = (p + t^2 / (2 * k) + c(-t, t) * sqrt(p * (1 - p) / k + t^2 / (4 * k^2))) / (1 + t^2 / k),
    likelihood = {
      distance <- function(u) p * log(p / plogis(u)) + (1 - p) * log((1 - p) / plogis(-u)) - t^2 / (2 * k)
      end <- function(a, b) uniroot(distance, c(a, b), tol = 1e-15)$root
      plogis(c(end(qlogis(p) - 40, qlogis(p)), end(qlogis(p), qlogis(p) + 40)))
    })
}
results <- NULL
record <- function(id, group, measure, value, se, ends, df, n) {
  results <<- rbind(results, data.frame(indicator = id, group = group, measure = measure, value = value,
    se = se, lower = ends[1], upper = ends[2], df = df, n = n, row.names = NULL))
}
cases_of <- function(inside) inside & rows$w > 0
units_of <- function(inside) {
  if (is.null(design$cluster)) return(Inf)
  length(unique(design$cluster[cases_of(inside), 1]))
}
# One figure of one domain: the call of package survey, then its interval.
level <- function(id, statistic, inside, p = NULL) {
  n <- sum(cases_of(inside))
  if (n == 0) return(NULL)
  d <- subset(design, inside)
  df <- degrees(d)
  y <- reformulate(id)
  x <- reformulate(paste0(id, "_x"))
  if (statistic == "quantile") {
    q <- svyquantile(y, d, quantiles = p, ci = TRUE, interval.type = "mean", qrule = "math", df = df,
                     alpha = 1 - conf)[[1]]
    return(list(value = q[1, 1], se = q[1, 4], ends = q[1, 2:3], df = df, n = n))
  }
  if (statistic == "ratio" && sum(rows[[paste0(id, "_x")]][cases_of(inside)]) == 0) return(NULL)
  e <- switch(statistic, proportion = , mean = svymean(y, d), total = svytotal(y, d),
              ratio = svyratio(y, x, d))
  value <- as.numeric(coef(e))
  se <- as.numeric(SE(e))
  # The standard error of 0 of a mean in one unit tells nothing.
  if (statistic != "total" && units_of(inside) == 1) se <- NA
  yes <- sum(rows[[id]][cases_of(inside)])
  ends <- if (is.na(se) || df < 1) c(NA, NA)
    else if (statistic != "proportion") value + c(-1, 1) * critical(df) * se
    else if (yes == 0 || yes == n || method %in% c("beta", "wilson", "likelihood"))
      share_interval(value, se, sum(inside), df, yes == 0 || yes == n)
    else attr(svyciprop(y, d, method = c(logit = "xlogit", asin = "asin", mean = "mean")[[method]],
                        level = conf, df = df), "ci")
  list(value = value, se = se, ends = as.numeric(ends), df = df, n = n, rows = sum(inside))
}
# Women and men of one domain, with their covariance.
both <- function(id, statistic, inside, figures, p) {
  inside <- inside & rows$sex %in% codes$sex
  df <- degrees(subset(design, inside))
  y <- rows[[id]]
  x <- if (statistic == "ratio") rows[[paste0(id, "_x")]] else rep(1, nrow(rows))
  if (statistic == "quantile") {
    # Of quantiles: the covariance of the shares at or below them, scaled to the quantiles' own errors.
    at <- sapply(figures, function(one) one$value)
    y <- as.numeric(y <= unname(at[rows$sex]))
    y[is.na(y)] <- 0
  }
  d <- update(design, y = y, x = x)
  if (inherits(design, "survey.design") && length(design$postStrata) > 0) {
    # svyby gives no covariance of domains of a calibrated design.
    part <- function(v, s) ifelse(inside & rows$sex == s, v, 0)
    for (s in names(figures)) {
      d$variables[[paste0("y_", s)]] <- part(y, s)
      d$variables[[paste0("x_", s)]] <- part(x, s)
    }
    r <- svyratio(reformulate(paste0("y_", names(figures))), reformulate(paste0("x_", names(figures))), d,
                  covmat = TRUE)
    own <- paste0("y_", names(figures), "/x_", names(figures))
    values <- setNames(coef(r)[own], names(figures))
    V <- matrix(vcov(r)[own, own], length(own), dimnames = list(names(figures), names(figures)))
  } else {
    by <- if (statistic == "ratio") svyby(~y, ~sex, subset(d, inside), denominator = ~x, svyratio, covmat = TRUE)
      else svyby(~y, ~sex, subset(d, inside), svymean, covmat = TRUE)
    values <- setNames(coef(by), as.character(by$sex))
    V <- matrix(vcov(by), length(values), dimnames = list(names(values), names(values)))
  }
  if (statistic == "quantile") {
    own <- sapply(figures, function(one) one$se)[names(values)]
    scale <- ifelse(diag(V) > 0, -own / sqrt(diag(V)), 0)
    V <- V * outer(scale, scale)
    values <- at[names(values)]
  }
  known <- !any(sapply(figures[c("F", "M")], function(one) is.na(one$se)))
  stat <- structure(values, var = if (known) V else V * NA, class = "svystat", statistic = statistic)
  list(stat = stat, df = df, n = sum(cases_of(inside)), rows = sum(inside))
}
pair_measure <- function(id, group, pair, figures, name, expression, scale, divisor, share) {
  F <- figures$F$value
  M <- figures$M$value
  if (share && F == 0 && M == 0 && name %in% c("gap", "relative_gap", "parity", "adjusted_parity")) return()
  if (!is.null(divisor) && eval(divisor) == 0) return()
  e <- svycontrast(pair$stat, list(x = expression))
  value <- as.numeric(coef(e))
  se <- as.numeric(SE(e))
  df <- pair$df
  t <- if (df >= 1) critical(df) else NA
  bounded <- share && any(c(F, M) <= 0 | c(F, M) >= 1)
  if (scale == "log" || scale == "adjusted") ends <- value * exp(c(-t, t) * se / value)
  else if (scale == "log_less_one") ends <- (value + 1) * exp(c(-t, t) * se / (value + 1)) - 1
  else ends <- value + c(-t, t) * se
  if (scale == "adjusted") {
    adjusted <- function(r) ifelse(r <= 1, r, 2 - 1 / r)
    if (value > 1) se <- se / value^2
    value <- adjusted(value)
    ends <- adjusted(ends)
  }
  if (is.na(se) || (se == 0 && bounded)) ends <- c(NA, NA)
  if (share && name == "relative_gap" && value == 1) ends <- c(NA, NA)
  if (share && name %in% c("parity", "adjusted_parity") && value == 0) ends <- c(NA, NA)
  record(id, group, name, value, se, ends, df, pair$n)
}
# All figures of an indicator by a breakdown.
estimate <- function(label, id, statistic, by = character(0), sex = FALSE, measures = list(), p = NULL,
                     share = TRUE, persons = list(), population = NULL, whole_survey = FALSE,
                     headcount = FALSE) {
  base <- rows[[paste0(id, "_base")]]
  all <- if (length(by)) expand.grid(codes[by], stringsAsFactors = FALSE) else data.frame(row = 1)
  for (i in seq_len(nrow(all))) {
    inside <- base
    for (concept in by) inside <- inside & rows[[concept]] == all[i, concept]
    group <- if (length(by)) paste0(by, "=", unlist(all[i, by]), collapse = "; ") else "all"
    if (only_sex != "") group <- paste0(if (group == "all") "" else paste0(group, "; "), "sex=", only_sex)
    total <- level(id, statistic, inside, p)
    if (is.null(total)) next
    known <- if (length(by) == 0 && !is.null(population)) {
      if (!whole_survey || all(rows[[paste0(id, "_scope")]][rows$w > 0])) population
    }
    pair <- NULL
    if (sex) {
      figures <- sapply(codes$sex, function(s) level(id, statistic, inside & rows$sex == s, p), simplify = FALSE)
      for (s in names(figures)) if (!is.null(f <- figures[[s]])) {
        name <- paste0(if (group == "all") "" else paste0(group, "; "), "sex=", s)
        record(label, name, "level", f$value, f$se, f$ends, f$df, f$n)
        if (headcount && !is.null(known)) {
          N <- known[[s]]
          record(label, name, "headcount", f$value * N, f$se * N, f$ends * N, f$df, f$n)
        }
      }
      figures <- Filter(Negate(is.null), figures)
      if (all(c("F", "M") %in% names(figures)) && (length(measures) > 0 || headcount || separate)) {
        pair <- both(id, statistic, inside, figures, p)
        for (m in c(measures, if (!is.null(known)) persons))
          pair_measure(label, group, pair, figures, m[[1]], m[[2]], m[[3]], m[[4]], share)
      }
    }
    if (!separate) record(label, group, "level", total$value, total$se, total$ends, total$df, total$n)
    if (is.null(known)) next
    if (is.null(pair)) {
      if (headcount && !separate) {
        N <- if (only_sex == "") sum(known) else known[[only_sex]]
        record(label, group, "headcount", total$value * N, total$se * N, total$ends * N, total$df, total$n)
      }
      next
    }
    # Women and men together, in the population's mix of them.
    N <- sum(known)
    e <- svycontrast(pair$stat, c(F = known[["F"]] / N, M = known[["M"]] / N))
    value <- as.numeric(coef(e))
    se <- as.numeric(SE(e))
    ends <- if (share) share_interval(value, se, pair$rows, pair$df, value <= 0 || value >= 1)
      else value + c(-1, 1) * critical(pair$df) * se
    if (separate) record(label, group, "level", value, se, ends, pair$df, pair$n)
    if (headcount) record(label, group, "headcount", value * N, se * N, ends * N, pair$df, pair$n)
  }
}
