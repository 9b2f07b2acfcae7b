//! How much memory the program takes, by the number of articles.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::archive::Archive;
use crate::peak;

/// Prints the peak of `wiezei batch` for one article and for `articles`.
pub(crate) fn measure(texts: &[PathBuf], articles: usize) -> Result<()> {
    for count in [1, articles] {
        let archive = Archive::gather(texts, count)?;
        let folder = tempfile::tempdir()?;
        let child = Command::new(env!("CARGO_BIN_EXE_wiezei"))
            .arg("batch")
            .arg(archive.path())
            .args(["--quiet", "--output"])
            .arg(folder.path().join("out.jsonl"))
            .env_remove("WIEZEI_MODEL")
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start wiezei")?;
        match peak::until_end(child)? {
            Some(bytes) => {
                println!("  {count} articles: at most {} MB (bar: 1200)", bytes / 1_000_000);
            }
            None => println!("  {count} articles: this system does not tell"),
        }
    }
    Ok(())
}
