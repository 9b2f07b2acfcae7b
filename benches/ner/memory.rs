//! How much memory the program takes at most while it reads many articles.

use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde_json::json;
use wiezei::text::Document;

use crate::peak;

/// The most bytes that `wiezei attribute` had in memory, with the embedded
/// model, over as many articles as asked for: `documents` again and again.
/// `None` where the system does not tell.
pub(crate) fn peak<'a>(
    documents: impl Iterator<Item = &'a Document> + Clone,
    articles: usize,
    threads: usize,
) -> Result<Option<u64>> {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    for (n, document) in documents.cycle().take(articles).enumerate() {
        writeln!(file, "{}", json!({"id": n.to_string(), "text": document.text()}))?;
    }
    file.flush()?;
    let child = Command::new(env!("CARGO_BIN_EXE_wiezei"))
        .args(["attribute", "--quiet", "--format", "jsonl", "--threads", &threads.to_string()])
        .arg(file.path())
        .env_remove("WIEZEI_MODEL")
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start wiezei")?;
    peak::until_end(child)
}
