//! The scores of a system as one page of HTML that opens offline: tables with
//! their intervals drawn, the curves, the rules, and every document with what
//! is labelled and what is predicted side by side.
//!
//! The page holds all it needs (style, script, drawings) and asks nothing of a
//! network; its own policy forbids it. Words of articles are escaped by the
//! template engine, wherever they stand. Without its script it shows the same,
//! only unfiltered.
//!
//! Each part of the page has a file that makes of the scores what the template
//! shows, in words: `templates/scores.html` decides nothing.

mod articles;
mod plots;
mod tables;

use std::io::{self, Write};

use askama::Template;

use crate::scoring::report::Report;
use articles::{Article, Errors};
use plots::{Coverage, Reliability};
use tables::{Matrix, Rules, Scores, Threshold};

const STYLE: &str = include_str!("../../../templates/scores.css");
const SCRIPT: &str = include_str!("../../../templates/scores.js");

/// The page. Markup of the template is also well-formed XML, so that it can be
/// checked by a parser that forgives nothing.
#[derive(Template)]
#[template(path = "scores.html")]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    summary: Vec<String>,
    notes: Vec<String>,
    threshold: Option<Threshold>,
    scores: Vec<Scores>,
    matrices: [Matrix; 2],
    reliability: Option<Reliability>,
    coverage: Option<Coverage>,
    rules: Rules<'a>,
    errors: Vec<Errors>,
    articles: Vec<Article<'a>>,
}

/// Writes the page.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write_scores(mut out: impl Write, report: &Report<'_>) -> io::Result<()> {
    let articles = articles::articles(report.evaluation);
    let page = Page {
        style: STYLE,
        script: SCRIPT,
        summary: report.summary(),
        notes: report.evaluation.notes.lines(),
        threshold: Threshold::new(report),
        scores: tables::scores(report),
        matrices: [
            Matrix::new("Kind of quotation", &report.evaluation.kinds),
            Matrix::new("Type of speaker, of the quotations found", &report.evaluation.types),
        ],
        reliability: Reliability::new(&report.calibration),
        coverage: Coverage::new(&report.calibration),
        rules: Rules::new(&report.rules),
        errors: articles::errors(&articles),
        articles,
    };
    page.write_into(&mut out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use roxmltree::{Document as Xml, Node, ParsingOptions};

    use super::*;
    use crate::annotated::Annotated;
    use crate::attribution::Kind;
    use crate::formats::{Place, gold};
    use crate::scoring::{Bootstrap, evaluate};

    const SCRIPTED: &str = "<script>alert(1)</script> & \"co\"";

    /// „Dicht”, zei Noor. Piet vindt van niet. „Zeehond” heet zij.
    fn labelled(id: &str) -> Annotated {
        let json = format!(
            r#"{{"id": "{id}", "text": "{SCRIPTED}\n\n„Dicht”, zei Noor. Piet vindt van niet. „Zeehond” heet zij.",
            "entities": [{{"id": "e1", "name": "Noor <b>", "type": "person"}},
                         {{"id": "e2", "name": "Piet", "type": "person"}}],
            "quotes": [{{"span": [34, 41], "kind": "direct", "speaker": "e1",
                         "mention": [47, 51], "cue": [43, 46]}},
                       {{"span": [64, 72], "kind": "indirect", "speaker": "e2",
                         "mention": [53, 57], "cue": [58, 63]}}],
            "not_quotes": [{{"span": [74, 83]}}]}}"#
        );
        let json = json.replace(SCRIPTED, &SCRIPTED.replace('"', "\\\""));
        gold::parse(&json, Place::default(), &crate::formats::Texts::default()).unwrap()
    }

    /// The quotation is given to the wrong person, the reported one is not
    /// found, and the boat is taken for one.
    fn predicted(id: &str) -> Annotated {
        let mut annotated = labelled(id);
        let mut boat = annotated.quotations[0].clone();
        boat.span = annotated.not_quotations[0].span;
        boat.kind = Kind::Mixed;
        annotated.quotations[1] = boat;
        annotated.quotations[0].source = Some(crate::sources::SourceIndex(1));
        for (quotation, confidence) in annotated.quotations.iter_mut().zip([0.9, 0.6]) {
            quotation.rule = Some("a-rule".into());
            quotation.confidence = Some(confidence);
        }
        annotated
    }

    fn page_of(gold: &[Annotated], system: &[Annotated], bootstrap: Option<Bootstrap>) -> String {
        let evaluation = evaluate(gold, system, None, None).unwrap();
        let report =
            Report::new("it & <others>", &evaluation, &evaluation, bootstrap, &["a-rule", "b"]);
        let mut page = Vec::new();
        write_scores(&mut page, &report).unwrap();
        String::from_utf8(page).unwrap()
    }

    /// Three documents, the second without a fault.
    fn page() -> String {
        let gold = ["a", "b", "c"].map(labelled);
        let system = [predicted("a"), labelled("b"), predicted("c")];
        page_of(&gold, &system, Some(Bootstrap { resamples: 50, seed: 1 }))
    }

    fn parse(page: &str) -> Xml<'_> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        Xml::parse_with_options(page, options).unwrap()
    }

    fn classed<'a, 'i>(xml: &'a Xml<'i>, class: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
        xml.descendants().filter(move |node| {
            node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
        })
    }

    /// The text below a node, without the numbers that the page adds.
    fn text(node: Node<'_, '_>) -> String {
        let added = |node: Node<'_, '_>| node.ancestors().any(|above| above.has_tag_name("sup"));
        let parts = node.descendants().filter(|node| node.is_text() && !added(*node));
        parts.filter_map(|node| node.text()).collect()
    }

    fn words(node: Node<'_, '_>) -> String {
        text(node).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_document_stands_twice_and_whole_wrong_ones_first() {
        let page = page();
        let xml = parse(&page);
        let titles: Vec<_> = classed(&xml, "id").map(text).collect();
        assert_eq!(titles, ["a", "c", "b"]);
        let gold = labelled("a");
        let texts: Vec<_> = classed(&xml, "text").map(text).collect();
        assert_eq!(texts, vec![gold.document.text(); 6]);
    }

    #[test]
    fn nothing_of_an_article_or_a_name_is_markup() {
        let page = page();
        assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script>alert"));
        assert!(!page.contains("Noor <b>") && !page.contains("<others>"));
        assert_eq!(parse(&page).descendants().filter(|n| n.has_tag_name("script")).count(), 1);
    }

    #[test]
    fn nothing_is_fetched() {
        let page = page();
        for way in ["http:", "https:", "@import", "url(", "<link", "<img", "src=", "fetch("] {
            assert!(!page.contains(way), "{way}");
        }
        let xml = parse(&page);
        let links = xml.descendants().filter_map(|node| node.attribute("href"));
        let ids: Vec<_> = xml.descendants().filter_map(|node| node.attribute("id")).collect();
        for link in links {
            let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads away"));
            assert!(ids.contains(&target), "{link} leads nowhere");
        }
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands twice");
    }

    #[test]
    fn every_score_of_the_text_report_is_there() {
        let gold = ["a", "b", "c"].map(labelled);
        let system = [predicted("a"), labelled("b"), predicted("c")];
        let bootstrap = Some(Bootstrap { resamples: 50, seed: 1 });
        let evaluation = evaluate(&gold, &system, None, None).unwrap();
        let report = Report::new("s", &evaluation, &evaluation, bootstrap, &["a-rule", "b"]);
        let page = page_of(&gold, &system, bootstrap);
        let shown = words(parse(&page).root_element());
        let mut plain = Vec::new();
        crate::scoring::report::write_text(&mut plain, &report).unwrap();
        let plain = String::from_utf8(plain).unwrap();
        let numbers: Vec<_> = plain
            .lines()
            .skip(1)
            .flat_map(str::split_whitespace)
            .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
            .map(|word| word.trim_matches([',', '(', ')']))
            .collect();
        assert!(numbers.len() > 100, "{plain}");
        for number in numbers {
            assert!(shown.contains(number), "{number} is missing");
        }
    }

    #[test]
    fn a_row_for_every_labelled_and_every_superfluous_quotation() {
        let page = page();
        let xml = parse(&page);
        let rows: Vec<_> = classed(&xml, "case").map(words).collect();
        let of_a = [
            "1 direct „Dicht” Noor <b> (person) Piet (person) a-rule 0.90 ✗ wrong source",
            "2 indirect van niet Piet (person) – – – ✗ missed",
            "3 mixed „Zeehond” – Noor <b> (person) a-rule 0.60 ✗ false alarm",
        ];
        assert_eq!(rows[..3], of_a);
        assert_eq!(rows.len(), 3 + 3 + 2);
        let tokens: Vec<_> =
            classed(&xml, "case").filter_map(|row| row.attribute("data-errors")).collect();
        assert_eq!(tokens[..3], ["wrong-source", "missed", "false-alarm"]);
        let offered: Vec<_> =
            xml.descendants().filter(|n| n.has_tag_name("option")).map(words).collect();
        assert!(offered.contains(&"missed (2)".into()), "{offered:?}");
    }

    #[test]
    fn intervals_and_curves_are_drawn_where_there_are_any() {
        let page = page();
        let xml = parse(&page);
        let drawings = |class| classed(&xml, class).count();
        assert_eq!(drawings("plot"), 2);
        assert!(drawings("range") > 20);
        let gold = [labelled("a")];
        let page = page_of(&gold, &[], None);
        let xml = parse(&page);
        assert_eq!(classed(&xml, "plot").count() + classed(&xml, "range").count(), 0);
        assert!(page.contains("1 gold document without an answer"));
    }

    #[test]
    fn tables_and_fields_say_what_they_are() {
        let page = page();
        let xml = parse(&page);
        let named =
            |name| xml.descendants().filter(move |node: &Node<'_, '_>| node.has_tag_name(name));
        for table in named("table") {
            assert!(table.children().any(|node| node.has_tag_name("caption")));
        }
        assert!(named("th").all(|cell| cell.attribute("scope").is_some()));
        for field in named("select") {
            let id = field.attribute("id");
            assert!(named("label").any(|label| label.attribute("for") == id));
        }
        for drawing in named("svg") {
            let is_said = drawing.attribute("role") == Some("img")
                && drawing.attribute("aria-label").is_some();
            assert!(is_said || drawing.attribute("aria-hidden") == Some("true"));
        }
    }
}
