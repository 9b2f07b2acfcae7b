//! What can be read: files, folders, standard input, names.

use crate::{Folder, Ran, records};

#[test]
fn several_inputs_come_in_the_order_given() {
    let folder = Folder::new(&[
        ("los.txt", b"Een."),
        ("map/b.txt", b"Twee."),
        ("map/a/z.jsonl", b"{\"id\":\"j1\",\"text\":\"Drie.\"}\n\n{\"text\":\"Vier.\"}\n"),
        ("map/leesmij.md", b"geen artikel"),
    ]);
    let ran = Ran::of(folder.attribute(&["map", "-", "los.txt"]).write_stdin("Vijf."));
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    assert_eq!(ran.ids(), ["j1", "z-3", "b", "stdin", "los"]);
}

#[test]
fn without_inputs_standard_input_is_read() {
    let folder = Folder::new(&[]);
    assert_eq!(Ran::of(folder.attribute(&[]).write_stdin("Een tekst.")).ids(), ["stdin"]);
    let records = "{\"id\":\"a\",\"text\":\"Een.\"}\n{\"id\":\"b\",\"text\":\"Twee.\"}\n";
    assert_eq!(Ran::of(folder.attribute(&[]).write_stdin(records)).ids(), ["a", "b"]);
    let mut as_text = folder.attribute(&["--input-format", "txt", "--with-text", "-"]);
    let documents = Ran::of(as_text.write_stdin(records)).documents();
    assert_eq!(documents[0].text.as_deref(), Some(records));
    let nothing = Ran::of(folder.attribute(&["--input-format", "jsonl"]).write_stdin(""));
    assert_eq!((nothing.code, &*nothing.out), (Some(0), ""));
}

#[test]
fn a_byte_order_mark_goes_and_line_breaks_stay() {
    let text = "Brug dicht\r\n\r\n„Nee”, zegt ze.\r\n";
    let marked = format!("\u{feff}{text}");
    let record = format!("\u{feff}{{\"id\":\"r\",\"text\":{}}}\r\n", serde_json::json!(text));
    let folder = Folder::new(&[("t.txt", marked.as_bytes()), ("r.jsonl", record.as_bytes())]);
    let ran = folder.run(&["--with-text", "t.txt", "r.jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for document in ran.documents() {
        document.check(text);
        assert_eq!(document.text.as_deref(), Some(text));
        assert_eq!(document.title.as_deref(), Some("Brug dicht"));
    }
}

#[test]
fn names_are_found_by_the_id_of_the_article() {
    let names = "{\"id\":\"a\",\"named_entities\":[{\"start\":0,\"end\":4,\"label\":\"PER\"}]}\n\
                 {\"id\":\"b\",\"named_entities\":[{\"start\":6,\"end\":10,\"label\":\"LOC\"}]}\n";
    let folder = Folder::new(&[
        ("a.txt", b"Noor lacht."),
        ("b.txt", b"In 't Veen regent het."),
        ("c.txt", b"Niemand."),
        ("namen", names.as_bytes()),
    ]);
    let found = folder.run(&["a.txt", "b.txt", "c.txt"]).documents();
    let names: Vec<Vec<&str>> = found
        .iter()
        .map(|document| document.named_entities.iter().map(|name| &*name.text).collect())
        .collect();
    assert_eq!(names, [vec!["Noor"], vec!["Veen"], vec![]]);
}

#[test]
fn names_that_cut_a_word_are_left_out_with_a_note() {
    let names = "{\"id\":\"a\",\"named_entities\":[{\"start\":0,\"end\":2,\"label\":\"PER\"}]}\n";
    let folder = Folder::new(&[("a.txt", b"Noor lacht."), ("namen", names.as_bytes())]);
    let mut command = folder.wiezei();
    let ran = Ran::of(command.args(["attribute", "--names", "namen", "a.txt"]));
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.err, "note: article a: \"No\" cuts a word and is no name here\n");
    assert!(ran.documents()[0].named_entities.is_empty());
    assert_eq!(folder.run(&["a.txt"]).err, "", "--quiet leaves notes out");
}

#[test]
fn many_documents_stream_through_all_chunks() {
    let records = records(500);
    let folder = Folder::new(&[("veel.jsonl", records.as_bytes())]);
    let ids = folder.run(&["veel.jsonl"]).ids();
    assert_eq!(ids.len(), 500);
    assert!(ids.iter().enumerate().all(|(n, id)| *id == format!("d{n}")));
}
