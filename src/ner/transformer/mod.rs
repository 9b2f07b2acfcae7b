//! What every way to run a transformer has in common: the wordpieces of a
//! model, the tensors that its file must hold, the windows of all documents of a
//! call gathered into batches, and the scores put back where they belong. What
//! multiplies the matrices is a [`ForwardPass`]: over libtorch in `bert`, in pure
//! Rust in `candle`. Nothing here names a library of tensors.
//!
//! A text gets the same scores, to the last bit, whatever is recognized along
//! with it and however many threads there are, as long as the forward pass keeps
//! its promise: each thread runs whole batches by itself.

pub(in crate::ner) mod layout;
pub(in crate::ner) mod packing;
pub(in crate::ner) mod pieces;
#[cfg(test)]
pub(in crate::ner) mod testing;
pub(in crate::ner) mod weights;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use self::pieces::Wordpieces;
use super::decode::Row;
use super::models::ModelFolder;
use super::tags::LabelScheme;
use super::windows::{self, Unit};
use super::{Entity, Input, decode};
use crate::error::ModelError;
use crate::text::Span;

/// Batches are not made smaller than this many wordpieces to give every thread
/// one: a product of fewer rows takes longer a row.
const SMALL_BATCH: usize = 256;

/// An encoder with a token classification head, and where it works: one a
/// thread.
pub(in crate::ner) trait ForwardPass: Send {
    /// The logits of `inputs`, one after the other: as many numbers a wordpiece
    /// as there are labels. Those of an input are the same, to the last bit,
    /// whatever stands beside it.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the model fails.
    fn logits(&mut self, inputs: &[&[i64]]) -> Result<Vec<f32>, ModelError>;
}

/// Finds named entities with an encoder that `P` runs.
pub(in crate::ner) struct Transformer<P> {
    name: String,
    wordpieces: Wordpieces,
    labels: LabelScheme,
    max_length: usize,
    /// What the model reads at once.
    unit: Unit,
    /// How many wordpieces a batch has at most, where it has more than one
    /// window.
    batch_pieces: usize,
    /// One a thread, all over the same weights.
    workers: Vec<Mutex<P>>,
}

/// A unit of a text while its scores are gathered.
pub(in crate::ner) struct Reading {
    document: usize,
    tokens: Range<usize>,
    rows: Vec<Option<Row>>,
}

/// One input to the model.
pub(in crate::ner) struct Task {
    pub(in crate::ner) ids: Vec<i64>,
    /// The reading that it is a part of.
    reading: usize,
    /// Which token of the reading is scored at which place of the input.
    pub(in crate::ner) places: Vec<(usize, usize)>,
}

impl<P: ForwardPass> Transformer<P> {
    /// The model of `folder`, run by `workers`, of which there is at least one:
    /// the files are read in the order tokenizer, weights.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if a file cannot be read or does not fit the
    /// others; and those of `workers`.
    pub(in crate::ner) fn load(
        folder: &ModelFolder,
        unit: Unit,
        batch_pieces: usize,
        workers: impl FnOnce() -> Result<Vec<P>, ModelError>,
    ) -> Result<Self, ModelError> {
        let wordpieces = Wordpieces::load(folder)?;
        if folder.max_length() <= wordpieces.around() {
            return Err(ModelError::BadFile {
                path: folder.config(),
                reason: format!("{} wordpieces at once are too few", folder.max_length()),
            });
        }
        Ok(Self {
            name: folder.name(),
            wordpieces,
            labels: folder.labels().clone(),
            max_length: folder.max_length(),
            unit,
            batch_pieces,
            workers: workers()?.into_iter().map(Mutex::new).collect(),
        })
    }

    /// The name of the model's folder.
    pub(in crate::ner) fn name(&self) -> &str {
        &self.name
    }

    /// Cuts a text into what the model is to read.
    pub(in crate::ner) fn plan(
        &self,
        document: usize,
        input: &Input<'_>,
        readings: &mut Vec<Reading>,
        tasks: &mut Vec<Task>,
    ) -> Result<(), ModelError> {
        let room = self.max_length - self.wordpieces.around();
        for (tokens, sentences) in windows::units(input.tokenized, self.unit) {
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
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the tokenizer fails.
    #[cfg(feature = "bert")]
    pub(in crate::ner) fn batches(
        &self,
        inputs: &[Input<'_>],
    ) -> Result<Vec<Vec<Vec<i64>>>, ModelError> {
        let (_, tasks) = self.plan_all(inputs)?;
        let batches = self.plan_batches(&tasks);
        let ids = |batch: Vec<usize>| batch.into_iter().map(|n| tasks[n].ids.clone()).collect();
        Ok(batches.into_iter().map(ids).collect())
    }

    /// The logits of batches, as they come out of the model: for each input as
    /// many numbers a wordpiece as there are labels.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the model fails.
    #[cfg(any(feature = "bert", test))]
    pub(in crate::ner) fn logits(
        &self,
        batches: &[Vec<Vec<i64>>],
    ) -> Result<Vec<Vec<Vec<f32>>>, ModelError> {
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
        let most = self.batch_pieces.max(1);
        let count = total.div_ceil(most).max(1).next_multiple_of(self.workers.len());
        packing::batches(&lengths, most.min(total.div_ceil(count).max(SMALL_BATCH)))
    }

    /// Does `work` for every number below `count`, on as many threads as there
    /// are workers; what came of each, in order.
    fn on_all_threads<T: Send>(
        &self,
        count: usize,
        work: impl Fn(&mut P, usize) -> Result<T, ModelError> + Sync,
    ) -> Result<Vec<T>, ModelError> {
        let next = AtomicUsize::new(0);
        let run = |worker: &Mutex<P>| -> Result<Vec<(usize, T)>, ModelError> {
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
                let threads: Vec<_> =
                    workers.iter().map(|worker| scope.spawn(move || run(worker))).collect();
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
        worker: &mut P,
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

    /// The entities of each document, in the order of `inputs`.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the model fails on a text.
    pub(in crate::ner) fn recognize(
        &self,
        inputs: &[Input<'_>],
    ) -> Result<Vec<Vec<Entity>>, ModelError> {
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
}

#[cfg(all(test, feature = "bert"))]
impl<P> Transformer<P> {
    pub(in crate::ner) fn wordpieces(&self) -> &Wordpieces {
        &self.wordpieces
    }
}
