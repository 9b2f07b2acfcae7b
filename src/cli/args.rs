//! The arguments as the user gives them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Parser, Subcommand, ValueEnum};
use wiezei::annotated::Annotated;
use wiezei::attribution::Kind;
use wiezei::formats::InputFormat;
use wiezei::ner::models::LabelMap;

use super::batch::BatchArgs;
use super::eval::EvalArgs;
use super::model::ModelSubcommands;

const EXAMPLES: &str = "\
Examples:
  Who says what in an article:
    wiezei attribute corpus/dijkversterking.txt

  The same as JSON, of a text from another program:
    echo '\"De brug blijft dicht\", zegt Noor Bakker.' | wiezei attribute --format jsonl

  As a page to look at: sources in colours, and why each quotation is whose:
    wiezei attribute articles/ --format html > articles.html

  All quotations of a folder as a table, and to look at or correct in brat:
    wiezei attribute articles/ --format csv > quotations.csv
    wiezei attribute articles/ --format brat --output for-brat/

Exit codes: 0 success; 1 the program or the model failed; 2 wrong arguments, or
an input that cannot be read (all the others are still read and printed).";

const SOURCES_EXAMPLES: &str = "\
Examples:
  Whom an article mentions, and by which words:
    wiezei sources corpus/dijkversterking.txt

  The same as JSON; `entities` has those who say nothing too:
    wiezei sources --format jsonl corpus/dijkversterking.txt

Gender and number are what the words of the article show, and serve to tell
whom a pronoun means; they say nothing of anyone. The text does not print them.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  Why every quotation of an article has its source:
    wiezei explain corpus/dijkversterking.txt

  The third one alone (q3 in the output of attribute):
    wiezei explain corpus/dijkversterking.txt --quote 3

  As JSON: that of attribute, with an `explanation` in each quotation:
    wiezei explain --format jsonl corpus/dijkversterking.txt";

const MARKS_EXAMPLES: &str = "\
Examples:
  Which spans in marks are speech, which are not, and why:
    wiezei marks corpus/dijkversterking.txt

  The same as JSON; `marks` has the decisions, `warnings` the repairs:
    wiezei marks --format jsonl corpus/dijkversterking.txt

Each observation has a weight, above zero for speech and below it against; with
their sum above zero the span is taken for speech. The reason is the heaviest
observation on the side that won.";

/// Finds every quotation in Dutch news text and says who said it.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find the quotations of articles and their sources
    #[command(after_help = EXAMPLES)]
    Attribute(AttributeArgs),
    /// List whom an article mentions, with every mention of each
    #[command(after_help = SOURCES_EXAMPLES)]
    Sources(SourcesArgs),
    /// Tell why each quotation has its source
    ///
    /// The rule that decided, its words underlined in their sentence, what
    /// rules further down the order would have said, and who else is mentioned
    /// there and why it is not them.
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Print the tokens and sentences of articles
    ///
    /// No model is needed. What counts as a token or a sentence is shown, one
    /// phenomenon after the other, in the folder tests/golden of the source.
    #[command(after_help = super::tokens::EXAMPLES)]
    Tokens(TokensArgs),
    /// Tell of every span in quotation marks whether it is speech, and why
    #[command(after_help = MARKS_EXAMPLES)]
    Marks(MarksArgs),
    /// List, check and fetch models that find names
    Model(ModelSubcommands),
    /// Find the quotations of a whole archive, in files that other programs read
    ///
    /// The output appears under its name when it is whole. Until then its parts
    /// lie beside it, in OUTPUT.parts; a run that is cut off at any moment goes
    /// on there with --resume, and ends with the same output. What made it
    /// stands in OUTPUT.manifest.json; records that cannot be read, with file,
    /// position and reason, in OUTPUT.rejects.jsonl.
    #[command(after_help = super::batch::EXAMPLES)]
    Batch(Box<BatchArgs>),
    /// Make one page on who is quoted in a corpus
    #[command(after_help = super::report::EXAMPLES)]
    Report(super::report::ReportArgs),
    /// Serve pages and a REST interface on this machine
    #[cfg(feature = "serve")]
    #[command(after_help = super::serve::EXAMPLES)]
    Serve(Box<super::serve::ServeArgs>),
    /// Score answers against gold labels
    #[command(after_help = super::eval::EXAMPLES)]
    Eval(Box<EvalArgs>),
}

/// The arguments of `attribute`.
#[derive(Debug, clap::Args)]
pub(super) struct AttributeArgs {
    #[command(flatten)]
    pub(super) reading: ReadingArgs<QuotationFormat>,

    /// Folder that --format brat writes to; what is there is never overwritten
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Begin CSV with a byte order mark, without which Excel misreads `é` and `„`
    #[arg(long)]
    pub(super) bom: bool,

    /// Put the article's text into the JSON too
    #[arg(long)]
    pub(super) with_text: bool,

    #[command(flatten)]
    pub(super) kept: KeptArgs,
}

/// Which quotations are written.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct KeptArgs {
    /// Keep only quotations of these kinds
    #[arg(
        long,
        value_name = "KINDS",
        value_delimiter = ',',
        value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name))
            .try_map(|name| Kind::from_name(&name).ok_or("no such kind")),
        default_value = "direct,mixed,indirect",
    )]
    kinds: Vec<Kind>,
}

impl KeptArgs {
    /// Leaves out of an article what is not wanted.
    pub(super) fn apply(&self, annotated: &mut Annotated) {
        annotated.keep_kinds(&self.kinds);
    }

    /// What is kept, in words that are the same whatever the order of the
    /// arguments.
    pub(super) fn name(&self) -> String {
        let kept = Kind::ALL.into_iter().filter(|kind| self.kinds.contains(kind));
        format!("only {}", kept.map(Kind::name).collect::<Vec<_>>().join(", "))
    }
}

/// The arguments of `sources`.
#[derive(Debug, clap::Args)]
pub(super) struct SourcesArgs {
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    /// Explain only the quotation of this number in each article: 3 for q3
    #[arg(long, value_name = "N")]
    pub(super) quote: Option<NonZeroUsize>,
}

/// The arguments of `marks`.
#[derive(Debug, clap::Args)]
pub(super) struct MarksArgs {
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

/// What is read, where its names come from, and how the answer is written: in
/// one of the formats `F`.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArgs<F = FormatArg>
where
    F: ValueEnum + Default + Clone + Send + Sync + 'static,
{
    #[command(flatten)]
    pub(super) input: InputArgs,

    /// What is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: F,

    #[command(flatten)]
    pub(super) model: ModelArgs,

    /// Take names from this JSONL file instead of the model: entities found
    /// before, or by another program
    ///
    /// A line has the `id` of an article and its `named_entities`, as the
    /// JSON output has them: `start` and `end` in code points, `label` (PER,
    /// ORG, LOC or MISC), and, if known, `text` and `score`. No model is run,
    /// also where --model is given.
    #[arg(long, value_name = "FILE.jsonl")]
    pub(super) names: Option<PathBuf>,

    /// Colour in the readable text and in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: ColorArg,

    /// No progress and no notes; errors are still shown
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// What is read, for every command that reads articles.
#[derive(Debug, clap::Args)]
pub(super) struct InputArgs {
    /// Articles: text files, JSONL files, folders (every .txt, .jsonl and
    /// .ndjson file below them), `-` for standard input
    ///
    /// A text is UTF-8 and one article, called as its file without extension; a
    /// byte order mark at its beginning is left out, and offsets count from
    /// after it. A JSONL file has an article a line: an object with `text` and,
    /// if they are known, `id` and `title`; its other fields go to the output's
    /// `metadata`. An .xml file that is named (of a folder, none is read) is news in
    /// NITF or NewsML-G2, an .html or .htm file a page with one article.
    #[arg(value_name = "FILE|DIR|-")]
    pub(super) inputs: Vec<PathBuf>,

    /// What the inputs are, where their names do not say it
    #[arg(long, value_enum, default_value_t)]
    pub(super) input_format: InputFormatArg,
}

/// The arguments of `tokens`.
#[derive(Debug, clap::Args)]
pub(super) struct TokensArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,

    /// What is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: TokensFormatArg,

    /// Put the article's text into the JSON too
    #[arg(long)]
    pub(super) with_text: bool,

    /// Colour in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: ColorArg,

    /// No progress and no notes; errors are still shown
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum TokensFormatArg {
    /// A sentence a line, its tokens with a space between them; a blank line
    /// between paragraphs
    #[default]
    Text,
    /// One JSON object a document and line; offsets in code points
    Jsonl,
    /// The columns of CoNLL-U; offsets in code points in the last one
    Conllu,
}

/// Which model finds names, and how it runs.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ModelArgs {
    /// Folder of the model that finds names, or name of a fetched one
    /// [default: that of the environment variable `WIEZEI_MODEL`, else the
    /// embedded one]
    ///
    /// A token classifier in Hugging Face layout (config.json,
    /// model.safetensors, and tokenizer.json or vocab.txt) of one of the types
    /// `bert`, `roberta`, `xlm-roberta` and `distilbert`. `wiezei model` lists
    /// models, fetches them, and tells whether a folder can be used.
    #[arg(long, value_name = "FOLDER|NAME", help_heading = MODEL)]
    pub(super) model: Option<PathBuf>,

    /// What the model's labels mean, where their names do not say it:
    /// LABEL_0=O,LABEL_1=B-PER,LABEL_2=I-PER
    #[arg(long, value_name = "LABEL=TYPE,...", help_heading = MODEL)]
    pub(super) label_map: Option<LabelMap>,

    /// How many threads the model may use [default: as many as there are cores]
    #[arg(long, value_name = "N", help_heading = MODEL)]
    pub(super) threads: Option<NonZeroUsize>,

    /// How exactly the model counts
    #[arg(long, value_enum, default_value_t, help_heading = MODEL)]
    pub(super) precision: PrecisionArg,

    /// What the model runs on
    #[arg(long, value_enum, default_value_t, help_heading = MODEL)]
    pub(super) device: DeviceArg,
}

/// Over which the options of the model stand.
const MODEL: &str = "The model that finds names";

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum PrecisionArg {
    /// 32 bits a number
    #[default]
    F32,
    /// 16 bits a number: faster where the processor has instructions for it;
    /// a few names at the edge come out otherwise
    Bf16,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum DeviceArg {
    /// The processor
    #[default]
    Cpu,
    /// The first graphics card, where libtorch was built for it
    Cuda,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum FormatArg {
    /// `text` on a terminal, `jsonl` elsewhere
    #[default]
    Auto,
    /// For people: each quotation under its source
    Text,
    /// One JSON object a document and line; offsets in code points
    Jsonl,
}

/// The formats that quotations can be written in.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum QuotationFormat {
    /// `text` on a terminal, `jsonl` elsewhere
    #[default]
    Auto,
    /// For people: each quotation under its source
    Text,
    /// One JSON object a document and line; offsets in code points
    Jsonl,
    /// One row a quotation, for R, pandas and spreadsheets
    Csv,
    /// A page that opens offline: each quotation coloured by its source, and why
    Html,
    /// A folder for brat, a .txt and an .ann file a document; needs --output
    Brat,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum InputFormatArg {
    /// As the file is called; else JSONL if it begins with `{`, else text
    #[default]
    Auto,
    /// One text
    Txt,
    /// One JSON object a line
    Jsonl,
    /// News in NITF or NewsML-G2
    Xml,
    /// A page with one article
    Html,
}

impl From<InputFormatArg> for InputFormat {
    fn from(format: InputFormatArg) -> Self {
        match format {
            InputFormatArg::Auto => Self::Auto,
            InputFormatArg::Txt => Self::Text,
            InputFormatArg::Jsonl => Self::Jsonl,
            InputFormatArg::Xml => Self::Xml,
            InputFormatArg::Html => Self::Html,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum ColorArg {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<ColorArg> for ColorChoice {
    fn from(color: ColorArg) -> Self {
        match color {
            ColorArg::Auto => Self::Auto,
            ColorArg::Always => Self::Always,
            ColorArg::Never => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }
}
