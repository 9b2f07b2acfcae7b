//! What is written, by the name of the output and the options, which have to fit
//! each other.

use wiezei::batch::OutputFormat;
use wiezei::formats::Packing;
use wiezei::formats::tables::Table;

use super::args::{BatchArgs, BatchFormat};
use crate::cli::failure::Failure;

/// The output's format, with everything that the arguments say of it.
pub(super) fn of(args: &BatchArgs) -> Result<OutputFormat, Failure> {
    let format = match (args.format, OutputFormat::of_name(&args.output)) {
        (Some(said), _) => definite(said, args),
        (None, Some(named)) => named,
        (None, None) => {
            return Err(Failure::input(
                format!("the name {} does not say what is to be written", args.output.display()),
                "call it .jsonl, .csv or .parquet (the first two also with .gz or .zst behind \
                 it), or say it with --format",
            ));
        }
    };
    let format = match format {
        #[cfg(not(feature = "parquet"))]
        OutputFormat::Parquet(_) => {
            return Err(Failure::input(
                "this wiezei was built without Parquet",
                "build it with its default features (cargo build --release)",
            ));
        }
        #[cfg(feature = "parquet")]
        OutputFormat::Parquet(default) => {
            OutputFormat::Parquet(args.table.map_or(default, Table::from))
        }
        OutputFormat::Csv { packing, .. } => {
            OutputFormat::Csv { packing, byte_order_mark: args.bom }
        }
        other => other,
    };
    check(args, format)?;
    Ok(format)
}

/// The format, compressed as the output's name says.
fn definite(said: BatchFormat, args: &BatchArgs) -> OutputFormat {
    let name = args.output.to_string_lossy();
    let (packing, _) = Packing::of_name(&name);
    match said {
        BatchFormat::Jsonl => OutputFormat::Jsonl(packing),
        BatchFormat::Csv => OutputFormat::Csv { packing, byte_order_mark: false },
        BatchFormat::Parquet => OutputFormat::Parquet(Table::default()),
        BatchFormat::Brat => OutputFormat::Brat,
    }
}

/// Refuses options that would do nothing.
fn check(args: &BatchArgs, format: OutputFormat) -> Result<(), Failure> {
    let refused = |option, why| Err(Failure::no_effect(option, why));
    if args.table.is_some() && !matches!(format, OutputFormat::Parquet(_)) {
        return refused("--table", "only Parquet has several tables");
    }
    if args.bom && !matches!(format, OutputFormat::Csv { .. }) {
        return refused("--bom", "only CSV has a byte order mark");
    }
    if !args.with_text {
        return Ok(());
    }
    match format {
        OutputFormat::Jsonl(_) | OutputFormat::Parquet(Table::Documents) => Ok(()),
        OutputFormat::Parquet(_) => {
            refused("--with-text", "only --table documents has a column for the text")
        }
        OutputFormat::Csv { .. } => {
            refused("--with-text", "a row of CSV is a quotation, and has no place for the text")
        }
        OutputFormat::Brat => refused("--with-text", "a folder for brat has the texts anyway"),
    }
}
