//! Labels in files and folders: which reader reads which file.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::parse;
use crate::annotated::Annotated;
use crate::formats::error::{Place, ReadError, Reason};
use crate::formats::texts::Texts;
use crate::formats::{brat, file_names, inputs, lines, quoteannotator, rows};
use crate::text::Document;

/// Reads gold documents: a file of one (gold JSON, brat's `.ann` with its
/// `.txt` beside it, quoteannotator's `.xml` and `.xml.gz`) or of many (`.csv`
/// and `.tsv`), or those below a folder, in the order of their paths. Of a
/// folder the `.json` files are read; where it has none, the `.ann` files;
/// where it has none of these either, the tables.
///
/// `texts` are those of labels without text. A table's are also looked for
/// beside it, as `ID.txt`.
///
/// # Errors
///
/// Every document that cannot be read, if there is one; a folder without gold
/// documents; an identifier that two documents have.
pub fn read(path: &Path, texts: &Texts) -> Result<Vec<Annotated>, Vec<ReadError>> {
    let (found, errors) = read_each(path, texts);
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// The same: the documents that can be read, and what is wrong with the others.
#[must_use]
pub fn read_each(path: &Path, texts: &Texts) -> (Vec<Annotated>, Vec<ReadError>) {
    let (files, mut errors) = files(path);
    let mut found = Vec::with_capacity(files.len());
    let mut ids = HashSet::new();
    for file in files {
        let (documents, faults) = documents(&file, texts);
        errors.extend(faults);
        for annotated in documents {
            let id = annotated.document.id().to_owned();
            if !ids.insert(id.clone()) {
                let reason = Reason::Duplicate { what: "document", id };
                errors.push(Place::file(&file).error(reason));
                continue;
            }
            found.push(annotated);
        }
    }
    (found, errors)
}

/// Whether a path is a folder, or a file whose name says that it holds labels.
#[must_use]
pub fn are_labels(path: &Path) -> bool {
    is_json(path)
        || brat::is_brat(path)
        || rows::is_rows(path)
        || quoteannotator::stem(path).is_some()
        || path.is_dir()
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn files(path: &Path) -> (Vec<PathBuf>, Vec<ReadError>) {
    let mut errors = Vec::new();
    match fs::metadata(path) {
        Err(error) => {
            errors.push(Place::file(path).error(Reason::io(error)));
            return (Vec::new(), errors);
        }
        Ok(metadata) if !metadata.is_dir() => return (vec![path.to_owned()], errors),
        Ok(_) => {}
    }
    let is_label = |file: &Path| is_json(file) || brat::is_brat(file) || rows::is_rows(file);
    let all = inputs::below(path, is_label, &mut errors);
    let all: Vec<PathBuf> = all.into_iter().map(|(file, _)| file).collect();
    let sorts: [&dyn Fn(&Path) -> bool; 3] = [&is_json, &brat::is_brat, &rows::is_rows];
    let sort = sorts.into_iter().find(|is_of| all.iter().any(|file| is_of(file)));
    if let Some(is_of) = sort {
        return (all.into_iter().filter(|file| is_of(file)).collect(), errors);
    }
    if errors.is_empty() {
        let wanted = ".json, .ann or .csv";
        errors.push(Place::file(path).error(Reason::NothingInFolder { wanted }));
    }
    (Vec::new(), errors)
}

fn documents(path: &Path, texts: &Texts) -> (Vec<Annotated>, Vec<ReadError>) {
    if rows::is_rows(path) {
        return rows::read(path, |id| text(id, path, texts));
    }
    match one(path, texts) {
        Ok(annotated) => (vec![annotated], Vec::new()),
        Err(error) => (Vec::new(), vec![error]),
    }
}

fn one(path: &Path, texts: &Texts) -> Result<Annotated, ReadError> {
    if let Some(id) = quoteannotator::stem(path) {
        return quoteannotator::read(path, id);
    }
    if brat::is_brat(path) {
        return brat::read(path);
    }
    let place = Place::file(path);
    let (text, _) = lines::whole(inputs::open(path)?, &place)?;
    parse(&text, place, texts)
}

/// The text of a document in a table: one that was given, or the file of that
/// name beside the table.
fn text(id: &str, table: &Path, texts: &Texts) -> Result<Document, Reason> {
    if let Some(document) = texts.of_id(id)? {
        return Ok(document.clone());
    }
    let beside = table.with_file_name(format!("{}.txt", file_names::of_id(id)));
    let Ok(input) = inputs::open(&beside) else { return Err(Reason::TextMissing) };
    let (text, _) = lines::whole(input, &Place::file(&beside)).map_err(|error| *error.reason)?;
    Ok(Document::new(id, text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id": "d", "text": "„Nee”, zei zij.", "entities": [], "quotes": []}"#;

    fn ids(path: &Path) -> Vec<String> {
        let found = read(path, &Texts::default()).unwrap();
        found.iter().map(|gold| gold.document.id().to_owned()).collect()
    }

    #[test]
    fn a_folder_is_read_whole_or_every_fault_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let errors = || read(folder.path(), &Texts::default()).unwrap_err();
        assert!(matches!(*errors()[0].reason, Reason::NothingInFolder { .. }));
        file("b.json", GOLD);
        file("a.json", &GOLD.replacen("\"d\"", "\"c\"", 1));
        assert_eq!(ids(folder.path()), ["c", "d"]);
        file("c.json", GOLD);
        file("d.json", "{");
        let errors = errors();
        assert!(errors[0].to_string().ends_with("c.json: a second document \"d\""));
        assert!(matches!(*errors[1].reason, Reason::Json { .. }));
        assert_eq!(errors.len(), 2);
    }

    #[test]
    fn of_a_folder_one_sort_of_labels_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file("t.csv", "document,kind,start,end\nx,direct,0,5\n");
        file("x.txt", "„Nee”, zei zij.");
        assert_eq!(ids(folder.path()), ["x"]);
        file("y.ann", "");
        file("y.txt", "Tekst.");
        assert_eq!(ids(folder.path()), ["y"]);
        file("b.json", GOLD);
        assert_eq!(ids(folder.path()), ["d"]);
        assert_eq!(ids(&folder.path().join("t.csv")), ["x"], "a file that is named is read");
    }
}
