//! Common nouns that name a source or announce what stands in marks, and
//! words for what people feel.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::classes::is_acronym;
use super::entries::{entries, words};
use super::word_forms::is_plural_person;

/// What kind of source a common noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// Several people: *omwonenden*.
    Group,
    /// A body: *de politie*.
    Organisation,
    /// A document: *het rapport*.
    Document,
}

static SOURCES: LazyLock<HashMap<String, Noun>> = LazyLock::new(|| {
    let lists = [
        (include_str!("data/document_nouns.txt"), Noun::Document),
        (include_str!("data/group_nouns.txt"), Noun::Group),
        (include_str!("data/organisation_nouns.txt"), Noun::Organisation),
    ];
    // "OM" as it stands: in lower case it is a preposition.
    let key = |word: &str| {
        let lower = word.to_lowercase();
        if is_acronym(&lower) { word.to_owned() } else { lower }
    };
    let noun = |(list, noun)| words(list).map(move |word| (key(word), noun));
    lists.into_iter().flat_map(noun).collect()
});

static SOURCE_ENDINGS: LazyLock<Endings> =
    LazyLock::new(|| SOURCES.keys().map(String::as_str).collect());

static MEDIA: LazyLock<HashSet<String>> =
    LazyLock::new(|| words(include_str!("data/media.txt")).map(str::to_lowercase).collect());

macro_rules! word_set {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<HashSet<&str>> =
            LazyLock::new(|| words(include_str!($file)).collect());
    };
}

word_set!(SPEECH, "data/speech_nouns.txt");
word_set!(WORKS, "data/work_nouns.txt");
word_set!(NOT_COMPOUNDS, "data/not_compounds.txt");
word_set!(NAMING, "data/naming_words.txt");
word_set!(PLACES, "data/place_nouns.txt");
word_set!(GENERAL_BODIES, "data/general_bodies.txt");
word_set!(TEXT_ADVERBS, "data/text_adverbs.txt");
word_set!(FEELINGS, "data/feelings.txt");
word_set!(CLAUSED, "data/clause_nouns.txt");
word_set!(NORMS, "data/norm_nouns.txt");
word_set!(TIMES, "data/time_nouns.txt");
word_set!(LABELS, "data/headline_labels.txt");
word_set!(BEARERS, "data/bearer_nouns.txt");
word_set!(POINTING, "data/pointing_verbs.txt");
word_set!(VIEWS, "data/view_nouns.txt");
word_set!(TRIALS, "data/trial_words.txt");
word_set!(INSCRIPTIONS, "data/inscription_nouns.txt");

/// What the common noun `word` (lower case), or a compound that ends in one,
/// names as a source.
#[must_use]
pub fn source_noun(word: &str) -> Option<Noun> {
    let source = |word: &str| SOURCES.get(word).copied();
    let listed =
        source(word).or_else(|| SOURCE_ENDINGS.has(word).then(|| by_head(word, source)).flatten());
    listed.or_else(|| is_plural_person(word).then_some(Noun::Group))
}

/// How many of a group a word picks out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partitive {
    /// *een van de bewoners*.
    One,
    /// *de helft van de bewoners*.
    Many,
}

static PARTITIVES: LazyLock<HashMap<&str, Partitive>> = LazyLock::new(|| {
    let parse = |name: &str| if name == "one" { Partitive::One } else { Partitive::Many };
    entries(include_str!("data/partitives.txt")).map(|c| (c[0], parse(c[1]))).collect()
});

/// What of a group `word` (lower case) picks out.
#[must_use]
pub fn partitive(word: &str) -> Option<Partitive> {
    PARTITIVES.get(word).copied()
}

static INDEFINITES: LazyLock<HashMap<&str, Partitive>> = LazyLock::new(|| {
    let parse = |name: &str| if name == "one" { Partitive::One } else { Partitive::Many };
    entries(include_str!("data/indefinites.txt")).map(|c| (c[0], parse(c[1]))).collect()
});

static INDEFINITES_OF_TWO: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    INDEFINITES.keys().filter_map(|words| words.split_once(' ')).map(|(first, _)| first).collect()
});

/// Whether `word` (lower case) is the first of two that [`indefinite`] knows
/// together: *een* of *een ander*.
#[must_use]
pub fn begins_indefinite(word: &str) -> bool {
    INDEFINITES_OF_TWO.contains(word)
}

/// How many people `words` (lower case) name without saying whom: *iemand*, *een
/// ander*, *velen*.
#[must_use]
pub fn indefinite(words: &str) -> Option<Partitive> {
    INDEFINITES.get(words).copied()
}

/// Whether `word` (lower case) is an imperative that sends the reader elsewhere:
/// *bekijk*, *lees*.
#[must_use]
pub fn is_pointing_verb(word: &str) -> bool {
    POINTING.contains(word)
}

/// Whether `word` (lower case) is a noun of view: *mening*, *ogen*, as in *in de
/// ogen van Bakker*.
#[must_use]
pub fn is_view_noun(word: &str) -> bool {
    VIEWS.contains(word)
}

/// Whether `word` (lower case) tells how someone feels about something: *trots*.
#[must_use]
pub fn is_feeling(word: &str) -> bool {
    FEELINGS.contains(word)
}

/// Whether `name` is a medium or platform that words are said to or on.
#[must_use]
pub fn is_medium(name: &str) -> bool {
    MEDIA.contains(&name.to_lowercase())
}

/// Whether the noun `word` (lower case) announces speech: *reactie*, *boodschap*.
#[must_use]
pub fn is_speech_noun(word: &str) -> bool {
    by_head(word, |head| SPEECH.contains(head).then_some(())).is_some()
}

/// Whether the noun `word` (lower case) announces the title of a work.
#[must_use]
pub fn is_work_noun(word: &str) -> bool {
    by_head(word, |head| WORKS.contains(head).then_some(())).is_some()
}

/// Whether the noun `word` (lower case) takes up a body that was just named:
/// *het bedrijf*.
#[must_use]
pub fn is_general_body(word: &str) -> bool {
    by_head(word, |head| GENERAL_BODIES.contains(head).then_some(())).is_some()
}

/// Whether the noun `word` (lower case) stands in front of the name of a place: *de
/// badplaats Zeezicht*.
#[must_use]
pub fn is_place_noun(word: &str) -> bool {
    by_head(word, |head| PLACES.contains(head).then_some(())).is_some()
}

/// Whether `word` (lower case) refers to a text told of before: *daarin*.
#[must_use]
pub fn is_of_text(word: &str) -> bool {
    TEXT_ADVERBS.contains(word)
}

/// Whether the noun `word` (lower case) is one for a rule, plan or custom that
/// things go by: *wet*, *statuten*.
#[must_use]
pub fn is_norm(word: &str) -> bool {
    by_head(word, |head| NORMS.contains(head).then_some(())).is_some()
}

/// Whether the noun `word` (lower case) tells when: *week*, *maandag*.
#[must_use]
pub fn is_time_noun(word: &str) -> bool {
    TIMES.contains(word)
}

/// Whether `word` (lower case) is one of those by which a text tells that somebody
/// stands trial: *celstraf*, *geëist*.
#[must_use]
pub fn is_trial_word(word: &str) -> bool {
    TRIALS.contains(word)
}

/// Whether the noun `word` (lower case) is one for words on a thing: *opschrift*.
#[must_use]
pub fn is_inscription_noun(word: &str) -> bool {
    INSCRIPTIONS.contains(word)
}

/// Whether the noun `word` (lower case) is one for a thing that bears words:
/// *spandoek*.
#[must_use]
pub fn is_bearer_noun(word: &str) -> bool {
    by_head(word, |head| BEARERS.contains(head).then_some(())).is_some()
}

/// Whether `words` (lower case) announce a name or a term: *genaamd*, *de term*.
#[must_use]
pub fn is_naming_word(words: &str) -> bool {
    NAMING.contains(words)
}

/// Whether the noun `word` (lower case) can have a clause of its own: *het
/// nieuws dat*, *de kans om*.
#[must_use]
pub fn is_clause_noun(word: &str) -> bool {
    CLAUSED.contains(word)
}

/// Whether the word before the colon of a heading only says what follows:
/// *Video:*, *Column:*.
#[must_use]
pub fn is_headline_label(word: &str) -> bool {
    LABELS.contains(word)
}

/// The shortest noun that counts as the head of a compound; shorter ones end
/// many words by chance (*bond* in *bezond*).
const SHORTEST_HEAD: usize = 5;

/// What is longer is no word, and costs time by the square of its length.
const LONGEST_COMPOUND: usize = 80;

/// The last letters of the nouns of a list. Few other words end in them, and only
/// those that do need to be taken apart.
pub(super) struct Endings(HashSet<String>);

impl Endings {
    /// Whether `word` may be a compound that ends in one of the nouns.
    pub(super) fn has(&self, word: &str) -> bool {
        // Behind a hyphen the head may be shorter than what is kept of it.
        word.contains('-') || ending(word).is_some_and(|ending| self.0.contains(ending))
    }
}

impl<'a> FromIterator<&'a str> for Endings {
    fn from_iter<I: IntoIterator<Item = &'a str>>(nouns: I) -> Self {
        Self(nouns.into_iter().filter_map(ending).map(str::to_owned).collect())
    }
}

/// The letters of `word` that it has in common with every head that it can have;
/// `None` if it is too short for a compound's head.
fn ending(word: &str) -> Option<&str> {
    let (start, _) = word.char_indices().rev().nth(SHORTEST_HEAD - 1)?;
    Some(&word[start..])
}

/// Looks `word` up, then, since Dutch compounds end in their head, its ends
/// from the longest on: *wijkagent*, *politie-eenheid*.
pub(super) fn by_head<T>(word: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    if let Some(found) = find(word) {
        return Some(found);
    }
    if word.len() > LONGEST_COMPOUND || NOT_COMPOUNDS.contains(word) {
        return None;
    }
    if let Some((_, head)) = word.rsplit_once('-')
        && let Some(found) = find(head)
    {
        return Some(found);
    }
    // What stands before the head is a word too: two letters at the least.
    let starts = word.char_indices().skip(3).map(|(at, _)| at);
    starts
        .map(|at| &word[at..])
        .take_while(|head| head.chars().count() >= SHORTEST_HEAD)
        .find_map(find)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_what_their_head_is() {
        assert_eq!(source_noun("politie"), Some(Noun::Organisation));
        assert_eq!(source_noun("onderzoeksrapport"), Some(Noun::Document));
        assert_eq!(source_noun("omwonenden"), Some(Noun::Group));
        assert_eq!(source_noun("fiets"), None);
        assert_eq!(source_noun("grootouders"), Some(Noun::Group));
        assert_eq!(source_noun("schouders"), None);
    }

    #[test]
    fn media_are_known_in_any_case() {
        assert!(is_medium("NOS") && is_medium("twitter"));
        assert!(!is_medium("politie"));
    }
}
