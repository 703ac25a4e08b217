//! Source files to harmonised rows: readers, code books, recipes, joins, provenance.
