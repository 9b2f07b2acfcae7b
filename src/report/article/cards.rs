//! What is known of each quotation, and whose they are.

use crate::annotated::Annotated;
use crate::attribution::{Explanation, Lost, Quotation};
use crate::sources::SourceIndex;

/// Colours that a page has; with more sources they come round again, and the
/// letter tells the sources apart.
const COLORS: [&str; 12] =
    ["c-0", "c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7", "c-8", "c-9", "c-10", "c-11"];
/// The colour of quotations without source.
const NO_COLOR: &str = "c-none";
/// What stands for the source where there is none.
const NO_SOURCE: &str = "no source";

/// The sources that say something, the most talkative first.
pub(super) struct Legend<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// The place in `entries` of each source of the document.
    places: Vec<Option<usize>>,
}

/// A source, or nobody.
pub(super) struct Entry<'a> {
    /// The source's place in the document, from 1; 0 for nobody.
    pub(super) number: usize,
    pub(super) letter: String,
    pub(super) color: &'static str,
    pub(super) name: &'a str,
    /// What it is: `person`, `unnamed, for Rijkswaterstaat`.
    pub(super) kind: String,
    pub(super) quotations: usize,
    /// How many of them are in quotation marks.
    pub(super) marked: usize,
}

impl<'a> Legend<'a> {
    pub(super) fn new(annotated: &'a Annotated) -> Self {
        let mut counts = vec![(0, 0); annotated.sources.len()];
        let mut nobody = (0, 0);
        for quotation in &annotated.quotations {
            let count = match quotation.source {
                Some(SourceIndex(index)) => &mut counts[index],
                None => &mut nobody,
            };
            count.0 += 1;
            count.1 += usize::from(quotation.kind.is_marked());
        }
        let mut speaking: Vec<usize> = (0..counts.len()).filter(|&n| counts[n].0 > 0).collect();
        speaking.sort_by_key(|&n| std::cmp::Reverse(counts[n].0));
        let mut places = vec![None; counts.len()];
        let mut entries = Vec::with_capacity(speaking.len() + 1);
        for (place, n) in speaking.into_iter().enumerate() {
            places[n] = Some(place);
            let source = &annotated.sources[n];
            let affiliation = source.affiliation.as_deref();
            entries.push(Entry {
                number: n + 1,
                letter: letter(place),
                color: COLORS[place % COLORS.len()],
                name: &source.name,
                kind: match affiliation {
                    Some(whom) => format!("{}, for {whom}", source.kind),
                    None => source.kind.to_string(),
                },
                quotations: counts[n].0,
                marked: counts[n].1,
            });
        }
        if nobody.0 > 0 {
            entries.push(Entry {
                number: 0,
                letter: "?".into(),
                color: NO_COLOR,
                name: NO_SOURCE,
                kind: "the text does not tell, or it was not found".into(),
                quotations: nobody.0,
                marked: nobody.1,
            });
        }
        Self { entries, places }
    }

    /// How many sources say something.
    pub(super) fn speaking(&self) -> usize {
        self.places.iter().flatten().count()
    }

    fn of(&self, source: Option<SourceIndex>) -> Option<&Entry<'a>> {
        source.and_then(|SourceIndex(index)| self.places[index]).map(|place| &self.entries[place])
    }
}

/// `A` to `Z`, then `AA`, `AB` and on.
fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    match place / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

/// What is known of a quotation.
pub(super) struct Card<'a> {
    pub(super) number: usize,
    pub(super) id: &'a str,
    pub(super) kind: &'static str,
    pub(super) color: &'static str,
    pub(super) letter: &'a str,
    pub(super) name: &'a str,
    /// What the source is; empty for nobody.
    pub(super) source_kind: &'a str,
    pub(super) source: usize,
    pub(super) words: &'a str,
    pub(super) cue: Option<&'a str>,
    pub(super) mention: Option<(&'a str, &'static str)>,
    pub(super) rule: Option<&'a str>,
    pub(super) summary: &'a str,
    /// In percent.
    pub(super) confidence: Option<String>,
    /// What else there is to say: stance, what it lies in, a missing mark.
    pub(super) notes: Vec<String>,
    /// Who stands near and is not the source, and why.
    pub(super) passed_over: Vec<(&'a str, &'a str)>,
    pub(super) lost: Vec<String>,
    /// Whose it could be, in percent.
    pub(super) weighed: Vec<String>,
}

/// A card for each quotation.
pub(super) fn cards<'a>(annotated: &'a Annotated, legend: &'a Legend<'a>) -> Vec<Card<'a>> {
    let mut explanations: Vec<Option<&Explanation>> = vec![None; annotated.quotations.len()];
    for explanation in &annotated.explanations {
        explanations[explanation.quotation] = Some(explanation);
    }
    let quotations = annotated.quotations.iter().zip(explanations).enumerate();
    quotations.map(|(n, (quotation, why))| card(annotated, legend, n, quotation, why)).collect()
}

fn card<'a>(
    annotated: &'a Annotated,
    legend: &'a Legend<'a>,
    n: usize,
    quotation: &'a Quotation,
    why: Option<&'a Explanation>,
) -> Card<'a> {
    let slice = |span| annotated.document.slice(span);
    let entry = legend.of(quotation.source);
    let passed_over = why.map_or(&[][..], |why| &why.passed_over);
    Card {
        number: n + 1,
        id: &quotation.id,
        kind: quotation.kind.name(),
        color: entry.map_or(NO_COLOR, |entry| entry.color),
        letter: entry.map_or("?", |entry| &entry.letter),
        name: entry.map_or(NO_SOURCE, |entry| entry.name),
        source_kind: entry.map_or("", |entry| &entry.kind),
        source: entry.map_or(0, |entry| entry.number),
        words: slice(quotation.span),
        cue: quotation.cue.map(slice),
        mention: quotation.mention.map(|mention| (slice(mention.span), mention.kind.name())),
        rule: quotation.rule.as_deref(),
        summary: why.map_or("", |why| why.summary),
        confidence: quotation.confidence.map(|sure| format!("{:.0}", sure * 100.0)),
        notes: notes(annotated, quotation),
        passed_over: passed_over.iter().map(|passed| (slice(passed.mention), passed.why)).collect(),
        lost: why.map_or_else(Vec::new, |why| why.lost.iter().map(lost).collect()),
        weighed: why
            .map_or_else(Vec::new, |why| why.likeliest().map(ToString::to_string).collect()),
    }
}

fn notes(annotated: &Annotated, quotation: &Quotation) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(parent) = quotation.parent {
        notes.push(format!("inside quotation {}", parent + 1));
    }
    if let Some(earlier) = quotation.continues {
        notes.push(format!("continues quotation {}", earlier + 1));
    }
    if let Some(stance) = quotation.stance {
        notes.push(format!("stance of the verb: {}", stance.name()));
    }
    if let Some(modality) = quotation.modality {
        notes.push(modality.name().to_owned());
    }
    if let Some(medium) = quotation.medium {
        notes.push(format!("said to “{}”", annotated.document.slice(medium)));
    }
    if quotation.unclosed {
        notes.push("closing mark missing".to_owned());
    }
    notes
}

fn lost(lost: &Lost) -> String {
    match (lost.rejects, &lost.source) {
        (Some(reason), _) => format!("{}: no quotation, {reason}", lost.rule),
        (None, Some(source)) => format!("{}: {source}", lost.rule),
        (None, None) => format!("{}: no source", lost.rule),
    }
}

/// How much was found, in words.
pub(super) fn summary(annotated: &Annotated, speaking: usize) -> String {
    let count = |n: usize, one: &str| {
        if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
    };
    let quotations = annotated.quotations.len();
    format!("{}, {}", count(quotations, "quotation"), count(speaking, "source"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_behind_z() {
        let letters: Vec<_> = [0, 1, 25, 26, 27, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "BA", "ZZ", "AAA"]);
    }
}
