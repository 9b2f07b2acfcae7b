//! How fast names are found, side by side: the whole stage, its forward pass,
//! rust-bert's and Python transformers' forward pass over the same weights and
//! the same inputs, and the product of matrices that the machine is capable of.
//!
//! All contestants run in turn, round after round, so that whatever else the
//! machine does falls on all of them; each ratio is of two times of one round,
//! and its interval is that of the median over the rounds. Run it by
//! `cargo xtask bench ner`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

mod contestants;
mod median;
mod memory;
mod peak;
mod python;
mod shapes;

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use wiezei::ner::Input;
use wiezei::ner::bert::{BertOptions, BertRecognizer, Precision};
use wiezei::ner::models::ModelFolder;
use wiezei::text::Document;
use wiezei::tokenize::{TokenKind, Tokenized, tokenize};

use contestants::{Contest, Part};
use median::Median;

/// Measures how fast names are found.
#[derive(Debug, Parser)]
struct Arguments {
    /// Rounds in which every contestant runs once
    #[arg(long, value_name = "N", default_value_t = 9)]
    runs: usize,
    /// A Python with torch 2.4 and transformers, to run them beside
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Wordpieces to read with the embedded model
    #[arg(long, value_name = "N", default_value_t = 8_000)]
    pieces: usize,
    /// Wordpieces to read with random weights in the shape of BERT-base; 0
    /// leaves it out
    #[arg(long, value_name = "N", default_value_t = 1_024)]
    base_pieces: usize,
    /// Articles over which the program's memory is watched; 0 leaves it out
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    memory_articles: usize,
    /// Only in single precision
    #[arg(long)]
    f32_only: bool,
    /// What cargo passes on to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    ensure!(arguments.runs >= 7, "an interval of the median needs at least 7 runs");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let embedded = ModelFolder::open(root.join("models/nl-news-ner"))?;
    let texts = texts(&root.join("eval/gold/dev"))?;
    run(&arguments, "the embedded model", &embedded, &texts, arguments.pieces)?;
    if arguments.memory_articles > 0 {
        let (articles, threads) = (arguments.memory_articles, 2);
        let documents = texts.iter().map(|(document, _)| document);
        match memory::peak(documents, articles, threads)? {
            Some(bytes) => println!(
                "  peak memory of `wiezei attribute` over {articles} articles, f32, {threads} \
                 threads: {} MB",
                bytes / 1_000_000
            ),
            None => println!("  peak memory: this system does not tell"),
        }
    }
    if arguments.base_pieces > 0 {
        let folder = tempfile::tempdir()?;
        shapes::write_base(folder.path(), &embedded)?;
        let base = ModelFolder::open(folder.path())?;
        let name = "random weights in the shape of BERT-base";
        run(&arguments, name, &base, &texts, arguments.base_pieces)?;
    }
    Ok(())
}

/// The articles of the regression suite, which are in the repository.
fn texts(folder: &std::path::Path) -> Result<Vec<(Document, Tokenized)>> {
    let mut files = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    let read = |path: PathBuf| -> Result<(Document, Tokenized)> {
        let article: serde_json::Value = serde_json::from_slice(&std::fs::read(&path)?)?;
        let text = article["text"].as_str().context("an article without text")?;
        Ok((Document::new(path.to_string_lossy(), text)?, tokenize(text)))
    };
    files.into_iter().map(read).collect()
}

fn run(
    arguments: &Arguments,
    name: &str,
    folder: &ModelFolder,
    texts: &[(Document, Tokenized)],
    pieces: usize,
) -> Result<()> {
    // Batches that two threads can share evenly; one thread takes them too.
    let two = BertRecognizer::load(folder, BertOptions { threads: 2, ..BertOptions::default() })?;
    let mut inputs = Vec::new();
    let mut batches = Vec::new();
    for (document, tokenized) in texts {
        inputs.push(Input { document, tokenized });
        batches = two.batches(&inputs)?;
        if batches.iter().flatten().map(Vec::len).sum::<usize>() >= pieces {
            break;
        }
    }
    drop(two);
    let lengths: Vec<usize> = batches.iter().flatten().map(Vec::len).collect();
    let read: usize = lengths.iter().sum();
    let is_word = |token: &&wiezei::tokenize::Token| token.kind == TokenKind::Word;
    let words: usize =
        inputs.iter().map(|i| i.tokenized.tokens().iter().filter(is_word).count()).sum();
    let work = shapes::operations(folder, &lengths);
    println!(
        "\n{name}: {words} words, {read} wordpieces in {} inputs and {} batches, {:.1} GFLOP; {} \
         rounds",
        lengths.len(),
        batches.len(),
        work / 1e9,
        arguments.runs
    );

    let precisions: &[Precision] =
        if arguments.f32_only { &[Precision::F32] } else { &[Precision::F32, Precision::Bf16] };
    let mut contest = Contest::new();
    for &precision in precisions {
        for threads in [1, 2] {
            contest.enter(folder, &inputs, &batches, precision, threads)?;
        }
        if let Some(python) = &arguments.python {
            contest.enter_python(python, folder, &batches, precision)?;
        }
    }
    let times = contest.run(arguments.runs)?;
    let per_second = |amount: f64| move |seconds: f64| amount / seconds;
    println!("  {:<42} {:>12} {:>14}", "median of each", "seconds", "wordpieces/s");
    for (label, of_one) in &times {
        let median = Median::of(of_one.iter().copied());
        let rate = Median::of(of_one.iter().copied().map(per_second(read as f64)));
        println!("  {:<42} {:>12.4} {:>14.0}", label.to_string(), median.middle, rate.middle);
    }

    let find = |part: Part, precision: Precision, threads: usize| {
        times.iter().find(|(label, _)| label.is(part, precision, threads)).map(|(_, times)| times)
    };
    let show = |what: &str, a: Option<&Vec<f64>>, b: Option<&Vec<f64>>, scale: f64| {
        let (Some(a), Some(b)) = (a, b) else { return };
        let ratio = Median::of(a.iter().zip(b).map(|(a, b)| scale * b / a));
        println!("  {what:<58} {ratio}");
    };
    println!("  {:<58} median [95% interval]", "times as fast");
    for &precision in precisions {
        for threads in [1, 2] {
            let of = |part| find(part, precision, threads);
            let title = |what: &str| {
                format!(
                    "{} {what}, {threads} thread{}",
                    contestants::name(precision),
                    if threads == 1 { "" } else { "s" }
                )
            };
            let (own, stage) = (of(Part::Own), of(Part::Stage));
            show(&title("forward / rust-bert"), own, of(Part::RustBert), 1.0);
            show(&title("forward / transformers"), own, of(Part::Python), 1.0);
            show(&title("stage / transformers' forward"), stage, of(Part::Python), 1.0);
            show(&title("stage / forward"), stage, own, 1.0);
            // The product's time is that of as many operations as the batches ask for.
            show(&title("forward / matrix peak"), own, of(Part::Peak), 1.0);
        }
        let title = |what: &str| format!("{} {what}", contestants::name(precision));
        let of = |part, threads| find(part, precision, threads);
        show(&title("stage, two threads / one"), of(Part::Stage, 2), of(Part::Stage, 1), 1.0);
        show(&title("forward, two threads / one"), of(Part::Own, 2), of(Part::Own, 1), 1.0);
    }
    for threads in [1, 2] {
        show(
            &format!("bf16 / f32 forward, {threads} threads"),
            find(Part::Own, Precision::Bf16, threads),
            find(Part::Own, Precision::F32, threads),
            1.0,
        );
    }
    for threads in [1, 2] {
        if let Some(stage) = find(Part::Stage, Precision::F32, threads) {
            let rate = Median::of(stage.iter().copied().map(per_second(words as f64)));
            println!("  f32 stage, words a second, {threads} threads{:>28} {rate:.0}", "");
        }
    }
    eprintln!("Done with {name}.");
    Ok(())
}
