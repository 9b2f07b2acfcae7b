//! Labels in the form of brat are read or refused: the annotations, a NUL, and
//! the text that they are of.

#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use wiezei::formats::{Texts, gold};

fuzz_target!(|input: &[u8]| {
    let at = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let (annotations, text) = input.split_at(at);
    let folder = tempfile::tempdir().expect("a folder for two files");
    let file = folder.path().join("any.ann");
    fs::write(&file, annotations).expect("the annotations");
    fs::write(folder.path().join("any.txt"), text.get(1..).unwrap_or_default()).expect("the text");
    if let Err(errors) = gold::read(&file, &Texts::default()) {
        for error in errors {
            let _ = error.to_string();
        }
    }
});
