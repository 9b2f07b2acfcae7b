//! How fast an archive is read: a whole batch run beside the names alone, and
//! beside what others need for the names alone, over the same articles.
//!
//! All contestants run in turn, round after round; a ratio is of two times of one
//! round, its interval that of the median over the rounds. Run it by `cargo xtask
//! bench batch`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

mod archive;
mod frog;
#[path = "../ner/median.rs"]
mod median;
#[path = "../ner/peak.rs"]
mod peak;
#[path = "../ner/python.rs"]
mod python;
mod scale;

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, ensure};
use clap::Parser;
use wiezei::batch::{Progress, Stage};
use wiezei::ner::bert::{BertOptions, BertRecognizer, Precision};
use wiezei::ner::models::ModelFolder;
use wiezei::ner::{Input, Recognizer as _};
use wiezei::text::Document;
use wiezei::tokenize::{Tokenized, tokenize};

use archive::Archive;
use frog::Frog;
use median::Median;
use python::Python;

/// Articles whose names are found together, as in `wiezei batch`.
const BATCH: usize = 256;

// The contestants.
const WHOLE: &str = "wiezei batch, f32, 2 workers";
const ONE_WORKER: &str = "wiezei batch, f32, 1 worker";
const HALF: &str = "wiezei batch, bf16, 2 workers";
const ALONE: &str = "wiezei's names alone, f32, 2 threads";
const TRANSFORMERS: &str = "transformers' forward pass, f32";
const FROG: &str = "Frog's names";

/// Measures how fast an archive is read.
#[derive(Debug, Parser)]
struct Arguments {
    /// Articles, in any form that `wiezei batch` reads
    #[arg(required = true)]
    texts: Vec<PathBuf>,
    /// Rounds in which every contestant runs once
    #[arg(long, value_name = "N", default_value_t = 7)]
    runs: usize,
    /// Articles of a round, spread over all of them
    #[arg(long, value_name = "N", default_value_t = 512)]
    articles: usize,
    /// A Python with torch 2.4 and transformers, to run beside
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Frog, to run beside where it is installed
    #[arg(long, value_name = "PATH", default_value = "frog")]
    frog: PathBuf,
    /// Articles that Frog reads in every round, spread over those of the round
    #[arg(long, value_name = "N", default_value_t = 60)]
    frog_articles: usize,
    /// Measure instead what one article, so many, and ten times as many cost, in
    /// time and memory
    #[arg(long, value_name = "N")]
    scale: Option<usize>,
    /// What cargo passes on to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(articles) = arguments.scale {
        return scale::measure(&arguments.texts, articles);
    }
    let folder =
        ModelFolder::open(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models/nl-news-ner"))?;
    ensure!(arguments.runs >= 7, "an interval of the median needs at least 7 runs");
    let archive = Archive::gather(&arguments.texts, arguments.articles)?;
    println!(
        "{} articles, {:.2} MB; {} rounds",
        archive.documents.len(),
        archive.bytes() as f64 / 1e6,
        arguments.runs
    );
    compare(&arguments, &folder, &archive)
}

fn recognizer(
    folder: &ModelFolder,
    threads: usize,
    precision: Precision,
) -> Result<BertRecognizer> {
    Ok(BertRecognizer::load(folder, BertOptions { threads, precision, ..BertOptions::default() })?)
}

/// One that runs and says how many seconds it took.
type Pass<'a> = Box<dyn FnMut() -> Result<f64> + 'a>;

fn compare(arguments: &Arguments, folder: &ModelFolder, archive: &Archive) -> Result<()> {
    let two = recognizer(folder, 2, Precision::F32)?;
    let one = recognizer(folder, 1, Precision::F32)?;
    let half = recognizer(folder, 2, Precision::Bf16)?;
    let read: Vec<(Document, Tokenized)> =
        archive.documents.iter().map(|it| (it.clone(), tokenize(it.text()))).collect();
    let inputs: Vec<Input<'_>> =
        read.iter().map(|(document, tokenized)| Input { document, tokenized }).collect();
    let stages = RefCell::new([0.0; Stage::ALL.len()]);
    let whole = |recognizer: &BertRecognizer, threads: usize| {
        let progress = Progress::new();
        let seconds = archive.run(recognizer, threads, BATCH, &progress)?;
        if threads == 2 {
            for (sum, stage) in stages.borrow_mut().iter_mut().zip(Stage::ALL) {
                *sum += progress.time(stage).as_secs_f64();
            }
        }
        Ok(seconds)
    };
    let step = (archive.documents.len() / arguments.frog_articles.max(1)).max(1);
    let sample: Vec<&Document> = archive.documents.iter().step_by(step).collect();
    let frog = Frog::find(&arguments.frog, &sample)?;
    let mut contestants: Vec<(&str, Pass<'_>)> = vec![
        (WHOLE, Box::new(|| whole(&two, 2))),
        (ONE_WORKER, Box::new(|| whole(&one, 1))),
        (HALF, Box::new(|| whole(&half, 2))),
        (
            ALONE,
            Box::new(|| {
                let start = Instant::now();
                for inputs in inputs.chunks(BATCH) {
                    two.recognize(inputs)?;
                }
                Ok(start.elapsed().as_secs_f64())
            }),
        ),
    ];
    if let Some(path) = &arguments.python {
        let batches = inputs.chunks(BATCH).map(|inputs| two.batches(inputs));
        let batches: Vec<Vec<Vec<i64>>> =
            batches.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let mut python = Python::start(path, folder, &batches, "f32")?;
        contestants.push((TRANSFORMERS, Box::new(move || python.pass(2))));
    }
    if let Some(frog) = &frog {
        contestants.push((FROG, Box::new(|| frog.pass())));
    }
    for (name, pass) in &mut contestants {
        eprintln!("warming up: {name}");
        pass()?;
    }
    *stages.borrow_mut() = [0.0; Stage::ALL.len()];
    let mut times = vec![Vec::new(); contestants.len()];
    for round in 0..arguments.runs {
        for n in 0..contestants.len() {
            let n = (n + round * 2) % contestants.len();
            times[n].push((contestants[n].1)()?);
        }
    }
    let names: Vec<&str> = contestants.iter().map(|(name, _)| *name).collect();
    drop(contestants);
    let sample_bytes: usize = sample.iter().map(|document| document.text().len()).sum();
    let rates: Vec<(&str, Vec<f64>)> = names
        .into_iter()
        .zip(times)
        .map(|(name, times)| {
            // Articles of the same length: Frog's are not quite as long as all.
            let bytes = if name == FROG { sample_bytes } else { archive.bytes() };
            let articles = bytes as f64 * archive.documents.len() as f64 / archive.bytes() as f64;
            (name, times.iter().map(|seconds| articles / seconds).collect())
        })
        .collect();
    for (name, rates) in &rates {
        println!("  {name:<40} {:.1} articles/s", Median::of(rates.iter().copied()));
    }
    let stages = stages.into_inner();
    let sum: f64 = stages.iter().sum();
    for (stage, seconds) in Stage::ALL.into_iter().zip(stages) {
        println!("  {:<40} {:.1} % of the stages' time", stage.name(), 100.0 * seconds / sum);
    }
    let of = |name: &str| rates.iter().find(|(it, _)| *it == name).map(|(_, rates)| rates);
    for (what, a, b, bar) in [
        ("the whole run / the names alone", WHOLE, ALONE, "0.85"),
        ("2 workers / 1", WHOLE, ONE_WORKER, "1.8"),
        ("the whole run / transformers' forward pass", WHOLE, TRANSFORMERS, "1.1"),
        ("bf16 / f32", HALF, WHOLE, "none"),
        ("the whole run in f32 / Frog's names", WHOLE, FROG, "15"),
        ("the whole run in bf16 / Frog's names", HALF, FROG, "40"),
    ] {
        match (of(a), of(b)) {
            (Some(a), Some(b)) => {
                let ratio = Median::of(a.iter().zip(b).map(|(a, b)| a / b));
                println!("  {what:<52} {ratio} (bar: {bar})");
            }
            _ => println!("  {what:<52} not run (bar: {bar})"),
        }
    }
    Ok(())
}
