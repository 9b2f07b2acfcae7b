//! Words with a full stop or an apostrophe of their own.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::entries::{entries, words};

/// Whether a sentence may end at the stop of an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Something always follows: *dhr.*, *nr.*
    Never,
    /// A sentence may end with it: *enz.*, *e.d.*
    May,
}

static ABBREVIATIONS: LazyLock<HashMap<String, Ending>> = LazyLock::new(|| {
    entries(include_str!("data/abbreviations.txt"))
        .map(|columns| {
            let ending = if columns[1] == "never" { Ending::Never } else { Ending::May };
            (columns[0].trim_end_matches('.').to_lowercase(), ending)
        })
        .collect()
});

static CLITICS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("data/clitics.txt")).collect());

/// The abbreviation whose letters, without its last full stop, are `stem`.
/// Capitals do not matter.
#[must_use]
pub fn abbreviation(stem: &str) -> Option<Ending> {
    /// Longer than any abbreviation: spares the look-up of ordinary words.
    const LONGEST: usize = 14;
    if stem.len() > LONGEST {
        return None;
    }
    ABBREVIATIONS.get(stem.to_lowercase().as_str()).copied()
}

/// Whether `stem` is a word that is written with an apostrophe in front: of
/// those, capitals go to the next word (*'s Avonds*).
#[must_use]
pub fn is_clitic(stem: &str) -> bool {
    CLITICS.contains(stem)
}
