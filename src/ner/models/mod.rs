//! Where a model lies and what its folder says of it. Reads the small files
//! of a folder in Hugging Face layout (`config.json`, `tokenizer_config.json`)
//! and sees that the large ones are there; loading those is up to `bert`.

mod config;
mod labels;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

pub use config::{Activation, Architecture, Sizes};
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
        let tried = places(named, variable.as_deref(), executable.as_deref());
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
        let labels = config.labels(map).map_err(bad_config)?;
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
    let (old, class, options): (&[_], _, _) = match file {
        WEIGHTS => {
            (&[PICKLED_WEIGHTS], "AutoModelForTokenClassification", ", safe_serialization=True")
        }
        TOKENIZER => (&OLD_TOKENIZERS, "AutoTokenizer", ""),
        _ => return ModelError::MissingFile { folder, file },
    };
    let Some(&found) = old.iter().find(|old| folder.join(old).is_file()) else {
        return ModelError::MissingFile { folder, file };
    };
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
        let roberta = GOOD.replace("\"bert\"", "\"roberta\"");
        for (config, file, old) in [
            (GOOD, WEIGHTS, PICKLED_WEIGHTS),
            (&roberta, WEIGHTS, PICKLED_WEIGHTS),
            (&roberta, TOKENIZER, "vocab.json"),
            (&roberta, TOKENIZER, "sentencepiece.bpe.model"),
        ] {
            let folder = folder(config);
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
            ("\"bert\"", "\"electra\"", "electra"),
            ("1e-12", "-1e-12", "layer_norm_eps"),
            ("\"vocab_size\"", "\"hidden_act\": \"silu\", \"vocab_size\"", "silu"),
            ("\"model_type\": \"bert\",", "", "model_type"),
            ("\"hidden_size\": 8,", "", "hidden_size"),
            ("\"hidden_size\": 8", "\"hidden_size\": 9", "num_attention_heads"),
            ("\"vocab_size\": 9", "\"vocab_size\": 0", "vocab_size"),
            ("\"vocab_size\": 9", "\"vocab_size\": -9", "-9"),
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
    fn each_type_of_model_is_read() {
        for (name, architecture) in Architecture::ALL.map(|a| (a.name(), a)) {
            let config = GOOD.replace("\"bert\"", &format!("{name:?}"));
            let folder = folder(&config.replace("1e-12", "1e-5"));
            let model = ModelFolder::open(folder.path()).unwrap();
            assert_eq!(model.architecture(), architecture);
            // Positions of the RoBERTas begin after the padding's, and
            // DistilBERT has one way to normalise.
            let (length, padding, epsilon) = match architecture {
                Architecture::Bert => (64, 0, 1e-5),
                Architecture::DistilBert => (64, 0, 1e-12),
                _ => (62, 1, 1e-5),
            };
            assert_eq!((model.max_length(), model.padding()), (length, padding));
            assert!((model.epsilon() / epsilon - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_names_that_distilbert_has_for_sizes_are_known() {
        let config = r#"{"model_type": "distilbert", "vocab_size": 9, "dim": 8, "hidden_dim": 16,
            "n_layers": 1, "n_heads": 2, "max_position_embeddings": 64, "activation": "relu",
            "id2label": {"0": "O", "1": "PER"}}"#;
        let folder = folder(config);
        let model = ModelFolder::open(folder.path()).unwrap();
        assert_eq!((model.sizes().feed_forward, model.sizes().token_types), (16, 0));
        assert_eq!(model.activation(), Activation::Relu);
    }

    #[test]
    fn a_word_list_is_a_tokenizer_and_cleans_as_it_was_trained_to() {
        for (text, lowercase, strip_accents) in [
            ("{}", true, true),
            (r#"{"do_lower_case": false}"#, false, false),
            (r#"{"do_lower_case": true, "strip_accents": false}"#, true, false),
            (r#"{"do_lower_case": false, "strip_accents": true}"#, false, true),
        ] {
            let folder = folder(GOOD);
            fs::rename(folder.path().join(TOKENIZER), folder.path().join(WORD_LIST)).unwrap();
            fs::write(folder.path().join(TOKENIZER_CONFIG), text).unwrap();
            let model = ModelFolder::open(folder.path()).unwrap();
            let cleaning = Cleaning { lowercase, strip_accents };
            assert_eq!(model.tokenizer_file(), TokenizerFile::WordList(cleaning), "{text}");
            assert!(model.tokenizer().ends_with(WORD_LIST));
        }
    }

    #[test]
    fn labels_without_meaning_are_read_by_the_map() {
        let config = GOOD.replace("B-PER", "LABEL_1").replace("I-PER", "LABEL_2");
        let folder = folder(&config);
        assert!(refusal(&folder).contains("--label-map"));
        let map = "LABEL_1=B-PER,LABEL_2=I-PER".parse().unwrap();
        let model = ModelFolder::open_with(folder.path(), &map).unwrap();
        assert_eq!(model.labels().tags()[2].label(), Some(crate::ner::Label::Per));
        let wrong = "LABEL_1=B-PER,LABEL_7=I-PER".parse().unwrap();
        let message = ModelFolder::open_with(folder.path(), &wrong).unwrap_err().to_string();
        assert!(message.contains("LABEL_7"), "{message}");
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
