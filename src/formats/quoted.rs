//! Reads from JSON lines what can be counted without the texts: who is quoted,
//! how, and in which words. Offsets are left as they are, in **code points**;
//! whoever needs them on a text reads the lines with [`system`](super::system).

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use super::error::{Fault, Place, ReadError, Reason};
use super::lines::Lines;
use super::texts::Texts;
use super::{decode, wire};
use crate::attribution::Kind;
use crate::lexicon::Stance;
use crate::sources::{Gender, SourceKind};
use crate::text::{CodePoints, Metadata};

/// How many code points of the text stand beside a quotation.
const CONTEXT: u32 = 90;

/// A document and what is quoted in it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotedDocument {
    /// Its identifier.
    pub id: String,
    /// Its title, if it is known.
    pub title: Option<String>,
    /// What the input record had besides its text.
    pub metadata: Metadata,
    /// Its quotations, in their order.
    pub quotations: Vec<Quoted>,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Its words.
    pub words: String,
    /// What stands before and after it, where the text is known.
    pub context: Option<(String, String)>,
    /// How it stands in the text.
    pub kind: Kind,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The words of its cue.
    pub cue: Option<String>,
    /// Attitude of the reporting verb.
    pub stance: Option<Stance>,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest form of the name in the document.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Whom a spokesperson speaks for.
    pub affiliation: Option<String>,
    /// Gender of a person, as far as the words show it.
    pub gender: Gender,
}

/// The documents of one input, one after the other.
///
/// A record that cannot be read is an error, and the records after it still
/// come.
#[derive(Debug)]
pub struct QuotedDocuments<'t, R> {
    lines: Lines<R>,
    texts: &'t Texts,
    seen: HashSet<String>,
}

impl<'t, R: BufRead> QuotedDocuments<'t, R> {
    /// The documents of `input`, which messages call `name`. `texts` are those
    /// of records without their own; they may be missing.
    pub fn new(input: R, name: impl Into<String>, texts: &'t Texts) -> Self {
        let lines = Lines::new(input, Place::named(name));
        Self { lines, texts, seen: HashSet::new() }
    }

    fn record(&mut self, line: &str) -> Result<QuotedDocument, ReadError> {
        let place = self.lines.place();
        let record: wire::Document<'_> = match serde_json::from_str(line) {
            Ok(record) => record,
            Err(error) => return Err(place.error(Reason::json(&error))),
        };
        let id = record.id.to_string();
        let place = place.in_document(&*id);
        if !self.seen.insert(id.clone()) {
            return Err(place.error(Reason::Duplicate { what: "document", id }));
        }
        let given = match self.texts.of_id(&id) {
            Ok(given) => given,
            Err(reason) => return Err(place.error(reason)),
        };
        let text = record.text.as_deref().or(given.map(crate::text::Document::text));
        let text = text.map(|text| (text, CodePoints::new(text)));
        document(&record, text.as_ref()).map_err(|fault| place.fault(fault))
    }
}

impl<R: BufRead> Iterator for QuotedDocuments<'_, R> {
    type Item = Result<QuotedDocument, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        Some(line.and_then(|line| self.record(&line)))
    }
}

type Text<'a> = (&'a str, CodePoints);

fn document(record: &wire::Document<'_>, text: Option<&Text<'_>>) -> Result<QuotedDocument, Fault> {
    let entities: HashMap<&str, &wire::Entity<'_>> =
        record.entities.iter().map(|entity| (&*entity.id, entity)).collect();
    let mut quotations = Vec::with_capacity(record.quotes.len());
    for (n, quote) in record.quotes.iter().enumerate() {
        let name = quote.id.as_deref().map_or_else(|| format!("q{}", n + 1), str::to_owned);
        let fault = Fault::of(format!("quote {name}"));
        quotations.push(quoted(quote, &entities, text).map_err(fault)?);
    }
    Ok(QuotedDocument {
        id: record.id.to_string(),
        title: record.title.as_deref().map(str::to_owned),
        metadata: record.metadata.clone().into_owned(),
        quotations,
    })
}

fn quoted(
    quote: &wire::Quote<'_>,
    entities: &HashMap<&str, &wire::Entity<'_>>,
    text: Option<&Text<'_>>,
) -> Result<Quoted, Reason> {
    let wire::Words { start, end, text: stated } = &quote.words;
    let between = |from, to| {
        text.and_then(|(text, points)| Some(points.span(from, to)?.of_text(text).to_owned()))
    };
    let words = between(*start, *end).or_else(|| stated.as_deref().map(str::to_owned));
    let words = words.ok_or(Reason::NoField { field: "text" })?;
    if let Some(stated) = stated
        && **stated != words
    {
        let (start, end, stated) = (*start, *end, stated.to_string());
        return Err(Reason::OtherWords { start, end, found: words, stated });
    }
    let context = text.and_then(|(_, points)| {
        let before = between(start.saturating_sub(CONTEXT), *start)?;
        let after = between(*end, end.saturating_add(CONTEXT).min(points.len()))?;
        Some((before, after))
    });
    let stance = quote.stance.as_deref().map(decode::stance).transpose()?;
    Ok(Quoted {
        words,
        context,
        kind: decode::kind(&quote.kind)?,
        speaker: quote.speaker.as_ref().map(|who| speaker(who, entities)).transpose()?,
        cue: quote.cue.as_ref().and_then(|cue| {
            cue.text.as_deref().map(str::to_owned).or_else(|| between(cue.start, cue.end))
        }),
        stance,
    })
}

/// The speaker, as its entity has it; what the quotation repeats of it serves
/// where there is no entity.
fn speaker(
    speaker: &wire::Speaker<'_>,
    entities: &HashMap<&str, &wire::Entity<'_>>,
) -> Result<Speaker, Reason> {
    let entity = entities.get(&*speaker.entity);
    let name = entity.map(|entity| &entity.name).or(speaker.name.as_ref());
    let kind = entity.map(|entity| &entity.kind).or(speaker.kind.as_ref());
    let (Some(name), Some(kind)) = (name, kind) else {
        return Err(Reason::UnknownId { what: "entity", id: speaker.entity.to_string() });
    };
    let gender = entity.and_then(|entity| entity.gender.as_deref());
    Ok(Speaker {
        name: name.to_string(),
        kind: decode::source_kind(kind)?,
        affiliation: entity.and_then(|entity| entity.affiliation.as_deref()).map(str::to_owned),
        gender: gender.map_or(Ok(Gender::Unknown), decode::gender)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    const LINE: &str = r#"{"id":"d","title":"Kop","metadata":{"krant":"De Bode"},"quotes":[
        {"id":"q1","start":5,"end":10,"text":"„Nee”","kind":"direct",
         "speaker":{"entity":"s1","name":"Noor","type":"person","mention":null},
         "cue":{"start":12,"end":15,"text":"zei"},"stance":"deny"},
        {"id":"q2","start":12,"end":15,"text":"zei","kind":"indirect","speaker":null,"cue":null}],
        "entities":[{"id":"s1","name":"Noor Bakker","type":"person","affiliation":"de VVX",
         "gender":"female","mentions":[]}]}"#;

    fn read(line: &str, texts: &Texts) -> Result<QuotedDocument, String> {
        let line = line.replace('\n', " ");
        let mut all = QuotedDocuments::new(line.as_bytes(), "in", texts);
        all.next().unwrap().map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_counted_needs_no_text() {
        let document = read(LINE, &Texts::default()).unwrap();
        assert_eq!((&*document.id, document.title.as_deref()), ("d", Some("Kop")));
        let [first, second] = &document.quotations[..] else { panic!("two") };
        let speaker = first.speaker.as_ref().unwrap();
        assert_eq!((&*speaker.name, speaker.gender), ("Noor Bakker", Gender::Female));
        assert_eq!(speaker.affiliation.as_deref(), Some("de VVX"));
        assert_eq!((first.cue.as_deref(), first.stance), (Some("zei"), Some(Stance::Deny)));
        assert_eq!((&first.context, &second.speaker), (&None, &None));
    }

    #[test]
    fn a_text_gives_the_words_around() {
        let mut texts = Texts::default();
        texts.add(Document::new("d", "Kop\n\n„Nee”, zei Noor.").unwrap());
        let document = read(LINE, &texts).unwrap();
        let context = document.quotations[0].context.clone().unwrap();
        assert_eq!(context, ("Kop\n\n".into(), ", zei Noor.".into()));
    }

    #[test]
    fn a_text_that_is_another_is_refused() {
        let mut texts = Texts::default();
        texts.add(Document::new("d", "Kop\n\nHeel andere woorden").unwrap());
        let said = read(LINE, &texts).unwrap_err();
        assert!(said.starts_with("in, line 1, document d, quote q1: 5..10 is"), "{said}");
    }

    #[test]
    fn a_speaker_has_to_be_known() {
        let line = LINE.replace(r#""entity":"s1","name":"Noor","#, r#""entity":"s9","#);
        let said = read(&line, &Texts::default()).unwrap_err();
        assert!(said.ends_with("there is no entity \"s9\""), "{said}");
    }
}
