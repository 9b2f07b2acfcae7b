//! One document: its text, what is known about it, where its title ends.

use super::Span;
use crate::error::TextError;

/// What an input record had besides its text, carried through unchanged.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// A field of metadata by its name, letters' case aside; also one of an object
/// `metadata`, in which a record may have had it.
pub(crate) fn field<'a>(metadata: &'a Metadata, name: &str) -> Option<&'a serde_json::Value> {
    let named = |(key, _): &(&String, &serde_json::Value)| key.eq_ignore_ascii_case(name);
    let own = metadata.get(name).or_else(|| Some(metadata.iter().find(named)?.1));
    own.or_else(|| field(metadata.get("metadata")?.as_object()?, name))
}

/// The longest text that a [`Document`] takes, in bytes.
pub const MAX_TEXT_BYTES: usize = u32::MAX as usize;

/// A text with an identifier. The text is owned once and never changes; all
/// annotation is [`Span`]s over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    id: String,
    text: String,
    title: Option<Span>,
    metadata: Metadata,
}

impl Document {
    /// A document whose title, if it has one, is its first paragraph: one
    /// without a full stop at its end, followed by a blank line.
    ///
    /// # Errors
    ///
    /// [`TextError::TooLong`] over [`MAX_TEXT_BYTES`].
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        check(&text)?;
        let title = guess_title(&text);
        Ok(Self { id: id.into(), text, title, metadata: Metadata::new() })
    }

    /// A document of a separate title and body: its text is the title, a blank
    /// line, and the body.
    ///
    /// # Errors
    ///
    /// [`TextError::TooLong`] over [`MAX_TEXT_BYTES`].
    pub fn with_title(id: impl Into<String>, title: &str, body: &str) -> Result<Self, TextError> {
        let text = format!("{title}\n\n{body}");
        check(&text)?;
        Ok(Self {
            id: id.into(),
            text,
            title: Some(Span::of(0..title.len())),
            metadata: Metadata::new(),
        })
    }

    /// The same document with `metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Metadata) -> Self {
        self.metadata = metadata;
        self
    }

    /// The identifier that the input gave, or the name of its file.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The whole text, title included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the title stands in the text.
    #[must_use]
    pub const fn title(&self) -> Option<Span> {
        self.title
    }

    /// What the input record had besides its text.
    #[must_use]
    pub const fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The part of the text that `span` covers.
    ///
    /// # Panics
    ///
    /// If `span` does not belong to this document.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of_text(&self.text)
    }
}

fn check(text: &str) -> Result<(), TextError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(TextError::TooLong { bytes: text.len() });
    }
    Ok(())
}

/// The first paragraph, where it is one line and does not end as a sentence.
fn guess_title(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let line = rest.lines().next()?.trim_end();
    let after = rest[line.len()..].trim_start_matches([' ', '\t', '\r']);
    let blank_line = after.strip_prefix('\n')?.trim_start_matches([' ', '\t', '\r']);
    let closed = line
        .trim_end_matches(['"', '\'', '”', '“', '’', '‘', '»', '«', ')'])
        .ends_with(['.', ';', ',']);
    (blank_line.starts_with('\n') && !closed).then(|| Span::of(start..start + line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<String> {
        let document = Document::new("d", text).unwrap();
        document.title().map(|span| document.slice(span).to_owned())
    }

    #[test]
    fn a_first_line_without_full_stop_is_the_title() {
        assert_eq!(title("Brug weer open\n\nDe brug is open."), Some("Brug weer open".into()));
        assert_eq!(title("Brug weer open\r\n\r\nTekst."), Some("Brug weer open".into()));
        assert_eq!(title("‘Brug blijft dicht’\n \nTekst."), Some("‘Brug blijft dicht’".into()));
    }

    #[test]
    fn a_sentence_or_a_lone_paragraph_is_no_title() {
        assert_eq!(title("De brug is open.\n\nTekst."), None);
        assert_eq!(title("Hij zei: \"Nee.\"\n\nTekst."), None);
        assert_eq!(title("Een regel\nen nog een\n\nTekst."), None);
        assert_eq!(title("Alleen dit"), None);
        assert_eq!(title(""), None);
    }

    #[test]
    fn a_given_title_stands_before_the_body() {
        let document = Document::with_title("d", "Kop.", "Tekst.").unwrap();
        assert_eq!(document.text(), "Kop.\n\nTekst.");
        assert_eq!(document.title(), Some(Span::new(0, 4)));
    }
}
