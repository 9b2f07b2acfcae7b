//! *De verdachte*, *de beklaagde*: the one of whom the article tells that he stands
//! trial.

use super::cast::Cast;
use super::mentions::Reading;
use super::{MentionKind, SourceKind};
use crate::lexicon;

/// Later than so many mentions an article has told who stands trial.
const MOST: usize = 120;

/// Whom description `at` with the head `head` means, if that is a word for an
/// accused and the article named one without it: `Vier jaar cel is geëist tegen Jan
/// Jansen`; `Jan Jansen staat terecht`. Nobody else of a trial is meant, and no one
/// where two of them are accused.
pub(super) fn accused(cast: &Cast, reading: &Reading<'_>, at: usize, head: &str) -> Option<usize> {
    let reference = &cast.references[at];
    let plain = reference.end == reference.start + 2;
    if !reference.definite || !plain || !lexicon::are_synonyms(head, "verdachte") {
        return None;
    }
    let named = |n: &usize| cast.references[*n].kind == MentionKind::Name && !cast.quoted[*n];
    let mut found: Option<usize> = None;
    let mut sentence = None;
    for n in (0..at.min(MOST)).filter(named) {
        let mention = &cast.references[n];
        let Some(member) = cast.member_of[n] else { continue };
        let it = &cast.members[member];
        let person = it.kind == SourceKind::Person && it.gender.agrees(reference.gender);
        let in_court = it.heads.iter().any(|own| lexicon::is_court_role(own));
        if !person || in_court || found == Some(member) || !is_of_trial(reading, mention.sentence) {
            continue;
        }
        // "eist zes jaar tegen Jansen voor de moord op Bakker"
        if sentence == Some(mention.sentence) {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(member);
        sentence = Some(mention.sentence);
    }
    found
}

fn is_of_trial(reading: &Reading<'_>, sentence: usize) -> bool {
    /// *eiste tien jaar cel tegen*.
    const WORDS: usize = 60;
    let tokens = reading.tokenized.sentences()[sentence].tokens.clone();
    tokens.take(WORDS).any(|token| lexicon::is_trial_word(reading.tagged.word(token)))
}
