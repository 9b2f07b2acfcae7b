//! What the user is told on standard error: errors with their way out, notes,
//! and how far a long run is.

use std::io::{self, Stderr, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wiezei::formats::{Inputs, ReadError};

use super::failure::{Failure, INPUT, INTERNAL, REJECTS};
use super::hints;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

/// Standard error, and what was said there.
pub(super) struct Messages {
    stderr: AutoStream<Stderr>,
    quiet: bool,
    progress: ProgressBar,
    unreadable: usize,
    hints: Vec<String>,
}

impl Messages {
    pub(super) fn new(color: ColorChoice, quiet: bool) -> Self {
        Self {
            stderr: AutoStream::new(io::stderr(), color),
            quiet,
            progress: ProgressBar::hidden(),
            unreadable: 0,
            hints: Vec::new(),
        }
    }

    /// Tells of an input that cannot be read. The run goes on.
    pub(super) fn unreadable(&mut self, error: &ReadError) {
        self.unreadable += 1;
        let hint = hints::read(error);
        self.error(&error.to_string(), hint);
    }

    /// Tells of a gold document or a system's answer that cannot be read.
    pub(super) fn unreadable_labels(&mut self, error: &ReadError) {
        self.unreadable += 1;
        let hint = hints::labels(error);
        self.error(&error.to_string(), hint);
    }

    /// Tells of something that the user may want to know.
    pub(super) fn note(&mut self, note: &str) {
        if !self.quiet {
            self.line(&format!("{HINT}note{HINT:#}: {}", visible(note)));
        }
    }

    /// Tells how the run ended; with the exit code.
    pub(super) fn end(mut self, done: Result<(), Failure>) -> ExitCode {
        self.progress.finish_and_clear();
        let code = match done {
            Ok(()) if self.unreadable == 0 => return ExitCode::SUCCESS,
            Ok(()) => INPUT,
            Err(Failure::Closed) => return ExitCode::SUCCESS,
            Err(Failure::Rejects(first)) => {
                if let Some(error) = first {
                    self.error(&format!("{error:#}"), None);
                }
                REJECTS
            }
            Err(Failure::Input { error, hint }) => {
                self.error(&format!("{error:#}"), hint);
                INPUT
            }
            Err(Failure::Internal(error) | Failure::Under(error)) => {
                self.error(&format!("{error:#}"), None);
                INTERNAL
            }
        };
        if self.unreadable > 1 {
            self.note(&format!("{} inputs or records could not be read", self.unreadable));
        }
        ExitCode::from(code)
    }

    /// Begins to show how far the run is, if standard error is a terminal and
    /// `wanted`.
    pub(super) fn start_progress(&mut self, inputs: &Inputs, wanted: bool) {
        if self.quiet || !wanted {
            return;
        }
        // Draws nothing where standard error is no terminal.
        let target = ProgressDrawTarget::stderr();
        let (bar, template) = match inputs.bytes() {
            Some(bytes) => {
                let template = "{bar:30} {binary_bytes}/{binary_total_bytes}, {msg}, {eta} left";
                (ProgressBar::with_draw_target(Some(bytes), target), template)
            }
            None => (
                ProgressBar::with_draw_target(None, target),
                "{spinner} {binary_bytes}, {msg}, {elapsed}",
            ),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message("loading");
        bar.enable_steady_tick(Duration::from_millis(200));
        self.progress = bar;
    }

    /// Begins to show how far a long run is, in its own words; without a
    /// terminal, nothing is shown. `bytes` is how much there is to read, if that
    /// is known.
    pub(super) fn start_bar(&mut self, bytes: Option<u64>) {
        if self.quiet {
            return;
        }
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
        let template =
            if bytes.is_some() { "{bar:24} {percent}%, {msg}" } else { "{spinner} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message("loading");
        bar.enable_steady_tick(Duration::from_millis(200));
        self.progress = bar;
    }

    /// Shows how far a long run is.
    pub(super) fn show_bar(&self, bytes: u64, message: String) {
        self.progress.set_position(bytes);
        self.progress.set_message(message);
    }

    /// Whether nobody sees a bar, and lines are to be written instead.
    pub(super) fn wants_lines(&self) -> bool {
        !self.quiet && self.progress.is_hidden()
    }

    /// Writes a line of what a run has done.
    pub(super) fn tell(&mut self, line: &str) {
        if !self.quiet {
            self.line(&visible(line));
        }
    }

    /// Shows how far the run is.
    pub(super) fn progress(&self, inputs: &Inputs, documents: usize) {
        self.progress.set_position(inputs.bytes_read());
        let articles = if documents == 1 { "article" } else { "articles" };
        self.progress.set_message(format!("{documents} {articles}"));
    }

    /// Begins to show how far a download is, if standard error is a terminal.
    #[cfg(feature = "fetch")]
    pub(super) fn start_download(&mut self) {
        if self.quiet {
            return;
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let template = "{msg} {bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        self.progress = bar;
    }

    /// Shows how many of the `size` bytes of `file` have come.
    #[cfg(feature = "fetch")]
    pub(super) fn downloaded(&self, file: &str, done: u64, size: u64) {
        if self.progress.length() != Some(size) || self.progress.message() != file {
            self.progress.reset();
            self.progress.set_message(file.to_owned());
            self.progress.set_length(size);
        }
        self.progress.set_position(done);
    }

    /// Shows no more how far the run is.
    #[cfg(feature = "fetch")]
    pub(super) fn end_progress(&mut self) {
        self.progress.finish_and_clear();
        self.progress = ProgressBar::hidden();
    }

    fn error(&mut self, error: &str, hint: Option<String>) {
        self.line(&format!("{ERROR}error{ERROR:#}: {}", visible(error)));
        // A folder of files with one fault needs its way out once.
        if let Some(hint) = hint.filter(|hint| !self.hints.contains(hint)) {
            self.line(&format!("  {HINT}hint{HINT:#}: {}", visible(&hint)));
            self.hints.push(hint);
        }
    }

    /// Writes a line above the progress bar. If standard error is closed,
    /// nobody can be told.
    fn line(&mut self, line: &str) {
        let Self { stderr, progress, .. } = self;
        progress.suspend(|| {
            let _ = writeln!(stderr, "{line}");
        });
    }
}

/// A message without control characters: file names, identifiers and words of
/// an article are in it, and none of them is to command the terminal.
fn visible(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
