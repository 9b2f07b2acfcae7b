//! `wiezei explain`: why a quotation has its source.

use serde_json::Value;

use crate::{Folder, Ran};

const ARTICLE: &str = "Pont vaart weer\n\n\"Hij vaart\", zegt schipper Noor Bakker tegen de \
                       krant. \"Tot de winter.\"\n";

fn explain(args: &[&str]) -> Ran {
    let names = br#"{"id":"pont","named_entities":[{"start":44,"end":55,"label":"PER"}]}"#;
    let folder = Folder::new(&[("pont.txt", ARTICLE.as_bytes()), ("namen", names)]);
    let mut command = folder.wiezei();
    Ran::of(command.args(["explain", "--names", "namen", "pont.txt"]).args(args))
}

#[test]
fn the_words_that_decided_are_underlined() {
    let ran = explain(&["--format", "text"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    let sentence = lines.iter().position(|line| line.contains("zegt schipper")).unwrap();
    assert_eq!(lines[sentence], "    \"Hij vaart\", zegt schipper Noor Bakker tegen de krant.");
    assert_eq!(lines[sentence + 1], "    ...........  ^^^^ ====================");
    assert!(ran.out.contains("\n  clause-after: The quotation is followed by"), "{}", ran.out);
    assert!(ran.out.contains("\n  not \"de krant\": stands behind a preposition\n"), "{}", ran.out);
}

#[test]
fn rules_that_lost_are_named() {
    let ran = explain(&["--format", "text", "--quote", "2"]);
    assert!(ran.out.contains("q2 \"Tot de winter.\""), "{}", ran.out);
    assert!(!ran.out.contains("\nq1 "), "{}", ran.out);
    assert!(ran.out.contains("\n  lost to it, continued: Noor Bakker\n"), "{}", ran.out);
}

#[test]
fn the_json_is_that_of_attribute_with_an_explanation() {
    let ran = explain(&["--format", "jsonl", "--quote", "1"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["quotes"].as_array().unwrap().len(), 1);
    let quote = &document["quotes"][0];
    assert_eq!(quote["speaker"]["name"], "Noor Bakker");
    let explanation = &quote["explanation"];
    let passed_over = explanation["passed_over"].as_array().unwrap();
    assert!(passed_over.iter().any(|passed| passed["text"] == "de krant"));
    assert_eq!(explanation["evidence"][0]["start"], 17);
    assert!(explanation["summary"].as_str().unwrap().ends_with('.'));
}

#[test]
fn a_number_of_no_quotation_leaves_nothing() {
    let ran = explain(&["--format", "text", "--quote", "9"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.out.contains("q1"), "{}", ran.out);
    assert_eq!(explain(&["--quote", "0"]).code, Some(2));
}
