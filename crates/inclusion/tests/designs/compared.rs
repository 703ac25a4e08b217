//! One gap is one gap: table, contrast, pool, t-test and decomposition have its standard error, also where
//! strata or replicates lack one sex.

use super::*;

/// Stratum 1 and 5: women and men; 2: men only; 3: a single PSU; 4: women in one of two PSUs.
fn rows(folder: &Path, name: &str) {
    let mut text =
        "w,sex,area,internet_3m,age_group,s,p,rep_1,rep_2,rep_3,rep_4,rep_5\n".to_string();
    let mut row = 0;
    for (stratum, psu, women, men) in [
        (1, 11, 4, 3),
        (1, 12, 3, 5),
        (2, 21, 0, 4),
        (2, 22, 0, 5),
        (3, 31, 3, 3),
        (4, 41, 4, 2),
        (4, 42, 0, 4),
        (5, 51, 2, 3),
        (5, 52, 4, 2),
        (5, 53, 3, 3),
    ] {
        for person in 0..women + men {
            let sex = if person < women { "female" } else { "male" };
            let online = u32::from((row * row + psu) % 7 < 3 || row % 5 == 0);
            let weight = 1 + (row * 3 + stratum) % 4;
            let area = if person % 3 == 0 { "rural" } else { "urban" };
            let band = ["15-24", "25-34"][(row % 5 / 3) as usize];
            text.push_str(&format!("{weight},{sex},{area},{online},{band},{stratum},{psu}"));
            for r in 0..5 {
                // The first replicate has no women.
                let factor =
                    if r == 0 && person < women { 0 } else { (row * row * (r + 1) + row + r) % 5 };
                text.push_str(&format!(",{}", weight * factor));
            }
            text.push('\n');
            row += 1;
        }
    }
    std::fs::write(folder.join(name), text).expect("the data");
}

/// Rows of a table by column name, where no field that is looked at holds a comma.
fn table(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(folder.join("out").join(name)).expect("a file");
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let header = lines.headers().expect("a header").clone();
    let lines = lines.records().map(|line| line.expect("a line"));
    lines
        .map(|line| header.iter().map(String::from).zip(line.iter().map(String::from)).collect())
        .collect()
}

#[test]
fn every_way_to_a_gap_has_its_standard_error() {
    let replicates = "[survey.design.replicates]\nkind = \"brr\"\nprefix = \"rep_\"\n";
    let mut all = Vec::new();
    for design in [
        "[survey.design]\nlonely_psu = \"average\"\n",
        "[survey.design]\nlonely_psu = \"average\"\nadjust_domain_lonely = true\n",
        "[survey.design]\nlonely_psu = \"adjust\"\nadjust_domain_lonely = true\n",
        "[survey.design]\nlonely_psu = \"adjust\"\n",
        replicates,
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        rows(here, "one.csv");
        rows(here, "two.csv");
        let own = "[design]\nweight = { column = \"w\" }\nstratum = [\"s\"]\npsu = [\"p\"]\n";
        registry(here, &recipe(own, ICT));
        let profile = "id = \"open\"\nname = \"Open\"\nwithhold_below = 1\nunreliable_below = 1\nsource = \"test\"\n";
        std::fs::create_dir_all(here.join("registry/policies")).expect("a folder");
        std::fs::write(here.join("registry/policies/open.toml"), profile).expect("a profile");
        let cell = |sex: &str| {
            format!("{{ survey = \"s\", indicator = \"ONLINE\", group = {{ sex = \"{sex}\" }} }}")
        };
        let second = format!(
            "[[survey]]\nid = \"t\"\nrecipe = \"test/1\"\nfiles = {{ rows = 'two.csv' }}\n{design}"
        );
        let text = study(
            Path::new("one.csv"),
            &format!("{design}{second}"),
            "indicators = [\"ONLINE\"]\nby = [\"sex\"]",
        );
        let text = format!(
            "{text}[disclosure]\nprofile = \"open\"\n[[estimate.contrast]]\nid = \"c\"\nfirst = {}\nsecond = {}\n\
             [[estimate.pool]]\nid = \"stacked\"\nsurveys = [\"s\", \"t\"]\nweights = \"survey\"\n\
             [[estimate.pool]]\nid = \"equal\"\nsurveys = [\"s\", \"t\"]\nweights = \"equal\"\n\
             [[analysis]]\nid = \"test\"\nsurvey = \"s\"\nkind = \"t_test\"\nindicator = \"ONLINE\"\nby = \"sex\"\n\
             [[analysis]]\nid = \"parts\"\nsurvey = \"s\"\nkind = \"decomposition\"\nindicator = \"ONLINE\"\nby = \"band\"\n",
            cell("M"),
            cell("F")
        );
        std::fs::write(here.join("study.toml"), text).expect("the study");
        let output = inclusion(here, &["annex", "study.toml", "--format", "csv"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let (figures, analyses) = (table(here, "estimates.csv"), table(here, "analyses.csv"));
        let se = |rows: &[BTreeMap<String, String>], wanted: &[(&str, &str)]| -> f64 {
            let text = &row(rows, wanted)["STD_ERROR"];
            text.parse().unwrap_or_else(|_| panic!("{wanted:?}: `{text}`"))
        };
        let level = |source: &str, sex: &str| {
            se(&figures, &[("SOURCE", source), ("MEASURE", "LEVEL"), ("SEX", sex)])
        };
        let gap = se(&figures, &[("SOURCE", "s"), ("MEASURE", "GAP")]);
        let half = 2f64.sqrt();
        for (what, other) in [
            ("contrast", se(&figures, &[("SOURCE", "c"), ("MEASURE", "DIFFERENCE")])),
            ("t-test", se(&analyses, &[("ANALYSIS", "test"), ("PART", "difference")])),
            ("decomposition", se(&analyses, &[("ANALYSIS", "parts"), ("PART", "gap")])),
            // Two surveys of the same rows.
            ("stacked", half * se(&figures, &[("SOURCE", "stacked"), ("MEASURE", "GAP")])),
            ("equal", half * se(&figures, &[("SOURCE", "equal"), ("MEASURE", "GAP")])),
        ] {
            assert!((other / gap - 1.0).abs() < 1e-12, "{design}: {what} {other}, not {gap}");
        }
        for sex in ["F", "M", "_T"] {
            for pool in ["stacked", "equal"] {
                let pooled = half * level(pool, sex);
                let own = level("s", sex);
                assert!(
                    (pooled / own - 1.0).abs() < 1e-12,
                    "{design}: {pool} {sex} {pooled} {own}"
                );
            }
        }
        // The level of women counts the four strata that hold women, the gap all five.
        let tested = se(&analyses, &[("ANALYSIS", "test"), ("TERM", "sex=F")]);
        assert!((tested / level("s", "F") - 1.0).abs() < 1e-12, "{design}");
        all.push((gap, level("s", "F")));
    }
    // A rule for domains moves the level of women, which lacks a PSU, and not the gap, which has all.
    let differ = |a: f64, b: f64| (a / b - 1.0).abs() > 1e-6;
    for (at, (gap, women)) in all.iter().enumerate() {
        for (other, own) in &all[..at] {
            assert!(*gap > 0.0 && (differ(*gap, *other) || differ(*women, *own)), "{all:?}");
        }
    }
    assert!(all[0].0 == all[1].0 && all[2].0 == all[3].0 && differ(all[0].0, all[2].0), "{all:?}");
}
