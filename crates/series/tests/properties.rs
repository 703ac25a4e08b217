//! What holds of any text and of any order of rows.

mod made;

use inclusion_series::{Observation, Series};
use made::Case;
use proptest::prelude::*;

/// Everything but the line, in an order of its own.
fn sorted(series: &Series) -> Vec<Observation> {
    let mut all = series.observations.clone();
    all.iter_mut().for_each(|o| o.line = 0);
    all.sort_by(|a, b| a.identity().cmp(&b.identity()));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_finite_shares_or_a_message(
        text in "(area,year,sex,value\n)?([A-Z]{3}|NA|\"|,|\n|\r|[0-9]{1,5}|women|men|[.;\t-]|é|\u{feff}){0,60}"
    ) {
        match Case::new().read(&text) {
            Ok(series) => {
                for o in &series.observations {
                    prop_assert!(o.value.is_none_or(|v| (0.0..=1.0).contains(&v)), "{o:?}");
                    prop_assert!(o.line > 1 && o.line <= text.len() as u64 + 1);
                }
            }
            Err(message) => prop_assert!(message.starts_with("a.csv"), "{message}"),
        }
    }

    #[test]
    fn any_bytes_in_place_of_a_workbook_give_a_message(
        places in prop::collection::vec((0usize..4000, any::<u8>()), 1..20)
    ) {
        let case = Case::new();
        let path = case.path("a.xlsx");
        let cells = [('t', "KEN"), ('n', "2019"), ('t', "women"), ('n', "47.3")];
        let header = [('t', "area"), ('t', "year"), ('t', "sex"), ('t', "value")];
        let rows = made::row(1, &header) + &made::row(2, &cells);
        made::write_book(&path, &made::parts("", &rows));
        let mut bytes = std::fs::read(&path).unwrap();
        let length = bytes.len();
        for (place, byte) in places {
            bytes[place % length] = byte;
        }
        std::fs::write(&path, bytes).unwrap();
        if let Err(message) = case.open(&path) {
            prop_assert!(message.starts_with("a.xlsx"), "{message}");
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        rows in prop::collection::btree_map((0u32..2, 2000i32..2020, 0usize..2), 0u32..1000, 1..30)
            .prop_flat_map(|rows| {
                let rows: Vec<_> = rows.into_iter().collect();
                (Just(rows.clone()), Just(rows).prop_shuffle())
            })
    ) {
        let text = |rows: &[((u32, i32, usize), u32)]| {
            let mut text = String::from("area,year,sex,value\n");
            for ((area, year, sex), value) in rows {
                let (area, sex) = (["KEN", "NA"][*area as usize], ["women", "men"][*sex]);
                text.push_str(&format!("{area},{year},{sex},{}.{}\n", value / 10, value % 10));
            }
            text
        };
        let (one, other) = (Case::new().read(text(&rows.0)), Case::new().read(text(&rows.1)));
        let (one, other) = (one.unwrap(), other.unwrap());
        prop_assert_eq!(sorted(&one), sorted(&other));
        let counts = |s: &Series| s.log.iter().map(|f| (f.code, f.count)).collect::<Vec<_>>();
        prop_assert_eq!(counts(&one), counts(&other));
    }
}
