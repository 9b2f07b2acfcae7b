//! Closed word classes: the words that hold a Dutch sentence together.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::entries::{entries, words};

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

static ACRONYMS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("data/acronyms.txt")).collect());

/// Whether `word` (lower case) is a small word that is an acronym in capitals.
#[must_use]
pub fn is_acronym(word: &str) -> bool {
    ACRONYMS.contains(word)
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

/// What a small word next to quotation marks does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkWord {
    /// Puts two spans in marks on a level: *en*.
    Joins,
    /// Opens the content of a verb of saying: *dat*.
    Governs,
    /// The auxiliary of someone who has said something: *heeft*.
    Perfect,
    /// Links a noun of saying to what was said: *is*.
    Links,
    /// Gives a name: *heet*.
    Names,
    /// Says, with *als*, under what name something goes: *bekend*.
    Known,
    /// What words are, behind *te*: *horen*.
    Heard,
    /// Who speaks, or anyone at all: *ik*, *je*, *men*.
    Speaker,
}

static BESIDE_MARKS: LazyLock<HashSet<(&str, MarkWord)>> = LazyLock::new(|| {
    entries(include_str!("data/beside_marks.txt"))
        .filter_map(|columns| Some((columns[0], mark_word(columns[1])?)))
        .collect()
});

fn mark_word(name: &str) -> Option<MarkWord> {
    Some(match name {
        "joins" => MarkWord::Joins,
        "governs" => MarkWord::Governs,
        "perfect" => MarkWord::Perfect,
        "links" => MarkWord::Links,
        "names" => MarkWord::Names,
        "known" => MarkWord::Known,
        "heard" => MarkWord::Heard,
        "speaker" => MarkWord::Speaker,
        _ => return None,
    })
}

/// Whether `word` (lower case) does `what` next to quotation marks.
#[must_use]
pub fn is_mark_word(word: &str, what: MarkWord) -> bool {
    BESIDE_MARKS.contains(&(word, what))
}

/// Words that open a question inside a sentence.
#[must_use]
pub fn is_question_word(word: &str) -> bool {
    matches!(
        word,
        "wie"
            | "wat"
            | "waar"
            | "waarom"
            | "wanneer"
            | "hoe"
            | "hoeveel"
            | "hoezeer"
            | "hoelang"
            | "hoever"
            | "welk"
            | "welke"
            | "wiens"
            | "waarmee"
            | "waarover"
            | "waardoor"
            | "waaraan"
            | "waarop"
            | "waarin"
            | "waarvan"
            | "waarvoor"
            | "waarnaar"
            | "waarheen"
            | "vanwaar"
    )
}

/// Whether `word` (lower case) opens an embedded question: *of*, or a question word.
#[must_use]
pub fn opens_question(word: &str) -> bool {
    word == "of" || is_question_word(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_beside_marks_names_what_it_does() {
        for columns in entries(include_str!("data/beside_marks.txt")) {
            assert!(columns.len() == 2 && mark_word(columns[1]).is_some(), "{columns:?}");
        }
        assert!(is_mark_word("of", MarkWord::Joins) && is_mark_word("of", MarkWord::Governs));
        assert!(!is_mark_word("of", MarkWord::Perfect));
    }

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
