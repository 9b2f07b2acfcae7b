//! The marks of any text pair: candidates lie in their parents, and every
//! repair is of a place in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiezei::marks::pair;
use wiezei::tokenize::tokenize;

fuzz_target!(|text: &str| {
    let found = pair(text, &tokenize(text));
    for (at, candidate) in found.candidates.iter().enumerate() {
        assert!(candidate.span.contains(candidate.inner));
        let _ = candidate.span.of_text(text);
        let _ = candidate.inner.of_text(text);
        if let Some(parent) = candidate.parent {
            assert!(parent < at && found.candidates[parent].span.contains(candidate.span));
        }
    }
    for repair in &found.repairs {
        assert!(text.is_char_boundary(repair.offset as usize));
    }
});
