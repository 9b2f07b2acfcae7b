//! The transformer: an encoder with a token classification head, run over
//! libtorch. This folder alone names `tch` and `rust_bert`. It gathers the
//! windows of all documents of a call, runs them in batches, and puts the scores
//! back where they belong.
//!
//! A text gets the same scores, to the last bit, whatever is recognized along
//! with it and however many threads there are: no input sees another, the
//! products of a batch are made in one way whatever is in it, and each thread
//! runs whole batches by itself.

mod encoder;
mod layout;
mod packing;
mod pieces;
mod products;
pub mod reference;
#[cfg(test)]
mod testing;
mod weights;

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tch::{Device, Kind, TchError};

use self::encoder::{Encoder, Workspace};
use self::packing::Packed;
use self::pieces::Wordpieces;
use super::decode::Row;
use super::models::ModelFolder;
use super::tags::LabelScheme;
use super::windows::{self, Unit};
use super::{Entity, Input, Recognizer, decode};
use crate::error::ModelError;
use crate::text::Span;

/// Batches are not made smaller than this many wordpieces to give every thread
/// one: a product of fewer rows takes longer a row.
const SMALL_BATCH: usize = 256;

/// How exactly a model counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// 32 bits a number: the same names on every machine, but at the very edge.
    #[default]
    F32,
    /// 16 bits, as wide a range (bfloat16): twice as fast where the processor
    /// has instructions for it, and slower where it has not.
    Bf16,
}

/// What a model runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Processor {
    /// The processor.
    #[default]
    Cpu,
    /// The first graphics card, where libtorch was built for it.
    Cuda,
}

/// How a [`BertRecognizer`] runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BertOptions {
    /// How many batches are run at once, each on one thread. Zero counts as
    /// one.
    pub threads: usize,
    /// How many wordpieces a batch has at most, where it has more than one
    /// window.
    pub batch_pieces: usize,
    /// What the model reads at once.
    pub unit: Unit,
    /// How exactly it counts.
    pub precision: Precision,
    /// What it runs on.
    pub processor: Processor,
}

impl Default for BertOptions {
    /// As many threads as there are cores, 1024 wordpieces a batch, sentences,
    /// in single precision on the processor.
    fn default() -> Self {
        Self {
            threads: thread::available_parallelism().map_or(1, NonZero::get),
            batch_pieces: 1024,
            unit: Unit::default(),
            precision: Precision::default(),
            processor: Processor::default(),
        }
    }
}

/// Finds named entities with an encoder.
pub struct BertRecognizer {
    name: String,
    wordpieces: Wordpieces,
    labels: LabelScheme,
    max_length: usize,
    options: BertOptions,
    /// One a thread, all over the same weights.
    workers: Vec<Mutex<Worker>>,
}

/// An encoder and where it works.
struct Worker {
    encoder: Encoder,
    space: Workspace,
}

/// A unit of a text while its scores are gathered.
struct Reading {
    document: usize,
    tokens: Range<usize>,
    rows: Vec<Option<Row>>,
}

/// One input to the model.
struct Task {
    ids: Vec<i64>,
    /// The reading that it is a part of.
    reading: usize,
    /// Which token of the reading is scored at which place of the input.
    places: Vec<(usize, usize)>,
}

impl BertRecognizer {
    /// Loads the model of `folder`.
    ///
    /// Sets the number of threads that libtorch uses inside one operation to
    /// one, for the whole process: `options.threads` batches run side by side
    /// instead, which is as fast and gives the same numbers every time.
    ///
    /// # Errors
    ///
    /// - [`ModelError::BadFile`] if a file cannot be read or does not fit the
    ///   others;
    /// - [`ModelError::NoCuda`] if a graphics card is asked for and libtorch
    ///   has none.
    pub fn load(folder: &ModelFolder, options: BertOptions) -> Result<Self, ModelError> {
        let wordpieces = Wordpieces::load(folder)?;
        if folder.max_length() <= wordpieces.around() {
            return Err(ModelError::BadFile {
                path: folder.config(),
                reason: format!("{} wordpieces at once are too few", folder.max_length()),
            });
        }
        let options = BertOptions { threads: options.threads.max(1), ..options };
        let kind = match options.precision {
            Precision::F32 => Kind::Float,
            Precision::Bf16 => Kind::BFloat16,
        };
        let device = match options.processor {
            Processor::Cpu => Device::Cpu,
            Processor::Cuda if tch::Cuda::is_available() => Device::Cuda(0),
            Processor::Cuda => return Err(ModelError::NoCuda),
        };
        tch::set_num_threads(1);
        let encoder = Encoder::load(folder, kind, device)?;
        let worker = |encoder: Encoder| {
            let space = encoder.workspace(options.batch_pieces).map_err(|error| failure(&error))?;
            Ok(Mutex::new(Worker { encoder, space }))
        };
        let others = (1..options.threads).map(|_| encoder.share()).collect::<Vec<_>>();
        let workers = others.into_iter().chain([encoder]).map(worker);
        Ok(Self {
            name: folder.name(),
            wordpieces,
            labels: folder.labels().clone(),
            max_length: folder.max_length(),
            options,
            workers: workers.collect::<Result<_, ModelError>>()?,
        })
    }

    /// Cuts a text into what the model is to read.
    fn plan(
        &self,
        document: usize,
        input: &Input<'_>,
        readings: &mut Vec<Reading>,
        tasks: &mut Vec<Task>,
    ) -> Result<(), ModelError> {
        let room = self.max_length - self.wordpieces.around();
        for (tokens, sentences) in windows::units(input.tokenized, self.options.unit) {
            let inside = &input.tokenized.tokens()[tokens.clone()];
            let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
            let span = Span::new(first.span.start(), last.span.end());
            let pieces = self.wordpieces.encode(input.document.slice(span))?;
            let firsts = windows::first_pieces(inside, span.start(), &pieces.offsets);
            for window in windows::cut(&firsts, &sentences, room) {
                let seen = |token: &usize| firsts[*token] < firsts[token + 1];
                let place =
                    |token| (token, self.wordpieces.lead() + firsts[token] - window.pieces.start);
                tasks.push(Task {
                    ids: self.wordpieces.surround(&pieces.ids[window.pieces.clone()]),
                    reading: readings.len(),
                    places: window.keep.filter(seen).map(place).collect(),
                });
            }
            readings.push(Reading { document, rows: vec![None; tokens.len()], tokens });
        }
        Ok(())
    }

    /// Cuts all texts into what the model is to read, side by side.
    fn plan_all(&self, inputs: &[Input<'_>]) -> Result<(Vec<Reading>, Vec<Task>), ModelError> {
        let parts = self.on_all_threads(inputs.len(), |_, n| {
            let (mut readings, mut tasks) = (Vec::new(), Vec::new());
            self.plan(n, &inputs[n], &mut readings, &mut tasks)?;
            Ok((readings, tasks))
        })?;
        let (mut readings, mut tasks) = (Vec::new(), Vec::new());
        for (own, of_own) in parts {
            let before = readings.len();
            tasks.extend(
                of_own.into_iter().map(|task| Task { reading: before + task.reading, ..task }),
            );
            readings.extend(own);
        }
        Ok((readings, tasks))
    }

    /// What the model reads of `inputs`, in the batches in which it reads it.
    /// For measuring: [`BertRecognizer::recognize`] does this and all the rest.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the tokenizer fails.
    pub fn batches(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Vec<i64>>>, ModelError> {
        let (_, tasks) = self.plan_all(inputs)?;
        let batches = self.plan_batches(&tasks);
        let ids = |batch: Vec<usize>| batch.into_iter().map(|n| tasks[n].ids.clone()).collect();
        Ok(batches.into_iter().map(ids).collect())
    }

    /// The logits of batches, as they come out of the model: for each input as
    /// many numbers a wordpiece as there are labels. For measuring, too.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the model fails.
    pub fn logits(&self, batches: &[Vec<Vec<i64>>]) -> Result<Vec<Vec<Vec<f32>>>, ModelError> {
        let labels = self.labels.tags().len();
        self.on_all_threads(batches.len(), |worker, n| {
            let inputs: Vec<&[i64]> = batches[n].iter().map(Vec::as_slice).collect();
            let logits = worker.logits(&inputs)?;
            let mut rest = logits.as_slice();
            let mut own = |ids: &&[i64]| {
                let (logits, others) = rest.split_at(ids.len() * labels);
                rest = others;
                logits.to_vec()
            };
            Ok(inputs.iter().map(&mut own).collect())
        })
    }

    /// Tasks in batches, as indices: as large as the options have it, but as
    /// many for each thread as for any other.
    fn plan_batches(&self, tasks: &[Task]) -> Vec<Vec<usize>> {
        let lengths: Vec<usize> = tasks.iter().map(|task| task.ids.len()).collect();
        let total: usize = lengths.iter().sum();
        let most = self.options.batch_pieces.max(1);
        let count = total.div_ceil(most).max(1).next_multiple_of(self.workers.len());
        packing::batches(&lengths, most.min(total.div_ceil(count).max(SMALL_BATCH)))
    }

    /// Does `work` for every number below `count`, on as many threads as there
    /// are workers; what came of each, in order.
    fn on_all_threads<T: Send>(
        &self,
        count: usize,
        work: impl Fn(&mut Worker, usize) -> Result<T, ModelError> + Sync,
    ) -> Result<Vec<T>, ModelError> {
        let next = AtomicUsize::new(0);
        let run = |worker: &Mutex<Worker>| -> Result<Vec<(usize, T)>, ModelError> {
            // What a worker leaves behind when it panics is written over.
            let mut worker = worker.lock().unwrap_or_else(PoisonError::into_inner);
            let mut done = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= count {
                    return Ok(done);
                }
                done.push((n, work(&mut worker, n)?));
            }
        };
        let workers = &self.workers[..self.workers.len().min(count)];
        let parts: Vec<Result<Vec<_>, ModelError>> = if let [only] = workers {
            vec![run(only)]
        } else {
            let died = |_| Err(ModelError::Inference("a thread of it died".into()));
            thread::scope(|scope| {
                let run = &run;
                let begin = |worker| {
                    scope.spawn(move || {
                        // A new thread has the system's number of threads for an operation,
                        // not that of the thread that began it.
                        tch::set_num_threads(1);
                        run(worker)
                    })
                };
                let threads: Vec<_> = workers.iter().map(begin).collect();
                threads.into_iter().map(|thread| thread.join().unwrap_or_else(died)).collect()
            })
        };
        let mut done = Vec::with_capacity(count);
        for part in parts {
            done.extend(part?);
        }
        done.sort_by_key(|&(n, _)| n);
        Ok(done.into_iter().map(|(_, result)| result).collect())
    }

    /// The rows of each task of a batch, in the order of its places.
    fn rows(
        &self,
        worker: &mut Worker,
        tasks: &[Task],
        batch: &[usize],
    ) -> Result<Vec<(usize, Vec<Row>)>, ModelError> {
        let inputs: Vec<&[i64]> = batch.iter().map(|&n| tasks[n].ids.as_slice()).collect();
        let logits = worker.logits(&inputs)?;
        let labels = self.labels.tags().len();
        let mut done = Vec::with_capacity(batch.len());
        let mut start = 0;
        for &n in batch {
            let row = |&(_, place): &(usize, usize)| {
                let at = (start + place) * labels;
                decode::row(&self.labels, &logits[at..at + labels])
            };
            let rows: Option<Vec<Row>> = tasks[n].places.iter().map(row).collect();
            let broken = || ModelError::Inference("its scores are not finite numbers".into());
            done.push((n, rows.ok_or_else(broken)?));
            start += tasks[n].ids.len();
        }
        Ok(done)
    }
}

impl Worker {
    /// The logits of `inputs`, one after the other.
    fn logits(&mut self, inputs: &[&[i64]]) -> Result<Vec<f32>, ModelError> {
        self.encoder.logits(&Packed::new(inputs), &mut self.space).map_err(|error| failure(&error))
    }
}

impl Recognizer for BertRecognizer {
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        let (mut readings, tasks) = self.plan_all(inputs)?;
        let batches = self.plan_batches(&tasks);
        let done =
            self.on_all_threads(batches.len(), |worker, n| self.rows(worker, &tasks, &batches[n]))?;
        for (n, rows) in done.into_iter().flatten() {
            let task = &tasks[n];
            for (&(token, _), row) in task.places.iter().zip(rows) {
                readings[task.reading].rows[token] = Some(row);
            }
        }
        let decoded = self.on_all_threads(readings.len(), |_, n| {
            let Reading { document, tokens, rows } = &readings[n];
            let tokens = &inputs[*document].tokenized.tokens()[tokens.clone()];
            Ok(decode::entities(tokens, rows, &self.labels))
        })?;
        let mut found = vec![Vec::new(); inputs.len()];
        for (reading, entities) in readings.iter().zip(decoded) {
            found[reading.document].extend(entities);
        }
        Ok(found)
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

fn failure(error: &TchError) -> ModelError {
    ModelError::Inference(first_line(error))
}

/// What went wrong, without the C++ stack trace that follows.
fn first_line(error: &TchError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
