//! An annotated document for people: every quotation under its source, with
//! what the attribution rests on.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use super::wrapping::{clipped, wrapped};
use crate::annotated::{Annotated, Warning};
use crate::attribution::Quotation;
use crate::sources::SourceIndex;
use crate::text::Span;

pub(super) const TITLE: Style = Style::new().bold();
pub(super) const SOURCE: Style = AnsiColor::Cyan.on_default().bold();
pub(super) const NO_SOURCE: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const DIM: Style = Style::new().dimmed();

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// How the readable text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadableOptions {
    /// Columns of the terminal; lines are at most 100 wide.
    pub width: usize,
    /// Whether colour and weight are used, as ANSI escape codes.
    pub color: bool,
}

impl Default for ReadableOptions {
    fn default() -> Self {
        Self { width: 80, color: false }
    }
}

/// Writes what stands between two documents.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn separate(out: impl Write, options: ReadableOptions) -> io::Result<()> {
    let mut page = Page::new(out, options);
    let line = "─".repeat(page.width);
    page.blank()?;
    page.line("", DIM, &line)?;
    page.blank()
}

/// Writes one document: its title; under each source its quotations, numbered
/// in the order of the text; those without a source; marked spans that are no
/// speech; warnings.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(out: impl Write, annotated: &Annotated, options: ReadableOptions) -> io::Result<()> {
    let mut page = Page::new(out, options);
    heading(&mut page, annotated)?;
    for source in in_order_of_quotations(annotated) {
        page.blank()?;
        match source {
            Some(index) => source_line(&mut page, annotated, index)?,
            None => page.line("", NO_SOURCE, "No source found")?,
        }
        for (n, quotation) in annotated.quotations.iter().enumerate() {
            if quotation.source == source {
                write_quotation(&mut page, annotated, n)?;
            }
        }
    }
    not_quotations(&mut page, annotated)?;
    warnings(&mut page, annotated)
}

/// What the lines of one document go to.
pub(super) struct Page<W> {
    out: W,
    pub(super) width: usize,
    color: bool,
}

impl<W: Write> Page<W> {
    pub(super) fn new(out: W, options: ReadableOptions) -> Self {
        // Narrower than this, indents leave no room for words.
        let width = options.width.clamp(30, WIDEST);
        Self { out, width, color: options.color }
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// `text` in `style`, if there is colour.
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    pub(super) fn line(&mut self, indent: &str, style: Style, text: &str) -> io::Result<()> {
        let text = self.styled(style, text);
        writeln!(self.out, "{indent}{text}")
    }

    /// `text` in as many lines as it needs, the first after `first`, the others
    /// after as many spaces.
    pub(super) fn block(&mut self, first: &str, style: Style, text: &str) -> io::Result<()> {
        let indent = first.chars().count();
        for (n, line) in wrapped(text, self.width - indent).iter().enumerate() {
            let before = if n == 0 { self.styled(DIM, first) } else { " ".repeat(indent) };
            self.line(&before, style, line)?;
        }
        Ok(())
    }
}

fn heading<W: Write>(page: &mut Page<W>, annotated: &Annotated) -> io::Result<()> {
    let document = &annotated.document;
    if let Some(title) = document.title() {
        page.block("", TITLE, document.slice(title))?;
    }
    let sources = in_order_of_quotations(annotated).iter().flatten().count();
    let found = match annotated.quotations.len() {
        0 => "no quotations found".to_owned(),
        n => format!("{}, {}", counted(n, "quotation"), counted(sources, "source")),
    };
    let text = clipped(&format!("{} · {found}", document.id()), page.width);
    page.line("", DIM, &text)
}

pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// The sources that are quoted, by their first quotation; `None`, for the
/// quotations without one, comes last.
fn in_order_of_quotations(annotated: &Annotated) -> Vec<Option<SourceIndex>> {
    let mut found = Vec::new();
    for quotation in &annotated.quotations {
        if !found.contains(&quotation.source) {
            found.push(quotation.source);
        }
    }
    found.sort_by_key(Option::is_none);
    found
}

fn source_line<W: Write>(
    page: &mut Page<W>,
    annotated: &Annotated,
    index: SourceIndex,
) -> io::Result<()> {
    let source = annotated.source(index);
    let mut kind = source.kind.name().to_owned();
    if let Some(affiliation) = &source.affiliation {
        kind = format!("{kind}, for {}", clipped(affiliation, page.width / 3));
    }
    let name = clipped(&source.name, page.width - kind.width().min(page.width / 2) - 2);
    let name = page.styled(SOURCE, &name);
    page.line(&format!("{name}  "), DIM, &kind)
}

fn write_quotation<W: Write>(
    page: &mut Page<W>,
    annotated: &Annotated,
    n: usize,
) -> io::Result<()> {
    let quotation = &annotated.quotations[n];
    let digits = annotated.quotations.len().to_string().len();
    let number = format!("  {:>digits$}  ", n + 1);
    page.block(&number, Style::new(), annotated.document.slice(quotation.span))?;
    let indent = " ".repeat(number.len());
    page.block(&indent, DIM, &evidence(annotated, quotation))
}

/// Cue, mention, rule, confidence and kind, as far as they are known.
fn evidence(annotated: &Annotated, quotation: &Quotation) -> String {
    let words = |span: Span| clipped(annotated.document.slice(span), WIDEST);
    let mut said = Vec::new();
    if let Some(cue) = quotation.cue {
        said.push(format!("cue “{}”", words(cue)));
    }
    if let Some(mention) = quotation.mention {
        said.push(format!("mention “{}”", words(mention.span)));
    }
    if let Some(medium) = quotation.medium {
        said.push(format!("medium “{}”", words(medium)));
    }
    if let Some(rule) = &quotation.rule {
        said.push(format!("rule {rule}"));
    }
    if let Some(confidence) = quotation.confidence {
        said.push(format!("{:.0}%", confidence * 100.0));
    }
    said.push(quotation.kind.name().to_owned());
    if let Some(parent) = quotation.parent {
        said.push(format!("inside {}", parent + 1));
    }
    if let Some(continued) = quotation.continues {
        said.push(format!("continues {}", continued + 1));
    }
    if quotation.unclosed {
        said.push("never closed".to_owned());
    }
    said.join(" · ")
}

fn not_quotations<W: Write>(page: &mut Page<W>, annotated: &Annotated) -> io::Result<()> {
    if annotated.not_quotations.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.line("", DIM, "In quotation marks, but not speech")?;
    for not in &annotated.not_quotations {
        // The reason is what the line is for; the words only have to be found.
        let reason = clipped(not.reason.as_deref().unwrap_or_default(), page.width * 2 / 3);
        let room = page.width - 4 - reason.width();
        let words = clipped(annotated.document.slice(not.span), room);
        let line = if reason.is_empty() { words } else { format!("{words}  {reason}") };
        page.line("  ", DIM, &line)?;
    }
    Ok(())
}

pub(super) fn warnings<W: Write>(page: &mut Page<W>, annotated: &Annotated) -> io::Result<()> {
    if annotated.warnings.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.line("", NO_SOURCE, "Warnings")?;
    for warning in &annotated.warnings {
        page.block("  ", Style::new(), &located(annotated, warning))?;
    }
    Ok(())
}

fn located(annotated: &Annotated, warning: &Warning) -> String {
    let Some(offset) = warning.offset else {
        return warning.message.clone();
    };
    let before = annotated.document.slice(Span::new(0, offset));
    format!("line {}: {}", before.matches('\n').count() + 1, warning.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::{Kind, NotQuotation};
    use crate::sources::{Gender, Mention, MentionKind, Source, SourceKind};
    use crate::text::Document;

    const TEXT: &str = "Pont vaart weer\n\n„De pont vaart weer, en dat is goed nieuws \
        voor iedereen aan de overkant”, zegt schipper Noor Bakker. Volgens de rederij \
        was ‘De Snip’ drie weken stuk.\n\n„Wie gaat dat betalen?\n\n„Wij niet”, zegt zij.";

    fn span(words: &str) -> Span {
        let start = TEXT.find(words).expect("words of the text");
        Span::of(start..start + words.len())
    }

    fn quotation(id: &str, words: &str, source: Option<usize>) -> Quotation {
        Quotation {
            id: id.into(),
            span: span(words),
            kind: Kind::Direct,
            cue: None,
            source: source.map(SourceIndex),
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

    fn source(name: &str, kind: SourceKind) -> Source {
        Source {
            id: name.into(),
            name: name.into(),
            kind,
            affiliation: None,
            gender: Gender::Unknown,
            gender_from: None,
            mentions: Vec::new(),
        }
    }

    fn annotated() -> Annotated {
        let first = "„De pont vaart weer, en dat is goed nieuws voor iedereen aan de overkant”";
        let mention = Mention { span: span("schipper Noor Bakker"), kind: MentionKind::Name };
        Annotated {
            sources: vec![
                source("de rederij", SourceKind::Organisation),
                source("Noor Bakker", SourceKind::Person),
            ],
            quotations: vec![
                Quotation {
                    cue: Some(span("zegt")),
                    mention: Some(mention),
                    rule: Some("verb-after-quotation".into()),
                    confidence: Some(0.966),
                    ..quotation("q1", first, Some(1))
                },
                Quotation {
                    kind: Kind::Indirect,
                    ..quotation("q2", "was ‘De Snip’ drie weken stuk", Some(0))
                },
                Quotation { unclosed: true, ..quotation("q3", "„Wie gaat dat betalen?", None) },
                Quotation { continues: Some(2), ..quotation("q4", "„Wij niet”", Some(1)) },
            ],
            not_quotations: vec![NotQuotation {
                span: span("‘De Snip’"),
                reason: Some("name of a thing".into()),
                rule: None,
            }],
            warnings: vec![Warning {
                code: "unclosed-mark".into(),
                offset: Some(span("„Wie gaat").start()),
                message: "this quotation mark is never closed".into(),
            }],
            ..Annotated::bare(Document::new("pont", TEXT).unwrap())
        }
    }

    fn written(annotated: &Annotated, options: ReadableOptions) -> String {
        let mut out = Vec::new();
        write(&mut out, annotated, options).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn quotations_stand_under_their_sources() {
        let page = written(&annotated(), ReadableOptions { width: 60, color: false });
        let wanted = "\
Pont vaart weer
pont · 4 quotations, 2 sources

Noor Bakker  person
  1  „De pont vaart weer, en dat is goed nieuws voor
     iedereen aan de overkant”
     cue “zegt” · mention “schipper Noor Bakker” · rule
     verb-after-quotation · 97% · direct
  4  „Wij niet”
     direct · continues 3

de rederij  organisation
  2  was ‘De Snip’ drie weken stuk
     indirect

No source found
  3  „Wie gaat dat betalen?
     direct · never closed

In quotation marks, but not speech
  ‘De Snip’  name of a thing

Warnings
  line 5: this quotation mark is never closed
";
        assert_eq!(page, wanted);
    }

    #[test]
    fn colour_adds_codes_and_changes_no_word() {
        let plain = written(&annotated(), ReadableOptions { width: 60, color: false });
        let styled = written(&annotated(), ReadableOptions { width: 60, color: true });
        assert!(styled.contains("\u{1b}[") && !plain.contains('\u{1b}'));
        assert_eq!(anstream::adapter::strip_str(&styled).to_string(), plain);
    }

    #[test]
    fn a_document_without_quotations_says_so() {
        let bare = Annotated::bare(Document::new("leeg", "").unwrap());
        assert_eq!(written(&bare, ReadableOptions::default()), "leeg · no quotations found\n");
    }
}
