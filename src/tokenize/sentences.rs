//! Tokens to sentences and paragraphs.
//!
//! A paragraph ends at a blank line, or at every line break in a text that
//! has no blank line. A sentence ends at a full stop, question or exclamation
//! mark, together with the closing marks and brackets glued to it, if what
//! follows looks like a beginning; and at the end of its paragraph.

use super::words::{is_apostrophe, is_mark};
use super::{Paragraph, Sentence, Token, TokenKind, Tokenized};
use crate::lexicon::{self, Ending};
use crate::text::Span;

/// A line longer than this without a full stop at its end was wrapped, and
/// goes on in the next one; headings are shorter.
const WRAPPED_LINE: usize = 60;

/// A sentence of more tokens is a list or noise, and is cut here: what rules
/// look at in a sentence may cost time by the square of its length.
const LONGEST_SENTENCE: usize = 500;

/// Puts `tokens` of `text` into sentences and paragraphs.
pub(super) fn split(text: &str, tokens: Vec<Token>) -> Tokenized {
    let by_line = !has_blank_line(text);
    let mut sentences = Vec::new();
    let mut paragraphs = Vec::new();
    let (mut first_token, mut first_sentence) = (0, 0);
    for at in 0..tokens.len() {
        let gap = gap(text, &tokens, at);
        let last = at + 1 == tokens.len();
        let new_paragraph = last || gap.blank_line || (by_line && gap.line_break);
        let new_sentence = new_paragraph
            || at + 1 - first_token >= LONGEST_SENTENCE
            || (gap.line_break && breaks_line(text, &tokens, first_token, at))
            || ends_sentence(text, &tokens, first_token, at);
        if !new_sentence {
            continue;
        }
        sentences.push(Sentence {
            span: tokens[first_token].span.cover(tokens[at].span),
            tokens: first_token..at + 1,
            paragraph: paragraphs.len(),
        });
        first_token = at + 1;
        if new_paragraph {
            let span = |n: usize| -> Span { sentences[n].span };
            paragraphs.push(Paragraph {
                span: span(first_sentence).cover(span(sentences.len() - 1)),
                sentences: first_sentence..sentences.len(),
            });
            first_sentence = sentences.len();
        }
    }
    Tokenized::new(tokens, sentences, paragraphs)
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty()).peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() && lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            return true;
        }
    }
    false
}

/// What lies between a token and the next.
struct Gap {
    line_break: bool,
    blank_line: bool,
}

fn gap(text: &str, tokens: &[Token], at: usize) -> Gap {
    let end = tokens.get(at + 1).map_or(text.len(), |next| next.span.start() as usize);
    let space = &text[tokens[at].span.end() as usize..end];
    let breaks = space
        .chars()
        .filter(|c| matches!(c, '\n' | '\u{2028}'))
        .count()
        // A carriage return alone is a line break of old.
        .max(space.matches('\r').count());
    Gap { line_break: breaks > 0, blank_line: breaks > 1 || space.contains('\u{2029}') }
}

/// Whether a single line break after token `at` ends a sentence.
fn breaks_line(text: &str, tokens: &[Token], first: usize, at: usize) -> bool {
    let line = tokens[first].span.cover(tokens[at].span).of_text(text);
    let line = line.rsplit(['\n', '\r']).next().unwrap_or(line);
    let next = tokens[at + 1].span.of_text(text);
    let lower = next.chars().next().is_some_and(char::is_lowercase);
    !lower && line.chars().count() < WRAPPED_LINE
}

/// Whether a sentence that began at token `first` ends with token `at`, seen
/// from the tokens themselves.
fn ends_sentence(text: &str, tokens: &[Token], first: usize, at: usize) -> bool {
    let next = &tokens[at + 1];
    if tokens[at].span.end() == next.span.start() && !starts_glued(text, tokens, at) {
        return false;
    }
    // A mark with space on both sides closes where a mark is open.
    let Some(stop) = stop_before(text, tokens, first, at) else { return false };
    let word = tokens[stop].span.of_text(text);
    let begins = begins_sentence(text, tokens, at + 1);
    match word {
        "." => begins && !is_list_number(text, tokens, first, stop),
        _ if word.starts_with(['!', '?']) => begins,
        "…" => begins,
        _ if word.bytes().all(|b| b == b'.') => begins,
        _ => {
            let stem = word.strip_suffix('.').unwrap_or(word);
            begins && lexicon::abbreviation(stem) == Some(Ending::May)
        }
    }
}

/// `klaar."Volgende`: a closing mark is followed by a sentence without space.
fn starts_glued(text: &str, tokens: &[Token], at: usize) -> bool {
    let closes = at > 0
        && tokens[at].kind == TokenKind::Mark
        && tokens[at - 1].span.end() == tokens[at].span.start()
        && matches!(tokens[at - 1].span.of_text(text), "." | "!" | "?");
    closes && tokens[at + 1].span.of_text(text).starts_with(char::is_uppercase)
}

/// The token whose stop could end the sentence: `at`, or the one before the
/// closing marks and brackets that are glued to it and end at `at`.
fn stop_before(text: &str, tokens: &[Token], first: usize, at: usize) -> Option<usize> {
    let mut stop = at;
    loop {
        let word = tokens[stop].span.of_text(text);
        if word.ends_with(['.', '!', '?', '…']) && tokens[stop].kind != TokenKind::Address {
            return Some(stop);
        }
        let closes = tokens[stop].kind == TokenKind::Mark || matches!(word, ")" | "]");
        if !closes || stop == first || tokens[stop - 1].span.end() != tokens[stop].span.start() {
            return None;
        }
        stop -= 1;
    }
}

/// Whether the token at `at` can be the first of a sentence.
fn begins_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let word = token.span.of_text(text);
    match token.kind {
        TokenKind::Mark | TokenKind::Symbol => opens(text, tokens, at),
        TokenKind::Punctuation => matches!(word, "(" | "[" | "-" | "–" | "—" | "•" | "..." | "…"),
        TokenKind::Number | TokenKind::Address => true,
        TokenKind::Word => {
            let mut chars = word.chars();
            match chars.next() {
                // 's Avonds, 't Is: the capital is in the next word or letter.
                Some(c) if is_apostrophe(c) => true,
                Some(c) => !c.is_lowercase() || word.chars().skip(1).any(char::is_uppercase),
                None => false,
            }
        }
    }
}

/// Whether a mark or sign is followed, without space, by what begins.
fn opens(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    let mark = tokens[at].span.of_text(text);
    if !mark.starts_with(is_mark) {
        return true;
    }
    mark.starts_with(['„', '“', '«', ',', '‚', '‘'])
        || (next.span.start() == tokens[at].span.end()
            && !next.span.of_text(text).starts_with([',', '.', ';', ':', ')']))
}

/// `1. Eerst dit`: the number of a list item ends no sentence.
fn is_list_number(text: &str, tokens: &[Token], first: usize, stop: usize) -> bool {
    stop == first + 1
        && tokens[first].kind == TokenKind::Number
        && tokens[first].span.of_text(text).len() <= 3
}

#[cfg(test)]
mod tests {
    use crate::tokenize::tokenize;

    #[track_caller]
    fn check(expected: &[&[&str]]) {
        for separator in ["\n\n", "\r\n\r\n"] {
            let paragraphs: Vec<_> = expected.iter().map(|p| p.join(" ")).collect();
            let text = paragraphs.join(separator);
            let tokenized = tokenize(&text);
            let found: Vec<Vec<&str>> = tokenized
                .paragraphs()
                .iter()
                .map(|p| {
                    tokenized.sentences()[p.sentences.clone()]
                        .iter()
                        .map(|s| s.span.of_text(&text))
                        .collect()
                })
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_call_inside_marks_does_not_end_the_reporting_sentence() {
        check(&[&["\"Nee!\" riep hij.", "Zij zweeg."]]);
        check(&[&["‘Kan dat nog?’ vroeg de agent.", "Het kon."]]);
    }

    #[test]
    fn a_closing_mark_stays_with_its_sentence() {
        check(&[&["„Wij wachten af.”", "Morgen volgt een besluit."]]);
        check(&[&["Hij zei: \"Dit is het.", "Meer komt er niet.\"", "\"Echt niet.\""]]);
        check(&[&["\"Het is klaar\", zei ze.", "\"Nu eerst rust.\""]]);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_one() {
        check(&[&["Volgens dhr. Van Dam en prof. J. de Wit kan het.", "Dat is o.a. Anna bekend."]]);
    }

    #[test]
    fn headings_and_list_numbers() {
        check(&[&["Brug weer open"], &["1. Eerst dit.", "2. Dan dat."]]);
        check(&[&["Het kostte 3.", "Niet 4."]]);
    }

    #[test]
    fn sentences_may_begin_with_an_apostrophe_or_a_number() {
        check(&[&["Het is laat.", "'s Avonds is het stil.", "12 mensen bleven.", "‘t Is wat."]]);
    }

    #[test]
    fn without_blank_lines_each_line_is_a_paragraph() {
        let text = "Brug open\nDe brug is open. Echt.\nEinde.";
        let tokenized = tokenize(text);
        assert_eq!(tokenized.paragraphs().len(), 3);
        assert_eq!(tokenized.sentences().len(), 4);
    }

    #[test]
    fn a_wrapped_line_goes_on() {
        let text = "De gemeente wil dat de brug nog dit jaar weer open gaat en heeft\nRotterdam om hulp gevraagd.\n\nEinde.";
        assert_eq!(tokenize(text).sentences().len(), 2);
    }
}
