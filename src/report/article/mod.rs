//! Articles with their quotations: each coloured by its source, a legend of
//! the sources, and for each quotation its cue, the words that name its source,
//! the rule and the confidence.
//!
//! `pieces.rs` cuts the text, `cards.rs` says what is known of each quotation
//! and source; `templates/article.html` decides nothing.

mod cards;
mod pieces;
#[cfg(test)]
mod testing;

use std::io::{self, Write};

use askama::Template;

use super::assets;
use crate::annotated::Annotated;
use cards::{Card, Legend};
use pieces::{Piece, Pieces};

/// The beginning of the page, up to its articles.
#[derive(Template)]
#[template(path = "articles_begin.html")]
struct Begin {
    base: &'static str,
    style: &'static str,
}

/// The end of the page.
#[derive(Template)]
#[template(path = "articles_end.html")]
struct End {
    script: &'static str,
}

/// One article. Its markup is also well-formed XML, so that it can be checked
/// by a parser that forgives nothing.
#[derive(Template)]
#[template(path = "article.html")]
struct Article<'a> {
    /// Begins every identifier of the article.
    key: String,
    id: &'a str,
    summary: String,
    pieces: Pieces<'a>,
    cards: Vec<Card<'a>>,
    legend: &'a Legend<'a>,
    not_quotations: usize,
    warnings: Vec<&'a str>,
}

/// A page of articles, written one after the other.
#[derive(Debug)]
pub struct ArticlePage<W: Write> {
    out: W,
    written: usize,
}

impl<W: Write> ArticlePage<W> {
    /// Begins the page.
    ///
    /// # Errors
    ///
    /// If `out` fails; then with the error of `out`.
    pub fn begin(mut out: W) -> io::Result<Self> {
        let begin = Begin { base: assets::BASE_STYLE, style: assets::ARTICLE_STYLE };
        begin.write_into(&mut out)?;
        Ok(Self { out, written: 0 })
    }

    /// Adds an article. What was explained of it
    /// ([`Pipeline::explain`](crate::pipeline::Pipeline::explain)) is shown.
    ///
    /// # Errors
    ///
    /// If the page cannot be written.
    pub fn write(&mut self, annotated: &Annotated) -> io::Result<()> {
        self.written += 1;
        write(&mut self.out, annotated, self.written)
    }

    /// Hands on what is written so far.
    ///
    /// # Errors
    ///
    /// If the page cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the page.
    ///
    /// # Errors
    ///
    /// If the page cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        End { script: assets::ARTICLE_SCRIPT }.write_into(&mut self.out)?;
        self.out.flush()
    }
}

/// Writes one article as a part of a page; `number` tells it from the others
/// on the page.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(mut out: impl Write, annotated: &Annotated, number: usize) -> io::Result<()> {
    let legend = Legend::new(annotated);
    let article = Article {
        key: format!("a{number}"),
        id: annotated.document.id(),
        summary: cards::summary(annotated, legend.speaking()),
        pieces: Pieces::of(annotated),
        cards: cards::cards(annotated, &legend),
        legend: &legend,
        not_quotations: annotated.not_quotations.len(),
        warnings: annotated.warnings.iter().map(|warning| warning.message.as_str()).collect(),
    };
    article.write_into(&mut out)?;
    Ok(())
}

impl Article<'_> {
    /// How a piece is shown, as classes.
    fn class(&self, piece: &Piece<'_>) -> String {
        let mut classes = Vec::new();
        if let Some(&inner) = piece.quotations.first() {
            let card = &self.cards[inner];
            classes.extend(["q", card.kind, card.color]);
        }
        for (holds, class) in [
            (!piece.cues.is_empty(), "cue"),
            (!piece.mentions.is_empty(), "mention"),
            (piece.not.is_some(), "not"),
        ] {
            if holds {
                classes.push(class);
            }
        }
        classes.join(" ")
    }
}

/// Numbers with spaces between them, each one more than in the document's list.
fn numbers(all: &[usize]) -> String {
    let all: Vec<_> = all.iter().map(|n| (n + 1).to_string()).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use roxmltree::{Document as Xml, Node, ParsingOptions};

    use super::testing::annotated;
    use super::*;

    fn page(articles: &[Annotated]) -> String {
        let mut bytes = Vec::new();
        let mut page = ArticlePage::begin(&mut bytes).unwrap();
        for article in articles {
            page.write(article).unwrap();
        }
        page.finish().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn parse(page: &str) -> Xml<'_> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        Xml::parse_with_options(page, options).unwrap()
    }

    fn classed<'a, 'i>(xml: &'a Xml<'i>, class: &'a str) -> Vec<Node<'a, 'i>> {
        let has = |node: &Node<'_, '_>| {
            node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
        };
        xml.descendants().filter(has).collect()
    }

    /// The text below a node, without the numbers that the page adds.
    fn text(node: Node<'_, '_>) -> String {
        let is_added = |node: Node<'_, '_>| {
            node.ancestors().any(|above| above.attribute("class").is_some_and(is_badge))
        };
        let parts = node.descendants().filter(|node| node.is_text() && !is_added(*node));
        parts.filter_map(|node| node.text()).collect()
    }

    fn is_badge(class: &str) -> bool {
        class.split(' ').any(|one| one == "badge")
    }

    #[test]
    fn the_text_stands_there_to_the_letter() {
        let page = page(&[annotated(), annotated()]);
        let xml = parse(&page);
        let texts: Vec<_> = classed(&xml, "text").into_iter().map(text).collect();
        assert_eq!(texts, vec![annotated().document.text(); 2]);
    }

    #[test]
    fn nothing_of_an_article_or_a_name_is_markup() {
        let page = page(&[annotated()]);
        assert!(!page.contains("<b>dicht") && !page.contains("Piet <i>"));
        assert_eq!(parse(&page).descendants().filter(|n| n.has_tag_name("script")).count(), 1);
    }

    #[test]
    fn nothing_is_fetched_and_every_link_leads_somewhere() {
        let page = page(&[annotated(), annotated()]);
        for way in ["http:", "https:", "@import", "url(", "<link", "<img", "src=", "fetch("] {
            // The name of SVG is an address that nobody asks for.
            let page = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!page.contains(way), "{way}");
        }
        let xml = parse(&page);
        let ids: Vec<_> = xml.descendants().filter_map(|node| node.attribute("id")).collect();
        for link in xml.descendants().filter_map(|node| node.attribute("href")) {
            let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads away"));
            assert!(ids.contains(&target), "{link} leads nowhere");
        }
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands twice");
    }

    #[test]
    fn a_quotation_has_the_colour_of_its_source_in_text_legend_and_card() {
        let page = page(&[annotated()]);
        let xml = parse(&page);
        let color = |node: &Node<'_, '_>| {
            let class = node.attribute("class").unwrap_or_default();
            class.split(' ').find(|one| one.starts_with("c-")).map(str::to_owned)
        };
        let of_text: Vec<_> = classed(&xml, "q").iter().filter_map(color).collect();
        assert_eq!(of_text, ["c-0", "c-0", "c-0", "c-0", "c-none"]);
        let of_cards: Vec<_> = classed(&xml, "card").iter().filter_map(color).collect();
        assert_eq!(of_cards, ["c-0", "c-0", "c-0", "c-none"]);
        let of_legend: Vec<_> = classed(&xml, "source").iter().filter_map(color).collect();
        assert_eq!(of_legend, ["c-0", "c-none"], "who says nothing is not in the legend");
    }

    #[test]
    fn a_card_tells_cue_rule_and_confidence() {
        let page = page(&[annotated()]);
        let xml = parse(&page);
        let cards: Vec<_> = classed(&xml, "card")
            .into_iter()
            .map(|card| text(card).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert!(cards[0].contains("Noor Bakker"), "{}", cards[0]);
        for part in ["zei", "a-rule", "97%", "direct"] {
            assert!(cards[0].contains(part), "{part} in {}", cards[0]);
        }
        assert!(cards[2].contains("inside quotation 2"), "{}", cards[2]);
        assert!(cards[3].contains("no source"), "{}", cards[3]);
    }

    #[test]
    fn why_is_shown_where_it_was_asked_for() {
        use crate::attribution::{Explanation, PassedOver, Weighed};
        use crate::text::Span;

        let mut article = annotated();
        let mention = Span::of(0..4);
        article.explanations = vec![Explanation {
            quotation: 0,
            summary: "A clause <after> the words.",
            evidence: Vec::new(),
            lost: Vec::new(),
            features: Vec::new(),
            passed_over: vec![PassedOver { mention, source: None, why: "stands too far" }],
            weighed: vec![
                Weighed { source: None, share: 0.98, is_first: true, facts: Vec::new() },
                Weighed { source: None, share: 0.01, is_first: false, facts: Vec::new() },
            ],
        }];
        let page = page(&[article]);
        assert!(page.contains("A clause &#60;after&#62; the words."));
        assert!(page.contains("stands too far"));
        assert_eq!(page.matches("nobody named").count(), 1, "the others are all but ruled out");
    }
}
