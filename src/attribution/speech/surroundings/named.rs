//! What makes the words in marks a name or a term.

use super::{Beside, Evidence};
use crate::lexicon::{self, MarkWord};
use crate::syntax::Class;

impl Beside<'_, '_> {
    /// What makes the candidate a name or a term.
    pub(super) fn terms(&self, found: &mut Vec<Evidence>) {
        const LONGEST_STOPPED_TITLE: usize = 4;
        let shape = &self.scene.shapes[self.candidate];
        // "ziet in het rapport ‘aanwijzingen dat ...’": titles begin with a capital.
        let words_of_it = !shape.capital
            && shape.verb
            && shape.is_clause()
            && lexicon::is_work_noun(self.last_word());
        let announced = shape.announced && !words_of_it || self.is_named_so();
        // "de serie ‘Nooit meer slapen.’": American print has the stop inside.
        let title = lexicon::is_work_noun(self.last_word())
            && shape.words <= LONGEST_STOPPED_TITLE
            && !shape.verb;
        if announced && (title || !(shape.capital && shape.stopped)) {
            found.push(Evidence::Announced);
        }
        if self.is_legend() {
            found.push(if self.is_posted() { Evidence::Shown } else { Evidence::OnObject });
        }
        let Some(&last) = self.before.first().filter(|at| **at + 1 == self.start()) else {
            return;
        };
        if shape.is_clause() {
            return;
        }
        match self.scene.tagged.class(last) {
            // "noemt het ‘laf’": a pronoun.
            Class::Determiner
                if !matches!(self.word(last), "dat" | "die" | "het")
                    || !found.contains(&Evidence::Called) && self.word(last) == "het" =>
            {
                found.push(Evidence::OfItsArticle);
            }
            Class::Preposition if self.word(last) != "volgens" => {
                found.push(Evidence::BehindPreposition);
            }
            _ => {}
        }
    }

    /// `hits als "..."`, `het boek van Mulder, "..."`, `beter bekend is als "..."`.
    fn is_named_so(&self) -> bool {
        const NEAR: usize = 5;
        let Some((&last, rest)) = self.before.split_first() else { return false };
        let named = |at: &usize| lexicon::is_mark_word(self.word(*at), MarkWord::Names);
        if self.before.iter().take(NEAR).take_while(|at| self.word(**at) != ",").any(named) {
            return true;
        }
        let capital = self.scene.shapes[self.candidate].capital;
        match self.word(last) {
            "als" | "zoals" => rest.iter().take(3).any(|&at| {
                lexicon::is_mark_word(self.word(at), MarkWord::Known)
                    || lexicon::is_work_noun(self.word(at))
            }),
            "," | ":" => {
                capital
                    && rest
                        .iter()
                        .take(NEAR)
                        .any(|&at| lexicon::is_work_noun(self.word(at)) || self.word(at) == "naam")
            }
            _ => false,
        }
    }
}
