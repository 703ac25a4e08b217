//! Recipes, Parquet and workbooks, on files that the tests make. One binary: the readers are linked once.

mod made;
mod recipes;
mod row_groups;
mod workbooks;
