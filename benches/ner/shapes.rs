//! The shapes of models: how many operations a forward pass asks for, how fast
//! products of those shapes can be, and a model of random weights in the shape
//! of BERT-base.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::json;
use tch::{CModule, Device, Kind, Tensor};
use wiezei::ner::models::{ModelFolder, Sizes};

/// Rows of the matrices of a full batch.
const ROWS: i64 = 1024;

/// Floating-point operations in the products of a forward pass over inputs of
/// these lengths.
pub(crate) fn operations(folder: &ModelFolder, lengths: &[usize]) -> f64 {
    let Sizes { hidden, feed_forward, layers, .. } = folder.sizes();
    let labels = folder.labels().tags().len();
    let (hidden, feed_forward) = (hidden as f64, feed_forward as f64);
    let of_one = |&length: &usize| {
        let length = length as f64;
        let dense = 4.0 * hidden * hidden + 2.0 * hidden * feed_forward;
        let attention = 2.0 * length * hidden;
        2.0 * length * (layers as f64 * (dense + attention) + hidden * labels as f64)
    };
    lengths.iter().map(of_one).sum()
}

/// oneDNN's products, as the forward pass reaches them.
const SCRIPT: &[u8] = include_bytes!("../../src/ner/bert/products.pt");

/// Matrices of the four shapes that the dense layers of a model multiply.
pub(crate) struct Products {
    shapes: Vec<Shape>,
    /// In single precision, where products may be made in two ways.
    one_dnn: Option<CModule>,
}

struct Shape {
    input: Tensor,
    weight: Tensor,
    laid_out: Option<Tensor>,
    bias: Tensor,
    operations: f64,
}

impl Products {
    pub(crate) fn new(folder: &ModelFolder, kind: Kind) -> Result<Self> {
        let Sizes { hidden, feed_forward, .. } = folder.sizes();
        let (h, f) = (int(hidden), int(feed_forward));
        let one_dnn = match kind {
            Kind::Float => Some(CModule::load_data(&mut &*SCRIPT)?),
            _ => None,
        };
        let shape = |(from, to): (i64, i64)| -> Result<Shape> {
            let random = |size: [i64; 2]| Tensor::rand(size, (kind, Device::Cpu));
            let weight = random([to, from]);
            let lay_out = |script: &CModule| script.method_ts("lay_out", &[&weight]);
            Ok(Shape {
                input: random([ROWS, from]),
                laid_out: one_dnn.as_ref().map(lay_out).transpose()?,
                weight: weight.transpose(0, 1),
                bias: Tensor::zeros([to], (kind, Device::Cpu)),
                operations: 2.0 * (ROWS * from * to) as f64,
            })
        };
        let shapes = [(h, 3 * h), (h, h), (h, f), (f, h)].map(shape);
        Ok(Self { shapes: shapes.into_iter().collect::<Result<_>>()?, one_dnn })
    }

    /// Operations a second, of the fastest of five products of each shape, on
    /// one thread. Where there are two ways, five of each.
    pub(crate) fn peak(&self) -> Result<f64> {
        // A new thread has the system's number of threads for an operation.
        tch::set_num_threads(1);
        let mut peak = 0.0_f64;
        for Shape { input, weight, laid_out, bias, operations } in &self.shapes {
            let _warm = input.matmul(weight);
            for _ in 0..5 {
                let start = Instant::now();
                let _product = input.matmul(weight);
                peak = peak.max(operations / start.elapsed().as_secs_f64());
            }
            let Some((script, weight)) = self.one_dnn.as_ref().zip(laid_out.as_ref()) else {
                continue;
            };
            for _ in 0..6 {
                let start = Instant::now();
                let _product = script.forward_ts(&[input, weight, bias])?;
                peak = peak.max(operations / start.elapsed().as_secs_f64());
            }
        }
        Ok(peak)
    }
}

/// Writes a model of random weights: 12 layers of 768, 110 million parameters,
/// but for the smaller vocabulary of `like`, whose tokenizer it takes.
pub(crate) fn write_base(folder: &Path, like: &ModelFolder) -> Result<()> {
    let (hidden, feed_forward, layers, positions) = (768, 3072, 12, 512);
    let vocabulary = like.sizes().vocabulary;
    let names = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"];
    let labels: serde_json::Map<_, _> =
        names.iter().enumerate().map(|(n, name)| (n.to_string(), json!(name))).collect();
    let config = json!({
        "architectures": ["BertForTokenClassification"], "model_type": "bert",
        "vocab_size": vocabulary, "hidden_size": hidden, "intermediate_size": feed_forward,
        "num_hidden_layers": layers, "num_attention_heads": 12,
        "max_position_embeddings": positions, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02, "pad_token_id": 0, "id2label": labels,
    });
    fs::write(folder.join("config.json"), config.to_string())?;
    fs::copy(like.tokenizer(), folder.join("tokenizer.json"))?;
    fs::write(
        folder.join("tokenizer_config.json"),
        json!({"model_max_length": like.max_length()}).to_string(),
    )?;
    let random =
        |size: &[i64]| (Tensor::randn(size, (Kind::Float, Device::Cpu)) * 0.02).to_kind(Kind::Half);
    let mut tensors: Vec<(String, Tensor)> = Vec::new();
    let mut linear = |name: &str, from: Option<i64>, to: i64| {
        let weight = match from {
            Some(from) => random(&[to, from]),
            None => Tensor::ones([to], (Kind::Half, Device::Cpu)),
        };
        tensors.push((format!("{name}.weight"), weight));
        tensors.push((format!("{name}.bias"), random(&[to])));
    };
    linear("bert.embeddings.LayerNorm", None, hidden);
    for n in 0..layers {
        let part = |name: &str| format!("bert.encoder.layer.{n}.{name}");
        for name in ["self.query", "self.key", "self.value", "output.dense"] {
            linear(&part(&format!("attention.{name}")), Some(hidden), hidden);
        }
        linear(&part("attention.output.LayerNorm"), None, hidden);
        linear(&part("intermediate.dense"), Some(hidden), feed_forward);
        linear(&part("output.dense"), Some(feed_forward), hidden);
        linear(&part("output.LayerNorm"), None, hidden);
    }
    linear("classifier", Some(hidden), int(names.len()));
    for (name, count) in [("word", int(vocabulary)), ("position", positions), ("token_type", 2)] {
        let name = format!("bert.embeddings.{name}_embeddings.weight");
        tensors.push((name, random(&[count, hidden])));
    }
    Tensor::write_safetensors(&tensors, folder.join("model.safetensors"))?;
    Ok(())
}

/// A size as libtorch counts; none is beyond it.
fn int(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
