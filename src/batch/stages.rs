//! The stages beside each other: one thread reads and cuts into tokens, this one
//! finds names, some work out who said what, one writes. Between them are queues of one batch, so
//! that the memory in use depends on the size of a batch alone; each hands on
//! what it has in order, so that the output is in the order of the input.

use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;

use super::error::BatchError;
use super::naming::{Found, Naming};
use super::parts::Parts;
use super::progress::{Progress, Stage};
use super::settings::Settings;
use crate::annotated::{Annotated, Warning};
use crate::formats::records::{Article, Encoding};
use crate::formats::{Corpus, Cursor, Place, ReadError, Reason};
use crate::pipeline;
use crate::text::{Document, Metadata};
use crate::tokenize::{Tokenized, tokenize};

/// Bytes after which a batch is full, however few its articles are.
const BATCH_BYTES: usize = 1 << 20;
/// Bytes that a value of JSON takes in memory besides what it holds.
const VALUE_BYTES: usize = size_of::<Value>();
/// The stack of a thread that runs rules: that of a main thread.
const STACK_BYTES: usize = 8 << 20;
/// Batches that wait between two stages.
const QUEUE: usize = 1;

/// What is known of a record, and the place behind it.
type Batch<T> = Vec<(Cursor, Result<T, ReadError>)>;

/// What goes through a queue. A queue that ends without [`Message::End`] was cut
/// off.
enum Message<T> {
    Batch(Batch<T>),
    End,
}

/// An article in tokens.
type Read = (Document, Tokenized);

/// An article with its names.
struct Named {
    document: Document,
    tokenized: Tokenized,
    names: Vec<crate::ner::Entity>,
    warnings: Vec<Warning>,
}

/// Does everything that is not in the parts yet.
///
/// # Errors
///
/// If a stage fails; then the part that was being written is not counted.
pub(super) fn run(
    corpus: &Corpus,
    naming: &Naming<'_>,
    settings: &Settings<'_>,
    parts: &mut Parts<'_>,
    progress: &Progress,
) -> Result<(), BatchError> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(settings.workers)
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| BatchError::output("")(std::io::Error::other(error)))?;
    let start = parts.start();
    thread::scope(|scope| {
        let (to_name, read) = sync_channel(QUEUE);
        let (to_attribute, named) = sync_channel(QUEUE);
        let (to_write, attributed) = sync_channel(QUEUE);
        let pool = &pool;
        let reader = scope.spawn(move || reading(corpus, settings, start, progress, &to_name));
        let rules = scope.spawn(move || attributing(pool, settings, progress, &named, &to_write));
        let writer = scope.spawn(move || writing(parts, progress, &attributed));
        let found = finding_names(naming, progress, read, &to_attribute);
        drop(to_attribute);
        let reader = joined(reader.join());
        joined(rules.join());
        // A stage that ends early ends those before it without an error.
        joined(writer.join()).and(found).and(reader)
    })
}

/// What a thread gave back; its panic is ours.
fn joined<T>(result: Result<T, Box<dyn Any + Send>>) -> T {
    result.unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

fn reading(
    corpus: &Corpus,
    settings: &Settings<'_>,
    start: Cursor,
    progress: &Progress,
    to_name: &SyncSender<Message<Read>>,
) -> Result<(), BatchError> {
    let mut reading = corpus.read(settings.records.clone(), settings.shard, start);
    let mut told = Told::default();
    loop {
        let mut batch: Batch<Read> = Vec::new();
        let mut bytes = 0;
        let mut failed = None;
        let mut is_end = false;
        progress.timed(Stage::Reading, || {
            while batch.len() < settings.batch && bytes < BATCH_BYTES {
                match reading.next() {
                    None => is_end = true,
                    Some(Err(error)) => failed = Some(error),
                    Some(Ok(item)) => {
                        let content = item.content.map(|article| {
                            told.tell(&article, progress);
                            let document = article.document;
                            bytes += document.text().len() + bytes_of(document.metadata());
                            let tokenized = tokenize(document.text());
                            (document, tokenized)
                        });
                        batch.push((item.end, content));
                        continue;
                    }
                }
                break;
            }
        });
        progress.set_bytes_read(reading.bytes_read());
        if !batch.is_empty() && to_name.send(Message::Batch(batch)).is_err() {
            return Ok(());
        }
        if let Some(error) = failed {
            return Err(error.into());
        }
        if is_end {
            // If nobody is there, they have said why.
            let _ = to_name.send(Message::End);
            return Ok(());
        }
    }
}

/// Bytes that metadata takes, about.
fn bytes_of(metadata: &Metadata) -> usize {
    fn of_value(value: &Value) -> usize {
        VALUE_BYTES
            + match value {
                Value::Null | Value::Bool(_) | Value::Number(_) => 0,
                Value::String(text) => text.len(),
                Value::Array(values) => values.iter().map(of_value).sum(),
                Value::Object(fields) => bytes_of(fields),
            }
    }
    metadata.iter().map(|(name, value)| name.len() + of_value(value)).sum()
}

/// What was told of the input: each sort of thing once.
#[derive(Default)]
struct Told {
    roles: BTreeSet<String>,
    encodings: BTreeSet<Encoding>,
}

impl Told {
    fn tell(&mut self, article: &Article, progress: &Progress) {
        let id = article.document.id();
        if let Some(roles) = &article.roles {
            let roles = roles.to_string();
            if !self.roles.contains(&roles) {
                progress.note(format!("read from article {id} on: {roles}"));
                self.roles.insert(roles);
            }
        }
        let encoding = article.encoding;
        if encoding != Encoding::Utf8 && self.encodings.insert(encoding) {
            let name = encoding.name();
            progress.note(format!(
                "article {id} is in {name}, not UTF-8, and is read so; others in {name} are too"
            ));
        }
    }
}

fn finding_names(
    naming: &Naming<'_>,
    progress: &Progress,
    read: Receiver<Message<Read>>,
    to_attribute: &SyncSender<Message<Named>>,
) -> Result<(), BatchError> {
    for message in read {
        let message = match message {
            Message::End => Message::End,
            Message::Batch(batch) => {
                Message::Batch(progress.timed(Stage::Names, || with_names(naming, batch))?)
            }
        };
        if to_attribute.send(message).is_err() {
            break;
        }
    }
    Ok(())
}

fn with_names(naming: &Naming<'_>, batch: Batch<Read>) -> Result<Batch<Named>, BatchError> {
    let articles: Vec<_> = batch
        .iter()
        .filter_map(|(_, record)| record.as_ref().ok())
        .map(|(document, tokenized)| (document, tokenized))
        .collect();
    let mut found = naming.find(&articles)?.into_iter();
    let named = |(end, record): (Cursor, Result<Read, ReadError>)| {
        let named = record.and_then(|(document, tokenized)| {
            let Found { names, warnings } = found.next().expect("names of every article")?;
            Ok(Named { document, tokenized, names, warnings })
        });
        (end, named)
    };
    Ok(batch.into_iter().map(named).collect())
}

fn attributing(
    pool: &ThreadPool,
    settings: &Settings<'_>,
    progress: &Progress,
    named: &Receiver<Message<Named>>,
    to_write: &SyncSender<Message<Annotated>>,
) {
    for message in named {
        let message = match message {
            Message::End => Message::End,
            Message::Batch(batch) => Message::Batch(progress.timed(Stage::Rules, || {
                let one = |(end, record): (Cursor, Result<Named, ReadError>)| {
                    (end, record.and_then(|named| attributed(named, settings)))
                };
                pool.install(|| batch.into_par_iter().map(one).collect())
            })),
        };
        if to_write.send(message).is_err() {
            return;
        }
    }
}

/// One article through the rules. Should they panic on it, it is this article
/// that is lost, and not the run.
fn attributed(named: Named, settings: &Settings<'_>) -> Result<Annotated, ReadError> {
    let id = named.document.id().to_owned();
    let work = AssertUnwindSafe(|| {
        let Named { document, tokenized, names, warnings } = named;
        let mut annotated = pipeline::attribute(document, &tokenized, names);
        annotated.warnings.extend(warnings);
        (settings.change.apply)(&mut annotated);
        annotated
    });
    panic::catch_unwind(work).map_err(|panicked| {
        let message = panicked.downcast_ref::<&str>().map(ToString::to_string);
        let message = message.or_else(|| panicked.downcast_ref::<String>().cloned());
        let message = message.unwrap_or_else(|| "it has panicked".into());
        Place::named("the rules").in_document(id).error(Reason::Failed { message })
    })
}

fn writing(
    parts: &mut Parts<'_>,
    progress: &Progress,
    attributed: &Receiver<Message<Annotated>>,
) -> Result<(), BatchError> {
    for message in attributed {
        match message {
            Message::End => return progress.timed(Stage::Writing, || parts.finish()),
            Message::Batch(batch) => progress.timed(Stage::Writing, || {
                for (end, record) in &batch {
                    progress.add(parts.add(record, *end)?);
                }
                Ok::<(), BatchError>(())
            })?,
        }
    }
    Ok(())
}
