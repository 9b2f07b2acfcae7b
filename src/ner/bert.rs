//! The transformer: a BERT with a token classification head, run by rust-bert
//! over libtorch. This file alone names the two. It gathers the windows of all
//! documents of a call, runs them in batches of like length, and puts the
//! scores back where they belong.
//!
//! A text gets the same scores, to the last bit, whatever is recognized along
//! with it and however many threads there are: an input is padded to a length
//! that depends on its own length alone, and each thread runs whole batches by
//! itself.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rust_bert::bert::{BertConfig, BertForTokenClassification};
use tch::nn::VarStore;
use tch::{Device, TchError, Tensor};

use super::decode::Row;
use super::models::ModelFolder;
use super::pieces::Wordpieces;
use super::tags::LabelScheme;
use super::windows::{self, Unit};
use super::{Entity, Input, Recognizer, decode, weights};
use crate::error::ModelError;
use crate::text::Span;

/// Inputs are padded to a multiple of this many wordpieces. Over the sentences
/// of 44 news articles that adds 21%; steps of 16 would add 35%, and steps of 4
/// would leave few batches with company.
const BUCKET: usize = 8;

/// And to at least this many. A lone input of 8 takes another way through the
/// matrix library than one in company, and its last bits differ; from 12 on
/// they do not.
const SHORTEST: usize = 16;

/// How a [`BertRecognizer`] runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BertOptions {
    /// How many batches are run at once, each on one thread. Zero counts as
    /// one.
    pub threads: usize,
    /// How many windows a batch has at most. Zero counts as one.
    pub batch_size: usize,
    /// What the model reads at once.
    pub unit: Unit,
}

impl Default for BertOptions {
    /// As many threads as there are cores, 32 windows a batch, sentences.
    fn default() -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        Self { threads, batch_size: 32, unit: Unit::default() }
    }
}

/// Finds named entities with a BERT.
pub struct BertRecognizer {
    name: String,
    wordpieces: Wordpieces,
    labels: LabelScheme,
    max_length: usize,
    options: BertOptions,
    /// One model a thread, all over the same weights.
    models: Vec<Mutex<BertForTokenClassification>>,
}

/// A unit of a text while its scores are gathered.
struct Reading {
    document: usize,
    tokens: Range<usize>,
    rows: Vec<Option<Row>>,
}

/// One input to the model.
struct Task {
    ids: Vec<i64>,
    /// The reading that it is a part of.
    reading: usize,
    /// Which token of the reading is scored at which place of the input.
    places: Vec<(usize, usize)>,
}

impl BertRecognizer {
    /// Loads the model of `folder`.
    ///
    /// Sets the number of threads that libtorch uses inside one operation to
    /// one, for the whole process: `options.threads` batches run side by side
    /// instead, which is as fast and gives the same numbers every time.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if a file cannot be read or does not fit the
    /// others.
    pub fn load(folder: &ModelFolder, options: BertOptions) -> Result<Self, ModelError> {
        let wordpieces = Wordpieces::load(folder)?;
        if folder.max_length() <= wordpieces.around() {
            return Err(ModelError::BadFile {
                path: folder.config(),
                reason: format!("{} wordpieces at once are too few", folder.max_length()),
            });
        }
        weights::check(folder)?;
        tch::set_num_threads(1);
        let options = BertOptions {
            threads: options.threads.max(1),
            batch_size: options.batch_size.max(1),
            ..options
        };
        Ok(Self {
            name: folder.name(),
            wordpieces,
            labels: folder.labels().clone(),
            max_length: folder.max_length(),
            models: load_models(folder, options.threads)?,
            options,
        })
    }

    /// Cuts a text into what the model is to read.
    fn plan(
        &self,
        document: usize,
        input: &Input<'_>,
        readings: &mut Vec<Reading>,
        tasks: &mut Vec<Task>,
    ) -> Result<(), ModelError> {
        let room = self.max_length - self.wordpieces.around();
        for (tokens, sentences) in windows::units(input.tokenized, self.options.unit) {
            let inside = &input.tokenized.tokens()[tokens.clone()];
            let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
            let span = Span::new(first.span.start(), last.span.end());
            let pieces = self.wordpieces.encode(input.document.slice(span))?;
            let firsts = windows::first_pieces(inside, span.start(), &pieces.offsets);
            for window in windows::cut(&firsts, &sentences, room) {
                let seen = |token: &usize| firsts[*token] < firsts[token + 1];
                let place =
                    |token| (token, self.wordpieces.lead() + firsts[token] - window.pieces.start);
                tasks.push(Task {
                    ids: self.wordpieces.surround(&pieces.ids[window.pieces.clone()]),
                    reading: readings.len(),
                    places: window.keep.filter(seen).map(place).collect(),
                });
            }
            readings.push(Reading { document, rows: vec![None; tokens.len()], tokens });
        }
        Ok(())
    }

    /// The length that an input of `length` ids is padded to.
    fn padded(&self, length: usize) -> usize {
        length.max(SHORTEST).next_multiple_of(BUCKET).min(self.max_length)
    }

    /// Tasks in batches of one padded length, the longest first, as indices.
    fn batches(&self, tasks: &[Task]) -> Vec<Vec<usize>> {
        let mut buckets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (n, task) in tasks.iter().enumerate() {
            buckets.entry(self.padded(task.ids.len())).or_default().push(n);
        }
        let in_order = buckets.values().rev();
        in_order
            .flat_map(|tasks| tasks.chunks(self.options.batch_size))
            .map(<[_]>::to_vec)
            .collect()
    }

    /// Runs all batches, on as many threads as there are models, and gives for
    /// each task its rows in the order of its places.
    fn run(&self, tasks: &[Task]) -> Result<Vec<Vec<Row>>, ModelError> {
        let batches = self.batches(tasks);
        let next = AtomicUsize::new(0);
        let work = |model: &Mutex<_>| -> Result<Vec<(usize, Vec<Row>)>, ModelError> {
            let mut done = Vec::new();
            while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                // A model has no state that a panic could spoil.
                let model = model.lock().unwrap_or_else(PoisonError::into_inner);
                done.extend(self.run_batch(&model, tasks, batch)?);
            }
            Ok(done)
        };
        let workers = &self.models[..self.models.len().min(batches.len())];
        let done: Vec<Result<Vec<_>, ModelError>> = if let [only] = workers {
            vec![work(only)]
        } else {
            let died = |_| Err(ModelError::Inference("a thread of it died".into()));
            thread::scope(|scope| {
                let work = &work;
                let threads: Vec<_> =
                    workers.iter().map(|model| scope.spawn(move || work(model))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap_or_else(died)).collect()
            })
        };
        let mut rows = vec![Vec::new(); tasks.len()];
        for part in done {
            for (task, found) in part? {
                rows[task] = found;
            }
        }
        Ok(rows)
    }

    /// Runs one batch: tasks of one padded length.
    fn run_batch(
        &self,
        model: &BertForTokenClassification,
        tasks: &[Task],
        batch: &[usize],
    ) -> Result<Vec<(usize, Vec<Row>)>, ModelError> {
        let inputs: Vec<&[i64]> = batch.iter().map(|&n| tasks[n].ids.as_slice()).collect();
        let length = inputs.iter().map(|ids| self.padded(ids.len())).max().unwrap_or_default();
        let logits = forward(model, &inputs, length, self.wordpieces.padding())
            .map_err(|error| ModelError::Inference(first_line(&error)))?;
        let labels = self.labels.tags().len();
        let mut done = Vec::with_capacity(batch.len());
        for (&n, logits) in batch.iter().zip(logits.chunks(length * labels)) {
            let row = |&(_, place): &(usize, usize)| {
                decode::row(&self.labels, &logits[place * labels..(place + 1) * labels])
            };
            let rows: Option<Vec<Row>> = tasks[n].places.iter().map(row).collect();
            let broken = || ModelError::Inference("its scores are not finite numbers".into());
            done.push((n, rows.ok_or_else(broken)?));
        }
        Ok(done)
    }
}

impl Recognizer for BertRecognizer {
    fn recognize(&self, inputs: &[Input<'_>]) -> Result<Vec<Vec<Entity>>, ModelError> {
        let (mut readings, mut tasks) = (Vec::new(), Vec::new());
        for (document, input) in inputs.iter().enumerate() {
            self.plan(document, input, &mut readings, &mut tasks)?;
        }
        for (task, rows) in tasks.iter().zip(self.run(&tasks)?) {
            for (&(token, _), row) in task.places.iter().zip(rows) {
                readings[task.reading].rows[token] = Some(row);
            }
        }
        let mut found = vec![Vec::new(); inputs.len()];
        for Reading { document, tokens, rows } in readings {
            let tokens = &inputs[document].tokenized.tokens()[tokens];
            found[document].extend(decode::entities(tokens, &rows, &self.labels));
        }
        Ok(found)
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

/// `count` models over one copy of the weights, in single precision.
fn load_models(
    folder: &ModelFolder,
    count: usize,
) -> Result<Vec<Mutex<BertForTokenClassification>>, ModelError> {
    let path = folder.config();
    let bad = |path, reason| ModelError::BadFile { path, reason };
    let bytes = fs::read(&path).map_err(|error| bad(path.clone(), error.to_string()))?;
    let mut config: BertConfig =
        serde_json::from_slice(&bytes).map_err(|error| bad(path.clone(), error.to_string()))?;
    // Only the logits are asked for, and a label reads what follows it too.
    (config.output_attentions, config.output_hidden_states, config.is_decoder) = (None, None, None);

    let mut store = VarStore::new(Device::Cpu);
    let new_model = |store: &VarStore| {
        BertForTokenClassification::new(store.root(), &config)
            .map_err(|error| bad(path.clone(), error.to_string()))
    };
    let mut models = vec![new_model(&store)?];
    store.load(folder.weights()).map_err(|error| bad(folder.weights(), first_line(&error)))?;
    store.float();
    store.freeze();
    let weights: BTreeMap<String, Tensor> = store.variables().into_iter().collect();
    for _ in 1..count {
        let mut other = VarStore::new(Device::Cpu);
        models.push(new_model(&other)?);
        other.freeze();
        let variables: BTreeMap<String, Tensor> = other.variables().into_iter().collect();
        for (name, mut variable) in variables {
            // From here on the variable is another view of the same numbers.
            variable.set_data(&weights[&name]);
        }
    }
    Ok(models.into_iter().map(Mutex::new).collect())
}

/// The logits of a batch: for each input `length` times as many numbers as
/// there are labels, one input after the other.
fn forward(
    model: &BertForTokenClassification,
    inputs: &[&[i64]],
    length: usize,
    padding: i64,
) -> Result<Vec<f32>, TchError> {
    let mut ids = vec![padding; inputs.len() * length];
    let mut mask = vec![0_i64; ids.len()];
    for (n, input) in inputs.iter().enumerate() {
        let here = n * length..n * length + input.len();
        ids[here.clone()].copy_from_slice(input);
        mask[here].fill(1);
    }
    let length = i64::try_from(length).map_err(|error| TchError::Convert(error.to_string()))?;
    let ids = Tensor::f_from_slice(&ids)?.f_view((-1, length))?;
    let mask = Tensor::f_from_slice(&mask)?.f_view((-1, length))?;
    let output = tch::no_grad(|| model.forward_t(Some(&ids), Some(&mask), None, None, None, false));
    Vec::try_from(&output.logits.f_reshape(-1)?)
}

/// What went wrong, without the C++ stack trace that follows.
fn first_line(error: &TchError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::testing::{TinyCopy, tiny};
    use crate::text::Document;
    use crate::tokenize::{Tokenized, tokenize};
    use proptest::prelude::*;
    use serde::Deserialize;

    /// What transformers computes of a text.
    #[derive(Deserialize)]
    struct Reference {
        text: String,
        ids: Vec<i64>,
        logits: Vec<Vec<f32>>,
    }

    fn references() -> Vec<Reference> {
        let path = tiny().path().join("reference.json");
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    }

    /// Paragraphs, because their inputs have more different lengths.
    fn paragraphs(threads: usize, batch_size: usize) -> BertOptions {
        BertOptions { threads, batch_size, unit: Unit::Paragraph }
    }

    fn load(threads: usize, batch_size: usize) -> BertRecognizer {
        BertRecognizer::load(&tiny(), paragraphs(threads, batch_size)).unwrap()
    }

    fn read(texts: &[impl AsRef<str>]) -> Vec<(Document, Tokenized)> {
        let read = |text: &str| (Document::new("d", text).unwrap(), tokenize(text));
        texts.iter().map(|text| read(text.as_ref())).collect()
    }

    fn inputs(read: &[(Document, Tokenized)]) -> Vec<Input<'_>> {
        read.iter().map(|(document, tokenized)| Input { document, tokenized }).collect()
    }

    fn recognize(recognizer: &BertRecognizer, texts: &[impl AsRef<str>]) -> Vec<Vec<Entity>> {
        recognizer.recognize(&inputs(&read(texts))).unwrap()
    }

    /// Texts of many lengths, some with several paragraphs and long ones.
    fn texts() -> Vec<String> {
        let words = ["Noé", "staat", "daar", "„Dit", "fijn”,", "Iris", "vond", "dat", "niet."];
        let text = |n: usize| {
            let word = |k: usize| words[(k * k + n) % words.len()];
            let space = |k: usize| if k % (11 + n) == 10 { "\n\n" } else { " " };
            (0..=n * n % 97).flat_map(|k| [word(k), space(k)]).collect()
        };
        (0..40).map(text).collect()
    }

    #[test]
    fn the_logits_are_those_of_transformers() {
        let recognizer = load(1, 8);
        for reference in references() {
            let pieces = recognizer.wordpieces.encode(&reference.text).unwrap();
            let ids = recognizer.wordpieces.surround(&pieces.ids);
            assert_eq!(ids, reference.ids, "{}", reference.text);
            let model = recognizer.models[0].lock().unwrap();
            let length = recognizer.padded(ids.len());
            let logits = forward(&model, &[&ids], length, 0).unwrap();
            for (row, expected) in logits.chunks(9).zip(&reference.logits) {
                for (found, expected) in row.iter().zip(expected) {
                    assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
                }
            }
        }
    }

    #[test]
    fn company_batch_size_and_threads_change_no_bit() {
        let texts = texts();
        let bits = |found: Vec<Vec<Entity>>| -> Vec<Vec<_>> {
            let bits = |e: &Entity| (e.span, e.label, e.score.to_bits());
            found.iter().map(|entities| entities.iter().map(bits).collect()).collect()
        };
        let alone = load(1, 1);
        let expected: Vec<Vec<_>> =
            texts.iter().flat_map(|text| bits(recognize(&alone, &[text]))).collect();
        assert!(expected.iter().map(Vec::len).sum::<usize>() > 100, "too few to tell");
        for (threads, batch_size) in [(1, 1), (1, 7), (1, 64), (2, 3), (3, 32)] {
            let found = bits(recognize(&load(threads, batch_size), &texts));
            assert_eq!(found, expected, "{threads} threads, batches of {batch_size}");
        }
        // The other way round each text has other neighbours.
        let backwards: Vec<_> = texts.iter().rev().collect();
        let mut found = bits(recognize(&load(2, 5), &backwards));
        found.reverse();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_scores_of_one_input_are_the_same_in_any_batch() {
        let embedded = concat!(env!("CARGO_MANIFEST_DIR"), "/models/nl-news-ner");
        let bits = |logits: &[f32]| -> Vec<u32> { logits.iter().map(|x| x.to_bits()).collect() };
        for folder in [tiny(), ModelFolder::open(embedded).unwrap()] {
            let recognizer = BertRecognizer::load(&folder, paragraphs(1, 8)).unwrap();
            let model = recognizer.models[0].lock().unwrap();
            for shortest in [1, 24, 32, 72, 128] {
                let length = recognizer.padded(shortest);
                let id = |n: usize, k: usize| 5 + i64::from(((n * 79 + k * k) % 60) as u8);
                let inputs: Vec<Vec<i64>> =
                    (0..17).map(|n| (0..length).map(|k| id(n, k)).collect()).collect();
                let inputs: Vec<&[i64]> = inputs.iter().map(Vec::as_slice).collect();
                let all = bits(&forward(&model, &inputs, length, 0).unwrap());
                for size in [1, 2, 5] {
                    let some = bits(&forward(&model, &inputs[..size], length, 0).unwrap());
                    assert!(some == all[..some.len()], "{size} of {length} in {}", folder.name());
                }
            }
        }
    }

    #[test]
    fn a_long_paragraph_is_read_to_its_end() {
        let recognizer = load(1, 8);
        let sentence = "Noé staat daar niet. ";
        let (document, tokenized) = read(&[sentence.repeat(40)]).pop().unwrap();
        let (mut readings, mut tasks) = (Vec::new(), Vec::new());
        let input = Input { document: &document, tokenized: &tokenized };
        recognizer.plan(0, &input, &mut readings, &mut tasks).unwrap();
        assert_eq!(readings.len(), 1);
        assert!(tasks.iter().all(|task| task.ids.len() <= 32));
        let mut scored: Vec<_> = tasks.iter().flat_map(|t| &t.places).map(|p| p.0).collect();
        scored.dedup();
        assert_eq!(scored, (0..tokenized.tokens().len()).collect::<Vec<_>>());
        // Each token is scored at its own first wordpiece.
        let noe = recognizer.wordpieces.encode("Noé").unwrap().ids[0];
        for task in &tasks {
            for &(token, place) in &task.places {
                let text = document.slice(tokenized.tokens()[token].span);
                assert_eq!(text == "Noé", task.ids[place] == noe, "{text} at {place}");
            }
        }
    }

    #[test]
    fn a_sentence_can_be_the_unit() {
        let options = BertOptions { unit: Unit::Sentence, threads: 1, ..BertOptions::default() };
        let recognizer = BertRecognizer::load(&tiny(), options).unwrap();
        let text = "Daar staat Noé. Iris vond dat fijn.\n\nDaar staat Noé.";
        let (document, tokenized) = read(&[text]).pop().unwrap();
        let (mut readings, mut tasks) = (Vec::new(), Vec::new());
        let input = Input { document: &document, tokenized: &tokenized };
        recognizer.plan(0, &input, &mut readings, &mut tasks).unwrap();
        assert_eq!(tasks.len(), 3);
        assert_eq!(tasks[0].ids, tasks[2].ids);
    }

    #[test]
    fn texts_with_nothing_in_them_have_no_entities() {
        let recognizer = load(2, 8);
        assert_eq!(recognizer.recognize(&[]).unwrap(), Vec::<Vec<Entity>>::new());
        let texts = ["", " \n\n\t", "\u{ad}", "\u{200b}\n\n\u{feff}", "Daar staat Noé."];
        let found = recognize(&recognizer, &texts);
        assert_eq!(found.len(), 5);
        assert!(found[..4].iter().all(Vec::is_empty));
        assert_eq!(found[4], recognize(&recognizer, &[texts[4]])[0]);
    }

    #[test]
    fn a_monstrous_word_is_taken_in_stride() {
        let recognizer = load(2, 8);
        for word in ["a", "é", "😀", "-", "„", "\u{301}", "\u{ad}"] {
            recognize(&recognizer, &[word.repeat(4_000)]);
        }
    }

    fn refusal(copy: &TinyCopy) -> String {
        match BertRecognizer::load(&copy.open(), BertOptions::default()) {
            Ok(_) => panic!("loaded"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_spoilt_folder_is_refused_and_the_file_named() {
        let copy = TinyCopy::new();
        copy.write("model.safetensors", b"not weights");
        assert!(refusal(&copy).contains("model.safetensors"));
        let copy = TinyCopy::new();
        copy.write("tokenizer.json", b"{}");
        assert!(refusal(&copy).contains("tokenizer.json"));
        let copy = TinyCopy::new();
        copy.edit("config.json", |text| text.replace("\"gelu\"", "\"silu\""));
        let message = refusal(&copy);
        assert!(message.contains("config.json") && message.contains("silu"), "{message}");
        let copy = TinyCopy::new();
        copy.write("tokenizer_config.json", br#"{"model_max_length": 2}"#);
        let message = refusal(&copy);
        assert!(message.contains("too few"), "{message}");
    }

    #[test]
    fn weights_that_are_no_numbers_are_an_error_and_not_a_guess() {
        let copy = TinyCopy::new();
        let mut bytes = fs::read(copy.open().weights()).unwrap();
        let start = bytes.len() - 2 * 64;
        for number in bytes[start..].chunks_mut(2) {
            number.copy_from_slice(&0x7e00_u16.to_le_bytes());
        }
        copy.write("model.safetensors", &bytes);
        let recognizer = BertRecognizer::load(&copy.open(), BertOptions::default()).unwrap();
        let read = read(&["Daar staat Noé."]);
        let message = recognizer.recognize(&inputs(&read)).unwrap_err().to_string();
        assert!(message.contains("finite"), "{message}");
    }

    #[test]
    fn switches_in_the_configuration_do_not_change_the_scores() {
        let copy = TinyCopy::new();
        copy.edit("config.json", |text| {
            text.replacen('{', "{\"output_attentions\": true, \"output_hidden_states\": true, \"is_decoder\": true,", 1)
        });
        let recognizer = BertRecognizer::load(&copy.open(), paragraphs(1, 8)).unwrap();
        let texts = texts();
        assert_eq!(recognize(&recognizer, &texts), recognize(&load(1, 8), &texts));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_texts_give_entities_on_token_boundaries(
            texts in prop::collection::vec(
                prop_oneof![
                    any::<String>(),
                    "([a-zé]{1,9}|[„”‘’.,😀\u{ad}\u{200b}\u{301}]| |\n\n){0,80}",
                ],
                0..6,
            ),
        ) {
            let recognizer = load(2, 4);
            let read = read(&texts);
            let found = recognizer.recognize(&inputs(&read)).unwrap();
            prop_assert_eq!(found.len(), texts.len());
            for (entities, (_, tokenized)) in found.iter().zip(&read) {
                for pair in entities.windows(2) {
                    prop_assert!(pair[0].span.end() <= pair[1].span.start());
                }
                for entity in entities {
                    let tokens = &tokenized.tokens()[tokenized.tokens_in(entity.span)];
                    prop_assert_eq!(tokens.first().unwrap().span.start(), entity.span.start());
                    prop_assert_eq!(tokens.last().unwrap().span.end(), entity.span.end());
                    let paragraph = tokenized.paragraph_at(entity.span.start()).unwrap();
                    prop_assert!(tokenized.paragraphs()[paragraph].span.contains(entity.span));
                }
            }
        }
    }
}
