//! From a study file to an annex, as a library and as the inclusion command.
