//! Text to tokens: one pass over the characters. What a token is, is decided on
//! the characters next to it; for full stops also on the abbreviation list, and
//! for apostrophes on whether a single mark stands open.
//!
//! The convention is that of the Dutch treebanks: punctuation inside a word
//! belongs to it (`en/of`, `leraar(s)`, `41,5%`), punctuation around it does
//! not. The shapes have a file each: [`addresses`], [`apostrophes`], [`signs`]
//! and [`stops`].

use super::addresses::{Scout, address};
use super::apostrophes::{SingleMarks, clitic, elides, genitive, is_and};
use super::signs::{key, sign};
use super::stops::{joins_stop, takes_stop};
use super::{Token, TokenKind};
use crate::lexicon;
use crate::text::Span;

/// The tokens of `text`, in order; what lies between them is white space.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut singles = SingleMarks::default();
    let mut addresses = Scout::default();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        if is_space(c) {
            if c == '\n' {
                singles = SingleMarks::default();
            }
            before = Some(c);
            at += c.len_utf8();
            continue;
        }
        let place = Place { text, at, before };
        let (len, kind) = place.token(c, &singles, &mut addresses);
        let token = Token { span: Span::of(at..at + len), kind };
        at += len;
        if kind == TokenKind::Mark {
            singles.pass(token.span.of_text(text), before, text[at..].chars().next());
        }
        before = text[..at].chars().next_back();
        tokens.push(token);
    }
    tokens
}

/// White space, and the invisible characters that stand for none.
pub(super) fn is_space(c: char) -> bool {
    match c {
        ' ' | '\n' => true,
        '!'..='~' => false,
        _ => c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}'),
    }
}

/// Quotation marks and everything that is used for one.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '❝'
            | '❞'
            | '❛'
            | '❜'
            | '″'
            | '＂'
    )
}

/// An apostrophe as it stands inside words.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '´' | '`')
}

/// Characters that words are made of, accents that follow their letter and
/// soft hyphens included.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || (!c.is_ascii()
            && (c.is_alphanumeric()
                || matches!(
                    c,
                    '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}'
                )))
}

/// Where a token begins.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The character before it.
    pub(super) before: Option<char>,
}

impl<'a> Place<'a> {
    pub(super) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether a word may begin here, or one has begun before.
    pub(super) fn is_free(self) -> bool {
        self.before.is_none_or(|before| !is_word(before))
    }

    /// Whether white space, or nothing, stands before it.
    pub(super) fn is_spaced(self) -> bool {
        self.before.is_none_or(is_space)
    }

    /// Length in bytes and kind of the token that begins here with `c`.
    fn token(self, c: char, singles: &SingleMarks, addresses: &mut Scout) -> (usize, TokenKind) {
        let rest = self.rest();
        if let Some(len) = key(rest) {
            return (len, TokenKind::Symbol);
        }
        if self.is_free()
            && addresses.may_begin(self)
            && let Some(len) = address(rest, c)
        {
            return (len, TokenKind::Address);
        }
        if is_apostrophe(c) && self.is_free() && clitic(rest, c, singles.is_open()) {
            return self.word(singles);
        }
        if is_word(c) || self.is_signed(c) || self.is_enclitic(c) {
            return self.word(singles);
        }
        if c == '(' && self.is_spaced() && bracketed_beginning(rest) {
            return self.word(singles);
        }
        sign(rest, c)
    }

    /// `-5` and `+3` after a space are numbers.
    fn is_signed(self, c: char) -> bool {
        matches!(c, '-' | '+' | '−')
            && self.is_spaced()
            && self.rest()[c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit())
    }

    /// *krijgt -ie*: the old way to hang *hij* on a verb.
    fn is_enclitic(self, c: char) -> bool {
        c == '-'
            && self.is_spaced()
            && self.rest()[1..].strip_prefix("ie").is_some_and(|after| {
                !after.starts_with(|c: char| is_word(c) || matches!(c, '-' | '/'))
            })
    }

    /// How far a word goes on, from its first character: letters, digits, and what
    /// joins them. `closes` tells that a single mark stands open.
    fn inside(self, closes: bool) -> usize {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 0;
        let mut last = ' ';
        while end < rest.len() {
            // Most of a text is plain letters.
            if bytes[end].is_ascii_alphanumeric() {
                last = bytes[end] as char;
                end += 1;
                continue;
            }
            let Some(c) = rest[end..].chars().next() else { break };
            if closes && is_glued_mark(rest, end, last, c) {
                break;
            }
            let joined = if end == 0 && !is_word(c) {
                // An apostrophe, sign or bracket that was seen to begin a word.
                if c == '(' { bracket(rest).unwrap_or(1) } else { c.len_utf8() }
            } else if is_word(c) {
                c.len_utf8()
            } else {
                joins(rest, end, last, c)
            };
            if joined == 0 || (c == '/' && self.parts_names(end)) {
                break;
            }
            end += joined;
            last = rest[..end].chars().next_back().unwrap_or(' ');
        }
        end
    }

    /// Whether the slash after the first `at` bytes stands between two names of
    /// several words (*Noor Bakker/Bram de Wit*), which are two tokens, and not
    /// inside one word (*CD&V/N-VA*).
    fn parts_names(self, at: usize) -> bool {
        let (left, right) = (&self.rest()[..at], &self.rest()[at + 1..]);
        let right = &right[..right.floor_char_boundary(LONGEST_NAME)];
        if !left.starts_with(char::is_uppercase) {
            return false;
        }
        let before = &self.text[..self.at];
        if let Some(before) = before.strip_suffix(' ') {
            let near = before.floor_char_boundary(before.len().saturating_sub(LONGEST_NAME));
            let start = before[near..].rfind(is_space).map_or(near, |at| near + at + 1);
            let (sentence, word) = before.split_at(before.ceil_char_boundary(start));
            // Inside the sentence, where a capital tells of a name.
            let is_inside = sentence.trim_end().ends_with(|c: char| is_word(c) || c == ',');
            if word.starts_with(char::is_uppercase)
                && word.ends_with(char::is_alphabetic)
                && is_inside
            {
                return true;
            }
        }
        let mut words = right.split(' ');
        words.next().is_some_and(|word| {
            word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphanumeric)
        }) && words.next().is_some_and(|word| {
            word.starts_with(char::is_uppercase)
                && lexicon::word_class(&word.to_lowercase()).is_none()
        })
    }

    /// A word or number from its first character on, with everything that
    /// belongs to it.
    fn word(self, singles: &SingleMarks) -> (usize, TokenKind) {
        let rest = self.rest();
        let mut end = self.inside(singles.is_open());
        let tail = &rest[end..];
        match tail.chars().next() {
            Some('.') if !tail.starts_with("..") && takes_stop(self, end) => end += 1,
            // (1995-...): until now.
            Some('-') if tail.starts_with("-...") && rest[..end].ends_with(is_digit) => end += 4,
            Some(hyphen @ ('-' | '‑')) if hyphen_belongs(&tail[hyphen.len_utf8()..]) => {
                end += hyphen.len_utf8();
            }
            Some(',') if rest[..end].ends_with(is_digit) => end += round_amount(tail),
            Some(c @ ('\'' | '’')) if !singles.is_open() => {
                let word = &rest[..end];
                let after = &tail[c.len_utf8()..];
                if genitive(word, after) || elides(word, after) || is_and(word, c) {
                    end += c.len_utf8();
                }
            }
            _ => {}
        }
        (end, kind(&rest[..end]))
    }
}

/// How many bytes on either side are looked at for a name.
const LONGEST_NAME: usize = 64;

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// *voor- en nadelen*: the hyphen belongs to the word it is short for.
fn hyphen_belongs(after: &str) -> bool {
    after.chars().next().is_none_or(|c| is_space(c) || matches!(c, ',' | ')' | '.' | ';'))
}

/// The comma and dash of a round amount: *15,-*.
fn round_amount(tail: &str) -> usize {
    let dashes: usize = tail[1..]
        .chars()
        .take(2)
        .take_while(|c| matches!(c, '-' | '–' | '—' | '='))
        .map(char::len_utf8)
        .sum();
    let after = tail[1 + dashes..].chars().next();
    if dashes > 0 && after.is_none_or(|c| !is_word(c)) { 1 + dashes } else { 0 }
}

/// How many bytes from `at` on, where `c` stands after `last` inside a word,
/// belong to the word without being letters; 0 if it ends there.
fn joins(rest: &str, at: usize, last: char, c: char) -> usize {
    let len = c.len_utf8();
    let tail = &rest[at + len..];
    let after = tail.chars().next().unwrap_or(' ');
    let digits = last.is_ascii_digit() && after.is_ascii_digit();
    let belongs = match c {
        // Noord-Holland, '98-'99, rock-'n-roll, Yahoo!-team.
        '-' | '‑' | '‐' => {
            is_word(after) || (is_apostrophe(after) && apostrophe_inside(&rest[..at], tail, after))
        }
        '&' => is_word(after),
        // en/of, CD&V/N-VA
        '/' => (is_word(last) || last == ')') && is_word(after),
        ':' | ',' | '–' => digits,
        '%' | '‰' | '°' | 'º' => last.is_ascii_digit(),
        '!' | '?' if after == '-' => is_word(last) && tail[1..].starts_with(char::is_alphabetic),
        // Letters that an old encoding lost: Curaçao became Cura?ao.
        '?' => last.is_lowercase() && after_run(tail, '?').is_some_and(char::is_lowercase),
        // k*t
        '*' => is_word(last) && after_run(tail, '*').is_some_and(char::is_alphabetic),
        // 18+, Disney+, a+b
        '+' => is_word(last) || matches!(last, '+' | ')'),
        '=' | '^' => {
            (is_word(last) || last == ')') && (is_word(after) || matches!(after, '(' | '-'))
        }
        '(' => return inner_bracket(rest, at, last),
        '.' => return usize::from(joins_stop(rest, at, last, after)),
        _ => is_apostrophe(c) && is_word(last) && is_word(after),
    };
    if !belongs {
        return 0;
    }
    match c {
        '?' | '*' => len + tail.len() - tail.trim_start_matches(c).len(),
        '-' if is_apostrophe(after) => len + after.len_utf8(),
        _ => len,
    }
}

/// `‘lieve vriend’Karel`: an apostrophe behind a small letter and before a
/// capital closes the single mark that stands open. `d’Hondt` is too short.
fn is_glued_mark(rest: &str, at: usize, last: char, c: char) -> bool {
    const SHORTEST: usize = 3;
    is_apostrophe(c)
        && at >= SHORTEST
        && last.is_lowercase()
        && rest[at + c.len_utf8()..].starts_with(char::is_uppercase)
}

/// The first character after a run of `c`.
fn after_run(tail: &str, c: char) -> Option<char> {
    tail.chars().find(|&next| next != c)
}

/// Whether the apostrophe at the head of `tail`, behind a hyphen, stands in
/// the word: before a year, *'n* and the like, or in Arabic names
/// (*al-'Iskandariyyah*).
fn apostrophe_inside(before: &str, tail: &str, apostrophe: char) -> bool {
    let arabic = ["al", "el", "ad", "an", "ar", "as", "at", "az", "ash", "ul"];
    let word = &tail[apostrophe.len_utf8()..];
    let end = word.find(|c| !is_word(c)).unwrap_or(word.len());
    let is_open = word[end..].starts_with(is_apostrophe);
    clitic(tail, apostrophe, false)
        || (!is_open && arabic.iter().any(|article| before.eq_ignore_ascii_case(article)))
}

/// Longer brackets are no part of a word, and need not be looked for.
const LONGEST_BRACKET: usize = 32;

/// Length of the bracket that opens at the head of `rest` and closes before
/// the next white space or mark, whatever else it holds.
fn bracket(rest: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in rest.char_indices().take(LONGEST_BRACKET) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if is_space(c) || matches!(c, '"' | '“' | '”' | '„' | ',' | ';' | ':') => {
                return None;
            }
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// *(oud-)leerlingen*, *(a+b)+c*: a bracket at the head of a word. One that
/// holds only digits is a number of its own.
fn bracketed_beginning(rest: &str) -> bool {
    bracket(rest).is_some_and(|end| {
        let inner = &rest[1..end - 1];
        inner.starts_with(char::is_alphabetic)
            && inner.ends_with(|c: char| is_word(c) || c == '-')
            && rest[end..].starts_with(|c: char| c.is_lowercase() || matches!(c, '+' | '^'))
    })
}

/// *leraar(s)*, *sqrt(-1)*: a bracket inside or at the end of a word. An age
/// that hangs on a name (*Piet(52)*) is none.
fn inner_bracket(rest: &str, at: usize, last: char) -> usize {
    if !(last.is_lowercase() || last == ')' || matches!(last, '^' | '+' | '=')) {
        return 0;
    }
    let Some(len) = bracket(&rest[at..]) else { return 0 };
    let inner = &rest[at + 1..at + len - 1];
    let letters = inner.starts_with(|c: char| c.is_lowercase() || c == '-' || is_apostrophe(c));
    let is_formula = rest.starts_with(|c: char| !c.is_uppercase())
        && inner.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '('));
    if letters || is_formula { len } else { 0 }
}

/// The kind of a token that was read as a word: a number is one with at most
/// the letters of an ordinal or a unit.
fn kind(word: &str) -> TokenKind {
    let number = word.trim_start_matches(['-', '+', '−', '\'', '’', '‘', '´', '`']);
    if !number.starts_with(is_digit) {
        return TokenKind::Word;
    }
    let letters = number.chars().filter(|c| c.is_alphabetic()).count();
    let is_number = match letters {
        0 | 1 => !number.ends_with(char::is_alphabetic) || !number.contains(is_apostrophe),
        2..=3 => {
            let tail = number.trim_start_matches(|c: char| !c.is_alphabetic());
            tail.chars().all(char::is_alphabetic) && !number.contains(['-', '\'', '’'])
                || number.contains('x') && number.ends_with(is_digit)
        }
        _ => false,
    };
    if is_number { TokenKind::Number } else { TokenKind::Word }
}
