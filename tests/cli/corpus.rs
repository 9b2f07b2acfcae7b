//! `wiezei report`: the page on a corpus.

use crate::{Folder, Ran};

const ARTICLES: &str = "{\"id\":\"a\",\"text\":\"\\\"De brug blijft dicht\\\", zegt wethouder Noor \
                        Bakker.\",\"datum\":\"2019-06-05\",\"krant\":\"De Bode\"}\n\
                        {\"id\":\"b\",\"text\":\"Niets.\"}\n";

/// A folder with quotations of two articles.
fn folder() -> Folder {
    let folder = Folder::new(&[("articles.jsonl", ARTICLES.as_bytes())]);
    let ran = folder.run(&["articles.jsonl"]);
    folder.write("quotations.jsonl", ran.out.as_bytes());
    folder
}

fn report(folder: &Folder, args: &[&str]) -> Ran {
    let mut command = folder.wiezei();
    Ran::of(command.args(["report", "-o", "report.html"]).args(args))
}

#[test]
fn a_page_is_made_of_quotations_with_or_without_the_articles() {
    let folder = folder();
    let ran = report(&folder, &["quotations.jsonl", "--title", "Twee <artikelen>"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.err.contains("2 articles, 1 quotations") && ran.err.contains("\"datum\""),
        "{ran:?}"
    );
    assert!(ran.err.contains("De Bode"), "warned of an outlet that was not measured: {ran:?}");
    let page = || std::fs::read_to_string(folder.path().join("report.html")).expect("the page");
    assert!(page().contains("Twee &#60;artikelen&#62;") && page().contains("De brug blijft dicht"));
    assert!(!page().contains(", zegt wethouder Noor"), "no word around it");
    let ran = report(&folder, &["quotations.jsonl", "--texts", "articles.jsonl", "--quiet"]);
    assert_eq!((ran.code, &*ran.err), (Some(0), ""));
    assert!(page().contains(", zegt wethouder Noor"), "with the words around it");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_reported() {
    let folder = folder();
    folder.write("stuk.jsonl", b"{\n");
    let ran = report(&folder, &["stuk.jsonl", "quotations.jsonl", "weg.jsonl"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("stuk.jsonl, line 1: bad JSON"), "{ran:?}");
    assert!(ran.err.contains("weg.jsonl: no such file"), "{ran:?}");
    assert!(folder.path().join("report.html").exists());
    let ran = report(&folder, &["stuk.jsonl"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("no document to report on"), "{ran:?}");
}

#[test]
fn fields_of_an_article_may_be_called_anything() {
    let article = "{\"id\":\"a\",\"text\":\"\\\"Dicht\\\", zegt Noor Bakker.\",\"length\":\"560 woorden\",\
                   \"quotes\":\"geen\",\"entities\":4,\"sha256\":null,\"datum\":\"12 mei 2021\"}\n";
    let folder = Folder::new(&[("articles.jsonl", article.as_bytes())]);
    let ran = folder.run(&["articles.jsonl"]);
    folder.write("quotations.jsonl", ran.out.as_bytes());
    let ran = report(&folder, &["quotations.jsonl", "--texts", "articles.jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("1 articles, 1 quotations"), "{ran:?}");
    let page = std::fs::read_to_string(folder.path().join("report.html")).expect("the page");
    assert!(page.contains("\"2021-05-12\""), "the date is read");
}
