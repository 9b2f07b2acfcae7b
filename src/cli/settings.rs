//! Arguments made definite: what is read, what is written, and how.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use wiezei::formats::{InputFormat, Origin, ReadableOptions, RowOptions};

use super::args::{FormatArg, ModelArgs, ReadingArgs};
use super::failure::Failure;

/// What a command reads and writes, with nothing left to decide.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) origins: Vec<Origin>,
    pub(super) input_format: InputFormat,
    pub(super) output: Output,
    /// Whether standard output takes colour.
    pub(super) color: ColorChoice,
    pub(super) names: NamesFrom,
    /// Whether progress can be shown: not between lines of readable text.
    pub(super) progress: bool,
}

/// Where the names of articles come from.
#[derive(Debug)]
pub(super) struct NamesFrom {
    /// A file of names; without it, a model.
    pub(super) file: Option<PathBuf>,
    /// Which model, and how it runs.
    pub(super) model: ModelArgs,
}

/// What is written.
#[derive(Debug, Clone)]
pub(super) enum Output {
    Text(ReadableOptions),
    Jsonl {
        with_text: bool,
    },
    Csv(RowOptions),
    /// One page with all articles.
    Html,
    /// A folder of files for brat.
    Brat(PathBuf),
}

/// What is to be written, as far as it is known without a look at the terminal.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// Text on a terminal, JSON lines elsewhere.
    Auto {
        with_text: bool,
    },
    Text,
    /// This, wherever it goes.
    Definite(Output),
}

impl Settings {
    /// Looks at the terminal where the arguments leave it open.
    pub(super) fn new(args: ReadingArgs, with_text: bool) -> Result<Self, Failure> {
        let wanted = match args.format {
            FormatArg::Auto => Wanted::Auto { with_text },
            FormatArg::Text => Wanted::Text,
            FormatArg::Jsonl => Wanted::Definite(Output::Jsonl { with_text }),
        };
        Self::writing(args, wanted)
    }

    /// The same, for a command that has formats of its own.
    pub(super) fn writing<F>(args: ReadingArgs<F>, wanted: Wanted) -> Result<Self, Failure>
    where
        F: ValueEnum + Default + Clone + Send + Sync + 'static,
    {
        let stdout = io::stdout();
        let color = match args.color.into() {
            ColorChoice::Auto => AutoStream::choice(&stdout),
            given => given,
        };
        let text = || {
            let width = terminal_size::terminal_size_of(&stdout).map(|(w, _)| usize::from(w.0));
            let width = width.unwrap_or(ReadableOptions::default().width);
            Output::Text(ReadableOptions { width, color: color != ColorChoice::Never })
        };
        let output = match wanted {
            Wanted::Definite(output) => output,
            Wanted::Auto { with_text } if !stdout.is_terminal() => Output::Jsonl { with_text },
            Wanted::Auto { .. } | Wanted::Text => text(),
        };
        Ok(Self {
            origins: origins(args.input.inputs)?,
            input_format: args.input.input_format.into(),
            output,
            color,
            names: NamesFrom { file: args.names, model: args.model },
            progress: !stdout.is_terminal(),
        })
    }
}

/// Where the articles come from.
pub(super) fn origins(inputs: Vec<PathBuf>) -> Result<Vec<Origin>, Failure> {
    if inputs.is_empty() && io::stdin().is_terminal() {
        return Err(Failure::input(
            "no article given",
            "name a file or a folder, or pipe a text in; `-` reads what you type. \
             `--help` shows examples",
        ));
    }
    if inputs.is_empty() {
        return Ok(vec![Origin::Stdin]);
    }
    let origin = |input: PathBuf| {
        if input == Path::new("-") { Origin::Stdin } else { Origin::Path(input) }
    };
    Ok(inputs.into_iter().map(origin).collect())
}
