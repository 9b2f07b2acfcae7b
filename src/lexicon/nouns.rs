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

static SOURCES: LazyLock<Heads<Noun>> = LazyLock::new(|| {
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

static MEDIA: LazyLock<Names> = LazyLock::new(|| Names::of(include_str!("data/media.txt")));

macro_rules! word_set {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<HashSet<&str>> =
            LazyLock::new(|| words(include_str!($file)).collect());
    };
}

word_set!(NOT_COMPOUNDS, "data/not_compounds.txt");
word_set!(NAMING, "data/naming_words.txt");
word_set!(TEXT_ADVERBS, "data/text_adverbs.txt");
word_set!(FEELINGS, "data/feelings.txt");
word_set!(CLAUSED, "data/clause_nouns.txt");
word_set!(TIMES, "data/time_nouns.txt");
word_set!(LABELS, "data/headline_labels.txt");
word_set!(POINTING, "data/pointing_verbs.txt");
word_set!(VIEWS, "data/view_nouns.txt");
word_set!(TRIALS, "data/trial_words.txt");
word_set!(INSCRIPTIONS, "data/inscription_nouns.txt");

static NAMING_PAIRS: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
    words(include_str!("data/naming_words.txt")).filter_map(|words| words.split_once(' ')).collect()
});

macro_rules! heads {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Heads> = LazyLock::new(|| Heads::of(include_str!($file)));
    };
}

heads!(SPEECH, "data/speech_nouns.txt");
heads!(WORKS, "data/work_nouns.txt");
heads!(PLACES, "data/place_nouns.txt");
heads!(GENERAL_BODIES, "data/general_bodies.txt");
heads!(NORMS, "data/norm_nouns.txt");
heads!(BEARERS, "data/bearer_nouns.txt");

/// What the common noun `word` (lower case), or a compound that ends in one,
/// names as a source.
#[must_use]
pub fn source_noun(word: &str) -> Option<Noun> {
    SOURCES.get(word).copied().or_else(|| is_plural_person(word).then_some(Noun::Group))
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

/// Those of two words, by the first.
static INDEFINITES_OF_TWO: LazyLock<HashMap<&str, Vec<(&str, Partitive)>>> = LazyLock::new(|| {
    let mut of_two: HashMap<&str, Vec<(&str, Partitive)>> = HashMap::default();
    for words in words(include_str!("data/indefinites.txt")) {
        if let Some((first, second)) = words.split_once(' ') {
            of_two.entry(first).or_default().push((second, INDEFINITES[words]));
        }
    }
    of_two
});

/// How many people `word` (lower case) names without saying whom: *iemand*, *velen*.
#[must_use]
pub fn indefinite(word: &str) -> Option<Partitive> {
    INDEFINITES.get(word).copied()
}

/// The words (lower case) that do so behind `word`: *ander* behind *een*.
#[must_use]
pub fn indefinite_behind(word: &str) -> &'static [(&'static str, Partitive)] {
    INDEFINITES_OF_TWO.get(word).map_or(&[], Vec::as_slice)
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
    MEDIA.has(name)
}

/// Whether the noun `word` (lower case) announces speech: *reactie*, *boodschap*.
#[must_use]
pub fn is_speech_noun(word: &str) -> bool {
    SPEECH.has(word)
}

/// Whether the noun `word` (lower case) announces the title of a work.
#[must_use]
pub fn is_work_noun(word: &str) -> bool {
    WORKS.has(word)
}

/// Whether the noun `word` (lower case) takes up a body that was just named:
/// *het bedrijf*.
#[must_use]
pub fn is_general_body(word: &str) -> bool {
    GENERAL_BODIES.has(word)
}

/// Whether the noun `word` (lower case) stands in front of the name of a place: *de
/// badplaats Zeezicht*.
#[must_use]
pub fn is_place_noun(word: &str) -> bool {
    PLACES.has(word)
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
    NORMS.has(word)
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
    BEARERS.has(word)
}

/// Whether `word` (lower case) announces a name or a term: *genaamd*.
#[must_use]
pub fn is_naming_word(word: &str) -> bool {
    NAMING.contains(word)
}

/// The same of two words: *de term*.
#[must_use]
pub fn is_naming_pair(first: &str, second: &str) -> bool {
    NAMING_PAIRS.contains(&(first, second))
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

/// A list of nouns, found also as the head in which a compound ends: *wijkagent*,
/// *politie-eenheid*.
pub(super) struct Heads<T = ()> {
    /// Each noun with what it tells.
    nouns: HashMap<String, T>,
    /// The last letters of the nouns. Few other words end in them, and only those
    /// that do need to be taken apart.
    endings: HashSet<String>,
}

impl Heads {
    /// The nouns of a list that tells no more of them.
    pub(super) fn of(list: &'static str) -> Self {
        words(list).map(|noun| (noun.to_owned(), ())).collect()
    }

    /// Whether `word` is one of the nouns or ends in one.
    pub(super) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

impl<T> Heads<T> {
    /// What the list tells of `word` itself.
    pub(super) fn get_whole(&self, word: &str) -> Option<&T> {
        self.nouns.get(word)
    }

    /// What the list tells of `word` or of the longest noun in which it ends.
    pub(super) fn get(&self, word: &str) -> Option<&T> {
        self.find(word, |_| true).map(|(_, told)| told)
    }

    /// What the list tells of `word` or of the longest noun in which it ends, of the
    /// nouns of which it tells what `fits`, and that noun.
    pub(super) fn find<'w>(
        &self,
        word: &'w str,
        fits: impl Fn(&T) -> bool,
    ) -> Option<(&'w str, &T)> {
        let find = |noun: &'w str| self.nouns.get(noun).filter(|it| fits(it)).map(|it| (noun, it));
        find(word).or_else(|| self.may_end(word).then(|| heads(word).find_map(find)).flatten())
    }

    /// Whether `word` may be a compound that ends in one of the nouns.
    fn may_end(&self, word: &str) -> bool {
        // Behind a hyphen the head may be shorter than what is kept of it.
        let ends = || ending(word).is_some_and(|ending| self.endings.contains(ending));
        (word.contains('-') || ends())
            && word.len() <= LONGEST_COMPOUND
            && !NOT_COMPOUNDS.contains(word)
    }
}

impl<T> FromIterator<(String, T)> for Heads<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(nouns: I) -> Self {
        let nouns: HashMap<String, T> = nouns.into_iter().collect();
        let endings = nouns.keys().filter_map(|noun| ending(noun)).map(str::to_owned).collect();
        Self { nouns, endings }
    }
}

/// The letters of `word` that it has in common with every head that it can have;
/// `None` if it is too short for a compound's head.
fn ending(word: &str) -> Option<&str> {
    let (start, _) = word.char_indices().rev().nth(SHORTEST_HEAD - 1)?;
    Some(&word[start..])
}

/// Names that are known in any case.
struct Names {
    /// In lower case.
    lower: HashSet<String>,
    /// The lengths in bytes of those that begin with each byte, one bit a length; the
    /// last bit is for all that are longer.
    lengths: [u64; 256],
}

impl Names {
    fn of(list: &'static str) -> Self {
        let mut lower = HashSet::default();
        let mut lengths = [0; 256];
        for name in words(list).map(str::to_lowercase) {
            lengths[first_byte(&name)] |= length_bit(&name);
            lower.insert(name);
        }
        Self { lower, lengths }
    }

    fn has(&self, name: &str) -> bool {
        // Most are none for all that their length and their first letter tell.
        let fits = || self.lengths[first_byte(name)] & length_bit(name) != 0;
        (!name.is_ascii() || fits()) && self.lower.contains(&name.to_lowercase())
    }
}

/// The first byte of a name, in lower case.
fn first_byte(name: &str) -> usize {
    name.bytes().next().map_or(0, |byte| usize::from(byte.to_ascii_lowercase()))
}

fn length_bit(name: &str) -> u64 {
    1 << name.len().min(63)
}

/// What can be the head of `word`, since Dutch compounds end in theirs: what stands
/// behind a hyphen, then its ends from the longest on.
fn heads(word: &str) -> impl Iterator<Item = &str> {
    let behind_hyphen = word.rsplit_once('-').map(|(_, head)| head);
    // What stands before the head is a word too: two letters at the least.
    let starts = word.char_indices().skip(3).map(|(at, _)| at);
    let ends = starts.map(|at| &word[at..]);
    let long = ends.take_while(|head| head.chars().count() >= SHORTEST_HEAD);
    behind_hyphen.into_iter().chain(long)
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
