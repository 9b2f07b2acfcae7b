//! Where the bytes of a passage stand on the page: lines and columns.

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

/// One line of a passage.
pub(crate) struct Line<'a> {
    text: &'a str,
    /// Its first byte in the passage.
    start: usize,
}

/// The lines of a passage.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |text: &'_ str| {
        let begin = start;
        start += text.len() + 1;
        begin
    };
    let starts: Vec<usize> = text.split('\n').map(line).collect();
    text.split('\n').zip(starts).map(|(text, start)| Line { text, start }).collect()
}

impl Line<'_> {
    /// How many columns it takes.
    pub(crate) fn width(&self) -> usize {
        self.text.width()
    }

    /// The columns of the bytes `span` of the passage, as far as they are on
    /// this line.
    pub(crate) fn columns(&self, span: Range<usize>) -> Option<Range<usize>> {
        let end = self.start + self.text.len();
        let (from, to) = (span.start.max(self.start), span.end.min(end));
        let column = |byte: usize| self.text[..byte - self.start].width();
        (from < to).then(|| column(from)..column(to))
    }

    /// Whether the byte `offset` of the passage is on this line.
    pub(crate) fn holds(&self, offset: usize) -> bool {
        (self.start..self.start + self.text.len()).contains(&offset)
    }

    /// A row of blanks as wide as the line.
    pub(crate) fn blank_row(&self) -> Vec<char> {
        vec![' '; self.width()]
    }
}
