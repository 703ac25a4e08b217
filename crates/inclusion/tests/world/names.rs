//! Countries stand in the order of their names in the language of the annex, and the numbers of a map add up.

use super::{inclusion, stderr};
use std::path::Path;

const HEAD: &str =
    "area,indicator,sex,age,year,value,unit,nature,obs_status,source,edition,footnote\n";

const AREAS: [&str; 13] =
    ["YEM", "RUS", "ITA", "ESP", "EGY", "DZA", "CRI", "CIV", "CHN", "ARE", "ALB", "ALA", "AFG"];

/// The names of these areas as a reader of each language looks them up.
const ORDERS: [(&str, [&str; 13]); 6] = [
    (
        "en",
        [
            "Afghanistan",
            "Åland Islands",
            "Albania",
            "Algeria",
            "China",
            "Costa Rica",
            "Côte d'Ivoire",
            "Egypt",
            "Italy",
            "Russian Federation",
            "Spain",
            "United Arab Emirates",
            "Yemen",
        ],
    ),
    (
        "fr",
        [
            "Afghanistan",
            "Albanie",
            "Algérie",
            "Chine",
            "Costa Rica",
            "Côte d’Ivoire",
            "Égypte",
            "Émirats arabes unis",
            "Espagne",
            "Fédération de Russie",
            "Îles d’Åland",
            "Italie",
            "Yémen",
        ],
    ),
    (
        "es",
        [
            "Afganistán",
            "Albania",
            "Argelia",
            "China",
            "Costa Rica",
            "Côte d’Ivoire",
            "Egipto",
            "Emiratos Árabes Unidos",
            "España",
            "Federación de Rusia",
            "Islas Åland",
            "Italia",
            "Yemen",
        ],
    ),
    (
        "ru",
        [
            "Аландские острова",
            "Албания",
            "Алжир",
            "Афганистан",
            "Египет",
            "Испания",
            "Италия",
            "Йемен",
            "Китай",
            "Коста-Рика",
            "Кот-д'Ивуар",
            "Объединенные Арабские Эмираты",
            "Российская Федерация",
        ],
    ),
    (
        "ar",
        [
            "إسبانيا",
            "أفغانستان",
            "الاتحاد الروسي",
            "الإمارات العربية المتحدة",
            "ألبانيا",
            "الجزائر",
            "الصين",
            "اليمن",
            "إيطاليا",
            "جزر ألاند",
            "كوت ديفوار",
            "كوستاريكا",
            "مصر",
        ],
    ),
    (
        "zh",
        [
            "阿尔巴尼亚",
            "阿尔及利亚",
            "阿富汗",
            "阿拉伯联合酋长国",
            "埃及",
            "奥兰群岛",
            "俄罗斯联邦",
            "哥斯达黎加",
            "科特迪瓦",
            "西班牙",
            "也门",
            "意大利",
            "中国",
        ],
    ),
];

/// The annex in six languages, of countries that are all alike: only their names put them in order.
fn annex() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut figures = HEAD.to_string();
    for area in AREAS {
        for (year, women) in [(2017, 30), (2018, 35), (2019, 40)] {
            for (sex, value) in [("F", women), ("M", women + 10)] {
                figures += &format!("{area},HH7,{sex},Y_GE15,{year},{value},PT,C,A,ITU,made,\n");
            }
        }
    }
    let charts = ["choropleth", "years", "lollipop", "availability"]
        .map(|kind| format!("\n[[chart]]\nkind = \"{kind}\"\nindicator = \"HH7\"\n"))
        .concat();
    let study = format!(
        "[study]\ntitle = \"World\"\nlanguages = [\"en\", \"fr\", \"es\", \"ru\", \"ar\", \"zh\"]\n\n\
         [[series]]\nid = \"made\"\nfile = \"made.csv\"\nrecipe = \"world/figures\"\n\n\
         [estimate]\nindicators = [\"HH7\"]\nmeasures = [\"gap\"]\n\n[aggregate]\n\
         groupings = []\ncoverage = \"none\"\n{charts}"
    );
    std::fs::write(folder.path().join("made.csv"), figures).expect("figures");
    std::fs::write(folder.path().join("study.toml"), study).expect("a study");
    let output = inclusion(folder.path(), &["annex", "study.toml", "--format", "markdown"]);
    assert!(output.status.success(), "{}", stderr(&output));
    folder
}

fn out(folder: &Path, language: &str, ending: &str) -> String {
    let name = match language {
        "en" => format!("annex.{ending}"),
        _ => format!("annex.{language}.{ending}"),
    };
    std::fs::read_to_string(folder.join("out").join(name)).expect("an annex")
}

/// The names among these with which the rows of each table begin, each once where rows follow one another.
fn labels<'a>(markdown: &str, names: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut tables = vec![Vec::new()];
    for line in markdown.lines() {
        let Some(row) = line.strip_prefix("| ") else {
            tables.push(Vec::new());
            continue;
        };
        let rows = tables.last_mut().expect("a table");
        let own = |name: &&&str| {
            row.strip_prefix(**name).is_some_and(|rest| rest.starts_with([' ', ',', '،', '，']))
        };
        if let Some(name) = names.iter().find(own)
            && rows.last() != Some(name)
        {
            rows.push(*name);
        }
    }
    tables.retain(|rows| rows.len() > 2);
    tables
}

#[test]
fn countries_stand_by_their_names_in_the_language_of_the_annex() {
    let folder = annex();
    for (language, names) in ORDERS {
        let markdown = out(folder.path(), language, "md");
        let tables = labels(&markdown, &names);
        // Countries, progress, and where figures are missing.
        assert!(tables.len() >= 3, "{language}: {tables:?}");
        for rows in &tables {
            assert_eq!(rows[..], names, "{language}");
        }
        // All have the same gap, so that a ranking is by name, and the first of the widest is named.
        let stems = markdown.lines().find(|line| {
            line.starts_with("![") && names.iter().all(|name| line.contains(&format!("{name} 10")))
        });
        let stems = stems.unwrap_or_else(|| panic!("{language}: no chart names all"));
        let places: Vec<Option<usize>> =
            names.iter().map(|name| stems.find(&format!("{name} 10"))).collect();
        assert!(places.is_sorted(), "{language}: {stems}");
        let map = markdown.lines().find(|line| line.starts_with("![") && line.contains("map-"));
        let map = map.expect("a map");
        let named: Vec<bool> =
            names.iter().map(|name| map.contains(&format!("{name} 10"))).collect();
        assert_eq!(named, [[true; 5].as_slice(), &[false; 8]].concat(), "{language}: {map}");
    }
}

/// The texts of a chart, without the tags in them and the marks that set a line from right to left.
fn texts(chart: &str) -> impl Iterator<Item = String> {
    chart.split("<text").skip(1).map(|own| {
        let own = own.split("</text>").next().expect("an end");
        let words = own.split('<').filter_map(|part| Some(part.split_once('>')?.1));
        words.collect::<String>().replace(['\u{202b}', '\u{202c}'], "")
    })
}

/// The words of a chart without blanks: its lines end anywhere.
fn plain(chart: &str) -> String {
    texts(chart).collect::<String>().split_whitespace().collect()
}

/// The numbers in brackets with which texts of a chart end.
fn counts(chart: &str) -> Vec<usize> {
    let number =
        |text: String| text.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?.1.parse().ok();
    texts(chart).filter_map(number).collect()
}

#[test]
fn the_same_countries_are_drawn_in_every_language() {
    let folder = annex();
    // All have as many years; there is room for twelve, and Yemen is the last by English names.
    let last = ["Yemen", "Yémen", "Yemen", "Йемен", "اليمن", "也门"];
    for ((language, names), last) in ORDERS.into_iter().zip(last) {
        assert!(names.contains(&last), "{language}");
        let markdown = out(folder.path(), language, "md");
        let line = markdown.lines().find(|line| line.starts_with("![") && line.contains("years-"));
        let file = line.expect("a chart").rsplit_once("](").expect("its file").1;
        let file = folder.path().join("out").join(file.trim_end_matches(')'));
        let chart = plain(&std::fs::read_to_string(file).expect("the chart"));
        // A long name is cut.
        let squeezed = |name: &str| {
            let own = name.split_whitespace().collect::<String>().replace('\'', "&apos;");
            own.chars().take(9).collect::<String>()
        };
        let without: Vec<&str> =
            names.into_iter().filter(|name| !chart.contains(&squeezed(name))).collect();
        assert_eq!(without, [last], "{language}");
    }
}

/// The four areas without a place on the map, in the order of the language, and how the note begins and ends.
const UNPLACED: [(&str, &str); 6] = [
    (
        "en",
        "Not on the map: 4 of the 242 countries and territories (Bonaire, Sint Eustatius and Saba; \
         Christmas Island; Cocos (Keeling) Islands; Svalbard and Jan Mayen Islands).",
    ),
    (
        "fr",
        "Absents de la carte\u{a0}: 4 des 242 pays et territoires (Bonaire, Saint-Eustache et \
         Saba\u{202f}; Île Christmas\u{202f}; Îles des Cocos (Keeling)\u{202f}; Îles Svalbard-et-Jan Mayen).",
    ),
    (
        "es",
        "No figuran en el mapa: 4 de los 242 países y territorios (Bonaire, San Eustaquio y Saba; \
         Isla Christmas; Islas Cocos (Keeling); Islas Svalbard y Jan Mayen).",
    ),
    (
        "ru",
        "Не показаны на карте: 4 из 242 стран и территорий (Бонайре, Синт-Эстатиус и Саба; \
         Кокосовые (Килинг) острова; Остров Рождества; Острова Свальбард и Ян-Майен).",
    ),
    (
        "ar",
        "لا تظهر على الخريطة: 4 من البلدان والأقاليم البالغ عددها 242 (بونير وسانت يوستاشيوس \
         وسابا؛ جزر كوكس (كيلينغ)؛ جزيرة عيد الميلاد؛ جزيرتا سفالبارد وجان ماين).",
    ),
    (
        "zh",
        "未在地图上显示：242个国家和地区中的4个（博纳尔，圣俄斯塔休斯和萨巴；科科斯（基林）群岛；圣诞岛；\
         斯瓦尔巴群岛和扬马延岛）。",
    ),
];

#[test]
fn areas_without_a_place_on_the_map_are_named_and_the_numbers_add_up() {
    let folder = annex();
    for (language, note) in UNPLACED {
        let markdown = out(folder.path(), language, "md");
        let map = markdown.lines().find(|line| line.starts_with("![") && line.contains("map-"));
        let map = map.expect("a map");
        assert!(map.contains(note), "{language}: {map}");
        let chart = map.rsplit_once("](").expect("a chart").1.trim_end_matches(')');
        let chart = std::fs::read_to_string(folder.path().join("out").join(chart)).expect("a map");
        assert!(
            plain(&chart).contains(&note.split_whitespace().collect::<String>()),
            "{language}: {chart}"
        );
        // Classes and what is missing, as the legend counts them.
        let counted: usize = counts(&chart).iter().sum();
        assert_eq!(counted + 4, 242, "{language}: {:?}", counts(&chart));
    }
}
