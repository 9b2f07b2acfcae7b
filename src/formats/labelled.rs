//! A document being put together from labels that come one by one, a row or an
//! annotation each, with the line that each stands on. The readers of brat and
//! of CSV make their documents with it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::error::{Fault, Reason};
use crate::annotated::Annotated;
use crate::attribution::{Kind, NotQuotation, Quotation};
use crate::sources::{Gender, Mention, MentionKind, Source, SourceIndex, SourceKind};
use crate::text::{Document, Span};

/// The labels of one document so far.
#[derive(Debug, Default)]
pub(super) struct Labelled {
    sources: Vec<Source>,
    quotations: Vec<Label>,
    not_quotations: Vec<NotQuotation>,
}

/// A labelled quotation, whose references are still identifiers.
#[derive(Debug)]
pub(super) struct Label {
    /// Without `parent` and `continues`; without identifier if it has none.
    pub(super) quotation: Quotation,
    pub(super) parent: Option<String>,
    pub(super) continues: Option<String>,
    /// The line that it stands on, from 1.
    pub(super) line: u64,
}

/// A fault and the line that it is on.
pub(super) type FaultAt = (u64, Fault);

impl Labelled {
    /// Adds a source.
    pub(super) fn add_source(&mut self, source: Source) -> SourceIndex {
        self.sources.push(source);
        SourceIndex(self.sources.len() - 1)
    }

    /// The source at `index`.
    pub(super) fn source(&self, index: SourceIndex) -> &Source {
        &self.sources[index.0]
    }

    /// A mention of these words as one of the source at `index`, or of one that
    /// the text does not tell.
    pub(super) fn mention(&self, span: Span, words: &str, index: Option<SourceIndex>) -> Mention {
        let name = index.map_or("", |index| &self.source(index).name);
        Mention { span, kind: MentionKind::guess(words, name) }
    }

    /// Adds a quotation.
    pub(super) fn add(&mut self, label: Label) {
        self.quotations.push(label);
    }

    /// Adds a span that is no quotation.
    pub(super) fn add_none(&mut self, not: NotQuotation) {
        self.not_quotations.push(not);
    }

    /// The annotated document: quotations in order of their start, outer before
    /// inner, with identifiers; each source with the mentions by which a
    /// quotation names it.
    pub(super) fn annotated(mut self, document: Document) -> Result<Annotated, FaultAt> {
        self.quotations.sort_by_key(|label| {
            let span = label.quotation.span;
            (span.start(), Reverse(span.end()))
        });
        let mut ids = HashMap::new();
        for (n, label) in self.quotations.iter_mut().enumerate() {
            if label.quotation.id.is_empty() {
                label.quotation.id = format!("q{}", n + 1);
            }
            let id = label.quotation.id.clone();
            if ids.insert(id.clone(), n).is_some() {
                return Err((label.line, Reason::Duplicate { what: "quotation", id }.into()));
            }
        }
        let mut quotations = Vec::with_capacity(self.quotations.len());
        for Label { mut quotation, parent, continues, line } in self.quotations {
            let index = |id: Option<String>| {
                let index = id.map(|id| {
                    let found = ids.get(&id).copied();
                    found.ok_or((line, Reason::UnknownId { what: "quotation", id }.into()))
                });
                index.transpose()
            };
            quotation.parent = index(parent)?;
            quotation.continues = index(continues)?;
            quotations.push(quotation);
        }
        let sources = in_order(self.sources, &mut quotations);
        self.not_quotations.sort_by_key(|not| (not.span.start(), Reverse(not.span.end())));
        let not_quotations = self.not_quotations;
        Ok(Annotated { sources, quotations, not_quotations, ..Annotated::bare(document) })
    }
}

/// The sources in the order in which quotations have them, each with the
/// mentions by which a quotation names it.
fn in_order(sources: Vec<Source>, quotations: &mut [Quotation]) -> Vec<Source> {
    let mut places: Vec<Option<usize>> = vec![None; sources.len()];
    let mut next = 0;
    for SourceIndex(source) in quotations.iter().filter_map(|quotation| quotation.source) {
        places[source].get_or_insert_with(|| {
            next += 1;
            next - 1
        });
    }
    // Those that no quotation has come last.
    let mut all: Vec<(usize, Source)> =
        places.iter().map(|place| place.unwrap_or(usize::MAX)).zip(sources).collect();
    all.sort_by_key(|(place, _)| *place);
    let mut sources: Vec<Source> = all.into_iter().map(|(_, source)| source).collect();
    for quotation in quotations {
        let place = quotation.source.and_then(|SourceIndex(source)| places[source]);
        quotation.source = place.map(SourceIndex);
        if let (Some(place), Some(mention)) = (place, quotation.mention) {
            sources[place].mentions.push(mention);
        }
    }
    for source in &mut sources {
        source.mentions.sort_unstable();
        source.mentions.dedup();
    }
    sources
}

/// A source of that name, of which no more is known. Without a type, whose name
/// is a proper one is a person, and any other unnamed.
pub(super) fn source(id: &str, name: &str, kind: Option<SourceKind>) -> Source {
    let guess = || match MentionKind::guess(name, name) {
        MentionKind::Name => SourceKind::Person,
        MentionKind::Pronoun | MentionKind::Description => SourceKind::Unnamed,
    };
    Source {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: kind.unwrap_or_else(guess),
        affiliation: None,
        gender: Gender::Unknown,
        gender_from: None,
        mentions: Vec::new(),
    }
}

/// A quotation of which only place and kind are known.
pub(super) fn quotation(span: Span, kind: Kind) -> Quotation {
    Quotation {
        id: String::new(),
        span,
        kind,
        cue: None,
        source: None,
        mention: None,
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

/// Whether two stretches have the same words: all but the white space between
/// them, which tables and annotation tools change.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    words(a).eq(words(b))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}

/// White space, and the separators that some programs take for line breaks.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
