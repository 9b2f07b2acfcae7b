//! From the scores of a unit's tokens to its entities: the likeliest tag
//! sequence that the BIO scheme allows, read as spans. Nothing here is learnt
//! and nothing runs a model.

use super::Entity;
use super::tags::{LabelScheme, Tag};
use crate::tokenize::{Token, TokenKind};

/// Log-probabilities of the tags at one token, by [`Tag::index`].
pub(super) type Row = [f32; Tag::COUNT];

/// The log-probabilities of the tags from a model's raw outputs for one token.
/// Outputs of one tag are added up; a tag without output gets minus infinity.
/// `None` if the outputs are not finite numbers, one a label.
pub(super) fn row(scheme: &LabelScheme, logits: &[f32]) -> Option<Row> {
    let tags = scheme.tags();
    if logits.len() != tags.len() || logits.iter().any(|logit| !logit.is_finite()) {
        return None;
    }
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut mass = [0.0_f64; Tag::COUNT];
    for (tag, logit) in tags.iter().zip(logits) {
        mass[tag.index()] += f64::from(logit - highest).exp();
    }
    let total: f64 = mass.iter().sum();
    Some(mass.map(|part| (part / total).ln() as f32))
}

/// The entities of one unit, in order, each from the first to the last byte of
/// its tokens. `rows` has one entry a token: its log-probabilities, or `None`
/// for a token that the model never saw (a zero-width character); such a token
/// is part of an entity that goes on after it, and never its end.
///
/// An entity neither begins nor ends with a quotation mark or a symbol such as
/// an emoji, does not begin with other punctuation either (it may end with it:
/// *Yahoo!*), and has a word in it. Its score is the mean, over its tokens, of
/// the probability of the tag that each was given.
pub(super) fn entities(
    tokens: &[Token],
    rows: &[Option<Row>],
    scheme: &LabelScheme,
) -> Vec<Entity> {
    let (seen, rows): (Vec<&Token>, Vec<&Row>) =
        tokens.iter().zip(rows).filter_map(|(token, row)| Some((token, row.as_ref()?))).unzip();
    let tags = best_sequence(&rows, scheme);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tags.len() {
        let Some(label) = tags[at].label() else {
            at += 1;
            continue;
        };
        let goes_on = tags[at + 1..].iter().take_while(|&&tag| tag == Tag::Inside(label));
        let mut end = at + 1 + goes_on.count();
        let mut start = std::mem::replace(&mut at, end);
        while start < end && !is_word(seen[start].kind) {
            start += 1;
        }
        while start < end && matches!(seen[end - 1].kind, TokenKind::Mark | TokenKind::Symbol) {
            end -= 1;
        }
        if start < end {
            let sum: f64 = (start..end).map(|n| f64::from(rows[n][tags[n].index()]).exp()).sum();
            found.push(Entity {
                span: seen[start].span.cover(seen[end - 1].span),
                label,
                score: (sum / (end - start) as f64).min(1.0) as f32,
            });
        }
    }
    found
}

fn is_word(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Address)
}

/// The likeliest tags where *inside* only continues an entity of its own type
/// (or begins one, in schemes that have no other way), by Viterbi's algorithm.
fn best_sequence(rows: &[&Row], scheme: &LabelScheme) -> Vec<Tag> {
    // The tags that may stand before each tag.
    let before = Tag::ALL.map(|tag| match tag {
        Tag::Inside(label) if !scheme.begins_inside(label) => {
            vec![Tag::Begin(label).index(), Tag::Inside(label).index()]
        }
        _ => (0..Tag::COUNT).collect(),
    });
    let Some((first, rest)) = rows.split_first() else { return Vec::new() };
    let mut best = [f64::NEG_INFINITY; Tag::COUNT];
    for tag in Tag::ALL {
        let opens = match tag {
            Tag::Inside(label) => scheme.begins_inside(label),
            _ => true,
        };
        if opens {
            best[tag.index()] = f64::from(first[tag.index()]);
        }
    }
    let mut back: Vec<[u8; Tag::COUNT]> = Vec::with_capacity(rest.len());
    for row in rest {
        let mut came = [0; Tag::COUNT];
        let mut next = [f64::NEG_INFINITY; Tag::COUNT];
        for (tag, score) in next.iter_mut().enumerate() {
            let from = highest(&best, before[tag].iter().copied());
            came[tag] = from as u8;
            *score = best[from] + f64::from(row[tag]);
        }
        back.push(came);
        best = next;
    }
    let mut tag = highest(&best, 0..Tag::COUNT);
    let mut path = vec![Tag::ALL[tag]];
    for came in back.iter().rev() {
        tag = usize::from(came[tag]);
        path.push(Tag::ALL[tag]);
    }
    path.reverse();
    path
}

/// Of `places`, the first with the highest score.
fn highest(scores: &[f64; Tag::COUNT], places: impl Iterator<Item = usize>) -> usize {
    let better = |a: usize, b: usize| if scores[b] > scores[a] { b } else { a };
    places.reduce(better).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::Label;
    use crate::text::Span;
    use Label::{Loc, Per};
    use Tag::{Begin, Inside, Outside};
    use proptest::prelude::*;

    fn bio() -> LabelScheme {
        let names: Vec<_> = std::iter::once("O".to_owned())
            .chain(Label::ALL.iter().flat_map(|l| [format!("B-{l}"), format!("I-{l}")]))
            .collect();
        LabelScheme::parse(&names).unwrap()
    }

    /// Log-probabilities where the tags given have these shares, the others
    /// share the rest.
    fn shares(shares: &[(Tag, f32)]) -> Row {
        let rest = 1.0 - shares.iter().map(|(_, share)| share).sum::<f32>();
        let mut row = [(rest / (Tag::COUNT - shares.len()) as f32).ln(); Tag::COUNT];
        for (tag, share) in shares {
            row[tag.index()] = share.ln();
        }
        row
    }

    #[expect(clippy::unnecessary_wraps, reason = "rows are optional where it is used")]
    fn sure(tag: Tag) -> Option<Row> {
        Some(shares(&[(tag, 0.9)]))
    }

    /// Tokens of the words of `text`, parted by single spaces; what has no
    /// letters is a mark, a symbol or punctuation.
    fn words(text: &str) -> Vec<Token> {
        let mut start = 0;
        text.split(' ')
            .map(|word| {
                let kind = match word {
                    "\"" | "“" | "”" | "‘" | "’" | "„" => TokenKind::Mark,
                    "😀" | "€" => TokenKind::Symbol,
                    "," | "(" | "!" => TokenKind::Punctuation,
                    _ => TokenKind::Word,
                };
                let span = Span::of(start..start + word.len());
                start += word.len() + 1;
                Token { span, kind }
            })
            .collect()
    }

    fn found<'a>(text: &'a str, rows: &[Option<Row>]) -> Vec<(&'a str, Label)> {
        entities(&words(text), rows, &bio())
            .into_iter()
            .map(|entity| (entity.span.of_text(text), entity.label))
            .collect()
    }

    #[test]
    fn tags_become_spans() {
        let rows = [Begin(Per), Inside(Per), Outside, Begin(Loc), Begin(Loc)].map(sure);
        assert_eq!(
            found("Noé Écharp naar Gànd Ölst", &rows),
            [("Noé Écharp", Per), ("Gànd", Loc), ("Ölst", Loc)]
        );
    }

    #[test]
    fn inside_begins_nothing_and_changes_no_type() {
        // Taken one by one the tags would be O I-LOC, which is no sequence.
        let torn = Some(shares(&[(Inside(Loc), 0.6), (Begin(Loc), 0.3)]));
        assert_eq!(
            found("in Oud Gemert", &[sure(Outside), torn, sure(Inside(Loc))]),
            [("Oud Gemert", Loc)]
        );
        let other = Some(shares(&[(Inside(Loc), 0.5), (Inside(Per), 0.4)]));
        assert_eq!(found("Anne Velp", &[sure(Begin(Per)), other]), [("Anne Velp", Per)]);
    }

    #[test]
    fn a_scheme_without_begin_tags_still_finds_entities() {
        let scheme = LabelScheme::parse(&["O", "PER"]).unwrap();
        let rows: Vec<_> = [[2.0, 0.0], [0.0, 2.0], [0.0, 2.0], [2.0, 0.0]]
            .iter()
            .map(|logits| super::row(&scheme, logits))
            .collect();
        let text = "zei Anne Velp later";
        let all = entities(&words(text), &rows, &scheme);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].span.of_text(text), "Anne Velp");
    }

    #[test]
    fn quotation_marks_are_trimmed_off() {
        let rows = [Begin(Per), Inside(Per), Inside(Per), Inside(Per)].map(sure);
        assert_eq!(found("‘ Anne Velp ’", &rows), [("Anne Velp", Per)]);
        assert_eq!(found("Anne ‘ Oost ’", &rows), [("Anne ‘ Oost", Per)]);
        assert_eq!(found("“ ” „ \"", &rows), []);
    }

    #[test]
    fn a_name_is_neither_symbol_nor_punctuation() {
        let rows = [Begin(Per), Inside(Per), Inside(Per), Inside(Per)].map(sure);
        assert_eq!(found("😀 Anne Velp 😀", &rows), [("Anne Velp", Per)]);
        assert_eq!(found("( Anne Velp !", &rows), [("Anne Velp !", Per)]);
        assert_eq!(found("( ! , €", &rows), []);
    }

    #[test]
    fn an_unseen_token_is_bridged_but_never_an_end() {
        let rows = [sure(Begin(Per)), None, sure(Inside(Per)), None];
        assert_eq!(found("Anne \u{200b} Velp \u{ad}", &rows), [("Anne \u{200b} Velp", Per)]);
        assert_eq!(found("\u{ad} \u{200b}", &[None, None]), []);
    }

    #[test]
    fn the_score_is_the_mean_probability() {
        let rows = [Some(shares(&[(Begin(Per), 0.9)])), Some(shares(&[(Inside(Per), 0.7)]))];
        let all = entities(&words("Anne Velp"), &rows, &bio());
        assert!((all[0].score - 0.8).abs() < 1e-5, "{}", all[0].score);
    }

    #[test]
    fn certainty_of_all_tags_but_one_is_no_obstacle() {
        // A tag of probability zero has the log-probability minus infinity.
        let scheme = bio();
        let mut logits = [-4000.0; Tag::COUNT];
        logits[Tag::Inside(Per).index()] = 4000.0;
        let rows = [super::row(&scheme, &logits), super::row(&scheme, &logits)];
        let all = entities(&words("Anne Velp"), &rows, &scheme);
        assert!(all.iter().all(|entity| entity.score.is_finite()));
    }

    #[test]
    fn a_row_sums_the_outputs_of_a_tag() {
        let scheme = LabelScheme::parse(&["O", "B-PER", "B-DATE", "S-PER"]).unwrap();
        let row = super::row(&scheme, &[1.0, 1.0, 1.0, 1.0]).unwrap();
        assert!((row[Tag::Outside.index()].exp() - 0.5).abs() < 1e-6);
        assert!((row[Tag::Begin(Label::Per).index()].exp() - 0.5).abs() < 1e-6);
        assert!(row[Tag::Inside(Label::Per).index()].exp().abs() < 1e-6);
    }

    #[test]
    fn outputs_that_are_no_numbers_make_no_row() {
        let scheme = LabelScheme::parse(&["O", "PER"]).unwrap();
        assert_eq!(super::row(&scheme, &[f32::NAN, 0.0]), None);
        assert_eq!(super::row(&scheme, &[f32::INFINITY, 0.0]), None);
        assert_eq!(super::row(&scheme, &[0.0]), None);
        let row = super::row(&scheme, &[-3000.0, 3000.0]).unwrap();
        assert!(row[Tag::Inside(Label::Per).index()].abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn entities_are_ordered_apart_and_on_token_boundaries(
            logits in prop::collection::vec(
                prop::option::weighted(0.9, prop::array::uniform9(-9.0_f32..9.0)), 0..60),
            marks in prop::collection::vec(any::<bool>(), 60),
        ) {
            let scheme = bio();
            let tokens: Vec<_> = (0..logits.len())
                .map(|n| Token {
                    span: Span::of(3 * n..3 * n + 2),
                    kind: if marks[n] { TokenKind::Mark } else { TokenKind::Word },
                })
                .collect();
            let rows: Vec<_> = logits.iter().map(|l| super::row(&scheme, l.as_ref()?)).collect();
            let all = entities(&tokens, &rows, &scheme);
            for pair in all.windows(2) {
                prop_assert!(pair[0].span.end() <= pair[1].span.start());
            }
            for entity in &all {
                prop_assert!(entity.score > 0.0 && entity.score <= 1.0);
                let first = tokens.iter().position(|t| t.span.start() == entity.span.start());
                let last = tokens.iter().position(|t| t.span.end() == entity.span.end());
                let (first, last) = (first.unwrap(), last.unwrap());
                for end in [first, last] {
                    prop_assert!(rows[end].is_some() && tokens[end].kind == TokenKind::Word);
                }
            }
        }

        #[test]
        fn no_allowed_sequence_is_likelier(
            logits in prop::collection::vec(prop::array::uniform9(-4.0_f32..4.0), 1..5),
        ) {
            let scheme = bio();
            let rows: Vec<_> = logits.iter().map(|l| super::row(&scheme, l).unwrap()).collect();
            let rows: Vec<&Row> = rows.iter().collect();
            let score = |tags: &[Tag]| -> f64 {
                tags.iter().zip(&rows).map(|(tag, row)| f64::from(row[tag.index()])).sum()
            };
            let allowed = |tags: &[Tag]| {
                (0..tags.len()).all(|n| match tags[n] {
                    Inside(_) => n > 0 && tags[n - 1].label() == tags[n].label(),
                    _ => true,
                })
            };
            let best = best_sequence(&rows, &scheme);
            prop_assert!(allowed(&best));
            let mut all: Vec<Vec<Tag>> = vec![Vec::new()];
            for _ in &rows {
                all = all
                    .iter()
                    .flat_map(|tags| Tag::ALL.map(|tag| [tags.as_slice(), &[tag]].concat()))
                    .filter(|tags| allowed(tags))
                    .collect();
            }
            let top = all.iter().map(|tags| score(tags)).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(score(&best) >= top - 1e-9);
        }
    }
}
