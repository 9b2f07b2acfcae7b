//! Bytes to text: whole files and lines, checked for UTF-8, without the byte
//! order mark that Windows programs write first.

use std::io::{self, BufRead, Read};

use super::error::{Place, ReadError, Reason};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// All of `input` as text, and how many bytes it had.
pub(super) fn whole(mut input: impl Read, place: &Place) -> Result<(String, u64), ReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|error| place.clone().error(Reason::io(error)))?;
    let read = bytes.len() as u64;
    let mut text = decode(bytes, 0).map_err(|reason| place.clone().error(reason))?;
    if text.starts_with(BYTE_ORDER_MARK) {
        text.drain(..BYTE_ORDER_MARK.len());
    }
    Ok((text, read))
}

/// Bytes that begin at `offset` of their input as text.
fn decode(bytes: Vec<u8>, offset: u64) -> Result<String, Reason> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Reason::NotUtf8 { offset: offset + at as u64, byte: error.as_bytes()[at] }
    })
}

/// The lines of an input that are not blank, each with its number from 1.
///
/// A line that is no UTF-8 is an error and the lines after it still come; when
/// the device fails, that error is the last item.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    place: Place,
    number: u64,
    offset: u64,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(input: R, place: Place) -> Self {
        Self { input, place, number: 0, offset: 0, failed: false }
    }

    /// The input, at the line that was read last.
    pub(super) fn place(&self) -> Place {
        self.place.clone().at_line(self.number)
    }

    /// Bytes read so far.
    pub(super) const fn bytes_read(&self) -> u64 {
        self.offset
    }

    /// The next line, blank or not, with its line break.
    fn any(&mut self) -> Option<Result<String, ReadError>> {
        let mut bytes = Vec::new();
        let start = self.offset;
        self.number += 1;
        match self.read_line(&mut bytes) {
            Ok(0) => return None,
            Ok(read) => self.offset += read as u64,
            Err(error) => {
                self.failed = true;
                return Some(Err(self.place().error(Reason::io(error))));
            }
        }
        Some(decode(bytes, start).map_err(|reason| self.place().error(reason)))
    }

    fn read_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        self.input.read_until(b'\n', bytes)
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<String, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            let line = match self.any()? {
                Ok(line) => line,
                error => return Some(error),
            };
            let line = match line.strip_prefix(BYTE_ORDER_MARK) {
                Some(rest) if self.number == 1 => rest.to_owned(),
                _ => line,
            };
            if !line.trim().is_empty() {
                return Some(Ok(line));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Result<(u64, String), String>> {
        let mut lines = Lines::new(bytes, Place::named("in"));
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            let number = lines.number;
            found.push(line.map(|l| (number, l)).map_err(|e| e.to_string()));
        }
        found
    }

    #[test]
    fn blank_lines_are_skipped_and_counted() {
        assert_eq!(
            lines(b"a\r\n\r\n  \nb"),
            [Ok((1, "a\r\n".to_owned())), Ok((4, "b".to_owned()))]
        );
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn a_bad_line_names_its_byte_and_the_next_still_comes() {
        let found = lines(b"een\ncaf\xe9\ntwee\n");
        assert_eq!(found.len(), 3);
        let said = found[1].as_ref().unwrap_err();
        assert_eq!(said, "in, line 2: not UTF-8: byte 0xe9 at offset 7 (counted in bytes, from 0)");
        assert_eq!(found[2], Ok((3, "twee\n".to_owned())));
    }

    #[test]
    fn the_byte_order_mark_goes_only_from_the_beginning() {
        assert_eq!(lines("\u{feff}a\n".as_bytes()), [Ok((1, "a\n".to_owned()))]);
        let (text, read) = whole("\u{feff}a\u{feff}".as_bytes(), &Place::default()).unwrap();
        assert_eq!((text.as_str(), read), ("a\u{feff}", 7));
    }
}
