//! The words of one sentence that stand at one depth of quotation marks, and
//! what their word order tells: finite verbs, main clauses. Patterns over word
//! classes; no tree.

use std::cell::OnceCell;
use std::ops::Range;

use super::super::clauses::Clause;
use super::super::scene::Scene;
use super::introducers::Verbs;
use crate::lexicon;
use crate::syntax::{Class, Pos};

/// The tokens of one sentence inside one candidate, or outside all of them.
/// Candidates within are opaque: their words are no part of its grammar.
#[derive(Clone)]
pub(super) struct Level<'s> {
    pub(super) scene: &'s Scene<'s>,
    /// From its first to one past its last token, opaque ones included.
    pub(super) range: Range<usize>,
    /// The candidate it stands in.
    pub(super) host: Option<usize>,
    /// Its sentence, as an index.
    pub(super) sentence: usize,
    /// Whether no token from its first to its last is opaque: most levels are so.
    whole: bool,
    /// Its verbs, which several rules look through.
    verbs: OnceCell<Verbs>,
}

/// All levels of a document, in order of their sentences, outer before inner.
pub(super) fn levels<'s>(scene: &'s Scene<'s>) -> Vec<Level<'s>> {
    let mut levels: Vec<Level<'s>> = Vec::new();
    // The last level of each candidate, and that outside all.
    let mut last = vec![usize::MAX; scene.candidates.len() + 1];
    for (sentence, it) in scene.tokenized.sentences().iter().enumerate() {
        for at in it.tokens.clone() {
            let host = inner_host(scene, at);
            let place = &mut last[host.map_or(0, |host| host + 1)];
            let own = scene.host[at] == host;
            if let Some(level) = levels.get_mut(*place).filter(|it| it.sentence == sentence) {
                level.whole &= own && level.range.end == at;
                level.range.end = at + 1;
            } else {
                *place = levels.len();
                levels.push(Level {
                    scene,
                    range: at..at + 1,
                    host,
                    sentence,
                    whole: own,
                    verbs: OnceCell::new(),
                });
            }
        }
    }
    levels
}

/// The candidate between whose marks token `at` stands; a mark itself belongs
/// to what is around it.
fn inner_host(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let host = scene.host[at]?;
    if scene.shapes[host].inner.contains(&at) { Some(host) } else { scene.candidates[host].parent }
}

impl Level<'_> {
    /// The verbs that can report.
    pub(super) fn verbs(&self) -> &Verbs {
        self.verbs.get_or_init(|| Verbs::of(self))
    }

    /// The reporting clauses whose cue stands on the level, in order.
    pub(super) fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.scene.clauses_in(self.range.clone()).iter().filter(|it| !self.is_opaque(it.cue))
    }

    #[inline]
    pub(super) fn word(&self, at: usize) -> &str {
        self.scene.word(at)
    }

    /// Whether white space stands before token `at`.
    pub(super) fn stands_apart(&self, at: usize) -> bool {
        let tokens = self.scene.tokenized.tokens();
        at.checked_sub(1).is_none_or(|before| tokens[before].span.end() < tokens[at].span.start())
    }

    /// Whether token `at` belongs to a candidate within.
    #[inline]
    pub(super) fn is_opaque(&self, at: usize) -> bool {
        !(self.whole && self.range.contains(&at)) && self.scene.host[at] != self.host
    }

    /// The word at `at` if that lies on the level.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        (self.range.contains(&at) && !self.is_opaque(at)).then(|| self.word(at))
    }

    #[inline]
    pub(super) fn class(&self, at: usize) -> Class {
        self.scene.tagged.class(at)
    }

    /// Whether the word lists have token `at` for a finite form of a verb, whatever
    /// stands around it.
    #[inline]
    pub(super) fn can_be_verb(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Auxiliary | Class::Reporting)
    }

    /// Whether token `at` is a finite verb.
    #[inline]
    pub(super) fn is_finite(&self, at: usize) -> bool {
        self.range.contains(&at) && !self.is_opaque(at) && self.scene.tagged.is_finite(at)
    }

    /// Whether token `at` stands in a clause with *dat*.
    pub(super) fn is_in_clause(&self, at: usize) -> bool {
        const REACH: usize = 40;
        (self.range.start.max(at.saturating_sub(REACH))..at)
            .rev()
            .take_while(|&token| !matches!(self.get(token), Some("," | ":" | ";")))
            .any(|token| {
                self.get(token) == Some("dat")
                    && self.scene.tagged.pos(token) == Pos::SubordinatingConjunction
            })
    }

    /// Whether the words from `at` on, behind a coordinator or a comma, are a
    /// main clause: its finite verb stands first or second, and more than
    /// verbs follows it.
    pub(super) fn is_main_clause(&self, at: usize) -> bool {
        /// The first constituent is seldom longer.
        const FIRST: usize = 9;
        if self.get(at).is_some_and(opens_subordinate) && !self.is_demonstrative(at) {
            return false;
        }
        let end = self.clause_end(at);
        let Some(verb) = (at..end.min(at + FIRST)).find(|&token| self.is_finite(token)) else {
            return false;
        };
        // "dat A komt en B gaat": nothing behind the verbs.
        (verb + 1..end).any(|token| !self.is_opaque(token) && !self.is_verbal(token))
    }

    /// Whether *dat* or *die* at `at` begins a main clause: the finite verb
    /// stands right behind it or behind its noun (`maar dat was geen naam`, `maar
    /// dat proces duurt te lang`).
    fn is_demonstrative(&self, at: usize) -> bool {
        let tagged = self.scene.tagged;
        let noun = || tagged.pos(at + 1) == Pos::Noun && self.is_finite(at + 2);
        matches!(self.get(at), Some("dat" | "die"))
            && (self.is_finite(at + 1)
                || at + 1 < self.range.end
                    && tagged.pos(at) != Pos::SubordinatingConjunction
                    && noun())
    }

    /// The next comma, colon, semicolon, or the end of the level.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        (at..self.range.end)
            .find(|&token| {
                !self.is_opaque(token)
                    && matches!(self.word(token), "," | ":" | ";" | "." | "!" | "?")
            })
            .unwrap_or(self.range.end)
    }

    fn is_verbal(&self, at: usize) -> bool {
        matches!(self.scene.tagged.pos(at), Pos::Verb | Pos::Auxiliary | Pos::Punctuation)
            || self.word(at) == "te"
    }

    /// One past the last token of `range` that is no punctuation.
    pub(super) fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        while range.end > range.start
            && !self.is_opaque(range.end - 1)
            && self.class(range.end - 1) == Class::Punctuation
            && !matches!(self.word(range.end - 1), ")" | "%" | "€" | "]")
        {
            range.end -= 1;
        }
        while range.end > range.start
            && !self.is_opaque(range.start)
            && matches!(
                self.word(range.start),
                "," | "." | "-" | "–" | "—" | ":" | ";" | "•" | "..."
            )
        {
            range.start += 1;
        }
        range
    }
}

/// Words that open a subordinate clause.
pub(super) fn opens_subordinate(word: &str) -> bool {
    matches!(word, "dat" | "of" | "om" | "als" | "die")
        || lexicon::word_class(word) == Some(lexicon::WordClass::Subordinator)
}
