//! Readers of articles: one input that is a text, JSON lines, or news in markup.
//!
//! * **Text**: the whole input is one document, named after its file. It is
//!   UTF-8; a byte order mark at its beginning is left out, and all offsets
//!   count from after it. Line breaks stay as they are (`\n` or `\r\n`).
//! * **JSON lines**: one object a line, with the string `text` and, if there
//!   is one, the identifier `id` (a string or a number; without it the file's
//!   name and the line number serve) and the string `title`. A title that the
//!   text does not begin with is put before it, with a blank line between. All
//!   other fields become the document's metadata. Blank lines are skipped.
//! * **NITF and NewsML-G2**, **pages in HTML**: as [`records`] reads them.

use std::io::{BufRead, Cursor};
use std::path::Path;

use serde_json::Value;

use super::error::{Place, ReadError, Reason};
use super::lines::{self, Lines};
use super::records::{self, Story, XmlRecords};
use crate::text::{Document, MAX_TEXT_BYTES, Metadata, field};

/// How an input holds its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputFormat {
    /// As the file's name says (`.txt`, `.jsonl`, `.ndjson`, `.xml`, `.html`,
    /// `.htm`, `.xhtml`); under another name, JSON lines if the input begins with
    /// `{`, else text.
    #[default]
    Auto,
    /// One text.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// NITF or NewsML-G2.
    Xml,
    /// A page in HTML with one article.
    Html,
}

impl InputFormat {
    /// The format that the name of a file says, if it says one.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Some(Self::Text),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "xml" => Some(Self::Xml),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// Whether a file of that name in a folder is an article. Markup may be there
    /// for many reasons: it is read where it is named.
    pub(super) fn is_article(path: &Path) -> bool {
        matches!(Self::of_name(path), Some(Self::Text | Self::Jsonl))
    }

    /// Text or JSON lines, by the first bytes of the input where need be.
    fn settle(self, input: &mut impl BufRead) -> std::io::Result<Self> {
        if self != Self::Auto {
            return Ok(self);
        }
        let start = input.fill_buf()?;
        let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
        let is_object = start.trim_ascii_start().starts_with(b"{");
        Ok(if is_object { Self::Jsonl } else { Self::Text })
    }
}

/// The documents of one input, one after the other; nothing is read ahead.
///
/// A record that cannot be read is an error, and the records after it still
/// come.
#[derive(Debug)]
pub struct Documents<R> {
    place: Place,
    stem: String,
    state: State<R>,
    bytes_read: u64,
}

#[derive(Debug)]
enum State<R> {
    /// Nothing read yet.
    Unread(R, InputFormat),
    Lines(Lines<R>),
    Xml(Box<XmlRecords<Cursor<Vec<u8>>>>),
    Done,
}

impl<R: BufRead> Documents<R> {
    /// The documents of `input`, which messages call `name`; `stem` is the
    /// identifier of a text, and begins that of a record without one.
    pub fn new(
        input: R,
        name: impl Into<String>,
        stem: impl Into<String>,
        format: InputFormat,
    ) -> Self {
        let place = Place::named(name);
        Self { place, stem: stem.into(), state: State::Unread(input, format), bytes_read: 0 }
    }

    /// Bytes read so far.
    #[must_use]
    pub const fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    fn text(&mut self, input: R) -> Result<Document, ReadError> {
        let (text, read) = lines::whole(input, &self.place)?;
        self.bytes_read = read;
        Document::new(&*self.stem, text).map_err(|error| self.place.clone().error(error.into()))
    }

    /// The articles of XML, or the one of a page that is called so.
    fn news(&mut self, input: R) -> Option<Result<Document, ReadError>> {
        let bytes = match self.whole(input) {
            Ok(bytes) => bytes,
            Err(error) => return Some(Err(error)),
        };
        if records::is_page(&bytes) {
            return Some(self.page(bytes));
        }
        match records::news(bytes, MAX_TEXT_BYTES) {
            Ok(news) => self.item(Box::new(news)),
            Err(reason) => Some(Err(self.place.clone().error(reason))),
        }
    }

    fn item(
        &mut self,
        mut news: Box<XmlRecords<Cursor<Vec<u8>>>>,
    ) -> Option<Result<Document, ReadError>> {
        let item = news.next()?;
        self.state = State::Xml(news);
        let place = self.place.clone().at_line(item.line);
        let id = item.id(&self.stem);
        Some(match item.story {
            Ok((story, _)) => of_story(story, id, place),
            Err(reason) => Err(place.error(reason)),
        })
    }

    /// The article of a page.
    fn page(&self, bytes: Vec<u8>) -> Result<Document, ReadError> {
        match records::page(bytes, MAX_TEXT_BYTES) {
            Ok((story, _)) => of_story(story, self.stem.clone(), self.place.clone()),
            Err(reason) => Err(self.place.clone().error(reason)),
        }
    }

    fn whole(&mut self, mut input: R) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let read = input.read_to_end(&mut bytes);
        read.map_err(|error| self.place.clone().error(Reason::io(error)))?;
        self.bytes_read = bytes.len() as u64;
        Ok(bytes)
    }

    fn record(&mut self, mut lines: Lines<R>) -> Option<Result<Document, ReadError>> {
        let line = lines.next()?;
        let place = lines.place();
        self.bytes_read = lines.bytes_read();
        self.state = State::Lines(lines);
        Some(line.and_then(|line| self.document(&line, place)))
    }

    fn document(&self, line: &str, place: Place) -> Result<Document, ReadError> {
        let mut record: Metadata = match serde_json::from_str(line) {
            Ok(record) => record,
            Err(error) => return Err(place.error(Reason::json(&error))),
        };
        let id = match id_of(&mut record) {
            Ok(Some(id)) => id,
            Ok(None) => format!("{}-{}", self.stem, place.line.unwrap_or_default()),
            Err(reason) => return Err(place.error(reason)),
        };
        let place = place.in_document(&*id);
        from_record(id, record).map_err(|reason| place.error(reason))
    }
}

fn of_story(story: Story, id: String, place: Place) -> Result<Document, ReadError> {
    let document = story.document(id, MAX_TEXT_BYTES);
    document.map_err(|(id, reason)| place.in_document(id).error(reason))
}

/// The document of a JSON object, as a line of JSON lines has it; called `id`
/// where the object does not say.
///
/// # Errors
///
/// If it has no `text`, or `id`, `text` or `title` are of another type.
pub fn document_of_object(mut object: Metadata, id: &str) -> Result<Document, Reason> {
    let id = id_of(&mut object)?.unwrap_or_else(|| id.to_owned());
    from_record(id, object)
}

/// The identifier of a record, which is taken out of it.
fn id_of(record: &mut Metadata) -> Result<Option<String>, Reason> {
    match record.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(Some(id)),
        Some(Value::Number(id)) => Ok(Some(id.to_string())),
        None | Some(Value::Null | Value::String(_)) => Ok(None),
        Some(other) => Err(not_string("id", &other)),
    }
}

/// A document of a record's `text`, `title` and metadata.
fn from_record(id: String, mut record: Metadata) -> Result<Document, Reason> {
    let text = match record.remove("text") {
        Some(Value::String(text)) => text,
        Some(other) => return Err(not_string("text", &other)),
        None => return Err(Reason::NoField { field: "text" }),
    };
    let title = match record.remove("title") {
        Some(Value::String(title)) => title,
        None | Some(Value::Null) => String::new(),
        Some(other) => return Err(not_string("title", &other)),
    };
    let title = title.trim();
    let document = if text.trim_start().starts_with(title) {
        with_own_title(id, title, text)
    } else {
        Document::with_title(id, title, &text).map_err(Reason::from)
    };
    Ok(document?.with_metadata(record))
}

/// The date of a document, as its metadata has it.
pub(super) fn date(document: &Document) -> Option<String> {
    field(document.metadata(), "date").map(|date| match date {
        Value::String(date) => date.clone(),
        other => other.to_string(),
    })
}

/// A document whose text is `text` to the letter and whose title, if the text
/// begins with it and a blank line, is `title`.
pub(super) fn with_own_title(id: String, title: &str, text: String) -> Result<Document, Reason> {
    let body = text.strip_prefix(title).and_then(|rest| rest.strip_prefix("\n\n"));
    let document = match body {
        Some(body) if !title.is_empty() => Document::with_title(id, title, body),
        _ => Document::new(id, text),
    };
    Ok(document?)
}

fn not_string(field: &'static str, value: &Value) -> Reason {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Reason::NotString { field, found }
}

impl<R: BufRead> Iterator for Documents<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => None,
            State::Lines(lines) => self.record(lines),
            State::Xml(news) => self.item(news),
            State::Unread(mut input, format) => match format.settle(&mut input) {
                Ok(InputFormat::Jsonl) => self.record(Lines::new(input, self.place.clone())),
                Ok(InputFormat::Text | InputFormat::Auto) => Some(self.text(input)),
                Ok(InputFormat::Xml) => self.news(input),
                Ok(InputFormat::Html) => Some(self.whole(input).and_then(|bytes| self.page(bytes))),
                Err(error) => Some(Err(self.place.clone().error(Reason::io(error)))),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str, format: InputFormat) -> Vec<Result<Document, String>> {
        Documents::new(input.as_bytes(), "in", "krant", format)
            .map(|document| document.map_err(|error| error.to_string()))
            .collect()
    }

    fn one(input: &str) -> Document {
        let mut found = read(input, InputFormat::Jsonl);
        assert_eq!(found.len(), 1);
        found.remove(0).unwrap()
    }

    fn refused(input: &str) -> String {
        let mut found = read(input, InputFormat::Jsonl);
        assert_eq!(found.len(), 1);
        found.remove(0).unwrap_err()
    }

    #[test]
    fn a_text_is_one_document_with_its_line_breaks() {
        let found = read("\u{feff}Brug open\r\n\r\nJa.\r\n", InputFormat::Auto);
        let document = found[0].as_ref().unwrap();
        assert_eq!((found.len(), document.id()), (1, "krant"));
        assert_eq!(document.text(), "Brug open\r\n\r\nJa.\r\n");
        assert_eq!(document.title().map(|t| document.slice(t)), Some("Brug open"));
    }

    #[test]
    fn an_input_that_begins_with_a_brace_is_json_lines() {
        let found = read("\n {\"text\":\"Ja.\"}\n", InputFormat::Auto);
        assert_eq!(found[0].as_ref().map(Document::id), Ok("krant-2"));
        assert_eq!(read("{zo begint geen artikel", InputFormat::Text).len(), 1);
    }

    #[test]
    fn other_fields_become_metadata() {
        let document = one(r#"{"id": 7, "text": "Ja.", "datum": "2024-03-01", "tags": ["a"]}"#);
        assert_eq!((document.id(), document.text()), ("7", "Ja."));
        let kept = serde_json::to_string(document.metadata()).unwrap();
        assert_eq!(kept, r#"{"datum":"2024-03-01","tags":["a"]}"#);
    }

    #[test]
    fn a_title_is_put_before_a_text_without_it() {
        let apart = one(r#"{"title": "Brug open.", "text": "Ja."}"#);
        assert_eq!(apart.text(), "Brug open.\n\nJa.");
        let inside = one(r#"{"title": "Brug open.", "text": "Brug open.\n\nJa."}"#);
        assert_eq!(inside.text(), "Brug open.\n\nJa.");
        assert_eq!(inside.title(), apart.title());
        let in_a_sentence = one(r#"{"title": "Brug", "text": "Brug open, zegt ze."}"#);
        assert_eq!(in_a_sentence.text(), "Brug open, zegt ze.");
        assert_eq!(in_a_sentence.title(), None);
    }

    #[test]
    fn a_record_that_cannot_be_read_says_why() {
        assert_eq!(refused(r#"{"id": "a"}"#), "in, line 1, document a: the record has no `text`");
        assert_eq!(
            refused(r#"{"id": "a", "text": ["x"]}"#),
            "in, line 1, document a: `text` is a list, not a string"
        );
        assert_eq!(
            refused(r#"{"title": 1, "text": "x"}"#),
            "in, line 1, document krant-1: `title` is a number, not a string"
        );
        assert!(refused("{\"text\": ").starts_with("in, line 1: bad JSON at column "));
        assert!(refused("[1]").starts_with("in, line 1: bad JSON at column "));
    }

    #[test]
    fn records_after_a_bad_one_still_come() {
        let found = read("{\"id\":\"a\"}\n\n{\"id\":\"b\",\"text\":\"Ja.\"}\n", InputFormat::Jsonl);
        assert!(found[0].is_err());
        assert_eq!(found[1].as_ref().map(Document::id), Ok("b"));
    }

    #[test]
    fn names_of_files_say_the_format() {
        assert_eq!(InputFormat::of_name(Path::new("a/B.TXT")), Some(InputFormat::Text));
        assert_eq!(InputFormat::of_name(Path::new("b.ndjson")), Some(InputFormat::Jsonl));
        assert_eq!(InputFormat::of_name(Path::new("c.htm")), Some(InputFormat::Html));
        assert_eq!(InputFormat::of_name(Path::new("c.md")), None);
        assert!(!InputFormat::is_article(Path::new("labels.xml")));
    }

    #[test]
    fn news_in_markup_is_read_as_archives_are() {
        let page = "<h1>Brug open</h1><p>Ja, zegt zij.</p>";
        let found = read(page, InputFormat::Html);
        assert_eq!(found[0].as_ref().map(Document::text), Ok("Brug open\n\nJa, zegt zij."));
        let item = |id| {
            format!(
                "<newsItem guid='{id}'><contentSet><inlineXML><p>Ja.</p></inlineXML></contentSet>\
                 </newsItem>"
            )
        };
        let message = format!("<newsMessage>{}{}</newsMessage>", item("a"), item("b"));
        let ids: Vec<_> = read(&message, InputFormat::Xml)
            .into_iter()
            .map(|document| document.unwrap().id().to_owned())
            .collect();
        assert_eq!(ids, ["a", "b"]);
        // A page may be called XML, and UTF-16 may declare what it was before.
        let page = "<?xml version='1.0'?><html><body><p>Ja, zegt zij.</p></body></html>";
        let found = read(page, InputFormat::Xml);
        assert_eq!(found[0].as_ref().map(Document::text), Ok("Ja, zegt zij."));
        let news = "\u{feff}<?xml version='1.0' encoding='iso-8859-1'?><nitf><body><body.content>\
                    <p>Café</p></body.content></body></nitf>";
        let wide: Vec<u8> = news.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Documents::new(&*wide, "in", "krant", InputFormat::Xml);
        assert_eq!(found.next().unwrap().unwrap().text(), "Café");
        let said = read("<rss/>", InputFormat::Xml)[0].clone().unwrap_err();
        assert_eq!(said, "in, line 1: neither NITF nor NewsML-G2: its root is <rss>");
    }
}
