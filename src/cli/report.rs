//! `wiezei report`: one page on who is quoted in a corpus.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use wiezei::formats::{Place, QuotedDocuments, ReadError, Reason, Texts};
use wiezei::report::{CorpusOptions, write_corpus};

use super::args::ColorArg;
use super::failure::Failure;
use super::messages::Messages;

pub(super) const EXAMPLES: &str = "\
Examples:
  Who is quoted in a folder of articles, as a page to open in a browser:
    wiezei attribute articles/ > quotations.jsonl
    wiezei report quotations.jsonl -o report.html

  With the words around each quotation, and the fields that have date and outlet:
    wiezei report quotations.jsonl --texts articles/ --date-field datum \\
      --outlet-field krant -o report.html

  Of what `wiezei batch` has written and compressed:
    zstdcat quotations.jsonl.zst | wiezei report - -o report.html

The page holds everything and loads nothing. Shares are corrected for what the
system was measured to get wrong, with 95% intervals; the page says how, and
warns where the corpus is not like the articles that this was measured on.";

/// The arguments of `report`.
#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// Quotations as JSON lines, as `attribute` writes them; `-` for standard
    /// input
    #[arg(value_name = "OUT.jsonl|-", required = true)]
    quotations: Vec<PathBuf>,

    /// The page
    #[arg(short, long, value_name = "FILE.html")]
    output: PathBuf,

    /// The articles themselves, to show the words around each quotation
    #[arg(long, value_name = "FILE|DIR")]
    texts: Vec<PathBuf>,

    /// What the page is called
    #[arg(long, value_name = "TITLE", default_value = "Quotations")]
    title: String,

    /// The field of the metadata that has the date [default: found by its name]
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,

    /// The field of the metadata that has the outlet [default: found by its
    /// name]
    #[arg(long, value_name = "NAME")]
    outlet_field: Option<String>,

    /// Count the gender of people too, as far as the words show it
    ///
    /// The page gives the lowest and the highest share that is possible, since
    /// of some people it is not known, and one that is corrected for how often
    /// it was wrong of people whom labelled articles call `hij` or `zij`.
    #[arg(long)]
    gender: bool,

    /// Colour in messages
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: ColorArg,

    /// No notes; errors are still shown
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Reads the quotations and writes the page.
pub(super) fn run(args: ReportArgs, messages: &mut Messages) -> Result<(), Failure> {
    let (texts, errors) = Texts::read(&args.texts);
    for error in &errors {
        messages.unreadable(error);
    }
    let mut documents = Vec::new();
    for path in &args.quotations {
        let (input, name) = match opened(path) {
            Ok(opened) => opened,
            Err(error) => {
                messages.unreadable_labels(&error);
                continue;
            }
        };
        for document in QuotedDocuments::new(input, name, &texts) {
            match document {
                Ok(document) => documents.push(document),
                Err(error) => messages.unreadable_labels(&error),
            }
        }
    }
    if documents.is_empty() {
        return Err(Failure::input(
            "there is no document to report on",
            "name a file that `wiezei attribute --format jsonl` has written",
        ));
    }
    let options = CorpusOptions {
        title: args.title,
        date_field: args.date_field,
        outlet_field: args.outlet_field,
        gender: args.gender,
    };
    let shown = args.output.display();
    let write = || -> anyhow::Result<_> {
        let out = File::create(&args.output)?;
        Ok(write_corpus(BufWriter::new(out), &documents, &options)?)
    };
    let report = write()
        .with_context(|| format!("{shown}: cannot be written"))
        .map_err(Failure::Internal)?;
    messages.note(&format!(
        "{} articles, {} quotations; dates from {}, outlets from {}",
        report.documents,
        report.quotations,
        field(report.date_field.as_deref()),
        field(report.outlet_field.as_deref()),
    ));
    for warning in &report.warnings {
        messages.note(warning);
    }
    Ok(())
}

fn field(name: Option<&str>) -> String {
    name.map_or_else(|| "no field".into(), |name| format!("the field {name:?}"))
}

fn opened(path: &Path) -> Result<(Box<dyn BufRead>, String), ReadError> {
    if path == Path::new("-") {
        return Ok((Box::new(BufReader::new(std::io::stdin())), "standard input".into()));
    }
    match File::open(path) {
        Ok(file) => Ok((Box::new(BufReader::new(file)), path.display().to_string())),
        Err(error) => Err(Place::file(path).error(Reason::io(error))),
    }
}
