//! Where words can be read or heard: on a board, in a hall, on a thing that
//! bears them.

use super::Beside;
use crate::lexicon::{self, MarkWord, Showing};
use crate::syntax::Form;

impl Beside<'_, '_> {
    /// `heeft iemand "..." gekalkt`, `hoorde hen "..." roepen`.
    pub(super) fn is_uttered(&self) -> bool {
        const BEHIND: usize = 3;
        // "hoorde hen ‘ja’ roepen"
        let behind = self.after.first().filter(|at| **at == self.end());
        let infinitive = |at: usize| {
            self.scene.tagged.tag(at).form() == Some(Form::Infinitive)
                && lexicon::showing(self.word(at)) == Some(Showing::Finite)
        };
        if behind.is_some_and(|&at| infinitive(at)) {
            return true;
        }
        let near = self.after.iter().take(BEHIND);
        near.take_while(|at| !matches!(self.word(**at), "." | "," | ";"))
            .any(|&at| lexicon::showing(self.word(at)) == Some(Showing::Participle))
    }

    /// `op het bord staat "..."`, `in de zaal klonk "..."`, `kregen we "..." te
    /// horen`.
    pub(super) fn is_shown(&self) -> bool {
        const NEAR: usize = 12;
        const BEHIND: usize = 3;
        let shows = |at: &usize| {
            self.scene.tagged.is_finite(*at)
                && lexicon::showing(self.word(*at)) == Some(Showing::Finite)
        };
        let heard = self.after.windows(2).take(BEHIND).any(|pair| {
            self.word(pair[0]) == "te" && lexicon::is_mark_word(self.word(pair[1]), MarkWord::Heard)
        });
        heard
            || self.before.iter().take(NEAR).any(shows)
            || self.after.iter().take(BEHIND).any(shows)
    }

    /// `plaatste op Instagram een foto met de tekst "..."`: written by someone, for
    /// others to read.
    pub(super) fn is_posted(&self) -> bool {
        let medium = |pair: &[usize]| {
            lexicon::is_medium(self.word(pair[0])) && matches!(self.word(pair[1]), "op" | "via")
        };
        self.before.windows(2).any(medium)
    }

    /// `met het opschrift "..."`, `met daarop in witte verf "..."`, `een bord met
    /// "..."`.
    pub(super) fn is_legend(&self) -> bool {
        const NEAR: usize = 7;
        let with = |at: &usize| matches!(self.word(*at), "met" | "waarop" | "daarop");
        if self.last_word() == "met" {
            return self.before.get(1).is_some_and(|at| lexicon::is_bearer_noun(self.word(*at)));
        }
        let noun = lexicon::is_inscription_noun(self.last_word());
        noun && self.before.iter().take(NEAR).any(with)
    }
}
