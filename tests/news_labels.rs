//! The labels of news articles in `eval/news` and `eval/news-more` hold no text of
//! the articles, and can be joined with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What a file may have: no field for a text.
const FIELDS: [&str; 9] =
    ["id", "outlet", "address", "date", "sha256", "length", "entities", "quotes", "not_quotes"];
const FIELDS_OF_QUOTES: [&str; 6] = ["span", "kind", "speaker", "mention", "cue", "unclosed"];
/// The name of a source is a noun phrase; a sentence would be longer.
const LONGEST_NAME: usize = 14;

/// The folders, with how many documents and quotations each has.
const SETS: [(&str, usize, usize); 4] = [
    ("news", 104, 815),
    ("news-more/dev", 369, 2669),
    ("news-more/test", 56, 221),
    ("news-more/unseen", 60, 456),
];

fn labels(set: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("eval").join(set);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap()).collect()
}

fn keys(object: &Value) -> impl Iterator<Item = &str> {
    object.as_object().unwrap().keys().map(String::as_str)
}

#[test]
fn they_hold_no_text() {
    for document in SETS.iter().flat_map(|(set, ..)| labels(set)) {
        assert!(keys(&document).all(|key| FIELDS.contains(&key)), "{}", document["id"]);
        for entity in document["entities"].as_array().unwrap() {
            assert!(keys(entity).all(|key| ["id", "name", "type"].contains(&key)), "{entity}");
            let words = entity["name"].as_str().unwrap().split_whitespace().count();
            assert!(words <= LONGEST_NAME, "{entity}");
        }
        for quote in document["quotes"].as_array().unwrap() {
            assert!(keys(quote).all(|key| FIELDS_OF_QUOTES.contains(&key)), "{quote}");
        }
        for not in document["not_quotes"].as_array().unwrap() {
            assert!(keys(not).eq(["span"]), "{not}");
        }
    }
}

#[test]
fn they_lie_within_their_texts() {
    let mut sums = BTreeSet::new();
    for (set, documents, quotations) in SETS {
        let labels = labels(set);
        assert_eq!(labels.len(), documents, "{set}");
        let mut count = 0;
        for document in &labels {
            let sum = document["sha256"].as_str().unwrap().to_owned();
            assert_eq!(sum.len(), 64);
            assert!(sums.insert(sum), "{} is in two sets", document["id"]);
            let quotes = document["quotes"].as_array().unwrap();
            count += quotes.len();
            for quote in quotes {
                for part in ["span", "mention", "cue"] {
                    let ends = quote[part].as_array();
                    assert!(ends.is_none_or(|e| e[1].as_u64() <= document["length"].as_u64()));
                }
            }
        }
        assert_eq!(count, quotations, "{set}");
    }
}
