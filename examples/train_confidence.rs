//! Trains the model of confidence (`src/attribution/confidence.tsv`) on labelled
//! articles, and measures it by cross-validation over documents.
//!
//! ```sh
//! cargo run --release --no-default-features --example train_confidence -- \
//!     --gold FOLDER --names NAMES.jsonl --gold FOLDER --names NAMES.jsonl \
//!     --out src/attribution/confidence.tsv
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Parser;
use wiezei::annotated::Annotated;
use wiezei::scoring::{Answer, evaluate};

use training::{solve, write_weights};

mod training;

/// Trains the model of confidence and measures it on documents left out.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    labelled: training::Labelled,
    /// Parts into which the documents are divided
    #[arg(long, default_value_t = 10)]
    folds: usize,
    /// How strongly weights are held near 0
    #[arg(long, default_value_t = 2.0)]
    ridge: f64,
    /// Where the weights are written
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A predicted quotation.
struct Item {
    document: usize,
    quotation: usize,
    /// Features by their number, with their values.
    features: Vec<(usize, f64)>,
    right: bool,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    ensure!(args.folds > 1, "at least two folds are needed");
    let mut labelled: Vec<Annotated> = Vec::new();
    let mut found: Vec<Annotated> = Vec::new();
    let mut sets = Vec::new();
    for set in args.labelled.read()? {
        let first = labelled.len();
        labelled.extend(set.labelled);
        found.extend(set.found);
        sets.push((set.name, first..labelled.len()));
    }
    let (items, features) = items(&labelled, &found)?;
    // Documents are dealt out in turn, so that each fold has some of each set.
    let mut probabilities = vec![0.0; items.len()];
    for fold in 0..args.folds {
        let train: Vec<&Item> =
            items.iter().filter(|item| item.document % args.folds != fold).collect();
        let weights = fit(&train, features.len(), args.ridge);
        for (item, probability) in items.iter().zip(&mut probabilities) {
            if item.document % args.folds == fold {
                *probability = predict(item, &weights);
            }
        }
    }
    for (item, probability) in items.iter().zip(probabilities) {
        found[item.document].quotations[item.quotation].confidence = Some(probability as f32);
    }
    for (name, set) in sets {
        report(&name, &labelled[set.clone()], &found[set.clone()])?;
        let marked =
            |all: &[Annotated]| -> Vec<Annotated> { all.iter().map(only_marked).collect() };
        report("  in marks", &marked(&labelled[set.clone()]), &marked(&found[set]))?;
    }
    if let Some(out) = args.out {
        let all: Vec<&Item> = items.iter().collect();
        let weights = fit(&all, features.len(), args.ridge);
        let remarks = "\
            # Weights of the logistic model of confidence: a feature, a tab, its weight.\n\
            # What a feature means is told in confidence.rs; numbers are logarithms.\n\
            # Made by `cargo run --example train_confidence`, which tells how.\n";
        write_weights(&out, remarks, &features, &weights)?;
    }
    Ok(())
}

/// All predicted quotations, and the numbers of their features.
fn items(
    labelled: &[Annotated],
    found: &[Annotated],
) -> anyhow::Result<(Vec<Item>, BTreeMap<String, usize>)> {
    let evaluation = evaluate(labelled, found, None, None)?;
    let mut features = BTreeMap::new();
    let mut items = Vec::new();
    for (number, annotated) in found.iter().enumerate() {
        let id = annotated.document.id();
        let score = evaluation.documents.iter().find(|score| score.gold.document.id() == id);
        let score = score.with_context(|| format!("no score of {id}"))?;
        let is_right = |quotation: usize| {
            score.cases.iter().any(|case| {
                case.answer == Answer::Right && case.predicted.is_some_and(|it| it.0 == quotation)
            })
        };
        for explanation in &annotated.explanations {
            let numbered = explanation.features.iter().map(|feature| {
                let next = features.len();
                let number = *features.entry(feature.to_string()).or_insert(next);
                (number, f64::from(feature.value))
            });
            items.push(Item {
                document: number,
                quotation: explanation.quotation,
                features: numbered.collect(),
                right: is_right(explanation.quotation),
            });
        }
    }
    Ok((items, features))
}

fn predict(item: &Item, weights: &[f64]) -> f64 {
    let sum: f64 = item.features.iter().map(|&(feature, value)| weights[feature] * value).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Ridge logistic regression by Newton's method.
fn fit(items: &[&Item], features: usize, ridge: f64) -> Vec<f64> {
    const STEPS: usize = 12;
    let mut weights = vec![0.0; features];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| -ridge * weight).collect();
        let mut curvature = vec![vec![0.0; features]; features];
        for (n, row) in curvature.iter_mut().enumerate() {
            row[n] = ridge;
        }
        for item in items {
            let probability = predict(item, &weights);
            let error = f64::from(u8::from(item.right)) - probability;
            let spread = probability * (1.0 - probability);
            for &(a, x) in &item.features {
                gradient[a] += error * x;
                for &(b, y) in &item.features {
                    curvature[a][b] += spread * x * y;
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(curvature, gradient)) {
            *weight += step;
        }
    }
    weights
}

fn only_marked(annotated: &Annotated) -> Annotated {
    let mut marked = annotated.clone();
    marked.quotations.retain(|quotation| quotation.kind.is_marked());
    for quotation in &mut marked.quotations {
        quotation.parent = None;
        quotation.continues = None;
    }
    marked
}

/// Prints what the confidences are worth on documents that were left out.
#[expect(clippy::print_stdout, reason = "the measures are this program's output")]
fn report(name: &str, labelled: &[Annotated], found: &[Annotated]) -> anyhow::Result<()> {
    const SHARE: f64 = 0.8;
    let calibration = evaluate(labelled, found, None, None)?.calibration(None);
    let surest = calibration.coverage.iter().find(|at| (at.share - SHARE).abs() < 1e-9);
    println!(
        "{name}: {} of {} right, calibration error {:.3}, AUROC {:.3}, {:.3} right of the surest 80 %",
        calibration.right,
        calibration.cases,
        calibration.error.unwrap_or(f64::NAN),
        calibration.auroc.unwrap_or(f64::NAN),
        surest.map_or(f64::NAN, |at| at.accuracy),
    );
    Ok(())
}
