//! The project's files of the world, read by plain code, and what follows from them.

use super::project;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A line of `figures.csv`.
#[derive(Debug, Clone)]
pub struct Figure {
    pub area: String,
    pub indicator: String,
    /// `F`, `M` or `_T`.
    pub sex: String,
    pub age: String,
    pub year: i32,
    /// Per cent.
    pub value: f64,
    pub nature: String,
    pub status: String,
}

/// The fields of a line of CSV; no field has a line break in it.
pub fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("a field").push(c),
        }
    }
    fields
}

pub static FIGURES: LazyLock<Vec<Figure>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(project().join("datasets/world/figures.csv")).unwrap();
    let figure = |line: &str| {
        let f = fields(line);
        Figure {
            area: f[0].clone(),
            indicator: f[1].clone(),
            sex: f[2].clone(),
            age: f[3].clone(),
            year: f[4].parse().expect("a year"),
            value: f[5].parse().expect("a value"),
            nature: if f[7] == "_X" { String::new() } else { f[7].clone() },
            status: f[8].clone(),
        }
    };
    text.lines().skip(1).map(figure).collect()
});

/// Persons by area, year and sex in five-year age groups.
static PEOPLE: LazyLock<BTreeMap<(String, i32, String), Vec<f64>>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(project().join("datasets/world/population.csv")).unwrap();
    let row = |line: &str| {
        let f: Vec<&str> = line.split(',').collect();
        let ages = f[3..].iter().map(|n| n.parse().expect("a number")).collect();
        ((f[0].to_string(), f[1].parse().expect("a year"), f[2].to_string()), ages)
    };
    text.lines().skip(1).map(row).collect()
});

/// First and last year of age of `Y16T74` or `Y_GE15`.
pub fn ages(code: &str) -> Option<(usize, Option<usize>)> {
    if let Some(from) = code.strip_prefix("Y_GE") {
        return Some((from.parse().ok()?, None));
    }
    let (from, to) = code.strip_prefix('Y')?.split_once('T')?;
    Some((from.parse().ok()?, Some(to.parse().ok()?)))
}

/// Persons of some ages: every age has a fifth of its group, every year its part of the way between two
/// years of the table.
pub fn persons(
    area: &str,
    year: i32,
    sex: &str,
    base: Option<(usize, Option<usize>)>,
) -> Option<f64> {
    let (from, to) = base.unwrap_or((0, None));
    let of = |year: i32| -> Option<f64> {
        let groups = PEOPLE.get(&(area.to_string(), year, sex.to_string()))?;
        let inside = |age: &usize| *age >= from && to.is_none_or(|to| *age <= to);
        let by_group = groups.iter().enumerate().map(|(group, count)| {
            let ages = (5 * group..5 * group + 5).filter(inside).count();
            count * ages as f64 / 5.0
        });
        Some(by_group.sum())
    };
    let before = year.div_euclid(5) * 5;
    let part = f64::from(year - before) / 5.0;
    match part {
        0.0 => of(before),
        part => Some(of(before)? * (1.0 - part) + of(before + 5)? * part),
    }
}

/// The figures of a country and year: all, women, men, of one age range.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    pub age: String,
    pub of: [Option<Figure>; 3],
}

impl Chosen {
    pub fn both(&self) -> bool {
        self.of[1].is_some() && self.of[2].is_some()
    }
}

/// By country and year, of the age range with both sexes, or else of the widest.
pub fn chosen(indicator: &str) -> BTreeMap<(String, i32), Chosen> {
    let mut by_age: BTreeMap<(String, i32), BTreeMap<String, Chosen>> = BTreeMap::new();
    for figure in FIGURES.iter().filter(|f| f.indicator == indicator) {
        let place = by_age.entry((figure.area.clone(), figure.year)).or_default();
        let own = place.entry(figure.age.clone()).or_default();
        own.age = figure.age.clone();
        let at = ["_T", "F", "M"].iter().position(|sex| *sex == figure.sex).expect("a sex");
        assert!(own.of[at].replace(figure.clone()).is_none(), "twice: {figure:?}");
    }
    let width = |code: &str| match ages(code) {
        Some((from, to)) => to.unwrap_or(120) - from + 1,
        None if code == "_T" => 121,
        None => 0,
    };
    let mut all = BTreeMap::new();
    for (place, by_age) in by_age {
        let mut best: Option<Chosen> = None;
        for own in by_age.into_values() {
            let rank = |c: &Chosen| (c.both(), width(&c.age));
            if best.as_ref().is_none_or(|best| rank(&own) > rank(best)) {
                best = Some(own);
            }
        }
        all.insert(place, best.expect("a figure"));
    }
    all
}

/// The newest year in which some country has women and men.
pub fn newest_year(indicator: &str) -> i32 {
    let chosen = chosen(indicator);
    chosen.iter().filter(|(_, c)| c.both()).map(|((_, year), _)| *year).max().expect("a year")
}

/// The ages of the definition, else all from where the ages of most countries begin, by their newest figure that
/// states some.
pub fn base(indicator: &str) -> Option<(usize, Option<usize>)> {
    if indicator.starts_with("FX-") {
        return Some((15, None));
    }
    // Years rise within a country.
    let mut newest: BTreeMap<String, usize> = BTreeMap::new();
    for ((area, _), own) in chosen(indicator) {
        if let Some((first, _)) = ages(&own.age) {
            newest.insert(area, first);
        }
    }
    let mut counted: BTreeMap<usize, usize> = BTreeMap::new();
    newest.into_values().for_each(|first| *counted.entry(first).or_default() += 1);
    let most = counted.values().max()?;
    counted.iter().find(|(_, n)| *n == most).map(|(first, _)| (*first, None))
}

/// Id, name and members of each group of a grouping in a year, in the order of its file.
pub fn groups(grouping: &str, year: i32) -> Vec<(String, String, BTreeSet<String>)> {
    let file = project().join(format!("crates/registry/groupings/{grouping}.toml"));
    let text = std::fs::read_to_string(file).expect("a grouping");
    let table: toml::Table = text.parse().expect("a grouping");
    let covers = |spells: &str| {
        spells.split(", ").any(|spell| {
            let (start, end) = spell.split_once('-').unwrap_or((spell, spell));
            let number = |text: &str| text.trim_start_matches('?').parse::<i32>().ok();
            (start.starts_with('?') || number(start).expect("a year") <= year)
                && number(end).is_none_or(|end| year <= end)
        })
    };
    let group = |group: &toml::Value| {
        let text = |key: &str| group[key].as_str().expect(key).to_string();
        let members = group["members"].as_table().expect("members").iter();
        let members = members.filter(|(_, spells)| covers(spells.as_str().expect("years")));
        let members = members.filter(|(area, _)| !WITHOUT_RESIDENTS.contains(&area.as_str()));
        (text("id"), text("name"), members.map(|(area, _)| area.clone()).collect())
    };
    table["group"].as_array().expect("groups").iter().map(group).collect()
}

/// Areas where nobody lives for good: no group counts them.
const WITHOUT_RESIDENTS: [&str; 7] = ["ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"];

/// All countries and territories of the world.
pub fn world(year: i32) -> BTreeSet<String> {
    groups("m49-regions", year).into_iter().flat_map(|(_, _, members)| members).collect()
}

/// A group as it follows from its countries.
#[derive(Debug, Default)]
pub struct Expected {
    /// Countries with women and men; all countries.
    pub countries: usize,
    pub of: usize,
    /// Shares of women and of men in them.
    pub covered: [f64; 2],
    /// Years of the figures.
    pub years: BTreeSet<i32>,
    /// Rates, as shares.
    pub women: f64,
    pub men: f64,
    /// Women in the countries with figures.
    pub women_in_base: f64,
    pub men_in_base: f64,
    /// Rate of women and men together, of the same countries and years.
    pub together: f64,
    /// Rate of all, and the shares of women and men in the countries that report it.
    pub all: f64,
    pub all_covered: [f64; 2],
    pub all_countries: usize,
    pub all_years: BTreeSet<i32>,
}

/// Rates and coverage of some countries in the window of years up to `year`.
pub fn expected(indicator: &str, members: &BTreeSet<String>, year: i32, window: i32) -> Expected {
    let (chosen, base) = (chosen(indicator), base(indicator));
    let mut result = Expected { of: members.len(), ..Expected::default() };
    let (mut known, mut with, mut sums) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    let (mut all_with, mut all_sum) = ([0.0; 2], 0.0);
    let (mut covered, mut all_covered) = ([0.0; 2], [0.0; 2]);
    let add = |sum: [f64; 2], own: [f64; 2]| [sum[0] + own[0], sum[1] + own[1]];
    for area in members {
        let inside = |has: fn(&Chosen) -> bool| {
            let years = (year - window + 1..=year).rev();
            years.filter_map(|y| chosen.get(&(area.clone(), y))).find(|own| has(own))
        };
        let people = |ages: Option<(usize, Option<usize>)>| {
            let [women, men] = ["F", "M"].map(|sex| persons(area, year.min(2020), sex, ages));
            women.zip(men).map(|(women, men)| [women, men])
        };
        // Shares covered are of one base; a figure stands for the ages that it states.
        let Some(of_base) = people(base) else { continue };
        let own = |own: &Chosen| people(ages(&own.age).or(base)).expect("people");
        known = add(known, of_base);
        if let Some(both) = inside(Chosen::both) {
            let [women, men] = own(both);
            let rate = |at: usize| both.of[at].as_ref().expect("both").value / 100.0;
            result.countries += 1;
            result.years.insert(both.of[1].as_ref().expect("both").year);
            covered = add(covered, of_base);
            with = add(with, [women, men]);
            sums = add(sums, [women * rate(1), men * rate(2)]);
        }
        if let Some(of_all) = inside(|own| own.of[0].is_some()) {
            let [women, men] = own(of_all);
            result.all_countries += 1;
            result.all_years.insert(of_all.of[0].as_ref().expect("all").year);
            all_covered = add(all_covered, of_base);
            all_with = add(all_with, [women, men]);
            all_sum += (women + men) * of_all.of[0].as_ref().expect("all").value / 100.0;
        }
    }
    result.covered = [covered[0] / known[0], covered[1] / known[1]];
    result.all_covered = [all_covered[0] / known[0], all_covered[1] / known[1]];
    [result.women_in_base, result.men_in_base] = with;
    result.together = (sums[0] + sums[1]) / (with[0] + with[1]);
    (result.women, result.men) = (sums[0] / with[0], sums[1] / with[1]);
    result.all = all_sum / (all_with[0] + all_with[1]);
    result
}
