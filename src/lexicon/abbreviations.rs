//! Words with a full stop or an apostrophe of their own.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::entries::{entries, words};

/// Whether a sentence may end at the stop of an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Something always follows: *dhr.*, *nr.*
    Never,
    /// A sentence may end with it: *enz.*, *e.d.*
    May,
    /// An abbreviation only where a small letter or a number follows, since
    /// it is a word as well: *max.*, *min.*
    Inside,
}

struct Abbreviation {
    ending: Ending,
    /// Whether it begins with a capital wherever it stands.
    capital: bool,
}

static ABBREVIATIONS: LazyLock<HashMap<String, Abbreviation>> = LazyLock::new(|| {
    entries(include_str!("data/abbreviations.txt"))
        .map(|columns| {
            let ending = match columns[1] {
                "never" => Ending::Never,
                "inside" => Ending::Inside,
                _ => Ending::May,
            };
            let stem = columns[0].trim_end_matches('.');
            let capital = stem.starts_with(char::is_uppercase) && !stem.contains('.');
            (stem.to_lowercase(), Abbreviation { ending, capital })
        })
        .collect()
});

static CLITICS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("data/clitics.txt")).collect());

/// The abbreviation whose letters, without its last full stop, are `stem`. One
/// in small letters may stand with a capital (*Dhr.*), but not in capitals
/// alone: *ing.* is a title, *ING* a bank.
#[must_use]
pub fn abbreviation(stem: &str) -> Option<Ending> {
    /// Longer than any abbreviation: spares the look-up of ordinary words.
    const LONGEST: usize = 16;
    if stem.len() > LONGEST {
        return None;
    }
    let found = ABBREVIATIONS.get(stem.to_lowercase().as_str())?;
    let has_capital = stem.starts_with(char::is_uppercase);
    let is_acronym = stem.len() > 1 && stem.chars().all(char::is_uppercase);
    (!is_acronym && (has_capital || !found.capital)).then_some(found.ending)
}

/// Whether `stem` is a word that is written with an apostrophe in front: of
/// those, capitals go to the next word (*'s Avonds*).
#[must_use]
pub fn is_clitic(stem: &str) -> bool {
    CLITICS.contains(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_tell_words_apart() {
        assert_eq!(abbreviation("dhr"), Some(Ending::Never));
        assert_eq!(abbreviation("Dhr"), Some(Ending::Never));
        assert_eq!(abbreviation("ing"), Some(Ending::Never));
        assert_eq!(abbreviation("ING"), None);
        assert_eq!(abbreviation("Kon"), Some(Ending::Never));
        assert_eq!(abbreviation("kon"), None);
        assert_eq!(abbreviation("N.V"), Some(Ending::May));
        assert_eq!(abbreviation("max"), Some(Ending::Inside));
    }

    #[test]
    fn every_line_is_an_abbreviation_and_how_it_ends() {
        let mut seen = HashSet::default();
        for columns in entries(include_str!("data/abbreviations.txt")) {
            let [word, ending] = columns[..] else { panic!("two columns: {columns:?}") };
            assert!(word.ends_with('.'), "{word} has no full stop");
            assert!(["never", "may", "inside"].contains(&ending), "{word}: {ending}");
            assert!(seen.insert(word.to_lowercase()), "{word} stands there twice");
        }
        assert!(seen.len() > 1000, "{} abbreviations", seen.len());
    }

    #[test]
    fn every_group_names_its_source() {
        let mut lines = include_str!("data/abbreviations.txt").lines();
        let mut groups = 0;
        while let Some(line) = lines.next() {
            if line.starts_with("# ---") {
                groups += 1;
                let next = lines.next().unwrap_or_default();
                assert!(next.starts_with("# Source: "), "{line} has no source");
            }
        }
        assert!(groups >= 15, "{groups} groups");
    }
}
