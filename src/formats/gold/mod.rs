//! Gold documents on disk: one JSON object a file, with the text, its
//! entities, and its quotations as people labelled them.
//!
//! `id`, `text`, `entities` (`id`, `name`, `type`), `quotes` (`span` as
//! `[start, end]`, `kind`, `speaker`: the identifier of an entity or `null`,
//! `mention` and `cue`: spans or `null`, `unclosed`) and `not_quotes`
//! (`span`). Offsets are code points, half-open. `title` may be given where
//! the text's first paragraph does not show it; every other field at the top
//! is the document's metadata.
//!
//! Labels of texts that may not be passed on are kept **without their text**:
//! `sha256` and `length` of the text stand in its place, and whoever has the
//! texts gives them as [`Texts`] ([`write_without_text`]).
//!
//! Labels of other forms are read as gold documents too ([`read`]): brat's,
//! CSV, and the XML of quoteannotator.

mod files;
mod record;

pub use files::{are_labels, read, read_each};

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize as _;
use serde_json::ser::PrettyFormatter;

use record::{Entity, FIELDS, NotQuote, Quote, Range, Record};

use super::align::Alignment;
use super::decode;
use super::documents::with_own_title;
use super::error::{Fault, Place, ReadError, Reason};
use super::texts::{Texts, sha256};
use crate::annotated::Annotated;
use crate::attribution::{NotQuotation, Quotation};
use crate::sources::{Gender, Mention, MentionKind, Source};
use crate::text::{CodePoints, Document, Metadata, Span};

/// Reads a gold document from its JSON; `place` is where messages say it is.
/// If the JSON has no text, it is one of `texts`.
///
/// # Errors
///
/// Bad JSON; no text; a span that does not fit the text; an unknown kind, type
/// or entity; two entities with one identifier.
pub fn parse(json: &str, place: Place, texts: &Texts) -> Result<Annotated, ReadError> {
    let record: Record = match serde_json::from_str(json) {
        Ok(record) => record,
        Err(error) => return Err(place.at_line(error.line() as u64).error(Reason::json(&error))),
    };
    let place = place.in_document(&*record.id);
    let document = match (record.text, record.sha256) {
        (Some(text), _) => with_own_title(record.id, &record.title.unwrap_or_default(), text),
        (None, Some(sum)) => texts.of_sum(&record.id, &sum, record.length.unwrap_or_default()),
        (None, None) => Err(Reason::NoField { field: "text" }),
    };
    let document = match document {
        Ok(document) => document.with_metadata(record.metadata),
        Err(reason) => return Err(place.error(reason)),
    };
    annotated(document, &record.entities, record.quotes, &record.not_quotes)
        .map_err(|fault| place.fault(fault))
}

fn annotated(
    document: Document,
    entities: &[Entity],
    quotes: Vec<Quote>,
    not_quotes: &[NotQuote],
) -> Result<Annotated, Fault> {
    let alignment = Alignment::new(document.text());
    let (mut sources, ids) = sources(entities)?;
    // Faults count the quotes as the file has them; identifiers, as the text.
    let mut quotes: Vec<_> = (1..).zip(quotes).collect();
    quotes.sort_by_key(|(_, quote)| (quote.span.0, Reverse(quote.span.1)));
    let mut quotations = Vec::with_capacity(quotes.len());
    for (number, quote) in quotes {
        let id = format!("q{}", quotations.len() + 1);
        let part = format!("quote {number}");
        quotations.push(quotation(id, &part, &quote, &alignment, (&sources, &ids))?);
    }
    for (index, source) in sources.iter_mut().enumerate() {
        let of_source = |q: &&Quotation| q.source.is_some_and(|source| source.0 == index);
        let mentions = quotations.iter().filter(of_source).filter_map(|q| q.mention);
        source.mentions = mentions.collect::<BTreeSet<_>>().into_iter().collect();
    }
    let mut not_quotations = Vec::with_capacity(not_quotes.len());
    for (n, not) in not_quotes.iter().enumerate() {
        let fault = Fault::of(format!("not_quote {}", n + 1));
        let span = alignment.span(not.span.0, not.span.1).map_err(fault)?;
        let reason = not.reason.clone().map(Into::into);
        not_quotations.push(NotQuotation { span, reason, rule: None });
    }
    not_quotations.sort_by_key(|not| (not.span.start(), Reverse(not.span.end())));
    Ok(Annotated { sources, quotations, not_quotations, ..Annotated::bare(document) })
}

fn sources(entities: &[Entity]) -> Result<(Vec<Source>, decode::SourceIds), Fault> {
    let mut ids = decode::SourceIds::new();
    let mut found = Vec::with_capacity(entities.len());
    for entity in entities {
        let fault = || Fault::of(format!("entity {}", entity.id));
        let index = crate::sources::SourceIndex(found.len());
        decode::insert(&mut ids, "entity", &entity.id, index)?;
        found.push(Source {
            id: entity.id.clone(),
            name: entity.name.clone(),
            kind: decode::source_kind(&entity.kind).map_err(fault())?,
            affiliation: None,
            gender: Gender::Unknown,
            gender_from: None,
            mentions: Vec::new(),
        });
    }
    Ok((found, ids))
}

fn quotation(
    id: String,
    part: &str,
    quote: &Quote,
    alignment: &Alignment<'_>,
    (sources, ids): (&[Source], &decode::SourceIds),
) -> Result<Quotation, Fault> {
    let span = |span: Range, part: String| alignment.span(span.0, span.1).map_err(Fault::of(part));
    let source = quote.speaker.as_deref().map(|id| decode::source(ids, id));
    let source = source.transpose().map_err(Fault::of(part))?;
    let name = source.map_or("", |index| &sources[index.0].name);
    let mention = quote.mention.map(|at| span(at, format!("mention of {part}"))).transpose()?;
    let mention_kind = |span: Span| MentionKind::guess(span.of_text(alignment.text()), name);
    Ok(Quotation {
        id,
        span: span(quote.span, part.to_owned())?,
        kind: decode::kind(&quote.kind).map_err(Fault::of(part))?,
        cue: quote.cue.map(|at| span(at, format!("cue of {part}"))).transpose()?,
        source,
        mention: mention.map(|span| Mention { span, kind: mention_kind(span) }),
        rule: None,
        confidence: None,
        parent: None,
        continues: None,
        unclosed: quote.unclosed,
        stance: None,
        modality: None,
        medium: None,
    })
}

/// Writes a gold document, indented, as [`parse`] reads it. What the gold form
/// has no place for (named entities, rules, confidence, warnings, metadata
/// that is called as a field of the form) is left out.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(out: impl Write, annotated: &Annotated) -> io::Result<()> {
    let document = &annotated.document;
    let metadata = document.metadata().iter().filter(|(key, _)| !FIELDS.contains(&key.as_str()));
    let metadata = metadata.map(|(key, value)| (key.clone(), value.clone())).collect();
    let (title, text) = (title_apart(document), Some(document.text().to_owned()));
    write_record(out, &Record { metadata, title, text, ..record(annotated) })
}

/// Writes a gold document without its text, as [`parse`] reads it where the
/// text is given. Of the metadata only what says where the text is from is
/// kept, since the rest may hold parts of it: `outlet` (or `source`), `date`,
/// and `address` (or `url`).
///
/// The names of entities are written. They are facts and no part of the text,
/// as long as nobody labels a whole sentence as a name.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_without_text(out: impl Write, annotated: &Annotated) -> io::Result<()> {
    let document = &annotated.document;
    let mut metadata = Metadata::new();
    for (kept, alias) in [("outlet", "source"), ("date", "date"), ("address", "url")] {
        let own = document.metadata();
        if let Some(value) = own.get(kept).or_else(|| own.get(alias)) {
            metadata.insert(kept.to_owned(), value.clone());
        }
    }
    let (sha256, length) = (sha256(document.text()), CodePoints::new(document.text()).len());
    let (sha256, length) = (Some(sha256), Some(length));
    write_record(out, &Record { metadata, sha256, length, ..record(annotated) })
}

fn write_record(mut out: impl Write, record: &Record) -> io::Result<()> {
    let formatter = PrettyFormatter::with_indent(b" ");
    let mut json = serde_json::Serializer::with_formatter(&mut out, formatter);
    record.serialize(&mut json)?;
    out.write_all(b"\n")
}

/// The title, where the text's first paragraph does not show it.
fn title_apart(document: &Document) -> Option<String> {
    let shown = Document::new("", document.text()).ok().and_then(|shown| shown.title());
    let title = document.title().filter(|_| document.title() != shown);
    title.map(|title| document.slice(title).to_owned())
}

/// The labels, without text and metadata.
fn record(annotated: &Annotated) -> Record {
    let document = &annotated.document;
    let points = CodePoints::new(document.text());
    let quote = |quotation: &Quotation| Quote {
        span: points.points(quotation.span),
        kind: quotation.kind.name().into(),
        speaker: quotation.source.map(|index| annotated.source(index).id.clone()),
        mention: quotation.mention.map(|mention| points.points(mention.span)),
        cue: quotation.cue.map(|cue| points.points(cue)),
        unclosed: quotation.unclosed,
    };
    let entity = |source: &Source| Entity {
        id: source.id.clone(),
        name: source.name.clone(),
        kind: source.kind.name().into(),
    };
    let not_quote = |not: &NotQuotation| NotQuote {
        span: points.points(not.span),
        reason: not.reason.as_ref().map(ToString::to_string),
    };
    Record {
        id: document.id().to_owned(),
        metadata: Metadata::new(),
        title: None,
        text: None,
        sha256: None,
        length: None,
        entities: annotated.sources.iter().map(entity).collect(),
        quotes: annotated.quotations.iter().map(quote).collect(),
        not_quotes: annotated.not_quotations.iter().map(not_quote).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{
 "id": "d",
 "krant": "De Polderbode",
 "text": "Brug blijft dicht\n\n„Één ding”, zei Noor Bakker. 😀 Zij bleef.",
 "entities": [
  {
   "id": "e1",
   "name": "Noor Bakker",
   "type": "person"
  }
 ],
 "quotes": [
  {
   "span": [
    19,
    29
   ],
   "kind": "direct",
   "speaker": "e1",
   "mention": [
    35,
    46
   ],
   "cue": [
    31,
    34
   ]
  },
  {
   "span": [
    50,
    53
   ],
   "kind": "mixed",
   "speaker": null,
   "mention": null,
   "cue": null,
   "unclosed": true
  }
 ],
 "not_quotes": [
  {
   "span": [
    20,
    23
   ]
  }
 ]
}
"#;

    fn read(json: &str) -> Result<Annotated, ReadError> {
        parse(json, Place::named("d.json"), &Texts::default())
    }

    fn refused(from: &str, to: &str) -> String {
        let changed = GOLD.replacen(from, to, 1);
        assert_ne!(changed, GOLD);
        read(&changed).unwrap_err().to_string()
    }

    #[test]
    fn spans_are_code_points() {
        let gold = read(GOLD).unwrap();
        let quotation = &gold.quotations[0];
        let slice = |span: Span| gold.document.slice(span);
        assert_eq!(slice(quotation.span), "„Één ding”");
        assert_eq!(quotation.cue.map(slice), Some("zei"));
        let mention = quotation.mention.unwrap();
        assert_eq!((slice(mention.span), mention.kind), ("Noor Bakker", MentionKind::Name));
        assert_eq!(gold.source(quotation.source.unwrap()).mentions, [mention]);
        assert_eq!(slice(gold.quotations[1].span), "Zij");
        assert!(gold.quotations[1].unclosed && gold.quotations[1].source.is_none());
        assert_eq!(slice(gold.not_quotations[0].span), "Één");
        assert_eq!(gold.document.metadata()["krant"], "De Polderbode");
        assert_eq!(gold.document.title().map(slice), Some("Brug blijft dicht"));
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        let gold = read(GOLD).unwrap();
        let mut written = Vec::new();
        write(&mut written, &gold).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), GOLD);
    }

    #[test]
    fn a_length_of_another_type_is_no_field_of_the_labels() {
        let changed =
            GOLD.replace("\"De Polderbode\",", "\"x\", \"length\": \"9 woorden\", \"sha256\": 7,");
        assert_eq!(read(&changed).unwrap().quotations, read(GOLD).unwrap().quotations);
    }

    #[test]
    fn a_title_that_the_text_does_not_show_is_kept() {
        let document = Document::with_title("d", "Dicht.", "Tekst.").unwrap();
        let gold = Annotated::bare(document);
        let mut written = Vec::new();
        write(&mut written, &gold).unwrap();
        let back = read(std::str::from_utf8(&written).unwrap()).unwrap();
        assert_eq!(back, gold);
    }

    #[test]
    fn faults_name_the_document_and_the_part() {
        let of_quote = "d.json, document d, quote 1: ";
        assert_eq!(
            refused("29", "99"),
            format!("{of_quote}19..99 reaches beyond the text of 60 code points")
        );
        assert_eq!(refused("29", "9"), format!("{of_quote}19..9 is reversed"));
        assert!(refused("direct", "loud").starts_with(&format!("{of_quote}unknown kind \"loud\"")));
        let said = refused("\"speaker\": \"e1\"", "\"speaker\": \"e2\"");
        assert_eq!(said, format!("{of_quote}there is no entity \"e2\""));
        assert!(
            refused("person", "robot").contains("document d, entity e1: unknown type \"robot\"")
        );
        assert!(refused("46", "460").contains("document d, mention of quote 1: 35..460 reaches"));
        assert!(refused("34\n", "31\n").contains("document d, cue of quote 1: 31..31 is empty"));
        assert!(refused("23", "230").contains("document d, not_quote 1: 20..230 reaches"));
    }

    #[test]
    fn a_quote_without_speaker_has_to_say_so() {
        let said = refused("   \"speaker\": \"e1\",\n", "");
        assert_eq!(said, "d.json, line 27: bad JSON at column 3: missing field `speaker`");
    }

    #[test]
    fn labels_are_kept_without_the_text_and_joined_with_it() {
        let gold = read(GOLD).unwrap();
        let mut written = Vec::new();
        write_without_text(&mut written, &gold).unwrap();
        let written = String::from_utf8(written).unwrap();
        for words in ["ding", "blijft", "Zij", "Polderbode"] {
            assert!(!written.contains(words), "{words} in {written}");
        }
        assert!(written.contains("Noor Bakker") && written.contains("\"length\": 60"));
        assert!(matches!(*read(&written).unwrap_err().reason, Reason::TextMissing));
        let mut texts = Texts::default();
        texts.add(Document::new("anders", format!("{}\n", gold.document.text())).unwrap());
        let joined = parse(&written, Place::default(), &texts).unwrap();
        assert_eq!(joined.document.text(), gold.document.text());
        assert_eq!(joined.quotations, gold.quotations);
        assert_eq!(joined.sources, gold.sources);
        assert!(joined.document.metadata().is_empty(), "{:?}", joined.document.metadata());
    }

    #[test]
    fn where_a_text_is_from_is_kept() {
        let gold = GOLD.replace(
            "\"krant\": \"De Polderbode\"",
            "\"source\": \"polder\", \"date\": \"2024-05-01\", \"samenvatting\": \"Brug dicht.\"",
        );
        let mut written = Vec::new();
        write_without_text(&mut written, &read(&gold).unwrap()).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(written.contains("\"outlet\": \"polder\"") && written.contains("2024-05-01"));
        assert!(!written.contains("samenvatting"));
    }

    #[test]
    fn labels_with_neither_text_nor_sum_are_refused() {
        let said = read(r#"{"id": "d", "entities": [], "quotes": []}"#).unwrap_err().to_string();
        assert_eq!(said, "d.json, document d: the record has no `text`");
    }
}
