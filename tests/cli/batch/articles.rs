//! Articles in files of their own, in the markup of agencies and of the web.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::run;
use crate::Folder;
use crate::shape::Document;

const NITF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><docdata><doc-id id-string="dijk-17"/><date.issue norm="20240301T101500"/></docdata>
<pubdata name="De Dijkbode" position.section="Regio"/></head><body>
<body.head><hedline><hl1>Brug blijft dicht</hl1></hedline><byline>Noor Bakker</byline></body.head>
<body.content><p>&quot;Dat duurt nog een jaar&quot;, zegt Joris.</p><p>Hij baalt.</p></body.content>
</body></nitf>"#;

const MESSAGE: &str = r#"<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:dijk:1"><itemMeta><versionCreated>2024-03-01T10:15:00Z</versionCreated></itemMeta>
<contentMeta><language tag="nl"/><headline>Brug open</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Een.</p><p>Twee.</p></body>
</html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:dijk:2"><contentSet><remoteContent href="brug.jpg"/></contentSet></newsItem>
<newsItem guid="urn:dijk:3"><contentMeta><headline>Brug dicht</headline></contentMeta><contentSet>
<inlineXML><nitf><body><body.content><p>Drie.</p></body.content></body></nitf></inlineXML></contentSet>
</newsItem></itemSet></newsMessage>"#;

const PAGE: &str = r#"<!DOCTYPE html><html lang="nl"><head><title>Brug dicht | De Dijkbode</title>
<meta property="article:published_time" content="2024-03-01"></head><body>
<nav><a href="/">Voorpagina</a></nav><article><h1>Brug dicht</h1>
<p>"Dat duurt nog een jaar", zegt wethouder Joris De Meulder over de brug.</p>
<figure><figcaption>De brug.</figcaption></figure>
<p>De gemeente beslist in april over een vergoeding.</p></article>
<div id="reacties"><p>Wat een onzin, zegt Piet, en dat vindt hij al jaren.</p></div></body></html>"#;

fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn documents(folder: &Folder) -> Vec<Document> {
    let text = fs::read_to_string(folder.path().join("uit.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// File, position and reason of each reject.
fn rejects(folder: &Folder) -> Vec<[String; 3]> {
    let text = fs::read_to_string(folder.path().join("uit.jsonl.rejects.jsonl")).unwrap();
    let reject = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        ["file", "position", "reason"].map(|name| line[name].as_str().unwrap().to_owned())
    };
    text.lines().map(reject).collect()
}

#[test]
fn articles_of_all_forms_are_read_from_a_folder() {
    let latin = "<?xml version='1.0' encoding='iso-8859-1'?><nitf><body><body.content>\
                 <p>Andr\u{e9}.</p></body.content></body></nitf>";
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    let folder = Folder::new(&[
        ("in/a.xml.gz", &gzipped(NITF)),
        ("in/b.xml.zst", &zstd::encode_all(MESSAGE.as_bytes(), 0).unwrap()),
        ("in/c.htm", PAGE.as_bytes()),
        ("in/d.html.gz", &gzipped(PAGE)),
        ("in/e.xml", &latin),
        ("in/f.xml", b"<rss><item>Nee.</item></rss>"),
        ("in/g.xml", b"<nitf>\n<body>\n<p>Nee.</body></nitf>"),
    ]);
    let ran = run(&folder, &["in", "-o", "uit.jsonl", "--with-text"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let found = documents(&folder);
    let ids: Vec<_> = found.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["dijk-17", "urn:dijk:1", "urn:dijk:3", "c", "d", "e"]);
    let text = |n: usize| found[n].text.as_deref().unwrap();
    assert_eq!(
        text(0),
        "Brug blijft dicht\n\n\"Dat duurt nog een jaar\", zegt Joris.\n\nHij baalt."
    );
    assert_eq!(found[0].title.as_deref(), Some("Brug blijft dicht"));
    assert_eq!(found[0].metadata["date"], "20240301T101500");
    assert_eq!(found[0].metadata["section"], "Regio");
    assert_eq!(found[0].quotes.len(), 1);
    assert_eq!((text(1), text(2)), ("Brug open\n\nEen.\n\nTwee.", "Brug dicht\n\nDrie."));
    assert_eq!(found[1].metadata["language"], "nl");
    let page = "Brug dicht\n\n\"Dat duurt nog een jaar\", zegt wethouder Joris De Meulder over de \
                brug.\n\nDe gemeente beslist in april over een vergoeding.";
    assert_eq!((text(3), text(4)), (page, page));
    assert_eq!(found[3].metadata["date"], "2024-03-01");
    assert_eq!(text(5), "André.");
    let rejects = rejects(&folder);
    assert_eq!(rejects[0][2], "`text` is empty");
    assert_eq!(rejects[0][1], "line 7");
    assert_eq!(rejects[1][..2], ["in/f.xml", "line 1"]);
    assert_eq!(rejects[1][2], "neither NITF nor NewsML-G2: its root is <rss>");
    assert_eq!(rejects[2][..2], ["in/g.xml", "line 3"]);
    assert!(rejects[2][2].starts_with("bad XML: ill-formed document"), "{rejects:?}");
}

#[test]
fn the_form_is_told_by_the_contents_or_by_the_user() {
    let page = "<html><body><h1>Brug</h1><p>Ja, zegt zij.</p></body></html>";
    let folder = Folder::new(&[
        ("a.dat", NITF.as_bytes()),
        ("b", PAGE.as_bytes()),
        ("c.xml", PAGE.as_bytes()),
        ("d.txt", page.as_bytes()),
    ]);
    let ran = run(&folder, &["a.dat", "b", "c.xml", "-o", "uit.jsonl"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ids: Vec<_> = documents(&folder).into_iter().map(|it| it.id).collect();
    assert_eq!(ids, ["dijk-17", "b", "c"]);
    // What is called a text is one.
    run(&folder, &["d.txt", "-o", "uit.jsonl", "--with-text", "--overwrite"]);
    assert_eq!(documents(&folder)[0].text.as_deref(), Some(page));
    let args = ["d.txt", "-o", "uit.jsonl", "--with-text", "--overwrite"];
    run(&folder, &[&args[..], &["--input-format", "html"]].concat());
    assert_eq!(documents(&folder)[0].text.as_deref(), Some("Brug\n\nJa, zegt zij."));
}

#[test]
fn an_entity_bomb_is_harmless() {
    let mut bomb = String::from("<!DOCTYPE nitf [<!ENTITY a0 \"haha\">");
    for n in 1..20 {
        let inside = format!("&a{};", n - 1).repeat(10);
        write!(bomb, "<!ENTITY a{n} \"{inside}\">").unwrap();
    }
    bomb += "]>\n<nitf><body><body.content><p>&a19;</p></body.content></body></nitf>";
    let folder = Folder::new(&[("a.xml", bomb.as_bytes())]);
    assert_eq!(run(&folder, &["a.xml", "-o", "uit.jsonl"]).code, Some(3));
    assert_eq!(rejects(&folder)[0], ["a.xml", "line 2", "bad XML: unknown reference &a19;"]);
}
