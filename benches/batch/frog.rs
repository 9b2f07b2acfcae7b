//! Frog, with nothing but what its names need.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, ensure};
use wiezei::text::Document;

/// How many articles a second Frog finds the names of, its start left out;
/// `None` if it is not installed.
pub(crate) fn articles_a_second(frog: &Path, documents: &[Document]) -> Result<Option<f64>> {
    let folder = tempfile::tempdir()?;
    let whole = folder.path().join("whole.txt");
    let nothing = folder.path().join("nothing.txt");
    let texts: Vec<&str> = documents.iter().map(Document::text).collect();
    std::fs::write(&whole, texts.join("\n\n"))?;
    std::fs::write(&nothing, "Ja.\n")?;
    let pass = |file: &Path| -> Result<Option<f64>> {
        let start = Instant::now();
        // Lemmas, morphemes, chunks, multi-word units and the parser left out.
        let run = Command::new(frog)
            .args(["--skip=lacmp", "-t"])
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match run {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
            Ok(status) => {
                ensure!(status.success(), "Frog failed");
                Ok(Some(start.elapsed().as_secs_f64()))
            }
        }
    };
    let (Some(start), Some(all)) = (pass(&nothing)?, pass(&whole)?) else { return Ok(None) };
    Ok(Some(documents.len() as f64 / (all - start)))
}
