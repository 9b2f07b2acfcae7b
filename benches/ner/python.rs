//! Python transformers as a contestant: a process that loads the model once
//! and then runs the batches each time that it is asked to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use wiezei::ner::models::ModelFolder;

/// The process.
pub(crate) struct Python {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
    /// The batches, where it reads them.
    _batches: tempfile::NamedTempFile,
}

impl Python {
    pub(crate) fn start(
        python: &Path,
        folder: &ModelFolder,
        batches: &[Vec<Vec<i64>>],
        precision: &str,
    ) -> Result<Self> {
        let file = tempfile::NamedTempFile::new()?;
        serde_json::to_writer(&file, batches)?;
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/ner/transformers_pass.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg(folder.path())
            .arg(file.path())
            .arg(precision)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", python.display()))?;
        let ask = child.stdin.take().context("no standard input")?;
        let answer = BufReader::new(child.stdout.take().context("no standard output")?);
        Ok(Self { child, ask, answer, _batches: file })
    }

    /// How long a pass over all batches takes, in seconds.
    pub(crate) fn pass(&mut self, threads: usize) -> Result<f64> {
        writeln!(self.ask, "{threads}")?;
        self.ask.flush()?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        line.trim().parse().context("transformers did not run; its message stands above")
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
