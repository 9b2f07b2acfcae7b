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
//! Files of other programs are read as gold documents where they are named
//! themselves: `.xml` and `.xml.gz` as quoteannotator writes it, in which the
//! Dutch novels of `OpenBoek` are labelled. There the text is set as prose from
//! the file's tokens, every quotation is direct, and paragraphs are known only
//! where a label stands; nothing is known of cues and types of sources.

mod record;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize as _;
use serde_json::ser::PrettyFormatter;

use record::{Entity, FIELDS, NotQuote, Quote, Range, Record};

use super::align::Alignment;
use super::decode;
use super::documents::with_own_title;
use super::error::{Fault, Place, ReadError, Reason};
use super::{inputs, lines, quoteannotator};
use crate::annotated::Annotated;
use crate::attribution::{NotQuotation, Quotation};
use crate::sources::{Gender, Mention, MentionKind, Source};
use crate::text::{CodePoints, Document, Span};

/// Reads one gold document (JSON; XML of quoteannotator), or every `.json` file below a folder, in the order
/// of their paths.
///
/// # Errors
///
/// Every document that cannot be read, if there is one; a folder without gold
/// documents; an identifier that two documents have.
pub fn read(path: &Path) -> Result<Vec<Annotated>, Vec<ReadError>> {
    let (files, mut errors) = files(path);
    let mut found = Vec::with_capacity(files.len());
    let mut ids = HashSet::new();
    for file in files {
        match read_one(&file) {
            Ok(annotated) => {
                let id = annotated.document.id().to_owned();
                if !ids.insert(id.clone()) {
                    let reason = Reason::Duplicate { what: "document", id };
                    errors.push(Place::file(&file).error(reason));
                }
                found.push(annotated);
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

fn files(path: &Path) -> (Vec<PathBuf>, Vec<ReadError>) {
    let mut errors = Vec::new();
    match fs::metadata(path) {
        Err(error) => errors.push(Place::file(path).error(Reason::io(error))),
        Ok(metadata) if !metadata.is_dir() => return (vec![path.to_owned()], errors),
        Ok(_) => {}
    }
    if !errors.is_empty() {
        return (Vec::new(), errors);
    }
    let is_json = |file: &Path| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let found = inputs::below(path, is_json, &mut errors);
    if found.is_empty() && errors.is_empty() {
        errors.push(Place::file(path).error(Reason::NothingInFolder { wanted: ".json" }));
    }
    (found.into_iter().map(|(file, _)| file).collect(), errors)
}

fn read_one(path: &Path) -> Result<Annotated, ReadError> {
    if let Some(id) = quoteannotator::stem(path) {
        return quoteannotator::read(path, id);
    }
    let place = Place::file(path);
    let (text, _) = lines::whole(inputs::open(path)?, &place)?;
    parse(&text, place)
}

/// Reads a gold document from its JSON; `place` is where messages say it is.
///
/// # Errors
///
/// Bad JSON; a span that does not fit the text; an unknown kind, type or
/// entity; two entities with one identifier.
pub fn parse(json: &str, place: Place) -> Result<Annotated, ReadError> {
    let record: Record = match serde_json::from_str(json) {
        Ok(record) => record,
        Err(error) => return Err(place.at_line(error.line() as u64).error(Reason::json(&error))),
    };
    let place = place.in_document(&*record.id);
    let title = record.title.unwrap_or_default();
    let document = match with_own_title(record.id, &title, record.text) {
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
pub fn write(mut out: impl Write, annotated: &Annotated) -> io::Result<()> {
    let formatter = PrettyFormatter::with_indent(b" ");
    let mut json = serde_json::Serializer::with_formatter(&mut out, formatter);
    record(annotated).serialize(&mut json)?;
    out.write_all(b"\n")
}

/// The title, where the text's first paragraph does not show it.
fn title_apart(document: &Document) -> Option<String> {
    let shown = Document::new("", document.text()).ok().and_then(|shown| shown.title());
    let title = document.title().filter(|_| document.title() != shown);
    title.map(|title| document.slice(title).to_owned())
}

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
    let metadata = document.metadata().iter().filter(|(key, _)| !FIELDS.contains(&key.as_str()));
    Record {
        id: document.id().to_owned(),
        metadata: metadata.map(|(key, value)| (key.clone(), value.clone())).collect(),
        title: title_apart(document),
        text: document.text().to_owned(),
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

    fn refused(from: &str, to: &str) -> String {
        let changed = GOLD.replacen(from, to, 1);
        assert_ne!(changed, GOLD);
        parse(&changed, Place::named("d.json")).unwrap_err().to_string()
    }

    #[test]
    fn spans_are_code_points() {
        let gold = parse(GOLD, Place::default()).unwrap();
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
        let gold = parse(GOLD, Place::default()).unwrap();
        let mut written = Vec::new();
        write(&mut written, &gold).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), GOLD);
    }

    #[test]
    fn a_title_that_the_text_does_not_show_is_kept() {
        let document = Document::with_title("d", "Dicht.", "Tekst.").unwrap();
        let gold = Annotated::bare(document);
        let mut written = Vec::new();
        write(&mut written, &gold).unwrap();
        let read = parse(std::str::from_utf8(&written).unwrap(), Place::default()).unwrap();
        assert_eq!(read, gold);
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
    fn a_folder_is_read_whole_or_every_fault_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        assert!(matches!(
            *read(folder.path()).unwrap_err()[0].reason,
            Reason::NothingInFolder { .. }
        ));
        file("b.json", GOLD);
        file("a.json", &GOLD.replacen("\"d\"", "\"c\"", 1));
        let ids: Vec<_> =
            read(folder.path()).unwrap().iter().map(|g| g.document.id().to_owned()).collect();
        assert_eq!(ids, ["c", "d"]);
        file("c.json", GOLD);
        file("d.json", "{");
        let errors = read(folder.path()).unwrap_err();
        assert!(errors[0].to_string().ends_with("c.json: a second document \"d\""));
        assert!(matches!(*errors[1].reason, Reason::Json { .. }));
        assert_eq!(errors.len(), 2);
    }
}
