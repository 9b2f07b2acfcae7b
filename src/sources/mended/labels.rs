//! Labels that the words around a name, or the rest of the document, show
//! wrong.

use rustc_hash::FxHashMap as HashMap;

use super::{Known, Words};
use crate::lexicon::{self, Noun};
use crate::ner::{Entity, Label};

/// The names, which have their usual labels, with those that the text shows.
pub(super) fn mended(words: &Words<'_>, known: &Known<'_>, usual: Vec<Entity>) -> Vec<Entity> {
    let mended = |usual: Entity| {
        let person = (usual.label != Label::Per).then(|| as_person(words, known, usual)).flatten();
        person.unwrap_or(usual)
    };
    usual.into_iter().map(mended).collect()
}

/// The names, each with the label that those of the same words mostly have.
pub(super) fn usual(words: &Words<'_>, names: &[Entity]) -> Vec<Entity> {
    let usual = usual_labels(words, names);
    let relabelled = |&name: &Entity| {
        let label = usual.get(name.span.of_text(words.text)).copied();
        Entity { label: label.unwrap_or(name.label), ..name }
    };
    names.iter().map(relabelled).collect()
}

/// The label that most of the document's names of the same words have, by the
/// sum of their scores; one that a noun in front bears out counts twice.
fn usual_labels<'a>(words: &Words<'a>, names: &[Entity]) -> HashMap<&'a str, Label> {
    let mut scores: HashMap<&str, [f32; 4]> = HashMap::default();
    for name in names {
        let sums = scores.entry(name.span.of_text(words.text)).or_default();
        if is_told_as_place(words, name) {
            sums[place(Label::Loc)] += 2.0 * name.score;
        } else {
            let times = if is_borne_out(words, name) { 2.0 } else { 1.0 };
            sums[place(name.label)] += times * name.score;
        }
    }
    let best = |sums: [f32; 4]| {
        let most =
            Label::ALL.into_iter().max_by(|&a, &b| sums[place(a)].total_cmp(&sums[place(b)]));
        most.unwrap_or(Label::Misc)
    };
    scores.into_iter().map(|(name, sums)| (name, best(sums))).collect()
}

/// `hun woonplaats Merel`: whether the noun right in front of the name is one for a
/// place.
fn is_told_as_place(words: &Words<'_>, name: &Entity) -> bool {
    let start = words.tokenized.tokens_in(name.span).start;
    start.checked_sub(1).is_some_and(|before| lexicon::is_place_noun(words.tagged.word(before)))
}

/// `de zoekmachine Vindal`, `minister Bakker`: whether the noun in front of the name
/// says what its label says.
fn is_borne_out(words: &Words<'_>, name: &Entity) -> bool {
    let Some(before) = words.tokenized.tokens_in(name.span).start.checked_sub(1) else {
        return false;
    };
    match (words.tagged.source_noun(before), name.label) {
        (Some(noun), Label::Org) => noun == Noun::Organisation && !words.is_function(before),
        (None, Label::Per) => words.is_function(before),
        _ => false,
    }
}

fn place(label: Label) -> usize {
    Label::ALL.iter().position(|&other| other == label).unwrap_or_default()
}

/// The name as a person's: it is the surname of one, or stands behind a
/// function as a person's name does.
fn as_person(words: &Words<'_>, known: &Known<'_>, name: Entity) -> Option<Entity> {
    let tokens = words.tokenized.tokens_in(name.span);
    let surname = |start: usize| {
        let parts: Vec<&str> = (start..tokens.end).map(|at| words.tagged.word(at)).collect();
        known.surnames.contains(&parts.join(" "))
    };
    // "De Mol" of which only "Mol" was found.
    let particles = (tokens.start.saturating_sub(2)..=tokens.start).find(|&start| {
        (start..tokens.start).all(|at| lexicon::is_particle(words.written(at))) && surname(start)
    });
    if let Some(start) = particles {
        let span = words.span(start..tokens.end);
        return Some(Entity { span, label: Label::Per, ..name });
    }
    // "Hatice" where the text has "Hatice Demirel".
    let first = words.written(tokens.start);
    if tokens.len() == 1 && words.is_given_name(tokens.start) && known.given.contains(first) {
        return Some(Entity { label: Label::Per, ..name });
    }
    // "Hatice Demirel" where "Demirel" is a person.
    let last = words.written(tokens.end - 1);
    if tokens.len() == 2 && words.is_given_name(tokens.start) && known.last.contains(last) {
        return Some(Entity { label: Label::Per, ..name });
    }
    let introduced = tokens.start > 0
        && words.is_function(tokens.start - 1)
        && words.tagged.source_noun(tokens.start - 1).is_none();
    let shape = tokens.len() > 1
        && (words.is_given_name(tokens.start)
            || tokens.len() == 2 && lexicon::is_particle(words.written(tokens.start)));
    // "Hatice Demirel van", "Hatice Demirel (45)": who they are is told.
    let word = |at: usize| if at < words.len() { words.tagged.word(at) } else { "" };
    let aged = word(tokens.end) == "("
        && word(tokens.end + 2) == ")"
        && word(tokens.end + 1).parse::<u8>().is_ok();
    let told = name.label != Label::Loc
        && tokens.len() == 2
        && words.is_given_name(tokens.start)
        && words.tagged.is_capital(tokens.start + 1)
        && (word(tokens.end) == "van" || aged);
    (introduced && shape || told).then_some(Entity { label: Label::Per, ..name })
}
