//! The readable text, colour, help.

use std::path::Path;

use crate::{Folder, Ran};

const ARTICLE: &str = "Brug blijft dicht\n\n\"De brug blijft dicht\", zegt Noor Bakker.\n";

#[test]
fn piped_output_is_json_and_readable_text_on_request() {
    let folder = Folder::new(&[("brug.txt", ARTICLE.as_bytes())]);
    assert_eq!(folder.run(&["brug.txt"]).ids(), ["brug"]);
    let ran = folder.run(&["--format", "text", "brug.txt"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.starts_with("Brug blijft dicht\nbrug · "), "{}", ran.out);
}

#[test]
fn documents_stand_apart() {
    let folder = Folder::new(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", b"Tekst.")]);
    let out = folder.run(&["--format", "text", "a.txt", "b.txt"]).out;
    let line = format!("\n\n{}\n\n", "─".repeat(80));
    assert_eq!(out.matches(&line).count(), 1, "{out}");
    assert!(!out.ends_with(&line) && out.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let folder = Folder::new(&[("brug.txt", ARTICLE.as_bytes())]);
    let colour = |args: &[&str]| {
        let ran = folder.run(&[&["--format", "text", "brug.txt"], args].concat());
        ran.out.contains('\u{1b}')
    };
    assert!(!colour(&[]), "a pipe is no terminal");
    assert!(colour(&["--color", "always"]));
    assert!(!colour(&["--color", "never"]));
    let json = folder.run(&["--format", "jsonl", "--color", "always", "brug.txt"]);
    assert!(!json.out.contains('\u{1b}'));
}

#[test]
fn errors_have_colour_on_request() {
    let folder = Folder::new(&[]);
    assert!(folder.run(&["--color", "always", "weg.txt"]).err.contains('\u{1b}'));
    assert!(!folder.run(&["weg.txt"]).err.contains('\u{1b}'));
}

#[test]
fn an_article_cannot_command_the_terminal() {
    let text = "Kop\u{1b}[31m rood\n\n\"Nee\u{1b}]0;titel\u{7}\", zegt Noor.\n";
    let folder = Folder::new(&[("a.txt", text.as_bytes())]);
    let out = folder.run(&["--format", "text", "a.txt"]).out;
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()), "{out:?}");
    let document = &folder.run(&["--with-text", "a.txt"]).documents()[0];
    assert_eq!(document.text.as_deref(), Some(text), "the JSON has the text as it is");
}

#[test]
fn a_page_has_every_article_with_its_reasons() {
    let folder = Folder::new(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", b"Niets <b>gezegd</b>.")]);
    let ran = folder.run(&["--format", "html", "a.txt", "b.txt"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let page = ran.out;
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert_eq!(page.matches("<article ").count(), 2);
    assert!(page.contains("&#60;b&#62;gezegd") && !page.contains("<b>gezegd"));
    assert!(page.contains("class=\"summary\""), "a rule is told in a sentence");
}

#[test]
fn an_option_that_would_do_nothing_is_refused() {
    let folder = Folder::new(&[("a.txt", b"Tekst.")]);
    for (format, option) in [("jsonl", "--bom"), ("text", "--with-text"), ("csv", "--with-text")] {
        let ran = folder.run(&["--format", format, option, "a.txt"]);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains(&format!("{option} does nothing here")), "{}", ran.err);
    }
    assert_eq!(folder.run(&["--with-text", "a.txt"]).code, Some(0));
}

#[test]
fn kinds_that_are_not_wanted_are_left_out() {
    let text = "Noor Bakker zei: \"De brug blijft dicht.\" Volgens haar duurt dat lang.\n";
    let folder = Folder::new(&[("a.txt", text.as_bytes())]);
    let quotes = folder.run(&["--kinds", "mixed,indirect", "a.txt"]).documents().remove(0).quotes;
    assert!(quotes.iter().all(|quote| quote.kind != crate::shape::Kind::Direct));
}

/// Help shows two examples, and they run as they stand there (with a file of
/// names, so that no model is needed).
#[test]
fn the_examples_of_the_help_work() {
    let folder = Folder::new(&[("corpus/dijkversterking.txt", ARTICLE.as_bytes())]);
    // Where the source tree has no example articles, one made up here stands in.
    let source_tree = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = if source_tree.join("corpus").is_dir() { source_tree } else { folder.path() };
    let help = Ran::of(folder.wiezei().args(["attribute", "--help"]));
    assert_eq!(help.code, Some(0));
    let examples: Vec<_> = help
        .out
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("wiezei attribute ") || line.contains("| wiezei attribute"))
        // Those of a folder of the user's own are for reading.
        .filter(|line| !line.contains("articles/"))
        .collect();
    assert_eq!(examples.len(), 2, "{}", help.out);
    let program = assert_cmd::cargo::cargo_bin("wiezei");
    let path = std::env::join_paths(
        program
            .parent()
            .map(Path::to_owned)
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").expect("a PATH"))),
    )
    .expect("a PATH");
    let names = folder.path().join("namen");
    for example in examples {
        let command = format!("{example} --names '{}'", names.display());
        let output = std::process::Command::new("sh")
            .args(["-c", &command])
            .current_dir(root)
            .env("PATH", &path)
            .output()
            .expect("a run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{example}: {said}");
        assert!(!output.stdout.is_empty(), "{example}");
    }
}
