//! Words in marks inside a quotation: someone else's, or the speaker's own.

use super::Beside;
use crate::lexicon::{self, MarkWord};

impl Beside<'_, '_> {
    /// `Hij heeft, zo zei een buurman, "niets gedaan"`.
    pub(super) fn is_inserted(&self) -> bool {
        let start = self.start();
        self.clauses().any(|clause| {
            clause.cue < start
                && self.before.contains(&clause.cue)
                && clause.stretch.end == start
                && self.last_word() == ","
                && clause.closes(self.scene)
        })
    }

    /// Inside a quotation: whether the words are the speaker's own once more,
    /// or what anyone says (*je zegt dan*).
    pub(super) fn is_by_the_speaker(&self) -> bool {
        const BESIDE: usize = 3;
        let shape = &self.scene.shapes[self.candidate];
        let (start, end) = (shape.tokens.start, shape.tokens.end);
        // The clause nearest before it, else the nearest behind.
        let nearest = self
            .clauses()
            .rfind(|clause| clause.cue < start)
            .or_else(|| self.clauses_behind().find(|clause| clause.cue >= end));
        let own = |at: usize| lexicon::is_mark_word(self.word(at), MarkWord::Speaker);
        let sides = |cue: usize| {
            let around = cue.saturating_sub(2)..(cue + 3).min(self.scene.tagged.len());
            around.filter(|at| !shape.tokens.contains(at))
        };
        match nearest {
            Some(clause) => sides(clause.cue).any(own),
            // "toen heb ik ‘ja’ gezegd": the marks part the verb.
            None => self.before.iter().take(BESIDE).any(|&at| own(at)),
        }
    }
}
