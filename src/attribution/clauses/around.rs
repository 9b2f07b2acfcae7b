//! A reporting clause that holds a quotation between its subject and its verb:
//! *die "nee" zegt*, *werd door X "..." genoemd*.

use std::ops::Range;

use super::super::scene::Scene;
use super::{Clause, Cue, cue, subject};
use crate::lexicon::{Frame, Verb};
use crate::syntax::Class;

/// How far behind the closing mark the verb may stand: *"..." zou hebben
/// geroepen*.
const REACH: usize = 4;

/// How far before the mark the verb of hearing may stand.
const HEARD: usize = 20;

/// The clause around `candidate`, in the tokens of its sentence.
pub(in super::super) fn around(
    scene: &Scene<'_>,
    candidate: usize,
    sentence: Range<usize>,
) -> Option<Clause> {
    let tokens = scene.shapes[candidate].tokens.clone();
    let left = left_of(scene, tokens.start, sentence.start);
    let right = tokens.end..sentence.end.min(tokens.end + REACH);
    let right = right.start..right.clone().find(|&at| is_edge(scene, at)).unwrap_or(right.end);
    let found = subordinate(scene, &left, &right)
        .or_else(|| infinitive(scene, &left, &right))
        .or_else(|| bracketed(scene, &left, &right))
        .or_else(|| perceived(scene, &left, &right))?;
    Some(Clause {
        cue: found.cue,
        kind: Cue::Verb(found.verb),
        subject: Some(found.subject),
        sentence: scene.shapes[candidate].first_sentence,
        stretch: left,
        host: scene.candidates[candidate].parent,
        negated: false,
        subordinate: true,
    })
}

struct Found {
    cue: usize,
    verb: &'static Verb,
    subject: usize,
}

/// The tokens of the sentence before the mark that no other quotation or colon
/// cuts off.
fn left_of(scene: &Scene<'_>, mark: usize, start: usize) -> Range<usize> {
    let host = |at: usize| scene.host[at];
    let outer = mark.checked_sub(1).map(host);
    let first = (start..mark)
        .rev()
        .take_while(|&at| Some(host(at)) == outer && !matches!(scene.word(at), ":" | ";"))
        .last();
    first.unwrap_or(mark)..mark
}

fn is_edge(scene: &Scene<'_>, at: usize) -> bool {
    scene.tagged.class(at) == Class::Mark
        || matches!(scene.word(at), "," | ":" | ";" | "." | "?" | "!")
}

/// Whether a verb whose content may be a fragment is meant: others only if
/// reporting is all they do.
fn is_plain(verb: &Verb) -> bool {
    !verb.over_triggers || verb.takes(Frame::Fragment)
}

/// `terwijl X het "..." noemt`.
fn subordinate(scene: &Scene<'_>, left: &Range<usize>, right: &Range<usize>) -> Option<Found> {
    let place = cue::place(scene, left.end, left, &[]);
    let fronted = || {
        // `Dat X het "..." noemt, vindt Y ...`
        let opens = scene.word(left.start) == "dat"
            && scene.cast.references_in(left.start + 1..left.start + 2).next().is_some();
        opens.then_some(left.start)
    };
    let subordinator = place.subordinator.or_else(fronted).filter(|_| !place.has_verb())?;
    let clause = right.clone().find_map(|at| scene.clause_with_cue(at))?;
    let verb = clause.verb().filter(|verb| is_plain(verb))?;
    if cue::is_passive(scene.word(clause.cue)) {
        let subject = subject::of_passive(scene, subordinator, left)?;
        return Some(Found { cue: clause.cue, verb, subject });
    }
    let subject = subject::behind_relative(scene, subordinator, clause.cue, left.start)
        .or_else(|| subject::of_verb(scene, left.end, left, Some(subordinator)))?;
    let inside = scene.cast.references[subject].start + 2 >= subordinator;
    let relative = scene.word(subordinator) == "die";
    (inside || relative).then_some(Found { cue: clause.cue, verb, subject })
}

/// `door X een "..." te noemen`: the subject is that of the clause above.
fn infinitive(scene: &Scene<'_>, left: &Range<usize>, right: &Range<usize>) -> Option<Found> {
    let te = right.clone().find(|&at| scene.word(at) == "te")?;
    let cue = Some(te + 1).filter(|at| right.contains(at))?;
    let mut verbs = scene.tagged.verbs(cue).iter();
    let verb = verbs.find(|verb| verb.lemma == scene.word(cue) && is_plain(verb))?;
    let opens = |at: usize| matches!(scene.word(at), "door" | "om" | "zonder");
    let first = left.clone().rev().find(|&at| opens(at))?;
    let above = left.start..first;
    let subject = subject::of_adverbial(scene, first, &above)?;
    Some(Found { cue, verb, subject })
}

/// `hoorde X "..." roepen`: who is heard stands right before the mark.
fn perceived(scene: &Scene<'_>, left: &Range<usize>, right: &Range<usize>) -> Option<Found> {
    let cue = Some(right.start).filter(|at| right.contains(at))?;
    let word = scene.word(cue);
    let mut verbs = scene.tagged.verbs(cue).iter();
    let verb = verbs.find(|verb| verb.lemma == word && !verb.over_triggers)?;
    let (subject, it) = scene.cast.references_in(left.clone()).next_back()?;
    let hears = |at: usize| matches!(scene.word(at), "hoort" | "horen" | "hoorde" | "hoorden");
    (it.end == left.end && left.clone().rev().take(HEARD).any(hears)).then_some(Found {
        cue,
        verb,
        subject,
    })
}

/// `werd door X "..." genoemd`, `heeft X "..." geroepen`, `wil X "..." noemen`.
fn bracketed(scene: &Scene<'_>, left: &Range<usize>, right: &Range<usize>) -> Option<Found> {
    let auxiliary =
        left.clone().rev().take_while(|&at| scene.word(at) != ",").find(|&at| {
            cue::brackets(scene.word(at)) && scene.word(at.saturating_sub(1)) != "te"
        })?;
    let verb = right.clone().find_map(|at| {
        let word = scene.word(at);
        let participle = scene.tagged.participle_verbs(at).iter();
        let infinitive = scene.tagged.verbs(at).iter().filter(|verb| verb.lemma == word);
        participle.chain(infinitive).copied().find(|verb| is_plain(verb))
    })?;
    let subject = if cue::is_passive(scene.word(auxiliary)) {
        subject::of_passive(scene, auxiliary, &(left.start..right.end))?
    } else {
        subject::of_verb(scene, auxiliary, left, None)?
    };
    Some(Found { cue: auxiliary, verb, subject })
}
