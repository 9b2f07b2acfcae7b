//! The recognizer over tiny models: its logits, and that they are the same
//! whatever stands beside an input. What it shares with `bert` is tested there
//! and in `transformer`.

use std::fs;

use serde::Deserialize;

use super::*;
use crate::ner::transformer::testing::{TinyCopy, of_each_type, tiny};
use crate::text::Document;
use crate::tokenize::tokenize;

/// What transformers computes of a text.
#[derive(Deserialize)]
struct Expected {
    text: String,
    ids: Vec<i64>,
    logits: Vec<Vec<f32>>,
}

fn embedded() -> ModelFolder {
    ModelFolder::open(concat!(env!("CARGO_MANIFEST_DIR"), "/models/nl-news-ner")).unwrap()
}

fn load(folder: &ModelFolder, threads: usize, batch_pieces: usize) -> CandleRecognizer {
    let options = CandleOptions { threads, batch_pieces, unit: Unit::Paragraph };
    CandleRecognizer::load(folder, options).unwrap()
}

/// The bits of the logits of each input of a batch.
fn bits(recognizer: &CandleRecognizer, batch: &[Vec<i64>]) -> Vec<Vec<u32>> {
    let logits = recognizer.0.logits(&[batch.to_vec()]).unwrap().remove(0);
    logits.iter().map(|logits| logits.iter().map(|x| x.to_bits()).collect()).collect()
}

#[test]
fn the_logits_of_each_type_are_those_of_transformers() {
    for folder in of_each_type() {
        let recognizer = load(&folder, 1, 256);
        let reference = fs::read(folder.path().join("reference.json")).unwrap();
        let expectations: Vec<Expected> = serde_json::from_slice(&reference).unwrap();
        let inputs: Vec<_> = expectations.iter().map(|expected| expected.ids.clone()).collect();
        let logits = recognizer.0.logits(&[inputs]).unwrap().remove(0);
        for (found, expected) in logits.iter().zip(&expectations) {
            let logits = expected.logits.concat();
            assert_eq!(found.len(), logits.len());
            for (found, expected_one) in found.iter().zip(&logits) {
                let difference = (found - expected_one).abs();
                assert!(
                    difference < 1e-4,
                    "{difference} in {} of {}",
                    expected.text,
                    folder.name()
                );
            }
        }
    }
}

#[test]
fn the_scores_of_one_input_are_the_same_in_any_batch() {
    for folder in [tiny(), embedded()] {
        let recognizer = load(&folder, 1, 256);
        let id = |n: usize, k: usize| 5 + i64::from(((n * 79 + k * k) % 60) as u8);
        let longest = folder.max_length();
        let inputs: Vec<Vec<i64>> =
            (0..60).map(|n| (0..2 + n * 37 % (longest - 1)).map(|k| id(n, k)).collect()).collect();
        let alone: Vec<_> = inputs
            .iter()
            .map(|ids| bits(&recognizer, std::slice::from_ref(ids)).remove(0))
            .collect();
        for size in [2, 5, 16, 60] {
            for start in (0..inputs.len()).step_by(size) {
                let end = inputs.len().min(start + size);
                assert!(
                    bits(&recognizer, &inputs[start..end]) == alone[start..end],
                    "{size} from {start} in {}",
                    folder.name()
                );
            }
        }
    }
}

#[test]
fn company_batch_size_and_threads_change_no_bit() {
    let words = ["Noé", "staat", "daar", "„Dit", "fijn”,", "Iris", "vond", "dat", "niet."];
    let text = |n: usize| -> String {
        (0..=n * n % 61).flat_map(|k| [words[(k * k + n) % words.len()], " "]).collect()
    };
    let read: Vec<_> =
        (0..30).map(|n| (Document::new("d", text(n)).unwrap(), tokenize(&text(n)))).collect();
    let inputs: Vec<_> =
        read.iter().map(|(document, tokenized)| Input { document, tokenized }).collect();
    let bits = |entities: &Vec<Entity>| -> Vec<_> {
        entities.iter().map(|e| (e.span, e.label, e.score.to_bits())).collect()
    };
    let alone = load(&tiny(), 1, 1);
    let expected: Vec<_> =
        inputs.iter().map(|input| bits(&alone.recognize(&[*input]).unwrap()[0])).collect();
    assert!(expected.iter().map(Vec::len).sum::<usize>() > 50, "too few to tell");
    for (threads, pieces) in [(1, 64), (2, 300), (3, 1024)] {
        let found = load(&tiny(), threads, pieces).recognize(&inputs).unwrap();
        let found: Vec<_> = found.iter().map(bits).collect();
        assert_eq!(found, expected, "{threads} threads, batches of {pieces}");
    }
}

#[test]
fn a_spoilt_folder_is_refused_and_the_file_named() {
    let copy = TinyCopy::new();
    copy.write("model.safetensors", b"not weights");
    match CandleRecognizer::load(&copy.open(), CandleOptions::default()) {
        Ok(_) => panic!("loaded"),
        Err(error) => assert!(error.to_string().contains("model.safetensors"), "{error}"),
    }
}

#[test]
fn weights_that_are_no_numbers_are_an_error_and_not_a_guess() {
    let copy = TinyCopy::new();
    let mut bytes = fs::read(copy.open().weights()).unwrap();
    let start = bytes.len() - 2 * 64;
    for number in bytes[start..].chunks_mut(2) {
        number.copy_from_slice(&0x7e00_u16.to_le_bytes());
    }
    copy.write("model.safetensors", &bytes);
    let recognizer = CandleRecognizer::load(&copy.open(), CandleOptions::default()).unwrap();
    let (document, tokenized) =
        (Document::new("d", "Daar staat Noé.").unwrap(), tokenize("Daar staat Noé."));
    let input = Input { document: &document, tokenized: &tokenized };
    let message = recognizer.recognize(&[input]).unwrap_err().to_string();
    assert!(message.contains("finite"), "{message}");
}
