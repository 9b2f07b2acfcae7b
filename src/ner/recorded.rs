//! A recognizer that replays: entities found before, by document. It runs no
//! model, so that rules and scores can be tested where none is compiled in.

use std::collections::HashMap;

use super::{Entity, Input, Recognizer};
use crate::error::ModelError;
use crate::text::{Document, Span};
use crate::tokenize::Tokenized;

/// Entities by document id.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    entities: HashMap<String, Vec<Entity>>,
}

impl Recorded {
    /// A recorder with nothing in it: every document has no entities.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the entities of the document `id`, in order of their start.
    pub fn insert(&mut self, id: impl Into<String>, entities: Vec<Entity>) {
        self.entities.insert(id.into(), entities);
    }
}

impl Recognizer for Recorded {
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        let of = |input: &Input<'_>| self.entities.get(input.document.id()).cloned();
        Ok(inputs.iter().map(|input| of(input).unwrap_or_default()).collect())
    }

    fn name(&self) -> String {
        "recorded".into()
    }
}

/// Recorded entities on the words of their document, as every recognizer gives
/// them, and those that have no place there. Another program may count an
/// apostrophe or what stands behind a slash as a word of its own (*Hans* of
/// *Hans' boek*): then the name is the whole word. What cuts a word elsewhere
/// is no name.
#[must_use]
pub fn on_tokens(
    document: &Document,
    tokenized: &Tokenized,
    all: Vec<Entity>,
) -> (Vec<Entity>, Vec<Entity>) {
    let mut kept: Vec<Entity> = Vec::with_capacity(all.len());
    let mut cut = Vec::new();
    for entity in all {
        match widened(document, entity.span, tokenized) {
            Some(span) if kept.last().is_none_or(|last| !last.span.overlaps(span)) => {
                kept.push(Entity { span, ..entity });
            }
            // Both parts of "Aalst/Gent" are in the name already.
            Some(_) => {}
            None => cut.push(entity),
        }
    }
    (kept, cut)
}

/// The span from the beginning of its first token to the end of its last;
/// `None` if it cuts one inside its letters.
fn widened(document: &Document, span: Span, tokenized: &Tokenized) -> Option<Span> {
    let tokens = &tokenized.tokens()[tokenized.tokens_in(span)];
    let whole = tokens.first()?.span.cover(tokens.last()?.span);
    // White space at either end belongs to no token.
    let before = document.slice(Span::new(whole.start(), span.start().max(whole.start())));
    let after = document.slice(Span::new(span.end().min(whole.end()), whole.end()));
    let parts = |c: char| matches!(c, '/' | '*' | '\'' | '’');
    let is_parted = (before.is_empty() || before.ends_with(parts))
        && (after.is_empty() || after.starts_with(parts));
    is_parted.then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::Label;
    use crate::tokenize::tokenize;

    /// The names that stay of one that reads `words`.
    fn kept<'a>(document: &'a Document, words: &str) -> Vec<&'a str> {
        let start = document.text().find(words).expect("words of the text");
        let span = Span::of(start..start + words.len());
        let names = vec![Entity { span, label: Label::Per, score: 1.0 }];
        let (kept, _) = on_tokens(document, &tokenize(document.text()), names);
        kept.iter().map(|entity| document.slice(entity.span)).collect()
    }

    #[test]
    fn white_space_around_a_name_is_left_out() {
        let document = Document::new("d", "Toen kwam Anna de Wit binnen.").unwrap();
        assert_eq!(kept(&document, " Anna de Wit "), ["Anna de Wit"]);
        assert_eq!(kept(&document, " Anna de Wi"), [""; 0], "the last word is cut");
        assert_eq!(kept(&document, " "), [""; 0]);
    }

    #[test]
    fn a_name_before_an_apostrophe_is_the_whole_word() {
        let document = Document::new("d", "Dat is Hans' boek.").unwrap();
        assert_eq!(kept(&document, "Hans"), ["Hans'"]);
    }
}
