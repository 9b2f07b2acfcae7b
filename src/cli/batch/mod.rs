//! `wiezei batch`: archives in, files for other programs out.

mod args;
mod showing;

use std::num::NonZero;
use std::path::Path;
use std::thread;

use wiezei::annotated::Annotated;
use wiezei::attribution::Kind;
use wiezei::batch::{self, BatchError, Change, Naming, OutputFormat, Progress, Settings};
use wiezei::formats::records::{Columns, RecordOptions};
use wiezei::formats::{Corpus, Names, ProducedBy, ReadError, Reason, Shard};

pub(super) use args::{BatchArgs, EXAMPLES};

use super::failure::Failure;
use super::hints;
use super::messages::Messages;
use super::recognizing::{self, Loaded};
use super::settings::{NamesFrom, origins};

/// Reads, annotates and writes everything that the arguments name.
pub(super) fn run(args: &BatchArgs, messages: &mut Messages) -> Result<(), Failure> {
    let format = format(args)?;
    let output = &args.output;
    let corpus = Corpus::find(origins(args.inputs.clone())?, |path| is_own(path, output));
    let corpus = corpus.map_err(input)?;
    let workers = args.model.threads.or_else(|| thread::available_parallelism().ok());
    let names = NamesFrom { file: args.names.clone(), model: args.model.clone() };
    messages.start_bar(corpus.bytes());
    let (found, produced_by) = Found::new(&names, messages)?;
    let kinds = args.kinds.clone();
    let keep = |annotated: &mut Annotated| annotated.keep_kinds(&kinds);
    let kept: Vec<_> =
        Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)).map(Kind::name).collect();
    let change = format!("only {}", kept.join(", "));
    let settings = Settings {
        output: args.output.clone(),
        format,
        with_text: args.with_text,
        records: records(args),
        shard: args.shard.unwrap_or(Shard::WHOLE),
        change: Change { name: &change, apply: &keep },
        produced_by,
        workers: workers.map_or(1, NonZero::get),
        batch: args.batch.get(),
        part: args.part.get(),
        resume: args.resume,
        overwrite: args.overwrite,
        strict: args.strict,
    };
    let progress = Progress::new();
    let naming = found.naming();
    let done = showing::during(&progress, corpus.bytes(), messages, || {
        batch::run(&corpus, &naming, &settings, &progress)
    });
    let summary = done.map_err(|error| failure(error, args))?;
    showing::summary(&summary, &progress, output, messages);
    if summary.counts.rejects > 0 { Err(Failure::Rejects(None)) } else { Ok(()) }
}

/// What finds the names.
enum Found {
    Model(Loaded),
    Recorded(Names),
}

impl Found {
    fn new(names: &NamesFrom, messages: &mut Messages) -> Result<(Self, ProducedBy), Failure> {
        let Some(path) = &names.file else {
            let loaded = recognizing::load(&names.model, |said| messages.note(said))?;
            let produced_by = loaded.produced_by.clone();
            return Ok((Self::Model(loaded), produced_by));
        };
        let recorded = Names::read(path).map_err(Failure::names)?;
        let mut produced_by = ProducedBy::new("recorded");
        produced_by.checksum = Some(recorded.checksum().to_owned());
        Ok((Self::Recorded(recorded), produced_by))
    }

    fn naming(&self) -> Naming<'_> {
        match self {
            Self::Model(loaded) => Naming::Model(loaded.recognizer.as_ref()),
            Self::Recorded(names) => Naming::Recorded(names),
        }
    }
}

fn format(args: &BatchArgs) -> Result<OutputFormat, Failure> {
    let of_name = OutputFormat::of_name(&args.output);
    let format = args.format.map(|format| format.definite(&args.output)).or(of_name);
    match format {
        Some(OutputFormat::Csv { packing, .. }) => {
            Ok(OutputFormat::Csv { packing, byte_order_mark: args.bom })
        }
        #[cfg(not(feature = "parquet"))]
        Some(OutputFormat::Parquet(_)) => Err(Failure::input(
            "this wiezei was built without Parquet",
            "build it with its default features (cargo build --release)",
        )),
        #[cfg(feature = "parquet")]
        Some(OutputFormat::Parquet(_)) => Ok(OutputFormat::Parquet(args.table.into())),
        Some(format) => Ok(format),
        None => Err(Failure::input(
            format!("the name {} does not say what is to be written", args.output.display()),
            "call it .jsonl, .csv or .parquet (the first two also with .gz or .zst behind it), or \
             say it with --format",
        )),
    }
}

fn records(args: &BatchArgs) -> RecordOptions {
    let reading = args.reading.clone();
    RecordOptions {
        form: reading.input_format.into(),
        columns: Columns {
            id: reading.id_column,
            text: reading.text_column,
            title: reading.title_column,
            date: reading.date_column,
        },
        max_bytes: reading.max_document_size,
    }
}

/// Whether a file is the output, or lies beside it with something of it.
fn is_own(path: &Path, output: &Path) -> bool {
    let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = canonical(folder.unwrap_or(Path::new(".")));
    let Some(name) = output.file_name() else { return false };
    let of_output = |inside: &Path| {
        let first = inside.iter().next().unwrap_or_default().as_encoded_bytes();
        let rest = first.strip_prefix(name.as_encoded_bytes());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"."))
    };
    canonical(path).strip_prefix(&folder).is_ok_and(of_output)
}

fn input(error: ReadError) -> Failure {
    let hint = match &*error.reason {
        Reason::NothingInFolder { .. } => Some(
            "a file that is named itself is read whatever it is called; --input-format says what \
             it is"
                .into(),
        ),
        _ => hints::read(&error),
    };
    Failure::Input { error: error.into(), hint }
}

/// The end of a run, with the way out.
fn failure(error: BatchError, args: &BatchArgs) -> Failure {
    let resume = "run the same command with --resume: what is done is kept";
    let input = |hint: String| Some(hint);
    let hint = match &error {
        BatchError::Strict(_) => return Failure::Rejects(Some(error.into())),
        BatchError::Model(_) => match error {
            BatchError::Model(error) => return error.into(),
            _ => None,
        },
        BatchError::Input(_) => input(format!("put it back as it was and {resume}")),
        BatchError::Output { .. } => {
            let way_out =
                format!("see that it can be written and that there is room, and {resume}");
            return Failure::Internal(anyhow::anyhow!("{error}; {way_out}"));
        }
        BatchError::Exists { .. } if matches!(args.format, Some(args::BatchFormat::Brat)) => {
            input("somebody may have worked on it; remove it, or name another folder".into())
        }
        BatchError::Exists { .. } => input("name another output, or give --overwrite".into()),
        BatchError::Unfinished { .. } => {
            input("go on with --resume, or begin anew with --overwrite".into())
        }
        BatchError::Changed { .. } => input(
            "give the same input, settings and model as before, or begin anew with --overwrite"
                .into(),
        ),
        BatchError::Damaged { .. } => input("begin anew with --overwrite".into()),
        BatchError::Busy { .. } => input("wait for it, or name another output".into()),
        BatchError::NotAgain => {
            input("put the input into a file, or begin anew with --overwrite".into())
        }
        _ => None,
    };
    Failure::Input { error: error.into(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_output_s_own_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let output = at("uit.jsonl");
        for own in ["uit.jsonl", "uit.jsonl.rejects.jsonl", "uit.jsonl.parts/part-00001.jsonl"] {
            assert!(is_own(&at(own), &output), "{own}");
        }
        for other in ["uit.txt", "uit.jsonl2", "in/uit.jsonl", "a.jsonl"] {
            assert!(!is_own(&at(other), &output), "{other}");
        }
    }
}
