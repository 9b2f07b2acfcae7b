//! The reporting verb that a finite verb is, or is part of: with its particle
//! (*wijst erop*), as the auxiliary of a participle or infinitive (*heeft gezegd*,
//! *wil benadrukken*). It does not ask who says what.

use super::super::clauses;
use super::level::Level;
use crate::lexicon::{self, Frame, Verb};
use crate::syntax::Form;

/// How far a particle or participle may stand behind the finite verb.
const PARTS_REACH: usize = 30;

/// The reporting verb whose finite part is token `at`, and the last token of
/// its parts. The verb with the longest particle wins.
pub(super) fn verb_at(
    level: &Level<'_>,
    at: usize,
    frame: Frame,
) -> Option<(&'static Verb, usize)> {
    let word = level.word(at);
    let takes = |verb: &&'static Verb| verb.takes(frame) && !verb.factive;
    if !level.is_finite(at) && !looks_nonfinite(level, at) {
        return None;
    }
    let joined = lexicon::verbs_of_joined_form(word).iter().copied().find(takes);
    if let Some(verb) = joined {
        return Some((verb, at));
    }
    let finite = lexicon::verbs_of_form(word);
    let phrase = finite
        .iter()
        .copied()
        .filter(takes)
        .flat_map(|verb| verb.particles.iter().map(move |particle| (verb, particle)))
        .filter_map(|(verb, particle)| {
            let end = particle_end(level, at, particle)?;
            // "maakte op de boot ruzie": a preposition of its own.
            let governs = particle.len() == 1
                && verb.over_triggers
                && clauses::governs(level.scene, end, &level.range);
            (!governs).then_some((particle.len(), verb, end))
        })
        .max_by_key(|(length, verb, _)| (*length, !verb.over_triggers));
    if let Some((_, verb, end)) = phrase {
        return Some((verb, end));
    }
    let plain = finite.iter().copied().filter(|verb| verb.particles.is_empty()).find(takes);
    plain.map(|verb| (verb, at)).or_else(|| behind_auxiliary(level, at, frame))
}

/// `De club verwacht dat`: a finite form that is a participle too, with no
/// auxiliary in its clause.
fn looks_nonfinite(level: &Level<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let tagged = level.scene.tagged;
    let before = level.range.start.max(at.saturating_sub(REACH))..at;
    tagged.tag(at).form() == Some(Form::Participle)
        && !lexicon::verbs_of_participle(level.word(at)).is_empty()
        && !before
            .rev()
            .take_while(|&token| !matches!(level.get(token), Some("," | "en" | ":")))
            .any(|token| level.is_finite(token))
        && !level.is_finite(at + 1)
}

/// The last token of `particle` where it stands behind the verb at `at`, or
/// directly before it (`die weten laat`).
fn particle_end(level: &Level<'_>, at: usize, particle: &[&str]) -> Option<usize> {
    let matches = |start: usize| {
        particle.iter().enumerate().all(|(n, word)| level.get(start + n) == Some(*word))
    };
    let end = level.range.end.min(at + PARTS_REACH);
    let found = (at + 1..end)
        .take_while(|&start| {
            !level.get(start).is_some_and(|word| matches!(word, ":" | ";" | "." | "dat"))
        })
        .find(|&start| matches(start));
    if let Some(start) = found {
        return Some(start + particle.len() - 1);
    }
    let before = at.checked_sub(particle.len()).filter(|&start| start >= level.range.start)?;
    matches(before).then_some(at)
}

/// `laten weten`, `te kennen gegeven`, `tot de conclusie gekomen`: a participle
/// of several words that begins at `at`, and its last token.
fn phrase_at(
    level: &Level<'_>,
    at: usize,
    takes: impl Fn(&&'static Verb) -> bool,
) -> Option<(&'static Verb, usize)> {
    const LONGEST: usize = 4;
    let mut phrase = level.get(at)?.to_owned();
    for last in at + 1..at + LONGEST {
        phrase.push(' ');
        phrase.push_str(level.get(last)?);
        if let Some(verb) = lexicon::verbs_of_participle(&phrase).iter().copied().find(&takes) {
            return Some((verb, last));
        }
    }
    None
}

/// `heeft ... gezegd`, `wil ... benadrukken`, `blijft herhalen`.
fn behind_auxiliary(level: &Level<'_>, at: usize, frame: Frame) -> Option<(&'static Verb, usize)> {
    let word = level.word(at);
    let perfect = matches!(word, "heeft" | "hebben" | "had" | "hadden" | "heb");
    let modal = matches!(
        word,
        "wil"
            | "wilde"
            | "willen"
            | "wilden"
            | "kan"
            | "kon"
            | "kunnen"
            | "konden"
            | "moet"
            | "moest"
            | "moeten"
            | "moesten"
            | "zou"
            | "zouden"
            | "zal"
            | "zullen"
            | "durft"
            | "durfde"
            | "blijft"
            | "blijven"
            | "bleef"
            | "bleven"
            | "gaat"
            | "ging"
            | "kwam"
            | "komt"
    );
    if !perfect && !modal {
        return None;
    }
    let takes = |verb: &&'static Verb| verb.takes(frame) && !verb.factive;
    let end = level.range.end.min(at + PARTS_REACH);
    for token in at + 1..end {
        let Some(word) = level.get(token) else { continue };
        // "kan worden bepaald": by no one.
        let finite = level.is_finite(token) && !(modal && word == "hebben");
        if matches!(word, ":" | ";" | "dat" | "om" | "worden") || finite {
            return None;
        }
        // "hebben zich gemeld" is no "melden".
        let reflexive = (at + 1..token).any(|token| level.get(token) == Some("zich"));
        let fits =
            |verb: &&'static Verb| takes(verb) && (verb.lemma.starts_with("zich ") || !reflexive);
        let participles = lexicon::verbs_of_participle(word);
        if let Some(verb) = participles.iter().copied().find(fits) {
            // "zou gezegd hebben"
            let last = token + usize::from(level.get(token + 1) == Some("hebben"));
            return Some((verb, last));
        }
        if let Some((verb, last)) = phrase_at(level, token, takes) {
            return Some((verb, last));
        }
        if (modal || level.get(token - 1) == Some("hebben"))
            && let Some(verb) = lexicon::verbs_of_form(word)
                .iter()
                .copied()
                .find(|verb| verb.lemma == word && takes(verb))
        {
            return Some((verb, token));
        }
    }
    None
}
