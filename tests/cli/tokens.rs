//! `wiezei tokens`.

use crate::{Folder, Ran};

const ARTICLE: &str = "Brug dicht\n\n„Nee!” riep dhr. Van Dam. Hij bleef.\n";

fn tokens(folder: &Folder, args: &[&str]) -> Ran {
    Ran::of(folder.wiezei().arg("tokens").args(args))
}

#[test]
fn sentences_stand_one_a_line() {
    let folder = Folder::new(&[("brug.txt", ARTICLE.as_bytes()), ("leeg.txt", b"")]);
    let ran = tokens(&folder, &["brug.txt", "leeg.txt"]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    let wanted = "# brug\nBrug dicht\n\n„ Nee ! ” riep dhr. Van Dam .\nHij bleef .\n\n# leeg\n";
    assert_eq!(ran.out, wanted);
}

#[test]
fn conllu_reads_standard_input() {
    let folder = Folder::new(&[]);
    let mut command = folder.wiezei();
    let ran = Ran::of(command.args(["tokens", "--format", "conllu"]).write_stdin(ARTICLE));
    assert_eq!(ran.code, Some(0));
    let rows: Vec<Vec<&str>> = ran
        .out
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
        .collect();
    assert!(rows.iter().all(|row| row.len() == 10));
    assert_eq!(rows[2][1], "„");
    assert_eq!(rows[2][9], "SpaceAfter=No|start_char=12|end_char=13|kind=mark");
    assert_eq!(ran.out.matches("# text = ").count(), 3);
    assert!(ran.out.contains("\n# text = „Nee!” riep dhr. Van Dam.\n"));
}

#[test]
fn json_lines_keep_the_order_and_the_identifiers_of_the_input() {
    let records = "{\"id\":\"a\",\"text\":\"Ja.\"}\n{\"id\":\"b\",\"text\":\"Nee.\"}\n";
    let folder = Folder::new(&[("in.jsonl", records.as_bytes())]);
    let ran = tokens(&folder, &["--format", "jsonl", "in.jsonl"]);
    let wanted = "{\"id\":\"a\",\"sentences\":[{\"start\":0,\"end\":3,\"paragraph\":0,\"tokens\":[\
        {\"start\":0,\"end\":2,\"text\":\"Ja\",\"kind\":\"word\"},\
        {\"start\":2,\"end\":3,\"text\":\".\",\"kind\":\"punctuation\"}]}]}";
    assert_eq!(ran.out.lines().next(), Some(wanted));
    assert_eq!(ran.out.lines().count(), 2);
    let with_text = tokens(&folder, &["--format", "jsonl", "--with-text", "in.jsonl"]);
    assert!(with_text.out.starts_with("{\"id\":\"a\",\"text\":\"Ja.\",\"sentences\""));
}

#[test]
fn an_input_that_cannot_be_read_does_not_stop_the_rest() {
    let folder = Folder::new(&[("er.txt", b"Ja.")]);
    let ran = tokens(&folder, &["weg.txt", "er.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("weg.txt: no such file or folder"), "{}", ran.err);
    assert_eq!(ran.out, "# er\nJa .\n");
}

#[test]
fn an_article_cannot_command_the_terminal() {
    let folder = Folder::new(&[("a.txt", "Kop\u{1b}[31m\u{202e}rood.".as_bytes())]);
    let out = tokens(&folder, &["a.txt"]).out;
    assert!(out.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}')), "{out:?}");
}

#[test]
fn the_examples_of_the_help_parse() {
    let folder = Folder::new(&[("corpus/dijkversterking.txt", ARTICLE.as_bytes())]);
    let help = tokens(&folder, &["--help"]);
    let examples: Vec<_> = help
        .out
        .lines()
        .filter(|line| !line.starts_with("Usage"))
        .filter_map(|line| line.split_once("wiezei tokens ").map(|(_, rest)| rest))
        .collect();
    assert_eq!(examples.len(), 3, "{}", help.out);
    for example in examples {
        let mut command = folder.wiezei();
        let ran = Ran::of(command.arg("tokens").args(example.split(' ')).write_stdin("Ja."));
        assert_eq!(ran.code, Some(0), "{example}: {}", ran.err);
        assert!(!ran.out.is_empty(), "{example}");
    }
}
