//! Surveys from their files to estimates, real ones among them. One binary: the readers are linked once.

mod across;
mod bad_inputs;
mod cases;
mod cells;
mod ingest;
mod proxies;
mod references;
mod reproduce;
mod shared;
mod synth;
mod two_files;
