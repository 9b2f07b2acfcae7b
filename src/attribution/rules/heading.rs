//! A quoted title or subheading.

use super::{Example, Rule};
use crate::attribution::engine::Verdict;
use crate::attribution::scene::Scene;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::ner::Label;
use crate::syntax::Class;

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
        &[Example {
            text: "‘Dijk houdt het nog jaren’\n\n\"De dijk houdt het echt nog jaren\", zegt Anna de Wit.",
            names: &[("Anna de Wit", Label::Per)],
            span: "‘Dijk houdt het nog jaren’",
            source: Some("Anna de Wit"),
        }]
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
        scene.open().filter_map(|candidate| verdict(scene, candidate)).collect()
    }
}

fn verdict(scene: &Scene<'_>, candidate: usize) -> Option<Verdict> {
    /// So much of the heading must stand again in the body.
    const SHARED: f32 = 0.5;
    let shape = &scene.shapes[candidate];
    if !shape.heading {
        return None;
    }
    if let (shared, Some(member)) = best_match(scene, candidate)
        && shared >= SHARED
    {
        return Some(Verdict::by_member(candidate, Some(member), 0.6 + 0.3 * shared));
    }
    let span = scene.candidates[candidate].span;
    if scene.document.title().is_some_and(|title| title.contains(span)) {
        let reason = "no one in the article says what the title quotes";
        return Some(Verdict::not_speech(candidate, reason));
    }
    let next = scene.next_speech_in_section(candidate)?;
    shape.alone.then(|| Verdict::by_member(candidate, scene.speaker(next), 0.6))
}

/// The largest share of the heading's words that one quotation or reported
/// sentence of the body holds, and whose that is.
fn best_match(scene: &Scene<'_>, candidate: usize) -> (f32, Option<usize>) {
    let wanted = content_words(scene, scene.shapes[candidate].inner.clone());
    let shared = |tokens: Range<usize>| {
        let found = content_words(scene, tokens);
        wanted.intersection(&found).count() as f32 / wanted.len().max(1) as f32
    };
    let quoted = (0..scene.candidates.len())
        .filter(|&other| !scene.shapes[other].heading)
        .filter_map(|other| Some((scene.shapes[other].inner.clone(), scene.speaker(other)?)));
    let outside = scene.clauses.iter().filter(|clause| clause.host.is_none());
    let reported = outside.filter_map(|clause| {
        let member = scene.member(clause.subject?)?;
        Some((scene.sentence(clause.sentence).tokens.clone(), member))
    });
    // The first of equals wins, quotations before reports.
    quoted.chain(reported).fold((0.0, None), |best, (tokens, member)| {
        let shared = shared(tokens);
        if shared > best.0 { (shared, Some(member)) } else { best }
    })
}

/// The words that carry the content, in lower case.
fn content_words<'a>(scene: &'a Scene<'_>, tokens: Range<usize>) -> BTreeSet<&'a str> {
    let carries = |at: &usize| {
        matches!(scene.tagged.class(*at), Class::Word | Class::Number | Class::Reporting)
    };
    tokens.filter(carries).map(|at| scene.word(at)).collect()
}
