//! What tokenization yields: three flat lists over one text, each of the upper
//! two holding index ranges into the one below.

use std::ops::Range;

use crate::text::Span;

/// What a token is, as far as its letters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with its inner hyphens, apostrophes and abbreviation stops.
    Word,
    /// A number, date, time, amount or score.
    Number,
    /// A web or mail address, a handle or a hashtag.
    Address,
    /// A quotation mark, or an apostrophe that stands where one could.
    Mark,
    /// Other punctuation.
    Punctuation,
    /// Anything else: currency signs, emoji, mathematical signs.
    Symbol,
}

impl TokenKind {
    /// The kind's name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Number => "number",
            Self::Address => "address",
            Self::Mark => "mark",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
        }
    }
}

/// The smallest unit: a word, a number, a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the token.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

// A long article has more tokens than all other annotation together.
const _: () = assert!(size_of::<Token>() <= 16);

/// A sentence, or a heading or list item that stands for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last byte of its tokens.
    pub span: Span,
    /// Its tokens, as indices into [`Tokenized::tokens`].
    pub tokens: Range<usize>,
    /// The paragraph it lies in, as an index.
    pub paragraph: usize,
}

/// A paragraph: what stands between blank lines, or between line breaks in a
/// text without blank lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// From the first to the last byte of its tokens.
    pub span: Span,
    /// Its sentences, as indices into [`Tokenized::sentences`].
    pub sentences: Range<usize>,
}

/// The three layers of one text. None of them is empty inside: a paragraph
/// has a sentence, a sentence has a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokenized {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    paragraphs: Vec<Paragraph>,
}

impl Tokenized {
    pub(super) fn new(
        tokens: Vec<Token>,
        sentences: Vec<Sentence>,
        paragraphs: Vec<Paragraph>,
    ) -> Self {
        Self { tokens, sentences, paragraphs }
    }

    /// All tokens, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All sentences, in order.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All paragraphs, in order.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Indices of the tokens that overlap `span`.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.token_from(span.start());
        let last = self.tokens.partition_point(|token| token.span.start() < span.end());
        first..last.max(first)
    }

    /// Index of the first token that ends after byte `offset` (the token at
    /// the offset, or the next one).
    #[must_use]
    pub fn token_from(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span.end() <= offset)
    }

    /// Index of the sentence at byte `offset`, or of the next one if the
    /// offset lies between two; `None` after the last.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        let n = self.sentences.partition_point(|sentence| sentence.span.end() <= offset);
        (n < self.sentences.len()).then_some(n)
    }

    /// Index of the paragraph at byte `offset`, or of the next one if the
    /// offset lies between two; `None` after the last.
    #[must_use]
    pub fn paragraph_at(&self, offset: u32) -> Option<usize> {
        let n = self.paragraphs.partition_point(|paragraph| paragraph.span.end() <= offset);
        (n < self.paragraphs.len()).then_some(n)
    }
}
