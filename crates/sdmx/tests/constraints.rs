//! Observations that a series or a content constraint does not take.

mod demo;
mod shared;

use demo::{file, read, rows, short, structure};
use inclusion_sdmx::{
    ReadOptions, Reader, Rules, SeriesConstraints, WriteOptions, Writer, read_structures,
};

#[test]
fn keys_outside_a_content_constraint_are_refused() {
    let Some(folder) = shared::folder("data/sdmx-samples/structures") else { return };
    let unicef = read_structures(&folder.join("UNICEF_GLOBAL_DATAFLOW-structure.xml")).unwrap();
    let own = unicef.constraints_of(&unicef.structure(None).unwrap());
    assert_eq!(own, unicef.constraints);
    let rules = Rules { constraints: &own, ..Rules::default() };
    let csv = file("c.csv", rows(&["IT_MOB_OWN,F,_T,2022,1,A,,"]));
    assert!(read(&csv, rules.clone()).1.is_empty());
    let mut constraint = unicef.constraints[0].clone();
    constraint.regions.retain(|region| region.values[0].1 != ["F"]);
    let constraints = [constraint];
    let (_, bad, _) = read(&csv, Rules { constraints: &constraints, ..Rules::default() });
    assert_eq!(
        bad,
        [
            "c.csv:2, observation 1: the key IT_MOB_OWN.F._T.2022 is outside the constraint UNICEF:CONSTR_SEX(1.0)"
        ]
    );
}

#[test]
fn constraints_of_series_that_do_not_fit_the_structure_are_an_error() {
    let table = file("constraints.csv", "SERIES,Name,SEX,EDUCATION_LEV\nIT_MOB_OWN,Own,F;M,ALL\n");
    let constraints = SeriesConstraints::read(&table.path).unwrap();
    let structure = structure();
    let rules = Rules { series: Some(&constraints), ..Rules::default() };
    let options = WriteOptions { rules: rules.clone(), ..WriteOptions::default() };
    let error = Writer::new(Vec::new(), &structure, &options).err().unwrap();
    let said = "the constraints of series name EDUCATION_LEV, which ZZZ:DEMO(1.0) has not";
    assert_eq!(error.to_string(), said);
    let csv = file("c.csv", rows(&["IT_MOB_OWN,F,_T,2022,1,A,,"]));
    let options = ReadOptions { structure: Some(&structure), rules, ..ReadOptions::default() };
    assert_eq!(Reader::open(&csv.path, &options).err().unwrap().to_string(), said);
    let twice = file("twice.csv", "SERIES,SEX\nIT_MOB_OWN,F\nit_mob_own,M\n");
    let error = SeriesConstraints::read(&twice.path).unwrap_err();
    assert_eq!(
        short(&twice, error),
        "twice.csv:3: series it_mob_own stands there twice; keep one line of it"
    );
    let none = file("none.csv", "A,B\n1,2\n");
    let error = SeriesConstraints::read(&none.path).unwrap_err();
    assert_eq!(
        short(&none, error),
        "none.csv:1: no column SERIES; this is no table of series constraints"
    );
}

#[test]
fn series_that_are_not_listed_are_refused_unless_they_are_the_projects_own() {
    let table = file("constraints.csv", "SERIES,SEX\nIT_MOB_OWN,F;M\n");
    let constraints = SeriesConstraints::read(&table.path).unwrap();
    let csv = file("c.csv", rows(&["IT_USE_II99,_T,_T,2022,1,A,,", "IT_MOB_OWN,_T,_T,2022,1,A,,"]));
    let mut rules = Rules { series: Some(&constraints), ..Rules::default() };
    let (_, bad, _) = read(&csv, rules.clone());
    assert_eq!(
        bad,
        [
            "c.csv:2, observation 1: series `IT_USE_II99` is not among the constraints; nearest: \
             `IT_MOB_OWN`; mark the series as the project's own if it is meant",
            "c.csv:3, observation 2: SEX `_T` is not allowed for IT_MOB_OWN (allowed: F;M); mark \
             the series as the project's own if it is meant",
        ]
    );
    rules.own_series = ["IT_USE_II99", "IT_MOB_OWN"].map(String::from).into();
    assert!(read(&csv, rules).1.is_empty());
}
