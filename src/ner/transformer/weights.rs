//! The tensors of `model.safetensors`, in whatever form a forward pass has
//! them. Sees that the file holds what `config.json` promises, every tensor by
//! name, shape and kind of number, before anything is made of it: a library
//! that makes tensors may only say so by aborting, or not at all.

use std::collections::HashMap;
use std::fs;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use super::layout;
use crate::error::ModelError;
use crate::ner::models::ModelFolder;

/// The tensors of a model by their names in the file.
#[derive(Debug)]
pub(in crate::ner) struct Weights<T>(HashMap<String, T>);

impl<T> Weights<T> {
    /// Reads the weights of `folder`, and has `convert` make a tensor of what
    /// the file has of each, or say why it cannot.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if the file cannot be read, is no whole
    /// safetensors file, or lacks a tensor or has it in another shape.
    pub(in crate::ner) fn load(
        folder: &ModelFolder,
        convert: impl Fn(TensorView<'_>) -> Result<T, String>,
    ) -> Result<Self, ModelError> {
        let path = folder.weights();
        let bad = |reason: String| ModelError::BadFile { path: path.clone(), reason };
        let bytes = fs::read(&path).map_err(|error| bad(error.to_string()))?;
        let file = SafeTensors::deserialize(&bytes)
            .map_err(|error| bad(format!("not a whole safetensors file ({error})")))?;
        let labels = folder.labels().tags().len();
        let mut views = Vec::new();
        for (name, shape) in layout::tensors(folder.architecture(), folder.sizes(), labels) {
            let view = checked(&file, &name, &shape).map_err(bad)?;
            views.push((name, view));
        }
        let tensor = |(name, view)| convert(view).map(|tensor| (name, tensor));
        views.into_iter().map(tensor).collect::<Result<_, _>>().map(Self).map_err(bad)
    }

    /// Takes the tensor of that name out.
    ///
    /// # Errors
    ///
    /// A message if there is none, or it was taken before.
    pub(in crate::ner) fn take(&mut self, name: &str) -> Result<T, String> {
        self.0.remove(name).ok_or_else(|| format!("no tensor {name}"))
    }

    /// What is left, by name.
    #[cfg(any(feature = "bert", test))]
    pub(in crate::ner) fn into_inner(self) -> HashMap<String, T> {
        self.0
    }
}

/// The tensor `name` of the file, if it is there in that shape.
fn checked<'a>(
    file: &'a SafeTensors<'a>,
    name: &str,
    shape: &[usize],
) -> Result<TensorView<'a>, String> {
    let Ok(tensor) = file.tensor(name) else {
        return Err(format!("has no tensor {name}, which config.json asks for"));
    };
    if tensor.shape() != shape {
        return Err(format!(
            "tensor {name} has the shape {:?}, where config.json asks for {shape:?}",
            tensor.shape()
        ));
    }
    if !matches!(tensor.dtype(), Dtype::F16 | Dtype::BF16 | Dtype::F32 | Dtype::F64) {
        return Err(format!(
            "tensor {name} holds {:?}; floating-point numbers are needed",
            tensor.dtype()
        ));
    }
    Ok(tensor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::transformer::testing::{TinyCopy, tiny};
    use std::collections::BTreeMap;

    /// The number of bytes of each tensor.
    fn check(folder: &ModelFolder) -> Result<Weights<usize>, ModelError> {
        Weights::load(folder, |view| Ok(view.data().len()))
    }

    fn asked() -> BTreeMap<String, Vec<usize>> {
        layout::tensors(tiny().architecture(), tiny().sizes(), 9).collect()
    }

    #[test]
    fn the_tensors_of_a_sound_file_are_all_there() {
        let weights = check(&tiny()).unwrap();
        assert_eq!(weights.into_inner().len(), 5 + 16 * 2 + 2);
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
        assert_eq!(asked(), there);
    }
}
