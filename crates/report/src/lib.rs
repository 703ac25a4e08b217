//! Publishable rows to an annex document, its charts and its formats.
