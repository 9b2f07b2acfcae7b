//! What the programs that fit models to labelled articles share.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, ensure};
use clap::Args;
use wiezei::annotated::Annotated;
use wiezei::formats::{Names, Texts, gold};
use wiezei::ner::Recorded;
use wiezei::pipeline::Pipeline;

/// What a model is trained on.
#[derive(Debug, Args)]
pub(crate) struct Labelled {
    /// Folders of labelled articles
    #[arg(long, required = true)]
    gold: Vec<PathBuf>,
    /// The named entities of each folder's articles, in the same order
    #[arg(long, required = true)]
    names: Vec<PathBuf>,
}

/// The articles of one folder, as they are labelled and as the program finds them, with
/// explanations.
#[derive(Debug)]
pub(crate) struct Set {
    pub name: String,
    pub labelled: Vec<Annotated>,
    pub found: Vec<Annotated>,
}

impl Labelled {
    /// Reads all folders and lets the program read their articles.
    pub(crate) fn read(&self) -> anyhow::Result<Vec<Set>> {
        ensure!(self.gold.len() == self.names.len(), "each folder needs its file of names");
        self.gold.iter().zip(&self.names).map(|(folder, names)| set(folder, names)).collect()
    }
}

fn set(folder: &Path, names: &Path) -> anyhow::Result<Set> {
    let labelled =
        gold::read(folder, &Texts::default()).map_err(|errors| anyhow!("{}", errors[0]))?;
    let names = Names::read(names)?;
    let mut recorded = Recorded::new();
    for it in &labelled {
        let document = &it.document;
        let entities = names.of(document).with_context(|| format!("no names of {}", document.id()));
        recorded.insert(document.id(), entities??);
    }
    let documents = labelled.iter().map(|labelled| labelled.document.clone()).collect();
    let found = Pipeline::new(Box::new(recorded)).explain(documents)?;
    Ok(Set { name: folder.display().to_string(), labelled, found })
}

/// Writes weights as the program reads them: remarks, then a feature and its weight a line.
pub(crate) fn write_weights(
    out: &Path,
    remarks: &str,
    features: &BTreeMap<String, usize>,
    weights: &[f64],
) -> anyhow::Result<()> {
    let mut list = remarks.to_owned();
    for (name, &number) in features {
        writeln!(list, "{name}\t{:.3}", weights[number])?;
    }
    fs::write(out, list).with_context(|| format!("{} is not written", out.display()))
}

/// One step of Newton's method: solves a system of linear equations whose matrix is
/// positive definite.
pub(crate) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let (above, below) = matrix.split_at_mut(pivot + 1);
        let row = &above[pivot];
        for (n, other) in below.iter_mut().enumerate() {
            let factor = other[pivot] / row[pivot];
            for column in pivot..size {
                other[column] -= factor * row[column];
            }
            right[pivot + 1 + n] -= factor * right[pivot];
        }
    }
    for pivot in (0..size).rev() {
        let known: f64 = (pivot + 1..size).map(|n| matrix[pivot][n] * right[n]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}
