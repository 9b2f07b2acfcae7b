//! Whether a full stop belongs to the word before it: initials, abbreviations.

use super::words::{Place, is_space};
use crate::lexicon::{self, Ending, WordClass};

/// Whether the stop at `at` inside a word, between `last` and `after`, belongs
/// to it.
pub(super) fn joins_stop(rest: &str, at: usize, last: char, after: char) -> bool {
    if last.is_ascii_digit() {
        return after.is_ascii_digit();
    }
    if !last.is_alphabetic() {
        return false;
    }
    // O.L.V.-college, St.-Janstraat
    if after == '-' {
        let goes_on = rest[at + 2..].starts_with(char::is_alphabetic);
        return goes_on && (is_initials(&rest[..at]) || is_known(&rest[..at]));
    }
    if !after.is_alphabetic() {
        return false;
    }
    if after.is_lowercase() == last.is_lowercase() {
        return true;
    }
    // n.Chr., Ph.D.: only where the list has them; "klaar.De" is two sentences.
    let tail = &rest[at + 1..];
    let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    is_known(&rest[..at + 1 + end])
}

fn is_known(stem: &str) -> bool {
    lexicon::abbreviation(stem).is_some()
}

/// `J`, `J.P`, `V.S`: single letters, at least one of them a capital.
fn is_initials(word: &str) -> bool {
    let mut capital = false;
    word.split('.').all(|part| {
        let mut letters = part.chars();
        let letter = letters.next().filter(|c| c.is_alphabetic());
        capital |= letter.is_some_and(char::is_uppercase);
        letter.is_some() && letters.next().is_none()
    }) && capital
}

/// Whether a full stop after the first `len` bytes of the word at `place`
/// belongs to it.
pub(super) fn takes_stop(place: Place<'_>, len: usize) -> bool {
    let word = &place.rest()[..len];
    let after = &place.rest()[len + 1..];
    if is_initials(word) {
        return word.contains('.') || !is_last_word(place, after);
    }
    match lexicon::abbreviation(word) {
        None => false,
        Some(Ending::Never | Ending::May) => true,
        Some(Ending::Inside) => {
            after.starts_with(',')
                || after
                    .trim_start_matches(' ')
                    .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
        }
    }
}

/// Whether the single capital at `place` is the last word of its sentence
/// (*vitamine D. Daarna*) and no initial (*psycholoog D. Daamen*), judged by
/// the words around it.
fn is_last_word(place: Place<'_>, after: &str) -> bool {
    let before = place.text[..place.at].trim_end_matches(' ');
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // Jan D. is a suspect, and M. D. a name; only a thing has a letter.
    let is_thing = last.starts_with(char::is_lowercase) || before.ends_with('=');
    is_thing && opens_sentence(after)
}

/// Whether `after`, what follows a full stop, is the beginning of a sentence
/// and not of a surname: a word that is no name, in a capital (*Maar*), or an
/// article that no capital follows (*De rechter*, not *De Wit*). Also at the
/// end of a paragraph.
pub(super) fn opens_sentence(after: &str) -> bool {
    /// Two words are enough to tell.
    const NEAR: usize = 64;
    let after = after.trim_start_matches(' ');
    let mut words = after[..after.floor_char_boundary(NEAR)].split(' ');
    let first = words.next().unwrap_or_default();
    if first.is_empty() || first.starts_with(is_space) {
        return true;
    }
    let first = first.trim_end_matches([',', '.', ':']);
    if !first.starts_with(char::is_uppercase) || first.len() > 16 {
        return false;
    }
    let lower = first.to_lowercase();
    if lexicon::is_particle(first) {
        let second = words.next().unwrap_or_default();
        if lexicon::is_particle(second) {
            return false;
        }
        // In Amsterdam, but Van Amsterdam: a preposition in a surname has an
        // article behind it.
        let is_place = lower != "van"
            && lexicon::word_class(&lower) == Some(WordClass::Preposition)
            && second.starts_with(char::is_uppercase);
        return is_place || second.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    }
    lexicon::word_class(&lower).is_some() || !lexicon::pronouns(&lower).is_empty()
}
