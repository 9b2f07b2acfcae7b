//! What can be read.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{batch, lines, run};
use crate::shape::Document;
use crate::{Folder, Ran};

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn documents(folder: &Folder, output: &str) -> Vec<Document> {
    let text = std::fs::read_to_string(folder.path().join(output)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_archive_of_all_forms_is_read_in_order() {
    let folder = Folder::new(&[
        ("in/a.jsonl.gz", &gzipped(lines(2).as_bytes())),
        ("in/b/los.txt", b"Brug open\n\nJa."),
        ("in/c.csv", "nummer;kop;tekst;sectie\n7;Brug;\"Nee.\";sport\n".as_bytes()),
        ("in/d.json", br#"[{"id":"j","paragraphs":["Een.","Twee."]}]"#),
        ("in/e.tsv.zst", &zstd::encode_all(&b"id\ttext\nt\tDrie.\n"[..], 0).unwrap()),
        ("in/leesmij.md", b"geen artikel"),
    ]);
    let ran = run(&folder, &["in", "--output", "uit.jsonl", "--with-text"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let found = documents(&folder, "uit.jsonl");
    let ids: Vec<_> = found.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["d0", "d1", "los", "7", "j", "t"]);
    let texts: Vec<_> = found[2..].iter().map(|it| it.text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["Brug open\n\nJa.", "Brug\n\nNee.", "Een.\n\nTwee.", "Drie."]);
    assert_eq!(found[3].metadata["sectie"], "sport");
    let produced_by = found[0].produced_by.as_ref().unwrap();
    assert_eq!(produced_by.recognizer, "recorded");
    assert_eq!(produced_by.checksum.as_ref().map(String::len), Some(64));
    assert!(ran.err.contains("text from `tekst`, title from `kop`, id from `nummer`, no date"));
    assert!(ran.err.contains("uit.jsonl: 6 articles"), "{}", ran.err);
}

#[test]
fn columns_can_be_named() {
    let folder = Folder::new(&[("a.csv", b"a,b,c,text\n1,Ja.,1-2-2024,nee\n")]);
    let args = ["a.csv", "-o", "uit.jsonl", "--text-column", "b", "--id-column", "a"];
    let ran = run(&folder, &[&args[..], &["--date-column", "c"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let found = documents(&folder, "uit.jsonl");
    assert_eq!((&*found[0].id, &found[0].metadata["date"]), ("1", &"1-2-2024".into()));
    assert_eq!(found[0].metadata["text"], "nee");
}

#[test]
fn old_encodings_are_read_and_told() {
    let folder = Folder::new(&[
        ("in/a.txt", b"\x84Nee\x94, zei Andr\xe9."),
        ("in/b.csv", b"id,tekst\nx,caf\xe9\n"),
    ]);
    let ran = run(&folder, &["in", "-o", "uit.jsonl", "--with-text"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let found = documents(&folder, "uit.jsonl");
    assert_eq!(found[0].text.as_deref(), Some("„Nee”, zei André."));
    assert_eq!(found[1].text.as_deref(), Some("café"));
    assert!(ran.err.contains("article a is in Windows-1252, not UTF-8"), "{}", ran.err);
    assert!(ran.err.contains("article x is in Latin-1 (ISO 8859-1), not UTF-8"), "{}", ran.err);
}

#[test]
fn standard_input_and_patterns_are_read() {
    let folder = Folder::new(&[("x1.txt", b"Een."), ("x2.txt", b"Twee."), ("y.txt", b"Drie.")]);
    let mut command = batch(&folder, &["x*.txt", "-", "-o", "uit.jsonl"]);
    let ran = Ran::of(command.write_stdin(gzipped(lines(1).as_bytes())));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ids: Vec<_> = documents(&folder, "uit.jsonl").into_iter().map(|it| it.id).collect();
    assert_eq!(ids, ["x1", "x2", "d0"]);
}

#[test]
fn shares_make_the_whole() {
    let folder = Folder::new(&[("a.jsonl", lines(10).as_bytes())]);
    let mut all: Vec<String> = Vec::new();
    for share in ["1/3", "2/3", "3/3"] {
        let output = format!("{}.jsonl", &share[..1]);
        assert_eq!(run(&folder, &["a.jsonl", "-o", &output, "--shard", share]).code, Some(0));
        all.extend(documents(&folder, &output).into_iter().map(|document| document.id));
    }
    assert_eq!(all, ["d0", "d3", "d6", "d9", "d1", "d4", "d7", "d2", "d5", "d8"]);
}

#[test]
fn a_text_that_is_not_dutch_gets_a_warning() {
    let english = "The bridge across the harbour will stay closed until spring, said alderman \
        Noor Bakker. \"We would have preferred that the contractor had delivered the steel in \
        time, but that did not happen\", according to the alderman. Residents on the other side \
        of the water will have to take the long way round, and the ferry only sails by day.";
    let folder = Folder::new(&[("en.txt", english.as_bytes())]);
    let ran = run(&folder, &["en.txt", "-o", "uit.jsonl"]);
    assert!(
        ran.err.contains("warnings in 1 article; not Dutch, by the look of it: 1"),
        "{}",
        ran.err
    );
    let found = documents(&folder, "uit.jsonl");
    assert!(found[0].warnings.iter().any(|warning| warning.code == "not-dutch"), "{found:?}");
    run(&folder, &["en.txt", "-o", "uit.csv"]);
    let mut table = csv::Reader::from_path(folder.path().join("uit.csv")).unwrap();
    let at = table.headers().unwrap().iter().position(|name| name == "warnings").unwrap();
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row[at].contains("not-dutch")), "{rows:?}");
}
