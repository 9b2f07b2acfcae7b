//! `wiezei eval convert`: the same labels in another form.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use wiezei::annotated::Annotated;
use wiezei::formats::brat::BratFolder;
use wiezei::formats::{Place, QuotationRows, Reason, RowOptions, file_name, gold};

use super::args::{ConvertArgs, LabelForm};
use super::reading;
use crate::cli::failure::Failure;
use crate::cli::messages::Messages;

/// The table that `--to csv` writes.
const TABLE: &str = "quotations.csv";

pub(super) fn run(args: &ConvertArgs, messages: &mut Messages) -> Result<(), Failure> {
    let Ok(texts) = reading::texts(&args.texts.texts, messages) else { return Ok(()) };
    let mut output = Output::create(&args.output, args.to).map_err(unwritten)?;
    let mut ids = HashSet::new();
    for path in &args.labels {
        let (documents, errors) = gold::read_each(path, &texts);
        reading::tell(path, &errors, &texts, messages);
        for annotated in documents {
            let id = annotated.document.id();
            if !ids.insert(id.to_owned()) {
                let reason = Reason::Duplicate { what: "document", id: id.to_owned() };
                messages.unreadable_labels(&Place::file(path).error(reason));
                continue;
            }
            output.write(&annotated).map_err(unwritten)?;
        }
    }
    output.flush().map_err(unwritten)?;
    let documents = if ids.len() == 1 { "document" } else { "documents" };
    messages.note(&format!("{} {documents} written to {}", ids.len(), args.output.display()));
    Ok(())
}

fn unwritten(error: io::Error) -> Failure {
    Failure::output_file(error)
}

/// A folder that labels are written to.
enum Output {
    Json(PathBuf),
    Standoff(PathBuf),
    Brat(BratFolder),
    Csv(PathBuf, Box<QuotationRows<BufWriter<File>>>),
}

impl Output {
    fn create(folder: &Path, form: LabelForm) -> io::Result<Self> {
        fs::create_dir_all(folder)
            .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", folder.display())))?;
        let path = folder.to_owned();
        Ok(match form {
            LabelForm::Json => Self::Json(path),
            LabelForm::Standoff => Self::Standoff(path),
            LabelForm::Brat => Self::Brat(BratFolder::create(folder)?),
            LabelForm::Csv => {
                let options = RowOptions { as_labels: true, ..RowOptions::default() };
                let table = BufWriter::new(new_file(&path.join(TABLE))?);
                Self::Csv(path, Box::new(QuotationRows::new(table, options)?))
            }
        })
    }

    fn write(&mut self, annotated: &Annotated) -> io::Result<()> {
        let file = |folder: &Path, extension: &str| {
            let name = file_name(annotated.document.id());
            new_file(&folder.join(format!("{name}.{extension}"))).map(BufWriter::new)
        };
        match self {
            Self::Json(folder) => {
                let mut file = file(folder, "json")?;
                gold::write(&mut file, annotated)?;
                file.flush()
            }
            Self::Standoff(folder) => {
                let mut file = file(folder, "json")?;
                gold::write_without_text(&mut file, annotated)?;
                file.flush()
            }
            Self::Brat(folder) => folder.write(annotated),
            Self::Csv(folder, rows) => {
                let mut text = file(folder, "txt")?;
                text.write_all(annotated.document.text().as_bytes())?;
                text.flush()?;
                rows.write(annotated, None)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Self::Csv(_, rows) = self { rows.flush() } else { Ok(()) }
    }
}

/// A file that was not there before.
fn new_file(path: &Path) -> io::Result<File> {
    File::create_new(path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))
}
