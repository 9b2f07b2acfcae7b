//! Set-up, demonstration and tests of wiezei: `cargo xtask --help`.
//!
//! This program is no part of the library. It depends neither on `wiezei` nor
//! on `tch`, so that it builds and runs in a fresh clone, before libtorch is
//! there.

#![expect(clippy::print_stderr, reason = "a command-line program: its progress goes to stderr")]

mod bench;
mod checkout;
mod demo;
mod dist;
mod link;
mod score_table;
mod scores;
mod service;
mod setup;
mod test;
mod tiny_models;
mod ud;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::checkout::Checkout;

/// Sets wiezei up, shows it, tests it.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Finds or fetches libtorch 2.4.0 and links it into the checkout
    ///
    /// Takes, in this order: the folder that you name; what `.libtorch` in the
    /// checkout already points to; the copy in the user's cache folder
    /// (~/.cache/wiezei, or wiezei in `XDG_CACHE_HOME`); the official CPU
    /// archive of download.pytorch.org; the CPU part of the package index's
    /// torch 2.4.0 wheel, through pip. Safe to interrupt and to run again.
    #[command(after_help = SETUP_EXAMPLES)]
    Setup {
        /// A folder with libtorch 2.4.0 (lib/ and include/), built for the C++
        /// ABI before C++11; the variable `WIEZEI_LIBTORCH` says the same
        #[arg(long, value_name = "DIR")]
        libtorch: Option<PathBuf>,
        /// Fetch nothing: only a named folder, the link, or the cached copy
        #[arg(long)]
        offline: bool,
    },
    /// Sets up if needed, then says who said what in an example article
    Demo,
    /// Sets up if needed, then makes a tarball that runs wherever it is unpacked
    ///
    /// In target/dist: the program, libtorch beside it, the embedded model and all
    /// licences. It is unpacked into an empty folder and run there before it
    /// counts as made.
    Dist,
    /// Sets up if needed, then runs all tests, with and without libtorch
    Test,
    /// Makes the committed scores in `eval/` anew; with --news or --novels, the
    /// README's table too
    /// Measures how fast wiezei is
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Makes the random models of `tests/data` anew, with the scores that
    /// Python transformers computes with them
    TinyModels {
        /// A Python with torch and transformers (models/train/requirements.txt)
        #[arg(long, value_name = "PATH", default_value = "python3")]
        python: PathBuf,
    },
    /// Makes the committed scores in `eval/` anew
    Scores {
        /// Also score the gold documents of this folder, with the embedded
        /// model: news articles, whose texts are not in the repository
        #[arg(long, value_name = "DIR")]
        news: Option<PathBuf>,
        /// Texts of those documents, where the folder has the labels alone, as
        /// `eval/news` has
        #[arg(long, value_name = "DIR", requires = "news")]
        texts: Option<PathBuf>,
        /// Also score these novels in quoteannotator's XML, such as `OpenBoek`'s
        #[arg(long, value_name = "FILE", num_args = 1..)]
        novels: Vec<PathBuf>,
        /// Take the names of --news and --novels from this file, as the model
        /// found them before, so that the model is not needed
        #[arg(long, value_name = "FILE.jsonl")]
        names: Option<PathBuf>,
        /// First record anew the names that the embedded model finds in
        /// `eval/gold`: after a change of the model or of its reading
        #[arg(long)]
        record: bool,
    },
    /// Scores tokens and sentences on treebanks of Universal Dependencies
    ///
    /// As the shared task of 2018 does: F1 by character offsets, white space
    /// removed, of the raw text that the sentences' `# text` make when they are
    /// joined by a space; and once more with a line break after the sentences
    /// that end without a mark.
    #[command(after_help = UD_EXAMPLES)]
    Ud {
        /// Treebanks: .conllu, or .conllu.gz
        #[arg(required = true, value_name = "FILE.conllu")]
        files: Vec<PathBuf>,
        /// Also print every place where tokens or sentences differ
        #[arg(long)]
        differences: bool,
    },
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask demo                            # from a fresh clone to attributed quotations
  cargo xtask test                            # from a fresh clone to all tests passed
  cargo xtask setup                           # only the set-up; then plain cargo build works
  cargo xtask setup --libtorch /opt/libtorch  # with a libtorch 2.4.0 of your own
  cargo xtask bench ner --python python3      # how fast names are found
  cargo xtask dist                            # a tarball to unpack elsewhere
  cargo xtask bench batch articles.jsonl.gz   # how fast an archive is read
  cargo xtask bench serve articles.jsonl      # what the service can bear

None of them is needed for the parts without the transformer:
  cargo test --no-default-features";

const SETUP_EXAMPLES: &str = "\
Examples:
  cargo xtask setup
  cargo xtask setup --libtorch /opt/libtorch
  cargo xtask setup --offline
  rm .libtorch && cargo xtask setup           # choose anew";

const UD_EXAMPLES: &str = "\
Examples:
  cargo xtask ud nl_alpino-ud-dev.conllu nl_lassysmall-ud-dev.conllu.gz
  cargo xtask ud --differences nl_alpino-ud-dev.conllu";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<ExitCode> {
    let checkout = Checkout::of_this_program()?;
    match task {
        Task::Setup { libtorch, offline } => {
            setup::run(&checkout, libtorch, offline)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Demo => demo::run(&checkout),
        Task::Dist => dist::run(&checkout),
        Task::Test => test::run(&checkout),
        Task::Scores { news, texts, novels, names, record } => {
            scores::run(&checkout, &scores::Elsewhere { news, texts, novels, names }, record)
        }
        Task::Ud { files, differences } => ud::run(&checkout, &files, differences),
        Task::Bench(bench) => bench::run(&checkout, bench),
        Task::TinyModels { python } => tiny_models::run(&checkout, &python),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_shows_examples_that_parse() {
        let help = Arguments::command().render_long_help().to_string();
        let lines = [EXAMPLES, SETUP_EXAMPLES, UD_EXAMPLES].join("\n");
        let mut parsed = 0;
        for line in lines.lines() {
            let command = line.split('#').next().unwrap_or_default();
            let Some((_, command)) = command.split_once("cargo xtask") else { continue };
            let words = std::iter::once("xtask").chain(command.split_whitespace());
            Arguments::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
            parsed += 1;
        }
        assert!(parsed >= 8, "{parsed} examples");
        assert!(help.contains("cargo xtask demo"));
    }
}
