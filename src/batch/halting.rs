//! Moments at which a test stops the program to kill it there. In a release
//! build there are none.
//!
//! `WIEZEI_HALT=POINT:N:FILE` makes the program, when it comes to a point for
//! the `N`th time, make the file and wait until it is gone.

/// Where the program can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// A part is written, and nothing counts it.
    PartWritten,
    /// A manifest is written, under another name.
    ManifestWritten,
    /// A manifest has its name.
    ManifestRenamed,
    /// The output is put together, under another name.
    Assembled,
    /// All but the output has its name.
    RejectsRenamed,
    /// The output has its name; the parts are still there.
    OutputRenamed,
    /// The parts are being removed.
    PartsMoved,
}

#[cfg(debug_assertions)]
impl Point {
    const fn name(self) -> &'static str {
        match self {
            Self::PartWritten => "part-written",
            Self::ManifestWritten => "manifest-written",
            Self::ManifestRenamed => "manifest-renamed",
            Self::Assembled => "assembled",
            Self::RejectsRenamed => "rejects-renamed",
            Self::OutputRenamed => "output-renamed",
            Self::PartsMoved => "parts-moved",
        }
    }
}

/// Stops here if a test has asked for it.
#[cfg(debug_assertions)]
pub(super) fn at(point: Point) {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::{env, fs, path::Path, thread, time::Duration};

    static PASSED: AtomicU32 = AtomicU32::new(0);

    let Ok(wish) = env::var("WIEZEI_HALT") else { return };
    let mut wish = wish.splitn(3, ':');
    let (Some(name), Some(number), Some(file)) = (wish.next(), wish.next(), wish.next()) else {
        return;
    };
    if name != point.name() {
        return;
    }
    let passed = PASSED.fetch_add(1, Ordering::Relaxed) + 1;
    if number.parse() != Ok(passed) || fs::write(file, "").is_err() {
        return;
    }
    while Path::new(file).exists() {
        thread::sleep(Duration::from_millis(1));
    }
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub(super) const fn at(_: Point) {}
