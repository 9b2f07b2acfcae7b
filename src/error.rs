//! What can go wrong in the library, by the stage where it does. Each message
//! names the thing at fault; the command line adds the way out.

use std::path::PathBuf;

use thiserror::Error;

/// A text that cannot become a [`Document`](crate::text::Document).
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextError {
    /// Longer than offsets of 32 bits can address.
    #[error("the text has {bytes} bytes; at most {} are possible", crate::text::MAX_TEXT_BYTES)]
    TooLong {
        /// Length of the text in bytes.
        bytes: usize,
    },
}

/// A named-entity model that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// No model folder at any of the places where one is looked for.
    #[error("no model found; looked in: {}", list(.tried))]
    NotFound {
        /// The folders tried, in order.
        tried: Vec<PathBuf>,
    },
    /// The folder lacks a file.
    #[error("the model folder {} has no {file}", .folder.display())]
    MissingFile {
        /// The model folder.
        folder: PathBuf,
        /// Name of the missing file.
        file: &'static str,
    },
    /// The folder has a file only in a form that is not read.
    #[error(
        "the model folder {} has {found} but no {wanted}; make it with: {command}",
        .folder.display()
    )]
    OldFormat {
        /// The model folder.
        folder: PathBuf,
        /// Name of the file that is there.
        found: &'static str,
        /// Name of the file that is needed.
        wanted: &'static str,
        /// Shell command that makes the one of the other.
        command: String,
    },
    /// A file of the folder cannot be read or does not hold what it should.
    #[error("{}: {reason}", .path.display())]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A graphics card is asked for, and libtorch cannot use one.
    #[error("no graphics card: libtorch was built without CUDA, or finds no card that it can use")]
    NoCuda,
    /// The model failed on a text.
    #[error("the model failed: {0}")]
    Inference(String),
}

/// A model that could not be fetched.
#[cfg(feature = "fetch")]
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchError {
    /// Neither a short name that is known nor a repository.
    #[error("{name:?} is neither a model that is known by name nor an OWNER/REPOSITORY of the hub")]
    Name {
        /// What was given.
        name: String,
    },
    /// A model of that name is there.
    #[error("the model is there already, in {}", .path.display())]
    There {
        /// Its folder.
        path: PathBuf,
    },
    /// The user has ruled the network out.
    #[error("HF_HUB_OFFLINE is set, so that nothing is fetched")]
    Offline,
    /// What is to be the server is none.
    #[error("HF_ENDPOINT is {value:?}, which is no http:// or https:// address")]
    Endpoint {
        /// What the variable holds.
        value: String,
    },
    /// There is no way to the server.
    #[error("{endpoint} cannot be reached: {reason}")]
    Unreachable {
        /// The server.
        endpoint: String,
        /// Why.
        reason: String,
    },
    /// The server does not give it.
    #[error("{endpoint} does not give {repository} at revision {revision} (HTTP status {status})")]
    Refused {
        /// The server.
        endpoint: String,
        /// The repository.
        repository: String,
        /// Its revision.
        revision: String,
        /// The status of the answer.
        status: u16,
    },
    /// The server answers otherwise than the hub does.
    #[error("{endpoint} answers otherwise than a hub: {what}")]
    Answer {
        /// The server.
        endpoint: String,
        /// What is odd about it.
        what: String,
    },
    /// The repository lacks a file.
    #[error("the repository {repository} has no {file}")]
    MissingFile {
        /// The repository.
        repository: String,
        /// Name of the missing file.
        file: &'static str,
    },
    /// The repository has a file only in a form that is not read.
    #[error("the repository {repository} has {found} but no {wanted}")]
    OldFormat {
        /// The repository.
        repository: String,
        /// Name of the file that is there.
        found: &'static str,
        /// Name of the file that is needed.
        wanted: &'static str,
        /// Shell command that makes a folder of it that can be used.
        command: String,
    },
    /// The connection broke again and again.
    #[error("the connection broke again and again, at byte {done} of {size} of {file}: {reason}")]
    Broken {
        /// The file.
        file: String,
        /// How many of its bytes are there.
        done: u64,
        /// How many it has.
        size: u64,
        /// Why the connection broke.
        reason: String,
    },
    /// A file is not what it should be.
    #[error("{file} came with wrong bytes: {found} instead of {expected}; they were thrown away")]
    WrongBytes {
        /// The file.
        file: String,
        /// The size or checksum that it should have.
        expected: String,
        /// The one that it has.
        found: String,
    },
    /// Another process fetches the same.
    #[error("another wiezei is fetching the same file ({})", .path.display())]
    Busy {
        /// Its lock.
        path: PathBuf,
    },
    /// The cache cannot be written.
    #[error("cannot keep the model in {}: {reason}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    names.join(", ")
}
