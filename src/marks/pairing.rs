//! The marks of a document to candidates.
//!
//! Each paragraph is paired by itself ([`paragraph`]). What stays open there
//! may be closed in a later paragraph, be opened anew by the next one, or never
//! be closed. [`convention`] tells which pairs do not match.

use super::glyphs::{Family, Glyph};
use super::paragraph::{self, Paired};
use super::{Candidate, Marks, Repair, RepairKind, convention};
use crate::text::Span;
use crate::tokenize::Tokenized;

/// How many paragraphs a quotation may run on before its closing mark. Longer
/// ones are letters and speeches, which news prints a paragraph a mark.
const LONGEST_RUN: usize = 8;

pub(super) fn pair(text: &str, tokenized: &Tokenized) -> Marks {
    let mut paragraphs: Vec<Paired> = tokenized
        .paragraphs()
        .iter()
        .map(|paragraph| paragraph::pair(text, tokenized, paragraph.span))
        .collect();
    let singles = are_single_marks_used(&paragraphs);
    let mut marks = Marks::default();
    let mut pairs = Vec::new();
    for at in 0..paragraphs.len() {
        let paired = &mut paragraphs[at];
        let own = pairs.len();
        pairs.append(&mut paired.pairs);
        marks.repairs.append(&mut paired.repairs);
        let open = std::mem::take(&mut paired.open);
        let paragraph = paired.paragraph;
        // Where the next pair of each family opens, from the last mark on.
        let mut behind = pairs[own..].iter().map(|pair| pair.0).collect::<Vec<_>>();
        behind.sort_by_key(|glyph| glyph.span.start());
        let mut next = [paragraph.end(); 4];
        let mut ends = Vec::with_capacity(open.len());
        for glyph in open.iter().rev() {
            while let Some(last) = behind.pop_if(|last| last.span.start() > glyph.span.start()) {
                next[last.family as usize] = last.span.start();
            }
            ends.push(next[glyph.family as usize]);
        }
        for (glyph, end) in open.into_iter().zip(ends.into_iter().rev()) {
            match run_on(&mut paragraphs, at, &glyph) {
                End::Closed(close) => pairs.push((glyph, close)),
                End::Reopened => {
                    marks.candidates.extend(unclosed(text, glyph, end, true));
                }
                End::Missing if glyph.family != Family::Single || singles => {
                    let found = unclosed(text, glyph, end, false);
                    let repair = Repair { offset: glyph.span.start(), kind: RepairKind::Unclosed };
                    marks.repairs.extend(found.is_some().then_some(repair));
                    marks.candidates.extend(found);
                }
                End::Missing => {}
            }
        }
    }
    let stray = paragraphs.iter().flat_map(|paragraph| &paragraph.stray);
    marks.repairs.extend(
        stray
            .filter(|stray| stray.family != Family::Single)
            .map(|stray| Repair { offset: stray.span.start(), kind: RepairKind::Unopened }),
    );
    marks.repairs.extend(convention::unlike(text, &pairs));
    marks.repairs.sort_by_key(|repair| repair.offset);
    // One warning a mark, the first of those that tell of it.
    marks.repairs.dedup_by_key(|repair| repair.offset);
    marks.candidates.extend(pairs.into_iter().map(|(open, close)| between(text, open, close.span)));
    marks.candidates.retain(|candidate| !candidate.inner.is_empty());
    marks.candidates.extend(super::dialogue::turns(text, tokenized));
    nest(&mut marks.candidates);
    marks
}

/// So many pairs of other marks, and none of single ones, make a convention.
const CONVENTION: usize = 3;

/// Whether a single mark that is never closed can be a mark at all: where all
/// quotations have others, it is an apostrophe.
fn are_single_marks_used(paragraphs: &[Paired]) -> bool {
    let pairs = || paragraphs.iter().flat_map(|paragraph| &paragraph.pairs);
    pairs().take(CONVENTION).count() < CONVENTION
        || pairs().any(|(open, _)| open.family == Family::Single)
}

/// What becomes of a mark that its own paragraph leaves open.
enum End {
    /// A later paragraph closes it.
    Closed(Glyph),
    /// The next paragraph opens it anew.
    Reopened,
    Missing,
}

fn run_on(paragraphs: &mut [Paired], at: usize, open: &Glyph) -> End {
    for later in at + 1..paragraphs.len().min(at + 1 + LONGEST_RUN) {
        let paired = &mut paragraphs[later];
        if paired.begins_with == Some(open.family) {
            return if later == at + 1 { End::Reopened } else { End::Missing };
        }
        if paired.stray.front().is_some_and(|stray| stray.family == open.family)
            && let Some(close) = paired.stray.pop_front()
        {
            return End::Closed(close);
        }
        if paired.opens[open.family as usize] {
            break;
        }
    }
    End::Missing
}

/// From a mark that is never closed to `end`: that of its paragraph, or where
/// the next quotation in such marks begins, which cannot stand inside it.
/// `None` for a single mark that does not stand where speech begins: it is an
/// apostrophe.
fn unclosed(text: &str, open: Glyph, end: u32, reopens: bool) -> Option<Candidate> {
    let rest = Span::new(open.span.end(), end.max(open.span.end()));
    if open.family == Family::Single && !rest.of_text(text).starts_with(char::is_uppercase) {
        return None;
    }
    let end = rest.start() + rest.of_text(text).trim_end().len() as u32;
    let found = between(text, open, Span::new(end, end));
    Some(Candidate { unclosed: true, reopens, ..found })
}

fn between(text: &str, open: Glyph, close: Span) -> Candidate {
    let inner = Span::new(open.span.end(), close.start().max(open.span.end()));
    let words = inner.of_text(text);
    let start = inner.start() as usize + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    Candidate {
        span: open.span.cover(close),
        inner: Span::of(start..end),
        family: open.family,
        unclosed: false,
        reopens: false,
        parent: None,
    }
}

/// Marks nested deeper than this are left out; nobody writes them on purpose.
const DEEPEST: usize = 3;

/// Puts candidates in order and gives each the smallest one that contains it.
fn nest(candidates: &mut Vec<Candidate>) {
    candidates.sort_by_key(|c| (c.span.start(), u32::MAX - c.span.end()));
    let mut around: Vec<usize> = Vec::new();
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for mut candidate in candidates.drain(..) {
        while around.last().is_some_and(|&outer| !kept[outer].span.contains(candidate.span)) {
            around.pop();
        }
        if around.len() < DEEPEST {
            candidate.parent = around.last().copied();
            around.push(kept.len());
            kept.push(candidate);
        }
    }
    *candidates = kept;
}
