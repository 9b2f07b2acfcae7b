//! Whether a file has the bytes that it should have.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// A checksum, in small hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Checksum {
    /// SHA-256 of the bytes: that of a large file on the hub.
    Sha256(String),
    /// The name that git has for the bytes: that of a small file.
    Git(String),
}

impl Checksum {
    /// The checksum that an `ETag` of the hub is, if it is one.
    pub(super) fn of_etag(etag: &str) -> Option<Self> {
        let sum = etag.trim_start_matches("W/").to_ascii_lowercase();
        match sum.len() {
            64 if is_hexadecimal(&sum) => Some(Self::Sha256(sum)),
            40 if is_hexadecimal(&sum) => Some(Self::Git(sum)),
            _ => None,
        }
    }
}

/// In what the file at `path` differs from its size in bytes and its
/// checksums, if it does: what was expected, and what was found.
pub(super) fn difference(
    path: &Path,
    size: u64,
    checksums: &[Checksum],
) -> io::Result<Option<(String, String)>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length != size {
        return Ok(Some((format!("{size} bytes"), format!("{length} bytes"))));
    }
    let (mut sha256, mut git) = (Sha256::new(), Sha1::new());
    git.update(format!("blob {length}\0"));
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        sha256.update(&buffer[..count]);
        git.update(&buffer[..count]);
    }
    let (sha256, git) = (format!("{:x}", sha256.finalize()), format!("{:x}", git.finalize()));
    Ok(checksums.iter().find_map(|checksum| {
        let (kind, expected, found) = match checksum {
            Checksum::Sha256(expected) => ("SHA-256", expected, &sha256),
            Checksum::Git(expected) => ("git's checksum", expected, &git),
        };
        (expected != found).then(|| (format!("{kind} {expected}"), format!("{kind} {found}")))
    }))
}

/// Whether it is nothing but hexadecimal digits.
pub(super) fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const GIT: &str = "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f";

    #[test]
    fn an_etag_is_a_checksum_by_its_length() {
        assert_eq!(Checksum::of_etag(SHA256), Some(Checksum::Sha256(SHA256.to_owned())));
        assert_eq!(Checksum::of_etag(&format!("W/{GIT}")), Some(Checksum::Git(GIT.to_owned())));
        assert_eq!(Checksum::of_etag("5d41402abc4b2a76b9719d911017c592"), None);
        assert_eq!(Checksum::of_etag(&"x".repeat(64)), None);
    }

    #[test]
    fn a_file_differs_in_its_size_or_in_one_of_its_checksums() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        let right = [Checksum::Sha256(SHA256.to_owned()), Checksum::Git(GIT.to_owned())];
        assert_eq!(difference(&path, 3, &right).unwrap(), None);
        assert_eq!(difference(&path, 3, &[]).unwrap(), None);
        let (expected, found) = difference(&path, 4, &right).unwrap().unwrap();
        assert_eq!((expected.as_str(), found.as_str()), ("4 bytes", "3 bytes"));
        let wrong = Checksum::Git("0".repeat(40));
        let (_, found) = difference(&path, 3, &[right[0].clone(), wrong]).unwrap().unwrap();
        assert!(found.ends_with(GIT), "{found}");
    }
}
