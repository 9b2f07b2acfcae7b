//! One quotation mark by itself: its family, and what its neighbours let it
//! be.

use crate::text::Span;
use crate::tokenize::{Token, TokenKind};

/// Marks that open and close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// `"`, `“ ”`, `„ ”`, `„ “`, the typed `,, ''`, and what stands for them:
    /// `❝ ❞`, `″`, `＂`.
    Double,
    /// `'`, `‘ ’`, `’ ’`, `‚ ‘`, `❛ ❜`.
    Single,
    /// `« »` and `‹ ›`.
    Guillemet,
    /// A dash at the start of a line, which opens a turn of a dialogue.
    Dash,
}

/// What a mark can be where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Opens,
    Closes,
    /// It stands between spaces, or between marks: whatever is missing.
    Either,
    Apostrophe,
}

/// How a mark is drawn, as far as pairing asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// Alike for opening and closing: `"` and `'`.
    Straight,
    /// As a single one that opens: `‘`.
    Left,
    /// As a single one that closes, and as an apostrophe: `’`.
    Right,
    Otherwise,
}

/// A mark in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) span: Span,
    pub(super) family: Family,
    pub(super) role: Role,
    pub(super) drawn: Drawn,
    /// Behind a digit, where a straight double mark can mean inches or seconds.
    pub(super) measure: bool,
}

/// The mark at token `at`, if it is one.
pub(super) fn glyph(text: &str, tokens: &[Token], at: usize) -> Option<Glyph> {
    let token = tokens[at];
    if token.kind != TokenKind::Mark {
        return None;
    }
    let mark = token.span.of_text(text);
    let family = match mark {
        "\"" | "“" | "”" | "„" | "‟" | "''" | "``" | "´´" | ",," | "‘‘" | "’’" | "‚‚" | "❝"
        | "❞" | "″" | "＂" => Family::Double,
        "«" | "»" | "‹" | "›" => Family::Guillemet,
        _ => Family::Single,
    };
    let before = text[..token.span.start() as usize].chars().next_back();
    let after = text[token.span.end() as usize..].chars().next();
    Some(Glyph {
        span: token.span,
        family,
        role: role(mark, family, before, after),
        drawn: match mark {
            "\"" | "'" | "''" | "″" | "＂" => Drawn::Straight,
            "‘" => Drawn::Left,
            "’" => Drawn::Right,
            _ => Drawn::Otherwise,
        },
        measure: matches!(mark, "\"" | "″") && before.is_some_and(|c| c.is_ascii_digit()),
    })
}

/// What stands next to a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Word,
    /// Punctuation that opens what follows it, or a dash between.
    Opening,
    /// Punctuation that closes what stands before it.
    Closing,
    Mark,
}

fn side(c: Option<char>) -> Side {
    match c {
        None => Side::Space,
        Some(c) if c.is_whitespace() => Side::Space,
        Some('(' | '[' | '{' | '/' | '-' | '–' | '—' | '+' | '=' | '>' | '<' | '|' | '*') => {
            Side::Opening
        }
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…') => Side::Closing,
        Some(c) if crate::tokenize::is_mark(c) => Side::Mark,
        Some(_) => Side::Word,
    }
}

fn role(mark: &str, family: Family, before: Option<char>, after: Option<char>) -> Role {
    use Side::{Closing, Mark, Opening, Space, Word};
    let sides = (side(before), side(after));
    // Low marks open wherever they stand.
    if matches!(mark, "„" | "‚" | ",," | "‚‚") {
        return Role::Opens;
    }
    match sides {
        // "‘lieve vriend’Karel": the space behind the mark is missing.
        (Word, Word) if family == Family::Single && after.is_some_and(char::is_uppercase) => {
            Role::Closes
        }
        (Word, Word) if family == Family::Single => Role::Apostrophe,
        // A colon glued to the mark behind it: `zegt:"Kom`.
        (Closing, Word) if before == Some(':') => Role::Opens,
        (Space | Opening, Word | Opening | Closing) => Role::Opens,
        (Word | Closing, Space | Opening | Closing) => Role::Closes,
        // Between spaces, marks or words on both sides, only the drawing tells.
        _ => match mark {
            "“" | "‘" | "«" | "‹" | "‟" | "``" | "❝" | "❛" => match sides {
                (Word | Closing, Mark | Space) | (Mark, Space | Closing) => Role::Closes,
                _ => Role::Opens,
            },
            "»" | "›" => Role::Closes,
            "”" | "’" => match sides {
                (Space | Opening, Mark) => Role::Opens,
                (Space, Space) => Role::Either,
                _ => Role::Closes,
            },
            _ => match sides {
                (Space | Opening, Mark) | (Mark, Word) => Role::Opens,
                (Word | Closing, Mark) | (Mark, Space | Closing) => Role::Closes,
                _ => Role::Either,
            },
        },
    }
}
