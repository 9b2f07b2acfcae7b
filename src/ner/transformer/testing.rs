//! The tiny random models of `tests/data`, for the tests of what loads and runs
//! a model; and what is to hold of every way to run one.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tempfile::TempDir;

use crate::error::ModelError;
use crate::ner::models::{Architecture, ModelFolder};
use crate::ner::{Entity, Input, Recognizer};
use crate::text::Document;
use crate::tokenize::{Tokenized, tokenize};

fn path() -> PathBuf {
    of("tiny-bert")
}

fn of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The BERT as it is.
pub(in crate::ner) fn tiny() -> ModelFolder {
    ModelFolder::open(path()).unwrap()
}

/// A model of each type.
pub(in crate::ner) fn of_each_type() -> [ModelFolder; 4] {
    Architecture::ALL.map(|a| ModelFolder::open(of(&format!("tiny-{}", a.name()))).unwrap())
}

/// The model that is in the program.
pub(in crate::ner) fn embedded() -> ModelFolder {
    ModelFolder::open(concat!(env!("CARGO_MANIFEST_DIR"), "/models/nl-news-ner")).unwrap()
}

/// What transformers computes of a text.
#[derive(Deserialize)]
pub(in crate::ner) struct Expected {
    pub(in crate::ner) text: String,
    pub(in crate::ner) ids: Vec<i64>,
    logits: Vec<Vec<f32>>,
}

/// What transformers computes with a tiny model.
pub(in crate::ner) fn expectations(folder: &ModelFolder) -> Vec<Expected> {
    let path = folder.path().join("reference.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The largest difference between two rows of numbers.
pub(in crate::ner) fn furthest(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Texts of many lengths, some with several paragraphs and long ones.
pub(in crate::ner) fn texts() -> Vec<String> {
    let words = ["Noé", "staat", "daar", "„Dit", "fijn”,", "Iris", "vond", "dat", "niet."];
    let text = |n: usize| {
        let word = |k: usize| words[(k * k + n) % words.len()];
        let space = |k: usize| if k % (11 + n) == 10 { "\n\n" } else { " " };
        (0..=n * n % 97).flat_map(|k| [word(k), space(k)]).collect()
    };
    (0..40).map(text).collect()
}

pub(in crate::ner) fn read(texts: &[impl AsRef<str>]) -> Vec<(Document, Tokenized)> {
    let read = |text: &str| (Document::new("d", text).unwrap(), tokenize(text));
    texts.iter().map(|text| read(text.as_ref())).collect()
}

pub(in crate::ner) fn inputs(read: &[(Document, Tokenized)]) -> Vec<Input<'_>> {
    read.iter().map(|(document, tokenized)| Input { document, tokenized }).collect()
}

pub(in crate::ner) fn recognize(
    recognizer: &impl Recognizer,
    texts: &[impl AsRef<str>],
) -> Vec<Vec<Entity>> {
    recognizer.recognize(&inputs(&read(texts))).unwrap()
}

/// The logits of what `expectations` have, as one batch, are those of transformers.
pub(in crate::ner) fn check_reference(folder: &ModelFolder, logits: &[Vec<f32>]) {
    let expectations = expectations(folder);
    assert_eq!(logits.len(), expectations.len());
    for (found, expected) in logits.iter().zip(&expectations) {
        let difference = furthest(found, &expected.logits.concat());
        assert!(difference < 1e-4, "{difference} in {} of {}", expected.text, folder.name());
    }
}

/// What is found, to the last bit, is the same with every number of threads and of
/// wordpieces a batch, and whatever texts stand beside a text.
pub(in crate::ner) fn check_company<R: Recognizer>(load: impl Fn(usize, usize) -> R) {
    let texts = texts();
    let bits = |found: Vec<Vec<Entity>>| -> Vec<Vec<_>> {
        let bits = |e: &Entity| (e.span, e.label, e.score.to_bits());
        found.iter().map(|entities| entities.iter().map(bits).collect()).collect()
    };
    let alone = load(1, 1);
    let expected: Vec<Vec<_>> =
        texts.iter().flat_map(|text| bits(recognize(&alone, &[text]))).collect();
    assert!(expected.iter().map(Vec::len).sum::<usize>() > 100, "too few to tell");
    for (threads, pieces) in [(1, 1), (1, 64), (1, 4096), (2, 300), (3, 1024), (4, 512)] {
        let found = bits(recognize(&load(threads, pieces), &texts));
        assert_eq!(found, expected, "{threads} threads, batches of {pieces}");
    }
    // The other way round each text has other neighbours.
    let backwards: Vec<_> = texts.iter().rev().collect();
    let mut found = bits(recognize(&load(2, 200), &backwards));
    found.reverse();
    assert_eq!(found, expected);
}

/// The logits of an input, to the last bit, are the same in any batch.
pub(in crate::ner) fn check_batches(
    folder: &ModelFolder,
    logits: impl Fn(&[Vec<Vec<i64>>]) -> Result<Vec<Vec<Vec<f32>>>, ModelError>,
) {
    let bits = |logits: Vec<f32>| -> Vec<u32> { logits.iter().map(|x| x.to_bits()).collect() };
    let id = |n: usize, k: usize| 5 + i64::from(((n * 79 + k * k) % 60) as u8);
    let longest = folder.max_length();
    // Every length, so that inputs come to stand at all kinds of places.
    let inputs: Vec<Vec<i64>> =
        (0..90).map(|n| (0..2 + n * 37 % (longest - 1)).map(|k| id(n, k)).collect()).collect();
    let run = |batch: &[&Vec<i64>]| -> Vec<Vec<u32>> {
        let batch = batch.iter().map(|&ids| ids.clone()).collect();
        logits(&[batch]).unwrap().remove(0).into_iter().map(bits).collect()
    };
    let alone: Vec<_> = inputs.iter().map(|ids| run(&[ids]).remove(0)).collect();
    for size in [2, 5, 16, 90] {
        for start in (0..inputs.len()).step_by(size) {
            let some: Vec<_> = inputs[start..].iter().take(size).collect();
            assert!(
                run(&some) == alone[start..start + some.len()],
                "{size} from {start} in {}",
                folder.name()
            );
        }
    }
    let backwards: Vec<_> = inputs.iter().rev().collect();
    let mut found = run(&backwards);
    found.reverse();
    assert!(found == alone, "backwards in {}", folder.name());
}

/// A folder with a spoilt file is refused, and the file named.
pub(in crate::ner) fn check_refusals<R>(load: impl Fn(&ModelFolder) -> Result<R, ModelError>) {
    let refusal = |file: &str, bytes: &[u8]| {
        let copy = TinyCopy::new();
        copy.write(file, bytes);
        load(&copy.open()).err().expect("a refusal").to_string()
    };
    for (file, bytes) in [("model.safetensors", "not weights"), ("tokenizer.json", "{}")] {
        let message = refusal(file, bytes.as_bytes());
        assert!(message.contains(file), "{message}");
    }
    let message = refusal("tokenizer_config.json", br#"{"model_max_length": 2}"#);
    assert!(message.contains("too few"), "{message}");
}

/// Weights that are no numbers are an error and not a guess.
pub(in crate::ner) fn check_no_numbers<R: Recognizer>(load: impl Fn(&ModelFolder) -> R) {
    let copy = TinyCopy::new();
    let mut bytes = fs::read(copy.open().weights()).unwrap();
    let start = bytes.len() - 2 * 64;
    for number in bytes[start..].chunks_mut(2) {
        number.copy_from_slice(&0x7e00_u16.to_le_bytes());
    }
    copy.write("model.safetensors", &bytes);
    let read = read(&["Daar staat Noé."]);
    let message = load(&copy.open()).recognize(&inputs(&read)).unwrap_err().to_string();
    assert!(message.contains("finite"), "{message}");
}

/// A copy of the BERT, to spoil.
pub(in crate::ner) struct TinyCopy(TempDir);

impl TinyCopy {
    pub(in crate::ner) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for file in ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]
        {
            fs::copy(path().join(file), folder.path().join(file)).unwrap();
        }
        Self(folder)
    }

    pub(in crate::ner) fn open(&self) -> ModelFolder {
        ModelFolder::open(self.0.path()).unwrap()
    }

    pub(in crate::ner) fn write(&self, file: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(file), bytes).unwrap();
    }

    pub(in crate::ner) fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(self.0.path().join(file)).unwrap();
        self.write(file, change(text).as_bytes());
    }

    pub(in crate::ner) fn edit_tokenizer(&self, change: impl FnOnce(&mut serde_json::Value)) {
        self.edit("tokenizer.json", |text| {
            let mut json = serde_json::from_str(&text).unwrap();
            change(&mut json);
            json.to_string()
        });
    }

    /// Changes the header of the weights and leaves the numbers as they are.
    pub(in crate::ner) fn edit_header(&self, change: impl FnOnce(String) -> String) {
        let bytes = fs::read(self.0.path().join("model.safetensors")).unwrap();
        let (length, rest) = bytes.split_first_chunk::<8>().unwrap();
        let (header, numbers) = rest.split_at(u64::from_le_bytes(*length) as usize);
        let header = change(String::from_utf8(header.to_vec()).unwrap()).into_bytes();
        let length = (header.len() as u64).to_le_bytes();
        self.write("model.safetensors", &[&length, header.as_slice(), numbers].concat());
    }
}
