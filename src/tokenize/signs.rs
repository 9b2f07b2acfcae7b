//! Tokens that are no words: marks, punctuation, symbols and emoji.

use super::TokenKind;
use super::words::{is_mark, is_space};

/// Length in bytes and kind of the sign that starts `rest` with `c`.
pub(super) fn sign(rest: &str, c: char) -> (usize, TokenKind) {
    if is_mark(c) {
        // '' and `` are one mark, as is a doubled low or single mark.
        let len = c.len_utf8();
        let doubles = matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‚');
        let twice = doubles && rest[len..].starts_with(c) && !rest[2 * len..].starts_with(c);
        return (if twice { 2 * len } else { len }, TokenKind::Mark);
    }
    // The typewriter's opening mark; of three commas the first is one.
    if c == ',' && rest.starts_with(",,") && (!rest.starts_with(",,,") || rest.starts_with(",,,,"))
    {
        return (2, TokenKind::Mark);
    }
    if matches!(c, '.' | '-' | '–' | '—' | '!' | '?' | '*' | '=') {
        let run = rest
            .chars()
            .take_while(|&n| n == c || (matches!(c, '!' | '?') && matches!(n, '!' | '?')));
        return (run.map(char::len_utf8).sum(), TokenKind::Punctuation);
    }
    if is_punctuation(c) {
        return (c.len_utf8(), TokenKind::Punctuation);
    }
    (symbol(rest), TokenKind::Symbol)
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation()
            && !matches!(c, '$' | '%' | '+' | '<' | '>' | '^' | '~' | '|');
    }
    matches!(c, '…' | '·' | '•' | '¿' | '¡' | '†' | '‡' | '‐'..='―')
}

/// Half of a flag.
fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// What changes the look of the emoji before it: variation selectors, skin
/// tones, the square of a key, the letters of a region's flag.
fn modifies(c: char) -> bool {
    matches!(
        c,
        '\u{fe00}'..='\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{20e3}'
            | '\u{e0020}'..='\u{e007f}'
    )
}

/// One emoji with what modifies or joins it, or one other sign.
fn symbol(rest: &str) -> usize {
    const JOINER: char = '\u{200d}';
    let mut len = 0;
    let mut last = JOINER;
    let mut regional = 0;
    for c in rest.chars() {
        let joins = last == JOINER || c == JOINER || modifies(c);
        let second_half = is_regional(c) && regional == 1;
        if is_space(c) || !(joins || second_half) {
            break;
        }
        regional = if is_regional(c) { regional + 1 } else { 2 };
        last = c;
        len += c.len_utf8();
    }
    len
}

/// Length of the key that starts `rest`: a digit in a square, as 1️⃣.
pub(super) fn key(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let digit = chars.next().filter(|c| c.is_ascii_digit() || matches!(c, '#' | '*'))?;
    let mut len = digit.len_utf8();
    let mut next = chars.next()?;
    if next == '\u{fe0f}' {
        len += next.len_utf8();
        next = chars.next()?;
    }
    (next == '\u{20e3}').then(|| len + next.len_utf8())
}
