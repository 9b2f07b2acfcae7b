//! What `config.json` says of a model: which type it is of, its sizes, and what
//! its outputs are called. Refuses what the forward pass cannot run.

use serde::Deserialize;

use super::labels::LabelMap;
use crate::ner::tags::LabelScheme;

/// A type of model that can be run, as `model_type` names it. All four are the
/// same encoder; they differ in names, positions and constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Architecture {
    /// BERT: `BERTje` and our own.
    Bert,
    /// `RoBERTa`: `RobBERT`.
    Roberta,
    /// XLM-RoBERTa: a `RoBERTa` over another vocabulary.
    XlmRoberta,
    /// `DistilBERT`: no token types, other names.
    DistilBert,
}

impl Architecture {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Bert, Self::Roberta, Self::XlmRoberta, Self::DistilBert];

    /// The name in `config.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bert => "bert",
            Self::Roberta => "roberta",
            Self::XlmRoberta => "xlm-roberta",
            Self::DistilBert => "distilbert",
        }
    }

    /// Whether positions count from after the one that padding has.
    const fn counts_after_padding(self) -> bool {
        matches!(self, Self::Roberta | Self::XlmRoberta)
    }

    /// Whether its tokenizer can be built from a list of words, `vocab.txt`.
    pub(super) const fn has_word_list(self) -> bool {
        matches!(self, Self::Bert | Self::DistilBert)
    }
}

/// What stands between the two halves of a feed-forward block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `gelu`, by the error function.
    Gelu,
    /// `gelu_new` and `gelu_pytorch_tanh`, by the hyperbolic tangent.
    GeluTanh,
    /// `relu`.
    Relu,
}

/// Sizes of a model, as `config.json` gives them. None is zero, but for
/// `token_types` and `first_position`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Wordpieces in the vocabulary.
    pub vocabulary: usize,
    /// Numbers in a hidden state.
    pub hidden: usize,
    /// Numbers between the two halves of a feed-forward block.
    pub feed_forward: usize,
    /// Encoder layers.
    pub layers: usize,
    /// Attention heads; they divide `hidden` evenly.
    pub heads: usize,
    /// Positions that have an embedding.
    pub positions: usize,
    /// The position of the first wordpiece.
    pub first_position: usize,
    /// Kinds of segment that have an embedding.
    pub token_types: usize,
}

/// What we need to know of `config.json`.
#[derive(Deserialize)]
pub(super) struct Config {
    model_type: Option<String>,
    vocab_size: Option<usize>,
    #[serde(alias = "dim")]
    hidden_size: Option<usize>,
    #[serde(alias = "hidden_dim")]
    intermediate_size: Option<usize>,
    #[serde(alias = "n_layers")]
    num_hidden_layers: Option<usize>,
    #[serde(alias = "n_heads")]
    num_attention_heads: Option<usize>,
    max_position_embeddings: Option<usize>,
    type_vocab_size: Option<usize>,
    layer_norm_eps: Option<f64>,
    #[serde(alias = "activation")]
    hidden_act: Option<String>,
    pad_token_id: Option<u32>,
    position_embedding_type: Option<String>,
    id2label: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Config {
    /// The type of the model.
    pub(super) fn architecture(&self) -> Result<Architecture, String> {
        let known = || Architecture::ALL.map(|a| format!("{:?}", a.name())).join(", ");
        let Some(name) = self.model_type.as_deref() else {
            return Err(format!("model_type is missing; it must be one of {}", known()));
        };
        Architecture::ALL.into_iter().find(|a| a.name() == name).ok_or_else(|| {
            format!("the model is of type {name:?}; those that can be used are {}", known())
        })
    }

    /// The sizes, or what keeps the model from being one that we can run.
    pub(super) fn sizes(&self, architecture: Architecture) -> Result<Sizes, String> {
        if let Some(other) = self.position_embedding_type.as_deref().filter(|&t| t != "absolute") {
            return Err(format!("position embeddings are {other:?}; they must be \"absolute\""));
        }
        let size = |name: &str, value: Option<usize>| match value {
            Some(0) => Err(format!("{name} is 0")),
            Some(size) => Ok(size),
            None => Err(format!("{name} is missing")),
        };
        let sizes = Sizes {
            vocabulary: size("vocab_size", self.vocab_size)?,
            hidden: size("hidden_size", self.hidden_size)?,
            feed_forward: size("intermediate_size", self.intermediate_size)?,
            layers: size("num_hidden_layers", self.num_hidden_layers)?,
            heads: size("num_attention_heads", self.num_attention_heads)?,
            positions: size("max_position_embeddings", self.max_position_embeddings)?,
            first_position: if architecture.counts_after_padding() {
                self.padding(architecture) as usize + 1
            } else {
                0
            },
            token_types: match architecture {
                Architecture::DistilBert => 0,
                _ => size("type_vocab_size", self.type_vocab_size)?,
            },
        };
        if !sizes.hidden.is_multiple_of(sizes.heads) {
            return Err(format!(
                "hidden_size {} is no multiple of num_attention_heads {}",
                sizes.hidden, sizes.heads
            ));
        }
        if sizes.positions <= sizes.first_position {
            return Err(format!(
                "of max_position_embeddings {} none is left after padding",
                sizes.positions
            ));
        }
        Ok(sizes)
    }

    /// The wordpiece that fills up shorter inputs.
    pub(super) fn padding(&self, architecture: Architecture) -> u32 {
        self.pad_token_id.unwrap_or(u32::from(architecture.counts_after_padding()))
    }

    /// What is added to the variance where a hidden state is normalised.
    pub(super) fn epsilon(&self, architecture: Architecture) -> Result<f64, String> {
        // transformers has it in the code of DistilBERT, whatever the file says.
        let given = self.layer_norm_eps.filter(|_| architecture != Architecture::DistilBert);
        let epsilon = given.unwrap_or(1e-12);
        if epsilon.is_finite() && epsilon > 0.0 {
            return Ok(epsilon);
        }
        Err(format!("layer_norm_eps is {epsilon:e}; it must be more than 0"))
    }

    /// What stands between the two halves of a feed-forward block.
    pub(super) fn activation(&self) -> Result<Activation, String> {
        match self.hidden_act.as_deref() {
            None | Some("gelu") => Ok(Activation::Gelu),
            Some("gelu_new" | "gelu_pytorch_tanh") => Ok(Activation::GeluTanh),
            Some("relu") => Ok(Activation::Relu),
            Some(other) => Err(format!(
                "hidden_act is {other:?}; it must be \"gelu\", \"gelu_new\" or \"relu\""
            )),
        }
    }

    /// The labels in the order of the model's outputs: what they are called,
    /// and what they mean by `map`.
    pub(super) fn labels(&self, map: &LabelMap) -> Result<(Vec<String>, LabelScheme), String> {
        let names = self.id2label.as_ref().ok_or(
            "id2label is missing: the model was not trained to label tokens with named entities",
        )?;
        let mut ordered = Vec::with_capacity(names.len());
        for place in 0..names.len() {
            match names.get(&place.to_string()).and_then(|name| name.as_str()) {
                Some(name) => ordered.push(name),
                None => {
                    return Err(format!(
                        "id2label has {} labels but no name for {place}",
                        names.len()
                    ));
                }
            }
        }
        let strange: Vec<_> = map.labels().filter(|label| !ordered.contains(label)).collect();
        if !strange.is_empty() {
            return Err(format!(
                "has no label {}, which the label map speaks of; it has {}",
                strange.join(", "),
                ordered.join(", ")
            ));
        }
        let read: Vec<_> = ordered.iter().map(|label| map.get(label).unwrap_or(label)).collect();
        let scheme = LabelScheme::parse(&read).ok_or_else(|| {
            format!(
                "none of the labels is a type of name (PER, ORG, LOC, MISC): {}; say what they \
                 mean with --label-map",
                ordered.join(", ")
            )
        })?;
        Ok((ordered.into_iter().map(str::to_owned).collect(), scheme))
    }
}
