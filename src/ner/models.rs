//! Where a model lies and what its folder says of it. Reads the small files
//! of a folder in Hugging Face layout (`config.json`, `tokenizer_config.json`)
//! and sees that the large ones are there; loading those is up to `bert`.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

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
/// What the tokenizer is where it was saved the old way.
const WORD_LIST: &str = "vocab.txt";

/// Sizes of a BERT, as `config.json` gives them. None is zero.
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
    /// Kinds of segment that have an embedding.
    pub token_types: usize,
}

/// A checked folder with a model for named entities: a BERT with a token
/// classification head, in Hugging Face layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFolder {
    path: PathBuf,
    sizes: Sizes,
    labels: LabelScheme,
    max_length: usize,
}

impl ModelFolder {
    /// The folder `named`, else the one that the environment variable
    /// `WIEZEI_MODEL` names, else the embedded model beside the executable
    /// (`models/nl-news-ner`, or `../share/wiezei/models/nl-news-ner`), else
    /// the embedded model in the source tree. A folder that is named is used
    /// or refused; nothing else is tried after it.
    ///
    /// # Errors
    ///
    /// [`ModelError::NotFound`] with all places tried if there is no folder,
    /// else the errors of [`ModelFolder::open`].
    pub fn find(named: Option<&Path>) -> Result<Self, ModelError> {
        let variable = std::env::var_os(MODEL_VARIABLE).map(PathBuf::from);
        let executable = std::env::current_exe().ok();
        let tried = places(named, variable.as_deref(), executable.as_deref());
        match tried.iter().find(|path| path.is_dir()) {
            Some(path) => Self::open(path),
            None => Err(ModelError::NotFound { tried }),
        }
    }

    /// Reads and checks the folder at `path`.
    ///
    /// # Errors
    ///
    /// - [`ModelError::NotFound`] if there is no such folder;
    /// - [`ModelError::MissingFile`] if it lacks `config.json`,
    ///   `tokenizer.json` or `model.safetensors`;
    /// - [`ModelError::OldFormat`] if it has only the forerunner of one;
    /// - [`ModelError::BadFile`] if its configuration cannot be read, or is not
    ///   that of a BERT whose labels are named entities.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, ModelError> {
        let path = path.into();
        if !path.is_dir() {
            return Err(ModelError::NotFound { tried: vec![path] });
        }
        for file in [CONFIG, TOKENIZER, WEIGHTS] {
            if !path.join(file).is_file() {
                return Err(missing(path, file));
            }
        }
        let config: Config = read_json(&path.join(CONFIG))?;
        let bad_config = |reason| ModelError::BadFile { path: path.join(CONFIG), reason };
        let sizes = config.sizes().map_err(bad_config)?;
        let labels = config.labels().map_err(bad_config)?;
        let tokenizer_config = path.join(TOKENIZER_CONFIG);
        let trained = if tokenizer_config.is_file() {
            read_json::<TokenizerConfig>(&tokenizer_config)?.max_length()
        } else {
            None
        };
        let max_length = trained.map_or(sizes.positions, |length| length.min(sizes.positions));
        Ok(Self { path, sizes, labels, max_length })
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

    /// Its `tokenizer.json`.
    #[must_use]
    pub fn tokenizer(&self) -> PathBuf {
        self.path.join(TOKENIZER)
    }

    /// Its `model.safetensors`.
    #[must_use]
    pub fn weights(&self) -> PathBuf {
        self.path.join(WEIGHTS)
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
) -> Vec<PathBuf> {
    let variable = variable.filter(|path| !path.as_os_str().is_empty());
    if let Some(path) = named.or(variable) {
        return vec![path.to_owned()];
    }
    let mut places = Vec::new();
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
    let (found, class, options) = match file {
        WEIGHTS => {
            (PICKLED_WEIGHTS, "AutoModelForTokenClassification", ", safe_serialization=True")
        }
        TOKENIZER => (WORD_LIST, "AutoTokenizer", ""),
        _ => return ModelError::MissingFile { folder, file },
    };
    if !folder.join(found).is_file() {
        return ModelError::MissingFile { folder, file };
    }
    let command = format!(
        "python -c \"from transformers import {class} as A; \
         d = '{}'; A.from_pretrained(d).save_pretrained(d{options})\"",
        folder.display()
    );
    ModelError::OldFormat { folder, found, wanted: file, command }
}

fn unreadable(path: &Path, error: &io::Error) -> ModelError {
    ModelError::BadFile { path: path.to_owned(), reason: error.to_string() }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ModelError> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ModelError::BadFile { path: path.to_owned(), reason: error.to_string() })
}

/// What we need to know of `config.json`.
#[derive(Deserialize)]
struct Config {
    model_type: Option<String>,
    vocab_size: Option<usize>,
    hidden_size: Option<usize>,
    intermediate_size: Option<usize>,
    num_hidden_layers: Option<usize>,
    num_attention_heads: Option<usize>,
    max_position_embeddings: Option<usize>,
    type_vocab_size: Option<usize>,
    layer_norm_eps: Option<f64>,
    position_embedding_type: Option<String>,
    id2label: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Config {
    /// The sizes, or what keeps the model from being one that we can run.
    fn sizes(&self) -> Result<Sizes, String> {
        match self.model_type.as_deref() {
            Some("bert") => {}
            Some(other) => {
                return Err(format!(
                    "the model is of type {other:?}; only \"bert\" can be used so far"
                ));
            }
            None => return Err("model_type is missing; it must be \"bert\"".into()),
        }
        // What follows is fixed in the implementation of BERT that we run.
        if let Some(other) = self.position_embedding_type.as_deref().filter(|&t| t != "absolute") {
            return Err(format!("position embeddings are {other:?}; they must be \"absolute\""));
        }
        if let Some(eps) = self.layer_norm_eps.filter(|&eps| (eps - 1e-12).abs() > 1e-15) {
            return Err(format!("layer_norm_eps is {eps:e}; it must be 1e-12"));
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
            token_types: size("type_vocab_size", self.type_vocab_size)?,
        };
        if !sizes.hidden.is_multiple_of(sizes.heads) {
            return Err(format!(
                "hidden_size {} is no multiple of num_attention_heads {}",
                sizes.hidden, sizes.heads
            ));
        }
        Ok(sizes)
    }

    /// The labels in the order of the model's outputs.
    fn labels(&self) -> Result<LabelScheme, String> {
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
        LabelScheme::parse(&ordered).ok_or_else(|| {
            format!(
                "none of the labels is a type of name (PER, ORG, LOC, MISC): {}",
                ordered.join(", ")
            )
        })
    }
}

/// What we need to know of `tokenizer_config.json`.
#[derive(Deserialize)]
struct TokenizerConfig {
    model_max_length: Option<serde_json::Number>,
}

impl TokenizerConfig {
    /// The length, unless it is nonsense or the placeholder for none, `1e30`.
    fn max_length(&self) -> Option<usize> {
        let length = self.model_max_length.as_ref()?.as_u64().filter(|&length| length > 0)?;
        usize::try_from(length).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const GOOD: &str = r#"{"model_type": "bert", "vocab_size": 9, "hidden_size": 8,
        "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "max_position_embeddings": 64, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        "id2label": {"0": "O", "1": "B-PER", "2": "I-PER"}}"#;

    /// A folder with `config.json` and two files that are merely there.
    fn folder(config: &str) -> TempDir {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(CONFIG), config).unwrap();
        fs::write(folder.path().join(TOKENIZER), "{}").unwrap();
        fs::write(folder.path().join(WEIGHTS), "abc").unwrap();
        folder
    }

    fn refusal(folder: &TempDir) -> String {
        ModelFolder::open(folder.path()).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_folder_is_read() {
        let folder = folder(GOOD);
        let model = ModelFolder::open(folder.path()).unwrap();
        assert_eq!(model.sizes().feed_forward, 16);
        assert_eq!(model.labels().tags().len(), 3);
        assert_eq!(model.labels().unknown(), [] as [&str; 0]);
        assert_eq!(model.max_length(), 64);
        assert_eq!(model.name(), folder.path().file_name().unwrap().to_str().unwrap());
        assert_eq!(
            model.checksum().unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn each_missing_file_is_named() {
        for file in [CONFIG, TOKENIZER, WEIGHTS] {
            let folder = folder(GOOD);
            fs::remove_file(folder.path().join(file)).unwrap();
            match ModelFolder::open(folder.path()).unwrap_err() {
                ModelError::MissingFile { file: named, folder: at } => {
                    assert_eq!((named, at.as_path()), (file, folder.path()));
                }
                other => panic!("{file}: {other}"),
            }
        }
    }

    #[test]
    fn files_of_the_old_kind_come_with_the_way_to_convert_them() {
        for (file, old) in [(WEIGHTS, PICKLED_WEIGHTS), (TOKENIZER, WORD_LIST)] {
            let folder = folder(GOOD);
            fs::rename(folder.path().join(file), folder.path().join(old)).unwrap();
            let message = refusal(&folder);
            assert!(message.contains(old) && message.contains("save_pretrained"), "{message}");
            assert!(message.contains(&*folder.path().to_string_lossy()), "{message}");
        }
    }

    #[test]
    fn no_folder_is_not_found() {
        let folder = TempDir::new().unwrap();
        let nowhere = folder.path().join("nowhere");
        let message = ModelFolder::find(Some(&nowhere)).unwrap_err().to_string();
        assert!(message.contains("nowhere"), "{message}");
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(matches!(ModelFolder::open(file), Err(ModelError::NotFound { .. })));
    }

    #[test]
    fn what_is_named_is_looked_at_alone_and_first() {
        let (named, variable) = (Path::new("/a"), Path::new("/b"));
        let program = Path::new("/opt/w/bin/wiezei");
        assert_eq!(places(Some(named), Some(variable), Some(program)), [named]);
        assert_eq!(places(None, Some(variable), Some(program)), [variable]);
        let places = places(None, Some(Path::new("")), Some(program));
        assert_eq!(
            places[..2],
            [
                Path::new("/opt/w/bin/models/nl-news-ner"),
                Path::new("/opt/w/share/wiezei/models/nl-news-ner")
            ]
        );
        assert_eq!(places[2], Path::new(env!("CARGO_MANIFEST_DIR")).join(EMBEDDED));
    }

    #[test]
    fn a_model_that_we_cannot_run_is_refused_with_the_reason() {
        let cases = [
            ("\"bert\"", "\"roberta\"", "roberta"),
            ("\"model_type\": \"bert\",", "", "model_type"),
            ("\"hidden_size\": 8,", "", "hidden_size"),
            ("\"hidden_size\": 8", "\"hidden_size\": 9", "num_attention_heads"),
            ("\"vocab_size\": 9", "\"vocab_size\": 0", "vocab_size"),
            ("\"vocab_size\": 9", "\"vocab_size\": -9", "-9"),
            ("1e-12", "1e-5", "layer_norm_eps"),
            (
                "\"type_vocab_size\"",
                "\"position_embedding_type\": \"relative_key\", \"type_vocab_size\"",
                "relative_key",
            ),
            ("\"id2label\"", "\"labels\"", "id2label"),
            ("\"1\": \"B-PER\"", "\"7\": \"B-PER\"", "no name for 1"),
            ("\"1\": \"B-PER\"", "\"1\": 5", "no name for 1"),
            ("B-PER\", \"2\": \"I-PER", "B-DATE\", \"2\": \"LABEL_2", "LABEL_2"),
            ("}}", "}", "EOF"),
        ];
        for (from, to, reason) in cases {
            assert!(GOOD.contains(from), "{from}");
            let message = refusal(&folder(&GOOD.replacen(from, to, 1)));
            assert!(message.contains(reason), "{to}: {message}");
            assert!(message.contains(CONFIG), "{to}: {message}");
        }
    }

    #[test]
    fn a_label_we_have_not_is_reported() {
        let folder = folder(&GOOD.replace("\"2\"", "\"2\": \"B-DATE\", \"3\""));
        let model = ModelFolder::open(folder.path()).unwrap();
        assert_eq!(model.labels().unknown(), ["B-DATE"]);
    }

    #[test]
    fn the_length_is_the_trained_one_where_it_is_known() {
        let cases = [
            ("32", 32),
            ("4096", 64),
            ("1000000000000000019884624838656", 64),
            ("0", 64),
            ("-1", 64),
            ("null", 64),
        ];
        for (length, expected) in cases {
            let folder = folder(GOOD);
            let text = format!("{{\"model_max_length\": {length}}}");
            fs::write(folder.path().join(TOKENIZER_CONFIG), text).unwrap();
            assert_eq!(
                ModelFolder::open(folder.path()).unwrap().max_length(),
                expected,
                "{length}"
            );
        }
        let folder = folder(GOOD);
        fs::write(folder.path().join(TOKENIZER_CONFIG), "{").unwrap();
        assert!(refusal(&folder).contains(TOKENIZER_CONFIG));
    }
}
