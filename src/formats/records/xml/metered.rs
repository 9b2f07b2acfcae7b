//! A reader that gives no more than so many bytes until it is told to go on, and
//! counts lines.

use std::io::{self, BufRead, Read};

pub(super) struct Metered<R> {
    input: R,
    most: usize,
    left: usize,
    lines: u64,
}

impl<R> Metered<R> {
    pub(super) const fn new(input: R, most: usize) -> Self {
        Self { input, most, left: most, lines: 0 }
    }

    /// From here on, as many bytes as at the beginning may be read.
    pub(super) const fn renew(&mut self) {
        self.left = self.most;
    }

    /// Whether all are used up.
    pub(super) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// How many may be read without a break.
    pub(super) const fn most(&self) -> usize {
        self.most
    }

    /// Line breaks among what was read.
    pub(super) const fn line_breaks(&self) -> u64 {
        self.lines
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let buffer = self.input.fill_buf()?;
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        // What is consumed is in the buffer, so that this reads nothing.
        if let Ok(buffer) = self.input.fill_buf() {
            let used = &buffer[..count.min(buffer.len())];
            self.lines += used.split(|&byte| byte == b'\n').skip(1).count() as u64;
        }
        self.left = self.left.saturating_sub(count);
        self.input.consume(count);
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let buffer = self.fill_buf()?;
        let count = buffer.len().min(into.len());
        into[..count].copy_from_slice(&buffer[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_until_it_is_renewed() {
        let mut input = Metered::new(&b"een\ntwee\n"[..], 5);
        let mut text = String::new();
        assert!(input.read_to_string(&mut text).is_err());
        assert!(input.is_spent());
        assert_eq!(input.line_breaks(), 1);
        input.renew();
        input.read_to_string(&mut text).unwrap();
        assert_eq!((&*text, input.line_breaks()), ("een\ntwee\n", 2));
    }
}
