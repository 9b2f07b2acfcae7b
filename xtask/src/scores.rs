//! `cargo xtask scores`: the committed scores, made anew.
//!
//! Writes `eval/scores.json`, `eval/SCORES.md` and `eval/cases.csv` for the two
//! halves of `eval/gold`, with the names recorded in `eval/gold/names.jsonl`;
//! for news articles, whose texts are not in the repository, from a folder
//! that is named, and for novels; with either the README's table too. With `--record` the names are recorded anew first, from the
//! embedded model.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::{Map, Value};

use crate::checkout::Checkout;
use crate::{score_table, setup};

/// The halves of the labelled articles in the repository.
const HALVES: [&str; 2] = ["dev", "test"];

/// What the page of scores begins with.
const INTRODUCTION: &str = "\
# Scores

Made by `cargo xtask scores`; do not edit. What the figures mean, and who made
the labels, is in [README.md](README.md). `eval/gold` is a regression suite:
its articles were written for it, and its figures say nothing about news.
";

/// Where the names of the labelled articles are recorded.
const NAMES: &str = "eval/gold/names.jsonl";

/// Labelled documents whose texts are not in the repository.
pub(crate) struct Elsewhere {
    /// A folder of gold documents.
    pub(crate) news: Option<PathBuf>,
    /// A folder of their texts, if they have none themselves.
    pub(crate) texts: Option<PathBuf>,
    /// Novels in quoteannotator's XML.
    pub(crate) novels: Vec<PathBuf>,
    /// The names in both, if they were found before.
    pub(crate) names: Option<PathBuf>,
}

impl Elsewhere {
    /// What scores the labels in `gold`, with the model unless there are names.
    fn arguments(&self, gold: &[PathBuf]) -> Vec<String> {
        let written = |path: &PathBuf| path.to_string_lossy().into_owned();
        let mut arguments = vec!["eval".to_owned(), "--quiet".to_owned()];
        arguments.extend(gold.iter().map(written));
        if let Some(names) = &self.names {
            arguments.extend(["--names".to_owned(), written(names)]);
        }
        arguments
    }

    /// The tables and the JSON of the scores that `arguments` ask for.
    fn score(&self, checkout: &Checkout, arguments: &[String]) -> anyhow::Result<(String, Value)> {
        if self.names.is_none() {
            setup::ensure(checkout)?;
        }
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let text = checkout.wiezei(self.names.is_none(), &arguments)?;
        arguments.extend(["--format", "json"]);
        let json = checkout.wiezei(self.names.is_none(), &arguments)?;
        Ok((text, serde_json::from_str(&json)?))
    }
}

/// Scores anew, with what is `elsewhere` if any is named. `record` asks the
/// embedded model for the names of `eval/gold` first.
///
/// # Errors
///
/// If wiezei cannot be built or run, or a file cannot be written.
pub(crate) fn run(
    checkout: &Checkout,
    elsewhere: &Elsewhere,
    record: bool,
) -> anyhow::Result<ExitCode> {
    if record {
        setup::ensure(checkout)?;
        record_names(checkout)?;
    }
    let eval = checkout.root().join("eval");
    let committed = eval.join("scores.json");
    let mut scores: Map<String, Value> = match fs::read(&committed) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .with_context(|| format!("{} is damaged; remove it", committed.display()))?,
        Err(_) => Map::new(),
    };
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut cases = String::new();
    for half in HALVES {
        let folder = format!("eval/gold/{half}");
        let arguments = ["eval", "--quiet", &folder, "--names", NAMES];
        let rows = tempfile::NamedTempFile::new()?;
        let rows_path = rows.path().to_string_lossy().into_owned();
        let mut with_cases = arguments.to_vec();
        with_cases.extend(["--cases", &rows_path, "--format", "json"]);
        let json = checkout.wiezei(false, &with_cases)?;
        scores.insert(format!("gold_{half}"), serde_json::from_str(&json)?);
        texts.push((folder.clone(), checkout.wiezei(false, &arguments)?));
        let rows = fs::read_to_string(rows.path())?;
        let skip = usize::from(!cases.is_empty());
        rows.split_inclusive('\n').skip(skip).for_each(|row| cases.push_str(row));
    }
    if let Some(news) = &elsewhere.news {
        let mut arguments = elsewhere.arguments(std::slice::from_ref(news));
        if let Some(texts) = &elsewhere.texts {
            arguments.extend(["--texts".to_owned(), texts.to_string_lossy().into_owned()]);
        }
        let (text, score) = elsewhere.score(checkout, &arguments)?;
        scores.insert("news".into(), score);
        fs::write(eval.join("news-scores.txt"), &text)?;
    }
    if !elsewhere.novels.is_empty() {
        let arguments = elsewhere.arguments(&elsewhere.novels);
        scores.insert("novels".into(), elsewhere.score(checkout, &arguments)?.1);
    }
    if elsewhere.news.is_some() || !elsewhere.novels.is_empty() {
        let readme = checkout.root().join("README.md");
        let renewed = score_table::renew(&fs::read_to_string(&readme)?, &scores)?;
        fs::write(readme, renewed)?;
        eprintln!("Renewed the table of scores in README.md.");
    }
    if let Ok(text) = fs::read_to_string(eval.join("news-scores.txt")) {
        texts.push(("news articles (`eval/news`; names by the embedded model)".into(), text));
    }
    fs::write(&committed, serde_json::to_string_pretty(&scores)? + "\n")?;
    fs::write(eval.join("cases.csv"), cases)?;
    // What the errors are is told by hand.
    let errors = eval.join("ERRORS.md");
    let errors = fs::read_to_string(&errors)
        .with_context(|| format!("{} cannot be read", errors.display()))?;
    fs::write(eval.join("SCORES.md"), format!("{}\n#{errors}", page(&texts)))?;
    eprintln!("Wrote eval/scores.json, eval/SCORES.md and eval/cases.csv.");
    Ok(ExitCode::SUCCESS)
}

/// Writes the names that the embedded model finds in the labelled articles, in
/// the order of their files.
fn record_names(checkout: &Checkout) -> anyhow::Result<()> {
    let mut texts = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    for half in HALVES {
        let folder = checkout.root().join("eval/gold").join(half);
        let mut files = fs::read_dir(&folder)?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        files.sort();
        for file in files {
            let gold: Value = serde_json::from_slice(&fs::read(&file)?)
                .with_context(|| format!("{} is no JSON", file.display()))?;
            let record = serde_json::json!({"id": gold["id"], "text": gold["text"]});
            writeln!(texts, "{record}")?;
        }
    }
    let path = texts.path().to_string_lossy().into_owned();
    let found = checkout.wiezei(true, &["attribute", "--quiet", "--format", "jsonl", &path])?;
    let mut recorded = String::new();
    for line in found.lines() {
        let document: Value = serde_json::from_str(line)?;
        let kept = serde_json::json!({
            "id": document["id"],
            "named_entities": document["named_entities"],
        });
        recorded.push_str(&kept.to_string());
        recorded.push('\n');
    }
    fs::write(checkout.root().join(NAMES), recorded)?;
    eprintln!("Wrote {NAMES}.");
    Ok(())
}

/// The tables of each set under a heading.
fn page(texts: &[(String, String)]) -> String {
    let section = |(name, text): &(String, String)| {
        format!("\n## {name}\n\n```text\n{}\n```\n", text.trim_end())
    };
    let sections: String = texts.iter().map(section).collect();
    format!("{INTRODUCTION}{sections}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_each_set_under_its_name() {
        let page = page(&[("a".into(), "one\n".into()), ("b".into(), "two".into())]);
        assert!(page.starts_with("# Scores"));
        assert!(page.contains("## a\n\n```text\none\n```\n"));
        assert!(page.ends_with("## b\n\n```text\ntwo\n```\n"));
    }
}
