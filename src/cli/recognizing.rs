//! Where names come from: a model, loaded when the first articles are there,
//! or a file of names.

use std::collections::HashSet;

use wiezei::annotated::Annotated;
use wiezei::error::ModelError;
use wiezei::formats::{Names, Place, Reason};
#[cfg(any(feature = "bert", feature = "candle"))]
use wiezei::ner::Recognizer;
#[cfg(any(feature = "bert", feature = "candle"))]
use wiezei::ner::models::ModelFolder;
use wiezei::ner::{Entity, Recorded};
use wiezei::pipeline::Pipeline;
use wiezei::text::{Document, Span};
use wiezei::tokenize::{Tokenized, tokenize};

#[cfg(any(feature = "bert", feature = "candle"))]
use super::args::ModelArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::NamesFrom;

/// The pipeline with its names.
pub(super) enum Recognizing {
    /// From a model; `None` until it is needed, so that inputs which cannot be
    /// read are told of at once.
    Model(Option<Pipeline>),
    /// From a file.
    Names(NamesFile),
}

/// Part of the pipeline: [`Pipeline::annotate`], [`Pipeline::marks`], [`Pipeline::sources`].
pub(super) type Stages = fn(&Pipeline, Vec<Document>) -> Result<Vec<Annotated>, ModelError>;

/// A file of names and the articles that had theirs from it.
pub(super) struct NamesFile {
    names: Names,
    used: HashSet<String>,
}

impl Recognizing {
    /// Reads the file of names, if there is one.
    pub(super) fn new(names: &NamesFrom) -> Result<Self, Failure> {
        let Some(path) = &names.file else {
            return Ok(Self::Model(None));
        };
        let names = Names::read(path).map_err(Failure::names)?;
        Ok(Self::Names(NamesFile { names, used: HashSet::new() }))
    }

    /// Runs the pipeline, as far as `stages` takes it, over documents; of those
    /// whose names cannot be read, `messages` tells. Also says what found the
    /// names.
    pub(super) fn run(
        &mut self,
        stages: Stages,
        documents: Vec<Document>,
        names: &NamesFrom,
        messages: &mut Messages,
    ) -> Result<(Vec<Annotated>, String), Failure> {
        let replaying;
        let (pipeline, documents) = match self {
            Self::Model(Some(pipeline)) => (&*pipeline, documents),
            Self::Model(unloaded) => (&*unloaded.insert(load(names, messages)?), documents),
            Self::Names(file) => {
                let (recorded, documents) = file.replay(documents, messages);
                replaying = Pipeline::new(Box::new(recorded));
                (&replaying, documents)
            }
        };
        let recognizer = pipeline.recognizer().name();
        Ok((stages(pipeline, documents)?, recognizer))
    }
}

impl NamesFile {
    /// The names of `documents`, and those documents that can have them.
    fn replay(
        &mut self,
        documents: Vec<Document>,
        messages: &mut Messages,
    ) -> (Recorded, Vec<Document>) {
        let mut recorded = Recorded::new();
        let mut kept = Vec::with_capacity(documents.len());
        for document in documents {
            let id = document.id().to_owned();
            if !self.used.insert(id.clone()) {
                let reason = Reason::Duplicate { what: "article", id };
                messages.unreadable(&Place::named("the input").error(reason));
                continue;
            }
            match self.names.of(&document) {
                Some(Ok(entities)) => {
                    let entities = on_tokens(&document, entities, messages);
                    recorded.insert(id, entities);
                }
                Some(Err(error)) => {
                    messages.unreadable(&error);
                    continue;
                }
                None => messages.note(&format!("the file of names has none of article {id}")),
            }
            kept.push(document);
        }
        (recorded, kept)
    }
}

/// The entities on the words of the document, as every recognizer gives them.
/// Another program may count an apostrophe or what stands behind a slash as a
/// word of its own (*Hans* of *Hans' boek*): then the name is the whole word.
/// Of entities that cut words elsewhere and are left out, `messages` tells.
fn on_tokens(document: &Document, all: Vec<Entity>, messages: &mut Messages) -> Vec<Entity> {
    let tokenized = tokenize(document.text());
    let mut kept: Vec<Entity> = Vec::with_capacity(all.len());
    for entity in all {
        match widened(document, entity.span, &tokenized) {
            Some(span) if kept.last().is_none_or(|last| !last.span.overlaps(span)) => {
                kept.push(Entity { span, ..entity });
            }
            // Both parts of "Aalst/Gent" are in the name already.
            Some(_) => {}
            None => {
                let name = document.slice(entity.span);
                let id = document.id();
                messages.note(&format!("article {id}: \"{name}\" cuts a word and is no name here"));
            }
        }
    }
    kept
}

/// The span from the beginning of its first token to the end of its last;
/// `None` if it cuts one inside its letters.
fn widened(document: &Document, span: Span, tokenized: &Tokenized) -> Option<Span> {
    let tokens = &tokenized.tokens()[tokenized.tokens_in(span)];
    let whole = tokens.first()?.span.cover(tokens.last()?.span);
    let before = document.slice(Span::new(whole.start(), span.start()));
    let after = document.slice(Span::new(span.end(), whole.end()));
    let parts = |c: char| matches!(c, '/' | '*' | '\'' | '’');
    let is_parted = (before.is_empty() || before.ends_with(parts))
        && (after.is_empty() || after.starts_with(parts));
    is_parted.then_some(whole)
}

#[cfg(any(feature = "bert", feature = "candle"))]
fn load(names: &NamesFrom, messages: &mut Messages) -> Result<Pipeline, Failure> {
    let args = &names.model;
    let map = args.label_map.clone().unwrap_or_default();
    let folder = ModelFolder::find_with(args.model.as_deref(), &map)?;
    for note in on_labels(folder.labels()) {
        messages.note(&format!("the model {}: {note}", folder.name()));
    }
    Ok(Pipeline::new(recognizer(&folder, args)?))
}

/// The model over libtorch, as the arguments have it.
#[cfg(feature = "bert")]
fn recognizer(folder: &ModelFolder, args: &ModelArgs) -> Result<Box<dyn Recognizer>, Failure> {
    use super::args::{DeviceArg, PrecisionArg};
    use wiezei::ner::bert::{BertOptions, BertRecognizer, Precision, Processor};

    let mut options = BertOptions {
        precision: match args.precision {
            PrecisionArg::F32 => Precision::F32,
            PrecisionArg::Bf16 => Precision::Bf16,
        },
        processor: match args.device {
            DeviceArg::Cpu => Processor::Cpu,
            DeviceArg::Cuda => Processor::Cuda,
        },
        ..BertOptions::default()
    };
    if let Some(threads) = args.threads {
        options.threads = threads.get();
    }
    Ok(Box::new(BertRecognizer::load(folder, options)?))
}

/// The model in pure Rust, as far as the arguments can have it.
#[cfg(all(feature = "candle", not(feature = "bert")))]
fn recognizer(folder: &ModelFolder, args: &ModelArgs) -> Result<Box<dyn Recognizer>, Failure> {
    use super::args::{DeviceArg, PrecisionArg};
    use wiezei::ner::candle::{CandleOptions, CandleRecognizer};

    let needs_libtorch = |option: &str| {
        Failure::input(
            format!("this wiezei was built without libtorch, and {option} needs it"),
            "leave the option out, or build with the default features (cargo build --release)",
        )
    };
    match (args.precision, args.device) {
        (PrecisionArg::Bf16, _) => return Err(needs_libtorch("--precision bf16")),
        (_, DeviceArg::Cuda) => return Err(needs_libtorch("--device cuda")),
        (PrecisionArg::F32, DeviceArg::Cpu) => {}
    }
    let mut options = CandleOptions::default();
    if let Some(threads) = args.threads {
        options.threads = threads.get();
    }
    Ok(Box::new(CandleRecognizer::load(folder, options)?))
}

/// What a model's labels leave out, for the user to know.
#[cfg(any(feature = "bert", feature = "candle"))]
fn on_labels(labels: &wiezei::ner::LabelScheme) -> Vec<String> {
    let mut notes = Vec::new();
    if !labels.unknown().is_empty() {
        notes.push(format!(
            "its labels {} are no type of name here and count as no name; --label-map can say \
             otherwise",
            labels.unknown().join(", ")
        ));
    }
    let missing: Vec<_> = labels.missing().into_iter().map(wiezei::ner::Label::name).collect();
    if !missing.is_empty() {
        notes.push(format!("it has no label for {} and finds none", missing.join(", ")));
    }
    notes
}

/// What a build without the transformer says.
#[cfg(not(any(feature = "bert", feature = "candle")))]
fn load(_: &NamesFrom, _: &mut Messages) -> Result<Pipeline, Failure> {
    Err(Failure::input(
        "this wiezei was built without the transformer, so that nothing in it finds names",
        "build it with its default features (cargo build --release), or without libtorch \
         (--no-default-features --features candle), or give the names with --names FILE.jsonl",
    ))
}
