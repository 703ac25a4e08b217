# W1 in R survey: shares with Taylor standard errors, and the gap with its covariance.
# Rscript survey.R DATA.csv OUT.csv BREAKDOWNS ITEMS (one thread)
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
rows <- read.csv(arguments[1])
sets <- strsplit(arguments[3], ";")[[1]]
all_keys <- c("age", "area", "wealth", "country")
items <- paste0("item_", seq_len(as.integer(arguments[4])))
for (item in items) rows[[item]] <- as.numeric(rows[[item]] == 1)
design <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = rows)
parts <- list()
for (set in sets) {
  keys <- strsplit(set, "+", fixed = TRUE)[[1]]
  by <- reformulate(c("sex", keys))
  for (i in seq_along(items)) {
    known <- subset(design, !is.na(rows[[items[i]]]) & complete.cases(rows[, c("sex", keys), drop = FALSE]))
    result <- svyby(reformulate(items[i]), by, known, svymean, covmat = TRUE, keep.names = FALSE)
    group <- if (length(keys)) interaction(result[keys], drop = TRUE) else factor(rep("all", nrow(result)))
    covariance <- vcov(result)
    add <- function(what, at, value, se) {
      part <- data.frame(item = i, what = what, value = value, se = se)
      for (key in all_keys) part[[key]] <- if (key %in% keys) result[at, key] else NA
      parts[[length(parts) + 1]] <<- part
    }
    value <- result[[items[i]]]
    add(ifelse(result$sex == 1, "M", "F"), seq_along(value), value, sqrt(diag(covariance)))
    for (at in split(seq_along(value), group)) {
      m <- at[result$sex[at] == 1]
      f <- at[result$sex[at] == 2]
      variance <- covariance[m, m] + covariance[f, f] - 2 * covariance[m, f]
      add("GAP", m, value[m] - value[f], sqrt(variance))
    }
  }
}
write.csv(do.call(rbind, parts), arguments[2], row.names = FALSE, na = "")
