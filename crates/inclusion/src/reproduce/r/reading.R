# --- Reading: values are compared as numbers where they are whole numbers (1, 1.0 and 01 are equal) ---
plain <- function(x, dec = ".", big = "") {
  x <- trimws(as.character(x))
  x[is.na(x)] <- ""
  if (dec != ".") {
    marked <- grepl(".", x, fixed = TRUE)
    x[!marked] <- sub(dec, ".", x[!marked], fixed = TRUE)
  }
  if (big != "") x <- gsub(big, "", x, fixed = TRUE)
  x
}
key <- function(x, dec = ".", big = "") {
  if (is.numeric(x)) {
    tag <- if (is.double(x) && isNamespaceLoaded("haven")) haven::na_tag(x) else NA
    k <- ifelse(is.na(x), "", sprintf("%.15g", as.numeric(x) + 0))
    return(ifelse(is.na(tag), k, paste0(".", tag)))
  }
  k <- plain(x, dec, big)
  n <- nchar(k) <= 15 & grepl("^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)$", k)
  k[n] <- sprintf("%.15g", as.numeric(k[n]) + 0)
  k
}
# Several ids as one text. Where one has the mark that stands between them, it is written otherwise.
joined <- function(...) {
  ids <- lapply(list(...), as.character)
  if (length(ids) > 1) {
    marked <- Reduce(`|`, lapply(ids, function(x) grepl("|", x, fixed = TRUE)))
    escape <- function(x) gsub("|", "\\|", gsub("\\", "\\\\", x, fixed = TRUE), fixed = TRUE)
    ids <- lapply(ids, function(x) ifelse(marked, escape(x), x))
  }
  do.call(paste, c(ids, sep = "|"))
}
# Ids of strata and units: texts as they stand, several columns joined.
id <- function(...) {
  word <- function(x) if (is.numeric(x)) key(x) else trimws(x)
  do.call(joined, lapply(list(...), word))
}
read_text <- function(files, sep, encoding, header_row, columns) {
  one <- function(file) {
    d <- read.table(file, header = TRUE, sep = sep, quote = "\"", colClasses = "character",
                    na.strings = character(0), comment.char = "", check.names = FALSE,
                    skip = header_row - 1, encoding = encoding, fill = TRUE, row.names = NULL)
    names(d) <- trimws(sub("^\xef\xbb\xbf", "", names(d), useBytes = TRUE))
    d[, columns, drop = FALSE]
  }
  do.call(rbind, lapply(files, one))
}
read_with <- function(files, read, columns) {
  do.call(rbind, lapply(files, function(file) as.data.frame(read(file))[, columns, drop = FALSE]))
}
read_parquet <- function(file) {
  if (requireNamespace("arrow", quietly = TRUE)) return(arrow::read_parquet(file))
  if (requireNamespace("nanoparquet", quietly = TRUE)) return(nanoparquet::read_parquet(file))
  stop("reading Parquet needs the package arrow or nanoparquet")
}
# The row of the looked-up file for each row.
look_up <- function(own, other, what, keep) {
  blank <- function(keys) apply(as.matrix(as.data.frame(keys)) == "", 1, any)
  a <- ifelse(blank(own), NA, do.call(joined, unname(own)))
  b <- ifelse(blank(other), NA, do.call(joined, unname(other)))
  if (anyDuplicated(b[!is.na(b)])) stop("a key stands twice in ", what)
  at <- ifelse(is.na(a), NA, match(a, b))
  if (!keep && anyNA(at)) stop(sum(is.na(at)), " rows have no match in ", what)
  at
}
# Codes of a category; a reason for a missing answer begins with a point. What nothing covers is an error.
recode <- function(x, what, map, blank = NA, others = NA, dec = ".", big = "", range = NULL,
                   found = TRUE) {
  k <- key(x, dec, big)
  code <- unname(map[k])
  code[is.na(code) & k == ""] <- blank
  code[is.na(code) & is.numeric(x) & grepl("^[.][a-z]$", k)] <- blank
  if (!is.null(range)) {
    n <- suppressWarnings(as.numeric(k))
    code[is.na(code) & !is.na(n) & n >= range[1] & n <= range[2]] <- blank
  }
  code[is.na(code) & k != ""] <- others
  code[!found] <- ".not_stated"
  if (anyNA(code)) stop(what, ": the value '", k[is.na(code)][1], "' is not mapped")
  code
}
# A number where nothing else was said of it.
number <- function(x, what, said = "", dec = ".", big = "", scale = 1, min = -Inf, max = Inf) {
  said <- rep_len(said, length(x))
  v <- suppressWarnings(if (is.numeric(x)) as.numeric(x) else as.numeric(plain(x, dec, big)))
  v <- ifelse(said == "", v * scale, suppressWarnings(as.numeric(said)))
  wrong <- said == "" & !(is.finite(v) & v >= min & v <= max)
  if (any(wrong)) stop(what, ": '", format(x[wrong][1]), "' is no number that can be")
  ifelse(startsWith(said, "."), NA, v)
}
why <- function(said) ifelse(startsWith(said, "."), said, "")
between <- function(x, min, max, dec = ".", big = "") {
  v <- suppressWarnings(if (is.numeric(x)) as.numeric(x) else as.numeric(plain(x, dec, big)))
  !is.na(v) & v >= min & v <= max
}
# The first case that holds.
cases <- function(what, n, ..., all_blank = rep(FALSE, n), blank = NA, others = NA, found = TRUE) {
  code <- rep(NA_character_, n)
  for (one in list(...)) code[is.na(code) & one[[1]]] <- one[[2]]
  code[!found] <- ".not_stated"
  if (!is.na(blank)) code[is.na(code) & all_blank] <- blank
  code[is.na(code)] <- others
  if (anyNA(code)) stop(what, ": no case covers row ", which(is.na(code))[1])
  code
}
# Bands of a number; outside all of them it is not applicable.
band <- function(v, reason, codes, from, to) {
  code <- rep(".not_applicable", length(v))
  for (i in rev(seq_along(codes))) code[!is.na(v) & v >= from[i] & v <= to[i]] <- codes[i]
  ifelse(reason == "", code, reason)
}
first_reason <- function(n, ...) {
  code <- rep(".not_applicable", n)
  for (one in rev(list(...))) code <- ifelse(startsWith(one, "."), one, code)
  code
}
# Weighted quantile groups, 1 = lowest; `one` keeps one row of each household.
quantile_groups <- function(v, w, codes, upper, household = NULL) {
  use <- !is.na(v)
  a <- data.frame(v = v[use], w = w[use], h = if (is.null(household)) seq_len(sum(use)) else household[use])
  a <- a[order(a$v, a$w), ]
  a <- a[!duplicated(a$h), ]
  share <- cumsum(a$w) / sum(a$w)
  at <- seq_len(length(codes) - 1) / length(codes)
  near <- sapply(at, function(k) min(abs(share - k)))
  if (any(near > 0 & near < 1e-12)) stop("the limit of a quantile group falls on a row: rounding decides")
  limits <- sapply(at, function(k) a$v[share >= k][1])
  group <- sapply(v, function(x) 1 + if (upper) sum(x >= limits) else sum(x > limits))
  codes[group]
}

# --- Conditions: TRUE, FALSE, or NA where a missing answer leaves it open (R's & and | are Kleene's) ---
is_one <- function(x, codes, open) ifelse(x %in% open, NA, x %in% codes)
in_range <- function(v, min, max, absent) ifelse(is.na(v), absent, v >= min & v <= max)
present <- function(v, absent) ifelse(is.na(v), absent, TRUE)
