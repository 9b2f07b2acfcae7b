//! The transformer in pure Rust, over candle: the same weights, windows and
//! decoding as `bert`, without libtorch. This folder alone names `candle_core`,
//! `candle_nn` and their like. On the processor and in single precision alone; for
//! where a program must bring all that it needs, such as a Python package beside
//! another libtorch.

mod elementwise;
mod encoder;

use std::num::NonZero;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use self::encoder::Encoder;
use super::models::ModelFolder;
use super::transformer::packing::Packed;
use super::transformer::{ForwardPass, Transformer};
use super::windows::Unit;
use super::{Entity, Input, Recognizer};
use crate::error::ModelError;

/// How a [`CandleRecognizer`] runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CandleOptions {
    /// How many batches are run at once, each on one thread. Zero counts as
    /// one.
    pub threads: usize,
    /// How many wordpieces a batch has at most, where it has more than one
    /// window.
    pub batch_pieces: usize,
    /// What the model reads at once.
    pub unit: Unit,
}

impl Default for CandleOptions {
    /// As many threads as there are cores, 1024 wordpieces a batch, sentences.
    fn default() -> Self {
        Self {
            threads: thread::available_parallelism().map_or(1, NonZero::get),
            batch_pieces: 1024,
            unit: Unit::default(),
        }
    }
}

/// Finds named entities with an encoder.
pub struct CandleRecognizer(Transformer<Worker>);

/// An encoder and its thread: what candle would share out between all cores it
/// does on the one thread of this pool.
struct Worker {
    encoder: Encoder,
    thread: ThreadPool,
}

impl CandleRecognizer {
    /// Loads the model of `folder`.
    ///
    /// # Errors
    ///
    /// - [`ModelError::BadFile`] if a file cannot be read or does not fit the
    ///   others;
    /// - [`ModelError::Inference`] if the system gives no threads.
    pub fn load(folder: &ModelFolder, options: CandleOptions) -> Result<Self, ModelError> {
        let workers = || {
            let encoder = Encoder::load(folder)?;
            let worker = |_| {
                let thread = ThreadPoolBuilder::new().num_threads(1).build();
                let thread = thread.map_err(|error| ModelError::Inference(error.to_string()))?;
                Ok(Worker { encoder: encoder.clone(), thread })
            };
            (0..options.threads.max(1)).map(worker).collect()
        };
        Transformer::load(folder, options.unit, options.batch_pieces, workers).map(Self)
    }
}

impl ForwardPass for Worker {
    fn logits(&mut self, inputs: &[&[i64]]) -> Result<Vec<f32>, ModelError> {
        let batch = Packed::new(inputs);
        let logits = self.thread.install(|| self.encoder.logits(&batch));
        logits.map_err(|error| ModelError::Inference(error.to_string()))
    }
}

impl Recognizer for CandleRecognizer {
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        self.0.recognize(inputs)
    }

    fn name(&self) -> String {
        self.0.name().to_owned()
    }
}

#[cfg(test)]
mod tests;
