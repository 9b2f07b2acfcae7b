//! The part of the Python package that is in Rust: a model with the pipeline
//! over it, and what it found in a list of documents, as JSON and as Arrow. What
//! Python users see of it is in `wiezei/`, in Python.

mod stream;
mod tables;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyCapsule;
use serde_json::Value;
use wiezei::annotated::Annotated;
use wiezei::error::ModelError;
use wiezei::formats::{ProducedBy, document_of_object};
use wiezei::ner::candle::{CandleOptions, CandleRecognizer};
use wiezei::ner::models::{LabelMap, ModelFolder};
use wiezei::pipeline::Pipeline;
use wiezei::text::Metadata;

create_exception!(
    wiezei,
    ModelFailure,
    PyException,
    "A model that cannot be loaded, or that failed on a text."
);

/// A model, loaded, and all that reads a text with it.
#[pyclass(frozen, module = "wiezei._wiezei")]
struct Reader {
    pipeline: Pipeline,
    produced_by: ProducedBy,
}

#[pymethods]
impl Reader {
    /// Loads the model of a folder.
    #[new]
    #[pyo3(signature = (folder, threads=None, label_map=None))]
    fn new(
        py: Python<'_>,
        folder: PathBuf,
        threads: Option<NonZeroUsize>,
        label_map: Option<&str>,
    ) -> PyResult<Self> {
        let map = label_map.map_or(Ok(LabelMap::default()), str::parse);
        let map = map.map_err(|error| PyValueError::new_err(format!("label_map: {error}")))?;
        let mut options = CandleOptions::default();
        if let Some(threads) = threads {
            options.threads = threads.get();
        }
        let load = move || -> Result<Self, ModelError> {
            let folder = ModelFolder::find_with(Some(&folder), &map)?;
            let recognizer = CandleRecognizer::load(&folder, options)?;
            // As the program says it of the same model.
            let mut produced_by = ProducedBy::new(folder.name());
            produced_by.checksum = Some(folder.checksum()?);
            produced_by.settings.insert("precision".into(), "f32".into());
            Ok(Self { pipeline: Pipeline::new(Box::new(recognizer)), produced_by })
        };
        py.detach(load).map_err(|error| failure(&error))
    }

    /// The name of the model.
    #[getter]
    fn model(&self) -> String {
        self.pipeline.recognizer().name()
    }

    /// Reads documents, each with its identifier and, if it has one apart from
    /// its text, its title. Other Python threads run meanwhile.
    fn read(
        &self,
        py: Python<'_>,
        ids: Vec<String>,
        titles: Vec<Option<PyBackedStr>>,
        texts: Vec<PyBackedStr>,
    ) -> PyResult<Found> {
        let documents = py.detach(|| {
            let all = ids.into_iter().zip(titles).zip(texts);
            let document = |((id, title), text): ((String, Option<PyBackedStr>), PyBackedStr)| {
                // As the program reads a record, so that offsets are the same.
                let title = title.map_or(Value::Null, |title| (&*title).into());
                let record = [("text".into(), (&*text).into()), ("title".into(), title)];
                document_of_object(Metadata::from_iter(record), &id)
            };
            let documents: Result<Vec<_>, _> = all.map(document).collect();
            documents
                .map_err(|error| PyValueError::new_err(error.to_string()))
                .and_then(|all| self.pipeline.annotate(all).map_err(|error| failure(&error)))
        })?;
        Ok(Found { documents, produced_by: self.produced_by.clone() })
    }
}

/// What was found in some documents.
#[pyclass(frozen, module = "wiezei._wiezei")]
struct Found {
    documents: Vec<Annotated>,
    produced_by: ProducedBy,
}

#[pymethods]
impl Found {
    fn __len__(&self) -> usize {
        self.documents.len()
    }

    /// The text of a document, its title included: what offsets count in.
    fn text(&self, index: usize) -> PyResult<&str> {
        Ok(self.document(index)?.document.text())
    }

    /// A document as the program prints it with `--format jsonl`, without the
    /// line break.
    #[pyo3(signature = (index, with_text=false))]
    fn json(&self, py: Python<'_>, index: usize, with_text: bool) -> PyResult<String> {
        let document = self.document(index)?;
        py.detach(|| {
            let json = tables::json(document, &self.produced_by, with_text);
            json.map_err(|error| PyValueError::new_err(error.to_string()))
        })
    }

    /// The quotations as a stream of Arrow, a row each, for whatever reads the
    /// `PyCapsule` interface.
    fn quotations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = py.detach(|| tables::quotations(&self.documents, &self.produced_by));
        stream::capsule(py, batches)
    }

    /// The documents as a stream of Arrow, a row each.
    fn documents<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = py.detach(|| tables::documents(&self.documents, &self.produced_by));
        stream::capsule(py, batches)
    }
}

impl Found {
    fn document(&self, index: usize) -> PyResult<&Annotated> {
        let missing = || PyIndexError::new_err(format!("there is no document {index}"));
        self.documents.get(index).ok_or_else(missing)
    }
}

fn failure(error: &ModelError) -> PyErr {
    ModelFailure::new_err(error.to_string())
}

#[pymodule]
fn _wiezei(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ModelFailure", module.py().get_type::<ModelFailure>())?;
    module.add_class::<Reader>()?;
    module.add_class::<Found>()
}
