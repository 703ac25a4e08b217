//! The message files hold together: same ids, same variables, forms by CLDR, and every English text is
//! read back as itself.

use inclusion_language::{Language, Translator, figure, messages, say, terms};
use std::collections::BTreeSet;

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = messages(Language::En);
    assert!(english.len() > 900);
    for language in Language::ALL {
        let own = messages(language);
        for (id, variables) in &english {
            assert_eq!(own.get(id), Some(variables), "{} {id}", language.code());
        }
        assert_eq!(own.len(), english.len(), "{}", language.code());
    }
}

#[test]
fn every_term_is_there_in_every_language() {
    let french: BTreeSet<&String> = terms(Language::Fr).keys().collect();
    assert!(french.len() > 250);
    for language in [Language::Es, Language::Ru, Language::Ar, Language::Zh] {
        let own: BTreeSet<&String> = terms(language).keys().collect();
        assert_eq!(own, french, "{}", language.code());
        assert!(terms(language).values().all(|text| !text.is_empty()));
    }
}

#[test]
fn numbers_are_those_of_cldr() {
    let of = |language, text| figure(language, text).unwrap();
    assert_eq!(of(Language::Fr, "12.4"), "12,4");
    assert_eq!(of(Language::Zh, "12.4"), "12.4");
    assert_eq!(of(Language::Ru, "−12.4"), "\u{2212}12,4");
    assert_eq!(of(Language::Fr, "1\u{202f}234\u{202f}567"), "1\u{202f}234\u{202f}567");
    assert_eq!(of(Language::Ru, "1\u{202f}234\u{202f}567"), "1\u{a0}234\u{a0}567");
    assert_eq!(of(Language::Es, "1\u{202f}234\u{202f}567"), "1.234.567");
    assert_eq!(of(Language::Zh, "1\u{202f}234\u{202f}567"), "1,234,567");
    assert_eq!(of(Language::Fr, "46.7%"), "46,7\u{202f}%");
    assert_eq!(of(Language::Fr, "2014–2019"), "2014–2019");
    assert_eq!(of(Language::Fr, "(−5.6 to 25.6)"), "(\u{2212}5,6 à 25,6)");
    assert_eq!(of(Language::Fr, "45.2%; 50.1%"), "45,2\u{202f}%\u{202f}; 50,1\u{202f}%");
    assert_eq!(of(Language::Zh, "2015, 2018"), "2015，2018");
    assert_eq!(of(Language::Ar, "−6.0; −0.2"), "\u{200e}-6.0؛ \u{200e}-0.2");
    assert_eq!(of(Language::Ar, "−46.7%"), "\u{200e}-46.7\u{200e}%\u{200e}");
}

#[test]
fn a_number_that_is_part_of_a_word_makes_no_figure() {
    for text in ["HH7", "no figure", "12 months", ""] {
        let words = text.chars().any(char::is_alphabetic);
        assert_eq!(figure(Language::Fr, text).is_none(), words, "{text}");
    }
}

#[test]
fn plural_forms_are_those_of_cldr() {
    let months = |language, n: &str| {
        let args = [("number", n)];
        say(language, "last-months", &args)
    };
    let russian: Vec<String> =
        ["1", "2", "5", "21"].map(|n| months(Language::Ru, n)).into_iter().collect();
    assert_eq!(
        russian,
        ["последний 1 месяц", "последние 2 месяца", "последние 5 месяцев", "последний 21 месяц"]
    );
    let countries = |n: &str| {
        let args = [("figure1", "2"), ("number", n), ("shares", "x")];
        say(Language::Ar, "coverage-with", &args)
    };
    // The last two digits decide, and 1 and 2 are special by themselves only.
    let said =
        ["1", "2", "7", "82", "100", "101", "102", "103", "110", "111", "242"].map(countries);
    let wanted = [
        "بلد واحد",
        "بلدين",
        "7 بلدان",
        "82 بلدًا",
        "100 بلد",
        "101 بلد",
        "102 بلد",
        "103 بلدان",
        "110 بلدان",
        "111 بلدًا",
        "242 بلدًا",
    ];
    assert_eq!(said.len(), wanted.len());
    for (said, wanted) in said.iter().zip(wanted) {
        assert_eq!(said, &format!("2 من أصل {wanted}، تضم x"));
    }
    let words = |n: &str| {
        let text = months(Language::Ar, n);
        text.split(' ').next_back().unwrap().to_string()
    };
    assert_eq!(
        ["0", "1", "2", "3", "11", "100"].map(words),
        ["شهر", "شهر", "شهرين", "أشهر", "شهرًا", "شهر"]
    );
}

#[test]
fn every_english_message_is_found_by_its_text_in_every_language() {
    for language in Language::ALL {
        let translator = Translator::new(language, [].into(), ["Tamoria".to_string()].into());
        for (id, names) in messages(Language::En) {
            let value = |name: &str| match name {
                name if name.starts_with("number") => "3",
                name if name.starts_with("figure") => "12.4",
                name if name.starts_with("name") || name.starts_with("id") => "HH7",
                _ => "Tamoria",
            };
            let args: Vec<(&str, &str)> =
                names.iter().map(|name| (name.as_str(), value(name))).collect();
            let text = say(Language::En, &id, &args);
            assert!(translator.text(&text).is_some(), "{} {id}: {text}", language.code());
        }
    }
}

#[test]
fn a_sentence_is_read_by_its_messages() {
    let terms = [("use the Internet", "utilisent Internet")];
    let terms = terms.map(|(a, b)| (a.to_string(), b.to_string())).into();
    let french = Translator::new(Language::Fr, terms, ["Tamoria".to_string()].into());
    let sentence = "46.7% of women and 55.5% of men use the Internet (Tamoria, 2024): women are \
                    behind by 8.8 points (7.4–10.1).";
    assert_eq!(
        french.text(sentence).unwrap(),
        "46,7\u{202f}% des femmes et 55,5\u{202f}% des hommes utilisent Internet (Tamoria, 2024)\u{a0}: \
         les femmes sont en retard de 8,8 points (7,4–10,1)."
    );
    let title = "Women are less likely than men to use the Internet in all 3 age groups; the gaps run from \
                 7.2 to 10.8 points, and the intervals do not tell which is largest";
    assert!(french.text(title).unwrap().contains("dans les 3 groupes d’âge\u{202f};"));
    assert_eq!(french.text("Women are fond of the Internet"), None);
}

#[test]
fn what_stands_behind_a_clause_stays_behind_it_where_words_are_ordered_anew() {
    let terms = [("use the Internet", "使用互联网"), ("individuals", "个人")];
    let terms = terms.map(|(a, b)| (a.to_string(), b.to_string())).into();
    let chinese = Translator::new(Language::Zh, terms, ["Tamoria".to_string()].into());
    let sentence = "Women are less likely than men to use the Internet in both urban and rural areas \
                    (Tamoria, 2024); the gap is largest in rural areas, 10.4 points (8.7–12.1).";
    assert_eq!(
        chinese.text(sentence).unwrap(),
        "在城镇和农村地区中，女性使用互联网的可能性低于男性（Tamoria，2024）；差距最大的是农村地区，10.4个百分点（8.7–12.1）。"
    );
    let one = "Women are less likely than men to use the Internet in 1 of 3 age groups \
               (Tamoria, 2024): Tamoria, 5.5 points (3.1–8.0).";
    assert_eq!(
        chinese.text(one).unwrap(),
        "在3个年龄组中的1个中，女性使用互联网的可能性低于男性（Tamoria，2024）：Tamoria，5.5个百分点（3.1–8.0）。"
    );
    let told = "Skill: individuals who use the Internet: 20%";
    assert_eq!(chinese.text(told).unwrap(), "技能：使用互联网的个人：20%");
    let broken_down = "Tamoria, by wealth quintiles, regions and age groups";
    assert_eq!(chinese.text(broken_down).unwrap(), "Tamoria，按财富五分位组、地区和年龄组分列");
    assert_eq!(
        chinese.text("the ages 16+, as the indicator is defined").unwrap(),
        "16岁及以上（按指标定义）"
    );
    assert_eq!(
        chinese.text("gap of 2025: 26.1 points (F)").unwrap(),
        "2025年差距：26.1个百分点（F）"
    );
    let cell = "does not close; gap 13.4 points; required of women per year 4.25 points; gap of 2025: 26.1 points (F)";
    assert_eq!(
        chinese.text(cell).unwrap(),
        "不会弥合；差距13.4个百分点；女性每年需要4.25个百分点；2025年差距：26.1个百分点（F）"
    );
    let codes = "2 = 12m; 4 = never; 8 = don't know; 9 = refused";
    assert_eq!(chinese.text(codes).unwrap(), "2 = 12m；4 = never；8 = 不知道；9 = 拒答");
    let heading = "Tamoria, 2024 · per cent of individuals";
    assert_eq!(chinese.text(heading).unwrap(), "Tamoria，2024 · 占个人的百分比");
    let sources = "Source: EPH, hogares y personas; Cetic.br (TIC Domicilios).";
    let said = "来源：EPH, hogares y personas；Cetic.br (TIC Domicilios)。";
    assert_eq!(chinese.text(sources).unwrap(), said);
    let list = "by wealth quintiles, regions and age groups";
    assert_eq!(chinese.text(list).unwrap(), "按财富五分位组、地区和年龄组");
}

/// What stands before a range or an interval is none of its figures.
#[test]
fn ranges_begin_with_their_own_figure() {
    let open = "Open marks: low reliability: 25 to 49 unweighted cases.";
    let interval = "10.0 (−5.6 to 25.6)";
    let item = "Tamoria 10.0 (−5.6 to 25.6); Tamoria 3.2 (1.1–4.7)";
    for (language, cases, between, items) in [
        (
            Language::Fr,
            "Symboles évidés\u{a0}: faible fiabilité\u{a0}: 25 à 49 observations non pondérées.",
            "10,0 (−5,6 à 25,6)",
            "Tamoria 10,0 (−5,6 à 25,6)\u{202f}; Tamoria 3,2 (1,1–4,7)",
        ),
        (
            Language::Es,
            "Marcas huecas: baja fiabilidad: 25 a 49 casos no ponderados.",
            "10,0 (−5,6 a 25,6)",
            "Tamoria 10,0 (−5,6 a 25,6); Tamoria 3,2 (1,1–4,7)",
        ),
        (
            Language::Ru,
            "Полые знаки: низкая надежность: от 25 до 49 невзвешенных наблюдений.",
            "10,0 (от −5,6 до 25,6)",
            "Tamoria 10,0 (от −5,6 до 25,6); Tamoria 3,2 (1,1–4,7)",
        ),
        (
            Language::Ar,
            "العلامات المفرغة: موثوقية منخفضة: من 25 إلى 49 حالة غير مرجحة.",
            "10.0 (\u{200e}-5.6 إلى 25.6)",
            "Tamoria 10.0 (\u{200e}-5.6 إلى 25.6)؛ Tamoria 3.2 (1.1–4.7)",
        ),
        (
            Language::Zh,
            "空心标记：可靠性低：未加权样本数为25至49。",
            "10.0 (−5.6至25.6)",
            "Tamoria 10.0（−5.6至25.6）；Tamoria 3.2（1.1–4.7）",
        ),
    ] {
        let translator =
            Translator::new(language, Default::default(), ["Tamoria".to_string()].into());
        assert_eq!(translator.text(open).as_deref(), Some(cases));
        assert_eq!(translator.text(interval).as_deref(), Some(between));
        assert_eq!(translator.text(item).as_deref(), Some(items));
    }
}

#[test]
fn a_term_with_a_joint_in_it_is_one_term() {
    let terms = [
        ("Northern Africa", "Afrique septentrionale"),
        ("Western Asia", "Asie occidentale"),
        ("Northern Africa and Western Asia", "Afrique du Nord et Asie occidentale"),
        ("Tokelau", "Tokélaou"),
    ];
    let terms = terms.map(|(a, b)| (a.to_string(), b.to_string())).into();
    let french = Translator::new(Language::Fr, terms, Default::default());
    for (text, said) in [
        ("Northern Africa and Western Asia", "Afrique du Nord et Asie occidentale"),
        (
            "Northern Africa and Western Asia and Tokelau",
            "Afrique du Nord et Asie occidentale et Tokélaou",
        ),
        (
            "Tokelau, Northern Africa and Western Asia",
            "Tokélaou, Afrique du Nord et Asie occidentale",
        ),
        ("Northern Africa and Tokelau", "Afrique septentrionale et Tokélaou"),
        (
            "Northern Africa and Western Asia 55.1; Tokelau 12.4",
            "Afrique du Nord et Asie occidentale 55,1\u{202f}; Tokélaou 12,4",
        ),
    ] {
        assert_eq!(french.text(text).as_deref(), Some(said), "{text}");
    }
}

/// Files of Stata and SPSS alone bring these about; the tests of their reader hold the English ones.
#[test]
fn missing_codes_of_statistical_files_are_read() {
    let none = || Translator::new(Language::Fr, Default::default(), Default::default());
    let said = |text: &str| none().text(text).expect("a translation");
    let start = "the file's own missing code";
    assert_eq!(
        said(&format!("{start} .a (missing) was read as refused")),
        "le code de donnée manquante .a (missing) du fichier a été lu comme\u{a0}: refus"
    );
    assert_eq!(
        said(&format!("{start} -3 was read as dont_know")),
        "le code de donnée manquante -3 du fichier a été lu comme\u{a0}: ne sait pas"
    );
    for reason in ["not_applicable", "not_asked", "not_stated"] {
        assert!(!said(&format!("{start} -1 was read as {reason}")).contains(reason));
    }
}

#[test]
fn a_list_of_all_countries_is_said_item_by_item() {
    let names: Vec<String> = (1..=200).map(|place| format!("Country {place}")).collect();
    let item = |name: &String| format!("{name} 11.9");
    let list: Vec<String> = names.iter().map(item).collect();
    let text = format!("Stems from equality by country. Women. In points: {}.", list.join("; "));
    let languages = [(Language::Fr, "11,9", "\u{a0}; "), (Language::Ar, "11.9", "؛ ")];
    for (language, figure, between) in languages {
        let translator =
            Translator::new(language, Default::default(), names.iter().cloned().collect());
        let said = translator.text(&text).expect("a translation");
        let wanted: Vec<String> = names.iter().map(|name| format!("{name} {figure}")).collect();
        let between = between
            .replace('\u{a0}', if said.contains("\u{202f}; ") { "\u{202f}" } else { "\u{a0}" });
        assert!(said.contains(&wanted.join(&between)), "{said}");
        let short = format!(
            "Stems from equality by country. Women. In points: {}; {}.",
            list[0], list[199]
        );
        let short = translator.text(&short).expect("a translation");
        let (before, after) = short.split_once(&wanted[199]).expect("the last item");
        assert!(said.starts_with(before.split_once(&wanted[0]).expect("the first item").0));
        assert!(said.ends_with(&format!("{}{after}", wanted[199])));
    }
    // A semicolon before the list is none of it.
    let french = Translator::new(Language::Fr, Default::default(), names.iter().cloned().collect());
    let ranks: Vec<String> = names.iter().map(|name| format!("{name} rank 3")).collect();
    let title = "Women: countries by the size of the reported gap; without standard errors no rank is certain";
    let text = format!("Ranks of the gap by country. {title}. {}.", ranks.join("; "));
    let said = french.text(&text).expect("a translation");
    assert_eq!(said.matches("rang 3").count(), names.len(), "{said}");
}

/// Two clauses are the translations of each, whatever they are: no message takes words of another one along.
#[test]
fn each_of_two_clauses_is_said_as_it_is_alone() {
    let value = |name: &str| match name {
        name if name.starts_with("number") => "3",
        name if name.starts_with("figure") => "12.4",
        name if name.starts_with("name") || name.starts_with("id") => "HH7",
        _ => "Tamoria",
    };
    let texts: Vec<String> = messages(Language::En)
        .into_iter()
        .map(|(id, names)| {
            let args: Vec<(&str, &str)> =
                names.iter().map(|name| (name.as_str(), value(name))).collect();
            say(Language::En, &id, &args)
        })
        .filter(|text| !text.contains(';') && !text.ends_with(['.', ':']) && text.trim() == text)
        .collect();
    let mut wrong = Vec::new();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let translator = Translator::new(language, [].into(), ["Tamoria".to_string()].into());
        let alone = |text: &str| translator.text(text).unwrap_or_else(|| format!("none of {text}"));
        let last = "no figure";
        for text in &texts {
            for (first, rest) in [(text.as_str(), last), (last, text.as_str())] {
                // What stands before a colon may be the heading of both.
                if first.contains(": ") {
                    continue;
                }
                let said = alone(&format!("{first}; {rest}"));
                let args = [("first", alone(first)), ("rest", alone(rest))];
                let args = args.each_ref().map(|(name, text)| (*name, text.as_str()));
                if said != say(language, "joined-semicolon", &args) {
                    wrong.push(format!("{}: {first}; {rest}: {said}", language.code()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
