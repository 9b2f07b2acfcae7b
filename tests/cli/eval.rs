//! `wiezei eval`, as a user runs it: on files, with exit codes.

use serde_json::{Value, json};

use crate::{Folder, Ran};

const TEXT: &str = "„De sluis blijft dicht”, zei Noor Bakker. De gemeente meldt dat het nog \
    duurt. „Eén jaar”, denkt Joris De Meulder. Zijn boot heet „Zeehond”.";

/// Where `words` stand, in code points.
fn span(words: &str) -> [usize; 2] {
    let start = TEXT[..TEXT.find(words).expect("words of the text")].chars().count();
    [start, start + words.chars().count()]
}

fn gold(id: &str) -> Value {
    json!({
        "id": id,
        "text": TEXT,
        "entities": [
            {"id": "e1", "name": "Noor Bakker", "type": "person"},
            {"id": "e2", "name": "de gemeente", "type": "organisation"},
            {"id": "e3", "name": "Joris De Meulder", "type": "person"},
        ],
        "quotes": [
            {"span": span("„De sluis blijft dicht”"), "kind": "direct", "speaker": "e1",
             "mention": span("Noor Bakker"), "cue": span("zei")},
            {"span": span("dat het nog duurt"), "kind": "indirect", "speaker": "e2",
             "mention": span("De gemeente"), "cue": span("meldt")},
            {"span": span("„Eén jaar”"), "kind": "direct", "speaker": "e3",
             "mention": span("Joris De Meulder"), "cue": span("denkt")},
        ],
        "not_quotes": [{"span": span("„Zeehond”")}],
    })
}

fn quote(words: &str, speaker: &str, confidence: f64) -> Value {
    let [start, end] = span(words);
    json!({"start": start, "end": end, "kind": "direct", "speaker": {"entity": speaker},
           "rule": "clause-after", "confidence": confidence})
}

/// An answer that has the first quotation right and gives the other marked one
/// to the same person.
fn answer(id: &str) -> Value {
    json!({
        "id": id,
        "quotes": [quote("„De sluis blijft dicht”", "s1", 0.9), quote("Eén jaar", "s1", 0.6)],
        "entities": [{"id": "s1", "name": "Bakker", "type": "person"}],
    })
}

fn lines(records: &[Value]) -> String {
    records.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Gold documents `a` and `b` and a system's answers to them.
fn folder() -> Folder {
    let folder = Folder::new(&[]);
    for id in ["a", "b"] {
        folder.write(&format!("gold/{id}.json"), gold(id).to_string().as_bytes());
    }
    folder.write("answers.jsonl", lines(&[answer("a"), answer("b")]).as_bytes());
    folder.write("right.jsonl", lines(&[right("a"), right("b")]).as_bytes());
    folder
}

/// An answer that has all marked quotations right.
fn right(id: &str) -> Value {
    let mut right = answer(id);
    right["quotes"][1]["speaker"]["entity"] = "s2".into();
    let entities = right["entities"].as_array_mut().expect("a list");
    entities.push(json!({"id": "s2", "name": "Joris De Meulder", "type": "person"}));
    right
}

fn eval(folder: &Folder, args: &[&str]) -> Ran {
    Ran::of(folder.wiezei().arg("eval").args(args))
}

/// Scores as JSON.
fn scores(folder: &Folder, args: &[&str]) -> Value {
    let args = [args, &["--format", "json", "--resamples", "50"]].concat();
    let ran = eval(folder, &args);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.out).expect("JSON")
}

fn refused(ran: &Ran, parts: &[&str]) {
    assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{ran:?}");
    for part in parts {
        assert!(ran.err.contains(part), "no {part:?} in {}", ran.err);
    }
}

#[test]
fn a_system_is_scored() {
    let folder = folder();
    let scores = scores(&folder, &["gold", "--system", "answers.jsonl"]);
    let end_to_end = &scores["marked"]["end_to_end"];
    assert_eq!(end_to_end["correct"], 2);
    assert_eq!((&end_to_end["predicted"], &end_to_end["gold"]), (&json!(4), &json!(4)));
    assert_eq!(end_to_end["intervals"]["f1"], json!([0.5, 0.5]));
    assert_eq!(scores["all"]["detection"]["recall"], 0.666_667);
    assert_eq!(
        scores["marked"]["false_alarms"],
        json!({
            "share": 0.0, "count": 0, "of": 2, "interval": [0.0, 0.0]
        })
    );
    assert_eq!(scores["rules"]["by_rule"]["clause-after"]["wrong_source"], 2);
    assert!(scores["marked"].get("given_gold").is_none(), "no answers on gold quotations");
    assert_eq!(scores["gold"]["documents"], 2);
}

/// A reported clause with its stance, and the fragment in marks that lies in it.
#[test]
fn reported_speech_is_scored_with_what_lies_in_it() {
    const TEXT: &str = "De rederij ontkent dat de boot „te oud” is.";
    let place = |words: &str| {
        let start = TEXT[..TEXT.find(words).expect("words of the text")].chars().count();
        (start, start + words.chars().count())
    };
    let gold = |kind: &str, words: &str| {
        json!({"span": place(words), "kind": kind, "speaker": "e1",
               "mention": place("De rederij"), "cue": place("ontkent")})
    };
    let answer = |id: &str, kind: &str, words: &str, more: &Value| {
        let (start, end) = place(words);
        let (from, to) = place("De rederij");
        let mention = json!({"start": from, "end": to, "kind": "description"});
        let mut quote = json!({"id": id, "start": start, "end": end, "kind": kind,
            "stance": "deny", "rule": "dat-clause", "confidence": 0.8,
            "speaker": {"entity": "s1", "mention": mention}});
        let more = more.as_object().expect("fields").clone();
        quote.as_object_mut().expect("fields").extend(more);
        quote
    };
    let (clause, fragment) = ("dat de boot „te oud” is", "„te oud”");
    let labels = json!({"id": "a", "text": TEXT,
        "entities": [{"id": "e1", "name": "de rederij", "type": "organisation"}],
        "quotes": [gold("indirect", clause), gold("mixed", fragment)]});
    let answers = |clause: &str, parent: &str| {
        json!({"id": "a", "entities": [{"id": "s1", "name": "De rederij", "type": "organisation"}],
            "quotes": [answer("q2", "mixed", fragment, &json!({"parent": parent})),
                       answer("q1", "indirect", clause, &json!({}))]})
    };
    let folder = Folder::new(&[("gold/a.json", labels.to_string().as_bytes())]);
    let scored = |clause: &str| {
        folder.write("answers.jsonl", answers(clause, "q1").to_string().as_bytes());
        scores(&folder, &["gold", "--system", "answers.jsonl"])
    };
    let found = scored(clause);
    for group in ["all", "marked", "mixed", "indirect"] {
        assert_eq!(found[group]["end_to_end"]["f1"], 1.0, "{group}");
        assert_eq!(found[group]["mention_exact"]["f1"], 1.0, "{group}");
    }
    assert_eq!(found["confusion"]["kind"]["indirect"]["indirect"], 1, "{}", found["confusion"]);
    assert_eq!(found["rules"]["by_rule"]["dat-clause"]["right"], 2);
    // Half of the words in common is enough, less is not.
    assert_eq!(scored("ontkent dat de boot „te oud”")["indirect"]["detection"]["f1"], 1.0);
    let found = scored("„te oud” is");
    assert_eq!(found["indirect"]["detection"]["f1"], 0.0);
    assert_eq!(found["mixed"]["end_to_end"]["f1"], 1.0);
    let bad = answers(clause, "q9").to_string().replace("deny", "shout");
    folder.write("bad.jsonl", bad.as_bytes());
    let ran = eval(&folder, &["gold", "--system", "bad.jsonl"]);
    refused(&ran, &["quote q1: unknown stance \"shout\"; known: neutral"]);
}

#[test]
fn tables_are_for_people() {
    let ran = eval(&folder(), &["gold", "--system", "answers.jsonl"]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    for part in [
        "Gold: 2 documents, 6 quotations (4 direct, 0 mixed, 2 indirect), 2 in marks that are none",
        "2000 bootstrap resamples of documents, seed 1",
        "  marked         50.0  [50.0, 50.0]  2/4    50.0  [50.0, 50.0]  2/4  50.0  [50.0, 50.0]",
        "clause-after      4      2      2        2     0         0       50.0",
    ] {
        assert!(ran.out.contains(part), "no {part:?} in\n{}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 120), "{}", ran.out);
}

#[test]
fn the_pipeline_is_scored_with_and_without_gold_quotations() {
    let folder = folder();
    let names = |id: &str| {
        let entity = |words: &str| {
            let [start, end] = span(words);
            json!({"start": start, "end": end, "label": "PER"})
        };
        json!({"id": id, "named_entities": [entity("Noor Bakker"), entity("Joris De Meulder")]})
    };
    folder.write("names.jsonl", lines(&[names("a"), names("b")]).as_bytes());
    let scores = scores(&folder, &["gold", "--names", "names.jsonl"]);
    assert_eq!(scores["marked"]["end_to_end"]["correct"], 4);
    assert_eq!(scores["marked"]["given_gold"]["f1"], 1.0);
    assert_eq!(scores["direct"]["named"]["name"]["recall"], 1.0);
    let silent = &scores["rules"]["never_fired"];
    assert!(silent.as_array().is_some_and(|rules| rules.contains(&json!("heading"))));
}

#[test]
fn answers_on_gold_quotations_of_another_system() {
    let args = ["gold", "--system", "answers.jsonl", "--given", "right.jsonl"];
    let scores = scores(&folder(), &args);
    assert_eq!(scores["marked"]["given_gold"]["correct"], 4);
}

#[test]
fn a_limit_decides_the_exit_code() {
    let folder = folder();
    let with = |limits: &[&str]| {
        let mut args = vec!["gold", "--system", "answers.jsonl", "--quiet"];
        args.extend(limits.iter().flat_map(|limit| ["--fail-under", limit]));
        eval(&folder, &args)
    };
    assert_eq!(with(&["marked.end_to_end.f1=0.5"]).code, Some(0));
    let ran = with(&["marked.end_to_end.f1=0.9", "marked.detection.f1=0.9"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "error: marked.end_to_end.f1 is 0.5, under 0.9\n");
    assert!(ran.out.contains("End to end"), "the scores are shown all the same");
    let ran = with(&["indirect.end_to_end.precision=0.1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("has no cases"), "{}", ran.err);
    refused(
        &with(&["marked.endtoend.f1=0.9"]),
        &["no number at \"marked.endtoend.f1\"", "end_to_end", "--format json"],
    );
    refused(&with(&["marked.end_to_end.f1"]), &["PATH=VALUE"]);
    refused(&with(&["marked.end_to_end.f1=NaN"]), &["no number"]);
}

#[test]
fn what_moved_against_a_baseline() {
    let folder = folder();
    let of = |file: &str, more: &[&str]| {
        let args = [&["gold", "--system", file, "--resamples", "0"], more].concat();
        eval(&folder, &args)
    };
    folder.write("scores.json", of("answers.jsonl", &["--format", "json"]).out.as_bytes());
    let ran = of("answers.jsonl", &["--baseline", "scores.json"]);
    assert!(ran.out.ends_with("Nothing moved against the baseline.\n"), "{}", ran.out);
    let ran = of("right.jsonl", &["--baseline", "scores.json"]);
    let moved = ran.out.lines().find(|line| line.contains("marked.end_to_end.f1"));
    let words: Vec<_> = moved.expect("it moved").split_whitespace().collect();
    assert_eq!(words, ["marked.end_to_end.f1", "0.5000", "1", "+0.5000"]);
    let ran = of("right.jsonl", &["--baseline", "scores.json", "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&ran.out).is_ok() && ran.err.contains("end_to_end.f1"));
    refused(&of("right.jsonl", &["--baseline", "weg.json"]), &["weg.json", "--format json"]);
}

#[test]
fn a_row_for_every_case() {
    let folder = folder();
    let ran = eval(&folder, &["gold", "--system", "answers.jsonl", "--cases", "cases.csv"]);
    assert_eq!(ran.code, Some(0));
    let cases = std::fs::read_to_string(folder.path().join("cases.csv")).expect("a file");
    let rows: Vec<_> = cases.lines().collect();
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[1], "a,q1,0,23,direct,Noor Bakker,direct,Bakker,clause-after,right,");
    assert!(rows[2].ends_with("indirect,de gemeente,,,,wrong,missed"), "{}", rows[2]);
    let ran = eval(&folder, &["gold", "--system", "answers.jsonl", "--cases", "weg/cases.csv"]);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn scores_as_a_table_of_commas() {
    let ran = eval(&folder(), &["gold", "--system", "answers.jsonl", "--format", "csv"]);
    let mut rows = ran.out.lines();
    let header = "group,measure,correct,predicted,gold,precision,precision_low,precision_high,";
    assert!(rows.next().is_some_and(|row| row.starts_with(header)));
    assert!(rows.any(|row| row.starts_with("marked,end_to_end,2,4,4,0.500000,0.500000,")));
}

#[test]
fn gold_labels_that_do_not_fit() {
    let folder = folder();
    let refuses = |change: &dyn Fn(&mut Value), parts: &[&str]| {
        let mut bad = gold("c");
        change(&mut bad);
        folder.write("bad/c.json", bad.to_string().as_bytes());
        refused(&eval(&folder, &["bad", "--system", "answers.jsonl"]), parts);
    };
    refuses(
        &|bad| bad["quotes"][1]["span"] = json!([3, 9999]),
        &["c.json, document c, quote 2: 3..9999 reaches beyond the text", "hint: "],
    );
    refuses(
        &|bad| bad["quotes"][0]["kind"] = "loud".into(),
        &["quote 1: unknown kind \"loud\"; known: direct, mixed, indirect"],
    );
    refuses(&|bad| bad["quotes"][0]["speaker"] = "e9".into(), &["there is no entity \"e9\""]);
    refuses(&|bad| bad["text"] = 3.into(), &["bad JSON", "a gold document is"]);
    refused(&eval(&folder, &["weg", "--system", "answers.jsonl"]), &["weg: no such file"]);
    refused(
        &eval(&folder, &["gold", "gold/a.json", "--system", "answers.jsonl"]),
        &["two documents \"a\" in the gold labels"],
    );
}

#[test]
fn answers_that_do_not_fit() {
    let folder = folder();
    let refuses = |answers: &[Value], parts: &[&str]| {
        folder.write("bad.jsonl", lines(answers).as_bytes());
        refused(&eval(&folder, &["gold", "--system", "bad.jsonl"]), parts);
    };
    let changed = |field: &str, value: Value| {
        let mut bad = answer("a");
        bad["quotes"][0][field] = value;
        bad
    };
    refuses(
        &[answer("b"), changed("end", 9999.into())],
        &["bad.jsonl, line 2, document a, quote q1: 0..9999 reaches beyond the text", "hint: "],
    );
    refuses(&[changed("kind", "loud".into())], &["unknown kind \"loud\""]);
    refuses(&[answer("a"), answer("a")], &["line 2, document a: a second document \"a\""]);
    refuses(&[json!({"id": "a"})], &["bad JSON", "missing field `quotes`", "each line has"]);
    refuses(
        &[json!({"id": "a", "text": "Iets anders.", "quotes": []})],
        &["is not that of the document that was given", "the very text"],
    );
    refused(&eval(&folder, &["gold", "--system", "weg.jsonl"]), &["weg.jsonl: no such file"]);
}

#[test]
fn what_is_missing_or_double_is_counted() {
    let folder = folder();
    let mut double = answer("a");
    let again = double["quotes"][0].clone();
    double["quotes"].as_array_mut().expect("a list").push(again);
    let other = json!({"id": "z", "quotes": []});
    folder.write("few.jsonl", lines(&[double, other]).as_bytes());
    let ran = eval(&folder, &["gold", "--system", "few.jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for part in [
        "1 gold document without an answer, all of whose quotations count as missed: b",
        "1 document without labels, left out: z",
        "1 predicted quotations on the words of another, counted as wrong",
    ] {
        assert!(ran.out.contains(part), "no {part:?} in\n{}", ran.out);
    }
    let scores = scores(&folder, &["gold", "--system", "few.jsonl"]);
    assert_eq!(scores["marked"]["detection"]["correct"], 2);
    assert_eq!(scores["marked"]["detection"]["predicted"], 3);
    assert_eq!(scores["marked"]["detection"]["gold"], 4);
    assert_eq!(scores["notes"]["missing_documents"], json!(["b"]));
}

#[test]
fn a_confidence_is_picked_on_one_set_and_reported_on_another() {
    let folder = folder();
    folder.write("tune/c.json", gold("c").to_string().as_bytes());
    folder.write("all.jsonl", lines(&["a", "b", "c"].map(answer)).as_bytes());
    let args = ["gold", "--system", "all.jsonl", "--target-precision", "0.95", "--tune", "tune"];
    let found = scores(&folder, &args);
    assert_eq!(found["target_precision"]["threshold"], 0.9);
    assert_eq!(found["target_precision"]["tuned_on"]["documents"], 1);
    assert_eq!(found["target_precision"]["reported_on"]["precision"], 1.0);
    assert_eq!(found["marked"]["end_to_end"]["predicted"], 2);
    assert_eq!(found["calibration"]["cases"], 4, "all answers show what a confidence is worth");
    let text = eval(&folder, &args).out;
    assert!(text.contains("Picked on 1 other document: confidence 0.9000 or more."), "{text}");
    let found = scores(&folder, &["gold", "--system", "all.jsonl", "--min-confidence", "0.7"]);
    assert_eq!(found["marked"]["end_to_end"]["precision"], 1.0);
    assert_eq!(found["marked"]["end_to_end"]["recall"], 0.5);
    let same = ["gold", "--system", "all.jsonl", "--target-precision", "0.9", "--tune", "gold"];
    refused(&eval(&folder, &same), &["document \"a\" is among both GOLD and --tune"]);
    let alone = ["gold", "--system", "all.jsonl", "--target-precision", "0.9"];
    refused(&eval(&folder, &alone), &["--tune"]);
    let odd = ["gold", "--system", "all.jsonl", "--min-confidence", "7"];
    refused(&eval(&folder, &odd), &["between 0 and 1"]);
}

#[test]
fn two_systems_are_compared() {
    let folder = folder();
    let args = ["compare", "answers.jsonl", "right.jsonl", "--gold", "gold"];
    let ran = eval(&folder, &args);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    let row = ran.out.lines().find(|line| line.trim_start().starts_with("end to end"));
    assert!(row.is_some_and(|row| row.contains('+')), "{}", ran.out);
    let json = eval(&folder, &[&args[..], &["--format", "json"]].concat()).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let found = &json["marked"]["end_to_end"]["f1"];
    assert_eq!((&found["first"], &found["second"]), (&json!(0.5), &json!(1.0)));
    assert_eq!((&found["difference"], &found["interval"]), (&json!(0.5), &json!([0.5, 0.5])));
    // Two documents: of four exchanges two make as large a difference.
    assert!(found["p"].as_f64().is_some_and(|p| (p - 0.5).abs() < 0.05), "{found}");
    let csv = eval(&folder, &[&args[..], &["--format", "csv"]].concat()).out;
    assert!(csv.contains("marked,end_to_end,f1,0.500000,1.000000,0.500000,"), "{csv}");
    refused(&eval(&folder, &["compare", "answers.jsonl", "right.jsonl"]), &["--gold"]);
}

#[test]
fn two_annotators_are_compared() {
    let folder = folder();
    let mut other = gold("a");
    other["quotes"][0]["speaker"] = "e3".into();
    folder.write("other/a.json", other.to_string().as_bytes());
    let ran = eval(&folder, &["agreement", "gold", "other"]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    assert!(ran.out.contains("1 document labelled by both"), "{}", ran.out);
    assert!(ran.out.contains("Labelled by the first alone, left out: b"), "{}", ran.out);
    let json = eval(&folder, &["agreement", "gold", "other", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["all"]["spans"]["agreement"], 1.0);
    assert_eq!(json["marked"]["speaker"]["agreement"], 0.5);
    folder.write("strange/z.json", gold("z").to_string().as_bytes());
    refused(&eval(&folder, &["agreement", "gold", "strange"]), &["no document that both labelled"]);
}
