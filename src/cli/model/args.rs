//! The arguments of `wiezei model`.

use std::path::PathBuf;

use clap::Subcommand;
use wiezei::ner::models::LabelMap;

use crate::cli::args::ColorArg;

const EXAMPLES: &str = "\
Examples:
  Which models there are, here and to be had:
    wiezei model list

  Whether a folder can be used, and what its labels mean:
    wiezei model check models/nl-news-ner

  Names by BERTje instead of the embedded model:
    wiezei model fetch bertje-conll2002
    wiezei attribute --model bertje-conll2002 articles/";

const FETCH_EXAMPLES: &str = "\
Examples:
  A model that has a short name (wiezei model list shows them):
    wiezei model fetch robbert-v2-ner

  Any other token classifier of the hub, as a pull request of it has it:
    wiezei model fetch OWNER/REPOSITORY --revision refs/pr/1

A fetch that was interrupted goes on where it stopped when the same command is
given again. Every file is compared with the checksum that the hub has of it.
The models lie in wiezei/models below XDG_CACHE_HOME, or below ~/.cache; delete
a folder there to be rid of a model.

Environment: HF_ENDPOINT names another server with the same answers;
HF_HUB_OFFLINE=1 forbids the network.";

/// The arguments of `model`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ModelSubcommands {
    #[command(subcommand)]
    pub(super) command: ModelCommand,

    /// Colour in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    pub(in crate::cli) color: ColorArg,

    /// No progress and no notes; errors are still shown
    #[arg(short, long, global = true)]
    pub(in crate::cli) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelCommand {
    /// List the models that are here, and those that can be fetched by name
    List,
    /// Tell whether a model can be used, and what its labels mean
    ///
    /// Its type and sizes, its tokenizer, what each label is read as, and what
    /// of it is lost. Where it cannot be used, why, and what to do about it.
    Check(CheckArgs),
    /// Get a model from the Hugging Face Hub
    #[command(after_help = FETCH_EXAMPLES)]
    Fetch(FetchArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// A folder in Hugging Face layout, or the name of a fetched model
    /// [default: the model that `wiezei attribute` would use]
    #[arg(value_name = "FOLDER|NAME")]
    pub(super) model: Option<PathBuf>,

    /// What the model's labels mean, where their names do not say it:
    /// LABEL_0=O,LABEL_1=B-PER,LABEL_2=I-PER
    #[arg(long, value_name = "LABEL=TYPE,...")]
    pub(super) label_map: Option<LabelMap>,
}

#[derive(Debug, clap::Args)]
pub(super) struct FetchArgs {
    /// A short name (`wiezei model list`), or a repository of the hub
    #[arg(value_name = "NAME|OWNER/REPOSITORY")]
    pub(super) name: String,

    /// A commit, branch or pull request (refs/pr/1) of the repository
    /// [default: the one in the list, else main]
    #[arg(long, value_name = "REVISION")]
    pub(super) revision: Option<String>,

    /// What the SHA-256 of model.safetensors must be
    #[arg(long, value_name = "HEX", value_parser = sha256)]
    pub(super) sha256: Option<String>,
}

fn sha256(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(text.to_ascii_lowercase());
    }
    Err("a SHA-256 has 64 hexadecimal digits".to_owned())
}
