//! A run that is killed goes on where it was: really killed, at random moments
//! and at the worst ones, and the outputs compared byte by byte.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{left, lines};
use crate::Folder;

/// How often the program is killed at a random moment.
const RANDOM_KILLS: usize = 38;
/// The moments at which it is killed on purpose, and at which visit.
const MOMENTS: [(&str, u32); 12] = [
    ("part-written", 1),
    ("part-written", 3),
    ("manifest-written", 1),
    ("manifest-written", 2),
    ("manifest-written", 4),
    ("manifest-renamed", 1),
    ("manifest-renamed", 3),
    ("assembled", 1),
    ("rejects-renamed", 1),
    ("output-renamed", 1),
    ("parts-moved", 1),
    ("manifest-written", 5),
];

const OUTPUTS: &[(&str, &str)] = &[
    ("uit.jsonl", "jsonl"),
    ("uit.jsonl.gz", "jsonl"),
    ("uit.jsonl.zst", "jsonl"),
    ("uit.csv", "csv"),
    ("uit.brat", "brat"),
    #[cfg(feature = "parquet")]
    ("uit.parquet", "parquet"),
];

/// Three files with bad records among the good ones.
fn archive() -> Folder {
    let lines = lines(30);
    let (first, second) = lines.split_at(lines.len() / 2);
    let bad = format!("{first}\n{{\"id\":\"slecht\"}}\n[]\n");
    Folder::new(&[
        ("in/a.jsonl", bad.as_bytes()),
        ("in/b.jsonl", second.as_bytes()),
        ("in/c.csv", b"id,tekst\nx,Een brug.\ny\n"),
    ])
}

fn command(folder: &Folder, (output, format): (&str, &str)) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wiezei"));
    command
        .current_dir(folder.path())
        .args(["batch", "in", "--names", "namen", "--quiet", "--resume", "--part", "8"])
        .args(["--batch", "1", "--output", output, "--format", format])
        .env_remove("WIEZEI_HALT")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Runs to the end; there are rejects.
fn finish(folder: &Folder, output: (&str, &str)) {
    let status = command(folder, output).status().unwrap();
    assert_eq!(status.code(), Some(3), "{output:?}");
}

/// What a run leaves that nobody has cut off, and how long it takes.
fn whole(output: (&str, &str)) -> (Vec<(String, Vec<u8>)>, Duration) {
    let folder = archive();
    let start = Instant::now();
    finish(&folder, output);
    (left(folder.path(), "uit"), start.elapsed())
}

/// Numbers that are random and always the same.
struct Dice(u64);

impl Dice {
    /// A number from 0 to 1.
    fn throw(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn killed_at_any_moment_it_goes_on_to_the_same_output() {
    let mut dice = Dice(8);
    let mut kills = 0;
    let mut outputs = OUTPUTS.iter().copied().cycle();
    let mut known = Vec::new();
    while kills < RANDOM_KILLS {
        let output = outputs.next().unwrap();
        if !known.iter().any(|(name, _)| *name == output.0) {
            known.push((output.0, whole(output)));
        }
        let (_, (wanted, takes)) = known.iter().find(|(name, _)| *name == output.0).unwrap();
        let folder = archive();
        // Some times, then it may end.
        for _ in 0..4 {
            let mut child = command(&folder, output).spawn().unwrap();
            thread::sleep(takes.mul_f64(dice.throw()));
            if child.try_wait().unwrap().is_none() {
                child.kill().unwrap();
                kills += 1;
            }
            child.wait().unwrap();
        }
        finish(&folder, output);
        assert!(left(folder.path(), "uit") == *wanted, "{output:?} after {kills} kills");
    }
}

/// The points exist in builds for debugging alone.
#[cfg(debug_assertions)]
#[test]
fn killed_at_the_worst_moments_it_goes_on_to_the_same_output() {
    for (n, (moment, visit)) in MOMENTS.into_iter().enumerate() {
        let output = OUTPUTS[n % OUTPUTS.len()];
        let (wanted, _) = whole(output);
        let folder = archive();
        let marker = folder.path().join("hier");
        let mut child = command(&folder, output)
            .env("WIEZEI_HALT", format!("{moment}:{visit}:{}", marker.display()))
            .spawn()
            .unwrap();
        let start = Instant::now();
        while !marker.exists() {
            assert!(start.elapsed() < Duration::from_mins(1), "never came to {moment} {visit}");
            assert!(child.try_wait().unwrap().is_none(), "ended before {moment} {visit}");
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        fs::remove_file(marker).unwrap();
        finish(&folder, output);
        assert!(left(folder.path(), "uit") == wanted, "{output:?} killed at {moment} {visit}");
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_second_run_does_not_write_to_the_same_parts() {
    let folder = archive();
    let marker = folder.path().join("hier");
    let mut child = command(&folder, OUTPUTS[0])
        .env("WIEZEI_HALT", format!("part-written:1:{}", marker.display()))
        .spawn()
        .unwrap();
    while !marker.exists() {
        thread::sleep(Duration::from_millis(1));
    }
    let second = command(&folder, OUTPUTS[0]).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(2), "{said}");
    assert!(said.contains("another run is writing to uit.jsonl.parts"), "{said}");
    fs::remove_file(marker).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

#[cfg(debug_assertions)]
#[test]
fn an_input_that_is_removed_in_the_middle_can_be_put_back() {
    let folder = archive();
    let (wanted, _) = whole(OUTPUTS[0]);
    let marker = folder.path().join("hier");
    // Before anything of the last file is read: the queues hold four batches.
    let child = command(&folder, OUTPUTS[0])
        .env("WIEZEI_HALT", format!("manifest-renamed:2:{}", marker.display()))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !marker.exists() {
        thread::sleep(Duration::from_millis(1));
    }
    let gone = folder.path().join("in/c.csv");
    let kept = fs::read(&gone).unwrap();
    fs::remove_file(&gone).unwrap();
    fs::remove_file(&marker).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("c.csv: no such file or folder"), "{said}");
    assert!(said.contains("--resume"), "{said}");
    let part = fs::read_to_string(folder.path().join("uit.jsonl.parts/part-00001.jsonl")).unwrap();
    assert!(part.lines().all(|line| line.starts_with("{\"id\":\"d")), "what was done is usable");
    fs::write(&gone, kept).unwrap();
    finish(&folder, OUTPUTS[0]);
    assert!(left(folder.path(), "uit") == wanted);
}
