//! Labels in the XML of quoteannotator are read, or refused with an error that
//! can be shown.

#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use wiezei::formats::{Texts, gold};

fuzz_target!(|input: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for a file");
    let file = folder.path().join("any.xml");
    fs::write(&file, input).expect("the labels");
    if let Err(errors) = gold::read(&file, &Texts::default()) {
        for error in errors {
            let _ = error.to_string();
        }
    }
});
