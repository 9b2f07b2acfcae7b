//! The command line: typed arguments, settings made of them, calls of the
//! library, and an exit code.
//!
//! Exit codes: 0 for success, and where the reader of the output has closed
//! it; 1 where the program or the model fails, or a score is lower than it was asked
//! to be; 2 where the arguments are wrong
//! or an input cannot be read; 3 where some records of an archive could not be
//! read and all others are done. What went wrong stands on standard error.

mod args;
mod attribute;
mod batch;
mod eval;
mod explain;
mod failure;
mod hints;
mod marks;
mod messages;
mod model;
mod recognizing;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod sources;
mod streaming;
mod tokens;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use messages::Messages;

/// Runs the program on its own arguments.
pub(crate) fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version come this way too, with exit code 0. If nobody
            // is there to read them, there is nothing left to do.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(failure::INPUT));
        }
    };
    match args.command {
        Command::Attribute(args) => {
            let mut messages = Messages::new(args.reading.color.into(), args.reading.quiet);
            let done = attribute::run(args, &mut messages);
            messages.end(done)
        }
        Command::Sources(args) => {
            let mut messages = Messages::new(args.reading.color.into(), args.reading.quiet);
            let done = sources::run(args, &mut messages);
            messages.end(done)
        }
        Command::Explain(args) => {
            let mut messages = Messages::new(args.reading.color.into(), args.reading.quiet);
            let done = explain::run(args, &mut messages);
            messages.end(done)
        }
        Command::Tokens(args) => {
            let mut messages = Messages::new(args.color.into(), args.quiet);
            let done = tokens::run(args, &mut messages);
            messages.end(done)
        }
        Command::Marks(args) => {
            let mut messages = Messages::new(args.reading.color.into(), args.reading.quiet);
            let done = marks::run(args, &mut messages);
            messages.end(done)
        }
        Command::Model(args) => {
            let mut messages = Messages::new(args.color.into(), args.quiet);
            let done = model::run(&args, &mut messages);
            messages.end(done)
        }
        Command::Batch(args) => {
            let mut messages = Messages::new(args.color.into(), args.quiet);
            let done = batch::run(&args, &mut messages);
            messages.end(done)
        }
        Command::Report(args) => {
            let mut messages = Messages::new(args.color.into(), args.quiet);
            let done = report::run(args, &mut messages);
            messages.end(done)
        }
        #[cfg(feature = "serve")]
        Command::Serve(args) => {
            let mut messages = Messages::new(args.color.into(), args.quiet);
            let done = serve::run(*args, &mut messages);
            messages.end(done)
        }
        Command::Eval(args) => {
            let mut messages = Messages::new(args.color().into(), args.is_quiet());
            let done = eval::run(&args, &mut messages);
            messages.end(done)
        }
    }
}
