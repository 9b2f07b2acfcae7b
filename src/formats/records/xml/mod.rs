//! The articles of an XML file: NITF, and NewsML-G2 with NITF or XHTML inside,
//! one or many in a message. The file streams: of an article no more is kept than
//! may be. What an element says of an article is the affair of [`draft`].
//!
//! No entity is expanded that the file itself defines: a reference to one is an
//! error.

mod draft;
mod metered;

use std::fmt;
use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};

use self::draft::Draft;
use self::metered::Metered;
use super::declared;
use super::encoding::Encoding;
use super::story::Story;
use crate::formats::error::Reason;

/// Elements inside so many others are in no news.
const DEEPEST: usize = 200;

/// A name of more bytes is in no news; those of all that are open are kept.
const LONGEST_NAME: usize = 256;

/// The articles of an input.
pub(in crate::formats) struct XmlRecords<R> {
    reader: Reader<Metered<R>>,
    declared: Option<&'static encoding_rs::Encoding>,
    /// The most bytes that an article may have.
    limit: usize,
    buffer: Vec<u8>,
    /// Names of the elements that are open.
    path: Vec<String>,
    draft: Option<Draft>,
    number: u64,
    root: String,
    is_done: bool,
}

impl<R> fmt::Debug for XmlRecords<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XmlRecords").field("number", &self.number).finish_non_exhaustive()
    }
}

/// One article.
pub(in crate::formats) struct XmlRecord {
    /// Its number, from 1.
    pub(in crate::formats) number: u64,
    /// The line, from 1, at which it ends or cannot be read on.
    pub(in crate::formats) line: u64,
    /// Whether the file is this one article.
    is_whole: bool,
    pub(in crate::formats) story: Result<(Story, Encoding), Reason>,
}

impl XmlRecord {
    /// What it is called if it does not say, after its file.
    pub(in crate::formats) fn id(&self, stem: &str) -> String {
        if self.is_whole { stem.to_owned() } else { format!("{stem}-{}", self.number) }
    }
}

impl<R: BufRead> XmlRecords<R> {
    /// Reads `input`, which begins with `start` too. No piece of it between two
    /// tags may have more than `most` bytes, no article more than `limit`.
    pub(super) fn new(input: R, start: &[u8], most: usize, limit: usize) -> Self {
        let mut reader = Reader::from_reader(Metered::new(input, most));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            declared: declared::in_force(start, declared::of_xml),
            limit,
            buffer: Vec::new(),
            path: Vec::new(),
            draft: None,
            number: 0,
            root: String::new(),
            is_done: false,
        }
    }

    /// The next article. After one at which the file cannot be read on, none
    /// comes.
    pub(in crate::formats) fn next(&mut self) -> Option<XmlRecord> {
        if self.is_done {
            return None;
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let found = loop {
            buffer.clear();
            self.reader.get_mut().renew();
            let event = self.reader.read_event_into(&mut buffer);
            let event = match event {
                Ok(event) => event,
                Err(error) => break Some(Err(self.broken(error))),
            };
            let mut decoding = Decoding {
                declared: self.declared,
                offset: self.reader.buffer_position(),
                found: Encoding::Utf8,
            };
            match take(&mut self.path, &mut self.draft, self.limit, &event, &mut decoding) {
                Err(reason) => break Some(Err(reason)),
                Ok(Taken::More) => {}
                Ok(Taken::Article(story)) => {
                    self.buffer = buffer;
                    self.number += 1;
                    let is_whole = self.path.is_empty();
                    return Some(self.record(is_whole, story));
                }
                Ok(Taken::End) if self.number == 0 => {
                    let root = std::mem::take(&mut self.root);
                    break Some(Err(Reason::NeitherNews { root }));
                }
                Ok(Taken::End) => break None,
            }
            if self.root.is_empty()
                && let Some(root) = self.path.first()
            {
                self.root.clone_from(root);
            }
        };
        self.is_done = true;
        self.number += 1;
        found.map(|story| self.record(self.path.is_empty(), story))
    }

    fn record(&self, is_whole: bool, story: Result<(Story, Encoding), Reason>) -> XmlRecord {
        let line = self.reader.get_ref().line_breaks() + 1;
        XmlRecord { number: self.number, line, is_whole: is_whole && self.number == 1, story }
    }

    /// What is wrong where the reader stopped.
    fn broken(&self, error: quick_xml::Error) -> Reason {
        match error {
            quick_xml::Error::Io(_) if self.reader.get_ref().is_spent() => {
                Reason::TooLarge { limit: self.reader.get_ref().most() }
            }
            quick_xml::Error::Io(error) => {
                Reason::Packed(io::Error::new(error.kind(), error.to_string()))
            }
            error => bad(error),
        }
    }
}

/// What an event comes to.
enum Taken {
    /// Nothing yet.
    More,
    /// An article has ended.
    Article(Result<(Story, Encoding), Reason>),
    /// The file has.
    End,
}

fn take(
    path: &mut Vec<String>,
    draft: &mut Option<Draft>,
    limit: usize,
    event: &Event<'_>,
    decoding: &mut Decoding,
) -> Result<Taken, Reason> {
    match event {
        Event::Start(tag) => {
            if path.len() == DEEPEST {
                return Err(bad(format!("more than {DEEPEST} elements are open")));
            }
            if tag.name().as_ref().len() > LONGEST_NAME {
                return Err(bad(format!("an element's name has more than {LONGEST_NAME} bytes")));
            }
            let name = decoding.text(tag.local_name().as_ref())?;
            let parent = path.last().map_or("", String::as_str);
            if draft.is_none() && draft::is_article(&name) {
                *draft = Some(Draft::new(path.len(), limit));
            }
            if let Some(draft) = draft {
                let mut attributes = Vec::new();
                for wanted in draft::wanted_attributes(&name) {
                    if let Some(value) = attribute(tag, wanted, decoding)? {
                        attributes.push((wanted, value));
                    }
                }
                draft.start(&name, parent, path.len(), &attributes);
            }
            path.push(name);
        }
        Event::End(_) => {
            let name = path.pop().unwrap_or_default();
            if let Some(open) = draft {
                open.end(&name, path.len());
                open.saw(decoding.found);
                if open.depth() == path.len() {
                    let story = draft.take().map(Draft::finish);
                    return Ok(story.map_or(Taken::More, Taken::Article));
                }
            }
        }
        Event::Eof => {
            return match path.last() {
                Some(open) => Err(bad(format!("it ends inside <{open}>"))),
                None => Ok(Taken::End),
            };
        }
        _ => {
            let Some(draft) = draft else { return Ok(Taken::More) };
            match event {
                Event::Text(text) => draft.text(&decoding.text(text)?),
                Event::CData(text) => draft.text(&decoding.text(text)?),
                Event::GeneralRef(reference) => draft.text(&resolved(reference, decoding)?),
                _ => {}
            }
            draft.saw(decoding.found);
        }
    }
    Ok(Taken::More)
}

/// Reads bytes as text, and keeps what they were in.
struct Decoding {
    declared: Option<&'static encoding_rs::Encoding>,
    offset: u64,
    found: Encoding,
}

impl Decoding {
    fn text(&mut self, bytes: &[u8]) -> Result<String, Reason> {
        let (text, encoding) = declared::decode(bytes, self.declared, self.offset)?;
        self.found = self.found.max(encoding);
        Ok(text.into_owned())
    }
}

/// The value of an attribute, whatever its prefix.
fn attribute(
    tag: &BytesStart<'_>,
    name: &str,
    decoding: &mut Decoding,
) -> Result<Option<String>, Reason> {
    for found in tag.attributes().with_checks(false) {
        let found = found.map_err(bad)?;
        if found.key.local_name().as_ref() == name.as_bytes() {
            let raw = decoding.text(&found.value)?;
            return Ok(Some(unescape_with(&raw, resolve_html5_entity).map_err(bad)?.into_owned()));
        }
    }
    Ok(None)
}

/// The character that `&eacute;` or `&#233;` stands for. NITF knows those of HTML.
fn resolved(reference: &BytesRef<'_>, decoding: &mut Decoding) -> Result<String, Reason> {
    if let Some(c) = reference.resolve_char_ref().map_err(bad)? {
        return Ok(c.into());
    }
    let name = decoding.text(reference)?;
    let known = resolve_html5_entity(&name).map(str::to_owned);
    known.ok_or_else(|| bad(format!("unknown reference &{name};")))
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn bad(error: impl ToString) -> Reason {
    Reason::Xml { message: error.to_string() }
}

#[cfg(test)]
mod tests;
