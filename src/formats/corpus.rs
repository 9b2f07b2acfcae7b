//! All articles that a user names, as one stream in a fixed order that can be
//! entered anywhere: files, folders with everything below them, patterns,
//! standard input. What a file holds, [`records`](super::records) reads.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::digest::Output;
use sha2::{Digest as _, Sha256};

use super::error::{Place, ReadError, Reason};
use super::inputs::{self, Origin};
use super::records::{Article, Form, RecordOptions, Records, Trouble};

/// The files of a corpus, found and in order.
#[derive(Debug)]
pub struct Corpus {
    files: Vec<CorpusFile>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Where it is.
    pub origin: Origin,
    /// Its length in bytes, as it lies on the device; `None` of standard input.
    pub bytes: Option<u64>,
}

/// A place between two records of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor {
    /// Files before it.
    pub file: usize,
    /// Records of that file before it.
    pub record: u64,
    /// Records of all files before it.
    pub total: u64,
}

/// Every so manieth record, so that several machines share a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which of them, from 0.
    pub index: u64,
    /// How many there are.
    pub count: u64,
}

impl Shard {
    /// All records.
    pub const WHOLE: Self = Self { index: 0, count: 1 };
}

/// What comes of one record.
#[derive(Debug)]
pub struct Item {
    /// The article, or why there is none.
    pub content: Result<Article, ReadError>,
    /// The place behind it.
    pub end: Cursor,
}

impl Corpus {
    /// Finds the files of `origins`: a file by its name, of a folder every file
    /// below it whose name says its [`Form`], and for a path that is neither and
    /// has `*`, `?` or `[`, what fits that pattern. Hidden files and what
    /// `is_left_out` says are passed over in folders and patterns.
    ///
    /// # Errors
    ///
    /// At the first that is missing, cannot be read, or has nothing in it.
    pub fn find(
        origins: impl IntoIterator<Item = Origin>,
        is_left_out: impl Fn(&Path) -> bool,
    ) -> Result<Self, ReadError> {
        let mut files = Vec::new();
        for origin in origins {
            match origin {
                Origin::Stdin => files.push(CorpusFile { origin, bytes: None }),
                Origin::Path(path) => files.extend(found(&path, &is_left_out)?),
            }
        }
        Ok(Self { files })
    }

    /// The files, in the order in which they are read.
    #[must_use]
    pub fn files(&self) -> &[CorpusFile] {
        &self.files
    }

    /// Bytes of all files; `None` with standard input among them.
    #[must_use]
    pub fn bytes(&self) -> Option<u64> {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// The SHA-256 of the names, lengths and contents of all files, in
    /// hexadecimal. Reads everything. `None` with standard input among them.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn fingerprint(&self) -> Result<Option<String>, ReadError> {
        let mut sum = Sha256::new();
        for file in &self.files {
            let Origin::Path(path) = &file.origin else { return Ok(None) };
            let contents = sum_of(path).map_err(|e| Place::file(path).error(Reason::io(e)))?;
            sum.update(path.as_os_str().as_encoded_bytes());
            sum.update([0]);
            sum.update(contents);
        }
        Ok(Some(format!("{:x}", sum.finalize())))
    }

    /// The records behind `start` that are in `shard`.
    #[must_use]
    pub fn read(&self, options: RecordOptions, shard: Shard, start: Cursor) -> Reading<'_> {
        let before = self.files[..start.file.min(self.files.len())].iter();
        let bytes_of_finished = before.filter_map(|file| file.bytes).sum();
        Reading {
            corpus: self,
            options,
            shard,
            cursor: Cursor { record: 0, total: start.total - start.record, ..start },
            start,
            current: None,
            bytes_of_finished,
        }
    }
}

/// The records of a corpus, one after the other; nothing is read ahead.
pub struct Reading<'a> {
    corpus: &'a Corpus,
    options: RecordOptions,
    shard: Shard,
    cursor: Cursor,
    start: Cursor,
    current: Option<Records>,
    bytes_of_finished: u64,
}

impl Reading<'_> {
    /// Bytes read so far, as they lie on the device, those before the start
    /// counted.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_of_finished + self.current.as_ref().map_or(0, Records::bytes_read)
    }

    /// The next record of any shard.
    fn any(&mut self) -> Option<Result<Item, ReadError>> {
        loop {
            if let Some(records) = &mut self.current {
                if let Some(record) = records.next() {
                    self.cursor.record += 1;
                    self.cursor.total += 1;
                    let content = match record {
                        Ok(article) => Ok(article),
                        Err(Trouble::Record(error)) => Err(error),
                        Err(Trouble::Device(error)) => return Some(Err(error)),
                    };
                    return Some(Ok(Item { content, end: self.cursor }));
                }
                self.bytes_of_finished += records.bytes_read();
                self.current = None;
                self.cursor = Cursor { file: self.cursor.file + 1, record: 0, ..self.cursor };
            }
            let file = self.corpus.files.get(self.cursor.file)?;
            match Records::open(&file.origin, &self.options) {
                Ok(records) => self.current = Some(records),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Iterator for Reading<'_> {
    /// An error is the end: a file is gone, or the device failed.
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = match self.any()? {
                Ok(item) => item,
                Err(error) => return Some(Err(error)),
            };
            let is_new = item.end > self.start;
            if is_new && (item.end.total - 1) % self.shard.count == self.shard.index {
                return Some(Ok(item));
            }
        }
    }
}

/// The files that one path names.
fn found(path: &Path, is_left_out: &impl Fn(&Path) -> bool) -> Result<Vec<CorpusFile>, ReadError> {
    let file = |(path, bytes)| CorpusFile { origin: Origin::Path(path), bytes: Some(bytes) };
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(path) => {
            let files = fitting(path)?;
            let kept = files.into_iter().filter(|(path, _)| !is_left_out(path));
            let kept: Vec<_> = kept.map(file).collect();
            if kept.is_empty() {
                return Err(Place::file(path).error(Reason::NotFound));
            }
            return Ok(kept);
        }
        Err(error) => return Err(Place::file(path).error(Reason::io(error))),
    };
    if !metadata.is_dir() {
        return Ok(vec![file((path.to_owned(), metadata.len()))]);
    }
    let mut errors = Vec::new();
    let is_article = |path: &Path| Form::of_name(path).is_some() && !is_left_out(path);
    let files = inputs::below(path, is_article, &mut errors);
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    if files.is_empty() {
        let wanted = ".txt, .jsonl, .json, .csv, .tsv, .parquet, .xml or .html";
        return Err(Place::file(path).error(Reason::NothingInFolder { wanted }));
    }
    Ok(files.into_iter().map(file).collect())
}

fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.contains(['*', '?', '[']))
}

/// The files that fit a pattern, by name, with lengths in bytes.
fn fitting(pattern: &Path) -> Result<Vec<(PathBuf, u64)>, ReadError> {
    let bad = |message: String| {
        Place::file(pattern).error(Reason::Io(io::Error::new(io::ErrorKind::InvalidInput, message)))
    };
    let options = glob::MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let text = pattern.to_string_lossy();
    let paths = glob::glob_with(&text, options).map_err(|error| bad(error.to_string()))?;
    let mut found = Vec::new();
    let mut known = HashSet::new();
    for path in paths {
        let path = path.map_err(|error| bad(error.to_string()))?;
        let metadata =
            path.metadata().map_err(|error| Place::file(&path).error(Reason::io(error)))?;
        if metadata.is_file() && known.insert(path.clone()) {
            found.push((path, metadata.len()));
        }
    }
    found.sort();
    Ok(found)
}

/// SHA-256 of a file.
pub(super) fn sum_of(path: &Path) -> io::Result<Output<Sha256>> {
    let mut file = File::open(path)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 17];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(sum.finalize()),
            count => sum.update(&buffer[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::formats::records::Columns;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        folder
    }

    fn options() -> RecordOptions {
        RecordOptions { form: Form::Auto, columns: Columns::default(), max_bytes: 1000 }
    }

    fn corpus(folder: &tempfile::TempDir, paths: &[&str]) -> Result<Corpus, String> {
        let origins = paths.iter().map(|path| Origin::Path(folder.path().join(path)));
        Corpus::find(origins, |path| path.ends_with("uit.jsonl")).map_err(|e| e.to_string())
    }

    fn ids(corpus: &Corpus, shard: Shard, start: Cursor) -> Vec<(String, Cursor)> {
        let id = |item: Result<Item, ReadError>| {
            let item = item.unwrap();
            let id = item.content.map_or("?".into(), |it| it.document.id().to_owned());
            (id, item.end)
        };
        corpus.read(options(), shard, start).map(id).collect()
    }

    fn some() -> tempfile::TempDir {
        folder(&[
            ("b/een.txt", "Een."),
            (
                "a.jsonl",
                "{\"id\":\"x\",\"text\":\"X.\"}\n{\"id\":\"y\"}\n{\"id\":\"z\",\"text\":\"Z.\"}",
            ),
            ("c.csv", "id,tekst\np,P.\nq,Q.\n"),
            ("uit.jsonl", "{}"),
            ("leesmij.md", "geen artikel"),
            (".oud.txt", "geen artikel"),
        ])
    }

    #[test]
    fn a_folder_is_read_by_path_and_can_be_entered_anywhere() {
        let folder = some();
        let corpus = corpus(&folder, &[""]).unwrap();
        let all = ids(&corpus, Shard::WHOLE, Cursor::default());
        let names: Vec<_> = all.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(names, ["x", "?", "z", "een", "p", "q"]);
        for (n, (_, end)) in all.iter().enumerate() {
            assert_eq!(end.total, n as u64 + 1);
            assert_eq!(ids(&corpus, Shard::WHOLE, *end), all[n + 1..], "behind {end:?}");
        }
        let mut reading = corpus.read(options(), Shard::WHOLE, Cursor::default());
        assert_eq!(reading.by_ref().count(), 6);
        assert_eq!(Some(reading.bytes_read()), corpus.bytes());
    }

    #[test]
    fn shards_share_the_records_among_them() {
        let folder = some();
        let corpus = corpus(&folder, &[""]).unwrap();
        let of = |index| ids(&corpus, Shard { index, count: 4 }, Cursor::default());
        let mut all: Vec<_> = (0..4).flat_map(of).collect();
        all.sort_by_key(|(_, end)| *end);
        assert_eq!(all, ids(&corpus, Shard::WHOLE, Cursor::default()));
        assert_eq!(of(1).len(), 2);
        assert_eq!(ids(&corpus, Shard { index: 1, count: 4 }, of(1)[0].1), of(1)[1..]);
    }

    #[test]
    fn a_pattern_finds_what_fits_it() {
        let folder = some();
        let found = corpus(&folder, &["*.[cj]s*", "*/e?n.txt"]).unwrap();
        let ids = ids(&found, Shard::WHOLE, Cursor::default());
        assert_eq!(ids.len(), 6);
        assert_eq!(ids[5].0, "een");
        assert!(corpus(&folder, &["*.pdf"]).unwrap_err().ends_with("no such file or folder"));
        assert!(corpus(&folder, &["a.jsonl", "weg.txt"]).is_err());
    }

    #[test]
    fn the_fingerprint_changes_with_every_byte() {
        let folder = some();
        let sum = || corpus(&folder, &[""]).unwrap().fingerprint().unwrap().unwrap();
        let before = sum();
        assert_eq!(sum(), before);
        fs::write(folder.path().join("b/een.txt"), "Ein.").unwrap();
        assert_ne!(sum(), before);
        let stdin = Corpus::find([Origin::Stdin], |_| false).unwrap();
        assert_eq!((stdin.fingerprint().unwrap(), stdin.bytes()), (None, None));
    }

    #[test]
    fn a_file_that_goes_away_is_the_end() {
        let folder = some();
        let corpus = corpus(&folder, &["a.jsonl", "c.csv"]).unwrap();
        let mut reading = corpus.read(options(), Shard::WHOLE, Cursor::default());
        assert!(reading.next().unwrap().is_ok());
        fs::remove_file(folder.path().join("c.csv")).unwrap();
        let rest: Vec<_> = reading.by_ref().take(3).collect();
        assert!(rest[..2].iter().all(Result::is_ok) && rest[2].is_err());
    }
}
