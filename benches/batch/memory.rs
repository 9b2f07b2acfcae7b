//! How much memory the program takes, by the number of articles.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::archive::Archive;

/// Prints the peak for one article and for `articles`.
pub(crate) fn measure(program: &Path, texts: &[PathBuf], articles: usize) -> Result<()> {
    for count in [1, articles] {
        let archive = Archive::gather(texts, count)?;
        let folder = tempfile::tempdir()?;
        let mut child = Command::new(program)
            .arg("batch")
            .arg(archive.path())
            .args(["--quiet", "--output"])
            .arg(folder.path().join("out.jsonl"))
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        let mut peak = 0.0;
        let ended = loop {
            if let Some(ended) = child.try_wait()? {
                break ended;
            }
            // Gone when the process is.
            peak = std::fs::read_to_string(&status)
                .ok()
                .and_then(|it| high_water(&it))
                .unwrap_or(peak);
            thread::sleep(Duration::from_millis(20));
        };
        ensure!(ended.success(), "the program failed");
        println!("  {count} articles: at most {:.0} MB resident (bar: 1200)", peak / 1000.0);
    }
    Ok(())
}

/// The kilobytes that were resident at most.
fn high_water(status: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
