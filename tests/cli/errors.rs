//! What goes wrong: the message, the way out, the exit code; and that
//! everything else is still read.

use std::process::Stdio;

use crate::{Folder, Ran, records};

/// Fails unless the run has exit code 2, names every one of `parts` on standard
/// error, and gives a way out.
fn refused(ran: &Ran, parts: &[&str]) {
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.starts_with("error: "), "{ran:?}");
    assert!(ran.err.contains("hint: "), "{ran:?}");
    for part in parts {
        assert!(ran.err.contains(part), "no {part:?} in {}", ran.err);
    }
}

#[test]
fn a_missing_file() {
    let folder = Folder::new(&[("er.txt", b"Tekst.")]);
    let ran = folder.run(&["weg.txt", "er.txt"]);
    refused(&ran, &["weg.txt: no such file or folder", "check the name"]);
    assert_eq!(ran.ids(), ["er"], "the other file is still read");
}

#[test]
fn a_folder_without_articles() {
    let folder = Folder::new(&[("map/leesmij.md", b"geen artikel")]);
    let ran = folder.run(&["map"]);
    refused(&ran, &["map: the folder holds no .txt or .jsonl file"]);
    assert_eq!(ran.out, "");
}

#[test]
fn a_text_that_is_no_utf_8() {
    let folder = Folder::new(&[("oud.txt", b"Caf\xe9 dicht."), ("er.txt", b"Tekst.")]);
    let ran = folder.run(&["oud.txt", "er.txt"]);
    refused(&ran, &["oud.txt: not UTF-8: byte 0xe9 at offset 3", "iconv -f WINDOWS-1252"]);
    assert_eq!(ran.ids(), ["er"]);
    folder.write("oud.txt", b"\xff\xfeC\x00");
    refused(&folder.run(&["oud.txt"]), &["byte 0xff at offset 0", "iconv -f UTF-16"]);
}

#[test]
fn one_bad_record_among_good_ones() {
    let records = b"{\"id\":\"a\",\"text\":\"Een.\"}\n\
        {\"id\":\"b\",\"tekst\":\"Twee.\"}\n\
        {\"id\":\"c\",\"text\":3}\n\
        {\"id\":\"d\" \"text\":\"Vier.\"}\n\
        {\"id\":\"e\",\"text\":\"Caf\xe9.\"}\n\
        {\"id\":\"f\",\"text\":\"Zes.\"}\n";
    let folder = Folder::new(&[("in.jsonl", records)]);
    let ran = folder.run(&["in.jsonl"]);
    let offset = records.iter().position(|&byte| byte == 0xe9).expect("a Latin-1 é");
    refused(
        &ran,
        &[
            "in.jsonl, line 2, document b: the record has no `text`",
            "in.jsonl, line 3, document c: `text` is a number, not a string",
            "in.jsonl, line 4: bad JSON at column 11: expected `,` or `}`",
            &format!("in.jsonl, line 5: not UTF-8: byte 0xe9 at offset {offset}"),
        ],
    );
    assert_eq!(ran.ids(), ["a", "f"]);
}

#[test]
fn no_input_commands_the_terminal_through_a_message() {
    let folder = Folder::new(&[("in.jsonl", b"{\"id\":\"\\u001b[31mrood\"}\n")]);
    let ran = folder.run(&["in.jsonl"]);
    refused(&ran, &["document \u{fffd}[31mrood: the record has no `text`"]);
    assert!(ran.err.chars().all(|c| c == '\n' || !c.is_control()), "{ran:?}");
}

#[test]
fn the_same_way_out_is_told_once() {
    let folder = Folder::new(&[("in.jsonl", b"{\"id\":\"a\"}\n{\"id\":\"b\"}\n")]);
    let ran = folder.run(&["in.jsonl"]);
    assert_eq!(ran.err.matches("error: ").count(), 2);
    assert_eq!(ran.err.matches("hint: ").count(), 1);
}

#[test]
fn names_that_do_not_fit_the_text() {
    let cases = [
        ("{\"start\":0,\"end\":99,\"label\":\"PER\"}", "0..99 reaches beyond the text of 11"),
        ("{\"start\":4,\"end\":0,\"label\":\"PER\"}", "4..0 is reversed"),
        ("{\"start\":0,\"end\":4,\"label\":\"MAN\"}", "unknown label \"MAN\""),
        (
            "{\"start\":1,\"end\":5,\"label\":\"PER\",\"text\":\"Noor\"}",
            "1..5 is \"oor \" in the text, but the record says \"Noor\"",
        ),
    ];
    let folder = Folder::new(&[("a.txt", b"Noor lacht."), ("b.txt", b"Tekst.")]);
    for (entity, fault) in cases {
        let names = format!("{{\"id\":\"a\",\"named_entities\":[{entity}]}}\n");
        folder.write("namen", names.as_bytes());
        let ran = folder.run(&["a.txt", "b.txt"]);
        let place = "namen, line 1, document a, named entity 1: ";
        refused(&ran, &[place, fault]);
        assert_eq!(ran.ids(), ["b"]);
    }
}

#[test]
fn a_file_of_names_that_cannot_be_read() {
    let folder = Folder::new(&[("a.txt", b"Noor lacht.")]);
    let mut missing = folder.wiezei();
    let ran = Ran::of(missing.args(["attribute", "--names", "weg.jsonl", "a.txt"]));
    refused(&ran, &["weg.jsonl: no such file or folder"]);
    folder.write("namen", b"{\"id\":\"a\"}\n");
    let ran = folder.run(&["a.txt"]);
    refused(&ran, &["line 1: bad JSON at column 10: missing field `named_entities`"]);
    assert_eq!(ran.out, "");
}

#[test]
fn two_articles_of_one_id_cannot_share_their_names() {
    let folder = Folder::new(&[("a.txt", b"Een."), ("map/a.txt", b"Een andere.")]);
    let ran = folder.run(&["a.txt", "map"]);
    refused(&ran, &["a second article \"a\""]);
    assert_eq!(ran.ids(), ["a"]);
}

#[test]
#[cfg(not(any(feature = "bert", feature = "candle")))]
fn a_build_without_the_transformer_says_so() {
    let folder = Folder::new(&[("a.txt", b"Een.")]);
    let ran = Ran::of(folder.wiezei().args(["attribute", "a.txt"]));
    refused(&ran, &["built without the transformer", "default features", "--names"]);
}

#[test]
#[cfg(any(feature = "bert", feature = "candle"))]
fn a_model_folder_without_a_file() {
    let folder = Folder::new(&[("a.txt", b"Een."), ("model/leesmij.md", b"leeg")]);
    let ran = Ran::of(folder.wiezei().args(["attribute", "--model", "model", "a.txt"]));
    refused(&ran, &["the model folder model has no ", "--model FOLDER"]);
}

#[test]
fn wrong_arguments() {
    let folder = Folder::new(&[]);
    for args in [&["--kinds", "luid"], &["--threads", "0"], &["--format", "xml"]] {
        let ran = folder.run(args);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(args[0]), "{}", ran.err);
    }
    assert_eq!(Ran::of(&mut folder.wiezei()).code, Some(2));
}

#[test]
fn a_closed_output_is_success_and_silent() {
    let records = records(2000);
    let folder = Folder::new(&[("veel.jsonl", records.as_bytes())]);
    let program = assert_cmd::cargo::cargo_bin("wiezei");
    let mut child = std::process::Command::new(program)
        .current_dir(folder.path())
        .args(["attribute", "--names", "namen", "--quiet", "veel.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
