//! Both ways to run the embedded model, over libtorch and in pure Rust, find the
//! same names in the example articles and the labelled ones.
#![cfg(all(feature = "bert", feature = "candle"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wiezei::ner::bert::{BertOptions, BertRecognizer};
use wiezei::ner::candle::{CandleOptions, CandleRecognizer};
use wiezei::ner::models::ModelFolder;
use wiezei::ner::{Entity, Input, Recognizer};
use wiezei::text::Document;
use wiezei::tokenize::tokenize;

/// The texts of `corpus` and of the development half of `eval/gold`.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["corpus", "eval/gold/dev"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            match path.extension().and_then(|it| it.to_str()) {
                Some("txt") => texts.push(String::from_utf8(bytes).unwrap()),
                Some("json") => {
                    let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                    texts.push(document["text"].as_str().unwrap().to_owned());
                }
                _ => {}
            }
        }
    }
    texts
}

/// The entities of each text by span and label, with their scores.
fn found(recognizer: &dyn Recognizer) -> Vec<BTreeMap<(u32, u32, &'static str), f32>> {
    let read: Vec<_> = texts()
        .iter()
        .map(|text| (Document::new("d", text.as_str()).unwrap(), tokenize(text)))
        .collect();
    let inputs: Vec<_> =
        read.iter().map(|(document, tokenized)| Input { document, tokenized }).collect();
    let key = |it: &Entity| ((it.span.start(), it.span.end(), it.label.name()), it.score);
    let all = recognizer.recognize(&inputs).unwrap();
    all.iter().map(|entities| entities.iter().map(key).collect()).collect()
}

#[test]
fn libtorch_and_pure_rust_find_the_same_names() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/nl-news-ner");
    let folder = ModelFolder::open(folder).unwrap();
    let libtorch = found(&BertRecognizer::load(&folder, BertOptions::default()).unwrap());
    let rust = found(&CandleRecognizer::load(&folder, CandleOptions::default()).unwrap());
    let (mut all, mut same) = (0, 0);
    for (libtorch, rust) in libtorch.iter().zip(&rust) {
        all += libtorch.len().max(rust.len());
        for (name, score) in libtorch {
            let Some(other) = rust.get(name) else { continue };
            same += 1;
            assert!((score - other).abs() < 1e-3, "{name:?}: {score} and {other}");
        }
    }
    assert!(all > 200 && (all - same) * 1000 <= all, "{same} of {all} names are the same");
}
