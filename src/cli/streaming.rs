//! Articles in, answers out, in chunks, so that a folder of any size streams.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use wiezei::annotated::Annotated;
use wiezei::formats::{Inputs, JsonlOptions, ReadableOptions, write_jsonl, write_separator};
use wiezei::text::Document;

use super::failure::Failure;
use super::messages::Messages;
use super::recognizing::{Recognizing, Stages};
use super::settings::{Output, Settings};

/// A recognizer batches sentences across the documents of a chunk; more
/// documents than this fill no batch better and only delay the output.
const CHUNK_DOCUMENTS: usize = 64;
/// Bytes of text after which a chunk is full, however few its documents are.
const CHUNK_BYTES: usize = 1 << 20;

/// Writes an annotated document for people.
pub(super) type WriteText = fn(&mut Standard, &Annotated, ReadableOptions) -> io::Result<()>;

/// Where answers go to.
pub(super) type Standard = BufWriter<Box<dyn Write>>;

/// What a command does with each article.
#[derive(Clone, Copy)]
pub(super) struct Work {
    /// How far the pipeline takes it.
    pub(super) stages: Stages,
    /// How people read the answer.
    pub(super) write_text: WriteText,
}

/// Reads, works on and prints every article; `change` has each answer before it
/// is printed.
pub(super) fn run(
    settings: &Settings,
    work: Work,
    messages: &mut Messages,
    change: impl Fn(&mut Annotated),
) -> Result<(), Failure> {
    let mut recognizing = Recognizing::new(&settings.names)?;
    let (mut inputs, missing) = Inputs::find(settings.origins.clone(), settings.input_format);
    for error in &missing {
        messages.unreadable(error);
    }
    messages.start_progress(&inputs, settings.progress);
    let mut printer = Printer::new(settings.output, settings.color, work.write_text);
    loop {
        let chunk = chunk(&mut inputs, messages);
        if chunk.is_empty() {
            return Ok(());
        }
        let (chunk, recognizer) = recognizing.run(work.stages, chunk, &settings.names, messages)?;
        for mut annotated in chunk {
            change(&mut annotated);
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

/// Standard output in one of the formats.
struct Printer {
    out: Standard,
    output: Output,
    write_text: WriteText,
    printed: usize,
}

impl Printer {
    fn new(output: Output, color: ColorChoice, write_text: WriteText) -> Self {
        let stdout = io::stdout().lock();
        let out: Box<dyn Write> = match output {
            // Turns the codes into what the terminal understands.
            Output::Text(options) if options.color => Box::new(AutoStream::new(stdout, color)),
            // As it is: an article's characters are not taken for codes.
            _ => Box::new(stdout),
        };
        Self { out: BufWriter::new(out), output, write_text, printed: 0 }
    }

    fn print(&mut self, annotated: &Annotated, recognizer: &str) -> io::Result<()> {
        match self.output {
            Output::Text(options) => {
                if self.printed > 0 {
                    write_separator(&mut self.out, options)?;
                }
                (self.write_text)(&mut self.out, annotated, options)?;
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
