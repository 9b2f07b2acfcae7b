//! How far a run is, for whoever shows it: counters that the stages add to.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::manifest::Counts;

/// What time is spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the input, and cutting it into tokens.
    Reading,
    /// Finding names.
    Names,
    /// Everything behind the names.
    Rules,
    /// Writing the output.
    Writing,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Self; 4] = [Self::Reading, Self::Names, Self::Rules, Self::Writing];

    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Names => "names",
            Self::Rules => "rules",
            Self::Writing => "writing",
        }
    }
}

/// How far a run is.
#[derive(Debug, Default)]
pub struct Progress {
    documents: AtomicU64,
    rejects: AtomicU64,
    bytes: AtomicU64,
    bytes_read: AtomicU64,
    nanoseconds: [AtomicU64; Stage::ALL.len()],
    notes: Mutex<Vec<String>>,
    begun: Mutex<Option<(Instant, Counts)>>,
}

impl Progress {
    /// Nothing done yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Articles written, those of a run before counted.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.documents.load(Relaxed)
    }

    /// Records that could not be read.
    #[must_use]
    pub fn rejects(&self) -> u64 {
        self.rejects.load(Relaxed)
    }

    /// Bytes of the articles written.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Bytes of the input read, as they lie on the device.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Relaxed)
    }

    /// How long a stage has worked; the stages work beside each other.
    #[must_use]
    pub fn time(&self, stage: Stage) -> Duration {
        Duration::from_nanos(self.nanoseconds[stage as usize].load(Relaxed))
    }

    /// How long the run has gone on, and how many articles it has written in
    /// that time; `None` before it has begun.
    #[must_use]
    pub fn since_begun(&self) -> Option<(Duration, u64)> {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.map(|(begun, before)| {
            (begun.elapsed(), self.documents().saturating_sub(before.documents))
        })
    }

    /// What the user may want to know, since the last call.
    #[must_use]
    pub fn take_notes(&self) -> Vec<String> {
        std::mem::take(&mut *self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn begin(&self, now: Instant, before: Counts) {
        self.add(before);
        *self.begun.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, before));
    }

    pub(super) fn add(&self, counts: Counts) {
        self.documents.fetch_add(counts.documents, Relaxed);
        self.rejects.fetch_add(counts.rejects, Relaxed);
        self.bytes.fetch_add(counts.bytes, Relaxed);
    }

    pub(super) fn set_bytes_read(&self, bytes: u64) {
        self.bytes_read.store(bytes, Relaxed);
    }

    pub(super) fn note(&self, note: String) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    /// Does `work` on a stage's account.
    pub(super) fn timed<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds[stage as usize].fetch_add(spent, Relaxed);
        done
    }
}
