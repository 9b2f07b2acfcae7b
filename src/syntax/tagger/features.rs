//! What the tagger looks at. A feature is a row of the table of weights, found
//! by hashing, so that no list of features has to be kept.

use super::clusters::{self, Cluster};
use super::tags::{Form, Pos, Tag};
use crate::lexicon::{self, StrongForm, WordClass};

/// How many rows the table of weights has: a power of two.
pub(super) const ROWS: usize = 1 << 16;

/// Features of a word, at most.
pub(super) const COUNT: usize = 40;

/// What the features of a word and of its neighbours are made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Word {
    whole: u32,
    /// The last one, two, three and four letters.
    suffixes: [u32; 4],
    /// The first two and three letters.
    prefixes: [u32; 2],
    cluster: Cluster,
    /// What the word lists have of it.
    listed: u32,
    /// Capitals, digits, hyphens.
    shape: u32,
    edge: bool,
}

impl Word {
    /// Whether a clause can end and another begin here.
    pub(super) fn is_clause_edge(&self) -> bool {
        self.edge
    }
}

/// What stands beyond a sentence's ends.
const OUTSIDE: Word = Word {
    whole: 1,
    suffixes: [1; 4],
    prefixes: [1; 2],
    cluster: Cluster { fine: u16::MAX - 1, coarse: u8::MAX - 1 },
    listed: 1,
    shape: 1,
    edge: true,
};

/// Reads a token: its text, the same in lower case with straight apostrophes, and
/// whether that is [a word for a source](names_source).
pub(in crate::syntax) fn word(text: &str, lower: &str, names_source: bool) -> Word {
    // Numbers of one shape are one word, as in the clusters.
    let digits = lower.bytes().any(|byte| byte.is_ascii_digit());
    let shaped: String;
    let lower = if digits {
        shaped = lower.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        &shaped
    } else {
        lower
    };
    let suffix = |count: usize| {
        let start = lower.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
        hash(&lower.as_bytes()[start..])
    };
    let prefix = |count: usize| {
        let end = lower.char_indices().nth(count).map_or(lower.len(), |(at, _)| at);
        hash(&lower.as_bytes()[..end])
    };
    // "Kamerdebat" is unknown, "debat" may not be: a compound is like its head.
    let mut cluster = clusters::cluster(lower);
    if cluster == clusters::UNKNOWN
        && let Some((_, head)) = lower.rsplit_once('-')
    {
        cluster = clusters::cluster(head);
    }
    Word {
        whole: hash(lower.as_bytes()),
        suffixes: [suffix(1), suffix(2), suffix(3), suffix(4)],
        prefixes: [prefix(2), prefix(3)],
        cluster,
        listed: listed(lower, if digits { self::names_source(lower) } else { names_source }),
        shape: shape(text, digits),
        edge: matches!(lower, "," | ";" | ":" | "(" | ")" | "\"" | "en" | "maar" | "of"),
    }
}

/// Whether a list of those who can say something has the word.
pub(super) fn names_source(lower: &str) -> bool {
    lexicon::function(lower).is_some() || lexicon::source_noun(lower).is_some()
}

/// The word lists that have the word, a bit each.
fn listed(lower: &str, names_source: bool) -> u32 {
    let class = match lexicon::word_class(lower) {
        None => 0,
        Some(WordClass::Determiner) => 1,
        Some(WordClass::Preposition) => 2,
        Some(WordClass::Coordinator) => 3,
        Some(WordClass::Subordinator) => 4,
        Some(WordClass::Auxiliary) => 5,
        Some(WordClass::Adverb) => 6,
    };
    let finite = !lexicon::verbs_of_form(lower).is_empty();
    let participle = !lexicon::verbs_of_participle(lower).is_empty();
    let strong = match lexicon::strong_form(lower) {
        None => 0,
        Some(StrongForm::Infinitive) => 1,
        Some(StrongForm::PastSingular) => 2,
        Some(StrongForm::PastPlural) => 3,
        Some(StrongForm::Participle) => 4,
    };
    class
        | strong << 6
        | u32::from(finite) << 3
        | u32::from(participle) << 4
        | u32::from(names_source) << 5
}

fn shape(text: &str, digits: bool) -> u32 {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next().is_some_and(char::is_uppercase);
    let hyphen = text.contains('-');
    2 | u32::from(first) << 2
        | u32::from(second) << 3
        | u32::from(digits) << 4
        | u32::from(hyphen) << 5
        | u32::from(text.ends_with('.')) << 6
}

/// What was decided of the words before.
#[derive(Debug, Clone, Copy)]
pub(super) struct History {
    last: u32,
    before: u32,
    /// Finite verbs since the clause began.
    finite: u32,
    /// Whether a conjunction or relative word opened the clause.
    subordinate: bool,
}

/// The number of no tag, where a sentence begins.
const NO_TAG: u32 = 255;

impl Default for History {
    fn default() -> Self {
        Self { last: NO_TAG, before: NO_TAG, finite: 0, subordinate: false }
    }
}

impl History {
    pub(super) fn push(&mut self, tag: Tag, edge: bool) {
        self.before = self.last;
        self.last = u32::from(tag.number);
        let opens = tag.pos() == Pos::SubordinatingConjunction;
        if edge || opens {
            (self.finite, self.subordinate) = (0, opens);
        }
        if matches!(tag.form(), Some(Form::FiniteSingular | Form::FinitePlural)) {
            self.finite += 1;
        }
    }
}

/// Adds the rows of the features of word `at`.
pub(super) fn rows(words: &[Word], at: usize, history: &History, rows: &mut Vec<u16>) {
    let beside = |shift: isize| at.checked_add_signed(shift).and_then(|n| words.get(n));
    let own = &words[at];
    let [before, second_before] = [-1, -2].map(|shift| beside(shift).unwrap_or(&OUTSIDE));
    let [next, second_next] = [1, 2].map(|shift| beside(shift).unwrap_or(&OUTSIDE));
    let first = u32::from(at == 0);
    let state = history.finite.min(2) | u32::from(history.subordinate) << 2;
    let fine = |word: &Word| u32::from(word.cluster.fine);
    let coarse = |word: &Word| u32::from(word.cluster.coarse);
    let values = [
        (own.whole, 0),
        (own.suffixes[0], own.shape),
        (own.suffixes[1], 0),
        (own.suffixes[2], 0),
        (own.suffixes[3], 0),
        (own.prefixes[0], own.suffixes[1]),
        (own.prefixes[1], 0),
        (own.shape, first),
        (fine(own), 0),
        (coarse(own), own.suffixes[1]),
        (own.listed, own.suffixes[1]),
        (own.listed, state),
        (own.listed, history.last),
        (before.whole, 0),
        (next.whole, 0),
        (second_before.whole, 0),
        (second_next.whole, 0),
        (fine(before), 0),
        (fine(next), 0),
        (coarse(second_before), coarse(before)),
        (coarse(next), coarse(second_next)),
        (before.suffixes[2], 0),
        (next.suffixes[2], 0),
        (next.listed, next.shape),
        (before.shape, own.shape),
        (history.last, 0),
        (history.last, history.before),
        (history.last, own.whole),
        (history.last, fine(own)),
        (history.last, own.suffixes[2]),
        (history.last, coarse(next)),
        (coarse(own), coarse(next)),
        (coarse(before), coarse(own)),
        (state, own.suffixes[1]),
        (state, fine(own)),
        (state, own.whole),
        (before.whole, own.whole),
        (own.whole, next.whole),
        (before.whole, own.suffixes[2]),
        (own.suffixes[2], next.whole),
    ];
    for (template, (one, two)) in values.into_iter().enumerate() {
        rows.push(mix(template as u32, one, two));
    }
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The row of a feature: its template and what it looks at, mixed as `MurmurHash`
/// does.
fn mix(template: u32, one: u32, two: u32) -> u16 {
    let mut mixed = one.wrapping_mul(0xcc9e_2d51) ^ two.rotate_left(15).wrapping_mul(0x1b87_3593);
    mixed = (mixed ^ template.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    mixed ^= mixed >> 13;
    mixed = mixed.wrapping_mul(0xc2b2_ae35);
    (mixed >> 16) as u16
}
