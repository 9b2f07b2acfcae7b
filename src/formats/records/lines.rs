//! The lines of JSON lines, as bytes and none longer than is allowed, so that a
//! file without line breaks is not read into memory whole.

use std::io::{self, BufRead};

/// Lines that are not blank.
pub(super) struct BoundedLines<R> {
    input: R,
    /// The most bytes that a line may have.
    limit: usize,
    number: u64,
    offset: u64,
}

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, from 1, blank ones counted.
    pub(super) number: u64,
    /// Where it begins, in bytes from 0.
    pub(super) offset: u64,
    /// What it holds, with its line break; `None` of one that is too long.
    pub(super) bytes: Option<Vec<u8>>,
}

impl<R: BufRead> BoundedLines<R> {
    pub(super) const fn new(input: R, limit: usize) -> Self {
        Self { input, limit, number: 0, offset: 0 }
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let offset = self.offset;
            let mut bytes = Vec::new();
            if !self.read_line(&mut bytes)? {
                return Ok(None);
            }
            self.number += 1;
            let number = self.number;
            if self.offset - offset > self.limit as u64 {
                return Ok(Some(Line { number, offset, bytes: None }));
            }
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some(Line { number, offset, bytes: Some(bytes) }));
            }
        }
    }

    /// Reads up to a line break, and keeps of it what is within the limit;
    /// whether there was anything.
    fn read_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let mut any = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return Ok(any);
            }
            any = true;
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let length = end.map_or(buffer.len(), |at| at + 1);
            let room = self.limit.saturating_sub(bytes.len());
            bytes.extend_from_slice(&buffer[..length.min(room)]);
            self.offset += length as u64;
            self.input.consume(length);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut lines = BoundedLines::new(&b"een\n\n0123456789\ntwee"[..], 5);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push((line.number, line.offset, line.bytes));
        }
        let text = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(found, [(1, 0, text("een\n")), (3, 5, None), (4, 16, text("twee"))]);
    }
}
