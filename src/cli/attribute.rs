//! `wiezei attribute`: articles in, quotations out, in chunks, so that a folder
//! of any size streams.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use wiezei::annotated::Annotated;
use wiezei::attribution::Kind;
use wiezei::formats::{Inputs, JsonlOptions, write_jsonl, write_readable, write_separator};
use wiezei::text::Document;

use super::args::AttributeArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::recognizing::Recognizing;
use super::settings::{Output, Settings};

/// A recognizer batches sentences across the documents of a chunk; more
/// documents than this fill no batch better and only delay the output.
const CHUNK_DOCUMENTS: usize = 64;
/// Bytes of text after which a chunk is full, however few its documents are.
const CHUNK_BYTES: usize = 1 << 20;

/// Reads, annotates and prints everything that the arguments name.
pub(super) fn run(args: AttributeArgs, messages: &mut Messages) -> Result<(), Failure> {
    let settings = Settings::new(args)?;
    let mut recognizing = Recognizing::new(&settings.names)?;
    let (mut inputs, missing) = Inputs::find(settings.origins.clone(), settings.input_format);
    for error in &missing {
        messages.unreadable(error);
    }
    messages.start_progress(&inputs, settings.progress);
    let mut printer = Printer::new(settings.output, settings.color);
    loop {
        let chunk = chunk(&mut inputs, messages);
        if chunk.is_empty() {
            return Ok(());
        }
        let (chunk, recognizer) = recognizing.annotate(chunk, &settings.names, messages)?;
        for mut annotated in chunk {
            keep_kinds(&mut annotated, &settings.kinds);
            printer.print(&annotated, &recognizer).map_err(Failure::output)?;
        }
        printer.out.flush().map_err(Failure::output)?;
        messages.progress(&inputs, printer.printed);
    }
}

/// The next documents; of those that cannot be read, `messages` tells.
fn chunk(inputs: &mut Inputs, messages: &mut Messages) -> Vec<Document> {
    let mut chunk = Vec::new();
    let mut bytes = 0;
    while chunk.len() < CHUNK_DOCUMENTS && bytes < CHUNK_BYTES {
        match inputs.next() {
            None => break,
            Some(Err(error)) => messages.unreadable(&error),
            Some(Ok(document)) => {
                bytes += document.text().len();
                chunk.push(document);
            }
        }
    }
    chunk
}

/// Leaves out the quotations of other kinds. The others keep their identifiers;
/// what refers to one that is left out no longer refers to any.
fn keep_kinds(annotated: &mut Annotated, kinds: &[Kind]) {
    let mut places = Vec::with_capacity(annotated.quotations.len());
    let mut kept = 0;
    for quotation in &annotated.quotations {
        let is_kept = kinds.contains(&quotation.kind);
        places.push(is_kept.then_some(kept));
        kept += usize::from(is_kept);
    }
    annotated.quotations.retain(|quotation| kinds.contains(&quotation.kind));
    for quotation in &mut annotated.quotations {
        quotation.parent = quotation.parent.and_then(|index| places[index]);
        quotation.continues = quotation.continues.and_then(|index| places[index]);
    }
}

/// Standard output in one of the formats.
struct Printer {
    out: BufWriter<Box<dyn Write>>,
    output: Output,
    printed: usize,
}

impl Printer {
    fn new(output: Output, color: ColorChoice) -> Self {
        let stdout = io::stdout().lock();
        let out: Box<dyn Write> = match output {
            // Turns the codes into what the terminal understands.
            Output::Text(options) if options.color => Box::new(AutoStream::new(stdout, color)),
            // As it is: an article's characters are not taken for codes.
            _ => Box::new(stdout),
        };
        Self { out: BufWriter::new(out), output, printed: 0 }
    }

    fn print(&mut self, annotated: &Annotated, recognizer: &str) -> io::Result<()> {
        match self.output {
            Output::Text(options) => {
                if self.printed > 0 {
                    write_separator(&mut self.out, options)?;
                }
                write_readable(&mut self.out, annotated, options)?;
            }
            Output::Jsonl { with_text } => {
                let options = JsonlOptions { with_text, recognizer: Some(recognizer) };
                write_jsonl(&mut self.out, annotated, options)?;
            }
        }
        self.printed += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wiezei::attribution::Quotation;
    use wiezei::text::Span;

    fn quotation(id: &str, kind: Kind, parent: Option<usize>) -> Quotation {
        Quotation {
            id: id.into(),
            span: Span::new(0, 1),
            kind,
            cue: None,
            source: None,
            mention: None,
            rule: None,
            confidence: None,
            parent,
            continues: None,
            unclosed: false,
            stance: None,
            medium: None,
        }
    }

    #[test]
    fn references_follow_the_quotations_that_are_kept() {
        let mut annotated = Annotated::bare(Document::new("d", "x").unwrap());
        annotated.quotations = vec![
            quotation("q1", Kind::Indirect, None),
            quotation("q2", Kind::Direct, Some(0)),
            quotation("q3", Kind::Mixed, Some(1)),
        ];
        keep_kinds(&mut annotated, &[Kind::Direct, Kind::Mixed]);
        let kept: Vec<_> = annotated.quotations.iter().map(|q| (q.id.as_str(), q.parent)).collect();
        assert_eq!(kept, [("q2", None), ("q3", Some(0))]);
    }
}
