//! The recognizer over tiny models. What is to hold of every recognizer is in
//! `transformer::testing`; what `transformer` does for both is tested in `bert`.

use super::*;
use crate::ner::transformer::testing::{
    check_batches, check_company, check_no_numbers, check_reference, check_refusals, embedded,
    expectations, of_each_type, tiny,
};

/// Paragraphs, because their inputs have more different lengths.
fn load(folder: &ModelFolder, threads: usize, batch_pieces: usize) -> CandleRecognizer {
    let options = CandleOptions { threads, batch_pieces, unit: Unit::Paragraph };
    CandleRecognizer::load(folder, options).unwrap()
}

#[test]
fn the_logits_of_each_type_are_those_of_transformers() {
    for folder in of_each_type() {
        let inputs = expectations(&folder).into_iter().map(|expected| expected.ids).collect();
        let logits = load(&folder, 1, 256).0.logits(&[inputs]).unwrap().remove(0);
        check_reference(&folder, &logits);
    }
}

#[test]
fn the_scores_of_one_input_are_the_same_in_any_batch() {
    for folder in [tiny(), embedded()] {
        let recognizer = load(&folder, 1, 256);
        check_batches(&folder, |batches| recognizer.0.logits(batches));
    }
}

#[test]
fn company_batch_size_and_threads_change_no_bit() {
    check_company(|threads, batch_pieces| load(&tiny(), threads, batch_pieces));
}

#[test]
fn a_spoilt_folder_is_refused_and_the_file_named() {
    check_refusals(|folder| CandleRecognizer::load(folder, CandleOptions::default()));
}

#[test]
fn weights_that_are_no_numbers_are_an_error_and_not_a_guess() {
    check_no_numbers(|folder| load(folder, 1, 256));
}
