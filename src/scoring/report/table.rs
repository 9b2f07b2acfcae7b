//! Columns of text that stand under each other.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use crate::scoring::bootstrap::Interval;

/// Rows of cells. The first column stands at the left, the others at the right.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    /// Columns besides the first that are words.
    words: Vec<usize>,
}

impl Table {
    pub(super) fn new<const N: usize>(header: [&str; N]) -> Self {
        Self { rows: vec![header.map(str::to_owned).to_vec()], words: Vec::new() }
    }

    /// Puts the words of a column at the left too.
    pub(super) fn left(mut self, column: usize) -> Self {
        self.words.push(column);
        self
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there is nothing under the header.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let mut line = String::from("  ");
            for (column, cell) in row.iter().enumerate() {
                let space = " ".repeat(widths[column] - cell.width());
                if column > 0 {
                    line.push_str("  ");
                }
                if column == 0 || self.words.contains(&column) {
                    line.push_str(cell);
                    line.push_str(&space);
                } else {
                    line.push_str(&space);
                    line.push_str(cell);
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A ratio in percent: `92.4`; a dash where there is none.
#[must_use]
pub fn percent(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "–".into(), |ratio| format!("{:.1}", 100.0 * ratio))
}

/// An interval in percent: `[90.1, 94.3]`.
#[must_use]
pub fn bounds(interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |Interval { low, high }| {
        format!("[{:.1}, {:.1}]", 100.0 * low, 100.0 * high)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let mut table = Table::new(["", "n", "wat"]).left(2);
        table.row(["één".into(), "3".into(), "ja".into()]);
        table.row(["veel meer".into(), "1200".into(), "nee".into()]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let expected = "                n  wat\n  één           3  ja\n  veel meer  1200  nee\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn percent_of_nothing_is_a_dash() {
        assert_eq!((percent(Some(0.92449)), percent(None)), ("92.4".into(), "–".into()));
        assert_eq!(bounds(Some(Interval { low: 0.9, high: 1.0 })), "[90.0, 100.0]");
    }
}
