//! The checkout that this program belongs to, and running cargo in it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};

/// The folder with the workspace's `Cargo.toml`.
#[derive(Debug, Clone)]
pub(crate) struct Checkout {
    root: PathBuf,
}

impl Checkout {
    /// The checkout whose `cargo xtask` is running.
    ///
    /// # Errors
    ///
    /// If the folder of this package has no parent that can be resolved.
    pub(crate) fn of_this_program() -> anyhow::Result<Self> {
        // Cargo sets the variable anew at each run, so that a checkout that
        // was moved after it was built is still found.
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().context("the folder of xtask has no parent")?;
        let root =
            root.canonicalize().with_context(|| format!("cannot open {}", root.display()))?;
        Ok(Self { root })
    }

    /// The checkout at `root`, a folder that exists.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The git-ignored link that `.cargo/config.toml` points `LIBTORCH` at.
    pub(crate) fn link(&self) -> PathBuf {
        self.root.join(".libtorch")
    }

    /// Cargo in the checkout with these arguments, as if typed by hand there.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root).args(arguments);
        // `cargo run` gave this program the variables of its own package.
        // Build scripts that watch them would run again each time that cargo
        // is started from here and then by hand.
        for (name, _) in env::vars_os() {
            let of_package = name.to_str().is_some_and(|name| {
                ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
                    .iter()
                    .any(|prefix| name.starts_with(prefix))
            });
            if of_package {
                command.env_remove(name);
            }
        }
        command
    }

    /// Prints the command line, runs it, and gives back its exit code.
    ///
    /// # Errors
    ///
    /// If cargo cannot be started.
    pub(crate) fn run_cargo(&self, arguments: &[&str]) -> anyhow::Result<ExitCode> {
        eprintln!("$ cargo {}", arguments.join(" "));
        let status = self.cargo(arguments).status().context("cannot start cargo")?;
        // A process that was ended by a signal has no code.
        let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
        Ok(ExitCode::from(code))
    }

    /// What wiezei prints, built with or without the transformer.
    ///
    /// # Errors
    ///
    /// If it cannot be built, or does not succeed.
    pub(crate) fn wiezei(&self, with_model: bool, arguments: &[&str]) -> anyhow::Result<String> {
        let features: &[&str] = if with_model { &[] } else { &["--no-default-features"] };
        let mut cargo = self.cargo(&[&["run", "--quiet", "--release"], features, &["--"]].concat());
        let output = cargo.args(arguments).output().context("cargo cannot be started")?;
        let message = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "wiezei {} failed:\n{message}", arguments.join(" "));
        Ok(String::from_utf8(output.stdout)?)
    }
}
