//! Terms, titles, names and irony in quotation marks.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use crate::lexicon::Frame;
use crate::ner::Label;

/// A short fragment in the marks of terms, or announced as a name, is no speech.
///
/// # Pattern
///
/// A fragment without a verb of its own, directly behind a word that
/// announces a name or a title (*genaamd*, *de film*, *de term*), or in marks
/// that this document does not use for whole sentences.
///
/// # Why it holds
///
/// Dutch outlets keep one kind of marks for speech and another for terms and
/// irony, and drop the italics of titles into marks.
///
/// # Where it fails
///
/// Fragments of speech in single marks inside an article that uses double
/// ones elsewhere; a verb that introduces fragments (*noemt het*) keeps them.
pub(super) struct Term;

impl Rule for Term {
    fn id(&self) -> &'static str {
        "term"
    }

    fn summary(&self) -> &'static str {
        "A short fragment in the marks of terms, or announced as a name, is no speech."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            Example {
                text: "De wethouder prees de film „Het laatste veer”. „Prachtig gemaakt”, zei ze.",
                names: &[],
                span: "„Het laatste veer”",
                source: None,
            },
            Example {
                text: "\"Wij stoppen ermee\", zegt Bram Kok. De 'buurtbus' rijdt niet meer.",
                names: &[("Bram Kok", Label::Per)],
                span: "'buurtbus'",
                source: None,
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "\"Wij stoppen ermee\", zegt Bram Kok. Hij noemt het besluit 'onvermijdelijk'.",
            names: &[("Bram Kok", Label::Per)],
            span: "'onvermijdelijk'",
            source: Some("Bram Kok"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    /// Longer titles exist; a longer fragment is more often speech.
    const LONGEST: usize = 5;
    let shape = &scene.shapes[candidate];
    if shape.heading && is_name(scene, candidate) {
        return Some(Verdict::not_speech(candidate, "a name or a title, to judge by its capitals"));
    }
    if shape.heading || shape.stopped && shape.capital {
        return None;
    }
    if shape.announced && !shape.verb {
        return Some(Verdict::not_speech(
            candidate,
            "a word before it announces a name or a title",
        ));
    }
    if is_name(scene, candidate) {
        return Some(Verdict::not_speech(candidate, "a name or a title, to judge by its capitals"));
    }
    let fragment = shape.words <= LONGEST && !shape.verb;
    let named_so = scene.clauses_beside(candidate, shape.first_sentence).any(|clause| {
        clause.cue < shape.tokens.start
            && clause.verb().is_some_and(|verb| verb.takes(Frame::Fragment))
    });
    let said_after = scene.word_after(candidate, ",").is_some_and(|after| {
        scene.clauses_beside(candidate, shape.last_sentence).any(|clause| clause.cue == after)
    });
    (shape.odd_marks && fragment && !named_so && !said_after)
        .then(|| Verdict::not_speech(candidate, "in marks that this text keeps for terms"))
}

/// `“Het Laatste Veer”`: two words or more, with a capital each but for small
/// words.
fn is_name(scene: &Scene<'_>, candidate: usize) -> bool {
    let inner = scene.shapes[candidate].inner.clone();
    let small = |at: usize| scene.word(at).len() <= 3;
    let capitals = inner.clone().filter(|&at| scene.tagged.is_capital(at)).count();
    capitals >= 2 && inner.into_iter().all(|at| scene.tagged.is_capital(at) || small(at))
}
