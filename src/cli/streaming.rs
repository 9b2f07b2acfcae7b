//! Articles in, answers out, in chunks, so that a folder of any size streams.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use wiezei::annotated::Annotated;
use wiezei::formats::brat::BratFolder;
use wiezei::formats::{
    Inputs, JsonlOptions, ProducedBy, QuotationRows, ReadableOptions, write_jsonl, write_separator,
};
use wiezei::report::ArticlePage;
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
    let mut printer = Printer::new(&settings.output, settings.color, work.write_text)?;
    let mut articles = 0;
    loop {
        let chunk = chunk(&mut inputs, messages);
        if chunk.is_empty() {
            return printer.end();
        }
        let (chunk, produced_by) =
            recognizing.run(work.stages, chunk, &settings.names, messages)?;
        for mut annotated in chunk {
            change(&mut annotated);
            printer.print(&annotated, &produced_by)?;
            articles += 1;
        }
        printer.flush()?;
        messages.progress(&inputs, articles);
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

/// What is written, article by article.
enum Printer {
    Text { out: Standard, options: ReadableOptions, write: WriteText, printed: usize },
    Jsonl { out: Standard, with_text: bool },
    Csv(Box<QuotationRows<Standard>>),
    Html(ArticlePage<Standard>),
    Brat(BratFolder),
}

impl Printer {
    fn new(output: &Output, color: ColorChoice, write: WriteText) -> Result<Self, Failure> {
        let stdout = || io::stdout().lock();
        // As it is: an article's characters are not taken for codes.
        let plain = || -> Standard { BufWriter::new(Box::new(stdout())) };
        Ok(match output {
            &Output::Text(options) => {
                let out = if options.color {
                    // Turns the codes into what the terminal understands.
                    BufWriter::new(Box::new(AutoStream::new(stdout(), color)) as Box<dyn Write>)
                } else {
                    plain()
                };
                Self::Text { out, options, write, printed: 0 }
            }
            &Output::Jsonl { with_text } => Self::Jsonl { out: plain(), with_text },
            Output::Csv(options) => {
                let rows = QuotationRows::new(plain(), *options).map_err(Failure::output)?;
                Self::Csv(Box::new(rows))
            }
            Output::Html => Self::Html(ArticlePage::begin(plain()).map_err(Failure::output)?),
            Output::Brat(folder) => {
                Self::Brat(BratFolder::create(folder).map_err(Failure::output_file)?)
            }
        })
    }

    fn print(&mut self, annotated: &Annotated, produced_by: &ProducedBy) -> Result<(), Failure> {
        let done = match self {
            Self::Text { out, options, write, printed } => {
                *printed += 1;
                let separated =
                    if *printed > 1 { write_separator(&mut *out, *options) } else { Ok(()) };
                separated.and_then(|()| write(out, annotated, *options))
            }
            Self::Jsonl { out, with_text } => {
                let (with_text, produced_by) = (*with_text, Some(produced_by));
                write_jsonl(out, annotated, JsonlOptions { with_text, produced_by })
            }
            Self::Csv(rows) => rows.write(annotated, Some(produced_by)),
            Self::Html(page) => page.write(annotated),
            Self::Brat(folder) => return folder.write(annotated).map_err(Failure::output_file),
        };
        done.map_err(Failure::output)
    }

    /// Writes what comes behind the last article.
    fn end(&mut self) -> Result<(), Failure> {
        match self {
            Self::Html(page) => page.finish().map_err(Failure::output),
            _ => self.flush(),
        }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let done = match self {
            Self::Text { out, .. } | Self::Jsonl { out, .. } => out.flush(),
            Self::Csv(rows) => rows.flush(),
            Self::Html(page) => page.flush(),
            Self::Brat(_) => Ok(()),
        };
        done.map_err(Failure::output)
    }
}
