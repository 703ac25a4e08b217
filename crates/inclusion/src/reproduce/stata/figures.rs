//! The figures in Stata, cell by cell.

use super::concepts::code_of;
use super::quoted;
use crate::reproduce::formula::{Formula, number};
use crate::reproduce::script::{Estimand, Script, SplitBy};
use inclusion_registry::Statistic;

pub(super) fn figures(script: &Script, estimand: &Estimand) -> String {
    let def = &estimand.indicator;
    if def.statistic == Statistic::Quantile {
        return format!(
            "* Not here: {0}: Stata has no quantile with a design-based standard error.\ndisplay as error \"{0} is a quantile, which svy does not estimate\"",
            def.id
        );
    }
    let mut text = String::new();
    for split in &estimand.splits {
        let mut cells: Vec<Vec<(&String, &String)>> = vec![Vec::new()];
        for id in &split.by {
            let codes = &script.codes[id];
            cells = cells
                .into_iter()
                .flat_map(|cell| {
                    codes.iter().map(move |code| {
                        let mut cell = cell.clone();
                        cell.push((id, code));
                        cell
                    })
                })
                .collect();
        }
        for cell in &cells {
            text.push_str(&of_cell(script, estimand, split, cell));
        }
    }
    text
}

fn of_cell(
    script: &Script,
    estimand: &Estimand,
    split: &SplitBy,
    cell: &[(&String, &String)],
) -> String {
    let (def, name) = (&estimand.indicator, &estimand.name);
    let makers = &script.parts[0].makers;
    let code = |id: &str, code: &str| {
        let known = makers.iter().find(|maker| maker.id == id);
        code_of(known.map_or(&[][..], |maker| &maker.codes[..]), code)
    };
    let statistic = estimand.statistic();
    let words: Vec<String> = cell.iter().map(|(id, code)| format!("{id}={code}")).collect();
    let tests: Vec<String> =
        cell.iter().map(|(id, value)| format!("{id} == {}", code(id, value))).collect();
    let where_ = if tests.is_empty() { "1".to_string() } else { tests.join(" & ") };
    let only = Some(script.sex.to_string()).filter(|sex| !sex.is_empty());
    let group = match (&only, words.is_empty()) {
        (Some(sex), true) => format!("sex={sex}"),
        (Some(sex), false) => format!("{}; sex={sex}", words.join("; ")),
        (None, true) => "all".to_string(),
        (None, false) => words.join("; "),
    };
    let known = estimand.population.filter(|_| cell.is_empty());
    let mut text = String::new();
    let label = quoted(&def.id);
    if estimand.whole_survey && known.is_some() {
        text.push_str(&format!(
            "quietly count if w > 0 & !{name}_scope\nlocal known = r(N) == 0\n"
        ));
    } else {
        text.push_str(&format!("local known = {}\n", i32::from(known.is_some())));
    }
    let headcount = |population: f64| match (estimand.headcount, known) {
        (true, Some(_)) => format!("local N = cond(`known', \"{}\", \"\")\n", number(population)),
        _ => "local N \"\"\n".to_string(),
    };
    if !script.separate {
        let population = match only.as_deref() {
            Some("F") => known.map_or(0.0, |(women, _)| women),
            Some("M") => known.map_or(0.0, |(_, men)| men),
            _ => known.map_or(0.0, |(women, men)| women + men),
        };
        // With both sexes the head count of all is made of theirs.
        let none = "local N \"\"\n".to_string();
        text.push_str(&if split.sex { none } else { headcount(population) });
        text.push_str(&format!(
            "figure {label} {name} {statistic} \"{group}\" \"{where_}\" \"`N'\"\n"
        ));
    }
    if !split.sex {
        return text;
    }
    let sexes = &script.codes["sex"];
    let list: Vec<String> = sexes.iter().map(|sex| code("sex", sex)).collect();
    text.push_str(&format!("global sexes \"{}\"\n", list.join(", ")));
    for sex in sexes {
        let population = match (sex.as_str(), known) {
            ("F", Some((women, _))) => women,
            ("M", Some((_, men))) => men,
            _ => 0.0,
        };
        text.push_str(&headcount(population));
        let words =
            words.iter().cloned().chain([format!("sex={sex}")]).collect::<Vec<_>>().join("; ");
        text.push_str(&format!(
            "figure {label} {name} {statistic} \"{words}\" \"{where_} & sex == {}\" \"`N'\"\n",
            code("sex", sex)
        ));
        text.push_str(&format!("local n_{sex} = r(n)\nlocal se_{sex} = r(se)\n"));
    }
    if estimand.measures.is_empty() && !estimand.headcount && !script.separate {
        return text;
    }
    let (women, men) = (code("sex", "F"), code("sex", "M"));
    text.push_str("if `n_F' > 0 & `n_M' > 0 {\n");
    text.push_str(&format!("    both {name} {statistic} \"{where_}\" {women} {men}\n"));
    text.push_str("    local n = r(n)\n    local all = r(all)\n    local df = r(df)\n    local unknown = missing(`se_F', `se_M')\n");
    let share = i32::from(estimand.share);
    let measure = |f: &Formula| {
        let scale = f.scale.name();
        let of = |text: &str| text.replace('F', "_b[F]").replace('M', "_b[M]");
        format!(
            "measure {label} \"{group}\" {} \"{}\" {scale} \"{}\" {share} `n' `df' `unknown'\n",
            f.name,
            of(&f.expression),
            f.divisor.as_deref().map_or(String::new(), of)
        )
    };
    for formula in &estimand.measures {
        text.push_str(&format!("    {}", measure(formula)));
    }
    if let Some((women, men)) = known {
        text.push_str("    if `known' {\n");
        for formula in &estimand.persons {
            text.push_str(&format!("        {}", measure(formula)));
        }
        if script.separate || estimand.headcount {
            text.push_str(&format!(
                "        together {label} \"{group}\" {} {} {share} `n' `all' `df' `unknown' {} {}\n",
                number(women),
                number(men),
                i32::from(script.separate),
                i32::from(estimand.headcount)
            ));
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n");
    text
}
