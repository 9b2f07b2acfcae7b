//! The records of one file, whatever its form, each as a document: texts, JSON
//! lines, JSON lists, CSV and TSV, Parquet, NITF and NewsML-G2, pages in HTML, plain
//! or compressed. Which files there are is the affair of [`Corpus`](super::Corpus).
//!
//! What cannot be read of one record is an error at its place, and the records
//! behind it still come; where nothing behind it can be found, the error is the
//! last. A record takes a bounded amount of memory, whatever the file holds.

mod columns;
mod declared;
mod encoding;
mod html;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;
mod prose;
mod story;
mod table;
mod unpacked;
mod values;
mod xml;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use serde_json::Value;

pub use columns::{Columns, Roles};
pub use encoding::Encoding;
pub(super) use story::Story;
pub(super) use xml::XmlRecords;

use self::encoding::{decode, decode_whole};
use self::lines::BoundedLines;
use self::table::Rows;
use self::unpacked::{Gauge, unpack};
use self::values::{Found, Values};
use super::error::{Place, ReadError, Reason};
use super::inputs::Origin;
use super::packing::Packing;
use crate::text::{Document, Metadata};

/// How a file holds its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// As the file's name says; under another name, as its first bytes look.
    #[default]
    Auto,
    /// One text.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// A JSON list of objects, or objects one after the other.
    Json,
    /// A table under a header; the separator is guessed from it.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A table in Parquet.
    Parquet,
    /// NITF or NewsML-G2.
    Xml,
    /// A page in HTML with one article.
    Html,
}

/// The extensions of each form.
const EXTENSIONS: [(&str, Form); 11] = [
    ("txt", Form::Text),
    ("jsonl", Form::Jsonl),
    ("ndjson", Form::Jsonl),
    ("json", Form::Json),
    ("csv", Form::Csv),
    ("tsv", Form::Tsv),
    ("parquet", Form::Parquet),
    ("xml", Form::Xml),
    ("html", Form::Html),
    ("htm", Form::Html),
    ("xhtml", Form::Html),
];
/// How many bytes of a file are looked at to tell its form: more than any header
/// of a table.
const BEGINNING: u64 = 1 << 13;
/// What a Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";
/// How much longer a record may be than its text: JSON writes a letter with up
/// to six, and there may be other fields.
const RECORD_OVER_TEXT: usize = 6;
const LEAST_RECORD: usize = 1 << 16;

impl Form {
    /// The form that the name of a file says, if it says one; an extension for
    /// its compression is passed over.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = Path::new(inner_name(path)?).extension()?.to_str()?.to_ascii_lowercase();
        EXTENSIONS.iter().find(|(name, _)| *name == extension).map(|&(_, form)| form)
    }

    /// This form, unless the first bytes say another.
    fn settled(self, start: &[u8]) -> Self {
        let text = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).trim_ascii_start();
        let is_list = text.strip_prefix(b"[").is_some_and(|rest| {
            let rest = rest.trim_ascii_start();
            rest.is_empty() || matches!(rest[0], b'{' | b'[' | b']' | b'"')
        });
        let root = || markup_root(text).unwrap_or_default();
        match self {
            _ if start.starts_with(PARQUET) => Self::Parquet,
            Self::Xml if root() == "html" => Self::Html,
            Self::Auto if text.starts_with(b"<") => match &*root() {
                "html" => Self::Html,
                "nitf" | "newsitem" | "newsmessage" => Self::Xml,
                _ if text.starts_with(b"<?xml") => Self::Xml,
                _ => Self::Text,
            },
            Self::Auto if text.starts_with(b"{") => Self::Jsonl,
            Self::Auto | Self::Jsonl if is_list => Self::Json,
            Self::Auto => Self::Text,
            named => named,
        }
    }
}

/// The name, in lower case, of the first element of XML or HTML, or what its
/// document type says that it is.
fn markup_root(text: &[u8]) -> Option<String> {
    let mut rest = text;
    loop {
        rest = &rest[rest.iter().position(|&byte| byte == b'<')? + 1..];
        let name = match rest {
            [b'?', ..] => continue,
            [b'!', b'-', b'-', ..] => {
                rest = &rest[rest.windows(3).position(|end| end == b"-->")?..];
                continue;
            }
            [b'!', ..] => rest.split(u8::is_ascii_whitespace).filter(|it| !it.is_empty()).nth(1)?,
            name => name,
        };
        let is_end = |&byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let name = &name[..name.iter().position(is_end).unwrap_or(name.len())];
        let name = name.rsplit(|&byte| byte == b':').next()?;
        return Some(String::from_utf8_lossy(name).to_ascii_lowercase());
    }
}

/// The name of a file without an extension for its compression.
fn inner_name(path: &Path) -> Option<&str> {
    Some(Packing::of_name(path.file_name()?.to_str()?).1)
}

/// What a file's articles are called after: its name without extensions.
fn stem(path: &Path) -> String {
    let whole = || path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let inner = inner_name(path).map_or_else(whole, str::to_owned);
    match Path::new(&inner).file_stem() {
        Some(stem) => stem.to_string_lossy().into_owned(),
        None => inner,
    }
}

/// How records are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordOptions {
    /// How the files hold them.
    pub form: Form,
    /// Which column is what.
    pub columns: Columns,
    /// The most bytes of UTF-8 that an article may have.
    pub max_bytes: usize,
}

/// An article, and how it was read.
#[derive(Debug)]
pub struct Article {
    /// The article.
    pub document: Document,
    /// In which encoding it was.
    pub encoding: Encoding,
    /// By which columns it was read; `None` of a text.
    pub roles: Option<Roles>,
}

/// Why there is no article.
#[derive(Debug)]
pub enum Trouble {
    /// The record, or the rest of the file, is not what it should be.
    Record(ReadError),
    /// The file is gone, may not be read, or the device failed.
    Device(ReadError),
}

/// The articles of one file.
pub struct Records {
    place: Place,
    stem: String,
    options: RecordOptions,
    gauge: Gauge,
    state: State,
}

type Input = Box<dyn BufRead + Send>;

enum State {
    Text(Input),
    Lines(BoundedLines<Input>),
    Values(Values<Input>),
    Rows(Box<Rows<Input>>, Roles),
    Xml(Box<XmlRecords<Input>>),
    Html(Input),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::ParquetRows>, Roles),
    Failed(Reason),
    Done,
}

impl Records {
    /// Opens a file and looks at its beginning.
    ///
    /// # Errors
    ///
    /// If it cannot be opened. What is wrong with its contents is the first
    /// record.
    pub fn open(origin: &Origin, options: &RecordOptions) -> Result<Self, ReadError> {
        let gauge = Gauge::default();
        let (place, stem, form) = match origin {
            Origin::Stdin => (Place::named("standard input"), "stdin".to_owned(), None),
            Origin::Path(path) => (Place::file(path), stem(path), Form::of_name(path)),
        };
        let form = match options.form {
            Form::Auto => form.unwrap_or_default(),
            named => named,
        };
        let unpacked = match origin {
            Origin::Stdin => unpack(io::stdin(), &gauge),
            Origin::Path(path) => {
                let file = File::open(path).and_then(|file| {
                    if file.metadata()?.is_dir() {
                        return Err(io::ErrorKind::IsADirectory.into());
                    }
                    Ok(file)
                });
                let file = file.map_err(|error| place.clone().error(Reason::io(error)))?;
                unpack(file, &gauge)
            }
        };
        let mut records = Self { place, stem, options: options.clone(), gauge, state: State::Done };
        records.state = match unpacked {
            Ok((input, packing)) => records.begin(origin, form, input, packing),
            Err(error) => State::Failed(Reason::Packed(error)),
        };
        Ok(records)
    }

    /// Bytes read so far, as they lie on the device.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.gauge.bytes()
    }

    fn begin(&self, origin: &Origin, form: Form, mut input: Input, packing: Packing) -> State {
        let mut start = Vec::new();
        if let Err(error) = input.by_ref().take(BEGINNING).read_to_end(&mut start) {
            // The records before it are whole; the error comes behind them.
            input = Box::new(BufReader::new(Failing(Some(error))));
        }
        let form = form.settled(&start);
        let beginning = start.clone();
        let input: Input = Box::new(Cursor::new(start).chain(input));
        let most = self.most_bytes_of_record();
        let table = |separator, input| {
            let rows = Rows::new(input, most, separator)?;
            if rows.header().is_empty() {
                return Ok(State::Done);
            }
            let roles = self.roles_of_table(rows.header())?;
            Ok(State::Rows(Box::new(rows), roles))
        };
        let state = match form {
            Form::Text | Form::Auto => Ok(State::Text(input)),
            Form::Jsonl => Ok(State::Lines(BoundedLines::new(input, most))),
            Form::Json => Ok(State::Values(Values::new(input, most))),
            Form::Csv => table(None, input),
            Form::Tsv => table(Some(b'\t'), input),
            Form::Parquet => self.parquet(origin, input, packing),
            Form::Xml => self.xml(input, &beginning),
            Form::Html => Ok(State::Html(input)),
        };
        state.unwrap_or_else(State::Failed)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, origin: &Origin, input: Input, packing: Packing) -> Result<State, Reason> {
        let file = match origin {
            Origin::Path(path) if packing == Packing::None => File::open(path),
            // It is read from its end.
            _ => spooled(input),
        };
        let file = file.map_err(Reason::Packed)?;
        let most = self.most_bytes_of_record();
        let gauge = Some(self.gauge.clone()).filter(|_| packing == Packing::None);
        let rows = parquet::ParquetRows::new(file, most, gauge)?;
        let roles = self.roles_of_table(&rows.header())?;
        Ok(State::Parquet(Box::new(rows), roles))
    }

    #[cfg(not(feature = "parquet"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn parquet(&self, _: &Origin, _: Input, _: Packing) -> Result<State, Reason> {
        Err(Reason::NoParquet)
    }

    fn xml(&self, input: Input, beginning: &[u8]) -> Result<State, Reason> {
        let (most, limit) = (self.most_bytes_of_record(), self.options.max_bytes);
        if !is_wide(beginning) {
            let records = XmlRecords::new(input, beginning, most, limit);
            return Ok(State::Xml(Box::new(records)));
        }
        let (bytes, start) = narrowed(bounded(input, most)?)?;
        let input: Input = Box::new(Cursor::new(bytes));
        Ok(State::Xml(Box::new(XmlRecords::new(input, &start, most, limit))))
    }

    fn most_bytes_of_record(&self) -> usize {
        self.options.max_bytes.saturating_mul(RECORD_OVER_TEXT).max(LEAST_RECORD)
    }

    fn roles_of_table(&self, header: &[String]) -> Result<Roles, Reason> {
        self.options.columns.check(header)?;
        self.options.columns.roles(&header.iter().map(String::as_str))
    }

    /// The next record of the file; the state is where to go on.
    fn record(&mut self) -> Option<Result<Article, ReadError>> {
        let place = self.place.clone();
        let most = self.most_bytes_of_record();
        let too_large = || Reason::TooLarge { limit: most };
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => None,
            State::Failed(reason) => Some(Err(place.error(reason))),
            State::Text(input) => Some(self.text(input).map_err(|reason| place.error(reason))),
            State::Lines(mut lines) => match lines.next() {
                Ok(None) => None,
                Ok(Some(line)) => {
                    self.state = State::Lines(lines);
                    let place = place.at_line(line.number);
                    let decoded = match line.bytes {
                        None => Err(too_large()),
                        Some(bytes) => decode(bytes, line.offset),
                    };
                    Some(self.json(decoded, line.number, place))
                }
                Err(error) => Some(Err(place.error(Reason::Packed(error)))),
            },
            State::Values(mut values) => match values.next() {
                Ok(None) => None,
                Ok(Some(value)) => {
                    self.state = State::Values(values);
                    let decoded = match value.found {
                        Found::Whole(bytes) => decode(bytes, 0),
                        Found::TooLong => Err(too_large()),
                        Found::CutOff => Err(Reason::CutOff),
                    };
                    Some(self.json(decoded, value.number, place.at_record(value.number)))
                }
                Err(error) => Some(Err(place.error(Reason::Packed(error)))),
            },
            State::Rows(mut rows, roles) => {
                let row = rows.next()?;
                if !row.is_last {
                    self.state = State::Rows(rows, roles.clone());
                }
                let place = place.at_record(row.number);
                Some(match row.fields {
                    Ok((fields, encoding)) => {
                        self.article(fields, roles, encoding, row.number, place)
                    }
                    Err(reason) => Err(place.error(reason)),
                })
            }
            State::Xml(mut records) => {
                let record = records.next()?;
                self.state = State::Xml(records);
                let place = place.at_record(record.number).at_line(record.line);
                let or_id = record.id(&self.stem);
                Some(match record.story {
                    Ok((story, encoding)) => self.story(story, encoding, or_id, place),
                    Err(reason) => Err(place.error(reason)),
                })
            }
            State::Html(input) => Some(match self.page(input) {
                Ok((story, encoding)) => self.story(story, encoding, self.stem.clone(), place),
                Err(reason) => Err(place.error(reason)),
            }),
            #[cfg(feature = "parquet")]
            State::Parquet(mut rows, roles) => {
                let row = rows.next()?;
                self.state = State::Parquet(rows, roles.clone());
                let place = place.at_record(row.number);
                Some(match row.fields {
                    Ok(fields) => self.article(fields, roles, Encoding::Utf8, row.number, place),
                    Err(reason) => Err(place.error(reason)),
                })
            }
        }
    }

    fn text(&self, input: Input) -> Result<Article, Reason> {
        let (text, encoding) = decode_whole(bounded(input, self.options.max_bytes)?)?;
        if text.trim().is_empty() {
            return Err(Reason::EmptyText { column: "text".into() });
        }
        let document = Document::new(&*self.stem, text)?;
        Ok(Article { document, encoding, roles: None })
    }

    /// The article of a page. The whole page may have as many bytes as an article.
    fn page(&self, input: Input) -> Result<(Story, Encoding), Reason> {
        let limit = self.options.max_bytes;
        page(bounded(input, limit)?, limit)
    }

    fn story(
        &self,
        story: Story,
        encoding: Encoding,
        or_id: String,
        place: Place,
    ) -> Result<Article, ReadError> {
        match story.document(or_id, self.options.max_bytes) {
            Ok(document) => Ok(Article { document, encoding, roles: None }),
            Err((id, reason)) => Err(place.in_document(id).error(reason)),
        }
    }

    /// The article of a JSON object.
    fn json(
        &self,
        decoded: Result<(String, Encoding), Reason>,
        number: u64,
        place: Place,
    ) -> Result<Article, ReadError> {
        let (json, encoding) = match decoded {
            Ok(decoded) => decoded,
            Err(reason) => return Err(place.error(reason)),
        };
        let fields: Metadata = match serde_json::from_str(json.trim_start_matches('\u{feff}')) {
            Ok(fields) => fields,
            Err(error) => return Err(place.error(Reason::json(&error))),
        };
        let roles = match self.options.columns.roles(&fields.keys().map(String::as_str)) {
            Ok(roles) => roles,
            Err(reason) => {
                let place = match fields.get("id").and_then(Value::as_str) {
                    Some(id) => place.in_document(id),
                    None => place,
                };
                return Err(place.error(reason));
            }
        };
        self.article(fields, roles, encoding, number, place)
    }

    fn article(
        &self,
        fields: Metadata,
        roles: Roles,
        encoding: Encoding,
        number: u64,
        place: Place,
    ) -> Result<Article, ReadError> {
        let document = roles.document(fields, || format!("{}-{number}", self.stem));
        let document =
            document.map_err(|(id, reason)| place.clone().in_document(id).error(reason))?;
        let limit = self.options.max_bytes;
        if document.text().len() > limit {
            return Err(place.in_document(document.id()).error(Reason::TooLarge { limit }));
        }
        Ok(Article { document, encoding, roles: Some(roles) })
    }
}

impl Iterator for Records {
    type Item = Result<Article, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.record()?;
        Some(record.map_err(|error| {
            let is_device = matches!(*error.reason, Reason::Packed(_)) && self.gauge.has_failed();
            if is_device { Trouble::Device(error) } else { Trouble::Record(error) }
        }))
    }
}

/// The articles of XML that is in memory, none longer than `limit` bytes.
pub(super) fn news(bytes: Vec<u8>, limit: usize) -> Result<XmlRecords<Cursor<Vec<u8>>>, Reason> {
    let (bytes, start) = narrowed(bytes)?;
    Ok(XmlRecords::new(Cursor::new(bytes), &start, limit, limit))
}

/// XML that is read byte by byte, and the beginning in which it may declare what it
/// is in: the tags of UTF-16 are none byte by byte, and what it declares no longer
/// holds.
fn narrowed(bytes: Vec<u8>) -> Result<(Vec<u8>, Vec<u8>), Reason> {
    if is_wide(&bytes) {
        return Ok((decode_whole(bytes)?.0.into_bytes(), Vec::new()));
    }
    let start = beginning(&bytes).to_vec();
    Ok((bytes, start))
}

/// Whether a file that is called XML is a page.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    Form::Xml.settled(beginning(bytes)) == Form::Html
}

/// What is looked at of a file.
fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(BEGINNING as usize)]
}

/// The article of a page, of no more than `limit` bytes, and the encoding that it
/// was in.
pub(super) fn page(bytes: Vec<u8>, limit: usize) -> Result<(Story, Encoding), Reason> {
    let (html, encoding) = match declared::in_force(&bytes, declared::of_html) {
        Some(declared) => {
            let (html, encoding) = declared::decode(&bytes, Some(declared), 0)?;
            (html.into_owned(), encoding)
        }
        None => decode_whole(bytes)?,
    };
    Ok((html::story(&html, limit)?, encoding))
}

/// Whether a file begins as UTF-16 does.
fn is_wide(start: &[u8]) -> bool {
    matches!(start, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// All of an input, if it has no more than `limit` bytes.
fn bounded(input: Input, limit: usize) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    let most = (limit as u64).saturating_add(1);
    input.take(most).read_to_end(&mut bytes).map_err(Reason::Packed)?;
    if bytes.len() > limit { Err(Reason::TooLarge { limit }) } else { Ok(bytes) }
}

/// A reader that fails with an error that was met before.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// A copy of an input that can be read from its end.
#[cfg(feature = "parquet")]
fn spooled(mut input: Input) -> io::Result<File> {
    use std::io::Seek as _;

    let mut file = tempfile::tempfile()?;
    io::copy(&mut input, &mut file)?;
    file.rewind()?;
    Ok(file)
}

#[cfg(test)]
mod tests;
