//! `wiezei eval --html`: the page of scores.

use crate::{Folder, Ran};

const GOLD: &str = r#"{"id": "brug", "text": "„De <b>brug</b> blijft dicht”, zei Noor Bakker.",
  "entities": [{"id": "e1", "name": "Noor Bakker", "type": "person"}],
  "quotes": [{"span": [0, 29], "kind": "direct", "speaker": "e1", "mention": [35, 46],
              "cue": [31, 34]}],
  "not_quotes": []}"#;

const ANSWER: &str = r#"{"id": "brug", "quotes": [{"start": 0, "end": 29, "kind": "direct"}]}"#;

#[test]
fn the_page_is_written_beside_the_scores() {
    let folder =
        Folder::new(&[("gold/brug.json", GOLD.as_bytes()), ("a.jsonl", ANSWER.as_bytes())]);
    let mut command = folder.wiezei();
    command.args(["eval", "gold", "--system", "a.jsonl", "--html", "page.html"]);
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("End to end"), "{ran:?}");
    let page = std::fs::read_to_string(folder.path().join("page.html")).expect("the page");
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(page.contains("De &#60;b&#62;brug") && !page.contains("<b>brug"));
    assert!(page.contains("no source given") && page.contains("System: a.jsonl"));
}

#[test]
fn a_page_that_cannot_be_written_is_an_error() {
    let folder =
        Folder::new(&[("gold/brug.json", GOLD.as_bytes()), ("a.jsonl", ANSWER.as_bytes())]);
    let mut command = folder.wiezei();
    command.args(["eval", "gold", "--system", "a.jsonl", "--html", "not/there/page.html"]);
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("page.html: cannot be written"), "{ran:?}");
}
