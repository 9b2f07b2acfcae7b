//! The transformer over libtorch: an encoder with a token classification head.
//! This folder alone names `tch` and `rust_bert`. What is fed to it and what
//! becomes of its scores is in `transformer`.
//!
//! The products of a batch are made in one way whatever is in it, and each
//! thread runs whole batches by itself.

mod encoder;
mod products;
pub mod reference;

use std::num::NonZero;
use std::thread;

use tch::{Device, Kind, TchError, Tensor};

use self::encoder::{Encoder, Workspace};
use super::models::ModelFolder;
use super::transformer::packing::Packed;
use super::transformer::weights::Weights;
use super::transformer::{ForwardPass, Transformer};
use super::windows::Unit;
use super::{Entity, Input, Recognizer};
use crate::error::ModelError;

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
pub struct BertRecognizer(Transformer<Worker>);

/// An encoder and where it works.
struct Worker {
    encoder: Encoder,
    space: Workspace,
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
        let workers = || Worker::load(folder, options);
        Transformer::load(folder, options.unit, options.batch_pieces, workers).map(Self)
    }

    /// What the model reads of `inputs`, in the batches in which it reads it.
    /// For measuring: [`BertRecognizer::recognize`] does this and all the rest.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the tokenizer fails.
    pub fn batches(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Vec<i64>>>, ModelError> {
        self.0.batches(inputs)
    }

    /// The logits of batches, as they come out of the model: for each input as
    /// many numbers a wordpiece as there are labels. For measuring, too.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the model fails.
    pub fn logits(&self, batches: &[Vec<Vec<i64>>]) -> Result<Vec<Vec<Vec<f32>>>, ModelError> {
        self.0.logits(batches)
    }
}

impl Worker {
    /// One a thread, all over the same weights.
    fn load(folder: &ModelFolder, options: BertOptions) -> Result<Vec<Self>, ModelError> {
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
            Ok(Self { encoder, space })
        };
        let others = (1..options.threads).map(|_| encoder.share()).collect::<Vec<_>>();
        others.into_iter().chain([encoder]).map(worker).collect()
    }
}

impl ForwardPass for Worker {
    fn logits(&mut self, inputs: &[&[i64]]) -> Result<Vec<f32>, ModelError> {
        // A new thread has the system's number of threads for an operation, not
        // that of the thread that began it.
        tch::set_num_threads(1);
        self.encoder.logits(&Packed::new(inputs), &mut self.space).map_err(|error| failure(&error))
    }
}

impl Recognizer for BertRecognizer {
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        self.0.recognize(inputs)
    }

    fn name(&self) -> String {
        self.0.name().to_owned()
    }
}

fn failure(error: &TchError) -> ModelError {
    ModelError::Inference(first_line(error))
}

/// The tensors of a model's file, as numbers of `kind` on `device`.
///
/// # Errors
///
/// [`ModelError::BadFile`] if the file does not hold what `config.json` asks for.
fn tensors(
    folder: &ModelFolder,
    kind: Kind,
    device: Device,
) -> Result<Weights<Tensor>, ModelError> {
    Weights::load(folder, |view| {
        Tensor::try_from(view)
            .and_then(|tensor| tensor.f_to_kind(kind)?.f_to_device(device))
            .map_err(|error| first_line(&error))
    })
}

/// The tensor of that name.
fn take(weights: &mut Weights<Tensor>, name: &str) -> Result<Tensor, TchError> {
    weights.take(name).map_err(TchError::Convert)
}

/// What went wrong, without the C++ stack trace that follows.
fn first_line(error: &TchError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
