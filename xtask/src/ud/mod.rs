//! `cargo xtask ud FILE.conllu...`: the tokenizer's scores on treebanks of
//! Universal Dependencies, computed as the shared task of 2018 does (`conll18_ud_eval.py`).
//!
//! The raw text is the sentences' `# text`, joined by one space; a token or a
//! sentence is right if it begins and ends at the same characters, white space
//! not counted. Treebanks of news and of encyclopedias have headings without a
//! full stop, which nobody can find in one long line; a second measurement has
//! a line break after those. No treebank is part of the repository.

mod scores;
mod treebank;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::checkout::Checkout;
use scores::{Layer, Score};
use treebank::{Breaks, Treebank};

/// Scores each file; with `differences` also prints where it differs.
///
/// # Errors
///
/// If a file is no treebank, or wiezei cannot be built or run.
pub(crate) fn run(
    checkout: &Checkout,
    files: &[PathBuf],
    differences: bool,
) -> anyhow::Result<ExitCode> {
    let mut report = String::new();
    for file in files {
        let treebank = Treebank::read(file)?;
        writeln!(report, "{}", file.file_name().unwrap_or_default().display())?;
        for (breaks, what) in
            [(Breaks::None, "one line"), (Breaks::AfterHeadings, "line breaks after headings")]
        {
            let text = treebank.text(breaks);
            let found = tokenize(checkout, &text)?;
            ensure!(
                found.characters() == treebank.gold().characters(),
                "{}: `# text` and tokens differ",
                file.display()
            );
            for (layer, name) in [(Layer::Tokens, "tokens"), (Layer::Sentences, "sentences")] {
                let score = Score::of(treebank.gold().spans(layer), found.spans(layer));
                writeln!(report, "  {what:27} {name:10} {score}")?;
            }
            if differences {
                report.push_str(&scores::differences(&text, treebank.gold(), &found));
            }
        }
    }
    std::io::stdout().write_all(report.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// What `wiezei tokens` finds in `text`.
fn tokenize(checkout: &Checkout, text: &str) -> anyhow::Result<scores::Segmentation> {
    let mut file = tempfile::Builder::new().suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    let path = file.path().to_string_lossy().into_owned();
    let printed = checkout.wiezei(false, &["tokens", "--quiet", "--format", "jsonl", &path])?;
    let record: Value = serde_json::from_str(&printed).context("wiezei wrote no JSON")?;
    let mut found = scores::Segmentation::default();
    for sentence in record["sentences"].as_array().context("no sentences")? {
        for token in sentence["tokens"].as_array().context("no tokens")? {
            found.token(token["text"].as_str().context("a token without text")?);
        }
        found.end_sentence();
    }
    Ok(found)
}
