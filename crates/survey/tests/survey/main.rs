//! The estimation of small surveys. One binary: optimised code is generated once.

mod cells;
mod estimates;
mod invariance;
mod sample;
mod support;
