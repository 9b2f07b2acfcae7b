//! Paragraphs, sentences and tokens of Dutch text. Cannot fail: every string
//! has a tokenization, and its tokens cover all of it but white space.

mod addresses;
mod apostrophes;
mod by_token;
mod closing;
mod layers;
mod sentences;
mod signs;
mod stops;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use words::is_mark;

pub use by_token::ByToken;
pub use layers::{Paragraph, Sentence, Token, TokenKind, Tokenized};

/// Finds paragraphs, sentences and tokens of `text`, in time linear in it.
#[must_use]
pub fn tokenize(text: &str) -> Tokenized {
    sentences::split(text, words::tokens(text))
}
