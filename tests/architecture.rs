//! The house's invariants, read off the source: what is absent from it.
//!
//! `docs/architecture.md` says why; this test fails where the code no longer
//! keeps to it.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules from the ground up. A module uses those of lower floors, and its
/// own.
const FLOORS: &[&[&str]] = &[
    &["error", "text"],
    &["lexicon", "language"],
    &["tokenize"],
    &["ner", "marks", "syntax"],
    &["sources"],
    &["attribution"],
    &["annotated"],
    &["pipeline"],
    &["scoring", "formats"],
    &["report", "batch"],
    &["serve"],
    &["cli"],
    &["main", "lib"],
];

/// The only modules that read or write anything outside the process.
const DOING_IO: &[&str] = &["ner", "formats", "batch", "serve", "cli", "main"];

struct Source {
    module: String,
    path: PathBuf,
    /// The code, without its tests and comments.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let module = inside.iter().next().unwrap().to_str().unwrap();
                let module = module.trim_end_matches(".rs").to_owned();
                // What tests share is a file of its own.
                if !path.ends_with("testing.rs") {
                    let code = code(&fs::read_to_string(&path).unwrap());
                    found.push(Source { module, path, code });
                }
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The lines of a file before its tests, comments left out.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests ").next().unwrap_or(text);
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules that a file names behind `crate::` or, in the program,
/// `wiezei::`, groups in braces included.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, root) in code.match_indices("crate::").chain(code.match_indices("wiezei::")) {
        let rest = &code[at + root.len()..];
        let word = |text: &str| -> String {
            text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        match rest.strip_prefix('{') {
            Some(group) => {
                // The first name of each item at the group's top level.
                let mut depth = 1;
                let mut item = String::new();
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => names.push(word(&std::mem::take(&mut item))),
                        _ if depth == 1 => item.push(c),
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
                names.push(word(&item));
            }
            None => names.push(word(rest)),
        }
    }
    names
}

#[test]
fn no_module_uses_a_floor_above_its_own() {
    let floor: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor)))
        .collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let own = *floor
            .get(source.module.as_str())
            .unwrap_or_else(|| panic!("`{}` stands on no floor", source.module));
        for name in used(&source.code) {
            let beside = name != source.module && floor.get(name.as_str()) == Some(&own) && own > 0;
            let above = floor.get(name.as_str()).is_some_and(|floor| *floor > own);
            if above || beside {
                wrong.push(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run upwards or sideways:\n{}", wrong.join("\n"));
}

#[test]
fn only_a_few_modules_touch_the_world() {
    for source in sources() {
        if DOING_IO.contains(&source.module.as_str()) {
            continue;
        }
        for name in ["std::fs", "std::net", "std::process", "std::env", "File::open"] {
            assert!(!source.code.contains(name), "{} uses {name}", source.path.display());
        }
    }
}

#[test]
fn each_library_of_tensors_is_named_in_one_place() {
    let libraries = [("bert", ["rust_bert", "tch"]), ("candle", ["candle_core", "candle_nn"])];
    for source in sources() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let words: HashSet<_> = source.code.split(|c| !is_name(c)).collect();
        for (folder, names) in libraries {
            let is_inside = source.path.components().any(|part| part.as_os_str() == folder);
            for name in names.iter().filter(|name| words.contains(*name)) {
                assert!(is_inside, "{} names {name}", source.path.display());
            }
        }
    }
}

/// What can reach a network is named where it is meant to be: models are fetched
/// in one place, and the service listens in another.
#[test]
fn nothing_but_fetching_a_model_and_the_service_uses_a_network() {
    let serving = ["src/serve", "src/cli/serve.rs"];
    #[rustfmt::skip]
    let networks = [
        (&["src/ner/models/fetch", "src/ner/models/fetch.rs"][..], &["ureq", "hf_hub"][..]),
        (&serving, &["axum", "hyper", "hyper_util", "tower_http", "TcpListener", "TcpStream"]),
        (&[], &["UdpSocket", "UnixStream", "UnixListener", "ToSocketAddrs"]),
    ];
    for source in sources() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let words: HashSet<_> = source.code.split(|c| !is_name(c)).collect();
        let path = source.path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
        for (places, names) in networks {
            let is_inside = places.iter().any(|place| path.starts_with(place));
            for name in names.iter().filter(|name| words.contains(*name)) {
                assert!(is_inside, "{} names {name}", path.display());
            }
        }
    }
}

#[test]
fn no_module_is_a_lumber_room() {
    for source in sources() {
        let stem = source.path.file_stem().unwrap().to_str().unwrap();
        let folder = source.path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        for name in ["util", "utils", "helper", "helpers", "common", "misc", "manager"] {
            assert!(stem != name && folder != name, "{}", source.path.display());
        }
    }
}
