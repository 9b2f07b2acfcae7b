//! What has been done, as it lies on the disk beside the parts: by its input,
//! settings and model a run is known again, by its parts it goes on.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::AddAssign;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::error::BatchError;
use crate::annotated::Annotated;
use crate::attribution::Kind;
use crate::formats::{Cursor, ProducedBy};

/// The version of the manifest's form. It changes when a field changes its
/// meaning or goes. The columns of tables have a version of their own.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// The manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) schema_version: u32,
    /// Whether the output is whole.
    pub(super) is_whole: bool,
    pub(super) job: Job,
    pub(super) counts: Counts,
    pub(super) parts: Vec<Part>,
}

impl Manifest {
    /// That of a run that begins.
    pub(super) fn new(job: Job) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            is_whole: false,
            job,
            counts: Counts::default(),
            parts: Vec::new(),
        }
    }

    /// Reads a manifest; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one that cannot be read, or has another form.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, BatchError> {
        /// What every manifest has, of whatever version.
        #[derive(Deserialize)]
        struct Versioned {
            schema_version: u32,
        }

        let damaged = |what: String| BatchError::Damaged { path: path.to_owned(), what };
        let unreadable = |error: &dyn Display| damaged(format!("cannot be read ({error})"));
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                use io::ErrorKind::{NotADirectory, NotFound};
                return match error.kind() {
                    NotFound | NotADirectory => Ok(None),
                    _ => Err(unreadable(&error)),
                };
            }
        };
        let Versioned { schema_version } =
            serde_json::from_slice(&bytes).map_err(|error| unreadable(&error))?;
        if schema_version != SCHEMA_VERSION {
            return Err(damaged(format!(
                "is of another version of wiezei (its form is {schema_version}, known is \
                 {SCHEMA_VERSION})"
            )));
        }
        serde_json::from_slice(&bytes).map(Some).map_err(|error| unreadable(&error))
    }
}

/// What a run is to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) input: Input,
    pub(super) produced_by: ProducedBy,
    /// Everything that the output depends on besides.
    pub(super) settings: BTreeMap<String, String>,
}

/// The files that are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Input {
    /// SHA-256 of their names, lengths and contents; none with standard input.
    pub(super) fingerprint: Option<String>,
    pub(super) files: usize,
    pub(super) bytes: Option<u64>,
}

/// One part that is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    /// Its file, or its folder.
    pub(super) file: String,
    /// Length of the file in bytes; how many files, of a folder.
    pub(super) size: u64,
    /// The file of its rejects and its length, if there are any.
    pub(super) rejects: Option<(String, u64)>,
    /// Where the input goes on behind it.
    pub(super) end: End,
    pub(super) counts: Counts,
}

/// A [`Cursor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    file: usize,
    record: u64,
    total: u64,
}

impl From<Cursor> for End {
    fn from(Cursor { file, record, total }: Cursor) -> Self {
        Self { file, record, total }
    }
}

impl From<End> for Cursor {
    fn from(End { file, record, total }: End) -> Self {
        Self { file, record, total }
    }
}

/// How much of what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Articles that were read.
    pub documents: u64,
    /// Records that could not be.
    pub rejects: u64,
    /// Bytes of the articles.
    pub bytes: u64,
    /// Direct quotations.
    pub direct: u64,
    /// Mixed quotations.
    pub mixed: u64,
    /// Indirect quotations.
    pub indirect: u64,
    /// Quotations whose source was found.
    pub with_source: u64,
    /// Articles with a warning.
    pub with_warning: u64,
    /// Articles that do not look Dutch.
    #[serde(default)]
    pub not_dutch: u64,
}

impl Counts {
    /// Articles and rejects.
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.documents + self.rejects
    }

    /// Quotations of all kinds.
    #[must_use]
    pub const fn quotations(&self) -> u64 {
        self.direct + self.mixed + self.indirect
    }

    /// Those of one article.
    pub(super) fn of(annotated: &Annotated) -> Self {
        let of_kind = |kind| annotated.quotations.iter().filter(|q| q.kind == kind).count() as u64;
        Self {
            documents: 1,
            rejects: 0,
            bytes: annotated.document.text().len() as u64,
            direct: of_kind(Kind::Direct),
            mixed: of_kind(Kind::Mixed),
            indirect: of_kind(Kind::Indirect),
            with_source: annotated.quotations.iter().filter(|q| q.source.is_some()).count() as u64,
            with_warning: u64::from(!annotated.warnings.is_empty()),
            not_dutch: u64::from(annotated.warning_codes().contains(&"not-dutch")),
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.rejects += other.rejects;
        self.bytes += other.bytes;
        self.direct += other.direct;
        self.mixed += other.mixed;
        self.indirect += other.indirect;
        self.with_source += other.with_source;
        self.with_warning += other.with_warning;
        self.not_dutch += other.not_dutch;
    }
}

impl Job {
    /// What is no longer as in `before`: what it is, what it was, what it has
    /// become. Contents are not compared where they are not known here.
    pub(super) fn difference(&self, before: &Self) -> Option<(String, String, String)> {
        let differs = |what: &str, before: String, now: String| {
            (before != now).then(|| (what.to_owned(), before, now))
        };
        let number = |number: Option<u64>| number.map_or("unknown".into(), |n| n.to_string());
        let sum = |sum: &Option<String>| sum.clone().unwrap_or_else(|| "unknown".into());
        let (old, new) = (&before.input, &self.input);
        differs("the number of input files", old.files.to_string(), new.files.to_string())
            .or_else(|| {
                differs("the input's length in bytes", number(old.bytes), number(new.bytes))
            })
            .or_else(|| {
                let new = new.fingerprint.clone()?;
                differs("the SHA-256 of the input", sum(&old.fingerprint), new)
            })
            .or_else(|| {
                let [old, new] = [before, self].map(|job| job.produced_by.to_string());
                differs("what it is produced by", old, new)
            })
            .or_else(|| {
                let none = || "not given".to_owned();
                let names: std::collections::BTreeSet<_> =
                    before.settings.keys().chain(self.settings.keys()).collect();
                names.into_iter().find_map(|name| {
                    let [old, new] = [before, self]
                        .map(|job| job.settings.get(name).cloned().unwrap_or_else(none));
                    differs(&format!("the setting {name}"), old, new)
                })
            })
    }
}
