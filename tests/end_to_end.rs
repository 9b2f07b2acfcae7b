//! The whole program on the example articles, with the embedded model: who
//! said what, as a reader of the article would say it.
#![cfg(any(feature = "bert", feature = "candle"))]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Quotations in quotation marks.
const MARKED: &str = "direct,mixed";

/// Runs `wiezei attribute` on an example article, from another folder than the
/// checkout's, so that the model must be found by itself.
fn attribute(article: &str, kinds: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(article);
    let elsewhere = tempfile::tempdir().unwrap();
    let output = Command::cargo_bin("wiezei")
        .unwrap()
        .current_dir(elsewhere.path())
        .env_remove("WIEZEI_MODEL")
        .args(["attribute", "--format", "jsonl", "--kinds", kinds])
        .arg(path)
        .assert()
        .success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

/// Checks the marked quotations of an article: the words that each begins and
/// ends with, and its source.
#[track_caller]
fn check(article: &str, expected: &[(&str, &str, Option<&str>)]) {
    check_kinds(article, MARKED, expected);
}

#[track_caller]
fn check_kinds(article: &str, kinds: &str, expected: &[(&str, &str, Option<&str>)]) {
    let document = attribute(article, kinds);
    let found: Vec<(String, Option<String>)> = document["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quote| {
            let text = quote["text"].as_str().unwrap().to_owned();
            (text, quote["speaker"]["name"].as_str().map(str::to_owned))
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((text, source), (begins, ends, name)) in found.iter().zip(expected) {
        assert!(
            text.starts_with(begins) && text.ends_with(ends),
            "{text} is not {begins} ... {ends}"
        );
        assert_eq!(source.as_deref(), *name, "{text}");
    }
}

#[test]
fn a_dutch_regional_daily() {
    let youssef = Some("Youssef el Amrani");
    let teun = Some("Teun Bakkerus");
    check(
        "dijkversterking.txt",
        &[
            ("'Veiligheid", "gevaar'", Some("Waterschap")),
            ("\"De aannemer", "wij niet\"", Some("Marijke van Osnabrugge")),
            ("\"De dijk die", "jaar tegen.\"", Some("Marijke van Osnabrugge")),
            ("\"een tegenvaller", "gevraagd\"", youssef),
            ("\"Die mensen", "omzet nodig\"", youssef),
            ("\"Wij gaan met", "tegemoetkoming.\"", youssef),
            ("'Wij geloven er niets van'", "van'", teun),
            ("\"Dit is de derde", "verhaal horen\"", teun),
            // Opened in one paragraph, closed two paragraphs later.
            ("\"Eerst was het", "in de bus.\"", teun),
            ("'Een dijk is", "nooit af.'", Some("mijn vader")),
        ],
    );
    let terms = attribute("dijkversterking.txt", MARKED)["not_quotes"].clone();
    assert_eq!(terms.as_array().unwrap().len(), 1, "{terms}");
    assert_eq!(terms[0]["text"], "'huppelbrug'");
}

#[test]
fn what_a_dutch_regional_daily_reports_without_marks() {
    let marijke = Some("Marijke van Osnabrugge");
    check_kinds(
        "dijkversterking.txt",
        "indirect",
        &[
            ("De versterking", "dan gepland", marijke),
            ("is er geen", "afstel", marijke),
            ("dat de eerste", "grond in gaan", marijke),
            ("dat het uitstel", "de scheepvaart", Some("een woordvoerder van Rijkswaterstaat")),
        ],
    );
}

#[test]
fn a_flemish_regional_daily() {
    let griet = Some("Griet Vander Meulen");
    let bart = Some("Bart De Coninck");
    check(
        "marktplein.txt",
        &[
            ("«Klanten", "voorbij»", Some("de handelaars")),
            ("«We hebben", "wachten»", griet),
            ("«De klanten", "terug»", bart),
            ("«Anders doe", "dicht.»", bart),
            ("«Elke maandag", "stadhuis»", griet),
            ("«En wie", "vragen.»", griet),
            ("«Op de plannen", "anders?»", Some("Fatima Ben Saïd")),
            ("“Meer kan", "kabels”", Some("de ingenieur")),
            ("«een druppel", "plaat»", Some("Unizo")),
        ],
    );
}

#[test]
fn youth_news_in_single_marks() {
    check(
        "zwembad.txt",
        &[
            ("'We hadden", "dertig'", Some("Noor")),
            ("'Toen kwam m'n", "vuilniszak.'", Some("Noor")),
            ("'De gang", "eendjes.'", Some("Sem")),
            ("'Ik dacht", "grap was'", Some("Ruud Koster")),
            ("'Het was", "hoor.'", Some("Sem")),
        ],
    );
}

#[test]
fn a_banner_has_no_source() {
    let document = attribute("havenstaking.txt", MARKED);
    let quotes = document["quotes"].as_array().unwrap();
    let banner = quotes.iter().find(|quote| quote["text"] == "„Sjorren is geen slavernij.”");
    assert_eq!(banner.unwrap()["speaker"], Value::Null);
    let second =
        quotes.iter().find(|q| q["text"].as_str().unwrap().starts_with("„Als de directie"));
    assert_eq!(second.unwrap()["speaker"]["name"], "Ineke Tromp");
}
