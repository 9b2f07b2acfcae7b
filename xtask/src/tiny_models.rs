//! `cargo xtask tiny-models`: the random models of `tests/data` and what
//! transformers computes with them, made anew.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};

use crate::checkout::Checkout;

/// The scripts that make them, in `tests/data`.
const SCRIPTS: [&str; 2] = ["make_tiny_bert.py", "make_tiny_models.py"];

/// Runs the scripts with `python`, which has torch and transformers.
///
/// # Errors
///
/// If a script cannot be started or fails.
pub(crate) fn run(checkout: &Checkout, python: &Path) -> anyhow::Result<ExitCode> {
    let folder = checkout.root().join("tests/data");
    for script in SCRIPTS {
        let status = Command::new(python)
            .arg(folder.join(script))
            .status()
            .with_context(|| format!("cannot start {}", python.display()))?;
        ensure!(status.success(), "{script} failed");
    }
    eprintln!("Wrote the models in tests/data.");
    Ok(ExitCode::SUCCESS)
}
