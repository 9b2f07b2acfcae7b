//! The assembly: text in, annotated documents out.

use std::cmp::Reverse;

use crate::annotated::{Annotated, Warning};
use crate::attribution::Outcome;
use crate::error::ModelError;
use crate::marks::{Candidate, Family, Marks};
use crate::ner::{Entity, Input, Recognizer};
use crate::sources::Cast;
use crate::syntax::Tagged;
use crate::text::{Document, Span};
use crate::tokenize::{Tokenized, is_mark, tokenize};
use crate::{attribution, language, marks, sources, syntax};

/// All stages, ready to read documents.
pub struct Pipeline {
    recognizer: Box<dyn Recognizer>,
}

impl Pipeline {
    /// A pipeline that finds names with `recognizer`.
    #[must_use]
    pub fn new(recognizer: Box<dyn Recognizer>) -> Self {
        Self { recognizer }
    }

    /// What finds the names, for the output's `produced_by`.
    #[must_use]
    pub fn recognizer(&self) -> &dyn Recognizer {
        &*self.recognizer
    }

    /// Annotates documents, in their order. Names are found in all of them
    /// together, so that the recognizer can batch.
    ///
    /// # Errors
    ///
    /// If the recognizer fails.
    pub fn annotate(&self, documents: Vec<Document>) -> Result<Vec<Annotated>, ModelError> {
        let mut all = self.marks(documents)?;
        for annotated in &mut all {
            annotated.decisions.clear();
        }
        Ok(all)
    }

    /// The same with [`decisions`](Annotated::decisions): what was decided of
    /// every span in marks, and why.
    ///
    /// # Errors
    ///
    /// If the recognizer fails.
    pub fn marks(&self, documents: Vec<Document>) -> Result<Vec<Annotated>, ModelError> {
        self.run(documents, |document, tokenized, names| {
            let marks = marks::pair(document.text(), tokenized);
            attribute_one(document, tokenized, names, &marks, attribution::attribute)
        })
    }

    /// The same as [`annotate`](Self::annotate), with an explanation of each
    /// quotation.
    ///
    /// # Errors
    ///
    /// If the recognizer fails.
    pub fn explain(&self, documents: Vec<Document>) -> Result<Vec<Annotated>, ModelError> {
        self.run(documents, |document, tokenized, names| {
            let marks = marks::pair(document.text(), tokenized);
            let mut explanations = Vec::new();
            let annotated = attribute_one(
                document,
                tokenized,
                names,
                &marks,
                |document, tokens, tags, cast, marks| {
                    let (outcome, why) =
                        attribution::attribute_explained(document, tokens, tags, cast, marks);
                    explanations = why;
                    outcome
                },
            );
            Annotated { explanations, ..annotated }
        })
    }

    /// Finds whom the documents mention, and nothing of what they say: all
    /// sources, each with all its mentions.
    ///
    /// # Errors
    ///
    /// If the recognizer fails.
    pub fn sources(&self, documents: Vec<Document>) -> Result<Vec<Annotated>, ModelError> {
        self.run(documents, |document, tokenized, names| {
            let marks = marks::pair(document.text(), tokenized);
            let tagged = syntax::tag(document.text(), tokenized);
            let cast = sources::cast(&document, tokenized, &tagged, &names, &marks.candidates);
            let (sources, _) = cast.sources(|_| true);
            Annotated { names, sources, ..Annotated::bare(document) }
        })
    }

    /// The same as [`annotate`](Self::annotate) where it is known which spans in marks are quotations, so that
    /// only their sources are to be found: `given` has those of each document.
    /// A rule may still take one for no quotation; then it is not in the result.
    /// What is reported without marks is found all the same.
    ///
    /// # Errors
    ///
    /// If the recognizer fails.
    ///
    /// # Panics
    ///
    /// If `given` is not as long as `documents`, or a span does not fit its
    /// text.
    pub fn annotate_given(
        &self,
        documents: Vec<Document>,
        given: &[Vec<Span>],
    ) -> Result<Vec<Annotated>, ModelError> {
        assert_eq!(documents.len(), given.len(), "every document has its list of spans");
        let mut given = given.iter();
        self.run(documents, |document, tokenized, names| {
            let marks = marks::pair(document.text(), tokenized);
            let only = |spans: &Vec<Span>| only(marks, document.text(), spans);
            let marks = given.next().map_or_else(Marks::default, only);
            attribute_one(document, tokenized, names, &marks, attribution::attribute)
        })
    }

    fn run(
        &self,
        documents: Vec<Document>,
        mut stages: impl FnMut(Document, &Tokenized, Vec<Entity>) -> Annotated,
    ) -> Result<Vec<Annotated>, ModelError> {
        let tokenized: Vec<_> = documents.iter().map(|d| tokenize(d.text())).collect();
        let inputs: Vec<_> = documents
            .iter()
            .zip(&tokenized)
            .map(|(document, tokenized)| Input { document, tokenized })
            .collect();
        let names = self.recognizer.recognize(&inputs)?;
        let all = documents.into_iter().zip(tokenized).zip(names);
        Ok(all.map(|((document, tokenized), names)| stages(document, &tokenized, names)).collect())
    }
}

/// Everything behind the names, for one document: what [`Pipeline::annotate`]
/// does when they are found. For whoever runs the stages by himself.
#[must_use]
pub fn attribute(document: Document, tokenized: &Tokenized, names: Vec<Entity>) -> Annotated {
    let marks = marks::pair(document.text(), tokenized);
    let annotated = attribute_one(document, tokenized, names, &marks, attribution::attribute);
    Annotated { decisions: Vec::new(), ..annotated }
}

/// The marks with `spans` for candidates, as pairing found them where it did.
fn only(marks: Marks, text: &str, spans: &[Span]) -> Marks {
    let mut spans: Vec<Span> = spans.iter().copied().filter(|span| !span.is_empty()).collect();
    spans.sort_by_key(|span| (span.start(), Reverse(span.end())));
    spans.dedup();
    let mut candidates: Vec<Candidate> = Vec::with_capacity(spans.len());
    for span in spans {
        let found = marks.candidates.iter().find(|candidate| candidate.span == span);
        let parent = candidates.iter().rposition(|outer| outer.span.contains(span));
        candidates.push(match found {
            Some(found) => Candidate { parent, ..found.clone() },
            None => unpaired(text, span, parent),
        });
    }
    Marks { candidates, repairs: marks.repairs }
}

/// A candidate that pairing did not find.
fn unpaired(text: &str, span: Span, parent: Option<usize>) -> Candidate {
    let words = span.of_text(text);
    let is_outside = |c: char| c.is_whitespace() || is_mark(c);
    let inner = words.trim_start_matches(is_outside);
    let start = span.end() as usize - inner.len();
    let inner = Span::of(start..start + inner.trim_end_matches(is_outside).len());
    let family = match words.chars().next() {
        Some('\'' | '‘' | '’' | '‚' | '‛' | '`' | '´') => Family::Single,
        Some('«' | '»' | '‹' | '›') => Family::Guillemet,
        _ => Family::Double,
    };
    Candidate { span, inner, family, unclosed: false, reopens: false, parent }
}

/// The stages behind the names and the marks, for one document.
fn attribute_one(
    document: Document,
    tokenized: &Tokenized,
    names: Vec<Entity>,
    marks: &Marks,
    attribute: impl FnOnce(&Document, &Tokenized, &Tagged, &Cast, &[Candidate]) -> Outcome,
) -> Annotated {
    let tagged = syntax::tag(document.text(), tokenized);
    let cast = sources::cast(&document, tokenized, &tagged, &names, &marks.candidates);
    let found = attribute(&document, tokenized, &tagged, &cast, &marks.candidates);
    let foreign = language::other_than_dutch(document.text()).map(|language| Warning {
        code: "not-dutch".into(),
        offset: None,
        message: format!(
            "the text looks like {language}; what is found in it is not to be trusted"
        ),
    });
    let repairs = marks.repairs.iter().map(|repair| Warning {
        code: repair.kind.code().into(),
        offset: Some(repair.offset),
        message: repair.kind.message().into(),
    });
    let warnings = foreign.into_iter().chain(repairs).collect();
    Annotated {
        names,
        sources: found.sources,
        quotations: found.quotations,
        not_quotations: found.not_quotations,
        warnings,
        decisions: found.decisions,
        ..Annotated::bare(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::{Label, Recorded};

    #[test]
    fn given_quotations_take_the_place_of_those_found() {
        let text = "„Nee”, zei Noor Bakker. „Ja”, zei Joris De Meulder. Dat was „alles”, zei hij.";
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::of(start..start + words.len())
        };
        let mut recorded = Recorded::new();
        let name = |words| Entity { span: span(words), label: Label::Per, score: 1.0 };
        recorded.insert("d", vec![name("Noor Bakker"), name("Joris De Meulder")]);
        let pipeline = Pipeline::new(Box::new(recorded));
        let document = || vec![Document::new("d", text).unwrap()];
        // The second span leaves its marks out, as another program's may.
        let given = vec![span("„Nee”"), span("Ja")];
        let found = pipeline.annotate_given(document(), &[given]).unwrap().remove(0);
        let answers: Vec<_> = found
            .quotations
            .iter()
            .filter(|q| q.kind.is_marked())
            .map(|q| (q.span.of_text(text), q.source.map(|s| found.source(s).name.as_str())))
            .collect();
        assert_eq!(answers[0], ("„Nee”", Some("Noor Bakker")));
        assert_eq!(answers.len(), 2);
        assert_eq!(answers[1].0, "Ja");
        let none = pipeline.annotate_given(document(), &[Vec::new()]).unwrap().remove(0);
        assert!(none.quotations.iter().all(|q| !q.kind.is_marked()));
        assert!(none.not_quotations.is_empty());
    }
}
