//! The data of the world: every table says what its source says, and can be made anew from it.

mod areas;
mod figures;
mod groupings;
mod outlines;
mod places;
mod population;
mod provenance;
mod shared;

/// Writes the tables of `datasets/world` that are made from sources beside the project.
///
/// `cargo test -p inclusion-registry --test world -- --ignored`
#[test]
#[ignore = "writes datasets/world"]
fn write_anew() {
    std::fs::write(shared::own("population.csv"), population::make().unwrap()).unwrap();
    std::fs::write(shared::own("outlines.csv"), outlines::make().unwrap()).unwrap();
    std::fs::write(shared::own("figures.csv"), figures::make().unwrap()).unwrap();
    std::fs::write(shared::own("provenance.toml"), provenance::make()).unwrap();
}
