//! What a file with one article in markup says: the article, and what is known
//! of it.

use serde_json::Value;

use crate::formats::error::Reason;
use crate::text::{Document, Metadata};

/// An article before it is a document.
#[derive(Debug, Default, PartialEq)]
pub(in crate::formats) struct Story {
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) metadata: Metadata,
}

impl Story {
    /// Keeps a fact that is worth keeping, unless there is one already.
    pub(super) fn tell(&mut self, key: &str, value: &str) {
        let value = one_line(value);
        if !value.is_empty() && !self.metadata.contains_key(key) {
            self.metadata.insert(key.to_owned(), Value::String(value));
        }
    }

    /// The document, called `or_id` where the article has no identifier.
    ///
    /// # Errors
    ///
    /// With the document's identifier, if there is no text or more than `limit`
    /// bytes of it.
    pub(in crate::formats) fn document(
        mut self,
        or_id: String,
        limit: usize,
    ) -> Result<Document, (String, Reason)> {
        let id = self.id.take().filter(|id| !id.trim().is_empty()).unwrap_or(or_id);
        let title = one_line(&self.title);
        // Pages have their title over the text once more.
        if self.paragraphs.first().is_some_and(|first| one_line(first) == title) {
            self.paragraphs.remove(0);
        }
        let body = self.paragraphs.join("\n\n");
        if body.is_empty() {
            return Err((id, Reason::EmptyText { column: "text".into() }));
        }
        let made = match &*title {
            "" => Document::new(&*id, body),
            title => Document::with_title(&*id, title, &body),
        };
        match made {
            Ok(document) if document.text().len() > limit => Err((id, Reason::TooLarge { limit })),
            Ok(document) => Ok(document.with_metadata(self.metadata)),
            Err(error) => Err((id, error.into())),
        }
    }
}

/// Words with one space between them.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(title: &str, paragraphs: &[&str]) -> Story {
        let paragraphs = paragraphs.iter().map(ToString::to_string).collect();
        Story { title: title.into(), paragraphs, ..Story::default() }
    }

    #[test]
    fn the_title_stands_once_before_the_text() {
        let text = |story: Story| story.document("a".into(), 100).unwrap().text().to_owned();
        assert_eq!(text(story("Brug\n dicht", &["Brug dicht", "Ja."])), "Brug dicht\n\nJa.");
        assert_eq!(text(story("", &["Een.", "Twee."])), "Een.\n\nTwee.");
    }

    #[test]
    fn no_text_and_too_much_of_it_are_refused() {
        let refused = |story: Story| story.document("a".into(), 10).unwrap_err().1.to_string();
        assert_eq!(refused(story("Brug", &["Brug"])), "`text` is empty");
        assert_eq!(refused(story("Brug", &["0123456"])), "it has more than 10 bytes");
    }
}
