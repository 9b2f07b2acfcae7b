//! The convention of a document: which marks open and close its quotations, so
//! that a pair of others is told.
//!
//! Nothing is paired here; how a mark is drawn never keeps it from being
//! paired, since print mixes marks in every way there is.

use rustc_hash::FxHashMap as HashMap;

use super::glyphs::{Family, Glyph};
use super::{Repair, RepairKind};

/// Of all pairs of a family, so many have to be drawn alike to be what the
/// document means to print.
const SHARE: usize = 2;

/// So many pairs drawn alike are no slip, even if they match by no rule.
const HABIT: usize = 3;

/// Pairs that some Dutch publisher prints throughout.
const PAIRS: [(&str, &str); 26] = [
    ("\"", "\""),
    ("“", "”"),
    ("„", "”"),
    ("„", "“"),
    ("‟", "”"),
    ("”", "”"),
    (",,", "''"),
    (",,", "”"),
    ("``", "''"),
    ("''", "''"),
    ("´´", "´´"),
    ("‘‘", "’’"),
    ("‚‚", "’’"),
    ("'", "'"),
    ("‘", "’"),
    ("‚", "’"),
    ("‚", "‘"),
    ("’", "’"),
    ("`", "'"),
    ("«", "»"),
    ("‹", "›"),
    ("´", "´"),
    ("❝", "❞"),
    ("❛", "❜"),
    ("″", "″"),
    ("＂", "＂"),
];

/// Marks that only ever open, so that one which closes points the wrong way.
const OPENING: [&str; 7] = ["„", "‚", ",,", "``", "‟", "❝", "❛"];

/// A warning for each pair whose marks do not match and that is no habit of
/// the document, and for each mark between letters.
pub(super) fn unlike(text: &str, pairs: &[(Glyph, Glyph)]) -> Vec<Repair> {
    let drawn = |pair: &(Glyph, Glyph)| (mark(text, &pair.0), mark(text, &pair.1));
    let mut times: HashMap<(&str, &str), usize> = HashMap::default();
    let mut of_family = [0; 4];
    for pair in pairs {
        *times.entry(drawn(pair)).or_default() += 1;
        of_family[pair.0.family as usize] += 1;
    }
    let repair = |pair: &(Glyph, Glyph)| {
        let (open, close) = drawn(pair);
        let own = times[&(open, close)];
        let most = own * SHARE >= of_family[pair.0.family as usize];
        let known = PAIRS.contains(&(open, close)) || is_inward(pair, open, close);
        if most && (known || own >= HABIT) {
            return None;
        }
        // Rightly paired, and only not as the rest of the document.
        if known && !is_turned(open, close) {
            return None;
        }
        let (glyph, kind) = if turns_opening(open) {
            (pair.0, RepairKind::Turned)
        } else if turns_closing(open, close) {
            (pair.1, RepairKind::Turned)
        } else {
            (pair.1, RepairKind::Unlike)
        };
        Some(Repair { offset: glyph.span.start(), kind })
    };
    let glued =
        pairs.iter().flat_map(|pair| [pair.0, pair.1]).filter(|glyph| is_glued(text, glyph));
    let glued = glued.map(|glyph| Repair { offset: glyph.span.start(), kind: RepairKind::Glued });
    pairs.iter().filter_map(repair).chain(glued).collect()
}

/// `“lieve vriend”Karel`: between letters a mark could be either; the space
/// beside it went missing.
fn is_glued(text: &str, glyph: &Glyph) -> bool {
    let before = text[..glyph.span.start() as usize].chars().next_back();
    let after = text[glyph.span.end() as usize..].chars().next();
    [before, after].into_iter().all(|c| c.is_some_and(char::is_alphanumeric))
}

/// The mark as it is drawn; once, where it stands twice.
fn mark<'a>(text: &'a str, glyph: &Glyph) -> &'a str {
    let mark = glyph.span.of_text(text);
    let twice = |once: &str| matches!(once, "\"" | "“" | "”" | "„" | "‟");
    mark.char_indices().nth(1).map_or(mark, |(at, _)| {
        let once = &mark[..at];
        if twice(once) { once } else { mark }
    })
}

/// `»Kom«`, as German prints.
fn is_inward(pair: &(Glyph, Glyph), open: &str, close: &str) -> bool {
    pair.0.family == Family::Guillemet && matches!((open, close), ("»", "«") | ("›", "‹"))
}

fn is_turned(open: &str, close: &str) -> bool {
    turns_opening(open) || turns_closing(open, close)
}

/// `”Kom”`: the opening mark is drawn as one that closes.
fn turns_opening(open: &str) -> bool {
    matches!(open, "”" | "’" | "’’" | "´´")
}

/// `“Kom“`: the closing mark is drawn as one that opens. Behind a low mark `“`
/// closes.
fn turns_closing(open: &str, close: &str) -> bool {
    OPENING.contains(&close)
        || matches!(close, "“" | "‘" | "‘‘") && !matches!(open, "„" | "‚" | ",," | "‚‚")
}
