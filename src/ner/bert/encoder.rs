//! The forward pass: one encoder for all types of model, over the tensors of
//! `model.safetensors`, made for speed on a processor.
//!
//! The wordpieces of a batch lie one after the other in one matrix, with no
//! padding between inputs; only attention looks at inputs one by one, those of
//! one length together. Queries, keys and values are one product (how it is made,
//! `products` says); the large matrices in between live in a [`Workspace`] where
//! products can be written there, so that no batch asks the system for memory.
//!
//! What rust-bert makes of the same tensors is in `reference`.

use tch::{Device, Kind, TchError, Tensor};

use super::products::{Linear, Products};
use super::take;
use crate::error::ModelError;
use crate::ner::models::{Activation, ModelFolder};
use crate::ner::transformer::layout::{CLASSIFIER, Layout, Part};
use crate::ner::transformer::packing::Packed;
use crate::ner::transformer::weights::Weights;

/// An encoder with a token classification head.
#[derive(Debug)]
pub(super) struct Encoder {
    words: Tensor,
    /// Embeddings of positions, from that of the first wordpiece, with that of
    /// the one token type that there is.
    places: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
    classifier: Linear,
    products: Products,
    heads: i64,
    activation: Activation,
    kind: Kind,
    device: Device,
}

#[derive(Debug)]
struct Layer {
    /// Query, key and value in one.
    attention: Linear,
    attention_output: Linear,
    attention_norm: Norm,
    feed_forward: Linear,
    output: Linear,
    output_norm: Norm,
}

#[derive(Debug)]
struct Norm {
    weight: Tensor,
    bias: Tensor,
    epsilon: f64,
}

/// The matrices between the products, a row a wordpiece, kept from batch to
/// batch. One a thread.
#[derive(Debug)]
pub(super) struct Workspace {
    attention: Tensor,
    context: Tensor,
    feed_forward: Tensor,
    logits: Tensor,
    /// Zeros to add to the scores of attention: nothing is hidden from any. The
    /// binding has no way to leave the mask out.
    mask: Tensor,
}

impl Encoder {
    /// Loads the model of `folder`, its numbers of `kind`, on `device`.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if the weights do not fit `config.json`.
    pub(super) fn load(
        folder: &ModelFolder,
        kind: Kind,
        device: Device,
    ) -> Result<Self, ModelError> {
        let weights = super::tensors(folder, kind, device)?;
        Self::new(folder, weights, kind, device).map_err(|error| ModelError::BadFile {
            path: folder.weights(),
            reason: super::first_line(&error),
        })
    }

    fn new(
        folder: &ModelFolder,
        mut weights: Weights<Tensor>,
        kind: Kind,
        device: Device,
    ) -> Result<Self, TchError> {
        let (layout, sizes) = (Layout::of(folder.architecture()), folder.sizes());
        let epsilon = folder.epsilon();
        let words = take(&mut weights, &layout.embeddings("word"))?;
        let first = int(sizes.first_position)?;
        let positions = take(&mut weights, &layout.embeddings("position"))?;
        let mut places =
            positions.f_narrow(0, first, int(sizes.positions)? - first)?.f_contiguous()?;
        if sizes.token_types > 0 {
            let types = take(&mut weights, &layout.embeddings("token_type"))?;
            let _ = places.f_add_(&types.f_get(0)?)?;
        }
        let norm = Norm::take(&mut weights, &layout.embeddings_norm(), epsilon)?;
        let products = Products::of_machine(kind, device);
        let mut layers = Vec::with_capacity(sizes.layers);
        for n in 0..sizes.layers {
            let name = |part| layout.part(n, part);
            layers.push(Layer::take(&mut weights, &products, name, epsilon)?);
        }
        let classifier = products.layer(&mut weights, &[CLASSIFIER.to_owned()])?;
        let (heads, activation) = (int(sizes.heads)?, folder.activation());
        Ok(Self {
            words,
            places,
            norm,
            layers,
            classifier,
            products,
            heads,
            activation,
            kind,
            device,
        })
    }

    /// Another handle on the same numbers, for another thread.
    pub(super) fn share(&self) -> Self {
        Self {
            words: self.words.shallow_clone(),
            places: self.places.shallow_clone(),
            norm: self.norm.share(),
            layers: self.layers.iter().map(Layer::share).collect(),
            classifier: self.classifier.share(),
            products: self.products.clone(),
            ..*self
        }
    }

    /// Space for the matrices of batches of up to `rows` rows.
    pub(super) fn workspace(&self, rows: usize) -> Result<Workspace, TchError> {
        let hidden = self.words.size()[1];
        let feed_forward = self.layers.first().map_or(hidden, |layer| layer.feed_forward.outputs());
        let rows = int(rows)?;
        let longest = self.places.size()[0];
        let zeros = |rows, columns| Tensor::f_zeros([rows, columns], (self.kind, self.device));
        let matrix = |columns| zeros(rows, columns);
        Ok(Workspace {
            attention: matrix(3 * hidden)?,
            context: matrix(hidden)?,
            feed_forward: matrix(feed_forward)?,
            logits: matrix(self.classifier.outputs())?,
            mask: zeros(longest, longest)?,
        })
    }

    /// The logits of a batch: as many numbers a row as there are labels.
    pub(super) fn logits(
        &self,
        batch: &Packed,
        space: &mut Workspace,
    ) -> Result<Vec<f32>, TchError> {
        let rows = int(batch.rows())?;
        if rows > space.context.size()[0] {
            *space = self.workspace(batch.rows())?;
        }
        tch::no_grad(|| {
            let hidden = self.encode(batch, rows, space)?;
            let room = space.logits.f_narrow(0, 0, rows)?;
            let logits = self.products.of(&self.classifier, &hidden, &room)?;
            Vec::try_from(&logits.f_to_kind(Kind::Float)?.f_to_device(Device::Cpu)?.f_reshape(-1)?)
        })
    }

    fn encode(&self, batch: &Packed, rows: i64, space: &mut Workspace) -> Result<Tensor, TchError> {
        let indices = |of: &[i64]| Tensor::f_from_slice(of)?.f_to_device(self.device);
        let mut hidden = self.words.f_index_select(0, &indices(batch.ids())?)?;
        let _ = hidden.f_add_(&self.places.f_index_select(0, &indices(batch.places())?)?)?;
        hidden = self.norm.of(&hidden)?;
        let attention = space.attention.f_narrow(0, 0, rows)?;
        let context = space.context.f_narrow(0, 0, rows)?;
        let feed_forward = space.feed_forward.f_narrow(0, 0, rows)?;
        let products = &self.products;
        for layer in &self.layers {
            let attention = products.of(&layer.attention, &hidden, &attention)?;
            self.attend(batch, &attention, &space.mask, &context)?;
            hidden = products.added(hidden, &layer.attention_output, &context)?;
            hidden = layer.attention_norm.of(&hidden)?;
            let activation = self.activation;
            let inner =
                products.activated(activation, &layer.feed_forward, &hidden, &feed_forward)?;
            hidden = products.added(hidden, &layer.output, &inner)?;
            hidden = layer.output_norm.of(&hidden)?;
        }
        Ok(hidden)
    }

    /// Writes into `context` what each wordpiece sees of the others of its
    /// input. Rows of no input keep what they have.
    fn attend(
        &self,
        batch: &Packed,
        attention: &Tensor,
        mask: &Tensor,
        context: &Tensor,
    ) -> Result<(), TchError> {
        let hidden = context.size()[1];
        let width = hidden / self.heads;
        let mut start = 0;
        for group in batch.groups() {
            let (count, length) = (int(group.count)?, int(group.length)?);
            let own = attention.f_narrow(0, start, count * length)?;
            let parts = own.f_view([count, length, 3, self.heads, width])?;
            let part = |n| parts.f_select(2, n)?.f_transpose(1, 2);
            let mask = mask.f_narrow(0, 0, length)?.f_narrow(1, 0, length)?;
            let seen = Tensor::f_scaled_dot_product_attention(
                &part(0)?,
                &part(1)?,
                &part(2)?,
                Some(&mask),
                0.0,
                false,
                None,
            )?;
            context
                .f_narrow(0, start, count * length)?
                .f_view([count, length, self.heads, width])?
                .f_copy_(&seen.f_transpose(1, 2)?)?;
            start += count * length;
        }
        Ok(())
    }
}

impl Layer {
    fn take(
        weights: &mut Weights<Tensor>,
        products: &Products,
        name: impl Fn(Part) -> String,
        epsilon: f64,
    ) -> Result<Self, TchError> {
        let attention = [Part::Query, Part::Key, Part::Value].map(&name);
        let mut linear = |part| products.layer(weights, &[name(part)]);
        let attention_output = linear(Part::AttentionOutput)?;
        let feed_forward = linear(Part::FeedForward)?;
        let output = linear(Part::Output)?;
        Ok(Self {
            attention: products.layer(weights, &attention)?,
            attention_output,
            attention_norm: Norm::take(weights, &name(Part::AttentionNorm), epsilon)?,
            feed_forward,
            output,
            output_norm: Norm::take(weights, &name(Part::OutputNorm), epsilon)?,
        })
    }

    fn share(&self) -> Self {
        Self {
            attention: self.attention.share(),
            attention_output: self.attention_output.share(),
            attention_norm: self.attention_norm.share(),
            feed_forward: self.feed_forward.share(),
            output: self.output.share(),
            output_norm: self.output_norm.share(),
        }
    }
}

impl Norm {
    fn take(weights: &mut Weights<Tensor>, name: &str, epsilon: f64) -> Result<Self, TchError> {
        let mut part = |end: &str| take(weights, &format!("{name}.{end}"));
        Ok(Self { weight: part("weight")?, bias: part("bias")?, epsilon })
    }

    fn share(&self) -> Self {
        Self { weight: self.weight.shallow_clone(), bias: self.bias.shallow_clone(), ..*self }
    }

    fn of(&self, input: &Tensor) -> Result<Tensor, TchError> {
        let (weight, bias) = (Some(&self.weight), Some(&self.bias));
        input.f_layer_norm(self.bias.size(), weight, bias, self.epsilon, false)
    }
}

/// A size as libtorch counts.
pub(super) fn int(size: usize) -> Result<i64, TchError> {
    i64::try_from(size).map_err(|error| TchError::Convert(error.to_string()))
}
