//! The encoding that a file of markup declares at its beginning, as XML and HTML
//! do. What it is in if it declares none is guessed elsewhere.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1252};

use super::encoding::{self, Encoding};
use crate::formats::error::Reason;

/// How far into a page browsers look for its encoding, in bytes.
const LOOKED_AT: usize = 1024;

/// What the declaration of XML says: `<?xml version="1.0" encoding="..."?>`.
pub(super) fn of_xml(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = without_mark(start);
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = find(declaration, b"?>")?;
    named(after(&declaration[..end], b"encoding")?)
}

/// What a `meta` of a page says: `<meta charset="...">`, or inside `content`.
pub(super) fn of_html(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &start[..start.len().min(LOOKED_AT)];
    of_xml(start).or_else(|| {
        let lower = start.to_ascii_lowercase();
        let mut rest = &*lower;
        while let Some(at) = find(rest, b"<meta") {
            rest = &rest[at + 1..];
            let end = rest.iter().position(|&byte| byte == b'>').unwrap_or(rest.len());
            if let Some(value) = after(&rest[..end], b"charset") {
                return named(value);
            }
        }
        None
    })
}

/// What `declared` finds, unless the file has a byte order mark: that tells more.
pub(super) fn in_force(
    start: &[u8],
    declared: fn(&[u8]) -> Option<&'static encoding_rs::Encoding>,
) -> Option<&'static encoding_rs::Encoding> {
    if without_mark(start).len() < start.len() { None } else { declared(start) }
}

/// Bytes of a file that declares `encoding`, as text.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    encoding: Option<&'static encoding_rs::Encoding>,
    offset: u64,
) -> Result<(Cow<'a, str>, Encoding), Reason> {
    let Some(encoding) = encoding else {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok((text.into(), Encoding::Utf8)),
            Err(_) => encoding::decode(bytes.to_vec(), offset)
                .map(|(text, encoding)| (text.into(), encoding)),
        };
    };
    let found = if encoding == WINDOWS_1252 {
        Encoding::Windows1252
    } else {
        Encoding::Declared(encoding.name())
    };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if text.is_ascii() => Ok((text, Encoding::Utf8)),
        Some(text) => Ok((text, found)),
        None => Err(Reason::NotAsDeclared { encoding: encoding.name() }),
    }
}

/// The encoding of that name, if it says more than that letters are letters: who
/// could read a declaration of UTF-16 as ASCII knows that it is wrong.
fn named(label: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let encoding = encoding_rs::Encoding::for_label(label)?;
    (encoding != UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
}

/// The value behind `name` and `=`, with or without quotation marks.
fn after<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = text[find(text, name)? + name.len()..].trim_ascii_start();
    let value = rest.strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let is_end = |&byte: &u8| byte.is_ascii_whitespace() || b"\"';/>?".contains(&byte);
    Some(&value[..value.iter().position(is_end).unwrap_or(value.len())])
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn without_mark(start: &[u8]) -> &[u8] {
    start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(found: Option<&'static encoding_rs::Encoding>) -> &'static str {
        found.map_or("none", encoding_rs::Encoding::name)
    }

    #[test]
    fn the_declaration_of_xml_is_obeyed() {
        let of = |start: &str| name(of_xml(start.as_bytes()));
        assert_eq!(of("<?xml version='1.0' encoding='ISO-8859-15' ?><nitf/>"), "ISO-8859-15");
        assert_eq!(of("\u{feff}<?xml encoding = \"latin1\"?>"), "windows-1252");
        for none in ["<?xml version='1.0'?><p encoding='latin1'/>", "<?xml encoding='utf-16'?>"] {
            assert_eq!(of(none), "none", "{none}");
        }
        assert_eq!(of("<?xml encoding='onzin'?>"), "none");
    }

    #[test]
    fn the_meta_of_html_is_obeyed() {
        let of = |start: &str| name(of_html(start.as_bytes()));
        assert_eq!(of("<html><META CharSet=windows-1250><p>"), "windows-1250");
        let old = "<meta name='x'><meta http-equiv='Content-Type' \
                   content='text/html; charset=iso-8859-1'>";
        assert_eq!(of(old), "windows-1252");
        assert_eq!(of("<p>charset=latin1"), "none");
    }

    #[test]
    fn a_mark_tells_more_than_a_declaration() {
        let declaration = "<?xml encoding='latin1'?><meta charset=latin1>";
        for of in [of_xml, of_html] {
            assert_eq!(name(in_force(declaration.as_bytes(), of)), "windows-1252");
            let marked = format!("\u{feff}{declaration}");
            assert_eq!(name(in_force(marked.as_bytes(), of)), "none");
        }
    }

    #[test]
    fn bytes_are_read_as_declared_or_as_they_look() {
        let latin = encoding_rs::Encoding::for_label(b"iso-8859-15");
        assert_eq!(
            decode(b"\xa4 5", latin, 0).unwrap(),
            ("€ 5".into(), Encoding::Declared("ISO-8859-15"))
        );
        assert_eq!(decode(b"caf\xe9", None, 0).unwrap(), ("café".into(), Encoding::Latin1));
        assert_eq!(decode(b"kaf", latin, 0).unwrap().1, Encoding::Utf8);
        let japanese = encoding_rs::Encoding::for_label(b"euc-jp");
        assert!(decode(b"\xff\xff", japanese, 0).is_err());
    }
}
