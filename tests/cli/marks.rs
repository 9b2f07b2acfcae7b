//! `wiezei marks`: what was decided of every span in quotation marks.

use crate::{Folder, Ran};

const ARTICLE: &str = "Pont vaart weer\n\nDe “buurtbus” rijdt niet. “Wij wachten”, zegt \
    schipper Noor Bakker. “Nog een week.\n";

fn marks(format: &str) -> Ran {
    let names = br#"{"id":"pont","named_entities":[{"start":70,"end":81,"label":"PER"}]}"#;
    let folder = Folder::new(&[("pont.txt", ARTICLE.as_bytes()), ("namen", names)]);
    let mut command = folder.wiezei();
    Ran::of(command.args(["marks", "--names", "namen", "--format", format, "pont.txt"]))
}

#[test]
fn each_span_has_a_decision_and_a_reason() {
    let ran = marks("text");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("pont · 3 spans in marks, 2 of them speech\n"), "{}", ran.out);
    assert!(ran.out.contains("\n“buurtbus”\n  no speech · line 3 · "), "{}", ran.out);
    assert!(ran.out.contains("\n“Wij wachten”\n  direct · line 3 · "), "{}", ran.out);
    assert!(ran.out.contains("Warnings\n  line 3: "), "{}", ran.out);
}

#[test]
fn the_json_has_the_weights_and_the_repairs() {
    let ran = marks("jsonl");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let decisions: Vec<_> = json["marks"].as_array().unwrap().iter().collect();
    assert_eq!(decisions.len(), 3);
    assert_eq!(decisions[0]["decision"], "none");
    assert_eq!(decisions[1]["decision"], "direct");
    for decision in decisions {
        let weights = decision["evidence"].as_array().unwrap().iter();
        let sum: i64 = weights.map(|one| one["weight"].as_i64().unwrap()).sum();
        let score = decision["score"].as_i64().unwrap();
        assert_eq!(score > 0, decision["decision"] != "none");
        assert!((score - sum).abs() <= 20, "the bias is small beside the evidence");
        assert!(!decision["reason"].as_str().unwrap().is_empty());
    }
    assert_eq!(json["warnings"][0]["code"], "unclosed-mark");
    // Other commands leave it out.
    assert!(!json["quotes"][0].as_object().unwrap().contains_key("evidence"));
}
