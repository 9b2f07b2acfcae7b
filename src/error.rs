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

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    names.join(", ")
}
