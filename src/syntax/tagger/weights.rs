//! The table of weights: a row a feature, a column a tag.

use std::io::{self, Read as _};
use std::sync::LazyLock;

use super::features::ROWS;
use super::tags::Tag;

/// Columns of a row: the tags, filled up so that a row fits a register.
pub(super) const COLUMNS: usize = 32;

/// What one feature adds to each tag; of an alignment with which no row lies
/// across two lines of the processor's cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(32))]
struct Row([i8; COLUMNS]);

impl Row {
    /// Not inlined: with the sums in registers, the compiler adds number by number,
    /// and the many rows of a word wait for the memory one after the other.
    #[inline(never)]
    fn add_to(&self, sums: &mut [i16; COLUMNS]) {
        for (sum, weight) in sums.iter_mut().zip(&self.0) {
            *sum += i16::from(*weight);
        }
    }
}

/// Trained weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    rows: Vec<Row>,
}

static EMBEDDED: LazyLock<Weights> = LazyLock::new(|| {
    let packed = include_bytes!("../../../models/nl-tagger/weights.bin.gz");
    Weights::unpack(packed).expect("the embedded weights are whole")
});

impl Weights {
    /// Those of `models/nl-tagger`.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Rounds to whole numbers that fit a byte.
    pub(super) fn rounded(exact: &[[f32; COLUMNS]]) -> Self {
        let largest = exact.iter().flatten().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs()));
        // Half of the range is enough for one weight: measured no worse than
        // finer steps, and it packs smaller.
        let scale = f32::from(i8::MAX) / (2.0 * largest);
        let round = |w: f32| {
            let limit = f32::from(i8::MAX);
            (w * scale).round().clamp(-limit, limit) as i8
        };
        Self { rows: exact.iter().map(|row| Row(row.map(round))).collect() }
    }

    /// Reads weights as [`pack`](Self::pack) gives them.
    ///
    /// # Errors
    ///
    /// If these are no weights of this version.
    pub fn unpack(packed: &[u8]) -> io::Result<Self> {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes)?;
        let (rows, rest) = bytes.as_chunks::<{ Tag::COUNT }>();
        if rows.len() != ROWS || !rest.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not the weights of a tagger"));
        }
        let widen = |row: &[u8; Tag::COUNT]| {
            let mut wide = [0; COLUMNS];
            for (to, from) in wide.iter_mut().zip(row) {
                *to = from.cast_signed();
            }
            Row(wide)
        };
        Ok(Self { rows: rows.iter().map(widen).collect() })
    }

    /// The weights as bytes, compressed.
    ///
    /// # Errors
    ///
    /// If the compressor fails, which it has no reason to.
    pub fn pack(&self) -> io::Result<Vec<u8>> {
        let bytes = self.rows.iter().flat_map(|row| row.0[..Tag::COUNT].iter());
        let bytes: Vec<u8> = bytes.map(|weight| weight.cast_unsigned()).collect();
        let mut packed = Vec::new();
        let mut encoder = flate2::read::GzEncoder::new(&bytes[..], flate2::Compression::best());
        encoder.read_to_end(&mut packed)?;
        Ok(packed)
    }

    /// The tag for which the rows add up to most; the first of equals.
    pub(super) fn best(&self, rows: &[u16]) -> Tag {
        let mut sums = [0_i16; COLUMNS];
        for &row in rows {
            self.rows[usize::from(row)].add_to(&mut sums);
        }
        let mut best = 0;
        for number in 1..Tag::COUNT {
            if sums[number] > sums[best] {
                best = number;
            }
        }
        Tag::numbered(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_weights_come_back() {
        let mut exact = vec![[0.0; COLUMNS]; ROWS];
        exact[7][3] = 2.0;
        exact[9][0] = -1.0;
        let weights = Weights::rounded(&exact);
        assert_eq!(Weights::unpack(&weights.pack().unwrap()).unwrap(), weights);
        assert_eq!(weights.best(&[7, 9]).number, 3);
        assert!(Weights::unpack(b"nothing").is_err());
    }
}
