//! What reports the words in marks: a reporting clause, a colon, a noun of
//! saying.

use super::{Beside, Evidence};
use crate::attribution::clauses::Clause;
use crate::lexicon::{self, Frame, MarkWord};
use crate::syntax::Class;

impl Beside<'_, '_> {
    /// What reports the candidate.
    pub(super) fn reports(&self, found: &mut Vec<Evidence>) {
        let shape = &self.scene.shapes[self.candidate];
        if self.is_said_beside() {
            found.push(Evidence::SaidBeside);
        }
        if self.is_said_before() {
            found.push(Evidence::SaidBefore);
        }
        if self.resumes() {
            found.push(Evidence::Resumed);
        }
        if let Some(colon) = self.scene.colon_before(self.candidate) {
            found.extend(self.introduction(colon));
        }
        if self.is_called_before() {
            found.push(Evidence::Called);
        }
        found.extend(self.called_after());
        if self.is_spoken_of() {
            found.push(Evidence::SpokenOf);
        }
        if self.is_reported() {
            found.push(Evidence::Reported);
            if lexicon::is_mark_word(self.last_word(), MarkWord::Governs) {
                found.push(Evidence::OpensContent);
            }
        }
        if self.before.iter().chain(&self.after).any(|&at| self.tells_according(at)) {
            found.push(Evidence::According);
        }
        if self.is_uttered() {
            found.push(Evidence::Uttered);
        } else if shape.words >= 2 && self.is_shown() {
            found.push(Evidence::Shown);
        }
    }

    /// Whether token `at` tells whose view its sentence is: `volgens`, `naar
    /// eigen zeggen`, `wat haar betreft`.
    fn tells_according(&self, at: usize) -> bool {
        const WHOM: usize = 5;
        match self.word(at) {
            "volgens" | "aldus" => true,
            "zeggen" => at > 1 && self.word(at - 1) == "eigen",
            "betreft" => {
                let wat = (at.saturating_sub(WHOM)..at).rfind(|&before| self.word(before) == "wat");
                wat.is_some_and(|wat| {
                    let mut whom = self.scene.cast.references_in(wat + 1..at);
                    // "haar" may stand for a possessive, as the cast reads it.
                    let pronoun = wat + 2 == at && !self.scene.tagged.pronouns(wat + 1).is_empty();
                    pronoun || whom.any(|(number, it)| it.end == at && self.scene.can_speak(number))
                })
            }
            _ => false,
        }
    }

    /// `"...", zegt zij`, `"..." aldus de wethouder`.
    fn is_said_beside(&self) -> bool {
        if self.scene.noun_of_saying_behind(self.candidate).is_some() {
            return true;
        }
        let shape = &self.scene.shapes[self.candidate];
        let mut after = self.after.iter().copied().peekable();
        let ended = shape.inner.clone().next_back().is_some_and(|at| {
            matches!(self.word(at), "," | "." | "!" | "?" | "..." | "…") || shape.stopped
        });
        let comma = after.next_if(|&at| self.word(at) == ",").is_some();
        let adverb = |at: &usize| {
            self.scene.tagged.class(*at) == Class::Adverb || matches!(self.word(*at), "zo" | "dus")
        };
        while after.next_if(adverb).is_some() {}
        let Some(at) = after.next() else { return false };
        if !comma && self.ends_clause(at, after.next()) {
            return true;
        }
        let cue = self.clauses_behind().find(|clause| clause.cue == at);
        let says =
            cue.is_some_and(|clause| clause.takes(Frame::Inverted) || clause.takes(Frame::Manner));
        says && (comma || ended || shape.opens_sentence && shape.is_clause())
    }

    /// `"Ja", zegt zij, "dat klopt."`: a reporting clause between two commas
    /// parts it from the quotation before.
    fn resumes(&self) -> bool {
        let scene = self.scene;
        let start = self.start();
        let Some(comma) = start.checked_sub(1).filter(|at| self.word(*at) == ",") else {
            return false;
        };
        self.clauses().any(|clause| {
            clause.stretch.end == start
                && clause.takes(Frame::Inverted)
                && clause.subject.is_some_and(|n| scene.cast.references[n].start > clause.cue)
                && clause.stretch.start.checked_sub(1).is_some_and(|at| {
                    scene.host[at].is_some() && scene.host[at] != scene.host[comma]
                })
        })
    }

    /// `17 procent antwoordt "ja"`, `toen vroegen velen "wie?"`: the verb or its
    /// subject touches the opening mark.
    fn is_said_before(&self) -> bool {
        let start = self.start();
        let inverted = |clause: &Clause| {
            let verb = clause.verb().filter(|verb| !verb.over_triggers);
            let subject = clause.subject.map(|n| &self.scene.cast.references[n]);
            verb.is_some_and(|verb| verb.takes(Frame::Before))
                && subject.is_some_and(|it| it.start > clause.cue && it.end == start)
        };
        if self.clauses().any(inverted) {
            return true;
        }
        let Some(&at) = self.before.first().filter(|at| **at + 1 == self.start()) else {
            return false;
        };
        let mut verbs = self.scene.tagged.verbs(at).iter();
        self.scene.tagged.is_finite(at)
            && verbs.any(|verb| {
                !verb.over_triggers && verb.particles.is_empty() && verb.takes(Frame::Before)
            })
    }

    /// `die "nee" antwoordt`: whether the word right behind the marks is the
    /// reporting verb of a subordinate clause that ends there.
    fn ends_clause(&self, at: usize, next: Option<usize>) -> bool {
        let touches = at == self.scene.shapes[self.candidate].tokens.end;
        let ends = next.is_none_or(|next| matches!(self.word(next), "," | "." | "!" | "?" | "en"));
        let mut verbs = self.scene.tagged.verbs(at).iter();
        touches
            && ends
            && self.scene.tagged.is_finite(at)
            && verbs.any(|verb| !verb.over_triggers && verb.particles.is_empty())
    }

    /// What the words before a colon are.
    fn introduction(&self, colon: usize) -> Option<Evidence> {
        let shape = &self.scene.shapes[self.candidate];
        let fragment = !shape.stopped && !shape.verb;
        let work = |at: &&usize| lexicon::is_work_noun(self.word(**at));
        if self.word(colon.saturating_sub(1)) == "naam" {
            return Some(Evidence::Announced);
        }
        if fragment && shape.capital && self.before.iter().take(6).any(|at| work(&at)) {
            return Some(Evidence::Announced);
        }
        let reports = self.clauses().any(|clause| clause.cue < colon);
        let noun = |at: &usize| lexicon::is_speech_noun(self.word(*at));
        if reports || self.before.iter().any(noun) || self.is_shown() {
            return Some(Evidence::Introduced);
        }
        let named = self.scene.cast.references_in(colon.saturating_sub(6)..colon);
        (named.last().is_some() || shape.heading).then_some(Evidence::NamedBefore)
    }

    /// Whether a comma stands between the cue and the opening mark.
    fn is_comma_since(&self, cue: usize) -> bool {
        self.before.iter().take_while(|at| **at > cue).any(|&at| self.word(at) == ",")
    }

    /// It stands in a clause that a verb of saying governs.
    fn is_reported(&self) -> bool {
        let start = self.start();
        let conjunction = |cue: usize| {
            self.before
                .iter()
                .take_while(|at| **at > cue)
                .any(|&at| lexicon::is_mark_word(self.word(at), MarkWord::Governs))
        };
        let content = |verb: &lexicon::Verb| {
            verb.takes(Frame::That) || verb.takes(Frame::Whether) || verb.takes(Frame::To)
        };
        let finite = self.clauses().filter(|clause| clause.cue < start).any(|clause| {
            // "..., zo vreest de kerk, ...": the clause is put into what it reports.
            let inserted = clause.closes(self.scene) && self.before.contains(&clause.cue);
            inserted
                || clause.verb().is_some_and(|verb| {
                    let near = !verb.over_triggers && !self.is_comma_since(clause.cue);
                    content(verb) && (conjunction(clause.cue) || near)
                })
        });
        let later = self.clauses_behind().any(|clause| {
            clause.cue > start
                && self.word(clause.cue - 1) == ","
                && clause.takes(Frame::Inverted)
                && clause.subject.is_some_and(|n| self.scene.cast.references[n].start > clause.cue)
        });
        finite
            || later
            || self.before.iter().any(|&at| {
                let verbs = self.scene.tagged.participle_verbs(at);
                verbs.iter().any(|verb| content(verb)) && conjunction(at)
            })
    }

    fn is_link(&self, at: usize) -> bool {
        lexicon::is_mark_word(self.word(at), MarkWord::Links)
    }

    /// `melding van "..."`, `sprake van een "..."`, `de klacht over "..."`.
    fn is_spoken_of(&self) -> bool {
        let mut words = self.before.iter().copied().peekable();
        let determiner = |at: &usize| self.scene.tagged.class(*at) == Class::Determiner;
        let _ = words.next_if(determiner);
        let of = words.next_if(|&at| matches!(self.word(at), "van" | "over" | "tot" | "om"));
        // "of er sprake is van een ..."
        let linked = words.clone().find(|&at| !self.is_link(at));
        if of.is_some() && linked.is_some_and(|at| self.word(at) == "sprake") {
            return true;
        }
        let noun = |at: usize| {
            let verbs = self.scene.tagged.participle_verbs(at);
            lexicon::is_speech_noun(self.word(at)) || verbs.iter().any(|verb| !verb.over_triggers)
        };
        of.is_some() && words.next().is_some_and(noun)
    }
}
