//! The identifier of a document as the name of a file, and back.

use std::fmt::Write as _;

/// A name that every system takes and that leads nowhere else: all but letters,
/// digits and a few signs is put as `%2F`.
#[must_use]
pub fn of_id(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for (at, c) in id.char_indices() {
        let is_plain = c.is_alphanumeric() || matches!(c, '-' | '_');
        if is_plain || at > 0 && matches!(c, '.' | '+' | '@' | '=') {
            name.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(name, "%{byte:02X}");
            }
        }
    }
    name
}

/// The identifier that a name was made of; of any other name, the name.
pub(super) fn to_id(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find('%') {
        bytes.extend(rest[..at].bytes());
        let code = rest.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        let length = if code.is_some() { 3 } else { 1 };
        bytes.push(code.unwrap_or(b'%'));
        rest = &rest[at + length..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else_and_gives_the_identifier_back() {
        assert_eq!(of_id("nos-1.2_é"), "nos-1.2_é");
        assert_eq!(of_id("../a b"), "%2E.%2Fa%20b");
        for id in ["../a b", "C:\\x", ".verborgen", "50% korting", "%2F", "a\tb", "", "é/😀"] {
            let name = of_id(id);
            assert_eq!(to_id(&name), id);
            assert!(!name.contains(['/', '\\', ':', ' ']) && !name.starts_with('.'), "{name}");
        }
        assert_eq!(to_id("100%"), "100%");
        assert_eq!(to_id("100%zz"), "100%zz");
    }
}
