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
fn a_manifest_that_cannot_be_read_costs_no_parts() {
    let args = ["b.jsonl", "-o", "uit.jsonl", "--part", "2"];
    let resumed = [&args[..], &["--resume"]].concat();
    let folder = unfinished();
    let manifest = folder.path().join("uit.jsonl.parts/manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    let newer = whole.replace("\"schema_version\": 1", "\"schema_version\": 2");
    assert_ne!(newer, whole);
    let cut = &whole[..whole.len() / 2];
    for (spoilt, said) in [
        ("afval", "manifest.json cannot be read ("),
        (cut, "manifest.json cannot be read ("),
        ("{}", "manifest.json cannot be read (missing field `schema_version`"),
        (&newer, "manifest.json is of another version of wiezei (its form is 2, known is 1)"),
    ] {
        fs::write(&manifest, spoilt).unwrap();
        for args in [&args[..], &resumed] {
            refused(&folder, args, said, "--overwrite");
        }
        assert_eq!(fs::read_to_string(&manifest).unwrap(), spoilt);
        assert!(folder.path().join("uit.jsonl.parts/part-00002.jsonl").exists());
    }
    fs::write(&manifest, &whole).unwrap();
    let ran = run(&folder, &resumed);
    assert!(ran.err.contains("4 records were done before"), "{}", ran.err);
    let folder = unfinished();
    fs::write(folder.path().join("uit.jsonl.parts/manifest.json"), "afval").unwrap();
    let anew = [&args[..], &["--overwrite"]].concat();
    assert_eq!(run(&folder, &anew).code, Some(3), "it is begun anew");
}

#[test]
fn an_input_is_not_written_over() {
    let folder = archive();
    let said = "a.jsonl is read and would be written over";
    for inputs in [&["a.jsonl"][..], &["b.jsonl", "./a.jsonl"]] {
        let args = [inputs, &["-o", "a.jsonl", "--overwrite"]].concat();
        refused(&folder, &args, said, "name another output");
    }
    folder.write("uit.jsonl.rejects.jsonl", b"");
    let args = ["uit.jsonl.rejects.jsonl", "-o", "uit.jsonl"];
    refused(&folder, &args, "rejects.jsonl is read and", "name another output");
    assert_eq!(fs::read_to_string(folder.path().join("a.jsonl")).unwrap(), lines(5));
}

#[test]
fn a_folder_that_appeared_meanwhile_is_not_written_over() {
    let folder = archive();
    let args = ["b.jsonl", "-o", "uit", "--format", "brat", "--part", "2"];
    assert_eq!(run(&folder, &[&args[..], &["--strict"]].concat()).code, Some(3));
    folder.write("uit/van-een-ander.txt", b"werk");
    let resumed = [&args[..], &["--resume"]].concat();
    refused(&folder, &resumed, "uit is there already", "name another folder");
    assert!(!folder.path().join("uit.manifest.json").exists(), "nothing says that it is ours");
    assert!(folder.path().join("uit.parts/manifest.json").exists());
    fs::remove_dir_all(folder.path().join("uit")).unwrap();
    assert_eq!(run(&folder, &resumed).code, Some(3));
}

/// The points exist in builds for debugging alone.
#[cfg(debug_assertions)]
#[test]
fn a_folder_that_appears_at_the_last_moment_is_not_written_over() {
    use std::process::{Command, Stdio};

    let folder = archive();
    let marker = folder.path().join("hier");
    let child = Command::new(assert_cmd::cargo::cargo_bin("wiezei"))
        .current_dir(folder.path())
        .args(["batch", "a.jsonl", "--names", "namen", "-o", "uit", "--format", "brat"])
        .env("WIEZEI_HALT", format!("part-written:1:{}", marker.display()))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !marker.exists() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    folder.write("uit/van-een-ander.txt", b"werk");
    fs::remove_file(marker).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("uit is there already"), "{said}");
    assert!(!folder.path().join("uit.manifest.json").exists());
    assert!(folder.path().join("uit.parts/manifest.json").exists());
}

#[test]
fn an_option_that_would_do_nothing_is_refused() {
    let folder = archive();
    for (output, option, said) in [
        ("uit.jsonl", &["--table", "documents"][..], "--table does nothing here"),
        ("uit.jsonl", &["--bom"], "--bom does nothing here"),
        ("uit.csv", &["--with-text"], "--with-text does nothing here"),
        ("uit", &["--format", "brat", "--with-text"], "has the texts anyway"),
        #[cfg(feature = "parquet")]
        ("uit.parquet", &["--with-text"], "only --table documents has a column"),
    ] {
        let args = [&["a.jsonl", "-o", output], option].concat();
        refused(&folder, &args, said, "out, or write another format");
    }
    assert!(!folder.path().join("uit.jsonl.parts").exists());
}

#[test]
fn what_costs_nothing_is_told_first() {
    let folder = archive();
    folder.write("uit.jsonl", b"van iemand anders");
    // The model, here a file of names that is not there, comes after.
    let mut command = folder.wiezei();
    let ran = Ran::of(command.args(["batch", "a.jsonl", "-o", "uit.jsonl", "--names", "weg"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("uit.jsonl is there already"), "{}", ran.err);
    let folder = unfinished();
    let args = ["b.jsonl", "-o", "uit.jsonl", "--part", "2", "--resume", "--with-text"];
    // With contents that are others too, which only reading them would tell.
    let old = fs::read_to_string(folder.path().join("b.jsonl")).unwrap();
    folder.write("b.jsonl", old.replace("geld", "gelt").as_bytes());
    refused(&folder, &args, "the setting with-text was false and is true", "--overwrite");
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
