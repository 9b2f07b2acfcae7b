//! `cargo xtask test`: all tests of the workspace, with and without libtorch.

use std::process::ExitCode;

use crate::checkout::Checkout;
use crate::setup;

/// The test runs, in order. The first that fails ends the task. The last has both
/// ways to run the model in it, so that they can be compared.
///
/// `cargo test --workspace` would be one run less, and minutes more: cargo
/// unites the features of what the two packages depend on, and so compiles
/// tch and all above it in a way that a plain `cargo test` or `cargo build`
/// then cannot use.
const RUNS: [&[&str]; 3] = [
    &["test", "--package", "xtask"],
    &["test", "--package", "wiezei", "--no-default-features"],
    &["test", "--package", "wiezei", "--features", "candle"],
];

/// Sets up if needed and runs the tests; the exit code is that of the first
/// run that fails.
///
/// # Errors
///
/// If the set-up fails or cargo cannot be started.
pub(crate) fn run(checkout: &Checkout) -> anyhow::Result<ExitCode> {
    setup::ensure(checkout)?;
    for arguments in RUNS {
        let code = checkout.run_cargo(arguments)?;
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
    }
    eprintln!("All tests passed, with libtorch and without.");
    Ok(ExitCode::SUCCESS)
}
