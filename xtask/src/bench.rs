//! `cargo xtask bench`: measurements that need more than a benchmark by itself.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::checkout::Checkout;
use crate::setup;

/// What is measured.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// How fast names are found: wiezei's stage and its forward pass beside
    /// rust-bert's, Python transformers' and the product of matrices that the
    /// machine is capable of, in turn; under ten minutes
    Ner {
        /// A Python with torch 2.4 and transformers, to run them beside (see
        /// models/train/requirements.txt)
        #[arg(long, value_name = "PATH")]
        python: Option<PathBuf>,
        /// Rounds in which everything runs once; at least 7
        #[arg(long, value_name = "N", default_value_t = 9)]
        runs: usize,
        /// Only in single precision
        #[arg(long)]
        f32_only: bool,
        /// Wordpieces to read with random weights in the shape of BERT-base; 0
        /// leaves it out
        #[arg(long, value_name = "N")]
        base_pieces: Option<usize>,
    },
}

/// Sets up if needed, builds and runs the measurement.
///
/// # Errors
///
/// If the set-up fails or cargo cannot be started.
pub(crate) fn run(checkout: &Checkout, bench: Bench) -> anyhow::Result<ExitCode> {
    setup::ensure(checkout)?;
    let Bench::Ner { python, runs, f32_only, base_pieces } = bench;
    let runs = runs.to_string();
    let mut arguments = vec!["bench", "--quiet", "--bench", "ner", "--", "--runs", &runs];
    let python = python.map(|path| path.to_string_lossy().into_owned());
    if let Some(python) = &python {
        arguments.extend(["--python", python]);
    }
    if f32_only {
        arguments.push("--f32-only");
    }
    let base_pieces = base_pieces.map(|pieces| pieces.to_string());
    if let Some(pieces) = &base_pieces {
        arguments.extend(["--base-pieces", pieces]);
    }
    checkout.run_cargo(&arguments)
}
