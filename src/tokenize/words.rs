//! Text to tokens: one pass over the characters, each decision taken on the
//! characters next to it and, for full stops, on the abbreviation list.

use super::{Token, TokenKind};
use crate::lexicon;
use crate::text::Span;

/// The tokens of `text`, in order; what lies between them is white space.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_space(c) {
            at += c.len_utf8();
            continue;
        }
        let before = text[..at].chars().next_back();
        let (len, kind) = next(&text[at..], c, before);
        tokens.push(Token { span: Span::of(at..at + len), kind });
        at += len;
    }
    tokens
}

/// White space, and the invisible characters that stand for none.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
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
    )
}

/// An apostrophe as it stands inside words.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '´' | '`')
}

/// Characters that words are made of, accents that follow their letter and
/// soft hyphens included.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '_'
        )
}

/// Length in bytes and kind of the token that starts `rest` with `c`.
fn next(rest: &str, c: char, before: Option<char>) -> (usize, TokenKind) {
    if let Some(len) = address(rest, c, before) {
        return (len, TokenKind::Address);
    }
    if is_apostrophe(c)
        && before.is_none_or(|b| !is_word(b))
        && let Some(found) = clitic(rest, c)
    {
        return found;
    }
    if c.is_ascii_digit() || signed(rest, c, before) {
        return word(rest, TokenKind::Number);
    }
    if is_word(c) {
        return word(rest, TokenKind::Word);
    }
    if is_mark(c) {
        // '' and `` are one mark, as is a doubled low or single mark.
        let len = c.len_utf8();
        let doubles = matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‚');
        let twice = doubles && rest[len..].starts_with(c) && !rest[2 * len..].starts_with(c);
        return (if twice { 2 * len } else { len }, TokenKind::Mark);
    }
    // The old typewriter's opening mark: ,,
    if rest.starts_with(",,") {
        return (2, TokenKind::Mark);
    }
    if matches!(c, '.' | '-' | '–' | '—' | '!' | '?' | '*' | '=') {
        let run = rest
            .chars()
            .take_while(|&n| n == c || (matches!(c, '!' | '?') && matches!(n, '!' | '?')));
        return (run.map(char::len_utf8).sum(), TokenKind::Punctuation);
    }
    if c.is_ascii_punctuation() && !matches!(c, '$' | '%' | '+' | '<' | '>' | '^' | '~' | '|')
        || matches!(c, '…' | '·' | '•' | '¿' | '¡' | '†' | '‡' | '‐'..='―')
    {
        return (c.len_utf8(), TokenKind::Punctuation);
    }
    (symbol(rest), TokenKind::Symbol)
}

/// `-5` and `+3` after a space are numbers.
fn signed(rest: &str, c: char, before: Option<char>) -> bool {
    matches!(c, '-' | '+' | '−')
        && before.is_none_or(is_space)
        && rest[c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit())
}

/// One emoji with what modifies or joins it, or one other sign.
fn symbol(rest: &str) -> usize {
    let mut len = 0;
    let mut joined = true;
    for c in rest.chars() {
        let modifies =
            matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}');
        let zero_width = c == '\u{200d}';
        if !(joined || modifies || zero_width) || is_space(c) {
            break;
        }
        joined = zero_width;
        len += c.len_utf8();
    }
    len
}

/// Words that begin with an apostrophe: `'s`, `'t`, `'n`, `'90`, and
/// `'s-Hertogenbosch`.
fn clitic(rest: &str, c: char) -> Option<(usize, TokenKind)> {
    let tail = &rest[c.len_utf8()..];
    let run: usize = tail.chars().take_while(|&c| is_word(c)).map(char::len_utf8).sum();
    let stem = &tail[..run];
    let closed = |end: usize| !tail[end..].starts_with(is_apostrophe);
    if stem.len() == 2 && stem.bytes().all(|b| b.is_ascii_digit()) && closed(run) {
        return Some((c.len_utf8() + run, TokenKind::Number));
    }
    if !lexicon::is_clitic(stem) || !closed(run) {
        return None;
    }
    let (more, _) = word(tail, TokenKind::Word);
    Some((c.len_utf8() + more, TokenKind::Word))
}

/// A word or number from its first character on, with the hyphens,
/// apostrophes, stops and separators that belong to it.
fn word(rest: &str, kind: TokenKind) -> (usize, TokenKind) {
    let mut chars = rest.char_indices().peekable();
    let mut last = chars.next().map_or(' ', |(_, c)| c);
    let mut end = last.len_utf8();
    while let Some(&(at, c)) = chars.peek() {
        let after = rest[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if !(is_word(c) || joins(last, c, after)) {
            break;
        }
        chars.next();
        end = at + c.len_utf8();
        last = c;
    }
    let tail = &rest[end..];
    if tail.starts_with('.') && !tail.starts_with("..") && takes_stop(&rest[..end]) {
        return (end + 1, kind);
    }
    // "voor- en nadelen": the hyphen belongs to the word it is short for.
    let mut after = tail.chars();
    if after.next() == Some('-') && after.next().is_some_and(|c| is_space(c) || c == ',') {
        return (end + 1, kind);
    }
    (end, kind)
}

/// Whether `c` inside a word, between `last` and `after`, belongs to it.
fn joins(last: char, c: char, after: char) -> bool {
    let digits = last.is_ascii_digit() && after.is_ascii_digit();
    match c {
        '-' | '‑' | '‐' | '&' => is_word(after),
        '+' | '/' | ':' | ',' | '–' => digits,
        '.' => {
            digits
                || (last.is_alphabetic()
                    && after.is_alphabetic()
                    && after.is_lowercase() == last.is_lowercase())
        }
        _ if is_apostrophe(c) => is_word(last) && is_word(after),
        _ => false,
    }
}

/// Whether a full stop after `word` belongs to it: initials, abbreviations.
fn takes_stop(word: &str) -> bool {
    let mut parts = word.split('.');
    let single = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let initials = parts.by_ref().all(single) && word.chars().any(char::is_uppercase);
    initials || lexicon::abbreviation(word).is_some()
}

/// Longer addresses are cut; without a limit a text without spaces would cost
/// time by the square of its length.
const LONGEST_ADDRESS: usize = 2048;

/// Length of the web or mail address, handle or hashtag that starts `rest`.
fn address(rest: &str, c: char, before: Option<char>) -> Option<usize> {
    if before.is_some_and(is_word) {
        return None;
    }
    let near = rest.floor_char_boundary(LONGEST_ADDRESS);
    let chunk_end = rest[..near]
        .find(|c: char| is_space(c) || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '<' | '>'));
    let chunk = &rest[..chunk_end.unwrap_or(near)];
    if matches!(c, '@' | '#') {
        let name = chunk[1..].find(|c: char| !is_word(c)).unwrap_or(chunk.len() - 1);
        return (name > 0 && chunk[1..].starts_with(is_word)).then_some(name + 1);
    }
    if !c.is_ascii_alphanumeric() || !chunk.is_ascii() {
        return None;
    }
    let chunk = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
    let lower = chunk.get(..8).unwrap_or(chunk).to_ascii_lowercase();
    let web = ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start));
    let mail = chunk.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && host.contains('.')
            && host.starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    (web || mail || is_host(chunk)).then_some(chunk.len())
}

/// A bare host name such as `nieuws.example.nl/pagina`.
fn is_host(chunk: &str) -> bool {
    const ENDS: [&str; 10] = ["nl", "be", "com", "org", "net", "eu", "info", "nu", "tv", "fm"];
    let host = chunk.split('/').next().unwrap_or(chunk);
    let mut labels = host.rsplit('.');
    let Some(end) = labels.next() else { return false };
    let mut count = 0;
    let named = labels.all(|label| {
        count += 1;
        label.len() > 1 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    count > 0 && named && ENDS.contains(&end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.span.of_text(text)).collect()
    }

    #[track_caller]
    fn keeps(word: &str) {
        let text = format!("Zie {word} daar");
        assert_eq!(split(&text), ["Zie", word, "daar"]);
    }

    #[test]
    fn apostrophes_stay_in_their_words() {
        for word in [
            "foto's",
            "zo’n",
            "d'r",
            "m’n",
            "'s-Hertogenbosch",
            "’t",
            "'90",
            "50Plus'ers",
            "d'Hondt",
        ] {
            keeps(word);
        }
    }

    #[test]
    fn abbreviations_and_initials_keep_their_stops() {
        for word in ["o.a.", "t.a.v.", "dhr.", "J.P.", "St.", "EU-landen", "H&M"] {
            keeps(word);
        }
        assert_eq!(split("Zij zag het."), ["Zij", "zag", "het", "."]);
    }

    #[test]
    fn numbers_stay_whole() {
        for word in ["1.250.000", "3,5", "20.15", "2-1", "12:30", "2021/22", "-5"] {
            keeps(word);
        }
        assert_eq!(split("€5 of 5%"), ["€", "5", "of", "5", "%"]);
    }

    #[test]
    fn addresses_stay_whole() {
        for word in
            ["https://www.example.nl/a?b=1", "info@example.be", "@wiezei", "#wiezei", "example.nl"]
        {
            keeps(word);
        }
        assert_eq!(split("Zie example.nl."), ["Zie", "example.nl", "."]);
    }

    #[test]
    fn marks_stand_alone() {
        assert_eq!(split("„Ja”, zei ze."), ["„", "Ja", "”", ",", "zei", "ze", "."]);
        assert_eq!(split("'Kom', riep hij"), ["'", "Kom", "'", ",", "riep", "hij"]);
        assert_eq!(split(",,Ja'' zei ze"), [",,", "Ja", "''", "zei", "ze"]);
        assert_eq!(split("'Het is klaar'"), ["'", "Het", "is", "klaar", "'"]);
    }

    #[test]
    fn stops_and_dashes_run_together() {
        assert_eq!(split("Ja... nee?! -- goed"), ["Ja", "...", "nee", "?!", "--", "goed"]);
        assert_eq!(split("voor- en nadelen"), ["voor-", "en", "nadelen"]);
    }

    #[test]
    fn emoji_with_joiners_are_one_token() {
        assert_eq!(split("ja 👩‍🚒 👍🏽!"), ["ja", "👩‍🚒", "👍🏽", "!"]);
    }

    #[test]
    fn soft_hyphens_and_combining_accents_do_not_split() {
        assert_eq!(
            split("dijk\u{ad}versterking cafe\u{301}"),
            ["dijk\u{ad}versterking", "cafe\u{301}"]
        );
    }
}
