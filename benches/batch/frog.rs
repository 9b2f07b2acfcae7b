//! Frog, with nothing but what its names need.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, ensure};
use tempfile::TempDir;
use wiezei::text::Document;

/// Frog and the articles that it reads.
pub(crate) struct Frog {
    program: PathBuf,
    folder: TempDir,
}

impl Frog {
    /// `None` if it is not installed.
    pub(crate) fn find(program: &Path, documents: &[&Document]) -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let texts: Vec<&str> = documents.iter().map(|document| document.text()).collect();
        std::fs::write(folder.path().join("whole.txt"), texts.join("\n\n"))?;
        std::fs::write(folder.path().join("nothing.txt"), "Ja.\n")?;
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        match version.status() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
            Ok(_) => Ok(Some(Self { program: program.to_owned(), folder })),
        }
    }

    /// How many seconds it needs to find the names, its start left out.
    pub(crate) fn pass(&self) -> Result<f64> {
        let start = self.read("nothing.txt")?;
        Ok(self.read("whole.txt")? - start)
    }

    fn read(&self, file: &str) -> Result<f64> {
        let start = Instant::now();
        // Lemmas, morphemes, chunks, multi-word units and the parser left out.
        let status = Command::new(&self.program)
            .args(["--skip=lacmp", "-t"])
            .arg(self.folder.path().join(file))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        ensure!(status.success(), "Frog failed");
        Ok(start.elapsed().as_secs_f64())
    }
}
