//! Harmonised rows to design-based estimates.
