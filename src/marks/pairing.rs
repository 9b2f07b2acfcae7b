//! Marks to pairs.
//!
//! Each paragraph is paired by itself, nested marks by one stack a family.
//! Where that leaves straight double marks open although their number is
//! even, one of them stands on the wrong side of a space, and they are paired
//! in turn instead. What stays open then may be closed in a later paragraph,
//! be opened anew by the next one, or never be closed.

use super::glyphs::{Drawn, Family, Glyph, Role, glyph};
use super::{Candidate, Marks, Repair, RepairKind};
use crate::text::Span;
use crate::tokenize::{Token, TokenKind, Tokenized};

/// How many paragraphs a quotation may run on before its closing mark. Longer
/// ones are letters and speeches, which news prints a paragraph a mark.
const LONGEST_RUN: usize = 8;

/// One paragraph after pairing.
struct Paired {
    paragraph: Span,
    pairs: Vec<(Glyph, Glyph)>,
    /// Opened and never closed here, in order.
    open: Vec<Glyph>,
    /// Closed here and never opened, in order.
    stray: Vec<Glyph>,
    /// The family of the mark that the paragraph begins with.
    begins_with: Option<Family>,
    misplaced: Option<u32>,
}

pub(super) fn pair(text: &str, tokenized: &Tokenized) -> Marks {
    let tokens = tokenized.tokens();
    let mut paragraphs: Vec<Paired> = tokenized
        .paragraphs()
        .iter()
        .map(|paragraph| {
            let range = tokenized.tokens_in(paragraph.span);
            let mut glyphs: Vec<Glyph> = range.filter_map(|at| glyph(text, tokens, at)).collect();
            possessives(text, tokens, tokenized, &mut glyphs);
            pair_paragraph(paragraph.span, &glyphs)
        })
        .collect();
    let mut marks = Marks::default();
    for at in 0..paragraphs.len() {
        let paired = &mut paragraphs[at];
        let closed = std::mem::take(&mut paired.pairs);
        marks.candidates.extend(
            closed.into_iter().map(|(open, close)| candidate(text, open, close.span, false)),
        );
        marks
            .repairs
            .extend(paired.misplaced.map(|offset| Repair { offset, kind: RepairKind::Misplaced }));
        for open in std::mem::take(&mut paragraphs[at].open) {
            run_on(text, &mut paragraphs, at, open, &mut marks);
        }
    }
    for stray in paragraphs.iter().flat_map(|paragraph| &paragraph.stray) {
        if stray.family != Family::Single {
            let offset = stray.span.start();
            marks.repairs.push(Repair { offset, kind: RepairKind::Unopened });
        }
    }
    marks.repairs.sort_by_key(|repair| repair.offset);
    marks.candidates.retain(|candidate| !candidate.inner.is_empty());
    marks.candidates.extend(super::dialogue::turns(text, tokenized));
    nest(&mut marks.candidates);
    marks
}

/// Finds the end of a mark that its own paragraph leaves open.
fn run_on(text: &str, paragraphs: &mut [Paired], at: usize, open: Glyph, marks: &mut Marks) {
    let own = paragraphs[at].paragraph;
    let mut reopens = false;
    for later in at + 1..paragraphs.len().min(at + 1 + LONGEST_RUN) {
        let paired = &mut paragraphs[later];
        if paired.begins_with == Some(open.family) {
            reopens = later == at + 1;
            break;
        }
        if paired.stray.first().is_some_and(|stray| stray.family == open.family) {
            let close = paired.stray.remove(0);
            marks.candidates.push(candidate(text, open, close.span, false));
            return;
        }
        let marked = paired.pairs.iter().any(|(inner, _)| inner.family == open.family)
            || paired.open.iter().any(|inner| inner.family == open.family);
        if marked {
            break;
        }
    }
    // A single mark that is never closed is an apostrophe unless it stands
    // where speech begins.
    let inner = own.end().max(open.span.end());
    let rest = &text[open.span.end() as usize..inner as usize];
    if open.family == Family::Single && !rest.starts_with(char::is_uppercase) {
        return;
    }
    let mut found = candidate(text, open, Span::new(inner, inner), true);
    found.reopens = reopens;
    if !reopens {
        let offset = open.span.start();
        marks.repairs.push(Repair { offset, kind: RepairKind::Unclosed });
    }
    marks.candidates.push(found);
}

fn candidate(text: &str, open: Glyph, close: Span, unclosed: bool) -> Candidate {
    let inner = Span::new(open.span.end(), close.start().max(open.span.end()));
    let words = inner.of_text(text);
    let start = inner.start() as usize + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    Candidate {
        span: open.span.cover(close),
        inner: Span::of(start..end),
        family: open.family,
        unclosed,
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

/// Single marks after a word that ends in a hiss may be the genitive's
/// apostrophe (`Ajax' verdediging`): they are if the mark that follows closes.
fn possessives(text: &str, tokens: &[Token], tokenized: &Tokenized, glyphs: &mut [Glyph]) {
    let mut next_single: Option<Role> = None;
    for glyph in glyphs.iter_mut().rev() {
        if glyph.family != Family::Single || glyph.role == Role::Apostrophe {
            continue;
        }
        if glyph.role == Role::Closes && genitive(text, tokens, tokenized, glyph.span) {
            if next_single == Some(Role::Closes) {
                glyph.role = Role::Apostrophe;
            }
            continue;
        }
        next_single = Some(glyph.role);
    }
}

/// Whether the mark follows a hiss and stands before a noun of its own.
fn genitive(text: &str, tokens: &[Token], tokenized: &Tokenized, mark: Span) -> bool {
    let at = tokenized.token_from(mark.start());
    let hiss = text[..mark.start() as usize]
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c.to_ascii_lowercase(), 's' | 'x' | 'z'));
    let noun = tokens.get(at + 1).is_some_and(|next| {
        next.kind == TokenKind::Word
            && next.span.start() == mark.end() + 1
            && next.span.of_text(text).chars().all(char::is_lowercase)
    });
    hiss && noun
}

fn pair_paragraph(paragraph: Span, glyphs: &[Glyph]) -> Paired {
    let mut paired = by_context(paragraph, glyphs);
    let doubles = |glyph: &&Glyph| glyph.family == Family::Double;
    let straight = glyphs.iter().filter(doubles).all(|glyph| glyph.drawn == Drawn::Straight);
    let even = glyphs.iter().filter(doubles).count() % 2 == 0;
    // "27\"": one that has nothing to close may be a unit.
    let left_over =
        paired.open.iter().chain(&paired.stray).filter(doubles).find(|glyph| !glyph.measure);
    if let (true, true, Some(first)) = (straight, even, left_over) {
        let misplaced = first.span.start();
        paired = in_turn(paragraph, glyphs);
        paired.misplaced = Some(misplaced);
    }
    across_families(&mut paired);
    paired
}

/// `'Kom maar", zegt ze`: what one kind of mark opens and nothing closes, and
/// another kind closes that nothing opened, is one quotation.
fn across_families(paired: &mut Paired) {
    let [open] = paired.open[..] else { return };
    let close = paired.stray.iter().position(|stray| stray.span.start() > open.span.end());
    if let Some(close) = close {
        let close = paired.stray.remove(close);
        paired.open.clear();
        paired.misplaced = paired.misplaced.or(Some(close.span.start()));
        paired.pairs.push((open, close));
    }
}

/// The marks that are open while a paragraph is read.
#[derive(Default)]
struct Open {
    marks: Vec<Glyph>,
    /// How many of them are of each family.
    count: [usize; 4],
}

impl Open {
    fn has(&self, family: Family) -> bool {
        self.count[family as usize] > 0
    }

    fn push(&mut self, glyph: Glyph) {
        self.count[glyph.family as usize] += 1;
        self.marks.push(glyph);
    }

    fn pop(&mut self) -> Option<Glyph> {
        let glyph = self.marks.pop()?;
        self.count[glyph.family as usize] -= 1;
        Some(glyph)
    }

    /// Takes the last mark of `family` away, and with it those opened since:
    /// they are not closed inside it, so they open nothing.
    fn close(&mut self, family: Family) -> Option<Glyph> {
        if !self.has(family) {
            return None;
        }
        std::iter::from_fn(|| self.pop()).find(|glyph| glyph.family == family)
    }
}

/// Pairs by what each mark's neighbours let it be.
fn by_context(paragraph: Span, glyphs: &[Glyph]) -> Paired {
    pair_by(paragraph, glyphs, |glyph, open| match glyph.role {
        // "‘Dat was in ’98’": where ‘ opens, ’ before a word is an apostrophe.
        Role::Opens
            if glyph.drawn == Drawn::Right
                && open.marks.last().is_some_and(|last| last.drawn == Drawn::Left) =>
        {
            Role::Apostrophe
        }
        Role::Either if open.has(glyph.family) => Role::Closes,
        Role::Either => Role::Opens,
        role => role,
    })
}

/// Pairs straight double marks in turn, the others by context.
fn in_turn(paragraph: Span, glyphs: &[Glyph]) -> Paired {
    pair_by(paragraph, glyphs, |glyph, open| match glyph.role {
        Role::Apostrophe => Role::Apostrophe,
        role if glyph.family != Family::Double && role != Role::Either => role,
        _ if open.has(glyph.family) => Role::Closes,
        _ => Role::Opens,
    })
}

fn pair_by(paragraph: Span, glyphs: &[Glyph], role: impl Fn(&Glyph, &Open) -> Role) -> Paired {
    let mut open = Open::default();
    let mut pairs = Vec::new();
    let mut stray = Vec::new();
    for &glyph in glyphs {
        match role(&glyph, &open) {
            Role::Opens => open.push(glyph),
            Role::Closes | Role::Either => match open.close(glyph.family) {
                Some(opening) => pairs.push((opening, glyph)),
                None => stray.push(glyph),
            },
            Role::Apostrophe => {}
        }
    }
    let begins_with = glyphs
        .first()
        .filter(|glyph| glyph.span.start() == paragraph.start() && glyph.role != Role::Apostrophe)
        .map(|glyph| glyph.family);
    Paired { paragraph, pairs, open: open.marks, stray, begins_with, misplaced: None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::marks::{Marks, RepairKind, pair};
    use crate::tokenize::tokenize;

    fn marks(text: &str) -> Marks {
        pair(text, &tokenize(text))
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = marks(text);
        let spans: Vec<_> = found.candidates.iter().map(|c| c.span.of_text(text)).collect();
        assert_eq!(spans, expected, "{text}");
    }

    #[test]
    fn every_convention_pairs() {
        for (open, close) in [
            ("\"", "\""),
            ("“", "”"),
            ("„", "”"),
            ("„", "“"),
            ("‘", "’"),
            ("’", "’"),
            ("'", "'"),
            ("«", "»"),
            (",,", "''"),
            ("„", "\""),
            ("'", "’"),
            ("”", "”"),
        ] {
            let one = format!("{open}De brug blijft dicht{close}");
            let two = format!("{open}Echt waar.{close}");
            check(&format!("{one}, zegt de wethouder. {two}"), &[&one, &two]);
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("'s Avonds zijn foto's en zo'n d'r van opa's in '90 stil.", &[]);
        check("’s Avonds zijn foto’s en zo’n d’r van opa’s in ’90 stil.", &[]);
        check("Hans' fiets en Ajax' doel.", &[]);
        check("‘Dat was in ’98’, zegt ze.", &["‘Dat was in ’98’"]);
        check("Het scherm van 27\" kost veel; zij liep 3'12\".", &[]);
        check("\"Zij werd 27\", zegt ze.", &["\"Zij werd 27\""]);
        check("'Hans' fiets is weg', zei 't meisje.", &["'Hans' fiets is weg'"]);
        check("'Ons huis' staat er, 'ons dorp' ook.", &["'Ons huis'", "'ons dorp'"]);
        check("’Die foto’s zijn z’n trots’, zegt ze.", &["’Die foto’s zijn z’n trots’"]);
    }

    #[test]
    fn nested_marks_have_a_parent() {
        let text = "\"Hij riep 'brand' en liep weg\", zegt ze.";
        let found = marks(text);
        assert_eq!(found.candidates.len(), 2);
        assert_eq!(found.candidates[1].parent, Some(0));
        check("‘Hij riep “brand” en liep’, zegt ze.", &["‘Hij riep “brand” en liep’", "“brand”"]);
    }

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        let text = "\"Het is klaar. En goed.\n\nWij gaan door.\n\nTot het eind.\" Zij lacht.";
        check(text, &["\"Het is klaar. En goed.\n\nWij gaan door.\n\nTot het eind.\""]);
        assert!(marks(text).repairs.is_empty());
    }

    #[test]
    fn a_quotation_may_reopen_each_paragraph() {
        let text = "“Het is klaar.\n\n“En het is goed”, zegt ze.";
        let found = marks(text);
        check(text, &["“Het is klaar.", "“En het is goed”"]);
        assert!(found.candidates[0].reopens && found.repairs.is_empty());
    }

    #[test]
    fn a_mark_that_is_never_closed_ends_with_its_paragraph() {
        let text = "Zij zegt: \"Het is klaar.\n\nDe brug is open. Een “term” hier.";
        let found = marks(text);
        check(text, &["\"Het is klaar.", "“term”"]);
        assert!(found.candidates[0].unclosed && !found.candidates[0].reopens);
        assert_eq!(found.repairs[0].kind, RepairKind::Unclosed);
    }

    #[test]
    fn a_mark_on_the_wrong_side_of_a_space_is_repaired() {
        let text = "\"Het is klaar \"zegt ze. \"En goed.\"";
        check(text, &["\"Het is klaar \"", "\"En goed.\""]);
        assert_eq!(marks(text).repairs[0].kind, RepairKind::Misplaced);
    }

    #[test]
    fn a_quotation_may_be_closed_by_another_kind_of_mark() {
        let text = "'Het is echt klaar\", zegt ze. \"En goed.\"";
        check(text, &["'Het is echt klaar\"", "\"En goed.\""]);
        assert_eq!(marks(text).repairs[0].kind, RepairKind::Misplaced);
    }

    #[test]
    fn inches_are_left_alone() {
        check("Een scherm van 27\" kost wat.", &[]);
        assert_eq!(marks("Een scherm van 27\" kost wat.").repairs[0].kind, RepairKind::Unopened);
    }

    proptest! {
        #[test]
        fn any_string_of_marks_pairs(text in "[ \n.,:A-Ca-c'\"“”„‘’«»é😀]{0,80}") {
            let found = marks(&text);
            for candidate in &found.candidates {
                prop_assert!(candidate.span.contains(candidate.inner));
                let _ = candidate.span.of_text(&text);
                let _ = candidate.inner.of_text(&text);
                if let Some(parent) = candidate.parent {
                    prop_assert!(found.candidates[parent].span.contains(candidate.span));
                }
            }
        }
    }
}
