//! A text cut into pieces, each of which is shown in one way: what is quoted,
//! which words are a cue, which name a source.

use crate::annotated::Annotated;
use crate::text::Span;

/// A part of a text that is shown in one way. Numbers of quotations and sources
/// are their places in the document, from 0.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The quotations that it lies in, the innermost first.
    pub(super) quotations: Vec<usize>,
    /// The quotations whose cue it belongs to.
    pub(super) cues: Vec<usize>,
    /// The quotations whose source it names.
    pub(super) mentions: Vec<usize>,
    /// The sources that it refers to.
    pub(super) sources: Vec<usize>,
    /// The quotations that begin with it, the outermost first.
    pub(super) begins: Vec<usize>,
    /// Why it is in marks and yet no quotation.
    pub(super) not: Option<&'a str>,
}

/// The text in pieces: its title, and what stands before and after.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    pub(super) before: Vec<Piece<'a>>,
    pub(super) title: Vec<Piece<'a>>,
    pub(super) after: Vec<Piece<'a>>,
}

#[derive(Clone, Copy)]
enum Layer {
    Quotation(usize),
    Cue(usize),
    Mention(usize),
    Source(usize),
    Not(usize),
}

impl<'a> Pieces<'a> {
    /// Cuts the text of `annotated` wherever something begins or ends.
    pub(super) fn of(annotated: &'a Annotated) -> Self {
        let text = annotated.document.text();
        let title = annotated.document.title().unwrap_or_default();
        let layers = layers(annotated);
        let mut cuts: Vec<usize> = layers
            .iter()
            .map(|(span, _)| *span)
            .chain([title, Span::of(0..text.len())])
            .flat_map(|span| [span.range().start, span.range().end])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces = Self::default();
        let mut waiting = layers.into_iter().peekable();
        let mut open: Vec<(Span, Layer)> = Vec::new();
        for ends in cuts.windows(2) {
            let span = Span::of(ends[0]..ends[1]);
            open.retain(|(layer, _)| layer.end() > span.start());
            while let Some(next) = waiting.next_if(|(layer, _)| layer.start() <= span.start()) {
                open.push(next);
            }
            let piece = piece(annotated, span, &open);
            if title.contains(span) && !title.is_empty() {
                pieces.title.push(piece);
            } else if span.start() < title.start() {
                pieces.before.push(piece);
            } else {
                pieces.after.push(piece);
            }
        }
        pieces
    }
}

/// Everything that lies over the text and holds a character, by where it
/// begins, the longer first.
fn layers(annotated: &Annotated) -> Vec<(Span, Layer)> {
    let mut layers = Vec::new();
    for (n, quotation) in annotated.quotations.iter().enumerate() {
        layers.push((quotation.span, Layer::Quotation(n)));
        layers.extend(quotation.cue.map(|cue| (cue, Layer::Cue(n))));
        layers.extend(quotation.mention.map(|mention| (mention.span, Layer::Mention(n))));
    }
    for (n, source) in annotated.sources.iter().enumerate() {
        layers.extend(source.mentions.iter().map(|mention| (mention.span, Layer::Source(n))));
    }
    for (n, not) in annotated.not_quotations.iter().enumerate() {
        layers.push((not.span, Layer::Not(n)));
    }
    layers.retain(|(span, _)| !span.is_empty());
    layers.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    layers
}

fn piece<'a>(annotated: &'a Annotated, span: Span, open: &[(Span, Layer)]) -> Piece<'a> {
    let mut piece = Piece { text: annotated.document.slice(span), ..Piece::default() };
    for &(layer, what) in open {
        match what {
            Layer::Quotation(n) => {
                piece.quotations.insert(0, n);
                if layer.start() == span.start() {
                    piece.begins.push(n);
                }
            }
            Layer::Cue(n) => piece.cues.push(n),
            Layer::Mention(n) => piece.mentions.push(n),
            Layer::Source(n) => piece.sources.push(n),
            Layer::Not(n) => {
                let reason = annotated.not_quotations[n].reason.as_deref();
                piece.not = Some(reason.unwrap_or("no quotation"));
            }
        }
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::super::testing::annotated;
    use super::*;

    /// Words, and the quotations that they are in, are the cue of, begin.
    type Shown<'a> = (&'a str, &'a [usize], &'a [usize], &'a [usize]);

    #[test]
    fn pieces_are_the_text_cut_where_something_begins_or_ends() {
        let annotated = annotated();
        let pieces = Pieces::of(&annotated);
        let all = || pieces.before.iter().chain(&pieces.title).chain(&pieces.after);
        let text: String = all().map(|piece| piece.text).collect();
        assert_eq!(text, annotated.document.text());
        let title: String = pieces.title.iter().map(|piece| piece.text).collect();
        assert_eq!(title, "Brug <b>dicht</b>");
        let shown: Vec<_> = all()
            .filter(|piece| !piece.quotations.is_empty() || !piece.cues.is_empty())
            .map(|piece| (piece.text, &*piece.quotations, &*piece.cues, &*piece.begins))
            .collect();
        let expected: [Shown<'_>; 7] = [
            ("„De brug blijft dicht”", &[0], &[], &[0]),
            ("zei", &[], &[0], &[]),
            ("vindt", &[], &[1, 2], &[]),
            ("dat het „", &[1], &[], &[1]),
            ("gekkenwerk", &[2, 1], &[], &[2]),
            ("” is", &[1], &[], &[]),
            ("„Nee”", &[3], &[], &[3]),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn mentions_point_at_their_quotations_and_sources() {
        let annotated = annotated();
        let pieces = Pieces::of(&annotated);
        let named: Vec<_> = pieces
            .after
            .iter()
            .filter(|piece| !piece.sources.is_empty())
            .map(|piece| (piece.text, &*piece.mentions, &*piece.sources))
            .collect();
        let expected: [(&str, &[usize], &[usize]); 2] =
            [("Noor Bakker", &[0], &[0]), ("Zij", &[1, 2], &[0])];
        assert_eq!(named, expected);
        let not: Vec<_> = pieces.after.iter().filter_map(|piece| piece.not).collect();
        assert_eq!(not, ["a name"]);
    }
}
