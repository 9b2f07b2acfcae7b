//! Records that cannot be read: told of, and the rest is done.

use std::fs;

use serde_json::Value;

use super::{lines, run};
use crate::Folder;

fn rejects(folder: &Folder, output: &str) -> Vec<(String, String, String)> {
    let path = folder.path().join(format!("{output}.rejects.jsonl"));
    let text = fs::read_to_string(path).unwrap();
    let reject = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| line[name].as_str().unwrap().to_owned();
        (field("file"), field("position"), field("reason"))
    };
    text.lines().map(reject).collect()
}

fn bad() -> Folder {
    let long = format!("{{\"id\":\"lang\",\"text\":\"{}\"}}\n", "la ".repeat(2000));
    let records = [
        "{\"id\":\"geen\"}\n".as_bytes(),
        b"{\"id\":\"getal\",\"text\":12}\n",
        b"{\"id\":\"leeg\",\"text\":\"  \"}\n",
        b"{\"id\":\"\xc3\xa9\xc3\",\"text\":\"Ja.\"}\n",
        b"{\"id\":\n",
        long.as_bytes(),
        b"{\"id\":\"goed\",\"text\":\"Ja.\"}\n",
    ];
    Folder::new(&[("a.jsonl", &records.concat())])
}

#[test]
fn bad_records_are_told_of_and_the_rest_is_done() {
    let folder = bad();
    let ran = run(&folder, &["a.jsonl", "-o", "uit.jsonl", "--max-document-size", "5k"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("6 records were rejected: see uit.jsonl.rejects.jsonl"), "{ran:?}");
    let out = fs::read_to_string(folder.path().join("uit.jsonl")).unwrap();
    assert!(out.starts_with("{\"id\":\"goed\"") && out.lines().count() == 1);
    let found = rejects(&folder, "uit.jsonl");
    let positions: Vec<_> = found.iter().map(|(_, position, _)| position.as_str()).collect();
    assert_eq!(positions, ["line 1", "line 2", "line 3", "line 4", "line 5", "line 6"]);
    let reasons: Vec<_> = found.iter().map(|(_, _, reason)| reason.as_str()).collect();
    assert_eq!(reasons[0], "no column looks like a text; there are: id");
    assert_eq!(reasons[1], "`text` is a number, not a text");
    assert_eq!(reasons[2], "`text` is empty");
    assert!(reasons[3].starts_with("not UTF-8: byte 0xc3"), "{}", reasons[3]);
    assert!(reasons[4].starts_with("bad JSON at column "), "{}", reasons[4]);
    assert_eq!(reasons[5], "it has more than 5000 bytes");
    assert!(found.iter().all(|(file, ..)| file == "a.jsonl"));
}

#[test]
fn strict_stops_at_the_first() {
    let folder = bad();
    let ran = run(&folder, &["a.jsonl", "-o", "uit.jsonl", "--strict"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("a.jsonl, line 1, document geen: no column looks like a text"));
    assert!(!folder.path().join("uit.jsonl").exists());
}

#[test]
fn strict_does_nothing_where_all_is_good() {
    let folder = Folder::new(&[("a.jsonl", lines(3).as_bytes())]);
    assert_eq!(run(&folder, &["a.jsonl", "-o", "uit.jsonl", "--strict"]).code, Some(0));
    assert!(!folder.path().join("uit.jsonl.rejects.jsonl").exists());
}

#[test]
fn a_truncated_archive_gives_what_it_has() {
    let gz = {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(lines(400).as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let folder = Folder::new(&[("a.jsonl.gz", &gz[..gz.len() / 2]), ("b.txt", b"Ja.")]);
    let ran = run(&folder, &["a.jsonl.gz", "b.txt", "-o", "uit.jsonl"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let found = rejects(&folder, "uit.jsonl");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "file");
    assert!(found[0].2.starts_with("cannot be unpacked: "), "{found:?}");
    let out = fs::read_to_string(folder.path().join("uit.jsonl")).unwrap();
    assert!(out.lines().count() > 20 && out.lines().last().unwrap().starts_with("{\"id\":\"b\""));
}

#[test]
fn a_second_article_of_one_name_has_no_place_in_a_folder_for_brat() {
    let twice = lines(1).repeat(2);
    let folder = Folder::new(&[("a.jsonl", twice.as_bytes())]);
    let ran = run(&folder, &["a.jsonl", "-o", "uit", "--format", "brat", "--part", "1"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(rejects(&folder, "uit")[0].2, "a second article \"d0\"");
    // In the other formats it has.
    assert_eq!(run(&folder, &["a.jsonl", "-o", "uit.jsonl"]).code, Some(0));
}

#[test]
fn names_that_do_not_fit_an_article_are_its_fault() {
    let names = "{\"id\":\"d1\",\"named_entities\":[{\"start\":0,\"end\":9999,\"label\":\"PER\"}]}\n\
                 {\"id\":\"d0\",\"named_entities\":[{\"start\":0,\"end\":2,\"label\":\"PER\"}]}\n";
    let folder = Folder::new(&[("a.jsonl", lines(2).as_bytes()), ("namen", names.as_bytes())]);
    let ran = run(&folder, &["a.jsonl", "-o", "uit.jsonl"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(rejects(&folder, "uit.jsonl")[0].2.contains("reaches beyond the text"));
    let out = fs::read_to_string(folder.path().join("uit.jsonl")).unwrap();
    assert!(out.lines().count() == 1 && out.contains("\"code\":\"name-cuts-word\""), "{out}");
}
