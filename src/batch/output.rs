//! What is written: the file of one part, and all parts put together. Each part
//! is a whole file of its format, so that it can be used if the run never ends.

use std::collections::HashSet;
use std::fmt;
use std::fs::{self, File};
#[cfg(feature = "parquet")]
use std::io::BufWriter;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use super::durable;
use super::packed::{Packed, unpacked};
use super::settings::Settings;
use crate::annotated::Annotated;
use crate::formats::brat::BratFolder;
use crate::formats::tables::Table;
#[cfg(feature = "parquet")]
use crate::formats::tables::{self, TableWriter};
use crate::formats::{
    JsonlOptions, Packing, ProducedBy, QuotationRows, RowOptions, file_name, write_jsonl,
};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// One JSON object an article and line.
    Jsonl(Packing),
    /// One row a quotation.
    Csv {
        /// How it is compressed.
        packing: Packing,
        /// Whether it begins with a byte order mark.
        byte_order_mark: bool,
    },
    /// A table in Parquet.
    Parquet(Table),
    /// A folder for brat, two files an article.
    Brat,
}

impl OutputFormat {
    /// The format that the name of a file says, if it says one.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (packing, inner) = Packing::of_name(&name);
        match Path::new(inner).extension()?.to_str()? {
            "jsonl" | "ndjson" => Some(Self::Jsonl(packing)),
            "csv" => Some(Self::Csv { packing, byte_order_mark: false }),
            "parquet" if packing == Packing::None => Some(Self::Parquet(Table::default())),
            _ => None,
        }
    }

    /// What the files of the parts are called behind their number.
    pub(super) fn extension(self) -> String {
        match self {
            Self::Jsonl(packing) => format!(".jsonl{}", packing.extension()),
            Self::Csv { packing, .. } => format!(".csv{}", packing.extension()),
            Self::Parquet(_) => ".parquet".into(),
            Self::Brat => ".brat".into(),
        }
    }

    /// Whether a folder is written.
    #[must_use]
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::Brat)
    }
}

/// As the manifest has it.
impl fmt::Display for OutputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension().trim_start_matches('.'))?;
        match self {
            Self::Csv { byte_order_mark: true, .. } => f.write_str(" with a byte order mark"),
            Self::Parquet(table) => write!(f, " of {}", table.name()),
            _ => Ok(()),
        }
    }
}

/// The file of a part.
pub(super) enum PartFile {
    Jsonl(Packed),
    Csv(Box<QuotationRows<Packed>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<TableWriter<BufWriter<File>>>),
    Brat(BratFolder, PathBuf),
}

impl PartFile {
    pub(super) fn create(path: &Path, settings: &Settings<'_>) -> io::Result<Self> {
        Ok(match settings.target.format {
            OutputFormat::Jsonl(packing) => Self::Jsonl(Packed::create(path, packing)?),
            OutputFormat::Csv { packing, byte_order_mark } => {
                let options = RowOptions { byte_order_mark, as_labels: false };
                Self::Csv(Box::new(QuotationRows::new(Packed::create(path, packing)?, options)?))
            }
            #[cfg(feature = "parquet")]
            OutputFormat::Parquet(table) => {
                let file = BufWriter::new(File::create(path)?);
                let Settings { produced_by, with_text, .. } = settings;
                Self::Parquet(Box::new(TableWriter::new(file, table, produced_by, *with_text)?))
            }
            #[cfg(not(feature = "parquet"))]
            OutputFormat::Parquet(_) => return Err(no_parquet()),
            OutputFormat::Brat => {
                // What a run that was cut off left there is not counted.
                remove(path)?;
                Self::Brat(BratFolder::create(path)?, path.to_owned())
            }
        })
    }

    pub(super) fn write(
        &mut self,
        annotated: &Annotated,
        settings: &Settings<'_>,
    ) -> io::Result<()> {
        let produced_by: Option<&ProducedBy> = Some(&settings.produced_by);
        match self {
            Self::Jsonl(out) => {
                let options = JsonlOptions { with_text: settings.with_text, produced_by };
                write_jsonl(out, annotated, options)
            }
            Self::Csv(rows) => rows.write(annotated, produced_by),
            #[cfg(feature = "parquet")]
            Self::Parquet(table) => table.write(annotated),
            Self::Brat(folder, _) => folder.write(annotated),
        }
    }

    /// Ends the file and puts it on the disk.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Jsonl(out) => out.finish(),
            Self::Csv(rows) => rows.finish()?.finish(),
            #[cfg(feature = "parquet")]
            Self::Parquet(table) => sync(table.finish()?),
            Self::Brat(_, path) => {
                for entry in fs::read_dir(&path)? {
                    File::open(entry?.path())?.sync_all()?;
                }
                durable::sync_folder(&path)
            }
        }
    }
}

#[cfg(not(feature = "parquet"))]
fn no_parquet() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "this wiezei was built without Parquet")
}

#[cfg(feature = "parquet")]
fn sync(file: BufWriter<File>) -> io::Result<()> {
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Removes a file or a folder, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let done = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Length of a file in bytes; number of files of a folder.
pub(super) fn size(path: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() { Ok(fs::read_dir(path)?.count() as u64) } else { Ok(metadata.len()) }
}

/// Puts parts together, as if they had been written as one.
pub(super) fn assemble(parts: &[PathBuf], out: &Path, format: OutputFormat) -> io::Result<()> {
    remove(out)?;
    match format {
        // Such files one after the other are one.
        OutputFormat::Jsonl(Packing::None | Packing::Gzip) => {
            let mut file = File::create(out)?;
            for part in parts {
                io::copy(&mut File::open(part)?, &mut file)?;
            }
            file.sync_all()
        }
        // Of zstd's, some programs read the first alone.
        OutputFormat::Jsonl(packing @ Packing::Zstd) => {
            let mut file = Packed::create(out, packing)?;
            for part in parts {
                io::copy(&mut unpacked(part, packing)?, &mut file)?;
            }
            file.finish()
        }
        OutputFormat::Csv { packing, .. } => {
            let mut file = Packed::create(out, packing)?;
            for (n, part) in parts.iter().enumerate() {
                let mut table = BufReader::new(unpacked(part, packing)?);
                let mut header = Vec::new();
                table.read_until(b'\n', &mut header)?;
                if n == 0 {
                    file.write_all(&header)?;
                }
                io::copy(&mut table, &mut file)?;
            }
            file.finish()
        }
        #[cfg(feature = "parquet")]
        OutputFormat::Parquet(_) => {
            let file = BufWriter::with_capacity(1 << 16, File::create(out)?);
            sync(tables::join(parts, file)?)
        }
        #[cfg(not(feature = "parquet"))]
        OutputFormat::Parquet(_) => Err(no_parquet()),
        OutputFormat::Brat => {
            fs::create_dir(out)?;
            for part in parts {
                for entry in fs::read_dir(part)? {
                    let entry = entry?;
                    let name = out.join(entry.file_name());
                    // The list of types is in every part.
                    if !name.exists() {
                        let linked = fs::hard_link(entry.path(), &name);
                        linked.or_else(|_| fs::copy(entry.path(), &name).map(drop))?;
                    }
                }
            }
            durable::sync_folder(out)
        }
    }
}

/// The articles that have their files in a folder for brat: a second of one name
/// would be written over the first.
#[derive(Debug, Default)]
pub(super) struct Taken(HashSet<String>);

impl Taken {
    /// Those of the parts that are done.
    pub(super) fn of(parts: &[PathBuf]) -> io::Result<Self> {
        let mut taken = Self::default();
        for part in parts {
            for entry in fs::read_dir(part)? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                taken.0.extend(name.strip_suffix(".ann").map(str::to_owned));
            }
        }
        Ok(taken)
    }

    /// Whether the files of the article `id` are free; from now on they are not.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.0.insert(file_name(id))
    }
}
