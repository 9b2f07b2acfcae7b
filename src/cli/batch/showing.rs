//! How far a run is, and what it has done, in words.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use wiezei::batch::{Progress, Stage, Summary};

use crate::cli::messages::Messages;

const TICK: Duration = Duration::from_millis(200);
/// Where there is no terminal, how often a line tells how far the run is.
const BETWEEN_LINES: Duration = Duration::from_mins(1);

/// Does `work`, and shows meanwhile how far it is.
pub(super) fn during<T>(
    progress: &Progress,
    bytes: Option<u64>,
    messages: &mut Messages,
    work: impl FnOnce() -> T,
) -> T {
    let (done, is_done) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut last_line = Instant::now();
            loop {
                let ended = is_done.recv_timeout(TICK) == Err(RecvTimeoutError::Disconnected);
                for note in progress.take_notes() {
                    messages.note(&note);
                }
                if ended {
                    return;
                }
                let line = line(progress, bytes);
                if messages.wants_lines() && last_line.elapsed() >= BETWEEN_LINES {
                    last_line = Instant::now();
                    messages.tell(&line);
                }
                messages.show_bar(progress.bytes_read(), line);
            }
        });
        let result = work();
        drop(done);
        result
    })
}

fn line(progress: &Progress, bytes: Option<u64>) -> String {
    let Some((elapsed, articles)) = progress.since_begun() else {
        return "looking at the input".into();
    };
    let speed = articles as f64 / elapsed.as_secs_f64().max(0.001);
    let mut line = vec![
        counted(progress.documents(), "article"),
        size(progress.bytes()),
        format!("{speed:.0} articles/s"),
    ];
    if progress.rejects() > 0 {
        line.push(format!("{} rejected", grouped(progress.rejects())));
    }
    let read = progress.bytes_read();
    let all = progress.documents();
    if let Some(bytes) = bytes
        && read > 0
        && articles > 0
    {
        // As many articles a byte as until now.
        let total = all as f64 * bytes as f64 / read as f64;
        let left = Duration::from_secs_f64((total - all as f64).max(0.0) / speed.max(1e-9));
        line.push(format!("{} left", time(left)));
    }
    line.join(", ")
}

/// What a run has done.
pub(super) fn summary(
    summary: &Summary,
    progress: &Progress,
    output: &Path,
    messages: &mut Messages,
) {
    let counts = &summary.counts;
    let output = output.display();
    if summary.was_whole {
        messages.tell(&format!("{output} is whole already; nothing was done"));
        return;
    }
    let (elapsed, articles) = progress.since_begun().unwrap_or_default();
    let speed = articles as f64 / elapsed.as_secs_f64().max(0.001);
    messages.tell(&format!(
        "{output}: {}, {}, in {} ({speed:.0} articles/s)",
        counted(counts.documents, "article"),
        size(counts.bytes),
        time(elapsed)
    ));
    if summary.before > 0 {
        let before = was_or_were(summary.before, "record");
        messages.tell(&format!("  {before} done before"));
    }
    messages.tell(&format!(
        "  {}: {} direct, {} mixed, {} indirect; {} with their source",
        counted(counts.quotations(), "quotation"),
        grouped(counts.direct),
        grouped(counts.mixed),
        grouped(counts.indirect),
        grouped(counts.with_source)
    ));
    if counts.with_warning > 0 {
        let not_dutch = match counts.not_dutch {
            0 => String::new(),
            count => format!("; not Dutch, by the look of it: {}", grouped(count)),
        };
        let with_warning = counted(counts.with_warning, "article");
        messages.tell(&format!("  warnings in {with_warning}{not_dutch}"));
    }
    if counts.rejects > 0 {
        let rejects = was_or_were(counts.rejects, "record");
        messages.tell(&format!("  {rejects} rejected: see {output}.rejects.jsonl"));
    }
    let stages = Stage::ALL.map(|stage| format!("{} {}", stage.name(), time(progress.time(stage))));
    messages.tell(&format!("  time by stage, beside each other: {}", stages.join(", ")));
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 article`, `1,234 articles`.
fn counted(number: u64, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {what}{s}", grouped(number))
}

/// `1 record was`, `2 records were`.
fn was_or_were(number: u64, what: &str) -> String {
    format!("{} {}", counted(number, what), if number == 1 { "was" } else { "were" })
}

/// `12.3 MB`.
fn size(bytes: u64) -> String {
    let bytes = bytes as f64;
    match bytes {
        ..1e6 => format!("{:.1} kB", bytes / 1e3),
        ..1e9 => format!("{:.1} MB", bytes / 1e6),
        _ => format!("{:.1} GB", bytes / 1e9),
    }
}

/// `3 min 12 s`.
fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_for_people() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [0, 1, 2000].map(|n| counted(n, "article")).join(", "),
            "0 articles, 1 article, 2,000 articles"
        );
        assert_eq!([1, 2].map(|n| was_or_were(n, "record")), ["1 record was", "2 records were"]);
        assert_eq!([1500, 34_500_000].map(size), ["1.5 kB", "34.5 MB"]);
        let times = [900, 12_000, 192_000, 7_260_000].map(|ms| time(Duration::from_millis(ms)));
        assert_eq!(times, ["0.9 s", "12 s", "3 min 12 s", "2 h 1 min"]);
    }
}
