//! What is written to hurt: texts that could take time by the square of their
//! length, files that are larger than memory, identifiers that lead elsewhere.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::run;
use crate::Folder;

/// The reasons for which records of `uit.jsonl` were rejected.
fn reasons(folder: &Folder) -> Vec<String> {
    let text = fs::read_to_string(folder.path().join("uit.jsonl.rejects.jsonl")).unwrap();
    let reason = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        line["reason"].as_str().unwrap().to_owned()
    };
    text.lines().map(reason).collect()
}

fn gzipped(text: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    text.for_each(|piece| encoder.write_all(&piece).unwrap());
    encoder.finish().unwrap()
}

#[test]
fn no_form_takes_a_document_beyond_its_limit() {
    /// Of those that are read byte by byte there is less, since tests are slow at it.
    const LARGE: usize = 12_000_000;
    const LARGEST: usize = 50_000_000;
    let pieces_of = |length: usize, begin: &str, end: &str| {
        let filling = (0..length / 50_000).map(|_| "ja, nee. ".repeat(50_000 / 9).into_bytes());
        let (begin, end) = (begin.as_bytes().to_vec(), end.as_bytes().to_vec());
        gzipped(std::iter::once(begin).chain(filling).chain([end]))
    };
    let pieces = |begin: &str, end: &str| pieces_of(LARGE, begin, end);
    let folder = Folder::new(&[
        ("in/a.txt.gz", &pieces_of(LARGEST, "", "")),
        (
            "in/b.jsonl.gz",
            &pieces_of(LARGEST, "{\"text\":\"", "\"}\n{\"id\":\"b\",\"text\":\"Ja.\"}"),
        ),
        ("in/c.json.gz", &pieces("[{\"text\":\"", "\"},{\"id\":\"c\",\"text\":\"Ja.\"}]")),
        ("in/d.csv.gz", &pieces("id,tekst\nx,\"", "\"\nd,Ja.\n")),
        ("in/e.tsv.gz", &pieces("id\ttekst\nx\t", "\nd\tJa.\n")),
        (
            "in/f.xml.gz",
            &pieces("<nitf><body><body.content><p>", "</p></body.content></body></nitf>"),
        ),
        ("in/g.html.gz", &pieces("<html><body><p>", "</p></body></html>")),
        // A comment, a tag and a declaration are no text, and may be as long.
        ("in/h.xml.gz", &pieces("<nitf><!--", "--></nitf>")),
        ("in/i.xml.gz", &pieces("<nitf a='", "'></nitf>")),
        ("in/j.xml.gz", &pieces("<!DOCTYPE nitf [", "]><nitf/>")),
    ]);
    let memory = Limited::new(&folder, 400_000);
    let ran = memory.run(&["in", "-o", "uit.jsonl", "--max-document-size", "1M", "--batch", "4"]);
    assert_eq!(ran, Some(3));
    let reasons = reasons(&folder);
    assert_eq!(reasons.len(), 10, "{reasons:?}");
    assert!(reasons.iter().all(|it| it.starts_with("it has more than ")), "{reasons:?}");
    // What stands behind one that is too long is read, but in tables, whose end of a row
    // nobody knows.
    let out = fs::read_to_string(folder.path().join("uit.jsonl")).unwrap();
    assert_eq!(out.lines().count(), 2, "{out}");
}

/// The program, which may have no more than so many kilobytes of memory of its own.
struct Limited<'a> {
    folder: &'a Folder,
    kilobytes: usize,
}

impl<'a> Limited<'a> {
    fn new(folder: &'a Folder, kilobytes: usize) -> Self {
        Self { folder, kilobytes }
    }

    fn run(&self, args: &[&str]) -> Option<i32> {
        let program = assert_cmd::cargo::cargo_bin("wiezei");
        // What it writes to, and not what it maps to read: libtorch alone is 400 MB.
        // Threads have heaps of their own: two, so that a small limit means something.
        let script = format!(
            "ulimit -d {}; MALLOC_ARENA_MAX=2 exec \"$0\" batch --names namen --threads 1 \"$@\"",
            self.kilobytes
        );
        let mut command = std::process::Command::new("sh");
        command.current_dir(self.folder.path()).args(["-c", &script]).arg(program).args(args);
        let output = command.output().unwrap();
        if output.status.code() != Some(3) {
            eprint_of(&output.stderr);
        }
        output.status.code()
    }
}

#[expect(clippy::print_stderr, reason = "what a test says when it fails")]
fn eprint_of(said: &[u8]) {
    eprintln!("{}", String::from_utf8_lossy(said));
}

#[test]
fn a_gzip_bomb_is_one_reject() {
    let bomb = gzipped((0..400).map(|_| vec![b' '; 100_000]));
    assert!(bomb.len() < 60_000, "{}", bomb.len());
    let names = ["a.txt.gz", "b.jsonl.gz", "c.json.gz", "d.csv.gz", "e.xml.gz", "f.html.gz"];
    let files: Vec<_> = names.iter().map(|name| (*name, &bomb[..])).collect();
    let folder = Folder::new(&files);
    let memory = Limited::new(&folder, 400_000);
    let code =
        memory.run(&[&names[..], &["-o", "uit.jsonl", "--max-document-size", "1M"]].concat());
    // JSON may have any amount of white space around it, and so may a table.
    assert_eq!(code, Some(3));
    let reasons = reasons(&folder);
    assert!((3..=5).contains(&reasons.len()), "{reasons:?}");
}

#[test]
fn a_truncated_file_of_any_form_is_a_reject() {
    let articles = [
        ("a.txt.gz", "Brug open\n\nJa.".repeat(5000)),
        ("b.xml.gz", format!("<nitf><body><body.content>{}", "<p>Ja.</p>".repeat(5000))),
        ("c.html.gz", format!("<html><body>{}", "<p>Ja.</p>".repeat(5000))),
    ];
    let packed = articles.map(|(name, text)| {
        let packed = gzipped(std::iter::once(text.into_bytes()));
        (name, packed[..packed.len() / 2].to_vec())
    });
    let files: Vec<_> = packed.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
    let folder = Folder::new(&files);
    let ran = run(&folder, &["a.txt.gz", "b.xml.gz", "c.html.gz", "-o", "uit.jsonl"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let reasons = reasons(&folder);
    assert_eq!(reasons.len(), 3);
    assert!(reasons.iter().all(|it| it.starts_with("cannot be unpacked: ")), "{reasons:?}");
}

/// Everything below a folder: path, and what a file holds.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    super::left(folder, "")
}

#[test]
fn no_identifier_leads_out_of_the_output() {
    let long = "lang/".repeat(200);
    #[rustfmt::skip]
    let ids = [
        "../../x", "/etc/x", "..", ".", "", "a\0b", "CON", "con.txt", "nul", "C:\\x", "\\\\s\\x",
        "een", "EEN", "é/😀", "e\u{301}", "~", "$(id)", "a\nb", "-rf", "*", "%2e%2e%2f", &long,
    ];
    let mut lines = String::new();
    for id in ids {
        let record = json!({"id": id, "text": "\"Ja\", zegt Noor Bakker."});
        writeln!(lines, "{record}").unwrap();
    }
    let folder = Folder::new(&[
        ("boven/x", b"van een ander"),
        ("boven/midden/a.jsonl", lines.as_bytes()),
        ("boven/midden/x", b"van een ander"),
        ("boven/midden/namen", b""),
    ]);
    let before = snapshot(folder.path());
    for (format, output) in [("brat", "uit"), ("jsonl", "uit.jsonl"), ("csv", "uit.csv")] {
        let mut command = folder.wiezei();
        command.current_dir(folder.path().join("boven/midden"));
        command.args(["batch", "--names", "namen", "a.jsonl", "-o", output, "--format", format]);
        let ran = crate::Ran::of(&mut command);
        assert_eq!(ran.code, Some(0), "{format}: {ran:?}");
    }
    let mut after = snapshot(folder.path());
    after.retain(|(path, _)| {
        let own = path.strip_prefix("boven/midden/uit");
        !own.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
    });
    assert_eq!(after, before);
    // Each has its text and its annotations, and its name leads back to it.
    let written = fs::read_dir(folder.path().join("boven/midden/uit")).unwrap();
    let names: Vec<_> = written.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    let is = |name: &str, kind: &str| Path::new(name).extension().is_some_and(|it| it == kind);
    let texts = names.iter().filter(|name| is(name, "txt")).count();
    assert_eq!(texts, ids.len(), "{names:?}");
    let ends = |name: &String| {
        let stem = name.rsplit_once('.').unwrap().0.to_lowercase();
        !["con", "nul", "", ".", ".."].contains(&&*stem) && name.len() < 250
    };
    assert!(names.iter().all(|name| ends(name) || is(name, "conf")), "{names:?}");
}
