//! Names that the recognizer passed over.

use super::{Known, Words};
use crate::lexicon;
use crate::ner::{Entity, Label};
use crate::syntax::Class;

/// How sure a name is that only the words around it show.
const SURE: f32 = 0.5;

/// Shorter surnames at the start of a sentence are words too often: *Bos*,
/// *Vos*, *Kok*.
const SHORTEST_AT_START: usize = 5;

/// The names, and with them those that were passed over.
pub(super) fn with_those(words: &Words<'_>, known: &Known<'_>, names: Vec<Entity>) -> Vec<Entity> {
    let tokens = words.tokenized.tokens();
    let mut found = Vec::new();
    let mut next = 0;
    let start_of = |entity: &Entity| words.tokenized.tokens_in(entity.span).start;
    let limit_before = |next: usize| names.get(next).map_or(words.len(), start_of);
    let mut limit = limit_before(next);
    let mut at = 0;
    while at < words.len() {
        if !words.tagged.has_capital(at) {
            at += 1;
            continue;
        }
        let span = tokens[at].span;
        while names.get(next).is_some_and(|entity| entity.span.end() <= span.start()) {
            next += 1;
            limit = limit_before(next);
        }
        let begun = names.get(next).is_some_and(|entity| entity.span.start() < span.end());
        if begun {
            at += 1;
            continue;
        }
        let name = full_name(words, at, limit)
            .map(|end| (end, Label::Per))
            .or_else(|| is_part_of_name(words, known, at).then_some((at + 1, Label::Per)))
            .or_else(|| is_body(words, known, at).then_some((at + 1, Label::Org)));
        if let Some((end, label)) = name {
            found.push(Entity { span: words.span(at..end), label, score: SURE });
            at = end;
        } else {
            at += 1;
        }
    }
    found.extend(names);
    found.sort_by_key(|entity| entity.span);
    found
}

/// "Emre Yıldız", "Noor van der Aa": one past the capitalised word that follows
/// a given name, particles between them.
fn full_name(words: &Words<'_>, at: usize, limit: usize) -> Option<usize> {
    if !words.is_capital_word(at) || !words.is_given_name(at) {
        return None;
    }
    let mut last = at + 1;
    while last + 1 < limit && last < at + 4 && lexicon::is_particle(words.written(last)) {
        last += 1;
    }
    let surname = last < limit && words.is_capital_word(last) && !words.opens(last);
    (surname && !words.is_function(last)).then_some(last + 1)
}

/// The surname or given name of a person whom the document names in full.
fn is_part_of_name(words: &Words<'_>, known: &Known<'_>, at: usize) -> bool {
    if !words.tagged.is_capital(at) {
        return false;
    }
    let word = words.written(at);
    let called = known.last.contains(word) || known.given.contains(word);
    if !called || known.other.contains(word) {
        return false;
    }
    let long = word.chars().count() >= SHORTEST_AT_START && words.tagged.class(at) == Class::Word;
    let next = at + 1;
    let open = words.tagged.class(at) == Class::Word;
    let speaks = next < words.len()
        && (words.tagged.class(next) == Class::Reporting
            || words.tagged.word(next) == ":"
            || open && words.tagged.is_finite(next));
    long || !words.opens(at) || speaks
}

/// A body that the document names elsewhere, or one that its capitals and the
/// words beside it show: `het OM`, `volgens WaterPlus`.
fn is_body(words: &Words<'_>, known: &Known<'_>, at: usize) -> bool {
    let word = words.written(at);
    if !word.chars().any(char::is_uppercase) {
        return false;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let all_capitals = letters.clone().all(char::is_uppercase);
    let acronym = all_capitals && (2..=6).contains(&word.chars().count());
    let inner = letters.by_ref().skip(1).any(char::is_uppercase);
    let mixed = inner && !all_capitals && !word.contains('-');
    if !acronym && !mixed {
        return false;
    }
    if known.bodies.contains(word) {
        return true;
    }
    let before = at.checked_sub(1).map_or("", |before| words.tagged.word(before));
    let shouted =
        at > 0 && is_shouted(words, at - 1) || at + 1 < words.len() && is_shouted(words, at + 1);
    let article = matches!(before, "de" | "het") && acronym;
    let beside = matches!(before, "volgens" | "aldus")
        || words.is_verb(at + 1)
        || at > 0 && words.is_verb(at - 1);
    !shouted && (article || beside)
}

/// Whether a word is in capitals altogether.
fn is_shouted(words: &Words<'_>, at: usize) -> bool {
    let word = words.written(at);
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}
