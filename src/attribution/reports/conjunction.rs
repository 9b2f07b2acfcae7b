//! Whether *dat* opens a clause of content, or is a pronoun, a determiner, or
//! opens the clause of a noun before it.

use std::ops::Range;

use super::super::clauses;
use super::content::{has_finite, is_infinitive};
use super::level::Level;
use crate::lexicon;
use crate::syntax::{Class, Form, Pos};

/// Whether *dat* at `at` opens a clause, and does not stand for something or
/// before its noun; the tokens from `from` to `parts_end` are the verb's.
pub(super) fn is_conjunction(level: &Level<'_>, from: usize, parts_end: usize, at: usize) -> bool {
    /// A clause has a subject and a verb at least.
    const SHORTEST: usize = 2;
    let end = level.clause_end(at + 1);
    // "dat, als het regent, de trein": the clause goes on.
    let open = level.get(end) == Some(",");
    if end - (at + 1) < SHORTEST && !open {
        return false;
    }
    // "vindt dat in steden prima": no clause without a verb.
    if !open && !begins_with_subject(level, at + 1) && !has_verb_of_its_own(level, at + 1..end) {
        return false;
    }
    // "wil dat bereiken door ...", "wil dat de kiezer niet aandoen"
    let wants = brackets(level, from, parts_end, at);
    // "erkent dat inkleuren helpt": the infinitive is the subject.
    let object = is_infinitive(level, at + 1)
        && level.get(at + 1) != Some("zijn")
        && (wants || !has_finite(level, at + 2..end))
        || wants && is_infinitive(level, end - 1) && has_nothing_plural(level, at + 1..end - 1);
    let tagged = level.scene.tagged.pos(at) == Pos::SubordinatingConjunction;
    // "dat niet de stad, maar het Rijk moet betalen"
    let contrast = open
        && level.get(at + 1) == Some("niet")
        && level.get(end + 1) == Some("maar")
        && has_finite(level, end + 2..level.clause_end(end + 1));
    tagged && !object || contrast || has_clause_behind(level, at, end, at == parts_end + 1, wants)
}

/// Whether the verb before *dat* at `at` goes with an infinitive or participle at
/// the end of its clause, so that *dat* may be the object between the two: *wil
/// dat volgend jaar halen*.
fn brackets(level: &Level<'_>, from: usize, parts_end: usize, at: usize) -> bool {
    from.checked_sub(1).is_some_and(|cue| {
        let bare = parts_end < from && level.get(cue).is_some_and(clauses::brackets);
        at <= parts_end || bare
    })
}

fn begins_with_subject(level: &Level<'_>, at: usize) -> bool {
    use Pos::{Determiner, Noun, Numeral, Pronoun, ProperNoun};
    matches!(level.scene.tagged.pos(at), Determiner | Noun | Numeral | Pronoun | ProperNoun)
}

/// Whether no word of `range` can be the subject of a plural verb, which looks
/// like an infinitive.
fn has_nothing_plural(level: &Level<'_>, mut range: Range<usize>) -> bool {
    let tagged = level.scene.tagged;
    !range.any(|at| {
        level.is_finite(at)
            || level.is_opaque(at)
            || tagged.tag(at).form() == Some(Form::Plural)
            || matches!(tagged.word(at), "ze" | "zij" | "we" | "wij" | "en" | "beide" | "twee")
            || tagged.pos(at) == Pos::Numeral
    })
}

/// Whether a verb of `range` is left for the clause when each clause inside it
/// has taken one. Words in marks may hold it.
fn has_verb_of_its_own(level: &Level<'_>, range: Range<usize>) -> bool {
    if range.clone().any(|at| level.is_opaque(at)) {
        return true;
    }
    let pos = |at: usize| level.scene.tagged.pos(at);
    let verbs = range.clone().filter(|&at| matches!(pos(at), Pos::Verb | Pos::Auxiliary)).count();
    let clauses = range.filter(|&at| pos(at) == Pos::SubordinatingConjunction).count();
    verbs > clauses
}

/// Whether *dat* at `at` opens a clause up to `end` where the tagger does not
/// see it (`dat ook zijn zaak het volhoudt`, `dat aan elke brug gebreken
/// kleven`): a verb follows, no noun stands before that *dat* could be the
/// pronoun of, and none behind that it could be the determiner of.
///
/// `behind_part`: the preposition or noun before it is the verb's own. `brackets`:
/// an infinitive at the end is the verb's too.
fn has_clause_behind(
    level: &Level<'_>,
    at: usize,
    end: usize,
    behind_part: bool,
    brackets: bool,
) -> bool {
    let tagged = level.scene.tagged;
    let is_mention = || {
        level.scene.cast.references_in(at.saturating_sub(REFERENCE)..at).any(|(_, r)| r.end == at)
    };
    let before = at.checked_sub(1).map(|before| tagged.pos(before));
    // "wees er verder op dat": the preposition is the verb's.
    let pronoun = matches!(before, Some(Pos::Noun | Pos::Adposition))
        && !behind_part
        && !at.checked_sub(1).is_some_and(|time| lexicon::is_time_noun(tagged.word(time)))
        && !is_mention();
    let next = at + 1;
    // "dat zijn klanten wegblijven": a possessive.
    let possessive = level.get(next) == Some("zijn")
        && next + 1 < end
        && matches!(tagged.pos(next + 1), Pos::Noun | Pos::Adjective);
    let verbal = matches!(tagged.pos(next), Pos::Verb | Pos::Auxiliary) && !possessive;
    // "dat huis", "dat oude huis", but "dat later ook de kade".
    let noun = |at: usize| at < end && tagged.pos(at) == Pos::Noun;
    let determiner = (noun(next) || tagged.pos(next) == Pos::Adjective && noun(next + 1))
        && tagged.tag(next).form() != Some(Form::Plural);
    // "dat werkgever en werknemer het eens worden": one clause.
    let joins = |t: usize| matches!(level.get(t), Some("en" | "maar")) && level.is_finite(t + 1);
    let limit = (next..end).find(|&t| joins(t)).unwrap_or(end);
    let closes = matches!(tagged.pos(limit.saturating_sub(1)), Pos::Verb | Pos::Auxiliary);
    // ", dat": a pronoun, unless the tagger knows better.
    let behind_comma = before == Some(Pos::Punctuation);
    !pronoun
        && !behind_comma
        && !verbal
        && (has_finite(level, next + usize::from(possessive)..limit)
            || closes && (possessive || !brackets)
            || is_taken_up(level, end)
            || begins_with_subject(level, next) && (next..end).any(|at| level.is_opaque(at)))
        && (!determiner || closes)
}

/// `dat ook de invoer, goed voor een miljoen, zal worden belast`: whether the clause
/// that breaks off at the comma at `end` goes on with its verb behind the next one.
fn is_taken_up(level: &Level<'_>, end: usize) -> bool {
    let comma = |&at: &usize| level.get(at) == Some(",");
    comma(&end)
        && (end + 1..level.range.end)
            .find(comma)
            .is_some_and(|next| level.is_finite(next + 1) && !has_finite(level, end + 1..next))
}

/// Mentions are seldom longer.
const REFERENCE: usize = 12;

/// `het nieuws dat`, `de kans om`: a clause of the noun before it. In a phrase
/// that tells where something was said the noun has none (`in een bericht`).
pub(super) fn belongs_to_noun(level: &Level<'_>, from: usize, at: usize) -> bool {
    const PHRASE: usize = 4;
    let claused =
        |noun: usize| noun >= from && level.get(noun).is_some_and(lexicon::is_clause_noun);
    // "de bewering van het leger dat"
    let owned = || {
        let of = (from.max(at.saturating_sub(PHRASE + 1))..at)
            .rev()
            .find(|&token| level.get(token) == Some("van"))?;
        of.checked_sub(1)
    };
    let direct = at.checked_sub(1).filter(|&noun| claused(noun));
    let Some(noun) = direct.or_else(|| owned().filter(|&noun| claused(noun))) else {
        return false;
    };
    let preposition = (from.max(noun.saturating_sub(PHRASE))..noun)
        .rev()
        .find(|&token| level.class(token) == Class::Preposition);
    !preposition.is_some_and(|token| {
        matches!(level.word(token), "in" | "via" | "per" | "tijdens" | "na" | "met" | "aan")
    })
}
