//! Every document with what is labelled and what is predicted, and a row for
//! each quotation of either.

use std::cmp::Reverse;

use crate::annotated::Annotated;
use crate::attribution::{Kind, Quotation};
use crate::scoring::{Answer, Case, DocumentScore, Evaluation, Extra};
use crate::text::Span;

/// Characters of a quotation that its row shows; the whole stands in the text.
const SHOWN: usize = 80;

/// A document.
pub(super) struct Article<'a> {
    /// Its place on the page.
    pub(super) number: usize,
    pub(super) id: &'a str,
    pub(super) wrong: usize,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) gold: Vec<Piece<'a>>,
    pub(super) predicted: Vec<Piece<'a>>,
    /// Whether the system gave an answer for it.
    pub(super) answered: bool,
}

/// A labelled quotation, a predicted one, or a pair of them.
pub(super) struct Row<'a> {
    pub(super) number: usize,
    /// Where in the text it is: `g` for labelled, `p` for predicted.
    pub(super) side: char,
    pub(super) kind: &'static str,
    pub(super) words: String,
    pub(super) gold: String,
    pub(super) predicted: String,
    pub(super) rule: &'a str,
    pub(super) confidence: String,
    pub(super) is_right: bool,
    pub(super) result: String,
    /// What is wrong with it, as filters name it, between spaces.
    pub(super) errors: String,
}

/// A part of a text that is shown in one way.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// How it is shown; empty for the article's own words.
    pub(super) class: String,
    pub(super) is_quotation: bool,
    /// Quotations that begin with it.
    pub(super) begins: Vec<Beginning>,
}

/// The number that a quotation begins with in the text.
pub(super) struct Beginning {
    pub(super) number: usize,
    pub(super) kind: &'static str,
    pub(super) is_right: bool,
}

/// A sort of error, and how many rows have it.
pub(super) struct Errors {
    pub(super) token: &'static str,
    pub(super) label: &'static str,
    pub(super) count: usize,
}

/// What can become of a quotation, as filters name it and as people read it.
const RESULTS: [(&str, &str); 8] = [
    ("wrong-source", "wrong source"),
    ("no-source", "no source given"),
    ("needless-source", "source given where the text tells none"),
    ("missed", "missed"),
    ("false-alarm", "false alarm"),
    ("unlabelled", "no labelled quotation"),
    ("wrong-kind", "wrong kind"),
    ("right", "right"),
];

const fn token(answer: Answer) -> &'static str {
    match answer {
        Answer::Right => "right",
        Answer::WrongSource => "wrong-source",
        Answer::NoSource => "no-source",
        Answer::NeedlessSource => "needless-source",
        Answer::Missed => "missed",
    }
}

/// The documents, those with the most wrong first.
pub(super) fn articles<'a>(evaluation: &'a Evaluation<'_>) -> Vec<Article<'a>> {
    let mut articles: Vec<_> = evaluation.documents.iter().map(Article::new).collect();
    articles.sort_by_key(|article| (Reverse(article.wrong), article.id));
    for (article, number) in articles.iter_mut().zip(1..) {
        article.number = number;
    }
    articles
}

/// The sorts of results that occur.
pub(super) fn errors(articles: &[Article<'_>]) -> Vec<Errors> {
    let rows = || articles.iter().flat_map(|article| &article.rows);
    let count = |token: &str| {
        rows().filter(|row| row.errors.split(' ').any(|error| error == token)).count()
    };
    let errors = RESULTS.map(|(token, label)| Errors { token, label, count: count(token) });
    errors.into_iter().filter(|error| error.count > 0).collect()
}

/// A row to be: what it is about.
enum Item<'a> {
    Case(&'a Case),
    Extra(&'a Extra),
}

impl<'a> Article<'a> {
    fn new(document: &'a DocumentScore<'_>) -> Self {
        let gold = document.gold;
        let text = gold.document.text();
        let span = |item: &Item<'_>| match item {
            Item::Case(case) => Some(gold.quotations[case.gold].span),
            Item::Extra(extra) => document.system.map(|s| s.quotations[extra.predicted].span),
        };
        let mut items: Vec<Item<'_>> = document.cases.iter().map(Item::Case).collect();
        items.extend(document.extras.iter().map(Item::Extra));
        items.sort_by_key(|item| span(item).map(|span| (span.start(), Reverse(span.end()))));
        let mut rows = Vec::with_capacity(items.len());
        let (mut labelled, mut given) = (Layers::default(), Layers::default());
        for (item, number) in items.iter().zip(1..) {
            let row = Row::new(document, item, number);
            let is_right = row.is_right;
            let (on_gold, on_system) = match item {
                Item::Case(case) => (Some(case.gold), case.predicted.map(|(n, _)| n)),
                Item::Extra(extra) => (None, Some(extra.predicted)),
            };
            if let Some(n) = on_gold {
                labelled.add(&gold.quotations[n], number, is_right);
            }
            if let Some((system, n)) = document.system.zip(on_system) {
                given.add(&system.quotations[n], number, is_right);
            }
            rows.push(row);
        }
        for not in &gold.not_quotations {
            labelled.words.push((not.span, "not"));
        }
        for not in document.system.iter().flat_map(|system| &system.not_quotations) {
            given.words.push((not.span, "not"));
        }
        Self {
            number: 0,
            id: gold.document.id(),
            wrong: rows.iter().filter(|row| !row.is_right).count(),
            rows,
            gold: labelled.pieces(text),
            predicted: given.pieces(text),
            answered: document.system.is_some(),
        }
    }
}

impl<'a> Row<'a> {
    fn new(document: &'a DocumentScore<'_>, item: &Item<'_>, number: usize) -> Self {
        let gold = document.gold;
        let (labelled, predicted, mut errors, mut result) = match item {
            Item::Case(case) => (
                Some(&gold.quotations[case.gold]),
                case.predicted.map(|(n, _)| n),
                token(case.answer).to_owned(),
                case.answer.name().to_owned(),
            ),
            Item::Extra(extra) => {
                let (token, label) = RESULTS[if extra.false_alarm.is_some() { 4 } else { 5 }];
                (None, Some(extra.predicted), token.to_owned(), label.to_owned())
            }
        };
        let is_right = errors == "right";
        let given = document.system.zip(predicted);
        let given = given.map(|(system, n)| (system, &system.quotations[n]));
        if let (Some(labelled), Some((_, given))) = (labelled, given)
            && labelled.kind != given.kind
        {
            errors.push_str(" wrong-kind");
            result.push_str(", taken for ");
            result.push_str(given.kind.name());
        }
        let shown = labelled.or(given.map(|(_, quotation)| quotation));
        let confidence = given.and_then(|(_, quotation)| quotation.confidence);
        Self {
            number,
            side: if labelled.is_some() { 'g' } else { 'p' },
            kind: shown.map_or("", |quotation| quotation.kind.name()),
            words: shown.map_or_else(String::new, |q| shorten(gold.document.slice(q.span))),
            gold: labelled.map_or_else(|| "–".into(), |quotation| speaker(gold, quotation)),
            predicted: given.map_or_else(|| "–".into(), |(system, q)| speaker(system, q)),
            rule: given.and_then(|(_, q)| q.rule.as_deref()).unwrap_or("–"),
            confidence: confidence.map_or_else(|| "–".into(), |sure| format!("{sure:.2}")),
            is_right,
            result,
            errors,
        }
    }
}

fn speaker(annotated: &Annotated, quotation: &Quotation) -> String {
    quotation.source.map_or_else(
        || "nobody".into(),
        |index| {
            let source = annotated.source(index);
            format!("{} ({})", source.name, source.kind.name())
        },
    )
}

/// The first words, where there are many.
fn shorten(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
    }
}

/// What lies over a text.
#[derive(Default)]
struct Layers {
    quotations: Vec<(Span, Kind, usize, bool)>,
    words: Vec<(Span, &'static str)>,
}

impl Layers {
    fn add(&mut self, quotation: &Quotation, number: usize, is_right: bool) {
        self.quotations.push((quotation.span, quotation.kind, number, is_right));
        self.words.extend(quotation.mention.map(|mention| (mention.span, "mention")));
        self.words.extend(quotation.cue.map(|cue| (cue, "cue")));
    }

    /// The text in pieces, cut wherever a layer begins or ends. Where
    /// quotations lie in each other, the inner one decides on the colour.
    fn pieces(self, text: &str) -> Vec<Piece<'_>> {
        let spans = || {
            let quotations = self.quotations.iter().map(|quotation| quotation.0);
            quotations.chain(self.words.iter().map(|words| words.0))
        };
        let mut cuts: Vec<usize> =
            spans().flat_map(|span| [span.range().start, span.range().end]).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let pieces = cuts.windows(2).map(|ends| {
            let piece = Span::of(ends[0]..ends[1]);
            let over = || self.quotations.iter().filter(|quotation| quotation.0.contains(piece));
            let inner = over().min_by_key(|quotation| quotation.0.len());
            let mut classes = Vec::new();
            if let Some(&(_, kind, _, is_right)) = inner {
                classes.extend([kind.name(), if is_right { "right" } else { "wrong" }]);
            }
            for name in ["mention", "cue", "not"] {
                let is_inside = |words: &(Span, &str)| words.1 == name && words.0.contains(piece);
                if self.words.iter().any(is_inside) {
                    classes.push(name);
                }
            }
            let begins = over().filter(|quotation| quotation.0.start() == piece.start());
            let begins = begins.map(|&(_, kind, number, is_right)| Beginning {
                number,
                kind: kind.name(),
                is_right,
            });
            Piece {
                text: piece.of_text(text),
                class: classes.join(" "),
                is_quotation: inner.is_some(),
                begins: begins.collect(),
            }
        });
        pieces.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_where_layers_begin_and_end() {
        let layers = Layers {
            quotations: vec![
                (Span::new(0, 8), Kind::Direct, 1, true),
                (Span::new(4, 6), Kind::Mixed, 2, false),
            ],
            words: vec![(Span::new(5, 10), "mention")],
        };
        let pieces = layers.pieces("abcdefghijkl");
        let shown: Vec<_> =
            pieces.iter().map(|piece| (piece.text, &*piece.class, piece.begins.len())).collect();
        let expected = [
            ("abcd", "direct right", 1),
            ("e", "mixed wrong", 1),
            ("f", "mixed wrong mention", 0),
            ("gh", "direct right mention", 0),
            ("ij", "mention", 0),
            ("kl", "", 0),
        ];
        assert_eq!(shown, expected);
        assert!(pieces[3].is_quotation && !pieces[4].is_quotation);
    }

    #[test]
    fn long_quotations_are_cut_between_characters() {
        assert_eq!(shorten("kort"), "kort");
        let long = shorten(&"é".repeat(200));
        assert_eq!(long.chars().count(), SHOWN + 1);
        assert!(long.ends_with('…'));
    }
}
