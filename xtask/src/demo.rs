//! `cargo xtask demo`: who said what in an article of the project's own.

use std::process::ExitCode;

use anyhow::ensure;

use crate::checkout::Checkout;
use crate::setup;

/// The article, from the root of the checkout.
const ARTICLE: &str = "corpus/dijkversterking.txt";

/// Sets up if needed and attributes the quotations of the article.
///
/// # Errors
///
/// If the set-up fails, the article is not there or cargo cannot be started.
pub(crate) fn run(checkout: &Checkout) -> anyhow::Result<ExitCode> {
    let article = checkout.root().join(ARTICLE);
    ensure!(
        article.is_file(),
        "the example article {} is not there: is this a whole checkout?",
        article.display()
    );
    setup::ensure(checkout)?;
    eprintln!(
        "Building wiezei (minutes the first time, seconds after that), then asking it who says \
         what in {ARTICLE}:"
    );
    checkout.run_cargo(&["run", "--release", "--", "attribute", "--format", "text", ARTICLE])
}
