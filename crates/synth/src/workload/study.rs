//! The registry folder and the studies of a workload, as a user would write them.

use super::{AGES, ITEMS, Workload};
use std::fmt::Write as _;

/// Breakdowns of W1.
const W1: [&str; 6] = [
    "sex",
    "sex * age5",
    "sex * urbanisation",
    "sex * wealth_quintile",
    "sex * country",
    "sex * country * age5",
];
/// Every person's finest group but the PSU: 24,000 domains with a hundred countries.
const FINE: &str = "sex * country * age5 * urbanisation * wealth_quintile";
const REPLICATES: &str =
    "\n[survey.design.replicates]\nkind = \"fay\"\nrho = 0.5\nprefix = \"rep_\"\n";

/// Names below the workload's folder, and texts.
pub fn texts(workload: &Workload) -> Vec<(String, String)> {
    if workload.groups {
        return groups(workload);
    }
    let items: Vec<String> = (1..=ITEMS).map(|i| format!("W1-{i}")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let study = |title, by: &[&str], more| text(workload, "w1", title, &items, by, more);
    let mut texts = vec![
        ("study.toml".to_string(), study("Workload W1", &W1, "")),
        ("study-country.toml".to_string(), study("By country", &["sex * country"], "")),
        ("study-fine.toml".to_string(), study("Many domains", &[FINE], "")),
        ("registry/concepts/country.toml".to_string(), countries(workload)),
        ("registry/concepts/age5.toml".to_string(), ages()),
        ("registry/recipes/w1.toml".to_string(), recipe_of_w1(workload)),
    ];
    if workload.replicates > 0 {
        let study = study("Workload W1 with replicate weights", &W1, REPLICATES);
        texts.push(("study-replicates.toml".to_string(), study));
    }
    for i in 1..=ITEMS {
        let id = format!("item_{i}");
        let breakdowns = ["sex", "age5", "urbanisation", "wealth_quintile", "country"];
        texts.push((format!("registry/concepts/{id}.toml"), yes_no(&id)));
        let text = indicator(&format!("W1-{i}"), &id, &breakdowns);
        texts.push((format!("registry/indicators/w1-{i}.toml"), text));
    }
    texts
}

fn groups(workload: &Workload) -> Vec<(String, String)> {
    let mut study =
        text(workload, "groups", "Many groups", &["ITEM"], &["first * second * third"], "");
    study.push_str("\n[disclosure]\nprofile = \"open\"\n");
    let mut texts = vec![
        ("study.toml".to_string(), study),
        ("registry/concepts/item.toml".to_string(), yes_no("item")),
        ("registry/policies/open.toml".to_string(), OPEN.to_string()),
        ("registry/recipes/groups.toml".to_string(), recipe_of_groups()),
        (
            "registry/indicators/item.toml".to_string(),
            indicator("ITEM", "item", &["sex", "first", "second", "third"]),
        ),
    ];
    for (id, codes) in VARIABLES {
        let names = (1..=codes).map(|code| (code.to_string(), format!("Code {code}")));
        texts.push((format!("registry/concepts/{id}.toml"), category(id, id, names)));
    }
    texts
}

/// Variables of the other workload, with their number of codes.
const VARIABLES: [(&str, u32); 3] = [("first", 26), ("second", 26), ("third", 10)];

const OPEN: &str = r#"id = "open"
name = "Every group of generated rows is shown"
withhold_below = 1
unreliable_below = 2
sex_complement = false
source = "The rows are generated: no group tells of a person"
"#;

fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("{:?}", text.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}

fn text(
    workload: &Workload,
    recipe: &str,
    title: &str,
    items: &[&str],
    by: &[&str],
    design: &str,
) -> String {
    format!(
        "# Made by `inclusion bench make`: generated rows, for measuring time and memory.\n\
         [study]\ntitle = {title:?}\nregistry = \"registry\"\n\n\
         [[survey]]\nid = {recipe:?}\nrecipe = \"bench/{recipe}\"\nfiles = {{ persons = {} }}\n{design}\n\
         [estimate]\nindicators = {}\nby = {}\nmeasures = [\"gap\", \"parity\"]\n\n\
         [output]\nformats = [\"parquet\"]\n",
        list(&workload.files()),
        list(items),
        list(by),
    )
}

fn indicator(id: &str, concept: &str, breakdowns: &[&str]) -> String {
    format!(
        r#"id = "{id}"
version = "1"
status = "agreed"
name = "Item {concept}"
statement = "say yes to {concept}"
topic = "use"
custodian = "inclusion bench"
kind = "rate"
population = "person"
universe_text = "persons who answered"
numerator = {{ {concept} = ["yes"] }}
numerator_text = "yes"
reference_period = "none"
unit = "percent"
direction = "higher"
breakdowns = {}
source = "Generated"
"#,
        list(breakdowns)
    )
}

fn yes_no(id: &str) -> String {
    format!("id = \"{id}\"\nname = \"{id}\"\nkind = \"category\"\nyes_no = true\n")
}

fn category(id: &str, name: &str, codes: impl Iterator<Item = (String, String)>) -> String {
    let mut text =
        format!("id = \"{id}\"\nname = \"{name}\"\nkind = \"category\"\nbreakdown = true\n");
    for (id, name) in codes {
        let _ = write!(text, "\n[[code]]\nid = \"{id}\"\nname = \"{name}\"\n");
    }
    text
}

fn country_id(code: u64) -> String {
    format!("C{code:03}")
}

fn countries(workload: &Workload) -> String {
    let codes = 1..=workload.countries();
    let codes = codes.map(|code| (country_id(code), format!("Country {code}")));
    category("country", "Country", codes)
}

/// The age groups that occur, so that no group is empty by definition.
fn age_ids() -> Vec<String> {
    (0..AGES).map(|i| 15 + 5 * i).map(|from| format!("{from}-{}", from + 4)).collect()
}

fn ages() -> String {
    let codes = age_ids().into_iter().map(|id| (id.clone(), format!("{id} years")));
    category("age5", "Age, five-year groups", codes)
}

/// What a recipe says before its concepts.
fn recipe_head(id: &str, name: &str) -> String {
    format!(
        r#"id = "bench/{id}"
version = "1"
name = "{name}"
producer = "inclusion bench"
population = "person"
ref_area = "XWL"
time_period = "2024"
coverage = "generated persons aged 15 to 74"
source = "The generator"
rows = "persons"

[file.persons]

[design]
weight = {{ column = "weight" }}
stratum = ["stratum"]
psu = ["psu"]

[concept.sex]
column = "sex"
map = {{ 1 = "M", 2 = "F" }}
"#
    )
}

/// A mapping of codes 1, 2, … of a column to the codes of a concept.
fn mapping(text: &mut String, concept: &str, column: &str, codes: &[String], blank: bool) {
    let map: Vec<String> =
        codes.iter().zip(1..).map(|(code, value)| format!("{value} = {code:?}")).collect();
    let blank = if blank { "blank = \"not_stated\"\n" } else { "" };
    let _ = write!(
        text,
        "\n[concept.{concept}]\ncolumn = \"{column}\"\n{blank}map = {{ {} }}\n",
        map.join(", ")
    );
}

fn recipe_of_w1(workload: &Workload) -> String {
    let mut text = recipe_head("w1", "Workload W1");
    let owned = |codes: &[&str]| codes.iter().map(|code| code.to_string()).collect::<Vec<_>>();
    let countries: Vec<String> = (1..=workload.countries()).map(country_id).collect();
    mapping(&mut text, "age5", "age", &age_ids(), false);
    mapping(&mut text, "urbanisation", "area", &owned(&["U", "R"]), false);
    let quintiles = owned(&["Q1", "Q2", "Q3", "Q4", "Q5"]);
    mapping(&mut text, "wealth_quintile", "wealth", &quintiles, true);
    mapping(&mut text, "country", "country", &countries, false);
    for i in 1..=ITEMS {
        let id = format!("item_{i}");
        mapping(&mut text, &id, &id, &owned(&["yes", "no"]), true);
    }
    text
}

fn recipe_of_groups() -> String {
    let mut text = recipe_head("groups", "Workload of many groups");
    for (id, codes) in VARIABLES {
        let codes: Vec<String> = (1..=codes).map(|code| code.to_string()).collect();
        mapping(&mut text, id, id, &codes, false);
    }
    mapping(&mut text, "item", "item", &["yes".to_string(), "no".to_string()], true);
    text
}
