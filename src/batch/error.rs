//! What ends a run before its time.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::error::ModelError;
use crate::formats::ReadError;

/// Why a run has stopped.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BatchError {
    /// An input is gone, or its device failed.
    #[error(transparent)]
    Input(#[from] ReadError),
    /// The model failed.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A record is bad, and [`Settings::strict`](super::Settings::strict) was
    /// asked for.
    #[error("{0}")]
    Strict(String),
    /// The output cannot be written.
    #[error("cannot write {}: {error}", .path.display())]
    Output {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// What is written is to be read, too.
    #[error("{} is read and would be written over: it is the output, or belongs to it", .path.display())]
    OwnInput {
        /// The input.
        path: PathBuf,
    },
    /// There is an output already.
    #[error("{} is there already", .path.display())]
    Exists {
        /// The output.
        path: PathBuf,
    },
    /// There is a run that was cut off.
    #[error("{} has {records} records of a run that did not end", .path.display())]
    Unfinished {
        /// The folder of its parts.
        path: PathBuf,
        /// How many records are done.
        records: u64,
    },
    /// A run cannot go on, because what it rests on is no longer the same.
    #[error("cannot go on in {}: {what} was {before} and is {now}", .path.display())]
    Changed {
        /// The folder of its parts.
        path: PathBuf,
        /// What is no longer the same.
        what: String,
        /// What it was.
        before: String,
        /// What it is.
        now: String,
    },
    /// A run cannot go on, because what it wrote was damaged.
    #[error("cannot go on: {} {what}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it: `is damaged or missing`.
        what: String,
    },
    /// Another run writes there.
    #[error("another run is writing to {}", .path.display())]
    Busy {
        /// The folder of its parts.
        path: PathBuf,
    },
    /// Standard input cannot be read a second time.
    #[error("standard input cannot be read again from where it was")]
    NotAgain,
}

impl BatchError {
    /// For `map_err`: writing to `path` failed.
    pub(super) fn output(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::Output { path, error }
    }
}
