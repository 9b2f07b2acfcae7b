# After the blocks of docs/r.md: what they read is what the program's JSON says.

lines <- system2("wiezei", c("attribute", "--quiet", "--format", "jsonl", "articles.jsonl"),
                 stdout = TRUE)
documents <- lapply(lines, fromJSON, simplifyVector = FALSE)

# The fields of each quotation, under the names of the columns.
expected <- bind_rows(lapply(documents, function(document) {
  bind_rows(lapply(document$quotes, function(quote) {
    data.frame(
      document = document$id, quotation = quote$id, kind = quote$kind,
      start = quote$start, end = quote$end, text = quote$text,
      speaker = quote$speaker$name, cue = quote$cue$text, rule = quote$rule,
      confidence = quote$confidence
    )
  }))
}))
stopifnot(nrow(expected) == 2, expected$speaker == c("Noor Bakker", "Iris Veenstra"))

# `from_archive` is of the same articles and of one without text.
for (table in list(quotations, from_archive)) {
  found <- as.data.frame(table)[names(expected)]
  stopifnot(isTRUE(all.equal(found, expected, check.attributes = FALSE, tolerance = 1e-6)))
}
stopifnot(
  nrow(joined) == nrow(expected),
  speakers$n == 1, speakers$speaker == "Noor Bakker",
  nrow(rejects) == 1
)
cat(nrow(expected), "quotations are the same in JSON and CSV\n")
