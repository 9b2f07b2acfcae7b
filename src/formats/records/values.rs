//! The values of a JSON list, or of JSON values one after the other, each cut
//! out as bytes, so that a list of any length streams and one bad value spoils
//! no other. What a value says is read by whoever asked for it.

use std::io::{self, BufRead};

/// The values of an input.
pub(super) struct Values<R> {
    input: R,
    /// The most bytes that a value may have.
    limit: usize,
    number: u64,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    /// Inside a list.
    List,
    /// No list: values one after the other.
    Loose,
    Done,
}

/// One value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Its number, from 1.
    pub(super) number: u64,
    pub(super) found: Found,
}

/// What there is of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// All of it.
    Whole(Vec<u8>),
    /// It is longer than is allowed.
    TooLong,
    /// The input ends inside it, or inside the list.
    CutOff,
}

/// How far a value has been read.
#[derive(Default)]
struct Progress {
    bytes: Vec<u8>,
    length: usize,
    has_begun: bool,
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl<R: BufRead> Values<R> {
    pub(super) const fn new(input: R, limit: usize) -> Self {
        Self { input, limit, number: 0, state: State::Start }
    }

    /// The next value.
    pub(super) fn next(&mut self) -> io::Result<Option<Value>> {
        loop {
            if self.state == State::Done {
                return Ok(None);
            }
            let Some(byte) = self.peek()? else {
                let was_open = self.state == State::List;
                self.state = State::Done;
                self.number += 1;
                let number = self.number;
                return Ok(was_open.then_some(Value { number, found: Found::CutOff }));
            };
            match (byte, self.state) {
                (b' ' | b'\t' | b'\r' | b'\n' | b',', _)
                // A byte order mark.
                | (0xef | 0xbb | 0xbf, State::Start) => self.input.consume(1),
                (b'[', State::Start) => {
                    self.input.consume(1);
                    self.state = State::List;
                }
                (b']', State::List) => {
                    self.input.consume(1);
                    self.state = State::Loose;
                }
                _ => {
                    if self.state == State::Start {
                        self.state = State::Loose;
                    }
                    self.number += 1;
                    let found = self.value()?;
                    return Ok(Some(Value { number: self.number, found }));
                }
            }
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                buffer => return Ok(buffer?.first().copied()),
            }
        }
    }

    fn value(&mut self) -> io::Result<Found> {
        let mut progress = Progress::default();
        loop {
            if self.peek()?.is_none() {
                self.state = State::Done;
                let is_whole = progress.depth == 0 && !progress.in_string;
                return Ok(if is_whole { self.found(progress) } else { Found::CutOff });
            }
            let buffer = self.input.fill_buf()?;
            let mut used = 0;
            let mut is_done = false;
            while used < buffer.len() && !is_done {
                match progress.step(buffer[used]) {
                    Step::Inside => used += 1,
                    Step::Last => {
                        used += 1;
                        is_done = true;
                    }
                    Step::Behind => is_done = true,
                }
            }
            progress.length += used;
            let room = self.limit.saturating_sub(progress.bytes.len());
            progress.bytes.extend_from_slice(&buffer[..used.min(room)]);
            self.input.consume(used);
            if is_done {
                return Ok(self.found(progress));
            }
        }
    }

    fn found(&self, progress: Progress) -> Found {
        if progress.length > self.limit { Found::TooLong } else { Found::Whole(progress.bytes) }
    }
}

/// What a byte is to the value that is being read.
enum Step {
    /// A part of it.
    Inside,
    /// The last of it.
    Last,
    /// The first that is no part of it.
    Behind,
}

impl Progress {
    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            let ends = byte == b'"' && !self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            self.in_string = !ends;
            return if ends && self.depth == 0 { Step::Last } else { Step::Inside };
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            // Of the list around it; without one it is a value by itself, and bad.
            b'}' | b']' if self.depth == 0 => {
                return if self.has_begun { Step::Behind } else { Step::Last };
            }
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return Step::Behind,
            _ => {}
        }
        self.has_begun = true;
        Step::Inside
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    fn values(json: &[u8], buffer: usize, limit: usize) -> Vec<(u64, Result<String, Found>)> {
        let mut values = Values::new(BufReader::with_capacity(buffer, json), limit);
        let mut all = Vec::new();
        while let Some(value) = values.next().unwrap() {
            let found = match value.found {
                Found::Whole(bytes) => Ok(String::from_utf8(bytes).unwrap()),
                other => Err(other),
            };
            all.push((value.number, found));
        }
        all
    }

    fn whole(number: u64, json: &str) -> (u64, Result<String, Found>) {
        (number, Ok(json.to_owned()))
    }

    #[test]
    fn a_list_is_cut_at_its_commas() {
        let json = br#" [ {"a":"]}\"","b":[1,{}]} , 7,{"c":2},"x,y" ] "#;
        for buffer in [1, 3, 100] {
            let found = values(json, buffer, 100);
            let first = whole(1, r#"{"a":"]}\"","b":[1,{}]}"#);
            let rest = [whole(2, "7"), whole(3, r#"{"c":2}"#), whole(4, r#""x,y""#)];
            assert_eq!(found, [&[first][..], &rest].concat());
        }
        assert_eq!(values(b"[]", 9, 9), []);
        assert_eq!(values(b"", 9, 9), []);
    }

    #[test]
    fn values_without_a_list_come_too() {
        assert_eq!(values(b"{\n}\n{}", 2, 9), [whole(1, "{\n}"), whole(2, "{}")]);
        assert_eq!(values("\u{feff}[{}]".as_bytes(), 2, 9), [whole(1, "{}")]);
    }

    #[test]
    fn what_is_cut_off_or_too_long_is_told() {
        assert_eq!(values(b"[{},{\"a\":", 4, 99), [whole(1, "{}"), (2, Err(Found::CutOff))]);
        assert_eq!(values(b"[{},", 4, 99), [whole(1, "{}"), (2, Err(Found::CutOff))]);
        let found = values(b"[{\"a\":\"0123456789\"},{}]", 4, 9);
        assert_eq!(found, [(1, Err(Found::TooLong)), whole(2, "{}")]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(json in prop::collection::vec(prop::sample::select(
            b"[]{},\"\\ 1a\n".to_vec()), 0..60)) {
            let mut values = Values::new(BufReader::with_capacity(3, &*json), 9);
            let mut count = 0;
            while values.next().unwrap().is_some() {
                count += 1;
                prop_assert!(count <= json.len() + 1);
            }
        }
    }
}
