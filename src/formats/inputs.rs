//! What a user names on the command line, as one stream of documents: files,
//! folders with everything below them, standard input.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::documents::{Documents, InputFormat};
use super::error::{Place, ReadError, Reason};
use crate::text::Document;

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Standard input.
    Stdin,
    /// A file, or a folder with files.
    Path(PathBuf),
}

/// The documents of many inputs, one after the other. A file is opened when
/// its turn comes and nothing is read ahead, so that any number of any size
/// can be read.
///
/// What cannot be read is an error, and what comes after it still comes.
pub struct Inputs {
    waiting: VecDeque<Origin>,
    current: Option<Documents<Box<dyn BufRead>>>,
    format: InputFormat,
    files: usize,
    bytes: Option<u64>,
    bytes_of_finished: u64,
}

impl Inputs {
    /// Finds the files of `origins`, and what of them is missing.
    ///
    /// A file that is named is read whatever it is called, in `format`. Of a
    /// folder, every `.txt`, `.jsonl` and `.ndjson` file below it is read, in
    /// the order of their paths and as their names say; files and folders
    /// whose names begin with a dot are passed over.
    #[must_use]
    pub fn find(
        origins: impl IntoIterator<Item = Origin>,
        format: InputFormat,
    ) -> (Self, Vec<ReadError>) {
        let mut waiting = VecDeque::new();
        let mut errors = Vec::new();
        let mut bytes = Some(0);
        for origin in origins {
            let Origin::Path(path) = origin else {
                bytes = None;
                waiting.push_back(origin);
                continue;
            };
            match articles(&path, &mut errors) {
                Ok(files) => {
                    for (file, size) in files {
                        bytes = bytes.map(|sum| sum + size);
                        waiting.push_back(Origin::Path(file));
                    }
                }
                Err(error) => errors.push(error),
            }
        }
        let files = waiting.len();
        let inputs = Self { waiting, current: None, format, files, bytes, bytes_of_finished: 0 };
        (inputs, errors)
    }

    /// How many files there are, standard input among them.
    #[must_use]
    pub const fn files(&self) -> usize {
        self.files
    }

    /// Bytes of all files; `None` with standard input among them.
    #[must_use]
    pub const fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    /// Bytes read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_of_finished + self.current.as_ref().map_or(0, Documents::bytes_read)
    }

    fn open(&self, origin: Origin) -> Result<Documents<Box<dyn BufRead>>, ReadError> {
        let path = match origin {
            Origin::Path(path) => path,
            Origin::Stdin => {
                let input: Box<dyn BufRead> = Box::new(BufReader::new(io::stdin()));
                return Ok(Documents::new(input, "standard input", "stdin", self.format));
            }
        };
        let input = open(&path)?;
        let stem = stem(&path);
        let format = match self.format {
            InputFormat::Auto => InputFormat::of_name(&path).unwrap_or_default(),
            named => named,
        };
        Ok(Documents::new(input, path.display().to_string(), stem, format))
    }
}

impl Iterator for Inputs {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(document) = current.next() {
                    return Some(document);
                }
                self.bytes_of_finished += current.bytes_read();
                self.current = None;
            }
            let origin = self.waiting.pop_front()?;
            match self.open(origin) {
                Ok(documents) => self.current = Some(documents),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The file's name without its extension, which names a text.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A file, ready to read.
pub(super) fn open(path: &Path) -> Result<Box<dyn BufRead>, ReadError> {
    match File::open(path) {
        Ok(file) => Ok(Box::new(BufReader::new(file))),
        Err(error) => Err(Place::file(path).error(Reason::io(error))),
    }
}

/// `path` itself if it is a file, else the articles below it; with sizes in
/// bytes. Folders below it that cannot be read are added to `errors`.
fn articles(path: &Path, errors: &mut Vec<ReadError>) -> Result<Vec<(PathBuf, u64)>, ReadError> {
    let metadata = fs::metadata(path).map_err(|e| Place::file(path).error(Reason::io(e)))?;
    if !metadata.is_dir() {
        return Ok(vec![(path.to_owned(), metadata.len())]);
    }
    let before = errors.len();
    let files = below(path, InputFormat::is_article, errors);
    if files.is_empty() && errors.len() == before {
        let wanted = ".txt or .jsonl";
        return Err(Place::file(path).error(Reason::NothingInFolder { wanted }));
    }
    Ok(files)
}

/// The files below `folder` that are wanted, by path, with sizes in bytes.
/// Links to folders are not followed, since they may lead in a circle.
pub(super) fn below(
    folder: &Path,
    wanted: impl Fn(&Path) -> bool,
    errors: &mut Vec<ReadError>,
) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                errors.push(Place::file(&folder).error(Reason::io(error)));
                continue;
            }
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, _)) if is_hidden(&path) => {}
                Ok((path, kind)) if kind.is_dir() => folders.push(path),
                Ok((path, _)) if wanted(&path) => match fs::metadata(&path) {
                    Ok(metadata) if metadata.is_file() => found.push((path, metadata.len())),
                    Ok(_) => {}
                    Err(error) => errors.push(Place::file(&path).error(Reason::io(error))),
                },
                Ok(_) => {}
                Err(error) => errors.push(Place::file(&folder).error(Reason::io(error))),
            }
        }
    }
    found.sort();
    found
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn ids(inputs: &mut Inputs) -> Vec<String> {
        inputs.map(|document| document.unwrap().id().to_owned()).collect()
    }

    #[test]
    fn a_folder_is_read_by_path_with_everything_below_it() {
        let folder = folder(&[
            ("b/een.txt", "Een."),
            ("a.txt", "A."),
            ("c.jsonl", "{\"id\":\"x\",\"text\":\"X.\"}\n{\"text\":\"Y.\"}\n"),
            ("leesmij.md", "geen artikel"),
            (".cache/oud.txt", "geen artikel"),
        ]);
        let origin = Origin::Path(folder.path().to_owned());
        let (mut inputs, errors) = Inputs::find([origin], InputFormat::Auto);
        assert!(errors.is_empty());
        assert_eq!(inputs.files(), 3);
        assert_eq!(ids(&mut inputs), ["a", "een", "x", "c-2"]);
        assert_eq!(inputs.bytes(), Some(inputs.bytes_read()));
    }

    #[test]
    fn what_is_missing_does_not_stop_the_rest() {
        let folder = folder(&[("leeg/leesmij.md", "geen artikel"), ("a.txt", "A.")]);
        let at = |name: &str| Origin::Path(folder.path().join(name));
        let origins = [at("weg.txt"), at("leeg"), at("a.txt")];
        let (mut inputs, errors) = Inputs::find(origins, InputFormat::Auto);
        assert!(matches!(*errors[0].reason, Reason::NotFound));
        assert!(matches!(*errors[1].reason, Reason::NothingInFolder { .. }));
        assert_eq!(errors.len(), 2);
        assert_eq!(ids(&mut inputs), ["a"]);
    }

    #[test]
    fn a_file_that_is_named_is_read_whatever_it_is_called() {
        let folder =
            folder(&[("a.md", "# Brug open"), ("b.json", "{\"id\":\"b\",\"text\":\"B.\"}")]);
        let at = |name: &str| Origin::Path(folder.path().join(name));
        let (mut inputs, _) = Inputs::find([at("a.md"), at("b.json")], InputFormat::Auto);
        assert_eq!(ids(&mut inputs), ["a", "b"]);
    }
}
