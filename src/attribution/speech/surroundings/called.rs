//! Whether someone calls something so: *noemt het plan "..."*; for a name is
//! given by *wordt "..." genoemd*.

use super::{Beside, Evidence};
use crate::attribution::clauses::Clause;
use crate::lexicon::{self, Frame, MarkWord};
use crate::syntax::Class;

/// How far before the mark *door* and who says so may stand.
const DOER: usize = 10;

impl Beside<'_, '_> {
    /// `noemt het plan "..."`, `spreekt van "..."`.
    pub(super) fn is_called_before(&self) -> bool {
        let words: Vec<&str> = self.before.iter().take(3).map(|&at| self.word(at)).collect();
        if let ["op", "het" | "'t", "houdt" | "hield" | "houden" | "hielden"] = words[..] {
            return true;
        }
        let of = || self.before.iter().take(3).any(|&at| matches!(self.word(at), "van" | "over"));
        let as_ =
            || self.before.iter().take(2).any(|&at| matches!(self.word(at), "als" | "een" | "in"));
        let calls = |clause: &Clause| {
            clause.verb().is_some_and(|verb| match verb.lemma {
                "spreken" | "gewagen" | "reppen" => of(),
                "zien" | "beschouwen" => as_(),
                _ => verb.takes(Frame::Fragment),
            })
        };
        let plain = |cue: usize| {
            self.before.iter().take_while(|at| **at > cue).all(|&at| {
                !matches!(self.word(at), "dat" | "of" | ":" | ";" | ",")
                    && self.scene.tagged.class(at) != Class::Subordinator
            })
        };
        // "bestempelde dat oordeel als": a determiner.
        let as_what = self.last_word() == "als";
        let near =
            |clause: &Clause| self.before.contains(&clause.cue) && (as_what || plain(clause.cue));
        self.clauses().any(|clause| calls(clause) && near(clause))
    }

    /// `wat hij "..." noemt`, `heeft het "..." genoemd`, `"..." te noemen`; but
    /// `"..." genoemd` alone, `wordt "..." genoemd` and `"..." heet` give a name.
    pub(super) fn called_after(&self) -> Option<Evidence> {
        const NEAR: usize = 4;
        let comma = self.after.first().is_some_and(|at| self.word(*at) == ",");
        let near = self.after.iter().skip(usize::from(comma)).take(NEAR);
        for &at in near.take_while(|at| !matches!(self.word(**at), "." | "," | ";")) {
            let word = self.word(at);
            if !comma && lexicon::is_naming_word(word) && !self.is_said_so(at) {
                return Some(Evidence::Announced);
            }
            let calls = |verbs: &[&lexicon::Verb]| {
                verbs.iter().any(|verb| {
                    verb.takes(Frame::Fragment)
                        && verb.particles.is_empty()
                        // "moeten we ‘blank’ zeggen": a word, and nobody says it.
                        && (verb.lemma != word || word == "noemen")
                })
            };
            if calls(self.scene.tagged.participle_verbs(at)) {
                return Some(if self.is_said_so(at) {
                    Evidence::CalledAfter
                } else {
                    Evidence::Announced
                });
            }
            if calls(self.scene.tagged.verbs(at)) {
                // "die zich ‘de Raaf’ noemt": a name.
                let own = self.before.iter().take(NEAR).any(|&at| self.word(at) == "zich");
                return Some(if own { Evidence::Announced } else { Evidence::CalledAfter });
            }
        }
        None
    }

    /// Whether the participle at `at` has someone who says so: *heeft*, *had*, *door
    /// de buren*.
    fn is_said_so(&self, at: usize) -> bool {
        let perfect = |at: &usize| lexicon::is_mark_word(self.word(*at), MarkWord::Perfect);
        let behind = self
            .after
            .iter()
            .take_while(|other| **other <= at + 2)
            .take_while(|other| **other <= at || self.word(**other) != ",");
        // "die door de politie als ‘kwetsbaar’ worden getypeerd"
        let by = |&&by: &&usize| {
            self.word(by) == "door"
                && self.scene.cast.references_in(by + 1..by + 2).next().is_some()
        };
        self.before.iter().chain(behind).any(perfect)
            || self.before.iter().take(DOER).any(|at| by(&at))
    }
}
