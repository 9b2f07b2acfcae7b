//! The tiny random model of `tests/data/tiny-bert`, for the tests of what
//! loads and runs a model.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::models::ModelFolder;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tiny-bert")
}

/// The model as it is.
pub(super) fn tiny() -> ModelFolder {
    ModelFolder::open(path()).unwrap()
}

/// A copy of the model, to spoil.
pub(super) struct TinyCopy(TempDir);

impl TinyCopy {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for file in ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]
        {
            fs::copy(path().join(file), folder.path().join(file)).unwrap();
        }
        Self(folder)
    }

    pub(super) fn open(&self) -> ModelFolder {
        ModelFolder::open(self.0.path()).unwrap()
    }

    pub(super) fn write(&self, file: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(file), bytes).unwrap();
    }

    pub(super) fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(self.0.path().join(file)).unwrap();
        self.write(file, change(text).as_bytes());
    }

    pub(super) fn edit_tokenizer(&self, change: impl FnOnce(&mut serde_json::Value)) {
        self.edit("tokenizer.json", |text| {
            let mut json = serde_json::from_str(&text).unwrap();
            change(&mut json);
            json.to_string()
        });
    }

    /// Changes the header of the weights and leaves the numbers as they are.
    pub(super) fn edit_header(&self, change: impl FnOnce(String) -> String) {
        let bytes = fs::read(self.0.path().join("model.safetensors")).unwrap();
        let (length, rest) = bytes.split_first_chunk::<8>().unwrap();
        let (header, numbers) = rest.split_at(u64::from_le_bytes(*length) as usize);
        let header = change(String::from_utf8(header.to_vec()).unwrap()).into_bytes();
        let length = (header.len() as u64).to_le_bytes();
        self.write("model.safetensors", &[&length, header.as_slice(), numbers].concat());
    }
}
