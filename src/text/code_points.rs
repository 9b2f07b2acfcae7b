//! Byte offsets to Unicode code point offsets and back. Nothing else in the
//! library counts characters.

use super::Span;

/// Converts between byte offsets and code point offsets of one text.
///
/// Holds one entry a character of more than one byte, so plain ASCII costs
/// nothing; a look-up is a binary search.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// For each multi-byte character: its end in bytes and in code points.
    wide: Vec<(u32, u32)>,
    bytes: u32,
    points: u32,
}

impl CodePoints {
    /// Indexes `text`.
    ///
    /// # Panics
    ///
    /// If `text` is longer than `u32::MAX` bytes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut wide = Vec::new();
        let mut points = 0;
        for (start, c) in text.char_indices() {
            points += 1;
            if c.len_utf8() > 1 {
                wide.push(((start + c.len_utf8()) as u32, points));
            }
        }
        Self { wide, bytes: Span::of(0..text.len()).len(), points }
    }

    /// Length of the text in code points.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.points
    }

    /// Whether the text is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.points == 0
    }

    /// The code point offset of the character that starts at byte `byte` (or
    /// of the end of the text).
    ///
    /// # Panics
    ///
    /// In debug builds, if `byte` lies beyond the text.
    #[must_use]
    pub fn point(&self, byte: u32) -> u32 {
        debug_assert!(byte <= self.bytes, "byte {byte} lies beyond the text");
        match self.wide.partition_point(|&(end, _)| end <= byte) {
            0 => byte,
            n => {
                let (end, point) = self.wide[n - 1];
                point + (byte - end)
            }
        }
    }

    /// The byte offset of code point `point`; `None` beyond the text.
    #[must_use]
    pub fn byte(&self, point: u32) -> Option<u32> {
        if point > self.points {
            return None;
        }
        Some(match self.wide.partition_point(|&(_, end)| end <= point) {
            0 => point,
            n => {
                let (byte, end) = self.wide[n - 1];
                byte + (point - end)
            }
        })
    }

    /// A byte span as `(start, end)` in code points.
    #[must_use]
    pub fn points(&self, span: Span) -> (u32, u32) {
        (self.point(span.start()), self.point(span.end()))
    }

    /// The byte span of code points `start..end`; `None` if it is reversed or
    /// reaches beyond the text. Nothing is snapped into place.
    #[must_use]
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        if start > end {
            return None;
        }
        Some(Span::new(self.byte(start)?, self.byte(end)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_as_python_does() {
        let text = "‘É’ 😀 ja";
        let points = CodePoints::new(text);
        assert_eq!(points.len(), 8);
        let ja = Span::of(text.find("ja").unwrap()..text.len());
        assert_eq!(points.points(ja), (6, 8));
        assert_eq!(points.span(6, 8), Some(ja));
    }

    #[test]
    fn beyond_the_text_is_none() {
        let points = CodePoints::new("één");
        assert_eq!(points.span(0, 3).map(Span::end), Some(5));
        assert_eq!(points.span(0, 4), None);
        assert_eq!(points.span(2, 1), None);
    }

    proptest! {
        #[test]
        fn every_boundary_survives_the_round_trip(text in any::<String>()) {
            let points = CodePoints::new(&text);
            let ends = text.char_indices().map(|(i, _)| i).chain([text.len()]);
            for (count, byte) in ends.enumerate() {
                prop_assert_eq!(points.point(byte as u32), count as u32);
                prop_assert_eq!(points.byte(count as u32), Some(byte as u32));
            }
        }
    }
}
