//! `wiezei model list` and `check`.

use std::fs;

use crate::{Folder, Ran};

fn model(folder: &Folder, args: &[&str]) -> Ran {
    let mut command = folder.wiezei();
    command.env("XDG_CACHE_HOME", folder.path().join("cache"));
    Ran::of(command.arg("model").args(args))
}

/// The tiny model of that type as the folder `model`.
fn with_model(name: &str) -> Folder {
    let folder = Folder::new(&[]);
    let tiny = format!("{}/tests/data/tiny-{name}", env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(tiny).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        folder.write(&format!("model/{file}"), &fs::read(&path).unwrap());
    }
    folder
}

#[test]
fn the_embedded_and_the_known_models_are_listed() {
    let folder = Folder::new(&[]);
    let ran = model(&folder, &["list"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in ["nl-news-ner", "bertje-conll2002", "robbert-v2-ner", "wiezei model fetch"] {
        assert!(ran.out.contains(part), "no {part} in {}", ran.out);
    }
    assert!(!ran.out.contains("Fetched"), "{}", ran.out);
    folder.write("cache/wiezei/models/bertje-conll2002/config.json", b"{}");
    let ran = model(&folder, &["list"]);
    let (before, after) = ran.out.split_once("To be had").expect("the known ones");
    assert!(before.contains("bertje-conll2002") && before.contains("2 bytes"), "{before}");
    assert!(!after.contains("bertje-conll2002"), "{after}");
}

#[test]
fn a_folder_that_can_be_used_is_described() {
    let ran = model(&Folder::new(&[]), &["check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("nl-news-ner can be used\n"), "{}", ran.out);
    for part in ["bert: 4 layers", "tokenizer.json", "SHA-256", "begins PER", "lost       nothing"]
    {
        assert!(ran.out.contains(part), "no {part} in {}", ran.out);
    }
    if cfg!(any(feature = "bert", feature = "candle")) {
        assert!(ran.out.contains("Noor Bakker (PER)"), "{}", ran.out);
    }
    let ran = model(&with_model("distilbert"), &["check", "model"]);
    assert!(ran.out.contains("vocab.txt; capitals made small, accents kept"), "{}", ran.out);
}

#[test]
fn what_is_lost_of_the_labels_is_told() {
    let folder = with_model("bert");
    let path = folder.path().join("model/config.json");
    let config = fs::read_to_string(&path).unwrap();
    fs::write(&path, config.replace("-MISC", "-DATE")).unwrap();
    let ran = model(&folder, &["check", "model"]);
    assert!(ran.out.contains("B-DATE     no name (no type that is known here)"), "{}", ran.out);
    assert!(ran.out.contains("no label for MISC"), "{}", ran.out);
    let map = "B-DATE=B-MISC,I-DATE=I-MISC";
    let ran = model(&folder, &["check", "model", "--label-map", map]);
    assert!(ran.out.contains("B-DATE     begins MISC\n"), "{}", ran.out);
    assert!(ran.out.contains("lost       nothing"), "{}", ran.out);
}

#[test]
fn a_folder_that_cannot_be_used_is_refused_with_the_way_out() {
    let folder = with_model("roberta");
    let weights = folder.path().join("model/model.safetensors");
    fs::rename(&weights, folder.path().join("model/pytorch_model.bin")).unwrap();
    let ran = model(&folder, &["check", "model"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("save_pretrained('model', safe_serialization"), "{}", ran.err);
    assert_eq!(ran.out, "");
    let ran = model(&folder, &["check", "weg"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("wiezei model list"), "{}", ran.err);
    let ran = model(&folder, &["check", "robbert-v2-ner"]);
    assert!(ran.err.contains("wiezei model fetch robbert-v2-ner"), "{}", ran.err);
}

#[test]
#[cfg(not(feature = "fetch"))]
fn a_build_that_fetches_nothing_says_so() {
    let ran = model(&Folder::new(&[]), &["fetch", "robbert-v2-ner"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("default features"), "{}", ran.err);
}
