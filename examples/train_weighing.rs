//! Trains the weights by which a quotation is given to somebody that no words beside it
//! give away (`src/attribution/weighing/weights.tsv`), and measures by cross-validation
//! over documents what they bring.
//!
//! ```sh
//! cargo run --release --no-default-features --example train_weighing -- \
//!     --gold FOLDER --names NAMES.jsonl --gold FOLDER --names NAMES.jsonl \
//!     --out src/attribution/weighing/weights.tsv
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::ensure;
use clap::Parser;
use wiezei::annotated::Annotated;
use wiezei::attribution::{Explanation, Weighed};
use wiezei::scoring::{Answer, evaluate};
use wiezei::sources::SourceIndex;

use training::{Set, solve, write_weights};

mod training;

/// Trains the weights and measures them on documents left out.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    labelled: training::Labelled,
    /// Parts into which the documents are divided
    #[arg(long, default_value_t = 10)]
    folds: usize,
    /// How strongly weights are held near 0
    #[arg(long, default_value_t = 3.0)]
    ridge: f64,
    /// Where the weights are written
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A quotation with everyone whose it could be.
struct Item {
    set: usize,
    document: usize,
    /// The facts of each option, by their number, with their values.
    options: Vec<Vec<(usize, f64)>>,
    /// Whether each is right.
    right: Vec<bool>,
    /// Whom the rules name, as an option.
    rules: Option<usize>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    ensure!(args.folds > 1, "at least two folds are needed");
    let sets = args.labelled.read()?;
    let mut facts = BTreeMap::new();
    let mut items = Vec::new();
    let mut document = 0;
    for (number, set) in sets.iter().enumerate() {
        for (labelled, found) in set.labelled.iter().zip(&set.found) {
            document += 1;
            for explanation in &found.explanations {
                if explanation.weighed.is_empty() {
                    continue;
                }
                let Some(right) = right(labelled, found, explanation)? else { continue };
                let number_of = |facts: &mut BTreeMap<String, usize>, name: String| {
                    let next = facts.len();
                    *facts.entry(name).or_insert(next)
                };
                let options = explanation.weighed.iter().map(|option| {
                    let facts = option.facts.iter().map(|fact| {
                        (number_of(&mut facts, fact.to_string()), f64::from(fact.value))
                    });
                    facts.collect()
                });
                items.push(Item {
                    set: number,
                    document,
                    options: options.collect(),
                    right,
                    rules: explanation.weighed.iter().position(|option| option.is_first),
                });
            }
        }
    }
    measure(&args, &sets, &items, facts.len());
    if let Some(out) = args.out {
        let all: Vec<&Item> = items.iter().collect();
        let weights = fit(&all, facts.len(), args.ridge);
        let remarks = "\
            # Weights by which a quotation is given to somebody near: a fact, a tab, its weight.\n\
            # What a fact means is told in facts.rs; numbers are logarithms.\n\
            # Made by `cargo run --example train_weighing`, which tells how.\n";
        write_weights(&out, remarks, &facts, &weights)?;
    }
    Ok(())
}

/// Whether each option is right; `None` where the quotation is not labelled.
fn right(
    labelled: &Annotated,
    found: &Annotated,
    explanation: &Explanation,
) -> anyhow::Result<Option<Vec<bool>>> {
    let mut right = Vec::new();
    for option in &explanation.weighed {
        let answer = answer(labelled, found, explanation.quotation, option)?;
        let Some(answer) = answer else { return Ok(None) };
        right.push(answer == Answer::Right);
    }
    Ok(Some(right))
}

/// How good it would be to give a quotation to an option.
fn answer(
    labelled: &Annotated,
    found: &Annotated,
    quotation: usize,
    option: &Weighed,
) -> anyhow::Result<Option<Answer>> {
    let mut given = found.clone();
    given.quotations[quotation].mention = None;
    given.quotations[quotation].source = option.source.as_ref().map(|source| {
        given.sources.push(source.clone());
        SourceIndex(given.sources.len() - 1)
    });
    let given = [given];
    let evaluation = evaluate(std::slice::from_ref(labelled), &given, None, None)?;
    let cases = evaluation.documents.iter().flat_map(|score| &score.cases);
    let mut own = cases.filter(|case| case.predicted.is_some_and(|it| it.0 == quotation));
    Ok(own.next().map(|case| case.answer))
}

/// Prints how often the rules are right and how often the weights, on documents that these
/// were not fitted to.
#[expect(clippy::print_stdout, reason = "the measures are this program's output")]
fn measure(args: &Args, sets: &[Set], items: &[Item], facts: usize) {
    let mut counts = vec![[0_u32; 4]; sets.len()];
    let (mut total, mut answered) = (0.0, 0_u32);
    for fold in 0..args.folds {
        let train: Vec<&Item> =
            items.iter().filter(|item| item.document % args.folds != fold).collect();
        let weights = fit(&train, facts, args.ridge);
        for item in items.iter().filter(|item| item.document % args.folds == fold) {
            let shares = shares(item, &weights);
            let best = (0..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
            let hit = |option: Option<usize>| u32::from(option.is_some_and(|n| item.right[n]));
            let rules = hit(item.rules);
            let weighed = hit(best);
            let count = &mut counts[item.set];
            count[0] += 1;
            count[1] += rules;
            count[2] += weighed;
            count[3] += u32::from(item.right.iter().any(|right| *right));
            if item.right.iter().any(|right| *right) {
                answered += 1;
                total += loss(item, &weights);
            }
        }
    }
    for (set, [all, rules, weighed, there]) in sets.iter().zip(counts) {
        println!(
            "{}: {all} quotations, right by rules {rules}, by weights {weighed}, among the options {there}",
            set.name
        );
    }
    println!("mean loss where one is right {:.4}", total / f64::from(answered));
}

/// The share of each option.
fn shares(item: &Item, weights: &[f64]) -> Vec<f64> {
    let sum = |facts: &Vec<(usize, f64)>| -> f64 {
        facts.iter().map(|&(fact, value)| weights[fact] * value).sum()
    };
    let sums: Vec<f64> = item.options.iter().map(sum).collect();
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let likely: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f64 = likely.iter().sum();
    likely.iter().map(|it| it / all).collect()
}

/// Conditional logit with a ridge, by Newton's method. Where several options are right,
/// the likelier of them counts for more.
fn fit(items: &[&Item], facts: usize, ridge: f64) -> Vec<f64> {
    const STEPS: usize = 20;
    const HALVINGS: i32 = 10;
    let mut weights = vec![0.0; facts];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| -ridge * weight).collect();
        let mut curvature = vec![vec![0.0; facts]; facts];
        for (n, row) in curvature.iter_mut().enumerate() {
            row[n] = ridge;
        }
        let informative =
            |item: &&&Item| item.right.iter().any(|it| *it) && item.right.iter().any(|it| !*it);
        for item in items.iter().filter(informative) {
            let shares = shares(item, &weights);
            let of_right: f64 =
                shares.iter().zip(&item.right).filter(|it| *it.1).map(|it| it.0).sum();
            let mut mean = BTreeMap::new();
            for ((option, &share), &right) in item.options.iter().zip(&shares).zip(&item.right) {
                let target = if right { share / of_right } else { 0.0 };
                for &(a, x) in option {
                    gradient[a] += (target - share) * x;
                    *mean.entry(a).or_insert(0.0) += share * x;
                    for &(b, y) in option {
                        curvature[a][b] += share * x * y;
                    }
                }
            }
            for (&a, x) in &mean {
                for (&b, y) in &mean {
                    curvature[a][b] -= x * y;
                }
            }
        }
        // A step that goes too far is halved.
        let step = solve(curvature, gradient);
        let before = cost(items, &weights, ridge);
        let shorter = (0..HALVINGS).map(|times| 0.5_f64.powi(times)).map(|share| {
            weights.iter().zip(&step).map(|(weight, step)| weight + share * step).collect()
        });
        let better = shorter.into_iter().find(|it: &Vec<f64>| cost(items, it, ridge) < before);
        let Some(better) = better else { break };
        weights = better;
    }
    weights
}

/// What [`fit`] makes as small as it can.
fn cost(items: &[&Item], weights: &[f64], ridge: f64) -> f64 {
    let informative = |item: &&&Item| item.right.iter().any(|it| *it);
    let losses = items.iter().filter(informative).map(|item| loss(item, weights));
    losses.sum::<f64>() + ridge / 2.0 * weights.iter().map(|it| it * it).sum::<f64>()
}

/// How far the shares are from giving all to the right options.
fn loss(item: &Item, weights: &[f64]) -> f64 {
    let shares = shares(item, weights);
    let right: f64 = shares.iter().zip(&item.right).filter(|it| *it.1).map(|it| it.0).sum();
    -right.max(1e-9).ln()
}
