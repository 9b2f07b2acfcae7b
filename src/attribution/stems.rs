//! Stems by which the words of a heading are found again in the body.

use super::scene::Scene;
use crate::syntax::Class;

/// Each stem of a candidate once, in order.
pub(super) fn distinct_stems<'s>(scene: &'s Scene<'_>, candidate: usize) -> Vec<&'s str> {
    let mut distinct: Vec<&str> = stems(scene, scene.shapes[candidate].inner.clone()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// The words that carry the content, without their endings.
pub(super) fn stems<'s>(
    scene: &'s Scene<'_>,
    tokens: impl Iterator<Item = usize>,
) -> impl Iterator<Item = &'s str> {
    let carries = |at: &usize| {
        matches!(scene.tagged.class(*at), Class::Word | Class::Number | Class::Reporting)
    };
    tokens.filter(carries).map(|at| stem(scene.word(at)))
}

/// So much of a word that its inflected forms share: *verontrustende* and
/// *verontrustend*, *frieten* and *friet*.
fn stem(word: &str) -> &str {
    const LONGEST: usize = 7;
    let bare = ["en", "e", "t", "s"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|bare| bare.len() >= 4))
        .unwrap_or(word);
    bare.char_indices().nth(LONGEST).map_or(bare, |(end, _)| &bare[..end])
}
