//! Adverbials that make the clause around them somebody's words or view: *naar
//! eigen zeggen*, *in de woorden van Jansen*, *wat hem betreft*. They have no
//! verb and are no cue as labels have it.

use std::ops::Range;

use super::super::scene::Scene;
use super::subject;
use crate::lexicon;
use crate::sources::{MentionKind, SourceKind};

/// Whose words or view the adverbial is of whose last noun or verb is token
/// `at`.
pub(super) fn subject_at(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let first = at.checked_sub(2).filter(|&first| first >= stretch.start)?;
    let word = scene.word(at);
    if matches!(word, "betreft" | "aangaat") {
        return concerned(scene, at, stretch);
    }
    if !matches!(scene.word(first), "in" | "naar") || !lexicon::is_view_noun(word) {
        return None;
    }
    match scene.word(at - 1) {
        "de" | "het" => {
            let of = at + 1;
            let governs = of < stretch.end && scene.word(of) == "van";
            governs.then(|| subject::named_from(scene, of + 1, stretch.end)).flatten()
        }
        "eigen" | "zijn" | "haar" | "hun" | "z'n" => subject::of_adverbial(scene, first, stretch),
        _ => None,
    }
}

/// `wat hem betreft`, `wat Jansen betreft`; of things it only says what the
/// clause is about.
fn concerned(scene: &Scene<'_>, at: usize, stretch: &Range<usize>) -> Option<usize> {
    /// *wat de altijd kritische Jansen betreft*.
    const LONGEST: usize = 6;
    let first = stretch.start.max(at.saturating_sub(LONGEST));
    let what = (first..at).rev().find(|&token| scene.word(token) == "wat")?;
    let (number, reference) = scene.cast.references_in(what + 1..at).next()?;
    let whole = reference.start == what + 1 && reference.end == at;
    let can_think = match reference.source_kind {
        SourceKind::Person => true,
        SourceKind::Organisation => reference.kind == MentionKind::Name,
        _ => false,
    };
    (whole && can_think).then_some(number)
}
