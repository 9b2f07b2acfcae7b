//! The labels of news articles in `eval/news` hold no text of the articles, and
//! can be joined with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What a file may have: no field for a text.
const FIELDS: [&str; 8] =
    ["id", "outlet", "date", "sha256", "length", "entities", "quotes", "not_quotes"];
const FIELDS_OF_QUOTES: [&str; 6] = ["span", "kind", "speaker", "mention", "cue", "unclosed"];
/// The name of a source is a noun phrase; a sentence would be longer.
const LONGEST_NAME: usize = 14;

fn labels() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("eval/news");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap()).collect()
}

fn keys(object: &Value) -> impl Iterator<Item = &str> {
    object.as_object().unwrap().keys().map(String::as_str)
}

#[test]
fn they_hold_no_text() {
    for document in labels() {
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
    let labels = labels();
    let sums: BTreeSet<_> = labels.iter().map(|document| document["sha256"].as_str()).collect();
    assert_eq!((labels.len(), sums.len()), (104, 104));
    let mut count = 0;
    for document in &labels {
        assert_eq!(document["sha256"].as_str().map(str::len), Some(64));
        let quotes = document["quotes"].as_array().unwrap();
        count += quotes.len();
        for quote in quotes {
            for part in ["span", "mention", "cue"] {
                let ends = quote[part].as_array();
                assert!(ends.is_none_or(|ends| ends[1].as_u64() <= document["length"].as_u64()));
            }
        }
    }
    assert_eq!(count, 815);
}
