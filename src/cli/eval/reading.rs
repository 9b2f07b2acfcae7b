//! Gold documents and answers from files. All that is wrong with them is told
//! before the run ends.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use wiezei::annotated::Annotated;
use wiezei::formats::system::Records;
use wiezei::formats::{Place, Reason, gold};

use crate::cli::messages::Messages;

/// Something could not be read, and `messages` has told what.
pub(super) struct Unreadable;

/// The gold documents of files and folders.
pub(super) fn gold(
    paths: &[PathBuf],
    messages: &mut Messages,
) -> Result<Vec<Annotated>, Unreadable> {
    let mut found = Vec::new();
    let mut readable = true;
    for path in paths {
        match gold::read(path) {
            Ok(documents) => found.extend(documents),
            Err(errors) => {
                readable = false;
                for error in &errors {
                    messages.unreadable_labels(error);
                }
            }
        }
    }
    if readable { Ok(found) } else { Err(Unreadable) }
}

/// The answers of a system.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) documents: Vec<Annotated>,
    /// Documents without text of their own that no gold document has either.
    pub(super) unlabelled: Vec<String>,
}

/// The answers in a file to documents among `labelled`.
pub(super) fn answers(
    path: &Path,
    labelled: &[Annotated],
    messages: &mut Messages,
) -> Result<Answers, Unreadable> {
    let name = path.display().to_string();
    let file = match File::open(path) {
        Ok(file) => BufReader::new(file),
        Err(error) => {
            messages.unreadable_labels(&Place::file(path).error(Reason::io(error)));
            return Err(Unreadable);
        }
    };
    let mut answers = Answers::default();
    let mut readable = true;
    for record in Records::new(file, name, labelled) {
        match record {
            Ok(annotated) => answers.documents.push(annotated),
            Err(error) if matches!(*error.reason, Reason::NoText) => {
                answers.unlabelled.extend(error.place.document);
            }
            Err(error) => {
                readable = false;
                messages.unreadable_labels(&error);
            }
        }
    }
    if readable { Ok(answers) } else { Err(Unreadable) }
}
