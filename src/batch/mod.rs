//! Whole archives: any number of articles through all stages at once, in
//! bounded memory, so that a run which is cut off at any moment goes on where it
//! was. [`run`] is the way in.
//!
//! The work is cut into parts of a fixed number of records. A part is written
//! whole, then the manifest that counts it, atomically; what no manifest
//! counts does not exist. When all parts are there they are put together and
//! renamed to what the user asked for. What is written depends on the input and
//! the settings alone: not on threads, batches or interruptions.
//!
//! What a file holds is `formats`' affair; how the progress looks, the command
//! line's.

mod durable;
mod error;
mod halting;
mod manifest;
mod naming;
mod output;
mod packed;
mod parts;
mod progress;
mod rejects;
mod settings;
mod stages;
mod target;

use std::time::Instant;

pub use error::BatchError;
pub use manifest::Counts;
pub use naming::Naming;
pub use output::OutputFormat;
pub use progress::{Progress, Stage};
pub use settings::{Change, Settings};
pub use target::Target;

use self::parts::{Beginning, Parts};
use self::target::{Paths, Standing};
use crate::formats::Corpus;

/// What a run has done.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Everything that is in the output.
    pub counts: Counts,
    /// Records that were done before, by a run that was cut off.
    pub before: u64,
    /// Whether the output was whole already.
    pub was_whole: bool,
}

/// Reads, annotates and writes every article of `corpus`.
///
/// # Errors
///
/// See [`BatchError`]. What was done until then is kept, unless it says
/// otherwise, and goes on with [`Target::resume`].
pub fn run(
    corpus: &Corpus,
    naming: &Naming<'_>,
    settings: &Settings,
    progress: &Progress,
) -> Result<Summary, BatchError> {
    settings.target.check(corpus)?;
    let mut job = settings.job(corpus);
    // What can be told without reading everything is told before.
    let Paths { output, parts, .. } = Paths::new(&settings.target.output);
    match settings.target.standing()? {
        Standing::Parts(manifest) => parts::check(&manifest, &job, &parts)?,
        Standing::Whole(manifest) => parts::check(&manifest, &job, &output)?,
        Standing::Nothing => {}
    }
    job.input.fingerprint = corpus.fingerprint()?;
    let mut parts = match Parts::begin(settings, job)? {
        Beginning::Whole(counts) => {
            return Ok(Summary { counts, before: counts.records(), was_whole: true });
        }
        Beginning::Parts(parts) => parts,
    };
    let before = parts.counts().records();
    progress.begin(Instant::now(), parts.counts());
    stages::run(corpus, naming, settings, &mut parts, progress)?;
    let counts = parts.counts();
    parts.assemble()?;
    Ok(Summary { counts, before, was_whole: false })
}
