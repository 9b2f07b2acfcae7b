//! Who has the floor where a quotation has no clause of its own: the nearest
//! evidence before it, be it another quotation, a report, or a sentence about
//! someone.

use std::ops::Range;

use super::scene::Scene;
use super::shape::is_heading;
use crate::lexicon::{Number, Stance};
use crate::sources::{Gender, MentionKind};
use crate::syntax::{Class, Form};

/// Whose words a bare quotation carries on, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Floor {
    /// Who has the floor.
    pub(super) member: usize,
    /// What gave it to them.
    pub(super) given: Given,
    /// How many paragraphs of text lie between; 0 in the same one.
    pub(super) paragraphs: usize,
}

/// What gives someone the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// This candidate is their words.
    Quoted(usize),
    /// A sentence reports what they say or think.
    Reported,
    /// A sentence tells of them.
    Told,
}

/// How many paragraphs of text back a speaker may still have the floor.
const PARAGRAPHS: usize = 4;

/// How many sentences without any evidence are looked through.
const SENTENCES: usize = 24;

/// Finds the floor of one candidate after another, in their order, so that a
/// row of bare quotations is one run.
pub(super) struct Floors<'s, 'a> {
    scene: &'s Scene<'a>,
    /// Whom this run has given candidates to that the scene has open.
    given: Vec<Option<usize>>,
}

impl<'s, 'a> Floors<'s, 'a> {
    pub(super) fn new(scene: &'s Scene<'a>) -> Self {
        Self { scene, given: vec![None; scene.candidates.len()] }
    }

    /// Notes that the run gives `candidate` to `member`.
    pub(super) fn give(&mut self, candidate: usize, member: usize) {
        self.given[candidate] = Some(member);
    }

    /// Who has the floor at `candidate`, which is no part of another; `None`
    /// also where what stands nearest before it is not settled yet.
    pub(super) fn holder(&self, candidate: usize) -> Option<Floor> {
        let scene = self.scene;
        if scene.has_impersonal_clause(candidate) {
            return None;
        }
        let shape = &scene.shapes[candidate];
        let mut paragraph = shape.paragraph;
        let mut end = shape.first_sentence;
        let mut left = SENTENCES;
        // A body that the sentence right before is about has the floor if no
        // person near has it: "Oranje wint van Italië" is no word of Oranje.
        let mut body = None;
        for back in 0..=PARAGRAPHS {
            if body.is_some() && back > 1 {
                break;
            }
            let start = scene.tokenized.paragraphs()[paragraph].sentences.start;
            for sentence in (start..end).rev().take(left) {
                left -= 1;
                match self.quoted(sentence) {
                    Quoted::By(member, other) => {
                        return Some(Floor {
                            member,
                            given: Given::Quoted(other),
                            paragraphs: back,
                        });
                    }
                    Quoted::Open => return None,
                    Quoted::None => {}
                }
                if let Some((member, given)) = evidence(scene, candidate, sentence) {
                    let floor = Floor { member, given, paragraphs: back };
                    if given == Given::Told && !scene.is_one_person(member) {
                        let next = back == 0 && sentence + 1 == shape.first_sentence;
                        body = body.or(Some(floor).filter(|_| next));
                    } else {
                        return Some(floor);
                    }
                }
                // "Op de deur hing een briefje:" announces other words.
                if back > 0 && scene.word(scene.sentence(sentence).tokens.end - 1) == ":" {
                    return None;
                }
            }
            if back == 0
                && let Some(member) = named_by_heading(scene, paragraph)
            {
                return Some(Floor { member, given: Given::Reported, paragraphs: 1 });
            }
            let Some(before) = scene.text_paragraph_before(paragraph) else { break };
            paragraph = before;
            end = scene.tokenized.paragraphs()[paragraph].sentences.end;
        }
        body
    }

    /// Whose the last quotation is that ends in a sentence.
    fn quoted(&self, sentence: usize) -> Quoted {
        let scene = self.scene;
        for other in scene.outer_ending_in(sentence).rev() {
            let member = self.given[other].or_else(|| scene.speaker(other));
            match (member, &scene.settled[other]) {
                (Some(member), _) => return Quoted::By(member, other),
                (None, None) if scene.shapes[other].is_clause() => return Quoted::Open,
                _ => {}
            }
        }
        Quoted::None
    }
}

/// What a sentence ends in.
enum Quoted {
    None,
    /// A candidate that is not settled yet.
    Open,
    By(usize, usize),
}

/// `Noor Bakker (25) van de jongerenraad`: the person whom the heading right above
/// a paragraph names, where it says nothing else.
fn named_by_heading(scene: &Scene<'_>, paragraph: usize) -> Option<usize> {
    let heading = paragraph.checked_sub(1).filter(|&above| above > 0)?;
    let sentence = scene.tokenized.paragraphs()[heading].sentences.start;
    let tokens = scene.sentence(sentence).tokens.clone();
    if !is_heading(scene, heading) || tokens.clone().any(|at| scene.tagged.is_finite(at)) {
        return None;
    }
    let (number, it) = scene.cast.references_in(tokens.start..tokens.start + 1).next()?;
    let full = it.name.is_some_and(|name| scene.document.slice(name).contains(' '));
    let alone = it.end == tokens.end || matches!(scene.word(it.end), "(" | "van" | "," | "-" | "–");
    (it.kind == MentionKind::Name && full && alone && scene.is_person(number))
        .then(|| scene.member(number))
        .flatten()
}

/// To whom a sentence without a quotation gives the floor.
fn evidence(scene: &Scene<'_>, candidate: usize, sentence: usize) -> Option<(usize, Given)> {
    let clause = scene.report_of(candidate, sentence);
    // "De rechter vroeg waarom": whoever spoke before goes on.
    if clause.is_some_and(|clause| scene.asks(clause)) && !scene.is_question(candidate) {
        return None;
    }
    let report = clause.and_then(|clause| clause.subject);
    if let Some(member) = report.and_then(|subject| scene.member(subject)) {
        return Some((member, Given::Reported));
    }
    // "Zij vinden het te duur": an opinion, if no report.
    let opinion = scene.clauses_beside(candidate, sentence).find(|clause| {
        let feels = clause.verb().is_some_and(|verb| verb.stance == Stance::Feel);
        feels && !clause.subordinate && !clause.negated
    });
    if let Some(subject) = opinion.and_then(|clause| clause.subject)
        && scene.can_speak(subject)
        && let Some(member) = scene.member(subject)
    {
        return Some((member, Given::Reported));
    }
    let lead = scene.lead(candidate, sentence)?;
    let member = scene.member(lead)?;
    if is_anyone(scene, lead) {
        return None;
    }
    if !is_spoken_of(scene, candidate, member) {
        return Some((member, Given::Told));
    }
    other_told_of(scene, candidate, sentence, member).map(|other| (other, Given::Told))
}

/// Whether the quotation names `member`, or begins with a pronoun that goes back to
/// them: it speaks of them and is not theirs. *Haar man stierf. "Hij was nooit
/// ziek."*
fn is_spoken_of(scene: &Scene<'_>, candidate: usize, member: usize) -> bool {
    // "Pierre verloor te veel tijd": a name of theirs.
    let inner = scene.shapes[candidate].inner.clone();
    let own = scene.is_in_first_person(candidate, Number::Singular);
    if scene.is_named_in(candidate, member) && (!own || is_addressed(scene, inner, member)) {
        return true;
    }
    if is_asked_about(scene, candidate, member) {
        return true;
    }
    let mut words =
        scene.shapes[candidate].inner.clone().filter(|&at| scene.tagged.class(at) != Class::Mark);
    let (Some(first), verb) = (words.next(), words.next()) else { return false };
    let plural = verb.is_some_and(|verb| scene.tagged.tag(verb).form() == Some(Form::FinitePlural));
    let gender = scene.cast.members[member].gender;
    match scene.word(first) {
        "hij" => gender != Gender::Female,
        "zij" | "ze" => gender == Gender::Female && !plural,
        _ => false,
    }
}

/// `Bakker oogstte bewondering bij trainer Vos. "Hij is goed"`: the only other person whom
/// the sentence right before names, where the quotation is about the one who leads it.
fn other_told_of(
    scene: &Scene<'_>,
    candidate: usize,
    sentence: usize,
    lead: usize,
) -> Option<usize> {
    let next = sentence + 1 == scene.shapes[candidate].first_sentence;
    let tokens = scene.sentence(sentence).tokens.clone();
    let host = scene.candidates[candidate].parent;
    let mut others = scene
        .cast
        .references_in(tokens)
        .filter(|(_, it)| it.kind == MentionKind::Name && scene.host[it.start] == host)
        .filter_map(|(number, _)| scene.member(number))
        .filter(|&member| member != lead && scene.is_one_person(member));
    let other = others.next().filter(|_| next && others.next().is_none())?;
    (!is_spoken_of(scene, candidate, other)).then_some(other)
}

/// `Is er plaats voor Bakker? "Niemand twijfelt aan hem"`: whether the reporter asks about
/// somebody of whom the answer tells, without a word of the speaker's own.
fn is_asked_about(scene: &Scene<'_>, candidate: usize, member: usize) -> bool {
    let Some(before) = scene.sentence_before(candidate) else { return false };
    let tokens = scene.sentence(before).tokens.clone();
    let asked = scene.word(tokens.end - 1) == "?" && scene.host[tokens.start].is_none();
    let gender = scene.cast.members[member].gender;
    let told = |at: usize| match scene.word(at) {
        "hij" | "hem" => gender != Gender::Female,
        "haar" => gender == Gender::Female,
        _ => false,
    };
    let inner = scene.shapes[candidate].inner.clone();
    asked
        && inner.clone().any(told)
        && !inner.into_iter().any(|at| matches!(scene.word(at), "ik" | "mij" | "me"))
}

/// `"Ik zei: 'Bakker, kom.'"`: whether the speaker tells of having called the member by
/// name.
fn is_addressed(scene: &Scene<'_>, mut inner: Range<usize>, member: usize) -> bool {
    /// *Ik zei nog tegen hem:*.
    const REACH: usize = 6;
    let host = scene.host[inner.start];
    let Some(nested) = inner.find(|&at| scene.host[at] != host) else { return false };
    let told = (nested.saturating_sub(REACH)..nested)
        .any(|at| scene.host[at] == host && scene.word(at) == "ik");
    told && scene
        .cast
        .references_in(nested..nested + REACH)
        .any(|(n, it)| it.kind == MentionKind::Name && scene.member(n) == Some(member))
}

/// *mensen*: no one in particular.
fn is_anyone(scene: &Scene<'_>, reference: usize) -> bool {
    let it = &scene.cast.references[reference];
    it.end == it.start + 1 && matches!(scene.word(it.start), "mensen" | "iedereen" | "iemand")
}
