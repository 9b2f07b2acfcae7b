//! What ends a run, and with which exit code.

use std::io;

use anyhow::anyhow;
use wiezei::error::ModelError;
use wiezei::formats::ReadError;

use super::hints;

/// Exit code where the program or the model failed.
pub(super) const INTERNAL: u8 = 1;
/// Exit code where arguments or inputs are wrong.
pub(super) const INPUT: u8 = 2;
/// Exit code where everything is done but for records that could not be read.
pub(super) const REJECTS: u8 = 3;

/// The end of a run before its time.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something that the user gave is wrong.
    Input {
        /// What is wrong.
        error: anyhow::Error,
        /// The way out.
        hint: Option<String>,
    },
    /// The program or the model failed.
    Internal(anyhow::Error),
    /// A score is lower than was asked for.
    Under(anyhow::Error),
    /// Some records could not be read; the first, where that was to be the end.
    Rejects(Option<anyhow::Error>),
    /// Whoever read the output has closed it: nothing is wrong.
    Closed,
}

impl Failure {
    /// Something that the user gave is wrong; with the way out.
    pub(super) fn input(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Input { error: anyhow!(error.into()), hint: Some(hint.into()) }
    }

    /// An option that would do nothing: whoever gives it expects something.
    pub(super) fn no_effect(option: &str, why: &str) -> Self {
        Self::input(
            format!("{option} does nothing here: {why}"),
            format!("leave {option} out, or write another format"),
        )
    }

    /// The file of names cannot be read.
    pub(super) fn names(error: ReadError) -> Self {
        let hint = hints::names(&error);
        Self::Input { error: error.into(), hint }
    }

    /// A file of the output could not be written.
    pub(super) fn output_file(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::AlreadyExists {
            let hint = "somebody may have worked on it, so that it is not overwritten; remove it, \
                        or name another folder";
            return Self::Input { error: error.into(), hint: Some(hint.into()) };
        }
        Self::Internal(anyhow::Error::new(error).context("cannot write the output"))
    }

    /// The output could not be written.
    pub(super) fn output(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::Internal(anyhow::Error::new(error).context("cannot write the output"))
    }
}

impl From<ModelError> for Failure {
    fn from(error: ModelError) -> Self {
        match &error {
            ModelError::NotFound { .. }
            | ModelError::MissingFile { .. }
            | ModelError::OldFormat { .. }
            | ModelError::NoCuda
            | ModelError::BadFile { .. } => {
                let hint = hints::model(&error);
                Self::Input { error: error.into(), hint }
            }
            _ => Self::Internal(error.into()),
        }
    }
}
