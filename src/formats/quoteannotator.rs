//! Reads the XML of quoteannotator, in which the novels of `OpenBoek` (CC BY
//! 4.0) are labelled, plain or compressed by gzip.
//!
//! `<characters>` lists who speaks (`<character name="Noor_Bakker">`); in
//! `<text>`, `<quote>` and `<mention>` enclose the words, with an `id`, the
//! `speaker`'s name, and as `connection` the ids of the mentions of a quote.
//! Words and punctuation have spaces between them and each sentence is a line.
//!
//! * The text is set as prose again: no space before punctuation nor inside
//!   straight quotation marks, which open and close by turns in a paragraph.
//!   The labels have no part in that.
//! * A paragraph begins where the `parno` and `sentno` of a label say that one
//!   does. Of paragraphs without a label the file does not tell; they belong
//!   to the one before.
//! * Every quotation is direct. The format has no cue and no type of speaker:
//!   who has a proper name is a person, and all others are unnamed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

use super::error::{Fault, Place, ReadError, Reason};
use super::{decode, inputs, lines};
use crate::annotated::Annotated;
use crate::attribution::{Kind, Quotation};
use crate::sources::{Gender, Mention, MentionKind, Source, SourceIndex, SourceKind};
use crate::text::{Document, Span};

/// The name of a document of this form, if the file's name says that it is
/// one: without `.xml` or `.xml.gz`.
pub(super) fn stem(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.strip_suffix(".xml").map(str::to_owned)
}

/// Reads the document of a file, which is called `id`.
pub(super) fn read(path: &Path, id: String) -> Result<Annotated, ReadError> {
    let place = Place::file(path);
    let input = inputs::open(path)?;
    let is_compressed = path.extension().is_some_and(|extension| extension == "gz");
    let input: Box<dyn Read> =
        if is_compressed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) };
    let (xml, _) = lines::whole(input, &place)?;
    parse(&xml, id, place)
}

fn parse(xml: &str, id: String, place: Place) -> Result<Annotated, ReadError> {
    let mut file = File::default();
    let mut reader = Reader::from_str(xml);
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position().max(reader.error_position());
        let read = event.map_err(|error| bad(&error)).and_then(|event| file.take(&event));
        match read {
            Ok(true) => {}
            Ok(false) => break,
            Err(reason) => {
                let before = usize::try_from(at).unwrap_or(usize::MAX).min(xml.len());
                let breaks = xml.as_bytes()[..before].iter().filter(|byte| **byte == b'\n');
                return Err(place.at_line(breaks.count() as u64 + 1).error(reason));
            }
        }
    }
    let place = place.in_document(&*id);
    file.annotated(id).map_err(|fault| place.fault(fault))
}

fn bad(error: &impl ToString) -> Reason {
    Reason::Xml { message: error.to_string() }
}

/// A labelled stretch of the text.
#[derive(Default)]
struct Label {
    is_quote: bool,
    id: String,
    speaker: String,
    connection: String,
    /// Numbers of the paragraph and, from 1, of the sentence in it.
    sentence: Option<(u64, u64)>,
}

/// What stands in the text.
enum Item {
    /// Characters without white space.
    Word(String),
    Space,
    LineBreak,
    Open(usize),
    Close(usize),
}

/// The contents of a file.
#[derive(Default)]
struct File {
    characters: Vec<String>,
    labels: Vec<Label>,
    items: Vec<Item>,
    in_text: bool,
    has_text: bool,
    open: Vec<usize>,
}

impl File {
    /// Takes one event; whether more are to come.
    fn take(&mut self, event: &Event<'_>) -> Result<bool, Reason> {
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::Empty(tag) => {
                self.start(tag)?;
                self.end(tag.name().as_ref());
            }
            Event::End(tag) => self.end(tag.name().as_ref()),
            Event::Text(text) if self.in_text => {
                self.words(&text.decode().map_err(|error| bad(&error))?);
            }
            Event::CData(text) if self.in_text => {
                self.words(&text.decode().map_err(|error| bad(&error))?);
            }
            Event::GeneralRef(reference) if self.in_text => {
                let name = reference.decode().map_err(|error| bad(&error))?;
                match reference.resolve_char_ref().map_err(|error| bad(&error))? {
                    Some(c) => self.words(c.encode_utf8(&mut [0; 4])),
                    None => match escape::resolve_predefined_entity(&name) {
                        Some(text) => self.words(text),
                        None => return Err(bad(&format!("unknown reference &{name};"))),
                    },
                }
            }
            Event::Eof if !self.has_text => {
                return Err(bad(&"there is no complete <text>: is it quoteannotator's?"));
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Reason> {
        let name = tag.name();
        let is_quote = name.as_ref() == b"quote";
        match name.as_ref() {
            b"text" => self.in_text = true,
            b"character" => self.characters.push(required(tag, "name")?),
            b"quote" | b"mention" if self.in_text => {
                let number = |name| {
                    let value = attribute(tag, name)?;
                    Ok::<_, Reason>(value.and_then(|value| value.parse().ok()))
                };
                self.open.push(self.labels.len());
                self.items.push(Item::Open(self.labels.len()));
                self.labels.push(Label {
                    is_quote,
                    id: required(tag, "id")?,
                    speaker: attribute(tag, "speaker")?.unwrap_or_default(),
                    connection: attribute(tag, "connection")?.unwrap_or_default(),
                    sentence: number("parno")?.zip(number("sentno")?),
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"text" => (self.in_text, self.has_text) = (false, true),
            b"quote" | b"mention" => self.items.extend(self.open.pop().map(Item::Close)),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            match (c, self.items.last_mut()) {
                ('\n', _) => self.items.push(Item::LineBreak),
                (c, _) if c.is_whitespace() => self.items.push(Item::Space),
                (c, Some(Item::Word(word))) => word.push(c),
                (c, _) => self.items.push(Item::Word(c.into())),
            }
        }
    }

    /// The lines, from 0, with which a paragraph begins.
    fn beginnings(&self) -> BTreeSet<u64> {
        let mut line = 0_u64;
        let mut of_paragraph = BTreeMap::new();
        // Where the break stands before the first word of a label, that word
        // is on the next line.
        let mut waiting: Vec<(u64, u64)> = Vec::new();
        for item in &self.items {
            match item {
                Item::LineBreak => line += 1,
                Item::Open(label) => waiting.extend(self.labels[*label].sentence),
                Item::Word(_) => {
                    for (paragraph, sentence) in waiting.drain(..) {
                        let first = (line + 1).saturating_sub(sentence);
                        of_paragraph.entry(paragraph).or_insert(first);
                    }
                }
                _ => {}
            }
        }
        of_paragraph.into_values().collect()
    }

    fn annotated(self, id: String) -> Result<Annotated, Fault> {
        let mut prose = Prose::new(self.beginnings(), self.labels.len());
        for item in &self.items {
            prose.take(item);
        }
        let Prose { text, spans, .. } = prose;
        let document = Document::new(id, text).map_err(Reason::from)?;
        let mut ids = decode::SourceIds::new();
        let mut sources = Vec::with_capacity(self.characters.len());
        for character in &self.characters {
            decode::insert(&mut ids, "character", character, SourceIndex(sources.len()))?;
            sources.push(source(character));
        }
        let mut mentions = HashMap::new();
        let mut quotations = Vec::new();
        for (label, &span) in self.labels.iter().zip(&spans) {
            let fault = || {
                let what = if label.is_quote { "quote" } else { "mention" };
                Fault::of(format!("{what} {}", label.id))
            };
            if span.is_empty() {
                return Err(fault()(bad(&"it encloses no word")));
            }
            let speaker = (!label.speaker.is_empty()).then(|| decode::source(&ids, &label.speaker));
            let speaker = speaker.transpose().map_err(fault())?;
            if label.is_quote {
                quotations.push((label, span, speaker));
                continue;
            }
            let name = speaker.map_or("", |index| &*sources[index.0].name);
            let kind = MentionKind::guess(document.slice(span), name);
            let mention = Mention { span, kind };
            decode::insert(&mut mentions, "mention", &label.id, mention).map_err(fault())?;
            if let Some(index) = speaker {
                sources[index.0].mentions.push(mention);
            }
        }
        for source in &mut sources {
            source.mentions.sort_unstable();
        }
        quotations.sort_by_key(|(_, span, _)| (span.start(), Reverse(span.end())));
        let mut found = Vec::with_capacity(quotations.len());
        for (label, span, source) in quotations {
            let connected = label.connection.split(',').map(str::trim).filter(|id| !id.is_empty());
            let mut named = None;
            for id in connected {
                let unknown = || Reason::UnknownId { what: "mention", id: id.to_owned() };
                let mention = mentions.get(id).copied().ok_or_else(unknown);
                let mention = mention.map_err(Fault::of(format!("quote {}", label.id)))?;
                named = named.or(Some(mention));
            }
            found.push(quotation(label.id.clone(), span, source, named));
        }
        Ok(Annotated { sources, quotations: found, ..Annotated::bare(document) })
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Reason> {
    let found = tag.try_get_attribute(name).map_err(|error| bad(&error))?;
    let value = found.map(|found| {
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        value.map(std::borrow::Cow::into_owned).map_err(|error| bad(&error))
    });
    value.transpose()
}

fn required(tag: &BytesStart<'_>, name: &'static str) -> Result<String, Reason> {
    attribute(tag, name)?.ok_or(Reason::NoField { field: name })
}

fn source(character: &str) -> Source {
    let name = character.replace('_', " ");
    let is_named = MentionKind::guess(&name, &name) == MentionKind::Name;
    Source {
        id: character.to_owned(),
        kind: if is_named { SourceKind::Person } else { SourceKind::Unnamed },
        name,
        affiliation: None,
        gender: Gender::Unknown,
        gender_from: None,
        mentions: Vec::new(),
    }
}

fn quotation(
    id: String,
    span: Span,
    source: Option<SourceIndex>,
    mention: Option<Mention>,
) -> Quotation {
    Quotation {
        id,
        span,
        kind: Kind::Direct,
        cue: None,
        source,
        mention,
        rule: None,
        confidence: None,
        parent: None,
        continues: None,
        unclosed: false,
        stance: None,
        modality: None,
        medium: None,
    }
}

/// What parts two words. A later one is stronger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Space,
    Paragraph,
}

/// Words and punctuation, set as prose.
struct Prose {
    text: String,
    /// Where each label lies; empty before its words have come.
    spans: Vec<Span>,
    beginnings: BTreeSet<u64>,
    line: u64,
    /// What goes between the last word and the next.
    gap: Gap,
    /// A quotation mark is open; it was the last word.
    quoting: bool,
    opened: bool,
    /// Labels whose first word has not come yet.
    waiting: Vec<usize>,
}

impl Prose {
    fn new(beginnings: BTreeSet<u64>, labels: usize) -> Self {
        Self {
            text: String::new(),
            spans: vec![Span::default(); labels],
            beginnings,
            line: 0,
            gap: Gap::Nothing,
            quoting: false,
            opened: false,
            waiting: Vec::new(),
        }
    }

    fn take(&mut self, item: &Item) {
        match item {
            Item::Space => self.gap = self.gap.max(Gap::Space),
            Item::LineBreak => {
                self.line += 1;
                let begins = self.beginnings.contains(&self.line);
                self.gap = self.gap.max(if begins { Gap::Paragraph } else { Gap::Space });
            }
            Item::Open(label) => self.waiting.push(*label),
            Item::Close(label) => {
                if self.waiting.contains(label) {
                    self.waiting.retain(|waiting| waiting != label);
                } else {
                    let start = self.spans[*label].start() as usize;
                    self.spans[*label] = Span::of(start..self.text.len());
                }
            }
            Item::Word(word) => self.word(word),
        }
    }

    fn word(&mut self, word: &str) {
        let is_mark = word == "\"";
        if self.gap == Gap::Paragraph {
            (self.quoting, self.opened) = (false, false);
        }
        let is_attached = self.opened
            || (is_mark && self.quoting)
            || (word.starts_with([',', '.', ';', ':', '!', '?', ')', '…']));
        match self.gap {
            Gap::Paragraph if !self.text.is_empty() => self.text.push_str("\n\n"),
            Gap::Space if !self.text.is_empty() && !is_attached => self.text.push(' '),
            _ => {}
        }
        let start = self.text.len();
        for label in self.waiting.drain(..) {
            self.spans[label] = Span::of(start..start);
        }
        self.text.push_str(word);
        self.gap = Gap::Nothing;
        self.opened = is_mark && !self.quoting;
        self.quoting ^= is_mark;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const XML: &str = "<?xml version='1.0' encoding='UTF-8'?>\n\
        <doc><characters><character aliases=\"Noor Bakker\" id=\"0\" name=\"Noor_Bakker\" />\
        <character aliases=\"een visser\" id=\"1\" name=\"een_visser\" /></characters><text>De brug .\n \
        Het waaide &amp; regende .\n \
        <quote speaker=\"een_visser\" connection=\"m1\" id=\"s1\" parno=\"2\" sentno=\"1\">\" Één ding !\n \
        Kom \"\n</quote> <mention speaker=\"een_visser\" connection=\"s1\" id=\"m1\" parno=\"2\" sentno=\"3\">riep \
        hij</mention> , en <mention speaker=\"Noor_Bakker\" connection=\"s2\" id=\"m2\">Bakker</mention> : \
        <quote speaker=\"Noor_Bakker\" connection=\"m2\" id=\"s2\">\" Ja . \"</quote>\n</text></doc>\n";

    fn read_xml(xml: &str) -> Result<Annotated, String> {
        parse(xml, "d".into(), Place::named("d.xml")).map_err(|error| error.to_string())
    }

    #[test]
    fn the_text_is_prose_and_the_labels_lie_on_it() {
        let read = read_xml(XML).unwrap();
        let text =
            "De brug. Het waaide & regende.\n\n\"Één ding! Kom\" riep hij, en Bakker: \"Ja.\"";
        assert_eq!(read.document.text(), text);
        let words = |span: Span| read.document.slice(span);
        let quotations: Vec<_> = read.quotations.iter().map(|q| words(q.span)).collect();
        assert_eq!(quotations, ["\"Één ding! Kom\"", "\"Ja.\""]);
        let named: Vec<_> =
            read.quotations.iter().map(|q| words(q.mention.unwrap().span)).collect();
        assert_eq!(named, ["riep hij", "Bakker"]);
        let of = |n: usize| read.source(read.quotations[n].source.unwrap());
        assert_eq!((&*of(0).name, of(0).kind), ("een visser", SourceKind::Unnamed));
        assert_eq!((&*of(1).name, of(1).kind), ("Noor Bakker", SourceKind::Person));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let said = read_xml(&XML.replace("speaker=\"Noor_", "speaker=\"Noortje_")).unwrap_err();
        assert_eq!(said, "d.xml, document d, mention m2: there is no entity \"Noortje_Bakker\"");
        let said = read_xml(&XML.replace("</quote> <mention", "</mention> <mention")).unwrap_err();
        assert!(said.starts_with("d.xml, line 6: bad XML: "), "{said}");
        let said = read_xml(&XML.replace("connection=\"m2\"", "connection=\"m9\"")).unwrap_err();
        assert_eq!(said, "d.xml, document d, quote s2: there is no mention \"m9\"");
        let said = read_xml(&XML.replace("&amp;", "&nergens;")).unwrap_err();
        assert_eq!(said, "d.xml, line 3: bad XML: unknown reference &nergens;");
        let said = read_xml(&XML.replace("id=\"s2\"", "")).unwrap_err();
        assert!(said.ends_with("the record has no `id`"), "{said}");
        assert!(read_xml("<doc></doc>").unwrap_err().contains("there is no complete <text>"));
        assert!(read_xml(&XML.replace("\" Ja . \"", "")).unwrap_err().contains("no word"));
    }

    #[test]
    fn a_compressed_file_is_read_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("boek.xml.gz");
        let file = std::fs::File::create(&path).unwrap();
        let mut file = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        file.write_all(XML.as_bytes()).unwrap();
        file.finish().unwrap();
        let found = super::super::gold::read(&path, &crate::formats::Texts::default()).unwrap();
        assert_eq!((found.len(), found[0].document.id()), (1, "boek"));
        assert_eq!(stem(Path::new("a/b.json")), None);
    }
}
