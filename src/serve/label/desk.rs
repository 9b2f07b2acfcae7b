//! The articles that are labelled, and the folder of their labels.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::Value;
use tempfile::NamedTempFile;
use thiserror::Error;

use crate::annotated::Annotated;
use crate::formats::{Place, ReadError, Reason, Texts, file_name, gold};
use crate::text::Document;

/// The field of a gold document that lists which of its quotations nobody has
/// decided on yet.
pub(super) const UNDECIDED: &str = "undecided";

/// Why labels cannot be read or kept.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DeskError {
    /// Two articles have one identifier, so that their labels would share a
    /// file.
    #[error("two articles are called {id:?}")]
    Duplicate {
        /// The identifier.
        id: String,
    },
    /// Labels that are there cannot be read, or do not fit.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// Labels that are there are of another text.
    #[error("{}: the labels there are of another text", .path.display())]
    OtherText {
        /// The file.
        path: PathBuf,
    },
    /// The folder of labels cannot be written.
    #[error("{}: cannot be written: {error}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// Articles, in their order, and where their labels are kept.
#[derive(Debug)]
pub struct Desk {
    documents: Vec<Document>,
    labels: PathBuf,
    /// One writes at a time.
    writing: Mutex<()>,
}

impl Desk {
    /// A desk with `documents`, whose labels are files in the folder `labels`,
    /// made if it is not there.
    ///
    /// # Errors
    ///
    /// If two documents have one identifier, or the folder cannot be made.
    pub fn new(documents: Vec<Document>, labels: &Path) -> Result<Self, DeskError> {
        let mut ids = HashSet::new();
        for document in &documents {
            if !ids.insert(document.id()) {
                return Err(DeskError::Duplicate { id: document.id().to_owned() });
            }
        }
        let failed = |error| DeskError::Io { path: labels.to_owned(), error };
        fs::create_dir_all(labels).map_err(failed)?;
        Ok(Self { documents, labels: labels.to_owned(), writing: Mutex::default() })
    }

    pub(super) fn documents(&self) -> &[Document] {
        &self.documents
    }

    fn path(&self, document: &Document) -> PathBuf {
        self.labels.join(format!("{}.json", file_name(document.id())))
    }

    /// The labels of a document, if there are any.
    pub(super) fn labels(&self, document: &Document) -> Result<Option<Annotated>, DeskError> {
        let path = self.path(document);
        let json = match fs::read_to_string(&path) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Place::file(&path).error(Reason::io(error)).into()),
        };
        let annotated = gold::parse(&json, Place::file(&path), &Texts::default())?;
        if annotated.document.text() != document.text() {
            return Err(DeskError::OtherText { path });
        }
        Ok(Some(annotated))
    }

    /// Keeps labels: whoever reads the file meanwhile, or after the power went,
    /// finds the old ones or the new ones whole.
    pub(super) fn keep(&self, annotated: &Annotated) -> Result<(), DeskError> {
        let path = self.path(&annotated.document);
        let failed = |error| DeskError::Io { path: path.clone(), error };
        let _one = self.writing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut file = NamedTempFile::new_in(&self.labels).map_err(failed)?;
        gold::write(&mut file, annotated).map_err(failed)?;
        file.flush().map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        // The name, too, has to outlive a loss of power.
        fs::File::open(&self.labels).and_then(|folder| folder.sync_all()).map_err(failed)
    }

    /// Removes the labels of a document, if there are any.
    pub(super) fn forget(&self, document: &Document) -> Result<(), DeskError> {
        let path = self.path(document);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(DeskError::Io { path, error })
            }
            _ => Ok(()),
        }
    }
}

/// How many quotations of labels nobody has decided on.
pub(super) fn undecided(annotated: &Annotated) -> usize {
    let list = annotated.document.metadata().get(UNDECIDED);
    list.and_then(Value::as_array).map_or(0, Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_kept_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let document = Document::new("a/b", "„Nee”, zei Noor.").unwrap();
        let desk = Desk::new(vec![document.clone()], folder.path()).unwrap();
        assert_eq!(desk.labels(&document).unwrap(), None);
        let annotated = Annotated::bare(document.clone());
        desk.keep(&annotated).unwrap();
        desk.keep(&annotated).unwrap();
        assert_eq!(desk.labels(&document).unwrap(), Some(annotated));
        let names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(names, ["a%2Fb.json"]);
        desk.forget(&document).unwrap();
        desk.forget(&document).unwrap();
        assert_eq!(desk.labels(&document).unwrap(), None);
    }

    #[test]
    fn labels_of_another_text_are_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let document = |text: &str| Document::new("a", text).unwrap();
        let desk = Desk::new(vec![document("Nieuw.")], folder.path()).unwrap();
        desk.keep(&Annotated::bare(document("Oud."))).unwrap();
        let failed = desk.labels(&document("Nieuw.")).unwrap_err();
        assert!(matches!(failed, DeskError::OtherText { .. }), "{failed}");
    }

    #[test]
    fn articles_need_identifiers_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let documents = vec![Document::new("a", "x").unwrap(), Document::new("a", "y").unwrap()];
        let failed = Desk::new(documents, folder.path()).unwrap_err();
        assert_eq!(failed.to_string(), "two articles are called \"a\"");
    }
}
