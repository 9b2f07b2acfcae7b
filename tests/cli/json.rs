//! The JSON output: its shape, its offsets, its optional fields.

use wiezei::annotated::{Annotated, Warning};
use wiezei::attribution::{Kind, Modality, NotQuotation, Quotation, Stance};
use wiezei::formats::{JsonlOptions, ProducedBy, write_jsonl};
use wiezei::ner::{Entity, Label};
use wiezei::sources::{
    Gender, GenderEvidence, Mention, MentionKind, Source, SourceIndex, SourceKind,
};
use wiezei::text::{Document, Span};

use crate::{Folder, Ran, shape};

const TEXT: &str = "Één brug dicht 😀\n\n„De brug blijft dicht”, zegt Noor Bakker \
    tegen de Dijkbode. „Tot mei.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("words of the text");
    Span::of(start..start + words.len())
}

/// A document with everything that the JSON has a place for.
fn full() -> Annotated {
    let mention = Mention { span: span("Noor Bakker"), kind: MentionKind::Name };
    let first = Quotation {
        id: "q1".into(),
        span: span("„De brug blijft dicht”"),
        kind: Kind::Direct,
        cue: Some(span("zegt")),
        source: Some(SourceIndex(0)),
        mention: Some(mention),
        rule: Some("verb-after-quotation".into()),
        confidence: Some(0.97),
        parent: None,
        continues: None,
        unclosed: false,
        stance: Some(Stance::Neutral),
        modality: Some(Modality::Hedged),
        medium: Some(span("de Dijkbode")),
    };
    let second = Quotation {
        id: "q2".into(),
        span: span("„Tot mei."),
        kind: Kind::Mixed,
        cue: None,
        source: None,
        mention: None,
        rule: None,
        confidence: None,
        parent: Some(0),
        continues: Some(0),
        unclosed: true,
        stance: None,
        modality: None,
        medium: None,
    };
    let source = Source {
        id: "s1".into(),
        name: "Noor Bakker".into(),
        kind: SourceKind::Person,
        affiliation: Some("de gemeente".into()),
        gender: Gender::Female,
        gender_from: Some(GenderEvidence::GivenName),
        mentions: vec![mention],
    };
    let document = Document::new("brug", TEXT).expect("a document");
    let metadata = [("datum".to_owned(), "2024-03-01".into())].into_iter().collect();
    Annotated {
        names: vec![Entity { span: mention.span, label: Label::Per, score: 0.998 }],
        sources: vec![source],
        quotations: vec![first, second],
        not_quotations: vec![NotQuotation {
            span: span("mei"),
            reason: Some("a term".into()),
            rule: Some("term".into()),
        }],
        warnings: vec![Warning {
            code: "unclosed-mark".into(),
            offset: Some(span("„Tot").start()),
            message: "never closed".into(),
        }],
        ..Annotated::bare(document.with_metadata(metadata))
    }
}

fn replay() -> ProducedBy {
    let mut produced_by = ProducedBy::new("replay");
    produced_by.checksum = Some("ab12".into());
    produced_by.settings.insert("precision".into(), "f32".into());
    produced_by
}

fn written(annotated: &Annotated, options: JsonlOptions<'_>) -> String {
    let mut out = Vec::new();
    write_jsonl(&mut out, annotated, options).expect("a record");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn every_field_has_its_name_and_place() {
    let options = JsonlOptions { with_text: true, produced_by: Some(&replay()) };
    let wanted = [
        r#"{"id":"brug","title":"Één brug dicht 😀","#,
        r#""text":"Één brug dicht 😀\n\n„De brug blijft dicht”, zegt Noor Bakker tegen de Dijkbode. „Tot mei.","#,
        r#""quotes":[{"id":"q1","start":18,"end":40,"text":"„De brug blijft dicht”","kind":"direct","#,
        r#""speaker":{"entity":"s1","name":"Noor Bakker","type":"person","#,
        r#""mention":{"start":47,"end":58,"text":"Noor Bakker","kind":"name"}},"#,
        r#""cue":{"start":42,"end":46,"text":"zegt"},"rule":"verb-after-quotation","confidence":0.97,"#,
        r#""stance":"neutral","modality":"hedged","medium":{"start":65,"end":76,"text":"de Dijkbode"}},"#,
        r#"{"id":"q2","start":78,"end":87,"text":"„Tot mei.","kind":"mixed","speaker":null,"cue":null,"#,
        r#""parent":"q1","continues":"q1","unclosed":true}],"#,
        r#""entities":[{"id":"s1","name":"Noor Bakker","type":"person","affiliation":"de gemeente","#,
        r#""gender":"female","gender_from":"given-name","mentions":[{"start":47,"end":58,"text":"Noor Bakker","kind":"name"}]}],"#,
        r#""named_entities":[{"start":47,"end":58,"text":"Noor Bakker","label":"PER","score":0.998}],"#,
        r#""not_quotes":[{"start":83,"end":86,"text":"mei","reason":"a term","rule":"term"}],"#,
        r#""warnings":[{"code":"unclosed-mark","offset":78,"message":"never closed"}],"#,
        r#""metadata":{"datum":"2024-03-01"},"#,
        concat!(r#""produced_by":{"wiezei":""#, env!("CARGO_PKG_VERSION"), r#"","recognizer":"replay","#),
        r#""checksum":"ab12","settings":{"precision":"f32"}}}"#,
    ]
    .concat();
    assert_eq!(written(&full(), options), wanted + "\n");
}

#[test]
fn the_shape_holds_with_everything_and_with_nothing() {
    let options = JsonlOptions { with_text: true, produced_by: Some(&replay()) };
    let everything: shape::Document = serde_json::from_str(&written(&full(), options)).unwrap();
    everything.check(TEXT);
    assert_eq!(everything.text.as_deref(), Some(TEXT));
    assert_eq!(everything.entities[0].gender, Some(shape::Gender::Female));
    assert_eq!(everything.entities[0].gender_from.as_deref(), Some("given-name"));
    assert_eq!(everything.entities[0].affiliation.as_deref(), Some("de gemeente"));
    assert_eq!(everything.entities[0].mentions[0].kind, shape::MentionKind::Name);
    assert_eq!(everything.quotes[1].kind, shape::Kind::Mixed);
    assert!(everything.quotes[1].unclosed && everything.quotes[0].stance.is_some());
    assert!(everything.quotes[0].modality.is_some());

    let bare = Annotated::bare(Document::new("leeg", "").unwrap());
    let line = written(&bare, JsonlOptions::default());
    assert_eq!(
        line,
        "{\"id\":\"leeg\",\"quotes\":[],\"entities\":[],\"named_entities\":[],\"warnings\":[]}\n"
    );
    let nothing: shape::Document = serde_json::from_str(&line).unwrap();
    assert!(nothing.title.is_none() && nothing.text.is_none() && nothing.produced_by.is_none());
}

#[test]
fn offsets_of_the_program_are_slices_of_the_text() {
    let text = "Één brug dicht 😀\n\n„De bru\u{ad}g blijft dicht”, zegt Zoë Bakker’s buurman. \
        ‘Échte’ bruggen 😀 niet: \"Nooit\", zei zij.\n";
    let at = text.chars().count() - text[text.find("Zoë").unwrap()..].chars().count();
    let names = format!(
        "{{\"id\":\"brug\",\"named_entities\":[{{\"start\":{at},\"end\":{},\"text\":\"Zoë\",\
         \"label\":\"PER\",\"score\":0.5}}]}}\n",
        at + 3
    );
    let folder = Folder::new(&[("brug.txt", text.as_bytes()), ("namen", names.as_bytes())]);
    let ran = folder.run(&["brug.txt", "--with-text"]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    let document = &ran.documents()[0];
    document.check(text);
    assert_eq!(document.text.as_deref(), Some(text));
    assert_eq!(document.title.as_deref(), Some("Één brug dicht 😀"));
    let name = &document.named_entities[0];
    assert_eq!((name.start, &*name.text, &name.label), (at, "Zoë", &shape::Label::Per));
}

#[test]
fn the_output_says_what_made_it() {
    let folder = Folder::new(&[("brug.txt", b"Tekst.")]);
    let documents = folder.run(&["brug.txt"]).documents();
    let produced_by = documents[0].produced_by.as_ref().unwrap();
    assert_eq!(produced_by.wiezei, env!("CARGO_PKG_VERSION"));
    assert_eq!(produced_by.recognizer, "recorded");
    assert_eq!(produced_by.checksum.as_ref().map(String::len), Some(64), "of the file of names");
    assert!(produced_by.settings.is_empty());
    assert!(documents[0].text.is_none(), "the text is there only when it is asked for");
}

#[test]
fn metadata_goes_through() {
    let folder = Folder::new(&[]);
    let record = r#"{"id":"a","text":"Tekst.","krant":"Dijkbode","tags":["brug",1]}"#;
    let ran = Ran::of(folder.attribute(&[]).write_stdin(record));
    let metadata = &ran.documents()[0].metadata;
    assert_eq!(metadata["krant"], "Dijkbode");
    assert_eq!(metadata["tags"], serde_json::json!(["brug", 1]));
    assert_eq!(metadata.len(), 2);
}
