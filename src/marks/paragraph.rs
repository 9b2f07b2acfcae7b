//! The marks of one paragraph to pairs, by what each mark's neighbours let it
//! be; what that leaves over, by its place in the row.

use std::collections::VecDeque;

use super::glyphs::{Drawn, Family, Glyph, Role, glyph};
use super::{Repair, RepairKind};
use crate::text::Span;
use crate::tokenize::{Token, TokenKind, Tokenized};

/// One paragraph after pairing.
pub(super) struct Paired {
    pub(super) paragraph: Span,
    pub(super) pairs: Vec<(Glyph, Glyph)>,
    /// Opened and never closed here, in order.
    pub(super) open: Vec<Glyph>,
    /// Closed here and never opened, in order.
    pub(super) stray: VecDeque<Glyph>,
    /// The family of the mark that the paragraph begins with.
    pub(super) begins_with: Option<Family>,
    /// The families that something is opened in.
    pub(super) opens: [bool; 4],
    pub(super) repairs: Vec<Repair>,
}

/// Pairs the marks of a paragraph.
pub(super) fn pair(text: &str, tokenized: &Tokenized, paragraph: Span) -> Paired {
    let tokens = tokenized.tokens();
    let range = tokenized.tokens_in(paragraph);
    let mut glyphs: Vec<Glyph> = range.filter_map(|at| glyph(text, tokens, at)).collect();
    possessives(text, tokens, tokenized, &mut glyphs);
    let doubled = join_doubled(text, &mut glyphs);
    let mut paired = by_context(paragraph, &glyphs);
    for family in [Family::Double, Family::Single] {
        if let Some(first) = out_of_turn(text, &glyphs, &paired, family) {
            paired = in_turn(paragraph, &glyphs, family);
            let wrong = misplaced(&paired, family);
            let wrong = if wrong.is_empty() { vec![first] } else { wrong };
            let repair = |offset| Repair { offset, kind: RepairKind::Misplaced };
            paired.repairs.extend(wrong.into_iter().map(repair));
        }
    }
    across_families(&mut paired);
    paired.repairs.extend(doubled);
    for glyph in paired.pairs.iter().map(|pair| &pair.0).chain(&paired.open) {
        paired.opens[glyph.family as usize] = true;
    }
    paired
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
    let noun = tokens.get(at + 1).is_some_and(|next| {
        next.kind == TokenKind::Word
            && next.span.start() == mark.end() + 1
            && next.span.of_text(text).chars().all(char::is_lowercase)
    });
    follows_hiss(text, mark) && noun
}

fn follows_hiss(text: &str, mark: Span) -> bool {
    text[..mark.start() as usize]
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c.to_ascii_lowercase(), 's' | 'x' | 'z'))
}

/// `""Kom""`, `„„Kom””`: makes one mark of each double one that stands twice,
/// if as many open as close; else they may be marks inside marks.
fn join_doubled(text: &str, glyphs: &mut Vec<Glyph>) -> Vec<Repair> {
    let doubled = |pair: &[Glyph]| {
        let [first, second] = pair else { return None };
        let same = first.span.of_text(text) == second.span.of_text(text)
            && first.span.end() == second.span.start();
        let alike = first.family == Family::Double && first.role == second.role;
        (same && alike).then_some(first.role)
    };
    let count = |role: Role| glyphs.windows(2).filter(|pair| doubled(pair) == Some(role)).count();
    let opening = count(Role::Opens);
    if opening == 0 || opening != count(Role::Closes) {
        return Vec::new();
    }
    let mut repairs = Vec::new();
    let mut joined: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        match joined.last_mut() {
            Some(last) if doubled(&[*last, glyph]).is_some() => {
                repairs.push(Repair { offset: glyph.span.start(), kind: RepairKind::Doubled });
                last.span = last.span.cover(glyph.span);
            }
            _ => joined.push(glyph),
        }
    }
    *glyphs = joined;
    repairs
}

/// Where marks of a family that looks alike for opening and closing are left
/// over although their number is even, one stands on the wrong side of a
/// space: the offset of the first that is left over.
fn out_of_turn(text: &str, glyphs: &[Glyph], paired: &Paired, family: Family) -> Option<u32> {
    let own =
        || glyphs.iter().filter(|glyph| glyph.family == family && glyph.role != Role::Apostrophe);
    let drawn = own().next()?.drawn;
    let alike = match family {
        Family::Single => matches!(drawn, Drawn::Straight | Drawn::Right),
        _ => drawn == Drawn::Straight,
    };
    if !alike || own().any(|glyph| glyph.drawn != drawn) || own().count() % 2 != 0 {
        return None;
    }
    let mut left_over = paired.open.iter().chain(&paired.stray).filter(|it| it.family == family);
    let first = left_over.clone().find(|glyph| !glyph.measure)?;
    // "Kessels' en Ajax' doel": apostrophes at the end of words are no marks.
    let apostrophe = family == Family::Single
        && left_over.any(|glyph| glyph.role != Role::Opens && follows_hiss(text, glyph.span));
    (!apostrophe).then_some(first.span.start())
}

/// The marks that were paired against what their neighbours tell.
fn misplaced(paired: &Paired, family: Family) -> Vec<u32> {
    let own = paired.pairs.iter().filter(|(open, _)| open.family == family);
    own.flat_map(|(open, close)| {
        let open = (open.role == Role::Closes).then_some(open.span.start());
        let close = (close.role == Role::Opens).then_some(close.span.start());
        open.into_iter().chain(close)
    })
    .collect()
}

/// `'Kom maar", zegt ze`: what one kind of mark opens and nothing closes, and
/// another kind closes that nothing opened, is one quotation.
fn across_families(paired: &mut Paired) {
    let [open] = paired.open[..] else { return };
    let close = paired.stray.iter().position(|stray| stray.span.start() > open.span.end());
    let Some(close) = close.and_then(|close| paired.stray.remove(close)) else { return };
    paired.open.clear();
    paired.repairs.push(Repair { offset: close.span.start(), kind: RepairKind::Unlike });
    paired.pairs.push((open, close));
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
    fn close(&mut self, family: Family, dropped: &mut Vec<Glyph>) -> Option<Glyph> {
        if !self.has(family) {
            return None;
        }
        std::iter::from_fn(|| self.pop()).find(|glyph| {
            let found = glyph.family == family;
            if !found {
                dropped.push(*glyph);
            }
            found
        })
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

/// Pairs the marks of a family in turn, the others by context.
fn in_turn(paragraph: Span, glyphs: &[Glyph], family: Family) -> Paired {
    pair_by(paragraph, glyphs, |glyph, open| match glyph.role {
        Role::Apostrophe => Role::Apostrophe,
        role if glyph.family != family && role != Role::Either => role,
        _ if open.has(glyph.family) => Role::Closes,
        _ => Role::Opens,
    })
}

fn pair_by(paragraph: Span, glyphs: &[Glyph], role: impl Fn(&Glyph, &Open) -> Role) -> Paired {
    let mut open = Open::default();
    let mut pairs = Vec::new();
    let mut stray = VecDeque::new();
    let mut dropped = Vec::new();
    for &glyph in glyphs {
        match role(&glyph, &open) {
            Role::Opens => open.push(glyph),
            Role::Closes | Role::Either => match open.close(glyph.family, &mut dropped) {
                Some(opening) => pairs.push((opening, glyph)),
                None => stray.push_back(glyph),
            },
            Role::Apostrophe => {}
        }
    }
    let begins_with = glyphs
        .first()
        .filter(|glyph| glyph.span.start() == paragraph.start() && glyph.role != Role::Apostrophe)
        .map(|glyph| glyph.family);
    // A single mark that is left so is an apostrophe.
    let repairs = dropped
        .into_iter()
        .filter(|glyph| glyph.family != Family::Single)
        .map(|glyph| Repair { offset: glyph.span.start(), kind: RepairKind::Unmatched })
        .collect();
    Paired { paragraph, pairs, open: open.marks, stray, begins_with, opens: [false; 4], repairs }
}
