//! The recognizer over tiny models: scores, sameness, and what it refuses.

use std::fs;

use super::reference::Reference;
use super::*;
use crate::ner::transformer::testing::{
    TinyCopy, check_batches, check_company, check_no_numbers, check_reference, check_refusals,
    embedded, expectations, furthest, inputs, of_each_type, read, recognize, texts, tiny,
};
use proptest::prelude::*;

/// Paragraphs, because their inputs have more different lengths.
fn paragraphs(threads: usize, batch_pieces: usize) -> BertOptions {
    BertOptions { threads, batch_pieces, unit: Unit::Paragraph, ..BertOptions::default() }
}

fn load(threads: usize, batch_pieces: usize) -> BertRecognizer {
    BertRecognizer::load(&tiny(), paragraphs(threads, batch_pieces)).unwrap()
}

#[test]
fn the_logits_of_each_type_are_those_of_transformers() {
    for folder in of_each_type() {
        let recognizer = BertRecognizer::load(&folder, paragraphs(1, 256)).unwrap();
        let mut inputs = Vec::new();
        for expected in expectations(&folder) {
            let pieces = recognizer.0.wordpieces().encode(&expected.text).unwrap();
            let ids = recognizer.0.wordpieces().surround(&pieces.ids);
            assert_eq!(ids, expected.ids, "{} of {}", expected.text, folder.name());
            inputs.push(ids);
        }
        check_reference(&folder, &recognizer.logits(&[inputs]).unwrap().remove(0));
    }
}

#[test]
fn the_logits_of_each_type_are_those_of_rust_bert() {
    for folder in of_each_type().into_iter().chain([embedded()]) {
        let recognizer = BertRecognizer::load(&folder, paragraphs(1, 256)).unwrap();
        let reference = Reference::load(&folder, Precision::F32).unwrap();
        // Another epsilon is fixed in rust-bert than most RoBERTas have.
        let close = if folder.epsilon() > 1e-11 { 1e-3 } else { 1e-5 };
        let texts = texts();
        let batches = recognizer.batches(&inputs(&read(&texts))).unwrap();
        let found = recognizer.logits(&batches).unwrap();
        for (batch, found) in batches.iter().zip(found) {
            let batch: Vec<&[i64]> = batch.iter().map(Vec::as_slice).collect();
            for (found, expected) in found.iter().zip(reference.logits(&batch).unwrap()) {
                let scale = expected.iter().fold(1.0_f32, |most, x| most.max(x.abs()));
                let difference = furthest(found, &expected) / scale;
                assert!(difference < close, "{difference} in {}", folder.name());
            }
        }
    }
}

#[test]
fn half_precision_is_close_and_says_the_same() {
    let folder = embedded();
    let half = BertOptions { precision: Precision::Bf16, threads: 1, ..BertOptions::default() };
    let half = BertRecognizer::load(&folder, half).unwrap();
    let texts = ["Dat zegt wethouder Noor Bakker van Utrecht tegen het ANP."];
    let full = BertRecognizer::load(&folder, BertOptions::default()).unwrap();
    let spans = |found: Vec<Vec<Entity>>| -> Vec<_> {
        found.concat().iter().map(|e| (e.span, e.label)).collect()
    };
    let found = spans(recognize(&half, &texts));
    assert_eq!(found, spans(recognize(&full, &texts)));
    assert!(!found.is_empty());
}

#[test]
fn a_graphics_card_that_is_not_there_is_an_error() {
    if tch::Cuda::is_available() {
        return;
    }
    let options = BertOptions { processor: Processor::Cuda, ..BertOptions::default() };
    match BertRecognizer::load(&tiny(), options) {
        Ok(_) => panic!("loaded"),
        Err(error) => assert!(error.to_string().contains("CUDA"), "{error}"),
    }
}

#[test]
fn company_batch_size_and_threads_change_no_bit() {
    check_company(load);
}

#[test]
fn the_scores_of_one_input_are_the_same_in_any_batch() {
    for folder in [tiny(), embedded()] {
        let recognizer = BertRecognizer::load(&folder, paragraphs(1, 256)).unwrap();
        check_batches(&folder, |batches| recognizer.logits(batches));
    }
}

#[test]
fn a_long_paragraph_is_read_to_its_end() {
    let recognizer = load(1, 256);
    let sentence = "Noé staat daar niet. ";
    let (document, tokenized) = read(&[sentence.repeat(40)]).pop().unwrap();
    let (mut readings, mut tasks) = (Vec::new(), Vec::new());
    let input = Input { document: &document, tokenized: &tokenized };
    recognizer.0.plan(0, &input, &mut readings, &mut tasks).unwrap();
    assert_eq!(readings.len(), 1);
    assert!(tasks.iter().all(|task| task.ids.len() <= 32));
    let mut scored: Vec<_> = tasks.iter().flat_map(|t| &t.places).map(|p| p.0).collect();
    scored.dedup();
    assert_eq!(scored, (0..tokenized.tokens().len()).collect::<Vec<_>>());
    // Each token is scored at its own first wordpiece.
    let noe = recognizer.0.wordpieces().encode("Noé").unwrap().ids[0];
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
    recognizer.0.plan(0, &input, &mut readings, &mut tasks).unwrap();
    assert_eq!(tasks.len(), 3);
    assert_eq!(tasks[0].ids, tasks[2].ids);
}

#[test]
fn texts_with_nothing_in_them_have_no_entities() {
    let recognizer = load(2, 256);
    assert_eq!(recognizer.recognize(&[]).unwrap(), Vec::<Vec<Entity>>::new());
    let texts = ["", " \n\n\t", "\u{ad}", "\u{200b}\n\n\u{feff}", "Daar staat Noé."];
    let found = recognize(&recognizer, &texts);
    assert_eq!(found.len(), 5);
    assert!(found[..4].iter().all(Vec::is_empty));
    assert_eq!(found[4], recognize(&recognizer, &[texts[4]])[0]);
}

#[test]
fn a_monstrous_word_is_taken_in_stride() {
    let recognizer = load(2, 256);
    for word in ["a", "é", "😀", "-", "„", "\u{301}", "\u{ad}"] {
        recognize(&recognizer, &[word.repeat(4_000)]);
    }
}

#[test]
fn a_spoilt_folder_is_refused_and_the_file_named() {
    check_refusals(|folder| BertRecognizer::load(folder, BertOptions::default()));
}

#[test]
fn weights_that_are_no_numbers_are_an_error_and_not_a_guess() {
    check_no_numbers(|folder| BertRecognizer::load(folder, BertOptions::default()).unwrap());
}

#[test]
fn switches_in_the_configuration_do_not_change_the_scores() {
    let copy = TinyCopy::new();
    copy.edit("config.json", |text| {
        text.replacen(
            '{',
            "{\"output_attentions\": true, \"output_hidden_states\": true, \"is_decoder\": true,",
            1,
        )
    });
    let recognizer = BertRecognizer::load(&copy.open(), paragraphs(1, 256)).unwrap();
    let texts = texts();
    assert_eq!(recognize(&recognizer, &texts), recognize(&load(1, 256), &texts));
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
        let recognizer = load(2, 64);
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

#[test]
fn the_tiny_models_are_small() {
    let mut bytes = 0;
    for folder in of_each_type() {
        for entry in fs::read_dir(folder.path()).unwrap() {
            bytes += entry.unwrap().metadata().unwrap().len();
        }
    }
    assert!(bytes < 300_000, "{bytes} bytes");
}
