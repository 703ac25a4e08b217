//! What an estimation gives: reviewed rows, tables, charts and notes.

use crate::error::raised;
use crate::frame::Frame;
use crate::{capsule, values};
use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::SchemaRef;
use inclusion::{Error, Look, Prepared, Walked, annex_in, estimates_batches, look, progress_csv};
use inclusion_ingest::Frame as Rows;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList};
use std::sync::OnceLock;

/// Reviewed estimates of a study or of a frame; a withheld figure is in none of its forms.
#[pyclass(frozen, module = "inclusion_metrics")]
pub struct Result {
    prepared: Prepared,
    walked: Walked,
    batches: Vec<RecordBatch>,
    look: OnceLock<Look>,
}

impl Result {
    pub fn new(prepared: Prepared, walked: Walked) -> std::result::Result<Result, Error> {
        let batches = estimates_batches(&prepared, &walked)?;
        Ok(Result { prepared, walked, batches, look: OnceLock::new() })
    }

    fn schema(&self) -> SchemaRef {
        self.batches[0].schema()
    }

    /// Tables and charts are made when they are first asked for.
    fn look(&self, py: Python<'_>) -> PyResult<&Look> {
        if let Some(look) = self.look.get() {
            return Ok(look);
        }
        let made =
            py.detach(|| look(&self.prepared, &self.walked)).map_err(|error| raised(py, &error))?;
        Ok(self.look.get_or_init(|| made))
    }

    /// Rows whose measure passes.
    fn measured(&self, passes: impl Fn(&str) -> bool) -> PyResult<Frame> {
        let wrong = |error: arrow::error::ArrowError| {
            crate::error::InternalError::new_err(error.to_string())
        };
        let schema = self.schema();
        let at = schema.index_of("MEASURE").map_err(wrong)?;
        let mut batches = Vec::new();
        for batch in &self.batches {
            let measures = batch.column(at).as_string::<i32>();
            let kept: BooleanArray =
                measures.iter().map(|measure| Some(measure.is_some_and(&passes))).collect();
            batches.push(filter_record_batch(batch, &kept).map_err(wrong)?);
        }
        Ok(Frame { rows: Rows::new(schema, batches) })
    }
}

#[pymethods]
impl Result {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        capsule::stream(py, &self.schema(), &self.batches)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema())
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.look(py)?.text.clone())
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.look(py)?.html.clone())
    }

    /// The headline finding in one sentence.
    #[getter]
    fn headline(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.look(py)?.headline.clone())
    }

    /// What was decided on the way, each once: code, severity, message, count.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for own in &self.walked.diagnostics {
            let dict = PyDict::new(py);
            dict.set_item("code", own.code.as_str())?;
            dict.set_item("severity", format!("{:?}", own.severity).to_lowercase())?;
            dict.set_item("message", own.message.as_str())?;
            dict.set_item("count", own.count)?;
            list.append(dict)?;
        }
        Ok(list)
    }

    /// What was read: a dictionary for each file, with its survey and the rows used of that.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for sample in &self.walked.samples {
            for source in &sample.sources {
                let dict = PyDict::new(py);
                dict.set_item("survey", &sample.id)?;
                dict.set_item("survey_rows", sample.rows)?;
                dict.set_item("role", &source.role)?;
                dict.set_item("file", source.path.display().to_string())?;
                dict.set_item("format", &source.format)?;
                dict.set_item("rows", source.rows)?;
                dict.set_item("sha256", &source.sha256)?;
                list.append(dict)?;
            }
        }
        Ok(list)
    }

    /// Names of the columns, as in the file of estimates.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Columns by name, each as a list of values; a missing one is None.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> result = im.estimate("study.toml")
    /// >>> result.to_dict()["MEASURE"][0]
    /// 'LEVEL'
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        values::columns(py, &self.schema(), &self.batches)
    }

    /// Rows, each as a dictionary.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> result = im.estimate("study.toml")
    /// >>> len(result.to_rows()) == len(result)
    /// True
    fn to_rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        values::rows(py, &self.schema(), &self.batches)
    }

    /// The levels: shares, means, totals of all, of women and of men.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> result = im.estimate("study.toml")
    /// >>> {row["MEASURE"] for row in result.levels().to_rows()}
    /// {'LEVEL'}
    fn levels(&self) -> PyResult<Frame> {
        self.measured(|measure| measure == "LEVEL")
    }

    /// What compares women and men: gap, parity and the other measures of the study.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> result = im.estimate("study.toml")
    /// >>> "PARITY" in {row["MEASURE"] for row in result.gaps().to_rows()}
    /// True
    fn gaps(&self) -> PyResult<Frame> {
        const OTHERS: [&str; 3] = ["LEVEL", "HEADCOUNT", "NONRESPONSE"];
        self.measured(|measure| !OTHERS.contains(&measure))
    }

    /// What the rules of progress say of every country: a row for each verdict, figure and projection.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> "OBS_VALUE" in im.aggregate("world/study.toml").progress().columns
    /// True
    fn progress(&self, py: Python<'_>) -> PyResult<Frame> {
        let bytes =
            progress_csv(&self.prepared, &self.walked).map_err(|error| raised(py, &error))?;
        let wrong =
            |error: &dyn std::fmt::Display| crate::error::InternalError::new_err(error.to_string());
        crate::run::frame_of_csv(&bytes).map_err(|error| wrong(&error))
    }

    /// The annex as files in memory, by name; of the study's formats if none is named.
    ///
    /// Examples
    /// --------
    /// >>> import inclusion_metrics as im
    /// >>> result = im.estimate("study.toml")
    /// >>> sorted(result.files("csv", "markdown"))[:2]
    /// ['annex.md', 'estimates.csv']
    #[pyo3(signature = (*formats))]
    fn files<'py>(&self, py: Python<'py>, formats: Vec<String>) -> PyResult<Bound<'py, PyDict>> {
        let formats = crate::run::formats(py, Some(formats).filter(|list| !list.is_empty()))?;
        let made = py.detach(|| {
            let own = &self.prepared.study.file.output.formats;
            annex_in(&self.prepared, &self.walked, formats.as_ref().unwrap_or(own))
        });
        let dict = PyDict::new(py);
        for (name, bytes) in made.map_err(|error| raised(py, &error))?.files {
            dict.set_item(name, PyBytes::new(py, &bytes))?;
        }
        Ok(dict)
    }
}
