use super::*;

fn read(html: &str) -> Story {
    story(html, 10_000).unwrap()
}

fn paragraphs_of(html: &str) -> Vec<String> {
    read(html).paragraphs
}

/// A page as newspapers build them: an article between all that is none.
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8">
<title>Brug blijft dicht: 'Nog een jaar' | De Dijkbode</title>
<meta property="og:title" content="Brug blijft dicht: &#39;Nog een jaar&#39;">
<meta property="og:site_name" content="De Dijkbode">
<meta property="article:section" content="Regio">
<link rel="canonical" href="https://dijkbode.example/brug">
<script>var a = "<p>Dit is geen tekst.</p>";</script>
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
 {"@type":"NewsArticle","headline":"Brug blijft dicht: 'Nog een jaar'",
  "datePublished":"2024-03-01T10:15:00+01:00","author":[{"@type":"Person","name":"Noor Bakker"}]}]}
</script></head>
<body class="has-comments">
<header><nav><ul><li><a href="/">Voorpagina</a><li><a href="/sport">Sport</a></ul></nav></header>
<div class="cookie-melding"><p>Wij gebruiken koekjes, zegt de krant, en dat is nodig om te lezen.</p></div>
<main><article class="artikel">
<h1>Brug blijft dicht: 'Nog een jaar'</h1>
<p class="intro"><strong>De brug over de Merwe gaat niet open voor het verkeer. Dat heeft wethouder
Joris De Meulder van de gemeente gezegd.</strong></p>
<figure><img src="brug.jpg"><figcaption>De brug, die dicht blijft. Foto: Fatma Yildirim</figcaption></figure>
<p>"Dat duurt nog een jaar", zegt hij, "en misschien nog langer dan dat."</p>
<div class="lees-ook related"><h3>Gerelateerd</h3><ul><li><a href="/a">Veerpont vaart vaker</a></ul></div>
<p>Lees ook: <a href="/b">Aannemer levert geen staal</a></p>
<h2>Boos</h2>
<p>Winkeliers zijn <a href="/c">boos</a>. <q>Niemand komt nog langs</q>, zegt Sjoerd van der Veen van de
caf&eacute;s, die om een vergoeding vragen.</p>
<!-- <p>Dit ook niet.</p> -->
<p>De gemeente beslist in april.</p>
</article>
<section id="reacties"><h2>Reacties</h2><p>Wat een onzin, zegt Piet, dit moet anders en wel snel.</p></section>
</main>
<aside><h2>Meest gelezen</h2><p>Het weer wordt mooi, zegt de weerman, en warm ook nog in april.</p></aside>
<footer><p>Copyright De Dijkbode, alle rechten voorbehouden, ook die op tekst.</p></footer>
</body></html>"#;

const WANTED: [&str; 5] = [
    "De brug over de Merwe gaat niet open voor het verkeer. Dat heeft wethouder Joris De Meulder \
     van de gemeente gezegd.",
    "\"Dat duurt nog een jaar\", zegt hij, \"en misschien nog langer dan dat.\"",
    "Boos",
    "Winkeliers zijn boos. “Niemand komt nog langs”, zegt Sjoerd van der Veen van de cafés, die om \
     een vergoeding vragen.",
    "De gemeente beslist in april.",
];

#[test]
fn the_article_of_a_page_is_found() {
    let story = read(PAGE);
    assert_eq!(story.title, "Brug blijft dicht: 'Nog een jaar'");
    assert_eq!(story.paragraphs, WANTED);
    let sorted: std::collections::BTreeMap<_, _> = story.metadata.iter().collect();
    let wanted = r#"{"byline":"Noor Bakker","date":"2024-03-01T10:15:00+01:00","language":"nl","publication":"De Dijkbode","section":"Regio","url":"https://dijkbode.example/brug"}"#;
    assert_eq!(serde_json::to_string(&sorted).unwrap(), wanted);
}

#[test]
fn an_old_page_is_found_too() {
    let page = "<HTML><HEAD><TITLE>De Dijkbode - Brug dicht</TITLE></HEAD><BODY><TABLE><TR>\
        <TD><A HREF=/>Voorpagina</A><BR><A HREF=/s>Sport</A></TD><TD><H1>Brug dicht</H1>\
        <FONT SIZE=2>De brug over de Merwe gaat niet open, zegt wethouder Joris De Meulder.<BR><BR>\
        \"Dat duurt nog een jaar\", zegt hij, \"en misschien nog langer dan dat.\"\
        <P>De gemeente beslist in april over een vergoeding, en dat is laat.</FONT></TD></TR></TABLE>\
        </BODY></HTML>";
    let story = read(page);
    assert_eq!(story.title, "Brug dicht");
    let wanted = [
        "De brug over de Merwe gaat niet open, zegt wethouder Joris De Meulder.",
        "\"Dat duurt nog een jaar\", zegt hij, \"en misschien nog langer dan dat.\"",
        "De gemeente beslist in april over een vergoeding, en dat is laat.",
    ];
    let found: Vec<_> = story.paragraphs.iter().filter(|it| *it != "Brug dicht").collect();
    assert_eq!(found, wanted);
}

#[test]
fn short_news_is_found_without_what_stands_around_it() {
    let page = "<html><body><div class=menu><a href=/>Voor</a> <a href=/s>Sport</a></div>\
        <div class=bericht><h1>Brug open</h1><p>De brug is weer open, zegt de gemeente.</p>\
        <p>\"Eindelijk\", zegt Noor Bakker.</p></div><div class=footer>Alle rechten</div></body></html>";
    // The heading is the title, which goes where the title stands.
    assert_eq!(
        paragraphs_of(page),
        [
            "Brug open",
            "De brug is weer open, zegt de gemeente.",
            "\"Eindelijk\", zegt Noor Bakker."
        ]
    );
    assert_eq!(paragraphs_of("<p>Ja.<p>Nee."), ["Ja.", "Nee."]);
    assert_eq!(paragraphs_of("<nav>Menu</nav>"), Vec::<String>::new());
}

#[test]
fn a_class_that_all_of_the_page_has_hides_nothing() {
    let page = "<body><div class='page share'><h1>Brug open</h1><p>De brug is weer open.</p></div>";
    assert_eq!(paragraphs_of(page).last().unwrap(), "De brug is weer open.");
}

#[test]
fn a_paragraph_may_be_none_of_the_article() {
    let page = "<h1>Brug open</h1><p class=fotobijschrift>De <a href=/>brug</a>. Foto: X</p>\
        <p>De brug is weer open.<p class=caption>De pont.<p>De pont vaart niet meer.\
        <ul><li class=promo>Koop nu<li>Om tien uur</ul>";
    let wanted = ["Brug open", "De brug is weer open.", "De pont vaart niet meer.", "Om tien uur"];
    assert_eq!(paragraphs_of(page), wanted);
}

#[test]
fn a_script_is_no_text_however_deep() {
    let page = "<span>".repeat(101) + "<p>Ja, zegt zij.</p><script>var a = 1;</script><p>Nee.</p>";
    assert_eq!(paragraphs_of(&page), ["Ja, zegt zij.", "Nee."]);
}

#[test]
fn the_end_of_a_head_may_be_left_out() {
    assert_eq!(paragraphs_of("<head><title>x</title><body><p>Ja.</p>"), ["Ja."]);
    assert_eq!(paragraphs_of("<html><head><title>x</title><p>Ja.</p></html>"), ["Ja."]);
}

#[test]
fn a_tree_cannot_be_made_deep_nor_large() {
    let deep = format!("{}<p>Ja.</p>{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
    assert_eq!(paragraphs_of(&deep), ["Ja."]);
    let dressed = (0..1000).map(|n| format!("<font size={n}>")).collect::<Vec<_>>().concat();
    let page = dressed + &"<p>Ja.</p>".repeat(1000);
    assert_eq!(paragraphs_of(&page).len(), 1000);
    let linked =
        format!("<p>x <a href='{}'>y{}", "z".repeat(100_000), "<p>Ja, nee.".repeat(10_000));
    assert!(tidied(&linked, true).unwrap().html.len() < 200_000);
    assert!(story(&linked, 1_000_000).is_ok());
    let many = "<p>".repeat(100_001);
    let said = story(&many, 1000).unwrap_err().to_string();
    assert_eq!(said, "bad HTML: it has more than 100000 elements");
    let said = story(&format!("<p>{}", "ja ".repeat(1000)), 1000).unwrap_err().to_string();
    assert_eq!(said, "it has more than 1000 bytes");
}
