//! `wiezei batch`: archives in, files for other programs out.

mod articles;
mod forms;
mod hardened;
mod killed;
mod outputs;
mod refused;
mod rejects;

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::{Folder, Ran};

/// A small article, another for every number.
fn article(n: usize) -> String {
    let names = ["Noor Bakker", "Joris De Meulder", "Fatma Yildirim", "Sjoerd van der Veen"];
    let name = names[n % names.len()];
    format!(
        "Brug {n} blijft dicht\n\n„Dat duurt nog {n} weken”, zegt {name}. Volgens de gemeente is \
         er geen geld. Wethouder {name} noemt dat „een tegenvaller”.",
    )
}

/// JSON lines of articles, `d0` and on.
fn lines(count: usize) -> String {
    let line =
        |n| serde_json::json!({"id": format!("d{n}"), "text": article(n), "krant": "Dijkbode"});
    (0..count).map(|n| line(n).to_string() + "\n").collect()
}

/// `wiezei batch` in a folder, with no names, and `args`.
fn batch(folder: &Folder, args: &[&str]) -> Command {
    let mut command = folder.wiezei();
    command.args(["batch", "--names", "namen"]).args(args);
    command
}

fn run(folder: &Folder, args: &[&str]) -> Ran {
    Ran::of(&mut batch(folder, args))
}

/// Everything that a run leaves: the names of files below `folder` that begin
/// with `output`, and what they hold.
fn left(folder: &Path, output: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.starts_with(output) {
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
