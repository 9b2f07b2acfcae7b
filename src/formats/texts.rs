//! Texts that a user has, for labels that are kept without them: stand-off
//! JSON, which knows its text by a SHA-256, and CSV, which knows it by name.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::documents::InputFormat;
use super::error::{ReadError, Reason};
use super::inputs::{Inputs, Origin};
use crate::text::{CodePoints, Document};

/// Texts by their identifiers and by what they say.
#[derive(Debug, Default)]
pub struct Texts {
    documents: Vec<Document>,
    by_id: HashMap<String, Vec<usize>>,
    by_sum: HashMap<String, (usize, Form)>,
}

/// What a text may have lost or won on its way without being another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    AsItIs,
    /// `\n` for `\r\n`.
    LineFeeds,
    /// That, and no white space at the end.
    Trimmed,
    /// That, and one line break at the end.
    Ended,
}

impl Form {
    const ALL: [Self; 4] = [Self::AsItIs, Self::LineFeeds, Self::Trimmed, Self::Ended];

    fn of(self, text: &str) -> String {
        let line_feeds = || text.replace("\r\n", "\n");
        match self {
            Self::AsItIs => text.to_owned(),
            Self::LineFeeds => line_feeds(),
            Self::Trimmed => line_feeds().trim_end().to_owned(),
            Self::Ended => line_feeds().trim_end().to_owned() + "\n",
        }
    }
}

/// The SHA-256 of a text's UTF-8, in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    let mut sum = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(sum, "{byte:02x}");
    }
    sum
}

impl Texts {
    /// The texts of files and folders, as `wiezei attribute` reads them; and
    /// what of them cannot be read.
    #[must_use]
    pub fn read(paths: &[PathBuf]) -> (Self, Vec<ReadError>) {
        let origins = paths.iter().cloned().map(Origin::Path);
        let (inputs, mut errors) = Inputs::find(origins, InputFormat::Auto);
        let mut texts = Self::default();
        for document in inputs {
            match document {
                Ok(document) => texts.add(document),
                Err(error) => errors.push(error),
            }
        }
        (texts, errors)
    }

    /// Adds the text of a document.
    pub fn add(&mut self, document: Document) {
        let at = self.documents.len();
        for form in Form::ALL {
            let sum = sha256(&form.of(document.text()));
            self.by_sum.entry(sum).or_insert((at, form));
        }
        self.by_id.entry(document.id().to_owned()).or_default().push(at);
        self.documents.push(document);
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The document of that identifier, if there is one.
    pub(super) fn of_id(&self, id: &str) -> Result<Option<&Document>, Reason> {
        let mut found = self.by_id.get(id).into_iter().flatten().map(|&at| &self.documents[at]);
        let first = found.next();
        match found.find(|other| first.is_some_and(|first| first.text() != other.text())) {
            Some(_) => Err(Reason::TwoTexts),
            None => Ok(first),
        }
    }

    /// The document `id` whose text has `sum`, whatever it is called here;
    /// `labelled` is how many code points that text has.
    pub(super) fn of_sum(&self, id: &str, sum: &str, labelled: u32) -> Result<Document, Reason> {
        if let Some(&(at, form)) = self.by_sum.get(&sum.to_ascii_lowercase()) {
            let found = &self.documents[at];
            if form == Form::AsItIs && found.id() == id {
                return Ok(found.clone());
            }
            return Ok(Document::new(id, form.of(found.text()))?);
        }
        match self.by_id.get(id).and_then(|all| all.first()) {
            Some(&at) => {
                let text = Form::LineFeeds.of(self.documents[at].text());
                Err(Reason::TextDiffers { found: CodePoints::new(&text).len(), labelled })
            }
            None => Err(Reason::TextMissing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Brug dicht\n\n„Één ding”, zei ze.";

    fn texts(all: &[(&str, &str)]) -> Texts {
        let mut texts = Texts::default();
        for (id, text) in all {
            texts.add(Document::new(*id, *text).unwrap());
        }
        texts
    }

    #[test]
    fn the_sum_is_that_of_other_programs() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256("abc"), abc);
    }

    #[test]
    fn a_text_is_known_by_what_it_says() {
        let sum = sha256(TEXT);
        for text in [
            TEXT.to_owned(),
            format!("{TEXT}\n"),
            format!("{TEXT} \n\n"),
            TEXT.replace('\n', "\r\n"),
            TEXT.replace('\n', "\r\n") + "\r\n",
        ] {
            for id in ["d", "artikel 7"] {
                let found = texts(&[("x", "Iets anders."), (id, &text)]).of_sum("d", &sum, 31);
                let found = found.unwrap_or_else(|reason| panic!("{reason}: {text:?}"));
                assert_eq!((found.id(), found.text()), ("d", TEXT));
            }
        }
        let ended = format!("{TEXT}\n");
        let found = texts(&[("d", TEXT)]).of_sum("d", &sha256(&ended), 32).unwrap();
        assert_eq!(found.text(), ended, "the labelled text had a line break that was lost");
    }

    #[test]
    fn another_text_is_told_from_none() {
        let sum = sha256(TEXT);
        let said = |texts: &Texts| texts.of_sum("d", &sum, 31).unwrap_err().to_string();
        assert_eq!(
            said(&texts(&[("d", "Brug dicht\r\n\r\n„Één ding”.")])),
            "the text given for it is not the labelled one: it has 23 code points, the labelled \
             one 31"
        );
        assert!(said(&texts(&[("x", "Iets anders.")])).starts_with("no text was given"));
    }

    #[test]
    fn two_texts_of_one_name_are_one_too_many() {
        let twice = texts(&[("d", "Een."), ("d", "Een.")]);
        assert_eq!(twice.of_id("d").unwrap().map(Document::text), Some("Een."));
        let two = texts(&[("d", "Een."), ("d", "Twee.")]);
        assert!(matches!(two.of_id("d"), Err(Reason::TwoTexts)));
        assert!(two.of_id("e").unwrap().is_none());
    }
}
