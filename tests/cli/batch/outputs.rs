//! What is written: the same whatever the batches, the threads and the parts,
//! and in every format.

use std::fs;
use std::io::Read as _;

use super::{left, lines, run};
use crate::Folder;

fn archive() -> Folder {
    Folder::new(&[("a.jsonl", (lines(23) + "[]\n").as_bytes())])
}

/// What a run with these arguments leaves in the output alone.
fn output(name: &str, args: &[&str]) -> Vec<(String, Vec<u8>)> {
    let folder = archive();
    let ran = run(&folder, &[&["a.jsonl", "--output", name], args].concat());
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let mut all = left(folder.path(), "uit");
    all.retain(|(name, _)| !name.ends_with("manifest.json"));
    all
}

fn text(name: &str, args: &[&str]) -> String {
    String::from_utf8(output(name, args).remove(0).1).unwrap()
}

#[test]
fn batches_threads_and_parts_do_not_show() {
    let one = ["--threads", "1", "--batch", "1", "--part", "1"];
    let many = ["--threads", "3", "--batch", "1000", "--part", "1000"];
    let odd = ["--threads", "2", "--batch", "7", "--part", "5"];
    for name in ["uit.jsonl", "uit.csv", "uit.jsonl.zst"] {
        let wanted = output(name, &one);
        assert!(output(name, &many) == wanted && output(name, &odd) == wanted, "{name}");
    }
    let mut many = output("uit.brat", &[&many[..], &["--format", "brat"]].concat());
    let mut odd = output("uit.brat", &[&odd[..], &["--format", "brat"]].concat());
    for all in [&mut many, &mut odd] {
        all.sort();
    }
    assert!(many == odd);
    assert_eq!(many.iter().filter(|(name, _)| name.contains(".ann")).count(), 23);
}

#[test]
fn compressed_files_hold_the_same() {
    let plain = text("uit.jsonl", &[]);
    let parts = ["--part", "5"];
    let gz = output("uit.jsonl.gz", &parts).remove(0).1;
    let mut unpacked = String::new();
    flate2::read::MultiGzDecoder::new(&*gz).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    let zst = output("uit.jsonl.zst", &parts).remove(0).1;
    // One frame, since some programs read no other.
    let frame = zstd::Decoder::new(&*zst).unwrap().single_frame();
    let unpacked: Vec<u8> = std::io::BufReader::new(frame).bytes().map(Result::unwrap).collect();
    assert!(unpacked == plain.as_bytes());
}

#[test]
fn csv_has_one_header_and_a_mark_on_request() {
    let table = text("uit.csv", &["--part", "5", "--bom"]);
    assert!(table.starts_with("\u{feff}document,title,quotation,"), "{}", &table[..40]);
    assert_eq!(table.matches("document,title").count(), 1);
    assert_eq!(table.matches('\u{feff}').count(), 1);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let ids: Vec<_> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert!(ids.contains(&"\u{64}0".to_owned()) && ids.contains(&"d22".to_owned()), "{ids:?}");
}

#[test]
fn an_archive_without_articles_makes_an_empty_output() {
    let folder = Folder::new(&[("a.jsonl", b"")]);
    assert_eq!(run(&folder, &["a.jsonl", "-o", "uit.jsonl"]).code, Some(0));
    assert_eq!(fs::read(folder.path().join("uit.jsonl")).unwrap(), b"");
    assert_eq!(run(&folder, &["a.jsonl", "-o", "uit.csv"]).code, Some(0));
    let table = fs::read_to_string(folder.path().join("uit.csv")).unwrap();
    assert_eq!(table.lines().count(), 1);
}

#[test]
fn nothing_is_written_outside_the_folder_for_brat() {
    let ids = ["../../weg", "/srv/weg", "..", "a/b"];
    let line = |id: &&str| serde_json::json!({"id": id, "text": "Ja."}).to_string() + "\n";
    let lines: String = ids.iter().map(line).collect();
    let folder = Folder::new(&[("a.jsonl", lines.as_bytes())]);
    let before = left(folder.path(), "").len();
    let ran = run(&folder, &["a.jsonl", "-o", "diep/uit", "--format", "brat"]);
    assert_eq!(ran.code, Some(1), "the folder around it is not made: {ran:?}");
    fs::create_dir(folder.path().join("diep")).unwrap();
    assert_eq!(run(&folder, &["a.jsonl", "-o", "diep/uit", "--format", "brat"]).code, Some(0));
    let inside = left(folder.path(), "diep/uit/");
    assert_eq!(inside.iter().filter(|(name, _)| name.contains(".txt")).count(), ids.len());
    let manifest = 1;
    assert_eq!(left(folder.path(), "").len(), before + inside.len() + manifest);
}

#[test]
fn kinds_and_the_text_are_chosen() {
    let only = text("uit.jsonl", &["--kinds", "indirect", "--with-text"]);
    assert!(only.contains("\"kind\":\"indirect\"") && !only.contains("\"kind\":\"direct\""));
    assert!(only.contains("\"text\":\"Brug 0 blijft dicht\\n\\n"));
}

#[test]
fn the_manifest_says_what_made_it() {
    let folder = archive();
    run(&folder, &["a.jsonl", "-o", "uit.jsonl", "--part", "10"]);
    let manifest = fs::read(folder.path().join("uit.jsonl.manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["schema_version"], 1);
    assert_eq!(manifest["is_whole"], true);
    assert_eq!(manifest["job"]["input"]["fingerprint"].as_str().unwrap().len(), 64);
    assert_eq!(manifest["job"]["produced_by"]["recognizer"], "recorded");
    assert_eq!(manifest["counts"]["documents"], 23);
    assert_eq!(manifest["counts"]["rejects"], 1);
    assert_eq!(manifest["parts"].as_array().unwrap().len(), 3);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_the_same_whatever_the_threads_and_batches() {
    for table in ["documents", "entities", "quotations"] {
        let args = |threads, batch| {
            ["--table", table, "--part", "10", "--threads", threads, "--batch", batch]
        };
        let one = output("uit.parquet", &args("1", "1"));
        assert!(one[0].1.starts_with(b"PAR1"));
        assert!(one == output("uit.parquet", &args("3", "100")), "{table}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn what_is_written_as_parquet_can_be_read_as_an_archive() {
    let folder = archive();
    let args = ["a.jsonl", "-o", "a.parquet", "--table", "documents", "--with-text", "--part", "9"];
    assert_eq!(run(&folder, &args).code, Some(3));
    assert_eq!(run(&folder, &["a.parquet", "-o", "twee.jsonl", "--with-text"]).code, Some(0));
    let twice = fs::read_to_string(folder.path().join("twee.jsonl")).unwrap();
    let ids: Vec<_> = twice.lines().map(|line| line.split('"').nth(3).unwrap()).collect();
    assert_eq!((ids.len(), ids[0], ids[22]), (23, "d0", "d22"));
    assert!(twice.contains("Brug 22 blijft dicht"));
}
