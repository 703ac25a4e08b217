//! Bad SDMX: what a user is told. Tests are named by the rows of the catalogue where it has one.

mod demo;

use demo::{File, HEAD, file, read, rows, short, structure};
use inclusion_sdmx::{
    Observation, Problem, ReadOptions, Reader, Rules, Value, WriteOptions, Writer, read_structures,
};
use std::collections::BTreeMap;

fn plain(file: &File) -> Result<Vec<Observation>, String> {
    let options = ReadOptions::default();
    let reader = Reader::open(&file.path, &options).map_err(|error| short(file, error))?;
    reader.map(|row| row.map_err(|error| short(file, error))).collect()
}

/// A structure-specific message of 2.1 with so much inside the data set.
fn ml(data_set: &str, at_observation: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:ID>T</m:ID><m:Structure structureID="D" dimensionAtObservation="{at_observation}"><c:Structure><Ref agencyID="ZZZ" id="DEMO" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="D" xsi:type="x:DataSetType" action="Information">
{data_set}
</m:DataSet></m:StructureSpecificData>"#
    )
}

#[test]
fn f01_nested_entities_are_refused_before_they_expand() {
    let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\">\
        <!ENTITY lol2 \"&lol;&lol;&lol;&lol;\"><!ENTITY lol3 \"&lol2;&lol2;&lol2;\">]>\n<a>&lol3;</a>";
    let file = file("laughs.xml", laughs);
    assert_eq!(plain(&file).unwrap_err(), "laughs.xml:2:1: DTD not allowed; remove the DOCTYPE");
    let error = short(&file, read_structures(&file.path).unwrap_err());
    assert_eq!(error, "laughs.xml:2:1: DTD not allowed; remove the DOCTYPE");
}

#[test]
fn f02_external_entities_are_refused_and_nothing_is_opened() {
    let file =
        file("external.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
    assert_eq!(plain(&file).unwrap_err(), "external.xml:1:1: DTD not allowed; remove the DOCTYPE");
    // Without a DTD there is no entity to look up.
    let data = ml("<Obs SEX=\"&x;\" OBS_VALUE=\"1\"/>", "AllDimensions");
    let file = self::file("entity.xml", data);
    let message = plain(&file).unwrap_err();
    assert!(message.starts_with("entity.xml:5:1: element Obs: "), "{message}");
}

#[test]
fn f04_a_code_that_is_not_in_the_list_names_observation_dimension_and_nearest_codes() {
    let good = "IT_MOB_OWN,F,Y_GE15,2022,49.02,A,,";
    let csv = file(
        "codes.csv",
        rows(&[good, "IT_MOB_OWN,FEMALE,Y_GE15,2022,49.02,A,,", "IT_MOB_OWN,M,Y_GE15,2022,58,A,,"]),
    );
    let (read_rows, bad, _) = read(&csv, Rules::default());
    assert_eq!(
        bad,
        [
            "codes.csv:3, observation 2: SEX has no code `FEMALE` in ZZZ:CL_SEX(1.0); nearest: `F`, `M`"
        ]
    );
    assert_eq!(read_rows.len(), 2, "the stream goes on");
    let xml = file(
        "codes.xml",
        ml(
            "<Obs SERIES=\"IT_MOB_OWN\" SEX=\"FEMALE\" AGE=\"_T\" TIME_PERIOD=\"2022\" OBS_VALUE=\"1\" OBS_STATUS=\"A\"/>",
            "AllDimensions",
        ),
    );
    assert_eq!(
        read(&xml, Rules::default()).1,
        [
            "codes.xml:5:1, observation 1: SEX has no code `FEMALE` in ZZZ:CL_SEX(1.0); nearest: `F`, `M`"
        ]
    );
}

#[test]
fn f06_a_value_beside_q_is_an_error_out_and_flagged_and_not_shown_in() {
    let csv = file(
        "q.csv",
        rows(&["IT_MOB_OWN,F,_T,2022,49.02,Q,46.9,why", "IT_MOB_OWN,M,_T,2022,,Q,,"]),
    );
    let (good, bad, counts) = read(&csv, Rules::default());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(counts.suppressed_with_value, 1);
    assert_eq!((counts.observations, counts.missing), (2, 2));
    assert_eq!(good[0].value, None);
    assert_eq!(good[0].attributes, [Some("Q".into()), None, Some("why".into())]);
    // The same without a structure.
    let shown = plain(&csv).unwrap();
    assert!(shown[0].value.is_none() && shown[0].attributes[1].is_none());

    let structure = structure();
    let options = WriteOptions::default();
    let observation = |value: Option<f64>, lower: Option<&str>, status: &str| Observation {
        dimensions: ["IT_MOB_OWN", "F", "_T", "2022"].map(String::from).to_vec(),
        value: value.and_then(Value::of),
        attributes: vec![Some(status.into()), lower.map(String::from), None],
    };
    let refused = |row: Observation| {
        let mut writer = Writer::new(Vec::new(), &structure, &options).unwrap();
        let problem = writer.write(&row).unwrap_err().problem().unwrap().clone();
        let (bytes, _) = writer.finish().unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), HEAD, "nothing of it is written");
        problem
    };
    let figure = |component: &str, status: &str| Problem::FigureWithoutValue {
        component: component.into(),
        status: status.into(),
    };
    assert_eq!(refused(observation(Some(49.02), None, "Q")), figure("OBS_VALUE", "Q"));
    assert_eq!(refused(observation(None, Some("46.9"), "Q")), figure("LOWER_BOUND", "Q"));
    assert_eq!(refused(observation(Some(49.02), None, "M")), figure("OBS_VALUE", "M"));
    assert_eq!(refused(observation(None, None, "A")), Problem::NoReason("A".into()));
    assert_eq!(
        figure("OBS_VALUE", "Q").to_string(),
        "OBS_VALUE stands beside OBS_STATUS Q (suppressed); remove it or correct the status"
    );
}

#[test]
fn f08_semicolons_and_labels_are_read_and_several_values_refused_by_column() {
    let text = "STRUCTURE;STRUCTURE_ID;ACTION;SERIES: Series;SEX: Sex;AGE: Age;TIME_PERIOD: Time;\
                OBS_VALUE: Value;OBS_STATUS: Status;COMMENT_OBS: Comment\n\
                datastructure;ZZZ:DEMO(1.0): Demo;I;IT_MOB_OWN: Own;F: Female;_T: All;2022: 2022;\
                49.02;A: Normal;Source: a report\n";
    let csv = file("labels.csv", text);
    let (good, bad, counts) = read(&csv, Rules::default());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(good[0].dimensions, ["IT_MOB_OWN", "F", "_T", "2022"]);
    // A text that is no code keeps its colon.
    assert_eq!(good[0].attributes, [Some("A".into()), None, Some("Source: a report".into())]);
    assert_eq!(counts.observations, 1);
    // Without a structure too: what begins with a code is cut, and a text is kept.
    let text = "STRUCTURE,STRUCTURE_ID,SEX: Sex,TIME_PERIOD: Time,OBS_VALUE: Value,NATURE: Nature,\
                OBS_STATUS: Status,SOURCE_DETAIL: Source,ORIGIN: Origin\n\
                dataflow,ZZZ:DEMO(1.0),F: Female,2022,49.02,CA: Adjusted,A: Normal,DHS: round 7,Survey: a second\n";
    let row = plain(&file("plain.csv", text)).unwrap().remove(0);
    let kept = ["CA", "A", "DHS: round 7", "Survey: a second"].map(|text| Some(text.to_string()));
    assert_eq!(row.attributes, kept);
    let csv = file("many.csv", HEAD.replace("COMMENT_OBS", "COMMENT_OBS[]"));
    assert_eq!(
        plain(&csv).unwrap_err(),
        "many.csv:1: column COMMENT_OBS[] holds several values a cell; only single values are read"
    );
    let xml = ml(
        "<Obs SEX=\"F\" OBS_VALUE=\"1\"><Comp id=\"CONTACT\"><Value>a</Value></Comp></Obs>",
        "AllDimensions",
    );
    let xml = file("many.xml", xml);
    assert_eq!(
        plain(&xml).unwrap_err(),
        "many.xml:5:28: CONTACT holds several values; only single values are read"
    );
}

#[test]
fn e01_a_key_twice_is_an_error_with_both_lines_or_a_flag_where_the_value_is_the_same() {
    let row = "IT_MOB_OWN,F,_T,2022,49.02,A,,";
    let csv = file("twice.csv", rows(&[row, "IT_MOB_OWN,F,_T,2022,49.03,A,,", row]));
    let (good, bad, counts) = read(&csv, Rules::default());
    assert_eq!(good.len(), 1);
    assert_eq!(
        bad,
        [
            "twice.csv:3, observation 2: the key IT_MOB_OWN.F._T.2022 stands in line 2 already with another value"
        ]
    );
    assert_eq!(counts.duplicates, 1);
}

#[test]
fn e07_years_that_are_no_period_are_refused() {
    for period in ["2019/20", "2019-2020", "FY2019", "19"] {
        let csv = file("period.csv", rows(&[&format!("IT_MOB_OWN,F,_T,{period},49.02,A,,")]));
        let (_, bad, _) = read(&csv, Rules::default());
        let start = format!("period.csv:2, observation 1: TIME_PERIOD `{period}` is not a period");
        assert!(bad[0].starts_with(&start), "{bad:?}");
    }
}

#[test]
fn declared_aliases_and_the_case_of_series_are_replaced_and_counted() {
    let csv = file(
        "alias.csv",
        rows(&[
            "it_use_ii99,F,Y_GE06,2022,1,A,,",
            "IT_USE_ii99,M,Y_GE06,2022,2,A,,",
            "IT_USE_II99,M,Y_GE6,2021,2,A,,",
        ]),
    );
    let aliases = BTreeMap::from([("Y_GE06".to_string(), "Y_GE6".to_string())]);
    let rules =
        Rules { aliases: BTreeMap::from([("AGE".to_string(), aliases)]), ..Rules::default() };
    let (good, bad, counts) = read(&csv, rules);
    assert!(bad.is_empty(), "{bad:?}");
    assert!(
        good.iter().all(|row| row.dimensions[0] == "IT_USE_II99" && row.dimensions[2] == "Y_GE6")
    );
    assert_eq!(counts.aliases, BTreeMap::from([("AGE Y_GE06 → Y_GE6".to_string(), 2)]));
    let cases = ["IT_USE_ii99 → IT_USE_II99", "it_use_ii99 → IT_USE_II99"];
    assert_eq!(counts.series_case.keys().collect::<Vec<_>>(), cases);
    // Nobody declared it: an error, and the age that is meant stands among the nearest.
    let (_, bad, _) = read(&csv, Rules::default());
    assert!(
        bad[0].ends_with("AGE has no code `Y_GE06` in ZZZ:CL_AGE(1.0); nearest: `Y_GE6`, `Y_GE15`"),
        "{}",
        bad[0]
    );
}

#[test]
fn actions_that_are_none_and_deletions_are_refused_by_line() {
    let good = rows(&["IT_MOB_OWN,F,_T,2022,1,A,,"]);
    for (action, said) in [
        ("E", "a.csv:2: ACTION `E` is none of I, A, R and M"),
        ("D", "a.csv:2: ACTION D deletes; only files of observations are read"),
    ] {
        let csv = file("a.csv", good.replace(",I,", &format!(",{action},")));
        assert_eq!(plain(&csv).unwrap_err(), said);
    }
    let xml = file("a.xml", ml("", "AllDimensions").replace("Information", "Delete"));
    assert_eq!(
        plain(&xml).unwrap_err(),
        "a.xml:4:1: the data set deletes; only files of observations are read"
    );
}

#[test]
fn columns_that_are_not_in_the_structure_are_named_with_the_nearest() {
    let csv = file("column.csv", rows(&[]).replace("OBS_STATUS", "OBS_STATU"));
    let structure = structure();
    let mut options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
    let error = Reader::open(&csv.path, &options).err().unwrap();
    let message = short(&csv, error);
    assert!(
        message
            .starts_with("column.csv:1: the structure has no `OBS_STATU`; nearest: `OBS_STATUS`"),
        "{message}"
    );
    options.ignored.insert("OBS_STATU".into());
    assert!(Reader::open(&csv.path, &options).is_ok());
    let csv = file("column.csv", rows(&[]).replace("SEX,", ""));
    let options = ReadOptions { structure: Some(&structure), ..ReadOptions::default() };
    let error = Reader::open(&csv.path, &options).err().unwrap();
    assert_eq!(short(&csv, error), "column.csv:1: no column for the dimension SEX");
}

#[test]
fn rows_of_another_length_or_structure_are_named_by_line() {
    let good = "IT_MOB_OWN,F,_T,2022,1,A,,";
    let csv = file("short.csv", rows(&[good, "IT_MOB_OWN,F,_T,2022,1"]));
    assert_eq!(
        plain(&csv).unwrap_err(),
        "short.csv:3: 8 cells where the header has 11; is a quotation mark missing or not closed?"
    );
    let csv = file("other.csv", rows(&[good, good]).replacen("DEMO(1.0)", "DEMO(2.0)", 1));
    assert_eq!(
        plain(&csv).unwrap_err(),
        "other.csv:3: datastructure ZZZ:DEMO(1.0), where the rows before have datastructure \
         ZZZ:DEMO(2.0); split the file by structure"
    );
}

#[test]
fn files_that_are_no_sdmx_say_what_they_are() {
    let cases: [(&str, &[u8], &str); 6] = [
        ("a.json", b"{}", "a.json:1: SDMX-JSON is not read; ask for SDMX-CSV or SDMX-ML"),
        ("a.xml", b"\xFF\xFE<\0", "a.xml:1: the file is UTF-16; save it as UTF-8"),
        ("a.csv", b" \n", "a.csv:1: the file is empty"),
        (
            "b.xml",
            b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>",
            "b.xml:1:1: encoding ISO-8859-1; save the file as UTF-8",
        ),
        (
            "c.xml",
            b"<CompactData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\"/>",
            "c.xml:1:1: \"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" is not a namespace of SDMX-ML 2.1 or 3.0",
        ),
        (
            "d.csv",
            b"country,year\nKE,2022\n",
            "d.csv:1: the first column is `country`; SDMX-CSV begins with STRUCTURE (2.0) or DATAFLOW (1.0)",
        ),
    ];
    for (name, bytes, said) in cases {
        assert_eq!(plain(&file(name, bytes)).unwrap_err(), said);
    }
}

#[test]
fn a_file_that_is_cut_off_is_an_error_wherever_it_ends() {
    let whole =
        ml("<Obs SEX=\"F\" OBS_VALUE=\"1\"/>\n<Obs SEX=\"M\" OBS_VALUE=\"2\"/>", "AllDimensions");
    for cut in [whole.len() - 3, whole.len() - 30, whole.find("<Obs SEX=\"M").unwrap() + 9] {
        let xml = file("cut.xml", &whole[..cut]);
        let message = plain(&xml).unwrap_err();
        assert!(message.starts_with("cut.xml:"), "{message}");
    }
    assert_eq!(plain(&file("whole.xml", &whole)).unwrap().len(), 2);
    // Attributes of the same name are no XML.
    let xml = file("same.xml", ml("<Obs SEX=\"F\" SEX=\"M\" OBS_VALUE=\"1\"/>", "AllDimensions"));
    assert!(plain(&xml).unwrap_err().starts_with("same.xml:5:1: element Obs: "));
}

#[test]
fn series_groups_and_data_sets_give_their_attributes_to_observations() {
    let series = "<Group xsi:type=\"x:Sibling\" SERIES=\"IT_MOB_OWN\" SEX=\"F\" COMMENT_OBS=\"of women\"/>\n\
        <Series SERIES=\"IT_MOB_OWN\" SEX=\"F\" AGE=\"_T\" OBS_STATUS=\"A\">\
        <Obs TIME_PERIOD=\"2021\" OBS_VALUE=\"48\"/><Obs TIME_PERIOD=\"2022\" OBS_VALUE=\"49.02\" OBS_STATUS=\"U\"/></Series>\
        <Series SERIES=\"IT_MOB_OWN\" SEX=\"M\" AGE=\"_T\" OBS_STATUS=\"A\"><Obs TIME_PERIOD=\"2022\" OBS_VALUE=\"NaN\"/></Series>";
    let (good, bad, counts) =
        read(&file("series.xml", ml(series, "TIME_PERIOD")), Rules::default());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(good[1].dimensions, ["IT_MOB_OWN", "F", "_T", "2022"]);
    assert_eq!(good[1].attributes, [Some("U".into()), None, Some("of women".into())]);
    assert_eq!(good[0].attributes[0].as_deref(), Some("A"));
    assert_eq!((good[2].value.clone(), good[2].attributes[2].clone()), (None, None));
    assert_eq!((counts.missing, counts.missing_without_reason), (1, 1));
    // The same, each observation along sex; and without a structure.
    let across = "<Series SERIES=\"IT_MOB_OWN\" TIME_PERIOD=\"2022\" AGE=\"_T\">\
        <Obs SEX=\"F\" OBS_VALUE=\"49.02\" OBS_STATUS=\"A\"/><Obs SEX=\"M\" OBS_VALUE=\"58.31\" OBS_STATUS=\"A\"/></Series>";
    let xml = file("across.xml", ml(across, "SEX"));
    let (good, bad, _) = read(&xml, Rules::default());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(good[1].dimensions, ["IT_MOB_OWN", "M", "_T", "2022"]);
    let options = ReadOptions::default();
    let mut reader = Reader::open(&xml.path, &options).unwrap();
    assert_eq!(reader.columns().dimensions, ["SERIES", "TIME_PERIOD", "AGE", "SEX"]);
    assert_eq!(reader.columns().attributes, ["OBS_STATUS"]);
    assert_eq!(reader.by_ref().count(), 2);
}

#[test]
fn namibia_is_a_country_and_no_missing_value() {
    let csv = file("na.csv", "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nZZZ:D(1.0),NA,2022,1.5\n");
    assert_eq!(plain(&csv).unwrap()[0].dimensions, ["NA", "2022"]);
    // With a byte order mark as well.
    let csv =
        file("na.csv", "\u{FEFF}DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nZZZ:D(1.0),NA,2022,1.5\n");
    assert_eq!(plain(&csv).unwrap()[0].dimensions, ["NA", "2022"]);
}
