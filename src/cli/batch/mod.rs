//! `wiezei batch`: archives in, files for other programs out.

mod args;
mod format;
mod showing;

use std::num::NonZero;
use std::thread;

use wiezei::annotated::Annotated;
use wiezei::batch::{self, BatchError, Change, Naming, Progress, Settings, Target};
use wiezei::formats::records::{Columns, RecordOptions};
use wiezei::formats::{Corpus, Names, ProducedBy, ReadError, Reason, Shard};

pub(super) use args::{BatchArgs, EXAMPLES};

use super::failure::Failure;
use super::hints;
use super::messages::Messages;
use super::recognizing::{self, Loaded};
use super::settings::origins;

/// Reads, annotates and writes everything that the arguments name.
pub(super) fn run(args: &BatchArgs, messages: &mut Messages) -> Result<(), Failure> {
    let target = Target {
        output: args.output.clone(),
        format: format::of(args)?,
        resume: args.resume,
        overwrite: args.overwrite,
    };
    let corpus = Corpus::find(origins(args.inputs.clone())?, target.own()).map_err(input)?;
    // Before the model is loaded, which may take long.
    target.check(&corpus).map_err(|error| failure(error, args))?;
    let workers = args.model.threads.or_else(|| thread::available_parallelism().ok());
    messages.start_bar(corpus.bytes());
    let found = match &args.names {
        Some(path) => Found::Recorded(recognizing::recorded(path)?),
        None => Found::Model(recognizing::load(&args.model, |said| messages.note(said))?),
    };
    let (naming, produced_by) = match &found {
        Found::Model(Loaded { recognizer, produced_by }) => {
            (Naming::Model(recognizer.as_ref()), produced_by)
        }
        Found::Recorded((names, produced_by)) => (Naming::Recorded(names), produced_by),
    };
    let keep = |annotated: &mut Annotated| args.kept.apply(annotated);
    let settings = Settings {
        target,
        with_text: args.with_text,
        records: records(args),
        shard: args.shard.unwrap_or(Shard::WHOLE),
        change: Change { name: &args.kept.name(), apply: &keep },
        produced_by: produced_by.clone(),
        workers: workers.map_or(1, NonZero::get),
        batch: args.batch.get(),
        part: args.part.get(),
        strict: args.strict,
    };
    let progress = Progress::new();
    let done = showing::during(&progress, corpus.bytes(), messages, || {
        batch::run(&corpus, &naming, &settings, &progress)
    });
    let summary = done.map_err(|error| failure(error, args))?;
    showing::summary(&summary, &progress, &args.output, messages);
    if summary.counts.rejects > 0 { Err(Failure::Rejects(None)) } else { Ok(()) }
}

/// What finds the names.
enum Found {
    Model(Loaded),
    Recorded((Names, ProducedBy)),
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
        BatchError::Damaged { .. } => {
            input("what is there is kept; --overwrite without --resume begins anew".into())
        }
        BatchError::OwnInput { .. } => input("name another output".into()),
        BatchError::Busy { .. } => input("wait for it, or name another output".into()),
        BatchError::NotAgain => {
            input("put the input into a file, or begin anew with --overwrite".into())
        }
        _ => None,
    };
    Failure::Input { error: error.into(), hint }
}
