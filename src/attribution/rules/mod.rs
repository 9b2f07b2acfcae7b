//! The rules, one a file, in the order in which they run.
//!
//! A rule's documentation has three headings (Pattern, Why it holds, Where it
//! fails) and its examples are its tests. A new rule is a file here and a line
//! in [`ORDER`].

use super::engine::Verdict;
use super::scene::Scene;
use crate::ner::Label;

mod according_after;
mod according_beside;
mod alternating;
mod any_verb_after;
mod clause_after;
mod clause_around;
mod clause_before;
mod clause_later;
mod colon_before;
mod continued;
mod feeling_before;
mod first_speaker;
mod heading;
mod in_report;
mod interrupted;
mod interview;
mod last_speaker;
mod next_paragraph;
mod no_source;
mod noun_after;
mod only_speaker;
mod reopened;
mod said_after;
mod sentence_before;
mod sentence_lead;
mod signature;
mod subject_before;
mod term;
mod unclaimed;
mod verbless_colon;
mod weighed;

/// One way in which a text tells who said what.
pub trait Rule: Sync {
    /// Its name: that of its file, with hyphens.
    fn id(&self) -> &'static str;

    /// What it does, in a sentence.
    fn summary(&self) -> &'static str;

    /// Texts in which it decides, with what it decides.
    fn fires(&self) -> &'static [Example];

    /// Texts in which it does not decide.
    fn silent(&self) -> &'static [Example];

    /// Its verdicts on open candidates of the scene.
    fn attribute(&self, scene: &Scene<'_>) -> Vec<Verdict>;

    /// Whether its verdicts can lead to more of its own. Propagating rules that
    /// stand next to each other run in turn until none has anything to add.
    fn propagates(&self) -> bool {
        false
    }
}

/// A text with a marked span that a rule decides, or leaves to others.
#[derive(Debug)]
pub struct Example {
    /// The text.
    pub text: &'static str,
    /// The names in it.
    pub names: &'static [(&'static str, Label)],
    /// The span, marks included.
    pub span: &'static str,
    /// The source it has in the end; `None` where it has none or is no speech.
    pub source: Option<&'static str>,
}

/// The rules for what someone claims. Earlier rules rest on evidence that is nearer to the quotation.
pub const ORDER: &[&dyn Rule] = &[
    // Terms and titles first, so that no cue near by claims them.
    &term::Term,
    // The words of the same sentence, the most explicit first.
    &noun_after::NounAfter,
    &clause_after::ClauseAfter,
    &according_after::AccordingAfter,
    &interrupted::Interrupted,
    &colon_before::ColonBefore,
    &feeling_before::FeelingBefore,
    &verbless_colon::VerblessColon,
    &clause_around::ClauseAround,
    &clause_before::ClauseBefore,
    &any_verb_after::AnyVerbAfter,
    &clause_later::ClauseLater,
    &according_beside::AccordingBeside,
    // The sentences next to it.
    &signature::Signature,
    &said_after::SaidAfter,
    &reopened::Reopened,
    &alternating::Alternating,
    &interview::Interview,
    &sentence_before::SentenceBefore,
    // What was settled before it; these three feed each other.
    &continued::Continued,
    &subject_before::SubjectBefore,
    &next_paragraph::NextParagraph,
    // Headings need the settled body.
    &heading::Heading,
    &only_speaker::OnlySpeaker,
    &last_speaker::LastSpeaker,
];

/// What no one claims; these run when the reports around it are known.
pub const LEFTOVERS: &[&dyn Rule] = &[
    &in_report::InReport,
    &unclaimed::Unclaimed,
    &first_speaker::FirstSpeaker,
    &sentence_lead::SentenceLead,
    &no_source::NoSource,
];

/// What is decided against a rule that ran before.
pub const OVERRULING: &[&dyn Rule] = &[&weighed::Weighed];

/// All rules, in the order in which they run.
pub fn all() -> impl Iterator<Item = &'static dyn Rule> {
    ORDER.iter().chain(LEFTOVERS).chain(OVERRULING).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::annotated::Annotated;
    use crate::attribution::testing;
    use crate::text::Span;

    fn annotate(example: &Example) -> Annotated {
        testing::annotate(example.text, example.names)
    }

    /// The rule that decided the example's span, and whom it decided for.
    fn decided(example: &Example) -> (Option<String>, Option<String>) {
        let annotated = annotate(example);
        let of = |span: Span| span.of_text(example.text) == example.span;
        let quotation = annotated.quotations.iter().find(|quotation| of(quotation.span));
        let Some(quotation) = quotation else { return (None, None) };
        let source = quotation.source.map(|index| annotated.source(index).name.clone());
        (quotation.rule.as_deref().map(str::to_owned), source)
    }

    #[test]
    fn ids_are_unique_and_files_are_registered() {
        let ids: BTreeSet<_> = all().map(|rule| rule.id().to_owned()).collect();
        assert_eq!(ids.len(), all().count(), "two rules share an id");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/attribution/rules");
        let files: BTreeSet<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                entry.unwrap().path().file_stem().unwrap().to_str().unwrap().replace('_', "-")
            })
            .filter(|stem| stem != "mod")
            .collect();
        assert_eq!(ids, files, "rules and their files differ");
    }

    #[test]
    fn every_example_holds() {
        for rule in all() {
            assert!(!rule.fires().is_empty() && !rule.silent().is_empty(), "{}", rule.id());
            assert!(rule.summary().ends_with('.'), "{}", rule.id());
            for example in rule.fires() {
                let (by, source) = decided(example);
                if let Some(by) = by {
                    assert_eq!(by, rule.id(), "{}", example.text);
                } else {
                    // A verdict of no speech: the span is among those.
                    let annotated = annotate(example);
                    let spans = annotated.not_quotations.iter().map(|n| n.span);
                    let found =
                        spans.map(|span| span.of_text(example.text)).any(|s| s == example.span);
                    assert!(found, "{}: nothing found in {}", rule.id(), example.text);
                }
                assert_eq!(source.as_deref(), example.source, "{}", example.text);
            }
            for example in rule.silent() {
                let (by, source) = decided(example);
                assert_ne!(by.as_deref(), Some(rule.id()), "{}", example.text);
                assert_eq!(source.as_deref(), example.source, "{}", example.text);
            }
        }
    }
}
