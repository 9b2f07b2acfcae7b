//! What an archive costs by how many articles it has: time, and memory.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use crate::archive::Archive;
use crate::peak;

/// Runs `wiezei batch` over one article, over `articles`, ten times as many, and
/// `articles` again, each in a process of its own; those of the archive over and
/// over, where it has fewer.
pub(crate) fn measure(texts: &[PathBuf], articles: usize) -> Result<()> {
    ensure!(articles > 1, "--scale is at least 2");
    let mut costs = Vec::new();
    for count in [1, articles, 10 * articles, articles] {
        let archive = Archive::gather(texts, count)?;
        let folder = tempfile::tempdir()?;
        let start = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_wiezei"))
            .arg("batch")
            .arg(archive.path())
            .args(["--quiet", "--output"])
            .arg(folder.path().join("out.jsonl"))
            .env_remove("WIEZEI_MODEL")
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start wiezei")?;
        let peak = peak::until_end(child)?;
        let seconds = start.elapsed().as_secs_f64();
        let memory = peak.map_or("memory that this system does not tell".to_owned(), |bytes| {
            format!("at most {} MB of memory (bar: 1200)", bytes / 1_000_000)
        });
        let a_second = count as f64 / seconds;
        println!("  {count} articles: {seconds:.1} s, {a_second:.1} articles/s, {memory}");
        costs.push(seconds / archive.bytes() as f64);
    }
    let (before, many, behind) = (costs[1], costs[2], costs[3]);
    let [low, high] = [before.max(behind), before.min(behind)].map(|few| many / few);
    println!("  a byte of ten times as many costs {low:.3} to {high:.3} times as much (bar: 1.15)");
    Ok(())
}
