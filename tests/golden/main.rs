//! Golden files: short passages with what the program reads in them, in rows
//! under the text, for people who know Dutch and not necessarily Rust.
//!
//! A file holds one phenomenon and is named by it. Lines with `#` at its head
//! say what to look at; then each line of the passage has a row `text`, and
//! below it the rows of its folder ([`FOLDERS`]). To add a passage, write the
//! head and the `text` rows; to fill in the rows, or after a change of what is
//! read, run
//!
//! ```sh
//! UPDATE_GOLDEN=1 cargo test --no-default-features --test golden
//! ```
//!
//! and read the difference: `git diff tests/golden`.

mod layout;
mod marks;
mod tokens;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use layout::Line;

/// Computes the rows under the lines of a passage: for each line the rows' names
/// and contents.
type Rows = fn(&str) -> Vec<Vec<(&'static str, String)>>;

/// What stands under the text in the files of each folder.
const FOLDERS: &[(&str, Rows)] = &[("marks", marks::rows), ("tokens", tokens::rows)];

/// Columns that the names of the rows take.
const NAME_WIDTH: usize = 10;

/// A golden file, as far as people write it.
struct Passage {
    head: String,
    text: String,
}

fn read(file: &str, path: &Path) -> Passage {
    let file = file.replace("\r\n", "\n");
    let is_head = |line: &&str| line.starts_with('#') || line.is_empty();
    let head: Vec<&str> = file.lines().take_while(is_head).collect();
    let lines: Vec<&str> = file
        .lines()
        .filter_map(|line| line.strip_prefix("text"))
        .map(|line| line.get(NAME_WIDTH - "text".len()..).unwrap_or_default())
        .collect();
    assert!(head.iter().any(|line| line.len() > 2), "{} says nothing at its head", path.display());
    assert!(!lines.is_empty(), "{} has no `text` row", path.display());
    Passage { head: head.join("\n").trim_end().to_owned(), text: lines.join("\n") }
}

fn written(passage: &Passage, rows: Rows) -> String {
    let mut file = format!("{}\n", passage.head);
    for (line, rows) in passage.text.split('\n').zip(rows(&passage.text)) {
        file.push('\n');
        row(&mut file, "text", line);
        for (name, content) in rows {
            row(&mut file, name, &content);
        }
    }
    file
}

fn row(file: &mut String, name: &str, content: &str) {
    let line = format!("{name:NAME_WIDTH$}{content}");
    writeln!(file, "{}", line.trim_end()).expect("a string takes all");
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
    let entries = fs::read_dir(&folder).expect("a folder of golden files");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_golden_file_holds_what_is_read() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value != "0");
    let mut wrong = String::new();
    for (folder, rows) in FOLDERS {
        for path in files(folder) {
            let kept = fs::read_to_string(&path).expect("a golden file");
            let found = written(&read(&kept, &path), *rows);
            if found == kept {
                continue;
            }
            if update {
                fs::write(&path, found).expect("a golden file");
            } else {
                let name = path.file_name().unwrap_or_default().display();
                let _ = writeln!(wrong, "== {folder}/{name}\n{}", difference(&kept, &found));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these passages are read otherwise now (- golden, + now). If that is right, run\n\
         UPDATE_GOLDEN=1 cargo test --no-default-features --test golden\n\n{wrong}"
    );
}

/// The lines that differ, each below the text line it belongs to.
fn difference(kept: &str, found: &str) -> String {
    let (kept, found): (Vec<_>, Vec<_>) = (kept.lines().collect(), found.lines().collect());
    if kept.len() != found.len() {
        return format!("rows are missing or too many; now:\n{}\n", found.join("\n"));
    }
    let mut said = String::new();
    let mut text = "";
    for (kept, found) in kept.iter().zip(&found) {
        if kept.starts_with("text") {
            text = kept;
        }
        if kept != found {
            if !text.is_empty() {
                let _ = writeln!(said, "  {}", std::mem::take(&mut text));
            }
            let _ = writeln!(said, "- {kept}\n+ {found}");
        }
    }
    said
}

#[test]
fn there_are_forty_passages_of_tokens_and_sentences() {
    assert!(files("tokens").len() >= 40, "{} passages", files("tokens").len());
}

#[test]
fn lines_lie_where_their_columns_are() {
    let text = "Een 😀.\nTwee";
    let lines = layout::lines(text);
    let columns: Vec<_> = lines.iter().map(|line: &Line| line.width()).collect();
    assert_eq!(columns, [7, 4]);
    assert_eq!(lines[0].columns(4..8), Some(4..6), "an emoji is two columns wide");
    assert_eq!(lines[1].columns(0..4), None);
}
