//! Where a candidate stands in the document: heading or text, in a quotation,
//! in which marks.

use rustc_hash::FxHashSet as HashSet;

use super::{Evidence, Judgement};
use crate::attribution::scene::Scene;
use crate::marks::Family;
use crate::syntax::Class;

/// A source that stands right before a fragment in a heading has no more words,
/// nor do the few that may stand before it.
const LONGEST_SOURCE: usize = 8;

pub(super) fn gather(scene: &Scene<'_>, candidate: usize, found: &mut Vec<Evidence>) {
    let shape = &scene.shapes[candidate];
    let it = &scene.candidates[candidate];
    if it.family == Family::Dash {
        found.push(Evidence::Dialogue);
    }
    if shape.odd_marks && it.parent.is_none() {
        found.push(Evidence::OddMarks);
    }
    if !shape.heading {
        return;
    }
    found.push(Evidence::InHeading);
    let start = shape.tokens.start;
    // "dus lachen de kinderen ‘om niets’": the subject of a verb.
    let sentence = scene.sentence(shape.first_sentence).tokens.start;
    let clause = (sentence..start).rev().take_while(|&at| !matches!(scene.word(at), "," | ":"));
    let verbless = clause.take(LONGEST_SOURCE).all(|at| !scene.tagged.is_finite(at));
    let source = scene
        .cast
        .references_in(start.saturating_sub(LONGEST_SOURCE)..start)
        .any(|(number, it)| it.end == start && verbless && scene.can_speak(number));
    if source && !shape.announced {
        found.push(Evidence::SourceInHeading);
    }
    if shape.alone {
        found.push(Evidence::WholeHeading);
    }
}

/// The words that carry the content of what is judged to be speech, outside headings.
pub(super) fn words_of_speech<'a>(
    scene: &'a Scene<'_>,
    judgements: &[Judgement],
) -> HashSet<&'a str> {
    let text = scene.shapes.iter().zip(judgements);
    text.filter(|(shape, judgement)| !shape.heading && judgement.is_speech())
        .flat_map(|(shape, _)| shape.inner.clone())
        .filter(|&at| carries_content(scene, at))
        .map(|at| scene.word(at))
        .collect()
}

/// Whether most words that carry the content of a heading stand in marks in
/// the text again.
pub(super) fn is_said(scene: &Scene<'_>, candidate: usize, said: &HashSet<&str>) -> bool {
    let inner = scene.shapes[candidate].inner.clone();
    let carrying = inner.filter(|&at| carries_content(scene, at));
    let words: Vec<&str> = carrying.map(|at| scene.word(at)).collect();
    let again = words.iter().filter(|word| said.contains(*word)).count();
    again > 0 && 2 * again >= words.len()
}

fn carries_content(scene: &Scene<'_>, at: usize) -> bool {
    matches!(scene.tagged.class(at), Class::Word | Class::Number | Class::Reporting)
}
