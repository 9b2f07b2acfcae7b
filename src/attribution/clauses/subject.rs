//! The subject of a reporting clause: word order tells which mention it is.

use std::ops::Range;

use super::super::scene::Scene;
use crate::lexicon;
use crate::sources::{MentionKind, Reference, SourceKind};
use crate::syntax::{Class, Form};

/// How far behind its verb a subject may stand: *liet in een eerste reactie
/// gisteravond laat een woordvoerder weten*.
const REACH: usize = 12;

/// The mention that starts at `at`, or behind a word or two that its own words
/// do not cover: *volgens de altijd kritische Jansen*.
pub(super) fn named_from(scene: &Scene<'_>, at: usize, limit: usize) -> Option<usize> {
    const MODIFIERS: usize = 4;
    let (number, reference) = scene.cast.references_in(at..limit.min(at + MODIFIERS)).next()?;
    let plain = (at..reference.start).all(|token| {
        matches!(
            scene.tagged.class(token),
            Class::Word | Class::Determiner | Class::Adverb | Class::Number
        )
    });
    plain.then(|| scene.cast.joint_from(number).unwrap_or(number))
}

/// The mention, no pronoun, that starts at `at`.
pub(super) fn description_at(scene: &Scene<'_>, at: usize, limit: usize) -> Option<usize> {
    let (number, reference) = scene.cast.references_in(at..(at + 1).min(limit)).next()?;
    (reference.kind != MentionKind::Pronoun).then_some(number)
}

/// `dixit Jansen`, `Jansen dixit`.
pub(super) fn beside(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    named_from(scene, at + 1, stretch.end).or_else(|| {
        let left = scene.cast.references_in(stretch.start..at).next_back();
        left.filter(|(_, reference)| reference.end == at).map(|(number, _)| number)
    })
}

/// The subject of the clause that an adverbial at `at` belongs to: *Jansen is
/// naar eigen zeggen ...*.
pub(super) fn of_adverbial(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let can =
        |(_, reference): &(usize, &Reference)| can_be_subject(scene, reference, stretch.start);
    let left = scene.cast.references_in(stretch.start..at).find(can);
    let right = || scene.cast.references_in(at..stretch.end.min(at + REACH)).find(can);
    left.or_else(right).map(|(number, _)| number)
}

/// `werd door X genoemd`: the one behind *door*.
pub(super) fn of_passive(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let by = |(_, reference): &(usize, &Reference)| {
        reference.start > stretch.start && scene.word(reference.start - 1) == "door"
    };
    scene.cast.references_in(at..stretch.end.min(at + REACH)).find(by).map(|(number, _)| number)
}

/// Whether a mention can be a subject where it stands: not behind a
/// preposition, and no pronoun of the object.
fn can_be_subject(scene: &Scene<'_>, reference: &Reference, start: usize) -> bool {
    // "meldt onder meer de krant": none of its prepositions.
    let among = reference.start > start + 1
        && scene.word(reference.start - 2) == "onder"
        && matches!(scene.word(reference.start - 1), "meer" | "andere" | "anderen");
    // "op Texel", "op de Leiemarkt", "in het Duitse Zeezicht".
    let mut before = first_of_several(scene, reference, start);
    if before > start + 1
        && scene.tagged.class(before - 1) == Class::Word
        && scene.tagged.is_capital(before - 1)
        && scene.word(before - 1).ends_with('e')
        && scene.tagged.class(before - 2) == Class::Determiner
    {
        before -= 1;
    }
    if before > start && scene.tagged.class(before - 1) == Class::Determiner {
        before -= 1;
    }
    let governed = before > start && scene.tagged.class(before - 1) == Class::Preposition && !among;
    let object = reference.kind == MentionKind::Pronoun
        && matches!(scene.word(reference.start), "hem" | "'m" | "haar" | "hen" | "hun" | "'r");
    let compared = before > start && scene.tagged.is_compared(before);
    !governed && !object && !compared && !is_aside(scene, reference, start)
}

/// `Jansen (VVX) begrijpt`, `drie clubs (Ajax, PSV en FC Zeezicht) vragen`: whether a
/// mention stands in parentheses.
fn is_aside(scene: &Scene<'_>, reference: &Reference, start: usize) -> bool {
    /// A longer list is a remark of its own.
    const LONGEST: usize = 24;
    let parenthesis = |at: &usize| matches!(scene.word(*at), "(" | ")");
    let first = start.max(reference.start.saturating_sub(LONGEST));
    let before = (first..reference.start).rev().find(parenthesis);
    let last = scene.tagged.len().min(reference.end + LONGEST);
    before.is_some_and(|at| scene.word(at) == "(")
        && (reference.end..last).find(parenthesis).is_some_and(|at| scene.word(at) == ")")
}

/// The first token of the mentions that `reference` ends or goes on: *Tesla, DAF of
/// Saab*.
fn first_of_several(scene: &Scene<'_>, reference: &Reference, start: usize) -> usize {
    /// Longer lists are tables.
    const LONGEST: usize = 6;
    let mut first = reference.start;
    let word = |at: usize| if at < scene.tagged.len() { scene.word(at) } else { "" };
    let goes_on = matches!(word(reference.end), "," | "en" | "of");
    for (_, other) in scene.cast.references_in(start..first).rev().take(LONGEST) {
        let joins = match word(other.end) {
            "en" | "of" => true,
            "," => first != reference.start || goes_on,
            _ => false,
        };
        if !joins || other.end + 1 != first || other.kind == MentionKind::Pronoun {
            break;
        }
        first = other.start;
    }
    first
}

/// The subject of the finite verb at `at`, in a clause that `subordinator`
/// opens if it is a subordinate one.
pub(super) fn of_verb(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
    subordinator: Option<usize>,
) -> Option<usize> {
    // "vindt-ie": the subject is part of the word.
    if let Some((enclitic, _)) = scene.cast.references_in(at..at + 1).next() {
        return Some(enclitic);
    }
    let left: Vec<(usize, &Reference)> = scene
        .cast
        .references_in(stretch.start..at)
        .filter(|(_, reference)| reference.end <= at)
        .collect();
    let can =
        |(_, reference): &&(usize, &Reference)| can_be_subject(scene, reference, stretch.start);
    if let Some(subordinator) = subordinator {
        // ... dat Jansen gisteren zei; Jansen, die gisteren zei.
        let relative = left.iter().position(|(_, reference)| reference.start == subordinator);
        if let Some(relative) = relative {
            if let Some(other) = behind_relative(scene, subordinator, at, stretch.start) {
                return Some(other);
            }
            return Some(antecedent(scene, &left, relative));
        }
        let after = left.iter().position(|found| found.1.start > subordinator && can(&found));
        if let Some(after) = after {
            return Some(left[after].0);
        }
    }
    if let Some(before) = before_dat(scene, &left, at) {
        return Some(before);
    }
    of_main_clause(scene, at, stretch, &left).map(|found| together(scene, found, at))
}

/// `melden X en Y`: both, where the first of them stands behind a verb that is not
/// singular.
fn together(scene: &Scene<'_>, found: usize, verb: usize) -> usize {
    let singular = scene.tagged.tag(verb).form() == Some(Form::FiniteSingular);
    let behind = scene.cast.references[found].start > verb;
    let joint = scene.cast.joint_from(found).filter(|_| behind && !singular);
    joint.unwrap_or(found)
}

/// `wegen die de organisatie "..." noemt`: the mention behind the relative pronoun
/// at `relative`, where the pronoun's number and that of the verb differ.
pub(super) fn behind_relative(
    scene: &Scene<'_>,
    relative: usize,
    verb: usize,
    start: usize,
) -> Option<usize> {
    let verb = scene.tagged.tag(verb).form()?;
    let before = relative.checked_sub(1).filter(|&before| before >= start)?;
    let comma = scene.word(before) == ",";
    let noun = if comma { before.checked_sub(1)? } else { before };
    let noun = scene.tagged.tag(noun).form()?;
    let differ = matches!(
        (noun, verb),
        (Form::Plural, Form::FiniteSingular) | (Form::Singular, Form::FinitePlural)
    );
    let (number, reference) = scene.cast.references_in(relative + 1..relative + 2).next()?;
    let other = differ && matches!(scene.word(relative), "die" | "dat");
    (other && reference.kind != MentionKind::Pronoun).then_some(number)
}

/// The mention that a relative pronoun goes back to, if it stands right before
/// it; labels take its words for those that name the source.
fn antecedent(scene: &Scene<'_>, left: &[(usize, &Reference)], relative: usize) -> usize {
    let (number, pronoun) = left[relative];
    let Some((before, other)) = relative.checked_sub(1).map(|n| left[n]) else { return number };
    let adjacent = other.end == pronoun.start;
    let comma = other.end + 1 == pronoun.start && scene.word(other.end) == ",";
    let same = scene.member(before) == scene.member(number);
    if (adjacent || comma) && same { before } else { number }
}

/// `het ministerie, dat stelt`: the mention that a relative *dat* goes back to, with
/// nothing but adverbs between it and the verb at `verb`.
fn before_dat(scene: &Scene<'_>, left: &[(usize, &Reference)], verb: usize) -> Option<usize> {
    let (number, antecedent) = left.last()?;
    let [comma, relative] = [antecedent.end, antecedent.end + 1];
    let relates = relative < verb
        && scene.word(comma) == ","
        && scene.word(relative) == "dat"
        && (relative + 1..verb).all(|at| scene.tagged.class(at) == Class::Adverb);
    relates.then_some(*number)
}

fn of_main_clause(
    scene: &Scene<'_>,
    at: usize,
    stretch: &Range<usize>,
    left: &[(usize, &Reference)],
) -> Option<usize> {
    let reach = stretch.end.min(at + 1 + REACH);
    let can =
        |(_, reference): &&(usize, &Reference)| can_be_subject(scene, reference, stretch.start);
    let number = |(number, _): &(usize, &Reference)| *number;
    let right: Vec<(usize, &Reference)> = scene.cast.references_in(at + 1..reach).collect();
    // zegt Jansen; zegt ook Jansen.
    let inverted = right.iter().find(|found| {
        can(found)
            && !is_called(scene, found.1, at, stretch)
            && (at + 1..found.1.start).all(|token| {
                scene.tagged.class(token) == Class::Adverb || scene.word(token) == "maar"
            })
    });
    // Het voorstel van Jansen noemt hij: the pronoun can be nothing else.
    if let Some(found) = inverted.filter(|(_, r)| is_nominative(scene, r)) {
        return Some(number(found));
    }
    // Ze belden 112 en riepen de buren op: what follows the verb is its object.
    if let Some(found) = left.iter().find(can).filter(|found| shares(scene, found.1.end, at)) {
        return Some(number(found));
    }
    // Jansen zegt.
    // Jansen (VVX) zegt: a party, an age.
    let parenthesis =
        |end: usize| end + 3 == at && scene.word(end) == "(" && scene.word(at - 1) == ")";
    // "De bond (VVX) en het schap (ZZX) zeggen": what stands in parentheses is passed over.
    let nearest = left.iter().rev().find(|(_, r)| !is_aside(scene, r, stretch.start));
    let adjacent = nearest.filter(|(_, r)| r.end == at || parenthesis(r.end));
    // "Daarin vraagt een ambtenaar": a text that somebody wrote.
    let of_text = |found: &&(usize, &Reference)| {
        found.1.source_kind == SourceKind::Document && found.1.kind == MentionKind::Pronoun
    };
    if let Some(found) = inverted.filter(|_| adjacent.is_some_and(|it| of_text(&it))) {
        return Some(number(found));
    }
    if let Some(found) = adjacent.filter(can) {
        let subject = coordinated(scene, left, number(found));
        // "Over koffie met X en Y zegt Jansen": the two are no subject.
        let reference = &scene.cast.references[subject];
        let first =
            scene.cast.joint(number(found)).map_or(reference, |n| &scene.cast.references[n]);
        if inverted.is_none() || can_be_subject(scene, first, stretch.start) {
            return Some(subject);
        }
    }
    // De voorzitter, Jan Jansen, prees De Wit: no verb of its own has come yet.
    let first = left.iter().find(can).filter(|(_, r)| opens(scene, r.start, stretch.start));
    let enclosing = first.filter(|(_, r)| {
        // Jan Jansen (VVD), directeur van X, noemt.
        let parenthesis = (r.end..at).find(|&token| scene.word(token) == ")");
        let end = match parenthesis {
            Some(close) if scene.word(r.end) == "(" => close + 1,
            _ => r.end,
        };
        let enclosed = end + 1 < at && scene.word(end) == "," && scene.word(at - 1) == ",";
        // "De dijk, die oud is, zakt weg, zegt Jansen" has a verb behind it.
        let commas = (end..at).filter(|&token| scene.word(token) == ",").count();
        let relative =
            enclosed && commas == 2 && matches!(scene.word(end + 1), "die" | "dat" | "wie");
        enclosed && (relative || !(end..at).any(|token| scene.tagged.is_finite(token)))
    });
    if let Some(found) = enclosing {
        return Some(number(found));
    }
    // "...", zegt Jansen; De brug is dicht, zegt Jansen.
    let behind_comma = at > stretch.start && matches!(scene.word(at - 1), "," | "zo");
    if let Some(found) = inverted.filter(|_| behind_comma) {
        return Some(number(found));
    }
    // Jansen, directeur van X, zegt; Jansen (45) zegt; trainer Jansen van Ajax zegt.
    if let Some(found) = first.filter(|(_, r)| only_modifies(scene, r.end..at)) {
        return Some(number(found));
    }
    if let Some(found) = inverted {
        return Some(number(found));
    }
    // zei in een reactie een woordvoerder.
    let far = right.iter().find(|found| {
        can(found)
            && (at + 1..found.1.start).all(|token| {
                !matches!(scene.word(token), "," | "dat" | "of")
                    && scene.tagged.class(token) != Class::Subordinator
            })
    });
    // De organisatie die ermee begon, zegt: no mention follows to be the subject.
    if far.is_none()
        && let Some(found) = first.filter(|(_, r)| is_closed_off(scene, r.end..at))
    {
        return Some(number(found));
    }
    // staat in een brief; viel te lezen in het persbericht.
    let document = right.iter().find(|(_, r)| {
        r.source_kind == SourceKind::Document
            && matches!(scene.word(r.start - 1), "in" | "uit" | "op")
            && (at + 1..r.start - 1).all(|token| scene.word(token) != ",")
    });
    // In het logboek staat.
    let told_in = left.iter().find(|(_, r)| {
        r.source_kind == SourceKind::Document
            && r.start > stretch.start
            && matches!(scene.word(r.start - 1), "in" | "uit" | "op")
            && opens(scene, r.start - 1, stretch.start)
            && !r.head.is_some_and(|head| lexicon::is_bearer_noun(scene.word(head)))
    });
    far.map(number)
        .or_else(|| left.iter().rev().find(can).filter(|_| !behind_comma).map(number))
        .or_else(|| document.or(told_in).map(number))
}

/// `Jansen, haar zwager, noemt de metingen "precies"`: whether a mention between the
/// verb and the mark that closes the stretch is what somebody calls so.
fn is_called(
    scene: &Scene<'_>,
    reference: &Reference,
    verb: usize,
    stretch: &Range<usize>,
) -> bool {
    let calls = scene.tagged.verbs(verb).iter().any(|verb| verb.lemma == "noemen");
    let left = || scene.cast.references_in(stretch.start..verb).next().is_some();
    calls
        && reference.end == stretch.end
        && matches!(reference.source_kind, SourceKind::Document | SourceKind::Organisation)
        && left()
}

/// Whether the tokens between a subject and its verb are a relative clause that
/// a comma closes.
fn is_closed_off(scene: &Scene<'_>, tokens: Range<usize>) -> bool {
    tokens.len() > 2
        && matches!(scene.word(tokens.start), "die" | "dat" | "wie")
        && scene.word(tokens.end - 1) == ","
        && tokens.clone().any(|token| scene.tagged.is_finite(token))
}

/// Whether the verb at `at` stands right behind *en* or *maar* and a finite verb
/// before it: the two share their subject.
fn shares(scene: &Scene<'_>, start: usize, at: usize) -> bool {
    let conjunction = at.checked_sub(1).filter(|&before| before >= start);
    let joins = conjunction.is_some_and(|before| matches!(scene.word(before), "en" | "maar"));
    joins && (start..at - 1).any(|token| scene.tagged.is_finite(token))
}

/// A pronoun that is never an object.
fn is_nominative(scene: &Scene<'_>, reference: &Reference) -> bool {
    reference.kind == MentionKind::Pronoun
        && matches!(scene.word(reference.start), "hij" | "zij" | "ik" | "wij" | "we" | "ie")
}

/// `Jansen en De Wit zeggen`: the first of the two stands for both.
fn coordinated(scene: &Scene<'_>, left: &[(usize, &Reference)], last: usize) -> usize {
    let [.., (before, other), (_, reference)] = left else { return last };
    let and = other.end + 1 == reference.start && scene.word(other.end) == "en";
    let both = scene.cast.joint(last).or(Some(*before));
    both.filter(|_| and).unwrap_or(last)
}

/// Whether nothing but a connective stands between `start` and `at`.
fn opens(scene: &Scene<'_>, at: usize, start: usize) -> bool {
    (start..at).all(|token| {
        matches!(scene.tagged.class(token), Class::Coordinator | Class::Adverb | Class::Punctuation)
    })
}

/// Whether the tokens between a subject and its verb only say more of it: no
/// other finite verb, unless between commas or parentheses.
fn only_modifies(scene: &Scene<'_>, tokens: Range<usize>) -> bool {
    let finite =
        |token: usize| matches!(scene.tagged.class(token), Class::Auxiliary | Class::Reporting);
    let comma = tokens.clone().find(|&token| scene.word(token) == ",");
    // Jansen van Ajax, die gisteren zweeg, zegt: the commas enclose the rest.
    let plain = match comma {
        Some(comma) if scene.word(tokens.end - 1) == "," && comma + 1 < tokens.end => {
            tokens.start..comma
        }
        Some(_) => return false,
        None => tokens,
    };
    let mut depth = 0_usize;
    for token in plain {
        match scene.word(token) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ if depth == 0 && finite(token) => return false,
            _ => {}
        }
    }
    true
}
