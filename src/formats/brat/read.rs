//! brat's annotations to annotated documents.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::sources::{self, Named, Reference};
use super::{
    CUE, HAS_CUE, IMPLICIT, NOT_QUOTATION, SOURCE_TYPE, SPEAKER, UNCLOSED, UNKNOWN, type_of_kind,
    type_of_source, types,
};
use crate::annotated::Annotated;
use crate::attribution::{Kind, NotQuotation};
use crate::formats::align::Alignment;
use crate::formats::error::{Fault, Place, ReadError, Reason};
use crate::formats::labelled::{self, FaultAt, Label, Labelled, is_space};
use crate::formats::{file_names, inputs, lines};
use crate::sources::{SourceIndex, SourceKind};
use crate::text::{Document, Span};

/// Whether a file's name says that it holds brat's annotations.
pub(in crate::formats) fn is_brat(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ann"))
}

/// Reads the document of an `.ann` file; its text is in the `.txt` file beside
/// it.
pub(in crate::formats) fn read(path: &Path) -> Result<Annotated, ReadError> {
    let place = Place::file(path);
    let (annotations, _) = lines::whole(inputs::open(path)?, &place)?;
    let beside = path.with_extension("txt");
    let (text, _) = lines::whole(inputs::open(&beside)?, &Place::file(&beside))?;
    let id = file_names::to_id(&inputs::stem(path));
    let document =
        Document::new(id, text).map_err(|error| Place::file(&beside).error(error.into()))?;
    parse(&annotations, document).map_err(|(line, fault)| place.at_line(line).fault(fault))
}

/// Reads the annotations of an `.ann` file over a text that is at hand; `name`
/// is what messages call the file.
///
/// # Errors
///
/// At the first annotation that cannot be read or does not fit the text.
pub fn read_annotations(
    annotations: &str,
    name: &str,
    document: Document,
) -> Result<Annotated, ReadError> {
    let place = Place::named(name);
    parse(annotations, document).map_err(|(line, fault)| place.at_line(line).fault(fault))
}

fn bad(message: impl Into<String>) -> Reason {
    Reason::Brat { message: message.into() }
}

/// The annotated document of annotations.
pub(super) fn parse(annotations: &str, document: Document) -> Result<Annotated, FaultAt> {
    let alignment = Alignment::new(document.text());
    let mut file = File::default();
    for (line, annotation) in (1..).zip(annotations.split('\n')) {
        let annotation = annotation.trim_end_matches('\r');
        if !annotation.trim().is_empty() {
            let id = annotation.split('\t').next().unwrap_or_default();
            let fault = Fault::of(format!("annotation {id}"));
            file.take(line, annotation, &alignment).map_err(|reason| (line, fault(reason)))?;
        }
    }
    let labelled = file.labelled()?;
    labelled.annotated(document)
}

/// Words of the text under a type.
struct Words {
    line: u64,
    is: Type,
    span: Span,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Quotation(Kind),
    NotQuotation,
    Cue,
    /// Words that name a source, or one that the text does not tell.
    Mention(Option<SourceKind>),
}

impl Type {
    /// The type of that name, whatever its case.
    fn of(name: &str) -> Option<Self> {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is(NOT_QUOTATION) {
            return Some(Self::NotQuotation);
        }
        if is(CUE) {
            return Some(Self::Cue);
        }
        if is(UNKNOWN) {
            return Some(Self::Mention(None));
        }
        let kind = Kind::ALL.into_iter().find(|&kind| is(type_of_kind(kind)));
        let source = || SourceKind::ALL.into_iter().find(|&kind| is(type_of_source(kind)));
        kind.map(Self::Quotation).or_else(|| source().map(|kind| Self::Mention(Some(kind))))
    }
}

/// A line that joins two annotations.
struct Relation {
    line: u64,
    id: String,
    name: String,
    from: String,
    to: String,
}

/// What relations say of a quotation.
#[derive(Default)]
struct Relations {
    speaker: Option<String>,
    implicit: Option<String>,
    cue: Option<String>,
}

/// The annotations of a file.
#[derive(Default)]
struct File {
    words: Vec<(String, Words)>,
    places: HashMap<String, usize>,
    relations: Vec<Relation>,
    joined: Vec<(u64, Vec<String>)>,
    references: HashMap<String, Reference>,
    unclosed: HashSet<String>,
    source_types: HashMap<String, SourceKind>,
}

impl File {
    fn take(
        &mut self,
        line: u64,
        annotation: &str,
        alignment: &Alignment<'_>,
    ) -> Result<(), Reason> {
        let (id, rest) = annotation.split_once('\t').ok_or_else(|| bad("there is no tab in it"))?;
        match id.chars().next() {
            Some('T') => self.take_words(line, id, rest, alignment),
            Some('R') => {
                let parts: Vec<&str> = rest.split_whitespace().collect();
                let [name, from, to] = parts[..] else {
                    return Err(bad("a relation is `TYPE Arg1:T1 Arg2:T2`"));
                };
                let end = |end: &str| end.split_once(':').map_or(end, |(_, id)| id).to_owned();
                let (id, name) = (id.to_owned(), name.to_owned());
                self.relations.push(Relation { line, id, name, from: end(from), to: end(to) });
                Ok(())
            }
            Some('*') => {
                let ids = rest.split_whitespace().skip(1).map(str::to_owned);
                self.joined.push((line, ids.collect()));
                Ok(())
            }
            Some('N') => {
                let (reference, name) = rest.split_once('\t').unwrap_or((rest, ""));
                let parts: Vec<&str> = reference.split_whitespace().collect();
                let [_, of, key] = parts[..] else {
                    return Err(bad("a normalisation is `Reference T1 LIST:ID`, a tab, the name"));
                };
                let name = if name.trim().is_empty() { key } else { name.trim() };
                let reference = Reference { key: key.to_owned(), name: name.to_owned() };
                match self.references.insert(of.to_owned(), reference) {
                    Some(_) => Err(bad(format!("{of} has a second reference"))),
                    None => Ok(()),
                }
            }
            Some('A' | 'M') => self.take_attribute(rest),
            Some('#') => Ok(()),
            Some('E') => Err(bad("events are not read, only words (T) and relations (R)")),
            _ => Err(bad("it is none of brat's: T, R, N, A, * or #")),
        }
    }

    fn take_attribute(&mut self, rest: &str) -> Result<(), Reason> {
        let mut parts = rest.split_whitespace();
        let (name, of) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match name {
            UNCLOSED => {
                self.unclosed.insert(of.to_owned());
            }
            SOURCE_TYPE => {
                let value = parts.next().unwrap_or_default();
                let Some(Type::Mention(Some(kind))) = Type::of(value) else {
                    let known = SourceKind::ALL.map(type_of_source);
                    return Err(Reason::unknown(SOURCE_TYPE, value, known));
                };
                self.source_types.insert(of.to_owned(), kind);
            }
            _ => {}
        }
        Ok(())
    }

    /// `T3`, a tab, `Direct 0 12;14 20`, a tab, the words.
    fn take_words(
        &mut self,
        line: u64,
        id: &str,
        rest: &str,
        alignment: &Alignment<'_>,
    ) -> Result<(), Reason> {
        let shape = || bad("words are `TYPE START END`, a tab, the words");
        let (place, stated) = rest.split_once('\t').ok_or_else(shape)?;
        let (name, offsets) = place.split_once(' ').ok_or_else(shape)?;
        let is = Type::of(name).ok_or_else(|| Reason::unknown("type", name, types()))?;
        let mut span: Option<Span> = None;
        for fragment in offsets.split(';') {
            let ends = fragment.trim().split_once(' ').ok_or_else(shape)?;
            let number = |end: &str| end.trim().parse::<u32>().map_err(|_| shape());
            let next = alignment.span(number(ends.0)?, number(ends.1)?)?;
            span = Some(match span {
                None => next,
                Some(before) => {
                    let gap = alignment.text().get(before.end() as usize..next.start() as usize);
                    if gap.is_none_or(|gap| !gap.chars().all(is_space)) {
                        return Err(bad(
                            "a span in pieces, with words between them: make it one, from its \
                             first to its last word",
                        ));
                    }
                    before.cover(next)
                }
            });
        }
        let span = span.ok_or_else(shape)?;
        alignment.check_words(span, stated)?;
        let known = self.places.insert(id.to_owned(), self.words.len());
        if known.is_some() {
            return Err(Reason::Duplicate { what: "annotation", id: id.to_owned() });
        }
        let text = span.of_text(alignment.text()).to_owned();
        self.words.push((id.to_owned(), Words { line, is, span, text }));
        Ok(())
    }

    fn words_of(&self, id: &str) -> Result<&Words, Reason> {
        let at = self.places.get(id).copied();
        let unknown = || Reason::UnknownId { what: "annotation", id: id.to_owned() };
        at.map(|at| &self.words[at].1).ok_or_else(unknown)
    }

    /// What the relations say of each quotation.
    fn related(&self) -> Result<HashMap<String, Relations>, FaultAt> {
        let mut related: HashMap<String, Relations> = HashMap::new();
        for Relation { line, id, name, from, to } in &self.relations {
            let fault = |reason| (*line, Fault::of(format!("annotation {id}"))(reason));
            let ends =
                (self.words_of(from).map_err(fault)?.is, self.words_of(to).map_err(fault)?.is);
            let own = related.entry(from.clone()).or_default();
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            let (place, fits) = match ends.1 {
                Type::Mention(_) if is(SPEAKER) => (&mut own.speaker, true),
                Type::Mention(Some(_)) if is(IMPLICIT) => (&mut own.implicit, true),
                Type::Cue if is(HAS_CUE) => (&mut own.cue, true),
                _ if is(SPEAKER) || is(IMPLICIT) || is(HAS_CUE) => (&mut own.cue, false),
                _ => {
                    return Err(fault(Reason::unknown(
                        "relation",
                        name,
                        [SPEAKER, IMPLICIT, HAS_CUE],
                    )));
                }
            };
            if !fits || !matches!(ends.0, Type::Quotation(_)) {
                return Err(fault(bad(format!(
                    "{name} leads from a quotation to {}",
                    if is(HAS_CUE) { "a cue" } else { "the words that name its source" }
                ))));
            }
            if place.replace(to.clone()).is_some() {
                return Err(fault(bad(format!("{from} has a second {name}"))));
            }
        }
        Ok(related)
    }

    fn labelled(&self) -> Result<Labelled, FaultAt> {
        let related = self.related()?;
        let named: Vec<Named> = self
            .words
            .iter()
            .filter_map(|(id, words)| {
                let reference = self.references.get(id).cloned();
                let (kind, said) = match words.is {
                    Type::Mention(Some(kind)) => (Some(kind), Some(words.text.clone())),
                    Type::Quotation(_) if reference.is_some() => {
                        (self.source_types.get(id).copied(), None)
                    }
                    _ => return None,
                };
                Some(Named { id: id.clone(), words: said, kind, reference, line: words.line })
            })
            .collect();
        let mut labelled = Labelled::default();
        let sources = sources::group(&named, &self.joined, &mut labelled)
            .map_err(|(line, reason)| (line, reason.into()))?;
        for (id, words) in &self.words {
            match words.is {
                Type::NotQuotation => {
                    let not = NotQuotation { span: words.span, reason: None, rule: None };
                    labelled.add_none(not);
                }
                Type::Quotation(kind) => {
                    let relations = related.get(id);
                    let label = self.quotation(id, words, kind, relations, &sources, &labelled);
                    labelled.add(label.map_err(|reason| (words.line, reason.into()))?);
                }
                Type::Cue | Type::Mention(_) => {}
            }
        }
        Ok(labelled)
    }

    fn quotation(
        &self,
        id: &str,
        words: &Words,
        kind: Kind,
        relations: Option<&Relations>,
        sources: &HashMap<String, SourceIndex>,
        labelled: &Labelled,
    ) -> Result<Label, Reason> {
        let mut quotation = labelled::quotation(words.span, kind);
        id.clone_into(&mut quotation.id);
        let of = |relation: fn(&Relations) -> &Option<String>| {
            relations.and_then(|relations| relation(relations).as_deref())
        };
        let beside = of(|relations| &relations.speaker);
        let source = beside.or_else(|| of(|relations| &relations.implicit)).unwrap_or(id);
        quotation.source = sources.get(source).copied();
        if let Some(mention) = beside {
            let Words { span, text, .. } = self.words_of(mention)?;
            quotation.mention = Some(labelled.mention(*span, text, quotation.source));
        }
        if let Some(cue) = of(|relations| &relations.cue) {
            quotation.cue = Some(self.words_of(cue)?.span);
        }
        quotation.unclosed = self.unclosed.contains(id);
        Ok(Label { quotation, parent: None, continues: None, line: words.line })
    }
}
