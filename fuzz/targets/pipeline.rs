//! Any text with any tokens for names is annotated; every span lies in the text.
//!
//! The first byte says which tokens are names: from which on, and how far
//! apart.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiezei::ner::{Entity, Label, Recorded};
use wiezei::pipeline::Pipeline;
use wiezei::text::Document;
use wiezei::tokenize::tokenize;

fuzz_target!(|text: &str| {
    let step = text.as_bytes().first().copied().unwrap_or_default();
    let tokens = tokenize(text);
    let each = tokens.tokens().iter().skip(usize::from(step % 16)).step_by(1 + usize::from(step));
    let name = |(n, token): (usize, &wiezei::tokenize::Token)| Entity {
        span: token.span,
        label: Label::ALL[n % Label::ALL.len()],
        score: 0.9,
    };
    let mut names = Recorded::new();
    names.insert("any", each.enumerate().map(name).collect());
    let Ok(document) = Document::new("any", text) else { return };
    let annotated =
        Pipeline::new(Box::new(names)).explain(vec![document]).expect("names are recorded");
    for annotated in annotated {
        for quotation in &annotated.quotations {
            let _ = quotation.span.of_text(text);
            let spans = [quotation.cue, quotation.medium, quotation.mention.map(|it| it.span)];
            for span in spans.into_iter().flatten() {
                let _ = span.of_text(text);
            }
            if let Some(parent) = quotation.parent {
                assert!(annotated.quotations[parent].span.contains(quotation.span));
            }
        }
        for not in &annotated.not_quotations {
            let _ = not.span.of_text(text);
        }
    }
});
