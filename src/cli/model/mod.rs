//! `wiezei model`: which models for names there are, whether a folder can be
//! used, and getting one from the Hugging Face Hub.

mod args;
mod check;
#[cfg(feature = "fetch")]
mod fetch;
pub(super) mod labels;
mod list;

use std::io;

pub(super) use args::ModelSubcommands;

use args::ModelCommand;

use super::failure::Failure;
use super::messages::Messages;

/// Runs what the arguments ask for.
pub(super) fn run(args: &ModelSubcommands, messages: &mut Messages) -> Result<(), Failure> {
    match &args.command {
        ModelCommand::List => list::run(),
        ModelCommand::Check(args) => check::run(args, messages),
        #[cfg(feature = "fetch")]
        ModelCommand::Fetch(args) => fetch::run(args, messages),
        #[cfg(not(feature = "fetch"))]
        ModelCommand::Fetch(args) => Err(Failure::input(
            format!("this wiezei was built without what fetches models, so not {}", args.name),
            "build it with its default features (cargo build --release), or put the files of the \
             model into a folder yourself and name it with --model FOLDER",
        )),
    }
}

/// Writes to standard output.
fn print(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| io::Write::flush(&mut out)).map_err(Failure::output)
}

/// Bytes for people: `436 MB`.
fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
