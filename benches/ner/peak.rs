//! How much memory a process takes at most.

use std::fs;
use std::process::Child;
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};

/// Waits for the end of a process, and tells the most bytes that it had in
/// memory; `None` where the system does not tell.
pub(crate) fn until_end(mut child: Child) -> Result<Option<u64>> {
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
    ensure!(status.success(), "the program failed over the articles: {status}");
    Ok(peak)
}

/// The most bytes that the process has had in memory so far, as Linux tells.
fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
