//! How the types of model name their tensors, as transformers saves them: the
//! one encoder that they all are, with its differences as data.

use crate::ner::models::{Architecture, Sizes};

/// The names of one type's tensors.
pub(in crate::ner) struct Layout {
    /// What all but the classifier's begin with.
    prefix: &'static str,
    /// What the layers' begin with, before their number.
    layer: &'static str,
    query: &'static str,
    key: &'static str,
    value: &'static str,
    attention_output: &'static str,
    attention_norm: &'static str,
    feed_forward: &'static str,
    output: &'static str,
    output_norm: &'static str,
}

const BERT: Layout = Layout {
    prefix: "bert",
    layer: "encoder.layer",
    query: "attention.self.query",
    key: "attention.self.key",
    value: "attention.self.value",
    attention_output: "attention.output.dense",
    attention_norm: "attention.output.LayerNorm",
    feed_forward: "intermediate.dense",
    output: "output.dense",
    output_norm: "output.LayerNorm",
};

const ROBERTA: Layout = Layout { prefix: "roberta", ..BERT };

const DISTILBERT: Layout = Layout {
    prefix: "distilbert",
    layer: "transformer.layer",
    query: "attention.q_lin",
    key: "attention.k_lin",
    value: "attention.v_lin",
    attention_output: "attention.out_lin",
    attention_norm: "sa_layer_norm",
    feed_forward: "ffn.lin1",
    output: "ffn.lin2",
    output_norm: "output_layer_norm",
};

/// The classifier, of whatever type the model is.
pub(in crate::ner) const CLASSIFIER: &str = "classifier";

/// A part of a layer that has a weight and a bias.
#[derive(Debug, Clone, Copy)]
pub(in crate::ner) enum Part {
    Query,
    Key,
    Value,
    AttentionOutput,
    AttentionNorm,
    FeedForward,
    Output,
    OutputNorm,
}

impl Layout {
    /// The layout of a type.
    pub(in crate::ner) const fn of(architecture: Architecture) -> &'static Self {
        match architecture {
            Architecture::Bert => &BERT,
            Architecture::Roberta | Architecture::XlmRoberta => &ROBERTA,
            Architecture::DistilBert => &DISTILBERT,
        }
    }

    /// The embeddings of `what`: `word`, `position`, `token_type`.
    pub(in crate::ner) fn embeddings(&self, what: &str) -> String {
        format!("{}.embeddings.{what}_embeddings.weight", self.prefix)
    }

    /// What follows the embeddings.
    pub(in crate::ner) fn embeddings_norm(&self) -> String {
        format!("{}.embeddings.LayerNorm", self.prefix)
    }

    /// A part of layer `n`, without `.weight` or `.bias`.
    pub(in crate::ner) fn part(&self, n: usize, part: Part) -> String {
        let name = match part {
            Part::Query => self.query,
            Part::Key => self.key,
            Part::Value => self.value,
            Part::AttentionOutput => self.attention_output,
            Part::AttentionNorm => self.attention_norm,
            Part::FeedForward => self.feed_forward,
            Part::Output => self.output,
            Part::OutputNorm => self.output_norm,
        };
        format!("{}.{}.{n}.{name}", self.prefix, self.layer)
    }
}

/// Name and shape of every tensor of a model with `labels` outputs.
pub(in crate::ner) fn tensors(
    architecture: Architecture,
    sizes: Sizes,
    labels: usize,
) -> impl Iterator<Item = (String, Vec<usize>)> {
    let layout = Layout::of(architecture);
    let Sizes { vocabulary, hidden, feed_forward, layers, positions, token_types, .. } = sizes;
    let embeddings = [("word", vocabulary), ("position", positions), ("token_type", token_types)];
    let embeddings = embeddings
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(move |(what, count)| (layout.embeddings(what), vec![count, hidden]));
    let layer = move |n: usize| {
        [
            (Part::Query, Some(hidden), hidden),
            (Part::Key, Some(hidden), hidden),
            (Part::Value, Some(hidden), hidden),
            (Part::AttentionOutput, Some(hidden), hidden),
            (Part::AttentionNorm, None, hidden),
            (Part::FeedForward, Some(hidden), feed_forward),
            (Part::Output, Some(feed_forward), hidden),
            (Part::OutputNorm, None, hidden),
        ]
        .into_iter()
        .flat_map(move |(part, from, to)| linear(&layout.part(n, part), from, to))
    };
    embeddings
        .chain(linear(&layout.embeddings_norm(), None, hidden))
        .chain((0..layers).flat_map(layer))
        .chain(linear(CLASSIFIER, Some(hidden), labels))
}

/// Weight and bias of a linear layer, or of a norm where `from` is none.
fn linear(name: &str, from: Option<usize>, to: usize) -> [(String, Vec<usize>); 2] {
    let weight = from.map_or(vec![to], |from| vec![to, from]);
    [(format!("{name}.weight"), weight), (format!("{name}.bias"), vec![to])]
}
