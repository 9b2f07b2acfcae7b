//! The reporting verb that a finite verb is, or is part of: with its particle
//! (*wijst erop*), as the auxiliary of a participle or infinitive (*heeft gezegd*,
//! *wil benadrukken*). It does not ask who says what.

use std::cell::OnceCell;
use std::cmp::Reverse;

use super::super::clauses;
use super::content::{Opening, opening};
use super::level::Level;
use crate::lexicon::{self, Verb};
use crate::syntax::Form;

/// How far a particle or participle may stand behind the finite verb.
const PARTS_REACH: usize = 30;

/// A reporting verb of which a token is the finite part.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) verb: &'static Verb,
    /// The last token of its parts.
    pub(super) parts_end: usize,
    /// What opens its content, once a rule has asked for it.
    opening: OnceCell<Option<(Opening, usize)>>,
}

impl Reading {
    fn new(verb: &'static Verb, parts_end: usize) -> Self {
        Self { verb, parts_end, opening: OnceCell::new() }
    }

    /// What opens the content behind the finite part at `cue`, as [`opening`] has it.
    pub(super) fn opening(&self, level: &Level<'_>, cue: usize) -> Option<(Opening, usize)> {
        *self.opening.get_or_init(|| opening(level, cue + 1, self.parts_end))
    }
}

/// Whether token `at` can be the finite part of a reporting verb for all that the word
/// lists tell: most words cannot.
#[inline]
pub(super) fn can_be_read(level: &Level<'_>, at: usize) -> bool {
    let tagged = level.scene.tagged;
    clauses::may_be_verb(level.scene, at) || !tagged.participle_verbs(at).is_empty()
}

/// The reporting verbs whose finite part token `at` can be, the likeliest first: among
/// those with a particle, the one with the longest.
pub(super) fn readings(level: &Level<'_>, at: usize) -> Vec<Reading> {
    if !level.is_finite(at) && !looks_nonfinite(level, at) {
        return Vec::new();
    }
    let tagged = level.scene.tagged;
    let told = |verb: &&'static Verb| !verb.factive;
    let joined = tagged.joined_verbs(at).iter().copied().filter(told);
    let finite = tagged.verbs(at).iter().copied().filter(told);
    let behind = OnceCell::new();
    let mut phrases: Vec<(usize, &'static Verb, usize)> = finite
        .clone()
        .flat_map(|verb| verb.particles.iter().map(move |particle| (verb, particle)))
        .filter_map(|(verb, particle)| {
            let behind = behind.get_or_init(|| words_behind(level, at));
            let end = particle_end(level, at, behind, particle)?;
            // "maakte op de boot ruzie": a preposition of its own.
            let governs = particle.len() == 1
                && verb.over_triggers
                && clauses::governs(level.scene, end, &level.range);
            (!governs).then_some((particle.len(), verb, end))
        })
        .collect();
    // Of those as long, the last one.
    phrases.reverse();
    phrases.sort_by_key(|(length, verb, _)| Reverse((*length, !verb.over_triggers)));
    let plain = finite.filter(|verb| verb.particles.is_empty());
    let mut found: Vec<Reading> = joined.map(|verb| Reading::new(verb, at)).collect();
    found.extend(phrases.into_iter().map(|(_, verb, end)| Reading::new(verb, end)));
    found.extend(plain.map(|verb| Reading::new(verb, at)));
    behind_auxiliary(level, at, &mut found);
    found
}

/// `De club verwacht dat`, `bewoners die zeggen dat`, `Smit vroeg president Bos om`: a
/// finite form that looks like a participle, an infinitive or an adverb, with no
/// other finite verb in its clause.
fn looks_nonfinite(level: &Level<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let tagged = level.scene.tagged;
    let participle =
        !tagged.participle_verbs(at).is_empty() && tagged.tag(at).form() == Some(Form::Participle);
    if !(participle || !tagged.verbs(at).is_empty() && is_behind_subject(level, at)) {
        return false;
    }
    let before = level.range.start.max(at.saturating_sub(REACH))..at;
    let mut behind = (at + 1..level.range.end.min(at + REACH)).take_while(|&token| {
        !matches!(level.get(token), Some("," | ":" | "dat" | "of" | "om" | "te"))
    });
    !before
        .rev()
        .take_while(|&token| !matches!(level.get(token), Some("," | "en" | ":" | "die")))
        .any(|token| level.is_finite(token))
        && !level.is_finite(at + 1)
        && (participle || !behind.any(|token| level.is_finite(token)))
}

/// Whether a mention ends right before token `at`.
fn is_behind_subject(level: &Level<'_>, at: usize) -> bool {
    /// No mention that counts is longer.
    const LONGEST: usize = 12;
    let near = level.range.start.max(at.saturating_sub(LONGEST))..at;
    level.scene.cast.references_in(near).any(|(_, it)| it.end == at)
}

/// The words behind the verb at `at` with which its particle can begin.
fn words_behind<'l>(level: &'l Level<'_>, at: usize) -> Vec<(usize, &'l str)> {
    (at + 1..level.range.end.min(at + PARTS_REACH))
        .filter_map(|token| Some((token, level.get(token)?)))
        .take_while(|(_, word)| !matches!(*word, ":" | ";" | "." | "dat"))
        .filter(|&(token, _)| level.scene.tagged.begins_particle(token))
        .collect()
}

/// The last token of `particle` where it stands among the words behind the verb at
/// `at`, or directly before it (`die weten laat`).
fn particle_end(
    level: &Level<'_>,
    at: usize,
    behind: &[(usize, &str)],
    particle: &[&str],
) -> Option<usize> {
    let (first, rest) = particle.split_first()?;
    let goes_on = |start: usize| {
        rest.iter().zip(start + 1..).all(|(word, token)| level.get(token) == Some(*word))
    };
    let found = behind.iter().find(|(start, word)| word == first && goes_on(*start));
    if let Some(&(start, _)) = found {
        return Some(start + rest.len());
    }
    let before = at.checked_sub(particle.len()).filter(|&start| start >= level.range.start)?;
    (level.get(before) == Some(*first) && goes_on(before)).then_some(at)
}

/// Adds the verbs with a participle of several words that begins at `at`: `laten
/// weten`, `te kennen gegeven`, `tot de conclusie gekomen`.
fn phrases_at(level: &Level<'_>, at: usize, found: &mut Vec<Reading>) {
    const LONGEST: usize = 4;
    let begins = level.scene.tagged.begins_participle(at);
    let Some(first) = level.get(at).filter(|_| begins) else { return };
    let mut phrase = first.to_owned();
    for last in at + 1..at + LONGEST {
        let Some(word) = level.get(last) else { return };
        phrase.push(' ');
        phrase.push_str(word);
        let verbs = lexicon::verbs_of_participle(&phrase).iter().filter(|verb| !verb.factive);
        found.extend(verbs.map(|&verb| Reading::new(verb, last)));
    }
}

/// Adds the verbs of which token `at` is the auxiliary: `heeft ... gezegd`, `wil
/// ... benadrukken`, `blijft herhalen`.
fn behind_auxiliary(level: &Level<'_>, at: usize, found: &mut Vec<Reading>) {
    let tagged = level.scene.tagged;
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
        return;
    }
    let able = matches!(word, "kan" | "kon" | "kunnen" | "konden");
    let end = level.range.end.min(at + PARTS_REACH);
    let mut reflexive = false;
    for token in at + 1..end {
        let Some(word) = level.get(token) else { continue };
        // "heeft dat vandaag bekendgemaakt": no clause follows.
        let behind = token + 1..level.range.end;
        if perfect
            && word == "dat"
            && token == at + 1
            && !behind.into_iter().any(|token| level.is_finite(token))
        {
            continue;
        }
        // "kan worden bepaald": by no one.
        let finite = level.is_finite(token) && !(modal && word == "hebben");
        if matches!(word, ":" | ";" | "dat" | "om" | "worden") || finite {
            return;
        }
        // "hebben zich gemeld" is no "melden".
        let fits =
            |verb: &&'static Verb| !verb.factive && (verb.lemma.starts_with("zich ") || !reflexive);
        // "zou gezegd hebben"
        let last = token + usize::from(level.get(token + 1) == Some("hebben"));
        let participles = tagged.participle_verbs(token).iter().copied().filter(fits);
        found.extend(participles.map(|verb| Reading::new(verb, last)));
        phrases_at(level, token, found);
        if modal || level.get(token - 1) == Some("hebben") {
            let infinitive = |verb: &&'static Verb| verb.lemma == word && !verb.factive;
            // "gebruikers kunnen aangeven": nobody has done it.
            let joined = if able { &[] } else { tagged.joined_verbs(token) };
            let verbs = tagged.verbs(token).iter().chain(joined).copied();
            let verbs = verbs.filter(infinitive);
            found.extend(verbs.map(|verb| Reading::new(verb, token)));
        }
        reflexive |= word == "zich";
    }
}
