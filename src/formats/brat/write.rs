//! Annotated documents to brat's files.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{
    CUE, HAS_CUE, IMPLICIT, LIST, NOT_QUOTATION, SOURCE_TYPE, SPEAKER, UNCLOSED, UNKNOWN,
    is_line_break, type_of_kind, type_of_source, types,
};
use crate::annotated::Annotated;
use crate::attribution::{Kind, Quotation};
use crate::formats::file_names;
use crate::sources::{SourceIndex, SourceKind};
use crate::text::{CodePoints, Span};

/// A folder that brat opens, two files a document.
#[derive(Debug)]
pub struct BratFolder {
    path: PathBuf,
}

impl BratFolder {
    /// The folder at `path`, made if it is not there, with the list of types
    /// that brat needs (`annotation.conf`) unless it has one.
    ///
    /// # Errors
    ///
    /// If the folder cannot be made or written to.
    pub fn create(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let types = path.join("annotation.conf");
        if !types.exists() {
            fs::write(types, configuration())?;
        }
        Ok(Self { path: path.to_owned() })
    }

    /// Writes the two files of a document, named after its identifier. A file
    /// that is there already is left alone: somebody may have worked on it.
    ///
    /// # Errors
    ///
    /// If a file is there already ([`io::ErrorKind::AlreadyExists`]), or cannot
    /// be written.
    pub fn write(&self, annotated: &Annotated) -> io::Result<()> {
        let name = file_names::of_id(annotated.document.id());
        let file = |extension: &str| {
            let path = self.path.join(format!("{name}.{extension}"));
            File::create_new(&path)
                .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))
        };
        let labels = file("ann")?;
        file("txt")?.write_all(annotated.document.text().as_bytes())?;
        let mut labels = BufWriter::new(labels);
        write(&mut labels, annotated)?;
        labels.flush()
    }
}

/// The types, as brat wants them listed.
fn configuration() -> String {
    let quotations = Kind::ALL.map(type_of_kind).join("|");
    let sources = SourceKind::ALL.map(type_of_source).join("|");
    let mentions = format!("{sources}|{UNKNOWN}");
    let words = types().collect::<Vec<_>>().join("\n");
    format!(
        "[entities]\n{words}\n\
         \n[relations]\n\
         {SPEAKER}\tArg1:{quotations}, Arg2:{mentions}\n\
         {IMPLICIT}\tArg1:{quotations}, Arg2:{sources}\n\
         {HAS_CUE}\tArg1:{quotations}, Arg2:{CUE}\n\
         <OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\
         \n[events]\n\
         \n[attributes]\n\
         {UNCLOSED}\tArg:{quotations}\n\
         {SOURCE_TYPE}\tArg:{quotations}, Value:{sources}\n"
    )
}

/// Writes the annotations of a document, which go into its `.ann` file.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(mut out: impl Write, annotated: &Annotated) -> io::Result<()> {
    let mut annotations = Annotations {
        annotated,
        points: CodePoints::new(annotated.document.text()),
        lines: String::new(),
        numbers: HashMap::new(),
        words: HashMap::new(),
        referred: HashSet::new(),
    };
    for quotation in &annotated.quotations {
        annotations.quotation(quotation);
    }
    for not in &annotated.not_quotations {
        let own = annotations.words(NOT_QUOTATION, not.span);
        if let Some(reason) = &not.reason {
            annotations.note(own, reason);
        }
    }
    out.write_all(annotations.lines.as_bytes())
}

struct Annotations<'a> {
    annotated: &'a Annotated,
    points: CodePoints,
    lines: String,
    /// How many there are of each sort (`T`, `R`, ...).
    numbers: HashMap<char, u32>,
    /// The mentions and cues that are there, with their types and sources.
    words: HashMap<(&'static str, Span, Option<SourceIndex>), u32>,
    /// Those with a reference.
    referred: HashSet<u32>,
}

impl Annotations<'_> {
    /// Adds a line of one sort; `rest` is what stands behind its number.
    fn line(&mut self, sort: char, rest: &str) -> u32 {
        let number = self.numbers.entry(sort).or_default();
        *number += 1;
        let _ = writeln!(self.lines, "{sort}{number}\t{rest}");
        *number
    }

    /// Adds words of the text, cut at line breaks.
    fn words(&mut self, name: &str, span: Span) -> u32 {
        let fragments = fragments(self.annotated.document.text(), span);
        let offsets: Vec<String> = fragments
            .iter()
            .map(|&fragment| {
                let (start, end) = self.points.points(fragment);
                format!("{start} {end}")
            })
            .collect();
        let words: Vec<&str> =
            fragments.iter().map(|&fragment| self.annotated.document.slice(fragment)).collect();
        let words = one_line(&words.join(" "));
        self.line('T', &format!("{name} {}\t{words}", offsets.join(";")))
    }

    /// Adds the words that name a source, once, with its reference.
    fn mention(&mut self, span: Span, source: Option<SourceIndex>) -> u32 {
        let kind = source.map(|index| self.annotated.source(index).kind);
        let number = self.once(kind.map_or(UNKNOWN, type_of_source), span, source);
        if let Some(source) = source {
            self.reference(number, source);
        }
        number
    }

    /// Adds words of the text, unless they are there under that type and
    /// source.
    fn once(&mut self, name: &'static str, span: Span, source: Option<SourceIndex>) -> u32 {
        if let Some(&known) = self.words.get(&(name, span, source)) {
            return known;
        }
        let number = self.words(name, span);
        self.words.insert((name, span, source), number);
        number
    }

    fn reference(&mut self, own: u32, source: SourceIndex) {
        if self.referred.insert(own) {
            let source = self.annotated.source(source);
            let (id, name) = (file_names::of_id(&source.id), one_line(&source.name));
            self.line('N', &format!("Reference T{own} {LIST}:{id}\t{name}"));
        }
    }

    fn relation(&mut self, name: &str, from: u32, to: u32) {
        self.line('R', &format!("{name} Arg1:T{from} Arg2:T{to}"));
    }

    fn note(&mut self, own: u32, note: &str) {
        self.line('#', &format!("AnnotatorNotes T{own}\t{}", one_line(note)));
    }

    /// What brat has no place for.
    fn noted(&self, quotation: &Quotation) -> String {
        let id = |index: usize| &*self.annotated.quotations[index].id;
        let source = quotation.source.map(|index| self.annotated.source(index));
        let affiliation = source.and_then(|source| source.affiliation.as_deref());
        let parts = [
            (!quotation.id.is_empty()).then(|| format!("quotation {}", quotation.id)),
            quotation.rule.as_ref().map(|rule| format!("rule {rule}")),
            quotation.confidence.map(|confidence| format!("confidence {confidence}")),
            quotation.parent.map(|index| format!("inside {}", id(index))),
            quotation.continues.map(|index| format!("continues {}", id(index))),
            quotation.stance.map(|stance| format!("stance {}", stance.name())),
            quotation.modality.map(|modality| format!("modality {}", modality.name())),
            affiliation.map(|affiliation| format!("for {affiliation}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn quotation(&mut self, quotation: &Quotation) {
        let own = self.words(type_of_kind(quotation.kind), quotation.span);
        if let Some(mention) = quotation.mention {
            let mention = self.mention(mention.span, quotation.source);
            self.relation(SPEAKER, own, mention);
        } else if let Some(index) = quotation.source {
            let source = self.annotated.source(index);
            if let Some(elsewhere) = source.mentions.first() {
                let mention = self.mention(elsewhere.span, Some(index));
                self.relation(IMPLICIT, own, mention);
            } else {
                self.reference(own, index);
                let kind = type_of_source(source.kind);
                self.line('A', &format!("{SOURCE_TYPE} T{own} {kind}"));
            }
        }
        if let Some(cue) = quotation.cue {
            let cue = self.once(CUE, cue, None);
            self.relation(HAS_CUE, own, cue);
        }
        if quotation.unclosed {
            self.line('A', &format!("{UNCLOSED} T{own}"));
        }
        let note = self.noted(quotation);
        if !note.is_empty() {
            self.note(own, &note);
        }
    }
}

/// The parts of a span between line breaks.
fn fragments(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start() as usize;
    for piece in span.of_text(text).split_inclusive(is_line_break) {
        let kept = piece.trim_end_matches(is_line_break).len();
        if kept > 0 {
            found.push(Span::of(start..start + kept));
        }
        start += piece.len();
    }
    if found.is_empty() { vec![span] } else { found }
}

/// Words without line breaks and tabs, which end a line or a column.
fn one_line(words: &str) -> String {
    words.replace(|c| is_line_break(c) || c == '\t', " ")
}
