//! The rows `tokens` and `sentences`.
//!
//! A token is a letter and as many dashes as it is longer: `W` word, `N`
//! number, `A` address, `M` mark, `P` punctuation, `S` symbol or emoji. A
//! sentence is a bracket at each end, with the numbers of its paragraph and of
//! itself in the paragraph: `[2.1---]`.

use wiezei::tokenize::{TokenKind, tokenize};

use crate::layout::{Line, lines};

pub(crate) fn rows(text: &str) -> Vec<Vec<(&'static str, String)>> {
    let tokenized = tokenize(text);
    let row = |line: &Line| {
        let mut tokens = line.blank_row();
        for token in tokenized.tokens() {
            let span = token.span.range();
            if let Some(columns) = line.columns(span.clone()) {
                tokens[columns.clone()].fill('-');
                tokens[columns.start] = letter(token.kind);
            }
        }
        let mut sentences = line.blank_row();
        for (n, sentence) in tokenized.sentences().iter().enumerate() {
            let span = sentence.span.range();
            let Some(columns) = line.columns(span.clone()) else { continue };
            sentences[columns.clone()].fill('-');
            sentences[columns.end - 1] = if line.holds(span.end - 1) { ']' } else { '>' };
            if !line.holds(span.start) {
                sentences[columns.start] = '<';
                continue;
            }
            let first = tokenized.paragraphs()[sentence.paragraph].sentences.start;
            let name = format!("[{}.{}", sentence.paragraph + 1, n - first + 1);
            let room = columns.len().saturating_sub(1).max(1);
            for (place, c) in columns.zip(name.chars().take(room)) {
                sentences[place] = c;
            }
        }
        let string = |row: Vec<char>| row.into_iter().collect::<String>();
        let (tokens, sentences) = (string(tokens), string(sentences));
        if tokens.trim().is_empty() {
            return Vec::new();
        }
        vec![("tokens", tokens), ("sentences", sentences)]
    };
    lines(text).iter().map(row).collect()
}

const fn letter(kind: TokenKind) -> char {
    match kind {
        TokenKind::Word => 'W',
        TokenKind::Number => 'N',
        TokenKind::Address => 'A',
        TokenKind::Mark => 'M',
        TokenKind::Punctuation => 'P',
        TokenKind::Symbol => 'S',
    }
}
