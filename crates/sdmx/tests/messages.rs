//! The forms that a message of SDMX-ML can have beyond those of the sample files.

use inclusion_sdmx::{InputFormat, Observation, ReadOptions, Reader};

const MESSAGE: &str = "http://www.sdmx.org/resources/sdmxml/schemas";

fn read(text: &str) -> (InputFormat, Vec<String>, Vec<Observation>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("message.xml");
    std::fs::write(&path, text).unwrap();
    let options = ReadOptions::default();
    let mut reader = Reader::open(&path, &options).unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<Observation> = reader.by_ref().map(|row| row.unwrap()).collect();
    let columns = reader.columns();
    let names = columns.dimensions.iter().chain(&columns.attributes).cloned().collect();
    let named = reader.structure().unwrap();
    (reader.format(), names, rows, format!("{} {}", named.kind, named.reference))
}

fn codes(row: &Observation) -> Vec<&str> {
    let attributes = row.attributes.iter().map(|text| text.as_deref().unwrap_or_default());
    row.dimensions.iter().map(String::as_str).chain(attributes).collect()
}

#[test]
fn a_flat_generic_message_names_each_value() {
    let text = format!(
        r#"<GenericData xmlns="{MESSAGE}/v2_1/message" xmlns:g="{MESSAGE}/v2_1/data/generic" xmlns:c="{MESSAGE}/v2_1/common">
<Header><ID>T</ID><Structure structureID="F" dimensionAtObservation="AllDimensions"><c:StructureUsage><Ref agencyID="ZZZ" id="FLOW" version="2.0"/></c:StructureUsage></Structure></Header>
<DataSet structureRef="F">
<g:Group type="Area"><g:GroupKey><g:Value id="AREA" value="KE"/></g:GroupKey><g:Attributes><g:Value id="TITLE" value="Kenya &amp; more"/></g:Attributes></g:Group>
<g:Obs><g:ObsKey><g:Value id="AREA" value="KE"/><g:Value id="TIME_PERIOD" value="2022"/></g:ObsKey><g:ObsValue value="1.50"/><g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs>
<g:Obs><g:ObsKey><g:Value id="AREA" value="NA"/><g:Value id="TIME_PERIOD" value="2022"/></g:ObsKey></g:Obs>
</DataSet></GenericData>"#
    );
    let (format, names, rows, structure) = read(&text);
    assert_eq!(format, InputFormat::Ml21Generic);
    assert_eq!(structure, "dataflow ZZZ:FLOW(2.0)");
    assert_eq!(names, ["AREA", "TIME_PERIOD", "TITLE", "OBS_STATUS"]);
    assert_eq!(codes(&rows[0]), ["KE", "2022", "Kenya & more", "A"]);
    assert_eq!(rows[0].value.as_ref().unwrap().text(), "1.50");
    assert_eq!(rows[1].dimensions, ["NA", "2022"]);
    assert!(rows[1].value.is_none());
}

#[test]
fn a_message_of_3_0_names_its_structure_by_urn_and_may_have_series_and_attributes_of_the_data_set()
{
    let text = format!(
        r#"<m:StructureSpecificData xmlns:m="{MESSAGE}/v3_0/message" xmlns:c="{MESSAGE}/v3_0/common" xmlns:ss="{MESSAGE}/v3_0/data/structurespecific">
<m:Header><m:ID>T</m:ID><m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><c:Structure>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ZZZ:DSD(1.2.3)</c:Structure></m:Structure></m:Header>
<m:DataSet ss:structureRef="S" ss:action="Replace"><Atts UNIT_MULT="0"/>
<Series AREA="KE" DECIMALS="1"><Obs TIME_PERIOD="2021" OBS_VALUE="1"/><Obs TIME_PERIOD="2022" OBS_VALUE="2" OBS_STATUS="P"/></Series>
<Series AREA="UG"><Obs TIME_PERIOD="2022" OBS_VALUE="3"/></Series>
</m:DataSet></m:StructureSpecificData>"#
    );
    let (format, names, rows, structure) = read(&text);
    assert_eq!(format, InputFormat::Ml30);
    assert_eq!(structure, "datastructure ZZZ:DSD(1.2.3)");
    assert_eq!(names, ["AREA", "TIME_PERIOD", "UNIT_MULT", "DECIMALS", "OBS_STATUS"]);
    assert_eq!(codes(&rows[1]), ["KE", "2022", "0", "1", "P"]);
    // What one series says is not said of the next.
    assert_eq!(codes(&rows[2]), ["UG", "2022", "0", "", ""]);
}

#[test]
fn an_empty_data_set_has_no_observation() {
    let text = format!(
        r#"<m:StructureSpecificData xmlns:m="{MESSAGE}/v2_1/message" xmlns:c="{MESSAGE}/v2_1/common">
<m:Header><m:ID>T</m:ID><m:Structure structureID="S"><c:Structure><Ref agencyID="ZZZ" id="DSD" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="S"/></m:StructureSpecificData>"#
    );
    let (_, names, rows, _) = read(&text);
    assert!(names.is_empty() && rows.is_empty());
}
