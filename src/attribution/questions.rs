//! What several rules ask of a scene.

use super::clauses::Clause;
use super::scene::{FARTHEST_NEIGHBOUR, Scene, can_speak};
use super::shape;
use super::stems::distinct_stems;
use crate::lexicon::{self, Frame, Number, Person, Pronoun};
use crate::sources::{Gender, MentionKind, Reference, SourceKind};
use crate::syntax::{Class, Pos};

/// How far before its verb a relative pronoun is looked for.
const RELATIVE: usize = 20;

/// Whose the noun of saying behind a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// That of a mention, as an index into the cast's.
    Mention(usize),
    /// That of one person of this gender: *zijn*, *haar*.
    OfOne(Gender),
}

/// Questions that several rules ask.
impl Scene<'_> {
    /// The token behind the candidate, in the same sentence, with one `skip`
    /// passed over.
    pub(super) fn word_after(&self, candidate: usize, skip: &str) -> Option<usize> {
        let shape = &self.shapes[candidate];
        let limit = self.sentence(shape.last_sentence).tokens.end;
        let end = shape.tokens.end;
        let at = if end < limit && self.word(end) == skip { end + 1 } else { end };
        (at < limit).then_some(at)
    }

    /// `"Kom," zei hij`: whether a comma stands inside the closing mark.
    pub(super) fn ends_with_comma(&self, candidate: usize) -> bool {
        let inner = &self.shapes[candidate].inner;
        !inner.is_empty() && self.word(inner.end - 1) == ","
    }

    /// The first token of the sentence behind the candidate's, in the same
    /// paragraph.
    pub(super) fn first_of_next_sentence(&self, candidate: usize) -> Option<usize> {
        let last = self.shapes[candidate].last_sentence;
        let next = self.tokenized.sentences().get(last + 1)?;
        (next.paragraph == self.sentence(last).paragraph).then_some(next.tokens.start)
    }

    /// The colon directly before the candidate, in the same sentence or at the
    /// end of the one before.
    pub(super) fn colon_before(&self, candidate: usize) -> Option<usize> {
        let shape = &self.shapes[candidate];
        let start = self.sentence(shape.first_sentence).tokens.start;
        let before = shape.tokens.start.checked_sub(1).filter(|&at| at >= start)?;
        (self.word(before) == ":").then_some(before)
    }

    /// The last candidate of the same level that ends before this one.
    pub(super) fn neighbour_before(&self, candidate: usize) -> Option<usize> {
        let parent = self.candidates[candidate].parent;
        let speech = |&other: &usize| {
            let settled = self.settled[other].as_ref();
            settled.is_none_or(|verdict| verdict.speech().is_some())
        };
        (0..candidate)
            .rev()
            .take(FARTHEST_NEIGHBOUR)
            .take_while(|&other| Some(other) != parent)
            .filter(|&other| self.candidates[other].parent == parent)
            .find(speech)
    }

    /// The first candidate of the same level behind this one.
    pub(super) fn neighbour_after(&self, candidate: usize) -> Option<usize> {
        let parent = self.candidates[candidate].parent;
        (candidate + 1..self.candidates.len())
            .take(FARTHEST_NEIGHBOUR)
            .find(|&other| self.candidates[other].parent == parent)
    }

    /// The candidates in no other that end in a sentence.
    pub(super) fn outer_ending_in(
        &self,
        sentence: usize,
    ) -> impl DoubleEndedIterator<Item = usize> {
        let last = |at: &usize| self.shapes[*at].last_sentence;
        let first = self.outer.partition_point(|at| last(at) < sentence);
        let end = self.outer.partition_point(|at| last(at) <= sentence);
        self.outer[first..end].iter().copied()
    }

    /// The sentence before the candidate's, in the same paragraph.
    pub(super) fn sentence_before(&self, candidate: usize) -> Option<usize> {
        let shape = &self.shapes[candidate];
        let before = shape.first_sentence.checked_sub(1)?;
        (self.sentence(before).paragraph == shape.paragraph).then_some(before)
    }

    /// The reporting clause that says whose a sentence is: the one that ends
    /// it, else its first main clause, else its first.
    pub(super) fn report_of(&self, candidate: usize, sentence: usize) -> Option<&Clause> {
        let clauses: Vec<&Clause> = self
            .clauses_beside(candidate, sentence)
            .filter(|clause| {
                clause.subject.is_some_and(|n| can_speak(&self.cast.references[n]))
                    && !clause.negated
                    && clause.reports(self)
                    && (!clause.subordinate || clause.closes(self) || self.is_relative(clause))
            })
            .collect();
        let last = clauses.last().copied().filter(|clause| {
            clause.closes(self) && !(clauses.len() > 1 && self.is_inserted(clause))
        });
        // "Ouders vragen of het moet, maar dat is volgens haar niet zo."
        let according = clauses.last().copied().filter(|clause| {
            clause.verb().is_none()
                && (clause.stretch.start..clause.cue)
                    .any(|at| matches!(self.word(at), "maar" | "terwijl"))
        });
        let last = last.or(according);
        let main = clauses.iter().find(|clause| !clause.subordinate).copied();
        last.or(main).or_else(|| clauses.first().copied())
    }

    /// `"...", stond op een bord`: where it stood, and no one who said it.
    pub(super) fn has_impersonal_clause(&self, candidate: usize) -> bool {
        let Some(first) = self.word_after(candidate, ",") else { return false };
        let comma = first > self.shapes[candidate].tokens.end;
        let clause = self.clause_with_cue(first).filter(|_| comma);
        let stands = matches!(
            self.word(first),
            "staat" | "stond" | "staan" | "stonden" | "valt" | "viel" | "is" | "was"
        );
        stands && clause.is_some_and(|clause| clause.subject.is_none())
    }

    /// Whether a clause is about its own subject in another's sentence: *Jansen,
    /// die vreest dat ...*, or says whose words that sentence has: *zoals Jansen het
    /// verwoordt*; not *toen hij vroeg of ...*.
    fn is_relative(&self, clause: &Clause) -> bool {
        let first = clause.stretch.start.max(clause.cue.saturating_sub(RELATIVE));
        (first..clause.cue).any(|at| matches!(self.word(at), "die" | "wie" | "zoals"))
    }

    /// The mention that a sentence is about: its first, if that can speak and
    /// does not stand behind a preposition.
    pub(super) fn lead(&self, candidate: usize, sentence: usize) -> Option<usize> {
        let host = self.candidates[candidate].parent;
        let tokens = self.sentence(sentence).tokens.clone();
        // The first subordinate clause ends the search.
        let opens = |at: usize| {
            self.tagged.class(at) == Class::Subordinator && at > tokens.start
                || at > tokens.start + 1 && matches!(self.word(at), "dat" | "om")
        };
        let end = tokens.clone().find(|&at| opens(at)).unwrap_or(tokens.end);
        let (number, reference) = self.cast.references_in(tokens.start..end).find(|(_, r)| {
            self.host[r.start] == host
                && (r.start == tokens.start || self.tagged.class(r.start - 1) != Class::Preposition)
                && !self.tagged.is_compared(r.start)
        })?;
        // "Kok ziet hij nooit meer": the pronoun can be nothing but the subject.
        let verb = reference.end;
        let pronoun = verb + 1 < tokens.end
            && self.tagged.is_finite(verb)
            && matches!(self.word(verb + 1), "hij" | "zij" | "ik" | "wij" | "we" | "ze");
        let subject = self.cast.references_in(verb + 1..verb + 2).next().filter(|_| pronoun);
        let (number, reference) = subject.unwrap_or((number, reference));
        can_speak(reference).then_some(number)
    }

    /// Whether a clause reports a question: *De rechter vroeg of dat kon*.
    pub(super) fn asks(&self, clause: &Clause) -> bool {
        let end = self.sentence(clause.sentence).tokens.end;
        let question = |at: usize| lexicon::opens_question(self.word(at));
        let asks = clause
            .verb()
            .is_some_and(|verb| verb.asks_question() && !verb.lemma.starts_with("zich "));
        asks && (clause.cue + 1..end).any(question)
    }

    /// Whether the words of a candidate end in a question mark.
    pub(super) fn is_question(&self, candidate: usize) -> bool {
        let last = self.shapes[candidate].inner.clone().next_back();
        last.is_some_and(|last| self.word(last) == "?")
    }

    /// `"...", is de conclusie van Jansen`, `"...", was zijn antwoord`: the verb behind
    /// the candidate, and whose the noun of saying is.
    pub(super) fn noun_of_saying_behind(&self, candidate: usize) -> Option<(usize, Whose)> {
        /// *zijn eerste, korte reactie*.
        const ADJECTIVES: usize = 3;
        let cue = self.word_after(candidate, ",")?;
        let determiner = cue + 1;
        let end = self.sentence(self.shapes[candidate].last_sentence).tokens.end;
        let stands =
            matches!(self.word(cue), "is" | "was" | "luidt" | "luidde" | "klinkt" | "klonk");
        if !stands || determiner >= end {
            return None;
        }
        let modifies = |&at: &usize| self.tagged.pos(at) == Pos::Adjective;
        let noun = (determiner + 1..end).take(ADJECTIVES + 1).find(|at| !modifies(at))?;
        if !lexicon::is_speech_noun(self.word(noun)) {
            return None;
        }
        let whose = match self.word(determiner) {
            "de" | "het" | "een" => Whose::Mention(self.owner_of(determiner, noun)?),
            "zijn" | "z'n" => Whose::OfOne(Gender::Male),
            "haar" => Whose::OfOne(Gender::Female),
            _ => return None,
        };
        Some((cue, whose))
    }

    /// Whose the noun at `noun` is: *de conclusie van Jansen*.
    fn owner_of(&self, determiner: usize, noun: usize) -> Option<usize> {
        let behind = noun + 2;
        if let Some((number, _)) = self.cast.references_in(behind..behind + 1).next()
            && self.word(noun + 1) == "van"
        {
            return Some(number);
        }
        // The noun and its owner can be one mention; the text names the owner elsewhere.
        let (_, whole) = self.cast.references_in(determiner..noun + 1).next()?;
        let owner = self.document.slice(whole.body?);
        let named = |it: &Reference| it.name.is_some_and(|name| self.document.slice(name) == owner);
        self.cast.references.iter().position(named)
    }

    /// The last person of that gender, or of none known, that the reporter mentions
    /// before a candidate.
    pub(super) fn person_before(&self, candidate: usize, gender: Gender) -> Option<usize> {
        let start = self.shapes[candidate].tokens.start;
        let host = self.candidates[candidate].parent;
        self.cast
            .references_in(0..start)
            .rev()
            .take(FARTHEST_NEIGHBOUR)
            .filter(|(_, it)| self.host[it.start] == host)
            .filter_map(|(number, _)| self.member(number))
            .find(|&member| {
                self.is_one_person(member) && self.cast.members[member].gender.agrees(gender)
            })
    }

    /// Whether the words of a candidate speak of who says them, as of one (*ik*) or as of
    /// several (*wij*).
    pub(super) fn is_in_first_person(&self, candidate: usize, number: Number) -> bool {
        let first = |it: &Pronoun| it.person == Person::First && it.number == number;
        let mut inner = self.shapes[candidate].inner.clone();
        inner.any(|at| self.tagged.pronouns(at).iter().any(first))
    }

    /// Whether a candidate's words name a member.
    pub(super) fn is_named_in(&self, candidate: usize, member: usize) -> bool {
        let mut told = self.cast.references_in(self.shapes[candidate].tokens.clone());
        told.any(|(n, it)| it.kind == MentionKind::Name && self.member(n) == Some(member))
    }

    /// Whether the words of a candidate speak to somebody: *u*, *je*.
    pub(super) fn is_to_somebody(&self, candidate: usize) -> bool {
        let mut inner = self.shapes[candidate].inner.clone();
        inner.any(|at| matches!(self.word(at), "u" | "uw" | "je" | "jij" | "jou" | "jullie"))
    }

    /// The main clause with a verb of saying whose *dat* the candidate stands behind:
    /// *De verdachte zei dat hij "..." was*.
    pub(super) fn reports_around(&self, candidate: usize) -> Option<&Clause> {
        let shape = &self.shapes[candidate];
        let mark = shape.tokens.start;
        let host = self.candidates[candidate].parent;
        self.clauses_beside(candidate, shape.first_sentence).find(|clause| {
            let says = clause.verb().is_some_and(|verb| {
                !verb.over_triggers && verb.takes(Frame::That) && verb.takes(Frame::Inverted)
            });
            let content =
                (clause.cue + 1..mark).any(|at| self.word(at) == "dat" && self.host[at] == host);
            let speaks = clause.subject.is_some_and(|subject| self.can_speak(subject));
            let main = !clause.subordinate && !clause.negated && clause.cue < mark;
            main && says && content && speaks
        })
    }

    /// `zei, volgens het persbureau, dat ...`: whether *volgens* and its source stand
    /// between commas inside a sentence, as where the reporter had it from.
    fn is_inserted(&self, clause: &Clause) -> bool {
        let end = clause.subject.map(|subject| self.cast.references[subject].end);
        let commas = |end: usize| {
            clause.cue > clause.stretch.start
                && self.word(clause.cue - 1) == ","
                && end < clause.stretch.end
                && self.word(end) == ","
        };
        clause.verb().is_none() && end.is_some_and(commas)
    }

    /// `Handballers hervatten het toernooi: "..."`, in a title: whether the mention is no
    /// person's or body's name and nothing behind the title takes it up, so that the
    /// body tells who that is or who else speaks, or the body says the same words again.
    /// `Waterschap stelt uit: "..."` speaks for itself.
    pub(super) fn is_left_to_body(&self, candidate: usize, mention: usize) -> bool {
        let shape = &self.shapes[candidate];
        if !shape.heading || shape.paragraph > 0 {
            return false;
        }
        let end = self.tokenized.paragraphs()[shape.paragraph].sentences.end;
        let it = self.member(mention).map(|member| &self.cast.members[member]);
        let body = it.is_some_and(|it| it.kind == SourceKind::Organisation && !it.is_place());
        let named = self.cast.references[mention].kind == MentionKind::Name;
        let again = it.and_then(|it| it.references.last());
        let again = again.is_some_and(|&n| self.cast.references[n].sentence >= end);
        let told = self.clauses.iter().any(|it| it.sentence >= end && it.subject.is_some());
        let clear = again || body || named && self.is_person(mention);
        // "Jansen: '...'": nothing but who says it.
        let reference = &self.cast.references[mention];
        let start = self.sentence(shape.first_sentence).tokens.start;
        let colon = reference.end;
        let explicit = named
            && reference.start == start
            && colon < self.tagged.len()
            && self.word(colon) == ":";
        told && !clear || !explicit && self.is_said_again(candidate)
    }

    /// `Rel in de haven: "Mijn broer jat mijn boot"`: whether a quotation of the body has
    /// most of the words of a heading, and so tells better whose they are.
    fn is_said_again(&self, candidate: usize) -> bool {
        /// Of fewer words, more can be chance.
        const FEWEST: usize = 3;
        const SHARED: f32 = 0.7;
        let wanted = distinct_stems(self, candidate);
        let again = |other: usize| {
            let found = distinct_stems(self, other);
            let shared = wanted.iter().filter(|stem| found.binary_search(stem).is_ok()).count();
            shared as f32 >= SHARED * wanted.len() as f32
        };
        wanted.len() >= FEWEST
            && (candidate + 1..self.candidates.len())
                .filter(|&other| !self.shapes[other].heading)
                .any(again)
    }

    /// Whether a mention can be who speaks without a reporting clause.
    pub(super) fn can_speak(&self, reference: usize) -> bool {
        can_speak(&self.cast.references[reference])
    }

    /// Whether a mention is of one person, named or not.
    pub(super) fn is_person(&self, reference: usize) -> bool {
        self.member(reference).is_some_and(|member| self.is_one_person(member))
    }

    /// Whether a member is one person, named or not.
    pub(super) fn is_one_person(&self, member: usize) -> bool {
        matches!(self.cast.members[member].kind, SourceKind::Person | SourceKind::Unnamed)
    }

    /// The last paragraph before `paragraph` that is no heading, lines that only
    /// point to other pages passed over.
    pub(super) fn text_paragraph_before(&self, paragraph: usize) -> Option<usize> {
        /// More such lines in a row are a page of links.
        const POINTERS: usize = 3;
        let text = |paragraph: &usize| !shape::is_pointer(self, *paragraph);
        let before = (0..paragraph).rev().take(1 + POINTERS).find(text)?;
        let heading = |paragraph: usize| shape::is_heading(self, paragraph);
        if heading(before) { before.checked_sub(1).filter(|&p| !heading(p)) } else { Some(before) }
    }

    /// The next candidate behind a subheading that is speech of someone, up to
    /// the next heading.
    pub(super) fn next_speech_in_section(&self, candidate: usize) -> Option<usize> {
        (candidate + 1..self.candidates.len())
            .take(FARTHEST_NEIGHBOUR)
            .take_while(|&other| !self.shapes[other].heading)
            .find(|&other| self.speaker(other).is_some())
    }
}
