//! The identifier of a document as the name of a file, and back.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Longer names are cut: a system takes 255 bytes, extensions included.
const LONGEST: usize = 200;
/// Names that mean devices to Windows, whatever their extension.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];
/// The same with a digit behind them.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// A name that every system takes and that leads nowhere else: all but letters,
/// digits and a few signs is put as `%2F`. Of an identifier that is too long for a
/// name, a sum of it stands for the end, and the way back is lost.
#[must_use]
pub fn of_id(id: &str) -> String {
    let name = escaped(id);
    if name.len() <= LONGEST {
        return name;
    }
    let sum = format!("{:x}", Sha256::digest(id));
    let kept = &name[..name.floor_char_boundary(LONGEST - 17)];
    // No escape may be cut in two.
    let kept = match kept.rfind('%') {
        Some(at) if at + 3 > kept.len() => &kept[..at],
        _ => kept,
    };
    format!("{kept}={}", &sum[..16])
}

fn escaped(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    let is_device = is_device(id);
    for (at, c) in id.char_indices() {
        let is_plain = (c.is_alphanumeric() || matches!(c, '-' | '_')) && !(at == 0 && is_device);
        // Windows forgets a full stop at the end.
        let is_inside = at > 0 && (c != '.' || at + 1 < id.len());
        if is_plain || is_inside && matches!(c, '.' | '+' | '@' | '=') {
            name.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(name, "%{byte:02X}");
            }
        }
    }
    name
}

fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or(id).to_ascii_lowercase();
    let digitless = stem.strip_suffix(|c: char| c.is_ascii_digit());
    DEVICES.contains(&&*stem) || digitless.is_some_and(|it| NUMBERED_DEVICES.contains(&it))
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
        for (id, name) in [("CON", "%43ON"), ("com1.txt", "%63om1.txt"), ("slot.", "slot%2E")] {
            assert_eq!((&*of_id(id), &*to_id(name)), (name, id));
        }
        assert_eq!(of_id("conus"), "conus");
        assert_eq!(to_id("100%"), "100%");
        assert_eq!(to_id("100%zz"), "100%zz");
    }

    #[test]
    fn a_long_identifier_is_cut_and_stays_apart_from_others() {
        let long = |last: &str| of_id(&("é/".repeat(300) + last));
        assert!(long("a").len() <= LONGEST && long("a").starts_with("é%2Fé%2F"));
        assert_ne!(long("a"), long("b"));
        assert_eq!(of_id(&"a".repeat(LONGEST)), "a".repeat(LONGEST));
    }
}
