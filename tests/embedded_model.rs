//! The model that comes with the program, on sentences with the characters
//! that Dutch news is full of: it is found, it loads, and it finds the people.

#![cfg(any(feature = "bert", feature = "candle"))]

#[cfg(feature = "bert")]
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

#[cfg(feature = "bert")]
use wiezei::ner::bert::{BertOptions as Options, BertRecognizer as Model, Precision};
#[cfg(not(feature = "bert"))]
use wiezei::ner::candle::{CandleOptions as Options, CandleRecognizer as Model};
use wiezei::ner::models::ModelFolder;
use wiezei::ner::{Entity, Input, Label, Recognizer};
use wiezei::text::Document;
use wiezei::tokenize::tokenize;

static RECOGNIZER: LazyLock<Model> =
    LazyLock::new(|| Model::load(&folder(), Options::default()).unwrap());

fn folder() -> ModelFolder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/nl-news-ner");
    ModelFolder::find(Some(&folder)).unwrap()
}

fn recognize(texts: &[&str]) -> Vec<Vec<Entity>> {
    recognize_with(&RECOGNIZER, texts)
}

fn recognize_with(recognizer: &Model, texts: &[&str]) -> Vec<Vec<Entity>> {
    let read: Vec<_> =
        texts.iter().map(|text| (Document::new("d", *text).unwrap(), tokenize(text))).collect();
    let input = |(document, tokenized)| Input { document, tokenized };
    let inputs: Vec<_> = read.iter().map(|(d, t)| input((d, t))).collect();
    recognizer.recognize(&inputs).unwrap()
}

/// The people found in `text`.
fn people(text: &str) -> Vec<&str> {
    let found = recognize(&[text]).remove(0);
    let people = found.iter().filter(|entity| entity.label == Label::Per);
    people.map(|entity| entity.span.of_text(text)).collect()
}

#[test]
fn the_folder_describes_itself() {
    let folder = folder();
    assert_eq!(folder.name(), "nl-news-ner");
    assert_eq!(folder.max_length(), 128);
    assert_eq!(folder.labels().unknown(), [] as [&str; 0]);
    assert_eq!(folder.checksum().unwrap().len(), 64);
    assert_eq!(RECOGNIZER.name(), "nl-news-ner");
}

#[test]
fn people_are_found_beside_accents_marks_and_emoji() {
    let cases: &[(&str, &[&str])] = &[
        ("\"We gaan door\", zegt trainer René Verhoeven.", &["René Verhoeven"]),
        ("„Dit kan niet”, vindt burgemeester Joëlle de Graaf.", &["Joëlle de Graaf"]),
        ("‘Wij wachten af’, aldus Irène Bakker van de politie.", &["Irène Bakker"]),
        ("😀 Volgens Peter Jansen is het feest geslaagd 🎉.", &["Peter Jansen"]),
        ("Het feest was geslaagd, zegt Peter Jansen😀", &["Peter Jansen"]),
        ("Dat zegt Peter Ver\u{ad}hoeven tegen de NOS.", &["Peter Ver\u{ad}hoeven"]),
        ("Dat zegt Rene\u{301} Verhoeven tegen de NOS.", &["Rene\u{301} Verhoeven"]),
        ("Dat zegt Peter\u{a0}Verhoeven tegen de NOS.", &["Peter\u{a0}Verhoeven"]),
        (
            "Minister Anna\u{200b} Visser sprak met Tim de Boer.",
            &["Anna\u{200b} Visser", "Tim de Boer"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(people(text), *expected, "{text}");
    }
}

#[test]
fn a_name_does_not_run_on_into_the_next_paragraph() {
    let text = "Dat zegt Peter\n\nVerhoeven is het daar niet mee eens.";
    for person in people(text) {
        assert!(!person.contains('\n'), "{person}");
    }
}

#[test]
fn a_name_at_the_end_of_a_very_long_paragraph_is_found() {
    let filler = "Het regende al dagen en het water in de rivier bleef stijgen, ".repeat(60);
    let text = format!("{filler}zegt dijkgraaf Peter Verhoeven, en daar bleef het bij.");
    assert_eq!(people(&text), ["Peter Verhoeven"]);
}

#[test]
fn many_texts_at_once_are_as_many_alone() {
    let texts: Vec<String> = (0..50)
        .map(|n| {
            let more = "Het bleef nog lang onrustig in de stad. ".repeat(n % 7);
            format!("{more}Dat zegt René Verhoeven van de brandweer in Gouda.\n\n{more}")
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = recognize(&texts);
    for (text, found) in texts.iter().zip(together) {
        assert_eq!(recognize(&[text]).remove(0), found);
    }
}

/// The articles of the regression suite.
fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("eval/gold/dev");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let text = |path| -> String {
        let article: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        article["text"].as_str().unwrap().to_owned()
    };
    files.into_iter().map(text).collect()
}

#[test]
fn articles_get_the_same_bits_in_any_company_and_on_any_number_of_threads() {
    let articles = articles();
    let texts: Vec<&str> = articles.iter().take(12).map(String::as_str).collect();
    let bits = |found: Vec<Vec<Entity>>| -> Vec<Vec<_>> {
        let bits = |e: &Entity| (e.span, e.label, e.score.to_bits());
        found.iter().map(|entities| entities.iter().map(bits).collect()).collect()
    };
    let load = |threads, batch_pieces| {
        let options = Options { threads, batch_pieces, ..Options::default() };
        Model::load(&folder(), options).unwrap()
    };
    let alone = load(1, 1024);
    let expected: Vec<Vec<_>> =
        texts.iter().flat_map(|text| bits(recognize_with(&alone, &[text]))).collect();
    assert!(expected.iter().map(Vec::len).sum::<usize>() > 100, "too few to tell");
    for (threads, pieces) in [(1, 1024), (2, 1024), (4, 1024), (2, 200), (4, 4096)] {
        let found = bits(recognize_with(&load(threads, pieces), &texts));
        assert_eq!(found, expected, "{threads} threads, batches of {pieces}");
    }
}

#[test]
#[cfg(feature = "bert")]
#[expect(clippy::print_stderr, reason = "whether it ran, and the figures, for whoever asks")]
fn half_precision_finds_the_same_names_but_for_a_few_at_the_edge() {
    // What it is for; elsewhere it is slow, and nobody asks for it.
    #[cfg(target_arch = "x86_64")]
    let has_instructions = std::is_x86_feature_detected!("avx512bf16");
    #[cfg(not(target_arch = "x86_64"))]
    let has_instructions = false;
    if !has_instructions {
        eprintln!("skipped: this processor has no instructions for bfloat16");
        return;
    }
    let half = Options { precision: Precision::Bf16, ..Options::default() };
    let half = Model::load(&folder(), half).unwrap();
    let articles = articles();
    let texts: Vec<&str> = articles.iter().map(String::as_str).collect();
    let tokens: usize = texts.iter().map(|text| tokenize(text).tokens().len()).sum();
    let (full, half) = (recognize(&texts), recognize_with(&half, &texts));
    let (mut names, mut changed, mut furthest) = (0, 0, 0.0_f32);
    for (full, half) in full.iter().zip(&half) {
        let key = |e: &Entity| (e.span, e.label);
        let (a, b): (HashSet<_>, HashSet<_>) =
            (full.iter().map(key).collect(), half.iter().map(key).collect());
        names += a.len();
        changed += a.symmetric_difference(&b).count();
        for e in full {
            let same = half.iter().find(|other| key(other) == key(e));
            furthest = same.map_or(furthest, |same| furthest.max((same.score - e.score).abs()));
        }
    }
    eprintln!("{changed} of {names} names, {tokens} tokens; scores differ by at most {furthest}");
    assert!(changed * 1000 <= tokens, "{changed} changes in {tokens} tokens");
}
