//! Sees that `model.safetensors` holds what `config.json` promises, before
//! anything is built: every tensor of a BERT with a token classification head,
//! by name, shape and kind of number. The library that loads the weights would
//! only say so by aborting, or not at all.

use std::fs;

use safetensors::{Dtype, SafeTensors};

use super::models::{ModelFolder, Sizes};
use crate::error::ModelError;

/// Checks the weights of `folder`.
///
/// # Errors
///
/// [`ModelError::BadFile`] if the file cannot be read, is no whole safetensors
/// file, or lacks a tensor or has it in another shape.
pub(super) fn check(folder: &ModelFolder) -> Result<(), ModelError> {
    let path = folder.weights();
    let bad = |reason: String| ModelError::BadFile { path: path.clone(), reason };
    let bytes = fs::read(&path).map_err(|error| bad(error.to_string()))?;
    let file = SafeTensors::deserialize(&bytes)
        .map_err(|error| bad(format!("not a whole safetensors file ({error})")))?;
    for (name, shape) in tensors(folder.sizes(), folder.labels().tags().len()) {
        let Ok(tensor) = file.tensor(&name) else {
            return Err(bad(format!("has no tensor {name}, which config.json asks for")));
        };
        if tensor.shape() != shape {
            return Err(bad(format!(
                "tensor {name} has the shape {:?}, where config.json asks for {shape:?}",
                tensor.shape()
            )));
        }
        if !matches!(tensor.dtype(), Dtype::F16 | Dtype::BF16 | Dtype::F32 | Dtype::F64) {
            return Err(bad(format!(
                "tensor {name} holds {:?}; floating-point numbers are needed",
                tensor.dtype()
            )));
        }
    }
    Ok(())
}

/// Name and shape of every tensor of a BERT with a token classification head,
/// as transformers names them.
fn tensors(sizes: Sizes, labels: usize) -> impl Iterator<Item = (String, Vec<usize>)> {
    let Sizes { vocabulary, hidden, feed_forward, layers, positions, token_types, .. } = sizes;
    let norm = move |name: &str| linear(name, None, hidden);
    let embedding = |name: &str, count| {
        (format!("bert.embeddings.{name}_embeddings.weight"), vec![count, hidden])
    };
    let embeddings = [
        embedding("word", vocabulary),
        embedding("position", positions),
        embedding("token_type", token_types),
    ];
    let layer = move |n: usize| {
        let part = |name: &str| format!("bert.encoder.layer.{n}.{name}");
        [
            linear(&part("attention.self.query"), Some(hidden), hidden),
            linear(&part("attention.self.key"), Some(hidden), hidden),
            linear(&part("attention.self.value"), Some(hidden), hidden),
            linear(&part("attention.output.dense"), Some(hidden), hidden),
            norm(&part("attention.output.LayerNorm")),
            linear(&part("intermediate.dense"), Some(hidden), feed_forward),
            linear(&part("output.dense"), Some(feed_forward), hidden),
            norm(&part("output.LayerNorm")),
        ]
        .into_iter()
        .flatten()
    };
    embeddings
        .into_iter()
        .chain(norm("bert.embeddings.LayerNorm"))
        .chain((0..layers).flat_map(layer))
        .chain(linear("classifier", Some(hidden), labels))
}

/// Weight and bias of a linear layer, or of a norm where `from` is none.
fn linear(name: &str, from: Option<usize>, to: usize) -> [(String, Vec<usize>); 2] {
    let weight = from.map_or(vec![to], |from| vec![to, from]);
    [(format!("{name}.weight"), weight), (format!("{name}.bias"), vec![to])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::testing::{TinyCopy, tiny};
    use std::collections::BTreeMap;

    #[test]
    fn the_tensors_of_a_sound_file_are_all_there() {
        check(&tiny()).unwrap();
        assert_eq!(tensors(tiny().sizes(), 9).count(), 5 + 16 * 2 + 2);
    }

    #[test]
    fn a_file_that_is_no_safetensors_is_refused() {
        let whole = fs::read(tiny().weights()).unwrap();
        let mut huge_header = whole.clone();
        huge_header[7] = 0x7f;
        let cases: [&[u8]; 6] =
            [b"", b"abc", &whole[..7], &whole[..200], &whole[..whole.len() - 1], &huge_header];
        for bytes in cases {
            let copy = TinyCopy::new();
            copy.write("model.safetensors", bytes);
            let message = check(&copy.open()).unwrap_err().to_string();
            assert!(message.contains("not a whole safetensors file"), "{message}");
            assert!(message.contains("model.safetensors"), "{message}");
        }
    }

    #[test]
    fn a_missing_tensor_is_named() {
        let copy = TinyCopy::new();
        copy.edit_header(|header| header.replace("bert.encoder.layer.1.output.dense.bias", "x"));
        let message = check(&copy.open()).unwrap_err().to_string();
        assert!(message.contains("no tensor bert.encoder.layer.1.output.dense.bias"), "{message}");
    }

    #[test]
    fn a_tensor_of_another_shape_or_kind_is_named() {
        // config.json against the weights: each size in turn.
        for (from, to, tensor) in [
            ("\"vocab_size\": 67", "\"vocab_size\": 68", "word_embeddings"),
            ("\"max_position_embeddings\": 48", "\"max_position_embeddings\": 49", "position"),
            ("\"type_vocab_size\": 2", "\"type_vocab_size\": 3", "token_type"),
            ("\"intermediate_size\": 32", "\"intermediate_size\": 31", "intermediate"),
            ("\"hidden_size\": 16", "\"hidden_size\": 160000000000", "embeddings"),
            ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 4000000000", "layer.2"),
            ("\"8\": \"I-MISC\"", "\"8\": \"I-MISC\", \"9\": \"B-X\"", "classifier"),
        ] {
            let copy = TinyCopy::new();
            copy.edit("config.json", |text| {
                assert!(text.contains(from), "{from} in {text}");
                text.replacen(from, to, 1)
            });
            let message = check(&copy.open()).unwrap_err().to_string();
            assert!(message.contains(tensor), "{to}: {message}");
        }
        let copy = TinyCopy::new();
        copy.edit_header(|header| header.replace("F16", "I16"));
        let message = check(&copy.open()).unwrap_err().to_string();
        assert!(message.contains("holds I16"), "{message}");
    }

    #[test]
    fn names_are_those_of_the_file() {
        let bytes = fs::read(tiny().weights()).unwrap();
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let there: BTreeMap<_, _> =
            file.tensors().into_iter().map(|(name, t)| (name, t.shape().to_vec())).collect();
        let asked: BTreeMap<_, _> = tensors(tiny().sizes(), 9).collect();
        assert_eq!(asked, there);
    }
}
