//! Figures read back from the SVG.
