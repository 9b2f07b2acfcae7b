//! Tokens to sentences and paragraphs.
//!
//! A paragraph ends at a blank line, or at every line break in a text that
//! has no blank line. A sentence ends at a full stop, question or exclamation
//! mark, together with the closing marks and brackets glued to it, if what
//! follows looks like a beginning; and at the end of its paragraph.

use super::closing::OpenMarks;
use super::stops::opens_sentence;
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
    let mut walk =
        Walk { text, tokens: &tokens, marks: OpenMarks::default(), is_spaced_closer: false };
    for at in 0..tokens.len() {
        let gap = gap(text, &tokens, at);
        let closer_follows = walk.pass(at);
        let last = at + 1 == tokens.len();
        let new_paragraph = last || gap.blank_line || (by_line && gap.line_break);
        let new_sentence = new_paragraph
            || at + 1 - first_token >= LONGEST_SENTENCE
            || (gap.line_break && breaks_line(text, &tokens, first_token, at))
            || walk.ends_sentence(first_token, at, closer_follows);
        walk.is_spaced_closer = closer_follows && !new_paragraph;
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
            walk.marks = OpenMarks::default();
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
    let next = &tokens[at + 1];
    let lower = next.span.of_text(text).starts_with(char::is_lowercase);
    (!lower || is_item(text, tokens, at + 1)) && line.chars().count() < WRAPPED_LINE
}

/// `a) Melk`: the letter or number of an item in a list.
fn is_item(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at].span.len() <= 2
        && tokens.get(at + 1).is_some_and(|next| {
            next.span.start() == tokens[at].span.end()
                && matches!(next.span.of_text(text), ")" | ".")
        })
}

/// The tokens of a text, with what was seen of the paragraph so far.
struct Walk<'a> {
    text: &'a str,
    tokens: &'a [Token],
    marks: OpenMarks,
    /// Whether the token that is looked at is a mark that closes although
    /// white space stands before it.
    is_spaced_closer: bool,
}

impl Walk<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of_text(self.text)
    }

    fn is_glued(&self, at: usize) -> bool {
        self.tokens[at].span.end() == self.tokens[at + 1].span.start()
    }

    /// Passes token `at`; whether the next one is a mark that closes although
    /// white space stands before it.
    fn pass(&mut self, at: usize) -> bool {
        if self.tokens[at].kind == TokenKind::Mark {
            let mark = self.tokens[at].span.of_text(self.text);
            self.marks.pass(mark, self.is_spaced_closer);
        }
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let before_space = self
            .tokens
            .get(at + 2)
            .is_none_or(|after| next.span.end() < after.span.start() || !is_plain(after.kind));
        next.kind == TokenKind::Mark
            && !self.is_glued(at)
            && before_space
            && self.marks.closes(next.span.of_text(self.text))
    }

    /// Whether a sentence that began at token `first` ends with token `at`,
    /// seen from the tokens themselves.
    fn ends_sentence(&self, first: usize, at: usize, closer_follows: bool) -> bool {
        if closer_follows || (self.is_glued(at) && !self.starts_glued(at)) {
            return false;
        }
        let Some(stop) = self.stop_before(first, at) else {
            return self.ends_as_quotation(first, at);
        };
        if !self.begins_sentence(at + 1) {
            return false;
        }
        let word = self.word(stop);
        match word {
            "." => !self.is_list_number(first, stop),
            _ if word.starts_with(['!', '?', '…']) || word.ends_with("..") => true,
            _ => {
                let stem = word.strip_suffix('.').unwrap_or(word);
                match lexicon::abbreviation(stem) {
                    Some(Ending::May) => self.follows_abbreviation(at + 1),
                    Some(Ending::Never | Ending::Inside) => false,
                    // Jan D. De rechter: an initial that ends a sentence.
                    None => {
                        let after = &self.text[self.tokens[at].span.end() as usize..];
                        stem.chars().count() == 1 && opens_sentence(after)
                    }
                }
            }
        }
    }

    /// Whether the token at `at` begins a sentence also after an abbreviation:
    /// numbers and brackets go on with it (*12 okt. 1990*).
    fn follows_abbreviation(&self, at: usize) -> bool {
        match self.tokens[at].kind {
            TokenKind::Word | TokenKind::Mark | TokenKind::Address => true,
            TokenKind::Number | TokenKind::Symbol => false,
            TokenKind::Punctuation => !matches!(self.word(at), "(" | "[" | "-" | "–" | "—"),
        }
    }

    /// `klaar."Volgende`, `klaar.De`: a sentence follows without space.
    fn starts_glued(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        if !next.starts_with(char::is_uppercase) || at == 0 || !self.is_glued(at - 1) {
            return false;
        }
        if self.tokens[at].kind == TokenKind::Mark {
            return matches!(self.word(at - 1), "." | "!" | "?");
        }
        let before = self.word(at - 1);
        matches!(self.word(at), "." | "?" | "!")
            && before.len() > 2
            && before.chars().all(char::is_lowercase)
            && next.chars().skip(1).all(char::is_lowercase)
    }

    /// The token whose stop could end the sentence: `at`, or the one before the
    /// closing marks and brackets that are glued to it and end at `at`.
    fn stop_before(&self, first: usize, at: usize) -> Option<usize> {
        let mut stop = at;
        loop {
            let word = self.word(stop);
            let is_formula = word.contains(['*', '=']);
            if word.ends_with(['.', '!', '?', '…'])
                && self.tokens[stop].kind != TokenKind::Address
                && !is_formula
            {
                return Some(stop);
            }
            let closes = self.tokens[stop].kind == TokenKind::Mark || matches!(word, ")" | "]");
            let may_be_spaced = stop == at && self.is_spaced_closer;
            if !closes || stop == first || !(may_be_spaced || self.is_glued(stop - 1)) {
                return None;
            }
            stop -= 1;
        }
    }

    /// `,,Hij gaat'' De premier ging`: a quotation from the sentence's first
    /// word on that closes without a full stop, before a word that can only
    /// begin a sentence.
    fn ends_as_quotation(&self, first: usize, at: usize) -> bool {
        self.tokens[at].kind == TokenKind::Mark
            && self.tokens[first].kind == TokenKind::Mark
            && at > first + 3
            && !self.marks.any_open()
            && (self.is_spaced_closer || self.is_glued(at - 1))
            && !matches!(self.word(at - 1), "," | ":" | ";")
            && opens_sentence(&self.text[self.tokens[at].span.end() as usize..])
    }

    /// Whether the token at `at` can be the first of a sentence.
    fn begins_sentence(&self, at: usize) -> bool {
        let word = self.word(at);
        match self.tokens[at].kind {
            TokenKind::Mark | TokenKind::Symbol => self.opens(at),
            TokenKind::Punctuation => {
                matches!(word, "(" | "[" | "-" | "–" | "—" | "•" | "·" | "*" | "..." | "…")
            }
            TokenKind::Number | TokenKind::Address => true,
            TokenKind::Word => {
                let mut chars = word.chars();
                match chars.next() {
                    // 's Avonds, 't Is: the capital is in the next word or letter.
                    Some(c) if is_apostrophe(c) => true,
                    Some(c) => !c.is_lowercase() || chars.any(char::is_uppercase),
                    None => false,
                }
            }
        }
    }

    /// Whether a mark or sign is followed, without space, by what begins.
    fn opens(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let mark = self.word(at);
        if !mark.starts_with(is_mark) && mark != ",," {
            return true;
        }
        mark.starts_with(['„', '“', '«', ',', '‚', '‘'])
            || if self.is_glued(at) {
                !next.span.of_text(self.text).starts_with([',', '.', ';', ':', ')'])
            } else {
                !self.marks.closes(mark)
            }
    }

    /// `1. Eerst dit`: the number of a list item ends no sentence.
    fn is_list_number(&self, first: usize, stop: usize) -> bool {
        stop == first + 1
            && self.tokens[first].kind == TokenKind::Number
            && self.tokens[first].span.len() <= 3
    }
}

/// Neither punctuation nor a mark.
const fn is_plain(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Punctuation | TokenKind::Mark)
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
