//! The arguments of `batch`.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use clap::ValueEnum;
use wiezei::formats::Shard;
use wiezei::formats::records::Form;
use wiezei::formats::tables::Table;

use crate::cli::args::{ColorArg, KeptArgs, ModelArgs};

pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  A folder of texts and a compressed export, as JSON lines:
    wiezei batch articles/ export.jsonl.gz --output quotations.jsonl.gz

  A table from a database, whose columns are called otherwise; for Excel:
    wiezei batch krant.csv --text-column artikel --title-column kop --output quotations.csv --bom

  A table of the articles alone, in Parquet:
    wiezei batch archive.jsonl.zst --output articles.parquet --table documents

  Articles as an agency sends them (NITF, NewsML-G2), and saved pages:
    wiezei batch telex/ pages/*.html --output quotations.jsonl

  Go on after the power failed:
    wiezei batch 'archive/*.jsonl.zst' --output quotations.jsonl.zst --resume

  The third of sixteen machines:
    wiezei batch archive/ --shard 3/16 --output quotations-3.jsonl.zst

Exit codes: 0 success; 1 the program or the model failed, or the output cannot be
written; 2 wrong arguments, or an input that is missing; 3 some records could not
be read, all others are done.";

/// The arguments of `batch`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(in crate::cli) struct BatchArgs {
    /// Archives: files, folders (every .txt, .jsonl, .json, .csv, .tsv, .parquet,
    /// .xml and .html file below them), patterns such as 'archive/*.jsonl', `-` for
    /// standard input; each may be compressed with gzip or zstd
    #[arg(value_name = "FILE|DIR|PATTERN|-", required = true)]
    pub(super) inputs: Vec<PathBuf>,

    /// The file that is written (for brat, the folder)
    #[arg(short, long, value_name = "OUTPUT")]
    pub(super) output: PathBuf,

    /// What is written [default: what the name of the output says]
    #[arg(long, value_enum)]
    pub(super) format: Option<BatchFormat>,

    /// What a row of Parquet is: an article, somebody mentioned, or a quotation
    /// [default: quotations]
    #[arg(long, value_enum)]
    pub(super) table: Option<TableArg>,

    /// Begin CSV with a byte order mark, without which Excel misreads `é` and `„`
    #[arg(long)]
    pub(super) bom: bool,

    /// Put the article's text into the output too, where that has a place for it:
    /// JSON lines, and Parquet's table of documents
    #[arg(long)]
    pub(super) with_text: bool,

    #[command(flatten)]
    pub(super) kept: KeptArgs,

    /// Go on with a run that was cut off; without one, begin
    #[arg(long)]
    pub(super) resume: bool,

    /// Begin anew, and write over what is there when the new output is whole
    #[arg(long)]
    pub(super) overwrite: bool,

    /// Stop at the first record that cannot be read
    #[arg(long)]
    pub(super) strict: bool,

    #[command(flatten)]
    pub(super) reading: BatchReadingArgs,

    /// Read only every Nth record, beginning with the Kth, so that N machines
    /// share an archive
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub(super) shard: Option<Shard>,

    /// How many articles the model gets at once; the output does not depend on it
    #[arg(long, value_name = "N", default_value = "256")]
    pub(super) batch: NonZeroUsize,

    /// How many records a part has: what a run that is cut off has to do again
    /// at most
    #[arg(long, value_name = "N", default_value = "1000")]
    pub(super) part: NonZeroU64,

    #[command(flatten)]
    pub(super) model: ModelArgs,

    /// Take names from this JSONL file instead of the model, as `attribute` does
    #[arg(long, value_name = "FILE.jsonl")]
    pub(super) names: Option<PathBuf>,

    /// Colour in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(in crate::cli) color: ColorArg,

    /// No progress, no notes and no summary; errors are still shown
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
}

/// How records are read.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct BatchReadingArgs {
    /// What the inputs are, where their names do not say it
    #[arg(long, value_enum, default_value_t, help_heading = RECORDS)]
    pub(super) input_format: FormArg,

    /// The column or field with the identifier [default: guessed by its name]
    #[arg(long, value_name = "NAME", help_heading = RECORDS)]
    pub(super) id_column: Option<String>,

    /// The column or field with the text, or a list of its paragraphs [default:
    /// guessed]
    #[arg(long, value_name = "NAME", help_heading = RECORDS)]
    pub(super) text_column: Option<String>,

    /// The column or field with the title [default: guessed]
    #[arg(long, value_name = "NAME", help_heading = RECORDS)]
    pub(super) title_column: Option<String>,

    /// The column or field with the date, which becomes `date` in the metadata
    /// [default: guessed]
    #[arg(long, value_name = "NAME", help_heading = RECORDS)]
    pub(super) date_column: Option<String>,

    /// Reject articles of more than so many bytes: 500k, 4M
    #[arg(long, value_name = "BYTES", default_value = "4M", value_parser = bytes, help_heading = RECORDS)]
    pub(super) max_document_size: usize,
}

const RECORDS: &str = "How records are read";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BatchFormat {
    /// One JSON object an article and line; .jsonl, .jsonl.gz, .jsonl.zst
    Jsonl,
    /// One row a quotation, for R, pandas and spreadsheets; .csv, .csv.gz, .csv.zst
    Csv,
    /// A table; its columns are described in docs/tables.md
    Parquet,
    /// A folder for brat, a .txt and an .ann file an article
    Brat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TableArg {
    /// An article
    Documents,
    /// Somebody whom an article mentions
    Entities,
    /// A quotation
    Quotations,
}

impl From<TableArg> for Table {
    fn from(table: TableArg) -> Self {
        match table {
            TableArg::Documents => Self::Documents,
            TableArg::Entities => Self::Entities,
            TableArg::Quotations => Self::Quotations,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum FormArg {
    /// As the file is called; under another name, as its first bytes look
    #[default]
    Auto,
    /// One text
    Txt,
    /// One JSON object a line
    Jsonl,
    /// A JSON list of objects
    Json,
    /// A table under a header; the separator is guessed
    Csv,
    /// A table with tabs
    Tsv,
    /// A table in Parquet
    Parquet,
    /// News in NITF or NewsML-G2
    Xml,
    /// A page with one article
    Html,
}

impl From<FormArg> for Form {
    fn from(form: FormArg) -> Self {
        match form {
            FormArg::Auto => Self::Auto,
            FormArg::Txt => Self::Text,
            FormArg::Jsonl => Self::Jsonl,
            FormArg::Json => Self::Json,
            FormArg::Csv => Self::Csv,
            FormArg::Tsv => Self::Tsv,
            FormArg::Parquet => Self::Parquet,
            FormArg::Xml => Self::Xml,
            FormArg::Html => Self::Html,
        }
    }
}

/// `3/16`.
fn shard(text: &str) -> Result<Shard, String> {
    let wanted = || format!("{text:?} is no share such as 3/16");
    let (number, count) = text.split_once('/').ok_or_else(wanted)?;
    let number: u64 = number.parse().map_err(|_| wanted())?;
    let count: u64 = count.parse().map_err(|_| wanted())?;
    if number == 0 || number > count {
        return Err(format!("the share counts from 1 to {count}"));
    }
    Ok(Shard { index: number - 1, count })
}

/// `4M`.
fn bytes(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        _ => return Err(format!("{text:?} is no number of bytes such as 500k or 4M")),
    };
    let number: usize = digits.parse().map_err(|_| format!("{digits:?} is no whole number"))?;
    match number.checked_mul(factor) {
        Some(bytes) if bytes > 0 && bytes <= wiezei::text::MAX_TEXT_BYTES => Ok(bytes),
        _ => Err("between 1 byte and 4 GB".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_count_from_one() {
        assert_eq!(shard("3/16"), Ok(Shard { index: 2, count: 16 }));
        assert_eq!(shard("1/1"), Ok(Shard::WHOLE));
        for wrong in ["0/3", "4/3", "3", "a/b", "-1/2"] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(bytes("4M"), Ok(4_000_000));
        assert_eq!(bytes("500kB"), Ok(500_000));
        assert_eq!(bytes("12"), Ok(12));
        for wrong in ["", "M", "1.5M", "4 apples", "0", "99999999999M"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
