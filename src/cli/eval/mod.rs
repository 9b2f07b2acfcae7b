//! `wiezei eval`: gold labels and answers in, scores out.

mod args;
mod convert;
mod reading;
mod scores;
mod versus;

use std::io;

pub(super) use args::{EXAMPLES, EvalArgs};

use args::EvalCommand;
use wiezei::scoring::ScoringError;

use super::failure::Failure;
use super::messages::Messages;

/// Runs what the arguments ask for.
pub(super) fn run(args: &EvalArgs, messages: &mut Messages) -> Result<(), Failure> {
    match &args.command {
        None => scores::run(&args.score, messages),
        Some(EvalCommand::Compare(args)) => versus::compare(args, messages),
        Some(EvalCommand::Agreement(args)) => versus::agreement(args, messages),
        Some(EvalCommand::Convert(args)) => convert::run(args, messages),
    }
}

/// Sets of documents that cannot be compared.
fn incomparable(error: ScoringError) -> Failure {
    let hint = match &error {
        ScoringError::Duplicate { .. } => {
            Some("give each its own identifier, or name one of the folders alone".to_owned())
        }
        ScoringError::OtherText { .. } => Some(
            "the answers have to be about the very text that the gold labels count in".to_owned(),
        ),
        _ => None,
    };
    Failure::Input { error: error.into(), hint }
}

/// Writes to standard output.
fn print(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| io::Write::flush(&mut out)).map_err(Failure::output)
}
