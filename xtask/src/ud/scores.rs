//! Segmentations of one text compared: precision, recall, F1, and where they
//! differ. Offsets are characters of the text without its white space.

use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// Tokens and sentences of one text.
#[derive(Debug, Default)]
pub(super) struct Segmentation {
    tokens: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
    characters: String,
    count: usize,
    sentence_start: usize,
}

/// What of a segmentation is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Layer {
    Tokens,
    Sentences,
}

impl Segmentation {
    /// Adds the next token.
    pub(super) fn token(&mut self, form: &str) {
        let start = self.count;
        for c in form.chars().filter(|c| !c.is_whitespace()) {
            self.characters.push(c);
            self.count += 1;
        }
        self.tokens.push(start..self.count);
    }

    /// Ends the sentence that holds the tokens since the last end.
    pub(super) fn end_sentence(&mut self) {
        self.sentences.push(self.sentence_start..self.count);
        self.sentence_start = self.count;
    }

    /// All characters but white space.
    pub(super) fn characters(&self) -> &str {
        &self.characters
    }

    pub(super) fn spans(&self, layer: Layer) -> &[Range<usize>] {
        match layer {
            Layer::Tokens => &self.tokens,
            Layer::Sentences => &self.sentences,
        }
    }
}

/// How far the found spans are the gold ones.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Score {
    gold: usize,
    found: usize,
    right: usize,
}

impl Score {
    pub(super) fn of(gold: &[Range<usize>], found: &[Range<usize>]) -> Self {
        let wanted: HashSet<_> = gold.iter().collect();
        let right = found.iter().filter(|span| wanted.contains(span)).count();
        Self { gold: gold.len(), found: found.len(), right }
    }

    fn percent(part: usize, whole: usize) -> f64 {
        let fits = |n: usize| f64::from(u32::try_from(n).expect("a treebank is no larger"));
        if whole == 0 { 0.0 } else { 100.0 * fits(part) / fits(whole) }
    }

    fn f1(&self) -> f64 {
        Self::percent(2 * self.right, self.gold + self.found)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = Self::percent(self.right, self.found);
        let recall = Self::percent(self.right, self.gold);
        write!(
            f,
            "precision {precision:6.2}  recall {recall:6.2}  F1 {:6.2}  ({} gold, {} found, {} right)",
            self.f1(),
            self.gold,
            self.found,
            self.right
        )
    }
}

/// Where tokens or sentences end on one side only, each with the words around
/// it: `gold |` an end that was not found, `found |` one that is not gold.
pub(super) fn differences(text: &str, gold: &Segmentation, found: &Segmentation) -> String {
    let places: Vec<usize> =
        text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at).collect();
    let mut report = String::new();
    for (layer, name) in [(Layer::Tokens, "token"), (Layer::Sentences, "sentence")] {
        let ends =
            |spans: &[Range<usize>]| spans.iter().map(|span| span.end).collect::<HashSet<_>>();
        let (wanted, got) = (ends(gold.spans(layer)), ends(found.spans(layer)));
        let mut only: Vec<usize> = wanted.symmetric_difference(&got).copied().collect();
        only.sort_unstable();
        for end in only {
            let side = if wanted.contains(&end) { "gold" } else { "found" };
            let at = places.get(end).copied().unwrap_or(text.len());
            let before = text.floor_char_boundary(at.saturating_sub(50));
            let after = text.ceil_char_boundary((at + 40).min(text.len()));
            let around = format!("{}|{}", &text[before..at], &text[at..after]).replace('\n', "⏎");
            writeln!(report, "    {name:8} {side:5} | {around}").expect("a string takes all");
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segmentation(sentences: &[&[&str]]) -> Segmentation {
        let mut made = Segmentation::default();
        for tokens in sentences {
            tokens.iter().for_each(|token| made.token(token));
            made.end_sentence();
        }
        made
    }

    #[test]
    fn a_span_is_right_if_both_ends_are() {
        let gold = segmentation(&[&["Ja", "."], &["Nee", "!"]]);
        let found = segmentation(&[&["Ja."], &["Nee", "!"]]);
        let tokens = Score::of(gold.spans(Layer::Tokens), found.spans(Layer::Tokens));
        assert_eq!(tokens, Score { gold: 4, found: 3, right: 2 });
        assert!((tokens.f1() - 400.0 / 7.0).abs() < 1e-9);
        let sentences = Score::of(gold.spans(Layer::Sentences), found.spans(Layer::Sentences));
        assert_eq!(sentences, Score { gold: 2, found: 2, right: 2 });
    }

    #[test]
    fn a_difference_is_shown_with_its_words() {
        let gold = segmentation(&[&["Ja", "."], &["Nee", "!"]]);
        let found = segmentation(&[&["Ja."], &["Nee", "!"]]);
        let report = differences("Ja. Nee!", &gold, &found);
        assert_eq!(report, "    token    gold  | Ja|. Nee!\n");
    }

    #[test]
    fn nothing_scores_nothing() {
        assert!(Score::of(&[], &[]).f1().abs() < f64::EPSILON);
    }
}
