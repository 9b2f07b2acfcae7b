//! Labels of every form through `wiezei eval`, and from one form to another.

use serde_json::Value;

use crate::{Folder, Ran};

const TEXT: &str = "Sluis blijft dicht\n\n„De sluis blijft dicht”, zei Noor Bakker. „Eén \
    jaar.\n\nOf langer”, zei ze. De gemeente meldt dat het nog duurt. „Wij wisten van niets.” \
    Zijn boot heet „Zeehond”. 😀\n";

/// Where `words` stand, in code points.
fn span(words: &str) -> [usize; 2] {
    let start = TEXT[..TEXT.find(words).expect("words of the text")].chars().count();
    [start, start + words.chars().count()]
}

fn quote(words: &str, kind: &str, speaker: Option<&str>, near: [Option<&str>; 2]) -> Value {
    let [mention, cue] = near.map(|words| words.map(span));
    serde_json::json!({"span": span(words), "kind": kind, "speaker": speaker,
                       "mention": mention, "cue": cue})
}

/// A gold document with every sort of label.
fn gold(id: &str) -> String {
    let quotes = [
        quote("„De sluis blijft dicht”", "direct", Some("e1"), [Some("Noor Bakker"), Some("zei")]),
        quote("„Eén jaar.\n\nOf langer”", "direct", Some("e1"), [Some("ze"), None]),
        quote("dat het nog duurt", "indirect", Some("e2"), [Some("De gemeente"), Some("meldt")]),
        quote("„Wij wisten van niets.”", "direct", Some("e2"), [None, None]),
        quote("niets", "mixed", None, [None, None]),
    ];
    serde_json::json!({
        "id": id, "source": "De Sluisbode", "date": "2024-05-01", "text": TEXT,
        "entities": [{"id": "e1", "name": "Noor Bakker", "type": "person"},
                     {"id": "e2", "name": "de gemeente", "type": "organisation"}],
        "quotes": quotes, "not_quotes": [{"span": span("„Zeehond”")}],
    })
    .to_string()
}

/// Gold documents `a` and `b/1`, and `c`, in which nothing is a quotation.
fn folder() -> Folder {
    let folder = Folder::new(&[]);
    folder.write("gold/a.json", gold("a").as_bytes());
    folder.write("gold/b.json", gold("b/1").as_bytes());
    let none = r#"{"id": "c", "text": "De brug is „open”.", "entities": [], "quotes": []}"#;
    folder.write("gold/c.json", none.as_bytes());
    folder
}

fn eval(folder: &Folder, args: &[&str]) -> Ran {
    Ran::of(folder.wiezei().arg("eval").args(args))
}

fn convert(folder: &Folder, from: &str, to: &str, output: &str, more: &[&str]) -> Ran {
    eval(folder, &[&["convert", from, "--to", to, "--output", output], more].concat())
}

/// The scores, all of which have to be 1 or to have no cases.
fn all_right(folder: &Folder, args: &[&str]) -> Value {
    let ran = eval(folder, &[args, &["--format", "json", "--resamples", "0"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let scores: Value = serde_json::from_str(&ran.out).expect("JSON");
    for group in ["all", "marked", "direct", "mixed", "indirect"] {
        for (measure, of) in scores[group].as_object().expect("a group of scores") {
            for ratio in ["precision", "recall", "f1", "share"] {
                let wanted = if measure == "false_alarms" { 0.0 } else { 1.0 };
                let found = of.get(ratio).filter(|found| !found.is_null());
                assert!(found.is_none_or(|found| *found == wanted), "{group}.{measure}.{ratio}");
            }
        }
    }
    assert_eq!(scores["all"]["end_to_end"]["correct"], 10);
    assert_eq!(scores["all"]["mention_exact"]["correct"], 6);
    assert_eq!(scores["all"]["cue_exact"]["correct"], 4);
    scores
}

#[test]
fn labels_are_the_same_in_every_form() {
    let folder = folder();
    for form in ["brat", "csv", "json"] {
        let ran = convert(&folder, "gold", form, form, &[]);
        assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{ran:?}");
        assert_eq!(ran.err, format!("note: 3 documents written to {form}\n"));
        // As answers, as gold labels, and through that form back to JSON.
        let scores = all_right(&folder, &["gold", "--system", form]);
        assert_eq!(scores["gold"], all_right(&folder, &[form, "--system", "gold"])["gold"]);
        let back = format!("{form}-json");
        assert_eq!(convert(&folder, form, "json", &back, &[]).code, Some(0));
        all_right(&folder, &["gold", "--system", &back]);
    }
    let both = eval(&folder, &["agreement", "brat", "csv"]);
    assert!(both.code == Some(0) && both.out.contains("100.0"), "{both:?}");
    let compared = ["compare", "csv/quotations.csv", "brat", "--gold", "json"];
    let compared = eval(&folder, &compared);
    assert_eq!(compared.code, Some(0), "{compared:?}");
}

#[test]
fn labels_without_texts_are_joined_with_them() {
    let folder = folder();
    let ran = convert(&folder, "gold", "standoff", "labels", &["--quiet"]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    let kept = std::fs::read_to_string(folder.path().join("labels/a.json")).expect("labels");
    assert!(kept.contains("\"sha256\"") && kept.contains("\"outlet\": \"De Sluisbode\""));
    assert!(!kept.contains("sluis blijft") && !kept.contains("Zeehond"), "{kept}");

    let ran = eval(&folder, &["labels", "--system", "gold"]);
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    let said = "error: labels: 3 documents are labelled here without their texts\n";
    assert!(ran.err.starts_with(said) && ran.err.contains("--texts"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    let ran = eval(&folder, &["labels/a.json", "--system", "gold"]);
    assert!(ran.err.contains("document a: no text was given") && ran.err.contains("--texts"));

    // One by its name and with the line breaks of Windows, the others by what
    // they say.
    folder.write("texts/a.txt", TEXT.replace('\n', "\r\n").as_bytes());
    let record = serde_json::json!({"id": 17, "text": TEXT.trim_end()}).to_string();
    let other = serde_json::json!({"id": 18, "text": "De brug is „open”.\n"}).to_string();
    folder.write("texts/meer.jsonl", format!("{record}\n{other}\n").as_bytes());
    all_right(&folder, &["labels", "--texts", "texts", "--system", "gold"]);

    folder.write("texts/a.txt", TEXT.replace("nog duurt", "duurt").as_bytes());
    folder.write("texts/meer.jsonl", other.as_bytes());
    let ran = convert(&folder, "labels", "json", "joined", &["--texts", "texts"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    for part in [
        "a.json, document a: the text given for it is not the labelled one: it has 179 code \
         points, the labelled one 183",
        "b%2F1.json, document b/1: no text was given",
        "note: 1 document written to joined",
        "note: 2 inputs or records could not be read",
    ] {
        assert!(ran.err.contains(part), "no {part:?} in {}", ran.err);
    }
    let joined = std::fs::read_to_string(folder.path().join("joined/c.json")).expect("a document");
    assert!(joined.contains("De brug is „open”."));
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder();
    for form in ["brat", "csv", "json", "standoff"] {
        assert_eq!(convert(&folder, "gold", form, form, &[]).code, Some(0));
        let ran = convert(&folder, "gold", form, form, &[]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("File exists") && ran.err.contains("hint: "), "{}", ran.err);
    }
}

/// Three words of a novel in quoteannotator's form.
const XML: &str = "<doc><characters><character name=\"Noor_Bakker\" id=\"0\" /></characters>\
    <text><quote id=\"q1\" speaker=\"Noor_Bakker\" connection=\"m1\">\" De sluis is dicht . \"</quote> \
    zei <mention id=\"m1\" speaker=\"Noor_Bakker\">Noor Bakker</mention> .\n</text></doc>";

#[test]
fn a_novel_is_scored() {
    let folder = Folder::new(&[("boek.xml", XML.as_bytes())]);
    let names = r#"{"id": "boek", "named_entities": [{"start": 25, "end": 36, "label": "PER"}]}"#;
    folder.write("names.jsonl", names.as_bytes());
    let args = ["boek.xml", "--names", "names.jsonl", "--fail-under", "direct.end_to_end.f1=1"];
    let ran = eval(&folder, &args);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""), "{ran:?}");
    assert!(ran.out.contains("Gold: 1 document, 1 quotation (1 direct"), "{}", ran.out);
    let ran = convert(&folder, "boek.xml", "brat", "brat", &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let labels = std::fs::read_to_string(folder.path().join("brat/boek.ann")).expect("labels");
    assert!(labels.contains("Person 25 36\tNoor Bakker"), "{labels}");
}

#[test]
fn faults_say_where_they_are() {
    let folder = folder();
    let refused = |args: &[&str], parts: &[&str]| {
        let ran = eval(&folder, args);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{ran:?}");
        for part in parts {
            assert!(ran.err.contains(part), "no {part:?} in {}", ran.err);
        }
    };
    folder.write("brat/a.ann", "T1\tDirect 0 5\tSluis\nT2\tQuote 6 12\tblijft\n".as_bytes());
    refused(&["brat"], &["brat/a.txt: no such file", "stands beside it"]);
    folder.write("brat/a.txt", TEXT.as_bytes());
    refused(
        &["brat"],
        &["brat/a.ann, line 2, annotation T2: unknown type \"Quote\"; known: Direct"],
    );
    folder.write("t.csv", b"document,kind,start,end\na,direct,0,9999\n");
    refused(
        &["gold", "--system", "t.csv"],
        &["t.csv, line 2, document a, text: 0..9999 reaches beyond", "code points"],
    );
    folder.write("t.csv", b"document,start,end\na,0,9\n");
    refused(
        &["gold", "--system", "t.csv"],
        &["t.csv, line 1: there is no column `kind`", "hint: "],
    );
    refused(&["t.csv"], &["there is no column `kind`"]);
    folder.write("t.csv", b"document,kind,start,end\na,direct,0,5\nz,direct,0,5\n");
    let ran = eval(&folder, &["gold", "--system", "t.csv"]);
    assert!(ran.out.contains("1 document without labels, left out: z"), "{ran:?}");
}

#[test]
fn answers_as_a_table_and_for_brat() {
    let folder = Folder::new(&[("a.txt", TEXT.as_bytes()), ("b.txt", "Niets.".as_bytes())]);
    let ran = folder.run(&["--format", "csv", "a.txt", "b.txt"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut table = csv::Reader::from_reader(ran.out.as_bytes());
    let header = table.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|own| own == name).expect("the column");
    let rows: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| &row[column("document")] == "a"), "{rows:?}");
    let words = |row: &csv::StringRecord| row[column("text")].to_owned();
    assert!(rows.iter().any(|row| words(row) == "„Wij wisten van niets.”"), "{rows:?}");
    assert!(rows[0][column("produced_by")].starts_with("wiezei "));
    let ran = folder.run(&["--format", "csv", "--bom", "b.txt"]);
    assert!(ran.out.starts_with("\u{feff}document,") && ran.out.lines().count() == 1, "{ran:?}");

    let brat = ["--format", "brat", "--output", "brat", "a.txt", "b.txt"];
    let ran = folder.run(&brat);
    assert_eq!((ran.code, &*ran.out, &*ran.err), (Some(0), "", ""));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    assert_eq!(read("brat/a.txt"), TEXT);
    assert!(read("brat/a.ann").contains("\tDirect 131 154\t„Wij wisten van niets.”\n"));
    assert_eq!(read("brat/b.ann"), "");
    let ran = folder.run(&brat);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("brat/a.ann: File exists"), "{}", ran.err);
    for wrong in [&["--format", "brat", "a.txt"][..], &["--output", "brat", "a.txt"]] {
        let ran = folder.run(wrong);
        assert!(ran.code == Some(2) && ran.err.contains("--output"), "{ran:?}");
    }
}
