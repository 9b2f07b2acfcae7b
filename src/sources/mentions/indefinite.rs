//! Someone without a name or a noun: *iemand*, *een ander*, *velen*, *59
//! procent*. They count only beside a reporting verb or before a colon, where
//! they are its subject, and each is somebody new.

use super::{Place, Reference};
use crate::lexicon::{self, Partitive};
use crate::sources::{MentionKind, SourceKind};
use crate::syntax::{Class, Pos};

/// *(58 procent)*.
const PARENTHESES: usize = 5;

/// The indefinite mention at the place.
pub(super) fn indefinite(place: &Place<'_>) -> Option<Reference> {
    let (end, is) = listed(place).or_else(|| share(place))?;
    if !says(place, end) {
        return None;
    }
    let mention = place.mention(place.at..end, MentionKind::Description, is);
    Some(Reference { definite: false, ..mention })
}

fn listed(place: &Place<'_>) -> Option<(usize, SourceKind)> {
    let tagged = place.tagged();
    let (first, second) = (tagged.word(place.at), place.at + 1);
    let two = (second < place.limit && lexicon::begins_indefinite(first))
        .then(|| lexicon::indefinite(&format!("{first} {}", tagged.word(second))))
        .flatten();
    let (end, partitive) = match two {
        Some(partitive) => (second + 1, partitive),
        None => (second, lexicon::indefinite(first)?),
    };
    let is = match partitive {
        Partitive::One => SourceKind::Unnamed,
        Partitive::Many => SourceKind::Group,
    };
    Some((end, is))
}

/// *59 procent*, *17%*.
fn share(place: &Place<'_>) -> Option<(usize, SourceKind)> {
    let tagged = place.tagged();
    let percent =
        |at: usize| at < place.limit && matches!(tagged.word(at), "procent" | "percent" | "%");
    if tagged.class(place.at) != Class::Number {
        return None;
    }
    let whole = tagged.word(place.at).ends_with('%');
    let end = if whole { place.at + 1 } else { place.at + 2 };
    (whole || percent(place.at + 1)).then_some((end, SourceKind::Group))
}

/// Whether the words up to `end` stand alone, beside a word that reports or
/// before a colon.
fn says(place: &Place<'_>, end: usize) -> bool {
    let tagged = place.tagged();
    let inside = |at: usize| (place.first..place.limit).contains(&at);
    let reports = |at: usize| {
        inside(at)
            && (tagged.class(at) == Class::Reporting
                || matches!(tagged.word(at), "volgens" | "aldus"))
    };
    // "de Tweede Kamer", "een vierde plaats"
    let modifies =
        inside(end) && (tagged.class(end) == Class::Word || tagged.pos(end) == Pos::Noun);
    let before = place.at.checked_sub(1).is_some_and(reports);
    // "De meesten (58%) denken"
    let close = (end..place.limit).take(PARENTHESES).find(|&at| tagged.word(at) == ")");
    let behind = match close {
        Some(close) if tagged.word(end) == "(" => close + 1,
        _ => end,
    };
    !modifies && (before || reports(behind) || inside(end) && tagged.word(end) == ":")
}
