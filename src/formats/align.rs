//! Offsets from outside, in code points, to spans over a text. What does not
//! fit is an error; nothing is moved into place.

use super::error::Reason;
use super::labelled::same_words;
use super::wire;
use crate::text::{CodePoints, Span};

/// One text, ready to take offsets in code points.
pub(super) struct Alignment<'a> {
    text: &'a str,
    points: CodePoints,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, points: CodePoints::new(text) }
    }

    /// The text.
    pub(super) const fn text(&self) -> &'a str {
        self.text
    }

    /// The bytes of code points `start..end`, at least one.
    pub(super) fn span(&self, start: u32, end: u32) -> Result<Span, Reason> {
        if start > end {
            return Err(Reason::Reversed { start, end });
        }
        let length = self.points.len();
        let span = self.points.span(start, end);
        match span.ok_or(Reason::BeyondText { start, end, length })? {
            span if span.is_empty() => Err(Reason::Empty { at: start }),
            span => Ok(span),
        }
    }

    /// The bytes of words, which have to be those that the record gives.
    pub(super) fn words(&self, words: &wire::Words<'_>) -> Result<Span, Reason> {
        let &wire::Words { start, end, .. } = words;
        let span = self.span(start, end)?;
        match words.text.as_deref() {
            Some(stated) if stated != span.of_text(self.text) => {
                let found = span.of_text(self.text).to_owned();
                Err(Reason::OtherWords { start, end, found, stated: stated.to_owned() })
            }
            _ => Ok(span),
        }
    }

    /// Refuses words that a table or an annotation repeats, and that are not
    /// those of the text; between them, white space may differ.
    pub(super) fn check_words(&self, span: Span, stated: &str) -> Result<(), Reason> {
        let found = span.of_text(self.text);
        if same_words(found, stated) {
            return Ok(());
        }
        let (start, end) = self.points.points(span);
        let (found, stated) = (found.to_owned(), stated.to_owned());
        Err(Reason::OtherWords { start, end, found, stated })
    }

    /// The byte offset of code point `at`, the end of the text included.
    pub(super) fn offset(&self, at: u32) -> Result<u32, Reason> {
        let length = self.points.len();
        self.points.byte(at).ok_or(Reason::BeyondText { start: at, end: at, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_be_off_has_its_reason() {
        let alignment = Alignment::new("„Één” 😀");
        assert_eq!(alignment.span(0, 5).unwrap(), Span::new(0, 11));
        assert!(matches!(alignment.span(3, 1), Err(Reason::Reversed { start: 3, end: 1 })));
        assert!(matches!(alignment.span(3, 3), Err(Reason::Empty { at: 3 })));
        assert!(matches!(alignment.span(6, 8), Err(Reason::BeyondText { length: 7, .. })));
        assert!(matches!(alignment.span(8, 8), Err(Reason::BeyondText { length: 7, .. })));
    }

    #[test]
    fn words_have_to_be_those_of_the_text() {
        let alignment = Alignment::new("„Één”");
        let words = |text: &'static str| wire::Words { start: 1, end: 4, text: Some(text.into()) };
        assert!(alignment.words(&words("Één")).is_ok());
        let said = alignment.words(&words("Twee")).unwrap_err().to_string();
        assert_eq!(said, "1..4 is \"Één\" in the text, but the record says \"Twee\"");
    }
}
