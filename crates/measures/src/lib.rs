//! Estimates to statements: gap, parity, head counts, verdicts.
