//! The bytes of a file as they were before it was compressed. Whether it is
//! compressed, its first bytes say, whatever it is called. Knows nothing of
//! what the bytes mean.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::formats::packing::Packing;

/// Enough that a call of the system is nothing beside what is done with it.
const BUFFER: usize = 1 << 16;

/// What was read from the device so far, and whether it failed.
#[derive(Debug, Clone, Default)]
pub(super) struct Gauge(Arc<Readings>);

#[derive(Debug, Default)]
struct Readings {
    bytes: AtomicU64,
    failed: AtomicBool,
}

impl Gauge {
    /// Bytes as they lie on the device.
    pub(super) fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    /// Whether the device itself failed: then an error is no fault of what the
    /// file holds.
    pub(super) fn has_failed(&self) -> bool {
        self.0.failed.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, bytes: u64) {
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// For what is not read from its beginning to its end.
    #[cfg(feature = "parquet")]
    pub(super) fn set(&self, bytes: u64) {
        self.0.bytes.store(bytes, Ordering::Relaxed);
    }

    pub(super) fn fail(&self) {
        self.0.failed.store(true, Ordering::Relaxed);
    }
}

/// A reader with its gauge.
struct Gauged<R> {
    input: R,
    gauge: Gauge,
}

impl<R: Read> Read for Gauged<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer);
        match &read {
            Ok(count) => self.gauge.add(*count as u64),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.gauge.fail(),
        }
        read
    }
}

/// `input` unpacked, and how it was packed.
pub(super) fn unpack(
    input: impl Read + Send + 'static,
    gauge: &Gauge,
) -> io::Result<(Box<dyn BufRead + Send>, Packing)> {
    let mut input = Gauged { input, gauge: gauge.clone() };
    let mut start = Vec::with_capacity(Packing::MAGIC);
    input.by_ref().take(Packing::MAGIC as u64).read_to_end(&mut start)?;
    let packing = Packing::of_start(&start);
    let whole = BufReader::with_capacity(BUFFER, Cursor::new(start).chain(input));
    let unpacked: Box<dyn BufRead + Send> = match packing {
        Packing::None => Box::new(whole),
        Packing::Gzip => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(whole))),
        Packing::Zstd => {
            Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::with_buffer(whole)?))
        }
    };
    Ok((unpacked, packing))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzipped(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> io::Result<(String, Gauge)> {
        let gauge = Gauge::default();
        let mut text = String::new();
        unpack(Cursor::new(bytes), &gauge)?.0.read_to_string(&mut text)?;
        Ok((text, gauge))
    }

    #[test]
    fn the_first_bytes_say_how_it_is_packed() {
        let plain = "Brug dicht".to_owned().into_bytes();
        let (text, gauge) = read(plain).unwrap();
        assert_eq!((&*text, gauge.bytes()), ("Brug dicht", 10));
        assert_eq!(read(Vec::new()).unwrap().0, "");
        assert_eq!(read([gzipped("een"), gzipped("twee")].concat()).unwrap().0, "eentwee");
        let frame = |text: &str| zstd::encode_all(text.as_bytes(), 0).unwrap();
        assert_eq!(read([frame("een"), frame("twee")].concat()).unwrap().0, "eentwee");
    }

    #[test]
    fn what_ends_too_early_is_no_failure_of_the_device() {
        for whole in [gzipped("Brug dicht"), zstd::encode_all(&b"Brug dicht"[..], 0).unwrap()] {
            let gauge = Gauge::default();
            let cut = Cursor::new(whole[..whole.len() - 3].to_vec());
            let mut rest = Vec::new();
            assert!(unpack(cut, &gauge).unwrap().0.read_to_end(&mut rest).is_err());
            assert!(!gauge.has_failed());
        }
    }

    #[test]
    fn a_device_that_fails_is_told_apart() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let gauge = Gauge::default();
        assert!(unpack(Broken, &gauge).is_err());
        assert!(gauge.has_failed());
    }
}
