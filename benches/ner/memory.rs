//! How much memory the program takes at most while it reads many articles.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use wiezei::text::Document;

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
    let mut child = Command::new(env!("CARGO_BIN_EXE_wiezei"))
        .args(["attribute", "--quiet", "--format", "jsonl", "--threads", &threads.to_string()])
        .arg(file.path())
        .env_remove("WIEZEI_MODEL")
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start wiezei")?;
    // The system keeps the peak, so that the last look before the end has it,
    // but for what the last fraction of a second adds.
    let mut peak = None;
    let status = loop {
        peak = high_water(child.id()).max(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(20));
    };
    ensure!(status.success(), "wiezei failed over the articles: {status}");
    Ok(peak)
}

/// The most bytes that the process has had in memory so far, as Linux tells.
fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
