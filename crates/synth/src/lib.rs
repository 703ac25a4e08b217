//! Synthetic populations and surveys with a known truth.
