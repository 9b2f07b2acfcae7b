//! Showing how far a download or an unpacking is: a bar on a terminal, a line
//! each quarter where there is none (a log of continuous integration ends a
//! job that is silent for long).

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A count of bytes that grows.
#[derive(Debug)]
pub(crate) struct Progress {
    what: String,
    done: u64,
    total: Option<u64>,
    quarters: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to show progress over `total` bytes, if that is known.
    pub(crate) fn new(what: &str, total: Option<u64>) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let template = if total.is_some() {
                "  {msg} {wide_bar} {decimal_bytes} of {decimal_total_bytes}, {eta} left"
            } else {
                "  {msg} {spinner} {decimal_bytes}"
            };
            let style =
                ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
            let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
            bar.with_style(style).with_message(what.to_owned())
        });
        Self { what: what.to_owned(), done: 0, total, quarters: 0, bar }
    }

    /// `bytes` more are done.
    pub(crate) fn add(&mut self, bytes: u64) {
        self.set(self.done + bytes);
    }

    /// `bytes` are done in all.
    pub(crate) fn set(&mut self, bytes: u64) {
        self.done = bytes;
        if let Some(bar) = &self.bar {
            bar.set_position(bytes);
            return;
        }
        let Some(total) = self.total.filter(|&total| total > 0) else { return };
        let quarters = (bytes * 4 / total).min(4);
        if quarters > self.quarters {
            self.quarters = quarters;
            eprintln!("  {}: {} of {}", self.what, megabytes(bytes), megabytes(total));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `bytes` for a reader, in units of 10^6.
pub(crate) fn megabytes(bytes: u64) -> String {
    if bytes < 10_000_000 {
        format!("{:.1} MB", bytes as f64 / 1e6)
    } else {
        format!("{} MB", bytes.saturating_add(500_000) / 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_decimal_megabytes() {
        assert_eq!(megabytes(797_262_052), "797 MB");
        assert_eq!(megabytes(1_347_801), "1.3 MB");
        assert_eq!(megabytes(0), "0.0 MB");
    }
}
