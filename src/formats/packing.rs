//! How a file is compressed, as its name or its first bytes say.

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    /// Not at all.
    #[default]
    None,
    /// As `.gz`.
    Gzip,
    /// As `.zst`.
    Zstd,
}

impl Packing {
    /// How many bytes [`of_start`](Self::of_start) looks at.
    pub(super) const MAGIC: usize = ZSTD.len();

    /// The extension that says so, with its dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gzip => ".gz",
            Self::Zstd => ".zst",
        }
    }

    /// The packing that a name's extension says, and the name without it.
    /// Capitals mean nothing.
    #[must_use]
    pub fn of_name(name: &str) -> (Self, &str) {
        for packing in [Self::Gzip, Self::Zstd] {
            let extension = packing.extension();
            let split = name.len().checked_sub(extension.len());
            if let Some((inner, end)) = split.and_then(|at| name.split_at_checked(at))
                && end.eq_ignore_ascii_case(extension)
            {
                return (packing, inner);
            }
        }
        (Self::None, name)
    }

    /// The packing of which these are the first bytes.
    pub(super) fn of_start(start: &[u8]) -> Self {
        if start.starts_with(GZIP) {
            Self::Gzip
        } else if start.starts_with(ZSTD) {
            Self::Zstd
        } else {
            Self::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_it_in_small_letters_and_capitals() {
        assert_eq!(Packing::of_name("a.jsonl.gz"), (Packing::Gzip, "a.jsonl"));
        assert_eq!(Packing::of_name("A.CSV.ZST"), (Packing::Zstd, "A.CSV"));
        for plain in ["a.jsonl", "gz", "", "a.jsonl.bz2", "één", "é.g"] {
            assert_eq!(Packing::of_name(plain), (Packing::None, plain));
        }
    }
}
