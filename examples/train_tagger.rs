//! Trains the part-of-speech tagger of `models/nl-tagger` from treebanks in
//! CoNLL-U, and measures it by cross-validation.
//!
//! ```sh
//! cargo run --release --example train_tagger -- --folds 5 TREEBANK.conllu...
//! cargo run --release --example train_tagger -- --out models/nl-tagger/weights.bin.gz TREEBANK.conllu...
//! ```

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Parser;
use flate2::read::MultiGzDecoder;
use wiezei::syntax::tagger::{Pos, Sentence, Tag, Weights, predict, train};

/// Trains the part-of-speech tagger, or measures it by cross-validation.
#[derive(Debug, Parser)]
struct Args {
    /// Treebanks in CoNLL-U, plain or compressed (.gz)
    #[arg(required = true)]
    treebanks: Vec<PathBuf>,
    /// Where the weights are written
    #[arg(long, required_unless_present = "folds")]
    out: Option<PathBuf>,
    /// Train on all but a fold of the sentences and measure on it, for each fold
    #[arg(long)]
    folds: Option<usize>,
    /// How often each sentence is seen
    #[arg(long, default_value_t = 6)]
    epochs: usize,
    /// Seed of the order of sentences
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut sentences = Vec::new();
    for path in &args.treebanks {
        read(path, &mut sentences).with_context(|| format!("{} cannot be read", path.display()))?;
    }
    ensure!(!sentences.is_empty(), "there is no sentence in these files");
    if let Some(folds) = args.folds {
        ensure!(folds > 1, "at least two folds are needed");
        cross_validate(&sentences, folds, args.epochs, args.seed);
    }
    if let Some(out) = args.out {
        let weights = train(&sentences, args.epochs, args.seed);
        fs::write(&out, weights.pack()?)
            .with_context(|| format!("{} is not written", out.display()))?;
    }
    Ok(())
}

fn read(path: &Path, sentences: &mut Vec<Sentence>) -> anyhow::Result<()> {
    let file = fs::File::open(path)?;
    let plain: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut sentence = Sentence::default();
    for (number, line) in BufReader::new(plain).lines().enumerate() {
        let line = line?;
        if line.is_empty() && !sentence.words.is_empty() {
            sentences.push(std::mem::take(&mut sentence));
        }
        let columns: Vec<&str> = line.split('\t').collect();
        // Comments, and words that are taken apart (`1-2`) or left out (`1.1`).
        if line.starts_with('#') || columns.len() != 10 || columns[0].parse::<usize>().is_err() {
            continue;
        }
        let tag = Tag::from_treebank(columns[3], columns[5])
            .with_context(|| format!("line {}: no part of speech {}", number + 1, columns[3]))?;
        sentence.words.push(columns[1].to_owned());
        sentence.tags.push(tag);
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    Ok(())
}

/// Counts over held-out sentences.
#[derive(Debug, Default)]
struct Counts {
    words: usize,
    pos: usize,
    tags: usize,
    finite_found: usize,
    finite_labelled: usize,
    finite_right: usize,
}

impl Counts {
    /// Counts a word; the tokenizer tells punctuation, not the tagger.
    fn add(&mut self, predicted: Tag, labelled: Tag) {
        if matches!(labelled.pos(), Pos::Punctuation | Pos::Symbol) {
            return;
        }
        self.words += 1;
        self.pos += usize::from(predicted.pos() == labelled.pos());
        self.tags += usize::from(predicted == labelled);
        self.finite_found += usize::from(predicted.is_finite());
        self.finite_labelled += usize::from(labelled.is_finite());
        self.finite_right += usize::from(predicted.is_finite() && labelled.is_finite());
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what this mode is for")]
fn cross_validate(sentences: &[Sentence], folds: usize, epochs: usize, seed: u64) {
    let mut counts = Counts::default();
    for fold in 0..folds {
        // Blocks, not every n-th: neighbours are of one text.
        let held = fold * sentences.len() / folds..(fold + 1) * sentences.len() / folds;
        let rest: Vec<Sentence> = sentences
            .iter()
            .enumerate()
            .filter(|(at, _)| !held.contains(at))
            .map(|(_, sentence)| sentence.clone())
            .collect();
        let weights: Weights = train(&rest, epochs, seed);
        for sentence in &sentences[held] {
            let tags = predict(&weights, &sentence.words);
            tags.into_iter().zip(&sentence.tags).for_each(|(own, gold)| counts.add(own, *gold));
        }
    }
    let share = |right: usize, all: usize| 100.0 * right as f64 / all as f64;
    println!("{} words in {} sentences, {folds} folds", counts.words, sentences.len());
    println!("part of speech            {:.2} %", share(counts.pos, counts.words));
    println!("part of speech and form   {:.2} %", share(counts.tags, counts.words));
    println!(
        "finite verbs              precision {:.2} %, recall {:.2} %",
        share(counts.finite_right, counts.finite_found),
        share(counts.finite_right, counts.finite_labelled)
    );
}
