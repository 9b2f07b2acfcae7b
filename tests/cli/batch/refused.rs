//! What is refused before anything is lost, with the way out.

use std::fs;

use super::{batch, lines, run};
use crate::{Folder, Ran};

fn archive() -> Folder {
    Folder::new(&[("a.jsonl", lines(5).as_bytes()), ("b.jsonl", (lines(5) + "[]\n").as_bytes())])
}

/// A folder in which a run was cut off.
fn unfinished() -> Folder {
    let folder = archive();
    let ran = run(&folder, &["b.jsonl", "-o", "uit.jsonl", "--strict", "--part", "2"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(folder.path().join("uit.jsonl.parts/manifest.json").exists());
    folder
}

fn refused(folder: &Folder, args: &[&str], said: &str, hint: &str) {
    let ran = run(folder, args);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains(said) && ran.err.contains(hint), "{}", ran.err);
}

#[test]
fn an_output_that_is_there_is_not_written_over() {
    let folder = archive();
    folder.write("uit.jsonl", b"van iemand anders");
    let args = ["a.jsonl", "-o", "uit.jsonl"];
    refused(&folder, &args, "uit.jsonl is there already", "--overwrite");
    refused(&folder, &[&args[..], &["--resume"]].concat(), "is there already", "--overwrite");
    let kept = fs::read(folder.path().join("uit.jsonl")).unwrap();
    assert_eq!(kept, b"van iemand anders");
    assert_eq!(run(&folder, &[&args[..], &["--overwrite"]].concat()).code, Some(0));
    let ran = run(&folder, &[&args[..], &["--resume"]].concat());
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("is whole already"), "{}", ran.err);
}

#[test]
fn an_unfinished_run_is_not_begun_anew_by_accident() {
    let folder = unfinished();
    let args = ["b.jsonl", "-o", "uit.jsonl", "--part", "2"];
    refused(&folder, &args, "uit.jsonl.parts has 4 records of a run", "--resume");
    let ran = run(&folder, &[&args[..], &["--resume"]].concat());
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("4 records were done before"), "{}", ran.err);
}

#[test]
fn another_input_setting_or_model_does_not_go_on() {
    let args = ["b.jsonl", "-o", "uit.jsonl", "--part", "2", "--resume"];
    let folder = unfinished();
    let other = [&args[..], &["--with-text"]].concat();
    refused(&folder, &other, "the setting with-text was false and is true", "--overwrite");
    let other = ["b.jsonl", "a.jsonl", "-o", "uit.jsonl", "--part", "2", "--resume"];
    refused(&folder, &other, "the number of input files was 1 and is 2", "--overwrite");
    folder.write("namen", b"{\"id\":\"x\",\"named_entities\":[]}\n");
    refused(&folder, &args, "what it is produced by was wiezei", "--overwrite");
    folder.write("namen", b"");
    let old = fs::read_to_string(folder.path().join("b.jsonl")).unwrap();
    folder.write("b.jsonl", old.replace("geld", "gelt").as_bytes());
    refused(&folder, &args, "the SHA-256 of the input was ", "--overwrite");
    folder.write("b.jsonl", old.as_bytes());
    fs::write(folder.path().join("uit.jsonl.parts/part-00001.jsonl"), "").unwrap();
    refused(&folder, &args, "part-00001.jsonl is damaged or missing", "--overwrite");
    let anew = ["b.jsonl", "-o", "uit.jsonl", "--part", "2", "--overwrite"];
    assert_eq!(run(&folder, &anew).code, Some(3));
}

#[test]
fn standard_input_does_not_go_on() {
    let folder = archive();
    let args = ["-", "-o", "uit.jsonl", "--part", "2", "--input-format", "jsonl"];
    let input = lines(5) + "[]\n";
    let mut command = batch(&folder, &[&args[..], &["--strict"]].concat());
    assert_eq!(Ran::of(command.write_stdin(input.clone())).code, Some(3));
    let mut command = batch(&folder, &[&args[..], &["--resume"]].concat());
    let ran = Ran::of(command.write_stdin(input));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("put the input into a file"), "{}", ran.err);
}

#[test]
fn what_is_missing_is_told_before_anything_is_done() {
    let folder = archive();
    refused(&folder, &["a.jsonl", "weg.csv", "-o", "uit.jsonl"], "weg.csv: no such file", "hint");
    refused(&folder, &["a.jsonl", "-o", "uit.pdf"], "does not say what is to be", "--format");
    assert!(!folder.path().join("uit.jsonl.parts").exists());
    let ran = run(&folder, &["a.jsonl", "-o", "weg/uit.jsonl"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("cannot write weg/uit.jsonl.parts: "), "{}", ran.err);
    let ran = run(&folder, &["a.jsonl", "-o", "a.jsonl/uit.jsonl"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
}

/// A limit on the length of files is met as a full disk is.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_written_stays() {
    let folder = Folder::new(&[("a.jsonl", lines(200).as_bytes())]);
    let program = assert_cmd::cargo::cargo_bin("wiezei");
    let wiezei = format!(
        "trap '' XFSZ; ulimit -f 64; exec {} batch a.jsonl --names namen -o uit.jsonl --part 10",
        program.display()
    );
    let mut command = assert_cmd::Command::new("bash");
    let ran = Ran::of(command.current_dir(folder.path()).args(["-c", &wiezei]));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("cannot write uit.jsonl.parts/"), "{}", ran.err);
    assert!(ran.err.contains("--resume"), "{}", ran.err);
    assert!(folder.path().join("uit.jsonl.parts/part-00001.jsonl").exists());
    let ran = run(&folder, &["a.jsonl", "-o", "uit.jsonl", "--part", "10", "--resume"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let out = fs::read_to_string(folder.path().join("uit.jsonl")).unwrap();
    assert_eq!(out.lines().count(), 200);
}

#[test]
fn the_output_is_not_read_as_input() {
    let folder = Folder::new(&[("in/a.jsonl", lines(2).as_bytes())]);
    let args = ["in", "-o", "in/uit.jsonl"];
    assert_eq!(run(&folder, &args).code, Some(0));
    assert_eq!(run(&folder, &[&args[..], &["--overwrite"]].concat()).code, Some(0));
    let out = fs::read_to_string(folder.path().join("in/uit.jsonl")).unwrap();
    assert_eq!(out.lines().count(), 2);
}
