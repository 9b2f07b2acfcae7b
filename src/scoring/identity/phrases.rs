//! Names of sources that are no persons: noun phrases with a head.

use std::collections::BTreeSet;

use super::words::pieces;
use crate::lexicon::{self, WordClass};

/// A noun phrase: *een woordvoerder van de politie*, *Openbaar Ministerie*,
/// *bewoners en winkeliers*.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// All words but articles, prepositions and *en*, in lower case.
    words: BTreeSet<String>,
    /// The noun that each part of it is about, in lower case.
    heads: BTreeSet<String>,
    /// The words before the first preposition of each part.
    leading: BTreeSet<String>,
}

impl Phrase {
    pub(super) fn new(phrase: &str) -> Self {
        let mut it = Self::default();
        let commas = phrase.split([',', ';', '/', '|']);
        for part in commas {
            let written: Vec<String> = pieces(part).collect();
            for part in conjuncts(&written) {
                it.add(part);
            }
        }
        it
    }

    fn add(&mut self, part: &[String]) {
        let ends = |word: &String| {
            class(word) == Some(WordClass::Preposition)
                || matches!(&**word, "als" | "zoals" | "namens")
        };
        let first = usize::from(part.first().is_some_and(ends));
        let end = part[first..].iter().position(ends).map_or(part.len(), |at| first + at);
        let open = |word: &&String| {
            !matches!(
                class(word),
                Some(WordClass::Preposition | WordClass::Determiner | WordClass::Coordinator)
            )
        };
        let mut leading: Vec<&String> = part[first..end].iter().filter(open).collect();
        if leading.is_empty() {
            // *ik*, *sommigen*: a pronoun or number is all there is.
            leading = part[first..end].iter().collect();
        }
        let even = |word: &str| word.to_lowercase().replace(['’', '‘', '`', '´'], "'");
        self.heads.extend(head(&leading).map(even));
        self.leading.extend(leading.iter().map(|word| even(word)));
        self.words.extend(leading.iter().map(|word| even(word)));
        self.words.extend(part[end..].iter().filter(open).map(|word| even(word)));
    }

    /// Whether the two are the same words about the same nouns.
    pub(super) fn equals(&self, other: &Self) -> bool {
        !self.heads.is_empty() && self.words == other.words && self.heads == other.heads
    }

    /// Whether the two are about the same nouns and share at least half of
    /// their words together. Where `given` has words more before its first
    /// preposition, `in_text` has to say that the text puts it so.
    pub(super) fn is_like(&self, given: &Self, in_text: impl Fn() -> bool) -> bool {
        let shared = self.words.intersection(&given.words).count();
        let together = self.words.union(&given.words).count();
        !self.heads.is_empty()
            && self.heads == given.heads
            && 2 * shared >= together
            && (given.leading.is_subset(&self.words) || in_text())
    }

    /// Whether it is about `word`.
    pub(super) fn has_head(&self, word: &str) -> bool {
        self.heads.contains(word)
    }

    /// The words before the first preposition, in lower case.
    pub(super) fn leading(&self) -> &BTreeSet<String> {
        &self.leading
    }
}

/// The parts that *en* joins. Behind a preposition an *en* joins what the
/// preposition governs (*van artsen en verplegers*), unless an article begins
/// anew (*van de gemeente en het OM*).
fn conjuncts(words: &[String]) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut governed = false;
    for at in 0..words.len() {
        if class(&words[at]) == Some(WordClass::Preposition) {
            governed = true;
        }
        let joins =
            matches!(&*words[at].to_lowercase(), "en" | "of" | "&" | "+" | "and" | "alsmede");
        let anew = words.get(at + 1).is_some_and(|next| class(next) == Some(WordClass::Determiner));
        if joins && (!governed || anew) {
            parts.push(&words[start..at]);
            start = at + 1;
            governed = false;
        }
    }
    parts.push(&words[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The closed class of a word. *OM* and *IN* are names.
fn class(word: &str) -> Option<WordClass> {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 { None } else { lexicon::word_class(&word.to_lowercase()) }
}

/// The noun that the words before the first preposition are about: the last
/// that is known as a source or a function, else the last common noun, else the
/// last word.
fn head<'a>(words: &[&'a String]) -> Option<&'a str> {
    let known = |word: &&&String| {
        let word = word.to_lowercase();
        lexicon::source_noun(&word).is_some() || lexicon::function(&word).is_some()
    };
    let common = |word: &&&String| word.starts_with(char::is_lowercase);
    let found = words.iter().rfind(known).or_else(|| words.iter().rfind(common));
    found.or(words.last()).map(|word| word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(phrase: &str) -> Vec<String> {
        Phrase::new(phrase).heads.into_iter().collect()
    }

    #[test]
    fn the_head_is_what_the_phrase_is_about() {
        assert_eq!(heads("een woordvoerder van de politie"), ["woordvoerder"]);
        assert_eq!(heads("De Zeelandse politie"), ["politie"]);
        assert_eq!(heads("Politie Zeezicht"), ["politie"]);
        assert_eq!(heads("Openbaar Ministerie"), ["ministerie"]);
        assert_eq!(heads("bronnen rond het kabinet"), ["bronnen"]);
        assert_eq!(heads("VVX"), ["vvx"]);
        assert_eq!(heads("de Raad van State"), ["raad"]);
        assert_eq!(heads("ik"), ["ik"]);
    }

    #[test]
    fn what_is_joined_has_a_head_each() {
        assert_eq!(heads("bewoners en winkeliers"), ["bewoners", "winkeliers"]);
        assert_eq!(heads("VVX, D67 en de gemeente"), ["d67", "gemeente", "vvx"]);
        assert_eq!(heads("een groep van artsen en verplegers"), ["groep"]);
        assert_eq!(heads("de politie van Zeezicht en het OM"), ["om", "politie"]);
    }
}
