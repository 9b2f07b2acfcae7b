//! The rules for reported speech, one pattern a file, in order of precedence.
//!
//! A rule's documentation has three headings (Pattern, Why it holds, Where it
//! fails) and its examples are its tests. A new rule is a file here and a line
//! in [`ORDER`].

use super::{Reading, Report};
use crate::ner::Label;

mod according_first;
mod according_inside;
mod colon_clause;
mod dat_clause;
mod dat_refers_back;
mod document_says;
mod final_clause;
mod headline_colon;
mod infinitive;
mod own_words;
mod point_of_view;
mod question_clause;
mod speech_noun;

/// One way in which a text reports what a source said.
pub trait Rule: Sync {
    /// Its name: that of its file, with hyphens.
    fn id(&self) -> &'static str;

    /// What it does, in a sentence.
    fn summary(&self) -> &'static str;

    /// Texts in which it finds a report.
    fn fires(&self) -> &'static [Example];

    /// Texts in which it finds none.
    fn silent(&self) -> &'static [Example];

    /// The reports that it sees.
    fn find(&self, reading: &Reading<'_>) -> Vec<Report>;
}

/// A text with the content that a rule finds in it, or another one does.
#[derive(Debug)]
pub struct Example {
    /// The text.
    pub text: &'static str,
    /// The names in it.
    pub names: &'static [(&'static str, Label)],
    /// The content; empty where nothing is to be found.
    pub content: &'static str,
    /// Whose it is.
    pub source: Option<&'static str>,
}

/// All rules. Where two claim the same cue or span, or cross, the earlier wins.
pub const ORDER: &[&dyn Rule] = &[
    // A word that opens the content says most plainly where it is.
    &infinitive::Infinitive,
    &dat_clause::DatClause,
    &question_clause::QuestionClause,
    // volgens and its source.
    &according_first::AccordingFirst,
    &according_inside::AccordingInside,
    &point_of_view::PointOfView,
    // The content is a main clause.
    &final_clause::FinalClause,
    &dat_refers_back::DatRefersBack,
    &document_says::DocumentSays,
    &own_words::OwnWords,
    &speech_noun::SpeechNoun,
    &colon_clause::ColonClause,
    &headline_colon::HeadlineColon,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::attribution::testing::annotate;
    use crate::attribution::{Kind, Quotation, rules};

    /// The reports of an example, and whose each is.
    fn reports(example: &Example) -> Vec<(Quotation, Option<String>)> {
        let annotated = annotate(example.text, example.names);
        let reports = annotated.quotations.iter().filter(|it| it.kind == Kind::Indirect);
        let source = |it: &Quotation| it.source.map(|at| annotated.source(at).name.clone());
        reports.map(|it| (it.clone(), source(it))).collect()
    }

    #[test]
    fn ids_are_unique_and_files_are_registered() {
        let ids: BTreeSet<_> = ORDER.iter().map(|rule| rule.id().to_owned()).collect();
        assert_eq!(ids.len(), ORDER.len(), "two rules share an id");
        assert!(rules::all().all(|rule| !ids.contains(rule.id())), "also a rule for marks");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/attribution/reports/rules");
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
        for rule in ORDER {
            assert!(!rule.fires().is_empty() && !rule.silent().is_empty(), "{}", rule.id());
            assert!(rule.summary().ends_with('.'), "{}", rule.id());
            for example in rule.fires() {
                let found = reports(example);
                let spans: Vec<_> =
                    found.iter().map(|(it, _)| it.span.of_text(example.text)).collect();
                let at = spans.iter().position(|span| *span == example.content);
                let Some(at) = at else { panic!("{}: {spans:?}", example.text) };
                let (it, source) = &found[at];
                assert_eq!(it.rule.as_deref(), Some(rule.id()), "{}", example.text);
                assert_eq!(source.as_deref(), example.source, "{}", example.text);
            }
            for example in rule.silent() {
                for (it, source) in reports(example) {
                    assert_ne!(it.rule.as_deref(), Some(rule.id()), "{}", example.text);
                    assert_eq!(it.span.of_text(example.text), example.content);
                    assert_eq!(source.as_deref(), example.source, "{}", example.text);
                }
            }
        }
    }
}
