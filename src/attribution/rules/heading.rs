//! A quoted title or subheading.

use std::ops::Range;

use super::{Example, Rule};
use crate::attribution::engine::{Speech, Verdict};
use crate::attribution::passages::Passages;
use crate::attribution::scene::Scene;
use crate::attribution::shape::is_heading;
use crate::attribution::stems::distinct_stems;
use crate::ner::Label;

/// A quotation in a title or subheading is resolved from the body.
///
/// # Pattern
///
/// The words of the heading stand again in a quotation, or in a reported
/// sentence, of the body; a subheading without such a match takes the source
/// of the next quotation below it.
///
/// # Why it holds
///
/// Editors take headings from the body and shorten them.
///
/// # Where it fails
///
/// Paraphrases that share few words, and subheadings above a section with two
/// speakers.
pub(super) struct Heading;

impl Rule for Heading {
    fn id(&self) -> &'static str {
        "heading"
    }

    fn summary(&self) -> &'static str {
        "A quotation in a title or subheading is resolved from the body."
    }

    fn fires(&self) -> &'static [Example] {
        &[
            // The body tells better whose words a title has.
            Example {
                text: "Ruzie in kamp Koen Maes: \"Mijn broer zingt mijn lied\"\n\nKoen Maes zwijgt.\n\n\"Mijn bloedeigen broer zingt mijn lied\", zegt Anna de Wit.",
                names: &[("Koen Maes", Label::Per), ("Anna de Wit", Label::Per)],
                span: "\"Mijn broer zingt mijn lied\"",
                source: Some("Anna de Wit"),
            },
            // The part below a subheading before the rest of the text.
            Example {
                text: "De dijk lekt\n\n\"De dijk gaat weg en komt nooit terug\", zegt Koen Maes.\n\n‘Dijk gaat weg’\n\nHet water stijgt. \"Als het zo stijgt, gaat de dijk weg\", zegt Anna de Wit.",
                names: &[("Koen Maes", Label::Per), ("Anna de Wit", Label::Per)],
                span: "‘Dijk gaat weg’",
                source: Some("Anna de Wit"),
            },
            Example {
                text: "‘Dijk houdt het nog jaren’\n\n\"De dijk houdt het echt nog jaren\", zegt Anna de Wit.",
                names: &[("Anna de Wit", Label::Per)],
                span: "‘Dijk houdt het nog jaren’",
                source: Some("Anna de Wit"),
            },
        ]
    }

    fn silent(&self) -> &'static [Example] {
        &[Example {
            text: "Anna de Wit: ‘Dijk houdt het nog jaren’\n\nDe dijk is oud.",
            names: &[("Anna de Wit", Label::Per)],
            span: "‘Dijk houdt het nog jaren’",
            source: Some("Anna de Wit"),
        }]
    }

    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict> {
        let headings: Vec<usize> =
            scene.open().filter(|&candidate| scene.shapes[candidate].heading).collect();
        if headings.is_empty() {
            return Vec::new();
        }
        let wanted = headings.iter().flat_map(|&heading| distinct_stems(scene, heading));
        let body = Passages::new(scene, wanted);
        headings.into_iter().filter_map(|candidate| verdict(scene, &body, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, body: &Passages<'_>, candidate: usize) -> Option<Verdict> {
    /// So much of the heading must stand again in the body.
    const SHARED: f32 = 0.5;
    let shape = &scene.shapes[candidate];
    let wanted = distinct_stems(scene, candidate);
    let enough = |(shared, _): &(f32, usize)| *shared >= SHARED;
    // What a subheading stands above, before the rest of the text.
    let own = body.best(&wanted, &section(scene, candidate)).filter(enough);
    let found = own.or_else(|| body.best(&wanted, &(0..scene.tagged.len())).filter(enough));
    if let Some((shared, member)) = found {
        let speech = Speech {
            member: Some(member),
            mention: named_in_heading(scene, candidate, member),
            ..Speech::default()
        };
        return Some(Verdict::speech_of(candidate, speech, 0.6 + 0.3 * shared));
    }
    let span = scene.candidates[candidate].span;
    if scene.document.title().is_some_and(|title| title.contains(span)) {
        return None;
    }
    let next = scene.next_speech_in_section(candidate)?;
    shape.alone.then(|| Verdict::by_member(candidate, scene.speaker(next), 0.6))
}

/// The tokens below a heading, up to the next one.
fn section(scene: &Scene<'_>, heading: usize) -> Range<usize> {
    let start = scene.shapes[heading].tokens.end;
    let paragraph = scene.shapes[heading].paragraph;
    let paragraphs = scene.tokenized.paragraphs();
    let next = (paragraph + 1..paragraphs.len())
        .find(|&below| is_heading(scene, below))
        .map(|below| scene.tokenized.tokens_in(paragraphs[below].span).start);
    start..next.unwrap_or(scene.tagged.len())
}

/// `Jansen wil 'niet wachten'`: the words of the heading that name the source.
fn named_in_heading(scene: &Scene<'_>, candidate: usize, member: usize) -> Option<usize> {
    let sentence = scene.sentence(scene.shapes[candidate].first_sentence).tokens.clone();
    let mut named = scene.cast.references_in(sentence).map(|(number, _)| number);
    named.find(|&number| {
        let start = scene.cast.references[number].start;
        scene.host[start].is_none() && scene.member(number) == Some(member)
    })
}
