//! The committed scores and cases are those of the code beside them. A change
//! that moves one runs `cargo xtask scores` and commits what it writes, so that
//! every case that changed shows in review.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn eval() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("eval")
}

/// Scores one half of the labelled articles, with the recorded names: the
/// scores and the rows of its cases.
fn score(half: &str) -> (Value, String) {
    let folder = tempfile::tempdir().unwrap();
    let cases = folder.path().join("cases.csv");
    let run = Command::cargo_bin("wiezei")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["eval", &format!("eval/gold/{half}"), "--names", "eval/gold/names.jsonl"])
        .args(["--quiet", "--format", "json", "--cases"])
        .arg(&cases)
        .assert()
        .success();
    let scores = serde_json::from_slice(&run.get_output().stdout).unwrap();
    (scores, fs::read_to_string(cases).unwrap())
}

#[test]
fn the_committed_scores_are_those_of_this_code() {
    let committed = fs::read(eval().join("scores.json")).unwrap();
    let committed: Value = serde_json::from_slice(&committed).unwrap();
    let committed_cases = fs::read_to_string(eval().join("cases.csv")).unwrap();
    let mut cases = String::new();
    for half in ["dev", "test"] {
        let (scores, rows) = score(half);
        let name = format!("gold_{half}");
        for (part, score) in scores.as_object().unwrap() {
            assert_eq!(
                score, &committed[&name][part],
                "`{part}` of eval/gold/{half} moved: look at it, then run `cargo xtask scores`"
            );
        }
        let skip = usize::from(!cases.is_empty());
        rows.split_inclusive('\n').skip(skip).for_each(|row| cases.push_str(row));
    }
    let changed: Vec<_> =
        cases.lines().zip(committed_cases.lines()).filter(|(now, then)| now != then).collect();
    assert!(changed.is_empty(), "cases that changed, now and as committed: {changed:#?}");
    assert_eq!(cases.lines().count(), committed_cases.lines().count());
}

/// The names in the recording are those that the embedded model finds, so that
/// scores with them are scores of the whole program. They were recorded over
/// libtorch; a build with candle alone finds the same ones.
#[cfg(any(feature = "bert", feature = "candle"))]
#[test]
fn the_recorded_names_are_those_of_the_model() {
    let texts = tempfile::NamedTempFile::new().unwrap();
    let mut lines = String::new();
    for half in ["dev", "test"] {
        let mut files: Vec<_> = fs::read_dir(eval().join("gold").join(half))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let document: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
            let record = serde_json::json!({"id": document["id"], "text": document["text"]});
            lines.push_str(&record.to_string());
            lines.push('\n');
        }
    }
    fs::write(texts.path(), lines).unwrap();
    let run = Command::cargo_bin("wiezei")
        .unwrap()
        .env_remove("WIEZEI_MODEL")
        .args(["attribute", "--quiet", "--format", "jsonl", "--input-format", "jsonl"])
        .pipe_stdin(texts.path())
        .unwrap()
        .assert()
        .success();
    let recorded = fs::read_to_string(eval().join("gold/names.jsonl")).unwrap();
    let found = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert_eq!(found.lines().count(), recorded.lines().count());
    let (mut all, mut same) = (0, 0);
    for (found, recorded) in found.lines().zip(recorded.lines()) {
        let found: Value = serde_json::from_str(found).unwrap();
        let recorded: Value = serde_json::from_str(recorded).unwrap();
        assert_eq!(found["id"], recorded["id"]);
        let names = |document: &Value| -> Vec<(String, f64)> {
            let name = |it: &Value| {
                let key = format!("{} {} {}", it["start"], it["end"], it["label"]);
                (key, it["score"].as_f64().unwrap())
            };
            document["named_entities"].as_array().unwrap().iter().map(name).collect()
        };
        let (found, recorded) = (names(&found), names(&recorded));
        all += found.len().max(recorded.len());
        for (name, score) in &found {
            let Some((_, then)) = recorded.iter().find(|(other, _)| other == name) else {
                continue;
            };
            same += 1;
            assert!((score - then).abs() < 1e-3, "{name}: {score}, and {then} as recorded");
        }
    }
    // On another processor the last bits of a score may differ, and with them,
    // at the very edge, a name: one in a thousand is let pass.
    assert!(
        all > 500 && (all - same) * 1000 <= all,
        "{same} of {all} names are as recorded; `cargo xtask scores --record` records them anew"
    );
}
