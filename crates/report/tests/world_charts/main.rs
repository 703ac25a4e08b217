//! Charts of the world: drawn from published figures, and read back from the SVG.

mod figures;
mod pictures;
mod ranked;
mod read_back;
mod samples;
