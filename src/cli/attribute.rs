//! `wiezei attribute`: articles in, quotations out.

use wiezei::formats::{RowOptions, write_readable};
use wiezei::pipeline::Pipeline;

use super::args::{AttributeArgs, QuotationFormat};
use super::failure::Failure;
use super::messages::Messages;
use super::settings::{Output, Settings, Wanted};
use super::streaming::{self, Work};

/// Reads, annotates and prints everything that the arguments name.
pub(super) fn run(args: AttributeArgs, messages: &mut Messages) -> Result<(), Failure> {
    let wanted = wanted(&args)?;
    // A page has room for the reasons.
    let explains = matches!(wanted, Wanted::Definite(Output::Html));
    let settings = Settings::writing(args.reading, wanted)?;
    let work = Work {
        stages: if explains { Pipeline::explain } else { Pipeline::annotate },
        write_text: |out, article, options| write_readable(out, article, options),
    };
    streaming::run(&settings, work, messages, |annotated| args.kept.apply(annotated))
}

/// What the arguments want written.
fn wanted(args: &AttributeArgs) -> Result<Wanted, Failure> {
    let with_text = args.with_text;
    let format = args.reading.format;
    if args.bom && !matches!(format, QuotationFormat::Csv) {
        return Err(Failure::no_effect("--bom", "only CSV has a byte order mark"));
    }
    // On a terminal the format may be another by itself; then nobody is misled.
    if with_text && !matches!(format, QuotationFormat::Auto | QuotationFormat::Jsonl) {
        return Err(Failure::no_effect("--with-text", "only JSON lines have a place for the text"));
    }
    let output = match (format, &args.output) {
        (QuotationFormat::Brat, Some(folder)) => Output::Brat(folder.clone()),
        (QuotationFormat::Brat, None) => {
            return Err(Failure::input(
                "--format brat writes a folder, and none is named",
                "name it with --output DIR",
            ));
        }
        (_, Some(_)) => {
            return Err(Failure::input(
                "--output names a folder, and only --format brat writes one",
                "send what is written to a file with > FILE",
            ));
        }
        (QuotationFormat::Auto, None) => return Ok(Wanted::Auto { with_text }),
        (QuotationFormat::Text, None) => return Ok(Wanted::Text),
        (QuotationFormat::Jsonl, None) => Output::Jsonl { with_text },
        (QuotationFormat::Html, None) => Output::Html,
        (QuotationFormat::Csv, None) => {
            Output::Csv(RowOptions { byte_order_mark: args.bom, as_labels: false })
        }
    };
    Ok(Wanted::Definite(output))
}
