//! The options of the model, on the tiny random models of `tests/data`.

use std::fs;

use crate::{Folder, Ran};

const ARTICLE: &[u8] = "„Dit is fijn”, vond Iris.\n".as_bytes();

fn attribute(folder: &Folder, args: &[&str]) -> Ran {
    let mut command = folder.wiezei();
    Ran::of(command.args(["attribute", "--format", "jsonl", "a.txt"]).args(args))
}

/// A folder with an article, and the tiny model of that type as `model`, its
/// `config.json` changed.
fn with_model(name: &str, change: impl Fn(String) -> String) -> Folder {
    let folder = Folder::new(&[("a.txt", ARTICLE)]);
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tiny-");
    for entry in fs::read_dir(format!("{tiny}{name}")).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut bytes = fs::read(&path).unwrap();
        if file == "config.json" {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        folder.write(&format!("model/{file}"), &bytes);
    }
    folder
}

#[test]
fn each_type_of_model_runs() {
    for name in ["bert", "roberta", "xlm-roberta", "distilbert"] {
        let folder = with_model(name, |config| config);
        let precisions: &[&str] = if cfg!(feature = "bert") { &["f32", "bf16"] } else { &["f32"] };
        for precision in precisions {
            let ran = attribute(&folder, &["--model", "model", "--precision", precision]);
            assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
            assert_eq!(ran.ids(), ["a"], "{name}");
        }
    }
}

#[test]
#[cfg(not(feature = "bert"))]
fn what_only_libtorch_can_is_refused_without_it() {
    let folder = with_model("bert", |config| config);
    for option in [["--precision", "bf16"], ["--device", "cuda"]] {
        let ran = attribute(&folder, &[&["--model", "model"], option.as_slice()].concat());
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        assert!(ran.err.contains(&option.join(" ")), "{}", ran.err);
        assert!(ran.err.contains("default features"), "{}", ran.err);
    }
}

#[test]
fn labels_that_mean_nothing_are_told_of_and_can_be_mapped() {
    let folder = with_model("bert", |config| {
        config.replace("B-MISC", "LABEL_7").replace("I-MISC", "LABEL_8")
    });
    let ran = attribute(&folder, &["--model", "model"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("LABEL_7, LABEL_8"), "{}", ran.err);
    assert!(ran.err.contains("no label for MISC"), "{}", ran.err);
    let map = "LABEL_7=B-MISC,LABEL_8=I-MISC";
    let ran = attribute(&folder, &["--model", "model", "--label-map", map]);
    assert!(!ran.err.contains("LABEL_7"), "{}", ran.err);
    let ran = attribute(&folder, &["--model", "model", "--label-map", "LABEL_9=O"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("LABEL_9"), "{}", ran.err);
}

#[test]
fn weights_of_the_old_kind_come_with_the_way_to_convert_them() {
    let folder = with_model("roberta", |config| config);
    let path = folder.path().join("model");
    fs::rename(path.join("model.safetensors"), path.join("pytorch_model.bin")).unwrap();
    let ran = attribute(&folder, &["--model", "model"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("save_pretrained"), "{}", ran.err);
}

#[test]
fn a_label_map_that_is_none_is_refused() {
    let folder = Folder::new(&[("a.txt", ARTICLE)]);
    let ran = attribute(&folder, &["--label-map", "LABEL_9"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("LABEL_1=B-PER"), "{}", ran.err);
}
