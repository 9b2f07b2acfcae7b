//! Closed word classes: the words that hold a Dutch sentence together.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::entries::entries;

/// The class of a word that belongs to a closed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// Articles, demonstratives, possessives, quantifiers and small numbers.
    Determiner,
    /// *van*, *op*, *volgens*.
    Preposition,
    /// *en*, *maar*.
    Coordinator,
    /// *omdat*, *terwijl*, *waarom*.
    Subordinator,
    /// Finite forms of auxiliaries and of the commonest verbs.
    Auxiliary,
    /// *ook*, *gisteren*.
    Adverb,
}

static CLASSES: LazyLock<HashMap<&str, WordClass>> = LazyLock::new(|| {
    entries(include_str!("data/closed_classes.txt"))
        .map(|columns| (columns[0], parse(columns[1])))
        .collect()
});

fn parse(name: &str) -> WordClass {
    match name {
        "det" => WordClass::Determiner,
        "prep" => WordClass::Preposition,
        "coord" => WordClass::Coordinator,
        "sub" => WordClass::Subordinator,
        "aux" => WordClass::Auxiliary,
        _ => WordClass::Adverb,
    }
}

/// The closed class of `word` (lower case); `None` for nouns, verbs,
/// adjectives and names.
#[must_use]
pub fn word_class(word: &str) -> Option<WordClass> {
    CLASSES.get(word).copied()
}

/// How a word says where words can be read or heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// *staat*, *klonk*.
    Finite,
    /// *gekalkt*, *geroepen*.
    Participle,
}

static SHOWING: LazyLock<HashMap<&str, Showing>> = LazyLock::new(|| {
    let kind = |name| if name == "finite" { Showing::Finite } else { Showing::Participle };
    entries(include_str!("data/showing_words.txt"))
        .map(|columns| (columns[0], kind(columns[1])))
        .collect()
});

/// Whether `word` (lower case) says where words can be read or heard.
#[must_use]
pub fn showing(word: &str) -> Option<Showing> {
    SHOWING.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_showing_word_names_its_form() {
        for columns in entries(include_str!("data/showing_words.txt")) {
            assert!(matches!(columns[1], "finite" | "participle"), "{columns:?}");
        }
        assert_eq!(showing("klonk"), Some(Showing::Finite));
        assert_eq!(showing("gekalkt"), Some(Showing::Participle));
        assert_eq!(showing("fietst"), None);
    }

    #[test]
    fn every_line_names_a_class() {
        for columns in entries(include_str!("data/closed_classes.txt")) {
            assert_eq!(columns.len(), 2, "{columns:?}");
            assert!(
                ["det", "prep", "coord", "sub", "aux", "adv"].contains(&columns[1]),
                "{columns:?}"
            );
        }
        assert_eq!(word_class("volgens"), Some(WordClass::Preposition));
        assert_eq!(word_class("brug"), None);
    }
}
