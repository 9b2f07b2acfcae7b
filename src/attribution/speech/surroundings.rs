//! The words around a candidate: who or what says that it is speech, a name
//! or a term.

use std::ops::Range;

use super::Evidence;
use crate::attribution::clauses::Clause;
use crate::attribution::scene::Scene;
use crate::lexicon::{self, Frame, Showing};
use crate::marks::Family;
use crate::syntax::Class;

/// A word that has to do with the marks stands no further from them.
const REACH: usize = 25;

/// The words beside a candidate in its sentence and its host.
struct Beside<'s, 'a> {
    scene: &'s Scene<'a>,
    candidate: usize,
    /// Tokens before the opening mark, the nearest first.
    before: Vec<usize>,
    /// Tokens behind the closing mark, the nearest first.
    after: Vec<usize>,
}

pub(super) fn gather(scene: &Scene<'_>, candidate: usize, found: &mut Vec<Evidence>) {
    let beside = Beside::new(scene, candidate);
    let first = found.len();
    beside.reports(found);
    beside.terms(found);
    let claims = [
        Evidence::SaidBeside,
        Evidence::SaidBefore,
        Evidence::Resumed,
        Evidence::Introduced,
        Evidence::NamedBefore,
        Evidence::Called,
        Evidence::CalledAfter,
        Evidence::Uttered,
        Evidence::Reported,
        Evidence::According,
        Evidence::Shown,
    ];
    let claimed = found[first..].iter().any(|evidence| claims.contains(evidence));
    if scene.candidates[candidate].parent.is_some() {
        let close = found[first..].iter().any(|evidence| claims[..8].contains(evidence));
        let other = (close || beside.is_inserted()) && !beside.is_by_the_speaker();
        found.push(if other { Evidence::QuotedInside } else { Evidence::NoSourceInside });
    } else if !claimed
        && !found.contains(&Evidence::WholeSentence)
        && scene.candidates[candidate].family != Family::Dash
    {
        found.push(Evidence::Uncued);
    }
}

/// The candidate before `candidate` that nothing but *en*, *of* or a comma
/// parts from it: `'laf' en 'onwaardig'`.
pub(super) fn joined_to(scene: &Scene<'_>, candidate: usize) -> Option<usize> {
    let start = scene.shapes[candidate].tokens.start;
    let mut at = start.checked_sub(1)?;
    if scene.tagged.class(at) == Class::Determiner {
        at = at.checked_sub(1)?;
    }
    let mut joined = false;
    while matches!(scene.word(at), "en" | "of" | "," | "maar" | "tot" | "én" | "noch" | "zelfs") {
        joined = true;
        at = at.checked_sub(1)?;
    }
    let earlier = scene.host[at].filter(|_| joined)?;
    let same = scene.candidates[earlier].parent == scene.candidates[candidate].parent
        && scene.shapes[earlier].last_sentence == scene.shapes[candidate].first_sentence;
    (same && !scene.shapes[candidate].is_clause()).then_some(earlier)
}

impl<'s, 'a> Beside<'s, 'a> {
    fn new(scene: &'s Scene<'a>, candidate: usize) -> Self {
        let shape = &scene.shapes[candidate];
        let host = scene.candidates[candidate].parent;
        // Marks of its own may lie outside a span that another program gave.
        let own = |at: &usize| scene.host[*at] == host && scene.tagged.class(*at) != Class::Mark;
        let start = scene.sentence(shape.first_sentence).tokens.start;
        let end = scene.sentence(shape.last_sentence).tokens.end;
        let near = shape.tokens.start.saturating_sub(REACH).max(start);
        let before: Range<usize> = near..shape.tokens.start;
        let after: Range<usize> = shape.tokens.end..end.min(shape.tokens.end + REACH);
        Self {
            scene,
            candidate,
            before: before.rev().filter(own).collect(),
            after: after.filter(own).collect(),
        }
    }

    fn word(&self, at: usize) -> &str {
        self.scene.word(at)
    }

    /// The word directly before the mark.
    fn last_word(&self) -> &str {
        let touching = self.before.first().filter(|at| **at + 1 == self.start());
        touching.map_or("", |at| self.word(*at))
    }

    fn start(&self) -> usize {
        self.scene.shapes[self.candidate].tokens.start
    }

    fn clauses(&self) -> impl DoubleEndedIterator<Item = &Clause> {
        let shape = &self.scene.shapes[self.candidate];
        self.scene.clauses_beside(self.candidate, shape.first_sentence)
    }

    fn clauses_behind(&self) -> impl DoubleEndedIterator<Item = &Clause> {
        let shape = &self.scene.shapes[self.candidate];
        self.scene.clauses_beside(self.candidate, shape.last_sentence)
    }

    /// What reports the candidate.
    fn reports(&self, found: &mut Vec<Evidence>) {
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
        }
        let according = self.before.iter().chain(&self.after).any(|&at| {
            matches!(self.word(at), "volgens" | "aldus")
                || self.word(at) == "zeggen" && at > 1 && self.word(at - 1) == "eigen"
        });
        if according {
            found.push(Evidence::According);
        }
        if self.is_uttered() {
            found.push(Evidence::Uttered);
        } else if shape.words >= 2 && self.is_shown() {
            found.push(Evidence::Shown);
        }
    }

    /// `"...", zegt zij`, `"..." aldus de wethouder`.
    fn is_said_beside(&self) -> bool {
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

    /// `17 procent antwoordt "ja"`: the verb touches the opening mark.
    fn is_said_before(&self) -> bool {
        let Some(&at) = self.before.first().filter(|at| **at + 1 == self.start()) else {
            return false;
        };
        let mut verbs = lexicon::verbs_of_form(self.word(at)).iter();
        self.scene.tagged.is_finite(at)
            && verbs.any(|verb| !verb.over_triggers && verb.takes(Frame::Before))
    }

    /// `die "nee" antwoordt`: whether the word right behind the marks is the
    /// reporting verb of a subordinate clause that ends there.
    fn ends_clause(&self, at: usize, next: Option<usize>) -> bool {
        let touches = at == self.scene.shapes[self.candidate].tokens.end;
        let ends = next.is_none_or(|next| matches!(self.word(next), "," | "." | "!" | "?" | "en"));
        let mut verbs = lexicon::verbs_of_form(self.word(at)).iter();
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

    /// `noemt het plan "..."`, `spreekt van "..."`.
    fn is_called_before(&self) -> bool {
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
                "zien" => as_(),
                _ => verb.takes(Frame::Fragment),
            })
        };
        let plain = |cue: usize| {
            self.before.iter().take_while(|at| **at > cue).all(|&at| {
                !matches!(self.word(at), "dat" | "of" | ":" | ";" | ",")
                    && self.scene.tagged.class(at) != Class::Subordinator
            })
        };
        let near = |clause: &Clause| self.before.contains(&clause.cue) && plain(clause.cue);
        self.clauses().any(|clause| calls(clause) && near(clause))
    }

    /// `wat hij "..." noemt`, `heeft het "..." genoemd`, `"..." te noemen`; but
    /// `"..." genoemd` alone, `wordt "..." genoemd` and `"..." heet` give a name.
    fn called_after(&self) -> Option<Evidence> {
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
            if calls(lexicon::verbs_of_participle(word)) {
                return Some(if self.is_said_so(at) {
                    Evidence::CalledAfter
                } else {
                    Evidence::Announced
                });
            }
            if calls(lexicon::verbs_of_form(word)) {
                // "die zich ‘de Raaf’ noemt": a name.
                let own = self.before.iter().take(NEAR).any(|&at| self.word(at) == "zich");
                return Some(if own { Evidence::Announced } else { Evidence::CalledAfter });
            }
        }
        None
    }

    /// Whether the participle at `at` has someone who says so: *heeft*, *had*.
    fn is_said_so(&self, at: usize) -> bool {
        let perfect =
            |at: &&usize| matches!(self.word(**at), "heeft" | "hebben" | "had" | "hadden" | "heb");
        let behind = self.after.iter().take_while(|other| **other <= at + 2);
        self.before.iter().chain(behind).any(|at| perfect(&at))
    }

    /// It stands in a clause that a verb of saying governs.
    fn is_reported(&self) -> bool {
        let start = self.start();
        let conjunction = |cue: usize| {
            self.before.iter().take_while(|at| **at > cue).any(|&at| {
                matches!(self.word(at), "dat" | "of" | "om" | "te" | "waarom" | "hoe" | "omdat")
            })
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
                let verbs = lexicon::verbs_of_participle(self.word(at));
                verbs.iter().any(|verb| content(verb)) && conjunction(at)
            })
    }

    /// `melding van "..."`, `sprake van een "..."`, `de klacht over "..."`.
    fn is_spoken_of(&self) -> bool {
        let mut words = self.before.iter().copied().peekable();
        let determiner = |at: &usize| self.scene.tagged.class(*at) == Class::Determiner;
        let _ = words.next_if(determiner);
        let of = words.next_if(|&at| matches!(self.word(at), "van" | "over" | "tot" | "om"));
        let noun = |at: usize| {
            let word = self.word(at);
            word == "sprake"
                || lexicon::is_speech_noun(word)
                || lexicon::verbs_of_participle(word).iter().any(|verb| !verb.over_triggers)
        };
        of.is_some() && words.next().is_some_and(noun)
    }

    /// `heeft iemand "..." gekalkt`, `werd "..." geroepen`.
    fn is_uttered(&self) -> bool {
        const BEHIND: usize = 3;
        let near = self.after.iter().take(BEHIND);
        near.take_while(|at| !matches!(self.word(**at), "." | "," | ";"))
            .any(|&at| lexicon::showing(self.word(at)) == Some(Showing::Participle))
    }

    /// `op het bord staat "..."`, `in de zaal klonk "..."`, `kregen we "..." te
    /// horen`.
    fn is_shown(&self) -> bool {
        const NEAR: usize = 12;
        const BEHIND: usize = 3;
        let shows = |at: &usize| lexicon::showing(self.word(*at)) == Some(Showing::Finite);
        let heard = self.after.windows(2).take(BEHIND).any(|pair| {
            self.word(pair[0]) == "te" && matches!(self.word(pair[1]), "horen" | "lezen" | "zien")
        });
        heard
            || self.before.iter().take(NEAR).any(shows)
            || self.after.iter().take(BEHIND).any(shows)
    }

    /// What makes the candidate a name or a term.
    fn terms(&self, found: &mut Vec<Evidence>) {
        let shape = &self.scene.shapes[self.candidate];
        if (shape.announced || self.is_named_so()) && !(shape.capital && shape.stopped) {
            found.push(Evidence::Announced);
        }
        if self.is_legend() {
            found.push(Evidence::OnObject);
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
        let named = |at: &usize| {
            matches!(self.word(*at), "heet" | "heette" | "heten" | "heetten" | "gedoopt")
        };
        if self.before.iter().take(NEAR).take_while(|at| self.word(**at) != ",").any(named) {
            return true;
        }
        let capital = self.scene.shapes[self.candidate].capital;
        match self.word(last) {
            "als" | "zoals" => rest.iter().take(3).any(|&at| {
                matches!(
                    self.word(at),
                    "bekend" | "aangeduid" | "kent" | "kennen" | "kende" | "kenden"
                ) || lexicon::is_work_noun(self.word(at))
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

    /// `met het opschrift "..."`, `met daarop in witte verf "..."`, `een bord met
    /// "..."`.
    fn is_legend(&self) -> bool {
        const NEAR: usize = 7;
        let with = |at: &usize| matches!(self.word(*at), "met" | "waarop" | "daarop");
        if self.last_word() == "met" {
            return self.before.get(1).is_some_and(|at| lexicon::is_bearer_noun(self.word(*at)));
        }
        let noun = lexicon::is_inscription_noun(self.last_word());
        noun && self.before.iter().take(NEAR).any(with)
    }

    /// `Hij heeft, zo zei een buurman, "niets gedaan"`.
    fn is_inserted(&self) -> bool {
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
    fn is_by_the_speaker(&self) -> bool {
        let shape = &self.scene.shapes[self.candidate];
        let (start, end) = (shape.tokens.start, shape.tokens.end);
        // The clause nearest before it, else the nearest behind.
        let nearest = self
            .clauses()
            .rfind(|clause| clause.cue < start)
            .or_else(|| self.clauses_behind().find(|clause| clause.cue >= end));
        let own = |at: usize| {
            matches!(
                self.word(at),
                "ik" | "'k" | "we" | "wij" | "je" | "jij" | "ge" | "gij" | "men"
            )
        };
        let sides = |cue: usize| {
            let around = cue.saturating_sub(2)..(cue + 3).min(self.scene.tagged.len());
            around.filter(|at| !shape.tokens.contains(at))
        };
        nearest.is_some_and(|clause| sides(clause.cue).any(own))
    }
}
