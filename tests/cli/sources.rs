//! `wiezei sources`: whom an article mentions.

use crate::{Folder, Ran};

const ARTICLE: &str =
    "Pont vaart weer\n\nSchipper Noor Bakker is blij. Zij wijst naar de rederij.\n";

fn sources(format: &str) -> Ran {
    let names = br#"{"id":"pont","named_entities":[{"start":26,"end":37,"label":"PER"}]}"#;
    let folder = Folder::new(&[("pont.txt", ARTICLE.as_bytes()), ("namen", names)]);
    let mut command = folder.wiezei();
    Ran::of(command.args(["sources", "--names", "namen", "--format", format, "pont.txt"]))
}

#[test]
fn people_and_bodies_are_listed_with_their_mentions() {
    let ran = sources("text");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("Pont vaart weer\npont · 2 sources, 3 mentions\n"), "{}", ran.out);
    assert!(ran.out.contains("\nNoor Bakker  person\n  Schipper Noor Bakker  name · line 3\n"));
    assert!(!ran.out.contains("female"), "gender is evidence, no finding: {}", ran.out);
}

#[test]
fn the_json_has_those_who_say_nothing() {
    let documents = sources("jsonl").documents();
    let names: Vec<_> = documents[0].entities.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["Noor Bakker", "de rederij"]);
    assert!(documents[0].quotes.is_empty());
}
