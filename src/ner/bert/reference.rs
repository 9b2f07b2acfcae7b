//! The same model as rust-bert runs it: the measure that the encoder of this
//! project is checked and timed against. It reads `config.json` and builds the
//! model by itself; only the tensors are loaded the same way. Not fast, and
//! not exact where `layer_norm_eps` is other than 1e-12, which is fixed in it.

use std::collections::BTreeMap;
use std::fs;

use rust_bert::bert::{BertConfig, BertForTokenClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertForTokenClassification};
use rust_bert::roberta::RobertaForTokenClassification;
use tch::nn::VarStore;
use tch::{Device, Kind, TchError, Tensor};

use super::encoder::int;
use crate::error::ModelError;
use crate::ner::models::{Architecture, ModelFolder};

/// A model of rust-bert.
pub struct Reference {
    model: Model,
    padding: i64,
    labels: usize,
}

enum Model {
    Bert(BertForTokenClassification),
    Roberta(RobertaForTokenClassification),
    DistilBert(DistilBertForTokenClassification),
}

impl Reference {
    /// Loads the model of `folder`.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if a file cannot be read or does not fit the
    /// others.
    pub fn load(folder: &ModelFolder, precision: super::Precision) -> Result<Self, ModelError> {
        let path = folder.config();
        let bad = |reason| ModelError::BadFile { path: path.clone(), reason };
        let bytes = fs::read(&path).map_err(|error| bad(error.to_string()))?;
        let mut store = VarStore::new(Device::Cpu);
        let root = store.root();
        let model = match folder.architecture() {
            Architecture::Bert => bert_config(&bytes)
                .and_then(|config| {
                    let model = BertForTokenClassification::new(root, &config);
                    model.map_err(|error| error.to_string())
                })
                .map(Model::Bert),
            Architecture::Roberta | Architecture::XlmRoberta => bert_config(&bytes)
                .and_then(|config| {
                    let model = RobertaForTokenClassification::new(root, &config);
                    model.map_err(|error| error.to_string())
                })
                .map(Model::Roberta),
            Architecture::DistilBert => distilbert_config(&bytes)
                .and_then(|config| {
                    let model = DistilBertForTokenClassification::new(root, &config);
                    model.map_err(|error| error.to_string())
                })
                .map(Model::DistilBert),
        };
        let model = model.map_err(bad)?;
        let tensors = super::tensors(folder, Kind::Float, Device::Cpu)?.into_inner();
        store.freeze();
        let variables: BTreeMap<String, Tensor> = store.variables().into_iter().collect();
        for (name, mut variable) in variables {
            let Some(tensor) = tensors.get(&name) else {
                return Err(bad(format!("rust-bert has a tensor {name} that the file has not")));
            };
            variable.set_data(tensor);
        }
        if precision == super::Precision::Bf16 {
            store.bfloat16();
        }
        let labels = folder.labels().tags().len();
        Ok(Self { model, padding: folder.padding().into(), labels })
    }

    /// The logits of `inputs`, run as one batch, padded to the longest: for
    /// each as many numbers a wordpiece as there are labels.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the model fails.
    pub fn logits(&self, inputs: &[&[i64]]) -> Result<Vec<Vec<f32>>, ModelError> {
        let length = inputs.iter().map(|ids| ids.len()).max().unwrap_or_default();
        let flat = self
            .forward(inputs, length)
            .map_err(|reason| ModelError::Inference(reason.lines().next().unwrap_or("").into()))?;
        let own = flat.chunks((length * self.labels).max(1)).zip(inputs);
        Ok(own.map(|(logits, ids)| logits[..ids.len() * self.labels].to_vec()).collect())
    }

    fn forward(&self, inputs: &[&[i64]], length: usize) -> Result<Vec<f32>, String> {
        let as_text = |error: TchError| error.to_string();
        let mut ids = vec![self.padding; inputs.len() * length];
        let mut mask = vec![0_i64; ids.len()];
        for (n, input) in inputs.iter().enumerate() {
            let here = n * length..n * length + input.len();
            ids[here.clone()].copy_from_slice(input);
            mask[here].fill(1);
        }
        let tensor = |of: &[i64]| Tensor::f_from_slice(of)?.f_view((-1, int(length)?));
        let (ids, mask) = (tensor(&ids).map_err(as_text)?, tensor(&mask).map_err(as_text)?);
        let (ids, mask) = (Some(&ids), Some(&mask));
        let logits = tch::no_grad(|| match &self.model {
            Model::Bert(model) => Ok(model.forward_t(ids, mask, None, None, None, false).logits),
            Model::Roberta(model) => Ok(model.forward_t(ids, mask, None, None, None, false).logits),
            Model::DistilBert(model) => model
                .forward_t(ids, mask, None, false)
                .map(|output| output.logits)
                .map_err(|error| error.to_string()),
        })?;
        let logits = logits.f_to_kind(Kind::Float).and_then(|logits| logits.f_reshape(-1));
        Vec::try_from(&logits.map_err(as_text)?).map_err(as_text)
    }
}

fn bert_config(bytes: &[u8]) -> Result<BertConfig, String> {
    let config: Result<BertConfig, _> = serde_json::from_slice(bytes);
    let mut config = config.map_err(|error| error.to_string())?;
    // Only the logits are asked for, and a label reads what follows it too.
    (config.output_attentions, config.output_hidden_states, config.is_decoder) = (None, None, None);
    Ok(config)
}

/// rust-bert asks for fields that transformers no longer writes; those keep
/// their defaults.
fn distilbert_config(bytes: &[u8]) -> Result<DistilBertConfig, String> {
    let read = || -> serde_json::Result<DistilBertConfig> {
        let mut fields = serde_json::to_value(DistilBertConfig::default())?;
        let given: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(bytes)?;
        if let Some(fields) = fields.as_object_mut() {
            fields.extend(given);
        }
        serde_json::from_value(fields)
    };
    let mut config = read().map_err(|error| error.to_string())?;
    (config.output_attentions, config.output_hidden_states, config.is_decoder) = (None, None, None);
    Ok(config)
}
