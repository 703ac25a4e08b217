//! Charts of published figures at several sizes.

use crate::figures::{
    FIGURES, areas_with, countries, gap, mark, members, name, printed, share, shown,
};
use inclusion_report::charts::{
    Availability, Breaks, ChartData, ChartText, Classes, Extent, HeatCell, HeatRow, MapArea, Mark,
    Outlined, Panel, Point, Scale, SlopeRow, ValueUnit, Who, YearMark,
};

pub fn text(title: &str, subtitle: &str, unit: ValueUnit) -> ChartText {
    ChartText {
        title: title.into(),
        subtitle: subtitle.into(),
        source: "Source: World Bank, Global Findex; ITU; United Nations Statistics Division".into(),
        alt: title.into(),
        value_axis_label: match unit {
            ValueUnit::Points => "Men minus women, percentage points".into(),
            ValueUnit::Ratio => "Women over men".into(),
            ValueUnit::Rank => "Rank, from the largest gap".into(),
            _ => "Per cent of persons".into(),
        },
        unit,
        withheld_mark: "*".into(),
        missing_mark: "…".into(),
        ..ChartText::default()
    }
}

const ACCOUNT: &str = "FX-ACCOUNT";

/// Accounts of women in two years, in the first areas that have both; two ends are withheld or
/// missing.
pub fn slope(count: usize) -> ChartData {
    let both =
        |area: &String| [2011, 2014].iter().all(|year| share(ACCOUNT, area, "F", *year).is_some());
    let areas: Vec<String> = areas_with(ACCOUNT).into_iter().filter(both).take(count).collect();
    let rows = areas
        .iter()
        .enumerate()
        .map(|(i, area)| {
            let figure = |year| share(ACCOUNT, area, "F", year);
            let (from, to) = (figure(2011), figure(2014));
            SlopeRow {
                label: name(area),
                who: Who::Women,
                from: if i == 3 { Mark::Withheld } else { mark(from) },
                to: if i == 4 { Mark::Missing } else { mark(to) },
                from_text: printed(from),
                to_text: printed(to),
                named: i % 9 == 0,
            }
        })
        .collect();
    let title = "More women have an account than three years before";
    ChartData::Slope {
        text: text(title, "Account at a financial institution, women, 15+", ValueUnit::Percent),
        years: ("2011".into(), "2014".into()),
        rows,
    }
}

/// Women and men in four areas.
pub fn slope_by_sex() -> ChartData {
    let mut rows = Vec::new();
    for area in ["BGD", "IND", "TUR", "KEN"] {
        for (who, sex) in [(Who::Women, "F"), (Who::Men, "M")] {
            let (from, to) = (share(ACCOUNT, area, sex, 2011), share(ACCOUNT, area, sex, 2014));
            rows.push(SlopeRow {
                label: name(area),
                who,
                from: mark(from),
                to: mark(to),
                from_text: printed(from),
                to_text: printed(to),
                named: true,
            });
        }
    }
    let title = "Accounts of women grew faster than those of men in India, slower in Bangladesh";
    ChartData::Slope {
        text: text(title, "Account at a financial institution, 15+", ValueUnit::Percent),
        years: ("2011".into(), "2014".into()),
        rows,
    }
}

/// Internet use over time in the areas with most years; one figure is made to be withheld, and one
/// series to break.
pub fn series(count: usize) -> ChartData {
    let years = |area: &String, sex: &str| -> Vec<(i32, f64)> {
        let of =
            |key: &&(String, String, String, i32)| key.0 == "HH7" && key.1 == *area && key.2 == sex;
        FIGURES.iter().filter(|(key, _)| of(key)).map(|(key, at)| (key.3, *at)).collect()
    };
    let mut areas: Vec<String> = areas_with("HH7").into_iter().collect();
    areas.sort_by_key(|area| std::cmp::Reverse(years(area, "F").len()));
    let line = |area: &String, sex: &str, half: f64| -> Vec<YearMark> {
        let years = years(area, sex);
        let middle = years.len() / 2;
        let at = |(i, (year, share)): (usize, (i32, f64))| {
            let interval = (half > 0.0).then_some((share - half, (share + half).min(1.0)));
            let point = Point { value: share, interval, unreliable: i == 1 };
            let withheld = area == "JPN" && sex == "F" && i == middle;
            let mark = if withheld { Mark::Withheld } else { Mark::Shown(point) };
            YearMark { year, mark, break_before: area == "MEX" && i == 3 }
        };
        years.into_iter().enumerate().map(at).collect()
    };
    let panels = areas
        .iter()
        .take(count)
        .enumerate()
        .map(|(i, area)| Panel {
            fans: Vec::new(),
            label: name(area),
            women: line(area, "F", if count == 1 { 0.03 } else { 0.0 }),
            men: line(area, "M", if count == 1 { 0.03 } else { 0.0 }),
            both: Vec::new(),
            target: if i % 2 == 0 { vec![(2020, 0.95)] } else { vec![(2010, 0.8), (2020, 0.95)] },
            required: vec![(2014, 0.7), (2020, 0.95)],
        })
        .collect();
    let title = "Women are catching up with men in most areas";
    ChartData::Series {
        text: text(title, "Persons who used the Internet, by year", ValueUnit::Percent),
        panels,
    }
}

/// All countries with a figure or without; every twentieth figure is withheld.
fn map_areas(figure: impl Fn(&str) -> Option<f64>, among: &[String]) -> Vec<MapArea> {
    let area = |(i, id): (usize, &String)| MapArea {
        area: id.clone(),
        name: id.clone(),
        label: id.clone(),
        mark: match (i % 20, figure(id)) {
            (0, Some(_)) => Mark::Withheld,
            (11, Some(value)) => Mark::Shown(Point { value, interval: None, unreliable: true }),
            (_, value) => mark(value),
        },
    };
    among.iter().enumerate().map(area).collect()
}

fn least_developed() -> Vec<Outlined> {
    vec![Outlined {
        label: "the least developed countries".into(),
        areas: members("special-situations", "199"),
    }]
}

pub fn account(area: &str) -> Option<f64> {
    share(ACCOUNT, area, "F", 2014)
}

/// Accounts of women in five equal steps.
pub fn map(outlined: bool, tiles: bool) -> ChartData {
    let text = text(
        "Fewer than two women in five have an account in 40 countries",
        "Account at a financial institution, women, 15+, 2014",
        ValueUnit::Percent,
    );
    let areas = map_areas(account, &countries());
    let classes = Classes { scale: Scale::Sequence, breaks: Breaks::EqualSteps(5) };
    let outlined = if outlined { least_developed() } else { Vec::new() };
    match tiles {
        true => ChartData::Tiles { text, areas, classes, outlined },
        false => ChartData::Choropleth { text, areas, classes, outlined, extent: None },
    }
}

/// The gap in accounts, around nought.
pub fn gap_map(tiles: bool) -> ChartData {
    let text = text(
        "Women are behind by five points or more in 70 countries",
        "Gap in accounts at a financial institution, 15+, 2014",
        ValueUnit::Points,
    );
    let areas = map_areas(|area| gap(ACCOUNT, area, 2014), &countries());
    let breaks = Breaks::Given(vec![-0.02, 0.02, 0.08, 0.16]);
    let classes = Classes { scale: Scale::MenAbove { middle: 0.0 }, breaks };
    match tiles {
        true => ChartData::Tiles { text, areas, classes, outlined: least_developed() },
        false => ChartData::Choropleth { text, areas, classes, outlined: Vec::new(), extent: None },
    }
}

/// Parity in a part of the world.
pub fn region(tiles: bool) -> ChartData {
    let text = text(
        "Women are behind in most countries of Africa",
        "Parity in accounts at a financial institution, 15+, 2014",
        ValueUnit::Ratio,
    );
    let parity =
        |area: &str| Some(share(ACCOUNT, area, "F", 2014)? / share(ACCOUNT, area, "M", 2014)?);
    let areas = map_areas(parity, &members("m49-regions", "002"));
    let breaks = Breaks::Given(vec![0.7, 0.95, 1.05, 1.2]);
    let classes = Classes { scale: Scale::WomenAbove { middle: 1.0 }, breaks };
    let outlined = least_developed();
    let extent = Some(Extent { west: -27.0, south: -36.0, east: 60.0, north: 39.0 });
    match tiles {
        true => ChartData::Tiles { text, areas, classes, outlined },
        false => ChartData::Choropleth { text, areas, classes, outlined, extent },
    }
}

const SKILLS: [(&str, &str); 8] = [
    ("HH7", "Internet use"),
    ("HH18", "Mobile phone"),
    ("HH15-EPRS", "Presentations"),
    ("HH15-TRAF", "Moving files"),
    ("HH15-SOFT", "Installing software"),
    ("HH15-EMAIL", "E-mail with files"),
    ("FX-ACCOUNT", "Account"),
    ("FX-DIGITAL-PAYMENT", "Digital payment"),
];

fn state(indicator: &str, area: &str) -> Availability {
    let newest = |sex: &str| {
        let of = |key: &&(String, String, String, i32)| {
            key.0 == indicator && key.1 == area && key.2 == sex
        };
        FIGURES.keys().filter(of).map(|key| key.3).max()
    };
    match (newest("F").zip(newest("M")), newest("_T")) {
        (Some((women, men)), _) if women.min(men) >= 2018 => Availability::SexesLatest,
        (Some(_), _) => Availability::SexesOlder,
        (None, Some(_)) => Availability::TotalOnly,
        (None, None) => Availability::Nothing,
    }
}

/// Which figures the countries have.
pub fn availability(count: usize, grouped: bool) -> ChartData {
    let rows = countries()
        .iter()
        .take(count)
        .enumerate()
        .map(|(i, area)| HeatRow {
            label: name(area),
            group: grouped.then(|| format!("Countries from {}", 25 * (i / 25) + 1)),
            cells: SKILLS.iter().map(|(indicator, _)| state(indicator, area)).collect(),
        })
        .collect();
    ChartData::Availability {
        text: text(
            "Few countries have figures of skills for women and men",
            "Published figures by indicator, as of 2020",
            ValueUnit::Percent,
        ),
        columns: SKILLS.iter().map(|(_, name)| (*name).to_owned()).collect(),
        rows,
    }
}

/// Gaps by year.
pub fn heatmap(count: usize) -> ChartData {
    let years = [2011, 2014];
    let rows = areas_with(ACCOUNT)
        .iter()
        .take(count)
        .enumerate()
        .map(|(i, area)| HeatRow {
            label: name(area),
            group: None,
            cells: years
                .iter()
                .map(|year| match gap(ACCOUNT, area, *year) {
                    Some(_) if i == 2 => HeatCell { mark: Mark::Withheld, text: None },
                    Some(value) => {
                        HeatCell { mark: shown(value), text: Some(format!("{:.1}", 100.0 * value)) }
                    }
                    None => HeatCell { mark: Mark::Missing, text: None },
                })
                .collect(),
        })
        .collect();
    ChartData::Heatmap {
        text: text(
            "The gap has not closed in most areas",
            "Gap in accounts at a financial institution, 15+",
            ValueUnit::Points,
        ),
        columns: years.iter().map(ToString::to_string).collect(),
        rows,
        classes: Classes { scale: Scale::MenAbove { middle: 0.0 }, breaks: Breaks::EqualSteps(5) },
    }
}

/// Every sample with a name for its file.
pub fn all() -> Vec<(&'static str, ChartData)> {
    let mut all = vec![
        ("slope-5", slope(5)),
        ("slope-40", slope(40)),
        ("slope-190", slope(190)),
        ("slope-sex", slope_by_sex()),
        ("series-1", series(1)),
        ("series-4", series(4)),
        ("series-9", series(9)),
        ("series-24", series(24)),
        ("map", map(false, false)),
        ("map-outlined", map(true, false)),
        ("map-gap", gap_map(false)),
        ("map-region", region(false)),
        ("tiles", map(true, true)),
        ("tiles-gap", gap_map(true)),
        ("tiles-region", region(true)),
        ("availability-12", availability(12, false)),
        ("availability-195", availability(195, true)),
        ("heatmap-20", heatmap(20)),
        ("heatmap-150", heatmap(150)),
    ];
    all.extend(crate::ranked::samples());
    all
}
