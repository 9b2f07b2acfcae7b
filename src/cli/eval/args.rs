//! The arguments of `eval`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use wiezei::scoring::Bootstrap;

use crate::cli::args::{ColorArg, ModelArgs};

pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  How good is wiezei on these labels:
    wiezei eval eval/gold

  How good is another system:
    wiezei eval eval/gold --system answers.jsonl

  Which of two systems is better, and could that be chance:
    wiezei eval compare a.jsonl b.jsonl --gold eval/gold

  How far two annotators agree:
    wiezei eval agreement anna/ bram/

  Labels made in brat, and the texts of labels that are kept without them:
    wiezei eval my-brat-folder/ --system answers.csv
    wiezei eval eval/news --texts articles/

  The same labels in another form:
    wiezei eval convert my-brat-folder/ --to json --output gold/

Exit codes: 0 success; 1 a score is under --fail-under, or the program or the
model failed; 2 wrong arguments, or an input that cannot be read.";

/// The arguments of `eval`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::cli) struct EvalArgs {
    #[command(subcommand)]
    pub(super) command: Option<EvalCommand>,

    #[command(flatten)]
    pub(super) score: ScoreArgs,
}

impl EvalArgs {
    fn messages(&self) -> &MessageArgs {
        let output = match &self.command {
            None => &self.score.output,
            Some(EvalCommand::Compare(args)) => &args.output,
            Some(EvalCommand::Agreement(args)) => &args.output,
            Some(EvalCommand::Convert(args)) => return &args.messages,
        };
        &output.messages
    }

    pub(in crate::cli) fn color(&self) -> ColorArg {
        self.messages().color
    }

    pub(in crate::cli) fn is_quiet(&self) -> bool {
        self.messages().quiet
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum EvalCommand {
    /// Set two systems against each other
    Compare(CompareArgs),
    /// Set two annotators against each other
    Agreement(AgreementArgs),
    /// Write labels in another form: gold JSON, brat, CSV, or without the texts
    Convert(ConvertArgs),
}

/// What labels are, and their texts where they are kept without.
#[derive(Debug, clap::Args)]
pub(super) struct TextsArgs {
    /// Texts of labels that are kept without them (such as `eval/news`), and of
    /// CSV: .txt and .jsonl files, folders of them
    ///
    /// A text is found by the labels' SHA-256 of it, whatever it is called, or
    /// by the document's `id` (the file's name, or `id` in JSONL). `\r\n` may
    /// stand for `\n`, and white space at its end may differ; nothing else.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(super) texts: Vec<PathBuf>,
}

/// The arguments of `eval` itself.
#[derive(Debug, clap::Args)]
pub(super) struct ScoreArgs {
    /// Gold documents: JSON, brat's .ann, CSV, or folders of them;
    /// quoteannotator's .xml and .xml.gz, such as the novels of `OpenBoek`
    ///
    /// Of a folder the .json files are read; where it has none, the .ann files,
    /// each with its .txt beside it; where it has none of these either, the
    /// .csv files.
    #[arg(value_name = "GOLD", required = true)]
    pub(super) gold: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) texts: TextsArgs,

    /// Score the answers in this file instead of wiezei's own
    ///
    /// JSONL as `wiezei attribute` writes it, with the gold documents' `id`s:
    /// `quotes` is enough, with `start`, `end` and `kind` in each and, where
    /// one is given, the `speaker`. Or CSV with `document`, `start`, `end`,
    /// `kind` and `speaker`, or a folder of labels, such as brat's.
    #[arg(long, value_name = "FILE|DIR", conflicts_with = "model")]
    pub(super) system: Option<PathBuf>,

    /// Also score that system's answers on the gold quotations
    ///
    /// In the same form, made with the marked gold quotations handed to the
    /// system. For wiezei itself that is done without asking.
    #[arg(long, value_name = "FILE|DIR", requires = "system")]
    pub(super) given: Option<PathBuf>,

    /// Leave out answers of less confidence than this
    ///
    /// Answers without a confidence are kept.
    #[arg(long, value_name = "X", value_parser = share, conflicts_with = "target_precision")]
    pub(super) min_confidence: Option<f64>,

    /// Leave out answers so that the others reach this precision, end to end
    ///
    /// The least confidence that does is picked on the documents of --tune,
    /// and the scores are those of the gold documents.
    #[arg(long, value_name = "X", value_parser = share, requires = "tune")]
    pub(super) target_precision: Option<f64>,

    /// Gold documents to pick the confidence on; no other scores use them
    #[arg(long, value_name = "GOLD", num_args = 1.., requires = "target_precision")]
    pub(super) tune: Vec<PathBuf>,

    /// Tell what moved against these scores, as --format json wrote them
    #[arg(long, value_name = "FILE.json")]
    pub(super) baseline: Option<PathBuf>,

    /// Exit with 1 if a score is lower, such as `marked.end_to_end.f1=0.90`
    #[arg(long, value_name = "PATH=VALUE", value_parser = limit)]
    pub(super) fail_under: Vec<Limit>,

    /// Write one row a gold quotation, right or wrong, to this file
    #[arg(long, value_name = "FILE.csv")]
    pub(super) cases: Option<PathBuf>,

    /// Write the scores, the curves and every document, labelled and predicted
    /// side by side, to this file: one page that opens offline
    ///
    /// The page holds the articles' whole texts.
    #[arg(long, value_name = "FILE.html")]
    pub(super) html: Option<PathBuf>,

    #[command(flatten)]
    pub(super) model: ModelArgs,

    /// Take names from this JSONL file instead of the model
    ///
    /// In the form that `wiezei attribute --names` takes.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "system")]
    pub(super) names: Option<PathBuf>,

    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// The arguments of `eval compare`.
#[derive(Debug, clap::Args)]
pub(super) struct CompareArgs {
    /// Answers of the first system: JSONL, CSV, or a folder of labels
    #[arg(value_name = "A")]
    pub(super) first: PathBuf,

    /// Answers of the second system
    #[arg(value_name = "B")]
    pub(super) second: PathBuf,

    /// Gold documents, in any form that `wiezei eval` takes
    #[arg(long, value_name = "GOLD", required = true, num_args = 1..)]
    pub(super) gold: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) texts: TextsArgs,

    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// The arguments of `eval agreement`.
#[derive(Debug, clap::Args)]
pub(super) struct AgreementArgs {
    /// Gold documents of the first annotator
    #[arg(value_name = "A_DIR")]
    pub(super) first: PathBuf,

    /// Gold documents of the second annotator
    #[arg(value_name = "B_DIR")]
    pub(super) second: PathBuf,

    #[command(flatten)]
    pub(super) texts: TextsArgs,

    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// The arguments of `eval convert`.
#[derive(Debug, clap::Args)]
pub(super) struct ConvertArgs {
    /// Labelled documents, in any form that `wiezei eval` takes
    #[arg(value_name = "LABELS", required = true)]
    pub(super) labels: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) texts: TextsArgs,

    /// The form to write
    #[arg(long, value_enum, value_name = "FORM")]
    pub(super) to: LabelForm,

    /// Folder to write to, made if it is not there; what is there already is
    /// never overwritten
    #[arg(long, value_name = "DIR")]
    pub(super) output: PathBuf,

    #[command(flatten)]
    pub(super) messages: MessageArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LabelForm {
    /// Gold JSON, one file a document, with its text
    Json,
    /// brat: a .txt and an .ann file a document
    Brat,
    /// One table, one row a quotation, and the texts as .txt files beside it
    Csv,
    /// Gold JSON without the texts, which have a SHA-256 in their place
    Standoff,
}

/// What all of them write, and how intervals are made.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// What is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ScoreFormat,

    /// Resamples behind each interval, and exchanges behind each test; 0 for
    /// none
    #[arg(long, value_name = "N", default_value_t = Bootstrap::default().resamples)]
    pub(super) resamples: u32,

    /// Where the random numbers of the resamples start
    #[arg(long, value_name = "N", default_value_t = Bootstrap::default().seed)]
    pub(super) seed: u64,

    #[command(flatten)]
    pub(super) messages: MessageArgs,
}

/// What is told on standard error.
#[derive(Debug, clap::Args)]
pub(super) struct MessageArgs {
    /// Colour in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: ColorArg,

    /// No notes; errors are still shown
    #[arg(short, long)]
    pub(super) quiet: bool,
}

impl OutputArgs {
    /// The resamples; `None` if there are to be none.
    pub(super) fn bootstrap(&self) -> Option<Bootstrap> {
        let bootstrap = Bootstrap { resamples: self.resamples, seed: self.seed };
        (self.resamples > 0).then_some(bootstrap)
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum ScoreFormat {
    /// Tables for people
    #[default]
    Text,
    /// One object with everything
    Json,
    /// One row a score
    Csv,
}

/// A score and the least that it may be.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    pub(super) path: String,
    pub(super) least: f64,
}

fn limit(argument: &str) -> Result<Limit, String> {
    let (path, least) = argument
        .split_once('=')
        .ok_or("it is PATH=VALUE, such as marked.end_to_end.f1=0.90".to_owned())?;
    let least: f64 = least.trim().parse().map_err(|_| format!("{least:?} is no number"))?;
    if !least.is_finite() {
        return Err(format!("{least} is no number to compare with"));
    }
    Ok(Limit { path: path.trim().to_owned(), least })
}

/// A number from 0 to 1.
fn share(argument: &str) -> Result<f64, String> {
    let share: f64 = argument.parse().map_err(|_| format!("{argument:?} is no number"))?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err("it has to lie between 0 and 1".into())
    }
}
