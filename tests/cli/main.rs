//! The binary, as a user runs it.

mod batch;
mod corpus;
mod errors;
mod eval;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "fetch")]
mod hub;
mod inputs;
mod json;
mod labels;
mod marks;
mod model;
#[cfg(any(feature = "bert", feature = "candle"))]
mod model_options;
mod output;
mod report;
#[cfg(all(feature = "serve", unix))]
mod serve;
mod shape;
mod sources;
mod tokens;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder to run the program in, with a file of names so that no model is
/// needed.
struct Folder {
    folder: TempDir,
}

impl Folder {
    /// A folder with `files`, and with names for none of them.
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folder = Self { folder };
        folder.write("namen", b"");
        for (name, bytes) in files {
            folder.write(name, bytes);
        }
        folder
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// The program in this folder, without arguments.
    fn wiezei(&self) -> Command {
        let mut command = Command::cargo_bin("wiezei").expect("the program");
        command.current_dir(self.path()).env_remove("NO_COLOR").env_remove("WIEZEI_MODEL");
        command
    }

    /// `wiezei attribute` with names from the file, quietly, and with `args`.
    fn attribute(&self, args: &[&str]) -> Command {
        let mut command = self.wiezei();
        command.args(["attribute", "--quiet", "--names", "namen"]).args(args);
        command
    }

    /// Runs, and gives the exit code, standard output and standard error.
    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&mut self.attribute(args))
    }
}

/// JSON lines of `count` small articles, `d0` and on.
fn records(count: usize) -> String {
    let record = |n| format!("{{\"id\":\"d{n}\",\"text\":\"Tekst {n}.\"}}\n");
    (0..count).map(record).collect::<Vec<_>>().concat()
}

/// What a run left.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(command: &mut Command) -> Self {
        let output = command.output().expect("a run");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The documents on standard output, each checked against the shape.
    fn documents(&self) -> Vec<shape::Document> {
        let read =
            |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.out.lines().map(read).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.documents().into_iter().map(|document| document.id).collect()
    }
}
