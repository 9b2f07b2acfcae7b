//! `wiezei model check`: whether a model can be used, and as what.

use std::fs;
use std::io;

use wiezei::ner::models::{ModelFolder, TokenizerFile};

use super::super::failure::Failure;
use super::super::messages::Messages;
use super::args::CheckArgs;
use super::{labels, megabytes, print};

pub(super) fn run(args: &CheckArgs, messages: &mut Messages) -> Result<(), Failure> {
    let map = args.label_map.clone().unwrap_or_default();
    let model = ModelFolder::find_with(args.model.as_deref(), &map)?;
    // What cannot be loaded is an error, and no description of it a consolation.
    #[cfg(any(feature = "bert", feature = "candle"))]
    let sample = Some(sample(&model)?);
    #[cfg(not(any(feature = "bert", feature = "candle")))]
    let sample: Option<String> = None;
    let checksum = model.checksum()?;
    print(|out| describe(out, &model, &checksum, sample.as_deref()))?;
    if sample.is_none() {
        messages.note(
            "this wiezei was built without the transformer: the weights and the tokenizer are \
             there, but were not loaded",
        );
    }
    Ok(())
}

fn describe(
    out: &mut dyn io::Write,
    model: &ModelFolder,
    checksum: &str,
    sample: Option<&str>,
) -> io::Result<()> {
    let sizes = model.sizes();
    writeln!(out, "{} can be used", model.name())?;
    row(out, "folder", &model.path().display().to_string())?;
    let (layers, heads) = (sizes.layers, sizes.heads);
    let kind = model.architecture().name();
    let hidden = sizes.hidden;
    row(out, "type", &format!("{kind}: {layers} layers of {hidden} numbers, {heads} heads"))?;
    let (length, vocabulary) = (model.max_length(), sizes.vocabulary);
    row(out, "reads", &format!("{length} wordpieces at once, of {vocabulary}"))?;
    row(out, "tokenizer", &tokenizer(model))?;
    let bytes = fs::metadata(model.weights())?.len();
    row(out, "weights", &format!("model.safetensors, {}", megabytes(bytes)))?;
    row(out, "SHA-256", checksum)?;
    let names = model.label_names().iter().zip(model.labels().tags());
    for (n, (name, &tag)) in names.enumerate() {
        let what = if n == 0 { "labels" } else { "" };
        let meaning = labels::meaning(tag);
        let is_unknown = model.labels().unknown().iter().any(|unknown| unknown == name);
        let lost = if is_unknown { " (no type that is known here)" } else { "" };
        row(out, what, &format!("{name:10} {meaning}{lost}"))?;
    }
    let lost = labels::lost(model.labels());
    let lost = if lost.is_empty() { "nothing".to_owned() } else { lost.join("; ") };
    row(out, "lost", &lost)?;
    sample.map_or(Ok(()), |sample| row(out, "sample", sample))
}

fn tokenizer(model: &ModelFolder) -> String {
    let file = model.tokenizer();
    let file = file.file_name().unwrap_or_default().to_string_lossy();
    match model.tokenizer_file() {
        TokenizerFile::Whole => file.into_owned(),
        TokenizerFile::WordList(cleaning) => {
            let say = |is: bool, yes, no| if is { yes } else { no };
            format!(
                "{file}; capitals {}, accents {}",
                say(cleaning.lowercase, "made small", "kept"),
                say(cleaning.strip_accents, "left out", "kept")
            )
        }
    }
}

fn row(out: &mut dyn io::Write, what: &str, value: &str) -> io::Result<()> {
    writeln!(out, "  {what:11}{value}")
}

/// Loads the model, and says what it finds in a sentence.
#[cfg(any(feature = "bert", feature = "candle"))]
fn sample(model: &ModelFolder) -> Result<String, Failure> {
    #[cfg(feature = "bert")]
    use wiezei::ner::bert::{BertOptions as Options, BertRecognizer as Recognizer};
    #[cfg(not(feature = "bert"))]
    use wiezei::ner::candle::{CandleOptions as Options, CandleRecognizer as Recognizer};
    use wiezei::ner::{Input, Recognizer as _};
    use wiezei::text::Document;
    use wiezei::tokenize::tokenize;

    const SENTENCE: &str = "Noor Bakker van Rijkswaterstaat is niet in Gouda.";
    let options = Options { threads: 1, ..Options::default() };
    let recognizer = Recognizer::load(model, options)?;
    let document = Document::new("sample", SENTENCE)
        .map_err(|error| Failure::Internal(anyhow::Error::new(error)))?;
    let tokenized = tokenize(SENTENCE);
    let input = Input { document: &document, tokenized: &tokenized };
    let found = recognizer.recognize(&[input])?.concat();
    let names: Vec<_> = found
        .iter()
        .map(|entity| format!("{} ({})", document.slice(entity.span), entity.label.name()))
        .collect();
    let names = if names.is_empty() { "no name".to_owned() } else { names.join(", ") };
    Ok(format!("{names} in \"{SENTENCE}\""))
}
