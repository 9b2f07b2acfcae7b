use super::*;
use crate::formats::records::story::one_line;

/// The articles of `xml`, or what is wrong with them and at which line.
fn read(xml: impl AsRef<[u8]>) -> Vec<Result<Story, String>> {
    let xml = xml.as_ref();
    let mut records = XmlRecords::new(xml, xml, 3000, 1000);
    let mut found = Vec::new();
    while let Some(record) = records.next() {
        assert_eq!(record.number, found.len() as u64 + 1);
        let at = |reason: Reason| format!("{}: {reason}", record.line);
        found.push(record.story.map(|(story, _)| story).map_err(at));
    }
    found
}

fn one(xml: &str) -> Story {
    let mut found = read(xml);
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap()
}

fn refused(xml: &str) -> String {
    let mut found = read(xml);
    found.pop().unwrap().unwrap_err()
}

const NITF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xml:lang="nl">
  <head>
    <title>dijkbode-brug</title>
    <docdata>
      <date.release norm="20240301T120000"/>
      <doc-id regsrc="Dijkbode" id-string="dijkbode-17"/>
      <date.issue norm="20240301T101500+0100"/>
    </docdata>
    <pubdata date.publication="20240302" name="De Dijkbode" position.section="Binnenland"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Brug blijft <em>dicht</em></hl1><hl2>Nog een jaar</hl2></hedline>
      <byline>Door <person>Noor Bakker</person></byline>
      <abstract><p>Het staal komt later.</p></abstract>
    </body.head>
    <body.content>
      <block>
        <p>&quot;Dat duurt nog een jaar&quot;, zegt <person>Joris De Meulder</person>.</p>
        <media><media-caption><p>De brug.</p></media-caption></media>
        <table><tr><td>1</td></tr></table>
        <hl2>Caf&eacute; dicht</hl2>
        <p>Hij noemt dat &#8222;een ramp&rdquo;.</p>
      </block>
    </body.content>
    <body.end><tagline>ANP</tagline></body.end>
  </body>
</nitf>"#;

#[test]
fn nitf_is_one_article() {
    let story = one(NITF);
    assert_eq!(story.id.as_deref(), Some("dijkbode-17"));
    assert_eq!(one_line(&story.title), "Brug blijft dicht");
    assert_eq!(
        story.paragraphs,
        [
            "\"Dat duurt nog een jaar\", zegt Joris De Meulder.",
            "Café dicht",
            "Hij noemt dat „een ramp”.",
        ]
    );
    let wanted = r#"{"abstract":"Het staal komt later.","byline":"Door Noor Bakker","date":"20240301T101500+0100","language":"nl","publication":"De Dijkbode","section":"Binnenland","subtitle":"Nog een jaar"}"#;
    let sorted: std::collections::BTreeMap<_, _> = story.metadata.iter().collect();
    assert_eq!(serde_json::to_string(&sorted).unwrap(), wanted);
}

/// A `newsItem` with `inside` as its `contentSet`.
fn item(guid: &str, inside: &str) -> String {
    format!(
        r#"<newsItem guid="{guid}" xml:lang="nl-NL"><itemMeta>
        <provider qcode="nprov:D"><name>De Dijkbode</name></provider>
        <versionCreated>2024-03-01T10:15:00+01:00</versionCreated><title>intern</title></itemMeta>
        <contentMeta><contentCreated>2024</contentCreated><by>Noor Bakker</by><language tag="nl"/>
        <headline>Brug dicht</headline></contentMeta><contentSet>{inside}</contentSet></newsItem>"#
    )
}

const XHTML: &str = r#"<inlineXML contenttype="application/xhtml+xml">
    <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
    <body><h1>Brug dicht</h1><p>Een<br/>twee.</p><p>Drie.</p></body></html></inlineXML>"#;

#[test]
fn a_news_item_holds_xhtml_or_nitf() {
    let story = one(&item("urn:d:1", XHTML));
    assert_eq!((story.id.as_deref(), &*story.title), (Some("urn:d:1"), "Brug dicht"));
    assert_eq!(story.paragraphs, ["Brug dicht", "Een\ntwee.", "Drie."]);
    assert_eq!(story.metadata["date"], "2024-03-01T10:15:00+01:00");
    assert_eq!(story.metadata["publication"], "De Dijkbode");
    assert_eq!(story.metadata["byline"], "Noor Bakker");
    assert_eq!(story.metadata["language"], "nl");
    let nitf = NITF.split_once("dtd\">").unwrap().1;
    let story = one(&item("urn:d:2", &format!("<inlineXML>{nitf}</inlineXML>{XHTML}")));
    assert_eq!((story.id.as_deref(), &*story.title), (Some("urn:d:2"), "Brug dicht"));
    assert_eq!(story.paragraphs[1], "Café dicht");
    assert_eq!(story.metadata["date"], "2024-03-01T10:15:00+01:00");
    assert_eq!(story.metadata["section"], "Binnenland");
    let pieces = "<inlineXML><p>Een.</p><p>Twee.</p></inlineXML>";
    assert_eq!(one(&item("a", pieces)).paragraphs, ["Een.", "Twee."]);
    let plain =
        "<inlineData contenttype=\"text/plain\">Een\ntwee.\n\nDrie &amp; vier.</inlineData>";
    assert_eq!(one(&item("a", plain)).paragraphs, ["Een\ntwee.", "Drie & vier."]);
}

#[test]
fn a_message_holds_many_items() {
    let items: String = ["a", "b", "c"].map(|id| item(id, XHTML)).concat();
    let message = format!("<newsMessage><header/><itemSet>{items}</itemSet></newsMessage>");
    let ids: Vec<_> = read(&message).into_iter().map(|it| it.unwrap().id.unwrap()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    // One that is too long, and one without a text, spoil no other.
    let long = format!("<inlineXML><p>{}</p></inlineXML>", "a".repeat(1001));
    let items = [item("a", &long), item("b", ""), item("c", XHTML)].concat();
    let found = read(format!("<newsMessage>\n{items}</newsMessage>"));
    assert_eq!(found[0].as_ref().unwrap_err(), "6: it has more than 1000 bytes");
    assert_eq!(found[1].as_ref().unwrap().paragraphs, Vec::<String>::new());
    assert_eq!(found[2].as_ref().unwrap().id.as_deref(), Some("c"));
}

#[test]
fn what_is_broken_says_where() {
    let message = format!("<newsMessage>{}\n<newsItem>", item("a", XHTML));
    let found = read(&message);
    assert!(found[0].is_ok());
    assert!(found[1].as_ref().unwrap_err().ends_with(": bad XML: it ends inside <newsItem>"));
    let said = refused("<nitf>\n<body>\n</hoofd></nitf>");
    assert!(said.starts_with("3: bad XML: ill-formed document"), "{said}");
    assert_eq!(refused("<rss/>"), "1: neither NITF nor NewsML-G2: its root is <rss>");
    assert_eq!(refused(""), "1: neither NITF nor NewsML-G2: it has no root");
    let deep = "<p>".repeat(300);
    assert_eq!(refused(&deep), "1: bad XML: more than 200 elements are open");
    let named = format!("<nitf><{}>", "a".repeat(257));
    assert_eq!(refused(&named), "1: bad XML: an element's name has more than 256 bytes");
    let long = format!("<nitf>\n<!-- {} --></nitf>", "a".repeat(4000));
    assert_eq!(refused(&long), "2: it has more than 3000 bytes");
}

#[test]
fn no_entity_of_the_file_is_expanded() {
    let bomb = "<!DOCTYPE nitf [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]>\n\
                <nitf><body><body.content><p>&b;</p></body.content></body></nitf>";
    assert_eq!(refused(bomb), "2: bad XML: unknown reference &b;");
    let file = "<!DOCTYPE nitf [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                <nitf><body><body.content><p>&f;</p></body.content></body></nitf>";
    assert_eq!(refused(file), "1: bad XML: unknown reference &f;");
}

#[test]
fn the_declared_encoding_is_obeyed() {
    let xml = b"<?xml version='1.0' encoding='iso-8859-15'?><nitf><body><body.content>\
                <p>Andr\xe9 vraagt \xa4 5.</p></body.content></body></nitf>";
    let mut records = XmlRecords::new(&xml[..], xml, 1000, 1000);
    let (story, encoding) = records.next().unwrap().story.unwrap();
    assert_eq!(story.paragraphs, ["André vraagt € 5."]);
    assert_eq!(encoding.name(), "ISO-8859-15");
    // A byte order mark tells more.
    let marked = "\u{feff}<?xml version='1.0' encoding='iso-8859-15'?><nitf><body><body.content>\
                  <p>André vraagt € 5.</p></body.content></body></nitf>";
    let mut records = XmlRecords::new(marked.as_bytes(), marked.as_bytes(), 1000, 1000);
    assert_eq!(records.next().unwrap().story.unwrap().0.paragraphs, ["André vraagt € 5."]);
}
