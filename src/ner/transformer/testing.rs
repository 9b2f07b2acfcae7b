//! The tiny random models of `tests/data`, for the tests of what loads and runs
//! a model.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::ner::models::{Architecture, ModelFolder};

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
