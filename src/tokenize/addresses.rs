//! Web and mail addresses, handles and hashtags.

use super::words::{Place, is_mark, is_space, is_word};

/// Longer addresses are cut; without a limit a text without spaces would cost
/// time by the square of its length.
const LONGEST_ADDRESS: usize = 2048;

/// Longer than the name of any host or mail box.
const LONGEST_HOST: usize = 128;

/// Looks ahead once in each stretch without white space, so that ordinary
/// words cost no look-up.
#[derive(Default)]
pub(super) struct Scout {
    /// End of the stretch that was looked at.
    end: usize,
    /// Whether a sign of an address is in it.
    has_sign: bool,
}

impl Scout {
    /// Whether an address may begin at `place`.
    pub(super) fn may_begin(&mut self, place: Place<'_>) -> bool {
        if place.at >= self.end {
            let rest = place.rest().as_bytes();
            let len = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
            let stretch = &rest[..len];
            self.end = place.at + len;
            self.has_sign = stretch.iter().enumerate().any(|(n, byte)| match byte {
                b'@' | b'#' => true,
                b':' => stretch[n..].starts_with(b"://"),
                b'.' => stretch.get(n + 1).is_some_and(u8::is_ascii_alphanumeric),
                _ => false,
            });
        }
        self.has_sign
    }
}

/// Length of the web or mail address, handle or hashtag that starts `rest`
/// with `c`.
pub(super) fn address(rest: &str, c: char) -> Option<usize> {
    if matches!(c, '@' | '#') {
        let len = rest[1..].find(|c: char| !is_word(c)).unwrap_or(rest.len() - 1);
        return (len > 0).then_some(len + 1);
    }
    if !c.is_ascii_alphanumeric() {
        return None;
    }
    web(rest).or_else(|| mail(rest)).or_else(|| host(rest))
}

/// `https://…`, `www.…`
fn web(rest: &str) -> Option<usize> {
    let lower = rest.as_bytes().get(..8)?.to_ascii_lowercase();
    let scheme =
        ["http://", "https://", "www."].iter().find(|s| lower.starts_with(s.as_bytes()))?;
    let chunk = trimmed(chunk(rest, LONGEST_ADDRESS));
    (chunk.len() > scheme.len()).then_some(chunk.len())
}

/// `redactie@voorbeeld.nl`
fn mail(rest: &str) -> Option<usize> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let near = &rest[..rest.floor_char_boundary(LONGEST_HOST)];
    let at = near.find(|c| !is_name(c))?;
    let host = near[at..].strip_prefix('@')?;
    let end = host.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')));
    let host = host[..end.unwrap_or(host.len())].trim_end_matches(['.', '-']);
    (host.contains('.') && !host.starts_with('.')).then_some(at + 1 + host.len())
}

/// A bare host name such as `nieuws.example.nl/pagina`.
fn host(rest: &str) -> Option<usize> {
    const ENDS: [&str; 24] = [
        "nl",
        "be",
        "com",
        "org",
        "net",
        "eu",
        "info",
        "nu",
        "tv",
        "fm",
        "de",
        "fr",
        "uk",
        "io",
        "gov",
        "edu",
        "brussels",
        "vlaanderen",
        "gent",
        "amsterdam",
        "frl",
        "shop",
        "online",
        "app",
    ];
    let near = &rest[..rest.floor_char_boundary(LONGEST_HOST)];
    let end = near
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(near.len());
    let host = near[..end].trim_end_matches(['.', '-']);
    let (names, last) = host.rsplit_once('.')?;
    let well_formed = names
        .split('.')
        .all(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    // A sentence may begin right after the last one: "klaar.De".
    if !well_formed || !ENDS.contains(&last) || (last == "de" && names.len() < 3) {
        return None;
    }
    if rest[host.len()..].starts_with('/') {
        let path = trimmed(chunk(rest, LONGEST_ADDRESS));
        return Some(path.len().max(host.len()));
    }
    // The point of "sp.a.nl" is no more an end than that of "voorbeeld.nltekst".
    (!rest[host.len()..].starts_with(is_word)).then_some(host.len())
}

/// What stands before white space or a mark.
fn chunk(rest: &str, longest: usize) -> &str {
    let near = &rest[..rest.floor_char_boundary(longest)];
    let ends = |c: char| {
        is_space(c) || matches!(c, '<' | '>' | '|' | '…') || (is_mark(c) && c != '\'' && c != '`')
    };
    &near[..near.find(ends).unwrap_or(near.len())]
}

/// Without the punctuation that follows the address; a closing bracket belongs
/// to it if it was opened there.
fn trimmed(mut chunk: &str) -> &str {
    let mut excess = chunk.matches(')').count().saturating_sub(chunk.matches('(').count());
    loop {
        let shorter =
            chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ']', '}', '\'', '`', '*']);
        chunk = match shorter.strip_suffix(')') {
            Some(open) if excess > 0 => {
                excess -= 1;
                open
            }
            _ => return shorter,
        };
    }
}
