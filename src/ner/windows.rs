//! How a text is fed to a model of limited length: the units it is read in
//! ([`Unit`]), which wordpieces belong to which token, and the overlapping
//! windows that a long unit is cut into. Pure arithmetic over indices; what a
//! wordpiece is, `bert` knows.

use std::ops::Range;

use crate::tokenize::{Token, Tokenized};

/// The stretch of text that a model reads at once, as far as it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// A paragraph, whose sentences help each other.
    Paragraph,
    /// A sentence. What models trained on CoNLL-2002 and most others expect;
    /// our own is trained on both and reads sentences at least as well.
    #[default]
    Sentence,
}

/// How many wordpieces two neighbouring windows share at most. A quarter of
/// what a small model reads: at the seam every token still sees some sixteen
/// pieces to either side, longer than nearly every name with what announces it.
const OVERLAP: usize = 32;

/// A part of a unit that the model reads at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    /// The wordpieces that are fed, as indices into the unit's.
    pub(super) pieces: Range<usize>,
    /// The tokens that take their labels from this window, as indices into
    /// the unit's. They do not overlap between windows.
    pub(super) keep: Range<usize>,
}

/// The units of a text, each as the indices of its tokens, and inside it the
/// indices (counted from the unit's first token) where a sentence begins.
pub(super) fn units(
    tokenized: &Tokenized,
    unit: Unit,
) -> impl Iterator<Item = (Range<usize>, Vec<usize>)> {
    let sentences = tokenized.sentences();
    let groups: Vec<_> = match unit {
        Unit::Paragraph => tokenized.paragraphs().iter().map(|p| p.sentences.clone()).collect(),
        Unit::Sentence => (0..sentences.len()).map(|n| n..n + 1).collect(),
    };
    groups.into_iter().filter_map(move |group| {
        let group = &sentences[group];
        let tokens = group.first()?.tokens.start..group.last()?.tokens.end;
        let starts = group.iter().map(|s| s.tokens.start - tokens.start).collect();
        Some((tokens, starts))
    })
}

/// For each token the index of its first wordpiece, and at the end the number
/// of wordpieces. A token has none if the next entry equals its own: a soft
/// hyphen or a zero-width space, which tokenizers drop, or an emoji inside a
/// longer unknown piece.
///
/// `offsets` are the wordpieces' bytes in the unit, which begins at byte `base`
/// of the text. A wordpiece belongs to the token in which it starts.
pub(super) fn first_pieces(tokens: &[Token], base: u32, offsets: &[(usize, usize)]) -> Vec<usize> {
    let mut firsts = Vec::with_capacity(tokens.len() + 1);
    let mut piece = 0;
    for token in tokens {
        firsts.push(piece);
        let end = (token.span.end() - base) as usize;
        while offsets.get(piece).is_some_and(|&(start, _)| start < end) {
            piece += 1;
        }
    }
    firsts.push(offsets.len());
    firsts
}

/// Cuts a unit into windows of at most `room` wordpieces: one if it fits; else
/// windows that overlap, each ending where a sentence ends if one does in its
/// second half, else between two tokens. A token takes its labels from the
/// window in which it stands furthest from a cut. A token of more than `room`
/// wordpieces loses the last of them. Units without wordpieces have no window.
///
/// `firsts` is what [`first_pieces`] gives; `sentences` are the tokens at which
/// a sentence begins, ascending. Takes time linear in the unit, but for a
/// logarithm a window.
pub(super) fn cut(firsts: &[usize], sentences: &[usize], room: usize) -> Vec<Window> {
    let tokens = firsts.len() - 1;
    let total = firsts[tokens];
    if total == 0 || room == 0 {
        return Vec::new();
    }
    // Less than half a window, so that each one reaches beyond the one before.
    let overlap = OVERLAP.min(room / 4);
    let mut windows = Vec::new();
    let mut begin = 0;
    let mut kept = 0;
    loop {
        let end = window_end(firsts, sentences, begin, room);
        let pieces = firsts[begin]..firsts[end].min(firsts[begin] + room);
        if firsts[end] == total {
            windows.push(Window { pieces, keep: kept..tokens });
            return windows;
        }
        let next = next_begin(firsts, begin, end, room, overlap);
        // In what the two windows share, the first half is further from the
        // end of this one, the second half from the beginning of the next.
        let seam = firsts[next] + firsts[end];
        let until = next + firsts[next..end].partition_point(|&first| 2 * first < seam);
        let until = until.max(kept);
        windows.push(Window { pieces, keep: kept..until });
        (begin, kept) = (next, until);
    }
}

/// The token before which the window from token `begin` ends.
fn window_end(firsts: &[usize], sentences: &[usize], begin: usize, room: usize) -> usize {
    let tokens = firsts.len() - 1;
    let limit = firsts[begin] + room;
    let fits = firsts.partition_point(|&first| first <= limit) - 1;
    // At least one token with wordpieces, even one that is too long by itself.
    let least = firsts.partition_point(|&first| first <= firsts[begin]);
    let furthest = fits.max(least);
    if firsts[furthest] == firsts[tokens] {
        return tokens;
    }
    let sentence = sentences[..sentences.partition_point(|&token| token <= furthest)].last();
    match sentence {
        Some(&token) if token > begin && firsts[token] - firsts[begin] > room / 2 => token,
        _ => furthest,
    }
}

/// The token at which the window after `begin..end` begins: `overlap` pieces
/// before `end`, or less where the next token with wordpieces would not fit.
fn next_begin(firsts: &[usize], begin: usize, end: usize, room: usize, overlap: usize) -> usize {
    let past = firsts[firsts.partition_point(|&first| first <= firsts[end])];
    let reach = firsts[end].saturating_sub(overlap).max(past.saturating_sub(room));
    firsts.partition_point(|&first| first < reach).clamp(begin + 1, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use crate::tokenize::{TokenKind, tokenize};
    use proptest::prelude::*;

    /// `firsts` of tokens with these numbers of wordpieces.
    fn firsts(sizes: &[usize]) -> Vec<usize> {
        let mut sum = 0;
        let mut firsts = vec![0];
        firsts.extend(sizes.iter().map(|size| {
            sum += size;
            sum
        }));
        firsts
    }

    fn token(start: u32, end: u32) -> Token {
        Token { span: Span::new(start, end), kind: TokenKind::Word }
    }

    #[test]
    fn units_are_paragraphs_or_sentences() {
        let tokenized = tokenize("Het regende. Niemand kwam.\n\nIn Gouda bleef het droog.");
        let paragraphs: Vec<_> = units(&tokenized, Unit::Paragraph).collect();
        assert_eq!(paragraphs, [(0..6, vec![0, 3]), (6..12, vec![0])]);
        let sentences: Vec<_> = units(&tokenized, Unit::Sentence).collect();
        assert_eq!(sentences, [(0..3, vec![0]), (3..6, vec![0]), (6..12, vec![0])]);
        assert_eq!(units(&tokenize(" \n"), Unit::Paragraph).count(), 0);
    }

    #[test]
    fn what_fits_is_one_window() {
        let windows = cut(&firsts(&[1, 2, 3]), &[0], 6);
        assert_eq!(windows, [Window { pieces: 0..6, keep: 0..3 }]);
    }

    #[test]
    fn a_unit_without_wordpieces_has_no_window() {
        assert_eq!(cut(&firsts(&[]), &[], 8), []);
        assert_eq!(cut(&firsts(&[0, 0]), &[0], 8), []);
    }

    #[test]
    fn a_long_unit_is_cut_at_a_sentence_end() {
        // Two sentences of 12 and 8 tokens; 16 pieces fit.
        let windows = cut(&firsts(&[1; 20]), &[0, 12], 16);
        assert_eq!(windows[0].pieces, 0..12);
        assert_eq!(windows[1].pieces, 8..20);
        // Of the four shared tokens each window keeps the two that stand
        // deeper in it.
        assert_eq!((windows[0].keep.clone(), windows[1].keep.clone()), (0..10, 10..20));
    }

    #[test]
    fn a_sentence_end_in_the_first_half_is_passed_over() {
        let windows = cut(&firsts(&[1; 20]), &[0, 5], 16);
        assert_eq!(windows[0].pieces, 0..16);
    }

    #[test]
    fn a_token_longer_than_a_window_is_cut_short_and_passed() {
        let windows = cut(&firsts(&[1, 5000, 1]), &[0], 16);
        assert_eq!(windows.iter().map(|w| w.keep.clone()).collect::<Vec<_>>(), [0..1, 1..2, 2..3]);
        assert_eq!(windows[1].pieces, 1..17);
        assert_eq!(windows[2].pieces, 5001..5002);
    }

    #[test]
    fn a_very_long_unit_needs_only_as_many_windows_as_it_must() {
        let windows = cut(&firsts(&vec![1; 100_000]), &[0], 126);
        assert!(windows.len() <= 100_000 / (126 - OVERLAP) + 1, "{} windows", windows.len());
    }

    #[test]
    fn a_wordpiece_belongs_to_the_token_it_starts_in() {
        // "Ajax' 10km ☃" with `☃` dropped and `10km` one piece for two tokens.
        let tokens = [token(5, 9), token(9, 10), token(11, 13), token(13, 15), token(16, 19)];
        let offsets = [(0, 2), (2, 4), (4, 5), (6, 10)];
        assert_eq!(first_pieces(&tokens, 5, &offsets), [0, 2, 3, 4, 4, 4]);
    }

    #[test]
    fn no_wordpieces_at_all_is_no_matter() {
        assert_eq!(first_pieces(&[token(0, 2)], 0, &[]), [0, 0]);
        assert_eq!(first_pieces(&[], 0, &[]), [0]);
    }

    /// How far a token's first piece stands from the nearest cut of a window.
    fn depth(firsts: &[usize], pieces: &Range<usize>, token: usize) -> usize {
        let place = firsts[token];
        let left = if pieces.start == 0 { usize::MAX } else { place - pieces.start };
        let right =
            if pieces.end == firsts[firsts.len() - 1] { usize::MAX } else { pieces.end - place };
        left.min(right)
    }

    proptest! {
        #[test]
        fn windows_cover_all_tokens_once(
            sizes in prop::collection::vec(0..9_usize, 0..200),
            marks in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
            room in 1..40_usize,
        ) {
            let firsts = firsts(&sizes);
            let mut sentences: Vec<_> =
                marks.iter().filter(|_| !sizes.is_empty()).map(|m| m.index(sizes.len())).collect();
            sentences.sort_unstable();
            let windows = cut(&firsts, &sentences, room);
            let total = firsts[sizes.len()];
            prop_assert_eq!(windows.is_empty(), total == 0);
            let mut next = 0;
            let mut fed = 0;
            for window in &windows {
                prop_assert_eq!(window.keep.start, next);
                prop_assert!(window.keep.end >= next);
                next = window.keep.end;
                prop_assert!(!window.pieces.is_empty() && window.pieces.len() <= room);
                fed += window.pieces.len();
                for token in window.keep.clone().filter(|&t| firsts[t] < firsts[t + 1]) {
                    prop_assert!(window.pieces.contains(&firsts[token]), "first piece is fed");
                }
            }
            if !windows.is_empty() {
                prop_assert_eq!(next, sizes.len());
            }
            prop_assert!(fed <= 3 * total + room, "{} of {} pieces are fed", fed, total);
            for pair in windows.windows(2) {
                prop_assert!(pair[0].pieces.end < pair[1].pieces.end);
            }
        }

        #[test]
        fn a_token_is_kept_where_it_stands_deepest(
            sizes in prop::collection::vec(1..4_usize, 0..300),
            room in 16..80_usize,
        ) {
            let firsts = firsts(&sizes);
            let windows = cut(&firsts, &[0], room);
            for window in &windows {
                for token in window.keep.clone() {
                    let here = depth(&firsts, &window.pieces, token);
                    for other in &windows {
                        if other.pieces.contains(&firsts[token]) {
                            prop_assert!(depth(&firsts, &other.pieces, token) <= here.saturating_add(1));
                        }
                    }
                }
            }
        }

        #[test]
        fn a_cut_falls_between_tokens(
            sizes in prop::collection::vec(0..6_usize, 0..200),
            room in 6..40_usize,
        ) {
            let firsts = firsts(&sizes);
            for window in cut(&firsts, &[], room) {
                prop_assert!(firsts.binary_search(&window.pieces.start).is_ok());
                prop_assert!(firsts.binary_search(&window.pieces.end).is_ok());
            }
        }
    }
}
