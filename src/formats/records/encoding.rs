//! Bytes to text: UTF-8 as a rule, and what older programs wrote where it
//! shows. A text with a broken character is told from a text in another
//! encoding: in the one, other characters of several bytes are whole.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::formats::error::Reason;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The encoding in which a text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, without or with a byte order mark.
    Utf8,
    /// UTF-16, told by its byte order mark.
    Utf16,
    /// Windows-1252.
    Windows1252,
    /// Latin-1 (ISO 8859-1), as which Windows-1252 passes where it has none of
    /// the characters that it adds.
    Latin1,
    /// Another, which the file declares, by its name.
    Declared(&'static str),
}

impl Encoding {
    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
            Self::Latin1 => "Latin-1 (ISO 8859-1)",
            Self::Declared(name) => name,
        }
    }
}

/// A whole text, of which the first bytes may say the encoding.
pub(super) fn decode_whole(bytes: Vec<u8>) -> Result<(String, Encoding), Reason> {
    let wide = match &*bytes {
        [0xff, 0xfe, rest @ ..] => Some((UTF_16LE, rest)),
        [0xfe, 0xff, rest @ ..] => Some((UTF_16BE, rest)),
        _ => None,
    };
    if let Some((encoding, rest)) = wide {
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return match text {
            Some(text) => Ok((text.into_owned(), Encoding::Utf16)),
            None => Err(Reason::NotUtf8 { offset: 0, byte: bytes[0] }),
        };
    }
    match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => decode(rest.to_vec(), 3),
        None => decode(bytes, 0),
    }
}

/// A part of a text that begins at `offset` of its input, in bytes.
pub(super) fn decode(bytes: Vec<u8>, offset: u64) -> Result<(String, Encoding), Reason> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Encoding::Utf8)),
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    if is_windows_1252(&bytes) {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
        let adds = bytes.iter().any(|byte| matches!(byte, 0x80..=0x9f));
        let encoding = if adds { Encoding::Windows1252 } else { Encoding::Latin1 };
        return Ok((text.into_owned(), encoding));
    }
    Err(Reason::NotUtf8 { offset: offset + at as u64, byte: bytes[at] })
}

/// Whether bytes that are no UTF-8 can be a text in Windows-1252: none of them
/// is a control character, and none is what UTF-8 would have there. `Ã` and `Â`
/// are in no Dutch word, and begin nearly every letter with an accent in UTF-8.
fn is_windows_1252(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| matches!(byte, 0x00..=0x08 | 0x0e..=0x1f | 0x7f);
    let is_undefined = |byte: u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    let is_of_utf8 = |byte: u8| matches!(byte, 0xc2 | 0xc3);
    let is_text = |&byte: &u8| !is_control(byte) && !is_undefined(byte) && !is_of_utf8(byte);
    let no_utf8 = bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii());
    no_utf8 && bytes.iter().all(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<(String, Encoding), String> {
        decode_whole(bytes.to_vec()).map_err(|reason| reason.to_string())
    }

    #[test]
    fn the_old_encodings_are_told_apart() {
        assert_eq!(decoded("café".as_bytes()), Ok(("café".into(), Encoding::Utf8)));
        assert_eq!(decoded(b"caf\xe9 \xebn"), Ok(("café ën".into(), Encoding::Latin1)));
        let old = decoded(b"\x84Nee\x94, zei Andr\xe9 \x96 \x80 5");
        assert_eq!(old, Ok(("„Nee”, zei André – € 5".into(), Encoding::Windows1252)));
        assert_eq!(decoded(b"\xff\xfeJ\0a\0"), Ok(("Ja".into(), Encoding::Utf16)));
        assert_eq!(decoded(b"\xef\xbb\xbfJa"), Ok(("Ja".into(), Encoding::Utf8)));
    }

    #[test]
    fn broken_utf8_is_no_other_encoding() {
        // Another character is whole.
        let said = decoded("één caf\u{e9}".as_bytes().split_last().unwrap().1).unwrap_err();
        assert!(said.contains("byte 0xc3 at offset 9"), "{said}");
        // The only character is cut.
        assert!(decoded(b"caf\xc3").is_err());
        // Not text.
        assert!(decoded(b"\x00\x01\xe9").is_err());
        assert!(decoded(b"a\x81\xe9").is_err());
        assert!(decoded(b"\xff\xfea").is_err());
    }
}
