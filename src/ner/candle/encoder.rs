//! The forward pass, over candle's tensors: the same one encoder for all types
//! of model as `bert/encoder.rs` has over libtorch's.
//!
//! The wordpieces of a batch lie one after the other in one matrix, with no
//! padding between inputs; only attention looks at inputs one by one, those of
//! one length together. Queries, keys and values are one product.

use candle_core::{DType, Device, Result, Tensor};
use candle_nn::ops::{layer_norm, softmax_last_dim};
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::elementwise::Biased;
use crate::error::ModelError;
use crate::ner::models::{Activation, ModelFolder};
use crate::ner::transformer::layout::{CLASSIFIER, Layout, Part};
use crate::ner::transformer::packing::Packed;
use crate::ner::transformer::weights::Weights;

/// An encoder with a token classification head. A clone is another handle on
/// the same numbers.
#[derive(Clone)]
pub(super) struct Encoder {
    words: Tensor,
    /// Embeddings of positions, from that of the first wordpiece, with that of
    /// the one token type that there is.
    places: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
    classifier: Linear,
    heads: usize,
    activation: Activation,
}

#[derive(Clone)]
struct Layer {
    /// Query, key and value in one; the query is already divided by the root of
    /// its width.
    attention: Linear,
    attention_output: Linear,
    attention_norm: Norm,
    feed_forward: Linear,
    output: Linear,
    output_norm: Norm,
}

/// A product with a matrix, and a sum.
#[derive(Clone)]
struct Linear {
    /// Transposed: a column an output.
    weight: Tensor,
    bias: Tensor,
}

#[derive(Clone)]
struct Norm {
    weight: Tensor,
    bias: Tensor,
    epsilon: f32,
}

impl Encoder {
    /// Loads the model of `folder`.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if the weights do not fit `config.json`.
    pub(super) fn load(folder: &ModelFolder) -> std::result::Result<Self, ModelError> {
        let weights =
            Weights::load(folder, |view| tensor(&view).map_err(|error| error.to_string()))?;
        Self::new(folder, weights).map_err(|error| ModelError::BadFile {
            path: folder.weights(),
            reason: error.to_string(),
        })
    }

    fn new(folder: &ModelFolder, mut weights: Weights<Tensor>) -> Result<Self> {
        let (layout, sizes) = (Layout::of(folder.architecture()), folder.sizes());
        let epsilon = folder.epsilon() as f32;
        let words = take(&mut weights, &layout.embeddings("word"))?;
        let first = sizes.first_position;
        let positions = take(&mut weights, &layout.embeddings("position"))?;
        let mut places = positions.narrow(0, first, sizes.positions - first)?;
        if sizes.token_types > 0 {
            let types = take(&mut weights, &layout.embeddings("token_type"))?;
            places = places.broadcast_add(&types.get(0)?)?;
        }
        let norm = Norm::take(&mut weights, &layout.embeddings_norm(), epsilon)?;
        let scale = ((sizes.hidden / sizes.heads) as f64).sqrt().recip();
        let mut layers = Vec::with_capacity(sizes.layers);
        for n in 0..sizes.layers {
            layers.push(Layer::take(&mut weights, |part| layout.part(n, part), epsilon, scale)?);
        }
        let classifier = Linear::take(&mut weights, CLASSIFIER)?;
        let (heads, activation) = (sizes.heads, folder.activation());
        Ok(Self { words, places, norm, layers, classifier, heads, activation })
    }

    /// The logits of a batch: as many numbers a row as there are labels.
    ///
    /// # Errors
    ///
    /// If an input is longer than the model's positions, or has a wordpiece that
    /// the model has not.
    pub(super) fn logits(&self, batch: &Packed) -> Result<Vec<f32>> {
        let indices = |of: &[i64]| Tensor::from_slice(of, of.len(), &Device::Cpu);
        let words = self.words.index_select(&indices(batch.ids())?, 0)?;
        let places = self.places.index_select(&indices(batch.places())?, 0)?;
        let mut hidden = self.norm.of(&(words + places)?)?;
        for layer in &self.layers {
            let seen = self.attend(batch, &layer.attention.of(&hidden, None)?)?;
            let told = layer.attention_output.of(&seen, None)?;
            hidden = layer.attention_norm.of(&(hidden + told)?)?;
            let wide = layer.feed_forward.of(&hidden, Some(self.activation))?;
            let narrow = layer.output.of(&wide, None)?;
            hidden = layer.output_norm.of(&(hidden + narrow)?)?;
        }
        self.classifier.of(&hidden, None)?.flatten_all()?.to_vec1()
    }

    /// What each wordpiece sees of the others of its input; rows of no input
    /// see nothing.
    fn attend(&self, batch: &Packed, attention: &Tensor) -> Result<Tensor> {
        let hidden = attention.dim(1)? / 3;
        let width = hidden / self.heads;
        let mut seen = Vec::with_capacity(batch.groups().len() + 1);
        let mut start = 0;
        for group in batch.groups() {
            let (count, length) = (group.count, group.length);
            let own = attention.narrow(0, start, count * length)?;
            let parts = own.reshape((count, length, 3, self.heads, width))?;
            let part = |n| parts.get_on_dim(2, n)?.transpose(1, 2)?.contiguous();
            let (query, key, value) = (part(0)?, part(1)?, part(2)?);
            let weights = softmax_last_dim(&query.matmul(&key.t()?)?)?;
            let own = weights.matmul(&value)?.transpose(1, 2)?;
            seen.push(own.reshape((count * length, hidden))?);
            start += count * length;
        }
        if start < batch.rows() {
            let shape = (batch.rows() - start, hidden);
            seen.push(Tensor::zeros(shape, DType::F32, &Device::Cpu)?);
        }
        Tensor::cat(&seen, 0)
    }
}

impl Layer {
    fn take(
        weights: &mut Weights<Tensor>,
        name: impl Fn(Part) -> String,
        epsilon: f32,
        scale: f64,
    ) -> Result<Self> {
        let mut linear = |part| Linear::take(weights, &name(part));
        let query = linear(Part::Query)?;
        let query = Linear { weight: (query.weight * scale)?, bias: (query.bias * scale)? };
        let attention = Linear::beside(&[query, linear(Part::Key)?, linear(Part::Value)?])?;
        let attention_output = linear(Part::AttentionOutput)?;
        let feed_forward = linear(Part::FeedForward)?;
        let output = linear(Part::Output)?;
        Ok(Self {
            attention,
            attention_output,
            attention_norm: Norm::take(weights, &name(Part::AttentionNorm), epsilon)?,
            feed_forward,
            output,
            output_norm: Norm::take(weights, &name(Part::OutputNorm), epsilon)?,
        })
    }
}

impl Linear {
    fn take(weights: &mut Weights<Tensor>, name: &str) -> Result<Self> {
        let weight = take(weights, &format!("{name}.weight"))?.t()?.contiguous()?;
        Ok(Self { weight, bias: take(weights, &format!("{name}.bias"))? })
    }

    /// The layers, one beside the other.
    fn beside(layers: &[Self]) -> Result<Self> {
        let weights: Vec<_> = layers.iter().map(|layer| &layer.weight).collect();
        let biases: Vec<_> = layers.iter().map(|layer| &layer.bias).collect();
        let weight = Tensor::cat(&weights, 1)?.contiguous()?;
        Ok(Self { weight, bias: Tensor::cat(&biases, 0)? })
    }

    fn of(&self, input: &Tensor, activation: Option<Activation>) -> Result<Tensor> {
        let output = input.matmul(&self.weight)?;
        output.inplace_op2(&self.bias, &Biased(activation))?;
        Ok(output)
    }
}

impl Norm {
    fn take(weights: &mut Weights<Tensor>, name: &str, epsilon: f32) -> Result<Self> {
        let mut part = |end: &str| take(weights, &format!("{name}.{end}"));
        Ok(Self { weight: part("weight")?, bias: part("bias")?, epsilon })
    }

    fn of(&self, input: &Tensor) -> Result<Tensor> {
        layer_norm(input, &self.weight, &self.bias, self.epsilon)
    }
}

fn take(weights: &mut Weights<Tensor>, name: &str) -> Result<Tensor> {
    weights.take(name).map_err(candle_core::Error::msg)
}

/// A tensor of the file in single precision.
fn tensor(view: &TensorView<'_>) -> Result<Tensor> {
    let kind = match view.dtype() {
        Dtype::F16 => DType::F16,
        Dtype::BF16 => DType::BF16,
        Dtype::F64 => DType::F64,
        _ => DType::F32,
    };
    Tensor::from_raw_buffer(view.data(), kind, view.shape(), &Device::Cpu)?.to_dtype(DType::F32)
}
