//! Whom an article mentions, for people: each source with its mentions and the
//! lines they stand in.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::readable::{DIM, Page, ReadableOptions, SOURCE, TITLE, counted};
use super::wrapping::clipped;
use crate::annotated::Annotated;
use crate::sources::Source;

/// Writes one document: its title; then each source, by its first mention, with
/// its kind and its mentions.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(out: impl Write, annotated: &Annotated, options: ReadableOptions) -> io::Result<()> {
    let mut page = Page::new(out, options);
    let document = &annotated.document;
    if let Some(title) = document.title() {
        page.block("", TITLE, document.slice(title))?;
    }
    let mentions = annotated.sources.iter().map(|source| source.mentions.len()).sum();
    let sources = counted(annotated.sources.len(), "source");
    let found = format!("{} · {sources}, {}", document.id(), counted(mentions, "mention"));
    let found = clipped(&found, page.width);
    page.line("", DIM, &found)?;
    let lines = Lines::new(document.text());
    for source in &annotated.sources {
        page.blank()?;
        heading(&mut page, source)?;
        for mention in &source.mentions {
            let place =
                format!("{} · line {}", mention.kind.name(), lines.of(mention.span.start()));
            let room = page.width.saturating_sub(4 + place.width());
            let words = clipped(document.slice(mention.span), room);
            let place = page.styled(DIM, &place);
            page.line("  ", anstyle::Style::new(), &format!("{words}  {place}"))?;
        }
    }
    Ok(())
}

fn heading<W: Write>(page: &mut Page<W>, source: &Source) -> io::Result<()> {
    let mut kind = source.kind.name().to_owned();
    if let Some(affiliation) = &source.affiliation {
        kind = format!("{kind}, for {}", clipped(affiliation, page.width / 3));
    }
    let name = clipped(&source.name, page.width.saturating_sub(kind.width() + 2));
    let name = page.styled(SOURCE, &name);
    page.line(&format!("{name}  "), DIM, &kind)
}

/// Where the lines of a text begin.
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let ends = text.match_indices('\n');
        Self { starts: ends.map(|(at, _)| at as u32 + 1).collect() }
    }

    /// The number of the line that holds `byte`, from 1.
    pub(super) fn of(&self, byte: u32) -> usize {
        self.starts.partition_point(|&start| start <= byte) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::{Entity, Label, Recorded};
    use crate::pipeline::Pipeline;
    use crate::text::{Document, Span};

    #[test]
    fn every_mention_stands_under_its_source() {
        let text = "Pont vaart weer\n\nSchipper Noor Bakker is blij. Zij wijst naar de rederij.\n\n\
            De rederij zwijgt.";
        let start = text.find("Noor").unwrap();
        let span = Span::of(start..start + "Noor Bakker".len());
        let mut names = Recorded::new();
        names.insert("pont", vec![Entity { span, label: Label::Per, score: 1.0 }]);
        let document = Document::new("pont", text).unwrap();
        let found = Pipeline::new(Box::new(names)).sources(vec![document]).unwrap().remove(0);
        let mut out = Vec::new();
        write(&mut out, &found, ReadableOptions { width: 60, color: false }).unwrap();
        let wanted = "\
Pont vaart weer
pont · 2 sources, 4 mentions

Noor Bakker  person
  Schipper Noor Bakker  name · line 3
  Zij  pronoun · line 3

de rederij  organisation
  de rederij  description · line 3
  De rederij  description · line 5
";
        assert_eq!(String::from_utf8(out).unwrap(), wanted);
    }
}
