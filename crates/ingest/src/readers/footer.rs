//! What the footer of a Parquet file tells of its columns: bounds by row group, and dictionaries.

use crate::table::{Bounds, RawColumn, plain};
use arrow::compute::concat;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::arrow_reader::statistics::StatisticsConverter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::{Encoding, LogicalType, Type};
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::statistics::Statistics;
use std::sync::Arc;

/// The bounds of a column in a row group; nothing where the footer does not tell them soundly.
pub(super) fn bounds(metadata: &ArrowReaderMetadata, unit: usize, column: usize) -> Option<Bounds> {
    let parquet = metadata.metadata();
    let schema = parquet.file_metadata().schema_descr();
    let name = metadata.schema().fields().get(column)?.name();
    let converter = StatisticsConverter::try_new(name, metadata.schema(), schema).ok()?;
    let group: &RowGroupMetaData = parquet.row_groups().get(unit)?;
    let statistics = group.column(converter.parquet_column_index()?).statistics()?;
    // The old fields of texts are in an order that programs did not agree on.
    if statistics.is_min_max_deprecated() && matches!(statistics, Statistics::ByteArray(_)) {
        return None;
    }
    let blanks = statistics.null_count_opt().is_none_or(|nulls| nulls > 0);
    let low = plain(&converter.row_group_mins([group]).ok()?).ok()?;
    let high = plain(&converter.row_group_maxes([group]).ok()?).ok()?;
    let values = concat(&[low.as_ref(), high.as_ref()]).ok()?;
    let ends = RawColumn::new(values);
    let known = ends.values.len() == 2 && ends.values.null_count() == 0;
    known.then(|| Bounds { rows: group.num_rows().max(0) as u64, blanks, ends: ends.decoded() })
}

/// The same metadata, by which texts that every row group stores as numbers of a dictionary are
/// read as these numbers.
pub(super) fn coded(metadata: ArrowReaderMetadata) -> ArrowReaderMetadata {
    let parquet = metadata.metadata();
    let schema = parquet.file_metadata().schema_descr();
    let is_coded = |root: usize| {
        let leaf = (0..schema.num_columns()).find(|leaf| schema.get_column_root_idx(*leaf) == root);
        let Some(leaf) = leaf.filter(|leaf| schema.get_column_root(*leaf).is_primitive()) else {
            return false;
        };
        let about = schema.column(leaf);
        let text = matches!(about.logical_type_ref(), Some(LogicalType::String))
            || about.converted_type() == parquet::basic::ConvertedType::UTF8;
        text && about.physical_type() == Type::BYTE_ARRAY
            && parquet.row_groups().iter().all(|group| is_dictionary(group.column(leaf)))
    };
    let mut any = false;
    let fields =
        metadata.schema().fields().iter().enumerate().map(|(root, field)| match is_coded(root) {
            true => {
                any = true;
                let kind = DataType::Dictionary(DataType::Int32.into(), DataType::Utf8.into());
                Arc::new(Field::clone(field).with_data_type(kind))
            }
            false => field.clone(),
        });
    let fields: Vec<Arc<Field>> = fields.collect();
    if !any {
        return metadata;
    }
    let wanted: SchemaRef =
        Arc::new(Schema::new_with_metadata(fields, metadata.schema().metadata().clone()));
    let options = ArrowReaderOptions::new().with_schema(wanted);
    ArrowReaderMetadata::try_new(parquet.clone(), options).unwrap_or(metadata)
}

/// Every data page holds numbers of the dictionary, as the footer tells; a column of too many values
/// falls back to texts, of which a dictionary for every batch would be dearer than the texts.
fn is_dictionary(chunk: &ColumnChunkMetaData) -> bool {
    let only = |mask: &parquet::basic::EncodingMask| {
        mask.is_only(Encoding::PLAIN_DICTIONARY) || mask.is_only(Encoding::RLE_DICTIONARY)
    };
    chunk.dictionary_page_offset().is_some() && chunk.page_encoding_stats_mask().is_some_and(only)
}

#[cfg(test)]
mod tests {
    use super::super::open;
    use super::*;
    use crate::lookup::{Entries, Lookup, UNLISTED};
    use crate::number::NumberFormat;
    use crate::table::{SourceColumn, Table};
    use crate::{Error, Options};
    use arrow::array::{ArrayRef, Int32Array, RecordBatch, StringArray};
    use inclusion_registry::FileSpec;
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;

    const ANSWERS: [Option<&str>; 5] = [Some("yes"), Some("no"), None, Some(" yes"), Some("yes")];

    fn table(folder: &tempfile::TempDir, dictionary: bool) -> Box<dyn Table> {
        let answers: StringArray = (0..40).map(|row| ANSWERS[row % 5]).collect();
        let batch = RecordBatch::try_from_iter([
            ("answer", Arc::new(answers) as ArrayRef),
            ("number", Arc::new(Int32Array::from_iter_values(0..40))),
        ])
        .unwrap();
        let path = folder.path().join(format!("{dictionary}.parquet"));
        let settings = WriterProperties::builder()
            .set_max_row_group_row_count(Some(15))
            .set_dictionary_enabled(dictionary)
            .build();
        let file = std::fs::File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(settings)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        open(&path, &FileSpec::default(), &Options::default()).unwrap()
    }

    fn columns(table: &dyn Table) -> Vec<RawColumn> {
        let mut columns = Vec::new();
        for unit in 0..table.units() {
            let read = table.read(unit, &[0], &mut |batch| {
                columns.extend(batch.columns);
                Ok(())
            });
            assert!(read.is_ok());
        }
        columns
    }

    #[test]
    fn texts_of_a_dictionary_stay_its_numbers_up_to_the_codes() {
        let folder = tempfile::tempdir().unwrap();
        let entries = Entries {
            pairs: &[("yes", 0), ("no", 1)],
            labels: false,
            blank: -4,
            others: UNLISTED,
            file_missing: &[],
        };
        let column = SourceColumn::new("answer", DataType::Utf8);
        let lookup = Lookup::new(&entries, &column, &NumberFormat::default());
        for (dictionary, kind) in [
            (true, DataType::Dictionary(DataType::Int32.into(), DataType::Utf8.into())),
            (false, DataType::Utf8),
        ] {
            let table = table(&folder, dictionary);
            assert_eq!(table.units(), 3);
            assert_eq!(table.about().columns[0].kind, DataType::Utf8);
            let columns = columns(table.as_ref());
            assert!(columns.iter().all(|column| *column.values.data_type() == kind));
            let codes: Vec<i16> = columns.iter().flat_map(|column| lookup.codes(column)).collect();
            assert_eq!(codes, [0, 1, -4, 0, 0].repeat(8));
            // One row of many texts: the dictionary is larger than the batch.
            let one = RawColumn::new(columns[0].values.slice(3, 1));
            assert_eq!((lookup.codes(&one), one.text(0)), (vec![0], " yes"));
        }
    }

    #[test]
    fn bounds_are_those_of_the_row_group() -> Result<(), Error> {
        let folder = tempfile::tempdir().unwrap();
        let table = table(&folder, true);
        let numbers = table.bounds(1, 1).unwrap();
        assert_eq!(crate::raw::reals(&numbers.ends), Some(vec![15.0, 29.0]));
        assert_eq!((numbers.rows, numbers.blanks, table.first_row(1)), (15, false, 16));
        let texts = table.bounds(2, 0).unwrap();
        assert_eq!((texts.ends.text(0), texts.ends.text(1)), (" yes", "yes"));
        assert_eq!((texts.rows, texts.blanks), (10, true));
        assert!(table.bounds(3, 0).is_none() && table.bounds(0, 2).is_none());
        Ok(())
    }
}
