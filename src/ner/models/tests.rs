//! What of a model folder is taken, and what is refused with which reason.

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
    assert_eq!(model.label_names(), ["O", "B-PER", "I-PER"]);
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
    let places = |named, variable| places(named, variable, Some(program), None);
    assert_eq!(places(Some(named), Some(variable)), [named]);
    assert_eq!(places(None, Some(variable)), [variable]);
    let embedded = places(None, Some(Path::new("")));
    assert_eq!(
        embedded,
        [
            Path::new("/opt/w/bin/models/nl-news-ner"),
            Path::new("/opt/w/share/wiezei/models/nl-news-ner"),
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(EMBEDDED),
        ]
    );
}

#[test]
fn a_name_is_that_of_a_folder_a_fetched_model_or_the_embedded_one() {
    let cache = ModelCache::at("/c");
    let places = |named| places(Some(Path::new(named)), None, None, Some(&cache));
    assert_eq!(places("bertje"), [Path::new("bertje"), Path::new("/c/bertje")]);
    assert_eq!(places("a/b"), [Path::new("a/b"), Path::new("/c/a--b")]);
    assert_eq!(places("../b"), [Path::new("../b")]);
    let embedded = places("nl-news-ner");
    assert_eq!(embedded[..2], [Path::new("nl-news-ner"), Path::new("/c/nl-news-ner")]);
    assert!(embedded[2].ends_with(EMBEDDED), "{embedded:?}");
    assert_eq!(ModelFolder::embedded().unwrap().name(), "nl-news-ner");
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
    assert_eq!(model.label_names()[2], "LABEL_2");
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
        assert_eq!(ModelFolder::open(folder.path()).unwrap().max_length(), expected, "{length}");
    }
    let folder = folder(GOOD);
    fs::write(folder.path().join(TOKENIZER_CONFIG), "{").unwrap();
    assert!(refusal(&folder).contains(TOKENIZER_CONFIG));
}
