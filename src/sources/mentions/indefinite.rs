//! Someone without a name or a noun: *iemand*, *een ander*, *velen*, *59
//! procent*. They count only beside a reporting verb or before a colon, where
//! they are its subject, or, if several, at the head of their sentence; each is
//! somebody new.

use super::{Place, Reference};
use crate::lexicon::Partitive;
use crate::sources::{MentionKind, SourceKind};
use crate::syntax::{Class, Form, Pos};

/// *weer iemand anders*, *ook nog een ander*.
const ADVERBS: usize = 2;

/// *(58 procent)*.
const PARENTHESES: usize = 5;

/// The indefinite mention at the place.
pub(super) fn indefinite(place: &Place<'_>) -> Option<Reference> {
    let (end, is) = listed(place).or_else(|| share(place))?;
    if !says(place, end, is) {
        return None;
    }
    let mention = place.mention(place.at..end, MentionKind::Description, is);
    Some(Reference { definite: false, ..mention })
}

fn listed(place: &Place<'_>) -> Option<(usize, SourceKind)> {
    let tagged = place.tagged();
    let second = place.at + 1;
    let mut behind = tagged.indefinite_behind(place.at).iter();
    let two = behind.find(|(word, _)| second < place.limit && tagged.word(second) == *word);
    let (end, partitive) = match two {
        Some(&(_, partitive)) => (second + 1, partitive),
        None => (second, tagged.indefinite(place.at)?),
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

/// Whether the words up to `end` stand alone, beside a word that reports, before a
/// colon, or as the several that a sentence opens with.
fn says(place: &Place<'_>, end: usize, is: SourceKind) -> bool {
    let tagged = place.tagged();
    let inside = |at: usize| (place.first..place.limit).contains(&at);
    let reports = |at: usize| {
        inside(at)
            && (tagged.class(at) == Class::Reporting
                || matches!(tagged.word(at), "wil" | "willen" | "volgens" | "aldus"))
    };
    // "de Tweede Kamer", "een vierde plaats"
    let modifies =
        inside(end) && (tagged.class(end) == Class::Word || tagged.pos(end) == Pos::Noun);
    // "stelt weer iemand anders"
    // "denkt maar een derde"
    let adverb =
        |at: usize| inside(at) && (tagged.class(at) == Class::Adverb || tagged.word(at) == "maar");
    let nearest = (0..place.at).rev().take(ADVERBS + 1).find(|&at| !adverb(at));
    let before = nearest.is_some_and(reports);
    // "De meesten (58%) denken"
    let close = (end..place.limit).take(PARENTHESES).find(|&at| tagged.word(at) == ")");
    let behind = match close {
        Some(close) if tagged.word(end) == "(" => close + 1,
        _ => end,
    };
    // "Velen zijn bang: ..."
    let opens = is == SourceKind::Group
        && place.at == place.first
        && inside(end)
        && tagged.tag(end).form() == Some(Form::FinitePlural);
    // "Ook is het merendeel van mening dat"
    let thinks = inside(end + 1)
        && tagged.word(end) == "van"
        && matches!(tagged.word(end + 1), "mening" | "oordeel");
    !modifies
        && (before || thinks || opens || reports(behind) || inside(end) && tagged.word(end) == ":")
}
