//! Where names come from: a model, loaded when the first articles are there,
//! or a file of names.

use std::collections::HashSet;
use std::path::Path;

use wiezei::annotated::Annotated;
use wiezei::error::ModelError;
use wiezei::formats::{Names, Place, ProducedBy, Reason};
#[cfg(any(feature = "bert", feature = "candle"))]
use wiezei::ner::models::ModelFolder;
#[cfg(feature = "serve")]
use wiezei::ner::{Entity, Input};
use wiezei::ner::{Recognizer, Recorded, on_tokens};
use wiezei::pipeline::Pipeline;
use wiezei::text::Document;
use wiezei::tokenize::tokenize;

use super::args::ModelArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::NamesFrom;

/// The pipeline with its names.
pub(super) enum Recognizing {
    /// From a model; `None` until it is needed, so that inputs which cannot be
    /// read are told of at once.
    Model(Option<(Pipeline, ProducedBy)>),
    /// From a file.
    Names(NamesFile),
}

/// What finds names by a model, and what its answers are produced by.
pub(super) struct Loaded {
    pub(super) recognizer: Box<dyn Recognizer>,
    pub(super) produced_by: ProducedBy,
}

/// Part of the pipeline: [`Pipeline::annotate`], [`Pipeline::marks`], [`Pipeline::sources`].
pub(super) type Stages = fn(&Pipeline, Vec<Document>) -> Result<Vec<Annotated>, ModelError>;

/// A file of names and the articles that had theirs from it.
pub(super) struct NamesFile {
    names: Names,
    produced_by: ProducedBy,
    used: HashSet<String>,
}

impl Recognizing {
    /// Reads the file of names, if there is one.
    pub(super) fn new(names: &NamesFrom) -> Result<Self, Failure> {
        let Some(path) = &names.file else {
            return Ok(Self::Model(None));
        };
        let (names, produced_by) = recorded(path)?;
        Ok(Self::Names(NamesFile { names, produced_by, used: HashSet::new() }))
    }

    /// Runs the pipeline, as far as `stages` takes it, over documents; of those
    /// whose names cannot be read, `messages` tells. Also says what the answers
    /// are produced by.
    pub(super) fn run(
        &mut self,
        stages: Stages,
        documents: Vec<Document>,
        names: &NamesFrom,
        messages: &mut Messages,
    ) -> Result<(Vec<Annotated>, ProducedBy), Failure> {
        let (pipeline, produced_by) = match self {
            Self::Names(file) => {
                let (recorded, documents) = file.replay(documents, messages);
                let pipeline = Pipeline::new(Box::new(recorded));
                return Ok((stages(&pipeline, documents)?, file.produced_by.clone()));
            }
            Self::Model(Some(loaded)) => &*loaded,
            Self::Model(unloaded) => {
                let Loaded { recognizer, produced_by } =
                    load(&names.model, |said| messages.note(said))?;
                &*unloaded.insert((Pipeline::new(recognizer), produced_by))
            }
        };
        Ok((stages(pipeline, documents)?, produced_by.clone()))
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
                    let (entities, cut) =
                        on_tokens(&document, &tokenize(document.text()), entities);
                    for entity in cut {
                        let name = document.slice(entity.span);
                        messages.note(&format!(
                            "article {id}: \"{name}\" cuts a word and is no name here"
                        ));
                    }
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

/// Opens a file of names; also says what the answers are produced by.
pub(super) fn recorded(path: &Path) -> Result<(Names, ProducedBy), Failure> {
    let names = Names::read(path).map_err(Failure::names)?;
    let mut produced_by = ProducedBy::new(Recorded::new().name());
    produced_by.checksum = Some(names.checksum().to_owned());
    Ok((names, produced_by))
}

/// What finds names, for whoever has no articles yet; `note` is told what the
/// user may want to know.
#[cfg(feature = "serve")]
pub(super) fn recognizer(names: &NamesFrom, note: impl FnMut(&str)) -> Result<Loaded, Failure> {
    let Some(path) = &names.file else {
        return load(&names.model, note);
    };
    let (names, produced_by) = recorded(path)?;
    Ok(Loaded { recognizer: Box::new(Replay(names)), produced_by })
}

/// A file of names as a recognizer. What it has no names of has none.
#[cfg(feature = "serve")]
struct Replay(Names);

#[cfg(feature = "serve")]
impl Recognizer for Replay {
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        let names = |input: &Input<'_>| match self.0.of(input.document) {
            Some(Ok(entities)) => Ok(on_tokens(input.document, input.tokenized, entities).0),
            Some(Err(error)) => Err(ModelError::Inference(error.to_string())),
            None => Ok(Vec::new()),
        };
        inputs.iter().map(names).collect()
    }

    fn name(&self) -> String {
        Recorded::new().name()
    }
}

/// The model that the arguments name; `note` is told what the user may want to
/// know.
#[cfg(any(feature = "bert", feature = "candle"))]
pub(super) fn load(args: &ModelArgs, mut note: impl FnMut(&str)) -> Result<Loaded, Failure> {
    use super::args::PrecisionArg;

    let map = args.label_map.clone().unwrap_or_default();
    let folder = ModelFolder::find_with(args.model.as_deref(), &map)?;
    for said in super::model::labels::lost(folder.labels()) {
        note(&format!("the model {}: {said}", folder.name()));
    }
    let recognizer = model(&folder, args)?;
    let mut produced_by = ProducedBy::new(recognizer.name());
    produced_by.checksum = Some(folder.checksum()?);
    let precision = match args.precision {
        PrecisionArg::F32 => "f32",
        PrecisionArg::Bf16 => "bf16",
    };
    produced_by.settings.insert("precision".into(), precision.into());
    if let Some(map) = &args.label_map {
        produced_by.settings.insert("label-map".into(), map.to_string());
    }
    Ok(Loaded { recognizer, produced_by })
}

/// The model over libtorch, as the arguments have it.
#[cfg(feature = "bert")]
fn model(folder: &ModelFolder, args: &ModelArgs) -> Result<Box<dyn Recognizer>, Failure> {
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
fn model(folder: &ModelFolder, args: &ModelArgs) -> Result<Box<dyn Recognizer>, Failure> {
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

/// What a build without the transformer says.
#[cfg(not(any(feature = "bert", feature = "candle")))]
pub(super) fn load(_: &ModelArgs, _: impl FnMut(&str)) -> Result<Loaded, Failure> {
    Err(Failure::input(
        "this wiezei was built without the transformer, so that nothing in it finds names",
        "build it with its default features (cargo build --release), or without libtorch \
         (--no-default-features --features candle), or give the names with --names FILE.jsonl",
    ))
}
