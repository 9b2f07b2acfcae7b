//! Where a model lies and what its folder says of it. Reads the small files
//! of a folder in Hugging Face layout (`config.json`, `tokenizer_config.json`)
//! and sees that the large ones are there; loading those is up to `bert`.
//! Models of the Hugging Face Hub are got by `fetch` (feature `fetch`) and lie
//! in the [`ModelCache`].

mod cache;
mod config;
#[cfg(feature = "fetch")]
mod fetch;
mod known;
mod labels;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

pub use cache::{Fetched, ModelCache, Provenance};
pub use config::{Activation, Architecture, Sizes};
#[cfg(feature = "fetch")]
pub use fetch::{Hub, News, Wanted};
pub use known::KnownModel;
pub use labels::LabelMap;

use config::Config;

use super::tags::LabelScheme;
use crate::error::ModelError;

/// Environment variable that names a model folder.
pub const MODEL_VARIABLE: &str = "WIEZEI_MODEL";

/// The model that comes with the program, as a path below its home.
const EMBEDDED: &str = "models/nl-news-ner";

const CONFIG: &str = "config.json";
const TOKENIZER: &str = "tokenizer.json";
const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
const WEIGHTS: &str = "model.safetensors";

/// What the weights are where they were saved the old way.
const PICKLED_WEIGHTS: &str = "pytorch_model.bin";
/// What the tokenizer is where it is no more than its words.
const WORD_LIST: &str = "vocab.txt";
/// What the tokenizer is where it was saved the old way.
const OLD_TOKENIZERS: [&str; 3] = ["vocab.json", "sentencepiece.bpe.model", WORD_LIST];

/// A checked folder with a model for named entities: an encoder of one of the
/// types of [`Architecture`] with a token classification head, in Hugging Face
/// layout.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFolder {
    path: PathBuf,
    architecture: Architecture,
    sizes: Sizes,
    epsilon: f64,
    activation: Activation,
    padding: u32,
    tokenizer: TokenizerFile,
    labels: LabelScheme,
    label_names: Vec<String>,
    max_length: usize,
}

impl ModelFolder {
    /// The model `named`, else the one that the environment variable
    /// `WIEZEI_MODEL` names, else the embedded model beside the executable
    /// (`models/nl-news-ner`, or `../share/wiezei/models/nl-news-ner`), else
    /// the embedded model in the source tree. What is named is a folder, or, if
    /// there is none, the name of a model in the user's [`ModelCache`] or of
    /// the embedded one; it is used or refused, and nothing else is tried.
    ///
    /// # Errors
    ///
    /// [`ModelError::NotFound`] with all places tried if there is no folder,
    /// else the errors of [`ModelFolder::open`].
    pub fn find(named: Option<&Path>) -> Result<Self, ModelError> {
        Self::find_with(named, &LabelMap::default())
    }

    /// As [`ModelFolder::find`], with labels that mean what `map` says of them.
    ///
    /// # Errors
    ///
    /// [`ModelError::NotFound`] with all places tried if there is no folder,
    /// else the errors of [`ModelFolder::open_with`].
    pub fn find_with(named: Option<&Path>, map: &LabelMap) -> Result<Self, ModelError> {
        let variable = std::env::var_os(MODEL_VARIABLE).map(PathBuf::from);
        let executable = std::env::current_exe().ok();
        let cache = ModelCache::of_user();
        let tried = places(named, variable.as_deref(), executable.as_deref(), cache.as_ref());
        Self::first(tried, map)
    }

    /// The embedded model.
    ///
    /// # Errors
    ///
    /// As [`ModelFolder::find`].
    pub fn embedded() -> Result<Self, ModelError> {
        let executable = std::env::current_exe().ok();
        Self::first(places(None, None, executable.as_deref(), None), &LabelMap::default())
    }

    /// The first of the folders `tried` that is there.
    fn first(tried: Vec<PathBuf>, map: &LabelMap) -> Result<Self, ModelError> {
        match tried.iter().find(|path| path.is_dir()) {
            Some(path) => Self::open_with(path, map),
            None => Err(ModelError::NotFound { tried }),
        }
    }

    /// Reads and checks the folder at `path`.
    ///
    /// # Errors
    ///
    /// - [`ModelError::NotFound`] if there is no such folder;
    /// - [`ModelError::MissingFile`] if it lacks `config.json`,
    ///   `model.safetensors`, or a tokenizer (`tokenizer.json`, or `vocab.txt`
    ///   for the types that have word lists);
    /// - [`ModelError::OldFormat`] if it has only the forerunner of one;
    /// - [`ModelError::BadFile`] if its configuration cannot be read, or is not
    ///   that of a model that we can run whose labels are named entities.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, ModelError> {
        Self::open_with(path, &LabelMap::default())
    }

    /// Reads and checks the folder at `path`, whose labels mean what `map` says
    /// of them, and else what they are called.
    ///
    /// # Errors
    ///
    /// As [`ModelFolder::open`]; also [`ModelError::BadFile`] if the map speaks
    /// of labels that the model has not.
    pub fn open_with(path: impl Into<PathBuf>, map: &LabelMap) -> Result<Self, ModelError> {
        let path = path.into();
        if !path.is_dir() {
            return Err(ModelError::NotFound { tried: vec![path] });
        }
        for file in [CONFIG, WEIGHTS] {
            if !path.join(file).is_file() {
                return Err(missing(path, file));
            }
        }
        let config: Config = read_json(&path.join(CONFIG))?;
        let bad_config = |reason| ModelError::BadFile { path: path.join(CONFIG), reason };
        let architecture = config.architecture().map_err(bad_config)?;
        let sizes = config.sizes(architecture).map_err(bad_config)?;
        let epsilon = config.epsilon(architecture).map_err(bad_config)?;
        let activation = config.activation().map_err(bad_config)?;
        let (label_names, labels) = config.labels(map).map_err(bad_config)?;
        let padding = config.padding(architecture);
        let tokenizer_config = path.join(TOKENIZER_CONFIG);
        let tokenizer_config: TokenizerConfig = if tokenizer_config.is_file() {
            read_json(&tokenizer_config)?
        } else {
            TokenizerConfig::default()
        };
        let tokenizer = if path.join(TOKENIZER).is_file() {
            TokenizerFile::Whole
        } else if architecture.has_word_list() && path.join(WORD_LIST).is_file() {
            TokenizerFile::WordList(tokenizer_config.cleaning())
        } else {
            return Err(missing(path, TOKENIZER));
        };
        let room = sizes.positions - sizes.first_position;
        let max_length = tokenizer_config.max_length().map_or(room, |length| length.min(room));
        Ok(Self {
            path,
            architecture,
            sizes,
            epsilon,
            activation,
            padding,
            tokenizer,
            labels,
            label_names,
            max_length,
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the folder: `nl-news-ner`.
    #[must_use]
    pub fn name(&self) -> String {
        let full = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let last = full.file_name().unwrap_or(full.as_os_str());
        last.to_string_lossy().into_owned()
    }

    /// Its `config.json`.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.path.join(CONFIG)
    }

    /// The file of its tokenizer: `tokenizer.json`, or `vocab.txt` where there
    /// is none.
    #[must_use]
    pub fn tokenizer(&self) -> PathBuf {
        self.path.join(match self.tokenizer {
            TokenizerFile::Whole => TOKENIZER,
            TokenizerFile::WordList(_) => WORD_LIST,
        })
    }

    /// What the file of its tokenizer is.
    #[must_use]
    pub const fn tokenizer_file(&self) -> TokenizerFile {
        self.tokenizer
    }

    /// Its `model.safetensors`.
    #[must_use]
    pub fn weights(&self) -> PathBuf {
        self.path.join(WEIGHTS)
    }

    /// The type of the model.
    #[must_use]
    pub const fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// What is added to the variance where a hidden state is normalised.
    #[must_use]
    pub const fn epsilon(&self) -> f64 {
        self.epsilon
    }

    /// What stands between the two halves of a feed-forward block.
    #[must_use]
    pub const fn activation(&self) -> Activation {
        self.activation
    }

    /// The wordpiece that fills up shorter inputs where inputs are of one length.
    #[must_use]
    pub const fn padding(&self) -> u32 {
        self.padding
    }

    /// The sizes of the model.
    #[must_use]
    pub const fn sizes(&self) -> Sizes {
        self.sizes
    }

    /// What the model's outputs mean. [`LabelScheme::unknown`] are the labels
    /// that it has and we have not: worth a warning.
    #[must_use]
    pub const fn labels(&self) -> &LabelScheme {
        &self.labels
    }

    /// What the model calls its outputs, in the order of [`LabelScheme::tags`].
    #[must_use]
    pub fn label_names(&self) -> &[String] {
        &self.label_names
    }

    /// The most wordpieces that the model reads at once, special ones counted:
    /// `model_max_length` of `tokenizer_config.json` where it is a length, and
    /// never more than the model has positions.
    #[must_use]
    pub const fn max_length(&self) -> usize {
        self.max_length
    }

    /// SHA-256 of the weights, in hexadecimal. Reads the whole file.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if the file cannot be read.
    pub fn checksum(&self) -> Result<String, ModelError> {
        let path = self.weights();
        let digest = (|| {
            let mut file = fs::File::open(&path)?;
            let mut hash = Sha256::new();
            let mut buffer = vec![0; 1 << 20];
            loop {
                match file.read(&mut buffer)? {
                    0 => return Ok(hash.finalize()),
                    count => hash.update(&buffer[..count]),
                }
            }
        })();
        let digest = digest.map_err(|error: io::Error| unreadable(&path, &error))?;
        Ok(format!("{digest:x}"))
    }
}

/// Where to look, in order.
fn places(
    named: Option<&Path>,
    variable: Option<&Path>,
    executable: Option<&Path>,
    cache: Option<&ModelCache>,
) -> Vec<PathBuf> {
    let variable = variable.filter(|path| !path.as_os_str().is_empty());
    let mut places = Vec::new();
    if let Some(path) = named.or(variable) {
        places.push(path.to_owned());
        places.extend(path.to_str().and_then(|name| cache?.place(name)));
        if Path::new(EMBEDDED).file_name() != Some(path.as_os_str()) {
            return places;
        }
    }
    if let Some(home) = executable.and_then(Path::parent) {
        places.push(home.join(EMBEDDED));
        if let Some(prefix) = home.parent() {
            places.push(prefix.join("share/wiezei").join(EMBEDDED));
        }
    }
    places.push(Path::new(env!("CARGO_MANIFEST_DIR")).join(EMBEDDED));
    places
}

/// The error for a file that is not there; if its forerunner is, with the
/// command that makes the one of the other.
fn missing(folder: PathBuf, file: &'static str) -> ModelError {
    let old: &[_] = match file {
        WEIGHTS => &[PICKLED_WEIGHTS],
        TOKENIZER => &OLD_TOKENIZERS,
        _ => return ModelError::MissingFile { folder, file },
    };
    let Some(&found) = old.iter().find(|old| folder.join(old).is_file()) else {
        return ModelError::MissingFile { folder, file };
    };
    let at = folder.display().to_string();
    let command = conversion(file, &at, &at);
    ModelError::OldFormat { folder, found, wanted: file, command }
}

/// The shell command by which transformers makes `file` of its forerunner: of a
/// folder or a repository on the hub, in a folder.
fn conversion(file: &str, of: &str, folder: &str) -> String {
    let (class, options) = match file {
        WEIGHTS => ("AutoModelForTokenClassification", ", safe_serialization=True"),
        _ => ("AutoTokenizer", ""),
    };
    format!(
        "python -c \"from transformers import {class} as A; \
         A.from_pretrained('{of}').save_pretrained('{folder}'{options})\""
    )
}

fn unreadable(path: &Path, error: &io::Error) -> ModelError {
    ModelError::BadFile { path: path.to_owned(), reason: error.to_string() }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ModelError> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ModelError::BadFile { path: path.to_owned(), reason: error.to_string() })
}

/// What a folder has as its tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenizerFile {
    /// `tokenizer.json`, which says all.
    Whole,
    /// `vocab.txt`, and what is done to a text before it is cut.
    WordList(Cleaning),
}

/// What a tokenizer does to a text before it is cut into wordpieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cleaning {
    /// Whether capitals become small letters.
    pub lowercase: bool,
    /// Whether accents are left out.
    pub strip_accents: bool,
}

/// What we need to know of `tokenizer_config.json`.
#[derive(Deserialize, Default)]
struct TokenizerConfig {
    model_max_length: Option<serde_json::Number>,
    do_lower_case: Option<bool>,
    strip_accents: Option<bool>,
}

impl TokenizerConfig {
    /// As transformers has it: small letters unless the file says no, and
    /// accents left out where letters are made small, unless it says otherwise.
    fn cleaning(&self) -> Cleaning {
        let lowercase = self.do_lower_case.unwrap_or(true);
        Cleaning { lowercase, strip_accents: self.strip_accents.unwrap_or(lowercase) }
    }

    /// The length, unless it is nonsense or the placeholder for none, `1e30`.
    fn max_length(&self) -> Option<usize> {
        let length = self.model_max_length.as_ref()?.as_u64().filter(|&length| length > 0)?;
        usize::try_from(length).ok()
    }
}

#[cfg(test)]
mod tests;
