//! Gold documents, their texts, and answers from files. All that is wrong with
//! them is told before the run ends.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use wiezei::annotated::Annotated;
use wiezei::formats::system::Records;
use wiezei::formats::{Place, ReadError, Reason, Texts, gold};

use crate::cli::messages::Messages;

/// Something could not be read, and `messages` has told what.
pub(super) struct Unreadable;

/// The texts of files and folders.
pub(super) fn texts(paths: &[PathBuf], messages: &mut Messages) -> Result<Texts, Unreadable> {
    let (texts, errors) = Texts::read(paths);
    for error in &errors {
        messages.unreadable(error);
    }
    if errors.is_empty() { Ok(texts) } else { Err(Unreadable) }
}

/// The gold documents of files and folders; `texts` are those of labels without.
pub(super) fn gold(
    paths: &[PathBuf],
    texts: &Texts,
    messages: &mut Messages,
) -> Result<Vec<Annotated>, Unreadable> {
    let mut found = Vec::new();
    let mut readable = true;
    for path in paths {
        match gold::read(path, texts) {
            Ok(documents) => found.extend(documents),
            Err(errors) => {
                readable = false;
                tell(path, &errors, texts, messages);
            }
        }
    }
    if readable { Ok(found) } else { Err(Unreadable) }
}

/// Tells what is wrong with labels; if their texts were forgotten, once.
pub(super) fn tell(path: &Path, errors: &[ReadError], texts: &Texts, messages: &mut Messages) {
    let is_missing = |error: &&ReadError| matches!(*error.reason, Reason::TextMissing);
    let documents = errors.iter().filter(is_missing).count();
    let forgotten = texts.is_empty() && documents > 1;
    if forgotten {
        let error = Place::file(path).error(Reason::TextsMissing { documents });
        messages.unreadable_labels(&error);
    }
    for error in errors.iter().filter(|error| !(forgotten && is_missing(error))) {
        messages.unreadable_labels(error);
    }
}

/// The answers of a system.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) documents: Vec<Annotated>,
    /// Documents without text of their own that no gold document has either.
    pub(super) unlabelled: Vec<String>,
}

/// The answers in a file, or a folder of labels, to documents among `labelled`.
pub(super) fn answers(
    path: &Path,
    labelled: &[Annotated],
    messages: &mut Messages,
) -> Result<Answers, Unreadable> {
    let (documents, errors) = if gold::are_labels(path) {
        let mut texts = Texts::default();
        for annotated in labelled {
            texts.add(annotated.document.clone());
        }
        gold::read_each(path, &texts)
    } else {
        records(path, labelled)
    };
    let mut answers = Answers { documents, unlabelled: Vec::new() };
    let mut readable = true;
    for error in errors {
        if matches!(*error.reason, Reason::NoText | Reason::TextMissing) {
            answers.unlabelled.extend(error.place.document);
        } else {
            readable = false;
            messages.unreadable_labels(&error);
        }
    }
    if readable { Ok(answers) } else { Err(Unreadable) }
}

/// The answers in JSON lines.
fn records(path: &Path, labelled: &[Annotated]) -> (Vec<Annotated>, Vec<ReadError>) {
    let file = match File::open(path) {
        Ok(file) => BufReader::new(file),
        Err(error) => return (Vec::new(), vec![Place::file(path).error(Reason::io(error))]),
    };
    let mut documents = Vec::new();
    let mut errors = Vec::new();
    for record in Records::new(file, path.display().to_string(), labelled) {
        match record {
            Ok(annotated) => documents.push(annotated),
            Err(error) => errors.push(error),
        }
    }
    (documents, errors)
}
