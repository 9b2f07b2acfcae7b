//! `cargo xtask bench`: measurements that need more than a benchmark by itself.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::checkout::Checkout;
use crate::{service, setup};

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
    /// How fast an archive is read: a whole batch run beside the names alone,
    /// Python transformers' and Frog's, in turn
    Batch(Archive),
    /// What the service can bear: its speed beside a batch run's, how long answers
    /// take, memory, ten times the load, and clients that do harm; some ten minutes
    Serve(service::Arguments),
}

/// The arguments of the measurement of archives.
#[derive(Debug, clap::Args)]
pub(crate) struct Archive {
    /// Articles, in any form that `wiezei batch` reads
    #[arg(required = true, value_name = "FILE")]
    texts: Vec<PathBuf>,
    /// A Python with torch 2.4 and transformers, to run beside
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Frog, to run beside where it is installed
    #[arg(long, value_name = "PATH", default_value = "frog")]
    frog: PathBuf,
    /// Rounds in which everything runs once; at least 7
    #[arg(long, value_name = "N", default_value_t = 7)]
    runs: usize,
    /// Articles of a round, spread over all of them
    #[arg(long, value_name = "N", default_value_t = 512)]
    articles: usize,
    /// Measure instead what one article, so many, and ten times as many cost, in
    /// time and memory
    #[arg(long, value_name = "N")]
    scale: Option<usize>,
}

/// Sets up if needed, builds and runs the measurement.
///
/// # Errors
///
/// If the set-up fails or cargo cannot be started.
pub(crate) fn run(checkout: &Checkout, bench: Bench) -> anyhow::Result<ExitCode> {
    if !matches!(&bench, Bench::Serve(arguments) if arguments.program.is_some()) {
        setup::ensure(checkout)?;
    }
    let (python, runs, f32_only, base_pieces) = match bench {
        Bench::Ner { python, runs, f32_only, base_pieces } => (python, runs, f32_only, base_pieces),
        Bench::Batch(archive) => return batch(checkout, &archive),
        Bench::Serve(arguments) => return service::run(checkout, &arguments),
    };
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

fn batch(checkout: &Checkout, archive: &Archive) -> anyhow::Result<ExitCode> {
    let Archive { texts, python, frog, runs, articles, scale } = archive;
    // Cargo runs the benchmark in the checkout.
    let absolute = |path: &PathBuf| -> anyhow::Result<String> {
        Ok(std::path::absolute(path)?.to_string_lossy().into_owned())
    };
    let mut arguments: Vec<String> =
        ["bench", "--quiet", "--bench", "batch", "--"].into_iter().map(str::to_owned).collect();
    for text in texts {
        arguments.push(absolute(text)?);
    }
    let mut option = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
    option("--runs", runs.to_string());
    option("--articles", articles.to_string());
    option("--frog", frog.to_string_lossy().into_owned());
    if let Some(python) = python {
        option("--python", python.to_string_lossy().into_owned());
    }
    if let Some(scale) = scale {
        option("--scale", scale.to_string());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    checkout.run_cargo(&arguments)
}
