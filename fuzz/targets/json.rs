//! Articles, answers and labels in JSON are read, or refused with an error that
//! can be shown; what is read can be written, and then be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiezei::formats::{Documents, InputFormat, Place, Texts, gold, system};

fuzz_target!(|input: &[u8]| {
    for document in Documents::new(input, "any", "any", InputFormat::Jsonl) {
        if let Err(error) = document {
            let _ = error.to_string();
            break;
        }
    }
    for answer in system::Records::new(input, "any", &[]) {
        if let Err(error) = answer {
            let _ = error.to_string();
            break;
        }
    }
    let Ok(json) = std::str::from_utf8(input) else { return };
    match gold::parse(json, Place::named("any"), &Texts::default()) {
        Err(error) => drop(error.to_string()),
        Ok(annotated) => {
            let mut written = Vec::new();
            gold::write(&mut written, &annotated).expect("memory takes all");
            let written = String::from_utf8(written).expect("JSON is UTF-8");
            let again = gold::parse(&written, Place::named("any"), &Texts::default());
            assert_eq!(again.expect("what was written is read").quotations, annotated.quotations);
        }
    }
});
